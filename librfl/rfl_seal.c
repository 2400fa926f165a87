
/*
 * Copyright (C) The RFL authors
 *
 * rfl_seal.c: labels, sealed elements and records, and approvals, as
 * schema/layout.md describes them.  Called by the desk to write, by rfl-keyd
 * to answer, by the worker to open.  Owns nothing; what it computes on its
 * own stack is wiped.
 */


#include "rfl_seal.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>


#define RFL_ELEMENT_DOMAIN  "rfl.v2.element"
#define RFL_MANIFEST_DOMAIN "rfl.v2.manifest"
#define RFL_BLOCK_DOMAIN    "rfl.v2.block"
#define RFL_SIGN_DOMAIN     "rfl.v1.approval"

/* domain, epoch, and the number of blocks for a block */
#define RFL_AAD_MAX         (sizeof(RFL_MANIFEST_DOMAIN) - 1 + 8 + 1)

/* the longest secret and what is hashed with it */
#define RFL_TAKE_MAX        (RFL_SECRET_SIZE + RFL_KEY_SIZE)
#define RFL_TAKE_BLOCK      128

#define RFL_SIGN_HEAD       (sizeof(RFL_SIGN_DOMAIN) - 1 + 4)

/* T: the label of slot 0, a key to name the others, a key to open them all */
#define RFL_PRF_NAME        RFL_LABEL_SIZE
#define RFL_PRF_OPEN        (RFL_PRF_SIZE / 2)

/* that come out of one hash */
#define RFL_LABELS          (RFL_PRF_SIZE / RFL_LABEL_SIZE)

/* the nonce of the cipher: the slot, which is not stored, and what is random */
#define RFL_SLOT_SIZE       3
#define RFL_NONCE           crypto_aead_chacha20poly1305_ietf_NPUBBYTES

_Static_assert(RFL_SLOT_SIZE + RFL_NONCE_SIZE == RFL_NONCE, "a whole nonce");
_Static_assert(RFL_TAKE_MAX <= RFL_TAKE_BLOCK, "one block of BLAKE2b");


typedef struct {
    size_t  len;
    u_char  data[RFL_AAD_MAX];
} rfl_aad_t;


static void rfl_seal_take(u_char out[RFL_PRF_SIZE], const u_char *secret,
    size_t secret_size, const u_char *data, size_t len, const char *personal);
static void rfl_aad(rfl_aad_t *aad, const char *domain, uint64_t epoch);
static void rfl_slot_seal(const u_char t[RFL_PRF_SIZE], unsigned slot,
    const rfl_aad_t *aad, const u_char plain[RFL_ELEMENT_PLAIN],
    const u_char nonce[RFL_NONCE_SIZE], u_char out[RFL_ELEMENT_SIZE]);
static int rfl_slot_open(const u_char t[RFL_PRF_SIZE], unsigned slot,
    const rfl_aad_t *aad, const u_char *data, size_t len,
    u_char plain[RFL_ELEMENT_PLAIN]);
static void rfl_slot_nonce(unsigned slot, const u_char random[RFL_NONCE_SIZE],
    u_char nonce[RFL_NONCE]);
static void rfl_block_aad(rfl_aad_t *aad, uint64_t epoch, unsigned blocks);
static unsigned rfl_record_blocks(size_t len);
static size_t rfl_approval_message(int32_t day, const u_char *fields,
    size_t len, u_char *message);


/* padding, of which there is less than a block */
static const u_char  rfl_zeros[RFL_BLOCK_PLAIN];


int
rfl_seal_init(rfl_err_t *err)
{
    if (sodium_init() == -1) {
        return rfl_err(err, 0, "libsodium cannot be initialised, check that "
                       "/dev/urandom or getrandom() is available");
    }

    return RFL_OK;
}


int
rfl_epoch_usable(uint64_t id, int64_t start, int64_t end, int64_t now)
{
    if (id == 0 || start < 0 || end <= start
        || end - start > RFL_EPOCH_LIFE_MAX)
    {
        return RFL_DECLINED;
    }

    if (now < start - RFL_EPOCH_SKEW || now >= end) {
        return RFL_DECLINED;
    }

    return RFL_OK;
}


void
rfl_epoch_name(uint64_t id, rfl_epoch_name_t *name)
{
    name->len = (size_t) snprintf(name->data, sizeof(name->data),
                                  "e:%" PRIu64, id);
}


