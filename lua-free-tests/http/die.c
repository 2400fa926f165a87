
/*
 * Copyright (C) The RFL authors
 *
 * die.c: preloaded into rflctl by rflctl_crash.t: kills the process just
 * before its n-th write to a socket, n from the environment, so that every
 * point at which a server could have heard of a command is tried.
 */


#define _GNU_SOURCE

#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>


static int  die_left = -1;


static void __attribute__((constructor))
die_init(void)
{
    const char  *n;

    n = getenv("DIE_AT");

    if (n != NULL) {
        die_left = atoi(n);
    }
}


static void
die_count(int fd)
{
    struct stat  st;

    if (die_left <= 0 || fstat(fd, &st) == -1 || !S_ISSOCK(st.st_mode)) {
        return;
    }

    if (__atomic_sub_fetch(&die_left, 1, __ATOMIC_RELAXED) == 0) {
        (void) kill(getpid(), SIGKILL);
    }
}


ssize_t
write(int fd, const void *data, size_t len)
{
    static ssize_t  (*next)(int fd, const void *data, size_t len);

    if (next == NULL) {
        next = (ssize_t (*)(int, const void *, size_t)) dlsym(RTLD_NEXT,
                                                              "write");
    }

    die_count(fd);

    return next(fd, data, len);
}


ssize_t
send(int fd, const void *data, size_t len, int flags)
{
    static ssize_t  (*next)(int fd, const void *data, size_t len, int flags);

    if (next == NULL) {
        next = (ssize_t (*)(int, const void *, size_t, int)) dlsym(RTLD_NEXT,
                                                                   "send");
    }

    die_count(fd);

    return next(fd, data, len, flags);
}
