
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_conn.c: one native nginx connection per server and worker, over
 * which all commands of all requests are pipelined.
 *
 * Who may close a connection: its own event handlers and its timers, never
 * ngx_rfl_send() or ngx_rfl_cancel().  Closing answers every operation in
 * flight, and that finalizes requests; it must not happen while another
 * request is being finalized.
 *
 * Timers: an operation's holds a worker that is asked to quit until the
 * visitor has an answer; those of the connection are cancelable.
 */


#include "ngx_rfl_conn.h"

#include <sodium.h>
#include <sys/un.h>


/* back-pressure: past these limits a command is refused at once */
#define NGX_RFL_OPS_MAX       1024
#define NGX_RFL_OUT_MAX       (4 * 1024 * 1024)

/* reconnecting, milliseconds: doubled each time, plus up to a half at random */
#define NGX_RFL_RETRY_MIN     50
#define NGX_RFL_RETRY_MAX     2000

/*
 * A connection is given up if an operation waits for so long, even if nobody
 * waits for it any more, or if so many in a row got no answer in time: then an
 * answer may be missing, and all that follow would be taken for others'.
 */
#define NGX_RFL_PATIENCE      5000
#define NGX_RFL_TIMEOUTS_MAX  4

#define NGX_RFL_AUTH_TIMEOUT  2000
#define NGX_RFL_PASSWORD_MAX  512


static ngx_int_t ngx_rfl_server_path(ngx_conf_t *cf,
    ngx_rfl_server_t *server);
static ngx_int_t ngx_rfl_server_password(ngx_conf_t *cf,
    ngx_rfl_server_t *server);
static void ngx_rfl_server_forget(void *data);

static void ngx_rfl_connect(ngx_rfl_server_t *server);
static ngx_connection_t *ngx_rfl_socket(ngx_rfl_server_t *server,
    ngx_err_t *err);
static ngx_int_t ngx_rfl_auth(ngx_rfl_server_t *server);
static void ngx_rfl_auth_handler(ngx_rfl_op_t *op);
static void ngx_rfl_retry(ngx_rfl_server_t *server);
static void ngx_rfl_retry_handler(ngx_event_t *ev);
static void ngx_rfl_disconnect(ngx_rfl_server_t *server);
static void ngx_rfl_close(ngx_rfl_server_t *server,
    ngx_rfl_op_status_e status, const char *reason);
static void ngx_rfl_down(ngx_rfl_server_t *server, ngx_err_t err,
    const char *reason);

static ngx_rfl_op_t *ngx_rfl_op_create(ngx_rfl_server_t *server,
    const ngx_rfl_cmd_t *cmd);
static void ngx_rfl_op_answer(ngx_rfl_op_t *op, ngx_rfl_op_status_e status);
static void ngx_rfl_op_free(ngx_rfl_op_t *op);
static void ngx_rfl_op_timeout_handler(ngx_event_t *ev);
static void ngx_rfl_watchdog_handler(ngx_event_t *ev);

static void ngx_rfl_write_handler(ngx_event_t *wev);
static void ngx_rfl_read_handler(ngx_event_t *rev);
static const char *ngx_rfl_replies(ngx_rfl_server_t *server);
static const ngx_rfl_shape_t *ngx_rfl_shape(void *data);
static void ngx_rfl_up(ngx_rfl_server_t *server);
static void ngx_rfl_fault(ngx_rfl_op_t *op);
static uint64_t ngx_rfl_clock(void);


static const char  ngx_rfl_auth_command[] = "AUTH";


const ngx_str_t  ngx_rfl_op_statuses[NGX_RFL_OP_STATUSES] = {
    ngx_string("ok"),
    ngx_string("refused"),
    ngx_string("timeout"),
    ngx_string("closed"),
    ngx_string("busy"),
    ngx_string("garbage")
};


const ngx_uint_t  ngx_rfl_buckets[NGX_RFL_BUCKETS] = {
    100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000,
    1000000
};


