
/*
 * Copyright (C) The RFL authors
 *
 * rfl_spool_in.c: drafts from the case system, which become items of kind
 * import.  Persons of PFIF are read by rfl_spool_pfif.c.  Called by the page
 * of the spool.
 */


#include "rfl_spool_int.h"
#include "rfl_file.h"

#include <errno.h>
#include <stdio.h>


static int rfl_spool_take(rfl_spool_walk_t *walk, const char *path,
    const char *name, rfl_err_t *err);
static int rfl_spool_read(rfl_spool_walk_t *walk, const char *path,
    rfl_err_t *err);
static int rfl_spool_lines(rfl_spool_walk_t *walk, const char *path,
    const rfl_str_t *text, unsigned import, rfl_err_t *err);
static int rfl_spool_draft(rfl_spool_walk_t *walk, rfl_pool_t *pool,
    const char *path, unsigned number, const rfl_str_t *line,
    unsigned import, rfl_err_t *err);


int
rfl_spool_import(rfl_work_t *work, unsigned *n, rfl_buf_t *faults,
    rfl_err_t *err)
{
    int               rc;
    rfl_spool_walk_t  walk;

    memset(&walk, 0, sizeof(rfl_spool_walk_t));
    walk.work = work;
    walk.faults = faults;

    rc = rfl_spool_walk(&walk, RFL_SPOOL_IN, rfl_spool_take, err);

    *n = walk.n;

    return rc;
}


static int
rfl_spool_take(rfl_spool_walk_t *walk, const char *path, const char *name,
    rfl_err_t *err)
{
    int      rc, pfif;
    char    *done;
    size_t   before;

    pfif = rfl_spool_ends(name, ".xml");

    if (!pfif && !rfl_spool_ends(name, ".ndjson")) {
        return RFL_OK;
    }

    done = rfl_psprintf(walk->pool, "%s.done", path);
    if (done == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    before = walk->faults->len;

    rc = pfif ? rfl_spool_pfif(walk, path, err)
              : rfl_spool_read(walk, path, err);

    if (rc == RFL_OK && walk->faults->len == before
        && rename(path, done) == -1)
    {
        return rfl_err(err, 0, "cannot rename \"%s\": %s", path,
                       strerror(errno));
    }

    return rc;
}


/* all of a file or, if a line has a fault, nothing of it */

static int
rfl_spool_read(rfl_spool_walk_t *walk, const char *path, rfl_err_t *err)
{
    int        rc;
    size_t     before;
    rfl_str_t  text;

    rc = rfl_file_read(walk->pool, path, RFL_SPOOL_FILE, 0, &text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    before = walk->faults->len;

    rc = rfl_spool_lines(walk, path, &text, 0, err);

    if (rc == RFL_OK && walk->faults->len == before) {
        rc = rfl_spool_lines(walk, path, &text, 1, err);
    }

    return rc;
}


static int
rfl_spool_lines(rfl_spool_walk_t *walk, const char *path,
    const rfl_str_t *text, unsigned import, rfl_err_t *err)
{
    int          rc;
    u_char      *p, *last, *end;
    unsigned     number;
    rfl_str_t    line;
    rfl_pool_t  *pool;

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = RFL_OK;
    number = 0;
    last = text->data + text->len;

    for (p = text->data; rc == RFL_OK && p < last; p = end + 1) {

        end = memchr(p, '\n', (size_t) (last - p));
        end = (end != NULL) ? end : last;
        number++;

        line.data = p;
        line.len = (size_t) (end - p);

        if (line.len != 0) {
            rc = rfl_spool_draft(walk, pool, path, number, &line, import,
                                 err);
            rfl_pool_reset(pool);
        }
    }

    rfl_pool_destroy(pool);

    return rc;
}


static int
rfl_spool_draft(rfl_spool_walk_t *walk, rfl_pool_t *pool, const char *path,
    unsigned number, const rfl_str_t *line, unsigned import, rfl_err_t *err)
{
    int          rc;
    rfl_err_t    why;
    rfl_draft_t  draft;

    if (rfl_draft_parse(pool, line, number, &draft, &why) != RFL_OK) {
        rfl_buf_printf(walk->faults, "%s:%u: %s\n", path, number, why.text);
        return RFL_OK;
    }

    if (!rfl_staff_serves(walk->work->staff, &draft.e.society)) {
        rfl_buf_printf(walk->faults, "%s:%u: it is of a society that this "
                       "desk does not serve: correct \"society\"\n", path,
                       number);
        return RFL_OK;
    }

    if (!import) {
        return RFL_OK;
    }

    rc = rfl_item_import(walk->work, &draft, err);

    walk->n += (rc == RFL_OK);

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}
