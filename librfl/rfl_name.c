
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name.c: start-up and parsing: a name is normalised (rfl_name_fold.c) and
 * cut into words (rfl_name_cut.c), which become name parts, initials,
 * particles and titles, each with its readings.  The parsed name lives in the
 * caller's pool; everything else is on the stack and wiped.
 */


#include "rfl_name_rule.h"


/* of one person; see rfl_name_cost() */
#define RFL_COST_PARTS   5


static int rfl_name_from(rfl_pool_t *pool, const rfl_str_t *text, int typed,
    rfl_name_memo_t *memo, rfl_name_t **name);
static int rfl_name_mend(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_caps_e way, rfl_name_t *name);
static unsigned rfl_name_more(const rfl_name_t *name);
static int rfl_name_ways(rfl_pool_t *pool, rfl_tokens_t *ts, int typed,
    rfl_name_t **name);
static int rfl_name_compound(rfl_pool_t *pool, rfl_tokens_t *ts,
    rfl_name_t **name);
static int rfl_name_halves(rfl_pool_t *pool, rfl_tokens_t *ts,
    const rfl_cut_t *cuts, unsigned n, rfl_name_t **name);
static int rfl_name_build(rfl_pool_t *pool, const rfl_tokens_t *ts,
    rfl_name_t **name);
static int rfl_name_word(rfl_pool_t *pool, const rfl_tokens_t *ts, unsigned i,
    rfl_readings_t *rs, rfl_name_t *name);
static int rfl_name_part(rfl_pool_t *pool, const rfl_token_t *t,
    rfl_readings_t *rs, rfl_part_t *part);
static unsigned rfl_name_letters(const rfl_token_t *t, uint16_t *letters,
    unsigned max);
static uint64_t rfl_name_hash(const uint16_t *letters, unsigned n);


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
    return rfl_name_from(pool, text, 0, NULL, name);
}


int
rfl_name_parse_memo(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_name_memo_t *memo, rfl_name_t **name)
{
    return rfl_name_from(pool, text, 0, memo, name);
}


int
rfl_name_parse_typed(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_name_t **name)
{
    int         rc;
    rfl_caps_e  way;

    rc = rfl_name_from(pool, text, 1, NULL, name);

    for (way = RFL_CAPS_WITHIN; way <= RFL_CAPS_BEFORE && rc == RFL_OK; way++) {
        rc = rfl_name_mend(pool, text, way, *name);
    }

    return rc;
}


/* what capitals tell of a slip is another way of reading what was typed */

static int
rfl_name_mend(rfl_pool_t *pool, const rfl_str_t *text, rfl_caps_e way,
    rfl_name_t *name)
{
    int          rc;
    u_char       mended[RFL_NAME_BYTES];
    rfl_str_t    other;
    rfl_name_t  *alt;

    if (rfl_caps_mend(text, way, mended, &other.len) != RFL_OK) {
        return RFL_OK;
    }

    other.data = mended;
    alt = NULL;

    rc = rfl_name_from(pool, &other, 1, NULL, &alt);

    rfl_memzero(mended, other.len);

    if (rc != RFL_OK) {
        return (rc == RFL_DECLINED) ? RFL_OK : rc;
    }

    while (name->alt != NULL) {
        name = name->alt;
    }

    name->alt = alt;

    for ( /* void */ ; alt != NULL; alt = alt->alt) {
        alt->mended = 1;
    }

    return RFL_OK;
}


