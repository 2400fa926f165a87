
/*
 * Copyright (C) The RFL authors
 *
 * rfl_vault.c: the vault key, its holders, and what is sealed with it.
 * Called by "rflctl keys", by "rflctl inbox" and by the moderators' desk.
 */


#include "rfl_file.h"
#include "rfl_json.h"
#include "rfl_vault.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>


#define RFL_VAULT_VERSION    1
#define RFL_VAULT_SEED       crypto_sign_SEEDBYTES

#define RFL_VAULT_TAG        crypto_aead_xchacha20poly1305_ietf_ABYTES
#define RFL_VAULT_NONCE      crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

/* what is sealed in a holder's file: vault key, 0 or 1, seed or zeros */
#define RFL_VAULT_SECRET     (RFL_VAULT_KEY_SIZE + 1 + RFL_VAULT_SEED)

/* and what it is bound to: id of the vault, holder */
#define RFL_VAULT_AAD_MAX    (RFL_VAULT_ID_SIZE + RFL_ID_MAX)

/* members beside the secret: "rfl_vault", "id", "holder" */
#define RFL_VAULT_MEMBERS    3


static rfl_vault_t *rfl_vault_alloc(rfl_err_t *err);
static void rfl_vault_id(const u_char key[RFL_VAULT_KEY_SIZE],
    u_char id[RFL_VAULT_ID_SIZE]);
static char *rfl_vault_path(rfl_pool_t *pool, const char *dir,
    const char *holder, rfl_err_t *err);
static int rfl_vault_parse(rfl_pool_t *pool, const char *path,
    const char *holder, json_t *root, rfl_passphrase_pt ask, void *data,
    rfl_vault_t *vault, rfl_err_t *err);
static size_t rfl_vault_aad(const u_char id[RFL_VAULT_ID_SIZE],
    const char *holder, u_char aad[RFL_VAULT_AAD_MAX]);
static void rfl_vault_derive(const rfl_vault_t *vault, const char *purpose,
    const char *context, u_char key[32]);


static rfl_vault_t *
rfl_vault_alloc(rfl_err_t *err)
{
    rfl_vault_t  *vault;

    vault = sodium_malloc(sizeof(rfl_vault_t));

    if (vault == NULL) {
        (void) rfl_err(err, 0, "out of memory that may be locked: raise the "
                       "limit of \"ulimit -l\"");
        return NULL;
    }

    memset(vault, 0, sizeof(rfl_vault_t));

    return vault;
}


void
rfl_vault_close(rfl_vault_t *vault)
{
    sodium_free(vault);
}


static void
rfl_vault_id(const u_char key[RFL_VAULT_KEY_SIZE],
    u_char id[RFL_VAULT_ID_SIZE])
{
    u_char  hash[crypto_generichash_BYTES_MIN];

    (void) crypto_generichash(hash, sizeof(hash),
                              (const u_char *) "rfl.v1.vaultid",
                              sizeof("rfl.v1.vaultid") - 1, key,
                              RFL_VAULT_KEY_SIZE);
    memcpy(id, hash, RFL_VAULT_ID_SIZE);
}


int
rfl_vault_there(rfl_pool_t *pool, const char *dir, rfl_err_t *err)
{
    DIR            *d;
    int             rc;
    char           *path;
    size_t          len;
    struct dirent  *e;

    path = rfl_path(pool, dir, RFL_VAULT_DIR);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    d = opendir(path);

    if (d == NULL) {
        (void) rfl_err(err, 0, "cannot read \"%s\": %s", path,
                       strerror(errno));
        return (errno == ENOENT) ? RFL_DECLINED : RFL_DENIED;
    }

    for (rc = RFL_DECLINED; (e = readdir(d)) != NULL; /* void */ ) {
        len = strlen(e->d_name);

        if (len > 4 && memcmp(e->d_name + len - 4, ".key", 4) == 0) {
            rc = RFL_OK;
        }
    }

    (void) closedir(d);

    return rc;
}


