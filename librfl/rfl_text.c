
/*
 * Copyright (C) The RFL authors
 *
 * rfl_text.c: UTF-8, lines of text that people type, the escapes of HTML and
 * JSON, public references, dates and years.  Pure functions: called by every
 * reader and every page, owns nothing.
 */


#include "rfl_text.h"

#include <unicode/uchar.h>


#define RFL_UTF8_BAD     0xffffffff

/* a reference with separators people may put in, in bytes */
#define RFL_REF_TEXT_MAX 128
#define RFL_REF_DIGITS   16

/* 0001-01-01 and 9999-12-31: what a text of a date can say */
#define RFL_DAY_MIN      (-719162)
#define RFL_DAY_MAX      2932896


static size_t rfl_utf8_encode(uint32_t c, u_char *p);
static int rfl_text_invisible(uint32_t c);
static int rfl_text_control(uint32_t c);
static const char *rfl_html_entity(uint32_t c);
static size_t rfl_json_sequence(uint32_t c, u_char *p);
static int rfl_ref_digit(uint32_t c);
static int rfl_ref_separator(uint32_t c);
static int rfl_digits(const u_char *text, size_t n, int *value);
static int32_t rfl_day_from_civil(int year, int month, int day);
static void rfl_day_to_civil(int32_t day, int *year, int *month, int *mday);
static u_char *rfl_put_digits(u_char *p, int value, unsigned n);


static const char  rfl_ref_alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";


uint32_t
rfl_utf8_decode(const u_char **p, const u_char *last)
{
    u_char    lead, low, high;
    uint32_t  c;
    unsigned  n;

    lead = *(*p)++;

    if (lead < 0x80) {
        return lead;
    }

    /* the range of the second byte excludes overlong forms and surrogates */

    low = 0x80;
    high = 0xbf;

    if (lead >= 0xc2 && lead <= 0xdf) {
        n = 1;
        c = lead & 0x1f;

    } else if (lead >= 0xe0 && lead <= 0xef) {
        n = 2;
        c = lead & 0x0f;

        if (lead == 0xe0) {
            low = 0xa0;

        } else if (lead == 0xed) {
            high = 0x9f;
        }

    } else if (lead >= 0xf0 && lead <= 0xf4) {
        n = 3;
        c = lead & 0x07;

        if (lead == 0xf0) {
            low = 0x90;

        } else if (lead == 0xf4) {
            high = 0x8f;
        }

    } else {
        return RFL_UTF8_BAD;
    }

    while (n-- != 0) {

        if (*p == last || **p < low || **p > high) {
            return RFL_UTF8_BAD;
        }

        c = (c << 6) | (*(*p)++ & 0x3f);

        low = 0x80;
        high = 0xbf;
    }

    return c;
}


int
rfl_utf8_valid(const u_char *data, size_t len)
{
    const u_char  *p, *last;

    if (len == 0) {
        return 1;
    }

    p = data;
    last = data + len;

    while (p < last) {
        if (rfl_utf8_decode(&p, last) > 0x10ffff) {
            return 0;
        }
    }

    return 1;
}


size_t
rfl_utf8_length(const u_char *data, size_t len)
{
    size_t  i, n;

    n = 0;

    for (i = 0; i < len; i++) {
        n += ((data[i] & 0xc0) != 0x80);
    }

    return n;
}


static size_t
rfl_utf8_encode(uint32_t c, u_char *p)
{
    if (c < 0x80) {
        p[0] = (u_char) c;
        return 1;
    }

    if (c < 0x800) {
        p[0] = (u_char) (0xc0 | (c >> 6));
        p[1] = (u_char) (0x80 | (c & 0x3f));
        return 2;
    }

    if (c < 0x10000) {
        p[0] = (u_char) (0xe0 | (c >> 12));
        p[1] = (u_char) (0x80 | ((c >> 6) & 0x3f));
        p[2] = (u_char) (0x80 | (c & 0x3f));
        return 3;
    }

    p[0] = (u_char) (0xf0 | (c >> 18));
    p[1] = (u_char) (0x80 | ((c >> 12) & 0x3f));
    p[2] = (u_char) (0x80 | ((c >> 6) & 0x3f));
    p[3] = (u_char) (0x80 | (c & 0x3f));

    return 4;
}


