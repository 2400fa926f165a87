
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_hide.c: hides a person's own entry by its code: appends the
 * code to the inbox, where the desk finds it and takes the entry out for
 * good, then sets it in the index, where the next search of any worker finds
 * it.  In this order, so that the desk never meets a code in the index that
 * is not in the inbox as well.
 *
 * Nobody learns here whether an entry goes with the code.  Called by the form
 * that takes an entry down.
 */


#include "ngx_http_rfl.h"


/* of a value in the index; the code has 10 bytes */
#define NGX_HTTP_RFL_HIDE_VALUE  1024


typedef struct ngx_http_rfl_hide_s  ngx_http_rfl_hide_t;

typedef void (*ngx_http_rfl_hide_reply_pt)(ngx_http_rfl_hide_t *h,
    ngx_rfl_op_t *op);

typedef struct {
    const char                 *command;
    ngx_uint_t                  argc;        /* 3: the code as its value */
    ngx_rfl_shape_t             shape;
    ngx_http_rfl_hide_reply_pt  handler;
} ngx_http_rfl_hide_step_t;


/* the first four members are laid out as those of ngx_connection_t */

struct ngx_http_rfl_hide_s {
    ngx_http_request_t              *request;
    ngx_rfl_op_t                    *op;     /* the one in flight */
    const ngx_http_rfl_hide_step_t  *step;   /* what it is */
    ngx_socket_t                     fd;

    ngx_http_rfl_loc_conf_t         *conf;
    ngx_http_rfl_hide_pt             handler;
    void                            *data;

    u_char                           code[RFL_HIDE_CODE_SIZE];
    u_char                           hide[RFL_HIDE_SIZE];
    u_char                           label[RFL_HIDE_LABEL_SIZE];
    unsigned                         stored:1;   /* in the inbox */
};


static void ngx_http_rfl_hide_cleanup(void *data);
static ngx_int_t ngx_http_rfl_hide_store(ngx_http_rfl_hide_t *h);
static void ngx_http_rfl_hide_stored(ngx_http_rfl_hide_t *h,
    ngx_rfl_op_t *op);
static ngx_int_t ngx_http_rfl_hide_set(ngx_http_rfl_hide_t *h);
static void ngx_http_rfl_hide_was_set(ngx_http_rfl_hide_t *h,
    ngx_rfl_op_t *op);
static void ngx_http_rfl_hide_looked(ngx_http_rfl_hide_t *h,
    ngx_rfl_op_t *op);
static ngx_int_t ngx_http_rfl_hide_send(ngx_http_rfl_hide_t *h,
    const ngx_http_rfl_hide_step_t *step, ngx_rfl_server_t *server,
    const u_char *key, size_t len);
static void ngx_http_rfl_hide_handler(ngx_rfl_op_t *op);
static void ngx_http_rfl_hide_done(ngx_http_rfl_hide_t *h,
    ngx_uint_t hidden);


/* lists of codes are named like those of a society */
static rfl_str_t  ngx_http_rfl_hide_list = rfl_string("hide");

static const ngx_http_rfl_hide_step_t  ngx_http_rfl_hide_push = {
    "RPUSH", 3, { 0, 0, 0 }, ngx_http_rfl_hide_stored
};

static const ngx_http_rfl_hide_step_t  ngx_http_rfl_hide_setnx = {
    "SETNX", 3, { 0, 0, 0 }, ngx_http_rfl_hide_was_set
};

static const ngx_http_rfl_hide_step_t  ngx_http_rfl_hide_mget = {
    "MGET", 2, { 1, NGX_HTTP_RFL_HIDE_VALUE, NGX_RFL_DROP_MAX },
    ngx_http_rfl_hide_looked
};


