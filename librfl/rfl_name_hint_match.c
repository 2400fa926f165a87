
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hint_match.c: a question against the hint of an element, before
 * anything of its entry is fetched.
 *
 * The hint drops what the score would refuse: another kind, a year too far
 * off, more typed parts without a partner than one may forgive.  Among the
 * rest the readings give an order, near to that of the score: the best
 * candidates are read first, and poor ones not at all.
 */


#include "rfl_name_hint.h"


#define RFL_HINT_YEARS     5       /* as the score */
#define RFL_HINT_NICK      3       /* a short form looks like anything */
#define RFL_HINT_MAYBE     700     /* a short form may be like anything */
#define RFL_HINT_ADDED     90      /* as the score */
#define RFL_HINT_TWO       5       /* sounds of a word that may be two */
#define RFL_HINT_JOINED    2       /* sounds more or less, then */
#define RFL_HINT_PARTS     8       /* of a query: likeness is kept */
#define RFL_HINT_HEARD     128     /* lists of readings, a power of two */
#define RFL_HINT_KEPT      2048    /* readings in them */
#define RFL_HINT_UNKNOWN   0xffff


/* a reading of hints, and how like it the first parts of the query are */

typedef struct rfl_hint_sound_s  rfl_hint_sound_t;

struct rfl_hint_sound_s {
    rfl_hint_sound_t  *next;
    rfl_reading_t      r;
    uint8_t            head;
    uint8_t            script;
    uint16_t           like[RFL_HINT_PARTS];
};


struct rfl_hint_memo_s {
    rfl_pool_t        *pool;
    unsigned           n;
    rfl_hint_sound_t  *sound[RFL_HINT_HEARD];
};


/* the readings of one hint; own[] is for those that are not kept */

typedef struct {
    unsigned           n;
    unsigned           nown;
    rfl_hint_sound_t  *s[RFL_HINT_READINGS];
    rfl_hint_sound_t   own[RFL_HINT_READINGS];
} rfl_hint_sounds_t;


static void rfl_hint_sounds(const u_char *hint, rfl_hint_memo_t *memo,
    rfl_hint_sounds_t *sounds);
static rfl_hint_sound_t *rfl_hint_sound(rfl_hint_memo_t *memo,
    rfl_hint_sounds_t *sounds, u_char head, const u_char *ph, size_t len);
static unsigned rfl_hint_like(const rfl_name_t *query, unsigned first,
    unsigned partial, const rfl_hint_sounds_t *sounds);
static int rfl_hint_unsure(const rfl_part_t *part, unsigned partial);
static void rfl_hint_typed(const rfl_part_t *a, const rfl_part_t *b,
    const rfl_hint_sounds_t *sounds, unsigned *like);
static unsigned rfl_hint_joined(const rfl_part_t *part,
    const rfl_hint_sounds_t *sounds, unsigned best);
static unsigned rfl_hint_mode(unsigned a, unsigned b);
static unsigned rfl_hint_best(const rfl_part_t *part, unsigned number,
    const rfl_hint_sounds_t *sounds);
static unsigned rfl_hint_heard(const rfl_part_t *part, unsigned number,
    rfl_hint_sound_t *s);
static unsigned rfl_hint_order(const rfl_name_t *query, unsigned partial,
    const unsigned *sign, unsigned nsign);


rfl_hint_memo_t *
rfl_name_hint_memo(rfl_pool_t *pool)
{
    rfl_hint_memo_t  *memo;

    memo = rfl_pcalloc(pool, sizeof(rfl_hint_memo_t));
    if (memo != NULL) {
        memo->pool = pool;
    }

    return memo;
}


