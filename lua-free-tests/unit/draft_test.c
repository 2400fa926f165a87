
/*
 * Copyright (C) The RFL authors
 *
 * draft_test.c: the line of JSON and what the desk asks of it: S-120 (the
 * reader), S-121 (the desk's half).
 */


#include "unit.h"
#include "entry.h"

#include <jansson.h>


static void test_read(void);
static void test_round_trip(void);
static void test_refused(void);
static void test_unknown(void);
static void test_missing(void);
static void test_check(void);
static void test_texts(void);
static void test_approvals(void);
static int edit(const char *change, rfl_draft_t *draft, rfl_err_t *err);


static rfl_pool_t    *pool;
static rfl_policy_t  *policy;
static rfl_trust_t   *trust;


int
main(void)
{
    rfl_err_t  err;

    pool = rfl_pool_create(4096);
    entry_init();

    if (rfl_name_init(&err) != RFL_OK) {
        printf("Bail out! names: %s\n", err.text);
        return 1;
    }

    if (!entry_read(pool, &policy, &trust)) {
        return 1;
    }

    test_read();
    test_round_trip();
    test_refused();
    test_unknown();
    test_missing();
    test_check();
    test_texts();
    test_approvals();

    rfl_pool_destroy(pool);

    return unit_done();
}


static int
parse(const char *json, rfl_draft_t *draft, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  s;

    s.len = strlen(json);
    s.data = malloc(s.len);
    memcpy(s.data, json, s.len);

    memset(err, 0, sizeof(rfl_err_t));
    rc = rfl_draft_parse(pool, &s, 17, draft, err);

    free(s.data);

    return rc;
}


/* the good line with members set to other values; null takes one out */

static int
edit(const char *change, rfl_draft_t *draft, rfl_err_t *err)
{
    int          rc;
    char        *text;
    json_t      *line, *patch, *value;
    const char  *name;

    line = json_loads(entry_line, 0, NULL);
    patch = json_loads(change, 0, NULL);

    if (line == NULL || patch == NULL) {
        printf("Bail out! not JSON: %s\n", change);
        exit(1);
    }

    json_object_foreach(patch, name, value) {
        if (json_is_null(value)) {
            (void) json_object_del(line, name);

        } else {
            (void) json_object_set(line, name, value);
        }
    }

    text = json_dumps(line, JSON_COMPACT);
    rc = parse(text, draft, err);

    free(text);
    json_decref(line);
    json_decref(patch);

    return rc;
}


