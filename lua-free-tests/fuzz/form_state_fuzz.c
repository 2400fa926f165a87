
/*
 * Copyright (C) The RFL authors
 *
 * form_state_fuzz.c: the hidden field and the token of a result: as they are
 * sent, and, for what lies behind the seal, with the input sealed by us.
 */


#include "fuzz.h"
#include "rfl_box.h"

#include <sodium.h>


#define FUZZ_NOW    1795348800LL
#define FUZZ_PLAIN  4096


static const u_char  key[RFL_FORM_KEY_SIZE];


static rfl_str_t
fuzz_seal(const uint8_t *data, size_t size, const void *aad, size_t len)
{
    char                *text;
    u_char               sealed[24 + FUZZ_PLAIN + 16];
    size_t               room;
    rfl_str_t            s;

    memset(sealed, 0, 24);

    (void) crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + 24, NULL, data,
                           size, aad, len, NULL, sealed, key);

    room = sodium_base64_encoded_len(24 + size + 16,
                           sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text = malloc(room);
    fuzz_assert(text != NULL);

    (void) sodium_bin2base64(text, room, sealed, 24 + size + 16,
                           sodium_base64_VARIANT_URLSAFE_NO_PADDING);

    s.data = (u_char *) text;
    s.len = strlen(text);

    return s;
}


static void
fuzz_open(rfl_pool_t *pool, const rfl_str_t *text)
{
    int                rc;
    rfl_form_state_t   state;
    rfl_entry_token_t  token;

    rc = rfl_form_open(pool, key, RFL_FORM_ALIVE, FUZZ_NOW, text, &state);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED || rc == RFL_FORM_OLD);

    if (rc == RFL_OK) {
        fuzz_assert(state.s.form == RFL_FORM_ALIVE);
        fuzz_assert(state.step <= RFL_STEP_CHECK);
        fuzz_assert(state.first <= state.given);

    } else {
        fuzz_assert(state.s.form == RFL_FORM_NONE && state.given == 0);
    }

    rc = rfl_entry_token_open(pool, key, FUZZ_NOW, text, &token);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED || rc == RFL_FORM_OLD);

    if (rc != RFL_OK) {
        fuzz_assert(token.name.len == 0 && token.given == 0);
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rfl_str_t           text;
    rfl_pool_t         *pool;
    static const char   state[] = "rfl.v1.formstate\1";
    static const char   token[] = "rfl.v1.entrytoken";

    pool = rfl_pool_create(4096);
    fuzz_assert(pool != NULL && sodium_init() != -1);

    text = fuzz_copy(data, size);
    fuzz_open(pool, &text);
    free(text.data);

    if (size <= FUZZ_PLAIN) {
        text = fuzz_seal(data, size, state, sizeof(state) - 1);
        fuzz_open(pool, &text);
        free(text.data);

        text = fuzz_seal(data, size, token, sizeof(token) - 1);
        fuzz_open(pool, &text);
        free(text.data);
    }

    rfl_pool_destroy(pool);

    return 0;
}
