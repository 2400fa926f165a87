
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_sandbox.c: takes from the process what it does not need: swappable
 * memory, core files, other users' rights, and nearly all system calls.
 */


#include "rfl_keyd.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>


#define RFL_KEYD_CALLS(list)   list, sizeof(list) / sizeof(list[0])

#ifdef __SANITIZE_ADDRESS__
#define RFL_KEYD_SANITIZED     1
#else
#define RFL_KEYD_SANITIZED     0
#endif


static int rfl_keyd_seccomp_rules(scmp_filter_ctx ctx,
    const rfl_keyd_options_t *options);
static int rfl_keyd_seccomp_list(scmp_filter_ctx ctx, uint32_t action,
    const int *calls, size_t n);


/* what the event loop, the C library and the end of the process need */

static const int  rfl_keyd_allowed[] = {
    SCMP_SYS(accept4),
    SCMP_SYS(brk),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(close),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(fstat),
    SCMP_SYS(ftruncate),
    SCMP_SYS(futex),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getsockopt),
    SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(lstat),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(munlock),
    SCMP_SYS(munmap),
    SCMP_SYS(newfstatat),
    SCMP_SYS(read),
    SCMP_SYS(recvfrom),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sendto),
    SCMP_SYS(stat),
    SCMP_SYS(time),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(write)
};

/* what only somebody who took the process over would try */

static const int  rfl_keyd_deadly[] = {
    SCMP_SYS(bpf),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(connect),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(mount),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(ptrace),
    SCMP_SYS(socket),
    SCMP_SYS(vfork)
};


int
rfl_keyd_sandbox_lock(rfl_err_t *err)
{
    struct rlimit  limit;

    limit.rlim_cur = 0;
    limit.rlim_max = 0;

    if (setrlimit(RLIMIT_CORE, &limit) == -1
        || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1)
    {
        return rfl_err(err, 0, "core files cannot be forbidden: %s",
                       strerror(errno));
    }

#ifndef __SANITIZE_ADDRESS__

    limit.rlim_cur = RLIM_INFINITY;
    limit.rlim_max = RLIM_INFINITY;

    (void) setrlimit(RLIMIT_MEMLOCK, &limit);

    /*
     * All or nothing: under a limit the heap could not grow any more.  Pages
     * are locked when they are first touched, for the tables of ICU are
     * large and most of them never are.  The secrets are locked anyhow.
     */

    if (getrlimit(RLIMIT_MEMLOCK, &limit) == -1
        || limit.rlim_cur != RLIM_INFINITY
        || mlockall(MCL_CURRENT|MCL_FUTURE|MCL_ONFAULT) == -1)
    {
        rfl_keyd_log(RFL_KEYD_WARN, "memory other than secrets may be "
                     "swapped, allow to lock it by LimitMEMLOCK=infinity");
    }

#endif

    return RFL_OK;
}


int
rfl_keyd_sandbox_uid(const rfl_keyd_options_t *options, rfl_err_t *err)
{
    if (options->change_uid) {

        if (setgroups(0, NULL) == -1
            || setresgid(options->gid, options->gid, options->gid) == -1
            || setresuid(options->uid, options->uid, options->uid) == -1)
        {
            return rfl_err(err, 0, "cannot become uid %u: %s",
                           (unsigned) options->uid, strerror(errno));
        }

        if (setuid(0) == 0) {
            return rfl_err(err, 0, "the rights of root did not go away");
        }
    }

    /* a change of uid may set it again */

    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1
        || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
    {
        return rfl_err(err, 0, "prctl() failed: %s", strerror(errno));
    }

    return RFL_OK;
}


int
rfl_keyd_sandbox_seal(const rfl_keyd_options_t *options, rfl_err_t *err)
{
    int              rc;
    scmp_filter_ctx  ctx;

    /* AddressSanitizer's runtime needs what the filter takes away */

    if (RFL_KEYD_SANITIZED) {
        rfl_keyd_log(RFL_KEYD_WARN, "built for tests: no seccomp");
        return RFL_OK;
    }

    ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (ctx == NULL) {
        return rfl_err(err, 0, "seccomp is not available on this system");
    }

    rc = rfl_keyd_seccomp_rules(ctx, options);

    if (rc == 0) {
        rc = seccomp_load(ctx);
    }

    seccomp_release(ctx);

    if (rc != 0) {
        return rfl_err(err, 0, "system calls cannot be restricted: %s",
                       strerror(-rc));
    }

    return RFL_OK;
}


static int
rfl_keyd_seccomp_rules(scmp_filter_ctx ctx, const rfl_keyd_options_t *options)
{
    int  rc;

    rc = rfl_keyd_seccomp_list(ctx, SCMP_ACT_ALLOW,
                               RFL_KEYD_CALLS(rfl_keyd_allowed));

    if (rc == 0) {
        rc = rfl_keyd_seccomp_list(ctx, SCMP_ACT_KILL_PROCESS,
                                   RFL_KEYD_CALLS(rfl_keyd_deadly));
    }

    /* memory, but none that can be executed */

    if (rc == 0) {
        rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    }

    if (rc == 0) {
        rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    }

    /* the log is opened again at SIGHUP; nothing is ever opened to read */

    if (rc == 0 && options->log != NULL) {
        rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE,
                                      O_WRONLY));
    }

    return rc;
}


static int
rfl_keyd_seccomp_list(scmp_filter_ctx ctx, uint32_t action, const int *calls,
    size_t n)
{
    int     rc;
    size_t  i;

    for (i = 0; i < n; i++) {

        rc = seccomp_rule_add(ctx, action, calls[i], 0);

        /* a call that this architecture does not have cannot be made */

        if (rc != 0 && rc != -EDOM) {
            return rc;
        }
    }

    return 0;
}