static void
test_read(void)
{
    rfl_err_t    err;
    rfl_draft_t  d;

    unit_int(parse(entry_line, &d, &err), RFL_OK, "a good line %s", err.text);

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

    unit_int(edit("{\"not_before\": null}", &d, &err), RFL_OK, "%s",
             err.text);
    unit_int(d.e.not_before, (int64_t) (ENTRY_TODAY - 2) * 86400,
             "it begins with the day of confirmation");

    unit_int(edit("{\"names\": [\"  Amina \\u200f Hassan\\t\"]}", &d, &err),
             RFL_OK, "%s", err.text);
    unit_str(d.e.names[0].full, "Amina Hassan", "spaces and marks cleaned");

    unit_int(edit("{\"ref\": \"7ZK2-9QHM-4T1B-XW8C\","
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

        unit_int(edit(changes[i], &d, &err), RFL_OK, "read %s", err.text);
        rfl_draft_print(&d, &one);

        unit_ok(memchr(one.data, '\n', one.len) == NULL, "one line");

        s.data = one.data;
        s.len = one.len;
        unit_int(rfl_draft_parse(pool, &s, 1, &d, &err), RFL_OK,
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
        unit_int(edit(cases[i].change, &d, &err), RFL_ERROR, "refused: %s",
                 err.text);
        unit_int(err.line, 17, "on the line of the file");
        unit_ok(strstr(err.text, cases[i].words) != NULL,
                "and says \"%s\"", cases[i].words);
    }

    unit_int(parse("", &d, &err), RFL_ERROR, "empty: %s", err.text);
    unit_int(parse("[]", &d, &err), RFL_ERROR, "a list: %s", err.text);
    unit_int(parse("{\"id\": \"a\", \"id\": \"a\"}", &d, &err), RFL_ERROR,
             "a member twice: %s", err.text);
    unit_int(err.line, 17, "on the line of the file");
    unit_int(parse("{\"names\": [\"\\ud800\"]}", &d, &err), RFL_ERROR,
             "half a surrogate: %s", err.text);
    unit_int(parse("{\"names\": [\"A\\u0000\"]}", &d, &err), RFL_ERROR,
             "a NUL: %s", err.text);
    unit_int(parse("{\"names\": [\"\xc0\xaf\"]}", &d, &err), RFL_ERROR,
             "overlong UTF-8: %s", err.text);

    /* 256 characters are a name, 257 are not */

    for (n = 256; n <= 257; n++) {
        (void) snprintf(text, sizeof(text), "{\"names\": [\"%0*d\"]}", n, 0);
        unit_int(edit(text, &d, &err), n == 256 ? RFL_OK : RFL_ERROR,
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
        unit_int(edit(change, &d, &err), RFL_ERROR, "S-120: %s", err.text);
        unit_ok(strstr(err.text, "not allowed") != NULL, "S-120: %s",
                names[i]);
        unit_int(d.e.nnames, 0, "and nothing of the line is kept");
    }

    unit_int(edit("{\"\": 1}", &d, &err), RFL_ERROR, "S-120: no name");
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
        unit_int(edit(change, &d, &err), RFL_ERROR, "S-121: %s", err.text);
        unit_ok(strstr(err.text, needed[i]) != NULL, "it names %s",
                needed[i]);
    }

    line = json_loads(entry_line, 0, NULL);
    required = 0;

    json_object_foreach(line, name, value) {
        (void) snprintf(change, sizeof(change), "{\"%s\": null}", name);
        required += (edit(change, &d, &err) != RFL_OK);
    }

    json_decref(line);

    unit_int(required, sizeof(needed) / sizeof(needed[0]),
             "all others may be left out");
}


/* the faults of a draft in a static text, each ended by "|" */

static const char *
faults(const rfl_draft_t *d, int approvals, int *n)
{
    char        *p;
    rfl_buf_t    b;
    static char  text[8192];

    rfl_buf_init(&b, 0);

    *n = rfl_draft_check(pool, d, policy, trust, ENTRY_NOW, approvals, &b);

    (void) snprintf(text, sizeof(text), "%.*s", (int) b.len,
                    b.len != 0 ? (char *) b.data : "");
    rfl_buf_free(&b);

    for (p = text; *p != '\0'; p++) {
        if (*p == '\n') {
            *p = '|';
        }
    }

    return text;
}


static unsigned
lines(const char *text)
{
    unsigned  n;

    for (n = 0; *text != '\0'; text++) {
        n += (*text == '|');
    }

    return n;
}


static void
test_check(void)
{
    int          n;
    size_t       i;
    rfl_err_t    err;
    rfl_draft_t  d;
    const char  *text;

    /* NULL: nothing is wrong with it */

    static const struct {
        const char  *change;
        const char  *words;
    } cases[] = {
        { "{}", NULL },
        { "{\"event\": \"quake\", \"names\": [\"Suharto\"]}", NULL },
        { "{\"not_before\": \"2026-12-24T00:00:00Z\"}", NULL },
        { "{\"age_band\": \"18-29\", \"birth_year\": null}", NULL },
        { "{\"age_band\": \"18-29\", \"birth_year\": 2007}", NULL },
        { "{\"age_band\": \"80+\", \"birth_year\": 1906}", NULL },
        { "{\"names\": [\"\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e\"]}", NULL },

        { "{\"names\": [\"...\", \"Amina Hassan\"]}", NULL },

        { "{\"age_class\": \"minor\"}", "minor" },
        { "{\"age_class\": \"unknown\"}", "not known whether" },
        { "{\"birth_year\": 2008, \"age_band\": null}", "under 18" },
        { "{\"birth_year\": 2026, \"age_band\": null}", "under 18" },
        { "{\"birth_year\": 2027, \"age_band\": null}", "future" },
        { "{\"birth_year\": 2007, \"age_band\": null, \"confirmed_on\":"
          "\"2026-01-01\", \"consent\": {\"class\": \"searchable\","
          "\"date\": \"2025-12-31\", \"policy\": 3},"
          "\"not_after\": \"2026-12-01T00:00:00Z\", \"event\": \"quake\"}",
          "when giving consent" },
        { "{\"birth_year\": 1900, \"age_band\": null}", "over 120" },
        { "{\"birth_year\": 1960}", "do not go together" },
        { "{\"birth_year\": 2000, \"age_band\": \"80+\"}",
          "do not go together" },
        { "{\"consent\": {\"class\": \"match-only\", \"date\": "
          "\"2026-11-20\", \"policy\": 3}}", "for matching at the desk" },
        { "{\"consent\": {\"class\": \"searchable\", \"date\": "
          "\"2026-11-20\", \"policy\": 2}}", "version 2" },
        { "{\"consent\": {\"class\": \"searchable\", \"date\": "
          "\"2026-11-30\", \"policy\": 3}}", "consent is in the future" },
        { "{\"not_after\": \"2027-05-21T00:00:00Z\"}", "longer than" },
        { "{\"not_after\": \"2026-11-21T00:00:00Z\"}", "before it begins" },
        { "{\"not_before\": \"2026-11-20T00:00:00Z\","
          "\"not_after\": \"2026-11-22T12:00:00Z\"}", "has ended" },
        { "{\"confirmed_on\": \"2026-11-30\"}", "confirmation is in the" },
        { "{\"event\": \"fire\"}", "not in the policy file" },
        { "{\"event\": \"old\"}", "closed" },
        { "{\"society\": \"nowhere\"}", "not in the trust file" },
        { "{\"society\": \"gone\"}", "may not publish today" },
        { "{\"kind\": \"alive\"}", "relation" },
        { "{\"status\": \"safe\"}", "status" },
        { "{\"country\": \"ZZ\"}", "ISO 3166-1" },
        { "{\"origin\": \"UK-ENG\"}", "ISO 3166-1" },
        { "{\"names\": [\"...\", \"--\"]}", "searched for" },
        { "{\"names\": [\"Suharto\"], \"birth_year\": null,"
          "\"country\": null, \"father\": null}", "a single name" }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        unit_int(edit(cases[i].change, &d, &err), RFL_OK, "read %s: %s",
                 cases[i].change, err.text);

        text = faults(&d, 0, &n);

        unit_int(n, lines(text), "as many lines as faults");

        if (cases[i].words == NULL) {
            unit_int(n, 0, "nothing wrong: %s%s", cases[i].change, text);
            continue;
        }

        unit_ok(strstr(text, cases[i].words) != NULL, "S-121: %s: %s",
                cases[i].change, text);
    }

    /* each fault is told, not the first only */

    unit_int(edit("{\"age_class\": \"minor\", \"event\": \"fire\","
                  "\"society\": \"nowhere\", \"status\": \"safe\"}", &d,
                  &err),
             RFL_OK, "read");
    (void) faults(&d, 0, &n);
    unit_int(n, 4, "four faults at once");

    /* what a reader would have refused is refused here, too */

    unit_int(edit("{}", &d, &err), RFL_OK, "read");
    d.e.not_after = 0;
    text = faults(&d, 0, &n);
    unit_ok(n > 0 && strstr(text, "no end") != NULL, "S-121: %s", text);

    unit_int(edit("{}", &d, &err), RFL_OK, "read");
    d.e.consent = 0;
    text = faults(&d, 0, &n);
    unit_ok(n > 0 && strstr(text, "no consent") != NULL, "S-121: %s", text);

    unit_int(edit("{}", &d, &err), RFL_OK, "read");
    d.e.consent_day = 0;
    text = faults(&d, 0, &n);
    unit_ok(n > 0 && strstr(text, "day of the consent is missing") != NULL,
            "S-121: %s", text);

    unit_int(edit("{}", &d, &err), RFL_OK, "read");
    d.age_class = 0;
    text = faults(&d, 0, &n);
    unit_ok(n > 0 && strstr(text, "not known whether") != NULL, "S-121: %s",
            text);
}


/* more than a name in a name */

static void
test_texts(void)
{
    int          n;
    char         change[512];
    size_t       i, k;
    rfl_err_t    err;
    rfl_draft_t  d;
    const char  *text;

    static const char *const  fields[][2] = {
        { "{\"names\": [\"", "\"]}" },
        { "{\"names\": [{\"full\": \"Amina\", \"family\": \"", "\"}]}" },
        { "{\"father\": \"", "\"}" },
        { "{\"mother\": \"", "\"}" },
        { "{\"grandfather\": \"", "\"}" }
    };

    static const char *const  bad[] = {
        "Amina Hassan 0712 345 678",
        "Amina Hassan +254-712-345-678",
        "Amina Hassan (07) 12 34 56",
        "Amina \xd9\xa0\xd9\xa7\xd9\xa1\xd9\xa2\xd9\xa3 Hassan",
        "Amina Hassan 1990",
        "amina@example.com",
        "Amina Hassan @amina_h",
        "Amina Hassan https://example.invalid",
        "Amina Hassan WWW.example.invalid",
        "Amina Hassan example.Com",
        "Amina 2.04, 45.3 Hassan",
        "Amina Hassan 2\xc2\xb0 N",
        "Amina Hassan 2\xe2\x80\xb2"
    };

    static const char *const  good[] = {
        "3abdallah 7assan 9asim 2amin",
        "Amina Hassan 3rd",
        "Louis XIV Bourbon",
        "J. R. R. Ndlovu",
        "O\xe2\x80\x99Hearn-Smith St.John",
        "Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b 12",
        "Dot Comfort"
    };

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        for (k = 0; k < sizeof(fields) / sizeof(fields[0]); k++) {
            (void) snprintf(change, sizeof(change), "%s%s%s", fields[k][0],
                            bad[i], fields[k][1]);
            unit_int(edit(change, &d, &err), RFL_OK, "read %s", err.text);

            text = faults(&d, 0, &n);
            unit_ok(strstr(text, "leave only the name") != NULL,
                    "refused: %s", change);
            unit_ok(strstr(text, "mina") == NULL, "and not quoted: %s",
                    text);
        }
    }

    for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        (void) snprintf(change, sizeof(change), "{\"names\": [\"%s\"]}",
                        good[i]);
        unit_int(edit(change, &d, &err), RFL_OK, "read %s", err.text);

        text = faults(&d, 0, &n);
        unit_int(n, 0, "a name: %s%s", good[i], text);
    }
}


