
/*
 * Copyright (C) The RFL authors
 *
 * eval.c: the name search without servers: builds the index of a set in
 * memory from exactly the keys of rfl_name.h; eval_ask.c asks it as the worker
 * does.  Writes what score.py reads; reports keys, lists, candidates and CPU.
 *
 *     eval entries.ndjson queries.ndjson results.ndjson [cap [every]]
 *     eval -s name name        how two names compare, for a person
 */


#include "eval.h"

#include <time.h>


eval_entry_t  *entries;
size_t         nentries;
eval_post_t   *posts;
size_t         nposts;
unsigned       cap = 256;

static size_t  sposts;


double
eval_clock(void)
{
    struct timespec  ts;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);

    return (double) ts.tv_sec * 1e3 + (double) ts.tv_nsec / 1e6;
}


uint64_t
eval_hash(const rfl_key_t *key)
{
    unsigned  i;
    uint64_t  h;

    h = 0xcbf29ce484222325ULL;

    for (i = 0; i < key->len; i++) {
        h = (h ^ key->data[i]) * 0x100000001b3ULL;
    }

    h ^= h >> 32;
    h *= 0x9e3779b97f4a7c15ULL;
    h ^= h >> 29;

    return h;
}


static void
eval_post(uint64_t hash, uint32_t entry)
{
    if (nposts == sposts) {
        sposts = sposts ? sposts * 2 : 1 << 16;
        posts = realloc(posts, sposts * sizeof(eval_post_t));

        if (posts == NULL) {
            exit(2);
        }
    }

    posts[nposts].hash = hash;
    posts[nposts].entry = entry;
    nposts++;
}


static int
eval_post_cmp(const void *a, const void *b)
{
    const eval_post_t  *x, *y;

    x = a;
    y = b;

    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }

    return (x->entry > y->entry) - (x->entry < y->entry);
}


size_t
eval_find(uint64_t hash, size_t n, size_t *count)
{
    size_t  lo, hi, mid;

    lo = 0;
    hi = n;

    while (lo < hi) {
        mid = lo + (hi - lo) / 2;

        if (posts[mid].hash < hash) {
            lo = mid + 1;

        } else {
            hi = mid;
        }
    }

    for (hi = lo; hi < n && posts[hi].hash == hash; hi++) {
        /* void */
    }

    *count = hi - lo;

    return lo;
}


char *
eval_string(json_t *o, const char *name)
{
    const char  *s;

    s = json_string_value(json_object_get(o, name));

    return strdup(s == NULL ? "" : s);
}


static void
eval_load(const char *path)
{
    char          *line, *s;
    FILE          *f;
    size_t         size, i, alloc;
    json_t        *o, *names, *name;
    eval_entry_t  *e;

    f = fopen(path, "r");
    if (f == NULL) {
        perror(path);
        exit(2);
    }

    line = NULL;
    size = 0;
    alloc = 0;

    while (getline(&line, &size, f) > 0) {
        o = json_loads(line, 0, NULL);
        if (o == NULL) {
            continue;
        }

        if (nentries == alloc) {
            alloc = alloc ? alloc * 2 : 1024;
            entries = realloc(entries, alloc * sizeof(eval_entry_t));

            if (entries == NULL) {
                exit(2);
            }
        }

        e = &entries[nentries++];
        memset(e, 0, sizeof(eval_entry_t));

        e->id = eval_string(o, "id");
        e->year = (int) json_integer_value(json_object_get(o, "birth_year"));

        s = eval_string(o, "country");
        snprintf(e->country, sizeof(e->country), "%s", s);
        free(s);

        s = eval_string(o, "kind");
        e->kind = (s[0] == 'l') ? 1 : 2;
        free(s);

        s = eval_string(o, "sex");
        e->sex = (s[0] == 'm') ? 1 : (s[0] == 'f') ? 2 : 0;
        free(s);

        names = json_object_get(o, "names");

        json_array_foreach(names, i, name) {
            if (e->n < RFL_NAMES_MAX) {
                e->full[e->n].data = (u_char *) eval_string(name, "full");
                e->full[e->n].len = strlen((char *) e->full[e->n].data);
                e->n++;
            }
        }

        json_decref(o);
    }

    free(line);
    fclose(f);
}


unsigned
eval_parse(rfl_pool_t *pool, const eval_entry_t *e, rfl_name_t **names)
{
    unsigned  i, n;

    for (i = 0, n = 0; i < e->n; i++) {
        if (rfl_name_parse(pool, &e->full[i], &names[n]) == RFL_OK) {
            n++;
        }
    }

    return n;
}


