
/*
 * Copyright (C) The RFL authors
 *
 * po_icu_test.c: what catalogs have from ICU: plurals, compared with ICU's
 * own formatter, dates, and the names of countries and languages.
 */


#include "unit.h"
#include "rfl_po_int.h"

#include <unicode/umsg.h>
#include <unicode/ustring.h>


/* patterns that mean the same to ICU and to us; {0} is a number */

static const char  *po_patterns[] = {
    "plain",
    "it''s and it's {0,number}",
    "'{0}' quoted '{'{0,number}'}'",
    "{0,plural,one{# a} other{# b}}",
    "{0,plural,=0{none} =1{just one} one{# a} other{# b}}",
    "{0,plural,other{'#' is #, {0,number}}}",
    "{0,plural,=1{just one} other{of them: #}}",
    "x{0,selectordinal,one{#st} two{#nd} few{#rd} other{#th}}y",
    "{0,plural,one{in {0,plural,one{one} other{other}}} other{out #}}",
    "{0,plural, one {spaced #} other { spaced # too } } end",
    "don't {0,plural,other{don''t 'n' #}}",
    "{ 0 , number }"
};

#define PO_PATTERNS  (sizeof(po_patterns) / sizeof(po_patterns[0]))


static void po_test_icu(void);
static void po_test_plural(const char *lang, const char *pattern);
static void po_test_dates(void);
static rfl_str_t po_text(rfl_buf_t *b);


int
main(void)
{
    rfl_err_t  err;

    unit_int(rfl_po_init(&err), RFL_OK, "ICU starts");

    po_test_icu();
    po_test_dates();

    return unit_done();
}


static void
po_test_icu(void)
{
    unsigned             i, n;

    static const char   *langs[] = { "en", "fr", "ar", "ru", "my" };

    for (n = 0; n < sizeof(langs) / sizeof(langs[0]); n++) {

        for (i = 0; i < PO_PATTERNS; i++) {

            /*
             * English has its own ordinals, Burmese no plural, and Arabic and
             * Russian have more than one
             */

            if ((n == 0 || strstr(po_patterns[i], "ordinal") == NULL)
                && (n < 2 || strstr(po_patterns[i], " one") == NULL)
                && (n < 2 || strstr(po_patterns[i], ",one") == NULL))
            {
                po_test_plural(langs[n], po_patterns[i]);
            }
        }
    }

    po_test_plural("ar", "{0,plural,zero{z} one{o} two{t} few{f #} many{m #} "
                   "other{x #}}");
    po_test_plural("ru", "{0,plural,one{o #} few{f #} many{m #} other{x}}");
}


/* the numbers 0 to 120, and some large ones, as ICU writes them */

static void
po_test_plural(const char *lang, const char *pattern)
{
    int                    rc, same;
    char                   expected[512];
    UChar                  u[512], p[512];
    int32_t                len;
    int64_t                n;
    rfl_err_t              err;
    rfl_str_t              text;
    rfl_buf_t              b;
    rfl_pool_t            *pool;
    rfl_po_arg_t           arg;
    UErrorCode             status;
    rfl_catalog_t         *catalog;
    rfl_pattern_t          parsed;
    UMessageFormat        *format;

    pool = rfl_pool_create(4096);
    catalog = rfl_catalog_create(lang);
    rfl_buf_init(&b, 0);

    text.data = (u_char *) pattern;
    text.len = strlen(pattern);

    err.text[0] = '\0';
    rc = rfl_pattern_parse(pool, &catalog->icu, &text, 1, &parsed, &err);

    status = U_ZERO_ERROR;
    u_strFromUTF8(p, 512, &len, pattern, -1, &status);
    format = umsg_open(p, len, catalog->locale, NULL, &status);

    same = (rc == RFL_OK && U_SUCCESS(status));
    memset(&arg, 0, sizeof(arg));
    arg.is_number = 1;

    for (n = 0; same && n < 130; n++) {

        arg.number = (n < 120) ? n : n * 10007 * (n - 119);

        rfl_buf_reset(&b);
        rfl_pattern_format(&parsed, &catalog->icu, &arg, 1, &b);

        status = U_ZERO_ERROR;
        len = umsg_format(format, u, 512, &status, (double) arg.number);
        u_strToUTF8(expected, sizeof(expected), &len, u, len, &status);

        same = (U_SUCCESS(status) && b.len == (size_t) len
                && (len == 0 || memcmp(b.data, expected, b.len) == 0));

        if (!same) {
            printf("#   for %lld got \"%.*s\", ICU has \"%.*s\"\n",
                   (long long) arg.number, (int) b.len, (char *) b.data,
                   (int) len, expected);
        }
    }

    unit_ok(same, "%s: \"%s\" as ICU %s", lang, pattern, err.text);

    umsg_close(format);
    rfl_buf_free(&b);
    rfl_catalog_destroy(catalog);
    rfl_pool_destroy(pool);
}


