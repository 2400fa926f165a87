
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_withdraw.c: "rflctl withdraw": out of the index at once, out of
 * the register, and never in again; with proof.
 */


#include "rfl_change.h"
#include "rfl_edit.h"
#include "rflctl.h"

#include <stdio.h>


#define RFLCTL_WITHDRAW_MAX  256   /* of one transaction */


typedef enum {
    RFLCTL_GONE = 0,               /* withdrawn now, proof by reading again */
    RFLCTL_RECORDED,               /* the index could not be reached */
    RFLCTL_BEFORE,                 /* withdrawn earlier */
    RFLCTL_NEVER,                  /* never published; a tombstone now */
    RFLCTL_UNKNOWN,                /* no such reference */
    RFLCTL_ENDS
} rflctl_end_e;

static const char  *const  rflctl_ends[] = {
    "withdrawn", "recorded", "withdrawn_before", "never_published", "unknown"
};


typedef struct {
    const char        *label;      /* reference, or "line 3" */
    rfl_withdrawal_t   w;
    rfl_stored_t       stored;     /* if known */
    rflctl_end_e       end;
    unsigned           lists;      /* read again as proof */
} rflctl_leaver_t;


typedef struct {
    rflctl_t          *ctl;
    unsigned           reason;
    rflctl_lines_t     lines;      /* --source */
    rflctl_leaver_t   *leavers;
    unsigned           n;
    uint64_t           counts[RFLCTL_ENDS];
    json_t            *json;
} rflctl_withdraw_t;


static int rflctl_withdraw_lock(rflctl_withdraw_t *x);
static int rflctl_withdraw_refs(rflctl_withdraw_t *x, rfl_err_t *err);
static int rflctl_withdraw_sources(rflctl_withdraw_t *x, rfl_err_t *err);
static int rflctl_withdraw_ref(rflctl_withdraw_t *x, const char *label,
    const u_char ref[RFL_REF_SIZE], rfl_err_t *err);
static int rflctl_withdraw_add(rflctl_withdraw_t *x, const char *label,
    rflctl_leaver_t **l, rfl_err_t *err);
static int rflctl_withdraw_source(rflctl_withdraw_t *x, rfl_err_t *err);
static int rflctl_withdraw_look(rflctl_withdraw_t *x, rflctl_leaver_t *l,
    rfl_err_t *err);
static int rflctl_withdraw_batch(rflctl_withdraw_t *x, rfl_err_t *err);
static int rflctl_withdraw_prove(rflctl_withdraw_t *x, rflctl_leaver_t *l,
    const rfl_live_t *live, rfl_err_t *err);
static void rflctl_withdraw_say(rflctl_withdraw_t *x,
    const rflctl_leaver_t *l);


int
rflctl_withdraw(rflctl_t *ctl)
{
    int                 rc, status;
    rfl_err_t           err;
    const char         *reason;
    rflctl_withdraw_t   x;

    memset(&x, 0, sizeof(rflctl_withdraw_t));
    x.ctl = ctl;

    if ((ctl->argc != 0) == (ctl->opts->source != NULL)) {
        rflctl_error("give public references, or --source=FILE with source "
                     "ids");
        return RFLCTL_USAGE;
    }

    reason = ctl->opts->reason ? ctl->opts->reason : "request";

    /* "replaced" is not for people to give */

    for (x.reason = RFL_REASON_REPLACED - 1; x.reason > 0; x.reason--) {
        if (strcmp((char *) rfl_reasons[x.reason].data, reason) == 0) {
            break;
        }
    }

    if (x.reason == 0) {
        rflctl_error("\"%s\" is not a reason: request, found, error, safety "
                     "or other", reason);
        return RFLCTL_USAGE;
    }

    x.leavers = rfl_palloc(ctl->pool,
                           RFLCTL_WITHDRAW_MAX * sizeof(rflctl_leaver_t));
    if (x.leavers == NULL) {
        rflctl_error("out of memory");
        return RFLCTL_INTERNAL;
    }

    status = rflctl_open(ctl);

    if (status == RFLCTL_OK && ctl->opts->source != NULL) {
        rc = rflctl_lines_open(&x.lines, ctl->opts->source, &err);
        status = rflctl_fail(rc, &err);
    }

    if (status == RFLCTL_OK) {
        status = rflctl_withdraw_lock(&x);
    }

    if (status != RFLCTL_OK) {
        rflctl_lines_close(&x.lines);
        return status;
    }

    x.json = ctl->opts->json ? json_array() : NULL;

    rc = (ctl->opts->source == NULL) ? rflctl_withdraw_refs(&x, &err)
                                     : rflctl_withdraw_sources(&x, &err);
    if (rc == RFL_OK) {
        rc = rflctl_withdraw_batch(&x, &err);
    }

    rflctl_lines_close(&x.lines);

    status = rflctl_fail(rc, &err);

    if (status == RFLCTL_OK) {
        status = (x.counts[RFLCTL_UNKNOWN] != 0) ? RFLCTL_PROBLEMS
                                                 : RFLCTL_OK;
    }

    if (x.json != NULL) {
        status = rflctl_json(json_pack("{s:o, s:b}", "entries", x.json,
                                       "dry_run", (int) ctl->opts->dry_run),
                             status);
    }

    return status;
}


