
/*
 * Copyright (C) The RFL authors
 *
 * query_form_fuzz.c: form bodies.  A body that is read is read to valid,
 * cleaned text, and the question made of it is one that rfl-keyd reads back.
 */


#include "query_fuzz.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return rfl_query_fuzz(rfl_query_form, data, size);
}
