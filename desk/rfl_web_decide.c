
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_decide.c: what this person may do to an item now: the decision to
 * choose with the arrow keys and to send with Enter, closed lists of reasons,
 * and which form has the focus when the page opens.
 */


#include "rfl_web_int.h"


static int rfl_web_decide_acts(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, rfl_tpl_value_t *values);
static unsigned rfl_web_decide_may(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_act_e act);
static rfl_str_t rfl_web_decide_label(rfl_web_ask_t *ask,
    const rfl_item_t *item, rfl_act_e act);


/* as the page offers them: what is done most often comes first */

static const rfl_act_e  rfl_web_acts[] = {
    RFL_ACT_APPROVE, RFL_ACT_KEEP, RFL_ACT_HAND, RFL_ACT_CLOSE,
    RFL_ACT_REJECT, RFL_ACT_RELEASE, RFL_ACT_CLAIM
};

#define RFL_WEB_ACTS_N  (sizeof(rfl_web_acts) / sizeof(rfl_web_acts[0]))


int
rfl_web_decide(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, rfl_tpl_value_t *values)
{
    size_t         i;
    unsigned       rejected, withdrawn, closed;
    rfl_refused_e  refused;

    static const struct {
        rfl_web_item_e  value;
        rfl_act_e       act;
    } forms[] = {
        { RFL_WI_CAN_EDIT, RFL_ACT_EDIT },
        { RFL_WI_CAN_REJECT, RFL_ACT_REJECT },
        { RFL_WI_CAN_WITHDRAW, RFL_ACT_WITHDRAW },
        { RFL_WI_CAN_RENEW, RFL_ACT_RENEW },
        { RFL_WI_CAN_CLOSE, RFL_ACT_CLOSE }
    };

    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        values[forms[i].value].number = rfl_web_decide_may(ask, item,
                                                           forms[i].act);
    }

    /* what was typed stays in its form, whoever has the item by now */

    if (action != NULL && action->act == RFL_ACT_EDIT) {
        values[RFL_WI_CAN_EDIT].number = 1;
    }

    /*
     * who asks to be taken down, or did so with their code, comes first; and
     * what is public, unless it waits for an approval
     */

    values[RFL_WI_URGENT].number =
        (values[RFL_WI_CAN_WITHDRAW].number
         && ((item->head.live
              && (item->head.hidden
                  || !rfl_web_decide_may(ask, item, RFL_ACT_APPROVE)))
             || (item->head.kind == RFL_ITEM_WITHDRAW
                 && item->head.wish != RFL_WISH_RENEW)));

    /* what was typed and refused is there again */

    rejected = 0;
    withdrawn = 0;
    closed = 0;

    if (action != NULL) {
        values[RFL_WI_NOTE].text = action->note;

        rejected = (action->act == RFL_ACT_REJECT) ? action->reason : 0;
        withdrawn = (action->act == RFL_ACT_WITHDRAW) ? action->reason : 0;
        closed = (action->act == RFL_ACT_CLOSE) ? action->reason : 0;
    }

    /* why there is no approval to choose, if no banner tells it already */

    refused = rfl_review_may(ask->work, item, RFL_ACT_APPROVE);

    if (refused == RFL_REFUSED_SAME || refused == RFL_REFUSED_KEY) {
        values[RFL_WI_WHY_NOT].text = rfl_web_word(ask, "refused",
                                                   &rfl_refuseds[refused]);
    }

    return (rfl_web_options(ask, "reject", rfl_rejects, rfl_nrejects,
                            rejected, &values[RFL_WI_REJECTS])
            == RFL_OK
            && rfl_web_options(ask, "reason", rfl_reasons,
                               RFL_REASON_REPLACED, withdrawn,
                               &values[RFL_WI_REASONS])
               == RFL_OK
            && rfl_web_options(ask, "close", rfl_closes, rfl_ncloses,
                               closed, &values[RFL_WI_CLOSES])
               == RFL_OK)
           ? rfl_web_decide_acts(ask, item, action, values) : RFL_ERROR;
}


