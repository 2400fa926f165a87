
/*
 * Copyright (C) The RFL authors
 *
 * rfl_change.c: changes of the register that the index follows.  Called by
 * publish, renew and withdraw; every other writing command calls
 * rfl_change_heal() first.
 */


#include "rfl_change.h"
#include "rfl_change_int.h"
#include "rfl_rotate.h"

#include <time.h>


static int rfl_change_write_op(rfl_desk_t *desk, rfl_err_t *err);
static int rfl_change_edit(rfl_desk_t *desk, rfl_err_t *err);
static int rfl_change_gather(rfl_desk_t *desk, rfl_change_edits_t *edits,
    const char *hash, unsigned remove, uint64_t *n, rfl_err_t *err);
static int rfl_change_end(rfl_desk_t *desk, rfl_err_t *err);


int
rfl_change_heal(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    rc = rfl_rotate_heal(desk, err);
    if (rc != RFL_OK) {
        return rc;
    }

    switch (desk->op.kind) {

    case RFL_OP_NONE:
        return RFL_OK;

    case RFL_OP_STAGING:
        return rfl_change_abort(desk, err);

    default:
        rfl_desk_notice(desk, "finishing a change that was cut short");
        return rfl_change_finish(desk, err);
    }
}


int
rfl_change_begin(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    /* no index, no change: better to hear it before than after */

    rc = rfl_desk_index(desk, err);
    if (rc != RFL_OK) {
        return rc;
    }

    memset(&desk->op, 0, sizeof(rfl_op_t));
    desk->op.kind = RFL_OP_STAGING;

    return rfl_change_write_op(desk, err);
}


