
/*
 * Copyright (C) The RFL authors
 *
 * rfl_box.c: the keys that visitors' submissions are sealed to, and the box.
 * Sealed by the worker, which cannot open it; signed and opened at the desk.
 * Owns nothing; what it copies is wiped.
 */


#include "rfl_box.h"
#include "rfl_json.h"

#include <sodium.h>
#include <stdio.h>


#define RFL_BOX_KEY_DOMAIN  "rfl.v1.inboxkey"

/* domain, length and id, key, two days */
#define RFL_BOX_KEY_MESSAGE                                                  \
    (sizeof(RFL_BOX_KEY_DOMAIN) - 1 + 1 + RFL_ID_MAX + RFL_BOX_PUBLIC_SIZE   \
     + 4 + 4)

#define RFL_BOX_HEAD        (1 + RFL_KEY_ID_SIZE)
#define RFL_BOX_SEALED      (RFL_BOX_PLAIN + crypto_box_SEALBYTES)


static int rfl_box_key_message(const rfl_str_t *society,
    const u_char pk[RFL_BOX_PUBLIC_SIZE], int32_t not_before,
    int32_t not_after, u_char message[RFL_BOX_KEY_MESSAGE], size_t *len);


int
rfl_box_key_sign(const u_char root[RFL_SIGN_SECRET_SIZE],
    const rfl_str_t *society, const u_char pk[RFL_BOX_PUBLIC_SIZE],
    int32_t not_before, int32_t not_after, u_char sig[RFL_SIGN_SIZE])
{
    size_t  len;
    u_char  message[RFL_BOX_KEY_MESSAGE];

    if (rfl_box_key_message(society, pk, not_before, not_after, message, &len)
        != RFL_OK)
    {
        return RFL_DECLINED;
    }

    (void) crypto_sign_detached(sig, NULL, message, len, root);

    return RFL_OK;
}


int
rfl_box_key_verify(const u_char root[RFL_SIGN_PUBLIC_SIZE],
    const rfl_str_t *society, const u_char pk[RFL_BOX_PUBLIC_SIZE],
    int32_t not_before, int32_t not_after, const u_char sig[RFL_SIGN_SIZE])
{
    size_t  len;
    u_char  message[RFL_BOX_KEY_MESSAGE];

    if (rfl_box_key_message(society, pk, not_before, not_after, message, &len)
        != RFL_OK)
    {
        return RFL_DECLINED;
    }

    return (crypto_sign_verify_detached(sig, message, len, root) == 0)
           ? RFL_OK : RFL_DECLINED;
}


static int
rfl_box_key_message(const rfl_str_t *society,
    const u_char pk[RFL_BOX_PUBLIC_SIZE], int32_t not_before,
    int32_t not_after, u_char message[RFL_BOX_KEY_MESSAGE], size_t *len)
{
    u_char  *p;

    if (!rfl_id_valid(society->data, society->len)
        || not_before < 0 || not_after < not_before
        || not_after - not_before > RFL_BOX_KEY_DAYS)
    {
        return RFL_DECLINED;
    }

    p = message;
    memcpy(p, RFL_BOX_KEY_DOMAIN, sizeof(RFL_BOX_KEY_DOMAIN) - 1);
    p += sizeof(RFL_BOX_KEY_DOMAIN) - 1;
    *p++ = (u_char) society->len;
    memcpy(p, society->data, society->len);
    p += society->len;
    memcpy(p, pk, RFL_BOX_PUBLIC_SIZE);
    p += RFL_BOX_PUBLIC_SIZE;
    p = rfl_le_put(p, (uint32_t) not_before, 4);
    p = rfl_le_put(p, (uint32_t) not_after, 4);

    *len = (size_t) (p - message);

    return RFL_OK;
}


void
rfl_box_key_id(const u_char pk[RFL_BOX_PUBLIC_SIZE],
    u_char id[RFL_KEY_ID_SIZE])
{
    u_char  hash[crypto_generichash_blake2b_BYTES_MIN];

    rfl_hash(hash, sizeof(hash), NULL, 0, pk, RFL_BOX_PUBLIC_SIZE,
             "rfl.v1.boxkeyid-");
    memcpy(id, hash, RFL_KEY_ID_SIZE);
}


