
/*
 * Copyright (C) The RFL authors
 *
 * seal_test.c: what someone with a dump of the index, or with write access
 * to it, can not do to elements and records.
 */


#include <sodium.h>

#include "rfl_seal.h"
#include "unit.h"


#define RFL_EPOCH        20661
#define RFL_GUESSES      1024


static void test_epoch(void);
static void test_labels(void);
static void test_element_flip(void);
static void test_element_strange(void);
static void test_record_flip(void);
static void test_record_forms(void);
static void test_other_epoch(void);
static void test_guess(void);


int
main(void)
{
    rfl_err_t  err;

    unit_int(rfl_seal_init(&err), RFL_OK, "libsodium starts");

    test_epoch();
    test_labels();
    test_element_flip();
    test_element_strange();
    test_record_flip();
    test_record_forms();
    test_other_epoch();
    test_guess();

    return unit_done();
}


static void
test_epoch(void)
{
    rfl_str_t         str;
    rfl_epoch_name_t  name;

    const int64_t  start = 1795305600, end = start + 86400;

    str.data = (u_char *) name.data;

    rfl_epoch_name(17, &name);
    str.len = name.len;
    unit_str(str, "e:17", "epoch: what its hash is called");

    rfl_epoch_name(UINT64_MAX, &name);
    str.len = name.len;
    unit_str(str, "e:18446744073709551615", "epoch: the longest name");

    unit_int(rfl_epoch_usable(1, start, end, start), RFL_OK,
             "epoch: at its start");
    unit_int(rfl_epoch_usable(1, start, end, start - RFL_EPOCH_SKEW), RFL_OK,
             "epoch: clocks differ a little");
    unit_int(rfl_epoch_usable(1, start, end, start - RFL_EPOCH_SKEW - 1),
             RFL_DECLINED, "epoch: clock back");
    unit_int(rfl_epoch_usable(1, start, end, end - 1), RFL_OK,
             "epoch: its last second");
    unit_int(rfl_epoch_usable(1, start, end, end), RFL_DECLINED,
             "epoch: over");
    unit_int(rfl_epoch_usable(1, start, end, INT64_MAX), RFL_DECLINED,
             "epoch: clock far forward");
    unit_int(rfl_epoch_usable(1, start, end, INT64_MIN), RFL_DECLINED,
             "epoch: clock far back");
    unit_int(rfl_epoch_usable(1, start, start, start), RFL_DECLINED,
             "epoch: no life");
    unit_int(rfl_epoch_usable(1, start, start + RFL_EPOCH_LIFE_MAX, start),
             RFL_OK, "epoch: 7 days");
    unit_int(rfl_epoch_usable(1, start, start + RFL_EPOCH_LIFE_MAX + 1,
                              start),
             RFL_DECLINED, "epoch: longer than 7 days");
    unit_int(rfl_epoch_usable(1, INT64_MIN, INT64_MAX, start), RFL_DECLINED,
             "epoch: for ever");
    unit_int(rfl_epoch_usable(0, start, end, start), RFL_DECLINED,
             "epoch: 0 is none");
}


/* an element as the desk would write it */

typedef struct {
    u_char         secret[RFL_SECRET_SIZE];
    rfl_key_t      key;
    u_char         t[RFL_PRF_SIZE];
    u_char         label[RFL_LABEL_SIZE];
    rfl_element_t  element;
    u_char         sealed[RFL_ELEMENT_SIZE];
} sample_t;


static void
sample(sample_t *s)
{
    memset(s, 0, sizeof(sample_t));

    randombytes_buf(s->secret, RFL_SECRET_SIZE);
    s->key.len = 13;
    memcpy(s->key.data, "Pamina halabi", 13);

    randombytes_buf(s->element.key, RFL_RECORD_KEY_SIZE);
    s->element.count = 1;
    s->element.blocks = 1;

    rfl_prf(s->secret, &s->key, s->t);
    rfl_label(s->t, 0, s->label);
    rfl_element_seal(s->t, RFL_EPOCH, 0, &s->element, s->sealed);
}


/* one by one or in rows, from any slot: the same, and each another one */

