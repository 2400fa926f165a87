
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_conn.c: one native nginx connection per server and worker, over
 * which the commands of all requests are pipelined: connecting, reading and
 * writing, and what is said about it in the log.  A state is logged when it
 * changes, not each time it is met.
 *
 * The timers are cancelable: a worker that quits does not wait for a server.
 */


#include "ngx_rfl_conn_int.h"

#include <sys/un.h>


/* bytes waiting to be sent; past it commands are refused at once */
#define NGX_RFL_OUT_MAX       (4 * 1024 * 1024)

/* reconnecting, milliseconds: doubled each time, plus up to a half at random */
#define NGX_RFL_RETRY_MIN     50
#define NGX_RFL_RETRY_MAX     2000

#define NGX_RFL_AUTH_TIMEOUT  2000


static ngx_connection_t *ngx_rfl_socket(ngx_rfl_server_t *server,
    ngx_err_t *err);
static ngx_int_t ngx_rfl_auth(ngx_rfl_server_t *server);
static void ngx_rfl_auth_handler(ngx_rfl_op_t *op);
static void ngx_rfl_retry(ngx_rfl_server_t *server);
static void ngx_rfl_down(ngx_rfl_server_t *server, ngx_err_t err,
    const char *reason);
static void ngx_rfl_up(ngx_rfl_server_t *server);
static void ngx_rfl_fault(ngx_rfl_op_t *op);
static void ngx_rfl_write_handler(ngx_event_t *wev);
static void ngx_rfl_read_handler(ngx_event_t *rev);
static const char *ngx_rfl_replies(ngx_rfl_server_t *server);
static const ngx_rfl_shape_t *ngx_rfl_shape(void *data);


static const char  ngx_rfl_auth_command[] = "AUTH";


void
ngx_rfl_connect(ngx_rfl_server_t *server)
{
    ngx_err_t          err;
    ngx_connection_t  *c;

    c = NULL;
    err = 0;

    if (server->out.max == 0) {
        rfl_buf_init(&server->out, NGX_RFL_OUT_MAX);
    }

    server->reader = ngx_rfl_reader_create(ngx_rfl_shape, server);

    if (server->reader != NULL) {
        c = ngx_rfl_socket(server, &err);
    }

    if (c == NULL) {
        ngx_rfl_reader_destroy(server->reader);
        server->reader = NULL;

        ngx_rfl_down(server, err, "cannot connect");
        ngx_rfl_retry(server);

        return;
    }

    server->connection = c;
    server->fd = c->fd;
    server->retry.log = c->log;
    server->watchdog.log = c->log;
    server->timeouts = 0;
    server->doomed = NULL;
    server->up = 0;

    (void) ngx_atomic_fetch_add(&server->stats->connects, 1);
    (void) ngx_atomic_fetch_add(&server->stats->connected, 1);

    if (ngx_handle_read_event(c->read, 0) != NGX_OK
        || ngx_rfl_auth(server) != NGX_OK)
    {
        /* nobody but us may be waiting yet */

        ngx_rfl_close(server, NGX_RFL_OP_CLOSED, "out of memory");
    }
}


