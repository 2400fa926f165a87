
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_again.c: asks once more, by the name of somebody who was found
 * though it was typed with slips: his namesakes in other scripts and spellings
 * are too far from what was typed to be met, but not from him.  What he lacks
 * they lack as well, so that nobody comes before him.
 *
 * Called when the wide question is answered, by ngx_http_rfl_search.c.
 */


#include "ngx_http_rfl_search.h"


static ngx_http_rfl_result_t *ngx_http_rfl_again_meant(
    ngx_http_rfl_search_t *s);
static ngx_int_t ngx_http_rfl_again_name(ngx_http_rfl_search_t *s,
    const rfl_entry_t *entry);


ngx_int_t
ngx_http_rfl_again(ngx_http_rfl_search_t *s)
{
    ngx_int_t               rc;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_result_t  *meant;

    st = s->state;

    if (st->again) {
        return NGX_DECLINED;
    }

    meant = ngx_http_rfl_again_meant(s);

    if (meant == NULL) {
        return NGX_DECLINED;
    }

    rc = ngx_http_rfl_again_name(s, meant->hit.entry);

    if (rc == NGX_OK) {
        st->again = 1;
        ngx_http_rfl_cand_forget(s);
    }

    return rc;
}


/* only one whose signatures are good leads to others */

static ngx_http_rfl_result_t *
ngx_http_rfl_again_meant(ngx_http_rfl_search_t *s)
{
    unsigned                next;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_result_t  *results;

    st = s->state;
    results = st->results;

    if (st->nresults == 0) {
        return NULL;
    }

    next = (st->nresults < 2) ? 0 : results[1].hit.score;

    return (rfl_name_again((unsigned) st->parts, results[0].hit.score, next,
                           results[0].hit.why)
            && ngx_http_rfl_verdict(s, &results[0]))
           ? &results[0] : NULL;
}


/* the one of the names that was typed is asked for from now on */

static ngx_int_t
ngx_http_rfl_again_name(ngx_http_rfl_search_t *s, const rfl_entry_t *entry)
{
    int                    rc;
    unsigned               i, n, score;
    rfl_str_t              text[RFL_NAMES_MAX];
    rfl_name_t            *names[RFL_NAMES_MAX];
    ngx_http_rfl_state_t  *st;

    st = s->state;

    for (n = 0, i = 0; i < entry->nnames; i++) {

        rc = rfl_name_parse(s->pool, &entry->names[i].full, &names[n]);

        if (rc == RFL_ERROR) {
            return NGX_ERROR;
        }

        if (rc == RFL_OK) {
            text[n++] = entry->names[i].full;
        }
    }

    i = rfl_name_closest(s->pool, st->name, names, n, &score);

    if (score == 0) {
        return NGX_DECLINED;
    }

    rc = rfl_name_parse_typed(s->pool, &text[i], &st->name);

    if (rc != RFL_OK) {
        return (rc == RFL_ERROR) ? NGX_ERROR : NGX_DECLINED;
    }

    st->query.name = text[i];
    st->memo = rfl_name_hint_memo(s->pool);
    st->lack = RFL_SCORE_MAX - score;

    return NGX_OK;
}
