
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_module.c: the table of directives, their defaults and
 * merging, and the start and end of a worker.  The setters are in
 * ngx_http_rfl_conf.c, whether directives fit each other says
 * ngx_http_rfl_check.c, what they name is loaded by ngx_http_rfl_load.c;
 * nothing here looks at a request.
 */


#include <sys/prctl.h>

#include "ngx_rfl_dir.h"
#include "ngx_http_rfl_once.h"
#include "ngx_rfl_wipe.h"


#ifndef NGX_HTTP_RFL_PAGES
#define NGX_HTTP_RFL_PAGES  "/usr/share/rfl/pages"
#endif


static void *ngx_http_rfl_create_main_conf(ngx_conf_t *cf);
static void ngx_http_rfl_cleanup(void *data);
static void *ngx_http_rfl_create_loc_conf(ngx_conf_t *cf);
static char *ngx_http_rfl_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_rfl_preconfiguration(ngx_conf_t *cf);
static ngx_int_t ngx_http_rfl_default_language(ngx_conf_t *cf,
    ngx_http_rfl_loc_conf_t *conf);
static ngx_int_t ngx_http_rfl_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_rfl_init_process(ngx_cycle_t *cycle);
static void ngx_http_rfl_exit_process(ngx_cycle_t *cycle);


static ngx_conf_num_bounds_t  ngx_http_rfl_max_results = {
    ngx_conf_check_num_bounds, 1, NGX_HTTP_RFL_HITS_MAX
};


static ngx_conf_num_bounds_t  ngx_http_rfl_quota = {
    ngx_conf_check_num_bounds, 1, 1000000
};


/* milliseconds: with none of them everything would fail */

static ngx_conf_num_bounds_t  ngx_http_rfl_some_time = {
    ngx_conf_check_num_bounds, 1, -1
};


/* where a setting may stand that locations inherit */

#define NGX_HTTP_RFL_ANY                                                     \
    NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF


