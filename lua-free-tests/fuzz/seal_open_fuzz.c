
/*
 * Copyright (C) The RFL authors
 *
 * seal_open_fuzz.c: what index Redis may answer.  As it is, it never opens;
 * sealed by somebody who has the keys, so that the plaintext is what the
 * fuzzer likes, it opens to nothing out of bounds.
 */


#include <sodium.h>

#include "fuzz.h"
#include "rfl_seal.h"


#define FUZZ_EPOCH  7


static void fuzz_element(const u_char *data, size_t size);
static void fuzz_record(const u_char *data, size_t size);
static void fuzz_seal(u_char *out, const u_char *plain, size_t len,
    const char *domain, int blocks, const u_char nonce[12],
    const u_char key[32]);


static u_char  t[RFL_PRF_SIZE] = { 1, 2, 3 };


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rfl_str_t       copy;
    rfl_element_t   element;
    rfl_manifest_t  manifest;

    fuzz_assert(rfl_seal_init(NULL) == RFL_OK);

    copy = fuzz_copy(data, size);

    fuzz_assert(rfl_element_open(t, FUZZ_EPOCH, 0, copy.data, size, &element)
               == RFL_DECLINED);
    fuzz_assert(rfl_manifest_open(t, FUZZ_EPOCH, copy.data, size, &manifest)
               == RFL_DECLINED);

    fuzz_element(copy.data, size);
    fuzz_record(copy.data, size);

    free(copy.data);

    return 0;
}


static void
fuzz_element(const u_char *data, size_t size)
{
    int             rc;
    u_char          plain[RFL_ELEMENT_PLAIN], sealed[RFL_ELEMENT_SIZE];
    u_char          nonce[12];
    rfl_element_t   e;
    rfl_manifest_t  m;

    memset(plain, 0, sizeof(plain));
    memcpy(plain, data, size < sizeof(plain) ? size : sizeof(plain));
    memset(sealed, 9, RFL_NONCE_SIZE);
    memset(nonce, 0, sizeof(nonce));
    memcpy(nonce + 3, sealed, RFL_NONCE_SIZE);

    fuzz_seal(sealed + RFL_NONCE_SIZE, plain, sizeof(plain),
              "rfl.v2.element", -1, nonce, t + 32);

    rc = rfl_element_open(t, FUZZ_EPOCH, 0, sealed, sizeof(sealed), &e);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED);

    if (rc == RFL_OK) {
        fuzz_assert(e.blocks <= RFL_BLOCKS_MAX && e.count <= RFL_SLOTS_MAX);
        fuzz_assert((e.flags & RFL_ELEMENT_OVERFLOW) ? e.blocks == 0
                                                    : e.blocks != 0);
    }

    fuzz_seal(sealed + RFL_NONCE_SIZE, plain, sizeof(plain),
              "rfl.v2.manifest", -1, nonce, t + 32);

    rc = rfl_manifest_open(t, FUZZ_EPOCH, sealed, sizeof(sealed), &m);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED);
    fuzz_assert(rc != RFL_OK || (m.cap != 0 && m.cap <= RFL_SLOTS_MAX));
}


static void
fuzz_record(const u_char *data, size_t size)
{
    int             rc;
    size_t          n, len;
    u_char         *plain, *sealed, nonce[12], block[RFL_BLOCK_PLAIN];
    unsigned        i;
    rfl_element_t   e;
    const u_char   *blocks[RFL_BLOCKS_MAX];

    memset(&e, 0, sizeof(e));
    memset(nonce, 0, sizeof(nonce));
    memset(e.key, 8, sizeof(e.key));

    e.blocks = (uint8_t) (size / RFL_BLOCK_PLAIN + 1);

    if (e.blocks > RFL_BLOCKS_MAX) {
        return;
    }

    sealed = malloc((size_t) e.blocks * RFL_BLOCK_SIZE);
    plain = malloc((size_t) e.blocks * RFL_BLOCK_PLAIN);
    fuzz_assert(sealed != NULL && plain != NULL);

    for (i = 0; i < e.blocks; i++) {

        n = size - i * RFL_BLOCK_PLAIN;
        n = (n < RFL_BLOCK_PLAIN) ? n : RFL_BLOCK_PLAIN;

        memset(block, 0, sizeof(block));
        memcpy(block, data + i * RFL_BLOCK_PLAIN, n);

        blocks[i] = sealed + i * RFL_BLOCK_SIZE;
        nonce[0] = (u_char) i;

        fuzz_seal(sealed + i * RFL_BLOCK_SIZE, block, sizeof(block),
                  "rfl.v2.block", e.blocks, nonce, e.key);
    }

    rc = rfl_record_open(&e, FUZZ_EPOCH, blocks, plain, &len);
    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED);

    /* what opens is exactly what would be sealed */

    if (rc == RFL_OK) {
        fuzz_assert(len <= RFL_RECORD_MAX);
        fuzz_assert((len + 2 + RFL_BLOCK_PLAIN - 1) / RFL_BLOCK_PLAIN
                   == e.blocks);
        fuzz_assert(size < 2 || memcmp(plain, data + 2,
                                      len < size - 2 ? len : size - 2)
                               == 0);
    }

    free(sealed);
    free(plain);
}


static void
fuzz_seal(u_char *out, const u_char *plain, size_t len, const char *domain,
    int blocks, const u_char nonce[12], const u_char key[32])
{
    size_t  n;
    u_char  aad[64];

    n = strlen(domain);
    memset(aad, 0, sizeof(aad));
    memcpy(aad, domain, n);
    aad[n] = FUZZ_EPOCH;
    n += 8;

    if (blocks >= 0) {
        aad[n++] = (u_char) blocks;
    }

    (void) crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, plain, len,
                           aad, n, NULL, nonce, key);
}
