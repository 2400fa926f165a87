
/*
 * Copyright (C) The RFL authors
 *
 * rfl_entry_decode.c: a record back into an entry: nothing but what
 * schema/record.cddl allows, in the one form it can be written in.  The
 * worker decodes each candidate of a search, so this is a single pass over
 * the bytes, with one allocation.
 */


#include "rfl_entry.h"
#include "rfl_entry_int.h"
#include "rfl_cbor.h"
#include "rfl_json.h"


#define RFL_CBOR_OPTIONAL                                                    \
    (1u << RFL_CBOR_AGE_BAND | 1u << RFL_CBOR_SEX | 1u << RFL_CBOR_ORIGIN    \
     | 1u << RFL_CBOR_RELATION | 1u << RFL_CBOR_STATUS                       \
     | 1u << RFL_CBOR_HIDE)

#define RFL_CBOR_REQUIRED  (((1u << RFL_CBOR_N) - 1) & ~RFL_CBOR_OPTIONAL)


static int rfl_cbor_name_text(rfl_cbor_in_t *in, size_t min, rfl_str_t *s);
static int rfl_cbor_names(rfl_cbor_in_t *in, rfl_entry_t *entry);
static int rfl_cbor_name(rfl_cbor_in_t *in, rfl_entry_name_t *name);
static int rfl_cbor_field(rfl_cbor_in_t *in, unsigned field,
    rfl_entry_t *entry);
static int rfl_cbor_id(rfl_cbor_in_t *in, rfl_str_t *id);
static int rfl_cbor_approvals(rfl_cbor_in_t *in, rfl_entry_t *entry);


int
rfl_record_decode(rfl_pool_t *pool, const u_char *data, size_t len,
    rfl_entry_t *entry)
{
    u_char         *copy;
    uint64_t        n;
    rfl_str_t       fields;
    rfl_cbor_in_t   in;

    if (len == 0 || len > RFL_RECORD_MAX) {
        return RFL_DECLINED;
    }

    copy = rfl_pstrdup(pool, data, len);
    if (copy == NULL) {
        return RFL_ERROR;
    }

    in.pos = copy;
    in.last = copy + len;

    if (rfl_cbor_head(&in, RFL_CBOR_ARRAY, &n) != RFL_OK || n != 2
        || rfl_cbor_string(&in, RFL_CBOR_BYTES, RFL_FIELDS_MAX, &fields)
           != RFL_OK
        || rfl_fields_decode(&fields, entry) != RFL_OK
        || rfl_cbor_approvals(&in, entry) != RFL_OK
        || in.pos != in.last)
    {
        rfl_memzero(entry, sizeof(rfl_entry_t));
        return RFL_DECLINED;
    }

    return RFL_OK;
}


/* one line as rfl_text_line() leaves it, as far as bytes can tell */

static int
rfl_cbor_name_text(rfl_cbor_in_t *in, size_t min, rfl_str_t *s)
{
    size_t         n;
    uint32_t       c;
    const u_char  *p, *last;

    if (rfl_cbor_string(in, RFL_CBOR_TEXT, RFL_NAME_BYTES, s) != RFL_OK
        || s->len < min)
    {
        return RFL_DECLINED;
    }

    n = 0;
    p = s->data;
    last = p + s->len;

    while (p < last) {

        c = *p;

        if (c < 0x80) {
            p++;

        } else {
            c = rfl_utf8_decode(&p, last);

            if (c > 0x10ffff || c < 0xa0
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069))
            {
                return RFL_DECLINED;
            }
        }

        if (c < 0x20 || c == 0x7f) {
            return RFL_DECLINED;
        }

        n++;
    }

    if (s->len != 0 && (s->data[0] == ' ' || last[-1] == ' ')) {
        return RFL_DECLINED;
    }

    return (n <= RFL_NAME_CHARS) ? RFL_OK : RFL_DECLINED;
}


static int
rfl_cbor_names(rfl_cbor_in_t *in, rfl_entry_t *entry)
{
    unsigned  i;
    uint64_t  n;

    if (rfl_cbor_head(in, RFL_CBOR_ARRAY, &n) != RFL_OK
        || n == 0 || n > RFL_NAMES_MAX)
    {
        return RFL_DECLINED;
    }

    for (i = 0; i < n; i++) {
        if (rfl_cbor_name(in, &entry->names[i]) != RFL_OK) {
            return RFL_DECLINED;
        }
    }

    entry->nnames = (unsigned) n;

    return RFL_OK;
}


/* a text, or [full, given, family] with at least one part not empty */

