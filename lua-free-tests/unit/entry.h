
/*
 * Copyright (C) The RFL authors
 *
 * entry.h: for tests about entries: a policy, a trust file with the keys of
 * invented moderators, a good line of JSON, and how to sign.
 */


#ifndef _UNIT_ENTRY_H_INCLUDED_
#define _UNIT_ENTRY_H_INCLUDED_


#include <stdio.h>

#include "rfl_entry.h"

#include <sodium.h>


/* 2026-11-22T12:00:00Z, a Sunday */
#define ENTRY_NOW      1795348800LL
#define ENTRY_TODAY    20779       /* the same in days */


enum {
    KEY_A = 0,                     /* northland, good */
    KEY_B,                         /* northland, good */
    KEY_OLD,                       /* northland, until the end of October */
    KEY_NEXT,                      /* northland, from next year on */
    KEY_REVOKED,                   /* northland */
    KEY_SOUTH,                     /* southland, good */
    KEY_STRANGER,                  /* nobody's */
    KEY_N
};

static u_char  entry_pk[KEY_N][RFL_SIGN_PUBLIC_SIZE];
static u_char  entry_sk[KEY_N][RFL_SIGN_SECRET_SIZE];


static const char  entry_policy[] =
    "{\"version\": 3, \"adult_age\": 18, \"approvals\": 2,\n"
    " \"events\": [\n"
    "  {\"id\": \"flood-2026\", \"names\": {\"en\": \"Flood\"},\n"
    "   \"show\": [\"age_band\", \"sex\"], \"max_days\": 180},\n"
    "  {\"id\": \"quake\", \"names\": {\"en\": \"Quake\"},\n"
    "   \"gate\": \"fact\"},\n"
    "  {\"id\": \"old\", \"names\": {\"en\": \"Old\"}, \"gate\": \"closed\"}\n"
    " ]}";

static const char  entry_line[] =
    "{\"id\":\"A-17\",\"kind\":\"looking\","
    "\"names\":[\"Amina Hassan Warsame\",{\"full\":\"\xd8\xa3\xd9\x85\xd9\x8a"
    "\xd9\x86\xd8\xa9 \xd8\xad\xd8\xb3\xd9\x86\",\"given\":\"\xd8\xa3\xd9\x85"
    "\xd9\x8a\xd9\x86\xd8\xa9\"}],"
    "\"event\":\"flood-2026\",\"society\":\"northland\","
    "\"age_class\":\"adult\",\"age_band\":\"30-39\",\"sex\":\"f\","
    "\"origin\":\"SO-BN\",\"relation\":\"sister\",\"birth_year\":1990,"
    "\"country\":\"SO\",\"father\":\"Yusuf Warsame\","
    "\"confirmed_on\":\"2026-11-20\","
    "\"not_before\":\"2026-11-21T00:00:00Z\","
    "\"not_after\":\"2027-05-01T00:00:00Z\","
    "\"consent\":{\"class\":\"searchable\",\"date\":\"2026-11-20\","
    "\"policy\":3}}";


static inline rfl_str_t
entry_str(const char *text)
{
    rfl_str_t  s;

    s.data = (u_char *) text;
    s.len = strlen(text);

    return s;
}


/* libsodium, and the keys, the same in each run */

static inline void
entry_init(void)
{
    int     i;
    u_char  seed[crypto_sign_SEEDBYTES];

    if (rfl_seal_init(NULL) != RFL_OK) {
        abort();
    }

    for (i = 0; i < KEY_N; i++) {
        memset(seed, i + 1, sizeof(seed));
        (void) crypto_sign_seed_keypair(entry_pk[i], entry_sk[i], seed);
    }
}


/* the trust file's text, in a static buffer */

