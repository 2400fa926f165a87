
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_latin.c: the sound of a word in Latin letters, whatever language
 * wrote it.  Letters with marks become a base letter and a mark, groups of
 * letters that stand for one sound become one phone.  Where languages
 * disagree (a Spanish, a German and an English "j") the phone stays
 * ambiguous and the costs in rfl_name_phone.c decide.  A word may have more
 * readings: as other rules or other languages would write it.  Own table.
 */


#include "rfl_name_rule.h"

#include "rfl_text.h"


#define RFL_LATIN_MAX      (RFL_TOKEN_MAX * 2)
#define RFL_LATIN_PLAIN    (RFL_PART_SLAVIC|RFL_PART_KUNREI|RFL_PART_SOMALI   \
                            |RFL_PART_TURKISH)
#define RFL_LATIN_SHORT    3       /* letters; shorter words are left alone */
#define RFL_LATIN_FRENCH   24      /* letters; longer ones are not French */
#define RFL_LATIN_STROKE   0x0111  /* d with a stroke */


typedef struct {
    uint32_t     cp;
    const char  *to;
} rfl_latin_letter_t;


static void rfl_latin_article(const rfl_token_t *t, const char *s,
    rfl_readings_t *rs);
static void rfl_latin_stroke(const rfl_token_t *t, rfl_readings_t *rs);
static int rfl_latin_written(const rfl_token_t *t, const char *s,
    rfl_rules_e table, uint32_t what, rfl_readings_t *rs);
static void rfl_latin_haitian(const rfl_token_t *t, const char *s,
    rfl_readings_t *rs);
static void rfl_latin_french(const rfl_token_t *t, const char *s,
    rfl_readings_t *rs);
static void rfl_latin_spell(const uint32_t *cp, unsigned n,
    char s[RFL_LATIN_MAX + RFL_RULE_LETTERS]);
static const char *rfl_latin_letter(uint32_t c);


/*
 * Letters that are more than a base letter with a mark to ignore.  Capitals
 * stand for phones that no plain letter writes: they pass through.
 */

static const rfl_latin_letter_t  rfl_latin_letters[] = {
    { 0x00df, "ss" }, { 0x00e4, "e" },  { 0x00e6, "e" },  { 0x00e7, "C" },
    { 0x00f0, "D" },  { 0x00f1, "ny" }, { 0x00f6, "o" },  { 0x00f8, "o" },
    { 0x00fc, "u" },  { 0x00fe, "T" },  { 0x0107, "C" },  { 0x010d, "C" },
    { 0x0111, "d" },  { 0x011b, "ie" }, { 0x011f, "G" },  { 0x0127, "h" },
    { 0x0131, "i" },  { 0x0138, "k" },  { 0x0142, "l" },  { 0x0144, "n" },
    { 0x0148, "n" },  { 0x014b, "N" },  { 0x0153, "o" },  { 0x0159, "r" },
    { 0x015b, "S" },  { 0x015f, "S" },  { 0x0161, "S" },  { 0x0163, "c" },
    { 0x017a, "Z" },  { 0x017c, "Z" },  { 0x017e, "Z" },  { 0x0188, "C" },
    { 0x0180, "b" },  { 0x0253, "b" },  { 0x0257, "d" },  { 0x0199, "k" },
    { 0x01b4, "y" },  { 0x01dd, "e" },  { 0x0219, "S" },  { 0x021b, "c" },
    { 0x0259, "e" },  { 0x025b, "e" },  { 0x0254, "o" },  { 0x0268, "i" },
    { 0x0272, "ny" }, { 0x1e25, "h" },  { 0x1e2b, "x" },  { 0x1e21, "G" },
    { 0x1e63, "s" },  { 0x1e24, "h" },  { 0x1e0d, "d" },  { 0x1e6d, "t" },
    { 0x1e93, "z" },  { 0x1e6f, "T" },  { 0x1e0f, "D" },  { 0x01e7, "J" },
    { 0x0121, "J" },  { 0x01f0, "J" },  { 0x1e96, "x" },  { 0x01e6, "J" }
};


