
/*
 * Copyright (C) The RFL authors
 *
 * form_test.c: what visitors type into forms, and what others send in their
 * place: bodies, single answers, steps (S-73, S-76).
 */


#include "unit.h"
#include "form.h"


static void test_tables(void);
static void test_body(void);
static void test_hostile_bodies(void);
static void test_texts(void);
static void test_values(void);
static void test_lists(void);
static void test_needs(void);
static void test_withdraw(void);
static void test_long(void);
static void test_minor(void);


int
main(void)
{
    if (!form_init()) {
        return 1;
    }

    test_tables();
    test_body();
    test_hostile_bodies();
    test_texts();
    test_values();
    test_lists();
    test_needs();
    test_withdraw();
    test_long();
    test_minor();

    rfl_pool_destroy(pool);

    return unit_done();
}


/* the fault of a field after take() */

static int
fault_of(rfl_form_e form, unsigned step, rfl_ask_field_e field)
{
    unsigned  i;

    for (i = 0; i < rfl_forms[form].steps[step].n; i++) {
        if (rfl_forms[form].steps[step].fields[i] == field) {
            return faults[i];
        }
    }

    return -1;
}


/* answers that have no other letters */

static int
ascii(rfl_ask_field_e f)
{
    return f == RFL_ASK_COUNTRY || f == RFL_ASK_EVENT || f == RFL_ASK_PHONE
           || f == RFL_ASK_EMAIL;
}


static void
test_tables(void)
{
    size_t             size, most;
    unsigned           i, k, n, same, named, twice;
    rfl_form_e         form;
    rfl_ask_field_e    field, f;
    const rfl_step_t  *step;

    n = 0;

    for (field = 1; field < RFL_ASK_N; field++) {
        n += (rfl_ask_find(rfl_ask_fields[field].name.data,
                           rfl_ask_fields[field].name.len) == field
              && rfl_ask_fields[field].autocomplete != NULL
              && (rfl_ask_fields[field].list == NULL)
                 == (rfl_ask_fields[field].nlist == NULL)
              && (rfl_ask_fields[field].list != NULL
                  || rfl_ask_fields[field].max != 0));
    }

    unit_int(n, RFL_ASK_N - 1, "each field is found by its own name");
    unit_int(rfl_ask_find((const u_char *) "", 0), RFL_ASK_NONE,
             "no field without a name");
    unit_int(rfl_ask_find((const u_char *) "name_", 5), RFL_ASK_NONE,
             "no field by half a name");

    for (form = 1; form < RFL_FORMS_N; form++) {

        for (same = 0, i = 1; i < RFL_FORMS_N; i++) {
            same += rfl_str_eq(&rfl_forms[i].name, &rfl_forms[form].name);
        }

        unit_int(same, 1, "form %.*s, and no other",
                 (int) rfl_forms[form].name.len,
                 (char *) rfl_forms[form].name.data);

        named = 0;
        twice = 0;
        most = 0;
        size = 0;

        for (i = 0; i < rfl_forms[form].nsteps; i++) {
            step = &rfl_forms[form].steps[i];
            named += (step->name.len != 0 && step->n != 0
                      && step->n <= RFL_STEP_FIELDS
                      && step->required >> step->n == 0);
            most = (step->n > most) ? step->n : most;

            for (k = 0; k < step->n; k++) {
                f = step->fields[k];
                size += rfl_ask_fields[f].max * (ascii(f) ? 1 : 3) + 5;

                for (n = 0; n < i; n++) {
                    twice += (rfl_forms[form].steps[n].fields[0] == f);
                }
            }
        }

        unit_int(named, rfl_forms[form].nsteps, "its steps are whole");
        unit_int(twice, 0, "it asks nothing twice");
        unit_ok(size + 160 <= RFL_BOX_CBOR_MAX, "its longest answers fit into"
                " a box in any script of three bytes: %zu", size + 160);
    }

    unit_ok(rfl_form_asks(RFL_FORM_ALIVE, RFL_ASK_CONSENT)
            && !rfl_form_asks(RFL_FORM_ALIVE, RFL_ASK_MESSAGE),
            "what a form asks");
    unit_str(rfl_ask_fields[RFL_ASK_CONSENT].list[1], "match_only",
             "match only is offered first");
}


