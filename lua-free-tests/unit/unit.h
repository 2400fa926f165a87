
/*
 * Copyright (C) The RFL authors
 *
 * unit.h: the smallest possible test harness.  A test program includes it
 * once, calls unit_ok() and its kin, and ends main() with
 * "return unit_done();".  Output is TAP, for prove.
 */


#ifndef _UNIT_H_INCLUDED_
#define _UNIT_H_INCLUDED_


#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rfl.h"


static unsigned  unit_count, unit_failed;


#define unit_ok(cond, ...)                                                   \
    unit_result((cond) ? 1 : 0, __FILE__, __LINE__, __VA_ARGS__)

#define unit_int(got, expected, ...)                                         \
    unit_int_at((long long) (got), (long long) (expected), __FILE__,         \
                __LINE__, __VA_ARGS__)

/* compares a counted string with a C string */
#define unit_str(got, expected, ...)                                         \
    unit_str_at((got), (expected), __FILE__, __LINE__, __VA_ARGS__)


static inline void __attribute__((format(printf, 4, 5)))
unit_result(int ok, const char *file, int line, const char *fmt, ...)
{
    va_list  args;

    unit_count++;

    printf("%sok %u - ", ok ? "" : "not ", unit_count);

    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);

    printf("\n");

    if (!ok) {
        unit_failed++;
        printf("#   failed at %s line %d\n", file, line);
    }

    fflush(stdout);
}


static inline void __attribute__((format(printf, 5, 6)))
unit_int_at(long long got, long long expected, const char *file, int line,
    const char *fmt, ...)
{
    char     text[512];
    va_list  args;

    va_start(args, fmt);
    (void) vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    unit_result(got == expected, file, line, "%s", text);

    if (got != expected) {
        printf("#   got %lld, expected %lld\n", got, expected);
    }
}


static inline void __attribute__((format(printf, 5, 6)))
unit_str_at(rfl_str_t got, const char *expected, const char *file, int line,
    const char *fmt, ...)
{
    int      ok;
    char     text[512];
    va_list  args;

    va_start(args, fmt);
    (void) vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    ok = (got.len == strlen(expected)
          && (got.len == 0 || memcmp(got.data, expected, got.len) == 0));

    unit_result(ok, file, line, "%s", text);

    if (!ok) {
        printf("#   got \"%.*s\", expected \"%s\"\n", (int) got.len,
               (char *) got.data, expected);
    }
}


static inline int
unit_done(void)
{
    printf("1..%u\n", unit_count);

    return unit_failed != 0;
}


#endif /* _UNIT_H_INCLUDED_ */
