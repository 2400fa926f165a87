
/*
 * Copyright (C) The RFL authors
 *
 * rfl_open_wire.c: a submission between rfl-open and the desk: members of
 * fixed size and counted strings, in one order.  The reader believes nothing
 * that the other process says.
 */


#include "rfl_json.h"
#include "rfl_open.h"
#include "rfl_text.h"


#define RFL_OPEN_REF         0x01
#define RFL_OPEN_HIDE        0x02

#define RFL_OPEN_TEXT_MAX    16384


typedef struct {
    const u_char  *pos;
    const u_char  *last;
} rfl_open_in_t;


static void rfl_open_put(rfl_buf_t *out, uint64_t value, unsigned size);
static void rfl_open_put_text(rfl_buf_t *out, const rfl_str_t *text);
static int rfl_open_get(rfl_open_in_t *in, uint64_t max, unsigned size,
    uint64_t *value);
static int rfl_open_get_bytes(rfl_open_in_t *in, u_char *data, size_t len);
static int rfl_open_get_text(rfl_pool_t *pool, rfl_open_in_t *in,
    rfl_str_t *text);
static int rfl_open_get_head(rfl_pool_t *pool, rfl_open_in_t *in,
    rfl_submission_t *s);
static int rfl_open_get_value(rfl_pool_t *pool, rfl_open_in_t *in,
    const rfl_ask_field_t *field, rfl_answer_value_t *value);


void
rfl_open_print(const rfl_submission_t *s, rfl_buf_t *out)
{
    unsigned                   n;
    rfl_ask_field_e            i;
    const rfl_answer_value_t  *v;

    rfl_open_put(out, s->form, 1);
    rfl_buf_append(out, s->id, RFL_SUBMISSION_ID_SIZE);
    rfl_open_put(out, (uint64_t) s->day, 4);
    rfl_open_put_text(out, &s->lang);
    rfl_open_put_text(out, &s->society);

    rfl_open_put(out, (s->has_ref ? RFL_OPEN_REF : 0)
                      | (s->has_hide ? RFL_OPEN_HIDE : 0), 1);

    if (s->has_ref) {
        rfl_buf_append(out, s->ref, RFL_REF_SIZE);
    }

    if (s->has_hide) {
        rfl_buf_append(out, s->hide, RFL_HIDE_SIZE);
    }

    for (n = 0, i = RFL_ASK_NONE + 1; i < RFL_ASK_N; i++) {
        v = &s->values[i];
        n += (v->text.len != 0 || v->choice != 0 || v->several != 0);
    }

    rfl_open_put(out, n, 1);

    for (i = RFL_ASK_NONE + 1; i < RFL_ASK_N; i++) {
        v = &s->values[i];

        if (v->text.len != 0 || v->choice != 0 || v->several != 0) {
            rfl_open_put(out, i, 1);
            rfl_open_put(out, v->choice, 1);
            rfl_open_put(out, v->several, 4);
            rfl_open_put_text(out, &v->text);
        }
    }
}


static void
rfl_open_put(rfl_buf_t *out, uint64_t value, unsigned size)
{
    u_char  data[8];

    (void) rfl_le_put(data, value, size);
    rfl_buf_append(out, data, size);
}


static void
rfl_open_put_text(rfl_buf_t *out, const rfl_str_t *text)
{
    rfl_open_put(out, text->len, 2);
    rfl_buf_append(out, text->data, text->len);
}


