
/*
 * Copyright (C) The RFL authors
 *
 * rfl_code.h: codes that people read aloud and copy by hand: digits of
 * Crockford's base32 and one check symbol modulo 37.  What rfl_hide.c and
 * rfl_receipt.c share.
 */


#ifndef _RFL_CODE_H_INCLUDED_
#define _RFL_CODE_H_INCLUDED_


#include "rfl.h"


#define RFL_CODE_DIGITS_MAX  16


/* the symbol of a check value, 0..36 */
u_char rfl_code_symbol(unsigned check);

/*
 * Reads exactly n digits (at most RFL_CODE_DIGITS_MAX) and a check symbol as
 * they were typed: lower case, O I L for 0 1 1, U for V but as the check,
 * any Unicode digits, any separators.  values gets 0..31 for each digit.
 * Whether the check symbol fits is for the caller to see.  RFL_DECLINED:
 * something else.
 */
int rfl_code_read(const u_char *text, size_t len, unsigned n,
    u_char values[RFL_CODE_DIGITS_MAX], unsigned *check) rfl_must_check;


#endif /* _RFL_CODE_H_INCLUDED_ */
