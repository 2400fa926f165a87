
/*
 * Copyright (C) The RFL authors
 *
 * review.h: for tests of the moderators' state machine: five people, an item
 * of somebody who says yes to all, and one act on it.  After unit.h.
 */


#ifndef _UNIT_REVIEW_H_INCLUDED_
#define _UNIT_REVIEW_H_INCLUDED_


#include "entry.h"
#include "rfl_item_int.h"
#include "rfl_review.h"
#include "rfl_review_int.h"
#include "rfl_store.h"


#define PEOPLE       5


static rfl_pool_t       *lasting, *pool;
static rfl_policy_t     *policy;
static rfl_trust_t      *trust;
static rfl_moderator_t   people[PEOPLE];
static rfl_keyfile_t     keys[PEOPLE];
static int64_t           now;


static inline void
person(unsigned i, const char *id, unsigned role, int key)
{
    people[i].id = entry_str(id);
    people[i].role = role;

    if (key < 0) {
        return;
    }

    people[i].has_key = 1;
    memcpy(keys[i].pk, entry_pk[key], RFL_SIGN_PUBLIC_SIZE);
    memcpy(keys[i].sk, entry_sk[key], RFL_SIGN_SECRET_SIZE);
    rfl_key_id(keys[i].pk, keys[i].id);
    memcpy(people[i].key, keys[i].id, RFL_KEY_ID_SIZE);
}


/* policy, trust file and pools anew; 0: bail out */

static inline int
review_init(void)
{
    rfl_err_t  err;

    if (lasting == NULL) {
        entry_init();

        if (rfl_name_init(&err) != RFL_OK) {
            printf("Bail out! %s\n", err.text);
            return 0;
        }

        lasting = rfl_pool_create(65536);
        pool = rfl_pool_create(65536);

        person(0, "amina", RFL_ROLE_MODERATOR, KEY_A);
        person(1, "boris", RFL_ROLE_COORDINATOR, KEY_B);
        person(2, "chloe", RFL_ROLE_AUDITOR, -1);
        person(3, "diego", RFL_ROLE_MODERATOR, KEY_REVOKED);
        person(4, "elena", RFL_ROLE_MODERATOR, KEY_SOUTH);
    }

    rfl_pool_reset(lasting);
    rfl_pool_reset(pool);

    now = ENTRY_NOW;

    return entry_read(lasting, &policy, &trust);
}


static inline void
judge_of(rfl_judge_t *judge, int who, unsigned approvals)
{
    judge->policy = policy;
    judge->trust = trust;
    judge->approvals = approvals;
    judge->who = (who < 0) ? NULL : &people[who];
    judge->sign = (who < 0 || !people[who].has_key) ? NULL : &keys[who];
    judge->now = now;
}


/* a submission of somebody who says yes to all */

static inline void
submission(rfl_submission_t *s)
{
    memset(s, 0, sizeof(rfl_submission_t));

    s->form = RFL_FORM_ALIVE;
    memset(s->id, 7, sizeof(s->id));
    s->day = (int32_t) (now / 86400);
    s->lang = entry_str("ar");
    s->society = entry_str("northland");

    s->values[RFL_ASK_ADULT].choice = 1;
    s->values[RFL_ASK_NAME].text = entry_str("Amina Hassan Warsame");
    s->values[RFL_ASK_FATHER].text = entry_str("Hassan Warsame");
    s->values[RFL_ASK_BIRTH_YEAR].text = entry_str("1988");
    s->values[RFL_ASK_SEX].choice = RFL_SEX_FEMALE;
    s->values[RFL_ASK_COUNTRY].text = entry_str("SO");
    s->values[RFL_ASK_CONSENT].choice = 2;
    s->values[RFL_ASK_SHOW].several = 0x1e;
    s->values[RFL_ASK_STATUS].choice = 1;
    s->values[RFL_ASK_EVENT].text = entry_str("flood-2026");
    s->values[RFL_ASK_PHONE].text = entry_str("+00 123 456 789");
}


static inline void
item_of(const rfl_submission_t *s, rfl_item_t *item)
{
    rfl_err_t  err;

    memset(item, 0, sizeof(rfl_item_t));

    item->head.kind = (rfl_item_kind_e) s->form;
    item->head.version = 1;
    item->head.arrived = now;
    item->head.society = s->society;
    item->has_submission = 1;
    item->submission = *s;
    item->has_draft = 1;
    item->show = rfl_draft_consented(s);

    if (rfl_draft_from(lasting, s, policy, now, &item->draft, &err)
        != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }
}


static inline rfl_refused_e
act(rfl_item_t *item, int who, unsigned approvals, rfl_action_t *action)
{
    int            rc;
    rfl_err_t      err;
    rfl_judge_t    judge;
    rfl_outcome_t  outcome;

    memset(&outcome, 0, sizeof(rfl_outcome_t));
    rfl_buf_init(&outcome.faults, 0);

    judge_of(&judge, who, approvals);

    rc = rfl_review_step(&judge, lasting, item, action, &outcome, &err);

    if (rc == RFL_ERROR) {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }

    if (rc == RFL_DECLINED && outcome.faults.len != 0
        && getenv("UNIT_SHOW") != NULL)
    {
        printf("# %.*s", (int) outcome.faults.len, outcome.faults.data);
    }

    rfl_buf_free(&outcome.faults);

    return outcome.refused;
}


#endif /* _UNIT_REVIEW_H_INCLUDED_ */
