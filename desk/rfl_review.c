
/*
 * Copyright (C) The RFL authors
 *
 * rfl_review.c: the state machine of the moderators' desk, as one table, and
 * what each act does to an item.  Pure: no Redis, no file, no clock of its
 * own.  Called by rfl_review_do.c, by the pages to know which buttons there
 * are, and by the property test.
 */


#include "rfl_review.h"
#include "rfl_item_int.h"
#include "rfl_review_int.h"
#include "rfl_store.h"


#define S(state)   (1u << RFL_ITEM_##state)
#define K(kind)    (1u << RFL_ITEM_##kind)
#define R(role)    (1u << RFL_ROLE_##role)

#define RFL_ENTRIES  (K(ALIVE)|K(LOOKING)|K(IMPORT))
#define RFL_ASKS     (K(MESSAGE)|K(WITHDRAW)|K(REPORT))
#define RFL_STAFF    (R(MODERATOR)|R(COORDINATOR))
#define RFL_ITSELF   R(NONE)       /* the desk */

#define RFL_OPEN     (S(NEW)|S(SECOND)|S(KEPT))
#define RFL_LIVE     (S(PUBLISHED)|S(CHANGE)|S(CHANGE_SECOND))

#define RFL_STAY     RFL_ITEM_STATES_N


