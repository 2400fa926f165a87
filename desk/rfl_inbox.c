
/*
 * Copyright (C) The RFL authors
 *
 * rfl_inbox.c: boxes come from inbox Redis of the public host into desk
 * Redis.  Called by "rflctl inbox" and the moderators' desk.
 *
 * A list is renamed first, so that nothing is added to it any more; then it
 * is copied, which may be done twice without harm, also on another day, since
 * the day of its boxes is in the name it has now; then it is removed.
 * Whichever of both sides dies, the next pull finds the renamed list.
 */


#include "rfl_file.h"
#include "rfl_inbox_int.h"
#include "rfl_json.h"
#include "rfl_text.h"

#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>


#define RFL_INBOX_LOCK       "inbox.lock"

/* lists of one pull; what is more is left to the next */
#define RFL_INBOX_LISTS_MAX  4096

/* of one list; more of them than an inbox of some gigabytes holds */
#define RFL_INBOX_LIST_MAX   (8 * RFL_INBOX_WAITING)

#define RFL_INBOX_TAKE       "take:"
#define RFL_INBOX_IN         "in:"

/* "20261122" */
#define RFL_INBOX_DAY_SIZE   8


typedef struct {
    char       *name;              /* "in:northland:20261122" */
    unsigned    taken;             /* it is "take:..." */
    rfl_str_t   society;
    int32_t     day;
} rfl_inbox_name_t;

typedef struct {
    rfl_pool_t        *pool;
    unsigned           n;
    rfl_inbox_name_t   names[RFL_INBOX_LISTS_MAX];
} rfl_inbox_names_t;


static int rfl_inbox_serves(const rfl_inbox_files_t *files,
    const rfl_str_t *society);
static int rfl_inbox_names(rfl_pool_t *pool, rfl_desk_t *desk,
    rfl_inbox_names_t **names, rfl_err_t *err);
static int rfl_inbox_key(void *data, const char *key, size_t len);
static int rfl_inbox_name(rfl_pool_t *pool, const char *key, size_t len,
    rfl_inbox_name_t *name);
static int rfl_inbox_name_order(const void *a, const void *b);
static int rfl_inbox_room(rfl_desk_t *desk, rfl_inbox_pulled_t *pulled,
    rfl_err_t *err);
static int rfl_inbox_pull_lists(rfl_pool_t *pool, rfl_desk_t *desk,
    rfl_inbox_pulled_t *pulled, rfl_err_t *err);
static int rfl_inbox_take(rfl_pool_t *pool, rfl_desk_t *desk,
    rfl_inbox_name_t *name, rfl_err_t *err);
static int rfl_inbox_drain(rfl_desk_t *desk, const rfl_inbox_name_t *name,
    rfl_inbox_pulled_t *pulled, rfl_err_t *err);
static int rfl_inbox_store(rfl_desk_t *desk, const rfl_inbox_name_t *name,
    const redisReply *boxes, rfl_inbox_pulled_t *pulled, rfl_err_t *err);
static void rfl_inbox_hash(const void *data, size_t len,
    u_char hash[RFL_INBOX_HASH_SIZE]);


int
rfl_inbox_pull(rfl_desk_t *desk, rfl_inbox_pulled_t *pulled, rfl_err_t *err)
{
    int          rc, lock;
    char        *path;
    rfl_pool_t  *pool;

    memset(pulled, 0, sizeof(rfl_inbox_pulled_t));

    rc = rfl_desk_inbox(desk, err);
    if (rc != RFL_OK) {
        return rc;
    }

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    path = rfl_path(pool, desk->conf.dir, RFL_INBOX_LOCK);

    rc = (path == NULL) ? rfl_err(err, 0, "out of memory")
                        : rfl_lock(path, 0, NULL, &lock, err);

    if (rc == RFL_OK) {
        rc = rfl_inbox_pull_lists(pool, desk, pulled, err);
        (void) close(lock);
    }

    rfl_pool_destroy(pool);

    return rc;
}


