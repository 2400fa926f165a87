
/*
 * Copyright (C) The RFL authors
 *
 * check_pages.c: check-pages: reads translations and templates as nginx
 * would, tells each fault with its file and line, and can write what a
 * visitor would see into a folder, to be looked at in a browser.  For web
 * teams and translators; needs no nginx.
 */


#include "sample_forms.h"
#include "check_pages.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>


typedef struct {
    const char     *dir;           /* the packaged pages */
    const char     *theme;
    const char     *po;            /* words that override the packaged */
    const char     *out;
    unsigned        verbose;
    unsigned        faults;
    char            last[RFL_ERR_SIZE + PATH_MAX];
    rfl_pool_t     *pool;
    unsigned        n;
    rfl_catalog_t  *catalogs[RFL_SAMPLE_LANGS];
} check_t;


static int check_pseudos(check_t *check, const char *pseudo,
    char desk_pseudo[PATH_MAX]);
static int check_catalogs(check_t *check);
static int check_folder(check_t *check, const char *dir,
    int (*handler)(check_t *check, const char *lang));
static int check_catalog(check_t *check, const char *lang);
static int check_language(check_t *check, const char *path, const char *lang);
static int check_override(check_t *check, const char *lang);
static int check_po(check_t *check, const char *path, rfl_catalog_t *catalog,
    int override);
static int check_pages(check_t *check);
static int check_page(check_t *check, const rfl_site_t *site,
    const rfl_tpl_t *tpl, rfl_page_e page);
static int check_form(check_t *check, const rfl_site_t *site,
    const rfl_tpl_t *tpl, rfl_page_e page);
static int check_sample(check_t *check, const rfl_site_t *site, unsigned lang,
    const rfl_tpl_t *tpl, rfl_page_e page, int faulty);
static int check_render(check_t *check, const rfl_site_t *site, unsigned lang,
    const rfl_tpl_t *tpl, const char *name, const rfl_tpl_value_t *values);
static int check_write(check_t *check, const rfl_str_t *lang,
    const char *name, const rfl_buf_t *html);
static int check_load(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file);
static void check_desk_fault(void *data, const char *text);
static void check_fault(check_t *check, const char *fmt, ...)
    rfl_printf(2, 3);
static int check_path(char path[PATH_MAX], const char *fmt, ...)
    rfl_printf(2, 3);


static const char  check_help[] =
    "Usage: check-pages [options] PAGES\n"
    "\n"
    "Reads templates/, po/ and desk/ of the folder PAGES as nginx would and\n"
    "tells every fault with its file and line.\n"
    "\n"
    "  -t, --theme DIR    templates that take the place of the packaged\n"
    "  -p, --po DIR       words that take the place of the packaged\n"
    "  -o, --out DIR      write what visitors would see, with sample values\n"
    "  -x, --pseudo DIR   write en-XA.po and ar-XB.po there, and those of\n"
    "                     the desk into DIR/desk, for layout tests\n"
    "  -v, --verbose      tell the size of every page\n"
    "  -h, --help         this text\n"
    "\n"
    "Exit status: 0 no fault, 1 faults, 2 wrong use.\n";


static const struct option  check_options[] = {
    { "theme", required_argument, NULL, 't' },
    { "po", required_argument, NULL, 'p' },
    { "out", required_argument, NULL, 'o' },
    { "pseudo", required_argument, NULL, 'x' },
    { "verbose", no_argument, NULL, 'v' },
    { "help", no_argument, NULL, 'h' },
    { NULL, 0, NULL, 0 }
};


