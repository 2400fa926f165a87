
/*
 * Copyright (C) The RFL authors
 *
 * rfl_open.c: starts rfl-open, hands it keys and boxes, takes its answers.
 * A process that dies of a box or is slow with it costs that box alone.
 * Called by whoever opens the inbox.
 */


#include "rfl_file.h"
#include "rfl_open.h"
#include "rfl_text.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>


#ifndef RFL_LIBEXEC
#define RFL_LIBEXEC          "/usr/libexec/rfl"
#endif

#define RFL_OPEN_PROGRAM     "rfl-open"
#define RFL_OPEN_PATH_MAX    4096


static char *rfl_open_beside(rfl_pool_t *pool, const char *path);
static int rfl_open_start(rfl_open_t *o, rfl_err_t *err);
static int rfl_open_spawn(rfl_open_t *o, int in, int out);
static int rfl_open_keys(rfl_open_t *o);
static void rfl_open_stop(rfl_open_t *o);
static int rfl_open_exchange(rfl_pool_t *pool, rfl_open_t *o,
    const rfl_str_t *box, rfl_str_t *answer);
static int rfl_open_write(rfl_open_t *o, const void *data, size_t len,
    int64_t until);
static int rfl_open_read(rfl_open_t *o, void *data, size_t len,
    int64_t until);
static int rfl_open_wait(int fd, short events, int64_t until);


int
rfl_open_init(rfl_pool_t *pool, rfl_open_t *o, const char *path,
    const rfl_open_key_t *keys, unsigned nkeys, rfl_err_t *err)
{
    char      self[RFL_OPEN_PATH_MAX];
    ssize_t   n;
    Dl_info   info;

    memset(o, 0, sizeof(rfl_open_t));

    o->in = -1;
    o->out = -1;
    o->keys = keys;
    o->nkeys = (nkeys < RFL_OPEN_KEYS_MAX) ? nkeys : RFL_OPEN_KEYS_MAX;
    o->path = path;

    if (path != NULL) {
        return RFL_OK;
    }

    /* a module of nginx is not where nginx is */

    if (dladdr((const void *) &rfl_open_init, &info) != 0
        && info.dli_fname[0] == '/')
    {
        o->path = rfl_open_beside(pool, info.dli_fname);

        if (o->path != NULL && access(o->path, X_OK) == 0) {
            return RFL_OK;
        }
    }

    n = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (n > 0) {
        self[n] = '\0';

        o->path = rfl_open_beside(pool, self);

        if (o->path != NULL && access(o->path, X_OK) == 0) {
            return RFL_OK;
        }
    }

    o->path = RFL_LIBEXEC "/" RFL_OPEN_PROGRAM;

    if (access(o->path, X_OK) == -1) {
        return rfl_err(err, 0, "there is no program \"%s\", which opens what "
                       "visitors sent: install it again", o->path);
    }

    return RFL_OK;
}


static char *
rfl_open_beside(rfl_pool_t *pool, const char *path)
{
    const char  *slash;

    slash = strrchr(path, '/');

    return (slash == NULL)
           ? NULL : rfl_psprintf(pool, "%.*s/" RFL_OPEN_PROGRAM,
                                 (int) (slash - path), path);
}


int
rfl_open_box(rfl_pool_t *pool, rfl_open_t *o, const rfl_str_t *box,
    rfl_opened_e *state, rfl_submission_t *s, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  answer;

    if (box->len == 0 || box->len > RFL_OPEN_BOX_MAX) {
        *state = RFL_OPENED_NOT_A_BOX;
        return RFL_OK;
    }

    if (o->pid == 0) {
        rc = rfl_open_start(o, err);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    rc = rfl_open_exchange(pool, o, box, &answer);

    if (rc == RFL_ERROR) {
        return rfl_err(err, 0, "out of memory");
    }

    if (rc == RFL_OK && answer.len != 0
        && answer.data[0] < RFL_OPENED_CRASHED)
    {
        *state = (rfl_opened_e) answer.data[0];

        if (*state != RFL_OPENED_GOOD) {
            return RFL_OK;
        }

        rc = rfl_open_parse(pool, answer.data + 1, answer.len - 1, s);

        if (rc == RFL_OK) {
            return RFL_OK;
        }

        if (rc == RFL_ERROR) {
            return rfl_err(err, 0, "out of memory");
        }
    }

    /* it is not asked again after an answer that makes no sense */

    rfl_open_stop(o);

    *state = RFL_OPENED_CRASHED;

    return RFL_OK;
}


void
rfl_open_close(rfl_open_t *o)
{
    if (o->pid != 0) {
        rfl_open_stop(o);
    }
}


static int
rfl_open_start(rfl_open_t *o, rfl_err_t *err)
{
    int   rc, in[2], out[2];
    char  ready;

    if (pipe2(in, O_CLOEXEC) == -1) {
        return rfl_err(err, 0, "cannot make a pipe: %s", strerror(errno));
    }

    if (pipe2(out, O_CLOEXEC) == -1) {
        (void) close(in[0]);
        (void) close(in[1]);
        return rfl_err(err, 0, "cannot make a pipe: %s", strerror(errno));
    }

    rc = rfl_open_spawn(o, in[0], out[1]);

    (void) close(in[0]);
    (void) close(out[1]);

    o->in = in[1];
    o->out = out[0];

    if (rc != 0) {
        o->pid = 0;
        (void) close(o->in);
        (void) close(o->out);
        return rfl_err(err, 0, "cannot start \"%s\": %s", o->path,
                       strerror(rc));
    }

    if (fcntl(o->in, F_SETFL, O_NONBLOCK) == -1
        || fcntl(o->out, F_SETFL, O_NONBLOCK) == -1
        || rfl_open_keys(o) != RFL_OK
        || rfl_open_read(o, &ready, 1,
                         rfl_monotonic() + RFL_OPEN_TIMEOUT * 1000)
           != RFL_OK
        || ready != RFL_OPEN_READY)
    {
        rfl_open_stop(o);
        return rfl_err(err, 0, "\"%s\" does not start: nothing was opened",
                       o->path);
    }

    return RFL_OK;
}


/* an errno; it gets two pipes, standard error, and nothing else of ours */

static int
rfl_open_spawn(rfl_open_t *o, int in, int out)
{
    int                          rc;
    char                        *argv[2], *envp[1];
    sigset_t                     signals;
    posix_spawnattr_t            attr;
    posix_spawn_file_actions_t   files;

    argv[0] = (char *) o->path;
    argv[1] = NULL;
    envp[0] = NULL;

    if (posix_spawn_file_actions_init(&files) != 0) {
        return ENOMEM;
    }

    if (posix_spawnattr_init(&attr) != 0) {
        (void) posix_spawn_file_actions_destroy(&files);
        return ENOMEM;
    }

    (void) sigfillset(&signals);

    rc = posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);

    if (rc == 0) {
        rc = posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    }

    if (rc == 0) {
        rc = posix_spawn_file_actions_addclosefrom_np(&files, 3);
    }

    /* a group of its own: Ctrl-C is for whoever started it */

    if (rc == 0) {
        rc = posix_spawnattr_setsigdefault(&attr, &signals);
    }

    if (rc == 0) {
        rc = posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF
                                             |POSIX_SPAWN_SETPGROUP);
    }

    if (rc == 0) {
        rc = posix_spawn(&o->pid, o->path, &files, &attr, argv, envp);
    }

    (void) posix_spawnattr_destroy(&attr);
    (void) posix_spawn_file_actions_destroy(&files);

    return rc;
}


