
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_read.c: reads the index for one question of a search: slot 0
 * of all keys with the manifest, finer keys if rfl-keyd has to be asked for
 * them, further slots, lightest lists first, with the records that they lead to
 * in between; then the same of namesakes in other scripts.
 */


#include "ngx_http_rfl_search.h"


static void ngx_http_rfl_read_keyed(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);
static ngx_int_t ngx_http_rfl_read_manifest(ngx_http_rfl_search_t *s,
    const ngx_rfl_reply_t *reply);
static ngx_int_t ngx_http_rfl_read_first(ngx_http_rfl_search_t *s,
    ngx_http_rfl_slot_t *slot, const ngx_rfl_reply_t *reply);
static void ngx_http_rfl_read_lists(ngx_http_rfl_search_t *s);
static int ngx_libc_cdecl ngx_http_rfl_read_cmp(const void *one,
    const void *two);
static void ngx_http_rfl_read_on(ngx_http_rfl_search_t *s);
static ngx_int_t ngx_http_rfl_read_whole(ngx_http_rfl_search_t *s);
static unsigned ngx_http_rfl_read_sure(ngx_http_rfl_search_t *s,
    ngx_uint_t list);
static void ngx_http_rfl_read_slots(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_read_slotted(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);
static void ngx_http_rfl_read_people(ngx_http_rfl_search_t *s);


void
ngx_http_rfl_read_keys(ngx_http_rfl_search_t *s)
{
    ngx_uint_t             i, n;
    const u_char          *key;
    ngx_http_rfl_list_t   *list;
    ngx_http_rfl_slot_t   *slot;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    st->slots = rfl_palloc(s->pool, (st->answer.nkeys + 1)
                                    * sizeof(ngx_http_rfl_slot_t));

    if (st->slots == NULL
        || ngx_http_rfl_read_args(s, st->answer.nkeys + 1) != NGX_OK)
    {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    /* a list's T begins with the label of slot 0 */

    ngx_http_rfl_read_arg(s, st->answer.manifest);

    /* lists that answered stay, those of this step are tried behind them */

    list = &st->lists[st->nlists];
    key = st->answer.keys;

    for (i = 0, n = 0; i < st->answer.nkeys; i++, key += RFL_ANSWER_KEY) {

        if ((key[0] == RFL_KEY_SCRIPT) != st->scripts) {
            continue;
        }

        list->class = key[0];
        list->unlikely = key[1];
        list->t = key + RFL_ANSWER_T;
        list->count = 0;

        slot = &st->slots[n++];
        slot->list = list;
        slot->number = 0;

        ngx_http_rfl_read_arg(s, list->t);
        list++;
    }

    st->nslots = n;

    if (n == 0 && st->deeper) {
        ngx_http_rfl_read_lists(s);
        return;
    }

    ngx_http_rfl_search_send(s, s->conf->index, st->nslots + 1,
                             NGX_HTTP_RFL_VALUE_MAX,
                             ngx_http_rfl_read_keyed);
}


static void
ngx_http_rfl_read_keyed(ngx_http_rfl_search_t *s, ngx_rfl_op_t *op)
{
    size_t                 size;
    u_char                 which[RFL_WHICH_SIZE];
    ngx_int_t              rc;
    ngx_uint_t             i;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (op->status != NGX_RFL_OP_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    rc = ngx_http_rfl_read_manifest(s, &op->reply->elts[0]);

    if (rc == NGX_DECLINED) {
        ngx_http_rfl_search_restart(s);
        return;
    }

    if (rc != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    ngx_memzero(which, sizeof(which));
    size = 0;

    for (i = 0; i < st->nslots; i++) {

        rc = ngx_http_rfl_read_first(s, &st->slots[i],
                                       &op->reply->elts[i + 1]);

        if (rc == NGX_ERROR) {
            ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
            return;
        }

        if (rc == NGX_BUSY) {
            which[i / 8] |= (u_char) (1 << (i % 8));
            size = i / 8 + 1;
        }
    }

    /* a third part, the exact sound, or a fact may tell people apart */

    if (size != 0 && !st->deeper) {
        ngx_http_rfl_search_finer(s, which, size);
        return;
    }

    ngx_http_rfl_read_lists(s);
}


/*
 * NGX_DECLINED: it is not there, as when the epoch has just been replaced;
 * NGX_ERROR: it says that the index is not complete.
 */

static ngx_int_t
ngx_http_rfl_read_manifest(ngx_http_rfl_search_t *s,
    const ngx_rfl_reply_t *reply)
{
    rfl_manifest_t         manifest;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (reply->type != NGX_RFL_REPLY_STRING) {
        return NGX_DECLINED;
    }

    if (rfl_manifest_open(st->answer.manifest, st->answer.epoch,
                          reply->text.data, reply->text.len, &manifest)
        != RFL_OK)
    {
        (void) ngx_atomic_fetch_add(&ngx_http_rfl_search_stats->broken, 1);
        return NGX_DECLINED;
    }

    if (!manifest.complete) {
        return NGX_ERROR;
    }

    s->as_of = (time_t) manifest.as_of;
    ngx_http_rfl_search_stats->as_of = (ngx_atomic_uint_t) manifest.as_of;

    st->cap = manifest.cap;

    return NGX_OK;
}


/* the first slot of a list; NGX_BUSY: the list overflowed */

static ngx_int_t
ngx_http_rfl_read_first(ngx_http_rfl_search_t *s,
    ngx_http_rfl_slot_t *slot, const ngx_rfl_reply_t *reply)
{
    rfl_element_t          element;
    ngx_http_rfl_list_t   *list;
    ngx_http_rfl_state_t  *st;

    st = s->state;
    list = slot->list;

    if (ngx_http_rfl_match_open(s, slot, reply, &element) != NGX_OK) {
        return NGX_OK;
    }

    if (element.flags & RFL_ELEMENT_OVERFLOW) {

        if (st->ask == RFL_ASK_WIDE) {
            st->over |= RFL_OVER_WIDE;

        } else if (list->class == RFL_KEY_PAIR) {
            st->over |= RFL_OVER_PAIR;

        } else if (list->class == RFL_KEY_FACT) {
            st->over |= RFL_OVER_FACT;

        } else if (list->class == RFL_KEY_PAIRFACT) {
            st->over |= RFL_OVER_FINER;
        }

        return NGX_BUSY;
    }

    list->count = ngx_min((ngx_uint_t) element.count, st->cap);
    list->weight = RFL_WEIGHT(list->count, list->unlikely);

    if (ngx_http_rfl_cand_add(s, list, &element) != NGX_OK) {
        return NGX_ERROR;
    }

    if (list->count > 1 && list->weight <= RFL_WEIGHT_MAX) {
        st->lists[st->nlists++] = *list;
    }

    return NGX_OK;
}


static void
ngx_http_rfl_read_lists(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    ngx_qsort(st->lists, st->nlists, sizeof(ngx_http_rfl_list_t),
              ngx_http_rfl_read_cmp);

    st->last = st->nlists;
    st->list = 0;
    st->slot = 1;
    st->budget = NGX_HTTP_RFL_SLOTS_MAX;
    st->portion = NGX_HTTP_RFL_SLOTS_FIRST;

    ngx_http_rfl_read_on(s);
}


static int ngx_libc_cdecl
ngx_http_rfl_read_cmp(const void *one, const void *two)
{
    const ngx_http_rfl_list_t *a = one;
    const ngx_http_rfl_list_t *b = two;

    return (a->weight > b->weight) - (a->weight < b->weight);
}


/* further slots, unless somebody was met who may do */

static void
ngx_http_rfl_read_on(ngx_http_rfl_search_t *s)
{
    unsigned               sure;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (st->list == st->last || st->budget == 0) {
        ngx_http_rfl_read_people(s);
        return;
    }

    sure = ngx_http_rfl_read_sure(s, st->list);

    if (ngx_http_rfl_cand_hope(s, sure)
        || ngx_http_rfl_match_reached(s, sure))
    {
        ngx_http_rfl_read_people(s);
        return;
    }

    ngx_http_rfl_read_slots(s);
}


ngx_int_t
ngx_http_rfl_read_rest(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (st->list == st->nlists || st->budget == 0) {
        return NGX_OK;
    }

    if (st->list == st->last) {
        st->last = st->nlists;
    }

    /* they may also prove what is gated */

    if (!st->gated
        && ngx_http_rfl_match_reached(s, ngx_http_rfl_read_sure(s, st->list))
        && ngx_http_rfl_read_whole(s) != NGX_OK)
    {
        return NGX_OK;
    }

    ngx_http_rfl_read_slots(s);

    return NGX_DONE;
}


/*
 * Who has the same name as the best is in all of his lists: one of them is read
 * to its end, after the one that was begun.  NGX_DECLINED: it was.
 */

static ngx_int_t
ngx_http_rfl_read_whole(ngx_http_rfl_search_t *s)
{
    ngx_uint_t             i, next;
    const u_char          *whole;
    ngx_http_rfl_list_t    list;
    ngx_http_rfl_state_t  *st;

    st = s->state;
    whole = ngx_http_rfl_cand_shortest(s);

    for (i = st->list; i < st->nlists; i++) {

        if (st->lists[i].t != whole) {
            continue;
        }

        next = st->list + (i != st->list && st->slot > 1);

        list = st->lists[next];
        st->lists[next] = st->lists[i];
        st->lists[i] = list;

        st->last = next + 1;

        return NGX_OK;
    }

    return NGX_DECLINED;
}


ngx_int_t
ngx_http_rfl_read_scripts(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (!st->deeper || st->scripts || st->ask != RFL_ASK_FINE
        || !(st->again || ngx_http_rfl_match_reached(s, RFL_SCORE_TYPED)))
    {
        return NGX_OK;
    }

    st->scripts = 1;
    st->nlists = 0;

    ngx_http_rfl_read_keys(s);

    return NGX_DONE;
}


/* the score from which this list, and heavier ones, are not read */

static unsigned
ngx_http_rfl_read_sure(ngx_http_rfl_search_t *s, ngx_uint_t list)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (st->scripts) {
        return RFL_SCORE_MAX + 1;
    }

    return rfl_name_sure(st->ask, st->again, st->lists[list].weight,
                         (st->nresults == 0) ? 0 : st->results[0].hit.why);
}


static void
ngx_http_rfl_read_slots(ngx_http_rfl_search_t *s)
{
    u_char               (*labels)[RFL_LABEL_SIZE];
    unsigned               sure;
    ngx_uint_t             i, n, row;
    ngx_http_rfl_slot_t   *slot;
    ngx_http_rfl_list_t   *list;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    /* not of lists for which somebody else will do */

    sure = ngx_http_rfl_read_sure(s, st->list);
    n = 0;

    for (i = st->list; i < st->last; i++) {

        if (ngx_http_rfl_read_sure(s, i) != sure) {
            break;
        }

        n += st->lists[i].count - ((i == st->list) ? st->slot : 1);
    }

    n = ngx_min(n, st->portion);
    n = ngx_min(n, st->budget);

    st->budget -= n;
    st->portion = ngx_min(st->portion * NGX_HTTP_RFL_SLOTS_GROWTH,
                          NGX_HTTP_RFL_SLOTS);

    st->slots = rfl_palloc(s->pool, n * sizeof(ngx_http_rfl_slot_t));
    labels = rfl_palloc(s->pool, n * RFL_LABEL_SIZE);

    if (st->slots == NULL || labels == NULL
        || ngx_http_rfl_read_args(s, n) != NGX_OK)
    {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    st->nslots = n;

    for (i = 0; i < n; /* void */ ) {

        list = &st->lists[st->list];
        row = ngx_min(list->count - st->slot, n - i);

        rfl_label_row(list->t, (unsigned) st->slot, (unsigned) row,
                      &labels[i]);

        for ( /* void */ ; row != 0; row--, i++) {
            slot = &st->slots[i];
            slot->list = list;
            slot->number = st->slot++;

            ngx_http_rfl_read_arg(s, labels[i]);
        }

        if (st->slot == list->count) {
            st->list++;
            st->slot = 1;
        }
    }

    if (st->budget == 0 && st->list != st->last) {
        st->over |= RFL_OVER_READ;
    }

    ngx_http_rfl_search_send(s, s->conf->index, n, NGX_HTTP_RFL_VALUE_MAX,
                             ngx_http_rfl_read_slotted);
}


static void
ngx_http_rfl_read_slotted(ngx_http_rfl_search_t *s, ngx_rfl_op_t *op)
{
    ngx_uint_t             i;
    rfl_element_t          element;
    ngx_http_rfl_slot_t   *slot;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (op->status != NGX_RFL_OP_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    for (i = 0; i < st->nslots; i++) {
        slot = &st->slots[i];

        if (ngx_http_rfl_match_open(s, slot, &op->reply->elts[i], &element)
            != NGX_OK
            || (element.flags & RFL_ELEMENT_OVERFLOW))
        {
            continue;
        }

        if (ngx_http_rfl_cand_add(s, slot->list, &element) != NGX_OK) {
            ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
            return;
        }
    }

    ngx_http_rfl_read_on(s);
}


/* whom the slots that were read lead to */

static void
ngx_http_rfl_read_people(ngx_http_rfl_search_t *s)
{
    if (ngx_http_rfl_cand_order(s) != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    ((ngx_http_rfl_state_t *) s->state)->batches = 0;

    ngx_http_rfl_records(s);
}


ngx_int_t
ngx_http_rfl_read_args(ngx_http_rfl_search_t *s, ngx_uint_t n)
{
    ngx_http_rfl_state_t  *st;

    if (ngx_http_rfl_search_args(s, n + 2) != NGX_OK) {
        return NGX_ERROR;
    }

    st = s->state;

    rfl_epoch_name(st->answer.epoch, &st->hash);

    st->argv[0] = "HMGET";
    st->lens[0] = sizeof("HMGET") - 1;
    st->argv[1] = st->hash.data;
    st->lens[1] = st->hash.len;
    st->argc = 2;

    return NGX_OK;
}


void
ngx_http_rfl_read_arg(ngx_http_rfl_search_t *s, const u_char *label)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    st->argv[st->argc] = (const char *) label;
    st->lens[st->argc] = RFL_LABEL_SIZE;
    st->argc++;
}
