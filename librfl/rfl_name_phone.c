
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_phone.c: the alphabet of sounds: what it costs to leave a phone
 * out or to take one for another, and its classes in a key.  Costs are in
 * 1/100 of a consonant.  Owns the cost table, built once by
 * rfl_phone_init() and read only from then on.
 *
 * The costs were set by hand from how names are spelled, not fitted to any
 * list: a pair is cheap if a clerk may write one for the other.
 */


#include "rfl_name_int.h"


#define RFL_PHONE_BARE     10      /* weight of a vowel beside bare ones */
#define RFL_PHONE_UNWRITTEN  5     /* what it costs there */
#define RFL_PHONE_FAR      110     /* two phones that have nothing in common */


typedef struct {
    char         phone;
    uint8_t      gap;              /* left out */
    uint8_t      weight;           /* of the part's length */
    const char  *classes;          /* stored class first; '.': none */
} rfl_phone_t;

typedef struct {
    char         a;
    const char  *b;
    uint8_t      cost;
} rfl_phone_near_t;


static void rfl_phone_swaps(unsigned mode, rfl_phone_costs_t *costs);
static void rfl_phone_gaps(unsigned mode, rfl_phone_costs_t *costs);
static void rfl_phone_bare(rfl_phone_costs_t *costs);
static void rfl_phone_sets(rfl_phone_costs_t *costs);
static void rfl_phone_sure(void);
static unsigned rfl_phone_mark(unsigned c);


/*
 * Classes: P F K T S C L R M N.  A phone that some spellings drop has '.'.
 */

static const rfl_phone_t  rfl_phones[] = {
    { 'a',  24,  45, "." },
    { 'e',  22,  40, "." },
    { 'i',  24,  40, "." },
    { 'o',  24,  45, "." },
    { 'u',  24,  45, "." },
    { 'y',  14,  30, "." },
    { 'w',  24,  45, ".F" },
    { 'h',  22,  45, "." },
    { '\'',  5,  10, "." },
    { '@',   5,  10, "." },
    { '%',   5,  10, ".R" },
    { 'p', 100, 100, "P" },
    { 'b', 100, 100, "P" },
    { 'f', 100, 100, "F" },
    { 'v',  90, 100, "F." },
    { 'm', 100, 100, "M" },
    { 'n',  95, 100, "N" },
    { 'N',  95, 100, "N" },
    { 't',  95, 100, "T" },
    { 'd',  95, 100, "T" },
    { 'T',  95, 100, "TS" },
    { 'D',  95, 100, "TS" },
    { 's', 100, 100, "S" },
    { 'z', 100, 100, "S" },
    { 'S', 100, 100, "SC" },
    { 'Z', 100, 100, "CS" },
    { 'c', 100, 100, "SC" },
    { 'C', 100, 100, "CS" },
    { 'Q', 100, 100, "CKS." },
    { 'P', 100, 100, "FP" },
    { 'J', 100, 100, "CK" },
    { 'j',  90,  90, "C." },
    { 'k', 100, 100, "K" },
    { 'g',  95, 100, "KC" },
    { 'q',  95, 100, "KC" },
    { 'x',  75,  80, ".K" },
    { 'X', 100, 100, "SKC" },
    { 'G',  60,  70, "K." },
    { 'r',  95, 100, "R" },
    { 'l', 100, 100, "L" },
    { 'R',  95, 100, "RL" },
    { 'B', 100, 100, "PF." },
    { 'H', 100, 100, "ST" },
    { 'W', 100, 100, "CS" },
    { 'F',  90,  90, "F." }
};


