
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages_form.c: fills the pages of the forms from the tables of
 * rfl_form.h: a step with its fields, the check page, the sent page and the
 * text to be kept.  Everything lives in the caller's pool, is wiped with it,
 * or points into what was passed in.
 */


#include "rfl_pages_form.h"
#include "rfl_pages_int.h"


#define RFL_MARK_LTR     "\xe2\x81\xa6"        /* LRI: codes and numbers */
#define RFL_MARK_ANY     "\xe2\x81\xa8"        /* FSI: words of people */
#define RFL_MARK_END     "\xe2\x81\xa9"        /* PDI */


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
static unsigned rfl_step_offered(const rfl_site_t *site, rfl_ask_field_e ask);
static int rfl_step_offer(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, rfl_ask_field_e ask, unsigned i, rfl_tpl_value_t *value,
    rfl_tpl_value_t *label);
static int rfl_step_faults(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_step_t *step, const rfl_ask_fault_e *faults,
    rfl_tpl_value_t *values);
static int rfl_check_group(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_submission_t *s, unsigned step,
    rfl_tpl_value_t *item);
static int rfl_sent_codes(rfl_pool_t *pool, const rfl_submission_t *s,
    const u_char *code, rfl_tpl_value_t values[3]);
static unsigned rfl_sent_next(const rfl_site_t *site, rfl_form_e form,
    int words[3]);
