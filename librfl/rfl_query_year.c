
/*
 * Copyright (C) The RFL authors
 *
 * rfl_query_year.c: the year of birth that people write into the field of a
 * name, as they would say it: "Layla Hadad (born 1990)", "Layla Hadad, 1990",
 * "12.3.1990".  Called by the readers of what a visitor asks, and by the search
 * of the desk; memory is of their pool.
 *
 * The line is cut into words, and these into groups by commas and brackets.
 * Out of the name go the year, the numbers of its date and the words that
 * belong to it, and all that stands with a year in brackets: "(1990, from
 * Aleppo)" is no name.  What is left must still have a word of a name.
 */


#include "rfl_query.h"
#include "rfl_form.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>


#define RFL_YEAR_WORDS     (RFL_NAME_CHARS / 2 + 1)
/* a mark begins one, and behind the last there is a zero */
#define RFL_YEAR_GROUPS    (RFL_NAME_CHARS + 2)
#define RFL_YEAR_DIGITS    4
/* bytes of the longest word of the tables, and more */
#define RFL_YEAR_LETTERS   32
/* words outside of brackets which are a whole name */
#define RFL_YEAR_ENOUGH    2


/* RFL_YEAR_DATE is a number that may be a day or a month */

typedef enum {
    RFL_YEAR_NAME = 0,
    RFL_YEAR_YEAR,
    RFL_YEAR_DATE,
    RFL_YEAR_BORN,
    RFL_YEAR_LITTLE,
    RFL_YEAR_MARK                  /* neither letters nor digits */
} rfl_year_kind_e;

typedef struct {
    size_t           start;
    size_t           end;
    unsigned         group;
    rfl_year_kind_e  kind;
    unsigned         drop;         /* unsigned:1 */
} rfl_year_word_t;

typedef struct {
    const rfl_str_t  *text;
    int64_t           now;
    rfl_str_t         year;        /* as written */
    int               value;
    unsigned          n;
    rfl_year_word_t   words[RFL_YEAR_WORDS];
    /* by group */
    uint8_t           bracket[RFL_YEAR_GROUPS];
    uint8_t           dated[RFL_YEAR_GROUPS];
} rfl_year_line_t;


static int rfl_year_cut(rfl_year_line_t *line);
static int rfl_year_word(rfl_year_line_t *line, rfl_year_word_t *word);
static rfl_year_kind_e rfl_year_kind(const u_char *letters, size_t len);
static int rfl_year_choose(rfl_year_line_t *line);
static void rfl_year_beside(rfl_year_line_t *line, unsigned from, int step);
static int rfl_year_aside(const rfl_year_line_t *line, unsigned i);
static int rfl_year_join(rfl_pool_t *pool, const rfl_year_line_t *line,
    rfl_str_t *name);
static int rfl_year_dated(const rfl_year_line_t *line, unsigned group);
static int rfl_year_mark(uint32_t c);


/*
 * Say beside a year that it is one of birth, letters only and in lower case.
 * None is a name that is common: "nata", "nee" and "le" are.
 */

static const char *const  rfl_year_born[] = {
    "born", "b", "dob", "yob",
    "né", "née", "naissance",
    "nacido", "nacida", "nacimiento", "nascido", "nascida",
    "geboren", "geb", "doğumlu", "doğum",
    "род", "родился", "родилась", "рождения", "гр", "г", "год", "года",
    "году", "дата", "народився", "народилася", "народилась", "народження",
    "нар", "рн", "р", "рік", "року", "році",
    "مواليد", "ولد", "ولدت", "مولود", "مولودة", "المولود", "المولودة",
    "متولد", "تولد", "تاریخ",
    "נולד", "נולדה", "יליד", "ילידת",
    "年", "年生", "月生", "日生", "生", "出生", "年出生", "月出生", "日出生",
    "生于", "出生于", "년", "년생", "년도", NULL
};

