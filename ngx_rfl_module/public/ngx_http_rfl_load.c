
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_load.c: reads, at configuration time, what the directives
 * name: policy and trust file, and a site, whose words and looks are read by
 * ngx_http_rfl_words.c and ngx_http_rfl_theme.c.  What several locations name
 * is read once per cycle; all of it lives in the pool of the main
 * configuration and is read-only afterwards.
 *
 * A fault is logged with its file and line and what to do about it.
 */


#include "ngx_http_rfl_load.h"
#include "rfl_text.h"


#define NGX_HTTP_RFL_JSON_MAX  (4 * 1024 * 1024)
#define NGX_HTTP_RFL_FILE_MAX  (1024 * 1024)

/* what a visitor's own words take on a page, of any kind that is usual */
#define NGX_HTTP_RFL_TYPED     4096


/* a policy or a trust file, and what was made of it */

typedef struct {
    ngx_str_t                  path;
    rfl_str_t                  text;
    rfl_policy_t              *policy;
    rfl_trust_t               *trust;
} ngx_http_rfl_file_t;


static void *ngx_http_rfl_load_fault(ngx_conf_t *cf, ngx_str_t *path, int rc,
    rfl_err_t *err);
static ngx_http_rfl_file_t *ngx_http_rfl_file(ngx_conf_t *cf,
    ngx_http_rfl_main_conf_t *mcf, ngx_str_t *path);
static ngx_int_t ngx_http_rfl_same_site(ngx_http_rfl_loc_conf_t *a,
    ngx_http_rfl_loc_conf_t *b);
static ngx_int_t ngx_http_rfl_load_exit(ngx_http_rfl_load_t *ld);
static ngx_int_t ngx_http_rfl_load_common(ngx_http_rfl_load_t *ld,
    ngx_http_rfl_main_conf_t *mcf);
static ngx_int_t ngx_http_rfl_load_bucket(ngx_http_rfl_load_t *ld);
static ngx_int_t ngx_http_rfl_load_pages(ngx_http_rfl_site_t *site,
    rfl_pool_t *pool, rfl_buf_t *b, size_t *largest);
static ngx_int_t ngx_http_rfl_load_robots(ngx_http_rfl_load_t *ld);


rfl_policy_t *
ngx_http_rfl_load_policy(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf,
    ngx_str_t *path)
{
    int                   rc;
    rfl_err_t             err;
    ngx_http_rfl_file_t  *file;

    file = ngx_http_rfl_file(cf, mcf, path);

    if (file == NULL || file->policy) {
        return file ? file->policy : NULL;
    }

    ngx_memzero(&err, sizeof(rfl_err_t));

    rc = rfl_policy_parse(mcf->pool, &file->text, &file->policy, &err);

    return (rc == RFL_OK) ? file->policy
                          : ngx_http_rfl_load_fault(cf, path, rc, &err);
}


rfl_trust_t *
ngx_http_rfl_load_trust(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf,
    ngx_str_t *path)
{
    int                   rc;
    rfl_err_t             err;
    ngx_http_rfl_file_t  *file;

    file = ngx_http_rfl_file(cf, mcf, path);

    if (file == NULL || file->trust) {
        return file ? file->trust : NULL;
    }

    ngx_memzero(&err, sizeof(rfl_err_t));

    rc = rfl_trust_parse(mcf->pool, &file->text, &file->trust, &err);

    return (rc == RFL_OK) ? file->trust
                          : ngx_http_rfl_load_fault(cf, path, rc, &err);
}


/* Policy or trust file; NULL, for the caller to return. */

static void *
ngx_http_rfl_load_fault(ngx_conf_t *cf, ngx_str_t *path, int rc,
    rfl_err_t *err)
{
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%V:%ui: %s%s", path,
                       (ngx_uint_t) err->line, err->text,
                       rc == RFL_DECLINED
                           ? ": swap what \"rfl_policy\" and \"rfl_trust\" "
                             "name, or correct the one that is wrong"
                           : "");
    return NULL;
}


/* The file of that path, read if it is new; path is made absolute. */

