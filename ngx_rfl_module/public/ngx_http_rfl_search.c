
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_search.c: a search as a sequence of questions, one in flight
 * at a time:
 *
 *     ask rfl-keyd -> slot 0 of all keys -> if lists overflowed: rfl-keyd
 *         again, slot 0 of finer keys -> further slots -> records, best first
 *         -> which of these people have hidden -> done, or ask wider, or
 *         once more by the name of who was found
 *
 * Each step sends one command and names the function that takes its reply.
 * The search belongs to its request: a cleanup cancels what is in flight and
 * wipes the pool.  Whatever goes wrong with a server is one outcome, AWAY;
 * whatever is wrong with a single value is as if it were not there.
 *
 * Called by the pages and the API.  This file starts, asks rfl-keyd and ends;
 * ngx_http_rfl_read.c reads the index, ngx_http_rfl_match.c judges it.
 */


#include "ngx_http_rfl_search.h"


#define NGX_HTTP_RFL_ANSWER_MAX                                              \
    (RFL_ANSWER_HEAD + RFL_KEYS_MAX * RFL_ANSWER_KEY)


static void ngx_http_rfl_search_cleanup(void *data);
static void ngx_http_rfl_search_reset(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_search_ask(ngx_http_rfl_search_t *s,
    const rfl_finer_t *finer);
static void ngx_http_rfl_search_asked(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);
static void ngx_http_rfl_search_refused(ngx_http_rfl_search_t *s,
    ngx_rfl_fault_e fault);
static ngx_int_t ngx_http_rfl_search_next(ngx_http_rfl_search_t *s);
static void ngx_http_rfl_search_handler(ngx_rfl_op_t *op);
static void ngx_http_rfl_search_deadline_handler(ngx_event_t *ev);


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
    ngx_http_rfl_search_end(data);
}


void
ngx_http_rfl_search_end(ngx_http_rfl_search_t *s)
{
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

    rc = rfl_name_parse_typed(s->pool, &s->query->name, &st->typed);

    if (rc == RFL_ERROR) {
        return NGX_ERROR;
    }

    if (rc != RFL_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_BAD_NAME);
        return NGX_OK;
    }

    facts = &s->query->facts;

    st->parts = rfl_name_parts(st->typed);
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
    ngx_http_rfl_search_ask(s, NULL);

    return NGX_OK;
}


static void
ngx_http_rfl_search_reset(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    st->ask = RFL_ASK_FINE;
    st->again = 0;
    st->epoch = 0;

    st->query = *s->query;
    st->name = st->typed;
    st->memo = rfl_name_hint_memo(s->pool);
    st->names = rfl_name_memo(s->pool);
    st->lack = 0;

    st->cands = NULL;
    st->index = NULL;
    st->ncands = 0;
    st->candmax = 0;
    st->nresults = 0;

    st->over = 0;
    st->gated = 0;
}


void
ngx_http_rfl_search_finer(ngx_http_rfl_search_t *s, const u_char *which,
    size_t size)
{
    rfl_finer_t  finer;

    finer.ticket = ((ngx_http_rfl_state_t *) s->state)->answer.ticket;
    finer.which = which;
    finer.size = size;

    ngx_http_rfl_search_ask(s, &finer);
}