static void
test_labels(void)
{
    u_char    all[300][RFL_LABEL_SIZE], some[300][RFL_LABEL_SIZE];
    unsigned  i, j, n, wrong;
    sample_t  s;

    sample(&s);

    unit_ok(memcmp(s.t, s.label, RFL_LABEL_SIZE) == 0,
            "labels: that of slot 0 is the beginning of T");

    for (i = 0; i < 300; i++) {
        rfl_label(s.t, i, all[i]);
    }

    for (wrong = 0, i = 0; i < 10; i++) {
        for (n = 0; n < 290; n += 1 + n / 10) {
            memset(some, 0, sizeof(some));
            rfl_label_row(s.t, i, n, some);

            wrong += (memcmp(some, all[i], n * RFL_LABEL_SIZE) != 0
                      || !sodium_is_zero(some[n], RFL_LABEL_SIZE));
        }
    }

    unit_int(wrong, 0, "labels: a row is the same as one by one");

    for (wrong = 0, i = 0; i < 300; i++) {
        for (j = 0; j < i; j++) {
            wrong += (memcmp(all[i], all[j], RFL_LABEL_SIZE) == 0);
        }
    }

    unit_int(wrong, 0, "labels: no two slots share one");

    s.t[RFL_LABEL_SIZE] ^= 1;

    for (wrong = 0, i = 1; i < 300; i++) {
        rfl_label(s.t, i, some[0]);
        wrong += (memcmp(some[0], all[i], RFL_LABEL_SIZE) == 0);
    }

    unit_int(wrong, 0, "labels: the label of slot 0 does not tell the others");
}


/* S-30, S-32: altered, moved, cut, extended */

static void
test_element_flip(void)
{
    u_char         longer[RFL_ELEMENT_SIZE + 1];
    u_char         t[RFL_PRF_SIZE];
    size_t         i;
    unsigned       opened;
    sample_t       s;
    rfl_element_t  e;

    sample(&s);

    unit_int(rfl_element_open(s.t, RFL_EPOCH, 0, s.sealed,
                              RFL_ELEMENT_SIZE, &e),
             RFL_OK, "element: control: opens");

    opened = 0;

    for (i = 0; i < RFL_ELEMENT_SIZE * 8; i++) {
        s.sealed[i / 8] ^= (u_char) (1 << (i % 8));
        opened += (rfl_element_open(s.t, RFL_EPOCH, 0, s.sealed,
                                    RFL_ELEMENT_SIZE, &e)
                   != RFL_DECLINED);
        s.sealed[i / 8] ^= (u_char) (1 << (i % 8));
    }

    unit_int(opened, 0, "element: no flipped bit of %d opens",
             RFL_ELEMENT_SIZE * 8);

    opened = 0;

    for (i = 1; i < 0x10000; i++) {
        opened += (rfl_element_open(s.t, RFL_EPOCH, (unsigned) i, s.sealed,
                                    RFL_ELEMENT_SIZE, &e)
                   != RFL_DECLINED);
    }

    unit_int(opened, 0, "element: in no other slot");

    for (i = 0; i < RFL_PRF_SIZE / 2 * 8; i++) {
        memcpy(t, s.t, RFL_PRF_SIZE);
        t[RFL_PRF_SIZE / 2 + i / 8] ^= (u_char) (1 << (i % 8));
        opened += (rfl_element_open(t, RFL_EPOCH, 0, s.sealed,
                                    RFL_ELEMENT_SIZE, &e)
                   != RFL_DECLINED);
    }

    unit_int(opened, 0, "element: with no other key");

    memcpy(longer, s.sealed, RFL_ELEMENT_SIZE);
    longer[RFL_ELEMENT_SIZE] = 0;

    for (i = 0; i <= RFL_ELEMENT_SIZE + 1; i++) {
        opened += (rfl_element_open(s.t, RFL_EPOCH, 0, longer, i, &e)
                   == RFL_OK);
    }

    unit_int(opened, 1, "element: of all lengths only the right one opens");

    unit_int(rfl_element_open(s.t, RFL_EPOCH, 0, s.sealed,
                              RFL_ELEMENT_SIZE, &e),
             RFL_OK, "element: control: still opens");
}


/* rightly sealed, but nothing the desk writes */

