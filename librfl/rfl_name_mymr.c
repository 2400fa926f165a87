
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_mymr.c: Burmese: cutting unspaced text into syllables, each a
 * part of the name, and their sound in the spelling people use in passports
 * (Aung, Htay, Khaing), which is not a letter-by-letter transliteration.
 * Own rules: onset by letter and medials, rhyme by vowel signs and final.
 */


#include "rfl_name_int.h"


#define RFL_MYMR_ASAT      0x103a
#define RFL_MYMR_STACK     0x1039


typedef struct {
    uint16_t     vowels;           /* bit set, below */
    uint16_t     final;            /* letter with asat, 0: none */
    const char  *ph;
} rfl_mymr_rhyme_t;


typedef struct {
    size_t       n;
    char         ph[RFL_TOKEN_MAX * 4];
} rfl_mymr_phones_t;


static int rfl_mymr_base(uint32_t c);
static int rfl_mymr_native(const rfl_token_t *t);
static unsigned rfl_mymr_ends(const rfl_token_t *t,
    uint8_t ends[RFL_TOKEN_MAX]);
static unsigned rfl_mymr_phones(const uint32_t *cp, unsigned count,
    unsigned rolled, rfl_mymr_phones_t *out);
static void rfl_mymr_dotted(const rfl_token_t *t, rfl_mymr_phones_t *out);
static const rfl_mymr_rhyme_t *rfl_mymr_rhyme(unsigned vowels,
    uint32_t final);
static size_t rfl_mymr_say(char *to, const char *ph);
static int rfl_burma_syllable(const char *s, size_t n);
static uint32_t rfl_mymr_final(uint32_t c);


#define RFL_MYMR_AA        0x0001  /* 102b 102c */
#define RFL_MYMR_I         0x0002
#define RFL_MYMR_II        0x0004
#define RFL_MYMR_U         0x0008
#define RFL_MYMR_UU        0x0010
#define RFL_MYMR_E         0x0020
#define RFL_MYMR_AI        0x0040
#define RFL_MYMR_DOT       0x0080  /* anusvara */
#define RFL_MYMR_W         0x0100  /* medial wa */

#define RFL_MYMR_O         (RFL_MYMR_I|RFL_MYMR_U)
#define RFL_MYMR_AW        (RFL_MYMR_E|RFL_MYMR_AA)


/* how a word ends, and whether an r is in it, which Burma reads as y */

#define RFL_MYMR_ENDS_OPEN    0x01
#define RFL_MYMR_ENDS_CLOSED  0x02
#define RFL_MYMR_ENDS_AI      0x04
#define RFL_MYMR_ENDS_ROLLED  0x08
#define RFL_MYMR_ENDS_M       0x10


/* U+1000 .. U+1021 */

static const char *const  rfl_mymr_onsets[] = {
    "k", "x", "g", "g", "N", "s", "s", "z",
    "z", "ny", "ny", "t", "t", "d", "d", "n",
    "t", "t", "d", "d", "n", "p", "p", "b",
    "b", "m", "y", "y", "l", "w", "T", "h",
    "l", ""
};


