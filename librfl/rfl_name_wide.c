
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_wide.c: what a wide question asks for: everything one edit away from
 * its parts that a slip or another spelling may lead to, and one part with the
 * initial of another.  Where such a list overflows, pairs of which both parts
 * are one edit away, or as they were meant.  rfl_name_ask.c calls it.
 */


#include "rfl_name_ask.h"


#define RFL_ASK_WIDE_MAX   350
#define RFL_WIDE_PARTS     3       /* of which slips may leave no pair */
#define RFL_SECOND_MIN     4       /* sounds of a part whose second counts */
#define RFL_WIDE_CLASSES   3       /* of a part that may be mistyped, too */
#define RFL_WIDE_COST      60      /* of an edit; so many in tenths of ln */
#define RFL_WIDE_LONGER    54      /* of one class more, beside an initial */
#define RFL_BOTH_MAX       256     /* keys of two parts edited */
#define RFL_MEANT_EDITS    16      /* of one part, beside the other meant */
#define RFL_BOTH_CLASSES   5       /* of both, so that they say something */

/*
 * How unlikely the keys of a wide question are, as rfl_key_t has it: counted
 * with lua-free-tests/names/eval.c, over who was found, by what.  To those of
 * edits comes RFL_UNLIKELY_COST() of the edit, or of both.
 */

#define RFL_UNLIKELY_EDIT     1    /* one of two parts, beside the other */
#define RFL_UNLIKELY_BESIDE   2    /* ... beside the other's initial */
#define RFL_UNLIKELY_EDITS    3    /* of three parts, of both, or beside ... */
                                   /* ... an initial as typed */
#define RFL_UNLIKELY_INITIAL  0    /* of one of two parts, */
#define RFL_UNLIKELY_THREE    3    /* ... of three, */
#define RFL_UNLIKELY_SECOND   5    /* ... or its second letter */
#define RFL_UNLIKELY_FACT     3
#define RFL_UNLIKELY_MEANT    4

#define RFL_UNLIKELY_COST(cost)  ((cost) / 16)


/* what a part may have been meant to be, the likeliest first */

typedef struct {
    unsigned            n;
    rfl_edit_t          e[RFL_EDITS_MAX];
} rfl_edits_t;


static int rfl_ask_edits(rfl_asking_t *q, const rfl_items_t *items, const
    rfl_edits_t *edits);
static int rfl_ask_initials(rfl_asking_t *q, const rfl_items_t *items, const
    rfl_edits_t *edits);
static int rfl_ask_both(rfl_asking_t *q, const rfl_items_t *items, const
    rfl_edits_t *edits);
static unsigned rfl_ask_unread(const rfl_asking_t *q, const rfl_item_t *beside,
    const rfl_edits_t *edits, uint8_t unread[RFL_EDITS_MAX]);
static int rfl_ask_meant(rfl_asking_t *q, const rfl_item_t *x, const rfl_item_t
    *y);
static int rfl_ask_meant_both(rfl_asking_t *q, const rfl_item_t *x, const
    rfl_edits_t *edits);


int
rfl_ask_wide(rfl_asking_t *q, const rfl_items_t *items)
{
    unsigned            i, n;
    rfl_edits_t        *edits;
    const rfl_item_t   *x;
    const rfl_facts_t  *facts;

    facts = q->facts;

    edits = rfl_palloc(q->pool, (items->nnames + 1) * sizeof(rfl_edits_t));
    if (edits == NULL) {
        return RFL_ERROR;
    }

    for (i = 0; i < items->nnames; i++) {
        x = &items->item[i];
        edits[i].n = (x->nskels == 0) ? 0
                     : rfl_skel_edits(&x->skels[0], x->part->script,
                                      RFL_WIDE_COST, edits[i].e);
    }

    /* of four parts two are right, whatever slips: they were asked for */

    if (items->nnames <= RFL_WIDE_PARTS
        && (rfl_ask_initials(q, items, edits) != RFL_OK
            || rfl_ask_edits(q, items, edits) != RFL_OK))
    {
        return RFL_ERROR;
    }

    /* one word, with a year or a country: perhaps two parts all the same */

    if (items->nnames == 1 && items->ninitials == 0
        && (facts->birth_year != 0 || facts->country.len != 0)
        && rfl_keys_halves(q->pool, items->item[0].part, &q->keys) != RFL_OK)
    {
        return RFL_ERROR;
    }

    /* one part was got right, and the year */

    n = q->keys.n;

    if (items->nnames > 1
        && rfl_keys_facts(q->pool, items, facts, 1, &q->keys) != RFL_OK)
    {
        return RFL_ERROR;
    }

    for ( /* void */ ; n < q->keys.n; n++) {
        q->keys.key[n].unlikely = RFL_UNLIKELY_FACT;
    }

    return (q->size == 0) ? RFL_OK : rfl_ask_both(q, items, edits);
}


