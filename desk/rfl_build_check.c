
/*
 * Copyright (C) The RFL authors
 *
 * rfl_build_check.c: compares the index, key by key, with what the register
 * says it should be.  Called by verification; over one connection a thread.
 */


#include "rfl_build.h"

#include <stdlib.h>


#define RFL_CHECK_BATCH      256

#define rfl_share(n, part, parts)                                            \
    ((uint64_t) (n) * (part) / (parts))

#define rfl_check_add(counter, n)                                            \
    (void) __atomic_add_fetch(&(counter), n, __ATOMIC_RELAXED)


typedef struct {
    rfl_build_t         *build;
    const rfl_live_t    *live;
    rfl_build_record_t  *records;
    rfl_check_t         *check;
    uint64_t             done;     /* lists, of all threads */
} rfl_check_run_t;


/* one thread's connection and the keys it is about to ask for */

typedef struct {
    rfl_check_run_t     *run;
    rfl_redis_t          redis;
    rfl_labels_t         labels;
    uint32_t             first;    /* list or entry of the first label */
    rfl_err_t           *err;
} rfl_check_part_t;


static int rfl_check_part(void *data, unsigned n, rfl_err_t *err);
static int rfl_check_lists(rfl_check_part_t *part, uint32_t first,
    uint32_t last);
static int rfl_check_blocks(rfl_check_part_t *part, uint32_t first,
    uint32_t last);
static int rfl_check_dummies(rfl_check_part_t *part, rfl_size_e size,
    uint64_t first, uint64_t last);
static int rfl_check_get(rfl_check_part_t *part, redisReply **reply);
static int rfl_check_list(rfl_check_part_t *part,
    const rfl_build_list_t *list, redisReply *const *values);
static void rfl_check_member(rfl_check_part_t *part,
    const rfl_build_list_t *list, const rfl_element_t *element,
    uint32_t *left);
static void rfl_check_entry(rfl_check_part_t *part, uint32_t i,
    redisReply *const *values);
static void rfl_check_bad(rfl_check_t *check, uint32_t i);


