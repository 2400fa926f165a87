
/*
 * Copyright (C) The RFL authors
 *
 * record_test.c: the record codec: what it carries, its limits, that there is
 * one way to write a thing, and S-120 (fields).
 */


#include <cbor.h>

#include "rfl_cbor.h"
#include "unit.h"
#include "spoil.h"


static rfl_pool_t  *pool;


static void test_codec(void);
static void test_limits(void);
static void test_strict(void);
static void test_fields(void);
static void test_strings(void);


int
main(void)
{
    pool = rfl_pool_create(4096);
    entry_init();

    test_codec();
    test_limits();
    test_strict();
    test_fields();
    test_strings();

    rfl_pool_destroy(pool);

    return unit_done();
}


static rfl_str_t
good_record(void)
{
    rfl_str_t    record;
    rfl_entry_t  e;

    entry_good(pool, &e);

    if (entry_sign(&e, 0, KEY_A, ENTRY_TODAY) != RFL_OK
        || entry_sign(&e, 1, KEY_B, ENTRY_TODAY) != RFL_OK
        || rfl_record_encode(pool, &e, &record, NULL) != RFL_OK)
    {
        printf("Bail out! no record\n");
        exit(1);
    }

    return record;
}


/* declined if so, whatever is read beyond its end: an exact-size copy */

static int
decode(const u_char *data, size_t len, rfl_entry_t *e)
{
    int      rc;
    u_char  *copy;

    copy = malloc(len == 0 ? 1 : len);

    if (len != 0) {
        memcpy(copy, data, len);
    }

    rc = rfl_record_decode(pool, copy, len, e);

    free(copy);

    return rc;
}


