
/*
 * Copyright (C) The RFL authors
 *
 * alloc.h: an allocator for the whole process that fails when it is told to,
 * and counts what is still held.  One test program includes it, once; not
 * with AddressSanitizer, which has an allocator of its own.
 */


#ifndef _UNIT_ALLOC_H_INCLUDED_
#define _UNIT_ALLOC_H_INCLUDED_


#include <errno.h>
#include <stdlib.h>


extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t size);
extern void __libc_free(void *p);

static int alloc_fails(void);


static unsigned        alloc_armed;
static unsigned        alloc_all;  /* not the n-th only, but all after it */
static unsigned        alloc_failed;
static unsigned long   alloc_n;
static unsigned long   alloc_count;
static long            alloc_live;


void *
malloc(size_t size)
{
    void  *p;

    if (alloc_fails()) {
        return NULL;
    }

    p = __libc_malloc(size);
    alloc_live += (alloc_armed && p != NULL);

    return p;
}


void *
calloc(size_t n, size_t size)
{
    void  *p;

    if (alloc_fails()) {
        return NULL;
    }

    p = __libc_calloc(n, size);
    alloc_live += (alloc_armed && p != NULL);

    return p;
}


void *
realloc(void *old, size_t size)
{
    void  *p;

    if (alloc_fails()) {
        return NULL;
    }

    p = __libc_realloc(old, size);
    alloc_live += (alloc_armed && p != NULL && old == NULL);

    return p;
}


void
free(void *p)
{
    alloc_live -= (alloc_armed && p != NULL);
    __libc_free(p);
}


static int
alloc_fails(void)
{
    if (!alloc_armed) {
        return 0;
    }

    alloc_count++;

    if (alloc_count == alloc_n || (alloc_all && alloc_count > alloc_n)) {
        alloc_failed = 1;
        errno = ENOMEM;
        return 1;
    }

    return 0;
}


#endif /* _UNIT_ALLOC_H_INCLUDED_ */
