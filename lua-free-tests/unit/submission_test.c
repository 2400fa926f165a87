
/*
 * Copyright (C) The RFL authors
 *
 * submission_test.c: a whole submission, encoded, decoded, printed; and what
 * is none.
 */


#include "unit.h"
#include "form.h"


static void test_codec(void);
static void test_decoder(void);
static void test_print(void);


int
main(void)
{
    if (!form_init()) {
        return 1;
    }

    test_codec();
    test_decoder();
    test_print();

    rfl_pool_destroy(pool);

    return unit_done();
}


static int
same_values(const rfl_submission_t *a, const rfl_submission_t *b)
{
    rfl_ask_field_e  f;

    for (f = 0; f < RFL_ASK_N; f++) {
        if (!rfl_str_eq(&a->values[f].text, &b->values[f].text)
            || a->values[f].choice != b->values[f].choice
            || a->values[f].several != b->values[f].several)
        {
            return 0;
        }
    }

    return 1;
}


static void
test_codec(void)
{
    rfl_str_t         cbor, again;
    rfl_form_e        form;
    rfl_submission_t  d;

    for (form = 1; form < RFL_FORMS_N; form++) {

        fill(form);

        unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
                 RFL_OK, "%s: encoded", (char *) rfl_forms[form].name.data);
        unit_int(rfl_submission_decode(pool, cbor.data, cbor.len, &d),
                 RFL_OK, "decoded");
        unit_ok(same_values(&s, &d), "the same answers");
        unit_ok(d.form == form && d.day == s.day
                && memcmp(d.id, s.id, sizeof(s.id)) == 0
                && rfl_str_eq(&d.lang, &s.lang)
                && rfl_str_eq(&d.society, &s.society)
                && d.has_ref == s.has_ref
                && memcmp(d.ref, s.ref, sizeof(s.ref)) == 0
                && d.has_hide == s.has_hide
                && memcmp(d.hide, s.hide, sizeof(s.hide)) == 0,
                "the same around them");
        unit_ok(rfl_submission_encode(pool, &d, RFL_BOX_CBOR_MAX, &again)
                == RFL_OK && rfl_str_eq(&cbor, &again), "the same bytes");
        unit_int(rfl_submission_encode(pool, &s, cbor.len, &again), RFL_OK,
                 "into exactly as much");
        unit_int(rfl_submission_encode(pool, &s, cbor.len - 1, &again),
                 RFL_DECLINED, "not into less");
    }

    fresh(RFL_FORM_ALIVE);
    unit_ok(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor) == RFL_OK
            && rfl_submission_decode(pool, cbor.data, cbor.len, &d) == RFL_OK,
            "an empty form, as the first hidden field has it");

    fresh(RFL_FORM_NONE);
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
             RFL_DECLINED, "no form");

    fresh(RFL_FORM_ALIVE);
    s.values[RFL_ASK_WHY].choice = 1;
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
             RFL_DECLINED, "an answer that the form does not ask for");

    fresh(RFL_FORM_ALIVE);
    s.values[RFL_ASK_ADULT].choice = 4;
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
             RFL_DECLINED, "a choice beyond the list");

    fresh(RFL_FORM_ALIVE);
    rfl_str_set(&s.values[RFL_ASK_NAME].text, "A\nB");
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
             RFL_DECLINED, "a line of two lines");

    fresh(RFL_FORM_ALIVE);
    s.day = -1;
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
             RFL_DECLINED, "a day before all days");

    fresh(RFL_FORM_ALIVE);
    rfl_str_set(&s.society, "Northland");
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
             RFL_DECLINED, "a society that is none");

    fresh(RFL_FORM_ALIVE);
    rfl_str_set(&s.lang, "a/../b");
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
             RFL_DECLINED, "a language that is none");
}


/* every other byte string is refused, or is the one way to write something */

static void
test_decoder(void)
{
    size_t            i, k;
    u_char           *data;
    unsigned          taken, other, rest;
    rfl_str_t         cbor, again;
    rfl_pool_t       *own;
    rfl_submission_t  d;

    fill(RFL_FORM_ALIVE);

    if (rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor) != RFL_OK) {
        unit_ok(0, "encoded");
        return;
    }

    taken = 0;

    for (i = 0; i < cbor.len; i++) {
        data = malloc(i);

        if (i != 0) {
            memcpy(data, cbor.data, i);
        }

        taken += (rfl_submission_decode(pool, data, i, &d) != RFL_DECLINED);
        free(data);
    }

    unit_int(taken, 0, "cut off anywhere: refused");

    own = rfl_pool_create(4096);
    data = malloc(cbor.len + 1);
    other = 0;
    rest = 0;

    for (i = 0; i < cbor.len; i++) {
        for (k = 1; k < 256; k++) {

            memcpy(data, cbor.data, cbor.len);
            data[i] ^= (u_char) k;

            if (rfl_submission_decode(own, data, cbor.len, &d) == RFL_OK) {
                other += (rfl_submission_encode(own, &d, RFL_BOX_CBOR_MAX,
                                                &again) != RFL_OK
                          || again.len != cbor.len
                          || memcmp(again.data, data, cbor.len) != 0);

            } else {
                rest += (d.form != RFL_FORM_NONE
                         || d.values[RFL_ASK_NAME].text.len != 0);
            }

            rfl_pool_reset(own);
        }
    }

    unit_int(other, 0, "each other byte: refused, or written the same again");
    unit_int(rest, 0, "nothing is left of what was refused");

    memcpy(data, cbor.data, cbor.len);
    data[cbor.len] = 0;
    unit_int(rfl_submission_decode(pool, data, cbor.len + 1, &d),
             RFL_DECLINED, "a byte more");
    unit_int(rfl_submission_decode(pool, (const u_char *) "", 0, &d),
             RFL_DECLINED, "nothing");

    free(data);
    rfl_pool_destroy(own);
}


static void
test_print(void)
{
    rfl_buf_t  out;
    rfl_str_t  text;

    fill(RFL_FORM_REPORT);
    rfl_str_set(&s.values[RFL_ASK_WORDS].text, "a \"word\"\n</script>\\");

    rfl_buf_init(&out, 0);
    rfl_submission_print(&s, &out);
    text.data = out.data;
    text.len = out.len;

    unit_str(text, "{\"form\":\"report\",\"id\":"
             "\"a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5\","
             "\"reference\":\"MPJTB-9D5MF\",\"day\":\"2026-11-22\","
             "\"lang\":\"ar\",\"society\":\"northland\","
             "\"entry\":\"248H-248H-248H-248H\",\"answers\":{"
             "\"phone\":\"0912345\",\"email\":\"a@b.example\",\"reach\":\"R\","
             "\"talk\":\"fr\",\"sender\":\"S\",\"why\":\"danger\","
             "\"words\":\"a \\\"word\\\"\\u000a\\u003c/script>\\\\\"}}",
             "a report in JSON");

    rfl_buf_free(&out);

    fill(RFL_FORM_ALIVE);
    rfl_submission_print(&s, &out);
    rfl_buf_byte(&out, '\0');
    unit_ok(out.data != NULL
            && strstr((char *) out.data, "\"show\":[\"age_band\",\"status\"]")
               != NULL
            && strstr((char *) out.data, "\"consent\":\"searchable\"") != NULL
            && strchr((char *) out.data, '\n') == NULL,
            "lists in words, all in one line");
    rfl_buf_free(&out);
}
