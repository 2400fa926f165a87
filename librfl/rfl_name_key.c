
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_key.c: canonical keys.  A name key is the skeleton of a reading:
 * the classes of its consonants, with an "A" in front where it begins with a
 * vowel or a weak sound.  Stored keys are few: one skeleton a reading.  What
 * may be confused is spread out on the asking side only.
 *
 *     P skeleton + skeleton            skeletons in byte order
 *     P =letter + skeleton             initial of one part, another part
 *     F skeleton | y 1987 / c SY / f skeleton / m ... / g ...
 *     T one of these | finer detail
 */


#include "rfl_name_int.h"

#include <stdio.h>


#define RFL_PAIRS_NEAR     8       /* up to so many parts: every pair */
#define RFL_NEAR           3       /* beyond: neighbours this far, and ends */
#define RFL_ASK_FINE_MAX   160
#define RFL_ASK_WIDE_MAX   700
#define RFL_YEAR_SPAN      2


typedef struct {
    unsigned     n;
    rfl_skel_t   s[RFL_SKELS_MAX];
} rfl_skels_t;


static void rfl_skel_expand(const rfl_reading_t *r, int query,
    rfl_skel_t *skels, unsigned *n, unsigned max);
static void rfl_skel_put(rfl_skel_t *skels, unsigned *n, unsigned max,
    const rfl_skel_t *s);
static int rfl_keys_add(rfl_pool_t *pool, rfl_keys_t *keys,
    const rfl_key_t *key);
static void rfl_key_pair(rfl_key_t *key, const rfl_skel_t *a,
    const rfl_skel_t *b);
static void rfl_key_fact(rfl_key_t *key, const rfl_skel_t *s, char kind,
    const void *value, size_t len);
static void rfl_key_finer(rfl_key_t *key, const rfl_key_t *of, char kind,
    const void *value, size_t len);
static void rfl_skel_initial(const rfl_part_t *part, rfl_skel_t *s);
static int rfl_pair_wanted(unsigned i, unsigned j, unsigned n);
static unsigned rfl_name_list(const rfl_name_t *name,
    const rfl_part_t **list);
static int rfl_keys_facts(rfl_pool_t *pool, const rfl_skels_t *skels,
    const rfl_facts_t *facts, int query, rfl_keys_t *keys);
static int rfl_keys_kin(rfl_pool_t *pool, const rfl_skels_t *skels,
    const rfl_str_t *kin, char kind, int query, rfl_keys_t *keys);
static unsigned rfl_skel_edits(const rfl_skel_t *s, rfl_skel_t *out,
    unsigned max);


static const char  rfl_key_classes[] = "PFKTSCLRMN";


unsigned
rfl_part_skels(const rfl_part_t *part, int query, rfl_skel_t *skels,
    unsigned max)
{
    unsigned  i, n;

    n = 0;

    /* what is stored comes first */

    for (i = 0; i < part->nreadings; i++) {
        rfl_skel_expand(&part->readings[i], 0, skels, &n, max);
    }

    for (i = 0; query && i < part->nreadings; i++) {
        rfl_skel_expand(&part->readings[i], 1, skels, &n, max);
    }

    return n;
}


static void
rfl_skel_expand(const rfl_reading_t *r, int query, rfl_skel_t *skels,
    unsigned *n, unsigned max)
{
    unsigned     i, k, m, nset, ngrown;
    rfl_skel_t   set[RFL_SKELS_MAX], grown[RFL_SKELS_MAX];
    const char  *c;

    memset(set, 0, sizeof(set));
    nset = 1;

    for (i = 0; i < r->len; i++) {
        c = rfl_phone_classes(r->ph[i]);
        ngrown = 0;

        for (m = 0; m < nset; m++) {
            for (k = 0; c[k] != '\0' && (k == 0 || query); k++) {

                if (ngrown == RFL_SKELS_MAX) {
                    break;
                }

                grown[ngrown] = set[m];

                if (c[k] != '.') {

                    if (grown[ngrown].len < RFL_SKEL_MAX) {
                        grown[ngrown].s[grown[ngrown].len++] = c[k];
                    }

                } else if (i == 0) {
                    grown[ngrown].s[0] = 'A';
                    grown[ngrown].len = 1;
                }

                ngrown++;
            }
        }

        memcpy(set, grown, ngrown * sizeof(rfl_skel_t));
        nset = ngrown;
    }

    for (m = 0; m < nset; m++) {
        rfl_skel_put(skels, n, max, &set[m]);
    }

    rfl_memzero(set, sizeof(set));
    rfl_memzero(grown, sizeof(grown));
}


