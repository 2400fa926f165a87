
/*
 * Copyright (C) The RFL authors
 *
 * rfl_query_json.c: reads what a visitor asks from JSON, and makes jansson
 * wipe its memory.  Called by the worker and by whoever else reads JSON.
 */


#include "rfl_query.h"
#include "rfl_json.h"

#include <stdio.h>
#include <stdlib.h>


static int rfl_json_members(rfl_pool_t *pool, json_t *root, int64_t now,
    rfl_query_t *query);
static int rfl_json_value(rfl_field_e field, const json_t *value,
    u_char number[24], rfl_str_t *text);


void
rfl_json_init(void)
{
    json_set_alloc_funcs(malloc, rfl_free);

    /* now, and not under the first request */

    json_object_seed(0);
}


int
rfl_query_json(rfl_pool_t *pool, const u_char *body, size_t len, int64_t now,
    rfl_query_t *query)
{
    int           rc;
    json_t       *root;
    json_error_t  error;

    memset(query, 0, sizeof(rfl_query_t));

    if (len == 0 || len > RFL_QUERY_BODY_MAX) {
        return RFL_DECLINED;
    }

    root = rfl_json_parse(body, len, &error);

    rc = (root == NULL && json_error_code(&error) == json_error_out_of_memory)
         ? RFL_ERROR : RFL_DECLINED;

    /* its text quotes the body */

    rfl_memzero(&error, sizeof(error));

    if (root == NULL) {
        return rc;
    }

    rc = json_is_object(root) ? rfl_json_members(pool, root, now, query)
                              : RFL_DECLINED;
    json_decref(root);

    return rc;
}


static int
rfl_json_members(rfl_pool_t *pool, json_t *root, int64_t now,
    rfl_query_t *query)
{
    int           rc;
    void         *iter;
    u_char        number[24];
    json_t       *value;
    rfl_str_t     text;
    const char   *name;
    rfl_field_e   field;

    /* in this order, so that faults come in that of the form */

    for (iter = json_object_iter(root);
         iter != NULL;
         iter = json_object_iter_next(root, iter))
    {
        name = json_object_iter_key(iter);

        if (rfl_field_find((const u_char *) name, strlen(name))
            == RFL_FIELD_NONE)
        {
            return RFL_DECLINED;
        }
    }

    for (field = RFL_FIELD_NAME; field < RFL_QUERY_FIELDS; field++) {

        value = json_object_get(root, (char *) rfl_field_names[field].data);

        if (value == NULL) {

            if (field != RFL_FIELD_NAME) {
                continue;
            }

            rfl_str_null(&text);

        } else if (rfl_json_value(field, value, number, &text) != RFL_OK) {
            return RFL_DECLINED;
        }

        rc = rfl_query_field(pool, query, field, &text, now);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    return rfl_query_year_apart(pool, query, now);
}


static int
rfl_json_value(rfl_field_e field, const json_t *value, u_char number[24],
    rfl_str_t *text)
{
    int  n;

    if (json_is_string(value)) {
        text->data = (u_char *) json_string_value(value);
        text->len = json_string_length(value);
        return RFL_OK;
    }

    if (field != RFL_FIELD_BIRTH_YEAR || !json_is_integer(value)
        || json_integer_value(value) < 0)
    {
        return RFL_DECLINED;
    }

    n = snprintf((char *) number, 24, "%lld",
                 (long long) json_integer_value(value));

    text->data = number;
    text->len = (size_t) n;

    return RFL_OK;
}
