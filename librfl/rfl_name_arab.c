
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_arab.c: the sound of a word in Arabic letters: Arabic, Persian,
 * Dari, Pashto, Urdu, Sindhi, Kurdish and Uyghur.  Short vowels are not
 * written, so a reading is bare, except in Kurdish and Uyghur spelling.
 * Own table: each letter as the languages above pronounce it.
 */


#include "rfl_name_int.h"


#define RFL_ARAB_PHONES    (RFL_TOKEN_MAX * 2 + 2)


typedef struct {
    uint16_t     cp;
    char         ph[3];
} rfl_arab_letter_t;


static size_t rfl_arab_phones(const rfl_token_t *t,
    char ph[RFL_ARAB_PHONES]);
static const char *rfl_arab_sound(uint32_t c);
static void rfl_arab_without(const char *ph, size_t n, size_t at,
    rfl_readings_t *rs);


/* sorted by code point */

static const rfl_arab_letter_t  rfl_arab_letters[] = {
    { 0x0621, "'" }, { 0x0622, "a" }, { 0x0623, "a" }, { 0x0624, "w" },
    { 0x0625, "i" }, { 0x0626, "y" }, { 0x0627, "a" }, { 0x0628, "b" },
    { 0x0629, "a" }, { 0x062a, "t" }, { 0x062b, "T" }, { 0x062c, "J" },
    { 0x062d, "h" }, { 0x062e, "x" }, { 0x062f, "d" }, { 0x0630, "D" },
    { 0x0631, "r" }, { 0x0632, "z" }, { 0x0633, "s" }, { 0x0634, "S" },
    { 0x0635, "s" }, { 0x0636, "D" }, { 0x0637, "t" }, { 0x0638, "D" },
    { 0x0639, "'" }, { 0x063a, "G" }, { 0x0641, "f" }, { 0x0642, "q" },
    { 0x0643, "k" }, { 0x0644, "l" }, { 0x0645, "m" }, { 0x0646, "n" },
    { 0x0647, "h" }, { 0x0648, "w" }, { 0x0649, "a" }, { 0x064a, "y" },
    { 0x0671, "a" }, { 0x0677, "u" }, { 0x0679, "t" }, { 0x067a, "t" },
    { 0x067b, "b" }, { 0x067c, "t" }, { 0x067d, "t" }, { 0x067e, "p" },
    { 0x067f, "t" }, { 0x0680, "b" }, { 0x0681, "z" }, { 0x0683, "n" },
    { 0x0684, "J" }, { 0x0685, "c" }, { 0x0686, "C" }, { 0x0687, "C" },
    { 0x0688, "d" }, { 0x0689, "d" }, { 0x068a, "d" }, { 0x068c, "d" },
    { 0x068d, "d" }, { 0x068f, "d" }, { 0x0691, "r" }, { 0x0693, "r" },
    { 0x0695, "r" }, { 0x0696, "g" }, { 0x0698, "Z" }, { 0x0699, "r" },
    { 0x069a, "S" }, { 0x06a0, "N" }, { 0x06a4, "v" }, { 0x06a5, "v" },
    { 0x06a6, "f" }, { 0x06a8, "g" }, { 0x06a9, "k" }, { 0x06aa, "k" },
    { 0x06ab, "g" }, { 0x06ad, "N" }, { 0x06af, "g" }, { 0x06b1, "N" },
    { 0x06b3, "g" }, { 0x06b5, "l" }, { 0x06ba, "n" }, { 0x06bb, "n" },
    { 0x06bc, "n" }, { 0x06be, "h" }, { 0x06c0, "a" }, { 0x06c1, "h" },
    { 0x06c2, "a" }, { 0x06c3, "a" }, { 0x06c4, "u" }, { 0x06c5, "o" },
    { 0x06c6, "o" }, { 0x06c7, "u" }, { 0x06c8, "u" }, { 0x06c9, "u" },
    { 0x06ca, "w" }, { 0x06cb, "v" }, { 0x06cc, "y" }, { 0x06cd, "y" },
    { 0x06ce, "e" }, { 0x06d0, "e" }, { 0x06d2, "y" }, { 0x06d3, "y" },
    { 0x06d5, "a" }
};


/*
 * Letters that are one letter to a person who types a name: hamza seats,
 * the two yeh, the two kaf, the forms of heh.
 */

