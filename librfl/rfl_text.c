
/*
 * Copyright (C) The RFL authors
 *
 * rfl_text.c: UTF-8, lines of text that people type, the escapes of HTML and
 * JSON, public references and years.  Pure functions: called by every reader
 * and every page, owns nothing.
 */


#include "rfl_text.h"

#include <unicode/uchar.h>


#define RFL_UTF8_BAD     0xffffffff

/* a reference with separators people may put in, in bytes */
#define RFL_REF_TEXT_MAX 128
#define RFL_REF_DIGITS   16


static size_t rfl_utf8_encode(uint32_t c, u_char *p);
static int rfl_text_clean(rfl_pool_t *pool, const rfl_str_t *in, size_t max,
    int lines, rfl_str_t *out);
static int rfl_text_break(uint32_t c);
static int rfl_text_control(uint32_t c);
static const char *rfl_html_entity(uint32_t c);
static size_t rfl_json_sequence(uint32_t c, u_char *p);


const char  rfl_base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";


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


size_t
rfl_text_bom(const u_char *data, size_t len)
{
    return (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) ? 3 : 0;
}


int
rfl_text_line(rfl_pool_t *pool, const rfl_str_t *in, size_t max,
    rfl_str_t *out)
{
    return rfl_text_clean(pool, in, max, 0, out);
}


int
rfl_text_lines(rfl_pool_t *pool, const rfl_str_t *in, size_t max,
    rfl_str_t *out)
{
    return rfl_text_clean(pool, in, max, 1, out);
}


static int
rfl_text_clean(rfl_pool_t *pool, const rfl_str_t *in, size_t max, int lines,
    rfl_str_t *out)
{
    size_t         n;
    u_char        *d;
    uint32_t       c, previous;
    unsigned       space, breaks;
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
    c = 0;
    space = 0;
    breaks = 0;
    d = out->data;
    p = in->data;
    last = p + in->len;

    while (p < last) {

        previous = c;
        c = rfl_utf8_decode(&p, last);

        if (c > 0x10ffff) {
            rfl_str_null(out);
            return RFL_TEXT_UTF8;
        }

        if (u_isUWhiteSpace((UChar32) c)) {
            space = 1;
            breaks += (rfl_text_break(c) && !(c == '\n' && previous == '\r'));
            continue;
        }

        if (rfl_text_control(c)) {
            rfl_str_null(out);
            return RFL_TEXT_CONTROL;
        }

        if (rfl_text_invisible(c)) {
            continue;
        }

        if (n != 0 && lines && breaks != 0) {

            /* an empty line between two parts at most */

            for (breaks = (breaks > 2) ? 2 : breaks; breaks != 0; breaks--) {
                *d++ = '\n';
                n++;
            }

        } else if (n != 0 && space) {
            *d++ = ' ';
            n++;
        }

        space = 0;
        breaks = 0;
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


static int
rfl_text_break(uint32_t c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028
           || c == 0x2029;
}


int
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

        /* most are letters */

        if (*p > '<' && *p < 0x7f && *p != '\\') {
            p++;
            continue;
        }

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

        *p++ = (u_char) rfl_base32[(value >> (11 - bit % 8)) & 0x1f];
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
        digit = rfl_base32_digit(c);

        if (digit == -1) {

            if (rfl_base32_separator(c)) {
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


int
rfl_base32_digit(uint32_t c)
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

    p = strchr(rfl_base32, (int) c);

    return (p == NULL) ? -1 : (int) (p - rfl_base32);
}


int
rfl_base32_separator(uint32_t c)
{
    if (c > 0x10ffff) {
        return 0;
    }

    return c == '.' || c == '_' || c == '/' || c == ':'
           || u_isUWhiteSpace((UChar32) c) || rfl_text_invisible(c)
           || u_charType((UChar32) c) == U_DASH_PUNCTUATION;
}
