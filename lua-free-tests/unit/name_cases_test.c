
/*
 * Copyright (C) The RFL authors
 *
 * name_cases_test.c: the cases of lua-free-tests/names/cases*.tsv, the way
 * they go in the product: do keys of the question meet keys of the entry,
 * does the hint let the element pass, is the score above the cut, is the
 * reason given.  Files given as arguments are run instead.
 *
 * not-yet.tsv holds what a family would expect and the search cannot do.
 * Its first line says how many; more than that is a failure, less is news.
 */


#include "unit.h"

#include <glob.h>

#include "rfl_name.h"
#include "rfl_text.h"


#define CASE_DIR      "lua-free-tests/names/"
#define CASE_FIELDS   7
#define CASE_LEAST    600
#define CASE_STORIES  18
#define CASE_NOW      1767225600   /* 2026-01-01 */


/* fields of a line */

enum {
    CASE_STORY = 0,
    CASE_EXPECT,
    CASE_QUERY,
    CASE_QUERY_FACTS,
    CASE_ENTRY,
    CASE_ENTRY_FACTS,
    CASE_REASONS
};

typedef struct {
    rfl_str_t    f[CASE_FIELDS];
    const char  *file;
    unsigned     line;
} case_t;

/* what came of a question */

typedef struct {
    unsigned     score;
    unsigned     why;
    const char  *fault;            /* why the entry is not found, or NULL */
    int          ask;              /* one more detail is asked for */
} case_answer_t;


static void case_file(const char *path, int yet);
static int case_parse(case_t *c, rfl_str_t line);
static int case_check(const case_t *c, int back, int yet);
static const char *case_verdict(const case_t *c, int back,
    const case_answer_t *a);
static const char *case_reasons(const rfl_str_t *list, int back,
    unsigned why);
static void case_run(const case_t *c, int back, case_answer_t *a);
static int case_facts(const rfl_str_t *text, rfl_facts_t *facts);
static unsigned case_names(rfl_str_t text, int typed,
    rfl_name_t *names[RFL_NAMES_MAX]);
static int case_meets(const rfl_keys_t *a, const rfl_keys_t *b);


static rfl_pool_t  *pool;
static unsigned     count, yet_count, yet_limit;
static unsigned     story_yes[CASE_STORIES + 1], story_no[CASE_STORIES + 1];


int
main(int argc, char **argv)
{
    int        i;
    glob_t     files;
    size_t     k;
    rfl_err_t  err;

    pool = rfl_pool_create(65536);

    if (pool == NULL || rfl_name_init(&err) != RFL_OK) {
        printf("Bail out! %s\n", (pool == NULL) ? "out of memory" : err.text);
        return 1;
    }

    if (argc > 1) {

        for (i = 1; i < argc; i++) {
            case_file(argv[i], 0);
        }

        rfl_pool_destroy(pool);

        return unit_done();
    }

    if (glob(CASE_DIR "cases*.tsv", 0, NULL, &files) != 0) {
        printf("Bail out! no %scases*.tsv here\n", CASE_DIR);
        return 1;
    }

    for (k = 0; k < files.gl_pathc; k++) {
        case_file(files.gl_pathv[k], 0);
    }

    globfree(&files);

    unit_ok(count >= CASE_LEAST, "%u cases, at least %u", count, CASE_LEAST);

    for (i = 1; i <= CASE_STORIES; i++) {
        unit_ok(story_yes[i] > 0 && story_no[i] > 0,
                "story %d: %u found, %u kept out", i, story_yes[i],
                story_no[i]);
    }

    case_file(CASE_DIR "not-yet.tsv", 1);

    unit_ok(yet_count <= yet_limit, "known not yet: %u, at most %u", yet_count,
            yet_limit);

    rfl_pool_destroy(pool);

    return unit_done();
}


static void
case_file(const char *path, int yet)
{
    int          both;
    case_t       c;
    size_t       start, end;
    rfl_err_t    err;
    rfl_str_t    file, line;
    rfl_pool_t  *all;

    all = rfl_pool_create(65536);

    if (all == NULL
        || rfl_file_read(all, path, 4 * 1024 * 1024, 0, &file, &err) != RFL_OK)
    {
        unit_ok(0, "%s: %s", path, (all == NULL) ? "out of memory" : err.text);
        rfl_pool_destroy(all);
        return;
    }

    memset(&c, 0, sizeof(case_t));
    c.file = (strrchr(path, '/') == NULL) ? path : strrchr(path, '/') + 1;

    if (yet && sscanf((char *) file.data, "# at most %u", &yet_limit) != 1) {
        unit_ok(0, "%s begins with \"# at most\" and a number", c.file);
    }

    for (start = 0; start < file.len; start = end + 1) {

        for (end = start; end < file.len && file.data[end] != '\n'; end++) {
            /* void */
        }

        c.line++;

        if (end == start || file.data[start] == '#') {
            continue;
        }

        line.data = file.data + start;
        line.len = end - start;

        if (!case_parse(&c, line)) {
            unit_ok(0, "%s:%u: %u fields, a story and what to expect", c.file,
                    c.line, CASE_FIELDS);
            continue;
        }

        both = rfl_str_is(&c.f[CASE_EXPECT], "both")
               || rfl_str_is(&c.f[CASE_EXPECT], "never");

        if (!case_check(&c, 0, yet) || (both && !case_check(&c, 1, yet))) {
            yet_count += (yet != 0);

        } else if (yet) {
            printf("# %s:%u is found as it should be: move it to the cases\n",
                   c.file, c.line);
        }
    }

    rfl_pool_destroy(all);
}


