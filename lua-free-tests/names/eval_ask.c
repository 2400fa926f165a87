
/*
 * Copyright (C) The RFL authors
 *
 * eval_ask.c: asks the index of eval.c as the worker asks rfl-keyd and Redis:
 * fine, finer where a list overflowed, wide unless something strong was found,
 * again by the name of who was meant; drops by hint, scores, cuts.  Of what
 * should have been found and was not it says how far it came: by which question
 * it was met, its hint, its score.
 */


#include "eval.h"


/* as the worker: records in one step, steps, and the hint they have to have */

#define EVAL_RECORDS  16
#define EVAL_OPEN_MAX 256
#define EVAL_FINE     140
#define EVAL_WIDE     185
#define EVAL_STRONG   200
#define EVAL_HOPE     235
#define EVAL_SLOTS    1536
#define EVAL_PORTION  64
#define EVAL_PORTION_MAX 1024
#define EVAL_GROWTH   4


static int
eval_list_cmp(const void *a, const void *b)
{
    const eval_list_t  *x, *y;

    x = a;
    y = b;

    return (x->weight > y->weight) - (x->weight < y->weight);
}


/*
 * The lists of the keys, light ones first; finer ones are asked for only where
 * another overflowed.
 */

static void
eval_lists(rfl_pool_t *pool, eval_search_t *s, const rfl_name_t *name,
    const rfl_keys_t *keys, rfl_ask_e ask)
{
    size_t     i, count, at, size;
    u_char     which[RFL_WHICH_SIZE];
    unsigned   finer, unlikely;

    s->nlists = 0;
    s->finer.n = 0;
    size = 0;
    memset(which, 0, sizeof(which));

    for (finer = 0; finer < 2 && (finer == 0 || size != 0); finer++) {

        if (finer) {
            if (rfl_name_query_finer(pool, name, &s->facts, ask, which, size,
                                     &s->finer)
                != RFL_OK)
            {
                break;
            }

            keys = &s->finer;
            s->cost[ask].finer += keys->n;
            s->cost[ask].trips += (keys->n != 0) ? 2 : 1;
        }

        for (i = 0; i < keys->n; i++) {

            if (keys->key[i].data[0] == RFL_KEY_SCRIPT) {
                continue;
            }

            at = eval_find(eval_hash(&keys->key[i]), nposts, &count);

            if (count > cap) {
                which[i / 8] |= (u_char) (1 << (i % 8));
                size = i / 8 + 1;
                s->cost[ask].overflows++;

                s->over |= (ask == RFL_ASK_WIDE) ? RFL_OVER_WIDE
                           : finer ? RFL_OVER_FINER
                           : (keys->key[i].data[0] == RFL_KEY_PAIR)
                             ? RFL_OVER_PAIR : RFL_OVER_FACT;
                continue;
            }

            if (count != 0) {
                unlikely = keys->key[i].unlikely;

                s->lists[s->nlists].at = at;
                s->lists[s->nlists].weight = RFL_WEIGHT(count, unlikely);
                s->lists[s->nlists++].count = count;
            }
        }
    }
}


/* the score of a hit, best first, from 1 on; 0: there are not so many */

static unsigned
eval_score(const eval_search_t *s, unsigned number)
{
    return (s->nhits < number) ? 0 : s->hits[number - 1].score;
}


/* the hint that a candidate has to have */

static unsigned
eval_least(const eval_search_t *s, rfl_ask_e ask, unsigned first)
{
    unsigned  n, bar, least, scores[EVAL_KEEP];

    if (eval_score(s, 1) >= RFL_SCORE_STRONG) {

        for (n = 0; n < s->nhits && n < EVAL_KEEP; n++) {
            scores[n] = s->hits[n].score;
        }

        bar = rfl_name_bar(s->parts, scores, n, EVAL_KEEP);
        least = rfl_name_hint_least(bar + s->lack);

        return (least > EVAL_STRONG) ? least : EVAL_STRONG;
    }

    return (first && s->cands[0].rank >= EVAL_HOPE) ? EVAL_STRONG
           : (ask == RFL_ASK_FINE) ? EVAL_FINE : EVAL_WIDE;
}


/* reads records, best first; others stay, for when more slots are read */