void
rfl_read_latin(const rfl_token_t *t, rfl_readings_t *rs)
{
    char      s[RFL_RULE_WORD], plain[RFL_RULE_WORD];
    uint32_t  what;

    rfl_rule_letters(t, s);

    if (t->flags & RFL_LATIN_PLAIN) {
        rfl_rule_plain(t, plain);
    }

    what = t->flags & RFL_PART_SLAVIC;

    if (what == 0 || !rfl_latin_written(t, plain, RFL_RULES_HEARD, what, rs)) {
        rfl_latin_phones(t->cp, t->n, rs, 0);
    }

    if (what != 0) {
        (void) rfl_latin_written(t, plain, RFL_RULES_HEARD,
                                 what|RFL_RULE_VOICED, rs);
    }

    what = t->flags & RFL_PART_KUNREI;

    if (what != 0) {
        (void) rfl_latin_written(t, plain, RFL_RULES_HEARD, what, rs);
    }

    what = rfl_rule_signs(RFL_RULES_SECOND, s);

    for ( /* void */ ; what != 0; what &= what - 1) {
        (void) rfl_latin_written(t, s, RFL_RULES_SECOND, what & (~what + 1),
                                 rs);
    }

    (void) rfl_latin_written(t, s, RFL_RULES_POLITE, RFL_RULE_ALL, rs);

    rfl_latin_stroke(t, rs);
    rfl_latin_article(t, s, rs);

    what = t->flags & (RFL_PART_SOMALI|RFL_PART_TURKISH);

    if (what != 0) {
        (void) rfl_latin_written(t, plain, RFL_RULES_HEARD, what, rs);
    }

    if (t->flags & RFL_PART_UL) {
        rfl_latin_phones(t->cp, t->n - 2, rs, RFL_READ_SHORN);
    }

    what = t->flags & (RFL_PART_FRENCH|RFL_PART_HUNGARIAN|RFL_PART_BALTIC
                       |RFL_PART_SERBIAN|RFL_PART_KURDISH|RFL_PART_MALAY
                       |RFL_PART_BELARUS|RFL_PART_OROMO);

    if (t->n <= RFL_LATIN_SHORT) {
        what &= RFL_PART_KURDISH;
    }

    for ( /* void */ ; what != 0; what &= what - 1) {
        (void) rfl_latin_written(t, s, RFL_RULES_HEARD, what & (~what + 1),
                                 rs);
    }

    if (t->flags & RFL_PART_HMONG) {
        (void) rfl_latin_written(t, s, RFL_RULES_HEARD, RFL_PART_HMONG, rs);
        (void) rfl_latin_written(t, s, RFL_RULES_HEARD,
                                 RFL_PART_HMONG|RFL_RULE_GREEN, rs);
    }

    if (t->flags & RFL_PART_HAITIAN) {
        rfl_latin_haitian(t, s, rs);
    }

    rfl_latin_french(t, s, rs);

    rfl_memzero(s, sizeof(s));
    rfl_memzero(plain, sizeof(plain));
}


/*
 * d with a stroke is d in Vietnamese, whose words are short and never end with
 * it, else j.
 */

static void
rfl_latin_stroke(const rfl_token_t *t, rfl_readings_t *rs)
{
    unsigned     i;
    rfl_token_t  alt;

    for (i = 0; i < t->n && t->cp[i] != RFL_LATIN_STROKE; i++) {
        /* void */
    }

    if (i == t->n || (t->n <= 4 && t->cp[t->n - 1] != RFL_LATIN_STROKE)) {
        return;
    }

    alt = *t;

    for ( /* void */ ; i < t->n; i++) {
        alt.cp[i] = (t->cp[i] == RFL_LATIN_STROKE) ? 0x01f0 : t->cp[i];
    }

    rfl_latin_phones(alt.cp, alt.n, rs, 0);
    rfl_memzero(&alt, sizeof(rfl_token_t));
}


/*
 * Errachidi, Annajar: an article that sounds as what it was written together
 * with.  With an a it is more often part of the name: Annan, Assaf.
 */

static void
rfl_latin_article(const rfl_token_t *t, const char *s, rfl_readings_t *rs)
{
    unsigned  at;

    at = (s[1] == 'c' && s[2] == 'h') ? 1 : 2;

    if ((s[0] == 'e' && t->n >= 6 && (at == 1 || s[1] == s[2]))
        || (s[0] == 'a' && t->n >= 7 && at == 2 && s[1] == s[2]))
    {
        if (at == 1 || strchr("nrstdz", s[1]) != NULL) {
            rfl_latin_phones(t->cp + at, t->n - at, rs, RFL_READ_SHORN);
        }
    }
}


/* a reading by all rules of "what"; 0: they change nothing */

static int
rfl_latin_written(const rfl_token_t *t, const char *s, rfl_rules_e table,
    uint32_t what, rfl_readings_t *rs)
{
    int                other;
    unsigned           i;
    rfl_token_t        alt;
    const rfl_rule_t  *rule;
    const u_char      *p, *last;

    alt.n = 0;

    for (i = 0; i < t->n && alt.n < RFL_TOKEN_MAX; /* void */ ) {
        rule = rfl_rule_find(table, what, s, i);

        if (rule == NULL) {
            alt.cp[alt.n++] = t->cp[i++];
            continue;
        }

        p = (const u_char *) rule->to;
        last = p + rule->tolen;

        while (p < last && alt.n < RFL_TOKEN_MAX) {
            alt.cp[alt.n++] = rfl_utf8_decode(&p, last);
        }

        i += rule->len;
    }

    other = (alt.n != t->n
             || memcmp(alt.cp, t->cp, t->n * sizeof(uint32_t)) != 0);

    /* no word is one sound, but an initial */

    if (other && (alt.n > 1 || t->n == 1)) {
        rfl_latin_phones(alt.cp, alt.n, rs, 0);
    }

    rfl_memzero(alt.cp, alt.n * sizeof(uint32_t));

    return other;
}


