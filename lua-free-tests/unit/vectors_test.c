
/*
 * Copyright (C) The RFL authors
 *
 * vectors_test.c: the known answers of vectors.json; vectors.py, a second
 * implementation, checks the same file.
 */


#include <jansson.h>
#include <sodium.h>

#include "rfl_seal.h"
#include "rfl_box.h"
#include "rfl_journal_int.h"
#include "rfl_query.h"
#include "unit.h"


#define RFL_HEX_MAX      (RFL_BOX_SIZE + 1)


typedef struct {
    size_t  len;
    u_char  data[RFL_HEX_MAX];
} bytes_t;


static void test_vectors(const char *file);
static void test_prf(const json_t *v, int n);
static void test_label(const json_t *v, int n);
static void test_element(const json_t *v, int n);
static void test_manifest(const json_t *v, int n);
static void test_record(const json_t *v, int n);
static void test_approval(const json_t *v, int n);
static void test_ticket(const json_t *v, int n);
static void test_answer(const json_t *v, int n);
static void test_inbox_key(const json_t *v, int n);
static void test_box(const json_t *v, int n);
static void test_hide(const json_t *v, int n);
static void test_receipt(const json_t *v, int n);
static void test_journal(const json_t *v, int n);


static const struct {
    const char  *kind;
    void       (*test)(const json_t *v, int n);
} kinds[] = {
    { "prf", test_prf },
    { "label", test_label },
    { "element", test_element },
    { "manifest", test_manifest },
    { "record", test_record },
    { "approval", test_approval },
    { "ticket", test_ticket },
    { "answer", test_answer },
    { "inbox_key", test_inbox_key },
    { "box", test_box },
    { "hide", test_hide },
    { "receipt", test_receipt },
    { "journal", test_journal }
};


int
main(int argc, char **argv)
{
    rfl_err_t  err;

    unit_int(rfl_seal_init(&err), RFL_OK, "libsodium starts");

    test_vectors(argc > 1 ? argv[1] : "lua-free-tests/unit/vectors.json");

    return unit_done();
}


static void
test_vectors(const char *file)
{
    int            n;
    size_t         i;
    json_t        *root, *list;
    json_error_t   error;

    root = json_load_file(file, JSON_REJECT_DUPLICATES, &error);

    unit_ok(root != NULL, "vectors: %s: %s", file,
            root == NULL ? error.text : "read");

    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {

        list = json_object_get(root, kinds[i].kind);

        unit_ok(json_array_size(list) >= 2, "vectors: there are some of %s",
                kinds[i].kind);

        for (n = 0; n < (int) json_array_size(list); n++) {
            kinds[i].test(json_array_get(list, (size_t) n), n);
        }
    }

    json_decref(root);
}


static void
unhex(const json_t *text, bytes_t *out)
{
    out->len = 0;

    if (!json_is_string(text)
        || sodium_hex2bin(out->data, RFL_HEX_MAX, json_string_value(text),
                          json_string_length(text), NULL, &out->len, NULL)
           != 0)
    {
        unit_ok(0, "vectors: not hex");
        exit(1);
    }
}


static void
hex(const json_t *v, const char *name, bytes_t *out)
{
    unhex(json_object_get(v, name), out);
}


static long long
number(const json_t *v, const char *name)
{
    return json_integer_value(json_object_get(v, name));
}


static uint64_t
epoch_of(const json_t *v)
{
    return (uint64_t) number(v, "epoch");
}


#define same(a, size, b)                                                     \
    ((b).len == (size) && memcmp(a, (b).data, size) == 0)


static void
test_prf(const json_t *v, int n)
{
    u_char     t[RFL_PRF_SIZE];
    bytes_t    secret, key, expected;
    rfl_key_t  k;

    hex(v, "secret", &secret);
    hex(v, "key", &key);
    hex(v, "t", &expected);

    k.len = (uint8_t) key.len;
    memcpy(k.data, key.data, key.len);

    rfl_prf(secret.data, &k, t);

    unit_ok(same(t, RFL_PRF_SIZE, expected), "vector prf %d", n);
}


