
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_thai.c: the sound of a word in Thai or Lao, in the spelling of
 * passports.  Vowels that are written before their consonant are heard after
 * it; a consonant between two syllables closes the one and may open the other
 * as well, in the sound of its letter: Hatchai or Hasachai, Pattharapon.  So
 * a word has several readings.  Own tables; Lao lies 0x80 behind Thai.
 */


#include "rfl_name_int.h"


#define RFL_LAO_FIRST      0x0e81

/* letters that the code sees to, without their block */

#define RFL_THAI_KO        0x01
#define RFL_THAI_CHO       0x0a
#define RFL_THAI_NYO       0x0d
#define RFL_THAI_THO       0x17
#define RFL_THAI_PHO       0x1e
#define RFL_THAI_MO        0x21
#define RFL_THAI_YO        0x22
#define RFL_THAI_RO        0x23
#define RFL_THAI_WO        0x27
#define RFL_THAI_SSO       0x29
#define RFL_THAI_SO        0x2a
#define RFL_THAI_HO        0x2b
#define RFL_THAI_O         0x2d
#define RFL_THAI_SARA_A    0x30
#define RFL_THAI_AN        0x31
#define RFL_THAI_AA        0x32
#define RFL_THAI_I         0x34
#define RFL_THAI_II        0x35
#define RFL_THAI_UEE       0x37
#define RFL_THAI_U         0x38
#define RFL_LAO_KON        0x3b
#define RFL_LAO_IA         0x3d
#define RFL_THAI_E         0x40
#define RFL_THAI_AI        0x44
#define RFL_THAI_KARAN     0x4c    /* silences what it stands on */
#define RFL_THAI_RING      0x4d

/* ways of reading a word, a bit set */

#define RFL_THAI_OPEN      0x01    /* inside, by the letter and open */
#define RFL_THAI_LETTER    0x02    /* the last consonant, too */
#define RFL_THAI_UNBREATHED  0x04  /* kh is often spelled k */
#define RFL_THAI_WAYS      8


typedef struct {
    unsigned     m;                /* letters */
    unsigned     at;
    unsigned     way;
    unsigned     lead;             /* a vowel written before its consonant */
    unsigned     vowel;            /* heard since: 1 unwritten, 2 written */
    unsigned     bare;             /* an onset still without any */
    size_t       n;
    u_char       l[RFL_TOKEN_MAX + 4];     /* zeros behind them */
    char         ph[RFL_TOKEN_MAX * 3];
} rfl_thai_t;


static void rfl_thai_load(const rfl_token_t *t, rfl_thai_t *s);
static unsigned rfl_thai_silent(const rfl_token_t *t, unsigned i);
static void rfl_thai_letter(rfl_thai_t *s);
static int rfl_thai_closes(const rfl_thai_t *s);
static void rfl_thai_close(rfl_thai_t *s);
static int rfl_thai_mute(const rfl_thai_t *s);
static void rfl_thai_onset(rfl_thai_t *s);
static unsigned rfl_thai_cluster(const rfl_thai_t *s);
static void rfl_thai_lead(rfl_thai_t *s);
static void rfl_thai_sign(rfl_thai_t *s);
static int rfl_thai_double(const rfl_thai_t *s, unsigned at);
static int rfl_thai_vowel_o(const rfl_thai_t *s, unsigned at);
static const char *rfl_thai_sound(const rfl_thai_t *s, unsigned c);
static void rfl_thai_say(rfl_thai_t *s, const char *ph);
static int rfl_thai_in(unsigned c, const char *set);


#define rfl_thai_consonant(c)  ((c) >= 0x01 && (c) <= 0x2e)
#define rfl_thai_sign_of(c)    ((c) >= RFL_THAI_SARA_A && (c) < RFL_THAI_E)
#define rfl_thai_leads(c)      ((c) >= RFL_THAI_E && (c) <= RFL_THAI_AI)


