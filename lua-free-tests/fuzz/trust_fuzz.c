
/*
 * Copyright (C) The RFL authors
 *
 * trust_fuzz.c: the trust file.  A fault is short and on a line of the file;
 * what is read is within its limits.
 */


#include "fuzz.h"
#include "rfl_policy.h"


static int fuzz_trust(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_err_t *err);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_parse(data, size, fuzz_trust);
}


static int
fuzz_trust(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    unsigned              i, k;
    rfl_trust_t          *trust;
    const rfl_society_t  *society;

    if (rfl_trust_parse(pool, text, &trust, err) != RFL_OK) {
        return RFL_ERROR;
    }

    fuzz_assert(trust->nsocieties != 0);

    for (i = 0; i < trust->nsocieties; i++) {
        society = &trust->societies[i];

        fuzz_assert(rfl_trust_society(trust, &society->id) == society);
        fuzz_assert(society->names.n != 0 && society->phone.len >= 3);
        fuzz_assert(society->url.len == 0
                    || memcmp(society->url.data, "https://", 8) == 0);
        fuzz_assert(society->not_before <= society->not_after);

        for (k = 0; k < society->nkeys; k++) {
            fuzz_assert(rfl_trust_key(society, society->keys[k].id)
                        == &society->keys[k]);
            fuzz_assert(society->keys[k].not_before
                        <= society->keys[k].not_after);
        }

        fuzz_assert(society->ninbox == 0 || society->has_root);

        for (k = 0; k < society->ninbox; k++) {
            fuzz_assert(society->inbox[k].not_before
                        <= society->inbox[k].not_after);
        }
    }

    return RFL_OK;
}
