
/*
 * Copyright (C) The RFL authors
 *
 * rfl_guard_int.h: the words that rfl_guard.c looks for.
 */


#ifndef _RFL_GUARD_INT_H_INCLUDED_
#define _RFL_GUARD_INT_H_INCLUDED_


#include "rfl_guard.h"


typedef struct {
    rfl_guard_e   kind;
    const char   *text;            /* lower case; '*' at the end: goes on */
} rfl_guard_word_t;


extern const rfl_guard_word_t  rfl_guard_list[];
extern const size_t            rfl_guard_nwords;

/* 1 if a word for years of age begins here */
unsigned rfl_guard_years(const uint32_t *c, unsigned n);


#endif /* _RFL_GUARD_INT_H_INCLUDED_ */
