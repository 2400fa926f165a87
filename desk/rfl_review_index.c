
/*
 * Copyright (C) The RFL authors
 *
 * rfl_review_index.c: what was decided about an item is carried out in
 * register and index, by the code of "rflctl publish" and "withdraw".  Both
 * may be repeated: what has been done is found done.  Called without the
 * items' lock, since a rotation may be under way.
 */


#include "rfl_review.h"
#include "rfl_change.h"
#include "rfl_edit.h"
#include "rfl_hidden.h"
#include "rfl_review_int.h"


/*
 * Seconds for another command, such as a rotation: who pressed the button
 * waits as long, and what was decided about an item is carried out later, too.
 */
#define RFL_REVIEW_WAIT      5
#define RFL_REVIEW_WAIT_DOWN 30


static int rfl_review_begin(rfl_work_t *work, unsigned seconds,
    unsigned withdraw, rfl_err_t *err);
static int rfl_review_lock(rfl_work_t *work, unsigned seconds, rfl_err_t *err);
static int rfl_review_tomb(rfl_work_t *work,
    const u_char token[RFL_TOKEN_SIZE], rfl_err_t *err);
static int rfl_review_still(rfl_work_t *work, rfl_pool_t *pool,
    rfl_draft_t *draft, rfl_err_t *err);
static int rfl_review_there(rfl_work_t *work, rfl_pool_t *pool,
    rfl_draft_t *draft, rfl_err_t *err);
static int rfl_review_prove(rfl_work_t *work, const rfl_stored_t *stored,
    const rfl_live_t *live, rfl_err_t *err);


static int
rfl_review_begin(rfl_work_t *work, unsigned seconds, unsigned withdraw,
    rfl_err_t *err)
{
    int  rc;

    rc = rfl_review_lock(work, seconds, err);

    if (rc == RFL_OK) {
        rc = rfl_change_heal(&work->desk, err);

        /* a withdrawal goes on without rfl-keyd */

        if (rc == RFL_AWAY && withdraw && work->desk.desk.c != NULL
            && work->desk.desk.c->err == 0)
        {
            rc = RFL_OK;
        }
    }

    return rc;
}


/*
 * One request of the desk is served at a time: while this one waits, others
 * are.  It comes back to a desk that they may have changed, and reads nothing
 * of register and index before it has the lock.
 */

static int
rfl_review_lock(rfl_work_t *work, unsigned seconds, rfl_err_t *err)
{
    int       rc;
    unsigned  tries;

    if (work->aside == NULL) {
        return rfl_desk_lock(&work->desk, seconds, NULL, err);
    }

    tries = seconds * (1000000 / RFL_WORK_ASIDE);

    for ( ;; ) {

        rc = rfl_desk_lock(&work->desk, 0, NULL, err);

        if (rc != RFL_BUSY || tries-- == 0) {
            return rc;
        }

        rc = work->aside(work->data, err);

        if (rc != RFL_OK) {
            return rc;
        }
    }
}


