
/*
 * Copyright (C) The RFL authors
 *
 * rfl_index.c: the index as a whole: dummies, manifest, sweeping.  Called
 * by the builder, the editor, rotation and verification.
 */


#include "rfl_index.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>


#define RFL_INDEX_BATCH      512
#define RFL_INDEX_PIPELINE   16
#define RFL_INDEX_THREADS    16
#define RFL_INDEX_TRIES      5


typedef struct {
    int       (*fn)(void *data, unsigned part);
    void       *data;
    unsigned    part;
    int         rc;
} rfl_thread_t;


/* keys found: labels, and names of other lengths as they are */

typedef struct {
    rfl_labels_t         labels;
    rfl_pool_t          *pool;
    rfl_args_t           foreign;
    const rfl_labels_t  *keep;     /* NULL: collect all labels */
} rfl_index_set_t;


static uint64_t rfl_index_step(uint64_t n);
static int rfl_labels_find(const rfl_labels_t *labels,
    const u_char label[RFL_LABEL_SIZE]);
static int rfl_labels_cmp(const void *a, const void *b);
static int rfl_index_unlink_args(rfl_redis_t *r, rfl_args_t *args,
    unsigned *waiting, unsigned most, rfl_err_t *err);
static int rfl_index_set(rfl_desk_t *desk, rfl_index_set_t *set,
    const rfl_labels_t *keep, rfl_err_t *err);
static void rfl_index_set_free(rfl_index_set_t *set);
static int rfl_index_foreign(void *data, const char *key, size_t len);
static int rfl_index_collect(void *data, const char *key, size_t len);
static int rfl_index_count(void *data, const char *key, size_t len);
static void *rfl_parallel_main(void *data);


const size_t  rfl_index_sizes[RFL_SIZES] = {
    RFL_ELEMENT_SIZE, RFL_BLOCK_SIZE
};


/* the smallest m * 2^k, m in 8..15, k >= 4, that is not below n */

static uint64_t
rfl_index_step(uint64_t n)
{
    uint64_t  m, k;

    for (k = 16; k <= UINT64_MAX / 32; k *= 2) {
        for (m = 8; m <= 15; m++) {
            if (m * k >= n) {
                return m * k;
            }
        }
    }

    return n;
}


uint64_t
rfl_index_total(const rfl_live_t *live, rfl_size_e size)
{
    return live->real[size] + live->dummy_last[size] - live->dummy[size];
}


void
rfl_index_dummy(const rfl_live_t *live, rfl_size_e size, uint64_t n,
    u_char label[RFL_LABEL_SIZE])
{
    u_char    data[9];
    unsigned  i;

    data[0] = (u_char) size;

    for (i = 0; i < 8; i++) {
        data[1 + i] = (u_char) (n >> (8 * i));
    }

    (void) crypto_generichash_blake2b_salt_personal(label, RFL_LABEL_SIZE,
               data, sizeof(data), live->epoch.secret, RFL_SECRET_SIZE, NULL,
               (const u_char *) "rfl.v1.dummy----");
}


void
rfl_index_recount(rfl_live_t *live, rfl_size_e size, uint64_t real)
{
    uint64_t  total, step, dummies, want;

    total = rfl_index_total(live, size);
    step = rfl_index_step(real);

    if (step > total) {
        total = step;
    }

    dummies = live->dummy_last[size] - live->dummy[size];
    want = total - real;

    if (want < dummies) {
        live->dummy[size] += dummies - want;

    } else {
        live->dummy_last[size] += want - dummies;
    }

    live->real[size] = real;
}


void
rfl_index_manifest_prf(const rfl_live_t *live, u_char t[RFL_PRF_SIZE])
{
    rfl_key_t  key;

    key.len = 1;
    key.data[0] = RFL_KEY_MANIFEST;

    rfl_prf(live->epoch.secret, &key, t);
}


void
rfl_index_manifest_print(const rfl_live_t *live, int64_t as_of,
    u_char label[RFL_LABEL_SIZE], u_char out[RFL_ELEMENT_SIZE])
{
    u_char          t[RFL_PRF_SIZE];
    rfl_manifest_t  manifest;

    rfl_index_manifest_prf(live, t);
    rfl_label(t, 0, label);

    manifest.as_of = as_of;
    manifest.entries = (uint32_t) live->entries;
    manifest.cap = (uint16_t) live->cap;
    manifest.complete = 1;

    rfl_manifest_seal(t, live->epoch.id, label, &manifest, out);

    rfl_memzero(t, sizeof(t));
}


