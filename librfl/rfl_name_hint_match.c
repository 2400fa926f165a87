
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hint_match.c: a question against the hint of an element, before
 * anything of its entry is fetched.
 *
 * The hint drops what the score would refuse: another kind, a year too far
 * off, more typed parts without a partner than one may forgive.  Among the
 * rest the readings give an order, near to that of the score: the best
 * candidates are read first, and poor ones not at all.
 */


#include "rfl_name_hint.h"


#define RFL_HINT_ADDED     90      /* as the score */
#define RFL_HINT_LOST      520     /* as the score, which takes it beside two */
#define RFL_HINT_LACK      80      /* percent: so near is surely no worse */


static unsigned rfl_hint_like(const rfl_name_t *query, unsigned first,
    const rfl_hint_sounds_t *sounds);
static unsigned rfl_hint_parts(const rfl_name_t *query, unsigned first,
    unsigned number[RFL_PARTS_MAX]);
static int rfl_hint_unsure(const rfl_part_t *part,
    const rfl_hint_sounds_t *sounds);
static unsigned rfl_hint_typed(const rfl_part_t *a, const rfl_part_t *b,
    unsigned number, const rfl_hint_sounds_t *sounds);
static void rfl_hint_share(const rfl_name_t *query, unsigned parts,
    const unsigned *number, const rfl_hint_sounds_t *sounds, unsigned *like,
    const uint8_t *at);
static void rfl_hint_join(const rfl_name_t *query, unsigned parts,
    const unsigned *number, const rfl_hint_sounds_t *sounds, unsigned *like,
    uint8_t *at);
static int rfl_hint_stray(const rfl_name_t *query, const unsigned *number,
    const rfl_hint_sounds_t *sounds, const unsigned *like, const uint8_t *at);
static int rfl_hint_half(const rfl_part_t *part, const rfl_hint_sound_t
    *partner, const rfl_hint_sound_t *rest);
static unsigned rfl_hint_mean(const rfl_name_t *query, unsigned parts,
    const rfl_hint_sounds_t *sounds, const unsigned *like);


unsigned
rfl_name_hint_match(const rfl_name_t *query, const rfl_facts_t *facts,
    int kind, const u_char hint[RFL_HINT_SIZE], rfl_hint_memo_t *memo)
{
    unsigned            d, why, most, first, result;
    const rfl_name_t   *q;
    rfl_hint_sounds_t   sounds;

    if (kind != 0 && kind != (hint[0] & 3)) {
        return 0;
    }

    why = 0;
    most = rfl_score_year(1000, rfl_name_parts(query), facts->birth_year,
                          rfl_name_hint_year(hint), &why);

    if (most == 0) {
        return 0;
    }

    rfl_hint_sounds(hint, memo, &sounds);
    result = 0;
    first = 0;

    for (q = query; q != NULL; q = q->alt) {
        d = rfl_hint_like(q, first, &sounds);

        if (d > result) {
            result = d;
        }

        first += q->nnames;
    }

    rfl_memzero(sounds.own, sounds.nown * sizeof(rfl_hint_sound_t));

    /* as the score: what the year takes off, it takes off whole */

    if (result + most <= 1000) {
        return 0;
    }

    return 1 + (result + most - 1000) * 254 / 1000;
}


unsigned
rfl_name_hint_least(unsigned score)
{
    unsigned  lack;

    if (score >= 1000) {
        return 256;
    }

    lack = (1000 - score) * RFL_HINT_LACK / 100;

    return (lack < 1000) ? 1 + (1000 - lack) * 254 / 1000 : 1;
}


/* about what the score will be */

