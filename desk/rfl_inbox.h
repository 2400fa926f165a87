
/*
 * Copyright (C) The RFL authors
 *
 * rfl_inbox.h: what visitors sent, on its way from inbox Redis of the public
 * host into desk Redis, and opened there.
 *
 * Desk Redis has, besides what rfl_store.h names, these hashes; H is the hash
 * of a box (BLAKE2b-128), Y a year:
 *
 *     box         day 4, big-endian | H -> length of society 1 | society |
 *                                          the box as it came
 *     box:aside   the same, of what does not open or parse
 *     box:done:Y  H -> "": it was here and is not to come again
 *     box:id:Y    keyed token of a submission's id -> field of its first box
 *
 * Of box:done and box:id there are those of this year and the last, so that
 * they do not grow for ever.  A copy that somebody kept for longer is known by
 * the day that is sealed in it: RFL_INBOX_OLD.
 *
 * Boxes stay sealed as they came until somebody opens the vault.
 */


#ifndef _RFL_INBOX_H_INCLUDED_
#define _RFL_INBOX_H_INCLUDED_


#include "rfl.h"
#include "rfl_box.h"
#include "rfl_desk.h"
#include "rfl_form.h"
#include "rfl_vault.h"


#define RFL_INBOX_HASH_SIZE  16

#define RFL_INBOX_BOXES      "box"
#define RFL_INBOX_ASIDE      "box:aside"
#define RFL_INBOX_DONE       "box:done"
#define RFL_INBOX_IDS        "box:id"

/* days; less than the shortest time for which a box is remembered */
#define RFL_INBOX_LIFE       360


/*
 * Drains the lists of every society that this desk has an inbox key of.  A
 * box is in desk Redis, on disk, before it leaves inbox Redis; whatever dies
 * when, the next pull goes on from there.  One pull at a time: RFL_BUSY.
 * Needs rfl_desk_open() and no passphrase.
 *
 * RFL_DECLINED: so many boxes wait to be opened that the rest is left where it
 * is; or there is no inbox key.  Whoever has the public host can send without
 * an end, and desk Redis is memory.
 */
#define RFL_INBOX_WAITING    65536

typedef struct {
    uint64_t  lists;
    uint64_t  taken;               /* new boxes */
    uint64_t  again;               /* the very same box once more */
    uint64_t  refused;             /* too large to be anything: dropped */
    uint64_t  room;                /* new ones that may still come */
} rfl_inbox_pulled_t;

int rfl_inbox_pull(rfl_desk_t *desk, rfl_inbox_pulled_t *pulled,
    rfl_err_t *err) rfl_must_check;


/* lists of inbox Redis, "take:" and "in:" together; in order of day */

typedef struct {
    rfl_str_t  society;
    int32_t    day;
    uint64_t   boxes;
} rfl_inbox_list_t;

typedef struct {
    unsigned           n;
    rfl_inbox_list_t  *lists;      /* waiting at the public host */
    uint64_t           boxes;      /* in desk Redis, not yet dealt with */
    uint64_t           aside;
} rfl_inbox_stats_t;

int rfl_inbox_stats(rfl_pool_t *pool, rfl_desk_t *desk,
    rfl_inbox_stats_t *stats, rfl_err_t *err) rfl_must_check;


/*
 * Opens all boxes of desk Redis in another process (rfl_open.h) and calls
 * visit for each, oldest day first.
 */

typedef enum {
    RFL_INBOX_GOOD = 0,
    RFL_INBOX_AGAIN,               /* a submission id that was seen before */
    RFL_INBOX_NOT_A_BOX,           /* size or version */
    RFL_INBOX_NO_KEY,              /* sealed to a key that is not here */
    RFL_INBOX_SHUT,                /* does not open with that key */
    RFL_INBOX_BROKEN,              /* opens, and is no submission */
    RFL_INBOX_ASTRAY,              /* is for another society */
    RFL_INBOX_OLD,                 /* came RFL_INBOX_LIFE after its day */
    RFL_INBOX_CRASHED,             /* the child died of it, or took too long */
    RFL_INBOX_STATES_N
} rfl_inbox_state_e;

/* a few words on each, for people: "sealed to a key that is not here" */
extern const char  *const  rfl_inbox_states[RFL_INBOX_STATES_N];

typedef struct {
    u_char             hash[RFL_INBOX_HASH_SIZE];
    rfl_str_t          society;    /* of the list it was in */
    int32_t            day;
    rfl_str_t          box;
    rfl_inbox_state_e  state;
    unsigned           aside;      /* it was put aside before */
} rfl_inbox_box_t;

/*
 * s is NULL unless state is RFL_INBOX_GOOD or RFL_INBOX_AGAIN.  The pool and
 * all it holds is wiped after the call.  Another return code than RFL_OK ends
 * the walk and is returned.
 *
 * The first box with a submission's id is remembered: any other one is
 * RFL_INBOX_AGAIN, in this walk or a year later, and then RFL_INBOX_OLD.
 */
typedef int (*rfl_inbox_visit_pt)(void *data, rfl_pool_t *pool,
    const rfl_inbox_box_t *box, const rfl_submission_t *s, rfl_err_t *err);

int rfl_inbox_walk(rfl_desk_t *desk, const rfl_vault_t *vault,
    rfl_inbox_visit_pt visit, void *data, rfl_err_t *err) rfl_must_check;
/* the same of what was put aside: a key may have been found */
int rfl_inbox_walk_aside(rfl_desk_t *desk, const rfl_vault_t *vault,
    rfl_inbox_visit_pt visit, void *data, rfl_err_t *err) rfl_must_check;

/*
 * Commands for the open transaction of desk->desk: whoever takes a box over
 * writes what it made of it and sends one of these in the same transaction,
 * so that it is in one place at every moment.
 *
 * done: the box is gone, from where it was, and does not come again; seen:
 * whatever box this submission comes in from now on, it is RFL_INBOX_AGAIN;
 * aside: out of the way, for a person to look at.
 */
int rfl_inbox_send_done(rfl_redis_t *r, const rfl_inbox_box_t *box,
    rfl_err_t *err) rfl_must_check;
int rfl_inbox_send_seen(rfl_redis_t *r, const rfl_vault_t *vault,
    const rfl_submission_t *s, rfl_err_t *err) rfl_must_check;
int rfl_inbox_send_aside(rfl_redis_t *r, const rfl_inbox_box_t *box,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFL_INBOX_H_INCLUDED_ */
