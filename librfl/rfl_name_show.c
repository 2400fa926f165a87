
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_show.c: what a page does with those whose score reaches the cut:
 * whether a wider question is asked, whether one more detail is, and who is
 * shown.  rfl_name_score.c makes the score.
 */


#include "rfl_name.h"


/*
 * Logistic regression over who was found for 5,900 questions in a million
 * entries, by score, place on the page and weight, in points of the score, and
 * then rounded.
 */

#define RFL_NEED_FIRST     730
#define RFL_NEED_STEP      20      /* for each who is shown before, */
#define RFL_NEED_STEPS     9       /* up to so many */
#define RFL_NEED_WEIGHT    11      /* for each power of two */

/* of these questions: fewer cost recall, more hardly add to it */

#define RFL_NEED_SLACK     20      /* hints may promise less by so much */
#define RFL_ENOUGH_WEIGHT  15      /* for each power of two */


static unsigned rfl_weight_points(size_t weight, unsigned points);


unsigned
rfl_name_enough(unsigned parts, size_t weight)
{
    unsigned  enough;

    if (parts < 2) {
        return RFL_SCORE_STRONG;
    }

    enough = RFL_SCORE_ENOUGH + rfl_weight_points(weight, RFL_ENOUGH_WEIGHT);

    return (enough < RFL_SCORE_CROWD) ? enough : RFL_SCORE_CROWD;
}


/* so many for each power of two */

static unsigned
rfl_weight_points(size_t weight, unsigned points)
{
    unsigned  sum;

    for (sum = 0; weight > 1; weight /= 2) {
        sum += points;
    }

    return sum;
}


unsigned
rfl_name_fair(unsigned n)
{
    return (n < RFL_SCORE_MANY) ? RFL_SCORE_FAIR : RFL_SCORE_STRONG;
}


/*
 * Who is called what was typed is in all lists of a fine question.  In those of
 * a wide one a part more or less, another order or script may be somebody
 * else; in the heavy ones whoever is met is mostly a stranger.  Who is asked
 * for again was found, and has his namesakes in his lighter lists, too.
 */

unsigned
rfl_name_sure(rfl_ask_e ask, int again, size_t weight, unsigned why)
{
    if (weight <= (again ? RFL_WEIGHT_FAR : RFL_WEIGHT_LIGHT)) {
        return RFL_SCORE_MAX + 1;
    }

    if (ask == RFL_ASK_FINE && !again) {
        return RFL_SCORE_TYPED;
    }

    if (weight > RFL_WEIGHT_FAR) {
        return RFL_SCORE_SOME;
    }

    return (why & (RFL_WHY_PART_MISSING | RFL_WHY_PART_ADDED | RFL_WHY_ORDER
                   | RFL_WHY_OTHER_SCRIPT))
           ? RFL_SCORE_CLEAR : RFL_SCORE_STRONG;
}


/*
 * Somebody of whom all parts were typed, in one script, but not right, and who
 * is alone with his score.  His namesakes in another script or spelling, or
 * with one more part, are two steps away from what was typed, further than is
 * looked; one from him.
 */

int
rfl_name_again(unsigned parts, unsigned best, unsigned next, unsigned why)
{
    return parts > 1 && best >= RFL_SCORE_STRONG
           && best >= next + RFL_SCORE_APART
           && (why & RFL_WHY_SPELLING)
           && !(why & (RFL_WHY_PART_MISSING | RFL_WHY_PART_ADDED
                       | RFL_WHY_OTHER_SCRIPT | RFL_WHY_INITIAL
                       | RFL_WHY_NICKNAME));
}


/*
 * With a year or a country the finer keys of a pair hold everybody it fits;
 * the name of a relative only leads to those whose entry has it.  An overflow
 * among neighbouring names says nothing about this one.  Several who fit
 * poorly are strangers.
 */

int
rfl_name_refine(unsigned parts, const rfl_facts_t *facts, unsigned over,
    unsigned n)
{
    int  place, any;

    place = (facts->birth_year != 0 || facts->country.len != 0);
    any = (place || facts->father.len != 0 || facts->mother.len != 0
           || facts->grandfather.len != 0);

    return (over & (RFL_OVER_FINER | RFL_OVER_READ))
           || ((over & RFL_OVER_PAIR) && (!any || (n == 0 && !place)))
           || ((over & RFL_OVER_FACT) && parts < 2)
           || ((over & RFL_OVER_WIDE) && n == 0 && !any)
           || (n >= RFL_SCORE_VAGUE && parts > 1 && !any);
}


/*
 * The further down the page and the heavier the list, the likelier it is a
 * stranger.  Under RFL_SCORE_FAIR the score says no more about that.
 */

unsigned
rfl_name_need(unsigned parts, unsigned shown, size_t weight)
{
    unsigned  need;

    /* one part says too little to tell people apart by */

    if (parts < 2) {
        return RFL_SCORE_CUT;
    }

    shown = (shown < RFL_NEED_STEPS) ? shown : RFL_NEED_STEPS;

    need = RFL_NEED_FIRST + RFL_NEED_STEP * shown
           + rfl_weight_points(weight, RFL_NEED_WEIGHT);

    /* but who is called what was typed is shown as long as there is room */

    need = (need < RFL_SCORE_TYPED) ? need : RFL_SCORE_TYPED;

    return (need <= RFL_SCORE_FAIR) ? RFL_SCORE_CUT : need;
}


unsigned
rfl_name_bar(unsigned parts, const unsigned *scores, unsigned n, unsigned max)
{
    unsigned  i, bar;

    for (i = 0; i < n && i < max; i++) {
        if (scores[i] < rfl_name_need(parts, i, 1)) {
            break;
        }
    }

    bar = (i < max) ? rfl_name_need(parts, i, 1) : RFL_SCORE_MAX;

    /* or in place of the last of these, who moves down */

    bar = (i != 0 && scores[i - 1] < bar) ? scores[i - 1] : bar;

    return (bar > RFL_SCORE_CUT + RFL_NEED_SLACK) ? bar - RFL_NEED_SLACK
                                                  : RFL_SCORE_CUT;
}
