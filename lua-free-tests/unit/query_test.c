
/*
 * Copyright (C) The RFL authors
 *
 * query_test.c: what a visitor asks, as a form and as JSON (S-74, S-76).
 */


#include "rfl_query.h"
#include "unit.h"

#include <jansson.h>


#define NOW  1795334400            /* 2026-11-22 */


typedef int (*read_pt)(rfl_pool_t *pool, const u_char *body, size_t len,
    int64_t now, rfl_query_t *query);


static rfl_pool_t  *pool;


static void test_form(void);
static void test_json(void);
static void test_values(void);
static void test_year_in_name(void);
static void test_limits(void);
static void test_bytes(void);


int
main(void)
{
    pool = rfl_pool_create(4096);

    rfl_json_init();

    test_form();
    test_json();
    test_values();
    test_year_in_name();
    test_limits();
    test_bytes();

    rfl_pool_destroy(pool);

    return unit_done();
}


/* exactly sized on the heap, for AddressSanitizer */

static int
read_len(read_pt read, const char *body, size_t len, rfl_query_t *query)
{
    int      rc;
    u_char  *copy;

    copy = malloc(len + (len == 0));
    if (copy == NULL) {
        abort();
    }

    memcpy(copy, body, len);

    rfl_pool_reset(pool);
    rc = read(pool, copy, len, NOW, query);

    memset(copy, 'x', len);
    free(copy);

    return rc;
}


static int
form(const char *body, rfl_query_t *query)
{
    return read_len(rfl_query_form, body, strlen(body), query);
}


static int
json(const char *body, rfl_query_t *query)
{
    return read_len(rfl_query_json, body, strlen(body), query);
}


/* the escapes of a JSON string as they are read: one at a time */

static const char *
plain(const char *text)
{
    char         *d;
    json_t       *value;
    static char   out[256];

    d = out;
    *d++ = '[';
    *d++ = '"';
    strcpy(d, text);
    strcat(d, "\"]");

    value = json_loads(out, 0, NULL);

    if (value == NULL) {
        abort();
    }

    strcpy(out, json_string_value(json_array_get(value, 0)));
    json_decref(value);

    return out;
}


static int
fault(const rfl_query_t *query, rfl_field_e field)
{
    unsigned  i;

    for (i = 0; i < query->nfaults; i++) {
        if (query->faults[i].field == field) {
            return query->faults[i].fault;
        }
    }

    return RFL_FAULT_NONE;
}


static void
full(const rfl_query_t *q, const char *what)
{
    unit_int(q->nfaults, 0, "%s: no fault", what);
    unit_str(q->name, "Amina Halabi", "%s: name", what);
    unit_str(q->birth_year, "1987", "%s: year as typed", what);
    unit_int(q->facts.birth_year, 1987, "%s: year", what);
    unit_str(q->facts.country, "SY", "%s: country", what);
    unit_str(q->facts.father, "Omar", "%s: father", what);
    unit_str(q->facts.mother, "\xd9\x84\xd9\x8a\xd9\x84\xd9\x89",
             "%s: mother", what);
    unit_str(q->facts.grandfather, "Yusuf & Sons", "%s: grandfather", what);
    unit_int(q->kind, RFL_KIND_ALIVE, "%s: kind", what);
    unit_str(q->event, "flood-2026", "%s: event", what);
}


