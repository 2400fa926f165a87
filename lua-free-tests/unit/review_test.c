
/*
 * Copyright (C) The RFL authors
 *
 * review_test.c: the single rules of the moderators' state machine (S-86,
 * S-121).  review_random_test.c tries them in random order.
 */


#include "unit.h"
#include "review.h"


static void test_two(void);
static void test_edit(void);
static void test_name(void);
static void test_change(void);
static void test_day(void);
static void test_refused(void);
static void test_claim(void);
static void test_ends(void);
static void test_one(void);


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
    if (!review_init()) {
        return 1;
    }

    test_two();
    test_edit();
    test_name();
    test_change();
    test_day();
    test_refused();
    test_claim();
    test_ends();
    test_one();

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


/* an item that two people have approved */

static void
published(rfl_item_t *item)
{
    rfl_submission_t  s;

    submission(&s);
    item_of(&s, item);

    (void) simple(item, 0, RFL_ACT_APPROVE, 0);
    (void) simple(item, 1, RFL_ACT_APPROVE, 0);
    (void) simple(item, -1, RFL_ACT_PUBLISHED, 0);
}


static void
test_change(void)
{
    int64_t       ends;
    rfl_item_t    item, renewed;
    rfl_action_t  action;

    published(&item);

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = RFL_ACT_RENEW;
    action.version = item.head.version;
    action.consent_day = item.draft.e.consent_day;

    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_FRESH,
             "the old consent renews nothing");

    action.consent_day += 21;
    now += 20 * 86400;

    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_FRESH,
             "nor does that of tomorrow");

    action.consent_day -= 22;

    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_FRESH,
             "nor one before the last");

    action.consent_day++;
    now -= 20 * 86400;
    ends = item.live.e.not_after;
    item.live.e.not_after -= 86400;
    renewed = item;

    unit_int(act(&renewed, 0, 2, &action), RFL_REFUSED_NOT,
             "agreed again on the same day: it may end later");
    unit_int(renewed.draft.e.not_after, ends, "as late as the event allows");

    item.live.e.not_after = ends;

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


/*
 * They agreed today, on the desk's calendar: at noon of UTC that is tomorrow
 * in the far east, and what was agreed to is shown at once.
 */

static void
test_day(void)
{
    rfl_item_t    item, renewed;
    rfl_action_t  action;

    published(&item);

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = RFL_ACT_RENEW;
    action.version = item.head.version;
    action.consent_day = ENTRY_TODAY + 1;

    renewed = item;
    unit_int(act(&renewed, 0, 2, &action), RFL_REFUSED_FRESH,
             "control: where it is noon nobody has agreed tomorrow");

    (void) setenv("TZ", "EAST-14", 1);
    tzset();
    unit_int(rfl_work_day(now), ENTRY_TODAY + 1, "in the east it is tomorrow");

    renewed = item;
    unit_int(act(&renewed, 0, 2, &action), RFL_REFUSED_NOT,
             "and somebody has agreed today");
    unit_int(renewed.draft.e.consent_day, ENTRY_TODAY + 1, "on that day");
    unit_ok(renewed.draft.e.not_before <= now, "it is shown from now on");
    unit_int(act(&renewed, 0, 2, &(rfl_action_t) {
                 .act = RFL_ACT_APPROVE, .version = renewed.head.version }),
             RFL_REFUSED_NOT, "and can be approved");

    action.consent_day++;
    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_FRESH,
             "nobody there has agreed the day after");

    (void) setenv("TZ", "WEST13", 1);
    tzset();
    unit_int(rfl_work_day(now), ENTRY_TODAY - 1, "in the west, yesterday");

    (void) unsetenv("TZ");
    tzset();
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
    unsigned          version;
    rfl_item_t        item;
    rfl_submission_t  s;

    submission(&s);
    item_of(&s, &item);
    version = item.head.version;

    unit_int(simple(&item, 0, RFL_ACT_CLAIM, 0), RFL_REFUSED_NOT,
             "one claims it");
    unit_int(simple(&item, 3, RFL_ACT_KEEP, 0), RFL_REFUSED_CLAIM,
             "then another can do nothing");
    unit_int(simple(&item, 3, RFL_ACT_CLAIM, 0), RFL_REFUSED_CLAIM,
             "nor claim it");

    now += RFL_CLAIM_LIFE - 1;
    unit_int(simple(&item, 3, RFL_ACT_CLAIM, 0), RFL_REFUSED_CLAIM,
             "a second before the claim has run out");

    now += 1;
    unit_int(simple(&item, 3, RFL_ACT_CLAIM, 0), RFL_REFUSED_NOT,
             "until the claim has run out");
    unit_int(simple(&item, 0, RFL_ACT_CLAIM, 0), RFL_REFUSED_CLAIM,
             "from then on it is theirs");

    now += RFL_CLAIM_LIFE / 2;
    unit_int(simple(&item, 3, RFL_ACT_CLAIM, 0), RFL_REFUSED_NOT,
             "who goes on keeps it");

    now += RFL_CLAIM_LIFE - 1;
    unit_int(simple(&item, 0, RFL_ACT_CLAIM, 0), RFL_REFUSED_CLAIM,
             "for the whole time from there");
    unit_int(simple(&item, 1, RFL_ACT_CLAIM, 0), RFL_REFUSED_NOT,
             "a coordinator takes over");
    unit_int(simple(&item, 1, RFL_ACT_RELEASE, 0), RFL_REFUSED_NOT,
             "and leaves it to others");
    unit_int(item.head.version, version,
             "whose forms of before all this are as good as ever");
    unit_int(simple(&item, 0, RFL_ACT_WITHDRAW, 1), RFL_REFUSED_NOT,
             "a withdrawal does not wait for anybody");
    unit_int(item.head.version, version + 1, "and is a change");

    now = ENTRY_NOW;
}


