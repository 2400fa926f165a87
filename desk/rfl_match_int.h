
/*
 * Copyright (C) The RFL authors
 *
 * rfl_match_int.h: what the files of rfl_match share: the index in memory.
 */


#ifndef _RFL_MATCH_INT_H_INCLUDED_
#define _RFL_MATCH_INT_H_INCLUDED_


#include "rfl_match.h"

#include <pthread.h>


#define RFL_MATCH_SEED       16


typedef struct {
    u_char              token[RFL_TOKEN_SIZE];
    uint32_t            version;   /* of an item, 0: of the register */
    int16_t             year;      /* of birth, 0: not known */
    uint8_t             gone;
    uint32_t            seen;      /* the refresh that saw it last */
    uint32_t            reach;     /* hash of phone or e-mail, 0: none */
    u_char              ref[RFL_REF_SIZE];
    u_char              id[RFL_SUBMISSION_ID_SIZE];
} rfl_match_entry_t;

typedef struct {
    uint32_t            hash;      /* of a name key */
    uint32_t            entry;
} rfl_match_pair_t;

struct rfl_match_s {
    pthread_mutex_t     mutex;     /* of all below */
    unsigned            refreshing;
    unsigned            loaded;    /* once at least */
    int64_t             register_at;
    uint32_t            round;

    u_char              seed[RFL_MATCH_SEED];

    rfl_match_entry_t  *entries;
    size_t              n;
    size_t              size;

    uint32_t           *table;     /* entry + 1 by token, 0: free */
    size_t              mask;

    rfl_match_pair_t   *pairs;     /* by hash; new ones behind npairs */
    size_t              npairs;
    size_t              nnew;
    size_t              pairs_size;
};


/*
 * Names are kept under pairs of their parts, or a part with a second fact.
 * Who has one part only is kept with this, too, a country that is nobody's,
 * and asked for with it.
 */
extern const rfl_facts_t  rfl_match_alone;

uint32_t rfl_match_hash(const rfl_match_t *match, const void *data,
    size_t len);
/* 0 if there is no phone and no e-mail */
uint32_t rfl_match_reach(const rfl_match_t *match,
    const rfl_submission_t *s);


#endif /* _RFL_MATCH_INT_H_INCLUDED_ */
