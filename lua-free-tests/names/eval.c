
/*
 * Copyright (C) The RFL authors
 *
 * eval.c: the name search without servers: builds the index of a set in
 * memory from exactly the keys of rfl_name.h, asks as the worker asks (fine,
 * then wide unless something strong was found), drops by hint, scores, cuts,
 * and writes what score.py reads.  Reports keys, lists, candidates and CPU.
 *
 *     eval entries.ndjson queries.ndjson results.ndjson [cap [every]]
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
#define EVAL_SLOTS    4096
#define EVAL_WATCH    8


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

typedef struct {
    size_t       at;
    size_t       count;
} eval_list_t;

/* one that should be found, and how far it came */

typedef struct {
    uint32_t     entry;
    unsigned     rank;
    unsigned     score;
    char         met;              /* 'f', 'w': by which question; '-' */
} eval_watch_t;

typedef struct {
    rfl_name_t   *name;
    rfl_facts_t   facts;
    eval_hit_t    hits[4 * EVAL_OPEN_MAX];
    unsigned      nhits;
    eval_watch_t  watch[EVAL_WATCH];
    unsigned      nwatch;
    eval_cand_t  *cands;
    size_t        scands;
    unsigned      pairs;           /* what overflowed, as in the worker */
    unsigned      finer;
    unsigned      single;
    unsigned      wide;
    unsigned      cut;
} eval_search_t;


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


/* keys, candidates, records and CPU, of the fine and of the wide question */

static size_t  stat_keys[2], stat_cands[2], stat_opened[2], stat_asked[2],
               stat_overflow, stat_refine;
static double  stat_keyd[2], stat_worker[2];


/* is this one of those that should be found? */

static eval_watch_t *
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


static int
eval_list_cmp(const void *a, const void *b)
{
    const eval_list_t  *x, *y;

    x = a;
    y = b;

    return (x->count > y->count) - (x->count < y->count);
}


/*
 * The lists of the keys: finer ones are read only where another overflowed,
 * and if not all can be read, short ones are.
 */

static size_t
eval_lists(eval_search_t *s, const rfl_keys_t *keys, rfl_ask_e ask)
{
    size_t              i, count, at, n, budget, total, from;
    unsigned            finer, overflow;
    static eval_list_t  lists[RFL_KEYS_MAX];

    n = 0;
    overflow = 0;

    for (finer = 0; finer < 2 && (finer == 0 || overflow); finer++) {
        for (i = 0; i < keys->n; i++) {

            if ((keys->key[i].data[0] == RFL_KEY_PAIRFACT) != (finer != 0)) {
                continue;
            }

            at = eval_find(eval_hash(&keys->key[i]), nposts, &count);

            if (count > cap) {
                overflow = 1;
                stat_overflow++;

                s->wide |= (ask == RFL_ASK_WIDE);
                s->finer |= (ask == RFL_ASK_FINE && finer);
                s->pairs |= (ask == RFL_ASK_FINE
                             && keys->key[i].data[0] == RFL_KEY_PAIR);
                s->single |= (ask == RFL_ASK_FINE
                              && keys->key[i].data[0] == RFL_KEY_FACT);
                continue;
            }

            if (count != 0) {
                lists[n].at = at;
                lists[n++].count = count;
            }
        }
    }

    qsort(lists, n, sizeof(eval_list_t), eval_list_cmp);

    total = 0;
    budget = EVAL_SLOTS;

    for (i = 0; i < n; i++) {
        count = lists[i].count - 1;

        if (count > budget) {
            count = budget;
            s->cut = 1;
        }

        budget -= count;
        lists[i].count = count + 1;
        total += count + 1;
    }

    if (total > s->scands) {
        s->scands = total * 2;
        s->cands = realloc(s->cands, s->scands * sizeof(eval_cand_t));

        if (s->cands == NULL) {
            exit(2);
        }
    }

    total = 0;

    for (i = 0; i < n; i++) {
        from = lists[i].at;

        for (at = from; at < from + lists[i].count; at++) {
            stat_cands[ask]++;

            if (seen[posts[at].entry] != seen_now) {
                seen[posts[at].entry] = seen_now;
                s->cands[total++].entry = posts[at].entry;
            }
        }
    }

    return total;
}


