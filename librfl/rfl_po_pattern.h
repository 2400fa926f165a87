
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po_pattern.h: one message: an ICU MessageFormat pattern with numbered
 * arguments, parsed once and formatted many times.
 *
 * The part of the syntax that is understood: {0}, {0,number}, {0,plural,...},
 * {0,selectordinal,...}, {0,select,...}, '#' in a plural, and apostrophes as
 * ICU reads them.  The C interface of ICU (umsg_*) takes the arguments of a
 * message as C varargs, whose types must be known when a program is compiled;
 * ours are known when a translation is read.  So ICU judges each pattern at
 * load, and this file formats it; po_test compares the two.
 */


#ifndef _RFL_PO_PATTERN_H_INCLUDED_
#define _RFL_PO_PATTERN_H_INCLUDED_


#include "rfl_po.h"

#include <unicode/unum.h>
#include <unicode/upluralrules.h>


#define RFL_PATTERN_MAX      4096  /* bytes of one message */
#define RFL_PATTERN_KEYWORD  32


/* what formatting needs of a language */

typedef struct {
    const char      *locale;       /* ICU's name of it */
    UPluralRules    *cardinal;
    UPluralRules    *ordinal;
    UNumberFormat   *number;
} rfl_pattern_locale_t;


typedef enum {
    RFL_NODE_TEXT = 0,
    RFL_NODE_ARG,
    RFL_NODE_NUMBER,
    RFL_NODE_PLURAL,
    RFL_NODE_ORDINAL,
    RFL_NODE_SELECT
} rfl_node_e;


typedef struct rfl_node_s    rfl_node_t;
typedef struct rfl_branch_s  rfl_branch_t;

struct rfl_branch_s {
    rfl_str_t      keyword;        /* "few", "other", "female" */
    int64_t        value;          /* of "=5" */
    unsigned       exact;          /* it is "=5" */
    rfl_node_t    *nodes;
    rfl_branch_t  *next;
};


struct rfl_node_s {
    rfl_node_e     type;
    unsigned       arg;
    rfl_str_t      text;
    rfl_branch_t  *branches;
    rfl_node_t    *next;
};


typedef struct {
    rfl_node_t  *nodes;
    unsigned     args;             /* bit i: argument i is used */
    unsigned     numbers;          /* bit i: it must be a number */
} rfl_pattern_t;


/* The result lives in the pool; err is about line. */
int rfl_pattern_parse(rfl_pool_t *pool, const rfl_pattern_locale_t *locale,
    const rfl_str_t *text, unsigned line, rfl_pattern_t *pattern,
    rfl_err_t *err) rfl_must_check;

/*
 * rfl_po_format.c: the branch that a plural has for a number, RFL_NODE_PLURAL
 * or RFL_NODE_ORDINAL: its exact one, that of its category, which is written
 * to category with a NUL, or "other"; NULL: none of them.
 */
const rfl_branch_t *rfl_pattern_count(const rfl_node_t *node,
    const rfl_pattern_locale_t *locale, int64_t number,
    char category[RFL_PATTERN_KEYWORD + 1]);

/* An argument that is not there is written as nothing. */
void rfl_pattern_format(const rfl_pattern_t *pattern,
    const rfl_pattern_locale_t *locale, const rfl_po_arg_t *args,
    unsigned nargs, rfl_buf_t *out);


#endif /* _RFL_PO_PATTERN_H_INCLUDED_ */
