
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_header.h: one more header of an answer.
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


#endif /* _NGX_HTTP_RFL_HEADER_H_INCLUDED_ */