static const rfl_phone_near_t  rfl_phone_near[] = {

    /* vowels */

    { 'a', "e", 15 }, { 'a', "o", 24 }, { 'a', "iu", 42 },
    { 'e', "i", 10 }, { 'e', "o", 30 }, { 'e', "u", 34 },
    { 'o', "u", 10 }, { 'o', "i", 42 }, { 'u', "i", 34 },

    /* half-vowels */

    { 'y', "i", 4 }, { 'y', "e", 12 }, { 'y', "j", 14 }, { 'y', "J", 60 },
    { 'y', "aou", 34 }, { 'y', "'", 16 }, { 'y', "h", 34 },
    { 'w', "u", 5 }, { 'w', "o", 8 }, { 'w', "v", 8 }, { 'w', "b", 60 },
    { 'w', "f", 40 }, { 'w', "aei", 40 }, { 'w', "'h", 34 },
    { 'v', "uo", 45 },

    /* throat */

    { 'h', "x", 14 }, { 'h', "'", 18 }, { 'h', "j", 35 }, { 'h', "G", 40 },
    { 'h', "X", 30 }, { 'h', "gk", 60 }, { 'h', "fS", 70 },
    { '\'', "aeiou", 20 }, { '\'', "Ggq", 60 },

    /* lips */

    { 'p', "b", 25 }, { 'p', "f", 40 }, { 'b', "v", 35 }, { 'b', "f", 65 },
    { 'f', "v", 20 },

    /* teeth */

    { 't', "d", 25 }, { 't', "T", 6 }, { 't', "D", 30 }, { 'd', "D", 5 },
    { 'd', "T", 28 }, { 'd', "z", 50 }, { 'T', "s", 22 }, { 'T', "D", 25 },
    { 'D', "z", 15 }, { 'T', "f", 60 }, { 'D', "l", 70 }, { 't', "c", 45 },
    { 't', "C", 60 }, { 'd', "Jj", 60 }, { 'd', "r", 70 },

    /* hissing and hushing */

    { 's', "z", 20 }, { 's', "S", 25 }, { 's', "c", 18 }, { 's', "C", 60 },
    { 's', "Z", 60 }, { 'z', "Z", 25 }, { 'z', "S", 50 }, { 'z', "c", 22 },
    { 'z', "J", 35 }, { 'z', "j", 40 }, { 's', "X", 22 }, { 'S', "X", 10 },
    { 'S', "C", 25 }, { 'S', "Z", 30 }, { 'S', "c", 45 }, { 'S', "x", 60 },
    { 'S', "Jj", 50 }, { 'Z', "J", 15 }, { 'Z', "j", 12 }, { 'Z', "C", 40 },
    { 'Z', "g", 40 }, { 'c', "C", 28 }, { 'c', "k", 45 }, { 'c', "J", 38 },
    { 'c', "T", 45 }, { 'c', "z", 22 }, { 'c', "'", 70 }, { 'c', "X", 50 },
    { 'C', "J", 25 }, { 'C', "j", 30 }, { 'C', "k", 48 }, { 'C', "x", 45 },
    { 'C', "X", 45 }, { 'C', "T", 60 }, { 'C', "q", 35 }, { 'C', "h", 60 },
    { 'J', "j", 4 }, { 'J', "g", 18 }, { 'J', "k", 60 }, { 'J', "q", 45 },
    { 'j', "g", 28 }, { 'j', "x", 28 }, { 'j', "k", 60 },

    /* what a writer's language decides */

    { 'Q', "C", 4 }, { 'Q', "Z", 20 }, { 'Q', "Jj", 25 }, { 'Q', "q", 20 },
    { 'Q', "S", 15 }, { 'Q', "k", 20 }, { 'Q', "x", 12 }, { 'Q', "h", 28 },
    { 'Q', "c", 22 }, { 'Q', "X", 30 }, { 'Q', "s", 45 }, { 'Q', "g", 45 },
    { 'Q', "T", 60 }, { 'Q', "t", 60 },
    { 'P', "f", 5 }, { 'P', "p", 10 }, { 'P', "b", 30 }, { 'P', "v", 22 },
    { 'B', "b", 4 }, { 'B', "v", 5 }, { 'B', "pfP", 25 }, { 'B', "w", 25 },
    { 'H', "s", 4 }, { 'H', "T", 8 }, { 'H', "S", 10 }, { 'H', "X", 15 },
    { 'H', "zcD", 20 }, { 'H', "Q", 25 }, { 'H', "CtZ", 45 },
    { 'W', "J", 4 }, { 'W', "jz", 6 }, { 'W', "Z", 8 }, { 'W', "D", 15 },
    { 'W', "gcsCQ", 24 }, { 'W', "y", 30 }, { 'W', "dS", 45 },
    { 'F', "f", 4 }, { 'F', "P", 6 }, { 'F', "h", 10 }, { 'F', "xv", 18 },
    { 'F', "p", 40 },
    { '%', "r", 6 }, { '%', "R", 6 }, { '%', "aeiou", 20 }, { '%', "l", 40 },
    { 'r', "jJZy", 55 },

    /* palate and throat */

    { 'k', "g", 25 }, { 'k', "q", 6 }, { 'k', "x", 25 }, { 'k', "G", 45 },
    { 'k', "X", 40 }, { 'g', "q", 14 }, { 'g', "G", 8 }, { 'g', "x", 40 },
    { 'q', "G", 18 }, { 'q', "x", 35 }, { 'x', "G", 25 }, { 'x', "X", 35 },

    /* flowing */

    { 'R', "r", 6 }, { 'R', "l", 10 }, { '@', "aeiou", 6 }, { '@', "yw'h", 20 },
    { 'r', "l", 60 }, { 'n', "N", 10 }, { 'n', "m", 50 }, { 'm', "N", 60 },
    { 'n', "l", 75 }, { 'r', "G", 60 }, { 'N', "g", 60 }
};


