
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_staff.c: "rflctl staff list" and "revoke": who may open the
 * moderators' desk.  rflctl_staff_add.c adds them.
 */


#include "rfl_file.h"
#include "rfl_text.h"
#include "rfl_vault.h"
#include "rflctl_staff.h"

#include <errno.h>
#include <unistd.h>


#define RFLCTL_STAFF_MAX     (1024 * 1024)


static int rflctl_staff_revoke_one(json_t *root, const char *id);


int
rflctl_staff_list(rflctl_t *ctl)
{
    int                     rc;
    char                   *path;
    json_t                 *rows;
    u_char                  last[RFL_DAY_TEXT_SIZE];
    int32_t                 today;
    unsigned                i, holder, trusted;
    rfl_err_t               err;
    rflctl_staff_t          s;
    const rfl_moderator_t  *who;

    rc = rflctl_rules(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    memset(&s, 0, sizeof(rflctl_staff_t));

    rc = rflctl_staff_open(ctl, &s, &err);
    json_decref(s.root);

    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    today = rfl_today();
    rows = ctl->opts->json ? json_array() : NULL;

    for (i = 0; i < s.staff->nstaff; i++) {
        who = &s.staff->staff[i];

        path = rfl_psprintf(ctl->pool, "%s/" RFL_VAULT_DIR "/%.*s.key",
                            ctl->opts->state, (int) who->id.len,
                            (char *) who->id.data);

        holder = (path != NULL && access(path, F_OK) == 0);
        trusted = !who->has_key
                  || rflctl_staff_trusted(ctl->desk.trust, who->key, today);
        rfl_day_format(who->not_after, last);

        if (rows != NULL) {
            (void) json_array_append_new(rows,
                json_pack("{s:o, s:o, s:o, s:s#, s:b, s:b}",
                          "id", rflctl_json_str(&who->id),
                          "name", rflctl_json_str(&who->name),
                          "role", rflctl_json_str(&rfl_roles[who->role]),
                          "not_after", last, (int) RFL_DAY_TEXT_SIZE,
                          "holder", (int) holder, "trusted", (int) trusted));
            continue;
        }

        rflctl_say("%-12.*s %-11s until %.*s  %.*s%s%s%s",
                   (int) who->id.len, (char *) who->id.data,
                   (char *) rfl_roles[who->role].data, RFL_DAY_TEXT_SIZE,
                   last, (int) who->name.len, (char *) who->name.data,
                   who->not_after < today ? "; is over" : "",
                   holder ? "" : "; has no file in the vault",
                   trusted ? "" : "; the signing key is not trusted");
    }

    return (rows == NULL) ? RFLCTL_OK : rflctl_json(rows, RFLCTL_OK);
}


/*
 * The person stays in the file, so that the journal still has a name for
 * them; neither certificate nor passphrase opens anything from now on.
 */

int
rflctl_staff_revoke(rflctl_t *ctl)
{
    int             rc;
    rfl_err_t       err;
    rfl_str_t       text;
    rflctl_staff_t  s;

    rc = rflctl_rules(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    memset(&s, 0, sizeof(rflctl_staff_t));

    rc = rflctl_files_lock(ctl, &err);

    if (rc == RFL_OK) {
        rc = rflctl_staff_open(ctl, &s, &err);
    }

    if (rc == RFL_OK
        && rflctl_staff_revoke_one(s.root, ctl->argv[0]) != RFL_OK)
    {
        (void) rfl_err(&err, 0, "there is nobody of the id \"%s\": \"rflctl "
                       "staff list\" names them", ctl->argv[0]);
        rc = RFL_DECLINED;
    }

    if (rc == RFL_OK) {
        rc = rflctl_staff_text(ctl, &s, &text, &err);
    }

    if (rc == RFL_OK) {
        rc = rfl_file_write(ctl->pool, s.path, 0600, 1, text.data, text.len,
                            &err);
    }

    json_decref(s.root);

    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rc = rfl_vault_remove(ctl->pool, ctl->opts->state, ctl->argv[0], &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rflctl_note("reload the desk's nginx now; revoke the certificate in the "
                "list of its authority, and, if the signing key may be in "
                "other hands, mark it \"revoked\" in the trust file");

    return ctl->opts->json
           ? rflctl_json(json_pack("{s:s, s:b}", "id", ctl->argv[0],
                                   "revoked", 1),
                         RFLCTL_OK)
           : RFLCTL_OK;
}


static int
rflctl_staff_revoke_one(json_t *root, const char *id)
{
    size_t       i, k;
    json_t      *who, *revoked, *print, *day;
    int32_t      over;
    const char  *text;

    over = rfl_today() - 1;

    revoked = json_object_get(root, "revoked");

    if (revoked == NULL) {
        revoked = json_array();
        (void) json_object_set_new(root, "revoked", revoked);
    }

    json_array_foreach(json_object_get(root, "moderators"), i, who) {

        text = json_string_value(json_object_get(who, "id"));

        if (text == NULL || strcmp(text, id) != 0) {
            continue;
        }

        json_array_foreach(json_object_get(who, "certificates"), k, print) {
            (void) json_array_append(revoked, print);
        }

        /* days are text in their order */

        day = rflctl_staff_day(over);

        if (strcmp(json_string_value(json_object_get(who, "not_before")),
                   json_string_value(day))
            > 0)
        {
            (void) json_object_set(who, "not_before", day);
        }

        (void) json_object_set_new(who, "not_after", day);

        return RFL_OK;
    }

    return RFL_DECLINED;
}


/* RFL_DECLINED: there is no such file */

int
rflctl_staff_open(rflctl_t *ctl, rflctl_staff_t *s, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  text;

    s->path = rfl_path(ctl->pool, ctl->opts->state, RFL_STAFF_FILE);
    if (s->path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (access(s->path, F_OK) == -1 && errno == ENOENT) {
        (void) rfl_err(err, 0, "there is no \"%s\": \"rflctl staff add\" "
                       "makes it", s->path);
        return RFL_DECLINED;
    }

    rc = rfl_staff_read(ctl->pool, ctl->opts->state, &s->staff, err);

    if (rc == RFL_OK) {
        rc = rfl_file_read(ctl->pool, s->path, RFLCTL_STAFF_MAX, 0, &text,
                           err);
    }

    if (rc == RFL_OK) {
        s->root = json_loadb((char *) text.data, text.len, 0, NULL);

        if (s->root == NULL) {
            rc = rfl_err(err, 0, "out of memory");
        }
    }

    return rc;
}


/* read back before it takes the place of the other */

int
rflctl_staff_text(rflctl_t *ctl, rflctl_staff_t *s, rfl_str_t *text,
    rfl_err_t *err)
{
    int           rc;
    char         *dump;
    rfl_err_t     why;
    rfl_staff_t  *staff;

    dump = json_dumps(s->root, JSON_INDENT(2));
    if (dump == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    text->data = (u_char *) rfl_psprintf(ctl->pool, "%s\n", dump);
    text->len = strlen(dump) + 1;
    free(dump);

    if (text->data == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    memset(&why, 0, sizeof(rfl_err_t));

    rc = rfl_staff_parse(ctl->pool, text, &staff, &why);

    if (rc != RFL_OK) {
        (void) rfl_err(err, 0, "\"%s\" would not be right afterwards, "
                       "nothing was changed: %s", s->path, why.text);
        return RFL_DECLINED;
    }

    return RFL_OK;
}


int
rflctl_staff_trusted(const rfl_trust_t *trust,
    const u_char id[RFL_KEY_ID_SIZE], int32_t today)
{
    unsigned              i, k;
    const rfl_society_t  *society;

    for (i = 0; i < trust->nsocieties; i++) {
        society = &trust->societies[i];

        for (k = 0; k < society->nkeys; k++) {
            if (memcmp(society->keys[k].id, id, RFL_KEY_ID_SIZE) == 0) {
                return society->keys[k].not_after >= today
                       && !society->keys[k].revoked;
            }
        }
    }

    return 0;
}


json_t *
rflctl_staff_day(int32_t day)
{
    u_char  text[RFL_DAY_TEXT_SIZE];

    rfl_day_format(day, text);

    return json_stringn((char *) text, sizeof(text));
}