/*
 * One part nearly right, beside another one or an initial.  Of three parts one
 * that begins as it was meant is met by its initial (rfl_ask_initials()), and
 * asked for only where that list overflowed.
 */

static int
rfl_ask_edits(rfl_asking_t *q, const rfl_items_t *items,
    const rfl_edits_t *edits)
{
    int                 rc, over;
    unsigned            i, j, k, a, unlikely;
    rfl_key_t           key;
    rfl_skel_t          initial;
    const rfl_item_t   *x, *y;
    const rfl_edits_t  *e;

    for (i = 0; i < items->nnames; i++) {
        x = &items->item[i];
        e = &edits[i];

        rfl_skel_initial(x->part->readings[0].ph[0], &initial);

        for (j = 0; j < items->nnames; j++) {
            y = &items->item[j];

            if (!rfl_items_apart(items, x, y)
                && !rfl_items_apart(items, y, x))
            {
                continue;
            }

            rfl_key_pair(&key, &initial, &y->skels[0]);
            over = (rfl_ask_which(q, &key) == RFL_ASKED_OVERFLOWED);

            for (a = 0; a < e->n && q->keys.n < RFL_ASK_WIDE_MAX; a++) {

                rc = RFL_OK;

                unlikely = RFL_UNLIKELY_COST(e->e[a].cost)
                           + ((items->nnames == 2) ? RFL_UNLIKELY_EDIT
                                                   : RFL_UNLIKELY_EDITS);

                if (items->nnames == 2 || e->e[a].front) {
                    rc = rfl_ask_add(q, &e->e[a].skel, &y->skels[0], unlikely,
                                     y, 0);

                } else if (over && q->finer->n < RFL_ASK_WIDE_MAX) {
                    rfl_key_pair(&key, &e->e[a].skel, &y->skels[0]);
                    key.unlikely = (uint8_t) unlikely;
                    rc = rfl_keys_add(q->pool, q->finer, &key);
                }

                if (rc != RFL_OK) {
                    return RFL_ERROR;
                }
            }
        }

        for (k = 0; k < items->ninitials; k++) {
            for (a = 0; a < e->n && q->keys.n < RFL_ASK_WIDE_MAX; a++) {
                unlikely = RFL_UNLIKELY_COST(e->e[a].cost)
                           + RFL_UNLIKELY_EDITS;

                if (rfl_ask_add(q, &e->e[a].skel, &items->initial[k], unlikely,
                                NULL, 0)
                    != RFL_OK)
                {
                    return RFL_ERROR;
                }
            }
        }
    }

    return RFL_OK;
}


/*
 * One part was got right, or nearly, and the first letter of another: what is
 * left of two parts mistyped.
 */

