
/*
 * Copyright (C) The RFL authors
 *
 * rfl_entry_int.h: what the files of entry and draft share and nobody else
 * needs: limits, and the rules that rfl_entry_verify() and rfl_draft_check()
 * both apply.
 */


#ifndef _RFL_ENTRY_INT_H_INCLUDED_
#define _RFL_ENTRY_INT_H_INCLUDED_


#include "rfl_entry.h"
#include "rfl_text.h"


#define RFL_ORIGIN_MAX       6     /* "SY-HL", "GB-ENG" */
#define RFL_CONSENT_POLICY_MAX  1000000

#define RFL_YEAR_MIN         1850  /* of birth */
#define RFL_YEAR_MAX         2200

/*
 * Days are local to where they were written down, and the desk's may be
 * ahead of UTC: this much of the future is still today.
 */
#define RFL_DAY_SKEW         1


/*
 * The record: version of the list of fields, and the longest map of them,
 * which leaves room for the approvals, 81 bytes each, and the heads around.
 */
#define RFL_FIELDS_VERSION  1
#define RFL_FIELDS_MAX   (RFL_RECORD_MAX - RFL_APPROVALS_MAX * 81 - 8)


/* members of the map; numbers are never used again for something else */

typedef enum {
    RFL_CBOR_VERSION = 0,
    RFL_CBOR_REF,
    RFL_CBOR_KIND,
    RFL_CBOR_NAMES,
    RFL_CBOR_EVENT,
    RFL_CBOR_SOCIETY,
    RFL_CBOR_AGE_BAND,
    RFL_CBOR_SEX,
    RFL_CBOR_ORIGIN,
    RFL_CBOR_RELATION,
    RFL_CBOR_STATUS,
    RFL_CBOR_CONFIRMED_ON,
    RFL_CBOR_NOT_BEFORE,
    RFL_CBOR_NOT_AFTER,
    RFL_CBOR_CONSENT,
    RFL_CBOR_CONSENT_DAY,
    RFL_CBOR_CONSENT_POLICY,
    RFL_CBOR_COMMIT,
    RFL_CBOR_HIDE,
    RFL_CBOR_N
} rfl_cbor_field_e;

/*
 * Reads the map into entry, which gets all of it but the approvals; strings
 * point into fields.  RFL_DECLINED as rfl_record_decode().
 */
int rfl_fields_decode(const rfl_str_t *fields, rfl_entry_t *entry)
    rfl_must_check;


/* what a rule is about; rfl_draft_check() leaves some out */

#define RFL_ABOUT_CONTENT    0x01
#define RFL_ABOUT_STARTED    0x02  /* not_before has come */
#define RFL_ABOUT_APPROVALS  0x04
#define RFL_ABOUT_SIGS       0x08  /* with the signature arithmetic */

#define RFL_ABOUT_ALL        0x0f


typedef struct {
    const rfl_entry_t    *entry;
    const rfl_policy_t   *policy;
    const rfl_trust_t    *trust;
    const rfl_event_t    *event;   /* NULL until its rule passed */
    const rfl_society_t  *society; /* the same */
    int64_t               now;
    unsigned              what;
} rfl_rule_ctx_t;

typedef struct {
    const char  *name;             /* "fault.<name>" says it on a page */
    unsigned     what;
    int        (*check)(const rfl_rule_ctx_t *ctx, rfl_err_t *err);
} rfl_rule_t;

/*
 * RFL_OK, or RFL_ERROR with the fault and its remedy in err; ends with a
 * NULL check
 */
extern const rfl_rule_t  rfl_entry_rules[];

void rfl_rule_ctx(rfl_rule_ctx_t *ctx, const rfl_entry_t *entry,
    const rfl_policy_t *policy, const rfl_trust_t *trust, int64_t now,
    unsigned what);


/* words of RFL_CONSENT_*, and of RFL_ADULT and its kin */
extern const rfl_str_t  rfl_consents[];
extern const rfl_str_t  rfl_age_classes[];
extern const unsigned   rfl_nconsents, rfl_nage_classes;

#endif /* _RFL_ENTRY_INT_H_INCLUDED_ */
