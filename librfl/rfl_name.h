
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name.h: names in any script: parsing into parts and readings, the
 * canonical keys of an entry and of a question, the hint of an element, and
 * the score of a query against a name, with the reasons.
 *
 * The same code makes keys at the desk (rflctl), in rfl-keyd and, for
 * ranking only, in the nginx worker.  Nothing here knows a secret: a
 * canonical key becomes a label in rfl_seal.h.
 *
 * rfl_name_init() once per process before anything else.
 */


#ifndef _RFL_NAME_H_INCLUDED_
#define _RFL_NAME_H_INCLUDED_


#include "rfl.h"


#define RFL_NAME_BYTES     1024    /* longest name text accepted, UTF-8 */
#define RFL_NAME_CHARS     256     /* the same in code points */
#define RFL_NAMES_MAX      6       /* names of one entry */

#define RFL_KEY_SIZE       64      /* longest canonical key, bytes */
#define RFL_KEYS_MAX       1024    /* canonical keys of one entry/question */

#define RFL_HINT_SIZE      64


/* second facts; absent: birth_year 0, len 0 */

typedef struct {
    int        birth_year;         /* Gregorian */
    rfl_str_t  country;            /* ISO 3166-1 alpha-2, upper case */
    rfl_str_t  father;
    rfl_str_t  mother;
    rfl_str_t  grandfather;
} rfl_facts_t;


/*
 * A parsed name.  Opaque to everybody but rfl_name*.c; lives in the pool it
 * was parsed into.
 */
typedef struct rfl_name_s  rfl_name_t;


/*
 * Canonical keys.  A key is an opaque byte string; its first byte is the
 * class.  A pair is unordered; PAIRFACT is a pair, or a name key and a fact,
 * with something finer, and SCRIPT a pair with the script of the name, both
 * stored only where the list is longer than the cap.
 */

typedef enum {
    RFL_KEY_PAIR = 'P',            /* two name keys */
    RFL_KEY_FACT = 'F',            /* one name key and one second fact */
    RFL_KEY_PAIRFACT = 'T',        /* one of these with something finer */
    RFL_KEY_SCRIPT = 'S',          /* a pair in one script */
    RFL_KEY_MANIFEST = 'M'         /* the index itself; no name */
} rfl_key_class_e;

typedef struct {
    uint8_t    len;
    u_char     data[RFL_KEY_SIZE];
    uint8_t    unlikely;           /* of a question; RFL_WEIGHT() */
} rfl_key_t;

#define RFL_UNLIKELY_MAX   15

typedef struct {
    unsigned   n;
    unsigned   size;               /* allocated, before a table of hashes */
    rfl_key_t *key;                /* distinct; in the caller's pool */
} rfl_keys_t;


/* Loads and freezes the tables and ICU objects.  Not thread-safe. */
int rfl_name_init(rfl_err_t *err) rfl_must_check;


/*
 * Parses one name, valid UTF-8, cleaned by rfl_text_line().  Returns
 * RFL_DECLINED if nothing searchable is in it (only punctuation, one letter
 * of an alphabetic script, ...).
 */
int rfl_name_parse(rfl_pool_t *pool, const rfl_str_t *text, rfl_name_t **name)
    rfl_must_check;

/*
 * The same, of what a visitor typed: one word may be a Burmese name written
 * together, Kyihtay for Kyi Htay, and is read as two as well.  Names that are
 * published are not: a name of one part has no key.
 */
int rfl_name_parse_typed(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_name_t **name) rfl_must_check;

/*
 * The same, of the names of records, many of which share their words: what a
 * word is read as, and how like it what was typed is, is remembered in a memo
 * of one question, in its pool, which the typed name is in as well.  It may be
 * NULL, as it is without memory.
 */
typedef struct rfl_name_memo_s  rfl_name_memo_t;

rfl_name_memo_t *rfl_name_memo(rfl_pool_t *pool);
int rfl_name_parse_memo(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_name_memo_t *memo, rfl_name_t **name) rfl_must_check;

/* number of parts that count (particles, titles and initials do not) */
unsigned rfl_name_parts(const rfl_name_t *name);

/*
 * How many questions a budget takes this one for: one, and another for every
 * two parts, initials among them, beyond five, in the name and in each fact
 * that is a name.  Else one question could carry the names of dozens of people.
 */
unsigned rfl_name_cost(rfl_pool_t *pool, const rfl_name_t *name,
    const rfl_facts_t *facts);


/*
 * The keys under which an entry is stored: pairs within each of its names,
 * and each name key with each fact.  For a key whose list overflows the finer
 * keys are obtained by rfl_name_finer_keys().
 */
int rfl_name_entry_keys(rfl_pool_t *pool, rfl_name_t *const *names,
    unsigned n, const rfl_facts_t *facts, rfl_keys_t *keys) rfl_must_check;

