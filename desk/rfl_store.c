
/*
 * Copyright (C) The RFL authors
 *
 * rfl_store.c: what the desk keeps in desk Redis, sealed with the desk key.
 * Owns the form of every value there; who changes them in which order is
 * the business of rfl_change.c and rfl_rotate.c.
 */


#include "rfl_store.h"
#include "rfl_store_int.h"

#include <sodium.h>
#include <stdlib.h>


#define RFL_STORE_NONCE      crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define RFL_STORE_TAG        crypto_aead_xchacha20poly1305_ietf_ABYTES

/* sealed values are padded to a multiple of these */
#define RFL_STORE_PAD_ENTRY  512
#define RFL_STORE_PAD_SMALL  64

#define RFL_STORE_HEAD       (1 + 1 + 8)   /* version, flags, published */

#define RFL_STORE_CANARY     0x01

/* entries fetched at a time */
#define RFL_STORE_CHUNK      256


static size_t rfl_store_aad(const char *what, const u_char *token,
    u_char aad[64]);
static void rfl_store_token(const rfl_store_keys_t *keys, u_char kind,
    const void *data, size_t len, u_char token[RFL_TOKEN_SIZE]);
static int rfl_store_register(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const char *what, const u_char token[RFL_TOKEN_SIZE], const void *data,
    size_t len, rfl_str_t *plain, rfl_err_t *err);
static int rfl_store_visit(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const u_char *tokens, const redisReply *reply, rfl_store_visit_pt visit,
    void *data, rfl_err_t *err);


const rfl_str_t  rfl_reasons[] = {
    rfl_string(""),
    rfl_string("request"),         /* the person, or the family, asked */
    rfl_string("found"),
    rfl_string("error"),
    rfl_string("safety"),
    rfl_string("other"),
    rfl_string("replaced")         /* by a later publication */
};

const unsigned  rfl_nreasons = sizeof(rfl_reasons) / sizeof(rfl_str_t);


void
rfl_store_keys(const u_char key[RFL_DESK_KEY_SIZE], rfl_store_keys_t *keys)
{
    (void) crypto_kdf_derive_from_key(keys->seal, RFL_DESK_KEY_SIZE, 1,
                                      "rfl.desk", key);
    (void) crypto_kdf_derive_from_key(keys->token, RFL_DESK_KEY_SIZE, 2,
                                      "rfl.desk", key);
    (void) crypto_kdf_derive_from_key(keys->form, RFL_DESK_KEY_SIZE, 3,
                                      "rfl.desk", key);
}


void
rfl_store_ref_token(const rfl_store_keys_t *keys,
    const u_char ref[RFL_REF_SIZE], u_char token[RFL_TOKEN_SIZE])
{
    rfl_store_token(keys, 'R', ref, RFL_REF_SIZE, token);
}


void
rfl_store_source_token(const rfl_store_keys_t *keys, const rfl_str_t *id,
    u_char token[RFL_TOKEN_SIZE])
{
    rfl_store_token(keys, 'S', id->data, id->len, token);
}


static void
rfl_store_token(const rfl_store_keys_t *keys, u_char kind, const void *data,
    size_t len, u_char token[RFL_TOKEN_SIZE])
{
    crypto_generichash_state  st;

    (void) crypto_generichash_init(&st, keys->token, RFL_DESK_KEY_SIZE,
                                   RFL_TOKEN_SIZE);
    (void) crypto_generichash_update(&st, &kind, 1);
    (void) crypto_generichash_update(&st, data, len);
    (void) crypto_generichash_final(&st, token, RFL_TOKEN_SIZE);

    rfl_memzero(&st, sizeof(st));
}


/*
 * A sealed value is nonce ‖ AEAD(length 4 ‖ data ‖ zeros); the additional
 * data are the kind of value and its field, so that none can be put in
 * another's place.
 */

