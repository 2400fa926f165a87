
/*
 * Copyright (C) The RFL authors
 *
 * open_wire_fuzz.c: what rfl-open answers, should somebody have taken it
 * over.  Whatever is read is written again to the very same bytes, and has
 * only answers that its fields can have.
 */


#include "fuzz.h"
#include "rfl_open.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int                        rc;
    rfl_buf_t                  out;
    rfl_str_t                  text;
    rfl_pool_t                *pool;
    rfl_ask_field_e            i;
    rfl_submission_t           s;
    const rfl_ask_field_t     *field;
    const rfl_answer_value_t  *v;

    text = fuzz_copy(data, size);
    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    rc = rfl_open_parse(pool, text.data, text.len, &s);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED);

    /* nothing points into what was read */

    free(text.data);

    if (rc == RFL_OK) {
        fuzz_assert(s.form != RFL_FORM_NONE && s.form < RFL_FORMS_N);

        for (i = RFL_ASK_NONE + 1; i < RFL_ASK_N; i++) {
            field = &rfl_ask_fields[i];
            v = &s.values[i];

            fuzz_assert(field->list == NULL || v->text.len == 0);
            fuzz_assert(v->choice == 0 || v->choice < *field->nlist);
        }

        rfl_buf_init(&out, 0);
        rfl_open_print(&s, &out);

        fuzz_assert(!out.failed && out.len == size
                    && memcmp(out.data, data, size) == 0);

        rfl_buf_free(&out);
    }

    rfl_pool_destroy(pool);

    return 0;
}
