
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_latin.c: the sound of a word in Latin letters, whatever language
 * wrote it.  Letters with marks become a base letter and a mark, groups of
 * letters that stand for one sound become one phone.  Where languages
 * disagree (a Spanish, a German and an English "j") the phone stays
 * ambiguous and the costs in rfl_name_phone.c decide.
 *
 * The rules are common knowledge of the orthographies concerned.
 */


#include "rfl_name_int.h"

#include "rfl_text.h"


#define RFL_LATIN_MAX      (RFL_TOKEN_MAX * 2)

/* a letter in a set; a few share their bit */
#define rfl_latin_bit(c)   (1ULL << ((c) & 63))


typedef struct {
    unsigned     n;
    char         c[RFL_LATIN_MAX + 1];   /* a-z, ', and the marks below */
} rfl_latin_t;

typedef struct {
    uint32_t     cp;
    const char  *to;
} rfl_latin_letter_t;

typedef struct {
    const char  *from;
    const char  *to;
} rfl_latin_rule_t;


static uint32_t rfl_latin_base(uint32_t c);
static void rfl_latin_second(const rfl_token_t *t,
    const rfl_latin_rule_t *rule, rfl_readings_t *rs);
static void rfl_latin_slavic(const rfl_token_t *t, rfl_readings_t *rs);
static void rfl_latin_somali(const rfl_token_t *t, rfl_readings_t *rs);
static void rfl_latin_kunrei(const rfl_token_t *t, rfl_readings_t *rs);
static void rfl_latin_spell(const uint32_t *cp, unsigned n, rfl_latin_t *l);
static void rfl_latin_sound(const rfl_latin_t *l, rfl_readings_t *rs,
    unsigned flags);
static const rfl_latin_rule_t *rfl_latin_rule(const char *p);


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


/*
 * Longest first within a letter.  In "from": '^' start and '$' end of the
 * word, '*' after it a vowel must follow (not consumed), '=' a vowel e, i or
 * y.  "to" is phones.
 */

static const rfl_latin_rule_t  rfl_latin_rules[] = {
    { "aa", "a" }, { "ae", "e" }, { "ah$", "a" }, { "aw", "aw" },
    { "ay", "ay" }, { "ai", "ay" }, { "au", "aw" }, { "a", "a" },
    { "bh", "b" }, { "b", "b" },
    { "chtch", "SC" }, { "chh", "C" }, { "ch", "Q" }, { "cz", "C" },
    { "ck", "k" },
    { "cv", "cv" }, { "cc=", "C" }, { "cc", "k" }, { "c=", "c" }, { "c", "k" },
    { "dsch", "J" }, { "dzh", "J" }, { "dZ", "J" }, { "dj", "J" },
    { "dh", "D" }, { "dg=", "J" }, { "dgs", "Js" }, { "dgw", "Jw" },
    { "dt", "t" }, { "d", "d" },
    { "eau", "o" }, { "ee", "i" }, { "eh$", "e" }, { "ey", "ey" },
    { "ei", "ey" }, { "e", "e" },
    { "f", "f" },
    { "gh", "G" }, { "gu=", "g" }, { "g", "g" },
    { "h", "h" },
    { "ight", "ayt" }, { "ie", "ie" }, { "ii", "i" }, { "iy", "i" },
    { "i", "i" },
    { "jh", "J" }, { "j", "j" },
    { "kh", "x" }, { "k", "k" },
    { "lija$", "liya" }, { "l", "l" }, { "m", "m" },
    { "ng$", "N" }, { "nija$", "niya" }, { "n", "n" },
    { "oo", "u" }, { "ou", "u" }, { "ow", "ow" }, { "oh$", "o" },
    { "o", "o" },
    { "ph", "P" }, { "p", "p" },
    { "qu", "k" }, { "q", "q" },
    { "rh", "r" }, { "rija$", "riya" }, { "r", "r" },
    { "schtsch", "SC" }, { "shch", "SC" }, { "stsch", "SC" },
    { "sch", "S" }, { "sh", "S" }, { "sz", "S" }, { "s", "s" },
    { "tsch", "C" }, { "tsj", "C" }, { "tch", "C" }, { "tsz", "c" },
    { "th", "T" },
    { "ts", "c" },
    { "tz", "c" }, { "t", "t" },
    { "uu", "u" }, { "uh$", "u" }, { "u", "u" },
    { "v", "v" }, { "w", "w" }, { "xh", "J" }, { "x", "X" },
    { "zh", "Z" }, { "zj", "Z" }, { "z", "z" },
    { "2", "'" }, { "3", "'" }, { "5", "x" }, { "6", "t" }, { "7", "h" },
    { "8", "G" }, { "9", "q" }, { "'", "'" }
};

