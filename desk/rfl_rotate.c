
/*
 * Copyright (C) The RFL authors
 *
 * rfl_rotate.c: the next epoch, from the register to the switch.  Called by
 * rotate and by whatever is too large for an edit.
 *
 * At every point the desk's state says what to do after a crash:
 *
 *     WRITING   next is incomplete: forget it, its keys are leftovers
 *     BUILT     next is whole: rfl-keyd may use either, go on to next
 *     IDLE      leftovers tells whether keys of an old epoch remain
 */


#include "rfl_build.h"
#include "rfl_hidden.h"
#include "rfl_epochs.h"
#include "rfl_rotate.h"

#include <inttypes.h>
#include <sodium.h>
#include <time.h>
#include <unistd.h>


/* an epoch outlives the day it is due by one, in case a rotation is missed */
#define RFL_ROTATE_SPARE     1


static int rfl_rotate_epoch(rfl_desk_t *desk, rfl_hidden_t *hidden,
    rfl_err_t *err);
static int rfl_rotate_begin(rfl_desk_t *desk, int64_t now, rfl_err_t *err);
static int rfl_rotate_id(rfl_desk_t *desk, uint64_t *id, rfl_err_t *err);
static int rfl_rotate_clear(rfl_desk_t *desk, rfl_err_t *err);
static int rfl_rotate_write(rfl_desk_t *desk, rfl_err_t *err);
static int rfl_rotate_undo(rfl_desk_t *desk, rfl_err_t *err);
static int rfl_rotate_switch(rfl_desk_t *desk, rfl_err_t *err);
static int rfl_rotate_hand(rfl_desk_t *desk, const rfl_epoch_t *epoch,
    rfl_err_t *err);
static int rfl_rotate_only(rfl_desk_t *desk, uint64_t id, rfl_err_t *err);
static int rfl_rotate_finish(rfl_desk_t *desk, unsigned old,
    rfl_hidden_t *hidden, rfl_err_t *err);


