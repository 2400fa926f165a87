
/*
 * Copyright (C) The RFL authors
 *
 * resp_fuzz.c: the reader of replies.  The first two bytes are the shape
 * that is asked for and the size of the pieces in which the rest arrives.
 * Whatever comes, a reply has the shape, and all pieces give the same replies
 * as the whole.
 */


#include "fuzz.h"

#include "../../ngx_rfl_module/common/ngx_rfl_resp.c"


static const ngx_rfl_shape_t *fuzz_shape(void *data);
static unsigned fuzz_read(ngx_rfl_shape_t *shape, const u_char *p, size_t len,
    size_t piece);
static void fuzz_reply(const ngx_rfl_shape_t *shape,
    const ngx_rfl_reply_t *reply);
static void fuzz_text(const ngx_rfl_shape_t *shape,
    const ngx_rfl_reply_t *reply);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t           piece;
    rfl_str_t        text;
    ngx_rfl_shape_t  shape;

    if (size < 2 || size > NGX_RFL_FEED_MAX) {
        return 0;
    }

    shape.elements = data[0] & 7;
    shape.bulk = (size_t) 1 << (data[0] >> 4);
    shape.drop = (data[0] & 8) ? 4 * shape.bulk : 0;
    piece = 1 + (size_t) data[1] % 64;

    text = fuzz_copy(data + 2, size - 2);

    fuzz_assert(fuzz_read(&shape, text.data, text.len, piece)
                == fuzz_read(&shape, text.data, text.len, size));

    free(text.data);

    return 0;
}


static const ngx_rfl_shape_t *
fuzz_shape(void *data)
{
    return data;
}


/* returns the number of replies, and above it whether the stream broke */

static unsigned
fuzz_read(ngx_rfl_shape_t *shape, const u_char *p, size_t len, size_t piece)
{
    int                rc;
    size_t             n;
    unsigned           replies;
    ngx_rfl_reply_t   *reply;
    ngx_rfl_reader_t  *reader;

    reader = ngx_rfl_reader_create(fuzz_shape, shape);
    fuzz_assert(reader != NULL);

    replies = 0;
    rc = RFL_DECLINED;

    while (len != 0 && rc == RFL_DECLINED) {

        n = (piece < len) ? piece : len;

        fuzz_assert(ngx_rfl_reader_feed(reader, p, n) == RFL_OK);

        p += n;
        len -= n;

        for ( ;; ) {
            rc = ngx_rfl_reader_next(reader, &reply);

            if (rc != RFL_OK) {
                break;
            }

            fuzz_reply(shape, reply);
            replies++;

            ngx_rfl_reader_release(reader);
        }

        ngx_rfl_reader_idle(reader);
    }

    if (rc == RFL_ERROR) {
        fuzz_assert(ngx_rfl_reader_error(reader)[0] != '\0');
        replies |= 0x80000000;
    }

    ngx_rfl_reader_destroy(reader);

    return replies;
}


static void
fuzz_reply(const ngx_rfl_shape_t *shape, const ngx_rfl_reply_t *reply)
{
    unsigned  i;

    if (reply->type != NGX_RFL_REPLY_ARRAY) {
        fuzz_assert(shape->elements == 0
                    || reply->type == NGX_RFL_REPLY_ERROR);
        fuzz_text(shape, reply);
        return;
    }

    fuzz_assert(shape->elements != 0 && reply->nelts == shape->elements);

    for (i = 0; i < reply->nelts; i++) {
        fuzz_assert(reply->elts[i].type != NGX_RFL_REPLY_ARRAY);
        fuzz_text(shape, &reply->elts[i]);
    }
}


static void
fuzz_text(const ngx_rfl_shape_t *shape, const ngx_rfl_reply_t *reply)
{
    unsigned  i;

    switch (reply->type) {

    case NGX_RFL_REPLY_ERROR:
        i = ngx_rfl_resp_fault_index(ngx_rfl_resp_fault(&reply->text));
        fuzz_assert(i < NGX_RFL_FAULTS);
        fuzz_assert(reply->text.len <= NGX_RFL_LINE_MAX);
        fuzz_assert(reply->text.data[reply->text.len] == '\0');
        break;

    case NGX_RFL_REPLY_STRING:
        fuzz_assert(reply->text.len <= shape->bulk);
        fuzz_assert(reply->text.data[reply->text.len] == '\0');
        break;

    default:
        break;
    }
}
