
/*
 * Copyright (C) The RFL authors
 *
 * review_test.c: no sequence of acts publishes what must not be public: a
 * property test of the moderators' state machine with a clock of its own, and
 * its single rules (S-86, S-121).
 */


#include "unit.h"
#include "entry.h"
#include "rfl_item_int.h"
#include "rfl_review.h"
#include "rfl_review_int.h"
#include "rfl_store.h"


#define STEPS        120000
#define SEQUENCE     40            /* steps before another item */
#define PEOPLE       5


static void test_two(void);
static void test_edit(void);
static void test_name(void);
static void test_change(void);
static void test_refused(void);
static void test_claim(void);
static void test_one(void);
static void test_random(void);


static rfl_pool_t       *lasting, *pool;
static rfl_policy_t     *policy;
static rfl_trust_t      *trust;
static rfl_moderator_t   people[PEOPLE];
static rfl_keyfile_t     keys[PEOPLE];
static int64_t           now;
static uint64_t          seed = 20261122;


static unsigned
dice(unsigned n)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;

    return (unsigned) (seed >> 33) % n;
}


static void
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


static void
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

static void
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


static void
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


static rfl_refused_e
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


static rfl_refused_e
simple(rfl_item_t *item, int who, rfl_act_e what, unsigned reason)
{
    rfl_action_t  action;

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = what;
    action.version = item->head.version;
    action.reason = reason;

    return act(item, who, 2, &action);
}


int
main(void)
{
    rfl_err_t  err;
    rfl_str_t  text;

    entry_init();

    if (rfl_name_init(&err) != RFL_OK) {
        printf("Bail out! %s\n", err.text);
        return 1;
    }

    lasting = rfl_pool_create(65536);
    pool = rfl_pool_create(65536);
    now = ENTRY_NOW;

    text = entry_str(entry_policy);
    unit_int(rfl_policy_parse(lasting, &text, &policy, &err), RFL_OK,
             "the policy is read");
    text = entry_str(entry_trust());
    unit_int(rfl_trust_parse(lasting, &text, &trust, &err), RFL_OK,
             "the trust file is read");

    person(0, "amina", RFL_ROLE_MODERATOR, KEY_A);
    person(1, "boris", RFL_ROLE_COORDINATOR, KEY_B);
    person(2, "chloe", RFL_ROLE_AUDITOR, -1);
    person(3, "diego", RFL_ROLE_MODERATOR, KEY_REVOKED);
    person(4, "elena", RFL_ROLE_MODERATOR, KEY_SOUTH);

    test_two();
    test_edit();
    test_name();
    test_change();
    test_refused();
    test_claim();
    test_one();
    test_random();

    rfl_pool_destroy(lasting);
    rfl_pool_destroy(pool);

    return unit_done();
}


static void
test_two(void)
{
    rfl_item_t        item;
    rfl_submission_t  s;

    submission(&s);
    item_of(&s, &item);

    unit_int(item.draft.age_class, RFL_ADULT, "the draft is of an adult");
    unit_int(item.draft.e.age_band, 2, "37 or 38 years: 30-39");
    unit_int(item.draft.e.status, 1, "the status that was agreed to");
    unit_str(item.draft.e.origin, "SO", "the country of origin");

    unit_int(simple(&item, 0, RFL_ACT_APPROVE, 0), RFL_REFUSED_NOT,
             "a first approval");
    unit_int(item.head.state, RFL_ITEM_SECOND, "waits for a second look");
    unit_str(item.head.approver, "amina", "and names who gave the first");

    unit_int(simple(&item, 0, RFL_ACT_APPROVE, 0), RFL_REFUSED_SAME,
             "the same person cannot give the second");
    unit_int(item.head.state, RFL_ITEM_SECOND, "and nothing changed");

    unit_int(simple(&item, 1, RFL_ACT_APPROVE, 0), RFL_REFUSED_NOT,
             "another person can");
    unit_int(item.head.state, RFL_ITEM_PUBLISHING, "and it is published");
    unit_int(item.draft.e.napprovals, 2, "with two signatures");

    unit_int(simple(&item, -1, RFL_ACT_PUBLISHED, 0), RFL_REFUSED_NOT,
             "the index has it");
    unit_int(item.head.live, 1, "what visitors see is known");

    unit_int(simple(&item, 0, RFL_ACT_WITHDRAW, RFL_REASON_REQUEST),
             RFL_REFUSED_NOT, "one person withdraws");
    unit_int(item.head.state, RFL_ITEM_WITHDRAWING, "at once");
    unit_int(simple(&item, 1, RFL_ACT_APPROVE, 0), RFL_REFUSED_STATE,
             "what is withdrawn cannot be approved");
}