int
main(int argc, char *const *argv)
{
    int          c, rc;
    rfl_err_t    err;
    check_t      check;
    const char  *pseudo;

    char  desk_pseudo[PATH_MAX];

    memset(&check, 0, sizeof(check_t));
    pseudo = NULL;

    while ((c = getopt_long(argc, argv, "t:p:o:x:vh", check_options, NULL))
           != -1)
    {
        switch (c) {

        case 't':
            check.theme = optarg;
            break;

        case 'p':
            check.po = optarg;
            break;

        case 'o':
            check.out = optarg;
            break;

        case 'x':
            pseudo = optarg;
            break;

        case 'v':
            check.verbose = 1;
            break;

        case 'h':
            fputs(check_help, stdout);
            return 0;

        default:
            fputs("Try \"check-pages --help\".\n", stderr);
            return 2;
        }
    }

    if (argc - optind != 1) {
        fputs(check_help, stderr);
        return 2;
    }

    check.dir = argv[optind];

    if (rfl_po_init(&err) != RFL_OK) {
        fprintf(stderr, "check-pages: %s\n", err.text);
        return 1;
    }

    check.pool = rfl_pool_create(256 * 1024);
    if (check.pool == NULL) {
        fputs("check-pages: out of memory\n", stderr);
        return 1;
    }

    rc = (pseudo != NULL) ? check_pseudos(&check, pseudo, desk_pseudo)
                          : RFL_OK;

    if (rc == RFL_OK) {
        rc = check_catalogs(&check);
    }

    if (rc == RFL_OK) {
        rc = check_pages(&check);
    }

    if (rc == RFL_OK) {
        rc = check_desk(check.pool, check.dir,
                        pseudo != NULL ? desk_pseudo : NULL, check.out,
                        check_desk_fault, &check);
    }

    while (check.n > 0) {
        rfl_catalog_destroy(check.catalogs[--check.n]);
    }

    rfl_pool_destroy(check.pool);

    if (check.faults == 0 && rc == RFL_OK) {
        printf("check-pages: no fault\n");
        return 0;
    }

    printf("check-pages: %u fault%s\n", check.faults,
           check.faults == 1 ? "" : "s");

    return 1;
}


/* the invented languages of the site, and of the desk into its own folder */

static int
check_pseudos(check_t *check, const char *pseudo, char desk_pseudo[PATH_MAX])
{
    int        rc;
    char       desk[PATH_MAX];
    rfl_err_t  err;

    rc = check_pseudo(check->pool, check->dir, pseudo, &err);

    if (rc == RFL_OK) {
        rc = check_path(desk, "%s/desk", check->dir) == RFL_OK
             && check_path(desk_pseudo, "%s/desk", pseudo) == RFL_OK
             && (mkdir(desk_pseudo, 0755) == 0 || errno == EEXIST)
                 ? check_pseudo(check->pool, desk, desk_pseudo, &err)
                 : rfl_err(&err, 0, "cannot make the folder \"%s/desk\"",
                           pseudo);
    }

    if (rc != RFL_OK) {
        check_fault(check, "%s", err.text);
    }

    return rc;
}


/* RFL_ERROR: without these words nothing else can be checked */

static int
check_catalogs(check_t *check)
{
    char         dir[PATH_MAX];
    unsigned     i, packaged, missing;
    rfl_str_t    key;

    if (check_catalog(check, "en") != RFL_OK || check->faults != 0
        || check_path(dir, "%s/po", check->dir) != RFL_OK
        || check_folder(check, dir, check_catalog) != RFL_OK)
    {
        return RFL_ERROR;
    }

    packaged = check->n;

    if (check->po != NULL
        && check_folder(check, check->po, check_override) != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 1; i < check->n; i++) {

        missing = rfl_catalog_missing(check->catalogs[i], check->catalogs[0],
                                      &key);

        if (missing != 0) {
            check_fault(check, "%s/%s.po: %u of the messages are not "
                        "translated, the first is \"%.*s\"",
                        (i < packaged) ? dir : check->po,
                        rfl_catalog_lang(check->catalogs[i])->data, missing,
                        (int) key.len, (char *) key.data);
        }
    }

    return RFL_OK;
}


/* every "fr.po" in the folder, in the order of their names */

static int
check_folder(check_t *check, const char *dir,
    int (*handler)(check_t *check, const char *lang))
{
    int              i, n, rc;
    char            *dot;
    struct dirent  **names;

    n = scandir(dir, &names, NULL, alphasort);

    if (n == -1) {
        check_fault(check, "cannot read the folder \"%s\": %s", dir,
                    strerror(errno));
        return RFL_ERROR;
    }

    rc = RFL_OK;

    for (i = 0; i < n; i++) {

        dot = strrchr(names[i]->d_name, '.');

        if (rc == RFL_OK && dot != NULL && dot != names[i]->d_name
            && strcmp(dot, ".po") == 0)
        {
            *dot = '\0';
            rc = handler(check, names[i]->d_name);
        }

        free(names[i]);
    }

    free(names);

    return rc;
}


static int
check_catalog(check_t *check, const char *lang)
{
    char  path[PATH_MAX];

    if (check->n != 0 && strcmp(lang, "en") == 0) {
        return RFL_OK;
    }

    return (check_path(path, "%s/po/%s.po", check->dir, lang) == RFL_OK)
           ? check_language(check, path, lang) : RFL_ERROR;
}


