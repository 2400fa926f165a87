
/*
 * Copyright (C) The RFL authors
 *
 * rfl_work.h: what one request or command of the moderators' desk works
 * with: the desk, the staff, the person who acts, their unlocked keys.
 *
 * A rfl_work_t belongs to one thread, which keeps it (and its connections)
 * from request to request:
 *
 *     rfl_work_open(&work, dir)                once per thread
 *     rfl_work_begin(&work, who, keys, now)    per request
 *     ... rfl_item_*(), rfl_review_*(), ...
 *     rfl_work_end(&work)                      per request: wipes
 *     rfl_work_close(&work)
 */


#ifndef _RFL_WORK_H_INCLUDED_
#define _RFL_WORK_H_INCLUDED_


#include "rfl.h"
#include "rfl_desk.h"
#include "rfl_session.h"
#include "rfl_staff.h"


#define RFL_WORK_ASIDE       100000


typedef struct {
    rfl_desk_t               desk;     /* rules and key read */
    rfl_staff_t             *staff;
    uint64_t                 tombs;    /* for rfl_review_catch_up() */
    int64_t                  caught;

    /* of the request */
    const rfl_moderator_t   *who;      /* NULL: the desk itself */
    const rfl_vault_t       *keys;     /* NULL: locked */
    int64_t                  now;      /* seconds, UTC */

    /*
     * Called again and again while the request waits for another command:
     * ends it, lets others work for RFL_WORK_ASIDE microseconds, and begins it
     * again.  Returns what rfl_work_begin() does.  NULL: nobody else is there.
     */
    int                    (*aside)(void *data, rfl_err_t *err);
    void                    *data;
} rfl_work_t;


/*
 * Configuration, policy, trust, staff, desk key.  RFL_OK, RFL_DENIED,
 * RFL_ERROR.
 */
int rfl_work_open(rfl_work_t *work, const char *dir, rfl_err_t *err)
    rfl_must_check;
void rfl_work_close(rfl_work_t *work);

/*
 * who and keys stay the caller's until rfl_work_end().  Connects desk Redis,
 * or again if it broke since.  RFL_OK, RFL_AWAY, RFL_DENIED.
 */
int rfl_work_begin(rfl_work_t *work, const rfl_moderator_t *who,
    const rfl_vault_t *keys, int64_t now, rfl_err_t *err) rfl_must_check;
/* forgets keys, releases locks, drops connections in doubt */
void rfl_work_end(rfl_work_t *work);

/*
 * the number of signatures that publish: 2, or 1 where policy and staff both
 * say that one is enough (show the banner then)
 */
unsigned rfl_work_approvals(const rfl_work_t *work);

/*
 * The day that it is where the desk is, in days since 1970: people agree on
 * days of their own calendar, not of UTC.  The time zone is the host's.
 */
int32_t rfl_work_day(int64_t now);


#endif /* _RFL_WORK_H_INCLUDED_ */
