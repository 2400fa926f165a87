
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_alpha.c: the sound of a word in an alphabet that writes its
 * vowels: Cyrillic (Ukrainian, Russian, Belarusian, Bulgarian, Serbian,
 * Macedonian, the languages of Central Asia and the Caucasus), Greek,
 * Armenian, Georgian, N'Ko, Mongolian, Tifinagh, Adlam, Hanifi Rohingya and
 * Syriac (which writes no short vowels).  Own tables.
 *
 * A letter has a sound; where two countries differ (Ukrainian and Russian
 * "g", Eastern and Western Armenian stops) there is a second column, and a
 * word with such a letter has two readings.
 */


#include "rfl_name_int.h"


typedef struct {
    uint32_t     cp;
    char         ph[4];
    char         other[4];         /* "" : the same */
} rfl_alpha_t;

typedef struct {
    uint32_t     from[4];
    unsigned     len;
    uint32_t     to[2];
    unsigned     tolen;
} rfl_alpha_ending_t;


static const char *rfl_alpha_beside(const rfl_alpha_t *letter, uint32_t c,
    uint32_t next, unsigned way, unsigned *i);
static const char *rfl_alpha_greek(uint32_t c, uint32_t next, unsigned at,
    unsigned way);
static const char *rfl_alpha_cyrillic(uint32_t c, uint32_t next, unsigned at,
    unsigned way);
static void rfl_alpha_ending(const rfl_token_t *t, const rfl_alpha_t *letter,
    size_t n, rfl_readings_t *rs);
static int rfl_alpha_belarus(const rfl_token_t *t);
static const char *rfl_alpha_minsk(const rfl_token_t *t, unsigned *i);
static int rfl_alpha_softens(uint32_t c);
static int rfl_alpha_vowel(uint32_t c);
static int rfl_alpha_front(uint32_t c);
static void rfl_alpha_read(const rfl_token_t *t, const rfl_alpha_t *letter,
    size_t n, rfl_readings_t *rs);
static void rfl_alpha_way(const rfl_token_t *t, const rfl_alpha_t *letter,
    size_t n, unsigned way, unsigned flags, rfl_readings_t *rs);
static const rfl_alpha_t *rfl_alpha_find(const rfl_alpha_t *letter, size_t n,
    uint32_t c);


#define rfl_alpha_n(table)  (sizeof(table) / sizeof(rfl_alpha_t))

#define RFL_SYRC_FIRST     0x0710
#define RFL_SYRC_LAST      0x072c

/* ways of reading a word */

#define RFL_ALPHA_FIRST    0
#define RFL_ALPHA_MINSK    1       /* Belarusian, as Russian has the name */
#define RFL_ALPHA_OTHER    2       /* the other country, or the passport */
#define RFL_ALPHA_SOFT     3       /* Bulgaria; a Greek g before e and i */


#define RFL_ALPHA_STEM     3       /* letters before an ending */


/* Nazarzoda of Tajikistan is Nazarov, Nodirjon of Uzbekistan is Nodir */

static const rfl_alpha_ending_t  rfl_alpha_endings[] = {
    { { 0x0437, 0x043e, 0x0434, 0x0430 }, 4, { 0x043e, 0x0432 }, 2 },
    { { 0x0434, 0x0436, 0x043e, 0x043d }, 4, { 0 }, 0 },
    { { 0x0436, 0x043e, 0x043d }, 3, { 0 }, 0 },
    { { 0x04b7, 0x043e, 0x043d }, 3, { 0 }, 0 },
    { { 0x0445, 0x043e, 0x043d }, 3, { 0 }, 0 },
    { { 0x04b3, 0x043e, 0x043d }, 3, { 0 }, 0 }
};


/* all sorted by code point */

