
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pairs.c: a form body, split into names and values.  Called by the
 * readers of the search, of the forms and of the desk; all memory is of their
 * pool.
 */


#include "rfl_pairs.h"


static int rfl_pairs_decode(rfl_pool_t *pool, const u_char *p,
    const u_char *last, rfl_str_t *out);
static int rfl_pairs_hex(u_char c);


void
rfl_pairs_init(rfl_pairs_t *pairs, const u_char *body, size_t len,
    unsigned max)
{
    pairs->pos = body;
    pairs->last = (len == 0) ? body : body + len;
    pairs->left = max;
}


int
rfl_pairs_next(rfl_pairs_t *pairs, rfl_pool_t *pool, rfl_str_t *name,
    rfl_str_t *value)
{
    int            rc;
    const u_char  *p, *end, *equal, *last;

    last = pairs->last;

    do {
        if (pairs->pos == last) {
            return RFL_PAIRS_END;
        }

        if (pairs->left-- == 0) {
            pairs->left = 0;
            return RFL_DECLINED;
        }

        p = pairs->pos;

        end = memchr(p, '&', (size_t) (last - p));
        if (end == NULL) {
            end = last;
        }

        pairs->pos = (end == last) ? last : end + 1;

    } while (p == end);

    equal = memchr(p, '=', (size_t) (end - p));
    if (equal == NULL) {
        equal = end;
    }

    rc = rfl_pairs_decode(pool, p, equal, name);
    if (rc != RFL_OK) {
        return rc;
    }

    return rfl_pairs_decode(pool, (equal == end) ? end : equal + 1, end,
                            value);
}


static int
rfl_pairs_decode(rfl_pool_t *pool, const u_char *p, const u_char *last,
    rfl_str_t *out)
{
    int      high, low;
    u_char  *d;

    d = rfl_palloc(pool, (size_t) (last - p) + 1);
    if (d == NULL) {
        return RFL_ERROR;
    }

    out->data = d;

    while (p < last) {

        if (*p == '+') {
            *d++ = ' ';
            p++;
            continue;
        }

        if (*p != '%') {
            *d++ = *p++;
            continue;
        }

        if (last - p < 3) {
            return RFL_DECLINED;
        }

        high = rfl_pairs_hex(p[1]);
        low = rfl_pairs_hex(p[2]);

        if (high == -1 || low == -1) {
            return RFL_DECLINED;
        }

        *d++ = (u_char) (high * 16 + low);
        p += 3;
    }

    *d = '\0';
    out->len = (size_t) (d - out->data);

    return RFL_OK;
}


static int
rfl_pairs_hex(u_char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c |= 0x20;

    return (c >= 'a' && c <= 'f') ? c - 'a' + 10 : -1;
}
