
/*
 * Copyright (C) The RFL authors
 *
 * fuzz.h: for fuzzers: the input as an exact-size copy on the heap, so that
 * AddressSanitizer sees the first byte read beyond it; a way to fail; and the
 * frame of those that read a text of lines.
 */


#ifndef _FUZZ_H_INCLUDED_
#define _FUZZ_H_INCLUDED_


#include "rfl.h"

#include <stdio.h>
#include <stdlib.h>


#define fuzz_assert(cond)                                                    \
    do {                                                                     \
        if (!(cond)) {                                                       \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond);       \
            abort();                                                         \
        }                                                                    \
    } while (0)


/* reads the text and asserts what is true of it if that is RFL_OK */

typedef int (*fuzz_read_pt)(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_err_t *err);


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);


static inline rfl_str_t
fuzz_copy(const uint8_t *data, size_t size)
{
    rfl_str_t  s;

    s.len = size;
    s.data = malloc(size);

    fuzz_assert(s.data != NULL || size == 0);

    if (size != 0) {
        memcpy(s.data, data, size);
    }

    return s;
}


/* an error is short, ended, and on a line of the text */

static inline void
fuzz_error(const rfl_err_t *err, const rfl_str_t *text)
{
    size_t    i;
    unsigned  lines;

    fuzz_assert(memchr(err->text, '\0', RFL_ERR_SIZE) != NULL);
    fuzz_assert(err->text[0] != '\0');
    fuzz_assert(strchr(err->text, '\n') == NULL);

    lines = 1;

    for (i = 0; i < text->len; i++) {
        lines += (text->data[i] == '\n');
    }

    fuzz_assert(err->line <= lines);
}


static inline int
fuzz_parse(const uint8_t *data, size_t size, fuzz_read_pt read)
{
    rfl_err_t    err;
    rfl_str_t    text;
    rfl_pool_t  *pool;

    text = fuzz_copy(data, size);
    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    memset(&err, 0, sizeof(rfl_err_t));

    if (read(pool, &text, &err) != RFL_OK) {
        fuzz_error(&err, &text);
    }

    rfl_pool_destroy(pool);
    free(text.data);

    return 0;
}


#endif /* _FUZZ_H_INCLUDED_ */
