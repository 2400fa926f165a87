
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_show.c: what a page does with those whose score reaches the cut:
 * whether a wider question is asked, whether one more detail is, and who is
 * shown.  rfl_name_score.c makes the score.
 */


#include "rfl_name.h"


unsigned
rfl_name_enough(unsigned parts, unsigned n)
{
    return (parts < 2) ? RFL_SCORE_STRONG
           : (n < RFL_SCORE_FEW) ? RFL_SCORE_ENOUGH : RFL_SCORE_CROWD;
}


unsigned
rfl_name_fair(unsigned n)
{
    return (n < RFL_SCORE_MANY) ? RFL_SCORE_FAIR : RFL_SCORE_STRONG;
}


/*
 * Who is called what was typed is in all lists of a fine question.  In those of
 * a wide one a part more or less, another order or script may be somebody
 * else, of whom there are many in the lighter lists; in the heavy ones whoever
 * is met is mostly a stranger.  Who is asked for again was found, and has his
 * namesakes in his lighter lists, too.
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
           ? RFL_SCORE_GOOD : RFL_SCORE_STRONG;
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


unsigned
rfl_name_bar(unsigned parts, unsigned best, unsigned few, unsigned last)
{
    unsigned  bar;

    bar = 0;

    /* how many others reach the cut does not matter beside one who is sure */

    if (parts > 1 && best >= RFL_SCORE_TYPED) {
        bar = (few + RFL_SCORE_NEAR < best) ? few : best - RFL_SCORE_NEAR;
    }

    return (last >= RFL_SCORE_STRONG && last > bar) ? last : bar;
}


int
rfl_name_shown(unsigned parts, unsigned n, unsigned shown, unsigned best,
    unsigned score, unsigned why)
{
    /* one part says too little to tell people apart by */

    if (parts < 2 || shown == 0) {
        return 1;
    }

    /* in a crowd, a part more or less and another spelling: somebody else */

    if (n > RFL_SCORE_FEW && score < RFL_SCORE_STRONG
        && (why & (RFL_WHY_PART_MISSING | RFL_WHY_PART_ADDED)))
    {
        return 0;
    }

    return shown < RFL_SCORE_FEW
           || (best >= RFL_SCORE_GOOD && score + RFL_SCORE_NEAR >= best);
}
