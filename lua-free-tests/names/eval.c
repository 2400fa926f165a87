
/*
 * Copyright (C) The RFL authors
 *
 * eval.c: the name search without servers: builds the index of a set in
 * memory from exactly the keys of rfl_name.h, asks as the worker asks (fine,
 * then wide unless something strong was found), drops by hint, scores, cuts,
 * and writes what score.py reads.  Reports keys, lists, candidates and CPU.
 *
 *     eval entries.ndjson queries.ndjson results.ndjson [cap [limit]]
 *     eval -s name name        how two names compare, for a person
 */


#include "rfl_name.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>


/* as the worker: records in one step, steps, and the hint they have to have */

#define EVAL_RECORDS  16
#define EVAL_OPEN_MAX 256
#define EVAL_FINE     140
#define EVAL_WIDE     179
#define EVAL_STRONG   205
#define EVAL_HOPE     235
#define EVAL_KEEP     10


typedef struct {
    uint64_t     hash;
    uint32_t     entry;
} eval_post_t;

typedef struct {
    char        *id;
    unsigned     n;
    rfl_str_t    full[RFL_NAMES_MAX];
    int          year;
    char         country[4];
    int          kind;
    int          sex;
    u_char       hint[RFL_HINT_SIZE];
} eval_entry_t;

typedef struct {
    uint32_t     entry;
    unsigned     rank;
} eval_cand_t;

typedef struct {
    uint32_t     entry;
    unsigned     score;
    unsigned     why;
} eval_hit_t;


static eval_entry_t  *entries;
static size_t         nentries;
static eval_post_t   *posts;
static size_t         nposts, sposts;
static uint32_t      *seen;
static uint32_t       seen_now;
static unsigned       cap = 256;


static double
eval_clock(void)
{
    struct timespec  ts;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);

    return (double) ts.tv_sec * 1e3 + (double) ts.tv_nsec / 1e6;
}


static uint64_t
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


static size_t
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


static char *
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


