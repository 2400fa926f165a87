
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_conn.h: a pipelined RESP connection per server and worker.
 *
 * ngx_rfl_server.c reads the configuration, ngx_rfl_conn.c talks events:
 * connect, read, write, backoff; ngx_rfl_op.c keeps operations, and
 * ngx_rfl_resp.c speaks RESP.  An operation (ngx_rfl_op_t) is sent by a
 * caller and answered by exactly one call of its handler, unless it was
 * cancelled before.
 *
 * Nothing here logs a name, a key or a client's address: the log is that of
 * the cycle, not of a request.
 */


#ifndef _NGX_RFL_CONN_H_INCLUDED_
#define _NGX_RFL_CONN_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_event.h>

#include "rfl.h"
#include "ngx_rfl_resp.h"


typedef struct ngx_rfl_server_s  ngx_rfl_server_t;
typedef struct ngx_rfl_op_s      ngx_rfl_op_t;


/* what became of an operation */

typedef enum {
    NGX_RFL_OP_OK = 0,             /* reply is there and is not an error */
    NGX_RFL_OP_REFUSED,            /* an error reply; op->fault says which */
    NGX_RFL_OP_TIMEOUT,
    NGX_RFL_OP_CLOSED,             /* connection lost or not to be had */
    NGX_RFL_OP_BUSY,               /* too many in flight, or no memory */
    NGX_RFL_OP_GARBAGE             /* not RESP, or of an unexpected shape */
} ngx_rfl_op_status_e;

#define NGX_RFL_OP_STATUSES  6

/* "ok", "refused", ...: for the status page */
extern const ngx_str_t  ngx_rfl_op_statuses[NGX_RFL_OP_STATUSES];


/*
 * Counters of one server.  server->stats points to memory of the process
 * until somebody points it to shared memory, which must be zeroed, before
 * workers start.  in_flight and connected go up and down, all others only up.
 */

#define NGX_RFL_BUCKETS  12

/* upper bounds in microseconds; the last bucket of latency[] has none */
extern const ngx_uint_t  ngx_rfl_buckets[NGX_RFL_BUCKETS];

typedef struct {
    ngx_atomic_t          ops[NGX_RFL_OP_STATUSES];
    ngx_atomic_t          latency[NGX_RFL_BUCKETS + 1];
    ngx_atomic_t          latency_sum;     /* microseconds, all answered */
    ngx_atomic_t          connects;        /* successful */
    ngx_atomic_t          failures;        /* of connect or connection */
    ngx_atomic_t          in_flight;
    ngx_atomic_t          connected;       /* workers that are */
} ngx_rfl_stats_t;


/*
 * A server: what was configured, and the connection of this worker to it.
 * Callers read name, path and stats, and set stats; the rest belongs to
 * these files.  The first four members are laid out as those of
 * ngx_connection_t, because nginx' debug log reads an event's fd there.
 */

struct ngx_rfl_server_s {
    ngx_connection_t     *connection;      /* NULL: none */
    ngx_rfl_reader_t     *reader;
    ngx_rfl_stats_t      *stats;
    ngx_socket_t          fd;

    ngx_str_t             path;            /* of the socket, with a NUL */
    ngx_str_t             user;
    ngx_str_t             password_file;
    rfl_str_t             password;        /* sodium_malloc()ed, or empty */

    rfl_buf_t             out;
    size_t                sent;            /* bytes of out */
    uint64_t              first;           /* when out was begun, us */
    ngx_queue_t           ops;             /* in flight, oldest first */
    ngx_uint_t            nops;
    ngx_event_t           retry;           /* both cancelable */
    ngx_event_t           watchdog;
    ngx_uint_t            fails;           /* connections lost in a row */
    ngx_uint_t            timeouts;        /* operations in a row */
    const char           *doomed;          /* why it has to be closed */
    uint32_t              said;            /* faults logged */
    unsigned              up:1;            /* this connection answered */
    unsigned              down:1;          /* that it is away was logged */

    ngx_rfl_stats_t       local;
};


/*
 * Adds a server to the array (of ngx_rfl_server_t *, kept in the caller's
 * main configuration) at configuration time, or returns the one that was
 * added with the same address, user and password file.  path is
 * "unix:/run/...", an absolute path, or one relative to the prefix;
 * password_file may be empty (rfl-keyd), else it is read now and must not be
 * readable by others.  Logs what is wrong and returns NULL on error.
 */
ngx_rfl_server_t *ngx_rfl_server_add(ngx_conf_t *cf, ngx_array_t *servers,
    ngx_str_t *path, ngx_str_t *user, ngx_str_t *password_file);

/*
 * To be called in init_process and exit_process.  The first connects to all
 * servers if this process is a worker; it never fails because of a server
 * that is away.
 */
ngx_int_t ngx_rfl_servers_init(ngx_cycle_t *cycle, ngx_array_t *servers);
void ngx_rfl_servers_exit(ngx_array_t *servers);


/*
 * One command.  The strings are copied (and wiped after they were sent), but
 * for argv[0], which must be a literal: it names the command in the log.
 */

typedef void (*ngx_rfl_op_pt)(ngx_rfl_op_t *op);

typedef struct {
    ngx_uint_t            argc;
    const char *const    *argv;
    const size_t         *lens;
    ngx_rfl_shape_t       shape;           /* of a good reply */
    ngx_msec_t            timeout;
    ngx_rfl_op_pt         handler;
    void                 *data;
} ngx_rfl_cmd_t;


/*
 * An operation in flight.  data may be read at any time, the rest only in
 * the handler, after which operation and reply are wiped and gone.
 */

struct ngx_rfl_op_s {
    void                 *data;
    ngx_rfl_server_t     *server;
    ngx_rfl_op_pt         handler;         /* NULL: nobody waits any more */
    ngx_socket_t          fd;              /* as in ngx_rfl_server_t */

    ngx_rfl_op_status_e   status;
    ngx_rfl_reply_t      *reply;           /* OK, REFUSED */
    const ngx_rfl_fault_t  *fault;         /* REFUSED */

    const char           *command;
    ngx_rfl_shape_t       shape;
    ngx_event_t           timer;           /* not cancelable */
    ngx_queue_t           queue;
    uint64_t              start;           /* microseconds */
};


/*
 * Sends a command with those of others.  Returns NULL and sets *status to
 * CLOSED or BUSY if it cannot be sent now; then the handler is not called.
 * Else the handler is called later, from an event, never from within.
 */
ngx_rfl_op_t *ngx_rfl_send(ngx_rfl_server_t *server,
    const ngx_rfl_cmd_t *cmd, ngx_rfl_op_status_e *status);

/*
 * The handler will not be called; a late reply is dropped in its turn, and the
 * operation is in flight until then: see NGX_RFL_OPS_MAX.
 */
void ngx_rfl_cancel(ngx_rfl_op_t *op);


#endif /* _NGX_RFL_CONN_H_INCLUDED_ */
