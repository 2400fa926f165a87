
/*
 * Copyright (C) The RFL authors
 *
 * name_cost_test.c: what the dearest names cost that are accepted: as many
 * words as fit, with many readings each, or short forms of one name.  No step
 * of a search may hold rfl-keyd or a worker for longer than a moment.
 *
 * Processor time, of the best of a few runs; not where a sanitizer or
 * valgrind (UNIT_NO_TIMES) makes it another.
 */


#include "unit.h"

#include "rfl_name.h"
#include "rfl_text.h"

#include <stdlib.h>
#include <time.h>


#define COST_MAX     20.0          /* milliseconds */
#define COST_RUNS    5
#define COST_WORDS   48
#define COST_HINTS   64            /* elements, a sixteenth of one answer */

#ifdef __SANITIZE_ADDRESS__
#define COST_SKIPPED 1
#else
#define COST_SKIPPED 0
#endif


typedef struct {
    double  parse;
    double  fine;                  /* rfl-keyd: keys, and with finer ones */
    double  wide;
    double  hint;                  /* worker */
    double  score;
} cost_t;


static const char *const  costs[] = {
    "z\u00e9 che jos\u00e9 pepe zeca zez\u00e9 jose chepe pepito",
    "john juan jean ian ivan jan yan johan giovanni",
    "john peter paul james mary anna joe bill kate alex",
    "chrx charx chaqurx",
    "\u4e00\u751f",
    "\u5065\u592a\u90ce \u5927\u751f",
    "\u334d\u3351\u3316",
    "\u30a6\u30e9\u30b8\u30fc\u30df\u30eb",
    "\uae40\uc774\ubc15",
    "\u1019\u1031\u102c\u1004\u103a",
    "\u0e15\u0e23\u0e32\u0e18\u0e23\u0e23\u0e21"
};


#define COST_NAMES   (sizeof(costs) / sizeof(costs[0]))


static rfl_pool_t  *pool;
static u_char       hints[COST_HINTS][RFL_HINT_SIZE];
static rfl_name_t  *people[COST_HINTS];


static double
cost_clock(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);

    return (double) ts.tv_sec * 1000 + (double) ts.tv_nsec / 1e6;
}


/* the words again and again, as far as a name may go */

static void
cost_text(const char *words, rfl_buf_t *b)
{
    size_t       len, chars;
    unsigned     n;
    const char  *p;

    chars = 0;
    p = words;

    for (n = 0; n < COST_WORDS; n++) {
        len = strcspn(p, " ");
        chars += rfl_utf8_length((const u_char *) p, len) + 1;

        if (chars > RFL_NAME_CHARS || b->len + len + 1 > RFL_NAME_BYTES) {
            break;
        }

        if (n != 0) {
            rfl_buf_byte(b, ' ');
        }

        rfl_buf_append(b, p, len);
        p = (p[len] == '\0') ? words : p + len + 1;
    }
}


static int
cost_parse(rfl_pool_t *to, const rfl_str_t *text, int typed, rfl_name_t **name)
{
    int        rc;
    rfl_str_t  line;

    rc = rfl_text_line(to, text, RFL_NAME_CHARS, &line);

    return (rc != RFL_OK) ? rc
           : typed ? rfl_name_parse_typed(to, &line, name)
                   : rfl_name_parse(to, &line, name);
}


/* people of two or three of such words, as they may be in the index */

static void
cost_people(void)
{
    unsigned          i, k;
    rfl_buf_t         b;
    rfl_str_t         text;
    rfl_facts_t       facts;
    rfl_hint_extra_t  extra;

    memset(&facts, 0, sizeof(rfl_facts_t));
    memset(&extra, 0, sizeof(rfl_hint_extra_t));

    for (i = 0; i < COST_HINTS; i++) {
        rfl_buf_init(&b, 0);

        for (k = 0; k < 3; k++) {
            rfl_buf_printf(&b, "%.*s%c%c ",
                           (int) strcspn(costs[(i + k) % COST_NAMES], " "),
                           costs[(i + k) % COST_NAMES], 'a' + (int) (i % 26),
                           "aeiou"[(i + k) % 5]);
        }

        text.data = b.data;
        text.len = b.len;

        if (cost_parse(pool, &text, 0, &people[i]) != RFL_OK) {
            printf("Bail out! a name is not one\n");
            exit(1);
        }

        rfl_name_hint(&people[i], 1, &facts, &extra, hints[i]);
        rfl_buf_free(&b);
    }
}


