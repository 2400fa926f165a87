
/*
 * Copyright (C) The RFL authors
 *
 * rfl_review_do.c: one press of a button, from the form to the index.  The
 * decision is made under the items' lock: journal first, then the item; what
 * follows from it in register and index is done afterwards and, if it is cut
 * short, by rfl_review_resume().  Called by the desk's pages and by tests.
 */


#include "rfl_review.h"
#include "rfl_box.h"
#include "rfl_item_int.h"
#include "rfl_journal.h"
#include "rfl_review_int.h"
#include "rfl_spool.h"

#include <stdlib.h>
#include <unistd.h>


#define RFL_RESUME_MAX       256


typedef struct {
    u_char        ids[RFL_RESUME_MAX][RFL_SUBMISSION_ID_SIZE];
    unsigned      n;
} rfl_resume_t;


static void rfl_review_judge(const rfl_work_t *work, rfl_judge_t *judge);
static int rfl_review_decide(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], const rfl_judge_t *judge,
    const rfl_action_t *action, rfl_outcome_t *outcome, rfl_err_t *err);
static int rfl_review_journal(rfl_work_t *work, const rfl_item_t *item,
    rfl_item_state_e from, const rfl_action_t *action, rfl_err_t *err);
static int rfl_review_follow(rfl_work_t *work, rfl_pool_t *pool, unsigned wait,
    rfl_outcome_t *outcome, rfl_err_t *err);
static int rfl_review_later(const rfl_work_t *work, rfl_outcome_t *outcome,
    int rc);
static int rfl_review_end(rfl_work_t *work, rfl_pool_t *pool, rfl_act_e act,
    rfl_outcome_t *outcome, rfl_err_t *err);
static unsigned rfl_review_reason(const rfl_item_t *item);
static int rfl_review_ask(rfl_work_t *work, rfl_pool_t *pool,
    const rfl_item_t *ask, const rfl_action_t *action,
    rfl_outcome_t *outcome, rfl_err_t *err);
static int rfl_review_pending(void *data, rfl_pool_t *pool,
    const rfl_head_t *head, rfl_err_t *err);


int
rfl_review_do(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], const rfl_action_t *action,
    rfl_outcome_t *outcome, rfl_err_t *err)
{
    int          rc;
    rfl_judge_t  judge;

    memset(outcome, 0, sizeof(rfl_outcome_t));
    rfl_buf_init(&outcome->faults, 0);

    if (work->keys == NULL) {
        outcome->refused = RFL_REFUSED_LOCKED;
        return RFL_DECLINED;
    }

    rfl_review_judge(work, &judge);

    rc = rfl_review_decide(work, pool, id, &judge, action, outcome, err);

    return (rc == RFL_OK) ? rfl_review_follow(work, pool, 1, outcome, err)
                          : rc;
}


int
rfl_review_itself(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], const rfl_action_t *action,
    rfl_outcome_t *outcome, rfl_err_t *err)
{
    rfl_judge_t  judge;

    memset(outcome, 0, sizeof(rfl_outcome_t));
    rfl_buf_init(&outcome->faults, 0);

    rfl_review_judge(work, &judge);
    judge.who = NULL;
    judge.sign = NULL;

    return rfl_review_decide(work, pool, id, &judge, action, outcome, err);
}


void
rfl_outcome_free(rfl_outcome_t *outcome)
{
    rfl_buf_free(&outcome->faults);
    rfl_memzero(outcome, sizeof(rfl_outcome_t));
}


static void
rfl_review_judge(const rfl_work_t *work, rfl_judge_t *judge)
{
    judge->policy = work->desk.policy;
    judge->trust = work->desk.trust;
    judge->approvals = rfl_work_approvals(work);
    judge->who = work->who;
    judge->sign = (work->keys != NULL && work->keys->has_sign)
                  ? &work->keys->sign : NULL;
    judge->now = work->now;
}


