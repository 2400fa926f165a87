
/*
 * Copyright (C) The RFL authors
 *
 * text_test.c: UTF-8, lines of text, escapes, references, dates, years.
 */


#include "rfl_text.h"
#include "unit.h"


#define S(s)  ((const u_char *) (s)), sizeof(s) - 1


static rfl_pool_t  *pool;


static void test_utf8(void);
static void test_line(void);
static void test_escape(void);
static void test_ref(void);
static void test_date(void);
static void test_year(void);
static void test_day_typed(void);


int
main(void)
{
    pool = rfl_pool_create(0);

    test_utf8();
    test_line();
    test_escape();
    test_ref();
    test_date();
    test_year();
    test_day_typed();

    rfl_pool_destroy(pool);

    return unit_done();
}


static void
test_utf8(void)
{
    u_char         bytes[4];
    uint32_t       c, n, good;
    const u_char  *p, *copy;

    static const struct {
        const char  *what;
        const char  *data;
        int          valid;
    } cases[] = {
        { "ASCII", "Amina", 1 },
        { "Arabic", "\xd9\x84\xd9\x8a\xd9\x84\xd9\x89", 1 },
        { "first of four bytes", "\xf0\x90\x80\x80", 1 },
        { "U+10FFFF", "\xf4\x8f\xbf\xbf", 1 },
        { "U+110000", "\xf4\x90\x80\x80", 0 },
        { "overlong slash of two", "\xc0\xaf", 0 },
        { "overlong of two", "\xc1\xbf", 0 },
        { "overlong of three", "\xe0\x9f\xbf", 0 },
        { "overlong of four", "\xf0\x8f\xbf\xbf", 0 },
        { "surrogate", "\xed\xa0\x80", 0 },
        { "before the surrogates", "\xed\x9f\xbf", 1 },
        { "lone continuation", "\x80", 0 },
        { "cut short", "\xe2\x82", 0 },
        { "0xff", "a\xff", 0 },
        { "five bytes", "\xf8\x88\x80\x80\x80", 0 }
    };

    for (n = 0; n < sizeof(cases) / sizeof(cases[0]); n++) {
        unit_int(rfl_utf8_valid((const u_char *) cases[n].data,
                                strlen(cases[n].data)),
                 cases[n].valid, "utf-8: %s", cases[n].what);
    }

    unit_int(rfl_utf8_valid(NULL, 0), 1, "utf-8: nothing is valid");

    /* exactly the scalar values of up to three bytes decode */

    good = 0;

    for (n = 0; n < 0x1000000; n++) {

        bytes[0] = (u_char) (n >> 16);
        bytes[1] = (u_char) (n >> 8);
        bytes[2] = (u_char) n;

        copy = bytes;
        p = bytes;
        c = rfl_utf8_decode(&p, bytes + 3);

        if (p <= copy || p > bytes + 3) {
            break;
        }

        good += (c <= 0x10ffff && p == bytes + 3);
    }

    unit_int(n, 0x1000000, "utf-8: never past the end, always moves");
    unit_int(good, 0x10000 - 0x800 - 0x800,
             "utf-8: as many three-byte forms as there are characters");

    unit_int(rfl_utf8_length(S("\xd9\x84\xd9\x8a" "a\xf0\x90\x80\x80")), 4,
             "utf-8: length counts characters");
}


static int
line(const char *text, size_t len, size_t max, rfl_str_t *out)
{
    rfl_str_t  in;

    in.data = (u_char *) text;
    in.len = len;

    return rfl_text_line(pool, &in, max, out);
}


#define line_ok(in, expected, what)                                          \
    do {                                                                     \
        unit_int(line(in, sizeof(in) - 1, 256, &out), RFL_OK, what);         \
        unit_str(out, expected, what ": text");                              \
    } while (0)

#define line_fails(in, rc, what)                                             \
    do {                                                                     \
        unit_int(line(in, sizeof(in) - 1, 8, &out), rc, what);               \
        unit_int(out.len, 0, what ": nothing returned");                     \
    } while (0)