static void
test_label(const json_t *v, int n)
{
    u_char   label[RFL_LABEL_SIZE];
    bytes_t  t, expected;

    hex(v, "t", &t);
    hex(v, "label", &expected);

    rfl_label(t.data, (unsigned) number(v, "slot"), label);

    unit_ok(same(label, RFL_LABEL_SIZE, expected), "vector label %d", n);
}


static void
test_element(const json_t *v, int n)
{
    u_char         again[RFL_ELEMENT_SIZE];
    bytes_t        t, sealed, key, hint;
    unsigned       slot;
    rfl_element_t  e, f;

    hex(v, "t", &t);
    hex(v, "sealed", &sealed);
    hex(v, "key", &key);
    hex(v, "hint", &hint);

    slot = (unsigned) number(v, "slot");

    unit_int(rfl_element_open(t.data, epoch_of(v), slot, sealed.data,
                              sealed.len, &e),
             RFL_OK, "vector element %d opens", n);

    unit_ok(same(e.key, RFL_RECORD_KEY_SIZE, key)
            && same(e.hint, RFL_HINT_SIZE, hint)
            && e.count == number(v, "count")
            && (e.flags == RFL_ELEMENT_OVERFLOW) == (e.blocks == 0)
            && e.blocks == number(v, "blocks"),
            "vector element %d: content", n);

    rfl_element_seal(t.data, epoch_of(v), slot, &e, again);

    unit_ok(memcmp(again, sealed.data, RFL_ELEMENT_SIZE) != 0,
            "vector element %d: sealed again it looks different", n);
    unit_int(rfl_element_open(t.data, epoch_of(v), slot, again,
                              RFL_ELEMENT_SIZE, &f),
             RFL_OK, "vector element %d: and opens", n);
    unit_ok(memcmp(&e, &f, sizeof(e)) == 0, "vector element %d: the same", n);
}


static void
test_manifest(const json_t *v, int n)
{
    u_char          again[RFL_ELEMENT_SIZE];
    bytes_t         t, sealed;
    rfl_element_t   e;
    rfl_manifest_t  m, m2;

    hex(v, "t", &t);
    hex(v, "sealed", &sealed);

    unit_int(rfl_manifest_open(t.data, epoch_of(v), sealed.data, sealed.len,
                               &m),
             RFL_OK, "vector manifest %d opens", n);

    unit_ok(m.as_of == number(v, "as_of")
            && m.entries == number(v, "entries")
            && m.cap == number(v, "cap")
            && m.complete == number(v, "complete"),
            "vector manifest %d: content", n);

    unit_int(rfl_element_open(t.data, epoch_of(v), 0, sealed.data,
                              sealed.len, &e),
             RFL_DECLINED, "vector manifest %d is no element", n);

    rfl_manifest_seal(t.data, epoch_of(v), &m, again);

    unit_int(rfl_manifest_open(t.data, epoch_of(v), again, RFL_ELEMENT_SIZE,
                               &m2),
             RFL_OK, "vector manifest %d: sealed again, opens", n);
    unit_ok(m.as_of == m2.as_of && m.entries == m2.entries && m.cap == m2.cap
            && m.complete == m2.complete, "vector manifest %d: the same", n);
}


