
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_queue.c: the way to an item: the queues, and one queue with its
 * filters.
 *
 * Whatever waits is taken over whenever queues are shown, so that nobody has
 * to ask for it.
 */


#include "rfl_web_int.h"


#define RFL_WEB_PAGE         50    /* heads of one page */


static int rfl_web_take(rfl_web_ask_t *ask);
static rfl_str_t rfl_web_page(rfl_web_ask_t *ask,
    const rfl_filter_t *filter, unsigned skip);
static int rfl_web_filters(rfl_web_ask_t *ask, const rfl_filter_t *filter,
    rfl_tpl_value_t *values);


int
rfl_web_home(rfl_web_ask_t *ask)
{
    rfl_tpl_value_t  *values;

    if (ask->keys != NULL && rfl_web_take(ask) != RFL_OK) {
        return RFL_ERROR;
    }

    values = rfl_web_values(ask, RFL_WEB_HOME);
    if (values == NULL) {
        return RFL_ERROR;
    }

    values[RFL_WK_PATH].text = ask->kept_path;
    values[RFL_WK_QUERY].text = ask->kept_query;
    values[RFL_WK_FORM].text = ask->kept_form;

    return rfl_web_render(ask, RFL_WEB_HOME, values, 200);
}


/* takes over what waits; if it cannot be had now, that is said and no more */

static int
rfl_web_take(rfl_web_ask_t *ask)
{
    int          rc;
    unsigned     n;
    uint64_t     hidden;
    rfl_err_t    err;
    rfl_taken_t  taken;

    rc = rfl_item_take(ask->work, &taken, ask->notice);

    /*
     * The public host may be out of reach, and there is work to do all the
     * same: visitors see nothing of what is hidden, whatever the desk knows
     */

    if (rc == RFL_OK
        && rfl_item_hidden(ask->work, &hidden, &err) == RFL_ERROR)
    {
        return RFL_ERROR;
    }

    /* one item in trouble does not keep people from the others */

    if (rc == RFL_OK
        && rfl_review_catch_up(ask->work, &n, &err) == RFL_ERROR)
    {
        *ask->notice = err;
        rc = RFL_AWAY;
    }

    if (rc != RFL_OK) {
        ask->refused = "home.not_taken";

    } else if (taken.aside != 0) {
        ask->refused = "home.aside";
    }

    return RFL_OK;
}


int
rfl_web_queue(rfl_web_ask_t *ask)
{
    unsigned          i;
    rfl_err_t         err;
    rfl_str_t         place, next;
    rfl_filter_t      filter;
    rfl_po_arg_t      arg;
    rfl_tpl_value_t  *values;

    if (rfl_web_filter(ask, &filter) != RFL_OK) {
        return rfl_web_error(ask, 404, "not_found");
    }

    filter.max = RFL_WEB_PAGE;

    if (rfl_web_take(ask) != RFL_OK) {
        return RFL_ERROR;
    }

    if (rfl_item_list(ask->work, ask->pool, &filter, &ask->list, &err)
        != RFL_OK)
    {
        *ask->notice = err;
        return rfl_web_away(ask);
    }

    ask->listed = 1;

    /* others were quick: what was the last page is none any more */

    if (ask->list.n == 0 && filter.skip != 0) {
        place = rfl_web_place_path(ask, "queue", &filter, "");

        return rfl_web_redirect(ask, "%.*s", (int) place.len,
                                (char *) place.data);
    }

    values = rfl_web_values(ask, RFL_WEB_QUEUE);

    if (values == NULL
        || rfl_web_list(ask, &values[RFL_WU_HEADS], ask->list.n, RFL_WH_N)
           != RFL_OK
        || rfl_web_filters(ask, &filter, values) != RFL_OK)
    {
        return RFL_ERROR;
    }

    values[RFL_WU_NAME].text = rfl_web_word(ask, "queue", &ask->arg);
    values[RFL_WU_URL].text = rfl_web_url(ask, "queue/%s",
                                    (char *) rfl_queues[filter.queue].data);

    /* who reads one language only is led to the next of that language */

    place = rfl_web_place_text(ask, &filter);
    next = rfl_web_place_path(ask, "next", &filter, "");

    values[RFL_WU_NEXT_URL].text = rfl_web_url(ask, "%.*s", (int) next.len,
                                               (char *) next.data);
    values[RFL_WU_TOTAL].number = (int64_t) ask->list.total;

    /* of one page all is seen */

    if (ask->list.n < ask->list.total) {
        values[RFL_WU_FIRST].number = (int64_t) filter.skip + 1;
        values[RFL_WU_LAST].number = (int64_t) filter.skip + ask->list.n;
    }

    values[RFL_WU_FILTERED].number = (filter.event.len != 0
                                      || filter.lang.len != 0
                                      || filter.kind != RFL_ITEM_NONE);

    if (filter.queue == RFL_QUEUE_PUBLISHED && ask->list.files != 0) {

        memset(&arg, 0, sizeof(rfl_po_arg_t));
        arg.is_number = 1;
        arg.number = (int64_t) ask->list.files;

        values[RFL_WU_FILES].text = rfl_web_say(ask, "queue.files", &arg, 1);
    }

    for (i = 0; i < ask->list.n; i++) {
        rfl_web_head(ask, &ask->list.heads[i], &place,
                     values[RFL_WU_HEADS].items[i]);
    }

    if (filter.skip != 0) {
        values[RFL_WU_BACK_URL].text =
            rfl_web_page(ask, &filter, filter.skip > RFL_WEB_PAGE
                                           ? filter.skip - RFL_WEB_PAGE : 0);
    }

    if (filter.skip + ask->list.n < ask->list.total) {
        values[RFL_WU_MORE_URL].text =
            rfl_web_page(ask, &filter, filter.skip + RFL_WEB_PAGE);
    }

    return rfl_web_render(ask, RFL_WEB_QUEUE, values, 200);
}


