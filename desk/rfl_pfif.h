
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pfif.h: People Finder Interchange Format 1.4 (zesty.ca/pfif/1.4), the
 * format in which case systems exchange persons and notes.
 *
 * What is written (the same in docs/keys.md):
 *
 *     alive      a person, and a note "is_note_author"
 *     looking    a person, and a note "information_sought" with how they are
 *                tied and when and where they were last in contact
 *     message    a note on the person record of the entry it is about
 *     withdraw, report: PFIF has no place for them; use NDJSON
 *
 * Record ids are "domain/id"; that of an entry is "domain/entry-REF".  A
 * year in "birth_year" becomes date_of_birth if it is of four digits, an age
 * in digits "age"; otherwise, and what else has no element of its own (names
 * of the parents, place, languages, other ways to reach the sender), goes in
 * words into "description" of the person or "text" of the note.  The hash of
 * the hide code, consent and what may be shown are not written.
 */


#ifndef _RFL_PFIF_H_INCLUDED_
#define _RFL_PFIF_H_INCLUDED_


#include "rfl.h"
#include "rfl_form.h"
#include "rfl_redis.h"


#define RFL_PFIF_NS          "http://zesty.ca/pfif/1.4"

#define RFL_PFIF_FILE_MAX    (16 * 1024 * 1024)
#define RFL_PFIF_PERSONS_MAX 100000
#define RFL_PFIF_NOTES_MAX   64    /* of one person */
#define RFL_PFIF_LINE_MAX    300   /* code points */
#define RFL_PFIF_TEXT_MAX    4000


typedef struct rfl_pfif_out_s  rfl_pfif_out_t;

int rfl_pfif_begin(rfl_pfif_out_t **out, rfl_err_t *err) rfl_must_check;
/* RFL_DECLINED: PFIF has no place for a submission of this kind */
int rfl_pfif_write(rfl_pfif_out_t *out, const rfl_submission_t *s,
    const char *domain, rfl_err_t *err) rfl_must_check;
/* text lives as long as out */
int rfl_pfif_end(rfl_pfif_out_t *out, rfl_str_t *text, rfl_err_t *err)
    rfl_must_check;
/* wipes; out may be NULL */
void rfl_pfif_free(rfl_pfif_out_t *out);


/* elements that are read; others of PFIF 1.4 are known and left out */

typedef enum {
    RFL_PFIF_ID = 0,               /* person_record_id or note_record_id */
    RFL_PFIF_PERSON,               /* of a note: person_record_id */
    RFL_PFIF_ENTRY_DATE,
    RFL_PFIF_EXPIRY_DATE,
    RFL_PFIF_AUTHOR_NAME,
    RFL_PFIF_AUTHOR_EMAIL,
    RFL_PFIF_AUTHOR_PHONE,
    RFL_PFIF_SOURCE_NAME,
    RFL_PFIF_SOURCE_DATE,
    RFL_PFIF_FULL_NAME,
    RFL_PFIF_GIVEN_NAME,
    RFL_PFIF_FAMILY_NAME,
    RFL_PFIF_ALTERNATE_NAMES,
    RFL_PFIF_DESCRIPTION,
    RFL_PFIF_SEX,                  /* female, male, other */
    RFL_PFIF_DATE_OF_BIRTH,        /* YYYY, YYYY-MM or YYYY-MM-DD */
    RFL_PFIF_AGE,                  /* "34" or "30-40" */
    RFL_PFIF_HOME_CITY,
    RFL_PFIF_HOME_STATE,
    RFL_PFIF_HOME_COUNTRY,         /* ISO 3166-1, two letters */
    RFL_PFIF_STATUS,               /* of a note */
    RFL_PFIF_TEXT,
    RFL_PFIF_N
} rfl_pfif_e;

typedef struct {
    rfl_str_t       values[RFL_PFIF_N];      /* cleaned; empty: absent */
} rfl_pfif_record_t;

typedef struct {
    unsigned            line;
    rfl_pfif_record_t   record;
    unsigned            nnotes;    /* inside of it */
    rfl_pfif_record_t  *notes;
} rfl_pfif_person_t;

/*
 * Reads a file that somebody made: UTF-8, no document type, no entities
 * beyond the five of XML, nothing that is fetched, every element known, once
 * and within its length.  The pool given to visit is reset after every call;
 * notes outside of persons are refused.  A fault is RFL_ERROR with its line,
 * and no further person is visited: check a file with a visit that does
 * nothing first.  Another return code of visit ends the reading.
 */
typedef int (*rfl_pfif_visit_pt)(void *data, rfl_pool_t *pool,
    const rfl_pfif_person_t *person, rfl_err_t *err);

int rfl_pfif_read(const rfl_str_t *text, rfl_pfif_visit_pt visit, void *data,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFL_PFIF_H_INCLUDED_ */
