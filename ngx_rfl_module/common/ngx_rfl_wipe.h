
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_wipe.h: wiping what nginx and OpenSSL keep of a request in
 * memory of the connection, where nobody else wipes it.
 *
 * Both modules need this and share no object file, so it is all inline.
 */


#ifndef _NGX_RFL_WIPE_H_INCLUDED_
#define _NGX_RFL_WIPE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#if (NGX_HTTP_V2)
#include <ngx_http_v2_module.h>
#endif


/* until the body of a request that was refused has arrived, milliseconds */
#define NGX_RFL_V2_LATE  2000


/*
 * At the end of configuration: OpenSSL shall wipe what it decrypted for this
 * server as soon as nginx has read it.  This is not to be had by
 * ssl_conf_command.
 */

static ngx_inline void
ngx_rfl_wipe_decrypted(ngx_http_conf_ctx_t *ctx)
{
#if (NGX_HTTP_SSL && defined SSL_OP_CLEANSE_PLAINTEXT)

    ngx_http_ssl_srv_conf_t  *sscf;

    sscf = ctx->srv_conf[ngx_http_ssl_module.ctx_index];

    if (sscf->ssl.ctx) {
        (void) SSL_CTX_set_options(sscf->ssl.ctx, SSL_OP_CLEANSE_PLAINTEXT);
    }

#endif
}


/*
 * The buffer in which nginx gathers what OpenSSL shall encrypt.  What lies
 * between pos and last has still to be sent, for somebody else by now.
 */

static ngx_inline void
ngx_rfl_wipe_ssl(ngx_http_request_t *r)
{
#if (NGX_HTTP_SSL)

    ngx_buf_t         *b;
    ngx_connection_t  *c;

    c = r->connection;

#if (NGX_HTTP_V2)
    if (r->stream) {
        c = r->stream->connection->connection;
    }
#endif

    b = c->ssl ? c->ssl->buf : NULL;

    if (b && b->start) {
        ngx_explicit_memzero(b->start, (size_t) (b->pos - b->start));
        ngx_explicit_memzero(b->last, (size_t) (b->end - b->last));
    }

#endif
}


#if (NGX_HTTP_V2)


static ngx_inline void
ngx_rfl_wipe_v2_later(ngx_event_t *ev)
{
    ngx_http_v2_main_conf_t  *h2mcf;

    h2mcf = ngx_http_cycle_get_module_main_conf(ngx_cycle,
                                                ngx_http_v2_module);

    if (h2mcf && h2mcf->recv_buffer) {
        ngx_explicit_memzero(h2mcf->recv_buffer, h2mcf->recv_buffer_size);
    }
}


#endif


/*
 * HTTP/2 reads into one buffer per worker.  It may be in use right now, by
 * the very event that ends this request, but not any more when an event of
 * ours is handled: what is carried over to the next reading is kept
 * elsewhere.  A timer comes behind, for the body of a request that was
 * refused before it arrived.
 */

static ngx_inline void
ngx_rfl_wipe_v2(ngx_http_request_t *r)
{
#if (NGX_HTTP_V2)

    ngx_buf_t    *b;
    ngx_event_t  *ev;

    /* an event's data must look like a connection to the debug log */

    static void        *ident[4];
    static ngx_event_t  events[2];

    if (r->stream == NULL) {
        return;
    }

    b = r->stream->preread;

    if (b) {
        ngx_explicit_memzero(b->start, (size_t) (b->end - b->start));
    }

    for (ev = events; ev < events + 2; ev++) {
        ev->handler = ngx_rfl_wipe_v2_later;
        ev->data = ident;
        ev->log = ngx_cycle->log;
        ev->cancelable = 1;
    }

    ngx_post_event(&events[0], &ngx_posted_events);

    if (!events[1].timer_set && !ngx_exiting) {
        ngx_add_timer(&events[1], NGX_RFL_V2_LATE);
    }

#endif
}


/* when the main request r ends, or its last byte has been sent */

static ngx_inline void
ngx_rfl_wipe_connection(ngx_http_request_t *r)
{
    ngx_rfl_wipe_ssl(r);
    ngx_rfl_wipe_v2(r);
}


#endif /* _NGX_RFL_WIPE_H_INCLUDED_ */
