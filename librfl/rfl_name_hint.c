
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hint.c: the 16 bytes an element carries about its entry.
 *
 *     0       kind (bits 0-1), sex (bits 2-3), bit 7: signature incomplete
 *     1       birth year - 1880, 0: unknown
 *     2..15   up to seven part signatures of 16 bits, 0: none
 *
 * A part signature: bits 0-3 the first consonant class, 4-7 the last, 8-9
 * how many, 10-11 the first vowel, 12-13 the last, 14 whether it begins with
 * a weak sound, 15 always set.  What is 0 is not known.
 *
 * The hint drops what the score would refuse: another kind, a year too far
 * off, more typed parts without a partner than one may forgive.  Among the
 * rest it gives an order: the best candidates are read first.
 */


#include "rfl_name_int.h"


#define RFL_HINT_SLOTS     7
#define RFL_HINT_PARTIAL   0x80
#define RFL_HINT_YEAR0     1880
#define RFL_HINT_YEARS     5       /* as the score */
#define RFL_HINT_NICK      3       /* a short form looks like anything */


static unsigned rfl_hint_order(const rfl_name_t *query, unsigned partial,
    const unsigned *sign, unsigned nsign);


static const char  rfl_hint_classes[] = "PFKTSCLRMN";


unsigned
rfl_hint_sign(const rfl_reading_t *r)
{
    char         class;
    unsigned     i, k, n, first, last, v, v1, v2;
    const char  *p;

    n = first = last = v1 = v2 = 0;

    for (i = 0; i < r->len; i++) {
        class = rfl_phone_classes(r->ph[i])[0];

        /* v may be w, and j may be y: leave them out on both sides */

        if (class != '.' && r->ph[i] != 'v' && r->ph[i] != 'j'
            && r->ph[i] != 'G')
        {
            p = strchr(rfl_hint_classes, class);
            k = (p == NULL) ? 0 : (unsigned) (p - rfl_hint_classes) + 1;

            first = (n == 0) ? k : first;
            last = k;
            n++;
            continue;
        }

        v = (r->ph[i] == 'a') ? 1
            : (r->ph[i] == 'e' || r->ph[i] == 'i') ? 2
            : (r->ph[i] == 'o' || r->ph[i] == 'u') ? 3 : 0;

        if (v != 0 && !(r->flags & RFL_READ_BARE)) {
            v1 = (v1 == 0) ? v : v1;
            v2 = v;
        }
    }

    return first | last << 4 | (n > 3 ? 3 : n) << 8 | v1 << 10 | v2 << 12
           | (rfl_phone_classes(r->ph[0])[0] == '.' || r->ph[0] == 'j'
              || r->ph[0] == 'v' ? 1U << 14 : 0)
           | 1U << 15;
}


/* 0: may be one name, RFL_HINT_FAR: nothing in common */

unsigned
rfl_hint_far(unsigned a, unsigned b)
{
    unsigned  d, x, y;

    if (a == b) {
        return 0;
    }

    d = (((a ^ b) & 0x000f) ? 3 : 0) + (((a ^ b) & 0x00f0) ? 3 : 0)
        + (((a ^ b) & 0x4000) ? 1 : 0);

    x = a >> 8 & 3;
    y = b >> 8 & 3;
    d += (x > y) ? x - y : y - x;

    x = a >> 10 & 3;
    y = b >> 10 & 3;
    d += (x != y && x != 0 && y != 0) ? 1 : 0;

    x = a >> 12 & 3;
    y = b >> 12 & 3;
    d += (x != y && x != 0 && y != 0) ? 1 : 0;

    /* a syllable may be the half of anything */

    if (d >= RFL_HINT_DROP && ((a >> 8 & 3) < 2 || (b >> 8 & 3) < 2)) {
        d = RFL_HINT_DROP - 1;
    }

    return d;
}