static ngx_connection_t *
ngx_rfl_socket(ngx_rfl_server_t *server, ngx_err_t *err)
{
    ngx_socket_t         s;
    ngx_connection_t    *c;
    struct sockaddr_un   sa;

    s = ngx_socket(AF_UNIX, SOCK_STREAM, 0);

    if (s == (ngx_socket_t) -1) {
        *err = ngx_socket_errno;
        return NULL;
    }

    /* logs by itself that worker_connections are not enough */

    c = ngx_get_connection(s, ngx_cycle->log);

    if (c == NULL) {
        (void) ngx_close_socket(s);
        return NULL;
    }

    ngx_memzero(&sa, sizeof(struct sockaddr_un));
    sa.sun_family = AF_UNIX;
    ngx_memcpy(sa.sun_path, server->path.data, server->path.len);

    /*
     * Connecting to a local socket is done at once or not at all; EAGAIN is
     * a full backlog, there is nothing to wait for.
     */

    if (ngx_nonblocking(s) == -1
        || connect(s, (struct sockaddr *) &sa, sizeof(struct sockaddr_un))
           == -1)
    {
        *err = ngx_socket_errno;
        ngx_close_connection(c);
        return NULL;
    }

    c->number = ngx_atomic_fetch_add(ngx_connection_counter, 1);
    c->type = SOCK_STREAM;
    c->data = server;
    c->recv = ngx_recv;
    c->send = ngx_send;
    c->log_error = NGX_ERROR_INFO;

    c->read->log = c->log;
    c->read->handler = ngx_rfl_read_handler;

    c->write->log = c->log;
    c->write->handler = ngx_rfl_write_handler;
    c->write->ready = 1;

    return c;
}


static ngx_int_t
ngx_rfl_auth(ngx_rfl_server_t *server)
{
    size_t               lens[3];
    const char          *argv[3];
    ngx_rfl_cmd_t        cmd;
    ngx_rfl_op_status_e  status;

    if (server->password.len == 0) {
        return NGX_OK;
    }

    ngx_memzero(&cmd, sizeof(ngx_rfl_cmd_t));

    cmd.argv = argv;
    cmd.lens = lens;

    argv[0] = ngx_rfl_auth_command;
    lens[0] = sizeof(ngx_rfl_auth_command) - 1;
    cmd.argc = 1;

    if (server->user.len != 0) {
        argv[1] = (char *) server->user.data;
        lens[1] = server->user.len;
        cmd.argc = 2;
    }

    argv[cmd.argc] = (char *) server->password.data;
    lens[cmd.argc] = server->password.len;
    cmd.argc++;

    cmd.shape.bulk = 64;
    cmd.timeout = NGX_RFL_AUTH_TIMEOUT;
    cmd.handler = ngx_rfl_auth_handler;

    if (ngx_rfl_send(server, &cmd, &status) == NULL) {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_rfl_auth_handler(ngx_rfl_op_t *op)
{
    ngx_rfl_server_t  *server;

    if (op->status == NGX_RFL_OP_OK || op->status == NGX_RFL_OP_CLOSED) {
        return;
    }

    /* what was sent behind it cannot succeed; do not ask again in a hurry */

    server = op->server;

    if (op->status == NGX_RFL_OP_TIMEOUT) {
        server->doomed = "it does not answer";
        return;
    }

    server->doomed = "it did not accept user and password";

    while (NGX_RFL_RETRY_MIN << server->fails < NGX_RFL_RETRY_MAX) {
        server->fails++;
    }
}


static void
ngx_rfl_retry(ngx_rfl_server_t *server)
{
    ngx_msec_t  delay;

    if (ngx_exiting || ngx_terminate || ngx_quit || server->retry.timer_set) {
        return;
    }

    delay = NGX_RFL_RETRY_MIN << server->fails;

    if (delay >= NGX_RFL_RETRY_MAX) {
        delay = NGX_RFL_RETRY_MAX;

    } else {
        server->fails++;
    }

    /* workers that lost it together do not come back together */

    delay += (ngx_msec_t) ngx_random() % (delay / 2);

    server->retry.log = ngx_cycle->log;

    ngx_add_timer(&server->retry, delay);
}


void
ngx_rfl_retry_handler(ngx_event_t *ev)
{
    ngx_rfl_server_t *server = ev->data;

    if (server->connection == NULL) {
        ngx_rfl_connect(server);
    }
}


void
ngx_rfl_disconnect(ngx_rfl_server_t *server)
{
    if (server->connection != NULL) {
        ngx_close_connection(server->connection);
        (void) ngx_atomic_fetch_add(&server->stats->connected, -1);
    }

    server->connection = NULL;
    server->fd = (ngx_socket_t) -1;

    ngx_rfl_reader_destroy(server->reader);
    server->reader = NULL;

    rfl_buf_reset(&server->out);
    server->sent = 0;
    server->nops = 0;

    if (server->watchdog.timer_set) {
        ngx_del_timer(&server->watchdog);
    }
}


void
ngx_rfl_close(ngx_rfl_server_t *server, ngx_rfl_op_status_e status,
    const char *reason)
{
    ngx_queue_t    ops, *q;
    ngx_rfl_op_t  *op;

    if (server->nops == 0 && status == NGX_RFL_OP_CLOSED) {

        /* nobody noticed; if it does not come back, that is an error */

        (void) ngx_atomic_fetch_add(&server->stats->failures, 1);

        ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0,
                      "rfl: \"%V\": %s", &server->path, reason);

    } else {
        ngx_rfl_down(server, 0, reason);
    }

    /* handlers may send and cancel while they are called */

    ngx_queue_init(&ops);

    if (!ngx_queue_empty(&server->ops)) {
        ngx_queue_add(&ops, &server->ops);
        ngx_queue_init(&server->ops);
    }

    ngx_rfl_disconnect(server);
    ngx_rfl_retry(server);

    while (!ngx_queue_empty(&ops)) {
        q = ngx_queue_head(&ops);
        ngx_queue_remove(q);

        op = ngx_queue_data(q, ngx_rfl_op_t, queue);

        ngx_rfl_op_answer(op, status);
        ngx_rfl_op_free(op);
    }
}


/* said once, until it answers again */

static void
ngx_rfl_down(ngx_rfl_server_t *server, ngx_err_t err, const char *reason)
{
    (void) ngx_atomic_fetch_add(&server->stats->failures, 1);

    if (server->down) {
        return;
    }

    server->down = 1;

    ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, err,
                  "rfl: \"%V\" is away: %s", &server->path, reason);
}


