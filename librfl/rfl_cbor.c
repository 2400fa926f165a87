
/*
 * Copyright (C) The RFL authors
 *
 * rfl_cbor.c: items of deterministic CBOR, written and read.  Called by the
 * codecs of entries and of submissions; owns nothing.
 */


#include "rfl_cbor.h"

#include <cbor.h>


static void rfl_cbor_put_data(rfl_cbor_out_t *out, size_t head,
    const u_char *data, size_t len);


void
rfl_cbor_out(rfl_cbor_out_t *out, u_char *data, size_t size)
{
    out->start = data;
    out->pos = data;
    out->last = data + size;
    out->failed = 0;
}


void
rfl_cbor_put_uint(rfl_cbor_out_t *out, uint64_t value)
{
    rfl_cbor_put_data(out, cbor_encode_uint(value, out->pos,
                                            (size_t) (out->last - out->pos)),
                      NULL, 0);
}


void
rfl_cbor_put_array(rfl_cbor_out_t *out, size_t n)
{
    rfl_cbor_put_data(out, cbor_encode_array_start(n, out->pos,
                                            (size_t) (out->last - out->pos)),
                      NULL, 0);
}


void
rfl_cbor_put_map(rfl_cbor_out_t *out, size_t n)
{
    rfl_cbor_put_data(out, cbor_encode_map_start(n, out->pos,
                                            (size_t) (out->last - out->pos)),
                      NULL, 0);
}


void
rfl_cbor_put_bytes(rfl_cbor_out_t *out, const u_char *data, size_t len)
{
    rfl_cbor_put_data(out, cbor_encode_bytestring_start(len, out->pos,
                                            (size_t) (out->last - out->pos)),
                      data, len);
}


void
rfl_cbor_put_text(rfl_cbor_out_t *out, const rfl_str_t *text)
{
    rfl_cbor_put_data(out, cbor_encode_string_start(text->len, out->pos,
                                            (size_t) (out->last - out->pos)),
                      text->data, text->len);
}


static void
rfl_cbor_put_data(rfl_cbor_out_t *out, size_t head, const u_char *data,
    size_t len)
{
    if (out->failed || head == 0
        || len > (size_t) (out->last - out->pos) - head)
    {
        out->failed = 1;
        return;
    }

    out->pos += head;

    if (len != 0) {
        memcpy(out->pos, data, len);
        out->pos += len;
    }
}


int
rfl_cbor_head(rfl_cbor_in_t *in, unsigned type, uint64_t *value)
{
    size_t         i, n;
    unsigned       info;
    uint64_t       v;
    const u_char  *p;

    p = in->pos;

    if (p == in->last || (unsigned) *p >> 5 != type) {
        return RFL_DECLINED;
    }

    info = *p++ & 0x1f;

    if (info < 24) {
        *value = info;
        in->pos = p;
        return RFL_OK;
    }

    if (info > 27) {
        return RFL_DECLINED;
    }

    n = (size_t) 1 << (info - 24);

    if ((size_t) (in->last - p) < n) {
        return RFL_DECLINED;
    }

    v = 0;

    for (i = 0; i < n; i++) {
        v = v << 8 | *p++;
    }

    /* would have fitted into less */

    if (v < 24 || (n > 1 && v >> (4 * n) == 0)) {
        return RFL_DECLINED;
    }

    *value = v;
    in->pos = p;

    return RFL_OK;
}


int
rfl_cbor_uint(rfl_cbor_in_t *in, uint64_t min, uint64_t max, uint64_t *value)
{
    if (rfl_cbor_head(in, RFL_CBOR_UINT, value) != RFL_OK
        || *value < min || *value > max)
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}


int
rfl_cbor_index(rfl_cbor_in_t *in, unsigned n, unsigned *index)
{
    uint64_t  value;

    if (rfl_cbor_uint(in, 1, n - 1, &value) != RFL_OK) {
        return RFL_DECLINED;
    }

    *index = (unsigned) value;

    return RFL_OK;
}


int
rfl_cbor_bytes(rfl_cbor_in_t *in, size_t size, u_char *data)
{
    rfl_str_t  s;

    if (rfl_cbor_string(in, RFL_CBOR_BYTES, size, &s) != RFL_OK
        || s.len != size)
    {
        return RFL_DECLINED;
    }

    memcpy(data, s.data, size);

    return RFL_OK;
}


int
rfl_cbor_string(rfl_cbor_in_t *in, unsigned type, size_t max, rfl_str_t *s)
{
    uint64_t  len;

    if (rfl_cbor_head(in, type, &len) != RFL_OK
        || len > max || len > (size_t) (in->last - in->pos))
    {
        return RFL_DECLINED;
    }

    s->len = (size_t) len;
    s->data = (u_char *) in->pos;
    in->pos += s->len;

    return RFL_OK;
}
