
/*
 * Copyright (C) The RFL authors
 *
 * rfl_cbor.h: deterministic CBOR (RFC 8949, 4.2): items of definite length
 * in their shortest form.  Written by libcbor's encoders of single items into
 * a buffer of the caller; read in a single pass that allocates nothing and
 * refuses every other form.
 */


#ifndef _RFL_CBOR_H_INCLUDED_
#define _RFL_CBOR_H_INCLUDED_


#include "rfl.h"


#define RFL_CBOR_UINT    0
#define RFL_CBOR_BYTES   2
#define RFL_CBOR_TEXT    3
#define RFL_CBOR_ARRAY   4
#define RFL_CBOR_MAP     5


typedef struct {
    u_char        *start;
    u_char        *pos;
    u_char        *last;
    unsigned       failed;         /* it did not fit */
} rfl_cbor_out_t;

typedef struct {
    const u_char  *pos;
    const u_char  *last;
} rfl_cbor_in_t;


void rfl_cbor_out(rfl_cbor_out_t *out, u_char *data, size_t size);
void rfl_cbor_put_uint(rfl_cbor_out_t *out, uint64_t value);
void rfl_cbor_put_array(rfl_cbor_out_t *out, size_t n);
void rfl_cbor_put_map(rfl_cbor_out_t *out, size_t n);
void rfl_cbor_put_bytes(rfl_cbor_out_t *out, const u_char *data, size_t len);
void rfl_cbor_put_text(rfl_cbor_out_t *out, const rfl_str_t *text);


/* RFL_DECLINED of the readers: another item, or in another form */

/* the start of an item: the number, or the length */
int rfl_cbor_head(rfl_cbor_in_t *in, unsigned type, uint64_t *value)
    rfl_must_check;
int rfl_cbor_uint(rfl_cbor_in_t *in, uint64_t min, uint64_t max,
    uint64_t *value) rfl_must_check;
/* an index into a closed list of n, not 0: absent is absent */
int rfl_cbor_index(rfl_cbor_in_t *in, unsigned n, unsigned *index)
    rfl_must_check;
/* exactly size bytes */
int rfl_cbor_bytes(rfl_cbor_in_t *in, size_t size, u_char *data)
    rfl_must_check;
/*
 * of RFL_CBOR_BYTES or RFL_CBOR_TEXT, at most max bytes; points into the
 * input; that a text is UTF-8 is for the caller to check
 */
int rfl_cbor_string(rfl_cbor_in_t *in, unsigned type, size_t max,
    rfl_str_t *s) rfl_must_check;


#endif /* _RFL_CBOR_H_INCLUDED_ */
