
/*
 * Copyright (C) The RFL authors
 *
 * entry_test.c: who may be shown, and when: S-30 for the plaintext of
 * a record, S-31 (signed by the wrong one), S-34 (dates), S-121 (the worker's
 * half).
 */


#include "unit.h"
#include "spoil.h"


typedef struct {
    const char  *name;
    void       (*change)(rfl_entry_t *e);
    int64_t      now;              /* 0: ENTRY_NOW */
    const char  *reason;           /* part of it; NULL: shown */
} verify_case_t;

typedef struct {
    const char  *name;
    int          keys[3];
    int          nkeys;
    int32_t      day;
    const char  *reason;
} sign_case_t;

static rfl_pool_t    *pool;
static rfl_policy_t  *policy;
static rfl_trust_t   *trust;


static void test_unfit(void);
static void test_verify(void);
static void test_signers(void);
static void test_edges(void);
static void test_flips(void);


int
main(void)
{
    pool = rfl_pool_create(4096);
    entry_init();

    if (!entry_read(pool, &policy, &trust)) {
        return 1;
    }

    test_verify();
    test_unfit();
    test_signers();
    test_edges();
    test_flips();

    rfl_pool_destroy(pool);

    return unit_done();
}


static void
unknown_event(rfl_entry_t *e)
{
    rfl_str_set(&e->event, "fire");
}


static void
closed_event(rfl_entry_t *e)
{
    rfl_str_set(&e->event, "old");
}


static void
gate_event(rfl_entry_t *e)
{
    rfl_str_set(&e->event, "quake");
}


static void
unknown_society(rfl_entry_t *e)
{
    rfl_str_set(&e->society, "nowhere");
}


static void
gone_society(rfl_entry_t *e)
{
    rfl_str_set(&e->society, "gone");
}


static void
other_society(rfl_entry_t *e)
{
    rfl_str_set(&e->society, "southland");
}


static void
older_policy(rfl_entry_t *e)
{
    e->consent_policy = 2;
}


static void
newer_policy(rfl_entry_t *e)
{
    e->consent_policy = 4;
}


static void
consent_ahead(rfl_entry_t *e)
{
    e->consent_day = ENTRY_TODAY + 2;
}


static void
confirmed_ahead(rfl_entry_t *e)
{
    e->confirmed_on = ENTRY_TODAY + 2;
}


static void
confirmed_tomorrow(rfl_entry_t *e)
{
    e->confirmed_on = ENTRY_TODAY + 1;
}


static void
begins_now(rfl_entry_t *e)
{
    e->not_before = ENTRY_NOW;
}


static void
begins_soon(rfl_entry_t *e)
{
    e->not_before = ENTRY_NOW + 1;
}


static void
life_longest(rfl_entry_t *e)
{
    e->not_after = (int64_t) (e->confirmed_on + 181) * 86400;
}


static void
life_longer(rfl_entry_t *e)
{
    e->not_after = (int64_t) (e->confirmed_on + 181) * 86400 + 1;
}


static void
ends_before(rfl_entry_t *e)
{
    e->not_before = e->not_after;
}


static void
status_of_sought(rfl_entry_t *e)
{
    e->status = 1;
}


static void
relation_of_alive(rfl_entry_t *e)
{
    e->kind = RFL_KIND_ALIVE;
}


static void
nothing(rfl_entry_t *e)
{
    (void) e;
}


/*
 * Signed as it should be, by both moderators, and still not shown.  The times
 * are not_before 2026-11-21T00:00:00Z and not_after 2027-05-01T00:00:00Z.
 */

