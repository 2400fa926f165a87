
/*
 * Copyright (C) The RFL authors
 *
 * review_random_test.c: no sequence of acts publishes what must not be
 * public: a property test of the moderators' state machine with a clock of
 * its own (S-86, S-121).
 */


#include "unit.h"
#include "review.h"


#define STEPS        120000
#define SEQUENCE     40            /* steps before another item */


static void disturb(rfl_submission_t *s, unsigned *never);
static void any_action(rfl_item_t *item, rfl_action_t *action);
static void test_random(void);


static uint64_t  seed = 20261122;


int
main(void)
{
    if (!review_init()) {
        return 1;
    }

    test_random();

    rfl_pool_destroy(lasting);
    rfl_pool_destroy(pool);

    return unit_done();
}


static unsigned
dice(unsigned n)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;

    return (unsigned) (seed >> 33) % n;
}


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


/* 1: what goes into the index is not what may be shown */

static unsigned
unfit(const rfl_item_t *item)
{
    rfl_err_t    err;
    rfl_entry_t  entry;

    entry = item->draft.e;

    /* what the web server will say of it */

    if (rfl_entry_encode(pool, &entry, &err) != RFL_OK
        || rfl_entry_verify(&entry, policy, trust,
                            (now > entry.not_before) ? now : entry.not_before,
                            1, &err)
           != RFL_OK)
    {
        return 1;
    }

    if (entry.not_after <= now || entry.consent != RFL_CONSENT_SEARCHABLE
        || entry.consent_day <= 0 || item->draft.age_class != RFL_ADULT)
    {
        return 1;
    }

    /* nothing beyond consent */

    return (entry.sex != 0 && !(item->show & RFL_SHOW_SEX))
           || (entry.status != 0 && !(item->show & RFL_SHOW_STATUS));
}


static void
test_random(void)
{
    int               who;
    char              first[32];
    unsigned          i, never, published, broken, approved, hidden, done;
    rfl_item_t        item, before;
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
            if (!review_init()) {
                break;
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
        broken += (item.head.version
                   != before.head.version
                      + (action.act != RFL_ACT_CLAIM
                         && action.act != RFL_ACT_RELEASE));

        /* what is over does not come back */

        broken += ((before.head.state == RFL_ITEM_WITHDRAWN
                    || before.head.state == RFL_ITEM_CLOSED
                    || before.head.state == RFL_ITEM_REJECTED)
                   && item.head.state != before.head.state);

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
        broken += unfit(&item);
    }

    unit_int(i, STEPS, "%u acts in random order", STEPS);
    unit_int(broken, 0, "none of them breaks a rule");
    unit_ok(published > 200, "and yet %u times something was published, by %u "
            "approvals among %u acts", published, approved, done);
}
