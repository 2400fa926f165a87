
/*
 * Copyright (C) The RFL authors
 *
 * rfl_review_act.c: what each act does to an item.  Pure, called by the table
 * of rfl_review.c once everything is allowed.
 */


#include "rfl_review.h"
#include "rfl_item_int.h"
#include "rfl_review_int.h"


/* of what is kept without an end of its own, such as a person of a file */
#define RFL_KEPT_DAYS    365


static void rfl_act_unsign(rfl_item_t *item);
static int rfl_act_facts(rfl_pool_t *pool, rfl_item_t *item,
    const rfl_changes_t *c);


unsigned
rfl_judge_may_sign(const rfl_judge_t *judge, const rfl_str_t *society)
{
    int32_t                 today;
    const rfl_society_t    *s;
    const rfl_trust_key_t  *key;

    if (judge->sign == NULL || judge->who == NULL || !judge->who->has_key
        || memcmp(judge->sign->id, judge->who->key, RFL_KEY_ID_SIZE) != 0)
    {
        return 0;
    }

    s = rfl_trust_society(judge->trust, society);
    key = (s != NULL) ? rfl_trust_key(s, judge->sign->id) : NULL;
    today = rfl_time_day(judge->now);

    return key != NULL && !key->revoked && key->not_before <= today
           && today <= key->not_after;
}


unsigned
rfl_judge_signed(const rfl_judge_t *judge, const rfl_entry_t *e)
{
    unsigned  i;

    for (i = 0; i < e->napprovals; i++) {
        if (memcmp(e->approvals[i].key, judge->sign->id, RFL_KEY_ID_SIZE)
            == 0)
        {
            return 1;
        }
    }

    return 0;
}


rfl_refused_e
rfl_judge_faults(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, unsigned what, rfl_outcome_t *outcome)
{
    int           n;
    rfl_policy_t  policy;

    if (!item->has_draft) {
        return RFL_REFUSED_STATE;
    }

    rfl_buf_reset(&outcome->faults);

    /* not fewer than the desk asks for, whatever the policy says */

    policy = *judge->policy;

    if (policy.approvals < judge->approvals) {
        policy.approvals = judge->approvals;
    }

    n = rfl_draft_check(pool, &item->draft, &policy, judge->trust, judge->now,
                        what|RFL_DRAFT_KEYS, &outcome->faults);

    return (n == 0) ? RFL_REFUSED_NOT : RFL_REFUSED_FAULTS;
}


/* who acts has the item, until they are done with it */

int
rfl_act_claims(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    rfl_act_e act)
{
    if (judge->who == NULL) {
        return RFL_OK;
    }

    switch (act) {

    case RFL_ACT_CLAIM:
        return RFL_OK;

    case RFL_ACT_EDIT:
    case RFL_ACT_NAME:
    case RFL_ACT_RENEW:
        return rfl_act_claim(judge, pool, item, NULL);

    default:
        return rfl_act_release(judge, pool, item, NULL);
    }
}


int
rfl_act_claim(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    item->head.claim_until = judge->now + RFL_CLAIM_LIFE;

    return rfl_str_copy(pool, &judge->who->id, &item->head.claim);
}


int
rfl_act_release(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    item->head.claim_until = 0;
    rfl_str_null(&item->head.claim);

    return RFL_OK;
}


/* as long as it would have been published; what lacks an end gets one */

void
rfl_act_ends(rfl_item_t *item)
{
    int64_t      from;
    rfl_head_t  *head;

    head = &item->head;

    if (head->state == RFL_ITEM_KEPT) {
        from = (int64_t) item->draft.e.confirmed_on * RFL_DAY_SECONDS;
        from = (from > head->arrived) ? from : head->arrived;

        head->not_after = (item->draft.e.not_after > 0)
                          ? item->draft.e.not_after
                          : from + (int64_t) RFL_KEPT_DAYS * RFL_DAY_SECONDS;

    } else if (!head->live) {
        head->not_after = 0;
    }
}


static void
rfl_act_unsign(rfl_item_t *item)
{
    item->draft.e.napprovals = 0;
    rfl_memzero(item->draft.e.approvals, sizeof(item->draft.e.approvals));
    rfl_str_null(&item->draft.e.fields);
    rfl_str_null(&item->head.approver);
}


int
rfl_act_void(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    rfl_act_unsign(item);

    return RFL_OK;
}


/* age class, consent and its day are the person's: they cannot be edited */

