
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_send.c: the context of a request with the cleanup that wipes
 * what the request left behind, and the sending of an answer with the
 * headers that every answer has.
 */


#include <sodium.h>

#include "ngx_http_rfl.h"
#include "ngx_rfl_wipe.h"


/* what may be left of a name on the stack; a search uses 23 KB of it */
#define NGX_HTTP_RFL_STACK      (64 * 1024)
#define NGX_HTTP_RFL_STACK_API  (32 * 1024)

/* of white space, with its end */
#define NGX_HTTP_RFL_LINE       64


static void ngx_http_rfl_ctx_cleanup(void *data);
static void ngx_http_rfl_wipe(ngx_http_rfl_ctx_t *ctx);
static void ngx_http_rfl_wipe_input(ngx_http_rfl_ctx_t *ctx);
static void ngx_http_rfl_pad(rfl_buf_t *b, size_t bucket);
static ngx_int_t ngx_http_rfl_common_headers(ngx_http_request_t *r,
    ngx_uint_t flags);


static const ngx_str_t  ngx_http_rfl_noindex =
    ngx_string("noindex, nofollow, noarchive");
static const ngx_str_t  ngx_http_rfl_no_store = ngx_string("no-store");
static const ngx_str_t  ngx_http_rfl_cache =
    ngx_string("public, max-age=3600");
static const ngx_str_t  ngx_http_rfl_immutable =
    ngx_string("public, max-age=31536000, immutable");
static const ngx_str_t  ngx_http_rfl_hsts =
    ngx_string("max-age=63072000; includeSubDomains");


