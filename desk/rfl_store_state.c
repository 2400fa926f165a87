
/*
 * Copyright (C) The RFL authors
 *
 * rfl_store_state.c: the desk's state and the change under way, as they are
 * kept in desk Redis.  Called by everything that changes the index.
 */


#include "rfl_store.h"
#include "rfl_store_int.h"


#define RFL_STORE_STATE      "state"
#define RFL_STORE_OP         "op"

#define RFL_STORE_PAD_STATE  1024


static void rfl_code_live(rfl_code_t *c, rfl_live_t *live);
static void rfl_code_state(rfl_code_t *c, rfl_state_t *state);
static void rfl_code_op(rfl_code_t *c, rfl_op_t *op);
static int rfl_store_read_one(rfl_redis_t *r, rfl_pool_t *pool,
    const rfl_store_keys_t *keys, const char *name, rfl_code_t *c,
    rfl_err_t *err);
static int rfl_store_send_one(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const char *name, rfl_buf_t *plain, rfl_err_t *err);


int
rfl_store_read(rfl_redis_t *r, const rfl_store_keys_t *keys,
    rfl_state_t *state, rfl_op_t *op, rfl_err_t *err)
{
    int          rc;
    rfl_code_t   c;
    rfl_pool_t  *pool;

    memset(state, 0, sizeof(rfl_state_t));
    memset(op, 0, sizeof(rfl_op_t));

    pool = rfl_pool_create(4096);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_store_read_one(r, pool, keys, RFL_STORE_STATE, &c, err);

    if (rc == RFL_OK && c.p != NULL) {
        rfl_code_state(&c, state);

        if (c.failed || c.p != c.last) {
            rc = rfl_err(err, 0, "the desk's state has another version: use "
                         "the rflctl that wrote it");
        }
    }

    if (rc == RFL_OK) {
        rc = rfl_store_read_one(r, pool, keys, RFL_STORE_OP, &c, err);
    }

    if (rc == RFL_OK && c.p != NULL) {
        rfl_code_op(&c, op);

        if (c.failed || c.p != c.last) {
            rc = rfl_err(err, 0, "the change under way has another version: "
                         "use the rflctl that began it");
        }
    }

    rfl_pool_destroy(pool);

    return rc;
}


static int
rfl_store_read_one(rfl_redis_t *r, rfl_pool_t *pool,
    const rfl_store_keys_t *keys, const char *name, rfl_code_t *c,
    rfl_err_t *err)
{
    int          rc;
    rfl_str_t    plain;
    redisReply  *reply;

    memset(c, 0, sizeof(rfl_code_t));

    rc = rfl_redis_call(r, &reply, err, "GET %s", name);
    if (rc != RFL_OK) {
        return rc;
    }

    if (reply->type == REDIS_REPLY_STRING) {

        rc = rfl_store_open(pool, keys, name, NULL, reply->str, reply->len,
                            &plain);

        if (rc == RFL_DECLINED) {
            rc = rfl_err(err, 0, "the desk's %s does not open: wrong desk "
                         "key, or desk Redis was altered", name);

        } else if (rc != RFL_OK) {
            rc = rfl_err(err, 0, "out of memory");

        } else {
            c->p = plain.data;
            c->last = plain.data + plain.len;
        }
    }

    freeReplyObject(reply);

    return rc;
}


int
rfl_store_send_state(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const rfl_state_t *state, rfl_err_t *err)
{
    rfl_buf_t    plain;
    rfl_code_t   c;
    rfl_state_t  copy;

    copy = *state;

    rfl_buf_init(&plain, RFL_STORE_MAX);

    memset(&c, 0, sizeof(rfl_code_t));
    c.out = &plain;

    rfl_code_state(&c, &copy);
    rfl_memzero(&copy, sizeof(rfl_state_t));

    return rfl_store_send_one(r, keys, RFL_STORE_STATE, &plain, err);
}


int
rfl_store_send_op(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const rfl_op_t *op, rfl_err_t *err)
{
    rfl_op_t    copy;
    rfl_buf_t   plain;
    rfl_code_t  c;

    copy = *op;

    rfl_buf_init(&plain, RFL_STORE_MAX);

    memset(&c, 0, sizeof(rfl_code_t));
    c.out = &plain;

    rfl_code_op(&c, &copy);
    rfl_memzero(&copy, sizeof(rfl_op_t));

    return rfl_store_send_one(r, keys, RFL_STORE_OP, &plain, err);
}


