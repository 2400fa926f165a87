
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name.c: start-up and parsing: a name is normalised, cut into words of
 * one script, the words are sorted into name parts, initials, particles and
 * titles, and each is given its readings.  The parsed name lives in the
 * caller's pool; everything else is on the stack and wiped.
 */


#include "rfl_name_rule.h"

#include <unicode/utf16.h>


static int rfl_name_from(rfl_pool_t *pool, const rfl_str_t *text, int typed,
    rfl_name_t **name);
static int rfl_name_cut(const UChar *text, int32_t len, rfl_tokens_t *ts);
static int rfl_name_divide(rfl_pool_t *pool, rfl_tokens_t *ts, int typed,
    rfl_name_t **name);
static void rfl_name_tongue(rfl_token_t *a, rfl_token_t *b);
static void rfl_name_syllables(rfl_tokens_t *ts);
static int rfl_name_build(rfl_pool_t *pool, const rfl_tokens_t *ts,
    rfl_name_t **name);


static const rfl_read_pt  rfl_name_read[RFL_SCRIPT_N] = {
    rfl_read_latin,
    rfl_read_arab,
    rfl_read_cyrl,
    rfl_read_hebr,
    rfl_read_grek,
    rfl_read_armn,
    rfl_read_geor,
    rfl_read_ethi,
    rfl_read_indic,
    rfl_read_mymr,
    rfl_read_hang,
    rfl_read_kana,
    rfl_read_hani,
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
    rfl_slip_init();

    if (rfl_fold_init(err) != RFL_OK || rfl_rule_init(err) != RFL_OK
        || rfl_word_init(err) != RFL_OK || rfl_other_init(err) != RFL_OK)
    {
        return RFL_ERROR;
    }

    rfl_hani_init();
    rfl_myword_init();

    return rfl_nick_init(err);
}


int
rfl_name_parse(rfl_pool_t *pool, const rfl_str_t *text, rfl_name_t **name)
{
    return rfl_name_from(pool, text, 0, name);
}


int
rfl_name_parse_typed(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_name_t **name)
{
    return rfl_name_from(pool, text, 1, name);
}


static int
rfl_name_from(rfl_pool_t *pool, const rfl_str_t *text, int typed,
    rfl_name_t **name)
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
        rc = rfl_name_divide(pool, &ts, typed, name);
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
    int           open, tied, middle;
    int32_t       i;
    UChar32       c;
    unsigned      kind, script;
    rfl_token_t  *t;

    open = 0;
    tied = 0;
    middle = 0;
    t = NULL;

    for (i = 0; i < len; /* void */ ) {
        U16_NEXT(text, i, len, c);

        kind = rfl_fold_kind((uint32_t) c);

        if (kind & RFL_FOLD_IGNORED) {
            continue;
        }

        if (kind & RFL_FOLD_QUOTE) {

            if (open && t->n < RFL_TOKEN_MAX
                && (t->script == RFL_SCRIPT_LATN
                    || t->script == RFL_SCRIPT_HEBR))
            {
                t->cp[t->n++] = '\'';
            }

            continue;
        }

        /* Tibetan names are of two syllables each */

        if (c == RFL_TSHEG && open && t->script == RFL_SCRIPT_OTHER
            && t->n < RFL_TOKEN_MAX && !rfl_tibt_tsheg(t))
        {
            t->cp[t->n++] = RFL_TSHEG;
            continue;
        }

        /* a/l, s/o: son of, in Malaysia and Singapore */

        if (c == '/' && open && t->n == 1 && t->script == RFL_SCRIPT_LATN
            && i < len && (text[i] == 'l' || text[i] == 'p' || text[i] == 'o')
            && (i + 1 == len
                || !(rfl_fold_kind(text[i + 1]) & RFL_FOLD_LETTER)))
        {
            t->cp[t->n++] = (uint32_t) c;
            continue;
        }

        if ((kind & (RFL_FOLD_LETTER|RFL_FOLD_DIGIT|RFL_FOLD_MARK)) == 0) {

            if (open && c == '.') {
                t->dot = 1;
            }

            open = 0;
            tied = (c == '-' || c == 0x2010 || c == 0x2011);
            middle |= (c == 0xb7 || c == 0x2022 || c == 0x2027 || c == 0x30fb);
            continue;
        }

        script = kind & RFL_FOLD_SCRIPT;

        if (script == RFL_SCRIPT_HANI) {
            c = (UChar32) rfl_han_same_as((uint32_t) c);
        }

        if (open && (kind & RFL_FOLD_LETTER) && script != t->script) {

            if (script == RFL_SCRIPT_OTHER && t->script != RFL_SCRIPT_LATN) {
                script = t->script;

            } else if (rfl_twin_add(t, (uint32_t) c, script)) {
                continue;

            } else {
                open = 0;
            }
        }

        if (!open) {

            if (kind & RFL_FOLD_MARK) {
                continue;
            }

            if (ts->n == RFL_PARTS_MAX) {
                return RFL_DECLINED;
            }

            t = &ts->t[ts->n++];
            t->n = 0;
            t->script = script;
            t->flags = (tied && ts->n > 1) ? RFL_PART_TIED : 0;
            t->dot = 0;
            t->word = 0;

            open = 1;
            tied = 0;
        }

        if (t->n < RFL_TOKEN_MAX) {
            t->cp[t->n++] = (uint32_t) c;
        }
    }

    /* the dot between the words of a foreign name */

    for (i = 0; middle && i < (int32_t) ts->n; i++) {
        t = &ts->t[i];

        if (t->script == RFL_SCRIPT_HANI || t->script == RFL_SCRIPT_KANA) {
            t->flags |= RFL_PART_FOREIGN;
        }
    }

    return RFL_OK;
}


