
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_key.h: passphrases, for the commands that open a key.
 */


#ifndef _RFLCTL_KEY_H_INCLUDED_
#define _RFLCTL_KEY_H_INCLUDED_


#include "rfl.h"


/*
 * From --passphrase-file, or asked for on the terminal; data is the
 * rflctl_t.  An rfl_passphrase_pt.
 */
int rflctl_passphrase(void *data, rfl_pool_t *pool, rfl_str_t *passphrase,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFLCTL_KEY_H_INCLUDED_ */
