
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_int.h: what the files rfl_name*.c share and nobody else sees.
 *
 * A name is cut into parts.  Each part has one or more readings: its sound,
 * written in phones, one character each, the same alphabet for all scripts.
 * Keys, hint and score are made of phones only.
 */


#ifndef _RFL_NAME_INT_H_INCLUDED_
#define _RFL_NAME_INT_H_INCLUDED_


#include "rfl_name.h"

#include <unicode/utypes.h>


#define rfl_max(a, b)      ((a) < (b) ? (b) : (a))
#define rfl_min(a, b)      ((a) < (b) ? (a) : (b))


/*
 * Phones.  Vowels: a e i o u.  Consonants as in IPA, or near it, except
 *
 *     S  sh              Z  zh              T  th as in thin
 *     C  ch              J  j as in John    D  th as in this
 *     c  ts              j  a written "j": English, German or Spanish
 *     x  kh              G  gh              X  a written "x"
 *     N  ng              '  ayn, glottal stop
 *     R  r or l of East Asia
 *     @  a vowel that may be heard or not    %  an r that may be
 *     Q  a written "ch"                      P  a written "ph"
 *     B  b or v, and                         H  s, sh or th,
 *     W  j or z, and                         F  f or h: of scripts that
 *                                               write a foreign one alike
 */

#define RFL_PHONES_MAX     28      /* of one reading; the rest is cut */
#define RFL_READINGS_MAX   16      /* of one part */
#define RFL_NICKS          8       /* groups of short forms of one part */
#define RFL_LETTERS_MAX    24      /* folded letters kept of one part */
#define RFL_PARTS_MAX      48      /* of one name */
#define RFL_TEXT_MAX       1024    /* UTF-16 units of a normalised name */
#define RFL_TOKEN_MAX      64      /* code points of one word */
#define RFL_TSHEG          0x0f0b  /* the dot between Tibetan syllables */
#define RFL_NOMA           0x3005          /* the same character again */

/* flags of a reading */

#define RFL_READ_BARE      0x01    /* short vowels are not written */
#define RFL_READ_LOOSE     0x02    /* a foreign script's approximation */
#define RFL_READ_SHORN     0x04    /* an article was cut off */
#define RFL_READ_PINYIN    0x08    /* only asked of rfl_latin_phones() */
#define RFL_READ_HEARD     0x10    /* beside RFL_READ_LOOSE only */

typedef struct {
    uint8_t   len;
    uint8_t   flags;               /* RFL_READ_* */
    uint16_t  sign;                /* signature for the hint */
    uint16_t  weight;              /* what its phones count for */
    uint16_t  bare;                /* beside one that has no vowels written */
    uint16_t  sure;                /* see rfl_phone_sure() */
    uint16_t  classes;             /* a set of those of its consonants */
    uint64_t  set;                 /* its phones, rfl_phone_bit() */
    u_char    ph[RFL_PHONES_MAX];
} rfl_reading_t;


/* a part of a name that is remembered: rfl_name_memo.c */
typedef struct rfl_kept_s  rfl_kept_t;

/* what a part is */

#define RFL_PART_NAME      0
#define RFL_PART_INITIAL   1
#define RFL_PART_PARTICLE  2       /* al, bin, de, van: no identity */
#define RFL_PART_TITLE     3       /* Mr, U, Daw, Haji */

/* scripts as far as they are treated apart */

typedef enum {
    RFL_SCRIPT_LATN = 0,
    RFL_SCRIPT_ARAB,
    RFL_SCRIPT_CYRL,
    RFL_SCRIPT_HEBR,
    RFL_SCRIPT_GREK,
    RFL_SCRIPT_ARMN,
    RFL_SCRIPT_GEOR,
    RFL_SCRIPT_ETHI,
    RFL_SCRIPT_INDIC,
    RFL_SCRIPT_MYMR,
    RFL_SCRIPT_HANG,
    RFL_SCRIPT_KANA,
    RFL_SCRIPT_HANI,
    RFL_SCRIPT_OTHER,
    RFL_SCRIPT_N
} rfl_script_e;

/* flags of a part, and of the word that becomes one */