int
rfl_change_add(rfl_desk_t *desk, const rfl_draft_t *draft, unsigned canary,
    rfl_err_t *err)
{
    int        rc;
    u_char     token[RFL_TOKEN_SIZE];
    rfl_buf_t  value;

    if (desk->desk.queued == 0) {
        rc = rfl_redis_begin(&desk->desk, err);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    rfl_buf_init(&value, 0);

    rfl_store_ref_token(&desk->keys, draft->e.ref, token);

    rc = rfl_store_entry_print(&desk->keys, draft, canary,
                               (int64_t) time(NULL), &value);
    if (rc != RFL_OK) {
        rc = rfl_err(err, 0, "out of memory");

    } else {
        rc = rfl_redis_send(&desk->desk, err, "HSET %s %b %b",
                            RFL_STORE_ADDING, token, (size_t) RFL_TOKEN_SIZE,
                            value.data, value.len);
    }

    rfl_buf_free(&value);

    return rc;
}


int
rfl_change_send(rfl_desk_t *desk, rfl_err_t *err)
{
    return (desk->desk.queued == 0) ? RFL_OK
                                    : rfl_redis_send_exec(&desk->desk, err);
}


int
rfl_change_flush(rfl_desk_t *desk, rfl_err_t *err)
{
    return (desk->desk.queued == 0) ? RFL_OK
                                    : rfl_redis_exec(&desk->desk, err);
}


int
rfl_change_abort(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    memset(&desk->op, 0, sizeof(rfl_op_t));

    rc = rfl_redis_begin(&desk->desk, err);

    if (rc == RFL_OK) {
        rc = rfl_store_send_done(&desk->desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&desk->desk, err);
    }

    return rc;
}


int
rfl_change_decide(rfl_desk_t *desk, uint64_t n, rfl_err_t *err)
{
    int  rc;

    desk->op.kind = (n > RFL_CHANGE_EDIT_MAX) ? RFL_OP_REBUILD : RFL_OP_APPLY;

    rc = rfl_change_write_op(desk, err);

    if (rc == RFL_OK) {
        rc = rfl_change_finish(desk, err);
    }

    return rc;
}


static int
rfl_change_write_op(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    rc = rfl_redis_begin(&desk->desk, err);

    if (rc == RFL_OK) {
        rc = rfl_store_send_op(&desk->desk, &desk->keys, &desk->op, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&desk->desk, err);
    }

    return rc;
}


/* everything after the decision; a signal no longer stops it */

int
rfl_change_finish(rfl_desk_t *desk, rfl_err_t *err)
{
    int                     rc;
    volatile sig_atomic_t  *stop;

    stop = desk->stop;
    desk->stop = NULL;

    rc = rfl_change_register(desk, err);

    if (rc == RFL_OK && desk->op.kind == RFL_OP_APPLY) {

        rc = rfl_change_edit(desk, err);

        if (rc == RFL_DECLINED) {
            desk->op.kind = RFL_OP_REBUILD;
            desk->op.planned = 0;
            rc = rfl_change_write_op(desk, err);
        }
    }

    if (rc == RFL_OK && desk->op.kind == RFL_OP_REBUILD) {
        rc = rfl_rotate(desk, err);
    }

    desk->stop = stop;

    return rc;
}


/*
 * The index follows.  The plan is kept before it is carried out, so that a
 * later run knows the counters it leads to; whether it was carried out shows
 * in the index.
 */

static int
rfl_change_edit(rfl_desk_t *desk, rfl_err_t *err)
{
    int                  rc, done;
    int64_t              now;
    unsigned             i;
    uint64_t             added, removed;
    rfl_live_t          *live;
    rfl_change_edits_t   edits;

    live = &desk->state.current;
    now = (int64_t) time(NULL);

    rc = rfl_desk_index(desk, err);

    if (rc == RFL_OK) {
        rc = rfl_change_edits(desk, &edits, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_change_gather(desk, &edits, RFL_STORE_ADDING, 0, &added, err);

    if (rc == RFL_OK) {
        rc = rfl_change_gather(desk, &edits, RFL_STORE_REMOVING, 1, &removed,
                               err);
    }

    if (rc == RFL_OK && added != 0
        && (!live->used || live->epoch.end <= now))
    {
        rc = RFL_DECLINED;
    }

    for (done = 1, i = 0; rc == RFL_OK && desk->op.planned && i < edits.n;
         i++)
    {
        done = rfl_edit_done(&edits.edit[i], err);

        if (done != 1) {
            rc = (done < 0) ? done : RFL_OK;
            break;
        }
    }

    if (rc == RFL_OK && (!desk->op.planned || done != 1)) {

        rc = rfl_change_plan(desk, &edits, &desk->op.after, err);

        if (rc == RFL_OK) {
            desk->op.planned = 1;
            desk->op.after.as_of = now;
            rc = rfl_change_write_op(desk, err);
        }

        if (rc == RFL_OK) {
            rc = rfl_change_exec(desk, &edits, err);
        }
    }

    rfl_change_edits_free(&edits);

    if (rc == RFL_OK) {
        rc = rfl_change_end(desk, err);
    }

    return rc;
}


int
rfl_change_edits(rfl_desk_t *desk, rfl_change_edits_t *edits, rfl_err_t *err)
{
    int  rc;

    memset(edits, 0, sizeof(rfl_change_edits_t));

    if (desk->state.current.used) {
        edits->live[edits->n++] = &desk->state.current;
    }

    if (desk->state.phase == RFL_PHASE_BUILT) {
        edits->live[edits->n++] = &desk->state.next;
    }

    rc = (edits->n > 0) ? rfl_edit_init(&edits->edit[0], desk, edits->live[0],
                                        err)
                        : RFL_OK;

    if (rc == RFL_OK && edits->n > 1) {
        rc = rfl_edit_init(&edits->edit[1], desk, edits->live[1], err);
    }

    return rc;
}


void
rfl_change_edits_free(rfl_change_edits_t *edits)
{
    unsigned  i;

    for (i = 0; i < edits->n; i++) {
        rfl_edit_free(&edits->edit[i]);
    }
}


static int
rfl_change_gather(rfl_desk_t *desk, rfl_change_edits_t *edits,
    const char *hash, unsigned remove, uint64_t *n, rfl_err_t *err)
{
    int           rc;
    rfl_tokens_t  tokens;

    rc = rfl_store_tokens(&desk->desk, hash, &tokens, err);
    if (rc != RFL_OK) {
        return rc;
    }

    *n = tokens.n;
    edits->remove = remove;

    rc = rfl_store_walk(&desk->desk, &desk->keys, hash, &tokens, 0, 1,
                        rfl_change_gather_one, edits, err);

    rfl_tokens_free(&tokens);

    return rc;
}


int
rfl_change_gather_one(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err)
{
    int                  rc;
    unsigned             i;
    rfl_change_edits_t  *edits = data;

    /* what was over when an epoch was built is not in its index */

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < edits->n; i++) {

        if (edits->remove
            && stored->draft.e.not_after <= edits->live[i]->built)
        {
            continue;
        }

        rc = rfl_edit_entry(&edits->edit[i], stored, edits->remove, err);
    }

    return rc;
}


int
rfl_change_plan(rfl_desk_t *desk, rfl_change_edits_t *edits,
    rfl_state_t *after, rfl_err_t *err)
{
    int         rc;
    unsigned    i;
    rfl_live_t  live;

    *after = desk->state;

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < edits->n; i++) {

        rc = rfl_edit_plan(&edits->edit[i], &live, (int64_t) time(NULL), err);

        if (edits->live[i] == &desk->state.current) {
            after->current = live;
        } else {
            after->next = live;
        }
    }

    rfl_memzero(&live, sizeof(live));

    return rc;
}


int
rfl_change_exec(rfl_desk_t *desk, rfl_change_edits_t *edits, rfl_err_t *err)
{
    int       rc;
    unsigned  i;

    rc = rfl_redis_begin(&desk->index, err);

    for (i = 0; rc == RFL_OK && i < edits->n; i++) {
        rc = rfl_edit_send(&edits->edit[i], err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&desk->index, err);
    }

    return rc;
}


static int
rfl_change_end(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    desk->state = desk->op.after;
    rfl_memzero(&desk->op, sizeof(rfl_op_t));

    rc = rfl_redis_begin(&desk->desk, err);

    if (rc == RFL_OK) {
        rc = rfl_store_send_state(&desk->desk, &desk->keys, &desk->state,
                                  err);
    }

    if (rc == RFL_OK) {
        rc = rfl_store_send_done(&desk->desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&desk->desk, err);
    }

    return rc;
}
