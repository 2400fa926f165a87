
/*
 * Copyright (C) The RFL authors
 *
 * rfl_spool_int.h: what the files of rfl_spool share.
 */


#ifndef _RFL_SPOOL_INT_H_INCLUDED_
#define _RFL_SPOOL_INT_H_INCLUDED_


#include "rfl_spool.h"


/* rfl_spool_pfif.c: all persons of a file or, if one has a fault, none */
int rfl_spool_pfif(rfl_work_t *work, rfl_pool_t *pool, const char *path,
    unsigned *n, rfl_buf_t *faults, rfl_err_t *err) rfl_must_check;


#endif /* _RFL_SPOOL_INT_H_INCLUDED_ */
