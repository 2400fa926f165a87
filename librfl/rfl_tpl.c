
/*
 * Copyright (C) The RFL authors
 *
 * rfl_tpl.c: renders compiled templates.  On the way of every page: it
 * allocates nothing but the output.
 */


#include "rfl_tpl_int.h"
#include "rfl_text.h"

#include <stdio.h>


#define RFL_FSI  "\xe2\x81\xa8"    /* U+2068, first strong isolate */
#define RFL_PDI  "\xe2\x81\xa9"    /* U+2069, end of it */


typedef struct {
    const rfl_tpl_t        *tpl;
    const rfl_catalog_t    *catalog;
    rfl_buf_t              *out;
    rfl_buf_t               scratch;
    const rfl_tpl_value_t  *scopes[RFL_TPL_LISTS + 1];
} rfl_tpl_render_t;


static void rfl_tpl_run(rfl_tpl_render_t *r, unsigned from, unsigned to,
    unsigned depth);
static void rfl_tpl_literal(rfl_buf_t *out, const rfl_str_t *text);
static void rfl_tpl_run_each(rfl_tpl_render_t *r, unsigned from,
    const rfl_tpl_value_t *list, unsigned depth);
static int rfl_tpl_empty(const rfl_tpl_ref_t *ref,
    const rfl_tpl_value_t *value);
static void rfl_tpl_write_user(rfl_tpl_render_t *r, const rfl_tpl_op_t *op,
    const rfl_str_t *text);
static void rfl_tpl_write_url(rfl_tpl_render_t *r, const rfl_str_t *text);
static void rfl_tpl_write_number(rfl_tpl_render_t *r, int64_t number);
static void rfl_tpl_write_message(rfl_tpl_render_t *r,
    const rfl_tpl_op_t *op);


static const rfl_str_t  rfl_tpl_schemes[] = {
    rfl_string("https://"), rfl_string("http://"), rfl_string("tel:"),
    rfl_string("mailto:"), rfl_string("sms:"), rfl_string("#")
};

#define RFL_TPL_SCHEMES  (sizeof(rfl_tpl_schemes) / sizeof(rfl_tpl_schemes[0]))


void
rfl_tpl_render(const rfl_tpl_t *tpl, const rfl_tpl_value_t *values,
    const rfl_catalog_t *catalog, rfl_buf_t *out)
{
    rfl_tpl_render_t  r;

    r.tpl = tpl;
    r.catalog = catalog;
    r.out = out;
    r.scopes[0] = values;

    rfl_buf_init(&r.scratch, 0);

    rfl_tpl_run(&r, 0, tpl->n, 0);

    rfl_buf_free(&r.scratch);
}


static void
rfl_tpl_run(rfl_tpl_render_t *r, unsigned from, unsigned to, unsigned depth)
{
    unsigned                i;
    const rfl_tpl_op_t     *op;
    const rfl_tpl_value_t  *value;

    for (i = from; i < to; i++) {
        op = &r->tpl->ops[i];

        if (op->op == RFL_OP_LITERAL) {
            rfl_tpl_literal(r->out, &op->text);
            continue;
        }

        value = &r->scopes[op->ref.depth][op->ref.slot];

        switch (op->op) {

        case RFL_OP_VALUE:
            rfl_html_escape(r->out, value->text.data, value->text.len);
            break;

        case RFL_OP_USER:
            rfl_tpl_write_user(r, op, &value->text);
            break;

        case RFL_OP_URL:
            rfl_tpl_write_url(r, &value->text);
            break;

        case RFL_OP_NUMBER:
            rfl_tpl_write_number(r, value->number);
            break;

        case RFL_OP_PART:
            rfl_buf_append(r->out, value->text.data, value->text.len);
            break;

        case RFL_OP_MESSAGE:
            rfl_tpl_write_message(r, op);
            break;

        case RFL_OP_IF:
            if (rfl_tpl_empty(&op->ref, value)) {
                i = op->jump - 1;
            }

            break;

        case RFL_OP_UNLESS:
            if (!rfl_tpl_empty(&op->ref, value)) {
                i = op->jump - 1;
            }

            break;

        case RFL_OP_EACH:
            rfl_tpl_run_each(r, i, value, depth + 1);
            i = op->jump - 1;
            break;

        default:
            break;
        }
    }
}


