
/*
 * Copyright (C) The RFL authors
 *
 * draft.h: for tests about the lines of drafts: the good line of entry.h with
 * members changed, read.
 */


#ifndef _UNIT_DRAFT_H_INCLUDED_
#define _UNIT_DRAFT_H_INCLUDED_


#include "entry.h"

#include <jansson.h>


static rfl_pool_t    *draft_pool;
static rfl_policy_t  *draft_policy;
static rfl_trust_t   *draft_trust;


/* 1 if there is all that they need, with pool and files */

static int
draft_start(void)
{
    rfl_err_t  err;

    draft_pool = rfl_pool_create(4096);
    entry_init();

    if (rfl_name_init(&err) != RFL_OK) {
        printf("Bail out! names: %s\n", err.text);
        return 0;
    }

    return entry_read(draft_pool, &draft_policy, &draft_trust);
}


static int
draft_parse(const char *json, rfl_draft_t *draft, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  s;

    s.len = strlen(json);
    s.data = malloc(s.len);
    memcpy(s.data, json, s.len);

    memset(err, 0, sizeof(rfl_err_t));
    rc = rfl_draft_parse(draft_pool, &s, 17, draft, err);

    free(s.data);

    return rc;
}


/* the good line with members set to other values; null takes one out */

static int
draft_edit(const char *change, rfl_draft_t *draft, rfl_err_t *err)
{
    int          rc;
    char        *text;
    json_t      *line, *patch, *value;
    const char  *name;

    line = json_loads(entry_line, 0, NULL);
    patch = json_loads(change, 0, NULL);

    if (line == NULL || patch == NULL) {
        printf("Bail out! not JSON: %s\n", change);
        exit(1);
    }

    json_object_foreach(patch, name, value) {
        if (json_is_null(value)) {
            (void) json_object_del(line, name);

        } else {
            (void) json_object_set(line, name, value);
        }
    }

    text = json_dumps(line, JSON_COMPACT);
    rc = draft_parse(text, draft, err);

    free(text);
    json_decref(line);
    json_decref(patch);

    return rc;
}


#endif /* _UNIT_DRAFT_H_INCLUDED_ */