static void
test_edit(void)
{
    rfl_item_t        item;
    rfl_action_t      action;
    rfl_submission_t  s;

    submission(&s);
    s.values[RFL_ASK_SHOW].several = 0x02;
    item_of(&s, &item);

    unit_int(item.draft.e.sex, 0, "sex was not agreed to: not in the draft");
    unit_int(item.draft.e.origin.len, 0, "nor is the origin");
    unit_int(item.draft.e.status, 0, "nor the status");

    unit_int(simple(&item, 0, RFL_ACT_APPROVE, 0), RFL_REFUSED_NOT,
             "approved once");

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = RFL_ACT_EDIT;
    action.version = item.head.version;
    rfl_changes_of(&item.draft, &action.changes);
    action.changes.sex = RFL_SEX_FEMALE;

    unit_int(act(&item, 1, 2, &action), RFL_REFUSED_CONSENT,
             "an edit cannot show more than was agreed to");

    action.changes.sex = 0;
    action.changes.names[0].full = entry_str("Amina Warsame");

    action.version--;
    unit_int(act(&item, 1, 2, &action), RFL_REFUSED_VERSION,
             "a form of an older version is refused");
    action.version++;

    unit_int(act(&item, 1, 2, &action), RFL_REFUSED_NOT, "an edit");
    unit_int(item.head.state, RFL_ITEM_NEW, "goes back to the beginning");
    unit_int(item.draft.e.napprovals, 0, "and voids what was signed");
    unit_str(item.draft.e.names[0].full, "Amina Warsame", "the new name");
}


static void
test_name(void)
{
    rfl_str_t         name, latin;
    rfl_item_t        item;
    rfl_action_t      action;
    rfl_submission_t  s;

    submission(&s);
    s.values[RFL_ASK_NAME].text =
        entry_str("\320\236\320\273\320\265\320\275\320\260 "
                  "\320\232\320\276\320\262\320\260\320\273\321\214");
    item_of(&s, &item);

    name = item.draft.e.names[0].full;
    unit_int(rfl_draft_latin(lasting, &name, &latin), RFL_OK,
             "a name is proposed in Latin letters");
    unit_str(latin, "Olena Koval", "or nearly: \"Olena Koval\" from Ukrainian "
             "letters reads as");

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = RFL_ACT_NAME;
    action.version = item.head.version;
    action.name = latin;

    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_NOT, "it is accepted");
    unit_int(item.draft.e.nnames, 2, "as a second name");

    name = entry_str("Amina");
    unit_int(rfl_draft_latin(lasting, &name, &latin), RFL_DECLINED,
             "a Latin name needs none");
}