/* what weak and firm sounds cost, in tenths, by RFL_LIKE_* */

static const uint8_t  rfl_phone_weak[RFL_LIKE_N] = { 10, 14, 18, 24 };
static const uint8_t  rfl_phone_firm[RFL_LIKE_N] = { 10, 11, 13, 13 };

rfl_phone_costs_t  rfl_phone_costs[RFL_LIKE_N + 1];

static uint8_t  rfl_phone_index[128];
static uint8_t  rfl_phone_signs[128];
static uint8_t  rfl_phone_sounds[128];         /* 0: as good as silent */
static uint8_t  rfl_phone_sures[128];
static uint64_t rfl_phone_sums[128];   /* 16 bits each: weight, bare, sure */

static const char  rfl_phone_order[] = "PFKTSCLRMN";


void
rfl_phone_init(void)
{
    size_t    i;
    unsigned  m;

    for (i = 0; i < sizeof(rfl_phones) / sizeof(rfl_phones[0]); i++) {
        rfl_phone_index[(u_char) rfl_phones[i].phone] = (uint8_t) i;
    }

    for (i = 0; i < 128; i++) {
        rfl_phone_signs[i] = (uint8_t) rfl_phone_mark((unsigned) i);
        rfl_phone_sounds[i] = (uint8_t) i;
    }

    rfl_phone_sounds['\''] = 0;
    rfl_phone_sounds['h'] = 0;
    rfl_phone_sounds['y'] = 'i';
    rfl_phone_sounds['e'] = 'i';
    rfl_phone_sounds['o'] = 'u';
    rfl_phone_sounds['w'] = 'u';
    rfl_phone_sounds['j'] = 'J';

    for (m = 0; m < RFL_LIKE_N; m++) {
        rfl_phone_swaps(m, &rfl_phone_costs[m]);
        rfl_phone_gaps(m, &rfl_phone_costs[m]);
    }

    rfl_phone_costs[RFL_LIKE_N] = rfl_phone_costs[RFL_LIKE_CROSS];
    rfl_phone_bare(&rfl_phone_costs[RFL_LIKE_N]);

    for (m = 0; m <= RFL_LIKE_N; m++) {
        rfl_phone_sets(&rfl_phone_costs[m]);
    }

    rfl_phone_sure();
}


/* one phone for another */

static void
rfl_phone_swaps(unsigned mode, rfl_phone_costs_t *costs)
{
    size_t                   i;
    unsigned                 cost, x, y, weak;
    const char              *p;
    const rfl_phone_near_t  *near;

    memset(costs->swap, RFL_PHONE_FAR, sizeof(costs->swap));

    for (i = 0; i < 128; i++) {
        costs->swap[i][i] = 0;
    }

    for (i = 0; i < sizeof(rfl_phone_near) / sizeof(rfl_phone_near[0]); i++) {
        near = &rfl_phone_near[i];
        x = (u_char) near->a;

        for (p = near->b; *p != '\0'; p++) {
            y = (u_char) *p;
            weak = (rfl_phones[rfl_phone_index[x]].gap < 50
                    && rfl_phones[rfl_phone_index[y]].gap < 50);

            cost = (unsigned) near->cost * (weak ? rfl_phone_weak[mode]
                                                 : rfl_phone_firm[mode]) / 10;

            if (cost > RFL_PHONE_FAR) {
                cost = RFL_PHONE_FAR;
            }

            costs->swap[x][y] = (uint8_t) cost;
            costs->swap[y][x] = (uint8_t) cost;
        }
    }

    /* within a script a vowel that is not written is not another */

    for (p = "aeiou"; *p != '\0' && mode == RFL_LIKE_NATIVE; p++) {
        costs->swap['@'][(u_char) *p] = 40;
        costs->swap[(u_char) *p]['@'] = 40;
    }
}


/* a phone left out, and what it counts for */

