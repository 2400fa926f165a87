
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po_add.c: takes the entries of a PO file into a catalog, and refuses
 * what would be shown wrong or not at all.  Runs at configuration load only.
 */


#include "rfl_po_int.h"
#include "rfl_text.h"

#include <stdlib.h>


#define RFL_PO_KEY_MAX   64


typedef struct {
    rfl_catalog_t        *catalog;
    const rfl_catalog_t  *reference;
    int                   override;
    unsigned              header;
} rfl_po_add_t;


static int rfl_po_entry(void *data, const rfl_po_entry_t *entry,
    rfl_err_t *err);
static int rfl_po_header(rfl_po_add_t *add, const rfl_po_entry_t *entry,
    rfl_err_t *err);
static int rfl_po_header_line(rfl_po_add_t *add, const rfl_str_t *name,
    const rfl_str_t *value, unsigned line, rfl_err_t *err);
static int rfl_po_key(rfl_po_add_t *add, const rfl_po_entry_t *entry,
    unsigned *index, rfl_err_t *err);
static int rfl_po_set(rfl_catalog_t *catalog, rfl_msg_t *msg,
    const rfl_str_t *text, const rfl_msg_t *ref, unsigned line,
    rfl_err_t *err);
static int rfl_po_plain(const rfl_str_t *text, unsigned line,
    rfl_err_t *err);
static size_t rfl_po_reference(const u_char *p, size_t len);
static int rfl_po_grow(rfl_catalog_t *catalog, unsigned n);
static int rfl_po_hash(rfl_catalog_t *catalog);
static int rfl_po_copy(rfl_pool_t *pool, const rfl_str_t *from,
    rfl_str_t *to);


int
rfl_catalog_add(rfl_catalog_t *catalog, const rfl_str_t *text,
    const rfl_catalog_t *reference, int override, rfl_err_t *err)
{
    rfl_po_add_t  add;

    add.catalog = catalog;
    add.reference = (reference == catalog) ? NULL : reference;
    add.override = override;
    add.header = 0;

    if (add.reference != NULL) {
        catalog->reference = add.reference;

        if (rfl_po_grow(catalog, add.reference->n) != RFL_OK) {
            return rfl_err(err, 0, "out of memory");
        }
    }

    catalog->files++;

    if (rfl_po_read(text, rfl_po_entry, &add, err) != RFL_OK) {
        return RFL_ERROR;
    }

    if (!add.header && !override) {
        return rfl_err(err, 1, "the file has no header, begin it with "
                       "msgid \"\" and msgstr \"Language: %s\\n\"",
                       catalog->lang.data);
    }

    return RFL_OK;
}


static int
rfl_po_entry(void *data, const rfl_po_entry_t *entry, rfl_err_t *err)
{
    rfl_po_add_t  *add = data;

    unsigned          index;
    rfl_msg_t        *msg;
    rfl_catalog_t    *catalog;
    const rfl_str_t  *text;
    const rfl_msg_t  *ref;

    catalog = add->catalog;

    if (entry->header) {
        return rfl_po_header(add, entry, err);
    }

    if (rfl_po_key(add, entry, &index, err) != RFL_OK) {
        return RFL_ERROR;
    }

    msg = &catalog->msgs[index];

    if (msg->file == catalog->files) {
        return rfl_err(err, entry->key_line, "the key \"%.*s\" is there "
                       "twice, keep one", (int) msg->key.len,
                       (char *) msg->key.data);
    }

    msg->file = catalog->files;

    /* what the translation is compared with: the English, or what was here */

    ref = (add->reference != NULL) ? &add->reference->msgs[index]
          : add->override ? msg : NULL;

    if (add->reference != NULL && !add->override
        && !rfl_str_eq(&entry->id, &ref->id))
    {
        return rfl_err(err, entry->id_line, "the English text of \"%.*s\" is "
                       "another one now, copy its msgid from en.po and check "
                       "the translation", (int) msg->key.len,
                       (char *) msg->key.data);
    }

    text = &entry->str;

    if (text->len == 0 || entry->fuzzy) {

        if (add->override) {
            return rfl_err(err, entry->str_line, "\"%.*s\" has no "
                           "translation, write one or remove the entry",
                           (int) msg->key.len, (char *) msg->key.data);
        }

        if (add->reference != NULL) {
            return RFL_OK;
        }

        text = &entry->id;
    }

    if (msg->id.data == NULL
        && rfl_po_copy(catalog->pool, &entry->id, &msg->id) != RFL_OK)
    {
        return rfl_err(err, entry->id_line, "out of memory");
    }

    return rfl_po_set(catalog, msg, text, ref,
                      text == &entry->id ? entry->id_line : entry->str_line,
                      err);
}


