
/*
 * Copyright (C) The RFL authors
 *
 * draft_test.c: the reader of the line of JSON: S-120.
 */


#include "unit.h"
#include "draft.h"


static void test_read(void);
static void test_round_trip(void);
static void test_refused(void);
static void test_unknown(void);
static void test_missing(void);


int
main(void)
{
    if (!draft_start()) {
        return 1;
    }

    test_read();
    test_round_trip();
    test_refused();
    test_unknown();
    test_missing();

    rfl_pool_destroy(draft_pool);

    return unit_done();
}


static void
test_read(void)
{
    rfl_err_t    err;
    rfl_draft_t  d;

    unit_int(draft_parse(entry_line, &d, &err), RFL_OK, "a good line %s",
             err.text);

    unit_str(d.id, "A-17", "source id");
    unit_int(d.has_ref, 0, "no ref yet");
    unit_int(d.age_class, RFL_ADULT, "adult");
    unit_int(d.facts.birth_year, 1990, "birth year");
    unit_str(d.facts.country, "SO", "country");
    unit_str(d.facts.father, "Yusuf Warsame", "father");
    unit_int(d.facts.mother.len + d.facts.grandfather.len, 0, "no others");
    unit_int(d.e.kind, RFL_KIND_LOOKING, "kind");
    unit_int(d.e.nnames, 2, "names");
    unit_str(d.e.names[0].full, "Amina Hassan Warsame", "name");
    unit_int(d.e.not_after, 1809129600, "not after");

    unit_int(draft_edit("{\"not_before\": null}", &d, &err), RFL_OK, "%s",
             err.text);
    unit_int(d.e.not_before, (int64_t) (ENTRY_TODAY - 2) * 86400,
             "it begins with the day of confirmation");

    unit_int(draft_edit("{\"names\": [\"  Amina \\u200f Hassan\\t\"]}", &d,
                        &err),
             RFL_OK, "%s", err.text);
    unit_str(d.e.names[0].full, "Amina Hassan", "spaces and marks cleaned");

    unit_int(draft_edit("{\"ref\": \"7ZK2-9QHM-4T1B-XW8C\","
                        "\"salt\": \"AAECAwQFBgcICQoLDA0ODw==\"}", &d, &err),
             RFL_OK, "ref and salt %s", err.text);
    unit_int(d.has_ref, 1, "ref given");
    unit_int(d.salt[15], 15, "salt read");
    unit_ok(!sodium_is_zero(d.e.commit, RFL_COMMIT_SIZE), "committed");
}


static void
test_round_trip(void)
{
    size_t       i;
    rfl_buf_t    one, two;
    rfl_err_t    err;
    rfl_str_t    s;
    rfl_draft_t  d;

    static const char *const  changes[] = {
        "{}",
        "{\"names\": [\"a\\\"b\\\\c\\/d\\u2028 </script>\"]}",
        "{\"names\": [{\"full\": \"A B\", \"given\": \"A\","
        "\"family\": \"B\"}, {\"full\": \"A B\", \"family\": \"B\"}, \"C D\"]}",
        "{\"age_band\": null, \"sex\": null, \"origin\": null,"
        "\"relation\": null, \"birth_year\": null, \"country\": null,"
        "\"father\": null, \"not_before\": null}",
        "{\"kind\": \"alive\", \"relation\": null, \"status\": \"safe\","
        "\"mother\": \"M\", \"grandfather\": \"G\","
        "\"age_class\": \"unknown\", \"hide\":"
        "\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}",
        "{\"ref\": \"7ZK2-9QHM-4T1B-XW8C\","
        "\"salt\": \"AAECAwQFBgcICQoLDA0ODw==\", \"approvals\":"
        "[{\"key\": \"0011223344556677\", \"day\": \"2026-11-22\", \"sig\":"
        "\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
        "gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==\"}]}"
    };

    for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        rfl_buf_init(&one, 0);
        rfl_buf_init(&two, 0);

        unit_int(draft_edit(changes[i], &d, &err), RFL_OK, "read %s", err.text);
        rfl_draft_print(&d, &one);

        unit_ok(memchr(one.data, '\n', one.len) == NULL, "one line");

        s.data = one.data;
        s.len = one.len;
        unit_int(rfl_draft_parse(draft_pool, &s, 1, &d, &err), RFL_OK,
                 "what is printed is read %s", err.text);
        rfl_draft_print(&d, &two);

        unit_ok(one.len == two.len && !one.failed
                && memcmp(one.data, two.data, one.len) == 0,
                "and printed the same");

        rfl_buf_free(&one);
        rfl_buf_free(&two);
    }
}


