
/*
 * Copyright (C) The RFL authors
 *
 * rfl_splice.h: members of a society in the text of a trust file, put in
 * place of what they were, everything else kept byte for byte: the file is
 * written by hand, and its owner finds it as it was.
 */


#ifndef _RFL_SPLICE_H_INCLUDED_
#define _RFL_SPLICE_H_INCLUDED_


#include "rfl.h"


/*
 * text is a trust file that was read without a fault.  keys are the elements
 * of "inbox_keys", n strings of one line each; root is a string in quotes.
 * Appends the new text to out.  RFL_DECLINED: there is no such society, as
 * far as this plain reading goes.
 */
int rfl_splice(const rfl_str_t *text, const rfl_str_t *society,
    const rfl_str_t *root, const rfl_str_t *keys, unsigned n, rfl_buf_t *out)
    rfl_must_check;

/*
 * One more element, of one line, at the end of "keys"; else as above.
 */
int rfl_splice_key(const rfl_str_t *text, const rfl_str_t *society,
    const rfl_str_t *key, rfl_buf_t *out) rfl_must_check;

/* the two members alone, as they stand in the file */
void rfl_splice_print(const rfl_str_t *indent, const rfl_str_t *root,
    const rfl_str_t *keys, unsigned n, rfl_buf_t *out);


#endif /* _RFL_SPLICE_H_INCLUDED_ */
