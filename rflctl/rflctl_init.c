
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_init.c: "rflctl init": the folder of a desk with its keys,
 * passwords, access lists and sample configurations.  All of it is made in
 * a folder beside the place and then renamed, so that there is never half a
 * desk.
 */


#include "rfl_file.h"
#include "rfl_json.h"
#include "rfl_keyfile.h"
#include "rflctl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>


#define RFLCTL_PASSWORD      32    /* random bytes */


/*
 * Templates are part of the program, read by the assembler from the files
 * that people read in the source; paths are relative to its top.
 */

#define rflctl_template(symbol, path)                                        \
    __asm__(".pushsection .rodata\n"                                         \
            #symbol ":\n"                                                    \
            ".incbin \"" path "\"\n"                                         \
            ".byte 0\n"                                                      \
            ".popsection\n");                                                \
    extern const char  symbol[] __attribute__((visibility("hidden")))

rflctl_template(rflctl_index_acl, "schema/redis/index.acl");
rflctl_template(rflctl_desk_acl, "schema/redis/desk.acl");
rflctl_template(rflctl_inbox_acl, "schema/redis/inbox.acl");
rflctl_template(rflctl_index_conf, "schema/redis/index.conf");
rflctl_template(rflctl_desk_conf, "schema/redis/desk.conf");
rflctl_template(rflctl_inbox_conf, "schema/redis/inbox.conf");
rflctl_template(rflctl_conf, "rflctl/init/rflctl.conf");
rflctl_template(rflctl_policy, "rflctl/init/policy.json");
rflctl_template(rflctl_trust, "rflctl/init/trust.json");
rflctl_template(rflctl_nginx, "dist/nginx/rfl.conf");


typedef struct {
    const char  *path;             /* below the folder */
    const char  *text;
} rflctl_file_t;

static const rflctl_file_t  rflctl_files[] = {
    { "rflctl.conf",      rflctl_conf },
    { "policy.json",      rflctl_policy },
    { "trust.json",       rflctl_trust },
    { "nginx.conf",       rflctl_nginx },
    { "redis/index.conf", rflctl_index_conf },
    { "redis/index.acl",  rflctl_index_acl },
    { "redis/desk.conf",  rflctl_desk_conf },
    { "redis/desk.acl",   rflctl_desk_acl },
    { "redis/inbox.conf", rflctl_inbox_conf },
    { "redis/inbox.acl",  rflctl_inbox_acl }
};


static const char  *const  rflctl_dirs[] = {
    "redis", "redis/desk", "redis/inbox", "secrets"
};


/* a password file, and what the template calls the hash of its content */

typedef struct {
    const char  *path;
    const char  *token;
} rflctl_secret_t;

static const rflctl_secret_t  rflctl_secrets[] = {
    { "secrets/pub-search", "PUB_SEARCH" },
    { "secrets/pub-hide",   "PUB_HIDE" },
    { "secrets/index-desk", "INDEX_DESK" },
    { "secrets/desk",       "DESK" },
    { "secrets/pub-inbox",  "PUB_INBOX" },
    { "secrets/inbox-desk", "INBOX_DESK" }
};

#define RFLCTL_SECRETS       (sizeof(rflctl_secrets) / sizeof(rflctl_secret_t))


/* what stands for @TOKEN@ */

typedef struct {
    const char  *token;
    const char  *text;
} rflctl_token_t;


typedef struct {
    rfl_pool_t      *pool;
    char            *place;        /* where the folder will be */
    char            *dir;          /* where it is being made */
    char            *run;
    unsigned         ntokens;
    rflctl_token_t   tokens[16];
} rflctl_init_t;


static int rflctl_init_opts(rflctl_t *ctl, rflctl_init_t *x);
static int rflctl_init_id(const char *option, const char *id);
static char *rflctl_init_json(rfl_pool_t *pool, const char *text);
static int rflctl_init_make(rflctl_t *ctl, rflctl_init_t *x, rfl_err_t *err);
static int rflctl_init_dirs(rflctl_init_t *x, rfl_err_t *err);
static int rflctl_init_secrets(rflctl_init_t *x, rfl_err_t *err);
static int rflctl_init_keys(rflctl_t *ctl, rflctl_init_t *x, rfl_err_t *err);
static int rflctl_init_file(rflctl_init_t *x, const rflctl_file_t *file,
    rfl_err_t *err);
