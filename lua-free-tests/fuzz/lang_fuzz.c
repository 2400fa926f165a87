
/*
 * Copyright (C) The RFL authors
 *
 * lang_fuzz.c: Accept-Language.  Any bytes choose an offered language or
 * none, and the same one again.
 */


#include "fuzz.h"
#include "rfl_po.h"


static const rfl_str_t  fuzz_langs[] = {
    rfl_string("en"), rfl_string("fr"), rfl_string("ar"),
    rfl_string("fa-AF"), rfl_string("zh-Hans"), rfl_string("zh-Hant")
};

#define FUZZ_LANGS  (sizeof(fuzz_langs) / sizeof(fuzz_langs[0]))


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int        lang;
    rfl_str_t  text;

    text = fuzz_copy(data, size);

    lang = rfl_lang_choose(text.data, text.len, fuzz_langs, FUZZ_LANGS);

    fuzz_assert(lang >= -1 && lang < (int) FUZZ_LANGS);
    fuzz_assert(lang == rfl_lang_choose(text.data, text.len, fuzz_langs,
                                        FUZZ_LANGS));

    free(text.data);

    return 0;
}
