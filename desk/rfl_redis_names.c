
/*
 * Copyright (C) The RFL authors
 *
 * rfl_redis_names.c: the keys of a Redis, one after the other, and those of
 * one kind.  Called by what counts, copies or removes them.
 */


#include "rfl_redis.h"


/* bytes of a key, keys of a server, and of them at least so many at a time */
#define RFL_NAME_LEN         256
#define RFL_NAMES_MOST       (4 * 1024 * 1024)
#define RFL_NAMES_ROUND      1024


static int rfl_names_add(void *data, const char *key, size_t len);


int
rfl_redis_scan(rfl_redis_t *r, const char *pattern, rfl_redis_key_pt visit,
    void *data, rfl_err_t *err)
{
    int           rc;
    char          cursor[32];
    size_t        i, n;
    redisReply   *reply, *keys;

    n = 0;
    memcpy(cursor, "0", 2);
    rfl_redis_walk(r);

    do {
        rc = rfl_redis_walking(r, err);
        if (rc != RFL_OK) {
            return rc;
        }

        rc = rfl_redis_call(r, &reply, err, "SCAN %s MATCH %s COUNT 4096",
                            cursor, pattern == NULL ? "*" : pattern);
        if (rc != RFL_OK) {
            return rc;
        }

        if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2
            || reply->element[0]->type != REDIS_REPLY_STRING
            || reply->element[0]->len >= sizeof(cursor)
            || reply->element[1]->type != REDIS_REPLY_ARRAY)
        {
            freeReplyObject(reply);
            return rfl_err(err, 0, "%s answers SCAN in an unknown form",
                           r->what);
        }

        memcpy(cursor, reply->element[0]->str, reply->element[0]->len + 1);

        keys = reply->element[1];
        n += RFL_NAMES_ROUND + keys->elements;

        for (i = 0; rc == RFL_OK && i < keys->elements; i++) {
            if (keys->element[i]->type == REDIS_REPLY_STRING) {
                rc = visit(data, keys->element[i]->str,
                           keys->element[i]->len);
            }
        }

        freeReplyObject(reply);

        if (n > RFL_NAMES_MOST) {
            return rfl_err(err, 0, "%s came to no end of its keys: there are "
                           "more than %d, which are not ours", r->what,
                           RFL_NAMES_MOST);
        }

    } while (rc == RFL_OK && strcmp(cursor, "0") != 0);

    return (rc == RFL_ERROR) ? rfl_err(err, 0, "out of memory") : rc;
}


int
rfl_redis_names(rfl_redis_t *r, const char *pattern,
    int (*counts)(const char *key, size_t len), rfl_names_t *names,
    rfl_err_t *err)
{
    names->counts = counts;
    rfl_args_init(&names->args);

    names->pool = rfl_pool_create(16384);
    if (names->pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    return rfl_redis_scan(r, pattern, rfl_names_add, names, err);
}


static int
rfl_names_add(void *data, const char *key, size_t len)
{
    u_char       *name;
    rfl_names_t  *names = data;

    if (len > RFL_NAME_LEN || !names->counts(key, len)) {
        return RFL_OK;
    }

    name = rfl_pstrdup(names->pool, (const u_char *) key, len);
    if (name == NULL) {
        return RFL_ERROR;
    }

    rfl_args_add(&names->args, name, len);

    return names->args.failed ? RFL_ERROR : RFL_OK;
}


void
rfl_names_free(rfl_names_t *names)
{
    rfl_args_free(&names->args);
    rfl_pool_destroy(names->pool);
}