static void
rfl_phone_gaps(unsigned mode, rfl_phone_costs_t *costs)
{
    size_t       i;
    unsigned     cost, x;
    const char  *p;

    for (i = 0; i < sizeof(rfl_phones) / sizeof(rfl_phones[0]); i++) {
        x = (u_char) rfl_phones[i].phone;
        cost = rfl_phones[i].gap;

        if (cost < 50) {
            cost = cost * rfl_phone_weak[mode] / 10;
        }

        costs->gap[x] = (uint8_t) cost;
        costs->weight[x] = rfl_phones[i].weight;
    }

    /* what is written is meant: a long vowel, or a half-vowel */

    for (p = "aeiouyw"; *p != '\0' && mode == RFL_LIKE_BARE; p++) {
        costs->gap[(u_char) *p] = 60;
    }

    if (mode == RFL_LIKE_NATIVE) {
        costs->gap['@'] = 25;
    }
}


/* vowels that one side does not write cost the other side next to nothing */

static void
rfl_phone_bare(rfl_phone_costs_t *costs)
{
    const char  *p;

    for (p = "aeiou"; *p != '\0'; p++) {
        costs->gap[(u_char) *p] = RFL_PHONE_UNWRITTEN;
        costs->weight[(u_char) *p] = RFL_PHONE_BARE;
    }
}


/* which phones are nearer to one than none is */

static void
rfl_phone_sets(rfl_phone_costs_t *costs)
{
    unsigned  x, y;

    for (x = 0; x < 128; x++) {
        costs->near[x] = 0;

        for (y = 0; y < 128; y++) {
            if (costs->swap[x][y] < costs->gap[x]) {
                costs->near[x] |= rfl_phone_bit(y);
            }
        }
    }
}


/*
 * By how much the sums of two readings differ, so much it costs at least to
 * make one of the other: no phone counts for more than leaving it out costs,
 * and no two differ by more than one for the other does.  Not where vowels
 * that are not written cost next to nothing.
 */

static void
rfl_phone_sure(void)
{
    int                       again;
    unsigned                  m, x, y, cost;
    const rfl_phone_costs_t  *costs;

    memcpy(rfl_phone_sures, rfl_phone_costs[0].gap, sizeof(rfl_phone_sures));

    do {
        again = 0;

        for (m = 0; m < RFL_LIKE_N; m++) {
            costs = &rfl_phone_costs[m];

            for (x = 0; x < 128 * 128; x++) {
                y = x & 127;
                cost = (unsigned) rfl_phone_sures[y] + costs->swap[y][x >> 7];
                cost = (cost > costs->gap[x >> 7]) ? costs->gap[x >> 7] : cost;

                if (cost < rfl_phone_sures[x >> 7]) {
                    rfl_phone_sures[x >> 7] = (uint8_t) cost;
                    again = 1;
                }
            }
        }
    } while (again);

    for (x = 0; x < 128; x++) {
        rfl_phone_sums[x] = rfl_phone_costs[0].weight[x]
                            | (uint64_t) rfl_phone_costs[RFL_LIKE_N].weight[x]
                              << 16
                            | (uint64_t) rfl_phone_sures[x] << 32;
    }
}


int
rfl_phone_vowel(unsigned c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}


unsigned
rfl_phone_swap(unsigned a, unsigned b)
{
    return rfl_phone_costs[RFL_LIKE_CROSS].swap[a & 0x7f][b & 0x7f];
}


const char *
rfl_phone_classes(unsigned c)
{
    return rfl_phones[rfl_phone_index[c & 0x7f]].classes;
}


unsigned
rfl_phone_sign(unsigned c)
{
    return rfl_phone_signs[c & 0x7f];
}


static unsigned
rfl_phone_mark(unsigned c)
{
    char         class;
    unsigned     sign;
    const char  *p;

    class = rfl_phone_classes(c)[0];

    sign = (c == 'a') ? RFL_SIGN_A
           : (c == 'e' || c == 'i') ? RFL_SIGN_I
           : (c == 'o' || c == 'u') ? RFL_SIGN_U : 0;

    if (class == '.' || c == 'j' || c == 'v') {
        sign |= RFL_SIGN_WEAK;
    }

    /*
     * v may be w, and j may be y: leave them out on both sides.  What stands
     * for sounds of several classes is none of them.
     */

    if (c != 0 && strchr("RBHWF", (int) c) != NULL) {
        sign |= RFL_SIGN_CLASS;

    } else if (class != '.' && c != 'v' && c != 'j' && c != 'G') {
        p = strchr(rfl_phone_order, class);
        sign |= (p == NULL) ? 0 : (unsigned) (p - rfl_phone_order) + 1;
    }

    return sign;
}


