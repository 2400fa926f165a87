
/*
 * Copyright (C) The RFL authors
 *
 * rfl_journal_read.c: the form of a journal's line, and reading a journal:
 * is it whole, and what does it say.  Called by rfl_journal.c, rflctl and the
 * desk's pages.
 */


#include "rfl_journal.h"
#include "rfl_file.h"
#include "rfl_journal_int.h"
#include "rfl_json.h"
#include "rfl_text.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>


#define RFL_JOURNAL_SIG      ",\"sig\":\""
#define RFL_JOURNAL_SIG_TEXT 88    /* base64 of 64 bytes */

#define RFL_JOURNAL_DOMAIN   "rfl.v1.journal"


typedef struct {
    rfl_desk_t            *desk;
    const char            *path;
    rfl_journal_fault_pt   fault;
    void                  *data;
    rfl_journal_check_t   *check;
    u_char                 pk[RFL_SIGN_PUBLIC_SIZE];
    unsigned               line;
    uint64_t               n;      /* of the line before */
    u_char                 hash[RFL_JOURNAL_HASH];
    rfl_journal_head_t     head;
    unsigned               met;    /* the line that desk Redis knows */
} rfl_journal_walk_t;


static int rfl_journal_read_n(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_journal_read_hash(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_journal_read_sig(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_journal_signed(const u_char *line, size_t len,
    const u_char pk[RFL_SIGN_PUBLIC_SIZE]);
static void rfl_journal_to_sign(const u_char *line, size_t len,
    u_char hash[crypto_generichash_BYTES]);
static int rfl_journal_check_file(rfl_journal_walk_t *w, rfl_pool_t *pool,
    FILE *file, rfl_err_t *err);
static void rfl_journal_check_line(rfl_journal_walk_t *w, rfl_pool_t *pool,
    const u_char *line, size_t len);
static void rfl_journal_fault(rfl_journal_walk_t *w, const char *fmt, ...)
    rfl_printf(2, 3);
static int rfl_journal_file(rfl_desk_t *desk, rfl_pool_t *pool, char **path,
    FILE **file, rfl_err_t *err);


static const rfl_str_t         rfl_journal_anew =
                                   rfl_string(RFL_JOURNAL_RESTART);
static const size_t            rfl_journal_text = 64;
static const rfl_json_range_t  rfl_journal_version = { 1, UINT32_MAX };


static const rfl_json_member_t  rfl_journal_members[] = {

    { "n", rfl_journal_read_n, 0, NULL, "" },

    { "at", rfl_json_read_time,
      offsetof(rfl_journal_read_t, act) + offsetof(rfl_journal_act_t, when),
      NULL, "" },

    { "who", rfl_json_read_line,
      offsetof(rfl_journal_read_t, act.line.who), &rfl_journal_text, "" },

    { "act", rfl_json_read_line,
      offsetof(rfl_journal_read_t, act.line.act), &rfl_journal_text, "" },

    { "item", rfl_json_read_line,
      offsetof(rfl_journal_read_t, act.line.item), &rfl_journal_text, NULL },

    { "from", rfl_json_read_line,
      offsetof(rfl_journal_read_t, act.line.from), &rfl_journal_text, NULL },

    { "to", rfl_json_read_line,
      offsetof(rfl_journal_read_t, act.line.to), &rfl_journal_text, NULL },

    { "why", rfl_json_read_line,
      offsetof(rfl_journal_read_t, act.line.why), &rfl_journal_text, NULL },

    { "version", rfl_json_read_uint,
      offsetof(rfl_journal_read_t, act.line.version), &rfl_journal_version,
      NULL },

    { "prev", rfl_journal_read_hash, 0, NULL, "" },
    { "sig", rfl_journal_read_sig, 0, NULL, "" },

    { NULL, NULL, 0, NULL, NULL }
};


void
rfl_journal_hash(const u_char *line, size_t len,
    u_char hash[RFL_JOURNAL_HASH])
{
    (void) crypto_generichash_blake2b_salt_personal(hash, RFL_JOURNAL_HASH,
               line, len, NULL, 0, NULL,
               (const u_char *) "rfl.v1.journal--");
}


void
rfl_journal_sign(const rfl_keyfile_t *key, rfl_buf_t *line)
{
    char    text[RFL_JOURNAL_SIG_TEXT + 1];
    u_char  hash[crypto_generichash_BYTES], sig[RFL_SIGN_SIZE];

    if (line->failed) {
        return;
    }

    rfl_journal_to_sign(line->data, line->len, hash);
    (void) crypto_sign_detached(sig, NULL, hash, sizeof(hash), key->sk);

    (void) sodium_bin2base64(text, sizeof(text), sig, sizeof(sig),
                             sodium_base64_VARIANT_ORIGINAL);

    rfl_buf_printf(line, RFL_JOURNAL_SIG "%s\"}", text);
}


static void
rfl_journal_to_sign(const u_char *line, size_t len,
    u_char hash[crypto_generichash_BYTES])
{
    crypto_generichash_state  st;

    (void) crypto_generichash_init(&st, NULL, 0, crypto_generichash_BYTES);
    (void) crypto_generichash_update(&st,
                                     (const u_char *) RFL_JOURNAL_DOMAIN,
                                     sizeof(RFL_JOURNAL_DOMAIN) - 1);
    (void) crypto_generichash_update(&st, line, len);
    (void) crypto_generichash_final(&st, hash, crypto_generichash_BYTES);
}


int
rfl_journal_read(rfl_pool_t *pool, const u_char *line, size_t len,
    const u_char pk[RFL_SIGN_PUBLIC_SIZE], rfl_journal_read_t *read)
{
    int         rc;
    rfl_str_t   text;
    rfl_json_t  j;

    memset(read, 0, sizeof(rfl_journal_read_t));

    if (rfl_journal_signed(line, len, pk) != RFL_OK) {
        return RFL_DECLINED;
    }

    text.data = (u_char *) line;
    text.len = len;

    rc = rfl_json_open(&j, pool, &text, 1, NULL);

    if (rc == RFL_OK) {
        rc = rfl_json_object(&j, j.root, rfl_journal_members, read);
    }

    rfl_json_close(&j);

    if (rc != RFL_OK) {
        return RFL_DECLINED;
    }

    rfl_journal_hash(line, len, read->hash);

    return RFL_OK;
}


static int
rfl_journal_signed(const u_char *line, size_t len,
    const u_char pk[RFL_SIGN_PUBLIC_SIZE])
{
    size_t         n, at;
    u_char         hash[crypto_generichash_BYTES], sig[RFL_SIGN_SIZE];
    const size_t   tail = sizeof(RFL_JOURNAL_SIG) - 1 + RFL_JOURNAL_SIG_TEXT
                          + 2;

    if (len < tail) {
        return RFL_DECLINED;
    }

    at = len - tail;

    if (memcmp(line + at, RFL_JOURNAL_SIG, sizeof(RFL_JOURNAL_SIG) - 1) != 0
        || line[len - 2] != '"' || line[len - 1] != '}'
        || sodium_base642bin(sig, sizeof(sig),
                             (const char *) line + at
                             + sizeof(RFL_JOURNAL_SIG) - 1,
                             RFL_JOURNAL_SIG_TEXT, NULL, &n, NULL,
                             sodium_base64_VARIANT_ORIGINAL)
           != 0
        || n != sizeof(sig))
    {
        return RFL_DECLINED;
    }

    rfl_journal_to_sign(line, at, hash);

    return (crypto_sign_verify_detached(sig, hash, sizeof(hash), pk) == 0)
           ? RFL_OK : RFL_DECLINED;
}


static int
rfl_journal_read_n(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_journal_read_t  *read = data;

    if (!json_is_integer(value) || json_integer_value(value) < 1) {
        return rfl_json_fault(j, "must be a number");
    }

    read->act.n = (uint64_t) json_integer_value(value);

    return RFL_OK;
}


static int
rfl_journal_read_hash(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    rfl_journal_read_t  *read = data;

    return rfl_json_base64(j, value, read->prev, RFL_JOURNAL_HASH);
}


static int
rfl_journal_read_sig(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    u_char  sig[RFL_SIGN_SIZE];

    return rfl_json_base64(j, value, sig, RFL_SIGN_SIZE);
}


int
rfl_journal_verify(rfl_desk_t *desk, rfl_journal_check_t *check,
    rfl_journal_fault_pt fault, void *data, rfl_err_t *err)
{
    int                  rc;
    char                *path;
    FILE                *file;
    rfl_pool_t          *pool;
    rfl_keyfile_t        key;
    rfl_journal_walk_t   w;

    memset(check, 0, sizeof(rfl_journal_check_t));
    memset(&w, 0, sizeof(rfl_journal_walk_t));

    pool = rfl_pool_create(8192);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    w.desk = desk;
    w.fault = fault;
    w.data = data;
    w.check = check;
    file = NULL;

    rc = RFL_OK;

    if (desk->desk.c != NULL) {
        rc = rfl_journal_head(desk, pool, &w.head, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_journal_file(desk, pool, &path, &file, err);
        w.path = path;
    }

    if (rc == RFL_OK && file != NULL) {
        rc = rfl_journal_key(pool, desk->conf.dir, 0, &key, err);
        memcpy(w.pk, key.pk, sizeof(w.pk));
        rfl_memzero(&key, sizeof(rfl_keyfile_t));
    }

    w.met = (w.head.n == 0);

    if (file != NULL) {

        if (rc == RFL_OK) {
            rc = rfl_journal_check_file(&w, pool, file, err);
        }

        (void) fclose(file);
    }

    if (rc == RFL_OK && desk->desk.c != NULL && !w.met) {
        check->cut = 1;
        rfl_journal_fault(&w, "desk Redis knows of %llu lines, and the last "
                          "of them is not here: the end was cut off or "
                          "written anew", (unsigned long long) w.head.n);
    }

    rfl_pool_destroy(pool);

    if (rc != RFL_OK) {
        return rc;
    }

    return (check->faults != 0) ? RFL_DECLINED : RFL_OK;
}


static int
rfl_journal_check_file(rfl_journal_walk_t *w, rfl_pool_t *pool, FILE *file,
    rfl_err_t *err)
{
    int      rc;
    char    *line;
    size_t   size;
    ssize_t  len;

    line = NULL;
    size = 0;

    while ((len = getline(&line, &size, file)) > 0) {
        w->line++;

        if (line[len - 1] != '\n') {
            w->check->torn = 1;
            break;
        }

        rfl_journal_check_line(w, pool, (u_char *) line, (size_t) len - 1);
        rfl_pool_reset(pool);
        w->path = rfl_path(pool, w->desk->conf.dir, RFL_JOURNAL_FILE);
    }

    rc = ferror(file) ? rfl_err(err, 0, "cannot read the journal: %s",
                                strerror(errno))
                      : RFL_OK;
    free(line);

    return rc;
}


static void
rfl_journal_check_line(rfl_journal_walk_t *w, rfl_pool_t *pool,
    const u_char *line, size_t len)
{
    rfl_journal_read_t  read;

    if (rfl_journal_read(pool, line, len, w->pk, &read) != RFL_OK) {
        rfl_journal_fault(w, "was changed or is not the desk's");

        /* the next line is compared with what this one is now */

        w->n++;
        rfl_journal_hash(line, len, w->hash);
        return;
    }

    /* a new file says with its first line where the old one ended */

    if (w->n == 0 && read.act.n > 1
        && rfl_str_eq(&read.act.line.act, &rfl_journal_anew))
    {
        w->check->missing = read.act.n - 1;
        w->check->lines++;

    } else if (read.act.n != w->n + 1) {
        rfl_journal_fault(w, "is number %llu where %llu is expected: lines "
                          "were taken out, put in or moved",
                          (unsigned long long) read.act.n,
                          (unsigned long long) w->n + 1);

    } else if (memcmp(read.prev, w->hash, RFL_JOURNAL_HASH) != 0) {
        rfl_journal_fault(w, "does not follow the line before it");

    } else {
        w->check->lines++;
    }

    w->n = read.act.n;
    memcpy(w->hash, read.hash, RFL_JOURNAL_HASH);

    if (w->n == w->head.n
        && memcmp(w->hash, w->head.hash, RFL_JOURNAL_HASH) == 0)
    {
        w->met = 1;
    }
}


static void
rfl_journal_fault(rfl_journal_walk_t *w, const char *fmt, ...)
{
    int      n;
    char     text[RFL_ERR_SIZE];
    va_list  args;

    w->check->faults++;

    n = snprintf(text, sizeof(text), "%s:%u: ", w->path != NULL ? w->path
                                                          : RFL_JOURNAL_FILE,
                 w->line);

    if (n > 0 && (size_t) n < sizeof(text)) {
        va_start(args, fmt);
        (void) vsnprintf(text + n, sizeof(text) - (size_t) n, fmt, args);
        va_end(args);
    }

    if (w->fault != NULL) {
        w->fault(w->data, text);
    }
}


/* *file is NULL if there is no journal yet */

static int
rfl_journal_file(rfl_desk_t *desk, rfl_pool_t *pool, char **path,
    FILE **file, rfl_err_t *err)
{
    *file = NULL;

    *path = rfl_path(pool, desk->conf.dir, RFL_JOURNAL_FILE);
    if (*path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    *file = fopen(*path, "re");

    if (*file == NULL && errno != ENOENT) {
        (void) rfl_err(err, 0, "cannot read \"%s\": %s", *path,
                       strerror(errno));
        return RFL_DENIED;
    }

    return RFL_OK;
}


int
rfl_journal_walk(rfl_desk_t *desk, const rfl_str_t *item,
    rfl_journal_visit_pt visit, void *data, rfl_err_t *err)
{
    int                  rc;
    char                *path, *line;
    FILE                *file;
    size_t               size;
    ssize_t              len;
    rfl_pool_t          *pool;
    rfl_keyfile_t        key;
    rfl_journal_read_t   read;

    pool = rfl_pool_create(8192);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    memset(&key, 0, sizeof(rfl_keyfile_t));
    file = NULL;

    rc = rfl_journal_file(desk, pool, &path, &file, err);

    if (rc == RFL_OK && file != NULL) {
        rc = rfl_journal_key(pool, desk->conf.dir, 0, &key, err);
        rfl_memzero(key.sk, sizeof(key.sk));
    }

    line = NULL;
    size = 0;

    while (rc == RFL_OK && file != NULL
           && (len = getline(&line, &size, file)) > 0)
    {
        /* what is no line of ours is the business of verify */

        if (rfl_journal_read(pool, (u_char *) line, (size_t) len - 1, key.pk,
                             &read)
            == RFL_OK
            && (item->len == 0 || rfl_str_eq(item, &read.act.line.item)))
        {
            rc = visit(data, &read.act);
        }

        rfl_pool_reset(pool);
    }

    if (file != NULL) {
        (void) fclose(file);
    }

    free(line);
    rfl_pool_destroy(pool);

    return rc;
}
