
/*
 * Copyright (C) The RFL authors
 *
 * rfl_entry.h: the published entry, its closed field list, and its three
 * forms: a line of JSON at the desk (schema/entry.schema.json), the exact
 * bytes that moderators sign (deterministic CBOR, schema/record.cddl), and
 * the record: those bytes with the signatures.
 *
 * There is no second list of fields anywhere: reader, codec, page and API
 * use this one.
 */


#ifndef _RFL_ENTRY_H_INCLUDED_
#define _RFL_ENTRY_H_INCLUDED_


#include "rfl.h"
#include "rfl_text.h"
#include "rfl_name.h"
#include "rfl_seal.h"
#include "rfl_policy.h"


#define RFL_KIND_ANY         0     /* of a question only */
#define RFL_KIND_LOOKING     1
#define RFL_KIND_ALIVE       2

#define RFL_SEX_UNKNOWN      0
#define RFL_SEX_MALE         1
#define RFL_SEX_FEMALE       2
#define RFL_SEX_OTHER        3

#define RFL_CONSENT_SEARCHABLE  1
#define RFL_CONSENT_MATCH_ONLY  2  /* never leaves the desk */

#define RFL_ADULT            1
#define RFL_MINOR            2
#define RFL_AGE_UNKNOWN      3

#define RFL_APPROVALS_MAX    2
#define RFL_HIDE_SIZE        32
#define RFL_COMMIT_SIZE      32
#define RFL_SALT_SIZE        16
#define RFL_SOURCE_ID_MAX    64

/*
 * Closed lists, index 0 is "absent": texts are the JSON values and the tails
 * of the message keys ("relation.mother").
 */
extern const rfl_str_t  rfl_kinds[];       /* "any", "looking", "alive" */
extern const rfl_str_t  rfl_sexes[];       /* "", "m", "f", "x" */
extern const rfl_str_t  rfl_age_bands[];   /* "", "18-29", "30-39", ... "80+" */
extern const rfl_str_t  rfl_relations[];   /* "", "mother", "father", ... */
extern const rfl_str_t  rfl_statuses[];    /* "", "safe", "family_safe", ... */
extern const unsigned   rfl_nkinds, rfl_nsexes, rfl_nage_bands,
                        rfl_nrelations, rfl_nstatuses;

/* youngest age of a band; 0 for none */
extern const unsigned   rfl_age_band_from[];
#define RFL_AGE_MAX          120   /* of anybody who can be meant */

/* [A-Z]{2}, and [A-Z]{2}(-[A-Z0-9]{1,3})? */
int rfl_country_valid(const u_char *data, size_t len);
int rfl_origin_valid(const u_char *data, size_t len);


typedef struct {
    rfl_str_t  full;
    rfl_str_t  given;              /* optional */
    rfl_str_t  family;             /* optional */
} rfl_entry_name_t;

typedef struct {
    u_char     key[RFL_KEY_ID_SIZE];
    int32_t    day;                /* when it was signed */
    u_char     sig[RFL_SIGN_SIZE];
} rfl_approval_t;

/* everything of an entry that is public; strings live in the pool */

typedef struct {
    u_char            ref[RFL_REF_SIZE];
    unsigned          kind;
    unsigned          nnames;
    rfl_entry_name_t  names[RFL_NAMES_MAX];
    rfl_str_t         event;
    rfl_str_t         society;
    unsigned          age_band;    /* indexes into the closed lists */
    unsigned          sex;
    rfl_str_t         origin;      /* "SY" or "SY-HL" (ISO 3166), or empty */
    unsigned          relation;
    unsigned          status;
    int32_t           confirmed_on;
    int64_t           not_before;
    int64_t           not_after;
    unsigned          consent;     /* RFL_CONSENT_* */
    int32_t           consent_day;
    unsigned          consent_policy;
    u_char            commit[RFL_COMMIT_SIZE];   /* to the second facts */
    unsigned          has_hide;
    u_char            hide[RFL_HIDE_SIZE];

    rfl_str_t         fields;      /* the exact bytes, when decoded/encoded */
    unsigned          napprovals;
    rfl_approval_t    approvals[RFL_APPROVALS_MAX];
} rfl_entry_t;

/* what the desk knows besides; never in a record */

