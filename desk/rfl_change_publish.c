
/*
 * Copyright (C) The RFL authors
 *
 * rfl_change_publish.c: one entry into register and index, from its staging
 * to its end.  Called by "rflctl renew" and by the moderators' desk; "rflctl
 * publish" does the same for a whole file.
 */


#include "rfl_change.h"
#include "rfl_index.h"


int
rfl_change_publish(rfl_desk_t *desk, const rfl_draft_t *draft,
    unsigned canary, rfl_err_t *err)
{
    int        rc;
    rfl_err_t  other;

    rc = rfl_change_begin(desk, err);

    if (rc == RFL_OK) {
        rc = rfl_change_add(desk, draft, canary, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_change_flush(desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_change_ready(desk, 1, err);
    }

    if (rc == RFL_OK) {
        return rfl_change_decide(desk, 1, err);
    }

    /* nothing was decided: the next command clears away what is left */

    if (desk->op.kind == RFL_OP_STAGING && desk->desk.c != NULL
        && desk->desk.c->err == 0
        && rfl_change_abort(desk, &other) != RFL_OK)
    {
        rfl_desk_notice(desk, "the next command will clear away what was "
                        "staged");
    }

    return rc;
}


/* what will need rfl-keyd is not begun without it */

int
rfl_change_ready(rfl_desk_t *desk, uint64_t n, rfl_err_t *err)
{
    int              rc;
    rfl_live_t      *live;
    rfl_manifest_t   manifest;

    live = &desk->state.current;
    rc = RFL_DECLINED;

    if (n <= RFL_CHANGE_EDIT_MAX && live->used
        && live->epoch.end > (int64_t) time(NULL))
    {
        rc = rfl_index_manifest(&desk->index, live, &manifest, err);
    }

    return (rc == RFL_DECLINED) ? rfl_desk_keyd(desk, err) : rc;
}
