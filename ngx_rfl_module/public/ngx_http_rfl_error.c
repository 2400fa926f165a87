
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_error.c: errors that nginx finds by itself in a location of
 * ours are led to our handler, by error_page lines that are added at
 * configuration time, and known again there.
 */


#include "ngx_http_rfl.h"


static ngx_int_t ngx_http_rfl_error_page_lines(ngx_conf_t *cf,
    ngx_http_core_loc_conf_t *clcf, ngx_str_t *uri);


/*
 * Errors that nginx finds by itself before our handler is asked (limit_req,
 * a body that is too large, a malformed request): they are handed to the
 * handler of the location, which answers in the site's own words.
 */

static const ngx_int_t  ngx_http_rfl_statuses[] = {
    NGX_HTTP_BAD_REQUEST,
    NGX_HTTP_FORBIDDEN,
    NGX_HTTP_NOT_FOUND,
    NGX_HTTP_NOT_ALLOWED,
    NGX_HTTP_REQUEST_TIME_OUT,
    NGX_HTTP_LENGTH_REQUIRED,
    NGX_HTTP_REQUEST_ENTITY_TOO_LARGE,
    NGX_HTTP_REQUEST_URI_TOO_LARGE,
    NGX_HTTP_UNSUPPORTED_MEDIA_TYPE,
    NGX_HTTP_TOO_MANY_REQUESTS,
    NGX_HTTP_REQUEST_HEADER_TOO_LARGE,
    NGX_HTTPS_CERT_ERROR,
    NGX_HTTPS_NO_CERT,
    NGX_HTTP_TO_HTTPS,
    NGX_HTTP_INTERNAL_SERVER_ERROR,
    NGX_HTTP_NOT_IMPLEMENTED,
    NGX_HTTP_BAD_GATEWAY,
    NGX_HTTP_SERVICE_UNAVAILABLE,
    NGX_HTTP_GATEWAY_TIME_OUT,
    NGX_HTTP_VERSION_NOT_SUPPORTED
};


/*
 * The handler answers to errors that nginx finds in its location.  A site
 * that is the whole server also answers to those that are found before there
 * is a location.  No answer tells the version of nginx.
 */

ngx_int_t
ngx_http_rfl_error_pages(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf)
{
    ngx_http_core_loc_conf_t  *clcf;
    ngx_http_core_srv_conf_t  *cscf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (ngx_http_rfl_error_page_lines(cf, clcf, &lcf->prefix) != NGX_OK) {
        return NGX_ERROR;
    }

    if (lcf->role != NGX_HTTP_RFL_ROLE_SITE || lcf->prefix.len != 1) {
        return NGX_OK;
    }

    cscf = ngx_http_conf_get_module_srv_conf(cf, ngx_http_core_module);
    clcf = cscf->ctx->loc_conf[ngx_http_core_module.ctx_index];

    return ngx_http_rfl_error_page_lines(cf, clcf, &lcf->prefix);
}


/*
 * Ours come behind the administrator's own error_page lines, which therefore
 * win.  The core module has merged them by now, as it is the first.
 */

static ngx_int_t
ngx_http_rfl_error_page_lines(ngx_conf_t *cf, ngx_http_core_loc_conf_t *clcf,
    ngx_str_t *uri)
{
    ngx_uint_t            i, n;
    ngx_array_t          *pages;
    ngx_http_err_page_t  *page;

    n = sizeof(ngx_http_rfl_statuses) / sizeof(ngx_int_t);

    pages = ngx_array_create(cf->pool, n, sizeof(ngx_http_err_page_t));
    if (pages == NULL) {
        return NGX_ERROR;
    }

    if (clcf->error_pages) {
        page = ngx_array_push_n(pages, clcf->error_pages->nelts);
        if (page == NULL) {
            return NGX_ERROR;
        }

        ngx_memcpy(page, clcf->error_pages->elts,
                   clcf->error_pages->nelts * sizeof(ngx_http_err_page_t));
    }

    page = ngx_array_push_n(pages, n);
    if (page == NULL) {
        return NGX_ERROR;
    }

    ngx_memzero(page, n * sizeof(ngx_http_err_page_t));

    for (i = 0; i < n; i++) {
        page[i].status = ngx_http_rfl_statuses[i];
        page[i].overwrite = -1;
        page[i].value.value = *uri;
    }

    clcf->error_pages = pages;
    clcf->server_tokens = NGX_HTTP_SERVER_TOKENS_OFF;

    return NGX_OK;
}


/*
 * nginx found an error and has handed it to us by our own error_page lines;
 * codes of nginx that are not of HTTP become 400.
 */

ngx_uint_t
ngx_http_rfl_error_status(ngx_http_request_t *r)
{
    if (!r->internal || !r->error_page || r->err_status < 400) {
        return 0;
    }

    return (r->err_status >= 494 && r->err_status < 500)
           ? NGX_HTTP_BAD_REQUEST : r->err_status;
}
