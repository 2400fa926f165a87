
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_score.c: how well what was typed fits a name.  Parts are paired,
 * every typed part with its own partner; the score is their weighted mean
 * less what is missing, added or out of order.
 */


#include "rfl_name_int.h"


/*
 * In points of the score.  The first word of a name is the given or the family
 * name, wherever it is spoken, and the last is mostly the other: what is more
 * or less in a name of the same person stands between them.
 */
#define RFL_LOSS_ADDED     90      /* typed, but not in the entry */
#define RFL_LOSS_LAST      120     /* the same, of the last part typed */
#define RFL_LOSS_FIRST     170     /* of the first */
#define RFL_LOSS_MISSING   14      /* in the entry, but not typed */
#define RFL_LOSS_ORDER     4

/*
 * A year that agrees is worth the most of all: one stranger in sixty has it.
 * An entry that has none says nothing, one that is a year off little.
 */
#define RFL_LOSS_NO_YEAR   30      /* unless one part is all that was typed */
#define RFL_LOSS_NEAR_YEAR 15
#define RFL_LOSS_OFF_YEAR  5       /* for each year */
#define RFL_LOSS_FAR_YEAR  200

/*
 * Beside one irregularity another is more likely a sign of somebody else than
 * both are of the same person (Fellegi and Sunter): what the spellings lack
 * weighs so much more, or less, in percent.
 */
#define RFL_MORE_ADDED     80
#define RFL_MORE_MISSING   20
#define RFL_MORE_ORDER     15
#define RFL_MORE_SCRIPTS   100     /* both read by a table of their own */
#define RFL_LESS_ALIKE     20      /* as many parts, in order, one script */

/*
 * Two names of different people are more often near in sound than one slip of
 * the finger apart.  What tells people apart is the pair that is least alike,
 * however well another agrees; beside three parts half as much.
 */
#define RFL_LESS_SLIP      35      /* percent of what the pair lacks */
#define RFL_LIKE_POOR      750
#define RFL_MORE_POOR      40      /* percent of what it is under that */

#define RFL_PARTS_MANY     3       /* that agree: the rest may be anything */

#define RFL_LIKE_INITIAL   900
#define RFL_LIKE_WEAK      520     /* a part beside two sure ones */
#define RFL_LIKE_SURE      880     /* pairs of parts before joined ones */
#define RFL_GRID           16      /* typed parts compared with each */


#define rfl_script_east(s)                                                    \
    ((s) == RFL_SCRIPT_HANG || (s) == RFL_SCRIPT_KANA                         \
     || (s) == RFL_SCRIPT_HANI)


typedef struct {
    unsigned           n;
    const rfl_part_t  *part[RFL_PARTS_MAX];
} rfl_list_t;

typedef struct {
    uint16_t           like;       /* 0: under the least */
    uint16_t           raw;
    uint16_t           why;
} rfl_pair_t;

typedef struct {
    unsigned           sum;
    unsigned           spared;     /* of what slips lack */
    unsigned           weight;
    unsigned           least;      /* worst pair */
    unsigned           nmatch;
    unsigned           ninitial;
    unsigned           why;
    uint8_t            q[RFL_PARTS_MAX];   /* used */
    uint8_t            e[RFL_PARTS_MAX];
    uint8_t            at[RFL_PARTS_MAX];  /* partner of a typed part */
} rfl_match_t;


static void rfl_match(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t
    *e, int first);
static unsigned rfl_part_weight(const rfl_part_t *p);
static void rfl_match_add(rfl_match_t *m, unsigned like, unsigned weight,
    unsigned why);
