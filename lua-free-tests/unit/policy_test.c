
/*
 * Copyright (C) The RFL authors
 *
 * policy_test.c: the policy file, its defaults, its faults with their lines,
 * and texts in several languages.
 */


#include "faults.h"
#include "rfl_policy.h"


static void test_good(void);
static void test_faults(void);
static void test_texts(void);
static void test_long(void);


static rfl_pool_t  *pool;


int
main(void)
{
    rfl_err_t  err;

    pool = rfl_pool_create(4096);
    unit_int(rfl_seal_init(&err), RFL_OK, "libsodium starts");

    test_good();
    test_faults();
    test_texts();
    test_long();

    rfl_pool_destroy(pool);

    return unit_done();
}


static int
parse(const char *text, rfl_policy_t **policy, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  s;

    s = faults_exact(text);

    memset(err, 0, sizeof(rfl_err_t));
    rc = rfl_policy_parse(pool, &s, policy, err);

    free(s.data);

    return rc;
}


static int
refused(const char *text, rfl_err_t *err)
{
    rfl_policy_t  *policy;

    return parse(text, &policy, err);
}


static rfl_str_t
str(const char *text)
{
    rfl_str_t  s;

    s.data = (u_char *) text;
    s.len = strlen(text);

    return s;
}


static void
test_good(void)
{
    rfl_err_t           err;
    rfl_str_t           id;
    rfl_policy_t       *policy;
    const rfl_event_t  *event;

    unit_int(parse("{\"version\": 1, \"events\": ["
                   "{\"id\": \"a\", \"names\": {\"en\": \"A\"}}]}",
                   &policy, &err),
             RFL_OK, "the smallest policy %s", err.text);

    unit_int(policy->version, 1, "version");
    unit_int(policy->adult_age, 18, "adults are 18");
    unit_int(policy->approvals, 2, "two approvals");
    unit_int(policy->cap, 256, "lists of 256");
    unit_int(policy->epoch_days, 1, "an epoch is a day");
    unit_int(policy->nevents, 1, "one event");
    unit_int(policy->events[0].show, 0, "which shows nothing");
    unit_int(policy->events[0].gate, RFL_GATE_NAME, "is found by a name");
    unit_int(policy->events[0].max_days, 180, "for half a year");

    unit_int(parse("{\"version\": 7, \"adult_age\": 21, \"approvals\": 1,"
                   "\"cap\": 64, \"epoch_days\": 7, \"events\": ["
                   "{\"id\": \"a\", \"names\": {\"en\": \"A\"},"
                   "\"show\": [\"sex\", \"origin\"], \"gate\": \"fact\","
                   "\"max_days\": 30},"
                   "{\"id\": \"b-2\", \"names\": {\"en\": \"B\"},"
                   "\"show\": [\"age_band\", \"relation\", \"status\"],"
                   "\"gate\": \"closed\"}]}",
                   &policy, &err),
             RFL_OK, "a full policy %s", err.text);

    unit_int(policy->version, 7, "version");
    unit_int(policy->adult_age, 21, "adult age");
    unit_int(policy->approvals, 1, "approvals");
    unit_int(policy->cap, 64, "cap");
    unit_int(policy->epoch_days, 7, "epoch");

    id = str("a");
    event = rfl_policy_event(policy, &id);
    unit_ok(event == &policy->events[0], "event by id");
    unit_int(event->show, RFL_SHOW_SEX|RFL_SHOW_ORIGIN, "what it shows");
    unit_int(event->gate, RFL_GATE_FACT, "its gate");
    unit_int(event->max_days, 30, "its life");

    id = str("b-2");
    event = rfl_policy_event(policy, &id);
    unit_int(event->show,
             RFL_SHOW_AGE_BAND|RFL_SHOW_RELATION|RFL_SHOW_STATUS,
             "what the other shows");
    unit_int(event->gate, RFL_GATE_CLOSED, "closed");

    id = str("b");
    unit_ok(rfl_policy_event(policy, &id) == NULL, "no event by half an id");
    id = str("");
    unit_ok(rfl_policy_event(policy, &id) == NULL, "no event by no id");
}


#define EVENT  "{\"id\": \"a\", \"names\": {\"en\": \"A\"}}"

