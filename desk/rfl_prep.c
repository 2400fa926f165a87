
/*
 * Copyright (C) The RFL authors
 *
 * rfl_prep.c: what an entry becomes in the index, before any secret.
 * Called for each entry that is published, withdrawn, rebuilt or verified,
 * so that all of these agree.
 */


#include "rfl_prep.h"


int
rfl_prep(rfl_pool_t *pool, rfl_draft_t *draft, rfl_prep_t *prep,
    rfl_err_t *err)
{
    int                rc;
    rfl_entry_t       *e;
    rfl_hint_extra_t   extra;

    e = &draft->e;

    memset(prep, 0, sizeof(rfl_prep_t));

    if (rfl_prep_names(pool, e, prep->names, &prep->nnames) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    if (prep->nnames != 0
        && rfl_name_entry_keys(pool, prep->names, prep->nnames,
                               &draft->facts, &prep->keys)
           != RFL_OK)
    {
        return rfl_err(err, 0, "out of memory");
    }

    if (prep->keys.n == 0) {
        (void) rfl_err(err, 0, "\"names\": nothing in them can be searched "
                       "for: give a full name, or one name and a second "
                       "fact such as \"birth_year\"");
        return RFL_DECLINED;
    }

    extra.kind = (int) e->kind;
    extra.sex = (int) e->sex;

    rfl_name_hint(prep->names, prep->nnames, &draft->facts, &extra,
                  prep->hint);

    prep->facts = draft->facts;
    memcpy(prep->ref, e->ref, RFL_REF_SIZE);

    rc = rfl_entry_encode(pool, e, err);

    if (rc == RFL_OK) {
        rc = rfl_record_encode(pool, e, &prep->record, err);
    }

    return rc;
}


int
rfl_prep_names(rfl_pool_t *pool, const rfl_entry_t *entry,
    rfl_name_t *names[RFL_NAMES_MAX], unsigned *n)
{
    int       rc;
    unsigned  i;

    for (*n = 0, i = 0; i < entry->nnames; i++) {

        rc = rfl_name_parse(pool, &entry->names[i].full, &names[*n]);

        if (rc == RFL_OK) {
            (*n)++;

        } else if (rc != RFL_DECLINED) {
            return rc;
        }
    }

    return RFL_OK;
}