/* divides what is written without spaces, in more than one way if need be */

static int
rfl_name_divide(rfl_pool_t *pool, rfl_tokens_t *ts, int typed,
    rfl_name_t **name)
{
    int           rc, apart;
    unsigned      i, n;
    rfl_cut_t     cuts[RFL_CUTS_MAX];
    rfl_name_t   *alt, *first;
    rfl_token_t  *t, whole, second;

    for (i = 0; i < ts->n; i++) {
        if (ts->t[i].script == RFL_SCRIPT_MYMR) {
            rfl_name_syllables(ts);
            break;
        }
    }

    for (i = 0; i < ts->n; i++) {
        rfl_word_know(&ts->t[i]);
    }

    apart = (ts->n == 2 && rfl_word_alone(&ts->t[0]));

    if (apart) {
        whole = ts->t[0];
        second = ts->t[1];
    }

    if (ts->n > 1) {
        rfl_word_join(ts);
    }

    rfl_look_mark(ts);

    if (apart) {
        rc = rfl_name_build(pool, ts, &alt);

        if (rc == RFL_OK) {
            ts->t[0] = whole;
            ts->t[1] = second;
            ts->n = 2;

            rfl_look_mark(ts);
            rc = rfl_name_build(pool, ts, name);
        }

        if (rc == RFL_OK) {
            (*name)->alt = alt;
        }

        rfl_memzero(&whole, sizeof(rfl_token_t));
        rfl_memzero(&second, sizeof(rfl_token_t));

        return rc;
    }

    if (ts->n == 2 && ts->t[0].script == RFL_SCRIPT_HANI
        && ts->t[1].script == RFL_SCRIPT_HANI
        && !(ts->t[0].flags & RFL_PART_FOREIGN))
    {
        rfl_name_tongue(&ts->t[0], &ts->t[1]);
    }

    n = 0;

    if (ts->n == 1) {
        t = &ts->t[0];

        switch (t->script) {

        case RFL_SCRIPT_HANI:
            n = rfl_split_hani(t, cuts);
            break;

        case RFL_SCRIPT_KANA:
            n = rfl_split_kana(t, cuts);
            break;

        case RFL_SCRIPT_HANG:
            cuts[0].at = (uint8_t) rfl_split_hang(t);
            cuts[0].flags = 0;
            n = (cuts[0].at != 0);
            break;

        case RFL_SCRIPT_LATN:
            n = typed ? rfl_split_burma(t, cuts) : 0;
            break;
        }
    }

    if (n == 0) {
        return rfl_name_build(pool, ts, name);
    }

    whole = ts->t[0];
    rc = RFL_DECLINED;
    alt = NULL;
    first = NULL;

    /* a Latin word is one part before all; of characters two or three may be */

    if (whole.script == RFL_SCRIPT_LATN) {
        rc = rfl_name_build(pool, ts, &first);

        if (rc != RFL_OK) {
            return rc;
        }

    } else if (whole.n <= 3 && whole.script != RFL_SCRIPT_KANA
        && rfl_name_build(pool, ts, &alt) == RFL_ERROR)
    {
        return RFL_ERROR;
    }

    for (i = n; i > 0; i--) {
        t = ts->t;

        t[0] = whole;
        t[0].n = cuts[i - 1].at;

        t[1] = whole;
        t[1].n = whole.n - t[0].n;

        if (first == NULL) {
            t[0].flags = cuts[i - 1].flags|RFL_PART_SPLIT|RFL_PART_FAMILY;
            t[1].flags = cuts[i - 1].flags|RFL_PART_SPLIT|RFL_PART_GIVEN;
        }

        memmove(t[1].cp, &whole.cp[t[0].n], t[1].n * sizeof(uint32_t));

        ts->n = 2;

        if (rfl_name_build(pool, ts, name) == RFL_OK) {
            (*name)->alt = alt;
            alt = *name;
            rc = RFL_OK;
        }
    }

    if (first != NULL) {
        first->alt = alt;
        *name = first;
    }

    rfl_memzero(&whole, sizeof(rfl_token_t));

    return rc;
}


