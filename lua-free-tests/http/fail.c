
/*
 * Copyright (C) The RFL authors
 *
 * fail.c: preloaded into nginx by s_fail.t: calls of libsodium, and the one
 * that libsodium itself has randomness from, fail while the test says so in
 * a file: byte 0 crypto_box_seal(), byte 1 getrandom(), byte 2
 * sodium_init().  A seal that fails leaves what it was given where the box
 * should be.  The file is mapped before nginx gives up its rights, so that
 * its workers follow it.
 */


#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>


typedef int (*fail_seal_pt)(unsigned char *c, const unsigned char *m,
    unsigned long long mlen, const unsigned char *pk);
typedef int (*fail_init_pt)(void);


static const volatile char  *fail;


static void __attribute__((constructor))
fail_map(void)
{
    int          fd;
    void        *p;
    const char  *path;

    path = getenv("RFL_TEST_FAIL");
    fd = (path == NULL) ? -1 : open(path, O_RDONLY|O_CLOEXEC);

    if (fd == -1) {
        return;
    }

    p = mmap(NULL, 3, PROT_READ, MAP_SHARED, fd, 0);

    if (p != MAP_FAILED) {
        fail = p;
    }

    (void) close(fd);
}


int
crypto_box_seal(unsigned char *c, const unsigned char *m,
    unsigned long long mlen, const unsigned char *pk)
{
    fail_seal_pt  next;

    if (fail != NULL && fail[0] != 0) {
        memcpy(c, m, (size_t) mlen);
        return -1;
    }

    next = (fail_seal_pt) dlsym(RTLD_NEXT, "crypto_box_seal");

    return next(c, m, mlen, pk);
}


ssize_t
getrandom(void *data, size_t len, unsigned flags)
{
    if (fail != NULL && fail[1] != 0) {
        errno = EIO;
        return -1;
    }

    return syscall(SYS_getrandom, data, len, flags);
}


int
sodium_init(void)
{
    fail_init_pt  next;

    if (fail != NULL && fail[2] != 0) {
        return -1;
    }

    next = (fail_init_pt) dlsym(RTLD_NEXT, "sodium_init");

    return next();
}
