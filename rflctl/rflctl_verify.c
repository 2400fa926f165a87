
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_verify.c: "rflctl verify": proves that the index is what the
 * register says, no more and no less.
 */


#include "rfl_build.h"
#include "rfl_rotate.h"
#include "rflctl.h"

#include <inttypes.h>
#include <sodium.h>


#define RFLCTL_SAMPLE        200   /* signatures checked without --full */


typedef struct {
    rflctl_t         *ctl;
    rfl_live_t        live;        /* without its secret */
    rfl_build_t       build;
    rfl_check_t       check;
    rfl_manifest_t    manifest;
    uint64_t          keys;        /* in the index */
    uint64_t          signatures;  /* checked */
    uint64_t          refused;     /* of these */
    uint64_t          canaries;
    json_t           *missing;     /* list of references, or NULL */
} rflctl_verify_t;


static int rflctl_verify_read(rflctl_verify_t *v, rfl_err_t *err);
static int rflctl_verify_empty(rflctl_verify_t *v, rfl_err_t *err);
static int rflctl_verify_clean(rflctl_verify_t *v, rfl_err_t *err);
static void rflctl_verify_judge(rflctl_verify_t *v);
static void rflctl_verify_entries(rflctl_verify_t *v);
static int rflctl_verify_signatures(rflctl_verify_t *v, rfl_err_t *err);
static int rflctl_verify_report(rflctl_verify_t *v);


int
rflctl_verify(rflctl_t *ctl)
{
    int               rc, status;
    rfl_err_t         err;
    rflctl_verify_t   v;

    status = rflctl_lock(ctl);
    if (status != RFLCTL_OK) {
        return status;
    }

    memset(&v, 0, sizeof(rflctl_verify_t));
    v.ctl = ctl;
    ctl->problems = ctl->opts->json ? json_array() : NULL;
    v.missing = ctl->opts->json ? json_array() : NULL;

    rc = rfl_desk_index(&ctl->desk, &err);

    if (rc == RFL_OK) {
        rc = ctl->desk.state.current.used ? rflctl_verify_read(&v, &err)
                                          : rflctl_verify_empty(&v, &err);
    }

    v.live = ctl->desk.state.current;
    rfl_memzero(v.live.epoch.secret, RFL_SECRET_SIZE);

    /* who withdraws waits neither for signatures nor for who reads of them */

    rfl_desk_unlock(&ctl->desk);

    if (rc == RFL_OK && v.live.used) {
        rc = rflctl_verify_signatures(&v, &err);
    }

    if (rc == RFL_OK && v.live.used) {
        rflctl_verify_judge(&v);
    }

    if (rc == RFL_OK) {
        status = rflctl_verify_report(&v);

    } else {
        json_decref(ctl->problems);
        json_decref(v.missing);
        status = rflctl_fail(rc, &err);
    }

    rfl_check_free(&v.check);

    if (v.build.desk != NULL) {
        rfl_build_free(&v.build);
    }

    return status;
}


/* all that is asked of Redis, while nobody else changes it */

