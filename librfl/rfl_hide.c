
/*
 * Copyright (C) The RFL authors
 *
 * rfl_hide.c: the code with which a person hides their own entry: written
 * for them, read as they type it, and what record and Redis have instead of
 * it.  Called by the worker and by the desk.
 */


#include "rfl_box.h"
#include "rfl_code.h"

#include <sodium.h>


#define RFL_HIDE_DIGITS      16


static unsigned rfl_hide_check(const u_char code[RFL_HIDE_CODE_SIZE]);


void
rfl_hide_format(const u_char code[RFL_HIDE_CODE_SIZE],
    u_char text[RFL_HIDE_TEXT_SIZE])
{
    rfl_ref_format(code, text);

    text[RFL_REF_TEXT_SIZE] = '-';
    text[RFL_REF_TEXT_SIZE + 1] = rfl_code_symbol(rfl_hide_check(code));
}


int
rfl_hide_parse(const u_char *text, size_t len,
    u_char code[RFL_HIDE_CODE_SIZE])
{
    int       rc;
    u_char    values[RFL_CODE_DIGITS_MAX];
    unsigned  i, bit, check;

    memset(code, 0, RFL_HIDE_CODE_SIZE);

    rc = rfl_code_read(text, len, RFL_HIDE_DIGITS, values, &check);

    if (rc == RFL_OK) {

        /* 5 bits each, most significant first */

        for (i = 0; i < RFL_HIDE_DIGITS * 5; i++) {
            bit = (values[i / 5] >> (4 - i % 5)) & 1;
            code[i / 8] |= (u_char) (bit << (7 - i % 8));
        }

        if (check != rfl_hide_check(code)) {
            rfl_memzero(code, RFL_HIDE_CODE_SIZE);
            rc = RFL_DECLINED;
        }
    }

    rfl_memzero(values, sizeof(values));

    return rc;
}


void
rfl_hide_hash(const u_char code[RFL_HIDE_CODE_SIZE],
    u_char hide[RFL_HIDE_SIZE])
{
    rfl_hash(hide, RFL_HIDE_SIZE, NULL, 0, code, RFL_HIDE_CODE_SIZE,
             "rfl.v1.hidecode-");
}


void
rfl_hide_label(const u_char hide[RFL_HIDE_SIZE],
    u_char label[RFL_HIDE_LABEL_SIZE])
{
    label[0] = 'h';
    label[1] = ':';

    rfl_hash(label + 2, RFL_LABEL_SIZE, NULL, 0, hide, RFL_HIDE_SIZE,
             "rfl.v1.hidelabel");
}


int
rfl_hide_matches(const u_char hide[RFL_HIDE_SIZE], const u_char *data,
    size_t len)
{
    int     rc;
    u_char  hash[RFL_HIDE_SIZE];

    if (len != RFL_HIDE_CODE_SIZE) {
        return RFL_DECLINED;
    }

    rfl_hide_hash(data, hash);

    rc = sodium_memcmp(hash, hide, RFL_HIDE_SIZE);

    rfl_memzero(hash, sizeof(hash));

    return (rc == 0) ? RFL_OK : RFL_DECLINED;
}


/* the code as one number, modulo 37 */

static unsigned
rfl_hide_check(const u_char code[RFL_HIDE_CODE_SIZE])
{
    unsigned  i, check;

    check = 0;

    for (i = 0; i < RFL_HIDE_CODE_SIZE; i++) {
        check = (check * 256 + code[i]) % 37;
    }

    return check;
}
