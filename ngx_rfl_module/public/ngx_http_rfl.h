
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl.h: what the files of the public module share: the location
 * configuration, the context of a request, and the search.
 */


#ifndef _NGX_HTTP_RFL_H_INCLUDED_
#define _NGX_HTTP_RFL_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "rfl.h"
#include "rfl_entry.h"
#include "rfl_query.h"

#include "ngx_rfl_conn.h"


/*
 * Servers a location talks to.  Shared by all locations that name the same
 * address and user; one connection of each per worker.
 */

typedef struct {
    ngx_rfl_server_t           *index;       /* rfl_index */
    ngx_rfl_server_t           *keyd;        /* rfl_keyd */
    ngx_msec_t                  timeout;     /* rfl_timeout: one operation */
    ngx_msec_t                  deadline;    /* rfl_deadline: one search */
    ngx_uint_t                  max_results; /* rfl_max_results, 1..10 */
    rfl_policy_t               *policy;
    rfl_trust_t                *trust;
} ngx_http_rfl_search_conf_t;


/*
 * The search, ngx_http_rfl_search.c.  It belongs to the request: it is
 * cancelled, its timers deleted and its memory wiped by a request cleanup.
 * The query and everything it points to must live in s->pool.
 */

typedef enum {
    NGX_HTTP_RFL_FOUND = 0,        /* nhits may be 0 */
    NGX_HTTP_RFL_REFINE,           /* too broad, or one name part alone */
    NGX_HTTP_RFL_BAD_NAME,         /* nothing searchable in the name */
    NGX_HTTP_RFL_BUDGET,           /* the house's budget is used up */
    NGX_HTTP_RFL_AWAY              /* index or keyd absent, slow, not ready */
} ngx_http_rfl_outcome_e;


typedef struct {
    rfl_entry_t                *entry;       /* verified, not expired */
    ngx_uint_t                  score;       /* 0..1000 */
    ngx_uint_t                  why;         /* RFL_WHY_* */
} ngx_http_rfl_hit_t;


typedef struct ngx_http_rfl_search_s  ngx_http_rfl_search_t;

/*
 * Called once: from within ngx_http_rfl_search(), or from an event, which
 * runs posted requests afterwards.  It finalizes the request; s may be gone
 * when it returns.
 */
typedef void (*ngx_http_rfl_search_pt)(ngx_http_rfl_search_t *s);


struct ngx_http_rfl_search_s {
    ngx_http_request_t         *request;
    ngx_http_rfl_search_conf_t *conf;
    rfl_pool_t                 *pool;
    rfl_query_t                *query;
    ngx_http_rfl_search_pt      handler;

    /* set when handler is called */

    ngx_http_rfl_outcome_e      outcome;
    time_t                      as_of;
    ngx_uint_t                  nhits;
    ngx_http_rfl_hit_t          hits[10];

    void                       *state;       /* of ngx_http_rfl_search.c */
};


/*
 * Creates a search with its pool; the cleanup is registered on r.  The
 * caller fills query, conf and handler, then starts it.  NGX_OK: handler has
 * been or will be called; NGX_ERROR: out of memory, handler is not called.
 */
ngx_http_rfl_search_t *ngx_http_rfl_search_create(ngx_http_request_t *r);
ngx_int_t ngx_http_rfl_search(ngx_http_rfl_search_t *s);


/*
 * Per worker: room for the verdicts on the signatures of that many records
 * (16 bytes each, rounded up to a power of two; 0: remember none), and
 * scratch memory.  rfl_name_init() and rfl_seal_init() come first.
 */
ngx_int_t ngx_http_rfl_search_init(ngx_cycle_t *cycle, ngx_uint_t verdicts);
void ngx_http_rfl_search_exit(void);

#define NGX_HTTP_RFL_VERDICTS  65536


/*
 * Counters of all searches.  As with ngx_rfl_stats_t, the pointer leads to
 * memory of the process until it is set to shared memory.
 */

#define NGX_HTTP_RFL_OUTCOMES  5

typedef struct {
    ngx_atomic_t                outcomes[NGX_HTTP_RFL_OUTCOMES];
    ngx_atomic_t                wide;        /* second questions */
    ngx_atomic_t                restarts;    /* epoch changed under way */
    ngx_atomic_t                elements;    /* opened */
    ngx_atomic_t                records;     /* opened */
    ngx_atomic_t                broken;      /* values that did not open */
    ngx_atomic_t                verified;    /* signature checks computed */
} ngx_http_rfl_search_stats_t;

extern ngx_http_rfl_search_stats_t  *ngx_http_rfl_search_stats;

/* "found", "refine", ... */
extern const ngx_str_t  ngx_http_rfl_outcomes[NGX_HTTP_RFL_OUTCOMES];


#endif /* _NGX_HTTP_RFL_H_INCLUDED_ */
