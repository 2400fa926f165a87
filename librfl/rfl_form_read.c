
/*
 * Copyright (C) The RFL authors
 *
 * rfl_form_read.c: the answers of one step: cleaned, checked, stored, with
 * what is wrong with each.  Called by the worker for every page of a form.
 */


#include "rfl_form.h"
#include "rfl_box.h"


/* of the encoding: all but the answers, and number and length of one */
#define RFL_FORM_HEAD_MAX      160
#define RFL_FORM_ANSWER_HEAD   5


typedef struct {
    rfl_pool_t             *pool;
    const rfl_form_body_t  *body;
    const rfl_policy_t     *policy;
    int64_t                 now;
} rfl_form_ctx_t;


static int rfl_form_read(const rfl_form_ctx_t *ctx, rfl_ask_field_e field,
    rfl_answer_value_t *value, rfl_ask_fault_e *fault);
static int rfl_form_read_text(const rfl_form_ctx_t *ctx,
    rfl_ask_field_e field, const rfl_str_t *typed, rfl_answer_value_t *value,
    rfl_ask_fault_e *fault);
static rfl_ask_fault_e rfl_form_read_value(rfl_ask_field_e field,
    const rfl_str_t *typed, rfl_answer_value_t *value);
static void rfl_form_depend(rfl_submission_t *s);
static rfl_ask_fault_e rfl_form_need(const rfl_submission_t *s,
    const rfl_step_t *step, unsigned i, const rfl_ask_fault_e *faults);
static int rfl_form_reachable(const rfl_submission_t *s);
static int rfl_form_fits(const rfl_submission_t *s);
static unsigned rfl_form_longest(const rfl_submission_t *s,
    const rfl_step_t *step);


static const uint8_t  rfl_form_is_searched[RFL_ASK_N] = {
    [RFL_ASK_NAME] = 1,
    [RFL_ASK_FATHER] = 1,
    [RFL_ASK_MOTHER] = 1,
    [RFL_ASK_BIRTH_YEAR] = 1,
    [RFL_ASK_COUNTRY] = 1,
    [RFL_ASK_EVENT] = 1
};


