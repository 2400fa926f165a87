
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_mymr.c: Burmese: cutting unspaced text into syllables, each a
 * part of the name, and their sound in the spelling people use in passports
 * (Aung, Htay, Khaing), which is not a letter-by-letter transliteration.
 * Own rules: onset by letter and medials, rhyme by vowel signs and final.
 */


#include "rfl_name_int.h"


#define RFL_MYMR_KA        0x1000
#define RFL_MYMR_KHA       0x1001
#define RFL_MYMR_GA        0x1002
#define RFL_MYMR_NGA       0x1004
#define RFL_MYMR_JA        0x1007
#define RFL_MYMR_RA        0x101b
#define RFL_MYMR_LA        0x101c
#define RFL_MYMR_WA        0x101d
#define RFL_MYMR_SA        0x101e
#define RFL_MYMR_NONE      0x1021  /* bears a vowel, is no consonant */
#define RFL_MYMR_DOTTED    0x1037  /* the two tones */
#define RFL_MYMR_VISARGA   0x1038
#define RFL_MYMR_STACK     0x1039  /* the next letter goes below */
#define RFL_MYMR_ASAT      0x103a  /* no vowel follows */

#define RFL_MYMR_SYLLABLE  12      /* phones of one, at most */


typedef struct {
    uint16_t     vowels;           /* RFL_MYMR_*, below */
    uint16_t     final;            /* letter with asat, 0: none */
    const char  *ph;
    unsigned     ends;             /* RFL_MYMR_ENDS_* */
} rfl_mymr_rhyme_t;

typedef struct {
    uint32_t     onset;
    uint32_t     final;            /* 0: none */
    unsigned     marks;            /* vowels and medials */
} rfl_mymr_syllable_t;

typedef struct {
    size_t       n;
    char         ph[RFL_TOKEN_MAX * 4];
} rfl_mymr_phones_t;


static int rfl_mymr_base(uint32_t c);
static int rfl_mymr_tone(uint32_t c);
static unsigned rfl_mymr_closed(const uint32_t *cp, unsigned i,
    unsigned count);
static int rfl_mymr_native(const rfl_token_t *t);
static unsigned rfl_mymr_ends(const rfl_token_t *t,
    uint8_t ends[RFL_TOKEN_MAX]);
static void rfl_mymr_dotted(const rfl_token_t *t, rfl_mymr_phones_t *out);
static unsigned rfl_mymr_phones(const uint32_t *cp, unsigned count,
    unsigned rolled, rfl_mymr_phones_t *out);
static unsigned rfl_mymr_syllable(const uint32_t *cp, unsigned i,
    unsigned count, rfl_mymr_syllable_t *s);
static uint32_t rfl_mymr_final(uint32_t c);
static void rfl_mymr_say_onset(const rfl_mymr_syllable_t *s, unsigned rolled,
    rfl_mymr_phones_t *out);
static unsigned rfl_mymr_say_rhyme(const rfl_mymr_syllable_t *s,
    rfl_mymr_phones_t *out);
static const rfl_mymr_rhyme_t *rfl_mymr_rhyme(unsigned vowels,
    uint32_t final);
static void rfl_mymr_say(rfl_mymr_phones_t *out, const char *ph);


/* signs of a syllable */

#define RFL_MYMR_AA        0x0001
#define RFL_MYMR_I         0x0002
#define RFL_MYMR_II        0x0004
#define RFL_MYMR_U         0x0008
#define RFL_MYMR_UU        0x0010
#define RFL_MYMR_E         0x0020
#define RFL_MYMR_AI        0x0040
#define RFL_MYMR_DOT       0x0080  /* anusvara */
#define RFL_MYMR_W         0x0100  /* the medials; this one is of the rhyme */
#define RFL_MYMR_Y         0x0200
#define RFL_MYMR_R         0x0400
#define RFL_MYMR_H         0x0800
#define RFL_MYMR_SHORT     0x1000  /* the dot below, behind a final */

#define RFL_MYMR_RHYME     0x01ff
#define RFL_MYMR_O         (RFL_MYMR_I|RFL_MYMR_U)
#define RFL_MYMR_AW        (RFL_MYMR_E|RFL_MYMR_AA)


/* how a syllable ends, and whether an r is in it, which Burma reads as y */

#define RFL_MYMR_ENDS_OPEN    0x01
#define RFL_MYMR_ENDS_CLOSED  0x02
#define RFL_MYMR_ENDS_AI      0x04
#define RFL_MYMR_ENDS_ROLLED  0x08
#define RFL_MYMR_ENDS_M       0x10
#define RFL_MYMR_ENDS_SHORT   0x20
#define RFL_MYMR_ENDS_WUT     0x40


