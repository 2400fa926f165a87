
/*
 * Copyright (C) The RFL authors
 *
 * reads.c: "reads entry|policy|trust|staff" takes one text a line from its
 * standard input and says for each "ok", or "no LINE TEXT", on its standard
 * output.  With it the tests of schema/ ask the readers.  A line holds the
 * hex of a text, since texts have newlines.  "reads fields" reads entries and
 * says "ok HEX", the bytes that are signed.  "reads submission" reads CBOR
 * and says "ok HEX", the JSON of it.  "reads draft POLICY TRUST" also
 * checks entries by the rules of these files, as of now.
 */


#include "rfl_entry.h"
#include "rfl_form.h"
#include "rfl_staff.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>


static rfl_str_t      fields;
static rfl_policy_t  *policy;
static rfl_trust_t   *trust;


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
reads_submission(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    int               rc;
    rfl_buf_t         out;
    rfl_submission_t  s;

    rc = rfl_submission_decode(pool, text->data, text->len, &s);

    if (rc != RFL_OK) {
        return rfl_err(err, 0, "is not what the encoder writes");
    }

    rfl_buf_init(&out, 0);
    rfl_submission_print(&s, &out);

    fields.data = rfl_pstrdup(pool, out.data, out.len);
    fields.len = out.len;

    rc = (out.failed || fields.data == NULL) ? RFL_ERROR : RFL_OK;

    rfl_buf_free(&out);

    return rc;
}


static int
reads_draft(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    int          n;
    rfl_buf_t    faults;
    rfl_draft_t  draft;

    if (rfl_draft_parse(pool, text, 1, &draft, err) != RFL_OK) {
        return RFL_ERROR;
    }

    rfl_buf_init(&faults, 0);

    n = rfl_draft_check(pool, &draft, policy, trust, (int64_t) time(NULL), 0,
                        &faults);

    if (n != 0) {
        (void) rfl_err(err, 1, "%.*s", (int) faults.len - (n > 0),
                       n > 0 ? (char *) faults.data : "");
    }

    rfl_buf_free(&faults);

    return n == 0 ? RFL_OK : RFL_ERROR;
}


static int
reads_policy(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    rfl_policy_t  *read;

    return rfl_policy_parse(pool, text, &read, err);
}


static int
reads_trust(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    rfl_trust_t  *read;

    return rfl_trust_parse(pool, text, &read, err);
}


static int
reads_staff(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    rfl_staff_t  *staff;

    return rfl_staff_parse(pool, text, &staff, err);
}


static const struct {
    const char  *name;
    reads_pt     read;
} readers[] = {
    { "entry", reads_entry },
    { "fields", reads_fields },
    { "submission", reads_submission },
    { "draft", reads_draft },
    { "policy", reads_policy },
    { "trust", reads_trust },
    { "staff", reads_staff }
};


/* the two files that entries are checked by */

static int
reads_files(rfl_pool_t *pool, char **argv)
{
    rfl_err_t  err;
    rfl_str_t  text;

    if (rfl_name_init(&err) != RFL_OK
        || rfl_file_read(pool, argv[2], 1000000, 0, &text, &err) != RFL_OK
        || rfl_policy_parse(pool, &text, &policy, &err) != RFL_OK
        || rfl_file_read(pool, argv[3], 1000000, 0, &text, &err) != RFL_OK
        || rfl_trust_parse(pool, &text, &trust, &err) != RFL_OK)
    {
        fprintf(stderr, "reads: %u: %s\n", err.line, err.text);
        return RFL_ERROR;
    }

    return RFL_OK;
}


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
    rfl_pool_t  *pool, *keep;

    read = NULL;

    for (i = 0; argc >= 2 && i < sizeof(readers) / sizeof(readers[0]); i++) {
        if (strcmp(argv[1], readers[i].name) == 0) {
            read = readers[i].read;
        }
    }

    if (read == NULL || rfl_seal_init(&err) != RFL_OK) {
        fprintf(stderr, "usage: reads entry|fields|submission|policy|trust|"
                "staff\n"
                "       reads draft POLICY TRUST\n");
        return 2;
    }

    keep = rfl_pool_create(0);

    if (keep == NULL || (argc == 4 && reads_files(keep, argv) != RFL_OK)) {
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
    rfl_pool_destroy(keep);

    return 0;
}
