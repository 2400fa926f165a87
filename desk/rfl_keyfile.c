
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyfile.c: an Ed25519 signing key in a file: of a moderator, of the
 * journal, or the root of a society's inbox keys.  Called by rflctl and
 * rfl_journal.c.
 */


#include "rfl_file.h"
#include "rfl_keyfile.h"
#include "rfl_text.h"

#include <sodium.h>


#define RFL_KEYFILE_VERSION  1
#define RFL_KEYFILE_SEED     crypto_sign_SEEDBYTES

/* for which a new key is trusted */
#define RFL_KEYFILE_DAYS     730

/* members of the object, besides the secret: "rfl_key", "public" */
#define RFL_KEYFILE_MEMBERS  2


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
    int        rc;
    u_char     seed[RFL_KEYFILE_SEED];
    rfl_buf_t  b;

    (void) crypto_sign_ed25519_sk_to_seed(seed, key->sk);

    rfl_buf_init(&b, 0);
    rfl_buf_printf(&b, "{\"rfl_key\": %d", RFL_KEYFILE_VERSION);
    rfl_pass_base64(&b, "public", key->pk, RFL_SIGN_PUBLIC_SIZE);

    rc = rfl_pass_print(passphrase, key->pk, RFL_SIGN_PUBLIC_SIZE, seed,
                        sizeof(seed), &b, err);

    rfl_buf_literal(&b, "}\n");

    if (rc == RFL_OK) {
        rc = b.failed ? rfl_err(err, 0, "out of memory")
                      : rfl_file_write(pool, path, 0600, 0, b.data, b.len,
                                       err);
    }

    rfl_memzero(seed, sizeof(seed));
    rfl_buf_free(&b);

    return rc;
}


int
rfl_keyfile_read(rfl_pool_t *pool, const char *path, rfl_passphrase_pt ask,
    void *data, rfl_keyfile_t *key, rfl_err_t *err)
{
    int          rc, version;
    json_t      *root;
    u_char       seed[RFL_KEYFILE_SEED], pk[RFL_SIGN_PUBLIC_SIZE];
    const char  *public;

    rc = rfl_pass_load(pool, path, &root, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = RFL_DECLINED;

    if (json_unpack(root, "{s:i, s:s}", "rfl_key", &version, "public",
                    &public)
        == 0
        && version == RFL_KEYFILE_VERSION
        && rfl_pass_bytes(public, pk, sizeof(pk)) == RFL_OK)
    {
        rc = rfl_pass_parse(pool, path, root, RFL_KEYFILE_MEMBERS, ask, data,
                            pk, sizeof(pk), seed, sizeof(seed), err);
    }

    json_decref(root);

    if (rc == RFL_DECLINED) {
        rc = rfl_err(err, 0, "\"%s\" is not a key file of \"rflctl\"", path);
    }

    if (rc == RFL_OK) {
        (void) crypto_sign_seed_keypair(key->pk, key->sk, seed);
        rfl_key_id(key->pk, key->id);

        if (memcmp(key->pk, pk, sizeof(pk)) != 0) {
            rc = rfl_err(err, 0, "\"%s\" is damaged: its two halves do not "
                         "belong together", path);
        }
    }

    rfl_memzero(seed, sizeof(seed));

    return rc;
}


void
rfl_keyfile_trust(const rfl_keyfile_t *key, rfl_buf_t *out)
{
    char     base64[sodium_base64_ENCODED_LEN(RFL_SIGN_PUBLIC_SIZE,
                                              sodium_base64_VARIANT_ORIGINAL)];
    u_char   first[RFL_DAY_TEXT_SIZE], last[RFL_DAY_TEXT_SIZE];
    int32_t  today;

    (void) sodium_bin2base64(base64, sizeof(base64), key->pk,
                             RFL_SIGN_PUBLIC_SIZE,
                             sodium_base64_VARIANT_ORIGINAL);

    today = rfl_today();
    rfl_day_format(today, first);
    rfl_day_format(today + RFL_KEYFILE_DAYS, last);

    rfl_buf_printf(out, "{\"public\": \"%s\", \"not_before\": \"%.*s\", "
                   "\"not_after\": \"%.*s\"}", base64, RFL_DAY_TEXT_SIZE,
                   first, RFL_DAY_TEXT_SIZE, last);
}