int
rfl_review_publish(rfl_work_t *work, rfl_pool_t *pool, rfl_item_t *item,
    unsigned wait, rfl_err_t *err)
{
    int           rc;
    u_char        source[RFL_TOKEN_SIZE], ref[RFL_TOKEN_SIZE];
    rfl_item_t    now;
    rfl_draft_t  *draft;

    draft = &item->draft;

    rc = rfl_review_begin(work, wait ? RFL_REVIEW_WAIT : 0, 0, err);

    /* while it was waited for: ended by somebody else, or withdrawn */

    if (rc == RFL_OK) {
        rc = rfl_item_get(work, pool, item->head.id, &now, err);
    }

    if (rc == RFL_OK && (now.head.state != RFL_ITEM_PUBLISHING
                         || now.head.version != item->head.version))
    {
        rfl_desk_unlock(&work->desk);
        return RFL_OK;
    }

    rfl_store_source_token(&work->desk.keys, &draft->id, source);
    rfl_store_ref_token(&work->desk.keys, draft->e.ref, ref);

    if (rc == RFL_OK) {
        rc = rfl_review_tomb(work, source, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_review_tomb(work, ref, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_review_there(work, pool, draft, err);

        if (rc == RFL_DECLINED) {
            rc = rfl_review_still(work, pool, draft, err);

            if (rc == RFL_OK) {
                rc = rfl_change_publish(&work->desk, draft, 0, err);
            }
        }
    }

    rfl_desk_unlock(&work->desk);

    return rc;
}


static int
rfl_review_tomb(rfl_work_t *work, const u_char token[RFL_TOKEN_SIZE],
    rfl_err_t *err)
{
    int          rc;
    redisReply  *reply;

    rc = rfl_redis_call(&work->desk.desk, &reply, err, "HGET %s %b",
                        RFL_STORE_TOMB, token, (size_t) RFL_TOKEN_SIZE);
    if (rc != RFL_OK) {
        return rc;
    }

    if (reply->type == REDIS_REPLY_STRING) {
        (void) rfl_err(err, 0, "fault.withdrawn");
        rc = RFL_DECLINED;
    }

    freeReplyObject(reply);

    return rc;
}


/*
 * Days may have gone by since it was approved: a code was used, a key was
 * revoked, the event is over.
 */

static int
rfl_review_still(rfl_work_t *work, rfl_pool_t *pool, rfl_draft_t *draft,
    rfl_err_t *err)
{
    int            rc, n;
    u_char        *end;
    rfl_buf_t      faults;
    rfl_policy_t   policy;

    if (draft->e.has_hide) {
        rc = rfl_hidden_is(&work->desk, draft->e.hide, err);

        if (rc == RFL_OK) {
            (void) rfl_err(err, 0, "fault.hidden");
            return RFL_DECLINED;
        }

        if (rc != RFL_DECLINED) {
            return rc;
        }
    }

    policy = *work->desk.policy;

    if (policy.approvals < rfl_work_approvals(work)) {
        policy.approvals = rfl_work_approvals(work);
    }

    rfl_buf_init(&faults, 0);

    n = rfl_draft_check(pool, draft, &policy, work->desk.trust, work->now,
                        RFL_DRAFT_APPROVALS|RFL_DRAFT_KEYS, &faults);

    rc = (n == 0) ? RFL_OK : RFL_DECLINED;

    if (n < 0 || faults.failed) {
        rc = rfl_err(err, 0, "out of memory");

    } else if (n > 0) {
        end = memchr(faults.data, '\n', faults.len);
        (void) rfl_err(err, 0, "%.*s",
                       (end != NULL) ? (int) (end - faults.data)
                                     : (int) faults.len,
                       (char *) faults.data);
    }

    rfl_buf_free(&faults);

    return rc;
}


/* RFL_OK: the register has exactly this record; RFL_DECLINED: it has not */

static int
rfl_review_there(rfl_work_t *work, rfl_pool_t *pool, rfl_draft_t *draft,
    rfl_err_t *err)
{
    int           rc;
    u_char        token[RFL_TOKEN_SIZE];
    rfl_str_t     a, b;
    rfl_stored_t  stored;

    rfl_store_ref_token(&work->desk.keys, draft->e.ref, token);

    rc = rfl_store_get(&work->desk.desk, pool, &work->desk.keys,
                       RFL_STORE_REGISTER, token, &stored, err);
    if (rc != RFL_OK) {
        return rc;
    }

    if (rfl_entry_encode(pool, &stored.draft.e, err) != RFL_OK
        || rfl_entry_encode(pool, &draft->e, err) != RFL_OK
        || rfl_record_encode(pool, &stored.draft.e, &a, err) != RFL_OK
        || rfl_record_encode(pool, &draft->e, &b, err) != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_str_eq(&a, &b) ? RFL_OK : RFL_DECLINED;
}


int
rfl_review_remove(rfl_work_t *work, rfl_pool_t *pool,
    const u_char ref[RFL_REF_SIZE], const rfl_str_t *source, unsigned reason,
    unsigned wait, rfl_outcome_t *outcome, rfl_err_t *err)
{
    int                rc;
    u_char             token[RFL_TOKEN_SIZE];
    rfl_stored_t       stored;
    rfl_withdrawal_t   w;

    memset(&w, 0, sizeof(rfl_withdrawal_t));
    memcpy(w.ref, ref, RFL_REF_SIZE);
    w.source = *source;

    rc = rfl_review_begin(work, wait ? RFL_REVIEW_WAIT_DOWN : 0, 1, err);

    if (rc == RFL_OK) {
        rfl_store_ref_token(&work->desk.keys, ref, token);

        rc = rfl_store_get(&work->desk.desk, pool, &work->desk.keys,
                           RFL_STORE_REGISTER, token, &stored, err);

        w.known = (rc == RFL_OK);

        if (w.known) {
            w.source = stored.draft.id;
        }

        if (rc == RFL_DECLINED) {
            rc = RFL_OK;
        }
    }

    if (rc == RFL_OK) {
        rc = rfl_change_withdraw(&work->desk, &w, 1, reason, err);
    }

    if (rc == RFL_OK) {

        if (!w.known) {
            outcome->checked = 1;

        } else if (!work->desk.state.current.used) {
            outcome->checked = 1;

        } else if (rfl_review_prove(work, &stored,
                                    &work->desk.state.current, err)
                   == RFL_OK)
        {
            outcome->checked = 1;
        }

        if (outcome->checked) {
            outcome->checked_at = (int64_t) time(NULL);
        }
    }

    rfl_desk_unlock(&work->desk);

    return rc;
}


/* reads all lists of the entry again: nothing of it may be left */

static int
rfl_review_prove(rfl_work_t *work, const rfl_stored_t *stored,
    const rfl_live_t *live, rfl_err_t *err)
{
    int         rc;
    rfl_edit_t  edit;
    rfl_live_t  after;

    rc = rfl_desk_index(&work->desk, err);

    if (rc == RFL_OK) {
        rc = rfl_edit_init(&edit, &work->desk, live, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_edit_entry(&edit, stored, 1, err);

    if (rc == RFL_OK) {
        rc = rfl_edit_plan(&edit, &after, 0, err);
    }

    if (rc == RFL_OK && (edit.found != 0 || edit.blocks != 0)) {
        rc = rfl_err(err, 0, "something of it is still in the index");
    }

    rfl_edit_free(&edit);
    rfl_memzero(&after, sizeof(rfl_live_t));

    return rc;
}