int
rfl_text_line(rfl_pool_t *pool, const rfl_str_t *in, size_t max,
    rfl_str_t *out)
{
    size_t         n;
    u_char        *d;
    uint32_t       c;
    unsigned       space;
    const u_char  *p, *last;

    rfl_str_null(out);

    if (in->len == 0) {
        return RFL_TEXT_EMPTY;
    }

    out->data = rfl_palloc(pool, in->len + 1);
    if (out->data == NULL) {
        return RFL_ERROR;
    }

    n = 0;
    space = 0;
    d = out->data;
    p = in->data;
    last = p + in->len;

    while (p < last) {

        c = rfl_utf8_decode(&p, last);

        if (c > 0x10ffff) {
            rfl_str_null(out);
            return RFL_TEXT_UTF8;
        }

        if (u_isUWhiteSpace((UChar32) c)) {
            space = 1;
            continue;
        }

        if (rfl_text_control(c)) {
            rfl_str_null(out);
            return RFL_TEXT_CONTROL;
        }

        if (rfl_text_invisible(c)) {
            continue;
        }

        if (space && n != 0) {
            *d++ = ' ';
            n++;
        }

        space = 0;
        n++;

        /* never longer than what was read */

        d += rfl_utf8_encode(c, d);
    }

    if (n == 0 || n > max) {
        rfl_str_null(out);
        return n == 0 ? RFL_TEXT_EMPTY : RFL_TEXT_LONG;
    }

    *d = '\0';
    out->len = (size_t) (d - out->data);

    return RFL_OK;
}


/*
 * Marks that show nothing and only let one name look like another: soft
 * hyphen, zero-width space and joiner of words, the bidi controls and their
 * deprecated kin, tags.
 */

static int
rfl_text_invisible(uint32_t c)
{
    if (c < 0xad) {
        return 0;
    }

    return c == 0xad || c == 0x61c || c == 0x200b || c == 0x200e
           || c == 0x200f || (c >= 0x202a && c <= 0x202e)
           || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff
           || (c >= 0xe0000 && c <= 0xe007f);
}


/* C0, DEL, C1, the annotation marks and the 66 noncharacters */

static int
rfl_text_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0)
           || (c >= 0xfff9 && c <= 0xfffb)
           || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}


void
rfl_html_escape(rfl_buf_t *b, const u_char *data, size_t len)
{
    uint32_t       c;
    const char    *entity;
    const u_char  *p, *start, *run, *last;

    if (len == 0) {
        return;
    }

    p = data;
    run = data;
    last = data + len;

    while (p < last) {

        start = p;
        c = rfl_utf8_decode(&p, last);
        entity = rfl_html_entity(c);

        if (entity != NULL) {
            rfl_buf_append(b, run, (size_t) (start - run));
            rfl_buf_append(b, entity, strlen(entity));
            run = p;
        }
    }

    rfl_buf_append(b, run, (size_t) (last - run));
}


static const char *
rfl_html_entity(uint32_t c)
{
    switch (c) {

    case '&':
        return "&amp;";

    case '<':
        return "&lt;";

    case '>':
        return "&gt;";

    case '"':
        return "&quot;";

    case '\'':
        return "&#39;";

    case '\t':
    case '\n':
    case '\r':
        return NULL;
    }

    /* other controls are not allowed in HTML */

    return (c < 0x20 || c == 0x7f || c > 0x10ffff) ? "\xef\xbf\xbd" : NULL;
}


void
rfl_json_escape(rfl_buf_t *b, const u_char *data, size_t len)
{
    size_t         n;
    u_char         sequence[8];
    uint32_t       c;
    const u_char  *p, *start, *run, *last;

    if (len == 0) {
        return;
    }

    p = data;
    run = data;
    last = data + len;

    while (p < last) {

        start = p;
        c = rfl_utf8_decode(&p, last);
        n = rfl_json_sequence(c, sequence);

        if (n != 0) {
            rfl_buf_append(b, run, (size_t) (start - run));
            rfl_buf_append(b, sequence, n);
            run = p;
        }
    }

    rfl_buf_append(b, run, (size_t) (last - run));
}


/* returns 0 if the character stands for itself */

static size_t
rfl_json_sequence(uint32_t c, u_char *p)
{
    unsigned           i;
    static const char  hex[] = "0123456789abcdef";

    if (c > 0x10ffff) {
        return rfl_utf8_encode(0xfffd, p);
    }

    if (c == '"' || c == '\\') {
        p[0] = '\\';
        p[1] = (u_char) c;
        return 2;
    }

    if (c >= 0x20 && c != '<' && c != 0x7f && c != 0x2028 && c != 0x2029) {
        return 0;
    }

    p[0] = '\\';
    p[1] = 'u';

    for (i = 0; i < 4; i++) {
        p[2 + i] = (u_char) hex[(c >> (12 - 4 * i)) & 0xf];
    }

    return 6;
}


