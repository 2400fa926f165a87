
/*
 * Copyright (C) The RFL authors
 *
 * rfl_form.h: what a visitor may hand in: five forms, their steps, and the
 * closed list of fields, which is the only one there is.  Pages, check page,
 * sealed box, desk and PFIF all go by these tables (rfl_form.c); the answers
 * are read from a form body and checked by rfl_form_read.c, and encoded for
 * box and hidden field by rfl_form_cbor.c.
 *
 * Nothing here is ever published by itself: an entry is made of some of it
 * at the desk, by two people.
 */


#ifndef _RFL_FORM_H_INCLUDED_
#define _RFL_FORM_H_INCLUDED_


#include "rfl.h"
#include "rfl_text.h"
#include "rfl_entry.h"


typedef enum {
    RFL_FORM_NONE = 0,
    RFL_FORM_ALIVE,                /* "alive": I am alive */
    RFL_FORM_LOOKING,              /* "looking": please look for this person */
    RFL_FORM_MESSAGE,              /* "message": about an entry */
    RFL_FORM_WITHDRAW,             /* "withdraw": take mine down, renew mine */
    RFL_FORM_REPORT,               /* "report": something is wrong with one */
    RFL_FORMS_N
} rfl_form_e;


/*
 * Fields.  The numbers are those of the sealed box: they stay, new ones are
 * added at the end.
 */

typedef enum {
    RFL_ASK_NONE = 0,
    RFL_ASK_ADULT,                 /* choice: yes, no, unknown */
    RFL_ASK_NAME,                  /* in their own script */
    RFL_ASK_NAME_OTHER,            /* the same in another alphabet */
    RFL_ASK_FATHER,
    RFL_ASK_MOTHER,
    RFL_ASK_BIRTH_YEAR,            /* as typed, any calendar; a year is in it */
    RFL_ASK_AGE,                   /* as typed: "34", "about 34" */
    RFL_ASK_SEX,                   /* choice of rfl_sexes */
    RFL_ASK_COUNTRY,               /* choice: ISO 3166-1 */
    RFL_ASK_PLACE,                 /* of origin, words; for the office only */
    RFL_ASK_PHONE,
    RFL_ASK_EMAIL,
    RFL_ASK_REACH,                 /* other ways to reach the sender */
    RFL_ASK_TALK,                  /* languages the sender speaks */
    RFL_ASK_CONSENT,               /* choice: match_only, searchable */
    RFL_ASK_SHOW,                  /* several of: age_band, sex, origin,
                                      status */
    RFL_ASK_STATUS,                /* choice of rfl_statuses */
    RFL_ASK_EVENT,                 /* choice of the site's open events */
    RFL_ASK_RELATION,              /* choice of rfl_relations */
    RFL_ASK_TIE,                   /* what ties them, words */
    RFL_ASK_LAST_WHEN,             /* last contact, words */
    RFL_ASK_LAST_WHERE,
    RFL_ASK_SENDER,                /* name of who writes */
    RFL_ASK_MESSAGE,
    RFL_ASK_WISH,                  /* choice: hide, renew */
    RFL_ASK_CODE,                  /* as typed */
    RFL_ASK_WHY,                   /* choice: me, danger, child, false, other */
    RFL_ASK_WORDS,                 /* anything the office should know */
    RFL_ASK_N
} rfl_ask_field_e;

/* choices that decide something: a wish to renew is no withdrawal */

#define RFL_ASK_ADULT_YES    1     /* of RFL_ASK_ADULT */
#define RFL_ASK_ADULT_NO     2
#define RFL_ASK_MATCH_ONLY   1     /* of RFL_ASK_CONSENT */
#define RFL_ASK_SEARCHABLE   2
#define RFL_WISH_HIDE        1     /* of RFL_ASK_WISH */
#define RFL_WISH_RENEW       2

typedef enum {
    RFL_ASK_LINE = 0,              /* one line of text */
    RFL_ASK_TEXT,                  /* several lines */
    RFL_ASK_DIGITS,                /* one line, numeric keyboard */
    RFL_ASK_TEL,
    RFL_ASK_MAIL,
    RFL_ASK_CHOICE,                /* radio buttons */
    RFL_ASK_SELECT,                /* one of a long list */
    RFL_ASK_SEVERAL                /* check boxes */
} rfl_ask_type_e;

