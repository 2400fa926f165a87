
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_load.c: what the moderators' site is made of, read and checked
 * whole at configuration load: the desk's words and templates, those of the
 * public site for previews, and the files of the desk that decide who may do
 * what.  Called by rfl_web_create(), in the master process.
 */


#include "rfl_web_int.h"
#include "rfl_file.h"

#include <sodium.h>
#include <sys/stat.h>


/* below the directory of the package's pages */
#define RFL_WEB_TEMPLATES    "desk"
#define RFL_WEB_WORDS        "desk/po"
#define RFL_WEB_PUBLIC_DIR   "templates"
#define RFL_WEB_PUBLIC_WORDS "po"

#define RFL_WEB_FILE_MAX     (256 * 1024)


static int rfl_web_load_rules(rfl_web_t *web, rfl_err_t *err);
static int rfl_web_load_words(rfl_web_t *web, rfl_err_t *err);
static int rfl_web_load_public(rfl_web_t *web, rfl_err_t *err);
static int rfl_web_load_catalog(rfl_web_t *web, const char *sub,
    const rfl_str_t *lang, const rfl_catalog_t *reference,
    rfl_catalog_t **catalog, rfl_err_t *err);
static int rfl_web_load_po(rfl_web_t *web, const char *dir, const char *sub,
    const rfl_str_t *lang, const rfl_catalog_t *reference, int override,
    rfl_catalog_t *catalog, rfl_err_t *err);
static int rfl_web_load_templates(rfl_web_t *web, rfl_err_t *err);
static int rfl_web_load_template(void *data, const rfl_str_t *name,
    rfl_str_t *text, rfl_str_t *file);
static int rfl_web_load_piece(void *data, const rfl_str_t *name,
    rfl_str_t *text, rfl_str_t *file);
static int rfl_web_load_css(rfl_web_t *web, rfl_err_t *err);
static int rfl_web_read(rfl_web_t *web, const char *dir, const char *sub,
    const rfl_str_t *name, const char *ext, rfl_str_t *text,
    rfl_str_t *file, rfl_err_t *err);


/* the first is the one whose messages all others translate */

static const rfl_str_t  rfl_web_langs[] = {
    rfl_string("en"), rfl_string("fr"), rfl_string("ar"), rfl_string("es")
};

#define RFL_WEB_LANGS  (sizeof(rfl_web_langs) / sizeof(rfl_web_langs[0]))


int
rfl_web_load(rfl_web_t *web, rfl_err_t *err)
{
    return (rfl_web_load_rules(web, err) == RFL_OK
            && rfl_web_load_words(web, err) == RFL_OK
            && rfl_web_load_templates(web, err) == RFL_OK
            && rfl_web_load_css(web, err) == RFL_OK
            && rfl_web_load_public(web, err) == RFL_OK)
           ? RFL_OK : RFL_ERROR;
}


/* read to be checked, and for previews; requests read them again */

