
/*
 * Copyright (C) The RFL authors
 *
 * box_test.c: keys of inboxes, boxes, the hidden field between two pages and
 * the token of a result: what opens, and what does not.
 */


#include "unit.h"
#include "form.h"


#define BOX_TRIES  200


static void test_keys(void);
static void test_choice(void);
static void test_box(void);
static void test_list(void);
static void test_state(void);
static void test_state_forged(void);
static void test_id(void);
static void test_token(void);


static u_char      key[RFL_FORM_KEY_SIZE];
static rfl_str_t   northland = rfl_string("northland");


int
main(void)
{
    if (!form_init()) {
        return 1;
    }

    randombytes_buf(key, sizeof(key));

    test_keys();
    test_choice();
    test_box();
    test_list();
    test_state();
    test_state_forged();
    test_id();
    test_token();

    rfl_pool_destroy(pool);

    return unit_done();
}


static void
must(int rc)
{
    if (rc != RFL_OK) {
        unit_ok(0, "sealed");
    }
}


static void
test_keys(void)
{
    unsigned   i, wrong;
    u_char     pk[RFL_BOX_PUBLIC_SIZE], sk[RFL_BOX_SECRET_SIZE];
    u_char     sig[RFL_SIGN_SIZE];
    rfl_str_t  other;

    (void) crypto_box_keypair(pk, sk);

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
    society.ninbox = 0;
    unit_ok(rfl_box_key(&society, 125) == NULL, "none without keys");
}


static void
test_box(void)
{
    size_t     n;
    u_char    *data;
    u_char     pk[RFL_BOX_PUBLIC_SIZE], sk[RFL_BOX_SECRET_SIZE];
    u_char     pk2[RFL_BOX_PUBLIC_SIZE], sk2[RFL_BOX_SECRET_SIZE];
    u_char     id[RFL_KEY_ID_SIZE], own[RFL_KEY_ID_SIZE];
    u_char     cbor[RFL_BOX_PLAIN];
    u_char     plain[RFL_BOX_PLAIN];
    unsigned   i, opened;
    rfl_str_t  out;

    static u_char        box[RFL_BOX_SIZE], again[RFL_BOX_SIZE];
    static const u_char  zeros[RFL_BOX_SIZE];
    static const size_t  sizes[] = { 1, 2, 1000, RFL_BOX_CBOR_MAX };

    (void) crypto_box_keypair(pk, sk);
    (void) crypto_box_keypair(pk2, sk2);
    randombytes_buf(cbor, sizeof(cbor));

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

    must(rfl_box_seal(pk, cbor, 100, box));

    unit_int(rfl_box_open(pk2, sk2, box, RFL_BOX_SIZE, plain, &out),
             RFL_DECLINED, "another key does not open it");
    unit_ok(out.len == 0 && out.data == NULL, "and gets nothing");

    memcpy(again, box, RFL_BOX_SIZE);
    rfl_box_key_id(pk2, again + 1);
    unit_int(rfl_box_open(pk2, sk2, again, RFL_BOX_SIZE, plain, &out),
             RFL_DECLINED, "nor if it says that it is for it");

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

    /* sealed by somebody who pads otherwise: anybody has the public key */

    memset(plain, 0, sizeof(plain));
    plain[0] = 100;
    plain[RFL_BOX_PLAIN - 1] = 1;
    (void) crypto_box_seal(box + 9, plain, sizeof(plain), pk);
    unit_int(rfl_box_open(pk, sk, box, RFL_BOX_SIZE, plain, &out),
             RFL_DECLINED, "something behind the zeros");

    memset(plain, 0, sizeof(plain));
    (void) crypto_box_seal(box + 9, plain, sizeof(plain), pk);
    unit_int(rfl_box_open(pk, sk, box, RFL_BOX_SIZE, plain, &out),
             RFL_DECLINED, "a length of 0");

    memset(plain, 0xff, 4);
    (void) crypto_box_seal(box + 9, plain, sizeof(plain), pk);
    unit_int(rfl_box_open(pk, sk, box, RFL_BOX_SIZE, plain, &out),
             RFL_DECLINED, "a length beyond the end");

    (void) rfl_le_put(plain, RFL_BOX_CBOR_MAX + 1, 4);
    (void) crypto_box_seal(box + 9, plain, sizeof(plain), pk);
    unit_int(rfl_box_open(pk, sk, box, RFL_BOX_SIZE, plain, &out),
             RFL_DECLINED, "one byte beyond the end");
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
}


