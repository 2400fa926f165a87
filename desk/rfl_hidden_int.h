
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


/* rfl_hidden_read(); clean: removes keys that hide nothing */
int rfl_hidden_gather(rfl_desk_t *desk, rfl_hidden_t *hidden, unsigned clean,
    rfl_err_t *err) rfl_must_check;

/* for rfl_redis_names(): "h:*" finds nothing but those that hide */
int rfl_hidden_counts(const char *key, size_t len);


#endif /* _RFL_HIDDEN_INT_H_INCLUDED_ */