static void
rfl_skel_put(rfl_skel_t *skels, unsigned *n, unsigned max,
    const rfl_skel_t *s)
{
    unsigned  i;

    if (s->len == 0 || *n == max) {
        return;
    }

    for (i = 0; i < *n; i++) {
        if (skels[i].len == s->len
            && memcmp(skels[i].s, s->s, s->len) == 0)
        {
            return;
        }
    }

    skels[(*n)++] = *s;
}


int
rfl_name_entry_keys(rfl_pool_t *pool, rfl_name_t *const *names, unsigned n,
    const rfl_facts_t *facts, rfl_keys_t *keys)
{
    unsigned           i, j, k, a, b, np;
    rfl_key_t          key;
    rfl_skel_t         initial;
    rfl_skels_t        sk[RFL_PARTS_MAX];
    const rfl_part_t  *list[RFL_PARTS_MAX];

    keys->n = 0;
    keys->size = 0;
    keys->key = NULL;

    for (i = 0; i < n; i++) {
        np = rfl_name_list(names[i], list);

        for (j = 0; j < np; j++) {
            sk[j].n = rfl_part_skels(list[j], 0, sk[j].s, RFL_SKELS_MAX);

            if (rfl_keys_facts(pool, &sk[j], facts, 0, keys) != RFL_OK) {
                return RFL_ERROR;
            }
        }

        for (j = 0; j < np; j++) {
            for (k = j + 1; k < np; k++) {

                if (!rfl_pair_wanted(j, k, np)) {
                    continue;
                }

                for (a = 0; a < sk[j].n; a++) {
                    for (b = 0; b < sk[k].n; b++) {
                        rfl_key_pair(&key, &sk[j].s[a], &sk[k].s[b]);

                        if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                            return RFL_ERROR;
                        }
                    }
                }
            }
        }

        for (j = 0; j < np && j < 2; j++) {
            rfl_skel_initial(list[j], &initial);

            for (k = 0; k < np; k++) {

                if (k == j || (j == 1 && k > 0)) {
                    continue;
                }

                for (b = 0; b < sk[k].n; b++) {
                    rfl_key_pair(&key, &initial, &sk[k].s[b]);

                    if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                        return RFL_ERROR;
                    }
                }
            }
        }
    }

    return RFL_OK;
}


