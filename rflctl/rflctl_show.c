
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_show.c: "rflctl list" and "rflctl show": the register, for the desk
 * only.
 */


#include "rfl_hidden.h"
#include "rflctl.h"

#include <stdio.h>


typedef struct {
    rflctl_t      *ctl;
    rfl_hidden_t   hidden;
} rflctl_list_t;


static int rflctl_list_entry(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err);


int
rflctl_list(rflctl_t *ctl)
{
    int             rc;
    rfl_err_t       err;
    rfl_desk_t     *desk;
    rfl_tokens_t    tokens;
    rflctl_list_t   list;

    desk = &ctl->desk;

    rc = rflctl_open(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    memset(&list, 0, sizeof(rflctl_list_t));
    list.ctl = ctl;

    /* the register can be looked at without the public host */

    if (rfl_hidden_all(desk, &list.hidden, &err) != RFL_OK) {
        rflctl_note("%s; who has hidden an entry is not told", err.text);
    }

    rc = rfl_store_tokens(&desk->desk, RFL_STORE_REGISTER, &tokens, &err);

    if (rc == RFL_OK) {
        rc = rfl_store_walk(&desk->desk, &desk->keys, RFL_STORE_REGISTER,
                            &tokens, 0, 1, rflctl_list_entry, &list, &err);
        rfl_tokens_free(&tokens);
    }

    rfl_hidden_free(&list.hidden);

    return rflctl_fail(rc, &err);
}


static int
rflctl_list_entry(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err)
{
    int                 rc;
    char                ref[RFL_REF_TEXT_SIZE + 1];
    char                until[RFL_TIME_TEXT_SIZE + 1];
    unsigned            hidden;
    rflctl_list_t      *list = data;
    const rfl_str_t    *kind;
    const rfl_draft_t  *d;

    if (rflctl_stop) {
        return RFL_STOPPED;
    }

    d = &stored->draft;
    hidden = d->e.has_hide && rfl_hidden_find(&list->hidden, d->e.hide);
    kind = &rfl_kinds[d->e.kind];

    rflctl_ref(d->e.ref, ref);
    rflctl_time(d->e.not_after, until);

    if (list->ctl->opts->json) {
        rc = rflctl_json(json_pack("{s:s, s:s%, s:s%, s:s%, s:s%, s:s, "
                    "s:b, s:b, s:s%}",
                    "ref", ref, "id", d->id.data, d->id.len,
                    "kind", kind->data, kind->len,
                    "event", d->e.event.data, d->e.event.len,
                    "society", d->e.society.data, d->e.society.len,
                    "until", until, "canary", (int) stored->canary,
                    "hidden", (int) hidden,
                    "name", d->e.names[0].full.data, d->e.names[0].full.len),
                    RFLCTL_OK);

        if (rc != RFLCTL_OK) {
            (void) rfl_err(err, 0, "the list is not complete");
            return (rc == RFLCTL_CREATE) ? RFL_CREATE : RFL_ERROR;
        }

        return RFL_OK;
    }

    (void) printf("%s  %-7.*s  %.10s  %.*s  %.*s%s%s\n", ref, (int) kind->len,
                  kind->data, until, (int) d->id.len, d->id.data,
                  (int) d->e.names[0].full.len, d->e.names[0].full.data,
                  stored->canary ? "  (canary)" : "",
                  hidden ? "  (hidden)" : "");

    return RFL_OK;
}


int
rflctl_show(rflctl_t *ctl)
{
    int           rc;
    u_char        ref[RFL_REF_SIZE], token[RFL_TOKEN_SIZE];
    rfl_err_t     err;
    rfl_stored_t  stored;

    if (rflctl_ref_parse(ctl->argv[0], ref) != RFLCTL_OK) {
        return RFLCTL_USAGE;
    }

    rc = rflctl_open(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rfl_store_ref_token(&ctl->desk.keys, ref, token);

    rc = rfl_store_get(&ctl->desk.desk, ctl->pool, &ctl->desk.keys,
                       RFL_STORE_REGISTER, token, &stored, &err);

    if (rc == RFL_DECLINED) {
        (void) rfl_err(&err, 0, "the register has no entry of this "
                       "reference");
    }

    if (rc == RFL_OK) {
        (void) printf("%.*s\n", (int) stored.line.len, stored.line.data);
    }

    return rflctl_fail(rc, &err);
}
