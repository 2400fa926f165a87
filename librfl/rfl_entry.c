
/*
 * Copyright (C) The RFL authors
 *
 * rfl_entry.c: the closed lists of an entry, and the rules that say whether
 * it may be shown.  rfl_entry_verify() is called by the worker for each hit
 * and by the desk before it publishes; the same rules, one by one, are what
 * rfl_draft_check() reports.
 */


#include "rfl_entry.h"
#include "rfl_entry_int.h"


static int rfl_rule_event(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_society(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_names(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_kind(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_consent(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_consent_policy(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_consent_day(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_age_band(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_confirmed(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_life(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_ended(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_started(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_approvals(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
static int rfl_rule_approval(const rfl_rule_ctx_t *ctx, unsigned i,
    rfl_err_t *err);


/*
 * Closed lists.  The numbers are in signed records: append only, and to
 * schema/record.cddl and schema/entry.schema.json as well.
 */

const rfl_str_t  rfl_kinds[] = {
    rfl_string("any"),
    rfl_string("looking"),
    rfl_string("alive")
};

const rfl_str_t  rfl_sexes[] = {
    rfl_string(""),
    rfl_string("m"),
    rfl_string("f"),
    rfl_string("x")
};

const rfl_str_t  rfl_age_bands[] = {
    rfl_string(""),
    rfl_string("18-29"),
    rfl_string("30-39"),
    rfl_string("40-49"),
    rfl_string("50-59"),
    rfl_string("60-69"),
    rfl_string("70-79"),
    rfl_string("80+")
};

const unsigned  rfl_age_band_from[] = { 0, 18, 30, 40, 50, 60, 70, 80 };

const rfl_str_t  rfl_relations[] = {
    rfl_string(""),
    rfl_string("mother"),
    rfl_string("father"),
    rfl_string("sister"),
    rfl_string("brother"),
    rfl_string("daughter"),
    rfl_string("son"),
    rfl_string("wife"),
    rfl_string("husband"),
    rfl_string("grandmother"),
    rfl_string("grandfather"),
    rfl_string("aunt"),
    rfl_string("uncle"),
    rfl_string("cousin"),
    rfl_string("friend"),
    rfl_string("other_relative")
};

/* nothing here may tell of a place, of health or of detention */

const rfl_str_t  rfl_statuses[] = {
    rfl_string(""),
    rfl_string("safe"),
    rfl_string("family_safe"),
    rfl_string("looking_for_family"),
    rfl_string("contact_office"),
    rfl_string("will_contact")
};

const rfl_str_t  rfl_consents[] = {
    rfl_string(""),
    rfl_string("searchable"),
    rfl_string("match-only")
};

const rfl_str_t  rfl_age_classes[] = {
    rfl_string(""),
    rfl_string("adult"),
    rfl_string("minor"),
    rfl_string("unknown")
};

const unsigned  rfl_nkinds = rfl_nelts(rfl_kinds);
const unsigned  rfl_nsexes = rfl_nelts(rfl_sexes);
const unsigned  rfl_nage_bands = rfl_nelts(rfl_age_bands);
const unsigned  rfl_nrelations = rfl_nelts(rfl_relations);
const unsigned  rfl_nstatuses = rfl_nelts(rfl_statuses);
const unsigned  rfl_nconsents = rfl_nelts(rfl_consents);
const unsigned  rfl_nage_classes = rfl_nelts(rfl_age_classes);


/* in the order in which a reason is given */

const rfl_rule_t  rfl_entry_rules[] = {
    { "event", RFL_ABOUT_CONTENT, rfl_rule_event },
    { "society", RFL_ABOUT_CONTENT, rfl_rule_society },
    { "names", RFL_ABOUT_CONTENT, rfl_rule_names },
    { "kind", RFL_ABOUT_CONTENT, rfl_rule_kind },
    { "consent", RFL_ABOUT_CONTENT, rfl_rule_consent },
    { "consent_policy", RFL_ABOUT_CONTENT, rfl_rule_consent_policy },
    { "consent_day", RFL_ABOUT_CONTENT, rfl_rule_consent_day },
    { "age_band", RFL_ABOUT_CONTENT, rfl_rule_age_band },
    { "confirmed", RFL_ABOUT_CONTENT, rfl_rule_confirmed },
    { "life", RFL_ABOUT_CONTENT, rfl_rule_life },
    { "ended", RFL_ABOUT_CONTENT, rfl_rule_ended },
    { "started", RFL_ABOUT_STARTED, rfl_rule_started },
    { "approvals", RFL_ABOUT_APPROVALS, rfl_rule_approvals },
    { NULL, 0, NULL }
};


int
rfl_entry_verify(const rfl_entry_t *entry, const rfl_policy_t *policy,
    const rfl_trust_t *trust, int64_t now, int check_sigs, rfl_err_t *err)
{
    rfl_rule_ctx_t     ctx;
    const rfl_rule_t  *rule;

    rfl_rule_ctx(&ctx, entry, policy, trust, now,
                 check_sigs ? RFL_ABOUT_ALL : RFL_ABOUT_ALL & ~RFL_ABOUT_SIGS);

    for (rule = rfl_entry_rules; rule->check != NULL; rule++) {
        if (rule->check(&ctx, err) != RFL_OK) {
            return RFL_DECLINED;
        }
    }

    return RFL_OK;
}


void
rfl_rule_ctx(rfl_rule_ctx_t *ctx, const rfl_entry_t *entry,
    const rfl_policy_t *policy, const rfl_trust_t *trust, int64_t now,
    unsigned what)
{
    ctx->entry = entry;
    ctx->policy = policy;
    ctx->trust = trust;
    ctx->event = rfl_policy_event(policy, &entry->event);
    ctx->society = rfl_trust_society(trust, &entry->society);
    ctx->now = now;
    ctx->what = what;
}


static int
rfl_rule_event(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    if (ctx->event == NULL) {
        return rfl_err(err, 0, "the event \"%.*s\" is not in the policy file: "
                       "correct the entry, or add the event there",
                       (int) ctx->entry->event.len,
                       (char *) ctx->entry->event.data);
    }

    if (ctx->event->gate == RFL_GATE_CLOSED) {
        return rfl_err(err, 0, "the event \"%.*s\" is closed: nothing of it "
                       "is published any more",
                       (int) ctx->entry->event.len,
                       (char *) ctx->entry->event.data);
    }

    return RFL_OK;
}


static int
rfl_rule_society(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    int64_t  today;

    if (ctx->society == NULL) {
        return rfl_err(err, 0, "the society \"%.*s\" is not in the trust "
                       "file: correct the entry, or add the society there",
                       (int) ctx->entry->society.len,
                       (char *) ctx->entry->society.data);
    }

    today = rfl_time_day(ctx->now);

    if (today < ctx->society->not_before || today > ctx->society->not_after) {
        return rfl_err(err, 0, "the society \"%.*s\" may not publish today by "
                       "the dates in the trust file: have them renewed",
                       (int) ctx->entry->society.len,
                       (char *) ctx->entry->society.data);
    }

    return RFL_OK;
}


static int
rfl_rule_names(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    if (ctx->entry->nnames == 0 || ctx->entry->nnames > RFL_NAMES_MAX) {
        return rfl_err(err, 0, "there is no name, or more than %d: give the "
                       "name as the person writes it", RFL_NAMES_MAX);
    }

    return RFL_OK;
}


static int
rfl_rule_kind(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    const rfl_entry_t  *e = ctx->entry;

    if (e->kind != RFL_KIND_LOOKING && e->kind != RFL_KIND_ALIVE) {
        return rfl_err(err, 0, "the kind is missing: give \"looking\" or "
                       "\"alive\"");
    }

    if (e->relation != 0 && e->kind != RFL_KIND_LOOKING) {
        return rfl_err(err, 0, "a relation belongs to \"looking\" only: "
                       "remove it");
    }

    if (e->status != 0 && e->kind != RFL_KIND_ALIVE) {
        return rfl_err(err, 0, "a status belongs to \"alive\" only, nobody "
                       "may say it for a person sought: remove it");
    }

    return RFL_OK;
}


static int
rfl_rule_consent(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    switch (ctx->entry->consent) {

    case RFL_CONSENT_SEARCHABLE:
        return RFL_OK;

    case RFL_CONSENT_MATCH_ONLY:
        return rfl_err(err, 0, "the consent is for matching at the desk only: "
                       "keep this entry out of what is published");

    default:
        return rfl_err(err, 0, "there is no consent: ask the person first");
    }
}


static int
rfl_rule_consent_policy(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    if (ctx->entry->consent_policy == ctx->policy->version) {
        return RFL_OK;
    }

    return rfl_err(err, 0, "the consent is for version %u of the policy, in "
                   "force is version %u: ask the person again",
                   ctx->entry->consent_policy, ctx->policy->version);
}


static int
rfl_rule_consent_day(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    if (ctx->entry->consent_day <= 0) {
        return rfl_err(err, 0, "the day of the consent is missing: give it");
    }

    if (ctx->entry->consent_day > rfl_time_day(ctx->now) + RFL_DAY_SKEW) {
        return rfl_err(err, 0, "the day of the consent is in the future: "
                       "correct it");
    }

    return RFL_OK;
}


static int
rfl_rule_age_band(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    unsigned  band = ctx->entry->age_band;

    if (band >= rfl_nage_bands) {
        return rfl_err(err, 0, "the age band is not of the list: correct it");
    }

    if (band != 0 && rfl_age_band_from[band] < ctx->policy->adult_age) {
        return rfl_err(err, 0, "the age band \"%s\" begins under %u years: "
                       "leave it out, or keep the entry at the desk",
                       (char *) rfl_age_bands[band].data,
                       ctx->policy->adult_age);
    }

    return RFL_OK;
}


/* a life counts from the day of confirmation, which must be real */

static int
rfl_rule_confirmed(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    if (ctx->entry->confirmed_on <= 0) {
        return rfl_err(err, 0, "the day of confirmation is missing: give it");
    }

    if (ctx->entry->confirmed_on > rfl_time_day(ctx->now) + RFL_DAY_SKEW) {
        return rfl_err(err, 0, "the day of confirmation is in the future: "
                       "correct it");
    }

    return RFL_OK;
}


static int
rfl_rule_life(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    int64_t             end;
    u_char              text[RFL_TIME_TEXT_SIZE];
    const rfl_entry_t  *e = ctx->entry;

    if (e->not_after <= 0) {
        return rfl_err(err, 0, "there is no end: give \"not_after\"");
    }

    if (e->not_after <= e->not_before) {
        return rfl_err(err, 0, "it ends before it begins: correct "
                       "\"not_before\" or \"not_after\"");
    }

    if (ctx->event == NULL) {
        return RFL_OK;
    }

    /* the last of max_days days is a whole one */

    end = ((int64_t) e->confirmed_on + ctx->event->max_days + 1)
          * RFL_DAY_SECONDS;

    if (e->not_after > end) {
        rfl_time_format(end, text);

        return rfl_err(err, 0, "it lives longer than the %u days after its "
                       "confirmation that the event allows: \"not_after\" may "
                       "be %.*s at the latest",
                       ctx->event->max_days, (int) RFL_TIME_TEXT_SIZE,
                       (char *) text);
    }

    return RFL_OK;
}


static int
rfl_rule_ended(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    if (ctx->entry->not_after > 0 && ctx->now >= ctx->entry->not_after) {
        return rfl_err(err, 0, "it has ended: ask the person whether it still "
                       "holds and renew it, or leave it out");
    }

    return RFL_OK;
}


static int
rfl_rule_started(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    u_char  text[RFL_TIME_TEXT_SIZE];

    if (ctx->now < ctx->entry->not_before) {
        rfl_time_format(ctx->entry->not_before, text);

        return rfl_err(err, 0, "it is not to be shown before %.*s",
                       (int) RFL_TIME_TEXT_SIZE, (char *) text);
    }

    return RFL_OK;
}


/*
 * Every approval must hold, not only as many as the policy asks for: what a
 * revoked key has signed is not shown, whoever signed beside it.
 */

static int
rfl_rule_approvals(const rfl_rule_ctx_t *ctx, rfl_err_t *err)
{
    unsigned            i;
    const rfl_entry_t  *e = ctx->entry;

    if (ctx->society == NULL) {
        return rfl_err(err, 0, "it cannot be approved for an unknown "
                       "society: correct the society");
    }

    if (e->napprovals > RFL_APPROVALS_MAX
        || e->napprovals < ctx->policy->approvals)
    {
        return rfl_err(err, 0, "it has %u of %u approvals: have %s sign it",
                       e->napprovals, ctx->policy->approvals,
                       (e->napprovals == 0) ? "a moderator"
                                            : "another moderator");
    }

    for (i = 0; i < e->napprovals; i++) {
        if (rfl_rule_approval(ctx, i, err) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_rule_approval(const rfl_rule_ctx_t *ctx, unsigned i, rfl_err_t *err)
{
    unsigned                k;
    const rfl_entry_t      *e = ctx->entry;
    const rfl_approval_t   *approval = &e->approvals[i];
    const rfl_trust_key_t  *key;

    for (k = 0; k < i; k++) {
        if (memcmp(approval->key, e->approvals[k].key, RFL_KEY_ID_SIZE) == 0)
        {
            return rfl_err(err, 0, "approvals %u and %u are by the same "
                           "moderator: have another one sign it",
                           k + 1, i + 1);
        }
    }

    key = rfl_trust_key(ctx->society, approval->key);

    if (key == NULL) {
        return rfl_err(err, 0, "approval %u is by a key that this society "
                       "does not have in the trust file: have one of its "
                       "moderators sign it", i + 1);
    }

    if (key->revoked) {
        return rfl_err(err, 0, "approval %u is by a revoked key: have another "
                       "moderator sign it", i + 1);
    }

    if (approval->day < key->not_before || approval->day > key->not_after) {
        return rfl_err(err, 0, "approval %u was signed on a day on which its "
                       "key was not valid: have it signed again with a valid "
                       "key", i + 1);
    }

    /*
     * The day is the signer's word.  It may not lie before what it approves,
     * so that an old key cannot sign for ever, nor in the future.
     */

    if ((int64_t) approval->day + RFL_DAY_SKEW < e->confirmed_on
        || approval->day > rfl_time_day(ctx->now) + RFL_DAY_SKEW)
    {
        return rfl_err(err, 0, "approval %u was signed before the entry was "
                       "confirmed, or in the future: have it signed again",
                       i + 1);
    }

    if (!(ctx->what & RFL_ABOUT_SIGS)) {
        return RFL_OK;
    }

    if (e->fields.len == 0
        || rfl_approval_verify(key->pk, approval->day, e->fields.data,
                               e->fields.len, approval->sig)
           != RFL_OK)
    {
        return rfl_err(err, 0, "approval %u is not for this text: the entry "
                       "was changed after signing, have it signed again",
                       i + 1);
    }

    return RFL_OK;
}
