
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pass.c: a short secret in a JSON file, sealed with a passphrase.
 * Called by what reads and writes key files.
 */


#include "rfl_pass.h"

#include <sodium.h>


#define RFL_PASS_TAG         crypto_aead_xchacha20poly1305_ietf_ABYTES
#define RFL_PASS_NONCE       crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define RFL_PASS_BOX_MAX     (RFL_PASS_SECRET_MAX + RFL_PASS_TAG)

/* Argon2id, libsodium's "moderate": 0.7 s and 256 MB on a desk machine */
#define RFL_PASS_OPS         crypto_pwhash_OPSLIMIT_MODERATE
#define RFL_PASS_MEM         crypto_pwhash_MEMLIMIT_MODERATE

/* members of either form */
#define RFL_PASS_PLAIN       1
#define RFL_PASS_SEALED      5


typedef struct {
    json_int_t  ops;
    json_int_t  mem;
    u_char      salt[crypto_pwhash_SALTBYTES];
    u_char      nonce[RFL_PASS_NONCE];
    u_char      box[RFL_PASS_BOX_MAX];
} rfl_pass_t;


static int rfl_pass_members(json_t *root, size_t len, rfl_pass_t *pass);
static int rfl_pass_stretch(const rfl_str_t *passphrase,
    const rfl_pass_t *pass, u_char key[32]);


int
rfl_pass_print(const rfl_str_t *passphrase, const void *aad, size_t aad_len,
    const void *secret, size_t len, rfl_buf_t *out, rfl_err_t *err)
{
    int         rc;
    u_char      key[32];
    rfl_pass_t  pass;

    if (len > RFL_PASS_SECRET_MAX) {
        return rfl_err(err, 0, "the secret is too long");
    }

    if (passphrase->len == 0) {
        rfl_pass_base64(out, "secret", secret, len);
        return RFL_OK;
    }

    pass.ops = RFL_PASS_OPS;
    pass.mem = RFL_PASS_MEM;

    randombytes_buf(pass.salt, sizeof(pass.salt));
    randombytes_buf(pass.nonce, sizeof(pass.nonce));

    rc = rfl_pass_stretch(passphrase, &pass, key);

    if (rc == RFL_OK) {
        (void) crypto_aead_xchacha20poly1305_ietf_encrypt(pass.box, NULL,
                   secret, len, aad, aad_len, NULL, pass.nonce, key);

        rfl_buf_printf(out, ", \"opslimit\": %lld, \"memlimit\": %lld",
                       (long long) pass.ops, (long long) pass.mem);
        rfl_pass_base64(out, "salt", pass.salt, sizeof(pass.salt));
        rfl_pass_base64(out, "nonce", pass.nonce, sizeof(pass.nonce));
        rfl_pass_base64(out, "sealed", pass.box, len + RFL_PASS_TAG);

    } else {
        (void) rfl_err(err, 0, "out of memory: 256 MB are needed to seal a "
                       "key with a passphrase");
    }

    rfl_memzero(key, sizeof(key));

    return rc;
}


int
rfl_pass_load(rfl_pool_t *pool, const char *path, json_t **root,
    rfl_err_t *err)
{
    rfl_str_t  file;

    *root = NULL;

    if (rfl_file_read(pool, path, RFL_PASS_FILE_MAX, 1, &file, err)
        != RFL_OK)
    {
        return RFL_DENIED;
    }

    *root = json_loadb((char *) file.data, file.len, JSON_REJECT_DUPLICATES,
                       NULL);
    rfl_memzero(file.data, file.len);

    return RFL_OK;
}


int
rfl_pass_parse(rfl_pool_t *pool, const char *path, json_t *root,
    size_t others, rfl_passphrase_pt ask, void *data, const void *aad,
    size_t aad_len, void *secret, size_t len, rfl_err_t *err)
{
    int          rc;
    u_char       key[32];
    rfl_str_t    passphrase;
    rfl_pass_t   pass;
    const char  *plain;

    if (json_unpack(root, "{s:s}", "secret", &plain) == 0) {
        return (json_object_size(root) == others + RFL_PASS_PLAIN)
               ? rfl_pass_bytes(plain, secret, len) : RFL_DECLINED;
    }

    if (json_object_size(root) != others + RFL_PASS_SEALED
        || rfl_pass_members(root, len, &pass) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    rc = ask(data, pool, &passphrase, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_pass_stretch(&passphrase, &pass, key);

    if (rc != RFL_OK) {
        (void) rfl_err(err, 0, "out of memory: the key needs %lld bytes to "
                       "be opened", (long long) pass.mem);

    } else if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret, NULL, NULL,
                   pass.box, len + RFL_PASS_TAG, aad, aad_len, pass.nonce,
                   key)
               != 0)
    {
        (void) rfl_err(err, 0, "wrong passphrase for \"%s\"", path);
        rc = RFL_DENIED;
    }

    rfl_memzero(key, sizeof(key));

    return rc;
}


static int
rfl_pass_members(json_t *root, size_t len, rfl_pass_t *pass)
{
    const char  *salt, *nonce, *box;

    if (len > RFL_PASS_SECRET_MAX
        || json_unpack(root, "{s:I, s:I, s:s, s:s, s:s}", "opslimit",
                       &pass->ops, "memlimit", &pass->mem, "salt", &salt,
                       "nonce", &nonce, "sealed", &box)
           != 0
        || pass->ops < (json_int_t) crypto_pwhash_OPSLIMIT_MIN
        || pass->ops > (json_int_t) crypto_pwhash_OPSLIMIT_SENSITIVE
        || pass->mem < (json_int_t) crypto_pwhash_MEMLIMIT_MIN
        || pass->mem > (json_int_t) crypto_pwhash_MEMLIMIT_SENSITIVE
        || rfl_pass_bytes(salt, pass->salt, sizeof(pass->salt)) != RFL_OK
        || rfl_pass_bytes(nonce, pass->nonce, sizeof(pass->nonce)) != RFL_OK
        || rfl_pass_bytes(box, pass->box, len + RFL_PASS_TAG) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}


static int
rfl_pass_stretch(const rfl_str_t *passphrase, const rfl_pass_t *pass,
    u_char key[32])
{
    if (crypto_pwhash(key, 32, (char *) passphrase->data, passphrase->len,
                      pass->salt, (unsigned long long) pass->ops,
                      (size_t) pass->mem, crypto_pwhash_ALG_ARGON2ID13)
        != 0)
    {
        return RFL_ERROR;
    }

    return RFL_OK;
}


void
rfl_pass_base64(rfl_buf_t *b, const char *name, const u_char *data,
    size_t len)
{
    char  base64[sodium_base64_ENCODED_LEN(RFL_PASS_BOX_MAX,
                                           sodium_base64_VARIANT_ORIGINAL)];

    (void) sodium_bin2base64(base64, sizeof(base64), data, len,
                             sodium_base64_VARIANT_ORIGINAL);

    rfl_buf_printf(b, ", \"%s\": \"%s\"", name, base64);

    rfl_memzero(base64, sizeof(base64));
}


int
rfl_pass_bytes(const char *base64, u_char *data, size_t len)
{
    size_t  n;

    if (sodium_base642bin(data, len, base64, strlen(base64), NULL, &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL)
        != 0)
    {
        return RFL_DECLINED;
    }

    return (n == len) ? RFL_OK : RFL_DECLINED;
}
