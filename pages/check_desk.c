
/*
 * Copyright (C) The RFL authors
 *
 * check_desk.c: the moderators' pages for check-pages: all words in every
 * language, every template, and each page with all that may be on it.  Needs
 * no desk.
 */


#include "check_pages.h"

#include "rfl_web_int.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>


#define CHECK_DESK_ITEMS  2        /* of each list */


typedef struct {
    rfl_pool_t      *pool;
    const char      *dir;
    const char      *pseudo;
    const char      *out;
    check_fault_pt   fault;
    void            *data;
    rfl_catalog_t   *catalogs[RFL_WEB_LANGS_MAX];
    unsigned         n;
} check_desk_t;


static void check_desk_words(check_desk_t *desk);
static int check_desk_page(check_desk_t *desk,
    const rfl_web_template_t *page);
static int check_desk_fill(rfl_pool_t *pool, const rfl_tpl_field_t *fields,
    unsigned number, rfl_tpl_value_t *values);
static void check_desk_text(const char *name, rfl_str_t *text);
static void check_desk_write(check_desk_t *desk, const char *lang,
    const char *page, const rfl_buf_t *html);
static int check_desk_load(void *data, const rfl_str_t *name,
    rfl_str_t *text, rfl_str_t *file);


static const char *const  check_desk_langs[] = {
    "en", "fr", "ar", "es", "en-XA", "ar-XB"
};

#define CHECK_DESK_LANGS    4      /* those that people speak */
#define CHECK_DESK_PSEUDO   6


int
check_desk(rfl_pool_t *pool, const char *pages, const char *pseudo,
    const char *out, check_fault_pt fault, void *data)
{
    int           rc;
    unsigned      i;
    check_desk_t  desk;

    memset(&desk, 0, sizeof(check_desk_t));
    desk.pool = pool;
    desk.dir = pages;
    desk.pseudo = pseudo;
    desk.out = out;
    desk.fault = fault;
    desk.data = data;

    check_desk_words(&desk);

    rc = RFL_OK;

    for (i = 0; rc == RFL_OK && desk.n >= CHECK_DESK_LANGS
                && i < RFL_WEB_PAGES_N; i++)
    {
        rc = check_desk_page(&desk, &rfl_web_pages[i]);
    }

    while (desk.n > 0) {
        rfl_catalog_destroy(desk.catalogs[--desk.n]);
    }

    return rc;
}


/* without all of them no page is looked at */

static void
check_desk_words(check_desk_t *desk)
{
    char            path[PATH_MAX], fault[PATH_MAX + RFL_ERR_SIZE + 64];
    unsigned        i, n, missing;
    rfl_str_t       text, key;
    rfl_err_t       err;
    rfl_catalog_t  *catalog;

    n = (desk->pseudo != NULL) ? CHECK_DESK_PSEUDO : CHECK_DESK_LANGS;

    for (i = 0; i < n; i++) {

        (void) snprintf(path, sizeof(path), "%s%s/%s.po",
                        i < CHECK_DESK_LANGS ? desk->dir : desk->pseudo,
                        i < CHECK_DESK_LANGS ? "/desk/po" : "",
                        check_desk_langs[i]);
        memset(&err, 0, sizeof(rfl_err_t));

        if (rfl_file_read(desk->pool, path, CHECK_FILE_MAX, 0, &text, &err)
            != RFL_OK)
        {
            desk->fault(desk->data, err.text);
            return;
        }

        catalog = rfl_catalog_create(check_desk_langs[i]);
        if (catalog == NULL) {
            desk->fault(desk->data, "out of memory");
            return;
        }

        if (rfl_catalog_add(catalog, &text, i ? desk->catalogs[0] : NULL, 0,
                            &err)
            != RFL_OK)
        {
            (void) snprintf(fault, sizeof(fault), "%s:%u: %s", path,
                            err.line, err.text);
            desk->fault(desk->data, fault);
            rfl_catalog_destroy(catalog);
            return;
        }

        missing = i ? rfl_catalog_missing(catalog, desk->catalogs[0], &key)
                    : 0;

        if (missing != 0) {
            (void) snprintf(fault, sizeof(fault), "%s: %u of the messages "
                            "are not translated, the first is \"%.*s\"",
                            path, missing, (int) key.len, (char *) key.data);
            desk->fault(desk->data, fault);
        }

        desk->catalogs[desk->n++] = catalog;
    }
}