int
rfl_rotate(rfl_desk_t *desk, rfl_err_t *err)
{
    int           rc;
    uint64_t      n;
    rfl_hidden_t  hidden;

    memset(&hidden, 0, sizeof(rfl_hidden_t));

    rc = rfl_desk_index(desk, err);

    /* nothing of these may be written again; it needs no rfl-keyd */

    if (rc == RFL_OK) {
        rc = rfl_hidden_apply(desk, 1, &hidden, &n, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_desk_keyd(desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_rotate_epoch(desk, &hidden, err);
    }

    rfl_hidden_free(&hidden);

    return rc;
}


static int
rfl_rotate_epoch(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    int              rc;
    int64_t          now;
    unsigned         old;
    rfl_err_t        other;
    rfl_manifest_t   manifest;

    now = (int64_t) time(NULL);

    /* searches may be under way if there is an index to search */

    rc = rfl_index_manifest(&desk->index, &desk->state.current, &manifest,
                            err);
    if (rc != RFL_OK && rc != RFL_DECLINED) {
        return rc;
    }

    old = (rc == RFL_OK);

    rc = rfl_rotate_begin(desk, now, err);

    if (rc == RFL_OK) {
        rc = rfl_rotate_clear(desk, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_rotate_write(desk, err);

    if (rc == RFL_OK && rfl_desk_stopped(desk)) {
        rc = RFL_STOPPED;
    }

    if (rc != RFL_OK) {

        /* what cannot be undone now is left to the next run */

        if (rc != RFL_AWAY && rfl_rotate_undo(desk, &other) != RFL_OK) {
            rfl_desk_notice(desk, "the interrupted rotation could not be "
                            "cleared away: %s", other.text);
        }

        return rc;
    }

    desk->state.phase = RFL_PHASE_BUILT;

    rc = rfl_store_write_state(&desk->desk, &desk->keys, &desk->state, err);

    if (rc == RFL_OK) {
        rc = rfl_rotate_switch(desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_rotate_finish(desk, old, hidden, err);
    }

    return rc;
}


/* a fresh secret, kept at the desk before anything is written under it */

static int
rfl_rotate_begin(rfl_desk_t *desk, int64_t now, rfl_err_t *err)
{
    int          rc;
    int64_t      life;
    uint64_t     id;
    rfl_live_t  *next;

    rc = rfl_rotate_id(desk, &id, err);
    if (rc != RFL_OK) {
        return rc;
    }

    life = ((int64_t) desk->policy->epoch_days + RFL_ROTATE_SPARE)
           * RFL_DAY_SECONDS;

    next = &desk->state.next;
    memset(next, 0, sizeof(rfl_live_t));

    next->used = 1;
    next->cap = desk->policy->cap;
    next->built = now;
    next->epoch.id = id;
    next->epoch.start = now;
    next->epoch.end = now + (life < RFL_EPOCH_LIFE_MAX ? life
                                                       : RFL_EPOCH_LIFE_MAX);
    randombytes_buf(next->epoch.secret, RFL_SECRET_SIZE);

    desk->state.phase = RFL_PHASE_WRITING;
    desk->state.leftovers = 1;

    if (desk->state.newest < id) {
        desk->state.newest = id;
    }

    return rfl_store_write_state(&desk->desk, &desk->keys, &desk->state, err);
}


/*
 * The id must be one above the newest that rfl-keyd knows, and above every
 * one that was ever in use.
 */

static int
rfl_rotate_id(rfl_desk_t *desk, uint64_t *id, rfl_err_t *err)
{
    int           rc;
    unsigned      i;
    rfl_epochs_t  status;

    rc = rfl_rotate_only(desk, desk->state.current.epoch.id, err);

    if (rc == RFL_OK) {
        rc = rfl_epochs_status(&desk->keyd, desk->pool, &status, NULL, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    *id = 0;

    for (i = 0; i < status.n; i++) {
        if (*id <= status.epoch[i].id) {
            *id = status.epoch[i].id + 1;
        }
    }

    if (*id > desk->state.current.epoch.id) {
        return RFL_OK;
    }

    /* nothing there, or only what was in use before our current one */

    for (i = 0; rc == RFL_OK && i < status.n; i++) {
        rc = rfl_epochs_drop(&desk->keyd, status.epoch[i].id, err);
    }

    *id = desk->state.newest + 1;

    return rc;
}


/*
 * What earlier rotations left behind, so that there are never more than two
 * epochs in memory, and this one begins empty.  What rfl-keyd uses stays,
 * whatever the desk believes.
 */

static int
rfl_rotate_clear(rfl_desk_t *desk, rfl_err_t *err)
{
    int           rc;
    unsigned      i, n;
    uint64_t      keep[1 + RFL_EPOCHS_MAX];
    rfl_epochs_t  status;

    rc = rfl_epochs_status(&desk->keyd, desk->pool, &status, NULL, err);
    if (rc != RFL_OK) {
        return rc;
    }

    n = 0;
    keep[n++] = desk->state.current.epoch.id;

    for (i = 0; i < status.n; i++) {
        keep[n++] = status.epoch[i].id;
    }

    return rfl_index_sweep(desk, "e:*", keep, n, err);
}


static int
rfl_rotate_write(rfl_desk_t *desk, rfl_err_t *err)
{
    int          rc;
    rfl_build_t  build;

    rc = rfl_build_load(desk, desk->policy->cap, desk->state.next.built, NULL,
                        &build, err);

    if (rc == RFL_OK) {
        rc = rfl_build_write(&build, &desk->state.next,
                             desk->state.next.built, err);
    }

    rfl_build_free(&build);

    desk->state.as_of = desk->state.next.built;

    return rc;
}


static int
rfl_rotate_undo(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    rc = rfl_index_remove(desk, &desk->state.next, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rfl_memzero(&desk->state.next, sizeof(rfl_live_t));

    desk->state.phase = RFL_PHASE_IDLE;
    desk->state.leftovers = 0;

    return rfl_store_write_state(&desk->desk, &desk->keys, &desk->state, err);
}


/* the one step that visitors see */

static int
rfl_rotate_switch(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    rc = rfl_rotate_hand(desk, &desk->state.next.epoch, err);

    if (rc != RFL_OK && rc != RFL_AWAY) {

        /* rfl-keyd will not have it, so it is worth nothing */

        rfl_memzero(&desk->state.next, sizeof(rfl_live_t));
        desk->state.phase = RFL_PHASE_IDLE;

        if (rfl_store_write_state(&desk->desk, &desk->keys, &desk->state,
                                  NULL)
            != RFL_OK)
        {
            rfl_desk_notice(desk, "desk Redis did not take the state");
        }
    }

    if (rc != RFL_OK) {
        return rc;
    }

    /* this also overwrites the old secret */

    desk->state.current = desk->state.next;
    rfl_memzero(&desk->state.next, sizeof(rfl_live_t));
    desk->state.phase = RFL_PHASE_IDLE;

    rc = rfl_redis_begin(&desk->desk, err);

    if (rc == RFL_OK) {
        rc = rfl_store_send_state(&desk->desk, &desk->keys, &desk->state,
                                  err);
    }

    if (rc == RFL_OK && desk->op.kind == RFL_OP_REBUILD) {
        rc = rfl_store_send_done(&desk->desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&desk->desk, err);
    }

    if (rc == RFL_OK && desk->op.kind == RFL_OP_REBUILD) {
        rfl_memzero(&desk->op, sizeof(rfl_op_t));
    }

    return rc;
}


/* makes rfl-keyd use an epoch, giving it first if it has it not */

static int
rfl_rotate_hand(rfl_desk_t *desk, const rfl_epoch_t *epoch, rfl_err_t *err)
{
    int           rc, i;
    rfl_epochs_t  status;

    rc = rfl_epochs_status(&desk->keyd, desk->pool, &status, NULL, err);
    if (rc != RFL_OK) {
        return rc;
    }

    i = rfl_epochs_find(&status, epoch->id);

    if (i != -1 && status.epoch[i].in_use) {
        return RFL_OK;
    }

    if (i == -1) {
        rc = rfl_epochs_add(&desk->keyd, epoch, err);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    return rfl_epochs_use(&desk->keyd, epoch->id, err);
}


/* drops every epoch that is neither this one nor in use */

static int
rfl_rotate_only(rfl_desk_t *desk, uint64_t id, rfl_err_t *err)
{
    int           rc;
    unsigned      i;
    rfl_epochs_t  status;

    rc = rfl_epochs_status(&desk->keyd, desk->pool, &status, NULL, err);

    for (i = 0; rc == RFL_OK && i < status.n; i++) {
        if (status.epoch[i].id != id && !status.epoch[i].in_use) {
            rc = rfl_epochs_drop(&desk->keyd, status.epoch[i].id, err);
        }
    }

    return rc;
}


static int
rfl_rotate_finish(rfl_desk_t *desk, unsigned old, rfl_hidden_t *hidden,
    rfl_err_t *err)
{
    int          rc;
    uint64_t     size, expected;
    redisReply  *reply;
    rfl_live_t  *live;

    live = &desk->state.current;

    if (old) {
        (void) sleep(RFL_ROTATE_GRACE);
    }

    rc = rfl_rotate_only(desk, live->epoch.id, err);

    if (rc == RFL_OK) {
        rc = rfl_index_sweep(desk, NULL, &live->epoch.id, 1, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_hidden_forget(desk, hidden, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_index_keys(desk, &size, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    expected = rfl_index_total(live, RFL_SIZE_ELEMENT)
               + rfl_index_total(live, RFL_SIZE_BLOCK);

    if (size != expected) {
        (void) rfl_err(err, 0, "the index has %" PRIu64 " keys instead of %"
                       PRIu64 ": somebody else writes to it; run \"rflctl "
                       "verify\"", size, expected);
        return RFL_DECLINED;
    }

    desk->state.leftovers = 0;

    rc = rfl_store_write_state(&desk->desk, &desk->keys, &desk->state, err);
    if (rc != RFL_OK) {
        return rc;
    }

    /* so that the old secret does not outlive its epoch in the file */

    if (rfl_redis_call(&desk->desk, &reply, err, "BGREWRITEAOF") == RFL_OK) {
        freeReplyObject(reply);
    }

    return RFL_OK;
}


int
rfl_rotate_heal(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    if (desk->state.phase == RFL_PHASE_WRITING) {

        rfl_memzero(&desk->state.next, sizeof(rfl_live_t));
        desk->state.phase = RFL_PHASE_IDLE;

        return rfl_store_write_state(&desk->desk, &desk->keys, &desk->state,
                                     err);
    }

    if (desk->state.phase != RFL_PHASE_BUILT) {
        return RFL_OK;
    }

    rc = rfl_desk_keyd(desk, err);

    if (rc == RFL_OK) {
        rc = rfl_rotate_switch(desk, err);
    }

    return rc;
}


int
rfl_rotate_handover(rfl_desk_t *desk, rfl_err_t *err)
{
    int           rc, i;
    rfl_epoch_t  *epoch;
    rfl_epochs_t  status;

    epoch = &desk->state.current.epoch;

    if (!desk->state.current.used) {
        return rfl_err(err, 0, "there is no epoch yet: run \"rflctl "
                       "rotate\"");
    }

    if (rfl_epoch_usable(epoch->id, epoch->start, epoch->end,
                         (int64_t) time(NULL))
        != RFL_OK)
    {
        return rfl_err(err, 0, "the current epoch is over: run \"rflctl "
                       "rotate\"");
    }

    rc = rfl_desk_keyd(desk, err);

    if (rc == RFL_OK) {
        rc = rfl_epochs_status(&desk->keyd, desk->pool, &status, NULL, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    i = rfl_epochs_find(&status, epoch->id);

    if (i != -1 && status.epoch[i].in_use) {
        return RFL_DECLINED;
    }

    return rfl_rotate_hand(desk, epoch, err);
}


const char *
rfl_rotate_due(rfl_desk_t *desk, int *rc, rfl_err_t *err)
{
    int64_t          now;
    rfl_live_t      *live;
    rfl_manifest_t   manifest;

    *rc = RFL_OK;

    live = &desk->state.current;
    now = (int64_t) time(NULL);

    if (!live->used) {
        return "there is no epoch yet";
    }

    if (rfl_epoch_usable(live->epoch.id, live->epoch.start, live->epoch.end,
                         now)
        != RFL_OK)
    {
        return "the current epoch is over";
    }

    if (now - live->epoch.start
        >= (int64_t) desk->policy->epoch_days * RFL_DAY_SECONDS)
    {
        return "the current epoch is as old as the policy allows";
    }

    if (desk->state.leftovers) {
        return "an earlier rotation was cut short";
    }

    *rc = rfl_desk_index(desk, err);

    if (*rc == RFL_OK) {
        *rc = rfl_index_manifest(&desk->index, live, &manifest, err);
    }

    if (*rc == RFL_DECLINED) {
        *rc = RFL_OK;
        return "the index is empty";
    }

    return NULL;
}