static unsigned
rfl_hint_like(const rfl_name_t *query, unsigned first,
    const rfl_hint_sounds_t *sounds)
{
    uint8_t            at[RFL_PARTS_MAX];
    unsigned           i, two, parts;
    unsigned           like[RFL_PARTS_MAX], number[RFL_PARTS_MAX];
    const rfl_part_t  *part;

    two = (query->nparts == 2 && query->nnames == 2);
    parts = rfl_hint_parts(query, first, number);

    for (i = 0; i < parts; i++) {
        part = &query->parts[i];
        like[i] = 1000;
        at[i] = RFL_HINT_NOWHERE;

        if (part->type == RFL_PART_NAME) {
            like[i] = rfl_hint_best(part, number[i], sounds, RFL_HINT_NOWHERE,
                                    &at[i]);
        }

        /* one of two parts is like nothing here: the other does not matter */

        if (two && like[i] == 0 && !rfl_hint_unsure(part, sounds)
            && rfl_hint_typed(&query->parts[0], &query->parts[1], first,
                              sounds)
               == 0)
        {
            return 0;
        }
    }

    rfl_hint_share(query, parts, number, sounds, like, at);
    rfl_hint_join(query, parts, number, sounds, like, at);

    for (i = 0; i < parts; i++) {
        if (two && like[i] == 0 && !rfl_hint_unsure(&query->parts[i], sounds)) {
            return 0;
        }
    }

    if (rfl_hint_stray(query, number, sounds, like, at)) {
        return 0;
    }

    return rfl_hint_mean(query, parts, sounds, like);
}


/*
 * Parts as far as they are looked at: so many names, and what is between.
 * Names are numbered from first on.
 */

static unsigned
rfl_hint_parts(const rfl_name_t *query, unsigned first,
    unsigned number[RFL_PARTS_MAX])
{
    unsigned  i, n;

    for (i = 0, n = 0; i < query->nparts && n < RFL_HINT_PARTS; i++) {
        number[i] = first + n;
        n += (query->parts[i].type == RFL_PART_NAME);
    }

    return i;
}


/* is the part compared in other ways than by its sound? */

static int
rfl_hint_unsure(const rfl_part_t *part, const rfl_hint_sounds_t *sounds)
{
    return sounds->partial
           || (part->script == RFL_SCRIPT_HANI && sounds->hani
               && part->nletters > RFL_HINT_HANI);
}


/* how like one of the entry two typed parts are, written as one, or 0 */

static unsigned
rfl_hint_typed(const rfl_part_t *a, const rfl_part_t *b, unsigned number,
    const rfl_hint_sounds_t *sounds)
{
    unsigned  j, best, like;

    if (a->type != RFL_PART_NAME || b->type != RFL_PART_NAME
        || a->script != b->script)
    {
        return 0;
    }

    for (j = 0, best = 0; j < sounds->n; j++) {
        like = rfl_hint_both(a, b, number, sounds->s[j]);
        best = (like > best) ? like : best;
    }

    return best;
}


/*
 * Two typed parts that are like the same part of the entry: it is the partner
 * of one, the other has the next best.  A reading stands in the hint once, so
 * it may be that of two parts if both are nearly the same.
 */

static void
rfl_hint_share(const rfl_name_t *query, unsigned parts,
    const unsigned *number, const rfl_hint_sounds_t *sounds, unsigned *like,
    const uint8_t *at)
{
    unsigned  i, k, a, b;
    uint8_t   other;

    for (i = 0; i < parts; i++) {
        for (k = i + 1; k < parts; k++) {

            if (at[i] != at[k] || at[i] == RFL_HINT_NOWHERE
                || (like[i] >= RFL_HINT_TWINS && like[k] >= RFL_HINT_TWINS))
            {
                continue;
            }

            a = rfl_hint_best(&query->parts[i], number[i], sounds, at[i],
                              &other);
            b = rfl_hint_best(&query->parts[k], number[k], sounds, at[k],
                              &other);

            if (like[i] + b > like[k] + a) {
                like[k] = b;

            } else {
                like[i] = a;
            }
        }
    }
}


/* what is like nothing by itself may be with its neighbour, written as one */