static void
test_element_strange(void)
{
    size_t         i;
    sample_t       s;
    rfl_element_t  e;

    static const struct {
        const char  *what;
        uint16_t     count;
        uint8_t      flags;
        uint8_t      blocks;
        int          rc;
    } cases[] = {
        { "a slot of a list", 0, 0, 1, RFL_OK },
        { "slot 0", RFL_SLOTS_MAX, 0, RFL_BLOCKS_MAX, RFL_OK },
        { "overflow", 0, RFL_ELEMENT_OVERFLOW, 0, RFL_OK },
        { "no block", 1, 0, 0, RFL_DECLINED },
        { "too many blocks", 1, 0, RFL_BLOCKS_MAX + 1, RFL_DECLINED },
        { "too many slots", RFL_SLOTS_MAX + 1, 0, 1, RFL_DECLINED },
        { "overflow with slots", 5, RFL_ELEMENT_OVERFLOW, 0, RFL_DECLINED }
    };

    sample(&s);

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        s.element.count = cases[i].count;
        s.element.flags = cases[i].flags;
        s.element.blocks = cases[i].blocks;

        rfl_element_seal(s.t, RFL_EPOCH, 0, &s.element, s.sealed);

        unit_int(rfl_element_open(s.t, RFL_EPOCH, 0, s.sealed,
                                  RFL_ELEMENT_SIZE, &e),
                 cases[i].rc, "element: %s", cases[i].what);
    }

    memset(&s.element, 0, sizeof(s.element));
    s.element.flags = RFL_ELEMENT_OVERFLOW;

    rfl_element_seal(s.t, RFL_EPOCH, 1, &s.element, s.sealed);

    unit_int(rfl_element_open(s.t, RFL_EPOCH, 1, s.sealed, RFL_ELEMENT_SIZE,
                              &e),
             RFL_DECLINED, "element: an overflow in slot 1");
}


typedef struct {
    u_char           secret[RFL_SECRET_SIZE];
    u_char           plain[RFL_RECORD_MAX];
    size_t           len;
    rfl_record_id_t  rid;
    rfl_element_t    element;
    u_char           sealed[RFL_BLOCKS_MAX][RFL_BLOCK_SIZE];
    const u_char    *data[RFL_BLOCKS_MAX];
} record_t;


static int
record(record_t *r, size_t len)
{
    unsigned  i;

    r->len = len;

    if (rfl_record_id(r->secret, r->plain, len, &r->rid) != RFL_OK) {
        return RFL_DECLINED;
    }

    rfl_record_seal(&r->rid, RFL_EPOCH, r->plain, len, r->sealed[0]);

    memset(&r->element, 0, sizeof(rfl_element_t));
    memcpy(r->element.key, r->rid.key, RFL_RECORD_KEY_SIZE);
    r->element.blocks = (uint8_t) r->rid.blocks;

    for (i = 0; i < RFL_BLOCKS_MAX; i++) {
        r->data[i] = r->sealed[i];
    }

    return RFL_OK;
}


static int
record_open(record_t *r, uint64_t epoch)
{
    int     rc;
    u_char  plain[RFL_BLOCKS_MAX * RFL_BLOCK_PLAIN];
    size_t  len;

    memset(plain, 0xaa, sizeof(plain));

    rc = rfl_record_open(&r->element, epoch, r->data, plain, &len);

    if (rc == RFL_OK) {
        return (len == r->len && memcmp(plain, r->plain, len) == 0)
               ? RFL_OK : RFL_ERROR;
    }

    /* a refused record leaves nothing of it behind */

    return (len == 0
            && (r->element.blocks == 0
                || r->element.blocks > RFL_BLOCKS_MAX
                || sodium_is_zero(plain, (size_t) r->element.blocks
                                         * RFL_BLOCK_PLAIN)))
           ? RFL_DECLINED : RFL_ERROR;
}


/* S-30, S-32 */

