
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_inbox.c: a submission on its way into the inbox: it is
 * claimed by its id, so that pressing twice stores once, counted against the
 * quota of its society, sealed, and appended to a list that nobody here can
 * read.  The inbox answers when it is on the disk.
 *
 * Whatever goes wrong, nothing was stored as far as the visitor is told, and
 * sending it again does no harm: the desk knows submissions by their ids.
 */


#include "ngx_http_rfl_form.h"
#include "ngx_http_rfl_once.h"


/* until the other one of two may have stored it, milliseconds */
#define NGX_HTTP_RFL_STORE_PAUSE  20


static ngx_int_t ngx_http_rfl_store_claim(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static void ngx_http_rfl_store_again(ngx_event_t *ev);
static ngx_int_t ngx_http_rfl_store_push(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, const rfl_inbox_key_t *key);
static u_char *ngx_http_rfl_store_seal(ngx_http_rfl_ctx_t *ctx,
    const rfl_inbox_key_t *key);
static void ngx_http_rfl_store_handler(ngx_rfl_op_t *op);
static ngx_http_rfl_out_e ngx_http_rfl_store_result(ngx_rfl_op_t *op);
static ngx_int_t ngx_http_rfl_store_done(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_http_rfl_out_e result);
static void ngx_http_rfl_store_release(ngx_http_rfl_form_t *f,
    ngx_uint_t stored);


ngx_int_t
ngx_http_rfl_store(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_http_rfl_body_pt handler)
{
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    f->handler = handler;
    f->day = rfl_time_day(ngx_time());

    if (rfl_form_id(ctx->pool, ngx_http_rfl_form_key(r), &f->state.s, f->id)
        != RFL_OK)
    {
        return ngx_http_rfl_store_done(r, ctx, NGX_HTTP_RFL_OUT_ERROR);
    }

    return ngx_http_rfl_store_claim(r, ctx);
}


static ngx_int_t
ngx_http_rfl_store_claim(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_http_rfl_form_t      *f;
    const rfl_inbox_key_t    *key;
    ngx_http_rfl_loc_conf_t  *lcf;

    f = ctx->form;
    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    /* twice the deadline: a claim must not end before its operation */

    switch (ngx_http_rfl_once_begin(f->id, 2 * lcf->search.deadline))
    {

    case NGX_OK:
        return ngx_http_rfl_store_done(r, ctx, NGX_HTTP_RFL_OUT_REPEATED);

    case NGX_AGAIN:
        f->timer.handler = ngx_http_rfl_store_again;
        f->timer.data = r->connection;
        f->timer.log = r->connection->log;

        ngx_add_timer(&f->timer, NGX_HTTP_RFL_STORE_PAUSE);

        return NGX_DONE;

    default: /* NGX_DECLINED */
        f->claimed = 1;
    }

    key = rfl_box_key(f->society, f->day);
    if (key == NULL) {
        return ngx_http_rfl_store_done(r, ctx, NGX_HTTP_RFL_OUT_NOKEY);
    }

    if (ngx_http_rfl_quota_take(&f->society->id, lcf->quota) != NGX_OK) {
        return ngx_http_rfl_store_done(r, ctx, NGX_HTTP_RFL_OUT_QUOTA);
    }

    f->counted = 1;

    return ngx_http_rfl_store_push(r, ctx, key);
}


static void
ngx_http_rfl_store_again(ngx_event_t *ev)
{
    ngx_int_t            rc;
    ngx_connection_t    *c;
    ngx_http_request_t  *r;
    ngx_http_rfl_ctx_t  *ctx;

    c = ev->data;
    r = c->data;

    ctx = ngx_http_get_module_ctx(r, ngx_http_rfl_module);

    ngx_http_set_log_request(c->log, r);

    rc = ngx_http_rfl_store_claim(r, ctx);

    if (rc != NGX_DONE) {
        ngx_http_finalize_request(r, rc);
    }

    ngx_http_run_posted_requests(c);
}


static ngx_int_t
ngx_http_rfl_store_push(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    const rfl_inbox_key_t *key)
{
    u_char                    list[RFL_BOX_LIST_SIZE], *box;
    size_t                    lens[3];
    const char               *argv[3];
    ngx_rfl_cmd_t             cmd;
    ngx_http_rfl_form_t      *f;
    ngx_rfl_op_status_e       status;
    ngx_http_rfl_loc_conf_t  *lcf;

    f = ctx->form;
    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    argv[0] = "RPUSH";
    lens[0] = sizeof("RPUSH") - 1;

    argv[1] = (char *) list;
    lens[1] = rfl_box_list(&f->society->id, f->day, list);

    box = ngx_http_rfl_store_seal(ctx, key);
    if (box == NULL) {
        return ngx_http_rfl_store_done(r, ctx, NGX_HTTP_RFL_OUT_ERROR);
    }

    argv[2] = (char *) box;
    lens[2] = RFL_BOX_SIZE;

    ngx_memzero(&cmd, sizeof(ngx_rfl_cmd_t));

    cmd.argc = 3;
    cmd.argv = argv;
    cmd.lens = lens;
    cmd.timeout = lcf->search.deadline;
    cmd.handler = ngx_http_rfl_store_handler;
    cmd.data = ctx;

    f->op = ngx_rfl_send(lcf->inbox, &cmd, &status);

    if (f->op == NULL) {
        return ngx_http_rfl_store_done(r, ctx, NGX_HTTP_RFL_OUT_AWAY);
    }

    /* a visitor who presses twice closes the first request: it goes on */

    r->read_event_handler = ngx_http_block_reading;
    r->connection->log->action = "storing a submission";

    return NGX_DONE;
}


/* in the pool of ctx; NULL: it must not be stored */

static u_char *
ngx_http_rfl_store_seal(ngx_http_rfl_ctx_t *ctx, const rfl_inbox_key_t *key)
{
    u_char               *box;
    rfl_str_t             cbor;
    rfl_submission_t     *s;
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    /* a copy: the hidden field has neither of what follows */

    s = rfl_palloc(ctx->pool, sizeof(rfl_submission_t));
    box = rfl_palloc(ctx->pool, RFL_BOX_SIZE);

    if (s == NULL || box == NULL) {
        return NULL;
    }

    *s = f->state.s;
    s->day = f->day;
    ngx_memcpy(s->id, f->id, RFL_SUBMISSION_ID_SIZE);

    if (rfl_forms[f->form].code) {
        rfl_hide_hash(f->state.code, s->hide);
        s->has_hide = 1;
    }

    if (rfl_submission_encode(ctx->pool, s, RFL_BOX_CBOR_MAX, &cbor) != RFL_OK
        || rfl_box_seal(key->pk, cbor.data, cbor.len, box) != RFL_OK)
    {
        return NULL;
    }

    return box;
}


static void
ngx_http_rfl_store_handler(ngx_rfl_op_t *op)
{
    ngx_int_t            rc;
    ngx_connection_t    *c;
    ngx_http_request_t  *r;
    ngx_http_rfl_ctx_t  *ctx;

    ctx = op->data;
    r = ctx->request;
    c = r->connection;

    ngx_http_set_log_request(c->log, r);

    ctx->form->op = NULL;

    rc = ngx_http_rfl_store_done(r, ctx, ngx_http_rfl_store_result(op));

    if (rc != NGX_DONE) {
        ngx_http_finalize_request(r, rc);
    }

    ngx_http_run_posted_requests(c);
}


static ngx_http_rfl_out_e
ngx_http_rfl_store_result(ngx_rfl_op_t *op)
{
    switch (op->status) {

    case NGX_RFL_OP_OK:
        if (op->reply->type == NGX_RFL_REPLY_INTEGER
            && op->reply->integer > 0)
        {
            return NGX_HTTP_RFL_OUT_STORED;
        }

        return NGX_HTTP_RFL_OUT_AWAY;

    case NGX_RFL_OP_REFUSED:
        return (op->fault->fault == NGX_RFL_FAULT_FULL)
               ? NGX_HTTP_RFL_OUT_FULL : NGX_HTTP_RFL_OUT_AWAY;

    default:
        return NGX_HTTP_RFL_OUT_AWAY;
    }
}


static ngx_int_t
ngx_http_rfl_store_done(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_http_rfl_out_e result)
{
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    f->result = result;

    ngx_http_rfl_store_release(f, result == NGX_HTTP_RFL_OUT_STORED);

    /* the reference is that of what the office has */

    if (result == NGX_HTTP_RFL_OUT_STORED
        || result == NGX_HTTP_RFL_OUT_REPEATED)
    {
        ngx_memcpy(f->state.s.id, f->id, RFL_SUBMISSION_ID_SIZE);
    }

    return f->handler(r, ctx);
}


static void
ngx_http_rfl_store_release(ngx_http_rfl_form_t *f, ngx_uint_t stored)
{
    if (f->claimed) {
        f->claimed = 0;
        ngx_http_rfl_once_end(f->id, stored);
    }

    if (f->counted) {
        f->counted = 0;

        if (!stored) {
            ngx_http_rfl_quota_give(&f->society->id);
        }
    }
}


void
ngx_http_rfl_form_end(ngx_http_rfl_ctx_t *ctx)
{
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    if (f == NULL) {
        return;
    }

    if (f->op) {
        ngx_rfl_cancel(f->op);
        f->op = NULL;
    }

    if (f->timer.timer_set) {
        ngx_del_timer(&f->timer);
    }

    ngx_http_rfl_store_release(f, 0);

    ctx->form = NULL;
}