static void
eval_records(rfl_pool_t *pool, eval_search_t *s, rfl_ask_e ask)
{
    size_t         i, step, end;
    unsigned       n, score, why, least;
    rfl_str_t      origin;
    rfl_name_t    *names[RFL_NAMES_MAX];
    eval_watch_t  *w;

    eval_order(s);

    for (i = 0; i < s->ncands; /* void */ ) {

        eval_rank(s);
        least = eval_least(s, ask, i == 0);

        end = (s->ncands < i + EVAL_RECORDS) ? s->ncands : i + EVAL_RECORDS;

        for (step = i; step < end && s->cands[step].rank >= least; step++) {
            /* void */
        }

        if (step == i) {
            break;
        }

        if (i >= EVAL_OPEN_MAX) {
            s->over |= RFL_OVER_READ;
            break;
        }

        s->cost[ask].records += step - i;
        s->cost[ask].trips++;

        for ( /* void */ ; i < step; i++) {

            n = eval_parse(pool, &entries[s->cands[i].entry], s->names, names);
            score = rfl_name_score(pool, s->name, &s->facts, names, n,
                                   entries[s->cands[i].entry].year, &why);

            origin.data = (u_char *) entries[s->cands[i].entry].country;
            origin.len = strlen(entries[s->cands[i].entry].country);
            score = rfl_name_score_country(score, s->parts,
                                           &s->facts.country, &origin);

            score -= (score < s->lack) ? score : s->lack;
            why |= s->again ? RFL_WHY_SPELLING : 0;

            w = eval_watched(s, s->cands[i].entry);

            if (w != NULL) {
                w->score = score;
            }

            if (score >= RFL_SCORE_CUT && s->nhits < EVAL_HITS) {
                s->hits[s->nhits].entry = s->cands[i].entry;
                s->hits[s->nhits].score = score;
                s->hits[s->nhits++].why = why;
            }
        }
    }

    s->ncands -= i;
    memmove(s->cands, s->cands + i, s->ncands * sizeof(eval_cand_t));

    eval_rank(s);
}


/* the score from which this list, and heavier ones, are not read */

static unsigned
eval_sure(const eval_search_t *s, rfl_ask_e ask, size_t list)
{
    if (s->scripts) {
        return RFL_SCORE_MAX + 1;
    }

    return rfl_name_sure(ask, s->again, s->lists[list].weight,
                         (s->nhits == 0) ? 0 : s->hits[0].why);
}


/*
 * Who has the same name as the best is in all of his lists: one of them is read
 * to its end, after the one that was begun.
 */

static size_t
eval_whole(eval_search_t *s)
{
    size_t       i, next, whole;
    eval_list_t  list;

    whole = eval_shortest(s);

    for (i = s->list; i < s->nlists; i++) {

        if (s->lists[i].at != whole) {
            continue;
        }

        next = s->list + (i != s->list && s->slot > 1);

        list = s->lists[next];
        s->lists[next] = s->lists[i];
        s->lists[i] = list;

        return next + 1;
    }

    return s->list;
}


/* a portion of further slots, of lists for which the same score will do */

static void
eval_slots(eval_search_t *s, rfl_ask_e ask, size_t last, size_t portion)
{
    unsigned  sure;

    sure = eval_sure(s, ask, s->list);

    while (portion != 0 && s->budget != 0 && s->list != last
           && eval_sure(s, ask, s->list) == sure)
    {
        if (s->slot < s->lists[s->list].count) {
            eval_take(s, &s->lists[s->list], s->slot++, ask);
            s->budget--;
            portion--;
        }

        if (s->slot == s->lists[s->list].count) {
            s->list++;
            s->slot = 1;
        }
    }

    s->cost[ask].trips++;

    s->over |= (s->budget == 0 && s->list != last) ? RFL_OVER_READ : 0;
}


/*
 * The further slots of the lists, lightest first, until somebody was found
 * beside whom the others need not be read.
 */

static void
eval_read(rfl_pool_t *pool, eval_search_t *s, rfl_ask_e ask)
{
    size_t    last, portion;
    unsigned  sure;

    qsort(s->lists, s->nlists, sizeof(eval_list_t), eval_list_cmp);

    while (s->nlists && s->lists[s->nlists - 1].weight > RFL_WEIGHT_MAX) {
        s->nlists--;
    }

    s->list = 0;
    s->slot = 1;
    s->budget = EVAL_SLOTS;

    last = s->nlists;
    portion = EVAL_PORTION;

    for ( ;; ) {

        while (s->list < last && s->slot == s->lists[s->list].count) {
            s->list++;
            s->slot = 1;
        }

        if (s->list == last || s->budget == 0) {
            eval_records(pool, s, ask);
            last = s->nlists;
        }

        if (s->list == last || s->budget == 0) {
            return;
        }

        sure = eval_sure(s, ask, s->list);

        if (eval_hope(s, sure) || eval_score(s, 1) >= sure) {
            eval_records(pool, s, ask);

            if (eval_score(s, 1) >= eval_sure(s, ask, s->list)) {
                last = eval_whole(s);

                if (last == s->list) {
                    return;
                }
            }
        }

        eval_slots(s, ask, last, portion);
        portion *= (portion < EVAL_PORTION_MAX) ? EVAL_GROWTH : 1;
    }
}