int
rfl_store_seal(const rfl_store_keys_t *keys, const char *what,
    const u_char *token, const void *data, size_t len, size_t pad,
    rfl_buf_t *out)
{
    size_t   size, n;
    u_char  *plain, *box, aad[64];

    if (len > RFL_STORE_MAX) {
        return RFL_ERROR;
    }

    size = (4 + len + pad - 1) / pad * pad;

    plain = malloc(size);
    box = malloc(RFL_STORE_NONCE + size + RFL_STORE_TAG);

    if (plain == NULL || box == NULL) {
        free(plain);
        free(box);
        return RFL_ERROR;
    }

    memcpy(rfl_le_put(plain, len, 4), data, len);
    memset(plain + 4 + len, 0, size - 4 - len);

    randombytes_buf(box, RFL_STORE_NONCE);

    n = rfl_store_aad(what, token, aad);

    (void) crypto_aead_xchacha20poly1305_ietf_encrypt(box + RFL_STORE_NONCE,
        NULL, plain, size, aad, n, NULL, box, keys->seal);

    rfl_buf_append(out, box, RFL_STORE_NONCE + size + RFL_STORE_TAG);

    rfl_memzero(plain, size);
    free(plain);
    free(box);

    return out->failed ? RFL_ERROR : RFL_OK;
}


int
rfl_store_open(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const char *what, const u_char *token, const void *data, size_t len,
    rfl_str_t *plain)
{
    size_t         size, n;
    u_char        *p, aad[64];
    const u_char  *box;

    if (len < RFL_STORE_NONCE + RFL_STORE_TAG + 4) {
        return RFL_DECLINED;
    }

    box = data;
    size = len - RFL_STORE_NONCE - RFL_STORE_TAG;

    p = rfl_palloc(pool, size);
    if (p == NULL) {
        return RFL_ERROR;
    }

    n = rfl_store_aad(what, token, aad);

    if (crypto_aead_xchacha20poly1305_ietf_decrypt(p, NULL, NULL,
            box + RFL_STORE_NONCE, size + RFL_STORE_TAG, aad, n, box,
            keys->seal)
        != 0)
    {
        return RFL_DECLINED;
    }

    n = (size_t) rfl_le_get(p, 4);

    if (n > size - 4) {
        return RFL_DECLINED;
    }

    plain->data = p + 4;
    plain->len = n;

    return RFL_OK;
}


static size_t
rfl_store_aad(const char *what, const u_char *token, u_char aad[64])
{
    u_char  *p;

    static const rfl_str_t  domain = rfl_string("rfl.v1.desk.");

    memcpy(aad, domain.data, domain.len);

    for (p = aad + domain.len; *what != '\0'; what++) {
        *p++ = (u_char) *what;
    }

    if (token != NULL) {
        memcpy(p, token, RFL_TOKEN_SIZE);
        p += RFL_TOKEN_SIZE;
    }

    return (size_t) (p - aad);
}


int
rfl_store_entry_print(const rfl_store_keys_t *keys, const rfl_draft_t *draft,
    unsigned canary, int64_t published, rfl_buf_t *out)
{
    int        rc;
    u_char     head[RFL_STORE_HEAD], token[RFL_TOKEN_SIZE];
    rfl_buf_t  plain;

    rfl_buf_init(&plain, RFL_STORE_MAX);

    head[0] = RFL_STORE_VERSION;
    head[1] = canary ? RFL_STORE_CANARY : 0;
    (void) rfl_le_put(head + 2, (uint64_t) published, 8);

    rfl_buf_append(&plain, head, sizeof(head));
    rfl_draft_print(draft, &plain);

    rc = RFL_ERROR;

    if (!plain.failed) {
        rfl_store_ref_token(keys, draft->e.ref, token);
        rc = rfl_store_seal(keys, "entry", token, plain.data, plain.len,
                            RFL_STORE_PAD_ENTRY, out);
    }

    rfl_buf_free(&plain);

    return rc;
}