static const char *const  rfl_thai_letters[] = {
    "k", "x", "x", "x", "x", "x", "N", "C", "C", "C", "s", "C", "y", "d",
    "t", "t", "t", "t", "n", "d", "t", "t", "t", "t", "n", "b", "p", "p",
    "f", "p", "f", "p", "m", "y", "r", "ru", "l", "lu", "w", "s", "s", "s",
    "h", "l", "", "h"
};

/* the sound of a consonant that closes a syllable, where it is another */

static const char *const  rfl_thai_closed[] = {
    "k", "k", "k", "k", "k", "k", "N", "t", "t", "t", "t", "t", "n", "t",
    "t", "t", "t", "t", "n", "t", "t", "t", "t", "t", "n", "p", "p", "p",
    "p", "p", "p", "p", "m", "y", "%n", "ru", "n", "lu", "w", "t", "t", "t",
    "h", "n", "", "h"
};

/* U+0E30 .. U+0E3D */

static const char *const  rfl_thai_signs[] = {
    "a", "a", "a", "am", "i", "i", "u", "u", "u", "u", "", "o", "l", "ia"
};


void
rfl_read_thai(const rfl_token_t *t, rfl_readings_t *rs)
{
    rfl_thai_t  s;

    rfl_thai_load(t, &s);

    for (s.way = 0; s.way < RFL_THAI_WAYS; s.way++) {
        s.n = 0;
        s.lead = 0;
        s.vowel = 0;
        s.bare = 0;

        for (s.at = 0; s.at < s.m && s.n + 12 < sizeof(s.ph); /* void */ ) {
            rfl_thai_letter(&s);
        }

        rfl_reading_add(rs, s.ph, s.n, 0);
    }

    rfl_memzero(&s, sizeof(s));
}


/* letters and vowels that are heard, without their tones */

static void
rfl_thai_load(const rfl_token_t *t, rfl_thai_t *s)
{
    unsigned  i, c;

    memset(s, 0, sizeof(rfl_thai_t));

    for (i = 0; i < t->n; i++) {
        c = t->cp[i] & 0x7f;

        if (c > RFL_THAI_AI && c != RFL_THAI_RING) {
            continue;
        }

        if (rfl_thai_silent(t, i)) {
            continue;
        }

        if (t->cp[i] >= RFL_LAO_FIRST) {
            c = (c == RFL_THAI_NYO) ? RFL_THAI_YO
                : (c == RFL_THAI_CHO) ? RFL_THAI_SO : c;
        }

        s->l[s->m++] = (u_char) c;
    }
}


/*
 * Written but not heard: what a karan stands on, with its vowel sign, and a
 * stop before a silenced r, Chan(tr); and a hissing sound behind k, Lak(sn).
 */

static unsigned
rfl_thai_silent(const rfl_token_t *t, unsigned i)
{
    unsigned  c, k, next;

    c = t->cp[i] & 0x7f;
    k = i + 1;

    if (!rfl_thai_consonant(c)) {
        return (c == RFL_THAI_I || c == RFL_THAI_U) && k < t->n
               && (t->cp[k] & 0x7f) == RFL_THAI_KARAN;
    }

    while (k < t->n && ((t->cp[k] & 0x7f) == RFL_THAI_I
                        || (t->cp[k] & 0x7f) == RFL_THAI_U))
    {
        k++;
    }

    if (k < t->n && (t->cp[k] & 0x7f) == RFL_THAI_KARAN) {
        return 1;
    }

    if (k != i + 1 || i < 2 || k + 1 >= t->n
        || (t->cp[k + 1] & 0x7f) != RFL_THAI_KARAN)
    {
        return 0;
    }

    next = t->cp[k] & 0x7f;

    return (next == RFL_THAI_RO && rfl_thai_in(c, "\x01\x0f\x11\x14\x15\x17"
                                                  "\x18")
            && rfl_thai_consonant(t->cp[i - 1] & 0x7f))
           || (c == RFL_THAI_SSO && (t->cp[i - 1] & 0x7f) == RFL_THAI_KO);
}


