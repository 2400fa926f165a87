
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_publish.c: "rflctl publish".
 */


#include "rfl_change.h"
#include "rfl_file.h"
#include "rfl_hidden.h"
#include "rflctl.h"

#include <stdio.h>
#include <stdlib.h>


#define RFLCTL_LOOKS         4     /* questions about a line */


/* what becomes of a line */

typedef enum {
    RFLCTL_ADDED = 0,
    RFLCTL_REPLACED,
    RFLCTL_UNCHANGED,
    RFLCTL_WITHDRAWN,
    RFLCTL_FAULTY,
    RFLCTL_FATES
} rflctl_fate_e;


/* tokens seen in this file: open addressing, tokens are random */

typedef struct {
    u_char           *slots;
    size_t            size;        /* power of two */
    size_t            n;
} rflctl_seen_t;


typedef struct {
    rflctl_t         *ctl;
    rfl_redis_t       look;        /* second connection: its replies wait */
    rflctl_batch_t   *batch;
    rflctl_line_t    *line;
    rflctl_faults_t   faults;
    rflctl_seen_t     seen;
    rfl_hidden_t      hidden;
    unsigned          asked;       /* for what people have hidden */
    rfl_buf_t         refs;
    uint64_t          fates[RFLCTL_FATES];
} rflctl_publish_t;


static int rflctl_publish_file(rflctl_publish_t *p, rfl_err_t *err);
static int rflctl_publish_line(rflctl_publish_t *p, rfl_err_t *err);
static int rflctl_publish_look(rflctl_publish_t *p, rfl_err_t *err);
static int rflctl_publish_fate(rflctl_publish_t *p, rfl_pool_t *pool,
    rfl_draft_t *draft, rflctl_fate_e *fate, rfl_err_t *err);
static int rflctl_publish_judge(rflctl_publish_t *p, rfl_pool_t *pool,
    rfl_draft_t *draft, redisReply **reply, rflctl_fate_e *fate,
    rfl_err_t *err);
static int rflctl_publish_hidden(rflctl_publish_t *p,
    const rfl_draft_t *draft, rflctl_fate_e *fate, rfl_err_t *err);
static int rflctl_publish_tomb(rflctl_publish_t *p, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const redisReply *reply);
static int rflctl_publish_known(rflctl_publish_t *p, rfl_pool_t *pool,
    rfl_draft_t *draft, const u_char token[RFL_TOKEN_SIZE],
    const redisReply *value, rflctl_fate_e *fate, rfl_err_t *err);
static void rflctl_publish_fault(rflctl_publish_t *p, rflctl_fate_e *fate,
    const char *text);
static int rflctl_publish_end(rflctl_publish_t *p, rfl_err_t *err);
static int rflctl_publish_report(rflctl_publish_t *p);
static int rflctl_seen(rflctl_seen_t *seen,
    const u_char token[RFL_TOKEN_SIZE]);


