
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_ask.c: what a question asks for: the pairs of its parts in all
 * readings, and in a wide question everything one edit away that a slip or
 * another spelling may lead to, and one part with the initial of another.
 */


#include "rfl_name_key.h"


#define RFL_EDITS_MAX      192
#define RFL_ASK_FINER_MAX  24      /* keys made finer in a question */
#define RFL_ASK_WIDE_MAX   700
#define RFL_WIDE_INITIALS  3
#define RFL_SECOND_MIN     4       /* sounds of a part whose second counts */
#define RFL_WIDE_CLASSES   3       /* of a part that may be mistyped, too */


static int rfl_ask_fine(rfl_pool_t *pool, const rfl_items_t *items, const
    rfl_facts_t *facts, rfl_keys_t *keys);
static int rfl_ask_finer(rfl_pool_t *pool, const rfl_items_t *items, const
    rfl_facts_t *facts, rfl_keys_t *keys);
static int rfl_ask_wide(rfl_pool_t *pool, const rfl_items_t *items, const
    rfl_facts_t *facts, rfl_keys_t *keys);
static int rfl_ask_second(rfl_pool_t *pool, const rfl_items_t *items, unsigned
    at, rfl_keys_t *keys);
static int rfl_ask_initials(rfl_pool_t *pool, const rfl_items_t *items, const
    rfl_facts_t *facts, rfl_keys_t *keys);
static int rfl_item_latin(const rfl_item_t *it);
static int rfl_keys_halves(rfl_pool_t *pool, const rfl_part_t *part, rfl_keys_t
    *keys);
static int rfl_part_halves(const rfl_part_t *part, unsigned *at, rfl_skel_t *a,
    rfl_skel_t *b);


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


static int
rfl_ask_fine(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, rfl_keys_t *keys)
{
    unsigned           i, j, k;
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

    return rfl_ask_finer(pool, items, facts, keys);
}


/* finer keys of what is asked as it is stored */

