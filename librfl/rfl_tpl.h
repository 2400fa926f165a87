
/*
 * Copyright (C) The RFL authors
 *
 * rfl_tpl.h: the template engine: a small subset of Mustache, parsed once
 * and checked against the names a page may use and against the HTML around
 * each tag.
 *
 *     {{name}}             a value, HTML-escaped
 *     {{bdi name}}         user text, escaped inside <bdi>
 *     {{#name}} {{/name}}  list: once per item; flag or text: if not empty
 *     {{?name}} {{/name}}  once, if not empty; around a list, say
 *     {{^name}} {{/name}}  if empty
 *     {{>partial}}         another file of the theme
 *     {{t.key arg ...}}    a message, escaped; arguments are names, and
 *                          those that are texts are isolated (FSI, PDI)
 *     {{!comment}}
 *
 * A value is text, user text (only in {{bdi}}, in <textarea> or as a
 * double-quoted value, title, alt, placeholder or aria-label), url (only as a
 * double-quoted href, src, action or formaction), number, flag, list, or a
 * part: what rfl_tpl_render() itself has made of another template.
 *
 * A template is HTML: elements are closed, in order, and a section leaves
 * them as it found them.  <script>, <style>, style="" and event handlers are
 * refused, since the content security policy of the pages is without them.
 * HTML comments and the indentation of lines are not sent to visitors.
 */


#ifndef _RFL_TPL_H_INCLUDED_
#define _RFL_TPL_H_INCLUDED_


#include "rfl.h"
#include "rfl_po.h"


typedef enum {
    RFL_TPL_TEXT = 0,
    RFL_TPL_USER,
    RFL_TPL_URL,
    RFL_TPL_NUMBER,
    RFL_TPL_FLAG,
    RFL_TPL_PART,                  /* HTML that the engine itself has made */
    RFL_TPL_LIST
} rfl_tpl_type_e;

/* The names a page may use; a table ends with a NULL name. */

typedef struct rfl_tpl_field_s  rfl_tpl_field_t;

struct rfl_tpl_field_s {
    const char             *name;
    rfl_tpl_type_e          type;
    const rfl_tpl_field_t  *fields;       /* of an item of a list */
};

/*
 * The values of a page: an array in the order of its table.  Inside a list
 * the item's fields come first, then the enclosing scopes'.
 */

typedef struct rfl_tpl_value_s  rfl_tpl_value_t;

struct rfl_tpl_value_s {
    rfl_str_t          text;              /* TEXT, USER, URL, PART */
    int64_t            number;            /* NUMBER, FLAG; items of a LIST */
    rfl_tpl_value_t  **items;             /* each an array by .fields */
};


typedef struct rfl_tpl_s  rfl_tpl_t;

/*
 * Gives the text of a template or partial by name ("results", "header");
 * file is what errors should say.  RFL_DECLINED: there is none.
 */
typedef int (*rfl_tpl_load_pt)(void *data, const rfl_str_t *name,
    rfl_str_t *text, rfl_str_t *file);

/*
 * Compiles a template with its partials (depth at most 8).  catalog gives
 * the message keys.  err->text starts with "file:line: ".  The result lives
 * in the pool.
 */
int rfl_tpl_compile(rfl_pool_t *pool, const rfl_str_t *name,
    const rfl_tpl_field_t *fields, const rfl_catalog_t *catalog,
    rfl_tpl_load_pt load, void *data, rfl_tpl_t **tpl, rfl_err_t *err)
    rfl_must_check;

/*
 * Appends to out; out->failed tells of exhaustion.  Nothing else is allocated
 * but one scratch buffer, wiped, if a message has arguments.  A url that is
 * none of ours to give (http, https, tel, mailto, sms, a path or a fragment)
 * is left out.
 */
void rfl_tpl_render(const rfl_tpl_t *tpl, const rfl_tpl_value_t *values,
    const rfl_catalog_t *catalog, rfl_buf_t *out);


#endif /* _RFL_TPL_H_INCLUDED_ */