static int
cost_once(const rfl_str_t *text, cost_t *cost)
{
    int               rc;
    u_char            all[RFL_WHICH_SIZE];
    double            start;
    unsigned          i, why;
    rfl_keys_t        keys;
    rfl_name_t       *name;
    rfl_pool_t       *scratch;
    rfl_facts_t       facts;
    rfl_hint_memo_t  *memo;

    memset(all, 0xff, sizeof(all));
    memset(&facts, 0, sizeof(rfl_facts_t));
    facts.birth_year = 1980;

    scratch = rfl_pool_create(65536);

    start = cost_clock();
    rc = cost_parse(scratch, text, 1, &name);
    cost->parse = cost_clock() - start;

    start = cost_clock();

    if (rc == RFL_OK) {
        rc = rfl_name_query_finer(scratch, name, &facts, RFL_ASK_FINE, all,
                                  sizeof(all), &keys);
    }

    cost->fine = cost_clock() - start;
    start = cost_clock();

    if (rc == RFL_OK) {
        rc = rfl_name_query_finer(scratch, name, &facts, RFL_ASK_WIDE, all,
                                  sizeof(all), &keys);
    }

    cost->wide = cost_clock() - start;
    start = cost_clock();

    memo = rfl_name_hint_memo(scratch);
    facts.birth_year = 0;

    for (i = 0; rc == RFL_OK && i < COST_HINTS; i++) {
        (void) rfl_name_hint_match(name, &facts, 0, hints[i], memo);
    }

    cost->hint = cost_clock() - start;
    start = cost_clock();

    /* sixteen records are read at once */

    for (i = 0; rc == RFL_OK && i < 16; i++) {
        (void) rfl_name_score(scratch, name, &facts, &people[i], 1, 0, &why);
    }

    cost->score = cost_clock() - start;

    rfl_pool_destroy(scratch);

    return rc;
}


static void
cost_name(const char *words)
{
    int        rc;
    cost_t     best, cost;
    unsigned   i;
    rfl_buf_t  b;
    rfl_str_t  text;

    rfl_buf_init(&b, 0);
    cost_text(words, &b);

    text.data = b.data;
    text.len = b.len;

    rc = RFL_OK;
    best.parse = best.fine = best.wide = best.hint = best.score = 1e9;

    for (i = 0; i < COST_RUNS && rc == RFL_OK; i++) {
        rc = cost_once(&text, &cost);

        best.parse = (cost.parse < best.parse) ? cost.parse : best.parse;
        best.fine = (cost.fine < best.fine) ? cost.fine : best.fine;
        best.wide = (cost.wide < best.wide) ? cost.wide : best.wide;
        best.hint = (cost.hint < best.hint) ? cost.hint : best.hint;
        best.score = (cost.score < best.score) ? cost.score : best.score;
    }

    unit_ok(rc == RFL_OK && best.parse < COST_MAX && best.fine < COST_MAX
            && best.wide < COST_MAX && best.hint < COST_MAX
            && best.score < COST_MAX,
            "%s ...: %.2f ms to parse, %.2f fine, %.2f wide, %.2f for hints, "
            "%.2f for records", words, best.parse, best.fine, best.wide,
            best.hint, best.score);

    rfl_buf_free(&b);
}


int
main(void)
{
    size_t     i;
    rfl_err_t  err;

    if (COST_SKIPPED || getenv("UNIT_NO_TIMES") != NULL) {
        printf("1..0 # SKIP times of a sanitizer say nothing\n");
        return 0;
    }

    pool = rfl_pool_create(65536);

    if (pool == NULL || rfl_name_init(&err) != RFL_OK) {
        printf("Bail out! cannot start\n");
        return 1;
    }

    cost_people();

    for (i = 0; i < COST_NAMES; i++) {
        cost_name(costs[i]);
    }

    rfl_pool_destroy(pool);

    return unit_done();
}