ngx_rfl_server_t *
ngx_rfl_server_add(ngx_conf_t *cf, ngx_array_t *servers, ngx_str_t *path,
    ngx_str_t *user, ngx_str_t *password_file)
{
    ngx_uint_t          i;
    ngx_rfl_server_t  **sp, *server;

    server = ngx_pcalloc(cf->pool, sizeof(ngx_rfl_server_t));
    if (server == NULL) {
        return NULL;
    }

    server->path = *path;
    server->user = *user;
    server->password_file = *password_file;
    server->stats = &server->local;
    server->fd = (ngx_socket_t) -1;

    ngx_queue_init(&server->ops);

    server->retry.data = server;
    server->retry.handler = ngx_rfl_retry_handler;
    server->retry.cancelable = 1;

    server->watchdog.data = server;
    server->watchdog.handler = ngx_rfl_watchdog_handler;
    server->watchdog.cancelable = 1;

    if (ngx_rfl_server_path(cf, server) != NGX_OK) {
        return NULL;
    }

    if (password_file->len != 0
        && ngx_conf_full_name(cf->cycle, &server->password_file, 1)
           != NGX_OK)
    {
        return NULL;
    }

    sp = servers->elts;

    for (i = 0; i < servers->nelts; i++) {

        if (sp[i]->path.len == server->path.len
            && sp[i]->user.len == server->user.len
            && sp[i]->password_file.len == server->password_file.len
            && ngx_strncmp(sp[i]->path.data, server->path.data,
                           server->path.len) == 0
            && ngx_strncmp(sp[i]->user.data, server->user.data,
                           server->user.len) == 0
            && ngx_strncmp(sp[i]->password_file.data,
                           server->password_file.data,
                           server->password_file.len) == 0)
        {
            return sp[i];
        }
    }

    if (ngx_rfl_server_password(cf, server) != NGX_OK) {
        return NULL;
    }

    sp = ngx_array_push(servers);
    if (sp == NULL) {
        return NULL;
    }

    *sp = server;

    return server;
}


static ngx_int_t
ngx_rfl_server_path(ngx_conf_t *cf, ngx_rfl_server_t *server)
{
    ngx_str_t           *path;
    struct sockaddr_un   sa;

    path = &server->path;

    if (path->len >= 5 && ngx_strncmp(path->data, "unix:", 5) == 0) {
        path->data += 5;
        path->len -= 5;
    }

    if (path->len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the address of a server is empty, "
                           "write \"unix:/run/...\"");
        return NGX_ERROR;
    }

    if (ngx_conf_full_name(cf->cycle, path, 0) != NGX_OK) {
        return NGX_ERROR;
    }

    if (path->len >= sizeof(sa.sun_path)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the path of the socket \"%V\" is too long, "
                           "the limit is %uz bytes",
                           path, sizeof(sa.sun_path) - 1);
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_rfl_server_password(ngx_conf_t *cf, ngx_rfl_server_t *server)
{
    ngx_int_t            rc;
    rfl_err_t            err;
    rfl_str_t            text;
    rfl_pool_t          *pool;
    ngx_pool_cleanup_t  *cln;

    if (server->password_file.len == 0) {

        if (server->user.len != 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "the user \"%V\" has no password file",
                               &server->user);
            return NGX_ERROR;
        }

        return NGX_OK;
    }

    pool = rfl_pool_create(NGX_RFL_PASSWORD_MAX + 1);
    if (pool == NULL) {
        return NGX_ERROR;
    }

    rc = NGX_ERROR;

    if (rfl_file_read(pool, (char *) server->password_file.data,
                      NGX_RFL_PASSWORD_MAX, 1, &text, &err)
        != RFL_OK)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%s", err.text);
        goto done;
    }

    while (text.len != 0 && (text.data[text.len - 1] == LF
                             || text.data[text.len - 1] == CR))
    {
        text.len--;
    }

    if (text.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the password file \"%V\" is empty",
                           &server->password_file);
        goto done;
    }

    cln = ngx_pool_cleanup_add(cf->pool, 0);

    if (cln == NULL || sodium_init() == -1) {
        goto done;
    }

    server->password.data = sodium_malloc(text.len);
    if (server->password.data == NULL) {
        goto done;
    }

    cln->handler = ngx_rfl_server_forget;
    cln->data = server;

    ngx_memcpy(server->password.data, text.data, text.len);
    server->password.len = text.len;

    (void) sodium_mprotect_readonly(server->password.data);

    rc = NGX_OK;

done:

    rfl_pool_destroy(pool);

    return rc;
}


