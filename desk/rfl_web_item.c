
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_item.c: the page of one item, in three columns: as it was sent, as
 * it will be published, and what stays private; with what stands against it,
 * who it may be, what was done, and the buttons that do something now.
 */


#include "rfl_web_int.h"


static int rfl_web_show_head(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values);
static int rfl_web_show_public(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values);
static const char *rfl_web_public_name(const rfl_head_t *head);
static int rfl_web_show_entry(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values);
static int rfl_web_show_sent(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values);
static int rfl_web_show_answer(rfl_web_ask_t *ask, const rfl_submission_t *s,
    rfl_ask_field_e field, rfl_tpl_value_t *row);
static int rfl_web_show_hints(rfl_web_ask_t *ask, const rfl_str_t *text,
    rfl_tpl_value_t *list);
static unsigned rfl_web_show_field(rfl_ask_field_e field);
static void rfl_web_show_consent(const rfl_item_t *item, unsigned consent,
    unsigned allowed, rfl_tpl_value_t *row);
static int rfl_web_show_stands(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values);
static int rfl_web_show_about(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values);
static int rfl_web_show_history(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values);


#define RFL_WEB_ABOUT_MAX    20

/* beside RFL_SHOW_*: who may be searched for is shown with name and event */
#define RFL_WEB_NAMES        0x1000


/* what of an answer may become public, by its consent; 0: nothing of it */

static const struct {
    rfl_ask_field_e  field;
    unsigned         consent;
} rfl_web_public[] = {
    { RFL_ASK_NAME, RFL_WEB_NAMES },
    { RFL_ASK_NAME_OTHER, RFL_WEB_NAMES },
    { RFL_ASK_EVENT, RFL_WEB_NAMES },
    { RFL_ASK_BIRTH_YEAR, RFL_SHOW_AGE_BAND },
    { RFL_ASK_AGE, RFL_SHOW_AGE_BAND },
    { RFL_ASK_SEX, RFL_SHOW_SEX },
    { RFL_ASK_COUNTRY, RFL_SHOW_ORIGIN },
    { RFL_ASK_STATUS, RFL_SHOW_STATUS },
    { RFL_ASK_RELATION, RFL_SHOW_RELATION }
};

#define RFL_WEB_PUBLIC  (sizeof(rfl_web_public) / sizeof(rfl_web_public[0]))


/* seen by GET; a button was pressed by POST */

int
rfl_web_item(rfl_web_ask_t *ask)
{
    int         rc;
    u_char      id[RFL_SUBMISSION_ID_SIZE];
    rfl_item_t  item;

    if (rfl_item_id_parse(ask->arg.data, ask->arg.len, id) != RFL_OK) {
        return rfl_web_error(ask, 404, "not_found");
    }

    rc = rfl_item_get(ask->work, ask->pool, id, &item, ask->notice);

    if (rc == RFL_DECLINED) {
        ask->notice->text[0] = '\0';
        return rfl_web_error(ask, 404, "gone");
    }

    if (rc != RFL_OK) {
        return rfl_web_away(ask);
    }

    return ask->in->post ? rfl_web_act(ask, &item)
                         : rfl_web_show(ask, &item, NULL, NULL, 200);
}


