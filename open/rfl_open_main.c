
/*
 * Copyright (C) The RFL authors
 *
 * rfl_open_main.c: rfl-open, the program that opens and parses what visitors
 * sent.  Started by the desk (rfl_open.h, which has the protocol); reads and
 * writes two pipes and can do nothing else.
 */


#include "rfl_open.h"
#include "rfl_open_guard.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>


#define RFL_OPEN_POOL        65536


typedef struct {
    unsigned         n;
    rfl_open_key_t  *keys;         /* in locked memory */
    rfl_pool_t      *pool;         /* of one box, wiped after it */
    u_char          *plain;        /* the same */
    u_char          *box;
} rfl_open_work_t;


static int rfl_open_warm(rfl_open_work_t *work);
static int rfl_open_read_keys(rfl_open_work_t *work);
static int rfl_open_next(rfl_open_work_t *work);
static void rfl_open_one(rfl_open_work_t *work, size_t len, rfl_buf_t *out);
static rfl_opened_e rfl_open_try(rfl_open_work_t *work, size_t len,
    rfl_submission_t *s);
static int rfl_open_in(void *data, size_t len);
static int rfl_open_out(const void *data, size_t len);


int
main(void)
{
    int              rc;
    char             ready;
    rfl_err_t        err;
    rfl_open_work_t  work;

    memset(&work, 0, sizeof(rfl_open_work_t));

    if (isatty(STDIN_FILENO)) {
        (void) fprintf(stderr, "rfl-open is started by rflctl(1) and by the "
                       "moderators' desk\n");
        return 2;
    }

    if (rfl_open_limits(&err) != RFL_OK || rfl_seal_init(&err) != RFL_OK) {
        (void) fprintf(stderr, "rfl-open: %s\n", err.text);
        return 1;
    }

    if (rfl_open_warm(&work) != RFL_OK) {
        (void) fprintf(stderr, "rfl-open: out of memory\n");
        return 1;
    }

    /* nothing was read so far; from here on nothing can be opened */

    if (rfl_open_guard(&err) != RFL_OK) {
        (void) fprintf(stderr, "rfl-open: %s\n", err.text);
        return 1;
    }

    ready = RFL_OPEN_READY;
    rc = rfl_open_read_keys(&work);

    if (rc == RFL_OK) {
        rc = rfl_open_out(&ready, 1);
    }

    while (rc == RFL_OK) {
        rc = rfl_open_next(&work);
    }

    rfl_memzero(work.keys, RFL_OPEN_KEYS_MAX * sizeof(rfl_open_key_t));
    rfl_memzero(work.plain, RFL_BOX_PLAIN);
    rfl_pool_destroy(work.pool);

    /* not exit(): what libraries want to do at the end is not allowed */

    _exit(rc == RFL_DECLINED ? 0 : 1);
}


/*
 * All memory that needs a system call of its own, and one submission taken
 * through encoder and decoder, so that ICU has loaded what it loads late.
 */

static int
rfl_open_warm(rfl_open_work_t *work)
{
    int               rc;
    rfl_str_t         cbor;
    rfl_submission_t  *s;

    work->keys = sodium_malloc(RFL_OPEN_KEYS_MAX * sizeof(rfl_open_key_t));
    work->plain = sodium_malloc(RFL_BOX_PLAIN);
    work->box = sodium_malloc(RFL_OPEN_BOX_MAX);
    work->pool = rfl_pool_create(RFL_OPEN_POOL);

    if (work->keys == NULL || work->plain == NULL || work->box == NULL
        || work->pool == NULL)
    {
        return RFL_ERROR;
    }

    s = rfl_pcalloc(work->pool, 2 * sizeof(rfl_submission_t));
    if (s == NULL) {
        return RFL_ERROR;
    }

    s->form = RFL_FORM_LOOKING;
    s->day = 20000;
    rfl_str_set(&s->lang, "ar");
    rfl_str_set(&s->society, "warm");
    rfl_str_set(&s->values[RFL_ASK_NAME].text,
                "\xD8\xA3\xD9\x85\xD9\x8A\xD9\x86\xD8\xA9 e\xCC\x81");
    rfl_str_set(&s->values[RFL_ASK_COUNTRY].text, "SY");
    rfl_str_set(&s->values[RFL_ASK_TIE].text, "one\ntwo");

    rc = rfl_submission_encode(work->pool, s, RFL_BOX_CBOR_MAX, &cbor);

    if (rc == RFL_OK) {
        rc = rfl_submission_decode(work->pool, cbor.data, cbor.len, s + 1);
    }

    rfl_pool_reset(work->pool);

    /* that it is not in order does not matter here */

    return (rc == RFL_ERROR) ? RFL_ERROR : RFL_OK;
}


