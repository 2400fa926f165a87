
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_form.c: the forms that visitors hand in.  Each has one URL;
 * the body of a POST says by its hidden field where the visitor stands, and
 * nothing of it is kept on this side between two pages:
 *
 *     body -> state -> next step | check page | stored -> sent page
 *
 * What was typed is cleaned and checked by librfl, shown again by
 * ngx_http_rfl_reply.c, and stored by ngx_http_rfl_inbox.c.
 */


#include <sodium.h>

#include "ngx_http_rfl_form.h"
#include "ngx_http_rfl_once.h"


static ngx_int_t ngx_http_rfl_form_body(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_failed(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t status);
static ngx_int_t ngx_http_rfl_form_create(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, rfl_form_e form);
static ngx_int_t ngx_http_rfl_form_token(ngx_http_request_t *r,
    ngx_http_rfl_form_t *f);
static ngx_int_t ngx_http_rfl_form_start(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static void ngx_http_rfl_form_society(ngx_http_request_t *r,
    ngx_http_rfl_form_t *f);
static ngx_int_t ngx_http_rfl_form_go(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_next(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_back(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_lang(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_change(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_check(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_send(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_stored(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_form_take(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, rfl_ask_fault_e *faults);
static ngx_uint_t ngx_http_rfl_form_minor(ngx_http_request_t *r,
    ngx_http_rfl_form_t *f);
static ngx_uint_t ngx_http_rfl_form_code(ngx_http_rfl_form_t *f);
static ngx_uint_t ngx_http_rfl_form_words(const rfl_submission_t *s);
static ngx_int_t ngx_http_rfl_form_hide(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static void ngx_http_rfl_form_hidden(ngx_http_request_t *r, void *data,
    ngx_uint_t hidden);
static ngx_int_t ngx_http_rfl_form_hide_done(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);


/* nginx has no name for it */
#define NGX_HTTP_RFL_GONE        410

/* whose quota codes are counted by: the id of no society */
static const rfl_str_t  ngx_http_rfl_form_codes = rfl_string("hide");

/* by rfl_go_e */

static const ngx_http_rfl_body_pt  ngx_http_rfl_form_goes[] = {
    ngx_http_rfl_form_next,
    ngx_http_rfl_form_back,
    ngx_http_rfl_form_change,
    ngx_http_rfl_form_send,
    ngx_http_rfl_form_lang,
    ngx_http_rfl_form_next        /* a text of what was not sent */
};


ngx_int_t
ngx_http_rfl_form(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_form_e form)
{
    if (ngx_http_rfl_form_create(r, ctx, form) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_body(r, ctx, "application/x-www-form-urlencoded",
                             RFL_FORM_BODY_MAX, ngx_http_rfl_form_body,
                             ngx_http_rfl_form_failed);
}


ngx_int_t
ngx_http_rfl_form_first(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_form_e form)
{
    if (ngx_http_rfl_form_create(r, ctx, form) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_form_start(r, ctx);
}


static ngx_int_t
ngx_http_rfl_form_create(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_form_e form)
{
    ctx->form = rfl_pcalloc(ctx->pool, sizeof(ngx_http_rfl_form_t));
    if (ctx->form == NULL) {
        return NGX_ERROR;
    }

    ctx->form->form = form;
    ctx->out = NGX_HTTP_RFL_OUT_PAGE;

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_form_failed(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t status)
{
    return ngx_http_rfl_error_page(r, ctx, status, NGX_HTTP_RFL_PAGE_BUCKET);
}


static ngx_int_t
ngx_http_rfl_form_body(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    int                   rc;
    rfl_submission_t     *s;
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    rc = rfl_form_body(ctx->pool, ctx->body.data, ctx->body.len, &f->body);

    rfl_buf_free(&ctx->body);

    if (rc == RFL_DECLINED) {
        return ngx_http_rfl_form_failed(r, ctx, NGX_HTTP_BAD_REQUEST);
    }

    if (rc != RFL_OK || ngx_http_rfl_form_token(r, f) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (f->body.state.len == 0) {
        return ngx_http_rfl_form_start(r, ctx);
    }

    rc = rfl_form_open(ctx->pool, ngx_http_rfl_form_key(r), f->form,
                       ngx_time(), &f->body.state, &f->state);

    if (rc == RFL_FORM_OLD || rc == RFL_DECLINED) {
        return ngx_http_rfl_reply_end(r, ctx, RFL_PAGE_LATE,
                                      (rc == RFL_FORM_OLD)
                                      ? NGX_HTTP_RFL_GONE
                                      : NGX_HTTP_BAD_REQUEST);
    }

    if (rc != RFL_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    s = &f->state.s;
    s->lang = ctx->site->langs[ctx->lang];

    if (f->has_about
        && (!s->has_ref
            || ngx_memcmp(s->ref, f->about.ref, RFL_REF_SIZE) != 0))
    {
        f->has_about = 0;
    }

    ngx_http_rfl_form_society(r, f);

    return ngx_http_rfl_form_go(r, ctx);
}


/* the entry that the form is about, if its token opens */

static ngx_int_t
ngx_http_rfl_form_token(ngx_http_request_t *r, ngx_http_rfl_form_t *f)
{
    ngx_http_rfl_ctx_t  *ctx;

    if (!rfl_forms[f->form].entry || f->body.entry.len == 0) {
        return NGX_OK;
    }

    ctx = ngx_http_get_module_ctx(r, ngx_http_rfl_module);

    switch (rfl_entry_token_open(ctx->pool, ngx_http_rfl_form_key(r),
                                 ngx_time(), &f->body.entry, &f->about))
    {

    case RFL_OK:
        f->has_about = 1;
        return NGX_OK;

    case RFL_FORM_OLD:
        f->old = 1;
        return NGX_OK;

    case RFL_DECLINED:
        return NGX_OK;

    default:
        return NGX_ERROR;
    }
}


/* the first page that asks something: from now on the submission has an id */

static ngx_int_t
ngx_http_rfl_form_start(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    rfl_submission_t         *s;
    rfl_form_state_t         *state;
    ngx_http_rfl_form_t      *f;
    ngx_http_rfl_loc_conf_t  *lcf;

    f = ctx->form;
    state = &f->state;
    s = &state->s;
    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    if (rfl_forms[f->form].entry && !f->has_about) {
        return ngx_http_rfl_reply_end(r, ctx, RFL_PAGE_LATE,
                                      f->old ? NGX_HTTP_RFL_GONE
                                             : NGX_HTTP_BAD_REQUEST);
    }

    state->first = ngx_time();

    s->form = f->form;
    s->lang = ctx->site->langs[ctx->lang];
    randombytes_buf(s->id, RFL_SUBMISSION_ID_SIZE);

    if (rfl_forms[f->form].code) {
        randombytes_buf(state->code, RFL_HIDE_CODE_SIZE);
    }

    if (f->has_about) {
        s->society = f->about.society;
        s->has_ref = 1;
        ngx_memcpy(s->ref, f->about.ref, RFL_REF_SIZE);
    }

    ngx_http_rfl_form_society(r, f);

    if (rfl_form_searched(ctx->pool, &f->body, f->form, lcf->search.policy,
                          ngx_time(), s)
        != RFL_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_reply_step(r, ctx, state, NULL);
}


/*
 * The society of an entry receives what is about it, that of the site all
 * else, whatever site a hidden field came from; so it does for a society
 * that is not in the trust file any more.
 */

static void
ngx_http_rfl_form_society(ngx_http_request_t *r, ngx_http_rfl_form_t *f)
{
    ngx_http_rfl_loc_conf_t  *lcf;

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    f->society = rfl_forms[f->form].entry
                 ? rfl_trust_society(lcf->search.trust, &f->state.s.society)
                 : NULL;

    if (f->society == NULL) {
        f->society = lcf->society;
        f->state.s.society = f->society->id;
    }
}


static ngx_int_t
ngx_http_rfl_form_go(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    /* whatever was pressed on the sent page, or on one before it */

    if (f->state.sent) {
        return (f->body.go == RFL_GO_TEXT) ? ngx_http_rfl_reply_text(r, ctx)
                                           : ngx_http_rfl_reply_sent(r, ctx);
    }

    /* a field that nobody sees was filled in: the robot shall be content */

    if (f->body.trapped) {
        ctx->out = NGX_HTTP_RFL_OUT_TRAPPED;
        return ngx_http_rfl_reply_sent(r, ctx);
    }

    return ngx_http_rfl_form_goes[f->body.go](r, ctx);
}


static ngx_int_t
ngx_http_rfl_form_next(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_int_t             nfaults;
    rfl_form_state_t      kept, *state;
    rfl_ask_fault_e       faults[RFL_STEP_FIELDS];
    ngx_http_rfl_form_t  *f;

    f = ctx->form;
    state = &f->state;

    if (state->step >= RFL_STEP_CHECK) {
        return ngx_http_rfl_form_check(r, ctx);
    }

    kept = *state;
    nfaults = ngx_http_rfl_form_take(r, ctx, faults);

    if (nfaults == NGX_ERROR) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (nfaults) {
        ctx->out = NGX_HTTP_RFL_OUT_FAULT;
        return ngx_http_rfl_reply_step(r, ctx, &kept, faults);
    }

    if (ngx_http_rfl_form_minor(r, f)) {
        return ngx_http_rfl_reply_end(r, ctx, RFL_PAGE_MINOR, NGX_HTTP_OK);
    }

    /* who has the code shall not have to press twice */

    if (ngx_http_rfl_form_code(f)) {
        state->step = RFL_STEP_CHECK;
        return ngx_http_rfl_form_hide(r, ctx);
    }

    state->step++;

    if (state->whole || state->step >= rfl_forms[f->form].nsteps) {
        return ngx_http_rfl_form_check(r, ctx);
    }

    return ngx_http_rfl_reply_step(r, ctx, state, NULL);
}


/* what was typed is kept, as far as it can be used */

static ngx_int_t
ngx_http_rfl_form_back(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    rfl_form_state_t     *state;
    rfl_ask_fault_e       faults[RFL_STEP_FIELDS];
    ngx_http_rfl_form_t  *f;

    f = ctx->form;
    state = &f->state;

    if (state->step >= RFL_STEP_CHECK) {
        state->step = rfl_forms[f->form].nsteps - 1;
        return ngx_http_rfl_reply_step(r, ctx, state, NULL);
    }

    if (state->whole) {
        return ngx_http_rfl_form_check(r, ctx);
    }

    if (ngx_http_rfl_form_take(r, ctx, faults) == NGX_ERROR) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rfl_form_drop(&state->s, f->form, state->step, faults);

    if (state->step) {
        state->step--;
    }

    return ngx_http_rfl_reply_step(r, ctx, state, NULL);
}


/* the same page in another language, with all that stands in it */

static ngx_int_t
ngx_http_rfl_form_lang(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    rfl_form_state_t      kept;
    rfl_ask_fault_e       faults[RFL_STEP_FIELDS];
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    if (f->state.step >= RFL_STEP_CHECK) {
        return ngx_http_rfl_form_check(r, ctx);
    }

    kept = f->state;

    if (ngx_http_rfl_form_take(r, ctx, faults) == NGX_ERROR) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_reply_step(r, ctx, &kept, NULL);
}


static ngx_int_t
ngx_http_rfl_form_change(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    if (f->state.step < RFL_STEP_CHECK
        || f->body.step >= rfl_forms[f->form].nsteps)
    {
        return ngx_http_rfl_form_next(r, ctx);
    }

    f->state.step = f->body.step;
    f->state.whole = 1;

    return ngx_http_rfl_reply_step(r, ctx, &f->state, NULL);
}


/* the check page, or the step where something is missing */

static ngx_int_t
ngx_http_rfl_form_check(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    unsigned           step;
    rfl_form_state_t  *state;

    state = &ctx->form->state;

    if (rfl_form_whole(&state->s, &step) != RFL_OK) {
        state->step = step;
        return ngx_http_rfl_reply_step(r, ctx, state, NULL);
    }

    state->step = RFL_STEP_CHECK;
    state->whole = 0;

    return ngx_http_rfl_reply_check(r, ctx, 0);
}


static ngx_int_t
ngx_http_rfl_form_send(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    unsigned              step;
    rfl_form_state_t     *state;
    ngx_http_rfl_form_t  *f;

    f = ctx->form;
    state = &f->state;

    if (state->step < RFL_STEP_CHECK) {
        return ngx_http_rfl_form_next(r, ctx);
    }

    if (ngx_http_rfl_form_minor(r, f)) {
        return ngx_http_rfl_reply_end(r, ctx, RFL_PAGE_MINOR, NGX_HTTP_OK);
    }

    if (rfl_form_whole(&state->s, &step) != RFL_OK) {
        return ngx_http_rfl_form_check(r, ctx);
    }

    if (ngx_http_rfl_form_code(f)) {
        return ngx_http_rfl_form_hide(r, ctx);
    }

    if (ngx_time() - state->first < RFL_FORM_YOUNG) {
        ctx->out = NGX_HTTP_RFL_OUT_EARLY;
        return ngx_http_rfl_reply_check(r, ctx, 1);
    }

    return ngx_http_rfl_store(r, ctx, ngx_http_rfl_form_stored);
}


static ngx_int_t
ngx_http_rfl_form_stored(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ctx->out = ctx->form->result;

    switch (ctx->out) {

    case NGX_HTTP_RFL_OUT_STORED:
    case NGX_HTTP_RFL_OUT_REPEATED:
        return ngx_http_rfl_reply_sent(r, ctx);

    default:
        return ngx_http_rfl_reply_not_sent(r, ctx);
    }
}


/* Takes the answers of the step; the number of faults, or NGX_ERROR. */

static ngx_int_t
ngx_http_rfl_form_take(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_ask_fault_e *faults)
{
    int                       n;
    ngx_http_rfl_form_t      *f;
    ngx_http_rfl_loc_conf_t  *lcf;

    f = ctx->form;
    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    n = rfl_form_step(ctx->pool, &f->body, f->form, f->state.step,
                      lcf->search.policy, ngx_time(), &f->state.s, faults);

    return (n == RFL_ERROR) ? NGX_ERROR : n;
}


/* An office speaks with children; nothing of them is stored here. */

static ngx_uint_t
ngx_http_rfl_form_minor(ngx_http_request_t *r, ngx_http_rfl_form_t *f)
{
    ngx_http_rfl_loc_conf_t  *lcf;

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    return f->form == RFL_FORM_ALIVE
           && rfl_form_minor(&f->state.s, lcf->search.policy, ngx_time());
}


/* Shall something be hidden by its code?  Then it is in f->code. */

static ngx_uint_t
ngx_http_rfl_form_code(ngx_http_rfl_form_t *f)
{
    rfl_str_t         *text;
    rfl_submission_t  *s;

    s = &f->state.s;
    text = &s->values[RFL_ASK_CODE].text;

    return s->form == RFL_FORM_WITHDRAW
           && s->values[RFL_ASK_WISH].choice != RFL_WISH_RENEW
           && text->len
           && rfl_hide_parse(text->data, text->len, f->code) == RFL_OK;
}


/* Is there more in it for the office than the code? */

static ngx_uint_t
ngx_http_rfl_form_words(const rfl_submission_t *s)
{
    ngx_uint_t  i;

    for (i = 0; i < RFL_ASK_N; i++) {
        if (i != RFL_ASK_CODE && s->values[i].text.len) {
            return 1;
        }
    }

    return 0;
}


/* It shall be done, even if the visitor closes the window now. */

static ngx_int_t
ngx_http_rfl_form_hide(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_int_t                 rc;
    ngx_http_rfl_form_t      *f;
    ngx_http_rfl_loc_conf_t  *lcf;

    f = ctx->form;
    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    ctx->out = NGX_HTTP_RFL_OUT_QUOTA;
    rc = NGX_DECLINED;

    if (ngx_http_rfl_quota_take(&ngx_http_rfl_form_codes, lcf->quota)
        == NGX_OK)
    {
        ctx->out = NGX_HTTP_RFL_OUT_AWAY;
        rc = ngx_http_rfl_hide(r, f->code, ngx_http_rfl_form_hidden, ctx);

        if (rc != NGX_AGAIN) {
            ngx_http_rfl_quota_give(&ngx_http_rfl_form_codes);
        }
    }

    ngx_explicit_memzero(f->code, RFL_HIDE_CODE_SIZE);

    if (rc == NGX_AGAIN) {
        r->read_event_handler = ngx_http_block_reading;
        return NGX_DONE;
    }

    return ngx_http_rfl_reply_not_sent(r, ctx);
}


static void
ngx_http_rfl_form_hidden(ngx_http_request_t *r, void *data,
    ngx_uint_t hidden)
{
    ngx_http_rfl_ctx_t *ctx = data;

    ngx_int_t  rc;

    if (!hidden) {
        ngx_http_rfl_quota_give(&ngx_http_rfl_form_codes);
        ctx->out = NGX_HTTP_RFL_OUT_AWAY;
        rc = ngx_http_rfl_reply_not_sent(r, ctx);

    } else if (ngx_http_rfl_form_words(&ctx->form->state.s)) {
        rc = ngx_http_rfl_store(r, ctx, ngx_http_rfl_form_hide_done);

    } else {
        ctx->form->result = NGX_HTTP_RFL_OUT_STORED;
        rc = ngx_http_rfl_form_hide_done(r, ctx);
    }

    if (rc != NGX_DONE) {
        ngx_http_finalize_request(r, rc);
    }
}


/* To hide it once more does no harm, if that is what it takes. */

static ngx_int_t
ngx_http_rfl_form_hide_done(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ctx->out = ctx->form->result;

    switch (ctx->out) {

    case NGX_HTTP_RFL_OUT_STORED:
    case NGX_HTTP_RFL_OUT_REPEATED:
        ctx->out = NGX_HTTP_RFL_OUT_HIDDEN;
        return ngx_http_rfl_reply_end(r, ctx, RFL_PAGE_HIDDEN, NGX_HTTP_OK);

    default:
        return ngx_http_rfl_reply_not_sent(r, ctx);
    }
}
