
/*
 * Copyright (C) The RFL authors
 *
 * rfl_index.h: the index as a whole: how many dummies, which labels they
 * have, the manifest, and the removal of keys that belong to nothing.
 */


#ifndef _RFL_INDEX_H_INCLUDED_
#define _RFL_INDEX_H_INCLUDED_


#include "rfl.h"
#include "rfl_box.h"
#include "rfl_desk.h"


extern const size_t  rfl_index_sizes[RFL_SIZES];    /* bytes of a value */


/* keys of one size in the index: real ones and dummies */
uint64_t rfl_index_total(const rfl_live_t *live, rfl_size_e size);

/*
 * Dummy number n of an epoch has a label that only the desk can know, so
 * that it needs to keep no list of them.
 */
void rfl_index_dummy(const rfl_live_t *live, rfl_size_e size, uint64_t n,
    u_char label[RFL_LABEL_SIZE]);

/*
 * Sets the numbers of real keys and moves the range of dummies so that the
 * total stays, or goes up to the next step.
 */
void rfl_index_recount(rfl_live_t *live, rfl_size_e size, uint64_t real);

void rfl_index_manifest_print(const rfl_live_t *live, int64_t as_of,
    u_char label[RFL_LABEL_SIZE], u_char out[RFL_ELEMENT_SIZE]);
/* RFL_DECLINED: there is none that opens */
int rfl_index_manifest(rfl_redis_t *r, const rfl_live_t *live,
    rfl_manifest_t *manifest, rfl_err_t *err) rfl_must_check;


/* a list of labels */

typedef struct {
    u_char   *data;                /* n x RFL_LABEL_SIZE */
    size_t    n;
    size_t    size;
} rfl_labels_t;

int rfl_labels_add(rfl_labels_t *labels, const u_char label[RFL_LABEL_SIZE])
    rfl_must_check;
/* those of slots 0 .. n - 1 of a list */
int rfl_labels_list(rfl_labels_t *labels, const u_char t[RFL_PRF_SIZE],
    unsigned n) rfl_must_check;
void rfl_labels_free(rfl_labels_t *labels);


/*
 * Begins a command about the hash of an epoch; labels, or labels and values,
 * follow.  args must not outlive name.
 */
void rfl_index_args(rfl_args_t *args, const char *command,
    const rfl_live_t *live, rfl_epoch_name_t *name);
/* how many of the labels HMGET asked for are there */
unsigned rfl_index_found(const redisReply *reply);

/* 1 for "h:<label>", where a code is that hides an entry: not of the index */
int rfl_index_hides(const char *key, size_t len);

/*
 * How many labels there are, of all epochs; a key that is neither the hash of
 * an epoch nor a code that hides counts as one.
 */
int rfl_index_keys(rfl_desk_t *desk, uint64_t *keys, rfl_err_t *err)
    rfl_must_check;

/* removes what fits a pattern (NULL: all), but codes and these epochs */
int rfl_index_sweep(rfl_desk_t *desk, const char *pattern,
    const uint64_t *keep, unsigned n, rfl_err_t *err) rfl_must_check;
int rfl_index_remove(rfl_desk_t *desk, const rfl_live_t *live,
    rfl_err_t *err) rfl_must_check;


/*
 * Runs fn(data, part) for parts 0 .. n-1 side by side, n at most
 * RFL_DESK_THREADS.  Each has an err of its own; what the first part gave
 * back that is not RFL_OK is returned, with what that part said.
 */
typedef int (*rfl_parallel_pt)(void *data, unsigned part, rfl_err_t *err);

int rfl_parallel(unsigned n, rfl_parallel_pt fn, void *data, rfl_err_t *err);


#endif /* _RFL_INDEX_H_INCLUDED_ */
