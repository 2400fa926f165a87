
/*
 * Copyright (C) The RFL authors
 *
 * rfl_store_int.h: what rfl_store.c and rfl_store_state.c share: sealing,
 * and numbers as bytes.
 */


#ifndef _RFL_STORE_INT_H_INCLUDED_
#define _RFL_STORE_INT_H_INCLUDED_


#include "rfl_store.h"


#define RFL_STORE_VERSION    1
#define RFL_STORE_MAX        (64 * 1024)   /* of a value, opened */


/*
 * Seals data as a value of this kind and field (token, or NULL), padded to a
 * multiple of pad, and appends it to out.
 */
int rfl_store_seal(const rfl_store_keys_t *keys, const char *what,
    const u_char *token, const void *data, size_t len, size_t pad,
    rfl_buf_t *out) rfl_must_check;
/* RFL_DECLINED if it is not such a value */
int rfl_store_open(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const char *what, const u_char *token, const void *data, size_t len,
    rfl_str_t *plain) rfl_must_check;


/* a cursor that either writes or reads, so that both ways are one text */

typedef struct {
    rfl_buf_t     *out;            /* writing if not NULL */
    const u_char  *p;
    const u_char  *last;
    unsigned       failed;
} rfl_code_t;

/* what cannot be read sets failed; integers are little-endian, 8 bytes */
void rfl_code_u64(rfl_code_t *c, uint64_t *value);
void rfl_code_i64(rfl_code_t *c, int64_t *value);
void rfl_code_uint(rfl_code_t *c, unsigned *value);
void rfl_code_bytes(rfl_code_t *c, u_char *data, size_t len);


#endif /* _RFL_STORE_INT_H_INCLUDED_ */
