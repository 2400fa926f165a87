
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_score.c: how well what was typed fits a name.  Readings are
 * compared by a weighted edit distance over phones; parts are paired, every
 * typed part with its own partner; the score is their weighted mean less
 * what is missing, added or out of order.
 */


#include "rfl_name_int.h"


#define RFL_PART_LEAST     640     /* a part under it has no partner */
#define RFL_LOSS_ADDED     90      /* typed, but not in the entry */
#define RFL_LOSS_MISSING   14      /* in the entry, but not typed */
#define RFL_LOSS_ORDER     4
#define RFL_SPREAD         (RFL_PHONES_MAX * 2 + 4)


typedef struct {
    unsigned     n;
    const rfl_part_t  *part[RFL_PARTS_MAX];
} rfl_list_t;


static unsigned rfl_part_like(const rfl_part_t *a, const rfl_part_t *b,
    unsigned *why);
static unsigned rfl_score_one(const rfl_list_t *q, const rfl_name_t *name,
    unsigned *why);
static unsigned rfl_part_joined(const rfl_part_t *a, const rfl_part_t *b,
    const rfl_part_t *c);


unsigned
rfl_reading_like(const rfl_reading_t *a, const rfl_reading_t *b)
{
    unsigned  i, j, fa, fb, best, cost, wa, wb;
    unsigned  row[3][RFL_SPREAD], *prev2, *prev, *cur, *t;

    if (a->len == b->len && memcmp(a->ph, b->ph, a->len) == 0) {
        return 1000;
    }

    /* vowels that one side does not write cost the other side nothing */

    fa = fb = (a->flags | b->flags) & RFL_READ_BARE;

    prev2 = row[0];
    prev = row[1];
    cur = row[2];

    prev[0] = 0;

    for (j = 0; j < b->len; j++) {
        prev[j + 1] = prev[j] + rfl_phone_gap(b->ph[j], fb);
    }

    for (i = 0; i < a->len; i++) {
        cur[0] = prev[0] + rfl_phone_gap(a->ph[i], fa);

        for (j = 0; j < b->len; j++) {
            best = prev[j] + rfl_phone_swap(a->ph[i], b->ph[j]);

            cost = prev[j + 1] + rfl_phone_gap(a->ph[i], fa);
            if (cost < best) {
                best = cost;
            }

            cost = cur[j] + rfl_phone_gap(b->ph[j], fb);
            if (cost < best) {
                best = cost;
            }

            if (i > 0 && j > 0 && a->ph[i] == b->ph[j - 1]
                && a->ph[i - 1] == b->ph[j])
            {
                cost = prev2[j - 1] + 60;
                if (cost < best) {
                    best = cost;
                }
            }

            cur[j + 1] = best;
        }

        t = prev2;
        prev2 = prev;
        prev = cur;
        cur = t;
    }

    cost = prev[b->len];

    for (i = 0, wa = 0; i < a->len; i++) {
        wa += rfl_phone_weight(a->ph[i], fa);
    }

    for (i = 0, wb = 0; i < b->len; i++) {
        wb += rfl_phone_weight(b->ph[i], fb);
    }

    if (wb > wa) {
        wa = wb;
    }

    if (wa < 180) {
        wa = 180;
    }

    cost = cost * 1000 / wa;

    return (cost >= 1000) ? 0 : 1000 - cost;
}


static unsigned
rfl_part_like(const rfl_part_t *a, const rfl_part_t *b, unsigned *why)
{
    unsigned  i, j, best, like;

    *why = 0;

    if (a->form == b->form) {
        *why = RFL_WHY_SAME;
        return 1000;
    }

    best = 0;

    for (i = 0; i < a->nreadings; i++) {
        for (j = 0; j < b->nreadings; j++) {
            like = rfl_reading_like(&a->readings[i], &b->readings[j]);

            if (like > best) {
                best = like;
            }
        }
    }

    *why = (a->script == b->script) ? RFL_WHY_SPELLING : RFL_WHY_OTHER_SCRIPT;

    return best * 985 / 1000;
}


/* a and b written together against c */

static unsigned
rfl_part_joined(const rfl_part_t *a, const rfl_part_t *b, const rfl_part_t *c)
{
    unsigned       j, best, like;
    rfl_reading_t  r;

    rfl_reading_join(&a->readings[0], &b->readings[0], &r);
    best = 0;

    for (j = 0; j < c->nreadings; j++) {
        like = rfl_reading_like(&r, &c->readings[j]);

        if (like > best) {
            best = like;
        }
    }

    rfl_memzero(&r, sizeof(rfl_reading_t));

    return best * 975 / 1000;
}


static unsigned
rfl_part_weight(const rfl_part_t *p)
{
    unsigned  n;

    n = p->readings[0].len;

    return 6 + (n > 10 ? 10 : n);
}