static int
open_at(rfl_form_e form, int64_t now, const rfl_buf_t *sealed,
    rfl_form_state_t *state)
{
    int        rc;
    rfl_str_t  text;

    text.len = sealed->len;
    text.data = malloc(sealed->len);
    memcpy(text.data, sealed->data, text.len);

    rc = rfl_form_open(pool, key, form, now, &text, state);

    free(text.data);

    return rc;
}


static void
test_state(void)
{
    size_t            i, len;
    rfl_buf_t         sealed, other;
    rfl_form_e        form;
    rfl_form_state_t  state, got;
    const char       *p;

    rfl_buf_init(&sealed, 0);
    rfl_buf_init(&other, 0);

    fill(RFL_FORM_ALIVE);
    memset(&state, 0, sizeof(state));
    state.s = s;
    state.first = ENTRY_NOW - 100;
    state.given = ENTRY_NOW;
    state.step = 3;
    state.whole = 1;
    randombytes_buf(state.code, sizeof(state.code));

    unit_int(rfl_form_seal(pool, key, &state, &sealed), RFL_OK, "sealed");

    for (i = 0; i < sealed.len; i++) {
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                   "0123456789-_", sealed.data[i])
            == NULL)
        {
            break;
        }
    }

    unit_int(i, sealed.len, "as letters that need no escape");
    unit_int(sealed.len, (24 + 1024 + 16) * 4 / 3 + 1, "padded");

    unit_int(open_at(RFL_FORM_ALIVE, ENTRY_NOW, &sealed, &got), RFL_OK,
             "opened");
    unit_ok(got.first == state.first && got.given == state.given
            && got.step == 3 && got.whole == 1 && got.sent == 0
            && memcmp(got.code, state.code, sizeof(state.code)) == 0,
            "what is around the answers");
    unit_ok(got.s.form == RFL_FORM_ALIVE
            && memcmp(got.s.id, s.id, sizeof(s.id)) == 0
            && rfl_str_eq(&got.s.values[RFL_ASK_NAME].text,
                          &s.values[RFL_ASK_NAME].text)
            && got.s.values[RFL_ASK_SHOW].several
               == s.values[RFL_ASK_SHOW].several,
            "the answers");

    unit_int(rfl_form_seal(pool, key, &state, &other), RFL_OK,
             "sealed once more");
    unit_ok(other.len == sealed.len
            && memcmp(other.data, sealed.data, other.len) != 0,
            "it looks otherwise");

    /* one letter more in the name does not show */

    rfl_str_set(&state.s.values[RFL_ASK_NAME_OTHER].text, "Amina Hassan W");
    rfl_buf_reset(&other);
    must(rfl_form_seal(pool, key, &state, &other));
    unit_int(other.len, sealed.len, "longer answers, the same length");

    /* life */

    unit_int(open_at(RFL_FORM_ALIVE, ENTRY_NOW + RFL_FORM_LIFE, &sealed,
                     &got),
             RFL_OK, "good for two hours");
    unit_int(open_at(RFL_FORM_ALIVE, ENTRY_NOW + RFL_FORM_LIFE + 1, &sealed,
                     &got),
             RFL_FORM_OLD, "a second more");
    unit_ok(got.s.form == RFL_FORM_NONE && got.first == 0,
            "nothing of it is handed out");

    /* a clock that was set back */

    unit_int(open_at(RFL_FORM_ALIVE, ENTRY_NOW - 60, &sealed, &got), RFL_OK,
             "given out in a minute from now");
    unit_ok(got.given == ENTRY_NOW - 60
            && got.given - got.first == state.given - state.first,
            "is given out now, and as old as before");
    unit_int(open_at(RFL_FORM_ALIVE, ENTRY_NOW - RFL_FORM_LIFE - 1, &sealed,
                     &got),
             RFL_FORM_OLD, "in more than two hours from now");
    unit_int(open_at(RFL_FORM_ALIVE, INT64_MAX, &sealed, &got),
             RFL_FORM_OLD, "at the end of time");

    for (form = 0; form < RFL_FORMS_N; form++) {
        if (form != RFL_FORM_ALIVE) {
            unit_int(open_at(form, ENTRY_NOW, &sealed, &got), RFL_DECLINED,
                     "not as form %u", form);
        }
    }

    /* what cannot be */

    state.step = RFL_STEP_CHECK + 1;
    unit_int(rfl_form_seal(pool, key, &state, &other), RFL_DECLINED,
             "a step beyond all");
    state.step = 5;
    rfl_buf_reset(&other);
    must(rfl_form_seal(pool, key, &state, &other));
    unit_int(open_at(RFL_FORM_ALIVE, ENTRY_NOW, &other, &got), RFL_DECLINED,
             "a step that this form has not");

    state.step = RFL_STEP_CHECK;
    p = "x";
    len = 20000;
    state.s.values[RFL_ASK_REACH].text.data = malloc(len);
    state.s.values[RFL_ASK_REACH].text.len = len;
    memset(state.s.values[RFL_ASK_REACH].text.data, *p, len);
    unit_int(rfl_form_seal(pool, key, &state, &other), RFL_DECLINED,
             "more answers than a box holds");
    free(state.s.values[RFL_ASK_REACH].text.data);

    rfl_buf_free(&sealed);
    rfl_buf_free(&other);
}


