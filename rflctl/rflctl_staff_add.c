
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_staff_add.c: "rflctl staff add": a person for the moderators' desk.
 * Each has a client certificate in staff.json, and a file in the vault that
 * their passphrase opens; whoever signs has a signing key in it, too.
 */


#include "rfl_file.h"
#include "rfl_json.h"
#include "rfl_splice.h"
#include "rfl_vault.h"
#include "rflctl_key.h"
#include "rflctl_keys.h"
#include "rflctl_staff.h"

#include <sodium.h>
#include <stdio.h>


#define RFLCTL_CERT_MAX      (64 * 1024)
#define RFLCTL_STAFF_DAYS    365

#define RFLCTL_PEM_BEGIN     "-----BEGIN CERTIFICATE-----"
#define RFLCTL_PEM_END       "-----END CERTIFICATE-----"


typedef struct {
    char            print[2 * RFL_PRINT_SIZE + 1];
    unsigned        signs;
    rfl_keyfile_t   key;
    rfl_str_t       passphrase;
} rflctl_person_t;


static int rflctl_staff_now(rflctl_t *ctl, rflctl_staff_t *s,
    rfl_err_t *err);
static int rflctl_staff_write(rflctl_t *ctl, const rflctl_person_t *p,
    const rfl_vault_t *vault, rfl_err_t *err);
static int rflctl_staff_new(rflctl_t *ctl, rflctl_staff_t *s,
    rfl_err_t *err);
static int rflctl_staff_check(rflctl_t *ctl, const rflctl_staff_t *s);
static int rflctl_staff_print(rflctl_t *ctl, char *print, rfl_err_t *err);
static int rflctl_staff_key(rflctl_t *ctl, rflctl_person_t *p,
    rfl_err_t *err);
static int rflctl_staff_member(rflctl_t *ctl, const rflctl_person_t *p,
    json_t *root, rfl_err_t *err);
static json_t *rflctl_staff_langs(const char *list);
static int rflctl_staff_vault(rflctl_t *ctl, rfl_vault_t **vault,
    rfl_err_t *err);
static int rflctl_staff_holder(rflctl_t *ctl, const rflctl_person_t *p,
    const rfl_vault_t *vault, rfl_err_t *err);
static int rflctl_staff_trust(rflctl_t *ctl, const rflctl_person_t *p,
    const rfl_str_t *line, rfl_err_t *err);
static int rflctl_staff_added(rflctl_t *ctl, const rflctl_person_t *p);


