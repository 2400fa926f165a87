
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_resp.h: RESP, without events and without nginx: commands are
 * formatted into a wiping buffer, replies are read by hiredis' reader into
 * memory of a wiping pool, and never grow past what the caller expects.
 *
 * Used by ngx_rfl_conn.c; its callers see only ngx_rfl_reply_t and
 * ngx_rfl_fault_t.
 */


#ifndef _NGX_RFL_RESP_H_INCLUDED_
#define _NGX_RFL_RESP_H_INCLUDED_


#include "rfl.h"


typedef enum {
    NGX_RFL_REPLY_NIL = 0,
    NGX_RFL_REPLY_STRING,          /* bulk or status */
    NGX_RFL_REPLY_INTEGER,
    NGX_RFL_REPLY_ARRAY,           /* of the other four, never of arrays */
    NGX_RFL_REPLY_ERROR
} ngx_rfl_reply_type_e;


typedef struct ngx_rfl_reply_s  ngx_rfl_reply_t;

struct ngx_rfl_reply_s {
    ngx_rfl_reply_type_e   type;
    rfl_str_t              text;       /* STRING, ERROR; NUL-terminated */
    int64_t                integer;
    unsigned               nelts;      /* ARRAY */
    ngx_rfl_reply_t       *elts;
};


/* what a reply may be at most */

typedef struct {
    unsigned               elements;   /* exactly so many; 0: no array */
    size_t                 bulk;       /* longest string */
    size_t                 drop;       /* a longer one up to this is NIL */
} ngx_rfl_shape_t;

/* no shape may ask for more: they bound what a reader buffers */
#define NGX_RFL_BULK_MAX      (128 * 1024)
#define NGX_RFL_DROP_MAX      (1024 * 1024)
#define NGX_RFL_ELEMENTS_MAX  8192


/* what an error reply means for those who have to act on it */

typedef enum {
    NGX_RFL_FAULT_OTHER = 0,       /* an error of the command itself */
    NGX_RFL_FAULT_LATER,           /* starting, failing over: try later */
    NGX_RFL_FAULT_FULL,            /* out of memory or disk */
    NGX_RFL_FAULT_SETUP,           /* an administrator has to correct it */

    /* answers of rfl-keyd */

    NGX_RFL_FAULT_BUDGET,
    NGX_RFL_FAULT_NOEPOCH,
    NGX_RFL_FAULT_REFINE,
    NGX_RFL_FAULT_BADNAME,
    NGX_RFL_FAULT_STALE
} ngx_rfl_fault_e;

typedef struct {
    rfl_str_t              prefix;     /* "NOPERM" */
    ngx_rfl_fault_e        fault;
    const char            *advice;     /* for the log; NULL: log nothing */
} ngx_rfl_fault_t;

/*
 * The row of the table for an error text ("NOPERM this user ..."); unknown
 * prefixes get the last row.  ngx_rfl_resp_fault_index() is its number, below
 * NGX_RFL_FAULTS, for those who keep a bit for each.
 */
const ngx_rfl_fault_t *ngx_rfl_resp_fault(const rfl_str_t *text);
unsigned ngx_rfl_resp_fault_index(const ngx_rfl_fault_t *fault);

#define NGX_RFL_FAULTS        32   /* bits in a mask; rows are fewer */


/*
 * Appends a command to out: all of it, or nothing and RFL_ERROR if it does
 * not fit under out->max or memory is exhausted.
 */
int ngx_rfl_resp_format(rfl_buf_t *out, unsigned argc,
    const char *const *argv, const size_t *lens) rfl_must_check;


/*
 * The reader of one connection.  shape() is asked when a reply begins: it
 * returns what may come, or NULL if nothing was asked for.
 */

typedef struct ngx_rfl_reader_s  ngx_rfl_reader_t;

typedef const ngx_rfl_shape_t *(*ngx_rfl_shape_pt)(void *data);

/* NULL: out of memory */
ngx_rfl_reader_t *ngx_rfl_reader_create(ngx_rfl_shape_pt shape, void *data);
void ngx_rfl_reader_destroy(ngx_rfl_reader_t *reader);

/*
 * At most NGX_RFL_FEED_MAX bytes at a time, then next() until RFL_DECLINED.
 * RFL_ERROR as that of next().
 */
#define NGX_RFL_FEED_MAX      (16 * 1024)

int ngx_rfl_reader_feed(ngx_rfl_reader_t *reader, const u_char *data,
    size_t len) rfl_must_check;

/*
 * RFL_OK: *reply is there until ngx_rfl_reader_release(); RFL_DECLINED: feed
 * more; RFL_ERROR: the stream is broken, ngx_rfl_reader_error() says how.
 */
int ngx_rfl_reader_next(ngx_rfl_reader_t *reader, ngx_rfl_reply_t **reply)
    rfl_must_check;
const char *ngx_rfl_reader_error(const ngx_rfl_reader_t *reader);

/* wipes the last reply */
void ngx_rfl_reader_release(ngx_rfl_reader_t *reader);

/* wipes what was read if no part of a reply is waiting */
void ngx_rfl_reader_idle(ngx_rfl_reader_t *reader);


#endif /* _NGX_RFL_RESP_H_INCLUDED_ */