static ngx_http_rfl_file_t *
ngx_http_rfl_file(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf,
    ngx_str_t *path)
{
    rfl_err_t             err;
    rfl_str_t             text;
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

    ngx_memzero(&err, sizeof(rfl_err_t));

    if (rfl_file_read(mcf->pool, (char *) path->data, NGX_HTTP_RFL_JSON_MAX,
                      0, &text, &err)
        != RFL_OK)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%s", err.text);
        return NULL;
    }

    file = ngx_array_push(&mcf->files);
    if (file == NULL) {
        return NULL;
    }

    ngx_memzero(file, sizeof(ngx_http_rfl_file_t));

    file->path = *path;
    file->text = text;

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

    site->forms = (lcf->inbox != NULL);

    if (lcf->exit.len && ngx_http_rfl_load_exit(&ld) != NGX_OK) {
        return NULL;
    }

    if (ngx_http_rfl_load_words(&ld) != NGX_OK
        || ngx_http_rfl_load_theme(&ld) != NGX_OK
        || ngx_http_rfl_load_common(&ld, mcf) != NGX_OK
        || ngx_http_rfl_load_bucket(&ld) != NGX_OK
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
        || (a->inbox == NULL) != (b->inbox == NULL)
        || (a->exit.len == 0) != (b->exit.len == 0)
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


/* what the pages link to; where it leads is the directive's */

static ngx_int_t
ngx_http_rfl_load_exit(ngx_http_rfl_load_t *ld)
{
    u_char     *p;
    ngx_str_t  *prefix;
    rfl_str_t  *url;

    prefix = &ld->lcf->prefix;
    url = &ld->site->site.exit_url;

    p = rfl_palloc(ld->pool, prefix->len + sizeof("exit") - 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    url->data = p;
    url->len = prefix->len + sizeof("exit") - 1;

    p = ngx_cpymem(p, prefix->data, prefix->len);
    ngx_memcpy(p, "exit", sizeof("exit") - 1);

    return NGX_OK;
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


/*
 * The size of all answers to a search: countries to choose from, a theme and a
 * language make pages with a form longer than those with results.
 */

static ngx_int_t
ngx_http_rfl_load_bucket(ngx_http_rfl_load_t *ld)
{
    size_t       base, largest;
    ngx_int_t    rc;
    rfl_buf_t    b;
    rfl_pool_t  *pool;

    pool = rfl_pool_create(NGX_HTTP_RFL_PAGE_BUCKET);
    if (pool == NULL) {
        return NGX_ERROR;
    }

    rfl_buf_init(&b, 0);
    largest = 0;

    rc = ngx_http_rfl_load_pages(ld->site, pool, &b, &largest);

    rfl_buf_free(&b);
    rfl_pool_destroy(pool);

    base = ld->lcf->inbox ? NGX_HTTP_RFL_HITS_BUCKET
                          : NGX_HTTP_RFL_PAGE_BUCKET;

    ld->site->bucket = (largest + NGX_HTTP_RFL_TYPED + base - 1)
                       / base * base;

    return rc;
}


static ngx_int_t
ngx_http_rfl_load_pages(ngx_http_rfl_site_t *site, rfl_pool_t *pool,
    rfl_buf_t *b, size_t *largest)
{
    ngx_uint_t        i, k;
    rfl_tpl_value_t  *values;

    static const rfl_page_e  pages[] = {
        RFL_PAGE_SEARCH, RFL_PAGE_REFINE, RFL_PAGE_NORESULT, RFL_PAGE_RESULTS
    };

    for (i = 0; i < site->site.nlangs; i++) {

        for (k = 0; k < sizeof(pages) / sizeof(pages[0]); k++) {

            values = rfl_page_values(pool, pages[k]);
            if (values == NULL) {
                return NGX_ERROR;
            }

            ngx_memcpy(values, site->common[i * RFL_PAGES_N + pages[k]],
                       RFL_V_COMMON_N * sizeof(rfl_tpl_value_t));

            if (rfl_page_form(pool, &site->site, (unsigned) i, pages[k], NULL,
                              values)
                != RFL_OK)
            {
                return NGX_ERROR;
            }

            rfl_buf_reset(b);
            rfl_tpl_render(site->tpl[pages[k]], values,
                           site->site.catalogs[i], b);

            if (b->failed) {
                return NGX_ERROR;
            }

            *largest = ngx_max(*largest, b->len);
        }
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


ngx_int_t
ngx_http_rfl_read(ngx_http_rfl_load_t *ld, ngx_str_t *dir, const char *sub,
    const char *name, size_t len, const char *ext, rfl_str_t *text,
    rfl_str_t *file)
{
    u_char           *p;
    size_t            size, bom;
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

    /* in the middle of a stylesheet a rule would be lost */

    bom = rfl_text_bom(text->data, text->len);
    text->data += bom;
    text->len -= bom;

    return NGX_OK;
}


ngx_int_t
ngx_http_rfl_list(ngx_http_rfl_load_t *ld, ngx_str_t *path,
    const char *directive, const char *ext, ngx_http_rfl_listed_pt handler)
{
    size_t      len, end;
    u_char     *name;
    ngx_int_t   rc;
    ngx_dir_t   dir;

    if (ngx_open_dir(path, &dir) == NGX_ERROR) {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                "the directory \"%V\" of \"%s\" cannot "
                                "be listed, give nginx the right to read it",
                                path, directive);
        return NGX_ERROR;
    }

    rc = NGX_OK;
    end = ngx_strlen(ext);

    while (rc == NGX_OK && ngx_read_dir(&dir) == NGX_OK) {

        name = ngx_de_name(&dir);
        len = ngx_de_namelen(&dir);

        if (len > end && name[0] != '.'
            && ngx_strncmp(name + len - end, ext, end) == 0)
        {
            rc = handler(ld, name, len - end);
        }
    }

    (void) ngx_close_dir(&dir);

    return rc;
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