static int
rfl_name_from(rfl_pool_t *pool, const rfl_str_t *text, int typed,
    rfl_name_memo_t *memo, rfl_name_t **name)
{
    int           rc;
    UChar         folded[RFL_TEXT_MAX];
    int32_t       len;
    rfl_tokens_t  ts;

    ts.n = 0;
    ts.memo = memo;
    len = 0;

    rc = rfl_fold_text(text, folded, &len);

    if (rc == RFL_OK) {
        rc = rfl_cut_text(folded, len, &ts);
    }

    if (rc == RFL_OK) {
        rc = rfl_name_ways(pool, &ts, typed, name);
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


unsigned
rfl_name_cost(rfl_pool_t *pool, const rfl_name_t *name,
    const rfl_facts_t *facts)
{
    unsigned     i, cost;
    rfl_name_t  *kin;

    const rfl_str_t  *kins[] = {
        &facts->father, &facts->mother, &facts->grandfather
    };

    cost = 1 + rfl_name_more(name);

    for (i = 0; i < sizeof(kins) / sizeof(kins[0]); i++) {
        if (kins[i]->len != 0
            && rfl_name_parse(pool, kins[i], &kin) == RFL_OK)
        {
            cost += rfl_name_more(kin);
        }
    }

    return cost;
}


/* what is more than one person has, by two parts */

static unsigned
rfl_name_more(const rfl_name_t *name)
{
    unsigned  i, n;

    for (n = 0, i = 0; i < name->nparts; i++) {
        n += (name->parts[i].type == RFL_PART_NAME
              || name->parts[i].type == RFL_PART_INITIAL);
    }

    return (n > RFL_COST_PARTS) ? (n - RFL_COST_PARTS + 1) / 2 : 0;
}


/* the words of a name become parts, in more than one way if need be */

static int
rfl_name_ways(rfl_pool_t *pool, rfl_tokens_t *ts, int typed, rfl_name_t **name)
{
    unsigned   i, n;
    rfl_cut_t  cuts[RFL_CUTS_MAX];

    rfl_cut_syllables(ts);

    for (i = 0; i < ts->n; i++) {
        if (ts->t[i].dot || i + 1 < ts->n) {
            rfl_indic_initial(&ts->t[i]);
        }

        rfl_word_know(&ts->t[i]);
    }

    rfl_cut_initials(ts);

    if (ts->n == 2 && rfl_word_alone(&ts->t[0])) {
        return rfl_name_compound(pool, ts, name);
    }

    if (ts->n > 1) {
        rfl_word_join(ts);
    }

    rfl_look_mark(ts);

    if (ts->n == 2 && ts->t[0].script == RFL_SCRIPT_HANI
        && ts->t[1].script == RFL_SCRIPT_HANI
        && !(ts->t[0].flags & RFL_PART_FOREIGN))
    {
        rfl_cut_family(&ts->t[0], &ts->t[1]);
    }

    n = (ts->n == 1) ? rfl_cut_places(&ts->t[0], typed, cuts) : 0;

    return (n == 0) ? rfl_name_build(pool, ts, name)
                    : rfl_name_halves(pool, ts, cuts, n, name);
}


/* two words: as they stand, and as the compound that they may be */

static int
rfl_name_compound(rfl_pool_t *pool, rfl_tokens_t *ts, rfl_name_t **name)
{
    int          rc;
    rfl_name_t  *alt;
    rfl_token_t  first, second;

    first = ts->t[0];
    second = ts->t[1];

    rfl_word_join(ts);
    rfl_look_mark(ts);

    rc = rfl_name_build(pool, ts, &alt);

    if (rc == RFL_OK) {
        ts->t[0] = first;
        ts->t[1] = second;
        ts->n = 2;

        rfl_look_mark(ts);
        rc = rfl_name_build(pool, ts, name);
    }

    if (rc == RFL_OK) {
        (*name)->alt = alt;
    }

    rfl_memzero(&first, sizeof(rfl_token_t));
    rfl_memzero(&second, sizeof(rfl_token_t));

    return rc;
}


/* one word, written without spaces: cut in each of these places */

static int
rfl_name_halves(rfl_pool_t *pool, rfl_tokens_t *ts, const rfl_cut_t *cuts,
    unsigned n, rfl_name_t **name)
{
    int           rc;
    rfl_name_t   *alt, *first;
    rfl_token_t   whole, *t;

    whole = ts->t[0];
    alt = NULL;
    first = NULL;
    rc = RFL_DECLINED;

    /* a Latin word is one part before all; of characters two or three may be */

    if (whole.script == RFL_SCRIPT_LATN) {
        rc = rfl_name_build(pool, ts, &first);

        if (rc != RFL_OK) {
            n = 0;
        }

    } else if (whole.n <= 3 && whole.script != RFL_SCRIPT_KANA
               && rfl_name_build(pool, ts, &alt) == RFL_ERROR)
    {
        rc = RFL_ERROR;
        n = 0;
    }

    while (n-- > 0) {
        t = ts->t;

        t[0] = whole;
        t[0].n = cuts[n].at;

        t[1] = whole;
        t[1].n = whole.n - t[0].n;

        if (first == NULL) {
            t[0].flags = cuts[n].flags|RFL_PART_SPLIT|RFL_PART_FAMILY;
            t[1].flags = cuts[n].flags|RFL_PART_SPLIT|RFL_PART_GIVEN;
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


static int
rfl_name_build(rfl_pool_t *pool, const rfl_tokens_t *ts, rfl_name_t **name)
{
    int              rc;
    unsigned         i;
    rfl_name_t      *nm;
    rfl_readings_t   rs;

    nm = rfl_pcalloc(pool, sizeof(rfl_name_t));
    if (nm == NULL) {
        return RFL_ERROR;
    }

    nm->parts = rfl_pcalloc(pool, (ts->n + 1) * sizeof(rfl_part_t));
    if (nm->parts == NULL) {
        return RFL_ERROR;
    }

    rc = RFL_OK;

    for (i = 0; i < ts->n && rc != RFL_ERROR; i++) {
        rc = rfl_name_word(pool, ts, i, &rs, nm);
    }

    rfl_memzero(&rs, sizeof(rfl_readings_t));

    if (rc != RFL_OK) {
        return rc;
    }

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


/*
 * Word number i becomes the next part of a name, unless it has no reading.
 * What it becomes is for the word alone to say, but for the type.
 */

static int
rfl_name_word(rfl_pool_t *pool, const rfl_tokens_t *ts, unsigned i,
    rfl_readings_t *rs, rfl_name_t *name)
{
    rfl_part_t         *part;
    const rfl_token_t  *t;

    t = &ts->t[i];
    part = &name->parts[name->nparts];

    part->type = (uint8_t) rfl_word_type(ts, i);

    if (!rfl_memo_find(ts->memo, t, part->type, part)) {

        rs->n = 0;
        rfl_name_read[t->script](t, rs);

        if (rs->n == 0) {
            return RFL_OK;
        }

        if (rfl_name_part(pool, t, rs, part) != RFL_OK) {
            return RFL_ERROR;
        }

        rfl_memo_keep(ts->memo, t, part);
    }

    name->nparts++;
    name->nnames += (part->type == RFL_PART_NAME);

    return RFL_OK;
}


/* a word, with its readings, becomes a part of the type that is set */

static int
rfl_name_part(rfl_pool_t *pool, const rfl_token_t *t, rfl_readings_t *rs,
    rfl_part_t *part)
{
    uint16_t  letters[RFL_TOKEN_MAX];
    unsigned  k, n;

    if (part->type == RFL_PART_NAME) {
        rfl_word_settle(rs);
    }

    for (k = 0; k < rs->n; k++) {
        rfl_reading_weigh(&rs->r[k]);
    }

    part->flags = t->flags;

    if (part->type == RFL_PART_TITLE && rfl_word_called_by(t)) {
        part->flags |= RFL_PART_CALLED;
    }

    part->script = (uint8_t) (t->script != RFL_SCRIPT_INDIC ? t->script
                              : RFL_SCRIPT_N + ((t->cp[0] >> 7) & 0xf));

    n = rfl_name_letters(t, letters, RFL_TOKEN_MAX);

    part->form = rfl_name_hash(letters, n);
    part->viet = (part->flags & RFL_PART_VIET) ? rfl_viet_form(t) : 0;
    part->known = (uint8_t) rfl_nick_find(part->form, &rs->r[0], part->nick);

    if (n > RFL_LETTERS_MAX) {
        n = RFL_LETTERS_MAX;
    }

    part->readings = rfl_palloc(pool, rs->n * sizeof(rfl_reading_t)
                                      + n * sizeof(uint16_t));

    if (part->readings != NULL) {
        part->nreadings = (uint8_t) rs->n;
        memcpy(part->readings, rs->r, rs->n * sizeof(rfl_reading_t));

        part->nletters = (uint8_t) n;
        part->letters = (uint16_t *) (void *) &part->readings[rs->n];
        memcpy(part->letters, letters, n * sizeof(uint16_t));
    }

    rfl_memzero(letters, sizeof(letters));

    return (part->readings == NULL) ? RFL_ERROR : RFL_OK;
}


/* the letters of a word without what people leave out or write otherwise */

static unsigned
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


/* FNV-1a of the letters: the form of a part */

static uint64_t
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
