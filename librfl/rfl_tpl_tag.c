
/*
 * Copyright (C) The RFL authors
 *
 * rfl_tpl_tag.c: values, messages and sections: are their names known, and
 * may they stand where they do?  Called by rfl_tpl_parse.c.
 */


#include "rfl_tpl_parse.h"

#include <stdio.h>


static int rfl_tpl_place(rfl_tpl_parse_t *tp, rfl_tpl_type_e type,
    int isolated, const rfl_str_t *name);
static int rfl_tpl_place_text(rfl_tpl_parse_t *tp, rfl_tpl_type_e type,
    int isolated, const rfl_str_t *name);
static int rfl_tpl_place_attr(rfl_tpl_parse_t *tp, rfl_tpl_type_e type,
    int isolated, const rfl_str_t *name);
static int rfl_tpl_state(rfl_tpl_parse_t *tp,
    const rfl_tpl_section_t *section);
static int rfl_tpl_find(rfl_tpl_parse_t *tp, const rfl_str_t *name,
    rfl_tpl_ref_t *ref, const rfl_tpl_field_t **field);
static unsigned rfl_tpl_markup(const rfl_tpl_parse_t *tp);


static const char *const  rfl_tpl_urls[] = {
    "href", "src", "action", "formaction", NULL
};

/* more attributes that hold addresses, or code */

static const char *const  rfl_tpl_closed[] = {
    "srcset", "poster", "cite", "data", "ping", "background", "manifest",
    "xlink:href", "imagesrcset", "usemap", NULL
};

/* where user text may stand */

static const char *const  rfl_tpl_user[] = {
    "value", "title", "alt", "placeholder", "aria-label", NULL
};


int
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
                          : ref.type == RFL_TPL_PART ? RFL_OP_PART
                          : RFL_OP_VALUE);
    if (op == NULL) {
        return RFL_ERROR;
    }

    op->ref = ref;
    op->markup = rfl_tpl_markup(tp);

    rfl_html_written(&tp->html);

    return RFL_OK;
}


int
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
            || args[i].type == RFL_TPL_LIST || args[i].type == RFL_TPL_PART)
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

    if (type == RFL_TPL_PART && !rfl_tpl_markup(tp)) {
        return rfl_tpl_err(tp, tp->line, "\"%.*s\" is a piece of a page, it "
                           "can only stand where elements can",
                           (int) name->len, (char *) name->data);
    }

    if (h->state == RFL_HTML_TEXT || h->state == RFL_HTML_RCDATA) {
        return rfl_tpl_place_text(tp, type, isolated, name);
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

    return rfl_tpl_place_attr(tp, type, isolated, name);
}


static int
rfl_tpl_place_text(rfl_tpl_parse_t *tp, rfl_tpl_type_e type, int isolated,
    const rfl_str_t *name)
{
    if (type == RFL_TPL_URL) {
        return rfl_tpl_err(tp, tp->line, "\"%.*s\" is a URL, it can only "
                           "be a double-quoted href, src, action or "
                           "formaction", (int) name->len,
                           (char *) name->data);
    }

    if (rfl_html_in(&tp->html, "textarea")) {

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


static int
rfl_tpl_place_attr(rfl_tpl_parse_t *tp, rfl_tpl_type_e type, int isolated,
    const rfl_str_t *name)
{
    int          url;
    rfl_html_t  *h;

    h = &tp->html;

    if (isolated) {
        return rfl_tpl_err(tp, tp->line, "no element can be inside an "
                           "attribute, write {{%.*s}}", (int) name->len,
                           (char *) name->data);
    }

    if (rfl_html_listed(rfl_tpl_closed, h->attr)) {
        return rfl_tpl_err(tp, tp->line, "nothing can be written into "
                           "attribute \"%s\"", h->attr);
    }

    url = rfl_html_listed(rfl_tpl_urls, h->attr);

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

    if (type == RFL_TPL_USER && !rfl_html_listed(rfl_tpl_user, h->attr)) {
        return rfl_tpl_err(tp, tp->line, "\"%.*s\" is what a person typed, "
                           "it cannot stand in attribute \"%s\"",
                           (int) name->len, (char *) name->data, h->attr);
    }

    return RFL_OK;
}


int
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


int
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


/* may <bdi> or <span> be written here? */

static unsigned
rfl_tpl_markup(const rfl_tpl_parse_t *tp)
{
    return tp->html.state == RFL_HTML_TEXT
           && !rfl_html_in(&tp->html, "option");
}
