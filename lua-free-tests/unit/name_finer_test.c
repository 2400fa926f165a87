
/*
 * Copyright (C) The RFL authors
 *
 * name_finer_test.c: a name so common that the lists of its consonants are
 * too long, typed with slips: the finer keys of what was meant are asked for.
 */


#include "unit.h"

#include "rfl_name_int.h"


static rfl_pool_t  *pool;


/*
 * 1: a pair stored under the sounds of both parts, because so many people
 * share their consonants, is asked for; with initial != 0 one of an initial
 * and the sound of the other part.
 */

static int
name_meant(const char *typed, const char *stored, int initial)
{
    int           met;
    u_char        all[RFL_WHICH_SIZE];
    unsigned      i, k;
    rfl_str_t     text;
    rfl_key_t    *a, *b;
    rfl_keys_t    keys, more, asked;
    rfl_name_t   *q, *e;
    rfl_facts_t   facts;

    memset(&facts, 0, sizeof(rfl_facts_t));
    memset(&more, 0, sizeof(rfl_keys_t));
    memset(all, 0xff, sizeof(all));

    text.data = (u_char *) (uintptr_t) typed;
    text.len = strlen(typed);
    met = (rfl_name_parse_typed(pool, &text, &q) == RFL_OK
           && rfl_name_query_finer(pool, q, &facts, RFL_ASK_WIDE, all,
                                   sizeof(all), &asked)
              == RFL_OK);

    text.data = (u_char *) (uintptr_t) stored;
    text.len = strlen(stored);
    met = (met && rfl_name_parse(pool, &text, &e) == RFL_OK
           && rfl_name_entry_keys(pool, &e, 1, &facts, &keys) == RFL_OK);

    for (i = 0; met && i < keys.n; i++) {
        met = (rfl_name_finer_keys(pool, &e, 1, &facts, &keys.key[i], &more)
               == RFL_OK);
    }

    for (i = 0; met && i < asked.n; i++) {
        a = &asked.key[i];

        for (k = 0; k < more.n; k++) {
            b = &more.key[k];

            /* "PAA+BB|s" and eight bytes; "=" is an initial */

            if (a->len == b->len && memcmp(a->data, b->data, a->len) == 0
                && a->len > 12 && a->data[a->len - 9] == 's'
                && (memchr(a->data, '=', a->len - 9U) != NULL) == initial)
            {
                return 1;
            }
        }
    }

    return 0;
}


static void
name_finer(void)
{
    unit_ok(name_meant("Smaira Haddad", "Samira Haddad", 0),
            "letters swapped: the sounds that were meant are asked for");
    unit_ok(name_meant("Samira Hadad", "Samira Haddad", 0)
            && name_meant("Samra Haddad", "Samira Haddad", 0),
            "a letter left out");
    unit_ok(name_meant("Samirga Haddad", "Samira Haddad", 0),
            "a letter too much");
    unit_ok(name_meant("Samora Haddad", "Samira Haddad", 0), "another vowel");
    unit_ok(!name_meant("Samira Haddad", "Salma Haddad", 0)
            && !name_meant("Samira Haddad", "Samar Haddad", 0),
            "two other names are not");
    unit_ok(name_meant("Smaira Hasdad", "Samira Haddad", 1),
            "of two parts mistyped one that was meant, by an initial");
    unit_ok(!name_meant("Karima Hasdad", "Samira Haddad", 1)
            && !name_meant("Smaira Haskar", "Salma Haddad", 1),
            "what begins otherwise, or is two slips off, is not");
}


int
main(void)
{
    rfl_err_t  err;

    pool = rfl_pool_create(65536);

    if (pool == NULL || rfl_name_init(&err) != RFL_OK) {
        printf("Bail out! cannot start\n");
        return 1;
    }

    name_finer();

    rfl_pool_destroy(pool);

    return unit_done();
}
