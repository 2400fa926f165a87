
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_act.c: a button was pressed on the page of an item.  What it asks
 * for is read here and judged by rfl_review_do(); what was done leads to the
 * next item, what was refused shows the page again with the reason and with
 * all that was typed.
 */


#include "rfl_web_int.h"


/* nobody has read an item in less, seconds */
#define RFL_WEB_READ         2


static int rfl_web_action(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_action_t *action);
static int rfl_web_action_renew(rfl_web_ask_t *ask, rfl_action_t *action);
static int rfl_web_action_reason(rfl_web_ask_t *ask, rfl_action_t *action);
static int rfl_web_went(rfl_web_ask_t *ask, const rfl_action_t *action,
    const rfl_outcome_t *outcome);
static const char *rfl_web_undone(const rfl_action_t *action,
    const rfl_outcome_t *outcome);
static int rfl_web_refused(rfl_web_ask_t *ask, const rfl_action_t *action,
    rfl_outcome_t *outcome);


/* those after which the work on an item is over for this person */

static const rfl_act_e  rfl_web_last[] = {
    RFL_ACT_APPROVE, RFL_ACT_REJECT, RFL_ACT_KEEP, RFL_ACT_HAND,
    RFL_ACT_CLOSE, RFL_ACT_RELEASE
};

#define RFL_WEB_LAST  (sizeof(rfl_web_last) / sizeof(rfl_web_last[0]))


int
rfl_web_act(rfl_web_ask_t *ask, const rfl_item_t *item)
{
    int            rc;
    rfl_action_t   action;
    rfl_outcome_t  outcome;

    memset(&action, 0, sizeof(rfl_action_t));

    if (rfl_web_action(ask, item, &action) != RFL_OK) {
        return rfl_web_show(ask, item, &action, NULL, 400);
    }

    memset(&outcome, 0, sizeof(rfl_outcome_t));

    rc = rfl_review_do(ask->work, ask->pool, item->head.id, &action,
                       &outcome, ask->notice);

    if (rc == RFL_OK) {
        rc = rfl_web_went(ask, &action, &outcome);

    } else if (rc == RFL_DECLINED) {
        ask->notice->text[0] = '\0';
        rc = rfl_web_refused(ask, &action, &outcome);

    } else {
        rc = rfl_web_away(ask);
    }

    rfl_outcome_free(&outcome);

    return rc;
}


static int
rfl_web_action(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_action_t *action)
{
    int64_t    number;
    unsigned   i;
    rfl_str_t  text;

    text = rfl_web_field(ask, "act");

    for (i = 1; i < RFL_ACTS_N; i++) {
        if (rfl_str_eq(&rfl_acts[i], &text)) {
            action->act = (rfl_act_e) i;
        }
    }

    action->note = rfl_web_field(ask, "note");
    action->name = rfl_web_field(ask, "name");

    ask->refused = "refused.act";

    if (action->act == RFL_ACT_NONE) {
        return RFL_DECLINED;
    }

    ask->refused = "refused.reason";

    if (rfl_web_action_reason(ask, action) != RFL_OK) {
        return RFL_DECLINED;
    }

    ask->refused = "refused.value";

    if (rfl_web_count(ask, "version", &number) != RFL_OK
        || number < 1 || number > 1000000)
    {
        return RFL_DECLINED;
    }

    action->version = (unsigned) number;

    switch (action->act) {

    case RFL_ACT_APPROVE:

        /* Enter pressed twice: the second one is not for the item that came */

        if (rfl_web_count(ask, "opened", &number) == RFL_OK
            && ask->in->now - number < RFL_WEB_READ)
        {
            ask->refused = "refused.unread";
            return RFL_DECLINED;
        }

        break;

    case RFL_ACT_EDIT:
        rfl_changes_of(&item->draft, &action->changes);

        if (rfl_web_changes(ask, &action->changes) != RFL_OK) {
            return RFL_DECLINED;
        }

        break;

    case RFL_ACT_NAME:

        if (rfl_web_nameless(&action->name)) {
            rfl_buf_literal(&ask->faults, "fault.no_name\n");
            return RFL_DECLINED;
        }

        break;

    case RFL_ACT_RENEW:

        if (rfl_web_action_renew(ask, action) != RFL_OK) {
            return RFL_DECLINED;
        }

        break;

    default:
        break;
    }

    ask->refused = NULL;

    return RFL_OK;
}


static int
rfl_web_action_renew(rfl_web_ask_t *ask, rfl_action_t *action)
{
    int32_t    day;
    rfl_str_t  end;

    if (rfl_web_day_typed(ask, "consent_day", &action->consent_day)
        != RFL_OK)
    {
        return RFL_DECLINED;
    }

    end = rfl_web_field(ask, "end");

    if (end.len != 0) {

        if (rfl_web_day_typed(ask, "end", &day) != RFL_OK) {
            return RFL_DECLINED;
        }

        action->not_after = ((int64_t) day + 1) * RFL_DAY_SECONDS;
    }

    return RFL_OK;
}