void
rfl_prf(const u_char secret[RFL_SECRET_SIZE], const rfl_key_t *key,
    u_char t[RFL_PRF_SIZE])
{
    rfl_seal_take(t, secret, RFL_SECRET_SIZE, key->data, key->len,
                  "rfl.v3.prf------");
}


void
rfl_label(const u_char t[RFL_PRF_SIZE], unsigned slot,
    u_char label[RFL_LABEL_SIZE])
{
    u_char  one[1][RFL_LABEL_SIZE];

    rfl_label_row(t, slot, 1, one);
    memcpy(label, one[0], RFL_LABEL_SIZE);
}


void
rfl_label_row(const u_char t[RFL_PRF_SIZE], unsigned slot, unsigned n,
    u_char (*labels)[RFL_LABEL_SIZE])
{
    u_char    number[2], hash[RFL_PRF_SIZE];
    unsigned  i, at;

    for (i = 0; i < n; i++, slot++) {

        if (slot == 0) {
            memcpy(labels[i], t, RFL_LABEL_SIZE);
            continue;
        }

        at = (slot - 1) % RFL_LABELS;

        if (i == 0 || at == 0) {
            (void) rfl_le_put(number, (slot - 1) / RFL_LABELS, 2);

            rfl_seal_take(hash, t + RFL_PRF_NAME,
                          RFL_PRF_OPEN - RFL_PRF_NAME, number, 2,
                          "rfl.v3.label----");
        }

        memcpy(labels[i], hash + at * RFL_LABEL_SIZE, RFL_LABEL_SIZE);
    }
}


void
rfl_element_seal(const u_char t[RFL_PRF_SIZE], uint64_t epoch, unsigned slot,
    const rfl_element_t *element, u_char out[RFL_ELEMENT_SIZE])
{
    u_char  nonce[RFL_NONCE_SIZE];

    randombytes_buf(nonce, sizeof(nonce));

    rfl_element_seal_nonce(t, epoch, slot, element, nonce, out);
}


void
rfl_element_seal_nonce(const u_char t[RFL_PRF_SIZE], uint64_t epoch,
    unsigned slot, const rfl_element_t *element,
    const u_char nonce[RFL_NONCE_SIZE], u_char out[RFL_ELEMENT_SIZE])
{
    u_char     *p;
    u_char      plain[RFL_ELEMENT_PLAIN];
    rfl_aad_t   aad;

    p = plain;
    memcpy(p, element->key, RFL_RECORD_KEY_SIZE);
    p += RFL_RECORD_KEY_SIZE;
    memcpy(p, element->hint, RFL_HINT_SIZE);
    p += RFL_HINT_SIZE;
    p = rfl_le_put(p, element->count, 2);
    *p = (element->flags & RFL_ELEMENT_OVERFLOW) ? 0 : element->blocks;

    rfl_aad(&aad, RFL_ELEMENT_DOMAIN, epoch);
    rfl_slot_seal(t, slot, &aad, plain, nonce, out);

    rfl_memzero(plain, sizeof(plain));
}


int
rfl_element_open(const u_char t[RFL_PRF_SIZE], uint64_t epoch, unsigned slot,
    const u_char *data, size_t len, rfl_element_t *element)
{
    u_char     *p;
    u_char      plain[RFL_ELEMENT_PLAIN];
    rfl_aad_t   aad;

    rfl_aad(&aad, RFL_ELEMENT_DOMAIN, epoch);

    if (rfl_slot_open(t, slot, &aad, data, len, plain) != RFL_OK) {
        return RFL_DECLINED;
    }

    p = plain;
    memcpy(element->key, p, RFL_RECORD_KEY_SIZE);
    p += RFL_RECORD_KEY_SIZE;
    memcpy(element->hint, p, RFL_HINT_SIZE);
    p += RFL_HINT_SIZE;
    element->count = (uint16_t) rfl_le_get(p, 2);
    element->blocks = p[2];
    element->flags = (element->blocks == 0) ? RFL_ELEMENT_OVERFLOW : 0;

    rfl_memzero(plain, sizeof(plain));

    /* the desk writes nothing else, but what it writes is not trusted */

    if (element->count > RFL_SLOTS_MAX
        || element->blocks > RFL_BLOCKS_MAX
        || (element->blocks == 0 && (element->count != 0 || slot != 0)))
    {
        rfl_memzero(element, sizeof(rfl_element_t));
        return RFL_DECLINED;
    }

    return RFL_OK;
}


