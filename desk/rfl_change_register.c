
/*
 * Copyright (C) The RFL authors
 *
 * rfl_change_register.c: moves staged entries into the register, and what
 * their sources had there before out of it.  Called by rfl_change.c only.
 */


#include "rfl_change.h"
#include "rfl_change_int.h"
#include "rfl_index.h"

#include <time.h>


#define RFL_CHANGE_CHUNK     1024  /* entries of one transaction */


/* entries on their way into the register */

typedef struct {
    u_char          ref[RFL_TOKEN_SIZE];
    u_char          source[RFL_TOKEN_SIZE];
    u_char          id[RFL_REF_SIZE];
    u_char          old[RFL_TOKEN_SIZE];   /* what the source had before */
    redisReply     *value;         /* NULL: no longer to be added */
} rfl_change_item_t;


/* entries being opened by all threads */

typedef struct {
    rfl_desk_t         *desk;
    const u_char       *tokens;
    const redisReply   *values;
    rfl_change_item_t  *items;
} rfl_change_open_t;


static int rfl_change_chunk(rfl_desk_t *desk, const u_char *tokens,
    unsigned n, rfl_err_t *err);
static int rfl_change_items(rfl_desk_t *desk, const u_char *tokens,
    const redisReply *values, rfl_change_item_t *items, unsigned *nitems,
    rfl_err_t *err);
static int rfl_change_open(void *data, unsigned part, rfl_err_t *err);
static int rfl_change_olds(rfl_desk_t *desk, rfl_pool_t *pool,
    rfl_change_item_t *items, unsigned n, redisReply **olds, rfl_err_t *err);
static int rfl_change_move(rfl_desk_t *desk, const rfl_change_item_t *items,
    unsigned n, const redisReply *olds, rfl_err_t *err);
static int rfl_change_replace(rfl_desk_t *desk,
    const rfl_change_item_t *item, const redisReply *old, rfl_err_t *err);


/*
 * Moves what was staged into the register.  May be repeated: what has moved
 * is found unchanged.
 */

int
rfl_change_register(rfl_desk_t *desk, rfl_err_t *err)
{
    int           rc;
    size_t        i, n;
    rfl_tokens_t  tokens;

    rc = rfl_store_tokens(&desk->desk, RFL_STORE_ADDING, &tokens, err);

    for (i = 0; rc == RFL_OK && i < tokens.n; i += n) {

        n = (tokens.n - i < RFL_CHANGE_CHUNK) ? tokens.n - i
                                              : RFL_CHANGE_CHUNK;

        rc = rfl_change_chunk(desk, tokens.tokens + i * RFL_TOKEN_SIZE,
                              (unsigned) n, err);

        rfl_desk_progress(desk, "writing the register", i + n, tokens.n);
    }

    rfl_tokens_free(&tokens);

    return rc;
}


