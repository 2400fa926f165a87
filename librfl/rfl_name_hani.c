
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hani.c: names in Chinese characters: where an unspaced Chinese or
 * Japanese name ends its family name, and the readings of a word: Mandarin,
 * Cantonese, Hokkien family names, Japanese.
 *
 * The tables are written by tables/han.py from Unihan and IPADIC; the family
 * names are own writing.
 */


#include "rfl_name_int.h"


typedef struct {
    uint16_t     c[4];
    uint32_t     at;               /* in rfl_han_readings */
} rfl_han_name_t;

typedef struct {
    uint16_t     cp;               /* simplified */
    const char  *sounds;           /* phones, separated by a space */
} rfl_han_sound_t;


#include "rfl_name_han.h"
#include "tables/rfl_hani_family.h"


#define RFL_HAN_FAMILY     1       /* kinds of readings in the table */
#define RFL_HAN_GIVEN      2

#define RFL_HAN_SOUND      10      /* phones of a syllable */
#define RFL_KANA_PLACES    32768   /* a power of two, above twice the names */

#define rfl_han_n(a)       (sizeof(a) / sizeof((a)[0]))


typedef struct {
    const u_char    *kana;         /* of names, each after its length */
    const uint32_t  *at;
    size_t           n;
    uint16_t         places[RFL_KANA_PLACES];  /* 1 + number */
} rfl_kana_t;


_Static_assert(rfl_han_n(rfl_han_family_at) < RFL_KANA_PLACES / 2
               && rfl_han_n(rfl_han_given_at) < RFL_KANA_PLACES / 2,
               "half of the places are free");


static void rfl_han_latin(const char *const *text, size_t n, unsigned flags,
    char (*ph)[RFL_HAN_SOUND]);
static uint32_t rfl_han_at(const uint32_t (*table)[2], size_t n, uint32_t c);
static const rfl_han_name_t *rfl_han_find(const uint32_t *cp, unsigned n);
static unsigned rfl_han_kinds(const uint32_t *cp, unsigned n);
static unsigned rfl_hani_family_of(const rfl_token_t *t, uint16_t *korean);
static unsigned rfl_split_japanese(const rfl_token_t *t,
    rfl_cut_t cuts[RFL_CUTS_MAX]);
static void rfl_kana_load(rfl_kana_t *set);
static uint16_t *rfl_kana_place(rfl_kana_t *set, const u_char *s, unsigned n);
static void rfl_hani_tongue(const rfl_token_t *t, const uint16_t *index,
    char (*sounds)[RFL_HAN_SOUND], rfl_readings_t *rs);
static void rfl_hani_chinese(const rfl_token_t *t, rfl_readings_t *rs);
static void rfl_hani_korean(const rfl_token_t *t, rfl_readings_t *rs);
static void rfl_hani_japanese(const rfl_token_t *t, unsigned kinds,
    rfl_readings_t *rs);


/* filled once by rfl_hani_init() */

static char  rfl_han_mandarin_ph[rfl_han_n(rfl_han_mandarin_text)]
                                [RFL_HAN_SOUND];
static char  rfl_han_cantonese_ph[rfl_han_n(rfl_han_cantonese_text)]
                                 [RFL_HAN_SOUND];
static char  rfl_han_on_ph[rfl_han_n(rfl_han_on_text)][RFL_HAN_SOUND];
static char  rfl_han_hokkien_ph[rfl_han_n(rfl_han_hokkien_text)]
                               [RFL_HAN_SOUND];
static char  rfl_han_hakka_ph[rfl_han_n(rfl_han_hakka_text)][RFL_HAN_SOUND];

static rfl_kana_t  rfl_kana_family = {
    rfl_han_family_kana, rfl_han_family_at, rfl_han_n(rfl_han_family_at), { 0 }
};

static rfl_kana_t  rfl_kana_given = {
    rfl_han_given_kana, rfl_han_given_at, rfl_han_n(rfl_han_given_at), { 0 }
};


