
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_kana.c: the sound of kana.  A kana is one byte here, its distance
 * from U+30A0 (hiragana from U+3040), as in the tables of Japanese names.
 * Own table, after Hepburn.
 *
 * Foreign names are read by the rules by which Japan writes them: u and o
 * that only a syllable needs, b for v, s for th, a long vowel for an r.
 */


#include "rfl_name_int.h"


/* from small a (0x01) to vo (0x7a) */

static const char *const  rfl_kana_signs[] = {
    "", "a", "a", "i", "i", "u", "u", "e", "e", "o", "o",
    "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko", "go",
    "sa", "za", "Si", "Ji", "su", "zu", "se", "ze", "so", "zo",
    "ta", "da", "Ci", "Ji", "", "cu", "zu", "te", "de", "to", "do",
    "na", "ni", "nu", "ne", "no",
    "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he", "be", "pe",
    "ho", "bo", "po",
    "ma", "mi", "mu", "me", "mo",
    "ya", "ya", "yu", "yu", "yo", "yo",
    "Ra", "Ri", "Ru", "Re", "Ro",
    "wa", "wa", "i", "e", "o", "n", "vu", "ka", "ke",
    "va", "vi", "ve", "vo"
};

#define RFL_KANA_N  (sizeof(rfl_kana_signs) / sizeof(rfl_kana_signs[0]))

#define RFL_KANA_U         0x06
#define RFL_KANA_GU        0x10
#define RFL_KANA_YA        0x43    /* small, as yu and yo */
#define RFL_KANA_N_TAIL    0x53
#define RFL_KANA_VU        0x54
#define RFL_KANA_LONG      0x5c


static unsigned rfl_kana_add_small(char *ph, unsigned k, unsigned before,
    unsigned c, int loose);
static int rfl_kana_add_foreign(char *ph, unsigned *k, unsigned c,
    unsigned next, int first);
static int rfl_kana_small(unsigned c);
static int rfl_kana_foreign(const u_char *kana, unsigned n);
static char rfl_kana_foreign_sound(char c, char vowel);


/* a kana as a byte, 0: something else */

unsigned
rfl_kana_byte(uint32_t c)
{
    if (c >= 0x3041 && c <= 0x309e) {
        return c - 0x3040;
    }

    if (c >= 0x30a1 && c <= 0x30fe) {
        return c - 0x30a0;
    }

    return 0;
}


/*
 * Given names of women, and of some men, are written in kana but for their
 * last syllable: ゆり子 is Yuriko.
 */