void
rfl_manifest_seal(const u_char t[RFL_PRF_SIZE], uint64_t epoch,
    const rfl_manifest_t *manifest, u_char out[RFL_ELEMENT_SIZE])
{
    u_char     *p;
    u_char      plain[RFL_ELEMENT_PLAIN], nonce[RFL_NONCE_SIZE];
    rfl_aad_t   aad;

    randombytes_buf(nonce, sizeof(nonce));
    memset(plain, 0, sizeof(plain));

    p = rfl_le_put(plain, (uint64_t) manifest->as_of, 8);
    p = rfl_le_put(p, manifest->entries, 4);
    p = rfl_le_put(p, manifest->cap, 2);
    *p = manifest->complete;

    rfl_aad(&aad, RFL_MANIFEST_DOMAIN, epoch);
    rfl_slot_seal(t, 0, &aad, plain, nonce, out);
}


int
rfl_manifest_open(const u_char t[RFL_PRF_SIZE], uint64_t epoch,
    const u_char *data, size_t len, rfl_manifest_t *manifest)
{
    u_char     plain[RFL_ELEMENT_PLAIN];
    rfl_aad_t  aad;

    rfl_aad(&aad, RFL_MANIFEST_DOMAIN, epoch);

    if (rfl_slot_open(t, 0, &aad, data, len, plain) != RFL_OK) {
        return RFL_DECLINED;
    }

    manifest->as_of = (int64_t) rfl_le_get(plain, 8);
    manifest->entries = (uint32_t) rfl_le_get(plain + 8, 4);
    manifest->cap = (uint16_t) rfl_le_get(plain + 12, 2);
    manifest->complete = plain[14];

    if (manifest->cap == 0 || manifest->cap > RFL_SLOTS_MAX
        || manifest->complete > 1
        || !sodium_is_zero(plain + 15, sizeof(plain) - 15))
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}


int
rfl_record_id(const u_char secret[RFL_SECRET_SIZE], const u_char *plain,
    size_t len, rfl_record_id_t *rid)
{
    size_t                            pad;
    u_char                            head[2];
    u_char                            content[32];
    unsigned                          i;
    crypto_generichash_blake2b_state  state;

    memset(rid, 0, sizeof(rfl_record_id_t));

    if (len > RFL_RECORD_MAX) {
        return RFL_DECLINED;
    }

    rid->blocks = rfl_record_blocks(len);
    pad = rid->blocks * RFL_BLOCK_PLAIN - 2 - len;

    (void) rfl_le_put(head, len, 2);

    (void) crypto_generichash_blake2b_init_salt_personal(&state, NULL, 0,
                           sizeof(content), NULL,
                           (const u_char *) "rfl.v1.content--");
    (void) crypto_generichash_blake2b_update(&state, head, 2);
    (void) crypto_generichash_blake2b_update(&state, plain, len);
    (void) crypto_generichash_blake2b_update(&state, rfl_zeros, pad);
    (void) crypto_generichash_blake2b_final(&state, content, sizeof(content));

    rfl_hash(rid->key, RFL_RECORD_KEY_SIZE, secret, RFL_SECRET_SIZE,
             content, sizeof(content), "rfl.v1.record---");

    for (i = 0; i < rid->blocks; i++) {
        rfl_record_block_id(rid->key, i, rid->id[i]);
    }

    rfl_memzero(&state, sizeof(state));
    rfl_memzero(content, sizeof(content));

    return RFL_OK;
}


void
rfl_record_block_id(const u_char key[RFL_RECORD_KEY_SIZE], unsigned i,
    u_char id[RFL_LABEL_SIZE])
{
    u_char  number;

    number = (u_char) i;

    rfl_hash(id, RFL_LABEL_SIZE, key, RFL_RECORD_KEY_SIZE, &number, 1,
             "rfl.v1.block----");
}


void
rfl_record_seal(const rfl_record_id_t *rid, uint64_t epoch,
    const u_char *plain, size_t len, u_char *out)
{
    unsigned  i;

    for (i = 0; i < rid->blocks; i++) {
        rfl_record_seal_block(rid->key, i, rid->blocks, epoch, plain, len,
                              out);
        out += RFL_BLOCK_SIZE;
    }
}


