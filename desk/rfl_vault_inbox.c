
/*
 * Copyright (C) The RFL authors
 *
 * rfl_vault_inbox.c: the files of a society's inbox keys: public half, dates
 * and the root's signature to be read by all at the desk, the secret half
 * sealed with the vault key.  Called by "rflctl keys" and whoever opens boxes.
 */


#include "rfl_file.h"
#include "rfl_json.h"
#include "rfl_text.h"
#include "rfl_vault.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>


#define RFL_INBOX_FILE_VERSION  1
#define RFL_INBOX_FILE_MAX      4096
#define RFL_INBOX_FILES_MAX     1024

#define RFL_INBOX_CONTEXT       "inboxkey"

/* version, nonce, length and secret padded to 64, tag */
#define RFL_INBOX_SEALED        (1 + 24 + 64 + 16)
#define RFL_INBOX_PAD           64


static int rfl_inbox_file_read(rfl_pool_t *pool, const char *path,
    rfl_inbox_file_t *file, rfl_err_t *err);
static int rfl_inbox_file_parse(rfl_pool_t *pool, json_t *root,
    rfl_inbox_file_t *file);
static int rfl_inbox_file_write(rfl_pool_t *pool,
    const rfl_inbox_file_t *file, int replace, rfl_err_t *err);
static int rfl_inbox_file_order(const void *a, const void *b);


