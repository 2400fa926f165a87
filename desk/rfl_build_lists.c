
/*
 * Copyright (C) The RFL authors
 *
 * rfl_build_lists.c: which lists the entries of the register make, who is
 * in them, and which of them are longer than the cap.  Called by
 * rfl_build_load().
 */


#include "rfl_build.h"

#include <sodium.h>
#include <stdlib.h>


#define RFL_BUILD_TABLE      65536
#define RFL_BUILD_BATCH      256

/* keys looked up together, and entries whose keys are fetched ahead */
#define RFL_BUILD_GROUP      32
#define RFL_BUILD_AHEAD      8


/* memberships in the order they are found */

typedef struct {
    uint32_t           *list;
    uint32_t           *entry;
    size_t              n;
    size_t              size;
} rfl_build_pairs_t;


typedef struct {
    rfl_build_t        *build;
    rfl_build_pairs_t  *pairs;
} rfl_build_finer_t;


static int rfl_build_first(rfl_build_t *build, rfl_build_pairs_t *pairs,
    const rfl_live_t *live, rfl_err_t *err);
static int rfl_build_marks(rfl_build_t *build, uint32_t first,
    const rfl_live_t *live, rfl_err_t *err);
static int rfl_build_marks_batch(rfl_build_t *build, const rfl_live_t *live,
    rfl_build_list_t **lists, unsigned n, rfl_err_t *err);
static int rfl_build_finer(rfl_build_t *build, rfl_build_pairs_t *pairs,
    const rfl_live_t *live, rfl_err_t *err);
static int rfl_build_finer_part(void *data, unsigned part, rfl_err_t *err);
static int rfl_build_finer_entry(const rfl_build_t *build,
    rfl_build_entry_t *entry, const uint32_t *lists, rfl_pool_t *pool,
    rfl_pool_t *keep);
static int rfl_build_members(rfl_build_t *build, rfl_build_pairs_t *pairs);
static int rfl_build_join(rfl_build_t *build, rfl_build_pairs_t *pairs,
    uint32_t entry, const u_char *key, uint32_t n);
static int rfl_build_intern(rfl_build_t *build, const u_char *key,
    uint32_t hash, uint32_t *list);
static int rfl_build_rehash(rfl_build_t *build, uint32_t size);
static uint32_t rfl_build_hash(const rfl_build_t *build, const u_char *key);
static rfl_build_cell_t *rfl_build_cell(const rfl_build_t *build,
    const u_char *key, uint32_t hash);
static int rfl_build_pair(rfl_build_pairs_t *pairs, uint32_t list,
    uint32_t entry);


int
rfl_build_lists(rfl_build_t *build, const rfl_live_t *live, rfl_err_t *err)
{
    int                rc;
    rfl_build_pairs_t  pairs;

    memset(&pairs, 0, sizeof(rfl_build_pairs_t));

    rc = rfl_build_first(build, &pairs, live, err);

    if (rc == RFL_OK) {
        rc = rfl_build_finer(build, &pairs, live, err);
    }

    if (rc == RFL_OK && rfl_build_members(build, &pairs) != RFL_OK) {
        rc = rfl_err(err, 0, "out of memory");
    }

    free(pairs.list);
    free(pairs.entry);

    return rc;
}


