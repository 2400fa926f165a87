
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_status.c: "rflctl status": what there is, and what is wrong with
 * it.  Takes no lock and changes nothing.
 */


#include "rfl_epochs.h"
#include "rfl_hidden.h"
#include "rfl_index.h"
#include "rflctl.h"

#include <inttypes.h>


#define RFLCTL_SOON          (14 * RFL_DAY_SECONDS)

#define RFLCTL_STATUS_PATIENCE  20 /* seconds, see rfl_redis_patience() */


typedef struct {
    rflctl_t           *ctl;
    int64_t             now;

    uint64_t            entries;   /* of the register */
    uint64_t            canaries;
    uint64_t            soon;      /* end within 14 days */
    uint64_t            over;
    uint64_t            tombs;
    rfl_hidden_t        codes;
    uint64_t            hidden;    /* entries whose code was given */

    unsigned            index;     /* answers */
    uint64_t            keys;
    unsigned            ready;     /* manifest opens */
    rfl_manifest_t      manifest;

    unsigned            keyd;      /* answers */
    rfl_epochs_t        epochs;
    rfl_str_t           keyd_json;
} rflctl_status_t;


static void rflctl_status_codes(rflctl_status_t *s);
static int rflctl_status_register(rflctl_status_t *s, rfl_err_t *err);
static int rflctl_status_entry(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err);
static int rflctl_status_index(rflctl_status_t *s);
static int rflctl_status_keyd(rflctl_status_t *s);
static void rflctl_status_judge(rflctl_status_t *s);
static int rflctl_status_json(rflctl_status_t *s, int status);
static void rflctl_status_text(rflctl_status_t *s);


int
rflctl_status(rflctl_t *ctl)
{
    int               rc, status;
    rfl_err_t         err;
    rflctl_status_t   s;

    status = rflctl_rules(ctl);

    /* somebody looks on */

    if (status == RFLCTL_OK) {
        rfl_desk_patience(&ctl->desk, RFLCTL_STATUS_PATIENCE);
        status = rflctl_fail(rfl_desk_open(&ctl->desk, &err), &err);
    }

    if (status != RFLCTL_OK) {
        return status;
    }

    memset(&s, 0, sizeof(rflctl_status_t));
    s.ctl = ctl;
    s.now = (int64_t) time(NULL);
    ctl->problems = json_array();  /* told at the end, with or without */

    rc = rfl_desk_read(&ctl->desk, &err);

    if (rc == RFL_OK) {
        rflctl_status_codes(&s);
        rc = rflctl_status_register(&s, &err);
    }

    if (rc != RFL_OK) {
        json_decref(ctl->problems);
        return rflctl_fail(rc, &err);
    }

    s.index = (rflctl_status_index(&s) == RFL_OK);
    s.keyd = (rflctl_status_keyd(&s) == RFL_OK);

    rflctl_status_judge(&s);

    status = ctl->nproblems ? RFLCTL_PROBLEMS : RFLCTL_OK;

    rfl_hidden_free(&s.codes);

    if (ctl->opts->json) {
        return rflctl_status_json(&s, status);
    }

    rflctl_status_text(&s);
    json_decref(ctl->problems);

    return status;
}


static void
rflctl_status_codes(rflctl_status_t *s)
{
    rfl_err_t  err;

    /* an index that is away is told of below */

    if (rfl_hidden_all(&s->ctl->desk, &s->codes, &err) == RFL_AWAY
        && s->ctl->desk.index.c != NULL)
    {
        rflctl_problem(s->ctl, "%s", err.text);
    }
}