int
rfl_act_edit(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    unsigned              i;
    rfl_entry_t          *e;
    const rfl_changes_t  *c;

    e = &item->draft.e;
    c = &action->changes;

    rfl_act_unsign(item);

    e->nnames = c->nnames;

    for (i = 0; i < c->nnames; i++) {
        if (rfl_str_copy(pool, &c->names[i].full, &e->names[i].full)
            != RFL_OK
            || rfl_str_copy(pool, &c->names[i].given, &e->names[i].given)
               != RFL_OK
            || rfl_str_copy(pool, &c->names[i].family, &e->names[i].family)
               != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    e->age_band = c->age_band;
    e->sex = c->sex;
    e->relation = c->relation;
    e->status = c->status;
    e->not_after = c->not_after;

    if (rfl_str_copy(pool, &c->event, &e->event) != RFL_OK
        || rfl_str_copy(pool, &c->origin, &e->origin) != RFL_OK)
    {
        return RFL_ERROR;
    }

    item->head.event = e->event;

    return rfl_act_facts(pool, item, c);
}


static int
rfl_act_facts(rfl_pool_t *pool, rfl_item_t *item, const rfl_changes_t *c)
{
    rfl_facts_t  *facts;

    facts = &item->draft.facts;
    facts->birth_year = c->birth_year;

    if (rfl_str_copy(pool, &c->country, &facts->country) != RFL_OK
        || rfl_str_copy(pool, &c->father, &facts->father) != RFL_OK
        || rfl_str_copy(pool, &c->mother, &facts->mother) != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_facts_commit(pool, facts, item->draft.salt,
                            item->draft.e.commit);
}


void
rfl_changes_of(const rfl_draft_t *draft, rfl_changes_t *changes)
{
    memset(changes, 0, sizeof(rfl_changes_t));

    changes->nnames = draft->e.nnames;
    memcpy(changes->names, draft->e.names, sizeof(changes->names));

    changes->event = draft->e.event;
    changes->age_band = draft->e.age_band;
    changes->sex = draft->e.sex;
    changes->origin = draft->e.origin;
    changes->relation = draft->e.relation;
    changes->status = draft->e.status;
    changes->not_after = draft->e.not_after;

    changes->birth_year = draft->facts.birth_year;
    changes->country = draft->facts.country;
    changes->father = draft->facts.father;
    changes->mother = draft->facts.mother;
}


int
rfl_act_name(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    rfl_str_t     clean;
    rfl_entry_t  *e;

    e = &item->draft.e;

    if (rfl_text_line(pool, &action->name, RFL_NAME_CHARS, &clean) != RFL_OK)
    {
        return RFL_ERROR;
    }

    rfl_act_unsign(item);

    memset(&e->names[e->nnames], 0, sizeof(rfl_entry_name_t));
    e->names[e->nnames].full = clean;
    e->nnames++;

    return RFL_OK;
}


int
rfl_act_renew(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    int64_t             last;
    rfl_entry_t        *e;
    const rfl_event_t  *event;

    rfl_act_unsign(item);

    e = &item->draft.e;

    e->consent_day = action->consent_day;
    e->consent_policy = judge->policy->version;
    e->confirmed_on = action->consent_day;
    e->not_before = (int64_t) action->consent_day * RFL_DAY_SECONDS;
    e->not_after = action->not_after;

    /* east of UTC a day begins before that of UTC: it is shown at once */

    if (e->not_before > judge->now) {
        e->not_before = judge->now;
    }

    event = rfl_policy_event(judge->policy, &e->event);

    if (event != NULL) {
        last = ((int64_t) e->confirmed_on + event->max_days + 1)
               * RFL_DAY_SECONDS;

        if (e->not_after <= 0 || e->not_after > last) {
            e->not_after = last;
        }
    }

    return RFL_OK;
}


int
rfl_act_sign(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    rfl_entry_t     *e;
    rfl_approval_t  *approval;

    e = &item->draft.e;

    if (e->napprovals >= RFL_APPROVALS_MAX
        || rfl_entry_encode(pool, e, NULL) != RFL_OK)
    {
        return RFL_ERROR;
    }

    approval = &e->approvals[e->napprovals];

    memcpy(approval->key, judge->sign->id, RFL_KEY_ID_SIZE);
    approval->day = rfl_time_day(judge->now);

    if (rfl_approval_sign(judge->sign->sk, approval->day, e->fields.data,
                          e->fields.len, approval->sig)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    e->napprovals++;

    return (e->napprovals == 1)
           ? rfl_str_copy(pool, &judge->who->id, &item->head.approver)
           : RFL_OK;
}


/* what is published stays, the change to it goes */

int
rfl_act_undo(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    rfl_str_null(&item->head.approver);

    if (item->has_live) {
        item->draft = item->live;
        item->head.event = item->live.e.event;
    }

    return RFL_OK;
}


int
rfl_act_hand(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    item->head.handed = 1;

    return RFL_OK;
}


int
rfl_act_settle(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    item->head.handed = 2;

    return RFL_OK;
}


int
rfl_act_published(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action)
{
    item->has_live = 1;
    item->live = item->draft;

    item->head.live = 1;
    item->head.not_after = item->live.e.not_after;
    item->head.has_ref = 1;
    memcpy(item->head.ref, item->live.e.ref, RFL_REF_SIZE);
    rfl_str_null(&item->head.approver);

    return RFL_OK;
}


/* back to where somebody has to look again */

int
rfl_act_failed(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    rfl_act_unsign(item);

    item->head.state = item->head.live ? RFL_ITEM_CHANGE : RFL_ITEM_NEW;

    return RFL_OK;
}


int
rfl_act_withdrawn(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action)
{
    rfl_act_unsign(item);

    item->head.live = 0;
    item->has_live = 0;
    rfl_memzero(&item->live, sizeof(rfl_draft_t));

    return RFL_OK;
}


/* the case system has it: what came in is forgotten here */

int
rfl_act_receipt(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action)
{
    unsigned  i;

    item->head.handed = 2;
    item->has_submission = 0;
    rfl_memzero(&item->submission, sizeof(rfl_submission_t));

    /* notes may say what was in it */

    for (i = 0; i < item->nhistory; i++) {
        rfl_str_null(&item->history[i].note);
    }

    if (item->head.state == RFL_ITEM_HANDED) {
        item->has_draft = 0;
        rfl_memzero(&item->draft, sizeof(rfl_draft_t));
    }

    return RFL_OK;
}
