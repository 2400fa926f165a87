
/*
 * Copyright (C) The RFL authors
 *
 * pfif_fuzz.c: a PFIF file of another system, or of somebody who means harm.
 * A fault has its line; what is read is valid UTF-8 within its length.
 */


#include "fuzz.h"
#include "rfl_pfif.h"
#include "rfl_text.h"


static int fuzz_pfif(rfl_pool_t *pool, const rfl_str_t *text,
    rfl_err_t *err);
static int pfif_visit(void *data, rfl_pool_t *pool,
    const rfl_pfif_person_t *person, rfl_err_t *err);
static void pfif_record(const rfl_pfif_record_t *record);


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_parse(data, size, fuzz_pfif);
}


static int
fuzz_pfif(rfl_pool_t *pool, const rfl_str_t *text, rfl_err_t *err)
{
    int  rc;

    rc = rfl_pfif_read(text, pfif_visit, NULL, err);
    fuzz_assert(rc == RFL_OK || rc == RFL_ERROR || rc == RFL_DECLINED);

    return rc;
}


static int
pfif_visit(void *data, rfl_pool_t *pool, const rfl_pfif_person_t *person,
    rfl_err_t *err)
{
    unsigned  i;

    fuzz_assert(person->record.values[RFL_PFIF_ID].len != 0);
    fuzz_assert(person->nnotes <= RFL_PFIF_NOTES_MAX);

    pfif_record(&person->record);

    for (i = 0; i < person->nnotes; i++) {
        pfif_record(&person->notes[i]);
    }

    return RFL_OK;
}


static void
pfif_record(const rfl_pfif_record_t *record)
{
    unsigned          i;
    const rfl_str_t  *value;

    for (i = 0; i < RFL_PFIF_N; i++) {
        value = &record->values[i];

        fuzz_assert(rfl_utf8_valid(value->data, value->len));
        fuzz_assert(value->len <= RFL_PFIF_TEXT_MAX * 4);
    }
}