static void
test_form(void)
{
    size_t       i;
    rfl_query_t  q;

    static const struct {
        const char  *what;
        const char  *body;
        int          rc;
    } cases[] = {
        { "the button", "name=Amina+Halabi&go=Search", RFL_OK },
        { "the button alone", "name=Amina+Halabi&go", RFL_OK },
        { "empty pairs", "&&name=Amina+Halabi&&", RFL_OK },
        { "encoded names of fields", "n%61me=Amina+Halabi", RFL_OK },
        { "an unknown field", "name=Amina+Halabi&phone=1", RFL_DECLINED },
        { "a field without name", "name=Amina+Halabi&=x", RFL_DECLINED },
        { "a field twice", "name=Amina+Halabi&name=Omar", RFL_DECLINED },
        { "an empty field twice", "name=Amina+Halabi&father=&father=",
          RFL_DECLINED },
        { "the button twice", "name=Amina+Halabi&go=1&go=1", RFL_DECLINED },
        { "twice, once encoded", "name=Amina&n%61me=Omar", RFL_DECLINED },
        { "a lone percent", "name=100%", RFL_DECLINED },
        { "half an escape", "name=%4", RFL_DECLINED },
        { "no hex", "name=%zz", RFL_DECLINED },
        { "half an escape before the next field", "name=%4&go=",
          RFL_DECLINED },
        { "JSON", "{\"name\": \"Amina Halabi\"}", RFL_DECLINED },
        { "another case", "Name=Amina+Halabi", RFL_DECLINED },
        { "a field of multipart", "--x\r\nContent-Disposition: form-data",
          RFL_DECLINED }
    };

    unit_int(form("name=Amina+Halabi&birth_year=1987&country=sy&father=Omar"
                  "&mother=%D9%84%d9%8A%D9%84%D9%89"
                  "&grandfather=Yusuf+%26+Sons&kind=alive&event=flood-2026",
                  &q),
             RFL_OK, "form: all fields");
    full(&q, "form");

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        unit_int(form(cases[i].body, &q), cases[i].rc, "form: %s",
                 cases[i].what);

        if (cases[i].rc == RFL_OK) {
            unit_str(q.name, "Amina Halabi", "form: %s: name", cases[i].what);
        }
    }

    unit_int(form("", &q), RFL_OK, "form: nothing");
    unit_int(fault(&q, RFL_FIELD_NAME), RFL_FAULT_EMPTY,
             "form: nothing: no name");
    unit_int(form("name=&birth_year=&country=&father=&kind=&event=", &q),
             RFL_OK, "form: as sent when nobody typed");
    unit_int(fault(&q, RFL_FIELD_NAME), RFL_FAULT_EMPTY,
             "form: nobody typed: no name");
    unit_int(q.nfaults, 1, "form: nobody typed: nothing else");
}


static void
test_json(void)
{
    size_t       i;
    rfl_query_t  q;

    static const struct {
        const char  *what;
        const char  *body;
        int          rc;
    } cases[] = {
        { "the name alone", "{\"name\": \"Amina Halabi\"}", RFL_OK },
        { "the year as text", "{\"name\": \"Amina Halabi\", "
          "\"birth_year\": \"\xd9\xa1\xd9\xa9\xd9\xa8\xd9\xa7\"}", RFL_OK },
        { "escapes", "{\"name\": \"\\u0041mina Halabi\"}", RFL_OK },
        { "nothing", "", RFL_DECLINED },
        { "spaces", "  ", RFL_DECLINED },
        { "an array", "[{\"name\": \"Amina Halabi\"}]", RFL_DECLINED },
        { "a string", "\"Amina Halabi\"", RFL_DECLINED },
        { "null", "null", RFL_DECLINED },
        { "a form", "name=Amina+Halabi", RFL_DECLINED },
        { "two objects", "{\"name\": \"Amina\"}{}", RFL_DECLINED },
        { "text after it", "{\"name\": \"Amina\"} x", RFL_DECLINED },
        { "cut short", "{\"name\": \"Amina\"", RFL_DECLINED },
        { "an unknown member", "{\"name\": \"Amina\", \"phone\": \"1\"}",
          RFL_DECLINED },
        { "an empty member", "{\"name\": \"Amina\", \"\": \"1\"}",
          RFL_DECLINED },
        { "the button of the form", "{\"name\": \"Amina\", \"go\": \"\"}",
          RFL_DECLINED },
        { "a member twice", "{\"name\": \"Amina\", \"name\": \"Omar\"}",
          RFL_DECLINED },
        { "a name that is a number", "{\"name\": 7}", RFL_DECLINED },
        { "a name that is null", "{\"name\": null}", RFL_DECLINED },
        { "a name that is a list", "{\"name\": [\"Amina\"]}", RFL_DECLINED },
        { "a year that is true", "{\"name\": \"A B\", \"birth_year\": true}",
          RFL_DECLINED },
        { "a year with a point",
          "{\"name\": \"A B\", \"birth_year\": 1987.0}", RFL_DECLINED },
        { "a country that is a number",
          "{\"name\": \"A B\", \"country\": 1}", RFL_DECLINED },
        { "a kind that is an object", "{\"name\": \"A B\", \"kind\": {}}",
          RFL_DECLINED },
        { "NUL", "{\"name\": \"Am\\u0000ina\"}", RFL_DECLINED },
        { "half a surrogate pair", "{\"name\": \"\\ud800\"}", RFL_DECLINED },
        { "invalid UTF-8", "{\"name\": \"Am\xffina\"}", RFL_DECLINED },
        { "UTF-16", "\xff\xfe{\0}\0", RFL_DECLINED },
        { "a huge number", "{\"name\": \"A B\", "
          "\"birth_year\": 99999999999999999999}", RFL_DECLINED },
        { "a year before our era", "{\"name\": \"A B\", "
          "\"birth_year\": -1987}", RFL_DECLINED }
    };

    unit_int(json("{\"name\": \" Amina  Halabi\", \"birth_year\": 1987, "
                  "\"country\": \"SY\", \"father\": \"Omar\", \"mother\": "
                  "\"\\u0644\\u064a\\u0644\\u0649\", \"grandfather\": "
                  "\"Yusuf & Sons\", \"kind\": \"alive\", \"event\": "
                  "\"flood-2026\"}", &q),
             RFL_OK, "json: all members");
    full(&q, "json");

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        unit_int(json(cases[i].body, &q), cases[i].rc, "json: %s",
                 cases[i].what);

        if (cases[i].rc == RFL_OK) {
            unit_str(q.name, "Amina Halabi", "json: %s: name", cases[i].what);
            unit_int(q.nfaults, 0, "json: %s: no fault", cases[i].what);
        }
    }

    unit_int(json("{}", &q), RFL_OK, "json: an empty object");
    unit_int(fault(&q, RFL_FIELD_NAME), RFL_FAULT_EMPTY,
             "json: an empty object: no name");
}


