
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_caps.c: what a capital in the wrong place tells of a slip.  Words
 * begin with it: aGbre was meant to be Gabre, Joh nSmith John Smith, GBiziana
 * Biziana.  Called by rfl_name.c for what a visitor typed, as a further way of
 * reading it, since there are eThekwini and MHamed as well.
 */


#include "rfl_name_int.h"
#include "rfl_text.h"

#include <unicode/uchar.h>


#define RFL_CAPS_LETTERS   3       /* of a word, by which it is judged */
#define RFL_CAPS_BYTES     4       /* of a letter */


typedef struct {
    u_char    *at[RFL_CAPS_LETTERS];
    unsigned   upper;              /* bit i: letter i is a capital, */
    unsigned   lower;              /* or a small one */
    unsigned   n;
    u_char    *space;              /* between it and the word before, or NULL */
} rfl_caps_word_t;


static int rfl_caps_word(const rfl_caps_word_t *w, rfl_caps_e way,
    u_char **last);
static void rfl_caps_turn(u_char *first, u_char *second, const u_char *last);


int
rfl_caps_mend(const rfl_str_t *text, rfl_caps_e way,
    u_char out[RFL_NAME_BYTES], size_t *len)
{
    int               mended;
    u_char           *last, *end, *at;
    uint32_t          c;
    unsigned          kind;
    const u_char     *p;
    rfl_caps_word_t   w;

    memset(&w, 0, sizeof(rfl_caps_word_t));
    memcpy(out, text->data, text->len);

    last = out + text->len;
    mended = 0;

    for (p = out; p < last; /* void */) {
        at = out + (p - out);
        c = rfl_utf8_decode(&p, last);
        kind = rfl_fold_kind(c);

        if (kind & RFL_FOLD_MARK) {
            continue;
        }

        if (!(kind & RFL_FOLD_LETTER)) {
            w.space = (w.n != 0) ? at : NULL;
            w.upper = w.lower = w.n = 0;
            continue;
        }

        if (w.n == RFL_CAPS_LETTERS) {
            continue;
        }

        w.at[w.n] = at;
        w.upper |= (unsigned) (u_isupper((UChar32) c) != 0) << w.n;
        w.lower |= (unsigned) (u_islower((UChar32) c) != 0) << w.n;
        w.n++;

        if (w.n == RFL_CAPS_LETTERS) {
            end = last;
            mended |= rfl_caps_word(&w, way, &last);
            p -= end - last;
        }
    }

    *len = (size_t) (last - out);

    return mended ? RFL_OK : RFL_DECLINED;
}


static int
rfl_caps_word(const rfl_caps_word_t *w, rfl_caps_e way, u_char **last)
{
    /* letters with marks of their own are left alone */

    if (w->at[1] - w->at[0] > RFL_CAPS_BYTES
        || w->at[2] - w->at[1] > RFL_CAPS_BYTES)
    {
        return 0;
    }

    /* GBiziana */

    if (w->upper == 3 && w->lower == 4 && way == RFL_CAPS_WITHIN) {
        memmove(w->at[0], w->at[1], (size_t) (*last - w->at[1]));
        *last -= w->at[1] - w->at[0];
        return 1;
    }

    if (w->upper != 2 || w->lower != 5) {
        return 0;
    }

    /* aGbre, and Joh nSmith */

    if (way == RFL_CAPS_WITHIN) {
        rfl_caps_turn(w->at[0], w->at[1], w->at[2]);
        return 1;
    }

    if (w->space != NULL) {
        rfl_caps_turn(w->space, w->at[0], w->at[1]);
        return 1;
    }

    return 0;
}


/* two letters change places, or a letter and what parts words */

static void
rfl_caps_turn(u_char *first, u_char *second, const u_char *last)
{
    size_t  len;
    u_char  c[RFL_CAPS_BYTES];

    len = (size_t) (last - second);

    memcpy(c, second, len);
    memmove(first + len, first, (size_t) (second - first));
    memcpy(first, c, len);

    rfl_memzero(c, sizeof(c));
}
