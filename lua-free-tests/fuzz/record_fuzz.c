
/*
 * Copyright (C) The RFL authors
 *
 * record_fuzz.c: the record.  Whatever decodes is encoded again to the very
 * same bytes: there is one way to write a thing.
 */


#include "fuzz.h"
#include "rfl_entry.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int          rc;
    rfl_err_t    err;
    rfl_str_t    text, record, fields;
    rfl_pool_t  *pool;
    rfl_entry_t  entry;

    text = fuzz_copy(data, size);
    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    rc = rfl_record_decode(pool, text.data, text.len, &entry);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED);

    /* nothing points into what was decoded from */

    free(text.data);

    if (rc == RFL_OK) {
        fields = entry.fields;

        rc = rfl_entry_encode(pool, &entry, &err);
        fuzz_assert(rc == RFL_OK);
        fuzz_assert(rfl_str_eq(&fields, &entry.fields));

        rc = rfl_record_encode(pool, &entry, &record, &err);
        fuzz_assert(rc == RFL_OK);
        fuzz_assert(record.len == size
                    && memcmp(record.data, data, size) == 0);
    }

    rfl_pool_destroy(pool);

    return 0;
}