static void
test_line(void)
{
    rfl_str_t  out;

    line_ok("  Ana \t\r\n Maria  ", "Ana Maria", "line: white space");
    line_ok("\xc2\xa0" "Ana\xe3\x80\x80" "Ito\xe2\x80\xa8", "Ana Ito",
            "line: no-break and ideographic space, line separator");
    line_ok("A\xe2\x80\xae" "na\xe2\x81\xa6\xe2\x81\xa9\xd8\x9c", "Ana",
            "line: bidi controls go, balanced or not");
    line_ok("\xef\xbb\xbf" "A\xc2\xad" "na", "Ana",
            "line: byte order mark and soft hyphen go");
    line_ok("\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb1",
            "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb1", "line: ZWNJ stays");
    line_ok("A \xe2\x80\x8f B", "A B", "line: one space around a removed mark");
    line_ok("12345678", "12345678", "line: long enough");

    line_fails("", RFL_TEXT_EMPTY, "line: nothing");
    line_fails(" \t\xe2\x80\x8b", RFL_TEXT_EMPTY, "line: only white space");
    line_fails("123456789", RFL_TEXT_LONG, "line: nine of eight");
    line_fails("a\0b", RFL_TEXT_CONTROL, "line: NUL");
    line_fails("a\x1b[0m", RFL_TEXT_CONTROL, "line: escape");
    line_fails("a\x7f", RFL_TEXT_CONTROL, "line: DEL");
    line_fails("a\xc2\x9b" "b", RFL_TEXT_CONTROL, "line: C1");
    line_fails("a\xef\xbf\xbf", RFL_TEXT_CONTROL, "line: noncharacter");
    line_fails("a\xc0\xaf", RFL_TEXT_UTF8, "line: overlong");
    line_fails("a\xed\xa0\x80", RFL_TEXT_UTF8, "line: surrogate");

    unit_int(line("\xd9\x84\xd9\x84\xd9\x84", 6, 3, &out), RFL_OK,
             "line: the limit is in characters");
}


static rfl_str_t
escaped(void (*escape)(rfl_buf_t *, const u_char *, size_t), const char *text,
    size_t len)
{
    rfl_buf_t  b;
    rfl_str_t  out;

    rfl_buf_init(&b, 0);

    escape(&b, (const u_char *) text, len);

    out.len = b.len;
    out.data = rfl_pstrdup(pool, b.data, b.len);

    rfl_buf_free(&b);

    return out;
}


#define html(s)  escaped(rfl_html_escape, s, sizeof(s) - 1)
#define json(s)  escaped(rfl_json_escape, s, sizeof(s) - 1)


static void
test_escape(void)
{
    unit_str(html("<a href=\"x\">'&'</a>"),
             "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;",
             "html: all five");
    unit_str(html("\xd9\x84<"), "\xd9\x84&lt;", "html: UTF-8 stays");
    unit_str(html("a\xc0\xaf" "b\0"),
             "a\xef\xbf\xbd\xef\xbf\xbd" "b\xef\xbf\xbd",
             "html: invalid bytes and NUL are replaced");
    unit_str(html("\xe2\x82"), "\xef\xbf\xbd", "html: cut short");
    unit_str(html(""), "", "html: nothing");

    unit_str(json("a\"\\\n\t\x01\x7f"), "a\\\"\\\\\\u000a\\u0009\\u0001\\u007f",
             "json: quotes, backslash, controls");
    unit_str(json("</script>\xe2\x80\xa8\xe2\x80\xa9"),
             "\\u003c/script>\\u2028\\u2029", "json: safe inside HTML");
    unit_str(json("\xff\xd9\x84"), "\xef\xbf\xbd\xd9\x84",
             "json: invalid bytes are replaced");
}


static void
test_ref(void)
{
    size_t     i;
    u_char     ref[RFL_REF_SIZE], got[RFL_REF_SIZE];
    u_char     text[RFL_REF_TEXT_SIZE];
    rfl_str_t  str;

    static const struct {
        const char  *what;
        const char  *text;
        int          rc;
    } cases[] = {
        { "as printed", "7ZK2-9QHM-4T1B-XW8C", RFL_OK },
        { "lower case", "7zk2-9qhm-4t1b-xw8c", RFL_OK },
        { "no separators", "7ZK29QHM4T1BXW8C", RFL_OK },
        { "spaces and dots", " 7ZK2 9QHM.4T1B  XW8C ", RFL_OK },
        { "en dashes", "7ZK2\xe2\x80\x93" "9QHM\xe2\x80\x93" "4T1B-XW8C",
          RFL_OK },
        { "I for 1", "7ZK2-9QHM-4TIB-XW8C", RFL_OK },
        { "l for 1", "7zk2-9qhm-4tlb-xw8c", RFL_OK },
        { "Arabic digits", "\xd9\xa7ZK\xd9\xa2-9QHM-4T\xd9\xa1" "B-XW8C",
          RFL_OK },
        { "one short", "7ZK2-9QHM-4T1B-XW8", RFL_DECLINED },
        { "one long", "7ZK2-9QHM-4T1B-XW8CC", RFL_DECLINED },
        { "the letter U", "7ZK2-9QHM-4T1B-XWUC", RFL_DECLINED },
        { "bad UTF-8", "7ZK2-9QHM-4T1B\xff" "XW8C", RFL_DECLINED },
        { "nothing", "", RFL_DECLINED },
        { "only separators", "----", RFL_DECLINED }
    };

    str.data = text;
    str.len = RFL_REF_TEXT_SIZE;

    unit_int(rfl_ref_parse(S("7ZK2-9QHM-4T1B-XW8C"), ref), RFL_OK,
             "ref: parsed");

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        unit_int(rfl_ref_parse((const u_char *) cases[i].text,
                               strlen(cases[i].text), got),
                 cases[i].rc, "ref: %s", cases[i].what);

        if (cases[i].rc == RFL_OK) {
            unit_ok(memcmp(ref, got, RFL_REF_SIZE) == 0, "ref: %s: the same",
                    cases[i].what);
        }
    }

    rfl_ref_format(ref, text);
    unit_str(str, "7ZK2-9QHM-4T1B-XW8C", "ref: printed");

    memset(ref, 0, sizeof(ref));
    ref[9] = 1;
    rfl_ref_format(ref, text);
    unit_str(str, "0000-0000-0000-0001", "ref: the last bit is the last");

    unit_int(rfl_ref_parse(S("OOOO-oooo-0000-000i"), got), RFL_OK,
             "ref: O for 0");
    unit_ok(memcmp(ref, got, RFL_REF_SIZE) == 0, "ref: O for 0: the same");
}