static int
rfl_po_header(rfl_po_add_t *add, const rfl_po_entry_t *entry, rfl_err_t *err)
{
    unsigned       line, language, charset;
    rfl_str_t      name, value;
    const u_char  *p, *end, *colon, *last;

    line = entry->str_line;
    language = 0;
    charset = 0;

    p = entry->str.data;
    last = p + entry->str.len;

    while (p < last) {

        end = memchr(p, '\n', (size_t) (last - p));
        if (end == NULL) {
            end = last;
        }

        colon = memchr(p, ':', (size_t) (end - p));

        if (colon != NULL) {
            name.data = (u_char *) p;
            name.len = (size_t) (colon - p);

            for (colon++; colon < end && *colon == ' '; colon++) {
                /* void */
            }

            value.data = (u_char *) colon;
            value.len = (size_t) (end - colon);

            language |= rfl_str_is(&name, "Language");
            charset |= rfl_str_is(&name, "Content-Type");

            if (rfl_po_header_line(add, &name, &value, line, err) != RFL_OK) {
                return RFL_ERROR;
            }
        }

        p = end + (end < last);
    }

    if (!language) {
        return rfl_err(err, line, "the header has no \"Language: %s\"",
                       add->catalog->lang.data);
    }

    if (!charset) {
        return rfl_err(err, line, "the header has no \"Content-Type: "
                       "text/plain; charset=UTF-8\"");
    }

    add->header = 1;

    return RFL_OK;
}


static int
rfl_po_header_line(rfl_po_add_t *add, const rfl_str_t *name,
    const rfl_str_t *value, unsigned line, rfl_err_t *err)
{
    size_t           i;
    u_char           c;
    const rfl_str_t *lang;

    if (rfl_str_is(name, "Language")) {

        /* gettext writes "fa_AF" for what we call "fa-AF" */

        lang = &add->catalog->lang;

        for (i = 0; i < value->len && i < lang->len; i++) {
            c = (value->data[i] == '_') ? '-' : value->data[i];

            if (c != lang->data[i]) {
                break;
            }
        }

        if (i != value->len || i != lang->len) {
            return rfl_err(err, line, "the header says \"Language: %.*s\" "
                           "but the file is read as \"%s\"",
                           (int) (value->len > 32 ? 32 : value->len),
                           (char *) value->data, lang->data);
        }

    } else if (rfl_str_is(name, "Content-Type")) {

        if (memmem(value->data, value->len, "charset=UTF-8", 13) == NULL) {
            return rfl_err(err, line, "the header must say "
                           "\"charset=UTF-8\", and the file be so");
        }

    } else if (rfl_str_is(name, "X-RFL-Reviewed") && !add->override) {

        if (rfl_str_is(value, "yes")) {
            add->catalog->reviewed = 1;

        } else if (rfl_str_is(value, "no")) {
            add->catalog->reviewed = 0;

        } else {
            return rfl_err(err, line, "\"X-RFL-Reviewed\" is \"yes\" or "
                           "\"no\"");
        }
    }

    return RFL_OK;
}


/* finds the message of a key; the English file, when first read, makes it */

