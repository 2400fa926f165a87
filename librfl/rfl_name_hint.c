
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hint.c: the 16 bytes an element carries about its entry.
 *
 *     0       kind (bits 0-1), sex (bits 2-3), bit 7: signature incomplete
 *     1       birth year - 1880, 0: unknown
 *     2..15   up to seven part signatures of 16 bits
 *
 * A part signature: bits 0-9 the consonant classes that occur, 10-12 the
 * kinds of vowels, 13-15 length.  Two readings that could be one name differ
 * in few bits.
 */


#include "rfl_name_int.h"


#define RFL_HINT_SLOTS     7
#define RFL_HINT_PARTIAL   0x80
#define RFL_HINT_YEAR0     1880


static unsigned rfl_hint_sign(const rfl_reading_t *r);


static const char  rfl_hint_classes[] = "PFKTSCLRMN";


static unsigned
rfl_hint_sign(const rfl_reading_t *r)
{
    unsigned     i, bits;
    const char  *p;

    bits = 0;

    for (i = 0; i < r->len; i++) {
        p = strchr(rfl_hint_classes, rfl_phone_classes(r->ph[i])[0]);

        if (p != NULL && *p != '\0') {
            bits |= 1U << (p - rfl_hint_classes);
        }

        switch (r->ph[i]) {

        case 'a':
            bits |= 1U << 10;
            break;

        case 'e':
        case 'i':
            bits |= 1U << 11;
            break;

        case 'o':
        case 'u':
            bits |= 1U << 12;
            break;
        }
    }

    bits |= ((r->len > 14 ? 14 : r->len) / 2) << 13;

    return bits == 0 ? 1 : bits;
}


void
rfl_name_hint(rfl_name_t *const *names, unsigned n, const rfl_facts_t *facts,
    const rfl_hint_extra_t *extra, u_char hint[RFL_HINT_SIZE])
{
    unsigned           i, j, k, m, used, bits, sign[RFL_HINT_SLOTS];
    const rfl_part_t  *part;

    rfl_memzero(hint, RFL_HINT_SIZE);

    hint[0] = (u_char) ((extra->kind & 3) | (extra->sex & 3) << 2);

    if (facts->birth_year > RFL_HINT_YEAR0
        && facts->birth_year <= RFL_HINT_YEAR0 + 255)
    {
        hint[1] = (u_char) (facts->birth_year - RFL_HINT_YEAR0);
    }

    used = 0;

    for (i = 0; i < n; i++) {
        for (j = 0; j < names[i]->nparts; j++) {
            part = &names[i]->parts[j];

            if (part->type != RFL_PART_NAME) {
                continue;
            }

            for (k = 0; k < part->nreadings; k++) {
                bits = rfl_hint_sign(&part->readings[k]);

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
    unsigned           i, j, m, bits, sign, best, d, sum, n;
    const rfl_part_t  *part;

    if (kind != 0 && kind != (hint[0] & 3)) {
        return 0;
    }

    year = rfl_name_hint_year(hint);

    if (year != 0 && facts->birth_year != 0
        && (year > facts->birth_year + 5 || year < facts->birth_year - 5))
    {
        return 0;
    }

    sum = 0;
    n = 0;

    for (i = 0; i < query->nparts; i++) {
        part = &query->parts[i];

        if (part->type != RFL_PART_NAME) {
            continue;
        }

        best = 16;

        for (j = 0; j < part->nreadings; j++) {
            bits = rfl_hint_sign(&part->readings[j]);

            for (m = 1; m <= RFL_HINT_SLOTS; m++) {
                sign = (unsigned) hint[2 * m] | (unsigned) hint[2 * m + 1] << 8;

                if (sign == 0) {
                    break;
                }

                d = (unsigned) __builtin_popcount((bits ^ sign) & 0x3ff);

                if (d < best) {
                    best = d;
                }
            }
        }

        sum += best;
        n++;
    }

    d = (n == 0) ? 0 : sum * 24 / n;

    return (d >= 200) ? 1 : 255 - d;
}
