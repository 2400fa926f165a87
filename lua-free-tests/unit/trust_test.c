
/*
 * Copyright (C) The RFL authors
 *
 * trust_test.c: the trust file, its faults with their lines, the keys that
 * must not get in (S-37), and the keys of inboxes, which need a signature.
 */


#include "faults.h"
#include "entry.h"
#include "rfl_box.h"


static void test_good(void);
static void test_faults(void);
static void test_keys(void);
static void test_inbox(void);
static void test_inbox_faults(void);


static rfl_pool_t  *pool;


int
main(void)
{
    pool = rfl_pool_create(4096);
    entry_init();

    test_good();
    test_faults();
    test_keys();
    test_inbox();
    test_inbox_faults();

    rfl_pool_destroy(pool);

    return unit_done();
}


static int
parse(const char *text, rfl_trust_t **trust, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  s;

    s = faults_exact(text);

    memset(err, 0, sizeof(rfl_err_t));
    rc = rfl_trust_parse(pool, &s, trust, err);

    free(s.data);

    return rc;
}


static int
refused(const char *text, rfl_err_t *err)
{
    rfl_trust_t  *trust;

    return parse(text, &trust, err);
}


static void
test_good(void)
{
    u_char                  id[RFL_KEY_ID_SIZE];
    rfl_err_t               err;
    rfl_str_t               name;
    rfl_trust_t            *trust;
    const rfl_society_t    *society;
    const rfl_trust_key_t  *key;

    unit_int(parse(entry_trust(), &trust, &err), RFL_OK, "trust %s",
             err.text);
    unit_int(trust->nsocieties, 3, "three societies");

    name = entry_str("northland");
    society = rfl_trust_society(trust, &name);
    unit_ok(society == &trust->societies[0], "society by id");
    unit_str(society->phone, "+00 1 234", "its phone");
    unit_int(society->nkeys, 5, "its keys");
    unit_ok(society->not_before < 0 && society->not_after == INT32_MAX,
            "without dates it is valid always");
    unit_int(society->address.n + society->hours.n + society->url.len, 0,
             "what is not given is not there");

    rfl_key_id(entry_pk[KEY_B], id);
    key = rfl_trust_key(society, id);
    unit_ok(key == &society->keys[1], "key by id");
    unit_ok(memcmp(key->pk, entry_pk[KEY_B], RFL_SIGN_PUBLIC_SIZE) == 0,
            "its public key");
    unit_int(key->not_after, ENTRY_TODAY + 39, "its last day");
    unit_int(key->revoked, 0, "not revoked");

    rfl_key_id(entry_pk[KEY_REVOKED], id);
    unit_int(rfl_trust_key(society, id)->revoked, 1, "revoked");

    rfl_key_id(entry_pk[KEY_SOUTH], id);
    unit_ok(rfl_trust_key(society, id) == NULL, "not another society's key");

    name = entry_str("southland");
    unit_ok(rfl_trust_key(rfl_trust_society(trust, &name), id) != NULL,
            "control: its own society has it");

    name = entry_str("gone");
    society = rfl_trust_society(trust, &name);
    unit_int(society->not_after, ENTRY_TODAY - 1, "the last day of a society");
    unit_int(society->nkeys, 2, "which has keys all the same");

    name = entry_str("north");
    unit_ok(rfl_trust_society(trust, &name) == NULL,
            "no society by half an id");

    unit_int(parse("{\"societies\": [{\"id\": \"a\", \"names\":"
                   "{\"en\": \"A\", \"ar\": \"\xd8\xa3\"}, \"address\":"
                   "{\"en\": \"1 Street\"}, \"hours\": {\"en\": \"9-17\"},"
                   "\"phone\": \"112\", \"url\": \"https://a.example/rfl\","
                   "\"not_before\": \"2026-01-01\","
                   "\"not_after\": \"2026-01-01\", \"keys\": []}]}",
                   &trust, &err),
             RFL_OK, "a full society %s", err.text);
    unit_str(trust->societies[0].url, "https://a.example/rfl", "url");
    unit_str(trust->societies[0].address.text[0], "1 Street", "address");
    unit_str(trust->societies[0].hours.text[0], "9-17", "hours");
}


#define HEAD   "{\"societies\": [\n"                                        \
               "{\"id\": \"a\", \"names\": {\"en\": \"A\"},\n"
#define FULL   HEAD "\"phone\": \"+00 123\",\n"
#define DAYS   "\"not_before\": \"2026-01-01\", \"not_after\": \"2026-12-31\""

/* the base point: a good key that needs no making */
#define KEY    "\"WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY=\""

