
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
