
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_indic.c: the sound of a word in a Brahmic script of India and Sri
 * Lanka.  Nine blocks of Unicode share one layout (that of ISCII), so one
 * table serves Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu,
 * Kannada and Malayalam; Sinhala has its own order.  The inherent vowel is
 * optional, and silent at the end of a word.  Own tables.
 */


#include "rfl_name_int.h"


#define RFL_INDIC_FIRST    0x0900
#define RFL_INDIC_LAST     0x0d7f
#define RFL_SINH_FIRST     0x0d80
#define RFL_SINH_LAST      0x0dff

#define RFL_INDIC_DEVA     0
#define RFL_INDIC_BENG     1
#define RFL_INDIC_GUJR     3
#define RFL_INDIC_ORYA     4
#define RFL_INDIC_TAML     5
#define RFL_INDIC_TELU     6
#define RFL_INDIC_MLYM     8

#define RFL_INDIC_NASAL    0x02    /* anusvara, in any block */
#define RFL_INDIC_BENG_YA  0x09af

#define RFL_INDIC_ALL      0xffff

#define RFL_INDIC_SHORT    2       /* phones that are no name */
#define RFL_INDIC_INITIAL  8       /* letters of the longest, W */


/* another way in which people write what a script writes */

typedef struct {
    unsigned     blocks;           /* a bit each */
    const char  *from;             /* phones; "^": at the start, "$": end */
    const char  *to;
} rfl_indic_way_t;


/*
 * Offsets 0x00 .. 0x4f of a block.  A capital V in front: a vowel sign, takes
 * the place of the inherent vowel; "-": virama; "n" marks are nasals.
 */

static const char *const  rfl_indic_signs[0x50] = {
    "", "n", "n", "h", "a", "a", "a", "i",
    "i", "u", "u", "ri", "li", "e", "e", "e",
    "ay", "o", "o", "o", "aw", "k", "x", "g",
    "G", "N", "C", "C", "J", "J", "ny", "t",
    "T", "d", "D", "n", "t", "T", "d", "D",
    "n", "n", "p", "f", "b", "b", "m", "y",
    "r", "r", "l", "l", "l", "v", "S", "S",
    "s", "h", "", "", "", "", "Va", "Vi",
    "Vi", "Vu", "Vu", "Vri", "Vri", "Ve", "Ve", "Ve",
    "Vay", "Vo", "Vo", "Vo", "Vaw", "-", "Ve", "Vaw"
};

/* Sinhala, 0x00 .. 0x5f */

static const char *const  rfl_indic_sinh[0x60] = {
    "", "n", "n", "h", "", "a", "a", "e",
    "e", "i", "i", "u", "u", "ri", "ri", "li",
    "li", "e", "e", "ay", "o", "o", "aw", "",
    "", "", "k", "k", "g", "g", "N", "g",
    "C", "C", "J", "J", "ny", "gn", "J", "t",
    "t", "d", "d", "n", "d", "T", "T", "d",
    "D", "n", "", "d", "p", "p", "b", "b",
    "m", "b", "y", "r", "", "l", "", "",
    "v", "S", "S", "s", "h", "l", "f", "",
    "", "", "-", "", "", "", "", "Va",
    "Ve", "Ve", "Vi", "Vi", "Vu", "", "Vu", "",
    "Vri", "Ve", "Ve", "Vay", "Vo", "Vo", "Vaw", "Vli"
};


/*
 * jn of Sanskrit: Gyan, Gnan and Jnan are one name.  Nepal and Bihar say b
 * for v (Bishnu) and Nepal ch for ksh (Chhetri), Bengal kh; a Bengali j at
 * the beginning is a y elsewhere (Yadav), and Bengali and Tamil write j and
 * ch for z and s.
 */

static const rfl_indic_way_t  rfl_indic_ways[] = {
    { RFL_INDIC_ALL, "Jny", "gy" },
    { RFL_INDIC_ALL, "Jny", "gny" },
    { RFL_INDIC_ALL, "Nh", "ng" },
    { 1U << RFL_INDIC_DEVA, "v", "B" },
    { 1U << RFL_INDIC_DEVA, "kS", "C" },
    { 1U << RFL_INDIC_BENG | 1U << RFL_INDIC_ORYA, "kS", "x" },
    { 1U << RFL_INDIC_BENG, "^J", "y" },
    { 1U << RFL_INDIC_BENG, "J", "z" },
    { 1U << RFL_INDIC_BENG, "C", "s" },
    { 1U << RFL_INDIC_TAML, "C", "s" },

    /* an i that Tamil writes before a foreign r: Rasiah, Ramanathan */
    { 1U << RFL_INDIC_TAML, "^ira", "ra" },
    { 1U << RFL_INDIC_TAML, "^ir@", "ra" },

    /* courtesies, written or left out: -ben, -bahen; -bhai, -bai */
    { 1U << RFL_INDIC_DEVA | 1U << RFL_INDIC_GUJR, "ben$", "" },
    { 1U << RFL_INDIC_DEVA | 1U << RFL_INDIC_GUJR, "b@hen$", "" },
    { 1U << RFL_INDIC_DEVA | 1U << RFL_INDIC_GUJR, "bai$", "" }
};


