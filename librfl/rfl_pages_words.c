
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages_words.c: finds the messages that are chosen by a value, once, when
 * the configuration is loaded: a word that is missing is an error then, and no
 * gap on a page later.  Called by the module, the desk and check-pages.
 */


#include "rfl_pages.h"

#include <stdio.h>


#define RFL_WORDS_KEY    96


static int rfl_words_faults(rfl_words_t *words,
    const rfl_catalog_t *reference, rfl_err_t *err);
static int rfl_words_form(rfl_words_t *words, const rfl_catalog_t *reference,
    rfl_form_e form, rfl_err_t *err);
static int rfl_words_ask(rfl_words_t *words, const rfl_catalog_t *reference,
    rfl_form_e form, rfl_ask_field_e ask, rfl_err_t *err);
static int rfl_words_ask_faults(rfl_words_t *words,
    const rfl_catalog_t *reference, rfl_err_t *err);
static int rfl_words_list(const rfl_catalog_t *reference, const char *prefix,
    const rfl_str_t *list, unsigned first, unsigned n, int *words,
    rfl_err_t *err);
static int rfl_words_need(const rfl_catalog_t *reference, const char *prefix,
    const rfl_str_t *name, const char *tail, int *word, rfl_err_t *err);
static int rfl_words_of(const rfl_catalog_t *reference, rfl_form_e form,
    const rfl_str_t *name, const char *tail);
static int rfl_words_key(const rfl_catalog_t *reference, const char *prefix,
    const rfl_str_t *name, const char *tail);


/* one sentence on what comes next is needed, two more are welcome */

static const struct {
    const char  *prefix;
    const char  *tail;
    unsigned     needed;
} rfl_words_forms[RFL_FORM_WORDS_N] = {
    [RFL_FORM_TITLE] = { "form", "", 1 },
    [RFL_FORM_SEND] = { "send", "", 1 },
    [RFL_FORM_NOTE] = { "send", ".note", 1 },
    [RFL_FORM_DONE] = { "sent", "", 1 },
    [RFL_FORM_NEXT] = { "sent", ".next", 1 },
    [RFL_FORM_NEXT2] = { "sent", ".next2", 0 },
    [RFL_FORM_NEXT3] = { "sent", ".next3", 0 }
};


static const struct {
    const char  *prefix;
    rfl_str_t    name;
} rfl_words_texts[RFL_TEXT_WORDS_N] = {
    [RFL_TEXT_ANY] = { "step", rfl_string("any") },
    [RFL_TEXT_CHOOSE] = { "step", rfl_string("choose") },
    [RFL_TEXT_RECEIPT] = { "sent", rfl_string("receipt") },
    [RFL_TEXT_DIGITS] = { "sent", rfl_string("digits") },
    [RFL_TEXT_CODE] = { "sent", rfl_string("code") },
    [RFL_TEXT_CODE_WHY] = { "sent", rfl_string("code_why") },
    [RFL_TEXT_NEXT] = { "sent", rfl_string("next") },
    [RFL_TEXT_CONTACT] = { "contact", rfl_string("title") },
    [RFL_TEXT_PHONE] = { "contact", rfl_string("phone") }
};


