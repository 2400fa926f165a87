
/*
 * Copyright (C) The RFL authors
 *
 * query_json_fuzz.c: JSON bodies, as query_form_fuzz.c.
 */


#include "query_fuzz.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return rfl_query_fuzz(rfl_query_json, data, size);
}
