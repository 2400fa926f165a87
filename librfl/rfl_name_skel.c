
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


static const char  rfl_skel_classes[] = "PFKTSCLRMN";

/*
 * What a class is taken for: by the ear (p and f, ti and chi, gh and r, l and
 * n), or because a key of the other lies beside one of its own on a Latin
 * keyboard (k and l, t and r, b and n).
 */

static const char *const  rfl_skel_near[] = {
    "PFKLMN", "FPKTR", "KPFCLMTSR", "TFKRSC", "SKTC", "CKSTNM", "LPKRN",
    "RFKTL", "MPKCN", "NPCLM"
};


static void rfl_skel_first(const rfl_reading_t *r, int query, rfl_skel_t *s);
static int rfl_skel_both(unsigned c);
static void rfl_skel_put(rfl_skel_t *skels, unsigned *n, unsigned max,
    const rfl_skel_t *s);
static int rfl_skel_mute(const rfl_reading_t *r);
static int rfl_skel_beside(int a, int b);


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
    unsigned     i, k, m, nset, ngrown, room;
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
        c = rfl_phone_classes(r->ph[i]);
        ngrown = 0;

        /* Yohan and Johan; inside a word only asked: Artyom and Artjom */

        if (r->ph[i] == 'y' && (i == 0 || query)) {
            c = ".C";
        }

        for (m = 0; m < nset; m++) {
            for (k = 0;
                 c[k] != '\0'
                 && (k == 0 || query || (k == 1 && rfl_skel_both(r->ph[i])));
                 k++)
            {

                if (ngrown == room) {
                    break;
                }

                grown[ngrown] = set[m];

                if (c[k] != '.') {

                    if (grown[ngrown].len < RFL_SKEL_MAX) {
                        grown[ngrown].s[grown[ngrown].len++] = c[k];
                    }

                } else if (i == 0 && !rfl_skel_mute(r)) {
                    grown[ngrown].s[0] = 'A';
                    grown[ngrown].len = 1;
                }

                ngrown++;
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


/* the one that is the first on every step: comparing parts needs no other */

static void
rfl_skel_first(const rfl_reading_t *r, int query, rfl_skel_t *s)
{
    char      c;
    unsigned  i;

    memset(s, 0, sizeof(rfl_skel_t));

    for (i = 0; i < r->len; i++) {
        c = rfl_phone_classes(r->ph[i])[0];

        if (r->ph[i] == 'y' && (i == 0 || query)) {
            c = '.';
        }

        if (c != '.') {

            if (s->len < RFL_SKEL_MAX) {
                s->s[s->len++] = c;
            }

        } else if (i == 0 && !rfl_skel_mute(r)) {
            s->s[0] = 'A';
            s->len = 1;
        }
    }
}


/* sounds of which either class is as likely are stored under both */

static int
rfl_skel_both(unsigned c)
{
    return strchr("RPD%QBWF", (int) c) != NULL;
}


/* Hripsime, Hla, Wright: little is heard of it before a consonant */

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
        if (skels[i].len == s->len
            && memcmp(skels[i].s, s->s, s->len) == 0)
        {
            return;
        }
    }

    skels[(*n)++] = *s;
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
rfl_initial_phones(const rfl_part_t *part, char buf[2])
{
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

    buf[0] = (char) part->readings[0].ph[0];
    buf[1] = '\0';

    return buf;
}


/*
 * Everything one edit away from a skeleton, its "A" in front included.  What
 * is swapped or left out comes first, what is one more is at the end.
 */

unsigned
rfl_skel_edits(const rfl_skel_t *s, int latin, rfl_skel_t *out, unsigned max)
{
    char        t;
    unsigned    i, n;
    rfl_skel_t  e;
    const char *c;

    n = 0;

    /* swapped, left out */

    for (i = 0; i + 1 < s->len; i++) {
        e = *s;
        t = e.s[i];
        e.s[i] = e.s[i + 1];
        e.s[i + 1] = t;
        rfl_skel_put(out, &n, max, &e);
    }

    for (i = 0; i < s->len; i++) {
        e = *s;
        memmove(&e.s[i], &e.s[i + 1], (size_t) (s->len - i - 1));
        e.len--;
        rfl_skel_put(out, &n, max, &e);
    }

    /* another class */

    for (c = rfl_skel_classes; *c != '\0'; c++) {
        for (i = 0; i < s->len; i++) {

            if (latin && !rfl_skel_beside(s->s[i], *c)) {
                continue;
            }

            e = *s;
            e.s[i] = *c;
            rfl_skel_put(out, &n, max, &e);
        }
    }

    if (s->s[0] != 'A') {
        e = *s;
        e.s[0] = 'A';
        rfl_skel_put(out, &n, max, &e);
    }

    /* one more: of what ears and fingers miss, l, r, m and n are most by far */

    for (c = "ALRMN"; *c != '\0' && s->len < RFL_SKEL_MAX; c++) {
        for (i = 0; i <= s->len; i++) {

            if (*c == 'A' && (i > 0 || s->s[0] == 'A')) {
                break;
            }

            e = *s;
            memmove(&e.s[i + 1], &e.s[i], (size_t) (s->len - i));
            e.s[i] = *c;
            e.len++;
            rfl_skel_put(out, &n, max, &e);
        }
    }

    return n;
}


/* "A" stands for anything weak, which any consonant may hide */

static int
rfl_skel_beside(int a, int b)
{
    unsigned  i;

    for (i = 0; rfl_skel_classes[i] != '\0'; i++) {
        if (rfl_skel_classes[i] == a) {
            return strchr(rfl_skel_near[i], b) != NULL;
        }
    }

    return 1;
}
