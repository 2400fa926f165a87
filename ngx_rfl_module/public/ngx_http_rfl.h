
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl.h: what the files of the public module share: the
 * configuration, the context of a request, and the search.
 *
 * ngx_http_rfl_module.c   directives, merging, start of a worker
 * ngx_http_rfl_conf.c     setters of directives
 * ngx_http_rfl_check.c    whether they fit each other
 * ngx_http_rfl_load.c     policy, trust file, a site as a whole
 * ngx_http_rfl_words.c    its words
 * ngx_http_rfl_theme.c    its templates, stylesheet and logo
 *
 * ngx_http_rfl_site.c     routes of the pages
 * ngx_http_rfl_api.c      the JSON API
 * ngx_http_rfl_body.c     reading and wiping of a request's body
 * ngx_http_rfl_wait.c     a request that waits for a search
 * ngx_http_rfl_search.c   the search; its other files: ngx_http_rfl_search.h
 * ngx_http_rfl_page.c     a page from its values
 * ngx_http_rfl_error.c    errors that nginx finds by itself
 * ngx_http_rfl_send.c     headers, padding, sending and wiping of an answer
 *
 * ngx_http_rfl_form.c     the forms that are handed in, step by step
 * ngx_http_rfl_reply.c    the pages that answer to them
 * ngx_http_rfl_inbox.c    a submission on its way into the inbox
 * ngx_http_rfl_hide.c     a person's own entry is hidden by its code
 * ngx_http_rfl_once.c     keys, ids and quotas that all workers share
 *
 * ngx_http_rfl_vars.c     variables for logs
 * ngx_http_rfl_status.c   counters, as JSON
 * ngx_http_rfl_status_text.c   the same for Prometheus
 */


#ifndef _NGX_HTTP_RFL_H_INCLUDED_
#define _NGX_HTTP_RFL_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "rfl.h"
#include "rfl_entry.h"
#include "rfl_query.h"
#include "rfl_pages.h"
#include "rfl_form.h"
#include "rfl_box.h"

#include "ngx_http_rfl_header.h"
#include "ngx_rfl_conn.h"


#define NGX_HTTP_RFL_HITS_MAX  10  /* results on one page */


/*
 * Servers a location talks to.  Shared by all locations that name the same
 * address and user; one connection of each per worker.
 */

typedef struct {
    ngx_rfl_server_t           *index;       /* rfl_index */
    ngx_rfl_server_t           *keyd;        /* rfl_keyd */
    ngx_msec_t                  timeout;     /* rfl_timeout: one operation */
    ngx_msec_t                  deadline;    /* rfl_deadline: one search */
    ngx_uint_t                  max_results; /* rfl_max_results */
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
    ngx_http_rfl_hit_t          hits[NGX_HTTP_RFL_HITS_MAX];

    void                       *state;       /* of ngx_http_rfl_search.c */
};


/*
 * Creates a search with its pool; the cleanup is registered on r.  The
 * caller fills query, conf and handler, then starts it.  NGX_OK: handler has
 * been or will be called; NGX_ERROR: out of memory, handler is not called.
 */
ngx_http_rfl_search_t *ngx_http_rfl_search_create(ngx_http_request_t *r);
ngx_int_t ngx_http_rfl_search(ngx_http_rfl_search_t *s);
/* ends and wipes it before the request does; it may be ended twice */
void ngx_http_rfl_search_end(ngx_http_rfl_search_t *s);


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
    ngx_atomic_t                as_of;       /* of the index; 0: not seen */
} ngx_http_rfl_search_stats_t;

extern ngx_http_rfl_search_stats_t  *ngx_http_rfl_search_stats;

/* "found", "refine", ... */
extern const ngx_str_t  ngx_http_rfl_outcomes[NGX_HTTP_RFL_OUTCOMES];


/*
 * A site as its locations show it: made once per cycle from the directories,
 * languages and names that the directives gave, read-only afterwards.
 */

#define NGX_HTTP_RFL_LANGS_MAX   64
#define NGX_HTTP_RFL_LANG_SIZE   16

