
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_module.c: the table of directives, their defaults, merging
 * and checking, and the start and end of a worker.  The setters are in
 * ngx_http_rfl_conf.c, what the directives name is loaded by
 * ngx_http_rfl_load.c; nothing here looks at a request.
 */


#include <sys/prctl.h>

#include "ngx_http_rfl_once.h"


#ifndef NGX_HTTP_RFL_PAGES
#define NGX_HTTP_RFL_PAGES  "/usr/share/rfl/pages"
#endif


static void *ngx_http_rfl_create_main_conf(ngx_conf_t *cf);
static void ngx_http_rfl_cleanup(void *data);
static void *ngx_http_rfl_create_loc_conf(ngx_conf_t *cf);
static char *ngx_http_rfl_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);
static char *ngx_http_rfl_check(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf);
static char *ngx_http_rfl_check_forms(ngx_conf_t *cf,
    ngx_http_rfl_loc_conf_t *lcf);
static ngx_int_t ngx_http_rfl_cleanse(ngx_conf_t *cf,
    ngx_http_rfl_main_conf_t *mcf);
static ngx_int_t ngx_http_rfl_preconfiguration(ngx_conf_t *cf);
static ngx_int_t ngx_http_rfl_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_rfl_init_process(ngx_cycle_t *cycle);
static void ngx_http_rfl_exit_process(ngx_cycle_t *cycle);


static ngx_conf_num_bounds_t  ngx_http_rfl_max_results = {
    ngx_conf_check_num_bounds, 1, 10
};


static ngx_conf_num_bounds_t  ngx_http_rfl_quota = {
    ngx_conf_check_num_bounds, 1, 1000000
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
      ngx_http_rfl_set_dir,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, pages),
      NULL },

    { ngx_string("rfl_theme"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_http_rfl_set_dir,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, theme),
      (void *) "off" },

    { ngx_string("rfl_po"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_http_rfl_set_dir,
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
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_http_rfl_set_accent,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("rfl_timeout"),
      NGX_HTTP_RFL_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_rfl_loc_conf_t, search.timeout),
      NULL },

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
      NULL },

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


/* by role; the remedy of an error names them */

static const char  *ngx_http_rfl_roles[] = {
    "", "rfl_site", "rfl_api", "rfl_status"
};


static ngx_str_t  ngx_http_rfl_default_languages[] = {
    ngx_string("en"),
    ngx_string("fr"),
    ngx_string("ar")
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

    ngx_str_t                 *lang;
    ngx_uint_t                 i;
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

    if (conf->languages == NULL) {
        conf->languages = ngx_array_create(cf->pool, 3, sizeof(ngx_str_t));
        if (conf->languages == NULL) {
            return NGX_CONF_ERROR;
        }

        for (i = 0; i < 3; i++) {
            lang = ngx_array_push(conf->languages);
            *lang = ngx_http_rfl_default_languages[i];
        }
    }

    if (conf->default_language.len == 0) {
        lang = conf->languages->elts;
        conf->default_language = lang[0];
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


/* Is everything there that the handler of this location needs? */

static char *
ngx_http_rfl_check(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf)
{
    rfl_str_t    id;
    ngx_uint_t   i;

    struct {
        const void  *value;
        const char  *remedy;
    } needs[] = {
        { lcf->search.index,
          "rfl_index unix:/run/... user=... password_file=...;" },
        { lcf->search.keyd, "rfl_keyd unix:/run/...;" },
        { lcf->search.policy, "rfl_policy /etc/rfl/policy.json;" },
        { lcf->search.trust, "rfl_trust /etc/rfl/trust.json;" }
    };

    for (i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
        if (needs[i].value == NULL) {
            ngx_http_rfl_conf_fault(cf, lcf,
                                    "\"%s\" cannot work without another "
                                    "directive, add \"%s\" here or above",
                                    ngx_http_rfl_roles[lcf->role],
                                    needs[i].remedy);
            return NGX_CONF_ERROR;
        }
    }

    if ((lcf->inbox == NULL) != (lcf->hide == NULL)) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "forms need both \"rfl_inbox\" and "
                                "\"rfl_hide\", add \"%s unix:/run/... "
                                "user=... password_file=...;\" here or above",
                                lcf->inbox ? "rfl_hide" : "rfl_inbox");
        return NGX_CONF_ERROR;
    }

    if (lcf->hide != NULL
        && (!ngx_http_rfl_is(&lcf->hide->path, &lcf->search.index->path)
            || ngx_http_rfl_is(&lcf->hide->user, &lcf->search.index->user)))
    {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "\"rfl_hide\" must name the socket of "
                                "\"rfl_index\" and another user than that");
        return NGX_CONF_ERROR;
    }

    if (lcf->search.deadline < lcf->search.timeout) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "\"rfl_deadline\" (%Mms, the whole search) is "
                                "shorter than \"rfl_timeout\" (%Mms, one "
                                "operation of it): swap or change them",
                                lcf->search.deadline, lcf->search.timeout);
        return NGX_CONF_ERROR;
    }

    if (lcf->role != NGX_HTTP_RFL_ROLE_SITE) {
        return NGX_CONF_OK;
    }

    if (lcf->society_id.len == 0) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "\"rfl_site\" does not know whose address the "
                                "pages show, add \"rfl_society ID;\" with an "
                                "id of %V", &lcf->trust_file);
        return NGX_CONF_ERROR;
    }

    id.len = lcf->society_id.len;
    id.data = lcf->society_id.data;

    lcf->society = rfl_trust_society(lcf->search.trust, &id);

    if (lcf->society == NULL) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "the society \"%V\" of \"rfl_society\" is not "
                                "in %V: correct the id or add the society "
                                "there", &lcf->society_id, &lcf->trust_file);
        return NGX_CONF_ERROR;
    }

    return lcf->inbox ? ngx_http_rfl_check_forms(cf, lcf) : NGX_CONF_OK;
}