static int
check_desk_page(check_desk_t *desk, const rfl_web_template_t *page)
{
    char              fault[RFL_ERR_SIZE];
    unsigned          i;
    rfl_buf_t         html;
    rfl_err_t         err;
    rfl_tpl_t        *tpl;
    rfl_tpl_value_t  *values;

    memset(&err, 0, sizeof(rfl_err_t));

    if (rfl_tpl_compile(desk->pool, &page->name, page->fields,
                        desk->catalogs[0], check_desk_load, desk, &tpl, &err)
        != RFL_OK)
    {
        desk->fault(desk->data, err.text);
        return RFL_OK;
    }

    values = rfl_pcalloc(desk->pool,
                         page->nvalues * sizeof(rfl_tpl_value_t));

    if (values == NULL
        || check_desk_fill(desk->pool, page->fields, 0, values) != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 0; i < desk->n; i++) {
        rfl_buf_init(&html, 0);
        rfl_tpl_render(tpl, values, desk->catalogs[i], &html);

        if (html.len > CHECK_DESK_MAX) {
            (void) snprintf(fault, sizeof(fault), "the desk's page \"%s\" in "
                            "\"%s\" has %zu bytes, more than %d: shorten its "
                            "words or its markup", (char *) page->name.data,
                            check_desk_langs[i], html.len, CHECK_DESK_MAX);
            desk->fault(desk->data, fault);
        }

        if (desk->out != NULL && !html.failed) {
            check_desk_write(desk, check_desk_langs[i],
                             (char *) page->name.data, &html);
        }

        rfl_buf_free(&html);
    }

    return RFL_OK;
}


/*
 * Something in each value, by its type.  number is that of the item of a
 * list: ids are made of numbers, and only one of a list has a mark.
 */

static int
check_desk_fill(rfl_pool_t *pool, const rfl_tpl_field_t *fields,
    unsigned number, rfl_tpl_value_t *values)
{
    unsigned          i, k, n;
    rfl_tpl_value_t  *v;

    for (i = 0; fields[i].name != NULL; i++) {
        v = &values[i];

        switch (fields[i].type) {

        case RFL_TPL_URL:
            rfl_str_set(&v->text, "/");
            break;

        case RFL_TPL_PART:
            rfl_str_set(&v->text, "<p>…</p>");
            break;

        case RFL_TPL_NUMBER:
            v->number = number + 1;
            break;

        case RFL_TPL_FLAG:
            v->number = (number == 0);
            break;

        case RFL_TPL_LIST:
            for (n = 0; fields[i].fields[n].name != NULL; n++) { /* void */ }

            if (rfl_page_list(pool, v, CHECK_DESK_ITEMS, n) != RFL_OK) {
                return RFL_ERROR;
            }

            for (k = 0; k < CHECK_DESK_ITEMS; k++) {
                if (check_desk_fill(pool, fields[i].fields, k, v->items[k])
                    != RFL_OK)
                {
                    return RFL_ERROR;
                }
            }

            break;

        default:
            check_desk_text(fields[i].name, &v->text);
        }
    }

    return RFL_OK;
}


/* its own name, but for what only some words may be */

static void
check_desk_text(const char *name, rfl_str_t *text)
{
    size_t  i;

    static const char *const  words[][2] = {
        { "lang", "en" }, { "dir", "ltr" }, { "tag", "en" },
        { "tag_dir", "ltr" }, { "preview_lang", "en" },
        { "preview_dir", "ltr" }
    };

    text->data = (u_char *) name;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(words[i][0], name) == 0) {
            text->data = (u_char *) words[i][1];
        }
    }

    text->len = strlen((char *) text->data);
}


static void
check_desk_write(check_desk_t *desk, const char *lang, const char *page,
    const rfl_buf_t *html)
{
    char   path[PATH_MAX], fault[PATH_MAX + 32];
    FILE  *file;

    (void) mkdir(desk->out, 0755);
    (void) snprintf(path, sizeof(path), "%s/%s", desk->out, lang);
    (void) mkdir(path, 0755);
    (void) snprintf(path, sizeof(path), "%s/%s/desk-%s.html", desk->out,
                    lang, page);

    file = fopen(path, "w");

    if (file == NULL || fwrite(html->data, 1, html->len, file) != html->len
        || fclose(file) != 0)
    {
        (void) snprintf(fault, sizeof(fault), "cannot write \"%s\"", path);
        desk->fault(desk->data, fault);
    }
}


static int
check_desk_load(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file)
{
    check_desk_t  *desk = data;

    char       *path;
    rfl_err_t   err;

    path = rfl_palloc(desk->pool, PATH_MAX);
    if (path == NULL) {
        return RFL_ERROR;
    }

    (void) snprintf(path, PATH_MAX, "%s/desk/%.*s.html", desk->dir,
                    (int) name->len, (char *) name->data);

    file->data = (u_char *) path;
    file->len = strlen(path);

    return rfl_file_read(desk->pool, path, CHECK_FILE_MAX, 0, text, &err)
           == RFL_OK ? RFL_OK : RFL_DECLINED;
}
