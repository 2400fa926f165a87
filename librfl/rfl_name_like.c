
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_like.c: how like two parts of names are, 0..1000.  Readings are
 * compared by a weighted edit distance over phones (Wagner and Fischer, with
 * the swap of neighbours), spellings in one script by letters too, short forms
 * by their table.
 */


#include "rfl_name_int.h"


#define RFL_LEAST_SHORT    900     /* three letters, one script: no slips */
#define RFL_LEAST_LONGER   980     /* of which one is two sounds: Max, Mex */
#define RFL_LEAST_VOWELS   740     /* the same consonants, one script */
#define RFL_LEAST_BARE     860     /* the same, only long vowels written */
#define RFL_LIKE_HANGUL    950     /* two spellings of one Korean name */
#define RFL_LIKE_NICK      900
#define RFL_LIKE_SISTER    955     /* a group of rfl_name_nick.c with "=" */
#define RFL_LIKE_BEGUN     760     /* Kev for Kevin */
#define RFL_ROW            (RFL_PHONES_MAX + 3)
#define RFL_NO_SOUND       0x7f    /* no phone, but ASCII as they are */
#define RFL_LIKE_SWAP      60
#define RFL_LIKE_WEIGHT    170     /* the least that a reading counts for */
#define RFL_LIKE_OVER      0xffff  /* more than any cost */


static unsigned rfl_like_mode(const rfl_reading_t *a, const rfl_reading_t *b,
    unsigned mode, unsigned *weight);
static unsigned rfl_like_bound(const rfl_reading_t *a, const rfl_reading_t *b,
    unsigned mode, unsigned limit);
static unsigned rfl_like_lack(const rfl_reading_t *r, uint64_t set,
    const rfl_phone_costs_t *costs);
static unsigned rfl_like_cost(const rfl_reading_t *a, const rfl_reading_t *b,
    const rfl_phone_costs_t *costs, unsigned limit);
static unsigned rfl_part_sounds(const rfl_part_t *a, const rfl_part_t *b,
    unsigned mode, int *near);
static unsigned rfl_part_nick(const rfl_part_t *a, const rfl_part_t *b,
    unsigned best, int near, unsigned *why);
static int rfl_like_heard(const rfl_reading_t *a, const rfl_reading_t *b);
static unsigned rfl_part_mode(const rfl_part_t *a, const rfl_part_t *b);
static int rfl_part_begun(const rfl_part_t *a, const rfl_part_t *b);
static int rfl_part_vowels_only(const rfl_part_t *a, const rfl_part_t *b);


unsigned
rfl_reading_like(const rfl_reading_t *a, const rfl_reading_t *b,
    unsigned mode, unsigned floor)
{
    unsigned  cost, limit, weight;

    if (a->len == b->len && memcmp(a->ph, b->ph, a->len) == 0) {
        return 1000;
    }

    mode = rfl_like_mode(a, b, mode, &weight);
    limit = weight * (1000 - rfl_max(floor, RFL_LIKE_FLOOR)) / 1000;

    if (floor >= RFL_LIKE_FLOOR && rfl_like_bound(a, b, mode, limit) > limit) {
        return 0;
    }

    cost = rfl_like_cost(a, b, &rfl_phone_costs[mode], limit);

    return (cost >= weight) ? 0 : 1000 - cost * 1000 / weight;
}


/* the table of costs for both, and what they count for */

static unsigned
rfl_like_mode(const rfl_reading_t *a, const rfl_reading_t *b, unsigned mode,
    unsigned *weight)
{
    if (mode == RFL_LIKE_CROSS && ((a->flags ^ b->flags) & RFL_READ_BARE)) {
        mode = RFL_LIKE_N;
        *weight = rfl_max(a->bare, b->bare);

    } else {
        *weight = rfl_max(a->weight, b->weight);
    }

    *weight = rfl_max(*weight, RFL_LIKE_WEIGHT);

    return mode;
}


/* what it costs at least; not told further than that it is above the limit */

