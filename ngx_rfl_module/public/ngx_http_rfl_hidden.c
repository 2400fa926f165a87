
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_hidden.c: takes out of a search what people have hidden by
 * their codes.  Asked before anything is concluded from the results, so that
 * a hidden entry leaves no more trace than one that was never there: one MGET
 * of the labels of all new results that can be hidden, none if there is none.
 */


#include "ngx_http_rfl_search.h"


/* of another size than a code: passed over */
#define NGX_HTTP_RFL_HIDDEN_VALUE  1024


static void ngx_http_rfl_hidden_read(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);


ngx_int_t
ngx_http_rfl_hidden(ngx_http_rfl_search_t *s)
{
    u_char                 *label;
    ngx_uint_t              i, n;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_result_t  *results;

    st = s->state;
    results = st->results;

    for (n = 0, i = 0; i < st->nresults; i++) {
        n += (results[i].hit.entry->has_hide && !results[i].asked);
    }

    if (n == 0) {
        return NGX_OK;
    }

    label = rfl_palloc(s->pool, n * RFL_HIDE_LABEL_SIZE);

    if (label == NULL || ngx_http_rfl_search_args(s, n + 1) != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return NGX_DONE;
    }

    st->argv[0] = "MGET";
    st->lens[0] = sizeof("MGET") - 1;
    st->argc = 1;

    for (i = 0; i < st->nresults; i++) {

        if (!results[i].hit.entry->has_hide || results[i].asked) {
            continue;
        }

        rfl_hide_label(results[i].hit.entry->hide, label);

        st->argv[st->argc] = (const char *) label;
        st->lens[st->argc] = RFL_HIDE_LABEL_SIZE;
        st->argc++;

        label += RFL_HIDE_LABEL_SIZE;
    }

    /* what is too long to be a code hides nothing, whoever wrote it */

    st->drop = NGX_RFL_DROP_MAX;

    ngx_http_rfl_search_send(s, s->conf->index, n, NGX_HTTP_RFL_HIDDEN_VALUE,
                             ngx_http_rfl_hidden_read);

    return NGX_DONE;
}


static void
ngx_http_rfl_hidden_read(ngx_http_rfl_search_t *s, ngx_rfl_op_t *op)
{
    ngx_uint_t              i, n;
    ngx_rfl_reply_t        *value;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_result_t  *results;

    st = s->state;
    results = st->results;

    /* not to know is not to show */

    if (op->status != NGX_RFL_OP_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    value = op->reply->elts;

    for (n = 0, i = 0; i < st->nresults; i++) {

        if (results[i].hit.entry->has_hide && !results[i].asked) {

            results[i].asked = 1;

            if (value->type == NGX_RFL_REPLY_STRING
                && rfl_hide_matches(results[i].hit.entry->hide,
                                    value->text.data, value->text.len)
                   == RFL_OK)
            {
                value++;
                continue;
            }

            value++;
        }

        results[n++] = results[i];
    }

    /* others may have been passed over because of one that is not there */

    if (n != st->nresults) {
        st->nresults = n;
        ngx_http_rfl_records(s);
        return;
    }

    ngx_http_rfl_search_judge(s);
}
