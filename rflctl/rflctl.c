
/*
 * Copyright (C) The RFL authors
 *
 * rflctl.c: options and commands of the desk's command-line tool.
 */


#include "rfl_name.h"
#include "rfl_query.h"
#include "rfl_seal.h"
#include "rflctl.h"

#include <getopt.h>
#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>


/* options, as bits of the commands that take them */

#define RFLCTL_JSON          0x00001
#define RFLCTL_DRY_RUN       0x00002
#define RFLCTL_KEY           0x00004
#define RFLCTL_OUT           0x00008
#define RFLCTL_PASSPHRASE    0x00010
#define RFLCTL_REFS          0x00020
#define RFLCTL_SKIP_FAULTY   0x00040
#define RFLCTL_CANARY        0x00080
#define RFLCTL_REASON        0x00100
#define RFLCTL_SOURCE        0x00200
#define RFLCTL_RESUME        0x00400
#define RFLCTL_FULL          0x00800
#define RFLCTL_INIT          0x01000
#define RFLCTL_NO_PASSPHRASE 0x02000
#define RFLCTL_STATE         0x04000
#define RFLCTL_ALL           0x08000   /* -q, -v */
#define RFLCTL_SOCIETY       0x10000
#define RFLCTL_ROOT          0x20000
#define RFLCTL_PRINT         0x40000
#define RFLCTL_ASIDE         0x80000
#define RFLCTL_EXPORT        0x100000
#define RFLCTL_WHY           0x200000
#define RFLCTL_NAME          0x200000
#define RFLCTL_STAFF         0x400000


typedef struct {
    const char  *name;
    int        (*handler)(rflctl_t *ctl);
    int          min;              /* operands */
    int          max;
    unsigned     options;
    const char  *operands;
    const char  *about;
} rflctl_command_t;


typedef struct {
    const char  *name;
    char         letter;           /* 0: none */
    const char  *argument;         /* NULL: a flag */
    unsigned     bit;
    size_t       offset;           /* in rflctl_opts_t */
    const char  *about;
} rflctl_option_t;


static int rflctl_main(rflctl_opts_t *opts, int argc, char **argv);
static int rflctl_options(rflctl_opts_t *opts, int argc, char **argv,
    unsigned *given);
static void rflctl_options_known(char *letters, struct option *longs);
static const rflctl_command_t *rflctl_command(int argc, char **argv,
    int *words);
static const char *rflctl_words(const char *first, char *text, size_t size);
static const rflctl_option_t *rflctl_excess(unsigned bits);
static int rflctl_run(const rflctl_command_t *command, rflctl_opts_t *opts,
    int argc, char **argv);
static void rflctl_help(const rflctl_command_t *command);
static void rflctl_help_option(const rflctl_option_t *option);
static int rflctl_usage(const char *fmt, ...) rfl_printf(1, 2);
static void rflctl_signal(int signo);


#define rflctl_anyone  (RFLCTL_ALL|RFLCTL_STATE|RFLCTL_JSON)