static void
ngx_rfl_up(ngx_rfl_server_t *server)
{
    if (server->up) {
        return;
    }

    server->up = 1;
    server->fails = 0;
    server->said = 0;

    if (server->down) {
        server->down = 0;

        ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                      "rfl: \"%V\" is back", &server->path);
    }
}


/* once of each kind until all is well; the text may quote a name */

static void
ngx_rfl_fault(ngx_rfl_op_t *op)
{
    uint32_t                bit;
    ngx_rfl_server_t       *server;
    const ngx_rfl_fault_t  *fault;

    fault = op->fault;
    server = op->server;

    bit = (uint32_t) 1 << ngx_rfl_resp_fault_index(fault);

    if (fault->advice == NULL || (server->said & bit)) {
        return;
    }

    server->said |= bit;

    ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                  "rfl: \"%V\", user \"%V\", refused %s: %s%s%s",
                  &server->path, &server->user, op->command,
                  fault->prefix.data, fault->prefix.len ? ", " : "",
                  fault->advice);
}


ngx_int_t
ngx_rfl_write(ngx_rfl_server_t *server)
{
    ssize_t            n;
    ngx_connection_t  *c;

    c = server->connection;

    while (server->sent < server->out.len) {

        n = c->send(c, server->out.data + server->sent,
                    server->out.len - server->sent);

        if (n == NGX_ERROR) {
            return NGX_ERROR;
        }

        if (n <= 0) {
            return NGX_AGAIN;
        }

        server->sent += (size_t) n;
    }

    rfl_buf_reset(&server->out);
    server->sent = 0;

    return NGX_OK;
}


static void
ngx_rfl_write_handler(ngx_event_t *wev)
{
    ngx_connection_t  *c;
    ngx_rfl_server_t  *server;

    c = wev->data;
    server = c->data;

    if (ngx_rfl_write(server) == NGX_ERROR) {
        ngx_rfl_close(server, NGX_RFL_OP_CLOSED, "cannot send to it");
        return;
    }

    if (ngx_handle_write_event(wev, 0) != NGX_OK) {
        ngx_rfl_close(server, NGX_RFL_OP_CLOSED, "out of memory");
    }
}


