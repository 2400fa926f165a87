
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_cut.c: from a normalised text to words of one script, and the
 * places where a word that is written without spaces may be cut in two.
 * Called by rfl_name.c; owns nothing.
 */


#include "rfl_name_int.h"

#include <unicode/utf16.h>


static int rfl_cut_sign(const rfl_token_t *t, uint32_t c, const UChar *next,
    const UChar *end);
static rfl_token_t *rfl_cut_word(rfl_tokens_t *ts, unsigned script, int tied);
static int rfl_cut_consonant(uint32_t c);
static void rfl_cut_foreign(rfl_tokens_t *ts);


int
rfl_cut_text(const UChar *text, int32_t len, rfl_tokens_t *ts)
{
    int           tied, middle;
    int32_t       i;
    UChar32       c;
    unsigned      kind, script;
    uint32_t      sign;
    rfl_token_t  *t;

    tied = 0;
    middle = 0;
    t = NULL;                      /* no word is open */

    for (i = 0; i < len; /* void */ ) {
        U16_NEXT(text, i, len, c);

        kind = rfl_fold_kind((uint32_t) c);

        if (kind & RFL_FOLD_IGNORED) {
            continue;
        }

        if (t != NULL && t->n < RFL_TOKEN_MAX) {
            sign = (kind & RFL_FOLD_QUOTE) ? '\'' : (uint32_t) c;

            if (rfl_cut_sign(t, sign, &text[i], &text[len])) {
                t->cp[t->n++] = sign;
                continue;
            }
        }

        if (kind & RFL_FOLD_QUOTE) {
            continue;
        }

        if ((kind & (RFL_FOLD_LETTER|RFL_FOLD_DIGIT|RFL_FOLD_MARK)) == 0) {

            if (t != NULL && c == '.') {
                t->dot = 1;
            }

            t = NULL;
            tied = (c == '-' || c == 0x2010 || c == 0x2011);
            middle |= (c == 0xb7 || c == 0x2022 || c == 0x2027 || c == 0x30fb);
            continue;
        }

        script = kind & RFL_FOLD_SCRIPT;

        if (script == RFL_SCRIPT_HANI) {
            c = (UChar32) rfl_han_same_as((uint32_t) c);
        }

        /* a letter of another script begins a word, or has strayed into it */

        if (t != NULL && (kind & RFL_FOLD_LETTER) && script != t->script
            && (script != RFL_SCRIPT_OTHER || t->script == RFL_SCRIPT_LATN))
        {
            if (rfl_kana_add(t, (uint32_t) c)
                || rfl_twin_add(t, (uint32_t) c, script))
            {
                continue;
            }

            t = NULL;
        }

        if (t == NULL) {

            if (kind & RFL_FOLD_MARK) {
                continue;
            }

            t = rfl_cut_word(ts, script, tied);
            if (t == NULL) {
                return RFL_DECLINED;
            }

            tied = 0;
        }

        if (t->n < RFL_TOKEN_MAX) {
            t->cp[t->n++] = (uint32_t) c;
        }
    }

    if (middle) {
        rfl_cut_foreign(ts);
    }

    return RFL_OK;
}


/* 1: this is no letter, and yet of the word; next is what follows it */

static int
rfl_cut_sign(const rfl_token_t *t, uint32_t c, const UChar *next,
    const UChar *end)
{
    switch (c) {

    case '\'':
        return t->script == RFL_SCRIPT_LATN || t->script == RFL_SCRIPT_HEBR;

    case RFL_TSHEG:

        /* Tibetan names are of two syllables each */

        return t->script == RFL_SCRIPT_OTHER && !rfl_tibt_tsheg(t);

    case '/':

        /* a/l, s/o: son of, in Malaysia and Singapore */

        return t->n == 1 && t->script == RFL_SCRIPT_LATN && next < end
               && (*next == 'l' || *next == 'p' || *next == 'o')
               && (next + 1 == end
                   || !(rfl_fold_kind(next[1]) & RFL_FOLD_LETTER));
    }

    return 0;
}


/* a new word; NULL if there are too many */

static rfl_token_t *
rfl_cut_word(rfl_tokens_t *ts, unsigned script, int tied)
{
    rfl_token_t  *t;

    if (ts->n == RFL_PARTS_MAX) {
        return NULL;
    }

    t = &ts->t[ts->n++];
    t->n = 0;
    t->script = script;
    t->flags = (tied && ts->n > 1) ? RFL_PART_TIED : 0;
    t->dot = 0;
    t->word = 0;

    return t;
}


