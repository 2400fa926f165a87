
/*
 * Copyright (C) The RFL authors
 *
 * lang_test.c: the language chosen for an Accept-Language header.
 */


#include "unit.h"
#include "rfl_po.h"


static const rfl_str_t  lang_small[] = {
    rfl_string("en"), rfl_string("fr"), rfl_string("ar")
};

static const rfl_str_t  lang_large[] = {
    rfl_string("en"), rfl_string("fr"), rfl_string("es"), rfl_string("ar"),
    rfl_string("ru"), rfl_string("pt"), rfl_string("uk"), rfl_string("fa"),
    rfl_string("fa-AF"), rfl_string("ps"), rfl_string("so"),
    rfl_string("sw"), rfl_string("am"), rfl_string("ti"), rfl_string("my"),
    rfl_string("bn"), rfl_string("zh-Hans"), rfl_string("zh-Hant"),
    rfl_string("he"), rfl_string("fil"), rfl_string("no")
};

static const rfl_str_t  lang_sisters[] = {
    rfl_string("en"), rfl_string("pt-BR"), rfl_string("zh-Hans")
};

#define lang_n(list)  (sizeof(list) / sizeof(rfl_str_t))


typedef struct {
    const char  *header;
    const char  *expected;         /* NULL: none */
} lang_case_t;


static const lang_case_t  lang_small_cases[] = {
    { "", NULL },
    { "fr", "fr" },
    { "FR", "fr" },
    { "fr-CA", "fr" },
    { "fr_CA", "fr" },
    { "de", NULL },
    { "de, fr;q=0.5", "fr" },
    { "en;q=0.5, fr", "fr" },
    { "en;q=0.5, fr;q=0.5", "en" },
    { "fr;q=0.8, ar;q=0.9, en;q=0.1", "ar" },
    { "fr;q=.8, ar;q=.9", "ar" },
    { "fr;q=1.5, ar;q=0.9", "fr" },
    { "fr;q=abc", "fr" },
    { "fr;q=0.1234567, ar;q=0.1235", "fr" },
    { "fr;q=0", NULL },
    { "fr;q=0.000, en;q=0", NULL },
    { "*", NULL },
    { "*, fr;q=0.3", "fr" },
    { ",,,;;;q=,fr", "fr" },
    { "  fr  ;  q = 0.5 , ar ; q=0.4", "fr" },
    { "x, y, <script>, ar", "ar" },
    { "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p, fr", "fr" },
    { "arz, en;q=0.9", "ar" },
    { "apc-SY", "ar" },
    { "ckb, ar;q=0.7", "ar" },
    { "fr-Latn-CA-x-own", "fr" },
    { "-fr", NULL },
    { "\xff\xfe, fr", "fr" },
    { "en-GB,en-US;q=0.9,en;q=0.8", "en" }
};

static const lang_case_t  lang_large_cases[] = {
    { "prs", "fa-AF" },
    { "prs-AF", "fa-AF" },
    { "fa-AF", "fa-AF" },
    { "fa-IR", "fa" },
    { "pes", "fa" },
    { "pbt-PK", "ps" },
    { "iw", "he" },
    { "iw-IL", "he" },
    { "tl", "fil" },
    { "nb-NO", "no" },
    { "nn", "no" },
    { "zh", "zh-Hans" },
    { "zh-CN", "zh-Hans" },
    { "zh-SG", "zh-Hans" },
    { "zh-TW", "zh-Hant" },
    { "zh-HK", "zh-Hant" },
    { "zh-Hant-HK", "zh-Hant" },
    { "yue-HK", "zh-Hant" },
    { "es-419", "es" },
    { "swh", "sw" },
    { "in, my", "my" },
    { "uk-UA,uk;q=0.9,ru;q=0.8", "uk" }
};

static const lang_case_t  lang_sister_cases[] = {
    { "pt", "pt-BR" },
    { "pt-PT", "pt-BR" },
    { "pt-BR", "pt-BR" },
    { "zh-TW, en;q=0.5", "en" },
    { "zh-TW", "zh-Hans" },
    { "pt-PT, en;q=0.1", "en" }
};


static void lang_check(const lang_case_t *cases, size_t ncases,
    const rfl_str_t *offered, unsigned n);


int
main(void)
{
    int        i;
    size_t     len;
    u_char     c, *header;
    unsigned   bad;
    uint32_t   seed;

    lang_check(lang_small_cases,
               sizeof(lang_small_cases) / sizeof(lang_case_t), lang_small,
               lang_n(lang_small));
    lang_check(lang_large_cases,
               sizeof(lang_large_cases) / sizeof(lang_case_t), lang_large,
               lang_n(lang_large));
    lang_check(lang_sister_cases,
               sizeof(lang_sister_cases) / sizeof(lang_case_t), lang_sisters,
               lang_n(lang_sisters));

    unit_int(rfl_lang_choose(NULL, 0, lang_small, 3), -1, "no header");
    unit_int(rfl_lang_choose((u_char *) "fr", 2, lang_small, 0), -1,
             "no language offered");

    /* what is beyond the first kilobyte is not looked at */

    header = malloc(2048);
    memset(header, ',', 2048);
    memcpy(header + 1019, "fr", 2);
    unit_int(rfl_lang_choose(header, 2048, lang_small, 3), 1,
             "a language within the first kilobyte counts");

    memset(header, ',', 2048);
    memcpy(header + 1100, "fr", 2);
    unit_int(rfl_lang_choose(header, 2048, lang_small, 3), -1,
             "one beyond it does not");

    /* any bytes at all give an index or -1 */

    seed = 1;
    bad = 0;

    for (i = 0; i < 20000; i++) {

        len = seed % 60;

        for (c = 0; c < len; c++) {
            seed = seed * 1103515245u + 12345u;
            header[c] = (seed >> 24) & 1 ? (u_char) "fr-,;q=0.*"[seed % 10]
                                         : (u_char) (seed >> 16);
        }

        seed = seed * 1103515245u + 12345u;

        bad += (rfl_lang_choose(header, len, lang_small, 3) < -1
                || rfl_lang_choose(header, len, lang_small, 3) > 2);
    }

    free(header);

    unit_int(bad, 0, "20000 headers of noise");

    return unit_done();
}


static void
lang_check(const lang_case_t *cases, size_t ncases, const rfl_str_t *offered,
    unsigned n)
{
    int        got;
    size_t     i, len;
    u_char    *copy;
    rfl_str_t  none = rfl_string("none");

    for (i = 0; i < ncases; i++) {

        /* an exact copy, so that reading past the end is seen */

        len = strlen(cases[i].header);
        copy = malloc(len == 0 ? 1 : len);
        memcpy(copy, cases[i].header, len);

        got = rfl_lang_choose(copy, len, offered, n);

        free(copy);

        unit_str(got == -1 ? none : offered[got],
                 cases[i].expected == NULL ? "none" : cases[i].expected,
                 "\"%s\"", cases[i].header);
    }
}