static void
test_refused(void)
{
    int          n;
    char         text[512];
    size_t       i;
    rfl_err_t    err;
    rfl_draft_t  d;

    static const struct {
        const char  *change;
        const char  *words;
    } cases[] = {
        { "{\"id\": \"\"}", "\"id\" must be" },
        { "{\"id\": \"a b\"}", "\"id\" must be" },
        { "{\"id\": 17}", "\"id\" must be a text" },
        { "{\"id\": \"12345678901234567890123456789012345678901234567890123456"
          "789012345\"}", "\"id\" must be 1 to 64" },
        { "{\"ref\": \"7ZK2-9QHM-4T1B-XW8C\"}", "belong together" },
        { "{\"salt\": \"AAECAwQFBgcICQoLDA0ODw==\"}", "belong together" },
        { "{\"ref\": \"7zk2-9qhm-4t1b-xw8c\"}", "\"ref\"" },
        { "{\"ref\": \"7ZK2-9QHM-4T1B-XW8\"}", "\"ref\"" },
        { "{\"ref\": \"case-123\"}", "\"ref\"" },
        { "{\"salt\": \"AAECAwQFBgcICQoLDA0ODw\"}", "\"salt\"" },
        { "{\"salt\": \"AAECAwQFBgcICQoLDA0O\"}", "\"salt\"" },
        { "{\"kind\": \"any\"}", "\"looking\", \"alive\"" },
        { "{\"kind\": \"dead\"}", "\"looking\", \"alive\"" },
        { "{\"names\": []}", "1 to 6" },
        { "{\"names\": [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]}",
          "1 to 6" },
        { "{\"names\": \"Amina\"}", "list" },
        { "{\"names\": [17]}", "\"names[0]\" must be a text" },
        { "{\"names\": [\"\"]}", "\"names[0]\" is empty" },
        { "{\"names\": [\"A\", {\"given\": \"A\"}]}",
          "\"names[1]\" lacks \"full\"" },
        { "{\"names\": [{\"full\": \"A\", \"nick\": \"B\"}]}",
          "\"nick\" that is not allowed" },
        { "{\"names\": [{\"full\": \"A\", \"given\": \"\\u200f\"}]}",
          "\"names[0].given\" is empty" },
        { "{\"names\": [\"A\\u0001\"]}", "control" },
        { "{\"event\": \"Flood\"}", "\"event\" must be" },
        { "{\"event\": \"\"}", "\"event\" must be" },
        { "{\"society\": \"a_b\"}", "\"society\" must be" },
        { "{\"age_class\": \"child\"}", "\"adult\", \"minor\"" },
        { "{\"age_band\": \"15-19\"}", "\"18-29\"" },
        { "{\"age_band\": \"\"}", "\"18-29\"" },
        { "{\"sex\": \"female\"}", "\"m\", \"f\", \"x\"" },
        { "{\"origin\": \"Syria\"}", "\"origin\" must be" },
        { "{\"origin\": \"sy\"}", "\"origin\" must be" },
        { "{\"origin\": \"SY-\"}", "\"origin\" must be" },
        { "{\"origin\": \"SY-ABCD\"}", "\"origin\" must be" },
        { "{\"relation\": \"neighbour\"}", "\"mother\"" },
        { "{\"status\": \"injured\"}", "\"safe\"" },
        { "{\"birth_year\": \"1990\"}", "1850 to 2200" },
        { "{\"birth_year\": 1365}", "1850 to 2200" },
        { "{\"birth_year\": 0}", "1850 to 2200" },
        { "{\"birth_year\": -1}", "1850 to 2200" },
        { "{\"birth_year\": 4294967296}", "1850 to 2200" },
        { "{\"birth_year\": 1990.5}", "1850 to 2200" },
        { "{\"country\": \"SYR\"}", "\"country\" must be" },
        { "{\"country\": \"so\"}", "\"country\" must be" },
        { "{\"father\": \"\"}", "\"father\" is empty" },
        { "{\"mother\": [\"M\"]}", "\"mother\" must be a text" },
        { "{\"confirmed_on\": \"2026-11-31\"}", "\"confirmed_on\" must be" },
        { "{\"confirmed_on\": \"20.11.2026\"}", "\"confirmed_on\" must be" },
        { "{\"confirmed_on\": \"1969-12-31\"}", "\"confirmed_on\" must be" },
        { "{\"not_before\": \"2026-11-22\"}", "\"not_before\" must be" },
        { "{\"not_after\": \"2026-11-22T24:00:00Z\"}",
          "\"not_after\" must be" },
        { "{\"not_after\": \"2026-11-22T08:00:00+01:00\"}",
          "\"not_after\" must be" },
        { "{\"not_after\": 1795348800}", "\"not_after\" must be" },
        { "{\"consent\": \"yes\"}", "\"consent\" must be an object" },
        { "{\"consent\": {\"class\": \"searchable\", \"policy\": 3}}",
          "\"consent\" lacks \"date\"" },
        { "{\"consent\": {\"date\": \"2026-11-20\", \"policy\": 3}}",
          "\"consent\" lacks \"class\"" },
        { "{\"consent\": {\"class\": \"searchable\", \"date\": "
          "\"2026-11-20\"}}", "\"consent\" lacks \"policy\"" },
        { "{\"consent\": {\"class\": \"listed\"}}", "\"match-only\"" },
        { "{\"consent\": {\"policy\": 0}}", "\"consent.policy\"" },
        { "{\"consent\": {\"by\": \"phone\"}}", "not allowed" },
        { "{\"hide\": \"AAECAwQFBgcICQoLDA0ODw==\"}", "32 bytes" },
        { "{\"approvals\": []}", "1 to 2" },
        { "{\"approvals\": [{\"key\": \"00112233445566\"}]}", "hex" },
        { "{\"approvals\": [{\"key\": \"001122334455667G\"}]}", "hex" },
        { "{\"approvals\": [{\"key\": \"AABBCCDDEEFF0011\"}]}", "hex" },
        { "{\"approvals\": [{\"key\": \"0011223344556677\"}]}", "lacks" },
        { "{\"approvals\": [{\"key\": \"0011223344556677\", \"day\": "
          "\"2026-11-22\", \"sig\": \"AAAA\"}]}", "64 bytes" },
        { "{\"approvals\": [{\"key\": \"0011223344556677\", \"day\": "
          "\"2026-11-22\", \"sig\":"
          "\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
          "gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==\"}]}",
          "approvals without" }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        unit_int(draft_edit(cases[i].change, &d, &err), RFL_ERROR,
                 "refused: %s", err.text);
        unit_int(err.line, 17, "on the line of the file");
        unit_ok(strstr(err.text, cases[i].words) != NULL,
                "and says \"%s\"", cases[i].words);
    }

    unit_int(draft_parse("", &d, &err), RFL_ERROR, "empty: %s", err.text);
    unit_int(draft_parse("[]", &d, &err), RFL_ERROR, "a list: %s", err.text);
    unit_int(draft_parse("{\"id\": \"a\", \"id\": \"a\"}", &d, &err), RFL_ERROR,
             "a member twice: %s", err.text);
    unit_int(err.line, 17, "on the line of the file");
    unit_int(draft_parse("{\"names\": [\"\\ud800\"]}", &d, &err), RFL_ERROR,
             "half a surrogate: %s", err.text);
    unit_int(draft_parse("{\"names\": [\"A\\u0000\"]}", &d, &err), RFL_ERROR,
             "a NUL: %s", err.text);
    unit_int(draft_parse("{\"names\": [\"\xc0\xaf\"]}", &d, &err), RFL_ERROR,
             "overlong UTF-8: %s", err.text);

    /* 256 characters are a name, 257 are not */

    for (n = 256; n <= 257; n++) {
        (void) snprintf(text, sizeof(text), "{\"names\": [\"%0*d\"]}", n, 0);
        unit_int(draft_edit(text, &d, &err), n == 256 ? RFL_OK : RFL_ERROR,
                 "%d characters %s", n, err.text);
    }
}


