
/*
 * Copyright (C) The RFL authors
 *
 * rfl_change_int.h: what the files of rfl_change share.
 */


#ifndef _RFL_CHANGE_INT_H_INCLUDED_
#define _RFL_CHANGE_INT_H_INCLUDED_


#include "rfl_change.h"
#include "rfl_edit.h"


/* rfl_change_register.c */

/* may be repeated: what has moved is found unchanged */
int rfl_change_register(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
/* queues a tombstone in the open transaction */
int rfl_change_tomb(rfl_desk_t *desk, const u_char token[RFL_TOKEN_SIZE],
    unsigned reason, rfl_err_t *err) rfl_must_check;


/* the edits of one change: of the current epoch, and of the next if whole */

typedef struct {
    rfl_edit_t      edit[2];
    rfl_live_t     *live[2];
    unsigned        n;
    unsigned        remove;        /* while gathering */
} rfl_change_edits_t;

/* everything after the decision */
int rfl_change_finish(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;

int rfl_change_edits(rfl_desk_t *desk, rfl_change_edits_t *edits,
    rfl_err_t *err) rfl_must_check;
void rfl_change_edits_free(rfl_change_edits_t *edits);
/* an rfl_store_visit_pt: one entry to add or, with ->remove, to remove */
int rfl_change_gather_one(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err) rfl_must_check;
int rfl_change_plan(rfl_desk_t *desk, rfl_change_edits_t *edits,
    rfl_state_t *after, rfl_err_t *err) rfl_must_check;
int rfl_change_exec(rfl_desk_t *desk, rfl_change_edits_t *edits,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFL_CHANGE_INT_H_INCLUDED_ */
