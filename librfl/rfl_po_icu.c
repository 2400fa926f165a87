
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po_icu.c: what a catalog has from ICU's own data: plural rules, dates,
 * names of countries and of the language itself.  Dates and countries are
 * remembered, since every page of hits shows a few of the same ones.
 */


#include "rfl_po_int.h"

#include <stdio.h>
#include <unicode/udatpg.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>


#define RFL_PO_TEXT   128


static int rfl_po_icu_endonym(rfl_catalog_t *catalog);
static UDateFormat *rfl_po_icu_date(const char *locale, const UChar *skeleton,
    UErrorCode *status);
static void rfl_po_icu_print(UDateFormat *format, double ms, rfl_buf_t *out);
static int rfl_po_icu_utf8(const UChar *u, int32_t len,
    char text[RFL_PO_TEXT * 3], int32_t *size);


/*
 * Languages ICU has another name for, or none: Dari is the Persian of
 * Afghanistan, dates in English are written as most of the world does, and
 * English from right to left counts as Urdu does, by one and other.
 */

static const struct {
    const char  *lang;
    const char  *locale;
    const char  *endonym;
} rfl_po_languages[] = {
    { "en", "en_001", "English" },
    { "prs", "fa_AF", "دری" },
    { "fa-AF", "fa_AF", "دری" },
    { "zh-Hans", "zh_Hans", "简体中文" },
    { "zh-Hant", "zh_Hant", "繁體中文" },
    { "rhg", "my", "Ruáingga" },
    { "en-XA", "en_001", "Ēŋğļîšħ (XA)" },
    { "ar-XB", "ur", "XB" }
};

#define RFL_PO_LANGUAGES                                                     \
    (sizeof(rfl_po_languages) / sizeof(rfl_po_languages[0]))


int
rfl_po_icu_open(rfl_catalog_t *catalog)
{
    int          n;
    char         base[RFL_PO_LOCALE / 2];
    unsigned     i;
    UErrorCode   status;
    const char  *lang;

    status = U_ZERO_ERROR;
    lang = (const char *) catalog->lang.data;

    (void) uloc_forLanguageTag(lang, base, sizeof(base), NULL, &status);

    if (U_FAILURE(status) || base[0] == '\0') {
        return RFL_ERROR;
    }

    for (i = 0; i < RFL_PO_LANGUAGES; i++) {
        if (strcmp(lang, rfl_po_languages[i].lang) == 0) {
            (void) snprintf(base, sizeof(base), "%s",
                            rfl_po_languages[i].locale);
        }
    }

    n = snprintf(catalog->locale, sizeof(catalog->locale),
                 "%s@calendar=gregorian;numbers=latn", base);

    if (n < 0 || (size_t) n >= sizeof(catalog->locale)) {
        return RFL_ERROR;
    }

    catalog->rtl = uloc_isRightToLeft(base) ? 1 : 0;

    catalog->icu.locale = catalog->locale;
    catalog->icu.cardinal = uplrules_openForType(catalog->locale,
                                                 UPLURAL_TYPE_CARDINAL,
                                                 &status);
    catalog->icu.ordinal = uplrules_openForType(catalog->locale,
                                                UPLURAL_TYPE_ORDINAL,
                                                &status);
    catalog->icu.number = unum_open(UNUM_DECIMAL, NULL, 0, catalog->locale,
                                    NULL, &status);

    catalog->date = rfl_po_icu_date(catalog->locale, u"yMMMMd", &status);
    catalog->clock = rfl_po_icu_date(catalog->locale, u"yMMMMdHm", &status);

    return U_FAILURE(status) ? RFL_ERROR : rfl_po_icu_endonym(catalog);
}


void
rfl_po_icu_close(rfl_catalog_t *catalog)
{
    if (catalog->icu.cardinal != NULL) {
        uplrules_close(catalog->icu.cardinal);
    }

    if (catalog->icu.ordinal != NULL) {
        uplrules_close(catalog->icu.ordinal);
    }

    if (catalog->icu.number != NULL) {
        unum_close(catalog->icu.number);
    }

    if (catalog->date != NULL) {
        udat_close(catalog->date);
    }

    if (catalog->clock != NULL) {
        udat_close(catalog->clock);
    }
}


static UDateFormat *
rfl_po_icu_date(const char *locale, const UChar *skeleton, UErrorCode *status)
{
    UChar                   pattern[RFL_PO_TEXT];
    int32_t                 len;
    UDateFormat            *format;
    UDateTimePatternGenerator  *generator;

    generator = udatpg_open(locale, status);
    if (U_FAILURE(*status)) {
        return NULL;
    }

    len = udatpg_getBestPattern(generator, skeleton, -1, pattern, RFL_PO_TEXT,
                                status);

    udatpg_close(generator);

    if (U_FAILURE(*status)) {
        return NULL;
    }

    format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, u"UTC", -1,
                       pattern, len, status);

    return U_FAILURE(*status) ? NULL : format;
}


