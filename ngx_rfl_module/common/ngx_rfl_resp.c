
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_resp.c: formats commands and reads replies.  hiredis' reader does
 * the parsing; the objects it makes are ours, so that what a reply may cost
 * is bounded before a byte of it is stored.  No events, no nginx.
 *
 * hiredis keeps what it has not parsed in one string that it moves when it
 * grows.  That string gets its final size at once and is never given back to
 * the heap by the reader, so it can be wiped as a whole.
 */


#include "ngx_rfl_resp.h"

#include <stdlib.h>

#include <hiredis/read.h>
#include <hiredis/sds.h>


/* longest error or status line, and the "$65536\r\n" around a string */
#define NGX_RFL_LINE_MAX     1024
#define NGX_RFL_FRAME        32

/* what may wait; hiredis keeps up to 1 kB that it has read already */
#define NGX_RFL_WAITING_MAX  (NGX_RFL_DROP_MAX + NGX_RFL_FRAME + 1024)

#define NGX_RFL_REPLY_POOL   (16 * 1024)


struct ngx_rfl_reader_s {
    redisReader            *hi;
    rfl_pool_t             *pool;          /* of the reply */
    ngx_rfl_shape_pt        ask;
    void                   *data;
    const ngx_rfl_shape_t  *shape;         /* of the reply being read */
    const char             *error;
    size_t                  high;          /* bytes of hi->buf to wipe */
};


static u_char *ngx_rfl_resp_head(u_char *p, char type, size_t n);
static void *ngx_rfl_reader_string(const redisReadTask *task, char *str,
    size_t len);
static void *ngx_rfl_reader_array(const redisReadTask *task, int n);
static void *ngx_rfl_reader_integer(const redisReadTask *task,
    long long value);
static void *ngx_rfl_reader_nil(const redisReadTask *task);
static void ngx_rfl_reader_free(void *reply);
static ngx_rfl_reply_t *ngx_rfl_reader_slot(const redisReadTask *task,
    ngx_rfl_reply_type_e type);
static void *ngx_rfl_reader_refuse(ngx_rfl_reader_t *reader,
    const char *error);


static redisReplyObjectFunctions  ngx_rfl_reader_functions = {
    ngx_rfl_reader_string,
    ngx_rfl_reader_array,
    ngx_rfl_reader_integer,
    ngx_rfl_reader_nil,
    ngx_rfl_reader_free
};


/*
 * Error texts themselves are never logged: some quote the arguments of the
 * command.
 */

static const ngx_rfl_fault_t  ngx_rfl_faults[] = {

    { rfl_string("LOADING"), NGX_RFL_FAULT_LATER,
      "it is loading its data" },
    { rfl_string("BUSY"), NGX_RFL_FAULT_LATER,
      "it is busy with a script" },
    { rfl_string("MASTERDOWN"), NGX_RFL_FAULT_LATER,
      "it is a replica without its primary" },
    { rfl_string("CLUSTERDOWN"), NGX_RFL_FAULT_LATER,
      "its cluster is down" },
    { rfl_string("TRYAGAIN"), NGX_RFL_FAULT_LATER,
      "its cluster is moving keys" },

    { rfl_string("OOM"), NGX_RFL_FAULT_FULL,
      "its memory is full: raise \"maxmemory\" or empty it" },
    { rfl_string("MISCONF"), NGX_RFL_FAULT_FULL,
      "it cannot write to its disk" },

    { rfl_string("NOAUTH"), NGX_RFL_FAULT_SETUP,
      "it wants a password: set the password file" },
    { rfl_string("WRONGPASS"), NGX_RFL_FAULT_SETUP,
      "user or password is wrong: compare the password file with its ACL" },
    { rfl_string("NOPERM"), NGX_RFL_FAULT_SETUP,
      "its ACL does not allow that to this user: use the ACL file of "
      "schema/redis" },
    { rfl_string("READONLY"), NGX_RFL_FAULT_SETUP,
      "it is a replica: give the address of the primary" },
    { rfl_string("MOVED"), NGX_RFL_FAULT_SETUP,
      "it is part of a cluster: use an instance of its own" },
    { rfl_string("ASK"), NGX_RFL_FAULT_SETUP,
      "it is part of a cluster: use an instance of its own" },
    { rfl_string("CROSSSLOT"), NGX_RFL_FAULT_SETUP,
      "it is part of a cluster: use an instance of its own" },

    { rfl_string("EXECABORT"), NGX_RFL_FAULT_OTHER,
      "a transaction was refused" },
    { rfl_string("WRONGTYPE"), NGX_RFL_FAULT_OTHER,
      "a key holds a value of another type" },

    { rfl_string("BUDGET"), NGX_RFL_FAULT_BUDGET,
      "the budget of questions is used up" },
    { rfl_string("NOEPOCH"), NGX_RFL_FAULT_NOEPOCH,
      "it has no usable epoch: run \"rflctl rotate\"" },
    { rfl_string("REFINE"), NGX_RFL_FAULT_REFINE, NULL },
    { rfl_string("BADNAME"), NGX_RFL_FAULT_BADNAME, NULL },
    { rfl_string("STALE"), NGX_RFL_FAULT_STALE, NULL },

    { rfl_string(""), NGX_RFL_FAULT_OTHER,
      "an error that is not expected of it" }
};