static int
rfl_open_read_keys(rfl_open_work_t *work)
{
    u_char    head[sizeof(RFL_OPEN_MAGIC) - 1 + 4];
    uint64_t  n;

    if (rfl_open_in(head, sizeof(head)) != RFL_OK
        || memcmp(head, RFL_OPEN_MAGIC, sizeof(RFL_OPEN_MAGIC) - 1) != 0)
    {
        return RFL_ERROR;
    }

    n = rfl_le_get(head + sizeof(RFL_OPEN_MAGIC) - 1, 4);

    if (n > RFL_OPEN_KEYS_MAX) {
        return RFL_ERROR;
    }

    work->n = (unsigned) n;

    return (n == 0) ? RFL_OK
                    : rfl_open_in(work->keys, n * sizeof(rfl_open_key_t));
}


/* one box; RFL_DECLINED: there are no more */

static int
rfl_open_next(rfl_open_work_t *work)
{
    int        rc;
    u_char     head[4];
    uint64_t   len;
    rfl_buf_t  out;

    rc = rfl_open_in(head, sizeof(head));
    if (rc != RFL_OK) {
        return rc;
    }

    len = rfl_le_get(head, sizeof(head));

    if (len == 0 || len > RFL_OPEN_BOX_MAX
        || rfl_open_in(work->box, (size_t) len) != RFL_OK)
    {
        return RFL_ERROR;
    }

    rfl_buf_init(&out, RFL_OPEN_ANSWER_MAX);
    rfl_open_one(work, (size_t) len, &out);

    rc = RFL_ERROR;

    if (!out.failed) {
        (void) rfl_le_put(out.data, out.len - 4, 4);
        rc = rfl_open_out(out.data, out.len);
    }

    rfl_buf_free(&out);
    rfl_memzero(work->plain, RFL_BOX_PLAIN);
    rfl_pool_reset(work->pool);
    rfl_stack_wipe();

    return rc;
}


static void
rfl_open_one(rfl_open_work_t *work, size_t len, rfl_buf_t *out)
{
    u_char             state;
    rfl_submission_t  *s;

    s = rfl_pcalloc(work->pool, sizeof(rfl_submission_t));

    if (s == NULL) {
        out->failed = 1;
        return;
    }

    state = (u_char) rfl_open_try(work, len, s);

    /* out of memory: the process ends, another one is started */

    if (state == RFL_OPENED_CRASHED) {
        out->failed = 1;
        return;
    }

    rfl_buf_literal(out, "\0\0\0\0");
    rfl_buf_byte(out, state);

    if (state == RFL_OPENED_GOOD) {
        rfl_open_print(s, out);
    }
}


static rfl_opened_e
rfl_open_try(rfl_open_work_t *work, size_t len, rfl_submission_t *s)
{
    int              rc;
    u_char           id[RFL_KEY_ID_SIZE];
    unsigned         i;
    rfl_str_t        cbor;
    rfl_open_key_t  *key;

    if (rfl_box_id(work->box, len, id) != RFL_OK) {
        return RFL_OPENED_NOT_A_BOX;
    }

    for (i = 0; i < work->n; i++) {
        if (memcmp(work->keys[i].id, id, sizeof(id)) == 0) {
            break;
        }
    }

    if (i == work->n) {
        return RFL_OPENED_NO_KEY;
    }

    key = &work->keys[i];

    if (rfl_box_open(key->pk, key->sk, work->box, len, work->plain, &cbor)
        != RFL_OK)
    {
        return RFL_OPENED_SHUT;
    }

    rc = rfl_submission_decode(work->pool, cbor.data, cbor.len, s);

    if (rc == RFL_ERROR) {
        return RFL_OPENED_CRASHED;
    }

    /* the form's own state has no day and no society, a sealed one has */

    return (rc == RFL_OK && s->day != 0 && s->society.len != 0)
           ? RFL_OPENED_GOOD : RFL_OPENED_BROKEN;
}


/* RFL_DECLINED: the end, where something could have begun */

static int
rfl_open_in(void *data, size_t len)
{
    u_char   *p = data;
    ssize_t   n;

    while (len > 0) {
        n = read(STDIN_FILENO, p, len);

        if (n > 0) {
            p += n;
            len -= (size_t) n;
            continue;
        }

        if (n == 0) {
            return (p == data) ? RFL_DECLINED : RFL_ERROR;
        }

        if (errno != EINTR) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_open_out(const void *data, size_t len)
{
    ssize_t        n;
    const u_char  *p = data;

    while (len > 0) {
        n = write(STDOUT_FILENO, p, len);

        if (n > 0) {
            p += n;
            len -= (size_t) n;
            continue;
        }

        if (n == -1 && errno != EINTR) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}