/* the same between these and the year; alone they may be names */

static const char *const  rfl_year_little[] = {
    "in", "on", "about", "around", "circa", "ca", "year", "of",
    "en", "vers", "le", "année", "el", "de", "hacia", "año", "em",
    "im", "am", "um", "jahr", "в", "около", "примерно", "у", "близько",
    "приблизно",
    "في", "سنة", "عام", "حوالي", "سال", "در", "حدود",
    "月", "日", "월", "일", NULL
};


int
rfl_query_year_apart(rfl_pool_t *pool, rfl_query_t *query, int64_t now)
{
    int               rc, year;
    unsigned          i;
    rfl_str_t         name;
    rfl_year_line_t  *line;

    for (i = 0; i < query->nfaults; i++) {
        if (query->faults[i].field == RFL_FIELD_NAME) {
            return RFL_OK;
        }
    }

    if (rfl_form_year(&query->name, now, &year) != RFL_OK) {
        return RFL_OK;
    }

    line = rfl_pcalloc(pool, sizeof(rfl_year_line_t));
    if (line == NULL) {
        return RFL_ERROR;
    }

    line->text = &query->name;
    line->now = now;

    if (!rfl_year_cut(line) || !rfl_year_choose(line)) {
        return RFL_OK;
    }

    rc = rfl_year_join(pool, line, &name);
    if (rc != RFL_OK) {
        return rc;
    }

    query->name = name;

    /* who wrote a year into its own field meant that one */

    if (query->birth_year.len == 0) {
        query->birth_year = line->year;
        query->facts.birth_year = line->value;
    }

    return RFL_OK;
}


/* 1 if there is a year, and no number that is of something else */

static int
rfl_year_cut(rfl_year_line_t *line)
{
    int               mark, type, last_type;
    uint32_t          c;
    unsigned          group;
    const u_char     *p, *at, *last;
    rfl_year_word_t  *word;

    word = NULL;
    group = 0;
    last_type = U_UNASSIGNED;

    p = line->text->data;
    last = p + line->text->len;

    while (p < last) {
        at = p;
        c = rfl_utf8_decode(&p, last);
        type = u_charType((UChar32) c);
        mark = rfl_year_mark(c);

        /* scripts that write without spaces do so before a number, too */

        if (word != NULL
            && (mark != 0 || u_isUWhiteSpace((UChar32) c)
                || (type == U_DECIMAL_DIGIT_NUMBER
                    && last_type == U_OTHER_LETTER)
                || (type == U_OTHER_LETTER
                    && last_type == U_DECIMAL_DIGIT_NUMBER)))
        {
            word->end = (size_t) (at - line->text->data);
            word = NULL;
        }

        last_type = type;

        if (mark != 0) {
            group++;
            line->bracket[group] = (mark == '(')
                                   || (mark == ',' && line->bracket[group - 1]);
            continue;
        }

        if (word != NULL || u_isUWhiteSpace((UChar32) c)) {
            continue;
        }

        if (line->n == RFL_YEAR_WORDS) {
            return 0;
        }

        word = &line->words[line->n++];
        word->start = (size_t) (at - line->text->data);
        word->end = line->text->len;
        word->group = group;
    }

    for (group = 0; group < line->n; group++) {
        if (!rfl_year_word(line, &line->words[group])) {
            return 0;
        }
    }

    return line->year.len != 0;
}


/* 0: a telephone number, say */