static int
case_parse(case_t *c, rfl_str_t line)
{
    int         story;
    size_t      i, start;
    unsigned    n;
    rfl_str_t  *e;

    for (i = 0, start = 0, n = 0; i <= line.len; i++) {

        if (i == line.len || line.data[i] == '\t') {

            if (n == CASE_FIELDS || i == start) {
                return 0;
            }

            c->f[n].data = line.data + start;
            c->f[n].len = i - start;
            n++;
            start = i + 1;
        }
    }

    story = atoi((char *) c->f[CASE_STORY].data);
    e = &c->f[CASE_EXPECT];

    return n == CASE_FIELDS && story >= 1 && story <= CASE_STORIES
           && (rfl_str_is(e, "yes") || rfl_str_is(e, "both")
               || rfl_str_is(e, "no") || rfl_str_is(e, "never")
               || rfl_str_is(e, "ask"));
}


/* one question, or with back the entry's name asked for what was asked */

static int
case_check(const case_t *c, int back, int yet)
{
    int               story, yes;
    const char       *fault;
    case_answer_t     a;
    const rfl_str_t  *q, *e;

    case_run(c, back, &a);
    rfl_pool_reset(pool);

    fault = case_verdict(c, back, &a);

    if (yet) {
        return fault == NULL;
    }

    q = &c->f[back ? CASE_ENTRY : CASE_QUERY];
    e = &c->f[back ? CASE_QUERY : CASE_ENTRY];
    story = atoi((char *) c->f[CASE_STORY].data);
    yes = rfl_str_is(&c->f[CASE_EXPECT], "yes")
          || rfl_str_is(&c->f[CASE_EXPECT], "both");

    count++;
    story_yes[story] += (unsigned) yes;
    story_no[story] += (unsigned) !yes;

    unit_ok(fault == NULL, "story %d, %s:%u: %.*s %s %.*s", story, c->file,
            c->line, (int) q->len, (char *) q->data,
            yes ? "finds" : "does not find", (int) e->len, (char *) e->data);

    if (fault != NULL) {
        printf("#   %s; score %u, reasons 0x%x\n", fault, a.score, a.why);
    }

    return fault == NULL;
}


/* NULL: as expected */

static const char *
case_verdict(const case_t *c, int back, const case_answer_t *a)
{
    const rfl_str_t  *e;

    e = &c->f[CASE_EXPECT];

    if (rfl_str_is(e, "ask")) {
        return a->ask ? NULL : "no further detail was asked for";
    }

    if (rfl_str_is(e, "no") || rfl_str_is(e, "never")) {
        return (a->fault != NULL) ? NULL : "found";
    }

    if (a->fault != NULL) {
        return a->fault;
    }

    return case_reasons(&c->f[CASE_REASONS], back, a->why);
}


/* every reason of the list, with commas between them; "-" is none */

static const char *
case_reasons(const rfl_str_t *list, int back, unsigned why)
{
    size_t     i, start;
    unsigned   k, bit;
    rfl_str_t  one;

    if (rfl_str_is(list, "-")) {
        return NULL;
    }

    for (i = 0, start = 0; i <= list->len; i++) {

        if (i != list->len && list->data[i] != ',') {
            continue;
        }

        one.data = list->data + start;
        one.len = i - start;
        start = i + 1;

        for (k = 0; k < RFL_WHY_N && !rfl_str_eq(&rfl_why_names[k], &one);
             k++)
        {
            /* void */
        }

        bit = 1U << k;

        if (back && (bit & (RFL_WHY_PART_MISSING|RFL_WHY_PART_ADDED))) {
            bit ^= RFL_WHY_PART_MISSING|RFL_WHY_PART_ADDED;
        }

        if (k == RFL_WHY_N) {
            return "the reason expected does not exist";
        }

        if ((why & bit) == 0) {
            return "another reason";
        }
    }

    return NULL;
}