int
rfl_open_parse(rfl_pool_t *pool, const u_char *data, size_t len,
    rfl_submission_t *s)
{
    int             rc;
    uint64_t        n, i, field, first;
    rfl_open_in_t   in;

    memset(s, 0, sizeof(rfl_submission_t));

    in.pos = data;
    in.last = data + len;

    rc = rfl_open_get_head(pool, &in, s);

    if (rc == RFL_OK) {
        rc = rfl_open_get(&in, RFL_ASK_N - 1, 1, &n);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    first = RFL_ASK_NONE + 1;

    for (i = 0; i < n; i++) {

        rc = rfl_open_get(&in, RFL_ASK_N - 1, 1, &field);

        if (rc != RFL_OK || field < first) {
            return RFL_DECLINED;
        }

        rc = rfl_open_get_value(pool, &in, &rfl_ask_fields[field],
                                &s->values[field]);
        if (rc != RFL_OK) {
            return rc;
        }

        first = field + 1;
    }

    return (in.pos == in.last) ? RFL_OK : RFL_DECLINED;
}


static int
rfl_open_get_head(rfl_pool_t *pool, rfl_open_in_t *in, rfl_submission_t *s)
{
    int       rc;
    uint64_t  form, day, flags;

    if (rfl_open_get(in, RFL_FORMS_N - 1, 1, &form) != RFL_OK
        || form == RFL_FORM_NONE
        || rfl_open_get_bytes(in, s->id, sizeof(s->id)) != RFL_OK
        || rfl_open_get(in, INT32_MAX, 4, &day) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    s->form = (rfl_form_e) form;
    s->day = (int32_t) day;

    rc = rfl_open_get_text(pool, in, &s->lang);

    if (rc == RFL_OK) {
        rc = rfl_open_get_text(pool, in, &s->society);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    if (s->lang.len > RFL_LANG_MAX
        || !rfl_id_valid(s->society.data, s->society.len)
        || rfl_open_get(in, RFL_OPEN_REF|RFL_OPEN_HIDE, 1, &flags) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    s->has_ref = (flags & RFL_OPEN_REF) != 0;
    s->has_hide = (flags & RFL_OPEN_HIDE) != 0;

    if ((s->has_ref
         && rfl_open_get_bytes(in, s->ref, sizeof(s->ref)) != RFL_OK)
        || (s->has_hide
            && rfl_open_get_bytes(in, s->hide, sizeof(s->hide)) != RFL_OK))
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}


/* what kind of answer a field has is in its table, not in the data */

static int
rfl_open_get_value(rfl_pool_t *pool, rfl_open_in_t *in,
    const rfl_ask_field_t *field, rfl_answer_value_t *value)
{
    int       rc;
    uint64_t  choice, several;

    if (rfl_open_get(in, UINT8_MAX, 1, &choice) != RFL_OK
        || rfl_open_get(in, UINT32_MAX, 4, &several) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    rc = rfl_open_get_text(pool, in, &value->text);
    if (rc != RFL_OK) {
        return rc;
    }

    if (field->list == NULL) {
        return (choice == 0 && several == 0 && value->text.len != 0)
               ? RFL_OK : RFL_DECLINED;
    }

    if (value->text.len != 0) {
        return RFL_DECLINED;
    }

    value->choice = (unsigned) choice;
    value->several = (unsigned) several;

    if (field->type == RFL_ASK_SEVERAL) {
        return (choice == 0 && several != 0 && (several & 1) == 0
                && several < (1u << *field->nlist))
               ? RFL_OK : RFL_DECLINED;
    }

    return (several == 0 && choice != 0 && choice < *field->nlist)
           ? RFL_OK : RFL_DECLINED;
}


static int
rfl_open_get(rfl_open_in_t *in, uint64_t max, unsigned size, uint64_t *value)
{
    if ((size_t) (in->last - in->pos) < size) {
        return RFL_DECLINED;
    }

    *value = rfl_le_get(in->pos, size);
    in->pos += size;

    return (*value <= max) ? RFL_OK : RFL_DECLINED;
}


static int
rfl_open_get_bytes(rfl_open_in_t *in, u_char *data, size_t len)
{
    if ((size_t) (in->last - in->pos) < len) {
        return RFL_DECLINED;
    }

    memcpy(data, in->pos, len);
    in->pos += len;

    return RFL_OK;
}


/* UTF-8 without control characters but for the end of a line */

static int
rfl_open_get_text(rfl_pool_t *pool, rfl_open_in_t *in, rfl_str_t *text)
{
    size_t    i;
    uint64_t  len;

    if (rfl_open_get(in, RFL_OPEN_TEXT_MAX, 2, &len) != RFL_OK
        || (size_t) (in->last - in->pos) < len
        || !rfl_utf8_valid(in->pos, (size_t) len))
    {
        return RFL_DECLINED;
    }

    for (i = 0; i < len; i++) {
        if (in->pos[i] < 0x20 && in->pos[i] != '\n') {
            return RFL_DECLINED;
        }
    }

    text->len = (size_t) len;
    text->data = rfl_pstrdup(pool, in->pos, (size_t) len);
    in->pos += len;

    return (text->data == NULL) ? RFL_ERROR : RFL_OK;
}