int
rfl_build_check(rfl_build_t *build, const rfl_live_t *live,
    rfl_check_t *check, rfl_err_t *err)
{
    int               rc;
    uint32_t          i;
    rfl_check_run_t  *run;

    memset(check, 0, sizeof(rfl_check_t));

    run = calloc(1, sizeof(rfl_check_run_t));
    if (run == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    run->build = build;
    run->live = live;
    run->check = check;
    run->records = rfl_build_records(build, &live->epoch, err);
    check->bad = calloc((size_t) build->nentries + 1, 1);

    if (run->records == NULL) {
        rc = RFL_ERROR;

    } else if (check->bad == NULL) {
        rc = rfl_err(err, 0, "out of memory");

    } else {
        rc = rfl_parallel(build->desk->threads, rfl_check_part, run, err);
    }

    for (i = 0; rc == RFL_OK && i < build->nentries; i++) {
        check->entries_wrong += check->bad[i];
    }

    rfl_build_records_free(build, run->records);
    free(run);

    return rc;
}


void
rfl_check_free(rfl_check_t *check)
{
    free(check->bad);
    check->bad = NULL;
}


static int
rfl_check_part(void *data, unsigned n, rfl_err_t *err)
{
    int                 rc;
    uint64_t            k;
    unsigned            parts;
    rfl_desk_t         *desk;
    rfl_size_e          size;
    rfl_build_t        *build;
    rfl_check_run_t    *run = data;
    rfl_check_part_t    part;
    const rfl_live_t   *live;

    build = run->build;
    desk = build->desk;
    live = run->live;
    parts = desk->threads;

    memset(&part, 0, sizeof(rfl_check_part_t));
    part.run = run;
    part.err = err;

    rc = rfl_redis_open(&part.redis, &desk->conf.index, "index Redis", err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_check_lists(&part,
                         (uint32_t) rfl_share(build->nlists, n, parts),
                         (uint32_t) rfl_share(build->nlists, n + 1, parts));

    if (rc == RFL_OK) {
        rc = rfl_check_blocks(&part,
                         (uint32_t) rfl_share(build->nentries, n, parts),
                         (uint32_t) rfl_share(build->nentries, n + 1, parts));
    }

    for (size = 0; rc == RFL_OK && size < RFL_SIZES; size++) {
        k = live->dummy_last[size] - live->dummy[size];

        rc = rfl_check_dummies(&part, size,
                               live->dummy[size] + rfl_share(k, n, parts),
                               live->dummy[size]
                               + rfl_share(k, n + 1, parts));
    }

    rfl_labels_free(&part.labels);
    rfl_redis_close(&part.redis);

    return rc;
}


static int
rfl_check_lists(rfl_check_part_t *part, uint32_t first, uint32_t last)
{
    int                      rc;
    u_char                   t[RFL_PRF_SIZE];
    size_t                   at;
    uint32_t                 i, begin, n;
    rfl_key_t                key;
    rfl_build_t             *build;
    redisReply              *reply;
    const rfl_build_list_t  *list;

    build = part->run->build;

    for (rc = RFL_OK, begin = first, i = first; rc == RFL_OK && i < last; i++)
    {
        if (rfl_desk_stopped(build->desk)) {
            return RFL_STOPPED;
        }

        list = &build->lists[i];
        n = list->overflow ? 1 : list->n;

        rfl_build_key(list, &key);
        rfl_prf(part->run->live->epoch.secret, &key, t);

        if (rfl_labels_list(&part->labels, t, n) != RFL_OK) {
            return rfl_err(part->err, 0, "out of memory");
        }

        if (part->labels.n < RFL_CHECK_BATCH && i + 1 < last) {
            continue;
        }

        rc = rfl_check_get(part, &reply);
        if (rc != RFL_OK) {
            break;
        }

        for (at = 0; rc == RFL_OK && begin <= i; begin++) {
            list = &build->lists[begin];
            rc = rfl_check_list(part, list, reply->element + at);
            at += list->overflow ? 1 : list->n;
        }

        freeReplyObject(reply);

        rfl_check_add(part->run->done, 1);
        rfl_desk_progress(build->desk, "comparing lists", i - first,
                          last - first);
    }

    rfl_memzero(t, sizeof(t));

    return rc;
}


static int
rfl_check_blocks(rfl_check_part_t *part, uint32_t first, uint32_t last)
{
    int                        rc;
    u_char                     label[RFL_LABEL_SIZE];
    size_t                     at;
    uint32_t                   i, begin;
    unsigned                   n;
    redisReply                *reply;
    const rfl_build_record_t  *records;

    records = part->run->records;

    for (rc = RFL_OK, begin = first, i = first; rc == RFL_OK && i < last; i++)
    {
        for (n = 0; n < records[i].blocks; n++) {

            rfl_record_block_id(records[i].key, n, label);

            if (rfl_labels_add(&part->labels, label) != RFL_OK) {
                return rfl_err(part->err, 0, "out of memory");
            }
        }

        if (part->labels.n < RFL_CHECK_BATCH && i + 1 < last) {
            continue;
        }

        rc = rfl_check_get(part, &reply);
        if (rc != RFL_OK) {
            break;
        }

        for (at = 0; begin <= i; begin++) {
            rfl_check_entry(part, begin, reply->element + at);
            at += records[begin].blocks;
        }

        freeReplyObject(reply);
    }

    return rc;
}


static int
rfl_check_dummies(rfl_check_part_t *part, rfl_size_e size, uint64_t first,
    uint64_t last)
{
    int          rc;
    size_t       asked;
    u_char       label[RFL_LABEL_SIZE];
    uint64_t     k;
    redisReply  *reply;

    for (rc = RFL_OK, k = first; rc == RFL_OK && k < last; k++) {

        rfl_index_dummy(part->run->live, size, k, label);

        if (rfl_labels_add(&part->labels, label) != RFL_OK) {
            return rfl_err(part->err, 0, "out of memory");
        }

        if (part->labels.n < RFL_CHECK_BATCH && k + 1 < last) {
            continue;
        }

        asked = part->labels.n;

        rc = rfl_check_get(part, &reply);

        if (rc == RFL_OK) {
            rfl_check_add(part->run->check->dummies_missing,
                          asked - rfl_index_found(reply));
            freeReplyObject(reply);
        }
    }

    return rc;
}


/* asks for the labels gathered, which are forgotten then */

static int
rfl_check_get(rfl_check_part_t *part, redisReply **reply)
{
    int               rc;
    size_t            i, n;
    rfl_args_t        args;
    rfl_epoch_name_t  name;

    n = part->labels.n;

    rfl_args_init(&args);
    rfl_index_args(&args, "HMGET", part->run->live, &name);

    for (i = 0; i < n; i++) {
        rfl_args_add(&args, part->labels.data + i * RFL_LABEL_SIZE,
                     RFL_LABEL_SIZE);
    }

    rc = rfl_redis_argv(&part->redis, reply, part->err, &args);

    rfl_args_free(&args);
    part->labels.n = 0;

    if (rc == RFL_OK && (*reply)->elements != n) {
        freeReplyObject(*reply);
        rc = rfl_err(part->err, 0, "index Redis answers HMGET in an unknown "
                     "form");
    }

    return rc;
}


static int
rfl_check_list(rfl_check_part_t *part, const rfl_build_list_t *list,
    redisReply *const *values)
{
    u_char              t[RFL_PRF_SIZE];
    uint32_t            slot, n, *left;
    unsigned            opened;
    rfl_key_t           key;
    rfl_check_t        *check;
    rfl_element_t       element;
    const rfl_build_t  *build;

    build = part->run->build;
    check = part->run->check;
    n = list->overflow ? 1 : list->n;

    /* members not met yet: an index of entries, UINT32_MAX once met */

    left = malloc(list->n * sizeof(uint32_t));
    if (left == NULL) {
        return rfl_err(part->err, 0, "out of memory");
    }

    memcpy(left, build->members + list->first, list->n * sizeof(uint32_t));

    rfl_build_key(list, &key);
    rfl_prf(part->run->live->epoch.secret, &key, t);

    for (slot = 0; slot < n; slot++) {

        opened = values[slot]->type == REDIS_REPLY_STRING
                 && rfl_element_open(t, part->run->live->epoch.id, slot,
                                     (u_char *) values[slot]->str,
                                     values[slot]->len, &element)
                    == RFL_OK;

        if (!opened) {
            continue;
        }

        rfl_check_add(check->elements, 1);

        if (list->overflow) {

            if (element.flags & RFL_ELEMENT_OVERFLOW) {
                memset(left, 0xff, list->n * sizeof(uint32_t));
            }

        } else {
            rfl_check_member(part, list, &element, left);
        }

        if (!list->overflow
            && element.count != (slot == 0 ? list->n : 0))
        {
            rfl_check_add(check->lists_wrong, 1);
        }
    }

    for (slot = 0; slot < list->n; slot++) {
        if (left[slot] != UINT32_MAX) {
            rfl_check_bad(check, left[slot]);
        }
    }

    free(left);
    rfl_memzero(t, sizeof(t));
    rfl_memzero(&element, sizeof(element));

    return RFL_OK;
}


/* which member is this element, and is it all there? */

static void
rfl_check_member(rfl_check_part_t *part, const rfl_build_list_t *list,
    const rfl_element_t *element, uint32_t *left)
{
    uint32_t                   i;
    const rfl_build_entry_t   *entry;
    const rfl_build_record_t  *record;

    for (i = 0; i < list->n; i++) {

        if (left[i] == UINT32_MAX) {
            continue;
        }

        record = &part->run->records[left[i]];

        /* nobody times the desk */

        if (memcmp(record->key, element->key, RFL_RECORD_KEY_SIZE) != 0) {
            continue;
        }

        entry = &part->run->build->entries[left[i]];

        if (memcmp(entry->hint, element->hint, RFL_HINT_SIZE) == 0
            && record->blocks == element->blocks)
        {
            left[i] = UINT32_MAX;
        }

        return;
    }
}


static void
rfl_check_entry(rfl_check_part_t *part, uint32_t i,
    redisReply *const *values)
{
    u_char                    blocks[RFL_BLOCKS_MAX * RFL_BLOCK_SIZE];
    unsigned                  n;
    rfl_record_id_t           rid;
    const rfl_build_entry_t  *entry;

    entry = &part->run->build->entries[i];

    if (rfl_record_id(part->run->live->epoch.secret, entry->record,
                      entry->len, &rid)
        != RFL_OK)
    {
        rfl_check_bad(part->run->check, i);
        return;
    }

    rfl_record_seal(&rid, part->run->live->epoch.id, entry->record,
                    entry->len, blocks);

    for (n = 0; n < rid.blocks; n++) {

        if (values[n]->type != REDIS_REPLY_STRING
            || values[n]->len != RFL_BLOCK_SIZE
            || memcmp(values[n]->str, blocks + n * RFL_BLOCK_SIZE,
                      RFL_BLOCK_SIZE)
               != 0)
        {
            rfl_check_bad(part->run->check, i);
            continue;
        }

        rfl_check_add(part->run->check->blocks, 1);
    }

    rfl_memzero(&rid, sizeof(rid));
}


static void
rfl_check_bad(rfl_check_t *check, uint32_t i)
{
    __atomic_store_n(&check->bad[i], 1, __ATOMIC_RELAXED);
}
