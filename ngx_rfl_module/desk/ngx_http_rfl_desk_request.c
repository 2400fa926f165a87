
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_desk_request.c: a request of the moderators' site: who sends
 * it by the certificate that TLS has checked, its body from one buffer in
 * memory, its answer from a thread.
 *
 * The thread works on copies in memory of its own, so that a connection
 * that goes away takes nothing from under it; everything is wiped when it
 * has ended.
 */


#include "ngx_http_rfl_desk.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>


static void ngx_http_rfl_desk_body(ngx_http_request_t *r);
static ngx_int_t ngx_http_rfl_desk_start(ngx_http_request_t *r);
static ngx_int_t ngx_http_rfl_desk_copy(ngx_http_request_t *r,
    ngx_http_rfl_desk_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_desk_take(ngx_http_request_t *r,
    rfl_pool_t *pool, rfl_str_t *body);
static void ngx_http_rfl_desk_identify(ngx_http_request_t *r,
    rfl_web_request_t *in);
static void ngx_http_rfl_desk_thread(void *data, ngx_log_t *log);
static void ngx_http_rfl_desk_done(ngx_event_t *ev);
static void ngx_http_rfl_desk_free(ngx_http_rfl_desk_ctx_t *ctx);


ngx_int_t
ngx_http_rfl_desk_handler(ngx_http_request_t *r)
{
    ngx_int_t  rc;

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_POST))) {
        return NGX_HTTP_NOT_ALLOWED;
    }

    if (r->method != NGX_HTTP_POST) {

        rc = ngx_http_discard_request_body(r);
        if (rc != NGX_OK) {
            return rc;
        }

        rc = ngx_http_rfl_desk_start(r);

        if (rc == NGX_DONE) {
            r->main->count++;
        }

        return rc;
    }

    if (r->headers_in.content_length_n > RFL_WEB_BODY_MAX) {
        return NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
    }

    /* passphrases and what people sent: into memory, whatever else is set */

    r->request_body_in_single_buf = 1;
    r->request_body_in_file_only = 0;

    rc = ngx_http_read_client_request_body(r, ngx_http_rfl_desk_body);

    return (rc >= NGX_HTTP_SPECIAL_RESPONSE) ? rc : NGX_DONE;
}


static void
ngx_http_rfl_desk_body(ngx_http_request_t *r)
{
    ngx_int_t  rc;

    rc = ngx_http_rfl_desk_start(r);

    if (rc != NGX_DONE) {
        ngx_http_finalize_request(r, rc);
    }
}


/* NGX_DONE: a thread has it, and ngx_http_rfl_desk_done() will end it */

static ngx_int_t
ngx_http_rfl_desk_start(ngx_http_request_t *r)
{
    ngx_int_t                      rc;
    ngx_thread_task_t             *task;
    ngx_http_rfl_desk_ctx_t       *ctx;
    ngx_http_rfl_desk_loc_conf_t  *dlcf;

    dlcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_desk_module);

    task = ngx_thread_task_alloc(r->pool, sizeof(ngx_http_rfl_desk_ctx_t));
    if (task == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* ngx_thread_task_alloc() has zeroed it */

    ctx = task->ctx;
    ctx->request = r;
    ctx->web = dlcf->web;

    rc = ngx_http_rfl_desk_copy(r, ctx);

    if (rc == NGX_OK) {
        task->handler = ngx_http_rfl_desk_thread;
        task->event.handler = ngx_http_rfl_desk_done;
        task->event.data = ctx;

        rc = ngx_thread_task_post(dlcf->pool, task);
    }

    if (rc != NGX_OK) {
        ngx_http_rfl_desk_free(ctx);
        return (rc == NGX_ERROR) ? NGX_HTTP_INTERNAL_SERVER_ERROR : rc;
    }

    /* keeps request and task until the thread has ended, whoever closes */

    r->main->blocked++;
    r->aio = 1;

    return NGX_DONE;
}