unsigned
rfl_name_hint_match(const rfl_name_t *query, const rfl_facts_t *facts,
    int kind, const u_char hint[RFL_HINT_SIZE], rfl_hint_memo_t *memo)
{
    int                 year;
    unsigned            m, d, first, result, nsign, sign[RFL_HINT_SLOTS];
    const rfl_name_t   *q;
    rfl_hint_sounds_t   sounds;

    if (kind != 0 && kind != (hint[0] & 3)) {
        return 0;
    }

    year = rfl_name_hint_year(hint);

    if (year != 0 && facts->birth_year != 0
        && (year > facts->birth_year + RFL_HINT_YEARS
            || year < facts->birth_year - RFL_HINT_YEARS))
    {
        return 0;
    }

    for (m = 1; m <= RFL_HINT_SLOTS; m++) {
        sign[m - 1] = (unsigned) hint[2 * m] | (unsigned) hint[2 * m + 1] << 8;

        if (sign[m - 1] == 0) {
            break;
        }
    }

    nsign = m - 1;
    result = 0;

    for (q = query; q != NULL; q = q->alt) {
        d = rfl_hint_order(q, hint[0] & RFL_HINT_PARTIAL, sign, nsign);

        if (d > result) {
            result = d;
        }
    }

    rfl_memzero(sign, sizeof(sign));

    if (result == 0 || hint[RFL_HINT_SOUND] == 0) {
        return result;
    }

    rfl_hint_sounds(hint, memo, &sounds);
    result = 0;
    first = 0;

    for (q = query; q != NULL; q = q->alt) {
        d = rfl_hint_like(q, first, hint[0] & RFL_HINT_PARTIAL, &sounds);

        if (d > result) {
            result = d;
        }

        first += q->nparts;
    }

    rfl_memzero(sounds.own, sounds.nown * sizeof(rfl_hint_sound_t));

    return 1 + result * 254 / 1000;
}


/* what an element says is not trusted: it may be anything */

static void
rfl_hint_sounds(const u_char *hint, rfl_hint_memo_t *memo,
    rfl_hint_sounds_t *sounds)
{
    size_t         len;
    u_char         head;
    const u_char  *p, *last;

    sounds->n = 0;
    sounds->nown = 0;
    last = hint + RFL_HINT_SIZE;

    for (p = hint + RFL_HINT_SOUND;
         p < last && *p != 0 && sounds->n < RFL_HINT_READINGS;
         p += len)
    {
        head = *p++;

        for (len = 0; p + len < last && p[len] != 0; len++) {
            if (p[len] & RFL_HINT_HEAD) {
                break;
            }
        }

        if (head & RFL_HINT_HEAD) {
            sounds->s[sounds->n++] = rfl_hint_sound(memo, sounds, head, p,
                                     len < RFL_PHONES_MAX ? len
                                                          : RFL_PHONES_MAX);
        }
    }
}


/*
 * Entries in the lists of one question share most of their names, so the
 * same readings come again and again.
 */

static rfl_hint_sound_t *
rfl_hint_sound(rfl_hint_memo_t *memo, rfl_hint_sounds_t *sounds, u_char head,
    const u_char *ph, size_t len)
{
    size_t              i;
    unsigned            k;
    uint32_t            hash;
    rfl_hint_sound_t   *s, **list;

    s = NULL;
    list = NULL;

    if (memo != NULL) {
        hash = head;

        for (i = 0; i < len; i++) {
            hash = hash * 31 + ph[i];
        }

        list = &memo->sound[(hash ^ (hash >> 7)) & (RFL_HINT_HEARD - 1)];

        for (s = *list; s != NULL; s = s->next) {
            if (s->head == head && s->r.len == len
                && memcmp(s->r.ph, ph, len) == 0)
            {
                return s;
            }
        }

        if (memo->n < RFL_HINT_KEPT) {
            s = rfl_palloc(memo->pool, sizeof(rfl_hint_sound_t));
        }
    }

    if (s != NULL) {
        s->next = *list;
        *list = s;
        memo->n++;

    } else {
        s = &sounds->own[sounds->nown++];
        s->next = NULL;
    }

    s->head = head;
    s->script = head & (RFL_HINT_BARE - 1);
    s->r.flags = (head & RFL_HINT_BARE) ? RFL_READ_BARE : 0;
    s->r.len = (uint8_t) len;
    memcpy(s->r.ph, ph, len);
    s->r.sign = (uint16_t) (len == 0 ? 0 : rfl_hint_sign(&s->r));

    for (k = 0; k < RFL_HINT_PARTS; k++) {
        s->like[k] = RFL_HINT_UNKNOWN;
    }

    return s;
}