static int
check_language(check_t *check, const char *path, const char *lang)
{
    rfl_catalog_t  *catalog;

    catalog = (check->n == RFL_SAMPLE_LANGS) ? NULL
                                             : rfl_catalog_create(lang);

    if (catalog == NULL) {
        check_fault(check, "%s: the name of the file is no language tag, or "
                    "there are too many", path);
        return RFL_OK;
    }

    check->catalogs[check->n++] = catalog;

    return check_po(check, path, catalog, 0);
}


static int
check_override(check_t *check, const char *lang)
{
    char      path[PATH_MAX];
    unsigned  i;

    if (check_path(path, "%s/%s.po", check->po, lang) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < check->n; i++) {
        if (strcmp((char *) rfl_catalog_lang(check->catalogs[i])->data, lang)
            == 0)
        {
            return check_po(check, path, check->catalogs[i], 1);
        }
    }

    return check_language(check, path, lang);
}


static int
check_po(check_t *check, const char *path, rfl_catalog_t *catalog,
    int override)
{
    rfl_str_t  text;
    rfl_err_t  err;

    err.line = 0;

    if (rfl_file_read(check->pool, path, CHECK_FILE_MAX, 0, &text, &err)
        != RFL_OK)
    {
        check_fault(check, "%s", err.text);
        return RFL_ERROR;
    }

    if (rfl_catalog_add(catalog, &text,
                        catalog == check->catalogs[0] ? NULL
                                                      : check->catalogs[0],
                        override, &err)
        != RFL_OK)
    {
        check_fault(check, "%s:%u: %s", path, err.line, err.text);
    }

    return RFL_OK;
}


