
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_status.h: the counters of all workers, for the files that
 * count and show them.
 */


#ifndef _NGX_HTTP_RFL_STATUS_H_INCLUDED_
#define _NGX_HTTP_RFL_STATUS_H_INCLUDED_


#include "ngx_http_rfl.h"


#define NGX_HTTP_RFL_SERVERS_MAX  16
#define NGX_HTTP_RFL_TIMES        12


typedef struct {
    u_char                        path[128];
    u_char                        user[64];
    ngx_rfl_stats_t               stats;
} ngx_http_rfl_status_server_t;


/* only ever grows: workers of two configurations share it for a while */

typedef struct {
    ngx_atomic_t                  requests[NGX_HTTP_RFL_ROUTES_N]
                                          [NGX_HTTP_RFL_OUTS_N];
    ngx_atomic_t                  times[NGX_HTTP_RFL_TIMES + 1];
    ngx_atomic_t                  time_sum;  /* milliseconds */
    ngx_http_rfl_search_stats_t   search;
    ngx_uint_t                    nlangs;
    ngx_atomic_t                  langs[NGX_HTTP_RFL_LANGS_MAX];
    u_char                        tags[NGX_HTTP_RFL_LANGS_MAX]
                                      [NGX_HTTP_RFL_LANG_SIZE];
    ngx_uint_t                    nservers;
    ngx_http_rfl_status_server_t  servers[NGX_HTTP_RFL_SERVERS_MAX];
} ngx_http_rfl_status_t;


/* single counters of searches and of servers: name, offset, what it is */

typedef struct {
    const char  *name;
    size_t       offset;
    const char  *type;
    const char  *help;
} ngx_http_rfl_status_item_t;

extern const ngx_http_rfl_status_item_t  ngx_http_rfl_search_items[];
extern const ngx_http_rfl_status_item_t  ngx_http_rfl_server_items[];

#define ngx_http_rfl_status_value(base, item)                                \
    (*(ngx_atomic_t *) ((u_char *) (base) + (item)->offset))

/* upper bounds of times[], milliseconds; the last bucket has none */
extern const ngx_uint_t  ngx_http_rfl_times[NGX_HTTP_RFL_TIMES];


/* what became of submissions, of all forms together */
unsigned long ngx_http_rfl_status_submissions(ngx_http_rfl_status_t *st,
    ngx_http_rfl_out_e out);

/* ngx_http_rfl_status_text.c */
void ngx_http_rfl_status_text(rfl_buf_t *b, ngx_http_rfl_status_t *st);


#endif /* _NGX_HTTP_RFL_STATUS_H_INCLUDED_ */