static void
test_body(void)
{
    size_t      i;
    const char  full[] = "state=abc&entry=x-_&name=Amina+%D8%A3%2b&go=next&"
                         RFL_FORM_TRAP "=";

    static const struct {
        const char  *text;
        rfl_go_e     go;
        unsigned     step;
    } buttons[] = {
        { "", RFL_GO_NEXT, 0 },
        { "go=", RFL_GO_NEXT, 0 },
        { "go=next", RFL_GO_NEXT, 0 },
        { "go=back", RFL_GO_BACK, 0 },
        { "go=change-0", RFL_GO_CHANGE, 0 },
        { "go=change-5", RFL_GO_CHANGE, 5 },
        { "go=send", RFL_GO_SEND, 0 },
        { "go=lang", RFL_GO_LANG, 0 },
        { "go=text", RFL_GO_TEXT, 0 }
    };

    unit_int(split(full, sizeof(full) - 1), RFL_OK, "a body");
    unit_str(body.state, "abc", "its state");
    unit_str(body.entry, "x-_", "its entry");
    unit_int(body.go, RFL_GO_NEXT, "its button");
    unit_int(body.trapped, 0, "the trap left empty");
    unit_int(body.nvalues, 1, "one answer");
    unit_str(body.values[0].value, "Amina \xd8\xa3+", "decoded");

    unit_int(split("name=x&kind=any&grandfather=y", 29), RFL_OK,
             "what was asked in a search");
    unit_int(body.nvalues, 1, "... as far as a form asks for it");

    unit_int(split(RFL_FORM_TRAP "=x", 9), RFL_OK, "a trapped one");
    unit_int(body.trapped, 1, "is told");

    for (i = 0; i < sizeof(buttons) / sizeof(buttons[0]); i++) {
        unit_ok(split(buttons[i].text, strlen(buttons[i].text)) == RFL_OK
                && body.go == buttons[i].go && body.step == buttons[i].step,
                "button: \"%s\"", buttons[i].text);
    }

    unit_ok(split("show=sex&show=status&show=sex", 29) == RFL_OK
            && body.nvalues == 3, "check boxes come more than once");
    unit_ok(split("&&name=x&", 9) == RFL_OK && body.nvalues == 1,
            "empty pairs are nothing");
    unit_ok(split("name", 4) == RFL_OK && body.nvalues == 1
            && body.values[0].value.len == 0, "a name without a value");
}


static void
test_hostile_bodies(void)
{
    size_t   i, n;
    char    *text;

    static const char  *const  bad[] = {
        "name=%", "name=%4", "name=%zz", "name=%4g", "%=x", "n%61me=x&name=y",
        "name=a&name=a", "name=a&name=", "state=a&state=b", "go=next&go=next",
        "entry=&entry=", RFL_FORM_TRAP "=&" RFL_FORM_TRAP "=",
        "nome=x", "=x", "name%00=x", "NAME=x", "admin=1", "_charset_=utf-16",
        "go=change-6", "go=change-", "go=change-00", "go=change--1",
        "go=change-a", "go=delete", "go=NEXT", "go=next%00",
        "name[]=x", "name;father=x", "\xff\xfe=x"
    };

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        unit_ok(split(bad[i], strlen(bad[i])) == RFL_DECLINED
                && body.nvalues == 0 && body.state.len == 0,
                "refused: %s", bad[i]);
    }

    /* S-76: ten thousand fields */

    text = malloc(RFL_FORM_BODY_MAX + 1);

    for (n = 0; n < 10000; n++) {
        memcpy(text + n * 3, "a=&", 3);
    }

    unit_int(split(text, 30000), RFL_DECLINED, "10,000 unknown fields");

    memset(text, '&', 30000);
    unit_int(split(text, 30000), RFL_DECLINED, "10,000 empty fields");

    for (n = 0; n < 3000; n++) {
        memcpy(text + n * 9, "show=sex&", 9);
    }

    unit_int(split(text, 27000), RFL_DECLINED, "3,000 check boxes");
    unit_int(split(text, 32 * 9), RFL_OK, "32 are taken");
    unit_int(split(text, 33 * 9), RFL_DECLINED, "33 are not");

    memset(text, 'x', RFL_FORM_BODY_MAX + 1);
    memcpy(text, "name=", 5);
    unit_int(split(text, RFL_FORM_BODY_MAX), RFL_OK, "the longest body");
    unit_int(split(text, RFL_FORM_BODY_MAX + 1), RFL_DECLINED,
             "one byte more");

    free(text);
}