/*
 * Spellings that are read in another way as well.  "*": one of a, e, o and u
 * follows.  Capitals are letters with marks: c with a cedilla, a with a tilde
 * (N), r with a hacek, o with two dots, a and e with a tail.
 */

static const rfl_latin_rule_t  rfl_latin_seconds[] = {
    { "^xe", "kse" },              /* Xenia */
    { "No$", "an" }, { "CNo$", "san" },    /* Portuguese */
    { "rz", "\xc5\xbe" }, { "E", "en" }, { "A", "on" },      /* Polish */
    { "^jiR", "ir\xc5\xbe" }, { "R", "r\xc5\xbe" },         /* Czech */
    { "^gO", "yo" }, { "^kn", "n" }, { "ugh$", "u" },
    { "ngh", "ng'h" }, { "ngy", "ng'y" },  /* Kyung-hee, Fang-yao */
    { "^mg$", "maung" },           /* as Burma abbreviates it */
    { "axe", "akse" }, { "axi", "aksi" }, { "axw", "aksw" },
    { "Ca", "sa" }, { "Co", "so" },        /* French c with a cedilla */
    { "ic$", "i\xc4\x87" },        /* Petrovic, without the mark */
    { "9", "s" },                  /* q in Cairo, s in Beirut: 9abri */
    { "^thi*", "ch" },             /* French in Senegal: Thiam is Cham */
    { "^dia", "ja" }, { "^dio", "jo" },    /* and Diop Joop */
    { "^ndia", "nja" }, { "^ndio", "njo" }
};

static uint8_t  rfl_latin_first[256];


void
rfl_read_latin(const rfl_token_t *t, rfl_readings_t *rs)
{
    size_t                   k;
    unsigned                 i;
    uint64_t                 set;
    rfl_token_t              alt;
    const rfl_latin_rule_t  *rule;

    if (t->flags & RFL_PART_SLAVIC) {
        rfl_latin_slavic(t, rs);

    } else {
        rfl_latin_phones(t->cp, t->n, rs, 0);
    }

    if (t->flags & RFL_PART_KUNREI) {
        rfl_latin_kunrei(t, rs);
    }

    for (i = 0, set = 0; i < t->n; i++) {
        set |= rfl_latin_bit(rfl_latin_base(t->cp[i]));
    }

    for (k = 0; k < sizeof(rfl_latin_seconds) / sizeof(rfl_latin_rule_t); k++) {
        rule = &rfl_latin_seconds[k];

        if (set & rfl_latin_bit(rule->from[rule->from[0] == '^'])) {
            rfl_latin_second(t, rule, rs);
        }
    }

    for (i = 0; i < t->n; i++) {

        /* d with a stroke: d in Vietnamese, whose words are short, else j */

        if (t->cp[i] == 0x0111 && t->n > 4) {
            alt = *t;

            for ( /* void */ ; i < t->n; i++) {
                alt.cp[i] = (alt.cp[i] == 0x0111) ? 0x01f0 : alt.cp[i];
            }

            rfl_latin_phones(alt.cp, alt.n, rs, 0);
            rfl_memzero(&alt, sizeof(rfl_token_t));
        }
    }

    if (t->flags & (RFL_PART_SOMALI|RFL_PART_TURKISH)) {
        rfl_latin_somali(t, rs);
    }

    if (t->flags & RFL_PART_UL) {
        rfl_latin_phones(t->cp, t->n - 2, rs, RFL_READ_SHORN);
    }

    rfl_heard(t, rs);
    rfl_read_french(t, rs);
}


