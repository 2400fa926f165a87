
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_look.c: what language a name in Latin letters looks like, where
 * its letters mean something else there.  Called by rfl_name.c; the words
 * that are marked get other readings in rfl_name_latin.c.  Own writing.
 */


#include "rfl_name_int.h"


static int rfl_look_slavic(const rfl_token_t *t);


/*
 * What language a Latin spelling is likely to be of: Somali writes c for ayn
 * and x for h, Turkish c for j.  Words that could be so get a reading more.
 */

void
rfl_look_mark(rfl_tokens_t *ts)
{
    unsigned      i, k, look;
    uint32_t      c, next;
    rfl_token_t  *t;

    look = 0;

    for (i = 0; i < ts->n; i++) {
        t = &ts->t[i];

        if (t->script != RFL_SCRIPT_LATN) {
            continue;
        }

        for (k = 0; k < t->n; k++) {
            c = t->cp[k];
            next = (k + 1 < t->n) ? t->cp[k + 1] : 0;

            if ((c == next && (c == 'a' || c == 'i' || c == 'u' || c == 'o'
                               || c == 'e'))
                || (c == 'x' && next == 'a') || (c == 'a' && next == 'x')
                || (k == 0 && c == 'c' && next == 'a' && t->n > 2
                    && (t->cp[2] == 'b' || t->cp[2] == 'l')))
            {
                look |= RFL_PART_SOMALI;
            }

            if (c == 0x131 || c == 0x15f || c == 0x11f
                || (c == 0xe7 && (k == 0 || (next != 'a' && next != 'o')))
                || c == 0xf6 || c == 0xfc || c == 0x307)
            {
                look |= RFL_PART_TURKISH;
            }
        }
    }

    for (i = 0; i < ts->n && (look & RFL_PART_SLAVIC) == 0; i++) {
        if (ts->t[i].script == RFL_SCRIPT_LATN
            && rfl_look_slavic(&ts->t[i]))
        {
            look |= RFL_PART_SLAVIC;
        }
    }

    for (i = 0; i < ts->n && look != 0; i++) {
        if (ts->t[i].script == RFL_SCRIPT_LATN) {
            ts->t[i].flags |= (uint16_t) look;
        }
    }
}


/* endings of Slavic names that only German and Polish write so */

static int
rfl_look_slavic(const rfl_token_t *t)
{
    size_t                    i, k, len;
    static const char *const  ends[] = {
        "jow", "jew", "owa", "ewa", "owna", "ewna", "owski", "ewski",
        "owskij", "ewskij", "owska", "ewska", "owskaja", "ewskaja",
        "owitsch", "ewitsch", "owicz", "ewicz", "tschenko", "schenko",
        "tschuk"
    };

    for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        len = strlen(ends[i]);

        for (k = 0; k < len && t->n > len
             && t->cp[t->n - len + k] == (u_char) ends[i][k]; k++)
        {
            /* void */
        }

        if (k == len) {
            return 1;
        }
    }

    return 0;
}
