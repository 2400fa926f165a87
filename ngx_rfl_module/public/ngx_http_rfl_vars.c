
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_vars.c: variables for access logs and maps.  Each has a few
 * fixed values: none can tell who searched or for whom.  And one for limits,
 * $rfl_client, that stands for an address without telling it.
 */


#include "ngx_http_rfl_once.h"


static ngx_int_t ngx_http_rfl_var_lang(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_rfl_var_word(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_rfl_var_results(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_rfl_var_client(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_rfl_var_set(ngx_http_variable_value_t *v,
    const u_char *data, size_t len);


/* one handler for two variables */

#define NGX_HTTP_RFL_VAR_LANG     0
#define NGX_HTTP_RFL_VAR_DIR      1

#define NGX_HTTP_RFL_VAR_ROUTE    0
#define NGX_HTTP_RFL_VAR_OUTCOME  1


static ngx_http_variable_t  ngx_http_rfl_vars[] = {

    { ngx_string("rfl_lang"), NULL, ngx_http_rfl_var_lang,
      NGX_HTTP_RFL_VAR_LANG, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("rfl_dir"), NULL, ngx_http_rfl_var_lang,
      NGX_HTTP_RFL_VAR_DIR, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("rfl_route"), NULL, ngx_http_rfl_var_word,
      NGX_HTTP_RFL_VAR_ROUTE, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("rfl_outcome"), NULL, ngx_http_rfl_var_word,
      NGX_HTTP_RFL_VAR_OUTCOME, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("rfl_results"), NULL, ngx_http_rfl_var_results,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("rfl_client"), NULL, ngx_http_rfl_var_client, 0, 0, 0 },

      ngx_http_null_variable
};


const ngx_str_t  ngx_http_rfl_routes[NGX_HTTP_RFL_ROUTES_N] = {
    ngx_string("other"),
    ngx_string("root"),
    ngx_string("home"),
    ngx_string("looking"),
    ngx_string("alive"),
    ngx_string("privacy"),
    ngx_string("search"),
    ngx_string("message"),
    ngx_string("withdraw"),
    ngx_string("report"),
    ngx_string("exit"),
    ngx_string("asset"),
    ngx_string("api")
};


const ngx_str_t  ngx_http_rfl_outs[NGX_HTTP_RFL_OUTS_N] = {
    ngx_string("closed"),
    ngx_string("page"),
    ngx_string("redirect"),
    ngx_string("found"),
    ngx_string("noresult"),
    ngx_string("refine"),
    ngx_string("fault"),
    ngx_string("budget"),
    ngx_string("away"),
    ngx_string("stored"),
    ngx_string("repeated"),
    ngx_string("hidden"),
    ngx_string("trapped"),
    ngx_string("early"),
    ngx_string("late"),
    ngx_string("quota"),
    ngx_string("nokey"),
    ngx_string("full"),
    ngx_string("error")
};


ngx_int_t
ngx_http_rfl_vars_add(ngx_conf_t *cf)
{
    ngx_http_variable_t  *var, *v;

    for (v = ngx_http_rfl_vars; v->name.len; v++) {
        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_var_lang(ngx_http_request_t *r, ngx_http_variable_value_t *v,
    uintptr_t data)
{
    int                   rtl;
    rfl_str_t            *lang;
    ngx_http_rfl_ctx_t   *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_rfl_module);

    if (ctx == NULL || ctx->site == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    if (data == NGX_HTTP_RFL_VAR_DIR) {
        rtl = rfl_catalog_rtl(ctx->site->site.catalogs[ctx->lang]);

        return ngx_http_rfl_var_set(v, (u_char *) (rtl ? "rtl" : "ltr"), 3);
    }

    lang = &ctx->site->langs[ctx->lang];

    return ngx_http_rfl_var_set(v, lang->data, lang->len);
}


static ngx_int_t
ngx_http_rfl_var_word(ngx_http_request_t *r, ngx_http_variable_value_t *v,
    uintptr_t data)
{
    const ngx_str_t     *word;
    ngx_http_rfl_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_rfl_module);

    if (ctx == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    word = (data == NGX_HTTP_RFL_VAR_ROUTE) ? &ngx_http_rfl_routes[ctx->route]
                                            : &ngx_http_rfl_outs[ctx->out];

    return ngx_http_rfl_var_set(v, word->data, word->len);
}


/* in steps, so that a log does not tell one search from another */

static ngx_int_t
ngx_http_rfl_var_results(ngx_http_request_t *r, ngx_http_variable_value_t *v,
    uintptr_t data)
{
    ngx_uint_t           i;
    ngx_http_rfl_ctx_t  *ctx;

    static const struct {
        ngx_uint_t  from;
        ngx_str_t   text;
    } steps[] = {
        { 5, ngx_string("5-10") },
        { 2, ngx_string("2-4") },
        { 1, ngx_string("1") },
        { 0, ngx_string("0") }
    };

    ctx = ngx_http_get_module_ctx(r, ngx_http_rfl_module);

    if (ctx == NULL || ctx->answered == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    for (i = 0; ctx->results < steps[i].from; i++) { /* void */ }

    return ngx_http_rfl_var_set(v, steps[i].text.data, steps[i].text.len);
}


/* nowhere but in a configuration with a location of ours is there a key */

static ngx_int_t
ngx_http_rfl_var_client(ngx_http_request_t *r, ngx_http_variable_value_t *v,
    uintptr_t data)
{
    u_char                    *text;
    ngx_http_rfl_main_conf_t  *mcf;

    mcf = ngx_http_get_module_main_conf(r, ngx_http_rfl_module);

    if (!mcf->used) {
        v->not_found = 1;
        return NGX_OK;
    }

    text = ngx_pnalloc(r->pool, NGX_HTTP_RFL_CLIENT_SIZE);
    if (text == NULL) {
        return NGX_ERROR;
    }

    ngx_http_rfl_client(r, text);

    return ngx_http_rfl_var_set(v, text, NGX_HTTP_RFL_CLIENT_SIZE);
}


static ngx_int_t
ngx_http_rfl_var_set(ngx_http_variable_value_t *v, const u_char *data,
    size_t len)
{
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;
    v->len = (unsigned) (len & 0x0fffffff);
    v->data = (u_char *) data;

    return NGX_OK;
}
