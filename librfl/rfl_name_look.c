
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_look.c: what language a name in Latin letters looks like, where
 * its letters mean something else there: rfl_name.c has its words marked, and
 * rfl_name_latin.c reads them by that.  And which given names that look
 * Korean are those of two people, for rfl_name_like.c.  Own writing.
 */


#include "rfl_name_rule.h"


#define RFL_LOOK_SOUNDS    32
#define RFL_LOOK_LETTERS   8       /* between two vowels */

/* letters that only Kurdish and Azeri have both of */
#define RFL_LOOK_S         0x01    /* s with a cedilla */
#define RFL_LOOK_XWQ       0x02


static unsigned rfl_look_letter(const rfl_token_t *t, unsigned k);
static int rfl_look_open(const rfl_token_t *t, unsigned k);
static unsigned rfl_look_signs(const rfl_tokens_t *ts);
static void rfl_look_korean(rfl_tokens_t *ts);
static int rfl_look_kunrei(const rfl_tokens_t *ts);
static int rfl_look_syllables(const rfl_token_t *t);
static int rfl_look_in(const char *list, const char *s, size_t len);
static int rfl_look_same(const char *x, unsigned n, const char *y,
    unsigned m);
static int rfl_look_half(const rfl_part_t *part);
static unsigned rfl_look_once(char *s, unsigned len);
static unsigned rfl_look_classes(const rfl_part_t *part, char *out);
static unsigned rfl_look_latin(const rfl_part_t *part, char *out);


/* what syllables of Korea begin and end with, as it is spelled there */

static const char  rfl_look_leads[] =
    "b bb bh bw by ch chh chw chy d dd dh dw dy g gg gh gw gy h hh hw hy j jh "
    "jj jw jy k kh kk kw ky l ll lw ly m mh mw my n nh nw ny p ph pp pw py r "
    "rh rw ry s sh shh shw shy ss sw sy t tch th tt tw ty w wh y";

static const char  rfl_look_tails[] =
    "b c ck d g h hk hl hm hn hng hp hr hs ht j k kk l lg lk ll lm lp m mm mp "
    "n nd ng nj nn p pp r rd rk rm rn rp rr s ss t w y yn";


/*
 * What language a Latin spelling is likely to be of: Somali writes c for ayn
 * and x for h, Turkish c for j, and so does Kurdish, which has hats (Xelîl,
 * Cemîle).  Words that could be so get a reading more.
 */

void
rfl_look_mark(rfl_tokens_t *ts)
{
    unsigned      i, k, look, marks;
    uint32_t      c;
    rfl_token_t  *t;

    look = 0;
    marks = 0;

    for (i = 0; i < ts->n; i++) {
        t = &ts->t[i];

        if (t->script != RFL_SCRIPT_LATN) {
            continue;
        }

        for (k = 0; k < t->n; k++) {
            look |= rfl_look_letter(t, k);

            c = t->cp[k];
            marks |= (c == 0x15f) ? RFL_LOOK_S : 0;
            marks |= (c == 'x' || c == 'w' || c == 'q') ? RFL_LOOK_XWQ : 0;
        }
    }

    look |= rfl_look_signs(ts);

    if (marks == (RFL_LOOK_S|RFL_LOOK_XWQ)) {
        look |= RFL_PART_KURDISH;
    }

    if (rfl_viet_name(ts)) {
        look &= ~(unsigned) (RFL_PART_HAITIAN|RFL_PART_KURDISH);
        look |= RFL_PART_VIET;
    }

    rfl_look_korean(ts);

    if (rfl_look_kunrei(ts)) {
        look |= RFL_PART_KUNREI;
    }

    for (i = 0; i < ts->n && look != 0; i++) {
        if (ts->t[i].script == RFL_SCRIPT_LATN) {
            ts->t[i].flags |= look;
        }
    }
}


/* what a letter, with its neighbours, is a sign of: RFL_PART_* */

