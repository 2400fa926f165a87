
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_load.c: reads, at configuration time, what the directives
 * name: policy and trust file, words (PO), templates, stylesheet and logo.
 * A file that several locations name is read once per cycle; all of it lives
 * in the pool of the main configuration and is read-only afterwards.
 *
 * A fault is logged with its file and line and what to do about it.
 */


#include <sodium.h>

#include "ngx_http_rfl.h"


#define NGX_HTTP_RFL_JSON_MAX      (4 * 1024 * 1024)
#define NGX_HTTP_RFL_FILE_MAX      (1024 * 1024)

/* where the package keeps its parts, below rfl_pages */
#define NGX_HTTP_RFL_TEMPLATES     "/templates"
#define NGX_HTTP_RFL_WORDS         "/po"
#define NGX_HTTP_RFL_REFERENCE     "en"


/* a policy or a trust file; one of the two pointers is set */

typedef struct {
    ngx_str_t                  path;
    rfl_policy_t              *policy;
    rfl_trust_t               *trust;
} ngx_http_rfl_file_t;


/* what is under way while a site is loaded */

typedef struct {
    ngx_conf_t                *cf;
    ngx_http_rfl_loc_conf_t   *lcf;
    rfl_pool_t                *pool;
    ngx_http_rfl_site_t       *site;
    rfl_catalog_t             *reference;
    ngx_array_t                used;         /* names of the theme's files */
} ngx_http_rfl_load_t;


static ngx_http_rfl_file_t *ngx_http_rfl_file(ngx_conf_t *cf,
    ngx_http_rfl_main_conf_t *mcf, ngx_str_t *path);
static ngx_int_t ngx_http_rfl_same_site(ngx_http_rfl_loc_conf_t *a,
    ngx_http_rfl_loc_conf_t *b);
static ngx_int_t ngx_http_rfl_load_words(ngx_http_rfl_load_t *ld);
static rfl_catalog_t *ngx_http_rfl_load_catalog(ngx_http_rfl_load_t *ld,
    ngx_str_t *lang);
static ngx_int_t ngx_http_rfl_load_po(ngx_http_rfl_load_t *ld,
    rfl_catalog_t *catalog, const rfl_catalog_t *reference, ngx_str_t *dir,
    const char *sub, ngx_str_t *lang);
static void ngx_http_rfl_catalog_cleanup(void *data);
static ngx_int_t ngx_http_rfl_load_css(ngx_http_rfl_load_t *ld);
static ngx_int_t ngx_http_rfl_load_logo(ngx_http_rfl_load_t *ld);
static ngx_int_t ngx_http_rfl_asset(ngx_http_rfl_load_t *ld,
    ngx_http_rfl_asset_t *asset, const char *ext, const char *type,
    rfl_str_t *url);
static ngx_int_t ngx_http_rfl_load_templates(ngx_http_rfl_load_t *ld);
static int ngx_http_rfl_load_template(void *data, const rfl_str_t *name,
    rfl_str_t *text, rfl_str_t *file);
static ngx_int_t ngx_http_rfl_check_theme(ngx_http_rfl_load_t *ld);
static ngx_int_t ngx_http_rfl_load_common(ngx_http_rfl_load_t *ld,
    ngx_http_rfl_main_conf_t *mcf);
static ngx_int_t ngx_http_rfl_load_robots(ngx_http_rfl_load_t *ld);
static ngx_int_t ngx_http_rfl_read(ngx_http_rfl_load_t *ld, ngx_str_t *dir,
    const char *sub, const char *name, size_t len, const char *ext,
    rfl_str_t *text, rfl_str_t *file);
static ngx_int_t ngx_http_rfl_read_theme(ngx_http_rfl_load_t *ld,
    const char *name, const char *ext, rfl_str_t *text, rfl_str_t *file);