#define NGX_RFL_NFAULTS                                                      \
    (sizeof(ngx_rfl_faults) / sizeof(ngx_rfl_faults[0]))

_Static_assert(NGX_RFL_NFAULTS <= NGX_RFL_FAULTS, "a bit for each fault");


const ngx_rfl_fault_t *
ngx_rfl_resp_fault(const rfl_str_t *text)
{
    size_t      len;
    unsigned    i;
    rfl_str_t   word;
    u_char     *space;

    len = text->len;

    space = (len == 0) ? NULL : memchr(text->data, ' ', len);
    if (space != NULL) {
        len = (size_t) (space - text->data);
    }

    word.len = len;
    word.data = text->data;

    for (i = 0; i < NGX_RFL_NFAULTS - 1; i++) {
        if (rfl_str_eq(&ngx_rfl_faults[i].prefix, &word)) {
            break;
        }
    }

    return &ngx_rfl_faults[i];
}


unsigned
ngx_rfl_resp_fault_index(const ngx_rfl_fault_t *fault)
{
    return (unsigned) (fault - ngx_rfl_faults);
}


int
ngx_rfl_resp_format(rfl_buf_t *out, unsigned argc, const char *const *argv,
    const size_t *lens)
{
    size_t     size;
    u_char    *p;
    unsigned   i;

    /* a bound first: a command that does not fit leaves nothing behind */

    size = NGX_RFL_FRAME;

    for (i = 0; i < argc; i++) {

        if (lens[i] > out->max) {
            return RFL_ERROR;
        }

        size += NGX_RFL_FRAME + lens[i];

        if (size > out->max || out->len > out->max - size) {
            return RFL_ERROR;
        }
    }

    p = rfl_buf_room(out, size);

    if (p == NULL) {
        out->failed = 0;
        return RFL_ERROR;
    }

    p = ngx_rfl_resp_head(p, '*', argc);

    for (i = 0; i < argc; i++) {
        p = ngx_rfl_resp_head(p, '$', lens[i]);

        if (lens[i] != 0) {
            memcpy(p, argv[i], lens[i]);
        }

        p += lens[i];
        *p++ = '\r';
        *p++ = '\n';
    }

    out->len = (size_t) (p - out->data);

    return RFL_OK;
}


/* as "$16\r\n"; snprintf() took longer than the rest of a command */

static u_char *
ngx_rfl_resp_head(u_char *p, char type, size_t n)
{
    u_char  digits[NGX_RFL_FRAME], *d;

    d = digits + NGX_RFL_FRAME;

    do {
        *--d = (u_char) ('0' + n % 10);
        n /= 10;
    } while (n != 0);

    *p++ = (u_char) type;

    while (d < digits + NGX_RFL_FRAME) {
        *p++ = *d++;
    }

    *p++ = '\r';
    *p++ = '\n';

    return p;
}


