
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po_pattern.c: parses one message.  Owns nothing: nodes live in the
 * catalog's pool.  Called by rfl_po_add.c only.
 */


#include "rfl_po_pattern.h"

#include <unicode/umsg.h>
#include <unicode/ustring.h>
#include <unicode/uenum.h>


#define RFL_PATTERN_DEPTH     4
#define RFL_PATTERN_BRANCHES  16

/*
 * Numbers that decide which plural categories a message needs.  All that
 * languages have for whole numbers show among these, but for that of round
 * millions in French and its kin, which nobody counts here; nor does anybody
 * count to none.
 */
#define RFL_PATTERN_NUMBERS   200


typedef struct {
    rfl_pool_t                  *pool;
    const rfl_pattern_locale_t  *locale;
    rfl_pattern_t               *pattern;
    const u_char                *p;
    const u_char                *last;
    unsigned                     line;
    rfl_err_t                   *err;
} rfl_pattern_parse_t;


static int rfl_pattern_nodes(rfl_pattern_parse_t *pp, unsigned depth,
    const rfl_node_t *plural, rfl_node_t **nodes);
static int rfl_pattern_text(rfl_pattern_parse_t *pp,
    const rfl_node_t *plural, rfl_node_t *node);
static int rfl_pattern_arg(rfl_pattern_parse_t *pp, unsigned depth,
    rfl_node_t *node);
static int rfl_pattern_branches(rfl_pattern_parse_t *pp, unsigned depth,
    rfl_node_t *node);
static int rfl_pattern_counts(rfl_pattern_parse_t *pp,
    const rfl_node_t *node);
static int rfl_pattern_keyword(rfl_pattern_parse_t *pp,
    const rfl_node_t *node, rfl_branch_t *branch);
static int rfl_pattern_category(const rfl_pattern_locale_t *locale,
    const rfl_node_t *node, const rfl_str_t *keyword);
static void rfl_pattern_word(rfl_pattern_parse_t *pp, rfl_str_t *word);
static void rfl_pattern_space(rfl_pattern_parse_t *pp);
static int rfl_pattern_icu(rfl_pattern_parse_t *pp, const rfl_str_t *text);


static const struct {
    rfl_str_t   name;
    rfl_node_e  type;
} rfl_pattern_types[] = {
    { rfl_string("number"), RFL_NODE_NUMBER },
    { rfl_string("plural"), RFL_NODE_PLURAL },
    { rfl_string("selectordinal"), RFL_NODE_ORDINAL },
    { rfl_string("select"), RFL_NODE_SELECT }
};

#define RFL_PATTERN_TYPES                                                    \
    (sizeof(rfl_pattern_types) / sizeof(rfl_pattern_types[0]))


int
rfl_pattern_parse(rfl_pool_t *pool, const rfl_pattern_locale_t *locale,
    const rfl_str_t *text, unsigned line, rfl_pattern_t *pattern,
    rfl_err_t *err)
{
    rfl_pattern_parse_t  pp;

    pattern->nodes = NULL;
    pattern->args = 0;
    pattern->numbers = 0;

    if (text->len > RFL_PATTERN_MAX) {
        return rfl_err(err, line, "the message is longer than %d bytes, "
                       "split it", RFL_PATTERN_MAX);
    }

    pp.pool = pool;
    pp.locale = locale;
    pp.pattern = pattern;
    pp.p = text->data;
    pp.last = text->data + text->len;
    pp.line = line;
    pp.err = err;

    if (rfl_pattern_nodes(&pp, 0, NULL, &pattern->nodes) != RFL_OK) {
        return RFL_ERROR;
    }

    return rfl_pattern_icu(&pp, text);
}


/*
 * A run of text and arguments, up to the end of the pattern or, inside a
 * branch (depth > 0), to the closing brace, which is left to the caller.
 */