rfl_policy_t *
ngx_http_rfl_load_policy(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf,
    ngx_str_t *path)
{
    rfl_err_t             err;
    rfl_str_t             text;
    ngx_http_rfl_file_t  *file;

    file = ngx_http_rfl_file(cf, mcf, path);

    if (file == NULL || file->policy) {
        return file ? file->policy : NULL;
    }

    ngx_memzero(&err, sizeof(rfl_err_t));

    if (rfl_file_read(mcf->pool, (char *) path->data, NGX_HTTP_RFL_JSON_MAX,
                      0, &text, &err)
        != RFL_OK)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%s", err.text);
        return NULL;
    }

    if (rfl_policy_parse(mcf->pool, &text, &file->policy, &err) != RFL_OK) {
        file->policy = NULL;

        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%V:%ui: %s", path,
                           (ngx_uint_t) err.line, err.text);
        return NULL;
    }

    return file->policy;
}


rfl_trust_t *
ngx_http_rfl_load_trust(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf,
    ngx_str_t *path)
{
    rfl_err_t             err;
    rfl_str_t             text;
    ngx_http_rfl_file_t  *file;

    file = ngx_http_rfl_file(cf, mcf, path);

    if (file == NULL || file->trust) {
        return file ? file->trust : NULL;
    }

    ngx_memzero(&err, sizeof(rfl_err_t));

    if (rfl_file_read(mcf->pool, (char *) path->data, NGX_HTTP_RFL_JSON_MAX,
                      0, &text, &err)
        != RFL_OK)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%s", err.text);
        return NULL;
    }

    if (rfl_trust_parse(mcf->pool, &text, &file->trust, &err) != RFL_OK) {
        file->trust = NULL;

        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%V:%ui: %s", path,
                           (ngx_uint_t) err.line, err.text);
        return NULL;
    }

    return file->trust;
}


/* The entry of that path, made if it is new; path is made absolute. */

static ngx_http_rfl_file_t *
ngx_http_rfl_file(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf,
    ngx_str_t *path)
{
    ngx_uint_t            i;
    ngx_http_rfl_file_t  *file;

    if (ngx_conf_full_name(cf->cycle, path, 1) != NGX_OK) {
        return NULL;
    }

    file = mcf->files.elts;

    for (i = 0; i < mcf->files.nelts; i++) {
        if (file[i].path.len == path->len
            && ngx_strncmp(file[i].path.data, path->data, path->len) == 0)
        {
            return &file[i];
        }
    }

    file = ngx_array_push(&mcf->files);
    if (file == NULL) {
        return NULL;
    }

    ngx_memzero(file, sizeof(ngx_http_rfl_file_t));

    file->path = *path;

    return file;
}


ngx_http_rfl_site_t *
ngx_http_rfl_load_site(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf,
    ngx_http_rfl_loc_conf_t *lcf)
{
    rfl_site_t               *site;
    ngx_uint_t                i;
    ngx_http_rfl_load_t       ld;
    ngx_http_rfl_loc_conf_t **known;

    known = mcf->sites.elts;

    for (i = 0; i < mcf->sites.nelts; i++) {
        if (ngx_http_rfl_same_site(known[i], lcf)) {
            return known[i]->site;
        }
    }

    ngx_memzero(&ld, sizeof(ngx_http_rfl_load_t));

    ld.cf = cf;
    ld.lcf = lcf;
    ld.pool = mcf->pool;

    ld.site = rfl_pcalloc(ld.pool, sizeof(ngx_http_rfl_site_t));
    if (ld.site == NULL) {
        return NULL;
    }

    if (ngx_array_init(&ld.used, cf->temp_pool, 16, sizeof(rfl_str_t))
        != NGX_OK)
    {
        return NULL;
    }

    site = &ld.site->site;

    site->policy = lcf->search.policy;
    site->trust = lcf->search.trust;
    site->society = lcf->society;
    site->name.data = lcf->site_name.data;
    site->name.len = lcf->site_name.len;

    if (lcf->countries) {
        site->countries = lcf->countries->elts;
        site->ncountries = (unsigned) lcf->countries->nelts;
    }

    /* pages link to "<prefix>/fr/search" */
    site->prefix.data = lcf->prefix.data;
    site->prefix.len = lcf->prefix.len - 1;

    if (ngx_http_rfl_load_words(&ld) != NGX_OK
        || ngx_http_rfl_load_css(&ld) != NGX_OK
        || ngx_http_rfl_load_logo(&ld) != NGX_OK
        || ngx_http_rfl_load_templates(&ld) != NGX_OK
        || ngx_http_rfl_check_theme(&ld) != NGX_OK
        || ngx_http_rfl_load_common(&ld, mcf) != NGX_OK
        || ngx_http_rfl_load_robots(&ld) != NGX_OK)
    {
        return NULL;
    }

    known = ngx_array_push(&mcf->sites);
    if (known == NULL) {
        return NULL;
    }

    *known = lcf;

    return ld.site;
}


