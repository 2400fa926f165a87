
/*
 * Copyright (C) The RFL authors
 *
 * desk_drive.c: the moderators' desk by hand, for Test::RFL::Drive: one
 * command a line on standard input, one answer a line on standard output.
 *
 *     desk_drive DIR KEY1 KEY2       signing keys of amina and boris
 */


#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rfl_file.h"
#include "rfl_item.h"
#include "rfl_item_int.h"
#include "rfl_journal.h"
#include "rfl_match.h"
#include "rfl_review.h"
#include "rfl_review_int.h"
#include "rfl_spool.h"
#include "rfl_work.h"

#include <sodium.h>


#define WORDS  16


typedef void (*drive_pt)(int argc, char **argv);


static void run(int argc, char **argv);


static rfl_work_t        work;
static rfl_vault_t      *vault, *keys[2];
static rfl_pool_t       *pool;
static rfl_match_t      *match;
static rfl_err_t         err;
static const char       *state;
static char              opener[4096];


static void
die(const char *what)
{
    printf("die %s: %s\n", what, err.text);
    exit(1);
}


static rfl_str_t
str(const char *text)
{
    rfl_str_t  s;

    s.data = (u_char *) text;
    s.len = strlen(text);

    return s;
}


/* "desk" is the desk itself: with keys, and nobody */

static void
begin(const char *who)
{
    rfl_str_t              id;
    const rfl_vault_t     *k;
    const rfl_moderator_t *m;

    id = str(who);
    m = rfl_staff_id(work.staff, &id);
    k = (m == NULL) ? vault : (strcmp(who, "boris") == 0) ? keys[1] : keys[0];

    if (strcmp(who, "carla") == 0) {
        k = vault;
    }

    if (rfl_work_begin(&work, m, k, (int64_t) time(NULL), &err) != RFL_OK) {
        die("begin");
    }
}


static void
id_of(const char *text, u_char id[RFL_SUBMISSION_ID_SIZE])
{
    if (rfl_item_id_parse((const u_char *) text, strlen(text), id) != RFL_OK)
    {
        die("id");
    }
}


static rfl_form_e
form_of(const char *text)
{
    unsigned   i;
    rfl_str_t  name;

    name = str(text);

    for (i = RFL_FORM_NONE + 1; i < RFL_FORMS_N; i++) {
        if (rfl_str_eq(&rfl_forms[i].name, &name)) {
            return (rfl_form_e) i;
        }
    }

    die("form");

    return RFL_FORM_NONE;
}


static void
say(const rfl_item_t *item)
{
    u_char  ref[RFL_REF_TEXT_SIZE];

    rfl_ref_format(item->head.ref, ref);

    printf("%s version=%u live=%u hidden=%u handed=%u approvals=%u ref=%.*s "
           "submission=%u\n",
           (char *) rfl_item_states[item->head.state].data,
           item->head.version, item->head.live, item->head.hidden,
           item->head.handed, item->draft.e.napprovals, RFL_REF_TEXT_SIZE,
           (char *) ref, item->has_submission);
}


/* add ID FORM YEAR NAME: an adult who says yes to all */

static void
drive_add(int argc, char **argv)
{
    int                rc;
    char               code[32];
    rfl_submission_t   s;

    memset(&s, 0, sizeof(rfl_submission_t));

    id_of(argv[1], s.id);
    s.form = form_of(argv[2]);
    s.day = (int32_t) (time(NULL) / 86400);
    s.lang = str("en");
    s.society = str("northland");

    s.values[RFL_ASK_NAME].text = str(argv[4]);

    if (s.form == RFL_FORM_ALIVE) {
        s.values[RFL_ASK_ADULT].choice = 1;
        s.values[RFL_ASK_SHOW].several = 0x1e;
        s.values[RFL_ASK_STATUS].choice = 1;
        s.values[RFL_ASK_REACH].text = str("CANARY-REACH");
    }

    if (s.form == RFL_FORM_LOOKING) {
        s.values[RFL_ASK_RELATION].choice = 1;
        s.values[RFL_ASK_SENDER].text = str("CANARY-SENDER");
    }

    if (strcmp(argv[3], "-") != 0) {
        s.values[RFL_ASK_BIRTH_YEAR].text = str(argv[3]);
    }

    s.values[RFL_ASK_CONSENT].choice = 2;

    s.has_hide = 1;
    memset(code, 0, sizeof(code));
    memcpy(code, s.id, RFL_HIDE_CODE_SIZE);
    rfl_hide_hash((u_char *) code, s.hide);

    rc = rfl_item_add(&work, &s, (rfl_item_kind_e) s.form, &err);

    printf("%s\n", (rc == RFL_OK) ? "ok" : (rc == RFL_DECLINED) ? "again"
                                                                : err.text);
}