int
rfl_store_entry_parse(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], const void *data, size_t len,
    rfl_stored_t *stored, rfl_err_t *err)
{
    rfl_str_t  plain;

    if (rfl_store_register(pool, keys, "entry", token, data, len, &plain,
                           err)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (plain.len < RFL_STORE_HEAD || plain.data[0] != RFL_STORE_VERSION) {
        return rfl_err(err, 0, "an entry of the register has another "
                       "version: use the rflctl that wrote it");
    }

    memset(stored, 0, sizeof(rfl_stored_t));

    stored->canary = plain.data[1] & RFL_STORE_CANARY;
    stored->published = (int64_t) rfl_le_get(plain.data + 2, 8);
    stored->line.data = plain.data + RFL_STORE_HEAD;
    stored->line.len = plain.len - RFL_STORE_HEAD;

    return rfl_draft_parse(pool, &stored->line, 0, &stored->draft, err);
}


int
rfl_store_source_print(const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], const u_char ref[RFL_REF_SIZE],
    rfl_buf_t *out)
{
    return rfl_store_seal(keys, "source", token, ref, RFL_REF_SIZE,
                          RFL_STORE_PAD_SMALL, out);
}


int
rfl_store_source_parse(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], const void *data, size_t len,
    u_char ref[RFL_REF_SIZE], rfl_err_t *err)
{
    rfl_str_t  plain;

    if (rfl_store_register(pool, keys, "source", token, data, len, &plain,
                           err)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (plain.len != RFL_REF_SIZE) {
        return rfl_err(err, 0, "a source of the register is no reference: "
                       "use the rflctl that wrote it");
    }

    memcpy(ref, plain.data, RFL_REF_SIZE);

    return RFL_OK;
}


static int
rfl_store_register(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const char *what, const u_char token[RFL_TOKEN_SIZE], const void *data,
    size_t len, rfl_str_t *plain, rfl_err_t *err)
{
    switch (rfl_store_open(pool, keys, what, token, data, len, plain)) {

    case RFL_OK:
        return RFL_OK;

    case RFL_DECLINED:
        return rfl_err(err, 0, "%s of the register does not open: wrong desk "
                       "key, or desk Redis was altered",
                       what);

    default:
        return rfl_err(err, 0, "out of memory");
    }
}


int
rfl_store_tomb_print(const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], unsigned reason, int64_t when,
    rfl_buf_t *out)
{
    int         rc;
    rfl_buf_t   plain;
    rfl_code_t  c;

    rfl_buf_init(&plain, 64);

    memset(&c, 0, sizeof(rfl_code_t));
    c.out = &plain;

    rfl_code_uint(&c, &reason);
    rfl_code_i64(&c, &when);

    rc = RFL_ERROR;

    if (!plain.failed) {
        rc = rfl_store_seal(keys, "tomb", token, plain.data, plain.len,
                            RFL_STORE_PAD_SMALL, out);
    }

    rfl_buf_free(&plain);

    return rc;
}


int
rfl_store_tomb_parse(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const u_char token[RFL_TOKEN_SIZE], const void *data, size_t len,
    unsigned *reason, int64_t *when)
{
    int         rc;
    rfl_str_t   plain;
    rfl_code_t  c;

    rc = rfl_store_open(pool, keys, "tomb", token, data, len, &plain);

    if (rc != RFL_OK) {
        return rc;
    }

    memset(&c, 0, sizeof(rfl_code_t));
    c.p = plain.data;
    c.last = plain.data + plain.len;

    *reason = 0;
    *when = 0;

    rfl_code_uint(&c, reason);
    rfl_code_i64(&c, when);

    return (c.failed || *reason >= rfl_nreasons) ? RFL_DECLINED : RFL_OK;
}


int
rfl_store_tokens(rfl_redis_t *r, const char *hash, rfl_tokens_t *tokens,
    rfl_err_t *err)
{
    int          rc;
    size_t       i;
    redisReply  *reply;

    tokens->n = 0;
    tokens->tokens = NULL;

    rc = rfl_redis_call(r, &reply, err, "HKEYS %s", hash);
    if (rc != RFL_OK) {
        return rc;
    }

    if (reply->elements > 0) {

        tokens->tokens = malloc(reply->elements * RFL_TOKEN_SIZE);
        if (tokens->tokens == NULL) {
            rc = rfl_err(err, 0, "out of memory");
        }
    }

    for (i = 0; rc == RFL_OK && i < reply->elements; i++) {

        if (reply->element[i]->len != RFL_TOKEN_SIZE) {
            rc = rfl_err(err, 0, "desk Redis holds a foreign field in \"%s\"",
                         hash);
            break;
        }

        memcpy(tokens->tokens + i * RFL_TOKEN_SIZE, reply->element[i]->str,
               RFL_TOKEN_SIZE);
        tokens->n++;
    }

    freeReplyObject(reply);

    if (rc != RFL_OK) {
        rfl_tokens_free(tokens);
    }

    return rc;
}