uint32_t
rfl_arab_letter(uint32_t c)
{
    switch (c) {

    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
        return 0x0627;

    case 0x0624:
        return 0x0648;

    case 0x0626:
    case 0x0649:
    case 0x06cc:
    case 0x06d2:
        return 0x064a;

    case 0x0629:
    case 0x06be:
    case 0x06c0:
    case 0x06c1:
    case 0x06c2:
    case 0x06c3:
    case 0x06d5:
        return 0x0647;

    case 0x06a9:
    case 0x06aa:
        return 0x0643;

    case 0x0621:
        return 0;                  /* dropped */
    }

    return c;
}


void
rfl_read_arab(const rfl_token_t *t, rfl_readings_t *rs)
{
    char      ph[RFL_ARAB_PHONES];
    size_t    n;
    unsigned  i;

    n = rfl_arab_phones(t, ph);

    /* the article, written together */

    if (t->n >= 5 && rfl_arab_letter(t->cp[0]) == 0x0627
        && t->cp[1] == 0x0644)
    {
        rfl_reading_add(rs, ph + 2, n - 2, RFL_READ_BARE|RFL_READ_SHORN);
    }

    rfl_reading_add(rs, ph, n, RFL_READ_BARE);

    /* the w of Persian that nobody hears: Khaje, Khansari */

    for (i = 0; i + 2 < n; i++) {
        if (ph[i] == 'x' && ph[i + 1] == 'w' && ph[i + 2] == 'a') {
            rfl_arab_without(ph, n, i + 1, rs);
            break;
        }
    }

    /* Najat, Hayat: nobody leaves that t out */

    if (t->n > 3 && t->cp[t->n - 1] == 0x0629 && t->cp[t->n - 2] == 0x0627) {
        ph[n - 1] = 't';
        rfl_reading_add(rs, ph, n, RFL_READ_BARE);
        ph[n - 1] = 'a';
    }

    /* of a short word it may be a part: al-Haq, but Ulfat */

    if (t->n == 4 && t->cp[0] == 0x0627 && t->cp[1] == 0x0644
        && t->cp[2] != 0x0644)
    {
        rfl_reading_add(rs, ph + 2, n - 2, RFL_READ_BARE|RFL_READ_SHORN);
    }

    rfl_memzero(ph, sizeof(ph));
}


/* their number; letters without a sound are passed over */

static size_t
rfl_arab_phones(const rfl_token_t *t, char ph[RFL_ARAB_PHONES])
{
    size_t       n;
    unsigned     i;
    uint32_t     c, next;
    const char  *p;

    ph[0] = 0;
    n = 0;

    for (i = 0; i < t->n; i++) {
        c = t->cp[i];
        next = (i + 1 < t->n) ? t->cp[i + 1] : 0;
        p = rfl_arab_sound(c);

        /* Kurdish and Uyghur: a seat for the vowel that follows */

        if (p == NULL || (i == 0 && c == 0x0626)) {
            continue;
        }

        /* two letters for the ch of foreign names */

        if (c == 0x062a && next == 0x0634) {
            p = "C";
            i++;
        }

        /* Farhang, King: one sound at the end of a word */

        if (c == 0x0646 && i + 2 == t->n
            && (next == 0x06af || next == 0x063a))
        {
            p = "N";
            i++;
        }

        while (*p != '\0' && n < RFL_ARAB_PHONES) {
            ph[n++] = *p++;
        }
    }

    return n;
}


static const char *
rfl_arab_sound(uint32_t c)
{
    int  lo, hi, mid;

    lo = 0;
    hi = sizeof(rfl_arab_letters) / sizeof(rfl_arab_letters[0]) - 1;

    while (lo <= hi) {
        mid = (lo + hi) / 2;

        if (rfl_arab_letters[mid].cp == c) {
            return rfl_arab_letters[mid].ph;
        }

        if (rfl_arab_letters[mid].cp < c) {
            lo = mid + 1;

        } else {
            hi = mid - 1;
        }
    }

    return NULL;
}


/* a reading without one of its phones */

static void
rfl_arab_without(const char *ph, size_t n, size_t at, rfl_readings_t *rs)
{
    char  rest[RFL_ARAB_PHONES];

    memcpy(rest, ph, at);
    memcpy(&rest[at], &ph[at + 1], n - at - 1);

    rfl_reading_add(rs, rest, n - 1, RFL_READ_BARE);
    rfl_memzero(rest, sizeof(rest));
}