static void
test_change(void)
{
    rfl_item_t        item;
    rfl_action_t      action;
    rfl_submission_t  s;

    submission(&s);
    item_of(&s, &item);

    (void) simple(&item, 0, RFL_ACT_APPROVE, 0);
    (void) simple(&item, 1, RFL_ACT_APPROVE, 0);
    (void) simple(&item, -1, RFL_ACT_PUBLISHED, 0);

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = RFL_ACT_RENEW;
    action.version = item.head.version;
    action.consent_day = item.draft.e.consent_day;

    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_CONSENT,
             "the old consent renews nothing");

    now += 20 * 86400;
    action.consent_day += 20;

    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_NOT,
             "with a fresh consent it is renewed");
    unit_int(item.head.state, RFL_ITEM_CHANGE, "as a change");
    unit_ok(item.draft.e.not_after > item.live.e.not_after,
            "which ends later than what is published");
    unit_int(item.live.e.napprovals, 2, "and what is published stays");

    unit_int(simple(&item, 0, RFL_ACT_REJECT, 1), RFL_REFUSED_NOT,
             "the change is rejected");
    unit_int(item.head.state, RFL_ITEM_PUBLISHED, "the entry stays");
    unit_int(item.draft.e.consent_day, item.live.e.consent_day,
             "as it was");

    now = ENTRY_NOW;
}


static void
test_refused(void)
{
    unsigned          i;
    rfl_item_t        item;
    rfl_submission_t  s;

    static const struct {
        const char       *what;
        rfl_ask_field_e   field;
        unsigned          choice;
        const char       *text;
    } cases[] = {
        { "a minor by their own word", RFL_ASK_ADULT, 2, NULL },
        { "who does not say whether adult", RFL_ASK_ADULT, 0, NULL },
        { "who is not sure whether adult", RFL_ASK_ADULT, 3, NULL },
        { "a minor by year", RFL_ASK_BIRTH_YEAR, 0, "2012" },
        { "18 by year, or 17", RFL_ASK_BIRTH_YEAR, 0, "2008" },
        { "a minor by age", RFL_ASK_AGE, 0, "about 16" },
        { "a year that is none", RFL_ASK_BIRTH_YEAR, 0, "soon" },
        { "for matching only", RFL_ASK_CONSENT, 1, NULL },
        { "without consent", RFL_ASK_CONSENT, 0, NULL },
        { "of a closed event", RFL_ASK_EVENT, 0, "old" },
        { "of an event that is not known", RFL_ASK_EVENT, 0, "nowhere" }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        submission(&s);
        s.values[cases[i].field].choice = cases[i].choice;

        if (cases[i].text != NULL) {
            s.values[cases[i].field].text = entry_str(cases[i].text);
        }

        item_of(&s, &item);

        unit_int(simple(&item, 0, RFL_ACT_APPROVE, 0), RFL_REFUSED_FAULTS,
                 "not approved: %s", cases[i].what);
        unit_int(item.head.state, RFL_ITEM_NEW, "and stays where it is");
    }

    submission(&s);
    item_of(&s, &item);
    item.draft.e.not_after = 0;
    unit_int(simple(&item, 0, RFL_ACT_APPROVE, 0), RFL_REFUSED_FAULTS,
             "not approved: without an end");

    item_of(&s, &item);
    item.head.hidden = 1;
    unit_int(simple(&item, 0, RFL_ACT_APPROVE, 0), RFL_REFUSED_HIDDEN,
             "not approved: hidden by its owner");

    item_of(&s, &item);
    unit_int(simple(&item, 2, RFL_ACT_APPROVE, 0), RFL_REFUSED_ROLE,
             "an auditor approves nothing");
    unit_int(simple(&item, 2, RFL_ACT_CLAIM, 0), RFL_REFUSED_ROLE,
             "nor claims");
    unit_int(simple(&item, 3, RFL_ACT_APPROVE, 0), RFL_REFUSED_KEY,
             "a revoked key signs nothing");
    unit_int(simple(&item, 4, RFL_ACT_APPROVE, 0), RFL_REFUSED_KEY,
             "nor does another society's");
    unit_int(simple(&item, 0, RFL_ACT_PUBLISHED, 0), RFL_REFUSED_STATE,
             "nobody says by hand that it is published");
    unit_int(simple(&item, 0, RFL_ACT_REJECT, 0), RFL_REFUSED_REASON,
             "no rejection without a reason");
    unit_int(simple(&item, 0, RFL_ACT_REJECT, 99), RFL_REFUSED_REASON,
             "nor with one that is not of the list");

    s.form = RFL_FORM_LOOKING;
    s.values[RFL_ASK_ADULT].choice = 0;
    s.values[RFL_ASK_BIRTH_YEAR].text = entry_str("");
    item_of(&s, &item);
    unit_int(item.draft.age_class, RFL_AGE_UNKNOWN,
             "somebody sought, of unknown age");
    unit_int(simple(&item, 0, RFL_ACT_APPROVE, 0), RFL_REFUSED_FAULTS,
             "is not approved");
}