static const rfl_alpha_t  rfl_alpha_cyrl[] = {
    { 0x0430, "a", "" }, { 0x0431, "b", "" }, { 0x0432, "v", "" },
    { 0x0433, "g", "h" }, { 0x0434, "d", "" }, { 0x0435, "e", "" },
    { 0x0436, "Z", "" }, { 0x0437, "z", "" }, { 0x0438, "i", "" },
    { 0x0439, "y", "" }, { 0x043a, "k", "" }, { 0x043b, "l", "" },
    { 0x043c, "m", "" }, { 0x043d, "n", "" }, { 0x043e, "o", "" },
    { 0x043f, "p", "" }, { 0x0440, "r", "" }, { 0x0441, "s", "" },
    { 0x0442, "t", "" }, { 0x0443, "u", "" }, { 0x0444, "f", "" },
    { 0x0445, "x", "" }, { 0x0446, "c", "" }, { 0x0447, "C", "" },
    { 0x0448, "S", "" }, { 0x0449, "SC", "" }, { 0x044a, "'", "" },
    { 0x044b, "i", "" }, { 0x044c, "'", "" }, { 0x044d, "e", "" },
    { 0x044e, "yu", "" }, { 0x044f, "ya", "" }, { 0x0450, "e", "" },
    { 0x0451, "yo", "" }, { 0x0452, "J", "" }, { 0x0453, "gy", "" },
    { 0x0454, "ye", "" }, { 0x0455, "z", "" }, { 0x0456, "i", "" },
    { 0x0457, "yi", "" }, { 0x0458, "y", "" }, { 0x0459, "ly", "" },
    { 0x045a, "ny", "" }, { 0x045b, "C", "" }, { 0x045c, "ky", "" },
    { 0x045d, "i", "" }, { 0x045e, "w", "" }, { 0x045f, "J", "" },
    { 0x0491, "g", "" }, { 0x0493, "G", "" }, { 0x0495, "G", "" },
    { 0x0497, "J", "" }, { 0x0499, "z", "" }, { 0x049b, "q", "" },
    { 0x049d, "k", "" }, { 0x049f, "q", "" }, { 0x04a1, "q", "" },
    { 0x04a3, "N", "" }, { 0x04a5, "N", "" }, { 0x04a7, "p", "" },
    { 0x04a9, "w", "" }, { 0x04ab, "s", "" }, { 0x04ad, "t", "" },
    { 0x04af, "u", "" }, { 0x04b1, "u", "" }, { 0x04b3, "h", "" },
    { 0x04b5, "c", "" }, { 0x04b7, "J", "" }, { 0x04b9, "J", "" },
    { 0x04bb, "h", "" }, { 0x04bd, "C", "" }, { 0x04bf, "C", "" },
    { 0x04c4, "k", "" }, { 0x04c8, "N", "" }, { 0x04cf, "'", "" },
    { 0x04d5, "a", "" }, { 0x04d9, "e", "" }, { 0x04e1, "dz", "" },
    { 0x04e3, "i", "" }, { 0x04e9, "o", "" }, { 0x04ef, "u", "" },
    { 0x04f7, "G", "" }, { 0x0525, "p", "" }
};

static const rfl_alpha_t  rfl_alpha_grek[] = {
    { 0x03b1, "a", "" }, { 0x03b2, "v", "" }, { 0x03b3, "g", "" },
    { 0x03b4, "D", "" }, { 0x03b5, "e", "" }, { 0x03b6, "z", "" },
    { 0x03b7, "i", "" }, { 0x03b8, "T", "" }, { 0x03b9, "i", "" },
    { 0x03ba, "k", "" }, { 0x03bb, "l", "" }, { 0x03bc, "m", "" },
    { 0x03bd, "n", "" }, { 0x03be, "ks", "" }, { 0x03bf, "o", "" },
    { 0x03c0, "p", "" }, { 0x03c1, "r", "" }, { 0x03c2, "s", "" },
    { 0x03c3, "s", "" }, { 0x03c4, "t", "" }, { 0x03c5, "i", "" },
    { 0x03c6, "f", "" }, { 0x03c7, "x", "" }, { 0x03c8, "ps", "" },
    { 0x03c9, "o", "" }
};

static const rfl_alpha_t  rfl_alpha_armn[] = {
    { 0x0561, "a", "" }, { 0x0562, "b", "p" }, { 0x0563, "g", "k" },
    { 0x0564, "d", "t" }, { 0x0565, "e", "" }, { 0x0566, "z", "" },
    { 0x0567, "e", "" }, { 0x0568, "e", "" }, { 0x0569, "t", "" },
    { 0x056a, "Z", "" }, { 0x056b, "i", "" }, { 0x056c, "l", "" },
    { 0x056d, "x", "" }, { 0x056e, "c", "dz" }, { 0x056f, "k", "g" },
    { 0x0570, "h", "" }, { 0x0571, "dz", "c" }, { 0x0572, "G", "" },
    { 0x0573, "C", "J" }, { 0x0574, "m", "" }, { 0x0575, "y", "h" },
    { 0x0576, "n", "" }, { 0x0577, "S", "" }, { 0x0578, "o", "" },
    { 0x0579, "C", "" }, { 0x057a, "p", "b" }, { 0x057b, "J", "C" },
    { 0x057c, "r", "" }, { 0x057d, "s", "" }, { 0x057e, "v", "" },
    { 0x057f, "t", "d" }, { 0x0580, "r", "" }, { 0x0581, "c", "" },
    { 0x0582, "v", "" }, { 0x0583, "p", "" }, { 0x0584, "k", "" },
    { 0x0585, "o", "" }, { 0x0586, "f", "" }, { 0x0587, "ev", "" }
};