static unsigned
rfl_score_one(const rfl_list_t *q, const rfl_name_t *name, unsigned *why)
{
    unsigned           i, j, k, bi, bj, best, like, w, sum, weight, added,
                       missing, typed, x, ninitial, nmatch;
    int                last;
    uint8_t            usedq[RFL_PARTS_MAX], usede[RFL_PARTS_MAX];
    rfl_list_t         e;
    const rfl_part_t  *p;

    e.n = 0;

    for (i = 0; i < name->nparts; i++) {
        p = &name->parts[i];

        if (p->type == RFL_PART_NAME || p->type == RFL_PART_INITIAL) {
            e.part[e.n++] = p;
        }
    }

    memset(usedq, 0, q->n);
    memset(usede, 0, e.n);

    *why = 0;
    sum = 0;
    weight = 0;
    ninitial = 0;
    nmatch = 0;
    last = -1;

    for ( ;; ) {
        best = 0;
        bi = bj = 0;
        x = 0;

        for (i = 0; i < q->n; i++) {

            if (usedq[i] || q->part[i]->type != RFL_PART_NAME) {
                continue;
            }

            for (j = 0; j < e.n; j++) {

                if (usede[j] || e.part[j]->type != RFL_PART_NAME) {
                    continue;
                }

                like = rfl_part_like(q->part[i], e.part[j], &k);

                if (like > best) {
                    best = like;
                    bi = i;
                    bj = j;
                    x = k;
                }
            }
        }

        if (best < RFL_PART_LEAST) {
            break;
        }

        usedq[bi] = 1;
        usede[bj] = 1;
        nmatch++;
        *why |= x;

        w = rfl_part_weight(q->part[bi]);
        sum += best * w;
        weight += w;

        (void) last;
    }

    /* two written as one */

    for (i = 0; i < q->n; i++) {

        if (usedq[i] || q->part[i]->type != RFL_PART_NAME) {
            continue;
        }

        for (j = 0; j + 1 < e.n; j++) {

            if (usede[j] || usede[j + 1]) {
                continue;
            }

            like = rfl_part_joined(e.part[j], e.part[j + 1], q->part[i]);

            if (like >= RFL_PART_LEAST) {
                usedq[i] = 1;
                usede[j] = usede[j + 1] = 1;
                nmatch++;
                *why |= RFL_WHY_SPELLING;

                w = rfl_part_weight(q->part[i]);
                sum += like * w;
                weight += w;
                break;
            }
        }
    }

    for (j = 0; j < e.n; j++) {

        if (usede[j] || e.part[j]->type != RFL_PART_NAME) {
            continue;
        }

        for (i = 0; i + 1 < q->n; i++) {

            if (usedq[i] || usedq[i + 1]) {
                continue;
            }

            like = rfl_part_joined(q->part[i], q->part[i + 1], e.part[j]);

            if (like >= RFL_PART_LEAST) {
                usede[j] = 1;
                usedq[i] = usedq[i + 1] = 1;
                nmatch++;
                *why |= RFL_WHY_SPELLING;

                w = rfl_part_weight(e.part[j]);
                sum += like * w;
                weight += w;
                break;
            }
        }
    }

    /* initials, on either side */

    for (i = 0; i < q->n; i++) {

        if (usedq[i]) {
            continue;
        }

        for (j = 0; j < e.n; j++) {

            if (usede[j]
                || (q->part[i]->type != RFL_PART_INITIAL
                    && e.part[j]->type != RFL_PART_INITIAL))
            {
                continue;
            }

            if (rfl_phone_swap(q->part[i]->readings[0].ph[0],
                               e.part[j]->readings[0].ph[0]) <= 20)
            {
                usedq[i] = 1;
                usede[j] = 1;
                ninitial++;
                *why |= RFL_WHY_INITIAL;
                sum += 850 * 4;
                weight += 4;
                break;
            }
        }
    }

    added = 0;
    typed = 0;
    missing = 0;

    for (i = 0; i < q->n; i++) {
        typed++;
        added += !usedq[i];
    }

    for (j = 0; j < e.n; j++) {
        missing += !usede[j];
    }

    if (nmatch == 0 || added > 1 || (added == 1 && typed < 3)
        || (typed > 1 && nmatch + ninitial < 2))
    {
        return 0;
    }

    sum /= weight;

    if (added) {
        *why |= RFL_WHY_PART_ADDED;
        sum -= RFL_LOSS_ADDED;
    }

    if (missing) {
        *why |= RFL_WHY_PART_MISSING;
        sum -= RFL_LOSS_MISSING * (missing > 3 ? 3 : missing);
    }

    return sum;
}


unsigned
rfl_name_score(rfl_pool_t *pool, const rfl_name_t *query,
    const rfl_facts_t *facts, rfl_name_t *const *names, unsigned n, int year,
    unsigned *why)
{
    int                off;
    unsigned           i, best, score, w;
    rfl_list_t         q;
    const rfl_name_t  *e;

    best = 0;
    *why = 0;

    for ( /* void */ ; query != NULL; query = query->alt) {
        q.n = 0;

        for (i = 0; i < query->nparts; i++) {
            if (query->parts[i].type == RFL_PART_NAME
                || query->parts[i].type == RFL_PART_INITIAL)
            {
                q.part[q.n++] = &query->parts[i];
            }
        }

        for (i = 0; i < n; i++) {
            for (e = names[i]; e != NULL; e = e->alt) {
                score = rfl_score_one(&q, e, &w);

                if (score > best) {
                    best = score;
                    *why = w;
                }
            }
        }
    }

    if (best != 0 && year != 0 && facts->birth_year != 0) {
        off = year - facts->birth_year;

        if (off < 0) {
            off = -off;
        }

        if (off > 2) {
            best = (off > 5 || best < 200) ? 0 : best - 200;

        } else if (off > 0) {
            best -= 5 * (unsigned) off;
            *why |= RFL_WHY_YEAR_NEAR;
        }
    }

    return best;
}