static ngx_int_t
ngx_http_rfl_same_site(ngx_http_rfl_loc_conf_t *a, ngx_http_rfl_loc_conf_t *b)
{
    ngx_str_t   *x, *y;
    ngx_uint_t   i;

    const size_t  texts[] = {
        offsetof(ngx_http_rfl_loc_conf_t, prefix),
        offsetof(ngx_http_rfl_loc_conf_t, pages),
        offsetof(ngx_http_rfl_loc_conf_t, theme),
        offsetof(ngx_http_rfl_loc_conf_t, po),
        offsetof(ngx_http_rfl_loc_conf_t, site_name),
        offsetof(ngx_http_rfl_loc_conf_t, accent),
        offsetof(ngx_http_rfl_loc_conf_t, default_language)
    };

    if (a->search.policy != b->search.policy
        || a->search.trust != b->search.trust
        || a->society != b->society
        || a->countries != b->countries
        || a->languages->nelts != b->languages->nelts)
    {
        return 0;
    }

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        x = (ngx_str_t *) ((u_char *) a + texts[i]);
        y = (ngx_str_t *) ((u_char *) b + texts[i]);

        if (x->len != y->len || ngx_strncmp(x->data, y->data, x->len) != 0) {
            return 0;
        }
    }

    x = a->languages->elts;
    y = b->languages->elts;

    for (i = 0; i < a->languages->nelts; i++) {
        if (x[i].len != y[i].len
            || ngx_strncmp(x[i].data, y[i].data, x[i].len) != 0)
        {
            return 0;
        }
    }

    return 1;
}


static ngx_int_t
ngx_http_rfl_load_words(ngx_http_rfl_load_t *ld)
{
    rfl_err_t    err;
    ngx_str_t   *lang, reference;
    ngx_uint_t   i, n;
    rfl_site_t  *site;

    ngx_str_set(&reference, NGX_HTTP_RFL_REFERENCE);

    ld->reference = ngx_http_rfl_load_catalog(ld, &reference);
    if (ld->reference == NULL) {
        return NGX_ERROR;
    }

    site = &ld->site->site;
    lang = ld->lcf->languages->elts;
    n = ld->lcf->languages->nelts;

    ngx_memzero(&err, sizeof(rfl_err_t));

    if (rfl_words_init(&site->words, ld->reference, &err) != RFL_OK) {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf, "%V%s: %s",
                                &ld->lcf->pages, NGX_HTTP_RFL_WORDS,
                                err.text);
        return NGX_ERROR;
    }

    site->catalogs = rfl_pcalloc(ld->pool, n * sizeof(rfl_catalog_t *));
    ld->site->langs = rfl_pcalloc(ld->pool, n * sizeof(rfl_str_t));

    if (site->catalogs == NULL || ld->site->langs == NULL) {
        return NGX_ERROR;
    }

    ld->site->lang = n;

    for (i = 0; i < n; i++) {
        site->catalogs[i] = ngx_http_rfl_load_catalog(ld, &lang[i]);
        if (site->catalogs[i] == NULL) {
            return NGX_ERROR;
        }

        ld->site->langs[i].len = lang[i].len;
        ld->site->langs[i].data = lang[i].data;

        if (lang[i].len == ld->lcf->default_language.len
            && ngx_strncmp(lang[i].data, ld->lcf->default_language.data,
                           lang[i].len)
               == 0)
        {
            ld->site->lang = i;
        }
    }

    site->nlangs = (unsigned) n;

    if (ld->site->lang == n) {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                "the language \"%V\" of "
                                "\"rfl_default_language\" is not one of "
                                "\"rfl_languages\": add it there or choose "
                                "another", &ld->lcf->default_language);
        return NGX_ERROR;
    }

    return NGX_OK;
}


