
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_khmr.c: the sound of a word in Khmer, in the spelling of passports:
 * a consonant with nothing after it has a vowel that may be heard.  Own tables.
 */


#include "rfl_name_int.h"


#define RFL_KHMR_KA        0x1780  /* the first consonant */
#define RFL_KHMR_NNO       0x178e  /* the last before those of t */
#define RFL_KHMR_MO        0x1798  /* the last of a row */
#define RFL_KHMR_RO        0x179a
#define RFL_KHMR_VO        0x179c
#define RFL_KHMR_A         0x17a2  /* the last, and none: Arun, Anu */
#define RFL_KHMR_AA        0x17b6  /* the first vowel sign */
#define RFL_KHMR_AU        0x17c5  /* the last */
#define RFL_KHMR_NIKAHIT   0x17c6
#define RFL_KHMR_REAHMUK   0x17c7
#define RFL_KHMR_SAMYOK    0x17d0
#define RFL_KHMR_COENG     0x17d2  /* the next letter goes below */

#define RFL_KHMR_LETTER    4       /* phones of one, at most */


static int rfl_khmr_letter(uint32_t c);
static unsigned rfl_khmr_row(uint32_t c);
static unsigned rfl_khmr_tail(const rfl_token_t *t);
static void rfl_khmr_read(const rfl_token_t *t, unsigned len,
    rfl_readings_t *rs);
static const char *rfl_khmr_sound(uint32_t c, uint32_t next, int first);


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

/* vowels that stand alone, U+17A3 .. U+17B3 */

#define RFL_KHMR_ALONE       0x17a3
#define RFL_KHMR_ALONE_LAST  0x17b3

static const char *const  rfl_khmr_alone[] = {
    "a", "a", "i", "i", "u", "u", "u", "u", "ru", "ru", "lu", "lu", "e", "ay",
    "o", "o", "o"
};


void
rfl_read_khmr(const rfl_token_t *t, rfl_readings_t *rs)
{
    rfl_khmr_read(t, rfl_khmr_tail(t), rs);
    rfl_khmr_read(t, t->n, rs);
}


static int
rfl_khmr_letter(uint32_t c)
{
    return c >= RFL_KHMR_KA && c <= RFL_KHMR_A;
}


/* stops of one place: k, c, t, p; nasals and others have a row of their own */

static unsigned
rfl_khmr_row(uint32_t c)
{
    if (c < RFL_KHMR_KA || c > RFL_KHMR_MO || (c - RFL_KHMR_KA) % 5 == 4) {
        return c;
    }

    return (c - RFL_KHMR_KA) / 5 - (c > RFL_KHMR_NNO);     /* two rows are t */
}


/*
 * Where a word ends that closes with letters below others, which nobody
 * hears: vong(s), san(t), sopheak(tr).
 */

static unsigned
rfl_khmr_tail(const rfl_token_t *t)
{
    unsigned  n;

    n = t->n;

    while (n > 3 && rfl_khmr_letter(t->cp[n - 1])
           && t->cp[n - 2] == RFL_KHMR_COENG)
    {
        n -= 2;
    }

    return n;
}


static void
rfl_khmr_read(const rfl_token_t *t, unsigned len, rfl_readings_t *rs)
{
    char         ph[RFL_TOKEN_MAX * 3];
    size_t       n;
    unsigned     i;
    uint32_t     c, next;
    const char  *p;

    n = 0;

    for (i = 0; i < len && n + RFL_KHMR_LETTER < sizeof(ph); i++) {
        c = t->cp[i];
        next = (i + 1 < len) ? t->cp[i + 1] : 0;

        /* a doubled stop of Pali: Piseth, Vuth, Bopha */

        if (next == RFL_KHMR_COENG && i + 2 < len
            && rfl_khmr_row(c) == rfl_khmr_row(t->cp[i + 2]))
        {
            continue;
        }

        p = rfl_khmr_sound(c, next, n == 0);

        while (*p != '\0') {
            ph[n++] = *p++;
        }

        /* the inherent vowel, if two consonants meet that are not stacked */

        if (rfl_khmr_letter(c) && rfl_khmr_letter(next)) {
            ph[n++] = (c == RFL_KHMR_A) ? 'a' : '@';
        }
    }

    rfl_reading_add(rs, ph, n, 0);

    rfl_memzero(ph, sizeof(ph));
}


/* next: what follows, or 0; first: nothing was heard before */

static const char *
rfl_khmr_sound(uint32_t c, uint32_t next, int first)
{
    const char  *p;

    if (next == 0 && !first) {

        if (c == RFL_KHMR_VO) {
            return "w";            /* Keo, Sovann-aw */
        }

        if (c == RFL_KHMR_RO) {
            return "%";            /* not heard at the end: Sochua, Pich */
        }
    }

    if (rfl_khmr_letter(c)) {
        p = rfl_khmr_letters[c - RFL_KHMR_KA];
        return (next == 0 && *p == 'd') ? "t" : p;
    }

    if (c >= RFL_KHMR_ALONE && c <= RFL_KHMR_ALONE_LAST) {
        return rfl_khmr_alone[c - RFL_KHMR_ALONE];
    }

    if (c >= RFL_KHMR_AA && c <= RFL_KHMR_AU) {
        return rfl_khmr_vowels[c - RFL_KHMR_AA];
    }

    return (c == RFL_KHMR_SAMYOK) ? "a"    /* Sopheak, Chan */
           : (c == RFL_KHMR_NIKAHIT) ? "m"
           : (c == RFL_KHMR_REAHMUK) ? "h" : "";
}
