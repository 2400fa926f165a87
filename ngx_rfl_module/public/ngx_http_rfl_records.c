
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_records.c: reads records of candidates, best first, as long as
 * their hints promise somebody who would be shown.
 */


#include "ngx_http_rfl_search.h"


static ngx_uint_t ngx_http_rfl_records_least(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_records_read(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);


void
ngx_http_rfl_records(ngx_http_rfl_search_t *s)
{
    u_char                *id;
    ngx_uint_t             i, j, n, least, blocks;
    rfl_element_t         *element;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    least = ngx_http_rfl_records_least(s);

    for (n = 0; n < NGX_HTTP_RFL_RECORDS; n++) {

        if (st->next + n == st->norder
            || st->order[st->next + n]->match < least)
        {
            break;
        }
    }

    if (n != 0 && st->batches == NGX_HTTP_RFL_BATCHES) {
        st->over |= RFL_OVER_READ;
        n = 0;
    }

    if (n == 0) {

        if (ngx_http_rfl_read_rest(s) == NGX_OK) {
            ngx_http_rfl_search_judge(s);
        }

        return;
    }

    blocks = 0;

    for (i = 0; i < n; i++) {
        blocks += st->order[st->next + i]->element.blocks;
    }

    id = rfl_palloc(s->pool, blocks * RFL_LABEL_SIZE);

    if (id == NULL || ngx_http_rfl_read_args(s, blocks) != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    for (i = 0; i < n; i++) {
        element = &st->order[st->next + i]->element;

        for (j = 0; j < element->blocks; j++) {
            rfl_record_block_id(element->key, (unsigned) j, id);
            ngx_http_rfl_read_arg(s, id);
            id += RFL_LABEL_SIZE;
        }
    }

    st->batch = n;
    st->batches++;

    ngx_http_rfl_search_send(s, s->conf->index, blocks,
                             NGX_HTTP_RFL_VALUE_MAX,
                             ngx_http_rfl_records_read);
}


/* the hint that a candidate has to have */

static ngx_uint_t
ngx_http_rfl_records_least(ngx_http_rfl_search_t *s)
{
    unsigned               bar, scores[NGX_HTTP_RFL_HITS_MAX];
    ngx_uint_t             n, least;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (ngx_http_rfl_match_reached(s, RFL_SCORE_STRONG)) {

        for (n = 0; n < st->nresults && n < s->conf->max_results; n++) {
            scores[n] = st->results[n].hit.score;
        }

        bar = rfl_name_bar((unsigned) st->parts, scores, (unsigned) n,
                           (unsigned) s->conf->max_results);

        least = rfl_name_hint_least(bar + st->lack);

        return ngx_max(least, NGX_HTTP_RFL_HINT_STRONG);
    }

    if (st->batches == 0 && st->norder != 0
        && st->order[0]->match >= NGX_HTTP_RFL_HINT_HOPE)
    {
        return NGX_HTTP_RFL_HINT_STRONG;
    }

    return (st->ask == RFL_ASK_FINE) ? NGX_HTTP_RFL_HINT_FINE
                                     : NGX_HTTP_RFL_HINT_WIDE;
}


static void
ngx_http_rfl_records_read(ngx_http_rfl_search_t *s, ngx_rfl_op_t *op)
{
    ngx_uint_t             i;
    ngx_rfl_reply_t       *reply;
    ngx_http_rfl_cand_t   *cand;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (op->status != NGX_RFL_OP_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    reply = op->reply->elts;

    for (i = 0; i < st->batch; i++) {
        cand = st->order[st->next++];

        if (ngx_http_rfl_match_record(s, cand, reply) != NGX_OK) {
            ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
            return;
        }

        reply += cand->element.blocks;
    }

    ngx_http_rfl_records(s);
}
