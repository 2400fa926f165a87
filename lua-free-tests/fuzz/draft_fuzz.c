
/*
 * Copyright (C) The RFL authors
 *
 * draft_fuzz.c: the line of JSON.  What is read is printed and read again,
 * the same; and what can be encoded decodes to the same bytes.
 */


#include "fuzz.h"
#include "rfl_entry.h"


static int fuzz_draft(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_err_t *err);
static void fuzz_again(rfl_pool_t *pool, rfl_draft_t *draft);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_parse(data, size, fuzz_draft);
}


static int
fuzz_draft(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    rfl_draft_t  draft;

    if (rfl_draft_parse(pool, text, 1, &draft, err) != RFL_OK) {
        return RFL_ERROR;
    }

    fuzz_again(pool, &draft);

    return RFL_OK;
}


static void
fuzz_again(rfl_pool_t *pool, rfl_draft_t *draft)
{
    int          rc;
    rfl_buf_t    one, two;
    rfl_err_t    err;
    rfl_str_t    text, record;
    rfl_draft_t  again;
    rfl_entry_t  entry;

    rfl_buf_init(&one, 0);
    rfl_buf_init(&two, 0);

    rfl_draft_print(draft, &one);

    text.data = one.data;
    text.len = one.len;

    rc = rfl_draft_parse(pool, &text, 1, &again, &err);
    fuzz_assert(rc == RFL_OK);

    rfl_draft_print(&again, &two);
    fuzz_assert(one.len == two.len
                && memcmp(one.data, two.data, one.len) == 0);

    rfl_buf_free(&one);
    rfl_buf_free(&two);

    if (rfl_entry_encode(pool, &draft->e, &err) != RFL_OK) {
        fuzz_assert(err.text[0] != '\0');
        return;
    }

    if (draft->e.napprovals == 0) {
        draft->e.napprovals = 1;
        memset(&draft->e.approvals[0], 0, sizeof(rfl_approval_t));
    }

    rc = rfl_record_encode(pool, &draft->e, &record, &err);
    fuzz_assert(rc == RFL_OK);

    rc = rfl_record_decode(pool, record.data, record.len, &entry);
    fuzz_assert(rc == RFL_OK);
    fuzz_assert(rfl_str_eq(&entry.fields, &draft->e.fields));
}