static int
rflctl_verify_read(rflctl_verify_t *v, rfl_err_t *err)
{
    int          rc;
    rfl_desk_t  *desk;
    rfl_live_t  *live;

    desk = &v->ctl->desk;
    live = &desk->state.current;

    rc = rfl_index_manifest(&desk->index, live, &v->manifest, err);

    if (rc == RFL_DECLINED) {
        rflctl_problem(v->ctl, "the index has no manifest that opens: "
                       "index Redis was restarted or is another one; "
                       "run \"rflctl rotate\"");

    } else if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_build_load(desk, live->cap, live->built, live, &v->build, err);

    if (rc == RFL_OK) {
        rc = rfl_build_check(&v->build, live, &v->check, err);
    }

    if (rc == RFL_OK && desk->state.leftovers) {
        rc = rflctl_verify_clean(v, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_index_keys(desk, &v->keys, err);
    }

    return rc;
}


static int
rflctl_verify_empty(rflctl_verify_t *v, rfl_err_t *err)
{
    int  rc;

    rc = rfl_index_keys(&v->ctl->desk, &v->keys, err);

    if (rc == RFL_OK && v->keys != 0) {
        rflctl_problem(v->ctl, "nothing was published from here, but the "
                       "index has %" PRIu64 " keys: it is another "
                       "desk's, or this desk's state was lost",
                       v->keys);
    }

    return rc;
}


/* what a rotation that was cut short has left */

static int
rflctl_verify_clean(rflctl_verify_t *v, rfl_err_t *err)
{
    int          rc;
    uint64_t     before, after;
    rfl_desk_t  *desk;

    desk = &v->ctl->desk;

    rc = rfl_index_keys(desk, &before, err);

    if (rc == RFL_OK) {
        rc = rfl_index_sweep(desk, NULL, &desk->state.current.epoch.id, 1,
                             err);
    }

    if (rc == RFL_OK) {
        rc = rfl_index_keys(desk, &after, err);
    }

    if (rc == RFL_OK) {
        desk->state.leftovers = 0;
        rc = rfl_store_write_state(&desk->desk, &desk->keys, &desk->state,
                                   err);
        rflctl_note("%" PRIu64 " keys of a rotation that was cut short are "
                    "removed", before - after);
    }

    return rc;
}


static void
rflctl_verify_judge(rflctl_verify_t *v)
{
    uint64_t            expected, orphans, elements;
    const rfl_live_t   *live;
    const rfl_check_t  *check;

    live = &v->live;
    check = &v->check;

    rflctl_verify_entries(v);

    expected = rfl_index_total(live, RFL_SIZE_ELEMENT)
               + rfl_index_total(live, RFL_SIZE_BLOCK);

    if (v->keys != expected) {
        rflctl_problem(v->ctl, "the index has %" PRIu64 " keys instead of "
                       "%" PRIu64 ": somebody else writes to it; run "
                       "\"rflctl rotate\", then find out who",
                       v->keys, expected);
    }

    if (v->manifest.cap != 0
        && (v->manifest.entries != live->entries
            || v->manifest.cap != live->cap || !v->manifest.complete))
    {
        rflctl_problem(v->ctl, "the manifest speaks of %u entries and "
                       "should of %" PRIu64 ": run \"rflctl rotate\"",
                       (unsigned) v->manifest.entries, live->entries);
    }

    if (v->build.nentries != live->entries) {
        rflctl_problem(v->ctl, "the register has %u entries for this "
                       "index, which was written with %" PRIu64 ": "
                       "run \"rflctl rotate\"",
                       (unsigned) v->build.nentries, live->entries);
    }

    /*
     * Overflow marks stay when everybody under them has been withdrawn, which
     * takes more withdrawals than the cap; one person has several of them.
     */

    elements = check->elements + (v->manifest.cap != 0);
    orphans = live->removed / (live->cap + 1) * RFL_KEYS_MAX;

    if (check->entries_wrong == 0 && v->manifest.cap != 0
        && (elements > live->real[RFL_SIZE_ELEMENT]
            || elements + orphans < live->real[RFL_SIZE_ELEMENT]
            || check->blocks != live->real[RFL_SIZE_BLOCK]))
    {
        rflctl_problem(v->ctl, "%" PRIu64 " elements and %" PRIu64
                       " blocks are there, %" PRIu64 " and %" PRIu64
                       " were written: run \"rflctl rotate\"",
                       elements, check->blocks,
                       live->real[RFL_SIZE_ELEMENT],
                       live->real[RFL_SIZE_BLOCK]);
    }

    if (check->lists_wrong != 0) {
        rflctl_problem(v->ctl, "%" PRIu64 " lists have a wrong length: run "
                       "\"rflctl rotate\"", check->lists_wrong);
    }

    if (check->dummies_missing != 0) {
        rflctl_problem(v->ctl, "%" PRIu64 " dummies are missing: somebody "
                       "deletes keys; run \"rflctl rotate\"",
                       check->dummies_missing);
    }

    if (v->refused != 0) {
        rflctl_problem(v->ctl, "%" PRIu64 " of %" PRIu64 " entries looked "
                       "at would not be shown: they are over, or "
                       "policy or trust file no longer allow them; "
                       "\"rflctl check\" says why", v->refused,
                       v->signatures);
    }
}


static void
rflctl_verify_entries(rflctl_verify_t *v)
{
    char      ref[RFL_REF_TEXT_SIZE + 1];
    uint32_t  i, n;

    for (n = 0, i = 0; i < v->build.nentries; i++) {

        v->canaries += v->build.entries[i].canary;

        if (!v->check.bad[i]) {
            continue;
        }

        rflctl_ref(v->build.entries[i].ref, ref);

        if (v->missing != NULL) {
            (void) json_array_append_new(v->missing, json_string(ref));

        } else if (n < 100 || v->ctl->opts->verbose) {
            rflctl_say("%s%s", ref, v->build.entries[i].canary
                                    ? " (canary)" : "");
        }

        n++;
    }

    if (n != 0) {
        rflctl_problem(v->ctl, "%u entries are not, or not whole, in the "
                       "index: somebody deletes or alters keys; run "
                       "\"rflctl rotate\"", (unsigned) n);
    }
}


static int
rflctl_verify_signatures(rflctl_verify_t *v, rfl_err_t *err)
{
    int                       rc;
    int64_t                   now;
    uint32_t                  i, k, n;
    rfl_desk_t               *desk;
    rfl_pool_t               *pool;
    rfl_entry_t               entry;
    const rfl_build_entry_t  *e;

    desk = &v->ctl->desk;
    now = (int64_t) time(NULL);
    n = v->build.nentries;

    if (!v->ctl->opts->full && n > RFLCTL_SAMPLE) {
        n = RFLCTL_SAMPLE;
    }

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    for (i = 0; i < n; i++) {

        k = (n == v->build.nentries) ? i
                                : randombytes_uniform(v->build.nentries);
        e = &v->build.entries[k];

        rc = rfl_record_decode(pool, e->record, e->len, &entry);

        if (rc == RFL_OK) {
            rc = rfl_entry_verify(&entry, desk->policy, desk->trust, now, 1,
                                  NULL);

            /* what is not to be seen before some day is right to be there */

            if (rc != RFL_OK && entry.not_before > now) {
                rc = rfl_entry_verify(&entry, desk->policy, desk->trust,
                                      entry.not_before, 1, NULL);
            }
        }

        v->signatures++;
        v->refused += (rc != RFL_OK);

        rfl_pool_reset(pool);
        rflctl_progress("checking signatures", i, n);
    }

    rfl_pool_destroy(pool);

    return RFL_OK;
}


static int
rflctl_verify_report(rflctl_verify_t *v)
{
    int                status;
    uint64_t           dummies;
    const rfl_live_t  *live;

    live = &v->live;
    status = v->ctl->nproblems ? RFLCTL_PROBLEMS : RFLCTL_OK;

    dummies = live->dummy_last[RFL_SIZE_ELEMENT]
              - live->dummy[RFL_SIZE_ELEMENT]
              + live->dummy_last[RFL_SIZE_BLOCK]
              - live->dummy[RFL_SIZE_BLOCK];

    if (v->ctl->problems != NULL) {
        return rflctl_json(json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:I, "
                   "s:I, s:I, s:o, s:o}",
                   "equal", v->ctl->nproblems == 0,
                   "epoch", (json_int_t) live->epoch.id,
                   "entries", (json_int_t) v->build.nentries,
                   "canaries", (json_int_t) v->canaries,
                   "keys", (json_int_t) v->keys,
                   "elements", (json_int_t) v->check.elements,
                   "blocks", (json_int_t) v->check.blocks,
                   "dummies", (json_int_t) dummies,
                   "signatures", (json_int_t) v->signatures,
                   "problems", v->ctl->problems, "missing", v->missing),
                   status);
    }

    if (v->ctl->nproblems) {
        return status;
    }

    rflctl_say("the index is what the register says: %u entries (%" PRIu64
               " canaries), %" PRIu64 " keys, of which %" PRIu64
               " elements, %" PRIu64 " blocks, %" PRIu64 " dummies and the "
               "manifest; signatures of %" PRIu64 " entries are right",
               (unsigned) v->build.nentries, v->canaries, v->keys,
               v->check.elements, v->check.blocks, dummies, v->signatures);

    return status;
}
