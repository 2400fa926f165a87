
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_malloc.c: free() and realloc() that wipe.  librfl wipes by itself,
 * but ICU and hiredis hold pieces of names too and do not: here nothing that
 * was on the heap outlives its free(), whoever called it.
 *
 * glibc lets a program define these and keeps its own under other names.
 * AddressSanitizer brings an allocator of its own.
 */


#include "rfl_keyd.h"

#include <malloc.h>
#include <stdlib.h>


#ifndef __SANITIZE_ADDRESS__


extern void  __libc_free(void *p);
extern void *__libc_realloc(void *p, size_t size);


void
free(void *p)
{
    if (p != NULL) {
        explicit_bzero(p, malloc_usable_size(p));
        __libc_free(p);
    }
}


void *
realloc(void *p, size_t size)
{
    void    *copy;
    size_t   have;

    if (p == NULL || size == 0) {

        if (p != NULL) {
            explicit_bzero(p, malloc_usable_size(p));
        }

        return __libc_realloc(p, size);
    }

    have = malloc_usable_size(p);

    if (size <= have) {
        explicit_bzero((u_char *) p + size, have - size);
        return __libc_realloc(p, size);
    }

    /* the original leaves the old block as it was */

    copy = malloc(size);
    if (copy == NULL) {
        return NULL;
    }

    memcpy(copy, p, have);
    free(p);

    return copy;
}


#endif