static const rfl_alpha_t  rfl_alpha_geor[] = {
    { 0x10d0, "a", "" }, { 0x10d1, "b", "" }, { 0x10d2, "g", "" },
    { 0x10d3, "d", "" }, { 0x10d4, "e", "" }, { 0x10d5, "v", "" },
    { 0x10d6, "z", "" }, { 0x10d7, "t", "" }, { 0x10d8, "i", "" },
    { 0x10d9, "k", "" }, { 0x10da, "l", "" }, { 0x10db, "m", "" },
    { 0x10dc, "n", "" }, { 0x10dd, "o", "" }, { 0x10de, "p", "" },
    { 0x10df, "Z", "" }, { 0x10e0, "r", "" }, { 0x10e1, "s", "" },
    { 0x10e2, "t", "" }, { 0x10e3, "u", "" }, { 0x10e4, "p", "" },
    { 0x10e5, "k", "" }, { 0x10e6, "G", "" }, { 0x10e7, "q", "" },
    { 0x10e8, "S", "" }, { 0x10e9, "C", "" }, { 0x10ea, "c", "" },
    { 0x10eb, "dz", "" }, { 0x10ec, "c", "" }, { 0x10ed, "C", "" },
    { 0x10ee, "x", "" }, { 0x10ef, "J", "" }, { 0x10f0, "h", "" },
    { 0x10f1, "e", "" }, { 0x10f2, "y", "" }, { 0x10f3, "w", "" },
    { 0x10f4, "x", "" }, { 0x10f5, "o", "" }, { 0x10f6, "f", "" }
};

