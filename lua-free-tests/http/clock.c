
/*
 * Copyright (C) The RFL authors
 *
 * clock.c: preloaded into rfl-keyd by keyd_epoch.t, into nginx by tests of
 * forms and of the desk, and into rflctl by inbox.t: adds to the wall clock
 * and to the clocks since boot what the test writes into a file, or lets them
 * stand still.  The file is mapped before the daemon gives up its rights.
 */


#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>


/* seconds: added to a clock; where it stands, 0: it goes */

typedef struct {
    int64_t  wall, boot;
    int64_t  boot_stands, wall_stands;
} clock_told_t;


static const volatile clock_told_t  *told;


__attribute__((constructor)) static void
clock_init(void)
{
    int          fd;
    void        *p;
    const char  *path;

    path = getenv("RFL_TEST_CLOCK");
    fd = (path == NULL) ? -1 : open(path, O_RDONLY|O_CLOEXEC);

    if (fd == -1) {
        return;
    }

    p = mmap(NULL, sizeof(clock_told_t), PROT_READ, MAP_SHARED, fd, 0);

    if (p != MAP_FAILED) {
        told = p;
    }

    (void) close(fd);
}


int
clock_gettime(clockid_t id, struct timespec *ts)
{
    long     rc;
    int64_t  stands;

    rc = syscall(SYS_clock_gettime, id, ts);

    if (rc == 0 && told != NULL) {
        stands = (id == CLOCK_REALTIME) ? told->wall_stands
                                        : told->boot_stands;

        if (stands != 0) {
            ts->tv_sec = stands;
            ts->tv_nsec = 0;
        }

        ts->tv_sec += (id == CLOCK_REALTIME) ? told->wall : told->boot;
    }

    return (int) rc;
}


int
gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
    struct timespec  ts;

    if (clock_gettime(CLOCK_REALTIME, &ts) != 0) {
        return -1;
    }

    tv->tv_sec = ts.tv_sec;
    tv->tv_usec = ts.tv_nsec / 1000;

    return 0;
}


/* It never stands: OpenSSL asks it whether a certificate is valid yet. */

time_t
time(time_t *t)
{
    struct timespec  ts;

    if (syscall(SYS_clock_gettime, CLOCK_REALTIME, &ts) != 0) {
        return -1;
    }

    if (told != NULL) {
        ts.tv_sec += told->wall;
    }

    if (t != NULL) {
        *t = ts.tv_sec;
    }

    return ts.tv_sec;
}
