
/*
 * Copyright (C) The RFL authors
 *
 * rfl_build_write.c: writes a whole index under an epoch: elements, blocks
 * and dummies in one shuffled order, over one connection a thread, so that
 * nothing about the order in which keys arrive tells anything.  Called by
 * rotation.
 */


#include "rfl_build.h"

#include <sodium.h>
#include <stdlib.h>


#define RFL_WRITE_BATCH      128   /* pairs of one HSET */
#define RFL_WRITE_PIPELINE   8     /* HSETs under way */


/* an item to write: kind 2 bits, list, entry or number 46, slot or block 16 */

typedef enum {
    RFL_ITEM_ELEMENT = 0,
    RFL_ITEM_BLOCK,
    RFL_ITEM_DUMMY_ELEMENT,
    RFL_ITEM_DUMMY_BLOCK
} rfl_item_e;

#define rfl_item(kind, a, b)                                                 \
    ((uint64_t) (kind) << 62 | (uint64_t) (a) << 16 | (uint64_t) (b))
#define rfl_item_kind(item)  ((rfl_item_e) ((item) >> 62))
#define rfl_item_a(item)     (((item) >> 16) & 0x3fffffffffff)
#define rfl_item_b(item)     ((unsigned) ((item) & 0xffff))


typedef struct {
    u_char  label[RFL_LABEL_SIZE];
    u_char  value[RFL_BLOCK_SIZE];
    size_t  len;
} rfl_write_pair_t;


/* what an item is of: an element has all of it, a dummy nothing */

typedef struct {
    const rfl_build_list_t    *list;
    const uint32_t            *member;
    const rfl_build_entry_t   *entry;     /* NULL: of an overflowing list */
    const rfl_build_record_t  *record;
} rfl_write_found_t;


/*
 * Randomness is drawn once a batch.  Each pair has bytes of its own: a nonce,
 * or the seed of a dummy.
 */

typedef struct {
    rfl_write_pair_t   pair[RFL_WRITE_BATCH];
    rfl_write_found_t  found[RFL_WRITE_BATCH];
    u_char             random[RFL_WRITE_BATCH][randombytes_SEEDBYTES];
} rfl_write_batch_t;


typedef struct {
    rfl_build_t         *build;
    const rfl_live_t    *live;
    rfl_build_record_t  *records;
    uint64_t            *items;
    uint64_t             n;
    uint64_t             done;     /* of all threads */
} rfl_write_t;


static int rfl_write_items(rfl_write_t *write, rfl_live_t *live);
static void rfl_write_shuffle(uint64_t *items, uint64_t n);
static int rfl_write_part(void *data, unsigned part, rfl_err_t *err);
static int rfl_write_range(rfl_write_t *write, rfl_redis_t *redis,
    uint64_t first, uint64_t last, unsigned part, rfl_err_t *err);
static void rfl_write_batch(rfl_write_t *write, uint64_t first, unsigned n,
    rfl_write_batch_t *batch, rfl_args_t *args, rfl_epoch_name_t *name);
static void rfl_write_find(const rfl_write_t *write, const uint64_t *items,
    unsigned n, rfl_write_found_t *found);
static void rfl_write_pair(const rfl_write_t *write, uint64_t item,
    const rfl_write_found_t *found,
    const u_char random[randombytes_SEEDBYTES], rfl_write_pair_t *pair);
static void rfl_write_element(const rfl_write_t *write, unsigned slot,
    const rfl_write_found_t *found, const u_char nonce[RFL_NONCE_SIZE],
    rfl_write_pair_t *pair);
static void rfl_write_block(const rfl_write_t *write, unsigned i,
    const rfl_write_found_t *found, rfl_write_pair_t *pair);


