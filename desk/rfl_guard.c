
/*
 * Copyright (C) The RFL authors
 *
 * rfl_guard.c: finds in a text what does not belong into a public entry:
 * patterns here, words by the table of rfl_guard_words.c.  Pure; called by
 * the desk's pages for each text that a person wrote.
 */


#include "rfl_guard.h"
#include "rfl_guard_int.h"
#include "rfl_text.h"

#include <unicode/uchar.h>


#define RFL_GUARD_DIGITS     7     /* of a number to call */
#define RFL_GUARD_GAP        3     /* signs between two digits of it */
#define RFL_GUARD_TEXT       4096  /* characters looked at */


/* a text as characters: folded, with where each begins */

typedef struct {
    uint32_t            c[RFL_GUARD_TEXT];
    uint16_t            at[RFL_GUARD_TEXT + 1];
    unsigned            n;
    unsigned            adult_age;
    int                 year;      /* now */
    rfl_hint_t         *hints;
    unsigned            nhints;
} rfl_guard_ctx_t;


static void rfl_guard_load(rfl_guard_ctx_t *ctx, const rfl_str_t *text);
static void rfl_guard_add(rfl_guard_ctx_t *ctx, rfl_guard_e kind,
    unsigned first, unsigned last);
static void rfl_guard_numbers(rfl_guard_ctx_t *ctx);
static void rfl_guard_number(rfl_guard_ctx_t *ctx, unsigned first,
    unsigned last, unsigned digits, long value);
static void rfl_guard_coordinates(rfl_guard_ctx_t *ctx);
static unsigned rfl_guard_decimal(const rfl_guard_ctx_t *ctx, unsigned i,
    unsigned *places);
static void rfl_guard_links(rfl_guard_ctx_t *ctx);
static void rfl_guard_words(rfl_guard_ctx_t *ctx);
static unsigned rfl_guard_word(const rfl_guard_ctx_t *ctx, unsigned i,
    const rfl_guard_word_t *word);
static unsigned rfl_guard_is(const rfl_guard_ctx_t *ctx, unsigned i,
    const char *text);
static unsigned rfl_guard_space(uint32_t c);
static int rfl_guard_digit(uint32_t c);
static unsigned rfl_guard_letter(uint32_t c);


const rfl_str_t  rfl_guards[RFL_GUARDS_N] = {
    rfl_string(""),
    rfl_string("phone"),
    rfl_string("mail"),
    rfl_string("url"),
    rfl_string("coordinates"),
    rfl_string("place"),
    rfl_string("health"),
    rfl_string("child")
};


unsigned
rfl_guard(const rfl_str_t *text, unsigned adult_age, int64_t now,
    rfl_hint_t hints[RFL_GUARD_MAX])
{
    unsigned         i, k;
    rfl_hint_t       hint;
    rfl_guard_ctx_t  ctx;

    ctx.adult_age = adult_age;
    ctx.year = rfl_day_year(rfl_time_day(now));
    ctx.hints = hints;
    ctx.nhints = 0;

    rfl_guard_load(&ctx, text);

    rfl_guard_links(&ctx);
    rfl_guard_coordinates(&ctx);
    rfl_guard_numbers(&ctx);
    rfl_guard_words(&ctx);

    /* a few: by insertion */

    for (i = 1; i < ctx.nhints; i++) {
        hint = hints[i];

        for (k = i; k > 0 && hints[k - 1].start > hint.start; k--) {
            hints[k] = hints[k - 1];
        }

        hints[k] = hint;
    }

    i = ctx.nhints;
    rfl_memzero(&ctx, sizeof(rfl_guard_ctx_t));

    return i;
}


static void
rfl_guard_load(rfl_guard_ctx_t *ctx, const rfl_str_t *text)
{
    uint32_t       c;
    const u_char  *p, *last;

    ctx->n = 0;
    p = text->data;
    last = p + ((text->len < UINT16_MAX) ? text->len : UINT16_MAX);

    while (p < last && ctx->n < RFL_GUARD_TEXT) {
        ctx->at[ctx->n] = (uint16_t) (p - text->data);
        c = rfl_utf8_decode(&p, last);

        ctx->c[ctx->n++] = (c <= 0x10ffff)
                           ? (uint32_t) u_tolower((UChar32) c) : 0xfffd;
    }

    ctx->at[ctx->n] = (uint16_t) (p - text->data);
}


