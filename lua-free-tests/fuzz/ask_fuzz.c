
/*
 * Copyright (C) The RFL authors
 *
 * ask_fuzz.c: what a worker may send to rfl-keyd: arguments are separated by
 * zero bytes in the input, to contain anything else.  A question that is
 * read is written again the same.
 */


#include "query_fuzz.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t       len;
    unsigned     n;
    rfl_ask_e    ask;
    rfl_str_t    args[RFL_ASK_ARGS + 2];
    rfl_pool_t  *pool;
    rfl_query_t  query;

    for (n = 0; n < RFL_ASK_ARGS + 2 && size != 0; n++) {

        for (len = 0; len < size && data[len] != 0; len++) { /* void */ }

        args[n] = fuzz_copy(data, len);

        data += len;
        size -= len;

        if (size != 0) {
            data++;
            size--;
        }
    }

    pool = rfl_pool_create(0);
    fuzz_assert(pool != NULL);

    if (rfl_ask_parse(pool, n, args, &query, &ask) == RFL_OK) {

        fuzz_assert(query.name.len != 0);
        fuzz_assert(rfl_utf8_valid(query.name.data, query.name.len));
        fuzz_assert(rfl_query_fuzz_ask(pool, &query, ask) == n);
    }

    rfl_pool_destroy(pool);

    while (n != 0) {
        free(args[--n].data);
    }

    return 0;
}
