
/*
 * Copyright (C) The RFL authors
 *
 * rfl_build.h: the whole index from the whole register: which lists there
 * are and who is in them (rfl_build.c), writing it under an epoch
 * (rfl_build_write.c), and comparing it with what is there
 * (rfl_build_check.c).
 *
 * Memory: about 1.2 KB an entry, everything sealed is made on the way out.
 */


#ifndef _RFL_BUILD_H_INCLUDED_
#define _RFL_BUILD_H_INCLUDED_


#include "rfl.h"
#include "rfl_desk.h"
#include "rfl_index.h"
#include "rfl_prep.h"


/* memory that will be read soon */
#define rfl_build_fetch(p)  __builtin_prefetch(p)


typedef struct {
    u_char        *record;
    u_char        *keys;           /* nkeys x (length 1 ‖ bytes) */
    u_char        *finer;          /* those of overflowing lists, likewise */
    rfl_facts_t   *facts;          /* NULL: none */
    uint32_t       len;            /* of the record */
    uint32_t       nkeys;
    uint32_t       nfiner;
    u_char         ref[RFL_REF_SIZE];
    u_char         hint[RFL_HINT_SIZE];
    u_char         canary;
} rfl_build_entry_t;


/* what an entry is under the epoch at hand */

typedef struct {
    u_char         key[RFL_RECORD_KEY_SIZE];
    u_char         blocks;
} rfl_build_record_t;


typedef struct {
    const u_char  *key;            /* length 1 ‖ bytes */
    uint32_t       n;              /* members */
    uint32_t       first;          /* in build->members */
    uint32_t       overflow;       /* one element, whatever n */
} rfl_build_list_t;


/* the hash is here so that a search seldom has to look at a list */

typedef struct {
    uint32_t       hash;
    uint32_t       list;           /* its index + 1; 0: free */
} rfl_build_cell_t;


typedef struct {
    rfl_desk_t          *desk;
    unsigned             cap;
    int64_t              after;    /* entries over by then are left out */

    rfl_pool_t         **pools;    /* of desk->threads parts */

    rfl_build_entry_t   *entries;
    uint32_t             nentries;
    uint64_t             left_out;

    rfl_build_list_t    *lists;
    uint32_t             nlists;
    size_t               size;     /* of lists */
    uint32_t            *members;  /* indexes of entries, list by list */

    rfl_build_cell_t    *table;    /* lists by the hash of their key */
    uint32_t             mask;
    u_char               hash[16];
} rfl_build_t;


/*
 * Reads the register and works out lists and members.  With live (to compare,
 * not to write) a list that was longer than the cap when the index was built
 * stays an overflow list, as it does in the index.  *build must be freed
 * whatever is returned.
 */
int rfl_build_load(rfl_desk_t *desk, unsigned cap, int64_t after,
    const rfl_live_t *live, rfl_build_t *build, rfl_err_t *err)
    rfl_must_check;
void rfl_build_free(rfl_build_t *build);

/* parts of the above, in rfl_build_lists.c */

int rfl_build_lists(rfl_build_t *build, const rfl_live_t *live,
    rfl_err_t *err) rfl_must_check;
/* keys as length and bytes, one after the other; *out NULL if there is none */
int rfl_build_pack(rfl_pool_t *pool, const rfl_keys_t *keys, u_char **out,
    uint32_t *n) rfl_must_check;

/* fills a key from a list */
void rfl_build_key(const rfl_build_list_t *list, rfl_key_t *key);
/* record keys of all entries; NULL with an error */
rfl_build_record_t *rfl_build_records(const rfl_build_t *build,
    const rfl_epoch_t *epoch, rfl_err_t *err);
/* wipes them; records may be NULL */
void rfl_build_records_free(const rfl_build_t *build,
    rfl_build_record_t *records);

/*
 * Sets live's counters and writes elements, blocks and dummies in shuffled
 * order, the manifest last.  RFL_STOPPED if a signal asked for it.
 */
int rfl_build_write(rfl_build_t *build, rfl_live_t *live, int64_t as_of,
    rfl_err_t *err) rfl_must_check;


/* what a comparison found */

typedef struct {
    u_char    *bad;                /* per entry: 1 if anything is missing */
    uint64_t   elements;           /* that should be there and open */
    uint64_t   blocks;             /* that are there and equal */
    uint64_t   lists_wrong;        /* counts that do not fit */
    uint64_t   dummies_missing;
    uint64_t   entries_wrong;
} rfl_check_t;

/* Compares every element, block and dummy with the index. */
int rfl_build_check(rfl_build_t *build, const rfl_live_t *live,
    rfl_check_t *check, rfl_err_t *err) rfl_must_check;
void rfl_check_free(rfl_check_t *check);

#endif /* _RFL_BUILD_H_INCLUDED_ */