static const rflctl_command_t  rflctl_commands[] = {

    { "init", rflctl_init, 0, 1,
      RFLCTL_ALL|RFLCTL_STATE|RFLCTL_INIT|RFLCTL_NAME|RFLCTL_SOCIETY,
      "[DIR]", "make the desk's folder: keys, passwords, configurations" },

    { "keygen", rflctl_keygen, 1, 1,
      RFLCTL_ALL|RFLCTL_PASSPHRASE|RFLCTL_NO_PASSPHRASE,
      "FILE", "make a moderator's key; prints its entry for the trust file" },

    { "check", rflctl_check, 1, 1, rflctl_anyone,
      "FILE", "look for faults in entries" },

    { "sign", rflctl_sign, 1, 1,
      RFLCTL_ALL|RFLCTL_STATE|RFLCTL_KEY|RFLCTL_OUT|RFLCTL_PASSPHRASE,
      "FILE", "approve entries with a moderator's key" },

    { "publish", rflctl_publish, 1, 1,
      rflctl_anyone|RFLCTL_DRY_RUN|RFLCTL_REFS|RFLCTL_SKIP_FAULTY
      |RFLCTL_CANARY,
      "FILE", "publish signed entries" },

    { "withdraw", rflctl_withdraw, 0, 1000,
      rflctl_anyone|RFLCTL_DRY_RUN|RFLCTL_REASON|RFLCTL_SOURCE,
      "REF...", "take entries out, at once and for good" },

    { "renew", rflctl_renew, 1, 2, rflctl_anyone|RFLCTL_DRY_RUN,
      "REF [FILE]", "publish later dates and fresh consent of an entry" },

    { "rotate", rflctl_rotate, 0, 0,
      rflctl_anyone|RFLCTL_DRY_RUN|RFLCTL_RESUME,
      "", "build the index anew under a new secret" },

    { "handover", rflctl_handover, 0, 0, rflctl_anyone,
      "", "give rfl-keyd the current secret after it was restarted" },

    { "status", rflctl_status, 0, 0, rflctl_anyone,
      "", "what there is, and what is wrong with it" },

    { "verify", rflctl_verify, 0, 0, rflctl_anyone|RFLCTL_FULL,
      "", "prove that the index is what the register says" },

    { "list", rflctl_list, 0, 0, rflctl_anyone,
      "", "the entries of the register" },

    { "show", rflctl_show, 1, 1, rflctl_anyone,
      "REF", "one entry of the register, as JSON" },

    { "staff add", rflctl_staff_add, 1, 1,
      rflctl_anyone|RFLCTL_NAME|RFLCTL_STAFF|RFLCTL_KEY|RFLCTL_PASSPHRASE
      |RFLCTL_SOCIETY|RFLCTL_PRINT,
      "ID", "let somebody open the moderators' desk" },

    { "staff list", rflctl_staff_list, 0, 0, rflctl_anyone,
      "", "who may open the moderators' desk" },

    { "staff revoke", rflctl_staff_revoke, 1, 1, rflctl_anyone,
      "ID", "let somebody open it no more" },

    { "journal verify", rflctl_journal_verify, 0, 0, rflctl_anyone,
      "", "prove that the moderators' journal is whole" },

    { "journal show", rflctl_journal_show, 0, 1, rflctl_anyone,
      "[REF]", "what moderators did, all of it or to one item" },

    { "journal restart", rflctl_journal_restart, 0, 0,
      RFLCTL_ALL|RFLCTL_STATE|RFLCTL_WHY,
      "", "go on after the journal's file was lost; the gap stays visible" },

    { "keys init", rflctl_keys_init, 0, 0,
      RFLCTL_ALL|RFLCTL_STATE|RFLCTL_PASSPHRASE|RFLCTL_NO_PASSPHRASE
      |RFLCTL_ROOT,
      "", "make the vault and the root key of the inbox" },

    { "keys new", rflctl_keys_new, 0, 1,
      rflctl_anyone|RFLCTL_PASSPHRASE|RFLCTL_ROOT|RFLCTL_SOCIETY,
      "[YYYY-MM]", "make the inbox key of a month, by default the next" },

    { "keys list", rflctl_keys_list, 0, 0, rflctl_anyone|RFLCTL_SOCIETY,
      "", "the inbox keys, and what is wrong with them" },

    { "keys publish", rflctl_keys_publish, 0, 0,
      rflctl_anyone|RFLCTL_SOCIETY|RFLCTL_PRINT|RFLCTL_DRY_RUN,
      "", "write root and inbox keys into the trust file" },

    { "keys retire", rflctl_keys_retire, 1, 1, rflctl_anyone,
      "KEY", "seal nothing more to a key" },

    { "inbox pull", rflctl_inbox_pull, 0, 0, rflctl_anyone,
      "", "bring what visitors sent to the desk, sealed as it is" },

    { "inbox open", rflctl_inbox_open, 0, 0,
      rflctl_anyone|RFLCTL_PASSPHRASE|RFLCTL_ASIDE,
      "", "show what visitors sent; with --json one line for each" },

    { "inbox stats", rflctl_inbox_stats, 0, 0, rflctl_anyone,
      "", "how much waits where, and since when" },

    { "inbox export", rflctl_inbox_export, 1, 1,
      RFLCTL_ALL|RFLCTL_STATE|RFLCTL_PASSPHRASE|RFLCTL_ASIDE|RFLCTL_EXPORT,
      "FILE", "write what visitors sent to a file, NDJSON or PFIF" },

    { NULL, NULL, 0, 0, 0, NULL, NULL }
};


