
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_form.h: what the files of a form share:
 *
 * ngx_http_rfl_form.c    from a body to a step, the check page, or sending
 * ngx_http_rfl_reply.c   the pages of the forms
 * ngx_http_rfl_inbox.c   a submission is sealed and stored, once
 *
 * All of it is in the pool of the request's context and is wiped with it.
 */


#ifndef _NGX_HTTP_RFL_FORM_H_INCLUDED_
#define _NGX_HTTP_RFL_FORM_H_INCLUDED_


#include "ngx_http_rfl.h"

#include "rfl_form.h"
#include "rfl_box.h"
#include "rfl_pages_form.h"


struct ngx_http_rfl_form_s {
    rfl_form_e                  form;
    rfl_form_body_t             body;
    rfl_form_state_t            state;
    rfl_entry_token_t           about;
    ngx_uint_t                  has_about;   /* 1: the form is about it */
    ngx_uint_t                  old;         /* 1: it was, too long ago */
    const rfl_society_t        *society;     /* that receives it */
    u_char                      code[RFL_HIDE_CODE_SIZE];    /* to hide by */

    /* of ngx_http_rfl_inbox.c */

    u_char                      id[RFL_SUBMISSION_ID_SIZE];  /* of the box */
    int32_t                     day;
    ngx_http_rfl_body_pt        handler;
    ngx_http_rfl_out_e          result;
    ngx_rfl_op_t               *op;
    ngx_event_t                 timer;
    unsigned                    claimed:1;   /* the id is ours to store */
    unsigned                    counted:1;   /* one of the quota is ours */
};


/*
 * ngx_http_rfl_inbox.c.  Seals the submission and stores it, unless it was
 * stored before, and calls handler with the result in ctx->form->result: one
 * of STORED, REPEATED, QUOTA, NOKEY, FULL, AWAY, ERROR of
 * ngx_http_rfl_out_e.  Returns what a content handler may; the request is
 * finalized by what the handler returns.
 */
ngx_int_t ngx_http_rfl_store(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_http_rfl_body_pt handler);


/*
 * ngx_http_rfl_reply.c.  All return what a content handler may.
 */

/* faults: RFL_STEP_FIELDS of them, or NULL; kept: what the hidden field says */
ngx_int_t ngx_http_rfl_reply_step(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, const rfl_form_state_t *kept,
    const rfl_ask_fault_e *faults);
ngx_int_t ngx_http_rfl_reply_check(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t again);
ngx_int_t ngx_http_rfl_reply_sent(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
ngx_int_t ngx_http_rfl_reply_text(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
/* nothing was stored, answers are kept */
ngx_int_t ngx_http_rfl_reply_not_sent(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
/* HIDDEN, MINOR, LATE: nothing of the form is left */
ngx_int_t ngx_http_rfl_reply_end(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, rfl_page_e page, ngx_uint_t status);


#endif /* _NGX_HTTP_RFL_FORM_H_INCLUDED_ */