/* one word of the closed list of this act */

static int
rfl_web_action_reason(rfl_web_ask_t *ask, rfl_action_t *action)
{
    unsigned          i, n;
    rfl_str_t         text;
    const rfl_str_t  *list;

    list = rfl_act_reasons(action->act, &n);

    if (list == NULL) {
        return RFL_OK;
    }

    text = rfl_web_field(ask, "reason");

    for (i = 0; i < n; i++) {
        if (rfl_str_eq(&list[i], &text)) {
            action->reason = i;
            return RFL_OK;
        }
    }

    return RFL_DECLINED;
}


static int
rfl_web_went(rfl_web_ask_t *ask, const rfl_action_t *action,
    const rfl_outcome_t *outcome)
{
    char          proof[32], said[32], from[RFL_ITEM_ID_TEXT + 8];
    size_t        i;
    u_char        id[RFL_SUBMISSION_ID_SIZE], text[RFL_ITEM_ID_TEXT];
    unsigned      last;
    rfl_str_t     to;
    rfl_act_e     done;
    rfl_head_t    head;
    rfl_filter_t  place;

    if (rfl_web_place(ask, &place) != RFL_OK) {
        place.queue = RFL_QUEUE_NEW;
    }

    for (last = 0, i = 0; i < RFL_WEB_LAST; i++) {
        last |= (rfl_web_last[i] == action->act);
    }

    proof[0] = '\0';
    from[0] = '\0';

    if (outcome->checked) {
        (void) snprintf(proof, sizeof(proof), "&at=%lld",
                        (long long) outcome->checked_at);
    }

    /* who came from another item goes on there, when this one is done */

    if (rfl_web_came(ask, id, &head)) {

        rfl_item_id_format(id, text);

        if (last || action->act == RFL_ACT_WITHDRAW) {
            return rfl_web_redirect(ask, "item/%.*s?done=back%s",
                                    RFL_ITEM_ID_TEXT, (char *) text, proof);
        }

        (void) snprintf(from, sizeof(from), "&from=%.*s", RFL_ITEM_ID_TEXT,
                        (char *) text);
    }

    /* the last approval is told from those that others wait for */

    done = (action->act == RFL_ACT_APPROVE
            && outcome->item.head.state == RFL_ITEM_PUBLISHED)
               ? RFL_ACT_PUBLISHED : action->act;

    (void) snprintf(said, sizeof(said), "done=%s",
                    (char *) rfl_acts[done].data);

    if (last) {
        to = rfl_web_place_path(ask, "next", &place, said);
        return rfl_web_redirect(ask, "%.*s", (int) to.len, (char *) to.data);
    }

    rfl_item_id_format(outcome->item.head.id, text);
    to = rfl_web_place_text(ask, &place);

    return rfl_web_redirect(ask, "item/%.*s?queue=%.*s&%s%s%s",
                            RFL_ITEM_ID_TEXT, (char *) text,
                            (int) to.len, (char *) to.data, said, proof,
                            from);
}


static int
rfl_web_refused(rfl_web_ask_t *ask, const rfl_action_t *action,
    rfl_outcome_t *outcome)
{
    char      *key;
    unsigned   status;

    if (outcome->refused == RFL_REFUSED_GONE) {
        return rfl_web_error(ask, 404, "gone");
    }

    key = rfl_palloc(ask->pool, 64);
    if (key == NULL) {
        return RFL_ERROR;
    }

    (void) snprintf(key, 64, "refused.%s", rfl_web_undone(action, outcome));

    ask->refused = key;
    rfl_buf_append(&ask->faults, outcome->faults.data, outcome->faults.len);

    status = (outcome->refused == RFL_REFUSED_AWAY) ? 503
             : (outcome->refused == RFL_REFUSED_ROLE
                || outcome->refused == RFL_REFUSED_SAME)
               ? 403 : 409;

    return rfl_web_show(ask, &outcome->item, action, outcome, status);
}


/*
 * A decision that has to wait: whoever took something down has to know that
 * visitors see it yet.  That of an entry which has no item is kept nowhere.
 */

static const char *
rfl_web_undone(const rfl_action_t *action, const rfl_outcome_t *outcome)
{
    if (outcome->refused == RFL_REFUSED_AWAY
        && action->act == RFL_ACT_WITHDRAW)
    {
        return (outcome->item.head.state == RFL_ITEM_WITHDRAWING)
               ? "away_down" : "not_down";
    }

    /* both sides are on the page */

    if (outcome->refused == RFL_REFUSED_VERSION && outcome->item.has_draft
        && action->act == RFL_ACT_EDIT)
    {
        return "conflict";
    }

    return (const char *) rfl_refuseds[outcome->refused].data;
}