static void
rfl_thai_letter(rfl_thai_t *s)
{
    unsigned       c, next;
    const u_char  *l;

    l = &s->l[s->at];
    c = l[0];
    next = l[1];

    if (rfl_thai_leads(c)) {
        s->lead = c;
        s->at++;

    } else if (!rfl_thai_consonant(c)) {
        rfl_thai_sign(s);

    } else if (c == RFL_THAI_PHO && next == RFL_THAI_RO
               && l[2] == RFL_THAI_HO && l[3] == RFL_THAI_MO)
    {
        /* Brahma is heard as phrom: Phromma, Phrommin */

        rfl_thai_say(s, "prom");
        s->at += 4;
        s->vowel = 0;
        s->bare = 0;

    } else if (c == RFL_THAI_HO && rfl_thai_in(next, "\x07\x19\x21\x22\x23"
                                                     "\x24\x25\x26\x27"))
    {
        /* h only sets the tone of what follows: Yai, Sisavat */

        s->at++;

    } else if (s->bare && rfl_thai_double(s, s->at)) {

        /* with an n, unless something closes it: Wan, Banchong, Tham */

        s->at += 2;
        s->bare = 0;
        s->vowel = (rfl_thai_in(l[2], "\x01\x04\x13\x17\x18\x19\x21")
                    && !rfl_thai_sign_of(l[3])) ? 2 : 0;
        rfl_thai_say(s, s->vowel ? "a" : "an");

    } else if (s->bare && !s->lead && rfl_thai_vowel_o(s, s->at)) {
        rfl_thai_say(s, "o");
        s->at++;
        s->bare = 0;
        s->vowel = 2;

    } else if (rfl_thai_closes(s)) {
        rfl_thai_close(s);

    } else {
        rfl_thai_onset(s);
    }
}


/* a consonant closes a syllable if no vowel follows */

static int
rfl_thai_closes(const rfl_thai_t *s)
{
    unsigned  next;

    next = s->l[s->at + 1];

    return s->vowel && !s->lead
           && (next == 0 || rfl_thai_leads(next)
               || (rfl_thai_consonant(next)
                   && !rfl_thai_double(s, s->at + 1)
                   && !rfl_thai_vowel_o(s, s->at + 1)
                   && (s->l[s->at + 2] != 0 || rfl_thai_mute(s))));
}


static void
rfl_thai_close(rfl_thai_t *s)
{
    unsigned     c, last, letter;
    const char  *p;

    c = s->l[s->at];
    last = (s->l[s->at + 1] == 0);
    letter = s->way & (last ? RFL_THAI_LETTER : RFL_THAI_OPEN);

    if (rfl_thai_mute(s)) {

        /* Chat or Chatra, Pat or Patthara */

        if (s->way & RFL_THAI_OPEN) {
            rfl_thai_say(s, rfl_thai_sound(s, c));
            rfl_thai_say(s, "@r@");

        } else {
            rfl_thai_say(s, rfl_thai_closed[c - 1]);
        }

        s->at++;

    } else if (c == RFL_THAI_RO) {

        /* Kiat: it is not heard at all; Sura-, but Phon- or Phora- */

        if (s->at < 1 || s->l[s->at - 1] != RFL_THAI_YO || last) {
            rfl_thai_say(s, last || (s->vowel == 1 && !letter) ? "%n" : "r@");
        }

    } else {
        p = letter ? rfl_thai_sound(s, c) : rfl_thai_closed[c - 1];

        /* Ratchai: its t and ch are written as one sound */

        if (*p != 't' || !rfl_thai_in(s->l[s->at + 1], "\x08\x09\x0a\x0c")) {
            rfl_thai_say(s, p);
        }

        if (!last && letter && strcmp(p, rfl_thai_closed[c - 1]) != 0) {
            rfl_thai_say(s, "@");
        }
    }

    s->at++;
    s->vowel = 0;
    s->bare = 0;
}


/* an r after the stop that closes a syllable: Chat(r), Phet(r), Chak(r) */

