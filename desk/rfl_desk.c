
/*
 * Copyright (C) The RFL authors
 *
 * rfl_desk.c: the state folder of the desk and what is opened from it.
 * Called by every command that needs more than a file.
 */


#include "rfl_desk.h"
#include "rfl_file.h"

#include <jansson.h>
#include <stdio.h>
#include <unistd.h>


#define RFL_DESK_FILE_MAX    (1024 * 1024)


static int rfl_desk_conf_parse(rfl_pool_t *pool, const char *path,
    const rfl_str_t *text, rfl_desk_conf_t *conf, rfl_err_t *err);
static int rfl_desk_paths(rfl_pool_t *pool, rfl_desk_conf_t *conf,
    rfl_err_t *err);
static int rfl_desk_misread(rfl_desk_t *desk, const char *file, int rc,
    const rfl_err_t *why, rfl_err_t *err);


int
rfl_desk_conf(rfl_pool_t *pool, const char *dir, rfl_desk_conf_t *conf,
    rfl_err_t *err)
{
    int        rc;
    char      *path;
    rfl_str_t  text;

    memset(conf, 0, sizeof(rfl_desk_conf_t));

    conf->dir = rfl_psprintf(pool, "%s", dir);
    path = rfl_path(pool, dir, RFL_DESK_CONF);

    if (conf->dir == NULL || path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (access(path, F_OK) == -1) {
        return rfl_err(err, 0, "there is no desk in \"%s\" (no %s): run "
                       "\"rflctl init %s\", or name another folder with "
                       "--state or RFL_STATE", dir, RFL_DESK_CONF, dir);
    }

    if (access(path, R_OK) == -1) {
        (void) rfl_err(err, 0, "\"%s\" may not be read by this user", path);
        return RFL_DENIED;
    }

    rc = rfl_file_read(pool, path, RFL_DESK_FILE_MAX, 0, &text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_desk_conf_parse(pool, path, &text, conf, err);
    if (rc != RFL_OK) {
        return rc;
    }

    return rfl_desk_paths(pool, conf, err);
}


static int
rfl_desk_conf_parse(rfl_pool_t *pool, const char *path,
    const rfl_str_t *text, rfl_desk_conf_t *conf, rfl_err_t *err)
{
    int            rc;
    char         **value;
    size_t         i;
    json_t        *root;
    json_int_t     keep;
    const char    *v[13];
    json_error_t   jerr;

    char  **const  values[] = {
        &conf->index.socket, &conf->index.user, &conf->index.password_file,
        &conf->desk.socket, &conf->desk.user, &conf->desk.password_file,
        &conf->keyd.socket, &conf->policy, &conf->trust, &conf->key,
        &conf->inbox.socket, &conf->inbox.user, &conf->inbox.password_file
    };

    memset(v, 0, sizeof(v));
    keep = RFL_DESK_KEEP_DAYS;

    root = json_loadb((char *) text->data, text->len, JSON_REJECT_DUPLICATES,
                      &jerr);
    if (root == NULL) {
        return rfl_err(err, (unsigned) jerr.line, "%s:%d: %s", path,
                       jerr.line, jerr.text);
    }

    rc = json_unpack_ex(root, &jerr, JSON_STRICT,
                        "{s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s}, s:{s:s}, "
                        "s:s, s:s, s:s, s?:{s:s, s:s, s:s}, s?:I}",
                        "index", "socket", &v[0], "user", &v[1],
                        "password_file", &v[2],
                        "desk", "socket", &v[3], "user", &v[4],
                        "password_file", &v[5],
                        "keyd", "socket", &v[6],
                        "policy", &v[7], "trust", &v[8], "key", &v[9],
                        "inbox", "socket", &v[10], "user", &v[11],
                        "password_file", &v[12],
                        "keep_days", &keep);
    if (rc != 0) {
        rc = rfl_err(err, 0, "%s: %s; rflctl(1) lists the members", path,
                     jerr.text);
        json_decref(root);
        return rc;
    }

    if (keep < 1 || keep > RFL_DESK_KEEP_MAX) {
        json_decref(root);
        return rfl_err(err, 0, "%s: \"keep_days\" must be 1 to %d", path,
                       RFL_DESK_KEEP_MAX);
    }

    conf->keep_days = (unsigned) keep;

    conf->index.most = RFL_REDIS_MOST;
    conf->keyd.most = RFL_REDIS_MOST;
    conf->inbox.most = RFL_REDIS_MOST;

    for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        value = values[i];

        if (v[i] == NULL) {
            continue;
        }

        *value = rfl_psprintf(pool, "%s", v[i]);

        if (*value == NULL) {
            json_decref(root);
            return rfl_err(err, 0, "out of memory");
        }
    }

    json_decref(root);

    return RFL_OK;
}


static int
rfl_desk_paths(rfl_pool_t *pool, rfl_desk_conf_t *conf, rfl_err_t *err)
{
    size_t  i;

    char  **const  paths[] = {
        &conf->index.socket, &conf->index.password_file,
        &conf->desk.socket, &conf->desk.password_file, &conf->keyd.socket,
        &conf->policy, &conf->trust, &conf->key, &conf->inbox.socket,
        &conf->inbox.password_file
    };

    for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {

        if (*paths[i] == NULL) {
            continue;
        }

        *paths[i] = rfl_path(pool, conf->dir, *paths[i]);

        if (*paths[i] == NULL) {
            return rfl_err(err, 0, "out of memory");
        }
    }

    conf->lock = rfl_path(pool, conf->dir, "rflctl.lock");
    if (conf->lock == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    return RFL_OK;
}


int
rfl_desk_init(rfl_desk_t *desk, const char *dir, rfl_err_t *err)
{
    int   rc;
    long  n;

    memset(desk, 0, sizeof(rfl_desk_t));

    desk->lock = -1;

    desk->pool = rfl_pool_create(16384);
    if (desk->pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    n = sysconf(_SC_NPROCESSORS_ONLN);

    desk->threads = (n < 1) ? 1 : (n > RFL_DESK_THREADS) ? RFL_DESK_THREADS
                                                         : (unsigned) n;

    rc = rfl_desk_conf(desk->pool, dir, &desk->conf, err);
    if (rc != RFL_OK) {
        rfl_desk_close(desk);
    }

    return rc;
}


void
rfl_desk_close(rfl_desk_t *desk)
{
    rfl_redis_close(&desk->index);
    rfl_redis_close(&desk->desk);
    rfl_redis_close(&desk->keyd);
    rfl_redis_close(&desk->inbox);

    if (desk->lock != -1) {
        (void) close(desk->lock);
    }

    rfl_pool_destroy(desk->pool);

    rfl_memzero(desk, sizeof(rfl_desk_t));
    desk->lock = -1;
}


int
rfl_desk_rules(rfl_desk_t *desk, rfl_err_t *err)
{
    int        rc;
    rfl_err_t  why;
    rfl_str_t  text;

    rc = rfl_file_read(desk->pool, desk->conf.policy, RFL_DESK_FILE_MAX, 0,
                       &text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_policy_parse(desk->pool, &text, &desk->policy, &why);
    if (rc != RFL_OK) {
        return rfl_desk_misread(desk, desk->conf.policy, rc, &why, err);
    }

    rc = rfl_file_read(desk->pool, desk->conf.trust, RFL_DESK_FILE_MAX, 0,
                       &text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rfl_trust_parse(desk->pool, &text, &desk->trust, &why);
    if (rc != RFL_OK) {
        return rfl_desk_misread(desk, desk->conf.trust, rc, &why, err);
    }

    return RFL_OK;
}


static int
rfl_desk_misread(rfl_desk_t *desk, const char *file, int rc,
    const rfl_err_t *why, rfl_err_t *err)
{
    size_t      i;
    char       *path;
    unsigned    line;
    rfl_err_t   other;
    rfl_str_t   text;

    if (rc != RFL_DECLINED) {
        return rfl_err(err, why->line, "%s:%u: %s", file, why->line,
                       why->text);
    }

    /* one was named where the other should be: where "policy" stands */

    path = rfl_path(desk->pool, desk->conf.dir, RFL_DESK_CONF);

    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (rfl_file_read(desk->pool, path, RFL_DESK_FILE_MAX, 0, &text, &other)
        != RFL_OK)
    {
        return rfl_err(err, why->line, "%s:%u: %s, and what names it cannot "
                       "be looked at: %s", file, why->line, why->text,
                       other.text);
    }

    for (line = 1, i = 0; i < text.len; i++) {

        if (text.len - i > 8 && memcmp(text.data + i, "\"policy\"", 8) == 0) {
            break;
        }

        line += (text.data[i] == '\n');
    }

    return rfl_err(err, why->line, "%s:%u: %s: swap what \"policy\" and "
                   "\"trust\" name in %s:%u, or correct the one that is "
                   "wrong", file, why->line, why->text, path, line);
}


int
rfl_desk_key(rfl_desk_t *desk, rfl_err_t *err)
{
    rfl_str_t  key;

    if (rfl_file_read(desk->pool, desk->conf.key, RFL_DESK_KEY_SIZE, 1, &key,
                      err)
        != RFL_OK)
    {
        return RFL_DENIED;
    }

    if (key.len != RFL_DESK_KEY_SIZE) {
        return rfl_err(err, 0, "\"%s\" is not a desk key: %d bytes are "
                       "expected", desk->conf.key, RFL_DESK_KEY_SIZE);
    }

    rfl_store_keys(key.data, &desk->keys);
    rfl_memzero(key.data, key.len);

    return RFL_OK;
}


int
rfl_desk_open(rfl_desk_t *desk, rfl_err_t *err)
{
    int  rc;

    rc = rfl_desk_key(desk, err);
    if (rc != RFL_OK) {
        return rc;
    }

    return rfl_redis_open(&desk->desk, &desk->conf.desk, "desk Redis", err);
}


void
rfl_desk_patience(rfl_desk_t *desk, unsigned seconds)
{
    rfl_redis_patience(&desk->index, seconds);
    rfl_redis_patience(&desk->desk, seconds);
    rfl_redis_patience(&desk->keyd, seconds);
    rfl_redis_patience(&desk->inbox, seconds);
}


int
rfl_desk_lock(rfl_desk_t *desk, unsigned seconds, void (*waiting)(void),
    rfl_err_t *err)
{
    int  rc;

    rc = rfl_lock(desk->conf.lock, seconds, waiting, &desk->lock, err);
    if (rc != RFL_OK) {
        return rc;
    }

    return rfl_desk_read(desk, err);
}


void
rfl_desk_unlock(rfl_desk_t *desk)
{
    if (desk->lock != -1) {
        (void) close(desk->lock);
        desk->lock = -1;
    }

    rfl_memzero(&desk->state, sizeof(rfl_state_t));
    rfl_memzero(&desk->op, sizeof(rfl_op_t));
}


int
rfl_desk_read(rfl_desk_t *desk, rfl_err_t *err)
{
    return rfl_store_read(&desk->desk, &desk->keys, &desk->state, &desk->op,
                          err);
}


int
rfl_desk_index(rfl_desk_t *desk, rfl_err_t *err)
{
    if (desk->index.c != NULL) {
        return RFL_OK;
    }

    return rfl_redis_open(&desk->index, &desk->conf.index, "index Redis",
                          err);
}


int
rfl_desk_keyd(rfl_desk_t *desk, rfl_err_t *err)
{
    if (desk->keyd.c != NULL) {
        return RFL_OK;
    }

    return rfl_redis_open(&desk->keyd, &desk->conf.keyd, "rfl-keyd", err);
}


int
rfl_desk_inbox(rfl_desk_t *desk, rfl_err_t *err)
{
    if (desk->conf.inbox.socket == NULL) {
        (void) rfl_err(err, 0, "\"%s/%s\" has no \"inbox\": this desk takes "
                       "no submissions; rflctl(1) lists its members",
                       desk->conf.dir, RFL_DESK_CONF);
        return RFL_DECLINED;
    }

    if (desk->inbox.c != NULL) {
        return RFL_OK;
    }

    return rfl_redis_open(&desk->inbox, &desk->conf.inbox, "inbox Redis",
                          err);
}


void
rfl_desk_progress(const rfl_desk_t *desk, const char *what, uint64_t done,
    uint64_t total)
{
    if (desk->progress != NULL) {
        desk->progress(what, done, total);
    }
}


void
rfl_desk_notice(const rfl_desk_t *desk, const char *fmt, ...)
{
    char     text[RFL_ERR_SIZE];
    va_list  args;

    if (desk->notice == NULL) {
        return;
    }

    va_start(args, fmt);
    (void) vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    desk->notice(text);
}