static void
test_claim(void)
{
    rfl_item_t        item;
    rfl_submission_t  s;

    submission(&s);
    item_of(&s, &item);

    unit_int(simple(&item, 0, RFL_ACT_CLAIM, 0), RFL_REFUSED_NOT,
             "one claims it");
    unit_int(simple(&item, 3, RFL_ACT_KEEP, 0), RFL_REFUSED_CLAIM,
             "then another can do nothing");
    unit_int(simple(&item, 3, RFL_ACT_CLAIM, 0), RFL_REFUSED_CLAIM,
             "nor claim it");

    now += RFL_CLAIM_LIFE + 1;
    unit_int(simple(&item, 3, RFL_ACT_CLAIM, 0), RFL_REFUSED_NOT,
             "until the claim has run out");
    unit_int(simple(&item, 1, RFL_ACT_CLAIM, 0), RFL_REFUSED_NOT,
             "a coordinator takes over");
    unit_int(simple(&item, 0, RFL_ACT_WITHDRAW, 1), RFL_REFUSED_NOT,
             "a withdrawal does not wait for anybody");

    now = ENTRY_NOW;
}


static void
test_one(void)
{
    rfl_item_t        item;
    rfl_action_t      action;
    rfl_policy_t      strict;
    rfl_submission_t  s;

    submission(&s);
    item_of(&s, &item);

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = RFL_ACT_APPROVE;
    action.version = item.head.version;

    unit_int(act(&item, 0, 1, &action), RFL_REFUSED_FAULTS,
             "one approver, where the policy wants two: refused");

    strict = *policy;
    policy->approvals = 1;

    unit_int(act(&item, 0, 1, &action), RFL_REFUSED_NOT,
             "one approver, where the policy says so too");
    unit_int(item.head.state, RFL_ITEM_PUBLISHING, "publishes");

    *policy = strict;
}


/* whatever is done by whomever in whatever order */

static void
disturb(rfl_submission_t *s, unsigned *never)
{
    *never = 1;

    switch (dice(8)) {

    case 0:
        s->values[RFL_ASK_ADULT].choice = dice(2) ? 2 : 3;
        break;

    case 1:
        s->values[RFL_ASK_BIRTH_YEAR].text = entry_str(dice(2) ? "2011"
                                                               : "2008");
        break;

    case 2:
        s->values[RFL_ASK_AGE].text = entry_str("15");
        break;

    case 3:
        s->values[RFL_ASK_CONSENT].choice = dice(2);
        break;

    case 4:
        s->form = RFL_FORM_LOOKING;
        s->values[RFL_ASK_ADULT].choice = 0;
        s->values[RFL_ASK_BIRTH_YEAR].text = entry_str("");
        s->values[RFL_ASK_STATUS].choice = 0;
        break;

    default:
        *never = 0;
    }
}


static void
any_action(rfl_item_t *item, rfl_action_t *action)
{
    memset(action, 0, sizeof(rfl_action_t));

    action->act = (rfl_act_e) (RFL_ACT_CLAIM
                               + dice(RFL_ACTS_N - RFL_ACT_CLAIM));

    /* more of what leads on */

    if (dice(3) == 0) {
        action->act = RFL_ACT_APPROVE;
    }

    action->version = item->head.version - (dice(16) == 0);
    action->reason = dice(4);
    action->name = entry_str("Amina");
    action->consent_day = (int32_t) (now / 86400) - (int32_t) dice(3);
    action->not_after = dice(2) ? 0 : now + dice(400) * 86400LL;

    rfl_changes_of(&item->draft, &action->changes);

    if (dice(2)) {
        action->changes.birth_year = dice(2) ? 1980 : 0;
    }

    if (dice(4) == 0) {
        action->changes.not_after = dice(2) ? 0 : now + 86400;
    }

    if (dice(4) == 0) {
        action->changes.sex = dice(4);
    }

    if (dice(4) == 0) {
        action->changes.event = entry_str(dice(2) ? "old" : "quake");
    }
}


