
/*
 * Copyright (C) The RFL authors
 *
 * box_fail_test.c: a crypto_box_seal() that fails, and leaves the plaintext
 * where the box should be (S-56): nothing of it gets out.  It stands in the
 * place of libsodium's for this program only.
 */


#include "unit.h"
#include "rfl_box.h"

#include <sodium.h>


static unsigned  called;


int
crypto_box_seal(unsigned char *c, const unsigned char *m,
    unsigned long long mlen, const unsigned char *pk)
{
    called++;
    memcpy(c, m, (size_t) mlen);

    return -1;
}


int
main(void)
{
    u_char               pk[RFL_BOX_PUBLIC_SIZE], sk[RFL_BOX_SECRET_SIZE];
    static u_char        out[RFL_BOX_SIZE];
    static const u_char  zeros[RFL_BOX_SIZE];
    static const char    secret[] = "Amina Hassan, 0912 345 678";

    if (rfl_seal_init(NULL) != RFL_OK) {
        printf("Bail out! no libsodium\n");
        return 1;
    }

    (void) crypto_box_keypair(pk, sk);
    memset(out, 0xaa, sizeof(out));

    unit_int(rfl_box_seal(pk, (const u_char *) secret, sizeof(secret), out),
             RFL_ERROR, "sealing fails");
    unit_int(called, 1, "control: in our crypto_box_seal()");
    unit_ok(memcmp(out, zeros, sizeof(out)) == 0,
            "and leaves nothing in the box");

    return unit_done();
}