static int
rfl_ask_finer(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, rfl_keys_t *keys)
{
    unsigned           i, j, a, b, n;
    rfl_key_t          key;
    rfl_keys_t         plain;
    const rfl_item_t  *x, *y;

    plain.n = 0;
    plain.size = 0;
    plain.key = NULL;

    for (i = 0; i < items->nnames && i < RFL_PAIRS_NEAR; i++) {
        x = &items->item[i];

        for (a = 0; a < x->nstored; a++) {

            for (j = i + 1; j < items->n; j++) {
                y = &items->item[j];

                if (!rfl_items_apart(items, x, y)
                    && !rfl_items_apart(items, y, x))
                {
                    continue;
                }

                for (b = 0; b < y->nstored; b++) {
                    rfl_key_pair(&key, &x->skels[a], &y->skels[b]);

                    if (rfl_keys_add(pool, &plain, &key) != RFL_OK) {
                        return RFL_ERROR;
                    }
                }
            }

            for (j = 0; j < items->ninitials; j++) {
                rfl_key_pair(&key, &items->initial[j], &x->skels[a]);

                if (rfl_keys_add(pool, &plain, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    if (items->nnames == 1
        && rfl_keys_facts(pool, items, facts, 1, &plain) != RFL_OK)
    {
        return RFL_ERROR;
    }

    n = (plain.n > RFL_ASK_FINER_MAX) ? RFL_ASK_FINER_MAX : plain.n;

    for (i = 0; i < n; i++) {
        if (rfl_keys_finer_facts(pool, &plain.key[i], facts, 1, keys)
            != RFL_OK
            || rfl_keys_finer_names(pool, items, &plain.key[i], keys)
               != RFL_OK)
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

    if (rfl_ask_initials(pool, items, facts, keys) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < items->nnames; i++) {
        x = &items->item[i];
        nedits = rfl_skel_edits(&x->skels[0], rfl_item_latin(x), edits,
                                RFL_EDITS_MAX);

        for (j = 0; j < items->nnames; j++) {
            y = &items->item[j];

            if (!rfl_items_apart(items, x, y)
                && !rfl_items_apart(items, y, x))
            {
                continue;
            }

            for (a = 0; a < nedits && keys->n < RFL_ASK_WIDE_MAX; a++) {
                rfl_key_pair(&key, &edits[a], &y->skels[0]);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK
                    || rfl_keys_finer_part(pool, &key, y, keys) != RFL_OK)
                {
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

    /* one word, with a year or a country: perhaps two parts all the same */

    if (items->nnames == 1 && items->ninitials == 0
        && (facts->birth_year != 0 || facts->country.len != 0)
        && rfl_keys_halves(pool, items->item[0].part, keys) != RFL_OK)
    {
        return RFL_ERROR;
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
 * One part was got right, or nearly, and the first letter of another: what is
 * left of two parts mistyped.
 */

static int
rfl_ask_initials(rfl_pool_t *pool, const rfl_items_t *items,
    const rfl_facts_t *facts, rfl_keys_t *keys)
{
    unsigned           i, j, a, nedits;
    rfl_key_t          key;
    rfl_skel_t         edits[RFL_EDITS_MAX], initial;
    const rfl_item_t  *y;

    for (i = 0; i < items->nnames && items->nnames > 1; i++) {

        if (i == RFL_WIDE_INITIALS) {
            break;
        }

        if (rfl_ask_second(pool, items, i, keys) != RFL_OK) {
            return RFL_ERROR;
        }

        rfl_skel_initial(items->item[i].part->readings[0].ph[0], &initial);

        for (j = 0; j < items->nnames; j++) {
            y = &items->item[j];

            if (j == i || y->nskels == 0) {
                continue;
            }

            rfl_key_pair(&key, &initial, &y->skels[0]);

            if (rfl_keys_add(pool, keys, &key) != RFL_OK
                || rfl_keys_finer_part(pool, &key, y, keys) != RFL_OK
                || rfl_keys_finer_facts(pool, &key, facts, 1, keys) != RFL_OK)
            {
                return RFL_ERROR;
            }

            if (items->nnames != 2) {
                continue;
            }

            /*
             * Of two parts both may be mistyped.  With two consonants and
             * another one of them anybody would be met.
             */

            nedits = rfl_skel_edits(&y->skels[0], rfl_item_latin(y), edits,
                                    (y->skels[0].len < RFL_WIDE_CLASSES)
                                    ? 2U * y->skels[0].len - 1
                                    : RFL_EDITS_MAX);

            for (a = 0; a < nedits && keys->n < RFL_ASK_WIDE_MAX; a++) {

                if (edits[a].len > y->skels[0].len) {
                    break;
                }

                rfl_key_pair(&key, &initial, &edits[a]);

                if (rfl_keys_add(pool, keys, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    rfl_memzero(edits, sizeof(edits));

    return RFL_OK;
}


/*
 * A first letter too much, or swapped with the second, and another slip behind
 * it: the part begins with what is typed second.
 */

static int
rfl_ask_second(rfl_pool_t *pool, const rfl_items_t *items, unsigned at,
    rfl_keys_t *keys)
{
    unsigned              j;
    rfl_key_t             key;
    rfl_skel_t            initial;
    const rfl_item_t     *y;
    const rfl_reading_t  *r;

    r = &items->item[at].part->readings[0];

    if (r->len < RFL_SECOND_MIN) {
        return RFL_OK;
    }

    rfl_skel_initial(r->ph[1], &initial);

    for (j = 0; j < items->nnames; j++) {
        y = &items->item[j];

        if (j == at || y->nskels == 0) {
            continue;
        }

        rfl_key_pair(&key, &initial, &y->skels[0]);

        if (rfl_keys_add(pool, keys, &key) != RFL_OK
            || rfl_keys_finer_part(pool, &key, y, keys) != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_item_latin(const rfl_item_t *it)
{
    return it->part != NULL && it->part->script == RFL_SCRIPT_LATN;
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
