
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name.c: start-up and parsing: a name is normalised, cut into words of
 * one script, the words are sorted into name parts, initials, particles and
 * titles, and each is given its readings.  The parsed name lives in the
 * caller's pool; everything else is on the stack and wiped.
 */


#include "rfl_name_int.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>


typedef struct {
    unsigned        n;
    rfl_token_t     t[RFL_PARTS_MAX];
} rfl_tokens_t;


static int rfl_name_cut(const UChar *text, int32_t len, rfl_tokens_t *ts);
static int rfl_name_build(rfl_pool_t *pool, const rfl_tokens_t *ts,
    rfl_name_t **name);
static uint64_t rfl_name_form(const rfl_token_t *t);


static const rfl_read_pt  rfl_name_read[RFL_SCRIPT_N] = {
    rfl_read_latin,
    rfl_read_other,                /* Arab */
    rfl_read_other,                /* Cyrl */
    rfl_read_other,                /* Hebr */
    rfl_read_other,                /* Grek */
    rfl_read_other,                /* Armn */
    rfl_read_other,                /* Geor */
    rfl_read_other,                /* Ethi */
    rfl_read_other,                /* Indic */
    rfl_read_other,                /* Mymr */
    rfl_read_other,                /* Hang */
    rfl_read_other,                /* Kana */
    rfl_read_other,                /* Hani */
    rfl_read_other
};


const rfl_str_t  rfl_why_names[RFL_WHY_N] = {
    rfl_string("same"),
    rfl_string("spelling"),
    rfl_string("other_script"),
    rfl_string("order"),
    rfl_string("part_missing"),
    rfl_string("part_added"),
    rfl_string("initial"),
    rfl_string("nickname"),
    rfl_string("year_near")
};


int
rfl_name_init(rfl_err_t *err)
{
    rfl_phone_init();

    if (rfl_fold_init(err) != RFL_OK) {
        return RFL_ERROR;
    }

    return rfl_other_init(err);
}


int
rfl_name_parse(rfl_pool_t *pool, const rfl_str_t *text, rfl_name_t **name)
{
    int           rc;
    UChar         folded[RFL_TEXT_MAX];
    int32_t       len;
    rfl_tokens_t  ts;

    ts.n = 0;
    len = 0;

    rc = rfl_fold_text(text, folded, &len);

    if (rc == RFL_OK) {
        rc = rfl_name_cut(folded, len, &ts);
    }

    if (rc == RFL_OK) {
        rc = rfl_name_build(pool, &ts, name);
    }

    rfl_memzero(ts.t, ts.n * sizeof(rfl_token_t));
    rfl_memzero(folded, (size_t) len * sizeof(UChar));

    return rc;
}


unsigned
rfl_name_parts(const rfl_name_t *name)
{
    return name->nnames;
}


/* cuts into words; RFL_DECLINED if there are too many */

static int
rfl_name_cut(const UChar *text, int32_t len, rfl_tokens_t *ts)
{
    int           open, tied;
    int32_t       i;
    UChar32       c;
    unsigned      script;
    rfl_token_t  *t;

    open = 0;
    tied = 0;
    t = NULL;

    for (i = 0; i < len; /* void */ ) {
        U16_NEXT(text, i, len, c);

        if (rfl_fold_ignored((uint32_t) c)) {
            continue;
        }

        if (c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x60
            || c == 0xb4 || (c >= 0x2b9 && c <= 0x2bf))
        {
            if (open && t->script == RFL_SCRIPT_LATN && t->n < RFL_TOKEN_MAX) {
                t->cp[t->n++] = '\'';
            }

            continue;
        }

        if (!u_isalpha(c) && !u_isdigit(c)
            && !(U_GET_GC_MASK(c) & U_GC_M_MASK))
        {
            if (open && c == '.') {
                t->dot = 1;
            }

            open = 0;
            tied = (c == '-' || c == 0x2010 || c == 0x2011);
            continue;
        }

        script = rfl_fold_script((uint32_t) c);

        if (open && u_isalpha(c) && script != t->script) {

            if (script == RFL_SCRIPT_OTHER && t->script != RFL_SCRIPT_LATN) {
                script = t->script;

            } else {
                open = 0;
            }
        }

        if (!open) {

            if (U_GET_GC_MASK(c) & U_GC_M_MASK) {
                continue;
            }

            if (ts->n == RFL_PARTS_MAX) {
                return RFL_DECLINED;
            }

            t = &ts->t[ts->n++];
            t->n = 0;
            t->script = script;
            t->flags = tied ? RFL_PART_TIED : 0;
            t->dot = 0;

            open = 1;
            tied = 0;
        }

        if (t->n < RFL_TOKEN_MAX) {
            t->cp[t->n++] = (uint32_t) c;
        }
    }

    return RFL_OK;
}


static int
rfl_name_build(rfl_pool_t *pool, const rfl_tokens_t *ts, rfl_name_t **name)
{
    int              type;
    unsigned         i;
    rfl_name_t      *nm;
    rfl_part_t      *part;
    rfl_readings_t   rs;

    nm = rfl_pcalloc(pool, sizeof(rfl_name_t));
    if (nm == NULL) {
        return RFL_ERROR;
    }

    nm->parts = rfl_pcalloc(pool, (ts->n + 1) * sizeof(rfl_part_t));
    if (nm->parts == NULL) {
        return RFL_ERROR;
    }

    for (i = 0; i < ts->n; i++) {

        rs.n = 0;
        type = rfl_word_type(&ts->t[i]);
        rfl_name_read[ts->t[i].script](&ts->t[i], &rs);

        if (rs.n == 0) {
            continue;
        }

        part = &nm->parts[nm->nparts++];
        part->type = (uint8_t) type;
        part->script = (uint8_t) ts->t[i].script;
        part->flags = ts->t[i].flags;
        part->form = rfl_name_form(&ts->t[i]);
        part->nreadings = (uint8_t) rs.n;

        part->readings = rfl_palloc(pool, rs.n * sizeof(rfl_reading_t));
        if (part->readings == NULL) {
            rfl_memzero(&rs, sizeof(rfl_readings_t));
            return RFL_ERROR;
        }

        memcpy(part->readings, rs.r, rs.n * sizeof(rfl_reading_t));

        nm->scripts |= 1U << part->script;
        nm->nnames += (type == RFL_PART_NAME);
    }

    rfl_memzero(&rs, sizeof(rfl_readings_t));

    /* a particle may be all there is: U, An, Le are names too */

    for (i = 0; i < nm->nparts && nm->nnames < 2; i++) {

        if (nm->parts[i].type == RFL_PART_PARTICLE
            && nm->parts[i].readings[0].len >= 2)
        {
            nm->parts[i].type = RFL_PART_NAME;
            nm->nnames++;
        }
    }

    if (nm->nnames == 0) {
        return RFL_DECLINED;
    }

    *name = nm;

    return RFL_OK;
}


/* FNV-1a over the folded letters */

static uint64_t
rfl_name_form(const rfl_token_t *t)
{
    unsigned  i;
    uint64_t  h;

    h = 0xcbf29ce484222325ULL;

    for (i = 0; i < t->n; i++) {
        h = (h ^ t->cp[i]) * 0x100000001b3ULL;
    }

    return h;
}
