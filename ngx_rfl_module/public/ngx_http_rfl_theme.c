
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_theme.c: the looks of a site: stylesheet, logo and templates
 * of the package, and the files of rfl_theme that stand in their place.
 */


#include <sodium.h>

#include "ngx_http_rfl_load.h"


/* below rfl_pages */
#define NGX_HTTP_RFL_TEMPLATES  "/templates"


static ngx_int_t ngx_http_rfl_load_css(ngx_http_rfl_load_t *ld);
static ngx_int_t ngx_http_rfl_load_logo(ngx_http_rfl_load_t *ld);
static ngx_int_t ngx_http_rfl_asset(ngx_http_rfl_load_t *ld,
    ngx_http_rfl_asset_t *asset, const char *ext, const char *type,
    rfl_str_t *url);
static ngx_int_t ngx_http_rfl_load_templates(ngx_http_rfl_load_t *ld);
static int ngx_http_rfl_load_template(void *data, const rfl_str_t *name,
    rfl_str_t *text, rfl_str_t *file);
static ngx_int_t ngx_http_rfl_check_template(ngx_http_rfl_load_t *ld,
    u_char *name, size_t len);
static ngx_int_t ngx_http_rfl_read_theme(ngx_http_rfl_load_t *ld,
    const char *name, const char *ext, rfl_str_t *text, rfl_str_t *file);


ngx_int_t
ngx_http_rfl_load_theme(ngx_http_rfl_load_t *ld)
{
    if (ngx_array_init(&ld->used, ld->cf->temp_pool, 16, sizeof(rfl_str_t))
        != NGX_OK
        || ngx_http_rfl_load_css(ld) != NGX_OK
        || ngx_http_rfl_load_logo(ld) != NGX_OK
        || ngx_http_rfl_load_templates(ld) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return (ld->lcf->theme.len == 0)
           ? NGX_OK : ngx_http_rfl_list(ld, &ld->lcf->theme, "rfl_theme",
                                        ".html", ngx_http_rfl_check_template);
}


/*
 * The colour of rfl_accent, the stylesheet of the package or the theme's own
 * in its place, the colours of the night, and what the theme adds to them.
 */

static ngx_int_t
ngx_http_rfl_load_css(ngx_http_rfl_load_t *ld)
{
    ngx_int_t              rc;
    u_char                 dark[NGX_HTTP_RFL_COLOUR + 1];
    rfl_buf_t              b;
    rfl_str_t              text, custom, file;
    ngx_uint_t             own;
    ngx_http_rfl_asset_t  *css;

    css = &ld->site->css;

    rfl_buf_init(&b, 0);

    if (ld->lcf->accent.len) {
        ngx_http_rfl_accent_dark(&ld->lcf->accent, dark);
        rfl_buf_printf(&b, ":root{--rfl-accent:%s;--rfl-accent-dark:%s}\n",
                       (char *) ld->lcf->accent.data, (char *) dark);
    }

    rc = ngx_http_rfl_read_theme(ld, "rfl", ".css", &text, &file);

    own = (rc == NGX_OK);

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

    rc = ngx_http_rfl_read_theme(ld, "custom", ".css", &custom, &file);

    if (rc == NGX_ERROR) {
        goto failed;
    }

    if (rc == NGX_DECLINED) {
        rfl_str_null(&custom);

    } else if (ngx_strnstr(custom.data, "prefers-color-scheme", custom.len)
               == NULL)
    {
        own = 1;
    }

    rc = ngx_http_rfl_read_theme(ld, "dark", ".css", &text, &file);

    /* rules that were written for light pages only get no others */

    if (rc == NGX_DECLINED && !own) {
        rc = ngx_http_rfl_read(ld, &ld->lcf->pages, "", "dark", 4, ".css",
                               &text, &file);
    }

    if (rc == NGX_ERROR) {
        goto failed;
    }

    if (rc == NGX_OK) {
        rfl_buf_append(&b, text.data, text.len);
    }

    if (custom.len) {
        rfl_buf_append(&b, custom.data, custom.len);
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
        const char  *sign;
    } types[] = {
        { ".svg", "image/svg+xml", "<svg" },
        { ".png", "image/png", "\x89PNG" }
    };

    logo = &ld->site->logo;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {

        rc = ngx_http_rfl_read_theme(ld, "logo", types[i].ext, &text, &file);

        if (rc == NGX_ERROR) {
            return NGX_ERROR;
        }

        if (rc == NGX_OK
            && ngx_strnstr(text.data, (char *) types[i].sign, text.len)
               == NULL)
        {
            ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                                    "%*s is no picture of the type that its "
                                    "name says: save it as one", file.len,
                                    file.data);
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
ngx_http_rfl_check_template(ngx_http_rfl_load_t *ld, u_char *name, size_t len)
{
    rfl_str_t   *used;
    ngx_uint_t   i;

    used = ld->used.elts;

    for (i = 0; i < ld->used.nelts; i++) {
        if (used[i].len == len && ngx_strncmp(used[i].data, name, len) == 0) {
            return NGX_OK;
        }
    }

    ngx_http_rfl_conf_fault(ld->cf, ld->lcf,
                            "%V/%s is not used by any page: give it "
                            "the name of a file of %V%s, or remove it",
                            &ld->lcf->theme, name, &ld->lcf->pages,
                            NGX_HTTP_RFL_TEMPLATES);
    return NGX_ERROR;
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
