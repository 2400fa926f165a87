
/*
 * Copyright (C) The RFL authors
 *
 * box_form_test.c: the hidden field between two pages of a form, and the token
 * of a result: what opens, and what does not.
 */


#include "unit.h"
#include "rfl_json.h"
#include "sealed.h"


#define BOX_TRIES  200


static void test_state(void);
static void test_state_life(void);
static void test_state_limits(void);
static void test_state_forged(void);
static void test_id(void);
static void test_token(void);


int
main(void)
{
    if (!form_init()) {
        return 1;
    }

    randombytes_buf(key, sizeof(key));

    test_state();
    test_state_life();
    test_state_limits();
    test_state_forged();
    test_id();
    test_token();

    rfl_pool_destroy(pool);

    return unit_done();
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
    size_t            i;
    rfl_buf_t         sealed, other;
    rfl_form_state_t  state, got;

    rfl_buf_init(&sealed, 0);
    rfl_buf_init(&other, 0);

    state = state_of(RFL_FORM_ALIVE);
    state.first = ENTRY_NOW - 100;
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

    rfl_str_set(&state.s.values[RFL_ASK_NAME_OTHER].text, "Amina Hassan W");
    seal_state(&state, &other);
    unit_int(other.len, sealed.len, "longer answers, the same length");

    rfl_buf_free(&sealed);
    rfl_buf_free(&other);
}


/* how long it is good, also if a clock was set back */

static void
test_state_life(void)
{
    rfl_buf_t         sealed;
    rfl_form_state_t  state, got;

    rfl_buf_init(&sealed, 0);

    state = state_of(RFL_FORM_ALIVE);
    state.first = ENTRY_NOW - 100;
    seal_state(&state, &sealed);

#define open_in(seconds)                                                     \
    open_at(RFL_FORM_ALIVE, ENTRY_NOW + (seconds), &sealed, &got)

    unit_int(open_in(RFL_FORM_LIFE), RFL_OK, "good for two hours");
    unit_int(open_in(RFL_FORM_LIFE + 1), RFL_FORM_OLD, "a second more");
    unit_ok(got.s.form == RFL_FORM_NONE && got.first == 0,
            "nothing of it is handed out");

    unit_int(open_in(-60), RFL_OK, "given out in a minute from now");
    unit_ok(got.given == ENTRY_NOW - 60
            && got.given - got.first == state.given - state.first,
            "is given out now, and as old as before");
    unit_int(open_in(-RFL_FORM_LIFE - 1), RFL_FORM_OLD,
             "in more than two hours from now");
    unit_int(open_at(RFL_FORM_ALIVE, INT64_MAX, &sealed, &got),
             RFL_FORM_OLD, "at the end of time");

    rfl_buf_free(&sealed);
}


/* what cannot be */

static void
test_state_limits(void)
{
    rfl_buf_t         sealed;
    rfl_str_t        *reach;
    rfl_form_e        form;
    rfl_form_state_t  state, got;

    rfl_buf_init(&sealed, 0);

    state = state_of(RFL_FORM_ALIVE);
    seal_state(&state, &sealed);

    for (form = 0; form < RFL_FORMS_N; form++) {
        if (form != RFL_FORM_ALIVE) {
            unit_int(open_at(form, ENTRY_NOW, &sealed, &got), RFL_DECLINED,
                     "not as form %u", form);
        }
    }

    state.step = RFL_STEP_CHECK + 1;
    unit_int(rfl_form_seal(pool, key, &state, &sealed), RFL_DECLINED,
             "a step beyond all");

    state.step = 5;
    seal_state(&state, &sealed);
    unit_int(open_at(RFL_FORM_ALIVE, ENTRY_NOW, &sealed, &got), RFL_DECLINED,
             "a step that this form has not");

    state.step = RFL_STEP_CHECK;
    reach = &state.s.values[RFL_ASK_REACH].text;
    reach->len = 20000;
    reach->data = malloc(reach->len);
    memset(reach->data, 'x', reach->len);
    unit_int(rfl_form_seal(pool, key, &state, &sealed), RFL_DECLINED,
             "more answers than a box holds");
    free(reach->data);

    rfl_buf_free(&sealed);
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

    state = state_of(RFL_FORM_MESSAGE);
    seal_state(&state, &sealed);

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
    rfl_str_set(&token.society, "northland");
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

    state = state_of(RFL_FORM_MESSAGE);
    seal_state(&state, &state_text);

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

    rfl_str_set(&token.name, "A");
    token.society.len = RFL_ID_MAX + 1;
    unit_int(rfl_entry_token_seal(key, &token, &sealed), RFL_DECLINED,
             "a society's id that is too long");

    rfl_str_null(&token.name);
    rfl_str_null(&token.society);
    rfl_buf_reset(&sealed);
    must(rfl_entry_token_seal(key, &token, &sealed));
    text.data = sealed.data;
    text.len = sealed.len;
    unit_ok(open_token(ENTRY_NOW) == RFL_OK && got.name.len == 0
            && got.society.len == 0, "a token without name and society");

    rfl_str_set(&text, "AAAA");
    unit_int(open_token(ENTRY_NOW), RFL_DECLINED,
             "three bytes are no token");

    rfl_buf_free(&sealed);
    rfl_buf_free(&state_text);
}
