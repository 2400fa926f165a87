
/*
 * Copyright (C) The RFL authors
 *
 * rfl_hidden.c: entries that people have hidden by their codes.  Called by
 * rotation, publishing, renewing, and whoever tells how many there are.
 */


#include "rfl_change.h"
#include "rfl_hidden.h"
#include "rfl_index.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>


#define RFL_HIDDEN_SCAN      "4096"
#define RFL_HIDDEN_BATCH     512
#define RFL_HIDDEN_CHUNK     4096  /* codes of one LRANGE */

/* days that a submission may wait for its publication */
#define RFL_HIDDEN_PENDING   366

#define RFL_HIDDEN_LIST      "in:hide:"


/* names found, or what was made of them */

typedef struct {
    rfl_pool_t        *pool;
    rfl_args_t         names;      /* a command begins with names[0] */
} rfl_hidden_names_t;


/* entries about to be withdrawn */

typedef struct {
    rfl_desk_t        *desk;
    rfl_hidden_t      *hidden;
    rfl_pool_t        *pool;
    rfl_withdrawal_t  *list;
    unsigned           n;
    unsigned           size;
} rfl_hidden_leavers_t;


static int rfl_hidden_gather(rfl_desk_t *desk, rfl_hidden_t *hidden,
    unsigned clean, rfl_err_t *err);
static int rfl_hidden_index(rfl_desk_t *desk, rfl_hidden_t *hidden,
    unsigned clean, rfl_err_t *err);
static int rfl_hidden_values(rfl_desk_t *desk, rfl_hidden_t *hidden,
    const rfl_args_t *names, rfl_args_t *wrong, rfl_err_t *err);
static int rfl_hidden_inbox(rfl_desk_t *desk, rfl_hidden_t *hidden,
    rfl_err_t *err);
static int rfl_hidden_list(rfl_desk_t *desk, rfl_hidden_t *hidden,
    const char *name, size_t len, rfl_err_t *err);
static int rfl_hidden_scan(rfl_redis_t *r, const char *pattern,
    rfl_hidden_names_t *names, rfl_err_t *err);
static int rfl_hidden_unlink(rfl_redis_t *r, const rfl_args_t *names,
    rfl_err_t *err);
static int rfl_hidden_add(rfl_hidden_t *hidden,
    const u_char hide[RFL_HIDE_SIZE]);
static int rfl_hidden_label(rfl_hidden_t *hidden,
    const u_char label[RFL_HIDE_LABEL_SIZE]);
static int rfl_hidden_cmp(const void *a, const void *b);
static int rfl_hidden_lost(rfl_desk_t *desk, const rfl_hidden_t *hidden,
    rfl_err_t *err);
static int rfl_hidden_leaver(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err);
static int rfl_hidden_withdraw(rfl_hidden_leavers_t *leavers,
    rfl_err_t *err);
static int rfl_hidden_old(rfl_desk_t *desk, rfl_err_t *err);


int
rfl_hidden_read(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    return rfl_hidden_gather(desk, hidden, 0, err);
}