static void
test_record(const json_t *v, int n)
{
    size_t            len;
    u_char            out[RFL_BLOCKS_MAX * RFL_BLOCK_SIZE];
    u_char            back[RFL_BLOCKS_MAX * RFL_BLOCK_PLAIN];
    u_char            id[RFL_LABEL_SIZE];
    bytes_t           secret, plain, key, x;
    unsigned          i, good;
    const json_t     *ids, *blocks;
    const u_char     *data[RFL_BLOCKS_MAX];
    rfl_element_t     e;
    rfl_record_id_t   rid;

    hex(v, "secret", &secret);
    hex(v, "plain", &plain);
    hex(v, "key", &key);

    ids = json_object_get(v, "ids");
    blocks = json_object_get(v, "blocks");

    unit_int(rfl_record_id(secret.data, plain.data, plain.len, &rid), RFL_OK,
             "vector record %d: id", n);
    unit_int(rid.blocks, json_array_size(ids), "vector record %d: blocks", n);
    unit_ok(same(rid.key, RFL_RECORD_KEY_SIZE, key), "vector record %d: key",
            n);

    rfl_record_seal(&rid, epoch_of(v), plain.data, plain.len, out);

    memset(&e, 0, sizeof(e));
    memcpy(e.key, rid.key, RFL_RECORD_KEY_SIZE);
    e.blocks = (uint8_t) rid.blocks;

    good = 0;

    for (i = 0; i < rid.blocks; i++) {

        data[i] = out + i * RFL_BLOCK_SIZE;

        rfl_record_block_id(rid.key, i, id);
        unhex(json_array_get(ids, i), &x);

        good += same(id, RFL_LABEL_SIZE, x)
                && same(rid.id[i], RFL_LABEL_SIZE, x);

        unhex(json_array_get(blocks, i), &x);

        good += same(data[i], RFL_BLOCK_SIZE, x);
    }

    unit_int(good, 2 * rid.blocks, "vector record %d: ids and blocks", n);

    unit_int(rfl_record_open(&e, epoch_of(v), data, back, &len), RFL_OK,
             "vector record %d opens", n);
    unit_ok(same(back, len, plain), "vector record %d: content", n);
}


static void
test_approval(const json_t *v, int n)
{
    u_char   pk[RFL_SIGN_PUBLIC_SIZE], sk[RFL_SIGN_SECRET_SIZE];
    u_char   id[RFL_KEY_ID_SIZE], sig[RFL_SIGN_SIZE];
    int32_t  day;
    bytes_t  seed, fields, x;

    hex(v, "seed", &seed);
    hex(v, "fields", &fields);
    day = (int32_t) number(v, "day");

    (void) crypto_sign_seed_keypair(pk, sk, seed.data);

    hex(v, "pk", &x);
    unit_ok(same(pk, RFL_SIGN_PUBLIC_SIZE, x), "vector approval %d: key", n);

    rfl_key_id(pk, id);
    hex(v, "key_id", &x);
    unit_ok(same(id, RFL_KEY_ID_SIZE, x), "vector approval %d: key id", n);

    unit_int(rfl_approval_sign(sk, day, fields.data, fields.len, sig), RFL_OK,
             "vector approval %d: signed", n);
    hex(v, "sig", &x);
    unit_ok(same(sig, RFL_SIGN_SIZE, x), "vector approval %d: signature", n);

    unit_int(rfl_approval_verify(pk, day, fields.data, fields.len, sig),
             RFL_OK, "vector approval %d: verified", n);
    unit_int(rfl_approval_verify(pk, day ^ 1, fields.data, fields.len, sig),
             RFL_DECLINED, "vector approval %d: the day is signed", n);
}


static void
test_ticket(const json_t *v, int n)
{
    u_char         ticket[RFL_TICKET_SIZE];
    bytes_t        secret, expected, x[RFL_ASK_ARGS];
    unsigned       i, nargs;
    rfl_str_t      args[RFL_ASK_ARGS];
    rfl_epoch_t    epoch;
    const json_t  *list;

    hex(v, "secret", &secret);
    hex(v, "ticket", &expected);

    memset(&epoch, 0, sizeof(epoch));
    memcpy(epoch.secret, secret.data, RFL_SECRET_SIZE);

    list = json_object_get(v, "args");
    nargs = (unsigned) json_array_size(list);

    for (i = 0; i < nargs; i++) {
        unhex(json_array_get(list, i), &x[i]);
        args[i].data = x[i].data;
        args[i].len = x[i].len;
    }

    rfl_ask_ticket(&epoch, nargs, args, ticket);

    unit_ok(same(ticket, RFL_TICKET_SIZE, expected), "vector ticket %d", n);
}