typedef struct {
    rfl_entry_t       e;
    rfl_str_t         id;          /* source id */
    unsigned          has_ref;     /* ref and salt given */
    unsigned          age_class;   /* RFL_ADULT ... */
    rfl_facts_t       facts;
    u_char            salt[RFL_SALT_SIZE];
} rfl_draft_t;


/*
 * Reads one line of NDJSON.  An unknown member, a wrong type, a value
 * outside a closed list, text that rfl_text_line() refuses: RFL_ERROR with
 * the member named and a remedy.  line is that of the file, for err.  An
 * absent not_before is the start of confirmed_on; commit is made if there is
 * a salt.
 */
int rfl_draft_parse(rfl_pool_t *pool, const rfl_str_t *json, unsigned line,
    rfl_draft_t *draft, rfl_err_t *err) rfl_must_check;

/* The draft as one line of JSON, without newline, with approvals. */
void rfl_draft_print(const rfl_draft_t *draft, rfl_buf_t *out);

/*
 * The commitment to the second facts: BLAKE2b-256 of salt and the facts in
 * deterministic CBOR.
 */
int rfl_facts_commit(rfl_pool_t *pool, const rfl_facts_t *facts,
    const u_char salt[RFL_SALT_SIZE], u_char commit[RFL_COMMIT_SIZE])
    rfl_must_check;

/*
 * Encodes the signed fields into entry->fields.  RFL_DECLINED: incomplete,
 * outside the limits, too long for a record, or for matching only; RFL_ERROR:
 * no memory.  The same holds for rfl_record_encode().
 */
int rfl_entry_encode(rfl_pool_t *pool, rfl_entry_t *entry, rfl_err_t *err)
    rfl_must_check;

/* The record, fields and approvals, as it is sealed. */
int rfl_record_encode(rfl_pool_t *pool, const rfl_entry_t *entry,
    rfl_str_t *record, rfl_err_t *err) rfl_must_check;

/*
 * Decodes a record.  RFL_DECLINED for anything that is not exactly what
 * rfl_record_encode() writes: unknown or missing field, non-deterministic
 * encoding, trailing bytes, list too long, bad UTF-8.
 */
int rfl_record_decode(rfl_pool_t *pool, const u_char *data, size_t len,
    rfl_entry_t *entry) rfl_must_check;


/*
 * May this entry be shown now?  The one function that decides, called by
 * the worker for each hit and by the desk before it publishes.  Checks
 * policy (event known and not closed, life, consent class and version, age
 * band not under age, relation and status with their kind only), dates
 * (not_before <= now < not_after, no day in the future), society known and
 * within its dates, and the approvals: enough distinct keys of that society,
 * each valid on the day it signed, not revoked, signature right, and the day
 * not before the confirmation.  A bad approval is not made good by others.
 * check_sigs == 0 leaves out the signature arithmetic only: for callers that
 * remember the verdict of these exact bytes.  Returns RFL_OK, or
 * RFL_DECLINED with the first reason in *err (for the desk; the worker passes
 * NULL).
 */
int rfl_entry_verify(const rfl_entry_t *entry, const rfl_policy_t *policy,
    const rfl_trust_t *trust, int64_t now, int check_sigs, rfl_err_t *err)
    rfl_must_check;

/*
 * Desk rules on top of it, for a draft before publishing or signing
 * (approvals are looked at only if RFL_DRAFT_APPROVALS): adult by class and by
 * birth year, consent searchable, end date there and within the cap, names
 * that hold nothing but a name and can be searched for, the commitment
 * matches the facts.  Appends one line per fault to faults, each with its
 * remedy, for administrators; or, with RFL_DRAFT_KEYS, the key of a sentence
 * about it, "fault.minor", each once, for a page in any language.  Returns the
 * number of faults, or RFL_ERROR.  Needs rfl_name_init().
 */

#define RFL_DRAFT_APPROVALS  0x01
#define RFL_DRAFT_KEYS       0x02

int rfl_draft_check(rfl_pool_t *pool, const rfl_draft_t *draft,
    const rfl_policy_t *policy, const rfl_trust_t *trust, int64_t now,
    unsigned what, rfl_buf_t *faults) rfl_must_check;


#endif /* _RFL_ENTRY_H_INCLUDED_ */
