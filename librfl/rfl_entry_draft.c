
/*
 * Copyright (C) The RFL authors
 *
 * rfl_entry_draft.c: what the desk asks of a draft before it is signed or
 * published: the rules of the entry, and those about what only the desk
 * knows: age, second facts, and text that gives away more than a name.
 */


#include "rfl_entry.h"
#include "rfl_entry_int.h"

#include <sodium.h>
#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>


/* so many digits are a phone or document number, not part of a name */
#define RFL_DIGITS_MAX   4

/* and so many other signs at most are between them: "(0) - 12" */
#define RFL_DIGITS_GAP   4

/* the band is of the day of confirmation, and years are whole */
#define RFL_BAND_SLACK   1


typedef struct {
    rfl_rule_ctx_t      *rules;
    const rfl_draft_t   *draft;
    rfl_pool_t          *pool;
    rfl_buf_t           *faults;
    unsigned             keys;
    int                  n;
    unsigned             failed;
} rfl_draft_ctx_t;


static void rfl_draft_fault(rfl_draft_ctx_t *ctx, const char *name,
    const char *fmt, ...) rfl_printf(3, 4);
static int rfl_draft_told(const rfl_draft_ctx_t *ctx, const char *line);
static void rfl_draft_rules(rfl_draft_ctx_t *ctx);
static void rfl_draft_age(rfl_draft_ctx_t *ctx);
static void rfl_draft_year(rfl_draft_ctx_t *ctx);
static void rfl_draft_countries(rfl_draft_ctx_t *ctx);
static int rfl_country_known(const u_char *data);
static void rfl_draft_texts(rfl_draft_ctx_t *ctx);
static void rfl_draft_text(rfl_draft_ctx_t *ctx, const char *what,
    const rfl_str_t *text);
static const char *rfl_draft_private(const rfl_str_t *text);
static int rfl_draft_contains(const rfl_str_t *text, const char *word);
static void rfl_draft_search(rfl_draft_ctx_t *ctx);
static void rfl_draft_commitment(rfl_draft_ctx_t *ctx);


/* signs of something that does not belong into a name */

static const struct {
    const char  *mark;
    const char  *what;
} rfl_draft_marks[] = {
    { "@", "an e-mail address or account" },
    { "://", "a web address" },
    { "www.", "a web address" },
    { ".com", "a web address" },
    { ".net", "a web address" },
    { ".org", "a web address" },
    { "\302\260", "coordinates" },   /* the degree sign */
    { "\342\200\262", "coordinates" },   /* prime */
    { "\342\200\263", "coordinates" }    /* double prime */
};


int
rfl_draft_check(rfl_pool_t *pool, const rfl_draft_t *draft,
    const rfl_policy_t *policy, const rfl_trust_t *trust, int64_t now,
    unsigned what, rfl_buf_t *faults)
{
    int              rc;
    unsigned         about;
    rfl_err_t        err;
    rfl_entry_t      entry;
    rfl_rule_ctx_t   rules;
    rfl_draft_ctx_t  ctx;

    entry = draft->e;

    rc = rfl_entry_encode(pool, &entry, &err);

    if (rc == RFL_ERROR) {
        return RFL_ERROR;
    }

    /* a draft may be signed and published before its time has come */

    about = RFL_ABOUT_CONTENT;

    if ((what & RFL_DRAFT_APPROVALS) && draft->has_ref && rc == RFL_OK) {
        about |= RFL_ABOUT_APPROVALS|RFL_ABOUT_SIGS;
    }

    rfl_rule_ctx(&rules, &entry, policy, trust, now, about);

    ctx.rules = &rules;
    ctx.draft = draft;
    ctx.pool = pool;
    ctx.faults = faults;
    ctx.keys = what & RFL_DRAFT_KEYS;
    ctx.n = 0;
    ctx.failed = 0;

    rfl_draft_age(&ctx);
    rfl_draft_year(&ctx);
    rfl_draft_rules(&ctx);
    rfl_draft_countries(&ctx);
    rfl_draft_texts(&ctx);
    rfl_draft_search(&ctx);

    if (draft->has_ref) {
        rfl_draft_commitment(&ctx);

    } else if (what & RFL_DRAFT_APPROVALS) {
        rfl_draft_fault(&ctx, "signed", "it is not signed: have it signed "
                        "first");
    }

    if (rc == RFL_DECLINED && ctx.n == 0) {
        rfl_draft_fault(&ctx, "value", "%s", err.text);
    }

    rfl_memzero(&entry, sizeof(rfl_entry_t));

    return (ctx.failed || faults->failed) ? RFL_ERROR : ctx.n;
}


