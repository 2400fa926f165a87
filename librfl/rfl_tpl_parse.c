
/*
 * Copyright (C) The RFL authors
 *
 * rfl_tpl_parse.c: compiles a template with its partials to operations.
 * Runs at configuration load; the result lives in the caller's pool.
 */


#include "rfl_tpl_int.h"
#include "rfl_text.h"

#include <stdio.h>


#define RFL_TPL_OPS_MAX   8192
#define RFL_TPL_FILE_MAX  (256 * 1024)
#define RFL_TPL_SECTIONS  16       /* open at once */
#define RFL_TPL_WORDS     (RFL_PO_ARGS_MAX + 2)


/* an open section */

typedef struct {
    rfl_str_t          name;
    unsigned           line;
    unsigned           op;         /* to be told where to jump */
    unsigned           list;
    unsigned           newline;
    unsigned           n;          /* open elements */
    unsigned           base;
    rfl_html_state_e   state;
    char               attr[RFL_HTML_NAME];
} rfl_tpl_section_t;


typedef struct {
    rfl_pool_t             *pool;
    const rfl_catalog_t    *catalog;
    rfl_tpl_load_pt         load;
    void                   *data;
    rfl_err_t              *err;

    rfl_tpl_op_t           *ops;
    unsigned                n;
    unsigned                size;
    rfl_buf_t               literal;

    unsigned                depth;     /* of lists */
    const rfl_tpl_field_t  *scopes[RFL_TPL_LISTS + 1];

    unsigned                nsections;
    rfl_tpl_section_t       sections[RFL_TPL_SECTIONS];

    const rfl_str_t        *file;
    unsigned                line;      /* of the tag */
    unsigned                partials;
    rfl_html_t              html;
} rfl_tpl_parse_t;


static int rfl_tpl_file(rfl_tpl_parse_t *tp, const rfl_str_t *name,
    unsigned line);
static int rfl_tpl_text(rfl_tpl_parse_t *tp, const rfl_str_t *text);
static int rfl_tpl_tag(rfl_tpl_parse_t *tp, const u_char *p, size_t len);
static int rfl_tpl_value(rfl_tpl_parse_t *tp, const rfl_str_t *name,
    int isolated);
static int rfl_tpl_message(rfl_tpl_parse_t *tp, const rfl_str_t *words,
    unsigned n);
static int rfl_tpl_place(rfl_tpl_parse_t *tp, rfl_tpl_type_e type,
    int isolated, const rfl_str_t *name);
static int rfl_tpl_open(rfl_tpl_parse_t *tp, u_char kind,
    const rfl_str_t *name);
static int rfl_tpl_close(rfl_tpl_parse_t *tp, const rfl_str_t *name);
static int rfl_tpl_state(rfl_tpl_parse_t *tp,
    const rfl_tpl_section_t *section);
static int rfl_tpl_find(rfl_tpl_parse_t *tp, const rfl_str_t *name,
    rfl_tpl_ref_t *ref, const rfl_tpl_field_t **field);
static int rfl_tpl_flush(rfl_tpl_parse_t *tp);
static rfl_tpl_op_t *rfl_tpl_push(rfl_tpl_parse_t *tp, rfl_tpl_op_e op);
static unsigned rfl_tpl_words(const u_char *p, size_t len, rfl_str_t *words);
static unsigned rfl_tpl_markup(const rfl_tpl_parse_t *tp);
static int rfl_tpl_err(rfl_tpl_parse_t *tp, unsigned line, const char *fmt,
    ...) rfl_printf(3, 4);
static int rfl_tpl_err_html(rfl_tpl_parse_t *tp);


static const char *const  rfl_tpl_urls[] = {
    "href", "src", "action", "formaction", NULL
};

/* more attributes that hold addresses, or code */

static const char *const  rfl_tpl_closed[] = {
    "srcset", "poster", "cite", "data", "ping", "background", "manifest",
    "xlink:href", "imagesrcset", "usemap", "content-security-policy", NULL
};

/* where user text may stand */

static const char *const  rfl_tpl_user[] = {
    "value", "title", "alt", "placeholder", "aria-label", NULL
};


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


static int
rfl_tpl_value(rfl_tpl_parse_t *tp, const rfl_str_t *name, int isolated)
{
    rfl_tpl_op_t           *op;
    rfl_tpl_ref_t           ref;
    const rfl_tpl_field_t  *field;

    if (rfl_tpl_find(tp, name, &ref, &field) != RFL_OK
        || rfl_tpl_place(tp, ref.type, isolated, name) != RFL_OK)
    {
        return RFL_ERROR;
    }

    op = rfl_tpl_push(tp, isolated ? RFL_OP_USER
                          : ref.type == RFL_TPL_URL ? RFL_OP_URL
                          : ref.type == RFL_TPL_NUMBER ? RFL_OP_NUMBER
                          : RFL_OP_VALUE);
    if (op == NULL) {
        return RFL_ERROR;
    }

    op->ref = ref;
    op->markup = rfl_tpl_markup(tp);

    rfl_html_written(&tp->html);

    return RFL_OK;
}


