
/*
 * Copyright (C) The RFL authors
 *
 * rfl_prep.h: what an entry becomes in the index, before any secret: its
 * record, its canonical keys and its hint.
 */


#ifndef _RFL_PREP_H_INCLUDED_
#define _RFL_PREP_H_INCLUDED_


#include "rfl.h"
#include "rfl_entry.h"
#include "rfl_name.h"


typedef struct {
    rfl_str_t     record;
    rfl_keys_t    keys;
    unsigned      nnames;
    rfl_name_t   *names[RFL_NAMES_MAX];
    rfl_facts_t   facts;
    u_char        ref[RFL_REF_SIZE];
    u_char        hint[RFL_HINT_SIZE];
} rfl_prep_t;


/*
 * All lives in the pool.  RFL_DECLINED with a remedy in err: nothing of the
 * names can be searched for.
 */
int rfl_prep(rfl_pool_t *pool, rfl_draft_t *draft, rfl_prep_t *prep,
    rfl_err_t *err) rfl_must_check;

/* the names of an entry that can be searched for; *n may become 0 */
int rfl_prep_names(rfl_pool_t *pool, const rfl_entry_t *entry,
    rfl_name_t *names[RFL_NAMES_MAX], unsigned *n) rfl_must_check;


#endif /* _RFL_PREP_H_INCLUDED_ */
