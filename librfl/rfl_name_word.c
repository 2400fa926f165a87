
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_word.c: words in a name that identify nobody: particles (al, bin,
 * de, van) and titles (Mr, Haji, U, Daw).  They make no key and weigh
 * nothing in the score.  Own writing.
 */


#include "rfl_name_int.h"


/* sorted by strcmp() */

static const char  *rfl_word_particles[] = {
    "abu", "ad", "ag", "al", "an", "ap", "ar", "as", "at", "az", "ben",
    "bin", "bint", "binti", "bn", "d", "da", "dal", "das", "de", "degli",
    "dei", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
    "e", "el", "ibn", "il", "la", "las", "le", "los", "oglu", "ould", "qizi",
    "ter", "uld", "ul", "um", "umm", "und", "van", "von", "vom", "wa",
    "walad", "wald", "y", "zu", "zum", "zur"
};

static const char  *rfl_word_titles[] = {
    "bibi", "brother", "capt", "col", "daw", "dr", "eng", "father", "gen",
    "haj", "haji", "hajj", "hajja", "lt", "mirza", "miss", "mr", "mrs",
    "ms", "prof", "rev", "sayyid", "sgt", "sheikh", "shri", "sir", "sister",
    "smt", "sr", "sra", "sri", "syed"
};


static int rfl_word_in(const char *word, const char *const *list, size_t n);


int
rfl_word_type(const rfl_token_t *t)
{
    char      word[16];
    unsigned  i;

    if (t->script != RFL_SCRIPT_LATN || t->n == 0 || t->n >= sizeof(word)) {
        return RFL_PART_NAME;
    }

    for (i = 0; i < t->n; i++) {
        if (t->cp[i] >= 0x80) {
            return RFL_PART_NAME;
        }

        word[i] = (char) t->cp[i];
    }

    word[i] = '\0';

    if (rfl_word_in(word, rfl_word_particles,
                    sizeof(rfl_word_particles) / sizeof(char *)))
    {
        return RFL_PART_PARTICLE;
    }

    if (rfl_word_in(word, rfl_word_titles,
                    sizeof(rfl_word_titles) / sizeof(char *)))
    {
        return RFL_PART_TITLE;
    }

    return (t->n == 1) ? RFL_PART_INITIAL : RFL_PART_NAME;
}


static int
rfl_word_in(const char *word, const char *const *list, size_t n)
{
    size_t  i;

    for (i = 0; i < n; i++) {
        if (strcmp(word, list[i]) == 0) {
            return 1;
        }
    }

    return 0;
}
