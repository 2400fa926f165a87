
/*
 * Copyright (C) The RFL authors
 *
 * rfl_review_int.h: what the files of rfl_review share: the table's acts
 * (rfl_review_act.c), and the index's side of it (rfl_review_index.c).
 */


#ifndef _RFL_REVIEW_INT_H_INCLUDED_
#define _RFL_REVIEW_INT_H_INCLUDED_


#include "rfl_review.h"


/* rfl_review.c: state, kind, role and claim */
rfl_refused_e rfl_review_permits(const rfl_judge_t *judge,
    const rfl_item_t *item, rfl_act_e act);


/* rfl_review_do.c: an act of the desk itself; outcome is to be freed */
int rfl_review_itself(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], const rfl_action_t *action,
    rfl_outcome_t *outcome, rfl_err_t *err) rfl_must_check;


/* rfl_review_act.c */

/* a key of this society, valid today */
unsigned rfl_judge_may_sign(const rfl_judge_t *judge,
    const rfl_str_t *society);
/* this key has signed it already */
unsigned rfl_judge_signed(const rfl_judge_t *judge, const rfl_entry_t *e);
/* rfl_draft_check(), into outcome->faults */
rfl_refused_e rfl_judge_faults(const rfl_judge_t *judge, rfl_pool_t *pool,
    const rfl_item_t *item, unsigned what, rfl_outcome_t *outcome);

int rfl_act_claims(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, rfl_act_e act) rfl_must_check;

/* how long what is kept for matching is of use; what is not live has no end */
void rfl_act_ends(rfl_item_t *item);

int rfl_act_claim(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_release(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_edit(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_name(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_renew(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_sign(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_void(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_undo(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_hand(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_settle(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_published(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_failed(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_withdrawn(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);
int rfl_act_receipt(const rfl_judge_t *judge, rfl_pool_t *pool,
    rfl_item_t *item, const rfl_action_t *action);


/* rfl_review_index.c: register and index follow */

/*
 * RFL_OK: the entry is in register and index, now or before, or the item is
 * another by now, which its end will find; RFL_DECLINED: it is not to be
 * (withdrawn before, hidden, or faulty), in err's text the key of why;
 * RFL_AWAY, RFL_BUSY: later.  With wait somebody waits for it, so another
 * command is waited for, too.
 */
int rfl_review_publish(rfl_work_t *work, rfl_pool_t *pool,
    rfl_item_t *item, unsigned wait, rfl_err_t *err) rfl_must_check;
/* RFL_OK: it is in neither, and outcome says whether this was seen */
int rfl_review_remove(rfl_work_t *work, rfl_pool_t *pool,
    const u_char ref[RFL_REF_SIZE], const rfl_str_t *source,
    unsigned reason, unsigned wait, rfl_outcome_t *outcome, rfl_err_t *err)
    rfl_must_check;


#endif /* _RFL_REVIEW_INT_H_INCLUDED_ */
