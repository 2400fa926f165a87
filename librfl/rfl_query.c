
/*
 * Copyright (C) The RFL authors
 *
 * rfl_query.c: reads what a visitor asks from an urlencoded form body, and
 * checks each field.  Called by the worker; all memory is of its pool.
 */


#include "rfl_query.h"
#include "rfl_json.h"

#include <unicode/uloc.h>


typedef int (*rfl_query_set_pt)(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);


static int rfl_form_pair(rfl_pool_t *pool, const u_char *p,
    const u_char *last, int64_t now, rfl_query_t *query, unsigned *seen);
static int rfl_form_decode(rfl_pool_t *pool, const u_char *p,
    const u_char *last, rfl_str_t *out);
static int rfl_form_hex(u_char c);
static void rfl_query_fault(rfl_query_t *query, rfl_field_e field,
    rfl_fault_e fault);
static int rfl_query_set_name(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);
static int rfl_query_set_year(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);
static int rfl_query_set_country(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);
static int rfl_query_set_father(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);
static int rfl_query_set_mother(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);
static int rfl_query_set_grandfather(rfl_query_t *query,
    const rfl_str_t *text, int64_t now);
static int rfl_query_set_kind(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);
static int rfl_query_set_event(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);


/* a value that does not fit is RFL_FAULT_VALUE */

static const rfl_query_set_pt  rfl_query_set[RFL_QUERY_FIELDS] = {
    [RFL_FIELD_NAME] = rfl_query_set_name,
    [RFL_FIELD_BIRTH_YEAR] = rfl_query_set_year,
    [RFL_FIELD_COUNTRY] = rfl_query_set_country,
    [RFL_FIELD_FATHER] = rfl_query_set_father,
    [RFL_FIELD_MOTHER] = rfl_query_set_mother,
    [RFL_FIELD_GRANDFATHER] = rfl_query_set_grandfather,
    [RFL_FIELD_KIND] = rfl_query_set_kind,
    [RFL_FIELD_EVENT] = rfl_query_set_event
};


int
rfl_query_form(rfl_pool_t *pool, const u_char *body, size_t len, int64_t now,
    rfl_query_t *query)
{
    int            rc;
    unsigned       n, seen;
    const u_char  *p, *end, *last;

    memset(query, 0, sizeof(rfl_query_t));

    if (len > RFL_QUERY_BODY_MAX) {
        return RFL_DECLINED;
    }

    n = 0;
    seen = 0;
    p = body;
    last = body + len;

    while (p < last) {

        end = memchr(p, '&', (size_t) (last - p));
        if (end == NULL) {
            end = last;
        }

        if (n++ == RFL_QUERY_FIELDS_MAX) {
            return RFL_DECLINED;
        }

        if (end != p) {
            rc = rfl_form_pair(pool, p, end, now, query, &seen);
            if (rc != RFL_OK) {
                return rc;
            }
        }

        p = end + 1;
    }

    if (!(seen & (1U << RFL_FIELD_NAME))) {
        rfl_query_fault(query, RFL_FIELD_NAME, RFL_FAULT_EMPTY);
    }

    return RFL_OK;
}


static int
rfl_form_pair(rfl_pool_t *pool, const u_char *p, const u_char *last,
    int64_t now, rfl_query_t *query, unsigned *seen)
{
    int            rc;
    unsigned       bit;
    rfl_str_t      name, value;
    rfl_field_e    field;
    const u_char  *equal;

    equal = memchr(p, '=', (size_t) (last - p));
    if (equal == NULL) {
        equal = last;
    }

    rc = rfl_form_decode(pool, p, equal, &name);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_form_decode(pool, (equal == last) ? last : equal + 1, last,
                         &value);
    if (rc != RFL_OK) {
        return rc;
    }

    field = rfl_field_find(name.data, name.len);

    if (field == RFL_FIELD_NONE && !rfl_str_is(&name, "go")) {
        return RFL_DECLINED;
    }

    /* the button is RFL_FIELD_NONE, and once as well */

    bit = 1U << field;

    if (*seen & bit) {
        return RFL_DECLINED;
    }

    *seen |= bit;

    if (field == RFL_FIELD_NONE) {
        return RFL_OK;
    }

    return rfl_query_field(pool, query, field, &value, now);
}


