
/*
 * Copyright (C) The RFL authors
 *
 * rfl_hidden.c: reads the codes with which people have hidden their entries,
 * from both instances.  Called by publishing, renewing, and whoever tells how
 * many there are.
 */


#include "rfl_hidden.h"
#include "rfl_hidden_int.h"

#include <inttypes.h>
#include <stdlib.h>


#define RFL_HIDDEN_CHUNK     4096  /* codes of one LRANGE */
/* what an inbox full of them has */
#define RFL_HIDDEN_MOST      (16 * 1024 * 1024)


static int rfl_hidden_index(rfl_desk_t *desk, rfl_hidden_t *hidden,
    unsigned clean, rfl_err_t *err);
static int rfl_hidden_values(rfl_desk_t *desk, rfl_hidden_t *hidden,
    const rfl_args_t *names, rfl_args_t *wrong, rfl_err_t *err);
static int rfl_hidden_value(rfl_hidden_t *hidden, const char *name,
    const redisReply *value);
static int rfl_hidden_inbox(rfl_desk_t *desk, rfl_hidden_t *hidden,
    rfl_err_t *err);
static int rfl_hidden_list(rfl_desk_t *desk, rfl_hidden_t *hidden,
    const char *name, size_t len, rfl_err_t *err);
static int rfl_hidden_add(rfl_hidden_t *hidden,
    const u_char hide[RFL_HIDE_SIZE]);
static int rfl_hidden_label(rfl_hidden_t *hidden,
    const u_char label[RFL_HIDE_LABEL_SIZE]);
static int rfl_hidden_cmp(const void *a, const void *b);


int
rfl_hidden_read(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    return rfl_hidden_gather(desk, hidden, 0, err);
}


/*
 * A worker appends to the inbox before it sets the key of the index: the
 * inbox alone has all, and need not be searched for them
 */

int
rfl_hidden_sent(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    int  rc;

    memset(hidden, 0, sizeof(rfl_hidden_t));

    rc = rfl_desk_inbox(desk, err);

    if (rc == RFL_OK) {
        rc = rfl_hidden_inbox(desk, hidden, err);
    }

    if (rc == RFL_OK && hidden->n > 1) {
        qsort(hidden->hashes, hidden->n, RFL_HIDE_SIZE, rfl_hidden_cmp);
    }

    hidden->inbox = (rc == RFL_OK);

    return rc;
}


int
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


int
rfl_hidden_is(rfl_desk_t *desk, const u_char hide[RFL_HIDE_SIZE],
    rfl_err_t *err)
{
    int            rc, found;
    u_char         label[RFL_HIDE_LABEL_SIZE], other[RFL_HIDE_SIZE];
    redisReply    *reply;
    rfl_hidden_t   hidden;

    rc = rfl_desk_index(desk, err);

    if (rc == RFL_OK) {
        rfl_hide_label(hide, label);

        rc = rfl_redis_call(&desk->index, &reply, err, "MGET %b", label,
                            (size_t) RFL_HIDE_LABEL_SIZE);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    found = 0;

    if (reply->elements == 1
        && reply->element[0]->type == REDIS_REPLY_STRING
        && reply->element[0]->len == RFL_HIDE_CODE_SIZE)
    {
        rfl_hide_hash((u_char *) reply->element[0]->str, other);
        found = (memcmp(hide, other, RFL_HIDE_SIZE) == 0);
    }

    freeReplyObject(reply);

    if (found || desk->conf.inbox.socket == NULL) {
        return found ? RFL_OK : RFL_DECLINED;
    }

    rc = rfl_hidden_sent(desk, &hidden, err);

    if (rc == RFL_OK && !rfl_hidden_find(&hidden, hide)) {
        rc = RFL_DECLINED;
    }

    rfl_hidden_free(&hidden);

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
    int          rc;
    rfl_args_t   wrong;
    rfl_names_t  names;

    rfl_args_init(&wrong);

    rfl_args_literal(&wrong, "UNLINK");

    rc = rfl_redis_names(&desk->index, "h:*", rfl_hidden_counts,
                         &names, err);

    if (rc == RFL_OK) {
        rc = rfl_hidden_values(desk, hidden, &names.args, &wrong, err);
    }

    hidden->wrong = wrong.n - 1;

    if (rc == RFL_OK && hidden->wrong != 0 && clean) {

        rc = rfl_redis_run(&desk->index, err, &wrong);

        rfl_desk_notice(desk, "%" PRIu64 " keys of index Redis hide nothing, "
                        "because their values are no codes, and are removed: "
                        "somebody else knows the password of pub_hide; give "
                        "it another one", hidden->wrong);
    }

    rfl_args_free(&wrong);
    rfl_names_free(&names);

    return rc;
}


/* which of the keys have the code of their label */

static int
rfl_hidden_values(rfl_desk_t *desk, rfl_hidden_t *hidden,
    const rfl_args_t *names, rfl_args_t *wrong, rfl_err_t *err)
{
    int          rc;
    unsigned     i, k, n;
    rfl_args_t   args;
    redisReply  *reply;

    rc = RFL_OK;
    rfl_args_init(&args);
    rfl_redis_walk(&desk->index);

    for (i = 0; rc == RFL_OK && i < names->n; i += n) {

        rc = rfl_redis_walking(&desk->index, err);
        if (rc != RFL_OK) {
            break;
        }

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

            rc = rfl_hidden_value(hidden, names->argv[i + k],
                                  reply->element[k]);

            if (rc == RFL_ERROR) {
                rc = rfl_err(err, 0, "out of memory");

            } else if (rc == RFL_DECLINED) {
                rfl_args_add(wrong, names->argv[i + k], names->lens[i + k]);
                rc = RFL_OK;
            }
        }

        freeReplyObject(reply);
    }

    if (rc == RFL_OK && wrong->failed) {
        rc = rfl_err(err, 0, "out of memory");
    }

    rfl_args_free(&args);

    return rc;
}


