
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pairs.h: application/x-www-form-urlencoded (URL Standard, 5.1), split
 * into its pairs one by one.  The search, the forms and the desk read with it.
 */


#ifndef _RFL_PAIRS_H_INCLUDED_
#define _RFL_PAIRS_H_INCLUDED_


#include "rfl.h"


#define RFL_PAIRS_END    1


typedef struct {
    const u_char  *pos;
    const u_char  *last;
    unsigned       left;           /* pairs that may still come */
} rfl_pairs_t;


void rfl_pairs_init(rfl_pairs_t *pairs, const u_char *body, size_t len,
    unsigned max);

/*
 * The next pair, decoded into the pool; empty ones ("&&") are skipped but
 * counted.  RFL_PAIRS_END after the last.  RFL_DECLINED: bad
 * percent-encoding, or more than max pairs.
 */
int rfl_pairs_next(rfl_pairs_t *pairs, rfl_pool_t *pool, rfl_str_t *name,
    rfl_str_t *value) rfl_must_check;


#endif /* _RFL_PAIRS_H_INCLUDED_ */
