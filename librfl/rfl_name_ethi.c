
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_ethi.c: the sound of a word in Ethiopic letters (Amharic,
 * Tigrinya, Oromo names).  A sign is a consonant, one of 43 rows of eight,
 * with a vowel, its place in the row.  The sixth order is a short vowel or
 * none: an optional vowel.  Own table.
 */


#include "rfl_name_int.h"


#define RFL_ETHI_FIRST     0x1200
#define RFL_ETHI_LAST      0x1357


/* one per row of eight signs from U+1200 */

static const char *const  rfl_ethi_rows[] = {
    "h", "l", "h", "m", "s", "r", "s", "S",
    "q", "qw", "q", "qw", "b", "v", "t", "C",
    "h", "hw", "n", "ny", "'", "k", "kw", "x",
    "xw", "w", "'", "z", "Z", "y", "d", "d",
    "J", "g", "gw", "g", "t", "C", "p", "c",
    "c", "f", "p"
};

static const char *const  rfl_ethi_vowels[] = {
    "e", "u", "i", "a", "e", "@", "o", "wa"
};


/* homophones: four rows that people write one for the other */

uint32_t
rfl_ethi_letter(uint32_t c)
{
    if (c >= 0x1210 && c <= 0x1217) {
        c -= 0x10;

    } else if (c >= 0x1280 && c <= 0x1286) {
        c -= 0x80;

    } else if (c >= 0x1220 && c <= 0x1227) {
        c += 0x10;

    } else if (c >= 0x12d0 && c <= 0x12d6) {
        c -= 0x30;

    } else if (c >= 0x1340 && c <= 0x1346) {
        c -= 0x08;
    }

    /* the first and the fourth order of h and the glottal sound alike */

    if (c == 0x1203) {
        c = 0x1200;

    } else if (c == 0x12a3) {
        c = 0x12a0;
    }

    return c;
}


void
rfl_read_ethi(const rfl_token_t *t, rfl_readings_t *rs)
{
    char         ph[RFL_TOKEN_MAX * 4];
    size_t       n;
    unsigned     i, row, order, spirant;
    uint32_t     c;
    const char  *p;

    n = 0;
    ph[0] = 0;

    for (i = 0; i < t->n; i++) {
        c = rfl_ethi_letter(t->cp[i]);

        if (c < RFL_ETHI_FIRST || c > RFL_ETHI_LAST) {
            continue;
        }

        row = (c - RFL_ETHI_FIRST) / 8;
        order = (c - RFL_ETHI_FIRST) % 8;

        for (p = rfl_ethi_rows[row]; *p != '\0'; p++) {

            /* a glottal stop is heard only as its vowel */

            if (*p != '\'') {
                ph[n++] = *p;
            }
        }

        if (order == 0 && (row == 0 || row == 20)) {
            ph[n++] = 'a';
            continue;
        }

        /* in the last sign of a word the sixth order is silent */

        if (order == 5 && i + 1 == t->n && n > 0) {
            continue;
        }

        for (p = rfl_ethi_vowels[order]; *p != '\0'; p++) {
            ph[n++] = *p;
        }
    }

    rfl_reading_add(rs, ph, n, 0);

    /* the k that Tigrinya breathes after a vowel, written k in Latin */

    for (i = 0, spirant = 0; i < n; i++) {
        if (ph[i] == 'x') {
            ph[i] = 'k';
            spirant = 1;
        }
    }

    if (spirant) {
        rfl_reading_add(rs, ph, n, 0);
    }

    rfl_memzero(ph, sizeof(ph));
}
