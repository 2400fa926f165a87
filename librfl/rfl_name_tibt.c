
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_tibt.c: the sound of a word in Tibetan letters as people of Lhasa,
 * Bhutan and the exile spell it: Bsod-nams is Sonam, Sgrol-ma Dolma.  A
 * syllable is a prefix, a stack of letters with its vowel, and a suffix or
 * two; of the stack only the root and what is below it is heard.  Own rules.
 *
 * A word of two syllables comes as one, with the dot (tsheg) between them.
 */


#include "rfl_name_int.h"


#define RFL_TIBT_FIRST     0x0f40
#define RFL_TIBT_LAST      0x0f6c
#define RFL_TIBT_BELOW     0x50    /* from a letter to the one written below */
#define RFL_TIBT_STACKS    8       /* of one syllable */

#define RFL_TIBT_KA        0x0f40
#define RFL_TIBT_GA        0x0f42
#define RFL_TIBT_NGA       0x0f44
#define RFL_TIBT_DA        0x0f51
#define RFL_TIBT_NA        0x0f53
#define RFL_TIBT_BA        0x0f56
#define RFL_TIBT_MA        0x0f58
#define RFL_TIBT_WA        0x0f5d
#define RFL_TIBT_ZA        0x0f5f
#define RFL_TIBT_A_CHUNG   0x0f60
#define RFL_TIBT_YA        0x0f61
#define RFL_TIBT_RA        0x0f62
#define RFL_TIBT_LA        0x0f63
#define RFL_TIBT_SA        0x0f66
#define RFL_TIBT_HA        0x0f67


/* letters written above each other, and their vowel */

typedef struct {
    uint32_t     root;
    uint32_t     below;            /* y, r, l or h under it, 0: none */
    uint8_t      tall;             /* more than one letter */
    char         vowel;            /* 0: none written */
} rfl_tibt_stack_t;

typedef struct {
    uint32_t     c;
    char         a;                /* what an "a" before it is heard as */
    char         ph;               /* 0: not heard itself */
} rfl_tibt_suffix_t;


static size_t rfl_tibt_syllable(const uint32_t *cp, unsigned n,
    int first, char *ph);
static const rfl_tibt_suffix_t *rfl_tibt_suffix(uint32_t c);
static unsigned rfl_tibt_stacks(const uint32_t *cp, unsigned n,
    rfl_tibt_stack_t s[RFL_TIBT_STACKS]);
static unsigned rfl_tibt_root(const rfl_tibt_stack_t *s, unsigned n);
static int rfl_tibt_prefix(uint32_t c);
static const char *rfl_tibt_onset(const rfl_tibt_stack_t *s, uint32_t prefix,
    int first);
static int rfl_tibt_foreign(const rfl_token_t *t, unsigned i);
static char rfl_tibt_vowel(uint32_t c);


/* U+0F40 .. U+0F6C */

static const char *const  rfl_tibt_letters[] = {
    "k", "x", "g", "g", "N", "C", "C", "J", "", "ny", "t", "t", "d", "d",
    "n", "t", "t", "d", "d", "n", "p", "p", "b", "b", "m", "c", "c", "z",
    "z", "w", "S", "z", "", "y", "r", "l", "S", "S", "s", "h", "", "k",
    "r", "k", "r"
};


static const rfl_tibt_suffix_t  rfl_tibt_suffixes[] = {
    { RFL_TIBT_GA, 'a', 'k' },
    { RFL_TIBT_NGA, 'a', 'N' },
    { RFL_TIBT_DA, 'e', 0 },
    { RFL_TIBT_NA, 'e', 'n' },
    { RFL_TIBT_BA, 'a', 'p' },
    { RFL_TIBT_MA, 'a', 'm' },
    { RFL_TIBT_RA, 'a', '%' },
    { RFL_TIBT_LA, 'e', 'l' },
    { RFL_TIBT_SA, 'e', 0 },
    { 0, 'a', 0 }                  /* any other, or none */
};


