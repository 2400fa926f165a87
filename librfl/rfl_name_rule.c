
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_rule.c: finds rules of Latin letters.  Owns them, sorted by their
 * first letter, built once by rfl_rule_init() and read only from then on.
 */


#include "rfl_name_rule.h"

#include "tables/rfl_rule_table.h"


#define RFL_RULES_MAX      160     /* of one table */
#define RFL_RULE_FIRSTS    32

/* a and A alike */
#define rfl_rule_first(c)  ((u_char) (c) & (RFL_RULE_FIRSTS - 1))
#define rfl_rule_bit(c)    (1U << rfl_rule_first(c))

/* where */

#define RFL_RULE_START     0x01
#define RFL_RULE_INNER     0x02

/* classes of letters */

#define RFL_RULE_END       0x01
#define RFL_RULE_SOFT      0x02
#define RFL_RULE_VOWEL     0x04
#define RFL_RULE_ANY       0x08

/* a letter that no rule has */
#define RFL_RULE_OTHER     '\x01'


typedef struct {
    unsigned    n;
    uint8_t     first[RFL_RULE_FIRSTS + 1];
    uint32_t    second[RFL_RULE_FIRSTS];   /* of all rules with one first */
    rfl_rule_t  rule[RFL_RULES_MAX];
} rfl_rules_t;


static int rfl_rule_load(rfl_rules_t *rules, const rfl_rule_list_t *list);
static void rfl_rule_sort(rfl_rules_t *rules);
static char rfl_rule_letter(uint32_t c);


static rfl_rules_t  rfl_rules[RFL_RULES_N];
static uint8_t      rfl_rule_class[128];


int
rfl_rule_init(rfl_err_t *err)
{
    size_t    i;
    unsigned  c;

    for (c = 0; c < 128; c++) {
        rfl_rule_class[c] = RFL_RULE_ANY
            | (c == 0 ? RFL_RULE_END : 0)
            | (c == 'e' || c == 'i' || c == 'y' ? RFL_RULE_SOFT : 0)
            | (rfl_phone_vowel(c) ? RFL_RULE_VOWEL : 0);
    }

    memset(rfl_rules, 0, sizeof(rfl_rules));

    for (i = 0; i < sizeof(rfl_rule_lists) / sizeof(rfl_rule_lists[0]); i++) {
        if (rfl_rule_load(&rfl_rules[rfl_rule_lists[i].table],
                          &rfl_rule_lists[i])
            != RFL_OK)
        {
            return rfl_err(err, 0, "too many rules in rfl_rule_table.h");
        }
    }

    for (i = 0; i < RFL_RULES_N; i++) {
        rfl_rule_sort(&rfl_rules[i]);
    }

    return RFL_OK;
}


static int
rfl_rule_load(rfl_rules_t *rules, const rfl_rule_list_t *list)
{
    const char  *p;
    rfl_rule_t  *rule;

    for (p = list->rules; *p != '\0'; p += (*p == ' ')) {

        if (rules->n == RFL_RULES_MAX
            || (list->what == RFL_RULE_EACH && rules->n == 32))
        {
            return RFL_ERROR;
        }

        rule = &rules->rule[rules->n];

        rule->what = (list->what == RFL_RULE_EACH) ? 1U << rules->n
                                                   : list->what;
        rule->where = RFL_RULE_START|RFL_RULE_INNER;
        rule->next = RFL_RULE_ANY;

        if (*p == '^') {
            rule->where = RFL_RULE_START;
            p++;

        } else if (*p == '-') {
            rule->where = RFL_RULE_INNER;
            rule->next = RFL_RULE_END;
            p++;
        }

        for ( /* void */ ; strchr("$=*: ", *p) == NULL; p++) {
            rule->letters[rule->len++] = *p;
        }

        memset(&rule->mask, 0xff, rule->len);

        if (*p == '$' || *p == '=' || *p == '*') {
            rule->next = (*p == '$') ? RFL_RULE_END
                         : (*p == '=') ? RFL_RULE_SOFT : RFL_RULE_VOWEL;
            p++;
        }

        p += (*p == ':');

        rule->to = p;
        rule->tolen = (uint8_t) strcspn(p, " ");
        p += rule->tolen;
        rules->n++;
    }

    return RFL_OK;
}