static int
rfl_tpl_message(rfl_tpl_parse_t *tp, const rfl_str_t *words, unsigned n)
{
    int                     message;
    unsigned                i, numbers;
    rfl_str_t               key;
    rfl_tpl_op_t           *op;
    rfl_tpl_ref_t           args[RFL_PO_ARGS_MAX];
    const rfl_tpl_field_t  *field;

    key.data = words[0].data + 2;
    key.len = words[0].len - 2;

    message = rfl_catalog_key(tp->catalog, &key);

    if (message == -1) {
        return rfl_tpl_err(tp, tp->line, "there is no message \"%.*s\" in "
                           "en.po", (int) key.len, (char *) key.data);
    }

    if (rfl_catalog_args(tp->catalog, message) != n - 1) {
        return rfl_tpl_err(tp, tp->line, "message \"%.*s\" has %u arguments, "
                           "%u are given", (int) key.len, (char *) key.data,
                           rfl_catalog_args(tp->catalog, message), n - 1);
    }

    numbers = rfl_catalog_numbers(tp->catalog, message);

    for (i = 0; i < n - 1; i++) {

        if (rfl_tpl_find(tp, &words[i + 1], &args[i], &field) != RFL_OK) {
            return RFL_ERROR;
        }

        if (args[i].type == RFL_TPL_URL || args[i].type == RFL_TPL_FLAG
            || args[i].type == RFL_TPL_LIST)
        {
            return rfl_tpl_err(tp, tp->line, "\"%.*s\" is neither text nor "
                               "number, a message cannot have it",
                               (int) words[i + 1].len,
                               (char *) words[i + 1].data);
        }

        if ((numbers & (1u << i)) && args[i].type != RFL_TPL_NUMBER) {
            return rfl_tpl_err(tp, tp->line, "\"%.*s\" must be a number, "
                               "message \"%.*s\" counts with it",
                               (int) words[i + 1].len,
                               (char *) words[i + 1].data,
                               (int) key.len, (char *) key.data);
        }
    }

    if (rfl_tpl_place(tp, RFL_TPL_TEXT, 0, &words[0]) != RFL_OK) {
        return RFL_ERROR;
    }

    op = rfl_tpl_push(tp, RFL_OP_MESSAGE);
    if (op == NULL) {
        return RFL_ERROR;
    }

    op->message = message;
    op->nargs = n - 1;
    op->markup = rfl_tpl_markup(tp);
    memcpy(op->args, args, (n - 1) * sizeof(rfl_tpl_ref_t));

    rfl_html_written(&tp->html);

    return RFL_OK;
}


/* may a value of this type be written where we are? */

