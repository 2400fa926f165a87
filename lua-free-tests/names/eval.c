
/*
 * Copyright (C) The RFL authors
 *
 * eval.c: the name search without servers: eval_index.c builds the index of a
 * set in memory, eval_ask.c asks it as the worker does.  Writes what score.py
 * reads; reports keys, lists, candidates and CPU.
 *
 *     eval entries.ndjson queries.ndjson results.ndjson [cap [every]]
 *     eval -s name name        how two names compare, for a person
 */


#include "eval.h"

#include <time.h>


unsigned  cap = 256;


double
eval_clock(void)
{
    struct timespec  ts;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);

    return (double) ts.tv_sec * 1e3 + (double) ts.tv_nsec / 1e6;
}


char *
eval_string(json_t *o, const char *name)
{
    const char  *s;

    s = json_string_value(json_object_get(o, name));

    return strdup(s == NULL ? "" : s);
}


/* what is among the first, and how far those came that should be and are not */

static void
eval_print(FILE *o, const eval_search_t *s, const char *id, int refine,
    double ms)
{
    unsigned             i, k, n, some, parts;
    const eval_hit_t    *hits[EVAL_KEEP], *h;
    const eval_cost_t   *c;
    const eval_watch_t  *w;

    n = 0;
    parts = (s->nhits == 0) ? 0 : rfl_name_parts(s->name);

    for (i = 0; i < s->nhits && n < EVAL_KEEP && !refine; i++) {
        h = &s->hits[i];

        if (h->score >= rfl_name_need(parts, n, eval_weight(h->entry))) {
            hits[n++] = h;
        }
    }

    fprintf(o, "{\"id\":\"%s\",\"ids\":[", id);

    for (i = 0; i < n; i++) {
        fprintf(o, "%s\"%s\"", i ? "," : "", entries[hits[i]->entry].id);
    }

    fprintf(o, "],\"score\":[");

    for (i = 0; i < n; i++) {
        fprintf(o, "%s%u", i ? "," : "", hits[i]->score);
    }

    fprintf(o, "],\"refine\":%s,\"lost\":[", refine ? "true" : "false");

    for (k = 0, some = 0; k < s->nwatch; k++) {
        w = &s->watch[k];

        for (i = 0; i < n && hits[i]->entry != w->entry; i++) {
            /* void */
        }

        if (i == n) {
            fprintf(o, "%s{\"id\":\"%s\",\"met\":\"%c\",\"hint\":%u,"
                    "\"score\":%u}", some ? "," : "", entries[w->entry].id,
                    w->met, w->rank, w->score);
            some = 1;
        }
    }

    fprintf(o, "]");

    for (i = 0; i < 2; i++) {
        c = &s->cost[i];

        if (c->asked) {
            fprintf(o, ",\"%s\":{\"keys\":%zu,\"finer\":%zu,"
                    "\"elements\":%zu,\"cands\":%zu,\"records\":%zu,"
                    "\"trips\":%zu}", i ? "wide" : "fine", c->keys, c->finer,
                    c->elements, c->cands, c->records, c->trips);
        }
    }

    fprintf(o, ",\"ms\":%.4f}\n", ms);
}


static void
eval_add(eval_cost_t *sum, const eval_cost_t *c)
{
    sum->asked += c->asked;
    sum->keys += c->keys;
    sum->finer += c->finer;
    sum->elements += c->elements;
    sum->cands += c->cands;
    sum->records += c->records;
    sum->trips += c->trips;
    sum->overflows += c->overflows;
    sum->keyd += c->keyd;
    sum->worker += c->worker;
}


/* the mean of so many questions */

static void
eval_print_cost(const char *what, const eval_cost_t *c, size_t asked,
    size_t n)
{
    double  by;

    by = (n == 0) ? 1 : (double) n;

    printf("%s: asked by %.1f%%, keys %.1f, finer %.1f, elements %.1f, "
           "candidates %.1f, records %.1f, round trips %.1f, keyd %.4f ms, "
           "worker %.4f ms\n", what, (double) n * 100 / (double) asked,
           (double) c->keys / by, (double) c->finer / by,
           (double) c->elements / by, (double) c->cands / by,
           (double) c->records / by, (double) c->trips / by, c->keyd / by,
           c->worker / by);
}


/* asks every n-th question of a file; writes the answers */