/* characters first .. last - 1 */

static void
rfl_guard_add(rfl_guard_ctx_t *ctx, rfl_guard_e kind, unsigned first,
    unsigned last)
{
    size_t       start, end;
    unsigned     i;
    rfl_hint_t  *hint;

    start = ctx->at[first];
    end = ctx->at[last];

    for (i = 0; i < ctx->nhints; i++) {
        hint = &ctx->hints[i];

        /* one hint for one place; patterns come before words */

        if (start < hint->start + hint->len && hint->start < end
            && (hint->kind == kind || hint->kind <= RFL_GUARD_COORDINATES))
        {
            return;
        }
    }

    if (ctx->nhints == RFL_GUARD_MAX) {
        return;
    }

    hint = &ctx->hints[ctx->nhints++];
    hint->kind = kind;
    hint->start = start;
    hint->len = end - start;
}


/* runs of digits with few signs between them; a year or an age by itself */

static void
rfl_guard_numbers(rfl_guard_ctx_t *ctx)
{
    int       digit;
    long      value;
    unsigned  i, first, last, digits, gap;

    i = 0;

    while (i < ctx->n) {

        if (rfl_guard_digit(ctx->c[i]) < 0) {
            i++;
            continue;
        }

        first = i;
        last = i;
        digits = 0;
        value = 0;
        gap = 0;

        for ( /* void */ ; i < ctx->n && gap <= RFL_GUARD_GAP; i++) {
            digit = rfl_guard_digit(ctx->c[i]);

            if (digit >= 0) {
                last = i + 1;
                digits++;
                gap = 0;
                value = (value < 100000000) ? value * 10 + digit : value;

            } else if (rfl_guard_letter(ctx->c[i])) {
                break;

            } else {
                gap++;
            }
        }

        rfl_guard_number(ctx, first, last, digits, value);

        i = last;
    }
}


static void
rfl_guard_number(rfl_guard_ctx_t *ctx, unsigned first, unsigned last,
    unsigned digits, long value)
{
    unsigned  i;

    if (first > 0 && (ctx->c[first - 1] == '+' || ctx->c[first - 1] == '('))
    {
        first--;
    }

    if (digits >= RFL_GUARD_DIGITS) {
        rfl_guard_add(ctx, RFL_GUARD_PHONE, first, last);
        return;
    }

    /* in one piece: a year of birth of the last years */

    if (digits == 4 && last - first == 4
        && value <= ctx->year
        && value > ctx->year - (long) ctx->adult_age - 1)
    {
        rfl_guard_add(ctx, RFL_GUARD_CHILD, first, last);
        return;
    }

    /* an age: a small number beside a word for years */

    if (digits > 2 || value >= (long) ctx->adult_age) {
        return;
    }

    for (i = last; i < ctx->n && rfl_guard_space(ctx->c[i]); i++) {
        /* void */
    }

    if (i < ctx->n && rfl_guard_years(ctx->c + i, ctx->n - i)) {
        rfl_guard_add(ctx, RFL_GUARD_CHILD, first, last);
    }
}


/* two numbers with a point and at least three places, or signs of degrees */

static void
rfl_guard_coordinates(rfl_guard_ctx_t *ctx)
{
    unsigned  i, k, end, places, last;

    for (i = 0; i < ctx->n; i++) {

        if (ctx->c[i] == 0xb0 && i > 0 && rfl_guard_digit(ctx->c[i - 1]) >= 0)
        {
            for (k = i; k > 0 && rfl_guard_digit(ctx->c[k - 1]) >= 0; k--) {
                /* void */
            }

            rfl_guard_add(ctx, RFL_GUARD_COORDINATES, k, i + 1);
            continue;
        }

        if (rfl_guard_digit(ctx->c[i]) < 0
            || (i > 0 && rfl_guard_digit(ctx->c[i - 1]) >= 0))
        {
            continue;
        }

        end = rfl_guard_decimal(ctx, i, &places);

        if (end == 0 || places < 3) {
            continue;
        }

        for (k = end; k < ctx->n && k < end + 4
                      && rfl_guard_digit(ctx->c[k]) < 0; k++)
        {
            /* void */
        }

        last = (k < ctx->n) ? rfl_guard_decimal(ctx, k, &places) : 0;

        if (last != 0 && places >= 3) {
            rfl_guard_add(ctx, RFL_GUARD_COORDINATES, i, last);
            i = last - 1;
        }
    }
}