/* one line of a list; q: the queue that the item's page goes on with */

void
rfl_web_head(rfl_web_ask_t *ask, const rfl_head_t *head, const rfl_str_t *q,
    rfl_tpl_value_t *item)
{
    u_char        id[RFL_ITEM_ID_TEXT];
    u_char        text[RFL_RECEIPT_TEXT_SIZE];
    u_char        digits[RFL_RECEIPT_DIGITS_SIZE];
    rfl_po_arg_t  arg;

    rfl_item_id_format(head->id, id);
    rfl_receipt_format(head->id, text, digits);

    item[RFL_WH_URL].text = rfl_web_url(ask, "item/%.*s?queue=%.*s%s%.*s",
                                        RFL_ITEM_ID_TEXT, (char *) id,
                                        (int) q->len, (char *) q->data,
                                        ask->from.len ? "&from=" : "",
                                        (int) ask->from.len,
                                        (char *) ask->from.data);
    item[RFL_WH_ID].text.data = rfl_pstrdup(ask->pool, text, sizeof(text));
    item[RFL_WH_ID].text.len = item[RFL_WH_ID].text.data == NULL
                                   ? 0 : sizeof(text);
    item[RFL_WH_KIND].text = rfl_web_word(ask, "item.kind",
                                          &rfl_item_kinds[head->kind]);
    item[RFL_WH_STATE].text = rfl_web_word(ask, "item.state",
                                           &rfl_item_states[head->state]);
    item[RFL_WH_EVENT].text = rfl_web_event(ask, &head->event);
    item[RFL_WH_TONGUE].text = rfl_web_tongue(ask, &head->lang);
    item[RFL_WH_AGE].text = rfl_web_age(ask, ask->in->now - head->arrived);
    item[RFL_WH_HIDDEN].number = head->hidden;

    if (head->not_after != 0) {
        item[RFL_WH_UNTIL].text =
            rfl_web_day(ask, rfl_time_day(head->not_after - 1));
    }

    if (head->claim.len != 0 && head->claim_until > ask->in->now
        && !rfl_str_eq(&head->claim, &ask->who->id))
    {
        memset(&arg, 0, sizeof(rfl_po_arg_t));
        arg.text = rfl_web_who(ask, &head->claim);
        arg.isolate = 1;

        item[RFL_WH_CLAIM].text = rfl_web_say(ask, "item.claim", &arg, 1);
    }
}


static rfl_str_t
rfl_web_page(rfl_web_ask_t *ask, const rfl_filter_t *filter, unsigned skip)
{
    char       more[32];
    rfl_str_t  path;

    (void) snprintf(more, sizeof(more), "skip=%u", skip);
    path = rfl_web_place_path(ask, "queue", filter, more);

    return rfl_web_url(ask, "%.*s", (int) path.len, (char *) path.data);
}


static int
rfl_web_filters(rfl_web_ask_t *ask, const rfl_filter_t *filter,
    rfl_tpl_value_t *values)
{
    unsigned             i;
    rfl_tpl_value_t     *item;
    const rfl_policy_t  *policy;

    policy = ask->work->desk.policy;

    if (rfl_web_list(ask, &values[RFL_WU_EVENTS], policy->nevents, RFL_WO_N)
        != RFL_OK
        || rfl_web_list(ask, &values[RFL_WU_KINDS], RFL_ITEM_KINDS_N - 1,
                        RFL_WO_N)
           != RFL_OK
        || rfl_web_list(ask, &values[RFL_WU_TONGUES],
                        ask->web->site.nlangs, RFL_WO_N)
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 0; i < policy->nevents; i++) {
        item = values[RFL_WU_EVENTS].items[i];
        item[RFL_WO_VALUE].text = policy->events[i].id;
        item[RFL_WO_NAME].text = rfl_web_event(ask, &policy->events[i].id);
        item[RFL_WO_SELECTED].number = rfl_str_eq(&policy->events[i].id,
                                                  &filter->event);
    }

    for (i = 1; i < RFL_ITEM_KINDS_N; i++) {
        item = values[RFL_WU_KINDS].items[i - 1];
        item[RFL_WO_VALUE].text = rfl_item_kinds[i];
        item[RFL_WO_NAME].text = rfl_web_word(ask, "item.kind",
                                              &rfl_item_kinds[i]);
        item[RFL_WO_SELECTED].number = (filter->kind == i);
    }

    for (i = 0; i < ask->web->site.nlangs; i++) {
        item = values[RFL_WU_TONGUES].items[i];
        item[RFL_WO_VALUE].text =
            *rfl_catalog_lang(ask->web->site.catalogs[i]);
        item[RFL_WO_NAME].text = rfl_web_endonym(ask, i);
        item[RFL_WO_SELECTED].number = rfl_str_eq(&item[RFL_WO_VALUE].text,
                                                  &filter->lang);
    }

    return RFL_OK;
}