/*
 * English letters as India, Bangladesh and Sri Lanka say and spell them: who
 * is M. A. Karim is em, e, Karim there.  By their first reading.
 */

static const struct {
    u_char       letter;
    const char  *ph;
} rfl_indic_initials[] = {
    { 'a', "e" }, { 'b', "bi" }, { 'c', "si" }, { 'd', "di" }, { 'e', "i" },
    { 'f', "ef" }, { 'f', "ayf" }, { 'f', "ehp" }, { 'g', "Ji" },
    { 'h', "eC" }, { 'h', "eiC" }, { 'h', "ayC" }, { 'h', "heC" },
    { 'i', "ai" }, { 'i', "ay" }, { 'i', "ayi" }, { 'j', "Je" },
    { 'k', "ke" }, { 'l', "el" }, { 'l', "ayl" }, { 'm', "em" },
    { 'm', "aym" }, { 'n', "en" }, { 'n', "ayn" }, { 'o', "o" },
    { 'p', "pi" }, { 'q', "kyu" }, { 'q', "kiu" }, { 'q', "kiv" },
    { 'r', "ar" }, { 's', "es" }, { 's', "ays" }, { 't', "ti" },
    { 'u', "yu" }, { 'u', "iu" }, { 'v', "vi" }, { 'w', "d@blyu" },
    { 'w', "dobliu" }, { 'w', "d@bliv" }, { 'w', "d@b@lyu" },
    { 'x', "eks" }, { 'y', "vay" }, { 'y', "vai" }, { 'y', "v@yi" },
    { 'y', "oyai" }, { 'z', "Jed" }
};


static const char *rfl_indic_nasal(uint32_t c, uint32_t next);
static void rfl_indic_way(const char *ph, size_t n,
    const rfl_indic_way_t *way, rfl_readings_t *rs);
static const char *rfl_indic_sign(uint32_t c);
static int rfl_indic_consonant(uint32_t c, const char *sign);
static const char *rfl_indic_nukta(uint32_t c, const char *sign);


uint32_t
rfl_indic_letter(uint32_t c)
{
    /* long and short i and u, the nasal marks */

    if (c >= RFL_INDIC_FIRST && c <= RFL_INDIC_LAST) {

        switch (c & 0x7f) {

        case 0x01:
            return c + 1;

        case 0x08:
        case 0x0a:
        case 0x40:
        case 0x42:
            return c - 1;
        }
    }

    return c;
}


void
rfl_indic_initial(rfl_token_t *t)
{
    u_char          letter;
    size_t          i;
    rfl_readings_t  rs;

    /* Tamil initials are syllables of its own, unless a vowel comes first */

    if (t->script != RFL_SCRIPT_INDIC || t->n > RFL_INDIC_INITIAL
        || ((t->cp[0] - RFL_INDIC_FIRST) >> 7 == RFL_INDIC_TAML
            && rfl_indic_consonant(t->cp[0], "")))
    {
        return;
    }

    rs.n = 0;
    letter = 0;

    rfl_read_indic(t, &rs);

    for (i = 0; rs.n > 0
         && i < sizeof(rfl_indic_initials) / sizeof(rfl_indic_initials[0]);
         i++)
    {
        if (strlen(rfl_indic_initials[i].ph) == rs.r[0].len
            && memcmp(rfl_indic_initials[i].ph, rs.r[0].ph, rs.r[0].len) == 0)
        {
            letter = rfl_indic_initials[i].letter;
        }
    }

    if (letter != 0) {
        t->script = RFL_SCRIPT_LATN;
        t->cp[0] = letter;
        t->n = 1;
    }

    rfl_memzero(&rs, sizeof(rfl_readings_t));
}


