
/*
 * Copyright (C) The RFL authors
 *
 * rfl_core.c: error reports, integers in bytes, the wiping pool, the growing
 * buffer, and the reading of whole files.  Owns nothing beyond what its callers
 * hold.
 */


#include "rfl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>


#define RFL_POOL_MIN     1024
#define RFL_ALIGN        16

#define rfl_align(n)     (((n) + (RFL_ALIGN - 1)) & ~(size_t) (RFL_ALIGN - 1))


typedef struct rfl_block_s  rfl_block_t;

struct rfl_block_s {
    rfl_block_t  *next;
    size_t        size;            /* of data */
    size_t        used;
    size_t        pad;             /* keeps data aligned to 16 bytes */
    u_char        data[];
};


struct rfl_pool_s {
    rfl_block_t  *first;           /* lives as long as the pool */
    rfl_block_t  *last;
    size_t        size;
};


static rfl_block_t *rfl_block_create(size_t size);
static int rfl_buf_grow(rfl_buf_t *b, size_t more);
static int rfl_file_fd(rfl_pool_t *pool, int fd, const char *path, size_t max,
    int secret, rfl_str_t *out, rfl_err_t *err);


void
rfl_err_set(rfl_err_t *err, unsigned line, const char *fmt, ...)
{
    va_list  args;

    if (err == NULL) {
        return;
    }

    err->line = line;
    err->column = 0;

    va_start(args, fmt);
    (void) vsnprintf(err->text, RFL_ERR_SIZE, fmt, args);
    va_end(args);
}


u_char *
rfl_le_put(u_char *p, uint64_t value, unsigned size)
{
    while (size-- != 0) {
        *p++ = (u_char) value;
        value >>= 8;
    }

    return p;
}


uint64_t
rfl_le_get(const u_char *p, unsigned size)
{
    uint64_t  value;

    for (value = 0; size != 0; size--) {
        value = (value << 8) | p[size - 1];
    }

    return value;
}


rfl_pool_t *
rfl_pool_create(size_t size)
{
    rfl_pool_t  *pool;

    pool = malloc(sizeof(rfl_pool_t));
    if (pool == NULL) {
        return NULL;
    }

    pool->size = (size < RFL_POOL_MIN) ? RFL_POOL_MIN : rfl_align(size);

    pool->first = rfl_block_create(pool->size);
    if (pool->first == NULL) {
        free(pool);
        return NULL;
    }

    pool->last = pool->first;

    return pool;
}


void
rfl_pool_destroy(rfl_pool_t *pool)
{
    if (pool == NULL) {
        return;
    }

    rfl_pool_reset(pool);

    free(pool->first);
    free(pool);
}


void
rfl_pool_reset(rfl_pool_t *pool)
{
    rfl_block_t  *block, *next;

    for (block = pool->first->next; block != NULL; block = next) {
        next = block->next;
        rfl_memzero(block->data, block->used);
        free(block);
    }

    rfl_memzero(pool->first->data, pool->first->used);

    pool->first->next = NULL;
    pool->first->used = 0;
    pool->last = pool->first;
}


void *
rfl_palloc(rfl_pool_t *pool, size_t size)
{
    void         *p;
    size_t        need;
    rfl_block_t  *block;

    if (size > SIZE_MAX / 2) {
        return NULL;
    }

#if (RFL_DEBUG_PALLOC)

    /* a block of its own: AddressSanitizer sees what is written beside it */

    need = size;
    block = rfl_block_create(need);

    if (block == NULL) {
        return NULL;
    }

    pool->last->next = block;
    pool->last = block;

#else

    need = rfl_align(size == 0 ? 1 : size);
    block = pool->last;

    if (block->size - block->used < need) {

        block = rfl_block_create(need > pool->size ? need : pool->size);
        if (block == NULL) {
            return NULL;
        }

        pool->last->next = block;
        pool->last = block;
    }

#endif

    p = block->data + block->used;
    block->used += need;

    return p;
}


void *
rfl_pcalloc(rfl_pool_t *pool, size_t size)
{
    void  *p;

    p = rfl_palloc(pool, size);
    if (p != NULL) {
        memset(p, 0, size);
    }

    return p;
}


u_char *
rfl_pstrdup(rfl_pool_t *pool, const u_char *data, size_t len)
{
    u_char  *p;

    if (len > SIZE_MAX / 2) {
        return NULL;
    }

    p = rfl_palloc(pool, len + 1);
    if (p == NULL) {
        return NULL;
    }

    if (len != 0) {
        memcpy(p, data, len);
    }

    p[len] = '\0';

    return p;
}


static rfl_block_t *
rfl_block_create(size_t size)
{
    rfl_block_t  *block;

    block = malloc(sizeof(rfl_block_t) + size);
    if (block == NULL) {
        return NULL;
    }

    block->next = NULL;
    block->size = size;
    block->used = 0;
    block->pad = 0;

    return block;
}


void
rfl_buf_init(rfl_buf_t *b, size_t max)
{
    b->data = NULL;
    b->len = 0;
    b->size = 0;
    b->max = (max == 0) ? RFL_BUF_MAX : max;
    b->failed = 0;
}