/* S-120: everything that is never published, by the names it comes under */

static void
test_unknown(void)
{
    char         change[64];
    size_t       i;
    rfl_err_t    err;
    rfl_draft_t  d;

    static const char *const  names[] = {
        "phone", "email", "address", "shelter", "camp", "location", "gps",
        "lat", "lon", "birth_date", "birthdate", "date_of_birth", "age",
        "document", "passport", "case_number", "note", "notes", "text",
        "message", "description", "comment", "health", "injury", "detained",
        "dead", "ethnicity", "religion", "nationality", "rank", "unit",
        "photo", "seeker", "author", "staff", "moderator", "url", "language",
        "created_at", "commit", "fields", "_comment", "$schema", "ID", "Names"
    };

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        (void) snprintf(change, sizeof(change), "{\"%s\": \"x\"}", names[i]);
        unit_int(draft_edit(change, &d, &err), RFL_ERROR, "S-120: %s",
                 err.text);
        unit_ok(strstr(err.text, "not allowed") != NULL, "S-120: %s",
                names[i]);
        unit_int(d.e.nnames, 0, "and nothing of the line is kept");
    }

    unit_int(draft_edit("{\"\": 1}", &d, &err), RFL_ERROR, "S-120: no name");
}


static void
test_missing(void)
{
    char         change[64];
    size_t       i;
    unsigned     required;
    rfl_err_t    err;
    json_t      *line, *value;
    const char  *name;
    rfl_draft_t  d;

    static const char *const  needed[] = {
        "id", "kind", "names", "event", "society", "age_class",
        "confirmed_on", "not_after", "consent"
    };

    for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        (void) snprintf(change, sizeof(change), "{\"%s\": null}", needed[i]);
        unit_int(draft_edit(change, &d, &err), RFL_ERROR, "S-121: %s",
                 err.text);
        unit_ok(strstr(err.text, needed[i]) != NULL, "it names %s",
                needed[i]);
    }

    line = json_loads(entry_line, 0, NULL);
    required = 0;

    json_object_foreach(line, name, value) {
        (void) snprintf(change, sizeof(change), "{\"%s\": null}", name);
        required += (draft_edit(change, &d, &err) != RFL_OK);
    }

    json_decref(line);

    unit_int(required, sizeof(needed) / sizeof(needed[0]),
             "all others may be left out");
}
