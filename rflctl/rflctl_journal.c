
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_journal.c: "rflctl journal": what moderators did, whether the
 * journal of it is whole, and how it goes on after it was lost.
 */


#include "rfl_journal.h"
#include "rfl_text.h"
#include "rflctl.h"


static void rflctl_journal_fault(void *data, const char *text);
static int rflctl_journal_act(void *data, const rfl_journal_act_t *act);


int
rflctl_journal_verify(rflctl_t *ctl)
{
    int                   rc, status;
    json_t               *faults;
    rfl_err_t             err;
    rfl_journal_check_t   check;

    status = rflctl_open(ctl);
    if (status != RFLCTL_OK) {
        return status;
    }

    faults = ctl->opts->json ? json_array() : NULL;

    rc = rfl_journal_verify(&ctl->desk, &check, rflctl_journal_fault, faults,
                            &err);

    if (rc != RFL_OK && rc != RFL_DECLINED) {
        json_decref(faults);
        return rflctl_fail(rc, &err);
    }

    status = (rc == RFL_OK) ? RFLCTL_OK : RFLCTL_PROBLEMS;

    if (ctl->opts->json) {
        return rflctl_json(json_pack("{s:I, s:I, s:b, s:b, s:o}",
                                     "lines", (json_int_t) check.lines,
                                     "missing",
                                     (json_int_t) check.missing,
                                     "cut", (int) check.cut,
                                     "torn", (int) check.torn,
                                     "faults", faults),
                           status);
    }

    if (check.missing != 0) {
        rflctl_note("the first %llu lines are not here: the journal was begun "
                    "anew after them; \"rflctl journal show\" has when and "
                    "why", (unsigned long long) check.missing);
    }

    if (check.torn) {
        rflctl_note("a crash left part of a line at the end: nobody was told "
                    "of it, and the next line takes its place");
    }

    if (status == RFLCTL_OK) {
        rflctl_say("the journal is whole: %llu lines",
                   (unsigned long long) check.lines);
    } else {
        rflctl_error("the journal has %llu faults: compare it with a backup, "
                     "and find out who could write to it",
                     (unsigned long long) check.faults);
    }

    return status;
}


static void
rflctl_journal_fault(void *data, const char *text)
{
    if (data != NULL) {
        (void) json_array_append_new(data, json_string(text));
        return;
    }

    rflctl_error("%s", text);
}


int
rflctl_journal_restart(rflctl_t *ctl)
{
    int                  rc, status;
    rfl_err_t            err;
    rfl_str_t            why;
    rfl_pool_t          *pool;
    rfl_journal_line_t   line;

    if (ctl->opts->why == NULL) {
        rflctl_error("say what happened with --why, for whoever looks at the "
                     "gap later");
        return RFLCTL_USAGE;
    }

    status = rflctl_open(ctl);
    if (status != RFLCTL_OK) {
        return status;
    }

    memset(&line, 0, sizeof(rfl_journal_line_t));

    why.data = (u_char *) ctl->opts->why;
    why.len = strlen(ctl->opts->why);

    pool = ctl->desk.pool;

    if (rfl_text_line(pool, &why, RFL_JOURNAL_WHY, &line.why) != RFL_OK) {
        rflctl_error("--why takes one line of up to %d characters",
                     RFL_JOURNAL_WHY);
        return RFLCTL_USAGE;
    }

    rfl_str_set(&line.who, "rflctl");
    rfl_str_set(&line.act, "restart");

    rc = rfl_journal_restart(&ctl->desk, &line, (int64_t) time(NULL), &err);

    if (rc == RFL_OK) {
        rflctl_say("the journal goes on; keep what is left of the old file");
    }

    return rflctl_fail(rc, &err);
}


/* an operand is the reference of an item or an entry */

int
rflctl_journal_show(rflctl_t *ctl)
{
    int        status;
    rfl_err_t  err;
    rfl_str_t  item;

    status = rflctl_open(ctl);
    if (status != RFLCTL_OK) {
        return status;
    }

    rfl_str_null(&item);

    if (ctl->argc > 0) {
        item.data = (u_char *) ctl->argv[0];
        item.len = strlen(ctl->argv[0]);
    }

    return rflctl_fail(rfl_journal_walk(&ctl->desk, &item, rflctl_journal_act,
                                        ctl, &err), &err);
}


static int
rflctl_journal_act(void *data, const rfl_journal_act_t *act)
{
    char                       when[RFL_TIME_TEXT_SIZE + 1];
    rflctl_t                  *ctl = data;
    const rfl_journal_line_t  *line;

    line = &act->line;
    rflctl_time(act->when, when);

    if (ctl->opts->json) {
        return (rflctl_json(json_pack("{s:I, s:s, s:o, s:o, s:o, s:o, s:o, "
                                      "s:o, s:i}",
                                      "n", (json_int_t) act->n, "at", when,
                                      "who", rflctl_json_str(&line->who),
                                      "act", rflctl_json_str(&line->act),
                                      "item", rflctl_json_str(&line->item),
                                      "from", rflctl_json_str(&line->from),
                                      "to", rflctl_json_str(&line->to),
                                      "why", rflctl_json_str(&line->why),
                                      "version", (int) line->version),
                            RFLCTL_OK)
                == RFLCTL_OK) ? RFL_OK : RFL_ERROR;
    }

    rflctl_say("%6llu  %s  %-12.*s %-10.*s %-11.*s %.*s%s%.*s %.*s",
               (unsigned long long) act->n, when,
               (int) line->who.len, (char *) line->who.data,
               (int) line->act.len, (char *) line->act.data,
               (int) line->item.len, (char *) line->item.data,
               (int) line->from.len, (char *) line->from.data,
               (line->to.len != 0) ? " > " : "",
               (int) line->to.len, (char *) line->to.data,
               (int) line->why.len, (char *) line->why.data);

    return RFL_OK;
}