static void
ngx_rfl_server_forget(void *data)
{
    ngx_rfl_server_t *server = data;

    sodium_free(server->password.data);
    rfl_str_null(&server->password);
}


ngx_int_t
ngx_rfl_servers_init(ngx_cycle_t *cycle, ngx_array_t *servers)
{
    ngx_uint_t          i;
    ngx_rfl_server_t  **sp;

    /* cache manager and loader have no visitors */

    if (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE)
    {
        return NGX_OK;
    }

    sp = servers->elts;

    for (i = 0; i < servers->nelts; i++) {
        ngx_rfl_connect(sp[i]);
    }

    return NGX_OK;
}


void
ngx_rfl_servers_exit(ngx_array_t *servers)
{
    ngx_uint_t          i;
    ngx_queue_t        *q;
    ngx_rfl_server_t  **sp, *server;

    sp = servers->elts;

    for (i = 0; i < servers->nelts; i++) {

        server = sp[i];

        ngx_rfl_disconnect(server);

        if (server->retry.timer_set) {
            ngx_del_timer(&server->retry);
        }

        /* after TERM requests may be unfinished: nobody answers them now */

        while (!ngx_queue_empty(&server->ops)) {
            q = ngx_queue_head(&server->ops);
            ngx_queue_remove(q);
            ngx_rfl_op_free(ngx_queue_data(q, ngx_rfl_op_t, queue));
        }

        rfl_buf_free(&server->out);
    }
}


static void
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


static void
ngx_rfl_retry_handler(ngx_event_t *ev)
{
    ngx_rfl_server_t *server = ev->data;

    if (server->connection == NULL) {
        ngx_rfl_connect(server);
    }
}


/* gives back everything that belongs to the connection but its operations */

static void
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


static void
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


ngx_rfl_op_t *
ngx_rfl_send(ngx_rfl_server_t *server, const ngx_rfl_cmd_t *cmd,
    ngx_rfl_op_status_e *status)
{
    ngx_rfl_op_t      *op;
    ngx_connection_t  *c;

    /* a worker that quits has no timer that would reconnect */

    if (server->connection == NULL && !server->retry.timer_set) {
        ngx_rfl_connect(server);
    }

    op = NULL;
    c = server->connection;

    if (c == NULL || server->doomed != NULL) {
        *status = NGX_RFL_OP_CLOSED;

    } else {
        *status = NGX_RFL_OP_BUSY;
        op = ngx_rfl_op_create(server, cmd);
    }

    if (op == NULL) {
        (void) ngx_atomic_fetch_add(&server->stats->ops[*status], 1);
        return NULL;
    }

    server->nops++;

    ngx_queue_insert_tail(&server->ops, &op->queue);
    ngx_add_timer(&op->timer, cmd->timeout);

    if (!server->watchdog.timer_set) {
        ngx_add_timer(&server->watchdog, NGX_RFL_PATIENCE);
    }

    (void) ngx_atomic_fetch_add(&server->stats->in_flight, 1);

    /* all commands of this turn of the event loop leave together */

    if (c->write->ready) {
        ngx_post_event(c->write, &ngx_posted_events);
    }

    return op;
}


static ngx_rfl_op_t *
ngx_rfl_op_create(ngx_rfl_server_t *server, const ngx_rfl_cmd_t *cmd)
{
    ngx_rfl_op_t  *op;

    if (server->nops >= NGX_RFL_OPS_MAX
        || cmd->shape.bulk > NGX_RFL_BULK_MAX
        || cmd->shape.elements > NGX_RFL_ELEMENTS_MAX)
    {
        return NULL;
    }

    op = ngx_calloc(sizeof(ngx_rfl_op_t), ngx_cycle->log);
    if (op == NULL) {
        return NULL;
    }

    if (ngx_rfl_resp_format(&server->out, (unsigned) cmd->argc, cmd->argv,
                            cmd->lens)
        != RFL_OK)
    {
        ngx_free(op);
        return NULL;
    }

    op->data = cmd->data;
    op->server = server;
    op->handler = cmd->handler;
    op->fd = server->fd;
    op->command = cmd->argv[0];
    op->shape = cmd->shape;
    op->start = ngx_rfl_clock();

    op->timer.data = op;
    op->timer.handler = ngx_rfl_op_timeout_handler;
    op->timer.log = ngx_cycle->log;

    return op;
}


