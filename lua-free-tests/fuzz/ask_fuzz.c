
/*
 * Copyright (C) The RFL authors
 *
 * ask_fuzz.c: what a worker may send to rfl-keyd: arguments are separated by
 * zero bytes in the input, to contain anything else.  A question that is
 * read is written again the same.
 */


#include "fuzz.h"
#include "rfl_query.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int          i, m;
    size_t       len, lens[RFL_ASK_ARGS];
    unsigned     n;
    rfl_ask_e    ask, again_ask;
    rfl_str_t    args[RFL_ASK_ARGS + 2], copies[RFL_ASK_ARGS + 2];
    const char  *argv[RFL_ASK_ARGS];
    rfl_pool_t  *pool;
    rfl_query_t  query, again;

    for (n = 0; n < RFL_ASK_ARGS + 2 && size != 0; n++) {

        for (len = 0; len < size && data[len] != 0; len++) { /* void */ }

        copies[n] = fuzz_copy(data, len);
        args[n] = copies[n];

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

        m = rfl_ask_argv(pool, &query, ask, NULL, argv, lens);
        fuzz_assert(m == (int) n + 1);

        /* the command is not read */

        for (i = 1; i < m; i++) {
            args[i - 1].data = (u_char *) argv[i];
            args[i - 1].len = lens[i];
        }

        fuzz_assert(rfl_ask_parse(pool, n, args, &again, &again_ask)
                   == RFL_OK);
        fuzz_assert(ask == again_ask && rfl_str_eq(&query.name, &again.name));
        fuzz_assert(query.facts.birth_year == again.facts.birth_year);
    }

    rfl_pool_destroy(pool);

    while (n != 0) {
        free(copies[--n].data);
    }

    return 0;
}
