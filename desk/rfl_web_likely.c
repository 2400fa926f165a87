
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_likely.c: who else this may be, and, the moment that all of this
 * exists for, whom somebody who is looked for may meet.  Shown to moderators
 * only; what comes of it goes to the case system.
 */


#include "rfl_web_int.h"


static int rfl_web_likely_list(rfl_web_ask_t *ask, const rfl_likely_t *likely,
    unsigned n, rfl_tpl_value_t *list);
static int rfl_web_likely_one(rfl_web_ask_t *ask, const rfl_likely_t *likely,
    rfl_tpl_value_t *item);


int
rfl_web_likely(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values)
{
    int             rc;
    rfl_matches_t  *matches;

    /* who has no code says in words which entry is to go */

    if (item->head.kind == RFL_ITEM_WITHDRAW && !item->head.has_ref
        && item->submission.values[RFL_ASK_NAME].text.len != 0)
    {
        rc = rfl_web_likely_name(ask,
                                 &item->submission.values[RFL_ASK_NAME].text,
                                 &values[RFL_WI_MEANT], &matches);

        values[RFL_WI_STALE].number = (rc == RFL_OK && matches->stale);

        /* Enter opens what was found; back from there it decides */

        if (values[RFL_WI_MEANT].number != 0 && ask->said_word.len == 0) {
            values[RFL_WI_MEANT].items[0][RFL_WM_FOCUS].number = 1;
        }

        return (rc == RFL_ERROR) ? RFL_ERROR : RFL_OK;
    }

    if (!item->has_draft) {
        return RFL_OK;
    }

    matches = rfl_pcalloc(ask->pool, sizeof(rfl_matches_t));
    if (matches == NULL) {
        return RFL_ERROR;
    }

    /* until the register was read for the first time there is nothing */

    if (rfl_web_ready(ask->web)
        && rfl_match_refresh(ask->web->match, ask->work, ask->notice)
           != RFL_OK)
    {
        return RFL_OK;
    }

    if (rfl_match_find(ask->web->match, ask->work, ask->pool, item, matches,
                       ask->notice)
        != RFL_OK)
    {
        return RFL_OK;
    }

    values[RFL_WI_STALE].number = matches->stale;

    return (rfl_web_likely_list(ask, matches->same, matches->nsame,
                                &values[RFL_WI_SAME])
            == RFL_OK
            && rfl_web_likely_list(ask, matches->match, matches->nmatch,
                                   &values[RFL_WI_MATCHES])
               == RFL_OK)
           ? RFL_OK : RFL_ERROR;
}


int
rfl_web_likely_name(rfl_web_ask_t *ask, const rfl_str_t *name,
    rfl_tpl_value_t *list, rfl_matches_t **result)
{
    unsigned        n;
    rfl_item_t     *item;
    rfl_query_t     query;
    rfl_likely_t   *found;
    rfl_matches_t  *matches;

    memset(&query, 0, sizeof(rfl_query_t));
    query.name = *name;

    if (rfl_query_year_apart(ask->pool, &query, ask->in->now) != RFL_OK) {
        return RFL_ERROR;
    }

    item = rfl_pcalloc(ask->pool, sizeof(rfl_item_t));
    matches = rfl_pcalloc(ask->pool, sizeof(rfl_matches_t));
    found = rfl_pcalloc(ask->pool, 2 * RFL_MATCH_MAX * sizeof(rfl_likely_t));

    if (item == NULL || matches == NULL || found == NULL) {
        return RFL_ERROR;
    }

    /* by the same code that tells likely pairs, in both lists */

    item->has_draft = 1;
    item->head.kind = RFL_ITEM_ALIVE;
    item->draft.e.kind = RFL_KIND_ALIVE;
    item->draft.e.nnames = 1;
    item->draft.e.names[0].full = query.name;
    item->draft.facts.birth_year = query.facts.birth_year;

    if ((rfl_web_ready(ask->web)
         && rfl_match_refresh(ask->web->match, ask->work, ask->notice)
            != RFL_OK)
        || rfl_match_find(ask->web->match, ask->work, ask->pool, item,
                          matches, ask->notice)
           != RFL_OK)
    {
        return RFL_AWAY;
    }

    n = matches->nsame;
    memcpy(found, matches->same, n * sizeof(rfl_likely_t));
    memcpy(found + n, matches->match, matches->nmatch * sizeof(rfl_likely_t));
    n += matches->nmatch;

    *result = matches;

    return rfl_web_likely_list(ask, found, n, list);
}


static int
rfl_web_likely_list(rfl_web_ask_t *ask, const rfl_likely_t *likely,
    unsigned n, rfl_tpl_value_t *list)
{
    unsigned  i;

    if (rfl_web_list(ask, list, n, RFL_WM_N) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < n; i++) {
        if (rfl_web_likely_one(ask, &likely[i], list->items[i]) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_web_likely_one(rfl_web_ask_t *ask, const rfl_likely_t *likely,
    rfl_tpl_value_t *item)
{
    u_char       id[RFL_ITEM_ID_TEXT], ref[RFL_REF_TEXT_SIZE];
    unsigned     i;
    rfl_buf_t    b;
    rfl_str_t    why;
    const char  *from;

    from = ask->from.len ? "?from=" : "";

    if (likely->is_item) {
        rfl_item_id_format(likely->id, id);
        item[RFL_WM_URL].text = rfl_web_url(ask, "item/%.*s%s%.*s",
                                            RFL_ITEM_ID_TEXT, (char *) id,
                                            from, (int) ask->from.len,
                                            (char *) ask->from.data);

    } else if (likely->has_ref) {
        rfl_ref_format(likely->ref, ref);
        item[RFL_WM_URL].text = rfl_web_url(ask, "entry/%.*s%s%.*s",
                                            RFL_REF_TEXT_SIZE, (char *) ref,
                                            from, (int) ask->from.len,
                                            (char *) ask->from.data);
    }

    item[RFL_WM_NAMES].text = rfl_web_draft_names(ask, &likely->draft);
    item[RFL_WM_SCORE].number = likely->score / 10;
    item[RFL_WM_EVENT].text = rfl_web_event(ask, &likely->draft.e.event);
    item[RFL_WM_SAME_REACH].number = likely->same_reach;

    item[RFL_WM_STATE].text = rfl_web_say(ask, likely->published
                                                   ? "match.published"
                                                   : "match.desk", NULL, 0);

    if (likely->draft.facts.birth_year != 0) {
        rfl_buf_init(&b, 0);
        rfl_buf_printf(&b, "%d", likely->draft.facts.birth_year);
        item[RFL_WM_YEAR].text = rfl_web_str(ask, &b);
    }

    rfl_buf_init(&b, 0);

    for (i = 0; i < RFL_WHY_N; i++) {

        if (likely->why & (1u << i)) {
            why = rfl_web_word(ask, "why", &rfl_why_names[i]);

            if (b.len != 0) {
                rfl_buf_literal(&b, " ");
            }

            rfl_buf_append(&b, why.data, why.len);
        }
    }

    item[RFL_WM_WHY].text = rfl_web_str(ask, &b);

    return RFL_OK;
}