void
rfl_record_seal_block(const u_char key[RFL_RECORD_KEY_SIZE], unsigned i,
    unsigned blocks, uint64_t epoch, const u_char *plain, size_t len,
    u_char out[RFL_BLOCK_SIZE])
{
    size_t      n, room, start;
    u_char     *p;
    u_char      block[RFL_BLOCK_PLAIN];
    u_char      nonce[RFL_NONCE];
    rfl_aad_t   aad;

    memset(nonce, 0, sizeof(nonce));
    memset(block, 0, sizeof(block));

    /* the length, 2 bytes, comes before the first byte of block 0 */

    p = block;
    room = RFL_BLOCK_PLAIN;
    start = i * RFL_BLOCK_PLAIN - 2;

    if (i == 0) {
        p = rfl_le_put(p, len, 2);
        room -= 2;
        start = 0;
    }

    if (start < len) {
        n = (len - start < room) ? len - start : room;
        memcpy(p, plain + start, n);
    }

    nonce[0] = (u_char) i;

    rfl_block_aad(&aad, epoch, blocks);

    (void) crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, block,
                           RFL_BLOCK_PLAIN, aad.data, aad.len, NULL, nonce,
                           key);

    rfl_memzero(block, sizeof(block));
}


int
rfl_record_open(const rfl_element_t *element, uint64_t epoch,
    const u_char *const *data, u_char *plain, size_t *len)
{
    size_t     size;
    u_char    *p;
    u_char     nonce[RFL_NONCE];
    unsigned   i;
    rfl_aad_t  aad;

    *len = 0;

    if (element->blocks == 0 || element->blocks > RFL_BLOCKS_MAX) {
        return RFL_DECLINED;
    }

    size = (size_t) element->blocks * RFL_BLOCK_PLAIN;
    p = plain;
    memset(nonce, 0, sizeof(nonce));

    rfl_block_aad(&aad, epoch, element->blocks);

    for (i = 0; i < element->blocks; i++) {

        nonce[0] = (u_char) i;

        if (crypto_aead_chacha20poly1305_ietf_decrypt(p, NULL, NULL,
                           data[i], RFL_BLOCK_SIZE, aad.data, aad.len,
                           nonce, element->key)
            != 0)
        {
            goto failed;
        }

        p += RFL_BLOCK_PLAIN;
    }

    *len = (size_t) rfl_le_get(plain, 2);

    /* one content has one form: no spare block, nothing in the padding */

    if (*len > RFL_RECORD_MAX
        || rfl_record_blocks(*len) != element->blocks
        || memcmp(plain + 2 + *len, rfl_zeros, size - 2 - *len) != 0)
    {
        goto failed;
    }

    memmove(plain, plain + 2, *len);
    rfl_memzero(plain + *len, size - *len);

    return RFL_OK;

failed:

    *len = 0;
    rfl_memzero(plain, size);

    return RFL_DECLINED;
}


void
rfl_key_id(const u_char pk[RFL_SIGN_PUBLIC_SIZE], u_char id[RFL_KEY_ID_SIZE])
{
    u_char  hash[crypto_generichash_blake2b_BYTES_MIN];

    /* libsodium promises nothing shorter than 128 bits */

    rfl_hash(hash, sizeof(hash), NULL, 0, pk, RFL_SIGN_PUBLIC_SIZE,
             "rfl.v1.keyid----");
    memcpy(id, hash, RFL_KEY_ID_SIZE);
}


int
rfl_approval_sign(const u_char sk[RFL_SIGN_SECRET_SIZE], int32_t day,
    const u_char *fields, size_t len, u_char sig[RFL_SIGN_SIZE])
{
    size_t  size;
    u_char  message[RFL_SIGN_HEAD + RFL_RECORD_MAX];

    if (len > RFL_RECORD_MAX) {
        return RFL_DECLINED;
    }

    size = rfl_approval_message(day, fields, len, message);

    (void) crypto_sign_detached(sig, NULL, message, size, sk);

    rfl_memzero(message, size);

    return RFL_OK;
}


int
rfl_approval_verify(const u_char pk[RFL_SIGN_PUBLIC_SIZE], int32_t day,
    const u_char *fields, size_t len, const u_char sig[RFL_SIGN_SIZE])
{
    int     rc;
    size_t  size;
    u_char  message[RFL_SIGN_HEAD + RFL_RECORD_MAX];

    if (len > RFL_RECORD_MAX) {
        return RFL_DECLINED;
    }

    size = rfl_approval_message(day, fields, len, message);

    rc = crypto_sign_verify_detached(sig, message, size, pk);

    rfl_memzero(message, size);

    return (rc == 0) ? RFL_OK : RFL_DECLINED;
}