static int
rfl_change_chunk(rfl_desk_t *desk, const u_char *tokens, unsigned n,
    rfl_err_t *err)
{
    int                 rc;
    unsigned            nitems;
    redisReply         *values, *olds;
    rfl_pool_t         *pool;
    rfl_change_item_t  *items;

    olds = NULL;

    pool = rfl_pool_create(65536);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    items = rfl_pcalloc(pool, n * sizeof(rfl_change_item_t));
    if (items == NULL) {
        rfl_pool_destroy(pool);
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_store_values(&desk->desk, RFL_STORE_ADDING, tokens, n, &values,
                          err);
    if (rc != RFL_OK) {
        rfl_pool_destroy(pool);
        return rc;
    }

    rc = rfl_change_items(desk, tokens, values, items, &nitems, err);

    if (rc == RFL_OK && nitems != 0) {
        rc = rfl_change_olds(desk, pool, items, nitems, &olds, err);
    }

    if (rc == RFL_OK && nitems != 0) {
        rc = rfl_change_move(desk, items, nitems, olds, err);
    }

    if (olds != NULL) {
        freeReplyObject(olds);
    }

    freeReplyObject(values);
    rfl_pool_destroy(pool);

    return rc;
}


static int
rfl_change_items(rfl_desk_t *desk, const u_char *tokens,
    const redisReply *values, rfl_change_item_t *items, unsigned *nitems,
    rfl_err_t *err)
{
    int                rc;
    size_t             i;
    rfl_change_open_t  open;

    open.desk = desk;
    open.tokens = tokens;
    open.values = values;
    open.items = items;

    rc = rfl_parallel(desk->threads, rfl_change_open, &open, err);

    for (*nitems = 0, i = 0; rc == RFL_OK && i < values->elements; i++) {
        if (items[i].value != NULL) {
            items[(*nitems)++] = items[i];
        }
    }

    return rc;
}


static int
rfl_change_open(void *data, unsigned part, rfl_err_t *err)
{
    int                 rc;
    size_t              i;
    redisReply         *value;
    rfl_pool_t         *pool;
    rfl_stored_t        stored;
    rfl_change_item_t  *item;
    rfl_change_open_t  *open = data;

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = RFL_OK;

    for (i = part; rc == RFL_OK && i < open->values->elements;
         i += open->desk->threads)
    {
        value = open->values->element[i];

        if (value->type != REDIS_REPLY_STRING) {
            continue;
        }

        item = &open->items[i];
        item->value = value;
        memcpy(item->ref, open->tokens + i * RFL_TOKEN_SIZE, RFL_TOKEN_SIZE);

        rc = rfl_store_entry_parse(pool, &open->desk->keys, item->ref,
                                   value->str, value->len, &stored, err);
        if (rc == RFL_OK) {
            memcpy(item->id, stored.draft.e.ref, RFL_REF_SIZE);
            rfl_store_source_token(&open->desk->keys, &stored.draft.id,
                                   item->source);
        }

        rfl_pool_reset(pool);
    }

    rfl_pool_destroy(pool);

    return rc;
}


/* which entries the same sources have in the register now */

static int
rfl_change_olds(rfl_desk_t *desk, rfl_pool_t *pool, rfl_change_item_t *items,
    unsigned n, redisReply **olds, rfl_err_t *err)
{
    int          rc;
    u_char       ref[RFL_REF_SIZE];
    unsigned     i;
    rfl_args_t   args;
    redisReply  *reply, *value;

    rfl_args_init(&args);
    rfl_args_literal(&args, "HMGET");
    rfl_args_literal(&args, RFL_STORE_SOURCE);

    for (i = 0; i < n; i++) {
        rfl_args_add(&args, items[i].source, RFL_TOKEN_SIZE);
    }

    rc = rfl_redis_argv(&desk->desk, &reply, err, &args);

    if (rc != RFL_OK) {
        rfl_args_free(&args);
        return rc;
    }

    rfl_args_reset(&args);
    rfl_args_literal(&args, "HMGET");
    rfl_args_literal(&args, RFL_STORE_REGISTER);

    for (i = 0; rc == RFL_OK && i < n; i++) {

        value = (i < reply->elements) ? reply->element[i] : NULL;
        memcpy(items[i].old, items[i].ref, RFL_TOKEN_SIZE);

        if (value != NULL && value->type == REDIS_REPLY_STRING) {

            rc = rfl_store_source_parse(pool, &desk->keys, items[i].source,
                                        value->str, value->len, ref, err);
            if (rc != RFL_OK) {
                break;
            }

            rfl_store_ref_token(&desk->keys, ref, items[i].old);
        }

        rfl_args_add(&args, items[i].old, RFL_TOKEN_SIZE);
    }

    freeReplyObject(reply);

    if (rc == RFL_OK) {
        rc = rfl_redis_argv(&desk->desk, olds, err, &args);
    }

    rfl_args_free(&args);

    return rc;
}


static int
rfl_change_move(rfl_desk_t *desk, const rfl_change_item_t *items, unsigned n,
    const redisReply *olds, rfl_err_t *err)
{
    int                       rc;
    unsigned                  i;
    rfl_buf_t                 value;
    const rfl_change_item_t  *item;

    rfl_buf_init(&value, 0);

    rc = rfl_redis_begin(&desk->desk, err);

    for (i = 0; rc == RFL_OK && i < n; i++) {

        item = &items[i];

        if (i < olds->elements
            && olds->element[i]->type == REDIS_REPLY_STRING)
        {
            rc = rfl_change_replace(desk, item, olds->element[i], err);
            if (rc != RFL_OK) {
                break;
            }
        }

        rfl_buf_reset(&value);

        if (rfl_store_source_print(&desk->keys, item->source, item->id,
                                   &value)
            != RFL_OK)
        {
            rc = rfl_err(err, 0, "out of memory");
            break;
        }

        rc = rfl_redis_send(&desk->desk, err, "HSET %s %b %b",
                            RFL_STORE_SOURCE, item->source,
                            (size_t) RFL_TOKEN_SIZE, value.data, value.len);

        if (rc == RFL_OK) {
            rc = rfl_redis_send(&desk->desk, err, "HSET %s %b %b",
                                RFL_STORE_REGISTER, item->ref,
                                (size_t) RFL_TOKEN_SIZE, item->value->str,
                                (size_t) item->value->len);
        }
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(&desk->desk, err);
    }

    rfl_buf_free(&value);

    return rc;
}


/* what a source had before is removed from the index, and stays out */

static int
rfl_change_replace(rfl_desk_t *desk, const rfl_change_item_t *item,
    const redisReply *old, rfl_err_t *err)
{
    int       rc;
    unsigned  same;

    same = (memcmp(item->ref, item->old, RFL_TOKEN_SIZE) == 0);

    if (same && old->len == item->value->len
        && memcmp(old->str, item->value->str, old->len) == 0)
    {
        return RFL_OK;
    }

    rc = rfl_redis_send(&desk->desk, err, "HSET %s %b %b", RFL_STORE_REMOVING,
                        item->old, (size_t) RFL_TOKEN_SIZE, old->str,
                        (size_t) old->len);

    if (rc != RFL_OK || same) {
        return rc;
    }

    rc = rfl_redis_send(&desk->desk, err, "HDEL %s %b", RFL_STORE_REGISTER,
                        item->old, (size_t) RFL_TOKEN_SIZE);

    if (rc == RFL_OK) {
        rc = rfl_change_tomb(desk, item->old, RFL_REASON_REPLACED, err);
    }

    return rc;
}


int
rfl_change_tomb(rfl_desk_t *desk, const u_char token[RFL_TOKEN_SIZE],
    unsigned reason, rfl_err_t *err)
{
    int        rc;
    rfl_buf_t  value;

    rfl_buf_init(&value, 0);

    rc = rfl_store_tomb_print(&desk->keys, token, reason,
                              (int64_t) time(NULL), &value);
    if (rc != RFL_OK) {
        rc = rfl_err(err, 0, "out of memory");

    } else {
        rc = rfl_redis_send(&desk->desk, err, "HSET %s %b %b",
                            RFL_STORE_TOMB, token, (size_t) RFL_TOKEN_SIZE,
                            value.data, value.len);
    }

    rfl_buf_free(&value);

    return rc;
}