static int
rfl_build_first(rfl_build_t *build, rfl_build_pairs_t *pairs,
    const rfl_live_t *live, rfl_err_t *err)
{
    uint32_t                  i;
    const rfl_build_entry_t  *entry;

    if (rfl_build_rehash(build, RFL_BUILD_TABLE) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    for (i = 0; i < build->nentries; i++) {

        entry = &build->entries[i];

        if (build->nentries - i > RFL_BUILD_AHEAD) {
            rfl_build_fetch(entry[RFL_BUILD_AHEAD].keys);
        }

        if (rfl_build_join(build, pairs, i, entry->keys, entry->nkeys)
            != RFL_OK)
        {
            return rfl_err(err, 0, "out of memory");
        }
    }

    return rfl_build_marks(build, 0, live, err);
}


/*
 * Which of the lists from first on overflow.  Withdrawals leave the mark of
 * it where it is, so in a live index a list that may have been longer by as
 * many entries as were removed is looked up.
 */

static int
rfl_build_marks(rfl_build_t *build, uint32_t first, const rfl_live_t *live,
    rfl_err_t *err)
{
    int                rc;
    uint32_t           i;
    unsigned           n;
    rfl_build_list_t  *lists[RFL_BUILD_BATCH];

    for (i = first; i < build->nlists; i++) {
        build->lists[i].overflow = build->lists[i].n > build->cap;
    }

    if (live == NULL) {
        return RFL_OK;
    }

    rc = RFL_OK;
    n = 0;

    for (i = first; rc == RFL_OK && i < build->nlists; i++) {

        if (!build->lists[i].overflow
            && build->lists[i].n + live->removed > build->cap)
        {
            lists[n++] = &build->lists[i];
        }

        if (n == RFL_BUILD_BATCH || (n > 0 && i + 1 == build->nlists)) {
            rc = rfl_build_marks_batch(build, live, lists, n, err);
            n = 0;
        }
    }

    return rc;
}


static int
rfl_build_marks_batch(rfl_build_t *build, const rfl_live_t *live,
    rfl_build_list_t **lists, unsigned n, rfl_err_t *err)
{
    int                rc;
    u_char             labels[RFL_BUILD_BATCH][RFL_LABEL_SIZE];
    u_char             t[RFL_PRF_SIZE];
    unsigned           i;
    rfl_key_t          key;
    rfl_args_t         args;
    redisReply        *reply, *value;
    rfl_element_t      element;
    rfl_epoch_name_t   name;

    rfl_args_init(&args);
    rfl_index_args(&args, "HMGET", live, &name);

    for (i = 0; i < n; i++) {
        rfl_build_key(lists[i], &key);
        rfl_prf(live->epoch.secret, &key, t);
        rfl_label(t, 0, labels[i]);
        rfl_args_add(&args, labels[i], RFL_LABEL_SIZE);
    }

    rc = rfl_redis_argv(&build->desk->index, &reply, err, &args);
    rfl_args_free(&args);

    if (rc != RFL_OK) {
        return rc;
    }

    for (i = 0; i < n && i < reply->elements; i++) {

        value = reply->element[i];

        if (value->type != REDIS_REPLY_STRING) {
            continue;
        }

        rfl_build_key(lists[i], &key);
        rfl_prf(live->epoch.secret, &key, t);

        if (rfl_element_open(t, live->epoch.id, 0, (u_char *) value->str,
                             value->len, &element)
            == RFL_OK)
        {
            lists[i]->overflow = (element.flags & RFL_ELEMENT_OVERFLOW) != 0;
        }
    }

    freeReplyObject(reply);
    rfl_memzero(t, sizeof(t));
    rfl_memzero(&element, sizeof(element));

    return RFL_OK;
}


/*
 * Members of overflowing lists are also found by finer keys.  These are made
 * by all threads, then counted by one.
 */

static int
rfl_build_finer(rfl_build_t *build, rfl_build_pairs_t *pairs,
    const rfl_live_t *live, rfl_err_t *err)
{
    uint32_t                  i, first;
    rfl_build_finer_t         finer;
    const rfl_build_entry_t  *entry;

    finer.build = build;
    finer.pairs = pairs;

    if (rfl_parallel(build->desk->threads, rfl_build_finer_part, &finer, err)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    first = build->nlists;

    for (i = 0; i < build->nentries; i++) {

        entry = &build->entries[i];

        if (build->nentries - i > RFL_BUILD_AHEAD
            && entry[RFL_BUILD_AHEAD].finer != NULL)
        {
            rfl_build_fetch(entry[RFL_BUILD_AHEAD].finer);
        }

        if (rfl_build_join(build, pairs, i, entry->finer, entry->nfiner)
            != RFL_OK)
        {
            return rfl_err(err, 0, "out of memory");
        }
    }

    return rfl_build_marks(build, first, live, err);
}


static int
rfl_build_finer_part(void *data, unsigned part, rfl_err_t *err)
{
    int                 rc;
    size_t              at;
    uint32_t            i, first, last;
    uint64_t            n;
    rfl_pool_t         *pool;
    rfl_build_t        *build;
    rfl_build_finer_t  *finer = data;

    build = finer->build;

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    n = build->nentries;
    first = (uint32_t) (n * part / build->desk->threads);
    last = (uint32_t) (n * (part + 1) / build->desk->threads);

    /* memberships are in the order of entries and of their keys */

    for (at = 0, i = 0; i < first; i++) {
        at += build->entries[i].nkeys;
    }

    for (rc = RFL_OK; rc == RFL_OK && i < last; i++) {
        rc = rfl_build_finer_entry(build, &build->entries[i],
                                   finer->pairs->list + at, pool,
                                   build->pools[part]);
        at += build->entries[i].nkeys;
        rfl_pool_reset(pool);
    }

    rfl_pool_destroy(pool);

    return (rc == RFL_OK) ? RFL_OK : rfl_err(err, 0, "out of memory");
}


static int
rfl_build_finer_entry(const rfl_build_t *build, rfl_build_entry_t *entry,
    const uint32_t *lists, rfl_pool_t *pool, rfl_pool_t *keep)
{
    uint32_t      k;
    unsigned      n, overflow;
    rfl_key_t     key;
    rfl_keys_t    keys;
    rfl_name_t   *names[RFL_NAMES_MAX];
    rfl_facts_t   facts;
    rfl_entry_t   e;

    n = 0;
    overflow = 0;

    memset(&keys, 0, sizeof(rfl_keys_t));
    memset(&facts, 0, sizeof(rfl_facts_t));

    if (entry->facts != NULL) {
        facts = *entry->facts;
    }

    for (k = 0; k < entry->nkeys; k++) {

        if (!build->lists[lists[k]].overflow) {
            continue;
        }

        /* names are parsed again only for those who need it */

        if (!overflow
            && (rfl_record_decode(pool, entry->record, entry->len, &e)
                != RFL_OK
                || rfl_prep_names(pool, &e, names, &n) != RFL_OK))
        {
            return RFL_ERROR;
        }

        overflow = 1;
        rfl_build_key(&build->lists[lists[k]], &key);

        if (rfl_name_finer_keys(pool, names, n, &facts, &key, &keys)
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return rfl_build_pack(keep, &keys, &entry->finer, &entry->nfiner);
}


/* keys as length and bytes, one after the other */

int
rfl_build_pack(rfl_pool_t *pool, const rfl_keys_t *keys, u_char **out,
    uint32_t *n)
{
    size_t            size;
    u_char           *p;
    unsigned          i;
    const rfl_key_t  *key;

    for (size = 0, i = 0; i < keys->n; i++) {
        size += 1 + (size_t) keys->key[i].len;
    }

    *n = keys->n;
    *out = NULL;

    if (size == 0) {
        return RFL_OK;
    }

    p = rfl_palloc(pool, size);
    if (p == NULL) {
        return RFL_ERROR;
    }

    *out = p;

    for (i = 0; i < keys->n; i++) {
        key = &keys->key[i];
        *p++ = key->len;
        memcpy(p, key->data, key->len);
        p += key->len;
    }

    return RFL_OK;
}


/* sorts memberships by list */

static int
rfl_build_members(rfl_build_t *build, rfl_build_pairs_t *pairs)
{
    size_t             i;
    uint32_t           first;
    rfl_build_list_t  *list;

    build->members = malloc((pairs->n + 1) * sizeof(uint32_t));
    if (build->members == NULL) {
        return RFL_ERROR;
    }

    for (first = 0, i = 0; i < build->nlists; i++) {
        build->lists[i].first = first;
        first += build->lists[i].n;
        build->lists[i].n = 0;
    }

    for (i = 0; i < pairs->n; i++) {

        if (pairs->n - i > RFL_BUILD_GROUP) {
            rfl_build_fetch(&build->lists[pairs->list[i + RFL_BUILD_GROUP]]);
        }

        list = &build->lists[pairs->list[i]];
        build->members[list->first + list->n++] = pairs->entry[i];
    }

    return RFL_OK;
}


/*
 * An entry joins the lists of its keys.  Table, lists and keys are far apart
 * in memory, so a group of keys waits for each of them together.
 */

static int
rfl_build_join(rfl_build_t *build, rfl_build_pairs_t *pairs, uint32_t entry,
    const u_char *key, uint32_t n)
{
    uint32_t                 group, k, list, hash[RFL_BUILD_GROUP];
    const u_char            *keys[RFL_BUILD_GROUP];
    const rfl_build_cell_t  *cell;

    for (/* void */; n > 0; n -= group) {

        group = (n < RFL_BUILD_GROUP) ? n : RFL_BUILD_GROUP;

        for (k = 0; k < group; k++) {
            keys[k] = key;
            hash[k] = rfl_build_hash(build, key);
            rfl_build_fetch(&build->table[hash[k] & build->mask]);
            key += 1 + key[0];
        }

        for (k = 0; k < group; k++) {
            cell = &build->table[hash[k] & build->mask];

            if (cell->hash == hash[k] && cell->list != 0) {
                rfl_build_fetch(&build->lists[cell->list - 1]);
            }
        }

        for (k = 0; k < group; k++) {
            cell = &build->table[hash[k] & build->mask];

            if (cell->hash == hash[k] && cell->list != 0) {
                rfl_build_fetch(build->lists[cell->list - 1].key);
            }
        }

        for (k = 0; k < group; k++) {
            if (rfl_build_intern(build, keys[k], hash[k], &list) != RFL_OK
                || rfl_build_pair(pairs, list, entry) != RFL_OK)
            {
                return RFL_ERROR;
            }
        }
    }

    return RFL_OK;
}


/* finds or makes the list of a key and counts one more member */

static int
rfl_build_intern(rfl_build_t *build, const u_char *key, uint32_t hash,
    uint32_t *list)
{
    rfl_build_cell_t  *cell;
    rfl_build_list_t  *lists;

    cell = rfl_build_cell(build, key, hash);

    if (cell->list != 0) {
        *list = cell->list - 1;
        build->lists[*list].n++;
        return RFL_OK;
    }

    lists = rfl_grow(build->lists, build->nlists, &build->size,
                     sizeof(rfl_build_list_t));
    if (lists == NULL || build->nlists > UINT32_MAX / 4) {
        return RFL_ERROR;
    }

    build->lists = lists;

    /* half of the table stays free */

    if (build->nlists > build->mask / 2) {

        if (rfl_build_rehash(build, (build->mask + 1) * 2) != RFL_OK) {
            return RFL_ERROR;
        }

        cell = rfl_build_cell(build, key, hash);
    }

    *list = build->nlists++;

    cell->hash = hash;
    cell->list = *list + 1;

    build->lists[*list].key = key;
    build->lists[*list].n = 1;
    build->lists[*list].first = 0;
    build->lists[*list].overflow = 0;

    return RFL_OK;
}


static int
rfl_build_rehash(rfl_build_t *build, uint32_t size)
{
    uint32_t           i, j, old;
    rfl_build_cell_t  *table;

    table = calloc(size, sizeof(rfl_build_cell_t));
    if (table == NULL) {
        return RFL_ERROR;
    }

    old = (build->table != NULL) ? build->mask + 1 : 0;
    build->mask = size - 1;

    for (j = 0; j < old; j++) {

        if (build->table[j].list == 0) {
            continue;
        }

        i = build->table[j].hash & build->mask;

        while (table[i].list != 0) {
            i = (i + 1) & build->mask;
        }

        table[i] = build->table[j];
    }

    free(build->table);
    build->table = table;

    return RFL_OK;
}


/* keyed, so that no set of names can be chosen to collide */

static uint32_t
rfl_build_hash(const rfl_build_t *build, const u_char *key)
{
    u_char    h[crypto_shorthash_BYTES];
    uint32_t  hash;

    (void) crypto_shorthash(h, key + 1, key[0], build->hash);
    memcpy(&hash, h, sizeof(hash));

    return hash;
}


/* where in the table a key is, or would be */

static rfl_build_cell_t *
rfl_build_cell(const rfl_build_t *build, const u_char *key, uint32_t hash)
{
    uint32_t           i;
    const u_char      *other;
    rfl_build_cell_t  *cell;

    for (i = hash & build->mask; /* void */ ; i = (i + 1) & build->mask) {

        cell = &build->table[i];

        if (cell->list == 0) {
            return cell;
        }

        if (cell->hash != hash) {
            continue;
        }

        other = build->lists[cell->list - 1].key;

        if (other[0] == key[0] && memcmp(other + 1, key + 1, key[0]) == 0) {
            return cell;
        }
    }
}


static int
rfl_build_pair(rfl_build_pairs_t *pairs, uint32_t list, uint32_t entry)
{
    size_t     size;
    uint32_t  *p;

    size = pairs->size;

    p = rfl_grow(pairs->list, pairs->n, &size, sizeof(uint32_t));
    if (p == NULL) {
        return RFL_ERROR;
    }

    pairs->list = p;

    p = rfl_grow(pairs->entry, pairs->n, &pairs->size, sizeof(uint32_t));
    if (p == NULL) {
        return RFL_ERROR;
    }

    pairs->entry = p;

    pairs->list[pairs->n] = list;
    pairs->entry[pairs->n] = entry;
    pairs->n++;

    return RFL_OK;
}
