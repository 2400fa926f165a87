
/*
 * Copyright (C) The RFL authors
 *
 * name_show_test.c: what a page does with those whose score reaches the cut:
 * what is asked next, and who is shown.
 */


#include "unit.h"

#include "rfl_name.h"


#define SHOW_HOSTS  1000           /* of people who reach the cut */
#define SHOW_HEAVY  65536


/* how far lists are read */

static void
show_sure(void)
{
    size_t    weight;
    unsigned  ask, same, other, last[2];

    unit_ok(rfl_name_sure(RFL_ASK_FINE, 0, 1, 0) > RFL_SCORE_MAX
            && rfl_name_sure(RFL_ASK_WIDE, 0, RFL_WEIGHT_LIGHT,
                             RFL_WHY_SAME)
               > RFL_SCORE_MAX,
            "light lists are read whoever was found");

    for (ask = RFL_ASK_FINE; ask <= RFL_ASK_WIDE; ask++) {
        last[ask] = RFL_SCORE_MAX + 1;

        for (weight = 1; weight <= SHOW_HEAVY; weight *= 2) {
            same = rfl_name_sure((rfl_ask_e) ask, 0, weight, RFL_WHY_SPELLING);
            other = rfl_name_sure((rfl_ask_e) ask, 0, weight, RFL_WHY_ORDER);

            if (same > other || same > last[ask] || same < RFL_SCORE_CUT
                || other != rfl_name_sure((rfl_ask_e) ask, 0, weight,
                                          RFL_WHY_PART_MISSING))
            {
                break;
            }

            last[ask] = same;
        }

        unit_ok(weight > SHOW_HEAVY,
                "heavier ones for less, and for who may be somebody else");
    }

    unit_ok(last[RFL_ASK_WIDE] < rfl_name_enough(2, 1)
            && last[RFL_ASK_FINE] > RFL_SCORE_GOOD,
            "namesakes of who was typed are not left out for him");

    unit_ok(rfl_name_sure(RFL_ASK_FINE, 1, RFL_WEIGHT_FAR, RFL_WHY_SPELLING)
            > RFL_SCORE_MAX
            && rfl_name_sure(RFL_ASK_FINE, 1, RFL_WEIGHT_FAR + 1,
                             RFL_WHY_SPELLING)
               == rfl_name_sure(RFL_ASK_WIDE, 0, RFL_WEIGHT_FAR + 1,
                                RFL_WHY_SPELLING),
            "nor those of who was found, as far as strangers are not met");
}


/* what is asked next */

