
/*
 * Copyright (C) The RFL authors
 *
 * wipe_test.c: what is freed by libraries, and what is left on the stack.
 *
 * Freed memory may not be looked at, but the allocator gives the same block
 * out again with what it holds.  AddressSanitizer's does not.
 */


#include <jansson.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>

#include "rfl_query.h"
#include "unit.h"


#define NAME  "Zarquela Vostrikane Zarquela Vostrikane"


#ifndef __SANITIZE_ADDRESS__
static void test_heap(void);
static void test_jansson(void);
static void test_stack(void);
#endif
static void test_icu(void);


int
main(void)
{
    rfl_err_t  err;

    rfl_json_init();
    unit_int(rfl_icu_init(&err), RFL_OK, "ICU takes memory functions");

#ifndef __SANITIZE_ADDRESS__
    test_heap();
    test_jansson();
    test_stack();
#endif
    test_icu();

    return unit_done();
}


#ifndef __SANITIZE_ADDRESS__


/* -1: the block did not come back */

static int
left_behind(uintptr_t block, size_t size)
{
    int        left;
    void      *again[64];
    unsigned   i;

    /* the compiler must not know that what it returns is not set */

    void    *(*volatile get)(size_t size) = malloc;

    left = -1;

    for (i = 0; i < 64; i++) {

        again[i] = get(size);

        if ((uintptr_t) again[i] == block) {
            left = (memmem(again[i], size, "Vostrikane", 10) != NULL);
        }
    }

    for (i = 0; i < 64; i++) {
        free(again[i]);
    }

    return left;
}


static void
test_heap(void)
{
    char       *text, *longer;
    uintptr_t   block;

    text = strdup(NAME);
    block = (uintptr_t) text;
    free(text);

    unit_int(left_behind(block, sizeof(NAME)), 1,
             "control: free() leaves a name");

    text = strdup(NAME);
    block = (uintptr_t) text;
    rfl_free(text);

    unit_int(left_behind(block, sizeof(NAME)), 0, "rfl_free() leaves none");

    text = strdup(NAME);
    block = (uintptr_t) text;
    longer = rfl_realloc(text, 4096);

    unit_ok(longer != NULL && strcmp(longer, NAME) == 0,
            "rfl_realloc() keeps the content");
    unit_int(left_behind(block, sizeof(NAME)), 0,
             "rfl_realloc() leaves none behind");

    longer = rfl_realloc(longer, 9);
    unit_ok(longer != NULL && memcmp(longer, NAME, 9) == 0,
            "rfl_realloc() makes it shorter");

    rfl_free(longer);
    rfl_free(NULL);

    longer = rfl_realloc(NULL, 10);
    unit_ok(longer != NULL, "rfl_realloc() of nothing");
    rfl_free(longer);
}


static void
test_jansson(void)
{
    json_t     *root;
    uintptr_t   block;

    root = json_pack("{s: s}", "name", NAME);
    block = (uintptr_t) json_string_value(json_object_get(root, "name"));

    unit_ok(memcmp((char *) block, NAME, sizeof(NAME)) == 0,
            "jansson: control: it is there");

    json_decref(root);

    unit_int(left_behind(block, sizeof(NAME)), 0, "jansson: leaves none");
}


/* puts a name deep into the stack */

static int __attribute__((noinline))
stack_write(unsigned deep)
{
    volatile char  frame[1024];

    memcpy((char *) frame, NAME, sizeof(NAME));

    return deep == 0 ? frame[0] : stack_write(deep - 1) + frame[1];
}


static int __attribute__((noinline))
stack_read(void)
{
    volatile u_char   frames[64 * 1024];
    const u_char     *p;

    /* not set here on purpose: hidden from the compiler */

    __asm__ volatile ("" : "=r" (p) : "0" (frames) : "memory");

    return memmem(p, sizeof(frames), "Vostrikane", 10) != NULL;
}


static void
test_stack(void)
{
    (void) stack_write(20);
    unit_int(stack_read(), 1, "stack: control: a name stays");

    (void) stack_write(20);
    rfl_stack_wipe();
    unit_int(stack_read(), 0, "stack: wiped");
}


#endif


static void
test_icu(void)
{
    USet     *set;
    UChar     text[64];
    int32_t   i, n;

    /* grows on ICU's heap, and is asked again */

    set = uset_openEmpty();
    u_uastrcpy(text, "Zarquela Vostrikane");

    for (i = 0; i < 1000; i++) {
        uset_add(set, 0x1000 + 2 * i);
        uset_addString(set, text, 3 + i % 16);
    }

    n = uset_size(set);
    uset_close(set);

    unit_int(n, 1000 + 16, "ICU: works with them");
}
