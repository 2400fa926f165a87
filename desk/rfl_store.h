
/*
 * Copyright (C) The RFL authors
 *
 * rfl_store.h: what the desk keeps in desk Redis, all of it sealed with the
 * desk key: the register of published entries, the tombstones, the epochs,
 * and the change under way (schema/layout.md, "Desk Redis").
 *
 * Field names are keyed tokens and values are padded, so that neither a
 * dump of desk Redis nor its append-only file shows a name, a source id or
 * a public reference.
 */


#ifndef _RFL_STORE_H_INCLUDED_
#define _RFL_STORE_H_INCLUDED_


#include "rfl.h"
#include "rfl_entry.h"
#include "rfl_redis.h"
#include "rfl_seal.h"


#define RFL_DESK_KEY_SIZE    32
#define RFL_TOKEN_SIZE       16

/* hashes of desk Redis whose values are entries; the field is a ref token */
#define RFL_STORE_REGISTER   "register"
#define RFL_STORE_ADDING     "adding"
#define RFL_STORE_REMOVING   "removing"
/* source token -> ref */
#define RFL_STORE_SOURCE     "source"
/* source or ref token -> why and when */
#define RFL_STORE_TOMB       "tomb"


/* sizes of values in the index, as an index of the counters below */

typedef enum {
    RFL_SIZE_ELEMENT = 0,
    RFL_SIZE_BLOCK,
    RFL_SIZES
} rfl_size_e;


/* one epoch in the index, and what was written under it */

typedef struct {
    rfl_epoch_t  epoch;
    unsigned     used;             /* 0: there is no such epoch */
    unsigned     cap;
    int64_t      built;            /* entries over by then were left out */
    uint64_t     entries;
    uint64_t     removed;          /* entries taken out since it was built */
    uint64_t     real[RFL_SIZES];
    uint64_t     dummy[RFL_SIZES];       /* number of the oldest dummy */
    uint64_t     dummy_last[RFL_SIZES];  /* number of the next one */
} rfl_live_t;


typedef enum {
    RFL_PHASE_IDLE = 0,
    RFL_PHASE_WRITING,             /* next is being written, or was */
    RFL_PHASE_BUILT                /* next is whole; keyd may use either */
} rfl_phase_e;


typedef struct {
    rfl_live_t   current;
    rfl_live_t   next;
    rfl_phase_e  phase;
    unsigned     leftovers;        /* the index holds keys of no epoch */
    uint64_t     newest;           /* highest epoch id ever used */
    int64_t      as_of;            /* when the index was last written */
} rfl_state_t;


/* the change under way */

typedef enum {
    RFL_OP_NONE = 0,
    RFL_OP_STAGING,                /* to be forgotten if cut short */
    RFL_OP_APPLY,                  /* to be finished: edit the index */
    RFL_OP_REBUILD                 /* to be finished: by a rotation */
} rfl_op_kind_e;

typedef struct {
    rfl_op_kind_e  kind;
    unsigned       planned;        /* after is what the edit will leave */
    rfl_state_t    after;
} rfl_op_t;


/* reasons of a tombstone, closed list; index 0 is "" */
extern const rfl_str_t  rfl_reasons[];
extern const unsigned   rfl_nreasons;

#define RFL_REASON_REQUEST   1
#define RFL_REASON_REPLACED  6


/* an entry of the register, opened */

typedef struct {
    rfl_draft_t  draft;
    rfl_str_t    line;             /* its JSON */
    unsigned     canary;
    int64_t      published;
} rfl_stored_t;


typedef struct {
    u_char       seal[RFL_DESK_KEY_SIZE];
    u_char       token[RFL_DESK_KEY_SIZE];
    u_char       form[RFL_DESK_KEY_SIZE];  /* of the desk's pages */
} rfl_store_keys_t;


void rfl_store_keys(const u_char key[RFL_DESK_KEY_SIZE],
    rfl_store_keys_t *keys);