static int
rfl_pattern_nodes(rfl_pattern_parse_t *pp, unsigned depth,
    const rfl_node_t *plural, rfl_node_t **nodes)
{
    int          rc;
    rfl_node_t  *node, **next;

    if (depth > RFL_PATTERN_DEPTH) {
        return rfl_err(pp->err, pp->line, "choices are nested deeper than %d, "
                       "use simpler messages", RFL_PATTERN_DEPTH);
    }

    next = nodes;
    *next = NULL;

    while (pp->p < pp->last) {

        if (*pp->p == '}' && depth > 0) {
            return RFL_OK;
        }

        if (*pp->p == '}') {
            return rfl_err(pp->err, pp->line, "a \"}\" without its \"{\", to "
                           "write a brace put it in apostrophes: '}'");
        }

        node = rfl_pcalloc(pp->pool, sizeof(rfl_node_t));
        if (node == NULL) {
            return rfl_err(pp->err, pp->line, "out of memory");
        }

        if (*pp->p == '{') {
            rc = rfl_pattern_arg(pp, depth, node);

        } else if (*pp->p == '#' && plural != NULL) {
            pp->p++;
            node->type = RFL_NODE_NUMBER;
            node->arg = plural->arg;
            rc = RFL_OK;

        } else {
            rc = rfl_pattern_text(pp, plural, node);
        }

        if (rc != RFL_OK) {
            return rc;
        }

        *next = node;
        next = &node->next;
    }

    if (depth > 0) {
        return rfl_err(pp->err, pp->line, "a \"{\" is not closed, the message "
                       "ends too early");
    }

    return RFL_OK;
}


/*
 * Literal text.  An apostrophe quotes only where a brace (or, in a plural,
 * '#') follows; two of them are one; elsewhere it is itself.  This is ICU's
 * UMSGPAT_APOS_DOUBLE_OPTIONAL.
 */

static int
rfl_pattern_text(rfl_pattern_parse_t *pp, const rfl_node_t *plural,
    rfl_node_t *node)
{
    u_char    c, *d;
    unsigned  quoted;

    d = rfl_palloc(pp->pool, (size_t) (pp->last - pp->p));
    if (d == NULL) {
        return rfl_err(pp->err, pp->line, "out of memory");
    }

    node->type = RFL_NODE_TEXT;
    node->text.data = d;
    quoted = 0;

    while (pp->p < pp->last) {
        c = *pp->p;

        if (c == '\'') {
            pp->p++;

            if (pp->p < pp->last && *pp->p == '\'') {
                pp->p++;
                *d++ = c;
                continue;
            }

            if (quoted) {
                quoted = 0;
                continue;
            }

            if (pp->p < pp->last
                && (*pp->p == '{' || *pp->p == '}'
                    || (*pp->p == '#' && plural != NULL)))
            {
                quoted = 1;
                *d++ = *pp->p++;
                continue;
            }

            *d++ = c;
            continue;
        }

        if (!quoted
            && (c == '{' || c == '}' || (c == '#' && plural != NULL)))
        {
            break;
        }

        *d++ = c;
        pp->p++;
    }

    node->text.len = (size_t) (d - node->text.data);

    return RFL_OK;
}


