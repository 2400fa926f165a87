
/*
 * Copyright (C) The RFL authors
 *
 * rfl_redis.c: blocking conversation with a Redis or rfl-keyd over hiredis'
 * synchronous context.  Called by everything of the desk that talks to a
 * server; owns the connection.
 */


#include "rfl_redis.h"
#include "rfl_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>


#define RFL_REDIS_CONNECT     3    /* seconds */
#define RFL_REDIS_LOADING    30

/* of what a server says when it refuses */
#define RFL_REDIS_TEXT      200

#define RFL_PASSWORD_MAX    512


/* what the prefix of an error reply means for whoever runs the command */

typedef struct {
    const char  *prefix;
    int          rc;
    const char  *remedy;
} rfl_redis_fault_t;


static int rfl_redis_auth(rfl_redis_t *r, const rfl_server_conf_t *conf,
    rfl_err_t *err);
static int rfl_redis_loaded(rfl_redis_t *r, rfl_err_t *err);
static int rfl_redis_lost(rfl_redis_t *r, rfl_err_t *err);
static int rfl_redis_refused(rfl_redis_t *r, const redisReply *reply,
    rfl_err_t *err);


static const rfl_redis_fault_t  rfl_redis_faults[] = {
    { "NOAUTH",    RFL_DENIED, "set \"user\" and \"password_file\"" },
    { "WRONGPASS", RFL_DENIED, "compare password file and ACL file" },
    { "NOPERM",    RFL_DENIED, "compare the ACL file with the one shipped" },
    { "OOM",       RFL_ERROR,  "raise \"maxmemory\"" },
    { "LOADING",   RFL_AWAY,   "wait until it has loaded its data" },
    { "BUSY",      RFL_AWAY,   "wait until its script has ended" },
    { "MISCONF",   RFL_AWAY,   "look at its log and at the disk" },
    { "READONLY",  RFL_ERROR,  "point the configuration at the primary" },
    { "WRONGTYPE", RFL_MISFIT, "somebody else writes to it" },
    { NULL,        RFL_ERROR,  NULL }
};


void
rfl_args_init(rfl_args_t *args)
{
    memset(args, 0, sizeof(rfl_args_t));
}


void
rfl_args_add(rfl_args_t *args, const void *data, size_t len)
{
    size_t        size, *lens;
    const char  **argv;

    size = args->size;

    argv = rfl_grow(args->argv, args->n, &size, sizeof(char *));
    if (argv == NULL) {
        args->failed = 1;
        return;
    }

    args->argv = argv;

    lens = rfl_grow(args->lens, args->n, &args->size, sizeof(size_t));
    if (lens == NULL) {
        args->failed = 1;
        return;
    }

    args->lens = lens;

    args->argv[args->n] = data;
    args->lens[args->n] = len;
    args->n++;
}


void
rfl_args_free(rfl_args_t *args)
{
    free(args->argv);
    free(args->lens);
    rfl_args_init(args);
}


