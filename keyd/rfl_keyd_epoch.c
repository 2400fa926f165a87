
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_epoch.c: the secrets of at most two epochs, and the rules by which
 * they come, are used and go.
 */


#include "rfl_keyd.h"

#include <sodium.h>


static rfl_keyd_slot_t *rfl_keyd_slot_find(rfl_keyd_epochs_t *epochs,
    uint64_t id);
static void rfl_keyd_slot_wipe(rfl_keyd_slot_t *slot);
static int rfl_keyd_slot_over(const rfl_keyd_slot_t *slot);
static int rfl_keyd_epoch_same(const rfl_epoch_t *a, const rfl_epoch_t *b);


int
rfl_keyd_epochs_init(rfl_keyd_epochs_t *epochs, rfl_err_t *err)
{
    unsigned          i;
    rfl_keyd_slot_t  *slot;

    memset(epochs, 0, sizeof(rfl_keyd_epochs_t));

    for (i = 0; i < RFL_KEYD_EPOCHS; i++) {

        slot = &epochs->slot[i];

        slot->epoch = sodium_malloc(sizeof(rfl_epoch_t));
        if (slot->epoch == NULL) {
            return rfl_err(err, 0, "no memory for the secrets of epochs");
        }

        /* sodium_malloc() locks too, but does not say whether it could */

        if (sodium_mlock(slot->epoch, sizeof(rfl_epoch_t)) == -1) {
            return rfl_err(err, 0, "the memory of secrets cannot be locked, "
                           "allow more by \"ulimit -l\" or LimitMEMLOCK=");
        }

        rfl_keyd_slot_wipe(slot);
    }

    return RFL_OK;
}


void
rfl_keyd_epochs_wipe(rfl_keyd_epochs_t *epochs)
{
    unsigned  i;

    for (i = 0; i < RFL_KEYD_EPOCHS; i++) {

        if (epochs->slot[i].epoch != NULL) {
            rfl_keyd_slot_wipe(&epochs->slot[i]);
            sodium_free(epochs->slot[i].epoch);
            epochs->slot[i].epoch = NULL;
        }
    }
}


void
rfl_keyd_epochs_expire(rfl_keyd_epochs_t *epochs)
{
    unsigned          i;
    rfl_keyd_slot_t  *slot;

    for (i = 0; i < RFL_KEYD_EPOCHS; i++) {

        slot = &epochs->slot[i];

        if (slot->held && rfl_keyd_slot_over(slot)) {
            rfl_keyd_log(RFL_KEYD_NOTICE, "epoch %llu is over: wiped",
                         (unsigned long long) slot->epoch->id);
            rfl_keyd_slot_wipe(slot);
        }
    }
}


int
rfl_keyd_epoch_add(rfl_keyd_epochs_t *epochs, const rfl_epoch_t *epoch,
    rfl_err_t *err)
{
    int64_t           now, when;
    unsigned          i;
    rfl_keyd_slot_t  *slot;

    rfl_keyd_epochs_expire(epochs);

    /* the desk asks again when it did not hear the first answer */

    slot = rfl_keyd_slot_find(epochs, epoch->id);

    if (slot != NULL) {
        return rfl_keyd_epoch_same(slot->epoch, epoch)
               ? RFL_OK
               : rfl_err(err, 0, "another epoch %llu is held already",
                         (unsigned long long) epoch->id);
    }

    if (epochs->newest != 0 && epoch->id != epochs->newest + 1) {
        return rfl_err(err, 0, "the epoch after %llu must be %llu",
                       (unsigned long long) epochs->newest,
                       (unsigned long long) (epochs->newest + 1));
    }

    now = rfl_keyd_now();

    when = (epoch->start > now && epoch->start - now <= RFL_KEYD_EPOCH_AHEAD)
           ? epoch->start : now;

    if (rfl_epoch_usable(epoch->id, epoch->start, epoch->end, when)
        != RFL_OK)
    {
        return rfl_err(err, 0, "not an epoch of now, or longer than %d days: "
                       "check the clocks of this host and of the desk",
                       RFL_EPOCH_LIFE_MAX / RFL_DAY_SECONDS);
    }

    for (i = 0; i < RFL_KEYD_EPOCHS; i++) {

        slot = &epochs->slot[i];

        if (slot->held) {
            continue;
        }

        (void) sodium_mprotect_readwrite(slot->epoch);
        *slot->epoch = *epoch;
        (void) sodium_mprotect_readonly(slot->epoch);

        slot->held = 1;
        slot->gone = rfl_keyd_uptime() + (epoch->end - now);

        epochs->newest = epoch->id;

        return RFL_OK;
    }

    return rfl_err(err, 0, "%d epochs are held, drop one first",
                   RFL_KEYD_EPOCHS);
}


