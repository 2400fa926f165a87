
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_seasia.c: the sound of a word in Khmer, in the spelling of
 * passports: a consonant with nothing after it has a vowel that may be heard.
 * Own tables.  Words in Thai, Lao and Tibetan are handed on.
 */


#include "rfl_name_int.h"


#define RFL_THAI_FIRST     0x0e01
#define RFL_LAO_LAST       0x0ede
#define RFL_KHMR_FIRST     0x1780
#define RFL_KHMR_LAST      0x17d3
#define RFL_KHMR_COENG     0x17d2  /* the next letter goes below */
#define RFL_TIBT_FIRST     0x0f40
#define RFL_TIBT_LAST      0x0fbc


static int rfl_seasia_khmer_t(uint32_t c);
static void rfl_seasia_khmer(const rfl_token_t *t, rfl_readings_t *rs);


/* U+1780 .. U+17A2 */

static const char *const  rfl_khmr_letters[] = {
    "k", "k", "k", "k", "N", "C", "C", "C", "C", "ny", "d", "t", "d", "t",
    "n", "t", "t", "t", "t", "n", "b", "p", "p", "p", "m", "y", "r", "l",
    "v", "S", "s", "s", "h", "l", ""
};

/* U+17B6 .. U+17C5 */

static const char *const  rfl_khmr_vowels[] = {
    "a", "e", "i", "e", "u", "o", "u", "ua", "ae", "ea", "ia", "e", "ae", "ay",
    "o", "aw"
};

int
rfl_read_seasia(const rfl_token_t *t, rfl_readings_t *rs)
{
    uint32_t  c;

    c = t->cp[0];

    if (c >= RFL_THAI_FIRST && c <= RFL_LAO_LAST) {
        rfl_read_thai(t, rs);
        return RFL_OK;
    }

    if (c >= RFL_KHMR_FIRST && c <= RFL_KHMR_LAST) {
        rfl_seasia_khmer(t, rs);
        return RFL_OK;
    }

    if (c >= RFL_TIBT_FIRST && c <= RFL_TIBT_LAST) {
        rfl_read_tibt(t, rs);
        return RFL_OK;
    }

    return RFL_DECLINED;
}


static int
rfl_seasia_khmer_t(uint32_t c)
{
    return c >= 0x1780 && c <= 0x17a2
           && (rfl_khmr_letters[c - 0x1780][0] == 't'
               || rfl_khmr_letters[c - 0x1780][0] == 'd');
}


static void
rfl_seasia_khmer(const rfl_token_t *t, rfl_readings_t *rs)
{
    char         ph[RFL_TOKEN_MAX * 3];
    size_t       n;
    unsigned     i;
    uint32_t     c, next;
    const char  *p;

    n = 0;

    for (i = 0; i < t->n && n + 4 < sizeof(ph); i++) {
        c = t->cp[i];
        next = (i + 1 < t->n) ? t->cp[i + 1] : 0;
        p = "";

        /* a doubled t of Pali: Piseth, Vuth */

        if (next == RFL_KHMR_COENG && i + 2 < t->n
            && rfl_seasia_khmer_t(c) && rfl_seasia_khmer_t(t->cp[i + 2]))
        {
            continue;
        }

        if (c == 0x179c && next == 0 && n > 0) {
            p = "w";               /* Keo, Sovann-aw */

        } else if (c == 0x179a && next == 0 && n > 0) {
            p = "%";               /* not heard at the end: Sochua, Pich */

        } else if (c >= 0x1780 && c <= 0x17a2) {
            p = rfl_khmr_letters[c - 0x1780];

        } else if (c >= 0x17b6 && c <= 0x17c5) {
            p = rfl_khmr_vowels[c - 0x17b6];

        } else if (c == 0x17c6) {
            p = "m";

        } else if (c == 0x17c7) {
            p = "h";

        } else if (c >= 0x17a3 && c <= 0x17b3) {
            p = (c <= 0x17a4) ? "a" : (c <= 0x17a6) ? "i"
                : (c <= 0x17aa) ? "u" : (c <= 0x17ac) ? "ru"
                : (c <= 0x17ae) ? "lu" : (c == 0x17af) ? "e"
                : (c == 0x17b0) ? "ay" : "o";
        }

        while (*p != '\0') {
            ph[n++] = *p++;
        }

        /* the inherent vowel, if two consonants meet that are not stacked */

        if (c >= 0x1780 && c <= 0x17a2 && next >= 0x1780 && next <= 0x17a2) {
            ph[n++] = '@';
        }
    }

    rfl_reading_add(rs, ph, n, 0);

    rfl_memzero(ph, sizeof(ph));
}
