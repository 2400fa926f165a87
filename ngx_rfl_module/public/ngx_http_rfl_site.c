
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_site.c: the routes of the pages below the location of
 * rfl_site, and the search as a form.
 *
 *     /                  to the visitor's language
 *     /fr/               home, and the pages beside it
 *     /fr/search         GET: the form, POST: a search
 *     /fr/alive          GET: what to know before, POST: a form that is
 *     /fr/looking            handed in, if there is an inbox
 *     /fr/withdraw       GET: its first step
 *     /fr/message        GET: the search, because only a result leads there
 *     /fr/report
 *     /exit              away, at once
 *     /rfl-<hash>.css    and the logo
 *     /robots.txt
 *
 * The query string of a URL is never looked at.
 */


#include "ngx_http_rfl.h"


typedef struct {
    rfl_page_e            page;
    ngx_http_rfl_route_e  route;
    ngx_uint_t            methods;
    rfl_form_e            form;      /* a POST is one of its steps */
} ngx_http_rfl_route_t;


static ngx_int_t ngx_http_rfl_site_route(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_str_t *path);
static ngx_int_t ngx_http_rfl_site_file(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_str_t *path);
static ngx_int_t ngx_http_rfl_site_error(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_str_t *prefix, ngx_uint_t status);
static const ngx_http_rfl_route_t *ngx_http_rfl_site_find(
    ngx_http_rfl_ctx_t *ctx, ngx_str_t *path);
static ngx_int_t ngx_http_rfl_site_lang(ngx_http_rfl_ctx_t *ctx,
    ngx_str_t *path);
