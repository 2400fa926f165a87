
/*
 * Copyright (C) The RFL authors
 *
 * submission_fuzz.c: what is in a box, or says so: anybody can seal to a
 * public key.  Whatever decodes is encoded again to the very same bytes, and
 * is a line of JSON.
 */


#include "fuzz.h"
#include "rfl_box.h"
#include "rfl_json.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int                rc;
    json_t            *json;
    unsigned           step;
    rfl_buf_t          out;
    rfl_str_t          text, again;
    rfl_pool_t        *pool;
    rfl_submission_t   s;

    text = fuzz_copy(data, size);
    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    rc = rfl_submission_decode(pool, text.data, text.len, &s);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED);

    /* nothing points into what was decoded from */

    free(text.data);

    if (rc == RFL_OK) {
        fuzz_assert(s.form != RFL_FORM_NONE && s.form < RFL_FORMS_N);
        fuzz_assert(rfl_submission_encode(pool, &s, size, &again) == RFL_OK);
        fuzz_assert(again.len == size
                    && memcmp(again.data, data, size) == 0);

        rc = rfl_form_whole(&s, &step);
        fuzz_assert(rc == RFL_OK || step < rfl_forms[s.form].nsteps);

        rfl_buf_init(&out, 0);
        rfl_submission_print(&s, &out);
        fuzz_assert(!out.failed && memchr(out.data, '\n', out.len) == NULL);

        json = rfl_json_parse(out.data, out.len, NULL);
        fuzz_assert(json_is_object(json));
        json_decref(json);

        rfl_buf_free(&out);
    }

    rfl_pool_destroy(pool);

    return 0;
}