/* a dot was between the words of a foreign name */

static void
rfl_cut_foreign(rfl_tokens_t *ts)
{
    unsigned      i;
    rfl_token_t  *t;

    for (i = 0; i < ts->n; i++) {
        t = &ts->t[i];

        if (t->script == RFL_SCRIPT_HANI || t->script == RFL_SCRIPT_KANA) {
            t->flags |= RFL_PART_FOREIGN;
        }
    }
}


void
rfl_cut_syllables(rfl_tokens_t *ts)
{
    uint8_t       ends[RFL_TOKEN_MAX];
    unsigned      i, k, n, start;
    rfl_token_t  *t, whole;

    for (i = 0; i < ts->n; i++) {

        if (ts->t[i].script != RFL_SCRIPT_MYMR) {
            continue;
        }

        n = rfl_split_mymr(&ts->t[i], ends);

        if (n < 2 || ts->n + n - 1 > RFL_PARTS_MAX) {
            continue;
        }

        whole = ts->t[i];

        memmove(&ts->t[i + n], &ts->t[i + 1],
                (ts->n - i - 1) * sizeof(rfl_token_t));
        ts->n += n - 1;

        for (k = 0, start = 0; k < n; k++) {
            t = &ts->t[i + k];
            *t = whole;
            t->n = ends[k] - start;
            t->flags |= RFL_PART_SPLIT;
            memcpy(t->cp, &whole.cp[start], t->n * sizeof(uint32_t));
            start = ends[k];
        }

        i += n - 1;
        rfl_memzero(&whole, sizeof(rfl_token_t));
    }
}


void
rfl_cut_initials(rfl_tokens_t *ts)
{
    unsigned      i;
    rfl_token_t  *t;

    for (i = 0; i < ts->n && ts->n > 1 && ts->n < RFL_PARTS_MAX; i++) {
        t = &ts->t[i];

        if (t->script != RFL_SCRIPT_LATN || t->n != 2 || t->word != 0
            || !rfl_cut_consonant(t->cp[0]) || !rfl_cut_consonant(t->cp[1]))
        {
            continue;
        }

        memmove(t + 1, t, (ts->n - i) * sizeof(rfl_token_t));
        ts->n++;

        t[0].n = 1;
        t[1].n = 1;
        t[1].cp[0] = t[0].cp[1];
        i++;
    }
}


static int
rfl_cut_consonant(uint32_t c)
{
    return c < 0x80 && c != 0 && strchr("bcdfghjklmnpqrstvwxz", (int) c);
}


void
rfl_cut_family(rfl_token_t *a, rfl_token_t *b)
{
    unsigned      i, n, pass;
    rfl_cut_t     cuts[RFL_CUTS_MAX];
    rfl_token_t   whole, *t;

    /* either order with a name that is known, then as they stand */

    for (pass = 0; pass < 4; pass++) {

        if (a->n + b->n > RFL_TOKEN_MAX) {
            return;
        }

        whole = *a;
        memcpy(&whole.cp[a->n], b->cp, b->n * sizeof(uint32_t));
        whole.n += b->n;

        n = rfl_split_hani(&whole, cuts);
        rfl_memzero(&whole, sizeof(rfl_token_t));

        for (i = 0; i < n; i++) {

            if (cuts[i].at == a->n && cuts[i].guess == (pass > 1)) {
                a->flags |= cuts[i].flags|RFL_PART_FAMILY;
                b->flags |= cuts[i].flags|RFL_PART_GIVEN;
                return;
            }
        }

        t = a;
        a = b;
        b = t;
    }
}


unsigned
rfl_cut_places(const rfl_token_t *t, int typed, rfl_cut_t cuts[RFL_CUTS_MAX])
{
    switch (t->script) {

    case RFL_SCRIPT_HANI:
        return rfl_split_hani(t, cuts);

    case RFL_SCRIPT_KANA:
        return rfl_split_kana(t, cuts);

    case RFL_SCRIPT_HANG:
        cuts[0].at = (uint8_t) rfl_split_hang(t);
        cuts[0].flags = 0;
        return cuts[0].at != 0;

    case RFL_SCRIPT_LATN:
        return typed ? rfl_split_burma(t, cuts) : 0;
    }

    return 0;
}