static int
rfl_review_decide(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], const rfl_judge_t *judge,
    const rfl_action_t *action, rfl_outcome_t *outcome, rfl_err_t *err)
{
    int               rc, fd;
    rfl_item_t        before;
    rfl_item_state_e  from;

    rc = rfl_item_lock(&work->desk, &fd, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_item_get(work, pool, id, &outcome->item, err);

    if (rc == RFL_DECLINED) {
        outcome->refused = RFL_REFUSED_GONE;
    }

    from = outcome->item.head.state;
    before = outcome->item;

    if (rc == RFL_OK) {
        rc = rfl_review_step(judge, pool, &outcome->item, action, outcome,
                             err);
    }

    /* a request to withdraw: closed once the entry is gone */

    if (rc == RFL_OK && action->act == RFL_ACT_WITHDRAW
        && outcome->item.head.state == RFL_ITEM_CLOSED)
    {
        (void) close(fd);

        return rfl_review_ask(work, pool, &before, action, outcome, err);
    }

    if (rc == RFL_OK && action->act == RFL_ACT_HAND) {
        rc = rfl_spool_out(work, pool, &before, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_review_journal(work, &outcome->item, from, action, err);

        /* a journal that cannot be written keeps nobody in danger */

        if (rc != RFL_OK && rc != RFL_AWAY
            && action->act == RFL_ACT_WITHDRAW)
        {
            rfl_desk_notice(&work->desk, "%s", err->text);
            rc = RFL_OK;
        }
    }

    if (rc == RFL_OK) {
        rc = rfl_item_write(work, pool, &outcome->item, err);
    }

    if (rc != RFL_OK && rc != RFL_DECLINED) {
        outcome->item = before;
    }

    (void) close(fd);

    return rc;
}


static int
rfl_review_journal(rfl_work_t *work, const rfl_item_t *item,
    rfl_item_state_e from, const rfl_action_t *action, rfl_err_t *err)
{
    u_char              text[RFL_RECEIPT_TEXT_SIZE];
    u_char              digits[RFL_RECEIPT_DIGITS_SIZE];
    rfl_journal_line_t  line;

    memset(&line, 0, sizeof(rfl_journal_line_t));

    rfl_receipt_format(item->head.id, text, digits);

    if (work->who != NULL
        && (action->act < RFL_ACT_PUBLISHED || action->act >= RFL_ACTS_N))
    {
        line.who = work->who->id;
    } else {
        rfl_str_set(&line.who, "desk");
    }

    line.act = rfl_acts[action->act];
    line.item.data = text;
    line.item.len = RFL_RECEIPT_TEXT_SIZE;
    line.from = rfl_item_states[from];
    line.to = rfl_item_states[item->head.state];
    line.version = item->head.version;
    line.why = *rfl_act_reason(action->act, action->reason);

    return rfl_journal_add(&work->desk, &line, work->now, err);
}


/* register and index follow the decision */

static int
rfl_review_follow(rfl_work_t *work, rfl_pool_t *pool, unsigned wait,
    rfl_outcome_t *outcome, rfl_err_t *err)
{
    int          rc;
    rfl_item_t  *item;

    item = &outcome->item;

    switch (item->head.state) {

    case RFL_ITEM_PUBLISHING:
        rc = rfl_review_publish(work, pool, item, wait, err);

        if (rc == RFL_OK) {
            return rfl_review_end(work, pool, RFL_ACT_PUBLISHED, outcome,
                                  err);
        }

        if (rc == RFL_DECLINED) {
            rfl_buf_printf(&outcome->faults, "%s\n", err->text);
            rc = rfl_review_end(work, pool, RFL_ACT_FAILED, outcome, err);
            outcome->refused = RFL_REFUSED_FAULTS;

            return (rc == RFL_OK) ? RFL_DECLINED : rc;
        }

        break;

    case RFL_ITEM_WITHDRAWING:
        rc = rfl_review_remove(work, pool, item->head.ref, &item->draft.id,
                               rfl_review_reason(item), wait, outcome, err);
        if (rc == RFL_OK) {
            return rfl_review_end(work, pool, RFL_ACT_WITHDRAWN, outcome,
                                  err);
        }

        break;

    default:
        return RFL_OK;
    }

    return rfl_review_later(work, outcome, rc);
}


/*
 * What is decided is ended later.  Without desk Redis itself nothing can be
 * said about it.
 */

static int
rfl_review_later(const rfl_work_t *work, rfl_outcome_t *outcome, int rc)
{
    if ((rc == RFL_AWAY || rc == RFL_BUSY) && work->desk.desk.c != NULL) {
        outcome->refused = RFL_REFUSED_AWAY;
        return RFL_DECLINED;
    }

    return rc;
}


/* the desk's own act, of the version that is there by now */

static int
rfl_review_end(rfl_work_t *work, rfl_pool_t *pool, rfl_act_e act,
    rfl_outcome_t *outcome, rfl_err_t *err)
{
    int            rc;
    rfl_judge_t    judge;
    rfl_action_t   action;

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = act;
    action.version = outcome->item.head.version;

    rfl_review_judge(work, &judge);
    judge.who = NULL;
    judge.sign = NULL;

    rc = rfl_review_decide(work, pool, outcome->item.head.id, &judge, &action,
                           outcome, err);

    /* somebody was faster: withdrawn meanwhile, or ended by the timer */

    if (rc == RFL_DECLINED && (outcome->refused == RFL_REFUSED_VERSION
                               || outcome->refused == RFL_REFUSED_STATE))
    {
        outcome->refused = RFL_REFUSED_NOT;
        rc = RFL_OK;
    }

    return rc;
}


/* that of the act which began the withdrawal */

static unsigned
rfl_review_reason(const rfl_item_t *item)
{
    unsigned  i;

    for (i = item->nhistory; i > 0; i--) {
        if (item->history[i - 1].act == RFL_ACT_WITHDRAW) {
            return item->history[i - 1].reason;
        }
    }

    return RFL_REASON_REQUEST;
}


/*
 * A request or report that ends in a withdrawal: first the entry, by its item
 * if there is one, then the request is closed.
 */

static int
rfl_review_ask(rfl_work_t *work, rfl_pool_t *pool, const rfl_item_t *ask,
    const rfl_action_t *action, rfl_outcome_t *outcome, rfl_err_t *err)
{
    int            rc;
    rfl_item_t     entry;
    rfl_judge_t    judge;
    rfl_action_t   close_ask, withdraw;
    rfl_outcome_t  of;

    withdraw = *action;
    rfl_str_null(&withdraw.note);

    rc = rfl_item_by_ref(work, pool, ask->head.ref, &entry, err);

    if (rc == RFL_OK) {
        withdraw.version = entry.head.version;
        rc = rfl_review_do(work, pool, entry.head.id, &withdraw, &of, err);

        /* gone already is what was asked for */

        if (rc == RFL_DECLINED && of.refused == RFL_REFUSED_STATE) {
            rc = RFL_OK;
        }

    } else if (rc == RFL_DECLINED) {
        rc = rfl_review_withdraw_ref(work, ask->head.ref, action->reason, &of,
                                     err);
    } else {
        return rc;
    }

    outcome->checked = of.checked;
    outcome->checked_at = of.checked_at;
    outcome->refused = of.refused;
    outcome->item = *ask;

    rfl_outcome_free(&of);

    if (rc != RFL_OK) {
        return rc;
    }

    close_ask = *action;
    close_ask.act = RFL_ACT_CLOSE;
    close_ask.reason = 1;

    rfl_review_judge(work, &judge);

    return rfl_review_decide(work, pool, ask->head.id, &judge, &close_ask,
                             outcome, err);
}


int
rfl_review_withdraw_ref(rfl_work_t *work, const u_char ref[RFL_REF_SIZE],
    unsigned reason, rfl_outcome_t *outcome, rfl_err_t *err)
{
    int                 rc;
    u_char              text[RFL_REF_TEXT_SIZE];
    rfl_str_t           none;
    rfl_pool_t         *pool;
    rfl_journal_line_t  line;

    memset(outcome, 0, sizeof(rfl_outcome_t));
    rfl_buf_init(&outcome->faults, 0);

    if (work->who == NULL || work->who->role == RFL_ROLE_AUDITOR) {
        outcome->refused = RFL_REFUSED_ROLE;
        return RFL_DECLINED;
    }

    if (reason == 0 || reason >= RFL_REASON_REPLACED) {
        outcome->refused = RFL_REFUSED_REASON;
        return RFL_DECLINED;
    }

    memset(&line, 0, sizeof(rfl_journal_line_t));
    rfl_str_null(&none);

    rfl_ref_format(ref, text);

    line.who = work->who->id;
    line.act = rfl_acts[RFL_ACT_WITHDRAW];
    line.item.data = text;
    line.item.len = RFL_REF_TEXT_SIZE;
    line.why = rfl_reasons[reason];

    rc = rfl_journal_add(&work->desk, &line, work->now, err);

    if (rc == RFL_AWAY) {
        return rc;
    }

    if (rc != RFL_OK) {
        rfl_desk_notice(&work->desk, "%s", err->text);
    }

    pool = rfl_pool_create(4096);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_review_remove(work, pool, ref, &none, reason, 1, outcome, err);
    rc = rfl_review_later(work, outcome, rc);

    rfl_pool_destroy(pool);

    return rc;
}


rfl_refused_e
rfl_review_may(const rfl_work_t *work, const rfl_item_t *item, rfl_act_e act)
{
    rfl_judge_t    judge;
    rfl_refused_e  refused;

    if (work->keys == NULL) {
        return RFL_REFUSED_LOCKED;
    }

    rfl_review_judge(work, &judge);

    refused = rfl_review_permits(&judge, item, act);

    if (refused != RFL_REFUSED_NOT) {
        return refused;
    }

    if (act != RFL_ACT_APPROVE) {
        return (act == RFL_ACT_WITHDRAW && !item->has_draft
                && !item->head.has_ref) ? RFL_REFUSED_STATE
                                        : RFL_REFUSED_NOT;
    }

    if (item->head.hidden) {
        return RFL_REFUSED_HIDDEN;
    }

    if (!rfl_judge_may_sign(&judge, &item->draft.e.society)) {
        return RFL_REFUSED_KEY;
    }

    return (item->head.approver.len != 0
            && rfl_str_eq(&item->head.approver, &work->who->id))
           ? RFL_REFUSED_SAME : RFL_REFUSED_NOT;
}


int
rfl_review_faults(const rfl_work_t *work, rfl_pool_t *pool,
    const rfl_item_t *item, rfl_buf_t *faults)
{
    if (!item->has_draft) {
        return 0;
    }

    return rfl_draft_check(pool, &item->draft, work->desk.policy,
                           work->desk.trust, work->now, RFL_DRAFT_KEYS,
                           faults);
}


int
rfl_review_resume(rfl_work_t *work, unsigned *n, rfl_err_t *err)
{
    int             rc;
    unsigned        i;
    rfl_pool_t     *pool;
    rfl_resume_t   *resume;
    rfl_outcome_t   outcome;

    *n = 0;

    resume = calloc(1, sizeof(rfl_resume_t));
    pool = rfl_pool_create(16384);

    if (resume == NULL || pool == NULL) {
        free(resume);
        rfl_pool_destroy(pool);
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_item_walk(work, rfl_review_pending, resume, err);

    if (rc == RFL_STOPPED) {
        rc = RFL_OK;
    }

    for (i = 0; rc == RFL_OK && i < resume->n; i++) {

        memset(&outcome, 0, sizeof(rfl_outcome_t));
        rfl_buf_init(&outcome.faults, 0);

        rc = rfl_item_get(work, pool, resume->ids[i], &outcome.item, err);

        if (rc == RFL_OK) {
            rc = rfl_review_follow(work, pool, 0, &outcome, err);
            *n += (rc == RFL_OK);
        }

        if (rc == RFL_DECLINED) {
            rc = (outcome.refused == RFL_REFUSED_AWAY) ? RFL_AWAY : RFL_OK;
        }

        rfl_outcome_free(&outcome);
        rfl_pool_reset(pool);
    }

    rfl_pool_destroy(pool);
    free(resume);

    return rc;
}


static int
rfl_review_pending(void *data, rfl_pool_t *pool, const rfl_head_t *head,
    rfl_err_t *err)
{
    rfl_resume_t  *resume = data;

    if (head->state != RFL_ITEM_PUBLISHING
        && head->state != RFL_ITEM_WITHDRAWING)
    {
        return RFL_OK;
    }

    if (resume->n == RFL_RESUME_MAX) {
        return RFL_STOPPED;
    }

    memcpy(resume->ids[resume->n++], head->id, RFL_SUBMISSION_ID_SIZE);

    return RFL_OK;
}
