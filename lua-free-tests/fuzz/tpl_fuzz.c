
/*
 * Copyright (C) The RFL authors
 *
 * tpl_fuzz.c: templates.  Up to a NUL the input is the template, after it the
 * partial "p".  Whatever is accepted must keep its shape: with a hostile name
 * in every value the page has as many brackets and quotes as with a harmless
 * one.
 */


#include "fuzz.h"
#include "rfl_tpl.h"


static const char  fuzz_po[] =
    "msgid \"\"\nmsgstr \"Language: en\\n"
    "Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "msgctxt \"a\"\nmsgid \"A\"\nmsgstr \"\"\n"
    "msgctxt \"b\"\nmsgid \"{0} of {1}\"\nmsgstr \"\"\n"
    "msgctxt \"c\"\nmsgid \"{0,plural,one{#} other{#s}}\"\nmsgstr \"\"\n";


static const rfl_tpl_field_t  fuzz_items[] = {
    { "i", RFL_TPL_USER, NULL },
    { NULL, RFL_TPL_TEXT, NULL }
};

static const rfl_tpl_field_t  fuzz_fields[] = {
    { "t", RFL_TPL_TEXT, NULL },
    { "u", RFL_TPL_USER, NULL },
    { "url", RFL_TPL_URL, NULL },
    { "n", RFL_TPL_NUMBER, NULL },
    { "f", RFL_TPL_FLAG, NULL },
    { "l", RFL_TPL_LIST, fuzz_items },
    { NULL, RFL_TPL_TEXT, NULL }
};

#define FUZZ_VALUES  6


typedef struct {
    rfl_str_t  page;
    rfl_str_t  partial;
} fuzz_files_t;


static int fuzz_load(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file);
static void fuzz_render(const rfl_tpl_t *tpl, const rfl_catalog_t *catalog,
    const char *text, unsigned counts[4]);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned         i, harmless[4], hostile[4];
    rfl_err_t        err;
    rfl_str_t        name, text;
    rfl_tpl_t       *tpl;
    rfl_pool_t      *pool;
    const uint8_t   *nul;
    fuzz_files_t     files;

    static rfl_catalog_t  *catalog;

    memset(&err, 0, sizeof(rfl_err_t));

    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    /* ICU's objects take long to open: once */

    if (catalog == NULL) {
        fuzz_assert(rfl_po_init(&err) == RFL_OK);

        catalog = rfl_catalog_create("en");
        fuzz_assert(catalog != NULL);

        text.data = (u_char *) fuzz_po;
        text.len = sizeof(fuzz_po) - 1;
        fuzz_assert(rfl_catalog_add(catalog, &text, NULL, 0, &err) == RFL_OK);
    }

    nul = (size == 0) ? NULL : memchr(data, '\0', size);

    if (nul == NULL) {
        files.page = fuzz_copy(data, size);
        files.partial = fuzz_copy(data, 0);

    } else {
        files.page = fuzz_copy(data, (size_t) (nul - data));
        files.partial = fuzz_copy(nul + 1, size - (size_t) (nul - data) - 1);
    }

    rfl_str_set(&name, "page");

    if (rfl_tpl_compile(pool, &name, fuzz_fields, catalog, fuzz_load, &files,
                        &tpl, &err)
        == RFL_OK)
    {
        fuzz_render(tpl, catalog, "/harmless", harmless);
        fuzz_render(tpl, catalog, "/\"><script x='y'>&{{t}}</bdi>", hostile);

        for (i = 0; i < 4; i++) {
            fuzz_assert(harmless[i] == hostile[i]);
        }

    } else {
        fuzz_assert(err.text[0] != '\0');
    }

    rfl_pool_destroy(pool);
    free(files.page.data);
    free(files.partial.data);

    return 0;
}


static int
fuzz_load(void *data, const rfl_str_t *name, rfl_str_t *text, rfl_str_t *file)
{
    fuzz_files_t  *files = data;

    if (rfl_str_is(name, "page")) {
        *text = files->page;

    } else if (rfl_str_is(name, "p")) {
        *text = files->partial;

    } else {
        return RFL_DECLINED;
    }

    rfl_str_set(file, "file");

    return RFL_OK;
}


static void
fuzz_render(const rfl_tpl_t *tpl, const rfl_catalog_t *catalog,
    const char *text, unsigned counts[4])
{
    size_t             i;
    rfl_buf_t          out;
    rfl_tpl_value_t    values[FUZZ_VALUES], item[2];
    rfl_tpl_value_t   *items[2];

    memset(values, 0, sizeof(values));
    memset(item, 0, sizeof(item));
    memset(counts, 0, 4 * sizeof(unsigned));

    for (i = 0; i < 3; i++) {
        values[i].text.data = (u_char *) text;
        values[i].text.len = strlen(text);
    }

    item[0].text = values[0].text;
    item[1].text = values[0].text;
    items[0] = &item[0];
    items[1] = &item[1];

    values[3].number = 7;
    values[4].number = 1;
    values[5].number = 2;
    values[5].items = items;

    rfl_buf_init(&out, 1024 * 1024);
    rfl_tpl_render(tpl, values, catalog, &out);

    for (i = 0; i < out.len && !out.failed; i++) {
        counts[0] += (out.data[i] == '<');
        counts[1] += (out.data[i] == '>');
        counts[2] += (out.data[i] == '"');
        counts[3] += (out.data[i] == '\'');
    }

    rfl_buf_free(&out);
}