static int rflctl_init_write(rflctl_init_t *x, const char *path,
    const void *data, size_t len, rfl_err_t *err);
static int rflctl_init_token(rflctl_init_t *x, const char *token,
    const char *text, rfl_err_t *err);
static int rflctl_init_place(rflctl_init_t *x, rfl_err_t *err);
static void rflctl_init_remove(const char *dir);


int
rflctl_init(rflctl_t *ctl)
{
    int             rc;
    rfl_err_t       err;
    rflctl_init_t   x;

    memset(&x, 0, sizeof(rflctl_init_t));
    x.pool = ctl->pool;

    rc = rflctl_init_opts(ctl, &x);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rflctl_init_make(ctl, &x, &err);

    if (rc == RFL_OK) {
        rc = rflctl_init_place(&x, &err);
    }

    if (rc != RFL_OK) {
        if (x.dir != NULL) {
            rflctl_init_remove(x.dir);
        }

        return rflctl_fail(rc, &err);
    }

    rflctl_note("the desk is in \"%s\"; keep a copy of desk.key in a safe: "
                "without it the register cannot be read", x.place);

    return RFLCTL_OK;
}


static int
rflctl_init_opts(rflctl_t *ctl, rflctl_init_t *x)
{
    char                  cwd[PATH_MAX];
    rfl_err_t             err;
    const char           *place, *society, *event;
    struct stat           st;
    const rflctl_opts_t  *o;

    o = ctl->opts;

    place = (ctl->argc > 0) ? ctl->argv[0] : o->state;
    society = o->society ? o->society : "northland";
    event = o->event ? o->event : "sample-event";

    if (rflctl_init_id("society", society) != RFLCTL_OK
        || rflctl_init_id("event", event) != RFLCTL_OK)
    {
        return RFLCTL_USAGE;
    }

    if (getcwd(cwd, sizeof(cwd)) == NULL) {
        memcpy(cwd, "/", 2);
    }

    x->place = rfl_path(ctl->pool, cwd, place);

    if (x->place != NULL) {
        while (strlen(x->place) > 1
               && x->place[strlen(x->place) - 1] == '/')
        {
            x->place[strlen(x->place) - 1] = '\0';
        }

        x->run = o->run ? rfl_path(ctl->pool, cwd, o->run)
                        : rfl_psprintf(ctl->pool, "%s/run", x->place);
    }

    if (x->place == NULL || x->run == NULL
        || rflctl_init_token(x, "DIR", x->place, &err) != RFL_OK
        || rflctl_init_token(x, "RUN", x->run, &err) != RFL_OK
        || rflctl_init_token(x, "SOCIETY", society, &err) != RFL_OK
        || rflctl_init_token(x, "EVENT", event, &err) != RFL_OK
        || rflctl_init_token(x, "NAME", rflctl_init_json(ctl->pool, o->name
                             ? o->name : "Northland Society"), &err)
           != RFL_OK
        || rflctl_init_token(x, "PHONE", rflctl_init_json(ctl->pool, o->phone
                             ? o->phone : "+00 12 345 67 89"), &err)
           != RFL_OK)
    {
        rflctl_error("out of memory");
        return RFLCTL_INTERNAL;
    }

    if (strpbrk(x->place, "\"\\ ;{}'\n") != NULL
        || strpbrk(x->run, "\"\\ ;{}'\n") != NULL)
    {
        rflctl_error("a folder must not have spaces, quotes, braces or ';' "
                     "in its name");
        return RFLCTL_USAGE;
    }

    if (lstat(x->place, &st) == 0) {
        rflctl_error("\"%s\" is there already: nothing was changed; name "
                     "another folder", x->place);
        return RFLCTL_CREATE;
    }

    return RFLCTL_OK;
}


static int
rflctl_init_id(const char *option, const char *id)
{
    size_t  n;

    n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

    if (n == 0 || n > RFL_ID_MAX || id[n] != '\0') {
        rflctl_error("--%s: small letters, digits and '-' only, at most %d",
                     option, RFL_ID_MAX);
        return RFLCTL_USAGE;
    }

    return RFLCTL_OK;
}


