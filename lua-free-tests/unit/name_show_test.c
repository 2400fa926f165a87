
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
#define SHOW_ROOM   10


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
            && last[RFL_ASK_FINE] > RFL_SCORE_CROWD,
            "namesakes of who was typed are not left out for him");

    unit_ok(rfl_name_sure(RFL_ASK_FINE, 1, RFL_WEIGHT_FAR, RFL_WHY_SPELLING)
            > RFL_SCORE_MAX
            && rfl_name_sure(RFL_ASK_FINE, 1, RFL_WEIGHT_FAR + 1,
                             RFL_WHY_SPELLING)
               == rfl_name_sure(RFL_ASK_WIDE, 0, RFL_WEIGHT_FAR + 1,
                                RFL_WHY_SPELLING),
            "nor those of who was found, as far as strangers are not met");
}


/* who is shown */

static unsigned
show_count(unsigned parts, unsigned score, size_t weight)
{
    unsigned  n, shown;

    for (n = 0, shown = 0; n < SHOW_ROOM; n++) {
        shown += (score >= rfl_name_need(parts, shown, weight));
    }

    return shown;
}


static void
show_who(void)
{
    unsigned  n, fair, near, heavy;

    unit_ok(rfl_name_need(2, 0, 1) == RFL_SCORE_CUT
            && rfl_name_need(2, 0, RFL_WEIGHT_LIGHT) == RFL_SCORE_CUT,
            "the best is shown");

    for (n = 0; n < SHOW_ROOM; n++) {
        if (rfl_name_need(2, n + 1, 1) < rfl_name_need(2, n, 1)
            || rfl_name_need(2, n, 256) < rfl_name_need(2, n, 1)
            || rfl_name_need(1, n, 256) != RFL_SCORE_CUT)
        {
            break;
        }
    }

    unit_ok(n == SHOW_ROOM, "each further one has to fit as well or better, "
                            "but of one part all are shown");

    fair = show_count(2, RFL_SCORE_FAIR, 1);
    near = show_count(2, RFL_SCORE_STRONG, 1);
    heavy = show_count(2, RFL_SCORE_STRONG, 256);

    unit_ok(fair < near && near < SHOW_ROOM && heavy != 0 && heavy < near,
            "of those who fit fairly %u are shown, of those who fit well %u, "
            "and %u if they are among very many", fair, near, heavy);

    unit_ok(show_count(2, RFL_SCORE_TYPED, SHOW_HEAVY) == SHOW_ROOM
            && show_count(2, 965, 1) == SHOW_ROOM,
            "who is called what was typed is, however many there are");
    unit_ok(show_count(1, RFL_SCORE_CUT, 256) == SHOW_ROOM
            && show_count(2, RFL_SCORE_CUT - 1, 1) == 0,
            "nobody is under the cut");
}


/* whose record is worth reading */

static void
show_bar(void)
{
    unsigned  i, scores[SHOW_ROOM], none, one, all;

    for (i = 0; i < SHOW_ROOM; i++) {
        scores[i] = 985;
    }

    none = rfl_name_bar(2, scores, 0, SHOW_ROOM);
    one = rfl_name_bar(2, scores, 1, SHOW_ROOM);
    all = rfl_name_bar(2, scores, SHOW_ROOM, SHOW_ROOM);

    unit_ok(none == RFL_SCORE_CUT && one == RFL_SCORE_CUT,
            "beside one or none anybody who reaches the cut");
    unit_ok(all < 985 && all > 900
            && rfl_name_bar(2, scores, SHOW_ROOM - 1, SHOW_ROOM) < all
            && rfl_name_bar(2, scores, 1, 1) == all,
            "where there is no room, who may fit as well");
    unit_ok(rfl_name_bar(1, scores, SHOW_ROOM - 1, SHOW_ROOM)
            == RFL_SCORE_CUT,
            "of one part anybody, as long as there is room");

    scores[0] = RFL_SCORE_CUT;

    unit_ok(rfl_name_bar(2, scores, 1, SHOW_ROOM) == RFL_SCORE_CUT
            && rfl_name_hint_least(1000) == 256,
            "the bar is never under the cut");
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
    unit_ok(rfl_name_enough(2, 8) > rfl_name_enough(2, 1)
            && rfl_name_enough(2, 64) > rfl_name_enough(2, 8)
            && rfl_name_enough(2, SHOW_HEAVY) < RFL_SCORE_TYPED,
            "one of many ends it only if he fits closely");

    show_sure();

    show_bar();

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


int
main(void)
{
    show_ask();
    show_who();

    return unit_done();
}
