
/*
 * Copyright (C) The RFL authors
 *
 * rfl_form_value.c: is a single answer one that the office can use: a name, a
 * year, an age, a telephone number, an address.  Called with clean
 * text by the readers of forms and searches, and by the desk; owns nothing.
 *
 * Lenient by intent: whoever writes here may be in a hurry, on a borrowed
 * phone, in any script.
 */


#include "rfl_form.h"
#include "rfl_box.h"
#include "rfl_query.h"

#include <unicode/uchar.h>


#define RFL_ASK_AGE_MAX        130
/* the shortest numbers there are: islands, and offices of a camp */
#define RFL_ASK_PHONE_DIGITS   4
#define RFL_ASK_YEAR_DIGITS    4


typedef struct {
    rfl_ask_field_e    field;
    rfl_ask_fault_e  (*check)(rfl_str_t *text, const rfl_policy_t *policy,
                              int64_t now);
} rfl_form_check_t;


static rfl_ask_fault_e rfl_form_check_name(rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
static rfl_ask_fault_e rfl_form_check_year(rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
static rfl_ask_fault_e rfl_form_check_age(rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
static rfl_ask_fault_e rfl_form_check_phone(rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
static rfl_ask_fault_e rfl_form_check_mail(rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
static rfl_ask_fault_e rfl_form_check_country(rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
static rfl_ask_fault_e rfl_form_check_event(rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
static rfl_ask_fault_e rfl_form_check_code(rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now);
static size_t rfl_form_digits(const u_char **p, const u_char *last,
    rfl_str_t *run, int64_t *value);


static const rfl_form_check_t  rfl_form_checks[] = {
    { RFL_ASK_NAME, rfl_form_check_name },
    { RFL_ASK_BIRTH_YEAR, rfl_form_check_year },
    { RFL_ASK_AGE, rfl_form_check_age },
    { RFL_ASK_PHONE, rfl_form_check_phone },
    { RFL_ASK_EMAIL, rfl_form_check_mail },
    { RFL_ASK_COUNTRY, rfl_form_check_country },
    { RFL_ASK_EVENT, rfl_form_check_event },
    { RFL_ASK_CODE, rfl_form_check_code },
    { RFL_ASK_NONE, NULL }
};


rfl_ask_fault_e
rfl_form_check(rfl_ask_field_e field, rfl_str_t *text,
    const rfl_policy_t *policy, int64_t now)
{
    const rfl_form_check_t  *check;

    for (check = rfl_form_checks; check->check != NULL; check++) {
        if (check->field == field) {
            return check->check(text, policy, now);
        }
    }

    return RFL_ASK_FAULT_NONE;
}


static rfl_ask_fault_e
rfl_form_check_name(rfl_str_t *text, const rfl_policy_t *policy, int64_t now)
{
    return rfl_form_is_name(text) ? RFL_ASK_FAULT_NONE : RFL_ASK_FAULT_VALUE;
}


static rfl_ask_fault_e
rfl_form_check_year(rfl_str_t *text, const rfl_policy_t *policy, int64_t now)
{
    int  year;

    return (rfl_form_year(text, now, &year) == RFL_OK) ? RFL_ASK_FAULT_NONE
                                                       : RFL_ASK_FAULT_VALUE;
}


static rfl_ask_fault_e
rfl_form_check_age(rfl_str_t *text, const rfl_policy_t *policy, int64_t now)
{
    int  age;

    return (rfl_form_age(text, &age) == RFL_OK) ? RFL_ASK_FAULT_NONE
                                                : RFL_ASK_FAULT_VALUE;
}


/*
 * Any digits become ASCII ones, so that whoever reads it can dial; the rest
 * stays as it was written: "0912/345 678 (my sister), ext. 4".
 */

static rfl_ask_fault_e
rfl_form_check_phone(rfl_str_t *text, const rfl_policy_t *policy, int64_t now)
{
    int            digit;
    u_char        *d;
    uint32_t       c;
    unsigned       n;
    const u_char  *p, *start, *last;

    n = 0;
    d = text->data;
    p = text->data;
    last = p + text->len;

    while (p < last) {

        start = p;
        c = rfl_utf8_decode(&p, last);
        digit = u_charDigitValue((UChar32) c);

        if (digit >= 0) {
            *d++ = (u_char) ('0' + digit);
            n++;
            continue;
        }

        if (c == 0xff0b) {                     /* fullwidth "+" */
            *d++ = '+';
            continue;
        }

        memmove(d, start, (size_t) (p - start));
        d += p - start;
    }

    *d = '\0';
    text->len = (size_t) (d - text->data);

    return (n >= RFL_ASK_PHONE_DIGITS) ? RFL_ASK_FAULT_NONE
                                       : RFL_ASK_FAULT_VALUE;
}


/* something, "@", something with a dot in it; space is not part of it */

static rfl_ask_fault_e
rfl_form_check_mail(rfl_str_t *text, const rfl_policy_t *policy, int64_t now)
{
    size_t   i;
    u_char  *d, *at, *dot;

    d = text->data;
    at = NULL;
    dot = NULL;

    for (i = 0; i < text->len; i++) {
        if (text->data[i] != ' ') {
            *d++ = text->data[i];
        }
    }

    *d = '\0';
    text->len = (size_t) (d - text->data);

    for (d = text->data; *d != '\0'; d++) {

        if (*d == '@') {

            if (at != NULL || d == text->data) {
                return RFL_ASK_FAULT_VALUE;
            }

            at = d;

        } else if (*d == '.' && at != NULL) {

            if (d[-1] == '.' || d[-1] == '@') {
                return RFL_ASK_FAULT_VALUE;
            }

            dot = d;

        } else if (strchr(",;<>\"()\\", *d) != NULL) {
            return RFL_ASK_FAULT_VALUE;
        }
    }

    return (dot != NULL && dot[1] != '\0') ? RFL_ASK_FAULT_NONE
                                           : RFL_ASK_FAULT_VALUE;
}


static rfl_ask_fault_e
rfl_form_check_country(rfl_str_t *text, const rfl_policy_t *policy,
    int64_t now)
{
    return rfl_country_known(text->data, text->len) ? RFL_ASK_FAULT_NONE
                                                    : RFL_ASK_FAULT_VALUE;
}


static rfl_ask_fault_e
rfl_form_check_event(rfl_str_t *text, const rfl_policy_t *policy, int64_t now)
{
    const rfl_event_t  *event;

    event = rfl_policy_event(policy, text);

    return (event != NULL && event->gate != RFL_GATE_CLOSED)
           ? RFL_ASK_FAULT_NONE : RFL_ASK_FAULT_VALUE;
}


static rfl_ask_fault_e
rfl_form_check_code(rfl_str_t *text, const rfl_policy_t *policy, int64_t now)
{
    int     rc;
    u_char  code[RFL_HIDE_CODE_SIZE];

    rc = rfl_hide_parse(text->data, text->len, code);

    rfl_memzero(code, sizeof(code));

    return (rc == RFL_OK) ? RFL_ASK_FAULT_NONE : RFL_ASK_FAULT_VALUE;
}


/*
 * The next run of digits in valid UTF-8: their number, 0 if there is none.
 * A value that is too large is cut off at what an int holds.
 */

static size_t
rfl_form_digits(const u_char **p, const u_char *last, rfl_str_t *run,
    int64_t *value)
{
    int            digit;
    size_t         n;
    const u_char  *start;

    n = 0;
    *value = 0;

    while (*p < last) {

        start = *p;
        digit = u_charDigitValue((UChar32) rfl_utf8_decode(p, last));

        if (digit < 0) {

            if (n != 0) {
                run->len = (size_t) (start - run->data);
                return n;
            }

            continue;
        }

        if (n++ == 0) {
            run->data = (u_char *) start;
        }

        *value = *value * 10 + digit;

        if (*value > INT32_MAX) {
            *value = INT32_MAX;
        }
    }

    if (n != 0) {
        run->len = (size_t) (last - run->data);
    }

    return n;
}


int
rfl_form_is_name(const rfl_str_t *text)
{
    int            letters;
    uint32_t       c;
    const u_char  *p, *last;

    letters = 0;
    p = text->data;
    last = p + text->len;

    while (p < last) {
        c = rfl_utf8_decode(&p, last);

        if (c == '@' || c == 0xff20 /* fullwidth */) {
            return 0;
        }

        letters += u_isalpha((UChar32) c);
    }

    return letters != 0;
}


int
rfl_form_year(const rfl_str_t *text, int64_t now, int *year)
{
    size_t         n;
    int64_t        value;
    rfl_str_t      run;
    const u_char  *p, *last;

    if (text->len == 0) {
        return RFL_DECLINED;
    }

    p = text->data;
    last = p + text->len;

    while ((n = rfl_form_digits(&p, last, &run, &value)) != 0) {
        if (n == RFL_ASK_YEAR_DIGITS
            && rfl_name_year(&run, now, year) == RFL_OK)
        {
            return RFL_OK;
        }
    }

    return RFL_DECLINED;
}


int
rfl_form_age(const rfl_str_t *text, int *age)
{
    int64_t        value;
    rfl_str_t      run;
    const u_char  *p, *last;

    if (text->len == 0) {
        return RFL_DECLINED;
    }

    p = text->data;
    last = p + text->len;

    if (rfl_form_digits(&p, last, &run, &value) == 0
        || value > RFL_ASK_AGE_MAX)
    {
        return RFL_DECLINED;
    }

    *age = (int) value;

    return RFL_OK;
}