static void
test_texts(void)
{
    size_t      i;
    char        text[512];
    rfl_str_t   in, once, again;

    static const struct {
        const char  *typed;
        const char  *kept;
        int          fault;
    } lines[] = {
        { "Amina", "Amina", 0 },
        { "++Amina%0D%0AHassan+%09", "Amina Hassan", 0 },
        { "%E2%80%AEAmina%E2%80%AC", "Amina", 0 },             /* RLO PDF */
        { "%E2%81%A6Amina%E2%81%A9%E2%80%8F", "Amina", 0 },    /* LRI PDI */
        { "%D9%85%DB%8C%E2%80%8C%D8%B1", "\xd9\x85\xdb\x8c\xe2\x80\x8c"
          "\xd8\xb1", 0 },                                     /* ZWNJ */
        { "%E0%A4%95%E0%A5%8D%E2%80%8D", "\xe0\xa4\x95\xe0\xa5\x8d"
          "\xe2\x80\x8d", 0 },                                 /* ZWJ */
        { "%F0%90%B4%80", "\xf0\x90\xb4\x80", 0 },             /* Rohingya */
        { "A%00B", "", RFL_ASK_FAULT_CHARS },
        { "A%01", "", RFL_ASK_FAULT_CHARS },
        { "A%1B[2J", "", RFL_ASK_FAULT_CHARS },
        { "A%C2%9B", "", RFL_ASK_FAULT_CHARS },
        { "A%FF", "", RFL_ASK_FAULT_CHARS },
        { "A%C0%80", "", RFL_ASK_FAULT_CHARS },                /* overlong */
        { "A%ED%A0%80", "", RFL_ASK_FAULT_CHARS },             /* surrogate */
        { "%E9ric", "", RFL_ASK_FAULT_CHARS },                 /* Latin-1 */
        { "A%EF%BF%BE", "", RFL_ASK_FAULT_CHARS },
        { "+%E2%80%8B+", "", RFL_ASK_FAULT_EMPTY },
        { "<script>", "<script>", 0 }
    };

    static const struct {
        const char  *typed;
        const char  *kept;
    } texts[] = {
        { "one%0D%0Atwo", "one\ntwo" },
        { "one%0Dtwo%0Athree", "one\ntwo\nthree" },
        { "%0A+one++two+%0A%0A%0A%0A+three+%0A", "one two\n\nthree" },
        { "one%E2%80%A9two%C2%85three", "one\ntwo\nthree" },
        { "%E2%80%AEone%0A%E2%80%AC", "one" },
        { "one+%0A+%E2%80%8E+%0Atwo", "one\n\ntwo" }
    };

    for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        fresh(RFL_FORM_ALIVE);
        (void) snprintf(text, sizeof(text), "name=%s", lines[i].typed);
        (void) take(RFL_FORM_ALIVE, 1, text);
        unit_int(faults[0], lines[i].fault, "line: %s: fault",
                 lines[i].typed);
        unit_str(s.values[RFL_ASK_NAME].text, lines[i].kept, "line: %s: kept",
                 lines[i].typed);
    }

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        fresh(RFL_FORM_MESSAGE);
        (void) snprintf(text, sizeof(text), "message=%s", texts[i].typed);
        unit_int(take(RFL_FORM_MESSAGE, 0, text), 0, "text: %s",
                 texts[i].typed);
        once = s.values[RFL_ASK_MESSAGE].text;
        unit_str(once, texts[i].kept, "text: %s: kept", texts[i].typed);

        in = once;
        unit_ok(rfl_text_lines(pool, &in, SIZE_MAX, &again) == RFL_OK
                && rfl_str_eq(&once, &again), "cleaned again is the same");
    }
}