static const verify_case_t  verify_cases[] = {
    { "a good one", nothing, 0, NULL },
    { "an event with a gate", gate_event, 0, NULL },
    { "the longest life", life_longest, 0, NULL },
    { "confirmed where it is tomorrow", confirmed_tomorrow, 0, NULL },

    { "unknown event", unknown_event, 0, "not in the policy" },
    { "closed event", closed_event, 0, "closed" },
    { "unknown society", unknown_society, 0, "not in the trust" },
    { "society out of its dates", gone_society, 0, "may not publish" },
    { "another society's keys", other_society, 0, "does not have" },
    { "consent to an older policy", older_policy, 0, "version 2" },
    { "consent to a policy to come", newer_policy, 0, "version 4" },
    { "consent in the future", consent_ahead, 0, "future" },
    { "confirmed in the future", confirmed_ahead, 0, "future" },
    { "a life too long by a second", life_longer, 0, "2027-05-20T00:00:00Z" },
    { "it ends before it begins", ends_before, 0, "before it begins" },
    { "a status of a person sought", status_of_sought, 0, "alive" },
    { "a relation of one alive", relation_of_alive, 0, "looking" },

    { "S-34: a second before it begins", nothing, 1795219199,
      "not to be shown before 2026-11-21T00:00:00Z" },
    { "S-34: the second it begins", nothing, 1795219200, NULL },
    { "S-34: the very second it begins", begins_now, 0, NULL },
    { "S-34: approved, and begins in a second", begins_soon, 0,
      "not to be shown before 2026-11-22T12:00:01Z" },
    { "S-34: the last second", nothing, 1809129599, NULL },
    { "S-34: the second it ends", nothing, 1809129600, "ended" },
    { "S-34: ten years back", nothing, ENTRY_NOW - 315360000, "future" },
    { "S-34: ten years on", nothing, ENTRY_NOW + 315360000, "ended" },
    { "S-34: a clock at 0", nothing, 1, "future" },
    { "S-34: a clock before 1970", nothing, -86400, "future" }
};


/* what no record can hold, should a decoder let it through all the same */

static void
test_unfit(void)
{
    unsigned     i;
    rfl_err_t    err;
    rfl_entry_t  e;

    static const unsigned  names[] = { 0, 1, RFL_NAMES_MAX + 1 };

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        entry_good(pool, &e);
        (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
        (void) entry_sign(&e, 1, KEY_B, ENTRY_TODAY);

        e.nnames = names[i];
        unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err),
                 names[i] == 1 ? RFL_OK : RFL_DECLINED, "%u names", names[i]);
    }
}