int
rfl_words_init(rfl_words_t *words, const rfl_catalog_t *reference,
    rfl_err_t *err)
{
    unsigned  i;

    memset(words, 0xff, sizeof(rfl_words_t));

    if (rfl_words_list(reference, "reason", rfl_why_names, 0, RFL_WHY_N,
                       words->why, err) != RFL_OK
        || rfl_words_list(reference, "kind", rfl_kinds, 1, rfl_nkinds,
                          words->kinds, err) != RFL_OK
        || rfl_words_list(reference, "sex", rfl_sexes, 1, rfl_nsexes,
                          words->sexes, err) != RFL_OK
        || rfl_words_list(reference, "age_band", rfl_age_bands, 1,
                          rfl_nage_bands, words->age_bands, err) != RFL_OK
        || rfl_words_list(reference, "relation", rfl_relations, 1,
                          rfl_nrelations, words->relations, err) != RFL_OK
        || rfl_words_list(reference, "status", rfl_statuses, 1, rfl_nstatuses,
                          words->statuses, err) != RFL_OK
        || rfl_words_faults(words, reference, err) != RFL_OK
        || rfl_words_ask_faults(words, reference, err) != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 0; i < RFL_TEXT_WORDS_N; i++) {

        if (rfl_words_need(reference, rfl_words_texts[i].prefix,
                           &rfl_words_texts[i].name, "", &words->texts[i],
                           err)
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    for (i = RFL_FORM_NONE + 1; i < RFL_FORMS_N; i++) {
        if (rfl_words_form(words, reference, (rfl_form_e) i, err) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/* of a fault without a sentence of its own the field's is said */

static int
rfl_words_faults(rfl_words_t *words, const rfl_catalog_t *reference,
    rfl_err_t *err)
{
    int                 word;
    unsigned            field, fault;
    const rfl_str_t    *name;

    static const char  *const  tails[] = {
        "", ".empty", ".long", ".chars", ".value", ".short"
    };

    for (field = RFL_FIELD_NAME; field <= RFL_FIELD_EVENT; field++) {
        name = &rfl_field_names[field];

        if (rfl_words_need(reference, "fault", name, "", &word, err)
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        words->faults[field][RFL_FAULT_NONE] = word;

        for (fault = RFL_FAULT_EMPTY; fault <= RFL_FAULT_SHORT; fault++) {

            words->faults[field][fault] = rfl_words_key(reference, "fault",
                                                        name, tails[fault]);

            if (words->faults[field][fault] == -1) {
                words->faults[field][fault] = word;
            }
        }
    }

    return RFL_OK;
}


static int
rfl_words_form(rfl_words_t *words, const rfl_catalog_t *reference,
    rfl_form_e form, rfl_err_t *err)
{
    char               prefix[RFL_WORDS_KEY];
    unsigned           i, k;
    const rfl_form_t  *f;
    const rfl_step_t  *step;

    f = &rfl_forms[form];

    for (i = 0; i < RFL_FORM_WORDS_N; i++) {

        words->forms[form][i] = rfl_words_key(reference,
                                              rfl_words_forms[i].prefix,
                                              &f->name,
                                              rfl_words_forms[i].tail);

        if (words->forms[form][i] == -1 && rfl_words_forms[i].needed) {
            return rfl_err(err, 0, "en.po has no message \"%s.%s%s\"",
                           rfl_words_forms[i].prefix, (char *) f->name.data,
                           rfl_words_forms[i].tail);
        }
    }

    (void) snprintf(prefix, sizeof(prefix), "step.%s", (char *) f->name.data);

    for (i = 0; i < f->nsteps; i++) {
        step = &f->steps[i];

        if (rfl_words_need(reference, prefix, &step->name, "",
                           &words->steps[form][i][0], err) != RFL_OK
            || rfl_words_need(reference, prefix, &step->name, ".why",
                              &words->steps[form][i][1], err) != RFL_OK)
        {
            return RFL_ERROR;
        }

        for (k = 0; k < step->n; k++) {

            if (rfl_words_ask(words, reference, form, step->fields[k], err)
                != RFL_OK)
            {
                return RFL_ERROR;
            }
        }
    }

    return RFL_OK;
}


/* a value is "ask.consent.match_only" or, of the entry's lists, "sex.f" */

static int
rfl_words_ask(rfl_words_t *words, const rfl_catalog_t *reference,
    rfl_form_e form, rfl_ask_field_e ask, rfl_err_t *err)
{
    int                     word;
    char                    tail[RFL_WORDS_KEY];
    unsigned                i;
    const rfl_ask_field_t  *field;

    field = &rfl_ask_fields[ask];

    words->asks[form][ask][0] = rfl_words_of(reference, form, &field->name,
                                             "");
    words->asks[form][ask][1] = rfl_words_of(reference, form, &field->name,
                                             ".hint");

    if (words->asks[form][ask][0] == -1) {
        return rfl_err(err, 0, "en.po has no message \"ask.%s\"",
                       (char *) field->name.data);
    }

    if (field->nlist == NULL) {
        return RFL_OK;
    }

    if (*field->nlist > RFL_CLOSED_MAX) {
        return rfl_err(err, 0, "the list \"%s\" has more than %d values",
                       (char *) field->name.data, RFL_CLOSED_MAX);
    }

    for (i = 1; i < *field->nlist; i++) {

        (void) snprintf(tail, sizeof(tail), ".%s",
                        (char *) field->list[i].data);

        word = rfl_words_of(reference, form, &field->name, tail);

        if (word == -1) {
            word = rfl_words_key(reference, (char *) field->name.data,
                                 &field->list[i], "");
        }

        if (word == -1) {
            return rfl_err(err, 0, "en.po has no message \"ask.%s%s\"",
                           (char *) field->name.data, tail);
        }

        words->values[form][ask][i] = word;
    }

    return RFL_OK;
}


static int
rfl_words_ask_faults(rfl_words_t *words, const rfl_catalog_t *reference,
    rfl_err_t *err)
{
    int               word;
    char              tail[RFL_WORDS_KEY];
    unsigned          ask, fault;
    const rfl_str_t  *name;

    for (fault = RFL_ASK_FAULT_EMPTY; fault < RFL_ASK_FAULTS_N; fault++) {

        if (rfl_words_need(reference, "ask_fault", &rfl_ask_faults[fault], "",
                           &word, err)
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        (void) snprintf(tail, sizeof(tail), ".%s",
                        (char *) rfl_ask_faults[fault].data);

        for (ask = RFL_ASK_NONE + 1; ask < RFL_ASK_N; ask++) {
            name = &rfl_ask_fields[ask].name;

            words->ask_faults[ask][fault] = rfl_words_key(reference,
                                                          "ask_fault", name,
                                                          tail);

            if (words->ask_faults[ask][fault] == -1) {
                words->ask_faults[ask][fault] = word;
            }
        }
    }

    return RFL_OK;
}


static int
rfl_words_list(const rfl_catalog_t *reference, const char *prefix,
    const rfl_str_t *list, unsigned first, unsigned n, int *words,
    rfl_err_t *err)
{
    unsigned  i;

    if (n > RFL_CLOSED_MAX) {
        return rfl_err(err, 0, "the list \"%s\" has more than %d values",
                       prefix, RFL_CLOSED_MAX);
    }

    for (i = first; i < n; i++) {

        if (rfl_words_need(reference, prefix, &list[i], "", &words[i], err)
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_words_need(const rfl_catalog_t *reference, const char *prefix,
    const rfl_str_t *name, const char *tail, int *word, rfl_err_t *err)
{
    *word = rfl_words_key(reference, prefix, name, tail);

    if (*word == -1) {
        return rfl_err(err, 0, "en.po has no message \"%s.%.*s%s\"", prefix,
                       (int) name->len, (char *) name->data, tail);
    }

    return RFL_OK;
}


/* what the form says of a field, or what all forms do */

static int
rfl_words_of(const rfl_catalog_t *reference, rfl_form_e form,
    const rfl_str_t *name, const char *tail)
{
    int   word;
    char  prefix[RFL_WORDS_KEY];

    (void) snprintf(prefix, sizeof(prefix), "ask_%s",
                    (char *) rfl_forms[form].name.data);

    word = rfl_words_key(reference, prefix, name, tail);

    return (word != -1) ? word : rfl_words_key(reference, "ask", name, tail);
}


static int
rfl_words_key(const rfl_catalog_t *reference, const char *prefix,
    const rfl_str_t *name, const char *tail)
{
    int        n;
    char       text[RFL_WORDS_KEY];
    rfl_str_t  key;

    n = snprintf(text, sizeof(text), "%s.%.*s%s", prefix, (int) name->len,
                 (char *) name->data, tail);

    if (n < 0 || (size_t) n >= sizeof(text)) {
        return -1;
    }

    key.data = (u_char *) text;
    key.len = (size_t) n;

    return rfl_catalog_key(reference, &key);
}
