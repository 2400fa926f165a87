
/*
 * Copyright (C) The RFL authors
 *
 * rfl_build.c: reads the whole register and prepares every entry of it for
 * the index, over one connection to desk Redis a thread.  Nothing here is
 * under an epoch yet.  Called by rotation and verification.
 */


#include "rfl_build.h"

#include <sodium.h>
#include <stdlib.h>


#define RFL_BUILD_POOL       (1024 * 1024)


/* one thread's share of the register */

typedef struct {
    rfl_build_entry_t  *entries;
    uint32_t            n;
    size_t              size;
    uint64_t            left_out;
    rfl_pool_t         *pool;
    rfl_build_t        *build;
    unsigned            part;
} rfl_build_part_t;


typedef struct {
    rfl_build_t        *build;
    rfl_tokens_t        tokens;
    uint64_t            done;      /* of all threads */
    rfl_build_part_t   *parts;
} rfl_build_load_t;


/* the records of all entries under an epoch, in the making */

typedef struct {
    const rfl_build_t   *build;
    const rfl_epoch_t   *epoch;
    rfl_build_record_t  *records;
} rfl_build_ids_t;


static int rfl_build_ids(void *data, unsigned part, rfl_err_t *err);
static int rfl_build_read(rfl_build_t *build, rfl_err_t *err);
static int rfl_build_part(void *data, unsigned part, rfl_err_t *err);
static int rfl_build_visit(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err);
static int rfl_build_keep(rfl_build_part_t *part, const rfl_prep_t *prep,
    rfl_build_entry_t *entry);
static rfl_facts_t *rfl_build_facts(rfl_pool_t *pool,
    const rfl_facts_t *facts);
static int rfl_build_join(rfl_build_t *build, rfl_build_load_t *load,
    rfl_err_t *err);