typedef struct {
    rfl_str_t             name;    /* form field, JSON member, "ask.<name>" */
    rfl_ask_type_e        type;
    unsigned              max;     /* code points of a text */
    const rfl_str_t      *list;    /* values of a choice; [0] is "" */
    const unsigned       *nlist;   /* both NULL: a text, or one of a list
                                      that ICU (country) or the policy
                                      (event) has; the answer is a text */
    const char           *autocomplete;   /* "name", "tel", ..., "off" */
} rfl_ask_field_t;

extern const rfl_ask_field_t  rfl_ask_fields[RFL_ASK_N];

/* the field of this name, RFL_ASK_NONE if there is none */
rfl_ask_field_e rfl_ask_find(const u_char *name, size_t len);


/* a step is one page; a form's last one is followed by the check page */

#define RFL_STEP_FIELDS      8
#define RFL_STEPS_MAX        6
#define RFL_STEP_CHECK       RFL_STEPS_MAX      /* all answered: look at them */

typedef struct {
    rfl_str_t             name;    /* "you": of message keys */
    unsigned              n;
    rfl_ask_field_e       fields[RFL_STEP_FIELDS];
    unsigned              required;             /* bit i: fields[i] */
} rfl_step_t;

typedef struct {
    rfl_str_t             name;    /* of the URL, "form.<name>" */
    unsigned              entry;   /* is about an entry that was found */
    unsigned              code;    /* its sender gets a code that hides */
    unsigned              nsteps;
    rfl_step_t            steps[RFL_STEPS_MAX];
} rfl_form_t;

extern const rfl_form_t  rfl_forms[RFL_FORMS_N];

/* 1 if a step of this form has the field */
int rfl_form_asks(rfl_form_e form, rfl_ask_field_e field);


/* answers; all strings live in the pool they were read into */

typedef struct {
    rfl_str_t             text;    /* cleaned; empty: not answered */
    unsigned              choice;  /* index into the list; 0: none */
    unsigned              several; /* bit i: value i of the list */
} rfl_answer_value_t;

#define RFL_SUBMISSION_ID_SIZE   16
#define RFL_HIDE_CODE_SIZE       10
#define RFL_LANG_MAX             16

typedef struct {
    rfl_form_e            form;
    u_char                id[RFL_SUBMISSION_ID_SIZE];
    int32_t               day;     /* it was handed in */
    rfl_str_t             lang;    /* of the page: "ar" */
    rfl_str_t             society; /* that receives it */
    unsigned              has_ref;
    u_char                ref[RFL_REF_SIZE];    /* of the entry it is about */
    unsigned              has_hide;
    u_char                hide[RFL_HIDE_SIZE];  /* of the code given out */
    rfl_answer_value_t    values[RFL_ASK_N];
} rfl_submission_t;


/*
 * what is wrong with an answer: message keys "ask_fault.<name>.<fault>" or,
 * where a field has no sentence of its own, "ask_fault.<fault>"
 */

typedef enum {
    RFL_ASK_FAULT_NONE = 0,
    RFL_ASK_FAULT_EMPTY,           /* it is needed */
    RFL_ASK_FAULT_LONG,
    RFL_ASK_FAULT_CHARS,           /* UTF-8, control characters */
    RFL_ASK_FAULT_VALUE,           /* not a year, a number, an address, ... */
    RFL_ASK_FAULTS_N
} rfl_ask_fault_e;

/* "", "empty", "long", "chars", "value" */
extern const rfl_str_t  rfl_ask_faults[RFL_ASK_FAULTS_N];


/*
 * What came with a page besides the answers of its step.
 */

typedef enum {
    RFL_GO_NEXT = 0,               /* "next", or no button at all (Enter) */
    RFL_GO_BACK,                   /* "back" */
    RFL_GO_CHANGE,                 /* "change-2": step 2, from 0; on the
                                      check page */
    RFL_GO_SEND,                   /* "send", on the check page */
    RFL_GO_LANG,                   /* "lang": the same page, other language */
    RFL_GO_TEXT                    /* "text": what was sent, as a file */
} rfl_go_e;

typedef struct {
    rfl_str_t             state;   /* the hidden field, base64url */
    rfl_str_t             entry;   /* the token of a result, base64url */
    rfl_go_e              go;
    unsigned              step;    /* of RFL_GO_CHANGE */
    unsigned              trapped; /* the field that people leave empty */
    unsigned              nvalues;
    struct {
        rfl_ask_field_e   field;
        rfl_str_t         value;   /* decoded, not yet cleaned */
    } values[32];
} rfl_form_body_t;

