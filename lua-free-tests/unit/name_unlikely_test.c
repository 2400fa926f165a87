
/*
 * Copyright (C) The RFL authors
 *
 * name_unlikely_test.c: how unlikely the keys of a question are: what was typed
 * is the likeliest, and what takes more to be meant is less so.
 */


#include "unit.h"

#include "rfl_name_key.h"


static rfl_pool_t  *pool;


/* of the likeliest key by which the question meets the name; -1: of none */

static int
unlikely_met(rfl_ask_e ask, const char *typed, const char *stored)
{
    int           best;
    unsigned      i;
    rfl_str_t     text;
    rfl_key_t    *key;
    rfl_keys_t    asked, keys;
    rfl_name_t   *q, *e;
    rfl_facts_t   facts;

    memset(&facts, 0, sizeof(rfl_facts_t));
    facts.birth_year = 1987;

    text.data = (u_char *) (uintptr_t) typed;
    text.len = strlen(typed);

    if (rfl_name_parse_typed(pool, &text, &q) != RFL_OK
        || rfl_name_query_keys(pool, q, &facts, ask, &asked) != RFL_OK)
    {
        return -1;
    }

    text.data = (u_char *) (uintptr_t) stored;
    text.len = strlen(stored);

    if (rfl_name_parse(pool, &text, &e) != RFL_OK
        || rfl_name_entry_keys(pool, &e, 1, &facts, &keys) != RFL_OK)
    {
        return -1;
    }

    best = -1;

    for (i = 0; i < asked.n; i++) {
        key = &asked.key[i];

        if (key->data[0] == RFL_KEY_PAIR && rfl_keys_find(&keys, key) >= 0
            && (best < 0 || key->unlikely < best))
        {
            best = key->unlikely;
        }
    }

    return best;
}


static void
unlikely_order(void)
{
    int  typed, slip, slips;

    typed = unlikely_met(RFL_ASK_FINE, "Amina Halabi", "Amina Halabi");
    slip = unlikely_met(RFL_ASK_WIDE, "Amina Haladi", "Amina Halabi");
    slips = unlikely_met(RFL_ASK_WIDE, "Amima Haladi", "Amina Halabi");

    unit_int(typed, 0, "what was typed");
    unit_int(unlikely_met(RFL_ASK_FINE, "A. Halabi", "Amina Halabi"), 0,
             "an initial as typed");
    unit_int(unlikely_met(RFL_ASK_WIDE, "Amina Haladi", "Amina Halil"), 0,
             "one part as typed, and how the other begins");
    unit_ok(unlikely_met(RFL_ASK_FINE, "Jose Marin", "Hose Marin") > typed,
            "another reading is less likely");
    unit_ok(slips > slip && slip >= typed, "two slips less than one");
    unit_ok(unlikely_met(RFL_ASK_WIDE, "Anina Obeid Halabi",
                         "Ahina Rashid Halabi")
            > unlikely_met(RFL_ASK_WIDE, "Anina Halabi", "Ahina Halabi"),
            "of three parts an initial less than of two");
    unit_int(unlikely_met(RFL_ASK_FINE, "Amina Halabi", "Omar Haddad"), -1,
             "control: somebody else is not met");
}


/* of the least likely of these keys, and of those before */

static unsigned
unlikely_least(const rfl_keys_t *keys, unsigned most)
{
    unsigned  i;

    for (i = 0; i < keys->n; i++) {
        if (keys->key[i].unlikely > most) {
            most = keys->key[i].unlikely;
        }
    }

    return most;
}


/* of all keys: rfl-keyd's answer has no room for more than this */

static void
unlikely_most(void)
{
    u_char        all[RFL_WHICH_SIZE];
    unsigned      i, ask, most, keys;
    rfl_str_t     text;
    rfl_keys_t    asked[2];
    rfl_name_t   *q;
    rfl_facts_t   facts;

    static const char *const  typed[] = {
        "Amina Halabi", "Mohammed Abdelrahman", "O. Shevchenko",
        "Jose Maria Garcia", "Nguyen Van An", "Abu Bakr al-Siddiq Omar",
        "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e",
        "\xd9\x84\xd9\x8a\xd9\x84\xd9\x89 \xd8\xad\xd9\x84\xd8\xa8\xd9\x8a"
    };

    memset(all, 0xff, sizeof(all));
    memset(&facts, 0, sizeof(rfl_facts_t));
    facts.birth_year = 1987;
    most = 0;
    keys = 0;

    for (i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {

        text.data = (u_char *) (uintptr_t) typed[i];
        text.len = strlen(typed[i]);

        if (rfl_name_parse_typed(pool, &text, &q) != RFL_OK) {
            unit_ok(0, "%s is a name", typed[i]);
            continue;
        }

        for (ask = RFL_ASK_FINE; ask <= RFL_ASK_WIDE; ask++) {

            if (rfl_name_query_keys(pool, q, &facts, (rfl_ask_e) ask,
                                    &asked[0])
                != RFL_OK
                || rfl_name_query_finer(pool, q, &facts, (rfl_ask_e) ask, all,
                                        sizeof(all), &asked[1])
                   != RFL_OK)
            {
                continue;
            }

            most = unlikely_least(&asked[0], most);
            most = unlikely_least(&asked[1], most);
            keys += asked[0].n + asked[1].n;
        }
    }

    unit_ok(keys > 1000 && most > 0, "control: %u keys, up to %u", keys, most);
    unit_ok(most <= RFL_UNLIKELY_MAX, "none beyond what an answer may say");
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

    unlikely_order();
    unlikely_most();

    rfl_pool_destroy(pool);

    return unit_done();
}