static void
test_record_flip(void)
{
    size_t          i;
    u_char          blocks, *bit;
    unsigned        refused;
    record_t       r, s;
    const u_char  *p;

    randombytes_buf(r.secret, RFL_SECRET_SIZE);
    randombytes_buf(r.plain, sizeof(r.plain));

    (void) record(&r, 700);
    unit_int(r.rid.blocks, 2, "record: of two blocks");
    unit_int(record_open(&r, RFL_EPOCH), RFL_OK, "record: control: opens");

    refused = 0;

    for (i = 0; i < 2 * RFL_BLOCK_SIZE * 8; i++) {
        bit = &r.sealed[i / 8 / RFL_BLOCK_SIZE][i / 8 % RFL_BLOCK_SIZE];
        *bit ^= (u_char) (1 << (i % 8));
        refused += (record_open(&r, RFL_EPOCH) == RFL_DECLINED);
        *bit ^= (u_char) (1 << (i % 8));
    }

    unit_int(refused, 2 * RFL_BLOCK_SIZE * 8,
             "record: every flipped bit of the blocks is noticed");

    refused = 0;

    for (i = 0; i < RFL_RECORD_KEY_SIZE * 8; i++) {
        bit = &r.element.key[i / 8];
        *bit ^= (u_char) (1 << (i % 8));
        refused += (record_open(&r, RFL_EPOCH) == RFL_DECLINED);
        *bit ^= (u_char) (1 << (i % 8));
    }

    unit_int(refused, RFL_RECORD_KEY_SIZE * 8,
             "record: and of the key in the element");

    blocks = r.element.blocks;

    for (refused = 0, i = 0; i < 256; i++) {
        r.element.blocks = (u_char) i;
        refused += (record_open(&r, RFL_EPOCH) == RFL_DECLINED);
    }

    r.element.blocks = blocks;

    unit_int(refused, 255, "record: of no other number of blocks");

    p = r.data[0];
    r.data[0] = r.data[1];
    r.data[1] = p;
    unit_int(record_open(&r, RFL_EPOCH), RFL_DECLINED,
             "record: not with its blocks swapped");
    r.data[1] = r.data[0];
    unit_int(record_open(&r, RFL_EPOCH), RFL_DECLINED,
             "record: not with a block twice");
    r.data[0] = r.sealed[0];
    r.data[1] = r.sealed[1];

    randombytes_buf(s.secret, RFL_SECRET_SIZE);
    randombytes_buf(s.plain, sizeof(s.plain));
    (void) rfl_le_put(s.plain + 486, 974, 2);  /* a length for the swapped */
    (void) record(&s, 900);
    unit_int(record_open(&s, RFL_EPOCH), RFL_OK, "record: control: opens");
    s.data[0] = s.sealed[1];
    s.data[1] = s.sealed[0];
    unit_int(record_open(&s, RFL_EPOCH), RFL_DECLINED,
             "record: nor where swapped they would make a whole one");

    memcpy(s.secret, r.secret, RFL_SECRET_SIZE);
    memcpy(s.plain, r.plain, sizeof(s.plain));
    s.plain[0] ^= 1;
    (void) record(&s, 700);

    r.data[1] = s.sealed[1];
    unit_int(record_open(&r, RFL_EPOCH), RFL_DECLINED,
             "record: not with the second block of another");
    r.data[1] = r.sealed[1];

    unit_ok(memcmp(r.rid.key, s.rid.key, RFL_RECORD_KEY_SIZE) != 0
            && memcmp(r.rid.id[0], s.rid.id[0], RFL_LABEL_SIZE) != 0,
            "record: two contents share no key and no id");

    unit_int(record_open(&r, RFL_EPOCH), RFL_OK, "record: control: opens");
}


