
/*
 * Copyright (C) The RFL authors
 *
 * rfl_hidden_int.h: what the files of rfl_hidden share.
 */


#ifndef _RFL_HIDDEN_INT_H_INCLUDED_
#define _RFL_HIDDEN_INT_H_INCLUDED_


#include "rfl_hidden.h"
#include "rfl_index.h"


#define RFL_HIDDEN_BATCH     512
#define RFL_HIDDEN_LIST      "in:hide:"


/* names of keys, in the pool */

typedef struct {
    rfl_pool_t        *pool;
    rfl_args_t         names;
} rfl_hidden_names_t;


/* rfl_hidden_read(); clean: removes keys that hide nothing */
int rfl_hidden_gather(rfl_desk_t *desk, rfl_hidden_t *hidden, unsigned clean,
    rfl_err_t *err) rfl_must_check;

/* names->pool is the caller's; "h:*" finds nothing but those that hide */
int rfl_hidden_names(rfl_redis_t *r, const char *pattern,
    rfl_hidden_names_t *names, rfl_err_t *err) rfl_must_check;
int rfl_hidden_unlink(rfl_redis_t *r, const rfl_args_t *names,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFL_HIDDEN_INT_H_INCLUDED_ */
