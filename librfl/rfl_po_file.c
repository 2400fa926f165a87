
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po_file.c: the syntax of PO files, as far as ours use it: msgctxt,
 * msgid, msgstr, comments, the fuzzy flag and obsolete entries.  Plurals live
 * inside the messages, so msgid_plural is refused.  Called by rfl_po_add.c
 * and check-pages.
 */


#include "rfl_po_int.h"
#include "rfl_text.h"


typedef enum {
    RFL_PO_NONE = 0,
    RFL_PO_KEY,
    RFL_PO_ID,
    RFL_PO_STR
} rfl_po_part_e;


typedef struct {
    unsigned          line;
    unsigned          part;        /* what was read last */
    unsigned          entries;
    unsigned          fuzzy;
    rfl_buf_t         text[RFL_PO_STR + 1];
    unsigned          lines[RFL_PO_STR + 1];    /* 0: not there */
    rfl_po_entry_pt   handler;
    void             *data;
    rfl_err_t        *err;
} rfl_po_reader_t;


static int rfl_po_line(rfl_po_reader_t *r, const u_char *p,
    const u_char *last);
static int rfl_po_part(rfl_po_reader_t *r, const u_char *p,
    const u_char *last);
static int rfl_po_comment(rfl_po_reader_t *r, const u_char *p,
    const u_char *last);
static int rfl_po_quoted(rfl_po_reader_t *r, const u_char *p,
    const u_char *last);
static int rfl_po_flush(rfl_po_reader_t *r);


static const struct {
    rfl_str_t  word;
    unsigned   part;
} rfl_po_words[] = {
    { rfl_string("msgctxt"), RFL_PO_KEY },
    { rfl_string("msgid"), RFL_PO_ID },
    { rfl_string("msgstr"), RFL_PO_STR }
};

#define RFL_PO_WORDS  (sizeof(rfl_po_words) / sizeof(rfl_po_words[0]))


int
rfl_po_read(const rfl_str_t *text, rfl_po_entry_pt handler, void *data,
    rfl_err_t *err)
{
    int               rc;
    unsigned          i;
    const u_char     *p, *last, *end;
    rfl_po_reader_t   r;

    memset(&r, 0, sizeof(rfl_po_reader_t));

    for (i = 0; i <= RFL_PO_STR; i++) {
        rfl_buf_init(&r.text[i], RFL_PATTERN_MAX * 2);
    }

    r.handler = handler;
    r.data = data;
    r.err = err;

    p = text->data;
    last = p + text->len;
    rc = RFL_OK;

    if (text->len > RFL_PO_FILE_MAX) {
        return rfl_err(err, 1, "the file is larger than %d bytes",
                       RFL_PO_FILE_MAX);
    }

    p += rfl_text_bom(p, text->len);

    while (p < last && rc == RFL_OK) {

        r.line++;

        end = memchr(p, '\n', (size_t) (last - p));
        if (end == NULL) {
            end = last;
        }

        rc = rfl_po_line(&r, p, end);

        p = end + (end < last);
    }

    if (rc == RFL_OK) {
        r.line++;
        rc = rfl_po_flush(&r);
    }

    for (i = 0; i <= RFL_PO_STR; i++) {
        rfl_buf_free(&r.text[i]);
    }

    return rc;
}