static int
rfl_pattern_arg(rfl_pattern_parse_t *pp, unsigned depth, rfl_node_t *node)
{
    unsigned   i;
    rfl_str_t  word;

    pp->p++;

    rfl_pattern_word(pp, &word);

    if (word.len != 1 || word.data[0] < '0'
        || word.data[0] >= '0' + RFL_PO_ARGS_MAX)
    {
        return rfl_err(pp->err, pp->line, "\"{%.*s\": arguments are numbered "
                       "{0} to {%d}, write the number from the English text",
                       (int) (word.len > 32 ? 32 : word.len),
                       (char *) word.data, RFL_PO_ARGS_MAX - 1);
    }

    node->type = RFL_NODE_ARG;
    node->arg = (unsigned) (word.data[0] - '0');

    pp->pattern->args |= 1u << node->arg;

    if (pp->p < pp->last && *pp->p == ',') {
        pp->p++;

        rfl_pattern_word(pp, &word);

        for (i = 0; i < RFL_PATTERN_TYPES; i++) {
            if (rfl_str_eq(&word, &rfl_pattern_types[i].name)) {
                break;
            }
        }

        if (i == RFL_PATTERN_TYPES) {
            return rfl_err(pp->err, pp->line, "\"{%u,%.*s\": the types are "
                           "number, plural, selectordinal and select",
                           node->arg, (int) (word.len > 32 ? 32 : word.len),
                           (char *) word.data);
        }

        node->type = rfl_pattern_types[i].type;

        if (node->type != RFL_NODE_SELECT) {
            pp->pattern->numbers |= 1u << node->arg;
        }

        if (node->type != RFL_NODE_NUMBER
            && rfl_pattern_branches(pp, depth, node) != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    if (pp->p == pp->last || *pp->p != '}') {
        return rfl_err(pp->err, pp->line, "argument {%u} is not closed by a "
                       "\"}\"", node->arg);
    }

    pp->p++;

    return RFL_OK;
}


static int
rfl_pattern_branches(rfl_pattern_parse_t *pp, unsigned depth,
    rfl_node_t *node)
{
    unsigned        n, other;
    rfl_branch_t   *branch, *b, **next;

    if (pp->p == pp->last || *pp->p != ',') {
        return rfl_err(pp->err, pp->line, "argument {%u} has no branches, "
                       "write them after a comma: {%u,plural,one{...} "
                       "other{...}}", node->arg, node->arg);
    }

    pp->p++;
    next = &node->branches;
    other = 0;

    for (n = 0; /* void */ ; n++) {

        rfl_pattern_space(pp);

        if (pp->p == pp->last || *pp->p == '}') {
            break;
        }

        if (n == RFL_PATTERN_BRANCHES) {
            return rfl_err(pp->err, pp->line, "argument {%u} has more than %d "
                           "branches", node->arg, RFL_PATTERN_BRANCHES);
        }

        branch = rfl_pcalloc(pp->pool, sizeof(rfl_branch_t));
        if (branch == NULL) {
            return rfl_err(pp->err, pp->line, "out of memory");
        }

        if (rfl_pattern_keyword(pp, node, branch) != RFL_OK) {
            return RFL_ERROR;
        }

        for (b = node->branches; b != NULL; b = b->next) {
            if (b->exact == branch->exact && b->value == branch->value
                && rfl_str_eq(&b->keyword, &branch->keyword))
            {
                return rfl_err(pp->err, pp->line, "branch \"%.*s\" of "
                               "argument {%u} is there twice",
                               (int) branch->keyword.len,
                               (char *) branch->keyword.data, node->arg);
            }
        }

        if (rfl_str_is(&branch->keyword, "other")) {
            other = 1;
        }

        if (pp->p == pp->last || *pp->p != '{') {
            return rfl_err(pp->err, pp->line, "branch \"%.*s\" of argument "
                           "{%u} has no text, write it in braces",
                           (int) branch->keyword.len,
                           (char *) branch->keyword.data, node->arg);
        }

        pp->p++;

        if (rfl_pattern_nodes(pp, depth + 1,
                              node->type == RFL_NODE_SELECT ? NULL : node,
                              &branch->nodes)
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        pp->p++;

        *next = branch;
        next = &branch->next;
    }

    if (!other) {
        return rfl_err(pp->err, pp->line, "branch \"other\" of argument {%u} "
                       "is missing, add other{...}", node->arg);
    }

    return (node->type == RFL_NODE_SELECT) ? RFL_OK
                                           : rfl_pattern_counts(pp, node);
}


/*
 * Who writes for one category of the language writes for all of them; "other"
 * alone, or beside =1, is for words that fit every number.
 */

static int
rfl_pattern_counts(rfl_pattern_parse_t *pp, const rfl_node_t *node)
{
    int                  number;
    char                 category[RFL_PATTERN_KEYWORD + 1];
    const rfl_branch_t  *branch;

    branch = node->branches;

    while (branch->exact || rfl_str_is(&branch->keyword, "other")) {
        branch = branch->next;

        if (branch == NULL) {
            return RFL_OK;
        }
    }

    for (number = 1; number <= RFL_PATTERN_NUMBERS; number++) {

        branch = rfl_pattern_count(node, pp->locale, number, category);

        if (rfl_str_is(&branch->keyword, "other")
            && strcmp(category, "other") != 0 && category[0] != '\0')
        {
            return rfl_err(pp->err, pp->line, "branch \"%s\" of argument {%u} "
                           "is missing, which this language has for %d: add "
                           "%s{...}", category, node->arg, number, category);
        }
    }

    return RFL_OK;
}


static int
rfl_pattern_keyword(rfl_pattern_parse_t *pp, const rfl_node_t *node,
    rfl_branch_t *branch)
{
    const u_char  *p;

    if (*pp->p == '=' && node->type != RFL_NODE_SELECT) {

        branch->exact = 1;
        branch->keyword.data = (u_char *) pp->p;

        for (p = pp->p + 1; p < pp->last && *p >= '0' && *p <= '9'; p++) {

            branch->value = branch->value * 10 + (*p - '0');

            if (p - pp->p > 9) {
                break;
            }
        }

        branch->keyword.len = (size_t) (p - pp->p);

        if (branch->keyword.len == 1) {
            return rfl_err(pp->err, pp->line, "\"=\" in a plural wants a "
                           "whole number: =0{...}");
        }

        pp->p = p;
        rfl_pattern_space(pp);

        return RFL_OK;
    }

    rfl_pattern_word(pp, &branch->keyword);

    if (branch->keyword.len == 0 || branch->keyword.len > RFL_PATTERN_KEYWORD)
    {
        return rfl_err(pp->err, pp->line, "a branch of argument {%u} has no "
                       "keyword before its \"{\"", node->arg);
    }

    if (node->type == RFL_NODE_SELECT
        || rfl_str_is(&branch->keyword, "other"))
    {
        return RFL_OK;
    }

    if (rfl_pattern_category(pp->locale, node, &branch->keyword) == RFL_OK) {
        return RFL_OK;
    }

    return rfl_err(pp->err, pp->line, "this language has no plural category "
                   "\"%.*s\", remove that branch",
                   (int) branch->keyword.len, (char *) branch->keyword.data);
}


static int
rfl_pattern_category(const rfl_pattern_locale_t *locale,
    const rfl_node_t *node, const rfl_str_t *keyword)
{
    int           rc;
    int32_t       len;
    UErrorCode    status;
    const char   *name;
    UEnumeration *names;

    status = U_ZERO_ERROR;
    rc = RFL_DECLINED;

    names = uplrules_getKeywords(node->type == RFL_NODE_ORDINAL
                                 ? locale->ordinal : locale->cardinal,
                                 &status);
    if (U_FAILURE(status)) {
        return RFL_DECLINED;
    }

    while ((name = uenum_next(names, &len, &status)) != NULL
           && U_SUCCESS(status))
    {
        if ((size_t) len == keyword->len
            && memcmp(name, keyword->data, keyword->len) == 0)
        {
            rc = RFL_OK;
            break;
        }
    }

    uenum_close(names);

    return rc;
}


/* white space, a word up to a delimiter, white space */

static void
rfl_pattern_word(rfl_pattern_parse_t *pp, rfl_str_t *word)
{
    rfl_pattern_space(pp);

    word->data = (u_char *) pp->p;

    while (pp->p < pp->last && *pp->p != ',' && *pp->p != '{'
           && *pp->p != '}' && *pp->p > ' ')
    {
        pp->p++;
    }

    word->len = (size_t) (pp->p - word->data);

    rfl_pattern_space(pp);
}


static void
rfl_pattern_space(rfl_pattern_parse_t *pp)
{
    while (pp->p < pp->last
           && (*pp->p == ' ' || *pp->p == '\n' || *pp->p == '\t'))
    {
        pp->p++;
    }
}


/* the second opinion: what we accept, ICU must accept too */

static int
rfl_pattern_icu(rfl_pattern_parse_t *pp, const rfl_str_t *text)
{
    UChar            *u;
    int32_t           len;
    UErrorCode        status;
    UParseError       at;
    UMessageFormat   *format;

    u = rfl_palloc(pp->pool, (text->len + 1) * sizeof(UChar));
    if (u == NULL) {
        return rfl_err(pp->err, pp->line, "out of memory");
    }

    status = U_ZERO_ERROR;

    u_strFromUTF8(u, (int32_t) text->len + 1, &len, (char *) text->data,
                  (int32_t) text->len, &status);

    if (U_FAILURE(status)) {
        return rfl_err(pp->err, pp->line, "the message is not valid UTF-8");
    }

    at.offset = 0;
    format = umsg_open(u, len, pp->locale->locale, &at, &status);

    /* it may give one in spite of a fault */

    if (format != NULL) {
        umsg_close(format);
    }

    if (U_FAILURE(status)) {
        return rfl_err(pp->err, pp->line, "ICU refuses the message at "
                       "character %d: %s", (int) at.offset + 1,
                       u_errorName(status));
    }

    return RFL_OK;
}