static int
rfl_inbox_pull_lists(rfl_pool_t *pool, rfl_desk_t *desk,
    rfl_inbox_pulled_t *pulled, rfl_err_t *err)
{
    int                 rc;
    unsigned            i;
    rfl_inbox_names_t  *names;
    rfl_inbox_files_t   files;

    rc = rfl_inbox_files(pool, desk->conf.dir, &files, err);
    if (rc != RFL_OK) {
        return rc;
    }

    if (files.n == 0) {
        (void) rfl_err(err, 0, "this desk has no inbox key, nothing is for "
                       "it: see \"rflctl keys\"");
        return RFL_DECLINED;
    }

    rc = rfl_inbox_names(pool, desk, &names, err);

    if (rc == RFL_OK) {
        rc = rfl_inbox_forget(desk, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_inbox_room(desk, pulled, err);
    }

    for (i = 0; rc == RFL_OK && i < names->n; i++) {

        if (!rfl_inbox_serves(&files, &names->names[i].society)) {
            continue;
        }

        if (rfl_desk_stopped(desk)) {
            return RFL_STOPPED;
        }

        if (!names->names[i].taken) {
            rc = rfl_inbox_take(pool, desk, &names->names[i], err);

            if (rc == RFL_DECLINED) {
                rc = RFL_OK;
                continue;
            }
        }

        if (rc == RFL_OK) {
            rc = rfl_inbox_drain(desk, &names->names[i], pulled, err);
        }
    }

    return rc;
}


static int
rfl_inbox_room(rfl_desk_t *desk, rfl_inbox_pulled_t *pulled, rfl_err_t *err)
{
    int       rc;
    uint64_t  n;

    rc = rfl_redis_count(&desk->desk, "HLEN", RFL_INBOX_BOXES, &n, err);

    if (rc == RFL_OK) {
        pulled->room = (n < RFL_INBOX_WAITING) ? RFL_INBOX_WAITING - n : 0;
    }

    return rc;
}


/* the files have a key of this society */

static int
rfl_inbox_serves(const rfl_inbox_files_t *files, const rfl_str_t *society)
{
    unsigned  i;

    for (i = 0; i < files->n; i++) {
        if (rfl_str_eq(&files->keys[i].society, society)) {
            return 1;
        }
    }

    return 0;
}


/* every list that the desk may see, the renamed ones first, then by day */

static int
rfl_inbox_names(rfl_pool_t *pool, rfl_desk_t *desk,
    rfl_inbox_names_t **names, rfl_err_t *err)
{
    int                 rc;
    rfl_inbox_names_t  *n;

    n = rfl_pcalloc(pool, sizeof(rfl_inbox_names_t));
    if (n == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    n->pool = pool;

    rc = rfl_redis_scan(&desk->inbox, NULL, rfl_inbox_key, n, err);

    if (rc != RFL_OK && rc != RFL_STOPPED) {
        return rc;
    }

    if (n->n > 1) {
        qsort(n->names, n->n, sizeof(rfl_inbox_name_t),
              rfl_inbox_name_order);
    }

    *names = n;

    return RFL_OK;
}


/* RFL_STOPPED: no room for more */

static int
rfl_inbox_key(void *data, const char *key, size_t len)
{
    int                 rc;
    rfl_inbox_names_t  *n = data;

    if (n->n == RFL_INBOX_LISTS_MAX) {
        return RFL_STOPPED;
    }

    rc = rfl_inbox_name(n->pool, key, len, &n->names[n->n]);
    n->n += (rc == RFL_OK);

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}


/* RFL_DECLINED: not a list of boxes, such as the one of hide codes */

static int
rfl_inbox_name(rfl_pool_t *pool, const char *key, size_t len,
    rfl_inbox_name_t *name)
{
    char    *p;
    size_t   prefix;
    u_char   day[RFL_DAY_TEXT_SIZE];

    if (len >= RFL_BOX_LIST_SIZE + sizeof(RFL_INBOX_TAKE)) {
        return RFL_DECLINED;
    }

    name->taken = strncmp(key, RFL_INBOX_TAKE, sizeof(RFL_INBOX_TAKE) - 1)
                  == 0;

    prefix = name->taken ? sizeof(RFL_INBOX_TAKE) - 1
                         : sizeof(RFL_INBOX_IN) - 1;

    if (!name->taken && strncmp(key, RFL_INBOX_IN, prefix) != 0) {
        return RFL_DECLINED;
    }

    if (len < prefix + 1 + 1 + RFL_INBOX_DAY_SIZE
        || strlen(key) != len
        || key[len - RFL_INBOX_DAY_SIZE - 1] != ':')
    {
        return RFL_DECLINED;
    }

    p = (char *) rfl_pstrdup(pool, (const u_char *) key, len);
    if (p == NULL) {
        return RFL_ERROR;
    }

    name->name = p;
    name->society.data = (u_char *) p + prefix;
    name->society.len = len - prefix - 1 - RFL_INBOX_DAY_SIZE;

    p += len - RFL_INBOX_DAY_SIZE;

    memcpy(day, p, 4);
    day[4] = '-';
    memcpy(day + 5, p + 4, 2);
    day[7] = '-';
    memcpy(day + 8, p + 6, 2);

    return (rfl_id_valid(name->society.data, name->society.len)
            && !rfl_str_is(&name->society, "hide")
            && rfl_day_parse(day, sizeof(day), &name->day) == RFL_OK)
           ? RFL_OK : RFL_DECLINED;
}


static int
rfl_inbox_name_order(const void *a, const void *b)
{
    const rfl_inbox_name_t  *x = a, *y = b;

    if (x->taken != y->taken) {
        return x->taken ? -1 : 1;
    }

    if (x->day != y->day) {
        return (x->day < y->day) ? -1 : 1;
    }

    return strcmp(x->name, y->name);
}


/* RFL_DECLINED: it is not there, or not to be renamed, any more */

static int
rfl_inbox_take(rfl_pool_t *pool, rfl_desk_t *desk, rfl_inbox_name_t *name,
    rfl_err_t *err)
{
    int          rc;
    char        *take;
    u_char       day[RFL_DAY_TEXT_SIZE];
    int32_t      today;
    redisReply  *reply;

    /* who puts a box into a list of long ago does not make it arrive then */

    today = rfl_today();

    if (name->day < today - RFL_INBOX_LIFE || name->day > today + 1) {
        name->day = today;
    }

    rfl_day_format(name->day, day);

    take = rfl_psprintf(pool, RFL_INBOX_TAKE "%.*s:%.4s%.2s%.2s",
                        (int) name->society.len, name->society.data, day,
                        day + 5, day + 8);
    if (take == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_redis_call(&desk->inbox, &reply, err, "RENAMENX %s %s",
                        name->name, take);

    if (rc != RFL_OK) {

        /* SCAN may name one twice */

        return (rc == RFL_ERROR && strstr(err->text, "no such key") != NULL)
               ? RFL_DECLINED : rc;
    }

    rc = (reply->type == REDIS_REPLY_INTEGER && reply->integer == 1)
         ? RFL_OK : RFL_DECLINED;

    freeReplyObject(reply);

    name->name = take;
    name->taken = 1;

    return rc;
}


static int
rfl_inbox_drain(rfl_desk_t *desk, const rfl_inbox_name_t *name,
    rfl_inbox_pulled_t *pulled, rfl_err_t *err)
{
    int          rc;
    size_t       pos, n;
    redisReply  *reply;

    pos = 0;

    do {
        if (rfl_desk_stopped(desk)) {
            return RFL_STOPPED;
        }

        rc = rfl_redis_call(&desk->inbox, &reply, err, "LRANGE %s %llu %llu",
                            name->name, (unsigned long long) pos,
                            (unsigned long long) pos + RFL_INBOX_CHUNK - 1);
        if (rc != RFL_OK) {
            return rc;
        }

        n = (reply->type == REDIS_REPLY_ARRAY) ? reply->elements : 0;

        if (n != 0 && (pulled->room == 0 || pos >= RFL_INBOX_LIST_MAX)) {
            freeReplyObject(reply);
            (void) rfl_err(err, 0, "%s has more than fits: %d boxes wait to "
                           "be opened at most; open them, the rest stays "
                           "there meanwhile", desk->inbox.what,
                           RFL_INBOX_WAITING);
            return RFL_DECLINED;
        }

        if (n > 0) {
            rc = rfl_inbox_store(desk, name, reply, pulled, err);
        }

        freeReplyObject(reply);

        if (rc != RFL_OK) {
            return rc;
        }

        pos += n;

        rfl_desk_progress(desk, "taking what was sent",
                          pulled->taken + pulled->again, 0);
    } while (n > 0);

    /* all of it is on the desk's disk */

    rc = rfl_redis_call(&desk->inbox, &reply, err, "UNLINK %s", name->name);

    if (rc == RFL_OK) {
        freeReplyObject(reply);
        pulled->lists++;
    }

    return rc;
}


static int
rfl_inbox_store(rfl_desk_t *desk, const rfl_inbox_name_t *name,
    const redisReply *boxes, rfl_inbox_pulled_t *pulled, rfl_err_t *err)
{
    int          rc;
    size_t       i, n;
    u_char       fields[RFL_INBOX_CHUNK][RFL_INBOX_FIELD_SIZE];
    u_char       hash[RFL_INBOX_HASH_SIZE];
    unsigned     known[RFL_INBOX_CHUNK];
    rfl_buf_t    values[RFL_INBOX_CHUNK];
    rfl_args_t   args;
    redisReply  *box, *reply;

    n = 0;

    for (i = 0; i < boxes->elements && n < RFL_INBOX_CHUNK; i++) {
        box = boxes->element[i];

        if (box->type != REDIS_REPLY_STRING
            || box->len > RFL_INBOX_BOX_MAX)
        {
            pulled->refused++;
            continue;
        }

        rfl_inbox_hash(box->str, (size_t) box->len, hash);
        rfl_inbox_field(name->day, hash, fields[n]);

        rfl_buf_init(&values[n], 0);
        rfl_buf_byte(&values[n], (u_char) name->society.len);
        rfl_buf_append(&values[n], name->society.data, name->society.len);
        rfl_buf_append(&values[n], box->str, (size_t) box->len);
        n++;
    }

    rfl_args_init(&args);
    rfl_args_literal(&args, "HSET");
    rfl_args_literal(&args, RFL_INBOX_BOXES);

    rc = rfl_inbox_known(desk, n, fields, known, err);

    for (i = 0; rc == RFL_OK && i < n; i++) {

        if (values[i].failed) {
            rc = rfl_err(err, 0, "out of memory");

        } else if (!known[i]) {
            rfl_args_add(&args, fields[i], RFL_INBOX_FIELD_SIZE);
            rfl_args_add(&args, values[i].data, values[i].len);
        }
    }

    /* one command: whole or not at all; fsync before the reply */

    if (rc == RFL_OK) {
        pulled->again += n;

        if (args.n > 2) {
            rc = rfl_redis_argv(&desk->desk, &reply, err, &args);

            if (rc == RFL_OK) {
                pulled->taken += (uint64_t) reply->integer;
                pulled->again -= (uint64_t) reply->integer;
                pulled->room -= (pulled->room < (uint64_t) reply->integer)
                                ? pulled->room : (uint64_t) reply->integer;
                freeReplyObject(reply);
            }
        }
    }

    rfl_args_free(&args);

    for (i = 0; i < n; i++) {
        rfl_buf_free(&values[i]);
    }

    return rc;
}


static void
rfl_inbox_hash(const void *data, size_t len,
    u_char hash[RFL_INBOX_HASH_SIZE])
{
    (void) crypto_generichash(hash, RFL_INBOX_HASH_SIZE, data, len,
                              (const u_char *) "rfl.v1.boxhash--", 16);
}


void
rfl_inbox_field(int32_t day, const u_char hash[RFL_INBOX_HASH_SIZE],
    u_char field[RFL_INBOX_FIELD_SIZE])
{
    field[0] = (u_char) (day >> 24);
    field[1] = (u_char) (day >> 16);
    field[2] = (u_char) (day >> 8);
    field[3] = (u_char) day;

    memcpy(field + 4, hash, RFL_INBOX_HASH_SIZE);
}


int
rfl_inbox_stats(rfl_pool_t *pool, rfl_desk_t *desk, rfl_inbox_stats_t *stats,
    rfl_err_t *err)
{
    int                 rc;
    unsigned            i;
    rfl_inbox_names_t  *names;

    memset(stats, 0, sizeof(rfl_inbox_stats_t));

    rc = rfl_desk_inbox(desk, err);

    if (rc == RFL_OK) {
        rc = rfl_inbox_names(pool, desk, &names, err);
    }

    if (rc != RFL_OK) {
        return rc;
    }

    stats->lists = rfl_pcalloc(pool, (names->n + 1)
                                     * sizeof(rfl_inbox_list_t));
    if (stats->lists == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    for (i = 0; rc == RFL_OK && i < names->n; i++) {
        stats->lists[i].society = names->names[i].society;
        stats->lists[i].day = names->names[i].day;

        rc = rfl_redis_count(&desk->inbox, "LLEN", names->names[i].name,
                             &stats->lists[i].boxes, err);
        stats->n++;
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_count(&desk->desk, "HLEN", RFL_INBOX_BOXES,
                             &stats->boxes, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_redis_count(&desk->desk, "HLEN", RFL_INBOX_ASIDE,
                             &stats->aside, err);
    }

    return rc;
}