void
rfl_hani_init(void)
{
    size_t  i, len;

    rfl_han_latin(rfl_han_mandarin_text, rfl_han_n(rfl_han_mandarin_text),
                  RFL_READ_PINYIN, rfl_han_mandarin_ph);
    rfl_han_latin(rfl_han_on_text, rfl_han_n(rfl_han_on_text),
                  RFL_READ_PINYIN, rfl_han_on_ph);
    rfl_han_latin(rfl_han_hokkien_text, rfl_han_n(rfl_han_hokkien_text), 0,
                  rfl_han_hokkien_ph);
    rfl_han_latin(rfl_han_hakka_text, rfl_han_n(rfl_han_hakka_text), 0,
                  rfl_han_hakka_ph);

    /* phones already */

    for (i = 1; i < rfl_han_n(rfl_han_cantonese_text); i++) {
        len = strlen(rfl_han_cantonese_text[i]);

        if (len < RFL_HAN_SOUND) {
            memcpy(rfl_han_cantonese_ph[i], rfl_han_cantonese_text[i], len);
        }
    }

    rfl_kana_load(&rfl_kana_family);
    rfl_kana_load(&rfl_kana_given);
}


static void
rfl_han_latin(const char *const *text, size_t n, unsigned flags,
    char (*ph)[RFL_HAN_SOUND])
{
    size_t          i, k;
    uint32_t        cp[16];
    rfl_readings_t  rs;

    for (i = 1; i < n; i++) {

        for (k = 0; text[i][k] != '\0' && k < 16; k++) {
            cp[k] = (u_char) text[i][k];
        }

        rs.n = 0;
        rfl_latin_phones(cp, (unsigned) k, &rs, flags);

        if (rs.n != 0 && rs.r[0].len < RFL_HAN_SOUND) {
            memcpy(ph[i], rs.r[0].ph, rs.r[0].len);
        }
    }
}


/* the simplified form; everybody writes one for the other */

uint32_t
rfl_hani_letter(uint32_t c)
{
    uint32_t  simple;

    simple = rfl_han_at(rfl_han_simple, rfl_han_n(rfl_han_simple), c);

    return simple ? simple : rfl_han_of_japan(c);
}


/* what a character has in a table in their order; 0: nothing */

static uint32_t
rfl_han_at(const uint32_t (*table)[2], size_t n, uint32_t c)
{
    size_t  lo, hi, mid;

    lo = 0;
    hi = n;

    while (lo < hi) {
        mid = (lo + hi) / 2;

        if (table[mid][0] == c) {
            return table[mid][1];
        }

        if (table[mid][0] < c) {
            lo = mid + 1;

        } else {
            hi = mid;
        }
    }

    return 0;
}


static const rfl_han_name_t *
rfl_han_find(const uint32_t *cp, unsigned n)
{
    int       rc;
    size_t    lo, hi, mid;
    unsigned  i;
    uint32_t  c;

    if (n == 0 || n > 4) {
        return NULL;
    }

    lo = 0;
    hi = rfl_han_n(rfl_han_names);

    while (lo < hi) {
        mid = (lo + hi) / 2;
        rc = 0;

        for (i = 0; i < 4 && rc == 0; i++) {
            c = (i < n) ? cp[i] : 0;

            if (c != rfl_han_names[mid].c[i]) {
                rc = (c < rfl_han_names[mid].c[i]) ? -1 : 1;
            }
        }

        if (rc == 0) {
            return &rfl_han_names[mid];
        }

        if (rc > 0) {
            lo = mid + 1;

        } else {
            hi = mid;
        }
    }

    return NULL;
}


static unsigned
rfl_han_kinds(const uint32_t *cp, unsigned n)
{
    unsigned               kinds;
    const u_char          *p;
    const rfl_han_name_t  *name;

    name = rfl_han_find(cp, n);
    if (name == NULL) {
        return 0;
    }

    kinds = 0;

    for (p = &rfl_han_readings[name->at]; *p != 0; p += 1 + (*p & 15)) {
        kinds |= (unsigned) *p >> 4;
    }

    return kinds;
}


/*
 * Where the family name of an unspaced name may end: up to RFL_CUTS_MAX
 * places, the likeliest first, each with the languages it makes sense in.
 */

