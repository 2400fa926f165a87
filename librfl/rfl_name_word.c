
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_word.c: words in a name that identify nobody, and words that only
 * together make a name.  Particles (al, bin, de, van) and titles (Mr, Haji,
 * Daw) make no key and weigh nothing; a single letter is an initial; Abdul
 * Rahman and Rahmat Ullah become one word.  Own writing.
 */


#include "rfl_name_int.h"

#include "rfl_text.h"

#include "tables/rfl_word_table.h"


#define RFL_WORD_PARTICLE  0x01
#define RFL_WORD_TITLE     0x02
#define RFL_WORD_MAYBE     0x04    /* "+": a name too */
#define RFL_WORD_ABD       0x08
#define RFL_WORD_ARTICLE   0x10
#define RFL_WORD_ULLAH     0x20
#define RFL_WORD_FIRST     0x40    /* of two that are one name */
#define RFL_WORD_SECOND    0x80
#define RFL_WORD_FAMILY    0x0100  /* of Korea */
#define RFL_WORD_WHOLE     0x0200  /* no initials */
#define RFL_WORD_CALLED    0x0400  /* a title, and half of a name */
#define RFL_WORD_BI        0x0800  /* half of Bibi */

#define RFL_WORDS_SLOTS    2048    /* a power of two */
#define RFL_WORDS_MAX      1024    /* half of them */


typedef struct {
    uint64_t  hash;
    unsigned  know;
} rfl_word_t;


static uint64_t rfl_word_hash(const uint32_t *cp, unsigned n);
static rfl_word_t *rfl_word_slot(uint64_t hash);
static void rfl_word_load(const char *list, unsigned know);
static unsigned rfl_word_count(const rfl_tokens_t *ts);
static int rfl_word_syllable(const rfl_tokens_t *ts, unsigned at);
static int rfl_word_korean(const rfl_tokens_t *ts, unsigned at);
static void rfl_word_append(rfl_tokens_t *ts, unsigned i, unsigned from);
static void rfl_word_join_abd(rfl_tokens_t *ts, unsigned i);
static void rfl_word_kunya(rfl_token_t *t);


/* all words above, each at or after the slot of its hash; built once */

static rfl_word_t  rfl_words[RFL_WORDS_SLOTS];
static unsigned    rfl_nwords;


int
rfl_word_init(rfl_err_t *err)
{
    if (rfl_nwords != 0) {
        return RFL_OK;
    }

    rfl_word_load(rfl_word_particles, RFL_WORD_PARTICLE);
    rfl_word_load(rfl_word_titles, RFL_WORD_TITLE);
    rfl_word_load(rfl_word_called, RFL_WORD_CALLED);
    rfl_word_load(rfl_word_bi, RFL_WORD_BI);
    rfl_word_load(rfl_word_abd, RFL_WORD_ABD);
    rfl_word_load(rfl_word_article, RFL_WORD_ARTICLE);
    rfl_word_load(rfl_word_ullah, RFL_WORD_ULLAH);
    rfl_word_load(rfl_word_first, RFL_WORD_FIRST);
    rfl_word_load(rfl_word_second, RFL_WORD_SECOND);
    rfl_word_load(rfl_word_korea, RFL_WORD_FAMILY);
    rfl_word_load(rfl_word_whole, RFL_WORD_WHOLE);

    if (rfl_nwords == RFL_WORDS_MAX) {
        return rfl_err(err, 0, "too many words in rfl_name_word.c");
    }

    return RFL_OK;
}


static void
rfl_word_load(const char *list, unsigned know)
{
    unsigned       len, maybe;
    uint32_t       cp[RFL_TOKEN_MAX];
    uint64_t       hash;
    rfl_word_t    *word;
    const u_char  *p, *last, *end;

    p = (const u_char *) list;
    end = p + strlen(list);

    for ( /* void */ ; p < end && rfl_nwords < RFL_WORDS_MAX; p = last + 1) {
        last = memchr(p, ' ', (size_t) (end - p));

        if (last == NULL) {
            last = end;
        }

        maybe = (*p == '+');
        p += maybe;

        for (len = 0; p < last && len < RFL_TOKEN_MAX; len++) {
            cp[len] = rfl_utf8_decode(&p, last);
        }

        hash = rfl_word_hash(cp, len);

        word = rfl_word_slot(hash);

        rfl_nwords += (word->know == 0);

        word->hash = hash;
        word->know |= know | (maybe ? RFL_WORD_MAYBE : 0);
    }
}


/* where a word is, or would be */

static rfl_word_t *
rfl_word_slot(uint64_t hash)
{
    size_t  at;

    at = (size_t) (hash & (RFL_WORDS_SLOTS - 1));

    while (rfl_words[at].know != 0 && rfl_words[at].hash != hash) {
        at = (at + 1) & (RFL_WORDS_SLOTS - 1);
    }

    return &rfl_words[at];
}


static uint64_t
rfl_word_hash(const uint32_t *cp, unsigned n)
{
    unsigned  i;
    uint64_t  h;

    h = 0xcbf29ce484222325ULL;

    for (i = 0; i < n; i++) {
        h = (h ^ cp[i]) * 0x100000001b3ULL;
    }

    return h;
}