static char *
rflctl_init_json(rfl_pool_t *pool, const char *text)
{
    char       *p;
    rfl_buf_t   b;

    rfl_buf_init(&b, 0);
    rfl_json_escape(&b, (const u_char *) text, strlen(text));

    p = b.failed ? NULL : (char *) rfl_pstrdup(pool, b.data, b.len);

    rfl_buf_free(&b);

    return p;
}


static int
rflctl_init_make(rflctl_t *ctl, rflctl_init_t *x, rfl_err_t *err)
{
    int     rc;
    size_t  i;
    u_char  key[RFL_DESK_KEY_SIZE];

    x->dir = rfl_psprintf(x->pool, "%s.%ld.tmp", x->place, (long) getpid());
    if (x->dir == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rflctl_init_dirs(x, err);

    if (rc == RFL_OK) {
        randombytes_buf(key, sizeof(key));
        rc = rflctl_init_write(x, "desk.key", key, sizeof(key), err);
        rfl_memzero(key, sizeof(key));
    }

    if (rc == RFL_OK) {
        rc = rflctl_init_secrets(x, err);
    }

    if (rc == RFL_OK) {
        rc = rflctl_init_keys(ctl, x, err);
    }

    for (i = 0;
         rc == RFL_OK && i < sizeof(rflctl_files) / sizeof(rflctl_file_t);
         i++)
    {
        rc = rflctl_init_file(x, &rflctl_files[i], err);
    }

    return rc;
}


static int
rflctl_init_dirs(rflctl_init_t *x, rfl_err_t *err)
{
    char      *path;
    size_t     i, n;
    unsigned   inside;

    /* sockets beside the secrets only if nobody wants them elsewhere */

    n = strlen(x->place);
    inside = strncmp(x->run, x->place, n) == 0
             && strcmp(x->run + n, "/run") == 0;

    path = x->dir;

    for (i = 0; i < sizeof(rflctl_dirs) / sizeof(rflctl_dirs[0]) + 1; i++) {

        if (mkdir(path, 0700) == -1) {
            (void) rfl_err(err, 0, "cannot create \"%s\": %s", path,
                           strerror(errno));
            return (errno == EACCES || errno == EPERM) ? RFL_DENIED
                                                       : RFL_CREATE;
        }

        path = rfl_path(x->pool, x->dir,
                        i < sizeof(rflctl_dirs) / sizeof(rflctl_dirs[0])
                        ? rflctl_dirs[i] : "run");
        if (path == NULL) {
            return rfl_err(err, 0, "out of memory");
        }
    }

    if (inside && mkdir(path, 0700) == -1) {
        (void) rfl_err(err, 0, "cannot create \"%s\": %s", path,
                       strerror(errno));
        return RFL_CREATE;
    }

    return RFL_OK;
}


/* passwords of the Redis users; access lists hold their SHA-256 */

static int
rflctl_init_secrets(rflctl_init_t *x, rfl_err_t *err)
{
    int      rc;
    char     text[2 * RFLCTL_PASSWORD + 1], *hex;
    size_t   i;
    u_char   random[RFLCTL_PASSWORD], hash[crypto_hash_sha256_BYTES];

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < RFLCTL_SECRETS; i++) {

        randombytes_buf(random, sizeof(random));
        (void) sodium_bin2hex(text, sizeof(text), random, sizeof(random));
        (void) crypto_hash_sha256(hash, (u_char *) text,
                                  2 * RFLCTL_PASSWORD);

        hex = rfl_palloc(x->pool, 2 * sizeof(hash) + 1);
        if (hex == NULL) {
            rc = rfl_err(err, 0, "out of memory");
            break;
        }

        (void) sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));

        rc = rflctl_init_token(x, rflctl_secrets[i].token, hex, err);

        if (rc == RFL_OK) {
            rc = rflctl_init_write(x, rflctl_secrets[i].path, text,
                                   2 * RFLCTL_PASSWORD, err);
        }
    }

    rfl_memzero(random, sizeof(random));
    rfl_memzero(text, sizeof(text));

    return rc;
}