/* The package's words, and those of rfl_po that replace some of them. */

static rfl_catalog_t *
ngx_http_rfl_load_catalog(ngx_http_rfl_load_t *ld, ngx_str_t *lang)
{
    unsigned             missing;
    rfl_str_t            first;
    ngx_uint_t           english;
    rfl_catalog_t       *catalog;
    ngx_pool_cleanup_t  *cln;

    cln = ngx_pool_cleanup_add(ld->cf->pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    catalog = rfl_catalog_create((char *) lang->data);
    if (catalog == NULL) {
        return NULL;
    }

    cln->handler = ngx_http_rfl_catalog_cleanup;
    cln->data = catalog;

    /* the texts of the reference are its msgids */

    english = (ngx_strcmp(lang->data, NGX_HTTP_RFL_REFERENCE) == 0);

    if (ngx_http_rfl_load_po(ld, catalog, english ? NULL : ld->reference,
                             &ld->lcf->pages, NGX_HTTP_RFL_WORDS, lang)
        != NGX_OK)
    {
        return NULL;
    }

    if (ld->reference == NULL) {
        return catalog;
    }

    if (ld->lcf->po.len
        && ngx_http_rfl_load_po(ld, catalog, ld->reference, &ld->lcf->po, NULL,
                                lang)
           == NGX_ERROR)
    {
        return NULL;
    }

    missing = rfl_catalog_missing(catalog, ld->reference, &first);

    if (missing) {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                "the language \"%V\" lacks %ui messages, the "
                                "first is \"%*s\": translate them in "
                                "%V%s/%V.po or take it out of "
                                "\"rfl_languages\"", lang,
                                (ngx_uint_t) missing, first.len, first.data,
                                &ld->lcf->pages, NGX_HTTP_RFL_WORDS, lang);
        return NULL;
    }

    return catalog;
}


/*
 * sub is NULL for an override, which may have some messages only, or not be
 * there at all: NGX_DECLINED.
 */

static ngx_int_t
ngx_http_rfl_load_po(ngx_http_rfl_load_t *ld, rfl_catalog_t *catalog,
    const rfl_catalog_t *reference, ngx_str_t *dir, const char *sub,
    ngx_str_t *lang)
{
    ngx_int_t  rc;
    rfl_err_t  err;
    rfl_str_t  text, file;

    rc = ngx_http_rfl_read(ld, dir, sub ? sub : "", (char *) lang->data,
                           lang->len, ".po", &text, &file);

    if (rc == NGX_DECLINED && sub) {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                "there is no %*s for the language \"%V\": add "
                                "it or take \"%V\" out of \"rfl_languages\"",
                                file.len, file.data, lang, lang);
        return NGX_ERROR;
    }

    if (rc != NGX_OK) {
        return rc;
    }

    ngx_memzero(&err, sizeof(rfl_err_t));

    if (rfl_catalog_add(catalog, &text, reference, sub == NULL, &err)
        != RFL_OK)
    {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf, "%*s:%ui: %s", file.len,
                                file.data, (ngx_uint_t) err.line, err.text);
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_http_rfl_catalog_cleanup(void *data)
{
    rfl_catalog_destroy(data);
}


/*
 * The colour of rfl_accent, the stylesheet of the package or the theme's own
 * in its place, and what the theme adds to it.
 */

