
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_desk_module.c: the directives of the moderators' desk, their
 * merging and checking.  What they name is read whole by rfl_web_create(),
 * so that "nginx -t" finds every fault in it; nothing here looks at a
 * request.
 *
 * Keys that a moderator has unlocked live in the memory of the worker: there
 * must be one, and the master never has any.
 */


#include <sys/prctl.h>

#include "ngx_http_rfl_desk.h"
#include "rfl_session.h"
#include "ngx_rfl_dir.h"
#include "ngx_rfl_wipe.h"


#define NGX_HTTP_RFL_DESK_PAGES  "/usr/share/rfl/pages"

/* seconds until a moderator's keys are locked again */
#define NGX_HTTP_RFL_DESK_IDLE   900

/* milliseconds between two looks at keys that have run out */
#define NGX_HTTP_RFL_DESK_TICK   60000


static ngx_int_t ngx_http_rfl_desk_preconfiguration(ngx_conf_t *cf);
static ngx_int_t ngx_http_rfl_desk_postconfiguration(ngx_conf_t *cf);
static void *ngx_http_rfl_desk_create_main_conf(ngx_conf_t *cf);
static void *ngx_http_rfl_desk_create_loc_conf(ngx_conf_t *cf);
static char *ngx_http_rfl_desk_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);
static char *ngx_http_rfl_desk(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_rfl_desk_load(ngx_conf_t *cf,
    ngx_http_rfl_desk_loc_conf_t *dlcf);
static void ngx_http_rfl_desk_cleanup(void *data);
static ngx_int_t ngx_http_rfl_desk_init_module(ngx_cycle_t *cycle);
static ngx_int_t ngx_http_rfl_desk_init_process(ngx_cycle_t *cycle);
static void ngx_http_rfl_desk_tick(ngx_event_t *ev);


/* seconds: time to read one item; what a session lasts in any case */

static ngx_conf_num_bounds_t  ngx_http_rfl_desk_idle = {
    ngx_conf_check_num_bounds, 60, RFL_SESSION_LIFE
};


static ngx_command_t  ngx_http_rfl_desk_commands[] = {

    { ngx_string("rfl_desk"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_rfl_desk,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_desk_loc_conf_t, state),
      NULL },

    { ngx_string("rfl_desk_pages"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_rfl_set_dir,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_desk_loc_conf_t, pages),
      NULL },

    { ngx_string("rfl_desk_theme"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_rfl_set_dir,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_desk_loc_conf_t, theme),
      NULL },

    { ngx_string("rfl_desk_po"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_rfl_set_dir,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_desk_loc_conf_t, po),
      NULL },

    { ngx_string("rfl_desk_idle"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_sec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_desk_loc_conf_t, idle),
      &ngx_http_rfl_desk_idle },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_rfl_desk_module_ctx = {
    ngx_http_rfl_desk_preconfiguration,    /* preconfiguration */
    ngx_http_rfl_desk_postconfiguration,   /* postconfiguration */

    ngx_http_rfl_desk_create_main_conf,    /* create main configuration */
    NULL,                                  /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_rfl_desk_create_loc_conf,     /* create location configuration */
    ngx_http_rfl_desk_merge_loc_conf       /* merge location configuration */
};


ngx_module_t  ngx_http_rfl_desk_module = {
    NGX_MODULE_V1,
    &ngx_http_rfl_desk_module_ctx,         /* module context */
    ngx_http_rfl_desk_commands,            /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    ngx_http_rfl_desk_init_module,         /* init module */
    ngx_http_rfl_desk_init_process,        /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_int_t
ngx_http_rfl_desk_preconfiguration(ngx_conf_t *cf)
{
    rfl_err_t  err;

    /* before the first file is read, and before threads are there */

    if (rfl_web_init(&err) != RFL_OK) {
        ngx_log_error(NGX_LOG_EMERG, cf->log, 0, "%s", err.text);
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_desk_postconfiguration(ngx_conf_t *cf)
{
    ngx_uint_t                       i;
    ngx_http_conf_ctx_t            **ctx;
    ngx_http_rfl_desk_main_conf_t   *dmcf;

    dmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_desk_module);

    ctx = dmcf->contexts.elts;

    for (i = 0; i < dmcf->contexts.nelts; i++) {
        ngx_rfl_wipe_decrypted(ctx[i]);
    }

    return NGX_OK;
}


static void *
ngx_http_rfl_desk_create_main_conf(ngx_conf_t *cf)
{
    ngx_http_rfl_desk_main_conf_t  *dmcf;

    dmcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_rfl_desk_main_conf_t));
    if (dmcf == NULL) {
        return NULL;
    }

    if (ngx_array_init(&dmcf->webs, cf->pool, 1, sizeof(rfl_web_t *))
        != NGX_OK
        || ngx_array_init(&dmcf->contexts, cf->pool, 1, sizeof(void *))
           != NGX_OK)
    {
        return NULL;
    }

    return dmcf;
}


static void *
ngx_http_rfl_desk_create_loc_conf(ngx_conf_t *cf)
{
    ngx_http_rfl_desk_loc_conf_t  *dlcf;

    dlcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_rfl_desk_loc_conf_t));
    if (dlcf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     dlcf->state, pages, theme, po, prefix = { 0, NULL };
     *     dlcf->pool = NULL;
     *     dlcf->web = NULL;
     */

    dlcf->idle = NGX_CONF_UNSET;

    return dlcf;
}


static char *
ngx_http_rfl_desk_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_rfl_desk_loc_conf_t *prev = parent;
    ngx_http_rfl_desk_loc_conf_t *conf = child;

    ngx_http_core_loc_conf_t  *clcf;

    ngx_conf_merge_str_value(conf->pages, prev->pages,
                             NGX_HTTP_RFL_DESK_PAGES);
    ngx_conf_merge_str_value(conf->theme, prev->theme, "");
    ngx_conf_merge_str_value(conf->po, prev->po, "");
    ngx_conf_merge_sec_value(conf->idle, prev->idle, NGX_HTTP_RFL_DESK_IDLE);

    if (conf->state.len == 0) {
        return NGX_CONF_OK;
    }

    /* a body beyond it would be written to a file; the core has been merged */

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->client_body_buffer_size < RFL_WEB_BODY_MAX) {
        clcf->client_body_buffer_size = RFL_WEB_BODY_MAX;
    }

    return ngx_http_rfl_desk_load(cf, conf);
}


