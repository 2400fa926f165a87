
/*
 * Copyright (C) The RFL authors
 *
 * rfl_text.h: UTF-8, and the encodings that surround it: JSON and HTML
 * escapes, base64, base32, dates.  Pure functions on counted strings.
 */


#ifndef _RFL_TEXT_H_INCLUDED_
#define _RFL_TEXT_H_INCLUDED_


#include "rfl.h"


/*
 * Decodes one code point and moves *p past it.  Returns a value above
 * 0x10ffff for a malformed, overlong, surrogate or truncated sequence, in
 * which case *p has moved by at least one byte.  RFC 3629.
 */
uint32_t rfl_utf8_decode(const u_char **p, const u_char *last);

/* 1 if the string is well-formed UTF-8 (RFC 3629) */
int rfl_utf8_valid(const u_char *data, size_t len);

/* number of code points of a valid string */
size_t rfl_utf8_length(const u_char *data, size_t len);


/* how long the byte order mark is with which some editors begin a file, or 0 */
size_t rfl_text_bom(const u_char *data, size_t len);

/*
 * Judges one line of text a person typed: returns RFL_OK and in *out a
 * cleaned copy (leading and trailing space removed, runs of white space one
 * space, zero-width no-break space, soft hyphen and *balanced or not* bidi
 * control characters removed; ZWNJ and ZWJ kept), or one of the reasons.
 * Control characters other than white space are RFL_TEXT_CONTROL.
 */

#define RFL_TEXT_EMPTY     1
#define RFL_TEXT_LONG      2      /* more than max code points */
#define RFL_TEXT_UTF8      3
#define RFL_TEXT_CONTROL   4

int rfl_text_line(rfl_pool_t *pool, const rfl_str_t *in, size_t max,
    rfl_str_t *out) rfl_must_check;

/*
 * The same with several lines: whatever ends a line becomes "\n", one empty
 * line in a row is kept, no line begins or ends with space.
 */
int rfl_text_lines(rfl_pool_t *pool, const rfl_str_t *in, size_t max,
    rfl_str_t *out) rfl_must_check;

/*
 * Marks that show nothing and only let one text look like another: soft
 * hyphen, zero-width space and joiner of words, the bidi controls and their
 * deprecated kin, tags.  For these 1.
 */
int rfl_text_invisible(uint32_t c);


/*
 * Escapers append to the buffer; in must be valid UTF-8 (an invalid byte is
 * written as U+FFFD).  HTML escapes & < > " ' and is right in text and in a
 * double-quoted attribute.  JSON writes the inside of a string, also
 * escaping U+2028, U+2029 and '<'.
 */
void rfl_html_escape(rfl_buf_t *b, const u_char *data, size_t len);
void rfl_json_escape(rfl_buf_t *b, const u_char *data, size_t len);


/*
 * A public reference: 10 random bytes, 16 digits of Crockford base32 in
 * four groups: "7ZK2-9QHM-4T1B-XW8C".  Parsing accepts lower case, missing
 * or other separators, and O I L for 0 1 1; RFL_DECLINED: none.
 */

#define RFL_REF_SIZE       10
#define RFL_REF_TEXT_SIZE  19

void rfl_ref_format(const u_char ref[RFL_REF_SIZE],
    u_char text[RFL_REF_TEXT_SIZE]);
int rfl_ref_parse(const u_char *text, size_t len, u_char ref[RFL_REF_SIZE])
    rfl_must_check;

/*
 * What these and other codes are copied by: the 32 digits of Crockford; the
 * value of one as people write it (lower case, O I L, any Unicode digit), or
 * -1; 1 for what they may put between them.
 */
extern const char  rfl_base32[];

int rfl_base32_digit(uint32_t c);
int rfl_base32_separator(uint32_t c);


/*
 * Dates.  A day is the number of days since 1970-01-01 (proleptic
 * Gregorian); a time is seconds since then, UTC.  Texts are "2026-11-22"
 * and "2026-11-22T08:00:00Z", nothing else; RFL_DECLINED: another one.
 */

#define RFL_DAY_TEXT_SIZE   10
#define RFL_TIME_TEXT_SIZE  20
#define RFL_DAY_SECONDS     86400
#define RFL_DAY_MAX         2932896    /* 9999-12-31, the last with a text */
#define RFL_TIME_MAX        253402300799LL     /* the last second of it */

int rfl_day_parse(const u_char *text, size_t len, int32_t *day)
    rfl_must_check;
int rfl_time_parse(const u_char *text, size_t len, int64_t *time)
    rfl_must_check;
void rfl_day_format(int32_t day, u_char text[RFL_DAY_TEXT_SIZE]);
void rfl_time_format(int64_t time, u_char text[RFL_TIME_TEXT_SIZE]);
/* the day of a time, of now; the year of a day; the nearest with a text */
int32_t rfl_time_day(int64_t time);
int32_t rfl_today(void);
int rfl_day_year(int32_t day);
/* milliseconds of a clock that nobody sets: for how long something takes */
int64_t rfl_monotonic(void);


/*
 * As people type them: any Unicode decimal digits, white space around.  A
 * year has 4 of them, and calendars are the business of rfl_name.h; a day is
 * that of rfl_day_parse(), with any dash.  RFL_DECLINED: none.
 */
int rfl_year_parse(const u_char *text, size_t len, int *year)
    rfl_must_check;
int rfl_day_typed(const u_char *text, size_t len, int32_t *day)
    rfl_must_check;


#endif /* _RFL_TEXT_H_INCLUDED_ */
