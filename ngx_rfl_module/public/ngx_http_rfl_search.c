
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_search.c: a search as a sequence of questions, one in flight
 * at a time:
 *
 *     ask rfl-keyd -> slot 0 of all keys -> finer keys, if a list overflowed
 *         -> further slots -> records, best first -> done, or ask wider
 *
 * Each step sends one command and names the function that takes its reply.
 * The search belongs to its request: a cleanup cancels what is in flight and
 * wipes the pool.  Whatever goes wrong with a server is one outcome, AWAY;
 * whatever is wrong with a single value is as if it were not there.
 *
 * Called by the pages and the API; judging is in ngx_http_rfl_match.c.
 */


#include "ngx_http_rfl_search.h"


/* a value of another size is passed over, a much larger one is not RESP */
#define NGX_HTTP_RFL_VALUE_MAX    1024
#define NGX_HTTP_RFL_ANSWER_MAX                                              \
    (RFL_ANSWER_HEAD + RFL_KEYS_MAX * RFL_ANSWER_KEY)


static void ngx_http_rfl_search_cleanup(void *data);
static void ngx_http_rfl_search_reset(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_search_ask(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_search_asked(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);
static void ngx_http_rfl_search_refused(ngx_http_rfl_search_t *s,
    ngx_rfl_fault_e fault);
static void ngx_http_rfl_search_keys(ngx_http_rfl_search_t *s,
    ngx_uint_t finer);
static void ngx_http_rfl_search_keyed(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);
static ngx_int_t ngx_http_rfl_search_manifest(ngx_http_rfl_search_t *s,
    const ngx_rfl_reply_t *reply);
static ngx_int_t ngx_http_rfl_search_first(ngx_http_rfl_search_t *s,
    ngx_http_rfl_slot_t *slot, const ngx_rfl_reply_t *reply);
static void ngx_http_rfl_search_lists(ngx_http_rfl_search_t *s);
static int ngx_libc_cdecl ngx_http_rfl_search_cmp(const void *one,
    const void *two);
static void ngx_http_rfl_search_slots(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_search_slotted(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);
static void ngx_http_rfl_search_records(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_search_recorded(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);
static void ngx_http_rfl_search_judge(ngx_http_rfl_search_t *s);
static ngx_int_t ngx_http_rfl_search_mget(ngx_http_rfl_search_t *s,
    ngx_uint_t n);
static void ngx_http_rfl_search_arg(ngx_http_rfl_search_t *s,
    const u_char *label);
static void ngx_http_rfl_search_send(ngx_http_rfl_search_t *s,
    ngx_rfl_server_t *server, ngx_uint_t elements, size_t bulk,
    ngx_http_rfl_step_pt step);
static void ngx_http_rfl_search_handler(ngx_rfl_op_t *op);
static void ngx_http_rfl_search_deadline_handler(ngx_event_t *ev);
static void ngx_http_rfl_search_restart(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_search_done(ngx_http_rfl_search_t *s,
    ngx_http_rfl_outcome_e outcome);


const ngx_str_t  ngx_http_rfl_outcomes[NGX_HTTP_RFL_OUTCOMES] = {
    ngx_string("found"),
    ngx_string("refine"),
    ngx_string("bad_name"),
    ngx_string("budget"),
    ngx_string("away")
};


static ngx_http_rfl_search_stats_t  ngx_http_rfl_search_own_stats;

ngx_http_rfl_search_stats_t  *ngx_http_rfl_search_stats =
                                              &ngx_http_rfl_search_own_stats;


ngx_http_rfl_search_t *
ngx_http_rfl_search_create(ngx_http_request_t *r)
{
    ngx_http_cleanup_t     *cln;
    ngx_http_rfl_search_t  *s;

    s = ngx_pcalloc(r->pool, sizeof(ngx_http_rfl_search_t));
    if (s == NULL) {
        return NULL;
    }

    cln = ngx_http_cleanup_add(r, 0);
    if (cln == NULL) {
        return NULL;
    }

    s->pool = rfl_pool_create(16 * 1024);
    if (s->pool == NULL) {
        return NULL;
    }

    s->request = r;

    cln->handler = ngx_http_rfl_search_cleanup;
    cln->data = s;

    return s;
}


static void
ngx_http_rfl_search_cleanup(void *data)
{
    ngx_http_rfl_search_t *s = data;

    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (st != NULL) {

        if (st->op != NULL) {
            ngx_rfl_cancel(st->op);
        }

        if (st->deadline.timer_set) {
            ngx_del_timer(&st->deadline);
        }
    }

    s->state = NULL;
    s->nhits = 0;

    rfl_pool_destroy(s->pool);
    s->pool = NULL;
}


ngx_int_t
ngx_http_rfl_search(ngx_http_rfl_search_t *s)
{
    int                    rc;
    rfl_facts_t           *facts;
    ngx_http_request_t    *r;
    ngx_http_rfl_state_t  *st;

    r = s->request;

    st = rfl_pcalloc(s->pool, sizeof(ngx_http_rfl_state_t));
    if (st == NULL) {
        return NGX_ERROR;
    }

    st->results = rfl_palloc(s->pool, NGX_HTTP_RFL_RESULTS
                                      * sizeof(ngx_http_rfl_result_t));
    if (st->results == NULL) {
        return NGX_ERROR;
    }

    st->search = s;
    st->fd = r->connection->fd;

    s->state = st;

    rc = rfl_name_parse(s->pool, &s->query->name, &st->name);

    if (rc == RFL_ERROR) {
        return NGX_ERROR;
    }

    if (rc != RFL_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_BAD_NAME);
        return NGX_OK;
    }

    facts = &s->query->facts;

    st->parts = rfl_name_parts(st->name);
    st->facts = (facts->birth_year != 0 || facts->country.len != 0
                 || facts->father.len != 0 || facts->mother.len != 0
                 || facts->grandfather.len != 0);

    st->deadline.data = st;
    st->deadline.handler = ngx_http_rfl_search_deadline_handler;
    st->deadline.log = ngx_cycle->log;

    ngx_add_timer(&st->deadline, s->conf->deadline);

    /* a visitor who leaves ends the search */

    r->read_event_handler = ngx_http_test_reading;
    r->connection->log->action = "searching";

    ngx_http_rfl_search_reset(s);
    ngx_http_rfl_search_ask(s);

    return NGX_OK;
}


static void
ngx_http_rfl_search_reset(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    st->ask = RFL_ASK_FINE;
    st->epoch = 0;

    st->cands = NULL;
    st->index = NULL;
    st->ncands = 0;
    st->candmax = 0;
    st->nresults = 0;

    st->pairs = 0;
    st->finer = 0;
    st->single = 0;
    st->wide = 0;
    st->cut = 0;
}


static void
ngx_http_rfl_search_ask(ngx_http_rfl_search_t *s)
{
    int                    n;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (ngx_http_rfl_search_mget(s, RFL_ASK_ARGS) != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    n = rfl_ask_argv(s->pool, s->query, st->ask, st->argv, st->lens);

    if (n <= 0) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    st->argc = (ngx_uint_t) n;

    if (st->ask == RFL_ASK_WIDE) {
        (void) ngx_atomic_fetch_add(&ngx_http_rfl_search_stats->wide, 1);
    }

    ngx_http_rfl_search_send(s, s->conf->keyd, 0, NGX_HTTP_RFL_ANSWER_MAX,
                             ngx_http_rfl_search_asked);
}


static void
ngx_http_rfl_search_asked(ngx_http_rfl_search_t *s, ngx_rfl_op_t *op)
{
    u_char                *data;
    rfl_answer_t          *answer;
    ngx_rfl_reply_t       *reply;
    ngx_http_rfl_state_t  *st;

    st = s->state;
    reply = op->reply;
    answer = &st->answer;

    if (op->status == NGX_RFL_OP_REFUSED) {
        ngx_http_rfl_search_refused(s, op->fault->fault);
        return;
    }

    if (op->status != NGX_RFL_OP_OK || reply->type != NGX_RFL_REPLY_STRING) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    data = rfl_pstrdup(s->pool, reply->text.data, reply->text.len);

    if (data == NULL
        || rfl_answer_parse(data, reply->text.len, answer) != RFL_OK
        || rfl_epoch_usable(answer->epoch, answer->start, answer->end,
                            ngx_time())
           != RFL_OK)
    {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    if (st->ask == RFL_ASK_FINE) {
        st->epoch = answer->epoch;

    } else if (st->epoch != answer->epoch) {
        ngx_http_rfl_search_restart(s);
        return;
    }

    st->lists = rfl_palloc(s->pool, (answer->nkeys + 1)
                                    * sizeof(ngx_http_rfl_list_t));
    if (st->lists == NULL) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    st->nlists = 0;

    ngx_http_rfl_search_keys(s, 0);
}


static void
ngx_http_rfl_search_refused(ngx_http_rfl_search_t *s, ngx_rfl_fault_e fault)
{
    ngx_http_rfl_state_t    *st;
    ngx_http_rfl_outcome_e   outcome;

    st = s->state;

    switch (fault) {

    case NGX_RFL_FAULT_BUDGET:
        outcome = NGX_HTTP_RFL_BUDGET;
        break;

    case NGX_RFL_FAULT_REFINE:
        outcome = NGX_HTTP_RFL_REFINE;
        break;

    case NGX_RFL_FAULT_BADNAME:
        outcome = NGX_HTTP_RFL_BAD_NAME;
        break;

    default:
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    if (st->ask == RFL_ASK_FINE) {
        ngx_http_rfl_search_done(s, outcome);
        return;
    }

    /*
     * The first question was answered.  What it found is shown; that nothing
     * was found may be said only if there is no wider question to ask.
     */

    if (outcome == NGX_HTTP_RFL_BUDGET) {

        ngx_http_rfl_match_hits(s);

        if (s->nhits == 0) {
            ngx_http_rfl_search_done(s, NGX_HTTP_RFL_BUDGET);
            return;
        }
    }

    ngx_http_rfl_search_judge(s);
}


/*
 * Slot 0 of all keys, with the manifest.  Finer keys have lists only where
 * others overflowed, so they are asked for only then.
 */

static void
ngx_http_rfl_search_keys(ngx_http_rfl_search_t *s, ngx_uint_t finer)
{
    ngx_uint_t             i;
    const u_char          *key;
    ngx_http_rfl_list_t   *list;
    ngx_http_rfl_slot_t   *slot;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    st->slots = rfl_palloc(s->pool, (st->answer.nkeys + 1)
                                    * sizeof(ngx_http_rfl_slot_t));

    if (st->slots == NULL
        || ngx_http_rfl_search_mget(s, st->answer.nkeys + 1) != NGX_OK)
    {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    rfl_label(st->answer.manifest, 0, st->manifest);
    ngx_http_rfl_search_arg(s, st->manifest);

    st->nslots = 0;

    /* lists that answered stay, those of this step are tried behind them */

    list = &st->lists[st->nlists];
    key = st->answer.keys;

    for (i = 0; i < st->answer.nkeys; i++, key += RFL_ANSWER_KEY) {

        if ((key[0] == RFL_KEY_PAIRFACT) != (finer != 0)) {
            continue;
        }

        slot = &st->slots[st->nslots++];
        slot->list = list++;
        slot->list->class = key[0];
        slot->list->t = key + 1;
        slot->list->count = 0;

        rfl_label(key + 1, 0, slot->label);
        ngx_http_rfl_search_arg(s, slot->label);
    }

    ngx_http_rfl_search_send(s, s->conf->index, st->nslots + 1,
                             NGX_HTTP_RFL_VALUE_MAX,
                             ngx_http_rfl_search_keyed);
}


static void
ngx_http_rfl_search_keyed(ngx_http_rfl_search_t *s, ngx_rfl_op_t *op)
{
    ngx_int_t              rc;
    ngx_uint_t             i, overflow, finer;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (op->status != NGX_RFL_OP_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    rc = ngx_http_rfl_search_manifest(s, &op->reply->elts[0]);

    if (rc == NGX_DECLINED) {
        ngx_http_rfl_search_restart(s);
        return;
    }

    if (rc != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    finer = (st->nslots != 0
             && st->slots[0].list->class == RFL_KEY_PAIRFACT);
    overflow = 0;

    for (i = 0; i < st->nslots; i++) {

        rc = ngx_http_rfl_search_first(s, &st->slots[i],
                                       &op->reply->elts[i + 1]);

        if (rc == NGX_ERROR) {
            ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
            return;
        }

        if (rc == NGX_BUSY) {
            overflow = 1;
        }
    }

    /* two name parts and nothing else that many people share */

    if (st->pairs && st->parts <= 2 && !st->facts
        && st->ask == RFL_ASK_FINE)
    {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_REFINE);
        return;
    }

    if (overflow && !finer) {
        ngx_http_rfl_search_keys(s, 1);
        return;
    }

    ngx_http_rfl_search_lists(s);
}


/*
 * NGX_DECLINED: it is not there, as when the epoch has just been replaced;
 * NGX_ERROR: it says that the index is not complete.
 */

static ngx_int_t
ngx_http_rfl_search_manifest(ngx_http_rfl_search_t *s,
    const ngx_rfl_reply_t *reply)
{
    rfl_manifest_t         manifest;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (reply->type != NGX_RFL_REPLY_STRING) {
        return NGX_DECLINED;
    }

    if (rfl_manifest_open(st->answer.manifest, st->answer.epoch,
                          st->manifest, reply->text.data, reply->text.len,
                          &manifest)
        != RFL_OK)
    {
        (void) ngx_atomic_fetch_add(&ngx_http_rfl_search_stats->broken, 1);
        return NGX_DECLINED;
    }

    if (!manifest.complete) {
        return NGX_ERROR;
    }

    s->as_of = (time_t) manifest.as_of;
    st->cap = manifest.cap;

    return NGX_OK;
}


/* the first slot of a list; NGX_BUSY: the list overflowed */

static ngx_int_t
ngx_http_rfl_search_first(ngx_http_rfl_search_t *s,
    ngx_http_rfl_slot_t *slot, const ngx_rfl_reply_t *reply)
{
    rfl_element_t          element;
    ngx_http_rfl_list_t   *list;
    ngx_http_rfl_state_t  *st;

    st = s->state;
    list = slot->list;

    if (ngx_http_rfl_match_open(s, list->t, slot->label, reply, &element)
        != NGX_OK)
    {
        return NGX_OK;
    }

    if (element.flags & RFL_ELEMENT_OVERFLOW) {

        if (st->ask == RFL_ASK_WIDE) {
            st->wide = 1;

        } else if (list->class == RFL_KEY_PAIR) {
            st->pairs = 1;

        } else if (list->class == RFL_KEY_FACT) {
            st->single = 1;

        } else {
            st->finer = 1;
        }

        return NGX_BUSY;
    }

    if (ngx_http_rfl_match_add(s, list->class, &element) != NGX_OK) {
        return NGX_ERROR;
    }

    if (element.count > 1) {
        list->count = ngx_min((ngx_uint_t) element.count, st->cap);
        st->lists[st->nlists++] = *list;
    }

    return NGX_OK;
}


static void
ngx_http_rfl_search_lists(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    /* rare pairs first: they say more, if not all can be read */

    ngx_qsort(st->lists, st->nlists, sizeof(ngx_http_rfl_list_t),
              ngx_http_rfl_search_cmp);

    st->list = 0;
    st->slot = 1;
    st->budget = NGX_HTTP_RFL_SLOTS_MAX;

    ngx_http_rfl_search_slots(s);
}


static int ngx_libc_cdecl
ngx_http_rfl_search_cmp(const void *one, const void *two)
{
    const ngx_http_rfl_list_t *a = one;
    const ngx_http_rfl_list_t *b = two;

    return (a->count > b->count) - (a->count < b->count);
}


static void
ngx_http_rfl_search_slots(ngx_http_rfl_search_t *s)
{
    ngx_uint_t             i, n;
    ngx_http_rfl_slot_t   *slot;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    n = 0;

    for (i = st->list; i < st->nlists; i++) {
        n += st->lists[i].count - ((i == st->list) ? st->slot : 1);
    }

    if (n > st->budget) {
        n = st->budget;
        st->cut = 1;
    }

    if (n == 0) {

        if (ngx_http_rfl_match_order(s) != NGX_OK) {
            ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
            return;
        }

        st->batches = 0;

        ngx_http_rfl_search_records(s);
        return;
    }

    n = ngx_min(n, NGX_HTTP_RFL_SLOTS);
    st->budget -= n;

    st->slots = rfl_palloc(s->pool, n * sizeof(ngx_http_rfl_slot_t));

    if (st->slots == NULL || ngx_http_rfl_search_mget(s, n) != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    st->nslots = n;

    for (i = 0; i < n; i++) {
        slot = &st->slots[i];
        slot->list = &st->lists[st->list];

        rfl_label(slot->list->t, (unsigned) st->slot, slot->label);
        ngx_http_rfl_search_arg(s, slot->label);

        if (++st->slot == slot->list->count) {
            st->list++;
            st->slot = 1;
        }
    }

    ngx_http_rfl_search_send(s, s->conf->index, n, NGX_HTTP_RFL_VALUE_MAX,
                             ngx_http_rfl_search_slotted);
}


static void
ngx_http_rfl_search_slotted(ngx_http_rfl_search_t *s, ngx_rfl_op_t *op)
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

        if (ngx_http_rfl_match_open(s, slot->list->t, slot->label,
                                    &op->reply->elts[i], &element)
            != NGX_OK
            || (element.flags & RFL_ELEMENT_OVERFLOW))
        {
            continue;
        }

        if (ngx_http_rfl_match_add(s, slot->list->class, &element) != NGX_OK)
        {
            ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
            return;
        }
    }

    ngx_http_rfl_search_slots(s);
}


static void
ngx_http_rfl_search_records(ngx_http_rfl_search_t *s)
{
    u_char                *id;
    ngx_uint_t             i, j, n, blocks;
    rfl_element_t         *element;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    n = ngx_min(st->norder - st->next, NGX_HTTP_RFL_RECORDS);

    if (n != 0
        && st->batches > 0
        && st->order[st->next]->match < NGX_HTTP_RFL_HINT)
    {
        n = 0;
    }

    if (n != 0 && st->batches == NGX_HTTP_RFL_BATCHES) {
        st->cut = 1;
        n = 0;
    }

    if (n == 0) {
        ngx_http_rfl_search_judge(s);
        return;
    }

    blocks = 0;

    for (i = 0; i < n; i++) {
        blocks += st->order[st->next + i]->element.blocks;
    }

    id = rfl_palloc(s->pool, blocks * RFL_LABEL_SIZE);

    if (id == NULL || ngx_http_rfl_search_mget(s, blocks) != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    for (i = 0; i < n; i++) {
        element = &st->order[st->next + i]->element;

        for (j = 0; j < element->blocks; j++) {
            rfl_record_block_id(element, (unsigned) j, id);
            ngx_http_rfl_search_arg(s, id);
            id += RFL_LABEL_SIZE;
        }
    }

    st->batch = n;
    st->batches++;

    ngx_http_rfl_search_send(s, s->conf->index, blocks,
                             NGX_HTTP_RFL_VALUE_MAX,
                             ngx_http_rfl_search_recorded);
}


static void
ngx_http_rfl_search_recorded(ngx_http_rfl_search_t *s, ngx_rfl_op_t *op)
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

    ngx_http_rfl_search_records(s);
}


/* everything that this question led to was read */

static void
ngx_http_rfl_search_judge(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (!ngx_http_rfl_match_strong(s)) {

        if (st->ask == RFL_ASK_FINE) {
            st->ask = RFL_ASK_WIDE;
            ngx_http_rfl_search_ask(s);
            return;
        }

        /*
         * People may have been passed over.  With a second fact the finer
         * keys of a pair hold everybody it fits; and an overflow among
         * neighbouring names says nothing about this one.
         */

        if (st->finer || st->cut
            || (st->pairs && !st->facts)
            || (st->single && st->parts < 2)
            || (st->wide && st->nresults == 0 && !st->facts))
        {
            ngx_http_rfl_search_done(s, NGX_HTTP_RFL_REFINE);
            return;
        }
    }

    ngx_http_rfl_match_hits(s);

    ngx_http_rfl_search_done(s, NGX_HTTP_RFL_FOUND);
}


/* room for a command of n arguments besides its name */

static ngx_int_t
ngx_http_rfl_search_mget(ngx_http_rfl_search_t *s, ngx_uint_t n)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (n + 1 > st->argmax) {

        st->argv = rfl_palloc(s->pool, (n + 1) * sizeof(char *));
        st->lens = rfl_palloc(s->pool, (n + 1) * sizeof(size_t));

        if (st->argv == NULL || st->lens == NULL) {
            st->argmax = 0;
            return NGX_ERROR;
        }

        st->argmax = n + 1;
    }

    st->argv[0] = "MGET";
    st->lens[0] = sizeof("MGET") - 1;
    st->argc = 1;

    return NGX_OK;
}


static void
ngx_http_rfl_search_arg(ngx_http_rfl_search_t *s, const u_char *label)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    st->argv[st->argc] = (const char *) label;
    st->lens[st->argc] = RFL_LABEL_SIZE;
    st->argc++;
}


static void
ngx_http_rfl_search_send(ngx_http_rfl_search_t *s, ngx_rfl_server_t *server,
    ngx_uint_t elements, size_t bulk, ngx_http_rfl_step_pt step)
{
    ngx_rfl_cmd_t          cmd;
    ngx_rfl_op_status_e    status;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    cmd.argc = st->argc;
    cmd.argv = st->argv;
    cmd.lens = st->lens;
    cmd.shape.elements = (unsigned) elements;
    cmd.shape.bulk = bulk;
    cmd.timeout = s->conf->timeout;
    cmd.handler = ngx_http_rfl_search_handler;
    cmd.data = s;

    st->step = step;
    st->op = ngx_rfl_send(server, &cmd, &status);

    if (st->op == NULL) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
    }
}


static void
ngx_http_rfl_search_handler(ngx_rfl_op_t *op)
{
    ngx_connection_t       *c;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_search_t  *s;

    s = op->data;
    st = s->state;
    c = s->request->connection;

    ngx_http_set_log_request(c->log, s->request);

    st->op = NULL;
    st->step(s, op);

    /* the search and its request may be gone */

    ngx_http_run_posted_requests(c);
}


static void
ngx_http_rfl_search_deadline_handler(ngx_event_t *ev)
{
    ngx_connection_t       *c;
    ngx_http_rfl_state_t   *st;
    ngx_http_rfl_search_t  *s;

    st = ev->data;
    s = st->search;
    c = s->request->connection;

    ngx_http_set_log_request(c->log, s->request);

    ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);

    ngx_http_run_posted_requests(c);
}


/* the epoch was replaced under way: once more from the beginning */

static void
ngx_http_rfl_search_restart(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (st->restarted) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    st->restarted = 1;

    (void) ngx_atomic_fetch_add(&ngx_http_rfl_search_stats->restarts, 1);

    ngx_http_rfl_search_reset(s);
    ngx_http_rfl_search_ask(s);
}


static void
ngx_http_rfl_search_done(ngx_http_rfl_search_t *s,
    ngx_http_rfl_outcome_e outcome)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (st->op != NULL) {
        ngx_rfl_cancel(st->op);
        st->op = NULL;
    }

    if (st->deadline.timer_set) {
        ngx_del_timer(&st->deadline);
    }

    if (outcome != NGX_HTTP_RFL_FOUND) {
        s->nhits = 0;
    }

    s->outcome = outcome;

    (void) ngx_atomic_fetch_add(
                       &ngx_http_rfl_search_stats->outcomes[outcome], 1);

    s->handler(s);
}
