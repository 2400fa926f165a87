
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_desk.h: what the files of the desk module share.
 *
 * ngx_http_rfl_desk_module.c    directives, start and end of the worker
 * ngx_http_rfl_desk_request.c   a request: certificate, body, thread
 * ngx_http_rfl_desk_send.c      its answer
 *
 * The pages themselves, and all they do, are desk/rfl_web.h: this module
 * only carries requests there and answers back.
 */


#ifndef _NGX_HTTP_RFL_DESK_H_INCLUDED_
#define _NGX_HTTP_RFL_DESK_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "rfl.h"
#include "rfl_web.h"


typedef struct {
    ngx_array_t          webs;     /* of rfl_web_t *, of all locations */
    ngx_array_t          contexts; /* of ngx_http_conf_ctx_t *, likewise */
    ngx_event_t          timer;
} ngx_http_rfl_desk_main_conf_t;


typedef struct {
    ngx_str_t            state;
    ngx_str_t            pages;
    ngx_str_t            theme;
    ngx_str_t            po;
    time_t               idle;
    ngx_str_t            prefix;
    ngx_thread_pool_t   *pool;
    rfl_web_t           *web;      /* NULL: no desk here */
} ngx_http_rfl_desk_loc_conf_t;


/* a request on its way; lives in memory of its own until the thread ends */

typedef struct {
    ngx_http_request_t  *request;
    rfl_web_t           *web;
    rfl_pool_t          *pool;     /* of the copies below; wiped */
    rfl_web_request_t    in;
    rfl_web_response_t   out;
    rfl_err_t            notice;
} ngx_http_rfl_desk_ctx_t;


/* the content handler */
ngx_int_t ngx_http_rfl_desk_handler(ngx_http_request_t *r);

/* sends ctx->out; returns as ngx_http_output_filter() does */
ngx_int_t ngx_http_rfl_desk_send(ngx_http_request_t *r,
    rfl_web_response_t *out);


extern ngx_module_t  ngx_http_rfl_desk_module;

#endif /* _NGX_HTTP_RFL_DESK_H_INCLUDED_ */