static const rfl_mymr_rhyme_t  rfl_mymr_rhymes[] = {
    { 0, 0, "a" },
    { RFL_MYMR_AA, 0, "a" },
    { RFL_MYMR_I, 0, "i" },
    { RFL_MYMR_II, 0, "i" },
    { RFL_MYMR_U, 0, "u" },
    { RFL_MYMR_UU, 0, "u" },
    { RFL_MYMR_E, 0, "ay" },
    { RFL_MYMR_AI, 0, "e" },
    { RFL_MYMR_AW, 0, "aw" },
    { RFL_MYMR_O, 0, "o" },
    { RFL_MYMR_DOT, 0, "an" },
    { RFL_MYMR_U|RFL_MYMR_DOT, 0, "on" },
    { RFL_MYMR_I|RFL_MYMR_DOT, 0, "eyn" },
    { 0, 0x1000, "et" },           /* k */
    { 0, 0x1004, "in" },           /* ng */
    { 0, 0x1005, "it" },           /* c */
    { 0, 0x1009, "in" },           /* ny */
    { 0, 0x100a, "i" },            /* nny */
    { 0, 0x1010, "at" },           /* t */
    { 0, 0x1014, "an" },           /* n */
    { 0, 0x1015, "at" },           /* p */
    { 0, 0x1019, "an" },           /* m */
    { 0, 0x101a, "e" },            /* y */
    { RFL_MYMR_AW, 0x1004, "awN" },
    { RFL_MYMR_AW, 0x1000, "awk" },
    { RFL_MYMR_O, 0x1004, "ayN" },
    { RFL_MYMR_O, 0x1000, "ayk" },
    { RFL_MYMR_O, 0x101a, "o" },
    { RFL_MYMR_I, 0x1004, "eyn" },
    { RFL_MYMR_I, 0x1014, "eyn" },
    { RFL_MYMR_I, 0x1019, "eyn" },
    { RFL_MYMR_I, 0x1010, "eyk" },
    { RFL_MYMR_I, 0x1015, "eyk" },
    { RFL_MYMR_U, 0x1014, "un" },
    { RFL_MYMR_U, 0x1019, "un" },
    { RFL_MYMR_U, 0x1010, "ot" },
    { RFL_MYMR_U, 0x1015, "ot" },
    { RFL_MYMR_W, 0x1014, "un" },
    { RFL_MYMR_W, 0x1019, "un" },
    { RFL_MYMR_W, 0x1010, "ut" },
    { RFL_MYMR_W, 0x1015, "ut" },
    { RFL_MYMR_W|RFL_MYMR_DOT, 0, "un" }
};


/* as English ears spell them */

#define RFL_BURMA_MAX      14      /* letters of two syllables */

static const char *const  rfl_burma_onsets[] = {
    "", "b", "bh", "by", "ch", "d", "g", "gy", "h", "hk", "hl", "hm", "hn",
    "hp", "hs", "ht", "hw", "k", "kh", "khw", "ky", "kyw", "l", "lw", "m",
    "mw", "my", "n", "ng", "nw", "ny", "p", "ph", "phy", "pw", "py", "s",
    "sh", "shw", "sw", "t", "th", "thw", "tw", "w", "y", "yw", "z"
};

static const char *const  rfl_burma_rhymes[] = {
    "a", "ah", "ai", "aik", "aing", "an", "ann", "ar", "at", "aung", "auk",
    "aw", "ay", "e", "ei", "eik", "ein", "eint", "et", "ey", "i", "ike",
    "in", "ine", "ing", "inn", "int", "it", "o", "oe", "oke", "on", "one",
    "oo", "or", "ou", "ow", "u", "un", "unn", "unt", "ut", "uu", "we", "win",
    "yin", "yint", "ynn", "yunt"
};


static int
rfl_mymr_base(uint32_t c)
{
    return (c >= 0x1000 && c <= 0x102a) || c == 0x103f || c == 0x104e;
}


/* letters of Pali that close a syllable, by the one they sound like */

static uint32_t
rfl_mymr_final(uint32_t c)
{
    switch (c) {

    case 0x1001:
    case 0x1002:
        return 0x1000;             /* k */

    case 0x1007:
        return 0x1005;             /* c */

    case 0x100b:
    case 0x100d:
    case 0x1012:
    case 0x1013:
    case 0x101e:
        return 0x1010;             /* t */

    case 0x100f:
    case 0x101c:
        return 0x1014;             /* n */

    case 0x1016:
    case 0x1017:
    case 0x1018:
        return 0x1015;             /* p */
    }

    return c;
}


uint32_t
rfl_mymr_letter(uint32_t c)
{
    switch (c) {

    case 0x102b:                   /* tall and round aa */
        return 0x102c;

    case 0x1037:
    case 0x1038:                   /* tones are often left out */
        return 0;
    }

    return c;
}


/* ends of parts: of syllables, or of words that are known to have several */

