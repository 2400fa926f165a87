
/*
 * Copyright (C) The RFL authors
 *
 * rfl_query.h: what a visitor asks, read from a form body (rfl_query.c) or
 * from JSON (rfl_query_json.c), and checked; and the question to rfl-keyd
 * made of it (rfl_query_wire.c, the only part that rfl-keyd links).
 */


#ifndef _RFL_QUERY_H_INCLUDED_
#define _RFL_QUERY_H_INCLUDED_


#include "rfl.h"
#include "rfl_text.h"
#include "rfl_name.h"
#include "rfl_entry.h"


#define RFL_QUERY_BODY_MAX   8192
#define RFL_QUERY_FIELDS_MAX 32


/* which field a fault is about, and what is wrong with it */

typedef enum {
    RFL_FIELD_NONE = 0,
    RFL_FIELD_NAME,
    RFL_FIELD_BIRTH_YEAR,
    RFL_FIELD_COUNTRY,
    RFL_FIELD_FATHER,
    RFL_FIELD_MOTHER,
    RFL_FIELD_GRANDFATHER,
    RFL_FIELD_KIND,
    RFL_FIELD_EVENT
} rfl_field_e;

typedef enum {
    RFL_FAULT_NONE = 0,
    RFL_FAULT_EMPTY,
    RFL_FAULT_LONG,
    RFL_FAULT_CHARS,               /* UTF-8 or control characters */
    RFL_FAULT_VALUE,               /* not a year, not a country, a number
                                      or an address instead of a name ... */
    RFL_FAULT_SHORT                /* nothing searchable: rfl_name_parse() */
} rfl_fault_e;

#define RFL_QUERY_FIELDS     9     /* with RFL_FIELD_NONE */

typedef struct {
    rfl_str_t    name;             /* cleaned */
    rfl_facts_t  facts;
    rfl_str_t    birth_year;       /* as typed */
    unsigned     kind;
    rfl_str_t    event;            /* id or empty */
    unsigned     edit;             /* "go=edit": show the form, ask nothing */
    unsigned     any_year;         /* "go=anyyear": the year was not meant */

    unsigned     nfaults;
    struct {
        rfl_field_e  field;
        rfl_fault_e  fault;
    } faults[RFL_QUERY_FIELDS - 1];            /* one for each at most */
} rfl_query_t;


/*
 * Makes jansson wipe what it frees.  Once per process that reads JSON, before
 * the first of it; memory that jansson has already given out stays valid.
 */
void rfl_json_init(void);


/*
 * Both readers return RFL_OK with faults listed (0: usable), RFL_DECLINED
 * for a body that is not of its type at all (bad percent-encoding, not an
 * object, unknown or duplicate member, wrong type, too many fields),
 * RFL_ERROR without memory.  Strings are copied into the pool, which the
 * caller wipes.  A field with a fault stays empty, but for RFL_FAULT_VALUE of
 * a year or a name, which the form shows again.  A form may have a submit
 * button, "go", which asks nothing if it is "edit", and leaves the year out if
 * it is "anyyear".  JSON may give the year as a number or as a string.
 */
int rfl_query_form(rfl_pool_t *pool, const u_char *body, size_t len,
    int64_t now, rfl_query_t *query) rfl_must_check;
int rfl_query_json(rfl_pool_t *pool, const u_char *body, size_t len,
    int64_t now, rfl_query_t *query) rfl_must_check;

/*
 * What both do with the value of one field: cleans and checks it, and notes
 * a fault.  An empty value is an absent one.  RFL_ERROR without memory.
 */
int rfl_query_field(rfl_pool_t *pool, rfl_query_t *query, rfl_field_e field,
    const rfl_str_t *value, int64_t now) rfl_must_check;

/*
 * The last thing that both do: a year of birth written into the name, "Layla
 * Hadad (born 1990)", goes where years are, unless there is one.  A name with
 * a fault, or that would be nothing without its year, stays as it is.
 * RFL_ERROR without memory.
 */
int rfl_query_year_apart(rfl_pool_t *pool, rfl_query_t *query, int64_t now)
    rfl_must_check;

