
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_burma.c: names of Burma in Latin letters, two syllables written as
 * one word: where it may be cut.  Own lists of what syllables begin and end
 * with.  Called by rfl_name_cut.c for what a visitor typed.
 */


#include "rfl_name_int.h"


#define RFL_BURMA_MAX      14      /* letters of two syllables */


static int rfl_burma_syllable(const char *s, size_t n);


/* as English ears spell them */

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