void
rfl_name_hint(rfl_name_t *const *names, unsigned n, const rfl_facts_t *facts,
    const rfl_hint_extra_t *extra, u_char hint[RFL_HINT_SIZE])
{
    unsigned           i, j, k, m, used, bits, sign[RFL_HINT_SLOTS];
    const rfl_name_t  *name;
    const rfl_part_t  *part;

    memset(hint, 0, RFL_HINT_SIZE);

    hint[0] = (u_char) ((extra->kind & 3) | (extra->sex & 3) << 2);

    if (facts->birth_year > RFL_HINT_YEAR0
        && facts->birth_year <= RFL_HINT_YEAR0 + 255)
    {
        hint[1] = (u_char) (facts->birth_year - RFL_HINT_YEAR0);
    }

    used = 0;

    /* first readings of all parts, then second ones, as far as there is room */

    for (k = 0; k < RFL_READINGS_MAX; k++) {
        for (i = 0; i < n; i++) {
            for (name = names[i]; name != NULL; name = name->alt) {
                for (j = 0; j < name->nparts; j++) {
                    part = &name->parts[j];

                    if (part->type == RFL_PART_INITIAL) {
                        hint[0] |= RFL_HINT_PARTIAL;
                    }

                    if (part->type != RFL_PART_NAME || k >= part->nreadings) {
                        continue;
                    }

                    bits = part->readings[k].sign;

                    for (m = 0; m < used && sign[m] != bits; m++) {
                        /* void */
                    }

                    if (m < used) {
                        continue;
                    }

                    if (used == RFL_HINT_SLOTS) {
                        hint[0] |= RFL_HINT_PARTIAL;
                        continue;
                    }

                    sign[used++] = bits;
                    hint[2 * used] = (u_char) (bits & 0xff);
                    hint[2 * used + 1] = (u_char) (bits >> 8);
                }
            }
        }
    }

    rfl_memzero(sign, sizeof(sign));
}


int
rfl_name_hint_year(const u_char hint[RFL_HINT_SIZE])
{
    return hint[1] == 0 ? 0 : RFL_HINT_YEAR0 + hint[1];
}


unsigned
rfl_name_hint_match(const rfl_name_t *query, const rfl_facts_t *facts,
    int kind, const u_char hint[RFL_HINT_SIZE])
{
    int                year;
    unsigned           m, d, result, nsign, sign[RFL_HINT_SLOTS];

    if (kind != 0 && kind != (hint[0] & 3)) {
        return 0;
    }

    year = rfl_name_hint_year(hint);

    if (year != 0 && facts->birth_year != 0
        && (year > facts->birth_year + RFL_HINT_YEARS
            || year < facts->birth_year - RFL_HINT_YEARS))
    {
        return 0;
    }

    for (m = 1; m <= RFL_HINT_SLOTS; m++) {
        sign[m - 1] = (unsigned) hint[2 * m] | (unsigned) hint[2 * m + 1] << 8;

        if (sign[m - 1] == 0) {
            break;
        }
    }

    nsign = m - 1;
    result = 0;

    for ( /* void */ ; query != NULL; query = query->alt) {
        d = rfl_hint_order(query, hint[0] & RFL_HINT_PARTIAL, sign, nsign);

        if (d > result) {
            result = d;
        }
    }

    rfl_memzero(sign, sizeof(sign));

    return result;
}


static unsigned
rfl_hint_order(const rfl_name_t *query, unsigned partial,
    const unsigned *sign, unsigned nsign)
{
    unsigned           i, j, m, best, d, sum, worst, n, typed, lost, before;
    const rfl_part_t  *part;

    sum = worst = n = typed = lost = before = 0;

    for (i = 0; i < query->nparts; i++) {
        part = &query->parts[i];

        if (part->type == RFL_PART_INITIAL) {
            typed++;
            before = 0;
            continue;
        }

        if (part->type != RFL_PART_NAME) {
            continue;
        }

        typed++;
        best = RFL_HINT_FAR;

        for (j = 0; j < part->nreadings; j++) {
            for (m = 0; m < nsign; m++) {
                d = rfl_hint_far(part->readings[j].sign, sign[m]);

                if (d < best) {
                    best = d;
                }
            }
        }

        /* short forms, and characters, are compared otherwise too */

        if (best > RFL_HINT_NICK && (partial || part->nick[0] != 0
                                     || part->script == RFL_SCRIPT_HANI))
        {
            best = RFL_HINT_NICK;
        }

        if (best >= RFL_HINT_DROP) {

            /* what a hyphen ties counts once, as in the score */

            lost += !(before && (part->flags & RFL_PART_TIED));
            before = 1;

        } else {
            before = 0;
        }

        worst = (best > worst) ? best : worst;
        sum += best;
        n++;
    }

    if (lost > (typed >= 3 ? 1U : 0U)) {
        return 0;
    }

    /* one part of three or more may be anything */

    if (n >= 3) {
        sum -= worst / 2;
    }

    d = (n == 0) ? 0 : sum * 24 / n;

    return (d >= 255) ? 1 : 255 - d;
}