/*
 * Can what visitors hand in be sealed and stored?  A key that is missing
 * today may come by a reload tomorrow, so that is a warning.
 */

static char *
ngx_http_rfl_check_forms(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf)
{
    unsigned                   i;
    int32_t                    today;
    const rfl_society_t       *society;
    ngx_http_core_loc_conf_t  *clcf;

    if (!lcf->society->has_root) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "\"rfl_inbox\" needs keys to seal to, but the "
                                "society \"%V\" has no \"root\" in %V: make "
                                "both with \"rflctl keys\", or write "
                                "\"rfl_inbox off;\" and have no forms",
                                &lcf->society_id, &lcf->trust_file);
        return NGX_CONF_ERROR;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->client_max_body_size
        && clcf->client_max_body_size < RFL_FORM_BODY_MAX)
    {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "a form that is filled in has up to %uz "
                                "bytes, which \"client_max_body_size\" (%O) "
                                "would refuse: raise it to 32k, or leave it "
                                "away", (size_t) RFL_FORM_BODY_MAX,
                                clcf->client_max_body_size);
        return NGX_CONF_ERROR;
    }

    today = (int32_t) (ngx_time() / 86400);

    for (i = 0; i < lcf->search.trust->nsocieties; i++) {
        society = &lcf->search.trust->societies[i];

        if (society->nunsigned) {
            ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                          "%V: %ui inbox keys of the society \"%*s\" are not "
                          "signed by its root and are not used, \"rflctl keys "
                          "list\" names them", &lcf->trust_file,
                          (ngx_uint_t) society->nunsigned, society->id.len,
                          society->id.data);
        }
    }

    if (rfl_box_key(lcf->society, today) == NULL) {
        ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                      "%V: the society \"%V\" has no inbox key that is valid "
                      "today, nothing can be handed in until there is one: "
                      "see \"rflctl keys\"", &lcf->trust_file,
                      &lcf->society_id);
    }

    return NGX_CONF_OK;
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
    ngx_http_rfl_main_conf_t  *mcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_module);

    ngx_conf_init_size_value(mcf->verify_cache, NGX_HTTP_RFL_VERDICTS * 16);

    if (!mcf->used) {
        return NGX_OK;
    }

    if (ngx_http_rfl_cleanse(cf, mcf) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ngx_http_rfl_once_zone(cf) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_rfl_status_zone(cf, mcf);
}


/*
 * OpenSSL shall wipe what it decrypted as soon as nginx has read it.  This
 * is not to be had by ssl_conf_command.
 */

static ngx_int_t
ngx_http_rfl_cleanse(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf)
{
#if (NGX_HTTP_SSL && defined SSL_OP_CLEANSE_PLAINTEXT)

    ngx_uint_t                 i;
    ngx_http_conf_ctx_t      **ctx;
    ngx_http_ssl_srv_conf_t   *sscf;

    ctx = mcf->contexts.elts;

    for (i = 0; i < mcf->contexts.nelts; i++) {
        sscf = ctx[i]->srv_conf[ngx_http_ssl_module.ctx_index];

        if (sscf->ssl.ctx) {
            (void) SSL_CTX_set_options(sscf->ssl.ctx,
                                       SSL_OP_CLEANSE_PLAINTEXT);
        }
    }

#endif

    return NGX_OK;
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