static void
test_values(void)
{
    int          n;
    size_t       i;
    char         text[512];
    rfl_form_e   form;
    unsigned     step;

    static const struct {
        rfl_ask_field_e  field;
        const char      *typed;
        const char      *kept;      /* NULL: refused */
    } values[] = {
        { RFL_ASK_NAME, "3abdallah", "3abdallah" },
        { RFL_ASK_NAME, "U%CC%81", "U\xcc\x81" },
        { RFL_ASK_NAME, "%E7%8E%8B", "\xe7\x8e\x8b" },
        { RFL_ASK_NAME, "Amina+%28born+1990%29", "Amina (born 1990)" },
        { RFL_ASK_NAME, "0170+1234567", NULL },
        { RFL_ASK_NAME, "%D9%A0%D9%A1%D9%A2+%D9%A3%D9%A4%D9%A5", NULL },
        { RFL_ASK_NAME, "%F0%9F%98%A2", NULL },
        { RFL_ASK_NAME, "???", NULL },
        { RFL_ASK_NAME, "amina%40post.example", NULL },
        { RFL_ASK_BIRTH_YEAR, "1990", "1990" },
        { RFL_ASK_BIRTH_YEAR, "about+1990", "about 1990" },
        { RFL_ASK_BIRTH_YEAR, "12/3/1990", "12/3/1990" },
        { RFL_ASK_BIRTH_YEAR, "1369", "1369" },
        { RFL_ASK_BIRTH_YEAR, "2533", "2533" },
        { RFL_ASK_BIRTH_YEAR, "%D9%A1%D9%A9%D9%A9%D9%A0",
          "\xd9\xa1\xd9\xa9\xd9\xa9\xd9\xa0" },
        { RFL_ASK_BIRTH_YEAR, "%DB%B1%DB%B3%DB%B6%DB%B9+%D8%B4",
          "\xdb\xb1\xdb\xb3\xdb\xb6\xdb\xb9 \xd8\xb4" },
        { RFL_ASK_BIRTH_YEAR, "1990+or+1991", "1990 or 1991" },
        { RFL_ASK_BIRTH_YEAR, "90", NULL },
        { RFL_ASK_BIRTH_YEAR, "19900", NULL },
        { RFL_ASK_BIRTH_YEAR, "3999", NULL },
        { RFL_ASK_BIRTH_YEAR, "long+ago", NULL },
        { RFL_ASK_BIRTH_YEAR, "99999999999999999999999999", NULL },
        { RFL_ASK_AGE, "34", "34" },
        { RFL_ASK_AGE, "about+34", "about 34" },
        { RFL_ASK_AGE, "%E0%A7%A9%E0%A7%AA", "\xe0\xa7\xa9\xe0\xa7\xaa" },
        { RFL_ASK_AGE, "130", "130" },
        { RFL_ASK_AGE, "131", NULL },
        { RFL_ASK_AGE, "old", NULL },
        { RFL_ASK_AGE, "4294967330", NULL },
        { RFL_ASK_AGE, "18446744073709551650", NULL },
        { RFL_ASK_PHONE, "%2B249+912+345-678", "+249 912 345-678" },
        { RFL_ASK_PHONE, "%D9%A0%D9%A9%D9%A1%D9%A2+%D9%A3%D9%A4%D9%A5",
          "0912 345" },
        { RFL_ASK_PHONE, "%EF%BC%8B%EF%BC%98%EF%BC%96+10", "+86 10" },
        { RFL_ASK_PHONE, "0912/345678+(my+sister),+ext.+4",
          "0912/345678 (my sister), ext. 4" },
        { RFL_ASK_PHONE, "4321", "4321" },
        { RFL_ASK_PHONE, "tel:0912345", "tel:0912345" },
        { RFL_ASK_PHONE, "112", NULL },
        { RFL_ASK_PHONE, "none", NULL },
        { RFL_ASK_EMAIL, "a@b.example", "a@b.example" },
        { RFL_ASK_EMAIL, "amina+%40+post+.example", "amina@post.example" },
        { RFL_ASK_EMAIL, "%D8%A3@%D8%A8.%D8%AC",
          "\xd8\xa3@\xd8\xa8.\xd8\xac" },
        { RFL_ASK_EMAIL, "a%2Btag@b.example", "a+tag@b.example" },
        { RFL_ASK_EMAIL, "a@b", NULL },
        { RFL_ASK_EMAIL, "@b.example", NULL },
        { RFL_ASK_EMAIL, "a@.example", NULL },
        { RFL_ASK_EMAIL, "a@b..example", NULL },
        { RFL_ASK_EMAIL, "a@b.example.", NULL },
        { RFL_ASK_EMAIL, "a@b@c.example", NULL },
        { RFL_ASK_EMAIL, "a@b.example,c@d.example", NULL },
        { RFL_ASK_EMAIL, "<a@b.example>", NULL },
        { RFL_ASK_EMAIL, "none", NULL },
        { RFL_ASK_EMAIL, "@", NULL },
        { RFL_ASK_EMAIL, ".", NULL },
        { RFL_ASK_COUNTRY, "SY", "SY" },
        { RFL_ASK_COUNTRY, "sy", NULL },
        { RFL_ASK_COUNTRY, "ZZ", NULL },
        { RFL_ASK_COUNTRY, "S", NULL },
        { RFL_ASK_COUNTRY, "Syria", NULL },
        { RFL_ASK_EVENT, "flood-2026", "flood-2026" },
        { RFL_ASK_EVENT, "old", NULL },                   /* closed */
        { RFL_ASK_EVENT, "flood", NULL },
        { RFL_ASK_EVENT, "../x", NULL }
    };

    for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {

        form = RFL_FORM_ALIVE;
        step = (values[i].field == RFL_ASK_PHONE
                || values[i].field == RFL_ASK_EMAIL) ? 3
               : (values[i].field == RFL_ASK_NAME) ? 1 : 2;

        fresh(form);
        (void) snprintf(text, sizeof(text), "%s=%s",
                        (char *) rfl_ask_fields[values[i].field].name.data,
                        values[i].typed);
        n = take(form, step, text);

        if (values[i].kept != NULL) {
            unit_int(n, 0, "%s", text);
            unit_str(s.values[values[i].field].text, values[i].kept,
                     "%s: kept", text);
            continue;
        }

        unit_int(n, 1, "refused: %s", text);
        unit_int(fault_of(form, step, values[i].field),
                 RFL_ASK_FAULT_VALUE, "for its value");
        unit_ok(s.values[values[i].field].text.len != 0,
                "kept, to be mended");

        rfl_form_drop(&s, form, step, faults);
        unit_int(s.values[values[i].field].text.len, 0, "dropped");
    }
}