void
rfl_word_know(rfl_token_t *t)
{
    t->word = (uint16_t) rfl_word_slot(rfl_word_hash(t->cp, t->n))->know;
}


int
rfl_word_in(const char *const *list, size_t n, const char *s, size_t len)
{
    size_t  i;

    for (i = 0; i < n; i++) {
        if (strlen(list[i]) == len && memcmp(list[i], s, len) == 0) {
            return 1;
        }
    }

    return 0;
}


int
rfl_word_type(const rfl_tokens_t *ts, unsigned at)
{
    int                 maybe;
    const rfl_token_t  *t;

    t = &ts->t[at];
    maybe = ((t->word & RFL_WORD_MAYBE) != 0);

    /*
     * A particle is always followed by what it belongs to; Van Sok, of
     * Cambodia, is not van der Berg Jan
     */

    if ((t->word & RFL_WORD_PARTICLE) && at + 1 < ts->n
        && (!maybe || ((at != 0 || t->cp[0] == 'v') && rfl_word_count(ts) > 2))
        && !rfl_word_syllable(ts, at))
    {
        return RFL_PART_PARTICLE;
    }

    /* an article that sounds as what follows: Khair un Nisa */

    if (t->script == RFL_SCRIPT_LATN && at > 0 && at + 1 < ts->n && t->n == 2
        && t->cp[0] == 'u' && t->cp[1] == 'n' && ts->t[at + 1].n > 3
        && ts->t[at + 1].cp[0] == 'n'
        && !(ts->t[at + 1].flags & RFL_PART_KOREAN))
    {
        return RFL_PART_PARTICLE;
    }

    /* U Tin Oo is written with the same word before and after */

    if ((t->word & RFL_WORD_TITLE)
        && (!maybe || (at == 0 && rfl_word_count(ts) > 2))
        && ((t->script != RFL_SCRIPT_MYMR && t->n > 1)
            || at == 0 || at + 1 < ts->n))
    {
        return RFL_PART_TITLE;
    }

    if (t->n == 1
        || (t->n == 2 && t->dot && ((t->word & RFL_WORD_WHOLE) == 0 || maybe)))
    {

        switch (t->script) {

        case RFL_SCRIPT_LATN:
        case RFL_SCRIPT_CYRL:
        case RFL_SCRIPT_GREK:
        case RFL_SCRIPT_ARMN:
        case RFL_SCRIPT_GEOR:
        case RFL_SCRIPT_ARAB:
        case RFL_SCRIPT_HEBR:
            return RFL_PART_INITIAL;
        }
    }

    /* a consonant with its vowel sign, as in Tamil */

    if (t->script == RFL_SCRIPT_INDIC && t->dot && t->n <= 3) {
        return RFL_PART_INITIAL;
    }

    return RFL_PART_NAME;
}


/* without what is nothing but a particle: Cheikh Ould Mohamed has two */

static unsigned
rfl_word_count(const rfl_tokens_t *ts)
{
    unsigned  i, n;

    for (i = 0, n = 0; i < ts->n; i++) {
        n += !(ts->t[i].word & RFL_WORD_PARTICLE)
             || (ts->t[i].word & RFL_WORD_MAYBE);
    }

    return n;
}


/*
 * Da-ming, Il-yun and Hye-bin are Chinese and Korean: a hyphen between two
 * words of one syllable, of which the second does not begin as an article
 * would end.
 */

static int
rfl_word_syllable(const rfl_tokens_t *ts, unsigned at)
{
    unsigned            i, n;
    uint32_t            c, next;
    const rfl_token_t  *t, *other;

    t = &ts->t[at];

    if (t->script != RFL_SCRIPT_LATN || t->n < 2 || t->n > 3) {
        return 0;
    }

    c = t->cp[0];
    next = t->cp[1];

    if (ts->t[at + 1].flags & RFL_PART_TIED) {
        other = t + 1;

    } else if ((t->flags & RFL_PART_TIED) && at > 0) {
        other = t - 1;

    } else {
        return (t->flags & RFL_PART_KOREAN) != 0 && c == 'i' && next == 'l';
    }

    if (rfl_phone_vowel(c) && c != 'i'
        && (other < t || next == 'l' || next == other->cp[0]))
    {
        return 0;
    }

    for (i = 0, n = 0; i < other->n; i++) {
        n += (rfl_phone_vowel(other->cp[i])
              && (i == 0 || !rfl_phone_vowel(other->cp[i - 1])));
    }

    return n == 1 && other->n > 1 && other->script == t->script;
}


/* the family of Um Sik-ho and Um Hyeonju is Korean, not Arabic */

