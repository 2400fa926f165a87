
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_viet.c: Vietnamese.  People leave its marks out, and then Hung may
 * be anybody; where both sides write them, tones and letters tell names
 * apart: Hùng is not Hưng, and Hoa not Hoan.  A name is Vietnamese if all its
 * words are syllables of Vietnamese and one has a mark.  Own rules.
 */


#include "rfl_name_int.h"


/* in rfl_part_t.viet */

#define RFL_VIET_KNOWN     0x80000000
#define RFL_VIET_PLAIN     0x40000000      /* no marks but that of the tone */
#define RFL_VIET_TONE      0x0000003f      /* of its mark, and one; or 0 */
#define RFL_VIET_LETTERS   0x3fffffc0

#define RFL_VIET_MAX       8       /* letters; nghieng has seven */


static int rfl_viet_syllable(const rfl_token_t *t);
static int rfl_viet_mark(uint32_t c);
static int rfl_viet_south(const rfl_part_t *a, const rfl_part_t *b);
static int rfl_viet_less(uint32_t x, uint32_t y);
static unsigned rfl_viet_edits(const rfl_part_t *a, const rfl_part_t *b);
static int rfl_viet_like(unsigned x, unsigned y);


static const char *const  rfl_viet_onsets[] = {
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n",
    "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"
};

static const char *const  rfl_viet_codas[] = {
    "", "c", "ch", "m", "n", "ng", "nh", "p", "t"
};


int
rfl_viet_name(const rfl_tokens_t *ts)
{
    int       marked;
    unsigned  i, k;

    marked = 0;

    for (i = 0; i < ts->n; i++) {

        if (ts->t[i].script != RFL_SCRIPT_LATN) {
            return 0;
        }

        for (k = 0; k < ts->t[i].n; k++) {

            if (ts->t[i].cp[k] < 0x80) {
                continue;
            }

            if (!rfl_viet_mark(ts->t[i].cp[k])) {
                return 0;
            }

            marked = 1;
        }
    }

    for (i = 0; marked && i < ts->n; i++) {
        marked = rfl_viet_syllable(&ts->t[i]);
    }

    return marked && ts->n > 1;
}


/* a tone, a circumflex, a breve, a horn or the stroke of d */

static int
rfl_viet_mark(uint32_t c)
{
    uint32_t  rest, tone;

    rest = rfl_fold_tone(c, &tone);

    return c == 0x0111 || rest < 0x80 || (rest & 0xfff) == 0x302
           || (rest & 0xfff) == 0x306 || (rest & 0xfff) == 0x31b;
}


/* an onset, one to three vowels and a coda */

static int
rfl_viet_syllable(const rfl_token_t *t)
{
    char      s[RFL_VIET_MAX];
    size_t    from, to;
    unsigned  i;
    uint32_t  c;

    if (t->n == 0 || t->n > RFL_VIET_MAX) {
        return 0;
    }

    memset(s, 0, sizeof(s));

    for (i = 0; i < t->n; i++) {
        c = rfl_fold_base(t->cp[i]);

        if (c < 'a' || c > 'z') {
            return 0;
        }

        s[i] = (char) c;
    }

    for (from = 0; from < t->n && strchr("aeiouy", s[from]) == NULL; from++) {
        /* void */
    }

    if (from > 0 && from + 1 < t->n && s[from - 1] == 'q' && s[from] == 'u') {
        from++;
    }

    for (to = from; to < t->n && strchr("aeiouy", s[to]) != NULL; to++) {
        /* void */
    }

    return to > from && to - from <= 3
           && rfl_word_in(rfl_viet_onsets,
                          sizeof(rfl_viet_onsets) / sizeof(char *), s, from)
           && rfl_word_in(rfl_viet_codas,
                          sizeof(rfl_viet_codas) / sizeof(char *), &s[to],
                          t->n - to);
}


/*
 * What a syllable is with its marks: a hash of its letters, which tone, and
 * whether the vowels have marks.  The tone may stand on either of two
 * vowels, i is written y, and a stroke of d is left or forgotten.
 */

uint32_t
rfl_viet_form(const rfl_token_t *t)
{
    unsigned  i;
    uint32_t  c, h, tone, mark, plain;

    h = 0x811c9dc5;
    tone = 0;
    plain = RFL_VIET_PLAIN;

    for (i = 0; i < t->n; i++) {
        c = rfl_fold_tone(t->cp[i], &mark);
        c = (c == 'y') ? 'i' : (c == 0x0111) ? 'd' : c;

        tone = (mark != 0) ? (mark + 1) & RFL_VIET_TONE : tone;
        plain = (c >= 0x80) ? 0 : plain;
        h = (h ^ c) * 0x01000193;
    }

    return (h & RFL_VIET_LETTERS) | tone | plain | RFL_VIET_KNOWN;
}


int
rfl_viet_apart(const rfl_part_t *a, const rfl_part_t *b)
{
    int       same;
    uint32_t  x, y;

    x = a->viet;
    y = b->viet;

    if (x == 0 || y == 0 || x == y) {
        return 0;
    }

    switch (rfl_viet_edits(a, b)) {

    case 0:

        /* one side may have left marks out, of its tones or its letters */

        return !rfl_viet_less(x, y) && !rfl_viet_less(y, x);

    case 1:

        /* a slip of the finger, which would not make another tone as well */

        return (x & RFL_VIET_TONE) != 0 && (y & RFL_VIET_TONE) != 0
               && ((x ^ y) & RFL_VIET_TONE) != 0
               && !rfl_nick_same(a->nick, b->nick, &same);
    }

    return !rfl_viet_south(a, b) && !rfl_viet_south(b, a)
           && !rfl_nick_same(a->nick, b->nick, &same);
}


/* Hoang is Huynh in the south, where the name of a lord was not spoken */

static int
rfl_viet_south(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned           i;
    static const char  north[] = "hoang";
    static const char  south[] = "huynh";

    if (a->nletters != 5 || b->nletters != 5) {
        return 0;
    }

    for (i = 0; i < 5; i++) {
        if (a->letters[i] != (u_char) north[i]
            || b->letters[i] != (u_char) south[i])
        {
            return 0;
        }
    }

    return 1;
}


static int
rfl_viet_less(uint32_t x, uint32_t y)
{
    return ((x & RFL_VIET_PLAIN) || ((x ^ y) & RFL_VIET_LETTERS) == 0)
           && ((x & RFL_VIET_TONE) == 0 || ((x ^ y) & RFL_VIET_TONE) == 0);
}


/* 0: the same letters, 1: one slip, 2: more */

static unsigned
rfl_viet_edits(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned         i, n, m, na, nb;
    const uint16_t  *x, *y;

    x = a->letters;
    y = b->letters;
    na = a->nletters;
    nb = b->nletters;

    for (i = 0; i < na && i < nb && rfl_viet_like(x[i], y[i]); i++) {
        /* void */
    }

    x += i;
    y += i;
    n = na - i;
    m = nb - i;

    while (n > 0 && m > 0 && rfl_viet_like(x[n - 1], y[m - 1])) {
        n--;
        m--;
    }

    if (n == 0 && m == 0) {
        return 0;
    }

    return ((n <= 1 && m <= 1)
            || (n == 2 && m == 2 && x[0] == y[1] && x[1] == y[0])) ? 1 : 2;
}


static int
rfl_viet_like(unsigned x, unsigned y)
{
    return x == y || (x == 'i' && y == 'y') || (x == 'y' && y == 'i');
}
