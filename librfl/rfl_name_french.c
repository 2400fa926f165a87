
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_french.c: French as East Asia hears it: Dupont has no t in hangul,
 * kana and Chinese characters, and its vowel is one of the nose.  Any word
 * that may be French has such a reading, whatever stands beside it, since it
 * is compared with these scripts only; for all others rfl_name_latin.c goes
 * by the look of the whole name.  Called by rfl_read_latin().  Own rules.
 */


#include "rfl_name_rule.h"


#define RFL_FRENCH_MAX     24      /* letters; longer words have no such end */


static int rfl_french_letters(const rfl_token_t *t, const char *s);
static int rfl_french_er(const char *s, unsigned n);
static unsigned rfl_french_mute(const char *s, unsigned n);
static int rfl_french_nasal(const char *p);


void
rfl_read_french(const rfl_token_t *t, const char *word, rfl_readings_t *rs)
{
    char               s[RFL_FRENCH_MAX + RFL_RULE_LETTERS];
    char               ph[RFL_FRENCH_MAX * 3 + 4];
    unsigned           i, n, m, len;
    const rfl_rule_t  *rule;

    if (!rfl_french_letters(t, word)
        || (rfl_rule_signs(RFL_RULES_FRENCH_END, word) == 0
            && !rfl_french_er(word, t->n)))
    {
        return;
    }

    n = rfl_french_mute(word, t->n);
    m = 0;

    memcpy(s, word, n);
    memset(&s[n], 0, RFL_RULE_LETTERS);

    for (i = 0; i < n; /* void */ ) {

        len = (unsigned) rfl_french_nasal(&s[i]);

        if (len != 0) {
            if (s[i] == 'i' && s[i + 1] == 'e') {
                ph[m++] = 'i';
            }

            ph[m++] = (s[i] == 'o') ? 'o' : 'a';
            ph[m++] = 'N';
            i += len;
            continue;
        }

        rule = rfl_rule_find(RFL_RULES_FRENCH, RFL_RULE_ALL, s, i);

        if (rule == NULL) {
            ph[m++] = s[i++];
            continue;
        }

        memcpy(&ph[m], rule->to, rule->tolen);
        m += rule->tolen;
        i += rule->len;
    }

    rfl_reading_add(rs, ph, m, RFL_READ_HEARD);

    rfl_memzero(s, sizeof(s));
    rfl_memzero(ph, sizeof(ph));
}


/* 1: a word may be French by its letters, "C" is a c with a cedilla */

static int
rfl_french_letters(const rfl_token_t *t, const char *s)
{
    unsigned  i;

    if (t->n < 4 || t->n > RFL_FRENCH_MAX
        || (t->flags & (RFL_PART_SOMALI|RFL_PART_TURKISH|RFL_PART_SLAVIC)))
    {
        return 0;
    }

    for (i = 0; i < t->n; i++) {
        if (s[i] != 'C'
            && (s[i] < 'a' || s[i] > 'z' || s[i] == 'k' || s[i] == 'w'))
        {
            return 0;
        }
    }

    return 1;
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
