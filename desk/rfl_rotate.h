
/*
 * Copyright (C) The RFL authors
 *
 * rfl_rotate.h: the next epoch: written beside the current one, handed to
 * rfl-keyd, made current, the old one removed.
 */


#ifndef _RFL_ROTATE_H_INCLUDED_
#define _RFL_ROTATE_H_INCLUDED_


#include "rfl.h"
#include "rfl_desk.h"
#include "rfl_index.h"


/* seconds; the default of rfl_deadline: searches under the old epoch end */
#define RFL_ROTATE_GRACE     2


/*
 * A whole rotation under the lock.  What people have hidden with their codes
 * is withdrawn first.  Also carries out and ends a change of kind
 * RFL_OP_REBUILD.  RFL_STOPPED: a signal came before the switch; what
 * was written is removed and the old epoch is current.
 */
int rfl_rotate(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;

/*
 * Ends a rotation that was cut short: before the switch its secret is
 * forgotten, after it the new epoch is made current everywhere.  RFL_AWAY if
 * rfl-keyd must be asked and does not answer.
 */
int rfl_rotate_heal(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;

/*
 * Gives rfl-keyd the current epoch after it was restarted.  RFL_DECLINED if
 * it has and uses it already.
 */
int rfl_rotate_handover(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;

/*
 * Why a rotation is needed now, in a few words; NULL if it is not.  *rc is
 * not RFL_OK if that could not be found out.
 */
const char *rfl_rotate_due(rfl_desk_t *desk, int *rc, rfl_err_t *err);


#endif /* _RFL_ROTATE_H_INCLUDED_ */
