
/*
 * Copyright (C) The RFL authors
 *
 * rfl_item_draft.c: from what a person sent to the draft of an entry: only
 * what they allowed to be shown.  Called when a submission arrives.
 */


#include "rfl_item.h"
#include "rfl_item_int.h"

#include <sodium.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>


#define RFL_LATIN_SIZE       512   /* UTF-16 units */

/*
 * Letters of any script to Latin ones without marks, each word beginning
 * with a capital.
 */
#define RFL_LATIN_RULES                                                      \
    "Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; "              \
    "[^[:Letter:][:Space:]\\-] Remove; Any-Title; NFC"


static unsigned rfl_draft_age(const rfl_submission_t *s,
    const rfl_policy_t *policy, int64_t now, int *year);
static unsigned rfl_draft_years(const rfl_submission_t *s, int64_t now,
    int *year, int *lower);
static int rfl_draft_number(const rfl_str_t *text);
static int rfl_draft_names(rfl_pool_t *pool, const rfl_submission_t *s,
    rfl_entry_t *e);
static void rfl_draft_shown(const rfl_submission_t *s, int lower,
    rfl_entry_t *e);
static unsigned rfl_draft_band(int age);
static void rfl_draft_event(const rfl_policy_t *policy, rfl_draft_t *draft);


/* what each bit of the answer stands for */

static const unsigned  rfl_draft_shows[] = {
    0,
    RFL_SHOW_AGE_BAND,
    RFL_SHOW_SEX,
    RFL_SHOW_ORIGIN,
    RFL_SHOW_STATUS
};


int
rfl_draft_from(rfl_pool_t *pool, const rfl_submission_t *s,
    const rfl_policy_t *policy, int64_t now, rfl_draft_t *draft,
    rfl_err_t *err)
{
    int           year, lower;
    u_char        id[RFL_ITEM_ID_TEXT];
    rfl_str_t     text;
    rfl_entry_t  *e;

    memset(draft, 0, sizeof(rfl_draft_t));
    e = &draft->e;

    rfl_item_id_format(s->id, id);
    text.data = id;
    text.len = RFL_ITEM_ID_TEXT;

    e->kind = (s->form == RFL_FORM_LOOKING) ? RFL_KIND_LOOKING
                                            : RFL_KIND_ALIVE;

    draft->age_class = rfl_draft_age(s, policy, now, &year);
    (void) rfl_draft_years(s, now, &year, &lower);
    draft->facts.birth_year = year;

    if (rfl_str_copy(pool, &text, &draft->id) != RFL_OK
        || rfl_str_copy(pool, &s->society, &e->society) != RFL_OK
        || rfl_str_copy(pool, &s->values[RFL_ASK_EVENT].text, &e->event)
           != RFL_OK
        || rfl_str_copy(pool, &s->values[RFL_ASK_COUNTRY].text,
                        &draft->facts.country)
           != RFL_OK
        || rfl_str_copy(pool, &s->values[RFL_ASK_FATHER].text,
                        &draft->facts.father)
           != RFL_OK
        || rfl_str_copy(pool, &s->values[RFL_ASK_MOTHER].text,
                        &draft->facts.mother)
           != RFL_OK
        || rfl_draft_names(pool, s, e) != RFL_OK)
    {
        return rfl_err(err, 0, "out of memory");
    }

    rfl_draft_shown(s, lower, e);

    e->consent = (s->values[RFL_ASK_CONSENT].choice == RFL_ASK_SEARCHABLE)
                 ? RFL_CONSENT_SEARCHABLE : RFL_CONSENT_MATCH_ONLY;

    if (s->values[RFL_ASK_CONSENT].choice == 0) {
        e->consent = 0;
    }

    e->consent_day = s->day;
    e->consent_policy = policy->version;
    e->confirmed_on = s->day;
    e->not_before = (int64_t) s->day * RFL_DAY_SECONDS;

    if (s->has_hide) {
        e->has_hide = 1;
        memcpy(e->hide, s->hide, RFL_HIDE_SIZE);
    }

    rfl_draft_event(policy, draft);

    randombytes_buf(e->ref, RFL_REF_SIZE);
    randombytes_buf(draft->salt, RFL_SALT_SIZE);
    draft->has_ref = 1;

    if (rfl_facts_commit(pool, &draft->facts, draft->salt, e->commit)
        != RFL_OK)
    {
        return rfl_err(err, 0, "out of memory");
    }

    return RFL_OK;
}