static char *
ngx_http_rfl_desk(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_desk_loc_conf_t *dlcf = conf;

    char                            *rv;
    ngx_http_conf_ctx_t            **ctx;
    ngx_http_core_loc_conf_t        *clcf;
    ngx_http_rfl_desk_main_conf_t   *dmcf;

    rv = ngx_rfl_set_dir(cf, cmd, conf);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->handler) {
        return "cannot stand beside another content handler, "
               "give it a location of its own";
    }

    /* all addresses of pages are made from the location's name */

    if (clcf->named || clcf->noname || clcf->exact_match
        || clcf->name.len == 0 || clcf->name.data[0] != '/'
#if (NGX_PCRE)
        || clcf->regex
#endif
       )
    {
        return "serves a whole tree of pages: it needs a location with a "
               "plain path, as in \"location / {\" or \"location /desk/ {\"";
    }

    dmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_desk_module);

    ctx = ngx_array_push(&dmcf->contexts);
    if (ctx == NULL) {
        return NGX_CONF_ERROR;
    }

    *ctx = cf->ctx;

    clcf->handler = ngx_http_rfl_desk_handler;

    /* "location / {" and "location /desk/ {" alike, without the slash */

    dlcf->prefix = clcf->name;

    if (dlcf->prefix.len != 0
        && dlcf->prefix.data[dlcf->prefix.len - 1] == '/')
    {
        dlcf->prefix.len--;
    }

    /* answers may wait for a socket or a disk: never in the event loop */

    dlcf->pool = ngx_thread_pool_add(cf, NULL);

    return (dlcf->pool == NULL) ? NGX_CONF_ERROR : NGX_CONF_OK;
}