static int
rfl_thai_mute(const rfl_thai_t *s)
{
    const u_char  *l;

    l = &s->l[s->at];

    return s->vowel && l[1] == RFL_THAI_RO && !rfl_thai_sign_of(l[2])
           && l[2] != RFL_THAI_RO
           && (rfl_thai_in(l[0], "\x0a\x0f\x11\x14\x15")
               || (rfl_thai_in(l[0], "\x01\x04\x17")
                   && l[-1] == RFL_THAI_AN)
               || (l[0] == RFL_THAI_THO && rfl_thai_in(l[-1], "\x34\x38")));
}


static void
rfl_thai_onset(rfl_thai_t *s)
{
    unsigned       skip;
    const u_char  *l;

    l = &s->l[s->at];
    skip = rfl_thai_cluster(s);

    /* s is heard for sr, and for thr where a word begins: Si, Song */

    if (skip && !rfl_thai_in(l[0], "\x28\x2a")
        && !(l[0] == RFL_THAI_THO && !s->lead))
    {
        rfl_thai_say(s, rfl_thai_sound(s, l[0]));
        rfl_thai_say(s, rfl_thai_sound(s, l[1]));

    } else if (skip && (s->way & RFL_THAI_OPEN)) {
        rfl_thai_say(s, rfl_thai_sound(s, l[0]));
        rfl_thai_say(s, "@r");

    } else {
        rfl_thai_say(s, skip ? "s" : rfl_thai_sound(s, l[0]));
    }

    l += skip;
    s->at += skip + 1;
    s->bare = 1;
    s->vowel = 0;

    if (s->lead) {
        rfl_thai_lead(s);

    } else if (l[1] == RFL_THAI_WO && rfl_thai_consonant(l[2])
               && !rfl_thai_sign_of(l[3])
               && !rfl_thai_double(s, s->at + 1) && !(s->way & RFL_THAI_OPEN))
    {
        rfl_thai_say(s, "ua");
        s->at++;
        s->bare = 0;
        s->vowel = 2;

    } else if (rfl_thai_leads(l[1])
               || (rfl_thai_consonant(l[1]) && !rfl_thai_vowel_o(s, s->at)
                   && !rfl_thai_double(s, s->at)))
    {
        rfl_thai_say(s, "@");
        s->bare = 0;
        s->vowel = 1;
    }
}


/* 1: the next consonant belongs to the onset */

static unsigned
rfl_thai_cluster(const rfl_thai_t *s)
{
    unsigned       next, sign;
    const u_char  *l;

    l = &s->l[s->at];
    next = l[1];
    sign = rfl_thai_sign_of(l[2]);

    if (next == RFL_THAI_RO && rfl_thai_in(l[0], "\x28\x2a")) {
        return s->lead ? (!sign || l[2] == RFL_THAI_I) : sign;
    }

    if (!s->lead) {
        return l[0] == RFL_THAI_THO && next == RFL_THAI_RO && s->at == 0
               && l[2] != RFL_THAI_RO;
    }

    if (!(rfl_thai_in(next, "\x23\x25")
          && rfl_thai_in(l[0], "\x01\x02\x04\x15\x17\x1b\x1c\x1e\x1f"))
        && !(next == RFL_THAI_WO
             && rfl_thai_in(l[0], "\x01\x02\x04")))
    {
        return 0;
    }

    /* a sign behind it is its own vowel: Phai-lin, but Kriang, Phloen */

    return !sign || (s->lead == RFL_THAI_E
                     && (l[2] != RFL_THAI_II || l[3] == RFL_THAI_YO));
}


/* the vowel that was written before, with what of it stands behind */