/* by first letters, and else in the order of the table */

static void
rfl_rule_sort(rfl_rules_t *rules)
{
    unsigned     i, k, n;
    rfl_rule_t  *rule;
    rfl_rules_t  loaded;

    loaded = *rules;

    for (k = 0, n = 0; k < RFL_RULE_FIRSTS; k++) {
        rules->first[k] = (uint8_t) n;

        for (i = 0; i < loaded.n; i++) {
            rule = &loaded.rule[i];

            if (rfl_rule_first(rule->letters[0]) == k) {
                rules->rule[n++] = *rule;
                rules->second[k] |= (rule->len == 1)
                                    ? ~0U : rfl_rule_bit(rule->letters[1]);
            }
        }
    }

    rules->first[k] = (uint8_t) n;
}


const rfl_rule_t *
rfl_rule_find(rfl_rules_e table, uint32_t what, const char *s, unsigned i)
{
    uint64_t            word, letters;
    unsigned            first, where;
    const rfl_rule_t   *rule, *last;
    const rfl_rules_t  *rules;

    rules = &rfl_rules[table];
    first = rfl_rule_first(s[i]);

    if ((rules->second[first] & rfl_rule_bit(s[i + 1])) == 0) {
        return NULL;
    }

    rule = &rules->rule[rules->first[first]];
    last = &rules->rule[rules->first[first + 1]];
    where = (i == 0) ? RFL_RULE_START : RFL_RULE_INNER;

    memcpy(&word, &s[i], sizeof(word));

    for ( /* void */ ; rule < last; rule++) {
        memcpy(&letters, rule->letters, sizeof(letters));

        if (((word ^ letters) & rule->mask) == 0 && (rule->where & where)
            && (rule->what & what)
            && (rule->next & rfl_rule_class[(u_char) s[i + rule->len] & 0x7f]))
        {
            return rule;
        }
    }

    return NULL;
}


uint32_t
rfl_rule_signs(rfl_rules_e table, const char *s)
{
    unsigned           i;
    uint32_t           signs;
    const rfl_rule_t  *rule;

    signs = 0;

    for (i = 0; s[i] != '\0'; i++) {

        do {
            rule = rfl_rule_find(table, ~signs, s, i);
            signs |= (rule != NULL) ? rule->what : 0;

        } while (rule != NULL);
    }

    return signs;
}


void
rfl_rule_letters(const rfl_token_t *t, char s[RFL_RULE_WORD])
{
    unsigned  i;

    for (i = 0; i < t->n; i++) {
        s[i] = (t->cp[i] < 0x80) ? (char) t->cp[i] : rfl_rule_letter(t->cp[i]);
    }

    memset(&s[i], 0, RFL_RULE_LETTERS);
}


void
rfl_rule_plain(const rfl_token_t *t, char s[RFL_RULE_WORD])
{
    unsigned  i;

    for (i = 0; i < t->n; i++) {
        s[i] = (t->cp[i] < 0x80) ? (char) t->cp[i] : RFL_RULE_OTHER;
    }

    memset(&s[i], 0, RFL_RULE_LETTERS);
}


static char
rfl_rule_letter(uint32_t c)
{
    switch (c) {

    case 0xe3:
        return 'N';

    case 0xe7:
        return 'C';

    case 0xf6:
        return 'O';

    case 0x105:
        return 'A';

    case 0x119:
        return 'E';

    case 0x159:
        return 'R';
    }

    c = rfl_fold_base(c);

    return (c < 0x80) ? (char) c : RFL_RULE_OTHER;
}