/*
 * A withdrawal waits for other commands rather than giving up, and goes on
 * if earlier work cannot be finished because rfl-keyd is away.
 */

static int
rflctl_withdraw_lock(rflctl_withdraw_t *x)
{
    int         rc;
    rfl_err_t   err;
    rfl_desk_t *desk;

    desk = &x->ctl->desk;

    rc = rfl_desk_lock(desk, RFL_DESK_LOCK_WAIT, rflctl_waiting, &err);

    if (rc == RFL_OK) {
        rc = rfl_change_heal(desk, &err);

        if (rc == RFL_AWAY && desk->desk.c->err == 0) {
            rflctl_note("%s", err.text);
            rc = RFL_OK;
        }
    }

    return rflctl_fail(rc, &err);
}


static int
rflctl_withdraw_refs(rflctl_withdraw_t *x, rfl_err_t *err)
{
    int     rc, i;
    u_char  ref[RFL_REF_SIZE];

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < x->ctl->argc; i++) {

        if (rflctl_ref_parse(x->ctl->argv[i], ref) != RFLCTL_OK) {
            x->counts[RFLCTL_UNKNOWN]++;
            continue;
        }

        rc = rflctl_withdraw_ref(x, x->ctl->argv[i], ref, err);
    }

    return rc;
}


static int
rflctl_withdraw_sources(rflctl_withdraw_t *x, rfl_err_t *err)
{
    int  rc;

    while ((rc = rflctl_lines_next(&x->lines, err)) == RFL_OK) {

        rc = rflctl_withdraw_source(x, err);
        if (rc != RFL_OK) {
            break;
        }
    }

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}


static int
rflctl_withdraw_ref(rflctl_withdraw_t *x, const char *label,
    const u_char ref[RFL_REF_SIZE], rfl_err_t *err)
{
    int               rc;
    rflctl_leaver_t  *l;

    rc = rflctl_withdraw_add(x, label, &l, err);
    if (rc != RFL_OK) {
        return rc;
    }

    l->w.known = 1;
    memcpy(l->w.ref, ref, RFL_REF_SIZE);

    return rflctl_withdraw_look(x, l, err);
}


