
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_words.c: the words of a site: for each language the package's
 * PO file, and the messages that rfl_po replaces; or, of a language that the
 * package does not have, a PO file of rfl_po with all of them.
 */


#include "ngx_http_rfl_load.h"


/* below rfl_pages */
#define NGX_HTTP_RFL_WORDS  "/po"


static rfl_catalog_t *ngx_http_rfl_load_catalog(ngx_http_rfl_load_t *ld,
    ngx_str_t *lang);
static ngx_int_t ngx_http_rfl_load_po(ngx_http_rfl_load_t *ld,
    rfl_catalog_t *catalog, const rfl_catalog_t *reference, ngx_str_t *dir,
    const char *sub, ngx_str_t *lang, ngx_uint_t override);
static void ngx_http_rfl_no_words(ngx_http_rfl_load_t *ld, ngx_str_t *lang);
static ngx_int_t ngx_http_rfl_check_po(ngx_http_rfl_load_t *ld, u_char *name,
    size_t len);
static void ngx_http_rfl_catalog_cleanup(void *data);


ngx_int_t
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

    return (ld->lcf->po.len == 0)
           ? NGX_OK : ngx_http_rfl_list(ld, &ld->lcf->po, "rfl_po", ".po",
                                        ngx_http_rfl_check_po);
}


/* The package's words and those of rfl_po that replace some, or its own. */

static rfl_catalog_t *
ngx_http_rfl_load_catalog(ngx_http_rfl_load_t *ld, ngx_str_t *lang)
{
    unsigned             missing;
    ngx_int_t            rc;
    ngx_str_t           *dir;
    rfl_str_t            first;
    const char          *sub;
    ngx_uint_t           english, whole;
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

    dir = &ld->lcf->pages;
    sub = NGX_HTTP_RFL_WORDS;

    rc = ngx_http_rfl_load_po(ld, catalog, english ? NULL : ld->reference,
                              dir, sub, lang, 0);

    if (rc == NGX_OK && ld->reference == NULL) {
        return catalog;
    }

    whole = (rc == NGX_DECLINED);

    if (rc != NGX_ERROR && ld->reference != NULL && ld->lcf->po.len) {

        rc = ngx_http_rfl_load_po(ld, catalog, ld->reference, &ld->lcf->po, "",
                                  lang, !whole);

        if (whole) {
            dir = &ld->lcf->po;
            sub = "";

        } else if (rc == NGX_DECLINED) {
            rc = NGX_OK;
        }
    }

    if (rc == NGX_DECLINED) {
        ngx_http_rfl_no_words(ld, lang);
    }

    if (rc != NGX_OK) {
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
                                dir, sub, lang);
        return NULL;
    }

    return catalog;
}


/* override: a file of some messages only; NGX_DECLINED: there is none */

static ngx_int_t
ngx_http_rfl_load_po(ngx_http_rfl_load_t *ld, rfl_catalog_t *catalog,
    const rfl_catalog_t *reference, ngx_str_t *dir, const char *sub,
    ngx_str_t *lang, ngx_uint_t override)
{
    ngx_int_t  rc;
    rfl_err_t  err;
    rfl_str_t  text, file;

    rc = ngx_http_rfl_read(ld, dir, sub, (char *) lang->data, lang->len,
                           ".po", &text, &file);

    if (rc != NGX_OK) {
        return rc;
    }

    ngx_memzero(&err, sizeof(rfl_err_t));

    if (rfl_catalog_add(catalog, &text, reference, (int) override, &err)
        != RFL_OK)
    {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf, "%*s:%ui: %s", file.len,
                                file.data, (ngx_uint_t) err.line, err.text);
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_http_rfl_no_words(ngx_http_rfl_load_t *ld, ngx_str_t *lang)
{
    ngx_str_t        *pages;
    ngx_file_info_t   fi;

    pages = &ld->lcf->pages;

    if (ngx_file_info(pages->data, &fi) == NGX_FILE_ERROR) {
        ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                "the pages of the package are not in \"%V\": "
                                "say with \"rfl_pages\" where they are",
                                pages);
        return;
    }

    ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                            "there is no %V%s/%V.po for the language \"%V\": "
                            "put a file \"%V.po\" with all messages into the "
                            "directory of \"rfl_po\", or take \"%V\" out of "
                            "\"rfl_languages\"", pages, NGX_HTTP_RFL_WORDS,
                            lang, lang, lang, lang);
}


/*
 * A file of rfl_po that is not read is no fault, another site may read it, but
 * most often it has a wrong name.
 */

static ngx_int_t
ngx_http_rfl_check_po(ngx_http_rfl_load_t *ld, u_char *name, size_t len)
{
    ngx_str_t   *lang;
    ngx_uint_t   i;

    lang = ld->lcf->languages->elts;

    for (i = 0; i < ld->lcf->languages->nelts; i++) {
        if (lang[i].len == len && ngx_strncmp(lang[i].data, name, len) == 0) {
            return NGX_OK;
        }
    }

    ngx_log_error(NGX_LOG_WARN, ld->cf->log, 0,
                  "%V/%s is not read: name it after one of "
                  "\"rfl_languages\", or add its language there",
                  &ld->lcf->po, name);

    return NGX_OK;
}


static void
ngx_http_rfl_catalog_cleanup(void *data)
{
    rfl_catalog_destroy(data);
}
