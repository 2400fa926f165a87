
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_match.c: pairs the parts of two names.  Those written the same come
 * first, then the most alike, two neighbours that are one part on the other
 * side, and initials.  Called by rfl_name_score.c, twice for a name at most.
 */


#include "rfl_name_match.h"


#define RFL_LIKE_INITIAL   900
#define RFL_LIKE_WEAK      520     /* a part beside two sure ones */
#define RFL_GRID           16      /* typed parts compared with each */

/*
 * Two names of different people are more often near in sound than one slip of
 * the finger apart.
 */
#define RFL_LESS_SLIP      35      /* percent of what the pair lacks */


typedef struct {
    unsigned           n;
    uint8_t            row[RFL_GRID];      /* typed parts */
    rfl_pair_t         pair[RFL_GRID][RFL_PARTS_MAX];
} rfl_grid_t;


static unsigned rfl_part_weight(const rfl_part_t *p);
static void rfl_match_add(rfl_match_t *m, unsigned like, unsigned weight,
    unsigned why);
static void rfl_match_same(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static void rfl_match_parts(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static void rfl_match_grid(const rfl_match_t *m, const rfl_list_t *q,
    const rfl_list_t *e, rfl_grid_t *grid);
static void rfl_match_pair(const rfl_part_t *q, const rfl_part_t *e,
    rfl_pair_t *pair);
static unsigned rfl_match_best(const rfl_match_t *m, const rfl_list_t *e,
    const rfl_grid_t *grid, int weak, unsigned *row, unsigned *column);
static void rfl_match_joined(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static void rfl_match_halves(rfl_match_t *m, const rfl_list_t *whole,
    uint8_t *wholes, const rfl_list_t *half, uint8_t *halves);
static void rfl_match_initials(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static int rfl_initial_fits(const rfl_part_t *initial, const rfl_part_t *part);


void
rfl_match(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e, int first)
{
    memset(m, 0, sizeof(rfl_match_t));
    m->least = 1000;

    if (first) {
        rfl_match_joined(m, q, e);

        if (m->nmatch == 0) {
            return;                /* nothing is: no better than without */
        }
    }

    rfl_match_same(m, q, e);
    rfl_match_parts(m, q, e);
    rfl_match_initials(m, q, e);
}


static unsigned
rfl_part_weight(const rfl_part_t *p)
{
    unsigned  n;

    n = p->readings[0].len;

    return 6 + (n > 10 ? 10 : n);
}


static void
rfl_match_add(rfl_match_t *m, unsigned like, unsigned weight, unsigned why)
{
    m->sum += like * weight;
    m->weight += weight;
    m->nmatch++;

    if (why & RFL_LIKE_SLIP) {
        m->spared += (1000 - like) * RFL_LESS_SLIP / 100 * weight;
        why &= ~RFL_LIKE_SLIP;
    }

    m->why |= why;

    if (like < m->least) {
        m->least = like;
    }
}


/* what is spelled the same; of several the one in the same place */

static void
rfl_match_same(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e)
{
    unsigned           i, j, k;
    const rfl_part_t  *a, *b;

    for (i = 0; i < q->n; i++) {
        a = q->part[i];

        for (k = 0; k < e->n && a->type == RFL_PART_NAME && !m->q[i]; k++) {
            j = (i + k < e->n) ? i + k : i + k - e->n;

            if (j >= e->n) {
                break;
            }

            b = e->part[j];

            if (!m->e[j] && b->type == RFL_PART_NAME && a->form == b->form
                && a->script == b->script && !rfl_viet_apart(a, b))
            {
                m->q[i] = 1;
                m->e[j] = 1;
                m->at[i] = (uint8_t) (j + 1);
                rfl_match_add(m, 1000, rfl_part_weight(a), RFL_WHY_SAME);
                break;
            }
        }
    }
}


/* the best pair first */

static void
rfl_match_parts(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e)
{
    int         joined, weak;
    unsigned    i, j, best;
    rfl_grid_t  grid;

    rfl_match_grid(m, q, e, &grid);

    joined = 0;
    weak = 0;

    for ( ;; ) {
        best = rfl_match_best(m, e, &grid, weak, &i, &j);

        if (best < RFL_LIKE_SURE && !joined) {
            rfl_match_joined(m, q, e);
            joined = 1;
            continue;
        }

        if (best < RFL_PART_LEAST && !weak) {

            /* beside two sure parts and more, one may be mistyped badly */

            if (m->nmatch < 2 || m->sum < RFL_LIKE_SURE * m->weight) {
                return;
            }

            weak = 1;
            continue;
        }

        if (best < (weak ? RFL_LIKE_WEAK : RFL_PART_LEAST)) {
            return;
        }

        m->q[grid.row[i]] = 1;
        m->e[j] = 1;
        m->at[grid.row[i]] = (uint8_t) (j + 1);

        rfl_match_add(m, best, rfl_part_weight(q->part[grid.row[i]]),
                      grid.pair[i][j].why);

        if (weak) {
            return;
        }
    }
}


/* how alike each typed part that is left is to each that it may be */

static void
rfl_match_grid(const rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e,
    rfl_grid_t *grid)
{
    unsigned     i, j;
    rfl_pair_t  *g;

    grid->n = 0;

    for (i = 0; i < q->n && grid->n < RFL_GRID; i++) {

        if (m->q[i] || q->part[i]->type != RFL_PART_NAME) {
            continue;
        }

        for (j = 0; j < e->n; j++) {
            g = &grid->pair[grid->n][j];
            g->like = 0;
            g->raw = 0;

            if (!m->e[j] && e->part[j]->type == RFL_PART_NAME) {
                rfl_match_pair(q->part[i], e->part[j], g);
            }
        }

        grid->row[grid->n++] = (uint8_t) i;
    }
}


static void
rfl_match_pair(const rfl_part_t *q, const rfl_part_t *e, rfl_pair_t *pair)
{
    unsigned           why, like;
    const rfl_pair_t  *known;

    known = rfl_memo_pair(q, e);

    if (known != NULL) {
        *pair = *known;
        return;
    }

    like = rfl_part_like(q, e, &why);

    pair->raw = (uint16_t) like;
    pair->why = (uint16_t) why;
    pair->like = (why == RFL_WHY_NICKNAME || like >= rfl_part_least(q, e))
                 ? (uint16_t) like : 0;

    rfl_memo_add_pair(q, e, pair);
}


/* of equals the one in the same place; 0: no part is left */

static unsigned
rfl_match_best(const rfl_match_t *m, const rfl_list_t *e,
    const rfl_grid_t *grid, int weak, unsigned *row, unsigned *column)
{
    unsigned  i, j, best, like;

    best = 0;
    *row = 0;
    *column = 0;

    for (i = 0; i < grid->n; i++) {
        for (j = 0; j < e->n && !m->q[grid->row[i]]; j++) {

            like = weak ? grid->pair[i][j].raw : grid->pair[i][j].like;

            if (!m->e[j]
                && (like > best
                    || (like == best && grid->row[i] == j && best != 0)))
            {
                best = like;
                *row = i;
                *column = j;
            }
        }
    }

    return best;
}


/* two parts written as one, on either side */

static void
rfl_match_joined(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e)
{
    rfl_match_halves(m, q, m->q, e, m->e);
    rfl_match_halves(m, e, m->e, q, m->q);
}


/* neighbours of one side that are a part of the other */

static void
rfl_match_halves(rfl_match_t *m, const rfl_list_t *whole, uint8_t *wholes,
    const rfl_list_t *half, uint8_t *halves)
{
    unsigned           i, j, like;
    const rfl_part_t  *a, *b, *c;

    for (i = 0; i < whole->n; i++) {
        a = whole->part[i];

        if (a->type != RFL_PART_NAME) {
            continue;
        }

        for (j = 0; j + 1 < half->n && !wholes[i]; j++) {
            b = half->part[j];
            c = half->part[j + 1];

            if (halves[j] || halves[j + 1]
                || b->type != RFL_PART_NAME || c->type != RFL_PART_NAME
                || (!rfl_part_near(a, b) && !rfl_part_near(a, c)))
            {
                continue;
            }

            like = rfl_part_joined(b, c, a);

            /* the name was turned round, and with it what is a compound */

            if (like < RFL_PART_BOTH && (a->flags & RFL_PART_COMPOUND)
                && rfl_part_spelled(c, b, a))
            {
                like = RFL_LIKE_HALVES;
            }

            if (like < RFL_PART_BOTH) {
                continue;
            }

            wholes[i] = 1;
            halves[j] = halves[j + 1] = 1;

            if (wholes == m->q) {
                m->at[i] = (uint8_t) (j + 1);

            } else {
                m->at[j] = m->at[j + 1] = (uint8_t) (i + 1);
                m->nmatch++;       /* two of what was typed */
            }

            rfl_match_add(m, like, rfl_part_weight(a),
                          a->script == b->script ? RFL_WHY_SPELLING
                                                 : RFL_WHY_OTHER_SCRIPT);
        }
    }
}


static void
rfl_match_initials(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e)
{
    unsigned           i, j;
    const rfl_part_t  *a, *b;

    for (i = 0; i < q->n; i++) {
        for (j = 0; j < e->n && !m->q[i]; j++) {
            a = q->part[i];
            b = e->part[j];

            if (m->e[j]
                || (a->type != RFL_PART_INITIAL
                    && b->type != RFL_PART_INITIAL)
                || !(a->type == RFL_PART_INITIAL ? rfl_initial_fits(a, b)
                                                 : rfl_initial_fits(b, a)))
            {
                continue;
            }

            m->q[i] = 1;
            m->e[j] = 1;
            m->at[i] = (uint8_t) (j + 1);
            m->ninitial++;
            m->why |= RFL_WHY_INITIAL;
            m->sum += RFL_LIKE_INITIAL * 4;
            m->weight += 4;
        }
    }
}


static int
rfl_initial_fits(const rfl_part_t *initial, const rfl_part_t *part)
{
    char         buf[RFL_INITIAL_PHONES];
    unsigned     i;
    const char  *p;

    if (initial->script == part->script && part->nletters > 0
        && initial->nletters > 0)
    {
        return initial->letters[0] == part->letters[0];
    }

    for (p = rfl_initial_phones(initial, buf); *p != '\0'; p++) {
        for (i = 0; i < part->nreadings; i++) {

            if (rfl_phone_swap((u_char) *p, part->readings[i].ph[0]) <= 12) {
                return 1;
            }
        }
    }

    return 0;
}
