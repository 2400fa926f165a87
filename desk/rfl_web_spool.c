
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_spool.c: what goes to the case system and what comes from it, and
 * the journal of everything that was done.
 */


#include "rfl_web_int.h"

#include <stdio.h>


#define RFL_WEB_ACTS         100   /* of one page, newest first */


typedef struct {
    rfl_web_ask_t    *ask;
    rfl_tpl_value_t  *list;
    uint64_t          first;       /* number of the oldest one on the page */
    uint64_t          last;
    unsigned          failed;
} rfl_web_walk_t;


static int rfl_web_journal_act(void *data, const rfl_journal_act_t *act);
static void rfl_web_journal_fault(void *data, const char *text);


int
rfl_web_journal(rfl_web_ask_t *ask)
{
    int                   rc;
    int64_t               skip;
    rfl_str_t             all;
    rfl_desk_t           *desk;
    rfl_web_walk_t        walk;
    rfl_tpl_value_t      *values;
    rfl_journal_check_t   check;

    desk = &ask->work->desk;

    if (rfl_web_count(ask, "skip", &skip) != RFL_OK) {
        skip = 0;
    }

    /* verified each time it is looked at: it is for that that it is there */

    rc = rfl_journal_verify(desk, &check, rfl_web_journal_fault, ask,
                            ask->notice);

    if (rc != RFL_OK && rc != RFL_DECLINED) {
        return rfl_web_away(ask);
    }

    ask->notice->text[0] = '\0';

    values = rfl_web_values(ask, RFL_WEB_JOURNAL);
    if (values == NULL) {
        return RFL_ERROR;
    }

    values[RFL_WJ_WHOLE].number = (rc == RFL_OK);
    values[RFL_WJ_LINES].number = (int64_t) check.lines;

    memset(&walk, 0, sizeof(rfl_web_walk_t));
    walk.ask = ask;
    walk.list = &values[RFL_WJ_ACTS];
    walk.last = ((uint64_t) skip < check.lines)
                    ? check.lines - (uint64_t) skip : 0;
    walk.first = (walk.last > RFL_WEB_ACTS) ? walk.last - RFL_WEB_ACTS : 0;

    if (rfl_web_list(ask, walk.list, (unsigned) (walk.last - walk.first),
                     RFL_WT_N)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    rfl_str_set(&all, "");

    if (walk.last != 0
        && rfl_journal_walk(desk, &all, rfl_web_journal_act, &walk,
                            ask->notice)
           == RFL_ERROR)
    {
        return rfl_web_away(ask);
    }

    if (walk.first != 0) {
        values[RFL_WJ_MORE_URL].text =
            rfl_web_url(ask, "journal?skip=%lld",
                        (long long) skip + RFL_WEB_ACTS);
    }

    return rfl_web_render(ask, RFL_WEB_JOURNAL, values, 200);
}


static void
rfl_web_journal_fault(void *data, const char *text)
{
    rfl_web_ask_t *ask = data;

    rfl_buf_append(&ask->faults, text, strlen(text));
    rfl_buf_byte(&ask->faults, '\n');
}


static int
rfl_web_journal_act(void *data, const rfl_journal_act_t *act)
{
    rfl_web_walk_t   *walk = data;

    unsigned          i;
    rfl_tpl_value_t  *item;

    if (act->n <= walk->first || act->n > walk->last) {
        return RFL_OK;
    }

    item = walk->list->items[walk->last - act->n];

    item[RFL_WT_WHEN].text = rfl_web_time(walk->ask, act->when);
    item[RFL_WT_WHO].text = rfl_web_who(walk->ask, &act->line.who);
    item[RFL_WT_ACT].text = rfl_web_word(walk->ask, "act", &act->line.act);
    item[RFL_WT_REF].text = rfl_web_copy(walk->ask, &act->line.item);
    item[RFL_WT_REASON].text = rfl_web_copy(walk->ask, &act->line.why);

    for (i = 1; i < RFL_ACTS_N; i++) {
        if (rfl_str_eq(&rfl_acts[i], &act->line.act)) {
            item[RFL_WT_REASON].text = rfl_web_reason(walk->ask,
                                                      (rfl_act_e) i,
                                                      &act->line.why);
        }
    }

    return RFL_OK;
}


int
rfl_web_spool(rfl_web_ask_t *ask)
{
    unsigned          purged, wrong;
    rfl_buf_t         b;
    rfl_tpl_value_t  *values;

    /* looking is enough: receipts that have come are taken note of */

    if (ask->who->role != RFL_ROLE_AUDITOR) {

        if (rfl_spool_receipts(ask->work, &purged, &wrong, ask->notice)
            != RFL_OK)
        {
            ask->refused = "spool.away";

        } else if (wrong != 0) {
            ask->refused = "spool.wrong";

        } else if (purged != 0) {
            ask->said = "spool.purged";
        }
    }

    values = rfl_web_values(ask, RFL_WEB_SPOOL);
    if (values == NULL) {
        return RFL_ERROR;
    }

    rfl_buf_init(&b, 0);
    rfl_buf_printf(&b, "%s/%s", ask->web->conf.state, RFL_SPOOL_DIR);

    values[RFL_WJ_FOLDER].text = rfl_web_str(ask, &b);

    return rfl_web_render(ask, RFL_WEB_SPOOL, values, 200);
}


int
rfl_web_spool_act(rfl_web_ask_t *ask)
{
    int       rc;
    unsigned  n;

    if (ask->who->role != RFL_ROLE_COORDINATOR) {
        ask->refused = "refused.role";
        return rfl_web_spool(ask);
    }

    rc = rfl_spool_import(ask->work, &n, &ask->faults, ask->notice);

    if (rc != RFL_OK && rc != RFL_DECLINED) {
        return rfl_web_away(ask);
    }

    ask->said = (n != 0) ? "spool.imported" : "spool.nothing";

    return rfl_web_spool(ask);
}