void
rfl_buf_append(rfl_buf_t *b, const void *data, size_t len)
{
    if (len == 0 || rfl_buf_grow(b, len) != RFL_OK) {
        return;
    }

    memcpy(b->data + b->len, data, len);
    b->len += len;
}


void
rfl_buf_byte(rfl_buf_t *b, u_char c)
{
    rfl_buf_append(b, &c, 1);
}


u_char *
rfl_buf_room(rfl_buf_t *b, size_t len)
{
    return (rfl_buf_grow(b, len) == RFL_OK) ? b->data + b->len : NULL;
}


void
rfl_buf_printf(rfl_buf_t *b, const char *fmt, ...)
{
    int      n;
    size_t   room;
    va_list  args;

    if (b->failed) {
        return;
    }

    room = b->size - b->len;

    va_start(args, fmt);
    n = vsnprintf((room == 0) ? NULL : (char *) b->data + b->len, room, fmt,
                  args);
    va_end(args);

    if (n < 0) {
        b->failed = 1;
        return;
    }

    if ((size_t) n >= room) {

        /* what is not counted is not wiped when the buffer moves */

        if (room != 0) {
            rfl_memzero(b->data + b->len, room);
        }

        /* room for the NUL of vsnprintf(), which is not counted */

        if (rfl_buf_grow(b, (size_t) n + 1) != RFL_OK) {
            return;
        }

        va_start(args, fmt);
        (void) vsnprintf((char *) b->data + b->len, (size_t) n + 1, fmt,
                         args);
        va_end(args);
    }

    b->len += (size_t) n;
}


void
rfl_buf_reset(rfl_buf_t *b)
{
    rfl_memzero(b->data, b->len);
    b->len = 0;
    b->failed = 0;
}


void
rfl_buf_free(rfl_buf_t *b)
{
    rfl_memzero(b->data, b->len);
    free(b->data);
    rfl_buf_init(b, b->max);
}


static int
rfl_buf_grow(rfl_buf_t *b, size_t more)
{
    size_t   size;
    u_char  *data;

    if (b->failed) {
        return RFL_ERROR;
    }

    if (more <= b->size - b->len) {
        return RFL_OK;
    }

    if (more > b->max || b->len > b->max - more) {
        b->failed = 1;
        return RFL_ERROR;
    }

    size = (b->size < 256) ? 256 : b->size;

    while (size < b->len + more) {
        size *= 2;
    }

    /* not realloc(): it may leave a copy behind */

    data = malloc(size);
    if (data == NULL) {
        b->failed = 1;
        return RFL_ERROR;
    }

    if (b->len != 0) {
        memcpy(data, b->data, b->len);
        rfl_memzero(b->data, b->len);
    }

    free(b->data);

    b->data = data;
    b->size = size;

    return RFL_OK;
}


void *
rfl_grow(void *list, size_t n, size_t *max, size_t element)
{
    size_t  more;

    if (n < *max) {
        return list;
    }

    more = (*max == 0) ? 64 : *max * 2;

    if (more > SIZE_MAX / element) {
        return NULL;
    }

    list = realloc(list, more * element);

    if (list != NULL) {
        *max = more;
    }

    return list;
}


int
rfl_file_read(rfl_pool_t *pool, const char *path, size_t max, int secret,
    rfl_str_t *out, rfl_err_t *err)
{
    int  fd, rc;

    fd = open(path, O_RDONLY|O_CLOEXEC|O_NOCTTY|O_NONBLOCK);
    if (fd == -1) {
        return rfl_err(err, 0, "cannot open \"%s\": %s", path,
                       strerror(errno));
    }

    rc = rfl_file_fd(pool, fd, path, max, secret, out, err);

    (void) close(fd);

    return rc;
}


static int
rfl_file_fd(rfl_pool_t *pool, int fd, const char *path, size_t max,
    int secret, rfl_str_t *out, rfl_err_t *err)
{
    size_t       size;
    ssize_t      n;
    struct stat  st;

    if (fstat(fd, &st) == -1) {
        return rfl_err(err, 0, "cannot stat \"%s\": %s", path,
                       strerror(errno));
    }

    if (!S_ISREG(st.st_mode)) {
        return rfl_err(err, 0, "\"%s\" is not a regular file", path);
    }

    if (secret && (st.st_mode & (S_IRWXG|S_IRWXO))) {
        return rfl_err(err, 0, "\"%s\" can be read by others than its owner, "
                       "run \"chmod 600 %s\"", path, path);
    }

    if (secret && st.st_uid != 0 && st.st_uid != geteuid()) {
        return rfl_err(err, 0, "\"%s\" must belong to root or to the user "
                       "who runs this program", path);
    }

    if (st.st_size < 0 || (uintmax_t) st.st_size > max) {
        return rfl_err(err, 0, "\"%s\" is larger than %zu bytes", path, max);
    }

    size = (size_t) st.st_size;

    out->data = rfl_palloc(pool, size + 1);
    if (out->data == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    out->len = 0;

    while (out->len < size) {

        n = read(fd, out->data + out->len, size - out->len);

        if (n == -1) {

            if (errno == EINTR) {
                continue;
            }

            return rfl_err(err, 0, "cannot read \"%s\": %s", path,
                           strerror(errno));
        }

        if (n == 0) {
            break;
        }

        out->len += (size_t) n;
    }

    out->data[out->len] = '\0';

    return RFL_OK;
}