/* the same in both forms */

static void
test_values(void)
{
    int          rc;
    char         body[2048];
    size_t       i, n;
    rfl_query_t  q;

    static const struct {
        rfl_field_e  field;
        const char  *what;
        const char  *value;        /* as in a form */
        int          fault;
    } cases[] = {
        { RFL_FIELD_NAME, "spaces", "+%09+", RFL_FAULT_EMPTY },
        { RFL_FIELD_NAME, "no-break space", "%C2%A0", RFL_FAULT_EMPTY },
        { RFL_FIELD_NAME, "marks of direction only", "%E2%80%8F%E2%80%AE",
          RFL_FAULT_EMPTY },
        { RFL_FIELD_NAME, "NUL", "Am%00ina", RFL_FAULT_CHARS },
        { RFL_FIELD_NAME, "invalid UTF-8", "Am%FFina", RFL_FAULT_CHARS },
        { RFL_FIELD_NAME, "overlong UTF-8", "Am%C0%AFina", RFL_FAULT_CHARS },
        { RFL_FIELD_NAME, "Latin-1", "Ren%E9", RFL_FAULT_CHARS },
        { RFL_FIELD_NAME, "escape", "Am%1B[0mina", RFL_FAULT_CHARS },
        { RFL_FIELD_NAME, "one letter", "a", RFL_FAULT_NONE },
        { RFL_FIELD_NAME, "raw UTF-8", "\xd8\xb9\xd9\x84\xd9\x8a",
          RFL_FAULT_NONE },
        { RFL_FIELD_BIRTH_YEAR, "Persian digits",
          "%DB%B1%DB%B3%DB%B6%DB%B6", RFL_FAULT_NONE },
        { RFL_FIELD_NAME, "a telephone number", "%2B49+(0)170+1234567",
          RFL_FAULT_VALUE },
        { RFL_FIELD_NAME, "one in Arabic digits",
          "%D9%A0%D9%A1%D9%A2+%D9%A3%D9%A4%D9%A5", RFL_FAULT_VALUE },
        { RFL_FIELD_NAME, "an e-mail address", "amina%40example.org",
          RFL_FAULT_VALUE },
        { RFL_FIELD_NAME, "an e-mail address, full width",
          "amina%EF%BC%A0example.org", RFL_FAULT_VALUE },
        { RFL_FIELD_NAME, "a smile", "%F0%9F%98%80", RFL_FAULT_VALUE },
        { RFL_FIELD_NAME, "a smile beside a name", "Amina+%F0%9F%98%80",
          RFL_FAULT_NONE },
        { RFL_FIELD_NAME, "digits as letters", "3abdallah", RFL_FAULT_NONE },
        { RFL_FIELD_NAME, "Adlam", "%F0%9E%A4%80", RFL_FAULT_NONE },
        { RFL_FIELD_FATHER, "a telephone number", "0170+1234567",
          RFL_FAULT_VALUE },
        { RFL_FIELD_MOTHER, "an e-mail address", "amina%40example.org",
          RFL_FAULT_VALUE },
        { RFL_FIELD_BIRTH_YEAR, "words", "about+1987", RFL_FAULT_NONE },
        { RFL_FIELD_BIRTH_YEAR, "words only", "about+forty",
          RFL_FAULT_VALUE },
        { RFL_FIELD_BIRTH_YEAR, "two digits", "87", RFL_FAULT_VALUE },
        { RFL_FIELD_BIRTH_YEAR, "a date", "1987-05-01", RFL_FAULT_NONE },
        { RFL_FIELD_BIRTH_YEAR, "a date, year last", "12.3.1987",
          RFL_FAULT_NONE },
        { RFL_FIELD_BIRTH_YEAR, "a telephone number", "01701987",
          RFL_FAULT_VALUE },
        { RFL_FIELD_BIRTH_YEAR, "zero", "0000", RFL_FAULT_VALUE },
        { RFL_FIELD_COUNTRY, "lower case", "fr", RFL_FAULT_NONE },
        { RFL_FIELD_COUNTRY, "no such country", "XX", RFL_FAULT_VALUE },
        { RFL_FIELD_COUNTRY, "three letters", "SYR", RFL_FAULT_VALUE },
        { RFL_FIELD_COUNTRY, "a name", "Syria", RFL_FAULT_VALUE },
        { RFL_FIELD_COUNTRY, "Cyrillic", "%D0%A1", RFL_FAULT_VALUE },
        { RFL_FIELD_KIND, "any", "any", RFL_FAULT_NONE },
        { RFL_FIELD_KIND, "looking", "looking", RFL_FAULT_NONE },
        { RFL_FIELD_KIND, "another", "dead", RFL_FAULT_VALUE },
        { RFL_FIELD_EVENT, "digits", "2026", RFL_FAULT_NONE },
        { RFL_FIELD_EVENT, "upper case", "Flood", RFL_FAULT_VALUE },
        { RFL_FIELD_EVENT, "a slash", "a/b", RFL_FAULT_VALUE },
        { RFL_FIELD_EVENT, "33 letters", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          RFL_FAULT_VALUE },
        { RFL_FIELD_FATHER, "control character", "Om%07ar",
          RFL_FAULT_CHARS },
        { RFL_FIELD_MOTHER, "spaces", "+", RFL_FAULT_NONE },
        { RFL_FIELD_MOTHER, "a dash", "-", RFL_FAULT_NONE },
        { RFL_FIELD_FATHER, "marks of a question", "???", RFL_FAULT_NONE },
        { RFL_FIELD_NAME, "marks of a question", "???", RFL_FAULT_VALUE },
        { RFL_FIELD_GRANDFATHER, "invalid UTF-8", "%ED%A0%80",
          RFL_FAULT_CHARS }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        n = (size_t) snprintf(body, sizeof(body), "%s=%s%s",
                              (char *) rfl_field_names[cases[i].field].data,
                              cases[i].value,
                              cases[i].field == RFL_FIELD_NAME
                              ? "" : "&name=Amina");

        rc = read_len(rfl_query_form, body, n, &q);

        unit_int(rc, RFL_OK, "%s: %s: read",
                 (char *) rfl_field_names[cases[i].field].data,
                 cases[i].what);
        unit_int(fault(&q, cases[i].field), cases[i].fault, "%s: %s: fault",
                 (char *) rfl_field_names[cases[i].field].data,
                 cases[i].what);
        unit_int(q.nfaults, cases[i].fault != RFL_FAULT_NONE,
                 "%s: %s: and no other",
                 (char *) rfl_field_names[cases[i].field].data,
                 cases[i].what);
    }

    unit_int(form("name=A&birth_year=soon", &q), RFL_OK, "a wrong year");
    unit_str(q.birth_year, "soon", "a wrong year is shown again");
    unit_int(q.facts.birth_year, 0, "a wrong year is not used");

    unit_int(form("name=A&birth_year=%DB%B1%DB%B3%DB%B6%DB%B6", &q), RFL_OK,
             "a Persian year");
    unit_int(q.facts.birth_year, 1987, "a Persian year in ours");
}