static void
show_ask(void)
{
    rfl_facts_t  none, year, father;

    memset(&none, 0, sizeof(rfl_facts_t));
    year = none;
    year.birth_year = 1987;
    father = none;
    father.father.data = (u_char *) "Omar";
    father.father.len = 4;

    unit_ok(!rfl_name_refine(2, &none, 0, 0)
            && !rfl_name_refine(2, &none, 0, RFL_SCORE_VAGUE - 1),
            "nobody passed over: nothing more is asked");
    unit_ok(rfl_name_refine(2, &none, 0, RFL_SCORE_VAGUE)
            && !rfl_name_refine(2, &year, 0, RFL_SCORE_VAGUE),
            "of several strangers one more detail is asked, once");
    unit_ok(rfl_name_refine(2, &none, RFL_OVER_PAIR, 1)
            && !rfl_name_refine(2, &year, RFL_OVER_PAIR, 0),
            "a year leads past the list of a common pair");
    unit_ok(rfl_name_refine(2, &father, RFL_OVER_PAIR, 0)
            && !rfl_name_refine(2, &father, RFL_OVER_PAIR, 1),
            "a father only to those whose entry names him");
    unit_ok(rfl_name_refine(2, &none, RFL_OVER_WIDE, 0)
            && !rfl_name_refine(2, &none, RFL_OVER_WIDE, 1),
            "neighbours passed over count if nobody was found");
    unit_ok(rfl_name_refine(1, &year, RFL_OVER_FACT, 1)
            && !rfl_name_refine(2, &year, RFL_OVER_FACT, 1)
            && rfl_name_refine(2, &year, RFL_OVER_FINER, 1)
            && rfl_name_refine(2, &year, RFL_OVER_READ, 1),
            "what no finer key leads past is asked for");

    unit_ok(rfl_name_enough(2, 1) <= 900 && rfl_name_enough(2, 1) > 880,
            "one who fits well ends the search");
    unit_ok(rfl_name_enough(2, RFL_SCORE_FEW) > rfl_name_enough(2, 1),
            "one of many ends it only if he fits closely");

    show_sure();

    unit_ok(rfl_name_bar(2, 1000, 1000, 0) == 1000 - RFL_SCORE_NEAR
            && rfl_name_bar(2, 1000, 800, 0) == 800
            && rfl_name_bar(2, 1000, 0, 0) == 0
            && rfl_name_bar(2, RFL_SCORE_TYPED - 1, 900, 0) == 0
            && rfl_name_bar(1, 1000, 1000, 0) == 0
            && rfl_name_bar(2, 1000, 1000, 990) == 990
            && rfl_name_bar(2, 930, 900, 890) == 890
            && rfl_name_bar(2, 930, 900, RFL_SCORE_STRONG - 1) == 0
            && rfl_name_hint_least(2, 1000) == 256,
            "one more has to fit as well as those who leave no room");

    unit_ok(rfl_name_again(2, 926, 0, RFL_WHY_SPELLING)
            && rfl_name_again(3, 926, 900, RFL_WHY_SPELLING | RFL_WHY_ORDER),
            "one who was typed with slips leads to his namesakes");
    unit_ok(!rfl_name_again(2, 1000, 0, RFL_WHY_SAME)
            && !rfl_name_again(2, 926, 925, RFL_WHY_SPELLING)
            && !rfl_name_again(2, RFL_SCORE_STRONG - 1, 0, RFL_WHY_SPELLING)
            && !rfl_name_again(1, 926, 0, RFL_WHY_SPELLING)
            && !rfl_name_again(2, 926, 0,
                               RFL_WHY_SPELLING | RFL_WHY_PART_MISSING)
            && !rfl_name_again(2, 926, 0, RFL_WHY_OTHER_SCRIPT),
            "nobody else does: typed right, one of several, less alike");

    unit_ok(rfl_name_fair(1) == rfl_name_fair(RFL_SCORE_MANY - 1)
            && rfl_name_fair(RFL_SCORE_MANY) > rfl_name_fair(1)
            && rfl_name_fair(SHOW_HOSTS) < RFL_SCORE_ENOUGH,
            "beside many strangers one has to fit better to be taken for "
            "the person");
}


/* who is shown */

static void
show_who(void)
{
    unsigned  n, shown;

    unit_ok(rfl_name_shown(2, 1, 0, 781, 781, RFL_WHY_PART_MISSING),
            "the best is shown");
    unit_ok(rfl_name_shown(2, 3, 1, 985, 850, RFL_WHY_PART_MISSING),
            "of three, one with a part more is shown");
    unit_ok(!rfl_name_shown(2, 9, 1, 985, 850, RFL_WHY_PART_MISSING)
            && !rfl_name_shown(3, 9, 1, 985, 850, RFL_WHY_PART_ADDED),
            "in a crowd, one with a part more or less and other spellings "
            "is not");
    unit_ok(rfl_name_shown(2, 9, 1, 985, 910, RFL_WHY_PART_MISSING)
            && rfl_name_shown(2, 9, 1, 985, 850, RFL_WHY_OTHER_SCRIPT),
            "one who is only short of a part, or only spelled otherwise, is");

    for (n = 0, shown = 0; n < 10; n++) {
        shown += rfl_name_shown(2, 10, shown, 910, 910, RFL_WHY_OTHER_SCRIPT);
    }

    unit_ok(shown == RFL_SCORE_FEW, "of ten who fit fairly %u are shown",
            shown);

    for (n = 0, shown = 0; n < 10; n++) {
        shown += rfl_name_shown(2, 10, shown, 960, 930, RFL_WHY_OTHER_SCRIPT);
    }

    unit_ok(shown == 10, "of ten who fit well %u are shown", shown);

    for (n = 0, shown = 0; n < 10; n++) {
        shown += rfl_name_shown(1, 10, shown, 910, 800, RFL_WHY_PART_MISSING);
    }

    unit_ok(shown == 10, "of ten of one part %u are shown", shown);
}


int
main(void)
{
    show_ask();
    show_who();

    return unit_done();
}