static int
rfl_cbor_name(rfl_cbor_in_t *in, rfl_entry_name_t *name)
{
    uint64_t  n;

    if (rfl_cbor_head(in, RFL_CBOR_ARRAY, &n) != RFL_OK) {
        return rfl_cbor_name_text(in, 1, &name->full);
    }

    if (n != 3
        || rfl_cbor_name_text(in, 1, &name->full) != RFL_OK
        || rfl_cbor_name_text(in, 0, &name->given) != RFL_OK
        || rfl_cbor_name_text(in, 0, &name->family) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    return (name->given.len != 0 || name->family.len != 0) ? RFL_OK
                                                           : RFL_DECLINED;
}


/* the map: members in ascending order, each once, none unknown */

int
rfl_fields_decode(const rfl_str_t *fields, rfl_entry_t *entry)
{
    unsigned       seen;
    uint64_t       i, n, field, next;
    rfl_cbor_in_t  in;

    memset(entry, 0, sizeof(rfl_entry_t));

    in.pos = fields->data;
    in.last = fields->data + fields->len;

    if (rfl_cbor_head(&in, RFL_CBOR_MAP, &n) != RFL_OK || n > RFL_CBOR_N) {
        return RFL_DECLINED;
    }

    seen = 0;
    next = 0;

    for (i = 0; i < n; i++) {

        if (rfl_cbor_uint(&in, next, RFL_CBOR_N - 1, &field) != RFL_OK
            || rfl_cbor_field(&in, (unsigned) field, entry) != RFL_OK)
        {
            return RFL_DECLINED;
        }

        seen |= 1u << field;
        next = field + 1;
    }

    if (in.pos != in.last
        || (seen & RFL_CBOR_REQUIRED) != RFL_CBOR_REQUIRED)
    {
        return RFL_DECLINED;
    }

    entry->fields = *fields;

    return RFL_OK;
}


static int
rfl_cbor_field(rfl_cbor_in_t *in, unsigned field, rfl_entry_t *entry)
{
    int        rc;
    uint64_t   n;

    n = 0;

    switch (field) {

    case RFL_CBOR_VERSION:
        return rfl_cbor_uint(in, RFL_FIELDS_VERSION, RFL_FIELDS_VERSION, &n);

    case RFL_CBOR_REF:
        return rfl_cbor_bytes(in, RFL_REF_SIZE, entry->ref);

    case RFL_CBOR_KIND:
        return rfl_cbor_index(in, rfl_nkinds, &entry->kind);

    case RFL_CBOR_NAMES:
        return rfl_cbor_names(in, entry);

    case RFL_CBOR_EVENT:
        return rfl_cbor_id(in, &entry->event);

    case RFL_CBOR_SOCIETY:
        return rfl_cbor_id(in, &entry->society);

    case RFL_CBOR_AGE_BAND:
        return rfl_cbor_index(in, rfl_nage_bands, &entry->age_band);

    case RFL_CBOR_SEX:
        return rfl_cbor_index(in, rfl_nsexes, &entry->sex);

    case RFL_CBOR_ORIGIN:
        rc = rfl_cbor_string(in, RFL_CBOR_TEXT, RFL_ORIGIN_MAX,
                             &entry->origin);

        return (rc == RFL_OK
                && rfl_origin_valid(entry->origin.data, entry->origin.len))
               ? RFL_OK : RFL_DECLINED;

    case RFL_CBOR_RELATION:
        return rfl_cbor_index(in, rfl_nrelations, &entry->relation);

    case RFL_CBOR_STATUS:
        return rfl_cbor_index(in, rfl_nstatuses, &entry->status);

    case RFL_CBOR_CONFIRMED_ON:
        rc = rfl_cbor_uint(in, 0, RFL_DAY_MAX, &n);
        entry->confirmed_on = (int32_t) n;
        return rc;

    case RFL_CBOR_NOT_BEFORE:
        rc = rfl_cbor_uint(in, 0, RFL_TIME_MAX, &n);
        entry->not_before = (int64_t) n;
        return rc;

    case RFL_CBOR_NOT_AFTER:
        rc = rfl_cbor_uint(in, 1, RFL_TIME_MAX, &n);
        entry->not_after = (int64_t) n;
        return rc;

    case RFL_CBOR_CONSENT:

        /* what is for matching only never becomes a record */

        rc = rfl_cbor_uint(in, RFL_CONSENT_SEARCHABLE, RFL_CONSENT_SEARCHABLE,
                           &n);
        entry->consent = (unsigned) n;
        return rc;

    case RFL_CBOR_CONSENT_DAY:
        rc = rfl_cbor_uint(in, 0, RFL_DAY_MAX, &n);
        entry->consent_day = (int32_t) n;
        return rc;

    case RFL_CBOR_CONSENT_POLICY:
        rc = rfl_cbor_uint(in, 1, RFL_CONSENT_POLICY_MAX, &n);
        entry->consent_policy = (unsigned) n;
        return rc;

    case RFL_CBOR_COMMIT:
        return rfl_cbor_bytes(in, RFL_COMMIT_SIZE, entry->commit);

    case RFL_CBOR_HIDE:
        entry->has_hide = 1;
        return rfl_cbor_bytes(in, RFL_HIDE_SIZE, entry->hide);

    default:
        return RFL_DECLINED;
    }
}


/* of an event, of a society */

static int
rfl_cbor_id(rfl_cbor_in_t *in, rfl_str_t *id)
{
    if (rfl_cbor_string(in, RFL_CBOR_TEXT, RFL_ID_MAX, id) != RFL_OK) {
        return RFL_DECLINED;
    }

    return rfl_id_valid(id->data, id->len) ? RFL_OK : RFL_DECLINED;
}


static int
rfl_cbor_approvals(rfl_cbor_in_t *in, rfl_entry_t *entry)
{
    unsigned         i;
    uint64_t         n, three, day;
    rfl_approval_t  *approval;

    if (rfl_cbor_head(in, RFL_CBOR_ARRAY, &n) != RFL_OK
        || n == 0 || n > RFL_APPROVALS_MAX)
    {
        return RFL_DECLINED;
    }

    for (i = 0; i < n; i++) {
        approval = &entry->approvals[i];

        if (rfl_cbor_head(in, RFL_CBOR_ARRAY, &three) != RFL_OK || three != 3
            || rfl_cbor_bytes(in, RFL_KEY_ID_SIZE, approval->key) != RFL_OK
            || rfl_cbor_uint(in, 0, RFL_DAY_MAX, &day) != RFL_OK
            || rfl_cbor_bytes(in, RFL_SIGN_SIZE, approval->sig) != RFL_OK)
        {
            return RFL_DECLINED;
        }

        approval->day = (int32_t) day;
    }

    entry->napprovals = (unsigned) n;

    return RFL_OK;
}
