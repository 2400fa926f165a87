
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_find.c: an entry by its reference or by a name, what somebody sent
 * by its receipt, and the page of an entry that no item is of, since rflctl
 * published it.  Names are
 * asked for by POST only.
 */


#include "rfl_web_int.h"


static int rfl_web_find_number(rfl_web_ask_t *ask, const rfl_str_t *typed);
static int rfl_web_find_item(rfl_web_ask_t *ask,
    const u_char ref[RFL_REF_SIZE]);
static int rfl_web_find_open(rfl_web_ask_t *ask, int rc,
    const rfl_item_t *item);
static int rfl_web_find_name(rfl_web_ask_t *ask, const rfl_str_t *text,
    rfl_tpl_value_t *list);
static int rfl_web_entry_down(rfl_web_ask_t *ask, long long checked_at);
static int rfl_web_entry_refused(rfl_web_ask_t *ask,
    const u_char ref[RFL_REF_SIZE], rfl_refused_e refused);
static int rfl_web_entry_show(rfl_web_ask_t *ask,
    const u_char ref[RFL_REF_SIZE], unsigned status);


#define RFL_WEB_FIND_CHARS   200


int
rfl_web_find(rfl_web_ask_t *ask)
{
    int               rc;
    rfl_str_t         typed, text, proof;
    rfl_tpl_value_t  *values;

    /* of an entry that was taken down a moment ago */

    proof = rfl_web_proof(ask);

    if (proof.len != 0) {
        ask->said_word = proof;
    }

    typed = ask->in->post ? rfl_web_field(ask, "find") : ask->arg;

    rc = rfl_web_find_number(ask, &typed);
    if (rc != RFL_DECLINED) {
        return rc;
    }

    values = rfl_web_values(ask, RFL_WEB_FIND);
    if (values == NULL) {
        return RFL_ERROR;
    }

    /* what is found leads back to where one came from */

    ask->from = values[RFL_W_FROM].text;

    values[RFL_WF_ASKED].number = (typed.len != 0);

    if (typed.len != 0
        && rfl_text_line(ask->pool, &typed, RFL_WEB_FIND_CHARS, &text)
           == RFL_OK)
    {
        /* without marks of direction, which would turn the line around */

        values[RFL_WF_TEXT].text = text;

        if (rfl_web_find_name(ask, &text, &values[RFL_WF_FOUND]) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    if (ask->in->post && typed.len == 0 && ask->refused == NULL) {
        ask->refused = "find.empty";
    }

    /* that nothing fits can be said of what was looked through only */

    if (ask->refused != NULL) {
        values[RFL_W_REFUSED].text = rfl_web_say(ask, ask->refused, NULL, 0);
        values[RFL_WF_ASKED].number = (values[RFL_WF_FOUND].number != 0);
    }

    return rfl_web_render(ask, RFL_WEB_FIND, values, 200);
}


/* a receipt or a reference leads there; RFL_DECLINED: it is neither */

static int
rfl_web_find_number(rfl_web_ask_t *ask, const rfl_str_t *typed)
{
    int         rc;
    u_char      receipt[RFL_RECEIPT_SIZE];
    u_char      ref[RFL_REF_SIZE], plain[RFL_REF_TEXT_SIZE];
    rfl_str_t   from;
    rfl_item_t  item;

    /* what somebody has on paper: a name may look like it, too */

    if (rfl_receipt_parse(typed->data, typed->len, receipt) == RFL_OK) {

        rc = rfl_item_by_receipt(ask->work, ask->pool, receipt, &item,
                                 ask->notice);

        if (rc != RFL_DECLINED) {
            return rfl_web_find_open(ask, rc, &item);
        }

        ask->notice->text[0] = '\0';
    }

    if (rfl_ref_parse(typed->data, typed->len, ref) != RFL_OK) {
        return RFL_DECLINED;
    }

    rc = rfl_web_find_item(ask, ref);
    if (rc != RFL_DECLINED) {
        return rc;
    }

    rfl_ref_format(ref, plain);
    from = rfl_web_from(ask);

    return rfl_web_redirect(ask, "entry/%.*s%.*s", RFL_REF_TEXT_SIZE,
                            (char *) plain, (int) from.len,
                            (char *) from.data);
}


/* the item of it, if there is one: it can do more; RFL_DECLINED: none is */

static int
rfl_web_find_item(rfl_web_ask_t *ask, const u_char ref[RFL_REF_SIZE])
{
    int         rc;
    rfl_item_t  item;

    rc = rfl_item_by_ref(ask->work, ask->pool, ref, &item, ask->notice);

    if (rc == RFL_DECLINED) {
        ask->notice->text[0] = '\0';
        return RFL_DECLINED;
    }

    return rfl_web_find_open(ask, rc, &item);
}


static int
rfl_web_find_open(rfl_web_ask_t *ask, int rc, const rfl_item_t *item)
{
    u_char     id[RFL_ITEM_ID_TEXT];
    rfl_str_t  from;

    if (rc != RFL_OK) {
        return rfl_web_away(ask);
    }

    rfl_item_id_format(item->head.id, id);
    from = rfl_web_from(ask);

    return rfl_web_redirect(ask, "item/%.*s%.*s", RFL_ITEM_ID_TEXT,
                            (char *) id, (int) from.len, (char *) from.data);
}


static int
rfl_web_find_name(rfl_web_ask_t *ask, const rfl_str_t *text,
    rfl_tpl_value_t *list)
{
    int             rc;
    rfl_matches_t  *matches;

    rc = rfl_web_likely_name(ask, text, list, &matches);

    if (rc == RFL_AWAY) {
        ask->refused = "find.away";
        return RFL_OK;
    }

    if (rc != RFL_OK) {
        return rc;
    }

    /* what was not looked through comes before what did not fit */

    if (matches->stale) {
        ask->refused = "find.stale";

    } else if (matches->few) {
        ask->refused = (list->number == 0) ? "find.few" : "find.alone";

    } else if (matches->more) {
        ask->refused = "find.more";
    }

    return RFL_OK;
}


int
rfl_web_entry(rfl_web_ask_t *ask)
{
    int     rc;
    u_char  ref[RFL_REF_SIZE];

    if (rfl_ref_parse(ask->arg.data, ask->arg.len, ref) != RFL_OK) {
        return rfl_web_error(ask, 404, "not_found");
    }

    rc = rfl_web_find_item(ask, ref);

    return (rc == RFL_DECLINED) ? rfl_web_entry_show(ask, ref, 200) : rc;
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
        return rfl_web_away(ask);
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
    rfl_str_t      reason;
    long long      checked_at;
    rfl_outcome_t  outcome;
    rfl_refused_e  refused;

    if (rfl_ref_parse(ask->arg.data, ask->arg.len, ref) != RFL_OK) {
        return rfl_web_error(ask, 404, "not_found");
    }

    reason = rfl_web_field(ask, "reason");

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

    rc = rfl_review_withdraw_ref(ask->work, ref, i, &outcome, ask->notice);
    refused = outcome.refused;
    checked_at = outcome.checked ? (long long) outcome.checked_at : 0;

    rfl_outcome_free(&outcome);

    if (rc == RFL_OK) {
        return rfl_web_entry_down(ask, checked_at);
    }

    if (rc != RFL_DECLINED) {
        return rfl_web_away(ask);
    }

    ask->notice->text[0] = '\0';

    return rfl_web_entry_refused(ask, ref, refused);
}


/* who came from a request goes on there */

static int
rfl_web_entry_down(rfl_web_ask_t *ask, long long checked_at)
{
    char        proof[32];
    u_char      id[RFL_SUBMISSION_ID_SIZE], text[RFL_ITEM_ID_TEXT];
    rfl_head_t  head;

    proof[0] = '\0';

    if (checked_at != 0) {
        (void) snprintf(proof, sizeof(proof), "&at=%lld", checked_at);
    }

    if (!rfl_web_came(ask, id, &head)) {
        return rfl_web_redirect(ask, "find?done=withdraw%s", proof);
    }

    rfl_item_id_format(id, text);

    return rfl_web_redirect(ask, "item/%.*s?done=back%s", RFL_ITEM_ID_TEXT,
                            (char *) text, proof);
}


/*
 * While the public host cannot be reached, or something else is being
 * written, a withdrawal is decided or it is not: the register tells.
 */

static int
rfl_web_entry_refused(rfl_web_ask_t *ask, const u_char ref[RFL_REF_SIZE],
    rfl_refused_e refused)
{
    int           rc;
    u_char        token[RFL_TOKEN_SIZE];
    rfl_stored_t  stored;

    if (refused != RFL_REFUSED_AWAY) {
        ask->refused = (refused == RFL_REFUSED_ROLE) ? "refused.role"
                                                     : "refused.reason";
        return rfl_web_entry_show(ask, ref, 409);
    }

    rfl_store_ref_token(&ask->work->desk.keys, ref, token);

    rc = rfl_store_get(&ask->work->desk.desk, ask->pool,
                       &ask->work->desk.keys, RFL_STORE_REGISTER, token,
                       &stored, ask->notice);

    if (rc == RFL_OK) {
        ask->refused = "refused.not_down";
        return rfl_web_entry_show(ask, ref, 503);
    }

    if (rc != RFL_DECLINED) {
        return rfl_web_away(ask);
    }

    ask->notice->text[0] = '\0';
    ask->refused = "refused.away";

    return rfl_web_find(ask);
}