static int
rfl_web_load_rules(rfl_web_t *web, rfl_err_t *err)
{
    int           rc;
    rfl_desk_t   *desk;
    rfl_staff_t  *staff;

    desk = rfl_pcalloc(web->pool, sizeof(rfl_desk_t));
    if (desk == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    desk->pool = web->pool;

    rc = rfl_desk_conf(web->pool, web->conf.state, &desk->conf, err);

    if (rc == RFL_OK) {
        rc = rfl_desk_rules(desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_staff_read(web->pool, web->conf.state, &staff, err);
    }

    web->site.policy = desk->policy;
    web->site.trust = desk->trust;

    return rc;
}


static int
rfl_web_load_words(rfl_web_t *web, rfl_err_t *err)
{
    unsigned              i;
    const rfl_catalog_t  *reference;

    for (i = 0; i < RFL_WEB_LANGS; i++) {

        reference = i ? web->catalogs[0] : NULL;

        if (rfl_web_load_catalog(web, RFL_WEB_WORDS, &rfl_web_langs[i],
                                 reference, &web->catalogs[i], err)
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        web->langs[i] = rfl_web_langs[i];
        web->nlangs = i + 1;
    }

    return RFL_OK;
}


/* the public site as far as one result of it goes */

static int
rfl_web_load_public(rfl_web_t *web, rfl_err_t *err)
{
    unsigned              i;
    rfl_str_t             name;
    rfl_site_t           *site;
    const rfl_catalog_t  *reference;

    site = &web->site;

    site->catalogs = rfl_pcalloc(web->pool,
                                 RFL_WEB_LANGS * sizeof(rfl_catalog_t *));
    if (site->catalogs == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    for (i = 0; i < RFL_WEB_LANGS; i++) {

        reference = i ? site->catalogs[0] : NULL;

        if (rfl_web_load_catalog(web, RFL_WEB_PUBLIC_WORDS,
                                 &rfl_web_langs[i], reference,
                                 &site->catalogs[i], err)
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        site->nlangs = i + 1;
    }

    if (rfl_words_init(&site->words, site->catalogs[0], err) != RFL_OK) {
        return RFL_ERROR;
    }

    rfl_str_set(&name, "preview");

    return rfl_tpl_compile(web->pool, &name,
                           rfl_pages[RFL_PAGE_RESULTS].fields,
                           site->catalogs[0], rfl_web_load_piece, web,
                           &web->preview, err);
}


/* The package's words, and those of a directory that replace some. */

static int
rfl_web_load_catalog(rfl_web_t *web, const char *sub, const rfl_str_t *lang,
    const rfl_catalog_t *reference, rfl_catalog_t **out, rfl_err_t *err)
{
    int             rc;
    rfl_catalog_t  *catalog;

    catalog = rfl_catalog_create((char *) lang->data);
    if (catalog == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_web_load_po(web, web->conf.pages, sub, lang, reference, 0,
                         catalog, err);

    if (rc == RFL_OK && web->conf.po != NULL
        && strcmp(sub, RFL_WEB_WORDS) == 0)
    {
        rc = rfl_web_load_po(web, web->conf.po, "", lang,
                             reference ? reference : catalog, 1, catalog,
                             err);

        rc = (rc == RFL_DECLINED) ? RFL_OK : rc;
    }

    if (rc != RFL_OK) {
        rfl_catalog_destroy(catalog);
        return RFL_ERROR;
    }

    *out = catalog;

    return RFL_OK;
}


static int
rfl_web_load_po(rfl_web_t *web, const char *dir, const char *sub,
    const rfl_str_t *lang, const rfl_catalog_t *reference, int override,
    rfl_catalog_t *catalog, rfl_err_t *err)
{
    int        rc;
    rfl_err_t  fault;
    rfl_str_t  text, file;

    rc = rfl_web_read(web, dir, sub, lang, ".po", &text, &file, err);
    if (rc != RFL_OK) {
        return rc;
    }

    memset(&fault, 0, sizeof(rfl_err_t));

    if (rfl_catalog_add(catalog, &text, reference, override, &fault)
        != RFL_OK)
    {
        return rfl_err(err, fault.line, "%s:%u: %s", (char *) file.data,
                       fault.line, fault.text);
    }

    return RFL_OK;
}


static int
rfl_web_load_templates(rfl_web_t *web, rfl_err_t *err)
{
    unsigned  i;

    for (i = 0; i < RFL_WEB_PAGES_N; i++) {

        if (rfl_tpl_compile(web->pool, &rfl_web_pages[i].name,
                            rfl_web_pages[i].fields, web->catalogs[0],
                            rfl_web_load_template, web, &web->tpl[i], err)
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/* of the theme if it has a file of that name, else the package's */

static int
rfl_web_load_template(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file)
{
    int         rc;
    rfl_web_t  *web = data;

    if (web->conf.theme != NULL) {

        rc = rfl_web_read(web, web->conf.theme, "", name, ".html", text,
                          file, NULL);
        if (rc != RFL_DECLINED) {
            return rc;
        }
    }

    return rfl_web_read(web, web->conf.pages, RFL_WEB_TEMPLATES, name,
                        ".html", text, file, NULL);
}


/* the preview is the desk's own frame around the public site's partials */

static int
rfl_web_load_piece(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file)
{
    rfl_str_t   preview;
    rfl_web_t  *web = data;

    rfl_str_set(&preview, "preview");

    return rfl_web_read(web, web->conf.pages,
                        rfl_str_eq(name, &preview) ? RFL_WEB_TEMPLATES
                                                   : RFL_WEB_PUBLIC_DIR,
                        name, ".html", text, file, NULL);
}


/* named by its content, so that it may be kept for ever */

static int
rfl_web_load_css(rfl_web_t *web, rfl_err_t *err)
{
    char       hex[2 * 8 + 1];
    u_char     hash[crypto_generichash_BYTES];
    rfl_str_t  name, file;

    rfl_str_set(&name, "desk");

    if (rfl_web_read(web, web->conf.pages, RFL_WEB_TEMPLATES, &name, ".css",
                     &web->css, &file, err)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    (void) crypto_generichash(hash, sizeof(hash), web->css.data,
                              web->css.len, NULL, 0);
    (void) sodium_bin2hex(hex, sizeof(hex), hash, 8);

    web->css_url.data = (u_char *) rfl_psprintf(web->pool, "%.*s/desk-%s.css",
                                                (int) web->conf.prefix.len,
                                                (char *) web->conf.prefix.data,
                                                hex);
    if (web->css_url.data == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    web->css_url.len = strlen((char *) web->css_url.data);

    return RFL_OK;
}


/*
 * DIR / SUB / NAME EXT.  RFL_DECLINED: there is no such file; err says so, in
 * case it is needed.  file is its whole path, with a NUL.
 */

static int
rfl_web_read(rfl_web_t *web, const char *dir, const char *sub,
    const rfl_str_t *name, const char *ext, rfl_str_t *text,
    rfl_str_t *file, rfl_err_t *err)
{
    char         *path;
    struct stat   st;

    path = rfl_psprintf(web->pool, "%s%s%s/%.*s%s", dir,
                        *sub == '\0' ? "" : "/", sub, (int) name->len,
                        (char *) name->data, ext);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    file->data = (u_char *) path;
    file->len = strlen(path);

    if (stat(path, &st) != 0) {
        (void) rfl_err(err, 0, "there is no %s: name the directory of the "
                       "package's pages", path);
        return RFL_DECLINED;
    }

    return rfl_file_read(web->pool, path, RFL_WEB_FILE_MAX, 0, text, err);
}
