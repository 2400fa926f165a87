
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_ask.c: what a question asks for: the pairs of its parts in all
 * readings, and what rfl_name_wide.c adds in a wide one.  Finer keys are made
 * in a second go, once it is known which lists overflow.
 */


#include "rfl_name_ask.h"


#define RFL_ASK_FINER_MAX  24      /* keys made finer in a question */


static int rfl_ask_keys(rfl_asking_t *q, const rfl_name_t *name,
    rfl_ask_e ask);
static int rfl_ask_fine(rfl_asking_t *q, const rfl_items_t *items);
static int rfl_ask_finer(rfl_asking_t *q, const rfl_items_t *items);


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
                if (rfl_ask_add(q, &items->initial[i], &y->skels[k], 0, NULL,
                                0)
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
                    key.unlikely = rfl_pair_unlikely(a, b);

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

        if (rfl_ask_which(q, &plain.key[i]) != RFL_ASKED_OVERFLOWED) {
            continue;
        }

        if (rfl_keys_finer_facts(q->pool, &plain.key[i], q->facts, 1, q->finer)
            != RFL_OK
            || rfl_keys_finer_names(q->pool, items, &plain.key[i], q->finer)
               != RFL_OK
            || rfl_keys_finer_scripts(q->pool, items, &plain.key[i], 1,
                                      q->finer)
               != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


int
rfl_ask_add(rfl_asking_t *q, const rfl_skel_t *a, const rfl_skel_t *b,
    unsigned unlikely, const rfl_item_t *part, int facts)
{
    rfl_key_t  key;

    rfl_key_pair(&key, a, b);
    key.unlikely = (uint8_t) unlikely;

    if (rfl_keys_add(q->pool, &q->keys, &key) != RFL_OK) {
        return RFL_ERROR;
    }

    if (part == NULL || rfl_ask_which(q, &key) != RFL_ASKED_OVERFLOWED) {
        return RFL_OK;
    }

    if (rfl_keys_finer_part(q->pool, &key, part, q->finer) != RFL_OK) {
        return RFL_ERROR;
    }

    return facts ? rfl_keys_finer_facts(q->pool, &key, q->facts, 1, q->finer)
                 : RFL_OK;
}


rfl_asked_e
rfl_ask_which(const rfl_asking_t *q, const rfl_key_t *key)
{
    int  i;

    i = rfl_keys_find(&q->keys, key);

    if (i < 0) {
        return RFL_ASKED_NOT;
    }

    return ((size_t) i / 8 < q->size && ((q->which[i / 8] >> (i % 8)) & 1))
           ? RFL_ASKED_OVERFLOWED : RFL_ASKED_READ;
}
