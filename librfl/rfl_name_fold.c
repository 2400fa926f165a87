
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_fold.c: from UTF-8 to code points in one normal form: NFKC with
 * case folding and without default ignorables (UAX 31, UAX 44), by ICU's
 * built-in normaliser, which keeps no text.  Also the script of a letter and
 * the letter under its marks.  Owns a table of both for most alphabets, built
 * once by rfl_fold_init() and read only from then on.
 */


#include "rfl_name_int.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>


#define RFL_FOLD_KNOWN     0x2000  /* code points in the table */


static unsigned rfl_fold_find_kind(uint32_t c);
static unsigned rfl_fold_script(uint32_t c);
static int rfl_fold_ignored(uint32_t c);
static int rfl_fold_quote(uint32_t c);
static uint32_t rfl_fold_find_base(uint32_t c);


static const UNormalizer2  *rfl_fold_nfkc_cf;
static const UNormalizer2  *rfl_fold_nfd;

static uint16_t  rfl_fold_kinds[RFL_FOLD_KNOWN];
static uint16_t  rfl_fold_bases[RFL_FOLD_KNOWN];


static const struct {
    UScriptCode    code;
    rfl_script_e   script;
} rfl_fold_scripts[] = {
    { USCRIPT_HAN, RFL_SCRIPT_HANI },
    { USCRIPT_LATIN, RFL_SCRIPT_LATN },
    { USCRIPT_ARABIC, RFL_SCRIPT_ARAB },
    { USCRIPT_CYRILLIC, RFL_SCRIPT_CYRL },
    { USCRIPT_HEBREW, RFL_SCRIPT_HEBR },
    { USCRIPT_GREEK, RFL_SCRIPT_GREK },
    { USCRIPT_ARMENIAN, RFL_SCRIPT_ARMN },
    { USCRIPT_GEORGIAN, RFL_SCRIPT_GEOR },
    { USCRIPT_ETHIOPIC, RFL_SCRIPT_ETHI },
    { USCRIPT_DEVANAGARI, RFL_SCRIPT_INDIC },
    { USCRIPT_BENGALI, RFL_SCRIPT_INDIC },
    { USCRIPT_GURMUKHI, RFL_SCRIPT_INDIC },
    { USCRIPT_GUJARATI, RFL_SCRIPT_INDIC },
    { USCRIPT_ORIYA, RFL_SCRIPT_INDIC },
    { USCRIPT_TAMIL, RFL_SCRIPT_INDIC },
    { USCRIPT_TELUGU, RFL_SCRIPT_INDIC },
    { USCRIPT_KANNADA, RFL_SCRIPT_INDIC },
    { USCRIPT_MALAYALAM, RFL_SCRIPT_INDIC },
    { USCRIPT_SINHALA, RFL_SCRIPT_INDIC },
    { USCRIPT_MYANMAR, RFL_SCRIPT_MYMR },
    { USCRIPT_HANGUL, RFL_SCRIPT_HANG },
    { USCRIPT_HIRAGANA, RFL_SCRIPT_KANA },
    { USCRIPT_KATAKANA, RFL_SCRIPT_KANA }
};

/* marks that spell nothing, from and to */

static const uint16_t  rfl_fold_silent[][2] = {
    { 0x0483, 0x0487 },            /* of numbers in old Cyrillic */
    { 0x0591, 0x05bd },            /* Hebrew points */
    { 0x05bf, 0x05bf },
    { 0x05c1, 0x05c2 },
    { 0x05c4, 0x05c7 },
    { 0x0610, 0x061a },            /* Arabic, with the tatweel */
    { 0x0640, 0x0640 },
    { 0x064b, 0x0653 },
    { 0x0656, 0x065f },
    { 0x0670, 0x0670 },
    { 0x06d6, 0x06ed },
    { 0x0730, 0x074a },            /* Syriac points */
    { 0x07eb, 0x07f1 },            /* tones of N'Ko */
    { 0x07f3, 0x07f3 },
    { 0xfe00, 0xfe0f }             /* which form of a sign is meant */
};


int
rfl_fold_init(rfl_err_t *err)
{
    uint32_t    c;
    UErrorCode  status;

    status = U_ZERO_ERROR;

    rfl_fold_nfkc_cf = unorm2_getNFKCCasefoldInstance(&status);
    rfl_fold_nfd = unorm2_getNFDInstance(&status);

    if (U_FAILURE(status)) {
        return rfl_err(err, 0, "ICU has no normalisation data: %s, install "
                       "libicu72", u_errorName(status));
    }

    for (c = 0; c < RFL_FOLD_KNOWN; c++) {
        rfl_fold_kinds[c] = (uint16_t) rfl_fold_find_kind(c);
        rfl_fold_bases[c] = (uint16_t) rfl_fold_find_base(c);
    }

    return rfl_zawgyi_init(err);
}