/*
 * Appends to keys the finer keys of one PAIR or FACT key of these names whose
 * list is longer than the cap, as stored: the same key with each second fact,
 * with a third name part, with the full spelling of its parts, and a pair with
 * the script.  All are of class RFL_KEY_PAIRFACT or RFL_KEY_SCRIPT.  A question
 * asks for them by rfl_name_query_finer().
 */
int rfl_name_finer_keys(rfl_pool_t *pool, rfl_name_t *const *names,
    unsigned n, const rfl_facts_t *facts, const rfl_key_t *key,
    rfl_keys_t *keys) rfl_must_check;


/*
 * The keys a question asks for.  RFL_ASK_FINE: the readings of the parts as
 * typed; RFL_ASK_WIDE: their neighbourhood by one edit, without the keys of
 * the fine question.  None is of class PAIRFACT or SCRIPT.  Returns
 * RFL_DECLINED if there is no key to ask for: of a single name part without a
 * second fact, or wide of four parts and more without one.
 */

typedef enum {
    RFL_ASK_FINE = 0,
    RFL_ASK_WIDE
} rfl_ask_e;

int rfl_name_query_keys(rfl_pool_t *pool, const rfl_name_t *name,
    const rfl_facts_t *facts, rfl_ask_e ask, rfl_keys_t *keys)
    rfl_must_check;

/*
 * The finer keys, of class PAIRFACT, of those of the question's keys whose
 * lists overflow: key i, if bit i % 8 of which[i / 8] is set.  Of a wide
 * question also pairs in the place of an overflowed list of a part with the
 * initial of another: of two parts both one edit away, of three one.
 * *finer may come out empty; RFL_DECLINED as above.
 */

#define RFL_WHICH_SIZE     ((RFL_KEYS_MAX + 7) / 8)

int rfl_name_query_finer(rfl_pool_t *pool, const rfl_name_t *name,
    const rfl_facts_t *facts, rfl_ask_e ask, const u_char *which, size_t size,
    rfl_keys_t *finer) rfl_must_check;


/*
 * The hint of an entry: 64 bytes inside each sealed element, enough to drop
 * most wrong candidates before their record is fetched: birth year, sex,
 * kind and the sound of the names.  rfl_name_hint_match() returns a value
 * from 0 (cannot be the person: drop) to 255 (fetch first).  It is faster if
 * it is given a memo, which belongs to one query and its pool, or NULL.
 */

typedef struct {
    int  kind;                     /* RFL_KIND_* of rfl_entry.h */
    int  sex;                      /* RFL_SEX_* */
} rfl_hint_extra_t;

typedef struct rfl_hint_memo_s  rfl_hint_memo_t;

void rfl_name_hint(rfl_name_t *const *names, unsigned n,
    const rfl_facts_t *facts, const rfl_hint_extra_t *extra,
    u_char hint[RFL_HINT_SIZE]);
rfl_hint_memo_t *rfl_name_hint_memo(rfl_pool_t *pool);
unsigned rfl_name_hint_match(const rfl_name_t *query,
    const rfl_facts_t *facts, int kind, const u_char hint[RFL_HINT_SIZE],
    rfl_hint_memo_t *memo);
/* what it returns for who most likely scores more; 256: nobody does */
unsigned rfl_name_hint_least(unsigned score);
/* birth year in the hint, 0 if unknown */
int rfl_name_hint_year(const u_char hint[RFL_HINT_SIZE]);


/* Scores, 0..1000; comparable between scripts. */

#define RFL_SCORE_CUT      745     /* under it nothing is shown */
#define RFL_SCORE_VAGUE    3       /* so many, and none fair: not shown */
#define RFL_SCORE_SOME     800     /* whose neighbours are not read far */
#define RFL_SCORE_FAIR     840     /* shown though others were passed over, */
#define RFL_SCORE_MANY     26      /* unless so many more reach the cut */
#define RFL_SCORE_STRONG   880     /* from it on poorer hints are not read */
#define RFL_SCORE_ENOUGH   900     /* from it on no wider question is asked */
#define RFL_SCORE_CLEAR    920     /* as STRONG, of who may be somebody else */
#define RFL_SCORE_CROWD    960     /* as ENOUGH, of who is among very many */
#define RFL_SCORE_TYPED    995     /* called so: in the shortest list, too */
#define RFL_SCORE_MAX      1000
#define RFL_SCORE_APART    5       /* the best stands out by so much */

/*
 * Reasons, a bit set; the texts are what the API says.  Of a name of several
 * parts each may have its own.  Missing are parts of the entry that were not
 * asked for; added are parts of the question that the entry lacks.
 */