void
rfl_tokens_free(rfl_tokens_t *tokens)
{
    free(tokens->tokens);
    tokens->tokens = NULL;
    tokens->n = 0;
}


int
rfl_store_values(rfl_redis_t *r, const char *hash, const u_char *tokens,
    size_t n, redisReply **reply, rfl_err_t *err)
{
    int         rc;
    size_t      i;
    rfl_args_t  args;

    rfl_args_init(&args);
    rfl_args_literal(&args, "HMGET");
    rfl_args_add(&args, hash, strlen(hash));

    for (i = 0; i < n; i++) {
        rfl_args_add(&args, tokens + i * RFL_TOKEN_SIZE, RFL_TOKEN_SIZE);
    }

    rc = rfl_redis_argv(r, reply, err, &args);
    rfl_args_free(&args);

    return rc;
}


int
rfl_store_walk(rfl_redis_t *r, const rfl_store_keys_t *keys,
    const char *hash, const rfl_tokens_t *tokens, unsigned part,
    unsigned parts, rfl_store_visit_pt visit, void *data, rfl_err_t *err)
{
    int            rc;
    size_t         first, last, n;
    redisReply    *reply;
    rfl_pool_t    *pool;
    const u_char  *share;

    first = tokens->n * part / parts;
    last = tokens->n * (part + 1) / parts;

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    for (rc = RFL_OK; rc == RFL_OK && first < last; first += n) {

        n = (last - first < RFL_STORE_CHUNK) ? last - first
                                             : RFL_STORE_CHUNK;
        share = tokens->tokens + first * RFL_TOKEN_SIZE;

        rc = rfl_store_values(r, hash, share, n, &reply, err);

        if (rc == RFL_OK) {
            rc = rfl_store_visit(pool, keys, share, reply, visit, data, err);
            freeReplyObject(reply);
        }
    }

    rfl_pool_destroy(pool);

    return rc;
}


static int
rfl_store_visit(rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const u_char *tokens, const redisReply *reply, rfl_store_visit_pt visit,
    void *data, rfl_err_t *err)
{
    int            rc;
    size_t         i;
    redisReply    *value;
    rfl_stored_t   stored;
    const u_char  *token;

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < reply->elements; i++) {

        value = reply->element[i];
        token = tokens + i * RFL_TOKEN_SIZE;

        if (value->type != REDIS_REPLY_STRING) {
            continue;
        }

        rc = rfl_store_entry_parse(pool, keys, token, value->str, value->len,
                                   &stored, err);
        if (rc == RFL_OK) {
            rc = visit(data, pool, token, &stored, err);
        }

        rfl_pool_reset(pool);
    }

    return rc;
}


int
rfl_store_get(rfl_redis_t *r, rfl_pool_t *pool, const rfl_store_keys_t *keys,
    const char *hash, const u_char token[RFL_TOKEN_SIZE],
    rfl_stored_t *stored, rfl_err_t *err)
{
    int          rc;
    redisReply  *reply;

    rc = rfl_redis_call(r, &reply, err, "HGET %s %b", hash, token,
                        (size_t) RFL_TOKEN_SIZE);
    if (rc != RFL_OK) {
        return rc;
    }

    if (reply->type == REDIS_REPLY_STRING) {
        rc = rfl_store_entry_parse(pool, keys, token, reply->str, reply->len,
                                   stored, err);
    } else {
        rc = RFL_DECLINED;
    }

    freeReplyObject(reply);

    return rc;
}