void
rfl_read_indic(const rfl_token_t *t, rfl_readings_t *rs)
{
    char         ph[RFL_TOKEN_MAX * 4];
    size_t       n, k;
    unsigned     i, block;
    uint32_t     c, next;
    const char  *p, *after;

    ph[0] = 0;
    n = 0;
    block = 0;

    for (i = 0; i < t->n; i++) {
        c = t->cp[i];
        next = (i + 1 < t->n) ? t->cp[i + 1] : 0;
        block = ((c - RFL_INDIC_FIRST) >> 7) & 0xf;

        p = ((c & 0x7f) == RFL_INDIC_NASAL) ? rfl_indic_nasal(c, next)
                                            : rfl_indic_sign(c);

        if (p == NULL || *p == '\0' || *p == '-') {
            continue;
        }

        if (*p == 'V') {
            for (p++; *p != '\0'; p++) {
                ph[n++] = *p;
            }

            continue;
        }

        if (next != 0 && (next & 0x7f) == 0x3c && next < RFL_INDIC_LAST) {
            p = rfl_indic_nukta(c, p);
            i++;
            next = (i + 1 < t->n) ? t->cp[i + 1] : 0;
        }

        /* Bengali ya is j, but below another letter or with a dot */

        if (c == RFL_INDIC_BENG_YA && t->cp[i] == c
            && (i == 0 || (t->cp[i - 1] & 0x7f) != 0x4d))
        {
            p = "J";
        }

        for (after = p; *after != '\0' && *after != '-'; after++) {
            ph[n++] = *after;
        }

        if (!rfl_indic_consonant(c, p)) {
            continue;
        }

        after = (next == 0) ? NULL : rfl_indic_sign(next);

        if (next == 0 || (after != NULL && (*after == 'V' || *after == '-'))) {
            continue;
        }

        ph[n++] = (block == RFL_INDIC_BENG && i == 0) ? 'o' : '@';
    }

    rfl_reading_add(rs, ph, n, 0);

    for (k = 0; k < sizeof(rfl_indic_ways) / sizeof(rfl_indic_ways[0]); k++) {
        if (rfl_indic_ways[k].blocks & (1U << block)) {
            rfl_indic_way(ph, n, &rfl_indic_ways[k], rs);
        }
    }

    rfl_memzero(ph, sizeof(ph));
}


/* sinh is said Singh, and the South ends a word with m: Subrahmanyam */

static const char *
rfl_indic_nasal(uint32_t c, uint32_t next)
{
    unsigned  block;

    if ((next & 0x7f) == 0x39 && next < RFL_SINH_FIRST) {
        return "N";
    }

    block = ((c - RFL_INDIC_FIRST) >> 7) & 0xf;

    return (next == 0 && block >= RFL_INDIC_TELU && block <= RFL_INDIC_MLYM)
           ? "m" : rfl_indic_sign(c);
}


/* a reading more, if the sound is there */

static void
rfl_indic_way(const char *ph, size_t n, const rfl_indic_way_t *way,
    rfl_readings_t *rs)
{
    int          start, end;
    char         alt[RFL_TOKEN_MAX * 4];
    size_t       i, k, len;
    const char  *from;

    from = way->from;
    start = (*from == '^');
    from += start;
    len = strlen(from);
    end = (from[len - 1] == '$');
    len -= (size_t) end;

    for (i = 0, k = 0; i < n; /* void */ ) {

        if (i + len <= n && memcmp(&ph[i], from, len) == 0
            && (!start || i == 0)
            && (!end || (i + len == n && i > RFL_INDIC_SHORT)))
        {
            memcpy(&alt[k], way->to, strlen(way->to));
            k += strlen(way->to);
            i += len;

        } else {
            alt[k++] = ph[i++];
        }
    }

    /* what did not change is not added twice */

    rfl_reading_add(rs, alt, k, 0);
    rfl_memzero(alt, k);
}


static const char *
rfl_indic_sign(uint32_t c)
{
    if (c >= RFL_SINH_FIRST && c <= RFL_SINH_LAST) {
        c -= RFL_SINH_FIRST;
        return (c < 0x60) ? rfl_indic_sinh[c] : NULL;
    }

    if (c < RFL_INDIC_FIRST || c > RFL_INDIC_LAST) {
        return NULL;
    }

    if (c == 0x09ce) {
        return "t-";               /* Bengali khanda ta */
    }

    if (c == 0x09f0 || c == 0x09f1) {
        return (c == 0x09f0) ? "r" : "w";      /* of Assam */
    }

    if (c == 0x0a70) {
        return "n";                /* Gurmukhi tippi */
    }

    if (c >= 0x0d7a) {
        return (c == 0x0d7a) ? "n" : (c == 0x0d7b) ? "n"
               : (c == 0x0d7c) ? "r" : (c == 0x0d7f) ? "k" : "l";
    }

    c &= 0x7f;

    return (c < 0x50) ? rfl_indic_signs[c] : NULL;
}


static int
rfl_indic_consonant(uint32_t c, const char *sign)
{
    if (c >= RFL_SINH_FIRST) {
        c -= RFL_SINH_FIRST;
        return c >= 0x1a && c <= 0x46;
    }

    if (c >= 0x0d7a || c == 0x09ce) {
        return 0;
    }

    if (c == 0x09f0 || c == 0x09f1) {
        return 1;
    }

    c &= 0x7f;

    return c >= 0x15 && c <= 0x39;
}


static const char *
rfl_indic_nukta(uint32_t c, const char *sign)
{
    switch (c & 0x7f) {

    case 0x15:
        return "q";

    case 0x17:
        return "G";

    case 0x1c:
        return "z";

    case 0x21:
    case 0x22:
        return "r";

    case 0x2b:
        return "f";

    case 0x2f:
        return "y";
    }

    return sign;
}