static int
rfl_year_word(rfl_year_line_t *line, rfl_year_word_t *word)
{
    int            digit, year;
    size_t         n, digits;
    u_char         letters[RFL_YEAR_LETTERS];
    uint32_t       c;
    unsigned       many, found;
    rfl_str_t      run;
    const u_char  *p, *at, *last;

    n = 0;
    many = 0;
    found = 0;
    digits = 0;
    rfl_str_null(&run);

    p = line->text->data + word->start;
    last = line->text->data + word->end;

    for ( ;; ) {
        at = p;
        c = (p < last) ? rfl_utf8_decode(&p, last) : ' ';
        digit = u_charDigitValue((UChar32) c);

        if (digit >= 0) {

            if (digits++ == 0) {
                run.data = (u_char *) at;
            }

            continue;
        }

        if (digits != 0) {
            run.len = (size_t) (at - run.data);

            if (digits == RFL_YEAR_DIGITS
                && rfl_name_year(&run, line->now, &year) == RFL_OK)
            {
                if (line->year.len == 0) {
                    line->year = run;
                    line->value = year;
                }

                found = 1;

            } else if (digits > 2) {
                many = 1;
            }

            word->kind = RFL_YEAR_DATE;
            digits = 0;
        }

        if (at == last) {
            break;
        }

        if (u_isalpha((UChar32) c) && n + U8_MAX_LENGTH <= sizeof(letters)) {
            U8_APPEND_UNSAFE(letters, n, u_tolower((UChar32) c));
        }
    }

    if (n != 0) {

        /* "3abdallah" is a name, "1990г." a year, "Hadad1990" nothing */

        if (found) {
            found = (rfl_year_kind(letters, n) == RFL_YEAR_BORN);
            many |= !found;

        } else {
            word->kind = rfl_year_kind(letters, n);
            many = 0;
        }

    } else if (word->kind != RFL_YEAR_DATE) {
        word->kind = RFL_YEAR_MARK;
    }

    if (found) {
        word->kind = RFL_YEAR_YEAR;
        line->dated[word->group] = 1;
    }

    rfl_memzero(letters, sizeof(letters));

    return !many;
}


static rfl_year_kind_e
rfl_year_kind(const u_char *letters, size_t len)
{
    unsigned            i;
    const char *const  *w;

    static const struct {
        const char *const  *words;
        rfl_year_kind_e     kind;
    } tables[] = {
        { rfl_year_born, RFL_YEAR_BORN },
        { rfl_year_little, RFL_YEAR_LITTLE }
    };

    for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        for (w = tables[i].words; *w != NULL; w++) {
            if (strlen(*w) == len && memcmp(*w, letters, len) == 0) {
                return tables[i].kind;
            }
        }
    }

    return RFL_YEAR_NAME;
}


/* which words are no part of the name; 0 if none would be left */

static int
rfl_year_choose(rfl_year_line_t *line)
{
    unsigned          i, outside, left;
    rfl_year_word_t  *word;

    outside = 0;

    for (i = 0; i < line->n; i++) {
        word = &line->words[i];

        outside += (word->kind == RFL_YEAR_NAME && !rfl_year_aside(line, i));

        if (word->kind == RFL_YEAR_YEAR) {
            word->drop = 1;
            rfl_year_beside(line, i, -1);
            rfl_year_beside(line, i, 1);
        }
    }

    left = 0;

    for (i = 0; i < line->n; i++) {
        word = &line->words[i];

        if (outside >= RFL_YEAR_ENOUGH && rfl_year_aside(line, i)) {
            word->drop = 1;
        }

        left += (!word->drop && word->kind != RFL_YEAR_MARK
                 && word->kind != RFL_YEAR_DATE);
    }

    return left != 0;
}


/* the words on one side of a year that belong to it */

static void
rfl_year_beside(rfl_year_line_t *line, unsigned from, int step)
{
    unsigned          i, last;
    rfl_year_word_t  *word;

    last = from;

    for (i = from + (unsigned) step; i < line->n; i += (unsigned) step) {
        word = &line->words[i];

        if (word->group != line->words[from].group
            || word->kind == RFL_YEAR_NAME)
        {
            break;
        }

        if (word->kind != RFL_YEAR_LITTLE) {
            last = i;
        }
    }

    for (i = from; i != last; i += (unsigned) step) {
        line->words[i + (unsigned) step].drop = 1;
    }
}