static ngx_command_t  ngx_http_rfl_commands[] = {

    { ngx_string("rfl_index"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE123,
      ngx_http_rfl_set_redis,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, search.index),
      (void *) "read" },

    { ngx_string("rfl_inbox"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE123,
      ngx_http_rfl_set_redis,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, inbox),
      (void *) "append" },

    { ngx_string("rfl_hide"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE123,
      ngx_http_rfl_set_redis,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, hide),
      (void *) "set what is not there" },

    { ngx_string("rfl_inbox_quota"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, quota),
      &ngx_http_rfl_quota },

    { ngx_string("rfl_exit"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_http_rfl_set_exit,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("rfl_keyd"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_http_rfl_set_keyd,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("rfl_policy"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_http_rfl_set_policy,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("rfl_trust"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_http_rfl_set_trust,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("rfl_society"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_str_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, society_id),
      NULL },

    { ngx_string("rfl_pages"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_rfl_set_dir,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, pages),
      NULL },

    { ngx_string("rfl_theme"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_rfl_set_dir,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, theme),
      (void *) "off" },

    { ngx_string("rfl_po"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_rfl_set_dir,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, po),
      (void *) "off" },

    { ngx_string("rfl_languages"),
      NGX_HTTP_RFL_ANY|NGX_CONF_1MORE,
      ngx_http_rfl_set_languages,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("rfl_default_language"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_str_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, default_language),
      NULL },

    { ngx_string("rfl_countries"),
      NGX_HTTP_RFL_ANY|NGX_CONF_1MORE,
      ngx_http_rfl_set_countries,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("rfl_site_name"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_http_rfl_set_text,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, site_name),
      NULL },

    { ngx_string("rfl_accent"),
      NGX_HTTP_RFL_ANY|NGX_CONF_1MORE,
      ngx_http_rfl_set_accent,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("rfl_timeout"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, search.timeout),
      &ngx_http_rfl_some_time },

    { ngx_string("rfl_deadline"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, search.deadline),
      NULL },

    { ngx_string("rfl_body_timeout"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, body_timeout),
      &ngx_http_rfl_some_time },

    { ngx_string("rfl_max_results"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, search.max_results),
      &ngx_http_rfl_max_results },

    { ngx_string("rfl_verify_cache"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_size_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_http_rfl_main_conf_t, verify_cache),
      NULL },

    { ngx_string("rfl_site"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_rfl_set_role,
      NGX_HTTP_LOC_CONF_OFFSET,
      NGX_HTTP_RFL_ROLE_SITE,
      NULL },

    { ngx_string("rfl_api"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_rfl_set_role,
      NGX_HTTP_LOC_CONF_OFFSET,
      NGX_HTTP_RFL_ROLE_API,
      NULL },

    { ngx_string("rfl_status"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS|NGX_CONF_TAKE1,
      ngx_http_rfl_set_status,
      NGX_HTTP_LOC_CONF_OFFSET,
      NGX_HTTP_RFL_ROLE_STATUS,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_rfl_module_ctx = {
    ngx_http_rfl_preconfiguration,         /* preconfiguration */
    ngx_http_rfl_init,                     /* postconfiguration */

    ngx_http_rfl_create_main_conf,         /* create main configuration */
    NULL,                                  /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_rfl_create_loc_conf,          /* create location configuration */
    ngx_http_rfl_merge_loc_conf            /* merge location configuration */
};


ngx_module_t  ngx_http_rfl_module = {
    NGX_MODULE_V1,
    &ngx_http_rfl_module_ctx,              /* module context */
    ngx_http_rfl_commands,                 /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_http_rfl_init_process,             /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_http_rfl_exit_process,             /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_str_t  ngx_http_rfl_default_languages[] = {
    ngx_string("en"),
    ngx_string("fr"),
    ngx_string("ar"),
    ngx_string("es")
};


static void *
ngx_http_rfl_create_main_conf(ngx_conf_t *cf)
{
    ngx_pool_cleanup_t        *cln;
    ngx_http_rfl_main_conf_t  *mcf;

    mcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_rfl_main_conf_t));
    if (mcf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     mcf->zone = NULL;
     *     mcf->used = 0;
     */

    mcf->verify_cache = NGX_CONF_UNSET_SIZE;

    if (ngx_array_init(&mcf->files, cf->pool, 4, 4 * sizeof(void *))
        != NGX_OK
        || ngx_array_init(&mcf->sites, cf->pool, 4, sizeof(void *)) != NGX_OK
        || ngx_array_init(&mcf->servers, cf->pool, 4, sizeof(void *))
           != NGX_OK
        || ngx_array_init(&mcf->contexts, cf->pool, 4, sizeof(void *))
           != NGX_OK
        || ngx_array_init(&mcf->langs, cf->pool, 4, sizeof(rfl_str_t))
           != NGX_OK)
    {
        return NULL;
    }

    cln = ngx_pool_cleanup_add(cf->pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    mcf->pool = rfl_pool_create(65536);
    if (mcf->pool == NULL) {
        return NULL;
    }

    cln->handler = ngx_http_rfl_cleanup;
    cln->data = mcf;

    return mcf;
}


static void
ngx_http_rfl_cleanup(void *data)
{
    ngx_http_rfl_main_conf_t *mcf = data;

    rfl_pool_destroy(mcf->pool);
}


static void *
ngx_http_rfl_create_loc_conf(ngx_conf_t *cf)
{
    ngx_http_rfl_loc_conf_t  *lcf;

    lcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_rfl_loc_conf_t));
    if (lcf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     all ngx_str_t = { 0, NULL };
     *     lcf->languages = NULL;
     *     lcf->society = NULL;
     *     lcf->site = NULL;
     *     lcf->role = NGX_HTTP_RFL_ROLE_NONE;
     */

    lcf->inbox = NGX_CONF_UNSET_PTR;
    lcf->hide = NGX_CONF_UNSET_PTR;
    lcf->quota = NGX_CONF_UNSET_UINT;
    lcf->search.index = NGX_CONF_UNSET_PTR;
    lcf->search.keyd = NGX_CONF_UNSET_PTR;
    lcf->search.policy = NGX_CONF_UNSET_PTR;
    lcf->search.trust = NGX_CONF_UNSET_PTR;
    lcf->search.timeout = NGX_CONF_UNSET_MSEC;
    lcf->search.deadline = NGX_CONF_UNSET_MSEC;
    lcf->search.max_results = NGX_CONF_UNSET_UINT;
    lcf->body_timeout = NGX_CONF_UNSET_MSEC;

    return lcf;
}


static char *
ngx_http_rfl_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_rfl_loc_conf_t *prev = parent;
    ngx_http_rfl_loc_conf_t *conf = child;

    ngx_http_rfl_main_conf_t  *mcf;

    if (conf->search.trust == NGX_CONF_UNSET_PTR) {
        conf->trust_file = prev->trust_file;
    }

    ngx_conf_merge_ptr_value(conf->inbox, prev->inbox, NULL);
    ngx_conf_merge_ptr_value(conf->hide, prev->hide, NULL);
    ngx_conf_merge_uint_value(conf->quota, prev->quota, 2000);
    ngx_conf_merge_str_value(conf->exit, prev->exit, "");
    ngx_conf_merge_ptr_value(conf->search.index, prev->search.index, NULL);
    ngx_conf_merge_ptr_value(conf->search.keyd, prev->search.keyd, NULL);
    ngx_conf_merge_ptr_value(conf->search.policy, prev->search.policy, NULL);
    ngx_conf_merge_ptr_value(conf->search.trust, prev->search.trust, NULL);

    ngx_conf_merge_msec_value(conf->search.timeout, prev->search.timeout,
                              500);
    ngx_conf_merge_msec_value(conf->search.deadline, prev->search.deadline,
                              2000);
    ngx_conf_merge_uint_value(conf->search.max_results,
                              prev->search.max_results, 10);
    ngx_conf_merge_msec_value(conf->body_timeout, prev->body_timeout, 10000);

    ngx_conf_merge_str_value(conf->society_id, prev->society_id, "");
    ngx_conf_merge_str_value(conf->pages, prev->pages, NGX_HTTP_RFL_PAGES);
    ngx_conf_merge_str_value(conf->theme, prev->theme, "");
    ngx_conf_merge_str_value(conf->po, prev->po, "");
    ngx_conf_merge_str_value(conf->site_name, prev->site_name, "");
    ngx_conf_merge_str_value(conf->accent, prev->accent, "");
    ngx_conf_merge_str_value(conf->default_language, prev->default_language,
                             "");

    if (conf->languages == NULL) {
        conf->languages = prev->languages;
    }

    if (conf->countries == NULL) {
        conf->countries = prev->countries;
    }

    if (conf->role == NGX_HTTP_RFL_ROLE_NONE
        || conf->role == NGX_HTTP_RFL_ROLE_STATUS)
    {
        return NGX_CONF_OK;
    }

    if (ngx_http_rfl_default_language(cf, conf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    if (ngx_http_rfl_check(cf, conf) != NGX_CONF_OK
        || ngx_http_rfl_error_pages(cf, conf) != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    if (conf->role == NGX_HTTP_RFL_ROLE_SITE) {
        mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_module);

        conf->site = ngx_http_rfl_load_site(cf, mcf, conf);
        if (conf->site == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


/* the languages of the package, and the first of those that there are */

static ngx_int_t
ngx_http_rfl_default_language(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *conf)
{
    ngx_str_t   *lang;
    ngx_uint_t   i, n;

    if (conf->languages == NULL) {
        n = sizeof(ngx_http_rfl_default_languages) / sizeof(ngx_str_t);

        conf->languages = ngx_array_create(cf->pool, n, sizeof(ngx_str_t));
        if (conf->languages == NULL) {
            return NGX_ERROR;
        }

        for (i = 0; i < n; i++) {
            lang = ngx_array_push(conf->languages);
            *lang = ngx_http_rfl_default_languages[i];
        }
    }

    if (conf->default_language.len == 0) {
        lang = conf->languages->elts;
        conf->default_language = lang[0];
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_preconfiguration(ngx_conf_t *cf)
{
    rfl_err_t  err;

    if (rfl_seal_init(&err) != RFL_OK) {
        ngx_log_error(NGX_LOG_EMERG, cf->log, 0, "%s", err.text);
        return NGX_ERROR;
    }

    return ngx_http_rfl_vars_add(cf);
}


static ngx_int_t
ngx_http_rfl_init(ngx_conf_t *cf)
{
    ngx_uint_t                  i;
    ngx_http_conf_ctx_t       **ctx;
    ngx_http_rfl_main_conf_t   *mcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_module);

    ngx_conf_init_size_value(mcf->verify_cache, NGX_HTTP_RFL_VERDICTS * 16);

    if (!mcf->used) {
        return NGX_OK;
    }

    ctx = mcf->contexts.elts;

    for (i = 0; i < mcf->contexts.nelts; i++) {
        ngx_rfl_wipe_decrypted(ctx[i]);
    }

    if (ngx_http_rfl_once_zone(cf) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_rfl_status_zone(cf, mcf);
}


static ngx_int_t
ngx_http_rfl_init_process(ngx_cycle_t *cycle)
{
    rfl_err_t                  err;
    ngx_http_rfl_main_conf_t  *mcf;

    mcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_rfl_module);

    if (mcf == NULL || !mcf->used) {
        return NGX_OK;
    }

    /* no core file, and no other process of this user may look into us */

    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1) {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, ngx_errno,
                      "prctl(PR_SET_DUMPABLE, 0) failed");
        return NGX_ERROR;
    }

    /* from here on names go through ICU and jansson */

    rfl_json_init();

    if (rfl_icu_init(&err) != RFL_OK
        || rfl_seal_init(&err) != RFL_OK || rfl_name_init(&err) != RFL_OK)
    {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, 0, "%s", err.text);
        return NGX_ERROR;
    }

    if (ngx_http_rfl_search_init(cycle, mcf->verify_cache / 16) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_rfl_servers_init(cycle, &mcf->servers);
}


static void
ngx_http_rfl_exit_process(ngx_cycle_t *cycle)
{
    ngx_http_rfl_main_conf_t  *mcf;

    mcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_rfl_module);

    if (mcf && mcf->used) {
        ngx_rfl_servers_exit(&mcf->servers);
        ngx_http_rfl_search_exit();
    }
}