static unsigned
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
eval_cand_cmp(const void *a, const void *b)
{
    const eval_cand_t  *x, *y;

    x = a;
    y = b;

    if (x->rank != y->rank) {
        return x->rank > y->rank ? -1 : 1;
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


static size_t  stat_keys[2], stat_cands[2], stat_opened[2], stat_asked[2],
               stat_overflow;
static double  stat_keyd[2], stat_worker[2];


static unsigned
eval_ask(rfl_pool_t *pool, const rfl_name_t *q, const rfl_facts_t *facts,
    const rfl_str_t *text, rfl_ask_e ask, eval_hit_t *hits, unsigned nhits)
{
    double               t;
    size_t               i, j, k, at, count;
    unsigned             n, rank, least, score, step, strong,
                         why;
    rfl_keys_t           keys;
    rfl_name_t          *kq, *names[RFL_NAMES_MAX];
    static eval_cand_t  *cands;
    static size_t        scands;
    size_t               ncands;

    /* the daemon */

    t = eval_clock();

    if (rfl_name_parse(pool, text, &kq) != RFL_OK
        || rfl_name_query_keys(pool, kq, facts, ask, &keys) != RFL_OK)
    {
        return nhits;
    }

    stat_keyd[ask] += eval_clock() - t;
    stat_keys[ask] += keys.n;
    stat_asked[ask]++;

    /* the index */

    ncands = 0;

    for (i = 0; i < keys.n; i++) {
        at = eval_find(eval_hash(&keys.key[i]), nposts, &count);

        if (count > cap) {
            stat_overflow++;
            continue;
        }

        if (ncands + count > scands) {
            scands = (ncands + count) * 2;
            cands = realloc(cands, scands * sizeof(eval_cand_t));

            if (cands == NULL) {
                exit(2);
            }
        }

        for (j = at; j < at + count; j++) {
            if (seen[posts[j].entry] != seen_now) {
                seen[posts[j].entry] = seen_now;
                cands[ncands++].entry = posts[j].entry;
            }
        }
    }

    stat_cands[ask] += ncands;

    /* the worker */

    t = eval_clock();

    for (i = 0, k = 0; i < ncands; i++) {
        rank = rfl_name_hint_match(q, facts, 0,
                                   entries[cands[i].entry].hint);
        if (rank != 0) {
            cands[k].entry = cands[i].entry;
            cands[k].rank = rank;
            k++;
        }
    }

    qsort(cands, k, sizeof(eval_cand_t), eval_cand_cmp);

    for (i = 0, step = 0, least = 0; i < k && i < EVAL_OPEN_MAX; i++, step--) {

        if (step == 0 || cands[i].rank < least) {

            for (j = 0, strong = 0; j < nhits; j++) {
                strong += (hits[j].score >= RFL_SCORE_STRONG);
            }

            least = (strong >= EVAL_KEEP) ? 256
                    : (strong != 0 || (i == 0 && cands[0].rank >= EVAL_HOPE))
                    ? EVAL_STRONG
                    : (ask == RFL_ASK_FINE) ? EVAL_FINE : EVAL_WIDE;

            if (cands[i].rank < least) {
                break;
            }

            step = EVAL_RECORDS;
        }

        stat_opened[ask]++;

        n = eval_parse(pool, &entries[cands[i].entry], names);

        score = rfl_name_score(pool, q, facts, names, n,
                               entries[cands[i].entry].year, &why);

        if (score >= RFL_SCORE_CUT) {
            hits[nhits].entry = cands[i].entry;
            hits[nhits].score = score;
            hits[nhits].why = why;
            nhits++;
        }
    }

    stat_worker[ask] += eval_clock() - t;

    return nhits;
}


static int
eval_queries(const char *path, const char *out, long limit)
{
    char         *line, *s;
    FILE         *f, *o;
    long          nq;
    size_t        size;
    double        t, ms;
    json_t       *q;
    unsigned      i, n;
    rfl_str_t     text;
    rfl_pool_t   *pool;
    rfl_name_t   *name;
    eval_hit_t    hits[2 * EVAL_OPEN_MAX];
    rfl_facts_t   facts;

    f = fopen(path, "r");
    o = fopen(out, "w");

    if (f == NULL || o == NULL) {
        perror(path);
        return 2;
    }

    pool = rfl_pool_create(65536);
    seen = calloc(nentries, sizeof(uint32_t));

    if (pool == NULL || seen == NULL) {
        return 2;
    }

    line = NULL;
    size = 0;
    nq = 0;
    (void) limit;

    while (getline(&line, &size, f) > 0) {
        q = json_loads(line, 0, NULL);
        if (q == NULL) {
            continue;
        }

        nq++;
        seen_now++;
        n = 0;
        t = eval_clock();

        memset(&facts, 0, sizeof(rfl_facts_t));
        facts.birth_year = (int) json_integer_value(json_object_get(q,
                                                               "birth_year"));
        facts.country.data = (u_char *) eval_string(q, "country");
        facts.country.len = strlen((char *) facts.country.data);

        text.data = (u_char *) eval_string(q, "name");
        text.len = strlen((char *) text.data);

        if (rfl_name_parse(pool, &text, &name) == RFL_OK) {
            n = eval_ask(pool, name, &facts, &text, RFL_ASK_FINE, hits, n);
            qsort(hits, n, sizeof(eval_hit_t), eval_hit_cmp);

            if (n == 0 || hits[0].score < RFL_SCORE_STRONG) {
                n = eval_ask(pool, name, &facts, &text, RFL_ASK_WIDE, hits,
                             n);
                qsort(hits, n, sizeof(eval_hit_t), eval_hit_cmp);
            }
        }

        ms = eval_clock() - t;
        s = eval_string(q, "id");
        fprintf(o, "{\"id\":\"%s\",\"ids\":[", s);
        free(s);

        for (i = 0; i < n && i < EVAL_KEEP; i++) {
            fprintf(o, "%s\"%s\"", i ? "," : "", entries[hits[i].entry].id);
        }

        fprintf(o, "],\"score\":[");

        for (i = 0; i < n && i < EVAL_KEEP; i++) {
            fprintf(o, "%s%u", i ? "," : "", hits[i].score);
        }

        fprintf(o, "],\"ms\":%.4f}\n", ms);

        free(text.data);
        free(facts.country.data);
        json_decref(q);
        rfl_pool_reset(pool);
    }

    fclose(o);
    fclose(f);
    free(line);

    for (i = 0; i < 2; i++) {
        if (stat_asked[i] == 0) {
            continue;
        }

        printf("%s: asked by %.1f%%, keys %.1f, candidates %.1f, opened %.1f, "
               "keyd %.4f ms, worker %.4f ms\n", i ? "wide" : "fine",
               (double) stat_asked[i] * 100 / (double) nq,
               (double) stat_keys[i] / (double) stat_asked[i],
               (double) stat_cands[i] / (double) stat_asked[i],
               (double) stat_opened[i] / (double) stat_asked[i],
               stat_keyd[i] / (double) stat_asked[i],
               stat_worker[i] / (double) stat_asked[i]);
    }

    printf("all: keyd %.4f ms, worker %.4f ms per query; overflows met %zu\n",
           (stat_keyd[0] + stat_keyd[1]) / (double) nq,
           (stat_worker[0] + stat_worker[1]) / (double) nq, stat_overflow);

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

        if (pool == NULL || rfl_name_parse(pool, &a, &x) != RFL_OK
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
        fprintf(stderr, "usage: eval entries queries results [cap]\n");
        return 2;
    }

    if (argc > 4) {
        cap = (unsigned) atoi(argv[4]);
    }

    eval_load(argv[1]);
    eval_build();

    return eval_queries(argv[2], argv[3], 0);
}
