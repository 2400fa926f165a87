
/*
 * Copyright (C) The RFL authors
 *
 * rfl_spool.c: files for the case system, and receipts from it.  Owns the
 * spool folder.  Called by rfl_review_do() when an item is handed over, and
 * by the page of the spool for the rest.
 */


#include "rfl_spool_int.h"
#include "rfl_file.h"
#include "rfl_item_int.h"
#include "rfl_journal.h"
#include "rfl_pfif.h"
#include "rfl_review_int.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>


#define RFL_SPOOL_HASH       32
#define RFL_SPOOL_SIGN       "rfl.v1.spool----"
#define RFL_SPOOL_MODE       0640  /* the group is that of the case system */


typedef struct {
    rfl_work_t   *work;
    rfl_pool_t   *pool;
    char         *base;            /* spool/out/<id> */
    rfl_buf_t     sig;
} rfl_spool_t;


static int rfl_spool_dir(rfl_work_t *work, rfl_pool_t *pool,
    rfl_spool_dir_e which, char **dir, rfl_err_t *err);
static int rfl_spool_file(rfl_spool_t *spool, const char *ext,
    const void *data, size_t len, rfl_err_t *err);
static void rfl_spool_line(const rfl_item_t *item, rfl_buf_t *line);
static int rfl_spool_xml(rfl_spool_t *spool, const rfl_item_t *item,
    rfl_err_t *err);
static int rfl_spool_sign(rfl_spool_t *spool, rfl_err_t *err);
static int rfl_spool_receipt(rfl_spool_walk_t *walk, const char *path,
    const char *name, rfl_err_t *err);
static int rfl_spool_end(rfl_work_t *work, rfl_pool_t *pool,
    const char *base, const u_char id[RFL_SUBMISSION_ID_SIZE],
    rfl_err_t *err);
static int rfl_spool_fits(rfl_pool_t *pool, const char *base,
    rfl_err_t *err);
static int rfl_spool_purge(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err);


static const char  *const  rfl_spool_dirs[RFL_SPOOL_DIRS_N] = {
    RFL_SPOOL_DIR, RFL_SPOOL_DIR "/out", RFL_SPOOL_DIR "/in"
};

static const char  *const  rfl_spool_exts[] = {
    ".ndjson", ".xml", ".sig", ".receipt"
};


int
rfl_spool_out(rfl_work_t *work, rfl_pool_t *pool, const rfl_item_t *item,
    rfl_err_t *err)
{
    int           rc;
    char         *dir;
    u_char        id[RFL_ITEM_ID_TEXT];
    rfl_buf_t     line;
    rfl_spool_t   spool;

    if (work->keys == NULL || !work->keys->has_sign) {
        (void) rfl_err(err, 0, "to hand over, a signing key is needed");
        return RFL_DENIED;
    }

    rc = rfl_spool_dir(work, pool, RFL_SPOOL_OUT, &dir, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rfl_item_id_format(item->head.id, id);

    spool.work = work;
    spool.pool = pool;
    spool.base = rfl_psprintf(pool, "%s/%.*s", dir, RFL_ITEM_ID_TEXT,
                              (char *) id);
    if (spool.base == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rfl_buf_init(&spool.sig, 0);
    rfl_buf_init(&line, 0);

    rfl_spool_line(item, &line);

    rc = line.failed ? rfl_err(err, 0, "out of memory")
                     : rfl_spool_file(&spool, ".ndjson", line.data, line.len,
                                      err);

    if (rc == RFL_OK && item->has_submission) {
        rc = rfl_spool_xml(&spool, item, err);
    }

    /* what is not signed yet is not handed over yet */

    if (rc == RFL_OK) {
        rc = rfl_spool_sign(&spool, err);
    }

    rfl_buf_free(&line);
    rfl_buf_free(&spool.sig);

    return rc;
}


/* the path of one; all of them are made */

static int
rfl_spool_dir(rfl_work_t *work, rfl_pool_t *pool, rfl_spool_dir_e which,
    char **dir, rfl_err_t *err)
{
    char      *path;
    unsigned   i;

    for (i = 0; i < RFL_SPOOL_DIRS_N; i++) {

        path = rfl_path(pool, work->desk.conf.dir, rfl_spool_dirs[i]);
        if (path == NULL) {
            return rfl_err(err, 0, "out of memory");
        }

        if (mkdir(path, 0770) == -1 && errno != EEXIST) {
            (void) rfl_err(err, 0, "cannot make \"%s\": %s", path,
                           strerror(errno));
            return RFL_CREATE;
        }

        if (i == which) {
            *dir = path;
        }
    }

    return RFL_OK;
}


/* writes it and notes its size and hash */

static int
rfl_spool_file(rfl_spool_t *spool, const char *ext, const void *data,
    size_t len, rfl_err_t *err)
{
    char    *path, hex[RFL_SPOOL_HASH * 2 + 1];
    u_char   hash[RFL_SPOOL_HASH];

    path = rfl_psprintf(spool->pool, "%s%s", spool->base, ext);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    (void) crypto_generichash(hash, sizeof(hash), data, len, NULL, 0);
    (void) sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));

    rfl_buf_printf(&spool->sig, "%s %zu %s\n", hex, len,
                   strrchr(path, '/') + 1);

    return rfl_file_write(spool->pool, path, RFL_SPOOL_MODE, 1, data, len,
                          err);
}


