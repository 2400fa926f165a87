
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
#define RFL_KHMR_A         0x17a2  /* no consonant: Arun, Anu */
#define RFL_KHMR_COENG     0x17d2  /* the next letter goes below */
#define RFL_TIBT_FIRST     0x0f40
#define RFL_TIBT_LAST      0x0fbc


static int rfl_seasia_khmer_letter(uint32_t c);
static unsigned rfl_seasia_khmer_row(uint32_t c);
static unsigned rfl_seasia_khmer_tail(const rfl_token_t *t);
static void rfl_seasia_khmer(const rfl_token_t *t, unsigned len,
    rfl_readings_t *rs);


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
        rfl_seasia_khmer(t, rfl_seasia_khmer_tail(t), rs);
        rfl_seasia_khmer(t, t->n, rs);
        return RFL_OK;
    }

    if (c >= RFL_TIBT_FIRST && c <= RFL_TIBT_LAST) {
        rfl_read_tibt(t, rs);
        return RFL_OK;
    }

    return RFL_DECLINED;
}


static int
rfl_seasia_khmer_letter(uint32_t c)
{
    return c >= 0x1780 && c <= 0x17a2;
}


/* stops of one place: k, c, t, p; nasals and others have a row of their own */

static unsigned
rfl_seasia_khmer_row(uint32_t c)
{
    if (c < 0x1780 || c > 0x1798 || (c - 0x1780) % 5 == 4) {
        return c;
    }

    return (c - 0x1780) / 5 - (c >= 0x178f);   /* two rows are t */
}


/*
 * Where a word ends that closes with letters below others, which nobody
 * hears: vong(s), san(t), sopheak(tr).
 */

static unsigned
rfl_seasia_khmer_tail(const rfl_token_t *t)
{
    unsigned  n;

    n = t->n;

    while (n > 3 && rfl_seasia_khmer_letter(t->cp[n - 1])
           && t->cp[n - 2] == RFL_KHMR_COENG)
    {
        n -= 2;
    }

    return n;
}


static void
rfl_seasia_khmer(const rfl_token_t *t, unsigned len, rfl_readings_t *rs)
{
    char         ph[RFL_TOKEN_MAX * 3];
    size_t       n;
    unsigned     i;
    uint32_t     c, next;
    const char  *p;

    n = 0;

    for (i = 0; i < len && n + 4 < sizeof(ph); i++) {
        c = t->cp[i];
        next = (i + 1 < len) ? t->cp[i + 1] : 0;
        p = "";

        /* a doubled stop of Pali: Piseth, Vuth, Bopha */

        if (next == RFL_KHMR_COENG && i + 2 < len
            && rfl_seasia_khmer_row(c) == rfl_seasia_khmer_row(t->cp[i + 2]))
        {
            continue;
        }

        if (c == 0x179c && next == 0 && n > 0) {
            p = "w";               /* Keo, Sovann-aw */

        } else if (c == 0x179a && next == 0 && n > 0) {
            p = "%";               /* not heard at the end: Sochua, Pich */

        } else if (rfl_seasia_khmer_letter(c)) {
            p = rfl_khmr_letters[c - 0x1780];
            p = (next == 0 && *p == 'd') ? "t" : p;

        } else if (c >= 0x17b6 && c <= 0x17c5) {
            p = rfl_khmr_vowels[c - 0x17b6];

        } else if (c == 0x17d0) {
            p = "a";               /* Sopheak, Chan */

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

        if (rfl_seasia_khmer_letter(c) && rfl_seasia_khmer_letter(next)) {
            ph[n++] = (c == RFL_KHMR_A) ? 'a' : '@';
        }
    }

    rfl_reading_add(rs, ph, n, 0);

    rfl_memzero(ph, sizeof(ph));
}