int
rfl_inbox_files(rfl_pool_t *pool, const char *dir, rfl_inbox_files_t *files,
    rfl_err_t *err)
{
    int             rc;
    DIR            *d;
    char           *path, *name;
    size_t          len;
    struct dirent  *e;

    memset(files, 0, sizeof(rfl_inbox_files_t));

    path = rfl_path(pool, dir, RFL_VAULT_INBOX_DIR);
    files->keys = rfl_pcalloc(pool, RFL_INBOX_FILES_MAX
                                    * sizeof(rfl_inbox_file_t));

    if (path == NULL || files->keys == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    d = opendir(path);

    if (d == NULL) {
        if (errno == ENOENT) {
            return RFL_OK;
        }

        (void) rfl_err(err, 0, "cannot read \"%s\": %s", path,
                       strerror(errno));
        return RFL_DENIED;
    }

    rc = RFL_OK;

    while (rc == RFL_OK && (e = readdir(d)) != NULL) {
        len = strlen(e->d_name);

        if (len < sizeof(".key") || strcmp(e->d_name + len - 4, ".key") != 0)
        {
            continue;
        }

        if (files->n == RFL_INBOX_FILES_MAX) {
            rc = rfl_err(err, 0, "\"%s\" has more than %d keys: move the old "
                         "ones, whose boxes were all opened, away", path,
                         RFL_INBOX_FILES_MAX);
            break;
        }

        name = rfl_path(pool, path, e->d_name);

        rc = (name == NULL) ? rfl_err(err, 0, "out of memory")
                            : rfl_inbox_file_read(pool, name,
                                                  &files->keys[files->n],
                                                  err);
        files->n++;
    }

    (void) closedir(d);

    if (files->n > 1) {
        qsort(files->keys, files->n, sizeof(rfl_inbox_file_t),
              rfl_inbox_file_order);
    }

    return rc;
}


static int
rfl_inbox_file_order(const void *a, const void *b)
{
    int                      rc;
    size_t                   len;
    const rfl_inbox_file_t  *x = a, *y = b;

    len = (x->society.len < y->society.len) ? x->society.len : y->society.len;

    rc = memcmp(x->society.data, y->society.data, len);

    if (rc == 0 && x->society.len != y->society.len) {
        rc = (x->society.len < y->society.len) ? -1 : 1;
    }

    if (rc == 0 && x->not_before != y->not_before) {
        rc = (x->not_before < y->not_before) ? -1 : 1;
    }

    return (rc != 0) ? rc : memcmp(x->id, y->id, RFL_KEY_ID_SIZE);
}


static int
rfl_inbox_file_read(rfl_pool_t *pool, const char *path,
    rfl_inbox_file_t *file, rfl_err_t *err)
{
    int         rc;
    json_t     *root;
    rfl_str_t   text;

    if (rfl_file_read(pool, path, RFL_INBOX_FILE_MAX, 1, &text, err)
        != RFL_OK)
    {
        return RFL_DENIED;
    }

    root = rfl_json_parse(text.data, text.len, NULL);

    rc = rfl_inbox_file_parse(pool, root, file);

    json_decref(root);

    if (rc == RFL_DECLINED) {
        return rfl_err(err, 0, "\"%s\" is not an inbox key: if it is damaged, "
                       "put back its copy", path);
    }

    file->path = rfl_psprintf(pool, "%s", path);

    if (rc != RFL_OK || file->path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    return RFL_OK;
}


static int
rfl_inbox_file_parse(rfl_pool_t *pool, json_t *root, rfl_inbox_file_t *file)
{
    int          version, retired;
    u_char       sealed[RFL_INBOX_SEALED];
    const char  *society, *pk, *first, *last, *signature, *box;

    if (json_unpack(root, "{s:i, s:s, s:s, s:s, s:s, s:s, s:b, s:s !}",
                    "rfl_inbox_key", &version, "society", &society,
                    "public", &pk, "not_before", &first, "not_after", &last,
                    "signature", &signature, "retired", &retired, "sealed",
                    &box)
        != 0
        || version != RFL_INBOX_FILE_VERSION
        || !rfl_id_valid((const u_char *) society, strlen(society))
        || rfl_pass_bytes(pk, file->pk, sizeof(file->pk)) != RFL_OK
        || rfl_day_parse((const u_char *) first, strlen(first),
                         &file->not_before)
           != RFL_OK
        || rfl_day_parse((const u_char *) last, strlen(last),
                         &file->not_after)
           != RFL_OK
        || rfl_pass_bytes(signature, file->signature,
                          sizeof(file->signature))
           != RFL_OK
        || rfl_pass_bytes(box, sealed, sizeof(sealed)) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    file->retired = (retired != 0);
    rfl_box_key_id(file->pk, file->id);

    file->society.len = strlen(society);
    file->society.data = rfl_pstrdup(pool, (const u_char *) society,
                                     file->society.len);
    file->sealed.len = sizeof(sealed);
    file->sealed.data = rfl_pstrdup(pool, sealed, sizeof(sealed));

    return (file->society.data == NULL || file->sealed.data == NULL)
           ? RFL_ERROR : RFL_OK;
}


int
rfl_inbox_file_new(rfl_pool_t *pool, const char *dir,
    const rfl_vault_t *vault, const rfl_keyfile_t *root,
    const rfl_str_t *society, int32_t not_before, int32_t not_after,
    rfl_inbox_file_t *file, rfl_err_t *err)
{
    int        rc;
    char      *path, hex[2 * RFL_KEY_ID_SIZE + 1];
    u_char     sk[RFL_BOX_SECRET_SIZE];
    rfl_buf_t  sealed;

    memset(file, 0, sizeof(rfl_inbox_file_t));

    path = rfl_path(pool, dir, RFL_VAULT_INBOX_DIR);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (mkdir(path, 0700) == -1 && errno != EEXIST) {
        (void) rfl_err(err, 0, "cannot create \"%s\": %s", path,
                       strerror(errno));
        return (errno == EACCES || errno == EPERM) ? RFL_DENIED : RFL_CREATE;
    }

    (void) crypto_box_keypair(file->pk, sk);
    rfl_box_key_id(file->pk, file->id);

    file->society = *society;
    file->not_before = not_before;
    file->not_after = not_after;

    (void) sodium_bin2hex(hex, sizeof(hex), file->id, RFL_KEY_ID_SIZE);
    file->path = rfl_psprintf(pool, "%s/%s.key", path, hex);

    rfl_buf_init(&sealed, 0);
    rfl_vault_seal(vault, RFL_INBOX_CONTEXT, file->pk, sizeof(file->pk), sk,
                   sizeof(sk), RFL_INBOX_PAD, &sealed);
    rfl_memzero(sk, sizeof(sk));

    if (!sealed.failed) {
        file->sealed.len = sealed.len;
        file->sealed.data = rfl_pstrdup(pool, sealed.data, sealed.len);
    }

    rfl_buf_free(&sealed);

    if (file->path == NULL || file->sealed.data == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (rfl_box_key_sign(root->sk, society, file->pk, not_before, not_after,
                         file->signature)
        != RFL_OK)
    {
        return rfl_err(err, 0, "the root key does not sign this key");
    }

    rc = rfl_inbox_file_write(pool, file, 0, err);

    return rc;
}


int
rfl_inbox_file_retire(rfl_pool_t *pool, rfl_inbox_file_t *file,
    rfl_err_t *err)
{
    file->retired = 1;

    return rfl_inbox_file_write(pool, file, 1, err);
}


static int
rfl_inbox_file_write(rfl_pool_t *pool, const rfl_inbox_file_t *file,
    int replace, rfl_err_t *err)
{
    int        rc;
    u_char     first[RFL_DAY_TEXT_SIZE], last[RFL_DAY_TEXT_SIZE];
    rfl_buf_t  b;

    rfl_day_format(file->not_before, first);
    rfl_day_format(file->not_after, last);

    rfl_buf_init(&b, 0);
    rfl_buf_printf(&b, "{\"rfl_inbox_key\": %d, \"society\": \"%.*s\", "
                   "\"not_before\": \"%.*s\", \"not_after\": \"%.*s\", "
                   "\"retired\": %s", RFL_INBOX_FILE_VERSION,
                   (int) file->society.len, (char *) file->society.data,
                   RFL_DAY_TEXT_SIZE, first, RFL_DAY_TEXT_SIZE, last,
                   file->retired ? "true" : "false");
    rfl_pass_base64(&b, "public", file->pk, sizeof(file->pk));
    rfl_pass_base64(&b, "signature", file->signature,
                    sizeof(file->signature));
    rfl_pass_base64(&b, "sealed", file->sealed.data, file->sealed.len);
    rfl_buf_literal(&b, "}\n");

    rc = b.failed ? rfl_err(err, 0, "out of memory")
                  : rfl_file_write(pool, file->path, 0600, replace, b.data,
                                   b.len, err);

    rfl_buf_free(&b);

    return rc;
}


int
rfl_inbox_file_open(const rfl_vault_t *vault, const rfl_inbox_file_t *file,
    u_char sk[RFL_BOX_SECRET_SIZE], rfl_err_t *err)
{
    int          rc;
    u_char       pk[RFL_BOX_PUBLIC_SIZE];
    rfl_str_t    secret;
    rfl_pool_t  *pool;

    pool = rfl_pool_create(1024);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_vault_unseal(pool, vault, RFL_INBOX_CONTEXT, file->pk,
                          sizeof(file->pk), file->sealed.data,
                          file->sealed.len, &secret);

    if (rc == RFL_OK
        && (secret.len != RFL_BOX_SECRET_SIZE
            || crypto_scalarmult_base(pk, secret.data) != 0
            || memcmp(pk, file->pk, sizeof(pk)) != 0))
    {
        rc = RFL_DECLINED;
    }

    if (rc == RFL_OK) {
        memcpy(sk, secret.data, RFL_BOX_SECRET_SIZE);

    } else {
        (void) rfl_err(err, 0, "\"%s\" does not open with this vault: it is "
                       "of another desk, or damaged", file->path);
    }

    rfl_pool_destroy(pool);

    return rc;
}


int
rfl_vault_root(rfl_pool_t *pool, const char *dir,
    u_char pk[RFL_SIGN_PUBLIC_SIZE], rfl_err_t *err)
{
    char       *path;
    rfl_str_t   text;

    path = rfl_path(pool, dir, RFL_VAULT_ROOT_PUB);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (rfl_file_read(pool, path, RFL_INBOX_FILE_MAX, 0, &text, err)
        != RFL_OK)
    {
        (void) rfl_err(err, 0, "there is no \"%s\": \"rflctl keys init\" "
                       "makes the keys of the inbox", path);
        return RFL_DECLINED;
    }

    while (text.len > 0 && text.data[text.len - 1] == '\n') {
        text.data[--text.len] = '\0';
    }

    if (rfl_pass_bytes((char *) text.data, pk, RFL_SIGN_PUBLIC_SIZE)
        != RFL_OK)
    {
        return rfl_err(err, 0, "\"%s\" is not the public half of a key",
                       path);
    }

    return RFL_OK;
}