static unsigned
rfl_look_letter(const rfl_token_t *t, unsigned k)
{
    unsigned  look;
    uint32_t  c, next;

    look = 0;
    c = t->cp[k];
    next = (k + 1 < t->n) ? t->cp[k + 1] : 0;

    if ((c == next && (c == 'a' || c == 'i' || c == 'u' || c == 'o'
                       || c == 'e'))
        || (c == 'x' && next == 'a') || (c == 'a' && next == 'x')
        || (k == 0 && c == 'c' && next == 'a' && t->n > 2
            && (t->cp[2] == 'b' || t->cp[2] == 'l')))
    {
        look |= RFL_PART_SOMALI;
    }

    if (c < 0x80) {
        return look;
    }

    if (rfl_look_open(t, k)) {
        look |= RFL_PART_HAITIAN;
    }

    if (c == 0xea || c == 0xee || c == 0xfb) {
        look |= RFL_PART_KURDISH;
    }

    if (c == 0x131 || c == 0x15f || c == 0x11f
        || (c == 0xe7 && (k == 0 || (next != 'a' && next != 'o')))
        || c == 0xf6 || c == 0xfc || c == 0x307)
    {
        look |= RFL_PART_TURKISH;
    }

    return look;
}


/*
 * A grave where French has none: on an o, at the end, or in a syllable that
 * is closed and not the last but one before a silent e.  Haitian has no c
 * without an h, as Niccolò has.
 */

static int
rfl_look_open(const rfl_token_t *t, unsigned k)
{
    unsigned  i;
    uint32_t  next, after;

    for (i = 0; i < t->n; i++) {
        if (t->cp[i] == 'c' && (i + 1 == t->n || t->cp[i + 1] != 'h')) {
            return 0;
        }
    }

    next = (k + 1 < t->n) ? t->cp[k + 1] : 0;
    after = (k + 2 < t->n) ? t->cp[k + 2] : 0;

    return t->cp[k] == 0xf2
           || (t->cp[k] == 0xe8
               && (next == 0
                   || (!rfl_phone_vowel(next) && next != 's' && after != 'e'
                       && (after == 0 || rfl_phone_vowel(after)))));
}


/* what the words' spellings are signs of, in base letters */

static unsigned
rfl_look_signs(const rfl_tokens_t *ts)
{
    char                s[RFL_RULE_WORD];
    unsigned            k, n, signs, ends;
    const rfl_token_t  *t;

    signs = 0;
    ends = 1;

    for (k = 0, n = 0; k < ts->n; k++) {
        t = &ts->t[k];

        if (t->script != RFL_SCRIPT_LATN || t->n < 3) {
            continue;
        }

        rfl_rule_letters(t, s);

        signs |= rfl_rule_signs(RFL_RULES_LOOK, s);
        ends &= (s[t->n - 1] == 's');
        n++;

        rfl_memzero(s, t->n);
    }

    /* Andrejs Kozlovs: one word alone may be a Jonas */

    if (!ends || n < 2) {
        signs &= ~(unsigned) RFL_PART_BALTIC;
    }

    return signs;
}


/*
 * Every word is made of syllables of Japanese, and one is spelled as only
 * Japan does.
 */

static int
rfl_look_kunrei(const rfl_tokens_t *ts)
{
    int                 only;
    unsigned            i, k;
    uint32_t            c, next;
    const rfl_token_t  *t;

    only = 0;

    for (i = 0; i < ts->n; i++) {
        t = &ts->t[i];

        if (t->script != RFL_SCRIPT_LATN) {
            return 0;
        }

        for (k = 0; k < t->n; k++) {
            c = t->cp[k];
            next = (k + 1 < t->n) ? t->cp[k + 1] : 0;

            if (rfl_phone_vowel(c)) {
                continue;
            }

            only |= (((c == 't' || c == 'h') && next == 'u')
                     || (c == 'z' && next == 'i')
                     || ((c == 's' || c == 't' || c == 'z') && next == 'y'));

            if (c == 'n' && !rfl_phone_vowel(next) && next != 'y') {
                continue;          /* a syllable of its own */
            }

            if (c >= 0x80 || strchr("kstnhmyrwgzdbp", (int) c) == NULL) {
                return 0;
            }

            k += (next == 'y' || next == c);

            if (k + 1 >= t->n || !rfl_phone_vowel(t->cp[k + 1])) {
                return 0;
            }
        }
    }

    return only;
}