void
rfl_reading_add(rfl_readings_t *rs, const char *ph, size_t len,
    unsigned flags)
{
    unsigned        i, c;
    rfl_reading_t  *r;

    if (len == 0 || rs->n >= RFL_READINGS_MAX) {
        return;
    }

    r = &rs->r[rs->n];
    memset(r, 0, sizeof(rfl_reading_t));
    r->flags = (uint8_t) flags;

    for (i = 0; i < len && r->len < RFL_PHONES_MAX; i++) {
        c = (u_char) ph[i];

        /* a consonant written twice; if vowels are not, one may be between */

        if (r->len != 0 && c == r->ph[r->len - 1] && !rfl_phone_vowel(c)
            && !(flags & RFL_READ_BARE))
        {
            continue;
        }

        r->ph[r->len++] = (u_char) c;
    }

    for (i = 0; i < rs->n; i++) {
        if (rs->r[i].len == r->len
            && memcmp(rs->r[i].ph, r->ph, r->len) == 0)
        {
            rs->r[i].flags |= (uint8_t) (flags & RFL_READ_LOOSE);
            return;
        }
    }

    rs->n++;
}


void
rfl_reading_weigh(rfl_reading_t *r)
{
    unsigned  i, c, classes;
    uint64_t  set, sums;

    for (i = 0, classes = 0, set = 0, sums = 0; i < r->len; i++) {
        c = r->ph[i];
        set |= rfl_phone_bit(c);
        sums += rfl_phone_sums[c];
        classes |= 1U << (rfl_phone_signs[c] & RFL_SIGN_CLASS);
    }

    r->sign = (uint16_t) (r->len == 0 ? 0 : rfl_hint_sign(r));
    r->weight = (uint16_t) sums;
    r->bare = (uint16_t) (sums >> 16);
    r->sure = (uint16_t) (sums >> 32);
    r->classes = (uint16_t) (classes >> 1);        /* but for none */
    r->set = set;
}


/* between r and l there is an r only after a: Charlie, but not Oliver */

size_t
rfl_reading_loose(char *ph, size_t len)
{
    size_t  i, n;

    for (i = 0, n = 0; i < len; i++) {

        if (ph[i] == '%' && i + 1 < len
            && ((ph[i + 1] == 'R' && i > 0 && ph[i - 1] != 'a')
                || (i > 1 && ph[i - 2] == 'R')))
        {
            continue;
        }

        /* Ingvar, Langley */

        if (ph[i] == 'g' && n > 0 && ph[n - 1] == 'n' && i + 2 < len
            && ph[i + 1] == '@' && !rfl_phone_vowel((u_char) ph[i + 2])
            && ph[i + 2] != '%')
        {
            ph[n - 1] = 'N';
            i++;
            continue;
        }

        ph[n++] = ph[i];
    }

    return n;
}


void
rfl_reading_join(const rfl_reading_t *a, const rfl_reading_t *b,
    rfl_reading_t *out)
{
    unsigned  n;

    n = b->len;

    if (a->len + n > RFL_PHONES_MAX) {
        n = RFL_PHONES_MAX - a->len;
    }

    memcpy(out->ph, a->ph, a->len);
    memcpy(&out->ph[a->len], b->ph, n);

    out->len = (uint8_t) (a->len + n);
    out->flags = a->flags | b->flags;

    if (n != b->len) {
        rfl_reading_weigh(out);
        return;
    }

    out->sign = 0;
    out->weight = (uint16_t) (a->weight + b->weight);
    out->bare = (uint16_t) (a->bare + b->bare);
    out->sure = (uint16_t) (a->sure + b->sure);
    out->classes = a->classes | b->classes;
    out->set = a->set | b->set;
}


/* phones without what spellings of one sound differ in */

uint64_t
rfl_reading_sound(const rfl_reading_t *r)
{
    unsigned  i, c;
    uint64_t  h;

    h = 0x9ae16a3b2f90404fULL;

    for (i = 0; i < r->len; i++) {
        c = rfl_phone_sounds[r->ph[i] & 0x7f];

        if (c == 0) {
            continue;
        }

        if (i > 0 && c == 'i' && (r->ph[i - 1] == 'i' || r->ph[i - 1] == 'y'))
        {
            continue;
        }

        h = (h ^ c) * 0x100000001b3ULL;
    }

    return h;
}
