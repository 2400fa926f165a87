
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_skel.c: skeletons.  A skeleton is the classes of a reading's
 * consonants, with an "A" in front where it begins with a vowel or a weak
 * sound.  Stored skeletons are few: one a reading.  What may be confused is
 * spread out on the asking side only.  Also skeletons one edit away, and the
 * sounds of initials.
 */


#include "rfl_name_key.h"


#define RFL_EDIT_SWAP      48
#define RFL_EDIT_OTHER     54      /* a class for any other */
#define RFL_EDIT_BESIDE    47      /* where the keyboard is known: beside it */
#define RFL_EDIT_AWAY      66      /* and elsewhere */

#define RFL_EDIT_FRONT     5       /* more, for the first letter */
#define RFL_EDIT_COSTS     100     /* more than any */

#define RFL_SKEL_CLASSES   11U


/*
 * How unlikely it is that a class of what was typed is a slip, or another
 * spelling, of what was meant: ten times the natural logarithm, negative.  In
 * front "A" stands for anything weak.  Found by letting each name of our own
 * cases slip in every way a keyboard allows (the key beside it, a letter left
 * out, swapped, doubled, two keys hit at once); what is taken for one another
 * by the ear has 50, any consonant for a first vowel not more than 58.  All
 * tables are in the order of rfl_skel_classes.
 */

static const char  rfl_skel_classes[] = "PFKTSCLRMNA";

static const uint8_t  rfl_edit_drop[RFL_SKEL_CLASSES] = {
    26, 30, 21, 31, 24, 21, 33, 37, 42, 40, 27
};

static const uint8_t  rfl_edit_add[RFL_SKEL_CLASSES] = {
    64, 66, 56, 54, 56, 71, 59, 54, 60, 52, 41
};

/* Latin letters: a row for what was typed, a column for what was meant */

static const uint8_t  rfl_edit_change[RFL_SKEL_CLASSES][RFL_SKEL_CLASSES] = {
    { 0, 50, 53, 89, 89, 83, 40, 89, 50, 37, 54 },
    { 48, 0, 41, 37, 60, 50, 74, 36, 87, 76, 58 },
    { 57, 51, 0, 48, 53, 50, 48, 50, 46, 49, 45 },
    { 96, 62, 56, 0, 49, 50, 96, 39, 96, 96, 58 },
    { 97, 69, 60, 45, 0, 45, 96, 95, 97, 97, 49 },
    { 83, 83, 44, 50, 45, 0, 69, 87, 37, 35, 49 },
    { 51, 68, 49, 79, 90, 87, 0, 50, 90, 50, 58 },
    { 95, 68, 50, 46, 89, 95, 50, 0, 95, 95, 58 },
    { 50, 91, 50, 91, 91, 60, 91, 91, 0, 38, 58 },
    { 57, 96, 90, 96, 96, 68, 50, 96, 46, 0, 58 },
    { 43, 53, 39, 42, 38, 44, 49, 50, 48, 51, 0 }
};

/*
 * In other letters only what is usual, by the same count and by ear: for what
 * was typed, in the same order, all that may have been meant.
 */

static const char *const  rfl_edit_cyrillic[RFL_SKEL_CLASSES] = {
    "TLRMNFA", "KSP", "FRNC", "CLRS", "FKCLMT", "FTSAK", "TNR", "KTNL", "SA",
    "KRL", "PFKTSCLRMN"
};

static const char *const  rfl_edit_arabic[RFL_SKEL_CLASSES] = {
    "FKLR", "PKL", "PFTSCLMRA", "KSNCA", "MTC", "PFKTSLRMNA", "PFTRNA", "PLK",
    "SNA", "MLA", "PFKTSCLRMN"
};


static void rfl_skel_first(const rfl_reading_t *r, int query, rfl_skel_t *s);
static const char *rfl_skel_phone(const rfl_reading_t *r, unsigned i,
    int query);
static void rfl_skel_add(rfl_skel_t *s, const rfl_reading_t *r, unsigned i,
    char c);
static int rfl_skel_both(unsigned c);
static void rfl_skel_put(rfl_skel_t *skels, unsigned *n, unsigned max,
    const rfl_skel_t *s);
static int rfl_skel_mute(const rfl_reading_t *r);
static void rfl_edit_put(rfl_edit_t *edits, unsigned *n, const rfl_skel_t *s,
    unsigned cost, unsigned at);
static void rfl_edit_sort(rfl_edit_t *edits, unsigned n);
static unsigned rfl_edit_changed(unsigned script, unsigned at, unsigned to);
static unsigned rfl_skel_class(int c);


unsigned
rfl_part_skels(const rfl_part_t *part, int query, rfl_skel_t *skels,
    unsigned max)
{
    unsigned  i, n;

    n = 0;

    /* what is stored comes first */

    for (i = 0; i < part->nreadings; i++) {
        rfl_skel_expand(&part->readings[i], 0, skels, &n, max);
    }

    for (i = 0; query && i < part->nreadings; i++) {
        rfl_skel_expand(&part->readings[i], 1, skels, &n, max);
    }

    return n;
}