ngx_int_t
ngx_http_rfl_hide(ngx_http_request_t *r,
    const u_char code[RFL_HIDE_CODE_SIZE], ngx_http_rfl_hide_pt handler,
    void *data)
{
    ngx_http_cleanup_t   *cln;
    ngx_http_rfl_hide_t  *h;

    h = ngx_pcalloc(r->pool, sizeof(ngx_http_rfl_hide_t));
    if (h == NULL) {
        return NGX_ERROR;
    }

    cln = ngx_http_cleanup_add(r, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    cln->handler = ngx_http_rfl_hide_cleanup;
    cln->data = h;

    h->request = r;
    h->fd = r->connection->fd;
    h->conf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);
    h->handler = handler;
    h->data = data;

    ngx_memcpy(h->code, code, RFL_HIDE_CODE_SIZE);
    rfl_hide_hash(h->code, h->hide);
    rfl_hide_label(h->hide, h->label);

    /* somebody who leaves in a hurry wants it all the more */

    r->read_event_handler = ngx_http_block_reading;
    r->connection->log->action = "hiding an entry";

    if (ngx_http_rfl_hide_store(h) != NGX_OK
        && ngx_http_rfl_hide_set(h) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_AGAIN;
}


static void
ngx_http_rfl_hide_cleanup(void *data)
{
    ngx_http_rfl_hide_t *h = data;

    if (h->op != NULL) {
        ngx_rfl_cancel(h->op);
    }

    rfl_memzero(h, sizeof(ngx_http_rfl_hide_t));
}


static ngx_int_t
ngx_http_rfl_hide_store(ngx_http_rfl_hide_t *h)
{
    u_char  list[RFL_BOX_LIST_SIZE];
    size_t  len;

    len = rfl_box_list(&ngx_http_rfl_hide_list,
                       rfl_time_day(ngx_time()), list);

    return ngx_http_rfl_hide_send(h, &ngx_http_rfl_hide_push, h->conf->inbox,
                                  list, len);
}


static void
ngx_http_rfl_hide_stored(ngx_http_rfl_hide_t *h, ngx_rfl_op_t *op)
{
    h->stored = (op->status == NGX_RFL_OP_OK
                 && op->reply->type == NGX_RFL_REPLY_INTEGER);

    /* without the desk it does not last, but it helps at once */

    if (ngx_http_rfl_hide_set(h) != NGX_OK) {
        ngx_http_rfl_hide_done(h, 0);
    }
}


static ngx_int_t
ngx_http_rfl_hide_set(ngx_http_rfl_hide_t *h)
{
    return ngx_http_rfl_hide_send(h, &ngx_http_rfl_hide_setnx, h->conf->hide,
                                  h->label, RFL_HIDE_LABEL_SIZE);
}


static void
ngx_http_rfl_hide_was_set(ngx_http_rfl_hide_t *h, ngx_rfl_op_t *op)
{
    if (op->status != NGX_RFL_OP_OK
        || op->reply->type != NGX_RFL_REPLY_INTEGER)
    {
        ngx_http_rfl_hide_done(h, 0);
        return;
    }

    if (op->reply->integer == 1) {
        ngx_http_rfl_hide_done(h, h->stored);
        return;
    }

    /* the same code for the second time, or something that is none */

    if (ngx_http_rfl_hide_send(h, &ngx_http_rfl_hide_mget,
                               h->conf->search.index, h->label,
                               RFL_HIDE_LABEL_SIZE)
        != NGX_OK)
    {
        ngx_http_rfl_hide_done(h, 0);
    }
}


static void
ngx_http_rfl_hide_looked(ngx_http_rfl_hide_t *h, ngx_rfl_op_t *op)
{
    ngx_rfl_reply_t  *value;

    if (op->status != NGX_RFL_OP_OK) {
        ngx_http_rfl_hide_done(h, 0);
        return;
    }

    value = &op->reply->elts[0];

    ngx_http_rfl_hide_done(h, h->stored
                              && value->type == NGX_RFL_REPLY_STRING
                              && rfl_hide_matches(h->hide, value->text.data,
                                                  value->text.len)
                                 == RFL_OK);
}


static ngx_int_t
ngx_http_rfl_hide_send(ngx_http_rfl_hide_t *h,
    const ngx_http_rfl_hide_step_t *step, ngx_rfl_server_t *server,
    const u_char *key, size_t len)
{
    ngx_rfl_cmd_t        cmd;
    ngx_rfl_op_status_e  status;

    const size_t  lens[] = {
        ngx_strlen(step->command), len, RFL_HIDE_CODE_SIZE
    };
    const char  *const  argv[] = {
        step->command, (const char *) key, (const char *) h->code
    };

    if (server == NULL) {
        return NGX_ERROR;
    }

    cmd.argc = step->argc;
    cmd.argv = argv;
    cmd.lens = lens;
    cmd.shape = step->shape;
    cmd.timeout = h->conf->search.timeout;
    cmd.handler = ngx_http_rfl_hide_handler;
    cmd.data = h;

    h->step = step;
    h->op = ngx_rfl_send(server, &cmd, &status);

    return h->op ? NGX_OK : NGX_ERROR;
}


static void
ngx_http_rfl_hide_handler(ngx_rfl_op_t *op)
{
    ngx_connection_t     *c;
    ngx_http_rfl_hide_t  *h;

    h = op->data;
    c = h->request->connection;

    ngx_http_set_log_request(c->log, h->request);

    h->op = NULL;
    h->step->handler(h, op);

    /* the request may be gone */

    ngx_http_run_posted_requests(c);
}


static void
ngx_http_rfl_hide_done(ngx_http_rfl_hide_t *h, ngx_uint_t hidden)
{
    h->handler(h->request, h->data, hidden);
}
