
/*
 * Copyright (C) The RFL authors
 *
 * rfl_form_cbor.c: a submission as deterministic CBOR, and back: nothing but
 * what schema/submission.cddl allows, in the one form it can be written in.
 * Called by the worker for box and hidden field, by the child process that
 * opens boxes, and by the desk for what it keeps.
 *
 * What was written is decoded again before anybody seals it: there is one
 * set of limits, the decoder's.
 */


#include "rfl_form.h"
#include "rfl_cbor.h"
#include "rfl_json.h"
#include "rfl_text.h"


#define RFL_SUBMISSION_VERSION   1

/* nothing larger is a submission */
#define RFL_SUBMISSION_MAX       (64 * 1024)


/* members of the map; numbers are never used again for something else */

typedef enum {
    RFL_SUB_VERSION = 0,
    RFL_SUB_FORM,
    RFL_SUB_ID,
    RFL_SUB_DAY,
    RFL_SUB_LANG,
    RFL_SUB_SOCIETY,
    RFL_SUB_REF,
    RFL_SUB_HIDE,
    RFL_SUB_ANSWERS,
    RFL_SUB_N
} rfl_submission_member_e;

#define RFL_SUB_OPTIONAL                                                     \
    (1u << RFL_SUB_DAY | 1u << RFL_SUB_LANG | 1u << RFL_SUB_SOCIETY          \
     | 1u << RFL_SUB_REF | 1u << RFL_SUB_HIDE)

#define RFL_SUB_REQUIRED  (((1u << RFL_SUB_N) - 1) & ~RFL_SUB_OPTIONAL)


static void rfl_submission_put(rfl_cbor_out_t *out,
    const rfl_submission_t *s);
static void rfl_submission_put_answers(rfl_cbor_out_t *out,
    const rfl_submission_t *s);
static int rfl_submission_get(rfl_pool_t *pool, rfl_cbor_in_t *in,
    unsigned member, rfl_submission_t *s);
static int rfl_submission_get_answers(rfl_pool_t *pool, rfl_cbor_in_t *in,
    rfl_submission_t *s);
static int rfl_submission_get_answer(rfl_pool_t *pool, rfl_cbor_in_t *in,
    rfl_ask_field_e field, rfl_answer_value_t *value);
static int rfl_submission_get_text(rfl_pool_t *pool, rfl_cbor_in_t *in,
    rfl_ask_field_e field, rfl_str_t *text);
static int rfl_submission_answered(const rfl_answer_value_t *value);
static int rfl_lang_valid(const rfl_str_t *lang);


int
rfl_submission_encode(rfl_pool_t *pool, const rfl_submission_t *s, size_t max,
    rfl_str_t *out)
{
    int                rc;
    u_char            *data;
    rfl_cbor_out_t     cbor;
    rfl_submission_t  *copy;

    if (max > RFL_SUBMISSION_MAX) {
        max = RFL_SUBMISSION_MAX;
    }

    data = rfl_palloc(pool, max);
    copy = rfl_palloc(pool, sizeof(rfl_submission_t));

    if (data == NULL || copy == NULL) {
        return RFL_ERROR;
    }

    rfl_cbor_out(&cbor, data, max);
    rfl_submission_put(&cbor, s);

    if (cbor.failed) {
        return RFL_DECLINED;
    }

    out->data = data;
    out->len = (size_t) (cbor.pos - cbor.start);

    rc = rfl_submission_decode(pool, out->data, out->len, copy);

    if (rc != RFL_OK) {
        rfl_str_null(out);
    }

    return rc;
}


static void
rfl_submission_put(rfl_cbor_out_t *out, const rfl_submission_t *s)
{
    size_t  n;

    n = RFL_SUB_N - (s->day == 0) - (s->lang.len == 0)
        - (s->society.len == 0) - !s->has_ref - !s->has_hide;

    rfl_cbor_put_map(out, n);

    rfl_cbor_put_uint(out, RFL_SUB_VERSION);
    rfl_cbor_put_uint(out, RFL_SUBMISSION_VERSION);

    rfl_cbor_put_uint(out, RFL_SUB_FORM);
    rfl_cbor_put_uint(out, s->form);

    rfl_cbor_put_uint(out, RFL_SUB_ID);
    rfl_cbor_put_bytes(out, s->id, RFL_SUBMISSION_ID_SIZE);

    /* a negative day becomes too large a number, and is refused */

    if (s->day != 0) {
        rfl_cbor_put_uint(out, RFL_SUB_DAY);
        rfl_cbor_put_uint(out, (uint64_t) s->day);
    }

    if (s->lang.len != 0) {
        rfl_cbor_put_uint(out, RFL_SUB_LANG);
        rfl_cbor_put_text(out, &s->lang);
    }

    if (s->society.len != 0) {
        rfl_cbor_put_uint(out, RFL_SUB_SOCIETY);
        rfl_cbor_put_text(out, &s->society);
    }

    if (s->has_ref) {
        rfl_cbor_put_uint(out, RFL_SUB_REF);
        rfl_cbor_put_bytes(out, s->ref, RFL_REF_SIZE);
    }

    if (s->has_hide) {
        rfl_cbor_put_uint(out, RFL_SUB_HIDE);
        rfl_cbor_put_bytes(out, s->hide, RFL_HIDE_SIZE);
    }

    rfl_submission_put_answers(out, s);
}


