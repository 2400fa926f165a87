
/*
 * Copyright (C) The RFL authors
 *
 * rfl_item.c: items in desk Redis: sealed under the vault key, written by one
 * at a time.  Called by the desk's pages through rfl_review.c, and directly
 * to look at one.
 */


#include "rfl_item.h"
#include "rfl_file.h"
#include "rfl_item_int.h"

#include <sodium.h>


#define RFL_ITEM_LOCK        "items.lock"
#define RFL_ITEM_WAIT        20    /* seconds */

#define RFL_ITEM_TOKEN       "item"
#define RFL_ITEM_PAD_HEAD    512
#define RFL_ITEM_PAD_BODY    1024

/* heads fetched at a time */
#define RFL_ITEM_CHUNK       512


/* what an item is looked for by: one of both */

typedef struct {
    const u_char  *ref;
    const u_char  *receipt;
    u_char         id[RFL_SUBMISSION_ID_SIZE];
    unsigned       found;
} rfl_item_seek_t;

typedef struct {
    rfl_pool_t    *pool;
    const u_char  *ref;
    rfl_head_t    *heads;
    unsigned       max;
    unsigned       n;
} rfl_item_of_about_t;


static int rfl_item_fetch(rfl_redis_t *r, const u_char token[RFL_TOKEN_SIZE],
    redisReply **reply, rfl_err_t *err);
static int rfl_item_open_head(rfl_work_t *work, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const redisReply *value,
    rfl_head_t *head, rfl_err_t *err);
static int rfl_item_walk_chunk(rfl_work_t *work, rfl_pool_t *pool,
    const u_char *tokens, size_t n, rfl_item_visit_pt visit, void *data,
    rfl_err_t *err);
static int rfl_item_seek(rfl_work_t *work, rfl_pool_t *pool,
    const u_char *ref, const u_char *receipt, rfl_item_t *item,
    rfl_err_t *err);
static int rfl_item_sought(void *data, rfl_pool_t *pool,
    const rfl_head_t *head, rfl_err_t *err);
static int rfl_item_is_about(void *data, rfl_pool_t *pool,
    const rfl_head_t *head, rfl_err_t *err);


const rfl_str_t  rfl_item_kinds[RFL_ITEM_KINDS_N] = {
    rfl_string(""),
    rfl_string("alive"),
    rfl_string("looking"),
    rfl_string("message"),
    rfl_string("withdraw"),
    rfl_string("report"),
    rfl_string("import")
};

const rfl_str_t  rfl_item_states[RFL_ITEM_STATES_N] = {
    rfl_string("new"),
    rfl_string("second"),
    rfl_string("publishing"),
    rfl_string("published"),
    rfl_string("change"),
    rfl_string("change_second"),
    rfl_string("kept"),
    rfl_string("rejected"),
    rfl_string("withdrawing"),
    rfl_string("withdrawn"),
    rfl_string("handed"),
    rfl_string("closed")
};

const rfl_str_t  rfl_acts[RFL_ACTS_N] = {
    rfl_string(""),
    rfl_string("arrive"),
    rfl_string("claim"),
    rfl_string("release"),
    rfl_string("edit"),
    rfl_string("name"),
    rfl_string("approve"),
    rfl_string("reject"),
    rfl_string("withdraw"),
    rfl_string("renew"),
    rfl_string("keep"),
    rfl_string("hand"),
    rfl_string("close"),
    rfl_string("published"),
    rfl_string("withdrawn"),
    rfl_string("receipt"),
    rfl_string("failed")
};


int
rfl_item_keys(const rfl_work_t *work, rfl_err_t *err)
{
    if (work->keys != NULL) {
        return RFL_OK;
    }

    (void) rfl_err(err, 0, "the keys are locked: unlock them with your "
                   "passphrase");
    return RFL_DENIED;
}


int
rfl_item_lock(rfl_desk_t *desk, int *fd, rfl_err_t *err)
{
    int          rc;
    char        *path;
    rfl_pool_t  *pool;

    *fd = -1;

    pool = rfl_pool_create(1024);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    path = rfl_path(pool, desk->conf.dir, RFL_ITEM_LOCK);

    rc = (path != NULL) ? rfl_lock(path, RFL_ITEM_WAIT, NULL, fd, err)
                        : rfl_err(err, 0, "out of memory");

    rfl_pool_destroy(pool);

    return rc;
}


