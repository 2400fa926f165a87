
/*
 * Copyright (C) The RFL authors
 *
 * policy_fuzz.c: the policy file.  A fault is short and on a line of the file;
 * what is read is within its limits.
 */


#include "fuzz.h"
#include "rfl_policy.h"


static int fuzz_policy(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_err_t *err);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_parse(data, size, fuzz_policy);
}


static int
fuzz_policy(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    unsigned            i;
    rfl_str_t           lang = rfl_string("zh-Hant-HK");
    rfl_policy_t       *policy;
    const rfl_event_t  *event;

    if (rfl_policy_parse(pool, text, &policy, err) != RFL_OK) {
        return RFL_ERROR;
    }

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

    return RFL_OK;
}