#define rflctl_offset(field)  offsetof(rflctl_opts_t, field)

static const rflctl_option_t  rflctl_options_table[] = {

    { "state", 's', "DIR", RFLCTL_STATE, rflctl_offset(state),
      "folder of the desk; default: RFL_STATE, or /var/lib/rfl" },

    { "json", 'j', NULL, RFLCTL_JSON, rflctl_offset(json),
      "answer in JSON" },

    { "quiet", 'q', NULL, RFLCTL_ALL, rflctl_offset(quiet),
      "say only what is wrong" },

    { "verbose", 'v', NULL, RFLCTL_ALL, rflctl_offset(verbose),
      "say more" },

    { "dry-run", 'n', NULL, RFLCTL_DRY_RUN, rflctl_offset(dry_run),
      "say what would be done, change nothing" },

    { "key", 'k', "FILE", RFLCTL_KEY, rflctl_offset(key),
      "moderator's key file" },

    { "output", 'o', "FILE", RFLCTL_OUT, rflctl_offset(out),
      "write there instead of to standard output" },

    { "passphrase-file", 0, "FILE", RFLCTL_PASSPHRASE,
      rflctl_offset(passphrase), "passphrase of the key, instead of asking" },

    { "no-passphrase", 0, NULL, RFLCTL_NO_PASSPHRASE,
      rflctl_offset(no_passphrase), "do not seal the key with a passphrase" },

    { "refs", 'r', "FILE", RFLCTL_REFS, rflctl_offset(refs),
      "write source ids and public references there, with tabs" },

    { "skip-faulty", 0, NULL, RFLCTL_SKIP_FAULTY, rflctl_offset(skip_faulty),
      "publish the lines without a fault, instead of none" },

    { "canary", 0, NULL, RFLCTL_CANARY, rflctl_offset(canary),
      "these are invented entries that verify looks for" },

    { "reason", 0, "CODE", RFLCTL_REASON, rflctl_offset(reason),
      "request (default), found, error, safety, other" },

    { "source", 0, "FILE", RFLCTL_SOURCE, rflctl_offset(source),
      "withdraw by source ids, one a line, also ones never published" },

    { "why", 0, "TEXT", RFLCTL_WHY, rflctl_offset(why),
      "what happened, in a few words without names: for the journal" },

    { "resume", 0, NULL, RFLCTL_RESUME, rflctl_offset(resume),
      "only if one was cut short, the index is empty, or it is time" },

    { "full", 0, NULL, RFLCTL_FULL, rflctl_offset(full),
      "check the signatures of all entries, not of a sample" },

    { "society", 0, "ID", RFLCTL_SOCIETY, rflctl_offset(society),
      "short name of the society, such as northland" },

    { "root", 0, "FILE", RFLCTL_ROOT, rflctl_offset(root),
      "root key; default: root.key of the desk's folder" },

    { "root-passphrase-file", 0, "FILE", RFLCTL_ROOT,
      rflctl_offset(root_passphrase),
      "passphrase of the root key, instead of asking" },

    { "print", 0, NULL, RFLCTL_PRINT, rflctl_offset(print),
      "print what belongs into the trust file, do not write it" },

    { "aside", 0, NULL, RFLCTL_ASIDE, rflctl_offset(aside),
      "try what was put aside, too" },

    { "pfif", 0, NULL, RFLCTL_EXPORT, rflctl_offset(pfif),
      "write PFIF 1.4 instead of NDJSON" },

    { "purge", 0, NULL, RFLCTL_EXPORT, rflctl_offset(purge),
      "remove from the desk what the file has, once it is on disk" },

    { "role", 0, "ROLE", RFLCTL_STAFF, rflctl_offset(role),
      "moderator, coordinator, or auditor, who only looks" },

    { "certificate", 0, "FILE", RFLCTL_STAFF, rflctl_offset(certificate),
      "client certificate, PEM" },

    { "languages", 0, "TAGS", RFLCTL_STAFF, rflctl_offset(languages),
      "such as \"ar,en\": that of the pages first" },

    { "until", 0, "DAY", RFLCTL_STAFF, rflctl_offset(until),
      "last day at the desk; default: in a year" },

    { "office-passphrase-file", 0, "FILE", RFLCTL_STAFF,
      rflctl_offset(office_passphrase),
      "passphrase of the office, instead of asking" },

    { "name", 0, "TEXT", RFLCTL_NAME, rflctl_offset(name),
      "name of the society, or of the person" },

    { "phone", 0, "TEXT", RFLCTL_INIT, rflctl_offset(phone),
      "phone number of its office" },

    { "event", 0, "ID", RFLCTL_INIT, rflctl_offset(event),
      "short name of the first event" },

    { "run", 0, "DIR", RFLCTL_INIT, rflctl_offset(run),
      "where the sockets will be; default: DIR/run" },

    { "sample-keys", 0, NULL, RFLCTL_INIT, rflctl_offset(sample_keys),
      "make two moderators' keys without passphrase, to try things out" },

    { NULL, 0, NULL, 0, 0, NULL }
};