void
rfl_read_tibt(const rfl_token_t *t, rfl_readings_t *rs)
{
    char      ph[RFL_TOKEN_MAX * 4];
    size_t    n;
    unsigned  i, start;

    n = 0;

    for (i = 0, start = 0; i <= t->n; i++) {

        if (i < t->n && t->cp[i] != RFL_TSHEG && !rfl_tibt_foreign(t, i)) {
            continue;
        }

        if (i > start) {
            n += rfl_tibt_syllable(&t->cp[start], i - start, start == 0,
                                   &ph[n]);
        }

        start = i + (i < t->n && t->cp[i] == RFL_TSHEG);
    }

    rfl_reading_add(rs, ph, n, 0);
    rfl_memzero(ph, sizeof(ph));
}


/* a stack of Sanskrit is two syllables: padma, Pema */

static int
rfl_tibt_foreign(const rfl_token_t *t, unsigned i)
{
    uint32_t  above, c;

    if (i == 0 || t->cp[i] < RFL_TIBT_FIRST + RFL_TIBT_BELOW) {
        return 0;
    }

    above = t->cp[i - 1];
    c = t->cp[i] - RFL_TIBT_BELOW;

    return above >= RFL_TIBT_FIRST && above <= RFL_TIBT_LAST
           && c <= RFL_TIBT_LAST
           && above != RFL_TIBT_RA && above != RFL_TIBT_LA
           && above != RFL_TIBT_SA && c != RFL_TIBT_YA && c != RFL_TIBT_RA
           && c != RFL_TIBT_LA && c != RFL_TIBT_WA && c != RFL_TIBT_HA;
}


/* at most 4 phones a letter */

static size_t
rfl_tibt_syllable(const uint32_t *cp, unsigned n, int first, char *ph)
{
    char                      vowel;
    size_t                    k;
    unsigned                  root, count;
    const char               *p;
    rfl_tibt_stack_t          s[RFL_TIBT_STACKS];
    const rfl_tibt_suffix_t  *suffix;

    memset(s, 0, sizeof(s));
    k = 0;
    count = rfl_tibt_stacks(cp, n, s);

    if (count == 0) {
        return 0;
    }

    root = rfl_tibt_root(s, count);

    /* a letter that is no prefix is a syllable: karma */

    if (root == 1 && !rfl_tibt_prefix(s[0].root)) {

        for (p = rfl_tibt_letters[s[0].root - RFL_TIBT_FIRST]; *p != '\0'; p++)
        {
            ph[k++] = *p;
        }

        ph[k++] = 'a';
        ph[k++] = '%';
        first = 0;
    }

    for (p = rfl_tibt_onset(&s[root], root ? s[root - 1].root : 0, first);
         *p != '\0'; p++)
    {
        ph[k++] = *p;
    }

    vowel = s[root].vowel;
    suffix = rfl_tibt_suffix((root + 1 < count) ? s[root + 1].root : 0);

    ph[k++] = (vowel == 0 || vowel == 'a') ? suffix->a : vowel;

    if (suffix->ph != 0) {
        ph[k++] = suffix->ph;
    }

    rfl_memzero(s, sizeof(s));

    return k;
}


static const rfl_tibt_suffix_t *
rfl_tibt_suffix(uint32_t c)
{
    const rfl_tibt_suffix_t  *s;

    for (s = rfl_tibt_suffixes; s->c != 0 && s->c != c; s++) {
        /* void */
    }

    return s;
}


static unsigned
rfl_tibt_stacks(const uint32_t *cp, unsigned n,
    rfl_tibt_stack_t s[RFL_TIBT_STACKS])
{
    char               vowel;
    unsigned           i, count;
    uint32_t           c;
    rfl_tibt_stack_t  *t;

    count = 0;
    t = NULL;

    for (i = 0; i < n; i++) {
        c = cp[i];

        /* the lower half of a stack that was cut begins one, too */

        if (c >= RFL_TIBT_FIRST + RFL_TIBT_BELOW
            && c <= RFL_TIBT_LAST + RFL_TIBT_BELOW)
        {
            c -= RFL_TIBT_BELOW;

            if (t != NULL) {
                t->tall = 1;

                if (c == RFL_TIBT_YA || c == RFL_TIBT_RA || c == RFL_TIBT_LA
                    || c == RFL_TIBT_HA)
                {
                    t->below = c;

                } else if (c != RFL_TIBT_WA) {
                    t->root = c;
                }

                continue;
            }
        }

        if (c >= RFL_TIBT_FIRST && c <= RFL_TIBT_LAST) {

            if (count == RFL_TIBT_STACKS) {
                break;
            }

            t = &s[count++];
            t->root = c;
            continue;
        }

        vowel = rfl_tibt_vowel(c);

        if (t != NULL && vowel != 0) {
            t->vowel = vowel;
        }
    }

    return count;
}