#define RFL_PART_TIED      0x01    /* a hyphen ties it to the one before */
#define RFL_PART_SPLIT     0x02    /* cut out of unspaced text */
#define RFL_PART_JA        0x04    /* Chinese characters, Japanese */
#define RFL_PART_ZH        0x08    /* Chinese characters, Chinese */
#define RFL_PART_FAMILY    0x10
#define RFL_PART_GIVEN     0x20
#define RFL_PART_SOMALI    0x40    /* other parts look Somali */
#define RFL_PART_TURKISH   0x80
#define RFL_PART_FOREIGN   0x0100  /* a dot between words of Han or kana */
#define RFL_PART_SLAVIC    0x0200  /* German or Polish: j is y, w is v */
#define RFL_PART_KOREAN    0x0400  /* Latin or Chinese characters, beside a
                                      family name of Korea */
#define RFL_PART_KUNREI    0x0800  /* Japan's own spelling: ti, tu, si, hu */
#define RFL_PART_BALTIC    0x1000  /* an s at the end of every word */
#define RFL_PART_SERBIAN   0x2000  /* its marks may have been left out */
#define RFL_PART_FRENCH    0x4000  /* half of the letters are silent */
#define RFL_PART_HUNGARIAN 0x8000  /* s is sh, sz is s */
#define RFL_PART_UL        0x010000        /* Ziaul before Haq: Zia al-Haq */
#define RFL_PART_VIET      0x020000        /* Vietnamese, with its marks */
#define RFL_PART_KURDISH   0x040000        /* c is j, x is kh */
#define RFL_PART_MALAY     0x080000        /* Indonesia as the Dutch spelled */
#define RFL_PART_COMPOUND  0x100000        /* of two words: Haile Selassie */
#define RFL_PART_HMONG     0x200000        /* its last letters are tones */
#define RFL_PART_HAITIAN   0x400000        /* French as it is heard */
#define RFL_PART_CALLED    0x800000        /* a title that may be a name */
#define RFL_PART_BELARUS   0x1000000       /* its passports: tsi is ti */
#define RFL_PART_KUNYA     0x2000000       /* Abu Ahmad: beside other names */
#define RFL_PART_OROMO     0x4000000       /* x is t */

typedef struct {
    uint32_t        flags;         /* RFL_PART_TIED and so on */
    uint8_t         type;          /* RFL_PART_* */
    uint8_t         script;        /* Indic: RFL_SCRIPT_N and the block */
    uint8_t         nreadings;
    uint8_t         nletters;
    uint8_t         known;         /* the groups are those of its spelling */
    uint16_t        nick[RFL_NICKS];       /* groups of short forms, 0: none */
    uint32_t        viet;          /* Vietnamese with its marks, or 0 */
    uint64_t        form;          /* hash of the folded spelling */
    uint16_t       *letters;       /* the folded spelling */
    rfl_reading_t  *readings;
    rfl_kept_t     *kept;          /* its place in a memo, or NULL */
} rfl_part_t;

struct rfl_name_s {
    unsigned        nparts;        /* all */
    unsigned        nnames;        /* of type RFL_PART_NAME */
    rfl_part_t     *parts;
    unsigned        mended;        /* it is not as it was typed */
    rfl_name_t     *alt;           /* cut in another place, or NULL */
};


/* a place where unspaced text may be cut in two, with RFL_PART_* flags */

#define RFL_CUTS_MAX       3

typedef struct {
    uint8_t         at;
    uint8_t         guess;         /* by its length: no name there is known */
    uint16_t        flags;
} rfl_cut_t;


/* a name key: classes of consonants */

#define RFL_SKEL_MAX       11
#define RFL_SKELS_MAX      12
#define RFL_SKELS_LOOSE    16      /* of a part with RFL_READ_LOOSE */

typedef struct {
    uint8_t         len;
    char            s[RFL_SKEL_MAX];
} rfl_skel_t;


/* a word of one script, folded, on its way to readings */

typedef struct {
    unsigned        n;
    unsigned        script;
    uint32_t        flags;         /* RFL_PART_* flags */
    uint8_t         dot;           /* a full stop follows */
    uint16_t        word;          /* RFL_WORD_*, what it is known for */
    uint32_t        cp[RFL_TOKEN_MAX];
} rfl_token_t;

/* the words of a name before they become parts */

typedef struct {
    unsigned        n;
    rfl_name_memo_t *memo;         /* of what they are read as, or NULL */
    rfl_token_t     t[RFL_PARTS_MAX];
} rfl_tokens_t;

