
/*
 * Copyright (C) The RFL authors
 *
 * rfl_inbox_open.c: boxes of desk Redis opened, one after the other, and
 * what is to become of them.  Called by "rflctl inbox" and the moderators'
 * desk.
 */


#include "rfl_inbox_int.h"
#include "rfl_open.h"

#include <sodium.h>
#include <stdlib.h>


#define RFL_INBOX_TOKEN      "box id"
#define RFL_INBOX_TOKEN_SIZE 16


typedef struct {
    rfl_desk_t          *desk;
    const rfl_vault_t   *vault;
    const char          *hash;     /* RFL_INBOX_BOXES or RFL_INBOX_ASIDE */
    rfl_pool_t          *pool;     /* of the walk */
    rfl_pool_t          *item;     /* of one box */
    unsigned             nkeys;
    rfl_open_key_t      *keys;
    rfl_open_t           open;
    rfl_inbox_visit_pt   visit;
    void                *data;
} rfl_inbox_walk_t;


static int rfl_inbox_walk_hash(rfl_desk_t *desk, const rfl_vault_t *vault,
    const char *hash, rfl_inbox_visit_pt visit, void *data, rfl_err_t *err);
static int rfl_inbox_keys(rfl_inbox_walk_t *w, rfl_err_t *err);
static int rfl_inbox_fields(rfl_inbox_walk_t *w, u_char **fields, size_t *n,
    rfl_err_t *err);
static int rfl_inbox_field_order(const void *a, const void *b);
static int rfl_inbox_chunk(rfl_inbox_walk_t *w, const u_char *fields,
    size_t n, rfl_err_t *err);
static int rfl_inbox_one(rfl_inbox_walk_t *w, const u_char *field,
    const redisReply *value, rfl_err_t *err);
static int rfl_inbox_first(rfl_inbox_walk_t *w, rfl_inbox_box_t *box,
    const rfl_submission_t *s, rfl_err_t *err);


const char  *const  rfl_inbox_states[RFL_INBOX_STATES_N] = {
    [RFL_INBOX_GOOD] = "good",
    [RFL_INBOX_AGAIN] = "sent twice",
    [RFL_INBOX_NOT_A_BOX] = "not a box of any kind that is known",
    [RFL_INBOX_NO_KEY] = "sealed to a key that is not here",
    [RFL_INBOX_SHUT] = "does not open with the key it names",
    [RFL_INBOX_BROKEN] = "opens, but is no submission",
    [RFL_INBOX_ASTRAY] = "is for another society than its list",
    [RFL_INBOX_OLD] = "was handed in nearly a year before it came",
    [RFL_INBOX_CRASHED] = "rfl-open ended over it"
};

static const rfl_inbox_state_e  rfl_inbox_opened[RFL_OPENED_N] = {
    [RFL_OPENED_GOOD] = RFL_INBOX_GOOD,
    [RFL_OPENED_NOT_A_BOX] = RFL_INBOX_NOT_A_BOX,
    [RFL_OPENED_NO_KEY] = RFL_INBOX_NO_KEY,
    [RFL_OPENED_SHUT] = RFL_INBOX_SHUT,
    [RFL_OPENED_BROKEN] = RFL_INBOX_BROKEN,
    [RFL_OPENED_CRASHED] = RFL_INBOX_CRASHED
};


int
rfl_inbox_walk(rfl_desk_t *desk, const rfl_vault_t *vault,
    rfl_inbox_visit_pt visit, void *data, rfl_err_t *err)
{
    return rfl_inbox_walk_hash(desk, vault, RFL_INBOX_BOXES, visit, data,
                               err);
}


int
rfl_inbox_walk_aside(rfl_desk_t *desk, const rfl_vault_t *vault,
    rfl_inbox_visit_pt visit, void *data, rfl_err_t *err)
{
    return rfl_inbox_walk_hash(desk, vault, RFL_INBOX_ASIDE, visit, data,
                               err);
}