int
rfl_build_write(rfl_build_t *build, rfl_live_t *live, int64_t as_of,
    rfl_err_t *err)
{
    int                rc;
    u_char             label[RFL_LABEL_SIZE], value[RFL_ELEMENT_SIZE];
    redisReply        *reply;
    rfl_write_t       *write;
    rfl_epoch_name_t   name;

    write = calloc(1, sizeof(rfl_write_t));
    if (write == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    write->build = build;
    write->live = live;

    write->records = rfl_build_records(build, &live->epoch, err);
    if (write->records == NULL) {
        rc = RFL_ERROR;
        goto done;
    }

    if (rfl_write_items(write, live) != RFL_OK) {
        rc = rfl_err(err, 0, "out of memory");
        goto done;
    }

    rfl_write_shuffle(write->items, write->n);

    rc = rfl_parallel(build->desk->threads, rfl_write_part, write, err);

    if (rc == RFL_OK) {
        rfl_index_manifest_print(live, as_of, label, value);

        rfl_epoch_name(live->epoch.id, &name);

        rc = rfl_redis_call(&build->desk->index, &reply, err, "HSET %s %b %b",
                            name.data, label, sizeof(label), value,
                            sizeof(value));
        if (rc == RFL_OK) {
            freeReplyObject(reply);
        }
    }

done:

    rfl_build_records_free(build, write->records);
    free(write->items);
    free(write);

    return rc;
}


static int
rfl_write_items(rfl_write_t *write, rfl_live_t *live)
{
    uint32_t                 i, slot, n;
    uint64_t                 k, total, elements, blocks;
    const rfl_build_t       *build;
    const rfl_build_list_t  *list;

    build = write->build;

    /* the manifest is of an element's size */

    elements = 1;
    blocks = 0;

    for (i = 0; i < build->nlists; i++) {
        list = &build->lists[i];
        elements += list->overflow ? 1 : list->n;
    }

    for (i = 0; i < build->nentries; i++) {
        blocks += write->records[i].blocks;
    }

    live->entries = build->nentries;
    live->removed = 0;

    rfl_index_recount(live, RFL_SIZE_ELEMENT, elements);
    rfl_index_recount(live, RFL_SIZE_BLOCK, blocks);

    total = rfl_index_total(live, RFL_SIZE_ELEMENT)
            + rfl_index_total(live, RFL_SIZE_BLOCK) - 1;

    write->items = malloc(total * sizeof(uint64_t));
    if (write->items == NULL) {
        return RFL_ERROR;
    }

    for (k = 0, i = 0; i < build->nlists; i++) {
        list = &build->lists[i];
        n = list->overflow ? 1 : list->n;

        for (slot = 0; slot < n; slot++) {
            write->items[k++] = rfl_item(RFL_ITEM_ELEMENT, i, slot);
        }
    }

    for (i = 0; i < build->nentries; i++) {
        for (n = 0; n < write->records[i].blocks; n++) {
            write->items[k++] = rfl_item(RFL_ITEM_BLOCK, i, n);
        }
    }

    for (total = live->dummy[RFL_SIZE_ELEMENT];
         total < live->dummy_last[RFL_SIZE_ELEMENT]; total++)
    {
        write->items[k++] = rfl_item(RFL_ITEM_DUMMY_ELEMENT, total, 0);
    }

    for (total = live->dummy[RFL_SIZE_BLOCK];
         total < live->dummy_last[RFL_SIZE_BLOCK]; total++)
    {
        write->items[k++] = rfl_item(RFL_ITEM_DUMMY_BLOCK, total, 0);
    }

    write->n = k;

    return RFL_OK;
}


static void
rfl_write_shuffle(uint64_t *items, uint64_t n)
{
    uint64_t  i, j, item;

    for (i = n; i > 1; i--) {
        j = randombytes_uniform((uint32_t) (i > UINT32_MAX ? UINT32_MAX : i));
        item = items[i - 1];
        items[i - 1] = items[j];
        items[j] = item;
    }
}


static int
rfl_write_part(void *data, unsigned part, rfl_err_t *err)
{
    int           rc;
    uint64_t      threads;
    rfl_desk_t   *desk;
    rfl_redis_t   redis;
    rfl_write_t  *write = data;

    desk = write->build->desk;
    threads = desk->threads;

    memset(&redis, 0, sizeof(rfl_redis_t));

    rc = rfl_redis_open(&redis, &desk->conf.index, "index Redis", err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_write_range(write, &redis, write->n * part / threads,
                         write->n * (part + 1) / threads, part, err);

    rfl_redis_close(&redis);

    return rc;
}


static int
rfl_write_range(rfl_write_t *write, rfl_redis_t *redis, uint64_t first,
    uint64_t last, unsigned part, rfl_err_t *err)
{
    int                 rc;
    uint64_t            done;
    unsigned            n, waiting, stopped;
    rfl_args_t          args;
    redisReply         *reply;
    rfl_epoch_name_t    name;
    rfl_write_batch_t  *batch;

    batch = malloc(sizeof(rfl_write_batch_t));
    if (batch == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = RFL_OK;
    waiting = 0;
    stopped = 0;

    rfl_args_init(&args);

    while (first < last || waiting > 0) {

        /* what is under way must have arrived before it can be undone */

        if (first < last && rfl_desk_stopped(write->build->desk)) {
            stopped = 1;
            first = last;
        }

        if (first < last) {

            n = (last - first < RFL_WRITE_BATCH) ? (unsigned) (last - first)
                                                 : RFL_WRITE_BATCH;

            rfl_write_batch(write, first, n, batch, &args, &name);

            first += n;

            rc = rfl_redis_send_argv(redis, err, &args);
            if (rc != RFL_OK) {
                break;
            }

            waiting++;

            done = __atomic_add_fetch(&write->done, n, __ATOMIC_RELAXED);

            if (part == 0) {
                rfl_desk_progress(write->build->desk, "writing the index",
                                  done, write->n);
            }
        }

        if (waiting >= RFL_WRITE_PIPELINE || (first == last && waiting > 0)) {

            rc = rfl_redis_next(redis, &reply, err);
            if (rc != RFL_OK) {
                break;
            }

            freeReplyObject(reply);
            waiting--;
        }
    }

    rfl_args_free(&args);
    rfl_memzero(batch->random, sizeof(batch->random));
    free(batch);

    return (rc == RFL_OK && stopped) ? RFL_STOPPED : rc;
}


/* n items as one command */

static void
rfl_write_batch(rfl_write_t *write, uint64_t first, unsigned n,
    rfl_write_batch_t *batch, rfl_args_t *args, rfl_epoch_name_t *name)
{
    unsigned           i;
    rfl_write_pair_t  *pair;

    rfl_index_args(args, "HSET", write->live, name);

    randombytes_buf(batch->random, sizeof(batch->random));
    rfl_write_find(write, &write->items[first], n, batch->found);

    for (i = 0; i < n; i++) {
        pair = &batch->pair[i];

        rfl_write_pair(write, write->items[first + i], &batch->found[i],
                       batch->random[i], pair);
        rfl_args_add(args, pair->label, RFL_LABEL_SIZE);
        rfl_args_add(args, pair->value, pair->len);
    }
}


/*
 * Items are in random order, so each step from list to member to entry waits
 * for the memory; here the whole batch takes each step together.
 */

static void
rfl_write_find(const rfl_write_t *write, const uint64_t *items, unsigned n,
    rfl_write_found_t *found)
{
    unsigned             i;
    uint64_t             a;
    const rfl_build_t   *build;
    rfl_write_found_t   *f;

    build = write->build;

    for (i = 0; i < n; i++) {
        f = &found[i];
        a = rfl_item_a(items[i]);

        memset(f, 0, sizeof(rfl_write_found_t));

        if (rfl_item_kind(items[i]) == RFL_ITEM_ELEMENT) {
            f->list = &build->lists[a];
            rfl_build_fetch(f->list);

        } else if (rfl_item_kind(items[i]) == RFL_ITEM_BLOCK) {
            f->entry = &build->entries[a];
            f->record = &write->records[a];
            rfl_build_fetch(f->entry);
            rfl_build_fetch(f->record);
        }
    }

    for (i = 0; i < n; i++) {
        f = &found[i];

        if (f->list != NULL) {
            rfl_build_fetch(f->list->key);

            f->member = &build->members[f->list->first
                                        + rfl_item_b(items[i])];
            rfl_build_fetch(f->member);

        } else if (f->entry != NULL) {
            rfl_build_fetch(f->entry->record);
        }
    }

    for (i = 0; i < n; i++) {
        f = &found[i];

        if (f->list == NULL || f->list->overflow) {
            continue;
        }

        f->entry = &build->entries[*f->member];
        f->record = &write->records[*f->member];

        rfl_build_fetch(f->entry->hint);
        rfl_build_fetch(f->entry->hint + RFL_HINT_SIZE - 1);
        rfl_build_fetch(f->record);
        rfl_build_fetch(&f->record->blocks);
    }
}


static void
rfl_write_pair(const rfl_write_t *write, uint64_t item,
    const rfl_write_found_t *found,
    const u_char random[randombytes_SEEDBYTES], rfl_write_pair_t *pair)
{
    rfl_size_e  size;

    switch (rfl_item_kind(item)) {

    case RFL_ITEM_ELEMENT:
        rfl_write_element(write, rfl_item_b(item), found, random, pair);
        return;

    case RFL_ITEM_BLOCK:
        rfl_write_block(write, rfl_item_b(item), found, pair);
        return;

    case RFL_ITEM_DUMMY_ELEMENT:
        size = RFL_SIZE_ELEMENT;
        break;

    default:
        size = RFL_SIZE_BLOCK;
        break;
    }

    rfl_index_dummy(write->live, size, rfl_item_a(item), pair->label);

    pair->len = rfl_index_sizes[size];
    randombytes_buf_deterministic(pair->value, pair->len, random);
}


static void
rfl_write_element(const rfl_write_t *write, unsigned slot,
    const rfl_write_found_t *found, const u_char nonce[RFL_NONCE_SIZE],
    rfl_write_pair_t *pair)
{
    u_char         t[RFL_PRF_SIZE];
    rfl_key_t      key;
    rfl_element_t  element;

    rfl_build_key(found->list, &key);
    rfl_prf(write->live->epoch.secret, &key, t);
    rfl_label(t, slot, pair->label);

    memset(&element, 0, sizeof(rfl_element_t));

    if (found->list->overflow) {
        element.flags = RFL_ELEMENT_OVERFLOW;

    } else {
        memcpy(element.key, found->record->key, RFL_RECORD_KEY_SIZE);
        memcpy(element.hint, found->entry->hint, RFL_HINT_SIZE);
        element.blocks = found->record->blocks;
        element.count = (uint16_t) (slot == 0 ? found->list->n : 0);
    }

    rfl_element_seal_nonce(t, write->live->epoch.id, slot, &element, nonce,
                           pair->value);
    pair->len = RFL_ELEMENT_SIZE;

    rfl_memzero(t, sizeof(t));
    rfl_memzero(&element, sizeof(element));
}


static void
rfl_write_block(const rfl_write_t *write, unsigned i,
    const rfl_write_found_t *found, rfl_write_pair_t *pair)
{
    rfl_record_block_id(found->record->key, i, pair->label);

    rfl_record_seal_block(found->record->key, i, found->record->blocks,
                          write->live->epoch.id, found->entry->record,
                          found->entry->len, pair->value);
    pair->len = RFL_BLOCK_SIZE;
}