static void
rfl_spool_line(const rfl_item_t *item, rfl_buf_t *line)
{
    u_char  id[RFL_ITEM_ID_TEXT];

    rfl_item_id_format(item->head.id, id);

    rfl_buf_printf(line, "{\"item\":\"%.*s\",\"kind\":\"%s\",\"state\":"
                   "\"%s\"", RFL_ITEM_ID_TEXT, (char *) id,
                   (char *) rfl_item_kinds[item->head.kind].data,
                   (char *) rfl_item_states[item->head.state].data);

    if (item->has_submission) {
        rfl_buf_literal(line, ",\"submission\":");
        rfl_submission_print(&item->submission, line);
    }

    if (item->has_draft) {
        rfl_buf_literal(line, ",\"draft\":");
        rfl_draft_print(&item->draft, line);
    }

    rfl_buf_literal(line, "}\n");
}


static int
rfl_spool_xml(rfl_spool_t *spool, const rfl_item_t *item, rfl_err_t *err)
{
    int              rc;
    char            *domain;
    rfl_str_t        text;
    rfl_pfif_out_t  *out;

    domain = rfl_psprintf(spool->pool, "%.*s.invalid",
                          (int) item->head.society.len,
                          (char *) item->head.society.data);
    if (domain == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_pfif_begin(&out, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_pfif_write(out, &item->submission, domain, err);

    if (rc == RFL_OK) {
        rc = rfl_pfif_end(out, &text, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_spool_file(spool, ".xml", text.data, text.len, err);
    }

    rfl_pfif_free(out);

    /* a request or report has no place in PFIF */

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}


/* lines "hash size name", then "signature key" in base64 */

static int
rfl_spool_sign(rfl_spool_t *spool, rfl_err_t *err)
{
    int         rc;
    char        sig64[96], pk64[64], *path;
    u_char      hash[crypto_generichash_BYTES], sig[RFL_SIGN_SIZE];
    rfl_buf_t   text;

    rfl_buf_init(&text, 0);
    rfl_buf_literal(&text, RFL_SPOOL_SIGN);
    rfl_buf_append(&text, spool->sig.data, spool->sig.len);

    path = rfl_psprintf(spool->pool, "%s.sig", spool->base);

    if (path == NULL || text.failed || spool->sig.failed) {
        rfl_buf_free(&text);
        return rfl_err(err, 0, "out of memory");
    }

    (void) crypto_generichash(hash, sizeof(hash), text.data, text.len, NULL,
                              0);
    (void) crypto_sign_detached(sig, NULL, hash, sizeof(hash),
                                spool->work->keys->sign.sk);

    (void) sodium_bin2base64(sig64, sizeof(sig64), sig, sizeof(sig),
                             sodium_base64_VARIANT_ORIGINAL);
    (void) sodium_bin2base64(pk64, sizeof(pk64),
                             spool->work->keys->sign.pk,
                             RFL_SIGN_PUBLIC_SIZE,
                             sodium_base64_VARIANT_ORIGINAL);

    rfl_buf_printf(&spool->sig, "%s %s\n", sig64, pk64);

    rc = spool->sig.failed
         ? rfl_err(err, 0, "out of memory")
         : rfl_file_write(spool->pool, path, RFL_SPOOL_MODE, 1,
                          spool->sig.data, spool->sig.len, err);

    rfl_buf_free(&text);

    return rc;
}


int
rfl_spool_receipts(rfl_work_t *work, unsigned *purged, unsigned *wrong,
    rfl_err_t *err)
{
    int               rc;
    rfl_spool_walk_t  walk;

    memset(&walk, 0, sizeof(rfl_spool_walk_t));
    walk.work = work;

    rc = rfl_spool_walk(&walk, RFL_SPOOL_OUT, rfl_spool_receipt, err);

    *purged = walk.n;
    *wrong = walk.wrong;

    return rc;
}


int
rfl_spool_walk(rfl_spool_walk_t *walk, rfl_spool_dir_e which,
    rfl_spool_visit_pt visit, rfl_err_t *err)
{
    int             rc;
    DIR            *dir;
    char           *base, *path;
    struct dirent  *entry;

    rc = rfl_item_keys(walk->work, err);
    if (rc != RFL_OK) {
        return rc;
    }

    walk->pool = rfl_pool_create(65536);
    if (walk->pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_spool_dir(walk->work, walk->pool, which, &base, err);

    if (rc != RFL_OK) {
        rfl_pool_destroy(walk->pool);
        return rc;
    }

    dir = opendir(base);
    if (dir == NULL) {
        rc = rfl_err(err, 0, "cannot read \"%s\": %s", base,
                     strerror(errno));
        rfl_pool_destroy(walk->pool);
        return rc;
    }

    while (rc == RFL_OK && (entry = readdir(dir)) != NULL) {

        path = rfl_psprintf(walk->pool, "%s/%s", base, entry->d_name);

        rc = (path != NULL) ? visit(walk, path, path + strlen(base) + 1, err)
                            : rfl_err(err, 0, "out of memory");
    }

    (void) closedir(dir);

    rfl_pool_destroy(walk->pool);

    return rc;
}


static int
rfl_spool_receipt(rfl_spool_walk_t *walk, const char *path, const char *name,
    rfl_err_t *err)
{
    int      rc;
    char    *base;
    u_char   id[RFL_SUBMISSION_ID_SIZE];
    size_t   ext;

    ext = sizeof(".receipt") - 1;

    if (!rfl_spool_ends(name, ".receipt")
        || rfl_item_id_parse((const u_char *) name, strlen(name) - ext, id)
           != RFL_OK)
    {
        return RFL_OK;
    }

    base = rfl_psprintf(walk->pool, "%.*s", (int) (strlen(path) - ext), path);
    if (base == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_spool_end(walk->work, walk->pool, base, id, err);

    if (rc == RFL_DECLINED) {
        walk->wrong++;
        return RFL_OK;
    }

    walk->n += (rc == RFL_OK);

    return rc;
}


static int
rfl_spool_end(rfl_work_t *work, rfl_pool_t *pool, const char *base,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err)
{
    int      rc;
    char    *path;
    size_t   i;

    rc = rfl_spool_fits(pool, base, err);

    if (rc == RFL_OK) {
        rc = rfl_spool_purge(work, pool, id, err);
    }

    /* the receipt goes last: what is cut short is done again */

    for (i = 0; rc == RFL_OK && i < 4; i++) {
        path = rfl_psprintf(pool, "%s%s", base, rfl_spool_exts[i]);

        if (path == NULL) {
            return rfl_err(err, 0, "out of memory");
        }

        if (unlink(path) == -1 && errno != ENOENT) {
            rc = rfl_err(err, 0, "cannot remove \"%s\": %s", path,
                         strerror(errno));
        }
    }

    return rc;
}


/* its first line is the hash of the signature file */

static int
rfl_spool_fits(rfl_pool_t *pool, const char *base, rfl_err_t *err)
{
    char       *path[2], hex[RFL_SPOOL_HASH * 2 + 1];
    u_char      hash[RFL_SPOOL_HASH];
    rfl_str_t   sig, receipt;

    path[0] = rfl_psprintf(pool, "%s.sig", base);
    path[1] = rfl_psprintf(pool, "%s.receipt", base);

    if (path[0] == NULL || path[1] == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (rfl_file_read(pool, path[0], RFL_SPOOL_FILE, 0, &sig, err) != RFL_OK
        || rfl_file_read(pool, path[1], RFL_SPOOL_FILE, 0, &receipt, err)
           != RFL_OK)
    {
        return RFL_DECLINED;
    }

    (void) crypto_generichash(hash, sizeof(hash), sig.data, sig.len, NULL, 0);
    (void) sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));

    return (receipt.len >= sizeof(hex) - 1
            && memcmp(receipt.data, hex, sizeof(hex) - 1) == 0)
           ? RFL_OK : RFL_DECLINED;
}


static int
rfl_spool_purge(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err)
{
    int             rc;
    rfl_item_t      item;
    rfl_action_t    action;
    rfl_outcome_t   outcome;

    rc = rfl_item_get(work, pool, id, &item, err);

    if (rc == RFL_DECLINED) {
        return RFL_OK;             /* purged before */
    }

    if (rc != RFL_OK) {
        return rc;
    }

    /* noted before, and cut short then */

    if (item.head.handed == 2) {
        return item.has_draft ? RFL_OK : rfl_item_erase(work, id, err);
    }

    memset(&action, 0, sizeof(rfl_action_t));
    action.act = RFL_ACT_RECEIPT;
    action.version = item.head.version;

    rc = rfl_review_itself(work, pool, id, &action, &outcome, err);

    if (rc == RFL_OK && !outcome.item.has_draft) {
        rc = rfl_item_erase(work, id, err);
    }

    rfl_outcome_free(&outcome);

    return rc;
}


int
rfl_spool_ends(const char *name, const char *end)
{
    size_t  n, len;

    n = strlen(name);
    len = strlen(end);

    return n > len && name[0] != '.' && strcmp(name + n - len, end) == 0;
}