typedef struct {
    ngx_str_t                   name;        /* "rfl-0123456789abcdef.css" */
    ngx_str_t                   type;
    ngx_str_t                   body;
} ngx_http_rfl_asset_t;


typedef struct {
    rfl_site_t                  site;
    rfl_str_t                  *langs;       /* site.nlangs tags */
    ngx_uint_t                  lang;        /* the default's index */
    rfl_tpl_t                  *tpl[RFL_PAGES_N];
    rfl_tpl_value_t           **common;      /* [lang * RFL_PAGES_N + page] */
    ngx_uint_t                 *stat_lang;   /* [lang]: of the counters */
    ngx_http_rfl_asset_t        css;
    ngx_http_rfl_asset_t        logo;        /* name is empty: none */
    size_t                      bucket;      /* of answers to a search */
    ngx_str_t                   robots;
} ngx_http_rfl_site_t;


/* what a location does */

typedef enum {
    NGX_HTTP_RFL_ROLE_NONE = 0,
    NGX_HTTP_RFL_ROLE_SITE,
    NGX_HTTP_RFL_ROLE_API,
    NGX_HTTP_RFL_ROLE_STATUS
} ngx_http_rfl_role_e;


typedef struct {
    ngx_http_rfl_search_conf_t  search;

    ngx_rfl_server_t           *inbox;       /* rfl_inbox; NULL: no forms */
    ngx_rfl_server_t           *hide;        /* rfl_hide */
    ngx_uint_t                  quota;       /* rfl_inbox_quota, an hour */
    ngx_str_t                   exit;        /* rfl_exit; empty: off */

    ngx_msec_t                  body_timeout;

    const rfl_society_t        *society;
    ngx_str_t                   society_id;
    ngx_str_t                   trust_file;

    ngx_str_t                   pages;       /* directories */
    ngx_str_t                   theme;       /* empty: none */
    ngx_str_t                   po;          /* empty: none */
    ngx_array_t                *languages;   /* of ngx_str_t */
    ngx_array_t                *countries;   /* of rfl_str_t; NULL: none */
    ngx_str_t                   default_language;
    ngx_str_t                   site_name;   /* empty: from the messages */
    ngx_str_t                   accent;      /* empty: the stylesheet's own */

    ngx_http_rfl_role_e         role;
    ngx_uint_t                  format;      /* of rfl_status */
    ngx_str_t                   prefix;      /* of the location */
    u_char                     *file;        /* where the role was given */
    ngx_uint_t                  line;

    ngx_http_rfl_site_t        *site;
} ngx_http_rfl_loc_conf_t;


typedef struct {
    rfl_pool_t                 *pool;        /* of all that is loaded */
    ngx_array_t                 files;       /* policies and trust files */
    ngx_array_t                 sites;       /* what was loaded, and from */
    ngx_array_t                 servers;     /* ngx_rfl_server_t * */
    ngx_array_t                 contexts;    /* with locations of ours */
    ngx_shm_zone_t             *zone;
    ngx_array_t                 langs;       /* rfl_str_t: all of all sites */
    ngx_uint_t                 *lang_slots;  /* of langs, in the zone */
    size_t                      verify_cache;
    ngx_uint_t                  used;
} ngx_http_rfl_main_conf_t;


