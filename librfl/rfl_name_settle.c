
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_settle.c: the sounds of a word, once they are read: what is one in
 * all spellings of Abd al- and -ullah, and readings without an article, or a
 * bin or a van, that was written together with the name.  Own writing.
 */


#include "rfl_name_int.h"


static void rfl_word_article_in(const rfl_reading_t *r, rfl_readings_t *rs);
static int rfl_word_ben(const char *ph, size_t len);
static void rfl_word_settle_ullah(rfl_reading_t *r);
static int rfl_word_settle_abd(rfl_reading_t *r);


void
rfl_word_settle(rfl_readings_t *rs)
{
    unsigned        i, n;
    rfl_reading_t  *r;

    n = rs->n;

    for (i = 0; i < n; i++) {
        r = &rs->r[i];

        rfl_word_settle_ullah(r);

        if (rfl_word_settle_abd(r)) {
            continue;
        }

        rfl_word_article_in(r, rs);

        /* the article written together: Alharbi, Elsayed, Abushaqra */

        if (r->len >= 6 && (r->ph[0] == 'a' || r->ph[0] == 'e')
            && r->ph[1] == 'l' && !(r->flags & RFL_READ_BARE)
            && r->ph[2] != 'e' && r->ph[2] != 'i' && r->ph[2] != 'y')
        {
            rfl_reading_add(rs, (char *) r->ph + 2, r->len - 2U,
                            r->flags | RFL_READ_SHORN);

        } else if (r->len >= 9 && (memcmp(r->ph, "vander", 6) == 0
                                   || memcmp(r->ph, "vanden", 6) == 0))
        {
            rfl_reading_add(rs, (char *) r->ph + 6, r->len - 6U,
                            r->flags | RFL_READ_SHORN);

        } else if (r->len >= 6 && !(r->flags & RFL_READ_BARE)
                   && memcmp(r->ph, "ben", 3) == 0
                   && rfl_word_ben((char *) r->ph + 3, r->len - 3U))
        {
            rfl_reading_add(rs, (char *) r->ph + 3, r->len - 3U,
                            r->flags | RFL_READ_SHORN);

        } else if (r->len >= 8 && !(r->flags & RFL_READ_BARE)
                   && memcmp(r->ph, "bin", 3) == 0 && r->ph[3] != 'y'
                   && !rfl_phone_vowel(r->ph[3]))
        {
            rfl_reading_add(rs, (char *) r->ph + 3, r->len - 3U,
                            r->flags | RFL_READ_SHORN);

        } else if (r->len >= 8 && memcmp(r->ph, "dela", 4) == 0) {
            rfl_reading_add(rs, (char *) r->ph + 4, r->len - 4U,
                            r->flags | RFL_READ_SHORN);

        } else if (r->len >= 6 && r->ph[0] == 'a' && r->ph[1] == 'b'
                   && (r->ph[2] == 'u' || r->ph[2] == 'o' || r->ph[2] == 'w'))
        {
            rfl_reading_add(rs, (char *) r->ph + 3, r->len - 3U,
                            r->flags | RFL_READ_SHORN);
        }
    }
}


/*
 * Saifeldin, Garelnabi, Zia al-Rahman in one word: the l of the article is
 * written or heard as what follows, by custom.  Salaheldine, but not Geraldine.
 */

static void
rfl_word_article_in(const rfl_reading_t *r, rfl_readings_t *rs)
{
    char      ph[RFL_PHONES_MAX];
    unsigned  i;

    for (i = 3; i + 2U < r->len; i++) {

        if (r->ph[i] != 'l' || !rfl_phone_vowel(r->ph[i - 1])
            || (r->ph[i - 1] == 'a' && r->ph[r->len - 1] == 'e')
            || !rfl_word_faith((const char *) r->ph + i + 1, r->len - i - 1))
        {
            continue;
        }

        memcpy(ph, r->ph, i);
        memcpy(&ph[i], &r->ph[i + 1], r->len - i - 1);

        rfl_reading_add(rs, ph, r->len - 1U, r->flags);
        rfl_memzero(ph, sizeof(ph));
        return;
    }
}