/* about what the score will be */

static unsigned
rfl_hint_like(const rfl_name_t *query, unsigned first, unsigned partial,
    const rfl_hint_sounds_t *sounds)
{
    unsigned           i, n, best, sum, weight, w, worst, rest, mean;
    unsigned           like[RFL_PARTS_MAX];
    const rfl_part_t  *part;

    n = sum = weight = rest = 0;
    worst = 1001;

    for (i = 0; i < query->nparts; i++) {
        part = &query->parts[i];
        like[i] = (part->type == RFL_PART_NAME)
                  ? rfl_hint_best(part, first + i, sounds) : 1000;

        /* of two parts one has nothing: the other is not worth a look */

        if (like[i] == 0 && query->nparts == 2 && query->nnames == 2
            && !rfl_hint_unsure(part, partial))
        {
            return 0;
        }
    }

    for (i = 0; i + 1 < query->nparts; i++) {
        if (like[i] < RFL_HINT_MAYBE || like[i + 1] < RFL_HINT_MAYBE) {
            rfl_hint_typed(&query->parts[i], &query->parts[i + 1], sounds,
                           &like[i]);
        }
    }

    for (i = 0; i < query->nparts; i++) {
        part = &query->parts[i];

        if (part->type != RFL_PART_NAME) {
            continue;
        }

        best = like[i];

        /* what is compared in other ways too */

        if (best < RFL_HINT_MAYBE && rfl_hint_unsure(part, partial)) {
            best = RFL_HINT_MAYBE;
        }

        w = 6 + (unsigned) part->readings[0].len;

        if (best < worst) {
            worst = best;
            rest = w;
        }

        sum += best * w;
        weight += w;
        n++;
    }

    if (n == 0) {
        return 0;
    }

    mean = sum / weight;

    /* one part of three or more may be anything */

    if (n >= 3) {
        best = (sum - worst * rest) / (weight - rest);
        best = (best > RFL_HINT_ADDED) ? best - RFL_HINT_ADDED : 0;
        mean = (best > mean) ? best : mean;
    }

    return mean;
}


/* is the part compared in other ways than by its sound? */

static int
rfl_hint_unsure(const rfl_part_t *part, unsigned partial)
{
    return partial || part->nick[0] != 0 || part->script == RFL_SCRIPT_HANI;
}


/* two parts typed that may be written as one: like[] is that of both */

static void
rfl_hint_typed(const rfl_part_t *a, const rfl_part_t *b,
    const rfl_hint_sounds_t *sounds, unsigned *like)
{
    unsigned       j, best, len;
    rfl_reading_t  joined;

    if (a->type != RFL_PART_NAME || b->type != RFL_PART_NAME
        || a->script != b->script)
    {
        return;
    }

    len = (unsigned) a->readings[0].len + b->readings[0].len;
    joined.len = 0;

    for (j = 0; j < sounds->n; j++) {

        if ((unsigned) sounds->s[j]->r.len + RFL_HINT_JOINED < len
            || sounds->s[j]->r.len > len + RFL_HINT_JOINED)
        {
            continue;
        }

        if (joined.len == 0) {
            rfl_reading_join(&a->readings[0], &b->readings[0], &joined);
        }

        best = rfl_reading_like(&joined, &sounds->s[j]->r,
                                rfl_hint_mode(a->script, sounds->s[j]->script),
                                RFL_HINT_MAYBE);

        if (best > RFL_HINT_MAYBE) {
            like[0] = (best > like[0]) ? best : like[0];
            like[1] = (best > like[1]) ? best : like[1];
        }
    }

    rfl_memzero(&joined, sizeof(rfl_reading_t));
}


/* a part typed as one that may be two in the entry */

