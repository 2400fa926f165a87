
/*
 * Copyright (C) The RFL authors
 *
 * name_memo_test.c: a search that remembers words of the records before finds
 * in each of them what one would that has seen no other.  The names of all
 * cases, line by line, are records of one question after the other.
 */


#include "unit.h"

#include "rfl_name_int.h"
#include "rfl_text.h"

#include <glob.h>


#define MEMO_DIR     "lua-free-tests/names/"
#define MEMO_NAMES   400           /* records of one question */
#define MEMO_LEAST   3000


/* what is typed, and what it is compared with */

static const char *const  typed[] = {
    "Mohamed Abdul Rahman Ould Ali", "Maria da Silva Santos",
    "Kim Min-jun", "Nguyen Thi An", "Ivan Petrenko", "U Tin Oo"
};

#define MEMO_TYPED   (sizeof(typed) / sizeof(typed[0]))

static rfl_pool_t       *pool, *scratch;
static rfl_name_t       *query[MEMO_TYPED];
static rfl_name_memo_t  *memo;
static unsigned          count, wrong, scored;


static void
memo_begin(void)
{
    unsigned   i;
    rfl_str_t  text;

    rfl_pool_reset(pool);

    memo = rfl_name_memo(pool);

    for (i = 0; i < MEMO_TYPED; i++) {
        text.data = (u_char *) (uintptr_t) typed[i];
        text.len = strlen(typed[i]);

        if (memo == NULL
            || rfl_name_parse_typed(pool, &text, &query[i]) != RFL_OK)
        {
            printf("Bail out! cannot begin\n");
            exit(1);
        }
    }
}


/* part by part, and as it is compared and stored */

static int
memo_same(rfl_name_t *a, rfl_name_t *b)
{
    u_char            x[RFL_HINT_SIZE], y[RFL_HINT_SIZE];
    unsigned          i, k, why, other, score;
    rfl_facts_t       facts;
    rfl_hint_extra_t  extra;

    memset(&facts, 0, sizeof(rfl_facts_t));
    memset(&extra, 0, sizeof(rfl_hint_extra_t));

    rfl_name_hint(&a, 1, &facts, &extra, x);
    rfl_name_hint(&b, 1, &facts, &extra, y);

    if (memcmp(x, y, RFL_HINT_SIZE) != 0) {
        return 0;
    }

    for (i = 0; i < MEMO_TYPED; i++) {
        score = rfl_name_score(scratch, query[i], &facts, &a, 1, 0, &why);

        if (rfl_name_score(scratch, query[i], &facts, &b, 1, 0, &other)
            != score || why != other)
        {
            return 0;
        }

        scored += (score >= RFL_SCORE_CUT);
    }

    for ( /* void */ ; a != NULL && b != NULL; a = a->alt, b = b->alt) {

        if (a->nparts != b->nparts || a->nnames != b->nnames) {
            return 0;
        }

        for (i = 0; i < a->nparts; i++) {
            if (a->parts[i].type != b->parts[i].type
                || a->parts[i].flags != b->parts[i].flags
                || a->parts[i].script != b->parts[i].script
                || a->parts[i].form != b->parts[i].form
                || a->parts[i].viet != b->parts[i].viet
                || a->parts[i].known != b->parts[i].known
                || memcmp(a->parts[i].nick, b->parts[i].nick,
                          sizeof(b->parts[i].nick))
                   != 0
                || a->parts[i].nletters != b->parts[i].nletters
                || memcmp(a->parts[i].letters, b->parts[i].letters,
                          b->parts[i].nletters * sizeof(uint16_t))
                   != 0
                || a->parts[i].nreadings != b->parts[i].nreadings)
            {
                return 0;
            }

            for (k = 0; k < b->parts[i].nreadings; k++) {
                if (a->parts[i].readings[k].flags
                    != b->parts[i].readings[k].flags
                    || a->parts[i].readings[k].len
                       != b->parts[i].readings[k].len
                    || memcmp(a->parts[i].readings[k].ph,
                              b->parts[i].readings[k].ph,
                              b->parts[i].readings[k].len)
                       != 0)
                {
                    return 0;
                }
            }
        }
    }

    return a == NULL && b == NULL;
}