static void
test_faults(void)
{
    rfl_err_t      err;
    rfl_policy_t  *policy;

    /* the fault is on the line, the words are in the text */

    static const fault_t  cases[] = {
        { 1, "", "too early" },
        { 1, "[]", "object" },
        { 2, "{\"version\": 1,\n", "too early" },
        { 2, "{\"version\": 1\n\"events\": []}", "comma" },
        { 3, "{\"version\": 1,\n\"events\": [" EVENT "]}\n{}", "follows" },
        { 2, "{\"version\": 1,\n\"version\": 2}", "twice" },
        { 1, "{\"version\": 1}", "lacks \"events\"" },
        { 2, "\n{\"events\": [" EVENT "]}", "lacks \"version\"" },
        { 1, "{\"version\": 1, \"events\": []}", "1 to 256" },
        { 2, "{\"version\":\n 0, \"events\": [" EVENT "]}",
          "\"version\" must be a whole number from 1" },
        { 1, "{\"version\": 1.0, \"events\": [" EVENT "]}", "whole" },
        { 1, "{\"version\": \"1\", \"events\": [" EVENT "]}", "whole" },
        { 1, "{\"version\": true, \"events\": [" EVENT "]}", "whole" },
        { 1, "{\"version\": 99999999999999999999}", "too large" },
        { 1, "{\"version\": 1, \"evnts\": [" EVENT "]}",
          "\"evnts\" that is not allowed" },
        { 3, "{\"version\": 1,\n\n\"adult_age\": 17, \"events\": []}",
          "\"adult_age\"" },
        { 1, "{\"version\": 1, \"adult_age\": 31}", "\"adult_age\"" },
        { 1, "{\"version\": 1, \"approvals\": 0}", "\"approvals\"" },
        { 1, "{\"version\": 1, \"approvals\": 3}", "\"approvals\"" },
        { 1, "{\"version\": 1, \"cap\": 7}", "\"cap\"" },
        { 1, "{\"version\": 1, \"cap\": 4097}", "\"cap\"" },
        { 1, "{\"version\": 1, \"epoch_days\": 8}", "\"epoch_days\"" },
        { 4, "{\"version\": 1,\n\"events\": [\n" EVENT ",\n"
             "{\"id\": \"B\", \"names\": {\"en\": \"B\"}}]}",
          "\"events[1].id\" must be 1 to 32" },
        { 2, "{\"version\": 1,\n\"events\": [\n" EVENT ",\n" EVENT "]}",
          "\"events\" have the id \"a\" twice" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"gate\": \"open\"}]}",
          "\"events[0].gate\" must be one of \"name\", \"fact\", "
          "\"closed\"" },
        { 3, "{\"version\": 1, \"events\": [\n" EVENT ",\n"
             "{\"id\": \"b\"}]}",
          "\"events[1]\" lacks \"names\"" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"show\": [\"name\"]}]}", "must be one of \"age_band\"" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"show\": [\"sex\", \"sex\"]}]}", "twice" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"show\": \"sex\"}]}", "list" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"names\": \"A\"}]}", "by language" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"names\": {}}]}", "by language" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"names\": {\"english\": \"A\"}}]}", "language tag" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"names\": {\"en\": \" \"}}]}", "empty" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"names\": {\"en\": \"A\\u0007\"}}]}", "control" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"names\": {\"en\": \"A\\u0000\"}}]}", "\\u0000" },
        { 1, "{\"version\": 1, \"events\": [{\"id\": \"\xff\"}]}", "UTF-8" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"max_days\": 0}]}", "\"events[0].max_days\"" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"max_days\": 732}]}", "\"events[0].max_days\"" },
        { 2, "{\"version\": 1, \"events\": [{\"id\": \"a\",\n"
             "\"photo\": true}]}", "\"photo\" that is not allowed" },
        { 2, "{\"version\": 1, \"events\":\n[[]]}", "object" },
        { 2, "{\"version\": 1, \"events\":\n{}}", "list" },
        { 2, "{\"version\": 1, \"events\":\nnull}", "list" }
    };

    faults_refused(cases, refused);

    /* the first fault of several */

    unit_int(parse("{\"version\": 1, \"events\": [ {\"id\": \"a, ]}\",\n"
                   "\"x\": 1},\n{\"id\": \"b\",\n\"names\": {\"en\": \"}\"},\n"
                   "\"gate\": \"open\"}]}", &policy, &err),
             RFL_ERROR, "refused: %s", err.text);
    unit_int(err.line, 1, "on its line");

    /* strings with brackets do not lead the line astray */

    unit_int(parse("{\"version\": 1, \"events\": [\n"
                   "{\"id\": \"a\",\n\"names\": {\"en\": \"\\\"}]{[,:\"}},\n"
                   "{\"id\": \"b\", \"names\": {\"en\": \"B\"},\n"
                   "\"gate\":\n\"open\"}]}", &policy, &err),
             RFL_ERROR, "refused: %s", err.text);
    unit_int(err.line, 6, "on its line");

    /* what is foreign is not repeated as it is */

    unit_int(parse("{\"Amina <b>\": 1}", &policy, &err), RFL_ERROR,
             "refused: %s", err.text);
    unit_ok(strchr(err.text, '<') == NULL, "no markup of the input in it");

    unit_int(parse("{\"version\": Amina}", &policy, &err), RFL_ERROR,
             "refused: %s", err.text);
    unit_ok(strstr(err.text, "Amina") == NULL, "no value of the input in it");
}