int
rflctl_publish(rflctl_t *ctl)
{
    int                rc, status;
    rfl_err_t          err;
    rflctl_publish_t   p;

    status = rflctl_open(ctl);
    if (status != RFLCTL_OK) {
        return status;
    }

    memset(&p, 0, sizeof(rflctl_publish_t));
    p.ctl = ctl;
    rfl_buf_init(&p.refs, (size_t) 1024 * 1024 * 1024);

    p.batch = rfl_palloc(ctl->pool, sizeof(rflctl_batch_t));
    if (p.batch == NULL) {
        return rflctl_fail(rfl_err(&err, 0, "out of memory"), &err);
    }

    rc = rflctl_batch_open(p.batch, ctl, ctl->argv[0], RFLCTL_SIGNED, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    status = rflctl_relock(ctl);
    if (status != RFLCTL_OK) {
        rflctl_batch_close(p.batch);
        return status;
    }

    rflctl_faults_init(&p.faults, p.batch->lines.name);
    p.faults.json = ctl->opts->json ? json_array() : NULL;

    rc = rfl_redis_open(&p.look, &ctl->desk.conf.desk, "desk Redis", &err);

    if (rc == RFL_OK) {
        rc = rflctl_publish_file(&p, &err);
    }

    if (rc == RFL_OK && p.refs.len != 0 && ctl->opts->refs != NULL
        && !ctl->opts->dry_run)
    {
        rc = rfl_file_write(ctl->pool, ctl->opts->refs, 0600, 1, p.refs.data,
                            p.refs.len, &err);
    }

    if (rc == RFL_OK || rc == RFL_DECLINED) {
        status = rflctl_publish_report(&p);

    } else {
        json_decref(p.faults.json);
        status = rflctl_fail(rc, &err);
    }

    rfl_redis_close(&p.look);
    rfl_hidden_free(&p.hidden);
    rflctl_batch_close(p.batch);
    rfl_buf_free(&p.refs);
    free(p.seen.slots);

    return status;
}


/* RFL_DECLINED: nothing was published because of faults */

static int
rflctl_publish_file(rflctl_publish_t *p, rfl_err_t *err)
{
    int          rc;
    rfl_err_t    other;
    rfl_desk_t  *desk;

    desk = &p->ctl->desk;

    rc = p->ctl->opts->dry_run ? RFL_OK : rfl_change_begin(desk, err);

    while (rc == RFL_OK
           && (rc = rflctl_batch_next(p->batch, &p->line, err)) == RFL_OK)
    {
        /* the batch before was stored while this one was checked */

        if (p->batch->next == 1) {
            rc = rfl_change_flush(desk, err);

            if (rc == RFL_OK) {
                rc = rflctl_publish_look(p, err);
            }
        }

        if (rc == RFL_OK) {
            rc = rflctl_publish_line(p, err);
        }

        if (rc == RFL_OK && p->batch->next == p->batch->n) {
            rc = rfl_change_send(desk, err);
        }
    }

    if (rc == RFL_DECLINED) {
        rc = rfl_change_flush(desk, err);
    }

    if (p->ctl->opts->dry_run) {
        return rc;
    }

    if (rc == RFL_OK) {
        rc = rflctl_publish_end(p, err);
    }

    /* before the decision everything is forgotten, here or by the next one */

    if (rc != RFL_OK && desk->op.kind == RFL_OP_STAGING && rc != RFL_AWAY
        && (rfl_change_flush(desk, &other) != RFL_OK
            || rfl_change_abort(desk, &other) != RFL_OK))
    {
        rflctl_note("the next command will clear away what was staged");
    }

    return rc;
}


static int
rflctl_publish_line(rflctl_publish_t *p, rfl_err_t *err)
{
    int             rc;
    char            ref[RFL_REF_TEXT_SIZE + 1];
    rfl_draft_t    *draft;
    rflctl_fate_e   fate;

    draft = &p->line->draft;

    if (p->line->rc != RFL_OK) {
        rflctl_faults_add(&p->faults, p->line->number, p->line->faults.data,
                          p->line->faults.len);
        fate = RFLCTL_FAULTY;

    } else {
        fate = RFLCTL_ADDED;

        rc = rflctl_publish_fate(p, p->line->pool, draft, &fate, err);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    p->fates[fate]++;

    if (fate == RFLCTL_FAULTY || fate == RFLCTL_WITHDRAWN) {
        return RFL_OK;
    }

    rflctl_ref(draft->e.ref, ref);
    rfl_buf_printf(&p->refs, "%.*s\t%s\n", (int) draft->id.len,
                   draft->id.data, ref);

    if (fate == RFLCTL_UNCHANGED || p->ctl->opts->dry_run) {
        return RFL_OK;
    }

    return rfl_change_add(&p->ctl->desk, draft, p->ctl->opts->canary, err);
}


/* asks the register about all lines of a batch at once */

static int
rflctl_publish_look(rflctl_publish_t *p, rfl_err_t *err)
{
    int             rc;
    u_char          source[RFL_TOKEN_SIZE], ref[RFL_TOKEN_SIZE];
    rfl_desk_t     *desk;
    rflctl_line_t  *line, *last;

    desk = &p->ctl->desk;
    rc = RFL_OK;
    last = p->batch->line + p->batch->n;

    for (line = p->batch->line; rc == RFL_OK && line < last; line++) {

        if (line->rc != RFL_OK) {
            continue;
        }

        rfl_store_source_token(&desk->keys, &line->draft.id, source);
        rfl_store_ref_token(&desk->keys, line->draft.e.ref, ref);

        rc = rfl_redis_send(&p->look, err, "HGET %s %b", RFL_STORE_TOMB,
                            source, sizeof(source));

        if (rc == RFL_OK) {
            rc = rfl_redis_send(&p->look, err, "HGET %s %b", RFL_STORE_TOMB,
                                ref, sizeof(ref));
        }

        if (rc == RFL_OK) {
            rc = rfl_redis_send(&p->look, err, "HGET %s %b", RFL_STORE_SOURCE,
                                source, sizeof(source));
        }

        if (rc == RFL_OK) {
            rc = rfl_redis_send(&p->look, err, "HGET %s %b",
                                RFL_STORE_REGISTER, ref, sizeof(ref));
        }
    }

    return rc;
}


/* what the register says of this source and this reference */

static int
rflctl_publish_fate(rflctl_publish_t *p, rfl_pool_t *pool,
    rfl_draft_t *draft, rflctl_fate_e *fate, rfl_err_t *err)
{
    int          rc, i;
    redisReply  *reply[RFLCTL_LOOKS];

    memset(reply, 0, sizeof(reply));

    for (i = 0, rc = RFL_OK; rc == RFL_OK && i < RFLCTL_LOOKS; i++) {
        rc = rfl_redis_next(&p->look, &reply[i], err);
    }

    if (rc == RFL_OK) {
        rc = rflctl_publish_judge(p, pool, draft, reply, fate, err);
    }

    for (i = 0; i < RFLCTL_LOOKS; i++) {
        if (reply[i] != NULL) {
            freeReplyObject(reply[i]);
        }
    }

    return rc;
}


/* tombstones of source and reference; the source's entry; the reference's */

static int
rflctl_publish_judge(rflctl_publish_t *p, rfl_pool_t *pool,
    rfl_draft_t *draft, redisReply **reply, rflctl_fate_e *fate,
    rfl_err_t *err)
{
    int          rc;
    u_char       source[RFL_TOKEN_SIZE], ref[RFL_TOKEN_SIZE];
    u_char       old[RFL_REF_SIZE];
    rfl_desk_t  *desk;

    desk = &p->ctl->desk;

    rfl_store_source_token(&desk->keys, &draft->id, source);
    rfl_store_ref_token(&desk->keys, draft->e.ref, ref);

    switch (rflctl_seen(&p->seen, source)) {

    case RFL_OK:
        break;

    case RFL_DECLINED:
        rflctl_publish_fault(p, fate, "\"id\": an earlier line has the same:"
                             " leave only one of them");
        return RFL_OK;

    default:
        return rfl_err(err, 0, "out of memory");
    }

    if (rflctl_publish_tomb(p, pool, source, reply[0])
        || rflctl_publish_tomb(p, pool, ref, reply[1]))
    {
        *fate = RFLCTL_WITHDRAWN;
        return RFL_OK;
    }

    rc = rflctl_publish_hidden(p, draft, fate, err);

    if (rc != RFL_OK || *fate == RFLCTL_WITHDRAWN) {
        return rc;
    }

    memset(old, 0, sizeof(old));

    if (reply[2]->type == REDIS_REPLY_STRING
        && rfl_store_source_parse(pool, &desk->keys, source, reply[2]->str,
                                  reply[2]->len, old, err)
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (reply[3]->type != REDIS_REPLY_STRING) {
        *fate = (reply[2]->type == REDIS_REPLY_STRING) ? RFLCTL_REPLACED
                                                       : RFLCTL_ADDED;
        return RFL_OK;
    }

    if (memcmp(old, draft->e.ref, RFL_REF_SIZE) != 0) {
        rflctl_publish_fault(p, fate, "\"ref\": another entry has this "
                             "public reference: remove \"ref\", \"salt\""
                             " and \"approvals\" and sign anew");
        return RFL_OK;
    }

    return rflctl_publish_known(p, pool, draft, ref, reply[3], fate, err);
}


/* the code of an entry may have been given before it is published */

static int
rflctl_publish_hidden(rflctl_publish_t *p, const rfl_draft_t *draft,
    rflctl_fate_e *fate, rfl_err_t *err)
{
    int  rc;

    if (!draft->e.has_hide) {
        return RFL_OK;
    }

    if (!p->asked) {
        rc = rfl_hidden_all(&p->ctl->desk, &p->hidden, err);
        if (rc != RFL_OK) {
            return rc;
        }

        p->asked = 1;
    }

    if (rfl_hidden_find(&p->hidden, draft->e.hide)) {
        rflctl_note("%s:%u: hidden by the person with the code, stays out",
                    p->batch->lines.name, p->line->number);
        *fate = RFLCTL_WITHDRAWN;
    }

    return RFL_OK;
}


/* says so if there is a tombstone; 1 if there is */

static int
rflctl_publish_tomb(rflctl_publish_t *p, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const redisReply *reply)
{
    int64_t     when;
    u_char      day[RFL_DAY_TEXT_SIZE];
    unsigned    reason;
    rfl_desk_t *desk;

    desk = &p->ctl->desk;

    if (reply->type != REDIS_REPLY_STRING) {
        return 0;
    }

    /* one that does not open counts all the same */

    if (rfl_store_tomb_parse(pool, &desk->keys, token, reply->str, reply->len,
                             &reason, &when)
        != RFL_OK)
    {
        rflctl_note("%s:%u: withdrawn before, stays out", p->batch->lines.name,
                    p->line->number);
        return 1;
    }

    rfl_day_format(rfl_time_day(when), day);

    rflctl_note("%s:%u: %s on %.*s, stays out", p->batch->lines.name,
                p->line->number, reason == RFL_REASON_REPLACED
                                 ? "replaced by a later publication"
                                 : "withdrawn",
                RFL_DAY_TEXT_SIZE, day);

    return 1;
}


/* the register has this reference, from this source */

static int
rflctl_publish_known(rflctl_publish_t *p, rfl_pool_t *pool,
    rfl_draft_t *draft, const u_char token[RFL_TOKEN_SIZE],
    const redisReply *value, rflctl_fate_e *fate, rfl_err_t *err)
{
    int           rc;
    rfl_str_t     a, b;
    rfl_stored_t  stored;

    rc = rfl_store_entry_parse(pool, &p->ctl->desk.keys, token, value->str,
                               value->len, &stored, err);

    if (rc == RFL_OK) {
        rc = rfl_entry_encode(pool, &stored.draft.e, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_entry_encode(pool, &draft->e, err);
    }

    if (rc != RFL_OK) {
        return RFL_ERROR;
    }

    if (!rfl_str_eq(&stored.draft.e.fields, &draft->e.fields)) {
        rflctl_publish_fault(p, fate, "\"ref\": published with other content:"
                             " for later dates use \"rflctl renew\"; else "
                             "remove \"ref\", \"salt\" and \"approvals\" and "
                             "sign anew");
        return RFL_OK;
    }

    if (rfl_record_encode(pool, &stored.draft.e, &a, err) != RFL_OK
        || rfl_record_encode(pool, &draft->e, &b, err) != RFL_OK)
    {
        return RFL_ERROR;
    }

    /* the same text signed by others: the record is another one */

    *fate = rfl_str_eq(&a, &b) ? RFLCTL_UNCHANGED : RFLCTL_REPLACED;

    return RFL_OK;
}


static void
rflctl_publish_fault(rflctl_publish_t *p, rflctl_fate_e *fate,
    const char *text)
{
    rflctl_faults_add(&p->faults, p->line->number, (const u_char *) text,
                      strlen(text));
    *fate = RFLCTL_FAULTY;
}


static int
rflctl_publish_end(rflctl_publish_t *p, rfl_err_t *err)
{
    int          rc;
    uint64_t     n;
    rfl_desk_t  *desk;

    desk = &p->ctl->desk;

    if (p->faults.lines != 0 && !p->ctl->opts->skip_faulty) {
        return RFL_DECLINED;
    }

    if (p->refs.failed) {
        return rfl_err(err, 0, "out of memory");
    }

    n = p->fates[RFLCTL_ADDED] + p->fates[RFLCTL_REPLACED];

    if (n == 0) {
        return rfl_change_abort(desk, err);
    }

    rc = rflctl_publish_ready(p->ctl, n, err);

    if (rc == RFL_OK) {
        rc = rfl_change_decide(desk, n, err);
    }

    if (rc == RFL_AWAY && desk->op.kind != RFL_OP_STAGING) {
        rflctl_error("the entries are in the register; the next command "
                     "brings them into the index");
    }

    return rc;
}


int
rflctl_publish_ready(rflctl_t *ctl, uint64_t n, rfl_err_t *err)
{
    int        rc;
    rfl_err_t  other;

    rc = rfl_change_ready(&ctl->desk, n, err);

    if (rc == RFL_AWAY && rfl_change_abort(&ctl->desk, &other) != RFL_OK) {
        rflctl_note("the next command will clear away what was staged");
    }

    return rc;
}


static int
rflctl_publish_report(rflctl_publish_t *p)
{
    int                   status;
    uint64_t              n;
    unsigned              undone;
    const rflctl_opts_t  *opts;

    opts = p->ctl->opts;
    undone = (p->faults.lines != 0 && !opts->skip_faulty);
    status = (p->faults.lines != 0) ? RFLCTL_PROBLEMS : RFLCTL_OK;
    n = undone ? 0 : p->fates[RFLCTL_ADDED] + p->fates[RFLCTL_REPLACED];

    if (opts->json) {
        return rflctl_json(json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:b, "
                   "s:o}",
                   "published", (json_int_t) n,
                   "new", (json_int_t) p->fates[RFLCTL_ADDED],
                   "replaced", (json_int_t) p->fates[RFLCTL_REPLACED],
                   "unchanged", (json_int_t) p->fates[RFLCTL_UNCHANGED],
                   "stay_out", (json_int_t) p->fates[RFLCTL_WITHDRAWN],
                   "faulty", (json_int_t) p->fates[RFLCTL_FAULTY],
                   "dry_run", (int) opts->dry_run, "faults", p->faults.json),
                   status);
    }

    if (undone) {
        rflctl_error("nothing was published: %u entries have faults "
                     "(--skip-faulty publishes the others)",
                     p->faults.lines);
        return status;
    }

    rflctl_say("%s: %llu new, %llu replaced, %llu unchanged, %llu stay out, "
               "%llu faulty", opts->dry_run ? "would be published"
                                            : "published",
               (unsigned long long) p->fates[RFLCTL_ADDED],
               (unsigned long long) p->fates[RFLCTL_REPLACED],
               (unsigned long long) p->fates[RFLCTL_UNCHANGED],
               (unsigned long long) p->fates[RFLCTL_WITHDRAWN],
               (unsigned long long) p->fates[RFLCTL_FAULTY]);

    return status;
}


/* RFL_OK: new; RFL_DECLINED: seen before */

static int
rflctl_seen(rflctl_seen_t *seen, const u_char token[RFL_TOKEN_SIZE])
{
    size_t          i, size, mask;
    u_char         *slot;
    uint64_t        hash;
    rflctl_seen_t   more;

    static const u_char  empty[RFL_TOKEN_SIZE];

    if (2 * seen->n >= seen->size) {

        size = (seen->size == 0) ? 1024 : seen->size * 2;

        more.n = 0;
        more.size = size;
        more.slots = calloc(size, RFL_TOKEN_SIZE);
        if (more.slots == NULL) {
            return RFL_ERROR;
        }

        for (i = 0; i < seen->size; i++) {
            slot = seen->slots + i * RFL_TOKEN_SIZE;

            if (memcmp(slot, empty, RFL_TOKEN_SIZE) != 0) {
                (void) rflctl_seen(&more, slot);
            }
        }

        free(seen->slots);
        *seen = more;
    }

    mask = seen->size - 1;
    memcpy(&hash, token, sizeof(hash));

    for (i = hash & mask; /* void */ ; i = (i + 1) & mask) {

        slot = seen->slots + i * RFL_TOKEN_SIZE;

        if (memcmp(slot, token, RFL_TOKEN_SIZE) == 0) {
            return RFL_DECLINED;
        }

        if (memcmp(slot, empty, RFL_TOKEN_SIZE) == 0) {
            memcpy(slot, token, RFL_TOKEN_SIZE);
            seen->n++;
            return RFL_OK;
        }
    }
}
