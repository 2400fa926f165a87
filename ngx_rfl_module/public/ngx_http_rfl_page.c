
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_page.c: a page of the site from its values: rendered in the
 * language of the request, and sent.
 */


#include "ngx_http_rfl.h"


static rfl_page_e ngx_http_rfl_error_which(ngx_uint_t status);
static ngx_int_t ngx_http_rfl_error_send(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t status, ngx_uint_t budget,
    size_t bucket);


static const ngx_str_t  ngx_http_rfl_html = ngx_string("text/html");


/* the first line that fits says what is shown; status 0 fits all */

static const struct {
    ngx_uint_t  first;
    ngx_uint_t  last;
    rfl_page_e  page;
} ngx_http_rfl_errors[] = {
    { NGX_HTTP_FORBIDDEN, NGX_HTTP_NOT_FOUND, RFL_PAGE_404 },
    { NGX_HTTP_NOT_ALLOWED, NGX_HTTP_NOT_ALLOWED, RFL_PAGE_405 },
    { NGX_HTTP_REQUEST_ENTITY_TOO_LARGE, NGX_HTTP_REQUEST_URI_TOO_LARGE,
      RFL_PAGE_413 },
    { NGX_HTTP_TOO_MANY_REQUESTS, NGX_HTTP_TOO_MANY_REQUESTS, RFL_PAGE_429 },
    { 500, 599, RFL_PAGE_503 },
    { 0, 499, RFL_PAGE_400 }
};


rfl_tpl_value_t *
ngx_http_rfl_page_values(ngx_http_rfl_ctx_t *ctx, rfl_page_e page,
    const rfl_query_t *query)
{
    rfl_tpl_value_t      *values;
    ngx_http_rfl_site_t  *site;

    site = ctx->site;

    values = rfl_page_values(ctx->pool, page);
    if (values == NULL) {
        return NULL;
    }

    ngx_memcpy(values, site->common[ctx->lang * RFL_PAGES_N + page],
               RFL_V_COMMON_N * sizeof(rfl_tpl_value_t));

    /* pages of the forms have other values in these places */

    if (page < RFL_PAGE_STEP && rfl_pages[page].nvalues >= RFL_V_FORM_N
        && rfl_page_form(ctx->pool, &site->site, (unsigned) ctx->lang, page,
                         query, values)
           != RFL_OK)
    {
        return NULL;
    }

    return values;
}


ngx_int_t
ngx_http_rfl_page(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_page_e page, rfl_tpl_value_t *values, ngx_uint_t status,
    size_t bucket)
{
    ngx_str_t             lang;
    ngx_uint_t            flags;
    ngx_http_rfl_site_t  *site;

    site = ctx->site;

    if (values == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    for ( ;; ) {
        rfl_buf_reset(&ctx->answer);
        rfl_tpl_render(site->tpl[page], values,
                       site->site.catalogs[ctx->lang], &ctx->answer);

        if (page != RFL_PAGE_RESULTS || ctx->answer.len <= bucket
            || values[RFL_V_HITS].number == 1)
        {
            break;
        }

        /* names so long that a page of them would tell: without the last */

        values[RFL_V_HITS].number--;
        values[RFL_V_COUNT].number--;
    }

    lang.len = site->langs[ctx->lang].len;
    lang.data = site->langs[ctx->lang].data;

    if (ngx_http_rfl_header(r, "Content-Language", &lang) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    flags = (page == RFL_PAGE_HOME) ? NGX_HTTP_RFL_INDEX : 0;

    return ngx_http_rfl_send(r, ctx, status, &ngx_http_rfl_html, flags,
                             bucket);
}


size_t
ngx_http_rfl_bucket(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    return (ctx->route == NGX_HTTP_RFL_ROUTE_SEARCH
            || r->unparsed_uri.len == 0)
           ? ctx->site->bucket : NGX_HTTP_RFL_PAGE_BUCKET;
}


ngx_int_t
ngx_http_rfl_error_page(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t status, size_t bucket)
{
    ctx->out = NGX_HTTP_RFL_OUT_ERROR;

    return ngx_http_rfl_error_send(r, ctx, status, 0, bucket);
}


ngx_int_t
ngx_http_rfl_away_page(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t budget, size_t bucket)
{
    ctx->out = budget ? NGX_HTTP_RFL_OUT_BUDGET : NGX_HTTP_RFL_OUT_AWAY;

    return ngx_http_rfl_error_send(r, ctx, NGX_HTTP_SERVICE_UNAVAILABLE,
                                   budget, bucket);
}


static ngx_int_t
ngx_http_rfl_error_send(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t status, ngx_uint_t budget, size_t bucket)
{
    ngx_int_t         retry;
    rfl_page_e        page;
    rfl_tpl_value_t  *values;

    page = ngx_http_rfl_error_which(status);

    values = ngx_http_rfl_page_values(ctx, page, NULL);
    if (values == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    retry = ngx_http_rfl_retry(r, status);

    if (retry == NGX_ERROR) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    values[RFL_V_RETRY].number = retry / 60;
    values[RFL_V_BUDGET].number = (int64_t) budget;

    return ngx_http_rfl_page(r, ctx, page, values, status, bucket);
}


static rfl_page_e
ngx_http_rfl_error_which(ngx_uint_t status)
{
    ngx_uint_t  i;

    for (i = 0; ngx_http_rfl_errors[i].first; i++) {
        if (status >= ngx_http_rfl_errors[i].first
            && status <= ngx_http_rfl_errors[i].last)
        {
            break;
        }
    }

    return ngx_http_rfl_errors[i].page;
}