static int
rfl_hidden_gather(rfl_desk_t *desk, rfl_hidden_t *hidden, unsigned clean,
    rfl_err_t *err)
{
    int  rc;

    memset(hidden, 0, sizeof(rfl_hidden_t));

    /*
     * The index first: a worker appends to the inbox before it sets the key,
     * so a code that is seen here is seen there as well.
     */

    rc = rfl_desk_index(desk, err);

    if (rc == RFL_OK) {
        rc = rfl_hidden_index(desk, hidden, clean, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    if (desk->conf.inbox.socket != NULL) {

        rc = rfl_desk_inbox(desk, &hidden->away);

        if (rc == RFL_OK) {
            rc = rfl_hidden_inbox(desk, hidden, &hidden->away);
        }

        hidden->inbox = (rc == RFL_OK);

        if (rc == RFL_ERROR) {
            *err = hidden->away;
            return rc;
        }
    }

    if (hidden->n > 1) {
        qsort(hidden->hashes, hidden->n, RFL_HIDE_SIZE, rfl_hidden_cmp);
    }

    return RFL_OK;
}


int
rfl_hidden_all(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    int  rc;

    rc = rfl_hidden_read(desk, hidden, err);

    if (rc == RFL_OK && !hidden->inbox && desk->conf.inbox.socket != NULL) {
        (void) rfl_err(err, 0, "%s, where it is kept what people have "
                       "hidden: start inbox Redis first",
                       hidden->away.text);
        rc = RFL_AWAY;
    }

    return rc;
}


void
rfl_hidden_free(rfl_hidden_t *hidden)
{
    free(hidden->hashes);
    free(hidden->labels);

    memset(hidden, 0, sizeof(rfl_hidden_t));
}


int
rfl_hidden_find(const rfl_hidden_t *hidden,
    const u_char hide[RFL_HIDE_SIZE])
{
    return hidden->n != 0
           && bsearch(hide, hidden->hashes, hidden->n, RFL_HIDE_SIZE,
                      rfl_hidden_cmp)
              != NULL;
}


static int
rfl_hidden_index(rfl_desk_t *desk, rfl_hidden_t *hidden, unsigned clean,
    rfl_err_t *err)
{
    int                 rc;
    rfl_args_t          wrong;
    rfl_hidden_names_t  names;

    memset(&names, 0, sizeof(rfl_hidden_names_t));
    rfl_args_init(&wrong);

    names.pool = rfl_pool_create(16384);
    if (names.pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rfl_args_literal(&wrong, "UNLINK");

    rc = rfl_hidden_scan(&desk->index, "h:*", &names, err);

    if (rc == RFL_OK) {
        rc = rfl_hidden_values(desk, hidden, &names.names, &wrong, err);
    }

    hidden->wrong = wrong.n - 1;

    if (rc == RFL_OK && hidden->wrong != 0 && clean) {

        rc = rfl_hidden_unlink(&desk->index, &wrong, err);

        rfl_desk_notice(desk, "%" PRIu64 " keys of index Redis hide nothing, "
                        "because their values are no codes, and are removed: "
                        "somebody else knows the password of pub_hide; give "
                        "it another one", hidden->wrong);
    }

    rfl_args_free(&wrong);
    rfl_args_free(&names.names);
    rfl_pool_destroy(names.pool);

    return rc;
}


/* which of the keys have the code of their label */

static int
rfl_hidden_values(rfl_desk_t *desk, rfl_hidden_t *hidden,
    const rfl_args_t *names, rfl_args_t *wrong, rfl_err_t *err)
{
    int          rc;
    u_char       hide[RFL_HIDE_SIZE], label[RFL_HIDE_LABEL_SIZE];
    unsigned     i, k, n;
    rfl_args_t   args;
    redisReply  *reply, *value;

    rc = RFL_OK;
    rfl_args_init(&args);

    for (i = 0; rc == RFL_OK && i < names->n; i += n) {

        rfl_args_reset(&args);
        rfl_args_literal(&args, "MGET");

        for (n = 0; n < RFL_HIDDEN_BATCH && i + n < names->n; n++) {
            rfl_args_add(&args, names->argv[i + n], names->lens[i + n]);
        }

        rc = rfl_redis_argv(&desk->index, &reply, err, &args);
        if (rc != RFL_OK) {
            break;
        }

        for (k = 0; rc == RFL_OK && k < n && k < reply->elements; k++) {

            value = reply->element[k];

            if (value->type == REDIS_REPLY_STRING
                && value->len == RFL_HIDE_CODE_SIZE)
            {
                rfl_hide_hash((u_char *) value->str, hide);
                rfl_hide_label(hide, label);

                if (memcmp(label, names->argv[i + k], RFL_HIDE_LABEL_SIZE)
                    == 0)
                {
                    if (rfl_hidden_add(hidden, hide) != RFL_OK
                        || rfl_hidden_label(hidden, label) != RFL_OK)
                    {
                        rc = rfl_err(err, 0, "out of memory");
                    }

                    continue;
                }
            }

            rfl_args_add(wrong, names->argv[i + k], names->lens[i + k]);
        }

        freeReplyObject(reply);
    }

    if (rc == RFL_OK && wrong->failed) {
        rc = rfl_err(err, 0, "out of memory");
    }

    rfl_args_free(&args);

    return rc;
}


static int
rfl_hidden_inbox(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    int                 rc;
    unsigned            i;
    rfl_hidden_names_t  names;

    memset(&names, 0, sizeof(rfl_hidden_names_t));

    names.pool = rfl_pool_create(16384);
    if (names.pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_hidden_scan(&desk->inbox, RFL_HIDDEN_LIST "*", &names, err);

    for (i = 0; rc == RFL_OK && i < names.names.n; i++) {
        rc = rfl_hidden_list(desk, hidden, names.names.argv[i],
                             names.names.lens[i], err);
    }

    rfl_args_free(&names.names);
    rfl_pool_destroy(names.pool);

    return rc;
}


static int
rfl_hidden_list(rfl_desk_t *desk, rfl_hidden_t *hidden, const char *name,
    size_t len, rfl_err_t *err)
{
    int           rc;
    char          first[24], last[24];
    u_char        hide[RFL_HIDE_SIZE];
    size_t        i, n;
    uint64_t      from;
    redisReply   *reply, *code;

    from = 0;

    do {
        (void) snprintf(first, sizeof(first), "%" PRIu64, from);
        (void) snprintf(last, sizeof(last), "%" PRIu64,
                        from + RFL_HIDDEN_CHUNK - 1);

        rc = rfl_redis_call(&desk->inbox, &reply, err, "LRANGE %b %s %s",
                            name, len, first, last);
        if (rc != RFL_OK) {
            return rc;
        }

        n = reply->elements;

        for (i = 0; rc == RFL_OK && i < n; i++) {
            code = reply->element[i];

            if (code->type != REDIS_REPLY_STRING
                || code->len != RFL_HIDE_CODE_SIZE)
            {
                continue;
            }

            rfl_hide_hash((u_char *) code->str, hide);

            if (rfl_hidden_add(hidden, hide) != RFL_OK) {
                rc = rfl_err(err, 0, "out of memory");
            }
        }

        freeReplyObject(reply);
        from += n;

    } while (rc == RFL_OK && n == RFL_HIDDEN_CHUNK);

    return rc;
}


static int
rfl_hidden_scan(rfl_redis_t *r, const char *pattern,
    rfl_hidden_names_t *names, rfl_err_t *err)
{
    int          rc;
    char         cursor[32];
    u_char      *name;
    size_t       i;
    redisReply  *reply, *keys;

    memcpy(cursor, "0", 2);

    do {
        rc = rfl_redis_call(r, &reply, err, "SCAN %s MATCH %s COUNT %s",
                            cursor, pattern, RFL_HIDDEN_SCAN);
        if (rc != RFL_OK) {
            return rc;
        }

        if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2
            || reply->element[0]->type != REDIS_REPLY_STRING
            || reply->element[0]->len >= sizeof(cursor))
        {
            freeReplyObject(reply);
            return rfl_err(err, 0, "%s answers SCAN in an unknown form",
                           r->what);
        }

        memcpy(cursor, reply->element[0]->str, reply->element[0]->len + 1);

        keys = reply->element[1];

        for (i = 0; rc == RFL_OK && i < keys->elements; i++) {

            /* a label of the index may begin like that, too */

            if (pattern[0] == 'h' && !rfl_index_hides(keys->element[i]->str,
                                                      keys->element[i]->len))
            {
                continue;
            }

            name = rfl_pstrdup(names->pool,
                               (u_char *) keys->element[i]->str,
                               keys->element[i]->len);
            if (name != NULL) {
                rfl_args_add(&names->names, name, keys->element[i]->len);
            }

            if (name == NULL || names->names.failed) {
                rc = rfl_err(err, 0, "out of memory");
            }
        }

        freeReplyObject(reply);

    } while (rc == RFL_OK && strcmp(cursor, "0") != 0);

    return rc;
}


static int
rfl_hidden_unlink(rfl_redis_t *r, const rfl_args_t *names, rfl_err_t *err)
{
    int          rc;
    redisReply  *reply;

    rc = rfl_redis_argv(r, &reply, err, names);

    if (rc == RFL_OK) {
        freeReplyObject(reply);
    }

    return rc;
}


static int
rfl_hidden_add(rfl_hidden_t *hidden, const u_char hide[RFL_HIDE_SIZE])
{
    size_t   size;
    u_char  *hashes;

    if (hidden->n == hidden->size) {
        size = (hidden->size == 0) ? 256 : hidden->size * 2;

        hashes = realloc(hidden->hashes, size * RFL_HIDE_SIZE);
        if (hashes == NULL) {
            return RFL_ERROR;
        }

        hidden->hashes = hashes;
        hidden->size = size;
    }

    memcpy(hidden->hashes + hidden->n * RFL_HIDE_SIZE, hide, RFL_HIDE_SIZE);
    hidden->n++;

    return RFL_OK;
}


static int
rfl_hidden_label(rfl_hidden_t *hidden,
    const u_char label[RFL_HIDE_LABEL_SIZE])
{
    size_t   size;
    u_char  *labels;

    if (hidden->nlabels == hidden->labels_size) {
        size = (hidden->labels_size == 0) ? 256 : hidden->labels_size * 2;

        labels = realloc(hidden->labels, size * RFL_HIDE_LABEL_SIZE);
        if (labels == NULL) {
            return RFL_ERROR;
        }

        hidden->labels = labels;
        hidden->labels_size = size;
    }

    memcpy(hidden->labels + hidden->nlabels * RFL_HIDE_LABEL_SIZE, label,
           RFL_HIDE_LABEL_SIZE);
    hidden->nlabels++;

    return RFL_OK;
}


static int
rfl_hidden_cmp(const void *a, const void *b)
{
    return memcmp(a, b, RFL_HIDE_SIZE);
}


int
rfl_hidden_apply(rfl_desk_t *desk, unsigned rebuild, rfl_hidden_t *hidden,
    uint64_t *n, rfl_err_t *err)
{
    int                    rc;
    rfl_tokens_t           tokens;
    rfl_hidden_leavers_t   leavers;

    *n = 0;

    rc = rfl_hidden_gather(desk, hidden, 1, err);

    if (rc == RFL_OK && !hidden->inbox && desk->conf.inbox.socket != NULL) {
        rc = rebuild ? rfl_hidden_lost(desk, hidden, err) : RFL_OK;

        if (rc == RFL_OK) {
            rfl_desk_notice(desk, "%s; codes that hide entries are read from "
                            "the index alone", hidden->away.text);
        }
    }

    if (rc != RFL_OK || hidden->n == 0) {
        return rc;
    }

    memset(&leavers, 0, sizeof(rfl_hidden_leavers_t));

    leavers.desk = desk;
    leavers.hidden = hidden;
    leavers.pool = rfl_pool_create(16384);

    if (leavers.pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_store_tokens(&desk->desk, RFL_STORE_REGISTER, &tokens, err);

    if (rc == RFL_OK) {
        rc = rfl_store_walk(&desk->desk, &desk->keys, RFL_STORE_REGISTER,
                            &tokens, 0, 1, rfl_hidden_leaver, &leavers, err);
        rfl_tokens_free(&tokens);
    }

    if (rc == RFL_OK) {
        rc = rfl_hidden_withdraw(&leavers, err);
    }

    if (rc == RFL_OK && leavers.n != 0) {
        *n = leavers.n;
        rfl_desk_notice(desk, "%u %s withdrawn, hidden with the code by the "
                        "person", leavers.n, leavers.n == 1 ? "entry is"
                                                            : "entries are");
    }

    free(leavers.list);
    rfl_pool_destroy(leavers.pool);

    return rc;
}


/*
 * An index that was there has all codes that this desk has not dealt with.
 * One that is not would show again what people have hidden.
 */

static int
rfl_hidden_lost(rfl_desk_t *desk, const rfl_hidden_t *hidden, rfl_err_t *err)
{
    int              rc;
    rfl_manifest_t   manifest;

    if (!desk->state.current.used) {
        return RFL_OK;
    }

    rc = rfl_index_manifest(&desk->index, &desk->state.current, &manifest,
                            err);
    if (rc != RFL_DECLINED) {
        return rc;
    }

    (void) rfl_err(err, 0, "%s, and the index has lost what people have "
                   "hidden, which would be shown again: start inbox Redis, "
                   "then run \"rflctl rotate\"", hidden->away.text);

    return RFL_AWAY;
}


static int
rfl_hidden_leaver(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err)
{
    unsigned               size;
    rfl_withdrawal_t      *w;
    const rfl_draft_t     *draft;
    rfl_hidden_leavers_t  *leavers = data;

    draft = &stored->draft;

    if (rfl_desk_stopped(leavers->desk)) {
        return RFL_STOPPED;
    }

    if (!draft->e.has_hide
        || !rfl_hidden_find(leavers->hidden, draft->e.hide))
    {
        return RFL_OK;
    }

    if (leavers->n == leavers->size) {
        size = (leavers->size == 0) ? 64 : leavers->size * 2;

        w = realloc(leavers->list, size * sizeof(rfl_withdrawal_t));
        if (w == NULL) {
            return rfl_err(err, 0, "out of memory");
        }

        leavers->list = w;
        leavers->size = size;
    }

    w = &leavers->list[leavers->n++];

    w->known = 1;
    memcpy(w->ref, draft->e.ref, RFL_REF_SIZE);

    w->source.len = draft->id.len;
    w->source.data = rfl_pstrdup(leavers->pool, draft->id.data,
                                 draft->id.len);

    return w->source.data ? RFL_OK : rfl_err(err, 0, "out of memory");
}


static int
rfl_hidden_withdraw(rfl_hidden_leavers_t *leavers, rfl_err_t *err)
{
    int       rc;
    unsigned  i, n;

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < leavers->n; i += n) {

        n = leavers->n - i;
        n = (n < RFL_HIDDEN_BATCH / 2) ? n : RFL_HIDDEN_BATCH / 2;

        rc = rfl_change_withdraw(leavers->desk, leavers->list + i, n,
                                 RFL_REASON_REQUEST, err);
    }

    return rc;
}


int
rfl_hidden_forget(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    int         rc;
    size_t      i;
    rfl_args_t  args;

    /* without the inbox the index alone remembers */

    if (!hidden->inbox) {
        return RFL_OK;
    }

    rc = RFL_OK;
    rfl_args_init(&args);

    for (i = 0; rc == RFL_OK && i < hidden->nlabels; i++) {

        if (args.n == 0) {
            rfl_args_literal(&args, "UNLINK");
        }

        rfl_args_add(&args, hidden->labels + i * RFL_HIDE_LABEL_SIZE,
                     RFL_HIDE_LABEL_SIZE);

        if (args.n > RFL_HIDDEN_BATCH || i + 1 == hidden->nlabels) {
            rc = rfl_hidden_unlink(&desk->index, &args, err);
            rfl_args_reset(&args);
        }
    }

    rfl_args_free(&args);

    return (rc == RFL_OK) ? rfl_hidden_old(desk, err) : rc;
}


/* lists whose codes no entry can have any more */

static int
rfl_hidden_old(rfl_desk_t *desk, rfl_err_t *err)
{
    int                  rc;
    size_t               len;
    u_char               limit[RFL_BOX_LIST_SIZE];
    int32_t              days;
    unsigned             i;
    rfl_args_t           args;
    rfl_hidden_names_t   names;

    static const rfl_str_t  hide = rfl_string("hide");

    days = RFL_HIDDEN_PENDING;

    for (i = 0; i < desk->policy->nevents; i++) {
        if ((int32_t) desk->policy->events[i].max_days
            > days - RFL_HIDDEN_PENDING)
        {
            days = (int32_t) desk->policy->events[i].max_days
                   + RFL_HIDDEN_PENDING;
        }
    }

    len = rfl_box_list(&hide, (int32_t) (time(NULL) / 86400) - days, limit);

    memset(&names, 0, sizeof(rfl_hidden_names_t));
    rfl_args_init(&args);

    names.pool = rfl_pool_create(16384);
    if (names.pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_hidden_scan(&desk->inbox, RFL_HIDDEN_LIST "*", &names, err);

    rfl_args_literal(&args, "UNLINK");

    for (i = 0; rc == RFL_OK && i < names.names.n; i++) {
        if (names.names.lens[i] == len
            && memcmp(names.names.argv[i], limit, len) < 0)
        {
            rfl_args_add(&args, names.names.argv[i], len);
        }
    }

    if (rc == RFL_OK && args.n > 1) {
        rc = rfl_hidden_unlink(&desk->inbox, &args, err);
    }

    rfl_args_free(&args);
    rfl_args_free(&names.names);
    rfl_pool_destroy(names.pool);

    return rc;
}
