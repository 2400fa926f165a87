
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_finer.c: finer keys, for lists that are longer than the cap: the
 * same key with a second fact, with the sound of its parts, vowels included,
 * or a pair with a third part or in one script.
 */


#include "rfl_name_key.h"


#include <stdio.h>


/* halves of a pair that an item has, a bit set; of a fact there is one */

#define RFL_KEY_FIRST      0x01
#define RFL_KEY_SECOND     0x02

/*
 * Ten parts make fewer pairs, even if each of them is a short form of one
 * name; for a name of fifty rfl-keyd would compute for 30 ms.
 */
#define RFL_FINER_PAIRS    100     /* of parts, for one key */


static int rfl_keys_finer_spelled(rfl_pool_t *pool, const rfl_key_t *key, const
    rfl_item_t *x, const rfl_item_t *y, rfl_keys_t *keys);
static unsigned rfl_key_of(const rfl_key_t *key, const rfl_item_t *x);
static int rfl_key_has(const rfl_key_t *key, int kind);
static void rfl_key_finer(rfl_key_t *key, const rfl_key_t *of, char kind, const
    void *value, size_t len);


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

            if (rfl_keys_finer_names(pool, &items, key, keys) != RFL_OK
                || rfl_keys_finer_scripts(pool, &items, key, 0, keys)
                   != RFL_OK)
            {
                return RFL_ERROR;
            }
        }
    }

    rfl_memzero(&items, sizeof(rfl_items_t));

    return RFL_OK;
}


/*
 * The same key with each second fact.  An entry that lacks one is stored
 * with an unknown value, which is asked for besides the one that was given:
 * so the finer lists hold everybody whom that fact does not rule out.
 */