static void
rfl_submission_put_answers(rfl_cbor_out_t *out, const rfl_submission_t *s)
{
    size_t                     n;
    rfl_ask_field_e            field;
    const rfl_answer_value_t  *value;

    n = 0;

    for (field = RFL_ASK_NONE + 1; field < RFL_ASK_N; field++) {
        n += (size_t) rfl_submission_answered(&s->values[field]);
    }

    rfl_cbor_put_uint(out, RFL_SUB_ANSWERS);
    rfl_cbor_put_map(out, n);

    for (field = RFL_ASK_NONE + 1; field < RFL_ASK_N; field++) {
        value = &s->values[field];

        if (!rfl_submission_answered(value)) {
            continue;
        }

        rfl_cbor_put_uint(out, field);

        if (rfl_ask_fields[field].list == NULL) {
            rfl_cbor_put_text(out, &value->text);

        } else if (rfl_ask_fields[field].type == RFL_ASK_SEVERAL) {
            rfl_cbor_put_uint(out, value->several);

        } else {
            rfl_cbor_put_uint(out, value->choice);
        }
    }
}


int
rfl_submission_decode(rfl_pool_t *pool, const u_char *data, size_t len,
    rfl_submission_t *s)
{
    int            rc;
    u_char        *copy;
    unsigned       seen;
    uint64_t       i, n, member, next;
    rfl_cbor_in_t  in;

    memset(s, 0, sizeof(rfl_submission_t));

    if (len == 0 || len > RFL_SUBMISSION_MAX) {
        return RFL_DECLINED;
    }

    copy = rfl_pstrdup(pool, data, len);
    if (copy == NULL) {
        return RFL_ERROR;
    }

    in.pos = copy;
    in.last = copy + len;

    rc = rfl_cbor_head(&in, RFL_CBOR_MAP, &n);

    if (rc == RFL_OK && n > RFL_SUB_N) {
        rc = RFL_DECLINED;
    }

    seen = 0;
    next = 0;

    for (i = 0; rc == RFL_OK && i < n; i++) {

        rc = rfl_cbor_uint(&in, next, RFL_SUB_N - 1, &member);

        if (rc == RFL_OK) {
            rc = rfl_submission_get(pool, &in, (unsigned) member, s);
            seen |= 1u << member;
            next = member + 1;
        }
    }

    if (rc == RFL_OK
        && (in.pos != in.last
            || (seen & RFL_SUB_REQUIRED) != RFL_SUB_REQUIRED))
    {
        rc = RFL_DECLINED;
    }

    if (rc != RFL_OK) {
        rfl_memzero(s, sizeof(rfl_submission_t));
    }

    return rc;
}


static int
rfl_submission_get(rfl_pool_t *pool, rfl_cbor_in_t *in, unsigned member,
    rfl_submission_t *s)
{
    int       rc;
    uint64_t  n;

    switch (member) {

    case RFL_SUB_VERSION:
        return rfl_cbor_uint(in, RFL_SUBMISSION_VERSION,
                             RFL_SUBMISSION_VERSION, &n);

    case RFL_SUB_FORM:
        rc = rfl_cbor_uint(in, RFL_FORM_NONE + 1, RFL_FORMS_N - 1, &n);
        s->form = (rc == RFL_OK) ? (rfl_form_e) n : RFL_FORM_NONE;
        return rc;

    case RFL_SUB_ID:
        return rfl_cbor_bytes(in, RFL_SUBMISSION_ID_SIZE, s->id);

    case RFL_SUB_DAY:
        rc = rfl_cbor_uint(in, 1, RFL_DAY_MAX, &n);
        s->day = (rc == RFL_OK) ? (int32_t) n : 0;
        return rc;

    case RFL_SUB_LANG:
        rc = rfl_cbor_string(in, RFL_CBOR_TEXT, RFL_LANG_MAX, &s->lang);

        return (rc == RFL_OK && rfl_lang_valid(&s->lang)) ? RFL_OK
                                                          : RFL_DECLINED;

    case RFL_SUB_SOCIETY:
        rc = rfl_cbor_string(in, RFL_CBOR_TEXT, RFL_ID_MAX, &s->society);

        return (rc == RFL_OK
                && rfl_id_valid(s->society.data, s->society.len))
               ? RFL_OK : RFL_DECLINED;

    case RFL_SUB_REF:
        s->has_ref = 1;
        return rfl_cbor_bytes(in, RFL_REF_SIZE, s->ref);

    case RFL_SUB_HIDE:
        s->has_hide = 1;
        return rfl_cbor_bytes(in, RFL_HIDE_SIZE, s->hide);

    case RFL_SUB_ANSWERS:
        return rfl_submission_get_answers(pool, in, s);

    default:
        return RFL_DECLINED;
    }
}


