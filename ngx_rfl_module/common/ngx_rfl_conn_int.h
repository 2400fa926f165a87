
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_conn_int.h: what ngx_rfl_server.c (configuration and lists),
 * ngx_rfl_conn.c (the connection) and ngx_rfl_op.c (operations) share.
 *
 * Who may close a connection: its own event handlers and its timers, never
 * ngx_rfl_send() or ngx_rfl_cancel().  Closing answers every operation in
 * flight, and that finalizes requests; it must not happen while another
 * request is being finalized.
 */


#ifndef _NGX_RFL_CONN_INT_H_INCLUDED_
#define _NGX_RFL_CONN_INT_H_INCLUDED_


#include "ngx_rfl_conn.h"


/* Connects now; on failure the next attempt is on its way. */
void ngx_rfl_connect(ngx_rfl_server_t *server);

/* Gives back all that belongs to the connection but its operations. */
void ngx_rfl_disconnect(ngx_rfl_server_t *server);

/* Disconnects, answers all operations with status, and tries again later. */
void ngx_rfl_close(ngx_rfl_server_t *server, ngx_rfl_op_status_e status,
    const char *reason);

/*
 * Sends what waits, as far as the socket takes it.  NGX_ERROR: the connection
 * is broken; its write event will say so again, to who may close it.
 */
ngx_int_t ngx_rfl_write(ngx_rfl_server_t *server);

void ngx_rfl_retry_handler(ngx_event_t *ev);
void ngx_rfl_watchdog_handler(ngx_event_t *ev);


/* Calls the handler of those who still wait; the operation stays. */
void ngx_rfl_op_answer(ngx_rfl_op_t *op, ngx_rfl_op_status_e status);
void ngx_rfl_op_free(ngx_rfl_op_t *op);


#endif /* _NGX_RFL_CONN_INT_H_INCLUDED_ */
