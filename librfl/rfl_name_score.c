
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_score.c: how well what was typed fits a name.  Readings are
 * compared by a weighted edit distance over phones, spellings in one script
 * by letters too; parts are paired, every typed part with its own partner;
 * the score is their weighted mean less what is missing, added or out of
 * order.
 */


#include "rfl_name_int.h"


#define RFL_PART_LEAST     660     /* a part under it has no partner */
#define RFL_LEAST_SHORT    900     /* three letters, one script: no slips */
#define RFL_LEAST_VOWELS   740     /* the same consonants, one script */
#define RFL_LEAST_BARE     860     /* the same, only long vowels written */
#define RFL_LIKE_FLOOR     500     /* less is not told apart */
#define RFL_LOSS_ADDED     90      /* typed, but not in the entry */
#define RFL_LOSS_MISSING   14      /* in the entry, but not typed */
#define RFL_LOSS_ORDER     4
#define RFL_LIKE_NICK      900
#define RFL_LIKE_BEGUN     760     /* Kev for Kevin */
#define RFL_LIKE_INITIAL   900
#define RFL_LIKE_WEAK      520     /* a part beside two sure ones */
#define RFL_LIKE_SURE      880     /* pairs of parts before joined ones */
#define RFL_LIKE_SISTER    955     /* a group of rfl_name_nick.c with "=" */
#define RFL_GRID           16      /* typed parts compared with each */
#define RFL_ROW            (RFL_PHONES_MAX + 3)


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
    unsigned           weight;
    unsigned           least;      /* worst pair */
    unsigned           nmatch;
    unsigned           ninitial;
    unsigned           why;
    uint8_t            q[RFL_PARTS_MAX];   /* used */
    uint8_t            e[RFL_PARTS_MAX];
    uint8_t            at[RFL_PARTS_MAX];  /* partner of a typed part */
} rfl_match_t;


static unsigned rfl_part_mode(const rfl_part_t *a, const rfl_part_t *b);
static unsigned rfl_letters_like(const rfl_part_t *a, const rfl_part_t *b);
static unsigned rfl_part_like(const rfl_part_t *a, const rfl_part_t *b,
    unsigned *why);
static int rfl_part_near(const rfl_part_t *q, const rfl_part_t *e);
static int rfl_part_begun(const rfl_part_t *a, const rfl_part_t *b);
static int rfl_part_vowels_only(const rfl_part_t *a, const rfl_part_t *b);
static unsigned rfl_part_least(const rfl_part_t *a, const rfl_part_t *b);
static unsigned rfl_part_joined(const rfl_part_t *a, const rfl_part_t *b,
    const rfl_part_t *c);
static unsigned rfl_part_weight(const rfl_part_t *p);
static void rfl_match_add(rfl_match_t *m, unsigned like, unsigned weight,
    unsigned why);
static void rfl_match_same(rfl_match_t *m, const rfl_list_t *q,
    const rfl_list_t *e);
static void rfl_match_parts(rfl_match_t *m, const rfl_list_t *q,
    const rfl_list_t *e);
static void rfl_match_joined(rfl_match_t *m, const rfl_list_t *q,
    const rfl_list_t *e);
static void rfl_match_initials(rfl_match_t *m, const rfl_list_t *q,
    const rfl_list_t *e);
static int rfl_initial_fits(const rfl_part_t *initial, const rfl_part_t *part);
static unsigned rfl_list_rest(const rfl_list_t *l, const uint8_t *used);
static unsigned rfl_score_one(const rfl_list_t *q, const rfl_name_t *name,
    unsigned *why);