static int
rfl_open_keys(rfl_open_t *o)
{
    u_char    n[4];
    int64_t   until;
    unsigned  i;

    until = rfl_monotonic() + RFL_OPEN_TIMEOUT * 1000;

    (void) rfl_le_put(n, o->nkeys, sizeof(n));

    if (rfl_open_write(o, RFL_OPEN_MAGIC, sizeof(RFL_OPEN_MAGIC) - 1, until)
        != RFL_OK
        || rfl_open_write(o, n, sizeof(n), until) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    for (i = 0; i < o->nkeys; i++) {
        if (rfl_open_write(o, &o->keys[i], sizeof(rfl_open_key_t), until)
            != RFL_OK)
        {
            return RFL_DECLINED;
        }
    }

    return RFL_OK;
}


static void
rfl_open_stop(rfl_open_t *o)
{
    int  status;

    (void) close(o->in);
    (void) close(o->out);
    (void) kill(o->pid, SIGKILL);

    while (waitpid(o->pid, &status, 0) == -1 && errno == EINTR) {
        /* void */
    }

    o->pid = 0;
    o->in = -1;
    o->out = -1;
}


/* RFL_DECLINED: the process is of no use any more */

static int
rfl_open_exchange(rfl_pool_t *pool, rfl_open_t *o, const rfl_str_t *box,
    rfl_str_t *answer)
{
    u_char   len[4];
    int64_t  until;

    until = rfl_monotonic() + RFL_OPEN_TIMEOUT * 1000;

    (void) rfl_le_put(len, box->len, sizeof(len));

    if (rfl_open_write(o, len, sizeof(len), until) != RFL_OK
        || rfl_open_write(o, box->data, box->len, until) != RFL_OK
        || rfl_open_read(o, len, sizeof(len), until) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    answer->len = (size_t) rfl_le_get(len, sizeof(len));

    if (answer->len == 0 || answer->len > RFL_OPEN_ANSWER_MAX) {
        return RFL_DECLINED;
    }

    answer->data = rfl_palloc(pool, answer->len);
    if (answer->data == NULL) {
        return RFL_ERROR;
    }

    return rfl_open_read(o, answer->data, answer->len, until);
}


static int
rfl_open_write(rfl_open_t *o, const void *data, size_t len, int64_t until)
{
    ssize_t        n;
    const u_char  *p = data;

    while (len > 0) {
        n = write(o->in, p, len);

        if (n > 0) {
            p += n;
            len -= (size_t) n;
            continue;
        }

        if ((n == -1 && errno != EAGAIN && errno != EINTR)
            || rfl_open_wait(o->in, POLLOUT, until) != RFL_OK)
        {
            return RFL_DECLINED;
        }
    }

    return RFL_OK;
}


static int
rfl_open_read(rfl_open_t *o, void *data, size_t len, int64_t until)
{
    u_char   *p = data;
    ssize_t   n;

    while (len > 0) {
        n = read(o->out, p, len);

        if (n > 0) {
            p += n;
            len -= (size_t) n;
            continue;
        }

        if (n == 0 || (errno != EAGAIN && errno != EINTR)
            || rfl_open_wait(o->out, POLLIN, until) != RFL_OK)
        {
            return RFL_DECLINED;
        }
    }

    return RFL_OK;
}


static int
rfl_open_wait(int fd, short events, int64_t until)
{
    int            rc;
    int64_t        left;
    struct pollfd  p;

    p.fd = fd;
    p.events = events;

    do {
        left = until - rfl_monotonic();

        if (left <= 0) {
            return RFL_DECLINED;
        }

        rc = poll(&p, 1, (int) left);
    } while (rc == -1 && errno == EINTR);

    return (rc > 0) ? RFL_OK : RFL_DECLINED;
}