static const rfl_alpha_t  rfl_alpha_rest[] = {

    /* Syriac */

    { 0x0710, "a", "" }, { 0x0712, "b", "" }, { 0x0713, "g", "" },
    { 0x0715, "d", "" }, { 0x0717, "h", "" }, { 0x0718, "w", "" },
    { 0x0719, "z", "" }, { 0x071a, "h", "x" }, { 0x071b, "t", "" },
    { 0x071d, "y", "" }, { 0x071f, "k", "" }, { 0x0720, "l", "" },
    { 0x0721, "m", "" }, { 0x0722, "n", "" }, { 0x0723, "s", "" },
    { 0x0724, "s", "" }, { 0x0725, "'", "" }, { 0x0726, "p", "f" },
    { 0x0728, "s", "" }, { 0x0729, "q", "" }, { 0x072a, "r", "" },
    { 0x072b, "S", "" }, { 0x072c, "t", "" },

    /* N'Ko */

    { 0x07ca, "a", "" }, { 0x07cb, "e", "" }, { 0x07cc, "i", "" },
    { 0x07cd, "e", "" }, { 0x07ce, "u", "" }, { 0x07cf, "o", "" },
    { 0x07d0, "o", "" }, { 0x07d2, "n", "" }, { 0x07d3, "b", "" },
    { 0x07d4, "p", "" }, { 0x07d5, "t", "" }, { 0x07d6, "J", "" },
    { 0x07d7, "C", "" }, { 0x07d8, "d", "" }, { 0x07d9, "r", "" },
    { 0x07da, "r", "" }, { 0x07db, "s", "" }, { 0x07dc, "gb", "" },
    { 0x07dd, "f", "" }, { 0x07de, "k", "" }, { 0x07df, "l", "" },
    { 0x07e0, "n", "" }, { 0x07e1, "m", "" }, { 0x07e2, "ny", "" },
    { 0x07e3, "n", "" }, { 0x07e4, "h", "" }, { 0x07e5, "w", "" },
    { 0x07e6, "y", "" }, { 0x07e7, "ny", "" },

    /* Mongolian, as written downwards */

    { 0x1820, "a", "" }, { 0x1821, "e", "" }, { 0x1822, "i", "" },
    { 0x1823, "o", "" }, { 0x1824, "u", "" }, { 0x1825, "o", "" },
    { 0x1826, "u", "" }, { 0x1827, "e", "" }, { 0x1828, "n", "" },
    { 0x1829, "N", "" }, { 0x182a, "b", "" }, { 0x182b, "p", "" },
    { 0x182c, "x", "" }, { 0x182d, "g", "" }, { 0x182e, "m", "" },
    { 0x182f, "l", "" }, { 0x1830, "s", "" }, { 0x1831, "S", "" },
    { 0x1832, "t", "d" }, { 0x1833, "d", "t" }, { 0x1834, "C", "c" },
    { 0x1835, "J", "z" }, { 0x1836, "y", "" }, { 0x1837, "r", "" },
    { 0x1838, "v", "" }, { 0x1839, "f", "" }, { 0x183a, "k", "" },
    { 0x183b, "x", "" }, { 0x183c, "c", "" }, { 0x183d, "z", "" },
    { 0x183e, "h", "" }, { 0x183f, "r", "" }, { 0x1840, "l", "" },
    { 0x1841, "J", "" }, { 0x1842, "C", "" },

    /* Tifinagh */

    { 0x2d30, "a", "" }, { 0x2d31, "b", "" }, { 0x2d33, "g", "" },
    { 0x2d37, "d", "" }, { 0x2d39, "D", "" }, { 0x2d3b, "@", "" },
    { 0x2d3c, "f", "" }, { 0x2d3d, "k", "" }, { 0x2d40, "h", "" },
    { 0x2d43, "h", "" }, { 0x2d44, "'", "" }, { 0x2d45, "x", "" },
    { 0x2d47, "q", "" }, { 0x2d49, "i", "" }, { 0x2d4a, "J", "" },
    { 0x2d4d, "l", "" }, { 0x2d4e, "m", "" }, { 0x2d4f, "n", "" },
    { 0x2d53, "u", "" }, { 0x2d54, "r", "" }, { 0x2d55, "r", "" },
    { 0x2d56, "G", "" }, { 0x2d59, "s", "" }, { 0x2d5a, "s", "" },
    { 0x2d5b, "S", "" }, { 0x2d5c, "t", "" }, { 0x2d5f, "t", "" },
    { 0x2d61, "w", "" }, { 0x2d62, "y", "" }, { 0x2d63, "z", "" },
    { 0x2d65, "z", "" },

    /* Hanifi Rohingya */

    { 0x10d00, "a", "" }, { 0x10d01, "b", "" }, { 0x10d02, "p", "" },
    { 0x10d03, "t", "" }, { 0x10d04, "t", "" }, { 0x10d05, "J", "" },
    { 0x10d06, "C", "" }, { 0x10d07, "h", "" }, { 0x10d08, "x", "" },
    { 0x10d09, "f", "" }, { 0x10d0a, "d", "" }, { 0x10d0b, "d", "" },
    { 0x10d0c, "r", "" }, { 0x10d0d, "r", "" }, { 0x10d0e, "z", "" },
    { 0x10d0f, "s", "" }, { 0x10d10, "S", "" }, { 0x10d11, "k", "" },
    { 0x10d12, "g", "" }, { 0x10d13, "l", "" }, { 0x10d14, "m", "" },
    { 0x10d15, "n", "" }, { 0x10d16, "w", "" }, { 0x10d17, "w", "" },
    { 0x10d18, "y", "" }, { 0x10d19, "y", "" }, { 0x10d1a, "N", "" },
    { 0x10d1b, "ny", "" }, { 0x10d1c, "v", "" }, { 0x10d1d, "a", "" },
    { 0x10d1e, "i", "" }, { 0x10d1f, "u", "" }, { 0x10d20, "e", "" },
    { 0x10d21, "o", "" },

    /* Adlam, small letters */

    { 0x1e922, "a", "" }, { 0x1e923, "d", "" }, { 0x1e924, "l", "" },
    { 0x1e925, "m", "" }, { 0x1e926, "b", "" }, { 0x1e927, "s", "" },
    { 0x1e928, "p", "" }, { 0x1e929, "b", "" }, { 0x1e92a, "r", "" },
    { 0x1e92b, "e", "" }, { 0x1e92c, "f", "" }, { 0x1e92d, "i", "" },
    { 0x1e92e, "o", "" }, { 0x1e92f, "d", "" }, { 0x1e930, "y", "" },
    { 0x1e931, "w", "" }, { 0x1e932, "n", "" }, { 0x1e933, "k", "" },
    { 0x1e934, "y", "" }, { 0x1e935, "u", "" }, { 0x1e936, "J", "" },
    { 0x1e937, "C", "" }, { 0x1e938, "h", "" }, { 0x1e939, "q", "" },
    { 0x1e93a, "g", "" }, { 0x1e93b, "ny", "" }, { 0x1e93c, "t", "" },
    { 0x1e93d, "n", "" }, { 0x1e93e, "v", "" }, { 0x1e93f, "x", "" },
    { 0x1e940, "gb", "" }, { 0x1e941, "z", "" }, { 0x1e942, "kp", "" },
    { 0x1e943, "S", "" }
};