static void
test_lists(void)
{
    fresh(RFL_FORM_ALIVE);

    unit_int(take(RFL_FORM_ALIVE, 0, "adult=yes"), 0, "a choice");
    unit_int(s.values[RFL_ASK_ADULT].choice, 1, "its number");
    unit_int(take(RFL_FORM_ALIVE, 0, "adult=maybe"), 1, "no choice of ours");
    unit_int(faults[0], RFL_ASK_FAULT_VALUE, "a fault of value");
    unit_int(s.values[RFL_ASK_ADULT].choice, 0, "nothing is chosen");
    unit_int(take(RFL_FORM_ALIVE, 0, "adult=yes%00"), 1, "more than a value");
    unit_int(take(RFL_FORM_ALIVE, 0, "adult="), 1, "an empty one");
    unit_int(faults[0], RFL_ASK_FAULT_EMPTY, "is needed");

    unit_int(take(RFL_FORM_ALIVE, 4, "consent=searchable&show=sex&show=status"
                  "&status=safe"), 0, "check boxes");
    unit_int(s.values[RFL_ASK_SHOW].several, 1 << 2 | 1 << 4, "their bits");
    unit_int(s.values[RFL_ASK_STATUS].choice, 1, "a status");

    unit_int(take(RFL_FORM_ALIVE, 4, "consent=searchable"), 0,
             "no check box any more");
    unit_int(s.values[RFL_ASK_SHOW].several, 0, "empties them");

    unit_int(take(RFL_FORM_ALIVE, 4, "consent=searchable&show=name"), 1,
             "what may never be shown");
    unit_int(take(RFL_FORM_ALIVE, 4, "consent=match_only&show=sex"), 0,
             "for matching only");
    unit_int(s.values[RFL_ASK_SHOW].several, 0, "shows nothing");
}


