
/*
 * Copyright (C) The RFL authors
 *
 * rfl_hidden.h: entries that people have hidden by their codes, at the desk.
 *
 * A code is in inbox Redis, in a list "in:hide:<yyyymmdd>", for as long as an
 * entry may be published that goes with it; and in index Redis, under
 * "h:<label>", where searches honour it until the desk has followed.  The
 * desk follows by withdrawing the entry, as if the person had asked for it:
 * with tombstones, so that nothing brings it back.  Rotation does so by
 * itself, before it reads the register; publishing keeps such entries out.
 */


#ifndef _RFL_HIDDEN_H_INCLUDED_
#define _RFL_HIDDEN_H_INCLUDED_


#include "rfl.h"
#include "rfl_box.h"
#include "rfl_desk.h"


/* the codes that were given, as hashes, and where they were found */

typedef struct {
    u_char      *hashes;           /* n x RFL_HIDE_SIZE, sorted */
    size_t       n;
    size_t       size;

    u_char      *labels;           /* in the index: nlabels x "h:..." */
    size_t       nlabels;
    size_t       labels_size;
    uint64_t     wrong;            /* besides: keys whose value is no code */

    unsigned     inbox;            /* its lists are among them */
    rfl_err_t    away;             /* else: why; empty if there is none */
} rfl_hidden_t;


/*
 * Reads the codes of both instances.  An inbox that does not answer is no
 * error here.  *hidden must be freed whatever is returned.
 */
int rfl_hidden_read(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
    rfl_must_check;
/*
 * Those of the inbox alone, which has all of them and is quick to read:
 * RFL_DECLINED: none is configured; RFL_AWAY
 */
int rfl_hidden_sent(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
    rfl_must_check;
/* the same for whoever has to know all of them: RFL_AWAY without the inbox */
int rfl_hidden_all(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
    rfl_must_check;
/*
 * One code, in both instances: RFL_OK if it was given, RFL_DECLINED if not,
 * RFL_AWAY.  For whoever is about to publish.
 */
int rfl_hidden_is(rfl_desk_t *desk, const u_char hide[RFL_HIDE_SIZE],
    rfl_err_t *err) rfl_must_check;
void rfl_hidden_free(rfl_hidden_t *hidden);

/* 1 if the code of this hash was given */
int rfl_hidden_find(const rfl_hidden_t *hidden,
    const u_char hide[RFL_HIDE_SIZE]);

/*
 * The same, then withdraws every entry of the register whose code was given;
 * *n counts them.  Keys of the index whose value is not the code of their
 * label hide nothing, would keep the right value out, and are removed.
 *
 * To be called under the lock; a change that waits for a rotation may be
 * under way, no other.  RFL_AWAY, with rebuild: the index is to be written
 * anew, has lost its codes, and the inbox does not answer.
 */
int rfl_hidden_apply(rfl_desk_t *desk, unsigned rebuild,
    rfl_hidden_t *hidden, uint64_t *n, rfl_err_t *err) rfl_must_check;

/*
 * After a rotation: forgets the codes that were in the index when they were
 * applied, and the lists that are older than any entry may become.
 */
int rfl_hidden_forget(rfl_desk_t *desk, rfl_hidden_t *hidden,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFL_HIDDEN_H_INCLUDED_ */