int
main(int argc, char **argv)
{
    int            rc;
    rfl_err_t      err;
    rflctl_opts_t  opts;
    struct rlimit  limit;

    memset(&opts, 0, sizeof(rflctl_opts_t));
    rflctl_out_init(&opts);

    /* secrets go neither into core files nor to other users */

    limit.rlim_cur = 0;
    limit.rlim_max = 0;
    (void) setrlimit(RLIMIT_CORE, &limit);
    (void) umask(077);

    (void) signal(SIGPIPE, SIG_IGN);
    (void) signal(SIGINT, rflctl_signal);
    (void) signal(SIGTERM, rflctl_signal);

    /* nonces in great number: without a system call for each */

    (void) randombytes_set_implementation(&randombytes_internal_implementation);

    rfl_json_init();

    if (rfl_seal_init(&err) != RFL_OK || rfl_name_init(&err) != RFL_OK) {
        rflctl_error("%s", err.text);
        return RFLCTL_INTERNAL;
    }

    rc = rflctl_main(&opts, argc, argv);

    rflctl_progress_end();

    if (fflush(stdout) != 0 && rc == RFLCTL_OK) {
        rflctl_error("cannot write to standard output");
        rc = RFLCTL_CREATE;
    }

    return rc;
}


static int
rflctl_main(rflctl_opts_t *opts, int argc, char **argv)
{
    int                      rc, words;
    char                     text[128];
    unsigned                 given;
    const rflctl_option_t   *excess;
    const rflctl_command_t  *command;

    rc = rflctl_options(opts, argc, argv, &given);
    if (rc != -1) {
        return rc;
    }

    argc -= optind;
    argv += optind;

    if (argc == 0) {
        return rflctl_usage("which command?");
    }

    words = 0;

    command = rflctl_command(argc, argv, &words);
    if (command == NULL) {
        return (words == 2)
               ? rflctl_usage("\"%s\" is followed by one of:%s", argv[0],
                              rflctl_words(argv[0], text, sizeof(text)))
               : rflctl_usage("there is no command \"%s\"", argv[0]);
    }

    excess = rflctl_excess(given & ~command->options);
    if (excess != NULL) {
        return rflctl_usage("\"%s\" does not take --%s", command->name,
                            excess->name);
    }

    argc -= words;
    argv += words;

    if (argc < command->min || argc > command->max) {
        return rflctl_usage("usage: rflctl %s [OPTION]... %s", command->name,
                            command->operands);
    }

    return rflctl_run(command, opts, argc, argv);
}


