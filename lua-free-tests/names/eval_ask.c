
/*
 * Copyright (C) The RFL authors
 *
 * eval_ask.c: asks the index of eval.c as the worker asks rfl-keyd and Redis:
 * fine, finer where a list overflowed, wide unless something strong was found;
 * drops by hint, scores, cuts.  Of what should have been found and was not it
 * says how far it came: by which question it was met, its hint, its score.
 */


#include "eval.h"


/* as the worker: records in one step, steps, and the hint they have to have */

#define EVAL_RECORDS  16
#define EVAL_OPEN_MAX 256
#define EVAL_FINE     140
#define EVAL_WIDE     185
#define EVAL_STRONG   205
#define EVAL_HOPE     235
#define EVAL_KEEP     10
#define EVAL_SLOTS    4096
#define EVAL_LONG     8
#define EVAL_WATCH    8


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
    rfl_hint_memo_t  *memo;
    eval_cand_t  *cands;
    size_t        scands;
    unsigned      over;            /* what was passed over */
} eval_search_t;


static uint32_t  *seen;
static uint32_t   seen_now;


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
               stat_overflow, stat_refine, stat_finer;
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
 * The lists of the keys: finer ones are asked for only where another
 * overflowed, and if not all can be read, short ones are.
 */

static size_t
eval_lists(rfl_pool_t *pool, eval_search_t *s, const rfl_name_t *name,
    const rfl_keys_t *keys, rfl_ask_e ask, int rest)
{
    size_t              i, count, at, n, budget, total, from, to, size;
    u_char              which[RFL_WHICH_SIZE];
    unsigned            finer;
    rfl_keys_t          more;
    static eval_list_t  lists[2 * RFL_KEYS_MAX];

    n = 0;
    size = 0;
    memset(which, 0, sizeof(which));

    for (finer = 0; finer < 2 && (finer == 0 || size != 0); finer++) {

        if (finer) {
            if (rfl_name_query_finer(pool, name, &s->facts, ask, which, size,
                                     &more)
                != RFL_OK)
            {
                break;
            }

            keys = &more;
            stat_finer += rest ? 0 : keys->n;
        }

        for (i = 0; i < keys->n; i++) {

            at = eval_find(eval_hash(&keys->key[i]), nposts, &count);

            if (count > cap) {
                which[i / 8] |= (u_char) (1 << (i % 8));
                size = i / 8 + 1;
                stat_overflow++;

                s->over |= (ask == RFL_ASK_WIDE) ? RFL_OVER_WIDE
                           : finer ? RFL_OVER_FINER
                           : (keys->key[i].data[0] == RFL_KEY_PAIR)
                             ? RFL_OVER_PAIR : RFL_OVER_FACT;
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
            s->over |= RFL_OVER_READ;
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
        to = from + lists[i].count;

        /* the first of each is always read, long ones come last */

        if (ask == RFL_ASK_WIDE && lists[i].count > EVAL_LONG) {
            to = rest ? to : from + 1;
        }

        from += (rest != 0);

        for (at = from; at < to; at++) {
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
    rfl_ask_e ask, int rest)
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

    if (rfl_name_parse_typed(pool, text, &kq) != RFL_OK
        || rfl_name_query_keys(pool, kq, &s->facts, ask, &keys) != RFL_OK)
    {
        return;
    }

    if (!rest) {
        stat_keys[ask] += keys.n;
        stat_keyd[ask] += eval_clock() - t;
        stat_asked[ask]++;
    }

    /* the index */

    ncands = eval_lists(pool, s, kq, &keys, ask, rest);
    cands = s->cands;

    /* the worker */

    t = eval_clock();

    for (i = 0, k = 0; i < ncands; i++) {
        rank = rfl_name_hint_match(s->name, &s->facts, 0,
                                   entries[cands[i].entry].hint, s->memo);

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

            /* enough of them: who may be better than the last that is shown */

            if (strong >= EVAL_KEEP) {
                qsort(s->hits, s->nhits, sizeof(eval_hit_t), eval_hit_cmp);
                least = rfl_name_hint_least(rfl_name_parts(s->name),
                                            s->hits[EVAL_KEEP - 1].score);
            }

            least = (strong >= EVAL_KEEP) ? least
                    : (strong != 0 || (i == 0 && cands[0].rank >= EVAL_HOPE))
                    ? EVAL_STRONG
                    : (ask == RFL_ASK_FINE) ? EVAL_FINE : EVAL_WIDE;

            if (cands[i].rank < least) {
                break;
            }

            if (i >= EVAL_OPEN_MAX) {
                s->over |= RFL_OVER_READ;
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
    int       facts;
    unsigned  parts;

    s->nhits = 0;
    s->over = 0;

    if (rfl_name_parse_typed(pool, text, &s->name) != RFL_OK) {
        return 0;
    }

    parts = rfl_name_parts(s->name);
    facts = (s->facts.birth_year != 0 || s->facts.country.len != 0);

    s->memo = rfl_name_hint_memo(pool);

    eval_ask(pool, s, text, RFL_ASK_FINE, 0);

    if (s->nhits != 0
        && s->hits[0].score >= rfl_name_enough(parts, s->nhits))
    {
        return 0;
    }

    if (parts < 2 && !facts) {
        return 1;
    }

    eval_ask(pool, s, text, RFL_ASK_WIDE, 0);

    if (s->nhits == 0 || s->hits[0].score < rfl_name_sure(s->hits[0].why)) {
        eval_ask(pool, s, text, RFL_ASK_WIDE, 1);
    }

    if (s->nhits != 0 && s->hits[0].score >= rfl_name_fair(s->nhits)) {
        return 0;
    }

    return rfl_name_refine(parts, &s->facts, s->over, s->nhits);
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

    fprintf(o, "],\"ms\":%.4f}\n", ms);
}


int
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
           "records %.1f, finer keys %.1f per query; overflows met %zu; asked "
           "for one more detail %zu\n", (stat_keyd[0] + stat_keyd[1]) / (double) nq,
           (stat_worker[0] + stat_worker[1]) / (double) nq,
           (double) (stat_keys[0] + stat_keys[1]) / (double) nq,
           (double) (stat_cands[0] + stat_cands[1]) / (double) nq,
           (double) (stat_opened[0] + stat_opened[1]) / (double) nq,
           (double) stat_finer / (double) nq, stat_overflow, stat_refine);

    rfl_pool_destroy(pool);

    return 0;
}