unsigned
rfl_split_hani(const rfl_token_t *t, rfl_cut_t cuts[RFL_CUTS_MAX])
{
    unsigned  i, n, family;
    uint16_t  korean;

    if (t->n < 2 || t->n > 6) {
        return 0;
    }

    family = rfl_hani_family_of(t, &korean);
    n = rfl_split_japanese(t, cuts);

    for (i = 0; i < n; i++) {
        if (cuts[i].at == family) {
            cuts[i].flags = korean;        /* any of them */
            return n;
        }
    }

    if (family != 0) {
        cuts[n].at = (uint8_t) family;
        cuts[n].guess = 0;
        cuts[n].flags = RFL_PART_ZH|korean;
        n++;
    }

    if (n == 0 && t->n <= 4) {
        cuts[n].at = (t->n == 4) ? 2 : 1;
        cuts[n].guess = 1;
        cuts[n].flags = 0;
        n++;
    }

    return n;
}


/*
 * Characters of the Chinese or Korean family name in front, 0: there is none.
 * *korean is RFL_PART_KOREAN if it is one of Korea, else 0.
 */

static unsigned
rfl_hani_family_of(const rfl_token_t *t, uint16_t *korean)
{
    unsigned  i;
    uint32_t  a, b;

    *korean = 0;

    a = rfl_hani_letter(t->cp[0]);
    b = rfl_hani_letter(t->cp[1]);

    for (i = 0; i < rfl_han_n(rfl_hani_double) && t->n > 2; i++) {
        if (rfl_hani_double[i][0] == a && rfl_hani_double[i][1] == b) {
            return 2;
        }
    }

    if (t->n > 3) {
        return 0;
    }

    if (rfl_han_at(rfl_hani_korea, rfl_han_n(rfl_hani_korea), t->cp[0]) != 0) {
        *korean = RFL_PART_KOREAN;
        return 1;
    }

    for (i = 0; i < rfl_han_n(rfl_hani_family); i++) {
        if (rfl_hani_family[i] == a) {
            return 1;
        }
    }

    return 0;
}


/* Japanese: where both halves are known, else where the family name is */

static unsigned
rfl_split_japanese(const rfl_token_t *t, rfl_cut_t cuts[RFL_CUTS_MAX])
{
    unsigned  i, k, n, like, best;

    for (i = 0; i < t->n; i++) {
        if (t->cp[i] != RFL_NOMA && rfl_han_nanori_of(t->cp[i]) == NULL) {
            return 0;
        }
    }

    n = 0;

    for (best = 3; best >= 2 && n == 0; best--) {
        for (k = (t->n > 4) ? 3 : t->n - 1; k >= 1 && n < 2; k--) {
            like = ((rfl_han_kinds(t->cp, k) & RFL_HAN_FAMILY) ? 2 : 0)
                   + ((rfl_han_kinds(t->cp + k, t->n - k) & RFL_HAN_GIVEN)
                      ? 1 : 0);

            if (like >= best) {
                cuts[n].at = (uint8_t) k;
                cuts[n].guess = 0;
                cuts[n].flags = RFL_PART_JA;
                n++;
            }
        }
    }

    return n;
}


static void
rfl_kana_load(rfl_kana_t *set)
{
    size_t         i;
    const u_char  *p;

    for (i = 0; i < set->n; i++) {
        p = &set->kana[set->at[i]];
        *rfl_kana_place(set, p + 1, *p) = (uint16_t) (i + 1);
    }
}


/* where a name stands, 0 if it is none of them: most are not */

static uint16_t *
rfl_kana_place(rfl_kana_t *set, const u_char *s, unsigned n)
{
    size_t         i;
    uint32_t       hash;
    const u_char  *p;

    hash = rfl_fnv1a(s, n);
    i = (hash ^ hash >> 16) % RFL_KANA_PLACES;

    for ( /* void */ ; set->places[i] != 0; i = (i + 1) % RFL_KANA_PLACES) {
        p = &set->kana[set->at[set->places[i] - 1]];

        if (*p == n && memcmp(p + 1, s, n) == 0) {
            break;
        }
    }

    return &set->places[i];
}