static int
rflctl_init_keys(rflctl_t *ctl, rflctl_init_t *x, rfl_err_t *err)
{
    int             rc, i;
    char           *path, *keys;
    rfl_buf_t       b;
    rfl_str_t       none;
    rfl_keyfile_t   key;

    if (!ctl->opts->sample_keys) {
        return rflctl_init_token(x, "KEYS", "", err);
    }

    rfl_buf_init(&b, 0);
    rfl_str_null(&none);

    for (rc = RFL_OK, i = 1; rc == RFL_OK && i <= 2; i++) {

        path = rfl_psprintf(x->pool, "%s/secrets/moderator-%d.key", x->dir,
                            i);
        if (path == NULL) {
            rc = rfl_err(err, 0, "out of memory");
            break;
        }

        rfl_keyfile_generate(&key);
        rc = rfl_keyfile_write(x->pool, path, &key, &none, err);

        rfl_buf_printf(&b, "%s\n                ", i > 1 ? "," : "");
        rfl_keyfile_trust(&key, &b);
    }

    rfl_memzero(&key, sizeof(key));
    rfl_buf_literal(&b, "\n            ");

    keys = b.failed ? NULL : (char *) rfl_pstrdup(x->pool, b.data, b.len);
    rfl_buf_free(&b);

    if (rc == RFL_OK) {
        rc = rflctl_init_token(x, "KEYS", keys, err);
    }

    return rc;
}


static int
rflctl_init_file(rflctl_init_t *x, const rflctl_file_t *file, rfl_err_t *err)
{
    int          rc;
    size_t       len;
    unsigned     i;
    rfl_buf_t    b;
    const char  *p, *end;

    rfl_buf_init(&b, 0);

    for (p = file->text; *p != '\0'; p = end) {

        end = strchr(p + 1, '@');
        end = (end == NULL) ? p + strlen(p) : end;

        if (*p != '@') {
            rfl_buf_append(&b, p, (size_t) (end - p));
            continue;
        }

        len = (size_t) (end - p) - 1;

        for (i = 0; i < x->ntokens; i++) {
            if (strlen(x->tokens[i].token) == len
                && memcmp(x->tokens[i].token, p + 1, len) == 0)
            {
                break;
            }
        }

        if (i == x->ntokens || *end != '@') {
            rfl_buf_append(&b, p, (size_t) (end - p));
            continue;
        }

        rfl_buf_append(&b, x->tokens[i].text, strlen(x->tokens[i].text));
        end++;
    }

    rc = b.failed ? rfl_err(err, 0, "out of memory")
                  : rflctl_init_write(x, file->path, b.data, b.len, err);

    rfl_buf_free(&b);

    return rc;
}


static int
rflctl_init_write(rflctl_init_t *x, const char *path, const void *data,
    size_t len, rfl_err_t *err)
{
    char  *full;

    full = rfl_path(x->pool, x->dir, path);
    if (full == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    return rfl_file_write(x->pool, full, 0600, 0, data, len, err);
}


static int
rflctl_init_token(rflctl_init_t *x, const char *token, const char *text,
    rfl_err_t *err)
{
    if (text == NULL
        || x->ntokens == sizeof(x->tokens) / sizeof(rflctl_token_t))
    {
        return rfl_err(err, 0, "out of memory");
    }

    x->tokens[x->ntokens].token = token;
    x->tokens[x->ntokens].text = text;
    x->ntokens++;

    return RFL_OK;
}


static int
rflctl_init_place(rflctl_init_t *x, rfl_err_t *err)
{
    if (renameat2(AT_FDCWD, x->dir, AT_FDCWD, x->place, RENAME_NOREPLACE)
        == -1)
    {
        (void) rfl_err(err, 0, "cannot create \"%s\": %s", x->place,
                       strerror(errno));
        return RFL_CREATE;
    }

    return RFL_OK;
}


/* what was made so far; only files and folders of our own are in it */

static void
rflctl_init_remove(const char *dir)
{
    DIR            *d;
    char            path[PATH_MAX];
    struct stat     st;
    struct dirent  *e;

    d = opendir(dir);
    if (d == NULL) {
        return;
    }

    while ((e = readdir(d)) != NULL) {

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0
            || snprintf(path, sizeof(path), "%s/%s", dir, e->d_name)
               >= (int) sizeof(path)
            || lstat(path, &st) == -1)
        {
            continue;
        }

        if (S_ISDIR(st.st_mode)) {
            rflctl_init_remove(path);

        } else {
            (void) unlink(path);
        }
    }

    (void) closedir(d);
    (void) rmdir(dir);
}