/* U+1000 .. U+1021 */

#define rfl_mymr_onset(c)  rfl_mymr_onsets[(c) - RFL_MYMR_KA]

static const char *const  rfl_mymr_onsets[] = {
    "k", "x", "g", "g", "N", "s", "s", "z",
    "z", "ny", "ny", "t", "t", "d", "d", "n",
    "t", "t", "d", "d", "n", "p", "p", "b",
    "b", "m", "y", "y", "l", "w", "T", "h",
    "l", ""
};

/* vowels that stand alone, U+1023 .. U+102A */

#define RFL_MYMR_ALONE       0x1023
#define RFL_MYMR_ALONE_LAST  0x102a

static const uint16_t  rfl_mymr_alone[] = {
    RFL_MYMR_I, RFL_MYMR_I, RFL_MYMR_U, RFL_MYMR_U, RFL_MYMR_E, 0,
    RFL_MYMR_AW, RFL_MYMR_AW
};

/* U+102B .. U+103E */

#define RFL_MYMR_MARK        0x102b
#define RFL_MYMR_MARK_LAST   0x103e

static const uint16_t  rfl_mymr_marks[] = {
    RFL_MYMR_AA, RFL_MYMR_AA, RFL_MYMR_I, RFL_MYMR_II, RFL_MYMR_U, RFL_MYMR_UU,
    RFL_MYMR_E, RFL_MYMR_AI, 0, 0, 0, RFL_MYMR_DOT, 0, 0, 0, 0, RFL_MYMR_Y,
    RFL_MYMR_R, RFL_MYMR_W, RFL_MYMR_H
};

static const rfl_mymr_rhyme_t  rfl_mymr_rhymes[] = {
    { 0, 0, "a", 0 },
    { RFL_MYMR_AA, 0, "a", 0 },
    { RFL_MYMR_I, 0, "i", 0 },
    { RFL_MYMR_II, 0, "i", 0 },
    { RFL_MYMR_U, 0, "u", 0 },
    { RFL_MYMR_UU, 0, "u", 0 },
    { RFL_MYMR_E, 0, "ay", 0 },
    { RFL_MYMR_AI, 0, "e", 0 },
    { RFL_MYMR_AW, 0, "aw", RFL_MYMR_ENDS_OPEN },
    { RFL_MYMR_O, 0, "o", 0 },
    { RFL_MYMR_DOT, 0, "an", 0 },
    { RFL_MYMR_U|RFL_MYMR_DOT, 0, "on", 0 },
    { RFL_MYMR_I|RFL_MYMR_DOT, 0, "eyn", 0 },
    { 0, 0x1000, "et", RFL_MYMR_ENDS_CLOSED },     /* k */
    { 0, 0x1004, "in", 0 },           /* ng */
    { 0, 0x1005, "it", 0 },           /* c */
    { 0, 0x1009, "in", 0 },           /* ny */
    { 0, 0x100a, "i", 0 },            /* nny */
    { 0, 0x1010, "at", 0 },           /* t */
    { 0, 0x1014, "an", 0 },           /* n */
    { 0, 0x1015, "at", 0 },           /* p */
    { 0, 0x1019, "an", RFL_MYMR_ENDS_M },          /* m */
    { 0, 0x101a, "e", 0 },            /* y */
    { RFL_MYMR_AW, 0x1004, "awN", 0 },
    { RFL_MYMR_AW, 0x1000, "awk", 0 },
    { RFL_MYMR_O, 0x1004, "ayN", RFL_MYMR_ENDS_AI },
    { RFL_MYMR_O, 0x1000, "ayk", 0 },
    { RFL_MYMR_O, 0x101a, "o", 0 },
    { RFL_MYMR_I, 0x1004, "eyn", 0 },
    { RFL_MYMR_I, 0x1014, "eyn", 0 },
    { RFL_MYMR_I, 0x1019, "eyn", 0 },
    { RFL_MYMR_I, 0x1010, "eyk", 0 },
    { RFL_MYMR_I, 0x1015, "eyk", 0 },
    { RFL_MYMR_U, 0x1014, "un", 0 },
    { RFL_MYMR_U, 0x1019, "un", 0 },
    { RFL_MYMR_U, 0x1010, "ot", 0 },
    { RFL_MYMR_U, 0x1015, "ot", 0 },
    { RFL_MYMR_W, 0x1014, "un", 0 },
    { RFL_MYMR_W, 0x1019, "un", 0 },
    { RFL_MYMR_W, 0x1010, "ut", 0 },
    { RFL_MYMR_W, 0x1015, "ut", 0 },
    { RFL_MYMR_W|RFL_MYMR_DOT, 0, "un", 0 }
};


