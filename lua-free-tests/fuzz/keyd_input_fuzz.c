
/*
 * Copyright (C) The RFL authors
 *
 * keyd_input_fuzz.c: the bytes of a client of rfl-keyd, in pieces whose sizes
 * the first byte chooses.  The requests that come out are within the limits
 * and do not depend on how the bytes came.
 */


#include "../../keyd/rfl_keyd_input.c"

#include "fuzz.h"


static void fuzz_requests(const uint8_t *data, size_t size, size_t piece,
    rfl_buf_t *seen);
static int fuzz_take(rfl_keyd_input_t *input, rfl_buf_t *seen);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rfl_buf_t  one, two;

    if (size == 0) {
        return 0;
    }

    rfl_buf_init(&one, 0);
    rfl_buf_init(&two, 0);

    fuzz_requests(data + 1, size - 1, RFL_KEYD_FEED_SIZE, &one);
    fuzz_requests(data + 1, size - 1, 1 + data[0], &two);

    fuzz_assert(one.len == two.len
               && (one.len == 0 || memcmp(one.data, two.data, one.len) == 0));

    rfl_buf_free(&one);
    rfl_buf_free(&two);

    return 0;
}


static void
fuzz_requests(const uint8_t *data, size_t size, size_t piece,
    rfl_buf_t *seen)
{
    size_t             n;
    rfl_keyd_input_t  *input;

    input = rfl_keyd_input_create();
    fuzz_assert(input != NULL);

    while (size != 0) {

        n = (size < piece) ? size : piece;

        if (rfl_keyd_input_feed(input, data, n) != RFL_OK
            || fuzz_take(input, seen) != RFL_OK)
        {
            break;
        }

        data += n;
        size -= n;
    }

    rfl_keyd_input_free(input);
}


static int
fuzz_take(rfl_keyd_input_t *input, rfl_buf_t *seen)
{
    int               rc;
    size_t            total;
    unsigned          i, n;
    const rfl_str_t  *args;

    for ( ;; ) {

        rc = rfl_keyd_input_next(input, &n, &args);

        if (rc == RFL_DECLINED) {
            (void) rfl_keyd_input_done(input);
            return RFL_OK;
        }

        if (rc != RFL_OK) {
            return RFL_ERROR;
        }

        fuzz_assert(n >= 1 && n <= RFL_KEYD_ARGS);

        total = 0;

        for (i = 0; i < n; i++) {
            fuzz_assert(args[i].len <= RFL_KEYD_ARG_SIZE);
            total += args[i].len;
            rfl_buf_append(seen, args[i].data, args[i].len);
            rfl_buf_byte(seen, '\n');
        }

        fuzz_assert(total <= RFL_KEYD_REQUEST_SIZE);
        rfl_buf_byte(seen, '\n');

        if (rfl_keyd_input_done(input) == 0) {
            return RFL_OK;
        }
    }
}