/* about ID FORM REF: a report or a message */

static void
drive_about(int argc, char **argv)
{
    rfl_submission_t   s;

    memset(&s, 0, sizeof(rfl_submission_t));

    id_of(argv[1], s.id);
    s.form = form_of(argv[2]);
    s.day = (int32_t) (time(NULL) / 86400);
    s.lang = str("en");
    s.society = str("northland");
    s.values[RFL_ASK_WHY].choice = 2;
    s.has_ref = 1;

    if (rfl_ref_parse((u_char *) argv[3], strlen(argv[3]), s.ref) != RFL_OK
        || rfl_item_add(&work, &s, (rfl_item_kind_e) s.form, &err) != RFL_OK)
    {
        die("about");
    }

    printf("ok\n");
}


/* act ID ACT [REASON [VERSION]] */

static void
drive_act(int argc, char **argv)
{
    int             rc;
    u_char          id[RFL_SUBMISSION_ID_SIZE];
    rfl_act_e       act;
    rfl_item_t      item;
    rfl_action_t    action;
    rfl_outcome_t   outcome;

    memset(&action, 0, sizeof(rfl_action_t));
    id_of(argv[1], id);

    for (act = RFL_ACT_NONE + 1; act < RFL_ACTS_N; act++) {
        if (strcmp((char *) rfl_acts[act].data, argv[2]) == 0) {
            action.act = act;
        }
    }

    action.reason = (argc > 3) ? (unsigned) atoi(argv[3]) : 0;

    if (argc > 4) {
        action.version = (unsigned) atoi(argv[4]);

    } else if (rfl_item_get(&work, pool, id, &item, &err) == RFL_OK) {
        action.version = item.head.version;
        rfl_changes_of(&item.draft, &action.changes);
    }

    if (action.act == RFL_ACT_EDIT) {
        action.changes.names[0].full = str("Somebody Else Entirely");
    }

    rc = rfl_review_do(&work, pool, id, &action, &outcome, &err);

    if (rc == RFL_OK) {
        printf("done checked=%u ", outcome.checked);
        say(&outcome.item);

    } else if (rc == RFL_DECLINED) {
        printf("refused %s %.*s\n",
               (char *) rfl_refuseds[outcome.refused].data,
               (int) strcspn((outcome.faults.len != 0)
                             ? (char *) outcome.faults.data : "\n", "\n"),
               (outcome.faults.len != 0) ? (char *) outcome.faults.data : "");
    } else {
        printf("failed %d %s\n", rc, err.text);
    }

    rfl_outcome_free(&outcome);
}


static void
drive_show(int argc, char **argv)
{
    int         rc;
    u_char      id[RFL_SUBMISSION_ID_SIZE];
    rfl_item_t  item;

    id_of(argv[1], id);

    rc = rfl_item_get(&work, pool, id, &item, &err);

    if (rc != RFL_OK) {
        printf("%s\n", (rc == RFL_DECLINED) ? "none" : err.text);
        return;
    }

    say(&item);
}


/* queue NAME */

static void
drive_queue(int argc, char **argv)
{
    unsigned      i;
    u_char        text[RFL_ITEM_ID_TEXT];
    rfl_list_t    list;
    rfl_filter_t  filter;

    memset(&filter, 0, sizeof(rfl_filter_t));
    filter.queue = rfl_queue_find((u_char *) argv[1], strlen(argv[1]));
    filter.max = 50;

    if (rfl_item_list(&work, pool, &filter, &list, &err) != RFL_OK) {
        die("queue");
    }

    printf("%llu of %llu:", (unsigned long long) list.total,
           (unsigned long long) list.counts[filter.queue].n);

    for (i = 0; i < list.n; i++) {
        rfl_item_id_format(list.heads[i].id, text);
        printf(" %.*s", RFL_ITEM_ID_TEXT, (char *) text);
    }

    printf("\n");
}


static void
drive_match(int argc, char **argv)
{
    u_char          id[RFL_SUBMISSION_ID_SIZE];
    unsigned        i;
    rfl_item_t      item;
    rfl_matches_t   m;

    id_of(argv[1], id);

    if (rfl_match_refresh(match, &work, &err) != RFL_OK
        || rfl_item_get(&work, pool, id, &item, &err) != RFL_OK
        || rfl_match_find(match, &work, pool, &item, &m, &err) != RFL_OK)
    {
        die("match");
    }

    printf("same=%u match=%u", m.nsame, m.nmatch);

    for (i = 0; i < m.nsame; i++) {
        printf(" same:%.*s", (int) m.same[i].draft.e.names[0].full.len,
               (char *) m.same[i].draft.e.names[0].full.data);
    }

    for (i = 0; i < m.nmatch; i++) {
        printf(" match:%.*s", (int) m.match[i].draft.e.names[0].full.len,
               (char *) m.match[i].draft.e.names[0].full.data);
    }

    printf("\n");
}