void
rfl_ref_format(const u_char ref[RFL_REF_SIZE], u_char text[RFL_REF_TEXT_SIZE])
{
    u_char    *p;
    unsigned   i, bit, value;

    p = text;

    for (i = 0; i < RFL_REF_DIGITS; i++) {

        if (i != 0 && i % 4 == 0) {
            *p++ = '-';
        }

        /* 5 bits, most significant first, may lie across two bytes */

        bit = i * 5;
        value = (unsigned) ref[bit / 8] << 8;

        if (bit / 8 + 1 < RFL_REF_SIZE) {
            value |= ref[bit / 8 + 1];
        }

        *p++ = (u_char) rfl_ref_alphabet[(value >> (11 - bit % 8)) & 0x1f];
    }
}


int
rfl_ref_parse(const u_char *text, size_t len, u_char ref[RFL_REF_SIZE])
{
    int            digit;
    uint32_t       c, bits;
    unsigned       n, have, out;
    const u_char  *p, *last;

    if (len == 0 || len > RFL_REF_TEXT_MAX) {
        return RFL_DECLINED;
    }

    n = 0;
    out = 0;
    bits = 0;
    have = 0;
    p = text;
    last = text + len;

    while (p < last) {

        c = rfl_utf8_decode(&p, last);
        digit = rfl_ref_digit(c);

        if (digit == -1) {

            if (rfl_ref_separator(c)) {
                continue;
            }

            return RFL_DECLINED;
        }

        if (n++ == RFL_REF_DIGITS) {
            return RFL_DECLINED;
        }

        bits = ((bits << 5) | (uint32_t) digit) & 0xffff;
        have += 5;

        if (have >= 8) {
            have -= 8;
            ref[out++] = (u_char) (bits >> have);
        }
    }

    return (n == RFL_REF_DIGITS) ? RFL_OK : RFL_DECLINED;
}


static int
rfl_ref_digit(uint32_t c)
{
    const char  *p;

    if (c >= 0x80) {
        return (c > 0x10ffff) ? -1 : u_charDigitValue((UChar32) c);
    }

    if (c >= 'a' && c <= 'z') {
        c -= 'a' - 'A';
    }

    if (c == 'O') {
        return 0;
    }

    if (c == 'I' || c == 'L') {
        return 1;
    }

    if (c == '\0') {
        return -1;
    }

    p = strchr(rfl_ref_alphabet, (int) c);

    return (p == NULL) ? -1 : (int) (p - rfl_ref_alphabet);
}


static int
rfl_ref_separator(uint32_t c)
{
    if (c > 0x10ffff) {
        return 0;
    }

    return c == '.' || c == '_' || c == '/' || c == ':'
           || u_isUWhiteSpace((UChar32) c) || rfl_text_invisible(c)
           || u_charType((UChar32) c) == U_DASH_PUNCTUATION;
}


