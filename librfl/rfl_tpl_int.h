
/*
 * Copyright (C) The RFL authors
 *
 * rfl_tpl_int.h: what the rfl_tpl*.c files share: the operations a template
 * is compiled to, and the HTML tokenizer that watches its text.
 */


#ifndef _RFL_TPL_INT_H_INCLUDED_
#define _RFL_TPL_INT_H_INCLUDED_


#include "rfl_tpl.h"


#define RFL_TPL_LISTS     4        /* lists inside lists */
#define RFL_TPL_PARTIALS  8        /* partials inside partials */


typedef enum {
    RFL_OP_LITERAL = 0,
    RFL_OP_VALUE,                  /* escaped */
    RFL_OP_USER,                   /* escaped and isolated */
    RFL_OP_URL,
    RFL_OP_NUMBER,
    RFL_OP_PART,                   /* as it is */
    RFL_OP_MESSAGE,
    RFL_OP_IF,                     /* jump if empty */
    RFL_OP_UNLESS,                 /* jump if not empty */
    RFL_OP_EACH                    /* the body ends before jump */
} rfl_tpl_op_e;


typedef struct {
    unsigned        depth;         /* of the scope: 0 is the page */
    unsigned        slot;
    rfl_tpl_type_e  type;
} rfl_tpl_ref_t;


typedef struct {
    rfl_tpl_op_e    op;
    unsigned        markup;        /* elements may be written here */
    unsigned        jump;
    int             message;
    unsigned        nargs;
    rfl_tpl_ref_t   ref;
    rfl_str_t       text;
    rfl_tpl_ref_t   args[RFL_PO_ARGS_MAX];
} rfl_tpl_op_t;


struct rfl_tpl_s {
    rfl_tpl_op_t  *ops;
    unsigned       n;
};


/*
 * The tokenizer follows the HTML of a template from literal to literal, says
 * where a tag stands, and keeps the stack of open elements.
 */

#define RFL_HTML_NAME     24
#define RFL_HTML_DEPTH    64

typedef enum {
    RFL_HTML_TEXT = 0,
    RFL_HTML_RCDATA,               /* in title or textarea */
    RFL_HTML_LT,                   /* after "<" */
    RFL_HTML_NAME_OPEN,
    RFL_HTML_NAME_CLOSE,
    RFL_HTML_TAG,                  /* between attributes */
    RFL_HTML_TAG_GLUED,            /* the same, a space must follow */
    RFL_HTML_TAG_SLASH,
    RFL_HTML_TAG_CLOSE,            /* in "</p >" */
    RFL_HTML_ATTR,
    RFL_HTML_ATTR_AFTER,
    RFL_HTML_EQUALS,
    RFL_HTML_DOUBLE,
    RFL_HTML_SINGLE,
    RFL_HTML_UNQUOTED,
    RFL_HTML_DECLARATION,
    RFL_HTML_COMMENT
} rfl_html_state_e;


typedef struct {
    char              name[RFL_HTML_NAME];
    const rfl_str_t  *file;
    unsigned          line;
} rfl_html_element_t;


/* "https:" */
#define RFL_HTML_SRC  sizeof("https:")


typedef struct {
    rfl_html_state_e    state;
    char                name[RFL_HTML_NAME];     /* being read */
    char                attr[RFL_HTML_NAME];
    char                src[RFL_HTML_SRC];       /* how the value begins */
    unsigned            nsrc;
    unsigned            begun;     /* the value has a character */
    unsigned            newline;   /* the output ends with one */
    unsigned            dashes;    /* of a comment's end */

    unsigned            n;
    unsigned            base;      /* elements a section may not close */
    rfl_html_element_t  open[RFL_HTML_DEPTH];

    const rfl_str_t    *file;
    unsigned            line;
} rfl_html_t;


/*
 * Reads a literal, appends what is to be sent to out.  On RFL_ERROR err->line
 * and err->text are about h->file.
 */
int rfl_html_feed(rfl_html_t *h, const u_char *p, size_t len, rfl_buf_t *out,
    rfl_err_t *err) rfl_must_check;

/* A section begins or ends here: a name that was being read is complete. */
int rfl_html_section(rfl_html_t *h, rfl_err_t *err) rfl_must_check;
/* A value is written here. */
void rfl_html_written(rfl_html_t *h);

/* 1 if the innermost open element is this one */
int rfl_html_in(const rfl_html_t *h, const char *name);
/* 1 if the list, which ends with NULL, has the name */
int rfl_html_listed(const char *const *list, const char *name);


#endif /* _RFL_TPL_INT_H_INCLUDED_ */
