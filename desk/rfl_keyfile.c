
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyfile.c: a moderator's signing key in a file.  Called by keygen,
 * sign and init.
 */


#include "rfl_file.h"
#include "rfl_keyfile.h"
#include "rfl_text.h"

#include <jansson.h>
#include <sodium.h>


#define RFL_KEYFILE_MAX      4096
#define RFL_KEYFILE_VERSION  1

#define RFL_KEYFILE_SEED     crypto_sign_SEEDBYTES
#define RFL_KEYFILE_BOX      (RFL_KEYFILE_SEED + RFL_KEYFILE_TAG)
#define RFL_KEYFILE_TAG      crypto_aead_xchacha20poly1305_ietf_ABYTES
#define RFL_KEYFILE_NONCE    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

/* Argon2id, libsodium's "moderate": 0.7 s and 256 MB on a desk machine */
#define RFL_KEYFILE_OPS      crypto_pwhash_OPSLIMIT_MODERATE
#define RFL_KEYFILE_MEM      crypto_pwhash_MEMLIMIT_MODERATE

#define rfl_base64_size(n)                                                   \
    sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL)


/* what is in the file; the second half only if it is sealed */

typedef struct {
    u_char      pk[RFL_SIGN_PUBLIC_SIZE];
    u_char      seed[RFL_KEYFILE_SEED];
    unsigned    sealed;
    u_char      salt[crypto_pwhash_SALTBYTES];
    u_char      nonce[RFL_KEYFILE_NONCE];
    u_char      box[RFL_KEYFILE_BOX];
    json_int_t  ops;
    json_int_t  mem;
} rfl_keyfile_text_t;


static int rfl_keyfile_parse(json_t *root, rfl_keyfile_text_t *text);
static int rfl_keyfile_bytes(const char *base64, u_char *data, size_t len);
static int rfl_keyfile_stretch(const rfl_str_t *passphrase,
    const rfl_keyfile_text_t *text, u_char key[32]);
static void rfl_keyfile_base64(rfl_buf_t *b, const char *name,
    const u_char *data, size_t len);


void
rfl_keyfile_generate(rfl_keyfile_t *key)
{
    (void) crypto_sign_keypair(key->pk, key->sk);
    rfl_key_id(key->pk, key->id);
}


int
rfl_keyfile_write(rfl_pool_t *pool, const char *path,
    const rfl_keyfile_t *key, const rfl_str_t *passphrase, rfl_err_t *err)
{
    int                  rc;
    u_char               k[32];
    rfl_buf_t            b;
    rfl_keyfile_text_t   text;

    memset(&text, 0, sizeof(text));

    (void) crypto_sign_ed25519_sk_to_seed(text.seed, key->sk);

    rfl_buf_init(&b, 0);
    rfl_buf_printf(&b, "{\"rfl_key\": %d", RFL_KEYFILE_VERSION);
    rfl_keyfile_base64(&b, "public", key->pk, RFL_SIGN_PUBLIC_SIZE);

    rc = RFL_OK;

    if (passphrase->len == 0) {
        rfl_keyfile_base64(&b, "secret", text.seed, RFL_KEYFILE_SEED);

    } else {
        text.ops = RFL_KEYFILE_OPS;
        text.mem = RFL_KEYFILE_MEM;

        randombytes_buf(text.salt, sizeof(text.salt));
        randombytes_buf(text.nonce, sizeof(text.nonce));

        rc = rfl_keyfile_stretch(passphrase, &text, k);

        (void) crypto_aead_xchacha20poly1305_ietf_encrypt(text.box, NULL,
                   text.seed, RFL_KEYFILE_SEED, key->pk,
                   RFL_SIGN_PUBLIC_SIZE, NULL, text.nonce, k);

        rfl_buf_printf(&b, ", \"opslimit\": %lld, \"memlimit\": %lld",
                       (long long) text.ops, (long long) text.mem);
        rfl_keyfile_base64(&b, "salt", text.salt, sizeof(text.salt));
        rfl_keyfile_base64(&b, "nonce", text.nonce, sizeof(text.nonce));
        rfl_keyfile_base64(&b, "sealed", text.box, sizeof(text.box));
    }

    rfl_buf_literal(&b, "}\n");

    if (rc != RFL_OK || b.failed) {
        rc = rfl_err(err, 0, "out of memory: 256 MB are needed to seal a "
                     "key with a passphrase");

    } else {
        rc = rfl_file_write(pool, path, 0600, 0, b.data, b.len, err);
    }

    rfl_memzero(&text, sizeof(text));
    rfl_memzero(k, sizeof(k));
    rfl_buf_free(&b);

    return rc;
}