static void
case_run(const case_t *c, int back, case_answer_t *a)
{
    int                key, rc;
    u_char             hint[RFL_HINT_SIZE];
    unsigned           n, asking;
    rfl_keys_t         stored, asked;
    rfl_name_t        *query[RFL_NAMES_MAX], *entry[RFL_NAMES_MAX];
    rfl_facts_t        qf, ef;
    rfl_hint_extra_t   extra;

    memset(a, 0, sizeof(case_answer_t));

    if (!case_facts(&c->f[back ? CASE_ENTRY_FACTS : CASE_QUERY_FACTS], &qf)
        || !case_facts(&c->f[back ? CASE_QUERY_FACTS : CASE_ENTRY_FACTS], &ef))
    {
        a->fault = "a year or a fact is not understood";
        return;
    }

    n = case_names(c->f[back ? CASE_QUERY : CASE_ENTRY], 0, entry);

    if (n == 0) {
        a->fault = "nothing searchable in the entry";
        return;
    }

    if (case_names(c->f[back ? CASE_ENTRY : CASE_QUERY], 1, query) != 1) {
        a->ask = 1;
        a->fault = "nothing searchable in the question";
        return;
    }

    if (rfl_name_entry_keys(pool, entry, n, &ef, &stored) != RFL_OK) {
        a->fault = "no keys of the entry";
        return;
    }

    key = 0;
    a->ask = 1;

    for (asking = RFL_ASK_FINE; asking <= RFL_ASK_WIDE && !key; asking++) {

        rc = rfl_name_query_keys(pool, query[0], &qf, asking, &asked);

        if (rc == RFL_OK) {
            a->ask = 0;
            key = case_meets(&stored, &asked);
        }
    }

    extra.kind = 1;
    extra.sex = 0;

    rfl_name_hint(entry, n, &ef, &extra, hint);

    a->score = rfl_name_score(pool, query[0], &qf, entry, n,
                              rfl_name_hint_year(hint), &a->why);

    if (!key) {
        a->fault = "no key in common";

    } else if (rfl_name_hint_match(query[0], &qf, 0, hint, NULL) == 0) {
        a->fault = "dropped by the hint";

    } else if (a->score < RFL_SCORE_CUT) {
        a->fault = "score below the cut";
    }

    /* as the search does where a single part has found nothing */

    if (a->fault != NULL && rfl_name_parts(query[0]) < 2
        && rfl_str_is(&c->f[back ? CASE_ENTRY_FACTS : CASE_QUERY_FACTS], "-"))
    {
        a->ask = 1;
    }
}


/* y=year in any calendar;c=country;f=father;m=mother;g=grandfather, or - */

static int
case_facts(const rfl_str_t *text, rfl_facts_t *facts)
{
    size_t     i, start;
    rfl_str_t  value;

    memset(facts, 0, sizeof(rfl_facts_t));

    if (rfl_str_is(text, "-")) {
        return 1;
    }

    for (i = 0, start = 0; i <= text->len; i++) {

        if (i != text->len && text->data[i] != ';') {
            continue;
        }

        if (i < start + 3 || text->data[start + 1] != '=') {
            return 0;
        }

        value.data = text->data + start + 2;
        value.len = i - start - 2;

        switch (text->data[start]) {

        case 'y':
            if (rfl_name_year(&value, CASE_NOW, &facts->birth_year) != RFL_OK) {
                return 0;
            }

            break;

        case 'c':
            facts->country = value;
            break;

        case 'f':
            facts->father = value;
            break;

        case 'm':
            facts->mother = value;
            break;

        case 'g':
            facts->grandfather = value;
            break;

        default:
            return 0;
        }

        start = i + 1;
    }

    return 1;
}


/* the names of an entry, with a bar between them */

static unsigned
case_names(rfl_str_t text, int typed, rfl_name_t *names[RFL_NAMES_MAX])
{
    int        rc;
    size_t     i, start;
    unsigned   n;
    rfl_str_t  one, line;

    for (i = 0, start = 0, n = 0; i <= text.len && n < RFL_NAMES_MAX; i++) {

        if (i != text.len && text.data[i] != '|') {
            continue;
        }

        one.data = text.data + start;
        one.len = i - start;
        start = i + 1;

        rc = rfl_text_line(pool, &one, RFL_NAME_CHARS, &line);

        if (rc == RFL_OK) {
            rc = typed ? rfl_name_parse_typed(pool, &line, &names[n])
                       : rfl_name_parse(pool, &line, &names[n]);
        }

        if (rc != RFL_OK) {
            return 0;
        }

        n++;
    }

    return n;
}


static int
case_meets(const rfl_keys_t *a, const rfl_keys_t *b)
{
    unsigned  i, k;

    for (i = 0; i < a->n; i++) {
        for (k = 0; k < b->n; k++) {
            if (a->key[i].len == b->key[k].len
                && memcmp(a->key[i].data, b->key[k].data, a->key[i].len) == 0)
            {
                return 1;
            }
        }
    }

    return 0;
}
