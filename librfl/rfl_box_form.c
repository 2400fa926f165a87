
/*
 * Copyright (C) The RFL authors
 *
 * rfl_box_form.c: what the web server seals for itself: the hidden field
 * between two pages of a form, and the token that stands for an entry in a
 * result.  Called by the worker only.
 *
 *     nonce 24 | XChaCha20-Poly1305(plain, padded; domain and form)
 *
 * in base64url without padding.  The plaintext is not to be parsed by
 * anybody else: layout.md has it for the sake of review.
 */


#include "rfl_box.h"
#include "rfl_json.h"

#include <sodium.h>


#define RFL_STATE_DOMAIN    "rfl.v1.formstate"
#define RFL_TOKEN_DOMAIN    "rfl.v1.entrytoken"
#define RFL_ID_DOMAIN       "rfl.v1.submitid-"

#define RFL_STATE_VERSION   1
#define RFL_TOKEN_VERSION   1

#define RFL_STATE_WHOLE     0x01
#define RFL_STATE_SENT      0x02

/* version, first, given, step, flags, code, length */
#define RFL_STATE_HEAD      (1 + 8 + 8 + 1 + 1 + RFL_HIDE_CODE_SIZE + 4)
#define RFL_STATE_MAX                                                        \
    ((RFL_STATE_HEAD + RFL_BOX_CBOR_MAX + RFL_FORM_PAD - 1)                  \
     / RFL_FORM_PAD * RFL_FORM_PAD)

/* version, given, reference, lengths of two strings */
#define RFL_TOKEN_HEAD      (1 + 8 + RFL_REF_SIZE + 1 + 2)
#define RFL_TOKEN_PAD       64
#define RFL_TOKEN_PLAIN                                                      \
    ((RFL_TOKEN_HEAD + RFL_ID_MAX + RFL_NAME_BYTES + RFL_TOKEN_PAD - 1)      \
     / RFL_TOKEN_PAD * RFL_TOKEN_PAD)

