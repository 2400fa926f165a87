
/*
 * Copyright (C) The RFL authors
 *
 * rfl_entry_print.c: the draft of an entry as the line of JSON that
 * rfl_draft_parse() reads.  Called by rflctl and by the desk.
 */


#include "rfl_entry.h"
#include "rfl_entry_int.h"

#include <sodium.h>


static void rfl_draft_print_text(rfl_buf_t *out, const char *name,
    const rfl_str_t *text);
static void rfl_draft_print_day(rfl_buf_t *out, const char *name,
    int32_t day);
static void rfl_draft_print_time(rfl_buf_t *out, const char *name,
    int64_t time);
static void rfl_draft_print_base64(rfl_buf_t *out, const char *name,
    const u_char *data, size_t len);
static void rfl_draft_print_names(rfl_buf_t *out, const rfl_entry_t *e);
static void rfl_draft_print_approvals(rfl_buf_t *out, const rfl_entry_t *e);
static const rfl_str_t *rfl_draft_word(const rfl_str_t *list, unsigned n,
    unsigned i);


void
rfl_draft_print(const rfl_draft_t *draft, rfl_buf_t *out)
{
    u_char              ref[RFL_REF_TEXT_SIZE];
    rfl_str_t           text;
    const rfl_entry_t  *e = &draft->e;

    rfl_buf_literal(out, "{\"id\":\"");
    rfl_json_escape(out, draft->id.data, draft->id.len);
    rfl_buf_byte(out, '"');

    if (draft->has_ref) {
        rfl_ref_format(e->ref, ref);
        text.data = ref;
        text.len = RFL_REF_TEXT_SIZE;
        rfl_draft_print_text(out, "ref", &text);
        rfl_draft_print_base64(out, "salt", draft->salt, RFL_SALT_SIZE);
    }

    rfl_draft_print_text(out, "kind",
                         rfl_draft_word(rfl_kinds, rfl_nkinds, e->kind));
    rfl_draft_print_names(out, e);
    rfl_draft_print_text(out, "event", &e->event);
    rfl_draft_print_text(out, "society", &e->society);
    rfl_draft_print_text(out, "age_class",
                         rfl_draft_word(rfl_age_classes, rfl_nage_classes,
                                        draft->age_class));
    rfl_draft_print_text(out, "age_band",
                         rfl_draft_word(rfl_age_bands, rfl_nage_bands,
                                        e->age_band));
    rfl_draft_print_text(out, "sex",
                         rfl_draft_word(rfl_sexes, rfl_nsexes, e->sex));
    rfl_draft_print_text(out, "origin", &e->origin);
    rfl_draft_print_text(out, "relation",
                         rfl_draft_word(rfl_relations, rfl_nrelations,
                                        e->relation));
    rfl_draft_print_text(out, "status",
                         rfl_draft_word(rfl_statuses, rfl_nstatuses,
                                        e->status));

    if (draft->facts.birth_year != 0) {
        rfl_buf_printf(out, ",\"birth_year\":%d", draft->facts.birth_year);
    }

    rfl_draft_print_text(out, "country", &draft->facts.country);
    rfl_draft_print_text(out, "father", &draft->facts.father);
    rfl_draft_print_text(out, "mother", &draft->facts.mother);
    rfl_draft_print_text(out, "grandfather", &draft->facts.grandfather);

    rfl_draft_print_day(out, "confirmed_on", e->confirmed_on);
    rfl_draft_print_time(out, "not_before", e->not_before);
    rfl_draft_print_time(out, "not_after", e->not_after);

    if (e->consent != 0) {
        rfl_buf_literal(out, ",\"consent\":{\"class\":\"");
        text = *rfl_draft_word(rfl_consents, rfl_nconsents,
                               e->consent);
        rfl_buf_append(out, text.data, text.len);
        rfl_buf_byte(out, '"');
        rfl_draft_print_day(out, "date", e->consent_day);
        rfl_buf_printf(out, ",\"policy\":%u}", e->consent_policy);
    }

    if (e->has_hide) {
        rfl_draft_print_base64(out, "hide", e->hide, RFL_HIDE_SIZE);
    }

    rfl_draft_print_approvals(out, e);

    rfl_buf_byte(out, '}');
}


