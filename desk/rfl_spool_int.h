
/*
 * Copyright (C) The RFL authors
 *
 * rfl_spool_int.h: what the files of rfl_spool share.
 */


#ifndef _RFL_SPOOL_INT_H_INCLUDED_
#define _RFL_SPOOL_INT_H_INCLUDED_


#include "rfl_spool.h"


#define RFL_SPOOL_FILE       (16 * 1024 * 1024)


typedef enum {
    RFL_SPOOL_TOP = 0,
    RFL_SPOOL_OUT,
    RFL_SPOOL_IN,
    RFL_SPOOL_DIRS_N
} rfl_spool_dir_e;

/* one folder, file by file */

typedef struct {
    rfl_work_t   *work;
    rfl_pool_t   *pool;
    unsigned      n;               /* done: purged, imported */
    unsigned      wrong;           /* receipts that are none */
    rfl_buf_t    *faults;
} rfl_spool_walk_t;

/* name is the end of path; another return code than RFL_OK ends the walk */
typedef int (*rfl_spool_visit_pt)(rfl_spool_walk_t *walk, const char *path,
    const char *name, rfl_err_t *err);


/* rfl_spool.c: opens the item keys and sets walk->pool for its duration */
int rfl_spool_walk(rfl_spool_walk_t *walk, rfl_spool_dir_e which,
    rfl_spool_visit_pt visit, rfl_err_t *err) rfl_must_check;
/* a file of ours with this extension, not a hidden one */
int rfl_spool_ends(const char *name, const char *end);

/* rfl_spool_pfif.c: all persons of a file or, if one has a fault, none */
int rfl_spool_pfif(rfl_spool_walk_t *walk, const char *path, rfl_err_t *err)
    rfl_must_check;


#endif /* _RFL_SPOOL_INT_H_INCLUDED_ */