/* ngx_http_rfl_conf.c */
/* a Redis with a user; the offset is that of an ngx_rfl_server_t * */
char *ngx_http_rfl_set_redis(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_keyd(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_policy(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_trust(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_languages(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_countries(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_text(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_accent(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_exit(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_role(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_rfl_set_status(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/* by role */
extern ngx_http_handler_pt  ngx_http_rfl_handlers[];

#define NGX_HTTP_RFL_COLOUR  7     /* "#rrggbb" */

/* the accent as dark pages have it, with a NUL */
void ngx_http_rfl_accent_dark(const ngx_str_t *accent,
    u_char dark[NGX_HTTP_RFL_COLOUR + 1]);

/*
 * ngx_http_rfl_check.c.  Faults and remedies are logged where the location
 * was given its role.
 */
char *ngx_http_rfl_check(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf);

/*
 * ngx_http_rfl_load.c.  Faults are logged with NGX_LOG_EMERG, file and line;
 * the result is then NULL or NGX_ERROR.
 */

rfl_policy_t *ngx_http_rfl_load_policy(ngx_conf_t *cf,
    ngx_http_rfl_main_conf_t *mcf, ngx_str_t *path);
rfl_trust_t *ngx_http_rfl_load_trust(ngx_conf_t *cf,
    ngx_http_rfl_main_conf_t *mcf, ngx_str_t *path);
ngx_http_rfl_site_t *ngx_http_rfl_load_site(ngx_conf_t *cf,
    ngx_http_rfl_main_conf_t *mcf, ngx_http_rfl_loc_conf_t *lcf);
/* a fault of a location, reported where its role was given */
void ngx_http_rfl_conf_fault(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf,
    const char *fmt, ...);


/* the labels of counters and variables */

typedef enum {
    NGX_HTTP_RFL_ROUTE_OTHER = 0,
    NGX_HTTP_RFL_ROUTE_ROOT,
    NGX_HTTP_RFL_ROUTE_HOME,
    NGX_HTTP_RFL_ROUTE_LOOKING,
    NGX_HTTP_RFL_ROUTE_ALIVE,
    NGX_HTTP_RFL_ROUTE_PRIVACY,
    NGX_HTTP_RFL_ROUTE_SEARCH,
    NGX_HTTP_RFL_ROUTE_MESSAGE,
    NGX_HTTP_RFL_ROUTE_WITHDRAW,
    NGX_HTTP_RFL_ROUTE_REPORT,
    NGX_HTTP_RFL_ROUTE_EXIT,
    NGX_HTTP_RFL_ROUTE_ASSET,
    NGX_HTTP_RFL_ROUTE_API,
    NGX_HTTP_RFL_ROUTES_N
} ngx_http_rfl_route_e;

typedef enum {
    NGX_HTTP_RFL_OUT_NONE = 0,     /* not answered by us (yet) */
    NGX_HTTP_RFL_OUT_PAGE,
    NGX_HTTP_RFL_OUT_REDIRECT,
    NGX_HTTP_RFL_OUT_FOUND,
    NGX_HTTP_RFL_OUT_NORESULT,
    NGX_HTTP_RFL_OUT_REFINE,
    NGX_HTTP_RFL_OUT_FAULT,        /* a field could not be used */
    NGX_HTTP_RFL_OUT_BUDGET,

    /* from here on also what may become of a submission */

    NGX_HTTP_RFL_OUT_AWAY,
    NGX_HTTP_RFL_OUT_STORED,       /* a submission was */
    NGX_HTTP_RFL_OUT_REPEATED,     /* it had been, a moment ago */
    NGX_HTTP_RFL_OUT_HIDDEN,       /* a code was, whoever's it is */
    NGX_HTTP_RFL_OUT_TRAPPED,      /* it was a robot's: thrown away */
    NGX_HTTP_RFL_OUT_EARLY,        /* sent too fast: once more, please */
    NGX_HTTP_RFL_OUT_LATE,         /* a form too old, or not ours */
    NGX_HTTP_RFL_OUT_QUOTA,        /* the society's hour is used up */
    NGX_HTTP_RFL_OUT_NOKEY,        /* nothing to seal it to */
    NGX_HTTP_RFL_OUT_FULL,         /* the inbox is */
    NGX_HTTP_RFL_OUT_ERROR,        /* any other 4xx or 5xx */
    NGX_HTTP_RFL_OUTS_N
} ngx_http_rfl_out_e;

extern const ngx_str_t  ngx_http_rfl_routes[NGX_HTTP_RFL_ROUTES_N];
extern const ngx_str_t  ngx_http_rfl_outs[NGX_HTTP_RFL_OUTS_N];


/* the context of a request */

typedef struct ngx_http_rfl_ctx_s  ngx_http_rfl_ctx_t;
typedef struct ngx_http_rfl_form_s  ngx_http_rfl_form_t;

/* both return what a content handler may */
typedef ngx_int_t (*ngx_http_rfl_body_pt)(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
typedef ngx_int_t (*ngx_http_rfl_failed_pt)(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t status);

struct ngx_http_rfl_ctx_s {
    ngx_http_request_t         *request;
    ngx_http_rfl_site_t        *site;
    ngx_uint_t                  lang;        /* index of the site's */
    ngx_http_rfl_route_e        route;
    ngx_http_rfl_out_e          out;
    ngx_uint_t                  results;
    ngx_uint_t                  status;      /* of the answer; 0: none yet */
    ngx_msec_t                  start;

    rfl_pool_t                 *pool;        /* values of a page; wiped */
    rfl_buf_t                   answer;      /* wiped */

    rfl_buf_t                   body;        /* wiped */
    size_t                      body_max;
    ngx_http_rfl_body_pt        handler;
    ngx_http_rfl_failed_pt      failed;
    ngx_event_t                 deadline;

    ngx_buf_t                  *header_in;   /* where a pre-read body lies */
    u_char                     *preread;

    ngx_http_rfl_search_t      *search;
    ngx_http_rfl_body_pt        answered;    /* NULL: no search was started */
    unsigned                    starting:1;
    unsigned                    ready:1;

    ngx_http_rfl_form_t        *form;        /* in pool; NULL: none */
};


static ngx_inline ngx_uint_t
ngx_http_rfl_is(const ngx_str_t *a, const ngx_str_t *b)
{
    return a->len == b->len && ngx_memcmp(a->data, b->data, a->len) == 0;
}


/*
 * ngx_http_rfl_send.c.  Creates the context and its cleanup, which wipes what
 * the request left in buffers of the connection, counts the answer and frees
 * the context's memory.  NULL: out of memory.
 */
ngx_http_rfl_ctx_t *ngx_http_rfl_ctx_create(ngx_http_request_t *r);

/*
 * ngx_http_rfl_body.c.  Reads the body of a POST, at most max bytes, into
 * ctx->body and calls handler(), or failed() with status 400, 408, 413 or
 * 415.  Returns what a content handler returns.
 */
ngx_int_t ngx_http_rfl_body(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    const char *type, size_t max, ngx_http_rfl_body_pt handler,
    ngx_http_rfl_failed_pt failed);

/*
 * ngx_http_rfl_wait.c.  Makes ctx->search with its query from ctx->body,
 * which is wiped.  NGX_DECLINED: the body is not of its type; NGX_ERROR: out
 * of memory.
 */
typedef int (*ngx_http_rfl_query_pt)(rfl_pool_t *pool, const u_char *body,
    size_t len, int64_t now, rfl_query_t *query);

ngx_int_t ngx_http_rfl_ask(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_http_rfl_query_pt parse);

/*
 * Starts ctx->search and lets the request wait until answered() is called.  To
 * be called by the handler of ngx_http_rfl_body(), which returns the result.
 */
ngx_int_t ngx_http_rfl_wait(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_http_rfl_body_pt answered);

/*
 * ngx_http_rfl_send.c.  Sends ctx->answer; returns as ngx_http_output_filter()
 * does.  bucket: the length is filled up to a multiple of it; 0: not at all.
 */

#define NGX_HTTP_RFL_INDEX       0x01    /* may be found in search engines */
#define NGX_HTTP_RFL_IMMUTABLE   0x02    /* may be kept for ever */
#define NGX_HTTP_RFL_CACHE       0x04    /* may be kept for an hour */

#define NGX_HTTP_RFL_PAGE_BUCKET 12288
/*
 * Ten results with what leads from each to its forms, in any script.  A site
 * takes a multiple of it, or of the one above, that its own pages fit into.
 */
#define NGX_HTTP_RFL_HITS_BUCKET 20480
#define NGX_HTTP_RFL_API_BUCKET  8192

ngx_int_t ngx_http_rfl_send(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t status, const ngx_str_t *type, ngx_uint_t flags,
    size_t bucket);

/*
 * Adds "Retry-After" to an answer 429 or 503 and returns its seconds; 0 for
 * any other status, NGX_ERROR without memory.
 */
ngx_int_t ngx_http_rfl_retry(ngx_http_request_t *r, ngx_uint_t status);

/*
 * ngx_http_rfl_error.c.  Adds error_page lines to the location, at merging;
 * the HTTP status to answer to an error that nginx itself found, or 0.
 */
ngx_int_t ngx_http_rfl_error_pages(ngx_conf_t *cf,
    ngx_http_rfl_loc_conf_t *lcf);
ngx_uint_t ngx_http_rfl_error_status(ngx_http_request_t *r);

/*
 * ngx_http_rfl_page.c.  The values of a page in the language of ctx, those of
 * its form from query (NULL: an empty form); NULL: out of memory.
 */
rfl_tpl_value_t *ngx_http_rfl_page_values(ngx_http_rfl_ctx_t *ctx,
    rfl_page_e page, const rfl_query_t *query);
/* renders and sends; returns what a content handler may */
ngx_int_t ngx_http_rfl_page(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_page_e page, rfl_tpl_value_t *values, ngx_uint_t status,
    size_t bucket);
/*
 * One for every answer to a search, so that all have the size of a full one,
 * errors of nginx as well; its line may be what nginx could not read.
 */
size_t ngx_http_rfl_bucket(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx);
/* the page that goes with a status of 4xx or 5xx */
ngx_int_t ngx_http_rfl_error_page(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t status, size_t bucket);
/* the same with the reason of a search that could not be answered */
ngx_int_t ngx_http_rfl_away_page(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t budget, size_t bucket);

/*
 * ngx_http_rfl_hide.c.  Hides the entry of this code: in the inbox, where the
 * desk finds it, and in the index, where the next search does.  NGX_AGAIN:
 * handler is called later, once, from an event, which runs posted requests
 * afterwards, unless the request ends before; it finalizes the request.
 * NGX_ERROR: nothing could be sent, handler is not called.
 *
 * hidden: 1 if both were done.  With 0 the person has to be told that it may
 * not have worked, to try again, and whom to call; trying again is harmless.
 * The code is copied and wiped.  Whether an entry goes with it is not known
 * here, nor to be found out.
 */
typedef void (*ngx_http_rfl_hide_pt)(ngx_http_request_t *r, void *data,
    ngx_uint_t hidden);

ngx_int_t ngx_http_rfl_hide(ngx_http_request_t *r,
    const u_char code[RFL_HIDE_CODE_SIZE], ngx_http_rfl_hide_pt handler,
    void *data);

/*
 * ngx_http_rfl_once.c.  The key under which forms and tokens of results are
 * sealed, from shared memory, RFL_FORM_KEY_SIZE bytes; NULL: this location has
 * no forms.
 */
const u_char *ngx_http_rfl_form_key(ngx_http_request_t *r);

/*
 * ngx_http_rfl_form.c.  A POST of a form, and a GET of one that shows its
 * first step at once.  Return what a content handler may.
 */
ngx_int_t ngx_http_rfl_form(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_form_e form);
ngx_int_t ngx_http_rfl_form_first(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, rfl_form_e form);
/* ngx_http_rfl_inbox.c: ends what is under way for ctx->form */
void ngx_http_rfl_form_end(ngx_http_rfl_ctx_t *ctx);

/* content handlers */
ngx_int_t ngx_http_rfl_site_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_rfl_api_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_rfl_status_handler(ngx_http_request_t *r);

/* ngx_http_rfl_vars.c: the variables, before the configuration is read */
ngx_int_t ngx_http_rfl_vars_add(ngx_conf_t *cf);

/*
 * ngx_http_rfl_status.c.  The counters live in shared memory that outlives a
 * reload.  ngx_http_rfl_status_count() counts an answer, once per request.
 */

#define NGX_HTTP_RFL_STATUS_JSON        0
#define NGX_HTTP_RFL_STATUS_PROMETHEUS  1

ngx_int_t ngx_http_rfl_status_zone(ngx_conf_t *cf,
    ngx_http_rfl_main_conf_t *mcf);
void ngx_http_rfl_status_count(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);


extern ngx_module_t  ngx_http_rfl_module;

#endif /* _NGX_HTTP_RFL_H_INCLUDED_ */
