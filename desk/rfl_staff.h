
/*
 * Copyright (C) The RFL authors
 *
 * rfl_staff.h: who works at the desk: staff.json in the state folder
 * (schema/staff.schema.json).  It names people, so it stays inside the
 * society; the public host knows signing keys only (trust file).
 *
 * Read at start, checked whole, read-only afterwards: threads may share it.
 */


#ifndef _RFL_STAFF_H_INCLUDED_
#define _RFL_STAFF_H_INCLUDED_


#include "rfl.h"
#include "rfl_seal.h"


#define RFL_STAFF_FILE       "staff.json"

/* SHA-256 of a client certificate (DER); as text 64 hexadecimal digits */
#define RFL_PRINT_SIZE       32


typedef enum {
    RFL_ROLE_NONE = 0,
    RFL_ROLE_MODERATOR,            /* decides about items */
    RFL_ROLE_COORDINATOR,          /* the same, and takes claims of others,
                                      imports, sees the whole journal */
    RFL_ROLE_AUDITOR,              /* sees, and changes nothing */
    RFL_ROLES_N
} rfl_role_e;

/* "", "moderator", "coordinator", "auditor" */
extern const rfl_str_t  rfl_roles[];
extern const unsigned   rfl_nroles;


typedef struct {
    u_char             print[RFL_PRINT_SIZE];
} rfl_print_t;

typedef struct {
    rfl_str_t          id;         /* [a-z0-9-]{1,32}: journal, vault holder */
    rfl_str_t          name;       /* as colleagues see it */
    unsigned           role;       /* rfl_role_e */
    int32_t            not_before; /* days, both included */
    int32_t            not_after;
    unsigned           nprints;    /* certificates; two while one replaces */
    rfl_print_t       *prints;     /* the other */
    unsigned           has_key;    /* an auditor has none */
    u_char             key[RFL_KEY_ID_SIZE];   /* of the signing key */
    unsigned           nlangs;     /* for filters; the first one is that of */
    rfl_str_t         *langs;      /* the pages */
} rfl_moderator_t;

typedef struct {
    unsigned           nsocieties;
    rfl_str_t         *societies;  /* ids of the trust file */
    unsigned           one_approver;   /* small society: see rfl_review.h */
    unsigned           nrevoked;
    rfl_print_t       *revoked;
    unsigned           nstaff;
    rfl_moderator_t   *staff;
} rfl_staff_t;


/*
 * text: the whole file; results live in the pool.  Strict: unknown or double
 * members, an id, certificate or signing key of two people, a moderator
 * without signing key or an auditor with one are faults, with line and remedy
 * in err.  A certificate may be both revoked and somebody's: it is revoked.
 */
int rfl_staff_parse(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_staff_t **staff, rfl_err_t *err) rfl_must_check;
/* dir/staff.json; err->text begins with "path:line: " */
int rfl_staff_read(rfl_pool_t *pool, const char *dir, rfl_staff_t **staff,
    rfl_err_t *err) rfl_must_check;


/* why a certificate opens nothing: message keys "staff.<text>" */

typedef enum {
    RFL_STAFF_WELCOME = 0,
    RFL_STAFF_UNKNOWN,
    RFL_STAFF_REVOKED,
    RFL_STAFF_EARLY,               /* not valid yet */
    RFL_STAFF_OVER,                /* not valid any more */
    RFL_STAFF_WHYS_N
} rfl_staff_why_e;

/* "welcome", "unknown", "revoked", "early", "over" */
extern const rfl_str_t  rfl_staff_whys[RFL_STAFF_WHYS_N];

/*
 * Who has this certificate on this day.  *who is set for RFL_STAFF_WELCOME
 * only; a revoked certificate stays revoked whoever has it.
 */
rfl_staff_why_e rfl_staff_find(const rfl_staff_t *staff,
    const u_char print[RFL_PRINT_SIZE], int32_t day,
    const rfl_moderator_t **who) rfl_must_check;
/* by id, whatever the dates; NULL if there is none */
const rfl_moderator_t *rfl_staff_id(const rfl_staff_t *staff,
    const rfl_str_t *id);
/* 1 if the desk serves this society */
int rfl_staff_serves(const rfl_staff_t *staff, const rfl_str_t *society);

/* 64 hexadecimal digits, with or without colons; RFL_DECLINED */
int rfl_print_parse(const u_char *text, size_t len,
    u_char print[RFL_PRINT_SIZE]) rfl_must_check;


#endif /* _RFL_STAFF_H_INCLUDED_ */
