
/*
 * Copyright (C) The RFL authors
 *
 * rfl_tpl_parse.c: compiles a template with its partials to operations:
 * files, literal text, and the kinds of tags.  What a tag means where it
 * stands is the business of rfl_tpl_tag.c.  Runs at configuration load; the
 * result lives in the caller's pool.
 */


#include "rfl_tpl_parse.h"
#include "rfl_text.h"

#include <stdio.h>


#define RFL_TPL_OPS_MAX   8192
#define RFL_TPL_FILE_MAX  (256 * 1024)
#define RFL_TPL_WORDS     (RFL_PO_ARGS_MAX + 2)


static int rfl_tpl_file(rfl_tpl_parse_t *tp, const rfl_str_t *name,
    unsigned line);
static int rfl_tpl_text(rfl_tpl_parse_t *tp, const rfl_str_t *text);
static int rfl_tpl_tag(rfl_tpl_parse_t *tp, const u_char *p, size_t len);
static unsigned rfl_tpl_words(const u_char *p, size_t len, rfl_str_t *words);


int
rfl_tpl_compile(rfl_pool_t *pool, const rfl_str_t *name,
    const rfl_tpl_field_t *fields, const rfl_catalog_t *catalog,
    rfl_tpl_load_pt load, void *data, rfl_tpl_t **tpl, rfl_err_t *err)
{
    int               rc;
    rfl_tpl_t        *t;
    rfl_tpl_parse_t  *tp;

    t = rfl_palloc(pool, sizeof(rfl_tpl_t));
    tp = rfl_pcalloc(pool, sizeof(rfl_tpl_parse_t));

    if (t == NULL || tp == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    tp->pool = pool;
    tp->catalog = catalog;
    tp->load = load;
    tp->data = data;
    tp->err = err;
    tp->scopes[0] = fields;

    rfl_buf_init(&tp->literal, RFL_TPL_FILE_MAX * 4);

    rc = rfl_tpl_file(tp, name, 0);

    if (rc == RFL_OK) {
        rc = rfl_tpl_flush(tp);
    }

    if (rc == RFL_OK && tp->html.n != 0) {

        tp->file = tp->html.open[tp->html.n - 1].file;

        rc = rfl_tpl_err(tp, tp->html.open[tp->html.n - 1].line,
                         "<%s> is not closed",
                         tp->html.open[tp->html.n - 1].name);
    }

    if (rc == RFL_OK && tp->html.state != RFL_HTML_TEXT) {
        rc = rfl_tpl_err(tp, tp->html.line, "the template ends inside a tag "
                         "or a comment");
    }

    rfl_buf_free(&tp->literal);

    if (rc != RFL_OK) {
        return RFL_ERROR;
    }

    t->ops = tp->ops;
    t->n = tp->n;
    *tpl = t;

    return RFL_OK;
}


/* a template, or a partial that line names */

static int
rfl_tpl_file(rfl_tpl_parse_t *tp, const rfl_str_t *name, unsigned line)
{
    int                rc;
    size_t             bom;
    unsigned           sections, html_line;
    rfl_str_t          text, *file;
    const rfl_str_t   *from;

    rfl_str_null(&text);

    file = rfl_pcalloc(tp->pool, sizeof(rfl_str_t));
    if (file == NULL) {
        return rfl_err(tp->err, 0, "out of memory");
    }

    if (tp->load(tp->data, name, &text, file) != RFL_OK) {

        if (line == 0) {
            return rfl_err(tp->err, 0, "there is no template \"%.*s\"",
                           (int) name->len, (char *) name->data);
        }

        return rfl_tpl_err(tp, line, "there is no partial \"%.*s\"",
                           (int) name->len, (char *) name->data);
    }

    if (tp->partials == RFL_TPL_PARTIALS) {
        return rfl_tpl_err(tp, line, "partials are nested deeper than %d, "
                           "does one include itself?", RFL_TPL_PARTIALS);
    }

    file->data = rfl_pstrdup(tp->pool, file->data, file->len);
    if (file->data == NULL) {
        return rfl_err(tp->err, 0, "out of memory");
    }

    from = tp->file;
    html_line = tp->html.line;
    sections = tp->nsections;

    tp->file = file;
    tp->html.file = file;
    tp->html.line = 1;
    tp->partials++;

    if (text.len > RFL_TPL_FILE_MAX) {
        return rfl_tpl_err(tp, 1, "the file is larger than %d bytes",
                           RFL_TPL_FILE_MAX);
    }

    bom = rfl_text_bom(text.data, text.len);
    text.data += bom;
    text.len -= bom;

    if (line == 0 && text.len == 0) {
        return rfl_tpl_err(tp, 1, "the page is empty: write it, or remove the "
                           "file from your theme");
    }

    if (!rfl_utf8_valid(text.data, text.len)) {
        return rfl_tpl_err(tp, 1, "the file is not valid UTF-8, save it as "
                           "UTF-8");
    }

    rc = rfl_tpl_text(tp, &text);

    if (rc == RFL_OK && tp->nsections != sections) {
        rc = rfl_tpl_err(tp, tp->sections[tp->nsections - 1].line,
                         "section \"%.*s\" is not closed in this file",
                         (int) tp->sections[tp->nsections - 1].name.len,
                         (char *) tp->sections[tp->nsections - 1].name.data);
    }

    tp->partials--;

    /* the state at the end of a template is told with its own lines */

    if (from != NULL) {
        tp->file = from;
        tp->html.file = from;
        tp->html.line = html_line;
    }

    return rc;
}


static int
rfl_tpl_text(rfl_tpl_parse_t *tp, const rfl_str_t *text)
{
    size_t         len;
    unsigned       lines;
    const u_char  *p, *last, *tag, *end, *c;

    p = text->data;
    last = p + text->len;

    while (p < last) {

        tag = memmem(p, (size_t) (last - p), "{{", 2);
        if (tag == NULL) {
            tag = last;
        }

        if (rfl_html_feed(&tp->html, p, (size_t) (tag - p), &tp->literal,
                          tp->err)
            != RFL_OK)
        {
            return rfl_tpl_err_html(tp);
        }

        if (tag == last) {
            break;
        }

        tp->line = tp->html.line;
        tag += 2;

        end = memmem(tag, (size_t) (last - tag), "}}", 2);

        if (end == NULL) {
            return rfl_tpl_err(tp, tp->line, "\"{{\" without \"}}\"");
        }

        lines = 0;

        for (c = tag; c < end; c++) {
            lines += (*c == '\n');
        }

        len = (size_t) (end - tag);

        if (lines != 0 && *tag != '!') {
            return rfl_tpl_err(tp, tp->line, "\"{{\" without \"}}\" on the "
                               "same line");
        }

        if (rfl_tpl_tag(tp, tag, len) != RFL_OK) {
            return RFL_ERROR;
        }

        tp->html.line += lines;
        p = end + 2;
    }

    if (tp->literal.failed) {
        return rfl_err(tp->err, 0, "out of memory");
    }

    return RFL_OK;
}


static int
rfl_tpl_tag(rfl_tpl_parse_t *tp, const u_char *p, size_t len)
{
    u_char     kind;
    unsigned   n;
    rfl_str_t  words[RFL_TPL_WORDS];

    if (len == 0) {
        return rfl_tpl_err(tp, tp->line, "the tag is empty");
    }

    kind = *p;

    if (kind == '!') {
        return RFL_OK;
    }

    if (kind == '{' || kind == '&') {
        return rfl_tpl_err(tp, tp->line, "there is no way to write text "
                           "unescaped, use {{name}}");
    }

    if (kind == '#' || kind == '^' || kind == '/' || kind == '>'
        || kind == '?')
    {
        n = rfl_tpl_words(p + 1, len - 1, words);

        if (n != 1) {
            return rfl_tpl_err(tp, tp->line, "{{%c wants one name", kind);
        }

        if (kind == '/') {
            return rfl_tpl_close(tp, &words[0]);
        }

        if (kind == '>') {
            return rfl_tpl_file(tp, &words[0], tp->line);
        }

        return rfl_tpl_open(tp, kind, &words[0]);
    }

    n = rfl_tpl_words(p, len, words);

    if (n == 0) {
        return rfl_tpl_err(tp, tp->line, "the tag is empty");
    }

    if (words[0].len > 2 && memcmp(words[0].data, "t.", 2) == 0) {
        return rfl_tpl_message(tp, words, n);
    }

    if (rfl_str_is(&words[0], "bdi") && n == 2) {
        return rfl_tpl_value(tp, &words[1], 1);
    }

    if (n != 1) {
        return rfl_tpl_err(tp, tp->line, "a tag is {{name}}, {{bdi name}} or "
                           "{{t.key name ...}}");
    }

    return rfl_tpl_value(tp, &words[0], 0);
}


int
rfl_tpl_flush(rfl_tpl_parse_t *tp)
{
    rfl_str_t      text;
    rfl_tpl_op_t  *op;

    if (tp->literal.failed) {
        return rfl_err(tp->err, 0, "out of memory");
    }

    if (tp->literal.len == 0) {
        return RFL_OK;
    }

    text.len = tp->literal.len;
    text.data = rfl_pstrdup(tp->pool, tp->literal.data, tp->literal.len);

    rfl_buf_reset(&tp->literal);

    op = rfl_tpl_push(tp, RFL_OP_LITERAL);

    if (op == NULL || text.data == NULL) {
        return rfl_err(tp->err, 0, "out of memory");
    }

    op->text = text;

    return RFL_OK;
}


/* the next operation, after the literal text before it */

rfl_tpl_op_t *
rfl_tpl_push(rfl_tpl_parse_t *tp, rfl_tpl_op_e op)
{
    unsigned       size;
    rfl_tpl_op_t  *ops;

    if (op != RFL_OP_LITERAL && rfl_tpl_flush(tp) != RFL_OK) {
        return NULL;
    }

    if (tp->n == tp->size) {

        if (tp->size == RFL_TPL_OPS_MAX) {
            (void) rfl_tpl_err(tp, tp->line, "the template has more than %d "
                               "tags with all its partials",
                               RFL_TPL_OPS_MAX);
            return NULL;
        }

        size = (tp->size == 0) ? 64 : tp->size * 2;

        ops = rfl_pcalloc(tp->pool, size * sizeof(rfl_tpl_op_t));
        if (ops == NULL) {
            (void) rfl_err(tp->err, 0, "out of memory");
            return NULL;
        }

        if (tp->n != 0) {
            memcpy(ops, tp->ops, tp->n * sizeof(rfl_tpl_op_t));
        }

        tp->ops = ops;
        tp->size = size;
    }

    tp->ops[tp->n].op = op;

    return &tp->ops[tp->n++];
}


/* RFL_TPL_WORDS stands for "too many" */

static unsigned
rfl_tpl_words(const u_char *p, size_t len, rfl_str_t *words)
{
    unsigned       n;
    const u_char  *last;

    last = p + len;
    n = 0;

    for ( ;; ) {

        while (p < last && (*p == ' ' || *p == '\t')) {
            p++;
        }

        if (p == last || n == RFL_TPL_WORDS) {
            return n;
        }

        words[n].data = (u_char *) p;

        while (p < last && *p != ' ' && *p != '\t') {
            p++;
        }

        words[n].len = (size_t) (p - words[n].data);
        n++;
    }
}


int
rfl_tpl_err(rfl_tpl_parse_t *tp, unsigned line, const char *fmt, ...)
{
    char     text[RFL_ERR_SIZE];
    va_list  args;

    va_start(args, fmt);
    (void) vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    return rfl_err(tp->err, line, "%.*s:%u: %s", (int) tp->file->len,
                   (char *) tp->file->data, line, text);
}


/* the tokenizer's fault, with the name of the file before it */

int
rfl_tpl_err_html(rfl_tpl_parse_t *tp)
{
    char  text[RFL_ERR_SIZE];

    if (tp->err == NULL) {
        return RFL_ERROR;
    }

    memcpy(text, tp->err->text, RFL_ERR_SIZE);

    return rfl_tpl_err(tp, tp->err->line, "%s", text);
}