static void rfl_sent_line(rfl_buf_t *out, const rfl_site_t *site,
    unsigned lang, int word, const char *mark, const rfl_str_t *text);


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
    item[RFL_VA_LTR].number = (rfl_step_types[field->type].ltr
                               || ask == RFL_ASK_CODE);

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
    n = rfl_step_offered(site, ask);

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
        rfl_fill_word(site, lang, site->words.texts[RFL_TEXT_ANY],
                      &item[RFL_VA_OPTIONS].items[k++][RFL_VC_LABEL]);
    }

    for (i = 0; i < n; i++) {
        option = item[RFL_VA_OPTIONS].items[k++];

        if (rfl_step_offer(pool, site, lang, ask, i, &option[RFL_VC_VALUE],
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

static unsigned
rfl_step_offered(const rfl_site_t *site, rfl_ask_field_e ask)
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


static int
rfl_step_offer(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
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


int
rfl_page_check(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, const rfl_str_t *state, const rfl_str_t *entry,
    const rfl_entry_token_t *token, rfl_tpl_value_t *values)
{
    unsigned           i;
    const int         *words;
    const rfl_form_t  *form;

    form = &rfl_forms[s->form];
    words = site->words.forms[s->form];

    if (rfl_page_of_form(pool, site, lang, s->form, state, entry, token,
                         values) != RFL_OK
        || rfl_page_list(pool, &values[RFL_VS_GROUPS], form->nsteps, RFL_VG_N)
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    rfl_fill_word(site, lang, words[RFL_FORM_SEND], &values[RFL_VS_SEND]);
    rfl_fill_word(site, lang, words[RFL_FORM_NOTE], &values[RFL_VS_NOTE]);

    for (i = 0; i < form->nsteps; i++) {

        if (rfl_check_group(pool, site, lang, s, i,
                            values[RFL_VS_GROUPS].items[i])
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_check_group(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, unsigned step, rfl_tpl_value_t *item)
{
    unsigned           i, n;
    rfl_buf_t          b;
    rfl_ask_field_e    ask;
    const rfl_step_t  *st;

    st = &rfl_forms[s->form].steps[step];

    rfl_fill_word(site, lang, site->words.steps[s->form][step][0],
                  &item[RFL_VG_TITLE]);

    rfl_buf_init(&b, 0);
    rfl_buf_printf(&b, "change-%u", step);

    if (rfl_fill_buf(pool, &b, &item[RFL_VG_GO]) != RFL_OK) {
        return RFL_ERROR;
    }

    n = 0;

    for (i = 0; i < st->n; i++) {
        ask = st->fields[i];
        n += (rfl_ask_fields[ask].type != RFL_ASK_SELECT
              || rfl_step_offered(site, ask) != 0);
    }

    if (rfl_page_list(pool, &item[RFL_VG_ROWS], n, RFL_VR_N) != RFL_OK) {
        return RFL_ERROR;
    }

    n = 0;

    for (i = 0; i < st->n; i++) {
        ask = st->fields[i];

        if (rfl_ask_fields[ask].type == RFL_ASK_SELECT
            && rfl_step_offered(site, ask) == 0)
        {
            continue;
        }

        if (rfl_page_answer(pool, site, lang, s, ask,
                            item[RFL_VG_ROWS].items[n++])
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


int
rfl_page_answer(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, rfl_ask_field_e ask, rfl_tpl_value_t *item)
{
    int                        word;
    unsigned                   i, n, chosen;
    rfl_tpl_value_t            value, label;
    const rfl_ask_field_t     *field;
    const rfl_answer_value_t  *answer;

    field = &rfl_ask_fields[ask];
    answer = &s->values[ask];

    rfl_fill_word(site, lang, site->words.asks[s->form][ask][0],
                  &item[RFL_VR_LABEL]);

    if (field->type != RFL_ASK_CHOICE && field->type != RFL_ASK_SELECT
        && field->type != RFL_ASK_SEVERAL)
    {
        item[RFL_VR_VALUE].text = answer->text;
        item[RFL_VR_LTR].number = (rfl_step_types[field->type].ltr
                                   || ask == RFL_ASK_CODE);
        item[RFL_VR_NONE].number = (answer->text.len == 0);

        return RFL_OK;
    }

    /* bit i: value i, from 1, of the list that was chosen from */

    chosen = 0;
    n = 0;

    if (field->nlist != NULL) {
        chosen = (field->type == RFL_ASK_SEVERAL)
                 ? answer->several & ~1u
                 : (answer->choice == 0) ? 0 : 1u << answer->choice;

        for (i = 1; i < *field->nlist; i++) {
            n += (chosen >> i) & 1;
        }

    } else if (answer->text.len != 0) {
        n = 1;
    }

    if (n == 0) {
        item[RFL_VR_NONE].number = 1;
        return RFL_OK;
    }

    if (rfl_page_list(pool, &item[RFL_VR_WORDS], n, 1) != RFL_OK) {
        return RFL_ERROR;
    }

    n = 0;

    if (field->nlist != NULL) {

        for (i = 1; i < *field->nlist; i++) {

            if ((chosen >> i) & 1) {
                word = site->words.values[s->form][ask][i];
                rfl_fill_word(site, lang, word,
                              item[RFL_VR_WORDS].items[n++]);
            }
        }

        return RFL_OK;
    }

    for (i = 0; i < rfl_step_offered(site, ask); i++) {

        memset(&value, 0, sizeof(rfl_tpl_value_t));
        memset(&label, 0, sizeof(rfl_tpl_value_t));

        if (rfl_step_offer(pool, site, lang, ask, i, &value, &label)
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        if (rfl_str_eq(&value.text, &answer->text)) {
            *item[RFL_VR_WORDS].items[0] = label;
            return RFL_OK;
        }
    }

    /* it is not offered any more: what it was called is better than nothing */

    item[RFL_VR_WORDS].items[0][0].text = answer->text;

    return RFL_OK;
}


int
rfl_page_sent(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, const u_char *code, const rfl_str_t *state,
    rfl_tpl_value_t *values)
{
    int       words[3];
    unsigned  i, n;

    if (rfl_page_of_form(pool, site, lang, s->form, state, NULL, NULL, values)
        != RFL_OK
        || rfl_sent_codes(pool, s, code, &values[RFL_VS_RECEIPT]) != RFL_OK)
    {
        return RFL_ERROR;
    }

    rfl_fill_word(site, lang, site->words.forms[s->form][RFL_FORM_DONE],
                  &values[RFL_VS_DONE]);

    n = rfl_sent_next(site, s->form, words);

    if (rfl_page_list(pool, &values[RFL_VS_NEXT], n, 1) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < n; i++) {
        rfl_fill_word(site, lang, words[i], values[RFL_VS_NEXT].items[i]);
    }

    return RFL_OK;
}


/* the reference twice, and the code: in the order of RFL_VS_RECEIPT */

static int
rfl_sent_codes(rfl_pool_t *pool, const rfl_submission_t *s,
    const u_char *code, rfl_tpl_value_t values[3])
{
    u_char  *text;

    text = rfl_palloc(pool, RFL_RECEIPT_TEXT_SIZE + RFL_RECEIPT_DIGITS_SIZE
                            + RFL_HIDE_TEXT_SIZE);
    if (text == NULL) {
        return RFL_ERROR;
    }

    rfl_receipt_format(s->id, text, text + RFL_RECEIPT_TEXT_SIZE);

    values[0].text.data = text;
    values[0].text.len = RFL_RECEIPT_TEXT_SIZE;
    values[1].text.data = text + RFL_RECEIPT_TEXT_SIZE;
    values[1].text.len = RFL_RECEIPT_DIGITS_SIZE;

    rfl_str_null(&values[2].text);

    if (code != NULL) {
        text += RFL_RECEIPT_TEXT_SIZE + RFL_RECEIPT_DIGITS_SIZE;
        rfl_hide_format(code, text);

        values[2].text.data = text;
        values[2].text.len = RFL_HIDE_TEXT_SIZE;
    }

    return RFL_OK;
}


static unsigned
rfl_sent_next(const rfl_site_t *site, rfl_form_e form, int words[3])
{
    unsigned  i, n;

    n = 0;

    for (i = RFL_FORM_NEXT; i <= RFL_FORM_NEXT3; i++) {

        if (site->words.forms[form][i] != -1) {
            words[n++] = site->words.forms[form][i];
        }
    }

    return n;
}


/*
 * A file has no markup: isolates keep codes and numbers in their order, and
 * a mark at its start gives the direction to programs that go by it.
 */

int
rfl_page_sent_text(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, const u_char *code, rfl_buf_t *out)
{
    int                   words[3];
    unsigned              i, n;
    const int            *texts;
    rfl_tpl_value_t       codes[3], title, contact;
    const rfl_catalog_t  *catalog;

    texts = site->words.texts;
    catalog = site->catalogs[lang];

    memset(codes, 0, sizeof(codes));
    memset(&title, 0, sizeof(rfl_tpl_value_t));
    memset(&contact, 0, sizeof(rfl_tpl_value_t));

    if (rfl_sent_codes(pool, s, code, codes) != RFL_OK) {
        return RFL_ERROR;
    }

    rfl_buf_literal(out, "\xef\xbb\xbf");

    if (rfl_catalog_rtl(catalog)) {
        rfl_buf_literal(out, "\xe2\x80\x8f");
    }

    rfl_buf_append(out, site->name.data, site->name.len);
    rfl_buf_literal(out, "\r\n");

    rfl_sent_line(out, site, lang, site->words.forms[s->form][RFL_FORM_TITLE],
                  NULL, NULL);

    if (s->day != 0) {
        rfl_catalog_day(catalog, s->day, out);
        rfl_buf_literal(out, "\r\n");
    }

    rfl_buf_literal(out, "\r\n");
    rfl_sent_line(out, site, lang, texts[RFL_TEXT_RECEIPT], RFL_MARK_LTR,
                  &codes[0].text);
    rfl_sent_line(out, site, lang, texts[RFL_TEXT_DIGITS], RFL_MARK_LTR,
                  &codes[1].text);

    if (code != NULL) {
        rfl_buf_literal(out, "\r\n");
        rfl_sent_line(out, site, lang, texts[RFL_TEXT_CODE], RFL_MARK_LTR,
                      &codes[2].text);
        rfl_sent_line(out, site, lang, texts[RFL_TEXT_CODE_WHY], NULL, NULL);
    }

    rfl_buf_literal(out, "\r\n");
    rfl_sent_line(out, site, lang, texts[RFL_TEXT_NEXT], NULL, NULL);

    n = rfl_sent_next(site, s->form, words);

    for (i = 0; i < n; i++) {
        rfl_buf_literal(out, "- ");
        rfl_sent_line(out, site, lang, words[i], NULL, NULL);
    }

    if (site->society != NULL) {
        rfl_fill_texts(&site->society->names, rfl_catalog_lang(catalog),
                       &contact);

        rfl_buf_literal(out, "\r\n");
        rfl_sent_line(out, site, lang, texts[RFL_TEXT_CONTACT], RFL_MARK_ANY,
                      &contact.text);

        if (site->society->phone.len != 0) {
            rfl_sent_line(out, site, lang, texts[RFL_TEXT_PHONE],
                          RFL_MARK_LTR, &site->society->phone);
        }
    }

    return out->failed ? RFL_ERROR : RFL_OK;
}


/* words, and a text between a mark and its end */

static void
rfl_sent_line(rfl_buf_t *out, const rfl_site_t *site, unsigned lang, int word,
    const char *mark, const rfl_str_t *text)
{
    const rfl_str_t  *words;

    words = rfl_catalog_text(site->catalogs[lang], word);

    if (words != NULL) {
        rfl_buf_append(out, words->data, words->len);

        if (text != NULL && words->len != 0
            && words->data[words->len - 1] != ':')
        {
            rfl_buf_byte(out, ':');
        }
    }

    if (text != NULL) {
        rfl_buf_byte(out, ' ');
        rfl_buf_append(out, mark, strlen(mark));
        rfl_buf_append(out, text->data, text->len);
        rfl_buf_literal(out, RFL_MARK_END);
    }

    rfl_buf_literal(out, "\r\n");
}