void rfl_store_ref_token(const rfl_store_keys_t *keys,
    const u_char ref[RFL_REF_SIZE], u_char token[RFL_TOKEN_SIZE]);
void rfl_store_source_token(const rfl_store_keys_t *keys,
    const rfl_str_t *id, u_char token[RFL_TOKEN_SIZE]);

/*
 * Values as they are kept.  Printers append to out (out->failed tells of
 * exhaustion).  A value that does not open is RFL_ERROR with a reason, a tomb
 * RFL_DECLINED: it counts all the same.
 */
int rfl_store_entry_print(const rfl_store_keys_t *keys,
    const rfl_draft_t *draft, unsigned canary, int64_t published,
    rfl_buf_t *out) rfl_must_check;
int rfl_store_entry_parse(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], const void *data, size_t len,
    rfl_stored_t *stored, rfl_err_t *err) rfl_must_check;

int rfl_store_source_print(const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], const u_char ref[RFL_REF_SIZE],
    rfl_buf_t *out) rfl_must_check;
int rfl_store_source_parse(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], const void *data, size_t len,
    u_char ref[RFL_REF_SIZE], rfl_err_t *err) rfl_must_check;

int rfl_store_tomb_print(const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], unsigned reason, int64_t when,
    rfl_buf_t *out) rfl_must_check;
int rfl_store_tomb_parse(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], const void *data, size_t len,
    unsigned *reason, int64_t *when) rfl_must_check;

/*
 * State and op: read at once, written by commands appended to the open
 * transaction (or pipeline) of r.  A missing value is all zeros.
 */
int rfl_store_read(rfl_redis_t *r, const rfl_store_keys_t *keys,
    rfl_state_t *state, rfl_op_t *op, rfl_err_t *err) rfl_must_check;
int rfl_store_send_state(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const rfl_state_t *state, rfl_err_t *err) rfl_must_check;
int rfl_store_send_op(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const rfl_op_t *op, rfl_err_t *err) rfl_must_check;
/* forgets op and staged entries */
int rfl_store_send_done(rfl_redis_t *r, rfl_err_t *err) rfl_must_check;
/* the state alone, in a transaction of its own */
int rfl_store_write_state(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const rfl_state_t *state, rfl_err_t *err) rfl_must_check;

/* fields of a hash as they stand in it, each once, in no order */

typedef struct {
    u_char   *tokens;              /* n x RFL_TOKEN_SIZE */
    size_t    n;
} rfl_tokens_t;

int rfl_store_tokens(rfl_redis_t *r, const char *hash, rfl_tokens_t *tokens,
    rfl_err_t *err) rfl_must_check;
void rfl_tokens_free(rfl_tokens_t *tokens);
/* their values, in the same order; freeReplyObject() is the caller's */
int rfl_store_values(rfl_redis_t *r, const char *hash, const u_char *tokens,
    size_t n, redisReply **reply, rfl_err_t *err) rfl_must_check;

/*
 * Calls visit for each entry of a hash (RFL_STORE_REGISTER ...) that has one
 * of the tokens; the pool given to visit is reset after every call.
 * Another return code of visit than RFL_OK ends the walk and is returned.
 * part of parts takes a share of the entries, so that several connections
 * can walk side by side.
 */
typedef int (*rfl_store_visit_pt)(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err);

int rfl_store_walk(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const char *hash, const rfl_tokens_t *tokens, unsigned part,
    unsigned parts, rfl_store_visit_pt visit, void *data, rfl_err_t *err)
    rfl_must_check;

/* one entry; RFL_DECLINED if there is none */
int rfl_store_get(rfl_redis_t *r, rfl_pool_t *pool,
    const rfl_store_keys_t *keys, const char *hash,
    const u_char token[RFL_TOKEN_SIZE], rfl_stored_t *stored, rfl_err_t *err)
    rfl_must_check;


#endif /* _RFL_STORE_H_INCLUDED_ */