/* letters of Pali that close a syllable, each with the one it sounds like */

static const uint16_t  rfl_mymr_finals[][2] = {
    { 0x1001, 0x1000 }, { 0x1002, 0x1000 },        /* k */
    { 0x1007, 0x1005 },                            /* c */
    { 0x100b, 0x1010 }, { 0x100d, 0x1010 }, { 0x1012, 0x1010 },
    { 0x1013, 0x1010 }, { 0x101e, 0x1010 },        /* t */
    { 0x100f, 0x1014 }, { 0x101c, 0x1014 },        /* n */
    { 0x1016, 0x1015 }, { 0x1017, 0x1015 }, { 0x1018, 0x1015 }     /* p */
};


static int
rfl_mymr_base(uint32_t c)
{
    return (c >= 0x1000 && c <= 0x102a) || c == 0x103f || c == 0x104e;
}


/* tones are often left out */

static int
rfl_mymr_tone(uint32_t c)
{
    return c == RFL_MYMR_DOTTED || c == RFL_MYMR_VISARGA;
}


uint32_t
rfl_mymr_letter(uint32_t c)
{
    if (c == 0x102b) {             /* a tall aa */
        return 0x102c;
    }

    return rfl_mymr_tone(c) ? 0 : c;
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
            || (t->cp[i] == 0x103b && t->cp[i - 1] != RFL_MYMR_GA
                && t->cp[i - 1] != RFL_MYMR_JA)
            || (t->cp[i] == 0x103e && t->cp[i - 1] != RFL_MYMR_RA))
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
    unsigned  i, n;

    n = 0;

    for (i = 1; i < t->n; i++) {

        if (!rfl_mymr_base(t->cp[i]) || t->cp[i - 1] == RFL_MYMR_STACK) {
            continue;
        }

        /* a final, or the upper half of a stack, belongs to what is before */

        if (rfl_mymr_closed(t->cp, i, t->n) == 0) {
            ends[n++] = (uint8_t) i;
        }
    }

    ends[n++] = (uint8_t) t->n;

    return n;
}


/*
 * Behind the sign that makes the letter at i a final, or stacks it on the
 * next; 0: it is an onset.
 */

