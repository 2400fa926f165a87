
/*
 * Copyright (C) The RFL authors
 *
 * syscall.c: preloaded into rfl-keyd by keyd_seccomp.t: makes, from inside
 * the daemon, the system call that the test writes into a shared file, and
 * leaves the result there, as if somebody had taken the daemon over.
 */


#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>


typedef struct {
    int64_t   wanted;              /* 0: nothing; back to it when done */
    int64_t   number;
    int64_t   args[6];
    int64_t   result;              /* or -errno */
    char      path[64];            /* -1 as an argument stands for it */
} order_t;


static volatile order_t  *order;


__attribute__((constructor)) static void
order_init(void)
{
    int          fd;
    void        *p;
    const char  *path;

    path = getenv("RFL_TEST_SYSCALL");
    fd = (path == NULL) ? -1 : open(path, O_RDWR|O_CLOEXEC);

    if (fd == -1) {
        return;
    }

    p = mmap(NULL, sizeof(order_t), PROT_READ|PROT_WRITE, MAP_SHARED, fd, 0);

    if (p != MAP_FAILED) {
        order = p;
    }

    (void) close(fd);
}


int
clock_gettime(clockid_t id, struct timespec *ts)
{
    int   i;
    long  arg[6], rc;

    if (order != NULL && order->wanted) {

        for (i = 0; i < 6; i++) {
            arg[i] = (order->args[i] == -1) ? (long) order->path
                                            : (long) order->args[i];
        }

        order->wanted = 0;

        rc = syscall((long) order->number, arg[0], arg[1], arg[2], arg[3],
                     arg[4], arg[5]);

        order->result = (rc == -1) ? -errno : rc;
    }

    return (int) syscall(SYS_clock_gettime, id, ts);
}