static void
test_record_forms(void)
{
    size_t     i;
    u_char     nonce[12], aad[21], plain[RFL_BLOCK_PLAIN];
    record_t   r;

    static const struct {
        size_t  len;
        int     blocks;
    } sizes[] = {
        { 0, 1 }, { 1, 1 }, { 486, 1 }, { 487, 2 }, { 974, 2 }, { 975, 3 },
        { RFL_RECORD_MAX, RFL_BLOCKS_MAX }
    };

    randombytes_buf(r.secret, RFL_SECRET_SIZE);
    randombytes_buf(r.plain, sizeof(r.plain));

    for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        (void) record(&r, sizes[i].len);
        unit_int(r.rid.blocks, sizes[i].blocks, "record: %zu bytes",
                 sizes[i].len);
        unit_int(record_open(&r, RFL_EPOCH), RFL_OK,
                 "record: %zu bytes there and back", sizes[i].len);
    }

    unit_int(rfl_record_id(r.secret, r.plain, RFL_RECORD_MAX + 1, &r.rid),
             RFL_DECLINED, "record: too long");

    /*
     * Whoever holds the key can seal what he likes: a length beyond the
     * blocks, or something in the padding.
     */

    (void) record(&r, 100);

    memset(nonce, 0, sizeof(nonce));
    memcpy(aad, "rfl.v2.block", 12);
    memset(aad + 12, 0, 8);
    aad[12] = RFL_EPOCH & 0xff;
    aad[13] = RFL_EPOCH >> 8;
    aad[20] = 1;

    for (i = 0; i < 4; i++) {

        memset(plain, 0, sizeof(plain));
        plain[0] = 100;
        memcpy(plain + 2, r.plain, 100);

        switch (i) {

        case 1:
            plain[1] = 2;
            break;

        case 2:
            plain[0] = plain[1] = 0xff;
            break;

        case 3:
            plain[RFL_BLOCK_PLAIN - 1] = 1;
            break;
        }

        (void) crypto_aead_chacha20poly1305_ietf_encrypt(r.sealed[0], NULL,
                               plain, RFL_BLOCK_PLAIN, aad, sizeof(aad), NULL,
                               nonce, r.rid.key);

        unit_int(record_open(&r, RFL_EPOCH), i == 0 ? RFL_OK : RFL_DECLINED,
                 "record: form %zu of the padding", i);
    }
}


/* S-11, S-33: a dump of one epoch and the secret of the next */

static void
test_other_epoch(void)
{
    u_char           next[RFL_SECRET_SIZE], t[RFL_PRF_SIZE];
    u_char           label[RFL_LABEL_SIZE];
    record_t         r;
    sample_t         s;
    rfl_element_t    e;
    rfl_record_id_t  rid;

    sample(&s);
    randombytes_buf(next, RFL_SECRET_SIZE);

    rfl_prf(next, &s.key, t);
    rfl_label(t, 0, label);

    unit_ok(memcmp(label, s.label, RFL_LABEL_SIZE) != 0,
            "epochs: the same key has another label");
    unit_int(rfl_element_open(t, RFL_EPOCH + 1, 0, s.sealed,
                              RFL_ELEMENT_SIZE, &e),
             RFL_DECLINED, "epochs: an old element under its new label");
    unit_int(rfl_element_open(t, RFL_EPOCH, 0, s.sealed,
                              RFL_ELEMENT_SIZE, &e),
             RFL_DECLINED, "epochs: with the old number and label");
    unit_int(rfl_element_open(s.t, RFL_EPOCH + 1, 0, s.sealed,
                              RFL_ELEMENT_SIZE, &e),
             RFL_DECLINED, "epochs: the number is sealed in");
    unit_int(rfl_element_open(s.t, RFL_EPOCH, 0, s.sealed,
                              RFL_ELEMENT_SIZE, &e),
             RFL_OK, "epochs: control: with its own secret it opens");

    memcpy(r.secret, s.secret, RFL_SECRET_SIZE);
    randombytes_buf(r.plain, sizeof(r.plain));
    (void) record(&r, 300);

    unit_int(record_open(&r, RFL_EPOCH + 1), RFL_DECLINED,
             "epochs: the number is sealed into a record");

    unit_ok(rfl_record_id(next, r.plain, 300, &rid) == RFL_OK
            && memcmp(rid.id[0], r.rid.id[0], RFL_LABEL_SIZE) != 0,
            "epochs: the same entry has another id");

    memcpy(r.element.key, rid.key, RFL_RECORD_KEY_SIZE);
    unit_int(record_open(&r, RFL_EPOCH), RFL_DECLINED,
             "epochs: the next key opens no old record");
}


/*
 * S-45: the attacker holds the dump and the moderators' public keys, and
 * knows that the person is among RFL_GUESSES guesses, down to the exact bytes
 * of the record with its signatures.  Without the epoch's secret he has no
 * test that tells the right guess: everything he can compute from a guess is
 * compared with everything in the dump.  With the secret (the control) the
 * very same search finds it.
 */