static int
rfl_po_key(rfl_po_add_t *add, const rfl_po_entry_t *entry, unsigned *index,
    rfl_err_t *err)
{
    size_t                i;
    u_char                c;
    rfl_msg_t            *msg;
    rfl_catalog_t        *catalog;
    const rfl_catalog_t  *names;

    catalog = add->catalog;
    names = (add->reference != NULL) ? add->reference : catalog;

    *index = rfl_po_find(names, &entry->key);

    if (*index != 0) {
        (*index)--;

        msg = &catalog->msgs[*index];
        msg->key = names->msgs[*index].key;

        return RFL_OK;
    }

    for (i = 0; i < entry->key.len; i++) {
        c = entry->key.data[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.'
            && c != '_' && c != '-' && c != '+')
        {
            break;
        }
    }

    if (i != entry->key.len || i == 0 || i > RFL_PO_KEY_MAX) {
        return rfl_err(err, entry->key_line, "a key has 1 to %d of the "
                       "characters a-z 0-9 . _ - +", RFL_PO_KEY_MAX);
    }

    if (add->reference != NULL || add->override) {
        return rfl_err(err, entry->key_line, "unknown key \"%.*s\", the keys "
                       "are those of en.po", (int) entry->key.len,
                       (char *) entry->key.data);
    }

    *index = catalog->n;

    if (rfl_po_grow(catalog, catalog->n + 1) != RFL_OK
        || rfl_po_copy(catalog->pool, &entry->key, &catalog->msgs[*index].key)
           != RFL_OK
        || rfl_po_hash(catalog) != RFL_OK)
    {
        return rfl_err(err, entry->key_line, "out of memory");
    }

    return RFL_OK;
}


static int
rfl_po_set(rfl_catalog_t *catalog, rfl_msg_t *msg, const rfl_str_t *text,
    const rfl_msg_t *ref, unsigned line, rfl_err_t *err)
{
    unsigned       i;
    rfl_buf_t      plain, html;
    rfl_str_t      copy;
    rfl_pattern_t  pattern;

    if (rfl_po_plain(text, line, err) != RFL_OK) {
        return RFL_ERROR;
    }

    if (rfl_po_copy(catalog->pool, text, &copy) != RFL_OK) {
        return rfl_err(err, line, "out of memory");
    }

    if (rfl_pattern_parse(catalog->pool, &catalog->icu, &copy, line,
                          &pattern, err)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 0; ref != NULL && i < RFL_PO_ARGS_MAX; i++) {

        if ((ref->pattern.args & ~pattern.args) & (1u << i)) {
            return rfl_err(err, line, "{%u} is in the English text of "
                           "\"%.*s\" but not here, put it where it belongs",
                           i, (int) msg->key.len, (char *) msg->key.data);
        }

        if ((pattern.args & ~ref->pattern.args) & (1u << i)) {
            return rfl_err(err, line, "{%u} is not in the English text of "
                           "\"%.*s\", remove it", i, (int) msg->key.len,
                           (char *) msg->key.data);
        }

        if ((pattern.numbers & ~ref->pattern.numbers) & (1u << i)) {
            return rfl_err(err, line, "{%u} of \"%.*s\" is a text, not a "
                           "number to count with", i, (int) msg->key.len,
                           (char *) msg->key.data);
        }
    }

    if (pattern.args == 0) {

        rfl_buf_init(&plain, 0);
        rfl_buf_init(&html, 0);

        rfl_pattern_format(&pattern, &catalog->icu, NULL, 0, &plain);
        rfl_html_escape(&html, plain.data, plain.len);

        copy.data = rfl_pstrdup(catalog->pool, plain.data, plain.len);
        msg->text.data = copy.data;
        msg->text.len = plain.len;

        copy.data = rfl_pstrdup(catalog->pool, html.data, html.len);
        msg->html.data = copy.data;
        msg->html.len = html.len;

        i = plain.failed || html.failed || msg->text.data == NULL
            || msg->html.data == NULL;

        rfl_buf_free(&plain);
        rfl_buf_free(&html);

        if (i) {
            return rfl_err(err, line, "out of memory");
        }
    }

    msg->pattern = pattern;
    msg->there = 1;

    return RFL_OK;
}


