
/*
 * Copyright (C) The RFL authors
 *
 * rfl_redis.h: blocking conversation with a Redis or rfl-keyd on a Unix
 * socket: connect, authenticate, one command, a pipeline, a transaction.
 * For the desk only; the web server never blocks on a socket.
 *
 * A connection belongs to one thread.
 */


#ifndef _RFL_REDIS_H_INCLUDED_
#define _RFL_REDIS_H_INCLUDED_


#include "rfl.h"

#include <hiredis/hiredis.h>


/*
 * Further return codes of the desk, beside RFL_OK, RFL_ERROR, RFL_DECLINED:
 * rflctl turns each into an exit status.
 */

#define RFL_AWAY         -16       /* a server does not answer */
#define RFL_BUSY         -17       /* another command holds the lock */
#define RFL_DENIED       -18       /* file mode, password or ACL */
#define RFL_CREATE       -19       /* a file is there already, or cannot be */
#define RFL_STOPPED      -20       /* a signal; everything was put back */
#define RFL_MISFIT       -21       /* a key is of another type than ours */


typedef struct {
    char         *socket;          /* path */
    char         *user;            /* NULL: no AUTH (rfl-keyd) */
    char         *password_file;
    size_t        most;            /* bytes of one reply; 0: any number */
} rfl_server_conf_t;

/*
 * For servers on the public host, which is not trusted.  An honest one sends
 * 256 kB at once: a chunk of boxes.
 */
#define RFL_REDIS_MOST       (8 * 1024 * 1024)


typedef struct {
    redisContext  *c;              /* NULL: closed */
    const char    *what;           /* "index Redis", for messages */
    unsigned       queued;         /* commands of the open transaction */
    unsigned       sent;           /* its EXEC is one of them */
    unsigned       patience;       /* see rfl_redis_patience() */
    unsigned       spoke;          /* this connection has had a reply */
    int64_t        silent;         /* when it let somebody wait in vain, ms */
    int64_t        walk;           /* when a walk was begun, ms */
    size_t         most;           /* that of rfl_server_conf_t */
} rfl_redis_t;


/* Arguments of one command; the data stays the caller's until it is sent. */

typedef struct {
    unsigned      n;
    unsigned      failed;
    size_t        size;
    const char  **argv;
    size_t       *lens;
} rfl_args_t;

void rfl_args_init(rfl_args_t *args) rfl_nonnull(1);
void rfl_args_add(rfl_args_t *args, const void *data, size_t len)
    rfl_nonnull(1);
void rfl_args_free(rfl_args_t *args) rfl_nonnull(1);

#define rfl_args_literal(a, s)  rfl_args_add(a, s, sizeof(s) - 1)
#define rfl_args_reset(a)       (a)->n = 0; (a)->failed = 0


/* r is zeroed, or was closed.  RFL_OK, RFL_AWAY, RFL_DENIED, RFL_ERROR */
int rfl_redis_open(rfl_redis_t *r, const rfl_server_conf_t *conf,
    const char *what, rfl_err_t *err) rfl_must_check;
void rfl_redis_close(rfl_redis_t *r);

/*
 * For a connection that is open or will be: seconds that a reply may take.
 * The first one, before anything was changed, has RFL_REDIS_HELLO at most, and
 * a server that kept silent is left alone for as long: whoever comes meanwhile
 * is told at once.  0: RFL_REDIS_REPLY for each of them, since no server of
 * ours takes seconds, and somebody may wait for the desk's lock: less than who
 * takes an entry down waits for it.
 */
#define RFL_REDIS_HELLO      3
#define RFL_REDIS_REPLY      20

void rfl_redis_patience(rfl_redis_t *r, unsigned seconds);

/*
 * rfl_redis_reply.c.  As redisGetReply() and the writing in it, on a socket
 * that does not block, but for rfl_redis_seconds() each and a little more for
 * much data, 16 s of a reply: an error is that of hiredis' context, and of
 * errno, too late is EAGAIN.
 */