void
rfl_skel_expand(const rfl_reading_t *r, int query, rfl_skel_t *skels,
    unsigned *n, unsigned max)
{
    unsigned     i, k, m, nset, ngrown, room, stored;
    rfl_skel_t   set[RFL_SKELS_LOOSE], grown[RFL_SKELS_LOOSE];
    const char  *c;

    if (max == 1) {
        rfl_skel_first(r, query, &set[0]);
        rfl_skel_put(skels, n, max, &set[0]);
        rfl_memzero(&set[0], sizeof(rfl_skel_t));
        return;
    }

    memset(set, 0, sizeof(set));
    nset = 1;

    room = (r->flags & RFL_READ_LOOSE) ? RFL_SKELS_LOOSE : RFL_SKELS_MAX;

    for (i = 0; i < r->len; i++) {
        c = rfl_skel_phone(r, i, query);
        stored = rfl_skel_both(r->ph[i]) ? 2 : 1;
        ngrown = 0;

        for (m = 0; m < nset; m++) {
            for (k = 0;
                 c[k] != '\0' && (query || k < stored) && ngrown < room;
                 k++)
            {
                grown[ngrown] = set[m];
                rfl_skel_add(&grown[ngrown++], r, i, c[k]);
            }
        }

        memcpy(set, grown, ngrown * sizeof(rfl_skel_t));
        nset = ngrown;
    }

    for (m = 0; m < nset; m++) {
        rfl_skel_put(skels, n, max, &set[m]);
    }

    rfl_memzero(set, sizeof(set));
    rfl_memzero(grown, sizeof(grown));
}


/* the first that rfl_skel_expand() finds: comparing parts needs no other */

static void
rfl_skel_first(const rfl_reading_t *r, int query, rfl_skel_t *s)
{
    unsigned  i;

    memset(s, 0, sizeof(rfl_skel_t));

    for (i = 0; i < r->len; i++) {
        rfl_skel_add(s, r, i, rfl_skel_phone(r, i, query)[0]);
    }
}


/* the classes of the phone at i, the likeliest first */

static const char *
rfl_skel_phone(const rfl_reading_t *r, unsigned i, int query)
{
    /* Yohan and Johan; inside a word only asked: Artyom and Artjom */

    return (r->ph[i] == 'y' && (i == 0 || query)) ? ".C"
           : rfl_phone_classes(r->ph[i]);
}


/* a class of the phone at i; a vowel, ".", counts where the word begins */

static void
rfl_skel_add(rfl_skel_t *s, const rfl_reading_t *r, unsigned i, char c)
{
    if (c != '.') {

        if (s->len < RFL_SKEL_MAX) {
            s->s[s->len++] = c;
        }

    } else if (i == 0 && !rfl_skel_mute(r)) {
        s->s[0] = 'A';
        s->len = 1;
    }
}


/* either class is as likely: stored under both */

static int
rfl_skel_both(unsigned c)
{
    return strchr("RPD%QBWF", (int) c) != NULL;
}


/* Hripsime, Hla, Wright: the first letter is hardly heard */

static int
rfl_skel_mute(const rfl_reading_t *r)
{
    return (r->ph[0] == 'h' || r->ph[0] == 'w') && r->len > 1
           && !(r->flags & RFL_READ_BARE)
           && rfl_phone_classes(r->ph[1])[0] != '.';
}


static void
rfl_skel_put(rfl_skel_t *skels, unsigned *n, unsigned max,
    const rfl_skel_t *s)
{
    unsigned  i;

    if (s->len == 0 || *n == max) {
        return;
    }

    for (i = 0; i < *n; i++) {
        if (rfl_skel_same(&skels[i], s)) {
            return;
        }
    }

    skels[(*n)++] = *s;
}


int
rfl_skel_same(const rfl_skel_t *a, const rfl_skel_t *b)
{
    return a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}


/* the class of a sound at the beginning of a name */

void
rfl_skel_initial(unsigned c, rfl_skel_t *s)
{
    size_t                 i;
    static const char      near[] = "a'@ eiy ou wvfF pbPB tdTD szScXH JjZCQW "
                                    "kgqxG h m nN l rR";

    for (i = 0; near[i] != '\0' && (u_char) near[i] != c; i++) {
        /* void */
    }

    while (i > 0 && near[i - 1] != ' ') {
        i--;
    }

    s->s[0] = '=';
    s->s[1] = near[i];
    s->len = 2;
}


/* the sounds an initial may stand for; buf is for one that is not Latin */