/* namesakes of who was found, in other scripts, where a pair overflowed */

static void
eval_scripts(rfl_pool_t *pool, eval_search_t *s, rfl_ask_e ask)
{
    size_t  i, at, count, n;

    n = 0;
    s->nlists = 0;

    for (i = 0; i < s->finer.n; i++) {

        if (s->finer.key[i].data[0] != RFL_KEY_SCRIPT) {
            continue;
        }

        at = eval_find(eval_hash(&s->finer.key[i]), nposts, &count);
        n++;

        if (count != 0 && count <= cap) {
            s->lists[s->nlists].at = at;
            s->lists[s->nlists].weight = count;
            s->lists[s->nlists++].count = count;
            eval_take(s, &s->lists[s->nlists - 1], 0, ask);
        }
    }

    if (n == 0) {
        return;
    }

    s->cost[ask].trips++;
    s->scripts = 1;

    eval_read(pool, s, ask);

    s->scripts = 0;
}


static void
eval_ask(rfl_pool_t *pool, eval_search_t *s, const rfl_str_t *text,
    rfl_ask_e ask)
{
    double       t;
    size_t       i;
    rfl_keys_t   keys;
    rfl_name_t  *kq;

    /* the daemon */

    t = eval_clock();

    if (rfl_name_parse_typed(pool, text, &kq) != RFL_OK
        || rfl_name_query_keys(pool, kq, &s->facts, ask, &keys) != RFL_OK)
    {
        return;
    }

    s->cost[ask].asked++;
    s->cost[ask].keys += keys.n;
    s->cost[ask].trips += 2;
    s->cost[ask].keyd += eval_clock() - t;

    /* the index */

    eval_lists(pool, s, kq, &keys, ask);

    /* the worker */

    t = eval_clock();

    s->ncands = 0;

    for (i = 0; i < s->nlists; i++) {
        eval_take(s, &s->lists[i], 0, ask);
    }

    eval_read(pool, s, ask);

    if (ask == RFL_ASK_FINE
        && (s->again || eval_score(s, 1) >= RFL_SCORE_TYPED))
    {
        eval_scripts(pool, s, ask);
    }

    s->cost[ask].worker += eval_clock() - t;
}


/* once more by the name of who was meant, if that can be told */

static void
eval_again(rfl_pool_t *pool, eval_search_t *s)
{
    unsigned             i, n, score;
    rfl_name_t          *names[RFL_NAMES_MAX];
    const eval_entry_t  *e;

    if (s->nhits == 0
        || !rfl_name_again(s->parts, s->hits[0].score, eval_score(s, 2),
                           s->hits[0].why))
    {
        return;
    }

    e = &entries[s->hits[0].entry];

    n = eval_parse(pool, e, NULL, names);
    i = rfl_name_closest(pool, s->name, names, n, &score);

    if (score == 0
        || rfl_name_parse_typed(pool, &e->full[i], &s->name) != RFL_OK)
    {
        return;
    }

    s->memo = rfl_name_hint_memo(pool);
    s->lack = RFL_SCORE_MAX - score;
    s->again = 1;

    eval_forget(s);

    eval_ask(pool, s, &e->full[i], RFL_ASK_FINE);
}


int
eval_search(rfl_pool_t *pool, eval_search_t *s, const rfl_str_t *text)
{
    int       facts, refine;
    unsigned  parts;

    s->nhits = 0;

    eval_forget(s);

    s->over = 0;
    s->lack = 0;
    s->again = 0;
    memset(s->cost, 0, sizeof(s->cost));

    if (rfl_name_parse_typed(pool, text, &s->name) != RFL_OK) {
        return 0;
    }

    parts = rfl_name_parts(s->name);
    s->parts = parts;
    facts = (s->facts.birth_year != 0 || s->facts.country.len != 0);

    s->memo = rfl_name_hint_memo(pool);
    s->names = rfl_name_memo(pool);

    eval_ask(pool, s, text, RFL_ASK_FINE);

    if (s->nhits != 0
        && s->hits[0].score
           >= rfl_name_enough(parts, eval_weight(s->hits[0].entry)))
    {
        return 0;
    }

    if (parts < 2 && !facts) {
        return 1;
    }

    eval_ask(pool, s, text, RFL_ASK_WIDE);

    refine = (s->nhits == 0 || s->hits[0].score < rfl_name_fair(s->nhits))
             && rfl_name_refine(parts, &s->facts, s->over, s->nhits);

    if (!refine) {
        eval_again(pool, s);
    }

    return refine;
}