unsigned
rfl_split_kana(const rfl_token_t *t, rfl_cut_t cuts[RFL_CUTS_MAX])
{
    u_char    kana[RFL_TOKEN_MAX];
    unsigned  i, k, n, both, family, given;

    if (t->n < 3 || t->n > 14) {
        return 0;
    }

    for (i = 0; i < t->n; i++) {
        kana[i] = (u_char) rfl_kana_byte(t->cp[i]);
    }

    n = 0;

    for (both = 2; n == 0 && both-- != 0; /* void */ ) {

        for (k = t->n - 1; k >= 1 && n < RFL_CUTS_MAX; k--) {
            family = *rfl_kana_place(&rfl_kana_family, kana, k);
            given = *rfl_kana_place(&rfl_kana_given, kana + k, t->n - k);

            if ((both && family && given)
                || (!both && (family || given) && k >= 2 && t->n - k >= 2
                    && t->cp[0] < 0x30a0))
            {
                cuts[n].at = (uint8_t) k;
                cuts[n].flags = RFL_PART_JA;
                n++;
            }
        }
    }

    rfl_memzero(kana, sizeof(kana));

    return n;
}


void
rfl_read_hani(const rfl_token_t *t, rfl_readings_t *rs)
{
    unsigned  kinds;

    kinds = (t->flags & RFL_PART_FAMILY) ? RFL_HAN_FAMILY
            : (t->flags & RFL_PART_GIVEN) ? RFL_HAN_GIVEN
            : RFL_HAN_FAMILY|RFL_HAN_GIVEN;

    if (t->flags & RFL_PART_JA) {
        rfl_hani_japanese(t, kinds, rs);
        return;
    }

    /* beside another word that is no family name, this is the likeliest */

    if (!(t->flags & (RFL_PART_SPLIT|RFL_PART_FAMILY|RFL_PART_GIVEN))
        && (t->n > 1 || (t->flags & RFL_PART_FOREIGN)))
    {
        rfl_hani_foreign(t, rs);
    }

    if (rs->n != 0 && (t->flags & RFL_PART_FOREIGN)) {
        return;
    }

    rfl_hani_chinese(t, rs);

    if (t->flags & RFL_PART_KOREAN) {
        rfl_hani_korean(t, rs);
    }

    if (!(t->flags & (RFL_PART_ZH|RFL_PART_FOREIGN))) {
        rfl_hani_japanese(t, kinds, rs);
    }
}


/* a word as one of China's languages has it */

static void
rfl_hani_tongue(const rfl_token_t *t, const uint16_t *index,
    char (*sounds)[RFL_HAN_SOUND], rfl_readings_t *rs)
{
    char         ph[RFL_TOKEN_MAX * 3];
    size_t       i, n, len;
    uint32_t     c;
    const char  *p;

    n = 0;

    for (i = 0; i < t->n && n + RFL_HAN_SOUND < sizeof(ph); i++) {
        c = t->cp[i];

        if (c < RFL_HAN_FIRST || c > RFL_HAN_LAST) {
            continue;
        }

        p = sounds[index[c - RFL_HAN_FIRST]];

        /* the others are known of usual characters only, simplified */

        if (*p == '\0' && index != rfl_han_mandarin) {
            c = rfl_hani_letter(c) - RFL_HAN_FIRST;
            p = sounds[index[c]];
            p = (*p != '\0') ? p : rfl_han_mandarin_ph[rfl_han_mandarin[c]];
        }

        len = strlen(p);
        memcpy(&ph[n], p, len);
        n += len;
    }

    rfl_reading_add(rs, ph, n, 0);
    rfl_memzero(ph, sizeof(ph));
}


static void
rfl_hani_chinese(const rfl_token_t *t, rfl_readings_t *rs)
{
    size_t       i;
    uint32_t     c;
    const char  *p, *e;

    rfl_hani_tongue(t, rfl_han_mandarin, rfl_han_mandarin_ph, rs);
    rfl_hani_tongue(t, rfl_han_cantonese, rfl_han_cantonese_ph, rs);

    if (!(t->flags & RFL_PART_FAMILY)) {
        rfl_hani_tongue(t, rfl_han_hokkien, rfl_han_hokkien_ph, rs);
        rfl_hani_tongue(t, rfl_han_hakka, rfl_han_hakka_ph, rs);
    }

    c = rfl_hani_letter(t->cp[0]);

    for (i = 0; t->n == 1 && i < rfl_han_n(rfl_hani_spelling); i++) {

        if (rfl_hani_spelling[i].cp != c) {
            continue;
        }

        for (p = rfl_hani_spelling[i].sounds; *p != '\0'; p = e) {

            for (e = p; *e != '\0' && *e != ' '; e++) {
                /* void */
            }

            rfl_reading_add(rs, p, (size_t) (e - p), 0);
            e += (*e == ' ');
        }
    }
}