int
rfl_build_load(rfl_desk_t *desk, unsigned cap, int64_t after,
    const rfl_live_t *live, rfl_build_t *build, rfl_err_t *err)
{
    int  rc;

    memset(build, 0, sizeof(rfl_build_t));

    build->desk = desk;
    build->cap = cap;
    build->after = after;

    randombytes_buf(build->hash, sizeof(build->hash));

    build->pools = calloc(desk->threads, sizeof(rfl_pool_t *));
    if (build->pools == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_build_read(build, err);

    if (rc == RFL_OK) {
        rc = rfl_build_lists(build, live, err);
    }

    return rc;
}


void
rfl_build_free(rfl_build_t *build)
{
    unsigned  i;

    if (build->pools != NULL) {
        for (i = 0; i < build->desk->threads; i++) {
            rfl_pool_destroy(build->pools[i]);
        }
    }

    if (build->entries != NULL) {
        rfl_memzero(build->entries,
                    build->nentries * sizeof(rfl_build_entry_t));
    }

    free(build->pools);
    free(build->entries);
    free(build->lists);
    free(build->members);
    free(build->table);

    memset(build, 0, sizeof(rfl_build_t));
}


void
rfl_build_key(const rfl_build_list_t *list, rfl_key_t *key)
{
    key->len = list->key[0];
    memcpy(key->data, list->key + 1, key->len);
}


rfl_build_record_t *
rfl_build_records(const rfl_build_t *build, const rfl_epoch_t *epoch,
    rfl_err_t *err)
{
    rfl_build_ids_t  ids;

    ids.build = build;
    ids.epoch = epoch;
    ids.records = calloc((size_t) build->nentries + 1,
                         sizeof(rfl_build_record_t));

    if (ids.records == NULL) {
        (void) rfl_err(err, 0, "out of memory");
        return NULL;
    }

    if (rfl_parallel(build->desk->threads, rfl_build_ids, &ids, err)
        != RFL_OK)
    {
        rfl_build_records_free(build, ids.records);
        return NULL;
    }

    return ids.records;
}


void
rfl_build_records_free(const rfl_build_t *build, rfl_build_record_t *records)
{
    if (records != NULL) {
        rfl_memzero(records, build->nentries * sizeof(rfl_build_record_t));
        free(records);
    }
}


static int
rfl_build_ids(void *data, unsigned part, rfl_err_t *err)
{
    uint32_t             i, step;
    rfl_record_id_t      rid;
    rfl_build_ids_t     *ids = data;
    rfl_build_entry_t   *entry;
    rfl_build_record_t  *record;

    step = ids->build->desk->threads;

    for (i = part; i < ids->build->nentries; i += step) {

        entry = &ids->build->entries[i];
        record = &ids->records[i];

        if (rfl_record_id(ids->epoch->secret, entry->record, entry->len, &rid)
            != RFL_OK)
        {
            return rfl_err(err, 0, "out of memory");
        }

        memcpy(record->key, rid.key, RFL_RECORD_KEY_SIZE);
        record->blocks = (u_char) rid.blocks;
    }

    rfl_memzero(&rid, sizeof(rid));

    return RFL_OK;
}


static int
rfl_build_read(rfl_build_t *build, rfl_err_t *err)
{
    int               rc;
    unsigned          i;
    rfl_desk_t       *desk;
    rfl_build_load_t  load;

    desk = build->desk;

    memset(&load, 0, sizeof(rfl_build_load_t));
    load.build = build;

    rc = rfl_store_tokens(&desk->desk, RFL_STORE_REGISTER, &load.tokens, err);
    if (rc != RFL_OK) {
        return rc;
    }

    load.parts = calloc(desk->threads, sizeof(rfl_build_part_t));
    if (load.parts == NULL) {
        rfl_tokens_free(&load.tokens);
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_parallel(desk->threads, rfl_build_part, &load, err);

    for (i = 0; i < desk->threads; i++) {
        build->pools[i] = load.parts[i].pool;
    }

    if (rc == RFL_OK) {
        rc = rfl_build_join(build, &load, err);
    }

    for (i = 0; i < desk->threads; i++) {
        free(load.parts[i].entries);
    }

    free(load.parts);
    rfl_tokens_free(&load.tokens);

    return rc;
}


static int
rfl_build_part(void *data, unsigned n, rfl_err_t *err)
{
    int                rc;
    rfl_desk_t        *desk;
    rfl_redis_t        redis;
    rfl_build_load_t  *load = data;
    rfl_build_part_t  *part;

    desk = load->build->desk;
    part = &load->parts[n];
    part->build = load->build;
    part->part = n;

    part->pool = rfl_pool_create(RFL_BUILD_POOL);
    if (part->pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    memset(&redis, 0, sizeof(rfl_redis_t));

    rc = rfl_redis_open(&redis, &desk->conf.desk, "desk Redis", err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_store_walk(&redis, &desk->keys, RFL_STORE_REGISTER,
                        &load->tokens, n, desk->threads, rfl_build_visit,
                        part, err);

    rfl_redis_close(&redis);

    return rc;
}


static int
rfl_build_visit(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err)
{
    int                 rc;
    rfl_desk_t         *desk;
    rfl_prep_t          prep;
    rfl_draft_t         draft;
    rfl_build_part_t   *part = data;
    rfl_build_entry_t  *entries;

    desk = part->build->desk;

    if (rfl_desk_stopped(desk)) {
        return RFL_STOPPED;
    }

    if (stored->draft.e.not_after <= part->build->after) {
        part->left_out++;
        return RFL_OK;
    }

    draft = stored->draft;

    rc = rfl_prep(pool, &draft, &prep, err);
    if (rc != RFL_OK) {
        return RFL_ERROR;
    }

    entries = rfl_grow(part->entries, part->n, &part->size,
                       sizeof(rfl_build_entry_t));
    if (entries == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    part->entries = entries;

    if (rfl_build_keep(part, &prep, &part->entries[part->n]) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    part->entries[part->n].canary = (u_char) stored->canary;
    part->n++;

    if (part->part == 0 && part->n % 64 == 0) {
        rfl_desk_progress(desk, "reading the register",
                          (uint64_t) part->n * desk->threads, 0);
    }

    return RFL_OK;
}


static int
rfl_build_keep(rfl_build_part_t *part, const rfl_prep_t *prep,
    rfl_build_entry_t *entry)
{
    memset(entry, 0, sizeof(rfl_build_entry_t));

    entry->len = (uint32_t) prep->record.len;
    entry->record = rfl_pstrdup(part->pool, prep->record.data,
                                prep->record.len);

    if (entry->record == NULL
        || rfl_build_pack(part->pool, &prep->keys, &entry->keys,
                          &entry->nkeys)
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    memcpy(entry->ref, prep->ref, RFL_REF_SIZE);
    memcpy(entry->hint, prep->hint, RFL_HINT_SIZE);

    if (prep->facts.birth_year != 0 || prep->facts.country.len != 0
        || prep->facts.father.len != 0 || prep->facts.mother.len != 0
        || prep->facts.grandfather.len != 0)
    {
        entry->facts = rfl_build_facts(part->pool, &prep->facts);
        if (entry->facts == NULL) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static rfl_facts_t *
rfl_build_facts(rfl_pool_t *pool, const rfl_facts_t *facts)
{
    unsigned      i;
    rfl_str_t    *str[4];
    rfl_facts_t  *copy;

    copy = rfl_palloc(pool, sizeof(rfl_facts_t));
    if (copy == NULL) {
        return NULL;
    }

    *copy = *facts;

    str[0] = &copy->country;
    str[1] = &copy->father;
    str[2] = &copy->mother;
    str[3] = &copy->grandfather;

    for (i = 0; i < 4; i++) {

        if (str[i]->len == 0) {
            continue;
        }

        str[i]->data = rfl_pstrdup(pool, str[i]->data, str[i]->len);
        if (str[i]->data == NULL) {
            return NULL;
        }
    }

    return copy;
}


/* all parts one after the other, then shuffled: slots follow this order */

static int
rfl_build_join(rfl_build_t *build, rfl_build_load_t *load, rfl_err_t *err)
{
    size_t             n;
    uint32_t           i, j;
    unsigned           part;
    rfl_build_entry_t  entry;

    for (n = 0, part = 0; part < build->desk->threads; part++) {
        n += load->parts[part].n;
        build->left_out += load->parts[part].left_out;
    }

    if (n > UINT32_MAX / 2) {
        return rfl_err(err, 0, "the register is too large for one index");
    }

    build->entries = malloc((n + 1) * sizeof(rfl_build_entry_t));
    if (build->entries == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    for (part = 0; part < build->desk->threads; part++) {

        if (load->parts[part].n == 0) {
            continue;
        }

        memcpy(build->entries + build->nentries, load->parts[part].entries,
               load->parts[part].n * sizeof(rfl_build_entry_t));
        build->nentries += load->parts[part].n;
    }

    for (i = build->nentries; i > 1; i--) {
        j = randombytes_uniform(i);
        entry = build->entries[i - 1];
        build->entries[i - 1] = build->entries[j];
        build->entries[j] = entry;
    }

    return RFL_OK;
}
