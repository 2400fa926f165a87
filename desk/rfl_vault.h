
/*
 * Copyright (C) The RFL authors
 *
 * rfl_vault.h: the keys that open what visitors sent.  They are never on the
 * disk in the clear: the vault key is sealed with the passphrase of each of
 * its holders, and all else is sealed with the vault key.
 *
 *     vault/<holder>.key   vault key, for a moderator with a signing key too
 *     inbox/<id>.key       one inbox key: public half, dates and signature to
 *                          be read, the secret half sealed with the vault key
 *     root.key             signs inbox keys: an rfl_keyfile_t, may be kept
 *                          off line; root.pub is its public half
 *
 * desk.key, which the rotation needs without anybody's passphrase, opens
 * none of this: a stolen disk shows the register and no submission.
 */


#ifndef _RFL_VAULT_H_INCLUDED_
#define _RFL_VAULT_H_INCLUDED_


#include "rfl.h"
#include "rfl_box.h"
#include "rfl_keyfile.h"


#define RFL_VAULT_KEY_SIZE   32
#define RFL_VAULT_ID_SIZE    8

#define RFL_VAULT_DIR        "vault"
#define RFL_VAULT_INBOX_DIR  "inbox"
#define RFL_VAULT_ROOT       "root.key"
#define RFL_VAULT_ROOT_PUB   "root.pub"

/* who opens it for rflctl */
#define RFL_VAULT_OFFICE     "office"


/*
 * An open vault: one block of locked memory that is wiped when it is closed.
 * It belongs to one process; threads may read it.
 */

typedef struct {
    u_char         key[RFL_VAULT_KEY_SIZE];
    u_char         id[RFL_VAULT_ID_SIZE];     /* of the key, not secret */
    unsigned       has_sign;
    rfl_keyfile_t  sign;           /* the holder's signing key, if any */
} rfl_vault_t;

/*
 * dir is the desk's folder.  there: RFL_OK if the vault has a holder,
 * RFL_DECLINED if nobody holds it: it was not made, or that was cut short;
 * RFL_DENIED.  create: a new vault key, and its first holder;
 * RFL_CREATE if there is a vault.  open: asks for the holder's passphrase
 * unless the file has none.  RFL_DENIED: wrong passphrase, or the file may
 * be read by others; RFL_DECLINED: there is no such holder.
 */
int rfl_vault_there(rfl_pool_t *pool, const char *dir, rfl_err_t *err)
    rfl_must_check;
int rfl_vault_create(rfl_pool_t *pool, const char *dir, const char *holder,
    const rfl_str_t *passphrase, rfl_vault_t **vault, rfl_err_t *err)
    rfl_must_check;
int rfl_vault_open(rfl_pool_t *pool, const char *dir, const char *holder,
    rfl_passphrase_pt ask, void *data, rfl_vault_t **vault, rfl_err_t *err)
    rfl_must_check;
/* vault may be NULL */
void rfl_vault_close(rfl_vault_t *vault);

/*
 * One more holder of an open vault; sign may be NULL.  holder is made of
 * [a-z0-9-], 32 at most.  passphrase->len 0: not sealed, for trying out.
 * RFL_CREATE: there is such a holder.
 */
int rfl_vault_add(rfl_pool_t *pool, const char *dir, const char *holder,
    const rfl_vault_t *vault, const rfl_keyfile_t *sign,
    const rfl_str_t *passphrase, rfl_err_t *err) rfl_must_check;
/*
 * Takes a holder out again, if there is one: what they copied before still
 * opens the vault.  RFL_CREATE: their file cannot be removed.
 */
int rfl_vault_remove(rfl_pool_t *pool, const char *dir, const char *holder,
    rfl_err_t *err) rfl_must_check;


/*
 * What the desk makes of submissions, sealed under a key of the vault:
 * version 1 | nonce 24 | ciphertext | tag 16.  context is a few words such as
 * "draft"; name is what it is stored under: neither can be exchanged for
 * another.  The plaintext is padded with zeros to a multiple of pad (a power
 * of 2), its length in front of it, sealed.
 */

#define RFL_VAULT_SEALED_MIN  (1 + 24 + 4 + 16)

/* appends to out; out->failed tells of exhaustion */
void rfl_vault_seal(const rfl_vault_t *vault, const char *context,
    const void *name, size_t name_len, const void *data, size_t len,
    size_t pad, rfl_buf_t *out);
/* into the pool; RFL_DECLINED: does not open; RFL_ERROR: out of memory */
int rfl_vault_unseal(rfl_pool_t *pool, const rfl_vault_t *vault,
    const char *context, const void *name, size_t name_len,
    const void *data, size_t len, rfl_str_t *out) rfl_must_check;
/* a keyed name of something, so that names in a dump say nothing */
void rfl_vault_token(const rfl_vault_t *vault, const char *context,
    const void *data, size_t len, u_char token[16]);


/* an inbox key as its file has it; strings in the pool */

typedef struct {
    rfl_str_t  society;
    u_char     id[RFL_KEY_ID_SIZE];
    u_char     pk[RFL_BOX_PUBLIC_SIZE];
    int32_t    not_before;         /* days, both included */
    int32_t    not_after;
    u_char     signature[RFL_SIGN_SIZE];
    unsigned   retired;
    rfl_str_t  sealed;             /* the secret half */
    char      *path;
} rfl_inbox_file_t;

typedef struct {
    unsigned           n;
    rfl_inbox_file_t  *keys;       /* in order of society, then first day */
} rfl_inbox_files_t;

/* all of inbox/; no vault is needed for it */
int rfl_inbox_files(rfl_pool_t *pool, const char *dir,
    rfl_inbox_files_t *files, rfl_err_t *err) rfl_must_check;
/* makes a key, has it signed by root, writes its file */
int rfl_inbox_file_new(rfl_pool_t *pool, const char *dir,
    const rfl_vault_t *vault, const rfl_keyfile_t *root,
    const rfl_str_t *society, int32_t not_before, int32_t not_after,
    rfl_inbox_file_t *file, rfl_err_t *err) rfl_must_check;
/* the same file, retired */
int rfl_inbox_file_retire(rfl_pool_t *pool, rfl_inbox_file_t *file,
    rfl_err_t *err) rfl_must_check;
/* the secret half; RFL_DECLINED: sealed by another vault, or damaged */
int rfl_inbox_file_open(const rfl_vault_t *vault,
    const rfl_inbox_file_t *file, u_char sk[RFL_BOX_SECRET_SIZE],
    rfl_err_t *err) rfl_must_check;

/* the public half of the root, from root.pub; RFL_DECLINED: there is none */
int rfl_vault_root(rfl_pool_t *pool, const char *dir,
    u_char pk[RFL_SIGN_PUBLIC_SIZE], rfl_err_t *err) rfl_must_check;


#endif /* _RFL_VAULT_H_INCLUDED_ */
