
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hint.c: the 64 bytes an element carries about its entry, and how
 * far the signatures of two parts are from each other.
 */


#include "rfl_name_hint.h"


#define RFL_HINT_DROP      2       /* of 4, beside both ends: nothing alike */


static int rfl_hint_other(unsigned a, unsigned b);
static u_char *rfl_hint_put_parts(u_char *p, u_char *hint,
    const rfl_name_t *name, unsigned k);
static u_char *rfl_hint_put(u_char *p, u_char *hint, unsigned script,
    const rfl_reading_t *r);


/*
 * A reading at a glance, in 16 bits: class of the first consonant (0-3) and of
 * the last (4-7), how many there are, up to three (8-9), kind of the first
 * vowel (10-11) and of the last (12-13), a weak sound in front (14), set (15).
 */

unsigned
rfl_hint_sign(const rfl_reading_t *r)
{
    unsigned  i, k, n, s, first, last, v, v1, v2;

    n = first = last = v1 = v2 = 0;

    for (i = 0; i < r->len; i++) {
        s = rfl_phone_sign(r->ph[i]);
        k = s & RFL_SIGN_CLASS;

        /* an r that may be there: Thatcher, Connor */

        if (r->ph[i] == '%') {
            last = RFL_SIGN_CLASS;
            continue;
        }

        if (k != 0) {
            first = (n == 0) ? k : first;
            last = k;
            n++;
            continue;
        }

        v = (s & RFL_SIGN_VOWEL) >> RFL_SIGN_SHIFT;

        if (v != 0 && !(r->flags & RFL_READ_BARE)) {
            v1 = (v1 == 0) ? v : v1;
            v2 = v;
        }
    }

    return first | last << 4 | (n > 3 ? 3 : n) << 8 | v1 << 10 | v2 << 12
           | ((rfl_phone_sign(r->ph[0]) & RFL_SIGN_WEAK) ? 1U << 14 : 0)
           | 1U << 15;
}


/* 1: two different classes, and neither stands for several */

static int
rfl_hint_other(unsigned a, unsigned b)
{
    return a != b && a != RFL_SIGN_CLASS && b != RFL_SIGN_CLASS;
}


int
rfl_hint_apart(unsigned a, unsigned b)
{
    unsigned  d, x, y;

    x = a >> 8 & 3;
    y = b >> 8 & 3;

    /*
     * With one consonant it may be a syllable, half of anything.  One end that
     * is alike is enough for the same name.
     */

    if (x < 2 || y < 2 || !rfl_hint_other(a & 15, b & 15)
        || !rfl_hint_other(a >> 4 & 15, b >> 4 & 15))
    {
        return 0;
    }

    d = (x > y) ? x - y : y - x;
    d += (a ^ b) >> 14 & 1;

    x = a >> 10 & 3;
    y = b >> 10 & 3;
    d += (x != y && x != 0 && y != 0) ? 1 : 0;

    x = a >> 12 & 3;
    y = b >> 12 & 3;
    d += (x != y && x != 0 && y != 0) ? 1 : 0;

    return d >= RFL_HINT_DROP;
}


void
rfl_name_hint(rfl_name_t *const *names, unsigned n, const rfl_facts_t *facts,
    const rfl_hint_extra_t *extra, u_char hint[RFL_HINT_SIZE])
{
    u_char            *p;
    unsigned           i, k;
    const rfl_name_t  *name;

    memset(hint, 0, RFL_HINT_SIZE);

    hint[0] = (u_char) ((extra->kind & 3) | (extra->sex & 3) << 2);

    if (facts->birth_year > RFL_HINT_YEAR0
        && facts->birth_year <= RFL_HINT_YEAR0 + 255)
    {
        hint[1] = (u_char) (facts->birth_year - RFL_HINT_YEAR0);
    }

    p = hint + RFL_HINT_SOUND;

    /* first readings of all parts, then second ones, as far as there is room */

    for (k = 0; k < RFL_READINGS_MAX; k++) {
        for (i = 0; i < n; i++) {
            for (name = names[i]; name != NULL; name = name->alt) {
                p = rfl_hint_put_parts(p, hint, name, k);
            }
        }
    }
}


/* reading k of each part; initials are not among them */

static u_char *
rfl_hint_put_parts(u_char *p, u_char *hint, const rfl_name_t *name,
    unsigned k)
{
    unsigned           i;
    const rfl_part_t  *part;

    for (i = 0; i < name->nparts; i++) {
        part = &name->parts[i];

        if (part->type == RFL_PART_INITIAL) {
            hint[0] |= RFL_HINT_PARTIAL;
        }

        if (part->type == RFL_PART_NAME && k < part->nreadings) {
            p = rfl_hint_put(p, hint, part->script, &part->readings[k]);
        }
    }

    return p;
}


/* appends a reading that is not there yet, if there is room for it */

static u_char *
rfl_hint_put(u_char *p, u_char *hint, unsigned script,
    const rfl_reading_t *r)
{
    u_char   head, *q;
    size_t   len;

    head = (u_char) (RFL_HINT_HEAD | script
                     | ((r->flags & RFL_READ_BARE) ? RFL_HINT_BARE : 0));
    len = 1 + (size_t) r->len;

    for (q = hint + RFL_HINT_SOUND; q + len <= p; q++) {

        if (*q == head && memcmp(q + 1, r->ph, r->len) == 0
            && (q + len == p || (q[len] & RFL_HINT_HEAD)))
        {
            return p;
        }
    }

    if (len > (size_t) (hint + RFL_HINT_SIZE - p)) {
        hint[0] |= RFL_HINT_PARTIAL;
        return p;
    }

    *p++ = head;
    memcpy(p, r->ph, r->len);

    return p + r->len;
}


int
rfl_name_hint_year(const u_char hint[RFL_HINT_SIZE])
{
    return hint[1] == 0 ? 0 : RFL_HINT_YEAR0 + hint[1];
}