static int
rfl_inbox_walk_hash(rfl_desk_t *desk, const rfl_vault_t *vault,
    const char *hash, rfl_inbox_visit_pt visit, void *data, rfl_err_t *err)
{
    int               rc;
    size_t            i, n;
    u_char           *fields;
    rfl_inbox_walk_t  w;

    memset(&w, 0, sizeof(rfl_inbox_walk_t));

    w.desk = desk;
    w.vault = vault;
    w.hash = hash;
    w.visit = visit;
    w.data = data;

    w.pool = rfl_pool_create(16384);
    w.item = rfl_pool_create(65536);

    fields = NULL;

    if (w.pool == NULL || w.item == NULL) {
        rc = rfl_err(err, 0, "out of memory");
        goto done;
    }

    rc = rfl_inbox_keys(&w, err);

    if (rc == RFL_OK) {
        rc = rfl_open_init(w.pool, &w.open, desk->opener, w.keys, w.nkeys,
                           err);
    }

    if (rc == RFL_OK) {
        rc = rfl_inbox_fields(&w, &fields, &n, err);
    }

    for (i = 0; rc == RFL_OK && i < n; i += RFL_INBOX_CHUNK) {
        rc = rfl_inbox_chunk(&w, fields + i * RFL_INBOX_FIELD_SIZE,
                             n - i < RFL_INBOX_CHUNK ? n - i
                                                     : RFL_INBOX_CHUNK,
                             err);
    }

done:

    rfl_open_close(&w.open);
    sodium_free(w.keys);
    free(fields);
    rfl_pool_destroy(w.item);
    rfl_pool_destroy(w.pool);

    return rc;
}


/* a key that does not open costs what is sealed to it, not the others */

static int
rfl_inbox_keys(rfl_inbox_walk_t *w, rfl_err_t *err)
{
    int                rc;
    unsigned           i;
    rfl_err_t          why;
    rfl_open_key_t    *key;
    rfl_inbox_files_t  files;

    rc = rfl_inbox_files(w->pool, w->desk->conf.dir, &files, err);
    if (rc != RFL_OK) {
        return rc;
    }

    w->keys = sodium_malloc((files.n + 1) * sizeof(rfl_open_key_t));
    if (w->keys == NULL) {
        return rfl_err(err, 0, "out of memory that may be locked");
    }

    for (i = 0; i < files.n; i++) {
        key = &w->keys[w->nkeys];

        rc = rfl_inbox_file_open(w->vault, &files.keys[i], key->sk, &why);

        if (rc == RFL_ERROR) {
            *err = why;
            return rc;
        }

        if (rc != RFL_OK) {
            rfl_desk_notice(w->desk, "%s", why.text);
            continue;
        }

        memcpy(key->id, files.keys[i].id, sizeof(key->id));
        memcpy(key->pk, files.keys[i].pk, sizeof(key->pk));
        w->nkeys++;
    }

    return RFL_OK;
}


static int
rfl_inbox_fields(rfl_inbox_walk_t *w, u_char **fields, size_t *n,
    rfl_err_t *err)
{
    int          rc;
    size_t       i;
    u_char      *p;
    redisReply  *reply;

    *n = 0;

    rc = rfl_redis_call(&w->desk->desk, &reply, err, "HKEYS %s", w->hash);
    if (rc != RFL_OK) {
        return rc;
    }

    p = malloc((reply->elements + 1) * RFL_INBOX_FIELD_SIZE);

    if (p == NULL) {
        freeReplyObject(reply);
        return rfl_err(err, 0, "out of memory");
    }

    for (i = 0; i < reply->elements; i++) {

        if (reply->element[i]->len == RFL_INBOX_FIELD_SIZE) {
            memcpy(p + *n * RFL_INBOX_FIELD_SIZE, reply->element[i]->str,
                   RFL_INBOX_FIELD_SIZE);
            (*n)++;
        }
    }

    freeReplyObject(reply);

    if (*n > 1) {
        qsort(p, *n, RFL_INBOX_FIELD_SIZE, rfl_inbox_field_order);
    }

    *fields = p;

    return RFL_OK;
}


