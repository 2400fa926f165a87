
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_cand.c: the candidates of a search: whom the elements lead to,
 * each of them once, judged by the hint; in what order their records are worth
 * reading, and in which list their namesakes are.
 */


#include "ngx_http_rfl_search.h"


#define NGX_HTTP_RFL_CANDS        64

/* a year of birth this near to the one in the hint proves that it is known */
#define NGX_HTTP_RFL_YEARS        2


static ngx_int_t ngx_http_rfl_cand_grow(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_cand_index(ngx_http_rfl_state_t *st);
static uint32_t *ngx_http_rfl_cand_place(ngx_http_rfl_state_t *st,
    const u_char *key);
static ngx_uint_t ngx_http_rfl_cand_proof(ngx_http_rfl_search_t *s,
    ngx_uint_t class, const rfl_element_t *element);
static int ngx_libc_cdecl ngx_http_rfl_cand_cmp(const void *one,
    const void *two);


ngx_int_t
ngx_http_rfl_cand_add(ngx_http_rfl_search_t *s,
    const ngx_http_rfl_list_t *list, const rfl_element_t *element)
{
    unsigned               match;
    uint32_t              *place;
    ngx_http_rfl_cand_t   *cand;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (st->ncands == st->candmax && ngx_http_rfl_cand_grow(s) != NGX_OK) {
        return NGX_ERROR;
    }

    place = ngx_http_rfl_cand_place(st, element->key);

    if (*place != 0) {
        cand = &st->cands[*place - 1];

        if (cand->lists < 255) {
            cand->lists++;
        }

        if (list->count < cand->count) {
            cand->count = list->count;
            cand->t = list->t;
        }

        cand->weight = ngx_min(cand->weight, list->weight);

        if (!cand->proved
            && ngx_http_rfl_cand_proof(s, list->class, element))
        {
            cand->proved = 1;

            /* what was held back may be shown now */

            if (cand->gated) {
                cand->gated = 0;
                cand->read = 0;
            }
        }

        return NGX_OK;
    }

    /* those that are ruled out are kept, not to be judged again */

    match = rfl_name_hint_match(st->name, &s->query->facts,
                                (int) s->query->kind, element->hint,
                                st->memo);

    cand = &st->cands[st->ncands++];

    cand->element = *element;
    cand->match = (u_char) ngx_min(match, 255);
    cand->lists = 1;
    cand->count = list->count;
    cand->t = list->t;
    cand->weight = list->weight;
    cand->score = 0;
    cand->proved = (ngx_http_rfl_cand_proof(s, list->class, element) != 0);
    cand->gated = 0;
    cand->read = 0;

    *place = (uint32_t) st->ncands;

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_cand_grow(ngx_http_rfl_search_t *s)
{
    size_t                 size;
    ngx_http_rfl_cand_t   *cands;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    st->candmax = (st->candmax == 0) ? NGX_HTTP_RFL_CANDS : st->candmax * 2;

    cands = rfl_palloc(s->pool, st->candmax * sizeof(ngx_http_rfl_cand_t));
    st->index = rfl_palloc(s->pool, 2 * st->candmax * sizeof(uint32_t));

    if (cands == NULL || st->index == NULL) {
        return NGX_ERROR;
    }

    if (st->ncands != 0) {
        size = st->ncands * sizeof(ngx_http_rfl_cand_t);

        ngx_memcpy(cands, st->cands, size);
        rfl_memzero(st->cands, size);
    }

    st->cands = cands;

    ngx_http_rfl_cand_index(st);

    return NGX_OK;
}


static void
ngx_http_rfl_cand_index(ngx_http_rfl_state_t *st)
{
    ngx_uint_t  i;

    ngx_memzero(st->index, 2 * st->candmax * sizeof(uint32_t));

    for (i = 0; i < st->ncands; i++) {
        *ngx_http_rfl_cand_place(st, st->cands[i].element.key) =
                                                           (uint32_t) i + 1;
    }
}


/* keys are random: the first bytes are as good as a hash of all */

static uint32_t *
ngx_http_rfl_cand_place(ngx_http_rfl_state_t *st, const u_char *key)
{
    uint32_t    hash;
    ngx_uint_t  i, mask;

    ngx_memcpy(&hash, key, sizeof(uint32_t));

    mask = 2 * st->candmax - 1;

    for (i = hash & mask; st->index[i] != 0; i = (i + 1) & mask) {

        if (ngx_memcmp(st->cands[st->index[i] - 1].element.key, key,
                       RFL_RECORD_KEY_SIZE)
            == 0)
        {
            break;
        }
    }

    return &st->index[i];
}


size_t
ngx_http_rfl_cand_weight(ngx_http_rfl_search_t *s,
    const ngx_http_rfl_result_t *result)
{
    uint32_t              *place;
    ngx_http_rfl_state_t  *st;

    st = s->state;
    place = ngx_http_rfl_cand_place(st, result->key);

    return (*place == 0) ? NGX_MAX_SIZE_T_VALUE : st->cands[*place - 1].weight;
}


/*
 * Who has the same name as the best is in all of his lists, but perhaps further
 * on.  Those of a question before are not among those that are read now.
 */

const u_char *
ngx_http_rfl_cand_shortest(ngx_http_rfl_search_t *s)
{
    unsigned                best;
    uint32_t               *place;
    ngx_uint_t              i, shortest;
    const u_char           *t;
    ngx_http_rfl_cand_t    *cand;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_result_t  *result;

    st = s->state;
    t = NULL;
    best = RFL_SCORE_STRONG;
    shortest = NGX_MAX_SIZE_T_VALUE;

    for (i = 0; i < st->nresults; i++) {
        result = &st->results[i];

        if (result->hit.score < best) {
            break;
        }

        place = ngx_http_rfl_cand_place(st, result->key);

        if (*place == 0 || (t == NULL && !ngx_http_rfl_verdict(s, result))) {
            continue;
        }

        cand = &st->cands[*place - 1];
        best = result->hit.score;

        if (cand->count < shortest) {
            shortest = cand->count;
            t = cand->t;
        }
    }

    return t;
}


/* 1 if the way to this element needed a second fact that fits it */

static ngx_uint_t
ngx_http_rfl_cand_proof(ngx_http_rfl_search_t *s, ngx_uint_t class,
    const rfl_element_t *element)
{
    int  year, asked;

    if (class == RFL_KEY_FACT) {
        return 1;
    }

    year = rfl_name_hint_year(element->hint);
    asked = s->query->facts.birth_year;

    return year != 0 && asked != 0
           && year - asked <= NGX_HTTP_RFL_YEARS
           && asked - year <= NGX_HTTP_RFL_YEARS;
}


ngx_uint_t
ngx_http_rfl_cand_hope(ngx_http_rfl_search_t *s, unsigned score)
{
    ngx_uint_t             i, least;
    ngx_http_rfl_state_t  *st;

    st = s->state;
    least = rfl_name_hint_least(score);

    for (i = 0; i < st->ncands; i++) {
        if (!st->cands[i].read && st->cands[i].match >= least) {
            return 1;
        }
    }

    return 0;
}


void
ngx_http_rfl_cand_forget(ngx_http_rfl_search_t *s)
{
    ngx_uint_t             i, n;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    for (n = 0, i = 0; i < st->ncands; i++) {
        if (st->cands[i].score != 0) {
            st->cands[i].count = NGX_MAX_SIZE_T_VALUE;
            st->cands[n++] = st->cands[i];
        }
    }

    st->ncands = n;

    ngx_http_rfl_cand_index(st);
}


ngx_int_t
ngx_http_rfl_cand_order(ngx_http_rfl_search_t *s)
{
    ngx_uint_t             i, least;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    st->order = rfl_palloc(s->pool, st->ncands
                                    * sizeof(ngx_http_rfl_cand_t *));
    if (st->order == NULL) {
        return NGX_ERROR;
    }

    st->norder = 0;
    st->next = 0;

    /* what is never read for this question need not be sorted */

    least = (st->ask == RFL_ASK_FINE) ? NGX_HTTP_RFL_HINT_FINE
                                      : NGX_HTTP_RFL_HINT_WIDE;

    for (i = 0; i < st->ncands; i++) {
        if (!st->cands[i].read && st->cands[i].match >= least) {
            st->order[st->norder++] = &st->cands[i];
        }
    }

    ngx_qsort(st->order, st->norder, sizeof(ngx_http_rfl_cand_t *),
              ngx_http_rfl_cand_cmp);

    return NGX_OK;
}


static int ngx_libc_cdecl
ngx_http_rfl_cand_cmp(const void *one, const void *two)
{
    const ngx_http_rfl_cand_t *a = *(ngx_http_rfl_cand_t *const *) one;
    const ngx_http_rfl_cand_t *b = *(ngx_http_rfl_cand_t *const *) two;

    if (a->match != b->match) {
        return b->match - a->match;
    }

    if (a->lists != b->lists) {
        return b->lists - a->lists;
    }

    return ngx_memcmp(a->element.key, b->element.key, RFL_RECORD_KEY_SIZE);
}