static unsigned
rfl_mymr_closed(const uint32_t *cp, unsigned i, unsigned count)
{
    for (i++; i < count && rfl_mymr_tone(cp[i]); i++) {
        /* void */
    }

    return (i < count && (cp[i] == RFL_MYMR_ASAT || cp[i] == RFL_MYMR_STACK))
           ? i + 1 : 0;
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

        /* Wut is written as Wat would be */

        if (ends & RFL_MYMR_ENDS_WUT) {
            s.ph[s.n - 2] = 'u';
            rfl_reading_add(rs, s.ph, s.n, 0);
        }

        /* Tint and Wint: what is cut short is heard with a t */

        if (ends & RFL_MYMR_ENDS_SHORT) {
            rfl_mymr_say(&s, "t");
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


/* how the last syllable ends, and whether there is an r: RFL_MYMR_ENDS_* */

static unsigned
rfl_mymr_phones(const uint32_t *cp, unsigned count, unsigned rolled,
    rfl_mymr_phones_t *out)
{
    unsigned             i, ends, r_seen;
    rfl_mymr_syllable_t  s;

    out->ph[0] = 0;
    out->n = 0;
    ends = 0;
    r_seen = 0;

    for (i = 0;
         i < count && out->n + RFL_MYMR_SYLLABLE < sizeof(out->ph); /* void */ )
    {
        if (!rfl_mymr_base(cp[i])) {
            i++;
            continue;
        }

        i = rfl_mymr_syllable(cp, i, count, &s);

        if (s.onset == RFL_MYMR_RA && !(s.marks & RFL_MYMR_H)) {
            r_seen = RFL_MYMR_ENDS_ROLLED;
        }

        if (!rolled || s.final != RFL_MYMR_LA) {
            s.final = rfl_mymr_final(s.final);
        }

        rfl_mymr_say_onset(&s, rolled, out);
        ends = rfl_mymr_say_rhyme(&s, out);
    }

    return ends | r_seen;
}


/* the syllable at i, which is a base letter; where the next may begin */

static unsigned
rfl_mymr_syllable(const uint32_t *cp, unsigned i, unsigned count,
    rfl_mymr_syllable_t *s)
{
    unsigned  end;

    s->onset = cp[i++];
    s->marks = 0;
    s->final = 0;

    if (s->onset >= RFL_MYMR_ALONE && s->onset <= RFL_MYMR_ALONE_LAST
        && rfl_mymr_alone[s->onset - RFL_MYMR_ALONE] != 0)
    {
        s->marks = rfl_mymr_alone[s->onset - RFL_MYMR_ALONE];
        s->onset = RFL_MYMR_NONE;
    }

    for ( /* void */ ; i < count && !rfl_mymr_base(cp[i]); i++) {

        if (cp[i] >= RFL_MYMR_MARK && cp[i] <= RFL_MYMR_MARK_LAST) {
            s->marks |= rfl_mymr_marks[cp[i] - RFL_MYMR_MARK];
        }
    }

    end = (i < count) ? rfl_mymr_closed(cp, i, count) : 0;

    if (end == 0) {
        return i;
    }

    s->final = cp[i];

    for (i++;
         i < end
         || (i < count && (cp[i] == RFL_MYMR_STACK || rfl_mymr_tone(cp[i])));
         i++)
    {
        s->marks |= (cp[i] == RFL_MYMR_DOTTED) ? RFL_MYMR_SHORT : 0;
    }

    return i;
}


static uint32_t
rfl_mymr_final(uint32_t c)
{
    size_t  i;

    for (i = 0;
         i < sizeof(rfl_mymr_finals) / sizeof(rfl_mymr_finals[0]);
         i++)
    {
        if (rfl_mymr_finals[i][0] == c) {
            return rfl_mymr_finals[i][1];
        }
    }

    return c;
}


static void
rfl_mymr_say_onset(const rfl_mymr_syllable_t *s, unsigned rolled,
    rfl_mymr_phones_t *out)
{
    unsigned     glide;
    const char  *p;

    if (s->onset > RFL_MYMR_NONE) {
        return;
    }

    p = rfl_mymr_onset(s->onset);
    glide = s->marks & (RFL_MYMR_Y|RFL_MYMR_R);

    if ((s->onset == RFL_MYMR_RA && (s->marks & RFL_MYMR_H))
        || ((s->onset == RFL_MYMR_LA || s->onset == RFL_MYMR_SA)
            && (s->marks & RFL_MYMR_Y) && (s->marks & RFL_MYMR_H)))
    {
        p = "S";
        glide = 0;

    } else if (s->onset == RFL_MYMR_KHA && glide) {
        p = "C";
        glide = 0;

    } else if (s->onset == RFL_MYMR_GA && (s->marks & RFL_MYMR_Y)) {
        p = "J";
        glide = 0;

    } else if (s->onset == RFL_MYMR_RA && rolled) {
        p = "r";
    }

    rfl_mymr_say(out, p);

    if (glide) {
        rfl_mymr_say(out, "y");
    }
}


/* RFL_MYMR_ENDS_* */

static unsigned
rfl_mymr_say_rhyme(const rfl_mymr_syllable_t *s, rfl_mymr_phones_t *out)
{
    unsigned                 vowels;
    const rfl_mymr_rhyme_t  *best;

    vowels = s->marks & RFL_MYMR_RHYME;
    best = rfl_mymr_rhyme(vowels, s->final);

    if (best == NULL && (vowels & RFL_MYMR_W)) {
        rfl_mymr_say(out, "w");
        vowels &= ~(unsigned) RFL_MYMR_W;
        best = rfl_mymr_rhyme(vowels, s->final);
    }

    if (best != NULL) {
        rfl_mymr_say(out, best->ph);

        /* a long vowel that English ears spell with an r: Mar */

        if (s->final == 0 && vowels == RFL_MYMR_AA) {
            rfl_mymr_say(out, "%");
        }

        if ((s->marks & RFL_MYMR_SHORT) && s->final == RFL_MYMR_NGA) {
            return best->ends | RFL_MYMR_ENDS_SHORT;
        }

        if (s->onset == RFL_MYMR_WA && vowels == 0 && best->ph[0] == 'a'
            && best->ph[1] != '\0')
        {
            return best->ends | RFL_MYMR_ENDS_WUT;
        }

        return best->ends;
    }

    /* a foreign rhyme: its vowel, and its letter */

    best = (s->final != 0) ? rfl_mymr_rhyme(vowels, 0) : NULL;
    rfl_mymr_say(out, (best != NULL) ? best->ph : "a");

    if (s->final == RFL_MYMR_RA) {
        rfl_mymr_say(out, "r");

    } else if (s->final != 0 && s->final <= RFL_MYMR_NONE) {
        rfl_mymr_say(out, rfl_mymr_onset(s->final));
    }

    return 0;
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


static void
rfl_mymr_say(rfl_mymr_phones_t *out, const char *ph)
{
    size_t  n;

    n = strlen(ph);
    memcpy(&out->ph[out->n], ph, n);
    out->n += n;
}