int
rfl_item_send(rfl_work_t *work, rfl_pool_t *pool, const rfl_item_t *item,
    rfl_err_t *err)
{
    int        rc;
    u_char     token[RFL_TOKEN_SIZE];
    rfl_buf_t  plain, head, body;

    rfl_buf_init(&plain, 0);
    rfl_buf_init(&head, 0);
    rfl_buf_init(&body, 0);

    rfl_vault_token(work->keys, RFL_ITEM_TOKEN, item->head.id,
                    RFL_SUBMISSION_ID_SIZE, token);

    rc = rfl_item_head_print(&item->head, &plain);

    if (rc == RFL_OK) {
        rfl_vault_seal(work->keys, RFL_ITEM_HEADS, token, RFL_TOKEN_SIZE,
                       plain.data, plain.len, RFL_ITEM_PAD_HEAD, &head);

        rfl_buf_reset(&plain);
        rc = rfl_item_body_print(pool, item, &plain);
    }

    if (rc == RFL_OK) {
        rfl_vault_seal(work->keys, RFL_ITEM_BODIES, token, RFL_TOKEN_SIZE,
                       plain.data, plain.len, RFL_ITEM_PAD_BODY, &body);
    }

    if (rc != RFL_OK || head.failed || body.failed) {
        rc = rfl_err(err, 0, "out of memory, or an item that is too long");
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_send(&work->desk.desk, err, "HSET %s %b %b",
                            RFL_ITEM_HEADS, token, (size_t) RFL_TOKEN_SIZE,
                            head.data, head.len);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_send(&work->desk.desk, err, "HSET %s %b %b",
                            RFL_ITEM_BODIES, token, (size_t) RFL_TOKEN_SIZE,
                            body.data, body.len);
    }

    if (rc == RFL_OK) {
        rc = rfl_item_send_over(&work->desk, &item->head, token, err);
    }

    rfl_buf_free(&plain);
    rfl_buf_free(&head);
    rfl_buf_free(&body);

    return rc;
}


int
rfl_item_write(rfl_work_t *work, rfl_pool_t *pool, const rfl_item_t *item,
    rfl_err_t *err)
{
    int  rc;

    rc = rfl_redis_begin(&work->desk.desk, err);

    if (rc == RFL_OK) {
        rc = rfl_item_send(work, pool, item, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&work->desk.desk, err);
    }

    return rc;
}


int
rfl_item_erase(rfl_work_t *work, const u_char id[RFL_SUBMISSION_ID_SIZE],
    rfl_err_t *err)
{
    int     rc;
    u_char  token[RFL_TOKEN_SIZE];

    rfl_vault_token(work->keys, RFL_ITEM_TOKEN, id, RFL_SUBMISSION_ID_SIZE,
                    token);

    rc = rfl_redis_begin(&work->desk.desk, err);

    if (rc == RFL_OK) {
        rc = rfl_item_send_erase(&work->desk, token, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&work->desk.desk, err);
    }

    return rc;
}


