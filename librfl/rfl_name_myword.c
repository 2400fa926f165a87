
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_myword.c: words of several syllables in Burmese letters: names of
 * Muslims, Rohingya before all, and of Kachin and Chin, which Burmese letters
 * write as they can: Mohammed is mo-ha-met, Abdullah at-ba-du-la.  Own table
 * of such words as they are heard in Burmese; what the syllables of a text
 * sound like is looked up in it, by consonants first.
 */


#include "rfl_name_int.h"


#define RFL_MYWORD_MAX     24      /* bytes of a skeleton */


typedef struct {
    const char  *heard;            /* syllables, as Burmese has them */
    const char  *ph;               /* the name, NULL: as it is heard */
} rfl_myword_t;

typedef struct {
    uint8_t      n;                /* syllables */
    uint8_t      len;
    char         consonants[RFL_MYWORD_MAX];
    char         vowels[RFL_MYWORD_SYLLABLES];
} rfl_myword_skel_t;


static void rfl_myword_skel(const char *ph, size_t len,
    rfl_myword_skel_t *skel);
static char rfl_myword_onset(unsigned c);
static int rfl_myword_cmp(const rfl_myword_skel_t *a,
    const rfl_myword_skel_t *b);
static int rfl_myword_vowels(const rfl_myword_skel_t *a,
    const rfl_myword_skel_t *b);
static size_t rfl_myword_first(const rfl_myword_skel_t *skel);


