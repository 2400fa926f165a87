
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_rule.h: rules of Latin letters: what a group of letters is heard
 * as, how another language would write it, or what language it is a sign of.
 * The rules are in tables/rfl_rule_table.h, the files that go by them are
 * rfl_name_latin.c and rfl_name_look.c.
 */


#ifndef _RFL_NAME_RULE_H_INCLUDED_
#define _RFL_NAME_RULE_H_INCLUDED_


#include "rfl_name_int.h"


/* what the rules are for */

typedef enum {
    RFL_RULES_LATIN = 0,           /* to phones */
    RFL_RULES_SECOND,              /* to letters: readings one by one */
    RFL_RULES_POLITE,              /* to letters: all at once */
    RFL_RULES_HEARD,               /* to letters: of RFL_PART_* languages */
    RFL_RULES_FRENCH,              /* to phones, for East Asia */
    RFL_RULES_HAITIAN,             /* to phones, beside French */
    RFL_RULES_FRENCH_SIGN,         /* what tells that a word may be French */
    RFL_RULES_LOOK,                /* signs of RFL_PART_* languages */
    RFL_RULES_N
} rfl_rules_e;

/* beside RFL_PART_SLAVIC, for RFL_RULES_HEARD */
#define RFL_RULE_VOICED    0x80000000U
/* beside RFL_PART_HMONG, and beside RFL_PART_HAITIAN */
#define RFL_RULE_GREEN     0x40000000U
#define RFL_RULE_CODA      0x20000000U

/* for RFL_RULES_LATIN: not in pinyin */
#define RFL_RULE_ABROAD    0x02U

/* for French: a word may be, may be if it has both, its "er" is an e */
#define RFL_FRENCH_SURE    0x01
#define RFL_FRENCH_ROUND   0x02
#define RFL_FRENCH_ER      0x04

#define RFL_RULE_ALL       0xffffffffU
#define RFL_RULE_EACH      0       /* of a table: each is a bit of its own */

#define RFL_RULE_LETTERS   8       /* of one rule, on either side */
#define RFL_RULE_PHONES    (2 * RFL_PHONES_MAX + RFL_RULE_LETTERS)
#define RFL_RULE_WORD      (RFL_TOKEN_MAX + RFL_RULE_LETTERS)

typedef struct {
    char         letters[RFL_RULE_LETTERS];
    uint64_t     mask;             /* of those that are letters */
    uint64_t     before;           /* sets of letters */
    uint64_t     after;
    uint32_t     what;             /* RFL_PART_* */
    uint8_t      len;              /* letters it takes */
    uint8_t      tolen;
    const char  *to;               /* not terminated */
} rfl_rule_t;


int rfl_rule_init(rfl_err_t *err);

/*
 * The first rule of "what" that fits letter i of a word, which has
 * RFL_RULE_LETTERS zeros behind it.
 */
const rfl_rule_t *rfl_rule_find(rfl_rules_e table, uint32_t what,
    const char *s, unsigned i);

/* the word in phones, none of them doubled, more than a reading has; number */
size_t rfl_rule_phones(rfl_rules_e table, uint32_t what, const char *s,
    char ph[RFL_RULE_PHONES]);

/* what all rules together are of that fit anywhere in a word */
uint32_t rfl_rule_signs(rfl_rules_e table, const char *s);

/*
 * A word as rules see it: base letters, capitals for letters that are more
 * than a base letter with a mark, see the table.
 */
void rfl_rule_letters(const rfl_token_t *t, char s[RFL_RULE_WORD]);
/* the same, but no letter with a mark is any */
void rfl_rule_plain(const rfl_token_t *t, char s[RFL_RULE_WORD]);


#endif /* _RFL_NAME_RULE_H_INCLUDED_ */