static void
test_needs(void)
{
    unsigned  step;

    fresh(RFL_FORM_ALIVE);
    step = 9;
    unit_ok(rfl_form_whole(&s, &step) == RFL_DECLINED && step == 0,
            "a fresh form lacks its first step");

    (void) take(RFL_FORM_ALIVE, 0, "adult=yes");
    unit_ok(rfl_form_whole(&s, &step) == RFL_DECLINED && step == 1,
            "then the second");

    unit_int(take(RFL_FORM_ALIVE, 1, "name=&father=x&phone=1234567"), 1,
             "no name");
    unit_int(faults[0], RFL_ASK_FAULT_EMPTY, "is a fault");
    unit_str(s.values[RFL_ASK_FATHER].text, "x", "the rest is kept");
    unit_int(s.values[RFL_ASK_PHONE].text.len, 0,
             "a field of another step is not");

    (void) take(RFL_FORM_ALIVE, 1, "name=Amina");

    unit_int(take(RFL_FORM_ALIVE, 3, "talk=Arabic"), 1, "no way to reach");
    unit_int(fault_of(RFL_FORM_ALIVE, 3, RFL_ASK_REACH),
             RFL_ASK_FAULT_EMPTY, "is told at the last of them");
    unit_int(take(RFL_FORM_ALIVE, 3, "reach=by+the+baker"), 0, "words do");
    unit_int(take(RFL_FORM_ALIVE, 3, "email=a@b.example"), 0, "mail does");
    unit_int(take(RFL_FORM_ALIVE, 3, "phone=0912345"), 0, "a phone does");
    unit_int(take(RFL_FORM_ALIVE, 3, "phone=none"), 1,
             "a bad phone is one fault, not two");

    unit_ok(rfl_form_whole(&s, &step) == RFL_DECLINED && step == 4,
            "the last step is left");
    (void) take(RFL_FORM_ALIVE, 3, "phone=0912345");
    (void) take(RFL_FORM_ALIVE, 4, "consent=match_only");
    unit_int(rfl_form_whole(&s, &step), RFL_OK, "whole");

    fresh(RFL_FORM_NONE);
    unit_int(rfl_form_whole(&s, &step), RFL_DECLINED, "no form is not whole");
    unit_int(take(RFL_FORM_ALIVE, RFL_STEP_CHECK, "name=x"), 0,
             "the check page asks nothing");
    unit_int(s.values[RFL_ASK_NAME].text.len, 0, "and stores nothing");

    fresh(RFL_FORM_REPORT);
    unit_int(take(RFL_FORM_REPORT, 1, ""), 0,
             "who reports need not say who they are");
}