#define RFL_FORM_BODY_MAX    (32 * 1024)

/* the name of the field that people do not see */
#define RFL_FORM_TRAP        "subject"

/*
 * Splits a form body.  RFL_DECLINED: bad percent-encoding, unknown field, a
 * field twice (but for check boxes), too many fields.  The parts point into
 * the pool.
 */
int rfl_form_body(rfl_pool_t *pool, const u_char *body, size_t len,
    rfl_form_body_t *out) rfl_must_check;

/*
 * Takes the answers of one step from a body: cleans, checks and stores them,
 * and writes one fault per field of the step to faults (RFL_ASK_FAULT_NONE:
 * good).  A text with a fault of length or value is kept, so that it can be
 * mended; one with bad characters is emptied.  Fields of other steps are
 * not touched.  Beyond the table: one of phone, email, reach is enough where
 * reach is required; the withdraw form, whatever the wish, needs a code, or
 * a name or words and a way to be reached; its wish is to hide unless
 * another was chosen; show is emptied with match_only.  A form that is too
 * long for a box as a whole has a fault of length in its longest text.
 * Returns the number of faults, or RFL_ERROR without memory.
 */
int rfl_form_step(rfl_pool_t *pool, const rfl_form_body_t *body,
    rfl_form_e form, unsigned step, const rfl_policy_t *policy, int64_t now,
    rfl_submission_t *s, rfl_ask_fault_e faults[RFL_STEP_FIELDS])
    rfl_must_check;

/*
 * Empties the answers of a step that have a fault.  What is sealed must be
 * good: show the page with the submission as rfl_form_step() left it, seal a
 * copy after this.
 */
void rfl_form_drop(rfl_submission_t *s, rfl_form_e form, unsigned step,
    const rfl_ask_fault_e faults[RFL_STEP_FIELDS]);

/*
 * Takes what was asked in a search, as if it had been typed into a form that
 * begins with a name, and nothing else of the body: what somebody agrees to
 * is not for another site's form to say.  RFL_ERROR without memory.
 */
int rfl_form_searched(rfl_pool_t *pool, rfl_form_body_t *body,
    rfl_form_e form, const rfl_policy_t *policy, int64_t now,
    rfl_submission_t *s) rfl_must_check;

/* all steps have what they need: RFL_OK, or RFL_DECLINED with the step */
int rfl_form_whole(const rfl_submission_t *s, unsigned *step)
    rfl_must_check;

/*
 * 1 if an "alive" form is, or may be, of somebody under age: by their own
 * word, age or year of birth.  Nothing of it is stored.
 */
int rfl_form_minor(const rfl_submission_t *s, const rfl_policy_t *policy,
    int64_t now);


/*
 * The submission as deterministic CBOR (schema/submission.cddl), the same
 * bytes in the box and in the hidden field; RFL_DECLINED of the decoder:
 * not exactly what the encoder writes.  RFL_DECLINED of the encoder: longer
 * than max.
 */
int rfl_submission_encode(rfl_pool_t *pool, const rfl_submission_t *s,
    size_t max, rfl_str_t *out) rfl_must_check;
int rfl_submission_decode(rfl_pool_t *pool, const u_char *data, size_t len,
    rfl_submission_t *s) rfl_must_check;

/*
 * As one line of JSON without newline (schema/submission.schema.json): for
 * the case system and for the desk's own use.
 */
void rfl_submission_print(const rfl_submission_t *s, rfl_buf_t *out);


/*
 * rfl_form_value.c: single answers.  text is cleaned, not empty, and of a
 * field without a list; a number is mended in place and never gets longer.
 */
rfl_ask_fault_e rfl_form_check(rfl_ask_field_e field, rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
/* the first year in it: "about 1990", "12.3.1369"; RFL_DECLINED: none */
int rfl_form_year(const rfl_str_t *text, int64_t now, int *year)
    rfl_must_check;
/* the first number in it: "34", "about 34", "30 or 35"; the same */
int rfl_form_age(const rfl_str_t *text, int *age) rfl_must_check;
/*
 * 0 for a telephone number or an e-mail address, which some people write
 * where a name is asked for: it would find nobody, and they would not know
 * why.  A name has a letter, and no "@".
 */
int rfl_form_is_name(const rfl_str_t *text);


#endif /* _RFL_FORM_H_INCLUDED_ */
