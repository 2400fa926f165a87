
/*
 * Copyright (C) The RFL authors
 *
 * rfl_json_read.c: the readers of single values that the tables of closed
 * JSON objects name.  Each says what the value must be if it is not.
 */


#include "rfl_json.h"
#include "rfl_text.h"

#include <sodium.h>
#include <stdio.h>


int
rfl_json_string(rfl_json_t *j, json_t *value, rfl_str_t *s)
{
    rfl_str_null(s);

    if (!json_is_string(value)) {
        return rfl_json_fault(j, "must be a text in quotes");
    }

    s->len = json_string_length(value);
    s->data = (u_char *) json_string_value(value);

    return RFL_OK;
}


int
rfl_json_line(rfl_json_t *j, json_t *value, size_t max, rfl_str_t *s)
{
    rfl_str_t  text;

    if (rfl_json_string(j, value, &text) != RFL_OK) {
        return RFL_ERROR;
    }

    switch (rfl_text_line(j->pool, &text, max, s)) {

    case RFL_OK:
        break;

    case RFL_TEXT_EMPTY:
        return rfl_json_fault(j, "is empty: fill it in or leave it out");

    case RFL_TEXT_LONG:
        return rfl_json_fault(j, "is longer than %zu characters: shorten it",
                              max);

    case RFL_TEXT_UTF8:
        return rfl_json_fault(j, "is not UTF-8: save the file as UTF-8");

    case RFL_TEXT_CONTROL:
        return rfl_json_fault(j, "has a control character in it: "
                              "remove it");

    default:
        return rfl_json_no_memory(j);
    }

    return RFL_OK;
}


int
rfl_json_base64(rfl_json_t *j, json_t *value, u_char *data, size_t size)
{
    size_t      len;
    rfl_str_t   s;
    const char  *end;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    if (sodium_base642bin(data, size, (const char *) s.data, s.len, NULL,
                          &len, &end, sodium_base64_VARIANT_ORIGINAL)
        != 0
        || len != size || end != (const char *) s.data + s.len)
    {
        return rfl_json_fault(j, "must be %zu bytes in base64, with padding",
                              size);
    }

    return RFL_OK;
}


int
rfl_json_read_uint(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    unsigned                *p = (unsigned *) ((u_char *) data + m->offset);
    json_int_t               n;
    const rfl_json_range_t  *range = m->arg;

    n = json_integer_value(value);

    if (!json_is_integer(value) || n < range->min || n > range->max) {
        return rfl_json_fault(j, "must be a whole number from %lld to %lld",
                              (long long) range->min, (long long) range->max);
    }

    *p = (unsigned) n;

    return RFL_OK;
}


int
rfl_json_read_list(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    char                    text[RFL_ERR_SIZE / 2];
    size_t                  len;
    unsigned                i, *p = (unsigned *) ((u_char *) data + m->offset);
    rfl_str_t               s;
    const rfl_json_list_t  *list = m->arg;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    len = 0;
    text[0] = '\0';

    for (i = list->first; i < *list->n; i++) {

        if (rfl_str_eq(&list->list[i], &s)) {
            *p = i;
            return RFL_OK;
        }

        if (len + list->list[i].len + 5 < sizeof(text)) {
            len += (size_t) snprintf(text + len, sizeof(text) - len,
                                     "%s\"%.*s\"", (len != 0) ? ", " : "",
                                     (int) list->list[i].len,
                                     (char *) list->list[i].data);
        }
    }

    return rfl_json_fault(j, "must be one of %s", text);
}


int
rfl_json_read_bool(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    if (!json_is_boolean(value)) {
        return rfl_json_fault(j, "must be true or false");
    }

    *(unsigned *) ((u_char *) data + m->offset) = json_is_true(value);

    return RFL_OK;
}


int
rfl_json_read_day(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_str_t  s;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    /* CBOR and page know no day before 1970 */

    if (rfl_day_parse(s.data, s.len,
                      (int32_t *) ((u_char *) data + m->offset))
        != RFL_OK
        || *(int32_t *) ((u_char *) data + m->offset) < 0)
    {
        return rfl_json_fault(j, "must be a day such as \"2026-11-22\"");
    }

    return RFL_OK;
}


int
rfl_json_read_time(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_str_t  s;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    if (rfl_time_parse(s.data, s.len,
                       (int64_t *) ((u_char *) data + m->offset))
        != RFL_OK
        || *(int64_t *) ((u_char *) data + m->offset) < 0)
    {
        return rfl_json_fault(j, "must be a time in UTC such as "
                              "\"2026-11-22T08:00:00Z\"");
    }

    return RFL_OK;
}


int
rfl_json_read_line(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    return rfl_json_line(j, value, *(const size_t *) m->arg,
                         (rfl_str_t *) ((u_char *) data + m->offset));
}


int
rfl_json_read_id(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_str_t  s, *p = (rfl_str_t *) ((u_char *) data + m->offset);

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    if (!rfl_id_valid(s.data, s.len)) {
        return rfl_json_fault(j, "must be 1 to %d of a-z, 0-9 and \"-\"",
                              RFL_ID_MAX);
    }

    p->len = s.len;
    p->data = rfl_pstrdup(j->pool, s.data, s.len);
    if (p->data == NULL) {
        return rfl_json_no_memory(j);
    }

    return RFL_OK;
}


int
rfl_id_valid(const u_char *data, size_t len)
{
    size_t  i;

    for (i = 0; i < len; i++) {
        if (!((data[i] >= 'a' && data[i] <= 'z')
              || (data[i] >= '0' && data[i] <= '9')
              || data[i] == '-'))
        {
            return 0;
        }
    }

    return len != 0 && len <= RFL_ID_MAX;
}
