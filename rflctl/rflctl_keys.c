
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_keys.c: "rflctl keys": the root, the inbox keys of the months, and
 * what the trust file says of them.
 */


#include "rfl_file.h"
#include "rfl_json.h"
#include "rfl_keyfile.h"
#include "rfl_text.h"
#include "rfl_vault.h"
#include "rflctl.h"
#include "rflctl_key.h"
#include "rflctl_keys.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>


/*
 * A key is good from the first day of its month to some days after the last:
 * whoever comes late with the next one leaves no gap.
 */

#define RFLCTL_OVERLAP       7
/* the default of "keys new" looks at this month and the next */
#define RFLCTL_MONTHS        2

#define RFLCTL_OFFICE_PROMPT "Passphrase of the office: "
#define RFLCTL_ROOT_PROMPT   "Passphrase of the root key: "


typedef struct {
    int32_t  first;
    int32_t  last;                 /* of the month itself */
    char     text[8];              /* "2026-11" */
} rflctl_month_t;


static void rflctl_keys_ask(rflctl_t *ctl, rflctl_ask_t *office,
    rflctl_ask_t *root);
static char *rflctl_keys_root_path(rflctl_t *ctl);
static int rflctl_keys_root(rflctl_t *ctl, rflctl_ask_t *ask,
    rfl_keyfile_t *root, rfl_err_t *err);
static int rflctl_keys_root_new(rflctl_t *ctl, rflctl_ask_t *ask,
    rfl_keyfile_t *root, rfl_err_t *err);
static int rflctl_keys_root_pub(rflctl_t *ctl, const rfl_keyfile_t *root,
    rfl_err_t *err);
static int rflctl_keys_month(rflctl_t *ctl, const rfl_inbox_files_t *files,
    const rfl_str_t *society, rflctl_month_t *month);
static int rflctl_keys_make(rflctl_t *ctl, const rfl_str_t *society,
    const rflctl_month_t *month, rfl_inbox_file_t *file, rfl_err_t *err);
static void rflctl_month(int32_t day, rflctl_month_t *month);
static int rflctl_month_parse(const char *text, rflctl_month_t *month);
static const rfl_inbox_file_t *rflctl_month_key(
    const rfl_inbox_files_t *files, const rfl_str_t *society,
    const rflctl_month_t *month, int32_t today);


