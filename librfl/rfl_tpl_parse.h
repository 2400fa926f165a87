
/*
 * Copyright (C) The RFL authors
 *
 * rfl_tpl_parse.h: a template while it is being compiled: what
 * rfl_tpl_parse.c and rfl_tpl_tag.c share.
 */


#ifndef _RFL_TPL_PARSE_H_INCLUDED_
#define _RFL_TPL_PARSE_H_INCLUDED_


#include "rfl_tpl_int.h"


#define RFL_TPL_SECTIONS  16       /* open at once */


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


/* Each returns RFL_ERROR, or NULL, with tp->err filled. */

int rfl_tpl_value(rfl_tpl_parse_t *tp, const rfl_str_t *name, int isolated);
int rfl_tpl_message(rfl_tpl_parse_t *tp, const rfl_str_t *words, unsigned n);
int rfl_tpl_open(rfl_tpl_parse_t *tp, u_char kind, const rfl_str_t *name);
int rfl_tpl_close(rfl_tpl_parse_t *tp, const rfl_str_t *name);
rfl_tpl_op_t *rfl_tpl_push(rfl_tpl_parse_t *tp, rfl_tpl_op_e op);
int rfl_tpl_flush(rfl_tpl_parse_t *tp);
int rfl_tpl_err(rfl_tpl_parse_t *tp, unsigned line, const char *fmt, ...)
    rfl_printf(3, 4);
int rfl_tpl_err_html(rfl_tpl_parse_t *tp);


#endif /* _RFL_TPL_PARSE_H_INCLUDED_ */