static void
rfl_draft_print_text(rfl_buf_t *out, const char *name, const rfl_str_t *text)
{
    if (text->len != 0) {
        rfl_buf_printf(out, ",\"%s\":\"", name);
        rfl_json_escape(out, text->data, text->len);
        rfl_buf_byte(out, '"');
    }
}


static void
rfl_draft_print_day(rfl_buf_t *out, const char *name, int32_t day)
{
    u_char     data[RFL_DAY_TEXT_SIZE];
    rfl_str_t  text;

    rfl_day_format(day, data);
    text.data = data;
    text.len = RFL_DAY_TEXT_SIZE;
    rfl_draft_print_text(out, name, &text);
}


static void
rfl_draft_print_time(rfl_buf_t *out, const char *name, int64_t time)
{
    u_char     data[RFL_TIME_TEXT_SIZE];
    rfl_str_t  text;

    rfl_time_format(time, data);
    text.data = data;
    text.len = RFL_TIME_TEXT_SIZE;
    rfl_draft_print_text(out, name, &text);
}


static void
rfl_draft_print_base64(rfl_buf_t *out, const char *name, const u_char *data,
    size_t len)
{
    char  text[sodium_base64_ENCODED_LEN(RFL_SIGN_SIZE,
                                         sodium_base64_VARIANT_ORIGINAL)];

    sodium_bin2base64(text, sizeof(text), data, len,
                      sodium_base64_VARIANT_ORIGINAL);

    rfl_buf_printf(out, ",\"%s\":\"%s\"", name, text);
}


static void
rfl_draft_print_names(rfl_buf_t *out, const rfl_entry_t *e)
{
    unsigned                 i;
    const rfl_entry_name_t  *name;

    rfl_buf_literal(out, ",\"names\":[");

    for (i = 0; i < e->nnames; i++) {
        name = &e->names[i];

        if (i != 0) {
            rfl_buf_byte(out, ',');
        }

        if (name->given.len == 0 && name->family.len == 0) {
            rfl_buf_byte(out, '"');
            rfl_json_escape(out, name->full.data, name->full.len);
            rfl_buf_byte(out, '"');
            continue;
        }

        rfl_buf_literal(out, "{\"full\":\"");
        rfl_json_escape(out, name->full.data, name->full.len);
        rfl_buf_byte(out, '"');
        rfl_draft_print_text(out, "given", &name->given);
        rfl_draft_print_text(out, "family", &name->family);
        rfl_buf_byte(out, '}');
    }

    rfl_buf_byte(out, ']');
}


static void
rfl_draft_print_approvals(rfl_buf_t *out, const rfl_entry_t *e)
{
    char                   key[2 * RFL_KEY_ID_SIZE + 1];
    unsigned               i;
    const rfl_approval_t  *approval;

    if (e->napprovals == 0) {
        return;
    }

    rfl_buf_literal(out, ",\"approvals\":[");

    for (i = 0; i < e->napprovals && i < RFL_APPROVALS_MAX; i++) {
        approval = &e->approvals[i];

        sodium_bin2hex(key, sizeof(key), approval->key, RFL_KEY_ID_SIZE);

        rfl_buf_printf(out, "%s{\"key\":\"%s\"", (i != 0) ? "," : "", key);
        rfl_draft_print_day(out, "day", approval->day);
        rfl_draft_print_base64(out, "sig", approval->sig, RFL_SIGN_SIZE);
        rfl_buf_byte(out, '}');
    }

    rfl_buf_byte(out, ']');
}


static const rfl_str_t *
rfl_draft_word(const rfl_str_t *list, unsigned n, unsigned i)
{
    return (i < n) ? &list[i] : &list[0];
}
