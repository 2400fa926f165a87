
/*
 * Copyright (C) The RFL authors
 *
 * name_fuzz.c: two names, separated by a zero byte, as a visitor and an entry
 * may give them: parsed, made into keys both ways, hinted and scored.  What
 * the hint drops must score under the cut, and a name that is typed exactly
 * as stored must be found.
 */


#include "fuzz.h"
#include "rfl_name.h"
#include "rfl_text.h"


static int
name_meets(const rfl_keys_t *a, const rfl_keys_t *b)
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


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int                rc;
    size_t             len;
    u_char             hint[RFL_HINT_SIZE];
    unsigned           i, n, score, why, other;
    rfl_err_t          err;
    rfl_str_t          text[2], line;
    rfl_keys_t         stored, asked;
    rfl_name_t        *name[2], *known;
    rfl_pool_t        *pool;
    rfl_facts_t        facts;
    rfl_name_memo_t   *memo;
    rfl_hint_extra_t   extra;

    if (rfl_name_init(&err) != RFL_OK) {
        fuzz_assert(0);
    }

    for (len = 0; len < size && data[len] != 0; len++) {
        /* void */
    }

    text[0] = fuzz_copy(data, len);
    text[1] = (len < size) ? fuzz_copy(data + len + 1, size - len - 1)
                           : fuzz_copy(data, len);

    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    memo = rfl_name_memo(pool);

    for (i = 0, n = 0; i < 2; i++) {

        rc = rfl_text_line(pool, &text[i], RFL_NAME_CHARS, &line);

        if (rc == RFL_OK) {
            rc = rfl_name_parse_memo(pool, &line, memo, &known);
        }

        if (rc == RFL_OK) {
            rc = (i == 0) ? rfl_name_parse_typed(pool, &line, &name[n])
                          : rfl_name_parse(pool, &line, &name[n]);
        }

        n += (rc == RFL_OK);
    }

    memset(&facts, 0, sizeof(rfl_facts_t));
    rfl_str_set(&facts.country, "SY");
    facts.birth_year = 1980;

    extra.kind = 1;
    extra.sex = 2;

    if (n == 2) {
        fuzz_assert(rfl_name_entry_keys(pool, &name[1], 1, &facts, &stored)
                    == RFL_OK);
        fuzz_assert(stored.n <= RFL_KEYS_MAX);

        rc = rfl_name_query_keys(pool, name[0], &facts, RFL_ASK_FINE, &asked);
        fuzz_assert(rc != RFL_ERROR && asked.n <= RFL_KEYS_MAX);

        rfl_name_hint(&name[1], 1, &facts, &extra, hint);

        score = rfl_name_score(pool, name[0], &facts, &name[1], 1, 1980,
                               &why);
        fuzz_assert(score <= 1000);

        /* with words that were in the other name, and when asked again */

        for (i = 0; i < 2; i++) {
            fuzz_assert(rfl_name_score(pool, name[0], &facts, &known, 1, 1980,
                                       &other)
                        == score && other == why);
        }

        if (rfl_name_hint_match(name[0], &facts, 0, hint, NULL) == 0) {
            fuzz_assert(score < RFL_SCORE_CUT);
        }

        /* itself */

        rc = rfl_name_query_keys(pool, name[1], &facts, RFL_ASK_FINE, &asked);
        fuzz_assert(rc != RFL_ERROR);

        if (rc == RFL_OK && rfl_name_parts(name[1]) > 0) {
            fuzz_assert(stored.n == 0 || name_meets(&stored, &asked));
        }

        rc = rfl_name_query_keys(pool, name[0], &facts, RFL_ASK_WIDE, &asked);
        fuzz_assert(rc != RFL_ERROR && asked.n <= RFL_KEYS_MAX);
    }

    rfl_pool_destroy(pool);
    free(text[0].data);
    free(text[1].data);

    return 0;
}