int
rfl_form_step(rfl_pool_t *pool, const rfl_form_body_t *body, rfl_form_e form,
    unsigned step, const rfl_policy_t *policy, int64_t now,
    rfl_submission_t *s, rfl_ask_fault_e faults[RFL_STEP_FIELDS])
{
    int                n;
    unsigned           i;
    rfl_form_ctx_t     ctx;
    rfl_ask_field_e    field;
    const rfl_step_t  *st;

    memset(faults, 0, RFL_STEP_FIELDS * sizeof(rfl_ask_fault_e));

    if (step >= rfl_forms[form].nsteps) {
        return 0;
    }

    st = &rfl_forms[form].steps[step];

    ctx.pool = pool;
    ctx.body = body;
    ctx.policy = policy;
    ctx.now = now;

    s->form = form;

    for (i = 0; i < st->n; i++) {
        field = st->fields[i];

        if (rfl_form_read(&ctx, field, &s->values[field], &faults[i])
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    rfl_form_depend(s);

    n = 0;

    for (i = 0; i < st->n; i++) {

        if (faults[i] == RFL_ASK_FAULT_NONE) {
            faults[i] = rfl_form_need(s, st, i, faults);
        }

        n += (faults[i] != RFL_ASK_FAULT_NONE);
    }

    if (n != 0) {
        return n;
    }

    /* each is short enough, all together may be too long for a box */

    if (!rfl_form_fits(s)) {
        faults[rfl_form_longest(s, st)] = RFL_ASK_FAULT_LONG;
        n = 1;
    }

    return n;
}


void
rfl_form_drop(rfl_submission_t *s, rfl_form_e form, unsigned step,
    const rfl_ask_fault_e faults[RFL_STEP_FIELDS])
{
    unsigned           i;
    const rfl_step_t  *st;

    if (step >= rfl_forms[form].nsteps) {
        return;
    }

    st = &rfl_forms[form].steps[step];

    for (i = 0; i < st->n; i++) {
        if (faults[i] != RFL_ASK_FAULT_NONE) {
            memset(&s->values[st->fields[i]], 0, sizeof(rfl_answer_value_t));
        }
    }
}


int
rfl_form_searched(rfl_pool_t *pool, rfl_form_body_t *body, rfl_form_e form,
    const rfl_policy_t *policy, int64_t now, rfl_submission_t *s)
{
    unsigned         i, n;
    rfl_ask_fault_e  faults[RFL_STEP_FIELDS];

    n = 0;

    for (i = 0; i < body->nvalues; i++) {
        if (rfl_form_is_searched[body->values[i].field]) {
            body->values[n++] = body->values[i];
        }
    }

    body->nvalues = n;

    if (n == 0 || rfl_forms[form].steps[0].fields[0] != RFL_ASK_NAME) {
        return RFL_OK;
    }

    for (i = 0; i < rfl_forms[form].nsteps; i++) {

        if (rfl_form_step(pool, body, form, i, policy, now, s, faults)
            == RFL_ERROR)
        {
            return RFL_ERROR;
        }

        rfl_form_drop(s, form, i, faults);
    }

    return RFL_OK;
}


int
rfl_form_whole(const rfl_submission_t *s, unsigned *step)
{
    unsigned           i, k;
    const rfl_step_t  *st;
    rfl_ask_fault_e    faults[RFL_STEP_FIELDS];

    memset(faults, 0, sizeof(faults));

    for (i = 0; i < rfl_forms[s->form].nsteps; i++) {
        st = &rfl_forms[s->form].steps[i];

        for (k = 0; k < st->n; k++) {
            if (rfl_form_need(s, st, k, faults) != RFL_ASK_FAULT_NONE) {
                *step = i;
                return RFL_DECLINED;
            }
        }
    }

    if (s->form == RFL_FORM_NONE) {
        *step = 0;
        return RFL_DECLINED;
    }

    return RFL_OK;
}


int
rfl_form_minor(const rfl_submission_t *s, const rfl_policy_t *policy,
    int64_t now)
{
    int                        age, year;
    int64_t                    today;
    const rfl_answer_value_t  *v;

    if (s->form != RFL_FORM_ALIVE) {
        return 0;
    }

    v = s->values;

    /* "unknown" is no "yes" */

    if (v[RFL_ASK_ADULT].choice > RFL_ASK_ADULT_YES) {
        return 1;
    }

    if (rfl_form_age(&v[RFL_ASK_AGE].text, &age) == RFL_OK
        && age < (int) policy->adult_age)
    {
        return 1;
    }

    if (rfl_form_year(&v[RFL_ASK_BIRTH_YEAR].text, now, &year) != RFL_OK) {
        return 0;
    }

    today = rfl_day_year(rfl_time_day(now));

    return today - year < (int64_t) policy->adult_age;
}


static int
rfl_form_read(const rfl_form_ctx_t *ctx, rfl_ask_field_e field,
    rfl_answer_value_t *value, rfl_ask_fault_e *fault)
{
    int                     rc;
    unsigned                i;
    const rfl_ask_field_t  *f;

    f = &rfl_ask_fields[field];

    memset(value, 0, sizeof(rfl_answer_value_t));

    for (i = 0; i < ctx->body->nvalues; i++) {

        if (ctx->body->values[i].field != field) {
            continue;
        }

        if (f->list != NULL) {
            *fault = rfl_form_read_value(field, &ctx->body->values[i].value,
                                         value);

        } else {
            rc = rfl_form_read_text(ctx, field, &ctx->body->values[i].value,
                                    value, fault);
            if (rc != RFL_OK) {
                return rc;
            }
        }

        if (*fault != RFL_ASK_FAULT_NONE) {
            break;
        }
    }

    return RFL_OK;
}


static int
rfl_form_read_text(const rfl_form_ctx_t *ctx, rfl_ask_field_e field,
    const rfl_str_t *typed, rfl_answer_value_t *value, rfl_ask_fault_e *fault)
{
    int                     rc;
    const rfl_ask_field_t  *f;

    f = &rfl_ask_fields[field];

    /* a text that is too long is shown again whole */

    rc = (f->type == RFL_ASK_TEXT)
         ? rfl_text_lines(ctx->pool, typed, SIZE_MAX, &value->text)
         : rfl_text_line(ctx->pool, typed, SIZE_MAX, &value->text);

    switch (rc) {

    case RFL_OK:
        *fault = rfl_form_check(field, &value->text, ctx->policy, ctx->now);

        if (*fault == RFL_ASK_FAULT_NONE
            && rfl_utf8_length(value->text.data, value->text.len) > f->max)
        {
            *fault = RFL_ASK_FAULT_LONG;
        }

        return RFL_OK;

    case RFL_TEXT_EMPTY:
        return RFL_OK;

    case RFL_TEXT_UTF8:
    case RFL_TEXT_CONTROL:
        *fault = RFL_ASK_FAULT_CHARS;
        return RFL_OK;

    default:
        return RFL_ERROR;
    }
}


static rfl_ask_fault_e
rfl_form_read_value(rfl_ask_field_e field, const rfl_str_t *typed,
    rfl_answer_value_t *value)
{
    unsigned                i;
    const rfl_ask_field_t  *f;

    if (typed->len == 0) {
        return RFL_ASK_FAULT_NONE;
    }

    f = &rfl_ask_fields[field];

    for (i = 1; i < *f->nlist; i++) {

        if (!rfl_str_eq(&f->list[i], typed)) {
            continue;
        }

        if (f->type == RFL_ASK_SEVERAL) {
            value->several |= 1u << i;

        } else {
            value->choice = i;
        }

        return RFL_ASK_FAULT_NONE;
    }

    return RFL_ASK_FAULT_VALUE;
}


/* answers that another one makes void or goes without saying */

static void
rfl_form_depend(rfl_submission_t *s)
{
    rfl_answer_value_t  *v;

    v = s->values;

    if (v[RFL_ASK_CONSENT].choice == RFL_ASK_MATCH_ONLY) {
        v[RFL_ASK_SHOW].several = 0;
    }

    /* whoever is in a hurry types the code and presses Enter */

    if (s->form == RFL_FORM_WITHDRAW && v[RFL_ASK_WISH].choice == 0) {
        v[RFL_ASK_WISH].choice = RFL_WISH_HIDE;
    }
}


/* is this field of a step missing? */

static rfl_ask_fault_e
rfl_form_need(const rfl_submission_t *s, const rfl_step_t *step, unsigned i,
    const rfl_ask_fault_e *faults)
{
    unsigned                   k;
    rfl_ask_field_e            field;
    const rfl_answer_value_t  *v;

    field = step->fields[i];
    v = &s->values[field];

    if (v->text.len != 0 || v->choice != 0 || v->several != 0) {
        return RFL_ASK_FAULT_NONE;
    }

    if (field == RFL_ASK_CODE && s->form == RFL_FORM_WITHDRAW) {

        /* without the code the office must find both, entry and person */

        return (rfl_form_reachable(s)
                && (s->values[RFL_ASK_WORDS].text.len != 0
                    || s->values[RFL_ASK_NAME].text.len != 0))
               ? RFL_ASK_FAULT_NONE : RFL_ASK_FAULT_EMPTY;
    }

    if (!(step->required & (1u << i))) {
        return RFL_ASK_FAULT_NONE;
    }

    if (field != RFL_ASK_REACH) {
        return RFL_ASK_FAULT_EMPTY;
    }

    /* one way is enough, and one that is to be mended is told of already */

    for (k = 0; k < step->n; k++) {
        if ((step->fields[k] == RFL_ASK_PHONE
             || step->fields[k] == RFL_ASK_EMAIL)
            && faults[k] != RFL_ASK_FAULT_NONE)
        {
            return RFL_ASK_FAULT_NONE;
        }
    }

    return rfl_form_reachable(s) ? RFL_ASK_FAULT_NONE : RFL_ASK_FAULT_EMPTY;
}


static int
rfl_form_reachable(const rfl_submission_t *s)
{
    return s->values[RFL_ASK_PHONE].text.len != 0
           || s->values[RFL_ASK_EMAIL].text.len != 0
           || s->values[RFL_ASK_REACH].text.len != 0;
}


/* rather too much than too little: no answer takes more to write */

static int
rfl_form_fits(const rfl_submission_t *s)
{
    size_t           len;
    rfl_ask_field_e  field;

    len = RFL_FORM_HEAD_MAX;

    for (field = RFL_ASK_NONE + 1; field < RFL_ASK_N; field++) {
        len += s->values[field].text.len + RFL_FORM_ANSWER_HEAD;
    }

    return len <= RFL_BOX_CBOR_MAX;
}


static unsigned
rfl_form_longest(const rfl_submission_t *s, const rfl_step_t *step)
{
    size_t    len, longest;
    unsigned  i, found;

    found = 0;
    longest = 0;

    for (i = 0; i < step->n; i++) {
        len = s->values[step->fields[i]].text.len;

        if (len > longest) {
            longest = len;
            found = i;
        }
    }

    return found;
}
