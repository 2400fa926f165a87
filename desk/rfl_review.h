
/*
 * Copyright (C) The RFL authors
 *
 * rfl_review.h: what moderators decide.  The state machine is one table in
 * rfl_review.c: who may do what to an item of which state and kind, on what
 * condition, and what becomes of it.
 *
 * Nothing is published but by two people (one where policy and staff.json
 * both say so), each of whom signs the exact bytes of the entry; any edit
 * voids what was signed.  What was hidden by its code, is about a minor or
 * somebody of unknown age, is for matching only, lacks consent or an end can
 * not be published by any sequence of actions: proved by review_test.c.
 */


#ifndef _RFL_REVIEW_H_INCLUDED_
#define _RFL_REVIEW_H_INCLUDED_


#include "rfl.h"
#include "rfl_item.h"
#include "rfl_work.h"


#define RFL_CLAIM_LIFE       (10 * 60)         /* seconds since last act */


/* reasons of RFL_ACT_REJECT: closed list, [0] is ""; "reject.<text>" */
extern const rfl_str_t  rfl_rejects[];
extern const unsigned   rfl_nrejects;

/* those of RFL_ACT_WITHDRAW are rfl_reasons of rfl_store.h, but "replaced" */

/* of RFL_ACT_CLOSE: "", "done", "answered", "no_action", "duplicate" */
extern const rfl_str_t  rfl_closes[];
extern const unsigned   rfl_ncloses;

/* the list of an act, with its length; NULL and 0: it needs no reason */
const rfl_str_t *rfl_act_reasons(rfl_act_e act, unsigned *n);
/* one of them; "" if there is none of this number */
const rfl_str_t *rfl_act_reason(rfl_act_e act, unsigned reason);


/* what a moderator may change of a draft; strings are the caller's */

typedef struct {
    unsigned            nnames;
    rfl_entry_name_t    names[RFL_NAMES_MAX];
    rfl_str_t           event;
    unsigned            age_band;
    unsigned            sex;
    rfl_str_t           origin;
    unsigned            relation;
    unsigned            status;
    int64_t             not_after;
    /* for labels only */
    int                 birth_year;
    rfl_str_t           country;
    rfl_str_t           father;
    rfl_str_t           mother;
} rfl_changes_t;

void rfl_changes_of(const rfl_draft_t *draft, rfl_changes_t *changes);


/* one press of a button */

typedef struct {
    rfl_act_e           act;
    unsigned            version;   /* that the form showed */
    unsigned            reason;    /* reject, withdraw, close */
    rfl_str_t           note;      /* internal, RFL_NOTE_CHARS */
    rfl_changes_t       changes;   /* edit: all of it */
    rfl_str_t           name;      /* name: in another alphabet */
    int32_t             consent_day;           /* renew: of the fresh consent */
    int64_t             not_after; /* renew; 0: the latest the event allows */
} rfl_action_t;


/* why not: message keys "refused.<text>" */

typedef enum {
    RFL_REFUSED_NOT = 0,           /* it was done */
    RFL_REFUSED_LOCKED,            /* keys are needed: unlock first */
    RFL_REFUSED_GONE,              /* there is no such item (any more) */
    RFL_REFUSED_VERSION,           /* changed since: item is what it is now */
    RFL_REFUSED_CLAIM,             /* somebody else is at it */
    RFL_REFUSED_ROLE,
    RFL_REFUSED_STATE,             /* not in this state or of this kind */
    RFL_REFUSED_SAME,              /* the second approval is another's */
    RFL_REFUSED_KEY,               /* no valid signing key of this society */
    RFL_REFUSED_REASON,            /* none of the list, or note too long */
    RFL_REFUSED_FAULTS,            /* not to be published: see faults */
    RFL_REFUSED_CONSENT,           /* shows what was not consented to */
    RFL_REFUSED_FRESH,             /* renews nothing: no later day or end */
    RFL_REFUSED_HIDDEN,            /* its owner hid it by the code */
    RFL_REFUSED_AWAY,              /* index or keyd: it will be done later */
    RFL_REFUSEDS_N
} rfl_refused_e;