static void
memo_name(const u_char *data, size_t len)
{
    int          rc;
    rfl_str_t    text, line;
    rfl_name_t  *alone, *known;

    text.data = (u_char *) (uintptr_t) data;
    text.len = len;

    if (rfl_text_line(scratch, &text, RFL_NAME_CHARS, &line) != RFL_OK) {
        return;
    }

    if (count % MEMO_NAMES == 0) {
        memo_begin();
    }

    count++;

    rc = rfl_name_parse(scratch, &line, &alone);

    if (rc != rfl_name_parse_memo(scratch, &line, memo, &known)
        || (rc == RFL_OK && !memo_same(alone, known)))
    {
        wrong++;
        printf("# %.*s\n", (int) len, data);
    }

    rfl_pool_reset(scratch);
}


/* the same word is not read again, and is read where it means another thing */

static void
memo_words(void)
{
    unsigned     i;
    rfl_str_t    text;
    rfl_name_t  *name[4];

    static const char *const  words[] = {
        "Van Sok", "Ko Van", "Jan van der Berg", "J. Sok"
    };

    memo_begin();

    for (i = 0; i < 4; i++) {
        text.data = (u_char *) (uintptr_t) words[i];
        text.len = strlen(words[i]);
        unit_int(rfl_name_parse_memo(pool, &text, memo, &name[i]), RFL_OK,
                 "%s", words[i]);
    }

    unit_ok(name[1]->parts[1].readings == name[0]->parts[0].readings,
            "a word is read once");
    unit_ok(name[2]->parts[1].type == RFL_PART_PARTICLE
            && name[0]->parts[0].type == RFL_PART_NAME,
            "a name in one place, a particle in another");
    unit_ok(name[3]->parts[1].readings == name[0]->parts[1].readings
            && name[3]->parts[0].type == RFL_PART_INITIAL,
            "beside an initial, too");
}


/* whatever stands between tabs and bars is some name */

static void
memo_file(const char *path)
{
    size_t       i, start;
    rfl_err_t    err;
    rfl_str_t    file;
    rfl_pool_t  *all;

    all = rfl_pool_create(65536);

    if (all == NULL
        || rfl_file_read(all, path, 4 * 1024 * 1024, 0, &file, &err) != RFL_OK)
    {
        unit_ok(0, "%s can be read", path);
        rfl_pool_destroy(all);
        return;
    }

    for (i = 0, start = 0; i < file.len; i++) {

        if (strchr("\t|\n", file.data[i]) != NULL) {
            memo_name(&file.data[start], i - start);
            start = i + 1;
        }
    }

    rfl_pool_destroy(all);
}


int
main(void)
{
    glob_t     files;
    size_t     k;
    rfl_err_t  err;

    pool = rfl_pool_create(65536);
    scratch = rfl_pool_create(65536);

    if (pool == NULL || scratch == NULL || rfl_name_init(&err) != RFL_OK
        || glob(MEMO_DIR "cases*.tsv", 0, NULL, &files) != 0)
    {
        printf("Bail out! cannot start\n");
        return 1;
    }

    memo_words();

    for (k = 0; k < files.gl_pathc; k++) {
        memo_file(files.gl_pathv[k]);
    }

    globfree(&files);

    unit_ok(count >= MEMO_LEAST, "%u names, at least %u", count, MEMO_LEAST);
    unit_ok(scored > 50, "%u pairs of names are alike", scored);
    unit_int(wrong, 0, "names that come out otherwise beside others");

    rfl_pool_destroy(pool);
    rfl_pool_destroy(scratch);

    return unit_done();
}