static int
eval_queries(const char *path, const char *out, unsigned every)
{
    int                   refine;
    char                 *line, *id;
    FILE                 *f, *o;
    size_t                size, i, at, nq, refined;
    double                t, ms;
    json_t               *q, *expect, *one;
    uint32_t              entry;
    rfl_str_t             text;
    rfl_pool_t           *pool;
    eval_cost_t           all, total[2];
    static eval_search_t  s;

    f = fopen(path, "r");
    o = fopen(out, "w");

    if (f == NULL || o == NULL) {
        perror(path);
        return 2;
    }

    pool = rfl_pool_create(65536);

    if (pool == NULL) {
        return 2;
    }

    line = NULL;
    size = 0;
    nq = refined = 0;
    memset(total, 0, sizeof(total));

    for (at = 0; getline(&line, &size, f) > 0; at++) {
        q = (at % every == 0) ? json_loads(line, 0, NULL) : NULL;
        if (q == NULL) {
            continue;
        }

        nq++;
        t = eval_clock();

        memset(&s.facts, 0, sizeof(rfl_facts_t));
        s.facts.birth_year = (int) json_integer_value(json_object_get(q,
                                                               "birth_year"));
        s.facts.country.data = (u_char *) eval_string(q, "country");
        s.facts.country.len = strlen((char *) s.facts.country.data);

        text.data = (u_char *) eval_string(q, "name");
        text.len = strlen((char *) text.data);

        s.nwatch = 0;
        expect = json_object_get(q, "expect");

        json_array_foreach(expect, i, one) {
            entry = eval_entry(json_string_value(one));

            if (entry != UINT32_MAX && s.nwatch < EVAL_WATCH) {
                memset(&s.watch[s.nwatch], 0, sizeof(eval_watch_t));
                s.watch[s.nwatch].met = '-';
                s.watch[s.nwatch++].entry = entry;
            }
        }

        refine = eval_search(pool, &s, &text);
        refined += (refine != 0);

        ms = eval_clock() - t;
        id = eval_string(q, "id");
        eval_print(o, &s, id, refine, ms);
        eval_add(&total[0], &s.cost[0]);
        eval_add(&total[1], &s.cost[1]);

        free(id);
        free(text.data);
        free(s.facts.country.data);
        json_decref(q);
        rfl_pool_reset(pool);
    }

    fclose(o);
    fclose(f);
    free(line);

    all = total[0];
    eval_add(&all, &total[1]);

    eval_print_cost("fine", &total[0], nq, total[0].asked);
    eval_print_cost("wide", &total[1], nq, total[1].asked);
    eval_print_cost("all", &all, nq, nq);

    printf("overflows met %zu; asked for one more detail %zu\n",
           all.overflows, refined);

    rfl_pool_destroy(pool);

    return 0;
}


int
main(int argc, char **argv)
{
    rfl_err_t     err;
    unsigned      score, why, i;
    rfl_str_t     a, b;
    rfl_name_t   *x, *y;
    rfl_pool_t   *pool;
    rfl_facts_t   facts;

    if (rfl_name_init(&err) != RFL_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 2;
    }

    if (argc == 4 && strcmp(argv[1], "-s") == 0) {
        pool = rfl_pool_create(65536);
        memset(&facts, 0, sizeof(facts));
        a.data = (u_char *) argv[2];
        a.len = strlen(argv[2]);
        b.data = (u_char *) argv[3];
        b.len = strlen(argv[3]);

        if (pool == NULL || rfl_name_parse_typed(pool, &a, &x) != RFL_OK
            || rfl_name_parse(pool, &b, &y) != RFL_OK)
        {
            printf("nothing searchable\n");
            return 1;
        }

        score = rfl_name_score(pool, x, &facts, &y, 1, 0, &why);
        printf("%u", score);

        for (i = 0; i < RFL_WHY_N; i++) {
            if (why & (1U << i)) {
                printf(" %.*s", (int) rfl_why_names[i].len,
                       rfl_why_names[i].data);
            }
        }

        printf("\n");
        rfl_pool_destroy(pool);
        return 0;
    }

    if (argc < 4) {
        fprintf(stderr, "usage: eval entries queries results [cap [every]]\n");
        return 2;
    }

    if (argc > 4) {
        cap = (unsigned) atoi(argv[4]);
    }

    eval_load(argv[1]);
    eval_build();

    return eval_queries(argv[2], argv[3], (argc > 5) ? (unsigned) atoi(argv[5])
                                                     : 1);
}