static unsigned
rfl_like_bound(const rfl_reading_t *a, const rfl_reading_t *b, unsigned mode,
    unsigned limit)
{
    unsigned                  cost, lack;
    const rfl_phone_costs_t  *costs;

    cost = (mode == RFL_LIKE_N) ? 0
           : (a->sure > b->sure) ? (unsigned) (a->sure - b->sure)
                                 : (unsigned) (b->sure - a->sure);

    if (cost > limit) {
        return cost;
    }

    costs = &rfl_phone_costs[mode];

    lack = rfl_like_lack(a, b->set, costs);
    cost = rfl_max(cost, lack);

    if (cost > limit) {
        return cost;
    }

    lack = rfl_like_lack(b, a->set, costs);

    return rfl_max(cost, lack);
}


/* what the phones cost at least that have nothing like them in the set */

static unsigned
rfl_like_lack(const rfl_reading_t *r, uint64_t set,
    const rfl_phone_costs_t *costs)
{
    unsigned  i, none, lack;

    for (i = 0, lack = 0; i < r->len; i++) {

        /* a branch would be guessed wrong as often as not */

        none = ((costs->near[r->ph[i]] & set) == 0);
        lack += costs->gap[r->ph[i]] & (0U - none);
    }

    return lack;
}


/* what it costs to make b of a; RFL_LIKE_OVER if that is above the limit */

static unsigned
rfl_like_cost(const rfl_reading_t *a, const rfl_reading_t *b,
    const rfl_phone_costs_t *costs, unsigned limit)
{
    u_char          x, p;
    uint64_t        both;
    unsigned        i, j, k, nb, best, cost, least, low, ga, up, left;
    unsigned        row[3][RFL_ROW], gb[RFL_ROW], *prev2, *prev, *cur, *t;
    const uint8_t  *swap;

    nb = b->len;
    low = 0;

    prev2 = row[0];
    prev = row[1];
    cur = row[2];

    prev[0] = 0;

    for (j = 0; j < nb; j++) {
        gb[j] = costs->gap[b->ph[j]];
        prev[j + 1] = prev[j] + gb[j];
    }

    gb[nb] = 0;

    for (i = 0, p = RFL_NO_SOUND; i < a->len; i++, p = x) {
        x = a->ph[i];
        swap = costs->swap[x];
        ga = costs->gap[x];

        up = prev[0];
        left = up + ga;
        least = left;
        cur[0] = left;

        for (j = 0; j < nb; j++) {
            best = up + swap[b->ph[j]];
            up = prev[j + 1];

            cost = up + ga;
            best = (cost < best) ? cost : best;

            cost = left + gb[j];
            best = (cost < best) ? cost : best;

            cur[j + 1] = best;
            left = best;

            least = (best < least) ? best : least;
        }

        /* two neighbours swapped, and what follows from it; that is rare */

        both = rfl_phone_bit(x) | rfl_phone_bit(p);

        for (j = 1; (b->set & both) == both && j < nb; j++) {

            if (b->ph[j - 1] != x || b->ph[j] != p) {
                continue;
            }

            cost = prev2[j - 1] + RFL_LIKE_SWAP;
            least = (cost < least) ? cost : least;

            for (k = j; k < nb && cost < cur[k + 1]; k++) {
                cur[k + 1] = cost;
                cost += gb[k + 1];
            }
        }

        /* two rows, because of the swap, are past the limit */

        if (least > limit && low > limit) {
            return RFL_LIKE_OVER;
        }

        low = least;

        t = prev2;
        prev2 = prev;
        prev = cur;
        cur = t;
    }

    return prev[nb];
}


unsigned
rfl_part_like(const rfl_part_t *a, const rfl_part_t *b, unsigned *why)
{
    int       near;
    unsigned  best, like, mode, slip;

    if (rfl_viet_apart(a, b)) {
        *why = 0;
        return 0;
    }

    if (a->form == b->form && a->script == b->script) {
        *why = RFL_WHY_SAME;
        return 1000;
    }

    if (rfl_nick_apart(a, b) || rfl_look_apart(a, NULL, b)) {
        *why = 0;
        return 0;
    }

    mode = rfl_part_mode(a, b);
    best = rfl_part_sounds(a, b, mode, &near);
    slip = 0;

    /* a syllable of a Korean name is no slip: brothers share the other */

    if (a->script == RFL_SCRIPT_HANG && b->script == RFL_SCRIPT_HANG
        && a->nletters <= 3 && b->nletters <= 3 && best < RFL_LIKE_HANGUL)
    {
        *why = 0;
        return 0;
    }

    if (mode != RFL_LIKE_CROSS && best < 900 && (near || rfl_slip_may(a, b))
        && (mode != RFL_LIKE_LATIN || !rfl_part_vowels_only(a, b)))
    {
        like = rfl_slip_like(a, b);

        if (like > best) {
            best = like;
            slip = RFL_LIKE_SLIP;
        }
    }

    best = best * 985 / 1000;

    *why = (a->script != b->script) ? RFL_WHY_OTHER_SCRIPT : RFL_WHY_SPELLING;

    like = rfl_part_nick(a, b, best, near, why);

    if (like != 0) {
        return like;
    }

    *why |= slip;

    return best;
}


