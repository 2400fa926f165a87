
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hang.c: hangul: finding the family name in an unspaced name, and
 * the sound of a word.  Family names have customary spellings of their own
 * (Lee, Park, Choi), which no rule gives: a table of readings.  Own writing.
 */


#include "rfl_name_int.h"


#define RFL_HANG_FIRST     0xac00
#define RFL_HANG_LAST      0xd7a3


typedef struct {
    uint16_t     cp;
    const char  *readings;         /* separated by a space */
} rfl_hang_family_t;


static unsigned rfl_hang_sound(const uint32_t *cp, unsigned n, int loose,
    char *ph);


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
    { 0xc591, "yaN" },
    { 0xc5c4, "om um" },
    { 0xc5ec, "yo" },
    { 0xc5f0, "yon yun" },
    { 0xc5fc, "yom yum" },
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
    char         ph[RFL_TOKEN_MAX * 6];
    size_t       i;
    unsigned     n;
    const char  *s, *e;

    if (t->n == 1) {
        for (i = 0; i < sizeof(rfl_hang_family) / sizeof(rfl_hang_family[0]);
             i++)
        {
            if (rfl_hang_family[i].cp != t->cp[0]) {
                continue;
            }

            for (s = rfl_hang_family[i].readings; *s != '\0'; s = e) {

                for (e = s; *e != '\0' && *e != ' '; e++) {
                    /* void */
                }

                rfl_reading_add(rs, s, (size_t) (e - s), 0);

                if (*e == ' ') {
                    e++;
                }
            }
        }
    }

    n = rfl_hang_sound(t->cp, t->n, 0, ph);
    rfl_reading_add(rs, ph, n, 0);

    /* a foreign name */

    if (t->n >= 2 && !(t->flags & RFL_PART_SPLIT)) {
        n = rfl_hang_sound(t->cp, t->n, 1, ph);
        rfl_reading_add(rs, ph, n, 0);
    }

    rfl_memzero(ph, sizeof(ph));
}


static unsigned
rfl_hang_sound(const uint32_t *cp, unsigned n, int loose, char *ph)
{
    unsigned     i, k, lead, vowel, tail, before;
    uint32_t     c;
    const char  *p;

    k = 0;
    before = 0;

    for (i = 0; i < n; i++) {
        c = cp[i];

        if (c < RFL_HANG_FIRST || c > RFL_HANG_LAST) {
            continue;
        }

        c -= RFL_HANG_FIRST;
        lead = c / (21 * 28);
        vowel = c / 28 % 21;
        tail = c % 28;

        p = rfl_hang_leads[lead];

        /* s before i is sh; a lead r after a tail l is one l */

        if (lead == 5 && before == 8) {
            p = "";
        }

        /* a tail consonant moves over to a silent lead */

        if (lead == 11 && before == 1 && k > 0) {
            ph[k - 1] = 'g';

        } else if (lead == 11 && before == 17 && k > 0) {
            ph[k - 1] = 'b';

        } else if (lead == 11 && (before == 19 || before == 20) && k > 0) {
            ph[k - 1] = 's';
        }

        if (loose && lead == 17) {
            p = "P";               /* f as well */
        }

        while (*p != '\0') {
            ph[k++] = *p++;
        }

        p = rfl_hang_vowels[vowel];

        if (loose && vowel == 18) {
            p = "@";

        } else if (loose && vowel == 4) {
            p = (tail == 0) ? "e%" : "e";

        } else if (loose && vowel == 0 && tail == 0) {
            p = "a%";
        }

        while (*p != '\0') {
            ph[k++] = *p++;
        }

        p = (loose && tail == 8) ? "R"
            : (loose && tail == 19) ? "s" : rfl_hang_tails[tail];

        while (*p != '\0') {
            ph[k++] = *p++;
        }

        before = tail;
    }

    return k;
}