static void
test_codec(void)
{
    u_char                   *again;
    size_t                    size, n;
    rfl_str_t                 record;
    rfl_entry_t               e, d;
    cbor_item_t              *item;
    struct cbor_load_result   result;

    entry_good(pool, &e);
    record = good_record();

    unit_int(decode(record.data, record.len, &d), RFL_OK, "a record decodes");

    unit_ok(memcmp(d.ref, e.ref, RFL_REF_SIZE) == 0, "ref");
    unit_int(d.kind, RFL_KIND_LOOKING, "kind");
    unit_int(d.nnames, 2, "names");
    unit_str(d.names[0].full, "Amina Hassan Warsame", "first name");
    unit_int(d.names[0].given.len, 0, "no parts");
    unit_ok(rfl_str_eq(&d.names[1].full, &e.names[1].full), "second name");
    unit_ok(rfl_str_eq(&d.names[1].given, &e.names[1].given), "given part");
    unit_int(d.names[1].family.len, 0, "no family part");
    unit_str(d.event, "flood-2026", "event");
    unit_str(d.society, "northland", "society");
    unit_str(rfl_age_bands[d.age_band], "30-39", "age band");
    unit_str(rfl_sexes[d.sex], "f", "sex");
    unit_str(d.origin, "SO-BN", "origin");
    unit_str(rfl_relations[d.relation], "sister", "relation");
    unit_int(d.status, 0, "no status");
    unit_int(d.confirmed_on, ENTRY_TODAY - 2, "confirmed on");
    unit_int(d.not_before, e.not_before, "not before");
    unit_int(d.not_after, e.not_after, "not after");
    unit_int(d.consent, RFL_CONSENT_SEARCHABLE, "consent");
    unit_int(d.consent_day, ENTRY_TODAY - 2, "day of consent");
    unit_int(d.consent_policy, 3, "policy of consent");
    unit_ok(memcmp(d.commit, e.commit, RFL_COMMIT_SIZE) == 0, "commitment");
    unit_int(d.has_hide, 0, "no hide");
    unit_ok(rfl_str_eq(&d.fields, &e.fields), "the signed bytes");
    unit_int(d.napprovals, 2, "approvals");
    unit_int(d.approvals[1].day, ENTRY_TODAY, "day of approval");

    /* another implementation reads the same and writes it so */

    item = cbor_load(record.data, record.len, &result);
    unit_ok(item != NULL && result.read == record.len, "libcbor reads it");

    again = NULL;
    n = cbor_serialize_alloc(item, &again, &size);
    unit_ok(n == record.len && memcmp(again, record.data, n) == 0,
            "libcbor writes the same bytes");
    free(again);
    cbor_decref(&item);

    /* the second facts are nowhere in it */

    unit_ok(memmem(record.data, record.len, "Amina", 5) != NULL,
            "control: the published name is in the record");
    unit_ok(memmem(record.data, record.len, "Yusuf", 5) == NULL,
            "the father's name is not in the record");
    unit_ok(memmem(record.data, record.len, "A-17", 4) == NULL,
            "the source id is not in the record");

    /* with all that is optional, and with none of it */

    entry_good(pool, &e);
    e.kind = RFL_KIND_ALIVE;
    e.relation = 0;
    e.status = 1;
    e.has_hide = 1;
    memset(e.hide, 7, RFL_HIDE_SIZE);
    unit_int(rfl_entry_encode(pool, &e, NULL), RFL_OK, "hide encodes");
    (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
    unit_int(rfl_record_encode(pool, &e, &record, NULL), RFL_OK, "one sig");
    unit_int(decode(record.data, record.len, &d), RFL_OK, "hide decodes");
    unit_ok(d.has_hide && memcmp(d.hide, e.hide, RFL_HIDE_SIZE) == 0, "hide");
    unit_str(rfl_statuses[d.status], "safe", "status");

    e.status = 0;
    e.has_hide = 0;
    e.age_band = 0;
    e.sex = 0;
    e.origin.len = 0;
    unit_int(rfl_entry_encode(pool, &e, NULL), RFL_OK, "bare encodes");
    (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
    unit_int(rfl_record_encode(pool, &e, &record, NULL), RFL_OK, "bare");
    unit_int(decode(record.data, record.len, &d), RFL_OK, "bare decodes");
    unit_int(d.age_band + d.sex + d.origin.len + d.relation + d.status, 0,
             "absent stays absent");
}


static void
many_names(rfl_entry_t *e)
{
    e->nnames = RFL_NAMES_MAX + 1;
}


static void
long_names(rfl_entry_t *e)
{
    unsigned       i;
    static u_char  text[1000];

    memset(text, 'x', sizeof(text));

    for (i = 0; i < RFL_NAMES_MAX; i++) {
        e->names[i].full.data = text;
        e->names[i].full.len = RFL_NAME_CHARS;
        e->names[i].given = e->names[i].full;
        e->names[i].family = e->names[i].full;
    }

    e->nnames = RFL_NAMES_MAX;
}


static void
long_name(rfl_entry_t *e)
{
    long_names(e);
    rfl_str_null(&e->names[0].given);
    rfl_str_null(&e->names[0].family);
    e->names[0].full.len = RFL_NAME_CHARS + 1;
    e->nnames = 1;
}


static void
bad_utf8(rfl_entry_t *e)
{
    rfl_str_set(&e->names[0].full, "Ami\xc0\xaf");
}


static void
control_char(rfl_entry_t *e)
{
    rfl_str_set(&e->names[0].full, "Amina\nHassan");
}


static void
bidi_override(rfl_entry_t *e)
{
    rfl_str_set(&e->names[0].full, "Amina \xe2\x80\xae Hassan");
}


static void
outer_space(rfl_entry_t *e)
{
    rfl_str_set(&e->names[0].full, "Amina ");
}


static void
empty_name(rfl_entry_t *e)
{
    e->names[0].full.len = 0;
}


static void
bad_event(rfl_entry_t *e)
{
    rfl_str_set(&e->event, "Flood 2026");
}


static void
no_society(rfl_entry_t *e)
{
    e->society.len = 0;
}


static void
bad_origin(rfl_entry_t *e)
{
    rfl_str_set(&e->origin, "SO-");
}


static void
bad_sex(rfl_entry_t *e)
{
    e->sex = rfl_nsexes;
}


static void
bad_relation(rfl_entry_t *e)
{
    e->relation = rfl_nrelations;
}


static void
bad_status(rfl_entry_t *e)
{
    e->status = rfl_nstatuses;
}


static void
no_policy(rfl_entry_t *e)
{
    e->consent_policy = 0;
}


static void
test_limits(void)
{
    size_t       i, n, fits, sealed;
    rfl_err_t    err;
    rfl_str_t    record;
    rfl_entry_t  e;

    static const struct {
        const char  *name;
        void       (*change)(rfl_entry_t *e);
    } cases[] = {
        { "no name", no_names },
        { "seven names", many_names },
        { "names too long together", long_names },
        { "one name too long", long_name },
        { "bad UTF-8", bad_utf8 },
        { "control character", control_char },
        { "bidi override", bidi_override },
        { "space at the end", outer_space },
        { "empty name", empty_name },
        { "event not an id", bad_event },
        { "no society", no_society },
        { "origin not of ISO 3166", bad_origin },
        { "kind \"any\"", any_kind },
        { "unknown age band", bad_band },
        { "unknown sex", bad_sex },
        { "unknown relation", bad_relation },
        { "unknown status", bad_status },
        { "a day before 1970", before_1970 },
        { "no end", no_end },
        { "match-only", match_only },
        { "no consent", no_consent },
        { "no policy version", no_policy }
    };

    entry_good(pool, &e);
    unit_int(rfl_entry_encode(pool, &e, &err), RFL_OK,
             "control: a good entry encodes");

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        entry_good(pool, &e);
        cases[i].change(&e);
        err.text[0] = '\0';

        unit_int(rfl_entry_encode(pool, &e, &err), RFL_DECLINED,
                 "not encoded: %s", cases[i].name);
        unit_ok(err.text[0] != '\0', "and said why");
    }

    /* what was long enough to be refused, made shorter letter by letter */

    entry_good(pool, &e);
    long_names(&e);

    fits = 0;
    sealed = 0;

    for (n = 6 * RFL_NAME_CHARS; n != 0; n--) {
        e.names[n % 6].family.len = n / 6;

        if (rfl_entry_encode(pool, &e, NULL) != RFL_OK) {
            continue;
        }

        (void) entry_sign(&e, 0, KEY_A, ENTRY_TODAY);
        (void) entry_sign(&e, 1, KEY_B, ENTRY_TODAY);

        fits++;
        sealed += (rfl_record_encode(pool, &e, &record, NULL) == RFL_OK
                   && record.len <= RFL_RECORD_MAX);
    }

    unit_ok(fits > 0 && fits < 6 * RFL_NAME_CHARS, "control: %zu fit", fits);
    unit_int(sealed, fits, "what can be signed can be sealed");

    entry_good(pool, &e);
    unit_int(rfl_record_encode(pool, &e, &(rfl_str_t) rfl_null_string, &err),
             RFL_DECLINED, "no record without a signature");

    (void) entry_sign(&e, 0, KEY_A, 2932896);
    unit_int(rfl_record_encode(pool, &e, &record, &err), RFL_OK,
             "control: signed in the year 9999");
    e.approvals[0].day++;
    unit_int(rfl_record_encode(pool, &e, &record, &err), RFL_DECLINED,
             "no record signed after that");
    e.approvals[0].day = -1;
    unit_int(rfl_record_encode(pool, &e, &record, &err), RFL_DECLINED,
             "nor before 1970");
}


/* every other way to write the same, and every cut */

static void
test_strict(void)
{
    size_t       i, accepted;
    u_char       data[RFL_RECORD_MAX + 2];
    rfl_str_t    record;
    rfl_entry_t  e;

    record = good_record();

    accepted = 0;

    for (i = 0; i < record.len; i++) {
        accepted += (decode(record.data, i, &e) != RFL_DECLINED);
    }

    unit_int(accepted, 0, "no truncated record decodes");

    memcpy(data, record.data, record.len);
    data[record.len] = 0;
    unit_int(decode(data, record.len + 1, &e), RFL_DECLINED,
             "nothing may follow");

    /* 82: array(2); as an indefinite array, and with a longer head */

    unit_int(data[0], 0x82, "control: it starts with array(2)");
    data[0] = 0x9f;
    data[record.len] = 0xff;
    unit_int(decode(data, record.len + 1, &e), RFL_DECLINED,
             "indefinite length");

    data[0] = 0x98;
    data[1] = 2;
    memcpy(data + 2, record.data + 1, record.len - 1);
    unit_int(decode(data, record.len + 1, &e), RFL_DECLINED,
             "a head longer than needed");

    data[0] = 0x83;
    memcpy(data + 1, record.data + 1, record.len - 1);
    data[record.len] = 0xf6;
    unit_int(decode(data, record.len + 1, &e), RFL_DECLINED,
             "a third element");

    memset(data, 0, sizeof(data));
    unit_int(decode(data, sizeof(data), &e), RFL_DECLINED, "too long");
    unit_int(decode(data, 0, &e), RFL_DECLINED, "empty");

    /* nesting costs nothing */

    memset(data, 0x81, RFL_RECORD_MAX);
    unit_int(decode(data, RFL_RECORD_MAX, &e), RFL_DECLINED, "nested arrays");

    memset(data, 0xff, RFL_RECORD_MAX);
    unit_int(decode(data, RFL_RECORD_MAX, &e), RFL_DECLINED, "breaks");

    /* a length beyond everything */

    memcpy(data, "\x82\x5b\xff\xff\xff\xff\xff\xff\xff\xff", 10);
    unit_int(decode(data, 64, &e), RFL_DECLINED, "a huge length");
}


/*
 * S-120, the codec: the map with one member more, for every number, and with
 * each member left out.  The control is the map as it is.
 */

typedef struct {
    size_t  start;
    size_t  end;
} span_t;


/* where each member of the map begins, with libcbor as the judge */

static unsigned
spans(const rfl_str_t *fields, span_t *span)
{
    size_t                   pos;
    unsigned                 n;
    cbor_item_t             *item;
    struct cbor_load_result  result;

    pos = 1;

    for (n = 0; pos < fields->len; n++) {
        span[n].start = pos;

        item = cbor_load(fields->data + pos, fields->len - pos, &result);
        cbor_decref(&item);
        pos += result.read;

        item = cbor_load(fields->data + pos, fields->len - pos, &result);
        cbor_decref(&item);
        pos += result.read;

        span[n].end = pos;
    }

    return n;
}


/* the verdict on a map, put into an otherwise good record */

static int
decode_fields(const u_char *fields, size_t len)
{
    size_t       n;
    u_char       data[RFL_RECORD_MAX];
    unsigned     i;
    rfl_entry_t  e;

    n = 0;
    data[n++] = 0x82;
    n += cbor_encode_bytestring_start(len, data + n, sizeof(data) - n);
    memcpy(data + n, fields, len);
    n += len;
    data[n++] = 0x81;
    data[n++] = 0x83;
    data[n++] = 0x48;

    for (i = 0; i < RFL_KEY_ID_SIZE; i++) {
        data[n++] = 1;
    }

    n += cbor_encode_uint(ENTRY_TODAY, data + n, sizeof(data) - n);
    data[n++] = 0x58;
    data[n++] = RFL_SIGN_SIZE;
    memset(data + n, 2, RFL_SIGN_SIZE);
    n += RFL_SIGN_SIZE;

    return decode(data, n, &e);
}


static void
test_fields(void)
{
    size_t       n, len;
    u_char       data[RFL_RECORD_MAX];
    span_t       span[32];
    unsigned     i, k, count, accepted, wrong, required;
    rfl_entry_t  e;

    entry_good(pool, &e);
    e.has_hide = 1;
    unit_int(rfl_entry_encode(pool, &e, NULL), RFL_OK, "encoded");

    count = spans(&e.fields, span);
    unit_int(count, 18, "all members but the status are there");
    unit_int(e.fields.data[0], 0xa0 | 18, "control: map(18)");
    unit_int(decode_fields(e.fields.data, e.fields.len), RFL_OK,
             "control: the map as it is");

    /* one more, at the end: every number that fits a head, every type */

    accepted = 0;

    for (i = 19; i < 300; i++) {
        for (k = 0; k < 8; k++) {
            memcpy(data, e.fields.data, e.fields.len);
            data[0]++;
            n = e.fields.len;
            n += cbor_encode_uint(i, data + n, sizeof(data) - n);
            data[n++] = (u_char) (k << 5);
            accepted += (decode_fields(data, n) != RFL_DECLINED);
        }
    }

    unit_int(accepted, 0, "S-120: no unknown number is a field");

    /* a text or a negative number as the key */

    memcpy(data, e.fields.data, e.fields.len);
    data[0]++;
    memcpy(data + e.fields.len, "\x65" "phone" "\x63" "123", 10);
    unit_int(decode_fields(data, e.fields.len + 10), RFL_DECLINED,
             "S-120: no text is a field");

    memcpy(data + e.fields.len, "\x20\x01", 2);
    unit_int(decode_fields(data, e.fields.len + 2), RFL_DECLINED,
             "S-120: no negative number is a field");

    /* something behind the map, within what is signed */

    memcpy(data, e.fields.data, e.fields.len);
    data[e.fields.len] = 0;
    unit_int(decode_fields(data, e.fields.len + 1), RFL_DECLINED,
             "S-120: nothing may follow the map");

    /* each one missing, each one twice, each pair swapped */

    wrong = 0;
    required = 0;
    accepted = 0;

    for (i = 0; i < count; i++) {

        len = span[i].end - span[i].start;

        memcpy(data, e.fields.data, span[i].start);
        memcpy(data + span[i].start, e.fields.data + span[i].end,
               e.fields.len - span[i].end);
        data[0]--;

        switch (e.fields.data[span[i].start]) {

        case 6: case 7: case 8: case 9: case 18:
            wrong += (decode_fields(data, e.fields.len - len) != RFL_OK);
            break;

        default:
            required++;
            wrong += (decode_fields(data, e.fields.len - len)
                      != RFL_DECLINED);
        }

        memcpy(data, e.fields.data, span[i].end);
        memcpy(data + span[i].end, e.fields.data + span[i].start,
               e.fields.len - span[i].start);
        data[0] = e.fields.data[0] + 1;
        accepted += (decode_fields(data, e.fields.len + len)
                     != RFL_DECLINED);

        if (i != 0) {
            n = span[i - 1].start;
            memcpy(data, e.fields.data, n);
            memcpy(data + n, e.fields.data + span[i].start, len);
            memcpy(data + n + len, e.fields.data + n,
                   span[i - 1].end - span[i - 1].start);
            memcpy(data + span[i].end, e.fields.data + span[i].end,
                   e.fields.len - span[i].end);
            accepted += (decode_fields(data, e.fields.len) != RFL_DECLINED);
        }
    }

    unit_int(required, 13, "thirteen members are required");
    unit_int(wrong, 0, "a required member cannot be left out, others can");
    unit_int(accepted, 0, "none twice, none out of order");

    /* an optional one that says "absent" is not absent */

    for (i = 0; i < count; i++) {
        if (e.fields.data[span[i].start] == 7) {
            memcpy(data, e.fields.data, e.fields.len);
            data[span[i].start + 1] = 0;
            unit_int(decode_fields(data, e.fields.len), RFL_DECLINED,
                     "sex 0 is not a value");
        }

        if (e.fields.data[span[i].start] == 14) {
            memcpy(data, e.fields.data, e.fields.len);
            data[span[i].start + 1] = RFL_CONSENT_MATCH_ONLY;
            unit_int(decode_fields(data, e.fields.len), RFL_DECLINED,
                     "match-only is not a record");
        }
    }
}


/* a length that says more than there is, by any number of bytes */

static void
test_strings(void)
{
    size_t         i;
    unsigned       refused;
    rfl_str_t      s;
    rfl_cbor_in_t  in;

    /* h'0202...', 23 bytes, in a buffer where more would follow */

    u_char  data[64];

    memset(data, 2, sizeof(data));
    data[0] = 0x40 | 23;

    in.pos = data;
    in.last = data + 24;
    unit_int(rfl_cbor_string(&in, RFL_CBOR_BYTES, 64, &s), RFL_OK,
             "control: a string that is there");
    unit_ok(s.data == data + 1 && s.len == 23 && in.pos == in.last,
            "... is all of it");

    for (refused = 0, i = 0; i < 24; i++) {
        in.pos = data;
        in.last = data + i;
        refused += (rfl_cbor_string(&in, RFL_CBOR_BYTES, 64, &s)
                    == RFL_DECLINED);
    }

    unit_int(refused, 24, "S-32: no string longer than what is there");

    in.pos = data;
    in.last = data + sizeof(data);
    unit_int(rfl_cbor_string(&in, RFL_CBOR_BYTES, 22, &s), RFL_DECLINED,
             "nor longer than what may be");
}