static void rfl_match_same(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static void rfl_match_parts(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static void rfl_match_joined(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static void rfl_match_initials(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static int rfl_initial_fits(const rfl_part_t *initial, const rfl_part_t *part);
static unsigned rfl_list_rest(const rfl_list_t *l, const uint8_t *used);
static int rfl_match_title(rfl_match_t *m, const rfl_list_t *q, const
    rfl_name_t *name);
static unsigned rfl_match_added(const rfl_match_t *m, const rfl_list_t *q);
static int rfl_match_scripts(const rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static unsigned rfl_score_one(const rfl_list_t *q, const rfl_name_t *name,
    unsigned *why);
static unsigned rfl_score_year(unsigned score, unsigned parts, int typed,
    int year, unsigned *why);


/* first: what is written as one on the other side comes before all */

static void
rfl_match(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e, int first)
{
    memset(m, 0, sizeof(rfl_match_t));
    m->least = 1000;

    if (first) {
        rfl_match_joined(m, q, e);

        if (m->nmatch == 0) {
            return;                /* what follows has been tried without */
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
    int           joined, weak;
    unsigned      i, j, bi, bj, best, why, like, nq;
    uint8_t       row[RFL_GRID];
    rfl_pair_t    grid[RFL_GRID][RFL_PARTS_MAX], *g;

    nq = 0;

    for (i = 0; i < q->n && nq < RFL_GRID; i++) {

        if (m->q[i] || q->part[i]->type != RFL_PART_NAME) {
            continue;
        }

        for (j = 0; j < e->n; j++) {
            g = &grid[nq][j];
            g->like = 0;
            g->raw = 0;

            if (m->e[j] || e->part[j]->type != RFL_PART_NAME) {
                continue;
            }

            like = rfl_part_like(q->part[i], e->part[j], &why);

            g->raw = (uint16_t) like;
            g->why = (uint16_t) why;

            if (why == RFL_WHY_NICKNAME
                || like >= rfl_part_least(q->part[i], e->part[j]))
            {
                g->like = (uint16_t) like;
            }
        }

        row[nq++] = (uint8_t) i;
    }

    joined = 0;
    weak = 0;

    for ( ;; ) {
        best = 0;
        bi = bj = 0;

        for (i = 0; i < nq; i++) {
            for (j = 0; j < e->n && !m->q[row[i]]; j++) {

                like = weak ? grid[i][j].raw : grid[i][j].like;

                /* of equals the one in the same place */

                if (!m->e[j]
                    && (like > best
                        || (like == best && row[i] == j && best != 0)))
                {
                    best = like;
                    bi = i;
                    bj = j;
                }
            }
        }

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

        m->q[row[bi]] = 1;
        m->e[bj] = 1;
        m->at[row[bi]] = (uint8_t) (bj + 1);

        rfl_match_add(m, best, rfl_part_weight(q->part[row[bi]]),
                      grid[bi][bj].why);

        if (weak) {
            return;
        }
    }
}


/* two parts written as one, on either side */

static void
rfl_match_joined(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e)
{
    unsigned  i, j, like;

    for (i = 0; i < q->n; i++) {

        if (q->part[i]->type != RFL_PART_NAME) {
            continue;
        }

        for (j = 0; j + 1 < e->n && !m->q[i]; j++) {

            if (m->e[j] || m->e[j + 1]
                || e->part[j]->type != RFL_PART_NAME
                || e->part[j + 1]->type != RFL_PART_NAME)
            {
                continue;
            }

            if (!rfl_part_near(q->part[i], e->part[j])
                && !rfl_part_near(q->part[i], e->part[j + 1]))
            {
                continue;
            }

            like = rfl_part_joined(e->part[j], e->part[j + 1], q->part[i]);

            if (like >= RFL_PART_BOTH) {
                m->q[i] = 1;
                m->e[j] = m->e[j + 1] = 1;
                m->at[i] = (uint8_t) (j + 1);
                rfl_match_add(m, like, rfl_part_weight(q->part[i]),
                              q->part[i]->script == e->part[j]->script
                              ? RFL_WHY_SPELLING : RFL_WHY_OTHER_SCRIPT);
            }
        }
    }

    for (j = 0; j < e->n; j++) {

        if (e->part[j]->type != RFL_PART_NAME) {
            continue;
        }

        for (i = 0; i + 1 < q->n && !m->e[j]; i++) {

            if (m->q[i] || m->q[i + 1]
                || q->part[i]->type != RFL_PART_NAME
                || q->part[i + 1]->type != RFL_PART_NAME)
            {
                continue;
            }

            if (!rfl_part_near(q->part[i], e->part[j])
                && !rfl_part_near(q->part[i + 1], e->part[j]))
            {
                continue;
            }

            like = rfl_part_joined(q->part[i], q->part[i + 1], e->part[j]);

            if (like >= RFL_PART_BOTH) {
                m->e[j] = 1;
                m->q[i] = m->q[i + 1] = 1;
                m->at[i] = m->at[i + 1] = (uint8_t) (j + 1);
                rfl_match_add(m, like, rfl_part_weight(e->part[j]),
                              q->part[i]->script == e->part[j]->script
                              ? RFL_WHY_SPELLING : RFL_WHY_OTHER_SCRIPT);
                m->nmatch++;
            }
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
    char         buf[2];
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


/* parts left over; what a hyphen ties counts as one, or adds a syllable */

static unsigned
rfl_list_rest(const rfl_list_t *l, const uint8_t *used)
{
    unsigned  i, n;

    for (i = 0, n = 0; i < l->n; i++) {

        if (used[i]) {
            continue;
        }

        if (i > 0 && (l->part[i]->flags & RFL_PART_TIED)
            && (!used[i - 1] || l->part[i]->type == RFL_PART_INITIAL))
        {
            continue;
        }

        n++;
    }

    return n;
}


/* 1: what is left over was taken for a title in the entry: Maung Maung */

static int
rfl_match_title(rfl_match_t *m, const rfl_list_t *q, const rfl_name_t *name)
{
    unsigned           i, j, why;
    const rfl_part_t  *p;

    for (i = 0; i < q->n; i++) {

        if (m->q[i] || q->part[i]->type != RFL_PART_NAME) {
            continue;
        }

        for (j = 0; j < name->nparts; j++) {
            p = &name->parts[j];

            if (p->type == RFL_PART_TITLE
                && rfl_part_like(q->part[i], p, &why) >= RFL_LIKE_SURE)
            {
                m->q[i] = 1;
                return 1;
            }
        }
    }

    return 0;
}


/* what the typed part costs that has no partner */

static unsigned
rfl_match_added(const rfl_match_t *m, const rfl_list_t *q)
{
    return (m->nmatch >= RFL_PARTS_MANY) ? RFL_LOSS_ADDED
           : !m->q[0] ? RFL_LOSS_FIRST
           : !m->q[q->n - 1] ? RFL_LOSS_LAST : RFL_LOSS_ADDED;
}


/*
 * 1: parts are of two scripts of which neither is Latin, in which names are
 * written for strangers.  Those of East Asia share names and characters.
 */

static int
rfl_match_scripts(const rfl_match_t *m, const rfl_list_t *q,
    const rfl_list_t *e)
{
    unsigned  i, a, b;

    for (i = 0; i < q->n; i++) {

        if (m->at[i] == 0) {
            continue;
        }

        a = q->part[i]->script;
        b = e->part[m->at[i] - 1]->script;

        if (a != b && a != RFL_SCRIPT_LATN && b != RFL_SCRIPT_LATN
            && !(rfl_script_east(a) && rfl_script_east(b)))
        {
            return 1;
        }
    }

    return 0;
}


static unsigned
rfl_score_one(const rfl_list_t *q, const rfl_name_t *name, unsigned *why)
{
    unsigned           i, sum, added, missing, last, lack, more;
    rfl_list_t         e;
    rfl_match_t        m, joined;
    const rfl_part_t  *p;

    e.n = 0;

    for (i = 0; i < name->nparts; i++) {
        p = &name->parts[i];

        if (p->type == RFL_PART_NAME || p->type == RFL_PART_INITIAL) {
            e.part[e.n++] = p;
        }
    }

    rfl_match(&m, q, &e, 0);

    added = rfl_list_rest(q, m.q);

    /* half of a name may be like the whole of it: Gholam, Gholamreza */

    if (added == 1) {
        rfl_match(&joined, q, &e, 1);

        if (rfl_list_rest(q, joined.q) == 0
            && rfl_list_rest(&e, joined.e) == 0)
        {
            m = joined;
            added = 0;
        }
    }

    if (added == 1 && rfl_match_title(&m, q, name)) {
        added = 0;
    }

    missing = rfl_list_rest(&e, m.e);

    *why = m.why;

    /* a part more and a part less: another name, not a longer one */

    if (m.nmatch == 0 || added > 1
        || (added == 1 && (q->n < 3 || m.nmatch < 2
                           || (missing != 0 && m.nmatch < 3)))
        || (q->n > 1 && e.n > 1 && m.nmatch + m.ninitial < 2))
    {
        return 0;
    }

    lack = 1000 - (m.sum + m.spared) / m.weight;
    sum = 1000;
    more = 100;

    if (added) {
        *why |= RFL_WHY_PART_ADDED;
        sum -= rfl_match_added(&m, q);
        more += RFL_MORE_ADDED;
    }

    if (missing) {
        *why |= RFL_WHY_PART_MISSING;
        sum -= RFL_LOSS_MISSING * (missing > 3 ? 3 : missing);
        more += RFL_MORE_MISSING;
    }

    for (i = 0, last = 0; i < q->n; i++) {

        if (m.at[i] != 0) {

            if (m.at[i] < last) {
                *why |= RFL_WHY_ORDER;
                sum -= RFL_LOSS_ORDER;
                more += RFL_MORE_ORDER;
                break;
            }

            last = m.at[i];
        }
    }

    if (rfl_match_scripts(&m, q, &e)) {
        more += RFL_MORE_SCRIPTS;

    } else if (more == 100 && !(*why & RFL_WHY_OTHER_SCRIPT)) {
        more -= RFL_LESS_ALIKE;
    }

    lack = lack * more / 100;

    if (m.least < RFL_LIKE_POOR) {
        more = (m.nmatch < RFL_PARTS_MANY) ? RFL_MORE_POOR : RFL_MORE_POOR / 2;
        lack += (RFL_LIKE_POOR - m.least) * more / 100;
    }

    return (lack < sum) ? sum - lack : 0;
}


unsigned
rfl_name_score(rfl_pool_t *pool, const rfl_name_t *query,
    const rfl_facts_t *facts, rfl_name_t *const *names, unsigned n, int year,
    unsigned *why)
{
    unsigned           i, best, score, w, parts;
    rfl_list_t         q;
    const rfl_name_t  *e;

    best = 0;
    *why = 0;
    parts = rfl_name_parts(query);

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

    return rfl_score_year(best, parts, facts->birth_year, year, why);
}


static unsigned
rfl_score_year(unsigned score, unsigned parts, int typed, int year,
    unsigned *why)
{
    unsigned  off, loss;

    if (score == 0 || typed == 0) {
        return score;
    }

    off = (unsigned) (year < typed ? typed - year : year - typed);

    if (year == 0) {
        loss = (parts < 2) ? 0 : RFL_LOSS_NO_YEAR;

    } else if (off > 5) {
        return 0;

    } else if (off > 2) {
        loss = RFL_LOSS_FAR_YEAR;

    } else if (off > 0) {
        loss = off * RFL_LOSS_OFF_YEAR
               + ((parts < 2) ? 0 : RFL_LOSS_NEAR_YEAR);
        *why |= RFL_WHY_YEAR_NEAR;

    } else {
        loss = 0;
    }

    return (score > loss) ? score - loss : 0;
}
