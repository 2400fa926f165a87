
/*
 * Copyright (C) The RFL authors
 *
 * spoil.h: ways to spoil an entry that encoder, decoder and verifier must
 * all refuse.
 */


#ifndef _UNIT_SPOIL_H_INCLUDED_
#define _UNIT_SPOIL_H_INCLUDED_


#include "entry.h"


static inline void
no_names(rfl_entry_t *e)
{
    e->nnames = 0;
}


static inline void
any_kind(rfl_entry_t *e)
{
    e->kind = RFL_KIND_ANY;
}


static inline void
bad_band(rfl_entry_t *e)
{
    e->age_band = rfl_nage_bands;
}


static inline void
before_1970(rfl_entry_t *e)
{
    e->confirmed_on = -1;
}


static inline void
no_end(rfl_entry_t *e)
{
    e->not_after = 0;
}


static inline void
match_only(rfl_entry_t *e)
{
    e->consent = RFL_CONSENT_MATCH_ONLY;
}


static inline void
no_consent(rfl_entry_t *e)
{
    e->consent = 0;
}


#endif /* _UNIT_SPOIL_H_INCLUDED_ */