static void
rfl_draft_fault(rfl_draft_ctx_t *ctx, const char *name, const char *fmt, ...)
{
    char     text[RFL_ERR_SIZE];
    va_list  args;

    ctx->n++;

    if (ctx->keys) {
        (void) snprintf(text, sizeof(text), "fault.%s\n", name);

        if (!rfl_draft_told(ctx, text)) {
            rfl_buf_printf(ctx->faults, "%s", text);
        }

        return;
    }

    va_start(args, fmt);
    (void) vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    rfl_buf_printf(ctx->faults, "%s\n", text);
}


/* one sentence is enough for several names with a number in them */

static int
rfl_draft_told(const rfl_draft_ctx_t *ctx, const char *line)
{
    size_t            i, len;
    const rfl_buf_t  *faults;

    faults = ctx->faults;
    len = strlen(line);

    for (i = 0; i + len <= faults->len; i++) {

        if ((i == 0 || faults->data[i - 1] == '\n')
            && memcmp(faults->data + i, line, len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static void
rfl_draft_rules(rfl_draft_ctx_t *ctx)
{
    rfl_err_t          err;
    const rfl_rule_t  *rule;

    for (rule = rfl_entry_rules; rule->check != NULL; rule++) {

        if ((rule->what & ctx->rules->what)
            && rule->check(ctx->rules, &err) != RFL_OK)
        {
            rfl_draft_fault(ctx, rule->name, "%s", err.text);
        }
    }
}


static void
rfl_draft_age(rfl_draft_ctx_t *ctx)
{
    switch (ctx->draft->age_class) {

    case RFL_ADULT:
        break;

    case RFL_MINOR:
        rfl_draft_fault(ctx, "minor", "it is about a minor: minors are "
                        "never published, keep it at the desk");
        break;

    default:
        rfl_draft_fault(ctx, "adult", "it is not known whether the person is "
                        "an adult: find out, or keep it at the desk");
    }
}


/*
 * A year of birth leaves two ages.  The lower one counts, and it counts on
 * the day of the consent: turning of age publishes nobody.
 */

static void
rfl_draft_year(rfl_draft_ctx_t *ctx)
{
    int                 birth, year, from, to;
    int32_t             day;
    const rfl_entry_t  *e = &ctx->draft->e;

    birth = ctx->draft->facts.birth_year;
    if (birth == 0) {
        return;
    }

    day = rfl_time_day(ctx->rules->now);
    year = rfl_day_year((e->consent_day > 0 && e->consent_day < day)
                        ? e->consent_day : day);

    if (birth > year) {
        rfl_draft_fault(ctx, "birth_year", "the year of birth is in the "
                        "future: correct it, and give it in the Gregorian "
                        "calendar");
        return;
    }

    if (year - birth - 1 < (int) ctx->rules->policy->adult_age) {
        rfl_draft_fault(ctx, "young", "by the year of birth the person may "
                        "have been under %u years old when giving consent: "
                        "keep it at the desk", ctx->rules->policy->adult_age);
        return;
    }

    if (year - birth > RFL_AGE_MAX) {
        rfl_draft_fault(ctx, "birth_year", "by the year of birth the person "
                        "is over %d years old: correct it, and give it in "
                        "the Gregorian calendar", RFL_AGE_MAX);
        return;
    }

    if (e->age_band == 0 || e->age_band >= rfl_nage_bands) {
        return;
    }

    from = (int) rfl_age_band_from[e->age_band];
    to = (e->age_band + 1 < rfl_nage_bands)
         ? (int) rfl_age_band_from[e->age_band + 1] - 1 : RFL_AGE_MAX;

    if (year - birth + RFL_BAND_SLACK < from
        || year - birth - 1 - RFL_BAND_SLACK > to)
    {
        rfl_draft_fault(ctx, "birth_band", "year of birth and age band do not "
                        "go together: correct one of them");
    }
}


static void
rfl_draft_countries(rfl_draft_ctx_t *ctx)
{
    const rfl_str_t  *origin = &ctx->draft->e.origin;
    const rfl_str_t  *country = &ctx->draft->facts.country;

    if (origin->len >= 2 && !rfl_country_known(origin->data)) {
        rfl_draft_fault(ctx, "country", "the origin \"%.*s\" does not begin "
                        "with a country of ISO 3166-1: correct it",
                        (int) origin->len, (char *) origin->data);
    }

    if (country->len >= 2 && !rfl_country_known(country->data)) {
        rfl_draft_fault(ctx, "country", "the country \"%.*s\" is not one of "
                        "ISO 3166-1: correct it", (int) country->len,
                        (char *) country->data);
    }
}


static int
rfl_country_known(const u_char *data)
{
    const char *const  *code;

    for (code = uloc_getISOCountries(); *code != NULL; code++) {
        if (memcmp(*code, data, 2) == 0) {
            return 1;
        }
    }

    return 0;
}


static void
rfl_draft_texts(rfl_draft_ctx_t *ctx)
{
    char                     what[32];
    unsigned                 i;
    const rfl_facts_t       *facts = &ctx->draft->facts;
    const rfl_entry_name_t  *name;

    for (i = 0; i < ctx->draft->e.nnames && i < RFL_NAMES_MAX; i++) {
        name = &ctx->draft->e.names[i];

        (void) snprintf(what, sizeof(what), "name %u", i + 1);

        rfl_draft_text(ctx, what, &name->full);
        rfl_draft_text(ctx, what, &name->given);
        rfl_draft_text(ctx, what, &name->family);
    }

    rfl_draft_text(ctx, "the father's name", &facts->father);
    rfl_draft_text(ctx, "the mother's name", &facts->mother);
    rfl_draft_text(ctx, "the grandfather's name", &facts->grandfather);
}


static void
rfl_draft_text(rfl_draft_ctx_t *ctx, const char *what, const rfl_str_t *text)
{
    const char  *found;

    found = rfl_draft_private(text);

    if (found != NULL) {
        rfl_draft_fault(ctx, "private", "%s has %s in it: leave only the name",
                        what, found);
    }
}


/* what else than a name is in it; NULL if nothing */

static const char *
rfl_draft_private(const rfl_str_t *text)
{
    size_t         i, gap, digits;
    uint32_t       c;
    const u_char  *p, *last;

    for (i = 0; i < sizeof(rfl_draft_marks) / sizeof(rfl_draft_marks[0]); i++)
    {
        if (rfl_draft_contains(text, rfl_draft_marks[i].mark)) {
            return rfl_draft_marks[i].what;
        }
    }

    gap = 0;
    digits = 0;
    p = text->data;
    last = p + text->len;

    while (p < last) {

        c = rfl_utf8_decode(&p, last);

        if (c <= 0x10ffff && u_isdigit((UChar32) c)) {
            gap = 0;

            if (++digits == RFL_DIGITS_MAX) {
                return "a number";
            }

        } else if (c <= 0x10ffff && u_isalpha((UChar32) c)) {

            /* digits stand for letters in some romanisations */

            digits = 0;

        } else if (++gap > RFL_DIGITS_GAP) {
            digits = 0;
        }
    }

    return NULL;
}


/* word is lower-case ASCII, or any bytes beyond it */

static int
rfl_draft_contains(const rfl_str_t *text, const char *word)
{
    size_t  i, k, len;

    len = strlen(word);

    for (i = 0; i + len <= text->len; i++) {

        for (k = 0; k < len; k++) {
            if ((text->data[i + k] | (text->data[i + k] >= 'A'
                                      && text->data[i + k] <= 'Z' ? 0x20 : 0))
                != (u_char) word[k])
            {
                break;
            }
        }

        if (k == len) {
            return 1;
        }
    }

    return 0;
}


/* can anybody find it at all? */

static void
rfl_draft_search(rfl_draft_ctx_t *ctx)
{
    int                 rc;
    unsigned            i, n, parts;
    rfl_name_t         *name;
    const rfl_entry_t  *e = &ctx->draft->e;
    const rfl_facts_t  *facts = &ctx->draft->facts;

    parts = 0;

    for (i = 0; i < e->nnames && i < RFL_NAMES_MAX; i++) {

        rc = rfl_name_parse(ctx->pool, &e->names[i].full, &name);

        if (rc == RFL_ERROR) {
            ctx->failed = 1;
            return;
        }

        /* another form of the name may still be found */

        n = (rc == RFL_OK) ? rfl_name_parts(name) : 0;

        if (n > parts) {
            parts = n;
        }
    }

    if (parts == 0) {
        rfl_draft_fault(ctx, "search", "its names cannot be searched for: give "
                        "the name in full, or in a second alphabet as well");

    } else if (parts == 1 && facts->birth_year == 0
               && facts->country.len == 0 && facts->father.len == 0
               && facts->mother.len == 0 && facts->grandfather.len == 0)
    {
        rfl_draft_fault(ctx, "single", "a single name is found only together "
                        "with another fact: add the year of birth, the "
                        "country, or the father's, mother's or grandfather's "
                        "name");
    }
}


static void
rfl_draft_commitment(rfl_draft_ctx_t *ctx)
{
    u_char  commit[RFL_COMMIT_SIZE];

    if (rfl_facts_commit(ctx->pool, &ctx->draft->facts, ctx->draft->salt,
                         commit)
        != RFL_OK)
    {
        ctx->failed = 1;
        return;
    }

    if (sodium_memcmp(commit, ctx->draft->e.commit, RFL_COMMIT_SIZE) != 0) {
        rfl_draft_fault(ctx, "commit", "the second facts are not the ones that "
                        "were signed: have it signed again");
    }
}