const rfl_inbox_key_t *
rfl_box_key(const rfl_society_t *society, int32_t day)
{
    unsigned                i;
    const rfl_inbox_key_t  *key, *found;

    /* a society that may not publish any more gets nothing either */

    if (day < society->not_before || day > society->not_after) {
        return NULL;
    }

    found = NULL;

    for (i = 0; i < society->ninbox; i++) {
        key = &society->inbox[i];

        if (key->retired || day < key->not_before || day > key->not_after) {
            continue;
        }

        if (found == NULL || key->not_before > found->not_before) {
            found = key;
        }
    }

    return found;
}


int
rfl_box_seal(const u_char pk[RFL_BOX_PUBLIC_SIZE], const u_char *cbor,
    size_t len, u_char out[RFL_BOX_SIZE])
{
    int     rc;
    u_char  plain[RFL_BOX_PLAIN];

    memset(out, 0, RFL_BOX_SIZE);

    if (len == 0 || len > RFL_BOX_CBOR_MAX) {
        return RFL_ERROR;
    }

    memset(plain, 0, sizeof(plain));
    memcpy(rfl_le_put(plain, len, 4), cbor, len);

    rc = crypto_box_seal(out + RFL_BOX_HEAD, plain, sizeof(plain), pk);

    rfl_memzero(plain, sizeof(plain));

    if (rc != 0) {
        rfl_memzero(out, RFL_BOX_SIZE);
        return RFL_ERROR;
    }

    out[0] = RFL_BOX_VERSION;
    rfl_box_key_id(pk, out + 1);

    return RFL_OK;
}


int
rfl_box_id(const u_char *data, size_t len, u_char id[RFL_KEY_ID_SIZE])
{
    if (len != RFL_BOX_SIZE || data[0] != RFL_BOX_VERSION) {
        return RFL_DECLINED;
    }

    memcpy(id, data + 1, RFL_KEY_ID_SIZE);

    return RFL_OK;
}


int
rfl_box_open(const u_char pk[RFL_BOX_PUBLIC_SIZE],
    const u_char sk[RFL_BOX_SECRET_SIZE], const u_char *data, size_t len,
    u_char plain[RFL_BOX_PLAIN], rfl_str_t *cbor)
{
    u_char  id[RFL_KEY_ID_SIZE], own[RFL_KEY_ID_SIZE];
    size_t  n;

    rfl_str_null(cbor);

    if (rfl_box_id(data, len, id) != RFL_OK) {
        return RFL_DECLINED;
    }

    rfl_box_key_id(pk, own);

    if (memcmp(id, own, RFL_KEY_ID_SIZE) != 0) {
        return RFL_DECLINED;
    }

    if (crypto_box_seal_open(plain, data + RFL_BOX_HEAD, RFL_BOX_SEALED, pk,
                             sk)
        != 0)
    {
        return RFL_DECLINED;
    }

    n = (size_t) rfl_le_get(plain, 4);

    if (n == 0 || n > RFL_BOX_CBOR_MAX
        || !sodium_is_zero(plain + 4 + n, RFL_BOX_CBOR_MAX - n))
    {
        rfl_memzero(plain, RFL_BOX_PLAIN);
        return RFL_DECLINED;
    }

    cbor->data = plain + 4;
    cbor->len = n;

    return RFL_OK;
}


size_t
rfl_box_list(const rfl_str_t *society, int32_t day,
    u_char name[RFL_BOX_LIST_SIZE])
{
    int     n;
    u_char  text[RFL_DAY_TEXT_SIZE];

    rfl_day_format(day, text);

    n = snprintf((char *) name, RFL_BOX_LIST_SIZE, "in:%.*s:%.4s%.2s%.2s",
                 (int) society->len, (char *) society->data, (char *) text,
                 (char *) text + 5, (char *) text + 8);

    return (n > 0 && n < RFL_BOX_LIST_SIZE) ? (size_t) n : 0;
}
