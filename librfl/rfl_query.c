
/*
 * Copyright (C) The RFL authors
 *
 * rfl_query.c: reads what a visitor asks from an urlencoded form body, and
 * checks each field.  Called by the worker; all memory is of its pool.
 */


#include "rfl_query.h"
#include "rfl_form.h"
#include "rfl_json.h"
#include "rfl_pairs.h"

#include <unicode/uloc.h>


typedef int (*rfl_query_set_pt)(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);


static int rfl_query_pair(rfl_pool_t *pool, const rfl_str_t *name,
    const rfl_str_t *value, int64_t now, rfl_query_t *query, unsigned *seen);
static void rfl_query_fault(rfl_query_t *query, rfl_field_e field,
    rfl_fault_e fault);
static int rfl_query_set_name(rfl_query_t *query, const rfl_str_t *text,
    int64_t now);
static int rfl_query_set_parent(rfl_str_t *fact, const rfl_str_t *text);
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
    int          rc;
    unsigned     seen;
    rfl_str_t    name, value;
    rfl_pairs_t  pairs;

    memset(query, 0, sizeof(rfl_query_t));

    if (len > RFL_QUERY_BODY_MAX) {
        return RFL_DECLINED;
    }

    seen = 0;
    rfl_pairs_init(&pairs, body, len, RFL_QUERY_FIELDS_MAX);

    for ( ;; ) {
        rc = rfl_pairs_next(&pairs, pool, &name, &value);

        if (rc == RFL_PAIRS_END) {
            break;
        }

        if (rc == RFL_OK) {
            rc = rfl_query_pair(pool, &name, &value, now, query, &seen);
        }

        if (rc != RFL_OK) {
            return rc;
        }
    }

    if (!(seen & (1U << RFL_FIELD_NAME))) {
        rfl_query_fault(query, RFL_FIELD_NAME, RFL_FAULT_EMPTY);
    }

    if (rfl_query_year_apart(pool, query, now) != RFL_OK) {
        return RFL_ERROR;
    }

    if (query->any_year) {
        rfl_str_null(&query->birth_year);
        query->facts.birth_year = 0;
    }

    return RFL_OK;
}


static int
rfl_query_pair(rfl_pool_t *pool, const rfl_str_t *name,
    const rfl_str_t *value, int64_t now, rfl_query_t *query, unsigned *seen)
{
    unsigned     bit;
    rfl_field_e  field;

    field = rfl_field_find(name->data, name->len);

    if (field == RFL_FIELD_NONE && !rfl_str_is(name, "go")) {
        return RFL_DECLINED;
    }

    /* the button is RFL_FIELD_NONE, and once as well */

    bit = 1U << field;

    if (*seen & bit) {
        return RFL_DECLINED;
    }

    *seen |= bit;

    if (field == RFL_FIELD_NONE) {
        query->edit = rfl_str_is(value, "edit");
        query->any_year = rfl_str_is(value, "anyyear");
        return RFL_OK;
    }

    return rfl_query_field(pool, query, field, value, now);
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

    return rfl_form_is_name(text) ? RFL_OK : RFL_DECLINED;
}


static int
rfl_query_set_year(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    int  year;

    query->birth_year = *text;

    if (rfl_form_year(text, now, &year) != RFL_OK) {
        return RFL_DECLINED;
    }

    query->facts.birth_year = year;

    return RFL_OK;
}


static int
rfl_query_set_country(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    u_char    *code;
    unsigned   i;

    code = text->data;

    for (i = 0; i < text->len; i++) {
        if (code[i] >= 'a' && code[i] <= 'z') {
            code[i] = (u_char) (code[i] - ('a' - 'A'));
        }
    }

    if (!rfl_country_known(code, text->len)) {
        return RFL_DECLINED;
    }

    query->facts.country = *text;

    return RFL_OK;
}


int
rfl_country_known(const u_char *code, size_t len)
{
    const char *const  *iso;

    if (len != 2) {
        return 0;
    }

    for (iso = uloc_getISOCountries(); *iso != NULL; iso++) {
        if (memcmp(code, *iso, 2) == 0) {
            return 1;
        }
    }

    return 0;
}


static int
rfl_query_set_father(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    return rfl_query_set_parent(&query->facts.father, text);
}


static int
rfl_query_set_mother(rfl_query_t *query, const rfl_str_t *text, int64_t now)
{
    return rfl_query_set_parent(&query->facts.mother, text);
}


static int
rfl_query_set_grandfather(rfl_query_t *query, const rfl_str_t *text,
    int64_t now)
{
    return rfl_query_set_parent(&query->facts.grandfather, text);
}


/* "-" and "?" are how people leave a field empty */

static int
rfl_query_set_parent(rfl_str_t *fact, const rfl_str_t *text)
{
    size_t  i;

    for (i = 0; i < text->len && strchr("-?./", text->data[i]) != NULL; i++) {
        /* void */
    }

    if (i == text->len) {
        return RFL_OK;
    }

    *fact = *text;

    return rfl_form_is_name(text) ? RFL_OK : RFL_DECLINED;
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
