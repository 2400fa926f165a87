
/*
 * Copyright (C) The RFL authors
 *
 * rfl_seal.h: the sealed index: how a canonical key becomes labels, how
 * elements and records are sealed under an epoch, and how the exact bytes of
 * an entry are signed.  schema/layout.md describes the same for a second
 * implementation; lua-free-tests/unit/vectors.json holds known answers.
 *
 * All primitives are libsodium's; nothing here keeps state.
 */


#ifndef _RFL_SEAL_H_INCLUDED_
#define _RFL_SEAL_H_INCLUDED_


#include "rfl.h"
#include "rfl_name.h"
#include "rfl_text.h"


#define RFL_SECRET_SIZE      32    /* epoch secret */
#define RFL_LABEL_SIZE       16    /* every field of an epoch's hash */
#define RFL_PRF_SIZE         64    /* T: 32 for labels, 32 to open */
#define RFL_RECORD_KEY_SIZE  32

#define RFL_NONCE_SIZE       9     /* what is random in that of an element */

/* with these Redis' string of an element fills its 128 bytes */
#define RFL_ELEMENT_PLAIN    (RFL_RECORD_KEY_SIZE + RFL_HINT_SIZE + 3)
#define RFL_ELEMENT_SIZE                                                     \
    (RFL_NONCE_SIZE + RFL_ELEMENT_PLAIN + 16)                    /* 124 */

#define RFL_BLOCK_PLAIN      488
#define RFL_BLOCK_SIZE       (RFL_BLOCK_PLAIN + 16)              /* 504 */
#define RFL_BLOCKS_MAX       8     /* blocks of one record */
#define RFL_RECORD_MAX       (RFL_BLOCKS_MAX * RFL_BLOCK_PLAIN - 2)

#define RFL_SLOTS_MAX        4096  /* largest cap a policy may set */

/* an epoch longer than this is not used, whatever it says: 7 days */
#define RFL_EPOCH_LIFE_MAX   (7 * RFL_DAY_SECONDS)
/* clocks of desk and public host may differ by this much */
#define RFL_EPOCH_SKEW       60


typedef struct {
    uint64_t  id;                  /* only goes up */
    int64_t   start;               /* seconds, UTC */
    int64_t   end;
    u_char    secret[RFL_SECRET_SIZE];
} rfl_epoch_t;

/* the key of the hash that is the index of an epoch, as "e:17" */

typedef struct {
    size_t    len;
    char      data[24];            /* with a NUL */
} rfl_epoch_name_t;


/* the plaintext of an element */

#define RFL_ELEMENT_OVERFLOW  0x01 /* slot 0 of a list longer than the cap */

typedef struct {
    u_char    key[RFL_RECORD_KEY_SIZE];        /* of the record, names it */
    u_char    hint[RFL_HINT_SIZE];
    uint16_t  count;               /* slots in use; meant in slot 0 only */
    uint8_t   flags;
    uint8_t   blocks;              /* of the record, 1..RFL_BLOCKS_MAX */
} rfl_element_t;


/* the manifest, an element of another content under RFL_KEY_MANIFEST */

typedef struct {
    int64_t   as_of;               /* when the desk last wrote the index */
    uint32_t  entries;
    uint16_t  cap;                 /* slots a list may have */
    uint8_t   complete;
} rfl_manifest_t;


/* sodium_init(); once per process */
int rfl_seal_init(rfl_err_t *err) rfl_must_check;

/*
 * BLAKE2b-8*size(key; data; personal of 16 characters), zero salt; size is
 * 16..64, key may be NULL
 */
void rfl_hash(u_char *out, size_t size, const u_char *key, size_t key_size,
    const u_char *data, size_t len, const char *personal);

/*
 * RFL_OK if the epoch may be used now: start - skew <= now < end, its life
 * not above the limit, the id not 0; else RFL_DECLINED.
 */
int rfl_epoch_usable(uint64_t id, int64_t start, int64_t end, int64_t now);
void rfl_epoch_name(uint64_t id, rfl_epoch_name_t *name);

/* T = PRF(epoch secret, canonical key) */
void rfl_prf(const u_char secret[RFL_SECRET_SIZE], const rfl_key_t *key,
    u_char t[RFL_PRF_SIZE]);
/*
 * Labels.  T begins with that of slot 0; the others come four out of one hash,
 * so who wants several in a row asks for them together.
 */
void rfl_label(const u_char t[RFL_PRF_SIZE], unsigned slot,
    u_char label[RFL_LABEL_SIZE]);