int
rfl_kana_add(rfl_token_t *t, uint32_t c)
{
    size_t  i;
    static const struct {
        uint16_t  han;
        uint16_t  kana;
    } tails[] = {
        { 0x5b50, 0x3053 }, { 0x7f8e, 0x307f }, { 0x6c5f, 0x3048 },
        { 0x679d, 0x3048 }, { 0x6075, 0x3048 }, { 0x4ee3, 0x3088 },
        { 0x4e16, 0x3088 }, { 0x9999, 0x304b }, { 0x4f73, 0x304b },
        { 0x5948, 0x306a }, { 0x83dc, 0x306a }, { 0x4e43, 0x306e },
        { 0x91cc, 0x308a }, { 0x7a42, 0x307b }, { 0x8863, 0x3044 },
        { 0x592b, 0x304a }, { 0x7537, 0x304a }, { 0x96c4, 0x304a },
        { 0x6a39, 0x304d }, { 0x7d00, 0x304d }, { 0x4e5f, 0x3084 }
    };

    if (t->script != RFL_SCRIPT_KANA || t->n == RFL_TOKEN_MAX) {
        return 0;
    }

    for (i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {

        if (tails[i].han == c) {
            t->cp[t->n++] = tails[i].kana;
            return 1;
        }
    }

    return 0;
}


/* room: 3 phones a kana; loose: a foreign name */

unsigned
rfl_kana_sound(const u_char *kana, unsigned n, int loose, char *ph)
{
    unsigned     i, k, c, next;
    const char  *p;

    k = 0;

    for (i = 0; i < n; i++) {
        c = kana[i];
        next = (i + 1 < n) ? kana[i + 1] : 0;

        if (i > 0 && k > 0 && rfl_kana_small(c)) {
            k = rfl_kana_add_small(ph, k, kana[i - 1], c, loose);

            /* shu is sh before a consonant: Schmidt */

            if (loose && k > 1 && ph[k - 1] == 'u' && next != RFL_KANA_LONG
                && strchr("SCW", ph[k - 2]) != NULL)
            {
                ph[k - 1] = '@';
            }

            continue;
        }

        if (c >= RFL_KANA_N) {

            /* the long mark: an r of English and German names */

            if (loose && c == RFL_KANA_LONG && k > 0
                && rfl_phone_vowel((u_char) ph[k - 1]))
            {
                ph[k++] = '%';
            }

            continue;
        }

        if (loose && rfl_kana_add_foreign(ph, &k, c, next, i == 0)) {
            continue;
        }

        p = rfl_kana_signs[c];

        if (loose && p[0] != '\0' && p[1] != '\0'
            && (p[0] != 'S' || !rfl_kana_small(next)))
        {
            ph[k++] = rfl_kana_foreign_sound(*p, p[1]);
            p++;
        }

        while (*p != '\0') {
            ph[k++] = *p++;
        }

        while (k >= 2 && ph[k - 1] == ph[k - 2]) {
            k--;
        }
    }

    return k;
}


void
rfl_read_kana(const rfl_token_t *t, rfl_readings_t *rs)
{
    char      ph[RFL_TOKEN_MAX * 3 + 4];
    u_char    kana[RFL_TOKEN_MAX];
    unsigned  i, n, c, k, katakana;

    n = 0;
    katakana = 0;

    for (i = 0; i < t->n; i++) {
        c = rfl_kana_byte(t->cp[i]);

        if (c != 0) {
            kana[n++] = (u_char) c;
            katakana |= (t->cp[i] >= 0x30a1);
        }
    }

    if (katakana) {
        k = rfl_kana_sound(kana, n, 1, ph);
        rfl_reading_add(rs, ph, k, RFL_READ_LOOSE);
    }

    if (!katakana || !rfl_kana_foreign(kana, n)) {
        k = rfl_kana_sound(kana, n, 0, ph);
        rfl_reading_add(rs, ph, k, 0);
    }

    rfl_memzero(kana, sizeof(kana));
    rfl_memzero(ph, sizeof(ph));
}


/* a small kana replaces the vowel of the one before it */

static unsigned
rfl_kana_add_small(char *ph, unsigned k, unsigned before, unsigned c,
    int loose)
{
    const char  *p;

    p = rfl_kana_signs[(before < RFL_KANA_N) ? before : 0];

    if (rfl_phone_vowel((u_char) ph[k - 1])) {
        k--;
    }

    if (c >= RFL_KANA_YA) {

        if (k > 0 && strchr("SCJW", ph[k - 1]) == NULL) {
            ph[k++] = 'y';
        }

    } else if (k > 0 && ph[k - 1] == 'F') {
        ph[k - 1] = 'f';

    } else if (loose && (strcmp(p, "u") == 0 || strcmp(p, "ku") == 0
                         || strcmp(p, "gu") == 0))
    {
        ph[k++] = 'w';                 /* wi, kwa, gwa */

    } else if (loose && strcmp(p, "i") == 0) {
        ph[k++] = 'y';
    }

    p = rfl_kana_signs[c];
    ph[k++] = p[strlen(p) - 1];

    return k;
}


/* 1: in a foreign name this kana, before next, is no syllable of its own */

static int
rfl_kana_add_foreign(char *ph, unsigned *k, unsigned c, unsigned next,
    int first)
{
    char         follows;
    const char  *p;

    p = rfl_kana_signs[c];
    follows = (next < RFL_KANA_N) ? rfl_kana_signs[next][0] : '\0';

    /* m before b, p and m: Campbell */

    if (c == RFL_KANA_N_TAIL && follows != '\0'
        && strchr("bpm", follows) != NULL)
    {
        ph[(*k)++] = 'm';
        return 1;
    }

    /* ng at the end, or before a consonant: Langley */

    if (c == RFL_KANA_GU && *k > 0 && ph[*k - 1] == 'n'
        && (next == 0
            || (follows != '\0' && !rfl_kana_small(next)
                && !rfl_phone_vowel((u_char) follows))))
    {
        ph[*k - 1] = 'N';
        return 1;
    }

    /* u and o that only a syllable needs */

    if (strlen(p) == 2 && p[0] != 'y' && !rfl_kana_small(next)
        && ((p[1] == 'u' && next != RFL_KANA_LONG)
            || (p[1] == 'o' && (p[0] == 't' || p[0] == 'd'))))
    {
        ph[(*k)++] = rfl_kana_foreign_sound(p[0], 'u');
        ph[(*k)++] = '@';
        return 1;
    }

    /* Vladimir begins like "Uraji-" */

    if (first && c == RFL_KANA_U && follows == 'R') {
        ph[(*k)++] = 'v';
        return 1;
    }

    return 0;
}


/* a small vowel, or a small y */

static int
rfl_kana_small(unsigned c)
{
    return c == 0x01 || c == 0x03 || c == 0x05 || c == 0x07 || c == 0x09
           || c == RFL_KANA_YA || c == RFL_KANA_YA + 2 || c == RFL_KANA_YA + 4;
}


/* signs that only foreign words have: the long mark, small vowels, vu */

static int
rfl_kana_foreign(const u_char *kana, unsigned n)
{
    unsigned  i;

    for (i = 0; i < n; i++) {
        if (kana[i] == RFL_KANA_LONG || kana[i] == RFL_KANA_VU
            || (kana[i] < RFL_KANA_YA && rfl_kana_small(kana[i])))
        {
            return 1;
        }
    }

    return 0;
}


/* what else a consonant of Japanese stands for in a foreign name */

static char
rfl_kana_foreign_sound(char c, char vowel)
{
    switch (c) {

    case 'b':
        return 'B';

    case 's':
    case 'S':
        return 'H';

    case 'J':
    case 'z':
        return 'W';

    case 'f':
        return (vowel == 'u') ? 'F' : 'f';
    }

    return c;
}