void
rfl_read_cyrl(const rfl_token_t *t, rfl_readings_t *rs)
{
    rfl_alpha_read(t, rfl_alpha_cyrl, rfl_alpha_n(rfl_alpha_cyrl), rs);
}


void
rfl_read_grek(const rfl_token_t *t, rfl_readings_t *rs)
{
    rfl_alpha_read(t, rfl_alpha_grek, rfl_alpha_n(rfl_alpha_grek), rs);
}


void
rfl_read_armn(const rfl_token_t *t, rfl_readings_t *rs)
{
    rfl_alpha_read(t, rfl_alpha_armn, rfl_alpha_n(rfl_alpha_armn), rs);
}


void
rfl_read_geor(const rfl_token_t *t, rfl_readings_t *rs)
{
    rfl_alpha_read(t, rfl_alpha_geor, rfl_alpha_n(rfl_alpha_geor), rs);
}


int
rfl_read_rest(const rfl_token_t *t, rfl_readings_t *rs)
{
    if (rfl_alpha_find(rfl_alpha_rest, rfl_alpha_n(rfl_alpha_rest), t->cp[0])
        == NULL)
    {
        return RFL_DECLINED;
    }

    rfl_alpha_read(t, rfl_alpha_rest, rfl_alpha_n(rfl_alpha_rest), rs);

    return RFL_OK;
}


uint32_t
rfl_alpha_letter(uint32_t c)
{
    switch (c) {

    case 0x0451:                   /* yo, short i, yi and i as typed */
    case 0x0450:
        return 0x0435;

    case 0x0439:
    case 0x045d:
        return 0x0438;

    case 0x0457:
        return 0x0456;

    case 0x0491:
        return 0x0433;

    case 0x03c2:
        return 0x03c3;
    }

    return c;
}


static void
rfl_alpha_read(const rfl_token_t *t, const rfl_alpha_t *letter, size_t n,
    rfl_readings_t *rs)
{
    unsigned  way, flags;

    flags = (letter == rfl_alpha_rest && t->cp[0] >= RFL_SYRC_FIRST
             && t->cp[0] <= RFL_SYRC_LAST) ? RFL_READ_BARE : 0;

    for (way = RFL_ALPHA_FIRST; way <= RFL_ALPHA_SOFT; way++) {

        if ((way == RFL_ALPHA_SOFT && letter != rfl_alpha_grek
             && letter != rfl_alpha_cyrl)
            || (way == RFL_ALPHA_MINSK
                && (letter != rfl_alpha_cyrl || !rfl_alpha_belarus(t))))
        {
            continue;
        }

        rfl_alpha_way(t, letter, n, way, flags, rs);
    }

    if (letter == rfl_alpha_cyrl) {
        rfl_alpha_ending(t, letter, n, rs);
    }
}


/* behind a consonant, what a family may write otherwise or leave out */

static void
rfl_alpha_ending(const rfl_token_t *t, const rfl_alpha_t *letter, size_t n,
    rfl_readings_t *rs)
{
    size_t                     i;
    unsigned                   stem;
    rfl_token_t                alt;
    const rfl_alpha_ending_t  *e;

    for (i = 0; i < sizeof(rfl_alpha_endings) / sizeof(rfl_alpha_ending_t);
         i++)
    {
        e = &rfl_alpha_endings[i];

        if (t->n < e->len + RFL_ALPHA_STEM) {
            continue;
        }

        stem = t->n - e->len;

        if (memcmp(&t->cp[stem], e->from, e->len * sizeof(uint32_t)) != 0
            || rfl_alpha_vowel(t->cp[stem - 1]))
        {
            continue;
        }

        alt = *t;
        memcpy(&alt.cp[stem], e->to, e->tolen * sizeof(uint32_t));
        alt.n = stem + e->tolen;

        rfl_alpha_way(&alt, letter, n, RFL_ALPHA_FIRST, 0, rs);
        rfl_memzero(&alt, sizeof(rfl_token_t));
        return;
    }
}