/* -1: go on; else an exit status */

static int
rflctl_options(rflctl_opts_t *opts, int argc, char **argv, unsigned *given)
{
    int                      c, index;
    char                     letters[64];
    void                    *field;
    unsigned                 help;
    struct option            longs[48];
    const rflctl_option_t   *option;

    rflctl_options_known(letters, longs);

    *given = 0;
    help = 0;
    opterr = 0;

    while ((c = getopt_long(argc, argv, letters, longs, NULL)) != -1) {

        if (c == 'h') {
            help = 1;
            continue;
        }

        if (c == 'V') {
            (void) printf("rflctl %s\n", RFL_VERSION);
            return RFLCTL_OK;
        }

        if (c == '?') {
            return rflctl_usage("\"%s\" is not an option, or lacks its "
                                "argument", argv[optind - 1]);
        }

        for (index = 0; rflctl_options_table[index].name != NULL; index++) {
            if (c == 1000 + index || c == rflctl_options_table[index].letter)
            {
                break;
            }
        }

        option = &rflctl_options_table[index];
        field = (char *) opts + option->offset;
        *given |= option->bit;

        if (option->argument) {
            *(const char **) field = optarg;

        } else {
            *(unsigned *) field = 1;
        }
    }

    if (!help) {
        return -1;
    }

    rflctl_help(optind < argc ? rflctl_command(argc - optind, argv + optind,
                                               &index)
                              : NULL);

    return RFLCTL_OK;
}


/* the table as getopt_long() wants it */

static void
rflctl_options_known(char *letters, struct option *longs)
{
    unsigned                n;
    const rflctl_option_t  *option;

    for (n = 0; rflctl_options_table[n].name != NULL; n++) {

        option = &rflctl_options_table[n];

        memset(&longs[n], 0, sizeof(struct option));
        longs[n].name = option->name;
        longs[n].has_arg = option->argument ? required_argument
                                            : no_argument;
        longs[n].val = 1000 + (int) n;

        if (option->letter) {
            *letters++ = option->letter;

            if (option->argument) {
                *letters++ = ':';
            }
        }
    }

    *letters++ = 'h';
    *letters = '\0';

    memset(&longs[n], 0, 3 * sizeof(struct option));
    longs[n].name = "help";
    longs[n].val = 'h';
    longs[n + 1].name = "version";
    longs[n + 1].val = 'V';
}


/* by one word or two, "keys new"; NULL: there is none such */

static const rflctl_command_t *
rflctl_command(int argc, char **argv, int *words)
{
    size_t                   len;
    const char              *second;
    const rflctl_command_t  *command;

    for (command = rflctl_commands; command->name != NULL; command++) {

        second = strchr(command->name, ' ');
        len = (second == NULL) ? strlen(command->name)
                               : (size_t) (second - command->name);

        if (strlen(argv[0]) != len
            || memcmp(argv[0], command->name, len) != 0)
        {
            continue;
        }

        *words = (second == NULL) ? 1 : 2;

        if (second == NULL
            || (argc > 1 && strcmp(second + 1, argv[1]) == 0))
        {
            return command;
        }
    }

    return NULL;
}


/* " pull open stats export", for "inbox" */

