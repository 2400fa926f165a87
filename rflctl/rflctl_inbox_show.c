
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_inbox_show.c: a submission on a terminal.  Whoever sent it wrote
 * any characters they liked.
 */


#include "rfl_box.h"
#include "rfl_text.h"
#include "rflctl.h"
#include "rflctl_inbox.h"

#include <stdio.h>


#define RFLCTL_INBOX_INDENT  4
#define RFLCTL_INBOX_NAME    12


/* code points that are not for a terminal, from first to last */

typedef struct {
    uint32_t  first;
    uint32_t  last;
} rflctl_range_t;


static void rflctl_inbox_text(const rfl_str_t *text);
static void rflctl_inbox_value(const rfl_ask_field_t *field,
    const rfl_answer_value_t *value);


static const rflctl_range_t  rflctl_unsafe[] = {
    { 0x0000,  0x001f },           /* control characters, escape among them */
    { 0x007f,  0x009f },
    { 0x00ad,  0x00ad },           /* invisible */
    { 0x061c,  0x061c },           /* direction of the text */
    { 0x115f,  0x1160 },
    { 0x180b,  0x180f },
    { 0x200b,  0x200b },
    { 0x200e,  0x200f },
    { 0x2028,  0x202e },
    { 0x2060,  0x206f },
    { 0x3164,  0x3164 },
    { 0xe000,  0xf8ff },           /* private use */
    { 0xfeff,  0xfeff },
    { 0xfff0,  0xfffb },
    { 0xe0000, 0x10ffff }
};


void
rflctl_inbox_show(const rfl_submission_t *s)
{
    u_char                     receipt[RFL_RECEIPT_TEXT_SIZE];
    u_char                     digits[RFL_RECEIPT_DIGITS_SIZE];
    u_char                     day[RFL_DAY_TEXT_SIZE];
    char                       ref[RFL_REF_TEXT_SIZE + 1];
    rfl_ask_field_e            i;
    const rfl_answer_value_t  *v;

    rfl_receipt_format(s->id, receipt, digits);
    rfl_day_format(s->day, day);

    (void) printf("%.*s  %s  %.*s  %.*s  %.*s\n", RFL_RECEIPT_TEXT_SIZE,
                  receipt, (char *) rfl_forms[s->form].name.data,
                  RFL_DAY_TEXT_SIZE, day, (int) s->society.len,
                  (char *) s->society.data, (int) s->lang.len,
                  (char *) s->lang.data);

    if (s->has_ref) {
        rflctl_ref(s->ref, ref);
        (void) printf("%*s%-*s  %s\n", RFLCTL_INBOX_INDENT, "",
                      RFLCTL_INBOX_NAME, "entry", ref);
    }

    for (i = RFL_ASK_NONE + 1; i < RFL_ASK_N; i++) {
        v = &s->values[i];

        if (v->text.len == 0 && v->choice == 0 && v->several == 0) {
            continue;
        }

        (void) printf("%*s%-*s  ", RFLCTL_INBOX_INDENT, "",
                      RFLCTL_INBOX_NAME,
                      (char *) rfl_ask_fields[i].name.data);
        rflctl_inbox_value(&rfl_ask_fields[i], v);
        (void) printf("\n");
    }

    (void) printf("\n");
}


static void
rflctl_inbox_value(const rfl_ask_field_t *field,
    const rfl_answer_value_t *value)
{
    unsigned     i;
    const char  *comma;

    if (field->list == NULL) {
        rflctl_inbox_text(&value->text);
        return;
    }

    if (field->type != RFL_ASK_SEVERAL) {
        (void) printf("%.*s", (int) field->list[value->choice].len,
                      (char *) field->list[value->choice].data);
        return;
    }

    comma = "";

    for (i = 1; i < *field->nlist; i++) {
        if (value->several & (1u << i)) {
            (void) printf("%s%.*s", comma, (int) field->list[i].len,
                          (char *) field->list[i].data);
            comma = ", ";
        }
    }
}


static void
rflctl_inbox_text(const rfl_str_t *text)
{
    size_t         i;
    uint32_t       c;
    const u_char  *p, *last, *start;

    last = text->data + text->len;

    for (p = text->data; p < last; /* void */) {
        start = p;
        c = rfl_utf8_decode(&p, last);

        /* further lines are set in, none begins like a submission */

        if (c == '\n') {
            (void) printf("\n%*s", RFLCTL_INBOX_INDENT + RFLCTL_INBOX_NAME
                                   + 2, "");
            continue;
        }

        for (i = 0; i < sizeof(rflctl_unsafe) / sizeof(rflctl_range_t); i++) {
            if (c >= rflctl_unsafe[i].first && c <= rflctl_unsafe[i].last) {
                break;
            }
        }

        if (i < sizeof(rflctl_unsafe) / sizeof(rflctl_range_t)) {
            (void) printf(c > 0xffff ? "\\u{%x}" : "\\u%04x", c);

        } else {
            (void) fwrite(start, 1, (size_t) (p - start), stdout);
        }
    }
}