unsigned
rfl_reading_like(const rfl_reading_t *a, const rfl_reading_t *b,
    unsigned mode)
{
    unsigned        i, j, best, cost, wa, wb, bare, limit, least, low;
    unsigned        row[3][RFL_ROW], *prev2, *prev, *cur, *t;
    unsigned        ga[RFL_ROW], gb[RFL_ROW];
    const uint8_t  *gap, *weight, (*swap)[128], *s;

    if (a->len == b->len && memcmp(a->ph, b->ph, a->len) == 0) {
        return 1000;
    }

    gap = rfl_phone_gap_table(mode);
    swap = rfl_phone_swap_table(mode);

    /* vowels that one side does not write cost the other side nothing */

    bare = (mode == RFL_LIKE_CROSS)
           ? ((a->flags ^ b->flags) & RFL_READ_BARE) : 0;

    weight = rfl_phone_weight_table(bare);

    for (i = 0, wa = 0; i < a->len; i++) {
        ga[i] = (bare && rfl_phone_vowel(a->ph[i])) ? 5 : gap[a->ph[i]];
        wa += weight[a->ph[i]];
    }

    for (j = 0, wb = 0; j < b->len; j++) {
        gb[j] = (bare && rfl_phone_vowel(b->ph[j])) ? 5 : gap[b->ph[j]];
        wb += weight[b->ph[j]];
    }

    if (wb > wa) {
        wa = wb;
    }

    if (wa < 170) {
        wa = 170;
    }

    limit = wa * (1000 - RFL_LIKE_FLOOR) / 1000;
    low = 0;

    prev2 = row[0];
    prev = row[1];
    cur = row[2];

    prev[0] = 0;

    for (j = 0; j < b->len; j++) {
        prev[j + 1] = prev[j] + gb[j];
    }

    for (i = 0; i < a->len; i++) {
        cur[0] = prev[0] + ga[i];
        least = cur[0];
        s = swap[a->ph[i]];

        for (j = 0; j < b->len; j++) {
            best = prev[j] + s[b->ph[j]];

            cost = prev[j + 1] + ga[i];
            if (cost < best) {
                best = cost;
            }

            cost = cur[j] + gb[j];
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

            if (best < least) {
                least = best;
            }
        }

        /* two rows, because of the swap, are past the limit */

        if (least > limit && low > limit) {
            return 0;
        }

        low = least;

        t = prev2;
        prev2 = prev;
        prev = cur;
        cur = t;
    }

    cost = prev[b->len] * 1000 / wa;

    return (cost >= 1000) ? 0 : 1000 - cost;
}


static unsigned
rfl_part_mode(const rfl_part_t *a, const rfl_part_t *b)
{
    if (a->script != b->script) {
        return RFL_LIKE_CROSS;
    }

    switch (a->script) {

    case RFL_SCRIPT_LATN:
        return RFL_LIKE_LATIN;

    case RFL_SCRIPT_ARAB:
    case RFL_SCRIPT_HEBR:
        return RFL_LIKE_BARE;
    }

    return RFL_LIKE_NATIVE;
}


/* one slip of the finger in five letters, two in nine, none in three */

static unsigned
rfl_letters_like(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned  i, j, n, best, cost;
    uint8_t   row[3][RFL_LETTERS_MAX + 1], *prev2, *prev, *cur, *t;

    n = (a->nletters > b->nletters) ? a->nletters : b->nletters;

    if (n < 4 || (n == 4 && a->script > RFL_SCRIPT_N)
        || a->nletters + 2 < b->nletters
        || b->nletters + 2 < a->nletters)
    {
        return 0;
    }

    prev2 = row[0];
    prev = row[1];
    cur = row[2];

    for (j = 0; j <= b->nletters; j++) {
        prev[j] = (uint8_t) j;
    }

    for (i = 0; i < a->nletters; i++) {
        cur[0] = (uint8_t) (i + 1);

        for (j = 0; j < b->nletters; j++) {
            best = prev[j] + (a->letters[i] != b->letters[j]);

            cost = prev[j + 1] + 1U;
            if (cost < best) {
                best = cost;
            }

            cost = cur[j] + 1U;
            if (cost < best) {
                best = cost;
            }

            if (i > 0 && j > 0 && a->letters[i] == b->letters[j - 1]
                && a->letters[i - 1] == b->letters[j])
            {
                cost = prev2[j - 1] + 1U;
                if (cost < best) {
                    best = cost;
                }
            }

            cur[j + 1] = (uint8_t) best;
        }

        t = prev2;
        prev2 = prev;
        prev = cur;
        cur = t;
    }

    cost = prev[b->nletters];

    return (cost > 2 || cost * 7 > n * 2) ? 0 : 1000 - cost * 1000 / n;
}