/* of n slots, from this one on */
void rfl_label_row(const u_char t[RFL_PRF_SIZE], unsigned slot, unsigned n,
    u_char (*labels)[RFL_LABEL_SIZE]);

void rfl_element_seal(const u_char t[RFL_PRF_SIZE], uint64_t epoch,
    unsigned slot, const rfl_element_t *element,
    u_char out[RFL_ELEMENT_SIZE]);
/* the same for who seals many: the nonce is random and used for nothing else */
void rfl_element_seal_nonce(const u_char t[RFL_PRF_SIZE], uint64_t epoch,
    unsigned slot, const rfl_element_t *element,
    const u_char nonce[RFL_NONCE_SIZE], u_char out[RFL_ELEMENT_SIZE]);
/* RFL_DECLINED: not of this epoch, slot or key, wrong size, altered */
int rfl_element_open(const u_char t[RFL_PRF_SIZE], uint64_t epoch,
    unsigned slot, const u_char *data, size_t len, rfl_element_t *element)
    rfl_must_check;

/* in slot 0 */
void rfl_manifest_seal(const u_char t[RFL_PRF_SIZE], uint64_t epoch,
    const rfl_manifest_t *manifest, u_char out[RFL_ELEMENT_SIZE]);
int rfl_manifest_open(const u_char t[RFL_PRF_SIZE], uint64_t epoch,
    const u_char *data, size_t len, rfl_manifest_t *manifest)
    rfl_must_check;


/*
 * A record is cut into blocks of one size.  Key and ids follow from the
 * epoch secret and the exact plaintext, so that the same entry has other
 * labels in each epoch and two contents never share a key.
 */

typedef struct {
    unsigned  blocks;
    u_char    key[RFL_RECORD_KEY_SIZE];
    u_char    id[RFL_BLOCKS_MAX][RFL_LABEL_SIZE];
} rfl_record_id_t;

/* RFL_DECLINED: longer than RFL_RECORD_MAX */
int rfl_record_id(const u_char secret[RFL_SECRET_SIZE], const u_char *plain,
    size_t len, rfl_record_id_t *rid) rfl_must_check;
/* ids of blocks 0 .. blocks - 1 from the key, which an element holds */
void rfl_record_block_id(const u_char key[RFL_RECORD_KEY_SIZE], unsigned i,
    u_char id[RFL_LABEL_SIZE]);
/* out: rid->blocks * RFL_BLOCK_SIZE bytes */
void rfl_record_seal(const rfl_record_id_t *rid, uint64_t epoch,
    const u_char *plain, size_t len, u_char *out);
/* block i of these alone: key and number of blocks are those of rid */
void rfl_record_seal_block(const u_char key[RFL_RECORD_KEY_SIZE],
    unsigned i, unsigned blocks, uint64_t epoch, const u_char *plain,
    size_t len, u_char out[RFL_BLOCK_SIZE]);
/*
 * data: the blocks in order, each of RFL_BLOCK_SIZE bytes; plain must have
 * room for blocks * RFL_BLOCK_PLAIN bytes and gets the record, *len is set.
 * RFL_DECLINED: altered, of another epoch or place, or not what
 * rfl_record_seal() writes; plain is wiped then.
 */
int rfl_record_open(const rfl_element_t *element, uint64_t epoch,
    const u_char *const *data, u_char *plain, size_t *len) rfl_must_check;


/* Ed25519 over a domain string and the exact bytes of an approval */

#define RFL_SIGN_PUBLIC_SIZE  32
#define RFL_SIGN_SECRET_SIZE  64
#define RFL_SIGN_SIZE         64
#define RFL_KEY_ID_SIZE       8    /* start of BLAKE2b-128 of the key */

void rfl_key_id(const u_char pk[RFL_SIGN_PUBLIC_SIZE],
    u_char id[RFL_KEY_ID_SIZE]);
/* RFL_DECLINED: fields longer than RFL_RECORD_MAX, or wrong signature */
int rfl_approval_sign(const u_char sk[RFL_SIGN_SECRET_SIZE], int32_t day,
    const u_char *fields, size_t len, u_char sig[RFL_SIGN_SIZE])
    rfl_must_check;
int rfl_approval_verify(const u_char pk[RFL_SIGN_PUBLIC_SIZE], int32_t day,
    const u_char *fields, size_t len, const u_char sig[RFL_SIGN_SIZE])
    rfl_must_check;


#endif /* _RFL_SEAL_H_INCLUDED_ */