static void
test_answer(const json_t *v, int n)
{
    bytes_t        x, ticket;
    unsigned       i;
    rfl_buf_t      b;
    rfl_key_t      key[8];
    rfl_keys_t     keys;
    rfl_epoch_t    epoch;
    rfl_answer_t   a;
    const json_t  *list;

    list = json_object_get(v, "keys");

    keys.n = (unsigned) json_array_size(list);
    keys.size = 8;
    keys.key = key;

    for (i = 0; i < keys.n; i++) {
        unhex(json_array_get(list, i), &x);
        key[i].len = (uint8_t) x.len;
        memcpy(key[i].data, x.data, x.len);

        key[i].unlikely = (uint8_t) json_integer_value(
                              json_array_get(json_object_get(v, "unlikely"),
                                             i));
    }

    hex(v, "secret", &x);
    memcpy(epoch.secret, x.data, RFL_SECRET_SIZE);
    epoch.id = epoch_of(v);
    epoch.start = number(v, "start");
    epoch.end = number(v, "end");

    hex(v, "ticket", &ticket);

    rfl_buf_init(&b, 0);
    rfl_answer_print(&epoch, ticket.data, &keys, &b);

    hex(v, "answer", &x);
    unit_ok(same(b.data, b.len, x), "vector answer %d", n);

    unit_int(rfl_answer_parse(b.data, b.len, &a), RFL_OK,
             "vector answer %d: read", n);
    unit_ok(a.epoch == epoch.id && a.start == epoch.start
            && a.end == epoch.end && a.nkeys == keys.n
            && a.ticket == b.data + 28
            && a.manifest == a.ticket + RFL_TICKET_SIZE
            && a.keys == b.data + RFL_ANSWER_HEAD,
            "vector answer %d: content", n);

    for (i = 0; i < b.len; i++) {
        if (rfl_answer_parse(b.data, i, &a) == RFL_OK) {
            break;
        }
    }

    unit_int(i, b.len, "vector answer %d: cut short, never read", n);

    rfl_buf_free(&b);
}


static void
test_inbox_key(const json_t *v, int n)
{
    u_char     id[RFL_KEY_ID_SIZE], sig[RFL_SIGN_SIZE];
    u_char     pk[RFL_SIGN_PUBLIC_SIZE], sk[RFL_SIGN_SECRET_SIZE];
    int32_t    first, last;
    bytes_t    seed, society, public, root, key_id, expected;
    rfl_str_t  name;

    hex(v, "seed", &seed);
    hex(v, "society", &society);
    hex(v, "public", &public);
    hex(v, "root", &root);
    hex(v, "key_id", &key_id);
    hex(v, "sig", &expected);
    first = (int32_t) number(v, "not_before");
    last = (int32_t) number(v, "not_after");

    name.data = society.data;
    name.len = society.len;

    (void) crypto_sign_seed_keypair(pk, sk, seed.data);
    unit_ok(same(pk, RFL_SIGN_PUBLIC_SIZE, root), "inbox key %d: root", n);

    rfl_box_key_id(public.data, id);
    unit_ok(same(id, RFL_KEY_ID_SIZE, key_id), "inbox key %d: id", n);

    unit_int(rfl_box_key_sign(sk, &name, public.data, first, last, sig),
             RFL_OK, "inbox key %d: signs", n);
    unit_ok(same(sig, RFL_SIGN_SIZE, expected), "inbox key %d: signature", n);
    unit_int(rfl_box_key_verify(pk, &name, public.data, first, last,
                                expected.data),
             RFL_OK, "inbox key %d: verifies", n);

    expected.data[0] ^= 1;
    unit_int(rfl_box_key_verify(pk, &name, public.data, first, last,
                                expected.data),
             RFL_DECLINED, "inbox key %d: control: one bit of it", n);
}


static void
test_box(const json_t *v, int n)
{
    u_char     plain[RFL_BOX_PLAIN], pk[RFL_BOX_PUBLIC_SIZE];
    bytes_t    secret, box, expected;
    rfl_str_t  cbor;

    hex(v, "secret", &secret);
    hex(v, "box", &box);
    hex(v, "cbor", &expected);

    (void) crypto_scalarmult_base(pk, secret.data);

    unit_int(rfl_box_open(pk, secret.data, box.data, box.len, plain, &cbor),
             RFL_OK, "box %d: opens", n);
    unit_ok(cbor.len == expected.len
            && memcmp(cbor.data, expected.data, cbor.len) == 0,
            "box %d: what is in it", n);
}


