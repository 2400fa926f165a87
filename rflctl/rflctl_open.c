
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_open.c: how much of the desk a command needs: its rules, its
 * connections, or its lock.  Called first by each command.
 */


#include "rfl_change.h"
#include "rfl_file.h"
#include "rflctl.h"


/* of who changes staff.json or the trust file: each for a moment */
#define RFLCTL_FILES_LOCK    "files.lock"
#define RFLCTL_FILES_WAIT    10    /* seconds */


static int rflctl_desk(rflctl_t *ctl);


int
rflctl_rules(rflctl_t *ctl)
{
    int        rc;
    rfl_err_t  err;

    rc = rflctl_desk(ctl);

    if (rc == RFLCTL_OK) {
        rc = rflctl_fail(rfl_desk_rules(&ctl->desk, &err), &err);
    }

    return rc;
}


int
rflctl_open(rflctl_t *ctl)
{
    int        rc;
    rfl_err_t  err;

    rc = rflctl_rules(ctl);

    if (rc == RFLCTL_OK) {
        rc = rflctl_fail(rfl_desk_open(&ctl->desk, &err), &err);
    }

    return rc;
}


int
rflctl_lock(rflctl_t *ctl)
{
    int  rc;

    rc = rflctl_open(ctl);

    return (rc == RFLCTL_OK) ? rflctl_relock(ctl) : rc;
}


int
rflctl_relock(rflctl_t *ctl)
{
    int        rc;
    rfl_err_t  err;

    rc = rfl_desk_lock(&ctl->desk, 0, NULL, &err);

    if (rc == RFL_OK) {
        rc = rfl_change_heal(&ctl->desk, &err);
    }

    return rflctl_fail(rc, &err);
}


int
rflctl_files_lock(rflctl_t *ctl, rfl_err_t *err)
{
    char  *path;

    path = rfl_path(ctl->pool, ctl->opts->state, RFLCTL_FILES_LOCK);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    return rfl_lock(path, RFLCTL_FILES_WAIT, rflctl_waiting, &ctl->files,
                    err);
}


static int
rflctl_desk(rflctl_t *ctl)
{
    int        rc;
    rfl_err_t  err;

    rc = rfl_desk_init(&ctl->desk, ctl->opts->state, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    ctl->open = 1;
    ctl->desk.progress = rflctl_progress;
    ctl->desk.notice = rflctl_notice;
    ctl->desk.stop = &rflctl_stop;

    return RFLCTL_OK;
}