static void
test_approvals(void)
{
    int          n;
    rfl_err_t    err;
    rfl_draft_t  d;
    const char  *text;

    unit_int(edit("{}", &d, &err), RFL_OK, "read");

    text = faults(&d, 1, &n);
    unit_ok(n == 1 && strstr(text, "not signed") != NULL, "%s", text);

    entry_name(pool, &d);

    text = faults(&d, 1, &n);
    unit_ok(n == 1 && strstr(text, "0 of 2") != NULL, "%s", text);

    unit_int(rfl_entry_encode(pool, &d.e, &err), RFL_OK, "encoded");
    (void) entry_sign(&d.e, 0, KEY_A, ENTRY_TODAY);

    text = faults(&d, 1, &n);
    unit_ok(n == 1 && strstr(text, "another moderator") != NULL, "%s", text);
    (void) faults(&d, 0, &n);
    unit_int(n, 0, "which the first moderator need not care about");

    (void) entry_sign(&d.e, 1, KEY_A, ENTRY_TODAY);
    text = faults(&d, 1, &n);
    unit_ok(n == 1 && strstr(text, "same moderator") != NULL, "%s", text);

    (void) entry_sign(&d.e, 1, KEY_OLD, ENTRY_TODAY);
    text = faults(&d, 1, &n);
    unit_ok(n == 1 && strstr(text, "not valid") != NULL, "%s", text);

    (void) entry_sign(&d.e, 1, KEY_SOUTH, ENTRY_TODAY);
    text = faults(&d, 1, &n);
    unit_ok(n == 1 && strstr(text, "does not have") != NULL, "%s", text);

    (void) entry_sign(&d.e, 1, KEY_B, ENTRY_TODAY);
    text = faults(&d, 1, &n);
    unit_int(n, 0, "approved by two %s", text);

    /* changed afterwards: a name, a fact */

    d.e.names[0].full.len--;
    text = faults(&d, 1, &n);
    unit_ok(n == 1 && strstr(text, "changed after signing") != NULL, "%s",
            text);
    d.e.names[0].full.len++;

    d.facts.birth_year--;
    text = faults(&d, 1, &n);
    unit_ok(n == 1 && strstr(text, "second facts") != NULL, "%s", text);
    text = faults(&d, 0, &n);
    unit_ok(n == 1 && strstr(text, "second facts") != NULL, "%s", text);
}