static int
rfl_ask_initials(rfl_asking_t *q, const rfl_items_t *items,
    const rfl_edits_t *edits)
{
    unsigned              i, j, a, len;
    rfl_skel_t            initial;
    const rfl_edit_t     *e;
    const rfl_item_t     *y;
    const rfl_reading_t  *r;

    for (i = 0; i < items->nnames && items->nnames > 1; i++) {

        r = &items->item[i].part->readings[0];

        for (j = 0; j < items->nnames; j++) {
            y = &items->item[j];

            if (j == i || y->nskels == 0) {
                continue;
            }

            /* a first letter too much, or swapped with the second */

            if (items->nnames == 2 && r->len >= RFL_SECOND_MIN) {
                rfl_skel_initial(r->ph[1], &initial);

                if (rfl_ask_add(q, &initial, &y->skels[0], RFL_UNLIKELY_SECOND,
                                y, 0)
                    != RFL_OK)
                {
                    return RFL_ERROR;
                }
            }

            rfl_skel_initial(r->ph[0], &initial);

            if (rfl_ask_add(q, &initial, &y->skels[0],
                            (items->nnames == 2) ? RFL_UNLIKELY_INITIAL
                                                 : RFL_UNLIKELY_THREE,
                            y, 1)
                != RFL_OK)
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

            len = y->skels[0].len;

            for (a = 0; a < edits[j].n && q->keys.n < RFL_ASK_WIDE_MAX; a++) {
                e = &edits[j].e[a];

                if ((e->skel.len > len && e->cost > RFL_WIDE_LONGER)
                    || (e->skel.len == len && len < RFL_WIDE_CLASSES))
                {
                    continue;
                }

                if (rfl_ask_add(q, &initial, &e->skel,
                                RFL_UNLIKELY_BESIDE
                                + RFL_UNLIKELY_COST(e->cost), NULL, 0)
                    != RFL_OK)
                {
                    return RFL_ERROR;
                }
            }
        }
    }

    return RFL_OK;
}


/*
 * Two parts, and the lists that one of them nearly right and the initial of
 * the other lead to are too long: both nearly right, the likeliest first.
 */