static char *
ngx_http_rfl_desk_load(ngx_conf_t *cf, ngx_http_rfl_desk_loc_conf_t *dlcf)
{
    rfl_err_t                       err;
    rfl_web_t                     **slot;
    rfl_web_conf_t                  web;
    ngx_pool_cleanup_t             *cln;
    ngx_http_rfl_desk_main_conf_t  *dmcf;

    ngx_memzero(&web, sizeof(rfl_web_conf_t));

    web.state = (char *) dlcf->state.data;
    web.pages = (char *) dlcf->pages.data;
    web.theme = dlcf->theme.len ? (char *) dlcf->theme.data : NULL;
    web.po = dlcf->po.len ? (char *) dlcf->po.data : NULL;
    web.prefix.data = dlcf->prefix.data;
    web.prefix.len = dlcf->prefix.len;
    web.idle = (unsigned) dlcf->idle;

    dmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_desk_module);

    cln = ngx_pool_cleanup_add(cf->pool, 0);
    slot = ngx_array_push(&dmcf->webs);

    if (cln == NULL || slot == NULL) {
        return NGX_CONF_ERROR;
    }

    if (rfl_web_create(&web, slot, &err) != RFL_OK) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "rfl_desk: %s", err.text);
        return NGX_CONF_ERROR;
    }

    dlcf->web = *slot;

    cln->handler = ngx_http_rfl_desk_cleanup;
    cln->data = dlcf->web;

    return NGX_CONF_OK;
}


static void
ngx_http_rfl_desk_cleanup(void *data)
{
    rfl_web_destroy(data);
}


static ngx_int_t
ngx_http_rfl_desk_init_module(ngx_cycle_t *cycle)
{
    ngx_core_conf_t                *ccf;
    ngx_http_rfl_desk_main_conf_t  *dmcf;

    dmcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_rfl_desk_module);

    if (dmcf == NULL || dmcf->webs.nelts == 0) {
        return NGX_OK;
    }

    ccf = (ngx_core_conf_t *) ngx_get_conf(cycle->conf_ctx, ngx_core_module);

    if (ccf->worker_processes != 1) {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, 0,
                      "the desk needs \"worker_processes 1\": keys that a "
                      "moderator unlocks are known to one process only");
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_desk_init_process(ngx_cycle_t *cycle)
{
    rfl_err_t                        err;
    rfl_web_t                      **web;
    ngx_uint_t                       i;
    ngx_event_t                     *ev;
    ngx_http_rfl_desk_main_conf_t   *dmcf;

    dmcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_rfl_desk_module);

    if (dmcf == NULL || dmcf->webs.nelts == 0) {
        return NGX_OK;
    }

    /*
     * nginx's handler waits for any child, and would take from us the one
     * that opens what visitors sent; a worker has no children of its own
     */

    if (signal(SIGCHLD, SIG_DFL) == SIG_ERR) {
        ngx_log_error(NGX_LOG_ALERT, cycle->log, ngx_errno,
                      "signal(SIGCHLD) failed");
        return NGX_ERROR;
    }

    /* no core file, no debugger: unlocked keys are in this memory */

    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1) {
        ngx_log_error(NGX_LOG_ALERT, cycle->log, ngx_errno,
                      "prctl(PR_SET_DUMPABLE) failed");
        return NGX_ERROR;
    }

    web = dmcf->webs.elts;

    for (i = 0; i < dmcf->webs.nelts; i++) {

        if (rfl_web_start(web[i], &err) != RFL_OK) {
            ngx_log_error(NGX_LOG_EMERG, cycle->log, 0, "rfl_desk: %s",
                          err.text);
            return NGX_ERROR;
        }
    }

    ev = &dmcf->timer;

    ev->handler = ngx_http_rfl_desk_tick;
    ev->data = dmcf;
    ev->log = cycle->log;
    ev->cancelable = 1;

    ngx_add_timer(ev, NGX_HTTP_RFL_DESK_TICK);

    return NGX_OK;
}


static void
ngx_http_rfl_desk_tick(ngx_event_t *ev)
{
    rfl_web_t                      **web;
    ngx_uint_t                       i;
    ngx_http_rfl_desk_main_conf_t   *dmcf;

    dmcf = ev->data;
    web = dmcf->webs.elts;

    for (i = 0; i < dmcf->webs.nelts; i++) {
        rfl_web_tick(web[i], ngx_time());
    }

    ngx_add_timer(ev, NGX_HTTP_RFL_DESK_TICK);
}