static void
test_faults(void)
{
    rfl_err_t     err;
    rfl_trust_t  *trust;

    static const fault_t  cases[] = {
        { 1, "{}", "lacks \"societies\"" },
        { 1, "{\"societies\": []}", "1 to 256" },
        { 2, HEAD "\"keys\": []}]}", "\"societies[0]\" lacks \"phone\"" },
        { 2, FULL "\"url\": \"https://a.example\"}]}", "lacks \"keys\"" },
        { 3, HEAD "\"phone\": \"call us\"}]}", "\"societies[0].phone\"" },
        { 3, HEAD "\"phone\": \"12\"}]}", "phone number" },
        { 3, HEAD "\"phone\": \"+00 123 <b>\"}]}", "phone number" },
        { 3, HEAD "\"phone\": 112}]}", "text in quotes" },
        { 4, FULL "\"url\": \"http://a.example\"}]}", "https://" },
        { 4, FULL "\"url\": \"javascript:alert(1)\"}]}", "https://" },
        { 4, FULL "\"url\": \"https://\"}]}", "https://" },
        { 4, FULL "\"url\": \"https://a b\"}]}", "https://" },
        { 4, FULL "\"url\": \"https://a\\\"onclick=\"}]}", "https://" },
        { 4, FULL "\"url\": \"https://\xc3\xa4.example\"}]}", "https://" },
        { 4, FULL "\"email\": \"a@a.example\"}]}", "not allowed" },
        { 4, FULL "\"not_before\": \"2026-02-29\"}]}", "a day such as" },
        { 4, FULL "\"not_before\": \"1.1.2026\"}]}", "a day such as" },
        { 4, FULL "\"not_before\": 2026}]}", "text in quotes" },
        { 2, FULL "\"not_before\": \"2026-01-02\", \"not_after\": "
             "\"2026-01-01\", \"keys\": []}]}", "before \"not_before\"" },
        { 4, FULL "\"keys\": []}, {\"id\": \"b\"}]}", "lacks" },
        { 1, FULL "\"keys\": []},\n{\"id\": \"a\", \"names\": "
             "{\"en\": \"A\"}, \"phone\": \"112\", \"keys\": []}]}",
          "\"a\" twice" },
        { 5, FULL "\"keys\": [\n{\"public\": " KEY "}]}]}",
          "\"societies[0].keys[0]\" lacks \"not_before\"" },
        { 5, FULL "\"keys\": [\n{\"public\": " KEY
             ", \"not_before\": \"2026-01-01\"}]}]}",
          "lacks \"not_after\"" },
        { 5, FULL "\"keys\": [\n{" DAYS "}]}]}", "lacks \"public\"" },
        { 5, FULL "\"keys\": [\n{\"public\": " KEY ", \"not_before\": "
             "\"2026-01-02\", \"not_after\": \"2026-01-01\"}]}]}",
          "before \"not_before\"" },
        { 6, FULL "\"keys\": [\n{\"public\": " KEY ",\n\"revoked\": 1}]}]}",
          "true or false" },
        { 6, FULL "\"keys\": [\n{\"public\": " KEY ",\n\"secret\": 1}]}]}",
          "\"secret\" that is not allowed" },
        { 4, FULL "\"keys\": [\n{\"public\": " KEY ", " DAYS "},\n"
             "{\"public\": " KEY ", " DAYS "}]}]}",
          "same key at [0] and [1]" }
    };

    unit_int(parse(FULL "\"keys\": [\n{\"public\": " KEY ", " DAYS "}]}]}",
                   &trust, &err),
             RFL_OK, "control: a good one %s", err.text);

    faults_refused(cases, refused);
}


/* S-37: what is no public key, or one that signs for everybody */

