
/*
 * Copyright (C) The RFL authors
 *
 * policy_fuzz.c: the policy file.  A fault is short and on a line of the file;
 * what is read is within its limits.
 */


#include "fuzz.h"
#include "rfl_policy.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned            i;
    rfl_err_t           err;
    rfl_str_t           text, lang = rfl_string("zh-Hant-HK");
    rfl_pool_t         *pool;
    rfl_policy_t       *policy;
    const rfl_event_t  *event;

    text = fuzz_copy(data, size);
    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    memset(&err, 0, sizeof(rfl_err_t));

    if (rfl_policy_parse(pool, &text, &policy, &err) == RFL_OK) {
        fuzz_assert(policy->version >= 1 && policy->adult_age >= 18);
        fuzz_assert(policy->approvals >= 1 && policy->approvals <= 2);
        fuzz_assert(policy->cap <= RFL_SLOTS_MAX);
        fuzz_assert(policy->nevents != 0);

        for (i = 0; i < policy->nevents; i++) {
            event = &policy->events[i];

            fuzz_assert(rfl_policy_event(policy, &event->id) == event);
            fuzz_assert(rfl_texts_get(&event->names, &lang)->len != 0);
            fuzz_assert(event->gate <= RFL_GATE_CLOSED);
            fuzz_assert(event->max_days >= 1 && event->max_days <= 731);
        }

    } else {
        fuzz_error(&err, &text);
    }

    rfl_pool_destroy(pool);
    free(text.data);

    return 0;
}