int
rfl_index_manifest(rfl_redis_t *r, const rfl_live_t *live,
    rfl_manifest_t *manifest, rfl_err_t *err)
{
    int          rc;
    u_char       t[RFL_PRF_SIZE], label[RFL_LABEL_SIZE];
    redisReply  *reply;

    rfl_index_manifest_prf(live, t);
    rfl_label(t, 0, label);

    rc = rfl_redis_call(r, &reply, err, "GET %b", label,
                        (size_t) RFL_LABEL_SIZE);

    if (rc == RFL_OK) {
        rc = (reply->type == REDIS_REPLY_STRING)
             ? rfl_manifest_open(t, live->epoch.id, label,
                                 (u_char *) reply->str, reply->len, manifest)
             : RFL_DECLINED;

        freeReplyObject(reply);
    }

    rfl_memzero(t, sizeof(t));

    return rc;
}


void
rfl_labels_init(rfl_labels_t *labels)
{
    memset(labels, 0, sizeof(rfl_labels_t));
}


int
rfl_labels_add(rfl_labels_t *labels, const u_char label[RFL_LABEL_SIZE])
{
    u_char  *data;

    data = rfl_grow(labels->data, labels->n, &labels->size, RFL_LABEL_SIZE);
    if (data == NULL) {
        return RFL_ERROR;
    }

    memcpy(data + labels->n * RFL_LABEL_SIZE, label, RFL_LABEL_SIZE);

    labels->data = data;
    labels->n++;

    return RFL_OK;
}


void
rfl_labels_sort(rfl_labels_t *labels)
{
    if (labels->n > 1) {
        qsort(labels->data, labels->n, RFL_LABEL_SIZE, rfl_labels_cmp);
    }
}


/* labels must be sorted */

static int
rfl_labels_find(const rfl_labels_t *labels,
    const u_char label[RFL_LABEL_SIZE])
{
    return labels->n != 0
           && bsearch(label, labels->data, labels->n, RFL_LABEL_SIZE,
                      rfl_labels_cmp)
              != NULL;
}


static int
rfl_labels_cmp(const void *a, const void *b)
{
    return memcmp(a, b, RFL_LABEL_SIZE);
}


void
rfl_labels_free(rfl_labels_t *labels)
{
    free(labels->data);
    rfl_labels_init(labels);
}


static int
rfl_index_foreign(void *data, const char *key, size_t len)
{
    u_char           *p;
    rfl_index_set_t  *set = data;

    p = rfl_pstrdup(set->pool, (const u_char *) key, len);
    if (p == NULL) {
        return RFL_ERROR;
    }

    rfl_args_add(&set->foreign, p, len);

    return set->foreign.failed ? RFL_ERROR : RFL_OK;
}


static int
rfl_index_collect(void *data, const char *key, size_t len)
{
    rfl_index_set_t  *set = data;

    if (rfl_index_hides(key, len)) {
        return RFL_OK;
    }

    if (len != RFL_LABEL_SIZE) {
        return rfl_index_foreign(data, key, len);
    }

    if (set->keep != NULL
        && rfl_labels_find(set->keep, (const u_char *) key))
    {
        return RFL_OK;
    }

    return rfl_labels_add(&set->labels, (const u_char *) key);
}


