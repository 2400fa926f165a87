
/*
 * Copyright (C) The RFL authors
 *
 * open_syscall.c: preloaded into rfl-open by open_seccomp.t: makes the system
 * call of its environment, before the program gave anything up or when it
 * first reads, as if what it reads had taken it over.
 */


#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>


static long  call[4];
static int   early, armed;


static void
call_make(void)
{
    static char  path[] = "/etc/passwd";

    armed = 0;
    (void) syscall(call[0], call[1] == -1 ? (long) path : call[1],
                   call[2] == -1 ? (long) path : call[2], call[3], 0, -1, 0);
}


__attribute__((constructor)) static void
call_init(void)
{
    int          i;
    char        *p;
    const char  *text;

    text = getenv("RFL_TEST_CALL");

    if (text == NULL) {
        return;
    }

    early = (getenv("RFL_TEST_EARLY") != NULL);
    armed = 1;

    for (i = 0; i < 4; i++) {
        call[i] = strtol(text, &p, 10);
        text = p;
    }

    if (early) {
        call_make();
    }
}


ssize_t
read(int fd, void *data, size_t len)
{
    if (armed) {
        call_make();
    }

    return syscall(SYS_read, fd, data, len);
}