int
rfl_word_faith(const char *ph, size_t len)
{
    static const char *const  names[] = {
        "din", "dine", "dyn", "nabi", "nebi", "nby", "huda", "hoda", "hda",
        "hdy", "rahman", "rahmane", "rehman", "rhmn", "haq", "hak", "haqe",
        "hq", "sir", "sr", "rab", "rb", "rasul", "rasol", "rswl", "mula",
        "mola", "mawla", "mowla", "mwla", "islam", "eslam", "aslam", "islm",
        "zaman", "zman", "nisa", "nsa'"
    };

    return rfl_word_in(names, sizeof(names) / sizeof(char *), ph, len);
}


/*
 * Bensalem, and what is shorter than that if it is known or sounds like
 * Benguenna: Benali and Benhaim, but not Benson or Bennett.
 */

static int
rfl_word_ben(const char *ph, size_t len)
{
    static const char *const  names[] = {
        "ali", "amar", "amor", "ami", "ari", "aysa", "isa", "haym", "xaym",
        "omar", "umar", "sayd", "saad", "sad", "dawd", "nabi", "naym",
        "zion", "musa", "levi", "yayr", "daud", "Qaym"
    };

    if (len < 5) {
        return (len == 4 && ph[3] == 'a' && !rfl_phone_vowel(ph[0])
                && rfl_phone_vowel(ph[1]) && !rfl_phone_vowel(ph[2]))
               || rfl_word_in(names, sizeof(names) / sizeof(char *), ph, len);
    }

    return ph[0] != 'i' && ph[0] != 'e';
}


/* Zabihullah, Allah Ditta: what Arabic writes is heard as "la" */

static void
rfl_word_settle_ullah(rfl_reading_t *r)
{
    unsigned  n;

    n = r->len;

    if (!(r->flags & RFL_READ_BARE) || n < 4 || n == 5 || r->ph[n - 1] != 'h'
        || r->ph[n - 2] != 'l' || r->ph[n - 3] != 'l')
    {
        return;
    }

    if (n == 4) {
        r->ph[2] = 'a';
        r->len = 3;
        return;
    }

    n -= (r->ph[n - 4] == 'a') ? 4 : 3;

    r->ph[n++] = 'u';
    r->ph[n++] = 'l';
    r->ph[n++] = 'a';
    r->len = (uint8_t) n;
}


/* Abdul-, Abdel-, Abdur-, Abd al-: "abd" and what follows the article */

static int
rfl_word_settle_abd(rfl_reading_t *r)
{
    unsigned  i, from;

    i = (r->len > 0 && (r->ph[0] == 'a' || r->ph[0] == '\'')) ? 1 : 0;

    if (i == 0 || r->len < i + 5 || strchr("bBpv", r->ph[i]) == NULL) {
        return 0;
    }

    from = i + 1 + (r->ph[i + 1] == '@');

    if (r->ph[from] != 'd') {
        return 0;
    }

    /* Evdilqadir of the Kurds, but not Avdeyev */

    if (r->ph[i] == 'v' && (r->ph[from + 1] != 'i'
                            || strchr("lrs", r->ph[from + 2]) == NULL))
    {
        return 0;
    }

    r->ph[i] = 'b';
    r->ph[i + 1] = 'd';

    i = from + 1;
    from = 3;

    if (rfl_phone_vowel(r->ph[i])) {
        i++;
    }

    /* of Abdullahi the article is half of Allah */

    if ((r->ph[i] == 'l' || r->ph[i] == 'R') && r->len - i > 3
        && (r->len - i != 4 || r->ph[i + 1] != 'a' || r->ph[i + 2] != 'h'))
    {
        i++;

        while (r->ph[i] == '@' || r->ph[i] == '%') {
            i++;
        }
    }

    if (i == from || r->len - i < 2) {
        return 0;
    }

    /* allah, as Arabic writes it */

    if (r->len - i == 3 && r->ph[i] == 'l' && r->ph[i + 1] == 'l') {
        i++;
    }

    memmove(&r->ph[from], &r->ph[i], (size_t) (r->len - i));
    r->len = (uint8_t) (r->len - (i - from));
    r->ph[0] = 'a';

    return 1;
}