static void
drive_desk(int argc, char **argv)
{
    unsigned     n, wrong;
    uint64_t     hidden;
    rfl_buf_t    faults;
    rfl_taken_t  taken;

    n = 0;
    wrong = 0;
    rfl_buf_init(&faults, 0);

    if (strcmp(argv[1], "resume") == 0) {
        if (rfl_review_resume(&work, &n, &err) != RFL_OK) {
            printf("failed %s\n", err.text);
            return;
        }

    } else if (strcmp(argv[1], "take") == 0) {
        if (rfl_item_take(&work, &taken, &err) != RFL_OK) {
            printf("failed %s\n", err.text);
            return;
        }

        n = (unsigned) taken.items;
        wrong = (unsigned) taken.aside;

    } else if (strcmp(argv[1], "forget") == 0) {
        work.now += 86400LL * atoi(argv[2]);

        if (rfl_item_forget(&work.desk, work.now, &hidden, &err) != RFL_OK) {
            printf("failed %s\n", err.text);
            return;
        }

        n = (unsigned) hidden;

    } else if (strcmp(argv[1], "catch") == 0) {
        work.caught = 0;

        if (rfl_review_catch_up(&work, &n, &err) != RFL_OK) {
            printf("failed %s\n", err.text);
            return;
        }

    } else if (strcmp(argv[1], "receipts") == 0) {
        if (rfl_spool_receipts(&work, &n, &wrong, &err) != RFL_OK) {
            printf("failed %s\n", err.text);
            return;
        }

    } else if (strcmp(argv[1], "import") == 0) {
        if (rfl_spool_import(&work, &n, &faults, &err) != RFL_OK) {
            die("import");
        }

    } else if (strcmp(argv[1], "hidden") == 0) {
        if (rfl_item_hidden(&work, &hidden, &err) != RFL_OK) {
            die("hidden");
        }

        n = (unsigned) hidden;
    }

    printf("%u wrong=%u faults=%s\n", n, wrong,
           (faults.len != 0) ? "yes" : "no");
    rfl_buf_free(&faults);
}


static void
drive_fault(void *data, const char *text)
{
    const char  *name;

    name = strrchr(text, '/');
    printf("[%s] ", (name != NULL) ? name + 1 : text);
}


static void
drive_journal(int argc, char **argv)
{
    int                   rc;
    rfl_journal_check_t   check;

    rc = rfl_journal_verify(&work.desk, &check, drive_fault, NULL, &err);

    printf("rc=%d lines=%llu faults=%llu cut=%u torn=%u\n", rc,
           (unsigned long long) check.lines,
           (unsigned long long) check.faults, check.cut, check.torn);
}


/* receipt ID: what the case system answers */

static void
drive_receipt(int argc, char **argv)
{
    char        path[512], text[80];
    u_char      hash[32];
    FILE       *f;
    rfl_str_t   sig;

    (void) snprintf(path, sizeof(path), "%s/spool/out/%s.sig",
                    work.desk.conf.dir, argv[1]);

    if (rfl_file_read(pool, path, 65536, 0, &sig, &err) != RFL_OK) {
        die("sig");
    }

    (void) crypto_generichash(hash, sizeof(hash), sig.data, sig.len, NULL, 0);
    (void) sodium_bin2hex(text, sizeof(text), hash, sizeof(hash));

    (void) snprintf(path, sizeof(path), "%s/spool/out/%s.receipt",
                    work.desk.conf.dir, argv[1]);

    f = fopen(path, "w");
    if (f == NULL || fprintf(f, "%s\n", text) < 0 || fclose(f) != 0) {
        die("receipt");
    }

    printf("ok\n");
}


/* register ID: whether its entry is there */

static void
drive_register(int argc, char **argv)
{
    int           rc;
    u_char        id[RFL_SUBMISSION_ID_SIZE], token[RFL_TOKEN_SIZE];
    rfl_item_t    item;
    rfl_stored_t  stored;

    id_of(argv[1], id);

    rc = rfl_item_get(&work, pool, id, &item, &err);

    if (rc == RFL_OK) {
        rfl_store_ref_token(&work.desk.keys, item.head.ref, token);

        rc = rfl_store_get(&work.desk.desk, pool, &work.desk.keys,
                           RFL_STORE_REGISTER, token, &stored, &err);
    }

    printf("%s\n", (rc == RFL_OK) ? "yes" : (rc == RFL_DECLINED) ? "no"
                                                                 : err.text);
}


