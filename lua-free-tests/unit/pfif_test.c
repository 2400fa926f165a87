
/*
 * Copyright (C) The RFL authors
 *
 * pfif_test.c: PFIF written and read again; files that were made to do harm.
 */


#include "unit.h"

#include "rfl_pfif.h"

#include <stdio.h>
#include <stdlib.h>


#define PFIF(body)                                                           \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                           \
    "<pfif:pfif xmlns:pfif=\"" RFL_PFIF_NS "\">" body "</pfif:pfif>"

#define PERSON(more)                                                         \
    "<pfif:person><pfif:person_record_id>a.example/1</pfif:person_record_id>"\
    "<pfif:full_name>Amina Halabi</pfif:full_name>" more "</pfif:person>"


typedef struct {
    unsigned  persons;
    unsigned  notes;
    char      name[256];
    char      text[1024];
    char      born[16];
} seen_t;


static int
see(void *data, rfl_pool_t *pool, const rfl_pfif_person_t *person,
    rfl_err_t *err)
{
    seen_t           *seen = data;
    const rfl_str_t  *s;

    seen->persons++;
    seen->notes += person->nnotes;

    s = &person->record.values[RFL_PFIF_FULL_NAME];
    (void) snprintf(seen->name, sizeof(seen->name), "%.*s", (int) s->len,
                    (char *) s->data);

    s = &person->record.values[RFL_PFIF_DATE_OF_BIRTH];
    (void) snprintf(seen->born, sizeof(seen->born), "%.*s", (int) s->len,
                    s->len ? (char *) s->data : "");

    if (person->nnotes != 0) {
        s = &person->notes[0].values[RFL_PFIF_TEXT];
        (void) snprintf(seen->text, sizeof(seen->text), "%.*s", (int) s->len,
                        s->len ? (char *) s->data : "");
    }

    return RFL_OK;
}


static int
try(const char *text, seen_t *seen, rfl_err_t *err)
{
    rfl_str_t  s;

    memset(seen, 0, sizeof(seen_t));
    memset(err, 0, sizeof(rfl_err_t));

    s.data = (u_char *) text;
    s.len = strlen(text);

    return rfl_pfif_read(&s, see, seen, err);
}


static void
test_round(void)
{
    seen_t            seen;
    rfl_err_t         err;
    rfl_str_t         text;
    rfl_pfif_out_t   *out;
    rfl_submission_t  s;

    memset(&s, 0, sizeof(rfl_submission_t));
    s.form = RFL_FORM_LOOKING;
    s.day = 20000;
    rfl_str_set(&s.society, "northland");
    rfl_str_set(&s.values[RFL_ASK_NAME].text, "A <b>&amp; \"C\"");
    rfl_str_set(&s.values[RFL_ASK_BIRTH_YEAR].text, "1980");
    rfl_str_set(&s.values[RFL_ASK_TIE].text, "]]> my sister");

    unit_ok(rfl_pfif_begin(&out, &err) == RFL_OK, "begun");
    unit_ok(rfl_pfif_write(out, &s, "northland.invalid", &err) == RFL_OK,
       "a person is written");

    s.form = RFL_FORM_REPORT;
    unit_ok(rfl_pfif_write(out, &s, "northland.invalid", &err) == RFL_DECLINED,
       "a report has no place in PFIF");

    unit_ok(rfl_pfif_end(out, &text, &err) == RFL_OK, "ended");

    memset(&seen, 0, sizeof(seen_t));
    unit_ok(rfl_pfif_read(&text, see, &seen, &err) == RFL_OK, "and read again");
    unit_ok(seen.persons == 1 && seen.notes == 1, "one person with a note");
    unit_ok(strcmp(seen.name, "A <b>&amp; \"C\"") == 0, "the name is the same");
    unit_ok(strcmp(seen.born, "1980") == 0, "and the year");
    unit_ok(strstr(seen.text, "]]> my sister") != NULL, "and the words");

    rfl_pfif_free(out);
}


static void
test_hostile(void)
{
    char       *long_text, *p;
    size_t      i;
    seen_t      seen;
    rfl_err_t   err;

    static const char  *const  refused[][2] = {
        { "a file of the desk by an external entity",
          "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
          "<pfif:pfif xmlns:pfif=\"" RFL_PFIF_NS "\"><pfif:person>"
          "<pfif:person_record_id>a/1</pfif:person_record_id>"
          "<pfif:full_name>&f;</pfif:full_name></pfif:person></pfif:pfif>" },
        { "a billion laughs",
          "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">"
          "<!ENTITY c \"&b;&b;&b;&b;\">]>"
          "<pfif:pfif xmlns:pfif=\"" RFL_PFIF_NS "\">&c;</pfif:pfif>" },
        { "an external document type",
          "<!DOCTYPE pfif SYSTEM \"http://127.0.0.1:9/x.dtd\">"
          "<pfif:pfif xmlns:pfif=\"" RFL_PFIF_NS "\"></pfif:pfif>" },
        { "an entity of nobody", PFIF(PERSON("<pfif:sex>&x;</pfif:sex>")) },
        { "another root", "<html/>" },
        { "another version",
          "<pfif:pfif xmlns:pfif=\"http://zesty.ca/pfif/1.1\"/>" },
        { "no XML", "{}" },
        { "nothing", "" },
        { "what is not UTF-8", "<a>\xff</a>" },
        { "half a file", "<pfif:pfif xmlns:pfif=\"" RFL_PFIF_NS "\">" },
        { "an unknown element", PFIF(PERSON("<pfif:rank>x</pfif:rank>")) },
        { "an element of elsewhere", PFIF(PERSON("<b>x</b>")) },
        { "an element twice", PFIF(PERSON("<pfif:full_name>x"
                                          "</pfif:full_name>")) },
        { "elements in a text",
          PFIF(PERSON("<pfif:age><pfif:age>3</pfif:age></pfif:age>")) },
        { "a person without a name",
          PFIF("<pfif:person><pfif:person_record_id>a/1"
               "</pfif:person_record_id></pfif:person>") },
        { "a country of ten letters",
          PFIF(PERSON("<pfif:home_country>AAAAAAAAAA</pfif:home_country>")) },
        { "text between persons", PFIF("hello") }
    };

    unit_ok(try(PFIF(PERSON("")), &seen, &err) == RFL_OK && seen.persons == 1,
       "control: a plain file is read");

    for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        unit_ok(try(refused[i][1], &seen, &err) == RFL_ERROR
                && seen.persons == 0 && err.text[0] != '\0'
                && strstr(err.text, "root:") == NULL,
                "%s", refused[i][0]);
    }

    /* very deep, and very long */

    long_text = malloc(RFL_PFIF_FILE_MAX + 64);
    unit_ok(long_text != NULL, "memory");

    if (long_text == NULL) {
        return;
    }

    for (p = long_text, i = 0; i < 100000; i++, p += 3) {
        memcpy(p, "<a>", 4);
    }

    unit_ok(try(long_text, &seen, &err) == RFL_ERROR, "100,000 elements deep");

    memset(long_text, ' ', RFL_PFIF_FILE_MAX + 1);
    long_text[RFL_PFIF_FILE_MAX + 1] = '\0';
    unit_ok(try(long_text, &seen, &err) == RFL_ERROR, "longer than allowed");

    free(long_text);
}


int
main(void)
{
    test_round();
    test_hostile();

    return unit_done();
}