static int
rfl_word_korean(const rfl_tokens_t *ts, unsigned at)
{
    unsigned            i;
    uint32_t            c, next;
    const rfl_token_t  *t;

    if (at + 1 < ts->n && (ts->t[at + 1].flags & RFL_PART_TIED)) {
        return 1;
    }

    t = &ts->t[at];

    for (i = 0; i + 1 < t->n && t->script == RFL_SCRIPT_LATN; i++) {
        c = t->cp[i];
        next = t->cp[i + 1];

        if ((c == 'e' && (next == 'o' || next == 'u'))
            || (c == 'h' && next == 'y')
            || (c == 'n' && next == 'g' && i + 2 == t->n))
        {
            return 1;
        }
    }

    return 0;
}


static void
rfl_word_append(rfl_tokens_t *ts, unsigned i, unsigned from)
{
    unsigned      n;
    rfl_token_t  *a, *b;

    a = &ts->t[i];
    b = &ts->t[from];

    a->word = 0;
    a->flags |= RFL_PART_COMPOUND;
    n = b->n;

    if (a->n + n > RFL_TOKEN_MAX) {
        n = RFL_TOKEN_MAX - a->n;
    }

    memcpy(&a->cp[a->n], b->cp, n * sizeof(uint32_t));
    a->n += n;

    memmove(&ts->t[i + 1], &ts->t[from + 1],
            (ts->n - from - 1) * sizeof(rfl_token_t));
    ts->n -= from - i;
}


int
rfl_word_called_by(const rfl_token_t *t)
{
    return (t->word & RFL_WORD_CALLED) != 0;
}


int
rfl_word_family(const rfl_token_t *t)
{
    return (t->word & RFL_WORD_FAMILY) != 0;
}


/*
 * Abdul Roy, of Bengal: a given name like any other; Um and Om are families
 * of Cambodia
 */

int
rfl_word_alone(const rfl_token_t *t)
{
    uint32_t  last;

    last = t->cp[t->n - 1];

    return (t->word & RFL_WORD_ABD)
           && (last == 'm'
               || (t->n > 3
                   && (last == 'l' || last == 0x09b2 || last == 0x0932)));
}


void
rfl_word_join(rfl_tokens_t *ts)
{
    unsigned      i;
    rfl_token_t  *t;

    for (i = 0; i + 1 < ts->n; i++) {
        t = &ts->t[i];

        if ((t->word & RFL_WORD_FIRST)
            && (ts->t[i + 1].word & RFL_WORD_SECOND)
            && ts->t[i + 1].script == t->script)
        {
            rfl_word_append(ts, i, i + 1);
            continue;
        }

        if ((t->word & RFL_WORD_BI) && (ts->t[i + 1].word & RFL_WORD_BI)) {
            rfl_word_append(ts, i, i + 1);
            rfl_word_know(t);
            continue;
        }

        if (t->word & RFL_WORD_ABD) {
            rfl_word_join_abd(ts, i);
            continue;
        }

        /* half of an article at the end: Ziaul Haq, Mizanur Rahman */

        if (t->script == RFL_SCRIPT_LATN && t->n > 4
            && t->cp[t->n - 2] == 'u'
            && (t->cp[t->n - 1] == 'l' || t->cp[t->n - 1] == 'r'))
        {
            t->flags |= RFL_PART_UL;
        }

        if (t->script != RFL_SCRIPT_LATN && t->script != RFL_SCRIPT_ARAB) {
            continue;
        }

        if (i > 0 && t->n > 1 && ts->t[i - 1].script == t->script
            && ts->t[i - 1].n > 2
            && (t->word & RFL_WORD_ULLAH))
        {
            rfl_word_append(ts, i - 1, i);
            i--;
        }
    }

    i = ts->n;

    if (i > 2 && ts->t[i - 2].script == ts->t[i - 1].script
        && ts->t[i - 2].n > 2
        && (ts->t[i - 1].word & RFL_WORD_ULLAH))
    {
        rfl_word_append(ts, i - 2, i - 1);
    }
}


/* Abd and a name of God are one name */

static void
rfl_word_join_abd(rfl_tokens_t *ts, unsigned i)
{
    unsigned      k;
    rfl_token_t  *t;

    t = &ts->t[i];
    k = i + 1;

    if (k + 1 < ts->n && (ts->t[k].word & RFL_WORD_ARTICLE)) {

        /* the Latin article is left out, the Arabic one written */

        if (t->script == RFL_SCRIPT_ARAB) {
            rfl_word_append(ts, i, k);

        } else {
            k++;
        }
    }

    if (ts->t[k].script == t->script && ts->t[k].n > 1
        && !(t->n == 2 && rfl_word_korean(ts, k)))
    {
        rfl_word_kunya(t);
        rfl_word_append(ts, i, k);
    }
}


/* Abu Ahmad, Umm Khalid: "father of", "mother of", not "servant of" */

static void
rfl_word_kunya(rfl_token_t *t)
{
    uint32_t  c;

    c = (t->script == RFL_SCRIPT_ARAB) ? rfl_arab_letter(t->cp[0]) : 0;

    if (c == 0x0627
        || (t->script == RFL_SCRIPT_LATN && t->n > 1 && t->cp[0] != 'c'
            && t->cp[t->n > 2 ? 2 : 1] != 'd'))
    {
        t->flags |= RFL_PART_KUNYA;
    }
}
