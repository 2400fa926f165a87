
/*
 * Copyright (C) The RFL authors
 *
 * rfl_json.h: reading of closed JSON: a table says which members an object
 * may have and how each is read; anything else is a fault with the member's
 * path, its line and a remedy.  Used for entries, searches, and the files of
 * a society and its desk.
 *
 * jansson parses.  Its memory is wiped when freed once rfl_json_init() of
 * rfl_query.h was called; its own error texts are not passed on, since they
 * quote the input and the input holds names.
 */


#ifndef _RFL_JSON_H_INCLUDED_
#define _RFL_JSON_H_INCLUDED_


#include "rfl.h"

#include <jansson.h>


#define RFL_JSON_DEPTH     8       /* of paths our own tables can make */


typedef struct {
    const char       *name;        /* NULL: index */
    size_t            index;
} rfl_json_step_t;

typedef struct {
    rfl_pool_t       *pool;
    rfl_err_t        *err;
    const rfl_str_t  *text;
    unsigned          line;        /* text is this line of a file, or 0 */
    json_t           *root;
    unsigned          depth;
    rfl_json_step_t   path[RFL_JSON_DEPTH];
} rfl_json_t;


typedef struct rfl_json_member_s  rfl_json_member_t;

/*
 * Reads value into data, an object described by the table of m (NULL for an
 * element of an array).  RFL_ERROR: a fault, reported by rfl_json_fault().
 */
typedef int (*rfl_json_read_pt)(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);

struct rfl_json_member_s {
    const char       *name;        /* NULL ends the table */
    rfl_json_read_pt  read;
    size_t            offset;      /* into data, for the readers below */
    const void       *arg;         /* range, list or limit of the reader */
    const char       *missing;     /* the remedy if absent; NULL: optional */
};

typedef struct {
    json_int_t        min;
    json_int_t        max;
} rfl_json_range_t;

typedef struct {
    const rfl_str_t  *list;
    unsigned          first;       /* 1 leaves out the "absent" of a list */
    const unsigned   *n;
} rfl_json_list_t;


/*
 * json_loadb() with duplicate members refused, which fails whenever an
 * allocation does; error may be NULL, and its text quotes the input.
 */
json_t *rfl_json_parse(const u_char *data, size_t len, json_error_t *error)
    rfl_must_check;

/*
 * Parses text, which must live as long as j.  Whether it succeeds or not,
 * rfl_json_close() is to be called afterwards.
 */
int rfl_json_open(rfl_json_t *j, rfl_pool_t *pool, const rfl_str_t *text,
    unsigned line, rfl_err_t *err) rfl_must_check;
void rfl_json_close(rfl_json_t *j);

/* Reports a fault of the value at the current path; returns RFL_ERROR. */
int rfl_json_fault(rfl_json_t *j, const char *fmt, ...) rfl_printf(2, 3);
/* the same for want of memory */
int rfl_json_no_memory(rfl_json_t *j);

/* Reads an object by its table. */
int rfl_json_object(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *members, void *data) rfl_must_check;

/*
 * Reads an array of min..max elements, each of size bytes, into fresh memory
 * of the pool, zeroed.
 */
int rfl_json_array(rfl_json_t *j, json_t *value, size_t min, size_t max,
    size_t size, rfl_json_read_pt read, void **elements, unsigned *n)
    rfl_must_check;

/* The string's bytes, not copied; a fault if value is not a string. */
int rfl_json_string(rfl_json_t *j, json_t *value, rfl_str_t *s)
    rfl_must_check;
/* One cleaned line of at most max code points, in the pool, NUL after it. */
int rfl_json_line(rfl_json_t *j, json_t *value, size_t max, rfl_str_t *s)
    rfl_must_check;
/* Exactly size bytes in base64 with padding. */
int rfl_json_base64(rfl_json_t *j, json_t *value, u_char *data, size_t size)
    rfl_must_check;


/* readers for tables: the type at offset, and what arg is */

int rfl_json_read_uint(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);   /* unsigned, range */
int rfl_json_read_list(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);   /* unsigned, list */
int rfl_json_read_bool(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);   /* unsigned */
int rfl_json_read_day(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);   /* int32_t */
int rfl_json_read_time(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);   /* int64_t */
int rfl_json_read_line(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);   /* rfl_str_t, const size_t */
int rfl_json_read_id(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);   /* rfl_str_t, [a-z0-9-]{1,32} */


/* 1 for an id of an event or a society: [a-z0-9-]{1,32} */

#define RFL_ID_MAX         32

int rfl_id_valid(const u_char *data, size_t len);


#endif /* _RFL_JSON_H_INCLUDED_ */
