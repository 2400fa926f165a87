
/*
 * Copyright (C) The RFL authors
 *
 * box_code_fuzz.c: codes and references as they were typed: what is read is
 * written again and read as the same.
 */


#include "fuzz.h"
#include "rfl_box.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char     code[RFL_HIDE_CODE_SIZE], again[RFL_HIDE_CODE_SIZE];
    u_char     text[RFL_HIDE_TEXT_SIZE];
    u_char     id[RFL_SUBMISSION_ID_SIZE], same[6];
    u_char     letters[RFL_RECEIPT_TEXT_SIZE];
    u_char     digits[RFL_RECEIPT_DIGITS_SIZE];
    rfl_str_t  typed;

    typed = fuzz_copy(data, size);

    if (rfl_hide_parse(typed.data, typed.len, code) == RFL_OK) {
        rfl_hide_format(code, text);
        fuzz_assert(rfl_hide_parse(text, sizeof(text), again) == RFL_OK
                    && memcmp(code, again, sizeof(code)) == 0);
    }

    memset(id, 0, sizeof(id));

    if (rfl_receipt_parse(typed.data, typed.len, id) == RFL_OK) {
        fuzz_assert((id[5] & 7) == 0);
        rfl_receipt_format(id, letters, digits);
        fuzz_assert(rfl_receipt_parse(letters, sizeof(letters), same)
                    == RFL_OK && memcmp(id, same, 6) == 0);
        fuzz_assert(rfl_receipt_parse(digits, sizeof(digits), same)
                    == RFL_OK && memcmp(id, same, 6) == 0);
    }

    free(typed.data);

    return 0;
}
