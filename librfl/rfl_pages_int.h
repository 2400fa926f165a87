
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages_int.h: what the files that fill pages share.
 */


#ifndef _RFL_PAGES_INT_H_INCLUDED_
#define _RFL_PAGES_INT_H_INCLUDED_


#include "rfl_pages_form.h"


/* the page of this path in the site's languages; none if there is only one */
int rfl_fill_langs(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const char *path, rfl_tpl_value_t *list) rfl_must_check;
int rfl_fill_url(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const char *path, rfl_tpl_value_t *value) rfl_must_check;

/* a message without arguments; -1 leaves the value empty */
void rfl_fill_word(const rfl_site_t *site, unsigned lang, int word,
    rfl_tpl_value_t *value);
void rfl_fill_texts(const rfl_texts_t *texts, const rfl_str_t *tag,
    rfl_tpl_value_t *value);

/* the buffer's text into the pool; the buffer is freed in any case */
int rfl_fill_buf(rfl_pool_t *pool, rfl_buf_t *b, rfl_tpl_value_t *value)
    rfl_must_check;

/*
 * Answers: how many there are to choose from, of the table, the site or the
 * policy; the one with this number, with its label if no table has it; and
 * whether an answer is written from left to right in every language.
 */
unsigned rfl_fill_offered(const rfl_site_t *site, rfl_ask_field_e ask);
int rfl_fill_offer(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_ask_field_e ask, unsigned i, rfl_tpl_value_t *value,
    rfl_tpl_value_t *label) rfl_must_check;
unsigned rfl_fill_ltr(rfl_ask_field_e ask);


#endif /* _RFL_PAGES_INT_H_INCLUDED_ */