static int
rfl_store_send_one(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const char *name, rfl_buf_t *plain, rfl_err_t *err)
{
    int        rc;
    rfl_buf_t  box;

    rfl_buf_init(&box, RFL_STORE_MAX);

    if (plain->failed
        || rfl_store_seal(keys, name, NULL, plain->data, plain->len,
                          RFL_STORE_PAD_STATE, &box)
           != RFL_OK)
    {
        rc = rfl_err(err, 0, "out of memory");

    } else {
        rc = rfl_redis_send(r, err, "SET %s %b", name, box.data, box.len);
    }

    rfl_buf_free(&box);
    rfl_buf_free(plain);

    return rc;
}


int
rfl_store_send_done(rfl_redis_t *r, rfl_err_t *err)
{
    return rfl_redis_send(r, err, "UNLINK %s %s %s", RFL_STORE_OP,
                          RFL_STORE_ADDING, RFL_STORE_REMOVING);
}


int
rfl_store_write_state(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const rfl_state_t *state, rfl_err_t *err)
{
    int  rc;

    rc = rfl_redis_begin(r, err);

    if (rc == RFL_OK) {
        rc = rfl_store_send_state(r, keys, state, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_exec(r, err);
    }

    return rc;
}


static void
rfl_code_live(rfl_code_t *c, rfl_live_t *live)
{
    unsigned  i;

    rfl_code_uint(c, &live->used);
    rfl_code_u64(c, &live->epoch.id);
    rfl_code_i64(c, &live->epoch.start);
    rfl_code_i64(c, &live->epoch.end);
    rfl_code_bytes(c, live->epoch.secret, RFL_SECRET_SIZE);
    rfl_code_uint(c, &live->cap);
    rfl_code_i64(c, &live->built);
    rfl_code_u64(c, &live->entries);
    rfl_code_u64(c, &live->removed);

    for (i = 0; i < RFL_SIZES; i++) {
        rfl_code_u64(c, &live->real[i]);
        rfl_code_u64(c, &live->dummy[i]);
        rfl_code_u64(c, &live->dummy_last[i]);
    }
}


static void
rfl_code_state(rfl_code_t *c, rfl_state_t *state)
{
    unsigned  version, phase;

    version = RFL_STORE_VERSION;
    phase = state->phase;

    rfl_code_uint(c, &version);
    rfl_code_uint(c, &phase);
    rfl_code_uint(c, &state->leftovers);
    rfl_code_u64(c, &state->newest);
    rfl_code_i64(c, &state->as_of);
    rfl_code_live(c, &state->current);
    rfl_code_live(c, &state->next);

    state->phase = phase;

    if (version != RFL_STORE_VERSION || phase > RFL_PHASE_BUILT) {
        c->failed = 1;
    }
}


static void
rfl_code_op(rfl_code_t *c, rfl_op_t *op)
{
    unsigned  kind;

    kind = op->kind;

    rfl_code_uint(c, &kind);
    rfl_code_uint(c, &op->planned);
    rfl_code_state(c, &op->after);

    op->kind = kind;

    if (kind > RFL_OP_REBUILD) {
        c->failed = 1;
    }
}


void
rfl_code_bytes(rfl_code_t *c, u_char *data, size_t len)
{
    if (c->out != NULL) {
        rfl_buf_append(c->out, data, len);
        return;
    }

    if (c->failed || (size_t) (c->last - c->p) < len) {
        c->failed = 1;
        return;
    }

    memcpy(data, c->p, len);
    c->p += len;
}


void
rfl_code_u64(rfl_code_t *c, uint64_t *value)
{
    u_char  b[8];

    (void) rfl_le_put(b, *value, 8);
    rfl_code_bytes(c, b, 8);
    *value = rfl_le_get(b, 8);
}


void
rfl_code_i64(rfl_code_t *c, int64_t *value)
{
    uint64_t  v;

    v = (uint64_t) *value;
    rfl_code_u64(c, &v);
    *value = (int64_t) v;
}


void
rfl_code_uint(rfl_code_t *c, unsigned *value)
{
    uint64_t  v;

    v = *value;
    rfl_code_u64(c, &v);
    *value = (unsigned) v;
}
