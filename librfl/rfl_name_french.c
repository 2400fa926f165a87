
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_french.c: French as East Asia hears it: Dupont has no t in hangul,
 * kana and Chinese characters, and its vowel is one of the nose.  Any word
 * that may be French has such a reading, whatever stands beside it, since it
 * is compared with these scripts only; for all others rfl_name_heard.c goes
 * by the look of the whole name.  Called by rfl_read_latin().  Own rules.
 */


#include "rfl_name_int.h"


#define RFL_FRENCH_MAX     24      /* letters; longer words have no such end */


static unsigned rfl_french_letters(const rfl_token_t *t,
    char s[RFL_FRENCH_MAX + 4]);
static int rfl_french_look(const char *s, unsigned n);
static int rfl_french_er(const char *s, unsigned n);
static unsigned rfl_french_mute(const char *s, unsigned n);
static int rfl_french_nasal(const char *p);


/* what is read as a whole, the longest first; "=": e, i or y follows */

static const struct {
    const char  *from;
    const char  *to;
} rfl_french_rules[] = {
    { "eau", "o" }, { "au", "o" }, { "oeu", "@" }, { "eu", "@" },
    { "ou", "u" }, { "oi", "wa" }, { "oy", "way" }, { "ai", "e" },
    { "ay", "e" }, { "ei", "e" }, { "ey", "e" },
    { "ebv", "ev" }, { "aill", "ay" }, { "eill", "ey" }, { "uill", "wiy" },
    { "ill", "iy" },
    { "ch", "S" }, { "C", "s" }, { "cc=", "ks" }, { "c=", "s" }, { "c", "k" },
    { "gn", "ny" }, { "gea", "Za" }, { "geo", "Zo" }, { "gu=", "g" },
    { "g=", "Z" }, { "j", "Z" }, { "ph", "f" }, { "qu", "k" }, { "q", "k" },
    { "th", "t" }, { "h", "" }, { "x", "ks" }, { "y", "i" }
};

/*
 * Endings that few names but French ones have.  A part of them is silent, or
 * it is the vowels before it that tell.
 */

static const char *const  rfl_french_ends[] = {
    "eau", "eaux", "ault", "aut", "aud", "aux", "oux", "ois", "oix", "oit",
    "oy", "ont", "ond", "and", "ard", "art", "ert", "ot", "et", "at", "ier",
    "iers", "ieu", "ieux", "eux", "eul", "ques", "que", "gne", "gnes", "gny",
    "lles", "ille", "ette", "oine", "ain", "aine", "ent", "ence", "ins",
    "ons", "ens", "mas", "das", "ouis", "nis", "ges", "ves", "ches", "che",
    "gues", "elle", "eur", "euve", "ne", "erin", "elin", "oulin",
    "cois", "evre", "bvre", "ouet", "ez", "net", "tot"
};


void
rfl_read_french(const rfl_token_t *t, rfl_readings_t *rs)
{
    char         s[RFL_FRENCH_MAX + 4], ph[RFL_FRENCH_MAX * 3 + 4];
    size_t       k, len;
    unsigned     i, n, m;
    const char  *from, *to;

    n = rfl_french_letters(t, s);

    if (n < 4 || !rfl_french_look(s, n)) {
        return;
    }

    n = rfl_french_mute(s, n);
    s[n] = '\0';
    m = 0;

    for (i = 0; i < n; /* void */ ) {

        len = (unsigned) rfl_french_nasal(&s[i]);

        if (len != 0) {
            if (s[i] == 'i' && s[i + 1] == 'e') {
                ph[m++] = 'i';
            }

            ph[m++] = (s[i] == 'o') ? 'o' : 'a';
            ph[m++] = 'N';
            i += (unsigned) len;
            continue;
        }

        to = NULL;

        for (k = 0; k < sizeof(rfl_french_rules) / sizeof(rfl_french_rules[0])
             && to == NULL; k++)
        {
            from = rfl_french_rules[k].from;
            len = strcspn(from, "=");

            if (strncmp(&s[i], from, len) == 0
                && (from[len] == '\0'
                    || (s[i + len] != '\0'
                        && strchr("eiy", s[i + len]) != NULL)))
            {
                to = rfl_french_rules[k].to;
                i += (unsigned) len;
            }
        }

        if (to == NULL) {
            ph[m++] = s[i++];
            continue;
        }

        for ( /* void */ ; *to != '\0'; to++) {
            ph[m++] = *to;
        }
    }

    rfl_reading_add(rs, ph, m, RFL_READ_HEARD);

    rfl_memzero(s, sizeof(s));
    rfl_memzero(ph, sizeof(ph));
}


