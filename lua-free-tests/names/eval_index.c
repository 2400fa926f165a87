
/*
 * Copyright (C) The RFL authors
 *
 * eval_index.c: a set of entries, and its index in memory from exactly the
 * keys of rfl_name.h: a list of entries for each, sorted by its hash.
 */


#include "eval.h"


/* of keys per entry; the last one counts all that have more */
#define EVAL_HIST  2048


eval_entry_t  *entries;
size_t         nentries;
eval_post_t   *posts;
size_t         nposts;

static size_t  sposts;


static void eval_shuffle(void);


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


void
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

    eval_shuffle();
}


/*
 * In a large set those who are asked for come before those who were made
 * besides, and would be met first in each list, and be the first of equals.
 */

static void
eval_shuffle(void)
{
    size_t        i, k;
    uint64_t      r;
    eval_entry_t  e;

    r = 1;

    for (i = nentries; i > 1; i--) {
        r = r * 6364136223846793005ULL + 1442695040888963407ULL;
        k = (size_t) ((r >> 33) % i);

        e = entries[i - 1];
        entries[i - 1] = entries[k];
        entries[k] = e;
    }
}


unsigned
eval_parse(rfl_pool_t *pool, const eval_entry_t *e, rfl_name_memo_t *memo,
    rfl_name_t **names)
{
    unsigned  i, n;

    for (i = 0, n = 0; i < e->n; i++) {
        if (rfl_name_parse_memo(pool, &e->full[i], memo, &names[n]) == RFL_OK) {
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


/* the keys of an entry; how many of its names are searchable */

static unsigned
eval_keys(rfl_pool_t *pool, const eval_entry_t *e, rfl_name_t **names,
    rfl_facts_t *facts, rfl_keys_t *keys)
{
    unsigned  n;

    n = eval_parse(pool, e, NULL, names);
    eval_facts(e, facts);

    if (rfl_name_entry_keys(pool, names, n, facts, keys) != RFL_OK) {
        exit(2);
    }

    return n;
}


/* all lists and hints; the number of keys, and how many 99% do not exceed */

static size_t
eval_post_all(rfl_pool_t *pool, unsigned *p99)
{
    size_t            i, j, nkeys;
    unsigned          n, hist[EVAL_HIST];
    rfl_keys_t        keys;
    rfl_name_t       *names[RFL_NAMES_MAX];
    rfl_facts_t       facts;
    rfl_hint_extra_t  extra;

    memset(hist, 0, sizeof(hist));
    nkeys = 0;

    for (i = 0; i < nentries; i++) {
        n = eval_keys(pool, &entries[i], names, &facts, &keys);

        if (n == 0) {
            printf("nothing searchable: %s\n", entries[i].full[0].data);
        }

        extra.kind = entries[i].kind;
        extra.sex = entries[i].sex;

        rfl_name_hint(names, n, &facts, &extra, entries[i].hint);

        for (j = 0; j < keys.n; j++) {
            eval_post(eval_hash(&keys.key[j]), (uint32_t) i);
        }

        nkeys += keys.n;
        hist[keys.n < EVAL_HIST ? keys.n : EVAL_HIST - 1]++;

        rfl_pool_reset(pool);
    }

    for (i = 0, n = 0; n < EVAL_HIST - 1; n++) {
        i += hist[n];

        if (i >= nentries * 99 / 100) {
            break;
        }
    }

    *p99 = n;

    return nkeys;
}


/* finer keys where a list is longer than the cap; returns their number */

static size_t
eval_post_finer(rfl_pool_t *pool, size_t base)
{
    size_t        i, j, count, finer;
    unsigned      n;
    rfl_keys_t    keys, more;
    rfl_name_t   *names[RFL_NAMES_MAX];
    rfl_facts_t   facts;

    finer = 0;

    for (i = 0; i < nentries; i++) {
        n = eval_keys(pool, &entries[i], names, &facts, &keys);

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

    return finer;
}


void
eval_build(void)
{
    double       t;
    size_t       i, base, count, nkeys, finer, over, longest;
    unsigned     p99;
    rfl_pool_t  *pool;

    pool = rfl_pool_create(65536);

    if (pool == NULL) {
        exit(2);
    }

    t = eval_clock();
    nkeys = eval_post_all(pool, &p99);

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

    finer = (over != 0) ? eval_post_finer(pool, base) : 0;

    if (finer != 0) {
        qsort(posts, nposts, sizeof(eval_post_t), eval_post_cmp);
    }

    printf("keys per entry: mean %.1f, p99 %u; finer %.2f; lists over the cap "
           "%zu; longest list %zu\n", (double) nkeys / (double) nentries, p99,
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

uint32_t
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