static void
test_verify(void)
{
    int                   rc;
    size_t                i;
    rfl_err_t             err;
    rfl_entry_t           e;
    const verify_case_t  *c;

    for (i = 0; i < sizeof(verify_cases) / sizeof(verify_cases[0]); i++) {
        c = &verify_cases[i];

        entry_good(pool, &e);
        c->change(&e);

        if (rfl_entry_encode(pool, &e, &err) != RFL_OK) {
            unit_ok(0, "%s: %s", c->name, err.text);
            continue;
        }

        (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
        (void) entry_sign(&e, 1, KEY_B, ENTRY_TODAY);

        err.text[0] = '\0';
        rc = rfl_entry_verify(&e, policy, trust,
                              c->now != 0 ? c->now : ENTRY_NOW, 1, &err);

        if (c->reason == NULL) {
            unit_int(rc, RFL_OK, "%s: shown", c->name);
            continue;
        }

        unit_int(rc, RFL_DECLINED, "%s: not shown", c->name);
        unit_ok(strstr(err.text, c->reason) != NULL, "%s: %s", c->name,
                err.text);

        unit_int(rfl_entry_verify(&e, policy, trust,
                                  c->now != 0 ? c->now : ENTRY_NOW, 0, NULL),
                 RFL_DECLINED, "%s: nor with a remembered signature",
                 c->name);
    }
}


static const sign_case_t  sign_cases[] = {
    { "two moderators", { KEY_A, KEY_B }, 2, ENTRY_TODAY, NULL },
    { "on the last day of the key", { KEY_A, KEY_OLD }, 2, ENTRY_TODAY - 22,
      NULL },
    { "on the day of confirmation by local time", { KEY_A, KEY_B }, 2,
      ENTRY_TODAY - 23, NULL },

    { "nobody", { 0 }, 0, ENTRY_TODAY, "0 of 2" },
    { "one moderator only", { KEY_A }, 1, ENTRY_TODAY, "1 of 2" },
    { "the same one twice", { KEY_A, KEY_A }, 2, ENTRY_TODAY,
      "same moderator" },
    { "a stranger", { KEY_A, KEY_STRANGER }, 2, ENTRY_TODAY,
      "approval 2 is by a key that this society does not have" },
    { "strangers only", { KEY_STRANGER, KEY_SOUTH }, 2, ENTRY_TODAY,
      "approval 1" },
    { "a moderator of another society", { KEY_SOUTH, KEY_A }, 2, ENTRY_TODAY,
      "does not have" },
    { "a revoked key", { KEY_A, KEY_REVOKED }, 2, ENTRY_TODAY, "revoked" },
    { "an expired key", { KEY_A, KEY_OLD }, 2, ENTRY_TODAY, "not valid" },
    { "the day after the key's last", { KEY_A, KEY_OLD }, 2,
      ENTRY_TODAY - 21, "not valid" },
    { "a key that is not valid yet", { KEY_A, KEY_NEXT }, 2, ENTRY_TODAY,
      "not valid" },
    { "a future day", { KEY_A, KEY_B }, 2, ENTRY_TODAY + 2, "future" },
    { "a day before the confirmation", { KEY_A, KEY_B }, 2,
      ENTRY_TODAY - 24, "before the entry was confirmed" }
};


/* S-31 */

static void
test_signers(void)
{
    int                 rc, k;
    size_t              i;
    rfl_err_t           err;
    rfl_entry_t         e;
    rfl_policy_t        lax;
    const sign_case_t  *c;

    for (i = 0; i < sizeof(sign_cases) / sizeof(sign_cases[0]); i++) {
        c = &sign_cases[i];

        entry_good(pool, &e);
        e.confirmed_on = ENTRY_TODAY - 22;     /* the last of October */
        e.not_after -= 30 * 86400;

        if (rfl_entry_encode(pool, &e, &err) != RFL_OK) {
            unit_ok(0, "%s: %s", c->name, err.text);
            continue;
        }

        for (k = 0; k < c->nkeys; k++) {
            (void) entry_sign(&e, (unsigned) k, c->keys[k], c->day);
        }

        err.text[0] = '\0';
        rc = rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err);

        if (c->reason == NULL) {
            unit_int(rc, RFL_OK, "S-31: %s: shown", c->name);
            continue;
        }

        unit_int(rc, RFL_DECLINED, "S-31: %s: not shown", c->name);
        unit_ok(strstr(err.text, c->reason) != NULL, "S-31: %s: %s", c->name,
                err.text);

        unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 0, NULL),
                 RFL_DECLINED, "S-31: %s: nor with a remembered signature",
                 c->name);
    }

    /* two right keys, but one signature is over something else */

    entry_good(pool, &e);
    (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
    e.approvals[1] = e.approvals[0];
    rfl_key_id(entry_pk[KEY_B], e.approvals[1].key);
    e.napprovals = 2;
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err),
             RFL_DECLINED, "S-31: a copied signature: not shown");
    unit_ok(strstr(err.text, "changed after signing") != NULL, "%s",
            err.text);

    (void) entry_sign(&e, 1, KEY_B, ENTRY_TODAY);
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err), RFL_OK,
             "control: shown");
    e.approvals[1].day--;
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err),
             RFL_DECLINED, "S-31: another day than signed: not shown");

    (void) entry_sign(&e, 1, KEY_B, ENTRY_TODAY);
    e.fields.len--;
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err),
             RFL_DECLINED, "S-31: other bytes: not shown");
    e.fields.len = 0;
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err),
             RFL_DECLINED, "S-31: no bytes: not shown");

    /* a policy that asks for one: a bad second one still counts against */

    lax = *policy;
    lax.approvals = 1;

    entry_good(pool, &e);
    (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
    unit_int(rfl_entry_verify(&e, &lax, trust, ENTRY_NOW, 1, &err), RFL_OK,
             "one approval where the policy asks for one: shown");
    (void) entry_sign(&e, 1, KEY_REVOKED, ENTRY_TODAY);
    unit_int(rfl_entry_verify(&e, &lax, trust, ENTRY_NOW, 1, &err),
             RFL_DECLINED, "S-31: a revoked second one: not shown");

    e.napprovals = RFL_APPROVALS_MAX + 1;
    unit_int(rfl_entry_verify(&e, &lax, trust, ENTRY_NOW, 1, &err),
             RFL_DECLINED, "more approvals than there is room: not shown");
}