/* two words of Chinese characters: which language, which the family name */

static void
rfl_name_tongue(rfl_token_t *a, rfl_token_t *b)
{
    unsigned      i, n, pass;
    rfl_cut_t     cuts[RFL_CUTS_MAX];
    rfl_token_t   whole, *t;

    /* either order with a name that is known, then as they stand */

    for (pass = 0; pass < 4; pass++) {

        if (a->n + b->n > RFL_TOKEN_MAX) {
            return;
        }

        whole = *a;
        memcpy(&whole.cp[a->n], b->cp, b->n * sizeof(uint32_t));
        whole.n += b->n;

        n = rfl_split_hani(&whole, cuts);
        rfl_memzero(&whole, sizeof(rfl_token_t));

        for (i = 0; i < n; i++) {

            if (cuts[i].at == a->n && cuts[i].guess == (pass > 1)) {
                a->flags |= cuts[i].flags|RFL_PART_FAMILY;
                b->flags |= cuts[i].flags|RFL_PART_GIVEN;
                return;
            }
        }

        t = a;
        a = b;
        b = t;
    }
}


static void
rfl_name_syllables(rfl_tokens_t *ts)
{
    uint8_t       ends[RFL_TOKEN_MAX];
    unsigned      i, k, n, start;
    rfl_token_t  *t, whole;

    for (i = 0; i < ts->n; i++) {

        if (ts->t[i].script != RFL_SCRIPT_MYMR) {
            continue;
        }

        n = rfl_split_mymr(&ts->t[i], ends);

        if (n < 2 || ts->n + n - 1 > RFL_PARTS_MAX) {
            continue;
        }

        whole = ts->t[i];

        memmove(&ts->t[i + n], &ts->t[i + 1],
                (ts->n - i - 1) * sizeof(rfl_token_t));
        ts->n += n - 1;

        for (k = 0, start = 0; k < n; k++) {
            t = &ts->t[i + k];
            *t = whole;
            t->n = ends[k] - start;
            t->flags |= RFL_PART_SPLIT;
            memcpy(t->cp, &whole.cp[start], t->n * sizeof(uint32_t));
            start = ends[k];
        }

        i += n - 1;
        rfl_memzero(&whole, sizeof(rfl_token_t));
    }
}


