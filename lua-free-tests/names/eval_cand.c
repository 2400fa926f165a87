
/*
 * Copyright (C) The RFL authors
 *
 * eval_cand.c: whom one question of eval_ask.c meets: each entry once, with
 * its hint, and the order in which records are read and results shown.
 */


#include "eval.h"


/* an entry that was met in this search */

typedef struct {
    uint32_t     when;
    unsigned     lists;            /* in how many it is */
    size_t       count;            /* of its shortest list, ... */
    size_t       at;               /* ... which is there */
    size_t       weight;           /* of its lightest */
} eval_seen_t;


static eval_seen_t  *seen;
static uint32_t      seen_now;


static int
eval_cand_cmp(const void *a, const void *b)
{
    unsigned            i, k;
    const eval_cand_t  *x, *y;

    x = a;
    y = b;

    if (x->rank != y->rank) {
        return x->rank > y->rank ? -1 : 1;
    }

    i = seen[x->entry].lists;
    k = seen[y->entry].lists;

    if (i != k) {
        return i > k ? -1 : 1;
    }

    return (x->entry > y->entry) - (x->entry < y->entry);
}


static int
eval_hit_cmp(const void *a, const void *b)
{
    const eval_hit_t  *x, *y;

    x = a;
    y = b;

    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }

    return (x->entry > y->entry) - (x->entry < y->entry);
}


eval_watch_t *
eval_watched(eval_search_t *s, uint32_t entry)
{
    unsigned  i;

    for (i = 0; i < s->nwatch; i++) {
        if (s->watch[i].entry == entry) {
            return &s->watch[i];
        }
    }

    return NULL;
}


void
eval_take(eval_search_t *s, const eval_list_t *list, size_t slot,
    rfl_ask_e ask)
{
    uint32_t       entry;
    unsigned       rank;
    eval_seen_t   *e;
    eval_watch_t  *w;

    s->cost[ask].elements++;

    entry = posts[list->at + slot].entry;
    e = &seen[entry];

    if (e->when == seen_now) {
        e->lists++;

        if (list->count < e->count) {
            e->count = list->count;
            e->at = list->at;
        }

        e->weight = (list->weight < e->weight) ? list->weight : e->weight;

        return;
    }

    e->when = seen_now;
    e->lists = 1;
    e->count = list->count;
    e->at = list->at;
    e->weight = list->weight;

    s->cost[ask].cands++;

    rank = rfl_name_hint_match(s->name, &s->facts, 0, entries[entry].hint,
                               s->memo);

    w = eval_watched(s, entry);

    if (w != NULL) {
        w->met = s->again ? 'a' : (ask == RFL_ASK_FINE) ? 'f' : 'w';
        w->rank = rank;
    }

    if (rank == 0) {
        return;
    }

    if (s->ncands == s->scands) {
        s->scands = s->scands ? s->scands * 2 : 1024;
        s->cands = realloc(s->cands, s->scands * sizeof(eval_cand_t));

        if (s->cands == NULL) {
            exit(2);
        }
    }

    s->cands[s->ncands].entry = entry;
    s->cands[s->ncands++].rank = rank;
}


size_t
eval_weight(uint32_t entry)
{
    return seen[entry].weight;
}


int
eval_hope(const eval_search_t *s, unsigned score)
{
    size_t    i;
    unsigned  least;

    least = rfl_name_hint_least(score);

    for (i = 0; i < s->ncands && s->cands[i].rank < least; i++) {
        /* void */
    }

    return i != s->ncands;
}


size_t
eval_shortest(const eval_search_t *s)
{
    size_t        at, shortest;
    unsigned      i, best;
    eval_seen_t  *e;

    at = SIZE_MAX;
    shortest = SIZE_MAX;
    best = RFL_SCORE_STRONG;

    for (i = 0; i < s->nhits && s->hits[i].score >= best; i++) {
        e = &seen[s->hits[i].entry];
        best = s->hits[i].score;

        if (e->count < shortest) {
            shortest = e->count;
            at = e->at;
        }
    }

    return at;
}


void
eval_order(eval_search_t *s)
{
    qsort(s->cands, s->ncands, sizeof(eval_cand_t), eval_cand_cmp);
}


void
eval_rank(eval_search_t *s)
{
    qsort(s->hits, s->nhits, sizeof(eval_hit_t), eval_hit_cmp);
}


void
eval_forget(const eval_search_t *s)
{
    unsigned  i;

    if (seen == NULL) {
        seen = calloc(nentries, sizeof(eval_seen_t));

        if (seen == NULL) {
            exit(2);
        }
    }

    seen_now++;

    for (i = 0; i < s->nhits; i++) {
        seen[s->hits[i].entry].when = seen_now;
        seen[s->hits[i].entry].lists = 0;
        seen[s->hits[i].entry].count = SIZE_MAX;
    }
}
