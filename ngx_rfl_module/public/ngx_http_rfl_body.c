
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_body.c: the body of a search or a form.  It is read without
 * nginx's buffering, piece by piece into memory that is wiped, so that it can
 * never reach a temporary file, whatever client_body_buffer_size says, and
 * each piece is wiped from nginx's own buffer as soon as it is copied.
 *
 * The whole body has one deadline: client_body_timeout counts from byte to
 * byte and a slow sender would never meet it.
 */


#include "ngx_http_rfl.h"


static ngx_int_t ngx_http_rfl_body_type(ngx_http_request_t *r,
    const char *type);
static void ngx_http_rfl_body_read(ngx_http_request_t *r);
static ngx_int_t ngx_http_rfl_body_take(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static void ngx_http_rfl_body_end(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t status);
static void ngx_http_rfl_body_late(ngx_event_t *ev);


ngx_int_t
ngx_http_rfl_body(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    const char *type, size_t max, ngx_http_rfl_body_pt handler,
    ngx_http_rfl_failed_pt failed)
{
    ngx_int_t   rc;
    ngx_uint_t  status;

    ctx->handler = handler;
    ctx->failed = failed;
    ctx->body_max = max;

    rfl_buf_init(&ctx->body, max);

    status = 0;

    if (r != r->main) {

        /* of a request that is mirrored: who serves that one needs it */

        status = NGX_HTTP_NOT_ALLOWED;

    } else if (ngx_http_rfl_body_type(r, type) != NGX_OK) {
        status = NGX_HTTP_UNSUPPORTED_MEDIA_TYPE;

    } else if (r->headers_in.content_length_n > (off_t) max) {
        status = NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
    }

    if (status) {
        return failed(r, ctx, status);
    }

    r->request_body_no_buffering = 1;

    rc = ngx_http_read_client_request_body(r, ngx_http_rfl_body_read);

    if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {
        return rc;
    }

    return NGX_DONE;
}


/* "application/json", also with parameters, but for another charset */

static ngx_int_t
ngx_http_rfl_body_type(ngx_http_request_t *r, const char *type)
{
    size_t      len;
    u_char     *p, *last;
    ngx_str_t  *value;

    if (r->headers_in.content_type == NULL) {
        return NGX_DECLINED;
    }

    value = &r->headers_in.content_type->value;
    len = ngx_strlen(type);

    if (value->len < len
        || ngx_strncasecmp(value->data, (u_char *) type, len) != 0)
    {
        return NGX_DECLINED;
    }

    p = value->data + len;
    last = value->data + value->len;

    if (p == last) {
        return NGX_OK;
    }

    if (*p != ';' && *p != ' ' && *p != '\t') {
        return NGX_DECLINED;
    }

    p = ngx_strlcasestrn(p, last, (u_char *) "charset=", 8 - 1);

    if (p == NULL) {
        return NGX_OK;
    }

    p += 8;

    if (p < last && *p == '"') {
        p++;
    }

    return (last - p >= 5 && ngx_strncasecmp(p, (u_char *) "utf-8", 5) == 0)
           ? NGX_OK : NGX_DECLINED;
}


/* called once when reading starts, and whenever more has arrived */

static void
ngx_http_rfl_body_read(ngx_http_request_t *r)
{
    ngx_int_t                 rc;
    ngx_connection_t         *c;
    ngx_http_rfl_ctx_t       *ctx;
    ngx_http_rfl_loc_conf_t  *lcf;

    c = r->connection;
    ctx = ngx_http_get_module_ctx(r, ngx_http_rfl_module);

    for ( ;; ) {

        if (ngx_http_rfl_body_take(r, ctx) != NGX_OK) {
            ngx_http_rfl_body_end(r, ctx, NGX_HTTP_REQUEST_ENTITY_TOO_LARGE);
            return;
        }

        if (!r->reading_body) {
            ngx_http_rfl_body_end(r, ctx, NGX_HTTP_OK);
            return;
        }

        rc = ngx_http_read_unbuffered_request_body(r);

        if (c->error) {
            ngx_http_finalize_request(r, NGX_HTTP_CLIENT_CLOSED_REQUEST);
            return;
        }

        if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {
            ngx_http_rfl_body_end(r, ctx, (ngx_uint_t) rc);
            return;
        }

        if (rc == NGX_AGAIN && r->request_body->bufs == NULL) {
            break;
        }
    }

    r->read_event_handler = ngx_http_rfl_body_read;

    if (!ctx->deadline.timer_set) {
        lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

        /* an event's data must look like a connection to the debug log */

        ctx->deadline.handler = ngx_http_rfl_body_late;
        ctx->deadline.data = c;
        ctx->deadline.log = c->log;

        ngx_add_timer(&ctx->deadline, lcf->body_timeout);
    }
}


/* Moves what has arrived to ctx->body and leaves zeros behind. */

static ngx_int_t
ngx_http_rfl_body_take(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    size_t                    n;
    ngx_int_t                 rc;
    ngx_buf_t                *b;
    ngx_chain_t              *cl, *ln;
    ngx_http_request_body_t  *rb;

    rb = r->request_body;

    if (rb == NULL) {
        return NGX_OK;
    }

    rc = rb->temp_file ? NGX_DECLINED : NGX_OK;

    for (cl = rb->bufs; cl; /* void */) {
        b = cl->buf;

        if (b->in_file) {
            rc = NGX_DECLINED;
        }

        if (ngx_buf_in_memory(b)) {
            n = (size_t) (b->last - b->pos);

            if (n > ctx->body_max - ctx->body.len) {
                rc = NGX_DECLINED;
            }

            if (rc == NGX_OK) {
                rfl_buf_append(&ctx->body, b->pos, n);
            }

            ngx_explicit_memzero(b->pos, n);
            b->pos = b->last;
        }

        ln = cl;
        cl = cl->next;
        ngx_free_chain(r->pool, ln);
    }

    rb->bufs = NULL;

    return rc;
}


static void
ngx_http_rfl_body_end(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t status)
{
    ngx_int_t          rc;
    ngx_connection_t  *c;

    c = r->connection;

    if (ctx->deadline.timer_set) {
        ngx_del_timer(&ctx->deadline);
    }

    if (c->read->timer_set) {
        ngx_del_timer(c->read);
    }

    if (status == NGX_HTTP_OK) {

        /* notices a visitor who does not wait for the answer */

        r->read_event_handler = ngx_http_test_reading;

        rc = ctx->body.failed ? NGX_HTTP_INTERNAL_SERVER_ERROR
                              : ctx->handler(r, ctx);

    } else {
        r->read_event_handler = ngx_http_block_reading;
        r->keepalive = 0;
        r->lingering_close = 1;

        rc = ctx->failed(r, ctx, status);
    }

    /* NGX_DONE: the request waits for the answer to a search */

    if (rc != NGX_DONE) {
        ngx_http_finalize_request(r, rc);
    }
}


static void
ngx_http_rfl_body_late(ngx_event_t *ev)
{
    ngx_connection_t    *c;
    ngx_http_request_t  *r;
    ngx_http_rfl_ctx_t  *ctx;

    c = ev->data;
    r = c->data;

    ctx = ngx_http_get_module_ctx(r, ngx_http_rfl_module);

    ngx_http_set_log_request(c->log, r);

    ngx_http_rfl_body_end(r, ctx, NGX_HTTP_REQUEST_TIME_OUT);

    ngx_http_run_posted_requests(c);
}
