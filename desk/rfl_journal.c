
/*
 * Copyright (C) The RFL authors
 *
 * rfl_journal.c: appending to the journal of the desk.  Owns journal.ndjson
 * and its key; what is in it is read by rfl_journal_read.c.  Called for each
 * act of a moderator, before it takes effect.
 */


#include "rfl_journal.h"
#include "rfl_file.h"
#include "rfl_journal_int.h"
#include "rfl_store_int.h"

#include <errno.h>
#include <sodium.h>
#include <unistd.h>


#define RFL_JOURNAL_WAIT     30    /* seconds, for another writer */
#define RFL_JOURNAL_PAD      128
#define RFL_JOURNAL_HEAD     "journal"


/* the file as it is found under its lock */

typedef struct {
    const char      *path;
    int              fd;
    off_t            size;         /* up to the last whole line */
    unsigned         torn;         /* something is behind it */
    uint64_t         n;            /* number of that line */
    u_char           hash[RFL_JOURNAL_HASH];
    u_char           prev[RFL_JOURNAL_HASH];
} rfl_journal_tail_t;


static int rfl_journal_write(rfl_desk_t *desk,
    const rfl_journal_line_t *line, int64_t now, unsigned restart,
    rfl_err_t *err);
static int rfl_journal_needless(rfl_err_t *err);
static int rfl_journal_anew(rfl_pool_t *pool, rfl_journal_tail_t *tail,
    const rfl_journal_head_t *head, int64_t now, rfl_err_t *err);
static int rfl_journal_key_new(rfl_pool_t *pool, const char *dir,
    const char *path, rfl_keyfile_t *key, rfl_err_t *err);
static int rfl_journal_tail(rfl_pool_t *pool, rfl_journal_tail_t *tail,
    const rfl_keyfile_t *key, rfl_err_t *err);
static int rfl_journal_fits(const rfl_journal_tail_t *tail,
    const rfl_journal_head_t *head, rfl_err_t *err);
static int rfl_journal_append(rfl_desk_t *desk,
    const rfl_journal_line_t *line, int64_t now, rfl_journal_tail_t *tail,
    const rfl_keyfile_t *key, rfl_err_t *err);
static void rfl_journal_print(const rfl_journal_line_t *line, int64_t now,
    const rfl_journal_tail_t *tail, rfl_buf_t *out);
static void rfl_journal_word(rfl_buf_t *out, const char *name,
    const rfl_str_t *word);
static int rfl_journal_write_head(rfl_desk_t *desk,
    const rfl_journal_head_t *head, rfl_err_t *err);


int
rfl_journal_add(rfl_desk_t *desk, const rfl_journal_line_t *line, int64_t now,
    rfl_err_t *err)
{
    return rfl_journal_write(desk, line, now, 0, err);
}


int
rfl_journal_restart(rfl_desk_t *desk, const rfl_journal_line_t *line,
    int64_t now, rfl_err_t *err)
{
    return rfl_journal_write(desk, line, now, 1, err);
}


