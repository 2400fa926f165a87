
/*
 * Copyright (C) The RFL authors
 *
 * po_fuzz.c: PO files, as the English one and as a translation of a small
 * one.  What is accepted can be formatted, and is UTF-8.
 */


#include "fuzz.h"
#include "rfl_po_int.h"
#include "rfl_text.h"


static rfl_catalog_t *fuzz_catalog(const rfl_catalog_t *from);
static void fuzz_free(rfl_catalog_t *catalog);
static void fuzz_format(const rfl_catalog_t *catalog, rfl_buf_t *out);


static const char  fuzz_en[] =
    "msgid \"\"\nmsgstr \"Language: en\\n"
    "Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "msgctxt \"a\"\nmsgid \"A\"\nmsgstr \"\"\n"
    "msgctxt \"b\"\nmsgid \"{0} of {1}\"\nmsgstr \"\"\n"
    "msgctxt \"c\"\nmsgid \"{0,plural,one{#} other{#s}}\"\nmsgstr \"\"\n";


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rfl_buf_t       out;
    rfl_err_t       err;
    rfl_str_t       text, english;
    rfl_catalog_t  *catalog;

    static rfl_catalog_t  *en;

    memset(&err, 0, sizeof(rfl_err_t));

    if (en == NULL) {
        fuzz_assert(rfl_po_init(&err) == RFL_OK);

        en = rfl_catalog_create("en");
        fuzz_assert(en != NULL);

        english.data = (u_char *) fuzz_en;
        english.len = sizeof(fuzz_en) - 1;
        fuzz_assert(rfl_catalog_add(en, &english, NULL, 0, &err) == RFL_OK);
    }

    text = fuzz_copy(data, size);
    rfl_buf_init(&out, 0);

    /* what was read before a fault is there, and sound */

    catalog = fuzz_catalog(en);
    rfl_str_set(&catalog->lang, "fr");

    if (rfl_catalog_add(catalog, &text, en, 0, &err) != RFL_OK) {
        fuzz_error(&err, &text);
    }

    fuzz_format(catalog, &out);
    fuzz_free(catalog);

    catalog = fuzz_catalog(en);

    if (rfl_catalog_add(catalog, &text, NULL, 0, &err) != RFL_OK) {
        fuzz_error(&err, &text);
    }

    fuzz_format(catalog, &out);
    fuzz_free(catalog);

    rfl_buf_free(&out);
    free(text.data);

    return 0;
}


/* an empty catalog with another's ICU objects, which take long to open */

static rfl_catalog_t *
fuzz_catalog(const rfl_catalog_t *from)
{
    rfl_catalog_t  *catalog;

    catalog = calloc(1, sizeof(rfl_catalog_t));
    fuzz_assert(catalog != NULL);

    catalog->pool = rfl_pool_create(4096);
    fuzz_assert(catalog->pool != NULL);

    catalog->lang = from->lang;
    catalog->icu = from->icu;

    return catalog;
}


static void
fuzz_free(rfl_catalog_t *catalog)
{
    rfl_pool_destroy(catalog->pool);
    free(catalog->msgs);
    free(catalog->hash);
    free(catalog);
}


static void
fuzz_format(const rfl_catalog_t *catalog, rfl_buf_t *out)
{
    int            i, n, foreign;
    rfl_po_arg_t   args[RFL_PO_ARGS_MAX];

    memset(args, 0, sizeof(args));

    for (i = 0; i < RFL_PO_ARGS_MAX; i++) {
        args[i].number = i * 3;
        args[i].is_number = (unsigned) i & 1;
        args[i].isolate = 1;
        rfl_str_set(&args[i].text, "text");
    }

    for (i = 0; i < 64; i++) {

        for (n = 0; n <= RFL_PO_ARGS_MAX; n++) {
            rfl_buf_reset(out);
            rfl_catalog_format(catalog, i, args, (unsigned) n, out);
            fuzz_assert(!out->failed && rfl_utf8_valid(out->data, out->len));
        }

        (void) rfl_catalog_html(catalog, i, &foreign);
        fuzz_assert(rfl_catalog_args(catalog, i) <= RFL_PO_ARGS_MAX);
    }
}