/* what has a grave is an open vowel, before an r that may be left out */

static void
rfl_latin_haitian(const rfl_token_t *t, const char *s, rfl_readings_t *rs)
{
    char      grave[RFL_RULE_WORD], ph[RFL_RULE_PHONES];
    size_t    n;
    unsigned  i;

    memcpy(grave, s, t->n + RFL_RULE_LETTERS);

    for (i = 0; i < t->n; i++) {
        grave[i] = (t->cp[i] == 0xe8) ? 'E' : (t->cp[i] == 0xf2) ? 'O' : s[i];
    }

    (void) rfl_latin_written(t, grave, RFL_RULES_HEARD, RFL_PART_HAITIAN, rs);
    (void) rfl_latin_written(t, grave, RFL_RULES_HEARD,
                             RFL_PART_HAITIAN|RFL_RULE_CODA, rs);

    n = rfl_rule_phones(RFL_RULES_HAITIAN, RFL_RULE_ALL, grave, ph);
    rfl_reading_add(rs, ph, n, RFL_READ_LOOSE);

    rfl_memzero(grave, sizeof(grave));
    rfl_memzero(ph, sizeof(ph));
}


/*
 * As hangul, kana and Chinese characters write French.  Any word that may be
 * French has such a reading, whatever stands beside it, since it is compared
 * with these scripts only.
 */

static void
rfl_latin_french(const rfl_token_t *t, const char *s, rfl_readings_t *rs)
{
    char      ph[RFL_RULE_PHONES];
    size_t    n;
    unsigned  i, signs;

    if (t->n <= RFL_LATIN_SHORT || t->n > RFL_LATIN_FRENCH
        || (t->flags & (RFL_PART_SOMALI|RFL_PART_TURKISH|RFL_PART_SLAVIC)))
    {
        return;
    }

    for (i = 0; i < t->n; i++) {
        if (s[i] != 'C'
            && (s[i] < 'a' || s[i] > 'z' || s[i] == 'k' || s[i] == 'w'))
        {
            return;
        }
    }

    signs = rfl_rule_signs(RFL_RULES_FRENCH_SIGN, s);

    if ((signs & RFL_FRENCH_SURE) == 0
        && signs != (RFL_FRENCH_ROUND|RFL_FRENCH_ER))
    {
        return;
    }

    if ((signs & RFL_FRENCH_ROUND) == 0) {
        signs &= ~(unsigned) RFL_FRENCH_ER;
    }

    n = rfl_rule_phones(RFL_RULES_FRENCH, signs|RFL_FRENCH_SURE, s, ph);

    rfl_reading_add(rs, ph, n, RFL_READ_HEARD);
    rfl_memzero(ph, sizeof(ph));
}


void
rfl_latin_phones(const uint32_t *cp, unsigned n, rfl_readings_t *rs,
    unsigned flags)
{
    char    s[RFL_LATIN_MAX + RFL_RULE_LETTERS], ph[RFL_RULE_PHONES];
    size_t  len;

    rfl_latin_spell(cp, n, s);

    len = rfl_rule_phones(RFL_RULES_LATIN,
                          (flags & RFL_READ_PINYIN) ? ~RFL_RULE_ABROAD
                                                    : RFL_RULE_ALL,
                          s, ph);

    rfl_reading_add(rs, ph, len, flags);

    rfl_memzero(s, sizeof(s));
    rfl_memzero(ph, sizeof(ph));
}


/* a-z, ', digits and capitals for marked letters */

static void
rfl_latin_spell(const uint32_t *cp, unsigned n,
    char s[RFL_LATIN_MAX + RFL_RULE_LETTERS])
{
    size_t       len, at;
    unsigned     i;
    uint32_t     c;
    const char  *to;

    at = 0;

    for (i = 0; i < n; i++) {
        c = cp[i];
        to = (c >= 0x80) ? rfl_latin_letter(c) : NULL;

        if (to != NULL) {
            len = strlen(to);

            if (at + len < RFL_LATIN_MAX) {
                memcpy(&s[at], to, len);
                at += len;
            }

            continue;
        }

        if (c >= 0x80) {
            c = (rfl_fold_kind(c) & RFL_FOLD_QUOTE) ? '\'' : rfl_fold_base(c);
        }

        if (at < RFL_LATIN_MAX
            && ((c >= 'a' && c <= 'z') || c == '\'' || (c >= '2' && c <= '9')))
        {
            s[at++] = (char) c;
        }
    }

    memset(&s[at], 0, RFL_RULE_LETTERS);
}


static const char *
rfl_latin_letter(uint32_t c)
{
    size_t  i;

    for (i = 0;
         i < sizeof(rfl_latin_letters) / sizeof(rfl_latin_letters[0]);
         i++)
    {
        if (rfl_latin_letters[i].cp == c) {
            return rfl_latin_letters[i].to;
        }
    }

    return NULL;
}