int
rfl_fold_text(const rfl_str_t *text, UChar out[RFL_TEXT_MAX], int32_t *len)
{
    int         rc;
    size_t      i;
    UChar       raw[RFL_NAME_BYTES];
    int32_t     n;
    u_char      c;
    UErrorCode  status;

    if (text->len > RFL_NAME_BYTES) {
        return RFL_DECLINED;
    }

    for (i = 0; i < text->len; i++) {
        c = text->data[i];

        if (c >= 0x80) {
            break;
        }

        if (c >= 'A' && c <= 'Z') {
            c |= 0x20;
        }

        out[i] = c;
    }

    if (i == text->len) {
        *len = (int32_t) i;
        return RFL_OK;
    }

    rc = RFL_DECLINED;
    status = U_ZERO_ERROR;

    (void) u_strFromUTF8(raw, RFL_NAME_BYTES, &n, (const char *) text->data,
                         (int32_t) text->len, &status);

    if (U_SUCCESS(status)) {
        *len = unorm2_normalize(rfl_fold_nfkc_cf, raw, n, out, RFL_TEXT_MAX,
                                &status);
        rc = U_SUCCESS(status) ? rfl_zawgyi_text(out, len) : RFL_DECLINED;
    }

    rfl_memzero(raw, sizeof(raw));

    /* of what does not fit ICU tells how long it would be: wiped is what is */

    if (*len > RFL_TEXT_MAX) {
        *len = RFL_TEXT_MAX;
    }

    return rc;
}


unsigned
rfl_fold_kind(uint32_t c)
{
    return (c < RFL_FOLD_KNOWN) ? rfl_fold_kinds[c] : rfl_fold_find_kind(c);
}


uint32_t
rfl_fold_base(uint32_t c)
{
    return (c < RFL_FOLD_KNOWN) ? rfl_fold_bases[c] : rfl_fold_find_base(c);
}


static unsigned
rfl_fold_find_kind(uint32_t c)
{
    uint32_t  mask;

    mask = U_GET_GC_MASK((UChar32) c);

    return rfl_fold_script(c)
           | ((mask & U_GC_L_MASK) ? RFL_FOLD_LETTER : 0)
           | ((mask & U_GC_ND_MASK) ? RFL_FOLD_DIGIT : 0)
           | ((mask & U_GC_M_MASK) ? RFL_FOLD_MARK : 0)
           | (rfl_fold_ignored(c) ? RFL_FOLD_IGNORED : 0)
           | (rfl_fold_quote(c) ? RFL_FOLD_QUOTE : 0);
}


static unsigned
rfl_fold_script(uint32_t c)
{
    size_t       i;
    UErrorCode   status;
    UScriptCode  code;

    if (c < 0x250) {
        return RFL_SCRIPT_LATN;
    }

    if (c >= 0xac00 && c <= 0xd7a3) {
        return RFL_SCRIPT_HANG;
    }

    if (c >= 0x0600 && c <= 0x08ff) {
        if (c <= 0x06ff || (c >= 0x0750 && c <= 0x077f) || c >= 0x0870) {
            return RFL_SCRIPT_ARAB;
        }
    }

    status = U_ZERO_ERROR;
    code = uscript_getScript((UChar32) c, &status);

    for (i = 0;
         i < sizeof(rfl_fold_scripts) / sizeof(rfl_fold_scripts[0]);
         i++)
    {
        if (rfl_fold_scripts[i].code == code) {
            return rfl_fold_scripts[i].script;
        }
    }

    return RFL_SCRIPT_OTHER;
}


static int
rfl_fold_ignored(uint32_t c)
{
    size_t  i;

    for (i = 0;
         i < sizeof(rfl_fold_silent) / sizeof(rfl_fold_silent[0]);
         i++)
    {
        if (c >= rfl_fold_silent[i][0] && c <= rfl_fold_silent[i][1]) {
            return 1;
        }
    }

    return 0;
}


static int
rfl_fold_quote(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x60 || c == 0xb4
           || (c >= 0x2b9 && c <= 0x2bf);
}


static uint32_t
rfl_fold_find_base(uint32_t c)
{
    UChar       d[8];
    UChar32     base;
    int32_t     n;
    UErrorCode  status;

    if (c < 0x80) {
        return c;
    }

    switch (c) {                   /* no decomposition, yet a mark */

    case 0x0131:
        return 'i';

    case 0x00f8:
        return 'o';

    case 0x0111:
        return 'd';

    case 0x0142:
        return 'l';
    }

    status = U_ZERO_ERROR;

    n = unorm2_getDecomposition(rfl_fold_nfd, (UChar32) c, d, 8, &status);
    if (n <= 0 || U_FAILURE(status)) {
        return c;
    }

    U16_GET(d, 0, 0, n, base);

    return (uint32_t) base;
}


uint32_t
rfl_fold_tone(uint32_t c, uint32_t *tone)
{
    UChar       d[8];
    int32_t     i, n;
    uint32_t    rest;
    UErrorCode  status;

    *tone = 0;

    if (c < 0x80) {
        return c;
    }

    status = U_ZERO_ERROR;

    n = unorm2_getDecomposition(rfl_fold_nfd, (UChar32) c, d, 8, &status);
    if (n <= 0 || U_FAILURE(status)) {
        return c;
    }

    for (i = 0, rest = 0; i < n; i++) {

        /* grave, acute, tilde, hook, dot below */

        if (d[i] == 0x300 || d[i] == 0x301 || d[i] == 0x303 || d[i] == 0x309
            || d[i] == 0x323)
        {
            *tone = d[i];

        } else {
            rest = rest << 12 ^ d[i];
        }
    }

    return rest;
}