int
rfl_web_show(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, const rfl_outcome_t *outcome,
    unsigned status)
{
    rfl_tpl_value_t  *values;

    values = rfl_web_values(ask, RFL_WEB_ITEM);

    /* what is opened from this page leads back to it */

    ask->from = ask->arg;

    if (values == NULL
        || rfl_web_show_head(ask, item, values) != RFL_OK
        || rfl_web_show_sent(ask, item, values) != RFL_OK
        || rfl_web_show_public(ask, item, values) != RFL_OK
        || rfl_web_show_about(ask, item, values) != RFL_OK
        || rfl_web_show_history(ask, item, values) != RFL_OK
        || rfl_web_likely(ask, item, values) != RFL_OK
        || rfl_web_decide(ask, item, action, values) != RFL_OK
        || rfl_web_edit(ask, item, action, values) != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (outcome != NULL && outcome->refused == RFL_REFUSED_VERSION
        && rfl_web_sides(ask, item, action, values) != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_web_render(ask, RFL_WEB_ITEM, values, status);
}


static int
rfl_web_show_head(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values)
{
    u_char            *ref;
    rfl_str_t          path;
    rfl_filter_t       place;
    rfl_tpl_value_t   *line;
    const rfl_head_t  *head;

    head = &item->head;

    if (rfl_web_place(ask, &place) != RFL_OK) {
        place.queue = rfl_item_queue(head, ask->in->now);
    }

    path = rfl_web_place_path(ask, "queue", &place, "");

    /* the same words as in its line of a list */

    line = rfl_pcalloc(ask->pool, RFL_WH_N * sizeof(rfl_tpl_value_t));
    ref = rfl_palloc(ask->pool, RFL_REF_TEXT_SIZE);

    if (line == NULL || ref == NULL) {
        return RFL_ERROR;
    }

    rfl_web_head(ask, head, &rfl_queues[place.queue], line);

    values[RFL_WI_URL].text = rfl_web_url(ask, "item/%.*s",
                                          (int) ask->arg.len,
                                          (char *) ask->arg.data);
    values[RFL_WI_QUEUE].text = rfl_web_place_text(ask, &place);
    values[RFL_WI_QUEUE_NAME].text = rfl_web_word(ask, "queue",
                                                  &rfl_queues[place.queue]);
    values[RFL_WI_QUEUE_URL].text = rfl_web_url(ask, "%.*s", (int) path.len,
                                                (char *) path.data);
    values[RFL_WI_ID].text = line[RFL_WH_ID].text;
    values[RFL_WI_KIND].text = line[RFL_WH_KIND].text;
    values[RFL_WI_STATE].text = line[RFL_WH_STATE].text;
    values[RFL_WI_EVENT].text = line[RFL_WH_EVENT].text;
    values[RFL_WI_TONGUE].text = line[RFL_WH_TONGUE].text;
    values[RFL_WI_CLAIM].text = line[RFL_WH_CLAIM].text;
    values[RFL_WI_ARRIVED].text = rfl_web_time(ask, head->arrived);
    values[RFL_WI_VERSION].number = head->version;
    values[RFL_WI_OPENED].number = ask->in->now;
    values[RFL_WI_HIDDEN].number = head->hidden;
    values[RFL_WI_LIVE].number = head->live;
    values[RFL_WI_NEVER].number = (item->has_draft && !head->live);
    values[RFL_WI_APPROVER].text = rfl_web_who(ask, &head->approver);

    if (head->has_ref) {
        rfl_ref_format(head->ref, ref);
        values[RFL_WI_REF].text.data = ref;
        values[RFL_WI_REF].text.len = RFL_REF_TEXT_SIZE;
    }

    if (!head->live) {
        values[RFL_WI_PROOF].text = rfl_web_proof(ask);
    }

    return RFL_OK;
}


/*
 * As it will be published, with what stands against it; or the entry that it
 * is about, if visitors can see one.
 */

static int
rfl_web_show_public(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values)
{
    values[RFL_WI_PUBLIC].text =
        rfl_web_say(ask, rfl_web_public_name(&item->head), NULL, 0);

    if (!item->has_draft) {
        return rfl_web_show_entry(ask, item, values);
    }

    if (item->draft.e.consent != RFL_CONSENT_SEARCHABLE) {
        values[RFL_WI_CLOSED].number = 1;
        return RFL_OK;
    }

    return (rfl_web_show_stands(ask, item, values) == RFL_OK
            && rfl_web_previews(ask, &item->draft.e,
                                &values[RFL_WI_PREVIEWS])
               == RFL_OK)
           ? RFL_OK : RFL_ERROR;
}


/* what is public, what will be, and what nobody but the desk will see */

static const char *
rfl_web_public_name(const rfl_head_t *head)
{
    if (head->live && !head->hidden
        && (head->state == RFL_ITEM_PUBLISHED
            || head->state == RFL_ITEM_WITHDRAWING))
    {
        return "entry.shown";
    }

    return (head->hidden || head->state == RFL_ITEM_PUBLISHED
            || head->state >= RFL_ITEM_KEPT)
           ? "item.not_public" : "item.public";
}


static int
rfl_web_show_entry(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values)
{
    int           rc;
    u_char        token[RFL_TOKEN_SIZE], ref[RFL_REF_TEXT_SIZE];
    rfl_err_t     err;
    rfl_stored_t  stored;

    if (!item->head.has_ref) {

        if (item->head.kind == RFL_ITEM_WITHDRAW) {
            values[RFL_WI_SEEK_URL].text =
                rfl_web_url(ask, "find?from=%.*s", (int) ask->from.len,
                            (char *) ask->from.data);
        }

        return RFL_OK;
    }

    rfl_store_ref_token(&ask->work->desk.keys, item->head.ref, token);

    rc = rfl_store_get(&ask->work->desk.desk, ask->pool,
                       &ask->work->desk.keys, RFL_STORE_REGISTER, token,
                       &stored, &err);

    /* what cannot be read now is not called gone */

    values[RFL_WI_OF_ENTRY].number = (rc == RFL_OK || rc == RFL_DECLINED);

    if (rc != RFL_OK) {
        return RFL_OK;
    }

    rfl_ref_format(item->head.ref, ref);
    values[RFL_WI_ENTRY_URL].text = rfl_web_url(ask, "entry/%.*s?from=%.*s",
                                                RFL_REF_TEXT_SIZE,
                                                (char *) ref,
                                                (int) ask->from.len,
                                                (char *) ask->from.data);

    return rfl_web_previews(ask, &stored.draft.e, &values[RFL_WI_PREVIEWS]);
}


static int
rfl_web_show_sent(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values)
{
    unsigned                 i, j, n, private, consent, allowed;
    rfl_tpl_value_t         *row;
    rfl_ask_field_e          field;
    const rfl_form_t        *form;
    const rfl_submission_t  *s;

    if (!item->has_submission) {
        return RFL_OK;
    }

    s = &item->submission;
    form = &rfl_forms[s->form];
    allowed = rfl_draft_consented(s);

    if (item->has_draft && item->draft.e.consent == RFL_CONSENT_SEARCHABLE) {
        allowed |= RFL_WEB_NAMES;
    }

    for (n = 0, private = 0, i = 0; i < form->nsteps; i++) {
        for (j = 0; j < form->steps[i].n; j++) {
            n++;
            private += (rfl_web_show_field(form->steps[i].fields[j]) == 0);
        }
    }

    if (rfl_web_list(ask, &values[RFL_WI_SENT], n, RFL_WS_N) != RFL_OK
        || rfl_web_list(ask, &values[RFL_WI_PRIVATE], private, RFL_WS_N)
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (n = 0, private = 0, i = 0; i < form->nsteps; i++) {

        for (j = 0; j < form->steps[i].n; j++) {

            field = form->steps[i].fields[j];
            row = values[RFL_WI_SENT].items[n++];

            if (rfl_web_show_answer(ask, s, field, row) != RFL_OK) {
                return RFL_ERROR;
            }

            consent = rfl_web_show_field(field);

            rfl_web_show_consent(item, consent, allowed, row);

            if (consent == 0) {
                memcpy(values[RFL_WI_PRIVATE].items[private++], row,
                       RFL_WS_N * sizeof(rfl_tpl_value_t));
            }
        }
    }

    return RFL_OK;
}


static unsigned
rfl_web_show_field(rfl_ask_field_e field)
{
    size_t  i;

    for (i = 0; i < RFL_WEB_PUBLIC; i++) {
        if (rfl_web_public[i].field == field) {
            return rfl_web_public[i].consent;
        }
    }

    return 0;
}


static void
rfl_web_show_consent(const rfl_item_t *item, unsigned consent,
    unsigned allowed, rfl_tpl_value_t *row)
{
    if (!item->has_draft) {
        return;
    }

    if ((consent & allowed) == 0) {
        row[RFL_WS_NOT_SHOWN].number = 1;

    } else if (consent == RFL_SHOW_AGE_BAND) {
        row[RFL_WS_BAND].number = 1;

    } else {
        row[RFL_WS_SHOWN].number = 1;
    }
}


/* label and words of one answer, and what it reminds of */

static int
rfl_web_show_answer(rfl_web_ask_t *ask, const rfl_submission_t *s,
    rfl_ask_field_e field, rfl_tpl_value_t *row)
{
    int64_t          i;
    rfl_buf_t        b;
    rfl_tpl_value_t  answer[RFL_VR_N];

    memset(answer, 0, sizeof(answer));

    if (rfl_page_answer(ask->pool, &ask->web->site, ask->lang, s, field,
                        answer)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    row[RFL_WS_LABEL].text = answer[RFL_VR_LABEL].text;
    row[RFL_WS_TEXT].text = answer[RFL_VR_VALUE].text;

    if (answer[RFL_VR_WORDS].number != 0) {

        rfl_buf_init(&b, 0);

        if (field == RFL_ASK_COUNTRY) {
            rfl_catalog_country(ask->web->catalogs[ask->lang],
                                &s->values[field].text, &b);
        }

        for (i = 0; field != RFL_ASK_COUNTRY
                    && i < answer[RFL_VR_WORDS].number; i++)
        {
            if (i != 0) {
                rfl_buf_literal(&b, " · ");
            }

            rfl_buf_append(&b, answer[RFL_VR_WORDS].items[i][0].text.data,
                           answer[RFL_VR_WORDS].items[i][0].text.len);
        }

        row[RFL_WS_TEXT].text = rfl_web_str(ask, &b);
        return RFL_OK;
    }

    /* where a number is asked for, one is no surprise */

    if (field == RFL_ASK_PHONE || field == RFL_ASK_EMAIL) {
        return RFL_OK;
    }

    return rfl_web_show_hints(ask, &row[RFL_WS_TEXT].text,
                              &row[RFL_WS_HINTS]);
}


static int
rfl_web_show_hints(rfl_web_ask_t *ask, const rfl_str_t *text,
    rfl_tpl_value_t *list)
{
    char          key[32];
    unsigned      i, n;
    rfl_hint_t    hints[RFL_GUARD_MAX];
    rfl_po_arg_t  arg;

    n = rfl_guard(text, ask->work->desk.policy->adult_age, ask->in->now,
                  hints);

    if (rfl_web_list(ask, list, n, 1) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < n; i++) {

        (void) snprintf(key, sizeof(key), "guard.%s",
                        (char *) rfl_guards[hints[i].kind].data);

        memset(&arg, 0, sizeof(rfl_po_arg_t));
        arg.text.data = text->data + hints[i].start;
        arg.text.len = hints[i].len;
        arg.isolate = 1;

        list->items[i][0].text = rfl_web_say(ask, key, &arg, 1);
    }

    return RFL_OK;
}


static int
rfl_web_show_stands(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values)
{
    int        rc;
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);

    rc = rfl_review_faults(ask->work, ask->pool, item, &b);

    if (rc != RFL_ERROR) {
        rc = rfl_web_lines(ask, &values[RFL_WI_STANDS], &b);
    }

    rfl_buf_free(&b);

    return rc;
}


/* messages, reports and requests about the same entry */

static int
rfl_web_show_about(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values)
{
    unsigned     i, n, shown;
    rfl_head_t  *heads;

    if (!item->head.has_ref) {
        return RFL_OK;
    }

    heads = rfl_pcalloc(ask->pool, RFL_WEB_ABOUT_MAX * sizeof(rfl_head_t));
    if (heads == NULL) {
        return RFL_ERROR;
    }

    if (rfl_item_about(ask->work, ask->pool, item->head.ref, heads,
                       RFL_WEB_ABOUT_MAX, &n, ask->notice)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (rfl_web_list(ask, &values[RFL_WI_ABOUT], n, RFL_WH_N) != RFL_OK) {
        return RFL_ERROR;
    }

    for (shown = 0, i = 0; i < n; i++) {

        if (memcmp(heads[i].id, item->head.id, RFL_SUBMISSION_ID_SIZE) == 0) {
            continue;
        }

        rfl_web_head(ask, &heads[i],
                     &rfl_queues[rfl_item_queue(&heads[i], ask->in->now)],
                     values[RFL_WI_ABOUT].items[shown++]);
    }

    values[RFL_WI_ABOUT].number = shown;

    return RFL_OK;
}


static int
rfl_web_show_history(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values)
{
    unsigned              i;
    rfl_tpl_value_t      *act;
    const rfl_history_t  *h;

    if (rfl_web_list(ask, &values[RFL_WI_HISTORY], item->nhistory, RFL_WT_N)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 0; i < item->nhistory; i++) {

        act = values[RFL_WI_HISTORY].items[i];
        h = &item->history[item->nhistory - 1 - i];

        act[RFL_WT_WHEN].text = rfl_web_time(ask, h->when);
        act[RFL_WT_WHO].text = rfl_web_who(ask, &h->who);
        act[RFL_WT_ACT].text = rfl_web_word(ask, "act", &rfl_acts[h->act]);
        act[RFL_WT_REASON].text = rfl_web_reason(ask, h->act,
                                        rfl_act_reason(h->act, h->reason));
        act[RFL_WT_NOTE].text = h->note;
    }

    return RFL_OK;
}