static int
rfl_draft_names(rfl_pool_t *pool, const rfl_submission_t *s, rfl_entry_t *e)
{
    unsigned          i;
    const rfl_str_t  *name;

    static const rfl_ask_field_e  fields[] = {
        RFL_ASK_NAME, RFL_ASK_NAME_OTHER
    };

    for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        name = &s->values[fields[i]].text;

        if (name->len == 0) {
            continue;
        }

        if (rfl_str_copy(pool, name, &e->names[e->nnames].full) != RFL_OK) {
            return RFL_ERROR;
        }

        e->nnames++;
    }

    return RFL_OK;
}


static void
rfl_draft_shown(const rfl_submission_t *s, int lower, rfl_entry_t *e)
{
    unsigned  show;

    show = rfl_draft_consented(s);

    if ((show & RFL_SHOW_AGE_BAND) && lower > 0) {
        e->age_band = rfl_draft_band(lower);
    }

    if (show & RFL_SHOW_SEX) {
        e->sex = s->values[RFL_ASK_SEX].choice;
    }

    if (show & RFL_SHOW_ORIGIN) {
        e->origin = s->values[RFL_ASK_COUNTRY].text;
    }

    if (show & RFL_SHOW_STATUS) {
        e->status = s->values[RFL_ASK_STATUS].choice;
    }

    if (show & RFL_SHOW_RELATION) {
        e->relation = s->values[RFL_ASK_RELATION].choice;
    }
}


unsigned
rfl_draft_consented(const rfl_submission_t *s)
{
    unsigned  i, show;

    if (s->values[RFL_ASK_CONSENT].choice != RFL_ASK_SEARCHABLE) {
        return 0;
    }

    if (s->form == RFL_FORM_LOOKING) {
        return RFL_SHOW_RELATION;
    }

    show = 0;

    for (i = 1; i < sizeof(rfl_draft_shows) / sizeof(unsigned); i++) {
        if (s->values[RFL_ASK_SHOW].several & (1u << i)) {
            show |= rfl_draft_shows[i];
        }
    }

    return show;
}


/* the event that was chosen, or the only one that is open; its longest life */

static void
rfl_draft_event(const rfl_policy_t *policy, rfl_draft_t *draft)
{
    unsigned            i, n;
    const rfl_event_t  *event;

    event = rfl_policy_event(policy, &draft->e.event);

    for (i = 0, n = 0; draft->e.event.len == 0 && i < policy->nevents; i++) {
        if (policy->events[i].gate != RFL_GATE_CLOSED) {
            event = &policy->events[i];
            n++;
        }
    }

    if (n > 1) {
        event = NULL;
    }

    if (event == NULL) {
        return;
    }

    draft->e.event = event->id;
    draft->e.not_after = ((int64_t) draft->e.confirmed_on + event->max_days
                          + 1) * RFL_DAY_SECONDS;
}


/*
 * An adult is who says so and is not contradicted by year or age; of somebody
 * sought, year or age must say so.  The lower of two possible ages counts.
 */

static unsigned
rfl_draft_age(const rfl_submission_t *s, const rfl_policy_t *policy,
    int64_t now, int *year)
{
    int       lower;
    unsigned  known;

    known = rfl_draft_years(s, now, year, &lower);

    if (s->values[RFL_ASK_ADULT].choice == RFL_ASK_ADULT_NO) {
        return RFL_MINOR;
    }

    if (known && lower < (int) policy->adult_age) {
        return RFL_MINOR;
    }

    /* something was typed that cannot be understood */

    if (!known && (s->values[RFL_ASK_BIRTH_YEAR].text.len != 0
                   || s->values[RFL_ASK_AGE].text.len != 0))
    {
        return RFL_AGE_UNKNOWN;
    }

    if (s->form == RFL_FORM_LOOKING) {
        return known ? RFL_ADULT : RFL_AGE_UNKNOWN;
    }

    return (s->values[RFL_ASK_ADULT].choice == RFL_ASK_ADULT_YES)
           ? RFL_ADULT : RFL_AGE_UNKNOWN;
}


