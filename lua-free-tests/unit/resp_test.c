
/*
 * Copyright (C) The RFL authors
 *
 * resp_test.c: commands are written, replies are read, and neither takes
 * more than it was given.
 */


#include "unit.h"

#include "../../ngx_rfl_module/common/ngx_rfl_resp.c"


static void test_format(void);
static void test_faults(void);
static void test_replies(void);
static void test_pieces(void);
static void test_limits(void);
static void test_drop(void);
static void test_wiped(void);
static const ngx_rfl_shape_t *test_shape(void *data);
static int test_read(unsigned elements, size_t bulk, const char *text,
    ngx_rfl_reply_t **reply);


static ngx_rfl_reader_t  *test_reader;
static ngx_rfl_shape_t    test_asked;
static int                test_nobody;


int
main(void)
{
    test_format();
    test_faults();
    test_replies();
    test_pieces();
    test_limits();
    test_drop();
    test_wiped();

    ngx_rfl_reader_destroy(test_reader);

    return unit_done();
}


static void
test_format(void)
{
    size_t       lens[3];
    rfl_buf_t    b;
    rfl_str_t    text;
    const char  *argv[3];

    rfl_buf_init(&b, 160);

    argv[0] = "SET";
    lens[0] = 3;
    argv[1] = "a\r\n\0b";
    lens[1] = 5;
    argv[2] = "";
    lens[2] = 0;

    unit_int(ngx_rfl_resp_format(&b, 3, argv, lens), RFL_OK, "a command");

    unit_ok(b.len == 30
            && memcmp(b.data, "*3\r\n$3\r\nSET\r\n$5\r\na\r\n\0b\r\n$0\r\n\r\n",
                      30) == 0,
            "its bytes, whatever is in them");

    argv[1] = "0123456789012345678901234567890123456789";
    lens[1] = 40;

    unit_int(ngx_rfl_resp_format(&b, 3, argv, lens), RFL_ERROR,
             "a command that does not fit");
    unit_int(b.len, 30, "leaves nothing behind");
    unit_int(b.failed, 0, "and does not spoil the buffer");

    lens[1] = SIZE_MAX;
    unit_int(ngx_rfl_resp_format(&b, 3, argv, lens), RFL_ERROR,
             "a length that cannot be");

    rfl_buf_reset(&b);
    lens[1] = 1;

    unit_int(ngx_rfl_resp_format(&b, 2, argv, lens), RFL_OK, "the next one");

    text.data = b.data;
    text.len = b.len;
    unit_str(text, "*2\r\n$3\r\nSET\r\n$1\r\n0\r\n", "is whole");

    rfl_buf_free(&b);
}


static void
test_faults(void)
{
    size_t     i;
    rfl_str_t  text;

    static const struct {
        const char       *text;
        ngx_rfl_fault_e   fault;
    } faults[] = {
        { "LOADING Redis is loading the dataset", NGX_RFL_FAULT_LATER },
        { "OOM command not allowed", NGX_RFL_FAULT_FULL },
        { "NOPERM this user", NGX_RFL_FAULT_SETUP },
        { "NOPERM", NGX_RFL_FAULT_SETUP },
        { "NOPERMISSION", NGX_RFL_FAULT_OTHER },
        { "noperm", NGX_RFL_FAULT_OTHER },
        { " NOPERM", NGX_RFL_FAULT_OTHER },
        { "", NGX_RFL_FAULT_OTHER },
        { "BUDGET is used up", NGX_RFL_FAULT_BUDGET },
        { "NOEPOCH", NGX_RFL_FAULT_NOEPOCH },
        { "REFINE", NGX_RFL_FAULT_REFINE },
        { "BADNAME", NGX_RFL_FAULT_BADNAME }
    };

    for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        text.data = (u_char *) faults[i].text;
        text.len = strlen(faults[i].text);

        unit_int(ngx_rfl_resp_fault(&text)->fault, faults[i].fault,
                 "\"%s\"", faults[i].text);
    }
}


static void
test_replies(void)
{
    ngx_rfl_reply_t  *r;

    unit_int(test_read(0, 10, "+OK\r\n", &r), RFL_OK, "a status");
    unit_str(r->text, "OK", "its text");

    unit_int(test_read(0, 10, "$5\r\na\r\nb \r\n", &r), RFL_OK, "a string");
    unit_str(r->text, "a\r\nb ", "its text");

    unit_int(test_read(0, 10, ":-42\r\n", &r), RFL_OK, "an integer");
    unit_int(r->integer, -42, "its value");

    unit_int(test_read(0, 10, "$-1\r\n", &r), RFL_OK, "nil");
    unit_int(r->type, NGX_RFL_REPLY_NIL, "its type");

    unit_int(test_read(4, 10, "*4\r\n$1\r\na\r\n$-1\r\n:7\r\n-ERR b\r\n", &r),
             RFL_OK, "an array");
    unit_int(r->nelts, 4, "its length");
    unit_str(r->elts[0].text, "a", "a string in it");
    unit_int(r->elts[1].type, NGX_RFL_REPLY_NIL, "nil in it");
    unit_int(r->elts[2].integer, 7, "an integer in it");
    unit_int(r->elts[3].type, NGX_RFL_REPLY_ERROR, "an error in it");

    unit_int(test_read(4, 10, "-NOPERM some words\r\n", &r), RFL_OK,
             "an error in place of an array");
    unit_str(r->text, "NOPERM some words", "its text");
}


