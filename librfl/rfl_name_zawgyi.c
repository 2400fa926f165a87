
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_zawgyi.c: Burmese typed with a Zawgyi font, which puts letters in
 * the order of the eye at code points that mean something else in Unicode.
 * Found by what Unicode text cannot hold, converted by ICU, opened once.
 */


#include "rfl_name_int.h"

#include <unicode/utrans.h>
#include <unicode/ustring.h>


#define RFL_ZAWGYI_E       0x1031  /* typed before its consonant */
#define RFL_ZAWGYI_ASAT    0x1039  /* in Unicode: stacks what follows */


static int rfl_zawgyi_is(const UChar *text, int32_t len);
static int rfl_zawgyi_letter(UChar c);


static UTransliterator  *rfl_zawgyi_trans;


int
rfl_zawgyi_init(rfl_err_t *err)
{
    UChar        id[16];
    UErrorCode   status;
    UParseError  parse;

    if (rfl_zawgyi_trans != NULL) {
        return RFL_OK;
    }

    status = U_ZERO_ERROR;
    u_uastrcpy(id, "Zawgyi-my");

    rfl_zawgyi_trans = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, &parse,
                                    &status);

    if (U_FAILURE(status)) {
        rfl_zawgyi_trans = NULL;
        return rfl_err(err, 0, "ICU cannot convert Zawgyi: %s, install "
                       "libicu72", u_errorName(status));
    }

    return RFL_OK;
}


int
rfl_zawgyi_text(UChar text[RFL_TEXT_MAX], int32_t *len)
{
    int32_t     limit;
    UErrorCode  status;

    if (!rfl_zawgyi_is(text, *len)) {
        return RFL_OK;
    }

    limit = *len;
    status = U_ZERO_ERROR;

    utrans_transUChars(rfl_zawgyi_trans, text, len, RFL_TEXT_MAX, 0, &limit,
                       &status);

    return U_SUCCESS(status) ? RFL_OK : RFL_DECLINED;
}


static int
rfl_zawgyi_is(const UChar *text, int32_t len)
{
    UChar    before;
    int32_t  i;

    for (i = 0; i < len; i++) {

        switch (text[i]) {

        case RFL_ZAWGYI_E:

            /* in Unicode it follows a consonant or a medial */

            before = (i > 0) ? text[i - 1] : 0;

            if (!rfl_zawgyi_letter(before)
                && (before < 0x103b || before > 0x103e)
                && (before < 0x1050 || before > 0x109f)
                && (before < 0xa9e0 || before > 0xaa7f))
            {
                return 1;
            }

            break;

        case RFL_ZAWGYI_ASAT:

            if (i + 1 == len || !rfl_zawgyi_letter(text[i + 1])) {
                return 1;
            }

            break;

        case 0x1060:               /* letters written below */
        case 0x1072:
        case 0x1073:
        case 0x108f:
            return 1;
        }
    }

    return 0;
}


static int
rfl_zawgyi_letter(UChar c)
{
    return (c >= 0x1000 && c <= 0x1021) || c == 0x103f;
}