static int
rfl_inbox_field_order(const void *a, const void *b)
{
    return memcmp(a, b, RFL_INBOX_FIELD_SIZE);
}


static int
rfl_inbox_chunk(rfl_inbox_walk_t *w, const u_char *fields, size_t n,
    rfl_err_t *err)
{
    int          rc;
    size_t       i;
    rfl_args_t   args;
    redisReply  *reply;

    rfl_args_init(&args);
    rfl_args_literal(&args, "HMGET");
    rfl_args_add(&args, w->hash, strlen(w->hash));

    for (i = 0; i < n; i++) {
        rfl_args_add(&args, fields + i * RFL_INBOX_FIELD_SIZE,
                     RFL_INBOX_FIELD_SIZE);
    }

    rc = rfl_redis_argv(&w->desk->desk, &reply, err, &args);
    rfl_args_free(&args);

    if (rc != RFL_OK) {
        return rc;
    }

    for (i = 0; rc == RFL_OK && i < n && i < reply->elements; i++) {

        if (rfl_desk_stopped(w->desk)) {
            rc = RFL_STOPPED;
            break;
        }

        /* somebody else may have dealt with it */

        if (reply->element[i]->type == REDIS_REPLY_STRING) {
            rc = rfl_inbox_one(w, fields + i * RFL_INBOX_FIELD_SIZE,
                               reply->element[i], err);
        }

        rfl_pool_reset(w->item);
    }

    freeReplyObject(reply);

    return rc;
}