static uint32_t
rfl_latin_base(uint32_t c)
{
    switch (c) {

    case 0xe3:
        return 'N';

    case 0xe7:
        return 'C';

    case 0xf6:
        return 'O';

    case 0x105:
        return 'A';

    case 0x119:
        return 'E';

    case 0x159:
        return 'R';
    }

    return rfl_fold_base(c);
}


/* another reading, if the letters of the rule are there */

static void
rfl_latin_second(const rfl_token_t *t, const rfl_latin_rule_t *rule,
    rfl_readings_t *rs)
{
    size_t        k, from;
    unsigned      i;
    uint32_t      c;
    const char   *p, *q;
    const u_char *to, *last;
    rfl_token_t   alt;

    p = rule->from + (rule->from[0] == '^');

    for (from = 0; p[from] >= '2' && p[from] <= 'z' && p[from] != '=';
         from++)
    {
        /* void */
    }

    for (i = 0; i + from <= t->n; i++) {

        for (k = 0; k < from; k++) {
            if (rfl_latin_base(t->cp[i + k]) != (u_char) p[k]) {
                break;
            }
        }

        q = &p[k];
        c = (k == from && i + k < t->n) ? rfl_fold_base(t->cp[i + k]) : 0;

        if (k == from
            && (*q == '\0' || (*q == '$' && c == 0)
                || (*q == '*' && (c == 'a' || c == 'e' || c == 'o'
                                  || c == 'u'))))
        {
            alt = *t;
            alt.n = i;
            to = (const u_char *) rule->to;
            last = to + strlen(rule->to);

            while (to < last && alt.n < RFL_TOKEN_MAX) {
                alt.cp[alt.n++] = rfl_utf8_decode(&to, last);
            }

            for (k = i + from; k < t->n && alt.n < RFL_TOKEN_MAX; k++) {
                alt.cp[alt.n++] = t->cp[k];
            }

            rfl_latin_phones(alt.cp, alt.n, rs, 0);
            rfl_memzero(&alt, sizeof(rfl_token_t));
            return;
        }

        if (rule->from[0] == '^') {
            return;
        }
    }
}


/*
 * A Slavic name as Germans and Poles write it: j is y, w is v.  A German sch
 * may be zh and an s before a vowel z.
 */

static void
rfl_latin_slavic(const rfl_token_t *t, rfl_readings_t *rs)
{
    unsigned     i, voiced;
    rfl_token_t  alt;

    alt = *t;

    for (i = 0; i < t->n; i++) {
        alt.cp[i] = (t->cp[i] == 'j') ? 'y'
                    : (t->cp[i] == 'w') ? 'v' : t->cp[i];
    }

    rfl_latin_phones(alt.cp, alt.n, rs, 0);

    voiced = 0;

    for (i = 0; i + 2 < alt.n; i++) {

        if (alt.cp[i] != 's' || (i > 0 && alt.cp[i - 1] == 't')) {
            continue;
        }

        if (alt.cp[i + 1] == 'c' && alt.cp[i + 2] == 'h'
            && (i + 3 == alt.n || alt.cp[i + 3] != 't'))
        {
            alt.cp[i] = 0x17e;
            memmove(&alt.cp[i + 1], &alt.cp[i + 3],
                    (alt.n - i - 3) * sizeof(uint32_t));
            alt.n -= 2;
            voiced = 1;

        } else if (i == 0 && rfl_phone_vowel(alt.cp[1])) {
            alt.cp[0] = 'z';
            voiced = 1;
        }
    }

    if (voiced) {
        rfl_latin_phones(alt.cp, alt.n, rs, 0);
    }

    rfl_memzero(&alt, sizeof(rfl_token_t));
}


/* Tuzi is Tsuji: what the rest of the world spells otherwise */

