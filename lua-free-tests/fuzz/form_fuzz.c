
/*
 * Copyright (C) The RFL authors
 *
 * form_fuzz.c: the body of a form, through each step of the form that the
 * first byte names.  What is taken without a fault is sealed, opened and
 * sealed again to the same bytes.
 */


#include "fuzz.h"
#include "rfl_box.h"


#define FUZZ_NOW  1795348800LL


static rfl_event_t   event = { .id = rfl_string("flood-2026") };
static rfl_policy_t  policy = { .adult_age = 18, .nevents = 1,
                                .events = &event };


static void
fuzz_values(const rfl_form_body_t *body)
{
    unsigned  i, k;

    fuzz_assert(body->nvalues <= 32);
    fuzz_assert(body->step < RFL_STEPS_MAX);

    for (i = 0; i < body->nvalues; i++) {
        fuzz_assert(body->values[i].field != RFL_ASK_NONE
                    && body->values[i].field < RFL_ASK_N);

        for (k = 0; k < i; k++) {
            fuzz_assert(body->values[i].field != body->values[k].field
                        || body->values[i].field == RFL_ASK_SHOW);
        }
    }
}


static void
fuzz_answers(const rfl_submission_t *s, const rfl_ask_fault_e *faults,
    const rfl_step_t *step)
{
    unsigned                   i;
    rfl_ask_field_e            f;
    const rfl_answer_value_t  *v;

    for (i = 0; i < step->n; i++) {
        f = step->fields[i];
        v = &s->values[f];

        fuzz_assert(faults[i] < RFL_ASK_FAULTS_N);

        /* a page may show whatever is kept */

        fuzz_assert(rfl_utf8_valid(v->text.data, v->text.len));
        fuzz_assert(v->text.len == 0
                    || memchr(v->text.data, '\0', v->text.len) == NULL);
        fuzz_assert(v->text.len == 0
                    || memchr(v->text.data, '\r', v->text.len) == NULL);
        fuzz_assert(v->choice == 0 || v->choice < *rfl_ask_fields[f].nlist);
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int                   n;
    unsigned              i, missing;
    rfl_str_t             text, cbor, again;
    rfl_form_e            form;
    rfl_pool_t           *pool;
    rfl_form_body_t       body;
    rfl_ask_fault_e       faults[RFL_STEP_FIELDS];
    rfl_submission_t      s, copy;

    if (size == 0) {
        return 0;
    }

    form = (rfl_form_e) (1 + data[0] % (RFL_FORMS_N - 1));
    text = fuzz_copy(data + 1, size - 1);
    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    memset(&s, 0, sizeof(s));
    s.form = form;

    n = rfl_form_body(pool, text.data, text.len, &body);
    fuzz_assert(n == RFL_OK || n == RFL_DECLINED);

    /* nothing points into what was read */

    free(text.data);

    if (n == RFL_OK) {
        fuzz_values(&body);

        for (i = 0; i < rfl_forms[form].nsteps; i++) {
            n = rfl_form_step(pool, &body, form, i, &policy, FUZZ_NOW, &s,
                              faults);
            fuzz_assert(n >= 0);
            fuzz_answers(&s, faults, &rfl_forms[form].steps[i]);
            rfl_form_drop(&s, form, i, faults);
        }

        (void) rfl_form_minor(&s, &policy, FUZZ_NOW);
        n = rfl_form_whole(&s, &missing);
        fuzz_assert(n == RFL_OK || missing < rfl_forms[form].nsteps);

        fuzz_assert(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor)
                    == RFL_OK);
        fuzz_assert(rfl_submission_decode(pool, cbor.data, cbor.len, &copy)
                    == RFL_OK);
        fuzz_assert(rfl_submission_encode(pool, &copy, RFL_BOX_CBOR_MAX,
                                          &again)
                    == RFL_OK);
        fuzz_assert(rfl_str_eq(&cbor, &again));
    }

    rfl_pool_destroy(pool);

    return 0;
}