int
rflctl_keys_init(rflctl_t *ctl)
{
    int            rc, there, have_root;
    char          *path;
    rfl_err_t      err;
    rfl_str_t      passphrase;
    rfl_vault_t   *vault;
    rflctl_ask_t   office, root;
    rfl_keyfile_t  key;

    rc = rflctl_rules(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rflctl_keys_ask(ctl, &office, &root);

    vault = NULL;
    path = rfl_path(ctl->pool, ctl->opts->state, RFL_VAULT_DIR);

    if (path == NULL) {
        rflctl_error("out of memory");
        return RFLCTL_INTERNAL;
    }

    /* one half may be there, of an earlier try that was cut short */

    have_root = rfl_vault_root(ctl->pool, ctl->opts->state, key.pk, &err)
                == RFL_OK;
    there = rfl_vault_there(ctl->pool, ctl->opts->state, &err);

    if (there != RFL_OK && there != RFL_DECLINED) {
        return rflctl_fail(there, &err);
    }

    if (have_root && there == RFL_OK) {
        rflctl_error("\"%s\" and \"%s\" are there already: nothing was "
                     "changed", path, RFL_VAULT_ROOT_PUB);
        return RFLCTL_CREATE;
    }

    rc = RFL_OK;

    if (there == RFL_DECLINED) {
        rc = rflctl_passphrase_new(ctl, &office, &passphrase, &err);

        if (rc == RFL_OK) {
            rc = rfl_vault_create(ctl->pool, ctl->opts->state,
                                  RFL_VAULT_OFFICE, &passphrase, &vault,
                                  &err);
        }
    }

    if (rc == RFL_OK && !have_root) {
        rc = rflctl_keys_root_new(ctl, &root, &key, &err);

        if (rc == RFL_OK) {
            rc = rflctl_keys_root_pub(ctl, &key, &err);
        }
    }

    rfl_vault_close(vault);
    rfl_memzero(&key, sizeof(key));

    if (rc == RFL_OK) {
        rflctl_note("the vault is in \"%s\", the root key in \"%s\"; keep a "
                    "copy of both in a safe: without the vault nothing that "
                    "visitors sent can be read; go on with \"rflctl keys "
                    "new\"", path, rflctl_keys_root_path(ctl));
    }

    return rflctl_fail(rc, &err);
}


/* scripts with one passphrase for both need not name its file twice */

static void
rflctl_keys_ask(rflctl_t *ctl, rflctl_ask_t *office, rflctl_ask_t *root)
{
    const rflctl_opts_t  *o;

    o = ctl->opts;

    office->prompt = RFLCTL_OFFICE_PROMPT;
    office->file = o->passphrase;
    root->prompt = RFLCTL_ROOT_PROMPT;
    root->file = o->root_passphrase ? o->root_passphrase : o->passphrase;
}


static char *
rflctl_keys_root_path(rflctl_t *ctl)
{
    return (ctl->opts->root != NULL)
           ? rfl_psprintf(ctl->pool, "%s", ctl->opts->root)
           : rfl_path(ctl->pool, ctl->opts->state, RFL_VAULT_ROOT);
}


/* the root key, and that it is the one this desk began with */

static int
rflctl_keys_root(rflctl_t *ctl, rflctl_ask_t *ask, rfl_keyfile_t *root,
    rfl_err_t *err)
{
    int      rc;
    char    *path;
    u_char   pk[RFL_SIGN_PUBLIC_SIZE];

    path = rflctl_keys_root_path(ctl);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_vault_root(ctl->pool, ctl->opts->state, pk, err);
    if (rc != RFL_OK) {
        return rc;
    }

    if (access(path, F_OK) == -1 && errno == ENOENT) {
        (void) rfl_err(err, 0, "the root key is not in \"%s\": bring it, and "
                       "name it with --root", path);
        return RFL_DECLINED;
    }

    rc = rfl_keyfile_read(ctl->pool, path, rflctl_passphrase_ask, ask, root,
                          err);

    if (rc == RFL_OK && memcmp(root->pk, pk, sizeof(pk)) != 0) {
        rc = rfl_err(err, 0, "\"%s\" is another root key than that of "
                     "\"%s/%s\"", path, ctl->opts->state,
                     RFL_VAULT_ROOT_PUB);
    }

    return rc;
}


/* one that is there already is taken */

static int
rflctl_keys_root_new(rflctl_t *ctl, rflctl_ask_t *ask, rfl_keyfile_t *root,
    rfl_err_t *err)
{
    int         rc;
    char       *path;
    rfl_str_t   passphrase;

    path = rflctl_keys_root_path(ctl);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (access(path, F_OK) == 0) {
        return rfl_keyfile_read(ctl->pool, path, rflctl_passphrase_ask, ask,
                                root, err);
    }

    rc = rflctl_passphrase_new(ctl, ask, &passphrase, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rfl_keyfile_generate(root);

    return rfl_keyfile_write(ctl->pool, path, root, &passphrase, err);
}


static int
rflctl_keys_root_pub(rflctl_t *ctl, const rfl_keyfile_t *root,
    rfl_err_t *err)
{
    char  *path, base64[64];

    path = rfl_path(ctl->pool, ctl->opts->state, RFL_VAULT_ROOT_PUB);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    (void) sodium_bin2base64(base64, sizeof(base64) - 1, root->pk,
                             sizeof(root->pk),
                             sodium_base64_VARIANT_ORIGINAL);
    strcat(base64, "\n");

    return rfl_file_write(ctl->pool, path, 0600, 0, base64, strlen(base64),
                          err);
}


int
rflctl_keys_new(rflctl_t *ctl)
{
    int                rc;
    char               hex[2 * RFL_KEY_ID_SIZE + 1];
    u_char             first[RFL_DAY_TEXT_SIZE], last[RFL_DAY_TEXT_SIZE];
    rfl_err_t          err;
    rfl_str_t          society;
    rflctl_month_t     month;
    rfl_inbox_file_t   file;
    rfl_inbox_files_t  files;

    rc = rflctl_rules(ctl);

    if (rc == RFLCTL_OK) {
        rc = rflctl_keys_society(ctl, &society);
    }

    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rfl_inbox_files(ctl->pool, ctl->opts->state, &files, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rc = rflctl_keys_month(ctl, &files, &society, &month);
    if (rc != -1) {
        return rc;
    }

    rc = rflctl_keys_make(ctl, &society, &month, &file, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    (void) sodium_bin2hex(hex, sizeof(hex), file.id, RFL_KEY_ID_SIZE);
    rfl_day_format(file.not_before, first);
    rfl_day_format(file.not_after, last);

    rflctl_say("%s  %.*s  %.*s to %.*s", hex, (int) society.len,
               (char *) society.data, RFL_DAY_TEXT_SIZE, first,
               RFL_DAY_TEXT_SIZE, last);
    rflctl_note("nothing is sealed to it before \"rflctl keys publish\" and "
                "the trust file is on the public host");

    if (!ctl->opts->json) {
        return RFLCTL_OK;
    }

    return rflctl_json(json_pack("{s:s, s:o, s:s#, s:s#, s:s}", "key", hex,
                                 "society", rflctl_json_str(&society),
                                 "not_before", first,
                                 (int) RFL_DAY_TEXT_SIZE, "not_after", last,
                                 (int) RFL_DAY_TEXT_SIZE, "file", file.path),
                       RFLCTL_OK);
}


/* -1: make it; else an exit status */

static int
rflctl_keys_month(rflctl_t *ctl, const rfl_inbox_files_t *files,
    const rfl_str_t *society, rflctl_month_t *month)
{
    int      i;
    int32_t  today;

    today = rfl_today();

    if (ctl->argc > 0) {

        if (rflctl_month_parse(ctl->argv[0], month) != RFL_OK) {
            rflctl_error("\"%s\" is not a month such as \"2026-11\"",
                         ctl->argv[0]);
            return RFLCTL_USAGE;
        }

        if (month->last < today) {
            rflctl_error("%s is over: nothing would be sealed to its key",
                         month->text);
            return RFLCTL_USAGE;
        }

        if (rflctl_month_key(files, society, month, today) != NULL) {
            rflctl_error("there is a key of %s already: retire it first",
                         month->text);
            return RFLCTL_CREATE;
        }

        return -1;
    }

    rflctl_month(today, month);

    for (i = 0; i < RFLCTL_MONTHS; i++) {

        if (rflctl_month_key(files, society, month, today) == NULL) {
            return -1;
        }

        rflctl_month(month->last + 1, month);
    }

    rflctl_note("this month and the next have their keys: nothing was made");

    return ctl->opts->json ? rflctl_json(json_object(), RFLCTL_OK)
                           : RFLCTL_OK;
}


static int
rflctl_keys_make(rflctl_t *ctl, const rfl_str_t *society,
    const rflctl_month_t *month, rfl_inbox_file_t *file, rfl_err_t *err)
{
    int            rc;
    rfl_vault_t   *vault;
    rflctl_ask_t   office, root;
    rfl_keyfile_t  key;

    rflctl_keys_ask(ctl, &office, &root);

    vault = NULL;

    rc = rfl_vault_open(ctl->pool, ctl->opts->state, RFL_VAULT_OFFICE,
                        rflctl_passphrase_ask, &office, &vault, err);

    if (rc == RFL_OK) {
        rc = rflctl_keys_root(ctl, &root, &key, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_inbox_file_new(ctl->pool, ctl->opts->state, vault, &key,
                                society, month->first,
                                month->last + RFLCTL_OVERLAP, file, err);
    }

    rfl_vault_close(vault);
    rfl_memzero(&key, sizeof(key));

    return rc;
}


int
rflctl_keys_retire(rflctl_t *ctl)
{
    int                rc;
    char               hex[2 * RFL_KEY_ID_SIZE + 1];
    unsigned           i;
    rfl_err_t          err;
    rfl_inbox_files_t  files;

    rc = rflctl_rules(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rfl_inbox_files(ctl->pool, ctl->opts->state, &files, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    for (i = 0; i < files.n; i++) {
        (void) sodium_bin2hex(hex, sizeof(hex), files.keys[i].id,
                              RFL_KEY_ID_SIZE);

        if (strcmp(hex, ctl->argv[0]) == 0) {
            break;
        }
    }

    if (i == files.n) {
        rflctl_error("there is no key \"%s\": \"rflctl keys list\" names "
                     "them", ctl->argv[0]);
        return RFLCTL_PROBLEMS;
    }

    rc = rfl_inbox_file_retire(ctl->pool, &files.keys[i], &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rflctl_note("the web server goes on sealing to it until \"rflctl keys "
                "publish\" and the trust file is on the public host; what "
                "was sealed to it can still be opened");

    return ctl->opts->json
           ? rflctl_json(json_pack("{s:s, s:b}", "key", hex, "retired", 1),
                         RFLCTL_OK)
           : RFLCTL_OK;
}


int
rflctl_keys_society(rflctl_t *ctl, rfl_str_t *society)
{
    char                names[256];
    size_t              n;
    unsigned            i;
    const rfl_trust_t  *trust;

    trust = ctl->desk.trust;

    if (ctl->opts->society == NULL && trust->nsocieties == 1) {
        *society = trust->societies[0].id;
        return RFLCTL_OK;
    }

    if (ctl->opts->society != NULL) {
        society->len = strlen(ctl->opts->society);
        society->data = (u_char *) ctl->opts->society;

        if (rfl_trust_society(trust, society) != NULL) {
            return RFLCTL_OK;
        }
    }

    names[0] = '\0';

    for (n = 0, i = 0; i < trust->nsocieties && n < sizeof(names); i++) {
        n += (size_t) snprintf(names + n, sizeof(names) - n, " %.*s",
                               (int) trust->societies[i].id.len,
                               (char *) trust->societies[i].id.data);
    }

    rflctl_error("name a society of the trust file with --society:%s", names);

    return RFLCTL_USAGE;
}


/* the month of a day */

static void
rflctl_month(int32_t day, rflctl_month_t *month)
{
    u_char  text[RFL_DAY_TEXT_SIZE];

    rfl_day_format(day, text);

    memcpy(month->text, text, 7);
    month->text[7] = '\0';

    month->first = day - ((text[8] - '0') * 10 + text[9] - '0') + 1;
    month->last = month->first + 27;

    do {
        month->last++;
        rfl_day_format(month->last, text);
    } while (memcmp(text, month->text, 7) == 0);

    month->last--;
}


static int
rflctl_month_parse(const char *text, rflctl_month_t *month)
{
    int32_t  day;
    u_char   first[RFL_DAY_TEXT_SIZE];

    if (strlen(text) != 7) {
        return RFL_DECLINED;
    }

    memcpy(first, text, 7);
    memcpy(first + 7, "-01", 3);

    if (rfl_day_parse(first, sizeof(first), &day) != RFL_OK) {
        return RFL_DECLINED;
    }

    rflctl_month(day, month);

    return RFL_OK;
}


/* a key for all that is left of the month */

static const rfl_inbox_file_t *
rflctl_month_key(const rfl_inbox_files_t *files, const rfl_str_t *society,
    const rflctl_month_t *month, int32_t today)
{
    int32_t                  first;
    unsigned                 i;
    const rfl_inbox_file_t  *file;

    first = (month->first < today) ? today : month->first;

    for (i = 0; i < files->n; i++) {
        file = &files->keys[i];

        if (!file->retired && rfl_str_eq(&file->society, society)
            && file->not_before <= first && file->not_after >= month->last)
        {
            return file;
        }
    }

    return NULL;
}
