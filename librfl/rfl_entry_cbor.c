
/*
 * Copyright (C) The RFL authors
 *
 * rfl_entry_cbor.c: the entry as deterministic CBOR (RFC 8949, 4.2), and the
 * commitment to its second facts.  Called at the desk, before signing and
 * before sealing.
 *
 * What was written is decoded again before anybody signs it: there is one set
 * of limits, the decoder's (rfl_entry_decode.c).
 */


#include "rfl_entry.h"
#include "rfl_entry_int.h"
#include "rfl_cbor.h"

#include <sodium.h>


/* the largest map of facts: five members, three names */
#define RFL_FACTS_MAX    (64 + 3 * (RFL_NAME_BYTES + 4))


typedef enum {
    RFL_FACT_BIRTH_YEAR = 0,
    RFL_FACT_COUNTRY,
    RFL_FACT_FATHER,
    RFL_FACT_MOTHER,
    RFL_FACT_GRANDFATHER
} rfl_cbor_fact_e;


static int rfl_cbor_refuse(rfl_err_t *err, const char *text);
static void rfl_cbor_put_entry(rfl_cbor_out_t *out, const rfl_entry_t *entry);
static void rfl_cbor_put_names(rfl_cbor_out_t *out, const rfl_entry_t *entry);
static void rfl_cbor_put_number(rfl_cbor_out_t *out, unsigned field,
    uint64_t value);
static void rfl_cbor_put_data(rfl_cbor_out_t *out, unsigned field,
    const u_char *data, size_t len);
static void rfl_cbor_put_some(rfl_cbor_out_t *out, unsigned field,
    uint64_t value);
static void rfl_cbor_put_line(rfl_cbor_out_t *out, unsigned field,
    const rfl_str_t *line);


