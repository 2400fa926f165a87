
/*
 * Copyright (C) The RFL authors
 *
 * rfl_change.h: changes of the register that the index follows: entries
 * come, are renewed, or go.
 *
 * A change is first staged, then decided (one transaction of desk Redis),
 * then carried out: register, index, end.  Whatever cuts it short before the
 * decision leaves no trace of it; after the decision the next command
 * finishes it.  The index itself changes in one transaction, or by a
 * rotation, so that visitors see the state before or the state after.
 */


#ifndef _RFL_CHANGE_H_INCLUDED_
#define _RFL_CHANGE_H_INCLUDED_


#include "rfl.h"
#include "rfl_desk.h"


/* larger changes are carried out by a rotation */
#define RFL_CHANGE_EDIT_MAX  2000


/*
 * Ends what an earlier command left: to be called after rfl_desk_lock() by
 * every command that changes or compares.  RFL_AWAY if rfl-keyd or the index
 * is needed for it and does not answer; a withdrawal goes on all the same.
 */
int rfl_change_heal(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;

/* additions: begin, (add ..., flush) ..., then decide or abort */
int rfl_change_begin(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
/*
 * What is added becomes one transaction, sent by send or flush, of some
 * hundred entries at most; the next one begins after flush, which waits for
 * it.  flush does nothing if nothing was added.
 */
int rfl_change_add(rfl_desk_t *desk, const rfl_draft_t *draft,
    unsigned canary, rfl_err_t *err) rfl_must_check;
int rfl_change_send(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
int rfl_change_flush(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
int rfl_change_abort(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
/* n: how many were added */
int rfl_change_decide(rfl_desk_t *desk, uint64_t n, rfl_err_t *err)
    rfl_must_check;

/*
 * Whether so many additions can be carried out now; RFL_AWAY if they will
 * need rfl-keyd and it does not answer.  To be asked before the decision.
 */
int rfl_change_ready(rfl_desk_t *desk, uint64_t n, rfl_err_t *err)
    rfl_must_check;
/* one entry, all of the above; checked by the caller */
int rfl_change_publish(rfl_desk_t *desk, const rfl_draft_t *draft,
    unsigned canary, rfl_err_t *err) rfl_must_check;

/*
 * A withdrawal: decides at once.  Entries go, their refs and source ids get
 * tombstones; ids of sources that were never published get theirs too.
 */
typedef struct {
    unsigned       known;          /* the register has it */
    u_char         ref[RFL_REF_SIZE];
    rfl_str_t      source;
} rfl_withdrawal_t;

int rfl_change_withdraw(rfl_desk_t *desk, const rfl_withdrawal_t *list,
    unsigned n, unsigned reason, rfl_err_t *err) rfl_must_check;


#endif /* _RFL_CHANGE_H_INCLUDED_ */