static void
test_withdraw(void)
{
    u_char  code[RFL_HIDE_CODE_SIZE], text[RFL_HIDE_TEXT_SIZE];
    char    line[128];

    memset(code, 0x5a, sizeof(code));
    rfl_hide_format(code, text);

    fresh(RFL_FORM_WITHDRAW);
    (void) snprintf(line, sizeof(line), "code=%.*s", RFL_HIDE_TEXT_SIZE,
                    (char *) text);
    unit_int(take(RFL_FORM_WITHDRAW, 0, line), 0, "the code alone is enough");
    unit_int(s.values[RFL_ASK_WISH].choice, 1, "its wish is to hide");

    line[6] = (line[6] == 'A') ? 'B' : 'A';
    unit_int(take(RFL_FORM_WITHDRAW, 0, line), 1, "a slip of the pen");
    unit_int(fault_of(RFL_FORM_WITHDRAW, 0, RFL_ASK_CODE),
             RFL_ASK_FAULT_VALUE, "is told");
    unit_str(s.values[RFL_ASK_CODE].text, line + 5, "and can be mended");

    fresh(RFL_FORM_WITHDRAW);
    unit_int(take(RFL_FORM_WITHDRAW, 0, ""), 1, "nothing at all");
    unit_int(fault_of(RFL_FORM_WITHDRAW, 0, RFL_ASK_CODE),
             RFL_ASK_FAULT_EMPTY, "lacks the code");
    unit_int(take(RFL_FORM_WITHDRAW, 0, "words=take+it+down"), 1,
             "words without a way back");
    unit_int(take(RFL_FORM_WITHDRAW, 0, "phone=0912345"), 1,
             "a way back without words");
    unit_int(take(RFL_FORM_WITHDRAW, 0, "words=take+it+down&phone=0912345"),
             0, "both");
    unit_int(take(RFL_FORM_WITHDRAW, 0, "wish=renew&name=Amina&reach=here"),
             0, "a name and a way to be reached");
    unit_int(s.values[RFL_ASK_WISH].choice, 2, "the wish to renew stays");
}


/* n times a character, as it is sent */

static char *
often(char *p, const char *field, const char *c, size_t n)
{
    p += sprintf(p, "&%s=", field);

    while (n-- != 0) {
        p += sprintf(p, "%s", c);
    }

    return p;
}


