
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po_format.c: formats a parsed message.  Pure but for what ICU knows of
 * a language.  Called by rfl_po.c for each message that has arguments, and by
 * rfl_po_add.c once for one that has none.
 */


#include "rfl_po_pattern.h"

#include <unicode/ustring.h>


static void rfl_pattern_print(const rfl_node_t *node,
    const rfl_pattern_locale_t *locale, const rfl_po_arg_t *args,
    unsigned nargs, rfl_buf_t *out);
static const rfl_branch_t *rfl_pattern_choose(const rfl_node_t *node,
    const rfl_str_t *keyword);
static void rfl_pattern_number(const rfl_pattern_locale_t *locale,
    int64_t number, rfl_buf_t *out);


void
rfl_pattern_format(const rfl_pattern_t *pattern,
    const rfl_pattern_locale_t *locale, const rfl_po_arg_t *args,
    unsigned nargs, rfl_buf_t *out)
{
    rfl_pattern_print(pattern->nodes, locale, args, nargs, out);
}


static void
rfl_pattern_print(const rfl_node_t *node, const rfl_pattern_locale_t *locale,
    const rfl_po_arg_t *args, unsigned nargs, rfl_buf_t *out)
{
    char                 category[RFL_PATTERN_KEYWORD + 1];
    const rfl_po_arg_t  *arg;
    const rfl_branch_t  *branch;

    for ( /* void */ ; node != NULL; node = node->next) {

        if (node->type == RFL_NODE_TEXT) {
            rfl_buf_append(out, node->text.data, node->text.len);
            continue;
        }

        if (node->arg >= nargs) {
            continue;
        }

        arg = &args[node->arg];

        if (node->type > RFL_NODE_NUMBER) {
            branch = (node->type == RFL_NODE_SELECT)
                     ? rfl_pattern_choose(node, &arg->text)
                     : rfl_pattern_count(node, locale, arg->number, category);

            rfl_pattern_print(branch != NULL ? branch->nodes : NULL, locale,
                              args, nargs, out);

        } else if (arg->is_number) {
            rfl_pattern_number(locale, arg->number, out);

        } else if (arg->isolate) {
            rfl_buf_literal(out, "\xe2\x81\xa8");
            rfl_buf_append(out, arg->text.data, arg->text.len);
            rfl_buf_literal(out, "\xe2\x81\xa9");

        } else {
            rfl_buf_append(out, arg->text.data, arg->text.len);
        }
    }
}


const rfl_branch_t *
rfl_pattern_count(const rfl_node_t *node, const rfl_pattern_locale_t *locale,
    int64_t number, char category[RFL_PATTERN_KEYWORD + 1])
{
    UChar                u[RFL_PATTERN_KEYWORD];
    int32_t              len;
    rfl_str_t            keyword;
    UErrorCode           status;
    const rfl_branch_t  *branch;

    status = U_ZERO_ERROR;

    len = uplrules_select(node->type == RFL_NODE_ORDINAL ? locale->ordinal
                                                         : locale->cardinal,
                          (double) number, u, RFL_PATTERN_KEYWORD, &status);

    if (U_FAILURE(status) || len > RFL_PATTERN_KEYWORD) {
        len = 0;
    }

    u_UCharsToChars(u, category, len);
    category[len] = '\0';

    keyword.data = (u_char *) category;
    keyword.len = (size_t) len;

    for (branch = node->branches; branch != NULL; branch = branch->next) {

        if (branch->exact && branch->value == number) {
            return branch;
        }
    }

    return rfl_pattern_choose(node, &keyword);
}


static const rfl_branch_t *
rfl_pattern_choose(const rfl_node_t *node, const rfl_str_t *keyword)
{
    const rfl_branch_t  *branch, *other;

    other = NULL;

    for (branch = node->branches; branch != NULL; branch = branch->next) {

        if (!branch->exact && rfl_str_eq(&branch->keyword, keyword)) {
            return branch;
        }

        if (rfl_str_is(&branch->keyword, "other")) {
            other = branch;
        }
    }

    return other;
}


static void
rfl_pattern_number(const rfl_pattern_locale_t *locale, int64_t number,
    rfl_buf_t *out)
{
    char        text[192];
    UChar       u[64];
    int32_t     len;
    UErrorCode  status;

    if (number >= 0 && number < 1000) {
        rfl_buf_printf(out, "%d", (int) number);
        return;
    }

    status = U_ZERO_ERROR;

    (void) unum_formatInt64(locale->number, number, u, 64, NULL, &status);
    u_strToUTF8(text, sizeof(text), &len, u, -1, &status);

    if (U_FAILURE(status)) {
        rfl_buf_printf(out, "%lld", (long long) number);
        return;
    }

    rfl_buf_append(out, text, (size_t) len);
}
