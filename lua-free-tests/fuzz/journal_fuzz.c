
/*
 * Copyright (C) The RFL authors
 *
 * journal_fuzz.c: a line of the desk's journal, as the file has it, and as
 * somebody would write it who had the desk's key.  Only what was signed is
 * read, each of its members is one line, and no other key reads it.
 */


#include "fuzz.h"
#include "rfl_journal.h"
#include "rfl_journal_int.h"
#include "rfl_query.h"

#include <sodium.h>


static void fuzz_member(const rfl_str_t *s);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int                   rc;
    u_char                pk[RFL_SIGN_PUBLIC_SIZE];
    rfl_buf_t             line;
    rfl_str_t             text;
    rfl_pool_t           *pool;
    rfl_journal_read_t    read;

    static rfl_keyfile_t  key;
    static unsigned       ready;
    static u_char         seed[crypto_sign_SEEDBYTES];

    if (!ready) {
        fuzz_assert(sodium_init() != -1);
        rfl_json_init();
        (void) crypto_sign_seed_keypair(key.pk, key.sk, seed);
        ready = 1;
    }

    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL);

    /* as the file has it: not signed, unless the fuzzer has found a way */

    text = fuzz_copy(data, size);
    fuzz_assert(rfl_journal_read(pool, text.data, text.len, key.pk, &read)
                == RFL_DECLINED);
    free(text.data);

    rfl_buf_init(&line, 0);
    rfl_buf_append(&line, data, size);
    rfl_journal_sign(&key, &line);
    fuzz_assert(!line.failed);

    text = fuzz_copy(line.data, line.len);
    rfl_buf_free(&line);

    rc = rfl_journal_read(pool, text.data, text.len, key.pk, &read);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED);

    if (rc == RFL_OK) {
        fuzz_assert(read.act.n >= 1);
        fuzz_member(&read.act.line.who);
        fuzz_member(&read.act.line.act);
        fuzz_member(&read.act.line.item);
        fuzz_member(&read.act.line.from);
        fuzz_member(&read.act.line.to);
        fuzz_member(&read.act.line.why);

        memcpy(pk, key.pk, sizeof(pk));
        pk[0] ^= 1;
        fuzz_assert(rfl_journal_read(pool, text.data, text.len, pk, &read)
                    == RFL_DECLINED);
    }

    free(text.data);
    rfl_pool_destroy(pool);

    return 0;
}


static void
fuzz_member(const rfl_str_t *s)
{
    size_t  i;

    for (i = 0; i < s->len; i++) {
        fuzz_assert(s->data[i] >= 0x20 && s->data[i] != 0x7f);
    }
}
