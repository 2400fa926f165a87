
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hang.c: hangul: finding the family name in an unspaced name, and
 * the sound of a word.  Family names have customary spellings of their own
 * (Lee, Park, Choi), which no rule gives: a table of readings.  Own writing.
 *
 * Foreign names are read by the rules by which Korea writes them: a vowel eu
 * carries a consonant that has none, p is p or f, b is b or v, an r before a
 * consonant is not written.
 */


#include "rfl_name_int.h"


#define RFL_HANG_FIRST     0xac00
#define RFL_HANG_LAST      0xd7a3


typedef struct {
    uint16_t     cp;
    const char  *readings;         /* separated by a space */
} rfl_hang_family_t;


static int rfl_hang_block(uint32_t c, unsigned *lead, unsigned *vowel,
    unsigned *tail);
static void rfl_hang_families(uint32_t c, rfl_readings_t *rs);
static int rfl_hang_foreign(const rfl_token_t *t);
static unsigned rfl_hang_sound(const uint32_t *cp, unsigned n, char *ph);
static unsigned rfl_hang_loose(const uint32_t *cp, unsigned n, char *ph);
static size_t rfl_hang_put(char *ph, const char *s);


/* the 19 leads, 21 vowels, 28 tails of a syllable block */

static const char *const  rfl_hang_leads[] = {
    "g", "k", "n", "d", "t", "R", "m", "b", "p", "s", "s", "", "J", "J", "C",
    "k", "t", "p", "h"
};

static const char *const  rfl_hang_vowels[] = {
    "a", "e", "ya", "ye", "o", "e", "yo", "ye", "o", "wa", "we", "we", "yo",
    "u", "wo", "we", "wi", "yu", "u", "wi", "i"
};

static const char *const  rfl_hang_tails[] = {
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p",
    "l", "m", "p", "p", "t", "t", "N", "t", "t", "k", "t", "p", "t"
};


/*
 * The same as foreign names are written.  "%" is an r that may be there; y
 * after s, j and ch spells these sounds only.
 */

static const char *const  rfl_hang_loose_leads[] = {
    "g", "k", "n", "d", "t", "R", "m", "B", "p", "H", "s", "", "W", "J", "C",
    "k", "t", "P", "h"
};

static const char *const  rfl_hang_loose_vowels[] = {
    "a%", "e", "ya%", "ye", "e%", "e", "ye%", "ye", "o%", "wa", "we", "o",
    "yo%", "u", "wo%", "we", "u", "yu", "@", "i", "i"
};

static const char *const  rfl_hang_loose_tails[] = {
    "", "k", "k", "k", "n", "n", "n", "t", "R", "k", "m", "R", "R", "R", "p",
    "R", "m", "p", "p", "t", "t", "N", "t", "t", "k", "t", "p", "t"
};

#define RFL_HANG_S         9       /* leads */
#define RFL_HANG_SILENT    11
#define RFL_HANG_J         12
#define RFL_HANG_CH        14
#define RFL_HANG_K         15
#define RFL_HANG_H         18
#define RFL_HANG_L         8       /* a tail */
#define RFL_HANG_R         5       /* the same letter as a lead */
#define RFL_HANG_N         2
#define RFL_HANG_WI        16      /* vowels */
#define RFL_HANG_EU        18
#define RFL_HANG_OE        11
#define RFL_HANG_UI        19


/* sorted; family names whose spelling is not that of the syllable */

static const rfl_hang_family_t  rfl_hang_family[] = {
    { 0xac15, "gaN kaN" },                /* Kang */
    { 0xacc4, "kye" },
    { 0xace0, "go ko" },
    { 0xacf5, "goN koN" },
    { 0xad6c, "gu ku" },
    { 0xad8c, "gwon kwon" },
    { 0xae38, "gil kil" },
    { 0xae40, "gim kim" },
    { 0xb098, "na ra" },
    { 0xb0a8, "nam" },
    { 0xb178, "no ro" },
    { 0xb3c4, "do to" },
    { 0xb77c, "ra na la" },
    { 0xb85c, "ro no lo" },
    { 0xb958, "Ryu yu lyu" },
    { 0xb9bc, "Rim im lim" },
    { 0xbb38, "mun" },
    { 0xbc15, "bak park pak bark" },
    { 0xbc18, "ban pan" },
    { 0xbc29, "baN paN" },
    { 0xbc30, "be pe" },
    { 0xbc31, "bek pek payk" },
    { 0xbcc0, "byon pyon" },
    { 0xbd09, "boN poN" },
    { 0xc11c, "so su sur" },
    { 0xc120, "son" },
    { 0xc131, "soN suN" },
    { 0xc18c, "so" },
    { 0xc190, "son" },
    { 0xc2e0, "sin Sin" },
    { 0xc2ec, "sim Sim" },
    { 0xc548, "an" },
    { 0xc591, "yaN RyaN" },
    { 0xc5c4, "om um" },
    { 0xc5ec, "yo Ryo" },
    { 0xc5f0, "yon yun" },
    { 0xc5fc, "yom yum Ryom" },
    { 0xc608, "ye" },
    { 0xc624, "o" },
    { 0xc625, "ok" },
    { 0xc655, "waN" },
    { 0xc6b0, "u wu" },
    { 0xc6d0, "won" },
    { 0xc704, "wi" },
    { 0xc720, "yu Ryu" },
    { 0xc721, "yuk" },
    { 0xc724, "yun" },
    { 0xc740, "un" },
    { 0xc774, "i li ri yi" },
    { 0xc778, "in" },
    { 0xc784, "im lim Rim" },
    { 0xc7a5, "JaN CaN" },
    { 0xc804, "Jon Con Jun Cun" },
    { 0xc815, "JoN JuN CuN CoN" },
    { 0xc81c, "Je" },
    { 0xc870, "Jo Co" },
    { 0xc8fc, "Ju Cu" },
    { 0xc9c0, "Ji Ci" },
    { 0xc9c4, "Jin Cin" },
    { 0xcc28, "Ca Car" },
    { 0xcc44, "Ce Cay" },
    { 0xcc9c, "Con Cun" },
    { 0xcd5c, "Cwe Coy Coe" },
    { 0xcd94, "Cu" },
    { 0xd0c1, "tak" },
    { 0xd0dc, "te tay" },
    { 0xd45c, "pyo" },
    { 0xd53c, "pi" },
    { 0xd558, "ha" },
    { 0xd55c, "han" },
    { 0xd568, "ham" },
    { 0xd5c8, "ho hu hur" },
    { 0xd604, "hyon" },
    { 0xd64d, "hoN" },
    { 0xd669, "hwaN" }
};

