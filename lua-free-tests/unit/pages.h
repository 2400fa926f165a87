
/*
 * Copyright (C) The RFL authors
 *
 * pages.h: the packaged pages, compiled, and the sample site that fills them,
 * for the tests that look at pages.  Included once by a test program, which
 * prove starts in the project's folder.
 */


#ifndef _PAGES_H_INCLUDED_
#define _PAGES_H_INCLUDED_


#include "unit.h"
#include "../../pages/sample_site.h"


#define PAGES_LANGS   7


static const char      *pages_langs[PAGES_LANGS] = {
    "en", "fr", "ar", "es", "uk", "ru", "fa"
};


static rfl_pool_t      *pages_pool;
static rfl_catalog_t   *pages_catalogs[PAGES_LANGS];
static rfl_tpl_t       *pages_tpls[RFL_PAGES_N];
static rfl_site_t       pages_site;


static inline int pages_file(void *data, const rfl_str_t *name,
    rfl_str_t *text, rfl_str_t *file);


static inline void
pages_load(void)
{
    char            path[64];
    unsigned        i, page;
    rfl_err_t       err;
    rfl_str_t       text;

    pages_pool = rfl_pool_create(1024 * 1024);

    unit_int(rfl_po_init(&err), RFL_OK, "ICU starts");

    for (i = 0; i < PAGES_LANGS; i++) {

        (void) snprintf(path, sizeof(path), "pages/po/%s.po", pages_langs[i]);
        pages_catalogs[i] = rfl_catalog_create(pages_langs[i]);

        if (rfl_file_read(pages_pool, path, RFL_PO_FILE_MAX, 0, &text, &err)
            != RFL_OK
            || rfl_catalog_add(pages_catalogs[i], &text,
                               i == 0 ? NULL : pages_catalogs[0], 0, &err)
               != RFL_OK)
        {
            printf("Bail out! %s: %s\n", path, err.text);
            exit(1);
        }
    }

    sample_site(&pages_site, PAGES_LANGS, pages_catalogs);

    err.text[0] = '\0';
    unit_int(rfl_words_init(&pages_site.words, pages_catalogs[0], &err),
             RFL_OK, "every value of the closed lists has a message %s",
             err.text);

    for (page = 0; page < RFL_PAGES_N; page++) {

        err.text[0] = '\0';

        if (rfl_tpl_compile(pages_pool, &rfl_pages[page].name,
                            rfl_pages[page].fields, pages_catalogs[0],
                            pages_file, NULL, &pages_tpls[page], &err)
            != RFL_OK)
        {
            printf("Bail out! %s\n", err.text);
            exit(1);
        }

        unit_ok(1, "page %s compiles", rfl_pages[page].name.data);
    }
}


static inline void
pages_done(void)
{
    unsigned  i;

    for (i = 0; i < PAGES_LANGS; i++) {
        rfl_catalog_destroy(pages_catalogs[i]);
    }

    rfl_pool_destroy(pages_pool);
}


static inline int
pages_file(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file)
{
    char       *path;
    rfl_err_t   err;

    path = rfl_palloc(pages_pool, 256);

    (void) snprintf(path, 256, "pages/templates/%.*s.html", (int) name->len,
                    (char *) name->data);

    file->data = (u_char *) path;
    file->len = strlen(path);

    return rfl_file_read(pages_pool, path, 65536, 0, text, &err);
}


static inline void
pages_render(unsigned lang, rfl_page_e page, const rfl_tpl_value_t *values,
    rfl_buf_t *out)
{
    rfl_buf_reset(out);
    rfl_tpl_render(pages_tpls[page], values, pages_catalogs[lang], out);
}


static inline int
pages_has(const rfl_buf_t *html, const char *text)
{
    return memmem(html->data, html->len, text, strlen(text)) != NULL;
}


#endif /* _PAGES_H_INCLUDED_ */