static void
test_state_forged(void)
{
    size_t            i, n;
    u_char            other[RFL_FORM_KEY_SIZE];
    unsigned          opened;
    rfl_buf_t         sealed;
    rfl_str_t         text;
    rfl_form_state_t  state, got;

    static const char  *const  junk[] = {
        "", "=", "A", "AAAA", "!!!!", "AAAA AAAA", "AAA\nAAAA", "AAAA====",
        "../../etc", "%00"
    };

    rfl_buf_init(&sealed, 0);
    fill(RFL_FORM_MESSAGE);
    memset(&state, 0, sizeof(state));
    state.s = s;
    state.first = ENTRY_NOW;
    state.given = ENTRY_NOW;
    must(rfl_form_seal(pool, key, &state, &sealed));

    opened = 0;

    for (i = 0; i < BOX_TRIES; i++) {
        n = (i < 40) ? i : randombytes_uniform((uint32_t) sealed.len);
        sealed.data[n] ^= 0x01;
        opened += (open_at(RFL_FORM_MESSAGE, ENTRY_NOW, &sealed, &got)
                   != RFL_DECLINED);
        sealed.data[n] ^= 0x01;
    }

    unit_int(opened, 0, "a changed letter does not open");

    n = sealed.len;

    for (i = 1; i < 60; i++) {
        sealed.len = n - i;
        opened += (open_at(RFL_FORM_MESSAGE, ENTRY_NOW, &sealed, &got)
                   != RFL_DECLINED);
    }

    sealed.len = n;
    unit_int(opened, 0, "nor a shortened one");

    memcpy(other, key, sizeof(key));
    key[0] ^= 1;
    unit_int(open_at(RFL_FORM_MESSAGE, ENTRY_NOW, &sealed, &got),
             RFL_DECLINED, "nor another key");
    memcpy(key, other, sizeof(key));
    unit_int(open_at(RFL_FORM_MESSAGE, ENTRY_NOW, &sealed, &got), RFL_OK,
             "control: it opens");

    for (i = 0; i < sizeof(junk) / sizeof(junk[0]); i++) {
        text = entry_str(junk[i]);
        unit_int(rfl_form_open(pool, key, RFL_FORM_MESSAGE, ENTRY_NOW, &text,
                               &got),
                 RFL_DECLINED, "junk %zu", i);
    }

    text.len = 40000;
    text.data = malloc(text.len);
    memset(text.data, 'A', text.len);
    unit_int(rfl_form_open(pool, key, RFL_FORM_MESSAGE, ENTRY_NOW, &text,
                           &got),
             RFL_DECLINED, "junk: 40,000 letters");
    free(text.data);

    rfl_buf_free(&sealed);
}


/* sent twice is one submission, sent and corrected are two */