static void
eval_ask(rfl_pool_t *pool, eval_search_t *s, const rfl_str_t *text,
    rfl_ask_e ask)
{
    double         t;
    size_t         i, j, k, ncands;
    unsigned       n, rank, least, score, step, strong, why;
    rfl_keys_t     keys;
    rfl_name_t    *kq, *names[RFL_NAMES_MAX];
    eval_cand_t   *cands;
    eval_watch_t  *w;

    /* the daemon */

    t = eval_clock();

    if (rfl_name_parse(pool, text, &kq) != RFL_OK
        || rfl_name_query_keys(pool, kq, &s->facts, ask, &keys) != RFL_OK)
    {
        return;
    }

    stat_keyd[ask] += eval_clock() - t;
    stat_asked[ask]++;

    for (i = 0; i < keys.n; i++) {
        stat_keys[ask] += (keys.key[i].data[0] != RFL_KEY_PAIRFACT);
    }

    /* the index */

    ncands = eval_lists(s, &keys, ask);
    cands = s->cands;

    /* the worker */

    t = eval_clock();

    for (i = 0, k = 0; i < ncands; i++) {
        rank = rfl_name_hint_match(s->name, &s->facts, 0,
                                   entries[cands[i].entry].hint);

        w = eval_watched(s, cands[i].entry);

        if (w != NULL) {
            w->met = (ask == RFL_ASK_FINE) ? 'f' : 'w';
            w->rank = rank;
        }

        if (rank != 0) {
            cands[k].entry = cands[i].entry;
            cands[k].rank = rank;
            k++;
        }
    }

    qsort(cands, k, sizeof(eval_cand_t), eval_cand_cmp);

    for (i = 0, step = 0, least = 0; i < k; i++, step--) {

        if (step == 0 || cands[i].rank < least) {

            for (j = 0, strong = 0; j < s->nhits; j++) {
                strong += (s->hits[j].score >= RFL_SCORE_STRONG);
            }

            least = (strong >= EVAL_KEEP) ? 256
                    : (strong != 0 || (i == 0 && cands[0].rank >= EVAL_HOPE))
                    ? EVAL_STRONG
                    : (ask == RFL_ASK_FINE) ? EVAL_FINE : EVAL_WIDE;

            if (cands[i].rank < least) {
                break;
            }

            if (i >= EVAL_OPEN_MAX) {
                s->cut = 1;
                break;
            }

            step = EVAL_RECORDS;
        }

        stat_opened[ask]++;

        n = eval_parse(pool, &entries[cands[i].entry], names);

        score = rfl_name_score(pool, s->name, &s->facts, names, n,
                               entries[cands[i].entry].year, &why);

        w = eval_watched(s, cands[i].entry);

        if (w != NULL) {
            w->score = score;
        }

        if (score >= RFL_SCORE_CUT) {
            s->hits[s->nhits].entry = cands[i].entry;
            s->hits[s->nhits].score = score;
            s->hits[s->nhits].why = why;
            s->nhits++;
        }
    }

    stat_worker[ask] += eval_clock() - t;

    qsort(s->hits, s->nhits, sizeof(eval_hit_t), eval_hit_cmp);
}


/* as ngx_http_rfl_search_judge(): 1 if one more detail is asked for */