static const rfl_myword_t  rfl_mywords[] = {

    /* Muslims */

    { "mo.ha.med", NULL }, { "mo.ham.med", "mohamed" }, { "ma.hu.med", NULL },
    { "mo.mi", "momin" }, { "a.med", "ahmed" }, { "a.ha.med", "ahmed" },
    { "ah.mad", "ahmed" }, { "a.min", NULL }, { "a.mi.na", NULL },
    { "ab.du.la", "abdula" }, { "ab.ba.du.la", "abdula" },
    { "a.du.la", "abdula" }, { "ab.dul", NULL }, { "ab.ba.dul", "abdul" },
    { "ab.du.ra.man", "abdulrahman" }, { "ab.dul.ra.man", "abdulrahman" },
    { "ab.ba.du.ra.man", "abdulrahman" }, { "ab.du.ka.rim", "abdulkarim" },
    { "ab.dul.ka.rim", "abdulkarim" }, { "ab.du.ra.him", "abdulrahim" },
    { "ab.du.sa.lam", "abdulsalam" }, { "ab.du.ra.sid", "abdulraSid" },
    { "ab.du.ha.mid", "abdulhamid" }, { "ra.man", "rahman" },
    { "ra.ha.man", "rahman" }, { "ra.him", "rahim" }, { "ra.hi.ma", NULL },
    { "ro.hi.ma", "rahima" }, { "ra.mu.la", NULL }, { "a.li", NULL },
    { "a.yub", NULL }, { "a.la.din", "aladin" }, { "a.i.sa", "aySa" },
    { "a.si.ya", "asia" }, { "as.ma", NULL }, { "a.ziz", NULL },
    { "a.zi.za", NULL }, { "an.wa", "anwar" }, { "an.wa.ra", NULL },
    { "an.war", NULL }, { "ba.sir", "baSir" }, { "ba.da.rul", NULL },
    { "be.gum", NULL }, { "be.gam", "begum" }, { "ba.gum", "begum" },
    { "bi.bi", NULL }, { "da.wud", NULL }, { "dil.mo.ha.med", "dilmohamed" },
    { "di.la.ra", "dilara" }, { "fa.ti.ma", NULL }, { "pa.ti.ma", "fatima" },
    { "fa.ruk", NULL }, { "fay.sal", NULL }, { "ga.ni", NULL },
    { "gul.ba.ha", "gulbahar" }, { "ha.bi", "habib" }, { "ha.bib", NULL },
    { "ha.bi.ba", NULL }, { "ha.fiz", NULL }, { "ha.ka", "hakim" },
    { "ha.kim", NULL }, { "ha.li.ma", NULL }, { "ha.mid", NULL },
    { "ha.mi.da", NULL }, { "ha.mi.du", "hamidul" }, { "ha.run", NULL },
    { "ha.san", NULL }, { "ha.si.na", NULL }, { "hu.sen", "huseyn" },
    { "hu.sa", "huseyn" }, { "ho.sen", "huseyn" }, { "i.bra.him", NULL },
    { "i.ba.ra.him", "ibrahim" }, { "ib.ra.him", NULL }, { "id.ri", "idris" },
    { "il.ya", "ilias" }, { "i.li.ya", "ilias" }, { "i.man", "imam" },
    { "im.ran", NULL }, { "is.lam", NULL }, { "is.sa.lam", "islam" },
    { "i.sa.lam", "islam" }, { "is.ma.il", NULL }, { "is.ma.in", "ismail" },
    { "i.sa.ma", "ismail" }, { "ya.sin", NULL }, { "ya.kub", NULL },
    { "yu.nus", NULL }, { "yu.suf", NULL }, { "Ja.fa", "Jafar" },
    { "Ja.far", NULL }, { "Ja.hid", "zahid" }, { "za.hid", NULL },
    { "za.hir", NULL }, { "za.hi.da", NULL }, { "Ja.mal", NULL },
    { "Ja.mi.la", NULL }, { "za.mi.la", "Jamila" }, { "zu.lay.ka", "zulayxa" },
    { "zo.ra", "zohra" }, { "zo.ha.ra", "zohra" }, { "za.ka.ri.ya", NULL },
    { "ka.bi", "kabir" }, { "ka.bir", NULL }, { "ka.mal", NULL },
    { "ka.rim", NULL }, { "ka.ri.ma", NULL }, { "ka.sim", "qasim" },
    { "ka.tun", "xatun" }, { "ka.lid", "xalid" }, { "ka.li.da", "xalida" },
    { "ka.di.Ja", "xadiJa" }, { "mo.sta.fa", "mustafa" },
    { "mu.sa.ta.fa", "mustafa" }, { "mus.ta.fa", NULL }, { "mu.sa", NULL },
    { "mu.la", NULL }, { "mo.la.na", NULL }, { "ma.ri.am", "maryam" },
    { "ma.ri.yam", "maryam" }, { "ma.mun", NULL }, { "ma.mud", "mahmud" },
    { "ma.ha.mud", "mahmud" }, { "na.si", "nasir" }, { "na.sir", NULL },
    { "na.si.ma", NULL }, { "na.zir", NULL }, { "nu.ru", "nurul" },
    { "nu.rul", NULL }, { "nu.a.la", "nuralam" }, { "o.ma", "omar" },
    { "o.mar", NULL }, { "os.man", NULL }, { "ra.fik", "rafiq" },
    { "ro.fik", "rafiq" }, { "ra.sid", "raSid" }, { "ra.si.da", "raSida" },
    { "ro.si.da", "raSida" }, { "re.ha.na", NULL }, { "ru.ki.ya", "ruqia" },
    { "sa.bir", NULL }, { "sa.fi", "Safi" }, { "sa.la.mad", "salamat" },
    { "sa.lim", NULL },
    { "sa.li.ma", NULL }, { "sa.ki.na", NULL }, { "sa.mi.ra", NULL },
    { "say.ad", "sayed" }, { "saw.kad", "Sawkat" },
    { "se.nu.a.ra", "senwara" }, { "sen.wa.ra", NULL },
    { "si.ra.Ju", "siraJul" }, { "si.dik", "sidiq" },
    { "so.ley.man", "sulayman" }, { "su.la.man", "sulayman" },
    { "sul.tan", NULL }, { "sul.ta.na", NULL }, { "su.li", "sultan" },
    { "ta.he.ra", NULL }, { "tay.yub", "tayab" }, { "gu.lam", NULL },
    { "a.ye.sa", "aySa" }, { "yu.sup", "yusuf" }, { "zu.ba.ya", "zubayr" },

    /* of Pali, where an r is heard */

    { "su.ra", "Tura" }, { "si.ri", "Tiri" },

    /* Kachin, Chin, and Christians */

    { "la.payn", "lahpay" }, { "la.taw", "lahtaw" }, { "la.ban", NULL },
    { "ma.ran", NULL }, { "ma.rip", NULL }, { "na.kum", "nhkum" },
    { "du.wa", NULL }, { "sa.layn", "salay" }, { "da.vid", NULL },
    { "su.san.na", "suzana" }, { "yaw.sep", "yosef" }, { "ma.ri.a", NULL },
    { "e.li.za.bet", NULL },

    /* Karen, who are Christians too; Ba La is Burmese as well */

    { "ba.la", "bla" }, { "ba.la", NULL }, { "ka.law", "klaw" },
    { "pa.law", "plaw" }, { "ba.lu", "blu" }, { "ba.lut", "blut" },
    { "el.si", NULL }, { "pi.ta", "piter" }, { "mo.zet", "moses" },
    { "Jo.zet", "Josef" }, { "dan.ni.ye", "daniel" }, { "may.ri", "meri" },
    { "et.sa.ta", "ester" }, { "han.na", NULL }, { "saw.la.mon", "solomon" },
    { "say.mon", NULL }, { "ro.bet", "robert" }, { "de.vit", "david" }
};


