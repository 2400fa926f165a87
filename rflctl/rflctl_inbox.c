
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_inbox.c: "rflctl inbox": what visitors sent is brought to the desk,
 * counted, shown, and written to a file for the case system.
 */


#include "rfl_file.h"
#include "rfl_inbox.h"
#include "rfl_pfif.h"
#include "rfl_text.h"
#include "rflctl.h"
#include "rflctl_inbox.h"
#include "rflctl_key.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>


/* boxes in one transaction */
#define RFLCTL_INBOX_PURGE   64


/* a box that was written out, to be removed once the file is on disk */

typedef struct {
    int32_t      day;
    u_char       hash[RFL_INBOX_HASH_SIZE];
    unsigned     aside;
} rflctl_inbox_done_t;

typedef struct {
    rflctl_t             *ctl;
    rfl_vault_t          *vault;
    rfl_out_t             out;     /* of export */
    unsigned              file;    /* there is one */
    rfl_pfif_out_t       *pfif;    /* NULL: NDJSON */
    rfl_buf_t             line;

    uint64_t              good;
    uint64_t              again;
    uint64_t              refused;
    uint64_t              left;    /* PFIF has no place for them */

    size_t                ndone;
    size_t                size;
    rflctl_inbox_done_t  *done;
} rflctl_inbox_t;


static int rflctl_inbox_begin(rflctl_t *ctl, rflctl_inbox_t *x);
static int rflctl_inbox_walk(rflctl_t *ctl, rflctl_inbox_t *x,
    rfl_err_t *err);
static int rflctl_inbox_visit(void *data, rfl_pool_t *pool,
    const rfl_inbox_box_t *box, const rfl_submission_t *s, rfl_err_t *err);
static int rflctl_inbox_good(rflctl_inbox_t *x, const rfl_inbox_box_t *box,
    const rfl_submission_t *s, rfl_err_t *err);
static int rflctl_inbox_remember(rflctl_inbox_t *x,
    const rfl_inbox_box_t *box, rfl_err_t *err);
static int rflctl_inbox_move(rflctl_inbox_t *x, const rfl_inbox_box_t *box,
    rfl_err_t *err);
static int rflctl_inbox_purge(rflctl_inbox_t *x, rfl_err_t *err);
static int rflctl_inbox_commit(rflctl_inbox_t *x, rfl_err_t *err);
static const char *rflctl_inbox_domain(rflctl_inbox_t *x,
    const rfl_submission_t *s);
static int rflctl_inbox_end(rflctl_inbox_t *x, int rc, const rfl_err_t *err);


