
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_log.c: the log and the clocks of rfl-keyd.  Lines hold counts, ids
 * of epochs and faults; callers pass nothing that came from a client.
 */


#include "rfl_keyd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>


#define RFL_KEYD_LINE    1024


static int rfl_keyd_log_fd(const char *path);
static int64_t rfl_keyd_clock(clockid_t id);


static int          rfl_keyd_log_to = STDERR_FILENO;
static const char  *rfl_keyd_log_path;

static const char *const  rfl_keyd_levels[] = { "error", "warn", "notice" };


int
rfl_keyd_log_open(const char *path, uid_t owner, rfl_err_t *err)
{
    int  fd;

    if (path == NULL) {
        return RFL_OK;
    }

    fd = rfl_keyd_log_fd(path);

    if (fd == -1) {
        return rfl_err(err, 0, "cannot open log \"%s\": %s", path,
                       strerror(errno));
    }

    /* it will be opened again by that user */

    if (owner != geteuid() && fchown(fd, owner, (gid_t) -1) == -1) {
        (void) rfl_err(err, 0, "cannot give log \"%s\" to uid %u: %s", path,
                       (unsigned) owner, strerror(errno));
        (void) close(fd);
        return RFL_ERROR;
    }

    rfl_keyd_log_to = fd;
    rfl_keyd_log_path = path;

    return RFL_OK;
}


void
rfl_keyd_log_reopen(void)
{
    int  fd;

    if (rfl_keyd_log_path == NULL) {
        return;
    }

    fd = rfl_keyd_log_fd(rfl_keyd_log_path);

    if (fd == -1) {
        rfl_keyd_log(RFL_KEYD_ERROR, "cannot open the log again: %s, "
                     "going on with the old one", strerror(errno));
        return;
    }

    (void) close(rfl_keyd_log_to);
    rfl_keyd_log_to = fd;
}


static int
rfl_keyd_log_fd(const char *path)
{
    return open(path, O_WRONLY|O_APPEND|O_CREAT|O_CLOEXEC|O_NOFOLLOW|O_NOCTTY,
                0640);
}


void
rfl_keyd_log(rfl_keyd_level_e level, const char *fmt, ...)
{
    int      n;
    char     line[RFL_KEYD_LINE];
    size_t   len;
    va_list  args;

    rfl_time_format(rfl_keyd_now(), (u_char *) line);
    len = RFL_TIME_TEXT_SIZE;

    n = snprintf(line + len, sizeof(line) - len, " [%s] rfl-keyd: ",
                 rfl_keyd_levels[level]);
    len += (size_t) n;

    va_start(args, fmt);
    n = vsnprintf(line + len, sizeof(line) - len - 1, fmt, args);
    va_end(args);

    if (n < 0) {
        return;
    }

    len += (size_t) n;

    if (len > sizeof(line) - 2) {
        len = sizeof(line) - 2;
    }

    line[len++] = '\n';

    /* a log that cannot be written must not stop the answers */

    if (write(rfl_keyd_log_to, line, len) == -1) {
        return;
    }
}


int64_t
rfl_keyd_now(void)
{
    return rfl_keyd_clock(CLOCK_REALTIME) / 1000000000;
}


int64_t
rfl_keyd_uptime(void)
{
    return rfl_keyd_clock(CLOCK_BOOTTIME) / 1000000000;
}


int64_t
rfl_keyd_monotonic(void)
{
    return rfl_keyd_clock(CLOCK_MONOTONIC);
}


static int64_t
rfl_keyd_clock(clockid_t id)
{
    struct timespec  ts;

    (void) clock_gettime(id, &ts);

    return (int64_t) ts.tv_sec * 1000000000 + ts.tv_nsec;
}