typedef rfl_refused_e (*rfl_review_check_pt)(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
typedef int (*rfl_review_act_pt)(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);

typedef struct {
    rfl_act_e             act;
    unsigned              from;    /* states */
    unsigned              kinds;
    unsigned              roles;
    unsigned              approvals;           /* 0: any number that counts */
    rfl_review_check_pt   check;   /* NULL: nothing further */
    rfl_review_act_pt     change;  /* NULL: the state alone */
    unsigned              to;
} rfl_review_rule_t;


static const rfl_review_rule_t *rfl_review_rule(unsigned approvals,
    const rfl_item_t *item, rfl_act_e act);
static rfl_refused_e rfl_review_allowed(const rfl_judge_t *judge,
    const rfl_item_t *item, rfl_act_e act, const rfl_review_rule_t **rule);
static unsigned rfl_review_claimed(const rfl_judge_t *judge,
    const rfl_item_t *item);
static rfl_refused_e rfl_review_first(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_second(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_within(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_named(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_fresh(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_reasoned(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_about(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_handed(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_settle(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);
static rfl_refused_e rfl_review_over(const rfl_judge_t *judge,
    rfl_pool_t *pool, const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome);


const rfl_str_t  rfl_rejects[] = {
    rfl_string(""),
    rfl_string("not_family"),
    rfl_string("no_consent"),
    rfl_string("third_party"),
    rfl_string("child"),
    rfl_string("location"),        /* or a contact, in the text */
    rfl_string("duplicate"),
    rfl_string("offensive"),
    rfl_string("cannot_verify"),
    rfl_string("other")
};

const unsigned  rfl_nrejects = sizeof(rfl_rejects) / sizeof(rfl_str_t);

const rfl_str_t  rfl_closes[] = {
    rfl_string(""),
    rfl_string("done"),
    rfl_string("answered"),
    rfl_string("no_action"),
    rfl_string("duplicate")
};

const unsigned  rfl_ncloses = sizeof(rfl_closes) / sizeof(rfl_str_t);

static const struct {
    rfl_act_e         act;
    const rfl_str_t  *list;
    const unsigned   *n;
} rfl_act_lists[] = {
    { RFL_ACT_REJECT, rfl_rejects, &rfl_nrejects },
    { RFL_ACT_WITHDRAW, rfl_reasons, &rfl_nreasons },
    { RFL_ACT_CLOSE, rfl_closes, &rfl_ncloses }
};

const rfl_str_t  rfl_refuseds[RFL_REFUSEDS_N] = {
    rfl_string(""),
    rfl_string("locked"),
    rfl_string("gone"),
    rfl_string("version"),
    rfl_string("claim"),
    rfl_string("role"),
    rfl_string("state"),
    rfl_string("same"),
    rfl_string("key"),
    rfl_string("reason"),
    rfl_string("faults"),
    rfl_string("consent"),
    rfl_string("fresh"),
    rfl_string("hidden"),
    rfl_string("away")
};


/*
 * The state machine.  What is not here cannot happen.  Of several rules for
 * one act the first that fits state, kind and number of approvals is taken.
 */

static const rfl_review_rule_t  rfl_review_rules[] = {

    { RFL_ACT_CLAIM, RFL_OPEN|RFL_LIVE, RFL_ENTRIES|RFL_ASKS, RFL_STAFF, 0,
      NULL, rfl_act_claim, RFL_STAY },

    { RFL_ACT_RELEASE, RFL_OPEN|RFL_LIVE, RFL_ENTRIES|RFL_ASKS, RFL_STAFF, 0,
      NULL, rfl_act_release, RFL_STAY },


    { RFL_ACT_EDIT, S(NEW)|S(SECOND), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_within, rfl_act_edit, RFL_ITEM_NEW },

    { RFL_ACT_EDIT, S(KEPT), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_within, rfl_act_edit, RFL_ITEM_KEPT },

    { RFL_ACT_EDIT, RFL_LIVE, RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_within, rfl_act_edit, RFL_ITEM_CHANGE },


    { RFL_ACT_NAME, S(NEW)|S(SECOND), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_named, rfl_act_name, RFL_ITEM_NEW },

    { RFL_ACT_NAME, S(KEPT), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_named, rfl_act_name, RFL_ITEM_KEPT },

    { RFL_ACT_NAME, RFL_LIVE, RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_named, rfl_act_name, RFL_ITEM_CHANGE },


    { RFL_ACT_RENEW, RFL_LIVE, RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_fresh, rfl_act_renew, RFL_ITEM_CHANGE },

    { RFL_ACT_RENEW, S(KEPT), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_fresh, rfl_act_renew, RFL_ITEM_KEPT },


    { RFL_ACT_APPROVE, S(NEW), RFL_ENTRIES, RFL_STAFF, 2,
      rfl_review_first, rfl_act_sign, RFL_ITEM_SECOND },

    { RFL_ACT_APPROVE, S(CHANGE), RFL_ENTRIES, RFL_STAFF, 2,
      rfl_review_first, rfl_act_sign, RFL_ITEM_CHANGE_SECOND },

    { RFL_ACT_APPROVE, S(NEW)|S(CHANGE), RFL_ENTRIES, RFL_STAFF, 1,
      rfl_review_second, rfl_act_sign, RFL_ITEM_PUBLISHING },

    { RFL_ACT_APPROVE, S(SECOND)|S(CHANGE_SECOND), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_second, rfl_act_sign, RFL_ITEM_PUBLISHING },


    { RFL_ACT_REJECT, RFL_OPEN, RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_reasoned, rfl_act_void, RFL_ITEM_REJECTED },

    /* of a change: what is published stays as it is */

    { RFL_ACT_REJECT, S(CHANGE)|S(CHANGE_SECOND), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_reasoned, rfl_act_undo, RFL_ITEM_PUBLISHED },


    /* by one person, at once, also what is on its way into the index */

    { RFL_ACT_WITHDRAW, RFL_LIVE|S(PUBLISHING), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_reasoned, rfl_act_void, RFL_ITEM_WITHDRAWING },

    { RFL_ACT_WITHDRAW, RFL_OPEN, RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_reasoned, rfl_act_void, RFL_ITEM_WITHDRAWN },

    /* a request or a report: the entry it is about */

    { RFL_ACT_WITHDRAW, S(NEW), RFL_ASKS, RFL_STAFF, 0,
      rfl_review_about, NULL, RFL_ITEM_CLOSED },


    { RFL_ACT_KEEP, S(NEW)|S(SECOND), RFL_ENTRIES, RFL_STAFF, 0,
      NULL, rfl_act_void, RFL_ITEM_KEPT },


    /* once more, too, if the files got lost on their way */

    { RFL_ACT_HAND, RFL_OPEN|S(HANDED), RFL_ENTRIES|RFL_ASKS, RFL_STAFF, 0,
      NULL, rfl_act_hand, RFL_ITEM_HANDED },

    { RFL_ACT_HAND, RFL_LIVE, RFL_ENTRIES, RFL_STAFF, 0,
      NULL, rfl_act_hand, RFL_STAY },


    { RFL_ACT_CLOSE, S(NEW), RFL_ASKS, RFL_STAFF, 0,
      rfl_review_reasoned, NULL, RFL_ITEM_CLOSED },

    { RFL_ACT_CLOSE, S(KEPT), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_reasoned, NULL, RFL_ITEM_CLOSED },

    /* no receipt will come: somebody knows that the case system has it */

    { RFL_ACT_CLOSE, S(HANDED), RFL_ENTRIES|RFL_ASKS, RFL_STAFF, 0,
      rfl_review_reasoned, rfl_act_settle, RFL_ITEM_CLOSED },

    { RFL_ACT_CLOSE, S(WITHDRAWN)|S(CLOSED), RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_settle, rfl_act_settle, RFL_STAY },

    { RFL_ACT_CLOSE, RFL_LIVE, RFL_ENTRIES, RFL_STAFF, 0,
      rfl_review_over, rfl_act_void, RFL_ITEM_CLOSED },


    { RFL_ACT_PUBLISHED, S(PUBLISHING), RFL_ENTRIES, RFL_ITSELF, 0,
      NULL, rfl_act_published, RFL_ITEM_PUBLISHED },

    { RFL_ACT_FAILED, S(PUBLISHING), RFL_ENTRIES, RFL_ITSELF, 0,
      NULL, rfl_act_failed, RFL_STAY },

    { RFL_ACT_WITHDRAWN, S(WITHDRAWING)|RFL_LIVE, RFL_ENTRIES, RFL_ITSELF, 0,
      NULL, rfl_act_withdrawn, RFL_ITEM_WITHDRAWN },

    { RFL_ACT_RECEIPT, S(HANDED), RFL_ENTRIES|RFL_ASKS, RFL_ITSELF, 0,
      rfl_review_handed, rfl_act_receipt, RFL_ITEM_CLOSED },

    { RFL_ACT_RECEIPT, RFL_LIVE|S(PUBLISHING), RFL_ENTRIES, RFL_ITSELF, 0,
      rfl_review_handed, rfl_act_receipt, RFL_STAY },

    { RFL_ACT_RECEIPT, S(WITHDRAWING)|S(WITHDRAWN)|S(CLOSED), RFL_ENTRIES,
      RFL_ITSELF, 0, rfl_review_handed, rfl_act_receipt, RFL_STAY }
};


int
rfl_review_step(const rfl_judge_t *judge, rfl_pool_t *pool, rfl_item_t *item,
    const rfl_action_t *action, rfl_outcome_t *outcome, rfl_err_t *err)
{
    rfl_item_t                after;
    rfl_history_t             line;
    const rfl_review_rule_t  *rule;

    outcome->refused = RFL_REFUSED_NOT;

    if (action->version != item->head.version) {
        outcome->refused = RFL_REFUSED_VERSION;
        return RFL_DECLINED;
    }

    outcome->refused = rfl_review_allowed(judge, item, action->act, &rule);

    if (outcome->refused == RFL_REFUSED_NOT
        && rfl_utf8_length(action->note.data, action->note.len)
           > RFL_NOTE_CHARS)
    {
        outcome->refused = RFL_REFUSED_REASON;
    }

    if (outcome->refused == RFL_REFUSED_NOT && rule->check != NULL) {
        outcome->refused = rule->check(judge, pool, item, action, outcome);
    }

    if (outcome->refused != RFL_REFUSED_NOT) {
        return RFL_DECLINED;
    }

    after = *item;

    if (rule->change != NULL
        && rule->change(judge, pool, &after, action) != RFL_OK)
    {
        return rfl_err(err, 0, "out of memory");
    }

    if (rule->to != RFL_STAY) {
        after.head.state = (rfl_item_state_e) rule->to;
    }

    rfl_act_ends(&after);

    memset(&line, 0, sizeof(rfl_history_t));

    line.when = judge->now;
    line.act = action->act;
    line.from = item->head.state;
    line.to = after.head.state;
    line.reason = action->reason;
    line.note = action->note;

    if (judge->who != NULL) {
        line.who = judge->who->id;
    } else {
        rfl_str_set(&line.who, "desk");
    }

    if (rfl_item_history(pool, &after, &line) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    /* who looks at it changes nothing that others have before them */

    if (action->act != RFL_ACT_CLAIM && action->act != RFL_ACT_RELEASE) {
        after.head.version++;
        after.head.changed = judge->now;
    }

    if (rfl_act_claims(judge, pool, &after, action->act) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    *item = after;

    return RFL_OK;
}


rfl_refused_e
rfl_review_permits(const rfl_judge_t *judge, const rfl_item_t *item,
    rfl_act_e act)
{
    const rfl_review_rule_t  *rule;

    return rfl_review_allowed(judge, item, act, &rule);
}


static rfl_refused_e
rfl_review_allowed(const rfl_judge_t *judge, const rfl_item_t *item,
    rfl_act_e act, const rfl_review_rule_t **rule)
{
    unsigned  role;

    role = (judge->who != NULL) ? judge->who->role : RFL_ROLE_NONE;

    /* an auditor is told so, whatever the state */

    if (role == RFL_ROLE_AUDITOR) {
        return RFL_REFUSED_ROLE;
    }

    *rule = rfl_review_rule(judge->approvals, item, act);

    if (*rule == NULL) {
        return RFL_REFUSED_STATE;
    }

    if (!((*rule)->roles & (1u << role))) {
        return RFL_REFUSED_ROLE;
    }

    if (!rfl_review_claimed(judge, item)) {
        return RFL_REFUSED_NOT;
    }

    /* danger does not wait, and a coordinator takes over */

    if (act == RFL_ACT_WITHDRAW || role == RFL_ROLE_NONE
        || (act == RFL_ACT_CLAIM && role == RFL_ROLE_COORDINATOR))
    {
        return RFL_REFUSED_NOT;
    }

    return RFL_REFUSED_CLAIM;
}


static const rfl_review_rule_t *
rfl_review_rule(unsigned approvals, const rfl_item_t *item, rfl_act_e act)
{
    size_t                    i, n;
    const rfl_review_rule_t  *rule;

    n = sizeof(rfl_review_rules) / sizeof(rfl_review_rules[0]);

    for (i = 0; i < n; i++) {
        rule = &rfl_review_rules[i];

        if (rule->act == act
            && (rule->from & (1u << item->head.state))
            && (rule->kinds & (1u << item->head.kind))
            && (rule->approvals == 0 || rule->approvals == approvals))
        {
            return rule;
        }
    }

    return NULL;
}


const rfl_str_t *
rfl_act_reasons(rfl_act_e act, unsigned *n)
{
    size_t  i;

    for (i = 0; i < sizeof(rfl_act_lists) / sizeof(rfl_act_lists[0]); i++) {

        if (rfl_act_lists[i].act == act) {
            *n = *rfl_act_lists[i].n;
            return rfl_act_lists[i].list;
        }
    }

    *n = 0;

    return NULL;
}


const rfl_str_t *
rfl_act_reason(rfl_act_e act, unsigned reason)
{
    unsigned          n;
    const rfl_str_t  *list;

    static const rfl_str_t  none = rfl_string("");

    list = rfl_act_reasons(act, &n);

    return (reason < n) ? &list[reason] : &none;
}


/* by somebody else */

static unsigned
rfl_review_claimed(const rfl_judge_t *judge, const rfl_item_t *item)
{
    return item->head.claim.len != 0
           && item->head.claim_until > judge->now
           && (judge->who == NULL
               || !rfl_str_eq(&item->head.claim, &judge->who->id));
}


/* conditions */


static rfl_refused_e
rfl_review_first(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    if (item->head.hidden) {
        return RFL_REFUSED_HIDDEN;
    }

    if (!rfl_judge_may_sign(judge, &item->draft.e.society)) {
        return RFL_REFUSED_KEY;
    }

    return rfl_judge_faults(judge, pool, item, 0, outcome);
}


/* all that is needed to publish, looked at as it will be */

static rfl_refused_e
rfl_review_second(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    rfl_item_t     as;
    rfl_refused_e  refused;

    refused = rfl_review_first(judge, pool, item, action, outcome);
    if (refused != RFL_REFUSED_NOT) {
        return refused;
    }

    if (judge->approvals > 1
        && (item->head.approver.len == 0
            || rfl_str_eq(&item->head.approver, &judge->who->id)
            || rfl_judge_signed(judge, &item->draft.e)))
    {
        return RFL_REFUSED_SAME;
    }

    as = *item;

    if (rfl_act_sign(judge, pool, &as, action) != RFL_OK) {
        return RFL_REFUSED_KEY;
    }

    return rfl_judge_faults(judge, pool, &as, RFL_DRAFT_APPROVALS, outcome);
}


/* no more is shown than consent covers */

static rfl_refused_e
rfl_review_within(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    unsigned              show;
    const rfl_changes_t  *c;

    c = &action->changes;

    show = (c->age_band ? RFL_SHOW_AGE_BAND : 0)
           | (c->sex ? RFL_SHOW_SEX : 0)
           | (c->origin.len ? RFL_SHOW_ORIGIN : 0)
           | (c->relation ? RFL_SHOW_RELATION : 0)
           | (c->status ? RFL_SHOW_STATUS : 0);

    outcome->fields = show & ~item->show;

    if (outcome->fields != 0) {
        return RFL_REFUSED_CONSENT;
    }

    return (c->nnames <= RFL_NAMES_MAX && c->age_band < rfl_nage_bands
            && c->sex < rfl_nsexes && c->relation < rfl_nrelations
            && c->status < rfl_nstatuses) ? RFL_REFUSED_NOT
                                          : RFL_REFUSED_FAULTS;
}


static rfl_refused_e
rfl_review_named(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    rfl_str_t  clean;

    return (item->draft.e.nnames < RFL_NAMES_MAX
            && rfl_text_line(pool, &action->name, RFL_NAME_CHARS, &clean)
               == RFL_OK) ? RFL_REFUSED_NOT : RFL_REFUSED_FAULTS;
}


static rfl_refused_e
rfl_review_fresh(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    rfl_item_t          as;
    const rfl_entry_t  *last;

    if (item->head.hidden) {
        return RFL_REFUSED_HIDDEN;
    }

    last = item->has_live ? &item->live.e : &item->draft.e;

    if ((!item->has_live && !item->has_draft)
        || action->consent_day < last->consent_day
        || action->consent_day > rfl_work_day(judge->now))
    {
        return RFL_REFUSED_FRESH;
    }

    /* agreed twice on one day: only if there is more of it */

    as = *item;

    if (rfl_act_renew(judge, pool, &as, action) != RFL_OK) {
        return RFL_REFUSED_FRESH;
    }

    return (action->consent_day > last->consent_day
            || as.draft.e.not_after > last->not_after)
           ? RFL_REFUSED_NOT : RFL_REFUSED_FRESH;
}


/* a word of the act's list; that of what was replaced is the desk's own */

static rfl_refused_e
rfl_review_reasoned(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    unsigned  n;

    (void) rfl_act_reasons(action->act, &n);

    return (action->reason > 0 && action->reason < n
            && (action->act != RFL_ACT_WITHDRAW
                || action->reason != RFL_REASON_REPLACED))
           ? RFL_REFUSED_NOT : RFL_REFUSED_REASON;
}


static rfl_refused_e
rfl_review_about(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    return item->head.has_ref
           ? rfl_review_reasoned(judge, pool, item, action, outcome)
           : RFL_REFUSED_STATE;
}


/* a copy of it went to the case system, and then it ended here */

static rfl_refused_e
rfl_review_settle(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    if (item->head.handed != 1) {
        return RFL_REFUSED_STATE;
    }

    return rfl_review_reasoned(judge, pool, item, action, outcome);
}


/* what visitors may still see is withdrawn, not closed */

static rfl_refused_e
rfl_review_over(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    if (item->head.not_after > judge->now) {
        return RFL_REFUSED_STATE;
    }

    return rfl_review_reasoned(judge, pool, item, action, outcome);
}


/* a receipt of what was never handed over is nobody's */

static rfl_refused_e
rfl_review_handed(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    return (item->head.handed == 1) ? RFL_REFUSED_NOT : RFL_REFUSED_STATE;
}
