
/*
 * Copyright (C) The RFL authors
 *
 * rfl_item_over.c: items that are over are kept for a while, then forgotten.
 * When an item was over is noted beside it, sealed under the desk key, so
 * that the timer needs nobody's passphrase.  Called with each change of an
 * item, and by "rflctl rotate".
 */


#include "rfl_item.h"
#include "rfl_box.h"
#include "rfl_item_int.h"
#include "rfl_journal.h"
#include "rfl_store_int.h"

#include <unistd.h>


#define RFL_ITEM_OVER        "item:over"
#define RFL_OVER_PAD         64
#define RFL_OVER_CHUNK       512


typedef struct {
    int64_t   since;
    u_char    id[RFL_SUBMISSION_ID_SIZE];
} rfl_over_t;


static int64_t rfl_over_since(const rfl_head_t *head);
static void rfl_over_code(rfl_code_t *c, rfl_over_t *over);
static int rfl_over_read(rfl_desk_t *desk, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const redisReply *value,
    rfl_over_t *over, rfl_err_t *err);
static int rfl_over_chunk(rfl_desk_t *desk, const u_char *tokens, size_t n,
    int64_t now, uint64_t *forgotten, rfl_err_t *err);
static int rfl_over_forget(rfl_desk_t *desk,
    const u_char token[RFL_TOKEN_SIZE], const rfl_over_t *over, int64_t now,
    rfl_err_t *err);


/* from when on nobody needs it; 0: somebody does */

static int64_t
rfl_over_since(const rfl_head_t *head)
{
    /* the case system has not said yet that it has it */

    if (head->handed == 1) {
        return 0;
    }

    switch (head->state) {

    case RFL_ITEM_REJECTED:
    case RFL_ITEM_WITHDRAWN:
    case RFL_ITEM_CLOSED:
        return head->changed;

    case RFL_ITEM_PUBLISHED:
    case RFL_ITEM_KEPT:
        return head->not_after;

    default:
        return 0;
    }
}


int
rfl_item_send_over(rfl_desk_t *desk, const rfl_head_t *head,
    const u_char token[RFL_TOKEN_SIZE], rfl_err_t *err)
{
    int         rc;
    rfl_buf_t   plain, value;
    rfl_code_t  c;
    rfl_over_t  over;

    over.since = rfl_over_since(head);
    memcpy(over.id, head->id, RFL_SUBMISSION_ID_SIZE);

    if (over.since <= 0) {
        return rfl_redis_send(&desk->desk, err, "HDEL %s %b", RFL_ITEM_OVER,
                              token, (size_t) RFL_TOKEN_SIZE);
    }

    rfl_buf_init(&plain, 0);
    rfl_buf_init(&value, 0);

    memset(&c, 0, sizeof(rfl_code_t));
    c.out = &plain;
    rfl_over_code(&c, &over);

    if (plain.failed
        || rfl_store_seal(&desk->keys, RFL_ITEM_OVER, token, plain.data,
                          plain.len, RFL_OVER_PAD, &value)
           != RFL_OK)
    {
        rc = rfl_err(err, 0, "out of memory");

    } else {
        rc = rfl_redis_send(&desk->desk, err, "HSET %s %b %b", RFL_ITEM_OVER,
                            token, (size_t) RFL_TOKEN_SIZE, value.data,
                            value.len);
    }

    rfl_buf_free(&plain);
    rfl_buf_free(&value);

    return rc;
}


int
rfl_item_send_erase(rfl_desk_t *desk, const u_char token[RFL_TOKEN_SIZE],
    rfl_err_t *err)
{
    int     rc;
    size_t  i;

    static const char  *const  hashes[] = {
        RFL_ITEM_HEADS, RFL_ITEM_BODIES, RFL_ITEM_OVER
    };

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < 3; i++) {
        rc = rfl_redis_send(&desk->desk, err, "HDEL %s %b", hashes[i], token,
                            (size_t) RFL_TOKEN_SIZE);
    }

    return rc;
}


static void
rfl_over_code(rfl_code_t *c, rfl_over_t *over)
{
    rfl_code_i64(c, &over->since);
    rfl_code_bytes(c, over->id, RFL_SUBMISSION_ID_SIZE);
}


