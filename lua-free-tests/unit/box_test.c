
/*
 * Copyright (C) The RFL authors
 *
 * box_test.c: keys of inboxes and boxes: what opens, and what does not.
 */


#include "unit.h"
#include "sealed.h"


#define BOX_TRIES  200


static void test_keys(void);
static void test_choice(void);
static void test_box(void);
static void test_box_closed(void);
static void test_box_altered(void);
static void test_box_padded(void);
static void test_list(void);


static u_char      pk[RFL_BOX_PUBLIC_SIZE], sk[RFL_BOX_SECRET_SIZE];
static u_char      cbor[RFL_BOX_CBOR_MAX + 1];
static rfl_str_t   northland = rfl_string("northland");


int
main(void)
{
    if (!form_init()) {
        return 1;
    }

    (void) crypto_box_keypair(pk, sk);
    randombytes_buf(cbor, sizeof(cbor));

    test_keys();
    test_choice();
    test_box();
    test_box_closed();
    test_box_altered();
    test_box_padded();
    test_list();

    rfl_pool_destroy(pool);

    return unit_done();
}


static void
test_keys(void)
{
    u_char     sig[RFL_SIGN_SIZE];
    unsigned   i, wrong;
    rfl_str_t  other;

#define sign(society, from, to)                                              \
    rfl_box_key_sign(entry_sk[KEY_A], society, pk, from, to, sig)
#define verify(society, from, to)                                            \
    rfl_box_key_verify(entry_pk[KEY_A], society, pk, from, to, sig)

    unit_int(sign(&northland, 20779, 20841), RFL_OK, "62 days are signed");
    unit_int(verify(&northland, 20779, 20841), RFL_OK, "and verified");

    other = entry_str("northlane");
    unit_int(verify(&other, 20779, 20841), RFL_DECLINED, "another society");
    unit_int(verify(&northland, 20778, 20840), RFL_DECLINED, "other days");
    unit_int(verify(&northland, 20779, 20840), RFL_DECLINED, "another end");
    unit_int(rfl_box_key_verify(entry_pk[KEY_B], &northland, pk, 20779, 20841,
                                sig),
             RFL_DECLINED, "another root");

    wrong = 0;

    for (i = 0; i < 8 * RFL_SIGN_SIZE; i++) {
        sig[i / 8] ^= (u_char) (1 << i % 8);
        wrong += (verify(&northland, 20779, 20841) == RFL_OK);
        sig[i / 8] ^= (u_char) (1 << i % 8);
    }

    for (i = 0; i < 8 * RFL_BOX_PUBLIC_SIZE; i++) {
        pk[i / 8] ^= (u_char) (1 << i % 8);
        wrong += (verify(&northland, 20779, 20841) == RFL_OK);
        pk[i / 8] ^= (u_char) (1 << i % 8);
    }

    unit_int(wrong, 0, "no bit of signature or key may be another");
    unit_int(verify(&northland, 20779, 20841), RFL_OK, "control: it is good");

    unit_int(sign(&northland, 20779, 20842), RFL_DECLINED, "63 days");
    unit_int(sign(&northland, 20779, 20778), RFL_DECLINED, "no day");
    unit_int(sign(&northland, -1, 20), RFL_DECLINED, "a day before all days");
    unit_int(sign(&northland, 0, INT32_MAX), RFL_DECLINED, "for ever");

    other = entry_str("North land");
    unit_int(sign(&other, 20779, 20780), RFL_DECLINED, "no society");
    rfl_str_null(&other);
    unit_int(sign(&other, 20779, 20780), RFL_DECLINED, "an empty society");
    unit_int(verify(&other, 20779, 20841), RFL_DECLINED, "nor verified");
}