#define RFL_WHY_SAME           0x0001
#define RFL_WHY_SPELLING       0x0002
#define RFL_WHY_OTHER_SCRIPT   0x0004
#define RFL_WHY_ORDER          0x0008
#define RFL_WHY_PART_MISSING   0x0010
#define RFL_WHY_PART_ADDED     0x0020
#define RFL_WHY_INITIAL        0x0040
#define RFL_WHY_NICKNAME       0x0080
#define RFL_WHY_YEAR_NEAR      0x0100

#define RFL_WHY_N              9

/* "same", "spelling", ... for bit i */
extern const rfl_str_t  rfl_why_names[RFL_WHY_N];

/*
 * Scores query against all names of an entry, best name counts.  year is
 * that of the hint (0 unknown).  Needs scratch memory from the pool; returns
 * the score, or 0 on memory exhaustion.
 */
unsigned rfl_name_score(rfl_pool_t *pool, const rfl_name_t *query,
    const rfl_facts_t *facts, rfl_name_t *const *names, unsigned n, int year,
    unsigned *why);

/*
 * The score beside a country that was typed, which may be empty, and the
 * origin of an entry, "SY", "SY-HL" or empty: what is not known counts as
 * right.  A name of so many parts was typed.
 */
#define RFL_COUNTRY_SIZE   2

unsigned rfl_name_score_country(unsigned score, unsigned parts,
    const rfl_str_t *typed, const rfl_str_t *origin);

/*
 * Which of n names the query is closest to, facts aside; *score is what they
 * have then, 0 on memory exhaustion.
 */
unsigned rfl_name_closest(rfl_pool_t *pool, const rfl_name_t *query,
    rfl_name_t *const *names, unsigned n, unsigned *score);

/*
 * What it takes to meet the person who is meant in a list of so many elements,
 * whose key leads to that person once in two to the power of unlikely times.
 * The lists of a question are read lightest first.
 */

#define RFL_WEIGHT(count, unlikely)  ((size_t) (count) << (unlikely))

#define RFL_WEIGHT_LIGHT   64      /* read whoever was found */
#define RFL_WEIGHT_FAR     1024    /* beyond: if hardly anybody was, */
#define RFL_WEIGHT_MAX     2047    /* and beyond this one not at all */

/*
 * The score from which no wider question is asked, for a name of so many parts,
 * if the best was met in a list of this weight, and in none that is lighter.
 * Where many are nearly right, none of them is known to be the one who was
 * meant.
 */
unsigned rfl_name_enough(unsigned parts, size_t weight);

/*
 * The score from which lists of this weight, and heavier ones, are not read, by
 * how the best fits who was found in the others (0: nobody was).  again: the
 * question is by the name of who was found, rfl_name_again().
 */
unsigned rfl_name_sure(rfl_ask_e ask, int again, size_t weight,
    unsigned why);

/*
 * The score from which no more detail is asked for, if so many people reach
 * the cut.  A name so common that many strangers are near has one near enough
 * to be taken for the person who was meant.
 */
unsigned rfl_name_fair(unsigned n);

/*
 * Is the best of those who were found, beside the next (0: there is none), the
 * one who was meant, whose name of so many parts was typed with slips?  Then
 * his namesakes are to be asked for by the name he has; what that one lacks of
 * RFL_SCORE_MAX they lack, too.  1: yes.
 */
int rfl_name_again(unsigned parts, unsigned best, unsigned next,
    unsigned why);

/* what a search passed over: lists longer than the cap, and more; a bit set */

#define RFL_OVER_PAIR          0x01    /* of a pair */
#define RFL_OVER_FACT          0x02    /* of a name key and a fact */
#define RFL_OVER_FINER         0x04    /* of a finer key */
#define RFL_OVER_WIDE          0x08    /* any, of the wide question */
#define RFL_OVER_READ          0x10    /* more than is read of an index */

/*
 * Is one more detail to be asked for a name of so many parts, of which n
 * people reach the cut, and none rfl_name_fair()?  People may have been passed
 * over.  1: yes.
 */
int rfl_name_refine(unsigned parts, const rfl_facts_t *facts, unsigned over,
    unsigned n);

/*
 * The score from which somebody is shown for a name of so many parts, after
 * shown others who fit as well or better.  weight: of the lightest list that
 * led there.
 */
unsigned rfl_name_need(unsigned parts, unsigned shown, size_t weight);

/*
 * The score from which one more person may be shown, beside n who have these
 * scores, the best first, where there is room for max (1 or more).
 */
unsigned rfl_name_bar(unsigned parts, const unsigned *scores, unsigned n,
    unsigned max);


/*
 * A year of birth as typed, in the calendar people of that place use (Hijri,
 * Solar Hijri, Ethiopian, Buddhist, Nepali by its range), to Gregorian; any
 * Unicode digits.  RFL_DECLINED: no plausible year of birth as seen from now.
 */
int rfl_name_year(const rfl_str_t *text, int64_t now, int *year)
    rfl_must_check;


#endif /* _RFL_NAME_H_INCLUDED_ */