/* in ascending order, each once, none empty, none of another form */

static int
rfl_submission_get_answers(rfl_pool_t *pool, rfl_cbor_in_t *in,
    rfl_submission_t *s)
{
    int       rc;
    uint64_t  i, n, field, next;

    rc = rfl_cbor_head(in, RFL_CBOR_MAP, &n);

    if (rc != RFL_OK || n >= RFL_ASK_N) {
        return RFL_DECLINED;
    }

    next = RFL_ASK_NONE + 1;

    for (i = 0; i < n; i++) {

        rc = rfl_cbor_uint(in, next, RFL_ASK_N - 1, &field);

        if (rc != RFL_OK
            || !rfl_form_asks(s->form, (rfl_ask_field_e) field))
        {
            return RFL_DECLINED;
        }

        rc = rfl_submission_get_answer(pool, in, (rfl_ask_field_e) field,
                                       &s->values[field]);
        if (rc != RFL_OK) {
            return rc;
        }

        next = field + 1;
    }

    return RFL_OK;
}


static int
rfl_submission_get_answer(rfl_pool_t *pool, rfl_cbor_in_t *in,
    rfl_ask_field_e field, rfl_answer_value_t *value)
{
    int                     rc;
    uint64_t                n;
    const rfl_ask_field_t  *f;

    f = &rfl_ask_fields[field];

    if (f->list == NULL) {
        return rfl_submission_get_text(pool, in, field, &value->text);
    }

    if (f->type != RFL_ASK_SEVERAL) {
        return rfl_cbor_index(in, *f->nlist, &value->choice);
    }

    /* bit 0 is "none of them", which is an empty answer */

    rc = rfl_cbor_uint(in, 1, (1u << *f->nlist) - 1, &n);

    if (rc != RFL_OK || (n & 1)) {
        return RFL_DECLINED;
    }

    value->several = (unsigned) n;

    return RFL_OK;
}


/* exactly as rfl_text_line() or rfl_text_lines() leaves it */

static int
rfl_submission_get_text(rfl_pool_t *pool, rfl_cbor_in_t *in,
    rfl_ask_field_e field, rfl_str_t *text)
{
    int                     rc;
    rfl_str_t               s;
    const rfl_ask_field_t  *f;

    f = &rfl_ask_fields[field];

    if (rfl_cbor_string(in, RFL_CBOR_TEXT, (size_t) f->max * 4, &s)
        != RFL_OK)
    {
        return RFL_DECLINED;
    }

    rc = (f->type == RFL_ASK_TEXT) ? rfl_text_lines(pool, &s, f->max, text)
                                   : rfl_text_line(pool, &s, f->max, text);

    if (rc != RFL_OK) {
        return (rc == RFL_ERROR) ? RFL_ERROR : RFL_DECLINED;
    }

    if (!rfl_str_eq(&s, text)) {
        return RFL_DECLINED;
    }

    if (field == RFL_ASK_COUNTRY) {
        return rfl_country_valid(s.data, s.len) ? RFL_OK : RFL_DECLINED;
    }

    if (field == RFL_ASK_EVENT) {
        return rfl_id_valid(s.data, s.len) ? RFL_OK : RFL_DECLINED;
    }

    return RFL_OK;
}


static int
rfl_submission_answered(const rfl_answer_value_t *value)
{
    return value->text.len != 0 || value->choice != 0 || value->several != 0;
}


/* a tag of BCP 47 as far as pages are called by one */

static int
rfl_lang_valid(const rfl_str_t *lang)
{
    size_t  i;
    u_char  c;

    for (i = 0; i < lang->len; i++) {
        c = lang->data[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9') || c == '-'))
        {
            return 0;
        }
    }

    return lang->len != 0;
}