static void
test_choice(void)
{
    unsigned         i;
    rfl_society_t    society;
    rfl_inbox_key_t  keys[4];

    static const struct {
        int32_t  day;
        int      key;
    } days[] = {
        { 99, -1 }, { 100, 0 }, { 119, 0 }, { 120, 1 }, { 130, 1 },
        { 140, 1 }, { 141, -1 }, { 150, -1 }, { 161, -1 }
    };

    memset(&society, 0, sizeof(society));
    memset(keys, 0, sizeof(keys));

    society.not_before = INT32_MIN;
    society.not_after = INT32_MAX;
    society.inbox = keys;
    society.ninbox = 3;

    keys[0].not_before = 100;
    keys[0].not_after = 130;
    keys[1].not_before = 120;
    keys[1].not_after = 140;
    keys[2].not_before = 125;
    keys[2].not_after = 160;
    keys[2].retired = 1;

    for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        unit_ok(rfl_box_key(&society, days[i].day)
                == (days[i].key == -1 ? NULL : &keys[days[i].key]),
                "the key of day %d", days[i].day);
    }

    society.not_after = 125;
    unit_ok(rfl_box_key(&society, 126) == NULL,
            "none for a society that is gone");
    unit_ok(rfl_box_key(&society, 125) == &keys[1], "control: the day before");

    society.not_after = INT32_MAX;
    society.not_before = 126;
    unit_ok(rfl_box_key(&society, 125) == NULL,
            "none for a society that is to come");
    unit_ok(rfl_box_key(&society, 126) == &keys[1], "control: the day after");

    /* in whatever order they stand */

    keys[3] = keys[0];
    keys[0] = keys[1];
    keys[1] = keys[3];
    unit_ok(rfl_box_key(&society, 127) == &keys[0],
            "the one that began last, though it stands first");

    society.ninbox = 0;
    unit_ok(rfl_box_key(&society, 125) == NULL, "none without keys");
}


static void
test_box(void)
{
    size_t     n;
    u_char     id[RFL_KEY_ID_SIZE], own[RFL_KEY_ID_SIZE];
    unsigned   i;
    rfl_str_t  out;

    static u_char        box[RFL_BOX_SIZE], again[RFL_BOX_SIZE];
    static u_char        plain[RFL_BOX_PLAIN];
    static const u_char  zeros[RFL_BOX_SIZE];
    static const size_t  sizes[] = { 1, 2, 1000, RFL_BOX_CBOR_MAX };

    for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        n = sizes[i];
        unit_int(rfl_box_seal(pk, cbor, n, box), RFL_OK, "%zu sealed", n);
        unit_ok(rfl_box_open(pk, sk, box, RFL_BOX_SIZE, plain, &out) == RFL_OK
                && out.len == n && memcmp(out.data, cbor, n) == 0,
                "%zu opened", n);
    }

    rfl_box_key_id(pk, own);
    unit_ok(rfl_box_id(box, RFL_BOX_SIZE, id) == RFL_OK
            && memcmp(id, own, sizeof(id)) == 0, "it tells its key");

    must(rfl_box_seal(pk, cbor, 100, box));
    unit_ok(rfl_box_seal(pk, cbor, 100, again) == RFL_OK
            && memcmp(box + 9, again + 9, RFL_BOX_SIZE - 9) != 0,
            "two boxes of the same differ");

    unit_ok(rfl_box_seal(pk, cbor, RFL_BOX_CBOR_MAX + 1, again) == RFL_ERROR
            && memcmp(again, zeros, RFL_BOX_SIZE) == 0,
            "one byte more than fits");
    unit_ok(rfl_box_seal(pk, cbor, 0, again) == RFL_ERROR
            && memcmp(again, zeros, RFL_BOX_SIZE) == 0, "nothing");
    unit_ok(rfl_box_seal(zeros, cbor, 100, again) == RFL_ERROR
            && memcmp(again, zeros, RFL_BOX_SIZE) == 0,
            "a key of small order, which anybody could open");
}


static void
test_box_closed(void)
{
    u_char     pk2[RFL_BOX_PUBLIC_SIZE], sk2[RFL_BOX_SECRET_SIZE];
    rfl_str_t  out;

    static u_char  box[RFL_BOX_SIZE], plain[RFL_BOX_PLAIN];

    (void) crypto_box_keypair(pk2, sk2);
    must(rfl_box_seal(pk, cbor, 100, box));

    unit_int(rfl_box_open(pk2, sk2, box, RFL_BOX_SIZE, plain, &out),
             RFL_DECLINED, "another key does not open it");
    unit_ok(out.len == 0 && out.data == NULL, "and gets nothing");

    rfl_box_key_id(pk2, box + 1);
    unit_int(rfl_box_open(pk2, sk2, box, RFL_BOX_SIZE, plain, &out),
             RFL_DECLINED, "nor if it says that it is for it");
}


