
/*
 * Copyright (C) The RFL authors
 *
 * rfl_change_withdraw.c: takes entries out of register and index, and keeps
 * their sources out.  Called by "rflctl withdraw", for what moderators decide,
 * and for what people hid by their codes.
 */


#include "rfl_change.h"
#include "rfl_change_int.h"

#include <stdlib.h>


static int rfl_change_values(rfl_desk_t *desk, const rfl_withdrawal_t *list,
    unsigned n, redisReply **values, rfl_err_t *err);
static int rfl_change_direct(rfl_desk_t *desk, const rfl_withdrawal_t *list,
    unsigned n, redisReply *const *values, rfl_err_t *err);
static int rfl_change_record(rfl_desk_t *desk, const rfl_withdrawal_t *list,
    unsigned n, redisReply *const *values, unsigned reason, rfl_err_t *err);
static int rfl_change_bury(rfl_desk_t *desk, const rfl_withdrawal_t *w,
    const redisReply *value, unsigned reason, rfl_err_t *err);


/*
 * A change that waits for rfl-keyd must not delay a withdrawal, which then
 * edits the index by itself, first; the rotation to come sets all counters
 * right.
 */

int
rfl_change_withdraw(rfl_desk_t *desk, const rfl_withdrawal_t *list,
    unsigned n, unsigned reason, rfl_err_t *err)
{
    int           rc;
    unsigned      i, waiting;
    redisReply  **values;

    waiting = (desk->op.kind == RFL_OP_REBUILD);

    if (desk->op.kind != RFL_OP_NONE && !waiting) {
        (void) rfl_err(err, 0, "an earlier change must be finished first, "
                       "and index Redis does not answer");
        return RFL_AWAY;
    }

    values = calloc((size_t) n + 1, sizeof(redisReply *));
    if (values == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_change_values(desk, list, n, values, err);

    if (rc == RFL_OK && waiting) {
        rc = rfl_change_direct(desk, list, n, values, err);
    }

    if (rc == RFL_OK) {

        if (!waiting) {
            desk->op.kind = RFL_OP_APPLY;
            desk->op.planned = 0;
        }

        rc = rfl_change_record(desk, list, n, values, reason, err);
    }

    for (i = 0; i < n; i++) {
        if (values[i] != NULL) {
            freeReplyObject(values[i]);
        }
    }

    free(values);

    if (rc == RFL_OK && !waiting) {
        rc = rfl_change_finish(desk, err);
    }

    return rc;
}


/* what the register holds of them; NULL where it holds nothing */

static int
rfl_change_values(rfl_desk_t *desk, const rfl_withdrawal_t *list, unsigned n,
    redisReply **values, rfl_err_t *err)
{
    int       rc;
    u_char    token[RFL_TOKEN_SIZE];
    unsigned  i;

    for (i = 0; i < n; i++) {

        if (!list[i].known) {
            continue;
        }

        rfl_store_ref_token(&desk->keys, list[i].ref, token);

        rc = rfl_redis_call(&desk->desk, &values[i], err, "HGET %s %b",
                            RFL_STORE_REGISTER, token,
                            (size_t) RFL_TOKEN_SIZE);
        if (rc != RFL_OK) {
            return rc;
        }

        if (values[i]->type != REDIS_REPLY_STRING) {
            freeReplyObject(values[i]);
            values[i] = NULL;
        }
    }

    return RFL_OK;
}


static int
rfl_change_direct(rfl_desk_t *desk, const rfl_withdrawal_t *list, unsigned n,
    redisReply *const *values, rfl_err_t *err)
{
    int                  rc;
    u_char               token[RFL_TOKEN_SIZE];
    unsigned             i;
    rfl_pool_t          *pool;
    rfl_state_t          after;
    rfl_stored_t         stored;
    rfl_change_edits_t   edits;

    rc = rfl_desk_index(desk, err);
    if (rc != RFL_OK) {
        return rc;
    }

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_change_edits(desk, &edits, err);
    edits.remove = 1;

    for (i = 0; rc == RFL_OK && i < n; i++) {

        if (values[i] == NULL) {
            continue;
        }

        rfl_store_ref_token(&desk->keys, list[i].ref, token);

        rc = rfl_store_entry_parse(pool, &desk->keys, token, values[i]->str,
                                   values[i]->len, &stored, err);
        if (rc == RFL_OK) {
            rc = rfl_change_gather_one(&edits, pool, token, &stored, err);
        }

        rfl_pool_reset(pool);
    }

    if (rc == RFL_OK) {
        rc = rfl_change_plan(desk, &edits, &after, err);
    }

    if (rc == RFL_OK) {

        rc = rfl_change_exec(desk, &edits, err);

        if (rc == RFL_OK) {
            desk->state = after;
        }

    } else if (rc == RFL_DECLINED) {

        /* there is no index to take them out of */

        rc = RFL_OK;
    }

    rfl_change_edits_free(&edits);
    rfl_pool_destroy(pool);

    return rc;
}


/* the decision: entries out of the register, tombstones in */

static int
rfl_change_record(rfl_desk_t *desk, const rfl_withdrawal_t *list, unsigned n,
    redisReply *const *values, unsigned reason, rfl_err_t *err)
{
    int       rc;
    unsigned  i;

    rc = rfl_redis_begin(&desk->desk, err);

    for (i = 0; rc == RFL_OK && i < n; i++) {
        rc = rfl_change_bury(desk, &list[i], values[i], reason, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_store_send_op(&desk->desk, &desk->keys, &desk->op, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_store_send_state(&desk->desk, &desk->keys, &desk->state,
                                  err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&desk->desk, err);
    }

    return rc;
}


static int
rfl_change_bury(rfl_desk_t *desk, const rfl_withdrawal_t *w,
    const redisReply *value, unsigned reason, rfl_err_t *err)
{
    int        rc;
    u_char     token[RFL_TOKEN_SIZE];
    unsigned   i;

    static const char  *const  from[] = {
        RFL_STORE_REGISTER, RFL_STORE_ADDING
    };

    rc = RFL_OK;

    if (w->source.len != 0) {

        rfl_store_source_token(&desk->keys, &w->source, token);
        rc = rfl_change_tomb(desk, token, reason, err);

        if (rc == RFL_OK) {
            rc = rfl_redis_send(&desk->desk, err, "HDEL %s %b",
                                RFL_STORE_SOURCE, token,
                                (size_t) RFL_TOKEN_SIZE);
        }
    }

    if (rc != RFL_OK || value == NULL) {
        return rc;
    }

    rfl_store_ref_token(&desk->keys, w->ref, token);
    rc = rfl_change_tomb(desk, token, reason, err);

    for (i = 0; rc == RFL_OK && i < 2; i++) {
        rc = rfl_redis_send(&desk->desk, err, "HDEL %s %b", from[i], token,
                            (size_t) RFL_TOKEN_SIZE);
    }

    if (rc == RFL_OK && desk->op.kind == RFL_OP_APPLY) {
        rc = rfl_redis_send(&desk->desk, err, "HSET %s %b %b",
                            RFL_STORE_REMOVING, token,
                            (size_t) RFL_TOKEN_SIZE, value->str,
                            (size_t) value->len);
    }

    return rc;
}
