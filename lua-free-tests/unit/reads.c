
/*
 * Copyright (C) The RFL authors
 *
 * reads.c: "reads entry|policy|trust" takes one text per line from its
 * standard input and says for each "ok", or "no LINE TEXT", on its standard
 * output.  With it the tests of schema/ ask the readers.  A line holds the
 * hex of a text, since texts have newlines.  "reads fields" reads entries and
 * says "ok HEX", the bytes that are signed.
 */


#include "rfl_entry.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>


static rfl_str_t  fields;


typedef int (*reads_pt)(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_err_t *err);


static int
reads_entry(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    rfl_draft_t  draft;

    return rfl_draft_parse(pool, text, 1, &draft, err);
}


static int
reads_fields(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    int          rc;
    rfl_draft_t  draft;

    rc = rfl_draft_parse(pool, text, 1, &draft, err);

    if (rc == RFL_OK) {
        rc = rfl_entry_encode(pool, &draft.e, err);
        fields = draft.e.fields;
    }

    return rc;
}


static int
reads_policy(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    rfl_policy_t  *policy;

    return rfl_policy_parse(pool, text, &policy, err);
}


static int
reads_trust(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    rfl_trust_t  *trust;

    return rfl_trust_parse(pool, text, &trust, err);
}


static const struct {
    const char  *name;
    reads_pt     read;
} readers[] = {
    { "entry", reads_entry },
    { "fields", reads_fields },
    { "policy", reads_policy },
    { "trust", reads_trust }
};


int
main(int argc, char **argv)
{
    int          rc;
    char        *line;
    size_t       i, size, len;
    ssize_t      n;
    reads_pt     read;
    rfl_err_t    err;
    rfl_str_t    text;
    rfl_pool_t  *pool;

    read = NULL;

    for (i = 0; argc == 2 && i < sizeof(readers) / sizeof(readers[0]); i++) {
        if (strcmp(argv[1], readers[i].name) == 0) {
            read = readers[i].read;
        }
    }

    if (read == NULL || rfl_seal_init(&err) != RFL_OK) {
        fprintf(stderr, "usage: reads entry|fields|policy|trust\n");
        return 2;
    }

    line = NULL;
    size = 0;

    while ((n = getline(&line, &size, stdin)) > 0) {

        pool = rfl_pool_create(0);
        if (pool == NULL) {
            return 2;
        }

        text.data = rfl_palloc(pool, (size_t) n);

        if (text.data == NULL
            || sodium_hex2bin(text.data, (size_t) n, line, (size_t) n - 1,
                              NULL, &len, NULL)
               != 0)
        {
            return 2;
        }

        text.len = len;
        memset(&err, 0, sizeof(rfl_err_t));
        rfl_str_null(&fields);

        rc = read(pool, &text, &err);

        if (rc == RFL_OK) {
            printf("ok%s", fields.len != 0 ? " " : "");

            for (i = 0; i < fields.len; i++) {
                printf("%02x", fields.data[i]);
            }

            printf("\n");

        } else {
            printf("no %u %s\n", err.line, err.text);
        }

        rfl_pool_destroy(pool);
    }

    free(line);

    return 0;
}
