
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages_sent.c: fills the pages after a form's last step: the check page,
 * the sent page, and the text to be kept.  Everything lives in the caller's
 * pool, is wiped with it, or points into what was passed in.
 */


#include "rfl_pages_form.h"
#include "rfl_pages_int.h"


#define RFL_MARK_LTR     "\xe2\x81\xa6"        /* LRI: codes and numbers */
#define RFL_MARK_ANY     "\xe2\x81\xa8"        /* FSI: words of people */
#define RFL_MARK_END     "\xe2\x81\xa9"        /* PDI */


static int rfl_check_group(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_submission_t *s, unsigned step,
    rfl_tpl_value_t *item);
static int rfl_answer_chosen(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_submission_t *s, rfl_ask_field_e ask,
    rfl_tpl_value_t *item);
static int rfl_answer_offered(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_str_t *text, rfl_ask_field_e ask,
    rfl_tpl_value_t *item);
static int rfl_sent_codes(rfl_pool_t *pool, const rfl_submission_t *s,
    const u_char *code, rfl_tpl_value_t values[3]);
static unsigned rfl_sent_next(const rfl_site_t *site, rfl_form_e form,
    int words[3]);
static void rfl_sent_line(rfl_buf_t *out, const rfl_site_t *site,
    unsigned lang, int word, const char *mark, const rfl_str_t *text);


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
              || rfl_fill_offered(site, ask) != 0);
    }

    if (rfl_page_list(pool, &item[RFL_VG_ROWS], n, RFL_VR_N) != RFL_OK) {
        return RFL_ERROR;
    }

    n = 0;

    for (i = 0; i < st->n; i++) {
        ask = st->fields[i];

        if (rfl_ask_fields[ask].type == RFL_ASK_SELECT
            && rfl_fill_offered(site, ask) == 0)
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
        item[RFL_VR_LTR].number = rfl_fill_ltr(ask);
        item[RFL_VR_NONE].number = (answer->text.len == 0);

        return RFL_OK;
    }

    if (field->nlist != NULL) {
        return rfl_answer_chosen(pool, site, lang, s, ask, item);
    }

    if (answer->text.len == 0) {
        item[RFL_VR_NONE].number = 1;
        return RFL_OK;
    }

    return rfl_answer_offered(pool, site, lang, &answer->text, ask, item);
}


/* one value, or several, of a closed list */

static int
rfl_answer_chosen(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_submission_t *s, rfl_ask_field_e ask, rfl_tpl_value_t *item)
{
    unsigned                   i, n, chosen;
    const rfl_ask_field_t     *field;
    const rfl_answer_value_t  *answer;

    field = &rfl_ask_fields[ask];
    answer = &s->values[ask];

    /* bit i: value i of the list; 0 is none */

    chosen = (field->type == RFL_ASK_SEVERAL) ? answer->several & ~1u
             : (answer->choice == 0) ? 0 : 1u << answer->choice;

    for (i = 1, n = 0; i < *field->nlist; i++) {
        n += (chosen >> i) & 1;
    }

    if (n == 0) {
        item[RFL_VR_NONE].number = 1;
        return RFL_OK;
    }

    if (rfl_page_list(pool, &item[RFL_VR_WORDS], n, 1) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 1, n = 0; i < *field->nlist; i++) {

        if ((chosen >> i) & 1) {
            rfl_fill_word(site, lang, site->words.values[s->form][ask][i],
                          item[RFL_VR_WORDS].items[n++]);
        }
    }

    return RFL_OK;
}


/* one of what the site offers: an event, a country, ... */

static int
rfl_answer_offered(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_str_t *text, rfl_ask_field_e ask, rfl_tpl_value_t *item)
{
    unsigned         i;
    rfl_tpl_value_t  value, label;

    if (rfl_page_list(pool, &item[RFL_VR_WORDS], 1, 1) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < rfl_fill_offered(site, ask); i++) {

        memset(&value, 0, sizeof(rfl_tpl_value_t));
        memset(&label, 0, sizeof(rfl_tpl_value_t));

        if (rfl_fill_offer(pool, site, lang, ask, i, &value, &label)
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        if (rfl_str_eq(&value.text, text)) {
            *item[RFL_VR_WORDS].items[0] = label;
            return RFL_OK;
        }
    }

    /* it is not offered any more: what it was called is better than nothing */

    item[RFL_VR_WORDS].items[0][0].text = *text;

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