/*
 * 1 for a word that stands with a year apart from the name: in brackets, or
 * behind a comma and after "born".
 */

static int
rfl_year_aside(const rfl_year_line_t *line, unsigned i)
{
    unsigned  group;

    group = line->words[i].group;

    if (!rfl_year_dated(line, group)) {
        return 0;
    }

    if (line->bracket[group]) {
        return 1;
    }

    if (group == 0) {
        return 0;
    }

    while (i != 0 && line->words[i - 1].group == group) {
        i--;
    }

    return line->words[i].kind == RFL_YEAR_BORN;
}


/* what stays, with the marks and spaces that it needs */

static int
rfl_year_join(rfl_pool_t *pool, const rfl_year_line_t *line, rfl_str_t *name)
{
    int              mark;
    u_char          *d;
    unsigned         group, i, space;
    uint32_t         c;
    rfl_str_t        comma;
    const u_char    *p, *at, *last;

    /* nothing becomes longer */

    name->data = rfl_palloc(pool, line->text->len + 1);
    if (name->data == NULL) {
        return RFL_ERROR;
    }

    i = 0;
    group = 0;
    space = 0;
    rfl_str_null(&comma);

    d = name->data;
    p = line->text->data;
    last = p + line->text->len;

    while (p < last) {
        at = p;
        c = rfl_utf8_decode(&p, last);
        mark = rfl_year_mark(c);

        while (i < line->n
               && (size_t) (at - line->text->data) >= line->words[i].end)
        {
            i++;
        }

        if (mark == ',') {

            /* in brackets of a year it goes with them */

            if (comma.len == 0
                && !(line->bracket[group] && rfl_year_dated(line, group)))
            {
                comma.data = (u_char *) at;
                comma.len = (size_t) (p - at);
            }

            group++;
            continue;
        }

        /* brackets belong to what is in them */

        if (mark != 0 && !rfl_year_dated(line, group + (mark == '('))) {
            group++;

            if (mark == ')') {
                space = 0;
                comma.len = 0;
            }

        } else if (mark != 0) {
            group++;
            space = 1;
            continue;

        } else if (u_isUWhiteSpace((UChar32) c)
                   || (i < line->n && line->words[i].drop))
        {
            space = 1;
            continue;
        }

        if (d != name->data) {

            if (comma.len != 0) {
                memcpy(d, comma.data, comma.len);
                d += comma.len;
            }

            if (space) {
                *d++ = ' ';
            }
        }

        space = 0;
        comma.len = 0;

        memcpy(d, at, (size_t) (p - at));
        d += p - at;
    }

    *d = '\0';
    name->len = (size_t) (d - name->data);

    return RFL_OK;
}


/* 1 if there is a year in this group, or in the brackets that it is in */

static int
rfl_year_dated(const rfl_year_line_t *line, unsigned group)
{
    if (!line->bracket[group]) {
        return line->dated[group];
    }

    while (line->bracket[group - 1]) {
        group--;
    }

    for ( /* void */ ; line->bracket[group]; group++) {
        if (line->dated[group]) {
            return 1;
        }
    }

    return 0;
}


/*
 * "(" and ")" for brackets of any kind; "," for commas and semicolons, Latin,
 * Arabic, Ethiopic and Chinese; else 0.  Each begins a group.
 */

static int
rfl_year_mark(uint32_t c)
{
    unsigned  i;

    static const uint32_t  commas[] = {
        ',', ';', 0x060c, 0x061b, 0x1363, 0x3001, 0xff0c, 0xff1b
    };

    for (i = 0; i < sizeof(commas) / sizeof(commas[0]); i++) {
        if (c == commas[i]) {
            return ',';
        }
    }

    switch (u_charType((UChar32) c)) {

    case U_START_PUNCTUATION:
        return '(';

    case U_END_PUNCTUATION:
        return ')';

    default:
        return 0;
    }
}