/* the readings a script file finds for a word */

typedef struct {
    unsigned        n;
    rfl_reading_t   r[RFL_READINGS_MAX];
} rfl_readings_t;


/* rfl_name_memo.c: words of records that have been read before */

/* how like a typed part is to one of an entry */

typedef struct {
    uint16_t        like;          /* 0: under the least */
    uint16_t        raw;
    uint16_t        why;
} rfl_pair_t;

/* 1: such a word became a part of this type, which is now this part, too */
int rfl_memo_find(const rfl_name_memo_t *memo, const rfl_token_t *t,
    unsigned type, rfl_part_t *part);
/* a word has become this part; no more than that if there is no room */
void rfl_memo_keep(rfl_name_memo_t *memo, const rfl_token_t *t,
    rfl_part_t *part);
/* where it is remembered how like the typed part q is to e; NULL: not yet */
const rfl_pair_t *rfl_memo_pair(const rfl_part_t *q, const rfl_part_t *e);
void rfl_memo_add_pair(const rfl_part_t *q, const rfl_part_t *e,
    const rfl_pair_t *pair);


/* rfl_name_fold.c: normal form, words, scripts */

int rfl_fold_init(rfl_err_t *err);
/* NFKC, case folded, as UTF-16; RFL_DECLINED if it does not fit */
int rfl_fold_text(const rfl_str_t *text, UChar out[RFL_TEXT_MAX],
    int32_t *len);

/* what a code point is: its RFL_SCRIPT_* and */

#define RFL_FOLD_SCRIPT    0x000f
#define RFL_FOLD_LETTER    0x0010
#define RFL_FOLD_MARK      0x0020
#define RFL_FOLD_DIGIT     0x0040
#define RFL_FOLD_IGNORED   0x0080  /* a mark that spells nothing: dropped */
#define RFL_FOLD_QUOTE     0x0100  /* what people type for an apostrophe */

unsigned rfl_fold_kind(uint32_t c);
/* base letter without its marks */
uint32_t rfl_fold_base(uint32_t c);
/* without its tone only, as a number; the tone's mark, or 0 */
uint32_t rfl_fold_tone(uint32_t c, uint32_t *tone);


/* rfl_name_cut.c: words, and where unspaced ones may be cut */

/* RFL_DECLINED if there are too many */
int rfl_cut_text(const UChar *text, int32_t len, rfl_tokens_t *ts);
/* Burmese, syllable by syllable */
void rfl_cut_syllables(rfl_tokens_t *ts);
/* initials written together, of words that are known for nothing */
void rfl_cut_initials(rfl_tokens_t *ts);
/* of two words of Chinese characters: in which language, which the family */
void rfl_cut_family(rfl_token_t *a, rfl_token_t *b);
/* in how many places; typed: by a visitor */
unsigned rfl_cut_places(const rfl_token_t *t, int typed,
    rfl_cut_t cuts[RFL_CUTS_MAX]);


/* rfl_name_caps.c: slips that a capital tells of */

typedef enum {
    RFL_CAPS_WITHIN = 0,           /* a word */
    RFL_CAPS_BEFORE                /* a letter is of the word before */
} rfl_caps_e;

/* text is valid and of RFL_NAME_BYTES at most; RFL_DECLINED: no such slip */
int rfl_caps_mend(const rfl_str_t *text, rfl_caps_e way,
    u_char out[RFL_NAME_BYTES], size_t *len);


/* rfl_name_zawgyi.c: Burmese as typed with a Zawgyi font, to Unicode */

int rfl_zawgyi_init(rfl_err_t *err);
/* what is Unicode already stays; RFL_DECLINED: it does not fit any more */
int rfl_zawgyi_text(UChar text[RFL_TEXT_MAX], int32_t *len);


/* rfl_name_variant.c: letters taken for one another */

/* the character the tables know */
uint32_t rfl_han_same_as(uint32_t c);
/* a Japanese form to the one of China, only to compare spellings */
uint32_t rfl_han_of_japan(uint32_t c);
/* adds a letter of another script that looks like one of the word's: 1 */
int rfl_twin_add(rfl_token_t *t, uint32_t c, unsigned script);


/* rfl_name_phone.c: the alphabet, its costs and classes */

