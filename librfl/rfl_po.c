
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po.c: catalogs: the messages of a language.  A catalog owns its pool,
 * its message table and its ICU objects.  rfl_po_add.c fills it from PO
 * files.  Called by whoever loads words or fills a page, and by the template
 * engine.
 */


#include "rfl_po_int.h"

#include <stdlib.h>
#include <unicode/uclean.h>
#include <unicode/uloc.h>


static const rfl_msg_t *rfl_po_msg(const rfl_catalog_t *catalog, int index,
    int *foreign);


int
rfl_po_init(rfl_err_t *err)
{
    UErrorCode  status;

    status = U_ZERO_ERROR;

    /* or a language without data would follow the server's LANG */

    uloc_setDefault("en", &status);
    u_init(&status);

    if (U_FAILURE(status)) {
        return rfl_err(err, 0, "ICU cannot start: %s, is its data package "
                       "installed?", u_errorName(status));
    }

    return RFL_OK;
}


rfl_catalog_t *
rfl_catalog_create(const char *lang)
{
    size_t          len;
    rfl_catalog_t  *catalog;

    len = strlen(lang);

    if (len == 0 || len > 16) {
        return NULL;
    }

    catalog = calloc(1, sizeof(rfl_catalog_t));
    if (catalog == NULL) {
        return NULL;
    }

    catalog->pool = rfl_pool_create(32 * 1024);
    if (catalog->pool == NULL) {
        free(catalog);
        return NULL;
    }

    catalog->lang.len = len;
    catalog->lang.data = rfl_pstrdup(catalog->pool, (const u_char *) lang,
                                     len);

    if (catalog->lang.data == NULL || rfl_po_icu_open(catalog) != RFL_OK) {
        rfl_catalog_destroy(catalog);
        return NULL;
    }

    return catalog;
}


void
rfl_catalog_destroy(rfl_catalog_t *catalog)
{
    if (catalog == NULL) {
        return;
    }

    rfl_po_icu_close(catalog);
    rfl_pool_destroy(catalog->pool);
    free(catalog->msgs);
    free(catalog->hash);
    free(catalog);
}


unsigned
rfl_po_find(const rfl_catalog_t *catalog, const rfl_str_t *key)
{
    uint32_t  h;
    unsigned  i;

    if (catalog->hash_size == 0) {
        return 0;
    }

    h = rfl_fnv1a(key->data, key->len);

    for ( ;; ) {
        i = catalog->hash[h & (catalog->hash_size - 1)];

        if (i == 0 || rfl_str_eq(&catalog->msgs[i - 1].key, key)) {
            return i;
        }

        h++;
    }
}


unsigned
rfl_catalog_missing(const rfl_catalog_t *catalog,
    const rfl_catalog_t *reference, rfl_str_t *missing)
{
    unsigned  i, n;

    n = 0;

    for (i = 0; i < reference->n; i++) {

        if (i < catalog->n && catalog->msgs[i].there) {
            continue;
        }

        if (n++ == 0) {
            *missing = reference->msgs[i].key;
        }
    }

    return n;
}


int
rfl_catalog_reviewed(const rfl_catalog_t *catalog)
{
    return catalog->reviewed != 0;
}


const rfl_str_t *
rfl_catalog_lang(const rfl_catalog_t *catalog)
{
    return &catalog->lang;
}


int
rfl_catalog_rtl(const rfl_catalog_t *catalog)
{
    return catalog->rtl != 0;
}


int
rfl_catalog_key(const rfl_catalog_t *catalog, const rfl_str_t *key)
{
    if (catalog->reference != NULL) {
        catalog = catalog->reference;
    }

    return (int) rfl_po_find(catalog, key) - 1;
}


/* this catalog's message, or the reference's where there is none */

static const rfl_msg_t *
rfl_po_msg(const rfl_catalog_t *catalog, int index, int *foreign)
{
    *foreign = 0;

    if (index < 0) {
        return NULL;
    }

    if ((unsigned) index < catalog->n && catalog->msgs[index].there) {
        return &catalog->msgs[index];
    }

    catalog = catalog->reference;
    *foreign = 1;

    if (catalog != NULL && (unsigned) index < catalog->n
        && catalog->msgs[index].there)
    {
        return &catalog->msgs[index];
    }

    return NULL;
}


unsigned
rfl_catalog_args(const rfl_catalog_t *catalog, int index)
{
    int               foreign;
    unsigned          n;
    const rfl_msg_t  *msg;

    msg = rfl_po_msg(catalog, index, &foreign);
    if (msg == NULL) {
        return 0;
    }

    for (n = RFL_PO_ARGS_MAX; n > 0; n--) {
        if (msg->pattern.args & (1u << (n - 1))) {
            break;
        }
    }

    return n;
}


unsigned
rfl_catalog_numbers(const rfl_catalog_t *catalog, int index)
{
    int               foreign;
    const rfl_msg_t  *msg;

    msg = rfl_po_msg(catalog, index, &foreign);

    return (msg == NULL) ? 0 : msg->pattern.numbers;
}


const rfl_str_t *
rfl_catalog_text(const rfl_catalog_t *catalog, int index)
{
    int               foreign;
    const rfl_msg_t  *msg;

    msg = rfl_po_msg(catalog, index, &foreign);

    return (msg == NULL || msg->pattern.args != 0) ? NULL : &msg->text;
}


const rfl_str_t *
rfl_catalog_html(const rfl_catalog_t *catalog, int index, int *foreign)
{
    const rfl_msg_t  *msg;

    msg = rfl_po_msg(catalog, index, foreign);

    return (msg == NULL || msg->pattern.args != 0) ? NULL : &msg->html;
}


void
rfl_catalog_format(const rfl_catalog_t *catalog, int index,
    const rfl_po_arg_t *args, unsigned nargs, rfl_buf_t *out)
{
    int               foreign;
    const rfl_msg_t  *msg;

    msg = rfl_po_msg(catalog, index, &foreign);
    if (msg == NULL) {
        return;
    }

    if (msg->pattern.args == 0) {
        rfl_buf_append(out, msg->text.data, msg->text.len);
        return;
    }

    rfl_pattern_format(&msg->pattern,
                       foreign ? &catalog->reference->icu : &catalog->icu,
                       args, nargs, out);
}
