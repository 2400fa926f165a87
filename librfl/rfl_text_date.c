
/*
 * Copyright (C) The RFL authors
 *
 * rfl_text_date.c: days and times as text, and back.  Pure functions.
 */


#include "rfl_text.h"

#include <time.h>
#include <unicode/uchar.h>


/* 0001-01-01, the first with a text */
#define RFL_DAY_MIN      (-719162)
#define RFL_TIME_MIN     (-62135596800LL)


static int rfl_digits(const u_char *text, size_t n, int *value);
static int32_t rfl_day_from_civil(int year, int month, int day);
static void rfl_day_to_civil(int32_t day, int *year, int *month, int *mday);
static u_char *rfl_put_digits(u_char *p, int value, unsigned n);
static size_t rfl_typed(const u_char *text, size_t len,
    u_char plain[RFL_DAY_TEXT_SIZE]);


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

    *time = (int64_t) day * RFL_DAY_SECONDS + hour * 3600 + minute * 60
            + second;

    return RFL_OK;
}


void
rfl_day_format(int32_t day, u_char text[RFL_DAY_TEXT_SIZE])
{
    int      year, month, mday;
    u_char  *p;

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
    int32_t  day;

    if (time < RFL_TIME_MIN) {
        time = RFL_TIME_MIN;

    } else if (time > RFL_TIME_MAX) {
        time = RFL_TIME_MAX;
    }

    day = rfl_time_day(time);
    second = (int) (time - (int64_t) day * RFL_DAY_SECONDS);

    rfl_day_format(day, text);

    p = text + RFL_DAY_TEXT_SIZE;
    *p++ = 'T';
    p = rfl_put_digits(p, second / 3600, 2);
    *p++ = ':';
    p = rfl_put_digits(p, second / 60 % 60, 2);
    *p++ = ':';
    p = rfl_put_digits(p, second % 60, 2);
    *p = 'Z';
}


int32_t
rfl_time_day(int64_t time)
{
    int64_t  day;

    day = time / RFL_DAY_SECONDS - (time % RFL_DAY_SECONDS < 0);

    return (day < RFL_DAY_MIN) ? RFL_DAY_MIN
           : (day > RFL_DAY_MAX) ? RFL_DAY_MAX : (int32_t) day;
}


int32_t
rfl_today(void)
{
    return rfl_time_day(time(NULL));
}


int
rfl_day_year(int32_t day)
{
    int  year, month, mday;

    rfl_day_to_civil(day, &year, &month, &mday);

    return year;
}


int64_t
rfl_monotonic(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (int64_t) ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
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

    day = (day < RFL_DAY_MIN) ? RFL_DAY_MIN
          : (day > RFL_DAY_MAX) ? RFL_DAY_MAX : day;

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
rfl_day_typed(const u_char *text, size_t len, int32_t *day)
{
    size_t  n;
    u_char  plain[RFL_DAY_TEXT_SIZE];

    n = rfl_typed(text, len, plain);

    return rfl_day_parse(plain, n, day);
}


int
rfl_year_parse(const u_char *text, size_t len, int *year)
{
    u_char  plain[RFL_DAY_TEXT_SIZE];

    return (rfl_typed(text, len, plain) == 4) ? rfl_digits(plain, 4, year)
                                              : RFL_DECLINED;
}


/* digits and dashes as ASCII; 0: anything else, or more than a day has */

static size_t
rfl_typed(const u_char *text, size_t len, u_char plain[RFL_DAY_TEXT_SIZE])
{
    int            digit;
    size_t         n;
    uint32_t       c;
    unsigned       after;
    const u_char  *p, *last;

    n = 0;
    after = 0;
    p = text;
    last = text + len;

    while (p < last) {

        c = rfl_utf8_decode(&p, last);

        if (c > 0x10ffff) {
            return 0;
        }

        if (rfl_text_invisible(c)) {
            continue;
        }

        if (u_isUWhiteSpace((UChar32) c)) {
            after = (n != 0);
            continue;
        }

        if (after || n == RFL_DAY_TEXT_SIZE) {
            return 0;
        }

        digit = u_charDigitValue((UChar32) c);

        if (digit >= 0) {
            plain[n++] = (u_char) ('0' + digit);

        } else if (u_charType((UChar32) c) == U_DASH_PUNCTUATION) {
            plain[n++] = '-';

        } else {
            return 0;
        }
    }

    return n;
}