/* costs in 1/100 of a consonant */

typedef struct {
    uint64_t        near[128];     /* those that cost less than left out */
    uint8_t         gap[128];      /* left out */
    uint8_t         weight[128];   /* of the part's length */
    uint8_t         swap[128][128];        /* one for another */
} rfl_phone_costs_t;

/* by RFL_LIKE_*, and one more: of two scripts one does not write vowels */
extern rfl_phone_costs_t  rfl_phone_costs[];

/* a phone in a set; a few share their bit */
#define rfl_phone_bit(c)   (1ULL << ((c) & 63))

void rfl_phone_init(void);
int rfl_phone_vowel(unsigned c);
unsigned rfl_phone_swap(unsigned a, unsigned b);
/* classes of a phone in a key, the stored one first; '.' is none */
const char *rfl_phone_classes(unsigned c);

/* what a phone adds to the signature of its reading */

#define RFL_SIGN_CLASS     0x0f    /* class of a consonant, 0: none, 15: any */
#define RFL_SIGN_VOWEL     0x30
#define RFL_SIGN_SHIFT     4
#define RFL_SIGN_A         0x10
#define RFL_SIGN_I         0x20
#define RFL_SIGN_U         0x30
#define RFL_SIGN_WEAK      0x40    /* or a vowel */

unsigned rfl_phone_sign(unsigned c);

void rfl_reading_add(rfl_readings_t *rs, const char *ph, size_t len,
    unsigned flags);

/* fills in what readings are compared by, but for the phones */
void rfl_reading_weigh(rfl_reading_t *r);

/* takes out "%" where there is an r or l already; the new length */
size_t rfl_reading_loose(char *ph, size_t len);

/* a hash of the phones without what spellings of one sound differ in */
uint64_t rfl_reading_sound(const rfl_reading_t *r);

/* two readings one after the other */
void rfl_reading_join(const rfl_reading_t *a, const rfl_reading_t *b,
    rfl_reading_t *out);


/* readings of a word, one function per family of scripts */

typedef void (*rfl_read_pt)(const rfl_token_t *t, rfl_readings_t *rs);

