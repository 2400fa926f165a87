
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_wait.c: a request that asks, and waits for its search, for
 * the pages and the API alike.
 */


#include "ngx_http_rfl.h"


static void ngx_http_rfl_found(ngx_http_rfl_search_t *s);


ngx_int_t
ngx_http_rfl_ask(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_http_rfl_query_pt parse)
{
    int                       rc;
    ngx_http_rfl_search_t    *s;
    ngx_http_rfl_loc_conf_t  *lcf;

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    s = ngx_http_rfl_search_create(r);
    if (s == NULL) {
        return NGX_ERROR;
    }

    ctx->search = s;

    s->conf = &lcf->search;

    s->query = rfl_pcalloc(s->pool, sizeof(rfl_query_t));
    if (s->query == NULL) {
        return NGX_ERROR;
    }

    rc = parse(s->pool, ctx->body.data, ctx->body.len, ngx_time(), s->query);

    rfl_buf_free(&ctx->body);

    switch (rc) {

    case RFL_OK:
        return NGX_OK;

    case RFL_DECLINED:
        return NGX_DECLINED;

    default:
        return NGX_ERROR;
    }
}


ngx_int_t
ngx_http_rfl_wait(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_http_rfl_body_pt answered)
{
    ngx_int_t               rc;
    ngx_http_rfl_search_t  *s;

    s = ctx->search;

    s->handler = ngx_http_rfl_found;

    ctx->answered = answered;

    r->connection->log->action = "searching";

    ctx->starting = 1;
    rc = ngx_http_rfl_search(s);
    ctx->starting = 0;

    if (rc != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ctx->ready ? answered(r, ctx) : NGX_DONE;
}


/*
 * Called from an event of the search, whose handler runs posted requests
 * afterwards; or while the search is being started, and then nothing may be
 * finalized here.
 */

static void
ngx_http_rfl_found(ngx_http_rfl_search_t *s)
{
    ngx_http_request_t  *r;
    ngx_http_rfl_ctx_t  *ctx;

    r = s->request;

    ctx = ngx_http_get_module_ctx(r, ngx_http_rfl_module);

    if (ctx->starting) {
        ctx->ready = 1;
        return;
    }

    ngx_http_finalize_request(r, ctx->answered(r, ctx));
}