/*
 * A word with a short u, or with an i but none of what else has one; or with
 * a hard e inside.
 */

static int
rfl_alpha_belarus(const rfl_token_t *t)
{
    unsigned  i, found;

    found = 0;

    for (i = 0; i < t->n; i++) {

        switch (t->cp[i]) {

        case 0x045e:
            return 1;

        case 0x044d:
            found |= (i > 0);
            break;

        case 0x0456:
            found = 1;
            break;

        case 0x0438:
        case 0x0449:
        case 0x0454:
        case 0x0457:
        case 0x0491:
            return 0;
        }
    }

    return found;
}


/* t and d that Belarus softens, its short u, and ya for an unstressed e */

static const char *
rfl_alpha_minsk(const rfl_token_t *t, unsigned *i)
{
    uint32_t  c, next, after;

    c = t->cp[*i];
    next = (*i + 1 < t->n) ? t->cp[*i + 1] : 0;
    after = (*i + 2 < t->n) ? t->cp[*i + 2] : 0;

    if (c == 0x0446 && rfl_alpha_softens(next)) {
        return "t";
    }

    if (c == 0x0434 && next == 0x0437
        && (rfl_alpha_softens(after) || after == 0x043c))
    {
        ++*i;
        return "d";
    }

    if (c == 0x045e) {
        return "v";
    }

    return (c == 0x044f && *i > 0 && next != 0) ? "e" : NULL;
}


static int
rfl_alpha_softens(uint32_t c)
{
    return c == 0x0435 || c == 0x0451 || c == 0x0456 || c == 0x044c
           || c == 0x044e || c == 0x044f;
}


/* one way of reading all letters of the word; what is the same is not added */

static void
rfl_alpha_way(const rfl_token_t *t, const rfl_alpha_t *letter, size_t n,
    unsigned way, unsigned flags, rfl_readings_t *rs)
{
    char                ph[RFL_TOKEN_MAX * 2 + 4];
    size_t              nph, len;
    unsigned            i, at;
    uint32_t            c, next;
    const char         *p;
    const rfl_alpha_t  *l;

    ph[0] = 0;
    nph = 0;

    for (i = 0; i < t->n; i++) {
        at = i;
        c = t->cp[i];
        next = (i + 1 < t->n) ? t->cp[i + 1] : 0;

        l = rfl_alpha_find(letter, n, c);

        if (l == NULL) {
            c = rfl_fold_base(c);
            l = rfl_alpha_find(letter, n, c);

            if (l == NULL) {
                continue;
            }
        }

        p = (way == RFL_ALPHA_MINSK) ? rfl_alpha_minsk(t, &i) : NULL;

        if (p == NULL) {
            p = rfl_alpha_beside(letter, c, next, way, &i);
        }

        if (p == NULL) {
            p = (way == RFL_ALPHA_OTHER && l->other[0] != '\0') ? l->other
                                                               : l->ph;
        }

        if (letter == rfl_alpha_grek && c == 0x03b3 && i == at) {
            p = (way == RFL_ALPHA_SOFT && rfl_alpha_front(next)) ? "y" : "g";
        }

        len = strlen(p);
        memcpy(&ph[nph], p, len);
        nph += len;

        while (nph >= 2 && ph[nph - 1] == ph[nph - 2]
               && !(flags & RFL_READ_BARE))
        {
            nph--;
        }
    }

    rfl_reading_add(rs, ph, nph, flags);
    rfl_memzero(ph, sizeof(ph));
}


/*
 * What a letter is where it stands: first in a word, or as one sound with the
 * next, which *i counts then: Greek and Armenian digraphs, Cyrillic dz.  NULL:
 * what it is alone.
 */