static uint8_t            rfl_myword_order[sizeof(rfl_mywords)
                                           / sizeof(rfl_myword_t)];
static rfl_myword_skel_t  rfl_myword_skels[sizeof(rfl_mywords)
                                           / sizeof(rfl_myword_t)];

#define RFL_MYWORDS        (sizeof(rfl_mywords) / sizeof(rfl_myword_t))


void
rfl_myword_init(void)
{
    size_t             i, k;
    const char        *heard;
    rfl_myword_skel_t  skel;

    /* sorted by consonants as they are put in */

    for (i = 0; i < RFL_MYWORDS; i++) {
        heard = rfl_mywords[i].heard;
        rfl_myword_skel(heard, strlen(heard), &skel);

        for (k = i; k > 0 && rfl_myword_cmp(&rfl_myword_skels[k - 1], &skel)
                             > 0; k--)
        {
            rfl_myword_skels[k] = rfl_myword_skels[k - 1];
            rfl_myword_order[k] = rfl_myword_order[k - 1];
        }

        rfl_myword_skels[k] = skel;
        rfl_myword_order[k] = (uint8_t) i;
    }
}


/* the words that sound like this, phones with a dot between syllables */

unsigned
rfl_myword_find(const char *ph, size_t len, rfl_readings_t *rs)
{
    char                 name[RFL_PHONES_MAX];
    size_t               i, n;
    unsigned             found;
    const char          *p;
    rfl_myword_skel_t    skel;
    const rfl_myword_t  *word;

    rfl_myword_skel(ph, len, &skel);

    if (skel.n < 2) {
        return 0;
    }

    found = 0;

    for (i = rfl_myword_first(&skel);
         i < RFL_MYWORDS && rfl_myword_cmp(&rfl_myword_skels[i], &skel) == 0;
         i++)
    {
        if (!rfl_myword_vowels(&rfl_myword_skels[i], &skel)) {
            continue;
        }

        found++;

        if (rs == NULL) {
            continue;
        }

        word = &rfl_mywords[rfl_myword_order[i]];
        p = (word->ph != NULL) ? word->ph : word->heard;

        for (n = 0; *p != '\0' && n < sizeof(name); p++) {

            if (*p != '.') {
                name[n++] = *p;
            }
        }

        rfl_reading_add(rs, name, n, 0);
    }

    return found;
}