static inline const char *
entry_trust(void)
{
    int          i;
    char         b64[KEY_N][64];
    static char  text[4096];

    for (i = 0; i < KEY_N; i++) {
        (void) sodium_bin2base64(b64[i], sizeof(b64[i]), entry_pk[i],
                                 RFL_SIGN_PUBLIC_SIZE,
                                 sodium_base64_VARIANT_ORIGINAL);
    }

    (void) snprintf(text, sizeof(text),
        "{\"societies\": [\n"
        " {\"id\": \"northland\", \"names\": {\"en\": \"Northland\"},\n"
        "  \"phone\": \"+00 1 234\",\n"
        "  \"keys\": [\n"
        "   {\"public\": \"%s\", \"not_before\": \"2026-01-01\",\n"
        "    \"not_after\": \"2026-12-31\"},\n"
        "   {\"public\": \"%s\", \"not_before\": \"2026-01-01\",\n"
        "    \"not_after\": \"2026-12-31\", \"revoked\": false},\n"
        "   {\"public\": \"%s\", \"not_before\": \"2026-01-01\",\n"
        "    \"not_after\": \"2026-10-31\"},\n"
        "   {\"public\": \"%s\", \"not_before\": \"2027-01-01\",\n"
        "    \"not_after\": \"2027-12-31\"},\n"
        "   {\"public\": \"%s\", \"not_before\": \"2026-01-01\",\n"
        "    \"not_after\": \"2026-12-31\", \"revoked\": true}\n"
        "  ]},\n"
        " {\"id\": \"southland\", \"names\": {\"en\": \"Southland\"},\n"
        "  \"phone\": \"+00 5 678\",\n"
        "  \"keys\": [\n"
        "   {\"public\": \"%s\", \"not_before\": \"2026-01-01\",\n"
        "    \"not_after\": \"2026-12-31\"}\n"
        "  ]},\n"
        " {\"id\": \"gone\", \"names\": {\"en\": \"Gone\"},\n"
        "  \"phone\": \"+00 9 999\",\n"
        "  \"not_before\": \"2020-01-01\", \"not_after\": \"2026-11-21\",\n"
        "  \"keys\": [\n"
        "   {\"public\": \"%s\", \"not_before\": \"2026-01-01\",\n"
        "    \"not_after\": \"2026-12-31\"},\n"
        "   {\"public\": \"%s\", \"not_before\": \"2026-01-01\",\n"
        "    \"not_after\": \"2026-12-31\"}\n"
        "  ]}\n"
        "]}",
        b64[KEY_A], b64[KEY_B], b64[KEY_OLD], b64[KEY_NEXT],
        b64[KEY_REVOKED], b64[KEY_SOUTH], b64[KEY_A], b64[KEY_B]);

    return text;
}


/* both read; 0: bail out */

static inline int
entry_read(rfl_pool_t *pool, rfl_policy_t **policy, rfl_trust_t **trust)
{
    rfl_err_t  err;
    rfl_str_t  text;

    text = entry_str(entry_policy);

    if (rfl_policy_parse(pool, &text, policy, &err) != RFL_OK) {
        printf("Bail out! policy: %s\n", err.text);
        return 0;
    }

    text = entry_str(entry_trust());

    if (rfl_trust_parse(pool, &text, trust, &err) != RFL_OK) {
        printf("Bail out! trust: %s\n", err.text);
        return 0;
    }

    return 1;
}


/* ref and salt, the same for each */

static inline void
entry_name(rfl_pool_t *pool, rfl_draft_t *draft)
{
    draft->has_ref = 1;
    memset(draft->e.ref, 0x5a, RFL_REF_SIZE);
    memset(draft->salt, 0xa5, RFL_SALT_SIZE);

    if (rfl_facts_commit(pool, &draft->facts, draft->salt, draft->e.commit)
        != RFL_OK)
    {
        abort();
    }
}


/* a good entry, encoded but not signed */

static inline void
entry_good(rfl_pool_t *pool, rfl_entry_t *e)
{
    rfl_str_t    json;
    rfl_err_t    err;
    rfl_draft_t  draft;

    json = entry_str(entry_line);

    if (rfl_draft_parse(pool, &json, 1, &draft, &err) != RFL_OK) {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }

    entry_name(pool, &draft);
    *e = draft.e;

    if (rfl_entry_encode(pool, e, &err) != RFL_OK) {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }
}


/* approval number i by a key, on a day */

static inline int
entry_sign(rfl_entry_t *e, unsigned i, int key, int32_t day)
{
    rfl_key_id(entry_pk[key], e->approvals[i].key);
    e->approvals[i].day = day;
    e->napprovals = i + 1;

    return rfl_approval_sign(entry_sk[key], day, e->fields.data,
                             e->fields.len, e->approvals[i].sig);
}


#endif /* _UNIT_ENTRY_H_INCLUDED_ */
