
/*
 * Copyright (C) The RFL authors
 *
 * rfl_receipt.c: the reference of a submission, to be read aloud to the
 * office: as letters and digits, or as digits only for those who do not read
 * Latin letters.  Called by the pages and by the desk.
 */


#include "rfl_box.h"
#include "rfl_code.h"


#define RFL_RECEIPT_LETTERS  9     /* of 5 bits */
#define RFL_RECEIPT_BITS     (RFL_RECEIPT_LETTERS * 5)
#define RFL_RECEIPT_NUMBERS  16    /* the last two are the check */
#define RFL_RECEIPT_TYPED_MAX  128


static uint64_t rfl_receipt_value(const u_char id[6]);
static int rfl_receipt_letters(const u_char *text, size_t len,
    uint64_t *value);
static int rfl_receipt_numbers(const u_char *text, size_t len,
    uint64_t *value);


void
rfl_receipt_format(const u_char id[RFL_SUBMISSION_ID_SIZE],
    u_char text[RFL_RECEIPT_TEXT_SIZE],
    u_char digits[RFL_RECEIPT_DIGITS_SIZE])
{
    u_char    *p;
    uint64_t   value, number;
    unsigned   i;

    value = rfl_receipt_value(id);

    p = text;

    for (i = 0; i < RFL_RECEIPT_LETTERS; i++) {

        if (i == 5) {
            *p++ = '-';
        }

        *p++ = (u_char) rfl_base32[(value >> (RFL_RECEIPT_BITS - 5 - i * 5))
                                   & 0x1f];
    }

    *p = rfl_code_symbol((unsigned) (value % 37));

    /* ISO 7064, MOD 97-10: the whole is 1 modulo 97 */

    number = value * 100 + (98 - value * 100 % 97);

    p = digits + RFL_RECEIPT_DIGITS_SIZE;

    for (i = 0; i < RFL_RECEIPT_NUMBERS; i++) {

        if (i != 0 && i % 4 == 0) {
            *--p = ' ';
        }

        *--p = (u_char) ('0' + number % 10);
        number /= 10;
    }
}


int
rfl_receipt_parse(const u_char *text, size_t len, u_char id[6])
{
    unsigned  i;
    uint64_t  value;

    memset(id, 0, 6);

    if (rfl_receipt_letters(text, len, &value) != RFL_OK
        && rfl_receipt_numbers(text, len, &value) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    value <<= 48 - RFL_RECEIPT_BITS;

    for (i = 6; i != 0; i--) {
        id[i - 1] = (u_char) value;
        value >>= 8;
    }

    return RFL_OK;
}


/* the first 45 bits, most significant first */

static uint64_t
rfl_receipt_value(const u_char id[6])
{
    unsigned  i;
    uint64_t  value;

    value = 0;

    for (i = 0; i < 6; i++) {
        value = value << 8 | id[i];
    }

    return value >> (48 - RFL_RECEIPT_BITS);
}


static int
rfl_receipt_letters(const u_char *text, size_t len, uint64_t *value)
{
    u_char    values[RFL_CODE_DIGITS_MAX];
    unsigned  i, check;

    if (rfl_code_read(text, len, RFL_RECEIPT_LETTERS, values, &check)
        != RFL_OK)
    {
        return RFL_DECLINED;
    }

    *value = 0;

    for (i = 0; i < RFL_RECEIPT_LETTERS; i++) {
        *value = *value << 5 | values[i];
    }

    return (*value % 37 == check) ? RFL_OK : RFL_DECLINED;
}


static int
rfl_receipt_numbers(const u_char *text, size_t len, uint64_t *value)
{
    int            digit;
    uint32_t       c;
    uint64_t       number;
    unsigned       n;
    const u_char  *p, *last;

    if (len == 0 || len > RFL_RECEIPT_TYPED_MAX) {
        return RFL_DECLINED;
    }

    n = 0;
    number = 0;
    p = text;
    last = text + len;

    while (p < last) {

        c = rfl_utf8_decode(&p, last);
        digit = rfl_base32_digit(c);

        if (digit == -1 && rfl_base32_separator(c)) {
            continue;
        }

        if (digit < 0 || digit > 9 || n++ == RFL_RECEIPT_NUMBERS) {
            return RFL_DECLINED;
        }

        number = number * 10 + (uint64_t) digit;
    }

    *value = number / 100;

    return (n == RFL_RECEIPT_NUMBERS && number % 97 == 1
            && *value >> RFL_RECEIPT_BITS == 0)
           ? RFL_OK : RFL_DECLINED;
}