static void
eval_facts(const eval_entry_t *e, rfl_facts_t *facts)
{
    memset(facts, 0, sizeof(rfl_facts_t));

    facts->birth_year = e->year;
    facts->country.data = (u_char *) e->country;
    facts->country.len = strlen(e->country);
}


static void
eval_build(void)
{
    double            t;
    size_t            i, j, count, base, over, nkeys, finer, longest;
    unsigned          n, hist[2048], p;
    rfl_keys_t        keys, more;
    rfl_pool_t       *pool;
    rfl_name_t       *names[RFL_NAMES_MAX];
    rfl_facts_t       facts;
    rfl_hint_extra_t  extra;

    pool = rfl_pool_create(65536);
    memset(hist, 0, sizeof(hist));
    nkeys = 0;
    t = eval_clock();

    for (i = 0; i < nentries; i++) {
        n = eval_parse(pool, &entries[i], names);
        eval_facts(&entries[i], &facts);

        extra.kind = entries[i].kind;
        extra.sex = entries[i].sex;

        if (n == 0) {
            printf("nothing searchable: %s\n", entries[i].full[0].data);
        }

        if (rfl_name_entry_keys(pool, names, n, &facts, &keys) != RFL_OK) {
            exit(2);
        }

        rfl_name_hint(names, n, &facts, &extra, entries[i].hint);

        for (j = 0; j < keys.n; j++) {
            eval_post(eval_hash(&keys.key[j]), (uint32_t) i);
        }

        nkeys += keys.n;
        hist[keys.n < 2047 ? keys.n : 2047]++;

        rfl_pool_reset(pool);
    }

    printf("%zu entries, keys made in %.2f s of CPU per 100,000\n", nentries,
           (eval_clock() - t) / 1e3 * 1e5 / (double) nentries);

    qsort(posts, nposts, sizeof(eval_post_t), eval_post_cmp);

    longest = 0;
    over = 0;
    base = nposts;

    for (i = 0; i < base; i += count) {
        (void) eval_find(posts[i].hash, base, &count);

        if (count > longest) {
            longest = count;
        }

        over += (count > cap);
    }

    /* finer keys where a list is longer than the cap */

    finer = 0;

    for (i = 0; i < nentries && over != 0; i++) {
        n = eval_parse(pool, &entries[i], names);
        eval_facts(&entries[i], &facts);

        if (rfl_name_entry_keys(pool, names, n, &facts, &keys) != RFL_OK) {
            exit(2);
        }

        memset(&more, 0, sizeof(rfl_keys_t));

        for (j = 0; j < keys.n; j++) {
            (void) eval_find(eval_hash(&keys.key[j]), base, &count);

            if (count > cap
                && rfl_name_finer_keys(pool, names, n, &facts, &keys.key[j],
                                       &more)
                   != RFL_OK)
            {
                exit(2);
            }
        }

        for (j = 0; j < more.n; j++) {
            eval_post(eval_hash(&more.key[j]), (uint32_t) i);
        }

        finer += more.n;
        rfl_pool_reset(pool);
    }

    if (finer != 0) {
        qsort(posts, nposts, sizeof(eval_post_t), eval_post_cmp);
    }

    for (i = 0, p = 0; p < 2047; p++) {
        i += hist[p];

        if (i >= nentries * 99 / 100) {
            break;
        }
    }

    printf("keys per entry: mean %.1f, p99 %u; finer %.2f; lists over the cap "
           "%zu; longest list %zu\n", (double) nkeys / (double) nentries, p,
           (double) finer / (double) nentries, over, longest);

    rfl_pool_destroy(pool);
}


static int
eval_id_cmp(const void *a, const void *b)
{
    return strcmp(entries[*(const uint32_t *) a].id,
                  entries[*(const uint32_t *) b].id);
}


/* the entry of an id; entries are looked up by a sorted list of numbers */

static uint32_t
eval_entry(const char *id)
{
    int               rc;
    size_t            lo, hi, mid;
    uint32_t          i;
    static uint32_t  *sorted;

    if (sorted == NULL) {
        sorted = malloc(nentries * sizeof(uint32_t));

        if (sorted == NULL) {
            exit(2);
        }

        for (i = 0; i < nentries; i++) {
            sorted[i] = i;
        }

        qsort(sorted, nentries, sizeof(uint32_t), eval_id_cmp);
    }

    lo = 0;
    hi = nentries;

    while (lo < hi) {
        mid = lo + (hi - lo) / 2;
        rc = strcmp(entries[sorted[mid]].id, id);

        if (rc == 0) {
            return sorted[mid];
        }

        if (rc < 0) {
            lo = mid + 1;

        } else {
            hi = mid;
        }
    }

    return UINT32_MAX;
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

        if (rfl_name_shown(parts, s->nhits, n, s->hits[0].score, h->score,
                           h->why))
        {
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
