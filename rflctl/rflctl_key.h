
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_key.h: passphrases, for the commands that open a key.
 */


#ifndef _RFLCTL_KEY_H_INCLUDED_
#define _RFLCTL_KEY_H_INCLUDED_


#include "rfl.h"
#include "rfl_pass.h"
#include "rflctl.h"


/* where one comes from: a file, or the terminal if it is NULL */

typedef struct {
    const char  *prompt;           /* "Passphrase: " */
    const char  *file;
} rflctl_ask_t;

/* data is an rflctl_ask_t.  An rfl_passphrase_pt. */
int rflctl_passphrase_ask(void *data, rfl_pool_t *pool,
    rfl_str_t *passphrase, rfl_err_t *err) rfl_must_check;
/* for something new: long enough, asked for twice; empty if it is waived */
int rflctl_passphrase_new(rflctl_t *ctl, rflctl_ask_t *ask,
    rfl_str_t *passphrase, rfl_err_t *err) rfl_must_check;

/*
 * From --passphrase-file, or asked for on the terminal; data is the
 * rflctl_t.  An rfl_passphrase_pt.
 */
int rflctl_passphrase(void *data, rfl_pool_t *pool, rfl_str_t *passphrase,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFLCTL_KEY_H_INCLUDED_ */