int
rfl_day_parse(const u_char *text, size_t len, int32_t *day)
{
    int  year, month, mday, y, m, d;

    if (len != RFL_DAY_TEXT_SIZE
        || text[4] != '-' || text[7] != '-'
        || rfl_digits(text, 4, &year) != RFL_OK
        || rfl_digits(text + 5, 2, &month) != RFL_OK
        || rfl_digits(text + 8, 2, &mday) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    if (year < 1 || month < 1 || month > 12 || mday < 1 || mday > 31) {
        return RFL_DECLINED;
    }

    *day = rfl_day_from_civil(year, month, mday);

    /* 31 April comes back as 1 May */

    rfl_day_to_civil(*day, &y, &m, &d);

    return (y == year && m == month && d == mday) ? RFL_OK : RFL_DECLINED;
}


int
rfl_time_parse(const u_char *text, size_t len, int64_t *time)
{
    int      hour, minute, second;
    int32_t  day;

    if (len != RFL_TIME_TEXT_SIZE
        || rfl_day_parse(text, RFL_DAY_TEXT_SIZE, &day) != RFL_OK
        || text[10] != 'T' || text[13] != ':' || text[16] != ':'
        || text[19] != 'Z'
        || rfl_digits(text + 11, 2, &hour) != RFL_OK
        || rfl_digits(text + 14, 2, &minute) != RFL_OK
        || rfl_digits(text + 17, 2, &second) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    if (hour > 23 || minute > 59 || second > 59) {
        return RFL_DECLINED;
    }

    *time = (int64_t) day * 86400 + hour * 3600 + minute * 60 + second;

    return RFL_OK;
}


void
rfl_day_format(int32_t day, u_char text[RFL_DAY_TEXT_SIZE])
{
    int      year, month, mday;
    u_char  *p;

    if (day < RFL_DAY_MIN) {
        day = RFL_DAY_MIN;

    } else if (day > RFL_DAY_MAX) {
        day = RFL_DAY_MAX;
    }

    rfl_day_to_civil(day, &year, &month, &mday);

    p = rfl_put_digits(text, year, 4);
    *p++ = '-';
    p = rfl_put_digits(p, month, 2);
    *p++ = '-';
    (void) rfl_put_digits(p, mday, 2);
}


void
rfl_time_format(int64_t time, u_char text[RFL_TIME_TEXT_SIZE])
{
    int      second;
    u_char  *p;
    int64_t  day;

    if (time < (int64_t) RFL_DAY_MIN * 86400) {
        time = (int64_t) RFL_DAY_MIN * 86400;

    } else if (time > (int64_t) RFL_DAY_MAX * 86400 + 86399) {
        time = (int64_t) RFL_DAY_MAX * 86400 + 86399;
    }

    day = time / 86400;
    second = (int) (time % 86400);

    if (second < 0) {
        day--;
        second += 86400;
    }

    rfl_day_format((int32_t) day, text);

    p = text + RFL_DAY_TEXT_SIZE;
    *p++ = 'T';
    p = rfl_put_digits(p, second / 3600, 2);
    *p++ = ':';
    p = rfl_put_digits(p, second / 60 % 60, 2);
    *p++ = ':';
    p = rfl_put_digits(p, second % 60, 2);
    *p = 'Z';
}


static int
rfl_digits(const u_char *text, size_t n, int *value)
{
    size_t  i;

    *value = 0;

    for (i = 0; i < n; i++) {

        if (text[i] < '0' || text[i] > '9') {
            return RFL_DECLINED;
        }

        *value = *value * 10 + (text[i] - '0');
    }

    return RFL_OK;
}


/*
 * Both directions count in years that begin on 1 March, so that the leap day
 * is the last one, and in eras of 400 years, 146097 days; 719468 days lie
 * between 0000-03-01 and 1970-01-01.
 */

static int32_t
rfl_day_from_civil(int year, int month, int day)
{
    int  era, year_of_era, day_of_year, day_of_era;

    if (month <= 2) {
        year--;
        month += 12;
    }

    era = year / 400;
    year_of_era = year % 400;
    day_of_year = (153 * (month - 3) + 2) / 5 + day - 1;
    day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100
                 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}


static void
rfl_day_to_civil(int32_t day, int *year, int *month, int *mday)
{
    int  era, year_of_era, day_of_year, day_of_era, m;

    /* not negative for all days of the year 1 and later */

    day += 719468;
    era = day / 146097;
    day_of_era = day % 146097;

    year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524
                   - day_of_era / 146096) / 365;
    day_of_year = day_of_era
                  - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    m = (5 * day_of_year + 2) / 153;

    *mday = day_of_year - (153 * m + 2) / 5 + 1;
    *month = (m < 10) ? m + 3 : m - 9;
    *year = era * 400 + year_of_era + (*month <= 2);
}


static u_char *
rfl_put_digits(u_char *p, int value, unsigned n)
{
    unsigned  i;

    for (i = n; i-- != 0; value /= 10) {
        p[i] = (u_char) ('0' + value % 10);
    }

    return p + n;
}


int
rfl_number_parse(const u_char *text, size_t len, int64_t *value)
{
    int            digit;
    uint32_t       c;
    unsigned       n, after;
    const u_char  *p, *last;

    if (len == 0) {
        return RFL_DECLINED;
    }

    n = 0;
    after = 0;
    *value = 0;
    p = text;
    last = text + len;

    while (p < last) {

        c = rfl_utf8_decode(&p, last);

        if (c > 0x10ffff) {
            return RFL_DECLINED;
        }

        if (rfl_text_invisible(c)) {
            continue;
        }

        if (u_isUWhiteSpace((UChar32) c)) {
            after = (n != 0);
            continue;
        }

        digit = u_charDigitValue((UChar32) c);

        if (digit < 0 || after || n++ == 4) {
            return RFL_DECLINED;
        }

        *value = *value * 10 + digit;
    }

    return (n == 4) ? RFL_OK : RFL_DECLINED;
}
