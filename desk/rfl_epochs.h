
/*
 * Copyright (C) The RFL authors
 *
 * rfl_epochs.h: the epochs that rfl-keyd holds, by its admin socket
 * (schema/layout.md, "rfl-keyd").
 */


#ifndef _RFL_EPOCHS_H_INCLUDED_
#define _RFL_EPOCHS_H_INCLUDED_


#include "rfl.h"
#include "rfl_redis.h"
#include "rfl_seal.h"


#define RFL_EPOCHS_MAX  8     /* more are not looked at */

typedef struct {
    unsigned  n;
    struct {
        uint64_t  id;
        int64_t   start;
        int64_t   end;
        unsigned  in_use;
    } epoch[RFL_EPOCHS_MAX];
} rfl_epochs_t;


/* json may be NULL; else it becomes the whole answer, in the pool */
int rfl_epochs_status(rfl_redis_t *r, rfl_pool_t *pool,
    rfl_epochs_t *status, rfl_str_t *json, rfl_err_t *err)
    rfl_must_check;
/* index in status, or -1 */
int rfl_epochs_find(const rfl_epochs_t *status, uint64_t id);

int rfl_epochs_add(rfl_redis_t *r, const rfl_epoch_t *epoch, rfl_err_t *err)
    rfl_must_check;
int rfl_epochs_use(rfl_redis_t *r, uint64_t id, rfl_err_t *err)
    rfl_must_check;
int rfl_epochs_drop(rfl_redis_t *r, uint64_t id, rfl_err_t *err)
    rfl_must_check;


#endif /* _RFL_EPOCHS_H_INCLUDED_ */