void rfl_read_latin(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_arab(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_cyrl(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_hebr(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_grek(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_armn(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_geor(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_ethi(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_indic(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_mymr(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_hang(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_kana(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_hani(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_other(const rfl_token_t *t, rfl_readings_t *rs);
int rfl_other_init(rfl_err_t *err);

/* called by rfl_read_other() */

/* rfl_name_alpha.c: RFL_DECLINED if it has no table for the script */
int rfl_read_rest(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_thai(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_tibt(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_read_khmr(const rfl_token_t *t, rfl_readings_t *rs);

/* the letter that stands for all that people write for it; 0: drop */
uint32_t rfl_arab_letter(uint32_t c);
uint32_t rfl_hebr_letter(uint32_t c);
uint32_t rfl_alpha_letter(uint32_t c);
uint32_t rfl_ethi_letter(uint32_t c);
uint32_t rfl_indic_letter(uint32_t c);
/* what is the name of an English letter becomes the letter */
void rfl_indic_initial(rfl_token_t *t);
uint32_t rfl_mymr_letter(uint32_t c);
uint32_t rfl_hani_letter(uint32_t c);
/* a family name's syllable as South Korea writes it */
uint32_t rfl_hang_initial(uint32_t c);

/* cutting unspaced text: where, and how many places there are */

/* 1: a syllable of Tibetan has ended in it */
int rfl_tibt_tsheg(const rfl_token_t *t);
/* a Latin word that may be two syllables of Burmese */
unsigned rfl_split_burma(const rfl_token_t *t, rfl_cut_t cuts[RFL_CUTS_MAX]);
/* ends of parts, the last one t->n */
unsigned rfl_split_mymr(const rfl_token_t *t, uint8_t ends[RFL_TOKEN_MAX]);
/* where the family name ends, 0: not a Korean name in one word */
unsigned rfl_split_hang(const rfl_token_t *t);
/* classes of the consonants of a syllable: see rfl_look_apart(); at most 4 */
unsigned rfl_hang_classes(uint32_t c, char *out);
/* the likeliest first, each with the languages it makes sense in */
unsigned rfl_split_hani(const rfl_token_t *t, rfl_cut_t cuts[RFL_CUTS_MAX]);
unsigned rfl_split_kana(const rfl_token_t *t, rfl_cut_t cuts[RFL_CUTS_MAX]);


/* rfl_name_myword.c: words of several syllables in Burmese letters */

#define RFL_MYWORD_SYLLABLES  5
void rfl_myword_init(void);
/* their number; readings are added, unless rs is NULL */
unsigned rfl_myword_find(const char *ph, size_t len, rfl_readings_t *rs);


/* rfl_name_hani.c: the tables of Chinese characters */

void rfl_hani_init(void);
/* sounds of a character in foreign names, phones, separated by a space */
const char *rfl_han_foreign_of(uint32_t c);
/* its readings in given names: weight, length, kana ...; 0 ends them */
const u_char *rfl_han_nanori_of(uint32_t c);
/* 1 if some given name sounds like this */
int rfl_han_given_known(const u_char *kana, unsigned n);


/* rfl_name_guess.c: readings that no table has as a whole */

void rfl_hani_nanori(const rfl_token_t *t, rfl_readings_t *rs);
void rfl_hani_foreign(const rfl_token_t *t, rfl_readings_t *rs);


/* rfl_name_kana.c */

/* a kana of either kind as a byte, 0: something else */
unsigned rfl_kana_byte(uint32_t c);
/* adds the character that ends a name in kana, as a kana: 1 */
int rfl_kana_add(rfl_token_t *t, uint32_t c);
/* phones of n such bytes, at most 3 each; loose: a foreign name; number */
unsigned rfl_kana_sound(const u_char *kana, unsigned n, int loose, char *ph);


/* rfl_name_latin.c: reads Latin letters, already folded to a-z and marks */

void rfl_latin_phones(const uint32_t *cp, unsigned n, rfl_readings_t *rs,
    unsigned flags);


/* rfl_name_word.c: particles, titles, compounds */

int rfl_word_init(rfl_err_t *err);
/* finds out what a word is known for */
void rfl_word_know(rfl_token_t *t);
/* RFL_PART_NAME and so on */
int rfl_word_type(const rfl_tokens_t *ts, unsigned at);
/* 1: a family name of Korea, in Latin letters */
int rfl_word_family(const rfl_token_t *t);
/* 1: a title that is half of a name where there is no other */
int rfl_word_called_by(const rfl_token_t *t);
/* 1: half of a compound that some use as a name of its own */
int rfl_word_alone(const rfl_token_t *t);
/* 1: one of a list of n */
int rfl_word_in(const char *const *list, size_t n, const char *s, size_t len);
/* writes compounds (Abdul Rahman, Rahmat Ullah) as one word */
void rfl_word_join(rfl_tokens_t *ts);


/* rfl_name_settle.c: what was written together */

/* one form for all spellings of Abd al- and -ullah, and shorter readings */
void rfl_word_settle(rfl_readings_t *rs);
/* 1: what an article goes before in a name of two words: Nur al-Din */
int rfl_word_faith(const char *ph, size_t len);


/* rfl_name_look.c: marks words by the look of the whole name */

void rfl_look_mark(rfl_tokens_t *ts);
/* 1: Korean given names that differ in a consonant or a y; b may be NULL */
int rfl_look_apart(const rfl_part_t *a, const rfl_part_t *b,
    const rfl_part_t *c);


/* rfl_name_viet.c */

/* 1: all its words are syllables of Vietnamese, and one has a mark */
int rfl_viet_name(const rfl_tokens_t *ts);
/* a syllable with its marks, as a number */
uint32_t rfl_viet_form(const rfl_token_t *t);
/* 1: two names told apart by letters or marks that both sides write */
int rfl_viet_apart(const rfl_part_t *a, const rfl_part_t *b);


/* rfl_name_nick.c */

int rfl_nick_init(rfl_err_t *err);
/* the groups a spelling (1 is returned) or else its sound belongs to */
int rfl_nick_find(uint64_t form, const rfl_reading_t *r,
    uint16_t groups[RFL_NICKS]);
/*
 * How like one of the others in a part's groups another part is; under
 * RFL_NICK_LEAST it may be told as 0.
 */
#define RFL_NICK_LEAST     860
unsigned rfl_nick_like(const rfl_part_t *of, const rfl_part_t *part);
/* the same of a sound in a hint; 0: none of them */
unsigned rfl_nick_heard(const uint16_t groups[RFL_NICKS],
    const rfl_reading_t *r, unsigned script);
/* skeletons of the other members; number added */
unsigned rfl_nick_skels(const uint16_t groups[RFL_NICKS], rfl_skel_t *skels,
    unsigned max);
/*
 * 1: a group is in both; *same: it holds spellings of one name, not short
 * forms
 */
int rfl_nick_same(const uint16_t a[RFL_NICKS],
    const uint16_t b[RFL_NICKS], int *same);
/* 1: two names everybody knows apart, however alike they look */
int rfl_nick_apart(const rfl_part_t *a, const rfl_part_t *b);


/* rfl_name_hint.c */

/* a reading at a glance */
unsigned rfl_hint_sign(const rfl_reading_t *r);

/*
 * 1: two readings whose signatures are so far apart are never compared, so
 * that the hint may drop what the score would refuse.
 */
int rfl_hint_apart(unsigned a, unsigned b);


/* rfl_name_skel.c */

/* name keys of a part: as stored, or with query != 0 all that are asked */
unsigned rfl_part_skels(const rfl_part_t *part, int query,
    rfl_skel_t *skels, unsigned max);

/* the phones an initial may stand for; buf is for one that is not Latin */
#define RFL_INITIAL_PHONES 4
const char *rfl_initial_phones(const rfl_part_t *part,
    char buf[RFL_INITIAL_PHONES]);


/* rfl_name_slip.c: letters of one script, slips of the finger; 0..1000 */

void rfl_slip_init(void);
unsigned rfl_slip_like(const rfl_part_t *a, const rfl_part_t *b);
/* 1: long words of nearly the same letters, whatever they sound like */
int rfl_slip_may(const rfl_part_t *a, const rfl_part_t *b);
/* 1: a letter left out, or two neighbours swapped */
int rfl_slip_one(const rfl_part_t *a, const rfl_part_t *b);


/* rfl_name_like.c: how like two readings are, 0..1000 */

#define RFL_LIKE_CROSS     0       /* two scripts */
#define RFL_LIKE_LATIN     1       /* both Latin: vowels mean something */
#define RFL_LIKE_NATIVE    2       /* one other script: letters do */
#define RFL_LIKE_BARE      3       /* the same, and vowels are not written */
#define RFL_LIKE_N         4

#define RFL_LIKE_FLOOR     500     /* less is not told apart */

/*
 * What is not above floor may be told as 0.  That is fastest from
 * RFL_LIKE_FLOOR up; under it only what is far from everything is.
 */
unsigned rfl_reading_like(const rfl_reading_t *a, const rfl_reading_t *b,
    unsigned mode, unsigned floor);
/* *why: RFL_WHY_SAME, SPELLING, OTHER_SCRIPT or NICKNAME; 0: told apart */
unsigned rfl_part_like(const rfl_part_t *a, const rfl_part_t *b,
    unsigned *why);
/* beside RFL_WHY_* of two parts: the letters are nearer than the sounds */
#define RFL_LIKE_SLIP      0x8000
/* 1: a and b, written together, are spelled as c */
int rfl_part_spelled(const rfl_part_t *a, const rfl_part_t *b,
    const rfl_part_t *c);
/* a and b written together against c; under RFL_PART_BOTH it may be 0 */
unsigned rfl_part_joined(const rfl_part_t *a, const rfl_part_t *b,
    const rfl_part_t *c);
/* as the hint sees it: may these be one name? */
int rfl_part_near(const rfl_part_t *q, const rfl_part_t *e);
/* what two parts must reach to be partners; RFL_PART_LEAST and up */
unsigned rfl_part_least(const rfl_part_t *a, const rfl_part_t *b);

#define RFL_PART_LEAST     660
#define RFL_PART_BOTH      720     /* the same of two as one with a third */
#define RFL_LIKE_HALVES    985     /* two that are spelled as one */

/*
 * rfl_name_score.c: what a score comes to beside the year that was typed and
 * the one that is known, 0 if there is none; 0: they are too far apart
 */
unsigned rfl_score_year(unsigned score, unsigned parts, int typed, int year,
    unsigned *why);


#endif /* _RFL_NAME_INT_H_INCLUDED_ */
