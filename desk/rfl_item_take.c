
/*
 * Copyright (C) The RFL authors
 *
 * rfl_item_take.c: how items begin: boxes that came in, and drafts from the
 * case system.  Called when a queue is shown, and by the spool.
 */


#include "rfl_item.h"
#include "rfl_box.h"
#include "rfl_hidden.h"
#include "rfl_inbox.h"
#include "rfl_item_int.h"
#include "rfl_journal.h"

#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>


#define RFL_HIDDEN_MAX       1024  /* marked at a time */


typedef struct {
    rfl_work_t      *work;
    rfl_taken_t     *taken;
} rfl_taker_t;

typedef struct {
    const rfl_hidden_t  *hidden;
    unsigned             n;
    u_char               ids[RFL_HIDDEN_MAX][RFL_SUBMISSION_ID_SIZE];
} rfl_hider_t;


static int rfl_item_take_one(void *data, rfl_pool_t *pool,
    const rfl_inbox_box_t *box, const rfl_submission_t *s, rfl_err_t *err);
static int rfl_item_is_here(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err);
static int rfl_item_once(rfl_work_t *work, rfl_pool_t *pool,
    const rfl_item_t *item, rfl_err_t *err);
static int rfl_item_from(rfl_work_t *work, rfl_pool_t *pool,
    const rfl_submission_t *s, rfl_item_t *item, rfl_err_t *err);
static int rfl_item_begin(rfl_work_t *work, rfl_pool_t *pool,
    rfl_item_t *item, rfl_item_kind_e kind,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err);
static int rfl_item_import_draft(rfl_pool_t *pool, const rfl_draft_t *draft,
    rfl_item_t *item, rfl_err_t *err);
static int rfl_item_hidden_find(void *data, rfl_pool_t *pool,
    const rfl_head_t *head, rfl_err_t *err);
static int rfl_item_hidden_mark(rfl_work_t *work,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err);