int rfl_redis_take(rfl_redis_t *r, redisReply **reply) rfl_must_check;
int rfl_redis_flush(rfl_redis_t *r) rfl_must_check;
/* how long is waited for the next reply */
unsigned rfl_redis_seconds(const rfl_redis_t *r);

/*
 * Many replies, of which the server says when there are no more: whoever asks
 * for them begins a walk, and gives up when RFL_AWAY says that it lasts longer
 * than the patience of one reply, or RFL_REDIS_WALK seconds without one.
 */
#define RFL_REDIS_WALK       600

void rfl_redis_walk(rfl_redis_t *r);
int rfl_redis_walking(const rfl_redis_t *r, rfl_err_t *err) rfl_must_check;

/* whether an open connection still has somebody at its other end */
int rfl_redis_there(rfl_redis_t *r, rfl_err_t *err) rfl_must_check;

/*
 * One command and its reply, which the caller frees with freeReplyObject();
 * an error reply is a failure with the reply's text in err and *reply NULL.
 * The format is hiredis': %b takes a pointer and a size_t, %s a C string.
 */
int rfl_redis_call(rfl_redis_t *r, redisReply **reply, rfl_err_t *err,
    const char *fmt, ...) rfl_must_check;
int rfl_redis_argv(rfl_redis_t *r, redisReply **reply, rfl_err_t *err,
    const rfl_args_t *args) rfl_must_check;

/*
 * A pipeline: send as often as wanted, then take as many replies.  Nothing
 * is written before the first reply is asked for.
 */
int rfl_redis_send(rfl_redis_t *r, rfl_err_t *err, const char *fmt, ...)
    rfl_must_check;
int rfl_redis_send_argv(rfl_redis_t *r, rfl_err_t *err,
    const rfl_args_t *args) rfl_must_check;
int rfl_redis_next(rfl_redis_t *r, redisReply **reply, rfl_err_t *err)
    rfl_must_check;

/*
 * A transaction: begin, send, exec.  exec() is RFL_OK only if every command
 * was queued and none failed.  With RFL_AWAY it may have happened or not.
 * send_exec() before it lets the server work while the caller does.
 */
int rfl_redis_begin(rfl_redis_t *r, rfl_err_t *err) rfl_must_check;
int rfl_redis_send_exec(rfl_redis_t *r, rfl_err_t *err) rfl_must_check;
int rfl_redis_exec(rfl_redis_t *r, rfl_err_t *err) rfl_must_check;

/* one command whose reply says nothing but that it was done */
int rfl_redis_run(rfl_redis_t *r, rfl_err_t *err, const rfl_args_t *args)
    rfl_must_check;

/* how much a key holds: command is "HLEN" or "LLEN" */
int rfl_redis_count(rfl_redis_t *r, const char *command, const char *key,
    uint64_t *n, rfl_err_t *err) rfl_must_check;

/*
 * Calls visit for each key that fits a pattern (NULL: all), as a walk; SCAN
 * may name a key twice.  Another return code of visit than RFL_OK ends it and
 * is returned, RFL_ERROR as out of memory.
 */
typedef int (*rfl_redis_key_pt)(void *data, const char *key, size_t len);

int rfl_redis_scan(rfl_redis_t *r, const char *pattern,
    rfl_redis_key_pt visit, void *data, rfl_err_t *err) rfl_must_check;

/* names of keys, in a pool of their own */

typedef struct {
    rfl_pool_t  *pool;
    rfl_args_t   args;
    int        (*counts)(const char *key, size_t len);
} rfl_names_t;

/*
 * Those keys that fit a pattern (NULL: all) and for which counts() is true;
 * SCAN may name a key twice.  names is to be freed whatever is returned.
 */
int rfl_redis_names(rfl_redis_t *r, const char *pattern,
    int (*counts)(const char *key, size_t len), rfl_names_t *names,
    rfl_err_t *err) rfl_must_check;
void rfl_names_free(rfl_names_t *names);


#endif /* _RFL_REDIS_H_INCLUDED_ */
