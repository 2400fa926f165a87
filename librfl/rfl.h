
/*
 * Copyright (C) The RFL authors
 *
 * rfl.h: what every file of librfl shares: return codes, counted strings,
 * error reports, the wiping pool and the growing buffer.
 *
 * librfl is pure C: no nginx header, no event loop, no socket.  It is used
 * by the nginx modules, rfl-keyd, rflctl, the unit tests and the fuzzers.
 *
 * Nothing here locks: a pool or a buffer belongs to one thread.
 */


#ifndef _RFL_H_INCLUDED_
#define _RFL_H_INCLUDED_


#include <sys/types.h>
#include <stddef.h>
#include <stdint.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>


#define RFL_VERSION      "0.1.0"


/*
 * Return codes.  RFL_OK and RFL_ERROR are what most functions return;
 * RFL_DECLINED says "well-formed, but not for us" and is explained where
 * it is used.  RFL_ERROR without an rfl_err_t means: out of memory.
 */

#define RFL_OK           0
#define RFL_ERROR       -1
#define RFL_DECLINED    -5


#define rfl_nonnull(...)  __attribute__((nonnull(__VA_ARGS__)))
#define rfl_must_check    __attribute__((warn_unused_result))
#define rfl_printf(a, b)  __attribute__((format(printf, a, b)))


#define rfl_nelts(list)   (sizeof(list) / sizeof(list[0]))


/* a counted string; not NUL-terminated unless the producer says so */

typedef struct {
    size_t    len;
    u_char   *data;
} rfl_str_t;


#define rfl_string(s)     { sizeof(s) - 1, (u_char *) (s) }
#define rfl_null_string   { 0, NULL }

#define rfl_str_set(str, text)                                               \
    (str)->len = sizeof(text) - 1; (str)->data = (u_char *) (text)
#define rfl_str_null(str)  (str)->len = 0; (str)->data = NULL

/* 1 if the counted string equals the literal */
#define rfl_str_is(str, text)                                                \
    ((str)->len == sizeof(text) - 1                                          \
     && memcmp((str)->data, text, sizeof(text) - 1) == 0)

static inline int
rfl_str_eq(const rfl_str_t *a, const rfl_str_t *b)
{
    return a->len == b->len
           && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}


/* FNV-1a of Fowler, Noll and Vo, for tables of a bounded size; no secret */

static inline uint32_t
rfl_fnv1a(const u_char *data, size_t len)
{
    size_t    i;
    uint32_t  h;

    for (i = 0, h = 0x811c9dc5; i < len; i++) {
        h = (h ^ data[i]) * 0x01000193;
    }

    return h;
}


/*
 * An error for a person: what is wrong, where, and what to do.  line and
 * column count from 1; 0 is "does not apply".  text is NUL-terminated,
 * has no trailing dot or newline and never quotes a person's name.
 */

#define RFL_ERR_SIZE     512

typedef struct {
    unsigned  line;
    unsigned  column;
    char      text[RFL_ERR_SIZE];
} rfl_err_t;


/*
 * rfl_err(err, line, fmt, ...) fills err (which may be NULL) and is RFL_ERROR.
 * A macro, so that an analyser knows the value in every file.
 */
#define rfl_err(...)  (rfl_err_set(__VA_ARGS__), RFL_ERROR)

void rfl_err_set(rfl_err_t *err, unsigned line, const char *fmt, ...)
    rfl_printf(3, 4);


/*
 * The pool: memory of one lifetime, wiped before it is given back.  All
 * allocations are aligned to 16 bytes.  Every function may return NULL on
 * memory exhaustion.
 */

typedef struct rfl_pool_s  rfl_pool_t;