int
rfl_item_take(rfl_work_t *work, rfl_taken_t *taken, rfl_err_t *err)
{
    int          rc, fd;
    rfl_taker_t  taker;

    memset(taken, 0, sizeof(rfl_taken_t));

    rc = rfl_item_keys(work, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_item_lock(&work->desk, &fd, err);
    if (rc != RFL_OK) {
        return rc;
    }

    taker.work = work;
    taker.taken = taken;

    rc = rfl_inbox_walk(&work->desk, work->keys, rfl_item_take_one, &taker,
                        err);

    (void) close(fd);

    return rc;
}


/* box and item change places in one transaction */

static int
rfl_item_take_one(void *data, rfl_pool_t *pool, const rfl_inbox_box_t *box,
    const rfl_submission_t *s, rfl_err_t *err)
{
    int           rc, here;
    rfl_item_t    item;
    rfl_redis_t  *r;
    rfl_taker_t  *taker = data;

    r = &taker->work->desk.desk;
    here = 0;

    if (box->state == RFL_INBOX_GOOD) {

        rc = rfl_item_is_here(taker->work, pool, s->id, err);
        if (rc != RFL_OK && rc != RFL_DECLINED) {
            return rc;
        }

        here = (rc == RFL_OK);

        if (!here) {
            rc = rfl_item_from(taker->work, pool, s, &item, err);
            if (rc != RFL_OK) {
                return rc;
            }
        }
    }

    rc = rfl_redis_begin(r, err);

    if (rc == RFL_OK && box->state != RFL_INBOX_GOOD
        && box->state != RFL_INBOX_AGAIN)
    {
        taker->taken->aside++;
        rc = rfl_inbox_send_aside(r, box, err);

    } else if (rc == RFL_OK) {

        rc = rfl_inbox_send_done(r, box, err);

        if (rc == RFL_OK && s != NULL) {
            rc = rfl_inbox_send_seen(r, taker->work->keys, s, err);
        }

        if (rc == RFL_OK && box->state == RFL_INBOX_GOOD && !here) {
            taker->taken->items++;
            rc = rfl_item_send(taker->work, pool, &item, err);

        } else {
            taker->taken->again++;
        }
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(r, err);
    }

    return rc;
}


static int
rfl_item_is_here(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err)
{
    rfl_item_t  item;

    return rfl_item_get(work, pool, id, &item, err);
}


int
rfl_item_add(rfl_work_t *work, const rfl_submission_t *s,
    rfl_item_kind_e kind, rfl_err_t *err)
{
    int          rc;
    rfl_item_t   item;
    rfl_pool_t  *pool;

    rc = rfl_item_keys(work, err);
    if (rc != RFL_OK) {
        return rc;
    }

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_item_from(work, pool, s, &item, err);

    if (rc == RFL_OK) {
        item.head.kind = kind;
        rc = rfl_item_once(work, pool, &item, err);
    }

    rfl_pool_destroy(pool);

    return rc;
}


/* RFL_DECLINED: one of its id is here */

static int
rfl_item_once(rfl_work_t *work, rfl_pool_t *pool, const rfl_item_t *item,
    rfl_err_t *err)
{
    int  rc, fd;

    rc = rfl_item_lock(&work->desk, &fd, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_item_is_here(work, pool, item->head.id, err);

    if (rc == RFL_OK) {
        (void) rfl_err(err, 0, "this item is here already");
        rc = RFL_DECLINED;

    } else if (rc == RFL_DECLINED) {
        rc = rfl_item_write(work, pool, item, err);
    }

    (void) close(fd);

    return rc;
}


/* an item as it begins */

static int
rfl_item_from(rfl_work_t *work, rfl_pool_t *pool, const rfl_submission_t *s,
    rfl_item_t *item, rfl_err_t *err)
{
    int  rc;

    rc = rfl_item_begin(work, pool, item, (rfl_item_kind_e) s->form, s->id,
                        err);
    if (rc != RFL_OK) {
        return rc;
    }

    item->has_submission = 1;
    item->submission = *s;

    item->head.arrived = (int64_t) s->day * RFL_DAY_SECONDS;

    if (item->head.arrived > work->now
        || work->now - item->head.arrived < RFL_DAY_SECONDS)
    {
        item->head.arrived = work->now;
    }

    item->head.society = s->society;
    item->head.lang = s->lang;
    item->head.wish = s->values[RFL_ASK_WISH].choice;

    if (s->has_ref) {
        item->head.has_ref = 1;
        memcpy(item->head.ref, s->ref, RFL_REF_SIZE);
    }

    if (s->form != RFL_FORM_ALIVE && s->form != RFL_FORM_LOOKING) {
        return RFL_OK;
    }

    rc = rfl_draft_from(pool, s, work->desk.policy, work->now, &item->draft,
                        err);
    if (rc != RFL_OK) {
        return rc;
    }

    item->has_draft = 1;
    item->show = rfl_draft_consented(s);
    item->head.event = item->draft.e.event;
    item->head.has_hide = s->has_hide;
    memcpy(item->head.hide, s->hide, RFL_HIDE_SIZE);
    item->head.has_ref = 1;
    memcpy(item->head.ref, item->draft.e.ref, RFL_REF_SIZE);

    return RFL_OK;
}


static int
rfl_item_begin(rfl_work_t *work, rfl_pool_t *pool, rfl_item_t *item,
    rfl_item_kind_e kind, const u_char id[RFL_SUBMISSION_ID_SIZE],
    rfl_err_t *err)
{
    rfl_history_t  line;

    memset(item, 0, sizeof(rfl_item_t));
    memset(&line, 0, sizeof(rfl_history_t));

    memcpy(item->head.id, id, RFL_SUBMISSION_ID_SIZE);
    item->head.kind = kind;
    item->head.version = 1;
    item->head.arrived = work->now;
    item->head.changed = work->now;

    line.when = work->now;
    line.act = RFL_ACT_ARRIVE;
    rfl_str_set(&line.who, "desk");

    return (rfl_item_history(pool, item, &line) == RFL_OK)
           ? RFL_OK : rfl_err(err, 0, "out of memory");
}


int
rfl_item_import(rfl_work_t *work, const rfl_draft_t *draft, rfl_err_t *err)
{
    int          rc;
    u_char       id[RFL_SUBMISSION_ID_SIZE];
    rfl_item_t   item;
    rfl_pool_t  *pool;

    rc = rfl_item_keys(work, err);
    if (rc != RFL_OK) {
        return rc;
    }

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    /* of its source id: the same file read again makes nothing twice */

    (void) crypto_generichash(id, RFL_SUBMISSION_ID_SIZE, draft->id.data,
                              draft->id.len, work->keys->key,
                              RFL_VAULT_KEY_SIZE);

    rc = rfl_item_begin(work, pool, &item, RFL_ITEM_IMPORT, id, err);

    if (rc == RFL_OK) {
        rc = rfl_item_import_draft(pool, draft, &item, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_item_once(work, pool, &item, err);
    }

    rfl_pool_destroy(pool);

    return rc;
}


static int
rfl_item_import_draft(rfl_pool_t *pool, const rfl_draft_t *draft,
    rfl_item_t *item, rfl_err_t *err)
{
    rfl_draft_t  *d;

    d = &item->draft;
    *d = *draft;
    d->e.napprovals = 0;
    rfl_str_null(&d->e.fields);

    /* a reference from elsewhere may be anybody's */

    randombytes_buf(d->e.ref, RFL_REF_SIZE);
    randombytes_buf(d->salt, RFL_SALT_SIZE);
    d->has_ref = 1;

    /* what it shows is what the case system has consent for */

    item->has_draft = 1;
    item->show = (d->e.age_band ? RFL_SHOW_AGE_BAND : 0)
                 | (d->e.sex ? RFL_SHOW_SEX : 0)
                 | (d->e.origin.len ? RFL_SHOW_ORIGIN : 0)
                 | (d->e.relation ? RFL_SHOW_RELATION : 0)
                 | (d->e.status ? RFL_SHOW_STATUS : 0);
    item->head.event = d->e.event;
    item->head.has_hide = d->e.has_hide;
    memcpy(item->head.hide, d->e.hide, RFL_HIDE_SIZE);
    item->head.society = d->e.society;
    item->head.has_ref = 1;
    memcpy(item->head.ref, d->e.ref, RFL_REF_SIZE);

    return (rfl_facts_commit(pool, &d->facts, d->salt, d->e.commit) == RFL_OK)
           ? RFL_OK : rfl_err(err, 0, "out of memory");
}


int
rfl_item_hidden(rfl_work_t *work, uint64_t *n, rfl_err_t *err)
{
    int            rc, fd;
    unsigned       i;
    rfl_hider_t   *hider;
    rfl_hidden_t   hidden;

    *n = 0;

    rc = rfl_item_keys(work, err);
    if (rc != RFL_OK) {
        return rc;
    }

    hider = calloc(1, sizeof(rfl_hider_t));
    if (hider == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_hidden_sent(&work->desk, &hidden, err);

    if (rc == RFL_DECLINED) {
        rc = rfl_hidden_read(&work->desk, &hidden, err);
    }

    hider->hidden = &hidden;

    if (rc == RFL_OK && hidden.n != 0) {

        rc = rfl_item_walk(work, rfl_item_hidden_find, hider, err);

        if (rc == RFL_STOPPED) {
            rc = RFL_OK;
        }

        if (rc == RFL_OK && hider->n != 0) {
            rc = rfl_item_lock(&work->desk, &fd, err);

            for (i = 0; rc == RFL_OK && i < hider->n; i++) {
                rc = rfl_item_hidden_mark(work, hider->ids[i], err);
                *n += (rc == RFL_OK);
            }

            if (fd != -1) {
                (void) close(fd);
            }
        }
    }

    rfl_hidden_free(&hidden);
    free(hider);

    return rc;
}


static int
rfl_item_hidden_find(void *data, rfl_pool_t *pool, const rfl_head_t *head,
    rfl_err_t *err)
{
    rfl_hider_t  *hider = data;

    if (!head->has_hide || head->hidden
        || !rfl_hidden_find(hider->hidden, head->hide))
    {
        return RFL_OK;
    }

    if (hider->n == RFL_HIDDEN_MAX) {
        return RFL_STOPPED;
    }

    memcpy(hider->ids[hider->n++], head->id, RFL_SUBMISSION_ID_SIZE);

    return RFL_OK;
}


static int
rfl_item_hidden_mark(rfl_work_t *work,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err)
{
    int                  rc;
    u_char               text[RFL_RECEIPT_TEXT_SIZE];
    u_char               digits[RFL_RECEIPT_DIGITS_SIZE];
    rfl_item_t           item;
    rfl_pool_t          *pool;
    rfl_journal_line_t   line;

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_item_get(work, pool, id, &item, err);

    if (rc == RFL_OK) {
        item.head.hidden = 1;
        item.head.version++;

        memset(&line, 0, sizeof(rfl_journal_line_t));
        rfl_receipt_format(id, text, digits);

        rfl_str_set(&line.who, "desk");
        rfl_str_set(&line.act, "hidden");
        line.item.data = text;
        line.item.len = RFL_RECEIPT_TEXT_SIZE;
        line.version = item.head.version;

        rc = rfl_journal_add(&work->desk, &line, work->now, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_item_write(work, pool, &item, err);
    }

    rfl_pool_destroy(pool);

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}