/* family names of two syllables */

static const uint16_t  rfl_hang_double[][2] = {
    { 0xb0a8, 0xad81 }, { 0xd669, 0xbcf4 }, { 0xc81c, 0xac08 },
    { 0xc0ac, 0xacf5 }, { 0xc120, 0xc6b0 }, { 0xc11c, 0xbb38 },
    { 0xb3c5, 0xace0 }, { 0xb3d9, 0xbc29 }, { 0xb9dd, 0xc808 }
};


/* where the family name ends; 0: not a Korean name in one word */

unsigned
rfl_split_hang(const rfl_token_t *t)
{
    size_t  i;

    if (t->n < 2 || t->n > 4) {
        return 0;
    }

    for (i = 0; i < sizeof(rfl_hang_double) / sizeof(rfl_hang_double[0]); i++) {
        if (t->n > 2 && t->cp[0] == rfl_hang_double[i][0]
            && t->cp[1] == rfl_hang_double[i][1])
        {
            return 2;
        }
    }

    return 1;
}


void
rfl_read_hang(const rfl_token_t *t, rfl_readings_t *rs)
{
    char      ph[RFL_TOKEN_MAX * 6];
    unsigned  n;

    if (t->n == 1) {
        rfl_hang_families(t->cp[0], rs);
    }

    if (!rfl_hang_foreign(t)) {
        n = rfl_hang_sound(t->cp, t->n, ph);
        rfl_reading_add(rs, ph, n, 0);
    }

    if (!(t->flags & RFL_PART_SPLIT) && (t->n >= 2 || rs->n < 2)) {
        n = rfl_hang_loose(t->cp, t->n, ph);
        rfl_reading_add(rs, ph, n, RFL_READ_LOOSE);
    }

    rfl_memzero(ph, sizeof(ph));
}


/* the customary spellings of a family name, as the South or the North has it */

static void
rfl_hang_families(uint32_t c, rfl_readings_t *rs)
{
    size_t       i;
    uint32_t     initial;
    const char  *s, *e;

    initial = rfl_hang_initial(c);

    for (i = 0; i < sizeof(rfl_hang_family) / sizeof(rfl_hang_family[0]); i++)
    {
        if (rfl_hang_family[i].cp != c && rfl_hang_family[i].cp != initial) {
            continue;
        }

        for (s = rfl_hang_family[i].readings; *s != '\0'; s = e + (*e == ' '))
        {
            for (e = s; *e != '\0' && *e != ' '; e++) {
                /* void */
            }

            rfl_reading_add(rs, s, (size_t) (e - s), 0);
        }
    }
}


/*
 * South Korea drops or softens an r or n at the beginning of a word, North
 * Korea writes it: Ri and I, Ryang and Yang, Ro and No are one family name.
 */

uint32_t
rfl_hang_initial(uint32_t c)
{
    unsigned  lead, vowel, tail;

    if (!rfl_hang_block(c, &lead, &vowel, &tail)
        || (lead != RFL_HANG_R && lead != RFL_HANG_N))
    {
        return c;
    }

    /* before i and y it is silent */

    if (strchr("yi", rfl_hang_vowels[vowel][0]) != NULL) {
        return c + (RFL_HANG_SILENT - lead) * 21 * 28;
    }

    return c - (lead - RFL_HANG_N) * 21 * 28;
}


