
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_key.c: canonical keys, as stored and in part as asked.
 *
 *     P skeleton + skeleton            skeletons in byte order
 *     P =letter + skeleton             initial of one part, another part
 *     F skeleton | y 1987 / c SY / f skeleton / m ... / g ...
 *     T one of these | finer detail
 */


#include "rfl_name_key.h"


#include <stdio.h>


#define RFL_KEYS_FIRST      64
#define RFL_KEYS_SLOTS(n)   (2 * (n))


static int rfl_keys_initials(rfl_pool_t *pool, const rfl_items_t *items,
    rfl_keys_t *keys);
static int rfl_keys_initial(rfl_pool_t *pool, const rfl_skel_t *initial,
    const rfl_item_t *beside, rfl_keys_t *keys);
static int rfl_keys_kin(rfl_pool_t *pool, const rfl_items_t *items, const
    rfl_str_t *kin, char kind, int query, rfl_keys_t *keys);
static void rfl_key_fact(rfl_key_t *key, const rfl_skel_t *s, char kind, const
    void *value, size_t len);
static int rfl_keys_grow(rfl_pool_t *pool, rfl_keys_t *keys);
static uint16_t *rfl_keys_slot(const rfl_keys_t *keys, const rfl_key_t *key);
static int rfl_part_halves(const rfl_part_t *part, unsigned *at, rfl_skel_t *a,
    rfl_skel_t *b);


int
rfl_name_entry_keys(rfl_pool_t *pool, rfl_name_t *const *names, unsigned n,
    const rfl_facts_t *facts, rfl_keys_t *keys)
{
    int                rc;
    unsigned           i;
    rfl_items_t        items;
    const rfl_name_t  *name;

    keys->n = 0;
    keys->size = 0;
    keys->key = NULL;
    rc = RFL_OK;

    for (i = 0; i < n && rc == RFL_OK; i++) {
        for (name = names[i]; name != NULL && rc == RFL_OK; name = name->alt) {

            rfl_items_make(name, 0, &items);

            if (rfl_keys_pairs(pool, &items, keys) != RFL_OK
                || rfl_keys_initials(pool, &items, keys) != RFL_OK
                || rfl_keys_facts(pool, &items, facts, 0, keys) != RFL_OK)
            {
                rc = RFL_ERROR;
            }
        }
    }

    rfl_memzero(&items, sizeof(rfl_items_t));

    return rc;
}


int
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
                    key.unlikely = rfl_pair_unlikely(a, b);

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
 * of the others with the first, for names that begin with the family.  Those
 * that are published stand with every part: S. Sivanesan is all the name that
 * a Tamil has.
 */

static int
rfl_keys_initials(rfl_pool_t *pool, const rfl_items_t *items,
    rfl_keys_t *keys)
{
    int         rc;
    unsigned    j, k;
    rfl_skel_t  initial;

    rc = RFL_OK;

    for (j = 0; j < items->nnames && j < 3; j++) {
        rfl_skel_initial(items->item[j].part->readings[0].ph[0], &initial);

        for (k = 0; k < items->nnames && rc == RFL_OK; k++) {
            if (k != j && (j == 0 || k == 0)) {
                rc = rfl_keys_initial(pool, &initial, &items->item[k], keys);
            }
        }
    }

    for (j = 0; j < items->ninitials; j++) {
        for (k = 0; k < items->nnames && rc == RFL_OK; k++) {
            rc = rfl_keys_initial(pool, &items->initial[j], &items->item[k],
                                  keys);
        }
    }

    return rc;
}


static int
rfl_keys_initial(rfl_pool_t *pool, const rfl_skel_t *initial,
    const rfl_item_t *beside, rfl_keys_t *keys)
{
    unsigned   i;
    rfl_key_t  key;

    for (i = 0; i < beside->nskels; i++) {
        rfl_key_pair(&key, initial, &beside->skels[i]);

        if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


int
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


/*
 * Counted with lua-free-tests/names/eval.c: who is met by another reading of a
 * part than the first is so once in four or eight times.
 */

uint8_t
rfl_pair_unlikely(unsigned a, unsigned b)
{
    static const uint8_t  unlikely[] = { 0, 2, 2, 3 };

    a = (a < 3) ? a : 3;
    b = (b < 3) ? b : 3;

    return (uint8_t) (unlikely[a] + unlikely[b]);
}


void
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
    key->unlikely = 0;
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
    key->unlikely = 0;
}


/* more than RFL_KEYS_MAX are left out */

int
rfl_keys_add(rfl_pool_t *pool, rfl_keys_t *keys, const rfl_key_t *key)
{
    uint16_t   *slot;
    rfl_key_t  *known;

    if (keys->n == keys->size && keys->size < RFL_KEYS_MAX
        && rfl_keys_grow(pool, keys) != RFL_OK)
    {
        return RFL_ERROR;
    }

    slot = rfl_keys_slot(keys, key);

    if (*slot != 0) {
        known = &keys->key[*slot - 1];

        if (key->unlikely < known->unlikely) {
            known->unlikely = key->unlikely;
        }

        return RFL_OK;
    }

    if (keys->n == keys->size) {
        return RFL_OK;
    }

    keys->key[keys->n++] = *key;
    *slot = (uint16_t) keys->n;

    return RFL_OK;
}


static int
rfl_keys_grow(rfl_pool_t *pool, rfl_keys_t *keys)
{
    size_t      slots;
    unsigned    i;
    rfl_keys_t  grown;

    grown.n = keys->n;
    grown.size = (keys->size == 0) ? RFL_KEYS_FIRST : keys->size * 4;

    slots = RFL_KEYS_SLOTS(grown.size) * sizeof(uint16_t);

    grown.key = rfl_palloc(pool, grown.size * sizeof(rfl_key_t) + slots);
    if (grown.key == NULL) {
        return RFL_ERROR;
    }

    memset(grown.key + grown.size, 0, slots);

    for (i = 0; i < keys->n; i++) {
        grown.key[i] = keys->key[i];
        *rfl_keys_slot(&grown, &keys->key[i]) = (uint16_t) (i + 1);
    }

    *keys = grown;

    return RFL_OK;
}


int
rfl_keys_find(const rfl_keys_t *keys, const rfl_key_t *key)
{
    return (keys->size == 0) ? -1 : (int) *rfl_keys_slot(keys, key) - 1;
}


/*
 * Behind the keys there is a table of their numbers, from 1 on, by FNV-1a;
 * half of it or more is free, 0.
 */

static uint16_t *
rfl_keys_slot(const rfl_keys_t *keys, const rfl_key_t *key)
{
    uint32_t          h;
    uint16_t         *slots;
    const rfl_key_t  *other;

    h = rfl_fnv1a(key->data, key->len);
    slots = (uint16_t *) (void *) (keys->key + keys->size);

    for ( ;; ) {
        h %= RFL_KEYS_SLOTS(keys->size);

        if (slots[h] == 0) {
            return &slots[h];
        }

        other = &keys->key[slots[h] - 1];

        if (other->len == key->len
            && memcmp(other->data, key->data, key->len) == 0)
        {
            return &slots[h];
        }

        h++;
    }
}


/*
 * One word and no second fact: perhaps two parts written together.  That is
 * still a question for a pair.
 */

int
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
