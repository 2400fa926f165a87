
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_header.h: headers of an answer: one more, and those that bind
 * the browser, which all answers of both modules have.
 *
 * Both modules need this and share no object file, so it is inline.
 */


#ifndef _NGX_HTTP_RFL_HEADER_H_INCLUDED_
#define _NGX_HTTP_RFL_HEADER_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>


/* name and value must outlive the request */

static ngx_inline ngx_int_t
ngx_http_rfl_header(ngx_http_request_t *r, const char *name,
    const ngx_str_t *value)
{
    ngx_table_elt_t  *h;

    h = ngx_list_push(&r->headers_out.headers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    h->hash = 1;
    h->key.data = (u_char *) name;
    h->key.len = ngx_strlen(name);
    h->value = *value;
    h->lowcase_key = NULL;

    return NGX_OK;
}


/* threat-model: S-60 */

static ngx_inline ngx_int_t
ngx_http_rfl_header_safe(ngx_http_request_t *r)
{
    ngx_uint_t  i;

    static const struct {
        const char  *name;
        ngx_str_t    value;
    } headers[] = {
        { "Content-Security-Policy",
          ngx_string("default-src 'none'; style-src 'self'; img-src 'self'; "
                     "form-action 'self'; base-uri 'none'; "
                     "frame-ancestors 'none'") },
        { "Referrer-Policy", ngx_string("no-referrer") },
        { "X-Content-Type-Options", ngx_string("nosniff") },
        { "X-Frame-Options", ngx_string("DENY") },
        { "Cross-Origin-Opener-Policy", ngx_string("same-origin") },
        { "Cross-Origin-Resource-Policy", ngx_string("same-origin") },
        { "Permissions-Policy",
          ngx_string("camera=(), display-capture=(), geolocation=(), "
                     "microphone=(), payment=(), usb=(), interest-cohort=()") }
    };

    for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        if (ngx_http_rfl_header(r, headers[i].name, &headers[i].value)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


#endif /* _NGX_HTTP_RFL_HEADER_H_INCLUDED_ */