unsigned
rfl_split_mymr(const rfl_token_t *t, uint8_t ends[RFL_TOKEN_MAX])
{
    uint8_t            all[RFL_TOKEN_MAX];
    unsigned           i, k, n, count, start;
    rfl_token_t        word;
    rfl_mymr_phones_t  s;

    count = rfl_mymr_ends(t, all);

    for (i = 0, n = 0, start = 0; i < count; i = k) {

        /* the longest word first; one syllable alone is a part */

        for (k = i + RFL_MYWORD_SYLLABLES; k > i + 1; k--) {

            if (k > count) {
                continue;
            }

            word.n = all[k - 1] - start;
            memcpy(word.cp, &t->cp[start], word.n * sizeof(uint32_t));

            if (!rfl_mymr_native(&word)) {
                rfl_mymr_dotted(&word, &s);

                if (rfl_myword_find(s.ph, s.n, NULL)) {
                    break;
                }
            }
        }

        ends[n++] = all[k - 1];
        start = all[k - 1];
    }

    rfl_memzero(word.cp, sizeof(word.cp));
    rfl_memzero(s.ph, sizeof(s.ph));

    return n;
}


/* medials that no foreign name needs; but Sh and J are written with them */

static int
rfl_mymr_native(const rfl_token_t *t)
{
    unsigned  i;

    for (i = 1; i < t->n; i++) {

        if (t->cp[i] == 0x103c
            || (t->cp[i] == 0x103b && t->cp[i - 1] != 0x1002
                && t->cp[i - 1] != 0x1007)
            || (t->cp[i] == 0x103e && t->cp[i - 1] != 0x101b))
        {
            return 1;
        }
    }

    return 0;
}


/* ends of syllables, the last one t->n */

static unsigned
rfl_mymr_ends(const rfl_token_t *t, uint8_t ends[RFL_TOKEN_MAX])
{
    unsigned  i, k, n;

    n = 0;

    for (i = 1; i < t->n; i++) {

        if (!rfl_mymr_base(t->cp[i]) || t->cp[i - 1] == RFL_MYMR_STACK) {
            continue;
        }

        /* a final, or the upper half of a stack, belongs to what is before */

        for (k = i + 1; k < t->n && (t->cp[k] == 0x1037 || t->cp[k] == 0x1038);
             k++)
        {
            /* void */
        }

        if (k < t->n
            && (t->cp[k] == RFL_MYMR_ASAT || t->cp[k] == RFL_MYMR_STACK))
        {
            continue;
        }

        ends[n++] = (uint8_t) i;
    }

    ends[n++] = (uint8_t) t->n;

    return n;
}


/* how the last syllable ends, and whether there is an r: RFL_MYMR_ENDS_* */