/*
 * An approval is chosen already, since that is what most items end with;
 * everything else has to be chosen, so that Enter alone never does it.  What
 * was refused is there again, but no approval: the item may be another one by
 * now, or not have what was typed.
 */

static int
rfl_web_decide_acts(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, rfl_tpl_value_t *values)
{
    size_t            i;
    unsigned          n, focus, chosen;
    rfl_act_e         act, first;
    rfl_tpl_value_t  *list, *button;

    if (action != NULL) {
        first = (action->act == RFL_ACT_APPROVE) ? RFL_ACT_NONE : action->act;

    } else {
        /* nor does Enter ask for what would be refused */

        first = (values[RFL_WI_STANDS].number == 0) ? RFL_ACT_APPROVE
                                                    : RFL_ACT_NONE;
    }

    list = &values[RFL_WI_ACTS];

    if (rfl_web_list(ask, list, RFL_WEB_ACTS_N, RFL_WB_N) != RFL_OK) {
        return RFL_ERROR;
    }

    chosen = 0;

    for (n = 0, i = 0; i < RFL_WEB_ACTS_N; i++) {
        act = rfl_web_acts[i];

        if (!rfl_web_decide_may(ask, item, act)) {
            continue;
        }

        button = list->items[n];
        button[RFL_WB_VALUE].text = rfl_acts[act];
        button[RFL_WB_NAME].text = rfl_web_decide_label(ask, item, act);
        button[RFL_WB_CHOSEN].number = (act == first);

        if (button[RFL_WB_CHOSEN].number) {
            chosen = n;
        }

        n++;
    }

    list->number = n;
    focus = (n != 0 && !values[RFL_WI_URGENT].number
             && (values[RFL_WI_MEANT].number == 0
                 || !values[RFL_WI_MEANT].items[0][RFL_WM_FOCUS].number));

    if (focus) {
        list->items[chosen][RFL_WB_FOCUS].number = 1;
    }

    return RFL_OK;
}


static unsigned
rfl_web_decide_may(rfl_web_ask_t *ask, const rfl_item_t *item, rfl_act_e act)
{
    unsigned           mine;
    const rfl_head_t  *head;

    head = &item->head;

    /* an entry that no item is of */

    if (head->kind == RFL_ITEM_NONE) {
        return act == RFL_ACT_WITHDRAW
               && ask->who->role != RFL_ROLE_AUDITOR;
    }

    if (rfl_review_may(ask->work, item, act) != RFL_REFUSED_NOT) {
        return 0;
    }

    mine = head->claim.len != 0 && head->claim_until > ask->in->now
           && rfl_str_eq(&head->claim, &ask->who->id);

    switch (act) {

    case RFL_ACT_APPROVE:
        return item->draft.e.consent == RFL_CONSENT_SEARCHABLE;

    case RFL_ACT_RELEASE:
        return mine;

    case RFL_ACT_CLAIM:
        return !mine;

    case RFL_ACT_CLOSE:
        return head->handed == 1 || (head->state != RFL_ITEM_WITHDRAWN
                                     && head->state != RFL_ITEM_CLOSED);

    default:
        return 1;
    }
}


static rfl_str_t
rfl_web_decide_label(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_act_e act)
{
    if (act == RFL_ACT_APPROVE
        && (item->head.state == RFL_ITEM_SECOND
            || item->head.state == RFL_ITEM_CHANGE_SECOND
            || rfl_work_approvals(ask->work) == 1))
    {
        return rfl_web_say(ask, "decide.publish", NULL, 0);
    }

    return rfl_web_word(ask, "decide", &rfl_acts[act]);
}


rfl_str_t
rfl_web_reason(rfl_web_ask_t *ask, rfl_act_e act, const rfl_str_t *reason)
{
    const char  *prefix;

    switch (act) {

    case RFL_ACT_REJECT:
        prefix = "reject";
        break;

    case RFL_ACT_WITHDRAW:
        prefix = "reason";
        break;

    case RFL_ACT_CLOSE:
        prefix = "close";
        break;

    default:
        prefix = NULL;
    }

    return (prefix == NULL || reason->len == 0)
               ? rfl_web_copy(ask, reason)
               : rfl_web_word(ask, prefix, reason);
}