static char
rfl_tibt_vowel(uint32_t c)
{
    switch (c) {

    case 0x0f71:
        return 'a';

    case 0x0f72:
    case 0x0f73:
    case 0x0f80:
        return 'i';

    case 0x0f74:
    case 0x0f75:
        return 'u';

    case 0x0f7a:
    case 0x0f7b:
        return 'e';

    case 0x0f7c:
    case 0x0f7d:
        return 'o';
    }

    return 0;
}


/*
 * Which stack is heard first: the one with the vowel, or with letters above
 * each other; of single letters the first of two, and the second of three
 * unless the last is an s that may close a syllable twice.
 */

static unsigned
rfl_tibt_root(const rfl_tibt_stack_t *s, unsigned n)
{
    unsigned  i;

    for (i = 0; i < n; i++) {
        if (s[i].vowel != 0 || s[i].tall) {
            return i;
        }
    }

    if (n < 3) {
        return 0;
    }

    return (n == 3 && s[2].root == RFL_TIBT_SA
            && (s[1].root == RFL_TIBT_GA || s[1].root == RFL_TIBT_NGA
                || s[1].root == RFL_TIBT_BA || s[1].root == RFL_TIBT_MA))
           ? 0 : 1;
}


static int
rfl_tibt_prefix(uint32_t c)
{
    return c == RFL_TIBT_GA || c == RFL_TIBT_DA || c == RFL_TIBT_BA
           || c == RFL_TIBT_MA || c == RFL_TIBT_A_CHUNG;
}


static const char *
rfl_tibt_onset(const rfl_tibt_stack_t *s, uint32_t prefix, int first)
{
    uint32_t  c;

    c = s->root;

    switch (s->below) {

    case RFL_TIBT_YA:
        if (c == RFL_TIBT_BA && prefix == RFL_TIBT_DA) {
            return "y";
        }

        return (c >= RFL_TIBT_KA && c < RFL_TIBT_GA) ? "ky"
               : (c == RFL_TIBT_GA) ? "gy"
               : (c == RFL_TIBT_BA) ? "J"
               : (c == RFL_TIBT_MA) ? "ny" : "C";

    case RFL_TIBT_RA:

        /* the r after a stop is written or not: Drolma and Dolma */

        return (c == RFL_TIBT_GA || c == RFL_TIBT_DA || c == RFL_TIBT_BA)
               ? "d%" : (c == RFL_TIBT_SA) ? "s" : (c == RFL_TIBT_MA) ? "m"
               : (c == RFL_TIBT_HA) ? "hr" : "t%";

    case RFL_TIBT_LA:
        return (c == RFL_TIBT_ZA) ? "d" : "l";

    case RFL_TIBT_HA:
        return (c == RFL_TIBT_LA) ? "lh" : rfl_tibt_letters[c - RFL_TIBT_FIRST];
    }

    /* Wangchuk is written dbang; the second half of Dawa, ba */

    if (c == RFL_TIBT_BA && !s->tall
        && (prefix == RFL_TIBT_DA || (prefix == 0 && !first)))
    {
        return "w";
    }

    return rfl_tibt_letters[c - RFL_TIBT_FIRST];
}


int
rfl_tibt_tsheg(const rfl_token_t *t)
{
    unsigned  i;

    /* Pema and Karma have none between their two */

    if (t->n > 2 && !rfl_tibt_prefix(t->cp[0]) && t->cp[1] == RFL_TIBT_RA
        && t->cp[2] > RFL_TIBT_LAST)
    {
        return 1;
    }

    for (i = 0; i < t->n; i++) {
        if (t->cp[i] == RFL_TSHEG || rfl_tibt_foreign(t, i)) {
            return 1;
        }
    }

    return 0;
}
