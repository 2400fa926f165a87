
/*
 * Copyright (C) The RFL authors
 *
 * rfl_entry_json.c: the draft of an entry as one line of JSON, which is how
 * a case system hands it over and how the desk keeps it
 * (schema/entry.schema.json).  Called by rflctl and by the desk.
 */


#include "rfl_entry.h"
#include "rfl_entry_int.h"
#include "rfl_json.h"

#include <sodium.h>


static int rfl_draft_complete(rfl_json_t *j, rfl_draft_t *draft);
static int rfl_draft_read_id(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_ref(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_salt(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_names(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_name(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_origin(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_country(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_consent(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_hide(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_approvals(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_approval(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_key(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_draft_read_sig(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);


static const size_t  rfl_draft_line = RFL_NAME_CHARS;

static const rfl_json_list_t  rfl_draft_kind_list = {
    rfl_kinds, 1, &rfl_nkinds
};
static const rfl_json_list_t  rfl_draft_sex_list = {
    rfl_sexes, 1, &rfl_nsexes
};
static const rfl_json_list_t  rfl_draft_band_list = {
    rfl_age_bands, 1, &rfl_nage_bands
};
static const rfl_json_list_t  rfl_draft_relation_list = {
    rfl_relations, 1, &rfl_nrelations
};
static const rfl_json_list_t  rfl_draft_status_list = {
    rfl_statuses, 1, &rfl_nstatuses
};
static const rfl_json_list_t  rfl_draft_consent_list = {
    rfl_consents, 1, &rfl_nconsents
};
static const rfl_json_list_t  rfl_draft_age_list = {
    rfl_age_classes, 1, &rfl_nage_classes
};

static const rfl_json_range_t  rfl_draft_years = {
    RFL_YEAR_MIN, RFL_YEAR_MAX
};
static const rfl_json_range_t  rfl_draft_policies = {
    1, RFL_CONSENT_POLICY_MAX
};


/* the allow-list: a member that is not here refuses the line */

static const rfl_json_member_t  rfl_draft_members[] = {

    { "id", rfl_draft_read_id, 0, NULL,
      "give the number under which your system knows the entry; it stays at "
      "the desk" },

    { "ref", rfl_draft_read_ref, 0, NULL, NULL },

    { "salt", rfl_draft_read_salt, 0, NULL, NULL },

    { "kind", rfl_json_read_list, offsetof(rfl_draft_t, e.kind),
      &rfl_draft_kind_list, "give \"looking\" or \"alive\"" },

    { "names", rfl_draft_read_names, 0, NULL,
      "list the name as the person writes it" },

    { "event", rfl_json_read_id, offsetof(rfl_draft_t, e.event), NULL,
      "give the id of an event of the policy file" },

    { "society", rfl_json_read_id, offsetof(rfl_draft_t, e.society), NULL,
      "give the id of a society of the trust file" },

    { "age_class", rfl_json_read_list, offsetof(rfl_draft_t, age_class),
      &rfl_draft_age_list, "give \"adult\", \"minor\" or \"unknown\"; only "
      "adults are published" },

    { "age_band", rfl_json_read_list, offsetof(rfl_draft_t, e.age_band),
      &rfl_draft_band_list, NULL },

    { "sex", rfl_json_read_list, offsetof(rfl_draft_t, e.sex),
      &rfl_draft_sex_list, NULL },

    { "origin", rfl_draft_read_origin, 0, NULL, NULL },

    { "relation", rfl_json_read_list, offsetof(rfl_draft_t, e.relation),
      &rfl_draft_relation_list, NULL },

    { "status", rfl_json_read_list, offsetof(rfl_draft_t, e.status),
      &rfl_draft_status_list, NULL },

    { "birth_year", rfl_json_read_uint,
      offsetof(rfl_draft_t, facts.birth_year), &rfl_draft_years, NULL },

    { "country", rfl_draft_read_country, 0, NULL, NULL },

    { "father", rfl_json_read_line, offsetof(rfl_draft_t, facts.father),
      &rfl_draft_line, NULL },

    { "mother", rfl_json_read_line, offsetof(rfl_draft_t, facts.mother),
      &rfl_draft_line, NULL },

    { "grandfather", rfl_json_read_line,
      offsetof(rfl_draft_t, facts.grandfather), &rfl_draft_line, NULL },

    { "confirmed_on", rfl_json_read_day,
      offsetof(rfl_draft_t, e.confirmed_on), NULL,
      "give the day on which the person last confirmed it" },

    { "not_before", rfl_json_read_time, offsetof(rfl_draft_t, e.not_before),
      NULL, NULL },

    { "not_after", rfl_json_read_time, offsetof(rfl_draft_t, e.not_after),
      NULL, "give the time in UTC from which it is no longer shown" },

    { "consent", rfl_draft_read_consent, 0, NULL,
      "give class, date and policy as the person agreed to; nothing is "
      "published without" },

    { "hide", rfl_draft_read_hide, 0, NULL, NULL },

    { "approvals", rfl_draft_read_approvals, 0, NULL, NULL },

    { NULL, NULL, 0, NULL, NULL }
};


static const rfl_json_member_t  rfl_draft_name_members[] = {

    { "full", rfl_json_read_line, offsetof(rfl_entry_name_t, full),
      &rfl_draft_line, "give the whole name as the person writes it" },

    { "given", rfl_json_read_line, offsetof(rfl_entry_name_t, given),
      &rfl_draft_line, NULL },

    { "family", rfl_json_read_line, offsetof(rfl_entry_name_t, family),
      &rfl_draft_line, NULL },

    { NULL, NULL, 0, NULL, NULL }
};


static const rfl_json_member_t  rfl_draft_consent_members[] = {

    { "class", rfl_json_read_list, offsetof(rfl_draft_t, e.consent),
      &rfl_draft_consent_list, "give \"searchable\" or \"match-only\"" },

    { "date", rfl_json_read_day, offsetof(rfl_draft_t, e.consent_day), NULL,
      "give the day on which the person agreed" },

    { "policy", rfl_json_read_uint, offsetof(rfl_draft_t, e.consent_policy),
      &rfl_draft_policies, "give the version of the policy that the person "
      "agreed to" },

    { NULL, NULL, 0, NULL, NULL }
};


static const rfl_json_member_t  rfl_draft_approval_members[] = {

    { "key", rfl_draft_read_key, 0, NULL, "give the id of the key" },

    { "day", rfl_json_read_day, offsetof(rfl_approval_t, day), NULL,
      "give the day on which it was signed" },

    { "sig", rfl_draft_read_sig, 0, NULL, "give the signature" },

    { NULL, NULL, 0, NULL, NULL }
};


int
rfl_draft_parse(rfl_pool_t *pool, const rfl_str_t *json, unsigned line,
    rfl_draft_t *draft, rfl_err_t *err)
{
    int         rc;
    rfl_json_t  j;

    memset(draft, 0, sizeof(rfl_draft_t));

    rc = rfl_json_open(&j, pool, json, line, err);

    if (rc == RFL_OK) {
        rc = rfl_json_object(&j, j.root, rfl_draft_members, draft);
    }

    if (rc == RFL_OK) {
        rc = rfl_draft_complete(&j, draft);
    }

    rfl_json_close(&j);

    if (rc != RFL_OK) {
        rfl_memzero(draft, sizeof(rfl_draft_t));
    }

    return rc;
}


static int
rfl_draft_complete(rfl_json_t *j, rfl_draft_t *draft)
{
    int  salt;

    salt = (json_object_get(j->root, "salt") != NULL);
    draft->has_ref = (json_object_get(j->root, "ref") != NULL);

    if (salt != (int) draft->has_ref) {
        return rfl_json_fault(j, "\"ref\" and \"salt\" belong together: give "
                              "both, or none and let signing make them");
    }

    if (draft->e.napprovals != 0 && !draft->has_ref) {
        return rfl_json_fault(j, "there are approvals without the \"ref\" and "
                              "\"salt\" they were given for: sign it again");
    }

    if (json_object_get(j->root, "not_before") == NULL) {
        draft->e.not_before = (int64_t) draft->e.confirmed_on * RFL_DAY_SECONDS;
    }

    if (draft->has_ref
        && rfl_facts_commit(j->pool, &draft->facts, draft->salt,
                            draft->e.commit)
           != RFL_OK)
    {
        return rfl_json_no_memory(j);
    }

    return RFL_OK;
}


static int
rfl_draft_read_id(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    size_t        i;
    rfl_str_t     s;
    rfl_draft_t  *draft = data;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < s.len; i++) {
        if (s.data[i] <= ' ' || s.data[i] >= 0x7f
            || s.data[i] == '"' || s.data[i] == '\\')
        {
            break;
        }
    }

    if (i != s.len || s.len == 0 || s.len > RFL_SOURCE_ID_MAX) {
        return rfl_json_fault(j, "must be 1 to %d letters, digits and signs "
                              "of ASCII, without space, quote or backslash",
                              RFL_SOURCE_ID_MAX);
    }

    draft->id.len = s.len;
    draft->id.data = rfl_pstrdup(j->pool, s.data, s.len);

    return (draft->id.data != NULL) ? RFL_OK : rfl_json_no_memory(j);
}


static int
rfl_draft_read_ref(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    u_char        text[RFL_REF_TEXT_SIZE];
    rfl_str_t     s;
    rfl_draft_t  *draft = data;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    /* people may type it freely, a file has it as we wrote it */

    if (rfl_ref_parse(s.data, s.len, draft->e.ref) == RFL_OK) {
        rfl_ref_format(draft->e.ref, text);

        if (s.len == RFL_REF_TEXT_SIZE
            && memcmp(s.data, text, RFL_REF_TEXT_SIZE) == 0)
        {
            return RFL_OK;
        }
    }

    return rfl_json_fault(j, "must be a reference as signing makes it: "
                          "remove \"ref\", \"salt\" and \"approvals\" and "
                          "sign it again");
}


static int
rfl_draft_read_salt(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_draft_t  *draft = data;

    return rfl_json_base64(j, value, draft->salt, RFL_SALT_SIZE);
}


static int
rfl_draft_read_names(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    void         *names;
    unsigned      n;
    rfl_draft_t  *draft = data;

    if (rfl_json_array(j, value, 1, RFL_NAMES_MAX, sizeof(rfl_entry_name_t),
                       rfl_draft_read_name, &names, &n)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    memcpy(draft->e.names, names, n * sizeof(rfl_entry_name_t));
    draft->e.nnames = n;

    return RFL_OK;
}


/* "a text", or {"full": "...", "given": "...", "family": "..."} */

static int
rfl_draft_read_name(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_entry_name_t  *name = data;

    if (json_is_object(value)) {
        return rfl_json_object(j, value, rfl_draft_name_members, name);
    }

    return rfl_json_line(j, value, RFL_NAME_CHARS, &name->full);
}


static int
rfl_draft_read_origin(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    rfl_str_t     s;
    rfl_draft_t  *draft = data;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    if (!rfl_origin_valid(s.data, s.len)) {
        return rfl_json_fault(j, "must be a country such as \"SY\" or a large "
                              "region such as \"SY-HL\", ISO 3166");
    }

    draft->e.origin.len = s.len;
    draft->e.origin.data = rfl_pstrdup(j->pool, s.data, s.len);

    return (draft->e.origin.data != NULL) ? RFL_OK : rfl_json_no_memory(j);
}


static int
rfl_draft_read_country(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    rfl_str_t     s;
    rfl_draft_t  *draft = data;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    if (!rfl_country_valid(s.data, s.len)) {
        return rfl_json_fault(j, "must be a country such as \"SY\", "
                              "ISO 3166-1");
    }

    draft->facts.country.len = s.len;
    draft->facts.country.data = rfl_pstrdup(j->pool, s.data, s.len);

    return (draft->facts.country.data != NULL) ? RFL_OK
                                               : rfl_json_no_memory(j);
}


static int
rfl_draft_read_consent(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    return rfl_json_object(j, value, rfl_draft_consent_members, data);
}


static int
rfl_draft_read_hide(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_draft_t  *draft = data;

    draft->e.has_hide = 1;

    return rfl_json_base64(j, value, draft->e.hide, RFL_HIDE_SIZE);
}


static int
rfl_draft_read_approvals(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    void         *approvals;
    unsigned      n;
    rfl_draft_t  *draft = data;

    if (rfl_json_array(j, value, 1, RFL_APPROVALS_MAX, sizeof(rfl_approval_t),
                       rfl_draft_read_approval, &approvals, &n)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    memcpy(draft->e.approvals, approvals, n * sizeof(rfl_approval_t));
    draft->e.napprovals = n;

    return RFL_OK;
}


static int
rfl_draft_read_approval(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    return rfl_json_object(j, value, rfl_draft_approval_members, data);
}


static int
rfl_draft_read_key(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    char             text[2 * RFL_KEY_ID_SIZE + 1];
    size_t           len;
    rfl_str_t        s;
    rfl_approval_t  *approval = data;

    if (rfl_json_string(j, value, &s) != RFL_OK) {
        return RFL_ERROR;
    }

    if (sodium_hex2bin(approval->key, RFL_KEY_ID_SIZE, (const char *) s.data,
                       s.len, NULL, &len, NULL)
        == 0
        && len == RFL_KEY_ID_SIZE && s.len == 2 * RFL_KEY_ID_SIZE)
    {
        sodium_bin2hex(text, sizeof(text), approval->key, RFL_KEY_ID_SIZE);

        if (memcmp(text, s.data, s.len) == 0) {
            return RFL_OK;
        }
    }

    return rfl_json_fault(j, "must be %d digits of lower-case hex",
                          2 * RFL_KEY_ID_SIZE);
}


static int
rfl_draft_read_sig(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_approval_t  *approval = data;

    return rfl_json_base64(j, value, approval->sig, RFL_SIGN_SIZE);
}


int
rfl_country_valid(const u_char *data, size_t len)
{
    return len == 2 && data[0] >= 'A' && data[0] <= 'Z'
           && data[1] >= 'A' && data[1] <= 'Z';
}


int
rfl_origin_valid(const u_char *data, size_t len)
{
    size_t  i;

    if (len < 2 || !rfl_country_valid(data, 2)) {
        return 0;
    }

    if (len == 2) {
        return 1;
    }

    for (i = 3; i < len; i++) {
        if (!((data[i] >= 'A' && data[i] <= 'Z')
              || (data[i] >= '0' && data[i] <= '9')))
        {
            return 0;
        }
    }

    return data[2] == '-' && len >= 4 && len <= RFL_ORIGIN_MAX;
}
