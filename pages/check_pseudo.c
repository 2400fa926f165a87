
/*
 * Copyright (C) The RFL authors
 *
 * check_pseudo.c: two languages nobody speaks, made of the English words for
 * layout tests: en-XA can be read but is accented and a third longer, so that
 * what stays plain is not in a PO file; ar-XB is English from right to left.
 */


#include "check_pages.h"
#include "rfl_po_int.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>


typedef struct {
    FILE           *file;
    unsigned        mirrored;
} check_pseudo_t;


static int check_pseudo_file(const rfl_str_t *text, const char *out,
    const char *lang, unsigned mirrored, rfl_err_t *err);
static int check_pseudo_entry(void *data, const rfl_po_entry_t *entry,
    rfl_err_t *err);
static void check_pseudo_text(check_pseudo_t *pseudo, const rfl_str_t *text);
static void check_pseudo_quoted(FILE *file, const char *word,
    const rfl_str_t *text);


int
check_pseudo(rfl_pool_t *pool, const char *pages, const char *out,
    rfl_err_t *err)
{
    int        n;
    char       path[PATH_MAX];
    rfl_str_t  text;

    n = snprintf(path, sizeof(path), "%s/po/en.po", pages);

    if (n < 0 || (size_t) n >= sizeof(path)) {
        return rfl_err(err, 0, "the path is too long");
    }

    if (rfl_file_read(pool, path, CHECK_FILE_MAX, 0, &text, err) != RFL_OK
        || check_pseudo_file(&text, out, "en-XA", 0, err) != RFL_OK)
    {
        return RFL_ERROR;
    }

    return check_pseudo_file(&text, out, "ar-XB", 1, err);
}


static int
check_pseudo_file(const rfl_str_t *text, const char *out, const char *lang,
    unsigned mirrored, rfl_err_t *err)
{
    int              n, rc;
    char             path[PATH_MAX];
    check_pseudo_t   pseudo;

    n = snprintf(path, sizeof(path), "%s/%s.po", out, lang);

    if (n < 0 || (size_t) n >= sizeof(path)) {
        return rfl_err(err, 0, "the path is too long");
    }

    pseudo.mirrored = mirrored;
    pseudo.file = fopen(path, "w");

    if (pseudo.file == NULL) {
        return rfl_err(err, 0, "cannot write \"%s\": %s", path,
                       strerror(errno));
    }

    fprintf(pseudo.file, "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n"
            "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
            "\"X-RFL-Reviewed: no\\n\"\n", lang);

    rc = rfl_po_read(text, check_pseudo_entry, &pseudo, err);

    if (fclose(pseudo.file) != 0) {
        return rfl_err(err, 0, "cannot write \"%s\": %s", path,
                       strerror(errno));
    }

    return rc;
}


static int
check_pseudo_entry(void *data, const rfl_po_entry_t *entry, rfl_err_t *err)
{
    check_pseudo_t  *pseudo = data;

    if (entry->header) {
        return RFL_OK;
    }

    check_pseudo_quoted(pseudo->file, "\nmsgctxt", &entry->key);
    check_pseudo_quoted(pseudo->file, "msgid", &entry->id);

    fputs("msgstr \"", pseudo->file);
    check_pseudo_text(pseudo, &entry->id);
    fputs("\"\n", pseudo->file);

    return RFL_OK;
}


/* only text changes: inside an argument it is found in the branches */

static void
check_pseudo_text(check_pseudo_t *pseudo, const rfl_str_t *text)
{
    size_t             i;
    u_char             c;
    unsigned           depth, words;
    const char        *to;

    static const char  from[] = "aceilnorsuyACEILNORSUY";
    static const char  accented[] = "áçéîļñöŕšûýÁÇÉÎĻÑÖŔŠÛÝ";

    depth = 0;
    words = 0;

    if (pseudo->mirrored && text->data[0] != '{') {
        fputs("\u202e", pseudo->file);
    }

    for (i = 0; i < text->len; i++) {
        c = text->data[i];

        if (c == '{') {

            if (pseudo->mirrored && depth % 2 == 0 && i != 0) {
                fputs("\u202c", pseudo->file);
            }

            depth++;
            fputc(c, pseudo->file);

            if (pseudo->mirrored && depth % 2 == 0) {
                fputs("\u202e", pseudo->file);
            }

            continue;
        }

        if (c == '}') {

            if (pseudo->mirrored && depth % 2 == 0) {
                fputs("\u202c", pseudo->file);
            }

            depth--;
            fputc(c, pseudo->file);

            if (pseudo->mirrored && depth % 2 == 0 && i + 1 < text->len) {
                fputs("\u202e", pseudo->file);
            }

            continue;
        }

        if (c == '"' || c == '\\') {
            fputc('\\', pseudo->file);
        }

        to = (pseudo->mirrored || depth % 2 != 0) ? NULL : strchr(from, c);

        if (to != NULL && c != '\0') {
            fwrite(accented + (to - from) * 2, 1, 2, pseudo->file);

        } else {
            fputc(c, pseudo->file);
        }

        if (c == ' ' && depth == 0 && !pseudo->mirrored && ++words % 3 == 0) {
            fputs("lôrém ", pseudo->file);
        }
    }

    if (pseudo->mirrored && text->data[text->len - 1] != '}') {
        fputs("\u202c", pseudo->file);
    }
}


static void
check_pseudo_quoted(FILE *file, const char *word, const rfl_str_t *text)
{
    size_t  i;

    fprintf(file, "%s \"", word);

    for (i = 0; i < text->len; i++) {

        if (text->data[i] == '"' || text->data[i] == '\\') {
            fputc('\\', file);
        }

        fputc(text->data[i], file);
    }

    fputs("\"\n", file);
}