ngx_http_rfl_ctx_t *
ngx_http_rfl_ctx_create(ngx_http_request_t *r)
{
    ngx_http_cleanup_t  *cln;
    ngx_http_rfl_ctx_t  *ctx;

    ctx = ngx_pcalloc(r->pool, sizeof(ngx_http_rfl_ctx_t));
    if (ctx == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     ctx->site = NULL;
     *     ctx->route = NGX_HTTP_RFL_ROUTE_OTHER;
     *     ctx->out = NGX_HTTP_RFL_OUT_NONE;
     *     ctx->status = 0;
     *     ctx->body, ctx->answer: empty, see rfl_buf_init()
     */

    cln = ngx_http_cleanup_add(r, 0);
    if (cln == NULL) {
        return NULL;
    }

    ctx->pool = rfl_pool_create(16384);
    if (ctx->pool == NULL) {
        return NULL;
    }

    cln->handler = ngx_http_rfl_ctx_cleanup;
    cln->data = ctx;

    ctx->request = r;
    ctx->start = ngx_current_msec;

    rfl_buf_init(&ctx->answer, 0);
    rfl_buf_init(&ctx->body, 0);

    if (r->header_in) {
        ctx->header_in = r->header_in;
        ctx->preread = r->header_in->pos;
    }

    ngx_http_set_ctx(r, ctx, ngx_http_rfl_module);

    return ctx;
}


static void
ngx_http_rfl_ctx_cleanup(void *data)
{
    ngx_http_rfl_ctx_t *ctx = data;

    if (ctx->deadline.timer_set) {
        ngx_del_timer(&ctx->deadline);
    }

    ngx_http_rfl_status_count(ctx->request, ctx);
    ngx_http_rfl_wipe(ctx);
}


/*
 * Runs when the request ends, and as soon as the last byte has been sent: a
 * connection that nginx closes slowly keeps its request for some seconds.
 */

static void
ngx_http_rfl_wipe(ngx_http_rfl_ctx_t *ctx)
{
    if (ctx->search) {
        ngx_http_rfl_search_end(ctx->search);
    }

    ngx_http_rfl_form_end(ctx);

    rfl_buf_free(&ctx->body);
    rfl_buf_free(&ctx->answer);

    ngx_http_rfl_wipe_input(ctx);
    ngx_rfl_wipe_connection(ctx->request->main);

    /* nothing of ours has run since this was done before */

    if (ctx->pool != NULL) {
        rfl_pool_destroy(ctx->pool);
        ctx->pool = NULL;

        sodium_stackzero(ctx->route == NGX_HTTP_RFL_ROUTE_API
                         ? NGX_HTTP_RFL_STACK_API : NGX_HTTP_RFL_STACK);
    }
}


/*
 * A body was read with the headers, as far as it had arrived.  The buffer
 * belongs to the connection and may hold the next request behind header_in->
 * pos: that must stay.
 */

static void
ngx_http_rfl_wipe_input(ngx_http_rfl_ctx_t *ctx)
{
    ngx_buf_t                *b;
    ngx_http_request_t       *r;
    ngx_http_request_body_t  *rb;

    r = ctx->request->main;

    rb = r->request_body;

    if (rb && rb->buf && rb->buf->temporary
        && (ctx->header_in == NULL || rb->buf->end != ctx->header_in->end))
    {
        ngx_explicit_memzero(rb->buf->start,
                             (size_t) (rb->buf->end - rb->buf->start));
    }

    b = ctx->header_in;

    if (b && b == r->header_in && ctx->preread >= b->start
        && ctx->preread < b->pos)
    {
        ngx_explicit_memzero(ctx->preread, (size_t) (b->pos - ctx->preread));
    }
}


ngx_int_t
ngx_http_rfl_send(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t status, const ngx_str_t *type, ngx_uint_t flags, size_t bucket)
{
    ngx_int_t     rc;
    ngx_buf_t    *b;
    ngx_chain_t   out;

    if (bucket) {
        ngx_http_rfl_pad(&ctx->answer, bucket);
    }

    if (ctx->answer.failed) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* a body that was not read by now is not wanted: no "100 Continue" */

    r->expect_tested = 1;

    if (ngx_http_discard_request_body(r) != NGX_OK) {
        r->keepalive = 0;
    }

    ctx->status = status;

    r->err_status = 0;
    r->headers_out.status = status;
    r->headers_out.content_length_n = (off_t) ctx->answer.len;
    r->headers_out.content_type_lowcase = NULL;

    if (type) {
        r->headers_out.content_type = *type;
        r->headers_out.content_type_len = type->len;

        if (ngx_strncmp(type->data, "text/", 5) == 0) {
            ngx_str_set(&r->headers_out.charset, "utf-8");
        }

    } else {
        r->header_only = 1;
    }

    ngx_http_clear_accept_ranges(r);
    ngx_http_clear_last_modified(r);
    ngx_http_clear_etag(r);

    /* "If-Match" and the like are no reason for another answer, nor for none */

    r->disable_not_modified = 1;

    if (ngx_http_rfl_common_headers(r, flags) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->pos = ctx->answer.data;
    b->last = ctx->answer.data + ctx->answer.len;
    b->memory = 1;
    b->last_buf = (r == r->main) ? 1 : 0;
    b->last_in_chain = 1;

    out.buf = b;
    out.next = NULL;

    rc = ngx_http_output_filter(r, &out);

    /* what waits for a subrequest is sent from our memory, but later */

    if (rc == NGX_OK && r == r->main && !r->buffered
        && !r->connection->buffered && r->postponed == NULL)
    {
        ngx_http_rfl_wipe(ctx);
    }

    return rc;
}


/* White space behind the end of a page or of a JSON text means nothing. */

static void
ngx_http_rfl_pad(rfl_buf_t *b, size_t bucket)
{
    size_t   i, rest;
    u_char  *p;

    rest = bucket - b->len % bucket;

    if (rest == bucket) {
        return;
    }

    p = rfl_buf_room(b, rest);
    if (p == NULL) {
        return;
    }

    ngx_memset(p, ' ', rest);

    for (i = NGX_HTTP_RFL_LINE; i < rest; i += NGX_HTTP_RFL_LINE) {
        p[i - 1] = '\n';
    }

    p[rest - 1] = '\n';

    b->len += rest;
}


static ngx_int_t
ngx_http_rfl_common_headers(ngx_http_request_t *r, ngx_uint_t flags)
{
    const ngx_str_t  *cache;

    if (ngx_http_rfl_header_safe(r) != NGX_OK) {
        return NGX_ERROR;
    }

    cache = &ngx_http_rfl_no_store;

    if (flags & NGX_HTTP_RFL_IMMUTABLE) {
        cache = &ngx_http_rfl_immutable;

    } else if (flags & NGX_HTTP_RFL_CACHE) {
        cache = &ngx_http_rfl_cache;

    } else {

        /*
         * An answer with somebody's words in it is never compressed: its
         * length would tell of them.  All compressing filters decide by this
         * header of the request.
         */

#if (NGX_HTTP_GZIP || NGX_HTTP_HEADERS)
        r->headers_in.accept_encoding = NULL;
#endif
#if (NGX_HTTP_GZIP)
        r->gzip_tested = 1;
        r->gzip_ok = 0;
#endif
    }

    if (ngx_http_rfl_header(r, "Cache-Control", cache) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!(flags & NGX_HTTP_RFL_INDEX)
        && ngx_http_rfl_header(r, "X-Robots-Tag", &ngx_http_rfl_noindex)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

#if (NGX_HTTP_SSL)

    if (r->connection->ssl
        && ngx_http_rfl_header(r, "Strict-Transport-Security",
                               &ngx_http_rfl_hsts)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

#endif

    return NGX_OK;
}


ngx_int_t
ngx_http_rfl_retry(ngx_http_request_t *r, ngx_uint_t status)
{
    ngx_uint_t  i;

    static const struct {
        ngx_uint_t  status;
        ngx_int_t   seconds;
        ngx_str_t   text;
    } retries[] = {
        { NGX_HTTP_TOO_MANY_REQUESTS, 60, ngx_string("60") },
        { NGX_HTTP_SERVICE_UNAVAILABLE, 120, ngx_string("120") },
        { 0, 0, ngx_null_string }
    };

    for (i = 0; retries[i].status; i++) {
        if (retries[i].status == status) {
            return ngx_http_rfl_header(r, "Retry-After", &retries[i].text)
                   == NGX_OK ? retries[i].seconds : NGX_ERROR;
        }
    }

    return 0;
}
