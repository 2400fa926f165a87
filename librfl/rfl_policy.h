
/*
 * Copyright (C) The RFL authors
 *
 * rfl_policy.h: the two files a society writes by hand: the policy (events,
 * ages, lives, limits: schema/policy.schema.json) and the trust file (who
 * may publish: schema/trust.schema.json).  Both are read at configuration
 * load, checked whole, and are read-only afterwards.
 *
 * Texts in several languages are lists of (language tag, text); the reader
 * falls back from "fr-CA" to "fr" to "en" to the first.
 */


#ifndef _RFL_POLICY_H_INCLUDED_
#define _RFL_POLICY_H_INCLUDED_


#include "rfl.h"
#include "rfl_seal.h"


typedef struct {
    unsigned    n;
    rfl_str_t  *lang;
    rfl_str_t  *text;              /* NUL-terminated, valid UTF-8, one line */
} rfl_texts_t;

/* NULL: there is no text at all */
const rfl_str_t *rfl_texts_get(const rfl_texts_t *texts,
    const rfl_str_t *lang);


/* what an event lets pages and API show beside names, society and dates */

#define RFL_SHOW_AGE_BAND   0x01
#define RFL_SHOW_SEX        0x02
#define RFL_SHOW_ORIGIN     0x04
#define RFL_SHOW_RELATION   0x08
#define RFL_SHOW_STATUS     0x10

/* how an event may be searched */

#define RFL_GATE_NAME       0      /* a full name is enough */
#define RFL_GATE_FACT       1      /* a name and a second fact */
#define RFL_GATE_CLOSED     2      /* nothing is shown */

typedef struct {
    rfl_str_t    id;               /* [a-z0-9-]{1,32} */
    rfl_texts_t  names;
    unsigned     show;
    unsigned     gate;
    unsigned     max_days;         /* not_after - confirmed_on, days */
} rfl_event_t;

typedef struct {
    unsigned      version;         /* what consents refer to */
    unsigned      adult_age;       /* years; default 18 */
    unsigned      approvals;       /* 1 or 2; default 2 */
    unsigned      cap;             /* slots per list; default 256 */
    unsigned      epoch_days;      /* 1..7; default 1 */
    unsigned      nevents;
    rfl_event_t  *events;
} rfl_policy_t;

/*
 * text: the whole file; all results live in the pool; strict JSON: unknown
 * or duplicate members are errors, err has line and remedy; RFL_DECLINED:
 * it is the other one of policy and trust file, and the caller knows where
 * both are named
 */
int rfl_policy_parse(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_policy_t **policy, rfl_err_t *err) rfl_must_check;
/* NULL: there is none of this id */
const rfl_event_t *rfl_policy_event(const rfl_policy_t *policy,
    const rfl_str_t *id);


typedef struct {
    u_char       id[RFL_KEY_ID_SIZE];
    u_char       pk[RFL_SIGN_PUBLIC_SIZE];
    int32_t      not_before;       /* days, both included */
    int32_t      not_after;
    unsigned     revoked;          /* nothing it signed is shown any more */
} rfl_trust_key_t;

/* what visitors' submissions are sealed to; see rfl_box.h */

typedef struct {
    u_char       id[RFL_KEY_ID_SIZE];
    u_char       pk[32];           /* X25519 */
    int32_t      not_before;       /* days, both included */
    int32_t      not_after;        /* at most 62 days after not_before */
    unsigned     retired;          /* nothing new is sealed to it */
} rfl_inbox_key_t;

typedef struct {
    rfl_str_t         id;          /* [a-z0-9-]{1,32}; not "hide" */
    rfl_texts_t       names;
    rfl_texts_t       address;
    rfl_texts_t       hours;
    rfl_str_t         phone;
    rfl_str_t         url;         /* https:// or empty */
    int32_t           not_before;
    int32_t           not_after;
    unsigned          nkeys;
    rfl_trust_key_t  *keys;
    unsigned          has_root;
    u_char            root[RFL_SIGN_PUBLIC_SIZE];   /* signs inbox keys */
    unsigned          ninbox;
    rfl_inbox_key_t  *inbox;       /* only those rightly signed by root */
    unsigned          nunsigned;   /* left out, to be warned of */
} rfl_society_t;

typedef struct {
    unsigned        nsocieties;
    rfl_society_t  *societies;
} rfl_trust_t;

/* these as the two of the policy */
int rfl_trust_parse(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_trust_t **trust, rfl_err_t *err) rfl_must_check;
const rfl_society_t *rfl_trust_society(const rfl_trust_t *trust,
    const rfl_str_t *id);
/* the key, whatever its dates; NULL if this society has none such */
const rfl_trust_key_t *rfl_trust_key(const rfl_society_t *society,
    const u_char id[RFL_KEY_ID_SIZE]);


#endif /* _RFL_POLICY_H_INCLUDED_ */