unsigned
rfl_hang_classes(uint32_t c, char *out)
{
    unsigned           n, lead, vowel, tail;
    static const char  leads[] = "KKNTTRMPPSS0JJJKTPH";
    static const char  tails[] = "0KKKNNNTLKMLLLPLMPPTTGTTKTPT";

    if (!rfl_hang_block(c, &lead, &vowel, &tail)) {
        return 0;
    }

    n = 0;

    out[n] = leads[lead];
    n += (out[n] != '0');

    /* oe and ui are written without a w */

    out[n] = rfl_hang_vowels[vowel][0];
    n += (out[n] == 'y' || (out[n] == 'w' && vowel != RFL_HANG_OE
                            && vowel != RFL_HANG_UI));

    out[n] = tails[tail];
    n += (out[n] != '0');

    return n;
}


/* places in the tables of leads, vowels and tails; 0: c is no syllable */

static int
rfl_hang_block(uint32_t c, unsigned *lead, unsigned *vowel, unsigned *tail)
{
    if (c < RFL_HANG_FIRST || c > RFL_HANG_LAST) {
        return 0;
    }

    c -= RFL_HANG_FIRST;

    *lead = c / (21 * 28);
    *vowel = c / 28 % 21;
    *tail = c % 28;

    return 1;
}


/* a syllable that only carries a consonant, or k: in no Korean name */

static int
rfl_hang_foreign(const rfl_token_t *t)
{
    unsigned  i, lead, vowel, tail;

    for (i = 0; t->n > 1 && i < t->n; i++) {

        if (!rfl_hang_block(t->cp[i], &lead, &vowel, &tail)) {
            continue;
        }

        if (lead == RFL_HANG_K
            || (vowel == RFL_HANG_EU && tail == 0 && lead != RFL_HANG_SILENT))
        {
            return 1;
        }
    }

    return 0;
}


static unsigned
rfl_hang_loose(const uint32_t *cp, unsigned n, char *ph)
{
    size_t       k;
    unsigned     i, lead, vowel, tail, before;
    const char  *v;

    k = 0;
    before = 0;

    for (i = 0; i < n; i++) {

        if (!rfl_hang_block(cp[i], &lead, &vowel, &tail)) {
            continue;
        }
        v = rfl_hang_loose_vowels[vowel];

        /* between vowels an l is written twice */

        if (lead == RFL_HANG_R && before == RFL_HANG_L) {
            /* void */

        } else if (lead == RFL_HANG_S && (*v == 'y' || vowel == RFL_HANG_WI)) {
            k += rfl_hang_put(&ph[k], "S");

        } else if (lead == RFL_HANG_CH && vowel == RFL_HANG_EU) {
            k += rfl_hang_put(&ph[k], "c");

        } else {
            k += rfl_hang_put(&ph[k], rfl_hang_loose_leads[lead]);
        }

        if (*v == 'y'
            && (lead == RFL_HANG_S || lead == RFL_HANG_J
                || lead == RFL_HANG_CH))
        {
            v = (v[1] == 'u') ? "@" : v + 1;

        } else if (vowel == RFL_HANG_WI
                   && (lead == RFL_HANG_SILENT || lead == RFL_HANG_H))
        {
            v = "wi";

        } else if (vowel == RFL_HANG_WI && lead == RFL_HANG_S) {
            v = "@";

        } else if (vowel == RFL_HANG_OE && lead == RFL_HANG_SILENT) {
            v = "we";
        }

        k += rfl_hang_put(&ph[k], v);

        if (tail != 0) {
            k -= (ph[k - 1] == '%');
            k += rfl_hang_put(&ph[k], rfl_hang_loose_tails[tail]);
        }

        before = tail;
    }

    return (unsigned) rfl_reading_loose(ph, k);
}


static size_t
rfl_hang_put(char *ph, const char *s)
{
    size_t  n;

    n = strlen(s);
    memcpy(ph, s, n);

    return n;
}


static unsigned
rfl_hang_sound(const uint32_t *cp, unsigned n, char *ph)
{
    size_t    k;
    unsigned  i, lead, vowel, tail, before;

    k = 0;
    before = 0;

    for (i = 0; i < n; i++) {

        if (!rfl_hang_block(cp[i], &lead, &vowel, &tail)) {
            continue;
        }

        /* a tail consonant moves over to a silent lead */

        if (lead == RFL_HANG_SILENT && before == 1 && k > 0) {
            ph[k - 1] = 'g';

        } else if (lead == RFL_HANG_SILENT && before == 17 && k > 0) {
            ph[k - 1] = 'b';

        } else if (lead == RFL_HANG_SILENT && (before == 19 || before == 20)
                   && k > 0)
        {
            ph[k - 1] = 's';
        }

        /* a lead r after a tail l is one l */

        if (lead != RFL_HANG_R || before != RFL_HANG_L) {
            k += rfl_hang_put(&ph[k], rfl_hang_leads[lead]);
        }

        k += rfl_hang_put(&ph[k], rfl_hang_vowels[vowel]);
        k += rfl_hang_put(&ph[k], rfl_hang_tails[tail]);

        before = tail;
    }

    return (unsigned) k;
}
