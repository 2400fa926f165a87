
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_match.c: judges what a search reads: opens elements and
 * records, drops what may not be shown and scores the rest.  What does not
 * open, does not decode or may not be shown is passed over without a trace
 * but a counter.
 *
 * Owns scratch memory, per worker.
 */


#include "ngx_http_rfl_search.h"


#define NGX_HTTP_RFL_SCRATCH      (64 * 1024)


static ngx_int_t ngx_http_rfl_match_plain(ngx_http_rfl_search_t *s,
    ngx_http_rfl_cand_t *cand, const ngx_rfl_reply_t *blocks,
    rfl_str_t *record);
static ngx_uint_t ngx_http_rfl_match_allowed(ngx_http_rfl_search_t *s,
    ngx_http_rfl_cand_t *cand, const rfl_entry_t *entry);
static ngx_int_t ngx_http_rfl_match_score(ngx_http_rfl_search_t *s,
    ngx_http_rfl_cand_t *cand, const rfl_entry_t *entry,
    unsigned *score, unsigned *why);
static ngx_int_t ngx_http_rfl_match_keep(ngx_http_rfl_search_t *s,
    const ngx_http_rfl_cand_t *cand, const rfl_str_t *record, unsigned why);
static ngx_uint_t ngx_http_rfl_match_better(const ngx_http_rfl_result_t *a,
    const ngx_http_rfl_result_t *b);


static rfl_pool_t              *ngx_http_rfl_scratch;


ngx_int_t
ngx_http_rfl_search_init(ngx_cycle_t *cycle, ngx_uint_t verdicts)
{
    ngx_http_rfl_search_exit();

    ngx_http_rfl_scratch = rfl_pool_create(NGX_HTTP_RFL_SCRATCH);
    if (ngx_http_rfl_scratch == NULL) {
        return NGX_ERROR;
    }

    return ngx_http_rfl_verdict_init(cycle, verdicts);
}


void
ngx_http_rfl_search_exit(void)
{
    rfl_pool_destroy(ngx_http_rfl_scratch);
    ngx_http_rfl_scratch = NULL;

    ngx_http_rfl_verdict_exit();
}


ngx_int_t
ngx_http_rfl_match_open(ngx_http_rfl_search_t *s,
    const ngx_http_rfl_slot_t *slot, const ngx_rfl_reply_t *reply,
    rfl_element_t *element)
{
    ngx_atomic_t          *counter;
    ngx_http_rfl_state_t  *st;

    if (reply->type == NGX_RFL_REPLY_NIL) {
        return NGX_DECLINED;
    }

    st = s->state;

    if (reply->type == NGX_RFL_REPLY_STRING
        && rfl_element_open(slot->list->t, st->answer.epoch,
                            (unsigned) slot->number, reply->text.data,
                            reply->text.len, element)
           == RFL_OK)
    {
        counter = &ngx_http_rfl_search_stats->elements;
        (void) ngx_atomic_fetch_add(counter, 1);

        return NGX_OK;
    }

    counter = &ngx_http_rfl_search_stats->broken;
    (void) ngx_atomic_fetch_add(counter, 1);

    return NGX_DECLINED;
}


ngx_int_t
ngx_http_rfl_match_record(ngx_http_rfl_search_t *s,
    ngx_http_rfl_cand_t *cand, const ngx_rfl_reply_t *blocks)
{
    int           drc;
    unsigned      score, why;
    ngx_int_t     rc;
    rfl_str_t     record;
    rfl_entry_t  *entry;

    cand->read = 1;

    rc = ngx_http_rfl_match_plain(s, cand, blocks, &record);

    if (rc == NGX_OK) {

        rc = NGX_ERROR;

        entry = rfl_palloc(ngx_http_rfl_scratch, sizeof(rfl_entry_t));

        if (entry != NULL) {
            drc = rfl_record_decode(ngx_http_rfl_scratch, record.data,
                                    record.len, entry);

            if (drc == RFL_OK) {
                rc = ngx_http_rfl_match_score(s, cand, entry, &score, &why);

            } else if (drc == RFL_DECLINED) {
                (void) ngx_atomic_fetch_add(
                                     &ngx_http_rfl_search_stats->broken, 1);
                rc = NGX_DECLINED;
            }
        }
    }

    if (rc == NGX_OK) {
        cand->score = score;

        rc = ngx_http_rfl_match_keep(s, cand, &record, why);
    }

    rfl_pool_reset(ngx_http_rfl_scratch);

    return (rc == NGX_DECLINED) ? NGX_OK : rc;
}