static unsigned
rfl_part_like(const rfl_part_t *a, const rfl_part_t *b, unsigned *why)
{
    int       same;
    unsigned  i, j, na, nb, best, like, mode, near;

    if (a->form == b->form && a->script == b->script) {
        *why = RFL_WHY_SAME;
        return 1000;
    }

    best = 0;
    near = 0;
    na = a->nreadings;
    nb = b->nreadings;

    if (a->script != b->script) {
        mode = RFL_LIKE_CROSS;
        *why = RFL_WHY_OTHER_SCRIPT;

    } else {
        mode = rfl_part_mode(a, b);
        *why = RFL_WHY_SPELLING;

        /* characters have many readings; of two words only the first count */

        if (a->script == RFL_SCRIPT_HANI || a->script == RFL_SCRIPT_HANG) {
            na = nb = 1;
        }
    }

    for (i = 0; i < na; i++) {
        for (j = 0; j < nb; j++) {

            if (rfl_hint_far(a->readings[i].sign, b->readings[j].sign)
                >= RFL_HINT_DROP)
            {
                continue;
            }

            near = 1;
            like = rfl_reading_like(&a->readings[i], &b->readings[j], mode);

            if (like > best) {
                best = like;
            }
        }
    }

    if (a->script == RFL_SCRIPT_HANI && b->script == RFL_SCRIPT_HANI) {
        best = (best == 1000) ? 900 : 0;
    }

    if (near && mode != RFL_LIKE_CROSS && best < 900
        && (mode != RFL_LIKE_LATIN || !rfl_part_vowels_only(a, b)))
    {
        like = rfl_letters_like(a, b);

        if (like > best) {
            best = like;
        }
    }

    best = best * 985 / 1000;

    if (best < RFL_LIKE_SISTER && rfl_nick_same(a->nick, b->nick, &same)) {

        if (same) {
            return RFL_LIKE_SISTER;
        }

        if (best < RFL_LIKE_NICK) {
            *why = RFL_WHY_NICKNAME;
            return RFL_LIKE_NICK;
        }
    }

    if (best < 800 && a->nick[0] != 0) {
        like = rfl_nick_like(a, b);

        if (like >= 860 && like * RFL_LIKE_NICK / 1000 > best) {
            *why = RFL_WHY_NICKNAME;
            return like * RFL_LIKE_NICK / 1000;
        }
    }

    if (near && best < RFL_LIKE_BEGUN && rfl_part_begun(a, b)) {
        *why = RFL_WHY_NICKNAME;
        return RFL_LIKE_BEGUN;
    }

    return best;
}


/* as the hint sees it: may these be one name? */

static int
rfl_part_near(const rfl_part_t *q, const rfl_part_t *e)
{
    unsigned  i, j;

    for (i = 0; i < q->nreadings; i++) {
        for (j = 0; j < e->nreadings; j++) {

            if (rfl_hint_far(q->readings[i].sign, e->readings[j].sign)
                < RFL_HINT_DROP)
            {
                return 1;
            }
        }
    }

    return 0;
}


/* Kev for Kevin, Max for Maksym: cut after the third sound or later */

static int
rfl_part_begun(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned              i;
    const rfl_reading_t  *x, *y;

    x = &a->readings[0];
    y = &b->readings[0];

    if (x->len < 3 || rfl_phone_vowel(x->ph[x->len - 1])
        || y->len < x->len + 2 || y->len > x->len + 5
        || a->nletters < 3 || ((x->flags | y->flags) & RFL_READ_BARE)
        || (a->script != RFL_SCRIPT_LATN && a->script != RFL_SCRIPT_CYRL))
    {
        return 0;
    }

    for (i = 0; i < x->len; i++) {
        if (rfl_phone_swap(x->ph[i], y->ph[i]) > 12) {
            return 0;
        }
    }

    return 1;
}


/* the same consonants in the same order? */

static int
rfl_part_vowels_only(const rfl_part_t *a, const rfl_part_t *b)
{
    rfl_skel_t  x, y;

    return rfl_part_skels(a, 0, &x, 1) == 1 && rfl_part_skels(b, 0, &y, 1) == 1
           && x.len == y.len && memcmp(x.s, y.s, x.len) == 0;
}