typedef struct {
    u_char  secret[RFL_SECRET_SIZE];
    u_char  label[RFL_LABEL_SIZE];
    u_char  element[RFL_ELEMENT_SIZE];
    u_char  id[RFL_LABEL_SIZE];
    u_char  block[RFL_BLOCK_SIZE];
} dump_t;


static void
guess_plain(unsigned n, rfl_key_t *key, u_char plain[100])
{
    u_char  pk[RFL_SIGN_PUBLIC_SIZE], sk[RFL_SIGN_SECRET_SIZE];

    static const u_char  seed[crypto_sign_SEEDBYTES] = { 7 };

    key->len = (uint8_t) snprintf((char *) key->data, RFL_KEY_SIZE,
                                  "Pperson %u", n);

    memset(plain, 0, 100);
    memcpy(plain, key->data, key->len);

    /* Ed25519 is deterministic: a guess has one signature */

    (void) crypto_sign_seed_keypair(pk, sk, seed);
    if (rfl_approval_sign(sk, 20779, plain, 36, plain + 36) != RFL_OK) {
        abort();
    }
}


static unsigned
guess_try(const dump_t *dump, const u_char secret[RFL_SECRET_SIZE])
{
    u_char           plain[100], t[RFL_PRF_SIZE], label[RFL_LABEL_SIZE];
    u_char           out[RFL_BLOCK_SIZE];
    unsigned         n, found;
    rfl_key_t        key;
    rfl_element_t    e;
    rfl_record_id_t  rid;

    found = 0;

    for (n = 0; n < RFL_GUESSES; n++) {

        guess_plain(n, &key, plain);

        rfl_prf(secret, &key, t);
        rfl_label(t, 0, label);

        if (rfl_record_id(secret, plain, sizeof(plain), &rid) != RFL_OK) {
            abort();
        }

        rfl_record_seal(&rid, RFL_EPOCH, plain, sizeof(plain), out);

        if (memcmp(label, dump->label, RFL_LABEL_SIZE) == 0
            || memcmp(rid.id[0], dump->id, RFL_LABEL_SIZE) == 0
            || memcmp(out, dump->block, RFL_BLOCK_SIZE) == 0
            || rfl_element_open(t, RFL_EPOCH, 0, dump->element,
                                RFL_ELEMENT_SIZE, &e)
               == RFL_OK)
        {
            found++;
        }
    }

    return found;
}


static void
test_guess(void)
{
    u_char           plain[100], t[RFL_PRF_SIZE], secret[RFL_SECRET_SIZE];
    dump_t           dump;
    unsigned         found;
    rfl_key_t        key;
    rfl_element_t    e;
    rfl_record_id_t  rid;

    randombytes_buf(dump.secret, RFL_SECRET_SIZE);

    guess_plain(randombytes_uniform(RFL_GUESSES), &key, plain);

    rfl_prf(dump.secret, &key, t);
    rfl_label(t, 0, dump.label);
    unit_int(rfl_record_id(dump.secret, plain, sizeof(plain), &rid), RFL_OK,
             "guesses: a record");
    rfl_record_seal(&rid, RFL_EPOCH, plain, sizeof(plain), dump.block);

    memset(&e, 0, sizeof(e));
    memcpy(e.key, rid.key, RFL_RECORD_KEY_SIZE);
    e.count = 1;
    e.blocks = 1;
    rfl_element_seal(t, RFL_EPOCH, 0, &e, dump.element);
    memcpy(dump.id, rid.id[0], RFL_LABEL_SIZE);

    unit_int(guess_try(&dump, dump.secret), 1,
             "guesses: control: with the secret, one of %d", RFL_GUESSES);

    /* what he might try in its place: nothing, a public key, the dump */

    memset(secret, 0, sizeof(secret));
    found = guess_try(&dump, secret);

    memcpy(secret, plain + 36, sizeof(secret));
    found += guess_try(&dump, secret);

    memcpy(secret, dump.label, RFL_LABEL_SIZE);
    memcpy(secret + RFL_LABEL_SIZE, dump.id, RFL_LABEL_SIZE);
    found += guess_try(&dump, secret);

    memcpy(secret, dump.secret, sizeof(secret));
    secret[0] ^= 1;
    found += guess_try(&dump, secret);

    unit_int(found, 0, "guesses: without it, even one bit off: none");
}