int
rfl_vault_create(rfl_pool_t *pool, const char *dir, const char *holder,
    const rfl_str_t *passphrase, rfl_vault_t **vault, rfl_err_t *err)
{
    int           rc;
    char         *path;
    rfl_vault_t  *v;

    path = rfl_path(pool, dir, RFL_VAULT_DIR);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    /*
     * The folder is the vault: a holder of another key in it would be taken
     * for one of this.
     */

    rc = rfl_vault_there(pool, dir, err);

    if (rc == RFL_OK) {
        (void) rfl_err(err, 0, "\"%s\" is there already: nothing was changed",
                       path);
        return RFL_CREATE;
    }

    if (rc != RFL_DECLINED) {
        return rc;
    }

    if (mkdir(path, 0700) == -1 && errno != EEXIST) {
        (void) rfl_err(err, 0, "cannot create \"%s\": %s", path,
                       strerror(errno));
        return (errno == EACCES || errno == EPERM) ? RFL_DENIED : RFL_CREATE;
    }

    v = rfl_vault_alloc(err);
    if (v == NULL) {
        return RFL_ERROR;
    }

    randombytes_buf(v->key, sizeof(v->key));
    rfl_vault_id(v->key, v->id);

    rc = rfl_vault_add(pool, dir, holder, v, NULL, passphrase, err);

    if (rc != RFL_OK) {
        rfl_vault_close(v);
        return rc;
    }

    *vault = v;

    return RFL_OK;
}