static int
rfl_inbox_one(rfl_inbox_walk_t *w, const u_char *field,
    const redisReply *value, rfl_err_t *err)
{
    int                rc;
    size_t             len;
    rfl_opened_e       opened;
    rfl_inbox_box_t    box;
    rfl_submission_t  *s;

    memset(&box, 0, sizeof(rfl_inbox_box_t));

    box.day = (int32_t) ((uint32_t) field[0] << 24
                         | (uint32_t) field[1] << 16
                         | (uint32_t) field[2] << 8 | field[3]);
    memcpy(box.hash, field + 4, RFL_INBOX_HASH_SIZE);
    box.aside = strcmp(w->hash, RFL_INBOX_ASIDE) == 0;

    len = (value->len > 0) ? (u_char) value->str[0] : 0;

    if ((size_t) value->len < 1 + len) {
        box.state = RFL_INBOX_NOT_A_BOX;
        return w->visit(w->data, w->item, &box, NULL, err);
    }

    box.society.data = (u_char *) value->str + 1;
    box.society.len = len;
    box.box.data = (u_char *) value->str + 1 + len;
    box.box.len = (size_t) value->len - 1 - len;

    s = rfl_palloc(w->item, sizeof(rfl_submission_t));
    if (s == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_open_box(w->item, &w->open, &box.box, &opened, s, err);
    if (rc != RFL_OK) {
        return rc;
    }

    box.state = rfl_inbox_opened[opened];

    if (box.state == RFL_INBOX_GOOD
        && !rfl_str_eq(&s->society, &box.society))
    {
        box.state = RFL_INBOX_ASTRAY;
    }

    if (box.state == RFL_INBOX_GOOD && s->day < box.day - RFL_INBOX_LIFE) {
        box.state = RFL_INBOX_OLD;
    }

    if (box.state == RFL_INBOX_GOOD) {
        rc = rfl_inbox_first(w, &box, s, err);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    return w->visit(w->data, w->item, &box,
                    box.state <= RFL_INBOX_AGAIN ? s : NULL, err);
}


/*
 * The first box with this id, or another one?  What is remembered is a token
 * keyed by the vault: a dump of desk Redis does not say which ids were seen.
 */

static int
rfl_inbox_first(rfl_inbox_walk_t *w, rfl_inbox_box_t *box,
    const rfl_submission_t *s, rfl_err_t *err)
{
    int          rc;
    char         key[RFL_INBOX_SEEN_SIZE];
    u_char       token[RFL_INBOX_TOKEN_SIZE], field[RFL_INBOX_FIELD_SIZE];
    unsigned     ago;
    redisReply  *reply;

    rfl_inbox_field(box->day, box->hash, field);

    rfl_vault_token(w->vault, RFL_INBOX_TOKEN, s->id, sizeof(s->id), token);

    for (ago = 0; ago < RFL_INBOX_YEARS; ago++) {
        rfl_inbox_seen_key(RFL_INBOX_IDS, ago, key);

        rc = rfl_redis_call(&w->desk->desk, &reply, err, "HGET %s %b", key,
                            token, sizeof(token));
        if (rc != RFL_OK) {
            return rc;
        }

        if (reply->type == REDIS_REPLY_STRING) {

            if (reply->len != sizeof(field)
                || memcmp(reply->str, field, sizeof(field)) != 0)
            {
                box->state = RFL_INBOX_AGAIN;
            }

            freeReplyObject(reply);

            return RFL_OK;
        }

        freeReplyObject(reply);
    }

    rfl_inbox_seen_key(RFL_INBOX_IDS, 0, key);

    rc = rfl_redis_call(&w->desk->desk, &reply, err, "HSET %s %b %b", key,
                        token, sizeof(token), field, sizeof(field));
    if (rc == RFL_OK) {
        freeReplyObject(reply);
    }

    return rc;
}


int
rfl_inbox_send_done(rfl_redis_t *r, const rfl_inbox_box_t *box,
    rfl_err_t *err)
{
    int     rc;
    char    key[RFL_INBOX_SEEN_SIZE];
    u_char  field[RFL_INBOX_FIELD_SIZE];

    rfl_inbox_field(box->day, box->hash, field);
    rfl_inbox_seen_key(RFL_INBOX_DONE, 0, key);

    rc = rfl_redis_send(r, err, "HSET %s %b %b", key, box->hash,
                        (size_t) RFL_INBOX_HASH_SIZE, "", (size_t) 0);

    if (rc == RFL_OK) {
        rc = rfl_redis_send(r, err, "HDEL %s %b",
                            box->aside ? RFL_INBOX_ASIDE : RFL_INBOX_BOXES,
                            field, sizeof(field));
    }

    return rc;
}


int
rfl_inbox_send_seen(rfl_redis_t *r, const rfl_vault_t *vault,
    const rfl_submission_t *s, rfl_err_t *err)
{
    char    key[RFL_INBOX_SEEN_SIZE];
    u_char  token[RFL_INBOX_TOKEN_SIZE];

    /* what is no field is that of no box */

    rfl_vault_token(vault, RFL_INBOX_TOKEN, s->id, sizeof(s->id), token);
    rfl_inbox_seen_key(RFL_INBOX_IDS, 0, key);

    return rfl_redis_send(r, err, "HSET %s %b %b", key, token, sizeof(token),
                          "", (size_t) 0);
}


int
rfl_inbox_send_aside(rfl_redis_t *r, const rfl_inbox_box_t *box,
    rfl_err_t *err)
{
    int         rc;
    u_char      field[RFL_INBOX_FIELD_SIZE];
    rfl_buf_t   value;

    if (box->aside) {
        return RFL_OK;
    }

    rfl_inbox_field(box->day, box->hash, field);

    rfl_buf_init(&value, 0);
    rfl_buf_byte(&value, (u_char) box->society.len);
    rfl_buf_append(&value, box->society.data, box->society.len);
    rfl_buf_append(&value, box->box.data, box->box.len);

    /* hiredis copies what it sends */

    if (value.failed) {
        rc = rfl_err(err, 0, "out of memory");

    } else {
        rc = rfl_redis_send(r, err, "HSET %s %b %b", RFL_INBOX_ASIDE, field,
                            sizeof(field), value.data, value.len);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_send(r, err, "HDEL %s %b", RFL_INBOX_BOXES, field,
                            sizeof(field));
    }

    rfl_buf_free(&value);

    return rc;
}
