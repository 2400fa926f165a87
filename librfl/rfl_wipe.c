
/*
 * Copyright (C) The RFL authors
 *
 * rfl_wipe.c: wiping of memory that is not ours to manage: the heap of
 * libraries, and the stack.  Called once by each process, and at the end of
 * each question.
 */


#include "rfl.h"

#include <malloc.h>
#include <stdlib.h>
#include <unicode/uclean.h>


#define RFL_STACK_SIZE   (128 * 1024)


static void *rfl_icu_alloc(const void *context, size_t size);
static void *rfl_icu_realloc(const void *context, void *p, size_t size);
static void rfl_icu_free(const void *context, void *p);


void __attribute__((noinline))
rfl_stack_wipe(void)
{
    u_char  frames[RFL_STACK_SIZE];

    rfl_memzero(frames, sizeof(frames));
}


void
rfl_free(void *p)
{
    /*
     * The allocator knows the size, so that it need not be written down and
     * a block may be any that malloc() gave out.
     */

    if (p != NULL) {
        rfl_memzero(p, malloc_usable_size(p));
        free(p);
    }
}


void *
rfl_realloc(void *p, size_t size)
{
    void    *copy;
    size_t   have;

    if (p == NULL) {
        return malloc(size);
    }

    have = malloc_usable_size(p);

    copy = malloc(size);
    if (copy == NULL) {
        return NULL;
    }

    memcpy(copy, p, have < size ? have : size);
    rfl_free(p);

    return copy;
}


int
rfl_icu_init(rfl_err_t *err)
{
    UErrorCode  status;

    status = U_ZERO_ERROR;

    u_setMemoryFunctions(NULL, rfl_icu_alloc, rfl_icu_realloc, rfl_icu_free,
                         &status);

    if (U_FAILURE(status)) {
        return rfl_err(err, 0, "ICU does not take memory functions: %s",
                       u_errorName(status));
    }

    return RFL_OK;
}


static void *
rfl_icu_alloc(const void *context, size_t size)
{
    return malloc(size);
}


static void *
rfl_icu_realloc(const void *context, void *p, size_t size)
{
    return rfl_realloc(p, size);
}


static void
rfl_icu_free(const void *context, void *p)
{
    rfl_free(p);
}
