
/*
 * Copyright (C) The RFL authors
 *
 * rfl_trust.c: the trust file: which societies may publish, their offices,
 * the public keys of their moderators, and those of their inboxes.  Read at
 * configuration load by the nginx modules and at start by rflctl.
 */


#include "rfl_policy.h"
#include "rfl_policy_json.h"
#include "rfl_box.h"

#include <sodium.h>


#define RFL_SOCIETIES_MAX  256
#define RFL_TRUST_KEYS_MAX 256     /* of one society, old ones included */
#define RFL_INBOX_KEYS_MAX 64      /* of one society, old ones included */
#define RFL_PHONE_MIN      3
#define RFL_PHONE_MAX      40
#define RFL_URL_MAX        200


/* a society as its table reads it; the inbox keys are yet to be verified */

typedef struct {
    rfl_inbox_key_t      key;
    u_char               sig[RFL_SIGN_SIZE];
} rfl_trust_inbox_t;

typedef struct {
    rfl_society_t        society;
    unsigned             ninbox;
    rfl_trust_inbox_t   *inbox;
} rfl_trust_society_t;


static int rfl_trust_read_societies(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_society(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_keys(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_key(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_public(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_id(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_root(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_point(rfl_json_t *j, json_t *value,
    u_char pk[RFL_SIGN_PUBLIC_SIZE]);
static int rfl_trust_read_inbox(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_inbox_key(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_inbox_public(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_inbox_sig(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_verify_inbox(rfl_json_t *j,
    const rfl_trust_society_t *read, rfl_society_t *society);
static int rfl_trust_read_phone(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);
static int rfl_trust_read_url(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);


static const size_t  rfl_trust_line = RFL_LINE_MAX;


static const rfl_json_member_t  rfl_trust_members[] = {

    { "societies", rfl_trust_read_societies, 0, NULL,
      "list at least one society" },

    { NULL, NULL, 0, NULL, NULL }
};


static const rfl_json_member_t  rfl_society_members[] = {

    { "id", rfl_trust_read_id, offsetof(rfl_society_t, id), NULL,
      "give a short name such as \"northland\"" },

    { "names", rfl_json_read_texts, offsetof(rfl_society_t, names),
      &rfl_trust_line, "give the society's name in each language" },

    { "address", rfl_json_read_texts, offsetof(rfl_society_t, address),
      &rfl_trust_line, NULL },

    { "hours", rfl_json_read_texts, offsetof(rfl_society_t, hours),
      &rfl_trust_line, NULL },

    { "phone", rfl_trust_read_phone, offsetof(rfl_society_t, phone), NULL,
      "give the office's number: every page shows it" },

    { "url", rfl_trust_read_url, offsetof(rfl_society_t, url), NULL, NULL },

    { "not_before", rfl_json_read_day, offsetof(rfl_society_t, not_before),
      NULL, NULL },

    { "not_after", rfl_json_read_day, offsetof(rfl_society_t, not_after),
      NULL, NULL },

    { "keys", rfl_trust_read_keys, 0, NULL,
      "list its moderators' public keys, [] for none" },

    { "root", rfl_trust_read_root, 0, NULL, NULL },

    { "inbox_keys", rfl_trust_read_inbox, 0, NULL, NULL },

    { NULL, NULL, 0, NULL, NULL }
};


static const rfl_json_member_t  rfl_trust_key_members[] = {

    { "public", rfl_trust_read_public, 0, NULL,
      "give the public key in base64, as \"rflctl\" prints it" },

    { "not_before", rfl_json_read_day, offsetof(rfl_trust_key_t, not_before),
      NULL, "give the first day on which the key may sign" },

    { "not_after", rfl_json_read_day, offsetof(rfl_trust_key_t, not_after),
      NULL, "give the last day on which the key may sign" },

    { "revoked", rfl_json_read_bool, offsetof(rfl_trust_key_t, revoked),
      NULL, NULL },

    { NULL, NULL, 0, NULL, NULL }
};


static const rfl_json_member_t  rfl_trust_inbox_members[] = {

    { "public", rfl_trust_read_inbox_public, 0, NULL,
      "have \"rflctl keys\" write the entry" },

    { "not_before", rfl_json_read_day,
      offsetof(rfl_trust_inbox_t, key.not_before), NULL,
      "have \"rflctl keys\" write the entry" },

    { "not_after", rfl_json_read_day,
      offsetof(rfl_trust_inbox_t, key.not_after), NULL,
      "have \"rflctl keys\" write the entry" },

    { "signature", rfl_trust_read_inbox_sig, 0, NULL,
      "have \"rflctl keys\" sign the key with the society's root key" },

    { "retired", rfl_json_read_bool,
      offsetof(rfl_trust_inbox_t, key.retired), NULL, NULL },

    { NULL, NULL, 0, NULL, NULL }
};


int
rfl_trust_parse(rfl_pool_t *pool, const rfl_str_t *text, rfl_trust_t **trust,
    rfl_err_t *err)
{
    int           rc;
    rfl_json_t    j;
    rfl_trust_t  *t;

    t = rfl_pcalloc(pool, sizeof(rfl_trust_t));
    if (t == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_json_open(&j, pool, text, 0, err);

    if (rc == RFL_OK && json_object_get(j.root, "events") != NULL) {
        (void) rfl_json_fault(&j, "is a policy, not a trust file");
        rc = RFL_DECLINED;
    }

    if (rc == RFL_OK) {
        rc = rfl_json_object(&j, j.root, rfl_trust_members, t);
    }

    rfl_json_close(&j);

    if (rc == RFL_OK) {
        *trust = t;
    }

    return rc;
}


const rfl_society_t *
rfl_trust_society(const rfl_trust_t *trust, const rfl_str_t *id)
{
    unsigned  i;

    for (i = 0; i < trust->nsocieties; i++) {
        if (rfl_str_eq(&trust->societies[i].id, id)) {
            return &trust->societies[i];
        }
    }

    return NULL;
}


const rfl_trust_key_t *
rfl_trust_key(const rfl_society_t *society, const u_char id[RFL_KEY_ID_SIZE])
{
    unsigned  i;

    for (i = 0; i < society->nkeys; i++) {
        if (memcmp(society->keys[i].id, id, RFL_KEY_ID_SIZE) == 0) {
            return &society->keys[i];
        }
    }

    return NULL;
}


static int
rfl_trust_read_societies(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    void         *societies;
    unsigned      i, k;
    rfl_trust_t  *trust = data;

    if (rfl_json_array(j, value, 1, RFL_SOCIETIES_MAX, sizeof(rfl_society_t),
                       rfl_trust_read_society, &societies,
                       &trust->nsocieties)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    trust->societies = societies;

    for (i = 1; i < trust->nsocieties; i++) {
        for (k = 0; k < i; k++) {

            if (rfl_str_eq(&trust->societies[i].id, &trust->societies[k].id))
            {
                return rfl_json_fault(j, "have the id \"%.*s\" twice: give "
                                      "each society its own",
                                      (int) trust->societies[i].id.len,
                                      (char *) trust->societies[i].id.data);
            }
        }
    }

    return RFL_OK;
}


static int
rfl_trust_read_society(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    rfl_society_t        *society = data;
    rfl_trust_society_t   read;

    memset(&read, 0, sizeof(rfl_trust_society_t));

    read.society.not_before = INT32_MIN;
    read.society.not_after = INT32_MAX;

    if (rfl_json_object(j, value, rfl_society_members, &read) != RFL_OK) {
        return RFL_ERROR;
    }

    *society = read.society;

    if (society->not_before > society->not_after) {
        return rfl_json_fault(j, "has \"not_after\" before \"not_before\": "
                              "correct one of the days");
    }

    return rfl_trust_verify_inbox(j, &read, society);
}


/* "in:hide:..." is the list of codes that hide */

static int
rfl_trust_read_id(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_str_t  *id = (rfl_str_t *) ((u_char *) data + m->offset);

    if (rfl_json_read_id(j, value, m, data) != RFL_OK) {
        return RFL_ERROR;
    }

    if (rfl_str_is(id, "hide")) {
        return rfl_json_fault(j, "cannot be \"hide\", which has another "
                              "meaning in Redis: choose another id");
    }

    return RFL_OK;
}


static int
rfl_trust_read_keys(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    void           *keys;
    unsigned        i, k;
    rfl_society_t  *society = data;

    if (rfl_json_array(j, value, 0, RFL_TRUST_KEYS_MAX,
                       sizeof(rfl_trust_key_t), rfl_trust_read_key, &keys,
                       &society->nkeys)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    society->keys = keys;

    for (i = 1; i < society->nkeys; i++) {
        for (k = 0; k < i; k++) {

            if (memcmp(society->keys[i].id, society->keys[k].id,
                       RFL_KEY_ID_SIZE)
                == 0)
            {
                return rfl_json_fault(j, "have the same key at [%u] and "
                                      "[%u]: remove one", k, i);
            }
        }
    }

    return RFL_OK;
}


static int
rfl_trust_read_key(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_trust_key_t  *key = data;

    if (rfl_json_object(j, value, rfl_trust_key_members, key) != RFL_OK) {
        return RFL_ERROR;
    }

    if (key->not_before > key->not_after) {
        return rfl_json_fault(j, "has \"not_after\" before \"not_before\": "
                              "correct one of the days");
    }

    rfl_key_id(key->pk, key->id);

    return RFL_OK;
}


static int
rfl_trust_read_public(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    rfl_trust_key_t  *key = data;

    return rfl_trust_point(j, value, key->pk);
}


static int
rfl_trust_read_root(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    rfl_society_t  *society = data;

    society->has_root = 1;

    return rfl_trust_point(j, value, society->root);
}


static int
rfl_trust_point(rfl_json_t *j, json_t *value, u_char pk[RFL_SIGN_PUBLIC_SIZE])
{
    if (rfl_json_base64(j, value, pk, RFL_SIGN_PUBLIC_SIZE) != RFL_OK) {
        return RFL_ERROR;
    }

    /* on the curve, in the main subgroup, not of small order */

    if (!crypto_core_ed25519_is_valid_point(pk)) {
        return rfl_json_fault(j, "is not an Ed25519 public key: copy it "
                              "again from what \"rflctl\" printed");
    }

    return RFL_OK;
}


static int
rfl_trust_read_inbox(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    void                 *keys;
    unsigned              i, k;
    rfl_trust_society_t  *read = data;

    if (rfl_json_array(j, value, 0, RFL_INBOX_KEYS_MAX,
                       sizeof(rfl_trust_inbox_t), rfl_trust_read_inbox_key,
                       &keys, &read->ninbox)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    read->inbox = keys;

    for (i = 1; i < read->ninbox; i++) {
        for (k = 0; k < i; k++) {

            if (memcmp(read->inbox[i].key.pk, read->inbox[k].key.pk,
                       RFL_BOX_PUBLIC_SIZE)
                == 0)
            {
                return rfl_json_fault(j, "have the same key at [%u] and "
                                      "[%u]: remove one", k, i);
            }
        }
    }

    return RFL_OK;
}


static int
rfl_trust_read_inbox_key(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    rfl_inbox_key_t    *key;
    rfl_trust_inbox_t  *inbox = data;

    if (rfl_json_object(j, value, rfl_trust_inbox_members, inbox) != RFL_OK) {
        return RFL_ERROR;
    }

    key = &inbox->key;

    if (key->not_before > key->not_after) {
        return rfl_json_fault(j, "has \"not_after\" before \"not_before\": "
                              "correct one of the days");
    }

    if (key->not_after - key->not_before > RFL_BOX_KEY_DAYS) {
        return rfl_json_fault(j, "is valid for more than %d days: have "
                              "\"rflctl keys\" make one for each month",
                              RFL_BOX_KEY_DAYS);
    }

    rfl_box_key_id(key->pk, key->id);

    return RFL_OK;
}


static int
rfl_trust_read_inbox_public(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    u_char               shared[crypto_scalarmult_BYTES];
    rfl_trust_inbox_t   *inbox = data;
    static const u_char  any[crypto_scalarmult_SCALARBYTES] = { 1 };

    if (rfl_json_base64(j, value, inbox->key.pk, RFL_BOX_PUBLIC_SIZE)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    /* fails for points of small order: what is sealed to them anybody opens */

    if (crypto_scalarmult(shared, any, inbox->key.pk) != 0) {
        return rfl_json_fault(j, "is not an X25519 public key: have "
                              "\"rflctl keys\" write the entry again");
    }

    return RFL_OK;
}


static int
rfl_trust_read_inbox_sig(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data)
{
    rfl_trust_inbox_t  *inbox = data;

    return rfl_json_base64(j, value, inbox->sig, RFL_SIGN_SIZE);
}


/*
 * A key that the root did not sign is left out and counted, not refused: the
 * web server must come up again with the others, and says so.
 */

static int
rfl_trust_verify_inbox(rfl_json_t *j, const rfl_trust_society_t *read,
    rfl_society_t *society)
{
    unsigned                  i;
    const rfl_inbox_key_t    *key;
    const rfl_trust_inbox_t  *inbox;

    if (read->ninbox == 0) {
        return RFL_OK;
    }

    if (!society->has_root) {
        return rfl_json_fault(j, "has \"inbox_keys\", but no \"root\" that "
                              "signs them: add the root's public key");
    }

    society->inbox = rfl_pcalloc(j->pool,
                                 read->ninbox * sizeof(rfl_inbox_key_t));
    if (society->inbox == NULL) {
        return rfl_json_no_memory(j);
    }

    for (i = 0; i < read->ninbox; i++) {
        inbox = &read->inbox[i];
        key = &inbox->key;

        if (rfl_box_key_verify(society->root, &society->id, key->pk,
                               key->not_before, key->not_after, inbox->sig)
            == RFL_OK)
        {
            society->inbox[society->ninbox++] = *key;

        } else {
            society->nunsigned++;
        }
    }

    return RFL_OK;
}


static int
rfl_trust_read_phone(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    size_t      i, digits;
    rfl_str_t  *phone = (rfl_str_t *) ((u_char *) data + m->offset);

    if (rfl_json_line(j, value, RFL_PHONE_MAX, phone) != RFL_OK) {
        return RFL_ERROR;
    }

    digits = 0;

    for (i = 0; i < phone->len; i++) {

        if (phone->data[i] >= '0' && phone->data[i] <= '9') {
            digits++;

        } else if (strchr("+ ()/.-", phone->data[i]) == NULL) {
            break;
        }
    }

    if (i != phone->len || digits < RFL_PHONE_MIN) {
        return rfl_json_fault(j, "must be a phone number such as "
                              "\"+00 12 345 67 89\"");
    }

    return RFL_OK;
}


static int
rfl_trust_read_url(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    size_t      i;
    rfl_str_t  *url = (rfl_str_t *) ((u_char *) data + m->offset);

    if (rfl_json_line(j, value, RFL_URL_MAX, url) != RFL_OK) {
        return RFL_ERROR;
    }

    i = sizeof("https://") - 1;

    if (url->len > i && memcmp(url->data, "https://", i) == 0) {

        while (i < url->len && url->data[i] > 0x20 && url->data[i] < 0x7f
               && strchr("\"'<>\\^`{|}", url->data[i]) == NULL)
        {
            i++;
        }

        if (i == url->len) {
            return RFL_OK;
        }
    }

    return rfl_json_fault(j, "must begin with \"https://\" and be without "
                          "spaces, quotes and letters beyond ASCII");
}
