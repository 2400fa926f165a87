
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_reply.c: the pages that answer to a form.  Each is filled by
 * librfl, has the sealed answers in its hidden field, and is padded like
 * the answer to a search.
 */


#include "ngx_http_rfl_form.h"


static rfl_tpl_value_t *ngx_http_rfl_reply_values(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, rfl_page_e page, const rfl_form_state_t *kept,
    rfl_str_t *hidden);
static const rfl_entry_token_t *ngx_http_rfl_reply_about(
    ngx_http_rfl_form_t *f, rfl_str_t *entry);
static const u_char *ngx_http_rfl_reply_code(ngx_http_rfl_form_t *f);


static const ngx_str_t  ngx_http_rfl_plain = ngx_string("text/plain");


ngx_int_t
ngx_http_rfl_reply_step(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    const rfl_form_state_t *kept, const rfl_ask_fault_e *faults)
{
    rfl_str_t                 hidden, entry;
    rfl_tpl_value_t          *values;
    ngx_http_rfl_form_t      *f;
    const rfl_entry_token_t  *about;

    f = ctx->form;

    values = ngx_http_rfl_reply_values(r, ctx, RFL_PAGE_STEP, kept, &hidden);
    about = ngx_http_rfl_reply_about(f, &entry);

    if (values == NULL
        || rfl_page_step(ctx->pool, &ctx->site->site, (unsigned) ctx->lang,
                         &f->state.s, f->state.step, faults, &hidden, &entry,
                         about, values)
           != RFL_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_page(r, ctx, RFL_PAGE_STEP, values, NGX_HTTP_OK,
                             NGX_HTTP_RFL_PAGE_BUCKET);
}


ngx_int_t
ngx_http_rfl_reply_check(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t again)
{
    rfl_str_t                 hidden, entry;
    rfl_tpl_value_t          *values;
    ngx_http_rfl_form_t      *f;
    const rfl_entry_token_t  *about;

    f = ctx->form;

    values = ngx_http_rfl_reply_values(r, ctx, RFL_PAGE_CHECK, &f->state,
                                       &hidden);
    about = ngx_http_rfl_reply_about(f, &entry);

    if (values == NULL
        || rfl_page_check(ctx->pool, &ctx->site->site, (unsigned) ctx->lang,
                          &f->state.s, &hidden, &entry, about, values)
           != RFL_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    values[RFL_VS_AGAIN].number = (int64_t) again;

    return ngx_http_rfl_page(r, ctx, RFL_PAGE_CHECK, values, NGX_HTTP_OK,
                             NGX_HTTP_RFL_PAGE_BUCKET);
}


ngx_int_t
ngx_http_rfl_reply_sent(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    rfl_str_t             hidden;
    rfl_tpl_value_t      *values;
    rfl_form_state_t      kept;
    ngx_http_rfl_form_t  *f;

    f = ctx->form;

    /* reference and code are all that this page needs again */

    kept = f->state;
    kept.sent = 1;
    ngx_memzero(kept.s.values, sizeof(kept.s.values));

    values = ngx_http_rfl_reply_values(r, ctx, RFL_PAGE_SENT, &kept, &hidden);

    if (values == NULL
        || rfl_page_sent(ctx->pool, &ctx->site->site, (unsigned) ctx->lang,
                         &f->state.s, ngx_http_rfl_reply_code(f), &hidden,
                         values)
           != RFL_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_page(r, ctx, RFL_PAGE_SENT, values, NGX_HTTP_OK,
                             NGX_HTTP_RFL_PAGE_BUCKET);
}


ngx_int_t
ngx_http_rfl_reply_text(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_http_rfl_form_t  *f;

    static const ngx_str_t  attachment =
        ngx_string("attachment; filename=\"reference.txt\"");

    f = ctx->form;

    if (rfl_page_sent_text(ctx->pool, &ctx->site->site, (unsigned) ctx->lang,
                           &f->state.s, ngx_http_rfl_reply_code(f),
                           &ctx->answer)
        != RFL_OK
        || ngx_http_rfl_header(r, "Content-Disposition", &attachment)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_send(r, ctx, NGX_HTTP_OK, &ngx_http_rfl_plain, 0, 0);
}


/* "Try again" sends what the check page had. */

ngx_int_t
ngx_http_rfl_reply_not_sent(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    rfl_str_t                 hidden, entry;
    ngx_int_t                 retry;
    ngx_uint_t                status;
    rfl_tpl_value_t          *values;
    ngx_http_rfl_form_t      *f;
    const rfl_entry_token_t  *about;

    f = ctx->form;

    status = (ctx->out == NGX_HTTP_RFL_OUT_QUOTA)
             ? NGX_HTTP_TOO_MANY_REQUESTS : NGX_HTTP_SERVICE_UNAVAILABLE;

    values = ngx_http_rfl_reply_values(r, ctx, RFL_PAGE_NOT_SENT, &f->state,
                                       &hidden);
    about = ngx_http_rfl_reply_about(f, &entry);

    retry = ngx_http_rfl_retry(r, status);

    if (values == NULL || retry == NGX_ERROR
        || rfl_page_of_form(ctx->pool, &ctx->site->site,
                            (unsigned) ctx->lang, f->form, &hidden, &entry,
                            about, values)
           != RFL_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    values[RFL_V_RETRY].number = retry / 60;

    return ngx_http_rfl_page(r, ctx, RFL_PAGE_NOT_SENT, values, status,
                             NGX_HTTP_RFL_PAGE_BUCKET);
}


ngx_int_t
ngx_http_rfl_reply_end(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_page_e page, ngx_uint_t status)
{
    rfl_tpl_value_t  *values;

    static const rfl_str_t  none = rfl_string("");

    if (page == RFL_PAGE_LATE) {
        ctx->out = NGX_HTTP_RFL_OUT_LATE;
    }

    values = ngx_http_rfl_page_values(ctx, page, NULL);

    if (values == NULL
        || rfl_page_of_form(ctx->pool, &ctx->site->site,
                            (unsigned) ctx->lang, ctx->form->form, &none,
                            &none, NULL, values)
           != RFL_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_page(r, ctx, page, values, status,
                             NGX_HTTP_RFL_PAGE_BUCKET);
}


/* the page's values, and kept as its hidden field */

static rfl_tpl_value_t *
ngx_http_rfl_reply_values(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    rfl_page_e page, const rfl_form_state_t *kept, rfl_str_t *hidden)
{
    rfl_buf_t         text;
    rfl_form_state_t  state;

    state = *kept;
    state.step = ctx->form->state.step;
    state.given = ngx_time();

    rfl_buf_init(&text, 0);

    if (rfl_form_seal(ctx->pool, ngx_http_rfl_form_key(r), &state, &text)
        != RFL_OK
        || text.failed)
    {
        rfl_buf_free(&text);
        return NULL;
    }

    /* the page needs it until it is rendered */

    hidden->len = text.len;
    hidden->data = rfl_pstrdup(ctx->pool, text.data, text.len);

    rfl_buf_free(&text);

    return hidden->data ? ngx_http_rfl_page_values(ctx, page, NULL) : NULL;
}


static const rfl_entry_token_t *
ngx_http_rfl_reply_about(ngx_http_rfl_form_t *f, rfl_str_t *entry)
{
    if (!f->has_about) {
        rfl_str_null(entry);
        return NULL;
    }

    *entry = f->body.entry;

    return &f->about;
}


static const u_char *
ngx_http_rfl_reply_code(ngx_http_rfl_form_t *f)
{
    return rfl_forms[f->form].code ? f->state.code : NULL;
}
