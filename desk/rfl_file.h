
/*
 * Copyright (C) The RFL authors
 *
 * rfl_file.h: files that are there whole or not at all, and the lock that
 * makes one writer.
 */


#ifndef _RFL_FILE_H_INCLUDED_
#define _RFL_FILE_H_INCLUDED_


#include "rfl.h"
#include "rfl_redis.h"


/*
 * An output file: written beside its place under another name, flushed to
 * disk, renamed.  Until rfl_out_commit() nothing is seen of it.
 */

typedef struct {
    int    fd;
    char  *path;
    char  *temp;
} rfl_out_t;

/* mode as for open(2); RFL_CREATE if it cannot be made */
int rfl_out_open(rfl_pool_t *pool, rfl_out_t *out, const char *path,
    unsigned mode, rfl_err_t *err) rfl_must_check;
int rfl_out_write(rfl_out_t *out, const void *data, size_t len,
    rfl_err_t *err) rfl_must_check;
/* replace == 0: RFL_CREATE if something has that name already */
int rfl_out_commit(rfl_out_t *out, int replace, rfl_err_t *err)
    rfl_must_check;
/* forgets and removes what was not committed; may be called after commit */
void rfl_out_close(rfl_out_t *out);

/* a whole file at once */
int rfl_file_write(rfl_pool_t *pool, const char *path, unsigned mode,
    int replace, const void *data, size_t len, rfl_err_t *err)
    rfl_must_check;

/* writes all to a descriptor */
int rfl_fd_write(int fd, const void *data, size_t len) rfl_must_check;

/*
 * Takes the lock on a file, made if absent; waits up to that many seconds,
 * calling waiting() once if it must.  RFL_OK with *fd, RFL_BUSY, RFL_CREATE.
 * The lock ends with the descriptor, and so with the process.
 */
int rfl_lock(const char *path, unsigned seconds, void (*waiting)(void),
    int *fd, rfl_err_t *err) rfl_must_check;

/* dir "/" name, in the pool; name alone if it is absolute */
char *rfl_path(rfl_pool_t *pool, const char *dir, const char *name);

/* a printf() into the pool; NULL without memory */
char *rfl_psprintf(rfl_pool_t *pool, const char *fmt, ...) rfl_printf(2, 3);


#endif /* _RFL_FILE_H_INCLUDED_ */