static const char *
rflctl_words(const char *first, char *text, size_t size)
{
    size_t                   n, len;
    const rflctl_command_t  *command;

    n = 0;
    len = strlen(first);
    text[0] = '\0';

    for (command = rflctl_commands; command->name != NULL; command++) {

        if (strncmp(command->name, first, len) == 0
            && command->name[len] == ' ' && n < size)
        {
            n += (size_t) snprintf(text + n, size - n, "%s",
                                   command->name + len);
        }
    }

    return text;
}


static const rflctl_option_t *
rflctl_excess(unsigned bits)
{
    const rflctl_option_t  *option;

    for (option = rflctl_options_table; option->name != NULL; option++) {
        if (option->bit & bits) {
            return option;
        }
    }

    return NULL;
}


static int
rflctl_run(const rflctl_command_t *command, rflctl_opts_t *opts, int argc,
    char **argv)
{
    int       rc;
    rflctl_t  ctl;

    memset(&ctl, 0, sizeof(rflctl_t));
    ctl.files = -1;

    if (opts->state == NULL) {
        opts->state = getenv("RFL_STATE");
    }

    if (opts->state == NULL || opts->state[0] == '\0') {
        opts->state = RFL_DESK_DIR;
    }

    ctl.opts = opts;
    ctl.command = command->name;
    ctl.argc = argc;
    ctl.argv = argv;

    ctl.pool = rfl_pool_create(16384);
    if (ctl.pool == NULL) {
        rflctl_error("out of memory");
        return RFLCTL_INTERNAL;
    }

    rc = command->handler(&ctl);

    if (ctl.open) {
        rfl_desk_close(&ctl.desk);
    }

    rfl_pool_destroy(ctl.pool);

    return rc;
}


static void
rflctl_help(const rflctl_command_t *command)
{
    char                     text[64];
    const rflctl_option_t   *option;
    const rflctl_command_t  *c;

    if (command != NULL) {
        (void) printf("Usage: rflctl %s [OPTION]... %s\n\n%s.\n\n",
                      command->name, command->operands, command->about);

        for (option = rflctl_options_table; option->name != NULL; option++) {
            if (option->bit & command->options) {
                rflctl_help_option(option);
            }
        }

        return;
    }

    (void) printf("Usage: rflctl COMMAND [OPTION]... [ARGUMENT]...\n\n"
                  "Publishes entries of Restoring Family Links pages, and "
                  "takes them out.\n\n");

    for (c = rflctl_commands; c->name != NULL; c++) {
        (void) snprintf(text, sizeof(text), "%s %s", c->name, c->operands);
        (void) printf("  %-19s %s\n", text, c->about);
    }

    (void) printf("\n\"rflctl COMMAND --help\" lists the options of a "
                  "command; see also rflctl(1).\nExit status: 0 done, "
                  "1 problems found, 2 wrong usage, 69 a server does not "
                  "answer,\n70 internal error, 73 a file cannot be made, "
                  "75 try again later, 77 not allowed.\n");
}


static void
rflctl_help_option(const rflctl_option_t *option)
{
    char  text[64], letter[8];

    memcpy(letter, "   ", 4);

    if (option->letter) {
        (void) snprintf(letter, sizeof(letter), "-%c,", option->letter);
    }

    (void) snprintf(text, sizeof(text), "%s --%s%s%s", letter, option->name,
                    option->argument ? "=" : "",
                    option->argument ? option->argument : "");
    (void) printf("  %-26s %s\n", text, option->about);
}


static int
rflctl_usage(const char *fmt, ...)
{
    va_list  args;

    (void) fprintf(stderr, "rflctl: ");

    va_start(args, fmt);
    (void) vfprintf(stderr, fmt, args);
    va_end(args);

    (void) fprintf(stderr, "\nTry \"rflctl --help\".\n");

    return RFLCTL_USAGE;
}


static void
rflctl_signal(int signo)
{
    rflctl_stop = 1;
}