const char *
rfl_initial_phones(const rfl_part_t *part, char buf[RFL_INITIAL_PHONES])
{
    unsigned                  i, n;
    static const char *const  letters[26] = {
        "a", "b", "kCcs", "d", "eiy", "f", "gJ", "hx", "iey", "jJyh", "kxqC",
        "l", "m", "n", "ouw", "pf", "qkC", "r", "sS", "tTcC", "uoyw", "vwf",
        "wv", "XSxhJ", "yij", "zZc"
    };

    if (part->script == RFL_SCRIPT_LATN && part->nletters > 0
        && part->letters[0] >= 'a' && part->letters[0] <= 'z')
    {
        return letters[part->letters[0] - 'a'];
    }

    for (i = 0, n = 0; i < part->nreadings && n + 1 < RFL_INITIAL_PHONES;
         i++)
    {
        buf[n] = (char) part->readings[i].ph[0];
        n += (i == 0 || buf[n] != buf[n - 1]);
    }

    buf[n] = '\0';

    return buf;
}


unsigned
rfl_skel_edits(const rfl_skel_t *s, unsigned script, unsigned most,
    rfl_edit_t edits[RFL_EDITS_MAX])
{
    unsigned    i, k, n, at, cost, last;
    rfl_skel_t  e;

    n = 0;

    for (i = (s->s[0] == 'A') ? 1 : 0; i + 1 < s->len; i++) {

        if (RFL_EDIT_SWAP <= most) {
            e = *s;
            e.s[i] = s->s[i + 1];
            e.s[i + 1] = s->s[i];
            rfl_edit_put(edits, &n, &e, RFL_EDIT_SWAP, i);
        }
    }

    for (i = 0; i < s->len; i++) {
        at = rfl_skel_class(s->s[i]);

        e = *s;
        memmove(&e.s[i], &e.s[i + 1], (size_t) (s->len - i - 1));
        e.len--;

        if (rfl_edit_drop[at] <= most) {
            rfl_edit_put(edits, &n, &e, rfl_edit_drop[at], i);
        }

        /* "A" only stands in front */

        last = RFL_SKEL_CLASSES - (i == 0 ? 0 : 1);

        for (k = 0; k < last; k++) {
            cost = rfl_edit_changed(script, at, k);

            if (cost <= most) {
                e = *s;
                e.s[i] = rfl_skel_classes[k];
                rfl_edit_put(edits, &n, &e, cost, i);
            }
        }
    }

    for (i = 0; i <= s->len && s->len < RFL_SKEL_MAX; i++) {
        last = RFL_SKEL_CLASSES - ((i == 0 && s->s[0] != 'A') ? 0 : 1);

        for (k = 0; k < last; k++) {

            if (rfl_edit_add[k] <= most) {
                e = *s;
                memmove(&e.s[i + 1], &e.s[i], (size_t) (s->len - i));
                e.s[i] = rfl_skel_classes[k];
                e.len++;
                rfl_edit_put(edits, &n, &e, rfl_edit_add[k], i);
            }
        }
    }

    rfl_edit_sort(edits, n);

    return n;
}


/* two edits may lead to the same: rfl_keys_add() keeps one key */

static void
rfl_edit_put(rfl_edit_t *edits, unsigned *n, const rfl_skel_t *s,
    unsigned cost, unsigned at)
{
    if (s->len != 0 && *n < RFL_EDITS_MAX) {
        edits[*n].skel = *s;
        edits[*n].cost = (uint8_t) (cost + (at == 0 ? RFL_EDIT_FRONT : 0));
        edits[*n].front = (at == 0);
        (*n)++;
    }
}


static void
rfl_edit_sort(rfl_edit_t *edits, unsigned n)
{
    unsigned    i, at[RFL_EDIT_COSTS + 1];
    rfl_edit_t  sorted[RFL_EDITS_MAX];

    if (n == 0) {
        return;
    }

    memset(at, 0, sizeof(at));

    for (i = 0; i < n; i++) {
        at[edits[i].cost + 1]++;
    }

    for (i = 1; i < RFL_EDIT_COSTS; i++) {
        at[i] += at[i - 1];
    }

    for (i = 0; i < n; i++) {
        sorted[at[edits[i].cost]++] = edits[i];
    }

    memcpy(edits, sorted, n * sizeof(rfl_edit_t));
    rfl_memzero(sorted, n * sizeof(rfl_edit_t));
}


static unsigned
rfl_edit_changed(unsigned script, unsigned at, unsigned to)
{
    const char *const  *usual;

    switch (script) {

    case RFL_SCRIPT_LATN:
        return rfl_edit_change[at][to];

    case RFL_SCRIPT_CYRL:
        usual = rfl_edit_cyrillic;
        break;

    case RFL_SCRIPT_ARAB:
        usual = rfl_edit_arabic;
        break;

    default:
        return RFL_EDIT_OTHER;
    }

    return (strchr(usual[at], rfl_skel_classes[to]) != NULL)
           ? RFL_EDIT_BESIDE : RFL_EDIT_AWAY;
}


static unsigned
rfl_skel_class(int c)
{
    unsigned  i;

    for (i = 0; i + 1 < RFL_SKEL_CLASSES && rfl_skel_classes[i] != c; i++) {
        /* void */
    }

    return i;
}
