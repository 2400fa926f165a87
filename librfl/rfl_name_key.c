
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
#define RFL_JOINS_MAX      8       /* up to so many parts: neighbours joined */
#define RFL_INITIALS_MAX   12
#define RFL_NICK_MAX       10      /* skeletons of short forms */
#define RFL_EDITS_MAX      192
#define RFL_ASK_FINE_MAX   240
#define RFL_ASK_WIDE_MAX   700
#define RFL_WIDE_INITIALS  3
#define RFL_YEAR_SPAN      2


typedef struct {
    const rfl_part_t  *part;       /* NULL: two joined */
    uint8_t            first;      /* name parts it spans */
    uint8_t            last;
    uint8_t            nskels;
    uint8_t            nstored;    /* of them as stored, first */
    rfl_skel_t         skels[RFL_SKELS_MAX + RFL_NICK_MAX];
} rfl_item_t;

typedef struct {
    unsigned           n;
    unsigned           nnames;     /* the first ones */
    unsigned           ninitials;
    rfl_item_t         item[RFL_PARTS_MAX + RFL_JOINS_MAX];
    rfl_skel_t         initial[RFL_INITIALS_MAX];
} rfl_items_t;


static void rfl_items_make(const rfl_name_t *name, int query,
    rfl_items_t *items);
static unsigned rfl_part_stored(const rfl_part_t *part, const rfl_item_t *it);
static int rfl_items_apart(const rfl_items_t *items, const rfl_item_t *a,
    const rfl_item_t *b);
static int rfl_keys_pairs(rfl_pool_t *pool, const rfl_items_t *items,
    rfl_keys_t *keys);
static int rfl_keys_initials(rfl_pool_t *pool, const rfl_items_t *items,
    rfl_keys_t *keys);
static int rfl_keys_facts(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, int query, rfl_keys_t *keys);
static int rfl_keys_kin(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_str_t *kin, char kind, int query, rfl_keys_t *keys);
static int rfl_keys_split(rfl_pool_t *pool, const rfl_part_t *part,
    const rfl_skel_t *other, rfl_keys_t *keys);
static int rfl_part_halves(const rfl_part_t *part, unsigned *at,
    rfl_skel_t *a, rfl_skel_t *b);
static int rfl_keys_halves(rfl_pool_t *pool, const rfl_part_t *part,
    rfl_keys_t *keys);
static int rfl_keys_finer_facts(rfl_pool_t *pool, const rfl_key_t *key,
    const rfl_facts_t *facts, int query, rfl_keys_t *keys);
static int rfl_keys_finer_names(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_key_t *key, rfl_keys_t *keys);
static int rfl_ask_fine(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, rfl_keys_t *keys);
static int rfl_ask_wide(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, rfl_keys_t *keys);
static void rfl_skel_expand(const rfl_reading_t *r, int query,
    rfl_skel_t *skels, unsigned *n, unsigned max);
static int rfl_skel_both(unsigned c);
static void rfl_skel_put(rfl_skel_t *skels, unsigned *n, unsigned max,
    const rfl_skel_t *s);
static void rfl_skel_initial(unsigned c, rfl_skel_t *s);
static unsigned rfl_skel_edits(const rfl_skel_t *s, rfl_skel_t *out,
    unsigned max);
static int rfl_keys_add(rfl_pool_t *pool, rfl_keys_t *keys,
    const rfl_key_t *key);
static void rfl_key_pair(rfl_key_t *key, const rfl_skel_t *a,
    const rfl_skel_t *b);
static void rfl_key_fact(rfl_key_t *key, const rfl_skel_t *s, char kind,
    const void *value, size_t len);
static void rfl_key_finer(rfl_key_t *key, const rfl_key_t *of, char kind,
    const void *value, size_t len);