int
rfl_keyd_epoch_use(rfl_keyd_epochs_t *epochs, uint64_t id, rfl_err_t *err)
{
    const rfl_epoch_t      *epoch;
    const rfl_keyd_slot_t  *slot;

    slot = rfl_keyd_slot_find(epochs, id);

    if (slot == NULL) {
        return rfl_err(err, 0, "epoch %llu is not held, add it first",
                       (unsigned long long) id);
    }

    if (id < epochs->used) {
        return rfl_err(err, 0, "epoch %llu is older than %llu, which has "
                       "been used", (unsigned long long) id,
                       (unsigned long long) epochs->used);
    }

    epoch = slot->epoch;

    if (rfl_keyd_slot_over(slot)
        || rfl_epoch_usable(id, epoch->start, epoch->end, rfl_keyd_now())
           != RFL_OK)
    {
        return rfl_err(err, 0, "epoch %llu has not begun or is over",
                       (unsigned long long) id);
    }

    epochs->used = id;

    return RFL_OK;
}


int
rfl_keyd_epoch_drop(rfl_keyd_epochs_t *epochs, uint64_t id, rfl_err_t *err)
{
    rfl_keyd_slot_t  *slot;

    slot = rfl_keyd_slot_find(epochs, id);

    if (slot == NULL) {
        return rfl_err(err, 0, "epoch %llu is not held",
                       (unsigned long long) id);
    }

    rfl_keyd_slot_wipe(slot);

    return RFL_OK;
}


const rfl_epoch_t *
rfl_keyd_epoch_current(const rfl_keyd_epochs_t *epochs)
{
    const rfl_epoch_t      *epoch;
    const rfl_keyd_slot_t  *slot;

    slot = rfl_keyd_slot_find((rfl_keyd_epochs_t *) epochs, epochs->used);

    if (slot == NULL || rfl_keyd_slot_over(slot)) {
        return NULL;
    }

    epoch = slot->epoch;

    if (rfl_epoch_usable(epoch->id, epoch->start, epoch->end, rfl_keyd_now())
        != RFL_OK)
    {
        return NULL;
    }

    return epoch;
}


static rfl_keyd_slot_t *
rfl_keyd_slot_find(rfl_keyd_epochs_t *epochs, uint64_t id)
{
    unsigned  i;

    for (i = 0; i < RFL_KEYD_EPOCHS; i++) {
        if (epochs->slot[i].held && epochs->slot[i].epoch->id == id) {
            return &epochs->slot[i];
        }
    }

    return NULL;
}


static void
rfl_keyd_slot_wipe(rfl_keyd_slot_t *slot)
{
    (void) sodium_mprotect_readwrite(slot->epoch);
    rfl_memzero(slot->epoch, sizeof(rfl_epoch_t));
    (void) sodium_mprotect_readonly(slot->epoch);

    slot->held = 0;
    slot->gone = 0;
}


static int
rfl_keyd_slot_over(const rfl_keyd_slot_t *slot)
{
    return rfl_keyd_uptime() >= slot->gone;
}


static int
rfl_keyd_epoch_same(const rfl_epoch_t *a, const rfl_epoch_t *b)
{
    return a->id == b->id && a->start == b->start && a->end == b->end
           && sodium_memcmp(a->secret, b->secret, RFL_SECRET_SIZE) == 0;
}
