
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web.h: the moderators' site without a web server: a request goes in,
 * an answer comes out.  ngx_http_rfl_desk_module calls it from a thread,
 * since everything behind it may wait for a socket or a disk; tests call it
 * directly.
 *
 * rfl_web.c          who asks, which page, the answer's frame
 * rfl_web_*.c        the pages and what their buttons do
 */


#ifndef _RFL_WEB_H_INCLUDED_
#define _RFL_WEB_H_INCLUDED_


#include "rfl.h"


#define RFL_WEB_FINGERPRINT_SIZE  32   /* SHA-256 of a certificate's DER */
#define RFL_WEB_BODY_MAX          (128 * 1024)


/* what the configuration gives; paths are absolute */

typedef struct {
    const char       *state;       /* the desk's folder: rflctl.conf, ... */
    const char       *pages;       /* templates, po, stylesheets */
    const char       *theme;       /* NULL: none */
    const char       *po;          /* NULL: none */
    rfl_str_t         prefix;      /* of the location: "/desk" or "" */
    unsigned          idle;        /* seconds until keys are locked again */
} rfl_web_conf_t;

typedef struct rfl_web_s  rfl_web_t;


/*
 * Libraries and tables; before anything else, and before there are threads.
 * May be called again.
 */
int rfl_web_init(rfl_err_t *err) rfl_must_check;

/*
 * Reads templates, catalogs, policy, trust and staff files and checks them
 * whole: at configuration load, for "nginx -t".  Servers need not be up.
 * err->text starts with "file:line: " where there is one.
 */
int rfl_web_create(const rfl_web_conf_t *conf, rfl_web_t **web,
    rfl_err_t *err) rfl_must_check;
/*
 * In the process that answers, before the first answer: memory that was
 * locked does not stay so across fork().
 */
int rfl_web_start(rfl_web_t *web, rfl_err_t *err) rfl_must_check;
/* now and then: forgets keys whose time has run out */
void rfl_web_tick(rfl_web_t *web, int64_t now);
/* locks and wipes all keys */
void rfl_web_destroy(rfl_web_t *web);


typedef struct {
    unsigned          post;        /* else GET or HEAD */
    rfl_str_t         path;        /* decoded, after the prefix: "/en/new" */
    rfl_str_t         query;       /* as it came, without "?" */
    rfl_str_t         body;        /* of a form; wiped by the caller */
    unsigned          identified;  /* TLS took a certificate of theirs */
    u_char            fingerprint[RFL_WEB_FINGERPRINT_SIZE];
    int64_t           now;
} rfl_web_request_t;


typedef struct {
    unsigned          status;      /* HTTP */
    const char       *type;        /* a literal: "text/html; charset=utf-8" */
    char              location[512];   /* of 303; empty otherwise */
    unsigned          cache;       /* a stylesheet: may be kept for ever */
    rfl_buf_t         body;        /* the caller frees it with rfl_buf_free() */
} rfl_web_response_t;


/*
 * Answers.  Always leaves a whole response, an error page if need be.  May
 * be called from several threads: one at a time gets its turn.  Nothing of a
 * request is logged; *notice, if not empty afterwards, is a line for the
 * administrator's log without any personal value.
 */
void rfl_web_answer(rfl_web_t *web, const rfl_web_request_t *request,
    rfl_web_response_t *response, rfl_err_t *notice);


#endif /* _RFL_WEB_H_INCLUDED_ */