int
rflctl_inbox_pull(rflctl_t *ctl)
{
    int                 rc;
    rfl_err_t           err;
    rfl_inbox_pulled_t  pulled;

    rc = rflctl_open(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rfl_inbox_pull(&ctl->desk, &pulled, &err);

    if (pulled.refused != 0) {
        rflctl_error("%llu things in the inbox were too large to be a box, "
                     "and dropped", (unsigned long long) pulled.refused);
    }

    if (rc == RFL_STOPPED) {
        rflctl_error("stopped by a signal: nothing is lost, the next pull "
                     "goes on");
        return RFLCTL_AGAIN;
    }

    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rflctl_say("%llu new, %llu that were here before",
               (unsigned long long) pulled.taken,
               (unsigned long long) pulled.again);

    rc = (pulled.refused != 0) ? RFLCTL_PROBLEMS : RFLCTL_OK;

    if (!ctl->opts->json) {
        return rc;
    }

    return rflctl_json(json_pack("{s:I, s:I, s:I, s:I}", "lists",
                                 (json_int_t) pulled.lists, "new",
                                 (json_int_t) pulled.taken, "again",
                                 (json_int_t) pulled.again, "refused",
                                 (json_int_t) pulled.refused),
                       rc);
}


int
rflctl_inbox_stats(rflctl_t *ctl)
{
    int                 rc;
    json_t             *lists;
    u_char              day[RFL_DAY_TEXT_SIZE];
    unsigned            i;
    uint64_t            waiting;
    rfl_err_t           err;
    rfl_inbox_list_t   *list;
    rfl_inbox_stats_t   stats;

    rc = rflctl_open(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rfl_inbox_stats(ctl->pool, &ctl->desk, &stats, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    lists = ctl->opts->json ? json_array() : NULL;
    waiting = 0;

    for (i = 0; i < stats.n; i++) {
        list = &stats.lists[i];
        waiting += list->boxes;

        rfl_day_format(list->day, day);

        if (lists == NULL) {
            rflctl_say("%.*s  %.*s  %llu", RFL_DAY_TEXT_SIZE, day,
                       (int) list->society.len, (char *) list->society.data,
                       (unsigned long long) list->boxes);
            continue;
        }

        (void) json_array_append_new(lists,
                   json_pack("{s:o, s:s#, s:I}", "society",
                             rflctl_json_str(&list->society), "day", day,
                             (int) RFL_DAY_TEXT_SIZE, "boxes",
                             (json_int_t) list->boxes));
    }

    rflctl_say("%llu at the public host, %llu at the desk, %llu put aside",
               (unsigned long long) waiting,
               (unsigned long long) stats.boxes,
               (unsigned long long) stats.aside);

    if (lists == NULL) {
        return RFLCTL_OK;
    }

    return rflctl_json(json_pack("{s:o, s:I, s:I, s:I}", "lists", lists,
                                 "waiting", (json_int_t) waiting, "desk",
                                 (json_int_t) stats.boxes, "aside",
                                 (json_int_t) stats.aside),
                       RFLCTL_OK);
}


int
rflctl_inbox_open(rflctl_t *ctl)
{
    int              rc;
    rfl_err_t        err;
    rflctl_inbox_t   x;

    rc = rflctl_inbox_begin(ctl, &x);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rflctl_inbox_walk(ctl, &x, &err);

    return rflctl_inbox_end(&x, rc, &err);
}


int
rflctl_inbox_export(rflctl_t *ctl)
{
    int              rc;
    rfl_err_t        err;
    rflctl_inbox_t   x;

    rc = rflctl_inbox_begin(ctl, &x);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rfl_out_open(ctl->pool, &x.out, ctl->argv[0], 0600, &err);
    x.file = 1;

    if (rc == RFL_OK && ctl->opts->pfif) {
        rc = rfl_pfif_begin(&x.pfif, &err);
    }

    if (rc == RFL_OK) {
        rc = rflctl_inbox_walk(ctl, &x, &err);
    }

    if (rc == RFL_OK) {
        rc = rflctl_inbox_commit(&x, &err);
    }

    if (rc == RFL_OK && ctl->opts->purge) {
        rc = rflctl_inbox_purge(&x, &err);
    }

    return rflctl_inbox_end(&x, rc, &err);
}


static int
rflctl_inbox_begin(rflctl_t *ctl, rflctl_inbox_t *x)
{
    memset(x, 0, sizeof(rflctl_inbox_t));
    rfl_buf_init(&x->line, 0);
    x->ctl = ctl;
    x->out.fd = -1;

    return rflctl_open(ctl);
}


static int
rflctl_inbox_walk(rflctl_t *ctl, rflctl_inbox_t *x, rfl_err_t *err)
{
    int            rc;
    rflctl_ask_t   ask;

    ask.prompt = "Passphrase of the office: ";
    ask.file = ctl->opts->passphrase;

    rc = rfl_vault_open(ctl->pool, ctl->opts->state, RFL_VAULT_OFFICE,
                        rflctl_passphrase_ask, &ask, &x->vault, err);

    if (rc == RFL_OK) {
        rc = rfl_inbox_walk(&ctl->desk, x->vault, rflctl_inbox_visit, x,
                            err);
    }

    if (rc == RFL_OK && ctl->opts->aside) {
        rc = rfl_inbox_walk_aside(&ctl->desk, x->vault, rflctl_inbox_visit,
                                  x, err);
    }

    return rc;
}


static int
rflctl_inbox_visit(void *data, rfl_pool_t *pool, const rfl_inbox_box_t *box,
    const rfl_submission_t *s, rfl_err_t *err)
{
    char             hex[2 * RFL_INBOX_HASH_SIZE + 1];
    u_char           day[RFL_DAY_TEXT_SIZE];
    rflctl_inbox_t  *x = data;

    if (box->state == RFL_INBOX_GOOD) {
        return rflctl_inbox_good(x, box, s, err);
    }

    if (box->state == RFL_INBOX_AGAIN) {
        x->again++;

    } else {
        x->refused++;

        (void) sodium_bin2hex(hex, sizeof(hex), box->hash,
                              RFL_INBOX_HASH_SIZE);
        rfl_day_format(box->day, day);

        rflctl_error("box %s of %.*s, %.*s: %s; it is put aside", hex,
                     (int) box->society.len, (char *) box->society.data,
                     RFL_DAY_TEXT_SIZE, day, rfl_inbox_states[box->state]);
    }

    return rflctl_inbox_move(x, box, err);
}


static int
rflctl_inbox_good(rflctl_inbox_t *x, const rfl_inbox_box_t *box,
    const rfl_submission_t *s, rfl_err_t *err)
{
    int  rc;

    if (x->pfif != NULL) {
        rc = rfl_pfif_write(x->pfif, s, rflctl_inbox_domain(x, s), err);

        /* it stays in the inbox, and in an export of the other kind */

        if (rc == RFL_DECLINED) {
            x->left++;
            return RFL_OK;
        }

        x->good++;

        return (rc == RFL_OK) ? rflctl_inbox_remember(x, box, err) : rc;
    }

    x->good++;

    if (!x->file && !x->ctl->opts->json) {
        rflctl_progress_end();
        rflctl_inbox_show(s);
        return RFL_OK;
    }

    rfl_buf_reset(&x->line);
    rfl_submission_print(s, &x->line);
    rfl_buf_byte(&x->line, '\n');

    if (x->line.failed) {
        return rfl_err(err, 0, "out of memory");
    }

    if (x->file) {
        rc = rfl_out_write(&x->out, x->line.data, x->line.len, err);
        return (rc == RFL_OK) ? rflctl_inbox_remember(x, box, err) : rc;
    }

    if (fwrite(x->line.data, 1, x->line.len, stdout) != x->line.len) {
        (void) rfl_err(err, 0, "cannot write to standard output");
        return RFL_CREATE;
    }

    return RFL_OK;
}


static int
rflctl_inbox_remember(rflctl_inbox_t *x, const rfl_inbox_box_t *box,
    rfl_err_t *err)
{
    rflctl_inbox_done_t  *done;

    if (!x->ctl->opts->purge) {
        return RFL_OK;
    }

    done = rfl_grow(x->done, x->ndone, &x->size,
                    sizeof(rflctl_inbox_done_t));
    if (done == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    x->done = done;
    done = &x->done[x->ndone++];
    done->day = box->day;
    done->aside = box->aside;
    memcpy(done->hash, box->hash, RFL_INBOX_HASH_SIZE);

    return RFL_OK;
}


/* out of the way: what was sent twice is done, what is not good put aside */

static int
rflctl_inbox_move(rflctl_inbox_t *x, const rfl_inbox_box_t *box,
    rfl_err_t *err)
{
    int           rc;
    rfl_redis_t  *r;

    r = &x->ctl->desk.desk;

    rc = rfl_redis_begin(r, err);

    if (rc == RFL_OK) {
        rc = (box->state == RFL_INBOX_AGAIN)
             ? rfl_inbox_send_done(r, box, err)
             : rfl_inbox_send_aside(r, box, err);
    }

    return (rc == RFL_OK) ? rfl_redis_exec(r, err) : rc;
}


static int
rflctl_inbox_purge(rflctl_inbox_t *x, rfl_err_t *err)
{
    int               rc;
    size_t            i;
    rfl_redis_t      *r;
    rfl_inbox_box_t   box;

    r = &x->ctl->desk.desk;

    memset(&box, 0, sizeof(rfl_inbox_box_t));

    for (i = 0, rc = RFL_OK; rc == RFL_OK && i < x->ndone; i++) {

        if (i % RFLCTL_INBOX_PURGE == 0) {
            rc = rfl_redis_begin(r, err);
        }

        box.day = x->done[i].day;
        box.aside = x->done[i].aside;
        memcpy(box.hash, x->done[i].hash, RFL_INBOX_HASH_SIZE);

        if (rc == RFL_OK) {
            rc = rfl_inbox_send_done(r, &box, err);
        }

        if (rc == RFL_OK
            && (i % RFLCTL_INBOX_PURGE == RFLCTL_INBOX_PURGE - 1
                || i + 1 == x->ndone))
        {
            rc = rfl_redis_exec(r, err);
        }
    }

    return rc;
}


static int
rflctl_inbox_commit(rflctl_inbox_t *x, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  text;

    if (x->pfif != NULL) {
        rc = rfl_pfif_end(x->pfif, &text, err);

        if (rc == RFL_OK) {
            rc = rfl_out_write(&x->out, text.data, text.len, err);
        }

        if (rc != RFL_OK) {
            return rc;
        }
    }

    return rfl_out_commit(&x->out, 0, err);
}


/* of record ids: that of the society's site, or one that nobody can have */

static const char *
rflctl_inbox_domain(rflctl_inbox_t *x, const rfl_submission_t *s)
{
    char                 *domain;
    size_t                len;
    const char           *p;
    const rfl_society_t  *society;

    society = rfl_trust_society(x->ctl->desk.trust, &s->society);

    if (society != NULL && society->url.len > sizeof("https://") - 1) {
        p = (char *) society->url.data + sizeof("https://") - 1;
        len = strcspn(p, "/:?#@");

        domain = rfl_psprintf(x->ctl->pool, "%.*s", (int) len, p);

    } else {
        domain = rfl_psprintf(x->ctl->pool, "%.*s.invalid",
                              (int) s->society.len,
                              (char *) s->society.data);
    }

    return (domain != NULL) ? domain : "invalid";
}


static int
rflctl_inbox_end(rflctl_inbox_t *x, int rc, const rfl_err_t *err)
{
    rfl_out_close(&x->out);
    rfl_pfif_free(x->pfif);
    rfl_vault_close(x->vault);
    rfl_buf_free(&x->line);
    free(x->done);

    if (rc != RFL_OK) {
        return rflctl_fail(rc, err);
    }

    rflctl_note("%llu submission%s, %llu sent twice, %llu put aside",
                (unsigned long long) x->good, x->good == 1 ? "" : "s",
                (unsigned long long) x->again,
                (unsigned long long) x->refused);

    if (x->left != 0) {
        rflctl_note("%llu that PFIF has no place for, withdrawals and "
                    "reports, are not in the file", (unsigned long long)
                    x->left);
    }

    return (x->refused == 0) ? RFLCTL_OK : RFLCTL_PROBLEMS;
}