static int
rfl_ask_both(rfl_asking_t *q, const rfl_items_t *items,
    const rfl_edits_t *edits)
{
    unsigned           a, b, n, sum, over;
    uint8_t            unread[2][RFL_EDITS_MAX], next[RFL_EDITS_MAX];
    rfl_key_t          key;
    const rfl_edit_t  *x, *y;

    if (items->nnames != 2
        || items->item[0].skels[0].len + items->item[1].skels[0].len
           < RFL_BOTH_CLASSES)
    {
        return RFL_OK;
    }

    over = rfl_ask_unread(q, &items->item[1], &edits[0], unread[0]);
    over |= rfl_ask_unread(q, &items->item[0], &edits[1], unread[1]);

    if (!over) {
        return RFL_OK;
    }

    memset(next, 0, sizeof(next));
    x = edits[0].e;
    y = edits[1].e;

    for (sum = 0, n = 0;
         n < RFL_BOTH_MAX && sum <= 2 * RFL_WIDE_COST;
         sum++)
    {

        for (a = 0; a < edits[0].n && x[a].cost <= sum; a++) {
            for (b = next[a];
                 b < edits[1].n && x[a].cost + (unsigned) y[b].cost <= sum;
                 b++)
            {
                if ((!unread[0][a] && !y[b].front)
                    || (!unread[1][b] && !x[a].front)
                    || n++ >= RFL_BOTH_MAX)
                {
                    continue;
                }

                rfl_key_pair(&key, &x[a].skel, &y[b].skel);
                key.unlikely = (uint8_t) (RFL_UNLIKELY_EDITS
                                          + RFL_UNLIKELY_COST(sum));

                if (rfl_keys_add(q->pool, q->finer, &key) != RFL_OK) {
                    return RFL_ERROR;
                }
            }

            next[a] = (uint8_t) b;
        }
    }

    if (rfl_ask_meant(q, &items->item[0], &items->item[1]) != RFL_OK
        || rfl_ask_meant(q, &items->item[1], &items->item[0]) != RFL_OK
        || rfl_ask_meant_both(q, &items->item[0], &edits[1]) != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_ask_meant_both(q, &items->item[1], &edits[0]);
}


/*
 * The pair that was meant overflows, too: its finer keys are of sounds.  One
 * part is asked for as it was meant, in every way in which one slip may be
 * taken back, beside the other as it is typed.
 */

static int
rfl_ask_meant(rfl_asking_t *q, const rfl_item_t *x, const rfl_item_t *y)
{
    int            rc;
    unsigned       way, ways;
    rfl_key_t      key;
    rfl_skel_t     s, initial;
    rfl_reading_t  r;

    rc = RFL_OK;
    ways = rfl_retype_ways(&x->part->readings[0]);
    rfl_skel_initial(y->part->readings[0].ph[0], &initial);

    for (way = 0; way < ways && rc == RFL_OK; way++) {

        if (rfl_retype(&x->part->readings[0], way, &r, &s) != RFL_OK) {
            continue;
        }

        rfl_key_pair(&key, &s, &y->skels[0]);
        key.unlikely = RFL_UNLIKELY_MEANT;

        if (rfl_skel_same(&s, &x->skels[0])
            || rfl_ask_which(q, &key) == RFL_ASKED_OVERFLOWED)
        {
            rc = rfl_keys_finer_sound(q->pool, &key, 's',
                                      rfl_reading_sound(&r) + y->sound[0],
                                      q->finer);
        }

        /* the other may be mistyped as well */

        rfl_key_pair(&key, &initial, &s);
        key.unlikely = RFL_UNLIKELY_MEANT;

        if (rc == RFL_OK && rfl_ask_which(q, &key) == RFL_ASKED_OVERFLOWED) {
            rc = rfl_keys_finer_sound(q->pool, &key, 's',
                                      rfl_reading_sound(&r), q->finer);
        }
    }

    rfl_memzero(&r, sizeof(rfl_reading_t));

    return rc;
}


/* the same beside the edits of the other, where both are mistyped */

static int
rfl_ask_meant_both(rfl_asking_t *q, const rfl_item_t *x,
    const rfl_edits_t *edits)
{
    int            rc;
    unsigned       a, n, way, ways;
    rfl_key_t      over[RFL_MEANT_EDITS];
    rfl_skel_t     s;
    rfl_reading_t  r;

    rc = RFL_OK;

    for (a = 0, n = 0; a < edits->n && n < RFL_MEANT_EDITS; a++) {
        rfl_key_pair(&over[n], &x->skels[0], &edits->e[a].skel);
        over[n].unlikely = RFL_UNLIKELY_MEANT;
        n += (rfl_ask_which(q, &over[n]) == RFL_ASKED_OVERFLOWED);
    }

    ways = (n == 0) ? 0 : rfl_retype_ways(&x->part->readings[0]);

    for (way = 0; way < ways && rc == RFL_OK; way++) {

        if (rfl_retype(&x->part->readings[0], way, &r, &s) != RFL_OK
            || !rfl_skel_same(&s, &x->skels[0]))
        {
            continue;
        }

        for (a = 0; a < n && rc == RFL_OK; a++) {
            rc = rfl_keys_finer_sound(q->pool, &over[a], 'h',
                                      rfl_reading_sound(&r), q->finer);
        }
    }

    rfl_memzero(over, sizeof(over));
    rfl_memzero(&r, sizeof(rfl_reading_t));

    return rc;
}


/* which edits, beside an initial, were not read; 1: because of an overflow */

static unsigned
rfl_ask_unread(const rfl_asking_t *q, const rfl_item_t *beside,
    const rfl_edits_t *edits, uint8_t unread[RFL_EDITS_MAX])
{
    unsigned     i, over;
    rfl_key_t    key;
    rfl_skel_t   initial;
    rfl_asked_e  asked;

    rfl_skel_initial(beside->part->readings[0].ph[0], &initial);

    for (i = 0, over = 0; i < edits->n; i++) {
        rfl_key_pair(&key, &initial, &edits->e[i].skel);

        asked = rfl_ask_which(q, &key);
        over |= (asked == RFL_ASKED_OVERFLOWED);
        unread[i] = (asked != RFL_ASKED_READ);
    }

    return over;
}