/* the best of all readings; near: some may be one name, as the hint sees it */

static unsigned
rfl_part_sounds(const rfl_part_t *a, const rfl_part_t *b, unsigned mode,
    int *near)
{
    unsigned  i, j, na, nb, best, like;

    best = 0;
    *near = 0;
    na = a->nreadings;
    nb = b->nreadings;

    /* characters have many readings; of two words only the first count */

    if (a->script == b->script
        && (a->script == RFL_SCRIPT_HANI || a->script == RFL_SCRIPT_HANG))
    {
        na = nb = 1;
    }

    /* a tone left out sounds as half of China's names do */

    if (((a->flags | b->flags) & RFL_PART_HMONG)
        && (a->script != RFL_SCRIPT_LATN || b->script != RFL_SCRIPT_LATN))
    {
        na = (a->script == RFL_SCRIPT_LATN) ? 1 : na;
        nb = (b->script == RFL_SCRIPT_LATN) ? 1 : nb;
    }

    for (i = 0; i < na; i++) {
        for (j = 0; j < nb; j++) {

            if (rfl_hint_apart(a->readings[i].sign, b->readings[j].sign)
                || !rfl_like_heard(&a->readings[i], &b->readings[j]))
            {
                continue;
            }

            *near = 1;
            like = rfl_reading_like(&a->readings[i], &b->readings[j], mode,
                                    rfl_max(best, RFL_LIKE_FLOOR));

            if (like > best) {
                best = like;
            }
        }
    }

    if (a->script == RFL_SCRIPT_HANI && b->script == RFL_SCRIPT_HANI) {
        return (best == 1000) ? 900 : 0;
    }

    return best;
}


/* what short forms and sister names are like, if that is more; or 0 */

static unsigned
rfl_part_nick(const rfl_part_t *a, const rfl_part_t *b, unsigned best,
    int near, unsigned *why)
{
    int       same;
    unsigned  like;

    if (best < RFL_LIKE_SISTER && rfl_nick_same(a->nick, b->nick, &same)) {

        if (same) {
            return RFL_LIKE_SISTER;
        }

        if (best < RFL_LIKE_NICK) {
            *why = RFL_WHY_NICKNAME;
            return RFL_LIKE_NICK;
        }
    }

    if (best < 800 && a->nick[0] != 0) {
        like = rfl_nick_like(a, b);

        if (like >= RFL_NICK_LEAST && like * RFL_LIKE_NICK / 1000 > best) {
            *why = RFL_WHY_NICKNAME;
            return like * RFL_LIKE_NICK / 1000;
        }
    }

    if (near && best < RFL_LIKE_BEGUN && rfl_part_begun(a, b)) {
        *why = RFL_WHY_NICKNAME;
        return RFL_LIKE_BEGUN;
    }

    return 0;
}


/* what is only heard is compared with what is written as it is heard */

static int
rfl_like_heard(const rfl_reading_t *a, const rfl_reading_t *b)
{
    return ((a->flags | b->flags) & RFL_READ_HEARD) == 0
           || ((a->flags | b->flags) & RFL_READ_LOOSE) != 0;
}


/* 1: a and b, written together, are spelled as c */

int
rfl_part_spelled(const rfl_part_t *a, const rfl_part_t *b, const rfl_part_t *c)
{
    return a->script == c->script && b->script == c->script
           && a->nletters + b->nletters == c->nletters
           && memcmp(a->letters, c->letters, a->nletters * sizeof(uint16_t))
              == 0
           && memcmp(b->letters, c->letters + a->nletters,
                     b->nletters * sizeof(uint16_t))
              == 0;
}


/* a and b written together against c */