/* "", "locked", "gone", "version", ... */
extern const rfl_str_t  rfl_refuseds[RFL_REFUSEDS_N];

typedef struct {
    rfl_refused_e       refused;
    rfl_item_t          item;      /* as it is now, whatever was decided */
    rfl_buf_t           faults;    /* one a line, as rfl_draft_check() */
    unsigned            fields;    /* RFL_SHOW_* beyond consent */
    unsigned            checked;   /* withdraw: the index was looked at and */
    int64_t             checked_at;            /* the entry is not in it */
} rfl_outcome_t;


/*
 * Does it: claims, writes the journal, changes the item, publishes or
 * withdraws.  RFL_OK, or RFL_DECLINED with outcome->refused; RFL_AWAY,
 * RFL_ERROR with err: nothing was decided.  outcome->item lives in the pool
 * and is filled whenever there is one: with RFL_REFUSED_VERSION it is the
 * other side, the action is ours.  outcome must be freed.
 *
 * RFL_REFUSED_AWAY of approve: the decision stands, the item is "publishing"
 * and goes on with rfl_review_resume().  A withdrawal that cannot reach the
 * index is decided likewise, and is hidden as soon as it can be reached.
 */
int rfl_review_do(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], const rfl_action_t *action,
    rfl_outcome_t *outcome, rfl_err_t *err) rfl_must_check;
void rfl_outcome_free(rfl_outcome_t *outcome);

/*
 * Would it be allowed (as far as state, kind, role, claim, person and keys
 * say), so that a page shows only buttons that do something?
 */
rfl_refused_e rfl_review_may(const rfl_work_t *work, const rfl_item_t *item,
    rfl_act_e act);
/* what stands against publishing this draft; 0: nothing.  One a line. */
int rfl_review_faults(const rfl_work_t *work, rfl_pool_t *pool,
    const rfl_item_t *item, rfl_buf_t *faults) rfl_must_check;

/*
 * An entry of the register of which no item is (published by rflctl):
 * withdrawn by its reference, as RFL_ACT_WITHDRAW.
 */
int rfl_review_withdraw_ref(rfl_work_t *work,
    const u_char ref[RFL_REF_SIZE], unsigned reason, rfl_outcome_t *outcome,
    rfl_err_t *err) rfl_must_check;

/*
 * Ends what a crash or an outage left: items that are publishing or
 * withdrawing.  Called at start and by the timer, needs keys.
 */
int rfl_review_resume(rfl_work_t *work, unsigned *n, rfl_err_t *err)
    rfl_must_check;

/*
 * What happened without the desk: items whose hide codes were used are
 * marked (rfl_item_hidden()), those whose entries a rotation or rflctl took
 * out become withdrawn, and what was cut short is ended.  By the desk itself,
 * with lines of the journal; does nothing if it was done a minute ago, so
 * every page may call it.  RFL_AWAY: of what could be reached it was done.
 */
#define RFL_CATCH_EVERY      60

int rfl_review_catch_up(rfl_work_t *work, unsigned *n, rfl_err_t *err)
    rfl_must_check;


/*
 * the pure part, without Redis, journal and files: for rfl_review_do() and
 * for tests
 */

typedef struct {
    const rfl_policy_t     *policy;
    const rfl_trust_t      *trust;
    unsigned                approvals;         /* 1 or 2 */
    const rfl_moderator_t  *who;   /* NULL: the desk itself */
    const rfl_keyfile_t    *sign;  /* NULL: none */
    int64_t                 now;
} rfl_judge_t;

/*
 * Changes *item as the action says, with claim, history and version, or
 * leaves it alone.  Strings go to the pool.  RFL_ERROR: no memory.
 */
int rfl_review_step(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action, rfl_outcome_t *outcome,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFL_REVIEW_H_INCLUDED_ */
