
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_guess.c: readings of a word in Chinese characters that no table
 * has as a whole, put together from its characters: Japanese given names, and
 * foreign names by their syllables.  Called by rfl_read_hani().
 */


#include "rfl_name_int.h"


#define RFL_HAN_GUESSES    64      /* put together from characters */
#define RFL_HAN_WAYS       8       /* a foreign name may be read */
#define RFL_HAN_KNOWN      24      /* of these, a known sound weighs so often */


typedef struct {
    unsigned     weight;
    unsigned     n;
    u_char       kana[16];
} rfl_han_guess_t;


static unsigned rfl_han_guess_grow(const rfl_han_guess_t *set, unsigned n,
    const u_char *p, rfl_han_guess_t next[RFL_HAN_GUESSES]);
static unsigned rfl_han_guess_known(const rfl_han_guess_t *set, unsigned n,
    rfl_han_guess_t next[RFL_HAN_GUESSES]);
static rfl_han_guess_t *rfl_han_guess_at(rfl_han_guess_t set[RFL_HAN_GUESSES],
    unsigned *n, unsigned weight);
static size_t rfl_han_foreign_put(char *ph, size_t len, const char *s,
    size_t n);


/*
 * A given name that no table has: its characters' usual readings in given
 * names, put together, the likeliest first.  What sounds like a given name
 * that is known in other characters is likelier by far.
 */

void
rfl_hani_nanori(const rfl_token_t *t, rfl_readings_t *rs)
{
    char             ph[RFL_TOKEN_MAX * 3];
    unsigned         i, n, len;
    rfl_han_guess_t  set[RFL_HAN_GUESSES], next[RFL_HAN_GUESSES];

    memset(set, 0, sizeof(set));
    set[0].weight = 1 << 16;
    n = 1;

    for (i = 0; i < t->n && n != 0; i++) {
        n = rfl_han_guess_grow(set, n, rfl_han_nanori_of(t->cp[i]), next);
        memcpy(set, next, n * sizeof(rfl_han_guess_t));
    }

    n = rfl_han_guess_known(set, n, next);

    for (i = 0; i < n && rs->n < RFL_READINGS_MAX; i++) {
        len = rfl_kana_sound(next[i].kana, next[i].n, 0, ph);
        rfl_reading_add(rs, ph, len, 0);
    }

    rfl_memzero(set, sizeof(set));
    rfl_memzero(next, sizeof(next));
    rfl_memzero(ph, sizeof(ph));
}


/* each of n with each reading of one more character; NULL: it has none */

static unsigned
rfl_han_guess_grow(const rfl_han_guess_t *set, unsigned n, const u_char *p,
    rfl_han_guess_t next[RFL_HAN_GUESSES])
{
    unsigned          i, nnext, weight;
    rfl_han_guess_t  *g;

    nnext = 0;

    for ( /* void */ ; p != NULL && *p != 0; p += 2 + p[1]) {
        for (i = 0; i < n; i++) {

            if (set[i].n + p[1] > sizeof(set[i].kana)) {
                continue;
            }

            weight = (set[i].weight >> 8) * p[0];
            g = rfl_han_guess_at(next, &nnext, weight);

            if (g == NULL) {
                break;             /* those that follow weigh less */
            }

            *g = set[i];
            g->weight = weight;
            memcpy(&g->kana[g->n], p + 2, p[1]);
            g->n += p[1];
        }
    }

    return nnext;
}


/* the same set, those in front that sound like a name somebody has */

static unsigned
rfl_han_guess_known(const rfl_han_guess_t *set, unsigned n,
    rfl_han_guess_t next[RFL_HAN_GUESSES])
{
    unsigned          i, nnext, weight;
    rfl_han_guess_t  *g;

    nnext = 0;

    for (i = 0; i < n && set[i].weight > 0; i++) {
        weight = set[i].weight;

        if (weight < UINT32_MAX / RFL_HAN_KNOWN
            && rfl_han_given_known(set[i].kana, set[i].n))
        {
            weight *= RFL_HAN_KNOWN;
        }

        g = rfl_han_guess_at(next, &nnext, weight);

        if (g != NULL) {
            *g = set[i];
            g->weight = weight;
        }
    }

    return nnext;
}


/* makes room in a list sorted by weight; NULL: full of heavier ones */

static rfl_han_guess_t *
rfl_han_guess_at(rfl_han_guess_t set[RFL_HAN_GUESSES], unsigned *n,
    unsigned weight)
{
    unsigned  m;

    m = *n;

    if (m == RFL_HAN_GUESSES) {

        if (set[m - 1].weight >= weight) {
            return NULL;
        }

        m--;

    } else {
        (*n)++;
    }

    for ( /* void */ ; m > 0 && set[m - 1].weight < weight; m--) {
        set[m] = set[m - 1];
    }

    return &set[m];
}


/* a foreign name by its syllables, if each may stand for one */

void
rfl_hani_foreign(const rfl_token_t *t, rfl_readings_t *rs)
{
    char         ph[RFL_HAN_WAYS][RFL_TOKEN_MAX * 5];
    size_t       len[RFL_HAN_WAYS], n;
    unsigned     i, k, ways, grown;
    const char  *s, *e;

    len[0] = 0;
    ways = 1;

    for (i = 0; i < t->n; i++) {
        s = rfl_han_foreign_of(rfl_hani_letter(t->cp[i]));

        if (s == NULL) {
            ways = 0;              /* no such name has this character */
            break;
        }

        grown = ways;

        for ( /* void */ ; *s != '\0'; s = e + (*e == ' ')) {

            for (e = s; *e != '\0' && *e != ' '; e++) {
                /* void */
            }

            n = (size_t) (e - s);

            /* the last of a character's sounds goes where it began */

            for (k = 0; k < ways; k++) {

                if (*e == '\0') {
                    len[k] = rfl_han_foreign_put(ph[k], len[k], s, n);

                } else if (grown < RFL_HAN_WAYS) {
                    memcpy(ph[grown], ph[k], len[k]);
                    len[grown] = rfl_han_foreign_put(ph[grown], len[k], s, n);
                    grown++;
                }
            }
        }

        ways = grown;
    }

    for (k = 0; k < ways; k++) {
        len[k] = rfl_reading_loose(ph[k], len[k]);
        rfl_reading_add(rs, ph[k], len[k], RFL_READ_LOOSE);
    }

    rfl_memzero(ph, sizeof(ph));
}


/*
 * One more sound.  A character may end in the n that the next one begins
 * with (Bonnie, Dunn), or in an n where the name has an m: James, Kemp.
 */

static size_t
rfl_han_foreign_put(char *ph, size_t len, const char *s, size_t n)
{
    if (len > 0 && (ph[len - 1] == 'n' || ph[len - 1] == 'N')) {

        if (*s == 'n' || *s == 'm') {
            len--;

        } else if (*s == 'p') {
            ph[len - 1] = 'm';

        } else if (n == 2 && s[0] == 'e' && s[1] == 'n') {
            return len;
        }
    }

    memcpy(&ph[len], s, n);

    return len + n;
}