/* as people say it; name and year are what is searched for */

static void
test_year_in_name(void)
{
    char         body[1024];
    size_t       i, n;
    unsigned     odd;
    rfl_query_t  q;

    static const struct {
        const char  *typed;
        const char  *name;
        const char  *year;
        int          value;
    } cases[] = {
        { "Layla Hadad 1990", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad (born 1990)", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad (1990)", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad [*1990]", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad(1990)", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad (born 12 May 1990 in Aleppo)", "Layla Hadad", "1990",
          1990 },
        { "Layla Hadad (1990, Aleppo)", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad (Aleppo, 1990)", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad (1990), Aleppo", "Layla Hadad, Aleppo", "1990",
          1990 },
        { "Layla Hadad, 1990", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad,1990,Aleppo", "Layla Hadad, Aleppo", "1990", 1990 },
        { "Layla Hadad, 1990, Aleppo", "Layla Hadad, Aleppo", "1990", 1990 },
        { "Layla Hadad, born in Aleppo 1990", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad, born in 1990", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad born about 1990", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad b. 1990", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad 12.3.1990", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad 1990-03-12", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad 12 3 1990", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad - 1990", "Layla Hadad", "1990", 1990 },
        { "1990 Layla Hadad", "Layla Hadad", "1990", 1990 },
        { "Layla 1990 Hadad", "Layla Hadad", "1990", 1990 },
        { "Layla Hadad 1990 or 1991", "Layla Hadad or", "1990", 1990 },
        { "Layla Hadad 1990/91", "Layla Hadad", "1990", 1990 },
        { "Hadad, Layla 1990", "Hadad, Layla", "1990", 1990 },
        { "Garc\u00eda M\u00e1rquez, Gabriel 1927",
          "Garc\u00eda M\u00e1rquez, Gabriel", "1927", 1927 },
        { "Layla (Hadad 1990)", "Layla Hadad", "1990", 1990 },
        { "Layla (Lulu) Hadad, 1990", "Layla (Lulu) Hadad", "1990", 1990 },
        { "Layla Hadad, 1990, (Lulu)", "Layla Hadad, (Lulu)", "1990", 1990 },
        { "Layla (Lulu), 1990, Hadad", "Layla (Lulu), Hadad", "1990", 1990 },
        { "Layla (Lulu, 1990) Hadad", "Layla Hadad", "1990", 1990 },
        { "Nguyen Van Le 1990", "Nguyen Van Le", "1990", 1990 },
        { "Amadou n\u00e9 vers 1990", "Amadou", "1990", 1990 },
        { "3abdallah 7ussein 1990", "3abdallah 7ussein", "1990", 1990 },
        { "Layla Hadad \uff11\uff19\uff19\uff10", "Layla Hadad",
          "\uff11\uff19\uff19\uff10", 1990 },
        { "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f "
          "\u0645\u0648\u0627\u0644\u064a\u062f "
          "\u0661\u0669\u0669\u0660",
          "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f",
          "\u0661\u0669\u0669\u0660", 1990 },
        { "\u0645\u062d\u0645\u062f \u0648\u0644\u062f "
          "\u0623\u062d\u0645\u062f\u060c 1990",
          "\u0645\u062d\u0645\u062f \u0648\u0644\u062f "
          "\u0623\u062d\u0645\u062f", "1990", 1990 },
        { "\u0410\u043b\u0435\u043d\u0430 1990 \u0433.\u0440.",
          "\u0410\u043b\u0435\u043d\u0430", "1990", 1990 },
        { "\u738b\u5c0f\u660e1990\u5e745\u6708\u751f",
          "\u738b\u5c0f\u660e", "1990", 1990 },
        { "\uae40\ubbfc\uc900(1990\ub144\uc0dd)",
          "\uae40\ubbfc\uc900", "1990", 1990 },
        { "Layla Hadad 1369", "Layla Hadad", "1369", 1990 },
        { "Олена Шевчук, 1987 р.н.", "Олена Шевчук", "1987", 1987 },
        { "Олена Шевчук 1987 року народження", "Олена Шевчук", "1987",
          1987 },
        { "Олена Шевчук, рік народження 1987", "Олена Шевчук", "1987",
          1987 },
        { "Олена Шевчук народилась близько 1987", "Олена Шевчук", "1987",
          1987 },
        { "Алёна Петрова родилась в 1987 году", "Алёна Петрова", "1987",
          1987 },
        { "Алёна Петрова, дата рождения 1.2.1987", "Алёна Петрова", "1987",
          1987 },
        { "رضا کریمی متولد سال ۱۳۶۶", "رضا کریمی", "۱۳۶۶", 1987 },
        { "رضا کریمی، تاریخ تولد ۱۳۶۶", "رضا کریمی", "۱۳۶۶", 1987 },
        { "رضا حسن زاده ۱۳۶۶", "رضا حسن زاده", "۱۳۶۶", 1987 },

        /* nothing that is said of a birth */

        { "Layla Hadad", "Layla Hadad", "", 0 },
        { "Layla Hadad (born)", "Layla Hadad (born)", "", 0 },
        { "Layla Hadad (Aleppo)", "Layla Hadad (Aleppo)", "", 0 },
        { "born 1990", "born 1990", "", 0 },
        { "Layla1990", "Layla1990", "", 0 },
        { "Layla Hadad 90", "Layla Hadad 90", "", 0 },
        { "Layla Hadad 2090", "Layla Hadad 2090", "", 0 },
        { "Layla Hadad +49 170 1990", "Layla Hadad +49 170 1990", "", 0 },
        { "Layla Hadad 1990 555 012", "Layla Hadad 1990 555 012", "", 0 },
        { "Layla Hadad 01701990", "Layla Hadad 01701990", "", 0 }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        snprintf(body, sizeof(body), "{\"name\": \"%s\"}", cases[i].typed);

        unit_int(json(body, &q), RFL_OK, "year: %s: read", cases[i].typed);
        unit_int(q.nfaults, 0, "year: %s: no fault", cases[i].typed);
        unit_str(q.birth_year, plain(cases[i].year), "year: %s: as written",
                 cases[i].typed);
        unit_int(q.facts.birth_year, cases[i].value, "year: %s: understood",
                 cases[i].typed);
        unit_str(q.name, plain(cases[i].name), "year: %s: name",
                 cases[i].typed);
    }

    unit_int(form("name=Layla+Hadad+%281990%29", &q), RFL_OK, "form: a year");
    unit_str(q.name, "Layla Hadad", "form: a year: not in the name");
    unit_int(q.facts.birth_year, 1990, "form: a year: understood");

    unit_int(form("name=Layla+1990&birth_year=1985", &q), RFL_OK,
             "two years");
    unit_str(q.name, "Layla", "two years: not in the name");
    unit_int(q.facts.birth_year, 1985, "two years: that of the field");

    unit_int(form("name=Layla+1990&birth_year=soon", &q), RFL_OK,
             "a year and a wrong one");
    unit_str(q.birth_year, "soon", "a wrong one is shown again");
    unit_int(fault(&q, RFL_FIELD_BIRTH_YEAR), RFL_FAULT_VALUE,
             "a wrong one stays wrong");

    unit_int(form("name=Layla+Hadad&birth_year=1990&go=anyyear", &q), RFL_OK,
             "without the year");
    unit_str(q.birth_year, "", "without the year: not shown");
    unit_int(q.facts.birth_year, 0, "without the year: not asked");

    unit_int(form("name=a%40b.example+1990", &q), RFL_OK, "an address, a year");
    unit_str(q.name, "a@b.example 1990", "an address, a year: as it was");

    /* as many words and marks as a line can have, and one year */

    odd = 0;

    for (i = 0; i < 16; i++) {
        n = (size_t) snprintf(body, sizeof(body), "name=");

        while (n < 5 + RFL_NAME_CHARS - 5) {
            body[n] = "(a),;[] 1"[(n * (i + 1) + n / 7) % 9];
            n++;
        }

        memcpy(body + n, "A1990", 5);
        memcpy(body + n, (i & 1) ? "A1990" : " 1990", 5);
        odd += (read_len(rfl_query_form, body, n + 5, &q) != RFL_OK);
        odd += (q.name.len > RFL_NAME_CHARS);
        odd += !rfl_utf8_valid(q.name.data, q.name.len);

        memset(body + 5, "(,)a"[i & 3], RFL_NAME_CHARS - 6);
        memcpy(body + RFL_NAME_CHARS - 1, " a1990" + (i & 4) / 4, 5);
        odd += (read_len(rfl_query_form, body, 5 + RFL_NAME_CHARS, &q)
                != RFL_OK);
    }

    unit_int(odd, 0, "as many marks as fit");
}


static void
test_limits(void)
{
    char         body[RFL_QUERY_BODY_MAX + 64];
    size_t       i, n;
    rfl_query_t  q;

    n = (size_t) snprintf(body, sizeof(body), "name=");

    for (i = 0; i < RFL_NAME_CHARS; i++) {
        n += (size_t) snprintf(body + n, sizeof(body) - n, "%%D8%%B9");
    }

    unit_int(read_len(rfl_query_form, body, n, &q), RFL_OK,
             "256 letters: read");
    unit_int(q.nfaults, 0, "256 letters: no fault");
    unit_int(q.name.len, 512, "256 letters: all there");

    n += (size_t) snprintf(body + n, sizeof(body) - n, "x");

    unit_int(read_len(rfl_query_form, body, n, &q), RFL_OK,
             "257 letters: read");
    unit_int(fault(&q, RFL_FIELD_NAME), RFL_FAULT_LONG, "257 letters: long");

    memset(body, 'a', sizeof(body));
    memcpy(body, "name=", 5);

    unit_int(read_len(rfl_query_form, body, RFL_QUERY_BODY_MAX, &q), RFL_OK,
             "8 KB of form: read");
    unit_int(fault(&q, RFL_FIELD_NAME), RFL_FAULT_LONG, "8 KB of form: long");
    unit_int(read_len(rfl_query_form, body, RFL_QUERY_BODY_MAX + 1, &q),
             RFL_DECLINED, "more than 8 KB of form");

    memset(body, ' ', sizeof(body));
    memcpy(body, "{}", 2);

    unit_int(read_len(rfl_query_json, body, RFL_QUERY_BODY_MAX, &q), RFL_OK,
             "8 KB of JSON");
    unit_int(read_len(rfl_query_json, body, RFL_QUERY_BODY_MAX + 1, &q),
             RFL_DECLINED, "more than 8 KB of JSON");

    memset(body, '[', sizeof(body));
    unit_int(read_len(rfl_query_json, body, RFL_QUERY_BODY_MAX, &q),
             RFL_DECLINED, "8 KB of brackets");

    memset(body, '&', sizeof(body));
    unit_int(read_len(rfl_query_form, body, RFL_QUERY_FIELDS_MAX, &q), RFL_OK,
             "32 empty fields");
    unit_int(read_len(rfl_query_form, body, RFL_QUERY_BODY_MAX, &q),
             RFL_DECLINED, "8,192 empty fields");
}


/* every body of one or two bytes, and each byte in the middle of one */

static void
test_bytes(void)
{
    int          rc;
    char         body[64];
    unsigned     i, odd;
    rfl_query_t  q;

    odd = 0;

    for (i = 0; i < 0x10000; i++) {
        body[0] = (char) i;
        body[1] = (char) (i >> 8);

        rc = read_len(rfl_query_form, body, 1 + (i > 0xff), &q);
        odd += (rc != RFL_DECLINED && rc != RFL_OK);
        odd += (rc == RFL_OK && q.nfaults == 0);

        rc = read_len(rfl_query_json, body, 1 + (i > 0xff), &q);
        odd += (rc != RFL_DECLINED && rc != RFL_OK);
        odd += (rc == RFL_OK && q.nfaults == 0);
    }

    unit_int(odd, 0, "no body of two bytes is a question");

    for (i = 0; i < 0x100; i++) {
        memcpy(body, "name=Am_na&father=Omar", 22);
        body[7] = (char) i;

        rc = read_len(rfl_query_form, body, 22, &q);
        odd += (rc != RFL_OK && rc != RFL_DECLINED);
        odd += (rc == RFL_OK && q.nfaults == 0
                && !rfl_utf8_valid(q.name.data, q.name.len));
    }

    unit_int(odd, 0, "no byte makes a name that is not UTF-8");
}
