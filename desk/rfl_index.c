
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


typedef struct {
    rfl_parallel_pt   fn;
    void             *data;
    unsigned          part;
    int               rc;
    rfl_err_t         err;
} rfl_thread_t;


static uint64_t rfl_index_step(uint64_t n);
static void rfl_index_manifest_prf(const rfl_live_t *live,
    u_char t[RFL_PRF_SIZE]);
static int rfl_index_counts(const char *key, size_t len);
static int rfl_index_kept(const rfl_args_t *names, unsigned i,
    const uint64_t *keep, unsigned n);
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
    u_char  data[9];

    data[0] = (u_char) size;
    (void) rfl_le_put(data + 1, n, 8);

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


/* T of the manifest's canonical key */

static void
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

    rfl_manifest_seal(t, live->epoch.id, &manifest, out);

    rfl_memzero(t, sizeof(t));
}


int
rfl_index_manifest(rfl_redis_t *r, const rfl_live_t *live,
    rfl_manifest_t *manifest, rfl_err_t *err)
{
    int                rc;
    u_char             t[RFL_PRF_SIZE], label[RFL_LABEL_SIZE];
    redisReply        *reply;
    rfl_epoch_name_t   name;

    rfl_index_manifest_prf(live, t);
    rfl_label(t, 0, label);
    rfl_epoch_name(live->epoch.id, &name);

    rc = rfl_redis_call(r, &reply, err, "HGET %s %b", name.data, label,
                        (size_t) RFL_LABEL_SIZE);

    if (rc == RFL_OK) {
        rc = (reply->type == REDIS_REPLY_STRING)
             ? rfl_manifest_open(t, live->epoch.id, (u_char *) reply->str,
                                 reply->len, manifest)
             : RFL_DECLINED;

        freeReplyObject(reply);
    }

    rfl_memzero(t, sizeof(t));

    return (rc == RFL_MISFIT) ? RFL_DECLINED : rc;
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


int
rfl_labels_list(rfl_labels_t *labels, const u_char t[RFL_PRF_SIZE],
    unsigned n)
{
    u_char    row[64][RFL_LABEL_SIZE];
    unsigned  i, slot, some;

    for (slot = 0; slot < n; slot += some) {

        some = (n - slot < 64) ? n - slot : 64;

        rfl_label_row(t, slot, some, row);

        for (i = 0; i < some; i++) {
            if (rfl_labels_add(labels, row[i]) != RFL_OK) {
                return RFL_ERROR;
            }
        }
    }

    return RFL_OK;
}


void
rfl_labels_free(rfl_labels_t *labels)
{
    free(labels->data);
    memset(labels, 0, sizeof(rfl_labels_t));
}


void
rfl_index_args(rfl_args_t *args, const char *command, const rfl_live_t *live,
    rfl_epoch_name_t *name)
{
    rfl_epoch_name(live->epoch.id, name);

    rfl_args_reset(args);
    rfl_args_add(args, command, strlen(command));
    rfl_args_add(args, name->data, name->len);
}


unsigned
rfl_index_found(const redisReply *reply)
{
    size_t    i;
    unsigned  n;

    for (n = 0, i = 0; i < reply->elements; i++) {
        n += (reply->element[i]->type == REDIS_REPLY_STRING);
    }

    return n;
}


int
rfl_index_hides(const char *key, size_t len)
{
    return len == RFL_HIDE_LABEL_SIZE && key[0] == 'h' && key[1] == ':';
}


/* keys of the whole Redis, but codes that hide */

static int
rfl_index_counts(const char *key, size_t len)
{
    return !rfl_index_hides(key, len);
}


int
rfl_index_keys(rfl_desk_t *desk, uint64_t *keys, rfl_err_t *err)
{
    int          rc;
    unsigned     i;
    redisReply  *reply;
    rfl_names_t  names;

    *keys = 0;

    rc = rfl_redis_names(&desk->index, NULL, rfl_index_counts, &names, err);

    for (i = 0; rc == RFL_OK && i < names.args.n; i++) {

        rc = rfl_redis_call(&desk->index, &reply, err, "HLEN %b",
                            names.args.argv[i], names.args.lens[i]);

        if (rc == RFL_MISFIT) {
            *keys += 1;
            rc = RFL_OK;

        } else if (rc == RFL_OK) {
            *keys += (uint64_t) reply->integer;
            freeReplyObject(reply);
        }
    }

    rfl_names_free(&names);

    return rc;
}


int
rfl_index_sweep(rfl_desk_t *desk, const char *pattern, const uint64_t *keep,
    unsigned n, rfl_err_t *err)
{
    int          rc;
    unsigned     i;
    rfl_args_t   args;
    rfl_names_t  names;

    rfl_args_init(&args);
    rfl_args_literal(&args, "UNLINK");

    rc = rfl_redis_names(&desk->index, pattern, rfl_index_counts, &names, err);

    for (i = 0; rc == RFL_OK && i < names.args.n; i++) {

        if (!rfl_index_kept(&names.args, i, keep, n)) {
            rfl_args_add(&args, names.args.argv[i], names.args.lens[i]);
        }

        if (args.n == 1
            || (args.n <= RFL_INDEX_BATCH && i + 1 < names.args.n))
        {
            continue;
        }

        rc = rfl_redis_run(&desk->index, err, &args);

        rfl_args_reset(&args);
        rfl_args_literal(&args, "UNLINK");
    }

    rfl_args_free(&args);
    rfl_names_free(&names);

    return rc;
}


int
rfl_index_remove(rfl_desk_t *desk, const rfl_live_t *live, rfl_err_t *err)
{
    int               rc;
    rfl_args_t        args;
    rfl_epoch_name_t  name;

    rfl_args_init(&args);
    rfl_index_args(&args, "UNLINK", live, &name);

    rc = rfl_redis_run(&desk->index, err, &args);

    rfl_args_free(&args);

    return rc;
}


/* whether a name is that of the hash of one of these epochs */

static int
rfl_index_kept(const rfl_args_t *names, unsigned i, const uint64_t *keep,
    unsigned n)
{
    rfl_epoch_name_t  name;

    while (n > 0) {
        rfl_epoch_name(keep[--n], &name);

        if (names->lens[i] == name.len
            && memcmp(names->argv[i], name.data, name.len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


int
rfl_parallel(unsigned n, rfl_parallel_pt fn, void *data, rfl_err_t *err)
{
    unsigned      i, started[RFL_DESK_THREADS];
    pthread_t     id[RFL_DESK_THREADS];
    rfl_thread_t  threads[RFL_DESK_THREADS];

    n = (n > RFL_DESK_THREADS) ? RFL_DESK_THREADS : n;

    for (i = 0; i < n; i++) {
        memset(&threads[i], 0, sizeof(rfl_thread_t));
        threads[i].fn = fn;
        threads[i].data = data;
        threads[i].part = i;
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

    for (i = 0; i < n; i++) {
        if (threads[i].rc != RFL_OK) {
            *err = threads[i].err;
            return threads[i].rc;
        }
    }

    return RFL_OK;
}


static void *
rfl_parallel_main(void *data)
{
    rfl_thread_t  *thread = data;

    thread->rc = thread->fn(thread->data, thread->part, &thread->err);

    return NULL;
}
