
/*
 * Copyright (C) The RFL authors
 *
 * names_test.c: the cases of lua-free-tests/names/cases.tsv, one test each:
 * is the entry found or not, and for the reason given.  The file may be
 * given as an argument.
 */


#include "unit.h"

#include "rfl_name.h"
#include "rfl_text.h"


#define CASE_FIELDS  7


typedef struct {
    rfl_str_t  f[CASE_FIELDS];     /* story, expect, query, facts, ... */
} case_t;


static rfl_pool_t  *pool;


static void
case_facts(const rfl_str_t *text, rfl_facts_t *facts)
{
    size_t       i, start;
    rfl_str_t    value;

    memset(facts, 0, sizeof(rfl_facts_t));

    for (i = 0, start = 0; i <= text->len; i++) {

        if (i != text->len && text->data[i] != ';') {
            continue;
        }

        if (i > start + 2 && text->data[start + 1] == '=') {
            value.data = text->data + start + 2;
            value.len = i - start - 2;

            switch (text->data[start]) {

            case 'y':
                facts->birth_year = atoi((char *) value.data);
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
            }
        }

        start = i + 1;
    }
}


static int
case_parse(const rfl_str_t *text, rfl_name_t **name)
{
    rfl_str_t  line;

    if (rfl_text_line(pool, text, RFL_NAME_CHARS, &line) != RFL_OK) {
        return 0;
    }

    return rfl_name_parse(pool, &line, name) == RFL_OK;
}


static int
case_meets(const rfl_keys_t *a, const rfl_keys_t *b)
{
    unsigned  i, j;

    for (i = 0; i < a->n; i++) {
        for (j = 0; j < b->n; j++) {
            if (a->key[i].len == b->key[j].len
                && memcmp(a->key[i].data, b->key[j].data, a->key[i].len) == 0)
            {
                return 1;
            }
        }
    }

    return 0;
}


/* NULL: found; else what kept it from being found */

static const char *
case_run(const case_t *c, unsigned *score, unsigned *why)
{
    int                key;
    unsigned           ask;
    u_char             hint[RFL_HINT_SIZE];
    rfl_keys_t         stored, asked;
    rfl_name_t        *query, *entry;
    rfl_facts_t        qf, ef;
    rfl_hint_extra_t   extra;

    *score = 0;
    *why = 0;

    case_facts(&c->f[3], &qf);
    case_facts(&c->f[5], &ef);

    if (!case_parse(&c->f[2], &query)) {
        return "nothing searchable in the query";
    }

    if (!case_parse(&c->f[4], &entry)) {
        return "nothing searchable in the entry";
    }

    if (rfl_name_entry_keys(pool, &entry, 1, &ef, &stored) != RFL_OK) {
        return "no keys of the entry";
    }

    key = 0;

    for (ask = RFL_ASK_FINE; ask <= RFL_ASK_WIDE && !key; ask++) {
        if (rfl_name_query_keys(pool, query, &qf, ask, &asked) == RFL_OK) {
            key = case_meets(&stored, &asked);
        }
    }

    extra.kind = 1;
    extra.sex = 0;

    rfl_name_hint(&entry, 1, &ef, &extra, hint);

    *score = rfl_name_score(pool, query, &qf, &entry, 1,
                            rfl_name_hint_year(hint), why);

    if (!key) {
        return "no key in common";
    }

    if (rfl_name_hint_match(query, &qf, 0, hint) == 0) {
        return "dropped by the hint";
    }

    return (*score < RFL_SCORE_CUT) ? "score below the cut" : NULL;
}


static void
case_check(const case_t *c, unsigned line)
{
    int          ok, yes;
    char         said[16];
    unsigned     score, why, i;
    const char  *fault;

    fault = case_run(c, &score, &why);
    yes = rfl_str_is(&c->f[1], "yes");
    ok = yes ? (fault == NULL) : (fault != NULL);

    snprintf(said, sizeof(said), "%.*s", (int) c->f[6].len,
             (char *) c->f[6].data);

    if (ok && yes && strcmp(said, "-") != 0) {

        for (i = 0; i < RFL_WHY_N; i++) {
            if (rfl_str_eq(&rfl_why_names[i], &c->f[6])) {
                break;
            }
        }

        if (i == RFL_WHY_N || (why & (1U << i)) == 0) {
            ok = 0;
            fault = "another reason";
        }
    }

    unit_ok(ok, "story %.*s, line %u: %.*s %s %.*s", (int) c->f[0].len,
            (char *) c->f[0].data, line, (int) c->f[2].len,
            (char *) c->f[2].data, yes ? "finds" : "does not find",
            (int) c->f[4].len, (char *) c->f[4].data);

    if (!ok) {
        printf("#   %s; score %u, reasons 0x%x\n",
               fault == NULL ? "found" : fault, score, why);
    }
}


int
main(int argc, char **argv)
{
    case_t       c;
    size_t       i, start, end;
    unsigned     line, n;
    rfl_err_t    err;
    rfl_str_t    file;
    rfl_pool_t  *all;
    const char  *path;

    path = (argc > 1) ? argv[1] : "lua-free-tests/names/cases.tsv";

    all = rfl_pool_create(65536);
    pool = rfl_pool_create(65536);

    if (all == NULL || pool == NULL || rfl_name_init(&err) != RFL_OK
        || rfl_file_read(all, path, 4 * 1024 * 1024, 0, &file, &err)
           != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        return 1;
    }

    for (start = 0, line = 1; start < file.len; start = end + 1, line++) {

        for (end = start; end < file.len && file.data[end] != '\n'; end++) {
            /* void */
        }

        if (end == start || file.data[start] == '#') {
            continue;
        }

        memset(&c, 0, sizeof(case_t));

        for (i = start, n = 0; i <= end && n < CASE_FIELDS; i++) {
            if (i == end || file.data[i] == '\t') {
                c.f[n].data = file.data + start;
                c.f[n].len = i - start;
                start = i + 1;
                n++;
            }
        }

        if (n != CASE_FIELDS) {
            unit_ok(0, "line %u has %u fields", line, n);
            continue;
        }

        case_check(&c, line);
        rfl_pool_reset(pool);
    }

    rfl_pool_destroy(pool);
    rfl_pool_destroy(all);

    return unit_done();
}