/* RFL_DECLINED: what is there is no code, or that of another label */

static int
rfl_hidden_value(rfl_hidden_t *hidden, const char *name,
    const redisReply *value)
{
    u_char  hide[RFL_HIDE_SIZE], label[RFL_HIDE_LABEL_SIZE];

    if (value->type != REDIS_REPLY_STRING
        || value->len != RFL_HIDE_CODE_SIZE)
    {
        return RFL_DECLINED;
    }

    rfl_hide_hash((u_char *) value->str, hide);
    rfl_hide_label(hide, label);

    if (memcmp(label, name, RFL_HIDE_LABEL_SIZE) != 0) {
        return RFL_DECLINED;
    }

    return (rfl_hidden_add(hidden, hide) == RFL_OK
            && rfl_hidden_label(hidden, label) == RFL_OK)
           ? RFL_OK : RFL_ERROR;
}


static int
rfl_hidden_inbox(rfl_desk_t *desk, rfl_hidden_t *hidden, rfl_err_t *err)
{
    int          rc;
    unsigned     i;
    rfl_names_t  names;

    rc = rfl_redis_names(&desk->inbox, RFL_HIDDEN_LIST "*", rfl_hidden_counts,
                         &names, err);

    rfl_redis_walk(&desk->inbox);

    for (i = 0; rc == RFL_OK && i < names.args.n; i++) {
        rc = rfl_hidden_list(desk, hidden, names.args.argv[i],
                             names.args.lens[i], err);
    }

    rfl_names_free(&names);

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

        if (rc == RFL_OK) {
            rc = rfl_redis_walking(&desk->inbox, err);
        }

    } while (rc == RFL_OK && n == RFL_HIDDEN_CHUNK);

    return rc;
}


int
rfl_hidden_counts(const char *key, size_t len)
{
    /* a key of nobody may begin like one that hides */

    return key[0] != 'h' || rfl_index_hides(key, len);
}


static int
rfl_hidden_add(rfl_hidden_t *hidden, const u_char hide[RFL_HIDE_SIZE])
{
    u_char  *hashes;

    if (hidden->n == RFL_HIDDEN_MOST) {
        return RFL_ERROR;
    }

    hashes = rfl_grow(hidden->hashes, hidden->n, &hidden->size,
                      RFL_HIDE_SIZE);
    if (hashes == NULL) {
        return RFL_ERROR;
    }

    memcpy(hashes + hidden->n * RFL_HIDE_SIZE, hide, RFL_HIDE_SIZE);

    hidden->hashes = hashes;
    hidden->n++;

    return RFL_OK;
}


static int
rfl_hidden_label(rfl_hidden_t *hidden,
    const u_char label[RFL_HIDE_LABEL_SIZE])
{
    u_char  *labels;

    labels = rfl_grow(hidden->labels, hidden->nlabels, &hidden->labels_size,
                      RFL_HIDE_LABEL_SIZE);
    if (labels == NULL) {
        return RFL_ERROR;
    }

    memcpy(labels + hidden->nlabels * RFL_HIDE_LABEL_SIZE, label,
           RFL_HIDE_LABEL_SIZE);

    hidden->labels = labels;
    hidden->nlabels++;

    return RFL_OK;
}


static int
rfl_hidden_cmp(const void *a, const void *b)
{
    return memcmp(a, b, RFL_HIDE_SIZE);
}