static void
test_keys(void)
{
    char          text[1024], b64[64];
    size_t        i;
    u_char        pk[RFL_SIGN_PUBLIC_SIZE];
    rfl_err_t     err;
    rfl_trust_t  *trust;

    static const char *const  bad[] = {
        "",
        "A",
        "AAAA",
        "WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY",
        "WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZm",
        "WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY= ",
        "WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZ=",
        "5866666666666666666666666666666666666666666666666666666666666666"
    };

    static const u_char  small[][RFL_SIGN_PUBLIC_SIZE] = {
        { 0 },
        { 1 },
        { 0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f },
        { 2 }                      /* not on the curve */
    };

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        (void) snprintf(text, sizeof(text), FULL "\"keys\": [\n"
                        "{\"public\": \"%s\", " DAYS "}]}]}", bad[i]);
        unit_int(parse(text, &trust, &err), RFL_ERROR, "refused: %s",
                 err.text);
        unit_int(err.line, 5, "on its line");
    }

    for (i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
        (void) sodium_bin2base64(b64, sizeof(b64), small[i],
                                 RFL_SIGN_PUBLIC_SIZE,
                                 sodium_base64_VARIANT_ORIGINAL);
        (void) snprintf(text, sizeof(text), FULL "\"keys\": [\n"
                        "{\"public\": \"%s\", " DAYS "}]}]}", b64);
        unit_int(parse(text, &trust, &err), RFL_ERROR, "S-37: refused: %s",
                 err.text);
    }

    memcpy(pk, entry_pk[KEY_A], sizeof(pk));
    (void) sodium_bin2base64(b64, sizeof(b64), pk, sizeof(pk),
                             sodium_base64_VARIANT_ORIGINAL);
    (void) snprintf(text, sizeof(text), FULL "\"keys\": [\n"
                    "{\"public\": \"%s\", " DAYS "}]}]}", b64);
    unit_int(parse(text, &trust, &err), RFL_OK, "control: a real key %s",
             err.text);
}


/* one of "inbox_keys" with a signature of northland's root, days included */

static const char *
inbox_key(u_char fill, int32_t from, int32_t to, const char *society,
    const u_char *root_sk, char text[512])
{
    char       b64[64], sig64[100], first[16], last[16];
    u_char     pk[RFL_BOX_PUBLIC_SIZE], sk[RFL_BOX_SECRET_SIZE];
    u_char     sig[RFL_SIGN_SIZE];
    rfl_str_t  id;

    memset(sk, fill, sizeof(sk));
    (void) crypto_scalarmult_base(pk, sk);
    id = entry_str(society);

    if (rfl_box_key_sign(root_sk, &id, pk, from, to, sig) != RFL_OK) {
        abort();
    }

    memset(first, 0, sizeof(first));
    memset(last, 0, sizeof(last));
    rfl_day_format(from, (u_char *) first);
    rfl_day_format(to, (u_char *) last);

    (void) sodium_bin2base64(b64, sizeof(b64), pk, sizeof(pk),
                             sodium_base64_VARIANT_ORIGINAL);
    (void) sodium_bin2base64(sig64, sizeof(sig64), sig, sizeof(sig),
                             sodium_base64_VARIANT_ORIGINAL);
    (void) snprintf(text, 512, "{\"public\": \"%s\", \"not_before\": \"%s\","
                    "\"not_after\": \"%s\", \"signature\": \"%s\"", b64,
                    first, last, sig64);

    return text;
}


static void
test_inbox(void)
{
    char                    text[4096], root[64];
    char                    k1[512], k2[512], k3[512], k4[512], k5[512];
    u_char                  id[RFL_KEY_ID_SIZE];
    rfl_err_t               err;
    rfl_trust_t            *trust;
    const rfl_society_t    *a;
    const rfl_inbox_key_t  *key;

    (void) sodium_bin2base64(root, sizeof(root), entry_pk[KEY_A],
                             RFL_SIGN_PUBLIC_SIZE,
                             sodium_base64_VARIANT_ORIGINAL);

    /* the root comes after what it signs; the order is free */

    (void) snprintf(text, sizeof(text), FULL "\"inbox_keys\": [%s}, %s,"
                    "\"retired\": true}, %s}, %s}, %s}],\n"
                    "\"keys\": [], \"root\": \"%s\"}]}",
                    inbox_key(1, ENTRY_TODAY, ENTRY_TODAY + 31, "a",
                              entry_sk[KEY_A], k1),
                    inbox_key(2, ENTRY_TODAY + 1, ENTRY_TODAY + 31, "a",
                              entry_sk[KEY_A], k2),
                    inbox_key(3, ENTRY_TODAY + 2, ENTRY_TODAY + 31, "a",
                              entry_sk[KEY_B], k3),
                    inbox_key(4, ENTRY_TODAY + 2, ENTRY_TODAY + 31, "b",
                              entry_sk[KEY_A], k4),
                    inbox_key(5, ENTRY_TODAY + 30, ENTRY_TODAY + 60, "a",
                              entry_sk[KEY_A], k5),
                    root);

    unit_int(parse(text, &trust, &err), RFL_OK, "inbox keys %s", err.text);

    a = &trust->societies[0];
    unit_int(a->has_root, 1, "a root");
    unit_ok(memcmp(a->root, entry_pk[KEY_A], sizeof(a->root)) == 0,
            "the one that was given");
    unit_int(a->ninbox, 3, "those rightly signed are there");
    unit_int(a->nunsigned, 2,
             "another's signature and another society's are counted");

    key = &a->inbox[0];
    rfl_box_key_id(key->pk, id);
    unit_ok(memcmp(key->id, id, sizeof(id)) == 0, "its id");
    unit_ok(key->not_before == ENTRY_TODAY
            && key->not_after == ENTRY_TODAY + 31 && key->retired == 0,
            "its days");
    unit_int(a->inbox[1].retired, 1, "a retired one");

    unit_ok(rfl_box_key(a, ENTRY_TODAY - 1) == NULL, "none yesterday");
    unit_ok(rfl_box_key(a, ENTRY_TODAY + 5) == &a->inbox[0],
            "neither the retired one nor those not signed are used");
    unit_ok(rfl_box_key(a, ENTRY_TODAY + 30) == &a->inbox[2],
            "the next one takes over");
    unit_ok(rfl_box_key(a, ENTRY_TODAY + 61) == NULL, "none in the end");

    /* all wrong: the file is good, and nothing can be sealed */

    (void) snprintf(text, sizeof(text), FULL "\"inbox_keys\": [%s}],\n"
                    "\"keys\": [], \"root\": \"%s\"}]}", k3, root);
    unit_int(parse(text, &trust, &err), RFL_OK, "none rightly signed %s",
             err.text);
    unit_ok(trust->societies[0].ninbox == 0
            && trust->societies[0].nunsigned == 1
            && rfl_box_key(&trust->societies[0], ENTRY_TODAY + 5) == NULL,
            "there is no key");
}