static void
rfl_latin_kunrei(const rfl_token_t *t, rfl_readings_t *rs)
{
    unsigned     i, other;
    uint32_t     c, next;
    rfl_token_t  alt;

    other = 0;
    alt = *t;
    alt.n = 0;

    for (i = 0; i < t->n && alt.n + 2 < RFL_TOKEN_MAX; i++) {
        c = t->cp[i];
        next = (i + 1 < t->n) ? t->cp[i + 1] : 0;

        if ((c == 's' || c == 't' || c == 'z')
            && (next == 'i' || next == 'y'))
        {
            if (c != 'z') {
                alt.cp[alt.n++] = (c == 's') ? 's' : 'c';
            }

            alt.cp[alt.n++] = (c == 'z') ? 'j' : 'h';
            i += (next == 'y');
            other = 1;

        } else if (c == 't' && next == 'u') {
            alt.cp[alt.n++] = 't';
            alt.cp[alt.n++] = 's';
            other = 1;

        } else if (c == 'h' && next == 'u') {
            alt.cp[alt.n++] = 'f';
            other = 1;

        } else {
            alt.cp[alt.n++] = c;
        }
    }

    if (other) {
        rfl_latin_phones(alt.cp, alt.n, rs, 0);
    }

    rfl_memzero(&alt, sizeof(rfl_token_t));
}


/* c is ayn and x is h in Somali, c is j in Turkish */

static void
rfl_latin_somali(const rfl_token_t *t, rfl_readings_t *rs)
{
    unsigned     i, other;
    rfl_token_t  alt;

    other = 0;
    alt = *t;
    alt.n = 0;

    for (i = 0; i < t->n; i++) {

        if (t->cp[i] == 'c'
            && (i + 1 == t->n || (t->cp[i + 1] != 'h' && t->cp[i + 1] != 'k')))
        {
            other = 1;

            if (t->flags & RFL_PART_TURKISH) {
                alt.cp[alt.n++] = 'j';

            } else if (i != 0) {
                alt.cp[alt.n++] = '\'';
            }

        } else if (t->cp[i] == 'x' && (t->flags & RFL_PART_SOMALI)) {
            alt.cp[alt.n++] = 'h';
            other = 1;

        } else {
            alt.cp[alt.n++] = t->cp[i];
        }
    }

    if (other) {
        rfl_latin_phones(alt.cp, alt.n, rs, 0);
    }

    rfl_memzero(&alt, sizeof(rfl_token_t));
}


void
rfl_latin_phones(const uint32_t *cp, unsigned n, rfl_readings_t *rs,
    unsigned flags)
{
    rfl_latin_t  l;

    rfl_latin_spell(cp, n, &l);
    rfl_latin_sound(&l, rs, flags);

    rfl_memzero(&l, sizeof(rfl_latin_t));
}


static void
rfl_latin_spell(const uint32_t *cp, unsigned n, rfl_latin_t *l)
{
    size_t       k, len;
    unsigned     i;
    uint32_t     c;
    const char  *to;

    l->n = 0;

    for (i = 0; i < n; i++) {
        c = cp[i];

        if (c >= 0x80) {

            to = NULL;

            for (k = 0;
                 k < sizeof(rfl_latin_letters) / sizeof(rfl_latin_letters[0]);
                 k++)
            {
                if (rfl_latin_letters[k].cp == c) {
                    to = rfl_latin_letters[k].to;
                    break;
                }
            }

            if (to != NULL) {
                len = strlen(to);

                if (l->n + len < RFL_LATIN_MAX) {
                    memcpy(&l->c[l->n], to, len);
                    l->n += (unsigned) len;
                }

                continue;
            }

            c = rfl_fold_base(c);

            if (c == 0x1b0) {
                c = 'u';
            }

            if (c == 0x1a1) {
                c = 'o';
            }

            if (c == 0x2bc || c == 0x2bb || c == 0x2bf || c == 0x2be
                || c == 0x2b9 || c == 0x2018 || c == 0x2019)
            {
                c = '\'';
            }
        }

        if (c >= 0x80 || l->n >= RFL_LATIN_MAX) {
            continue;
        }

        if ((c >= 'a' && c <= 'z') || c == '\'' || (c >= '2' && c <= '9')) {
            l->c[l->n++] = (char) c;
        }
    }

    l->c[l->n] = '\0';
}