static void
ngx_rfl_read_handler(ngx_event_t *rev)
{
    int                rc;
    u_char             buf[NGX_RFL_FEED_MAX];
    ssize_t            n;
    const char        *error;
    ngx_connection_t  *c;
    ngx_rfl_server_t  *server;

    c = rev->data;
    server = c->data;

    if (c->close) {

        /* worker_shutdown_timeout */

        ngx_rfl_close(server, NGX_RFL_OP_CLOSED, "the worker shuts down");
        return;
    }

    for ( ;; ) {

        n = c->recv(c, buf, sizeof(buf));

        if (n == NGX_AGAIN) {
            break;
        }

        if (n == 0 || n == NGX_ERROR) {
            ngx_rfl_close(server, NGX_RFL_OP_CLOSED,
                          "it closed the connection");
            return;
        }

        rc = ngx_rfl_reader_feed(server->reader, buf, (size_t) n);

        rfl_memzero(buf, (size_t) n);

        error = (rc == RFL_OK) ? ngx_rfl_replies(server)
                               : ngx_rfl_reader_error(server->reader);

        if (error != NULL) {
            ngx_rfl_close(server, NGX_RFL_OP_GARBAGE, error);
            return;
        }

        if (server->doomed != NULL) {
            ngx_rfl_close(server, NGX_RFL_OP_CLOSED, server->doomed);
            return;
        }
    }

    ngx_rfl_reader_idle(server->reader);

    if (ngx_handle_read_event(rev, 0) != NGX_OK) {
        ngx_rfl_close(server, NGX_RFL_OP_CLOSED, "out of memory");
    }
}


/* returns what is wrong with the stream, or NULL */

static const char *
ngx_rfl_replies(ngx_rfl_server_t *server)
{
    int                   rc;
    ngx_queue_t          *q;
    ngx_rfl_op_t         *op;
    ngx_rfl_reply_t      *reply;
    ngx_rfl_op_status_e   status;

    for ( ;; ) {

        rc = ngx_rfl_reader_next(server->reader, &reply);

        if (rc == RFL_DECLINED) {
            return NULL;
        }

        if (rc != RFL_OK) {
            return ngx_rfl_reader_error(server->reader);
        }

        /* there is one, or ngx_rfl_shape() would have refused the reply */

        q = ngx_queue_head(&server->ops);
        ngx_queue_remove(q);
        server->nops--;

        op = ngx_queue_data(q, ngx_rfl_op_t, queue);
        op->reply = reply;

        if (op->handler != NULL) {
            server->timeouts = 0;
        }

        if (reply->type == NGX_RFL_REPLY_ERROR) {
            status = NGX_RFL_OP_REFUSED;
            op->fault = ngx_rfl_resp_fault(&reply->text);

        } else {
            status = NGX_RFL_OP_OK;
        }

        /* that a password is accepted does not say that it works */

        if (op->command != ngx_rfl_auth_command
            && (status == NGX_RFL_OP_OK
                || op->fault->fault >= NGX_RFL_FAULT_BUDGET))
        {
            ngx_rfl_up(server);
        }

        if (status == NGX_RFL_OP_REFUSED) {
            ngx_rfl_fault(op);
        }

        ngx_rfl_op_answer(op, status);
        ngx_rfl_op_free(op);

        ngx_rfl_reader_release(server->reader);
    }
}


static const ngx_rfl_shape_t *
ngx_rfl_shape(void *data)
{
    ngx_rfl_server_t *server = data;

    ngx_queue_t   *q;
    ngx_rfl_op_t  *op;

    if (ngx_queue_empty(&server->ops)) {
        return NULL;
    }

    q = ngx_queue_head(&server->ops);
    op = ngx_queue_data(q, ngx_rfl_op_t, queue);

    return &op->shape;
}