static size_t
rfl_approval_message(int32_t day, const u_char *fields, size_t len,
    u_char *message)
{
    u_char  *p;

    p = message;
    memcpy(p, RFL_SIGN_DOMAIN, sizeof(RFL_SIGN_DOMAIN) - 1);
    p += sizeof(RFL_SIGN_DOMAIN) - 1;
    p = rfl_le_put(p, (uint32_t) day, 4);

    if (len != 0) {
        memcpy(p, fields, len);
    }

    return RFL_SIGN_HEAD + len;
}


void
rfl_hash(u_char *out, size_t size, const u_char *key, size_t key_size,
    const u_char *data, size_t len, const char *personal)
{
    (void) crypto_generichash_blake2b_salt_personal(out, size, data, len,
                           key, key_size, NULL, (const u_char *) personal);
}


/*
 * The secret, whose size the domain tells, is hashed before the data and not
 * as BLAKE2's key, which takes a block for itself: twice the time for what
 * fits one block, and most of what rfl-keyd computes.  BLAKE2b is no hash
 * that could be continued from its result.
 */

static void
rfl_seal_take(u_char out[RFL_PRF_SIZE], const u_char *secret,
    size_t secret_size, const u_char *data, size_t len, const char *personal)
{
    u_char  message[RFL_TAKE_MAX];

    memcpy(message, secret, secret_size);
    memcpy(message + secret_size, data, len);

    rfl_hash(out, RFL_PRF_SIZE, NULL, 0, message, secret_size + len, personal);

    rfl_memzero(message, secret_size + len);
}


static void
rfl_aad(rfl_aad_t *aad, const char *domain, uint64_t epoch)
{
    size_t  len;

    len = strlen(domain);

    memcpy(aad->data, domain, len);
    (void) rfl_le_put(aad->data + len, epoch, 8);

    aad->len = len + 8;
}


static void
rfl_slot_seal(const u_char t[RFL_PRF_SIZE], unsigned slot,
    const rfl_aad_t *aad, const u_char plain[RFL_ELEMENT_PLAIN],
    const u_char nonce[RFL_NONCE_SIZE], u_char out[RFL_ELEMENT_SIZE])
{
    u_char  whole[RFL_NONCE];

    rfl_slot_nonce(slot, nonce, whole);

    memcpy(out, nonce, RFL_NONCE_SIZE);

    (void) crypto_aead_chacha20poly1305_ietf_encrypt(out + RFL_NONCE_SIZE,
                           NULL, plain, RFL_ELEMENT_PLAIN, aad->data,
                           aad->len, NULL, whole, t + RFL_PRF_OPEN);
}


static int
rfl_slot_open(const u_char t[RFL_PRF_SIZE], unsigned slot,
    const rfl_aad_t *aad, const u_char *data, size_t len,
    u_char plain[RFL_ELEMENT_PLAIN])
{
    u_char  whole[RFL_NONCE];

    if (len != RFL_ELEMENT_SIZE) {
        return RFL_DECLINED;
    }

    rfl_slot_nonce(slot, data, whole);

    if (crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL,
                           data + RFL_NONCE_SIZE,
                           RFL_ELEMENT_SIZE - RFL_NONCE_SIZE, aad->data,
                           aad->len, whole, t + RFL_PRF_OPEN)
        != 0)
    {
        return RFL_DECLINED;
    }

    return RFL_OK;
}


/* two slots of a list never share one, whatever is drawn */

static void
rfl_slot_nonce(unsigned slot, const u_char random[RFL_NONCE_SIZE],
    u_char nonce[RFL_NONCE])
{
    u_char  *p;

    p = rfl_le_put(nonce, slot, RFL_SLOT_SIZE);
    memcpy(p, random, RFL_NONCE_SIZE);
}


static void
rfl_block_aad(rfl_aad_t *aad, uint64_t epoch, unsigned blocks)
{
    rfl_aad(aad, RFL_BLOCK_DOMAIN, epoch);

    aad->data[aad->len++] = (u_char) blocks;
}


static unsigned
rfl_record_blocks(size_t len)
{
    return (unsigned) ((len + 2 + RFL_BLOCK_PLAIN - 1) / RFL_BLOCK_PLAIN);
}
