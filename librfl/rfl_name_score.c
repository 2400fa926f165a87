
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_score.c: how well what was typed fits a name.  Parts are paired,
 * every typed part with its own partner; the score is their weighted mean
 * less what is missing, added or out of order.
 */


#include "rfl_name_match.h"


/*
 * In points of the score.  The first word of a name is the given or the family
 * name, wherever it is spoken, and the last is mostly the other: what is more
 * or less in a name of the same person stands between them.
 */
#define RFL_LOSS_ADDED     90      /* typed, but not in the entry */
#define RFL_LOSS_LAST      120     /* the same, of the last part typed */
#define RFL_LOSS_FIRST     170     /* of the first */
#define RFL_LOSS_STRAY     60      /* an initial beside another middle name */
#define RFL_LOSS_MISSING   14      /* in the entry, but not typed */
#define RFL_LOSS_ORDER     4
#define RFL_LOSS_MENDED    40      /* as a slip costs: it was typed otherwise */

/*
 * A year that agrees is worth the most of all: one stranger in sixty has it.
 * An entry that has none says nothing, one that is a year off little.
 */
#define RFL_LOSS_NO_YEAR   30
#define RFL_LOSS_NO_YEAR_1 90      /* if one part is all that was typed */
#define RFL_LOSS_NEAR_YEAR 15      /* unless one part is all that was typed */
#define RFL_LOSS_OFF_YEAR  5       /* for each year */
#define RFL_LOSS_FAR_YEAR  200

/*
 * Another country than was typed.  Who asks may think of the one where they
 * lived last, so it says less, but beside one part it is half of what is known.
 */
#define RFL_LOSS_COUNTRY   20
#define RFL_LOSS_COUNTRY_1 60

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
 * What tells people apart is the pair that is least alike, however well
 * another agrees; beside three parts half as much.
 */
#define RFL_LIKE_POOR      750
#define RFL_MORE_POOR      40      /* percent of what it is under that */

#define RFL_PARTS_MANY     3       /* that agree: the rest may be anything */

#define RFL_MISSING_MAX    3       /* more cost no more */

#define rfl_script_east(s)                                                    \
    ((s) == RFL_SCRIPT_HANG || (s) == RFL_SCRIPT_KANA                         \
     || (s) == RFL_SCRIPT_HANI)


/* parts without a partner */

typedef struct {
    unsigned           added;      /* typed, but for strays */
    unsigned           strays;     /* initials that fit nothing */
    unsigned           missing;    /* of the entry */
} rfl_rest_t;


static void rfl_list_make(rfl_list_t *l, const rfl_name_t *name);
static const rfl_list_t *rfl_list_bare(const rfl_list_t *q, const rfl_name_t
    *name, rfl_list_t *bare);
static unsigned rfl_list_rest(const rfl_list_t *l, const uint8_t *used);
static void rfl_match_names(rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e, const rfl_name_t *name, rfl_rest_t *rest);
static int rfl_match_title(rfl_match_t *m, const rfl_list_t *q, const
    rfl_name_t *name);
static unsigned rfl_match_strays(const rfl_match_t *m, const rfl_list_t *q);
static int rfl_match_other(const rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e, const rfl_rest_t *rest);
static unsigned rfl_match_added(const rfl_match_t *m, const rfl_list_t *q);
static int rfl_match_turned(const rfl_match_t *m, const rfl_list_t *q);
static int rfl_match_scripts(const rfl_match_t *m, const rfl_list_t *q, const
    rfl_list_t *e);
static unsigned rfl_score_one(const rfl_list_t *q, const rfl_name_t *name,
    unsigned *why);
static unsigned rfl_score_mended(unsigned score, unsigned *why);


/* what takes part: names and initials */

static void
rfl_list_make(rfl_list_t *l, const rfl_name_t *name)
{
    unsigned           i;
    const rfl_part_t  *p;

    l->n = 0;

    for (i = 0; i < name->nparts; i++) {
        p = &name->parts[i];

        if (p->type == RFL_PART_NAME || p->type == RFL_PART_INITIAL) {
            l->part[l->n++] = p;
        }
    }
}


/*
 * Da Silva José, and Silva José da: at either end a particle may be a name,
 * but not if the name says otherwise.
 */