/* size: bytes of a block; what is larger gets one of its own */
rfl_pool_t *rfl_pool_create(size_t size);
/* wipes and frees all; pool may be NULL */
void rfl_pool_destroy(rfl_pool_t *pool);
/* wipes all, keeps the first block for reuse */
void rfl_pool_reset(rfl_pool_t *pool) rfl_nonnull(1);
void *rfl_palloc(rfl_pool_t *pool, size_t size) rfl_nonnull(1);
void *rfl_pcalloc(rfl_pool_t *pool, size_t size) rfl_nonnull(1);
/* copies len bytes and adds a NUL that is not counted */
u_char *rfl_pstrdup(rfl_pool_t *pool, const u_char *data, size_t len)
    rfl_nonnull(1);


/*
 * The growing buffer: heap memory that is wiped whenever it is moved or
 * freed.  A failed append sets .failed and every later append is ignored,
 * so that a writer may check once at the end.
 */

typedef struct {
    u_char   *data;
    size_t    len;
    size_t    size;
    size_t    max;         /* 0: RFL_BUF_MAX */
    unsigned  failed;
} rfl_buf_t;

#define RFL_BUF_MAX      (64 * 1024 * 1024)

void rfl_buf_init(rfl_buf_t *b, size_t max) rfl_nonnull(1);
void rfl_buf_append(rfl_buf_t *b, const void *data, size_t len)
    rfl_nonnull(1);
void rfl_buf_byte(rfl_buf_t *b, u_char c) rfl_nonnull(1);
/*
 * where len bytes more may be written; who does so adds them to b->len;
 * NULL: .failed
 */
u_char *rfl_buf_room(rfl_buf_t *b, size_t len) rfl_nonnull(1);
void rfl_buf_printf(rfl_buf_t *b, const char *fmt, ...)
    rfl_nonnull(1) rfl_printf(2, 3);
/* forgets the content and wipes it, keeps the memory */
void rfl_buf_reset(rfl_buf_t *b) rfl_nonnull(1);
/* wipes and frees; the buffer may be initialised again */
void rfl_buf_free(rfl_buf_t *b) rfl_nonnull(1);

#define rfl_buf_literal(b, s)  rfl_buf_append(b, s, sizeof(s) - 1)


/*
 * Room for one more in an array on the heap, of n elements used and *max
 * there: where it is now.  NULL: no memory, it stays as it was.  realloc()
 * may leave a copy behind, so it is for what is no secret.
 */
void *rfl_grow(void *list, size_t n, size_t *max, size_t element)
    rfl_nonnull(3);


/*
 * Wipes memory so that the compiler cannot leave it out; data may be NULL
 * when len is 0.  Inline: a search wipes some hundred times what fits a few
 * registers.
 */

static inline void
rfl_memzero(void *data, size_t len)
{
    if (len != 0) {
        memset(data, 0, len);
        __asm__ __volatile__ ("" : : "r" (data) : "memory");
    }
}


/*
 * Wipes what functions that have returned left below the caller's frame: 128
 * KB, more than any of ours and ICU's use.  For the end of whatever handled a
 * name; the dynamic linker and signals save registers there, too.
 */
void rfl_stack_wipe(void);

/*
 * Memory functions that wipe what they free, for libraries that hold pieces
 * of names on the heap.  Blocks of malloc() and of these may be mixed.
 * rfl_icu_init() gives them to ICU, rfl_json_init() of rfl_query.h to jansson.
 */
void *rfl_realloc(void *p, size_t size);
void rfl_free(void *p);
int rfl_icu_init(rfl_err_t *err) rfl_must_check;

/*
 * Little-endian integers of 1..8 bytes; rfl_le_put() returns the end of what
 * it wrote.
 */
u_char *rfl_le_put(u_char *p, uint64_t value, unsigned size) rfl_nonnull(1);
uint64_t rfl_le_get(const u_char *p, unsigned size) rfl_nonnull(1);

/*
 * Reads a whole regular file of at most max bytes into the pool and adds a
 * NUL that is not counted.  A secret file (secret != 0) must not be readable
 * by group or others and must be owned by root or the caller.
 */
int rfl_file_read(rfl_pool_t *pool, const char *path, size_t max, int secret,
    rfl_str_t *out, rfl_err_t *err) rfl_must_check;


#endif /* _RFL_H_INCLUDED_ */
