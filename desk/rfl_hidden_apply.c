
/*
 * Copyright (C) The RFL authors
 *
 * rfl_hidden_apply.c: withdraws what people have hidden, and forgets codes
 * when nothing can go with them any more.  Called by rotation.
 */


#include "rfl_change.h"
#include "rfl_hidden.h"
#include "rfl_hidden_int.h"

#include <stdlib.h>


/* days that a submission may wait for its publication */
#define RFL_HIDDEN_PENDING   366


/* entries about to be withdrawn */

typedef struct {
    rfl_desk_t        *desk;
    rfl_hidden_t      *hidden;
    rfl_pool_t        *pool;
    rfl_withdrawal_t  *list;
    unsigned           n;
    size_t             size;
} rfl_hidden_leavers_t;


static int rfl_hidden_lost(rfl_desk_t *desk, const rfl_hidden_t *hidden,
    rfl_err_t *err);
static int rfl_hidden_leaver(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err);
static int rfl_hidden_withdraw(rfl_hidden_leavers_t *leavers,
    rfl_err_t *err);
static int rfl_hidden_old(rfl_desk_t *desk, rfl_err_t *err);


int
rfl_hidden_apply(rfl_desk_t *desk, unsigned rebuild, rfl_hidden_t *hidden,
    uint64_t *n, rfl_err_t *err)
{
    int                    rc;
    rfl_tokens_t           tokens;
    rfl_hidden_leavers_t   leavers;

    *n = 0;

    rc = rfl_hidden_gather(desk, hidden, 1, err);

    if (rc == RFL_OK && !hidden->inbox && desk->conf.inbox.socket != NULL) {
        rc = rebuild ? rfl_hidden_lost(desk, hidden, err) : RFL_OK;

        if (rc == RFL_OK) {
            rfl_desk_notice(desk, "%s; codes that hide entries are read from "
                            "the index alone", hidden->away.text);
        }
    }

    if (rc != RFL_OK || hidden->n == 0) {
        return rc;
    }

    memset(&leavers, 0, sizeof(rfl_hidden_leavers_t));

    leavers.desk = desk;
    leavers.hidden = hidden;
    leavers.pool = rfl_pool_create(16384);

    if (leavers.pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_store_tokens(&desk->desk, RFL_STORE_REGISTER, &tokens, err);

    if (rc == RFL_OK) {
        rc = rfl_store_walk(&desk->desk, &desk->keys, RFL_STORE_REGISTER,
                            &tokens, 0, 1, rfl_hidden_leaver, &leavers, err);
        rfl_tokens_free(&tokens);
    }

    if (rc == RFL_OK) {
        rc = rfl_hidden_withdraw(&leavers, err);
    }

    if (rc == RFL_OK && leavers.n != 0) {
        *n = leavers.n;
        rfl_desk_notice(desk, "%u %s withdrawn, hidden with the code by the "
                        "person", leavers.n, leavers.n == 1 ? "entry is"
                                                            : "entries are");
    }

    free(leavers.list);
    rfl_pool_destroy(leavers.pool);

    return rc;
}


/*
 * An index that was there has all codes that this desk has not dealt with.
 * One that is not would show again what people have hidden.
 */

static int
rfl_hidden_lost(rfl_desk_t *desk, const rfl_hidden_t *hidden, rfl_err_t *err)
{
    int              rc;
    rfl_manifest_t   manifest;

    if (!desk->state.current.used) {
        return RFL_OK;
    }

    rc = rfl_index_manifest(&desk->index, &desk->state.current, &manifest,
                            err);
    if (rc != RFL_DECLINED) {
        return rc;
    }

    (void) rfl_err(err, 0, "%s, and the index has lost what people have "
                   "hidden, which would be shown again: start inbox Redis, "
                   "then run \"rflctl rotate\" (a site without forms needs "
                   "no \"inbox\" in %s)", hidden->away.text,
                   RFL_DESK_CONF);

    return RFL_AWAY;
}


static int
rfl_hidden_leaver(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err)
{
    rfl_withdrawal_t      *w;
    const rfl_draft_t     *draft;
    rfl_hidden_leavers_t  *leavers = data;

    draft = &stored->draft;

    if (rfl_desk_stopped(leavers->desk)) {
        return RFL_STOPPED;
    }

    if (!draft->e.has_hide
        || !rfl_hidden_find(leavers->hidden, draft->e.hide))
    {
        return RFL_OK;
    }

    w = rfl_grow(leavers->list, leavers->n, &leavers->size,
                 sizeof(rfl_withdrawal_t));
    if (w == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    leavers->list = w;
    w = &leavers->list[leavers->n++];

    w->known = 1;
    memcpy(w->ref, draft->e.ref, RFL_REF_SIZE);

    w->source.len = draft->id.len;
    w->source.data = rfl_pstrdup(leavers->pool, draft->id.data,
                                 draft->id.len);

    return w->source.data ? RFL_OK : rfl_err(err, 0, "out of memory");
}


static int
rfl_hidden_withdraw(rfl_hidden_leavers_t *leavers, rfl_err_t *err)
{
    int       rc;
    unsigned  i, n;

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < leavers->n; i += n) {

        n = leavers->n - i;
        n = (n < RFL_HIDDEN_BATCH / 2) ? n : RFL_HIDDEN_BATCH / 2;

        rc = rfl_change_withdraw(leavers->desk, leavers->list + i, n,
                                 RFL_REASON_REQUEST, err);
    }

    return rc;
}


int
rfl_hidden_forget(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    int         rc;
    size_t      i;
    rfl_args_t  args;

    /* without the inbox the index alone remembers */

    if (!hidden->inbox) {
        return RFL_OK;
    }

    rc = RFL_OK;
    rfl_args_init(&args);

    for (i = 0; rc == RFL_OK && i < hidden->nlabels; i++) {

        if (args.n == 0) {
            rfl_args_literal(&args, "UNLINK");
        }

        rfl_args_add(&args, hidden->labels + i * RFL_HIDE_LABEL_SIZE,
                     RFL_HIDE_LABEL_SIZE);

        if (args.n > RFL_HIDDEN_BATCH || i + 1 == hidden->nlabels) {
            rc = rfl_redis_run(&desk->index, err, &args);
            rfl_args_reset(&args);
        }
    }

    rfl_args_free(&args);

    return (rc == RFL_OK) ? rfl_hidden_old(desk, err) : rc;
}


/* lists whose codes no entry can have any more */

static int
rfl_hidden_old(rfl_desk_t *desk, rfl_err_t *err)
{
    int          rc;
    size_t       len;
    u_char       limit[RFL_BOX_LIST_SIZE];
    int32_t      days;
    unsigned     i;
    rfl_args_t   args;
    rfl_names_t  names;

    static const rfl_str_t  hide = rfl_string("hide");

    days = RFL_HIDDEN_PENDING;

    for (i = 0; i < desk->policy->nevents; i++) {
        if ((int32_t) desk->policy->events[i].max_days
            > days - RFL_HIDDEN_PENDING)
        {
            days = (int32_t) desk->policy->events[i].max_days
                   + RFL_HIDDEN_PENDING;
        }
    }

    len = rfl_box_list(&hide, rfl_today() - days, limit);

    rfl_args_init(&args);

    rc = rfl_redis_names(&desk->inbox, RFL_HIDDEN_LIST "*", rfl_hidden_counts,
                         &names, err);

    rfl_args_literal(&args, "UNLINK");

    for (i = 0; rc == RFL_OK && i < names.args.n; i++) {
        if (names.args.lens[i] == len
            && memcmp(names.args.argv[i], limit, len) < 0)
        {
            rfl_args_add(&args, names.args.argv[i], len);
        }
    }

    if (rc == RFL_OK && args.n > 1) {
        rc = rfl_redis_run(&desk->inbox, err, &args);
    }

    rfl_args_free(&args);
    rfl_names_free(&names);

    return rc;
}
