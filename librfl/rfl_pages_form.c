
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages_form.c: fills a step of a form with its fields, and what all
 * pages of a form share, from the tables of rfl_form.h.  The pages after the
 * last step are in rfl_pages_sent.c.  Everything lives in the caller's pool,
 * is wiped with it, or points into what was passed in.
 */


#include "rfl_pages_form.h"
#include "rfl_pages_int.h"


static int rfl_step_field(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_submission_t *s, const rfl_step_t *step,
    unsigned i, rfl_tpl_value_t *item);
static unsigned rfl_step_optional(const rfl_step_t *step, unsigned i);
static int rfl_step_described(rfl_pool_t *pool, rfl_tpl_value_t *item);
static const char *rfl_step_autocomplete(rfl_form_e form,
    rfl_ask_field_e ask);
static int rfl_step_options(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_submission_t *s, rfl_ask_field_e ask,
    rfl_tpl_value_t *item);
static int rfl_step_faults(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_step_t *step, const rfl_ask_fault_e *faults,
    rfl_tpl_value_t *values);


/* the control of a type, its keyboard and its direction */

static const struct {
    unsigned     flag;
    const char  *type;
    const char  *mode;
    unsigned     small;
    unsigned     ltr;
} rfl_step_types[] = {
    [RFL_ASK_LINE] = { RFL_VA_LINE, "text", "text", 0, 0 },
    [RFL_ASK_TEXT] = { RFL_VA_TEXT, "", "text", 0, 0 },
    [RFL_ASK_DIGITS] = { RFL_VA_LINE, "text", "numeric", 1, 0 },
    [RFL_ASK_TEL] = { RFL_VA_LINE, "tel", "tel", 0, 1 },
    [RFL_ASK_MAIL] = { RFL_VA_LINE, "email", "email", 0, 1 },
    [RFL_ASK_CHOICE] = { RFL_VA_CHOICE, "radio", "", 0, 0 },
    [RFL_ASK_SELECT] = { RFL_VA_SELECT, "", "", 0, 0 },
    [RFL_ASK_SEVERAL] = { RFL_VA_SEVERAL, "checkbox", "", 0, 0 }
};


int
rfl_page_of_form(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_form_e form, const rfl_str_t *state, const rfl_str_t *entry,
    const rfl_entry_token_t *token, rfl_tpl_value_t *values)
{
    u_char      *ref;
    const char  *path;

    path = (char *) rfl_forms[form].name.data;

    rfl_fill_word(site, lang, site->words.forms[form][RFL_FORM_TITLE],
                  &values[RFL_VS_TITLE]);

    values[RFL_VS_OF_ENTRY].number = rfl_forms[form].entry;

    if (state != NULL) {
        values[RFL_VS_STATE].text = *state;
    }

    if (entry != NULL) {
        values[RFL_VS_ENTRY].text = *entry;
    }

    if (token != NULL) {

        ref = rfl_palloc(pool, RFL_REF_TEXT_SIZE);
        if (ref == NULL) {
            return RFL_ERROR;
        }

        rfl_ref_format(token->ref, ref);

        values[RFL_VS_ABOUT].text = token->name;
        values[RFL_VS_ABOUT_REF].text.data = ref;
        values[RFL_VS_ABOUT_REF].text.len = RFL_REF_TEXT_SIZE;
    }

    if (rfl_fill_url(pool, site, lang, path, &values[RFL_VS_URL]) != RFL_OK) {
        return RFL_ERROR;
    }

    return rfl_fill_langs(pool, site, lang, path, &values[RFL_V_LANGS]);
}


