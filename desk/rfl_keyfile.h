
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyfile.h: a moderator's signing key in a file, sealed with a
 * passphrase (Argon2id, XChaCha20-Poly1305) unless that is waived.
 */


#ifndef _RFL_KEYFILE_H_INCLUDED_
#define _RFL_KEYFILE_H_INCLUDED_


#include "rfl.h"
#include "rfl_pass.h"
#include "rfl_seal.h"


typedef struct {
    u_char  pk[RFL_SIGN_PUBLIC_SIZE];
    u_char  sk[RFL_SIGN_SECRET_SIZE];
    u_char  id[RFL_KEY_ID_SIZE];
} rfl_keyfile_t;


/* a new key */
void rfl_keyfile_generate(rfl_keyfile_t *key);

/* passphrase->len 0: not sealed; the file is new and has mode 0600 */
int rfl_keyfile_write(rfl_pool_t *pool, const char *path,
    const rfl_keyfile_t *key, const rfl_str_t *passphrase, rfl_err_t *err)
    rfl_must_check;

/* RFL_DENIED: mode of the file, or wrong passphrase */
int rfl_keyfile_read(rfl_pool_t *pool, const char *path,
    rfl_passphrase_pt ask, void *data, rfl_keyfile_t *key, rfl_err_t *err)
    rfl_must_check;

/* its entry for the trust file, from today on, one line without newline */
void rfl_keyfile_trust(const rfl_keyfile_t *key, rfl_buf_t *out);


#endif /* _RFL_KEYFILE_H_INCLUDED_ */
