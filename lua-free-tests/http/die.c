
/*
 * Copyright (C) The RFL authors
 *
 * die.c: preloaded into rflctl by rflctl_crash.t and into desk_drive by
 * desk_crash.t: kills the process, or another one, or cuts all its connections,
 * just before its n-th write to a socket or its n-th fsync(), so that every
 * point at which a server could have heard of a command, or the disk of a file,
 * is tried.  n is from the environment, or from die_at().  With DIE_FILES in
 * the environment whatever changes a file or a folder counts as well.
 */


#define _GNU_SOURCE

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>


#define DIE_CUT  ((pid_t) -1)     /* never to be given to kill() */
#define DIE_FDS  256


int die_at(int n, pid_t pid);


static int    die_files;
static int    die_left = -1;
static pid_t  die_pid;


static void __attribute__((constructor))
die_init(void)
{
    const char  *n;

    die_files = (getenv("DIE_FILES") != NULL);

    n = getenv("DIE_AT");

    if (n != NULL) {
        die_left = atoi(n);
    }
}


/* from now on; pid 0: this process; -1: the network.  Returns what was left. */

int
die_at(int n, pid_t pid)
{
    int  left;

    left = die_left;
    die_pid = pid;
    die_left = n;

    return left;
}


static void
die_cut(void)
{
    int          fd;
    struct stat  st;

    for (fd = 0; fd < DIE_FDS; fd++) {
        if (fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode)) {
            (void) shutdown(fd, SHUT_RDWR);
        }
    }
}


static void
die_step(void)
{
    if (die_left <= 0
        || __atomic_sub_fetch(&die_left, 1, __ATOMIC_RELAXED) != 0)
    {
        return;
    }

    if (die_pid == DIE_CUT) {
        die_cut();

    } else {
        (void) kill(die_pid > 0 ? die_pid : getpid(), SIGKILL);
    }
}


static void
die_count(int fd)
{
    struct stat  st;

    if (die_left > 0 && fstat(fd, &st) == 0
        && (S_ISSOCK(st.st_mode) || (die_files && S_ISREG(st.st_mode))))
    {
        die_step();
    }
}


int
fsync(int fd)
{
    static int  (*next)(int fd);

    if (next == NULL) {
        next = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    }

    die_step();

    return next(fd);
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


/* what is done to a folder: (name, type of arguments, arguments) */

#define DIE_FILE(name, types, ...)                                           \
                                                                             \
int                                                                          \
name types                                                                   \
{                                                                            \
    static int  (*next) types;                                               \
                                                                             \
    if (next == NULL) {                                                      \
        next = (int (*) types) dlsym(RTLD_NEXT, #name);                      \
    }                                                                        \
                                                                             \
    if (die_files) {                                                         \
        die_step();                                                          \
    }                                                                        \
                                                                             \
    return next(__VA_ARGS__);                                                \
}

DIE_FILE(fchmod, (int fd, mode_t mode), fd, mode)
DIE_FILE(link, (const char *from, const char *to), from, to)
DIE_FILE(mkdir, (const char *path, mode_t mode), path, mode)
DIE_FILE(rename, (const char *from, const char *to), from, to)
DIE_FILE(unlink, (const char *path), path)

#define DIE_OPEN(name)                                                       \
                                                                             \
int                                                                          \
name(const char *path, int flags, ...)                                       \
{                                                                            \
    va_list     args;                                                        \
    mode_t      mode;                                                        \
    static int  (*next)(const char *path, int flags, ...);                   \
                                                                             \
    if (next == NULL) {                                                      \
        next = (int (*)(const char *, int, ...)) dlsym(RTLD_NEXT, #name);    \
    }                                                                        \
                                                                             \
    va_start(args, flags);                                                   \
    mode = (flags & O_CREAT) ? va_arg(args, mode_t) : 0;                     \
    va_end(args);                                                            \
                                                                             \
    if (die_files && (flags & O_CREAT)) {                                    \
        die_step();                                                          \
    }                                                                        \
                                                                             \
    return next(path, flags, mode);                                          \
}

DIE_OPEN(open)
DIE_OPEN(open64)
