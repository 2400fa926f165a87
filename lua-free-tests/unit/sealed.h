
/*
 * Copyright (C) The RFL authors
 *
 * sealed.h: for tests about what is sealed on its way: a key, and the answers
 * of a form between two of its pages.  After unit.h.
 */


#ifndef _UNIT_SEALED_H_INCLUDED_
#define _UNIT_SEALED_H_INCLUDED_


#include "form.h"


/* of hidden fields and tokens */
static u_char  key[RFL_FORM_KEY_SIZE] __attribute__((unused));


/* what comes before a check: shows only if it fails */

static inline void
must(int rc)
{
    if (rc != RFL_OK) {
        unit_ok(0, "sealed");
    }
}


/* a form that is begun and given out now, an answer to all it asks */

static inline rfl_form_state_t
state_of(rfl_form_e form)
{
    rfl_form_state_t  state;

    fill(form);

    memset(&state, 0, sizeof(state));
    state.s = s;
    state.first = ENTRY_NOW;
    state.given = ENTRY_NOW;

    return state;
}


/* the hidden field anew */

static inline void
seal_state(const rfl_form_state_t *state, rfl_buf_t *sealed)
{
    rfl_buf_reset(sealed);
    must(rfl_form_seal(pool, key, state, sealed));
}


#endif /* _UNIT_SEALED_H_INCLUDED_ */
