
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_other.c: the sound of a word in a script that has no table of its
 * own here: ICU's transliterator to Latin, opened once.  Its output is read
 * like Latin letters.
 */


#include "rfl_name_int.h"

#include <unicode/utrans.h>
#include <unicode/ustring.h>


static UTransliterator  *rfl_other_trans;


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
    UChar       text[RFL_TOKEN_MAX * 8];
    int32_t     len, limit, i;
    UChar32     c;
    unsigned    n;
    uint32_t    cp[RFL_TOKEN_MAX];
    UErrorCode  status;

    if (rfl_read_rest(t, rs) == RFL_OK || rfl_read_seasia(t, rs) == RFL_OK) {
        return;
    }

    len = 0;

    for (n = 0; n < t->n; n++) {
        U16_APPEND_UNSAFE(text, len, t->cp[n]);
    }

    limit = len;
    status = U_ZERO_ERROR;

    utrans_transUChars(rfl_other_trans, text, &len, RFL_TOKEN_MAX * 8, 0,
                       &limit, &status);

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
