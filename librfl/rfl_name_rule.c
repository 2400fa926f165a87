
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_rule.c: finds rules of Latin letters.  Owns them, sorted by their
 * first letter, built once by rfl_rule_init() and read only from then on.
 */


#include "rfl_name_rule.h"

#include "tables/rfl_rule_table.h"


#define RFL_RULES_MAX      320     /* of one table */
#define RFL_RULE_INDEXES   63      /* of letters, see rfl_rule_init() */

#define rfl_rule_index(c)  (rfl_rule_indexes[(u_char) (c) & 0x7f])
#define rfl_rule_bit(c)    (1ULL << rfl_rule_index(c))

/* a letter that no rule has */
#define RFL_RULE_OTHER     '\x01'


typedef struct {
    unsigned    n;
    uint16_t    first[RFL_RULE_INDEXES + 1];
    uint64_t    second[RFL_RULE_INDEXES];  /* of all rules with one first */
    rfl_rule_t  rule[RFL_RULES_MAX];
} rfl_rules_t;


static int rfl_rule_load(rfl_rules_t *rules, const rfl_rule_list_t *list);
static const char *rfl_rule_set(const char *p, uint64_t *set);
static void rfl_rule_sort(rfl_rules_t *rules);
static char rfl_rule_letter(uint32_t c);


static rfl_rules_t  rfl_rules[RFL_RULES_N];
static uint8_t      rfl_rule_indexes[128];   /* 0: the start and the end */


int
rfl_rule_init(rfl_err_t *err)
{
    size_t       i;
    const char  *p;

    p = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ23456789'";

    memset(rfl_rule_indexes, RFL_RULE_INDEXES - 1, sizeof(rfl_rule_indexes));
    rfl_rule_indexes[0] = 0;

    for (i = 0; p[i] != '\0'; i++) {
        rfl_rule_indexes[(u_char) p[i]] = (uint8_t) (i + 1);
    }

    memset(rfl_rules, 0, sizeof(rfl_rules));

    for (i = 0; i < sizeof(rfl_rule_lists) / sizeof(rfl_rule_lists[0]); i++) {
        if (rfl_rule_load(&rfl_rules[rfl_rule_lists[i].table],
                          &rfl_rule_lists[i])
            != RFL_OK)
        {
            return rfl_err(err, 0, "rfl_rule_table.h has a rule too many, or "
                           "one too long");
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
        rule->before = ~0ULL;
        rule->after = ~0ULL;

        switch (*p) {

        case '^':
            rule->before = rfl_rule_bit('\0');
            p++;
            break;

        case '-':
            rule->before = ~rfl_rule_bit('\0');
            rule->after = rfl_rule_bit('\0');
            p++;
            break;

        case '[':
            p = rfl_rule_set(p, &rule->before);
            break;
        }

        rule->len = (uint8_t) strcspn(p, "[$: ");

        if (rule->len > RFL_RULE_LETTERS) {
            return RFL_ERROR;
        }

        memcpy(rule->letters, p, rule->len);
        memset(&rule->mask, 0xff, rule->len);
        p += rule->len;

        switch (*p) {

        case '$':
            rule->after = rfl_rule_bit('\0');
            p++;
            break;

        case '[':
            p = rfl_rule_set(p, &rule->after);
            break;
        }

        p += (*p == ':');

        rule->to = p;
        rule->tolen = (uint8_t) strcspn(p, " ");

        if (rule->tolen > RFL_RULE_LETTERS) {
            return RFL_ERROR;
        }

        p += rule->tolen;
        rules->n++;
    }

    return RFL_OK;
}


/* letters in brackets; what stands behind them */

static const char *
rfl_rule_set(const char *p, uint64_t *set)
{
    int  none;

    p++;
    none = (*p == '^');
    p += none;

    for (*set = 0; *p != ']'; p++) {
        *set |= rfl_rule_bit(*p == '$' ? '\0' : *p);
    }

    *set = none ? ~*set : *set;

    return p + 1;
}


/* by first letters, and else in the order of the table */

static void
rfl_rule_sort(rfl_rules_t *rules)
{
    unsigned     i, k, n;
    rfl_rule_t  *rule;
    rfl_rules_t  loaded;

    loaded = *rules;

    for (k = 0, n = 0; k < RFL_RULE_INDEXES; k++) {
        rules->first[k] = (uint16_t) n;

        for (i = 0; i < loaded.n; i++) {
            rule = &loaded.rule[i];

            if (rfl_rule_index(rule->letters[0]) == k) {
                rules->rule[n++] = *rule;
                rules->second[k] |= (rule->len == 1)
                                    ? ~0ULL : rfl_rule_bit(rule->letters[1]);
            }
        }
    }

    rules->first[k] = (uint16_t) n;
}


const rfl_rule_t *
rfl_rule_find(rfl_rules_e table, uint32_t what, const char *s, unsigned i)
{
    uint64_t            word, letters;
    unsigned            first;
    const rfl_rule_t   *rule, *last;
    const rfl_rules_t  *rules;

    rules = &rfl_rules[table];
    first = rfl_rule_index(s[i]);

    if ((rules->second[first] & rfl_rule_bit(s[i + 1])) == 0) {
        return NULL;
    }

    rule = &rules->rule[rules->first[first]];
    last = &rules->rule[rules->first[first + 1]];

    memcpy(&word, &s[i], sizeof(word));

    for ( /* void */ ; rule < last; rule++) {
        memcpy(&letters, rule->letters, sizeof(letters));

        if (((word ^ letters) & rule->mask) == 0 && (rule->what & what)
            && (rule->before & rfl_rule_bit(i == 0 ? '\0' : s[i - 1]))
            && (rule->after & rfl_rule_bit(s[i + rule->len])))
        {
            return rule;
        }
    }

    return NULL;
}


size_t
rfl_rule_phones(rfl_rules_e table, uint32_t what, const char *s,
    char ph[RFL_RULE_PHONES])
{
    size_t             n;
    unsigned           i, k;
    const rfl_rule_t  *rule;

    n = 0;

    for (i = 0; s[i] != '\0' && n + RFL_RULE_LETTERS <= RFL_RULE_PHONES;
         /* void */ )
    {
        rule = rfl_rule_find(table, what, s, i);

        if (rule == NULL) {
            ph[n++] = s[i++];       /* already a phone */

        } else {
            for (k = 0; k < rule->tolen; k++) {
                ph[n++] = rule->to[k];
            }

            i += rule->len;
        }

        /* doubled letters are one sound */

        while (n >= 2 && ph[n - 1] == ph[n - 2]) {
            n--;
        }
    }

    return n;
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
