
/*
 * Copyright (C) The RFL authors
 *
 * sealed_test.c: sealed with the right key and refused all the same: what an
 * older version wrote, or somebody who has taken a worker's key.  Hidden
 * fields, tokens of entries and the manifest are opened here by what
 * schema/layout.md says of them, altered in one place, and sealed anew.
 */


#include "unit.h"
#include "sealed.h"


#define SEALED_NONCE  crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEALED_TAG    crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEALED_MAX    16384

#define SEALED_EPOCH  17


typedef struct {
    const char  *name;
    size_t       at;
    const char  *bytes;
    size_t       len;
} sealed_case_t;


static void test_states(void);
static void test_tokens(void);
static void test_manifests(void);


int
main(void)
{
    if (!form_init()) {
        return 1;
    }

    randombytes_buf(key, sizeof(key));

    test_states();
    test_tokens();
    test_manifests();

    rfl_pool_destroy(pool);

    return unit_done();
}


/* with some bytes others, under the same key; NULL: as they are */

static void
reseal(rfl_buf_t *sealed, const char *domain, int form,
    const sealed_case_t *c)
{
    size_t   n, len, ad;
    u_char   aad[64];

    static u_char  bytes[SEALED_MAX], plain[SEALED_MAX];
    static char    text[2 * SEALED_MAX];

    ad = strlen(domain);
    memcpy(aad, domain, ad);

    if (form) {
        aad[ad++] = (u_char) form;
    }

    n = 0;

    if (sodium_base642bin(bytes, sizeof(bytes), (char *) sealed->data,
                          sealed->len, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING)
        != 0
        || crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL,
                          bytes + SEALED_NONCE, n - SEALED_NONCE, aad, ad,
                          bytes, key)
           != 0)
    {
        unit_ok(0, "opens as layout.md says");
        return;
    }

    len = n - SEALED_NONCE - SEALED_TAG;
    memcpy(plain + c->at, c->bytes, c->len);

    (void) crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + SEALED_NONCE,
                          NULL, plain, len, aad, ad, NULL, bytes, key);
    (void) sodium_bin2base64(text, sizeof(text), bytes, n,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);

    rfl_buf_reset(sealed);
    rfl_buf_append(sealed, text, strlen(text));
}


static void
test_states(void)
{
    int               rc;
    size_t            i;
    rfl_buf_t         sealed;
    rfl_str_t         text;
    rfl_form_state_t  state, got;

    /* version 1, first 8, given 8, step 1, flags 1, code 10, length 4 */

    static const sealed_case_t  cases[] = {
        { "control: as it was", 0, "\x01", 1 },
        { "of another version", 0, "\x02", 1 },
        { "of no version", 0, "\x00", 1 },
        { "begun before 1970", 8, "\x80", 1 },
        { "given out before it was begun", 9, "\0\0\0\0\0\0\0\0", 8 },
        { "of a step that is none", 17, "\x30", 1 },
        { "with a flag that is none", 18, "\x04", 1 },
        { "with answers of any length", 29, "\xff\xff\xff\xff", 4 },
        { "with answers beyond its end", 29, "\x00\x20\x00\x00", 4 },
        { "without answers", 29, "\0\0\0\0", 4 },
        { "with answers that are none", 33, "\xff", 1 }
    };

    rfl_buf_init(&sealed, 0);
    state = state_of(RFL_FORM_MESSAGE);

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        seal_state(&state, &sealed);
        reseal(&sealed, "rfl.v1.formstate", RFL_FORM_MESSAGE, &cases[i]);

        text.data = sealed.data;
        text.len = sealed.len;

        rc = rfl_form_open(pool, key, RFL_FORM_MESSAGE, ENTRY_NOW, &text,
                           &got);

        unit_int(rc, i == 0 ? RFL_OK : RFL_DECLINED, "S-73: a field %s",
                 cases[i].name);

        if (i != 0) {
            unit_ok(got.first == 0 && got.s.form == 0,
                    "... nothing of it is handed out");
        }
    }

    rfl_buf_free(&sealed);
}


