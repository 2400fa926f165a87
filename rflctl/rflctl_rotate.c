
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_rotate.c: "rflctl rotate" and "rflctl handover".
 */


#include "rfl_hidden.h"
#include "rfl_item.h"
#include "rfl_rotate.h"
#include "rflctl.h"


static int rflctl_rotate_index(rflctl_t *ctl);
static int rflctl_rotate_forget(rflctl_t *ctl);
static int rflctl_rotate_report(rflctl_t *ctl, double seconds);
static int rflctl_rotate_hidden(rflctl_t *ctl);
static int rflctl_rotate_idle(rflctl_t *ctl);


int
rflctl_rotate(rflctl_t *ctl)
{
    int  status, forgotten;

    status = rflctl_rotate_index(ctl);

    /* whether the index could be written or not */

    if (!ctl->open || ctl->opts->dry_run || ctl->desk.desk.c == NULL
        || ctl->desk.desk.c->err != 0 || ctl->desk.desk.queued != 0)
    {
        return status;
    }

    rfl_desk_unlock(&ctl->desk);
    forgotten = rflctl_rotate_forget(ctl);

    return (status != RFLCTL_OK) ? status : forgotten;
}


static int
rflctl_rotate_forget(rflctl_t *ctl)
{
    int        rc;
    uint64_t   n;
    rfl_err_t  err;

    rc = rfl_item_forget(&ctl->desk, (int64_t) time(NULL), &n, &err);

    if (n != 0) {
        rflctl_note("%llu %s over for %u days: forgotten",
                    (unsigned long long) n,
                    (n == 1) ? "item of the desk was" : "items of the desk "
                                                        "were",
                    ctl->desk.conf.keep_days);
    }

    return rflctl_fail(rc, &err);
}


static int
rflctl_rotate_index(rflctl_t *ctl)
{
    int               rc, status;
    uint64_t          id;
    rfl_err_t         err;
    const char       *why;
    struct timespec   begin, end;

    (void) clock_gettime(CLOCK_MONOTONIC, &begin);

    /* finishing an earlier change may be a rotation already */

    status = rflctl_open(ctl);
    if (status != RFLCTL_OK) {
        return status;
    }

    rc = rfl_desk_read(&ctl->desk, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    id = ctl->desk.state.current.epoch.id;

    status = rflctl_relock(ctl);
    if (status != RFLCTL_OK) {
        return status;
    }

    if (ctl->opts->resume || ctl->opts->dry_run) {

        why = rfl_rotate_due(&ctl->desk, &rc, &err);
        if (rc != RFL_OK) {
            return rflctl_fail(rc, &err);
        }

        if (why != NULL) {
            rflctl_note("%s", why);
        }

        if (why == NULL && !ctl->opts->dry_run) {
            status = rflctl_rotate_hidden(ctl);
            if (status != RFLCTL_OK) {
                return status;
            }
        }

        if (why == NULL || ctl->opts->dry_run) {
            return (ctl->desk.state.current.epoch.id != id)
                   ? rflctl_rotate_report(ctl, 0) : rflctl_rotate_idle(ctl);
        }
    }

    rc = rfl_rotate(&ctl->desk, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    (void) clock_gettime(CLOCK_MONOTONIC, &end);

    return rflctl_rotate_report(ctl, (double) (end.tv_sec - begin.tv_sec)
                                + (double) (end.tv_nsec - begin.tv_nsec)
                                  / 1e9);
}


static int
rflctl_rotate_report(rflctl_t *ctl, double seconds)
{
    char         until[RFL_TIME_TEXT_SIZE + 1];
    uint64_t     keys;
    rfl_live_t  *live;

    live = &ctl->desk.state.current;
    keys = rfl_index_total(live, RFL_SIZE_ELEMENT)
           + rfl_index_total(live, RFL_SIZE_BLOCK);

    rflctl_time(live->epoch.end, until);

    if (ctl->opts->json) {
        return rflctl_json(json_pack("{s:b, s:I, s:s, s:I, s:I, s:f}",
                                     "rotated", 1,
                                     "epoch", (json_int_t) live->epoch.id,
                                     "until", until,
                                     "entries", (json_int_t) live->entries,
                                     "keys", (json_int_t) keys,
                                     "seconds", seconds),
                           RFLCTL_OK);
    }

    rflctl_say("epoch %llu is in use until %s: %llu entries, %llu keys, "
               "%.1f s", (unsigned long long) live->epoch.id, until,
               (unsigned long long) live->entries, (unsigned long long) keys,
               seconds);

    return RFLCTL_OK;
}


/* a rotation does so by itself */

static int
rflctl_rotate_hidden(rflctl_t *ctl)
{
    int           rc;
    uint64_t      n;
    rfl_err_t     err;
    rfl_hidden_t  hidden;

    rc = rfl_hidden_apply(&ctl->desk, 0, &hidden, &n, &err);

    rfl_hidden_free(&hidden);

    return rflctl_fail(rc, &err);
}


static int
rflctl_rotate_idle(rflctl_t *ctl)
{
    if (ctl->opts->json) {
        return rflctl_json(json_pack("{s:b, s:I}", "rotated", 0, "epoch",
                           (json_int_t) ctl->desk.state.current.epoch.id),
                           RFLCTL_OK);
    }

    rflctl_say("not rotated");

    return RFLCTL_OK;
}


int
rflctl_handover(rflctl_t *ctl)
{
    int        rc, status;
    rfl_err_t  err;

    status = rflctl_lock(ctl);
    if (status != RFLCTL_OK) {
        return status;
    }

    rc = rfl_rotate_handover(&ctl->desk, &err);

    if (rc != RFL_OK && rc != RFL_DECLINED) {
        return rflctl_fail(rc, &err);
    }

    if (ctl->opts->json) {
        return rflctl_json(json_pack("{s:b, s:I}", "handed_over",
                           rc == RFL_OK, "epoch",
                           (json_int_t) ctl->desk.state.current.epoch.id),
                           RFLCTL_OK);
    }

    rflctl_say("rfl-keyd %s epoch %llu", rc == RFL_OK ? "uses again"
                                                      : "has and uses",
               (unsigned long long) ctl->desk.state.current.epoch.id);

    return RFLCTL_OK;
}
