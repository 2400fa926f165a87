
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_ask.c: what a question asks for: the pairs of its parts in all
 * readings, and in a wide question everything one edit away that a slip or
 * another spelling may lead to, and one part with the initial of another.
 * Finer keys are made in a second go, once it is known which lists overflow.
 */


#include "rfl_name_key.h"


#define RFL_EDITS_MAX      192
#define RFL_ASK_FINER_MAX  24      /* keys made finer in a question */
#define RFL_ASK_WIDE_MAX   350
#define RFL_WIDE_INITIALS  3
#define RFL_SECOND_MIN     4       /* sounds of a part whose second counts */
#define RFL_WIDE_CLASSES   3       /* of a part that may be mistyped, too */


/* a question, and what has been asked for so far */

typedef struct {
    rfl_pool_t         *pool;
    const rfl_facts_t  *facts;
    rfl_keys_t          keys;
    const u_char       *which;     /* bits: of these keys ... */
    size_t              size;      /* 0: of none */
    rfl_keys_t         *finer;     /* ... the finer ones go here */
} rfl_asking_t;


static int rfl_ask_keys(rfl_asking_t *q, const rfl_name_t *name,
    rfl_ask_e ask);
static int rfl_ask_fine(rfl_asking_t *q, const rfl_items_t *items);
static int rfl_ask_finer(rfl_asking_t *q, const rfl_items_t *items);
static int rfl_ask_wide(rfl_asking_t *q, const rfl_items_t *items);
static int rfl_ask_initials(rfl_asking_t *q, const rfl_items_t *items);
static int rfl_ask_second(rfl_asking_t *q, const rfl_items_t *items,
    unsigned at);
static int rfl_ask_add(rfl_asking_t *q, const rfl_skel_t *a,
    const rfl_skel_t *b, const rfl_item_t *part, int facts);
static int rfl_ask_which(const rfl_asking_t *q, const rfl_key_t *key);
static int rfl_item_latin(const rfl_item_t *it);
static int rfl_keys_halves(rfl_pool_t *pool, const rfl_part_t *part, rfl_keys_t
    *keys);
static int rfl_part_halves(const rfl_part_t *part, unsigned *at, rfl_skel_t *a,
    rfl_skel_t *b);


int
rfl_name_query_keys(rfl_pool_t *pool, const rfl_name_t *name,
    const rfl_facts_t *facts, rfl_ask_e ask, rfl_keys_t *keys)
{
    int           rc;
    rfl_asking_t  q;

    memset(&q, 0, sizeof(rfl_asking_t));
    q.pool = pool;
    q.facts = facts;

    rc = rfl_ask_keys(&q, name, ask);

    *keys = q.keys;

    return rc;
}


int
rfl_name_query_finer(rfl_pool_t *pool, const rfl_name_t *name,
    const rfl_facts_t *facts, rfl_ask_e ask, const u_char *which, size_t size,
    rfl_keys_t *finer)
{
    rfl_asking_t  q;

    memset(&q, 0, sizeof(rfl_asking_t));
    memset(finer, 0, sizeof(rfl_keys_t));

    q.pool = pool;
    q.facts = facts;
    q.which = which;
    q.size = size;
    q.finer = finer;

    return rfl_ask_keys(&q, name, ask);
}


static int
rfl_ask_keys(rfl_asking_t *q, const rfl_name_t *name, rfl_ask_e ask)
{
    int          rc;
    rfl_items_t  items;

    rc = RFL_OK;

    for ( /* void */ ; name != NULL && rc == RFL_OK; name = name->alt) {

        rfl_items_make(name, 1, &items);

        rc = (ask == RFL_ASK_FINE) ? rfl_ask_fine(q, &items)
                                   : rfl_ask_wide(q, &items);
    }

    rfl_memzero(&items, sizeof(rfl_items_t));

    if (rc != RFL_OK) {
        return rc;
    }

    return (q->keys.n == 0) ? RFL_DECLINED : RFL_OK;
}