static int
check_pages(check_t *check)
{
    int          rc;
    unsigned     page;
    rfl_err_t    err;
    rfl_site_t   site;
    rfl_tpl_t   *tpl;

    sample_site(&site, check->n, check->catalogs);

    if (check->out != NULL) {
        rfl_str_set(&site.css_url, "/rfl.css");
    }

    if (rfl_words_init(&site.words, check->catalogs[0], &err) != RFL_OK) {
        check_fault(check, "%s", err.text);
        return RFL_ERROR;
    }

    for (page = 0; page < RFL_PAGES_N; page++) {

        if (rfl_tpl_compile(check->pool, &rfl_pages[page].name,
                            rfl_pages[page].fields, check->catalogs[0],
                            check_load, check, &tpl, &err)
            != RFL_OK)
        {
            check_fault(check, "%s", err.text);
            continue;
        }

        if (page >= RFL_PAGE_STEP && page <= RFL_PAGE_NOT_SENT) {
            rc = check_form(check, &site, tpl, (rfl_page_e) page);

        } else {
            rc = check_page(check, &site, tpl, (rfl_page_e) page);
        }

        if (rc != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/* in every language; the search page also with faults in its fields */

static int
check_page(check_t *check, const rfl_site_t *site, const rfl_tpl_t *tpl,
    rfl_page_e page)
{
    unsigned  lang;

    for (lang = 0; lang < check->n; lang++) {

        if (check_sample(check, site, lang, tpl, page, 0) != RFL_OK) {
            return RFL_ERROR;
        }

        if (page == RFL_PAGE_SEARCH
            && check_sample(check, site, lang, tpl, page, 1) != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/* every form, every step, empty, with faults and filled in */

static int
check_form(check_t *check, const rfl_site_t *site, const rfl_tpl_t *tpl,
    rfl_page_e page)
{
    int            rc;
    unsigned       i, lang;
    rfl_pool_t    *pool;
    sample_form_t  sample;

    for (i = 0; sample_form(i, &sample); i++) {

        for (lang = 0; sample.page == page && lang < check->n; lang++) {

            pool = rfl_pool_create(64 * 1024);
            if (pool == NULL) {
                return RFL_ERROR;
            }

            rc = check_render(check, site, lang, tpl, sample.name,
                              sample_form_values(pool, site, lang, &sample,
                                                 NULL));
            rfl_pool_destroy(pool);

            if (rc != RFL_OK) {
                return RFL_ERROR;
            }
        }
    }

    return RFL_OK;
}


static int
check_sample(check_t *check, const rfl_site_t *site, unsigned lang,
    const rfl_tpl_t *tpl, rfl_page_e page, int faulty)
{
    int          rc;
    char         name[64];
    rfl_pool_t  *pool;

    (void) snprintf(name, sizeof(name), "%s%s",
                    (char *) rfl_pages[page].name.data,
                    faulty ? "-faults" : "");

    pool = rfl_pool_create(64 * 1024);
    if (pool == NULL) {
        return RFL_ERROR;
    }

    rc = check_render(check, site, lang, tpl, name,
                      sample_values(pool, site, lang, page, faulty,
                                    RFL_SAMPLE_HITS));
    rfl_pool_destroy(pool);

    return rc;
}


static int
check_render(check_t *check, const rfl_site_t *site, unsigned lang,
    const rfl_tpl_t *tpl, const char *name, const rfl_tpl_value_t *values)
{
    int               rc;
    size_t            max;
    rfl_buf_t         html;
    const rfl_str_t  *tag;

    if (values == NULL) {
        return RFL_ERROR;
    }

    tag = rfl_catalog_lang(site->catalogs[lang]);

    rfl_buf_init(&html, 0);
    rfl_tpl_render(tpl, values, site->catalogs[lang], &html);

    rc = html.failed ? RFL_ERROR : RFL_OK;

    if (rc == RFL_OK && check->verbose) {
        printf("%-28s %-6s %6zu bytes\n", name, (char *) tag->data, html.len);
    }

    max = strcmp(name, "results") == 0 ? CHECK_RESULTS_MAX : CHECK_PAGE_MAX;

    if (rc == RFL_OK && html.len > max) {
        check_fault(check, "the page \"%s\" in \"%s\" has %zu bytes, more "
                    "than %zu: shorten its words or its markup", name,
                    (char *) tag->data, html.len, max);
    }

    if (rc == RFL_OK && check->out != NULL) {
        rc = check_write(check, tag, name, &html);
    }

    rfl_buf_free(&html);

    return rc;
}


static int
check_write(check_t *check, const rfl_str_t *lang, const char *name,
    const rfl_buf_t *html)
{
    char   path[PATH_MAX];
    FILE  *file;

    if (check_path(path, "%s/%s", check->out, (char *) lang->data) != RFL_OK) {
        return RFL_ERROR;
    }

    (void) mkdir(check->out, 0755);
    (void) mkdir(path, 0755);

    if (check_path(path, "%s/%s/%s.html", check->out, (char *) lang->data,
                   name)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    file = fopen(path, "w");

    if (file == NULL) {
        check_fault(check, "cannot write \"%s\": %s", path, strerror(errno));
        return RFL_ERROR;
    }

    (void) fwrite(html->data, 1, html->len, file);

    if (fclose(file) != 0) {
        check_fault(check, "cannot write \"%s\": %s", path, strerror(errno));
        return RFL_ERROR;
    }

    return RFL_OK;
}


/* the theme's file if it has one */

static int
check_load(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file)
{
    check_t  *check = data;

    char      *path;
    size_t     i;
    rfl_err_t  err;

    for (i = 0; i < name->len; i++) {
        if (name->data[i] == '/' || name->data[i] == '.') {
            return RFL_DECLINED;
        }
    }

    path = rfl_palloc(check->pool, PATH_MAX);
    if (path == NULL) {
        return RFL_ERROR;
    }

    file->data = (u_char *) path;

    if (check->theme != NULL
        && check_path(path, "%s/%.*s.html", check->theme, (int) name->len,
                      (char *) name->data) == RFL_OK
        && rfl_file_read(check->pool, path, CHECK_FILE_MAX, 0, text, &err)
           == RFL_OK)
    {
        file->len = strlen(path);
        return RFL_OK;
    }

    if (check_path(path, "%s/templates/%.*s.html", check->dir,
                   (int) name->len, (char *) name->data) == RFL_OK
        && rfl_file_read(check->pool, path, CHECK_FILE_MAX, 0, text, &err)
           == RFL_OK)
    {
        file->len = strlen(path);
        return RFL_OK;
    }

    return RFL_DECLINED;
}


static void
check_desk_fault(void *data, const char *text)
{
    check_fault(data, "%s", text);
}


static void
check_fault(check_t *check, const char *fmt, ...)
{
    char     text[RFL_ERR_SIZE + PATH_MAX];
    va_list  args;

    va_start(args, fmt);
    (void) vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    /* a partial's fault is met again by every page */

    if (strcmp(text, check->last) == 0) {
        return;
    }

    memcpy(check->last, text, sizeof(text));
    check->faults++;

    printf("%s\n", text);
}


static int
check_path(char path[PATH_MAX], const char *fmt, ...)
{
    int      n;
    va_list  args;

    va_start(args, fmt);
    n = vsnprintf(path, PATH_MAX, fmt, args);
    va_end(args);

    if (n < 0 || n >= PATH_MAX) {
        fputs("check-pages: a path is too long\n", stderr);
        return RFL_ERROR;
    }

    return RFL_OK;
}
