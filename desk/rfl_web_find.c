
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_find.c: a published entry by its reference or by a name, and the
 * page of one that no item is of, since rflctl published it.  Names are
 * asked for by POST only.
 */


#include "rfl_web_int.h"


static int rfl_web_find_ref(rfl_web_ask_t *ask,
    const u_char ref[RFL_REF_SIZE]);
static int rfl_web_find_name(rfl_web_ask_t *ask, const rfl_str_t *text,
    rfl_tpl_value_t *list);
static int rfl_web_entry_show(rfl_web_ask_t *ask,
    const u_char ref[RFL_REF_SIZE], unsigned status);


#define RFL_WEB_FIND_CHARS   200


int
rfl_web_find(rfl_web_ask_t *ask)
{
    u_char            ref[RFL_REF_SIZE];
    rfl_str_t         typed, text;
    rfl_tpl_value_t  *values;

    typed = ask->in->post ? rfl_web_field(ask, "find") : ask->arg;

    if (rfl_ref_parse(typed.data, typed.len, ref) == RFL_OK) {
        return rfl_web_find_ref(ask, ref);
    }

    values = rfl_web_values(ask, RFL_WEB_FIND);
    if (values == NULL) {
        return RFL_ERROR;
    }

    values[RFL_WF_TEXT].text = typed;
    values[RFL_WF_ASKED].number = (typed.len != 0);

    if (typed.len != 0
        && rfl_text_line(ask->pool, &typed, RFL_WEB_FIND_CHARS, &text)
           == RFL_OK
        && rfl_web_find_name(ask, &text, &values[RFL_WF_FOUND]) != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_web_render(ask, RFL_WEB_FIND, values, 200);
}


/* the item of it, if there is one: it can do more */

static int
rfl_web_find_ref(rfl_web_ask_t *ask, const u_char ref[RFL_REF_SIZE])
{
    int         rc;
    u_char      id[RFL_ITEM_ID_TEXT], text[RFL_REF_TEXT_SIZE];
    rfl_item_t  item;

    rc = rfl_item_by_ref(ask->work, ask->pool, ref, &item, ask->notice);

    if (rc == RFL_OK) {
        rfl_item_id_format(item.head.id, id);
        return rfl_web_redirect(ask, "item/%.*s", RFL_ITEM_ID_TEXT,
                                (char *) id);
    }

    if (rc != RFL_DECLINED) {
        return rfl_web_error(ask, 503, "away");
    }

    ask->notice->text[0] = '\0';
    rfl_ref_format(ref, text);

    return rfl_web_redirect(ask, "entry/%.*s", RFL_REF_TEXT_SIZE,
                            (char *) text);
}


/* by the same code that tells likely pairs, in both lists */

static int
rfl_web_find_name(rfl_web_ask_t *ask, const rfl_str_t *text,
    rfl_tpl_value_t *list)
{
    unsigned        n;
    rfl_item_t     *item;
    rfl_likely_t   *found;
    rfl_matches_t  *matches;

    item = rfl_pcalloc(ask->pool, sizeof(rfl_item_t));
    matches = rfl_pcalloc(ask->pool, sizeof(rfl_matches_t));
    found = rfl_pcalloc(ask->pool, 2 * RFL_MATCH_MAX * sizeof(rfl_likely_t));

    if (item == NULL || matches == NULL || found == NULL) {
        return RFL_ERROR;
    }

    item->has_draft = 1;
    item->head.kind = RFL_ITEM_ALIVE;
    item->draft.e.kind = RFL_KIND_ALIVE;
    item->draft.e.nnames = 1;
    item->draft.e.names[0].full = *text;

    if (rfl_web_ready(ask->web)
        && rfl_match_refresh(ask->web->match, ask->work, ask->notice)
           != RFL_OK)
    {
        ask->refused = "find.away";
        return RFL_OK;
    }

    if (rfl_match_find(ask->web->match, ask->work, ask->pool, item, matches,
                       ask->notice)
        != RFL_OK)
    {
        ask->refused = "find.away";
        return RFL_OK;
    }

    if (matches->stale) {
        ask->refused = "find.stale";
    }

    n = matches->nsame;
    memcpy(found, matches->same, n * sizeof(rfl_likely_t));
    memcpy(found + n, matches->match, matches->nmatch * sizeof(rfl_likely_t));

    return rfl_web_likely_list(ask, found, n + matches->nmatch, list);
}


int
rfl_web_entry(rfl_web_ask_t *ask)
{
    u_char  ref[RFL_REF_SIZE];

    if (rfl_ref_parse(ask->arg.data, ask->arg.len, ref) != RFL_OK) {
        return rfl_web_error(ask, 404, "not_found");
    }

    return rfl_web_entry_show(ask, ref, 200);
}


static int
rfl_web_entry_show(rfl_web_ask_t *ask, const u_char ref[RFL_REF_SIZE],
    unsigned status)
{
    int               rc;
    u_char            token[RFL_TOKEN_SIZE], *text;
    rfl_item_t       *item;
    rfl_stored_t      stored;
    rfl_tpl_value_t  *values;

    rfl_store_ref_token(&ask->work->desk.keys, ref, token);

    rc = rfl_store_get(&ask->work->desk.desk, ask->pool,
                       &ask->work->desk.keys, RFL_STORE_REGISTER, token,
                       &stored, ask->notice);

    if (rc == RFL_DECLINED) {
        ask->notice->text[0] = '\0';
        return rfl_web_error(ask, 404, "no_entry");
    }

    if (rc != RFL_OK) {
        return rfl_web_error(ask, 503, "away");
    }

    item = rfl_pcalloc(ask->pool, sizeof(rfl_item_t));
    text = rfl_palloc(ask->pool, RFL_REF_TEXT_SIZE);
    values = rfl_web_values(ask, RFL_WEB_ENTRY);

    if (item == NULL || text == NULL || values == NULL) {
        return RFL_ERROR;
    }

    rfl_ref_format(ref, text);

    values[RFL_WI_REF].text.data = text;
    values[RFL_WI_REF].text.len = RFL_REF_TEXT_SIZE;
    values[RFL_WI_URL].text = rfl_web_url(ask, "entry/%.*s",
                                          RFL_REF_TEXT_SIZE, (char *) text);
    values[RFL_WI_LIVE].number = 1;
    values[RFL_WI_EVENT].text = rfl_web_event(ask, &stored.draft.e.event);
    values[RFL_WI_ARRIVED].text = rfl_web_time(ask, stored.published);

    return (rfl_web_previews(ask, &stored.draft.e, &values[RFL_WI_PREVIEWS])
            == RFL_OK
            && rfl_web_decide(ask, item, NULL, values) == RFL_OK)
           ? rfl_web_render(ask, RFL_WEB_ENTRY, values, status) : RFL_ERROR;
}


/* the one thing that can be done to it here */

int
rfl_web_entry_act(rfl_web_ask_t *ask)
{
    int            rc;
    u_char         ref[RFL_REF_SIZE];
    unsigned       i;
    rfl_str_t      reason, note;
    rfl_outcome_t  outcome;

    if (rfl_ref_parse(ask->arg.data, ask->arg.len, ref) != RFL_OK) {
        return rfl_web_error(ask, 404, "not_found");
    }

    reason = rfl_web_field(ask, "reason");
    note = rfl_web_field(ask, "note");

    for (i = 1; i < rfl_nreasons; i++) {
        if (rfl_str_eq(&rfl_reasons[i], &reason)) {
            break;
        }
    }

    if (i == rfl_nreasons) {
        ask->refused = "refused.reason";
        return rfl_web_entry_show(ask, ref, 400);
    }

    memset(&outcome, 0, sizeof(rfl_outcome_t));

    rc = rfl_review_withdraw_ref(ask->work, ref, i, &note, &outcome,
                                 ask->notice);
    rfl_outcome_free(&outcome);

    if (rc == RFL_OK) {
        return rfl_web_redirect(ask, "find?done=withdraw");
    }

    if (rc != RFL_DECLINED) {
        return rfl_web_error(ask, 503, "away");
    }

    ask->notice->text[0] = '\0';
    ask->refused = "refused.state";

    return rfl_web_entry_show(ask, ref, 409);
}