int
rfl_redis_open(rfl_redis_t *r, const rfl_server_conf_t *conf,
    const char *what, rfl_err_t *err)
{
    int             rc;
    struct timeval  tv;

    r->what = what;
    r->queued = 0;
    r->sent = 0;
    r->spoke = 0;
    r->most = conf->most;

    if (r->patience != 0 && r->silent != 0
        && rfl_monotonic() - r->silent < RFL_REDIS_HELLO * 1000)
    {
        (void) rfl_err(err, 0, "%s did not answer just now", what);
        return RFL_AWAY;
    }

    tv.tv_sec = RFL_REDIS_CONNECT;
    tv.tv_usec = 0;

    r->c = redisConnectUnixWithTimeout(conf->socket, tv);
    if (r->c == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (r->c->err) {
        rc = (errno == EACCES || errno == EPERM) ? RFL_DENIED : RFL_AWAY;

        (void) rfl_err(err, 0, "cannot reach %s at \"%s\": %s", what,
                       conf->socket, r->c->errstr);
        rfl_redis_close(r);

        return rc;
    }

    /* as everywhere else, rfl_redis_reply.c waits, and knows for how long */

    r->c->flags &= ~REDIS_BLOCK;

    if (fcntl(r->c->fd, F_SETFL, O_NONBLOCK) == -1) {
        rc = rfl_err(err, 0, "fcntl() failed: %s", strerror(errno));
        rfl_redis_close(r);
        return rc;
    }

    rc = RFL_OK;

    if (conf->user != NULL) {
        rc = rfl_redis_auth(r, conf, err);

        if (rc == RFL_OK) {
            rc = rfl_redis_loaded(r, err);
        }
    }

    if (rc != RFL_OK) {
        rfl_redis_close(r);
    }

    return rc;
}


void
rfl_redis_close(rfl_redis_t *r)
{
    if (r->c != NULL) {
        redisFree(r->c);
        r->c = NULL;
    }
}


void
rfl_redis_patience(rfl_redis_t *r, unsigned seconds)
{
    r->patience = seconds;
}


unsigned
rfl_redis_seconds(const rfl_redis_t *r)
{
    if (r->patience == 0) {
        return RFL_REDIS_REPLY;
    }

    return (r->spoke || r->patience < RFL_REDIS_HELLO) ? r->patience
                                                       : RFL_REDIS_HELLO;
}


static int
rfl_redis_auth(rfl_redis_t *r, const rfl_server_conf_t *conf, rfl_err_t *err)
{
    int          rc;
    rfl_str_t    password;
    redisReply  *reply;
    rfl_pool_t  *pool;

    pool = rfl_pool_create(1024);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = RFL_DENIED;

    if (rfl_file_read(pool, conf->password_file, RFL_PASSWORD_MAX, 1,
                      &password, err)
        != RFL_OK)
    {
        goto done;
    }

    while (password.len > 0
           && (password.data[password.len - 1] == '\n'
               || password.data[password.len - 1] == '\r'))
    {
        password.len--;
    }

    rc = rfl_redis_call(r, &reply, err, "AUTH %s %b", conf->user,
                        password.data, password.len);
    if (rc == RFL_OK) {
        freeReplyObject(reply);
    }

done:

    rfl_pool_destroy(pool);

    return rc;
}


int
rfl_redis_there(rfl_redis_t *r, rfl_err_t *err)
{
    int          rc;
    redisReply  *reply;

    r->spoke = 0;

    rc = rfl_redis_call(r, &reply, err, "PING");

    if (rc == RFL_OK) {
        freeReplyObject(reply);
    }

    return rc;
}


/*
 * A server that has just been started lets everybody log in while it reads
 * its file, and refuses all else; a register of some size takes seconds.
 */

static int
rfl_redis_loaded(rfl_redis_t *r, rfl_err_t *err)
{
    int          rc, tries, most;
    redisReply  *reply;

    most = 10 * ((r->patience != 0) ? RFL_REDIS_HELLO : RFL_REDIS_LOADING);

    for (tries = 0; /* void */; tries++) {

        if (redisAppendCommand(r->c, "PING") != REDIS_OK
            || rfl_redis_take(r, &reply) != REDIS_OK)
        {
            return rfl_redis_lost(r, err);
        }

        rc = RFL_OK;

        /* any other refusal is told by the command that meets it */

        if (reply->type == REDIS_REPLY_ERROR
            && strncmp(reply->str, "LOADING ", 8) == 0)
        {
            rc = rfl_redis_refused(r, reply, err);
        }

        freeReplyObject(reply);

        /* a signal ends the wait */

        if (rc == RFL_OK || tries == most || usleep(100000) == -1) {
            return rc;
        }
    }
}


int
rfl_redis_call(rfl_redis_t *r, redisReply **reply, rfl_err_t *err,
    const char *fmt, ...)
{
    int      rc;
    va_list  args;

    *reply = NULL;

    va_start(args, fmt);
    rc = redisvAppendCommand(r->c, fmt, args);
    va_end(args);

    if (rc != REDIS_OK) {
        return rfl_redis_lost(r, err);
    }

    return rfl_redis_next(r, reply, err);
}


int
rfl_redis_argv(rfl_redis_t *r, redisReply **reply, rfl_err_t *err,
    const rfl_args_t *args)
{
    int  rc;

    *reply = NULL;

    rc = rfl_redis_send_argv(r, err, args);
    if (rc != RFL_OK) {
        return rc;
    }

    return rfl_redis_next(r, reply, err);
}


int
rfl_redis_send(rfl_redis_t *r, rfl_err_t *err, const char *fmt, ...)
{
    int      rc;
    va_list  args;

    va_start(args, fmt);
    rc = redisvAppendCommand(r->c, fmt, args);
    va_end(args);

    if (rc != REDIS_OK) {
        return rfl_redis_lost(r, err);
    }

    r->queued++;

    return RFL_OK;
}


int
rfl_redis_send_argv(rfl_redis_t *r, rfl_err_t *err, const rfl_args_t *args)
{
    if (args->failed) {
        return rfl_err(err, 0, "out of memory");
    }

    if (redisAppendCommandArgv(r->c, (int) args->n,
                               (const char **) args->argv, args->lens)
        != REDIS_OK)
    {
        return rfl_redis_lost(r, err);
    }

    r->queued++;

    return RFL_OK;
}


int
rfl_redis_next(rfl_redis_t *r, redisReply **reply, rfl_err_t *err)
{
    int  rc;

    if (rfl_redis_take(r, reply) != REDIS_OK) {
        return rfl_redis_lost(r, err);
    }

    r->spoke = 1;
    r->silent = 0;

    if ((*reply)->type == REDIS_REPLY_ERROR) {
        rc = rfl_redis_refused(r, *reply, err);
        freeReplyObject(*reply);
        *reply = NULL;

        return (rc == RFL_OK) ? RFL_ERROR : rc;
    }

    return RFL_OK;
}


int
rfl_redis_begin(rfl_redis_t *r, rfl_err_t *err)
{
    r->queued = 0;
    r->sent = 0;

    return rfl_redis_send(r, err, "MULTI");
}


int
rfl_redis_send_exec(rfl_redis_t *r, rfl_err_t *err)
{
    int  rc;

    rc = rfl_redis_send(r, err, "EXEC");
    if (rc != RFL_OK) {
        return rc;
    }

    r->sent = 1;

    return (rfl_redis_flush(r) == REDIS_OK) ? RFL_OK : rfl_redis_lost(r, err);
}


int
rfl_redis_exec(rfl_redis_t *r, rfl_err_t *err)
{
    int          rc, first;
    size_t       i;
    unsigned     n;
    rfl_err_t    other;
    redisReply  *reply;

    if (!r->sent) {
        rc = rfl_redis_send(r, err, "EXEC");
        if (rc != RFL_OK) {
            return rc;
        }
    }

    /*
     * All replies are taken even after a refusal, so that the connection
     * stays usable; the first refusal is the one that says why.
     */

    first = RFL_OK;

    for (n = r->queued; n > 1; n--) {

        rc = rfl_redis_next(r, &reply, (first == RFL_OK) ? err : &other);

        if (rc == RFL_AWAY) {
            return rc;
        }

        if (rc != RFL_OK) {
            first = (first == RFL_OK) ? rc : first;
            continue;
        }

        freeReplyObject(reply);
    }

    r->queued = 0;
    r->sent = 0;

    rc = rfl_redis_next(r, &reply, (first == RFL_OK) ? err : &other);

    if (first != RFL_OK) {
        if (rc == RFL_OK) {
            freeReplyObject(reply);
        }

        return first;
    }

    if (rc != RFL_OK) {
        return rc;
    }

    if (reply->type != REDIS_REPLY_ARRAY) {
        rc = rfl_err(err, 0, "%s did not carry out a transaction", r->what);
    }

    for (i = 0; rc == RFL_OK && i < reply->elements; i++) {
        if (reply->element[i]->type == REDIS_REPLY_ERROR) {
            rc = rfl_redis_refused(r, reply->element[i], err);
        }
    }

    freeReplyObject(reply);

    return rc;
}


int
rfl_redis_run(rfl_redis_t *r, rfl_err_t *err, const rfl_args_t *args)
{
    int          rc;
    redisReply  *reply;

    rc = rfl_redis_argv(r, &reply, err, args);

    if (rc == RFL_OK) {
        freeReplyObject(reply);
    }

    return rc;
}


int
rfl_redis_count(rfl_redis_t *r, const char *command, const char *key,
    uint64_t *n, rfl_err_t *err)
{
    int          rc;
    redisReply  *reply;

    rc = rfl_redis_call(r, &reply, err, "%s %s", command, key);

    if (rc == RFL_OK) {
        *n = (reply->type == REDIS_REPLY_INTEGER) ? (uint64_t) reply->integer
                                                  : 0;
        freeReplyObject(reply);
    }

    return rc;
}


static int
rfl_redis_lost(rfl_redis_t *r, rfl_err_t *err)
{
    if (r->c->err == REDIS_ERR_OOM) {
        (void) rfl_err(err, 0, "out of memory");
        return RFL_ERROR;
    }

    /* how hiredis says that the time is over */

    if (r->c->err == REDIS_ERR_IO && errno == EAGAIN) {
        r->silent = rfl_monotonic();

        (void) rfl_err(err, 0, "%s has not answered for %u seconds: see that "
                       "it runs, and try again", r->what,
                       rfl_redis_seconds(r));
        return RFL_AWAY;
    }

    (void) rfl_err(err, 0, "%s does not answer (%s): see that it runs, and "
                   "try again", r->what,
                   r->c->err ? r->c->errstr : "no reply");

    return RFL_AWAY;
}


static int
rfl_redis_refused(rfl_redis_t *r, const redisReply *reply, rfl_err_t *err)
{
    int                       i;
    char                      text[RFL_REDIS_TEXT + 1];
    size_t                    len;
    const rfl_redis_fault_t  *fault;

    for (fault = rfl_redis_faults; fault->prefix != NULL; fault++) {
        len = strlen(fault->prefix);

        if (reply->len > len && memcmp(reply->str, fault->prefix, len) == 0
            && reply->str[len] == ' ')
        {
            break;
        }
    }

    /* it goes to a terminal or a log, and is whatever the server says */

    for (i = 0; i < RFL_REDIS_TEXT && (size_t) i < reply->len; i++) {
        text[i] = (reply->str[i] >= ' ' && reply->str[i] <= '~')
                  ? reply->str[i] : '?';
    }

    text[i] = '\0';

    (void) rfl_err(err, 0, "%s refused: %s%s%s", r->what, text,
                   (fault->remedy != NULL) ? ": " : "",
                   (fault->remedy != NULL) ? fault->remedy : "");

    return fault->rc;
}
