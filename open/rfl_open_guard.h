
/*
 * Copyright (C) The RFL authors
 *
 * rfl_open_guard.h: what rfl-open gives up before it reads anything.
 */


#ifndef _RFL_OPEN_GUARD_H_INCLUDED_
#define _RFL_OPEN_GUARD_H_INCLUDED_


#include "rfl.h"


/* no core file, no tracing, no new rights; bounds on memory and time */
int rfl_open_limits(rfl_err_t *err) rfl_must_check;
/* no system call but reading, writing, memory, the end */
int rfl_open_guard(rfl_err_t *err) rfl_must_check;


#endif /* _RFL_OPEN_GUARD_H_INCLUDED_ */