static int
rfl_over_read(rfl_desk_t *desk, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const redisReply *value,
    rfl_over_t *over, rfl_err_t *err)
{
    int         rc;
    rfl_str_t   plain;
    rfl_code_t  c;

    rc = rfl_store_open(pool, &desk->keys, RFL_ITEM_OVER, token, value->str,
                        value->len, &plain);

    if (rc == RFL_OK) {
        memset(&c, 0, sizeof(rfl_code_t));
        c.p = plain.data;
        c.last = plain.data + plain.len;

        rfl_over_code(&c, over);

        rc = (c.failed || c.p != c.last) ? RFL_DECLINED : RFL_OK;
    }

    if (rc == RFL_DECLINED) {
        return rfl_err(err, 0, "what says when an item was over does not "
                       "open: wrong desk key, or desk Redis was altered");
    }

    return (rc == RFL_OK) ? RFL_OK : rfl_err(err, 0, "out of memory");
}


int
rfl_item_forget(rfl_desk_t *desk, int64_t now, uint64_t *n, rfl_err_t *err)
{
    int            rc, fd;
    size_t         i, part;
    rfl_tokens_t   tokens;

    *n = 0;

    rc = rfl_store_tokens(&desk->desk, RFL_ITEM_OVER, &tokens, err);

    if (rc != RFL_OK || tokens.n == 0) {
        rfl_tokens_free(&tokens);
        return rc;
    }

    rc = rfl_item_lock(desk, &fd, err);

    for (i = 0; rc == RFL_OK && i < tokens.n; i += part) {

        part = tokens.n - i;
        part = (part < RFL_OVER_CHUNK) ? part : RFL_OVER_CHUNK;

        rc = rfl_desk_stopped(desk)
             ? RFL_STOPPED
             : rfl_over_chunk(desk, tokens.tokens + i * RFL_TOKEN_SIZE, part,
                              now, n, err);
    }

    if (fd != -1) {
        (void) close(fd);
    }

    rfl_tokens_free(&tokens);

    return rc;
}


static int
rfl_over_chunk(rfl_desk_t *desk, const u_char *tokens, size_t n, int64_t now,
    uint64_t *forgotten, rfl_err_t *err)
{
    int             rc;
    size_t          i;
    rfl_over_t      over;
    rfl_pool_t     *pool;
    redisReply     *reply;
    const u_char   *token;

    pool = rfl_pool_create(4096);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_store_values(&desk->desk, RFL_ITEM_OVER, tokens, n, &reply, err);
    if (rc != RFL_OK) {
        rfl_pool_destroy(pool);
        return rc;
    }

    for (i = 0; rc == RFL_OK && i < reply->elements; i++) {

        if (reply->element[i]->type != REDIS_REPLY_STRING) {
            continue;
        }

        token = tokens + i * RFL_TOKEN_SIZE;
        rc = rfl_over_read(desk, pool, token, reply->element[i], &over, err);

        if (rc == RFL_OK
            && over.since <= now - (int64_t) desk->conf.keep_days
                                   * RFL_DAY_SECONDS)
        {
            rc = rfl_over_forget(desk, token, &over, now, err);
            *forgotten += (rc == RFL_OK);
        }

        rfl_pool_reset(pool);
    }

    freeReplyObject(reply);
    rfl_pool_destroy(pool);

    return rc;
}


static int
rfl_over_forget(rfl_desk_t *desk, const u_char token[RFL_TOKEN_SIZE],
    const rfl_over_t *over, int64_t now, rfl_err_t *err)
{
    int                 rc;
    u_char              text[RFL_RECEIPT_TEXT_SIZE];
    u_char              digits[RFL_RECEIPT_DIGITS_SIZE];
    rfl_journal_line_t  line;

    memset(&line, 0, sizeof(rfl_journal_line_t));

    rfl_receipt_format(over->id, text, digits);

    rfl_str_set(&line.who, "desk");
    rfl_str_set(&line.act, "purge");
    line.item.data = text;
    line.item.len = RFL_RECEIPT_TEXT_SIZE;

    rc = rfl_journal_add(desk, &line, now, err);

    if (rc == RFL_OK) {
        rc = rfl_redis_begin(&desk->desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_item_send_erase(desk, token, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&desk->desk, err);
    }

    return rc;
}
