
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_conn.h: a pipelined RESP connection per server and worker.
 *
 * ngx_rfl_conn.c talks events: connect, read, write, timers, backoff.
 * ngx_rfl_resp.c speaks RESP: hiredis' formatter and reader, and the mapping
 * of Redis errors.  An operation (ngx_rfl_op_t) has one owner: the caller
 * until it is answered or cancelled.
 */


#ifndef _NGX_RFL_CONN_H_INCLUDED_
#define _NGX_RFL_CONN_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef struct ngx_rfl_server_s  ngx_rfl_server_t;
typedef struct ngx_rfl_op_s      ngx_rfl_op_t;
typedef struct ngx_rfl_reply_s   ngx_rfl_reply_t;


/* what became of an operation */

typedef enum {
    NGX_RFL_OP_OK = 0,             /* reply is there and is not an error */
    NGX_RFL_OP_REFUSED,            /* an error reply; reply->text has it */
    NGX_RFL_OP_TIMEOUT,
    NGX_RFL_OP_CLOSED,             /* connection lost or not to be had */
    NGX_RFL_OP_BUSY,               /* too many in flight */
    NGX_RFL_OP_GARBAGE             /* not RESP, or of an unexpected shape */
} ngx_rfl_op_status_e;


/*
 * Adds a server at configuration time, or returns the one that was added
 * with the same address, user and password file.  Logs and returns NULL on
 * error.  password may be empty (rfl-keyd).
 */
ngx_rfl_server_t *ngx_rfl_server_add(ngx_conf_t *cf, ngx_str_t *path,
    ngx_str_t *user, ngx_str_t *password);

#endif /* _NGX_RFL_CONN_H_INCLUDED_ */