static int
rflctl_withdraw_source(rflctl_withdraw_t *x, rfl_err_t *err)
{
    int               rc;
    char             *label;
    u_char            token[RFL_TOKEN_SIZE], ref[RFL_REF_SIZE];
    rfl_str_t         id;
    redisReply       *reply;
    rfl_desk_t       *desk;
    rflctl_leaver_t  *l;

    desk = &x->ctl->desk;

    id.len = x->lines.text.len;
    id.data = rfl_pstrdup(x->ctl->pool, x->lines.text.data, id.len);
    label = rfl_palloc(x->ctl->pool, 32);

    if (id.data == NULL || label == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    (void) snprintf(label, 32, "line %u", x->lines.number);

    if (id.len > RFL_SOURCE_ID_MAX) {
        rflctl_error("%s:%u: longer than a source id may be", x->lines.name,
                     x->lines.number);
        x->counts[RFLCTL_UNKNOWN]++;
        return RFL_OK;
    }

    rfl_store_source_token(&desk->keys, &id, token);

    rc = rfl_redis_call(&desk->desk, &reply, err, "HGET %s %b",
                        RFL_STORE_SOURCE, token, sizeof(token));
    if (rc != RFL_OK) {
        return rc;
    }

    if (reply->type == REDIS_REPLY_STRING) {

        rc = rfl_store_source_parse(x->ctl->pool, &desk->keys, token,
                                    reply->str, reply->len, ref, err);
        freeReplyObject(reply);

        return (rc == RFL_OK) ? rflctl_withdraw_ref(x, label, ref, err) : rc;
    }

    freeReplyObject(reply);

    rc = rflctl_withdraw_add(x, label, &l, err);

    if (rc == RFL_OK) {
        l->w.source = id;
        l->end = RFLCTL_NEVER;
    }

    return rc;
}


/* one more; those before are withdrawn first if there is no room */

static int
rflctl_withdraw_add(rflctl_withdraw_t *x, const char *label,
    rflctl_leaver_t **l, rfl_err_t *err)
{
    int  rc;

    if (x->n == RFLCTL_WITHDRAW_MAX) {
        rc = rflctl_withdraw_batch(x, err);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    *l = &x->leavers[x->n++];

    memset(*l, 0, sizeof(rflctl_leaver_t));
    (*l)->label = label;

    return RFL_OK;
}


/* what the register knows of a reference */

static int
rflctl_withdraw_look(rflctl_withdraw_t *x, rflctl_leaver_t *l,
    rfl_err_t *err)
{
    int          rc;
    u_char       token[RFL_TOKEN_SIZE];
    redisReply  *reply;
    rfl_desk_t  *desk;

    desk = &x->ctl->desk;

    rfl_store_ref_token(&desk->keys, l->w.ref, token);

    rc = rfl_store_get(&desk->desk, x->ctl->pool, &desk->keys,
                       RFL_STORE_REGISTER, token, &l->stored, err);

    if (rc == RFL_OK) {
        l->w.source = l->stored.draft.id;
        l->end = RFLCTL_GONE;
        return RFL_OK;
    }

    if (rc != RFL_DECLINED) {
        return rc;
    }

    l->w.known = 0;

    rc = rfl_redis_call(&desk->desk, &reply, err, "HEXISTS %s %b",
                        RFL_STORE_TOMB, token, sizeof(token));

    if (rc == RFL_OK) {
        l->end = reply->integer ? RFLCTL_BEFORE : RFLCTL_UNKNOWN;
        freeReplyObject(reply);
    }

    return rc;
}


static int
rflctl_withdraw_batch(rflctl_withdraw_t *x, rfl_err_t *err)
{
    int                rc;
    unsigned           i, n;
    rfl_desk_t        *desk;
    rflctl_leaver_t   *l;
    rfl_withdrawal_t   list[RFLCTL_WITHDRAW_MAX];

    desk = &x->ctl->desk;
    rc = RFL_OK;

    for (n = 0, i = 0; i < x->n; i++) {
        l = &x->leavers[i];

        if (l->end == RFLCTL_GONE || l->end == RFLCTL_NEVER) {
            list[n++] = l->w;
        }
    }

    if (n != 0 && !x->ctl->opts->dry_run) {
        rc = rfl_change_withdraw(desk, list, n, x->reason, err);
    }

    /* decided, but the index must still follow */

    if (rc == RFL_AWAY && desk->op.kind == RFL_OP_APPLY) {

        for (i = 0; i < x->n; i++) {
            l = &x->leavers[i];
            l->end = (l->end == RFLCTL_GONE) ? RFLCTL_RECORDED : l->end;
        }

    } else if (rc != RFL_OK) {
        return rc;
    }

    for (i = 0; i < x->n; i++) {

        l = &x->leavers[i];

        if (rc == RFL_OK && l->end == RFLCTL_GONE && !x->ctl->opts->dry_run
            && desk->state.current.used)
        {
            rc = rflctl_withdraw_prove(x, l, &desk->state.current, err);
        }

        rflctl_withdraw_say(x, l);
    }

    x->n = 0;

    return rc;
}


/* reads all lists of the entry again: nothing of it may be left */

static int
rflctl_withdraw_prove(rflctl_withdraw_t *x, rflctl_leaver_t *l,
    const rfl_live_t *live, rfl_err_t *err)
{
    int          rc;
    rfl_live_t   after;
    rfl_edit_t   edit;

    rc = rfl_desk_index(&x->ctl->desk, err);

    if (rc == RFL_OK) {
        rc = rfl_edit_init(&edit, &x->ctl->desk, live, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_edit_entry(&edit, &l->stored, 1, err);

    if (rc == RFL_OK) {
        rc = rfl_edit_plan(&edit, &after, 0, err);
    }

    if (rc == RFL_OK && (edit.found != 0 || edit.blocks != 0)) {
        rc = rfl_err(err, 0, "%s: something of it is still in the index: run "
                     "\"rflctl rotate\" now", l->label);
    }

    l->lists = edit.nlists;

    rfl_edit_free(&edit);
    rfl_memzero(&after, sizeof(after));

    return rc;
}


static void
rflctl_withdraw_say(rflctl_withdraw_t *x, const rflctl_leaver_t *l)
{
    unsigned  dry;

    dry = x->ctl->opts->dry_run;
    x->counts[l->end]++;

    if (x->json != NULL) {
        (void) json_array_append_new(x->json,
                   json_pack("{s:s, s:s, s:i}", "entry", l->label, "end",
                             rflctl_ends[l->end], "lists_read",
                             (int) l->lists));
        return;
    }

    switch (l->end) {

    case RFLCTL_GONE:
        if (dry) {
            rflctl_say("%s: would be withdrawn", l->label);

        } else if (l->lists != 0) {
            rflctl_say("%s: withdrawn; %u lists and its record were read "
                       "again, nothing of it is left", l->label, l->lists);

        } else {
            rflctl_say("%s: withdrawn; there is no index", l->label);
        }
        break;

    case RFLCTL_RECORDED:
        rflctl_error("%s: the withdrawal is recorded, but the index could "
                     "not be reached; the next command carries it out",
                     l->label);
        break;

    case RFLCTL_BEFORE:
        rflctl_say("%s: withdrawn before", l->label);
        break;

    case RFLCTL_NEVER:
        rflctl_say("%s: was not published; %s", l->label,
                   dry ? "would be kept out" : "it will be kept out");
        break;

    default:
        rflctl_error("%s: the register has no such entry", l->label);
        break;
    }
}