static ngx_int_t
ngx_http_rfl_match_plain(ngx_http_rfl_search_t *s, ngx_http_rfl_cand_t *cand,
    const ngx_rfl_reply_t *blocks, rfl_str_t *record)
{
    ngx_uint_t              i;
    const u_char           *data[RFL_BLOCKS_MAX];
    ngx_http_rfl_state_t   *st;

    st = s->state;

    for (i = 0; i < cand->element.blocks; i++) {

        /* withdrawn since its element was read */

        if (blocks[i].type == NGX_RFL_REPLY_NIL) {
            return NGX_DECLINED;
        }

        if (blocks[i].type != NGX_RFL_REPLY_STRING
            || blocks[i].text.len != RFL_BLOCK_SIZE)
        {
            goto broken;
        }

        data[i] = blocks[i].text.data;
    }

    record->data = rfl_palloc(ngx_http_rfl_scratch,
                              cand->element.blocks * RFL_BLOCK_PLAIN);
    if (record->data == NULL) {
        return NGX_ERROR;
    }

    if (rfl_record_open(&cand->element, st->answer.epoch, data, record->data,
                        &record->len)
        != RFL_OK)
    {
        goto broken;
    }

    (void) ngx_atomic_fetch_add(&ngx_http_rfl_search_stats->records, 1);

    return NGX_OK;

broken:

    (void) ngx_atomic_fetch_add(&ngx_http_rfl_search_stats->broken, 1);

    return NGX_DECLINED;
}


static ngx_int_t
ngx_http_rfl_match_score(ngx_http_rfl_search_t *s,
    ngx_http_rfl_cand_t *cand, const rfl_entry_t *entry,
    unsigned *score, unsigned *why)
{
    int                    rc;
    unsigned               i, n;
    rfl_name_t            *names[RFL_NAMES_MAX];
    ngx_http_rfl_state_t  *st;

    if (!ngx_http_rfl_match_allowed(s, cand, entry)) {
        return NGX_DECLINED;
    }

    st = s->state;
    n = 0;

    for (i = 0; i < entry->nnames; i++) {

        rc = rfl_name_parse_memo(ngx_http_rfl_scratch, &entry->names[i].full,
                                 st->names, &names[n]);

        if (rc == RFL_ERROR) {
            return NGX_ERROR;
        }

        if (rc == RFL_OK) {
            n++;
        }
    }

    if (n == 0) {
        return NGX_DECLINED;
    }

    *why = 0;
    *score = rfl_name_score(ngx_http_rfl_scratch, st->name,
                            &s->query->facts, names, n,
                            rfl_name_hint_year(cand->element.hint), why);

    *score = rfl_name_score_country(*score, (unsigned) st->parts,
                                    &s->query->facts.country, &entry->origin);

    *score -= ngx_min(*score, st->lack);

    if (st->again) {
        *why |= RFL_WHY_SPELLING;
    }

    /* a reader takes it for the whole name, not for one part of it */

    if (*why & ~(unsigned) (RFL_WHY_SAME|RFL_WHY_ORDER|RFL_WHY_YEAR_NEAR)) {
        *why &= ~(unsigned) RFL_WHY_SAME;
    }

    return (*score < RFL_SCORE_CUT) ? NGX_DECLINED : NGX_OK;
}


/* all rules but the arithmetic of signatures, which costs most */

