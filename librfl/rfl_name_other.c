
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_other.c: the sound of a word in a script that is not treated apart.
 * Some have a file of their own; for all others ICU's transliterator to Latin,
 * opened once, whose output is read like Latin letters.
 */


#include "rfl_name_int.h"

#include <unicode/utrans.h>
#include <unicode/ustring.h>


#define RFL_OTHER_LATIN    8       /* UTF-16 units that a letter may become */


typedef struct {
    uint32_t     first;
    uint32_t     last;
    rfl_read_pt  read;
} rfl_other_block_t;


static UTransliterator  *rfl_other_trans;


/* by the first letter of a word */

static const rfl_other_block_t  rfl_other_blocks[] = {
    { 0x0e01, 0x0ede, rfl_read_thai },     /* and Lao */
    { 0x0f40, 0x0fbc, rfl_read_tibt },
    { 0x1780, 0x17d3, rfl_read_khmr },
    { 0, 0, NULL }
};


int
rfl_other_init(rfl_err_t *err)
{
    UChar        id[64];
    UErrorCode   status;
    UParseError  parse;

    if (rfl_other_trans != NULL) {
        return RFL_OK;
    }

    status = U_ZERO_ERROR;
    u_uastrcpy(id, "Any-Latin; Lower");

    rfl_other_trans = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, &parse,
                                   &status);

    if (U_FAILURE(status)) {
        rfl_other_trans = NULL;
        return rfl_err(err, 0, "ICU cannot transliterate to Latin: %s, "
                       "install libicu72", u_errorName(status));
    }

    return RFL_OK;
}


void
rfl_read_other(const rfl_token_t *t, rfl_readings_t *rs)
{
    UChar                     text[RFL_TOKEN_MAX * RFL_OTHER_LATIN];
    int32_t                   len, limit, i;
    UChar32                   c;
    unsigned                  n;
    uint32_t                  cp[RFL_TOKEN_MAX];
    UErrorCode                status;
    const rfl_other_block_t  *b;

    if (rfl_read_rest(t, rs) == RFL_OK) {
        return;
    }

    for (b = rfl_other_blocks; b->read != NULL; b++) {
        if (t->cp[0] >= b->first && t->cp[0] <= b->last) {
            b->read(t, rs);
            return;
        }
    }

    len = 0;

    for (n = 0; n < t->n; n++) {
        U16_APPEND_UNSAFE(text, len, t->cp[n]);
    }

    limit = len;
    status = U_ZERO_ERROR;

    utrans_transUChars(rfl_other_trans, text, &len,
                       RFL_TOKEN_MAX * RFL_OTHER_LATIN, 0, &limit, &status);

    if (U_SUCCESS(status)) {

        for (i = 0, n = 0; i < len && n < RFL_TOKEN_MAX; /* void */ ) {
            U16_NEXT(text, i, len, c);
            cp[n++] = (uint32_t) c;
        }

        rfl_latin_phones(cp, n, rs, 0);
        rfl_memzero(cp, sizeof(cp));
    }

    rfl_memzero(text, sizeof(text));
}