static int
rfl_name_build(rfl_pool_t *pool, const rfl_tokens_t *ts, rfl_name_t **name)
{
    int              type;
    uint16_t         letters[RFL_TOKEN_MAX];
    unsigned         i, k, nletters;
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
        type = rfl_word_type(ts, i);
        rfl_name_read[ts->t[i].script](&ts->t[i], &rs);

        if (rs.n == 0) {
            continue;
        }

        if (type == RFL_PART_NAME) {
            rfl_word_settle(&rs);
        }

        for (k = 0; k < rs.n; k++) {
            rfl_reading_weigh(&rs.r[k]);
        }

        nletters = rfl_name_letters(&ts->t[i], letters, RFL_TOKEN_MAX);

        part = &nm->parts[nm->nparts++];
        part->type = (uint8_t) type;
        part->script = (uint8_t) ts->t[i].script;
        part->flags = ts->t[i].flags;

        if (part->script == RFL_SCRIPT_INDIC) {
            part->script = (uint8_t) (RFL_SCRIPT_N
                                      + ((ts->t[i].cp[0] >> 7) & 0xf));
        }

        part->form = rfl_name_hash(letters, nletters);
        part->viet = (part->flags & RFL_PART_VIET)
                     ? rfl_viet_form(&ts->t[i]) : 0;
        part->nreadings = (uint8_t) rs.n;

        part->known = (uint8_t) rfl_nick_find(part->form, &rs.r[0],
                                              part->nick);

        if (nletters > RFL_LETTERS_MAX) {
            nletters = RFL_LETTERS_MAX;
        }

        part->nletters = (uint8_t) nletters;
        part->readings = rfl_palloc(pool, rs.n * sizeof(rfl_reading_t)
                                          + nletters * sizeof(uint16_t));

        if (part->readings == NULL) {
            rfl_memzero(&rs, sizeof(rfl_readings_t));
            return RFL_ERROR;
        }

        memcpy(part->readings, rs.r, rs.n * sizeof(rfl_reading_t));

        part->letters = (uint16_t *) (void *) &part->readings[rs.n];
        memcpy(part->letters, letters, nletters * sizeof(uint16_t));

        nm->nnames += (type == RFL_PART_NAME);
    }

    rfl_memzero(letters, sizeof(letters));
    rfl_memzero(&rs, sizeof(rfl_readings_t));

    /* a title or a particle may be all there is: Haji, Ko, Le, An */

    for (i = 0; i < nm->nparts && nm->nnames == 0; i++) {

        if (nm->parts[i].type != RFL_PART_INITIAL
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


/* the letters of a word without what people leave out or write otherwise */

unsigned
rfl_name_letters(const rfl_token_t *t, uint16_t *letters, unsigned max)
{
    unsigned  i, n;
    uint32_t  c;

    n = 0;

    for (i = 0; i < t->n && n < max; i++) {
        c = t->cp[i];

        switch (t->script) {

        case RFL_SCRIPT_ARAB:
            c = (i == 0 && c == 0x0626) ? 0 : rfl_arab_letter(c);
            break;

        case RFL_SCRIPT_HEBR:
            c = (c == '\'' || c == 0x05f3) ? 0 : rfl_hebr_letter(c);
            break;

        case RFL_SCRIPT_CYRL:
        case RFL_SCRIPT_GREK:
            c = rfl_alpha_letter(rfl_fold_base(c));
            break;

        case RFL_SCRIPT_ETHI:
            c = rfl_ethi_letter(c);
            break;

        case RFL_SCRIPT_INDIC:
            c = rfl_indic_letter(c);
            break;

        case RFL_SCRIPT_MYMR:
            c = rfl_mymr_letter(c);
            break;

        case RFL_SCRIPT_KANA:
            c = rfl_kana_byte(c);
            break;

        case RFL_SCRIPT_HANG:
            c = (t->n == 1) ? rfl_hang_initial(c) : c;
            break;

        case RFL_SCRIPT_HANI:
            c = rfl_hani_letter(c);
            break;

        case RFL_SCRIPT_OTHER:
            c = (c == RFL_TSHEG) ? 0 : c;
            break;

        case RFL_SCRIPT_LATN:
            if (c == 0x307) {
                continue;          /* a Turkish i, in lower case */
            }

            if (c == 0x131) {
                c = 'i';

            } else if (c >= 0x80) {
                c = rfl_fold_base(c);

            } else if (c == '\'') {
                continue;
            }

            break;
        }

        if (c != 0) {
            letters[n++] = (uint16_t) (c ^ (c >> 16));
        }
    }

    return n;
}


uint64_t
rfl_name_hash(const uint16_t *letters, unsigned n)
{
    unsigned  i;
    uint64_t  h;

    h = 0xcbf29ce484222325ULL;

    for (i = 0; i < n; i++) {
        h = (h ^ letters[i]) * 0x100000001b3ULL;
    }

    return h;
}