static void
test_tokens(void)
{
    int                rc;
    size_t             i;
    rfl_buf_t          sealed;
    rfl_str_t          text;
    rfl_entry_token_t  token, got;

    /* version 1, given 8, reference 10, lengths of society 1 and name 2 */

    static const sealed_case_t  cases[] = {
        { "control: as it was", 0, "\x01", 1 },
        { "of another version", 0, "\x02", 1 },
        { "given out before 1970", 8, "\x80", 1 },
        { "of a society too long", 19, "\xff", 1 },
        { "of a name too long", 20, "\xff\xff", 2 },
        { "of a name beyond its end", 20, "\xff\x00", 2 }
    };

    rfl_buf_init(&sealed, 0);

    memset(&token, 0, sizeof(token));
    token.given = ENTRY_NOW;
    rfl_str_set(&token.society, "northland");
    rfl_str_set(&token.name, "Amina Halabi");

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rfl_buf_reset(&sealed);
        must(rfl_entry_token_seal(key, &token, &sealed));
        reseal(&sealed, "rfl.v1.entrytoken", 0, &cases[i]);

        text.data = sealed.data;
        text.len = sealed.len;

        rc = rfl_entry_token_open(pool, key, ENTRY_NOW, &text, &got);

        unit_int(rc, i == 0 ? RFL_OK : RFL_DECLINED, "S-73: a token %s",
                 cases[i].name);

        if (i != 0) {
            unit_ok(got.given == 0 && got.name.len == 0,
                    "... nothing of it is handed out");
        }
    }

    rfl_buf_free(&sealed);
}


/* what the desk would not write, sealed by whoever has the epoch's secret */

static void
test_manifests(void)
{
    size_t          i;
    u_char          t[RFL_PRF_SIZE], out[RFL_ELEMENT_SIZE];
    u_char          nonce[12], aad[15 + 8], plain[RFL_ELEMENT_SIZE];
    unsigned        accepted;
    rfl_manifest_t  manifest, got;

    static const struct {
        const char  *name;
        unsigned     cap, complete;
        int          rc;
    } cases[] = {
        { "control: whole", 64, 1, RFL_OK },
        { "control: being built", 64, 0, RFL_OK },
        { "control: the largest cap", RFL_SLOTS_MAX, 1, RFL_OK },
        { "without a cap", 0, 1, RFL_DECLINED },
        { "of a cap beyond all", RFL_SLOTS_MAX + 1, 1, RFL_DECLINED },
        { "more than complete", 64, 2, RFL_DECLINED }
    };

    randombytes_buf(t, sizeof(t));

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        memset(&manifest, 0, sizeof(manifest));
        manifest.as_of = ENTRY_NOW;
        manifest.cap = (uint16_t) cases[i].cap;
        manifest.complete = (uint8_t) cases[i].complete;

        rfl_manifest_seal(t, SEALED_EPOCH, &manifest, out);

        unit_int(rfl_manifest_open(t, SEALED_EPOCH, out, sizeof(out), &got),
                 cases[i].rc, "S-32: a manifest, %s", cases[i].name);
    }

    manifest.complete = 1;
    rfl_manifest_seal(t, SEALED_EPOCH, &manifest, out);

    memset(nonce, 0, sizeof(nonce));
    memcpy(nonce + 3, out, 9);
    memcpy(aad, "rfl.v2.manifest", 15);
    (void) rfl_le_put(aad + 15, SEALED_EPOCH, 8);

    if (crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL, out + 9,
                          sizeof(out) - 9, aad, sizeof(aad), nonce, t + 32)
        != 0)
    {
        unit_ok(0, "a manifest opens as layout.md says");
        return;
    }

    /* as_of 8, entries 4, cap 2, complete 1, zeros */

    for (accepted = 0, i = 15; i < sizeof(out) - 9 - 16; i++) {
        plain[i] = 1;
        (void) crypto_aead_chacha20poly1305_ietf_encrypt(out + 9, NULL,
                          plain, sizeof(out) - 9 - 16, aad, sizeof(aad), NULL,
                          nonce, t + 32);
        plain[i] = 0;

        accepted += (rfl_manifest_open(t, SEALED_EPOCH, out, sizeof(out),
                                       &got)
                     != RFL_DECLINED);
    }

    unit_int(accepted, 0, "S-32: a manifest with something behind it");
}
