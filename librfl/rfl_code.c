
/*
 * Copyright (C) The RFL authors
 *
 * rfl_code.c: the symbols of codes that people copy by hand, written and
 * read.  Pure functions.
 *
 * Check symbols: Crockford, "Base 32", 2002: the number modulo 37, with five
 * more symbols for 32..36.
 */


#include "rfl_code.h"
#include "rfl_text.h"


/* a code with separators people may put in, in bytes */
#define RFL_CODE_TYPED_MAX   128


static int rfl_code_digit(uint32_t c);
static int rfl_code_check(uint32_t c);


static const char  rfl_code_checks[] = "*~$=U";


u_char
rfl_code_symbol(unsigned check)
{
    return (u_char) ((check < 32) ? rfl_base32[check]
                                  : rfl_code_checks[(check - 32) % 5]);
}


int
rfl_code_read(const u_char *text, size_t len, unsigned n,
    u_char values[RFL_CODE_DIGITS_MAX], unsigned *check)
{
    int            value;
    uint32_t       c;
    unsigned       have;
    const u_char  *p, *last;

    if (len == 0 || len > RFL_CODE_TYPED_MAX || n > RFL_CODE_DIGITS_MAX) {
        return RFL_DECLINED;
    }

    have = 0;
    p = text;
    last = text + len;

    while (p < last) {

        c = rfl_utf8_decode(&p, last);
        value = (have == n) ? rfl_code_check(c) : rfl_code_digit(c);

        if (value == -1) {

            if (rfl_base32_separator(c)) {
                continue;
            }

            return RFL_DECLINED;
        }

        if (have > n) {
            return RFL_DECLINED;
        }

        if (have == n) {
            *check = (unsigned) value;

        } else {
            values[have] = (u_char) value;
        }

        have++;
    }

    return (have == n + 1) ? RFL_OK : RFL_DECLINED;
}


/* U is no digit, but a V in some hands */

static int
rfl_code_digit(uint32_t c)
{
    return rfl_base32_digit((c == 'U' || c == 'u') ? 'V' : c);
}


static int
rfl_code_check(uint32_t c)
{
    const char  *p;

    if (c == 'u') {
        c = 'U';
    }

    if (c > 0 && c < 0x80) {
        p = strchr(rfl_code_checks, (int) c);

        if (p != NULL) {
            return 32 + (int) (p - rfl_code_checks);
        }
    }

    return rfl_base32_digit(c);
}