static unsigned
rfl_hint_joined(const rfl_part_t *part, const rfl_hint_sounds_t *sounds,
    unsigned best)
{
    unsigned              j, like, len;
    rfl_reading_t         joined;
    const rfl_reading_t  *a, *b;

    len = part->readings[0].len;

    for (j = 0; j + 1 < sounds->n && len >= RFL_HINT_TWO; j++) {
        a = &sounds->s[j]->r;
        b = &sounds->s[j + 1]->r;

        if (sounds->s[j]->script != sounds->s[j + 1]->script
            || (unsigned) a->len + b->len + RFL_HINT_JOINED < len
            || (unsigned) a->len + b->len > len + RFL_HINT_JOINED)
        {
            continue;
        }

        rfl_reading_join(a, b, &joined);

        like = rfl_reading_like(&part->readings[0], &joined,
                                rfl_hint_mode(part->script,
                                              sounds->s[j]->script), best);

        best = (like > best) ? like : best;

        rfl_memzero(&joined, sizeof(rfl_reading_t));
    }

    return best;
}


static unsigned
rfl_hint_mode(unsigned a, unsigned b)
{
    return (a != b) ? RFL_LIKE_CROSS
           : (a == RFL_SCRIPT_LATN) ? RFL_LIKE_LATIN : RFL_LIKE_NATIVE;
}


static unsigned
rfl_hint_best(const rfl_part_t *part, unsigned number,
    const rfl_hint_sounds_t *sounds)
{
    unsigned  j, best, like;

    best = 0;

    for (j = 0; j < sounds->n; j++) {
        like = rfl_hint_heard(part, number, sounds->s[j]);

        if (like == 1000) {
            return like;
        }

        best = (like > best) ? like : best;
    }

    if (best < RFL_HINT_MAYBE) {
        best = rfl_hint_joined(part, sounds, best);
    }

    return best;
}


static unsigned
rfl_hint_heard(const rfl_part_t *part, unsigned number, rfl_hint_sound_t *s)
{
    unsigned  i, best, like, mode;

    if (number < RFL_HINT_PARTS && s->like[number] != RFL_HINT_UNKNOWN) {
        return s->like[number];
    }

    best = 0;
    mode = rfl_hint_mode(part->script, s->script);

    for (i = 0; i < part->nreadings && best < 1000; i++) {

        if (rfl_hint_far(part->readings[i].sign, s->r.sign) >= RFL_HINT_DROP)
        {
            continue;
        }

        like = rfl_reading_like(&part->readings[i], &s->r, mode, best);

        best = (like > best) ? like : best;
    }

    if (number < RFL_HINT_PARTS) {
        s->like[number] = (uint16_t) best;
    }

    return best;
}


static unsigned
rfl_hint_order(const rfl_name_t *query, unsigned partial,
    const unsigned *sign, unsigned nsign)
{
    unsigned           i, j, m, best, d, sum, worst, n, typed, lost, before;
    const rfl_part_t  *part;

    sum = worst = n = typed = lost = before = 0;

    for (i = 0; i < query->nparts; i++) {
        part = &query->parts[i];

        if (part->type == RFL_PART_INITIAL) {
            typed++;
            before = 0;
            continue;
        }

        if (part->type != RFL_PART_NAME) {
            continue;
        }

        typed++;
        best = RFL_HINT_FAR;

        for (j = 0; j < part->nreadings; j++) {
            for (m = 0; m < nsign; m++) {
                d = rfl_hint_far(part->readings[j].sign, sign[m]);

                if (d < best) {
                    best = d;
                }
            }
        }

        /* short forms, and characters, are compared otherwise too */

        if (best > RFL_HINT_NICK && (partial || part->nick[0] != 0
                                     || part->script == RFL_SCRIPT_HANI))
        {
            best = RFL_HINT_NICK;
        }

        if (best >= RFL_HINT_DROP) {

            /* what a hyphen ties counts once, as in the score */

            lost += !(before && (part->flags & RFL_PART_TIED));
            before = 1;

        } else {
            before = 0;
        }

        worst = (best > worst) ? best : worst;
        sum += best;
        n++;
    }

    if (lost > (typed >= 3 ? 1U : 0U)) {
        return 0;
    }

    /* one part of three or more may be anything */

    if (n >= 3) {
        sum -= worst / 2;
    }

    d = (n == 0) ? 0 : sum * 24 / n;

    return (d >= 255) ? 1 : 255 - d;
}