/* short parts have little to be told apart by */

static unsigned
rfl_part_least(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned  n, mode;

    n = (a->nletters > b->nletters) ? a->nletters : b->nletters;

    if (a->script == b->script) {

        if (n <= 3) {
            return RFL_LEAST_SHORT;
        }

        /* other vowels on the same consonants are another name */

        mode = rfl_part_mode(a, b);

        if ((mode == RFL_LIKE_LATIN || (mode == RFL_LIKE_BARE && n <= 4))
            && rfl_part_vowels_only(a, b))
        {
            return (mode == RFL_LIKE_BARE) ? RFL_LEAST_BARE
                                           : RFL_LEAST_VOWELS;
        }
    }

    n = a->readings[0].len;

    if (b->readings[0].len > n) {
        n = b->readings[0].len;
    }

    return (n <= 3) ? 780 : (n == 4) ? 730 : (n == 5) ? 690 : RFL_PART_LEAST;
}


/* a and b written together against c */

static unsigned
rfl_part_joined(const rfl_part_t *a, const rfl_part_t *b, const rfl_part_t *c)
{
    unsigned       j, best, like, mode;
    rfl_reading_t  r;

    if (a->script != b->script) {
        return 0;
    }

    mode = rfl_part_mode(a, c);

    rfl_reading_join(&a->readings[0], &b->readings[0], &r);
    best = 0;

    for (j = 0; j < c->nreadings; j++) {
        like = rfl_reading_like(&r, &c->readings[j], mode);

        if (like > best) {
            best = like;
        }
    }

    rfl_memzero(&r, sizeof(rfl_reading_t));

    return best * 985 / 1000;
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

        for (k = 0; k < e->n && a->type == RFL_PART_NAME; k++) {
            j = (i + k < e->n) ? i + k : i + k - e->n;

            if (j >= e->n) {
                break;
            }

            b = e->part[j];

            if (!m->e[j] && b->type == RFL_PART_NAME && a->form == b->form
                && a->script == b->script)
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

            if (like >= RFL_PART_LEAST + 60) {
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
                || !rfl_part_near(q->part[i + 1], e->part[j]))
            {
                continue;
            }

            like = rfl_part_joined(q->part[i], q->part[i + 1], e->part[j]);

            if (like >= RFL_PART_LEAST + 60) {
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


/* parts left over; what a hyphen ties counts as one */

static unsigned
rfl_list_rest(const rfl_list_t *l, const uint8_t *used)
{
    unsigned  i, n;

    for (i = 0, n = 0; i < l->n; i++) {

        if (!used[i]
            && !(i > 0 && !used[i - 1] && (l->part[i]->flags & RFL_PART_TIED)))
        {
            n++;
        }
    }

    return n;
}


static unsigned
rfl_score_one(const rfl_list_t *q, const rfl_name_t *name, unsigned *why)
{
    unsigned           i, sum, added, missing, last;
    rfl_list_t         e;
    rfl_match_t        m;
    const rfl_part_t  *p;

    e.n = 0;

    for (i = 0; i < name->nparts; i++) {
        p = &name->parts[i];

        if (p->type == RFL_PART_NAME || p->type == RFL_PART_INITIAL) {
            e.part[e.n++] = p;
        }
    }

    memset(&m, 0, sizeof(rfl_match_t));
    m.least = 1000;

    rfl_match_same(&m, q, &e);
    rfl_match_parts(&m, q, &e);
    rfl_match_initials(&m, q, &e);

    added = rfl_list_rest(q, m.q);
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

    sum = m.sum / m.weight;

    if (added) {
        *why |= RFL_WHY_PART_ADDED;
        sum -= RFL_LOSS_ADDED;
    }

    if (missing) {
        *why |= RFL_WHY_PART_MISSING;
        sum -= RFL_LOSS_MISSING * (missing > 3 ? 3 : missing);
    }

    for (i = 0, last = 0; i < q->n; i++) {

        if (m.at[i] != 0) {

            if (m.at[i] < last) {
                *why |= RFL_WHY_ORDER;
                sum -= RFL_LOSS_ORDER;
                break;
            }

            last = m.at[i];
        }
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
