
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
#include <poll.h>
#include <stdio.h>


/*
 * Bytes a millisecond that the slowest line has, beyond the time to wait; and
 * of a reply no more than an honest one has that comes over a line.
 */
#define RFL_REDIS_SLOWEST    16
#define RFL_REDIS_LONGEST    (256 * 1024)


static int rfl_redis_wait(rfl_redis_t *r, short events, int64_t start,
    size_t size);


int
rfl_redis_flush(rfl_redis_t *r)
{
    int      done;
    size_t   size;
    int64_t  start;

    start = rfl_monotonic();
    size = sdslen(r->c->obuf);

    for ( ;; ) {

        if (redisBufferWrite(r->c, &done) != REDIS_OK) {
            return REDIS_ERR;
        }

        if (done) {
            return REDIS_OK;
        }

        if (rfl_redis_wait(r, POLLOUT, start, size - sdslen(r->c->obuf))
            != REDIS_OK)
        {
            return REDIS_ERR;
        }
    }
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

        if (rfl_redis_wait(r, POLLIN, start, (size < RFL_REDIS_LONGEST)
                                             ? size : RFL_REDIS_LONGEST)
            != REDIS_OK
            || redisBufferRead(r->c) != REDIS_OK)
        {
            return REDIS_ERR;
        }

        size += r->c->reader->len - had;

        if (r->most != 0 && size > r->most) {
            r->c->err = REDIS_ERR_PROTOCOL;
            (void) snprintf(r->c->errstr, sizeof(r->c->errstr),
                            "a reply is larger than any of ours");
            return REDIS_ERR;
        }

        if (redisGetReplyFromReader(r->c, &p) != REDIS_OK) {
            return REDIS_ERR;
        }
    }

    *reply = p;

    return REDIS_OK;
}


/* for what is left of the time; what failed is told in the way of hiredis */

static int
rfl_redis_wait(rfl_redis_t *r, short events, int64_t start, size_t size)
{
    int            n;
    int64_t        left;
    struct pollfd  fd;

    fd.fd = r->c->fd;
    fd.events = events;

    do {
        left = (int64_t) rfl_redis_seconds(r) * 1000
               + (int64_t) (size / RFL_REDIS_SLOWEST)
               - (rfl_monotonic() - start);

        n = (left > 0) ? poll(&fd, 1, (int) left) : 0;

    } while (n == -1 && errno == EINTR);

    if (n > 0) {
        return REDIS_OK;
    }

    if (n == 0) {
        errno = EAGAIN;
    }

    r->c->err = REDIS_ERR_IO;
    (void) snprintf(r->c->errstr, sizeof(r->c->errstr), "%s",
                    strerror(errno));

    return REDIS_ERR;
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