int
rfl_keys_finer_facts(rfl_pool_t *pool, const rfl_key_t *key,
    const rfl_facts_t *facts, int query, rfl_keys_t *keys)
{
    int        len, year, span;
    char       text[8];
    rfl_key_t  finer;

    span = query ? RFL_YEAR_SPAN : 0;

    /* a part with a country and a year is stored as one with the year */

    for (year = facts->birth_year - span;
         facts->birth_year != 0 && year <= facts->birth_year + span
         && !rfl_key_has(key, 'y') && !rfl_key_has(key, 'c');
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

    /* many people of one country share a part and an initial */

    if (key->data[1] == '=') {
        return RFL_OK;
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


/*
 * The same key with the sound of its parts, vowels included, and a pair with a
 * third name part.
 */

int
rfl_keys_finer_names(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_key_t *key, rfl_keys_t *keys)
{
    uint8_t            of[RFL_PARTS_MAX + RFL_JOINS_MAX];
    unsigned           i, j, k, pairs, other;
    rfl_key_t          finer;
    const rfl_item_t  *x, *y, *z;

    pairs = 0;
    memset(of, 0, sizeof(of));

    for (i = 0; i < items->n; i++) {
        of[i] = (uint8_t) rfl_key_of(key, &items->item[i]);
    }

    for (i = 0; i < items->nnames; i++) {
        x = &items->item[i];

        if (of[i] == 0) {
            continue;
        }

        /* a fact, or an initial: one part is spelled out */

        if (key->data[0] == RFL_KEY_FACT || key->data[1] == '=') {

            if (rfl_keys_finer_spelled(pool, key, x, NULL, keys) != RFL_OK) {
                return RFL_ERROR;
            }

            continue;
        }

        other = (of[i] >> 1) | (of[i] << 1);

        for (j = i + 1; j < items->n && pairs < RFL_FINER_PAIRS; j++) {
            y = &items->item[j];

            if ((y->part == NULL && y->first <= i && i <= y->last)
                || (of[j] & other) == 0)
            {
                continue;
            }

            pairs++;

            if (rfl_keys_finer_spelled(pool, key, x, y, keys) != RFL_OK) {
                return RFL_ERROR;
            }

            for (k = 0; k < items->nnames; k++) {
                z = &items->item[k];

                if (k == i || k == j || z->nskels == 0
                    || (y->part == NULL && y->first <= k && k <= y->last))
                {
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


/*
 * A pair of two parts with the script of the name.  Namesakes in two scripts
 * share no sound: they are asked for in each script that was not typed.
 */

int
rfl_keys_finer_scripts(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_key_t *key, int query, rfl_keys_t *keys)
{
    u_char     value;
    unsigned   own, script;
    rfl_key_t  finer;

    if (key->data[0] != RFL_KEY_PAIR || key->data[1] == '='
        || items->nnames == 0)
    {
        return RFL_OK;
    }

    own = items->item[0].part->script;
    own = (own < RFL_SCRIPT_N) ? own : RFL_SCRIPT_INDIC;

    for (script = 0; script < RFL_SCRIPT_N; script++) {

        if ((script == own) == (query != 0)) {
            continue;
        }

        value = (u_char) script;
        rfl_key_finer(&finer, key, 'w', &value, 1);
        finer.data[0] = RFL_KEY_SCRIPT;
        finer.unlikely = 0;

        if (rfl_keys_add(pool, keys, &finer) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/*
 * A pair with the sound of both parts, and with that of one: most spellings
 * of a name differ in one part only.
 */

static int
rfl_keys_finer_spelled(rfl_pool_t *pool, const rfl_key_t *key,
    const rfl_item_t *x, const rfl_item_t *y, rfl_keys_t *keys)
{
    unsigned  i, j;
    uint64_t  a, b;

    for (i = 0; i < x->nsounds; i++) {
        a = x->sound[i];

        if (y == NULL) {
            if (rfl_keys_finer_sound(pool, key, 's', a, keys) != RFL_OK) {
                return RFL_ERROR;
            }

            continue;
        }

        for (j = 0; j < y->nsounds; j++) {
            b = y->sound[j];

            /* a sum: the parts may be in any order */

            if (rfl_keys_finer_sound(pool, key, 's', a + b, keys) != RFL_OK
                || rfl_keys_finer_sound(pool, key, 'h', a, keys) != RFL_OK
                || rfl_keys_finer_sound(pool, key, 'h', b, keys) != RFL_OK)
            {
                return RFL_ERROR;
            }
        }
    }

    return RFL_OK;
}


/*
 * Of a pair with a slip in one part: the finer key with the sound of the other,
 * which leaves out all who share no more than its consonants.
 */

int
rfl_keys_finer_part(rfl_pool_t *pool, const rfl_key_t *key,
    const rfl_item_t *part, rfl_keys_t *keys)
{
    if (part->nsounds == 0) {
        return RFL_OK;
    }

    return rfl_keys_finer_sound(pool, key, (key->data[1] == '=') ? 's' : 'h',
                                part->sound[0], keys);
}


int
rfl_keys_finer_sound(rfl_pool_t *pool, const rfl_key_t *key, char kind,
    uint64_t sound, rfl_keys_t *keys)
{
    u_char     value[8];
    unsigned   k;
    rfl_key_t  finer;

    for (k = 0; k < sizeof(value); k++) {
        value[k] = (u_char) (sound >> (8 * k));
    }

    rfl_key_finer(&finer, key, kind, value, sizeof(value));

    return rfl_keys_add(pool, keys, &finer);
}


static unsigned
rfl_key_of(const rfl_key_t *key, const rfl_item_t *x)
{
    size_t             na, nb;
    unsigned           i, of;
    const u_char      *a, *b;
    const rfl_skel_t  *skel;

    a = &key->data[1];
    b = memchr(a, (key->data[0] == RFL_KEY_FACT) ? '|' : '+', key->len - 1U);

    if (b == NULL) {
        return 0;
    }

    na = (size_t) (b++ - a);
    nb = (key->data[0] == RFL_KEY_FACT) ? 0 : key->len - na - 2;

    for (i = 0, of = 0; i < x->nskels; i++) {
        skel = &x->skels[i];

        if (skel->len == na && memcmp(skel->s, a, na) == 0) {
            of |= RFL_KEY_FIRST;
        }

        if (skel->len == nb && memcmp(skel->s, b, nb) == 0) {
            of |= RFL_KEY_SECOND;
        }
    }

    return of;
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
    key->unlikely = of->unlikely;
}