static ngx_uint_t
ngx_http_rfl_match_allowed(ngx_http_rfl_search_t *s,
    ngx_http_rfl_cand_t *cand, const rfl_entry_t *entry)
{
    rfl_query_t           *query;
    const rfl_event_t     *event;
    ngx_http_rfl_state_t  *st;

    st = s->state;
    query = s->query;

    if (query->kind != RFL_KIND_ANY && entry->kind != query->kind) {
        return 0;
    }

    if (query->event.len != 0 && !rfl_str_eq(&query->event, &entry->event)) {
        return 0;
    }

    event = rfl_policy_event(s->conf->policy, &entry->event);

    if (event == NULL || event->gate == RFL_GATE_CLOSED) {
        return 0;
    }

    if (event->gate == RFL_GATE_FACT && !cand->proved) {
        cand->gated = 1;
        st->gated = 1;
        return 0;
    }

    return rfl_entry_verify(entry, s->conf->policy, s->conf->trust,
                            ngx_time(), 0, NULL)
           == RFL_OK;
}


/* results are in order; when there are too many, the last one goes */

static ngx_int_t
ngx_http_rfl_match_keep(ngx_http_rfl_search_t *s,
    const ngx_http_rfl_cand_t *cand, const rfl_str_t *record, unsigned why)
{
    ngx_uint_t              i;
    rfl_entry_t            *entry;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_result_t   result, *results;

    st = s->state;
    results = st->results;

    if (st->nresults == NGX_HTTP_RFL_RESULTS
        && cand->score < results[st->nresults - 1].hit.score)
    {
        return NGX_OK;
    }

    entry = rfl_palloc(s->pool, sizeof(rfl_entry_t));

    result.record.len = record->len;
    result.record.data = rfl_pstrdup(s->pool, record->data, record->len);

    if (entry == NULL || result.record.data == NULL) {
        return NGX_ERROR;
    }

    /* again, from memory that stays */

    if (rfl_record_decode(s->pool, result.record.data, record->len, entry)
        != RFL_OK)
    {
        return NGX_ERROR;
    }

    result.hit.entry = entry;
    result.hit.score = cand->score;
    result.hit.why = why;
    result.verified = 0;
    result.asked = 0;
    ngx_memcpy(result.key, cand->element.key, RFL_RECORD_KEY_SIZE);

    i = st->nresults;

    if (i == NGX_HTTP_RFL_RESULTS) {
        i--;

        if (!ngx_http_rfl_match_better(&result, &results[i])) {
            return NGX_OK;
        }

    } else {
        st->nresults++;
    }

    while (i > 0 && ngx_http_rfl_match_better(&result, &results[i - 1])) {
        results[i] = results[i - 1];
        i--;
    }

    results[i] = result;

    return NGX_OK;
}


/* the reference decides in the end, so that equal searches look equal */

static ngx_uint_t
ngx_http_rfl_match_better(const ngx_http_rfl_result_t *a,
    const ngx_http_rfl_result_t *b)
{
    if (a->hit.score != b->hit.score) {
        return a->hit.score > b->hit.score;
    }

    if (a->hit.entry->confirmed_on != b->hit.entry->confirmed_on) {
        return a->hit.entry->confirmed_on > b->hit.entry->confirmed_on;
    }

    return ngx_memcmp(a->hit.entry->ref, b->hit.entry->ref, RFL_REF_SIZE) < 0;
}


ngx_uint_t
ngx_http_rfl_match_reached(ngx_http_rfl_search_t *s, unsigned score)
{
    ngx_uint_t             i;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    for (i = 0; i < st->nresults; i++) {

        if (st->results[i].hit.score < score) {
            break;
        }

        if (ngx_http_rfl_verdict(s, &st->results[i])) {
            return 1;
        }
    }

    return 0;
}


void
ngx_http_rfl_match_hits(ngx_http_rfl_search_t *s)
{
    unsigned                need;
    ngx_uint_t              i, max;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_result_t  *result;

    st = s->state;

    max = ngx_min(s->conf->max_results, NGX_HTTP_RFL_HITS_MAX);

    s->nhits = 0;

    for (i = 0; i < st->nresults && s->nhits < max; i++) {

        result = &st->results[i];
        need = rfl_name_need((unsigned) st->parts, (unsigned) s->nhits,
                             ngx_http_rfl_cand_weight(s, result));

        if (result->hit.score >= need && ngx_http_rfl_verdict(s, result)) {
            s->hits[s->nhits++] = result->hit;
        }
    }
}