/* What is left out leaves no empty line: ten results have a size to fit in. */

static void
rfl_tpl_literal(rfl_buf_t *out, const rfl_str_t *text)
{
    size_t  skip;

    skip = (text->len != 0 && text->data[0] == '\n'
            && out->len != 0 && out->data[out->len - 1] == '\n');

    rfl_buf_append(out, text->data + skip, text->len - skip);
}


static void
rfl_tpl_run_each(rfl_tpl_render_t *r, unsigned from,
    const rfl_tpl_value_t *list, unsigned depth)
{
    int64_t  i;

    for (i = 0; i < list->number; i++) {
        r->scopes[depth] = list->items[i];
        rfl_tpl_run(r, from + 1, r->tpl->ops[from].jump, depth);
    }
}


static int
rfl_tpl_empty(const rfl_tpl_ref_t *ref, const rfl_tpl_value_t *value)
{
    if (ref->type == RFL_TPL_TEXT || ref->type == RFL_TPL_USER
        || ref->type == RFL_TPL_URL || ref->type == RFL_TPL_PART)
    {
        return value->text.len == 0;
    }

    return value->number == 0;
}


static void
rfl_tpl_write_user(rfl_tpl_render_t *r, const rfl_tpl_op_t *op,
    const rfl_str_t *text)
{
    if (op->markup) {
        rfl_buf_literal(r->out, "<bdi>");
        rfl_html_escape(r->out, text->data, text->len);
        rfl_buf_literal(r->out, "</bdi>");

    } else {
        rfl_buf_literal(r->out, RFL_FSI);
        rfl_html_escape(r->out, text->data, text->len);
        rfl_buf_literal(r->out, RFL_PDI);
    }
}


static void
rfl_tpl_write_url(rfl_tpl_render_t *r, const rfl_str_t *text)
{
    unsigned  i;

    if (text->len == 0) {
        return;
    }

    if (text->data[0] == '/'
        && (text->len == 1
            || (text->data[1] != '/' && text->data[1] != '\\')))
    {
        rfl_html_escape(r->out, text->data, text->len);
        return;
    }

    for (i = 0; i < RFL_TPL_SCHEMES; i++) {

        if (text->len >= rfl_tpl_schemes[i].len
            && memcmp(text->data, rfl_tpl_schemes[i].data,
                      rfl_tpl_schemes[i].len)
               == 0)
        {
            rfl_html_escape(r->out, text->data, text->len);
            return;
        }
    }
}


static void
rfl_tpl_write_number(rfl_tpl_render_t *r, int64_t number)
{
    char  text[24];
    int   n;

    n = snprintf(text, sizeof(text), "%lld", (long long) number);

    if (n > 0) {
        rfl_buf_append(r->out, text, (size_t) n);
    }
}


/*
 * A message without arguments was escaped at load.  One with arguments goes
 * through the scratch buffer, which is made once for a page and wiped.
 */

static void
rfl_tpl_write_message(rfl_tpl_render_t *r, const rfl_tpl_op_t *op)
{
    int                     foreign;
    unsigned                i;
    rfl_po_arg_t            args[RFL_PO_ARGS_MAX];
    const rfl_str_t        *html;
    const rfl_tpl_value_t  *value;

    html = rfl_catalog_html(r->catalog, op->message, &foreign);

    if (foreign && op->markup) {
        rfl_buf_literal(r->out, "<span lang=\"en\" dir=\"ltr\">");
    }

    if (html != NULL) {
        rfl_buf_append(r->out, html->data, html->len);

    } else {
        memset(args, 0, sizeof(args));

        for (i = 0; i < op->nargs; i++) {
            value = &r->scopes[op->args[i].depth][op->args[i].slot];

            args[i].text = value->text;
            args[i].number = value->number;
            args[i].is_number = (op->args[i].type == RFL_TPL_NUMBER);
            args[i].isolate = 1;
        }

        rfl_buf_reset(&r->scratch);
        rfl_catalog_format(r->catalog, op->message, args, op->nargs,
                           &r->scratch);
        rfl_html_escape(r->out, r->scratch.data, r->scratch.len);

        r->out->failed |= r->scratch.failed;
    }

    if (foreign && op->markup) {
        rfl_buf_literal(r->out, "</span>");
    }
}
