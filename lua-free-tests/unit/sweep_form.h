
/*
 * Copyright (C) The RFL authors
 *
 * sweep_form.h: the cases of alloc_sweep_test.c that are about forms, their
 * keys and their boxes.
 */


#ifndef _UNIT_SWEEP_FORM_H_INCLUDED_
#define _UNIT_SWEEP_FORM_H_INCLUDED_


#include "entry.h"
#include "rfl_box.h"


static int
run_trust_inbox(rfl_pool_t *pool)
{
    int                rc;
    rfl_err_t          err;
    rfl_str_t          text;
    rfl_trust_t       *t;

    /* the base points of both curves, and a signature of nobody */

    static const char  file[] =
        "{\"societies\": [{\"id\": \"a\", \"names\": {\"en\": \"A\"},"
        "\"phone\": \"112\", \"keys\": [], \"root\":"
        "\"WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY=\", \"inbox_keys\": ["
        "{\"public\": \"CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\","
        "\"not_before\": \"2026-11-01\", \"not_after\": \"2026-12-02\","
        "\"signature\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\"}]}]}";

    text = entry_str(file);
    rc = rfl_trust_parse(pool, &text, &t, &err);

    if (rc == RFL_OK
        && (t->societies[0].ninbox != 0 || t->societies[0].nunsigned != 1))
    {
        rc = RFL_ERROR - 1;
    }

    return rc;
}


/* one page of a form, as the worker answers it, and then the box */

static int
run_form(rfl_pool_t *pool)
{
    int                   rc;
    rfl_buf_t             out;
    rfl_str_t             text, cbor;
    rfl_form_body_t       body;
    rfl_ask_fault_e       faults[RFL_STEP_FIELDS];
    rfl_form_state_t      state, got;
    static u_char         box[RFL_BOX_SIZE];
    static const u_char   key[RFL_FORM_KEY_SIZE];
    static const u_char   pk[RFL_BOX_PUBLIC_SIZE] = { 9 };
    static const char     posted[] = "name=Amina+Hassan&father=Yusuf"
                                     "&mother=Halima&go=next";

    memset(&state, 0, sizeof(state));
    rfl_buf_init(&out, 0);

    rc = rfl_form_body(pool, (const u_char *) posted, sizeof(posted) - 1,
                       &body);

    if (rc == RFL_OK) {
        rc = rfl_form_step(pool, &body, RFL_FORM_LOOKING, 0, policy,
                           ENTRY_NOW, &state.s, faults);
    }

    if (rc == RFL_OK) {
        rc = rfl_form_seal(pool, key, &state, &out);
    }

    if (rc == RFL_OK) {
        text.data = out.data;
        text.len = out.len;
        rc = rfl_form_open(pool, key, RFL_FORM_LOOKING, 0, &text, &got);
    }

    if (rc == RFL_OK) {
        rc = rfl_submission_encode(pool, &got.s, RFL_BOX_CBOR_MAX, &cbor);
    }

    if (rc == RFL_OK) {
        rc = rfl_box_seal(pk, cbor.data, cbor.len, box);
    }

    if (rc == RFL_OK && got.s.values[RFL_ASK_NAME].text.len != 12) {
        rc = RFL_ERROR - 1;
    }

    rfl_buf_free(&out);

    return rc;
}


static int
run_submission(rfl_pool_t *pool)
{
    int                   rc;
    rfl_buf_t             out;
    rfl_submission_t      s;

    /* a report of one word */

    static const u_char   cbor[] = {
        0xa4, 0, 1, 1, RFL_FORM_REPORT, 2, 0x50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 8, 0xa1, 0x18, 28, 0x62, 'h', 'i'
    };

    rfl_buf_init(&out, 0);

    rc = rfl_submission_decode(pool, cbor, sizeof(cbor), &s);

    if (rc == RFL_OK) {
        rfl_submission_print(&s, &out);
        rc = out.failed ? RFL_ERROR : RFL_OK;
    }

    rfl_buf_free(&out);

    return rc;
}


static int
run_token(rfl_pool_t *pool)
{
    int                   rc;
    rfl_buf_t             out;
    rfl_str_t             text;
    rfl_entry_token_t     token, got;
    static const u_char   key[RFL_FORM_KEY_SIZE];

    memset(&token, 0, sizeof(token));
    rfl_str_set(&token.society, "northland");
    rfl_str_set(&token.name, "Amina");
    rfl_buf_init(&out, 0);

    rc = rfl_entry_token_seal(key, &token, &out);

    if (rc == RFL_OK) {
        text.data = out.data;
        text.len = out.len;
        rc = rfl_entry_token_open(pool, key, 0, &text, &got);
    }

    if (rc == RFL_OK && !rfl_str_eq(&got.name, &token.name)) {
        rc = RFL_ERROR - 1;
    }

    rfl_buf_free(&out);

    return rc;
}


#endif /* _UNIT_SWEEP_FORM_H_INCLUDED_ */