unsigned
rfl_part_joined(const rfl_part_t *a, const rfl_part_t *b, const rfl_part_t *c)
{
    unsigned       j, best, like, mode;
    rfl_reading_t  r;

    if (a->script != b->script || rfl_look_apart(a, b, c)) {
        return 0;
    }

    /* a space more or less, in scripts whose sounds run together */

    if (rfl_part_spelled(a, b, c)) {
        return RFL_LIKE_HALVES;
    }

    mode = rfl_part_mode(a, c);

    rfl_reading_join(&a->readings[0], &b->readings[0], &r);
    best = 0;

    for (j = 0; j < c->nreadings; j++) {
        like = rfl_reading_like(&r, &c->readings[j], mode,
                                rfl_max(best, RFL_PART_BOTH));

        if (like > best) {
            best = like;
        }
    }

    rfl_memzero(&r, sizeof(rfl_reading_t));

    /* one character that sounds nearly alike is a brother's */

    if (a->script == RFL_SCRIPT_HANI && c->script == RFL_SCRIPT_HANI) {
        return (best == 1000) ? 900 : 0;
    }

    best = best * 985 / 1000;

    return (a->script == RFL_SCRIPT_HANG && c->script == RFL_SCRIPT_HANG
            && c->nletters <= 4 && best < RFL_LIKE_HANGUL) ? 0 : best;
}


/* as the hint sees it: may these be one name? */

int
rfl_part_near(const rfl_part_t *q, const rfl_part_t *e)
{
    unsigned  i, j;

    for (i = 0; i < q->nreadings; i++) {
        for (j = 0; j < e->nreadings; j++) {

            if (!rfl_hint_apart(q->readings[i].sign, e->readings[j].sign)) {
                return 1;
            }
        }
    }

    return 0;
}


/* short parts have little to be told apart by */

unsigned
rfl_part_least(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned  n, mode;

    n = (a->nletters > b->nletters) ? a->nletters : b->nletters;

    if (a->script == b->script) {

        if (n <= 3) {
            return (a->readings[0].len > 3 || b->readings[0].len > 3)
                   ? RFL_LEAST_LONGER : RFL_LEAST_SHORT;
        }

        /* other vowels on the same consonants are another name */

        mode = rfl_part_mode(a, b);

        if ((mode == RFL_LIKE_LATIN
             || (mode == RFL_LIKE_BARE && n <= 4 && !rfl_slip_one(a, b)))
            && rfl_part_vowels_only(a, b))
        {
            return (mode == RFL_LIKE_BARE) ? RFL_LEAST_BARE
                                           : RFL_LEAST_VOWELS;
        }
    }

    n = a->readings[0].len;

    if (b->readings[0].len > n) {
        n = b->readings[0].len;
    }

    return (n <= 3) ? 780 : (n == 4) ? 730 : (n == 5) ? 690 : RFL_PART_LEAST;
}


static unsigned
rfl_part_mode(const rfl_part_t *a, const rfl_part_t *b)
{
    if (a->script != b->script) {
        return RFL_LIKE_CROSS;
    }

    switch (a->script) {

    case RFL_SCRIPT_LATN:
        return RFL_LIKE_LATIN;

    case RFL_SCRIPT_ARAB:
    case RFL_SCRIPT_HEBR:
        return RFL_LIKE_BARE;
    }

    return RFL_LIKE_NATIVE;
}


/* Kev for Kevin, Max for Maksym: cut after the third sound or later */

static int
rfl_part_begun(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned              i;
    const rfl_reading_t  *x, *y;

    x = &a->readings[0];
    y = &b->readings[0];

    if (x->len < 3 || rfl_phone_vowel(x->ph[x->len - 1])
        || y->len < x->len + 2 || y->len > x->len + 5
        || a->nletters < 3 || ((x->flags | y->flags) & RFL_READ_BARE)
        || (a->script != RFL_SCRIPT_LATN && a->script != RFL_SCRIPT_CYRL))
    {
        return 0;
    }

    for (i = 0; i < x->len; i++) {
        if (rfl_phone_swap(x->ph[i], y->ph[i]) > 12) {
            return 0;
        }
    }

    return 1;
}


/* the same consonants in the same order? */

static int
rfl_part_vowels_only(const rfl_part_t *a, const rfl_part_t *b)
{
    rfl_skel_t  x, y;

    return rfl_part_skels(a, 0, &x, 1) == 1 && rfl_part_skels(b, 0, &y, 1) == 1
           && x.len == y.len && memcmp(x.s, y.s, x.len) == 0;
}