static void
ngx_http_rfl_search_ask(ngx_http_rfl_search_t *s, const rfl_finer_t *finer)
{
    int                    n;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (ngx_http_rfl_search_args(s, RFL_ASK_ARGS) != NGX_OK) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    n = rfl_ask_argv(s->pool, &st->query, st->ask, finer, st->argv, st->lens);

    if (n <= 0) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    st->argc = (ngx_uint_t) n;
    st->deeper = (finer != NULL);
    st->scripts = 0;

    if (st->ask == RFL_ASK_WIDE && finer == NULL) {
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
    ngx_http_rfl_list_t   *lists;
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

    if (st->ask == RFL_ASK_FINE && !st->again && !st->deeper) {
        st->epoch = answer->epoch;

    } else if (st->epoch != answer->epoch) {
        ngx_http_rfl_search_restart(s);
        return;
    }

    if (!st->deeper) {
        st->nlists = 0;
        st->last = 0;
    }

    lists = rfl_palloc(s->pool, (st->nlists + answer->nkeys + 1)
                                * sizeof(ngx_http_rfl_list_t));
    if (lists == NULL) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    /* those that answered stay */

    if (st->nlists != 0) {
        ngx_memcpy(lists, st->lists, st->nlists * sizeof(ngx_http_rfl_list_t));
    }

    st->lists = lists;

    ngx_http_rfl_read_keys(s);
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

    case NGX_RFL_FAULT_STALE:
        ngx_http_rfl_search_restart(s);
        return;

    default:
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return;
    }

    if (st->ask == RFL_ASK_FINE && !st->again) {
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


void
ngx_http_rfl_search_judge(ngx_http_rfl_search_t *s)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (ngx_http_rfl_hidden(s) != NGX_OK) {
        return;
    }

    /* who was strong may be hidden */

    if (ngx_http_rfl_read_rest(s) != NGX_OK
        || ngx_http_rfl_read_scripts(s) != NGX_OK)
    {
        return;
    }

    if (!st->again && ngx_http_rfl_search_next(s) != NGX_OK) {
        return;
    }

    ngx_http_rfl_match_hits(s);

    ngx_http_rfl_search_done(s, NGX_HTTP_RFL_FOUND);
}


/*
 * NGX_OK: there is nothing more to ask; NGX_DONE: it is being asked, or the
 * search is over.
 */

static ngx_int_t
ngx_http_rfl_search_next(ngx_http_rfl_search_t *s)
{
    size_t                 weight;
    ngx_int_t              rc;
    ngx_uint_t             enough;
    ngx_http_rfl_state_t  *st;

    st = s->state;

    weight = (st->nresults == 0) ? 0
             : ngx_http_rfl_cand_weight(s, &st->results[0]);

    enough = ngx_http_rfl_match_reached(s,
                              rfl_name_enough((unsigned) st->parts, weight));

    /* one word may be two names written together, or one name alone */

    if (!enough && st->parts < 2 && !st->facts) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_REFINE);
        return NGX_DONE;
    }

    /* the wider question also has the keys of second facts, which open gates */

    if (st->ask == RFL_ASK_FINE && (!enough || (st->gated && st->facts))) {
        st->ask = RFL_ASK_WIDE;
        ngx_http_rfl_search_ask(s, NULL);
        return NGX_DONE;
    }

    /* who fits well is shown, whoever was passed over */

    if (!ngx_http_rfl_match_reached(s,
                                    rfl_name_fair((unsigned) st->nresults))
        && rfl_name_refine(st->parts, &s->query->facts, st->over,
                           (unsigned) st->nresults))
    {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_REFINE);
        return NGX_DONE;
    }

    rc = (st->ask == RFL_ASK_WIDE) ? ngx_http_rfl_again(s) : NGX_DECLINED;

    if (rc == NGX_DECLINED) {
        return NGX_OK;
    }

    if (rc == NGX_ERROR) {
        ngx_http_rfl_search_done(s, NGX_HTTP_RFL_AWAY);
        return NGX_DONE;
    }

    st->ask = RFL_ASK_FINE;
    ngx_http_rfl_search_ask(s, NULL);

    return NGX_DONE;
}


ngx_int_t
ngx_http_rfl_search_args(ngx_http_rfl_search_t *s, ngx_uint_t n)
{
    ngx_http_rfl_state_t  *st;

    st = s->state;

    if (n <= st->argmax) {
        return NGX_OK;
    }

    st->argv = rfl_palloc(s->pool, n * sizeof(char *));
    st->lens = rfl_palloc(s->pool, n * sizeof(size_t));

    if (st->argv == NULL || st->lens == NULL) {
        st->argmax = 0;
        return NGX_ERROR;
    }

    st->argmax = n;

    return NGX_OK;
}


void
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
    cmd.shape.drop = st->drop;
    st->drop = 0;
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


void
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
    ngx_http_rfl_search_ask(s, NULL);
}


void
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