static const char *
rfl_alpha_beside(const rfl_alpha_t *letter, uint32_t c, uint32_t next,
    unsigned way, unsigned *i)
{
    const char  *p;

    if (letter == rfl_alpha_grek) {
        p = rfl_alpha_greek(c, rfl_fold_base(next), *i, way);
        *i += (p != NULL);
        return p;
    }

    if (c == 0x0578 && next == 0x0582) {
        (*i)++;
        return "u";
    }

    if (c == 0x0434 && (next == 0x0436 || next == 0x0437)) {
        (*i)++;
        return (next == 0x0436) ? "J" : "dz";
    }

    if (*i == 0 && (c == 0x0435 || c == 0x0565)) {
        return "ye";
    }

    if (*i == 0 && c == 0x0578) {
        return "vo";
    }

    if (letter != rfl_alpha_cyrl) {
        return NULL;
    }

    p = rfl_alpha_cyrillic(c, next, *i, way);
    *i += (p != NULL && (*p == 'Z' || *p == 'W'));

    return p;
}


/*
 * Letters that Bulgaria reads otherwise: a vowel between consonants where
 * Russia hears none (Parvanov), and sht (Shterev).
 */

static const char *
rfl_alpha_cyrillic(uint32_t c, uint32_t next, unsigned at, unsigned way)
{
    if (c == 0x044a) {

        if (at == 0) {
            return "a";
        }

        /* before a vowel it only parts it from the consonant */

        if (next == 0 || rfl_alpha_vowel(next)) {
            return NULL;
        }

        return (way == RFL_ALPHA_SOFT) ? "u" : "a";
    }

    /* Chinese in Russian: Zhuo, Jian */

    if (next == 0x0436 && c == 0x0447) {
        return "Z";
    }

    if (next == 0x0437 && c == 0x0446) {
        return "W";
    }

    return (c == 0x0449 && way == RFL_ALPHA_SOFT) ? "St" : NULL;
}


static int
rfl_alpha_vowel(uint32_t c)
{
    const rfl_alpha_t  *l;

    l = rfl_alpha_find(rfl_alpha_cyrl, rfl_alpha_n(rfl_alpha_cyrl), c);

    return l != NULL && (rfl_phone_vowel((u_char) l->ph[0])
                         || l->ph[0] == 'y');
}


/* a Greek vowel before which g is y: Yiorgos */

static int
rfl_alpha_front(uint32_t c)
{
    c = rfl_fold_base(c);

    return c == 0x03b5 || c == 0x03b7 || c == 0x03b9 || c == 0x03c5;
}


/*
 * Two letters that are one sound; NULL: they are not.  Passports write some
 * of them letter by letter: Mpakalis, Gkikas, Aggelos.
 */

static const char *
rfl_alpha_greek(uint32_t c, uint32_t next, unsigned at, unsigned way)
{
    size_t  i;
    static const struct {
        uint16_t     c;
        uint16_t     next;
        const char  *first;        /* where a word begins */
        const char  *inside;
        const char  *letters;      /* as in passports */
    } pairs[] = {
        { 0x03bf, 0x03c5, "u", "u", "u" },
        { 0x03bc, 0x03c0, "b", "mb", "mp" },
        { 0x03bd, 0x03c4, "d", "nd", "nt" },
        { 0x03b3, 0x03ba, "g", "Ng", "gk" },
        { 0x03b3, 0x03b3, "Ng", "Ng", "g" },
        { 0x03c4, 0x03b6, "J", "J", "c" },
        { 0x03c4, 0x03c3, "c", "c", "c" },
        { 0x03b1, 0x03b9, "e", "e", "ay" },
        { 0x03b1, 0x03c5, "av", "av", "aw" },
        { 0x03b5, 0x03c5, "ev", "ev", "eu" }
    };

    for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {

        if (pairs[i].c == c && pairs[i].next == next) {
            return (way == RFL_ALPHA_OTHER) ? pairs[i].letters
                   : (at == 0) ? pairs[i].first : pairs[i].inside;
        }
    }

    return NULL;
}


static const rfl_alpha_t *
rfl_alpha_find(const rfl_alpha_t *letter, size_t n, uint32_t c)
{
    size_t  lo, hi, mid;

    lo = 0;
    hi = n;

    while (lo < hi) {
        mid = (lo + hi) / 2;

        if (letter[mid].cp == c) {
            return &letter[mid];
        }

        if (letter[mid].cp < c) {
            lo = mid + 1;

        } else {
            hi = mid;
        }
    }

    return NULL;
}
