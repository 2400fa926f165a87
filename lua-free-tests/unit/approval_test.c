
/*
 * Copyright (C) The RFL authors
 *
 * approval_test.c: signatures that must not count as an approval (S-37).
 */


#include <sodium.h>

#include "rfl_seal.h"
#include "unit.h"


static void test_signature(void);
static void test_small_order(void);


static const u_char  fields[] = "exactly these bytes";


int
main(void)
{
    rfl_err_t  err;

    unit_int(rfl_seal_init(&err), RFL_OK, "libsodium starts");

    test_signature();
    test_small_order();

    return unit_done();
}


static void
add_order(u_char s[32])
{
    unsigned             i, carry;

    /* 2^252 + 27742317777372353535851937790883648493, little-endian */

    static const u_char  order[32] = {
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,
        0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10
    };

    carry = 0;

    for (i = 0; i < 32; i++) {
        carry += (unsigned) s[i] + order[i];
        s[i] = (u_char) carry;
        carry >>= 8;
    }
}


static void
test_signature(void)
{
    u_char    pk[RFL_SIGN_PUBLIC_SIZE], sk[RFL_SIGN_SECRET_SIZE];
    u_char    sig[RFL_SIGN_SIZE], bad[RFL_SIGN_SIZE];
    u_char    point[32], other[32];
    size_t    i;
    unsigned  verified;

    (void) crypto_sign_keypair(pk, sk);

    unit_int(rfl_approval_sign(sk, 20779, fields, sizeof(fields), sig),
             RFL_OK, "approval: signed");
    unit_int(rfl_approval_verify(pk, 20779, fields, sizeof(fields), sig),
             RFL_OK, "approval: control: verifies");

    verified = 0;

    for (i = 0; i < RFL_SIGN_SIZE * 8; i++) {
        memcpy(bad, sig, RFL_SIGN_SIZE);
        bad[i / 8] ^= (u_char) (1 << (i % 8));
        verified += (rfl_approval_verify(pk, 20779, fields, sizeof(fields),
                                         bad)
                     != RFL_DECLINED);
    }

    unit_int(verified, 0, "approval: no flipped bit verifies");

    unit_int(rfl_approval_verify(pk, 20779, fields, sizeof(fields) - 1, sig),
             RFL_DECLINED, "approval: one byte less");

    /*
     * S + L gives the same point, hence a second signature of the same
     * bytes: without the check of S it would verify.
     */

    memcpy(bad, sig, RFL_SIGN_SIZE);
    add_order(bad + 32);

    (void) crypto_scalarmult_ed25519_base_noclamp(point, sig + 32);
    (void) crypto_scalarmult_ed25519_base_noclamp(other, bad + 32);
    unit_ok(memcmp(point, other, sizeof(point)) == 0
            && memcmp(sig, bad, RFL_SIGN_SIZE) != 0,
            "approval: control: S + L is the same point");
    unit_int(rfl_approval_verify(pk, 20779, fields, sizeof(fields), bad),
             RFL_DECLINED, "approval: S not below the order");

    unit_int(rfl_approval_verify(pk, 20779, fields, RFL_RECORD_MAX + 1, sig),
             RFL_DECLINED, "approval: longer than any record");
    unit_int(rfl_approval_sign(sk, 20779, fields, RFL_RECORD_MAX + 1, bad),
             RFL_DECLINED, "approval: nor is it signed");
}


/*
 * Under a public key A of small order, R = S B is a signature of every message
 * whose hash h is a multiple of 8, since then h A is nothing: anybody could
 * "sign".  Over 64 days there is always such a message (the control computes
 * h), and it is refused all the same.
 */

static unsigned
hash_multiple(const u_char sig[RFL_SIGN_SIZE], const u_char pk[32],
    int32_t day)
{
    u_char                    h[64], scalar[32], message[19];
    crypto_hash_sha512_state  state;

    memset(message, 0, sizeof(message));
    memcpy(message, "rfl.v1.approval", 15);
    message[15] = (u_char) day;

    (void) crypto_hash_sha512_init(&state);
    (void) crypto_hash_sha512_update(&state, sig, 32);
    (void) crypto_hash_sha512_update(&state, pk, 32);
    (void) crypto_hash_sha512_update(&state, message, sizeof(message));
    (void) crypto_hash_sha512_update(&state, fields, sizeof(fields));
    (void) crypto_hash_sha512_final(&state, h);

    crypto_core_ed25519_scalar_reduce(scalar, h);

    return (scalar[0] & 7) == 0;
}


static void
test_small_order(void)
{
    u_char    pk[RFL_SIGN_PUBLIC_SIZE], sig[RFL_SIGN_SIZE];
    size_t    i;
    int32_t   day;
    unsigned  forged, verified;

    /* points whose order divides 8, in every encoding that decodes */

    static const char *const  small[] = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    };

    memset(sig, 0, sizeof(sig));
    sig[32] = 1;
    (void) crypto_scalarmult_ed25519_base_noclamp(sig, sig + 32);

    for (i = 0; i < sizeof(small) / sizeof(small[0]); i++) {

        (void) sodium_hex2bin(pk, sizeof(pk), small[i], 64, NULL, NULL, NULL);

        forged = 0;
        verified = 0;

        for (day = 0; day < 64; day++) {
            forged += hash_multiple(sig, pk, day);
            verified += (rfl_approval_verify(pk, day, fields, sizeof(fields),
                                             sig)
                         != RFL_DECLINED);
        }

        unit_ok(forged > 0 && verified == 0,
                "approval: key of small order %zu: %u forgeries, %u verify", i,
                forged, verified);
    }
}
