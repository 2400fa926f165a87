
/*
 * Copyright (C) The RFL authors
 *
 * rfl_open.h: boxes opened and parsed by another process, rfl-open, which
 * has no file, no network and nearly no system call: what a stranger wrote
 * is not parsed where the desk's keys are.
 *
 * On its standard input: "RFLO" | version 1 | number of keys 4 | as many
 * times (id 8 | public 32 | secret 32); it answers with the byte 'R' once
 * nothing can be opened any more.  Then, any number of times: length 4 | box,
 * answered by length 4 | state 1 | if it is good, the submission as written
 * by rfl_open_print().  Numbers are little-endian.  The end of the input is
 * the end of the process.
 */


#ifndef _RFL_OPEN_H_INCLUDED_
#define _RFL_OPEN_H_INCLUDED_


#include "rfl.h"
#include "rfl_box.h"
#include "rfl_form.h"
#include "rfl_redis.h"


#define RFL_OPEN_MAGIC       "RFLO\1"
#define RFL_OPEN_READY       'R'
#define RFL_OPEN_KEYS_MAX    1024

/* of a box, and of an answer */
#define RFL_OPEN_BOX_MAX     65536
#define RFL_OPEN_ANSWER_MAX  65536

/* seconds for one box */
#define RFL_OPEN_TIMEOUT     10


typedef enum {
    RFL_OPENED_GOOD = 0,
    RFL_OPENED_NOT_A_BOX,          /* size or version */
    RFL_OPENED_NO_KEY,             /* sealed to a key that was not given */
    RFL_OPENED_SHUT,               /* does not open with that key */
    RFL_OPENED_BROKEN,             /* opens, and is no submission */
    RFL_OPENED_CRASHED,            /* the process died of it, or was slow */
    RFL_OPENED_N
} rfl_opened_e;


typedef struct {
    u_char                 id[RFL_KEY_ID_SIZE];
    u_char                 pk[RFL_BOX_PUBLIC_SIZE];
    u_char                 sk[RFL_BOX_SECRET_SIZE];
} rfl_open_key_t;

typedef struct {
    const char            *path;
    const rfl_open_key_t  *keys;   /* the caller's, and wiped by it */
    unsigned               nkeys;
    pid_t                  pid;    /* 0: not running */
    int                    in;
    int                    out;
} rfl_open_t;


/*
 * path NULL: "rfl-open" beside the module or program that this is part of,
 * or where it is installed; found names live in the pool.  Starts nothing yet.
 */
int rfl_open_init(rfl_pool_t *pool, rfl_open_t *o, const char *path,
    const rfl_open_key_t *keys, unsigned nkeys, rfl_err_t *err)
    rfl_must_check;
/*
 * One box: RFL_OK with *state, and s, its strings in the pool, if that is
 * RFL_OPENED_GOOD.  A process that died is started again for the next box.
 * RFL_ERROR: it cannot be started, nothing is known of the box.
 */
int rfl_open_box(rfl_pool_t *pool, rfl_open_t *o, const rfl_str_t *box,
    rfl_opened_e *state, rfl_submission_t *s, rfl_err_t *err)
    rfl_must_check;
void rfl_open_close(rfl_open_t *o);


/* rfl_open_wire.c: a submission in a form that needs no parser */

void rfl_open_print(const rfl_submission_t *s, rfl_buf_t *out);
/* checks all of it again; RFL_DECLINED, RFL_ERROR: out of memory */
int rfl_open_parse(rfl_pool_t *pool, const u_char *data, size_t len,
    rfl_submission_t *s) rfl_must_check;


#endif /* _RFL_OPEN_H_INCLUDED_ */