static void
rfl_thai_lead(rfl_thai_t *s)
{
    const char    *p;
    const u_char  *l;

    l = &s->l[s->at];
    p = (s->lead == RFL_THAI_E) ? "e"
        : (s->lead == RFL_THAI_E + 1) ? "e"
        : (s->lead == RFL_THAI_E + 2) ? "o" : "ay";

    if (*p == 'a') {

        /* Chai, with a y as well */

        s->at += (l[0] == RFL_THAI_YO && !rfl_thai_sign_of(l[1]));

    } else if (l[0] == RFL_THAI_SARA_A || l[0] == RFL_THAI_AN) {
        s->at++;

    } else if (s->lead != RFL_THAI_E) {
        /* void */

    } else if (l[0] == RFL_THAI_II && l[1] == RFL_THAI_YO) {
        p = "ia";
        s->at += 2;

    } else if (l[0] == RFL_THAI_UEE && l[1] == RFL_THAI_O) {
        p = "uea";
        s->at += 2;

    } else if (l[0] == RFL_THAI_I || l[0] == RFL_THAI_II) {
        p = "e%";                  /* Loet, or Lert as English ears have it */
        s->at++;

    } else if (l[0] == RFL_THAI_AA) {
        p = (l[1] == RFL_THAI_SARA_A) ? "o" : "aw";
        s->at += (l[1] == RFL_THAI_SARA_A) ? 2 : 1;

    } else if (l[0] == RFL_LAO_KON && l[1] == RFL_THAI_AA) {
        p = "aw";
        s->at += 2;

    } else if (rfl_thai_vowel_o(s, s->at)) {
        p = "e%";
        s->at++;
    }

    rfl_thai_say(s, p);
    s->lead = 0;
    s->bare = 0;
    s->vowel = 2;
}


static void
rfl_thai_sign(rfl_thai_t *s)
{
    unsigned       c;
    const char    *p;
    const u_char  *l;

    l = &s->l[s->at++];
    c = l[0];
    p = "";

    if (c == RFL_THAI_RING) {

        /* am has its a behind it, in normal form */

        p = (l[1] == RFL_THAI_AA) ? "am" : "o";
        s->at += (l[1] == RFL_THAI_AA);

    } else if ((c == RFL_THAI_AN || c == RFL_LAO_KON) && l[1] == RFL_THAI_WO
               && !rfl_thai_sign_of(l[2]))
    {
        p = "ua";
        s->at++;

    } else if (rfl_thai_sign_of(c) && c <= RFL_LAO_IA) {
        p = rfl_thai_signs[c - RFL_THAI_SARA_A];
        s->at += (c == RFL_THAI_UEE && rfl_thai_vowel_o(s, s->at));
    }

    s->bare = 0;
    s->vowel = 2;

    /* Chat(i), Wut(hi), Phum(i) */

    if ((c == RFL_THAI_I || c == RFL_THAI_U) && !(s->way & RFL_THAI_OPEN)
        && s->at > 3 && rfl_thai_in(l[-1], "\x12\x15\x21")
        && (rfl_thai_sign_of(l[-2]) || l[-2] == RFL_THAI_RO))
    {
        s->vowel = 0;
        return;
    }

    rfl_thai_say(s, p);
}


/* r twice is a vowel, unless the second has one of its own */

static int
rfl_thai_double(const rfl_thai_t *s, unsigned at)
{
    return s->l[at] == RFL_THAI_RO && s->l[at + 1] == RFL_THAI_RO
           && !rfl_thai_sign_of(s->l[at + 2]);
}


/* o ang is a vowel unless it carries one */

static int
rfl_thai_vowel_o(const rfl_thai_t *s, unsigned at)
{
    return s->l[at] == RFL_THAI_O && !rfl_thai_sign_of(s->l[at + 1]);
}


static const char *
rfl_thai_sound(const rfl_thai_t *s, unsigned c)
{
    const char  *p;

    p = rfl_thai_letters[c - 1];

    return (*p == 'x' && (s->way & RFL_THAI_UNBREATHED)) ? "k" : p;
}


static void
rfl_thai_say(rfl_thai_t *s, const char *ph)
{
    while (*ph != '\0') {
        s->ph[s->n++] = *ph++;
    }
}


static int
rfl_thai_in(unsigned c, const char *set)
{
    return c != 0 && strchr(set, (int) c) != NULL;
}