void
rfl_catalog_day(const rfl_catalog_t *catalog, int32_t day, rfl_buf_t *out)
{
    rfl_buf_t      text;
    rfl_po_day_t  *slot;

    /* the cache is no part of what a catalog is */

    slot = (rfl_po_day_t *)
               &catalog->days[(uint32_t) day & (RFL_PO_DAYS - 1)];

    if (slot->len == 0 || slot->day != day) {

        rfl_buf_init(&text, 0);
        rfl_po_icu_print(catalog->date, (double) day * 86400000.0, &text);

        if (text.len == 0 || text.len > sizeof(slot->text)) {
            rfl_buf_append(out, text.data, text.len);
            rfl_buf_free(&text);
            return;
        }

        memcpy(slot->text, text.data, text.len);
        slot->len = (uint8_t) text.len;
        slot->day = day;

        rfl_buf_free(&text);
    }

    rfl_buf_append(out, slot->text, slot->len);
}


void
rfl_catalog_time(const rfl_catalog_t *catalog, int64_t time, rfl_buf_t *out)
{
    rfl_po_icu_print(catalog->clock, (double) time * 1000.0, out);
    rfl_buf_literal(out, " UTC");
}


static void
rfl_po_icu_print(UDateFormat *format, double ms, rfl_buf_t *out)
{
    char        text[RFL_PO_TEXT * 3];
    UChar       u[RFL_PO_TEXT];
    int32_t     len, size;
    UErrorCode  status;

    status = U_ZERO_ERROR;

    len = udat_format(format, ms, u, RFL_PO_TEXT, NULL, &status);

    if (U_SUCCESS(status) && rfl_po_icu_utf8(u, len, text, &size) == RFL_OK) {
        rfl_buf_append(out, text, (size_t) size);
    }
}


static int
rfl_po_icu_utf8(const UChar *u, int32_t len, char text[RFL_PO_TEXT * 3],
    int32_t *size)
{
    UErrorCode  status;

    status = U_ZERO_ERROR;

    u_strToUTF8(text, RFL_PO_TEXT * 3, size, u, len, &status);

    return (U_FAILURE(status) || *size > RFL_PO_TEXT * 3) ? RFL_ERROR
                                                          : RFL_OK;
}


void
rfl_catalog_country(const rfl_catalog_t *catalog, const rfl_str_t *code,
    rfl_buf_t *out)
{
    char        id[8], text[RFL_PO_TEXT * 3];
    UChar       u[RFL_PO_TEXT];
    int32_t     len, size;
    rfl_str_t  *name;
    UErrorCode  status;

    if (code->len < 2 || code->data[0] < 'A' || code->data[0] > 'Z'
        || code->data[1] < 'A' || code->data[1] > 'Z'
        || (code->len > 2 && code->data[2] != '-'))
    {
        rfl_buf_append(out, code->data, code->len);
        return;
    }

    name = (rfl_str_t *) &catalog->countries[(code->data[0] - 'A') * 26
                                             + code->data[1] - 'A'];

    if (name->data == NULL) {

        (void) snprintf(id, sizeof(id), "und_%c%c", code->data[0],
                        code->data[1]);

        status = U_ZERO_ERROR;
        len = uloc_getDisplayCountry(id, catalog->locale, u, RFL_PO_TEXT,
                                     &status);

        if (U_FAILURE(status) || len == 0
            || rfl_po_icu_utf8(u, len, text, &size) != RFL_OK)
        {
            rfl_buf_append(out, code->data, 2);
            return;
        }

        name->data = rfl_pstrdup(catalog->pool, (u_char *) text,
                                 (size_t) size);
        if (name->data == NULL) {
            rfl_buf_append(out, text, (size_t) size);
            return;
        }

        name->len = (size_t) size;
    }

    rfl_buf_append(out, name->data, name->len);
}


void
rfl_catalog_endonym(const rfl_catalog_t *catalog, rfl_buf_t *out)
{
    rfl_buf_append(out, catalog->endonym.data, catalog->endonym.len);
}


/* every page with a choice of languages has it: found out once */

static int
rfl_po_icu_endonym(rfl_catalog_t *catalog)
{
    char                  text[RFL_PO_TEXT * 3];
    UChar                 u[RFL_PO_TEXT];
    int32_t               len, size;
    unsigned              i;
    UErrorCode            status;
    const char           *lang, *name;
    UDisplayContext       contexts[2];
    ULocaleDisplayNames  *names;

    lang = (const char *) catalog->lang.data;
    name = NULL;
    size = 0;

    for (i = 0; i < RFL_PO_LANGUAGES; i++) {
        if (strcmp(lang, rfl_po_languages[i].lang) == 0) {
            name = rfl_po_languages[i].endonym;
            size = (int32_t) strlen(name);
        }
    }

    if (name == NULL) {
        name = text;
        status = U_ZERO_ERROR;
        len = 0;

        contexts[0] = UDISPCTX_DIALECT_NAMES;
        contexts[1] = UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU;

        names = uldn_openForContext(catalog->locale, contexts, 2, &status);

        if (U_SUCCESS(status)) {
            len = uldn_localeDisplayName(names, lang, u, RFL_PO_TEXT,
                                         &status);
            uldn_close(names);
        }

        if (U_FAILURE(status) || len == 0
            || rfl_po_icu_utf8(u, len, text, &size) != RFL_OK)
        {
            name = lang;
            size = (int32_t) catalog->lang.len;
        }
    }

    catalog->endonym.data = rfl_pstrdup(catalog->pool, (const u_char *) name,
                                        (size_t) size);
    if (catalog->endonym.data == NULL) {
        return RFL_ERROR;
    }

    catalog->endonym.len = (size_t) size;

    return RFL_OK;
}
