
/*
 * Copyright (C) The RFL authors
 *
 * faults.h: tables of faulty files, for tests of what people write by hand:
 * each is refused, on its line, and in words that help.
 */


#ifndef _FAULTS_H_INCLUDED_
#define _FAULTS_H_INCLUDED_


#include "unit.h"


typedef struct {
    unsigned     line;
    const char  *text;
    const char  *words;            /* that are in the message */
} fault_t;

typedef int (*faults_parse_pt)(const char *text, rfl_err_t *err);

#define faults_refused(faults, parse)                                        \
    faults_refused_n(faults, sizeof(faults) / sizeof(faults[0]), parse)


/* without a NUL, so that reading past the end is seen; to be freed */

static inline rfl_str_t
faults_exact(const char *text)
{
    rfl_str_t  s;

    s.len = strlen(text);
    s.data = malloc(s.len);

    if (s.data == NULL && s.len != 0) {
        abort();
    }

    if (s.len != 0) {
        memcpy(s.data, text, s.len);
    }

    return s;
}


static inline void
faults_refused_n(const fault_t *faults, size_t n, faults_parse_pt parse)
{
    size_t     i;
    rfl_err_t  err;

    for (i = 0; i < n; i++) {
        unit_int(parse(faults[i].text, &err), RFL_ERROR, "refused: %s",
                 err.text);
        unit_int(err.line, faults[i].line, "on its line");
        unit_ok(strstr(err.text, faults[i].words) != NULL,
                "and says \"%s\"", faults[i].words);
    }
}


#endif /* _FAULTS_H_INCLUDED_ */