static void
test_random(void)
{
    int               who;
    char              first[RFL_WHO_MAX];
    unsigned          i, never, published, broken, approved, hidden, done;
    rfl_err_t         err;
    rfl_item_t        item, before;
    rfl_entry_t       entry;
    rfl_action_t      action;
    rfl_refused_e     refused;
    rfl_submission_t  s;

    published = 0;
    broken = 0;
    approved = 0;
    done = 0;
    never = 0;
    hidden = 0;
    first[0] = '\0';
    memset(&item, 0, sizeof(rfl_item_t));

    for (i = 0; i < STEPS; i++) {

        if (i % SEQUENCE == 0) {
            rfl_pool_reset(lasting);
            rfl_pool_reset(pool);

            {
                rfl_str_t  text;

                text = entry_str(entry_policy);

                if (rfl_policy_parse(lasting, &text, &policy, &err) != RFL_OK)
                {
                    break;
                }

                text = entry_str(entry_trust());

                if (rfl_trust_parse(lasting, &text, &trust, &err) != RFL_OK) {
                    break;
                }
            }

            now = ENTRY_NOW + dice(10) * 86400LL;

            submission(&s);
            disturb(&s, &never);
            item_of(&s, &item);
            hidden = 0;
            first[0] = '\0';
        }

        now += dice(3600);

        if (dice(60) == 0) {
            item.head.hidden = 1;
            hidden = 1;
        }

        who = (int) dice(PEOPLE + 1) - 1;

        /* the two who could */

        if (dice(2)) {
            who = (int) dice(2);
        }

        any_action(&item, &action);
        before = item;

        refused = act(&item, who, 2, &action);

        if (refused != RFL_REFUSED_NOT) {
            broken += (item.head.state != before.head.state
                       || item.head.version != before.head.version);
            continue;
        }

        done++;
        broken += (item.head.version != before.head.version + 1);

        if (action.act == RFL_ACT_APPROVE) {
            approved++;
        }

        if (action.act == RFL_ACT_APPROVE
            && item.head.state != RFL_ITEM_PUBLISHING)
        {
            (void) snprintf(first, sizeof(first), "%.*s",
                            (int) people[who].id.len,
                            (char *) people[who].id.data);
        }

        if (item.head.state != RFL_ITEM_PUBLISHING
            || before.head.state == RFL_ITEM_PUBLISHING)
        {
            continue;
        }

        published++;

        broken += never;
        broken += hidden;
        broken += (who < 0 || first[0] == '\0'
                   || strcmp(first, (char *) people[who].id.data) == 0);

        /* what the web server will say of it */

        entry = item.draft.e;

        broken += (rfl_entry_encode(pool, &entry, &err) != RFL_OK
                   || rfl_entry_verify(&entry, policy, trust,
                                       (now > entry.not_before)
                                       ? now : entry.not_before, 1, &err)
                      != RFL_OK);
        broken += (entry.not_after <= now
                   || entry.consent != RFL_CONSENT_SEARCHABLE
                   || entry.consent_day <= 0
                   || item.draft.age_class != RFL_ADULT);

        /* nothing beyond consent */

        broken += ((entry.sex != 0 && !(item.show & RFL_SHOW_SEX))
                   || (entry.status != 0 && !(item.show & RFL_SHOW_STATUS)));
    }

    unit_int(i, STEPS, "%u acts in random order", STEPS);
    unit_int(broken, 0, "none of them breaks a rule");
    unit_ok(published > 200, "and yet %u times something was published, by %u "
            "approvals among %u acts", published, approved, done);
}