static ngx_int_t
ngx_http_rfl_load_css(ngx_http_rfl_load_t *ld)
{
    ngx_int_t              rc;
    rfl_buf_t              b;
    rfl_str_t              text, file;
    ngx_http_rfl_asset_t  *css;

    css = &ld->site->css;

    rfl_buf_init(&b, 0);

    if (ld->lcf->accent.len) {
        rfl_buf_printf(&b, ":root{--rfl-accent:%s}\n",
                       (char *) ld->lcf->accent.data);
    }

    rc = ngx_http_rfl_read_theme(ld, "rfl", ".css", &text, &file);

    if (rc == NGX_DECLINED) {
        rc = ngx_http_rfl_read(ld, &ld->lcf->pages, "", "rfl", 3, ".css",
                               &text, &file);
    }

    if (rc == NGX_DECLINED) {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                "there is no %*s: \"rfl_pages\" must be the "
                                "directory of the package's pages", file.len,
                                file.data);
    }

    if (rc != NGX_OK) {
        goto failed;
    }

    rfl_buf_append(&b, text.data, text.len);

    rc = ngx_http_rfl_read_theme(ld, "custom", ".css", &text, &file);

    if (rc == NGX_ERROR) {
        goto failed;
    }

    if (rc == NGX_OK) {
        rfl_buf_append(&b, text.data, text.len);
    }

    css->body.len = b.len;
    css->body.data = b.failed ? NULL : rfl_pstrdup(ld->pool, b.data, b.len);

    if (css->body.data == NULL) {
        goto failed;
    }

    rfl_buf_free(&b);

    return ngx_http_rfl_asset(ld, css, ".css", "text/css",
                              &ld->site->site.css_url);

failed:

    rfl_buf_free(&b);

    return NGX_ERROR;
}


static ngx_int_t
ngx_http_rfl_load_logo(ngx_http_rfl_load_t *ld)
{
    ngx_int_t              rc;
    rfl_str_t              text, file;
    ngx_uint_t             i;
    ngx_http_rfl_asset_t  *logo;

    static const struct {
        const char  *ext;
        const char  *type;
    } types[] = {
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" }
    };

    logo = &ld->site->logo;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {

        rc = ngx_http_rfl_read_theme(ld, "logo", types[i].ext, &text, &file);

        if (rc == NGX_ERROR) {
            return NGX_ERROR;
        }

        if (rc == NGX_OK) {
            logo->body.data = text.data;
            logo->body.len = text.len;

            return ngx_http_rfl_asset(ld, logo, types[i].ext, types[i].type,
                                      &ld->site->site.logo_url);
        }
    }

    return NGX_OK;
}


/* Names an asset by its content, so that it may be kept for ever. */