static unsigned
rfl_mymr_phones(const uint32_t *cp, unsigned count, unsigned rolled,
    rfl_mymr_phones_t *out)
{
    char                    *ph;
    size_t                   n, k;
    unsigned                 i, medial, vowels, ends, r_seen;
    uint32_t                 c, onset, final;
    const char              *p;
    const rfl_mymr_rhyme_t  *best;

    ph = out->ph;
    ph[0] = 0;
    n = 0;
    ends = 0;
    r_seen = 0;

    for (i = 0; i < count && n + 12 < sizeof(out->ph); /* void */ ) {
        c = cp[i++];

        if (!rfl_mymr_base(c)) {
            continue;
        }

        onset = c;
        medial = 0;                /* 1 ya, 2 ra, 4 ha */
        vowels = 0;
        final = 0;

        switch (c) {               /* vowels that stand alone */

        case 0x1023:
        case 0x1024:
            vowels = RFL_MYMR_I;
            onset = 0x1021;
            break;

        case 0x1025:
        case 0x1026:
            vowels = RFL_MYMR_U;
            onset = 0x1021;
            break;

        case 0x1027:
            vowels = RFL_MYMR_E;
            onset = 0x1021;
            break;

        case 0x1029:
        case 0x102a:
            vowels = RFL_MYMR_AW;
            onset = 0x1021;
            break;
        }

        for ( /* void */ ; i < count; i++) {
            c = cp[i];

            if (rfl_mymr_base(c)) {

                /* final, with asat or stacked over the next syllable */

                for (k = i + 1; k < count
                     && (cp[k] == 0x1037 || cp[k] == 0x1038); k++)
                {
                    /* void */
                }

                if (k < count && (cp[k] == RFL_MYMR_ASAT
                                 || cp[k] == RFL_MYMR_STACK))
                {
                    final = c;
                    i = (unsigned) k + 1;

                    while (i < count && (cp[i] == RFL_MYMR_STACK
                                        || cp[i] == 0x1037
                                        || cp[i] == 0x1038))
                    {
                        i++;
                    }
                }

                break;
            }

            switch (c) {

            case 0x103b:
                medial |= 1;
                break;

            case 0x103c:
                medial |= 2;
                break;

            case 0x103d:
                vowels |= RFL_MYMR_W;
                break;

            case 0x103e:
                medial |= 4;
                break;

            case 0x102b:
            case 0x102c:
                vowels |= RFL_MYMR_AA;
                break;

            case 0x102d:
                vowels |= RFL_MYMR_I;
                break;

            case 0x102e:
                vowels |= RFL_MYMR_II;
                break;

            case 0x102f:
                vowels |= RFL_MYMR_U;
                break;

            case 0x1030:
                vowels |= RFL_MYMR_UU;
                break;

            case 0x1031:
                vowels |= RFL_MYMR_E;
                break;

            case 0x1032:
                vowels |= RFL_MYMR_AI;
                break;

            case 0x1036:
                vowels |= RFL_MYMR_DOT;
                break;
            }
        }

        /* onset */

        if (onset >= 0x1000 && onset <= 0x1021) {
            p = rfl_mymr_onsets[onset - 0x1000];

            if (onset == 0x101b && (medial & 4)) {
                p = "S";           /* hra */

            } else if ((onset == 0x101c || onset == 0x101e)
                       && (medial & 5) == 5)
            {
                p = "S";

            } else if (onset == 0x1001 && (medial & 3)) {
                p = "C";
                medial = 0;

            } else if (onset == 0x1002 && (medial & 1)) {
                p = "J";
                medial = 0;
            }

            if (onset == 0x101b && *p == 'y') {
                r_seen = RFL_MYMR_ENDS_ROLLED;
                p = rolled ? "r" : p;
            }

            n += rfl_mymr_say(&ph[n], p);

            if ((medial & 3) && *p != 'S') {
                ph[n++] = 'y';
            }
        }

        /* rhyme */

        if (!rolled || final != 0x101c) {
            final = rfl_mymr_final(final);
        }

        best = rfl_mymr_rhyme(vowels, final);

        if (best == NULL && (vowels & RFL_MYMR_W)) {
            ph[n++] = 'w';
            vowels &= ~(unsigned) RFL_MYMR_W;
        }

        if (best == NULL) {
            best = rfl_mymr_rhyme(vowels, final);
        }

        /* a foreign rhyme: its vowel, and its letter */

        p = "";

        if (best == NULL && final != 0) {
            best = rfl_mymr_rhyme(vowels, 0);
            p = (final < 0x1022) ? rfl_mymr_onsets[final - 0x1000] : "";
            p = (final == 0x101b) ? "r" : p;
        }

        n += rfl_mymr_say(&ph[n], (best != NULL) ? best->ph : "a");
        n += rfl_mymr_say(&ph[n], p);

        /* long vowels that English ears spell with an r: Mar, Zor */

        if (final == 0 && vowels == RFL_MYMR_AA) {
            ph[n++] = '%';
        }

        ends = (final == 0 && vowels == RFL_MYMR_AW) ? RFL_MYMR_ENDS_OPEN
               : (final == 0x1000 && vowels == 0) ? RFL_MYMR_ENDS_CLOSED
               : (final == 0x1004 && vowels == RFL_MYMR_O) ? RFL_MYMR_ENDS_AI
               : (final == 0x1019 && vowels == 0) ? RFL_MYMR_ENDS_M
               : 0;
    }

    out->n = n;

    return ends | r_seen;
}


