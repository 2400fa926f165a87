
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pass.h: a short secret in a JSON file, sealed with a passphrase
 * (Argon2id, XChaCha20-Poly1305) or, where that is waived, not.  Shared by
 * the files of signing keys and of the vault's holders.
 */


#ifndef _RFL_PASS_H_INCLUDED_
#define _RFL_PASS_H_INCLUDED_


#include "rfl.h"
#include "rfl_redis.h"

#include <jansson.h>


#define RFL_PASS_SECRET_MAX  128
#define RFL_PASS_FILE_MAX    4096


/*
 * Asks for a passphrase: into the pool; called only if one is needed.
 * RFL_DENIED if there is none to be had.
 */
typedef int (*rfl_passphrase_pt)(void *data, rfl_pool_t *pool,
    rfl_str_t *passphrase, rfl_err_t *err);


/*
 * Appends members of an object, each with ", " in front: "secret" if
 * passphrase->len is 0, else "opslimit" ... "sealed".  aad is what the secret
 * belongs to.  Takes 0.7 s and 256 MB.
 */
int rfl_pass_print(const rfl_str_t *passphrase, const void *aad,
    size_t aad_len, const void *secret, size_t len, rfl_buf_t *out,
    rfl_err_t *err) rfl_must_check;

/*
 * Reads a file written with them, which nobody else may read, into *root:
 * RFL_DENIED.  *root is NULL if it is not JSON; the caller releases it.
 */
int rfl_pass_load(rfl_pool_t *pool, const char *path, json_t **root,
    rfl_err_t *err) rfl_must_check;

/*
 * The secret of len bytes out of an object that has that many other members
 * besides.  RFL_DECLINED, err untouched: these are not such members;
 * RFL_DENIED: no passphrase, or a wrong one; path is for the message.
 */
int rfl_pass_parse(rfl_pool_t *pool, const char *path, json_t *root,
    size_t others, rfl_passphrase_pt ask, void *data, const void *aad,
    size_t aad_len, void *secret, size_t len, rfl_err_t *err)
    rfl_must_check;

/* ", "name": "base64"", and back: RFL_DECLINED unless exactly len bytes */
void rfl_pass_base64(rfl_buf_t *b, const char *name, const u_char *data,
    size_t len);
int rfl_pass_bytes(const char *base64, u_char *data, size_t len)
    rfl_must_check;


#endif /* _RFL_PASS_H_INCLUDED_ */