static void
test_id(void)
{
    u_char  id[RFL_SUBMISSION_ID_SIZE], other[RFL_SUBMISSION_ID_SIZE];

    fill(RFL_FORM_ALIVE);
    must(rfl_form_id(pool, key, &s, id));
    unit_ok(memcmp(id, s.id, sizeof(id)) != 0, "an id of its own");

    must(rfl_form_id(pool, key, &s, other));
    unit_ok(memcmp(id, other, sizeof(id)) == 0, "the same each time");

    rfl_str_set(&s.lang, "fr");
    s.day++;
    must(rfl_form_id(pool, key, &s, other));
    unit_ok(memcmp(id, other, sizeof(id)) == 0,
            "in another language, on another day");

    rfl_str_set(&s.values[RFL_ASK_PHONE].text, "+41 79 555 01 98");
    must(rfl_form_id(pool, key, &s, other));
    unit_ok(memcmp(id, other, sizeof(id)) != 0,
            "another one with another answer");

    fill(RFL_FORM_ALIVE);
    s.id[0] ^= 1;
    must(rfl_form_id(pool, key, &s, other));
    unit_ok(memcmp(id, other, sizeof(id)) != 0, "of another form");
    s.id[0] ^= 1;

    key[0] ^= 1;
    must(rfl_form_id(pool, key, &s, other));
    unit_ok(memcmp(id, other, sizeof(id)) != 0, "with another key");
    key[0] ^= 1;
}


static void
test_token(void)
{
    size_t             i, n;
    unsigned           opened;
    rfl_buf_t          sealed, state_text;
    rfl_str_t          text;
    rfl_entry_token_t  token, got;
    rfl_form_state_t   state, none;

    rfl_buf_init(&sealed, 0);
    rfl_buf_init(&state_text, 0);

    memset(token.ref, 0x33, sizeof(token.ref));
    token.society = northland;
    rfl_str_set(&token.name, "\xd8\xa3\xd9\x85\xd9\x8a\xd9\x86\xd8\xa9");
    token.given = ENTRY_NOW;

    unit_int(rfl_entry_token_seal(key, &token, &sealed), RFL_OK,
             "a token sealed");

    text.data = sealed.data;
    text.len = sealed.len;

#define open_token(now)  rfl_entry_token_open(pool, key, now, &text, &got)

    unit_ok(open_token(ENTRY_NOW) == RFL_OK
            && memcmp(got.ref, token.ref, sizeof(got.ref)) == 0
            && rfl_str_eq(&got.society, &token.society)
            && rfl_str_eq(&got.name, &token.name)
            && got.given == ENTRY_NOW, "opened");
    unit_int(open_token(ENTRY_NOW + RFL_ENTRY_LIFE), RFL_OK,
             "good for an hour");
    unit_int(open_token(ENTRY_NOW + RFL_ENTRY_LIFE + 1), RFL_FORM_OLD,
             "a second more");
    unit_ok(got.given == 0 && got.name.len == 0,
            "nothing of it is handed out");
    unit_int(open_token(ENTRY_NOW - 60), RFL_OK, "a minute from now");
    unit_int(open_token(ENTRY_NOW - RFL_ENTRY_LIFE - 1), RFL_FORM_OLD,
             "more than an hour from now");

    opened = 0;

    for (i = 0; i < sealed.len; i++) {
        sealed.data[i] ^= 0x01;
        opened += (open_token(ENTRY_NOW) != RFL_DECLINED);
        sealed.data[i] ^= 0x01;
    }

    unit_int(opened, 0, "a changed letter does not open");

    /* neither is good for the other */

    fill(RFL_FORM_MESSAGE);
    memset(&state, 0, sizeof(state));
    state.s = s;
    state.first = ENTRY_NOW;
    state.given = ENTRY_NOW;
    must(rfl_form_seal(pool, key, &state, &state_text));

    unit_int(rfl_form_open(pool, key, RFL_FORM_MESSAGE, ENTRY_NOW, &text,
                           &none),
             RFL_DECLINED, "a token is no hidden field");
    text.data = state_text.data;
    text.len = state_text.len;
    unit_int(open_token(ENTRY_NOW), RFL_DECLINED,
             "a hidden field is no token");

    n = sealed.len;
    rfl_str_set(&token.name, "A");
    rfl_buf_reset(&sealed);
    must(rfl_entry_token_seal(key, &token, &sealed));
    unit_int(sealed.len, n, "a shorter name, the same length");

    token.name.len = RFL_NAME_BYTES + 1;
    unit_int(rfl_entry_token_seal(key, &token, &sealed), RFL_DECLINED,
             "a name that is too long");

    rfl_buf_free(&sealed);
    rfl_buf_free(&state_text);
}