static int
rfl_journal_write(rfl_desk_t *desk, const rfl_journal_line_t *line,
    int64_t now, unsigned restart, rfl_err_t *err)
{
    int                  rc;
    rfl_pool_t          *pool;
    rfl_keyfile_t        key;
    rfl_journal_head_t   head;
    rfl_journal_tail_t   tail;

    pool = rfl_pool_create(4096);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    memset(&tail, 0, sizeof(rfl_journal_tail_t));
    tail.path = rfl_path(pool, desk->conf.dir, RFL_JOURNAL_FILE);
    tail.fd = -1;

    if (tail.path == NULL) {
        rc = rfl_err(err, 0, "out of memory");

    } else {
        rc = rfl_lock(tail.path, RFL_JOURNAL_WAIT, NULL, &tail.fd, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_journal_key(pool, desk->conf.dir, 1, &key, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_journal_head(desk, pool, &head, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_journal_tail(pool, &tail, &key, err);

        if (rc == RFL_OK) {
            rc = rfl_journal_fits(&tail, &head, err);
        }

        if (restart) {
            rc = (rc == RFL_OK) ? rfl_journal_needless(err)
                                : rfl_journal_anew(pool, &tail, &head, now,
                                                   err);
        }
    }

    if (rc == RFL_OK) {
        rc = rfl_journal_append(desk, line, now, &tail, &key, err);
    }

    if (tail.fd != -1) {
        (void) close(tail.fd);
    }

    rfl_memzero(&key, sizeof(rfl_keyfile_t));
    rfl_pool_destroy(pool);

    return rc;
}


int
rfl_journal_key(rfl_pool_t *pool, const char *dir, unsigned make,
    rfl_keyfile_t *key, rfl_err_t *err)
{
    char  *path;

    memset(key, 0, sizeof(rfl_keyfile_t));

    path = rfl_path(pool, dir, RFL_JOURNAL_KEY);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (make && access(path, F_OK) == -1 && errno == ENOENT) {
        return rfl_journal_key_new(pool, dir, path, key, err);
    }

    return rfl_keyfile_read(pool, path, NULL, NULL, key, err);
}


/* under the journal's lock: there is no other maker */

static int
rfl_journal_key_new(rfl_pool_t *pool, const char *dir, const char *path,
    rfl_keyfile_t *key, rfl_err_t *err)
{
    int        rc;
    char       text[RFL_SIGN_PUBLIC_SIZE * 2 + 2], *pub;
    rfl_str_t  none;

    rfl_str_null(&none);
    rfl_keyfile_generate(key);

    (void) sodium_bin2base64(text, sizeof(text) - 1, key->pk,
                             RFL_SIGN_PUBLIC_SIZE,
                             sodium_base64_VARIANT_ORIGINAL);
    text[strlen(text) + 1] = '\0';
    text[strlen(text)] = '\n';

    pub = rfl_path(pool, dir, RFL_JOURNAL_PUB);
    if (pub == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_file_write(pool, pub, 0644, 1, text, strlen(text), err);

    if (rc == RFL_OK) {
        rc = rfl_keyfile_write(pool, path, key, &none, err);
    }

    return rc;
}


/* the last whole line, and what is behind it */

static int
rfl_journal_tail(rfl_pool_t *pool, rfl_journal_tail_t *tail,
    const rfl_keyfile_t *key, rfl_err_t *err)
{
    off_t               size, from;
    u_char             *p, *start, *end;
    ssize_t             n;
    rfl_journal_read_t  read;

    size = lseek(tail->fd, 0, SEEK_END);
    if (size == -1) {
        goto failed;
    }

    if (size == 0) {
        return RFL_OK;
    }

    from = (size > 2 * RFL_JOURNAL_LINE) ? size - 2 * RFL_JOURNAL_LINE : 0;

    p = rfl_palloc(pool, (size_t) (size - from));
    if (p == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    n = pread(tail->fd, p, (size_t) (size - from), from);
    if (n != (ssize_t) (size - from)) {
        goto failed;
    }

    for (end = p + n; end > p && end[-1] != '\n'; end--) { /* void */ }

    tail->size = from + (end - p);
    tail->torn = (tail->size != size);

    if (end == p) {
        return (from == 0) ? RFL_OK
               : rfl_err(err, 0, "\"%s\" ends in something that is no line "
                         "of the journal: run \"rflctl journal verify\"",
                         tail->path);
    }

    end--;

    for (start = end; start > p && start[-1] != '\n'; start--) { /* void */ }

    if (rfl_journal_read(pool, start, (size_t) (end - start), key->pk, &read)
        != RFL_OK)
    {
        return rfl_err(err, 0, "the last line of \"%s\" is not the desk's: "
                       "run \"rflctl journal verify\"", tail->path);
    }

    tail->n = read.act.n;
    memcpy(tail->hash, read.hash, RFL_JOURNAL_HASH);
    memcpy(tail->prev, read.prev, RFL_JOURNAL_HASH);

    return RFL_OK;

failed:

    return rfl_err(err, 0, "cannot read \"%s\": %s", tail->path,
                   strerror(errno));
}


/*
 * A crash may have left one whole line that desk Redis does not know yet;
 * anything else means that somebody was at the file.
 */

static int
rfl_journal_fits(const rfl_journal_tail_t *tail,
    const rfl_journal_head_t *head, rfl_err_t *err)
{
    if (tail->n == head->n
        && memcmp(tail->hash, head->hash, RFL_JOURNAL_HASH) == 0)
    {
        return RFL_OK;
    }

    if (tail->n == head->n + 1
        && memcmp(tail->prev, head->hash, RFL_JOURNAL_HASH) == 0)
    {
        return RFL_OK;
    }

    return rfl_err(err, 0, "\"%s\" has %llu lines and desk Redis knows of "
                   "%llu: restore the file, and run \"rflctl journal "
                   "verify\"", tail->path, (unsigned long long) tail->n,
                   (unsigned long long) head->n);
}


static int
rfl_journal_needless(rfl_err_t *err)
{
    (void) rfl_err(err, 0, "the journal can be written on: nothing was done");

    return RFL_DECLINED;
}


/* goes on from what desk Redis knows, unless the file knows more */

static int
rfl_journal_anew(rfl_pool_t *pool, rfl_journal_tail_t *tail,
    const rfl_journal_head_t *head, int64_t now, rfl_err_t *err)
{
    char  *path;

    if (tail->n > head->n) {
        return RFL_OK;
    }

    path = rfl_psprintf(pool, "%s.%lld", tail->path, (long long) now);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (lseek(tail->fd, 0, SEEK_END) > 0
        && (link(tail->path, path) == -1 || unlink(tail->path) == -1))
    {
        return rfl_err(err, 0, "cannot rename \"%s\" to \"%s\": %s",
                       tail->path, path, strerror(errno));
    }

    (void) close(tail->fd);
    tail->fd = -1;

    tail->size = 0;
    tail->torn = 0;
    tail->n = head->n;
    memcpy(tail->hash, head->hash, RFL_JOURNAL_HASH);

    return rfl_lock(tail->path, RFL_JOURNAL_WAIT, NULL, &tail->fd, err);
}


static int
rfl_journal_append(rfl_desk_t *desk, const rfl_journal_line_t *line,
    int64_t now, rfl_journal_tail_t *tail, const rfl_keyfile_t *key,
    rfl_err_t *err)
{
    int                 rc;
    rfl_buf_t           out;
    rfl_journal_head_t  head;

    rfl_buf_init(&out, RFL_JOURNAL_LINE);

    rfl_journal_print(line, now, tail, &out);
    rfl_journal_sign(key, &out);

    head.n = tail->n + 1;

    if (!out.failed) {
        rfl_journal_hash(out.data, out.len, head.hash);
    }

    rfl_buf_byte(&out, '\n');

    if (out.failed) {
        rfl_buf_free(&out);
        return rfl_err(err, 0, "a line of the journal would be too long");
    }

    /* of a torn line nobody was told */

    if ((tail->torn && ftruncate(tail->fd, tail->size) == -1)
        || lseek(tail->fd, tail->size, SEEK_SET) == -1
        || rfl_fd_write(tail->fd, out.data, out.len) != RFL_OK
        || fsync(tail->fd) == -1)
    {
        rc = rfl_err(err, 0, "cannot write \"%s\": %s", tail->path,
                     strerror(errno));
    } else {
        rc = rfl_journal_write_head(desk, &head, err);
    }

    rfl_buf_free(&out);

    return rc;
}


static void
rfl_journal_print(const rfl_journal_line_t *line, int64_t now,
    const rfl_journal_tail_t *tail, rfl_buf_t *out)
{
    char    hash[RFL_JOURNAL_HASH * 2];
    u_char  time[RFL_TIME_TEXT_SIZE];

    rfl_time_format(now, time);
    (void) sodium_bin2base64(hash, sizeof(hash), tail->hash,
                             RFL_JOURNAL_HASH,
                             sodium_base64_VARIANT_ORIGINAL);

    rfl_buf_printf(out, "{\"n\":%llu,\"at\":\"%.*s\"",
                   (unsigned long long) tail->n + 1, RFL_TIME_TEXT_SIZE,
                   (char *) time);

    rfl_journal_word(out, "who", &line->who);
    rfl_journal_word(out, "act", &line->act);
    rfl_journal_word(out, "item", &line->item);
    rfl_journal_word(out, "from", &line->from);
    rfl_journal_word(out, "to", &line->to);
    rfl_journal_word(out, "why", &line->why);

    if (line->version != 0) {
        rfl_buf_printf(out, ",\"version\":%u", line->version);
    }

    rfl_buf_printf(out, ",\"prev\":\"%s\"", hash);
}


static void
rfl_journal_word(rfl_buf_t *out, const char *name, const rfl_str_t *word)
{
    if (word->len == 0) {
        return;
    }

    rfl_buf_printf(out, ",\"%s\":\"", name);
    rfl_json_escape(out, word->data, word->len);
    rfl_buf_byte(out, '"');
}


int
rfl_journal_head(rfl_desk_t *desk, rfl_pool_t *pool,
    rfl_journal_head_t *head, rfl_err_t *err)
{
    int          rc;
    rfl_code_t   c;
    rfl_str_t    plain;
    redisReply  *reply;

    memset(head, 0, sizeof(rfl_journal_head_t));

    rc = rfl_redis_call(&desk->desk, &reply, err, "GET %s", RFL_JOURNAL_HEAD);
    if (rc != RFL_OK) {
        return rc;
    }

    if (reply->type == REDIS_REPLY_STRING) {

        rc = rfl_store_open(pool, &desk->keys, RFL_JOURNAL_HEAD, NULL,
                            reply->str, reply->len, &plain);

        if (rc == RFL_OK) {
            memset(&c, 0, sizeof(rfl_code_t));
            c.p = plain.data;
            c.last = plain.data + plain.len;

            rfl_code_u64(&c, &head->n);
            rfl_code_bytes(&c, head->hash, RFL_JOURNAL_HASH);

            rc = (c.failed || c.p != c.last) ? RFL_DECLINED : RFL_OK;
        }

        if (rc == RFL_DECLINED) {
            rc = rfl_err(err, 0, "the journal's head in desk Redis does not "
                         "open: wrong desk key, or desk Redis was altered");

        } else if (rc != RFL_OK) {
            rc = rfl_err(err, 0, "out of memory");
        }
    }

    freeReplyObject(reply);

    return rc;
}


static int
rfl_journal_write_head(rfl_desk_t *desk, const rfl_journal_head_t *head,
    rfl_err_t *err)
{
    int                 rc;
    rfl_buf_t           plain, value;
    rfl_code_t          c;
    redisReply         *reply;
    rfl_journal_head_t  copy;

    rfl_buf_init(&plain, 0);
    rfl_buf_init(&value, 0);

    memset(&c, 0, sizeof(rfl_code_t));
    c.out = &plain;
    copy = *head;

    rfl_code_u64(&c, &copy.n);
    rfl_code_bytes(&c, copy.hash, RFL_JOURNAL_HASH);

    if (plain.failed
        || rfl_store_seal(&desk->keys, RFL_JOURNAL_HEAD, NULL, plain.data,
                          plain.len, RFL_JOURNAL_PAD, &value)
           != RFL_OK)
    {
        rc = rfl_err(err, 0, "out of memory");

    } else {
        rc = rfl_redis_call(&desk->desk, &reply, err, "SET %s %b",
                            RFL_JOURNAL_HEAD, value.data, value.len);
        if (rc == RFL_OK) {
            freeReplyObject(reply);
        }
    }

    rfl_buf_free(&plain);
    rfl_buf_free(&value);

    return rc;
}