static void
test_date(void)
{
    size_t     i;
    u_char     text[RFL_TIME_TEXT_SIZE];
    int32_t    day, back;
    int64_t    t, utc;
    unsigned   bad;
    rfl_str_t  str;
    struct tm  tm;

    static const char *const  wrong[] = {
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31",
        "0000-01-01", "2026-1-001", "2026/01/01", "26-01-2001", "2026-01-0a",
        "2026-01-01 ", "2026-01-1"
    };

    static const char *const  wrong_times[] = {
        "2026-11-22T24:00:00Z", "2026-11-22T08:60:00Z",
        "2026-11-22T08:00:60Z", "2026-11-22 08:00:00Z",
        "2026-11-22T08:00:00z", "2026-11-22T08:00:00+", "2026-11-22T08:00Z"
    };

    str.data = text;
    str.len = RFL_DAY_TEXT_SIZE;

    unit_int(rfl_day_parse(S("1970-01-01"), &day), RFL_OK, "day: epoch");
    unit_int(day, 0, "day: epoch is 0");
    unit_int(rfl_day_parse(S("2000-02-29"), &day), RFL_OK, "day: leap day");
    unit_int(day, 11016, "day: leap day of 2000");
    unit_int(rfl_day_parse(S("1900-02-29"), &day), RFL_DECLINED,
             "day: no leap day in 1900");

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        unit_int(rfl_day_parse((const u_char *) wrong[i], strlen(wrong[i]),
                               &day),
                 RFL_DECLINED, "day: \"%s\" refused", wrong[i]);
    }

    for (i = 0; i < sizeof(wrong_times) / sizeof(wrong_times[0]); i++) {
        unit_int(rfl_time_parse((const u_char *) wrong_times[i],
                                strlen(wrong_times[i]), &t),
                 RFL_DECLINED, "time: \"%s\" refused", wrong_times[i]);
    }

    /* every day from the year 1 to 9999 comes back, and is libc's day */

    bad = 0;
    memset(text, 0, sizeof(text));

    for (day = -719162; day <= RFL_DAY_MAX; day++) {

        rfl_day_format(day, text);

        if (rfl_day_parse(text, RFL_DAY_TEXT_SIZE, &back) != RFL_OK
            || back != day)
        {
            bad++;
        }

        if (day % 97 == 0) {
            memset(&tm, 0, sizeof(tm));
            tm.tm_year = (int) strtol((char *) text, NULL, 10) - 1900;
            tm.tm_mon = (int) strtol((char *) text + 5, NULL, 10) - 1;
            tm.tm_mday = (int) strtol((char *) text + 8, NULL, 10);
            bad += (timegm(&tm) != (time_t) day * RFL_DAY_SECONDS);
            bad += (rfl_day_year(day) != tm.tm_year + 1900);
        }
    }

    unit_int(bad, 0, "day: 10,000 years there and back");

    rfl_day_format(INT32_MIN, text);
    unit_str(str, "0001-01-01", "day: the least that can be written");
    rfl_day_format(INT32_MAX, text);
    unit_str(str, "9999-12-31", "day: the most");

    unit_int(rfl_day_year(INT32_MIN), 1, "day: the first year");
    unit_int(rfl_day_year(INT32_MAX), 9999, "day: the last year");

    unit_int(rfl_time_day(0), 0, "day of a time: the first second");
    unit_int(rfl_time_day(86399), 0, "day of a time: the last second");
    unit_int(rfl_time_day(-1), -1, "day of a time: before 1970");
    unit_int(rfl_time_day(-86400), -1, "day of a time: a whole day before");
    unit_int(rfl_time_day(-86401), -2, "day of a time: and a second");
    unit_int(rfl_time_day(INT64_MIN), -719162, "day of a time: the least");
    unit_int(rfl_time_day(INT64_MAX), RFL_DAY_MAX, "day of a time: the most");

    str.len = RFL_TIME_TEXT_SIZE;

    unit_int(rfl_time_parse(S("2026-11-22T08:00:00Z"), &utc), RFL_OK,
             "time: parsed");
    unit_int(utc, 1795334400, "time: seconds");
    rfl_time_format(utc, text);
    unit_str(str, "2026-11-22T08:00:00Z", "time: printed");
    rfl_time_format(-1, text);
    unit_str(str, "1969-12-31T23:59:59Z", "time: before 1970");
    rfl_time_format(INT64_MAX, text);
    unit_str(str, "9999-12-31T23:59:59Z", "time: the most");
    rfl_time_format(INT64_MIN, text);
    unit_str(str, "0001-01-01T00:00:00Z", "time: the least");
}