ngx_rfl_reader_t *
ngx_rfl_reader_create(ngx_rfl_shape_pt shape, void *data)
{
    char              *buf;
    redisReader       *hi;
    ngx_rfl_reader_t  *reader;

    reader = calloc(1, sizeof(ngx_rfl_reader_t));
    if (reader == NULL) {
        return NULL;
    }

    reader->ask = shape;
    reader->data = data;

    reader->pool = rfl_pool_create(NGX_RFL_REPLY_POOL);
    if (reader->pool == NULL) {
        goto failed;
    }

    hi = redisReaderCreateWithFunctions(&ngx_rfl_reader_functions);
    if (hi == NULL) {
        goto failed;
    }

    reader->hi = hi;
    hi->privdata = reader;
    hi->maxbuf = 0;

    buf = sdsMakeRoomFor(hi->buf, NGX_RFL_WAITING_MAX + NGX_RFL_FEED_MAX);
    if (buf == NULL) {
        goto failed;
    }

    hi->buf = buf;

    return reader;

failed:

    ngx_rfl_reader_destroy(reader);

    return NULL;
}


void
ngx_rfl_reader_destroy(ngx_rfl_reader_t *reader)
{
    if (reader == NULL) {
        return;
    }

    if (reader->hi != NULL) {

        /* on an error hiredis has freed it already */

        if (reader->hi->buf != NULL) {
            rfl_memzero(reader->hi->buf, reader->high);
        }

        redisReaderFree(reader->hi);
    }

    rfl_pool_destroy(reader->pool);
    free(reader);
}


int
ngx_rfl_reader_feed(ngx_rfl_reader_t *reader, const u_char *data, size_t len)
{
    redisReader  *hi;

    hi = reader->hi;

    if (len > NGX_RFL_FEED_MAX || hi->len > NGX_RFL_WAITING_MAX) {
        (void) ngx_rfl_reader_refuse(reader, "a reply is too large");
        return RFL_ERROR;
    }

    if (redisReaderFeed(hi, (const char *) data, len) != REDIS_OK) {
        (void) ngx_rfl_reader_refuse(reader, "out of memory");
        return RFL_ERROR;
    }

    if (hi->len > reader->high) {
        reader->high = hi->len;
    }

    return RFL_OK;
}


int
ngx_rfl_reader_next(ngx_rfl_reader_t *reader, ngx_rfl_reply_t **reply)
{
    void         *p;
    size_t        max;
    redisReader  *hi;

    hi = reader->hi;

    if (reader->shape == NULL) {

        if (hi->pos == hi->len) {
            return RFL_DECLINED;
        }

        reader->shape = reader->ask(reader->data);

        if (reader->shape == NULL) {
            (void) ngx_rfl_reader_refuse(reader, "a reply to no command");
            return RFL_ERROR;
        }
    }

    if (redisReaderGetReply(hi, &p) != REDIS_OK) {
        (void) ngx_rfl_reader_refuse(reader, "this is not RESP");
        return RFL_ERROR;
    }

    if (p != NULL) {
        reader->shape = NULL;
        *reply = p;
        return RFL_OK;
    }

    /* what waits is one string or line, and one that may come */

    max = reader->shape->bulk;

    if (max < reader->shape->drop) {
        max = reader->shape->drop;
    }

    if (max < NGX_RFL_LINE_MAX) {
        max = NGX_RFL_LINE_MAX;
    }

    if (hi->len - hi->pos > max + NGX_RFL_FRAME) {
        (void) ngx_rfl_reader_refuse(reader, "a reply is too large");
        return RFL_ERROR;
    }

    return RFL_DECLINED;
}


const char *
ngx_rfl_reader_error(const ngx_rfl_reader_t *reader)
{
    return (reader->error != NULL) ? reader->error : "no error";
}


void
ngx_rfl_reader_release(ngx_rfl_reader_t *reader)
{
    rfl_pool_reset(reader->pool);
}


void
ngx_rfl_reader_idle(ngx_rfl_reader_t *reader)
{
    redisReader  *hi;

    hi = reader->hi;

    if (reader->shape != NULL || hi->pos != hi->len) {
        return;
    }

    rfl_memzero(hi->buf, reader->high);
    sdsclear(hi->buf);

    hi->pos = 0;
    hi->len = 0;
    reader->high = 0;
}


