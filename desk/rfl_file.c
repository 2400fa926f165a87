
/*
 * Copyright (C) The RFL authors
 *
 * rfl_file.c: files that are there whole or not at all, and the lock that
 * makes one writer.  Called by everything of the desk that writes a file.
 */


#include "rfl_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>


#define RFL_LOCK_STEP    100000    /* microseconds between two tries */


static int rfl_out_temp(const char *path, unsigned mode);


char *
rfl_psprintf(rfl_pool_t *pool, const char *fmt, ...)
{
    int      n;
    char    *p;
    va_list  args;

    va_start(args, fmt);
    n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);

    if (n < 0) {
        return NULL;
    }

    p = rfl_palloc(pool, (size_t) n + 1);
    if (p == NULL) {
        return NULL;
    }

    va_start(args, fmt);
    (void) vsnprintf(p, (size_t) n + 1, fmt, args);
    va_end(args);

    return p;
}


char *
rfl_path(rfl_pool_t *pool, const char *dir, const char *name)
{
    if (name[0] == '/') {
        return (char *) rfl_pstrdup(pool, (const u_char *) name,
                                    strlen(name));
    }

    return rfl_psprintf(pool, "%s/%s", dir, name);
}


int
rfl_fd_write(int fd, const void *data, size_t len)
{
    ssize_t      n;
    const char  *p;

    for (p = data; len > 0; p += n, len -= (size_t) n) {

        n = write(fd, p, len);

        if (n == -1) {
            if (errno != EINTR) {
                return RFL_ERROR;
            }

            n = 0;
        }
    }

    return RFL_OK;
}


int
rfl_out_open(rfl_pool_t *pool, rfl_out_t *out, const char *path,
    unsigned mode, rfl_err_t *err)
{
    out->fd = -1;
    out->path = rfl_psprintf(pool, "%s", path);
    out->temp = rfl_psprintf(pool, "%s.%ld.tmp", path, (long) getpid());

    if (out->path == NULL || out->temp == NULL) {
        (void) rfl_err(err, 0, "out of memory");
        return RFL_ERROR;
    }

    out->fd = rfl_out_temp(out->temp, mode);

    /*
     * The number of this process: who made that file had it before, and was
     * killed.  In a container each has the same.
     */

    if (out->fd == -1 && errno == EEXIST && unlink(out->temp) == 0) {
        out->fd = rfl_out_temp(out->temp, mode);
    }

    if (out->fd == -1) {
        (void) rfl_err(err, 0, "cannot create \"%s\": %s", out->temp,
                       strerror(errno));
        return RFL_CREATE;
    }

    return RFL_OK;
}


static int
rfl_out_temp(const char *path, unsigned mode)
{
    return open(path, O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC|O_NOFOLLOW, mode);
}


int
rfl_out_write(rfl_out_t *out, const void *data, size_t len, rfl_err_t *err)
{
    if (rfl_fd_write(out->fd, data, len) != RFL_OK) {
        (void) rfl_err(err, 0, "cannot write \"%s\": %s", out->temp,
                       strerror(errno));
        return RFL_CREATE;
    }

    return RFL_OK;
}


int
rfl_out_commit(rfl_out_t *out, int replace, rfl_err_t *err)
{
    int  rc;

    if (fsync(out->fd) == -1) {
        (void) rfl_err(err, 0, "cannot write \"%s\": %s", out->temp,
                       strerror(errno));
        return RFL_CREATE;
    }

    /* link() fails where rename() would replace */

    rc = replace ? rename(out->temp, out->path) : link(out->temp, out->path);

    if (rc == -1) {
        (void) rfl_err(err, 0, "cannot create \"%s\": %s", out->path,
                       strerror(errno));
        return RFL_CREATE;
    }

    if (!replace) {
        (void) unlink(out->temp);
    }

    (void) close(out->fd);
    out->fd = -1;

    return RFL_OK;
}


void
rfl_out_close(rfl_out_t *out)
{
    if (out->fd != -1) {
        (void) close(out->fd);
        (void) unlink(out->temp);
        out->fd = -1;
    }
}


int
rfl_file_write(rfl_pool_t *pool, const char *path, unsigned mode,
    int replace, const void *data, size_t len, rfl_err_t *err)
{
    int        rc;
    rfl_out_t  out;

    rc = rfl_out_open(pool, &out, path, mode, err);

    if (rc == RFL_OK) {
        rc = rfl_out_write(&out, data, len, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_out_commit(&out, replace, err);
    }

    rfl_out_close(&out);

    return rc;
}


int
rfl_lock(const char *path, unsigned seconds, void (*waiting)(void), int *fd,
    rfl_err_t *err)
{
    unsigned  tries, i;

    *fd = open(path, O_RDWR|O_CREAT|O_CLOEXEC|O_NOFOLLOW, 0600);
    if (*fd == -1) {
        (void) rfl_err(err, 0, "cannot open \"%s\": %s", path,
                       strerror(errno));
        return (errno == EACCES) ? RFL_DENIED : RFL_CREATE;
    }

    tries = 1 + seconds * (1000000 / RFL_LOCK_STEP);

    for (i = 0; i < tries; i++) {

        if (flock(*fd, LOCK_EX|LOCK_NB) == 0) {
            return RFL_OK;
        }

        if (errno != EWOULDBLOCK && errno != EINTR) {
            break;
        }

        if (i == 0 && seconds > 0 && waiting != NULL) {
            waiting();
        }

        if (i + 1 < tries) {
            (void) usleep(RFL_LOCK_STEP);
        }
    }

    (void) close(*fd);
    *fd = -1;

    (void) rfl_err(err, 0, "another command is at work (lock \"%s\"), "
                   "try again later", path);

    return RFL_BUSY;
}
