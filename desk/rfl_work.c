
/*
 * Copyright (C) The RFL authors
 *
 * rfl_work.c: what one request or command of the moderators' desk works
 * with.  Called by the desk's nginx module and by rflctl.
 */


#include "rfl_work.h"

#include <time.h>


int
rfl_work_open(rfl_work_t *work, const char *dir, rfl_err_t *err)
{
    int  rc;

    memset(work, 0, sizeof(rfl_work_t));

    rc = rfl_desk_init(&work->desk, dir, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_desk_rules(&work->desk, err);

    if (rc == RFL_OK) {
        rc = rfl_staff_read(work->desk.pool, dir, &work->staff, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_desk_key(&work->desk, err);
    }

    if (rc != RFL_OK) {
        rfl_work_close(work);
    }

    return rc;
}


void
rfl_work_close(rfl_work_t *work)
{
    rfl_desk_close(&work->desk);
    rfl_memzero(work, sizeof(rfl_work_t));
    work->desk.lock = -1;
}


int
rfl_work_begin(rfl_work_t *work, const rfl_moderator_t *who,
    const rfl_vault_t *keys, int64_t now, rfl_err_t *err)
{
    work->who = who;
    work->keys = keys;
    work->now = now;

    /* it may have been restarted since */

    if (work->desk.desk.c != NULL
        && rfl_redis_there(&work->desk.desk, err) == RFL_OK)
    {
        return RFL_OK;
    }

    rfl_redis_close(&work->desk.desk);
    work->desk.desk.queued = 0;

    return rfl_redis_open(&work->desk.desk, &work->desk.conf.desk,
                          "desk Redis", err);
}


void
rfl_work_end(rfl_work_t *work)
{
    rfl_desk_unlock(&work->desk);

    /* between requests the other side may close or restart */

    rfl_redis_close(&work->desk.index);
    rfl_redis_close(&work->desk.inbox);
    rfl_redis_close(&work->desk.keyd);

    if (work->desk.desk.queued != 0
        || (work->desk.desk.c != NULL && work->desk.desk.c->err != 0))
    {
        rfl_redis_close(&work->desk.desk);
        work->desk.desk.queued = 0;
    }

    work->who = NULL;
    work->keys = NULL;
    work->aside = NULL;

    rfl_stack_wipe();
}


unsigned
rfl_work_approvals(const rfl_work_t *work)
{
    return (work->staff->one_approver && work->desk.policy->approvals == 1)
           ? 1 : 2;
}


int32_t
rfl_work_day(int64_t now)
{
    time_t     clock;
    struct tm  tm;

    clock = (time_t) now;

    if (localtime_r(&clock, &tm) == NULL) {
        return rfl_time_day(now);
    }

    return rfl_time_day(now + tm.tm_gmtoff);
}