/*
 * Of each syllable the consonant it begins with, by its class, what closes
 * it, a nasal or any stop, and its vowel.  A stop of Burmese is no sound that
 * can be told from another, and l and r are not heard there.
 */

static void
rfl_myword_skel(const char *ph, size_t len, rfl_myword_skel_t *skel)
{
    char    onset, final, vowel;
    size_t  i;

    memset(skel, 0, sizeof(rfl_myword_skel_t));

    for (i = 0; i < len && skel->n < RFL_MYWORD_SYLLABLES; /* void */ ) {
        onset = '-';
        final = 0;

        if (ph[i] == '.') {
            i++;
            continue;
        }

        if (!rfl_phone_vowel((u_char) ph[i])) {
            onset = rfl_myword_onset((u_char) ph[i++]);
        }

        while (i < len && ph[i] != '.' && !rfl_phone_vowel((u_char) ph[i])) {
            i++;                   /* a medial */
        }

        vowel = (i < len && ph[i] != '.') ? ph[i++] : 'a';

        while (i < len && ph[i] != '.') {

            /* a stacked letter opens the next syllable */

            if (!rfl_phone_vowel((u_char) ph[i]) && i + 1 < len
                && rfl_phone_vowel((u_char) ph[i + 1]))
            {
                break;
            }

            if (ph[i] == 'w' || ph[i] == 'y') {
                vowel = (ph[i] == 'w') ? 'o' : 'i';

            } else if (strchr("mnN", ph[i]) != NULL) {
                final = 'N';

            } else if (strchr("%lrhyaeiou", ph[i]) == NULL) {
                final = 'T';
            }

            i++;
        }

        if (skel->len + 3 > RFL_MYWORD_MAX) {
            return;
        }

        skel->consonants[skel->len++] = onset;

        if (final) {
            skel->consonants[skel->len++] = final;
        }

        skel->consonants[skel->len++] = '.';
        skel->vowels[skel->n++] = vowel;
    }
}


static char
rfl_myword_onset(unsigned c)
{
    size_t  i;
    static const char *const  classes[] = {
        "Pbpf", "Kkxgq", "Ttd", "SsSTcH", "ZzJC", "Ryr", "Mm", "NnN", "Ll",
        "Hh", "Wwv"
    };

    for (i = 0; i < sizeof(classes) / sizeof(char *); i++) {

        if (strchr(&classes[i][1], (int) c) != NULL) {
            return classes[i][0];
        }
    }

    return '-';
}


static int
rfl_myword_cmp(const rfl_myword_skel_t *a, const rfl_myword_skel_t *b)
{
    return (a->len != b->len) ? (int) a->len - (int) b->len
                              : memcmp(a->consonants, b->consonants, a->len);
}


/* a and i, and i and u, are told apart; one vowel of three may be another */

static int
rfl_myword_vowels(const rfl_myword_skel_t *a, const rfl_myword_skel_t *b)
{
    char      x, y;
    unsigned  i, other;

    other = 0;

    for (i = 0; i < a->n; i++) {
        x = a->vowels[i];
        y = b->vowels[i];
        x = (x == 'e') ? 'i' : (x == 'o') ? 'u' : x;
        y = (y == 'e') ? 'i' : (y == 'o') ? 'u' : y;

        if (x != y && !(a->vowels[i] == 'e' && y == 'a')
            && !(b->vowels[i] == 'e' && x == 'a'))
        {
            other++;
        }
    }

    return other <= (a->n > 2);
}


/* the first word with these consonants, or the place for it */

static size_t
rfl_myword_first(const rfl_myword_skel_t *skel)
{
    size_t  lo, hi, mid;

    lo = 0;
    hi = RFL_MYWORDS;

    while (lo < hi) {
        mid = (lo + hi) / 2;

        if (rfl_myword_cmp(&rfl_myword_skels[mid], skel) < 0) {
            lo = mid + 1;

        } else {
            hi = mid;
        }
    }

    return lo;
}
