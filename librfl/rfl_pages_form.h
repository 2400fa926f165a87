
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages_form.h: the pages of the forms: one template shows any step of
 * any form, from the tables of rfl_form.h and the messages "form.<form>",
 * "step.<form>.<step>", "ask.<field>", "ask.<field>.<value>".  Called by the
 * public module and, for the column "as sent", by the desk.
 */


#ifndef _RFL_PAGES_FORM_H_INCLUDED_
#define _RFL_PAGES_FORM_H_INCLUDED_


#include "rfl_pages.h"
#include "rfl_form.h"
#include "rfl_box.h"


/*
 * What all pages of a form share: its URL, its title, the hidden fields, and
 * the list of languages.  The fillers below call it; RFL_PAGE_HIDDEN, MINOR,
 * LATE and NOT_SENT need no other.
 */
int rfl_page_of_form(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_form_e form, const rfl_str_t *state, const rfl_str_t *entry,
    const rfl_entry_token_t *token, rfl_tpl_value_t *values) rfl_must_check;

/*
 * The fillers set the values of RFL_PAGE_STEP, RFL_PAGE_CHECK and
 * RFL_PAGE_SENT (see rfl_pages.h) besides the common ones.  state and entry
 * are the hidden fields, may be empty.  faults has RFL_STEP_FIELDS elements,
 * or is NULL.  token is that of the entry the form is about, or NULL.
 * RFL_ERROR: out of memory.
 */
int rfl_page_step(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, unsigned step, const rfl_ask_fault_e *faults,
    const rfl_str_t *state, const rfl_str_t *entry,
    const rfl_entry_token_t *token, rfl_tpl_value_t *values) rfl_must_check;

/*
 * every answer with its label, as words of the page's language; a link back
 * to its step each
 */
int rfl_page_check(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, const rfl_str_t *state,
    const rfl_str_t *entry, const rfl_entry_token_t *token,
    rfl_tpl_value_t *values) rfl_must_check;

/* one answer of them: RFL_VR_N values */
int rfl_page_answer(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, rfl_ask_field_e ask, rfl_tpl_value_t *item)
    rfl_must_check;

/* code: RFL_HIDE_CODE_SIZE bytes, or NULL if the form has none */
int rfl_page_sent(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, const u_char *code, const rfl_str_t *state,
    rfl_tpl_value_t *values) rfl_must_check;

/* the same to be kept as a file: plain text, UTF-8, CR LF */
int rfl_page_sent_text(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_submission_t *s, const u_char *code,
    rfl_buf_t *out) rfl_must_check;


#endif /* _RFL_PAGES_FORM_H_INCLUDED_ */