#define BOX    "\"CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
#define SIG    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"    \
               "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\""
#define MONTH  "\"not_before\": \"2026-11-01\", \"not_after\": \"2026-12-02\""
#define INBOX  FULL "\"keys\": [], \"root\": " KEY ",\n\"inbox_keys\": [\n"

static void
test_inbox_faults(void)
{
    rfl_err_t     err;
    rfl_trust_t  *trust;

    static const fault_t  cases[] = {
        { 2, "{\"societies\": [\n{\"id\": \"hide\"}]}", "\"hide\"" },
        { 4, FULL "\"root\": \"AAAA\"}]}", "\"societies[0].root\"" },
        { 4, FULL "\"root\": " BOX "}]}", "not an Ed25519" },
        { 6, INBOX "1]}]}", "inbox_keys[0]" },
        { 6, INBOX "{\"public\": " BOX "}]}]}", "lacks \"not_before\"" },
        { 6, INBOX "{\"public\": " BOX ", " MONTH "}]}]}",
          "lacks \"signature\"" },
        { 6, INBOX "{" MONTH ", \"signature\": " SIG "}]}]}",
          "lacks \"public\"" },
        { 6, INBOX "{\"public\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
             "AAAA=\"}]}]}", "not an X25519" },
        { 6, INBOX "{\"public\": \"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
             "AAAA=\"}]}]}", "not an X25519" },
        { 6, INBOX "{\"public\": \"AAAA\"}]}]}", "inbox_keys[0].public" },
        { 6, INBOX "{\"public\": " BOX ", " MONTH ", \"signature\": "
             "\"AAAA\"}]}]}", "inbox_keys[0].signature" },
        { 6, INBOX "{\"public\": " BOX ", \"not_before\": \"2026-11-01\","
             "\"not_after\": \"2027-01-03\", \"signature\": " SIG "}]}]}",
          "more than 62 days" },
        { 6, INBOX "{\"public\": " BOX ", \"not_before\": \"2026-11-01\","
             "\"not_after\": \"2026-10-31\", \"signature\": " SIG "}]}]}",
          "before \"not_before\"" },
        { 6, INBOX "{\"public\": " BOX ", " MONTH ", \"signature\": " SIG
             ", \"secret\": 1}]}]}", "not allowed" },
        { 5, INBOX "{\"public\": " BOX ", " MONTH ", \"signature\": " SIG
             "},\n{\"public\": " BOX ", " MONTH ", \"signature\": " SIG
             "}]}]}", "same key at [0] and [1]" },
        { 2, FULL "\"keys\": [], \"inbox_keys\": [\n{\"public\": " BOX ", "
             MONTH ", \"signature\": " SIG "}]}]}", "no \"root\"" }
    };

    unit_int(parse(INBOX "{\"public\": " BOX ", " MONTH ", \"signature\": "
                   SIG "}]}]}", &trust, &err),
             RFL_OK, "control: a good one %s", err.text);

    faults_refused(cases, refused);
}
