
/*
 * Copyright (C) The RFL authors
 *
 * rfl_redis_reply.c: sends what waits, and takes one reply, of a server that
 * may be anybody's: a public host that was taken over must not hold the desk up
 * by answering drop by drop, nor fill its memory.  Called by rfl_redis.c.
 */


#include "rfl_redis.h"
#include "rfl_text.h"

#include <errno.h>
#include <hiredis/sds.h>
#include <stdio.h>


/* bytes a millisecond that the slowest line has, beyond the time to wait */
#define RFL_REDIS_SLOWEST    16


static int rfl_redis_late(rfl_redis_t *r, int64_t start, size_t size);


int
rfl_redis_flush(rfl_redis_t *r)
{
    int      done;
    size_t   size;
    int64_t  start;

    start = rfl_monotonic();
    size = sdslen(r->c->obuf);

    do {
        if (redisBufferWrite(r->c, &done) != REDIS_OK
            || (!done && rfl_redis_late(r, start,
                                        size - sdslen(r->c->obuf))))
        {
            return REDIS_ERR;
        }

    } while (!done);

    return REDIS_OK;
}


int
rfl_redis_take(rfl_redis_t *r, redisReply **reply)
{
    void    *p;
    size_t   size, had;
    int64_t  start;

    p = NULL;
    *reply = NULL;

    if (redisGetReplyFromReader(r->c, &p) != REDIS_OK
        || (p == NULL && rfl_redis_flush(r) != REDIS_OK))
    {
        return REDIS_ERR;
    }

    start = rfl_monotonic();
    size = 0;

    while (p == NULL) {

        had = r->c->reader->len;

        if (redisBufferRead(r->c) != REDIS_OK) {
            return REDIS_ERR;
        }

        size += r->c->reader->len - had;

        if (r->most != 0 && size > r->most) {
            r->c->err = REDIS_ERR_PROTOCOL;
            (void) snprintf(r->c->errstr, sizeof(r->c->errstr),
                            "a reply is larger than any of ours");
            return REDIS_ERR;
        }

        if (redisGetReplyFromReader(r->c, &p) != REDIS_OK
            || (p == NULL && rfl_redis_late(r, start, size)))
        {
            return REDIS_ERR;
        }
    }

    *reply = p;

    return REDIS_OK;
}


/* hiredis itself waits from byte to byte; told in its way */

static int
rfl_redis_late(rfl_redis_t *r, int64_t start, size_t size)
{
    if (rfl_monotonic() - start
        <= (int64_t) rfl_redis_seconds(r) * 1000
           + (int64_t) (size / RFL_REDIS_SLOWEST))
    {
        return 0;
    }

    r->c->err = REDIS_ERR_IO;
    errno = EAGAIN;

    return 1;
}


void
rfl_redis_walk(rfl_redis_t *r)
{
    r->walk = rfl_monotonic();
}


int
rfl_redis_walking(const rfl_redis_t *r, rfl_err_t *err)
{
    unsigned  seconds;

    seconds = (r->patience != 0) ? r->patience : RFL_REDIS_WALK;

    if (rfl_monotonic() - r->walk <= (int64_t) seconds * 1000) {
        return RFL_OK;
    }

    (void) rfl_err(err, 0, "%s came to no end in %u seconds", r->what,
                   seconds);

    return RFL_AWAY;
}