/* as hangul, and then as that is read; some families are Korea's own */

static void
rfl_hani_korean(const rfl_token_t *t, rfl_readings_t *rs)
{
    unsigned     i;
    uint32_t     c;
    rfl_token_t  hangul;

    hangul = *t;
    hangul.flags = RFL_PART_SPLIT;

    for (i = 0; i < t->n; i++) {
        c = t->cp[i];

        if (c < RFL_HAN_FIRST || c > RFL_HAN_LAST
            || rfl_han_korean[c - RFL_HAN_FIRST] == 0)
        {
            rfl_memzero(&hangul, sizeof(rfl_token_t));
            return;
        }

        hangul.cp[i] = rfl_han_korean[c - RFL_HAN_FIRST];
    }

    c = (t->flags & RFL_PART_FAMILY)
        ? rfl_han_at(rfl_hani_korea, rfl_han_n(rfl_hani_korea), t->cp[0]) : 0;
    hangul.cp[0] = (c != 0) ? c : rfl_hang_initial(hangul.cp[0]);

    rfl_read_hang(&hangul, rs);

    rfl_memzero(&hangul, sizeof(rfl_token_t));
}


const char *
rfl_han_foreign_of(uint32_t c)
{
    size_t  lo, hi, mid;

    lo = 0;
    hi = rfl_han_n(rfl_han_foreign);

    while (lo < hi) {
        mid = (lo + hi) / 2;

        if (rfl_han_foreign[mid].cp == c) {
            return rfl_han_foreign[mid].sounds;
        }

        if (rfl_han_foreign[mid].cp < c) {
            lo = mid + 1;

        } else {
            hi = mid;
        }
    }

    return NULL;
}


static void
rfl_hani_japanese(const rfl_token_t *t, unsigned kinds, rfl_readings_t *rs)
{
    char                   ph[RFL_TOKEN_MAX * 3];
    size_t                 n, len;
    unsigned               i, pass;
    uint32_t               c;
    const char            *s;
    const u_char          *p;
    const rfl_han_name_t  *name;

    name = rfl_han_find(t->cp, t->n);

    /* readings as what it is here first, then as the other */

    for (pass = 0; name != NULL && pass < 2; pass++) {

        for (p = &rfl_han_readings[name->at]; *p != 0; p += 1 + (*p & 15)) {

            if (((*p >> 4) & kinds) == 0) {
                continue;
            }

            n = rfl_kana_sound(p + 1, *p & 15, 0, ph);
            rfl_reading_add(rs, ph, n, 0);
        }

        if (rs->n != 0) {
            break;
        }

        kinds = RFL_HAN_FAMILY|RFL_HAN_GIVEN;
    }

    if ((t->flags & RFL_PART_GIVEN) && !(t->flags & RFL_PART_ZH)
        && t->n >= 2 && t->n <= 3)
    {
        rfl_hani_nanori(t, rs);
    }

    if (rs->n == 0 && (t->flags & RFL_PART_JA)) {

        for (i = 0, n = 0; i < t->n && n + RFL_HAN_SOUND < sizeof(ph); i++) {
            c = t->cp[i];

            if (c < RFL_HAN_FIRST || c > RFL_HAN_LAST) {
                continue;
            }

            s = rfl_han_on_ph[rfl_han_on[c - RFL_HAN_FIRST]];
            len = strlen(s);
            memcpy(&ph[n], s, len);
            n += len;
        }

        rfl_reading_add(rs, ph, n, 0);
    }

    rfl_memzero(ph, sizeof(ph));
}


const u_char *
rfl_han_nanori_of(uint32_t c)
{
    uint32_t  at;

    at = rfl_han_at(rfl_han_nanori_at, rfl_han_n(rfl_han_nanori_at), c);

    return at ? &rfl_han_nanori[at] : NULL;
}


int
rfl_han_given_known(const u_char *kana, unsigned n)
{
    return *rfl_kana_place(&rfl_kana_given, kana, n) != 0;
}