static void
rfl_hint_join(const rfl_name_t *query, unsigned parts,
    const unsigned *number, const rfl_hint_sounds_t *sounds, unsigned *like,
    uint8_t *at)
{
    unsigned  i, best;

    for (i = 0; i + 1 < parts; i++) {

        if (like[i] >= RFL_HINT_TWINS && like[i + 1] >= RFL_HINT_TWINS) {
            continue;
        }

        best = rfl_hint_typed(&query->parts[i], &query->parts[i + 1],
                              number[i], sounds);

        if (best != 0) {
            like[i] = (best > like[i]) ? best : like[i];
            like[i + 1] = (best > like[i + 1]) ? best : like[i + 1];
            at[i] = at[i + 1] = RFL_HINT_NOWHERE;
        }
    }
}


/*
 * Of three parts typed one is not in the entry, and of the entry one was not
 * typed: the score takes that for another name, not for a longer one.
 */

static int
rfl_hint_stray(const rfl_name_t *query, const unsigned *number,
    const rfl_hint_sounds_t *sounds, const unsigned *like, const uint8_t *at)
{
    unsigned           i, j;
    const rfl_part_t  *part, *lost;

    if (query->nnames != 3 || sounds->partial || sounds->hani) {
        return 0;
    }

    lost = NULL;

    for (i = 0; i < query->nparts; i++) {
        part = &query->parts[i];

        if (part->type == RFL_PART_INITIAL) {
            return 0;
        }

        if (part->type != RFL_PART_NAME) {
            continue;
        }

        if (like[i] < RFL_HINT_LOST && lost == NULL) {
            lost = part;

        } else if (like[i] < RFL_HINT_LOST || at[i] == RFL_HINT_NOWHERE) {
            return 0;
        }
    }

    for (j = 0; j < sounds->n && lost != NULL; j++) {

        /* what is written in another script may be the same again */

        if (sounds->s[j]->script != sounds->s[0]->script) {
            continue;
        }

        for (i = 0; i < query->nparts; i++) {
            part = &query->parts[i];

            if (part->type != RFL_PART_NAME) {
                continue;
            }

            if (rfl_hint_heard(part, number[i], sounds->s[j]) >= RFL_HINT_LOST
                || (part != lost
                    && rfl_hint_half(part, sounds->s[at[i]], sounds->s[j])))
            {
                break;
            }
        }

        if (i == query->nparts && !rfl_hint_slip(lost, sounds->s[j])) {
            return 1;
        }
    }

    return 0;
}


/* may one typed part be two of the entry, Delacruz for De la Cruz? */

static int
rfl_hint_half(const rfl_part_t *part, const rfl_hint_sound_t *partner,
    const rfl_hint_sound_t *rest)
{
    return part->readings[0].len + 1 >= partner->r.len + rest->r.len;
}


/* weighted by length, about as rfl_part_weight() does */

static unsigned
rfl_hint_mean(const rfl_name_t *query, unsigned parts,
    const rfl_hint_sounds_t *sounds, const unsigned *like)
{
    unsigned           i, n, w, best, sum, weight, worst, rest, mean;
    const rfl_part_t  *part;

    n = sum = weight = rest = 0;
    worst = 1001;

    for (i = 0; i < parts; i++) {
        part = &query->parts[i];

        if (part->type != RFL_PART_NAME) {
            continue;
        }

        best = like[i];

        /* the score may find it nearer than its sound is */

        if (best < RFL_HINT_MAYBE && rfl_hint_unsure(part, sounds)) {
            best = RFL_HINT_MAYBE;
        }

        w = 6 + (unsigned) part->readings[0].len;

        if (best < worst) {
            worst = best;
            rest = w;
        }

        sum += best * w;
        weight += w;
        n++;
    }

    if (n == 0) {
        return 0;
    }

    mean = sum / weight;

    /* of three parts or more one may have no partner */

    if (n >= 3) {
        best = (sum - worst * rest) / (weight - rest);
        best = (best > RFL_HINT_ADDED) ? best - RFL_HINT_ADDED : 0;
        mean = (best > mean) ? best : mean;
    }

    return mean;
}
