
/*
 * Copyright (C) The RFL authors
 *
 * record_name_test.c: of what a name in a record may be made.  The desk writes
 * no other, and a worker that reads one shows nothing of it: no control
 * character, no line or direction of its own, no space around it.
 */


#include "unit.h"
#include "entry.h"


#define NAME       "Amina Hassan Warsame"
#define NAME_SIZE  (sizeof(NAME) - 1)


typedef struct {
    const char  *bytes;            /* in the place of as many of the name */
    size_t       at;
    int          rc;
    const char  *what;
} name_case_t;


static const name_case_t  name_cases[] = {
    { "A", 0, RFL_OK, "control: as it was" },
    { "\x01", 0, RFL_DECLINED, "a control character" },
    { "\x1f", 3, RFL_DECLINED, "the last of them" },
    { "!", 3, RFL_OK, "what comes behind" },
    { "\n", 5, RFL_DECLINED, "a line" },
    { "\x7e", 3, RFL_OK, "a tilde" },
    { "\x7f", 3, RFL_DECLINED, "DEL" },
    { " ", 0, RFL_DECLINED, "a space before it" },
    { " ", NAME_SIZE - 1, RFL_DECLINED, "a space behind it" },
    { "\xff", 3, RFL_DECLINED, "no UTF-8" },
    { "\xc3", NAME_SIZE - 1, RFL_DECLINED, "half a letter" },
    { "\xc2\x80", 3, RFL_DECLINED, "U+0080" },
    { "\xc2\x9f", 3, RFL_DECLINED, "U+009F" },
    { "\xc2\xa0", 3, RFL_OK, "U+00A0" },
    { "\xe2\x80\xa7", 2, RFL_OK, "U+2027" },
    { "\xe2\x80\xa8", 2, RFL_DECLINED, "U+2028, a line" },
    { "\xe2\x80\xaa", 2, RFL_DECLINED, "U+202A, another direction" },
    { "\xe2\x80\xae", 2, RFL_DECLINED, "U+202E" },
    { "\xe2\x80\xaf", 2, RFL_OK, "U+202F" },
    { "\xe2\x81\xa5", 2, RFL_OK, "U+2065" },
    { "\xe2\x81\xa6", 2, RFL_DECLINED, "U+2066, a direction within" },
    { "\xe2\x81\xa9", 2, RFL_DECLINED, "U+2069" },
    { "\xe2\x81\xaa", 2, RFL_OK, "U+206A" },
    { "\xed\xa0\x80", 2, RFL_DECLINED, "half of a pair" },
    { "\xf0\x90\x80\x80", 2, RFL_OK, "beyond the first plane" },
    { "\xf4\x8f\xbf\xbf", 2, RFL_OK, "the last of all" },
    { "\xf4\x90\x80\x80", 2, RFL_DECLINED, "beyond it" },
    { "\xc0\xaf", 2, RFL_DECLINED, "a longer way to write a slash" }
};


int
main(void)
{
    size_t              i;
    u_char             *name;
    rfl_str_t           record;
    rfl_pool_t         *pool;
    rfl_entry_t         e;
    const name_case_t  *c;

    pool = rfl_pool_create(4096);
    entry_init();
    entry_good(pool, &e);

    if (pool == NULL
        || entry_sign(&e, 0, KEY_A, ENTRY_TODAY) != RFL_OK
        || entry_sign(&e, 1, KEY_B, ENTRY_TODAY) != RFL_OK
        || rfl_record_encode(pool, &e, &record, NULL) != RFL_OK)
    {
        printf("Bail out! no record\n");
        return 1;
    }

    name = memmem(record.data, record.len, NAME, NAME_SIZE);

    unit_ok(name != NULL, "control: the name is in the record");

    for (i = 0; i < sizeof(name_cases) / sizeof(name_cases[0]); i++) {
        c = &name_cases[i];

        memcpy(name + c->at, c->bytes, strlen(c->bytes));

        unit_int(rfl_record_decode(pool, record.data, record.len, &e), c->rc,
                 "S-32: a name with %s", c->what);

        memcpy(name, NAME, NAME_SIZE);
    }

    rfl_pool_destroy(pool);

    return unit_done();
}