/* messages are words: markup would be shown as it stands */

static int
rfl_po_plain(const rfl_str_t *text, unsigned line, rfl_err_t *err)
{
    size_t   i, n;
    u_char  *p, c;

    p = text->data;

    if (text->len == 0) {
        return rfl_err(err, line, "the message is empty");
    }

    if (p[0] == ' ' || p[0] == '\n' || p[text->len - 1] == ' '
        || p[text->len - 1] == '\n')
    {
        return rfl_err(err, line, "the message begins or ends with white "
                       "space, remove it");
    }

    for (i = 0; i + 1 < text->len; i++) {
        c = p[i + 1] | 0x20;

        if (p[i] == '<' && ((c >= 'a' && c <= 'z') || c == '/' || c == '!')) {
            return rfl_err(err, line, "messages are plain text, HTML belongs "
                           "in the template");
        }

        n = rfl_po_reference(p + i, text->len - i);

        if (n != 0) {
            return rfl_err(err, line, "messages are plain text, write the "
                           "character itself instead of \"%.*s\"", (int) n,
                           (char *) p + i);
        }
    }

    return RFL_OK;
}


/* length of the character reference at p, such as "&nbsp;"; 0: none */

static size_t
rfl_po_reference(const u_char *p, size_t len)
{
    size_t  n;
    u_char  c;

    if (p[0] != '&') {
        return 0;
    }

    for (n = 1; n < len && n < 10; n++) {
        c = p[n] | 0x20;

        if (!(c >= 'a' && c <= 'z') && !(p[n] >= '0' && p[n] <= '9')
            && p[n] != '#')
        {
            break;
        }
    }

    return (n > 1 && n < len && p[n] == ';') ? n + 1 : 0;
}


static int
rfl_po_grow(rfl_catalog_t *catalog, unsigned n)
{
    unsigned    size;
    rfl_msg_t  *msgs;

    if (n > catalog->size) {

        size = (n < 128) ? 128 : n * 2;

        msgs = calloc(size, sizeof(rfl_msg_t));
        if (msgs == NULL) {
            return RFL_ERROR;
        }

        if (catalog->n != 0) {
            memcpy(msgs, catalog->msgs, catalog->n * sizeof(rfl_msg_t));
        }

        free(catalog->msgs);

        catalog->msgs = msgs;
        catalog->size = size;
    }

    if (n > catalog->n) {
        catalog->n = n;
    }

    return RFL_OK;
}


/*
 * Open addressing, made anew when half full; load time only.  The last key
 * is the new one.
 */

static int
rfl_po_hash(rfl_catalog_t *catalog)
{
    unsigned   i, first, size, *hash;
    uint32_t   h;

    first = catalog->n - 1;

    if (catalog->n * 2 > catalog->hash_size) {

        size = (catalog->hash_size == 0) ? 512 : catalog->hash_size * 2;

        hash = calloc(size, sizeof(unsigned));
        if (hash == NULL) {
            return RFL_ERROR;
        }

        free(catalog->hash);

        catalog->hash = hash;
        catalog->hash_size = size;
        first = 0;
    }

    for (i = first; i < catalog->n; i++) {

        h = rfl_fnv1a(catalog->msgs[i].key.data, catalog->msgs[i].key.len);

        while (catalog->hash[h & (catalog->hash_size - 1)] != 0) {
            h++;
        }

        catalog->hash[h & (catalog->hash_size - 1)] = i + 1;
    }

    return RFL_OK;
}


static int
rfl_po_copy(rfl_pool_t *pool, const rfl_str_t *from, rfl_str_t *to)
{
    to->data = rfl_pstrdup(pool, from->data, from->len);
    to->len = from->len;

    return (to->data == NULL) ? RFL_ERROR : RFL_OK;
}