static int
rflctl_status_register(rflctl_status_t *s, rfl_err_t *err)
{
    int           rc;
    redisReply   *reply;
    rfl_desk_t   *desk;
    rfl_tokens_t  tokens;

    desk = &s->ctl->desk;

    rc = rfl_redis_call(&desk->desk, &reply, err, "HLEN %s", RFL_STORE_TOMB);
    if (rc != RFL_OK) {
        return rc;
    }

    s->tombs = (uint64_t) reply->integer;
    freeReplyObject(reply);

    rc = rfl_store_tokens(&desk->desk, RFL_STORE_REGISTER, &tokens, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_store_walk(&desk->desk, &desk->keys, RFL_STORE_REGISTER,
                        &tokens, 0, 1, rflctl_status_entry, s, err);

    rfl_tokens_free(&tokens);

    return rc;
}


static int
rflctl_status_entry(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err)
{
    int64_t           end;
    rflctl_status_t  *s = data;

    end = stored->draft.e.not_after;

    s->entries++;
    s->canaries += stored->canary;
    s->over += (end <= s->now);
    s->hidden += stored->draft.e.has_hide
                 && rfl_hidden_find(&s->codes, stored->draft.e.hide);
    s->soon += (end > s->now && end <= s->now + RFLCTL_SOON);

    rflctl_progress("reading the register", s->entries, 0);

    return rflctl_stop ? RFL_STOPPED : RFL_OK;
}


static int
rflctl_status_index(rflctl_status_t *s)
{
    int          rc;
    rfl_err_t    err;
    rfl_desk_t  *desk;

    desk = &s->ctl->desk;

    rc = rfl_desk_index(desk, &err);

    if (rc == RFL_OK) {
        rc = rfl_index_keys(desk, &s->keys, &err);
    }

    if (rc == RFL_OK && desk->state.current.used) {
        rc = rfl_index_manifest(&desk->index, &desk->state.current,
                                &s->manifest, &err);
        s->ready = (rc == RFL_OK);
        rc = (rc == RFL_DECLINED) ? RFL_OK : rc;
    }

    if (rc != RFL_OK) {
        rflctl_problem(s->ctl, "%s: visitors get no results; start it, or "
                       "correct \"index\" in the configuration",
                       err.text);
    }

    return rc;
}


static int
rflctl_status_keyd(rflctl_status_t *s)
{
    int          rc;
    rfl_err_t    err;
    rfl_desk_t  *desk;

    desk = &s->ctl->desk;

    rc = rfl_desk_keyd(desk, &err);

    if (rc == RFL_OK) {
        rc = rfl_epochs_status(&desk->keyd, s->ctl->pool, &s->epochs,
                               &s->keyd_json, &err);
    }

    if (rc != RFL_OK) {
        rflctl_problem(s->ctl, "%s: visitors get no results; start it, "
                       "then run \"rflctl handover\"", err.text);
    }

    return rc;
}


static void
rflctl_status_judge(rflctl_status_t *s)
{
    int           i;
    rfl_live_t   *live;
    rfl_state_t  *state;

    state = &s->ctl->desk.state;
    live = &state->current;

    if (s->ctl->desk.op.kind != RFL_OP_NONE
        || state->phase != RFL_PHASE_IDLE)
    {
        rflctl_problem(s->ctl, "a command is at work, or was cut short: "
                       "the next one finishes, such as \"rflctl "
                       "verify\"");
    }

    if (!live->used) {
        rflctl_problem(s->ctl, "there is no index yet: run \"rflctl "
                       "publish\" or \"rflctl rotate\"");
        return;
    }

    if (live->epoch.end <= s->now) {
        rflctl_problem(s->ctl, "the epoch is over, visitors get no "
                       "results: run \"rflctl rotate\" now, and each "
                       "day");

    } else if (s->now - live->epoch.start - 7200
               >= (int64_t) s->ctl->desk.policy->epoch_days * RFL_DAY_SECONDS)
    {
        rflctl_problem(s->ctl, "a new epoch is due: run \"rflctl rotate\", "
                       "each day");
    }

    if (state->leftovers && state->phase == RFL_PHASE_IDLE) {
        rflctl_problem(s->ctl, "keys of an earlier rotation may be left in "
                       "the index: run \"rflctl verify\"");
    }

    if (s->index && !s->ready) {
        rflctl_problem(s->ctl, "the index is empty or another one, "
                       "visitors get no results: run \"rflctl "
                       "rotate\"");

    } else if (s->index && s->keys
               != rfl_index_total(live, RFL_SIZE_ELEMENT)
                  + rfl_index_total(live, RFL_SIZE_BLOCK)
               && !state->leftovers)
    {
        rflctl_problem(s->ctl, "the index has other keys than were "
                       "written: run \"rflctl verify\"");
    }

    if (s->keyd) {
        i = rfl_epochs_find(&s->epochs, live->epoch.id);

        if (i == -1 || !s->epochs.epoch[i].in_use) {
            rflctl_problem(s->ctl, "rfl-keyd does not use the current "
                           "epoch, visitors get no results: run "
                           "\"rflctl handover\"");
        }
    }
}


static int
rflctl_status_json(rflctl_status_t *s, int status)
{
    char         start[RFL_TIME_TEXT_SIZE + 1];
    char         end[RFL_TIME_TEXT_SIZE + 1];
    char         as_of[RFL_TIME_TEXT_SIZE + 1];
    json_t      *root, *keyd;
    rfl_live_t  *live;

    live = &s->ctl->desk.state.current;

    root = json_pack("{s:s, s:{s:I, s:I, s:I, s:I, s:I, s:I}, "
                     "s:{s:b, s:b, s:I}, s:o}",
                     "version", RFL_VERSION,
                     "register", "entries", (json_int_t) s->entries,
                     "canaries", (json_int_t) s->canaries,
                     "ending_soon", (json_int_t) s->soon,
                     "over", (json_int_t) s->over,
                     "hidden", (json_int_t) s->hidden,
                     "tombstones", (json_int_t) s->tombs,
                     "index", "answers", (int) s->index,
                     "ready", (int) s->ready,
                     "keys", (json_int_t) s->keys,
                     "problems", s->ctl->problems);

    if (root != NULL && live->used) {

        rflctl_time(live->epoch.start, start);
        rflctl_time(live->epoch.end, end);
        rflctl_time(s->ctl->desk.state.as_of, as_of);

        (void) json_object_set_new(root, "epoch",
                   json_pack("{s:I, s:s, s:s, s:s, s:I}", "id",
                             (json_int_t) live->epoch.id, "start", start,
                             "end", end, "as_of", as_of, "entries",
                             (json_int_t) live->entries));
    }

    if (root != NULL && s->keyd) {
        keyd = json_loadb((char *) s->keyd_json.data, s->keyd_json.len, 0,
                          NULL);
        (void) json_object_set_new(root, "keyd", keyd);
    }

    return rflctl_json(root, status);
}


static void
rflctl_status_text(rflctl_status_t *s)
{
    char         end[RFL_TIME_TEXT_SIZE + 1];
    char         as_of[RFL_TIME_TEXT_SIZE + 1];
    size_t       i;
    json_t      *text;
    rfl_live_t  *live;

    live = &s->ctl->desk.state.current;

    rflctl_say("register   %" PRIu64 " entries (%" PRIu64 " canaries, %"
               PRIu64 " end within 14 days, %" PRIu64 " are over), %" PRIu64
               " tombstones", s->entries, s->canaries, s->soon, s->over,
               s->tombs);

    if (s->hidden != 0) {
        rflctl_say("hidden     %" PRIu64 " of them, with the code by the "
                   "person; the next rotation withdraws them", s->hidden);
    }

    if (live->used) {
        rflctl_time(live->epoch.end, end);
        rflctl_time(s->ctl->desk.state.as_of, as_of);

        rflctl_say("index      %s, %" PRIu64 " entries, %" PRIu64 " keys, as "
                   "of %s", !s->index ? "does not answer"
                            : s->ready ? "ready" : "not ready",
                   live->entries, s->keys, as_of);
        rflctl_say("epoch      %" PRIu64 ", until %s", live->epoch.id, end);

    } else {
        rflctl_say("index      nothing yet");
    }

    rflctl_say("rfl-keyd   %s", s->keyd ? "answers" : "does not answer");

    json_array_foreach(s->ctl->problems, i, text) {
        rflctl_error("%s", json_string_value(text));
    }
}
