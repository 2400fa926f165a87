
/*
 * Copyright (C) The RFL authors
 *
 * rfl_form_int.h: what rfl_form_read.c, which knows steps and forms, asks of
 * rfl_form_value.c, which knows single answers.
 */


#ifndef _RFL_FORM_INT_H_INCLUDED_
#define _RFL_FORM_INT_H_INCLUDED_


#include "rfl_form.h"


/*
 * text is cleaned, not empty, and of a field without a list; a number is
 * mended in place and never gets longer.
 */
rfl_ask_fault_e rfl_form_check(rfl_ask_field_e field, rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);

/* the first year in it: "about 1990", "12.3.1369"; RFL_DECLINED: none */
int rfl_form_year(const rfl_str_t *text, int64_t now, int *year)
    rfl_must_check;
/* the first number in it: "34", "about 34", "30 or 35"; the same */
int rfl_form_age(const rfl_str_t *text, int *age) rfl_must_check;


#endif /* _RFL_FORM_INT_H_INCLUDED_ */