static int rfl_key_has(const rfl_key_t *key, int kind);


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

        /* Yohan and Johan, Wahid and Vahid, Ph- and P- */

        if (i == 0 && r->ph[0] == 'y') {
            c = ".C";
        }

        for (m = 0; m < nset; m++) {
            for (k = 0; c[k] != '\0' && (k == 0 || query || rfl_skel_both(r->ph[i]));
                 k++)
            {

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


/* sounds of which either class is as likely are stored under both */

static int
rfl_skel_both(unsigned c)
{
    return c == 'R' || c == 'P' || c == 'D';
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
    unsigned           i;
    rfl_items_t        items;
    const rfl_name_t  *name;

    keys->n = 0;
    keys->size = 0;
    keys->key = NULL;

    for (i = 0; i < n; i++) {
        for (name = names[i]; name != NULL; name = name->alt) {

            rfl_items_make(name, 0, &items);

            if (rfl_keys_pairs(pool, &items, keys) != RFL_OK
                || rfl_keys_initials(pool, &items, keys) != RFL_OK
                || rfl_keys_facts(pool, &items, facts, 0, keys) != RFL_OK)
            {
                return RFL_ERROR;
            }
        }
    }

    rfl_memzero(&items, sizeof(rfl_items_t));

    return RFL_OK;
}


int
rfl_name_finer_keys(rfl_pool_t *pool, rfl_name_t *const *names, unsigned n,
    const rfl_facts_t *facts, const rfl_key_t *key, rfl_keys_t *keys)
{
    unsigned           i;
    rfl_items_t        items;
    const rfl_name_t  *name;

    if (rfl_keys_finer_facts(pool, key, facts, 0, keys) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < n; i++) {
        for (name = names[i]; name != NULL; name = name->alt) {

            rfl_items_make(name, 0, &items);

            if (rfl_keys_finer_names(pool, &items, key, keys) != RFL_OK) {
                return RFL_ERROR;
            }
        }
    }

    rfl_memzero(&items, sizeof(rfl_items_t));

    return RFL_OK;
}


int
rfl_name_query_keys(rfl_pool_t *pool, const rfl_name_t *name,
    const rfl_facts_t *facts, rfl_ask_e ask, rfl_keys_t *keys)
{
    int                rc;
    rfl_items_t        items;

    keys->n = 0;
    keys->size = 0;
    keys->key = NULL;

    rc = RFL_OK;

    for ( /* void */ ; name != NULL && rc == RFL_OK; name = name->alt) {

        rfl_items_make(name, 1, &items);

        rc = (ask == RFL_ASK_FINE) ? rfl_ask_fine(pool, &items, facts, keys)
                                   : rfl_ask_wide(pool, &items, facts, keys);
    }

    rfl_memzero(&items, sizeof(rfl_items_t));

    if (rc != RFL_OK) {
        return rc;
    }

    return (keys->n == 0) ? RFL_DECLINED : RFL_OK;
}


/*
 * What takes part in pairs: name parts, two neighbours written as one, and
 * (asked only) initials.
 */

static void
rfl_items_make(const rfl_name_t *name, int query, rfl_items_t *items)
{
    char               buf[2];
    unsigned           i, k, max;
    rfl_part_t         joined;
    const char        *p;
    rfl_item_t        *it;
    rfl_reading_t      r[2];
    const rfl_part_t  *list[RFL_PARTS_MAX];

    items->n = 0;
    items->nnames = 0;
    items->ninitials = 0;

    for (i = 0; i < name->nparts; i++) {
        if (name->parts[i].type == RFL_PART_NAME) {
            list[items->nnames++] = &name->parts[i];

        } else if (query && name->parts[i].type == RFL_PART_INITIAL) {

            for (p = rfl_initial_phones(&name->parts[i], buf);
                 *p != '\0' && items->ninitials < RFL_INITIALS_MAX; p++)
            {
                rfl_skel_initial((u_char) *p,
                                 &items->initial[items->ninitials++]);
            }
        }
    }

    max = !query ? RFL_READINGS_MAX
          : (items->nnames > 5) ? 2 : (items->nnames > 3) ? 4 : RFL_SKELS_MAX;

    for (i = 0; i < items->nnames; i++) {
        it = &items->item[items->n++];
        it->part = list[i];
        it->first = it->last = (uint8_t) i;
        it->nskels = (uint8_t) rfl_part_skels(list[i], query, it->skels, max);
        it->nstored = (uint8_t) (query ? rfl_part_stored(list[i], it)
                                       : it->nskels);

        if (query && list[i]->nick[0] != 0) {
            it->nskels = (uint8_t)
                         (it->nskels
                          + rfl_nick_skels(list[i]->nick,
                                           &it->skels[it->nskels],
                                           RFL_SKELS_MAX + RFL_NICK_MAX
                                           - it->nskels));
        }
    }

    /* only asked: neighbours that the entry may write as one */

    if (!query || items->nnames < 3 || items->nnames > RFL_JOINS_MAX) {
        return;
    }

    for (i = 0; i + 1 < items->nnames; i++) {
        it = &items->item[items->n++];
        it->part = NULL;
        it->first = (uint8_t) i;
        it->last = (uint8_t) (i + 1);

        joined = *list[i];
        joined.readings = r;
        joined.nreadings = 1;
        rfl_reading_join(&list[i]->readings[0], &list[i + 1]->readings[0],
                         &r[0]);

        k = rfl_part_skels(&joined, 1, it->skels, 3);
        it->nskels = (uint8_t) k;
        it->nstored = 1;

        rfl_memzero(r, sizeof(r));
    }
}


/* how many of the skeletons asked for are the stored ones: they come first */

static unsigned
rfl_part_stored(const rfl_part_t *part, const rfl_item_t *it)
{
    unsigned    n;
    rfl_skel_t  skels[RFL_SKELS_MAX];

    n = rfl_part_skels(part, 0, skels, RFL_SKELS_MAX);

    return (n < it->nskels) ? n : it->nskels;
}


/* parts of which none is in both items */

static int
rfl_items_apart(const rfl_items_t *items, const rfl_item_t *a,
    const rfl_item_t *b)
{
    if (a->last >= b->first) {
        return 0;
    }

    return items->nnames <= RFL_PAIRS_NEAR
           || b->first - a->last <= RFL_NEAR || a->first == 0
           || (unsigned) b->last == items->nnames - 1;
}


static int
rfl_keys_pairs(rfl_pool_t *pool, const rfl_items_t *items, rfl_keys_t *keys)
{
    unsigned           i, j, a, b;
    rfl_key_t          key;
    const rfl_item_t  *x, *y;

    for (i = 0; i < items->n; i++) {
        for (j = 0; j < items->n; j++) {
            x = &items->item[i];
            y = &items->item[j];

            if (!rfl_items_apart(items, x, y)
                || (x->part == NULL && y->part == NULL))
            {
                continue;
            }

            for (a = 0; a < x->nskels; a++) {
                for (b = 0; b < y->nskels; b++) {
                    rfl_key_pair(&key, &x->skels[a], &y->skels[b]);

                    if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                        return RFL_ERROR;
                    }
                }
            }
        }
    }

    return RFL_OK;
}


/*
 * Initials are typed for given names: of the first part with any other, and
 * of the others with the first, for names that begin with the family.
 */

static int
rfl_keys_initials(rfl_pool_t *pool, const rfl_items_t *items,
    rfl_keys_t *keys)
{
    unsigned           j, k, b;
    rfl_key_t          key;
    rfl_skel_t         initial;
    const rfl_item_t  *y;

    for (j = 0; j < items->nnames && j < 3; j++) {
        rfl_skel_initial(items->item[j].part->readings[0].ph[0], &initial);

        for (k = 0; k < items->nnames; k++) {

            if (k == j || (j > 0 && k > 0)) {
                continue;
            }

            y = &items->item[k];

            for (b = 0; b < y->nskels; b++) {
                rfl_key_pair(&key, &initial, &y->skels[b]);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    return RFL_OK;
}


static int
rfl_ask_fine(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, rfl_keys_t *keys)
{
    unsigned           i, j, k, n;
    rfl_key_t          key;
    const rfl_item_t  *y;

    if (rfl_keys_pairs(pool, items, keys) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < items->ninitials; i++) {
        for (j = 0; j < items->nnames; j++) {
            y = &items->item[j];

            for (k = 0; k < y->nskels; k++) {
                rfl_key_pair(&key, &items->initial[i], &y->skels[k]);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    if (items->nnames == 1) {
        if (rfl_keys_facts(pool, items, facts, 1, keys) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    if (items->nnames == 1 && items->ninitials == 0 && facts->birth_year == 0
        && facts->country.len == 0)
    {
        if (rfl_keys_halves(pool, items->item[0].part, keys) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    /* finer keys of what is as stored */

    n = keys->n;

    for (i = 0; i < n && keys->n < RFL_ASK_FINE_MAX; i++) {
        key = keys->key[i];

        if (key.data[0] == RFL_KEY_PAIRFACT) {
            continue;
        }

        if (rfl_keys_finer_facts(pool, &key, facts, 1, keys) != RFL_OK
            || rfl_keys_finer_names(pool, items, &key, keys) != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_ask_wide(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, rfl_keys_t *keys)
{
    unsigned           i, j, k, a, nedits;
    rfl_key_t          key;
    rfl_skel_t         edits[RFL_EDITS_MAX];
    const rfl_item_t  *x, *y;

    for (i = 0; i < items->nnames; i++) {
        x = &items->item[i];
        nedits = rfl_skel_edits(&x->skels[0], edits, RFL_EDITS_MAX);

        for (j = 0; j < items->n; j++) {
            y = &items->item[j];

            if (!rfl_items_apart(items, x, y)
                && !rfl_items_apart(items, y, x))
            {
                continue;
            }

            for (a = 0; a < nedits && keys->n < RFL_ASK_WIDE_MAX; a++) {
                rfl_key_pair(&key, &edits[a], &y->skels[0]);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }

        for (k = 0; k < items->ninitials; k++) {
            for (a = 0; a < nedits && keys->n < RFL_ASK_WIDE_MAX; a++) {
                rfl_key_pair(&key, &edits[a], &items->initial[k]);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    /* one part was got right, and the first letter of another */

    for (i = 0; i < items->nnames && items->nnames > 1; i++) {
        rfl_skel_initial(items->item[i].part->readings[0].ph[0], &edits[0]);

        for (j = 0; j < items->nnames && i < RFL_WIDE_INITIALS; j++) {

            if (j == i || items->item[j].nskels == 0) {
                continue;
            }

            rfl_key_pair(&key, &edits[0], &items->item[j].skels[0]);

            if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                return RFL_ERROR;
            }
        }
    }

    /* two parts written as one */

    for (i = 0; i < items->nnames && items->nnames > 1; i++) {
        for (j = 0; j < items->nnames; j++) {

            if (j != i
                && rfl_keys_split(pool, items->item[i].part,
                                  &items->item[j].skels[0], keys)
                   != RFL_OK)
            {
                return RFL_ERROR;
            }
        }
    }

    /* one part was got right, and the year */

    if (items->nnames > 1
        && rfl_keys_facts(pool, items, facts, 1, keys) != RFL_OK)
    {
        return RFL_ERROR;
    }

    rfl_memzero(edits, sizeof(edits));

    return RFL_OK;
}


/*
 * One word and no second fact: perhaps two parts written together.  That is
 * still a question for a pair.
 */

static int
rfl_keys_halves(rfl_pool_t *pool, const rfl_part_t *part, rfl_keys_t *keys)
{
    unsigned    at;
    rfl_key_t   key;
    rfl_skel_t  a, b;

    for (at = 0; rfl_part_halves(part, &at, &a, &b); /* void */ ) {
        rfl_key_pair(&key, &a, &b);

        if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/* either half of a part, with another part */

static int
rfl_keys_split(rfl_pool_t *pool, const rfl_part_t *part,
    const rfl_skel_t *other, rfl_keys_t *keys)
{
    unsigned    at;
    rfl_key_t   key;
    rfl_skel_t  a, b;

    for (at = 0; rfl_part_halves(part, &at, &a, &b); /* void */ ) {
        rfl_key_pair(&key, &a, other);

        if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
            return RFL_ERROR;
        }

        rfl_key_pair(&key, &b, other);

        if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/* the next place after *at where a part may fall in two; 0: none */

static int
rfl_part_halves(const rfl_part_t *part, unsigned *at, rfl_skel_t *a,
    rfl_skel_t *b)
{
    unsigned              i, k, na, nb, left, right;
    rfl_reading_t         half;
    const rfl_reading_t  *r;

    r = &part->readings[0];

    for (i = (*at == 0) ? 2 : *at + 1; i + 2 <= r->len; i++) {

        for (k = 0, left = 0; k < i; k++) {
            left |= (unsigned) rfl_phone_vowel(r->ph[k]);
        }

        for (right = 0; k < r->len; k++) {
            right |= (unsigned) rfl_phone_vowel(r->ph[k]);
        }

        if (!(r->flags & RFL_READ_BARE) && (!left || !right)) {
            continue;
        }

        half = *r;
        half.len = (uint8_t) i;
        na = nb = 0;
        rfl_skel_expand(&half, 0, a, &na, 1);

        half.len = (uint8_t) (r->len - i);
        memcpy(half.ph, r->ph + i, half.len);
        rfl_skel_expand(&half, 0, b, &nb, 1);

        rfl_memzero(&half, sizeof(rfl_reading_t));

        if (na == 1 && nb == 1) {
            *at = i;
            return 1;
        }
    }

    return 0;
}


/*
 * The same key with each second fact.  An entry that lacks one is stored
 * with an unknown value, which is asked for besides the one that was given:
 * so the finer lists hold everybody whom that fact does not rule out.
 */

static int
rfl_keys_finer_facts(rfl_pool_t *pool, const rfl_key_t *key,
    const rfl_facts_t *facts, int query, rfl_keys_t *keys)
{
    int        len, year, span;
    char       text[8];
    rfl_key_t  finer;

    span = query ? RFL_YEAR_SPAN : 0;

    for (year = facts->birth_year - span;
         facts->birth_year != 0 && year <= facts->birth_year + span
         && !rfl_key_has(key, 'y');
         year++)
    {
        len = snprintf(text, sizeof(text), "%d", year % 10000);
        rfl_key_finer(&finer, key, 'y', text, (size_t) len);

        if (rfl_keys_add(pool, keys, &finer) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    if ((facts->birth_year != 0) == (query != 0) && !rfl_key_has(key, 'y')) {
        rfl_key_finer(&finer, key, 'y', "?", 1);

        if (rfl_keys_add(pool, keys, &finer) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    if (facts->country.len != 0 && !rfl_key_has(key, 'c')) {
        rfl_key_finer(&finer, key, 'c', facts->country.data,
                      facts->country.len);

        if (rfl_keys_add(pool, keys, &finer) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    if ((facts->country.len != 0) == (query != 0) && !rfl_key_has(key, 'c')) {
        rfl_key_finer(&finer, key, 'c', "?", 1);

        if (rfl_keys_add(pool, keys, &finer) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/* the same key with a third name part, and with the spelling of its parts */

static int
rfl_keys_finer_names(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_key_t *key, rfl_keys_t *keys)
{
    unsigned           i, j, k;
    rfl_key_t          pair, finer;
    const rfl_item_t  *x, *y, *z;

    if (key->data[0] != RFL_KEY_PAIR) {
        return RFL_OK;
    }

    for (i = 0; i < items->nnames; i++) {
        for (j = i + 1; j < items->nnames; j++) {
            x = &items->item[i];
            y = &items->item[j];

            if (x->nskels == 0 || y->nskels == 0) {
                continue;
            }

            rfl_key_pair(&pair, &x->skels[0], &y->skels[0]);

            if (pair.len != key->len
                || memcmp(pair.data, key->data, key->len) != 0)
            {
                continue;
            }

            for (k = 0; k < items->nnames; k++) {
                z = &items->item[k];

                if (k == i || k == j || z->nskels == 0) {
                    continue;
                }

                rfl_key_finer(&finer, key, 'n', z->skels[0].s,
                              z->skels[0].len);

                if (rfl_keys_add(pool, keys, &finer) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    return RFL_OK;
}


static int
rfl_key_has(const rfl_key_t *key, int kind)
{
    unsigned  i;

    for (i = 1; i + 1 < key->len; i++) {
        if (key->data[i] == '|') {
            return key->data[i + 1] == kind;
        }
    }

    return 0;
}


static int
rfl_keys_facts(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, int query, rfl_keys_t *keys)
{
    int                len, year, span;
    char               text[8];
    unsigned           i, k;
    rfl_key_t          key;
    const rfl_item_t  *it;

    span = query ? RFL_YEAR_SPAN : 0;

    for (k = 0; k < items->nnames; k++) {
        it = &items->item[k];

        for (i = 0; i < it->nskels; i++) {

            for (year = facts->birth_year - span;
                 facts->birth_year != 0 && year <= facts->birth_year + span;
                 year++)
            {
                len = snprintf(text, sizeof(text), "%d", year % 10000);
                rfl_key_fact(&key, &it->skels[i], 'y', text, (size_t) len);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }

            if (facts->country.len != 0) {
                rfl_key_fact(&key, &it->skels[i], 'c', facts->country.data,
                             facts->country.len);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    if (rfl_keys_kin(pool, items, &facts->father, 'f', query, keys) != RFL_OK
        || rfl_keys_kin(pool, items, &facts->mother, 'm', query, keys)
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_keys_kin(pool, items, &facts->grandfather, 'g', query, keys);
}


static int
rfl_keys_kin(rfl_pool_t *pool, const rfl_items_t *items, const rfl_str_t *kin,
    char kind, int query, rfl_keys_t *keys)
{
    int                rc;
    unsigned           i, j, k, m, n;
    rfl_key_t          key;
    rfl_name_t        *name;
    rfl_skel_t         skels[RFL_SKELS_MAX];
    const rfl_item_t  *it;

    if (kin->len == 0) {
        return RFL_OK;
    }

    rc = rfl_name_parse(pool, kin, &name);
    if (rc != RFL_OK) {
        return (rc == RFL_DECLINED) ? RFL_OK : RFL_ERROR;
    }

    for (j = 0; j < name->nparts; j++) {

        if (name->parts[j].type != RFL_PART_NAME) {
            continue;
        }

        n = rfl_part_skels(&name->parts[j], query, skels, query ? 4 : 2);

        for (m = 0; m < items->nnames; m++) {
            it = &items->item[m];

            for (i = 0; i < it->nskels; i++) {
                for (k = 0; k < n; k++) {
                    rfl_key_fact(&key, &it->skels[i], kind, skels[k].s,
                                 skels[k].len);

                    if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                        return RFL_ERROR;
                    }
                }
            }
        }
    }

    return RFL_OK;
}


/* the class of a sound at the beginning of a name */

static void
rfl_skel_initial(unsigned c, rfl_skel_t *s)
{
    size_t                 i;
    static const char      near[] = "a'@ eiy ou wvf pb tdTD szScX JjZC kgqxG "
                                    "h m nN l rR";

    for (i = 0; near[i] != '\0' && (u_char) near[i] != c; i++) {
        /* void */
    }

    while (i > 0 && near[i - 1] != ' ') {
        i--;
    }

    s->s[0] = '=';
    s->s[1] = near[i];
    s->len = 2;
}


/* the sounds an initial may stand for; buf is for one that is not Latin */

const char *
rfl_initial_phones(const rfl_part_t *part, char buf[2])
{
    static const char *const  letters[26] = {
        "a", "b", "kCcs", "d", "eiy", "f", "gJ", "hx", "iey", "jJyh", "kxqC",
        "l", "m", "n", "ouw", "pf", "qkC", "r", "sS", "tTcC", "uoyw", "vwf",
        "wv", "XSxhJ", "yij", "zZc"
    };

    if (part->script == RFL_SCRIPT_LATN && part->nletters > 0
        && part->letters[0] >= 'a' && part->letters[0] <= 'z')
    {
        return letters[part->letters[0] - 'a'];
    }

    buf[0] = (char) part->readings[0].ph[0];
    buf[1] = '\0';

    return buf;
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

    if (s->s[0] != 'A') {
        e = *s;
        e.s[0] = 'A';
        rfl_skel_put(out, &n, max, &e);
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


/*
 * Adds a key that is not there yet.  Behind the keys there is room for a
 * hash of each, so that hundreds of keys are compared quickly.
 */

static int
rfl_keys_add(rfl_pool_t *pool, rfl_keys_t *keys, const rfl_key_t *key)
{
    unsigned    i, size;
    uint32_t    h, *hash;
    rfl_key_t  *grown;

    h = 0x811c9dc5;

    for (i = 0; i < key->len; i++) {
        h = (h ^ key->data[i]) * 0x01000193;
    }

    hash = (keys->size == 0)
           ? NULL : (uint32_t *) (void *) (keys->key + keys->size);

    for (i = 0; i < keys->n; i++) {
        if (hash[i] == h && keys->key[i].len == key->len
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

        grown = rfl_palloc(pool, size * (sizeof(rfl_key_t)
                                         + sizeof(uint32_t)));
        if (grown == NULL) {
            return RFL_ERROR;
        }

        if (keys->n != 0) {
            memcpy(grown, keys->key, keys->n * sizeof(rfl_key_t));
            memcpy(grown + size, hash, keys->n * sizeof(uint32_t));
        }

        keys->key = grown;
        keys->size = size;
        hash = (uint32_t *) (void *) (grown + size);
    }

    hash[keys->n] = h;
    keys->key[keys->n++] = *key;

    return RFL_OK;
}
