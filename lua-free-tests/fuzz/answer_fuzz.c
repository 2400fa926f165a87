
/*
 * Copyright (C) The RFL authors
 *
 * answer_fuzz.c: what rfl-keyd may answer.
 */


#include "fuzz.h"
#include "rfl_query.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rfl_str_t     copy;
    rfl_answer_t  a;

    copy = fuzz_copy(data, size);

    if (rfl_answer_parse(copy.data, size, &a) == RFL_OK) {
        fuzz_assert(a.nkeys <= RFL_KEYS_MAX);
        fuzz_assert(a.ticket + RFL_TICKET_SIZE == a.manifest);
        fuzz_assert(a.manifest + RFL_PRF_SIZE <= copy.data + size);
        fuzz_assert(a.keys + a.nkeys * RFL_ANSWER_KEY == copy.data + size);
        fuzz_assert(a.nkeys == 0 || a.keys[0] != 0);
        fuzz_assert(a.nkeys == 0 || a.keys[1] <= RFL_UNLIKELY_MAX);
    }

    free(copy.data);

    return 0;
}