/* the end of a number with a point that begins at i, 0 if there is none */

static unsigned
rfl_guard_decimal(const rfl_guard_ctx_t *ctx, unsigned i, unsigned *places)
{
    unsigned  n;

    for (n = 0; i < ctx->n && rfl_guard_digit(ctx->c[i]) >= 0; i++) {
        n++;
    }

    if (n == 0 || n > 3 || i == ctx->n
        || (ctx->c[i] != '.' && ctx->c[i] != ',' && ctx->c[i] != 0x66b))
    {
        return 0;
    }

    for (i++, *places = 0; i < ctx->n && rfl_guard_digit(ctx->c[i]) >= 0; i++)
    {
        (*places)++;
    }

    return i;
}


static void
rfl_guard_links(rfl_guard_ctx_t *ctx)
{
    unsigned  i, first, last, kind;

    for (i = 0; i < ctx->n; i++) {

        kind = RFL_GUARD_NONE;

        if (ctx->c[i] == '@' || ctx->c[i] == 0xff20) {
            kind = RFL_GUARD_MAIL;

        } else if (rfl_guard_is(ctx, i, "://") || rfl_guard_is(ctx, i, "www.")
                   || rfl_guard_is(ctx, i, "t.me/")
                   || rfl_guard_is(ctx, i, ".com")
                   || rfl_guard_is(ctx, i, ".org")
                   || rfl_guard_is(ctx, i, ".net"))
        {
            kind = RFL_GUARD_URL;
        }

        if (kind == RFL_GUARD_NONE) {
            continue;
        }

        for (first = i; first > 0 && !rfl_guard_space(ctx->c[first - 1]);
             first--)
        {
            /* void */
        }

        for (last = i; last < ctx->n && !rfl_guard_space(ctx->c[last]);
             last++)
        {
            /* void */
        }

        rfl_guard_add(ctx, (rfl_guard_e) kind, first, last);

        i = last;
    }
}


static void
rfl_guard_words(rfl_guard_ctx_t *ctx)
{
    size_t                   k;
    unsigned                 i, len;
    const rfl_guard_word_t  *word;

    for (i = 0; i < ctx->n; i++) {

        /* words begin where no letter is before; Arabic joins articles */

        if (i > 0 && rfl_guard_letter(ctx->c[i - 1])
            && !(ctx->c[i] >= 0x600 && ctx->c[i] < 0x700))
        {
            continue;
        }

        for (k = 0; k < rfl_guard_nwords; k++) {
            word = &rfl_guard_list[k];
            len = rfl_guard_word(ctx, i, word);

            if (len != 0) {
                rfl_guard_add(ctx, word->kind, i, i + len);
                break;
            }
        }
    }
}


/* how many characters it has here; a word of '*' may go on */

static unsigned
rfl_guard_word(const rfl_guard_ctx_t *ctx, unsigned i,
    const rfl_guard_word_t *word)
{
    uint32_t       c;
    unsigned       first, open;
    const u_char  *p, *last;

    first = i;
    open = 0;
    p = (const u_char *) word->text;
    last = p + strlen(word->text);

    while (p < last) {
        c = rfl_utf8_decode(&p, last);

        if (c == '*') {
            open = 1;
            break;
        }

        if (i == ctx->n || ctx->c[i] != c) {
            return 0;
        }

        i++;
    }

    if (open) {
        while (i < ctx->n && rfl_guard_letter(ctx->c[i])) {
            i++;
        }

        return i - first;
    }

    return (i < ctx->n && rfl_guard_letter(ctx->c[i])) ? 0 : i - first;
}


static unsigned
rfl_guard_is(const rfl_guard_ctx_t *ctx, unsigned i, const char *text)
{
    for ( /* void */ ; *text != '\0'; text++, i++) {
        if (i >= ctx->n || ctx->c[i] != (u_char) *text) {
            return 0;
        }
    }

    return 1;
}


static unsigned
rfl_guard_space(uint32_t c)
{
    return u_isUWhiteSpace((UChar32) c) != 0;
}


static int
rfl_guard_digit(uint32_t c)
{
    return u_charDigitValue((UChar32) c);
}


static unsigned
rfl_guard_letter(uint32_t c)
{
    return u_isalpha((UChar32) c) != 0;
}
