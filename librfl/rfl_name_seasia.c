
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_seasia.c: the sound of a word in Thai, Lao or Khmer, in the
 * spelling of passports.  Vowels that are written before their consonant
 * are heard after it; a consonant with nothing after it has a vowel that may
 * be heard.  Own tables.
 */


#include "rfl_name_int.h"


#define RFL_THAI_FIRST     0x0e01
#define RFL_LAO_FIRST      0x0e81
#define RFL_LAO_LAST       0x0ede
#define RFL_KHMR_FIRST     0x1780
#define RFL_KHMR_LAST      0x17d3
#define RFL_KHMR_COENG     0x17d2  /* the next letter goes below */
#define RFL_TIBT_FIRST     0x0f40
#define RFL_TIBT_LAST      0x0fbc


static void rfl_seasia_tai(const rfl_token_t *t, rfl_readings_t *rs);
static int rfl_seasia_consonant(uint32_t c);
static int rfl_seasia_silent(const rfl_token_t *t, unsigned i);
static int rfl_seasia_khmer_t(uint32_t c);
static void rfl_seasia_khmer(const rfl_token_t *t, rfl_readings_t *rs);


/* U+0E01 .. U+0E2E; ro han and yo beside a vowel are seen to in the code */

static const char *const  rfl_thai_letters[] = {
    "k", "x", "x", "x", "x", "x", "N", "C", "C", "C", "s", "C", "y", "d",
    "t", "t", "t", "t", "n", "d", "t", "t", "t", "t", "n", "b", "p", "p",
    "f", "p", "f", "p", "m", "y", "r", "ru", "l", "lu", "w", "s", "s", "s",
    "h", "l", "", "h"
};

/* the sound of a consonant that closes a syllable, where it is another */

static const char *const  rfl_thai_close[] = {
    "k", "k", "k", "k", "k", "k", "N", "t", "t", "t", "t", "t", "n", "t",
    "t", "t", "t", "t", "n", "t", "t", "t", "t", "t", "n", "p", "p", "p",
    "p", "p", "p", "p", "m", "y", "%n", "ru", "n", "lu", "w", "t", "t", "t",
    "h", "n", "", "h"
};

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

/* Thai and Lao share one order of letters, 0x80 apart */