static int
rfl_form_decode(rfl_pool_t *pool, const u_char *p, const u_char *last,
    rfl_str_t *out)
{
    int      high, low;
    u_char  *d;

    d = rfl_palloc(pool, (size_t) (last - p) + 1);
    if (d == NULL) {
        return RFL_ERROR;
    }

    out->data = d;

    while (p < last) {

        if (*p == '+') {
            *d++ = ' ';
            p++;
            continue;
        }

        if (*p != '%') {
            *d++ = *p++;
            continue;
        }

        if (last - p < 3) {
            return RFL_DECLINED;
        }

        high = rfl_form_hex(p[1]);
        low = rfl_form_hex(p[2]);

        if (high == -1 || low == -1) {
            return RFL_DECLINED;
        }

        *d++ = (u_char) (high * 16 + low);
        p += 3;
    }

    *d = '\0';
    out->len = (size_t) (d - out->data);

    return RFL_OK;
}


static int
rfl_form_hex(u_char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c |= 0x20;

    return (c >= 'a' && c <= 'f') ? c - 'a' + 10 : -1;
}


int
rfl_query_field(rfl_pool_t *pool, rfl_query_t *query, rfl_field_e field,
    const rfl_str_t *value, int64_t now)
{
    int        rc;
    rfl_str_t  text;

    rc = rfl_text_line(pool, value, RFL_NAME_CHARS, &text);

    switch (rc) {

    case RFL_OK:
        if (rfl_query_set[field](query, &text, now) != RFL_OK) {
            rfl_query_fault(query, field, RFL_FAULT_VALUE);
        }

        return RFL_OK;

    case RFL_TEXT_EMPTY:
        if (field == RFL_FIELD_NAME) {
            rfl_query_fault(query, field, RFL_FAULT_EMPTY);
        }

        return RFL_OK;

    case RFL_TEXT_LONG:
        rfl_query_fault(query, field, RFL_FAULT_LONG);
        return RFL_OK;

    case RFL_TEXT_UTF8:
    case RFL_TEXT_CONTROL:
        rfl_query_fault(query, field, RFL_FAULT_CHARS);
        return RFL_OK;

    default:
        return RFL_ERROR;
    }
}


static void
rfl_query_fault(rfl_query_t *query, rfl_field_e field, rfl_fault_e fault)
{
    if (query->nfaults == RFL_QUERY_FIELDS - 1) {
        return;
    }

    query->faults[query->nfaults].field = field;
    query->faults[query->nfaults].fault = fault;
    query->nfaults++;
}


static int
rfl_query_set_name(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    query->name = *text;

    return RFL_OK;
}


static int
rfl_query_set_year(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    int  year;

    query->birth_year = *text;

    if (rfl_name_year(text, now, &year) != RFL_OK) {
        return RFL_DECLINED;
    }

    query->facts.birth_year = year;

    return RFL_OK;
}


static int
rfl_query_set_country(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    u_char             *code;
    unsigned            i;
    const char *const  *iso;

    if (text->len != 2) {
        return RFL_DECLINED;
    }

    code = text->data;

    for (i = 0; i < 2; i++) {
        if (code[i] >= 'a' && code[i] <= 'z') {
            code[i] = (u_char) (code[i] - ('a' - 'A'));
        }
    }

    for (iso = uloc_getISOCountries(); *iso != NULL; iso++) {
        if (memcmp(code, *iso, 2) == 0) {
            query->facts.country = *text;
            return RFL_OK;
        }
    }

    return RFL_DECLINED;
}


static int
rfl_query_set_father(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    query->facts.father = *text;

    return RFL_OK;
}


static int
rfl_query_set_mother(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    query->facts.mother = *text;

    return RFL_OK;
}


static int
rfl_query_set_grandfather(rfl_query_t *query, const rfl_str_t *text,
    int64_t now)
{
    query->facts.grandfather = *text;

    return RFL_OK;
}


static int
rfl_query_set_kind(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    unsigned  i;

    for (i = 0; i < rfl_nkinds; i++) {
        if (rfl_str_eq(text, &rfl_kinds[i])) {
            query->kind = i;
            return RFL_OK;
        }
    }

    return RFL_DECLINED;
}


static int
rfl_query_set_event(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    if (!rfl_id_valid(text->data, text->len)) {
        return RFL_DECLINED;
    }

    query->event = *text;

    return RFL_OK;
}