static void
test_texts(void)
{
    size_t         i;
    rfl_err_t      err;
    rfl_str_t      lang;
    rfl_texts_t    none;
    rfl_policy_t  *policy;

    static const struct {
        const char  *lang;
        const char  *text;
    } cases[] = {
        { "fr", "F" },
        { "fr-CA", "F" },
        { "FR-ca", "F" },
        { "zh-Hant-HK", "T" },
        { "zh-Hant", "T" },
        { "zh-Hans", "E" },
        { "zh", "E" },
        { "frr", "E" },
        { "f", "E" },
        { "", "E" },
        { "en-GB", "E" },
        { "ar", "E" }
    };

    unit_int(parse("{\"version\": 1, \"events\": [{\"id\": \"a\", \"names\":"
                   "{\"fr\": \"  F  \", \"en\": \"E\", \"zh-Hant\": \"T\"}},"
                   "{\"id\": \"b\", \"names\":"
                   "{\"uk\": \"U\", \"fr\": \"F\"}}]}",
                   &policy, &err),
             RFL_OK, "texts %s", err.text);

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lang = str(cases[i].lang);
        unit_str(*rfl_texts_get(&policy->events[0].names, &lang),
                 cases[i].text, "\"%s\"", cases[i].lang);
    }

    lang = str("ar");
    unit_str(*rfl_texts_get(&policy->events[1].names, &lang), "U",
             "the first where there is no English");

    unit_int(policy->events[0].names.text[0].data[1], 0, "NUL-terminated");

    memset(&none, 0, sizeof(none));
    unit_ok(rfl_texts_get(&none, &lang) == NULL, "none of none");
}


/* as many events as are allowed, and one more */

static void
test_long(void)
{
    int            i, n;
    rfl_buf_t      b;
    rfl_err_t      err;
    rfl_policy_t  *policy;

    for (n = 256; n <= 257; n++) {
        rfl_buf_init(&b, 0);
        rfl_buf_literal(&b, "{\"version\": 1, \"events\": [");

        for (i = 0; i < n; i++) {
            rfl_buf_printf(&b, "%s\n{\"id\": \"e%d\", \"names\": "
                           "{\"en\": \"E\"}}", i != 0 ? "," : "", i);
        }

        rfl_buf_literal(&b, "]}");
        rfl_buf_byte(&b, '\0');

        unit_int(parse((char *) b.data, &policy, &err),
                 n == 256 ? RFL_OK : RFL_ERROR, "%d events %s", n, err.text);

        rfl_buf_free(&b);
    }

    /* depth is no way to exhaust the stack */

    rfl_buf_init(&b, 0);

    for (i = 0; i < 100000; i++) {
        rfl_buf_byte(&b, '[');
    }

    rfl_buf_byte(&b, '\0');
    unit_int(parse((char *) b.data, &policy, &err), RFL_ERROR, "%s",
             err.text);
    unit_ok(strstr(err.text, "deep") != NULL, "too deep");
    rfl_buf_free(&b);
}