/* year of birth and lowest age on the day of the form; 0: not known */

static unsigned
rfl_draft_years(const rfl_submission_t *s, int64_t now, int *year, int *lower)
{
    int  age, today;

    *year = 0;
    *lower = 0;

    today = rfl_day_year(s->day);
    age = rfl_draft_number(&s->values[RFL_ASK_AGE].text);

    if (s->values[RFL_ASK_BIRTH_YEAR].text.len != 0) {

        if (rfl_name_year(&s->values[RFL_ASK_BIRTH_YEAR].text, now, year)
            != RFL_OK)
        {
            *year = 0;
            return 0;
        }

        *lower = today - *year - 1;
    }

    if (age >= 0) {

        if (age > RFL_AGE_MAX) {
            *year = 0;
            return 0;
        }

        if (*year == 0) {
            *year = today - age - 1;
            *lower = age;

        } else if (age < *lower) {
            *lower = age;
        }
    }

    return *year != 0;
}


/* the first number in "about 34", of any script; -1: none */

static int
rfl_draft_number(const rfl_str_t *text)
{
    int            n, digit;
    uint32_t       c;
    const u_char  *p, *last;

    n = -1;
    p = text->data;
    last = p + text->len;

    while (p < last) {
        c = rfl_utf8_decode(&p, last);
        digit = (c <= 0x10ffff) ? u_charDigitValue((UChar32) c) : -1;

        if (digit >= 0) {
            n = (n < 0) ? digit : n * 10 + digit;

            if (n > 9999) {
                return n;
            }

        } else if (n >= 0) {
            break;
        }
    }

    return n;
}


static unsigned
rfl_draft_band(int age)
{
    unsigned  i, band;

    for (band = 0, i = 1; i < rfl_nage_bands; i++) {
        if (age >= (int) rfl_age_band_from[i]) {
            band = i;
        }
    }

    return band;
}


int
rfl_draft_latin(rfl_pool_t *pool, const rfl_str_t *name, rfl_str_t *latin)
{
    int               rc;
    UChar             text[RFL_LATIN_SIZE], rules[sizeof(RFL_LATIN_RULES)];
    int32_t           i, len, limit, size;
    UChar32           c;
    unsigned          other;
    UErrorCode        status;
    rfl_str_t         out;
    UTransliterator  *trans;

    status = U_ZERO_ERROR;
    (void) u_strFromUTF8(text, RFL_LATIN_SIZE, &len,
                         (const char *) name->data, (int32_t) name->len,
                         &status);
    if (U_FAILURE(status)) {
        return RFL_DECLINED;
    }

    for (other = 0, i = 0; i < len; /* void */ ) {
        U16_NEXT(text, i, len, c);
        other |= (u_isalpha(c)
                  && uscript_getScript(c, &status) != USCRIPT_LATIN);
    }

    if (!other) {
        return RFL_DECLINED;
    }

    u_uastrcpy(rules, RFL_LATIN_RULES);

    trans = utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status)) {
        return RFL_DECLINED;
    }

    limit = len;
    utrans_transUChars(trans, text, &len, RFL_LATIN_SIZE, 0, &limit, &status);
    utrans_close(trans);

    rc = RFL_DECLINED;

    if (U_SUCCESS(status)) {
        size = len * 3 + 1;
        out.data = rfl_palloc(pool, (size_t) size);

        if (out.data == NULL) {
            rc = RFL_ERROR;

        } else {
            (void) u_strToUTF8((char *) out.data, size, &size, text, len,
                               &status);
            out.len = U_SUCCESS(status) ? (size_t) size : 0;

            rc = rfl_text_line(pool, &out, RFL_NAME_CHARS, latin);

            if (rc != RFL_OK && rc != RFL_ERROR) {
                rc = RFL_DECLINED;
            }
        }
    }

    rfl_memzero(text, sizeof(text));

    return rc;
}