/* a family name of Korea, and one or two syllables as they are there */

static void
rfl_look_korean(rfl_tokens_t *ts)
{
    unsigned      i, family;
    rfl_token_t  *t;

    if (ts->n < 2 || ts->n > 3) {
        return;
    }

    family = rfl_word_family(&ts->t[0]) ? 0 : ts->n - 1;

    if (!rfl_word_family(&ts->t[family])) {
        return;
    }

    for (i = 0; i < ts->n; i++) {
        t = &ts->t[i];

        if (t->script != RFL_SCRIPT_LATN || !rfl_look_syllables(t)) {
            return;
        }
    }

    for (i = 0; i < ts->n; i++) {
        if (i != family) {
            ts->t[i].flags |= RFL_PART_KOREAN;
        }
    }
}


/*
 * One or two groups of vowels, and between them only what syllables of Korea
 * begin and end with: Gagn and Yhe are slips.
 */

static int
rfl_look_syllables(const rfl_token_t *t)
{
    char      s[RFL_LOOK_LETTERS];
    unsigned  i, k, n, from;

    for (i = 0, n = 0, from = 0; i <= t->n; i++) {

        if (i < t->n && !rfl_phone_vowel(t->cp[i])) {

            if (t->cp[i] >= 0x80 || i - from + 1 >= sizeof(s)) {
                return 0;
            }

            s[i - from] = (char) t->cp[i];
            continue;
        }

        /* some letters of what stands between vowels end a syllable */

        s[i - from] = '\0';

        for (k = 0; k <= i - from; k++) {
            if ((k == 0 || (n > 0 && rfl_look_in(rfl_look_tails, s, k)))
                && (k == i - from
                    || (i < t->n
                        && rfl_look_in(rfl_look_leads, s + k, i - from - k))))
            {
                break;
            }
        }

        if (k > i - from) {
            return 0;
        }

        n += (i < t->n && (i == 0 || !rfl_phone_vowel(t->cp[i - 1])));
        from = i + 1;
    }

    return n == 1 || n == 2;
}


/* is it one of the words of the list? */

static int
rfl_look_in(const char *list, const char *s, size_t len)
{
    size_t  n;

    for ( /* void */ ; *list != '\0'; list += n + (list[n] == ' ')) {
        n = strcspn(list, " ");

        if (n == len && memcmp(list, s, len) == 0) {
            return 1;
        }
    }

    return 0;
}


/*
 * Vowels of Korean are spelled in many ways, and its consonants in two or
 * three; brothers share a syllable and differ in the other.
 */

int
rfl_look_apart(const rfl_part_t *a, const rfl_part_t *b, const rfl_part_t *c)
{
    char      x[2 * RFL_LOOK_SOUNDS], y[RFL_LOOK_SOUNDS];
    unsigned  n, m;

    if (((a->flags | c->flags) & RFL_PART_KOREAN) == 0) {
        return 0;
    }

    n = rfl_look_classes(a, x);

    if (n == 0) {
        return 0;
    }

    if (b != NULL) {
        m = rfl_look_classes(b, &x[n]);

        if (m == 0) {
            return 0;
        }

        n += m;
    }

    m = rfl_look_classes(c, y);

    /* half a name is compared where both halves are */

    if (m == 0 || (b == NULL && a->script != c->script
                   && rfl_look_half(a->script == RFL_SCRIPT_HANG ? c : a)))
    {
        return 0;
    }

    n = rfl_look_once(x, n);
    m = rfl_look_once(y, m);

    return !rfl_look_same(x, n, y, m);
}


/* ng before a vowel may be of two syllables: Joongang is Joon-gang */

