
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_op.c: operations: sent by a request, in flight in the order of
 * their commands, answered, cancelled or given up.
 *
 * An operation's timer is not cancelable: it holds a worker that is asked to
 * quit until the visitor has an answer.
 */


#include "ngx_rfl_conn_int.h"


/*
 * Back-pressure: past this a command is refused at once.  One that nobody waits
 * for any more counts until its reply has come, since it is in the way of all
 * behind it: the server has it already, and replies keep their order.  Were its
 * place free at once, whoever asks, leaves and asks again could make the queue
 * as long as they like, and others would wait for its end in vain.  As it is,
 * what they leave behind is answered in less than a second; and while a server
 * is silent nobody has an answer from it, until the watchdog below gives the
 * connection up and frees all places.
 */
#define NGX_RFL_OPS_MAX       1024

/* microseconds for which commands are gathered at most, see ngx_rfl_send() */
#define NGX_RFL_TURN          50

/*
 * A connection is given up if an operation waits for so long, even if nobody
 * waits for it any more, or if so many in a row got no answer in time: then an
 * answer may be missing, and all that follow would be taken for others'.
 */
#define NGX_RFL_PATIENCE      5000
#define NGX_RFL_TIMEOUTS_MAX  4


static ngx_rfl_op_t *ngx_rfl_op_create(ngx_rfl_server_t *server,
    const ngx_rfl_cmd_t *cmd);
static void ngx_rfl_op_timeout_handler(ngx_event_t *ev);
static uint64_t ngx_rfl_op_clock(void);


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

    /*
     * All commands of this turn of the event loop leave together, but if it is
     * a long one the server need not stand idle until its end.
     */

    if (c->write->ready) {
        ngx_post_event(c->write, &ngx_posted_events);

        if (op->start - server->first > NGX_RFL_TURN) {
            (void) ngx_rfl_write(server);
        }
    }

    return op;
}


static ngx_rfl_op_t *
ngx_rfl_op_create(ngx_rfl_server_t *server, const ngx_rfl_cmd_t *cmd)
{
    ngx_rfl_op_t  *op;

    if (server->nops >= NGX_RFL_OPS_MAX
        || cmd->shape.bulk > NGX_RFL_BULK_MAX
        || cmd->shape.drop > NGX_RFL_DROP_MAX
        || cmd->shape.elements > NGX_RFL_ELEMENTS_MAX)
    {
        return NULL;
    }

    op = ngx_calloc(sizeof(ngx_rfl_op_t), ngx_cycle->log);
    if (op == NULL) {
        return NULL;
    }

    op->start = ngx_rfl_op_clock();

    if (server->out.len == 0) {
        server->first = op->start;
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


void
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

        us = ngx_rfl_op_clock() - op->start;

        for (i = 0; i < NGX_RFL_BUCKETS && us > ngx_rfl_buckets[i]; i++) {
            /* void */
        }

        (void) ngx_atomic_fetch_add(&stats->latency[i], 1);
        (void) ngx_atomic_fetch_add(&stats->latency_sum, us);
    }

    handler(op);

    op->data = NULL;
}


void
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


void
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

    age = (ngx_rfl_op_clock() - op->start) / 1000;

    if (age < NGX_RFL_PATIENCE) {
        ngx_add_timer(ev, NGX_RFL_PATIENCE - (ngx_msec_t) age);
        return;
    }

    ngx_rfl_close(server, NGX_RFL_OP_CLOSED, "it does not answer");
}


static uint64_t
ngx_rfl_op_clock(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000 + (uint64_t) ts.tv_nsec / 1000;
}