int
rfl_read_seasia(const rfl_token_t *t, rfl_readings_t *rs)
{
    uint32_t  c;

    c = t->cp[0];

    if (c >= RFL_THAI_FIRST && c <= RFL_LAO_LAST) {
        rfl_seasia_tai(t, rs);
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


static void
rfl_seasia_tai(const rfl_token_t *t, rfl_readings_t *rs)
{
    char         ph[RFL_TOKEN_MAX * 3];
    size_t       n;
    unsigned     i, m, vowel, closed;
    uint32_t     c, next, after, cp[RFL_TOKEN_MAX];
    const char  *p, *ahead;

    ph[0] = 0;
    n = 0;
    vowel = 0;                     /* a vowel has been heard since */
    ahead = NULL;                  /* one written before its consonant */

    for (i = 0, m = 0; i < t->n; i++) {
        c = t->cp[i];
        c = (c >= RFL_LAO_FIRST) ? c - 0x80 : c;

        if (c != 0x0e4c && !rfl_seasia_silent(t, i)) {
            cp[m++] = c;
        }
    }

    for (i = 0; i < m && n + 8 < sizeof(ph); i++) {
        c = cp[i];

        /* Brahma is heard as phrom: Phromma, Phrommin */

        if (i + 3 < m && c == 0x0e1e && cp[i + 1] == 0x0e23
            && cp[i + 2] == 0x0e2b && cp[i + 3] == 0x0e21)
        {
            memcpy(&ph[n], "prom", 4);
            n += 4;
            i += 3;
            vowel = 0;
            continue;
        }

        next = (i + 1 < m) ? (cp[i + 1] & 0x7f) : 0;
        after = (i + 2 < m) ? (cp[i + 2] & 0x7f) : 0;

        if (c >= 0x0e01 && c <= 0x0e2e) {

            /* doubled r is a vowel, and w between consonants */

            if (c == 0x0e23 && next == 0x23) {
                ph[n++] = 'a';
                ph[n++] = 'n';
                i++;
                vowel = 0;
                continue;
            }

            /* h only sets the tone of what follows: Yai, Sisavat */

            if (c == 0x0e2b
                && (next == 0x07 || next == 0x0d || next == 0x19
                    || next == 0x21 || (next >= 0x22 && next <= 0x27)))
            {
                continue;
            }

            /* a consonant closes a syllable if no vowel follows */

            closed = 0;

            if (vowel && ahead == NULL
                && (next == 0 || (next >= 0x01 && next <= 0x2e
                                  && after != 0)
                    || (next >= 0x40 && next <= 0x44)))
            {
                p = rfl_thai_close[c - 0x0e01];
                closed = 1;

            } else {
                p = rfl_thai_letters[c - 0x0e01];
            }

            /* o between two consonants, or at the end */

            if (c == 0x0e2d && ahead == NULL && n > 0 && !vowel
                && !rfl_phone_vowel((u_char) ph[n - 1]))
            {
                ph[n++] = 'o';
                vowel = 1;
                continue;
            }

            vowel = 0;

            while (*p != '\0') {
                ph[n++] = *p++;
            }

            if (ahead != NULL) {

                for (p = ahead; *p != '\0'; p++) {
                    ph[n++] = *p;
                }

                ahead = NULL;
                vowel = 1;

            } else if (!closed && next >= 0x01 && next <= 0x2e) {
                ph[n++] = '@';
                vowel = 1;
            }

            continue;
        }

        switch (c) {

        case 0x0e30:
        case 0x0e31:
        case 0x0e32:
            p = "a";
            break;

        case 0x0e4d:

            /* a ring; am with the a behind it, in normal form */

            p = (next == 0x32) ? "am" : "o";
            i += (next == 0x32);
            break;

        case 0x0e34:
        case 0x0e35:
        case 0x0e3d:
            p = "i";
            break;

        case 0x0e36:
        case 0x0e37:
        case 0x0e38:
        case 0x0e39:
            p = "u";
            break;

        case 0x0e3b:
            p = "o";
            break;

        case 0x0e40:
        case 0x0e41:
            ahead = "e";
            continue;

        case 0x0e42:
            ahead = "o";
            continue;

        case 0x0e43:
        case 0x0e44:
            ahead = "ay";
            continue;

        default:
            continue;
        }

        if (n > 0 && ph[n - 1] == '@') {
            n--;
        }

        while (*p != '\0') {
            ph[n++] = *p++;
        }

        vowel = 1;
    }

    rfl_reading_add(rs, ph, n, 0);

    /* an l at the end is heard as n, and spelled either way: Nattapol */

    if (m > 0 && cp[m - 1] == 0x0e25 && n > 0 && ph[n - 1] == 'n') {
        ph[n - 1] = 'l';
        rfl_reading_add(rs, ph, n, 0);
    }

    /* kh is often spelled k */

    for (i = 0, m = 0; i < n; i++) {

        if (ph[i] == 'x') {
            ph[i] = 'k';
            m = 1;
        }
    }

    if (m) {
        rfl_reading_add(rs, ph, n, 0);
    }

    rfl_memzero(cp, sizeof(cp));
    rfl_memzero(ph, sizeof(ph));
}


/*
 * Written but not heard: what a thanthakhat marks, its vowel sign, and the
 * letters between it and the one that closes the syllable: Chan(tr), Sak(di).
 */

static int
rfl_seasia_silent(const rfl_token_t *t, unsigned i)
{
    unsigned  k;
    uint32_t  c;

    for (k = i + 1; k < t->n; k++) {
        c = t->cp[k] & 0x7f;

        if (c == 0x4c) {
            break;
        }

        /* a vowel sign below or above may be silenced, too */

        if (c == 0x34 || c == 0x38) {
            continue;
        }

        /* of two the first, after a vowel and the letter that is heard */

        if (k != i + 1 || k + 1 == t->n || (t->cp[k + 1] & 0x7f) != 0x4c
            || i < 2 || !rfl_seasia_consonant(c)
            || !rfl_seasia_consonant(t->cp[i - 1] & 0x7f)
            || rfl_seasia_consonant(t->cp[i - 2] & 0x7f))
        {
            return 0;
        }
    }

    return k < t->n;
}


static int
rfl_seasia_khmer_t(uint32_t c)
{
    return c >= 0x1780 && c <= 0x17a2
           && (rfl_khmr_letters[c - 0x1780][0] == 't'
               || rfl_khmr_letters[c - 0x1780][0] == 'd');
}


static int
rfl_seasia_consonant(uint32_t c)
{
    return c >= 0x01 && c <= 0x2e;
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