void
ngx_rfl_cancel(ngx_rfl_op_t *op)
{
    op->handler = NULL;
    op->data = NULL;

    if (op->timer.timer_set) {
        ngx_del_timer(&op->timer);
    }
}


/* calls the handler of those who still wait; the operation stays */

static void
ngx_rfl_op_answer(ngx_rfl_op_t *op, ngx_rfl_op_status_e status)
{
    uint64_t          us;
    ngx_uint_t        i;
    ngx_rfl_op_pt     handler;
    ngx_rfl_stats_t  *stats;

    handler = op->handler;

    if (handler == NULL) {
        return;
    }

    if (op->timer.timer_set) {
        ngx_del_timer(&op->timer);
    }

    op->handler = NULL;
    op->status = status;

    stats = op->server->stats;

    (void) ngx_atomic_fetch_add(&stats->ops[status], 1);

    if (status == NGX_RFL_OP_OK || status == NGX_RFL_OP_REFUSED) {

        us = ngx_rfl_clock() - op->start;

        for (i = 0; i < NGX_RFL_BUCKETS && us > ngx_rfl_buckets[i]; i++) {
            /* void */
        }

        (void) ngx_atomic_fetch_add(&stats->latency[i], 1);
        (void) ngx_atomic_fetch_add(&stats->latency_sum, us);
    }

    handler(op);

    op->data = NULL;
}


static void
ngx_rfl_op_free(ngx_rfl_op_t *op)
{
    if (op->timer.timer_set) {
        ngx_del_timer(&op->timer);
    }

    (void) ngx_atomic_fetch_add(&op->server->stats->in_flight, -1);

    ngx_free(op);
}


static void
ngx_rfl_op_timeout_handler(ngx_event_t *ev)
{
    ngx_rfl_op_t      *op;
    ngx_rfl_server_t  *server;

    op = ev->data;
    server = op->server;

    server->timeouts++;

    /* it stays in the queue: its reply may come yet, and is dropped then */

    ngx_rfl_op_answer(op, NGX_RFL_OP_TIMEOUT);

    if (server->connection == NULL) {
        return;
    }

    if (server->timeouts >= NGX_RFL_TIMEOUTS_MAX) {
        server->doomed = "it does not answer";
    }

    if (server->doomed != NULL) {
        ngx_rfl_close(server, NGX_RFL_OP_CLOSED, server->doomed);
    }
}


static void
ngx_rfl_watchdog_handler(ngx_event_t *ev)
{
    uint64_t           age;
    ngx_queue_t       *q;
    ngx_rfl_op_t      *op;
    ngx_rfl_server_t  *server;

    server = ev->data;

    if (ngx_queue_empty(&server->ops)) {
        return;
    }

    q = ngx_queue_head(&server->ops);
    op = ngx_queue_data(q, ngx_rfl_op_t, queue);

    age = (ngx_rfl_clock() - op->start) / 1000;

    if (age < NGX_RFL_PATIENCE) {
        ngx_add_timer(ev, NGX_RFL_PATIENCE - (ngx_msec_t) age);
        return;
    }

    ngx_rfl_close(server, NGX_RFL_OP_CLOSED, "it does not answer");
}


static void
ngx_rfl_write_handler(ngx_event_t *wev)
{
    ssize_t            n;
    ngx_connection_t  *c;
    ngx_rfl_server_t  *server;

    c = wev->data;
    server = c->data;

    while (server->sent < server->out.len) {

        n = c->send(c, server->out.data + server->sent,
                    server->out.len - server->sent);

        if (n == NGX_ERROR) {
            ngx_rfl_close(server, NGX_RFL_OP_CLOSED, "cannot send to it");
            return;
        }

        if (n <= 0) {
            break;
        }

        server->sent += (size_t) n;
    }

    if (server->sent == server->out.len) {
        rfl_buf_reset(&server->out);
        server->sent = 0;
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
                  "rfl: \"%V\" refused %s: %s%s%s", &server->path,
                  op->command,
                  fault->prefix.data, fault->prefix.len ? ", " : "",
                  fault->advice);
}


static uint64_t
ngx_rfl_clock(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000 + (uint64_t) ts.tv_nsec / 1000;
}