static ngx_int_t
ngx_http_rfl_asset(ngx_http_rfl_load_t *ld, ngx_http_rfl_asset_t *asset,
    const char *ext, const char *type, rfl_str_t *url)
{
    u_char     *p, hash[crypto_generichash_BYTES];
    ngx_str_t  *prefix;

    (void) crypto_generichash(hash, sizeof(hash), asset->body.data,
                              asset->body.len, NULL, 0);

    prefix = &ld->lcf->prefix;

    p = rfl_palloc(ld->pool, prefix->len + sizeof("rfl-") - 1 + 16 + 4);
    if (p == NULL) {
        return NGX_ERROR;
    }

    url->data = p;

    p = ngx_cpymem(p, prefix->data, prefix->len);
    asset->name.data = p;

    p = ngx_cpymem(p, "rfl-", sizeof("rfl-") - 1);
    p = ngx_hex_dump(p, hash, 8);
    p = ngx_cpymem(p, ext, 4);

    url->len = (size_t) (p - url->data);

    asset->name.len = (size_t) (p - asset->name.data);
    asset->type.data = (u_char *) type;
    asset->type.len = ngx_strlen(type);

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_load_templates(ngx_http_rfl_load_t *ld)
{
    rfl_err_t          err;
    ngx_uint_t         i;
    const rfl_page_t  *page;

    for (i = 0; i < RFL_PAGES_N; i++) {
        page = &rfl_pages[i];

        ngx_memzero(&err, sizeof(rfl_err_t));

        if (rfl_tpl_compile(ld->pool, &page->name, page->fields,
                            ld->reference, ngx_http_rfl_load_template, ld,
                            &ld->site->tpl[i], &err)
            != RFL_OK)
        {
            ngx_http_rfl_conf_fault(ld->cf, ld->lcf, "%s", err.text);
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* Of the theme if it has a file of that name, else the package's. */

static int
ngx_http_rfl_load_template(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file)
{
    ngx_http_rfl_load_t *ld = data;

    ngx_int_t   rc;
    rfl_str_t  *used;

    rc = NGX_DECLINED;

    if (ld->lcf->theme.len) {
        rc = ngx_http_rfl_read(ld, &ld->lcf->theme, "", (char *) name->data,
                               name->len, ".html", text, file);
    }

    if (rc == NGX_OK) {
        used = ngx_array_push(&ld->used);
        if (used == NULL) {
            return RFL_ERROR;
        }

        *used = *name;
    }

    if (rc == NGX_DECLINED) {
        rc = ngx_http_rfl_read(ld, &ld->lcf->pages, NGX_HTTP_RFL_TEMPLATES,
                               (char *) name->data, name->len, ".html", text,
                               file);
    }

    switch (rc) {

    case NGX_OK:
        return RFL_OK;

    case NGX_DECLINED:
        return RFL_DECLINED;

    default:
        return RFL_ERROR;
    }
}


/*
 * A template of the theme that no page uses is most often a misspelt name,
 * and would never be missed.
 */

static ngx_int_t
ngx_http_rfl_check_theme(ngx_http_rfl_load_t *ld)
{
    size_t       len;
    u_char      *name;
    ngx_int_t    rc;
    ngx_dir_t    dir;
    rfl_str_t   *used;
    ngx_uint_t   i;

    if (ld->lcf->theme.len == 0) {
        return NGX_OK;
    }

    if (ngx_open_dir(&ld->lcf->theme, &dir) == NGX_ERROR) {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                "the directory \"%V\" of \"rfl_theme\" cannot "
                                "be listed, give nginx the right to read it",
                                &ld->lcf->theme);
        return NGX_ERROR;
    }

    rc = NGX_OK;

    while (rc == NGX_OK && ngx_read_dir(&dir) == NGX_OK) {

        name = ngx_de_name(&dir);
        len = ngx_de_namelen(&dir);

        if (len < 5 || name[0] == '.'
            || ngx_strncmp(name + len - 5, ".html", 5) != 0)
        {
            continue;
        }

        used = ld->used.elts;

        for (i = 0; i < ld->used.nelts; i++) {
            if (used[i].len == len - 5
                && ngx_strncmp(used[i].data, name, len - 5) == 0)
            {
                break;
            }
        }

        if (i == ld->used.nelts) {
            ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                    "%V/%s is not used by any page: give it "
                                    "the name of a file of %V%s, or remove it",
                                    &ld->lcf->theme, name, &ld->lcf->pages,
                                    NGX_HTTP_RFL_TEMPLATES);
            rc = NGX_ERROR;
        }
    }

    (void) ngx_close_dir(&dir);

    return rc;
}


/* The values that all requests for a page share, per language and page. */

static ngx_int_t
ngx_http_rfl_load_common(ngx_http_rfl_load_t *ld,
    ngx_http_rfl_main_conf_t *mcf)
{
    rfl_str_t            *known;
    ngx_uint_t            i, k, page;
    rfl_tpl_value_t      *values;
    ngx_http_rfl_site_t  *site;

    site = ld->site;

    site->common = rfl_pcalloc(ld->pool, site->site.nlangs * RFL_PAGES_N
                                         * sizeof(rfl_tpl_value_t *));
    site->stat_lang = rfl_pcalloc(ld->pool,
                                  site->site.nlangs * sizeof(ngx_uint_t));

    if (site->common == NULL || site->stat_lang == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < site->site.nlangs; i++) {

        for (page = 0; page < RFL_PAGES_N; page++) {
            values = rfl_page_values(ld->pool, (rfl_page_e) page);

            if (values == NULL
                || rfl_page_common(ld->pool, &site->site, (unsigned) i,
                                   (rfl_page_e) page, values)
                   != RFL_OK)
            {
                return NGX_ERROR;
            }

            /* a site without a name of its own bears the society's */

            if (site->site.name.len == 0) {
                values[RFL_V_SITE_NAME].text =
                                    *rfl_texts_get(&site->site.society->names,
                                                   &site->langs[i]);
            }

            site->common[i * RFL_PAGES_N + page] = values;
        }

        /* the counters of a language are those of all sites */

        known = mcf->langs.elts;

        for (k = 0; k < mcf->langs.nelts; k++) {
            if (rfl_str_eq(&known[k], &site->langs[i])) {
                break;
            }
        }

        if (k == mcf->langs.nelts) {
            known = ngx_array_push(&mcf->langs);
            if (known == NULL) {
                return NGX_ERROR;
            }

            *known = site->langs[i];
        }

        site->stat_lang[i] = k;
    }

    return NGX_OK;
}


/* Search engines may know the first pages, nothing else. */

static ngx_int_t
ngx_http_rfl_load_robots(ngx_http_rfl_load_t *ld)
{
    u_char      *p;
    size_t       len;
    rfl_str_t   *lang;
    ngx_str_t   *prefix;
    ngx_uint_t   i, n;

    prefix = &ld->lcf->prefix;
    lang = ld->site->langs;
    n = ld->site->site.nlangs;

    len = sizeof("User-agent: *\nDisallow: \nAllow: $\n") - 1
          + 2 * prefix->len;

    for (i = 0; i < n; i++) {
        len += sizeof("Allow: /$\n") - 1 + prefix->len + lang[i].len;
    }

    p = rfl_palloc(ld->pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ld->site->robots.data = p;
    ld->site->robots.len = len;

    p = ngx_sprintf(p, "User-agent: *\nDisallow: %V\nAllow: %V$\n", prefix,
                    prefix);

    for (i = 0; i < n; i++) {
        p = ngx_sprintf(p, "Allow: %V%*s/$\n", prefix, lang[i].len,
                        lang[i].data);
    }

    return NGX_OK;
}


/*
 * Reads DIR SUB / NAME EXT.  NGX_DECLINED: there is no such file.  file is
 * its whole path in any case, with a NUL that is not counted.
 */

static ngx_int_t
ngx_http_rfl_read(ngx_http_rfl_load_t *ld, ngx_str_t *dir, const char *sub,
    const char *name, size_t len, const char *ext, rfl_str_t *text,
    rfl_str_t *file)
{
    u_char           *p;
    size_t            size;
    rfl_err_t         err;
    ngx_file_info_t   fi;

    size = dir->len + ngx_strlen(sub) + 1 + len + ngx_strlen(ext) + 1;

    p = rfl_palloc(ld->pool, size);
    if (p == NULL) {
        return NGX_ERROR;
    }

    file->data = p;
    file->len = size - 1;

    (void) ngx_sprintf(p, "%V%s/%*s%s%Z", dir, sub, len, name, ext);

    if (ngx_file_info(file->data, &fi) == NGX_FILE_ERROR
        && ngx_errno == NGX_ENOENT)
    {
        return NGX_DECLINED;
    }

    ngx_memzero(&err, sizeof(rfl_err_t));

    if (rfl_file_read(ld->pool, (char *) file->data, NGX_HTTP_RFL_FILE_MAX, 0,
                      text, &err)
        != RFL_OK)
    {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf, "%s", err.text);
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_read_theme(ngx_http_rfl_load_t *ld, const char *name,
    const char *ext, rfl_str_t *text, rfl_str_t *file)
{
    if (ld->lcf->theme.len == 0) {
        return NGX_DECLINED;
    }

    return ngx_http_rfl_read(ld, &ld->lcf->theme, "", name, ngx_strlen(name),
                             ext, text, file);
}


void
ngx_http_rfl_conf_fault(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf,
    const char *fmt, ...)
{
    u_char   errstr[NGX_MAX_CONF_ERRSTR], *p;
    va_list  args;

    va_start(args, fmt);
    p = ngx_vslprintf(errstr, errstr + sizeof(errstr), fmt, args);
    va_end(args);

    ngx_log_error(NGX_LOG_EMERG, cf->log, 0, "%*s in %s:%ui",
                  (size_t) (p - errstr), errstr, lcf->file, lcf->line);
}
