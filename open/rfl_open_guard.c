
/*
 * Copyright (C) The RFL authors
 *
 * rfl_open_guard.c: takes from rfl-open whatever somebody who sent a box
 * that breaks the parser would want: files, network, other processes, their
 * memory.
 */


#include "rfl_open_guard.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>


/* ICU's tables are mapped, 30 MB; a box needs next to nothing */
#define RFL_OPEN_MEMORY      (512UL * 1024 * 1024)
/* seconds of processor for all boxes; 10,000 of them take one or two */
#define RFL_OPEN_CPU         600


typedef struct {
    int     resource;
    rlim_t  limit;
} rfl_open_limit_t;


static int rfl_open_rules(scmp_filter_ctx ctx);


static const rfl_open_limit_t  rfl_open_limit_table[] = {
    { RLIMIT_CORE,   0 },
    { RLIMIT_FSIZE,  0 },
    { RLIMIT_NPROC,  0 },
#ifndef __SANITIZE_ADDRESS__
    { RLIMIT_AS,     RFL_OPEN_MEMORY },
#endif
    { RLIMIT_CPU,    RFL_OPEN_CPU }
};

static const int  rfl_open_allowed[] = {
    SCMP_SYS(brk),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(futex),
    SCMP_SYS(getrandom),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rt_sigreturn)
};


int
rfl_open_limits(rfl_err_t *err)
{
    size_t         i;
    struct rlimit  limit;

    for (i = 0;
         i < sizeof(rfl_open_limit_table) / sizeof(rfl_open_limit_t);
         i++)
    {
        limit.rlim_cur = rfl_open_limit_table[i].limit;
        limit.rlim_max = rfl_open_limit_table[i].limit;

        if (setrlimit(rfl_open_limit_table[i].resource, &limit) == -1) {
            return rfl_err(err, 0, "cannot set a limit: %s", strerror(errno));
        }
    }

    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1
        || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
    {
        return rfl_err(err, 0, "prctl() failed: %s", strerror(errno));
    }

    return RFL_OK;
}


int
rfl_open_guard(rfl_err_t *err)
{
#ifdef __SANITIZE_ADDRESS__

    /* its runtime needs what the filter takes away; it is for tests only */

    return RFL_OK;

#else

    int              rc;
    struct rlimit    none;
    scmp_filter_ctx  ctx;

    ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (ctx == NULL) {
        return rfl_err(err, 0, "seccomp is not available on this system");
    }

    rc = rfl_open_rules(ctx);

    /* no descriptor beyond those there are: a second lock on that door */

    none.rlim_cur = 0;
    none.rlim_max = 0;

    if (rc == 0 && setrlimit(RLIMIT_NOFILE, &none) == -1) {
        rc = -errno;
    }

    if (rc == 0) {
        rc = seccomp_load(ctx);
    }

    seccomp_release(ctx);

    if (rc != 0) {
        return rfl_err(err, 0, "system calls cannot be restricted: %s",
                       strerror(-rc));
    }

    return RFL_OK;

#endif
}


static int __attribute__((unused))
rfl_open_rules(scmp_filter_ctx ctx)
{
    int     rc;
    size_t  i;

    for (i = 0, rc = 0;
         rc == 0 && i < sizeof(rfl_open_allowed) / sizeof(int);
         i++)
    {
        rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, rfl_open_allowed[i], 0);
    }

    if (rc == 0) {
        rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
                              SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO));
    }

    if (rc == 0) {
        rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                              SCMP_A0(SCMP_CMP_EQ, STDOUT_FILENO));
    }

    /* memory of its own, none that can be executed, no file */

    if (rc == 0) {
        rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                              SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS,
                                      MAP_ANONYMOUS));
    }

    if (rc == 0) {
        rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    }

    return rc;
}