#define RFL_SEALED_NONCE    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define RFL_SEALED_MORE                                                      \
    (RFL_SEALED_NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define RFL_SEALED_MAX      (RFL_SEALED_MORE + RFL_STATE_MAX)


static int rfl_sealed_old(int64_t given, int64_t now, int64_t life);
static int rfl_sealed_put(const u_char key[RFL_FORM_KEY_SIZE],
    const rfl_str_t *aad, const u_char *plain, size_t len, rfl_buf_t *out);
static int rfl_sealed_get(const u_char key[RFL_FORM_KEY_SIZE],
    const rfl_str_t *aad, const rfl_str_t *text, u_char *plain, size_t size,
    size_t *len);
static void rfl_state_aad(rfl_form_e form,
    u_char data[sizeof(RFL_STATE_DOMAIN)], rfl_str_t *aad);
static int rfl_state_read(rfl_pool_t *pool, const u_char *plain, size_t len,
    rfl_form_state_t *state);
static int rfl_token_read(rfl_pool_t *pool, const u_char *plain, size_t len,
    rfl_entry_token_t *token);


int
rfl_form_seal(rfl_pool_t *pool, const u_char key[RFL_FORM_KEY_SIZE],
    const rfl_form_state_t *state, rfl_buf_t *out)
{
    int        rc;
    u_char    *p, *plain;
    size_t     len;
    u_char     domain[sizeof(RFL_STATE_DOMAIN)];
    rfl_str_t  aad, cbor;

    if (state->step > RFL_STEP_CHECK) {
        return RFL_DECLINED;
    }

    rc = rfl_submission_encode(pool, &state->s, RFL_BOX_CBOR_MAX, &cbor);
    if (rc != RFL_OK) {
        return rc;
    }

    len = (RFL_STATE_HEAD + cbor.len + RFL_FORM_PAD - 1)
          / RFL_FORM_PAD * RFL_FORM_PAD;

    plain = rfl_pcalloc(pool, len);
    if (plain == NULL) {
        return RFL_ERROR;
    }

    p = plain;
    *p++ = RFL_STATE_VERSION;
    p = rfl_le_put(p, (uint64_t) state->first, 8);
    p = rfl_le_put(p, (uint64_t) state->given, 8);
    *p++ = (u_char) state->step;
    *p++ = (u_char) ((state->whole ? RFL_STATE_WHOLE : 0)
                     | (state->sent ? RFL_STATE_SENT : 0));
    memcpy(p, state->code, RFL_HIDE_CODE_SIZE);
    p += RFL_HIDE_CODE_SIZE;
    p = rfl_le_put(p, cbor.len, 4);
    memcpy(p, cbor.data, cbor.len);

    rfl_state_aad(state->s.form, domain, &aad);

    return rfl_sealed_put(key, &aad, plain, len, out);
}


int
rfl_form_open(rfl_pool_t *pool, const u_char key[RFL_FORM_KEY_SIZE],
    rfl_form_e form, int64_t now, const rfl_str_t *text,
    rfl_form_state_t *state)
{
    int        rc;
    u_char    *plain;
    size_t     len;
    u_char     domain[sizeof(RFL_STATE_DOMAIN)];
    rfl_str_t  aad;

    memset(state, 0, sizeof(rfl_form_state_t));

    plain = rfl_palloc(pool, RFL_STATE_MAX);
    if (plain == NULL) {
        return RFL_ERROR;
    }

    rfl_state_aad(form, domain, &aad);

    rc = rfl_sealed_get(key, &aad, text, plain, RFL_STATE_MAX, &len);

    if (rc == RFL_OK) {
        rc = rfl_state_read(pool, plain, len, state);
    }

    if (rc == RFL_OK && state->s.form != form) {
        rc = RFL_DECLINED;
    }

    if (rc == RFL_OK && rfl_sealed_old(state->given, now, RFL_FORM_LIFE)) {
        rc = RFL_FORM_OLD;
    }

    if (rc != RFL_OK) {
        rfl_memzero(state, sizeof(rfl_form_state_t));
        return rc;
    }

    /* the clock was set back: what was an age stays one */

    if (state->given > now) {
        state->first -= state->given - now;
        state->given = now;
    }

    return RFL_OK;
}


int
rfl_form_id(rfl_pool_t *pool, const u_char key[RFL_FORM_KEY_SIZE],
    const rfl_submission_t *s, u_char id[RFL_SUBMISSION_ID_SIZE])
{
    int               rc;
    rfl_str_t         cbor;
    rfl_submission_t  sent;

    sent = *s;
    sent.day = 0;
    sent.has_hide = 0;
    rfl_str_null(&sent.lang);

    rc = rfl_submission_encode(pool, &sent, RFL_BOX_CBOR_MAX, &cbor);

    if (rc == RFL_OK) {
        rfl_hash(id, RFL_SUBMISSION_ID_SIZE, key, RFL_FORM_KEY_SIZE,
                 cbor.data, cbor.len, RFL_ID_DOMAIN);
    }

    rfl_memzero(&sent, sizeof(rfl_submission_t));

    return rc;
}


static void
rfl_state_aad(rfl_form_e form, u_char data[sizeof(RFL_STATE_DOMAIN)],
    rfl_str_t *aad)
{
    memcpy(data, RFL_STATE_DOMAIN, sizeof(RFL_STATE_DOMAIN) - 1);
    data[sizeof(RFL_STATE_DOMAIN) - 1] = (u_char) form;

    aad->data = data;
    aad->len = sizeof(RFL_STATE_DOMAIN);
}


/* only we write it, but a key may outlive a version */

static int
rfl_state_read(rfl_pool_t *pool, const u_char *plain, size_t len,
    rfl_form_state_t *state)
{
    int            rc;
    u_char         flags;
    size_t         n;
    const u_char  *p;

    p = plain;

    if (len < RFL_STATE_HEAD || *p++ != RFL_STATE_VERSION) {
        return RFL_DECLINED;
    }

    state->first = (int64_t) rfl_le_get(p, 8);
    p += 8;
    state->given = (int64_t) rfl_le_get(p, 8);
    p += 8;
    state->step = *p++;
    flags = *p++;
    memcpy(state->code, p, RFL_HIDE_CODE_SIZE);
    p += RFL_HIDE_CODE_SIZE;
    n = (size_t) rfl_le_get(p, 4);
    p += 4;

    state->whole = (flags & RFL_STATE_WHOLE) != 0;
    state->sent = (flags & RFL_STATE_SENT) != 0;

    if (n > len - RFL_STATE_HEAD
        || state->first < 0 || state->given < state->first
        || (flags & ~(RFL_STATE_WHOLE | RFL_STATE_SENT)) != 0)
    {
        return RFL_DECLINED;
    }

    rc = rfl_submission_decode(pool, p, n, &state->s);
    if (rc != RFL_OK) {
        return rc;
    }

    if (state->step != RFL_STEP_CHECK
        && state->step >= rfl_forms[state->s.form].nsteps)
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}


int
rfl_entry_token_seal(const u_char key[RFL_FORM_KEY_SIZE],
    const rfl_entry_token_t *token, rfl_buf_t *out)
{
    int        rc;
    u_char    *p;
    size_t     len;
    u_char     plain[RFL_TOKEN_PLAIN];
    rfl_str_t  aad = rfl_string(RFL_TOKEN_DOMAIN);

    if (token->society.len > RFL_ID_MAX || token->name.len > RFL_NAME_BYTES) {
        return RFL_DECLINED;
    }

    memset(plain, 0, sizeof(plain));

    p = plain;
    *p++ = RFL_TOKEN_VERSION;
    p = rfl_le_put(p, (uint64_t) token->given, 8);
    memcpy(p, token->ref, RFL_REF_SIZE);
    p += RFL_REF_SIZE;
    *p++ = (u_char) token->society.len;
    p = rfl_le_put(p, token->name.len, 2);

    if (token->society.len != 0) {
        memcpy(p, token->society.data, token->society.len);
        p += token->society.len;
    }

    if (token->name.len != 0) {
        memcpy(p, token->name.data, token->name.len);
        p += token->name.len;
    }

    len = ((size_t) (p - plain) + RFL_TOKEN_PAD - 1)
          / RFL_TOKEN_PAD * RFL_TOKEN_PAD;

    rc = rfl_sealed_put(key, &aad, plain, len, out);

    rfl_memzero(plain, sizeof(plain));

    return rc;
}


int
rfl_entry_token_open(rfl_pool_t *pool, const u_char key[RFL_FORM_KEY_SIZE],
    int64_t now, const rfl_str_t *text, rfl_entry_token_t *token)
{
    int        rc;
    size_t     len;
    u_char     plain[RFL_TOKEN_PLAIN];
    rfl_str_t  aad = rfl_string(RFL_TOKEN_DOMAIN);

    memset(token, 0, sizeof(rfl_entry_token_t));

    rc = rfl_sealed_get(key, &aad, text, plain, sizeof(plain), &len);

    if (rc == RFL_OK) {
        rc = rfl_token_read(pool, plain, len, token);
    }

    if (rc == RFL_OK && rfl_sealed_old(token->given, now, RFL_ENTRY_LIFE)) {
        rc = RFL_FORM_OLD;
    }

    if (rc != RFL_OK) {
        rfl_memzero(token, sizeof(rfl_entry_token_t));
    }

    rfl_memzero(plain, sizeof(plain));

    return rc;
}


static int
rfl_token_read(rfl_pool_t *pool, const u_char *plain, size_t len,
    rfl_entry_token_t *token)
{
    size_t         society, name;
    const u_char  *p;

    p = plain;

    if (len < RFL_TOKEN_HEAD || *p++ != RFL_TOKEN_VERSION) {
        return RFL_DECLINED;
    }

    token->given = (int64_t) rfl_le_get(p, 8);
    p += 8;
    memcpy(token->ref, p, RFL_REF_SIZE);
    p += RFL_REF_SIZE;
    society = *p++;
    name = (size_t) rfl_le_get(p, 2);
    p += 2;

    if (token->given < 0 || society > RFL_ID_MAX || name > RFL_NAME_BYTES
        || society + name > len - RFL_TOKEN_HEAD)
    {
        return RFL_DECLINED;
    }

    token->society.data = rfl_pstrdup(pool, p, society);
    token->name.data = rfl_pstrdup(pool, p + society, name);

    if (token->society.data == NULL || token->name.data == NULL) {
        return RFL_ERROR;
    }

    token->society.len = society;
    token->name.len = name;

    return RFL_OK;
}


/*
 * What opens is ours, also if it seems to come from the future: then the
 * clock was set back, and nobody shall lose what they typed for that.
 */

static int
rfl_sealed_old(int64_t given, int64_t now, int64_t life)
{
    return now - given > life || given - now > life;
}


static int
rfl_sealed_put(const u_char key[RFL_FORM_KEY_SIZE], const rfl_str_t *aad,
    const u_char *plain, size_t len, rfl_buf_t *out)
{
    u_char  sealed[RFL_SEALED_MAX];
    char    text[sodium_base64_ENCODED_LEN(RFL_SEALED_MAX,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

    if (len > RFL_STATE_MAX) {
        return RFL_DECLINED;
    }

    randombytes_buf(sealed, RFL_SEALED_NONCE);

    (void) crypto_aead_xchacha20poly1305_ietf_encrypt(
                            sealed + RFL_SEALED_NONCE, NULL, plain, len,
                            aad->data, aad->len, NULL, sealed, key);

    sodium_bin2base64(text, sizeof(text), sealed, RFL_SEALED_MORE + len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);

    rfl_buf_append(out, text, strlen(text));

    return out->failed ? RFL_ERROR : RFL_OK;
}


static int
rfl_sealed_get(const u_char key[RFL_FORM_KEY_SIZE], const rfl_str_t *aad,
    const rfl_str_t *text, u_char *plain, size_t size, size_t *len)
{
    u_char  sealed[RFL_SEALED_MAX];
    size_t  n;

    if (text->len == 0
        || sodium_base642bin(sealed, sizeof(sealed),
                             (const char *) text->data, text->len, NULL, &n,
                             NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
           != 0)
    {
        return RFL_DECLINED;
    }

    if (n <= RFL_SEALED_MORE || n - RFL_SEALED_MORE > size) {
        return RFL_DECLINED;
    }

    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL,
                            sealed + RFL_SEALED_NONCE, n - RFL_SEALED_NONCE,
                            aad->data, aad->len, sealed, key)
        != 0)
    {
        return RFL_DECLINED;
    }

    *len = n - RFL_SEALED_MORE;

    return RFL_OK;
}