static const rfl_list_t *
rfl_list_bare(const rfl_list_t *q, const rfl_name_t *name, rfl_list_t *bare)
{
    unsigned           i;
    const rfl_part_t  *p, *first, *last;

    if (q->n < RFL_PARTS_MANY) {
        return q;
    }

    first = q->part[0];
    last = q->part[q->n - 1];

    for (i = 0; i < name->nparts; i++) {
        p = &name->parts[i];

        if (p->type != RFL_PART_PARTICLE
            || (p->form != first->form && p->form != last->form))
        {
            continue;
        }

        bare->n = q->n - 1;
        memcpy(bare->part, &q->part[p->form == first->form],
               bare->n * sizeof(rfl_part_t *));

        return bare;
    }

    return q;
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


/* pairs the parts, in the way that leaves the fewest over */

static void
rfl_match_names(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e,
    const rfl_name_t *name, rfl_rest_t *rest)
{
    rfl_match_t  joined;

    rfl_match(m, q, e, 0);

    rest->added = rfl_list_rest(q, m->q);

    if (rest->added == 1 && rfl_match_title(m, q, name)) {
        rest->added = 0;
    }

    /* half of a name may be like the whole of it: Gholam, Gholamreza */

    if (rest->added == 1) {
        rfl_match(&joined, q, e, 1);

        if (rfl_list_rest(q, joined.q) == 0
            && rfl_list_rest(e, joined.e) == 0)
        {
            *m = joined;
            rest->added = 0;
        }
    }

    rest->missing = rfl_list_rest(e, m->e);
    rest->strays = 0;

    if (rest->missing == 0 || m->nmatch > 1) {
        rest->strays = rfl_match_strays(m, q);
        rest->added -= rest->strays;
    }
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


/*
 * Initials that fit nothing, between names that do or behind them: of a name
 * that the entry leaves out, or remembered wrongly.
 */

static unsigned
rfl_match_strays(const rfl_match_t *m, const rfl_list_t *q)
{
    unsigned  i, n;

    for (i = 1, n = 0; i < q->n && m->q[0]; i++) {
        n += (!m->q[i] && q->part[i]->type == RFL_PART_INITIAL
              && !(q->part[i]->flags & RFL_PART_TIED));
    }

    return n;
}


/* 1: a part more and a part less is another name, not a longer one */

static int
rfl_match_other(const rfl_match_t *m, const rfl_list_t *q,
    const rfl_list_t *e, const rfl_rest_t *rest)
{
    if (m->nmatch == 0 || rest->added > 1) {
        return 1;
    }

    if (rest->added == 1
        && (q->n < 3 || m->nmatch < 2 || (rest->missing && m->nmatch < 3)))
    {
        return 1;
    }

    return q->n > 1 && e->n > 1 && m->nmatch + m->ninitial < 2;
}


/* what the typed part costs that has no partner */

static unsigned
rfl_match_added(const rfl_match_t *m, const rfl_list_t *q)
{
    return (m->nmatch >= RFL_PARTS_MANY) ? RFL_LOSS_ADDED
           : !m->q[0] && !(q->part[0]->flags & RFL_PART_KUNYA) ? RFL_LOSS_FIRST
           : !m->q[q->n - 1] ? RFL_LOSS_LAST : RFL_LOSS_ADDED;
}


/* 1: partners stand in another order */

static int
rfl_match_turned(const rfl_match_t *m, const rfl_list_t *q)
{
    unsigned  i, last;

    for (i = 0, last = 0; i < q->n; i++) {

        if (m->at[i] == 0) {
            continue;
        }

        if (m->at[i] < last) {
            return 1;
        }

        last = m->at[i];
    }

    return 0;
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
    unsigned     sum, lack, more;
    rfl_list_t   e, bare;
    rfl_rest_t   rest;
    rfl_match_t  m;

    rfl_list_make(&e, name);
    q = rfl_list_bare(q, name, &bare);

    rfl_match_names(&m, q, &e, name, &rest);

    *why = m.why;

    if (rfl_match_other(&m, q, &e, &rest)) {
        return 0;
    }

    lack = 1000 - (m.sum + m.spared) / m.weight;
    sum = 1000;
    more = 100;

    if (rest.added) {
        *why |= RFL_WHY_PART_ADDED;
        sum -= rfl_match_added(&m, q);
        more += RFL_MORE_ADDED;
    }

    if (rest.strays) {
        *why |= RFL_WHY_PART_ADDED;
        sum -= RFL_LOSS_ADDED + (rest.missing ? RFL_LOSS_STRAY : 0);
        more += RFL_MORE_ADDED;
    }

    if (rest.missing) {
        *why |= RFL_WHY_PART_MISSING;
        sum -= RFL_LOSS_MISSING * rfl_min(rest.missing, RFL_MISSING_MAX);
        more += RFL_MORE_MISSING;
    }

    if (rfl_match_turned(&m, q)) {
        *why |= RFL_WHY_ORDER;
        sum -= RFL_LOSS_ORDER;
        more += RFL_MORE_ORDER;
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


/* as it was meant, not as it was typed */

static unsigned
rfl_score_mended(unsigned score, unsigned *why)
{
    *why = (*why & ~(unsigned) RFL_WHY_SAME)|RFL_WHY_SPELLING;

    return (score > RFL_LOSS_MENDED) ? score - RFL_LOSS_MENDED : 0;
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
        rfl_list_make(&q, query);

        for (i = 0; i < n; i++) {
            for (e = names[i]; e != NULL; e = e->alt) {
                score = rfl_score_one(&q, e, &w);

                if (query->mended) {
                    score = rfl_score_mended(score, &w);
                }

                if (score > best) {
                    best = score;
                    *why = w;
                }
            }
        }
    }

    return rfl_score_year(best, parts, facts->birth_year, year, why);
}


unsigned
rfl_name_closest(rfl_pool_t *pool, const rfl_name_t *query,
    rfl_name_t *const *names, unsigned n, unsigned *score)
{
    unsigned  i, s, best, why;

    static const rfl_facts_t  none;

    best = 0;
    *score = 0;

    for (i = 0; i < n; i++) {
        s = rfl_name_score(pool, query, &none, &names[i], 1, 0, &why);

        if (s > *score) {
            *score = s;
            best = i;
        }
    }

    return best;
}


unsigned
rfl_score_year(unsigned score, unsigned parts, int typed, int year,
    unsigned *why)
{
    unsigned  off, loss;

    if (score == 0 || typed == 0) {
        return score;
    }

    off = (unsigned) (year < typed ? typed - year : year - typed);

    if (year == 0) {
        loss = (parts < 2) ? RFL_LOSS_NO_YEAR_1 : RFL_LOSS_NO_YEAR;

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


unsigned
rfl_name_score_country(unsigned score, unsigned parts,
    const rfl_str_t *typed, const rfl_str_t *origin)
{
    unsigned  loss;

    if (typed->len != RFL_COUNTRY_SIZE || origin->len < RFL_COUNTRY_SIZE
        || memcmp(typed->data, origin->data, RFL_COUNTRY_SIZE) == 0)
    {
        return score;
    }

    loss = (parts < 2) ? RFL_LOSS_COUNTRY_1 : RFL_LOSS_COUNTRY;

    return (score > loss) ? score - loss : 0;
}