static void
test_box_altered(void)
{
    size_t     n;
    u_char     id[RFL_KEY_ID_SIZE];
    u_char    *data;
    unsigned   i, opened;
    rfl_str_t  out;

    static u_char  box[RFL_BOX_SIZE], plain[RFL_BOX_PLAIN];

    must(rfl_box_seal(pk, cbor, 100, box));

    opened = 0;

    for (i = 0; i < BOX_TRIES; i++) {
        n = (i < 60) ? i : randombytes_uniform(RFL_BOX_SIZE);
        box[n] ^= 1;
        opened += (rfl_box_open(pk, sk, box, RFL_BOX_SIZE, plain, &out)
                   != RFL_DECLINED);
        box[n] ^= 1;
    }

    unit_int(opened, 0, "with one bit changed it does not open");

    for (i = 0; i < 40; i++) {
        n = (i == 0) ? 0 : randombytes_uniform(RFL_BOX_SIZE);
        data = malloc(n);

        if (n != 0) {
            memcpy(data, box, n);
        }

        opened += (rfl_box_open(pk, sk, data, n, plain, &out)
                   != RFL_DECLINED);
        opened += (rfl_box_id(data, n, id) != RFL_DECLINED);
        free(data);
    }

    unit_int(opened, 0, "nor cut off");
    unit_int(rfl_box_open(pk, sk, box, RFL_BOX_SIZE, plain, &out), RFL_OK,
             "control: it opens");
}


/* sealed by somebody who pads otherwise: anybody has the public key */

static void
test_box_padded(void)
{
    size_t     i;
    rfl_str_t  out;

    static u_char        box[RFL_BOX_SIZE];
    static u_char        plain[RFL_BOX_PLAIN];
    static const u_char  zeros[RFL_BOX_PLAIN];

    static const struct {
        const char  *name;
        uint32_t     len;
        u_char       last;
        int          rc;
    } cases[] = {
        { "control: padded with zeros", 100, 0, RFL_OK },
        { "something behind the zeros", 100, 1, RFL_DECLINED },
        { "a length of 0", 0, 0, RFL_DECLINED },
        { "a length beyond the end", 0xffffffff, 0, RFL_DECLINED },
        { "one byte beyond the end", RFL_BOX_CBOR_MAX + 1, 0, RFL_DECLINED }
    };

    must(rfl_box_seal(pk, cbor, 100, box));

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        memset(plain, 0, sizeof(plain));
        (void) rfl_le_put(plain, cases[i].len, 4);
        plain[RFL_BOX_PLAIN - 1] = cases[i].last;
        (void) crypto_box_seal(box + 9, plain, sizeof(plain), pk);

        unit_int(rfl_box_open(pk, sk, box, RFL_BOX_SIZE, plain, &out),
                 cases[i].rc, "%s", cases[i].name);
    }

    unit_ok(memcmp(plain, zeros, sizeof(plain)) == 0, "what was in is wiped");
}


static void
test_list(void)
{
    size_t     n;
    u_char     name[RFL_BOX_LIST_SIZE];
    rfl_str_t  id, text;

    n = rfl_box_list(&northland, ENTRY_TODAY, name);
    text.data = name;
    text.len = n;
    unit_str(text, "in:northland:20261122", "the list of a day");
    unit_int(name[n], 0, "ends");

    id = entry_str("abcdefghijklmnopqrstuvwxyz012345");
    n = rfl_box_list(&id, 2932896, name);
    text.len = n;
    unit_str(text, "in:abcdefghijklmnopqrstuvwxyz012345:99991231",
             "the longest one");

    id = entry_str("abcdefghijklmnopqrstuvwxyz012345"
                   "abcdefghijklmnopqrstuvwxyz012345");
    unit_int(rfl_box_list(&id, ENTRY_TODAY, name), 0,
             "none for an id that is too long");
}