/* 1 for a code of ISO 3166-1 alpha-2, upper case, that ICU knows */
int rfl_country_known(const u_char *code, size_t len);

/* "name", "birth_year", ...: form field, JSON member and message key alike */
extern const rfl_str_t  rfl_field_names[RFL_QUERY_FIELDS];
/* the field of this name, RFL_FIELD_NONE if there is none */
rfl_field_e rfl_field_find(const u_char *name, size_t len);


/*
 * The keyd protocol (schema/layout.md, "rfl-keyd").  A question is a RESP
 * array of bulk strings:
 *
 *     KEYS <fine|wide> <name> [<fact> <value>]...
 *     FINER <ticket> <which> <fine|wide> <name> [<fact> <value>]...
 *
 * with facts birth_year, country, father, mother, grandfather in this order,
 * absent ones left out.  rfl_ask_argv() fills argv/lens for the formatter
 * (room for RFL_ASK_ARGS) and returns their number, or RFL_ERROR without
 * memory; the arguments point into the query and the pool.  With finer != NULL
 * it writes the second form.  rfl_ask_parse() reads back in the daemon what
 * begins with "fine" or "wide", copying into the pool: RFL_DECLINED for
 * anything that rfl_ask_argv() does not write.
 *
 * The ticket, which comes with the answer to KEYS, says that this very
 * question was counted in this epoch; which is that of rfl_name_query_finer().
 */

#define RFL_ASK_ARGS     15
#define RFL_TICKET_SIZE  16

typedef struct {
    const u_char  *ticket;
    const u_char  *which;
    size_t         size;           /* of which */
} rfl_finer_t;

int rfl_ask_argv(rfl_pool_t *pool, const rfl_query_t *query, rfl_ask_e ask,
    const rfl_finer_t *finer, const char *argv[RFL_ASK_ARGS],
    size_t lens[RFL_ASK_ARGS]) rfl_must_check;
int rfl_ask_parse(rfl_pool_t *pool, unsigned n, const rfl_str_t *args,
    rfl_query_t *query, rfl_ask_e *ask) rfl_must_check;
/* of n arguments from "fine" or "wide" on */
void rfl_ask_ticket(const rfl_epoch_t *epoch, unsigned n,
    const rfl_str_t *args, u_char ticket[RFL_TICKET_SIZE]);

/*
 * The answer is one bulk string; all integers little-endian:
 *
 *     version 1 | flags 1 | keys 2 | epoch 8 | start 8 | end 8
 *     ticket 16 | manifest T 64 | keys x (class 1 | unlikely 1 | T 64)
 *
 * or an error: -BUDGET, -NOEPOCH, -REFINE, -BADNAME, -STALE, -ERR.
 */

#define RFL_ANSWER_HEAD                                                      \
    (1 + 1 + 2 + 8 + 8 + 8 + RFL_TICKET_SIZE + RFL_PRF_SIZE)
#define RFL_ANSWER_T     2         /* of a key */
#define RFL_ANSWER_KEY   (RFL_ANSWER_T + RFL_PRF_SIZE)

typedef struct {
    uint64_t       epoch;
    int64_t        start;
    int64_t        end;
    const u_char  *ticket;
    const u_char  *manifest;       /* T */
    unsigned       nkeys;
    const u_char  *keys;           /* nkeys * RFL_ANSWER_KEY */
} rfl_answer_t;

/*
 * Points into data; RFL_DECLINED if malformed.  Whether the epoch may be
 * used is for rfl_epoch_usable() to say.
 */
int rfl_answer_parse(const u_char *data, size_t len, rfl_answer_t *answer)
    rfl_must_check;
/* appends RFL_ANSWER_HEAD + keys->n * RFL_ANSWER_KEY bytes */
void rfl_answer_print(const rfl_epoch_t *epoch,
    const u_char ticket[RFL_TICKET_SIZE], const rfl_keys_t *keys,
    rfl_buf_t *out);


#endif /* _RFL_QUERY_H_INCLUDED_ */
