
/*
 * Copyright (C) The RFL authors
 *
 * rfl_staff.c: staff.json, and who a certificate belongs to.  Called by the
 * desk's nginx module at start and for each request, and by rflctl.
 */


#include "rfl_staff.h"
#include "rfl_file.h"
#include "rfl_json.h"

#include <sodium.h>


#define RFL_STAFF_SIZE       (1024 * 1024)
#define RFL_STAFF_MAX        512
#define RFL_STAFF_SOCIETIES  64
#define RFL_STAFF_GONE_MAX   4096
#define RFL_STAFF_PRINTS     4
#define RFL_STAFF_LANGS      8
#define RFL_STAFF_NAME       80    /* code points */


static int rfl_staff_read_societies(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_id(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_prints(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_revoked(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_print(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_people(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_one(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_public(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_langs(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_read_lang(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_staff_check(rfl_json_t *j, const rfl_staff_t *staff);
static int rfl_staff_pair(rfl_json_t *j, const rfl_moderator_t *a,
    const rfl_moderator_t *b);
static int rfl_staff_has(const rfl_moderator_t *who,
    const u_char print[RFL_PRINT_SIZE]);
static unsigned rfl_staff_revoked(const rfl_staff_t *staff,
    const u_char print[RFL_PRINT_SIZE]);


const rfl_str_t  rfl_roles[] = {
    rfl_string(""),
    rfl_string("moderator"),
    rfl_string("coordinator"),
    rfl_string("auditor")
};

const unsigned  rfl_nroles = sizeof(rfl_roles) / sizeof(rfl_str_t);

const rfl_str_t  rfl_staff_whys[RFL_STAFF_WHYS_N] = {
    rfl_string("welcome"),
    rfl_string("unknown"),
    rfl_string("revoked"),
    rfl_string("early"),
    rfl_string("over")
};


static const size_t           rfl_staff_name = RFL_STAFF_NAME;
static const rfl_json_list_t  rfl_staff_roles = { rfl_roles, 1, &rfl_nroles };


static const rfl_json_member_t  rfl_staff_members[] = {

    { "societies", rfl_staff_read_societies, 0, NULL,
      "list the ids of the societies that this desk serves" },

    { "one_approver", rfl_json_read_bool, offsetof(rfl_staff_t, one_approver),
      NULL, NULL },

    { "revoked", rfl_staff_read_revoked, 0, NULL, NULL },

    { "moderators", rfl_staff_read_people, 0, NULL,
      "list who may open the desk" },

    { NULL, NULL, 0, NULL, NULL }
};


static const rfl_json_member_t  rfl_moderator_members[] = {

    { "id", rfl_json_read_id, offsetof(rfl_moderator_t, id), NULL,
      "give a short name such as \"amina\": the journal has it" },

    { "name", rfl_json_read_line, offsetof(rfl_moderator_t, name),
      &rfl_staff_name, "give the name that colleagues see" },

    { "role", rfl_json_read_list, offsetof(rfl_moderator_t, role),
      &rfl_staff_roles, "give \"moderator\", \"coordinator\" or \"auditor\"" },

    { "not_before", rfl_json_read_day, offsetof(rfl_moderator_t, not_before),
      NULL, "give the first day at the desk" },

    { "not_after", rfl_json_read_day, offsetof(rfl_moderator_t, not_after),
      NULL, "give the last day: who stays longer is renewed" },

    { "certificates", rfl_staff_read_prints, 0, NULL,
      "give the SHA-256 fingerprint of the certificate, as \"openssl x509 "
      "-noout -fingerprint -sha256\" prints it" },

    { "public", rfl_staff_read_public, 0, NULL, NULL },

    { "languages", rfl_staff_read_langs, 0, NULL, NULL },

    { NULL, NULL, 0, NULL, NULL }
};


int
rfl_staff_parse(rfl_pool_t *pool, const rfl_str_t *text, rfl_staff_t **staff,
    rfl_err_t *err)
{
    int           rc;
    rfl_json_t    j;
    rfl_staff_t  *s;

    s = rfl_pcalloc(pool, sizeof(rfl_staff_t));
    if (s == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_json_open(&j, pool, text, 0, err);

    if (rc == RFL_OK) {
        rc = rfl_json_object(&j, j.root, rfl_staff_members, s);
    }

    if (rc == RFL_OK) {
        rc = rfl_staff_check(&j, s);
    }

    rfl_json_close(&j);

    if (rc == RFL_OK) {
        *staff = s;
    }

    return rc;
}


int
rfl_staff_read(rfl_pool_t *pool, const char *dir, rfl_staff_t **staff,
    rfl_err_t *err)
{
    int         rc;
    char       *path;
    rfl_err_t   why;
    rfl_str_t   text;

    path = rfl_path(pool, dir, RFL_STAFF_FILE);
    if (path == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_file_read(pool, path, RFL_STAFF_SIZE, 0, &text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    memset(&why, 0, sizeof(rfl_err_t));

    if (rfl_staff_parse(pool, &text, staff, &why) != RFL_OK) {
        return rfl_err(err, why.line, "%s:%u: %s", path, why.line, why.text);
    }

    return RFL_OK;
}


static int
rfl_staff_read_societies(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    void         *ids;
    unsigned      i, k;
    rfl_staff_t  *staff = data;

    if (rfl_json_array(j, value, 1, RFL_STAFF_SOCIETIES, sizeof(rfl_str_t),
                       rfl_staff_read_id, &ids, &staff->nsocieties)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    staff->societies = ids;

    for (i = 1; i < staff->nsocieties; i++) {
        for (k = 0; k < i; k++) {
            if (rfl_str_eq(&staff->societies[i], &staff->societies[k])) {
                return rfl_json_fault(j, "has the same id twice: remove one");
            }
        }
    }

    return RFL_OK;
}


static int
rfl_staff_read_id(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    static const rfl_json_member_t  here = { "", NULL, 0, NULL, NULL };

    return rfl_json_read_id(j, value, &here, data);
}


static int
rfl_staff_read_prints(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    void             *prints;
    rfl_moderator_t  *who = data;

    if (rfl_json_array(j, value, 1, RFL_STAFF_PRINTS, sizeof(rfl_print_t),
                       rfl_staff_read_print, &prints, &who->nprints)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    who->prints = prints;

    return RFL_OK;
}


static int
rfl_staff_read_revoked(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    void         *prints;
    rfl_staff_t  *staff = data;

    if (rfl_json_array(j, value, 0, RFL_STAFF_GONE_MAX, sizeof(rfl_print_t),
                       rfl_staff_read_print, &prints, &staff->nrevoked)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    staff->revoked = prints;

    return RFL_OK;
}


static int
rfl_staff_read_print(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_str_t     s;
    rfl_print_t  *print = data;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    if (rfl_print_parse(s.data, s.len, print->print) != RFL_OK) {
        return rfl_json_fault(j, "must be a SHA-256 fingerprint, 64 "
                              "hexadecimal digits with or without colons");
    }

    return RFL_OK;
}


static int
rfl_staff_read_people(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    void         *people;
    rfl_staff_t  *staff = data;

    if (rfl_json_array(j, value, 1, RFL_STAFF_MAX, sizeof(rfl_moderator_t),
                       rfl_staff_read_one, &people, &staff->nstaff)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    staff->staff = people;

    return RFL_OK;
}


static int
rfl_staff_read_one(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_moderator_t  *who = data;

    if (rfl_json_object(j, value, rfl_moderator_members, who) != RFL_OK) {
        return RFL_ERROR;
    }

    if (who->not_before > who->not_after) {
        return rfl_json_fault(j, "has \"not_after\" before \"not_before\": "
                              "correct one of the days");
    }

    if (who->role == RFL_ROLE_AUDITOR && who->has_key) {
        return rfl_json_fault(j, "is an auditor, who signs nothing: remove "
                              "\"public\"");
    }

    if (who->role != RFL_ROLE_AUDITOR && !who->has_key) {
        return rfl_json_fault(j, "lacks \"public\": give the public half of "
                              "the signing key, as \"rflctl keygen\" prints "
                              "it");
    }

    /* names of our own in the journal */

    if (rfl_str_is(&who->id, "desk") || rfl_str_is(&who->id, "rflctl")
        || rfl_str_is(&who->id, "office"))
    {
        return rfl_json_fault(j, "has an id that means something else: give "
                              "another one");
    }

    return RFL_OK;
}


static int
rfl_staff_read_public(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    u_char            pk[RFL_SIGN_PUBLIC_SIZE];
    rfl_moderator_t  *who = data;

    if (rfl_json_base64(j, value, pk, RFL_SIGN_PUBLIC_SIZE) != RFL_OK) {
        return RFL_ERROR;
    }

    if (!crypto_core_ed25519_is_valid_point(pk)) {
        return rfl_json_fault(j, "is not an Ed25519 public key: copy it "
                              "again from what \"rflctl keygen\" printed");
    }

    rfl_key_id(pk, who->key);
    who->has_key = 1;

    return RFL_OK;
}


static int
rfl_staff_read_langs(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    void             *langs;
    rfl_moderator_t  *who = data;

    if (rfl_json_array(j, value, 1, RFL_STAFF_LANGS, sizeof(rfl_str_t),
                       rfl_staff_read_lang, &langs, &who->nlangs)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    who->langs = langs;

    return RFL_OK;
}


static int
rfl_staff_read_lang(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    size_t      i;
    rfl_str_t  *lang = data;

    if (rfl_json_line(j, value, 16, lang) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < lang->len; i++) {
        if (!((lang->data[i] | 0x20) >= 'a' && (lang->data[i] | 0x20) <= 'z')
            && lang->data[i] != '-')
        {
            return rfl_json_fault(j, "must be a language tag such as \"ar\"");
        }
    }

    return RFL_OK;
}


/* what two people cannot share */

static int
rfl_staff_check(rfl_json_t *j, const rfl_staff_t *staff)
{
    unsigned                i, k;
    const rfl_moderator_t  *who;

    for (i = 0; i < staff->nstaff; i++) {
        who = &staff->staff[i];

        for (k = 0; k < i; k++) {
            if (rfl_staff_pair(j, &staff->staff[k], who) != RFL_OK) {
                return RFL_ERROR;
            }
        }
    }

    return RFL_OK;
}


static int
rfl_staff_pair(rfl_json_t *j, const rfl_moderator_t *a,
    const rfl_moderator_t *b)
{
    unsigned     i;
    const char  *what;

    what = NULL;

    if (rfl_str_eq(&a->id, &b->id)) {
        what = "id";

    } else if (a->has_key && b->has_key
               && memcmp(a->key, b->key, RFL_KEY_ID_SIZE) == 0)
    {
        what = "signing key";
    }

    for (i = 0; i < b->nprints; i++) {
        if (rfl_staff_has(a, b->prints[i].print)) {
            what = "certificate";
        }
    }

    if (what == NULL) {
        return RFL_OK;
    }

    return rfl_json_fault(j, "\"moderators\" has two people with the same %s "
                          "(\"%.*s\", \"%.*s\"): give each their own", what,
                          (int) a->id.len, (char *) a->id.data,
                          (int) b->id.len, (char *) b->id.data);
}


static int
rfl_staff_has(const rfl_moderator_t *who, const u_char print[RFL_PRINT_SIZE])
{
    unsigned  i;

    for (i = 0; i < who->nprints; i++) {
        if (memcmp(who->prints[i].print, print, RFL_PRINT_SIZE) == 0) {
            return 1;
        }
    }

    return 0;
}


static unsigned
rfl_staff_revoked(const rfl_staff_t *staff,
    const u_char print[RFL_PRINT_SIZE])
{
    unsigned  i;

    for (i = 0; i < staff->nrevoked; i++) {
        if (memcmp(staff->revoked[i].print, print, RFL_PRINT_SIZE) == 0) {
            return 1;
        }
    }

    return 0;
}


rfl_staff_why_e
rfl_staff_find(const rfl_staff_t *staff, const u_char print[RFL_PRINT_SIZE],
    int32_t day, const rfl_moderator_t **who)
{
    unsigned                i;
    const rfl_moderator_t  *found;

    *who = NULL;

    if (rfl_staff_revoked(staff, print)) {
        return RFL_STAFF_REVOKED;
    }

    for (i = 0; i < staff->nstaff; i++) {
        found = &staff->staff[i];

        if (!rfl_staff_has(found, print)) {
            continue;
        }

        if (day < found->not_before) {
            return RFL_STAFF_EARLY;
        }

        if (day > found->not_after) {
            return RFL_STAFF_OVER;
        }

        *who = found;

        return RFL_STAFF_WELCOME;
    }

    return RFL_STAFF_UNKNOWN;
}


const rfl_moderator_t *
rfl_staff_id(const rfl_staff_t *staff, const rfl_str_t *id)
{
    unsigned  i;

    for (i = 0; i < staff->nstaff; i++) {
        if (rfl_str_eq(&staff->staff[i].id, id)) {
            return &staff->staff[i];
        }
    }

    return NULL;
}


int
rfl_staff_serves(const rfl_staff_t *staff, const rfl_str_t *society)
{
    unsigned  i;

    for (i = 0; i < staff->nsocieties; i++) {
        if (rfl_str_eq(&staff->societies[i], society)) {
            return 1;
        }
    }

    return 0;
}


int
rfl_print_parse(const u_char *text, size_t len, u_char print[RFL_PRINT_SIZE])
{
    size_t  n;

    if (sodium_hex2bin(print, RFL_PRINT_SIZE, (const char *) text, len, ":",
                       &n, NULL)
        != 0
        || n != RFL_PRINT_SIZE)
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}