static int
eval_search(rfl_pool_t *pool, eval_search_t *s, const rfl_str_t *text)
{
    int       facts, place;
    unsigned  parts;

    s->nhits = 0;
    s->pairs = s->finer = s->single = s->wide = s->cut = 0;

    if (rfl_name_parse(pool, text, &s->name) != RFL_OK) {
        return 0;
    }

    parts = rfl_name_parts(s->name);
    place = (s->facts.birth_year != 0 || s->facts.country.len != 0);
    facts = place;

    eval_ask(pool, s, text, RFL_ASK_FINE);

    if (s->nhits != 0 && s->hits[0].score >= RFL_SCORE_STRONG) {
        return 0;
    }

    if (parts < 2 && !facts) {
        return 1;
    }

    if (s->pairs && s->finer && s->nhits == 0 && parts <= 2 && !facts) {
        return 1;
    }

    eval_ask(pool, s, text, RFL_ASK_WIDE);

    if (s->nhits != 0 && s->hits[0].score >= RFL_SCORE_STRONG) {
        return 0;
    }

    if (s->nhits != 0 && s->hits[0].score >= RFL_SCORE_FAIR) {
        return 0;
    }

    return s->finer || s->cut || (s->pairs && !facts)
           || (s->single && parts < 2)
           || (s->wide && s->nhits == 0 && !facts);
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
    unsigned             i, k, n, some;
    const eval_watch_t  *w;

    n = refine ? 0 : (s->nhits < EVAL_KEEP) ? s->nhits : EVAL_KEEP;

    fprintf(o, "{\"id\":\"%s\",\"ids\":[", id);

    for (i = 0; i < n; i++) {
        fprintf(o, "%s\"%s\"", i ? "," : "", entries[s->hits[i].entry].id);
    }

    fprintf(o, "],\"score\":[");

    for (i = 0; i < n; i++) {
        fprintf(o, "%s%u", i ? "," : "", s->hits[i].score);
    }

    fprintf(o, "],\"refine\":%s,\"lost\":[", refine ? "true" : "false");

    for (k = 0, some = 0; k < s->nwatch; k++) {
        w = &s->watch[k];

        for (i = 0; i < n && s->hits[i].entry != w->entry; i++) {
            /* void */
        }

        if (i == n) {
            fprintf(o, "%s{\"id\":\"%s\",\"met\":\"%c\",\"hint\":%u,"
                    "\"score\":%u}", some ? "," : "", entries[w->entry].id,
                    w->met, w->rank, w->score);
            some = 1;
        }
    }

    fprintf(o, "],\"ms\":%.4f}\n", ms);
}


static int
eval_queries(const char *path, const char *out, unsigned every)
{
    int                   refine;
    char                 *line, *id;
    FILE                 *f, *o;
    size_t                size, i, at, nq;
    double                t, ms;
    json_t               *q, *expect, *one;
    uint32_t              entry;
    rfl_str_t             text;
    rfl_pool_t           *pool;
    static eval_search_t  s;

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

    for (at = 0; getline(&line, &size, f) > 0; at++) {
        q = (at % every == 0) ? json_loads(line, 0, NULL) : NULL;
        if (q == NULL) {
            continue;
        }

        nq++;
        seen_now++;
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
        stat_refine += (refine != 0);

        ms = eval_clock() - t;
        id = eval_string(q, "id");
        eval_print(o, &s, id, refine, ms);

        free(id);
        free(text.data);
        free(s.facts.country.data);
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

        printf("%s: asked by %.1f%%, keys %.1f, elements %.1f, records %.1f, "
               "keyd %.4f ms, worker %.4f ms\n", i ? "wide" : "fine",
               (double) stat_asked[i] * 100 / (double) nq,
               (double) stat_keys[i] / (double) stat_asked[i],
               (double) stat_cands[i] / (double) stat_asked[i],
               (double) stat_opened[i] / (double) stat_asked[i],
               stat_keyd[i] / (double) stat_asked[i],
               stat_worker[i] / (double) stat_asked[i]);
    }

    printf("all: keyd %.4f ms, worker %.4f ms, keys %.1f, elements %.1f, "
           "records %.1f per query; overflows met %zu; asked for one more "
           "detail %zu\n", (stat_keyd[0] + stat_keyd[1]) / (double) nq,
           (stat_worker[0] + stat_worker[1]) / (double) nq,
           (double) (stat_keys[0] + stat_keys[1]) / (double) nq,
           (double) (stat_cands[0] + stat_cands[1]) / (double) nq,
           (double) (stat_opened[0] + stat_opened[1]) / (double) nq,
           stat_overflow, stat_refine);

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