static int
rfl_look_same(const char *x, unsigned n, const char *y, unsigned m)
{
    unsigned  i, j;

    for (i = 0, j = 0; i < n && j < m; i++, j++) {

        if (x[i] == 'g' && j + 1 < m && y[j] == 'N' && y[j + 1] == 'K') {
            j++;

        } else if (y[j] == 'g' && i + 1 < n && x[i] == 'N' && x[i + 1] == 'K')
        {
            i++;

        } else if (x[i] != y[j]
                   && (x[i] != 'g' || y[j] != 'G')
                   && (x[i] != 'G' || y[j] != 'g'))
        {
            return 0;
        }
    }

    return i == n && j == m;
}


static int
rfl_look_half(const rfl_part_t *part)
{
    unsigned  i, n;

    for (i = 0, n = 0; i < part->nletters; i++) {
        n += (rfl_phone_vowel(part->letters[i])
              && (i == 0 || !rfl_phone_vowel(part->letters[i - 1])));
    }

    return n < 2;
}


/*
 * What is spelled once or twice, the r that only the North writes, and l and
 * r, which are one letter: Gil-yeon is Gilyeon.
 */

static unsigned
rfl_look_once(char *s, unsigned len)
{
    unsigned  i, n;

    for (i = 0, n = 0; i < len; i++) {

        if ((n > 0 && s[i] == s[n - 1]) || (i == 0 && s[0] == 'R')) {
            continue;
        }

        s[n++] = (s[i] == 'L') ? 'R' : s[i];
    }

    return n;
}


/* 0: not known to be Korean */

static unsigned
rfl_look_classes(const rfl_part_t *part, char *out)
{
    unsigned  i, n;

    if (part->script != RFL_SCRIPT_HANG) {
        return (part->flags & RFL_PART_KOREAN) ? rfl_look_latin(part, out)
                                               : 0;
    }

    for (i = 0, n = 0; i < part->nletters && n + 4 < RFL_LOOK_SOUNDS; i++) {
        n += rfl_hang_classes(part->letters[i], &out[n]);
    }

    /* one syllable is a family name more often, and spelled freely */

    return (part->nletters == 2) ? n : 0;
}


/* the same of a name as Koreans spell it in Latin letters */

static unsigned
rfl_look_latin(const rfl_part_t *part, char *out)
{
    unsigned           i, n, c, next;
    static const char  classes[26] =
        /* a..z; ".": a vowel or nothing */
        ".PJT..KH.JKLMN.P.RST....yJ";

    n = 0;

    for (i = 0; i < part->nletters && n + 1 < RFL_LOOK_SOUNDS; i++) {
        c = part->letters[i];
        next = (i + 1 < part->nletters) ? part->letters[i + 1] : 0;

        if (c < 'a' || c > 'z') {
            return 0;
        }

        if (c == 'n' && next == 'g') {
            i++;
            out[n++] = (i + 1 < part->nletters
                        && rfl_phone_vowel(part->letters[i + 1])) ? 'g' : 'G';

        } else if (c == 'c' && next == 'k') {
            continue;

        } else if (c == 'w' && next == 'h') {
            i++;
            out[n++] = 'H';        /* Whan is Hwan */
            out[n++] = 'w';

        } else if (c == 'w' || c == 'y') {

            /* woo and yi are no more than u and i */

            if (rfl_phone_vowel(next)
                && !(c == 'w' && (next == 'u'
                                  || (next == 'o' && i + 2 < part->nletters
                                      && part->letters[i + 2] == 'o')))
                && !(c == 'y' && next == 'i'))
            {
                out[n++] = (char) c;
            }

        } else if (c == 'h' && i > 0 && !rfl_phone_vowel(next) && next != 'w'
                   && next != 'y')
        {
            continue;              /* ah, oh; sh and ch are seen to below */

        } else if (c == 'h' && i > 0
                   && (part->letters[i - 1] == 's'
                       || part->letters[i - 1] == 'c'))
        {
            continue;

        } else if ((c == 'r' || c == 'l')
                   && (rfl_phone_vowel(next) || next == 'y'))
        {
            out[n++] = 'R';

        } else if ((c == 's' || c == 'd' || c == 'j') && next == 0) {
            out[n++] = 'T';

        } else if (classes[c - 'a'] != '.') {
            out[n++] = (c == 'r') ? 'L' : classes[c - 'a'];
        }
    }

    return n;
}