int
rfl_item_get(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_item_t *item, rfl_err_t *err)
{
    int          rc;
    u_char       token[RFL_TOKEN_SIZE];
    rfl_str_t    plain;
    redisReply  *reply;

    rc = rfl_item_keys(work, err);
    if (rc != RFL_OK) {
        return rc;
    }

    /* the id may be that of *item */

    rfl_vault_token(work->keys, RFL_ITEM_TOKEN, id, RFL_SUBMISSION_ID_SIZE,
                    token);

    memset(item, 0, sizeof(rfl_item_t));

    rc = rfl_item_fetch(&work->desk.desk, token, &reply, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_item_open_head(work, pool, token, reply->element[0],
                            &item->head, err);

    if (rc == RFL_OK) {
        rc = rfl_vault_unseal(pool, work->keys, RFL_ITEM_BODIES, token,
                              RFL_TOKEN_SIZE, reply->element[1]->str,
                              reply->element[1]->len, &plain);

        if (rc == RFL_OK) {
            rc = rfl_item_body_parse(pool, &plain, item);
        }

        if (rc != RFL_OK) {
            rc = rfl_err(err, 0, "an item does not open: wrong vault, or desk "
                         "Redis was altered");
        }
    }

    freeReplyObject(reply);

    return rc;
}


/*
 * Head and body in one transaction, so that both are of the same version.
 * RFL_DECLINED: there is no such item.
 */

static int
rfl_item_fetch(rfl_redis_t *r, const u_char token[RFL_TOKEN_SIZE],
    redisReply **reply, rfl_err_t *err)
{
    int     rc;
    size_t  i;

    static const char  *const  hashes[] = { RFL_ITEM_HEADS, RFL_ITEM_BODIES };

    rc = rfl_redis_call(r, reply, err, "MULTI");

    for (i = 0; rc == RFL_OK && i < 2; i++) {
        freeReplyObject(*reply);
        rc = rfl_redis_call(r, reply, err, "HGET %s %b", hashes[i], token,
                            (size_t) RFL_TOKEN_SIZE);
    }

    if (rc == RFL_OK) {
        freeReplyObject(*reply);
        rc = rfl_redis_call(r, reply, err, "EXEC");
    }

    if (rc != RFL_OK) {
        return rc;
    }

    if ((*reply)->elements != 2
        || (*reply)->element[0]->type != REDIS_REPLY_STRING
        || (*reply)->element[1]->type != REDIS_REPLY_STRING)
    {
        freeReplyObject(*reply);
        return RFL_DECLINED;
    }

    return RFL_OK;
}


static int
rfl_item_open_head(rfl_work_t *work, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const redisReply *value,
    rfl_head_t *head, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  plain;

    rc = rfl_vault_unseal(pool, work->keys, RFL_ITEM_HEADS, token,
                          RFL_TOKEN_SIZE, value->str, value->len, &plain);

    if (rc == RFL_OK) {
        rc = rfl_item_head_parse(pool, &plain, head);
    }

    if (rc == RFL_DECLINED) {
        return rfl_err(err, 0, "an item does not open: wrong vault, or desk "
                       "Redis was altered");
    }

    return (rc == RFL_OK) ? RFL_OK : rfl_err(err, 0, "out of memory");
}


int
rfl_item_walk(rfl_work_t *work, rfl_item_visit_pt visit, void *data,
    rfl_err_t *err)
{
    int            rc;
    size_t         i, n;
    rfl_pool_t    *pool;
    rfl_tokens_t   tokens;

    rc = rfl_item_keys(work, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_store_tokens(&work->desk.desk, RFL_ITEM_HEADS, &tokens, err);
    if (rc != RFL_OK) {
        return rc;
    }

    pool = rfl_pool_create(65536);
    if (pool == NULL) {
        rfl_tokens_free(&tokens);
        return rfl_err(err, 0, "out of memory");
    }

    for (i = 0; rc == RFL_OK && i < tokens.n; i += n) {
        n = (tokens.n - i < RFL_ITEM_CHUNK) ? tokens.n - i : RFL_ITEM_CHUNK;

        rc = rfl_item_walk_chunk(work, pool,
                                 tokens.tokens + i * RFL_TOKEN_SIZE, n, visit,
                                 data, err);
        rfl_pool_reset(pool);
    }

    rfl_pool_destroy(pool);
    rfl_tokens_free(&tokens);

    return rc;
}


static int
rfl_item_walk_chunk(rfl_work_t *work, rfl_pool_t *pool, const u_char *tokens,
    size_t n, rfl_item_visit_pt visit, void *data, rfl_err_t *err)
{
    int          rc;
    size_t       i;
    rfl_head_t   head;
    redisReply  *reply;

    rc = rfl_store_values(&work->desk.desk, RFL_ITEM_HEADS, tokens, n, &reply,
                          err);
    if (rc != RFL_OK) {
        return rc;
    }

    for (i = 0; rc == RFL_OK && i < reply->elements; i++) {

        if (reply->element[i]->type != REDIS_REPLY_STRING) {
            continue;
        }

        rc = rfl_item_open_head(work, pool, tokens + i * RFL_TOKEN_SIZE,
                                reply->element[i], &head, err);
        if (rc == RFL_OK) {
            rc = visit(data, pool, &head, err);
        }
    }

    freeReplyObject(reply);

    return rc;
}


int
rfl_item_by_ref(rfl_work_t *work, rfl_pool_t *pool,
    const u_char ref[RFL_REF_SIZE], rfl_item_t *item, rfl_err_t *err)
{
    return rfl_item_seek(work, pool, ref, NULL, item, err);
}


int
rfl_item_by_receipt(rfl_work_t *work, rfl_pool_t *pool,
    const u_char receipt[RFL_RECEIPT_SIZE], rfl_item_t *item, rfl_err_t *err)
{
    return rfl_item_seek(work, pool, NULL, receipt, item, err);
}


static int
rfl_item_seek(rfl_work_t *work, rfl_pool_t *pool, const u_char *ref,
    const u_char *receipt, rfl_item_t *item, rfl_err_t *err)
{
    int              rc;
    rfl_item_seek_t  seek;

    memset(&seek, 0, sizeof(rfl_item_seek_t));
    seek.ref = ref;
    seek.receipt = receipt;

    rc = rfl_item_walk(work, rfl_item_sought, &seek, err);

    if (rc != RFL_OK && rc != RFL_STOPPED) {
        return rc;
    }

    return seek.found ? rfl_item_get(work, pool, seek.id, item, err)
                      : RFL_DECLINED;
}


static int
rfl_item_sought(void *data, rfl_pool_t *pool, const rfl_head_t *head,
    rfl_err_t *err)
{
    unsigned          n;
    rfl_item_seek_t  *seek = data;

    if (seek->receipt != NULL) {

        n = RFL_RECEIPT_SIZE - 1;

        if (memcmp(head->id, seek->receipt, n) != 0
            || (head->id[n] & RFL_RECEIPT_LAST) != seek->receipt[n])
        {
            return RFL_OK;
        }

    } else if (seek->ref == NULL || !head->has_ref
               || (head->kind != RFL_ITEM_ALIVE
                   && head->kind != RFL_ITEM_LOOKING
                   && head->kind != RFL_ITEM_IMPORT)
               || memcmp(head->ref, seek->ref, RFL_REF_SIZE) != 0)
    {
        return RFL_OK;
    }

    memcpy(seek->id, head->id, RFL_SUBMISSION_ID_SIZE);
    seek->found = 1;

    return RFL_STOPPED;
}


int
rfl_item_about(rfl_work_t *work, rfl_pool_t *pool,
    const u_char ref[RFL_REF_SIZE], rfl_head_t *heads, unsigned max,
    unsigned *n, rfl_err_t *err)
{
    int                  rc;
    rfl_item_of_about_t  of;

    of.pool = pool;
    of.ref = ref;
    of.heads = heads;
    of.max = max;
    of.n = 0;

    rc = rfl_item_walk(work, rfl_item_is_about, &of, err);

    *n = of.n;

    return (rc == RFL_STOPPED) ? RFL_OK : rc;
}


static int
rfl_item_is_about(void *data, rfl_pool_t *pool, const rfl_head_t *head,
    rfl_err_t *err)
{
    rfl_item_of_about_t  *of = data;

    if (!head->has_ref
        || head->kind == RFL_ITEM_ALIVE || head->kind == RFL_ITEM_LOOKING
        || head->kind == RFL_ITEM_IMPORT
        || memcmp(head->ref, of->ref, RFL_REF_SIZE) != 0)
    {
        return RFL_OK;
    }

    if (of->n == of->max) {
        return RFL_STOPPED;
    }

    if (rfl_head_copy(of->pool, head, &of->heads[of->n]) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    of->n++;

    return RFL_OK;
}


int
rfl_str_copy(rfl_pool_t *pool, const rfl_str_t *s, rfl_str_t *copy)
{
    rfl_str_null(copy);

    if (s->len == 0) {
        return RFL_OK;
    }

    copy->data = rfl_pstrdup(pool, s->data, s->len);
    if (copy->data == NULL) {
        return RFL_ERROR;
    }

    copy->len = s->len;

    return RFL_OK;
}


int
rfl_head_copy(rfl_pool_t *pool, const rfl_head_t *head, rfl_head_t *copy)
{
    *copy = *head;

    if (rfl_str_copy(pool, &head->claim, &copy->claim) != RFL_OK
        || rfl_str_copy(pool, &head->approver, &copy->approver) != RFL_OK
        || rfl_str_copy(pool, &head->event, &copy->event) != RFL_OK
        || rfl_str_copy(pool, &head->society, &copy->society) != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_str_copy(pool, &head->lang, &copy->lang);
}


int
rfl_item_history(rfl_pool_t *pool, rfl_item_t *item,
    const rfl_history_t *line)
{
    unsigned        n;
    rfl_history_t  *history, *last;

    history = rfl_pcalloc(pool, RFL_HISTORY_MAX * sizeof(rfl_history_t));
    if (history == NULL) {
        return RFL_ERROR;
    }

    n = item->nhistory;

    if (n != 0) {
        memcpy(history, item->history, n * sizeof(rfl_history_t));
    }

    if (n == RFL_HISTORY_MAX) {
        memmove(history + 1, history + 2, (n - 2) * sizeof(rfl_history_t));
        n--;
    }

    last = &history[n];
    *last = *line;

    if (rfl_str_copy(pool, &line->who, &last->who) != RFL_OK
        || rfl_str_copy(pool, &line->note, &last->note) != RFL_OK)
    {
        return RFL_ERROR;
    }

    item->history = history;
    item->nhistory = n + 1;

    return RFL_OK;
}


void
rfl_item_id_format(const u_char id[RFL_SUBMISSION_ID_SIZE],
    u_char text[RFL_ITEM_ID_TEXT])
{
    char  hex[RFL_ITEM_ID_TEXT + 1];

    (void) sodium_bin2hex(hex, sizeof(hex), id, RFL_SUBMISSION_ID_SIZE);
    memcpy(text, hex, RFL_ITEM_ID_TEXT);
}


int
rfl_item_id_parse(const u_char *text, size_t len,
    u_char id[RFL_SUBMISSION_ID_SIZE])
{
    size_t  n;

    if (len != RFL_ITEM_ID_TEXT
        || sodium_hex2bin(id, RFL_SUBMISSION_ID_SIZE, (const char *) text,
                          len, NULL, &n, NULL)
           != 0
        || n != RFL_SUBMISSION_ID_SIZE)
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}