/* nothing is kept for ever, and nothing goes unseen */

static void
test_ends(void)
{
    int64_t           ends;
    rfl_item_t        item;
    rfl_action_t      action;
    rfl_submission_t  s;

    submission(&s);
    item_of(&s, &item);
    ends = item.draft.e.not_after;

    unit_int(simple(&item, 0, RFL_ACT_KEEP, 0), RFL_REFUSED_NOT,
             "kept for matching");
    unit_int(item.head.not_after, ends, "as long as it would be published");
    unit_int(rfl_item_queue(&item.head, ends - 15 * 86400), RFL_QUEUE_KEPT,
             "in its queue");
    unit_int(rfl_item_queue(&item.head, ends - 14 * 86400), RFL_QUEUE_ENDING,
             "until it is announced that it ends");

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = RFL_ACT_RENEW;
    action.version = item.head.version;
    action.consent_day = item.draft.e.consent_day + 5;
    now += 5 * 86400;

    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_NOT,
             "with a fresh consent it is renewed");
    unit_int(item.head.state, RFL_ITEM_KEPT, "and kept");
    unit_ok(item.head.not_after == ends + 5 * 86400, "for longer");

    item.draft.e.not_after = 0;
    action.act = RFL_ACT_NAME;
    action.version = item.head.version;
    action.name = entry_str("Amina");

    unit_int(act(&item, 0, 2, &action), RFL_REFUSED_NOT, "without an end");
    unit_ok(item.head.not_after > now + 364 * 86400LL
            && item.head.not_after <= now + 366 * 86400LL,
            "it is kept for a year");

    unit_int(simple(&item, 0, RFL_ACT_HAND, 0), RFL_REFUSED_NOT,
             "handed over");
    unit_int(item.head.not_after, 0, "it does not end");
    unit_int(rfl_item_queue(&item.head, now + 14 * 86400 - 1),
             RFL_QUEUE_DONE, "done");
    unit_int(rfl_item_queue(&item.head, now + 14 * 86400),
             RFL_QUEUE_UNCONFIRMED, "until nobody has confirmed it");

    now += 20 * 86400;
    unit_int(simple(&item, 0, RFL_ACT_HAND, 0), RFL_REFUSED_NOT,
             "handed over once more");
    unit_int(rfl_item_queue(&item.head, now), RFL_QUEUE_DONE,
             "it waits once more");
    unit_int(simple(&item, 0, RFL_ACT_CLOSE, 0), RFL_REFUSED_REASON,
             "or is closed, with a reason");
    unit_int(simple(&item, 0, RFL_ACT_CLOSE, 1), RFL_REFUSED_NOT,
             "by who knows that it arrived");
    unit_int(item.head.handed, 2, "which is a confirmation");
    unit_int(rfl_item_queue(&item.head, now + 99 * 86400), RFL_QUEUE_DONE,
             "for good");
    unit_int(simple(&item, 0, RFL_ACT_CLOSE, 1), RFL_REFUSED_STATE,
             "and once only");

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