static void ngx_http_rfl_site_choose(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_site_redirect(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t vary);
static ngx_int_t ngx_http_rfl_site_exit(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_site_asset(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_str_t *type, ngx_str_t *body,
    ngx_uint_t flags);
static ngx_int_t ngx_http_rfl_site_refuse(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t methods);
static ngx_int_t ngx_http_rfl_site_search(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_site_failed(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t status);
static ngx_int_t ngx_http_rfl_site_answer(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_site_token(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, const rfl_entry_t *entry, rfl_tpl_value_t *hit);
static ngx_int_t ngx_http_rfl_site_form(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, rfl_page_e page, rfl_query_t *query);


#define NGX_HTTP_RFL_READ  (NGX_HTTP_GET|NGX_HTTP_HEAD)


static const ngx_http_rfl_route_t  ngx_http_rfl_site_routes[] = {
    { RFL_PAGE_HOME, NGX_HTTP_RFL_ROUTE_HOME, NGX_HTTP_RFL_READ,
      RFL_FORM_NONE },
    { RFL_PAGE_LOOKING, NGX_HTTP_RFL_ROUTE_LOOKING, NGX_HTTP_RFL_READ,
      RFL_FORM_LOOKING },
    { RFL_PAGE_ALIVE, NGX_HTTP_RFL_ROUTE_ALIVE, NGX_HTTP_RFL_READ,
      RFL_FORM_ALIVE },
    { RFL_PAGE_PRIVACY, NGX_HTTP_RFL_ROUTE_PRIVACY, NGX_HTTP_RFL_READ,
      RFL_FORM_NONE },
    { RFL_PAGE_SEARCH, NGX_HTTP_RFL_ROUTE_SEARCH,
      NGX_HTTP_RFL_READ|NGX_HTTP_POST, RFL_FORM_NONE },
    { RFL_PAGE_SEARCH, NGX_HTTP_RFL_ROUTE_MESSAGE, NGX_HTTP_RFL_READ,
      RFL_FORM_MESSAGE },
    { RFL_PAGE_STEP, NGX_HTTP_RFL_ROUTE_WITHDRAW, NGX_HTTP_RFL_READ,
      RFL_FORM_WITHDRAW },
    { RFL_PAGE_SEARCH, NGX_HTTP_RFL_ROUTE_REPORT, NGX_HTTP_RFL_READ,
      RFL_FORM_REPORT },
    { RFL_PAGES_N, NGX_HTTP_RFL_ROUTE_OTHER, 0, RFL_FORM_NONE }
};


ngx_int_t
ngx_http_rfl_site_handler(ngx_http_request_t *r)
{
    ngx_str_t                 path;
    ngx_uint_t                status;
    ngx_http_rfl_ctx_t       *ctx;
    ngx_http_rfl_loc_conf_t  *lcf;

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    ctx = ngx_http_rfl_ctx_create(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->site = lcf->site;
    ctx->lang = lcf->site->lang;

    status = ngx_http_rfl_error_status(r);

    if (status) {
        return ngx_http_rfl_site_error(r, ctx, &lcf->prefix, status);
    }

    /* the location's name is a prefix of the URI, unless it was rewritten */

    if (r->uri.len < lcf->prefix.len) {
        return ngx_http_rfl_error_page(r, ctx, NGX_HTTP_NOT_FOUND, 0);
    }

    path.data = r->uri.data + lcf->prefix.len;
    path.len = r->uri.len - lcf->prefix.len;

    return ngx_http_rfl_site_route(r, ctx, &path);
}


static ngx_int_t
ngx_http_rfl_site_route(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_str_t *path)
{
    ngx_int_t                    rc;
    ngx_uint_t                   methods;
    const ngx_http_rfl_route_t  *route;

    if (path->len == 0) {
        ngx_http_rfl_site_choose(r, ctx);
        return ngx_http_rfl_site_redirect(r, ctx, 1);
    }

    rc = ngx_http_rfl_site_file(r, ctx, path);

    if (rc != NGX_DECLINED) {
        return rc;
    }

    switch (ngx_http_rfl_site_lang(ctx, path)) {

    case NGX_OK:
        break;

    case NGX_DONE:
        return ngx_http_rfl_site_redirect(r, ctx, 0);

    default:
        ngx_http_rfl_site_choose(r, ctx);
    }

    route = ngx_http_rfl_site_find(ctx, path);

    if (route == NULL) {
        return ngx_http_rfl_error_page(r, ctx, NGX_HTTP_NOT_FOUND, 0);
    }

    ctx->route = route->route;
    methods = route->methods;

    if (route->form != RFL_FORM_NONE && ctx->site->site.forms) {
        methods |= NGX_HTTP_POST;
    }

    if (!(r->method & methods)) {
        return ngx_http_rfl_site_refuse(r, ctx, methods);
    }

    if (r->method == NGX_HTTP_POST && route->form != RFL_FORM_NONE) {
        return ngx_http_rfl_form(r, ctx, route->form);
    }

    if (r->method == NGX_HTTP_POST) {
        return ngx_http_rfl_body(r, ctx, "application/x-www-form-urlencoded",
                                 RFL_QUERY_BODY_MAX, ngx_http_rfl_site_search,
                                 ngx_http_rfl_site_failed);
    }

    if (route->page == RFL_PAGE_STEP) {
        return ngx_http_rfl_form_first(r, ctx, route->form);
    }

    ctx->out = NGX_HTTP_RFL_OUT_PAGE;

    return ngx_http_rfl_page(r, ctx, route->page,
                             ngx_http_rfl_page_values(ctx, route->page, NULL),
                             NGX_HTTP_OK, 0);
}


/* what is not in a language; NGX_DECLINED: the path is of no such thing */

static ngx_int_t
ngx_http_rfl_site_file(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_str_t *path)
{
    ngx_http_rfl_site_t  *site;

    static ngx_str_t  plain = ngx_string("text/plain");
    static ngx_str_t  robots = ngx_string("robots.txt");
    static ngx_str_t  away = ngx_string("exit");

    site = ctx->site;

    if (ngx_http_rfl_is(path, &site->css.name)) {
        return ngx_http_rfl_site_asset(r, ctx, &site->css.type,
                                       &site->css.body,
                                       NGX_HTTP_RFL_IMMUTABLE);
    }

    if (site->logo.name.len && ngx_http_rfl_is(path, &site->logo.name)) {
        return ngx_http_rfl_site_asset(r, ctx, &site->logo.type,
                                       &site->logo.body,
                                       NGX_HTTP_RFL_IMMUTABLE);
    }

    if (ngx_http_rfl_is(path, &robots)) {
        return ngx_http_rfl_site_asset(r, ctx, &plain, &site->robots,
                                       NGX_HTTP_RFL_CACHE);
    }

    if (site->site.exit_url.len && ngx_http_rfl_is(path, &away)) {
        return ngx_http_rfl_site_exit(r, ctx);
    }

    return NGX_DECLINED;
}


/*
 * An error that nginx found.  The URI is that of the location now; what the
 * visitor asked for is in the unparsed one, as far as there is any.
 */

static ngx_int_t
ngx_http_rfl_site_error(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_str_t *prefix, ngx_uint_t status)
{
    u_char                      *end;
    ngx_str_t                    path;
    ngx_uint_t                   posted;
    const ngx_http_rfl_route_t  *route;

    path = r->unparsed_uri;
    end = ngx_strlchr(path.data, path.data + path.len, '?');

    if (end) {
        path.len = (size_t) (end - path.data);
    }

    if (path.len >= prefix->len
        && ngx_strncmp(path.data, prefix->data, prefix->len) == 0)
    {
        path.data += prefix->len;
        path.len -= prefix->len;

    } else {
        path.len = 0;
    }

    if (ngx_http_rfl_site_lang(ctx, &path) == NGX_DECLINED) {
        ngx_http_rfl_site_choose(r, ctx);
    }

    route = ngx_http_rfl_site_find(ctx, &path);

    if (route) {
        ctx->route = route->route;
    }

    /* nginx has made a GET of it; a line it did not read may be a search's */

    posted = route ? (route->form != RFL_FORM_NONE
                      || (route->methods & NGX_HTTP_POST))
                   : r->unparsed_uri.len == 0;

    return ngx_http_rfl_error_page(r, ctx, status,
                                   posted ? ngx_http_rfl_bucket(r, ctx) : 0);
}


/* A route without page of its own is there only as long as its form is. */

static const ngx_http_rfl_route_t *
ngx_http_rfl_site_find(ngx_http_rfl_ctx_t *ctx, ngx_str_t *path)
{
    const rfl_str_t             *name;
    const ngx_http_rfl_route_t  *route;

    if (path->data == NULL) {
        return NULL;
    }

    for (route = ngx_http_rfl_site_routes; route->methods; route++) {
        name = (route->form != RFL_FORM_NONE) ? &rfl_forms[route->form].name
                                              : &rfl_pages[route->page].path;

        if (name->len == path->len
            && ngx_strncmp(name->data, path->data, path->len) == 0)
        {
            return (route->route < NGX_HTTP_RFL_ROUTE_MESSAGE
                    || ctx->site->site.forms)
                   ? route : NULL;
        }
    }

    return NULL;
}


/*
 * Takes "fr/" off the path and sets ctx->lang.  NGX_DONE: the path is a
 * language without its slash; NGX_DECLINED: it begins with no language, path
 * is null then.
 */

static ngx_int_t
ngx_http_rfl_site_lang(ngx_http_rfl_ctx_t *ctx, ngx_str_t *path)
{
    u_char      *slash;
    size_t       len;
    rfl_str_t   *lang;
    ngx_uint_t   i;

    slash = ngx_strlchr(path->data, path->data + path->len, '/');
    len = slash ? (size_t) (slash - path->data) : path->len;

    lang = ctx->site->langs;

    for (i = 0; i < ctx->site->site.nlangs; i++) {

        if (lang[i].len != len
            || ngx_strncmp(lang[i].data, path->data, len) != 0)
        {
            continue;
        }

        ctx->lang = i;

        if (slash == NULL) {
            ngx_str_null(path);
            return NGX_DONE;
        }

        path->data += len + 1;
        path->len -= len + 1;

        return NGX_OK;
    }

    ngx_str_null(path);

    return NGX_DECLINED;
}


/* Sets ctx->lang by the languages that the visitor's browser asks for. */

static void
ngx_http_rfl_site_choose(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    int               lang;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    static const ngx_str_t  name = ngx_string("accept-language");

    part = &r->headers_in.headers.part;
    h = part->elts;

    for (i = 0; /* void */ ; i++) {

        if (i >= part->nelts) {
            if (part->next == NULL) {
                return;
            }

            part = part->next;
            h = part->elts;
            i = 0;
        }

        if (h[i].key.len == name.len
            && ngx_strncasecmp(h[i].key.data, name.data, name.len) == 0)
        {
            break;
        }
    }

    lang = rfl_lang_choose(h[i].value.data, h[i].value.len, ctx->site->langs,
                           ctx->site->site.nlangs);

    if (lang >= 0) {
        ctx->lang = (ngx_uint_t) lang;
    }
}


/* to the home page of ctx->lang; vary: it was chosen by a header */

static ngx_int_t
ngx_http_rfl_site_redirect(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t vary)
{
    u_char                   *p;
    ngx_str_t                 location;
    rfl_str_t                *lang;
    ngx_http_rfl_loc_conf_t  *lcf;

    static const ngx_str_t  accept_language = ngx_string("Accept-Language");

    ctx->route = NGX_HTTP_RFL_ROUTE_ROOT;

    if (!(r->method & NGX_HTTP_RFL_READ)) {
        return ngx_http_rfl_site_refuse(r, ctx, NGX_HTTP_RFL_READ);
    }

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);
    lang = &ctx->site->langs[ctx->lang];

    p = ngx_pnalloc(r->pool, lcf->prefix.len + lang->len + 1);
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    location.data = p;

    p = ngx_cpymem(p, lcf->prefix.data, lcf->prefix.len);
    p = ngx_cpymem(p, lang->data, lang->len);
    *p++ = '/';

    location.len = (size_t) (p - location.data);

    /* not headers_out.location, which would be made absolute by "Host" */

    if (ngx_http_rfl_header(r, "Location", &location) != NGX_OK
        || (vary
            && ngx_http_rfl_header(r, "Vary", &accept_language) != NGX_OK))
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->out = NGX_HTTP_RFL_OUT_REDIRECT;

    return ngx_http_rfl_send(r, ctx, NGX_HTTP_MOVED_TEMPORARILY, NULL,
                             NGX_HTTP_RFL_INDEX, 0);
}


/* What the browser keeps of us is cleared; its history cannot be. */

static ngx_int_t
ngx_http_rfl_site_exit(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_http_rfl_loc_conf_t  *lcf;

    static const ngx_str_t  clear =
        ngx_string("\"cache\", \"cookies\", \"storage\"");

    ctx->route = NGX_HTTP_RFL_ROUTE_EXIT;

    if (!(r->method & NGX_HTTP_RFL_READ)) {
        return ngx_http_rfl_site_refuse(r, ctx, NGX_HTTP_RFL_READ);
    }

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    if (ngx_http_rfl_header(r, "Location", &lcf->exit) != NGX_OK
        || ngx_http_rfl_header(r, "Clear-Site-Data", &clear) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->out = NGX_HTTP_RFL_OUT_REDIRECT;

    return ngx_http_rfl_send(r, ctx, NGX_HTTP_SEE_OTHER, NULL, 0, 0);
}


static ngx_int_t
ngx_http_rfl_site_asset(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_str_t *type, ngx_str_t *body, ngx_uint_t flags)
{

    ctx->route = NGX_HTTP_RFL_ROUTE_ASSET;

    if (!(r->method & NGX_HTTP_RFL_READ)) {
        return ngx_http_rfl_site_refuse(r, ctx, NGX_HTTP_RFL_READ);
    }

    ctx->out = NGX_HTTP_RFL_OUT_PAGE;

    rfl_buf_append(&ctx->answer, body->data, body->len);

    return ngx_http_rfl_send(r, ctx, NGX_HTTP_OK, type, flags, 0);
}


/* 405, with what would be allowed */

static ngx_int_t
ngx_http_rfl_site_refuse(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t methods)
{
    static const ngx_str_t  read = ngx_string("GET, HEAD");
    static const ngx_str_t  both = ngx_string("GET, HEAD, POST");

    if (ngx_http_rfl_header(r, "Allow",
                            (methods & NGX_HTTP_POST) ? &both : &read)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_error_page(r, ctx, NGX_HTTP_NOT_ALLOWED,
                                   (methods & NGX_HTTP_POST)
                                   ? ngx_http_rfl_bucket(r, ctx) : 0);
}


static ngx_int_t
ngx_http_rfl_site_search(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    rfl_query_t  *query;

    switch (ngx_http_rfl_ask(r, ctx, rfl_query_form)) {

    case NGX_OK:
        break;

    case NGX_DECLINED:
        return ngx_http_rfl_site_failed(r, ctx, NGX_HTTP_BAD_REQUEST);

    default:
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    query = ctx->search->query;

    if (query->edit) {
        query->nfaults = 0;
        ctx->out = NGX_HTTP_RFL_OUT_PAGE;
        return ngx_http_rfl_site_form(r, ctx, RFL_PAGE_SEARCH, query);
    }

    if (query->nfaults) {
        ctx->out = NGX_HTTP_RFL_OUT_FAULT;
        return ngx_http_rfl_site_form(r, ctx, RFL_PAGE_SEARCH, query);
    }

    return ngx_http_rfl_wait(r, ctx, ngx_http_rfl_site_answer);
}


static ngx_int_t
ngx_http_rfl_site_failed(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t status)
{
    return ngx_http_rfl_error_page(r, ctx, status,
                                   ngx_http_rfl_bucket(r, ctx));
}


static ngx_int_t
ngx_http_rfl_site_answer(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_uint_t              i;
    rfl_page_e              page;
    rfl_site_t             *site;
    rfl_query_t            *query;
    rfl_tpl_value_t        *values;
    ngx_http_rfl_search_t  *s;

    s = ctx->search;
    query = s->query;

    switch (s->outcome) {

    case NGX_HTTP_RFL_BUDGET:
    case NGX_HTTP_RFL_AWAY:
        return ngx_http_rfl_away_page(r, ctx,
                                      s->outcome == NGX_HTTP_RFL_BUDGET,
                                      ngx_http_rfl_bucket(r, ctx));

    case NGX_HTTP_RFL_BAD_NAME:
        ctx->out = NGX_HTTP_RFL_OUT_FAULT;
        query->faults[0].field = RFL_FIELD_NAME;
        query->faults[0].fault = RFL_FAULT_SHORT;
        query->nfaults = 1;

        return ngx_http_rfl_site_form(r, ctx, RFL_PAGE_SEARCH, query);

    case NGX_HTTP_RFL_REFINE:
        ctx->out = NGX_HTTP_RFL_OUT_REFINE;
        return ngx_http_rfl_site_form(r, ctx, RFL_PAGE_REFINE, query);

    default: /* NGX_HTTP_RFL_FOUND */
        break;
    }

    ctx->results = s->nhits;
    ctx->out = s->nhits ? NGX_HTTP_RFL_OUT_FOUND : NGX_HTTP_RFL_OUT_NORESULT;

    page = s->nhits ? RFL_PAGE_RESULTS : RFL_PAGE_NORESULT;
    site = &ctx->site->site;

    values = ngx_http_rfl_page_values(ctx, page, query);

    /* a page of no results has no place for any */

    if (values == NULL
        || (s->nhits
            && rfl_page_hits(ctx->pool, site, (unsigned) ctx->lang,
                             (unsigned) s->nhits, s->as_of, values)
               != RFL_OK))
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    for (i = 0; i < s->nhits; i++) {
        if (rfl_page_hit(ctx->pool, site, (unsigned) ctx->lang, (unsigned) i,
                         s->hits[i].entry, (unsigned) s->hits[i].why, values)
            != RFL_OK
            || ngx_http_rfl_site_token(r, ctx, s->hits[i].entry,
                                       values[RFL_V_HITS].items[i])
               != NGX_OK)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    return ngx_http_rfl_page(r, ctx, page, values, NGX_HTTP_OK,
                             ngx_http_rfl_bucket(r, ctx));
}


/* what a message about this entry, or a report of it, has to come with */

static ngx_int_t
ngx_http_rfl_site_token(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    const rfl_entry_t *entry, rfl_tpl_value_t *hit)
{
    rfl_buf_t           text;
    rfl_str_t          *value;
    const u_char       *key;
    rfl_entry_token_t   token;

    key = ngx_http_rfl_form_key(r);

    if (key == NULL) {
        return NGX_OK;
    }

    ngx_memcpy(token.ref, entry->ref, RFL_REF_SIZE);
    token.society = entry->society;
    token.name = entry->names[0].full;
    token.given = ngx_time();

    value = &hit[RFL_VH_TOKEN].text;

    rfl_buf_init(&text, 0);

    if (rfl_entry_token_seal(key, &token, &text) == RFL_OK) {
        value->data = rfl_pstrdup(ctx->pool, text.data, text.len);
        value->len = value->data ? text.len : 0;
    }

    rfl_buf_free(&text);

    return value->len ? NGX_OK : NGX_ERROR;
}


/*
 * The form again, with what was typed.  Status 200 for all, so that an
 * observer cannot tell this answer from one with results.
 */

static ngx_int_t
ngx_http_rfl_site_form(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_page_e page, rfl_query_t *query)
{
    return ngx_http_rfl_page(r, ctx, page,
                             ngx_http_rfl_page_values(ctx, page, query),
                             NGX_HTTP_OK, ngx_http_rfl_bucket(r, ctx));
}