static void *
ngx_rfl_reader_string(const redisReadTask *task, char *str, size_t len)
{
    size_t             max;
    ngx_rfl_reply_t   *reply;
    ngx_rfl_reader_t  *reader;

    reader = task->privdata;

    if (task->type == REDIS_REPLY_ERROR) {
        max = NGX_RFL_LINE_MAX;
        reply = ngx_rfl_reader_slot(task, NGX_RFL_REPLY_ERROR);

    } else {
        max = reader->shape->bulk;
        reply = ngx_rfl_reader_slot(task, NGX_RFL_REPLY_STRING);
    }

    if (reply == NULL) {
        return NULL;
    }

    if (len > max) {

        if (task->type == REDIS_REPLY_STRING && len <= reader->shape->drop) {
            reply->type = NGX_RFL_REPLY_NIL;
            return reply;
        }

        return ngx_rfl_reader_refuse(reader, "a string is too long");
    }

    reply->text.data = rfl_pstrdup(reader->pool, (u_char *) str, len);
    if (reply->text.data == NULL) {
        return ngx_rfl_reader_refuse(reader, "out of memory");
    }

    reply->text.len = len;

    return reply;
}


static void *
ngx_rfl_reader_array(const redisReadTask *task, int n)
{
    ngx_rfl_reply_t   *reply;
    ngx_rfl_reader_t  *reader;

    reader = task->privdata;

    reply = ngx_rfl_reader_slot(task, NGX_RFL_REPLY_ARRAY);
    if (reply == NULL) {
        return NULL;
    }

    if (n <= 0 || (unsigned) n != reader->shape->elements) {
        return ngx_rfl_reader_refuse(reader, "an array of another length");
    }

    reply->elts = rfl_pcalloc(reader->pool,
                              (size_t) n * sizeof(ngx_rfl_reply_t));
    if (reply->elts == NULL) {
        return ngx_rfl_reader_refuse(reader, "out of memory");
    }

    reply->nelts = (unsigned) n;

    return reply;
}


static void *
ngx_rfl_reader_integer(const redisReadTask *task, long long value)
{
    ngx_rfl_reply_t  *reply;

    reply = ngx_rfl_reader_slot(task, NGX_RFL_REPLY_INTEGER);
    if (reply != NULL) {
        reply->integer = value;
    }

    return reply;
}


static void *
ngx_rfl_reader_nil(const redisReadTask *task)
{
    return ngx_rfl_reader_slot(task, NGX_RFL_REPLY_NIL);
}


static void
ngx_rfl_reader_free(void *reply)
{
    /* replies live in reader->pool */
}


/*
 * Where the object of this task goes: its place in the array, or a new reply
 * of the type that the shape asks for.
 */

static ngx_rfl_reply_t *
ngx_rfl_reader_slot(const redisReadTask *task, ngx_rfl_reply_type_e type)
{
    ngx_rfl_reply_t   *reply, *parent;
    ngx_rfl_reader_t  *reader;

    reader = task->privdata;

    if (task->parent != NULL) {

        if (type == NGX_RFL_REPLY_ARRAY) {
            return ngx_rfl_reader_refuse(reader, "an array in an array");
        }

        parent = task->parent->obj;
        reply = &parent->elts[task->idx];
        reply->type = type;

        return reply;
    }

    if (type != NGX_RFL_REPLY_ERROR
        && (type == NGX_RFL_REPLY_ARRAY) != (reader->shape->elements != 0))
    {
        return ngx_rfl_reader_refuse(reader, "a reply of another type");
    }

    reply = rfl_pcalloc(reader->pool, sizeof(ngx_rfl_reply_t));
    if (reply == NULL) {
        return ngx_rfl_reader_refuse(reader, "out of memory");
    }

    reply->type = type;

    return reply;
}


/* the first reason counts; NULL makes hiredis' reader stop for good */

static void *
ngx_rfl_reader_refuse(ngx_rfl_reader_t *reader, const char *error)
{
    if (reader->error == NULL) {
        reader->error = error;
    }

    return NULL;
}