static void
test_year(void)
{
    int     value;
    size_t  i;

    static const struct {
        const char  *what;
        const char  *text;
        int          rc;
    } cases[] = {
        { "ASCII", "1987", RFL_OK },
        { "spaces", "  1987\xc2\xa0", RFL_OK },
        { "Arabic-Indic", "\xd9\xa1\xd9\xa9\xd9\xa8\xd9\xa7", RFL_OK },
        { "Persian", "\xdb\xb1\xdb\xb9\xdb\xb8\xdb\xb7", RFL_OK },
        { "Devanagari", "\xe0\xa5\xa7\xe0\xa5\xaf\xe0\xa5\xae\xe0\xa5\xad",
          RFL_OK },
        { "Burmese", "\xe1\x81\x81\xe1\x81\x89\xe1\x81\x88\xe1\x81\x87",
          RFL_OK },
        { "fullwidth", "\xef\xbc\x91\xef\xbc\x99\xef\xbc\x98\xef\xbc\x97",
          RFL_OK },
        { "a mark of direction", "\xe2\x80\x8f" "1987", RFL_OK },
        { "three digits", "198", RFL_DECLINED },
        { "five digits", "19870", RFL_DECLINED },
        { "two numbers", "19 87", RFL_DECLINED },
        { "minus", "-987", RFL_DECLINED },
        { "a dash", "198-", RFL_DECLINED },
        { "letters", "198x", RFL_DECLINED },
        { "a superscript", "198\xc2\xb2", RFL_DECLINED },
        { "bad UTF-8", "1987\xff", RFL_DECLINED },
        { "nothing", "", RFL_DECLINED },
        { "spaces only", "   ", RFL_DECLINED }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        value = 0;

        unit_int(rfl_year_parse((const u_char *) cases[i].text,
                                strlen(cases[i].text), &value),
                 cases[i].rc, "year: %s", cases[i].what);

        if (cases[i].rc == RFL_OK) {
            unit_int(value, 1987, "year: %s: which one", cases[i].what);
        }
    }
}


static void
test_day_typed(void)
{
    size_t   i;
    int32_t  day;

    static const struct {
        const char  *what;
        const char  *text;
        int          rc;
    } cases[] = {
        { "ASCII", "2026-11-22", RFL_OK },
        { "spaces", " 2026-11-22\xc2\xa0", RFL_OK },
        { "Arabic-Indic, a mark of direction",
          "\xe2\x80\x8f\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6"
          "-\xd9\xa1\xd9\xa1-\xd9\xa2\xd9\xa2", RFL_OK },
        { "another dash", "2026\xe2\x80\x93" "11\xe2\x80\x91" "22", RFL_OK },
        { "no such day", "2026-11-31", RFL_DECLINED },
        { "too much of it", "2026-11-220", RFL_DECLINED },
        { "too little", "2026-11-2", RFL_DECLINED },
        { "two", "2026-11-22 2026-11-23", RFL_DECLINED },
        { "slashes", "2026/11/22", RFL_DECLINED },
        { "bad UTF-8", "2026-11-2\xff", RFL_DECLINED },
        { "nothing", "", RFL_DECLINED }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        day = 0;

        unit_int(rfl_day_typed((const u_char *) cases[i].text,
                               strlen(cases[i].text), &day),
                 cases[i].rc, "day: %s", cases[i].what);

        if (cases[i].rc == RFL_OK) {
            unit_int(day, 20779, "day: %s: which one", cases[i].what);
        }
    }
}