/*
 * die N PID WHO COMMAND...: in a process of its own, which is killed at its
 * n-th step by the preloaded die.c; or, if it is not 0, the one of this id,
 * or all connections, if it is -1.
 */

static void
drive_die(int argc, char **argv)
{
    int    status, (*at)(int n, pid_t pid);
    pid_t  pid;

    at = (int (*)(int, pid_t)) dlsym(RTLD_DEFAULT, "die_at");

    if (at == NULL || argc < 5) {
        die("not preloaded");
    }

    fflush(stdout);
    pid = fork();

    if (pid == 0) {
        rfl_work_close(&work);

        if (rfl_work_open(&work, state, &err) != RFL_OK) {
            _exit(2);
        }

        work.desk.opener = opener;
        begin(argv[3]);

        (void) at(atoi(argv[1]), (pid_t) atoi(argv[2]));
        run(argc - 4, argv + 4);

        _exit(at(0, 0) <= 0);
    }

    status = 0;

    if (pid == -1 || waitpid(pid, &status, 0) != pid
        || (WIFEXITED(status) && WEXITSTATUS(status) > 1))
    {
        die("fork");
    }

    printf("%s\n", (status != 0) ? "died" : "lived");
}


static const struct {
    const char  *name;
    drive_pt     run;
} commands[] = {
    { "add", drive_add },
    { "about", drive_about },
    { "act", drive_act },
    { "show", drive_show },
    { "queue", drive_queue },
    { "match", drive_match },
    { "desk", drive_desk },
    { "receipt", drive_receipt },
    { "register", drive_register },
    { "die", drive_die },
    { "journal", drive_journal }
};


static void
run(int argc, char **argv)
{
    size_t  i;

    for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(commands[i].name, argv[0]) == 0) {
            commands[i].run(argc, argv);
        }
    }
}


/* WHO COMMAND ARG...; the last one may hold spaces as underscores */

static void
line(char *text)
{
    int    argc;
    char  *argv[WORDS], *word, *p;

    argc = 0;

    for (word = strtok(text, " \n"); word != NULL && argc < WORDS;
         word = strtok(NULL, " \n"))
    {
        for (p = word; *p != '\0'; p++) {
            *p = (*p == '_') ? ' ' : *p;
        }

        argv[argc++] = word;
    }

    if (argc < 2) {
        return;
    }

    begin(argv[0]);

    run(argc - 1, argv + 1);

    rfl_work_end(&work);
    rfl_pool_reset(pool);
    fflush(stdout);
}


int
main(int argc, char **argv)
{
    int    i;
    char   text[4096], *slash;

    if (argc != 4 || rfl_seal_init(&err) != RFL_OK
        || rfl_name_init(&err) != RFL_OK)
    {
        return 2;
    }

    state = argv[1];
    pool = rfl_pool_create(65536);
    match = rfl_match_create();

    if (rfl_work_open(&work, argv[1], &err) != RFL_OK) {
        die("open");
    }

    /* beside the folder that this program is in */

    (void) snprintf(opener, sizeof(opener), "%s", argv[0]);
    slash = strrchr(opener, '/');
    (void) snprintf((slash != NULL) ? slash : opener, 16, "/../rfl-open");
    work.desk.opener = opener;

    if (rfl_vault_open(pool, argv[1], RFL_VAULT_OFFICE, NULL, NULL, &vault,
                       &err)
        != RFL_OK)
    {
        die("vault");
    }

    for (i = 0; i < 2; i++) {
        keys[i] = sodium_malloc(sizeof(rfl_vault_t));

        if (keys[i] == NULL) {
            return 2;
        }

        *keys[i] = *vault;
        keys[i]->has_sign = 1;

        if (rfl_keyfile_read(pool, argv[2 + i], NULL, NULL, &keys[i]->sign,
                             &err)
            != RFL_OK)
        {
            die("key");
        }
    }

    rfl_pool_reset(pool);

    while (fgets(text, sizeof(text), stdin) != NULL) {
        line(text);
    }

    rfl_match_destroy(match);
    rfl_work_close(&work);
    sodium_free(keys[0]);
    sodium_free(keys[1]);
    rfl_vault_close(vault);
    rfl_pool_destroy(pool);

    return 0;
}
