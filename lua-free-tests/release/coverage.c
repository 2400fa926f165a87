
/*
 * Copyright (C) The RFL authors
 *
 * coverage.c: for "make coverage", linked into rfl-keyd and rfl-open.  They
 * lock themselves in and leave without a look back, so that the counters of
 * gcov could not be written.  Instead of the last three of these calls:
 */


#include <stdlib.h>
#include <sys/resource.h>
#include <gcov.h>


int __wrap_seccomp_load(void *ctx);
int __wrap_setrlimit(int resource, const struct rlimit *limit);
void __wrap__exit(int status);

void __real__exit(int status) __attribute__((noreturn));


int
__wrap_seccomp_load(void *ctx)
{
    return 0;
}


int
__wrap_setrlimit(int resource, const struct rlimit *limit)
{
    return 0;
}


void
__wrap__exit(int status)
{
    __gcov_dump();
    __real__exit(status);
}