int
rfl_vault_add(rfl_pool_t *pool, const char *dir, const char *holder,
    const rfl_vault_t *vault, const rfl_keyfile_t *sign,
    const rfl_str_t *passphrase, rfl_err_t *err)
{
    int         rc;
    char       *path, id[2 * RFL_VAULT_ID_SIZE + 1];
    size_t      n;
    u_char     *secret, aad[RFL_VAULT_AAD_MAX];
    rfl_buf_t   b;

    path = rfl_vault_path(pool, dir, holder, err);
    if (path == NULL) {
        return RFL_ERROR;
    }

    secret = rfl_pcalloc(pool, RFL_VAULT_SECRET);
    if (secret == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    memcpy(secret, vault->key, RFL_VAULT_KEY_SIZE);

    if (sign != NULL) {
        secret[RFL_VAULT_KEY_SIZE] = 1;
        (void) crypto_sign_ed25519_sk_to_seed(secret + RFL_VAULT_KEY_SIZE + 1,
                                              sign->sk);
    }

    n = rfl_vault_aad(vault->id, holder, aad);

    (void) sodium_bin2hex(id, sizeof(id), vault->id, RFL_VAULT_ID_SIZE);

    rfl_buf_init(&b, 0);
    rfl_buf_printf(&b, "{\"rfl_vault\": %d, \"id\": \"%s\", "
                   "\"holder\": \"%s\"", RFL_VAULT_VERSION, id, holder);

    rc = rfl_pass_print(passphrase, aad, n, secret, RFL_VAULT_SECRET, &b,
                        err);

    rfl_buf_literal(&b, "}\n");

    if (rc == RFL_OK) {
        rc = b.failed ? rfl_err(err, 0, "out of memory")
                      : rfl_file_write(pool, path, 0600, 0, b.data, b.len,
                                       err);
    }

    rfl_memzero(secret, RFL_VAULT_SECRET);
    rfl_buf_free(&b);

    return rc;
}


int
rfl_vault_remove(rfl_pool_t *pool, const char *dir, const char *holder,
    rfl_err_t *err)
{
    char  *path;

    path = rfl_vault_path(pool, dir, holder, err);
    if (path == NULL) {
        return RFL_ERROR;
    }

    if (unlink(path) == -1 && errno != ENOENT) {
        (void) rfl_err(err, 0, "\"%s\" cannot be removed: %s: remove it by "
                       "hand", path, strerror(errno));
        return RFL_CREATE;
    }

    return RFL_OK;
}


static char *
rfl_vault_path(rfl_pool_t *pool, const char *dir, const char *holder,
    rfl_err_t *err)
{
    char  *path;

    if (!rfl_id_valid((const u_char *) holder, strlen(holder))) {
        (void) rfl_err(err, 0, "a holder's name has small letters, digits "
                       "and '-' only, at most %d", RFL_ID_MAX);
        return NULL;
    }

    path = rfl_psprintf(pool, "%s/" RFL_VAULT_DIR "/%s.key", dir, holder);

    if (path == NULL) {
        (void) rfl_err(err, 0, "out of memory");
    }

    return path;
}


int
rfl_vault_open(rfl_pool_t *pool, const char *dir, const char *holder,
    rfl_passphrase_pt ask, void *data, rfl_vault_t **vault, rfl_err_t *err)
{
    int           rc;
    char         *path;
    json_t       *root;
    rfl_vault_t  *v;

    path = rfl_vault_path(pool, dir, holder, err);
    if (path == NULL) {
        return RFL_ERROR;
    }

    if (access(path, F_OK) == -1 && errno == ENOENT) {
        (void) rfl_err(err, 0, "there is no \"%s\": \"rflctl keys init\" "
                       "makes the vault and its first holder", path);
        return RFL_DECLINED;
    }

    rc = rfl_pass_load(pool, path, &root, err);
    if (rc != RFL_OK) {
        return rc;
    }

    v = rfl_vault_alloc(err);

    if (v == NULL) {
        json_decref(root);
        return RFL_ERROR;
    }

    rc = rfl_vault_parse(pool, path, holder, root, ask, data, v, err);
    json_decref(root);

    if (rc != RFL_OK) {
        rfl_vault_close(v);
        return rc;
    }

    *vault = v;

    return RFL_OK;
}


static int
rfl_vault_parse(rfl_pool_t *pool, const char *path, const char *holder,
    json_t *root, rfl_passphrase_pt ask, void *data, rfl_vault_t *vault,
    rfl_err_t *err)
{
    int          rc, version;
    size_t       n;
    u_char      *secret, id[RFL_VAULT_ID_SIZE], aad[RFL_VAULT_AAD_MAX];
    const char  *hex, *name;

    secret = rfl_palloc(pool, RFL_VAULT_SECRET);
    if (secret == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = RFL_DECLINED;

    if (json_unpack(root, "{s:i, s:s, s:s}", "rfl_vault", &version, "id",
                    &hex, "holder", &name)
        == 0
        && version == RFL_VAULT_VERSION && strcmp(name, holder) == 0
        && sodium_hex2bin(id, sizeof(id), hex, strlen(hex), NULL, &n, NULL)
           == 0
        && n == sizeof(id))
    {
        n = rfl_vault_aad(id, holder, aad);

        rc = rfl_pass_parse(pool, path, root, RFL_VAULT_MEMBERS, ask, data,
                            aad, n, secret, RFL_VAULT_SECRET, err);
    }

    if (rc == RFL_DECLINED) {
        return rfl_err(err, 0, "\"%s\" is not the file of this holder of a "
                       "vault", path);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    memcpy(vault->key, secret, RFL_VAULT_KEY_SIZE);
    rfl_vault_id(vault->key, vault->id);

    if (secret[RFL_VAULT_KEY_SIZE]) {
        vault->has_sign = 1;
        (void) crypto_sign_seed_keypair(vault->sign.pk, vault->sign.sk,
                                        secret + RFL_VAULT_KEY_SIZE + 1);
        rfl_key_id(vault->sign.pk, vault->sign.id);
    }

    rfl_memzero(secret, RFL_VAULT_SECRET);

    /* of a file that is not sealed nothing else has told */

    if (memcmp(vault->id, id, sizeof(id)) != 0) {
        return rfl_err(err, 0, "\"%s\" is damaged: its key is not that of "
                       "its vault", path);
    }

    return RFL_OK;
}


static size_t
rfl_vault_aad(const u_char id[RFL_VAULT_ID_SIZE], const char *holder,
    u_char aad[RFL_VAULT_AAD_MAX])
{
    size_t  len;

    len = strlen(holder);

    memcpy(aad, id, RFL_VAULT_ID_SIZE);
    memcpy(aad + RFL_VAULT_ID_SIZE, holder, len);

    return RFL_VAULT_ID_SIZE + len;
}


void
rfl_vault_seal(const rfl_vault_t *vault, const char *context,
    const void *name, size_t name_len, const void *data, size_t len,
    size_t pad, rfl_buf_t *out)
{
    size_t     size;
    u_char    *p, key[32], nonce[RFL_VAULT_NONCE];
    rfl_buf_t  plain;

    static const u_char  version = RFL_VAULT_VERSION;
    static const u_char  zeros[64];

    rfl_buf_init(&plain, 0);

    size = (4 + len + pad - 1) & ~(pad - 1);

    rfl_buf_append(&plain, "\0\0\0\0", 4);
    rfl_buf_append(&plain, data, len);

    while (!plain.failed && plain.len < size) {
        rfl_buf_append(&plain, zeros, size - plain.len < sizeof(zeros)
                                      ? size - plain.len : sizeof(zeros));
    }

    p = (size > UINT32_MAX) ? NULL : rfl_realloc(NULL, size + RFL_VAULT_TAG);

    if (plain.failed || p == NULL) {
        out->failed = 1;
        goto done;
    }

    (void) rfl_le_put(plain.data, len, 4);

    randombytes_buf(nonce, sizeof(nonce));
    rfl_vault_derive(vault, "seal", context, key);

    (void) crypto_aead_xchacha20poly1305_ietf_encrypt(p, NULL, plain.data,
               size, name, name_len, NULL, nonce, key);

    rfl_memzero(key, sizeof(key));

    rfl_buf_append(out, &version, 1);
    rfl_buf_append(out, nonce, sizeof(nonce));
    rfl_buf_append(out, p, size + RFL_VAULT_TAG);

done:

    rfl_free(p);
    rfl_buf_free(&plain);
}


int
rfl_vault_unseal(rfl_pool_t *pool, const rfl_vault_t *vault,
    const char *context, const void *name, size_t name_len,
    const void *data, size_t len, rfl_str_t *out)
{
    int            rc;
    size_t         size;
    u_char        *plain, key[32];
    const u_char  *p = data;

    if (len < RFL_VAULT_SEALED_MIN || p[0] != RFL_VAULT_VERSION) {
        return RFL_DECLINED;
    }

    size = len - 1 - RFL_VAULT_NONCE - RFL_VAULT_TAG;

    plain = rfl_palloc(pool, size + 1);
    if (plain == NULL) {
        return RFL_ERROR;
    }

    rfl_vault_derive(vault, "seal", context, key);

    rc = crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL,
             p + 1 + RFL_VAULT_NONCE, len - 1 - RFL_VAULT_NONCE, name,
             name_len, p + 1, key);

    rfl_memzero(key, sizeof(key));

    if (rc != 0 || rfl_le_get(plain, 4) > size - 4) {
        return RFL_DECLINED;
    }

    out->data = plain + 4;
    out->len = (size_t) rfl_le_get(plain, 4);

    return RFL_OK;
}


void
rfl_vault_token(const rfl_vault_t *vault, const char *context,
    const void *data, size_t len, u_char token[16])
{
    u_char  key[32];

    rfl_vault_derive(vault, "token", context, key);

    (void) crypto_generichash(token, 16, data, len, key, sizeof(key));

    rfl_memzero(key, sizeof(key));
}


static void
rfl_vault_derive(const rfl_vault_t *vault, const char *purpose,
    const char *context, u_char key[32])
{
    crypto_generichash_state  state;

    /* with their NULs: no two pairs of words run into one */

    (void) crypto_generichash_init(&state, vault->key, RFL_VAULT_KEY_SIZE,
                                   32);
    (void) crypto_generichash_update(&state,
                                     (const u_char *) "rfl.v1.vault",
                                     sizeof("rfl.v1.vault"));
    (void) crypto_generichash_update(&state, (const u_char *) purpose,
                                     strlen(purpose) + 1);
    (void) crypto_generichash_update(&state, (const u_char *) context,
                                     strlen(context) + 1);
    (void) crypto_generichash_final(&state, key, 32);

    rfl_memzero(&state, sizeof(state));
}