/* base letters, "C" for a c with a cedilla; 0: not a word of French */

static unsigned
rfl_french_letters(const rfl_token_t *t, char s[RFL_FRENCH_MAX + 4])
{
    unsigned  i;
    uint32_t  c;

    if (t->n > RFL_FRENCH_MAX || (t->flags & (RFL_PART_SOMALI|RFL_PART_TURKISH
                                              |RFL_PART_SLAVIC)))
    {
        return 0;
    }

    for (i = 0; i < t->n; i++) {
        c = (t->cp[i] == 0xe7) ? 'C' : rfl_fold_base(t->cp[i]);

        if (c != 'C' && (c < 'a' || c > 'z' || c == 'k' || c == 'w')) {
            return 0;
        }

        s[i] = (char) c;
    }

    memset(&s[i], 0, 4);

    return i;
}


static int
rfl_french_look(const char *s, unsigned n)
{
    size_t  i;

    if (strchr(s, 'C') != NULL || rfl_french_er(s, n)) {
        return 1;
    }

    for (i = 0; i < sizeof(rfl_french_ends) / sizeof(char *); i++) {
        if (rfl_look_sign(s, n, rfl_french_ends[i])) {
            return 1;
        }
    }

    return 0;
}


/* Boucher, Boulanger, but neither Berger nor Fischer */

static int
rfl_french_er(const char *s, unsigned n)
{
    return n > 4 && s[n - 1] == 'r' && s[n - 2] == 'e'
           && strchr("hgly", s[n - 3]) != NULL
           && (strstr(s, "ou") != NULL || strstr(s, "oi") != NULL
               || strstr(s, "aill") != NULL || strstr(s, "eill") != NULL);
}


/* the length without what is silent at the end */

static unsigned
rfl_french_mute(const char *s, unsigned n)
{
    /* Jacques, Gilles */

    if (n > 3 && s[n - 1] == 's' && s[n - 2] == 'e'
        && !rfl_phone_vowel((u_char) s[n - 3]))
    {
        return n - 2;
    }

    if (n > 2 && s[n - 1] == 'e' && s[n - 2] != 'i') {
        return n - ((n > 4 && s[n - 2] == 'u' && s[n - 3] == 'q') ? 0 : 1);
    }

    /* Gautier and Lopez end in an e */

    if (n > 3 && ((s[n - 1] == 'r' && s[n - 2] == 'e' && s[n - 3] == 'i')
                  || (s[n - 1] == 'z' && s[n - 2] == 'e')
                  || rfl_french_er(s, n)))
    {
        return n - 1;
    }

    while (n > 2 && strchr("tdsxp", s[n - 1]) != NULL
           && strchr("aeiounrlts", s[n - 2]) != NULL)
    {
        n--;
    }

    if (n > 3 && s[n - 1] == 'l' && s[n - 2] == 'u' && s[n - 3] == 'a') {
        n--;                       /* Thibault */
    }

    return n;
}


/* letters of a vowel and the n or m that is heard in it only; 0: none */

static int
rfl_french_nasal(const char *p)
{
    int  n;

    n = (strncmp(p, "ai", 2) == 0 || strncmp(p, "ei", 2) == 0
         || strncmp(p, "ie", 2) == 0) ? 2 : 1;

    if (strchr("aeiouy", p[0]) == NULL || (p[n] != 'n' && p[n] != 'm')
        || p[n + 1] == p[n]
        || (p[n + 1] != '\0' && strchr("aeiouyhn", p[n + 1]) != NULL))
    {
        return 0;
    }

    return n + 1;
}