static void
test_long(void)
{
    char       *text, *p;
    rfl_str_t   cbor;
    unsigned    step;

    text = malloc(200000);

    fresh(RFL_FORM_ALIVE);
    (void) often(text, "name", "x", 120);
    unit_int(take(RFL_FORM_ALIVE, 1, text), 0, "the longest name");
    unit_int(s.values[RFL_ASK_NAME].text.len, 120, "whole");

    (void) often(text, "name", "x", 121);
    unit_int(take(RFL_FORM_ALIVE, 1, text), 1, "one letter more");
    unit_int(faults[0], RFL_ASK_FAULT_LONG, "is too long");
    unit_int(s.values[RFL_ASK_NAME].text.len, 121, "and not cut off");
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor),
             RFL_DECLINED, "it is not sealed by mistake");

    fresh(RFL_FORM_ALIVE);
    (void) often(text, "name", "%E1%80%80", 120);
    unit_int(take(RFL_FORM_ALIVE, 1, text), 0,
             "120 letters of three bytes are no longer");

    /* a message of the most letters of three bytes, as it is sent */

    fresh(RFL_FORM_MESSAGE);
    (void) often(text, "message", "%E1%80%80", 1200);
    unit_int(take(RFL_FORM_MESSAGE, 0, text), 0, "the longest message");
    (void) often(text, "message", "%E1%80%80", 1201);
    unit_int(take(RFL_FORM_MESSAGE, 0, text), 1, "one letter more");

    /* letters of four bytes everywhere: no form that cannot be sent */

    fresh(RFL_FORM_LOOKING);

    p = often(text, "name", "\xf0\x90\xb4\x80", 120);
    p = often(p, "name_other", "\xf0\x90\xb4\x80", 120);
    p = often(p, "father", "\xf0\x90\xb4\x80", 120);
    (void) often(p, "mother", "\xf0\x90\xb4\x80", 120);
    unit_int(take(RFL_FORM_LOOKING, 0, text), 0, "names of four bytes");

    p = often(text, "relation", "mother", 1);
    (void) often(p, "tie", "\xf0\x90\xb4\x80", 300);
    unit_int(take(RFL_FORM_LOOKING, 2, text), 0, "a tie");

    p = often(text, "last_when", "\xf0\x90\xb4\x80", 120);
    p = often(p, "last_where", "\xf0\x90\xb4\x80", 300);
    (void) often(p, "words", "\xf0\x90\xb4\x80", 500);
    unit_int(take(RFL_FORM_LOOKING, 3, text), 0, "the last contact");

    p = often(text, "sender", "\xf0\x90\xb4\x80", 120);
    p = often(p, "reach", "\xf0\x90\xb4\x80", 300);
    (void) often(p, "phone", "1", 60);
    unit_int(take(RFL_FORM_LOOKING, 4, text), 1, "too much for a box");
    unit_int(fault_of(RFL_FORM_LOOKING, 4, RFL_ASK_REACH),
             RFL_ASK_FAULT_LONG, "is told at the longest text");

    p = often(text, "sender", "\xf0\x90\xb4\x80", 60);
    (void) often(p, "phone", "1", 60);
    unit_int(take(RFL_FORM_LOOKING, 4, text), 0, "shortened");
    unit_int(take(RFL_FORM_LOOKING, 5, "consent=searchable"), 0, "the last");
    unit_int(rfl_form_whole(&s, &step), RFL_OK, "whole");

    s.day = ENTRY_TODAY;
    s.has_hide = 1;
    s.has_ref = 1;
    rfl_str_set(&s.lang, "zh-Hant-TW-x-1234");
    s.lang.len = RFL_LANG_MAX;
    rfl_str_set(&s.society, "abcdefghijklmnopqrstuvwxyz012345");
    unit_int(rfl_submission_encode(pool, &s, RFL_BOX_CBOR_MAX, &cbor), RFL_OK,
             "and fits, with all there is around it");

    free(text);
}


static void
test_minor(void)
{
    size_t  i;

    static const struct {
        const char  *adult;
        const char  *about;
        int          minor;
    } people[] = {
        { "adult=yes", "", 0 },
        { "adult=no", "", 1 },
        { "adult=unknown", "", 1 },
        { "adult=yes", "age=17", 1 },
        { "adult=yes", "age=18", 0 },
        { "adult=yes", "birth_year=2010", 1 },
        { "adult=yes", "birth_year=2008", 0 },
        { "adult=yes", "birth_year=1389", 1 },            /* 2010 */
        { "adult=yes", "birth_year=1990&age=12", 1 }
    };

    for (i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
        fresh(RFL_FORM_ALIVE);
        unit_int(take(RFL_FORM_ALIVE, 0, people[i].adult), 0, "%s",
                 people[i].adult);
        unit_int(take(RFL_FORM_ALIVE, 2, people[i].about), 0, "%s",
                 people[i].about);
        unit_int(rfl_form_minor(&s, policy, ENTRY_NOW), people[i].minor,
                 "%s, %s: under age", people[i].adult, people[i].about);
    }

    fresh(RFL_FORM_LOOKING);
    (void) take(RFL_FORM_LOOKING, 1, "age=5");
    unit_int(rfl_form_minor(&s, policy, ENTRY_NOW), 0,
             "a child may be looked for");
}
