
/*
 * Copyright (C) The RFL authors
 *
 * words_test.c: the English words of the pages, as people under stress should
 * be spoken to: short sentences, no blame, no promise, no word on death.
 */


#include "unit.h"
#include "rfl_po_int.h"


#define WORDS_MAX     20           /* of a sentence */


/* what no page says, in lower case */

static const char  *words_banned[] = {
    "victim", "dead", "death", "died", "deceased", "missing person",
    "missing people", "not found", "no match", "killed", "body", "corpse",
    "detain", "prison", "hospital", "casualt", "case", "target", "suspect",
    "invalid", "illegal", "wrong", "incorrect", "failed", "failure", "must",
    "mandatory", "required", "forbidden", "denied", "bad request",
    "oops", "unfortunately", "guarantee", "promise", "will find", "deadline",
    "expired", "deleted", "maintenance", "refugee", "alien", "!"
};

#define WORDS_BANNED  (sizeof(words_banned) / sizeof(words_banned[0]))


typedef struct {
    unsigned  messages;
    unsigned  long_sentences;
    unsigned  banned;
} words_lint_t;


static void words_test(void);
static int words_lint(void *data, const rfl_po_entry_t *entry,
    rfl_err_t *err);


int
main(void)
{
    words_test();

    return unit_done();
}


/* a message of en.po is short, calm and blames nobody */

static void
words_test(void)
{
    rfl_err_t       err;
    rfl_str_t       text;
    rfl_po_entry_t  entry;
    rfl_pool_t     *pool;
    words_lint_t    lint;

    memset(&lint, 0, sizeof(words_lint_t));
    pool = rfl_pool_create(65536);

    unit_ok(rfl_file_read(pool, "pages/po/en.po", RFL_PO_FILE_MAX, 0,
                          &text, &err) == RFL_OK
            && rfl_po_read(&text, words_lint, &lint, &err) == RFL_OK,
            "the English words are read");

    unit_ok(lint.messages > 100, "%u messages", lint.messages);
    unit_int(lint.banned, 0, "none says a word that no page says");
    unit_int(lint.long_sentences, 0, "no sentence has more than %d words",
             WORDS_MAX);

    /* the control */

    memset(&lint, 0, sizeof(words_lint_t));
    memset(&entry, 0, sizeof(rfl_po_entry_t));

    rfl_str_set(&entry.key, "control");
    rfl_str_set(&entry.id, "Person NOT found in a list of one two three four "
                "five six seven eight nine ten eleven twelve thirteen now");

    printf("# two faults that must be found:\n");
    (void) words_lint(&lint, &entry, &err);

    unit_ok(lint.banned == 1 && lint.long_sentences == 1,
            "both checks find what they are for");

    rfl_pool_destroy(pool);
}


static int
words_lint(void *data, const rfl_po_entry_t *entry, rfl_err_t *err)
{
    words_lint_t  *lint = data;

    char         low[RFL_PATTERN_MAX + 2];
    size_t       i, len;
    unsigned     words;
    const char  *at;

    if (entry->header) {
        return RFL_OK;
    }

    lint->messages++;
    words = 1;
    len = entry->id.len < RFL_PATTERN_MAX ? entry->id.len : RFL_PATTERN_MAX;

    for (i = 0; i < len; i++) {
        low[i] = (char) entry->id.data[i];

        if (low[i] >= 'A' && low[i] <= 'Z') {
            low[i] = (char) (low[i] | 0x20);
        }

        if (low[i] == '.' || low[i] == '?' || low[i] == '{') {
            words = 0;
        }

        if (low[i] == ' ' && ++words > WORDS_MAX) {
            printf("#   %.*s: a sentence is too long\n",
                   (int) entry->key.len, (char *) entry->key.data);
            lint->long_sentences++;
            words = 0;
        }
    }

    low[len] = '\0';

    for (i = 0; i < WORDS_BANNED; i++) {

        at = strstr(low, words_banned[i]);

        /* "nobody" is not a "body" */

        if (at != NULL && (at == low || at[-1] < 'a' || at[-1] > 'z'
                           || at[0] == '!'))
        {
            printf("#   %.*s says \"%s\"\n", (int) entry->key.len,
                   (char *) entry->key.data, words_banned[i]);
            lint->banned++;
        }
    }

    return RFL_OK;
}
