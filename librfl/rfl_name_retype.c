
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_retype.c: the sound that a part was meant to have, if one slip was
 * made in typing it: two sounds are swapped back, one is taken out, a vowel is
 * put in or changed.  Finer keys are made of whole sounds, which skeletons one
 * edit away (rfl_name_skel.c) do not have.  Called by rfl_name_wide.c.
 */


#include "rfl_name_key.h"


#define RFL_RETYPE_WAYS    8       /* of correcting one place */
#define RFL_RETYPE_VOWELS  3       /* that rfl_reading_sound() tells apart */
#define RFL_RETYPE_MIN     3       /* sounds: of fewer anything can be made */


static int rfl_retype_at(rfl_reading_t *r, unsigned at, unsigned way);


unsigned
rfl_retype_ways(const rfl_reading_t *r)
{
    return (r->len < RFL_RETYPE_MIN || r->len == RFL_PHONES_MAX)
           ? 0 : (r->len + 1U) * RFL_RETYPE_WAYS;
}


int
rfl_retype(const rfl_reading_t *r, unsigned way, rfl_reading_t *meant,
    rfl_skel_t *skel)
{
    unsigned  n;

    *meant = *r;

    if (rfl_retype_at(meant, way / RFL_RETYPE_WAYS, way % RFL_RETYPE_WAYS)
        != RFL_OK)
    {
        return RFL_DECLINED;
    }

    n = 0;
    rfl_skel_expand(meant, 0, skel, &n, 1);

    return (n == 0) ? RFL_DECLINED : RFL_OK;
}


static int
rfl_retype_at(rfl_reading_t *r, unsigned at, unsigned way)
{
    u_char             *p, c;
    size_t              rest;
    static const char   vowels[RFL_RETYPE_VOWELS] = { 'a', 'i', 'u' };

    p = &r->ph[at];
    rest = r->len - at;

    if (way < RFL_RETYPE_VOWELS) {
        memmove(p + 1, p, rest);
        *p = (u_char) vowels[way];
        r->len++;
        return RFL_OK;
    }

    way -= RFL_RETYPE_VOWELS;

    if (rest == 0) {
        return RFL_DECLINED;
    }

    if (way < RFL_RETYPE_VOWELS) {
        *p = (u_char) vowels[way];
        return RFL_OK;
    }

    if (way == RFL_RETYPE_VOWELS) {
        memmove(p, p + 1, rest - 1);
        r->len--;
        return RFL_OK;
    }

    if (rest == 1) {
        return RFL_DECLINED;
    }

    c = p[0];
    p[0] = p[1];
    p[1] = c;

    return RFL_OK;
}
