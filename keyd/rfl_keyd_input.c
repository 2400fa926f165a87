
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_input.c: requests out of the bytes of a client, by hiredis' reader.
 *
 * The reader is told to build no objects: each bulk string is copied into
 * the input's own memory, of fixed size, and whatever is not an array of at
 * most RFL_KEYD_ARGS bulk strings is an error.  The reader's buffer gets all
 * its memory at once, so that it never moves and can be wiped whole; where
 * the reader frees it by itself, after an error, free() wipes it
 * (rfl_keyd_malloc.c).
 */


#include "rfl_keyd.h"

#include <hiredis/read.h>
#include <hiredis/sds.h>
#include <stdlib.h>


/*
 * A request not yet whole, and what comes next; the reader moves its buffer
 * up only when 1024 bytes of it are used.
 */
#define RFL_KEYD_BUFFER  (RFL_KEYD_REQUEST_SIZE + RFL_KEYD_FEED_SIZE + 1024)


struct rfl_keyd_input_s {
    redisReader  *reader;
    size_t        high;                /* of the reader's buffer, not wiped */
    unsigned      n;                   /* of args */
    rfl_str_t     args[RFL_KEYD_ARGS];
    size_t        used;                /* of data */
    u_char        data[RFL_KEYD_REQUEST_SIZE];
};


static void *rfl_keyd_input_string(const redisReadTask *task, char *str,
    size_t len);
static void *rfl_keyd_input_array(const redisReadTask *task, int elements);
static void *rfl_keyd_input_integer(const redisReadTask *task,
    long long value);
static void *rfl_keyd_input_nil(const redisReadTask *task);
static void rfl_keyd_input_release(void *object);
static void rfl_keyd_input_wipe(rfl_keyd_input_t *input);


static redisReplyObjectFunctions  rfl_keyd_input_functions = {
    rfl_keyd_input_string,
    rfl_keyd_input_array,
    rfl_keyd_input_integer,
    rfl_keyd_input_nil,
    rfl_keyd_input_release
};


rfl_keyd_input_t *
rfl_keyd_input_create(void)
{
    sds                buf;
    redisReader       *reader;
    rfl_keyd_input_t  *input;

    input = calloc(1, sizeof(rfl_keyd_input_t));
    if (input == NULL) {
        return NULL;
    }

    reader = redisReaderCreateWithFunctions(&rfl_keyd_input_functions);
    if (reader == NULL) {
        free(input);
        return NULL;
    }

    input->reader = reader;

    buf = sdsMakeRoomFor(reader->buf, RFL_KEYD_BUFFER);
    if (buf == NULL) {
        redisReaderFree(reader);
        free(input);
        return NULL;
    }

    reader->buf = buf;
    reader->maxbuf = 0;                /* else it would free it unwiped */
    reader->privdata = input;

    return input;
}


void
rfl_keyd_input_free(rfl_keyd_input_t *input)
{
    if (input == NULL) {
        return;
    }

    rfl_keyd_input_wipe(input);
    redisReaderFree(input->reader);
    free(input);
}


int
rfl_keyd_input_feed(rfl_keyd_input_t *input, const u_char *data, size_t len)
{
    redisReader  *reader;

    reader = input->reader;

    if (reader->err != 0 || len > sdsavail(reader->buf)) {
        return RFL_ERROR;
    }

    if (redisReaderFeed(reader, (const char *) data, len) != REDIS_OK) {
        return RFL_ERROR;
    }

    if (reader->len > input->high) {
        input->high = reader->len;
    }

    return RFL_OK;
}


int
rfl_keyd_input_next(rfl_keyd_input_t *input, unsigned *n,
    const rfl_str_t **args)
{
    void         *reply;
    redisReader  *reader;

    reply = NULL;
    reader = input->reader;

    if (redisReaderGetReply(reader, &reply) != REDIS_OK) {
        return RFL_ERROR;
    }

    if (reply == NULL) {
        return (reader->len - reader->pos > RFL_KEYD_REQUEST_SIZE)
               ? RFL_ERROR : RFL_DECLINED;
    }

    *n = input->n;
    *args = input->args;

    return RFL_OK;
}


size_t
rfl_keyd_input_done(rfl_keyd_input_t *input)
{
    size_t        left;
    redisReader  *reader;

    reader = input->reader;
    left = reader->len - reader->pos;

    if (reader->ridx > 0) {

        /* within a request, of which some arguments are here already */

        return left + 1;
    }

    rfl_memzero(input->data, input->used);
    memset(input->args, 0, sizeof(input->args));
    input->n = 0;
    input->used = 0;

    if (left == 0) {
        rfl_memzero(reader->buf, input->high);
        sdssetlen(reader->buf, 0);
        reader->len = 0;
        reader->pos = 0;
        input->high = 0;
    }

    return left;
}


static void *
rfl_keyd_input_array(const redisReadTask *task, int elements)
{
    rfl_keyd_input_t  *input;

    if (task->parent != NULL || elements < 1 || elements > RFL_KEYD_ARGS) {
        return NULL;
    }

    input = task->privdata;

    input->n = (unsigned) elements;
    input->used = 0;

    return input;
}


static void *
rfl_keyd_input_string(const redisReadTask *task, char *str, size_t len)
{
    rfl_str_t         *arg;
    rfl_keyd_input_t  *input;

    if (task->parent == NULL || task->type != REDIS_REPLY_STRING) {
        return NULL;
    }

    input = task->privdata;

    if (len > RFL_KEYD_ARG_SIZE || len > RFL_KEYD_REQUEST_SIZE - input->used) {
        return NULL;
    }

    arg = &input->args[task->idx];

    arg->len = len;
    arg->data = input->data + input->used;

    if (len != 0) {
        memcpy(arg->data, str, len);
        input->used += len;
    }

    return input;
}


static void *
rfl_keyd_input_integer(const redisReadTask *task, long long value)
{
    return NULL;
}


static void *
rfl_keyd_input_nil(const redisReadTask *task)
{
    return NULL;
}


static void
rfl_keyd_input_release(void *object)
{
    /* the input owns what it holds */
}


static void
rfl_keyd_input_wipe(rfl_keyd_input_t *input)
{
    sds  buf;

    buf = input->reader->buf;

    if (buf != NULL) {
        rfl_memzero(buf, sdsalloc(buf));
    }

    rfl_memzero(input->data, sizeof(input->data));
    rfl_memzero(input->args, sizeof(input->args));
}