static void
rfl_latin_sound(const rfl_latin_t *l, rfl_readings_t *rs, unsigned flags)
{
    size_t                   k, n;
    char                     ph[RFL_LATIN_MAX * 2 + 8], c;
    unsigned                 i;
    const char              *to;
    const rfl_latin_rule_t  *rule;

    n = 0;

    for (i = 0; i < l->n; /* void */ ) {
        c = l->c[i];

        if (c == 'n' && l->c[i + 1] == 'g' && i + 2 < l->n
            && strchr("aeiouyhr", l->c[i + 2]) == NULL)
        {
            ph[n++] = 'N';
            i += 2;
            continue;
        }

        if (i == 0 && c == 'h' && l->n > 2
            && strchr("aeiouyw'h", l->c[1]) == NULL)
        {
            /* Burmese ht, hl, hp and Chinese hs */

            i++;

            if (l->c[1] == 's' && (l->c[2] == 'i' || l->c[2] == 'u')) {
                ph[n++] = 'S';
                i++;
            }

            continue;
        }

        if (c == 'x' && i > 0 && l->c[i + 1] != 'h'
            && (flags & RFL_READ_PINYIN) == 0
            && strchr("eiou", l->c[i - 1]) != NULL)
        {
            ph[n++] = 'k';
            ph[n++] = 's';
            i++;
            continue;
        }

        if (c == 'y') {

            /* a half-vowel beside a vowel, else a vowel */

            if ((i > 0 && rfl_phone_vowel((u_char) l->c[i - 1]))
                || (i + 1 < l->n
                    && rfl_phone_vowel((u_char) l->c[i + 1])))
            {
                ph[n++] = 'y';

            } else {
                ph[n++] = 'i';
            }

            i++;
            continue;
        }

        /* after these a j is no English one: Tatjana, Worobjow, Gjorgji */

        if (c == 'j' && i > 0 && strchr("tbvwmpskgl", l->c[i - 1]) != NULL
            && rfl_phone_vowel((u_char) l->c[i + 1]))
        {
            ph[n++] = 'y';
            i++;
            continue;
        }

        rule = rfl_latin_rule(&l->c[i]);

        if (rule == NULL) {
            ph[n++] = c;            /* already a phone */
            i++;

        } else {
            for (k = 0; rule->from[k] != '\0'; k++) {
                if (rule->from[k] == '$' || rule->from[k] == '=') {
                    break;
                }
            }

            i += (unsigned) k;

            for (to = rule->to; *to != '\0'; to++) {
                ph[n++] = *to;
            }
        }

        /* doubled letters are one sound */

        while (n >= 2 && ph[n - 1] == ph[n - 2]) {
            n--;
        }
    }

    rfl_reading_add(rs, ph, n, flags);

    rfl_memzero(ph, sizeof(ph));
}


static const rfl_latin_rule_t *
rfl_latin_rule(const char *p)
{
    size_t                   i, k, nrules;
    char                     next;
    const rfl_latin_rule_t  *rule;

    nrules = sizeof(rfl_latin_rules) / sizeof(rfl_latin_rules[0]);

    if (rfl_latin_first['a'] == 0) {
        for (i = nrules; i > 0; i--) {
            rfl_latin_first[(u_char) rfl_latin_rules[i - 1].from[0]]
                = (uint8_t) i;
        }
    }

    i = rfl_latin_first[(u_char) *p];
    if (i == 0) {
        return NULL;
    }

    for (i = i - 1; i < nrules && rfl_latin_rules[i].from[0] == *p; i++) {
        rule = &rfl_latin_rules[i];

        for (k = 0; rule->from[k] != '\0'; k++) {
            next = p[k];

            if (rule->from[k] == '$') {
                if (next == '\0') {
                    return rule;
                }

                break;
            }

            if (rule->from[k] == '=') {
                if (next == 'e' || next == 'i' || next == 'y') {
                    return rule;
                }

                break;
            }

            if (rule->from[k] != next) {
                break;
            }
        }

        if (rule->from[k] == '\0') {
            return rule;
        }
    }

    return NULL;
}