int
rflctl_staff_add(rflctl_t *ctl)
{
    int               rc;
    rfl_err_t         err;
    rfl_vault_t      *vault;
    rflctl_staff_t    s;
    rflctl_person_t  *p;

    rc = rflctl_rules(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    p = rfl_pcalloc(ctl->pool, sizeof(rflctl_person_t));
    if (p == NULL) {
        rflctl_error("out of memory");
        return RFLCTL_INTERNAL;
    }

    rc = rflctl_staff_now(ctl, &s, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rc = rflctl_staff_check(ctl, &s);
    json_decref(s.root);

    if (rc != RFLCTL_OK) {
        return rc;
    }

    p->signs = (strcmp(ctl->opts->role, "auditor") != 0);

    rc = rflctl_staff_print(ctl, p->print, &err);

    if (rc == RFL_OK) {
        rc = rflctl_staff_key(ctl, p, &err);
    }

    /* what would be refused later is refused before the vault is opened */

    if (rc == RFL_OK) {
        rc = rflctl_staff_write(ctl, p, NULL, &err);
    }

    vault = NULL;

    if (rc == RFL_OK) {
        rc = rflctl_staff_vault(ctl, &vault, &err);
    }

    /* nobody else waits while a passphrase is typed, least a revocation */

    if (rc == RFL_OK) {
        rc = rflctl_files_lock(ctl, &err);
    }

    if (rc == RFL_OK) {
        rc = rflctl_staff_write(ctl, p, vault, &err);
    }

    rfl_vault_close(vault);

    rc = (rc == RFL_OK) ? rflctl_staff_added(ctl, p) : rflctl_fail(rc, &err);

    rfl_memzero(p, sizeof(rflctl_person_t));

    return rc;
}


/* the file as it is now, or a new one */

static int
rflctl_staff_now(rflctl_t *ctl, rflctl_staff_t *s, rfl_err_t *err)
{
    int  rc;

    memset(s, 0, sizeof(rflctl_staff_t));

    rc = rflctl_staff_open(ctl, s, err);

    if (rc == RFL_DECLINED) {
        rc = rflctl_staff_new(ctl, s, err);
    }

    if (rc != RFL_OK) {
        json_decref(s->root);
    }

    return rc;
}


/*
 * The person's file in the vault, and then the person: without a vault it is
 * seen only whether they could be written.
 */

static int
rflctl_staff_write(rflctl_t *ctl, const rflctl_person_t *p,
    const rfl_vault_t *vault, rfl_err_t *err)
{
    int             rc;
    rfl_str_t       text;
    rflctl_staff_t  s;

    rc = rflctl_staff_now(ctl, &s, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rflctl_staff_member(ctl, p, s.root, err);

    if (rc == RFL_OK) {
        rc = rflctl_staff_text(ctl, &s, &text, err);
    }

    if (rc == RFL_OK && vault != NULL) {
        rc = rflctl_staff_holder(ctl, p, vault, err);
    }

    if (rc == RFL_OK && vault != NULL) {
        rc = rfl_file_write(ctl->pool, s.path, 0600, 1, text.data, text.len,
                            err);
    }

    json_decref(s.root);

    return rc;
}


static int
rflctl_staff_new(rflctl_t *ctl, rflctl_staff_t *s, rfl_err_t *err)
{
    unsigned            i;
    json_t             *societies;
    const rfl_trust_t  *trust;

    trust = ctl->desk.trust;
    societies = json_array();

    if (ctl->opts->society != NULL) {
        (void) json_array_append_new(societies,
                                     json_string(ctl->opts->society));

    } else if (trust->nsocieties == 1) {
        (void) json_array_append_new(societies,
                             rflctl_json_str(&trust->societies[0].id));

    } else {

        /* those that this desk can open anything of */

        for (i = 0; i < trust->nsocieties; i++) {
            if (trust->societies[i].ninbox != 0) {
                (void) json_array_append_new(societies,
                             rflctl_json_str(&trust->societies[i].id));
            }
        }
    }

    s->root = json_pack("{s:o, s:[], s:[]}", "societies", societies,
                        "revoked", "moderators");

    return (s->root == NULL) ? rfl_err(err, 0, "out of memory") : RFL_OK;
}


/* an exit status */

static int
rflctl_staff_check(rflctl_t *ctl, const rflctl_staff_t *s)
{
    unsigned   i;
    rfl_str_t  id, role;

    id.data = (u_char *) ctl->argv[0];
    id.len = strlen(ctl->argv[0]);

    if (!rfl_id_valid(id.data, id.len)) {
        rflctl_error("\"%s\": an id has small letters, digits and '-' only, "
                     "at most %d", ctl->argv[0], RFL_ID_MAX);
        return RFLCTL_USAGE;
    }

    if (ctl->opts->name == NULL || ctl->opts->role == NULL
        || ctl->opts->certificate == NULL)
    {
        rflctl_error("--name, --role and --certificate are needed");
        return RFLCTL_USAGE;
    }

    role.data = (u_char *) ctl->opts->role;
    role.len = strlen(ctl->opts->role);

    for (i = 1; i < rfl_nroles; i++) {
        if (rfl_str_eq(&rfl_roles[i], &role)) {
            break;
        }
    }

    if (i == rfl_nroles) {
        rflctl_error("--role is \"moderator\", \"coordinator\" or "
                     "\"auditor\"");
        return RFLCTL_USAGE;
    }

    if (i == RFL_ROLE_AUDITOR && ctl->opts->key != NULL) {
        rflctl_error("an auditor signs nothing: leave --key away");
        return RFLCTL_USAGE;
    }

    if (strcmp(ctl->argv[0], RFL_VAULT_OFFICE) == 0) {
        rflctl_error("\"" RFL_VAULT_OFFICE "\" is the office's own name in "
                     "the vault: choose another id");
        return RFLCTL_USAGE;
    }

    if (s->staff != NULL && rfl_staff_id(s->staff, &id) != NULL) {
        rflctl_error("\"%s\" has somebody of the id \"%s\" already: nothing "
                     "was changed", s->path, ctl->argv[0]);
        return RFLCTL_CREATE;
    }

    return RFLCTL_OK;
}


/* SHA-256 of the first certificate of a PEM file, as openssl prints it */

static int
rflctl_staff_print(rflctl_t *ctl, char *print, rfl_err_t *err)
{
    int          rc;
    char        *begin, *end;
    size_t       n;
    u_char      *der, hash[crypto_hash_sha256_BYTES];
    rfl_str_t    text;
    const char  *path;

    path = ctl->opts->certificate;

    rc = rfl_file_read(ctl->pool, path, RFLCTL_CERT_MAX, 0, &text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    begin = strstr((char *) text.data, RFLCTL_PEM_BEGIN);
    end = (begin == NULL) ? NULL : strstr(begin, RFLCTL_PEM_END);

    der = rfl_palloc(ctl->pool, text.len + 1);
    if (der == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (end != NULL) {
        begin += sizeof(RFLCTL_PEM_BEGIN) - 1;
    }

    if (end == NULL
        || sodium_base642bin(der, text.len, begin, (size_t) (end - begin),
                             "\r\n ", &n, NULL,
                             sodium_base64_VARIANT_ORIGINAL)
           != 0
        || n == 0)
    {
        (void) rfl_err(err, 0, "\"%s\" is not a certificate in PEM: it "
                       "begins with \"" RFLCTL_PEM_BEGIN "\"", path);
        return RFL_DECLINED;
    }

    (void) crypto_hash_sha256(hash, der, n);
    (void) sodium_bin2hex(print, 2 * RFL_PRINT_SIZE + 1, hash, sizeof(hash));

    return RFL_OK;
}


/* the passphrase of this person, and the key that it protects from now on */

static int
rflctl_staff_key(rflctl_t *ctl, rflctl_person_t *p, rfl_err_t *err)
{
    int            rc;
    char          *prompt;
    rflctl_ask_t   ask;

    prompt = rfl_psprintf(ctl->pool, "Passphrase of %s: ", ctl->argv[0]);
    if (prompt == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    ask.prompt = prompt;
    ask.file = ctl->opts->passphrase;

    rc = rflctl_passphrase_new(ctl, &ask, &p->passphrase, err);
    if (rc != RFL_OK || !p->signs) {
        return rc;
    }

    if (ctl->opts->key == NULL) {
        rfl_keyfile_generate(&p->key);
        return RFL_OK;
    }

    ask.prompt = "Passphrase of the signing key: ";

    return rfl_keyfile_read(ctl->pool, ctl->opts->key, rflctl_passphrase_ask,
                            &ask, &p->key, err);
}


static int
rflctl_staff_member(rflctl_t *ctl, const rflctl_person_t *p, json_t *root,
    rfl_err_t *err)
{
    char      base64[64];
    json_t   *who, *langs;
    int32_t   today, until;

    today = rfl_today();
    until = today + RFLCTL_STAFF_DAYS;

    if (ctl->opts->until != NULL
        && rfl_day_parse((const u_char *) ctl->opts->until,
                         strlen(ctl->opts->until), &until)
           != RFL_OK)
    {
        (void) rfl_err(err, 0, "--until is a day such as 2027-06-30");
        return RFL_DECLINED;
    }

    who = json_pack("{s:s, s:s, s:s, s:o, s:o, s:[s]}",
                    "id", ctl->argv[0], "name", ctl->opts->name,
                    "role", ctl->opts->role,
                    "not_before", rflctl_staff_day(today),
                    "not_after", rflctl_staff_day(until),
                    "certificates", p->print);

    if (who != NULL && p->signs) {
        (void) sodium_bin2base64(base64, sizeof(base64), p->key.pk,
                                 sizeof(p->key.pk),
                                 sodium_base64_VARIANT_ORIGINAL);
        (void) json_object_set_new(who, "public", json_string(base64));
    }

    if (who != NULL && ctl->opts->languages != NULL) {
        langs = rflctl_staff_langs(ctl->opts->languages);
        (void) json_object_set_new(who, "languages", langs);
    }

    if (json_array_append_new(json_object_get(root, "moderators"), who) != 0)
    {
        return rfl_err(err, 0, "\"%s\" cannot be written as text in UTF-8",
                       ctl->opts->name);
    }

    return RFL_OK;
}


/* "ar,en" */

static json_t *
rflctl_staff_langs(const char *list)
{
    size_t       n;
    json_t      *langs;
    const char  *p;

    langs = json_array();

    for (p = list; *p != '\0'; p += n) {
        n = strcspn(p, ",");

        if (n != 0) {
            (void) json_array_append_new(langs, json_stringn(p, n));
        }

        n += (p[n] == ',');
    }

    return langs;
}


static int
rflctl_staff_vault(rflctl_t *ctl, rfl_vault_t **vault, rfl_err_t *err)
{
    rflctl_ask_t  office;

    office.prompt = "Passphrase of the office: ";
    office.file = ctl->opts->office_passphrase;

    return rfl_vault_open(ctl->pool, ctl->opts->state, RFL_VAULT_OFFICE,
                          rflctl_passphrase_ask, &office, vault, err);
}


/*
 * Nobody of this id is in staff.json: a file of theirs is what is left of an
 * earlier try that was cut short.
 */

static int
rflctl_staff_holder(rflctl_t *ctl, const rflctl_person_t *p,
    const rfl_vault_t *vault, rfl_err_t *err)
{
    int  rc;

    rc = rfl_vault_remove(ctl->pool, ctl->opts->state, ctl->argv[0], err);
    if (rc != RFL_OK) {
        return rc;
    }

    return rfl_vault_add(ctl->pool, ctl->opts->state, ctl->argv[0], vault,
                         p->signs ? &p->key : NULL, &p->passphrase, err);
}


/* the line is put into "keys" of their society */

static int
rflctl_staff_trust(rflctl_t *ctl, const rflctl_person_t *p,
    const rfl_str_t *line, rfl_err_t *err)
{
    int            rc;
    rfl_buf_t      out;
    rfl_err_t      why;
    rfl_str_t      text, after, society;
    rfl_trust_t   *trust;

    const char  *path;

    path = ctl->desk.conf.trust;

    if (ctl->opts->society != NULL) {
        society.data = (u_char *) ctl->opts->society;
        society.len = strlen(ctl->opts->society);

    } else if (ctl->desk.trust->nsocieties == 1) {
        society = ctl->desk.trust->societies[0].id;

    } else {
        return rfl_err(err, 0, "\"%s\" has several societies: say which "
                       "with --society", path);
    }

    rc = rfl_file_read(ctl->pool, path, RFLCTL_TRUST_MAX, 0, &text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rfl_buf_init(&out, 0);

    rc = rfl_splice_key(&text, &society, line, &out);

    /* it is read back before it takes the place of the other */

    if (rc == RFL_OK) {
        after.data = out.data;
        after.len = out.len;

        rc = rfl_trust_parse(ctl->pool, &after, &trust, &why);

        if (rc == RFL_OK
            && !rflctl_staff_trusted(trust, p->key.id,
                                     rfl_today()))
        {
            rc = RFL_DECLINED;
        }
    }

    if (rc != RFL_OK) {
        rc = rfl_err(err, 0, "\"%s\" is written in a way that cannot be "
                     "changed safely", path);

    } else {
        rc = rflctl_trust_write(ctl, &out, err);
    }

    rfl_buf_free(&out);

    return rc;
}


static int
rflctl_staff_added(rflctl_t *ctl, const rflctl_person_t *p)
{
    int32_t    today;
    rfl_buf_t  out;
    rfl_err_t  err;
    rfl_str_t  line;

    today = rfl_today();

    rflctl_say("%s  %s  %s", ctl->argv[0], ctl->opts->role, p->print);

    if (p->signs
        && !rflctl_staff_trusted(ctl->desk.trust, p->key.id, today))
    {
        rfl_buf_init(&out, 0);
        rfl_keyfile_trust(&p->key, &out);

        line.data = out.data;
        line.len = out.len;

        err.text[0] = '\0';

        if (!ctl->opts->print
            && rflctl_staff_trust(ctl, p, &line, &err) == RFL_OK)
        {
            rflctl_note("their signing key is in \"%s\" now: bring the file "
                        "to the public host and reload nginx there, before "
                        "that nothing they approve is shown",
                        ctl->desk.conf.trust);

        } else {
            rflctl_note("%s%swhat they approve counts once this is in \"keys\" "
                        "of the society in the trust file, here and on the "
                        "public host:", err.text,
                        err.text[0] == '\0' ? "" : "; ");
            rflctl_say("%.*s", (int) out.len, (char *) out.data);
        }

        rfl_buf_free(&out);
    }

    rflctl_note("the desk knows them when its nginx was reloaded");

    return ctl->opts->json
           ? rflctl_json(json_pack("{s:s, s:s, s:s}", "id", ctl->argv[0],
                                   "role", ctl->opts->role, "certificate",
                                   p->print),
                         RFLCTL_OK)
           : RFLCTL_OK;
}
