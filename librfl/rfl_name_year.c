
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_year.c: a year of birth in the calendar people use, told apart by
 * its range.
 *
 *     Gregorian           1880 .. this year
 *     Hijri               1297 .. this year in it, 354.367 days each
 *     Solar Hijri         the same range; AH minus 42 at the turn: see below
 *     Ethiopian           seven or eight years behind: inside the Gregorian
 *                         range, so it is read as Gregorian
 *     Nepali (B.S.)       57 years ahead
 *     Buddhist            543 years ahead
 *
 * Years 1300 .. 1405 can be Solar Hijri (1921 .. 2026) or lunar (1882 ..
 * 1985).  People born under the lunar calendar's 1300-1370 are mostly gone,
 * whereas Iran and Afghanistan count Solar Hijri today: it is Solar Hijri up
 * to its current year and lunar above.
 */


#include "rfl_name_int.h"

#include "rfl_text.h"


#define RFL_YEAR_FIRST     1881    /* fits the hint's byte */


int
rfl_name_year(const rfl_str_t *text, int64_t now, int *year)
{
    int      v;
    int64_t  today, g;

    if (rfl_year_parse(text->data, text->len, &v) != RFL_OK) {
        return RFL_DECLINED;
    }

    today = rfl_day_year(rfl_time_day(now));

    if (v >= RFL_YEAR_FIRST && v <= today) {
        g = v;

    } else if (v >= 1300 && v <= today - 621) {
        g = v + 621;

    } else if (v > today - 621 && v <= 1500) {

        /* 1 AH began in 622.54; a lunar year is 0.970224 solar years */

        g = (62254 + (v - 1) * 97022 / 1000) / 100;

    } else if (v > today && v <= today + 57) {
        g = v - 57;

    } else if (v > today + 57 && v <= today + 543) {
        g = v - 543;

    } else {
        return RFL_DECLINED;
    }

    if (g < RFL_YEAR_FIRST || g > today) {
        return RFL_DECLINED;
    }

    *year = (int) g;

    return RFL_OK;
}
