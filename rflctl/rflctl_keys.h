
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_keys.h: what the files of "rflctl keys" share.
 */


#ifndef _RFLCTL_KEYS_H_INCLUDED_
#define _RFLCTL_KEYS_H_INCLUDED_


#include "rfl.h"
#include "rflctl.h"


#define RFLCTL_TRUST_MAX     (1024 * 1024)


/* the one of --society, or the only one there is; an exit status */
int rflctl_keys_society(rflctl_t *ctl, rfl_str_t *society);

/* the trust file, in place of what it was, with the mode that it had */
int rflctl_trust_write(rflctl_t *ctl, const rfl_buf_t *text, rfl_err_t *err)
    rfl_must_check;


#endif /* _RFLCTL_KEYS_H_INCLUDED_ */