/* S-121, the worker's half: what no encoder lets through is refused too */

static void
test_edges(void)
{
    size_t        i;
    rfl_err_t     err;
    rfl_entry_t   e;
    rfl_policy_t  strict;

    static const struct {
        const char  *name;
        void       (*change)(rfl_entry_t *e);
        const char  *reason;
    } cases[] = {
        { "no consent", no_consent, "no consent" },
        { "match-only", match_only, "matching" },
        { "no end", no_end, "no end" },
        { "no name", no_names, "no name" },
        { "kind \"any\"", any_kind, "kind" },
        { "unknown age band", bad_band, "age band" },
        { "confirmed before 1970", before_1970, "missing" }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        entry_good(pool, &e);
        cases[i].change(&e);
        (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
        (void) entry_sign(&e, 1, KEY_B, ENTRY_TODAY);
        unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err),
                 RFL_DECLINED, "S-121: %s: not shown", cases[i].name);
        unit_ok(strstr(err.text, cases[i].reason) != NULL, "%s", err.text);
    }

    /* signed tomorrow, as far as clocks may differ, for the day after */

    entry_good(pool, &e);
    e.confirmed_on = ENTRY_TODAY + 2;
    unit_int(rfl_entry_encode(pool, &e, NULL), RFL_OK, "in two days: encodes");
    (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY + 1);
    (void) entry_sign(&e, 1, KEY_B, ENTRY_TODAY + 1);
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err),
             RFL_DECLINED, "S-34: confirmed in two days: not shown");
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW + 86400, 1, &err),
             RFL_OK, "S-34: control: a day later it is");

    /* the band begins under the age of this policy */

    strict = *policy;
    strict.adult_age = 21;

    entry_good(pool, &e);
    e.age_band = 1;
    unit_int(rfl_entry_encode(pool, &e, NULL), RFL_OK, "18-29 encodes");
    (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
    (void) entry_sign(&e, 1, KEY_B, ENTRY_TODAY);
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, &err), RFL_OK,
             "18-29 where adults are 18: shown");
    unit_int(rfl_entry_verify(&e, &strict, trust, ENTRY_NOW, 1, &err),
             RFL_DECLINED, "S-121: 18-29 where adults are 21: not shown");
    unit_ok(strstr(err.text, "21") != NULL, "%s", err.text);
}


/* S-30 for the plaintext: whatever still decodes is not shown */

static void
test_flips(void)
{
    size_t       i, shown, decoded;
    unsigned     bit;
    rfl_str_t    record;
    rfl_entry_t  e;

    entry_good(pool, &e);

    if (entry_sign(&e, 0, KEY_A, ENTRY_TODAY) != RFL_OK
        || entry_sign(&e, 1, KEY_B, ENTRY_TODAY) != RFL_OK
        || rfl_record_encode(pool, &e, &record, NULL) != RFL_OK)
    {
        unit_ok(0, "a record");
        return;
    }

    unit_int(rfl_record_decode(pool, record.data, record.len, &e), RFL_OK,
             "control: it decodes");
    unit_int(rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, NULL), RFL_OK,
             "control: it is shown");

    shown = 0;
    decoded = 0;

    for (i = 0; i < record.len; i++) {
        for (bit = 0; bit < 8; bit++) {
            record.data[i] ^= (u_char) (1 << bit);

            if (rfl_record_decode(pool, record.data, record.len, &e)
                == RFL_OK)
            {
                decoded++;
                shown += (rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1,
                                           NULL)
                          != RFL_DECLINED);
            }

            record.data[i] ^= (u_char) (1 << bit);
        }
    }

    unit_ok(decoded > 1000, "control: many flips still decode");
    unit_int(shown, 0, "S-30: no flipped bit is shown");
}
