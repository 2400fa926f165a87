
/*
 * Copyright (C) The RFL authors
 *
 * staff_fuzz.c: who may open the desk.  A fault is short and on a line of the
 * file; in what is read nobody has what is somebody else's, and a certificate
 * that is revoked opens nothing.
 */


#include "fuzz.h"
#include "rfl_staff.h"


static int fuzz_staff(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_err_t *err);
static void fuzz_somebody(const rfl_staff_t *staff,
    const rfl_moderator_t *one);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_parse(data, size, fuzz_staff);
}


static int
fuzz_staff(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    unsigned                i;
    rfl_staff_t            *staff;
    const rfl_moderator_t  *who;

    if (rfl_staff_parse(pool, text, &staff, err) != RFL_OK) {
        return RFL_ERROR;
    }

    fuzz_assert(staff->nsocieties != 0);

    for (i = 0; i < staff->nsocieties; i++) {
        fuzz_assert(rfl_staff_serves(staff, &staff->societies[i]));
    }

    for (i = 0; i < staff->nstaff; i++) {
        fuzz_somebody(staff, &staff->staff[i]);
    }

    for (i = 0; i < staff->nrevoked; i++) {
        fuzz_assert(rfl_staff_find(staff, staff->revoked[i].print, 20779, &who)
                    == RFL_STAFF_REVOKED);
    }

    return RFL_OK;
}


static void
fuzz_somebody(const rfl_staff_t *staff, const rfl_moderator_t *one)
{
    unsigned                i;
    rfl_staff_why_e         why;
    const rfl_moderator_t  *who;

    fuzz_assert(rfl_staff_id(staff, &one->id) == one);
    fuzz_assert(one->role != RFL_ROLE_NONE && one->role < RFL_ROLES_N);
    fuzz_assert(one->not_before <= one->not_after);
    fuzz_assert((one->role == RFL_ROLE_AUDITOR) == !one->has_key);

    for (i = 0; i < one->nprints; i++) {
        why = rfl_staff_find(staff, one->prints[i].print, one->not_after,
                             &who);

        fuzz_assert(why == RFL_STAFF_REVOKED
                    || (why == RFL_STAFF_WELCOME && who == one));

        fuzz_assert(one->not_before == INT32_MIN
                    || rfl_staff_find(staff, one->prints[i].print,
                                      one->not_before - 1, &who)
                       != RFL_STAFF_WELCOME);
    }
}