static int
rfl_tpl_place(rfl_tpl_parse_t *tp, rfl_tpl_type_e type, int isolated,
    const rfl_str_t *name)
{
    unsigned     i, url, user;
    rfl_html_t  *h;

    h = &tp->html;

    if (type == RFL_TPL_FLAG || type == RFL_TPL_LIST) {
        return rfl_tpl_err(tp, tp->line, "\"%.*s\" is a %s, write {{#%.*s}} "
                           "... {{/%.*s}}", (int) name->len,
                           (char *) name->data,
                           type == RFL_TPL_FLAG ? "flag" : "list",
                           (int) name->len, (char *) name->data,
                           (int) name->len, (char *) name->data);
    }

    if (isolated && type != RFL_TPL_USER && type != RFL_TPL_TEXT) {
        return rfl_tpl_err(tp, tp->line, "{{bdi is for texts, write "
                           "{{%.*s}}", (int) name->len, (char *) name->data);
    }

    if (h->state == RFL_HTML_TEXT || h->state == RFL_HTML_RCDATA) {

        if (type == RFL_TPL_URL) {
            return rfl_tpl_err(tp, tp->line, "\"%.*s\" is a URL, it can only "
                               "be a double-quoted href, src, action or "
                               "formaction", (int) name->len,
                               (char *) name->data);
        }

        if (rfl_html_in(h, "textarea")) {

            if (!isolated) {
                return RFL_OK;
            }

            return rfl_tpl_err(tp, tp->line, "{{bdi would put characters into "
                               "<textarea>, write {{%.*s}}", (int) name->len,
                               (char *) name->data);
        }

        if (type == RFL_TPL_USER && !isolated) {
            return rfl_tpl_err(tp, tp->line, "\"%.*s\" is what a person "
                               "typed, write {{bdi %.*s}}", (int) name->len,
                               (char *) name->data, (int) name->len,
                               (char *) name->data);
        }

        return RFL_OK;
    }

    if (h->state == RFL_HTML_COMMENT || h->state == RFL_HTML_DECLARATION) {
        return rfl_tpl_err(tp, tp->line, "nothing can be written inside an "
                           "HTML comment, use {{! ... }}");
    }

    if (h->state == RFL_HTML_EQUALS || h->state == RFL_HTML_UNQUOTED
        || h->state == RFL_HTML_SINGLE)
    {
        return rfl_tpl_err(tp, tp->line, "attribute \"%s\" needs double "
                           "quotes", h->attr);
    }

    if (h->state != RFL_HTML_DOUBLE) {
        return rfl_tpl_err(tp, tp->line, "a value can stand in text or in a "
                           "double-quoted attribute, not here");
    }

    if (isolated) {
        return rfl_tpl_err(tp, tp->line, "no element can be inside an "
                           "attribute, write {{%.*s}}", (int) name->len,
                           (char *) name->data);
    }

    url = 0;
    user = 0;

    for (i = 0; rfl_tpl_urls[i] != NULL; i++) {
        url |= (strcmp(h->attr, rfl_tpl_urls[i]) == 0);
    }

    for (i = 0; rfl_tpl_user[i] != NULL; i++) {
        user |= (strcmp(h->attr, rfl_tpl_user[i]) == 0);
    }

    for (i = 0; rfl_tpl_closed[i] != NULL; i++) {
        if (strcmp(h->attr, rfl_tpl_closed[i]) == 0) {
            return rfl_tpl_err(tp, tp->line, "nothing can be written into "
                               "attribute \"%s\"", h->attr);
        }
    }

    if (url && (type != RFL_TPL_URL || h->begun)) {
        return rfl_tpl_err(tp, tp->line, "attribute \"%s\" must begin with "
                           "the URL, and \"%.*s\" %s", h->attr,
                           (int) name->len, (char *) name->data,
                           type != RFL_TPL_URL ? "is none" : "comes later");
    }

    if (!url && type == RFL_TPL_URL) {
        return rfl_tpl_err(tp, tp->line, "\"%.*s\" is a URL, it can only be "
                           "a double-quoted href, src, action or formaction",
                           (int) name->len, (char *) name->data);
    }

    if (type == RFL_TPL_USER && !user) {
        return rfl_tpl_err(tp, tp->line, "\"%.*s\" is what a person typed, "
                           "it cannot stand in attribute \"%s\"",
                           (int) name->len, (char *) name->data, h->attr);
    }

    return RFL_OK;
}


static int
rfl_tpl_open(rfl_tpl_parse_t *tp, u_char kind, const rfl_str_t *name)
{
    rfl_tpl_op_t           *op;
    rfl_tpl_op_e            type;
    rfl_tpl_ref_t           ref;
    rfl_tpl_section_t      *section;
    const rfl_tpl_field_t  *field;

    if (rfl_tpl_find(tp, name, &ref, &field) != RFL_OK) {
        return RFL_ERROR;
    }

    if (tp->html.state == RFL_HTML_COMMENT
        || tp->html.state == RFL_HTML_DECLARATION)
    {
        return rfl_tpl_err(tp, tp->line, "nothing can be written inside an "
                           "HTML comment, use {{! ... }}");
    }

    if (tp->nsections == RFL_TPL_SECTIONS) {
        return rfl_tpl_err(tp, tp->line, "more than %d sections inside one "
                           "another", RFL_TPL_SECTIONS);
    }

    type = (kind == '^') ? RFL_OP_UNLESS
           : (kind == '#' && ref.type == RFL_TPL_LIST) ? RFL_OP_EACH
           : RFL_OP_IF;

    if (rfl_html_section(&tp->html, tp->err) != RFL_OK) {
        return rfl_tpl_err_html(tp);
    }

    op = rfl_tpl_push(tp, type);
    if (op == NULL) {
        return RFL_ERROR;
    }

    op->ref = ref;

    section = &tp->sections[tp->nsections++];

    section->name = *name;
    section->line = tp->line;
    section->op = tp->n - 1;
    section->list = (type == RFL_OP_EACH);
    section->n = tp->html.n;
    section->base = tp->html.base;
    section->state = tp->html.state;
    memcpy(section->attr, tp->html.attr, RFL_HTML_NAME);

    tp->html.base = tp->html.n;

    if (section->list) {

        if (tp->depth == RFL_TPL_LISTS) {
            return rfl_tpl_err(tp, tp->line, "more than %d lists inside one "
                               "another", RFL_TPL_LISTS);
        }

        tp->scopes[++tp->depth] = field->fields;

        /* the second item follows the first, not what is before the list */

        tp->html.newline = 0;
    }

    section->newline = tp->html.newline;

    return RFL_OK;
}


