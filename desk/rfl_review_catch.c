
/*
 * Copyright (C) The RFL authors
 *
 * rfl_review_catch.c: items follow what happened without the desk: somebody
 * hid their entry with its code, a rotation or rflctl took it out, an act was
 * cut short.  Called when a page is shown with unlocked keys, and by tests.
 */


#include "rfl_review.h"
#include "rfl_item_int.h"
#include "rfl_review_int.h"

#include <stdlib.h>


#define RFL_CATCH_MAX        1024  /* items at a time */


typedef struct {
    rfl_work_t    *work;
    rfl_tokens_t   tombs;          /* sorted */
    unsigned       n;
    u_char         ids[RFL_CATCH_MAX][RFL_SUBMISSION_ID_SIZE];
} rfl_catch_t;


static int rfl_catch_gone(rfl_work_t *work, unsigned *n, rfl_err_t *err);
static int rfl_catch_visit(void *data, rfl_pool_t *pool,
    const rfl_head_t *head, rfl_err_t *err);
static int rfl_catch_withdrawn(rfl_work_t *work,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err);
static int rfl_catch_token(const void *a, const void *b);


int
rfl_review_catch_up(rfl_work_t *work, unsigned *n, rfl_err_t *err)
{
    int        rc, hidden;
    unsigned   resumed;
    uint64_t   marked;
    rfl_err_t  other;

    *n = 0;

    if (work->keys != NULL && work->now < work->caught + RFL_CATCH_EVERY) {
        return RFL_OK;
    }

    /* one that is away does not keep the others waiting */

    hidden = rfl_item_hidden(work, &marked, err);

    if (hidden != RFL_OK && hidden != RFL_AWAY) {
        return hidden;
    }

    rc = rfl_catch_gone(work, n, &other);

    if (rc == RFL_OK) {
        rc = rfl_review_resume(work, &resumed, &other);
        *n += (unsigned) marked + resumed;
    }

    work->caught = work->now;

    if (rc != RFL_OK) {
        *err = other;
        return rc;
    }

    return hidden;
}


/* what has a tombstone is withdrawn, whoever set it */

static int
rfl_catch_gone(rfl_work_t *work, unsigned *n, rfl_err_t *err)
{
    int           rc;
    uint64_t      tombs;
    unsigned      i;
    rfl_catch_t  *c;

    rc = rfl_redis_count(&work->desk.desk, "HLEN", RFL_STORE_TOMB, &tombs,
                         err);

    if (rc != RFL_OK || tombs == work->tombs) {
        return rc;
    }

    c = calloc(1, sizeof(rfl_catch_t));
    if (c == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    c->work = work;

    rc = rfl_store_tokens(&work->desk.desk, RFL_STORE_TOMB, &c->tombs, err);

    if (rc == RFL_OK) {
        qsort(c->tombs.tokens, c->tombs.n, RFL_TOKEN_SIZE, rfl_catch_token);

        rc = rfl_item_walk(work, rfl_catch_visit, c, err);
    }

    /* the rest the next time */

    if (rc == RFL_OK) {
        work->tombs = tombs;

    } else if (rc == RFL_STOPPED) {
        rc = RFL_OK;
    }

    for (i = 0; rc == RFL_OK && i < c->n; i++) {
        rc = rfl_catch_withdrawn(work, c->ids[i], err);
        *n += (rc == RFL_OK);
    }

    if (rc != RFL_OK) {
        work->tombs = 0;
    }

    rfl_tokens_free(&c->tombs);
    free(c);

    return rc;
}


static int
rfl_catch_visit(void *data, rfl_pool_t *pool, const rfl_head_t *head,
    rfl_err_t *err)
{
    u_char        token[RFL_TOKEN_SIZE];
    rfl_catch_t  *c = data;

    if (!head->live || !head->has_ref
        || (head->state != RFL_ITEM_PUBLISHED
            && head->state != RFL_ITEM_CHANGE
            && head->state != RFL_ITEM_CHANGE_SECOND))
    {
        return RFL_OK;
    }

    rfl_store_ref_token(&c->work->desk.keys, head->ref, token);

    if (c->tombs.n == 0
        || bsearch(token, c->tombs.tokens, c->tombs.n, RFL_TOKEN_SIZE,
                   rfl_catch_token)
           == NULL)
    {
        return RFL_OK;
    }

    if (c->n == RFL_CATCH_MAX) {
        return RFL_STOPPED;
    }

    memcpy(c->ids[c->n++], head->id, RFL_SUBMISSION_ID_SIZE);

    return RFL_OK;
}


static int
rfl_catch_withdrawn(rfl_work_t *work, const u_char id[RFL_SUBMISSION_ID_SIZE],
    rfl_err_t *err)
{
    int             rc;
    rfl_item_t      item;
    rfl_pool_t     *pool;
    rfl_action_t    action;
    rfl_outcome_t   outcome;

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_item_get(work, pool, id, &item, err);

    if (rc == RFL_OK) {
        memset(&action, 0, sizeof(rfl_action_t));
        action.act = RFL_ACT_WITHDRAWN;
        action.version = item.head.version;

        rc = rfl_review_itself(work, pool, id, &action, &outcome, err);
        rfl_outcome_free(&outcome);
    }

    rfl_pool_destroy(pool);

    /* changed meanwhile: the next time */

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}


static int
rfl_catch_token(const void *a, const void *b)
{
    return memcmp(a, b, RFL_TOKEN_SIZE);
}
