
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_desk_send.c: an answer of the moderators' site with the
 * headers that each of them has.  The answer is copied into the request's
 * memory, which is wiped when the request ends, as is the connection's.
 */


#include "ngx_http_rfl_desk.h"
#include "ngx_http_rfl_header.h"
#include "ngx_rfl_wipe.h"


typedef struct {
    ngx_http_request_t  *request;
    u_char              *data;
    size_t               len;
} ngx_http_rfl_desk_wipe_t;


static ngx_int_t ngx_http_rfl_desk_head(ngx_http_request_t *r,
    rfl_web_response_t *out);
static void ngx_http_rfl_desk_wipe(void *data);


static const ngx_str_t  ngx_http_rfl_desk_noindex =
    ngx_string("noindex, nofollow, noarchive");
static const ngx_str_t  ngx_http_rfl_desk_hsts =
    ngx_string("max-age=63072000");


/* pages, and what has its own hash in its address */

static const ngx_str_t  ngx_http_rfl_desk_cache[] = {
    ngx_string("no-store"),
    ngx_string("private, max-age=31536000, immutable")
};


ngx_int_t
ngx_http_rfl_desk_send(ngx_http_request_t *r, rfl_web_response_t *out)
{
    ngx_int_t                  rc;
    ngx_buf_t                 *b;
    ngx_chain_t                chain;
    ngx_pool_cleanup_t        *cln;
    ngx_http_rfl_desk_wipe_t  *wipe;

    if (out->body.failed || out->status == 0 || out->type == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_rfl_desk_head(r, out) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    cln = ngx_pool_cleanup_add(r->pool, sizeof(ngx_http_rfl_desk_wipe_t));
    b = ngx_create_temp_buf(r->pool, out->body.len + 1);

    if (cln == NULL || b == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    b->last = ngx_cpymem(b->last, out->body.data, out->body.len);
    b->last_buf = (r == r->main) ? 1 : 0;
    b->last_in_chain = 1;

    wipe = cln->data;
    wipe->request = r->main;
    wipe->data = b->start;
    wipe->len = out->body.len;
    cln->handler = ngx_http_rfl_desk_wipe;

    r->headers_out.status = out->status;
    r->headers_out.content_length_n = (off_t) out->body.len;
    r->headers_out.content_type.data = (u_char *) out->type;
    r->headers_out.content_type.len = ngx_strlen(out->type);
    r->headers_out.content_type_len = r->headers_out.content_type.len;

    /* of a redirection: nginx does not send empty buffers */

    r->header_only |= (out->body.len == 0);

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    chain.buf = b;
    chain.next = NULL;

    return ngx_http_output_filter(r, &chain);
}


static ngx_int_t
ngx_http_rfl_desk_head(ngx_http_request_t *r, rfl_web_response_t *out)
{
    ngx_str_t  location;

    if (ngx_http_rfl_header_safe(r) != NGX_OK
        || ngx_http_rfl_header(r, "X-Robots-Tag", &ngx_http_rfl_desk_noindex)
           != NGX_OK
        || ngx_http_rfl_header(r, "Strict-Transport-Security",
                               &ngx_http_rfl_desk_hsts)
           != NGX_OK
        || ngx_http_rfl_header(r, "Cache-Control",
                               &ngx_http_rfl_desk_cache[out->cache != 0])
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (out->location[0] == '\0') {
        return NGX_OK;
    }

    location.len = ngx_strlen(out->location);
    location.data = ngx_pnalloc(r->pool, location.len);

    if (location.data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(location.data, out->location, location.len);

    return ngx_http_rfl_header(r, "Location", &location);
}


static void
ngx_http_rfl_desk_wipe(void *data)
{
    ngx_http_rfl_desk_wipe_t *wipe = data;

    ngx_explicit_memzero(wipe->data, wipe->len);

    ngx_rfl_wipe_connection(wipe->request);
}
