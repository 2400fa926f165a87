
/*
 * Copyright (C) The RFL authors
 *
 * rfl_form_print.c: a submission as a line of JSON, in words instead of
 * numbers: for the case system and for the desk.  Called by
 * "rflctl inbox" and the spool.
 */


#include "rfl_form.h"
#include "rfl_box.h"

#include <sodium.h>


static void rfl_submission_print_text(rfl_buf_t *out, const char *name,
    const u_char *text, size_t len);
static void rfl_submission_print_answer(rfl_buf_t *out,
    const rfl_ask_field_t *field, const rfl_answer_value_t *value);


void
rfl_submission_print(const rfl_submission_t *s, rfl_buf_t *out)
{
    char                       id[2 * RFL_SUBMISSION_ID_SIZE + 1];
    char                       hide[sodium_base64_ENCODED_LEN(RFL_HIDE_SIZE,
                                         sodium_base64_VARIANT_ORIGINAL)];
    u_char                     letters[RFL_RECEIPT_TEXT_SIZE];
    u_char                     digits[RFL_RECEIPT_DIGITS_SIZE];
    u_char                     ref[RFL_REF_TEXT_SIZE];
    u_char                     day[RFL_DAY_TEXT_SIZE];
    unsigned                   n;
    rfl_ask_field_e            field;
    const rfl_str_t           *form;
    const rfl_answer_value_t  *value;

    form = &rfl_forms[s->form].name;
    rfl_receipt_format(s->id, letters, digits);

    rfl_buf_literal(out, "{\"form\":\"");
    rfl_buf_append(out, form->data, form->len);
    rfl_buf_byte(out, '"');

    sodium_bin2hex(id, sizeof(id), s->id, RFL_SUBMISSION_ID_SIZE);
    rfl_buf_printf(out, ",\"id\":\"%s\"", id);
    rfl_submission_print_text(out, "reference", letters, sizeof(letters));

    if (s->day != 0) {
        rfl_day_format(s->day, day);
        rfl_submission_print_text(out, "day", day, sizeof(day));
    }

    rfl_submission_print_text(out, "lang", s->lang.data, s->lang.len);
    rfl_submission_print_text(out, "society", s->society.data,
                              s->society.len);

    if (s->has_ref) {
        rfl_ref_format(s->ref, ref);
        rfl_submission_print_text(out, "entry", ref, sizeof(ref));
    }

    if (s->has_hide) {
        sodium_bin2base64(hide, sizeof(hide), s->hide, RFL_HIDE_SIZE,
                          sodium_base64_VARIANT_ORIGINAL);
        rfl_buf_printf(out, ",\"hide\":\"%s\"", hide);
    }

    rfl_buf_literal(out, ",\"answers\":{");

    n = 0;

    for (field = RFL_ASK_NONE + 1; field < RFL_ASK_N; field++) {
        value = &s->values[field];

        if (value->text.len == 0 && value->choice == 0 && value->several == 0)
        {
            continue;
        }

        if (n++ != 0) {
            rfl_buf_byte(out, ',');
        }

        rfl_submission_print_answer(out, &rfl_ask_fields[field], value);
    }

    rfl_buf_literal(out, "}}");
}


static void
rfl_submission_print_answer(rfl_buf_t *out, const rfl_ask_field_t *field,
    const rfl_answer_value_t *value)
{
    unsigned          i, n;
    const rfl_str_t  *word;

    rfl_buf_printf(out, "\"%s\":", (char *) field->name.data);

    if (field->list == NULL) {
        rfl_buf_byte(out, '"');
        rfl_json_escape(out, value->text.data, value->text.len);
        rfl_buf_byte(out, '"');
        return;
    }

    if (field->type != RFL_ASK_SEVERAL) {
        word = &field->list[(value->choice < *field->nlist) ? value->choice
                                                            : 0];
        rfl_buf_printf(out, "\"%s\"", (char *) word->data);
        return;
    }

    n = 0;
    rfl_buf_byte(out, '[');

    for (i = 1; i < *field->nlist; i++) {
        if (value->several & (1u << i)) {
            rfl_buf_printf(out, "%s\"%s\"", (n++ != 0) ? "," : "",
                           (char *) field->list[i].data);
        }
    }

    rfl_buf_byte(out, ']');
}


static void
rfl_submission_print_text(rfl_buf_t *out, const char *name,
    const u_char *text, size_t len)
{
    if (len != 0) {
        rfl_buf_printf(out, ",\"%s\":\"", name);
        rfl_json_escape(out, text, len);
        rfl_buf_byte(out, '"');
    }
}