int
rfl_name_finer_keys(rfl_pool_t *pool, rfl_name_t *const *names, unsigned n,
    const rfl_facts_t *facts, const rfl_key_t *key, rfl_keys_t *keys)
{
    char       text[8];
    int        len;
    rfl_key_t  finer;

    if (facts->birth_year != 0) {
        len = snprintf(text, sizeof(text), "%d", facts->birth_year % 10000);
        rfl_key_finer(&finer, key, 'y', text, (size_t) len);

        if (rfl_keys_add(pool, keys, &finer) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    if (facts->country.len != 0) {
        rfl_key_finer(&finer, key, 'c', facts->country.data,
                      facts->country.len);

        if (rfl_keys_add(pool, keys, &finer) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


int
rfl_name_query_keys(rfl_pool_t *pool, const rfl_name_t *name,
    const rfl_facts_t *facts, rfl_ask_e ask, rfl_keys_t *keys)
{
    unsigned           i, j, k, a, b, np, nedits;
    rfl_key_t          key;
    rfl_skel_t         initial, edits[256];
    rfl_skels_t        sk[RFL_PARTS_MAX];
    const rfl_part_t  *list[RFL_PARTS_MAX];

    keys->n = 0;
    keys->size = 0;
    keys->key = NULL;

    np = rfl_name_list(name, list);

    for (j = 0; j < np; j++) {
        sk[j].n = rfl_part_skels(list[j], 1, sk[j].s,
                                 (np > 4) ? 3 : RFL_SKELS_MAX);
    }

    if (np == 1 || ask == RFL_ASK_WIDE) {
        for (j = 0; j < np && ask == RFL_ASK_FINE; j++) {
            if (rfl_keys_facts(pool, &sk[j], facts, 1, keys) != RFL_OK) {
                return RFL_ERROR;
            }
        }
    }

    for (j = 0; j < np; j++) {
        for (k = j + 1; k < np; k++) {

            if (!rfl_pair_wanted(j, k, np)) {
                continue;
            }

            if (ask == RFL_ASK_FINE) {

                for (a = 0; a < sk[j].n; a++) {
                    for (b = 0; b < sk[k].n; b++) {
                        rfl_key_pair(&key, &sk[j].s[a], &sk[k].s[b]);

                        if (keys->n >= RFL_ASK_FINE_MAX) {
                            break;
                        }

                        if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                            return RFL_ERROR;
                        }
                    }
                }

                continue;
            }

            for (i = 0; i < 2; i++) {
                nedits = rfl_skel_edits(&sk[i ? k : j].s[0], edits, 256);

                for (a = 0; a < nedits && keys->n < RFL_ASK_WIDE_MAX; a++) {
                    rfl_key_pair(&key, &edits[a], &sk[i ? j : k].s[0]);

                    if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                        return RFL_ERROR;
                    }
                }
            }
        }
    }

    for (i = 0; i < name->nparts; i++) {

        if (name->parts[i].type != RFL_PART_INITIAL || ask == RFL_ASK_WIDE) {
            continue;
        }

        rfl_skel_initial(&name->parts[i], &initial);

        for (k = 0; k < np; k++) {
            for (b = 0; b < sk[k].n; b++) {
                rfl_key_pair(&key, &initial, &sk[k].s[b]);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    return (keys->n == 0) ? RFL_DECLINED : RFL_OK;
}


static unsigned
rfl_name_list(const rfl_name_t *name, const rfl_part_t **list)
{
    unsigned  i, n;

    for (i = 0, n = 0; i < name->nparts; i++) {
        if (name->parts[i].type == RFL_PART_NAME) {
            list[n++] = &name->parts[i];
        }
    }

    return n;
}


static int
rfl_pair_wanted(unsigned i, unsigned j, unsigned n)
{
    return n <= RFL_PAIRS_NEAR || j - i <= RFL_NEAR || i == 0 || j == n - 1;
}


static int
rfl_keys_facts(rfl_pool_t *pool, const rfl_skels_t *skels,
    const rfl_facts_t *facts, int query, rfl_keys_t *keys)
{
    int        len, year, span;
    char       text[8];
    unsigned   i;
    rfl_key_t  key;

    span = query ? RFL_YEAR_SPAN : 0;

    for (i = 0; i < skels->n; i++) {

        for (year = facts->birth_year - span;
             facts->birth_year != 0 && year <= facts->birth_year + span;
             year++)
        {
            len = snprintf(text, sizeof(text), "%d", year % 10000);
            rfl_key_fact(&key, &skels->s[i], 'y', text, (size_t) len);

            if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                return RFL_ERROR;
            }
        }

        if (facts->country.len != 0) {
            rfl_key_fact(&key, &skels->s[i], 'c', facts->country.data,
                         facts->country.len);

            if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                return RFL_ERROR;
            }
        }
    }

    if (rfl_keys_kin(pool, skels, &facts->father, 'f', query, keys) != RFL_OK
        || rfl_keys_kin(pool, skels, &facts->mother, 'm', query, keys)
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_keys_kin(pool, skels, &facts->grandfather, 'g', query, keys);
}


static int
rfl_keys_kin(rfl_pool_t *pool, const rfl_skels_t *skels, const rfl_str_t *kin,
    char kind, int query, rfl_keys_t *keys)
{
    int                rc;
    unsigned           i, j, k, np;
    rfl_key_t          key;
    rfl_name_t        *name;
    rfl_skels_t        sk;
    const rfl_part_t  *list[RFL_PARTS_MAX];

    if (kin->len == 0) {
        return RFL_OK;
    }

    rc = rfl_name_parse(pool, kin, &name);
    if (rc != RFL_OK) {
        return (rc == RFL_DECLINED) ? RFL_OK : RFL_ERROR;
    }

    np = rfl_name_list(name, list);

    for (j = 0; j < np; j++) {
        sk.n = rfl_part_skels(list[j], query, sk.s, query ? 4 : 2);

        for (i = 0; i < skels->n; i++) {
            for (k = 0; k < sk.n; k++) {
                rfl_key_fact(&key, &skels->s[i], kind, sk.s[k].s, sk.s[k].len);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    return RFL_OK;
}


static void
rfl_skel_initial(const rfl_part_t *part, rfl_skel_t *s)
{
    char  c;

    c = (char) part->readings[0].ph[0];

    switch (c) {

    case 'D':
    case 'T':
    case 't':
        c = 'd';
        break;

    case 'j':
    case 'Z':
    case 'C':
        c = 'J';
        break;

    case 'S':
    case 'c':
    case 'X':
        c = 's';
        break;

    case 'q':
    case 'g':
    case 'G':
        c = 'k';
        break;

    case 'x':
        c = 'k';
        break;

    case 'w':
        c = 'v';
        break;

    case 'e':
    case 'i':
    case 'y':
        c = 'e';
        break;

    case '\'':
        c = 'a';
        break;

    case 'o':
        c = 'u';
        break;
    }

    s->s[0] = '=';
    s->s[1] = c;
    s->len = 2;
}


/* everything one edit away from a skeleton, its "A" in front included */

static unsigned
rfl_skel_edits(const rfl_skel_t *s, rfl_skel_t *out, unsigned max)
{
    char        t;
    unsigned    i, n;
    rfl_skel_t  e;
    const char *c;

    n = 0;

    /* swapped, left out */

    for (i = 0; i + 1 < s->len; i++) {
        e = *s;
        t = e.s[i];
        e.s[i] = e.s[i + 1];
        e.s[i + 1] = t;
        rfl_skel_put(out, &n, max, &e);
    }

    for (i = 0; i < s->len; i++) {
        e = *s;
        memmove(&e.s[i], &e.s[i + 1], (size_t) (s->len - i - 1));
        e.len--;
        rfl_skel_put(out, &n, max, &e);
    }

    /* another class, one more */

    for (c = rfl_key_classes; *c != '\0'; c++) {
        for (i = 0; i < s->len; i++) {
            e = *s;
            e.s[i] = *c;
            rfl_skel_put(out, &n, max, &e);
        }

        for (i = 0; i <= s->len && s->len < RFL_SKEL_MAX; i++) {
            e = *s;
            memmove(&e.s[i + 1], &e.s[i], (size_t) (s->len - i));
            e.s[i] = *c;
            e.len++;
            rfl_skel_put(out, &n, max, &e);
        }
    }

    if (s->s[0] != 'A' && s->len < RFL_SKEL_MAX) {
        e = *s;
        memmove(&e.s[1], &e.s[0], s->len);
        e.s[0] = 'A';
        e.len++;
        rfl_skel_put(out, &n, max, &e);
    }

    return n;
}


static void
rfl_key_pair(rfl_key_t *key, const rfl_skel_t *a, const rfl_skel_t *b)
{
    int                rc;
    size_t             len;
    const rfl_skel_t  *t;

    len = (a->len < b->len) ? a->len : b->len;
    rc = memcmp(a->s, b->s, len);

    if (rc > 0 || (rc == 0 && a->len > b->len)) {
        t = a;
        a = b;
        b = t;
    }

    key->data[0] = RFL_KEY_PAIR;
    memcpy(&key->data[1], a->s, a->len);
    key->data[1 + a->len] = '+';
    memcpy(&key->data[2 + a->len], b->s, b->len);
    key->len = (uint8_t) (2 + a->len + b->len);
}


static void
rfl_key_fact(rfl_key_t *key, const rfl_skel_t *s, char kind,
    const void *value, size_t len)
{
    if (len > RFL_SKEL_MAX) {
        len = RFL_SKEL_MAX;
    }

    key->data[0] = RFL_KEY_FACT;
    memcpy(&key->data[1], s->s, s->len);
    key->data[1 + s->len] = '|';
    key->data[2 + s->len] = (u_char) kind;
    memcpy(&key->data[3 + s->len], value, len);
    key->len = (uint8_t) (3 + s->len + len);
}


static void
rfl_key_finer(rfl_key_t *key, const rfl_key_t *of, char kind,
    const void *value, size_t len)
{
    if (len > RFL_SKEL_MAX) {
        len = RFL_SKEL_MAX;
    }

    key->data[0] = RFL_KEY_PAIRFACT;
    memcpy(&key->data[1], of->data, of->len);
    key->data[1 + of->len] = '|';
    key->data[2 + of->len] = (u_char) kind;
    memcpy(&key->data[3 + of->len], value, len);
    key->len = (uint8_t) (3 + of->len + len);
}


/* adds a key that is not there yet */

static int
rfl_keys_add(rfl_pool_t *pool, rfl_keys_t *keys, const rfl_key_t *key)
{
    unsigned    i, size;
    rfl_key_t  *grown;

    for (i = 0; i < keys->n; i++) {
        if (keys->key[i].len == key->len
            && memcmp(keys->key[i].data, key->data, key->len) == 0)
        {
            return RFL_OK;
        }
    }

    if (keys->n == keys->size) {

        if (keys->size == RFL_KEYS_MAX) {
            return RFL_OK;
        }

        size = (keys->size == 0) ? 64 : keys->size * 4;

        grown = rfl_palloc(pool, size * sizeof(rfl_key_t));
        if (grown == NULL) {
            return RFL_ERROR;
        }

        if (keys->n != 0) {
            memcpy(grown, keys->key, keys->n * sizeof(rfl_key_t));
        }

        keys->key = grown;
        keys->size = size;
    }

    keys->key[keys->n++] = *key;

    return RFL_OK;
}