static int
rfl_tpl_close(rfl_tpl_parse_t *tp, const rfl_str_t *name)
{
    rfl_tpl_section_t  *section;

    if (tp->nsections == 0) {
        return rfl_tpl_err(tp, tp->line, "{{/%.*s}} closes nothing",
                           (int) name->len, (char *) name->data);
    }

    section = &tp->sections[tp->nsections - 1];

    if (!rfl_str_eq(&section->name, name)) {
        return rfl_tpl_err(tp, tp->line, "{{/%.*s}} where {{/%.*s}} is due, "
                           "which was opened on line %u", (int) name->len,
                           (char *) name->data, (int) section->name.len,
                           (char *) section->name.data, section->line);
    }

    if (rfl_html_section(&tp->html, tp->err) != RFL_OK) {
        return rfl_tpl_err_html(tp);
    }

    if (rfl_tpl_state(tp, section) != RFL_OK
        || rfl_tpl_flush(tp) != RFL_OK)
    {
        return RFL_ERROR;
    }

    tp->ops[section->op].jump = tp->n;
    tp->html.base = section->base;
    tp->html.newline &= section->newline;

    if (section->list) {
        tp->depth--;
    }

    tp->nsections--;

    return RFL_OK;
}


/* a section that is left out must not change where we are in the HTML */

static int
rfl_tpl_state(rfl_tpl_parse_t *tp, const rfl_tpl_section_t *section)
{
    rfl_html_t  *h;

    h = &tp->html;

    if (h->n > section->n) {
        return rfl_tpl_err(tp, tp->line, "<%s> of line %u is not closed "
                           "before {{/%.*s}}", h->open[h->n - 1].name,
                           h->open[h->n - 1].line, (int) section->name.len,
                           (char *) section->name.data);
    }

    if (h->state == section->state
        && (h->state != RFL_HTML_DOUBLE
            || strcmp(h->attr, section->attr) == 0))
    {
        return RFL_OK;
    }

    /* "<input {{#x}}checked{{/x}}": a space must follow in either case */

    if (!section->list
        && (h->state == RFL_HTML_TAG || h->state == RFL_HTML_TAG_GLUED)
        && (section->state == RFL_HTML_TAG
            || section->state == RFL_HTML_TAG_GLUED))
    {
        h->state = RFL_HTML_TAG_GLUED;
        return RFL_OK;
    }

    return rfl_tpl_err(tp, tp->line, "section \"%.*s\" begins and ends in "
                       "different places of the HTML, close in it the tag or "
                       "the quotes that it opens", (int) section->name.len,
                       (char *) section->name.data);
}


static int
rfl_tpl_find(rfl_tpl_parse_t *tp, const rfl_str_t *name, rfl_tpl_ref_t *ref,
    const rfl_tpl_field_t **field)
{
    size_t                  used;
    unsigned                depth;
    char                    known[256];
    const rfl_tpl_field_t  *f;

    for (depth = tp->depth; /* void */ ; depth--) {

        for (f = tp->scopes[depth]; f != NULL && f->name != NULL; f++) {

            if (strlen(f->name) == name->len
                && memcmp(f->name, name->data, name->len) == 0)
            {
                ref->depth = depth;
                ref->slot = (unsigned) (f - tp->scopes[depth]);
                ref->type = f->type;
                *field = f;

                return RFL_OK;
            }
        }

        if (depth == 0) {
            break;
        }
    }

    /* the names of the innermost scope, as many as there is room for */

    used = 0;
    known[0] = '\0';

    for (f = tp->scopes[tp->depth]; f != NULL && f->name != NULL; f++) {

        if (used + strlen(f->name) + 8 > sizeof(known)) {
            memcpy(known + used, " ...", 5);
            break;
        }

        used += (size_t) snprintf(known + used, sizeof(known) - used, " %s",
                                  f->name);
    }

    return rfl_tpl_err(tp, tp->line, "unknown name \"%.*s\", the names here "
                       "are:%s", (int) (name->len > 64 ? 64 : name->len),
                       (char *) name->data, known);
}


static int
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

static rfl_tpl_op_t *
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


/* may <bdi> or <span> be written here? */

static unsigned
rfl_tpl_markup(const rfl_tpl_parse_t *tp)
{
    return tp->html.state == RFL_HTML_TEXT
           && !rfl_html_in(&tp->html, "option");
}


static int
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

static int
rfl_tpl_err_html(rfl_tpl_parse_t *tp)
{
    char  text[RFL_ERR_SIZE];

    if (tp->err == NULL) {
        return RFL_ERROR;
    }

    memcpy(text, tp->err->text, RFL_ERR_SIZE);

    return rfl_tpl_err(tp, tp->err->line, "%s", text);
}