static void
test_hide(const json_t *v, int n)
{
    u_char   hide[RFL_HIDE_SIZE], label[RFL_HIDE_LABEL_SIZE];
    u_char   text[RFL_HIDE_TEXT_SIZE], parsed[RFL_HIDE_CODE_SIZE];
    bytes_t  code, hash, key, typed;

    hex(v, "code", &code);
    hex(v, "hide", &hash);
    hex(v, "label", &key);
    hex(v, "text", &typed);

    rfl_hide_hash(code.data, hide);
    unit_ok(same(hide, RFL_HIDE_SIZE, hash), "hide %d: hash", n);

    rfl_hide_label(hide, label);
    unit_ok(same(label, RFL_HIDE_LABEL_SIZE, key), "hide %d: label", n);

    rfl_hide_format(code.data, text);
    unit_ok(same(text, RFL_HIDE_TEXT_SIZE, typed), "hide %d: text %.*s", n,
            RFL_HIDE_TEXT_SIZE, (char *) text);

    unit_ok(rfl_hide_parse(typed.data, typed.len, parsed) == RFL_OK
            && same(parsed, RFL_HIDE_CODE_SIZE, code), "hide %d: read", n);
    unit_int(rfl_hide_matches(hash.data, code.data, code.len), RFL_OK,
             "hide %d: matches", n);
}


static void
test_receipt(const json_t *v, int n)
{
    u_char   parsed[6], other[6];
    u_char   text[RFL_RECEIPT_TEXT_SIZE], digits[RFL_RECEIPT_DIGITS_SIZE];
    bytes_t  id, letters, numbers;

    hex(v, "id", &id);
    hex(v, "text", &letters);
    hex(v, "digits", &numbers);

    rfl_receipt_format(id.data, text, digits);
    unit_ok(same(text, RFL_RECEIPT_TEXT_SIZE, letters), "receipt %d: %.*s", n,
            RFL_RECEIPT_TEXT_SIZE, (char *) text);
    unit_ok(same(digits, RFL_RECEIPT_DIGITS_SIZE, numbers),
            "receipt %d: %.*s", n, RFL_RECEIPT_DIGITS_SIZE, (char *) digits);

    unit_ok(rfl_receipt_parse(letters.data, letters.len, parsed) == RFL_OK
            && rfl_receipt_parse(numbers.data, numbers.len, other) == RFL_OK
            && memcmp(parsed, other, 6) == 0
            && memcmp(parsed, id.data, 5) == 0
            && parsed[5] == (id.data[5] & 0xf8),
            "receipt %d: both ways lead back", n);
}


/* each line holds the hash of the one before it */

static void
test_journal(const json_t *v, int n)
{
    u_char              pk[RFL_SIGN_PUBLIC_SIZE], hash[RFL_JOURNAL_HASH];
    bytes_t             seed, begin, want, x;
    rfl_buf_t           line;
    rfl_pool_t         *pool;
    rfl_keyfile_t       key;
    rfl_journal_read_t  read;

    static u_char  prev[RFL_JOURNAL_HASH];

    hex(v, "seed", &seed);
    hex(v, "begin", &begin);
    hex(v, "line", &want);
    hex(v, "hash", &x);

    memset(&key, 0, sizeof(rfl_keyfile_t));
    (void) crypto_sign_seed_keypair(pk, key.sk, seed.data);

    rfl_buf_init(&line, 0);
    rfl_buf_append(&line, begin.data, begin.len);
    rfl_journal_sign(&key, &line);
    rfl_journal_hash(line.data, line.len, hash);

    unit_ok(same(line.data, line.len, want), "journal %d: the line", n);
    unit_ok(same(hash, sizeof(hash), x), "journal %d: its hash", n);

    pool = rfl_pool_create(4096);

    unit_int(rfl_journal_read(pool, want.data, want.len, pk, &read), RFL_OK,
             "journal %d: is read", n);
    unit_int((long long) read.act.n, n + 1, "journal %d: its number", n);
    unit_ok(memcmp(read.prev, prev, sizeof(prev)) == 0,
            "journal %d: follows the one before", n);

    memcpy(prev, hash, sizeof(prev));
    want.data[12] ^= 1;

    unit_int(rfl_journal_read(pool, want.data, want.len, pk, &read),
             RFL_DECLINED, "journal %d: not when it was changed", n);

    rfl_pool_destroy(pool);
    rfl_buf_free(&line);
}