static int
rfl_po_line(rfl_po_reader_t *r, const u_char *p, const u_char *last)
{
    if (!rfl_utf8_valid(p, (size_t) (last - p))) {
        return rfl_err(r->err, r->line, "the line is not valid UTF-8, save "
                       "the file as UTF-8");
    }

    while (last > p && (last[-1] == '\r' || last[-1] == ' '
                        || last[-1] == '\t'))
    {
        last--;
    }

    while (p < last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    if (p == last) {
        return rfl_po_flush(r);
    }

    if (*p == '#') {
        return rfl_po_comment(r, p, last);
    }

    if (*p == '"') {

        if (r->part == RFL_PO_NONE) {
            return rfl_err(r->err, r->line, "a string without msgctxt, msgid "
                           "or msgstr before it");
        }

        return rfl_po_quoted(r, p, last);
    }

    return rfl_po_part(r, p, last);
}


/* msgctxt, msgid or msgstr, and the string behind it */

static int
rfl_po_part(rfl_po_reader_t *r, const u_char *p, const u_char *last)
{
    unsigned       i, part;
    rfl_str_t      word;
    const u_char  *c;

    for (c = p; c < last && *c != ' ' && *c != '\t' && *c != '"'; c++) {
        /* void */
    }

    word.data = (u_char *) p;
    word.len = (size_t) (c - p);

    for (i = 0; i < RFL_PO_WORDS; i++) {
        if (rfl_str_eq(&word, &rfl_po_words[i].word)) {
            break;
        }
    }

    if (i == RFL_PO_WORDS) {

        if (word.len > 6 && (memcmp(p, "msgid_", 6) == 0
                             || memcmp(p, "msgstr", 6) == 0))
        {
            return rfl_err(r->err, r->line, "gettext plurals are not used, "
                           "write {0,plural,one{...} other{...}} in the "
                           "message");
        }

        return rfl_err(r->err, r->line, "the line begins with none of "
                       "msgctxt, msgid, msgstr, # and a quote");
    }

    part = rfl_po_words[i].part;

    /* an entry may follow the other without an empty line */

    if (r->lines[RFL_PO_STR] != 0 && part != RFL_PO_STR
        && rfl_po_flush(r) != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (part <= r->part) {
        return rfl_err(r->err, r->line, "%s is out of order, an entry is "
                       "msgctxt, msgid, msgstr", rfl_po_words[i].word.data);
    }

    if (part == RFL_PO_STR && r->lines[RFL_PO_ID] == 0) {
        return rfl_err(r->err, r->line, "msgstr without a msgid before it");
    }

    r->part = part;
    r->lines[part] = r->line;

    while (c < last && (*c == ' ' || *c == '\t')) {
        c++;
    }

    return rfl_po_quoted(r, c, last);
}


static int
rfl_po_comment(rfl_po_reader_t *r, const u_char *p, const u_char *last)
{
    if (r->lines[RFL_PO_STR] != 0 && rfl_po_flush(r) != RFL_OK) {
        return RFL_ERROR;
    }

    if (r->part != RFL_PO_NONE) {
        return rfl_err(r->err, r->line, "a comment inside an entry, move it "
                       "above msgctxt");
    }

    if (last - p >= 2 && p[1] == ','
        && memmem(p, (size_t) (last - p), "fuzzy", 5) != NULL)
    {
        r->fuzzy = 1;
    }

    return RFL_OK;
}


static int
rfl_po_quoted(rfl_po_reader_t *r, const u_char *p, const u_char *last)
{
    u_char      c;
    rfl_buf_t  *b;

    b = &r->text[r->part];

    if (last - p < 2 || *p != '"' || last[-1] != '"') {
        return rfl_err(r->err, r->line, "the string must begin and end with "
                       "a quote on this line");
    }

    last--;

    for (p++; p < last; p++) {
        c = *p;

        if (c == '"') {
            return rfl_err(r->err, r->line, "a quote inside the string, "
                           "write \\\"");
        }

        if (c < 0x20 || c == 0x7f) {
            return rfl_err(r->err, r->line, "a control character in the "
                           "string, remove it");
        }

        if (c == '\\') {
            p++;

            if (p == last) {
                return rfl_err(r->err, r->line, "the string must begin and "
                               "end with a quote on this line");
            }

            if (*p == 'n') {
                c = '\n';

            } else if (*p == '"' || *p == '\\') {
                c = *p;

            } else {
                return rfl_err(r->err, r->line, "unknown escape \"\\%c\", the "
                               "known are \\n \\\" \\\\",
                               (*p > 0x20 && *p < 0x7f) ? *p : '?');
            }
        }

        rfl_buf_byte(b, c);
    }

    if (b->failed) {
        return rfl_err(r->err, r->line, "the string is longer than %d bytes",
                       RFL_PATTERN_MAX * 2);
    }

    return RFL_OK;
}


/* the end of an entry, or of nothing */

static int
rfl_po_flush(rfl_po_reader_t *r)
{
    int              rc;
    unsigned         i;
    rfl_str_t       *part;
    rfl_po_entry_t   entry;

    if (r->part == RFL_PO_NONE) {
        return RFL_OK;
    }

    if (r->part != RFL_PO_STR) {
        return rfl_err(r->err, r->line - 1, "the entry ends without a "
                       "msgstr, write msgstr \"\" if there is no translation");
    }

    memset(&entry, 0, sizeof(rfl_po_entry_t));

    for (i = RFL_PO_KEY; i <= RFL_PO_STR; i++) {
        part = (i == RFL_PO_KEY) ? &entry.key
               : (i == RFL_PO_ID) ? &entry.id : &entry.str;

        /* an empty string is somewhere too */

        part->data = (r->text[i].len == 0) ? (u_char *) "" : r->text[i].data;
        part->len = r->text[i].len;
    }

    entry.key_line = r->lines[RFL_PO_KEY];
    entry.id_line = r->lines[RFL_PO_ID];
    entry.str_line = r->lines[RFL_PO_STR];
    entry.fuzzy = r->fuzzy;
    entry.header = (entry.key_line == 0 && entry.id.len == 0);

    if (entry.header && r->entries != 0) {
        return rfl_err(r->err, entry.id_line, "an empty msgid belongs to the "
                       "header, which must be the first entry");
    }

    if (!entry.header && entry.key_line == 0) {
        return rfl_err(r->err, entry.id_line, "the entry has no msgctxt, "
                       "which is the key of the message");
    }

    rc = r->handler(r->data, &entry, r->err);

    for (i = 0; i <= RFL_PO_STR; i++) {
        rfl_buf_reset(&r->text[i]);
        r->lines[i] = 0;
    }

    r->part = RFL_PO_NONE;
    r->fuzzy = 0;
    r->entries++;

    return rc;
}
