
/*
 * Copyright (C) The RFL authors
 *
 * rfl_epochs.c: the epochs that rfl-keyd holds, by its admin socket.
 */


#include "rfl_epochs.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>


#define RFL_EPOCHS_NUMBER    24


static int rfl_epochs_parse(const redisReply *reply, rfl_epochs_t *status);
static int rfl_epochs_id(rfl_redis_t *r, const char *command, uint64_t id,
    rfl_err_t *err);


int
rfl_epochs_status(rfl_redis_t *r, rfl_pool_t *pool, rfl_epochs_t *status,
    rfl_str_t *json, rfl_err_t *err)
{
    int          rc;
    redisReply  *reply;

    rc = rfl_redis_call(r, &reply, err, "STATUS");
    if (rc != RFL_OK) {
        return rc;
    }

    if (reply->type != REDIS_REPLY_STRING
        || rfl_epochs_parse(reply, status) != RFL_OK)
    {
        rc = rfl_err(err, 0, "rfl-keyd gives a status that is not understood:"
                     " are it and rflctl of the same version?");

    } else if (json != NULL) {
        json->len = reply->len;
        json->data = rfl_pstrdup(pool, (u_char *) reply->str, reply->len);

        if (json->data == NULL) {
            rc = rfl_err(err, 0, "out of memory");
        }
    }

    freeReplyObject(reply);

    return rc;
}


static int
rfl_epochs_parse(const redisReply *reply, rfl_epochs_t *status)
{
    int         rc, in_use;
    size_t      i;
    json_t     *root, *epochs, *epoch;
    json_int_t  id, start, end;

    memset(status, 0, sizeof(rfl_epochs_t));

    root = json_loadb(reply->str, reply->len, 0, NULL);
    epochs = json_object_get(root, "epochs");
    rc = json_is_array(epochs) ? RFL_OK : RFL_DECLINED;

    json_array_foreach(epochs, i, epoch) {

        if (i == RFL_EPOCHS_MAX
            || json_unpack(epoch, "{s:I, s:I, s:I, s:b}", "id", &id, "start",
                           &start, "end", &end, "in_use", &in_use)
               != 0)
        {
            rc = RFL_DECLINED;
            break;
        }

        status->epoch[i].id = (uint64_t) id;
        status->epoch[i].start = start;
        status->epoch[i].end = end;
        status->epoch[i].in_use = (unsigned) in_use;
        status->n++;
    }

    json_decref(root);

    return rc;
}


int
rfl_epochs_find(const rfl_epochs_t *status, uint64_t id)
{
    unsigned  i;

    for (i = 0; i < status->n; i++) {
        if (status->epoch[i].id == id) {
            return (int) i;
        }
    }

    return -1;
}


int
rfl_epochs_add(rfl_redis_t *r, const rfl_epoch_t *epoch, rfl_err_t *err)
{
    int          rc;
    char         id[RFL_EPOCHS_NUMBER], start[RFL_EPOCHS_NUMBER],
                 end[RFL_EPOCHS_NUMBER];
    redisReply  *reply;

    (void) snprintf(id, sizeof(id), "%" PRIu64, epoch->id);
    (void) snprintf(start, sizeof(start), "%" PRId64, epoch->start);
    (void) snprintf(end, sizeof(end), "%" PRId64, epoch->end);

    rc = rfl_redis_call(r, &reply, err, "EPOCH.ADD %s %s %s %b", id, start,
                        end, epoch->secret, (size_t) RFL_SECRET_SIZE);
    if (rc == RFL_OK) {
        freeReplyObject(reply);
    }

    return rc;
}


int
rfl_epochs_use(rfl_redis_t *r, uint64_t id, rfl_err_t *err)
{
    return rfl_epochs_id(r, "EPOCH.USE", id, err);
}


int
rfl_epochs_drop(rfl_redis_t *r, uint64_t id, rfl_err_t *err)
{
    return rfl_epochs_id(r, "EPOCH.DROP", id, err);
}


static int
rfl_epochs_id(rfl_redis_t *r, const char *command, uint64_t id, rfl_err_t *err)
{
    int          rc;
    char         text[RFL_EPOCHS_NUMBER];
    redisReply  *reply;

    (void) snprintf(text, sizeof(text), "%" PRIu64, id);

    rc = rfl_redis_call(r, &reply, err, "%s %s", command, text);
    if (rc == RFL_OK) {
        freeReplyObject(reply);
    }

    return rc;
}