static int
rfl_index_set(rfl_desk_t *desk, rfl_index_set_t *set,
    const rfl_labels_t *keep, rfl_err_t *err)
{
    int       rc;
    unsigned  waiting;

    memset(set, 0, sizeof(rfl_index_set_t));

    set->keep = keep;
    set->pool = rfl_pool_create(4096);
    if (set->pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rfl_args_literal(&set->foreign, "UNLINK");

    rc = rfl_redis_scan(&desk->index, NULL, rfl_index_collect, set, err);

    waiting = 0;

    if (rc == RFL_OK && set->foreign.n > 1) {
        rc = rfl_index_unlink_args(&desk->index, &set->foreign, &waiting, 0,
                                   err);
    }

    return rc;
}


static void
rfl_index_set_free(rfl_index_set_t *set)
{
    rfl_args_free(&set->foreign);
    rfl_labels_free(&set->labels);
    rfl_pool_destroy(set->pool);
}


int
rfl_index_hides(const char *key, size_t len)
{
    return len == RFL_HIDE_LABEL_SIZE && key[0] == 'h' && key[1] == ':';
}


int
rfl_index_keys(rfl_desk_t *desk, uint64_t expected, uint64_t *keys,
    rfl_err_t *err)
{
    int       rc;
    uint64_t  size, hides;
    unsigned  i;

    rc = rfl_redis_size(&desk->index, keys, err);

    for (i = 0; rc == RFL_OK && *keys != expected && i < RFL_INDEX_TRIES;
         i++)
    {
        hides = 0;

        rc = rfl_redis_size(&desk->index, &size, err);

        if (rc == RFL_OK) {
            rc = rfl_redis_scan(&desk->index, NULL, rfl_index_count, &hides,
                                err);
        }

        *keys = (size > hides) ? size - hides : 0;
    }

    return rc;
}


static int
rfl_index_count(void *data, const char *key, size_t len)
{
    uint64_t  *hides = data;

    *hides += (uint64_t) rfl_index_hides(key, len);

    return RFL_OK;
}


int
rfl_index_scan(rfl_desk_t *desk, rfl_labels_t *labels, rfl_err_t *err)
{
    int              rc;
    rfl_index_set_t  set;

    rc = rfl_index_set(desk, &set, NULL, err);

    if (rc == RFL_OK) {
        *labels = set.labels;
        rfl_labels_init(&set.labels);
    }

    rfl_index_set_free(&set);

    return rc;
}


int
rfl_index_clean(rfl_desk_t *desk, const rfl_labels_t *keep,
    uint64_t *removed, rfl_err_t *err)
{
    int              rc;
    rfl_index_set_t  set;

    rc = rfl_index_set(desk, &set, keep, err);

    if (rc == RFL_OK) {
        *removed = set.labels.n + set.foreign.n - 1;
        rc = rfl_index_unlink(desk, &set.labels, err);
    }

    rfl_index_set_free(&set);

    return rc;
}


int
rfl_index_unlink(rfl_desk_t *desk, const rfl_labels_t *labels,
    rfl_err_t *err)
{
    int         rc;
    size_t      i;
    unsigned    waiting;
    rfl_args_t  args;

    rc = RFL_OK;
    waiting = 0;

    rfl_args_init(&args);

    for (i = 0; i < labels->n && rc == RFL_OK; i++) {

        if (args.n == 0) {
            rfl_args_literal(&args, "UNLINK");
        }

        rfl_args_add(&args, labels->data + i * RFL_LABEL_SIZE,
                     RFL_LABEL_SIZE);

        if (args.n > RFL_INDEX_BATCH || i + 1 == labels->n) {
            rc = rfl_index_unlink_args(&desk->index, &args, &waiting,
                                       (i + 1 == labels->n)
                                       ? 0 : RFL_INDEX_PIPELINE, err);
            rfl_args_reset(&args);
            rfl_desk_progress(desk, "removing old keys", i + 1, labels->n);
        }
    }

    rfl_args_free(&args);

    return rc;
}


/* sends one UNLINK and waits until at most that many are unanswered */

static int
rfl_index_unlink_args(rfl_redis_t *r, rfl_args_t *args, unsigned *waiting,
    unsigned most, rfl_err_t *err)
{
    int          rc;
    redisReply  *reply;

    rc = rfl_redis_send_argv(r, err, args);
    if (rc != RFL_OK) {
        return rc;
    }

    for ((*waiting)++; *waiting > most; (*waiting)--) {

        rc = rfl_redis_next(r, &reply, err);
        if (rc != RFL_OK) {
            return rc;
        }

        freeReplyObject(reply);
    }

    return RFL_OK;
}


int
rfl_parallel(unsigned n, int (*fn)(void *data, unsigned part), void *data)
{
    int           rc;
    unsigned      i, started[RFL_INDEX_THREADS];
    pthread_t     id[RFL_INDEX_THREADS];
    rfl_thread_t  threads[RFL_INDEX_THREADS];

    n = (n > RFL_INDEX_THREADS) ? RFL_INDEX_THREADS : n;

    for (i = 0; i < n; i++) {
        threads[i].fn = fn;
        threads[i].data = data;
        threads[i].part = i;
        threads[i].rc = RFL_OK;
    }

    for (i = 1; i < n; i++) {
        started[i] = pthread_create(&id[i], NULL, rfl_parallel_main,
                                    &threads[i])
                     == 0;
    }

    (void) rfl_parallel_main(&threads[0]);

    for (i = 1; i < n; i++) {
        if (started[i]) {
            (void) pthread_join(id[i], NULL);

        } else {
            (void) rfl_parallel_main(&threads[i]);
        }
    }

    for (rc = RFL_OK, i = 0; i < n && rc == RFL_OK; i++) {
        rc = threads[i].rc;
    }

    return rc;
}


static void *
rfl_parallel_main(void *data)
{
    rfl_thread_t  *thread = data;

    thread->rc = thread->fn(thread->data, thread->part);

    return NULL;
}