int
rfl_keyfile_read(rfl_pool_t *pool, const char *path, rfl_passphrase_pt ask,
    void *data, rfl_keyfile_t *key, rfl_err_t *err)
{
    int                  rc;
    u_char               k[32];
    json_t              *root;
    rfl_str_t            file, passphrase;
    rfl_keyfile_text_t   text;

    memset(&text, 0, sizeof(text));

    if (rfl_file_read(pool, path, RFL_KEYFILE_MAX, 1, &file, err) != RFL_OK) {
        return RFL_DENIED;
    }

    root = json_loadb((char *) file.data, file.len, JSON_REJECT_DUPLICATES,
                      NULL);
    rfl_memzero(file.data, file.len);

    rc = rfl_keyfile_parse(root, &text);
    json_decref(root);

    if (rc != RFL_OK) {
        rc = rfl_err(err, 0, "\"%s\" is not a key file of \"rflctl keygen\"",
                     path);
        goto done;
    }

    if (text.sealed) {

        rc = ask(data, pool, &passphrase, err);
        if (rc != RFL_OK) {
            goto done;
        }

        if (rfl_keyfile_stretch(&passphrase, &text, k) != RFL_OK) {
            rc = rfl_err(err, 0, "out of memory: the key needs %lld bytes to "
                         "be opened", (long long) text.mem);
            goto done;
        }

        if (crypto_aead_xchacha20poly1305_ietf_decrypt(text.seed, NULL, NULL,
                text.box, sizeof(text.box), text.pk, sizeof(text.pk),
                text.nonce, k)
            != 0)
        {
            (void) rfl_err(err, 0, "wrong passphrase for \"%s\"", path);
            rc = RFL_DENIED;
            goto done;
        }
    }

    (void) crypto_sign_seed_keypair(key->pk, key->sk, text.seed);
    rfl_key_id(key->pk, key->id);

    if (memcmp(key->pk, text.pk, sizeof(text.pk)) != 0) {
        rc = rfl_err(err, 0, "\"%s\" is damaged: its two halves do not "
                     "belong together", path);
    }

done:

    rfl_memzero(&text, sizeof(text));
    rfl_memzero(k, sizeof(k));

    return rc;
}


static int
rfl_keyfile_parse(json_t *root, rfl_keyfile_text_t *text)
{
    int          version;
    const char  *pk, *secret, *salt, *nonce, *box;

    if (json_unpack(root, "{s:i, s:s, s:s !}", "rfl_key", &version, "public",
                    &pk, "secret", &secret)
        == 0)
    {
        return (version == RFL_KEYFILE_VERSION
                && rfl_keyfile_bytes(pk, text->pk, sizeof(text->pk)) == RFL_OK
                && rfl_keyfile_bytes(secret, text->seed, sizeof(text->seed))
                   == RFL_OK)
               ? RFL_OK : RFL_DECLINED;
    }

    if (json_unpack(root, "{s:i, s:s, s:I, s:I, s:s, s:s, s:s !}", "rfl_key",
                    &version, "public", &pk, "opslimit", &text->ops,
                    "memlimit", &text->mem, "salt", &salt, "nonce", &nonce,
                    "sealed", &box)
        != 0)
    {
        return RFL_DECLINED;
    }

    text->sealed = 1;

    if (version != RFL_KEYFILE_VERSION
        || text->ops < (json_int_t) crypto_pwhash_OPSLIMIT_MIN
        || text->ops > (json_int_t) crypto_pwhash_OPSLIMIT_SENSITIVE
        || text->mem < (json_int_t) crypto_pwhash_MEMLIMIT_MIN
        || text->mem > (json_int_t) crypto_pwhash_MEMLIMIT_SENSITIVE
        || rfl_keyfile_bytes(pk, text->pk, sizeof(text->pk)) != RFL_OK
        || rfl_keyfile_bytes(salt, text->salt, sizeof(text->salt)) != RFL_OK
        || rfl_keyfile_bytes(nonce, text->nonce, sizeof(text->nonce))
           != RFL_OK
        || rfl_keyfile_bytes(box, text->box, sizeof(text->box)) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}


static int
rfl_keyfile_bytes(const char *base64, u_char *data, size_t len)
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


static int
rfl_keyfile_stretch(const rfl_str_t *passphrase,
    const rfl_keyfile_text_t *text, u_char key[32])
{
    if (crypto_pwhash(key, 32, (char *) passphrase->data, passphrase->len,
                      text->salt, (unsigned long long) text->ops,
                      (size_t) text->mem, crypto_pwhash_ALG_ARGON2ID13)
        != 0)
    {
        return RFL_ERROR;
    }

    return RFL_OK;
}


void
rfl_keyfile_trust(const rfl_keyfile_t *key, int32_t not_before,
    int32_t not_after, rfl_buf_t *out)
{
    char    base64[rfl_base64_size(RFL_SIGN_PUBLIC_SIZE)];
    u_char  first[RFL_DAY_TEXT_SIZE], last[RFL_DAY_TEXT_SIZE];

    (void) sodium_bin2base64(base64, sizeof(base64), key->pk,
                             RFL_SIGN_PUBLIC_SIZE,
                             sodium_base64_VARIANT_ORIGINAL);

    rfl_day_format(not_before, first);
    rfl_day_format(not_after, last);

    rfl_buf_printf(out, "{\"public\": \"%s\", \"not_before\": \"%.*s\", "
                   "\"not_after\": \"%.*s\"}", base64, RFL_DAY_TEXT_SIZE,
                   first, RFL_DAY_TEXT_SIZE, last);
}


static void
rfl_keyfile_base64(rfl_buf_t *b, const char *name, const u_char *data,
    size_t len)
{
    char  base64[128];

    (void) sodium_bin2base64(base64, sizeof(base64), data, len,
                             sodium_base64_VARIANT_ORIGINAL);

    rfl_buf_printf(b, ", \"%s\": \"%s\"", name, base64);

    rfl_memzero(base64, sizeof(base64));
}