static void
test_pieces(void)
{
    size_t            i;
    ngx_rfl_reply_t  *r;

    static const char  text[] = "*2\r\n$3\r\nabc\r\n$3\r\ndef\r\n+OK\r\n";

    unit_int(test_read(2, 3, "", &r), RFL_DECLINED, "nothing");

    for (i = 0; i < sizeof(text) - 7; i++) {

        if (ngx_rfl_reader_feed(test_reader, (u_char *) &text[i], 1) != RFL_OK
            || ngx_rfl_reader_next(test_reader, &r) != RFL_DECLINED)
        {
            break;
        }
    }

    unit_int(i, sizeof(text) - 7, "byte by byte: not yet");

    unit_int(ngx_rfl_reader_feed(test_reader, (u_char *) &text[i], 6), RFL_OK,
             "the last byte, and more");
    unit_int(ngx_rfl_reader_next(test_reader, &r), RFL_OK, "it is there");
    unit_str(r->elts[1].text, "def", "and whole");

    ngx_rfl_reader_release(test_reader);
    test_asked.elements = 0;

    unit_int(ngx_rfl_reader_next(test_reader, &r), RFL_OK, "the next one");
    unit_str(r->text, "OK", "is whole");

    ngx_rfl_reader_release(test_reader);

    unit_int(ngx_rfl_reader_next(test_reader, &r), RFL_DECLINED, "no more");
}


static void
test_limits(void)
{
    int               rc;
    char              line[4096];
    size_t            i;
    ngx_rfl_reply_t  *r;

    static const struct {
        unsigned     elements;
        size_t       bulk;
        const char  *text;
    } bad[] = {
        { 0, 3, "$4\r\nabcd\r\n" },
        { 0, 3, "+abcd\r\n" },
        { 0, 3, "*1\r\n:1\r\n" },
        { 0, 3, "*0\r\n" },
        { 2, 3, ":1\r\n" },
        { 2, 3, "$-1\r\n" },
        { 2, 3, "*-1\r\n" },
        { 2, 3, "*1\r\n:1\r\n" },
        { 2, 3, "*3\r\n:1\r\n" },
        { 2, 3, "*2147483647\r\n" },
        { 2, 3, "*2\r\n*1\r\n:1\r\n" },
        { 2, 3, "*2\r\n*2\r\n" },
        { 0, 3, "!\r\n" },
        { 0, 3, "%1\r\n" },
        { 0, 3, "_\r\n" },
        { 0, 3, "\r\n" },
        { 0, 3, "$-2\r\n" }
    };

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        rc = test_read(bad[i].elements, bad[i].bulk, bad[i].text, &r);

        unit_ok(rc == RFL_ERROR
                && ngx_rfl_reader_error(test_reader)[0] != '\0',
                "bad reply %zu: %s", i, ngx_rfl_reader_error(test_reader));
        unit_int(ngx_rfl_reader_next(test_reader, &r), RFL_ERROR,
                 "and so it stays");
    }

    memset(line, 'a', sizeof(line) - 1);
    line[sizeof(line) - 1] = '\0';
    line[0] = '+';

    unit_int(test_read(0, 100, line, &r), RFL_ERROR, "a line without an end");

    memcpy(line, "$100000000\r\n", 12);

    unit_int(test_read(0, 100, line, &r), RFL_ERROR,
             "more of a string than may come");

    test_nobody = 1;
    unit_int(test_read(0, 100, "+OK\r\n", &r), RFL_ERROR,
             "a reply nobody asked for");
    test_nobody = 0;
}


/* what is longer than may come, and yet no reason to give up */

static void
test_drop(void)
{
    ngx_rfl_reply_t  *r;

    test_asked.drop = 8;

    unit_int(test_read(3, 4, "*3\r\n$4\r\nabcd\r\n$8\r\nabcdefgh\r\n$1\r\n"
                       "x\r\n", &r), RFL_OK, "a long string is dropped");
    unit_ok(r->elts[0].type == NGX_RFL_REPLY_STRING
            && r->elts[1].type == NGX_RFL_REPLY_NIL
            && r->elts[2].type == NGX_RFL_REPLY_STRING,
            "as if it were not there, and nothing beside it");

    unit_int(test_read(1, 4, "*1\r\n$9\r\nabcdefghi\r\n", &r), RFL_ERROR,
             "one that is too long for that is refused");

    test_asked.drop = 0;
}


static void
test_wiped(void)
{
    size_t            i, n;
    ngx_rfl_reply_t  *r;

    unit_int(test_read(0, 64, "$6\r\nSECRET\r\n", &r), RFL_OK, "a secret");

    n = test_reader->high;
    unit_ok(n >= 12, "it was in the reader");

    ngx_rfl_reader_release(test_reader);
    ngx_rfl_reader_idle(test_reader);

    for (i = 0; i < n && test_reader->hi->buf[i] == '\0'; i++) {
        /* void */
    }

    unit_int(i, n, "an idle reader holds nothing of it");
}


static const ngx_rfl_shape_t *
test_shape(void *data)
{
    return test_nobody ? NULL : &test_asked;
}


/* a new reader for each text */

static int
test_read(unsigned elements, size_t bulk, const char *text,
    ngx_rfl_reply_t **reply)
{
    ngx_rfl_reader_destroy(test_reader);

    test_asked.elements = elements;
    test_asked.bulk = bulk;

    test_reader = ngx_rfl_reader_create(test_shape, NULL);

    if (test_reader == NULL
        || ngx_rfl_reader_feed(test_reader, (const u_char *) text,
                               strlen(text))
           != RFL_OK)
    {
        printf("Bail out! no memory\n");
        exit(1);
    }

    return ngx_rfl_reader_next(test_reader, reply);
}