int
rfl_page_step(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, unsigned step, const rfl_ask_fault_e *faults,
    const rfl_str_t *state, const rfl_str_t *entry,
    const rfl_entry_token_t *token, rfl_tpl_value_t *values)
{
    unsigned           i;
    const int         *words;
    const rfl_form_t  *form;
    const rfl_step_t  *st;

    form = &rfl_forms[s->form];
    st = &form->steps[step];
    words = site->words.steps[s->form][step];

    if (rfl_page_of_form(pool, site, lang, s->form, state, entry, token,
                         values)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    rfl_fill_word(site, lang, words[0], &values[RFL_VS_STEP]);
    rfl_fill_word(site, lang, words[1], &values[RFL_VS_WHY]);

    values[RFL_VS_BACK].number = (step != 0);

    if (form->nsteps > 1) {
        values[RFL_VS_NUMBER].number = step + 1;
        values[RFL_VS_OF].number = form->nsteps;
    }

    if (rfl_page_list(pool, &values[RFL_VS_FIELDS], st->n, RFL_VA_N)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (faults != NULL
        && rfl_step_faults(pool, site, lang, st, faults, values) != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 0; i < st->n; i++) {

        if (rfl_step_field(pool, site, lang, s, st, i,
                           values[RFL_VS_FIELDS].items[i])
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_step_field(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, const rfl_step_t *step, unsigned i,
    rfl_tpl_value_t *item)
{
    const char             *text;
    rfl_ask_field_e         ask;
    const rfl_ask_field_t  *field;

    ask = step->fields[i];
    field = &rfl_ask_fields[ask];

    item[RFL_VA_NAME].text = field->name;
    item[RFL_VA_VALUE].text = s->values[ask].text;
    item[RFL_VA_OPTIONAL].number = rfl_step_optional(step, i);

    item[rfl_step_types[field->type].flag].number = 1;
    item[RFL_VA_SHORT].number = rfl_step_types[field->type].small;
    item[RFL_VA_LTR].number = rfl_fill_ltr(ask);

    text = rfl_step_types[field->type].type;
    item[RFL_VA_TYPE].text.data = (u_char *) text;
    item[RFL_VA_TYPE].text.len = strlen(text);

    text = rfl_step_types[field->type].mode;
    item[RFL_VA_MODE].text.data = (u_char *) text;
    item[RFL_VA_MODE].text.len = strlen(text);

    text = rfl_step_autocomplete(s->form, ask);
    item[RFL_VA_AUTO].text.data = (u_char *) text;
    item[RFL_VA_AUTO].text.len = strlen(text);

    rfl_fill_word(site, lang, site->words.asks[s->form][ask][0],
                  &item[RFL_VA_LABEL]);
    rfl_fill_word(site, lang, site->words.asks[s->form][ask][1],
                  &item[RFL_VA_HINT]);

    if (rfl_step_described(pool, item) != RFL_OK) {
        return RFL_ERROR;
    }

    return rfl_step_options(pool, site, lang, s, ask, item);
}


/*
 * Of the ways to reach a person one is enough: none of them says that it may
 * be left out, since then all would seem to.
 */

static unsigned
rfl_step_optional(const rfl_step_t *step, unsigned i)
{
    unsigned         k;
    rfl_ask_field_e  ask;

    if (step->required & (1u << i)) {
        return 0;
    }

    ask = step->fields[i];

    if (ask != RFL_ASK_PHONE && ask != RFL_ASK_EMAIL) {
        return 1;
    }

    for (k = 0; k < step->n; k++) {

        if (step->fields[k] == RFL_ASK_REACH && (step->required & (1u << k)))
        {
            return 0;
        }
    }

    return 1;
}


static int
rfl_step_described(rfl_pool_t *pool, rfl_tpl_value_t *item)
{
    rfl_buf_t         b;
    const rfl_str_t  *name;

    name = &item[RFL_VA_NAME].text;

    rfl_buf_init(&b, 0);

    if (item[RFL_VA_HINT].text.len != 0) {
        rfl_buf_append(&b, name->data, name->len);
        rfl_buf_literal(&b, "-h");
    }

    if (item[RFL_VA_FAULT].text.len != 0) {

        if (b.len != 0) {
            rfl_buf_byte(&b, ' ');
        }

        rfl_buf_append(&b, name->data, name->len);
        rfl_buf_literal(&b, "-f");
    }

    return rfl_fill_buf(pool, &b, &item[RFL_VA_DESCRIBED]);
}


/*
 * Only what people say of themselves is offered by their browser: the name
 * of its owner is not that of the person they miss.
 */

static const char *
rfl_step_autocomplete(rfl_form_e form, rfl_ask_field_e ask)
{
    if (form == RFL_FORM_ALIVE) {

        switch (ask) {

        case RFL_ASK_NAME:
            return "name";

        case RFL_ASK_BIRTH_YEAR:
            return "bday-year";

        default:
            break;
        }
    }

    return rfl_ask_fields[ask].autocomplete;
}


/* a list begins with "nothing chosen"; of check boxes none may be checked */

static int
rfl_step_options(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, rfl_ask_field_e ask, rfl_tpl_value_t *item)
{
    unsigned                   i, k, n, none;
    rfl_tpl_value_t           *option;
    const rfl_ask_field_t     *field;
    const rfl_answer_value_t  *answer;

    field = &rfl_ask_fields[ask];
    answer = &s->values[ask];
    n = rfl_fill_offered(site, ask);

    if (n == 0) {

        /* nothing to choose from: not asked at all */

        if (field->type == RFL_ASK_SELECT) {
            item[RFL_VA_SELECT].number = 0;
        }

        return RFL_OK;
    }

    none = (field->type == RFL_ASK_SELECT
            || (field->type == RFL_ASK_CHOICE
                && item[RFL_VA_OPTIONAL].number));

    if (rfl_page_list(pool, &item[RFL_VA_OPTIONS], n + none, RFL_VC_N)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    k = 0;

    if (none && field->type == RFL_ASK_SELECT) {
        rfl_fill_word(site, lang,
                      site->words.texts[item[RFL_VA_OPTIONAL].number
                                        ? RFL_TEXT_ANY : RFL_TEXT_CHOOSE],
                      &item[RFL_VA_OPTIONS].items[k++][RFL_VC_LABEL]);
    }

    for (i = 0; i < n; i++) {
        option = item[RFL_VA_OPTIONS].items[k++];

        if (rfl_fill_offer(pool, site, lang, ask, i, &option[RFL_VC_VALUE],
                           &option[RFL_VC_LABEL])
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        option[RFL_VC_FIRST].number = (i == 0);

        if (field->nlist == NULL) {
            option[RFL_VC_SELECTED].number =
                rfl_str_eq(&answer->text, &option[RFL_VC_VALUE].text);
            continue;
        }

        rfl_fill_word(site, lang, site->words.values[s->form][ask][i + 1],
                      &option[RFL_VC_LABEL]);

        option[RFL_VC_SELECTED].number =
            (field->type == RFL_ASK_SEVERAL)
            ? (answer->several >> (i + 1)) & 1
            : (answer->choice == i + 1);
    }

    if (none && field->type == RFL_ASK_CHOICE) {
        option = item[RFL_VA_OPTIONS].items[k];

        rfl_fill_word(site, lang, site->words.texts[RFL_TEXT_ANY],
                      &option[RFL_VC_LABEL]);
        option[RFL_VC_SELECTED].number = (answer->choice == 0);
    }

    return RFL_OK;
}


/* how many there are to choose from: of the table, the site or the policy */

unsigned
rfl_fill_offered(const rfl_site_t *site, rfl_ask_field_e ask)
{
    unsigned                i, n;
    const rfl_ask_field_t  *field;

    field = &rfl_ask_fields[ask];

    if (field->nlist != NULL) {
        return *field->nlist - 1;
    }

    if (ask == RFL_ASK_COUNTRY) {
        return site->ncountries;
    }

    if (ask != RFL_ASK_EVENT || site->policy == NULL) {
        return 0;
    }

    n = 0;

    for (i = 0; i < site->policy->nevents; i++) {
        n += (site->policy->events[i].gate != RFL_GATE_CLOSED);
    }

    return (n == 1) ? 0 : n;
}


int
rfl_fill_offer(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_ask_field_e ask, unsigned i, rfl_tpl_value_t *value,
    rfl_tpl_value_t *label)
{
    rfl_buf_t             b;
    const rfl_event_t    *event;
    const rfl_catalog_t  *catalog;

    catalog = site->catalogs[lang];

    if (ask == RFL_ASK_COUNTRY) {
        value->text = site->countries[i];

        rfl_buf_init(&b, 0);
        rfl_catalog_country(catalog, &value->text, &b);

        return rfl_fill_buf(pool, &b, label);
    }

    if (ask == RFL_ASK_EVENT) {

        for (event = site->policy->events; /* void */ ; event++) {

            if (event->gate != RFL_GATE_CLOSED && i-- == 0) {
                break;
            }
        }

        value->text = event->id;
        rfl_fill_texts(&event->names, rfl_catalog_lang(catalog), label);

        return RFL_OK;
    }

    value->text = rfl_ask_fields[ask].list[i + 1];

    return RFL_OK;
}


/* the same sentence above, with a link to the field, and beside it */

static int
rfl_step_faults(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_step_t *step, const rfl_ask_fault_e *faults,
    rfl_tpl_value_t *values)
{
    int               word;
    unsigned          i, n;
    rfl_buf_t         b;
    rfl_tpl_value_t  *item, *fault;
    const rfl_str_t  *name;

    n = 0;

    for (i = 0; i < step->n; i++) {
        n += (faults[i] != RFL_ASK_FAULT_NONE);
    }

    if (n == 0) {
        return RFL_OK;
    }

    if (rfl_page_list(pool, &values[RFL_VS_FAULTS], n, RFL_VF_N) != RFL_OK) {
        return RFL_ERROR;
    }

    n = 0;

    for (i = 0; i < step->n; i++) {

        if (faults[i] == RFL_ASK_FAULT_NONE) {
            continue;
        }

        item = values[RFL_VS_FAULTS].items[n++];
        fault = &values[RFL_VS_FIELDS].items[i][RFL_VA_FAULT];
        name = &rfl_ask_fields[step->fields[i]].name;
        word = site->words.ask_faults[step->fields[i]][faults[i]];

        rfl_fill_word(site, lang, word, fault);
        item[RFL_VF_TEXT] = *fault;

        rfl_buf_init(&b, 0);
        rfl_buf_byte(&b, '#');
        rfl_buf_append(&b, name->data, name->len);

        if (rfl_fill_buf(pool, &b, &item[RFL_VF_URL]) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


unsigned
rfl_fill_ltr(rfl_ask_field_e ask)
{
    return rfl_step_types[rfl_ask_fields[ask].type].ltr
           || ask == RFL_ASK_CODE;
}