void
rfl_read_mymr(const rfl_token_t *t, rfl_readings_t *rs)
{
    unsigned           ends, rolled, found;
    rfl_mymr_phones_t  s;

    rfl_mymr_dotted(t, &s);
    found = rfl_myword_find(s.ph, s.n, rs);

    for (rolled = 0; rolled < 2 && !found; rolled++) {
        ends = rfl_mymr_phones(t->cp, t->n, rolled, &s);

        rfl_reading_add(rs, s.ph, s.n, 0);

        if (ends & RFL_MYMR_ENDS_OPEN) {
            memcpy(&s.ph[s.n - 2], "o%", 2);
            rfl_reading_add(rs, s.ph, s.n, 0);
        }

        /* Thet, or Thek as it is written */

        if (ends & RFL_MYMR_ENDS_CLOSED) {
            s.ph[s.n - 1] = 'k';
            rfl_reading_add(rs, s.ph, s.n, 0);
        }

        /* Kham and Lam, of Shan and Kachin */

        if (ends & RFL_MYMR_ENDS_M) {
            s.ph[s.n - 1] = 'm';
            rfl_reading_add(rs, s.ph, s.n, 0);
        }

        /* Naing; of Shan, Mon and Kachin it is Nai */

        if (ends & RFL_MYMR_ENDS_AI) {
            rfl_reading_add(rs, s.ph, s.n - 1, 0);
        }

        if (!(ends & RFL_MYMR_ENDS_ROLLED)) {
            break;
        }
    }

    rfl_memzero(&s, sizeof(s));
}


/* the phones of a word with a dot between its syllables */

static void
rfl_mymr_dotted(const rfl_token_t *t, rfl_mymr_phones_t *out)
{
    uint8_t            ends[RFL_TOKEN_MAX];
    unsigned           i, n, start;
    rfl_mymr_phones_t  s;

    n = rfl_mymr_ends(t, ends);
    out->n = 0;

    for (i = 0, start = 0; i < n && n <= RFL_MYWORD_SYLLABLES; i++) {
        (void) rfl_mymr_phones(&t->cp[start], ends[i] - start, 1, &s);
        start = ends[i];

        if (out->n + s.n + 1 >= sizeof(out->ph)) {
            break;
        }

        memcpy(&out->ph[out->n], s.ph, s.n);
        out->n += s.n;
        out->ph[out->n++] = '.';
    }

    rfl_memzero(&s, sizeof(s));
}


static const rfl_mymr_rhyme_t *
rfl_mymr_rhyme(unsigned vowels, uint32_t final)
{
    size_t  k;

    for (k = 0; k < sizeof(rfl_mymr_rhymes) / sizeof(rfl_mymr_rhymes[0]);
         k++)
    {
        if (rfl_mymr_rhymes[k].final == final
            && rfl_mymr_rhymes[k].vowels == vowels)
        {
            return &rfl_mymr_rhymes[k];
        }
    }

    return NULL;
}


static size_t
rfl_mymr_say(char *to, const char *ph)
{
    size_t  n;

    n = strlen(ph);
    memcpy(to, ph, n);

    return n;
}


/* Kyihtay, Kosuu: both halves as they stand in passports, with an onset */

unsigned
rfl_split_burma(const rfl_token_t *t, rfl_cut_t cuts[RFL_CUTS_MAX])
{
    char      s[RFL_BURMA_MAX];
    unsigned  i, n;

    if (t->n > RFL_BURMA_MAX) {
        return 0;
    }

    for (i = 0; i < t->n; i++) {

        if (t->cp[i] < 'a' || t->cp[i] > 'z') {
            return 0;
        }

        s[i] = (char) t->cp[i];
    }

    for (i = 2, n = 0; i + 2 <= t->n && n < RFL_CUTS_MAX; i++) {

        if (strchr("aeiou", s[i]) == NULL && rfl_burma_syllable(s, i)
            && rfl_burma_syllable(&s[i], t->n - i))
        {
            cuts[n].at = (uint8_t) i;
            cuts[n].guess = 0;
            cuts[n].flags = 0;
            n++;
        }
    }

    rfl_memzero(s, sizeof(s));

    return n;
}


static int
rfl_burma_syllable(const char *s, size_t n)
{
    size_t       i, len;
    const char  *onset;

    for (i = 0; i < sizeof(rfl_burma_onsets) / sizeof(char *); i++) {
        onset = rfl_burma_onsets[i];
        len = strlen(onset);

        if (len < n && memcmp(s, onset, len) == 0
            && rfl_word_in(rfl_burma_rhymes,
                           sizeof(rfl_burma_rhymes) / sizeof(char *), &s[len],
                           n - len))
        {
            return 1;
        }
    }

    return 0;
}