static int
rfl_ask_fine(rfl_asking_t *q, const rfl_items_t *items)
{
    unsigned            i, j, k;
    const rfl_item_t   *y;
    const rfl_facts_t  *facts;

    facts = q->facts;

    if (rfl_keys_pairs(q->pool, items, &q->keys) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < items->ninitials; i++) {
        for (j = 0; j < items->nnames; j++) {
            y = &items->item[j];

            for (k = 0; k < y->nskels; k++) {
                if (rfl_ask_add(q, &items->initial[i], &y->skels[k], NULL, 0)
                    != RFL_OK)
                {
                    return RFL_ERROR;
                }
            }
        }
    }

    if (items->nnames == 1) {
        if (rfl_keys_facts(q->pool, items, facts, 1, &q->keys) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    if (items->nnames == 1 && items->ninitials == 0 && facts->birth_year == 0
        && facts->country.len == 0)
    {
        if (rfl_keys_halves(q->pool, items->item[0].part, &q->keys)
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return (q->size == 0) ? RFL_OK : rfl_ask_finer(q, items);
}


/* finer keys of what is asked as it is stored */

static int
rfl_ask_finer(rfl_asking_t *q, const rfl_items_t *items)
{
    unsigned           i, j, a, b, n;
    rfl_key_t          key;
    rfl_keys_t         plain;
    const rfl_item_t  *x, *y;

    memset(&plain, 0, sizeof(rfl_keys_t));

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

                    if (rfl_keys_add(q->pool, &plain, &key) != RFL_OK) {
                        return RFL_ERROR;
                    }
                }
            }

            for (j = 0; j < items->ninitials; j++) {
                rfl_key_pair(&key, &items->initial[j], &x->skels[a]);

                if (rfl_keys_add(q->pool, &plain, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }
    }

    if (items->nnames == 1
        && rfl_keys_facts(q->pool, items, q->facts, 1, &plain) != RFL_OK)
    {
        return RFL_ERROR;
    }

    n = (plain.n > RFL_ASK_FINER_MAX) ? RFL_ASK_FINER_MAX : plain.n;

    for (i = 0; i < n; i++) {

        if (!rfl_ask_which(q, &plain.key[i])) {
            continue;
        }

        if (rfl_keys_finer_facts(q->pool, &plain.key[i], q->facts, 1, q->finer)
            != RFL_OK
            || rfl_keys_finer_names(q->pool, items, &plain.key[i], q->finer)
               != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_ask_wide(rfl_asking_t *q, const rfl_items_t *items)
{
    unsigned            i, j, k, a, nedits;
    rfl_skel_t          edits[RFL_EDITS_MAX];
    const rfl_item_t   *x, *y;
    const rfl_facts_t  *facts;

    facts = q->facts;

    if (rfl_ask_initials(q, items) != RFL_OK) {
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

            for (a = 0; a < nedits && q->keys.n < RFL_ASK_WIDE_MAX; a++) {
                if (rfl_ask_add(q, &edits[a], &y->skels[0], y, 0) != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }

        for (k = 0; k < items->ninitials; k++) {
            for (a = 0; a < nedits && q->keys.n < RFL_ASK_WIDE_MAX; a++) {
                if (rfl_ask_add(q, &edits[a], &items->initial[k], NULL, 0)
                    != RFL_OK)
                {
                    return RFL_ERROR;
                }
            }
        }
    }

    /* one word, with a year or a country: perhaps two parts all the same */

    if (items->nnames == 1 && items->ninitials == 0
        && (facts->birth_year != 0 || facts->country.len != 0)
        && rfl_keys_halves(q->pool, items->item[0].part, &q->keys) != RFL_OK)
    {
        return RFL_ERROR;
    }

    /* one part was got right, and the year */

    if (items->nnames > 1
        && rfl_keys_facts(q->pool, items, facts, 1, &q->keys) != RFL_OK)
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
rfl_ask_initials(rfl_asking_t *q, const rfl_items_t *items)
{
    unsigned           i, j, a, nedits;
    rfl_skel_t         edits[RFL_EDITS_MAX], initial;
    const rfl_item_t  *y;

    for (i = 0; i < items->nnames && items->nnames > 1; i++) {

        if (i == RFL_WIDE_INITIALS) {
            break;
        }

        if (rfl_ask_second(q, items, i) != RFL_OK) {
            return RFL_ERROR;
        }

        rfl_skel_initial(items->item[i].part->readings[0].ph[0], &initial);

        for (j = 0; j < items->nnames; j++) {
            y = &items->item[j];

            if (j == i || y->nskels == 0) {
                continue;
            }

            if (rfl_ask_add(q, &initial, &y->skels[0], y, 1) != RFL_OK) {
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

            for (a = 0; a < nedits && q->keys.n < RFL_ASK_WIDE_MAX; a++) {

                if (edits[a].len > y->skels[0].len) {
                    break;
                }

                if (rfl_ask_add(q, &initial, &edits[a], NULL, 0) != RFL_OK) {
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
rfl_ask_second(rfl_asking_t *q, const rfl_items_t *items, unsigned at)
{
    unsigned              j;
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

        if (rfl_ask_add(q, &initial, &y->skels[0], y, 0) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/*
 * Asks for a pair; if its list overflows, for finer ones with the sound of
 * this part, and with facts.
 */

static int
rfl_ask_add(rfl_asking_t *q, const rfl_skel_t *a, const rfl_skel_t *b,
    const rfl_item_t *part, int facts)
{
    rfl_key_t  key;

    rfl_key_pair(&key, a, b);

    if (rfl_keys_add(q->pool, &q->keys, &key) != RFL_OK) {
        return RFL_ERROR;
    }

    if (part == NULL || !rfl_ask_which(q, &key)) {
        return RFL_OK;
    }

    if (rfl_keys_finer_part(q->pool, &key, part, q->finer) != RFL_OK) {
        return RFL_ERROR;
    }

    return facts ? rfl_keys_finer_facts(q->pool, &key, q->facts, 1, q->finer)
                 : RFL_OK;
}


/* is it one of those whose finer keys are wanted? */

static int
rfl_ask_which(const rfl_asking_t *q, const rfl_key_t *key)
{
    unsigned  i;

    for (i = 0; i < q->keys.n && i / 8 < q->size; i++) {

        if (((q->which[i / 8] >> (i % 8)) & 1)
            && q->keys.key[i].len == key->len
            && memcmp(q->keys.key[i].data, key->data, key->len) == 0)
        {
            return 1;
        }
    }

    return 0;
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