static ngx_int_t
ngx_http_rfl_desk_copy(ngx_http_request_t *r, ngx_http_rfl_desk_ctx_t *ctx)
{
    rfl_web_request_t             *in;
    ngx_http_rfl_desk_loc_conf_t  *dlcf;

    dlcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_desk_module);
    in = &ctx->in;

    rfl_buf_init(&ctx->out.body, 0);

    /* the location's name is a prefix of the URI, unless it was rewritten */

    if (r->uri.len < dlcf->prefix.len) {
        return NGX_HTTP_NOT_FOUND;
    }

    ctx->pool = rfl_pool_create(4096);
    if (ctx->pool == NULL) {
        return NGX_ERROR;
    }

    in->post = (r->method == NGX_HTTP_POST);
    in->now = ngx_time();

    in->path.len = r->uri.len - dlcf->prefix.len;
    in->path.data = rfl_pstrdup(ctx->pool, r->uri.data + dlcf->prefix.len,
                                in->path.len);

    in->query.len = r->args.len;
    in->query.data = rfl_pstrdup(ctx->pool, r->args.data, r->args.len);

    if (in->path.data == NULL || in->query.data == NULL) {
        return NGX_ERROR;
    }

    ngx_http_rfl_desk_identify(r, in);

    return in->post ? ngx_http_rfl_desk_take(r, ctx->pool, &in->body)
                    : NGX_OK;
}


/* copies the body and leaves zeros behind */

static ngx_int_t
ngx_http_rfl_desk_take(ngx_http_request_t *r, rfl_pool_t *pool,
    rfl_str_t *body)
{
    size_t        n;
    u_char       *p;
    ngx_chain_t  *cl;

    n = 0;

    if (r->request_body == NULL || r->request_body->temp_file) {
        return NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
    }

    for (cl = r->request_body->bufs; cl; cl = cl->next) {

        if (cl->buf->in_file) {
            return NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
        }

        n += (size_t) (cl->buf->last - cl->buf->pos);
    }

    if (n > RFL_WEB_BODY_MAX) {
        return NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
    }

    p = rfl_palloc(pool, n + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    body->data = p;
    body->len = n;

    for (cl = r->request_body->bufs; cl; cl = cl->next) {
        n = (size_t) (cl->buf->last - cl->buf->pos);
        p = ngx_cpymem(p, cl->buf->pos, n);
        ngx_explicit_memzero(cl->buf->pos, n);
        cl->buf->pos = cl->buf->last;
    }

    return NGX_OK;
}


/*
 * The certificate counts only if TLS asked for it, found it good by its
 * authorities and lists, and the client has proved that it has the key.
 */

static void
ngx_http_rfl_desk_identify(ngx_http_request_t *r, rfl_web_request_t *in)
{
    X509          *cert;
    unsigned int   len;

    if (r->connection->ssl == NULL
        || SSL_get_verify_result(r->connection->ssl->connection)
           != X509_V_OK)
    {
        return;
    }

    cert = SSL_get_peer_certificate(r->connection->ssl->connection);
    if (cert == NULL) {
        return;
    }

    len = 0;

    in->identified =
        (X509_digest(cert, EVP_sha256(), in->fingerprint, &len) == 1
         && len == RFL_WEB_FINGERPRINT_SIZE);

    X509_free(cert);
}


static void
ngx_http_rfl_desk_thread(void *data, ngx_log_t *log)
{
    ngx_http_rfl_desk_ctx_t *ctx = data;

    rfl_web_answer(ctx->web, &ctx->in, &ctx->out, &ctx->notice);
}


static void
ngx_http_rfl_desk_done(ngx_event_t *ev)
{
    ngx_int_t                 rc;
    ngx_connection_t         *c;
    ngx_http_request_t       *r;
    ngx_http_rfl_desk_ctx_t  *ctx;

    ctx = ev->data;
    r = ctx->request;
    c = r->connection;

    ngx_http_set_log_request(c->log, r);

    r->main->blocked--;
    r->aio = 0;

    if (ctx->notice.text[0] != '\0') {

        /* without the context of the connection: an address is a person */

        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0, "rfl_desk: %s",
                      ctx->notice.text);
    }

    /* what was to be done is done, whether somebody waits for it or not */

    rc = c->error ? NGX_ERROR : ngx_http_rfl_desk_send(r, &ctx->out);

    ngx_http_rfl_desk_free(ctx);

    ngx_http_finalize_request(r, rc);

    ngx_http_run_posted_requests(c);
}


static void
ngx_http_rfl_desk_free(ngx_http_rfl_desk_ctx_t *ctx)
{
    rfl_pool_destroy(ctx->pool);
    rfl_buf_free(&ctx->out.body);
    ngx_explicit_memzero(ctx->in.fingerprint, RFL_WEB_FINGERPRINT_SIZE);
}