static void
po_test_dates(void)
{
    int             i, same;
    rfl_buf_t       b, again;
    unsigned        n;
    rfl_str_t       code;
    rfl_catalog_t  *catalog;

    static const struct {
        const char  *lang;
        const char  *day;
        const char  *time;
        const char  *country;
        const char  *endonym;
        int          rtl;
    } cases[] = {
        { "en", "22 November 2026", "22 November 2026 at 08:05 UTC", "Syria",
          "English", 0 },
        { "fr", "22 novembre 2026", "22 novembre 2026 à 08:05 UTC", "Syrie",
          "Français", 0 },
        { "ar", "22 نوفمبر 2026", NULL, "سوريا", "العربية", 1 },
        { "uk", "22 листопада 2026\u202fр.",
          "22 листопада 2026\u202fр. о 08:05 UTC", "Сирія", "Українська", 0 },
        { "ru", "22 ноября 2026\u202fг.", "22 ноября 2026\u202fг. в 08:05 UTC",
          "Сирия", "Русский", 0 },
        { "fa", "22 نوامبر 2026", NULL, "سوریه", "فارسی", 1 },
        { "fa-AF", "22 نومبر 2026", NULL, "سوریه", "دری", 1 },
        { "prs", "22 نومبر 2026", NULL, "سوریه", "دری", 1 },
        { "ps", NULL, NULL, "سوریه", "پښتو", 1 },
        { "zh-Hans", "2026年11月22日", NULL, "叙利亚", "简体中文", 0 },
        { "am", NULL, NULL, "ሲሪያ", "አማርኛ", 0 }
    };

    rfl_buf_init(&b, 0);
    rfl_buf_init(&again, 0);
    rfl_str_set(&code, "SY");

    for (n = 0; n < sizeof(cases) / sizeof(cases[0]); n++) {

        catalog = rfl_catalog_create(cases[n].lang);

        /* twice: the second one comes from the cache */

        for (i = 0; cases[n].day != NULL && i < 2; i++) {
            rfl_buf_reset(&b);
            rfl_catalog_day(catalog, 20779, &b);
            unit_str(po_text(&b), cases[n].day, "%s: a day", cases[n].lang);
        }

        if (cases[n].time != NULL) {
            rfl_buf_reset(&b);
            rfl_catalog_time(catalog, 20779 * 86400LL + 8 * 3600 + 5 * 60,
                             &b);
            unit_str(po_text(&b), cases[n].time, "%s: a time",
                     cases[n].lang);
        }

        for (i = 0; i < 2; i++) {
            rfl_buf_reset(&b);
            rfl_catalog_country(catalog, &code, &b);
            unit_str(po_text(&b), cases[n].country, "%s: a country",
                     cases[n].lang);
        }

        rfl_buf_reset(&b);
        rfl_catalog_endonym(catalog, &b);
        unit_str(po_text(&b), cases[n].endonym, "%s: its own name",
                 cases[n].lang);

        unit_int(rfl_catalog_rtl(catalog), cases[n].rtl, "%s: direction",
                 cases[n].lang);

        rfl_catalog_destroy(catalog);
    }

    catalog = rfl_catalog_create("fr");

    rfl_str_set(&code, "SY-HL");
    rfl_buf_reset(&b);
    rfl_catalog_country(catalog, &code, &b);
    unit_str(po_text(&b), "Syrie", "a region is shown as its country");

    rfl_str_set(&code, "ZZZ");
    rfl_buf_reset(&b);
    rfl_catalog_country(catalog, &code, &b);
    unit_str(po_text(&b), "ZZZ", "no code is shown as it is");

    /* days that share a slot of the cache */

    same = 0;

    for (i = -200; i < 200; i++) {
        rfl_buf_reset(&b);
        rfl_buf_reset(&again);
        rfl_catalog_day(catalog, i, &b);
        rfl_catalog_day(catalog, i + RFL_PO_DAYS, &again);
        rfl_buf_reset(&again);
        rfl_catalog_day(catalog, i, &again);

        same += (b.len == again.len
                 && memcmp(b.data, again.data, b.len) == 0);
    }

    unit_int(same, 400, "the cache of days mixes none up");

    rfl_catalog_destroy(catalog);
    rfl_buf_free(&again);
    rfl_buf_free(&b);
}


static rfl_str_t
po_text(rfl_buf_t *b)
{
    rfl_str_t  text;

    text.data = b->data;
    text.len = b->len;

    return text;
}
