
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hebr.c: the sound of a word in Hebrew letters (Hebrew, Yiddish
 * names).  Bet, kaf and pe have a hard and a soft sound that the letters do
 * not show: a word with one of them has two readings, soft inside the word
 * and hard everywhere, and one with pe in front a third.  Own table.
 */


#include "rfl_name_int.h"


#define RFL_HEBR_ALEF      0x05d0
#define RFL_HEBR_TAV       0x05ea
#define RFL_HEBR_GERESH    0x05f3


/* alef .. tav with the final forms; upper row: hard, lower row: soft */

static const char  rfl_hebr_hard[] = "'bgdhwzxtykklmmnns'ppcckrSt";
static const char  rfl_hebr_soft[] = "'vgdhwzxtyxxlmmnns'ffcckrSt";


uint32_t
rfl_hebr_letter(uint32_t c)
{
    switch (c) {

    case 0x05da:
    case 0x05dd:
    case 0x05df:
    case 0x05e3:
    case 0x05e5:
        return c + 1;              /* a final form */

    case 0x05f0:
        return 0x05d5;             /* double vav, double yod */

    case 0x05f1:
    case 0x05f2:
        return 0x05d9;
    }

    return c;
}


void
rfl_read_hebr(const rfl_token_t *t, rfl_readings_t *rs)
{
    char      soft[RFL_TOKEN_MAX + 1], hard[RFL_TOKEN_MAX + 1];
    size_t    n;
    unsigned  i, k, next;
    uint32_t  c;

    n = 0;
    soft[0] = hard[0] = '\0';

    for (i = 0; i < t->n; i++) {
        c = t->cp[i];

        if (c >= 0x05f0 && c <= 0x05f2) {
            c = rfl_hebr_letter(c);
        }

        if (c < RFL_HEBR_ALEF || c > RFL_HEBR_TAV) {
            continue;
        }

        k = c - RFL_HEBR_ALEF;
        next = (i + 1 < t->n) ? t->cp[i + 1] : 0;

        hard[n] = rfl_hebr_hard[k];
        soft[n] = (n == 0) ? rfl_hebr_hard[k] : rfl_hebr_soft[k];

        /* geresh: gimel, zayin and tsadi of foreign names */

        if (next == RFL_HEBR_GERESH || next == '\'') {
            if (c == 0x05d2) {
                hard[n] = soft[n] = 'J';

            } else if (c == 0x05d6) {
                hard[n] = soft[n] = 'Z';

            } else if (c == 0x05e6 || c == 0x05e5) {
                hard[n] = soft[n] = 'C';
            }

        } else if (i + 1 == t->n && i > 0 && (c == 0x05d4 || c == 0x05d0)) {
            hard[n] = soft[n] = 'a';

        } else if (i == 0 && (c == 0x05d0 || c == 0x05e2)) {
            hard[n] = soft[n] = 'a';
        }

        /* vav or yod written twice is the consonant */

        if (i > 0 && (c == 0x05d5 || c == 0x05d9) && t->cp[i - 1] == c) {
            if (c == 0x05d5) {
                hard[n - 1] = soft[n - 1] = 'v';
            }

            continue;
        }

        n++;
    }

    rfl_reading_add(rs, soft, n, RFL_READ_BARE);
    rfl_reading_add(rs, hard, n, RFL_READ_BARE);

    /* at the beginning pe is soft in names from elsewhere: Fisher */

    if (n > 1 && hard[0] == 'p') {
        soft[0] = 'f';
        rfl_reading_add(rs, soft, n, RFL_READ_BARE);
    }

    rfl_memzero(soft, sizeof(soft));
    rfl_memzero(hard, sizeof(hard));
}
