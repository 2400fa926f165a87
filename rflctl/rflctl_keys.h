
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_keys.h: what the files of "rflctl keys" share.
 */


#ifndef _RFLCTL_KEYS_H_INCLUDED_
#define _RFLCTL_KEYS_H_INCLUDED_


#include "rfl.h"
#include "rflctl.h"


/* the one of --society, or the only one there is; an exit status */
int rflctl_keys_society(rflctl_t *ctl, rfl_str_t *society);


#endif /* _RFLCTL_KEYS_H_INCLUDED_ */
