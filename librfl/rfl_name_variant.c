
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_variant.c: letters taken for one another: the forms in which
 * Japanese families write one character, and letters of Latin, Cyrillic and
 * Greek that look alike and stray into a word of another script.  Own tables.
 */


#include "rfl_name_int.h"


typedef struct {
    uint16_t  from;
    uint16_t  to;
} rfl_variant_t;

typedef struct {
    uint16_t  latn;
    uint16_t  cyrl;
    uint16_t  grek;
} rfl_twin_t;


static int rfl_twin_letter(uint32_t c, unsigned script, uint32_t *twin);


/* one character, another code point: readings are known for the second */

static const rfl_variant_t  rfl_han_same[] = {
    { 0x9ad9, 0x9ad8 },            /* taka */
    { 0xfa11, 0x5d0e },            /* saki */
    { 0x9089, 0x908a },            /* be */
    { 0x6ff5, 0x6ff1 },            /* hama */
    { 0x5d8b, 0x5cf6 }             /* shima */
};

/* Japanese simplified forms to those of China */

static const rfl_variant_t  rfl_han_japan[] = {
    { 0x5186, 0x5706 }, { 0x5263, 0x5251 }, { 0x5358, 0x5355 },
    { 0x53b3, 0x4e25 }, { 0x5712, 0x56ed }, { 0x5869, 0x76d0 },
    { 0x5897, 0x589e }, { 0x5b9f, 0x5b9e },
    { 0x5e83, 0x5e7f }, { 0x5fb3, 0x5fb7 }, { 0x6075, 0x60e0 },
    { 0x6804, 0x8363 }, { 0x685c, 0x6a31 },
    { 0x6ca2, 0x6cfd }, { 0x6d5c, 0x6ee8 }, { 0x6e08, 0x6d4e },
    { 0x6e0b, 0x6da9 }, { 0x6edd, 0x6cf7 },
    { 0x7adc, 0x9f99 }, { 0x7e04, 0x7ef3 }, { 0x8535, 0x85cf },
    { 0x899a, 0x89c9 }, { 0x8fba, 0x8fb9 }, { 0x9244, 0x94c1 },
    { 0x95a2, 0x5173 }, { 0x967d, 0x9633 }, { 0x658e, 0x658b },
    { 0x6589, 0x9f50 }, { 0x9ed2, 0x9ed1 }, { 0x4e80, 0x9f9f }
};

/* look-alikes, case folded: a capital that is like one counts too */

static const rfl_twin_t  rfl_twins[] = {
    { 'a', 0x0430, 0x03b1 }, { 'b', 0x0432, 0x03b2 }, { 'c', 0x0441, 0 },
    { 'e', 0x0435, 0x03b5 }, { 'h', 0x043d, 0x03b7 }, { 'i', 0x0456, 0x03b9 },
    { 'j', 0x0458, 0 }, { 'k', 0x043a, 0x03ba }, { 'm', 0x043c, 0x03bc },
    { 'n', 0, 0x03bd }, { 'o', 0x043e, 0x03bf }, { 'p', 0x0440, 0x03c1 },
    { 's', 0x0455, 0 }, { 't', 0x0442, 0x03c4 }, { 'x', 0x0445, 0x03c7 },
    { 'y', 0x0443, 0x03c5 }, { 'z', 0, 0x03b6 },
    { 0x00e6, 0x04d5, 0 }, { 0x0259, 0x04d9, 0 }
};


uint32_t
rfl_han_same_as(uint32_t c)
{
    size_t  i;

    if (c == 0x20bb7) {
        return 0x5409;             /* yoshi */
    }

    for (i = 0; i < sizeof(rfl_han_same) / sizeof(rfl_variant_t); i++) {
        if (rfl_han_same[i].from == c) {
            return rfl_han_same[i].to;
        }
    }

    return c;
}


uint32_t
rfl_han_of_japan(uint32_t c)
{
    size_t  i;

    for (i = 0; i < sizeof(rfl_han_japan) / sizeof(rfl_variant_t); i++) {
        if (rfl_han_japan[i].from == c) {
            return rfl_han_japan[i].to;
        }
    }

    return c;
}


int
rfl_twin_add(rfl_token_t *t, uint32_t c, unsigned script)
{
    unsigned  i;
    uint32_t  twin, all[RFL_TOKEN_MAX];

    if (rfl_twin_letter(c, t->script, &twin)) {

        if (t->n < RFL_TOKEN_MAX) {
            t->cp[t->n++] = twin;
        }

        return 1;
    }

    /* or is it the word so far that strayed? */

    for (i = 0; i < t->n; i++) {
        if (!rfl_twin_letter(t->cp[i], script, &all[i])) {
            break;
        }
    }

    if (i == t->n && i < RFL_TOKEN_MAX && i > 0) {
        memcpy(t->cp, all, i * sizeof(uint32_t));
        t->cp[t->n++] = c;
        t->script = script;

    } else {
        i = 0;
    }

    rfl_memzero(all, sizeof(all));

    return i != 0;
}


/* the letter of a script that looks like c, if there is one */

static int
rfl_twin_letter(uint32_t c, unsigned script, uint32_t *twin)
{
    size_t             i;
    const rfl_twin_t  *t;

    for (i = 0; i < sizeof(rfl_twins) / sizeof(rfl_twin_t); i++) {
        t = &rfl_twins[i];

        if (c != t->latn && c != t->cyrl && c != t->grek) {
            continue;
        }

        *twin = (script == RFL_SCRIPT_LATN) ? t->latn
                : (script == RFL_SCRIPT_CYRL) ? t->cyrl
                : (script == RFL_SCRIPT_GREK) ? t->grek : 0;

        return *twin != 0;
    }

    return 0;
}