int
rfl_entry_encode(rfl_pool_t *pool, rfl_entry_t *entry, rfl_err_t *err)
{
    int             rc;
    u_char         *data;
    rfl_str_t       fields;
    rfl_entry_t    *copy;
    rfl_cbor_out_t  out;

    if (entry->consent != RFL_CONSENT_SEARCHABLE) {
        return rfl_cbor_refuse(err, "the consent is not for the public "
                               "search: keep this entry at the desk");
    }

    data = rfl_palloc(pool, RFL_FIELDS_MAX);
    copy = rfl_palloc(pool, sizeof(rfl_entry_t));

    if (data == NULL || copy == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rfl_cbor_out(&out, data, RFL_FIELDS_MAX);
    rfl_cbor_put_entry(&out, entry);

    if (out.failed) {
        return rfl_cbor_refuse(err, "the names are too long together: give "
                               "fewer of them, or without their parts");
    }

    fields.data = data;
    fields.len = (size_t) (out.pos - out.start);

    rc = rfl_fields_decode(&fields, copy);

    if (rc != RFL_OK) {
        return rfl_cbor_refuse(err, "the entry is not complete, or has a "
                               "value outside of what the record allows");
    }

    entry->fields = fields;

    return RFL_OK;
}


int
rfl_record_encode(rfl_pool_t *pool, const rfl_entry_t *entry,
    rfl_str_t *record, rfl_err_t *err)
{
    u_char                *data;
    unsigned               i;
    rfl_cbor_out_t         out;
    const rfl_approval_t  *approval;

    if (entry->fields.len == 0 || entry->napprovals == 0
        || entry->napprovals > RFL_APPROVALS_MAX)
    {
        return rfl_cbor_refuse(err, "the entry is not signed: have it "
                               "approved first");
    }

    data = rfl_palloc(pool, RFL_RECORD_MAX);
    if (data == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rfl_cbor_out(&out, data, RFL_RECORD_MAX);

    rfl_cbor_put_array(&out, 2);
    rfl_cbor_put_bytes(&out, entry->fields.data, entry->fields.len);
    rfl_cbor_put_array(&out, entry->napprovals);

    for (i = 0; i < entry->napprovals; i++) {
        approval = &entry->approvals[i];

        if (approval->day < 0 || approval->day > RFL_DAY_MAX) {
            return rfl_cbor_refuse(err, "the day of an approval is out of "
                                   "range: have it signed again");
        }

        rfl_cbor_put_array(&out, 3);
        rfl_cbor_put_bytes(&out, approval->key, RFL_KEY_ID_SIZE);
        rfl_cbor_put_uint(&out, (uint64_t) approval->day);
        rfl_cbor_put_bytes(&out, approval->sig, RFL_SIGN_SIZE);
    }

    if (out.failed) {
        return rfl_cbor_refuse(err, "the names are too long together: give "
                               "fewer of them, or without their parts");
    }

    record->data = data;
    record->len = (size_t) (out.pos - out.start);

    return RFL_OK;
}


int
rfl_facts_commit(rfl_pool_t *pool, const rfl_facts_t *facts,
    const u_char salt[RFL_SALT_SIZE], u_char commit[RFL_COMMIT_SIZE])
{
    u_char              *data;
    rfl_cbor_out_t       out;
    static const u_char  personal[crypto_generichash_blake2b_PERSONALBYTES]
        = "rfl.v1.facts----";

    data = rfl_palloc(pool, RFL_FACTS_MAX);
    if (data == NULL) {
        return RFL_ERROR;
    }

    rfl_cbor_out(&out, data, RFL_FACTS_MAX);

    rfl_cbor_put_map(&out, (size_t) (facts->birth_year != 0)
                           + (facts->country.len != 0)
                           + (facts->father.len != 0)
                           + (facts->mother.len != 0)
                           + (facts->grandfather.len != 0));

    rfl_cbor_put_some(&out, RFL_FACT_BIRTH_YEAR,
                      (uint64_t) facts->birth_year);
    rfl_cbor_put_line(&out, RFL_FACT_COUNTRY, &facts->country);
    rfl_cbor_put_line(&out, RFL_FACT_FATHER, &facts->father);
    rfl_cbor_put_line(&out, RFL_FACT_MOTHER, &facts->mother);
    rfl_cbor_put_line(&out, RFL_FACT_GRANDFATHER, &facts->grandfather);

    if (out.failed
        || crypto_generichash_blake2b_salt_personal(commit, RFL_COMMIT_SIZE,
               data, (size_t) (out.pos - out.start), salt, RFL_SALT_SIZE,
               NULL, personal)
           != 0)
    {
        return RFL_ERROR;
    }

    return RFL_OK;
}


static int
rfl_cbor_refuse(rfl_err_t *err, const char *text)
{
    (void) rfl_err(err, 0, "%s", text);

    return RFL_DECLINED;
}


static void
rfl_cbor_put_entry(rfl_cbor_out_t *out, const rfl_entry_t *entry)
{
    rfl_cbor_put_map(out, RFL_CBOR_N
                          - (entry->age_band == 0) - (entry->sex == 0)
                          - (entry->origin.len == 0) - (entry->relation == 0)
                          - (entry->status == 0) - !entry->has_hide);

    rfl_cbor_put_number(out, RFL_CBOR_VERSION, RFL_FIELDS_VERSION);
    rfl_cbor_put_data(out, RFL_CBOR_REF, entry->ref, RFL_REF_SIZE);
    rfl_cbor_put_number(out, RFL_CBOR_KIND, entry->kind);
    rfl_cbor_put_names(out, entry);
    rfl_cbor_put_line(out, RFL_CBOR_EVENT, &entry->event);
    rfl_cbor_put_line(out, RFL_CBOR_SOCIETY, &entry->society);
    rfl_cbor_put_some(out, RFL_CBOR_AGE_BAND, entry->age_band);
    rfl_cbor_put_some(out, RFL_CBOR_SEX, entry->sex);
    rfl_cbor_put_line(out, RFL_CBOR_ORIGIN, &entry->origin);
    rfl_cbor_put_some(out, RFL_CBOR_RELATION, entry->relation);
    rfl_cbor_put_some(out, RFL_CBOR_STATUS, entry->status);

    /* a negative day or time becomes too large a number, and is refused */

    rfl_cbor_put_number(out, RFL_CBOR_CONFIRMED_ON,
                        (uint64_t) entry->confirmed_on);
    rfl_cbor_put_number(out, RFL_CBOR_NOT_BEFORE,
                        (uint64_t) entry->not_before);
    rfl_cbor_put_number(out, RFL_CBOR_NOT_AFTER, (uint64_t) entry->not_after);

    rfl_cbor_put_number(out, RFL_CBOR_CONSENT, entry->consent);
    rfl_cbor_put_number(out, RFL_CBOR_CONSENT_DAY,
                        (uint64_t) entry->consent_day);
    rfl_cbor_put_number(out, RFL_CBOR_CONSENT_POLICY, entry->consent_policy);

    rfl_cbor_put_data(out, RFL_CBOR_COMMIT, entry->commit, RFL_COMMIT_SIZE);

    if (entry->has_hide) {
        rfl_cbor_put_data(out, RFL_CBOR_HIDE, entry->hide, RFL_HIDE_SIZE);
    }
}


static void
rfl_cbor_put_names(rfl_cbor_out_t *out, const rfl_entry_t *entry)
{
    unsigned                 i;
    const rfl_entry_name_t  *name;

    if (entry->nnames > RFL_NAMES_MAX) {
        out->failed = 1;
        return;
    }

    rfl_cbor_put_uint(out, RFL_CBOR_NAMES);
    rfl_cbor_put_array(out, entry->nnames);

    for (i = 0; i < entry->nnames; i++) {
        name = &entry->names[i];

        if (name->given.len == 0 && name->family.len == 0) {
            rfl_cbor_put_text(out, &name->full);
            continue;
        }

        rfl_cbor_put_array(out, 3);
        rfl_cbor_put_text(out, &name->full);
        rfl_cbor_put_text(out, &name->given);
        rfl_cbor_put_text(out, &name->family);
    }
}


static void
rfl_cbor_put_number(rfl_cbor_out_t *out, unsigned field, uint64_t value)
{
    rfl_cbor_put_uint(out, field);
    rfl_cbor_put_uint(out, value);
}


static void
rfl_cbor_put_data(rfl_cbor_out_t *out, unsigned field, const u_char *data,
    size_t len)
{
    rfl_cbor_put_uint(out, field);
    rfl_cbor_put_bytes(out, data, len);
}


/* a number or a line that is there only if it says something */

static void
rfl_cbor_put_some(rfl_cbor_out_t *out, unsigned field, uint64_t value)
{
    if (value != 0) {
        rfl_cbor_put_number(out, field, value);
    }
}


static void
rfl_cbor_put_line(rfl_cbor_out_t *out, unsigned field, const rfl_str_t *line)
{
    if (line->len != 0) {
        rfl_cbor_put_uint(out, field);
        rfl_cbor_put_text(out, line);
    }
}
