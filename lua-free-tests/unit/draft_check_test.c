
/*
 * Copyright (C) The RFL authors
 *
 * draft_check_test.c: what the desk asks of a draft, in lines for an
 * administrator and in words for its pages: S-121, the desk's half.
 */


#include "unit.h"
#include "draft.h"
#include "rfl_po.h"


static void test_check(void);
static void test_texts(void);
static void test_approvals(void);


static char  *words;               /* of the desk's pages */


int
main(void)
{
    rfl_err_t  err;
    rfl_str_t  text;

    if (!draft_start()) {
        return 1;
    }

    if (rfl_file_read(draft_pool, "pages/desk/po/en.po", RFL_PO_FILE_MAX, 0,
                      &text, &err)
        != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        return 1;
    }

    words = calloc(1, text.len + 1);
    memcpy(words, text.data, text.len);

    test_check();
    test_texts();
    test_approvals();

    free(words);
    rfl_pool_destroy(draft_pool);

    return unit_done();
}


/* whether the desk has words for each fault, and there is one if there is */

static int
keys_known(const rfl_draft_t *d, unsigned what, int n)
{
    int         known;
    char        key[80];
    u_char     *p, *end, *last;
    rfl_buf_t   b;

    rfl_buf_init(&b, 0);

    known = (rfl_draft_check(draft_pool, d, draft_policy, draft_trust,
                         ENTRY_NOW,
                             what|RFL_DRAFT_KEYS, &b) == n
             && (b.len == 0) == (n == 0));

    last = b.data + b.len;

    for (p = b.data; p < last; p = end + 1) {
        end = memchr(p, '\n', (size_t) (last - p));

        (void) snprintf(key, sizeof(key), "\nmsgctxt \"%.*s\"\n",
                        (int) (end - p), (char *) p);
        known &= (strstr(words, key) != NULL);
    }

    rfl_buf_free(&b);

    return known;
}


/* the faults of a draft in a static text, each ended by "|" */

static const char *
faults(const rfl_draft_t *d, unsigned what, int *n)
{
    char        *p;
    rfl_buf_t    b;
    static char  text[8192];

    rfl_buf_init(&b, 0);

    *n = rfl_draft_check(draft_pool, d, draft_policy, draft_trust,
                         ENTRY_NOW, what, &b);

    (void) snprintf(text, sizeof(text), "%.*s", (int) b.len,
                    b.len != 0 ? (char *) b.data : "");
    rfl_buf_free(&b);

    unit_ok(keys_known(d, what, *n), "the desk has words for: %s", text);

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

        unit_int(draft_edit(cases[i].change, &d, &err), RFL_OK, "read %s: %s",
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

    unit_int(draft_edit("{\"age_class\": \"minor\", \"event\": \"fire\","
                        "\"society\": \"nowhere\", \"status\": \"safe\"}", &d,
                        &err),
             RFL_OK, "read");
    (void) faults(&d, 0, &n);
    unit_int(n, 4, "four faults at once");

    /* what a reader would have refused is refused here, too */

    unit_int(draft_edit("{}", &d, &err), RFL_OK, "read");
    d.e.not_after = 0;
    text = faults(&d, 0, &n);
    unit_ok(n > 0 && strstr(text, "no end") != NULL, "S-121: %s", text);

    unit_int(draft_edit("{}", &d, &err), RFL_OK, "read");
    d.e.consent = 0;
    text = faults(&d, 0, &n);
    unit_ok(n > 0 && strstr(text, "no consent") != NULL, "S-121: %s", text);

    unit_int(draft_edit("{}", &d, &err), RFL_OK, "read");
    d.e.consent_day = 0;
    text = faults(&d, 0, &n);
    unit_ok(n > 0 && strstr(text, "day of the consent is missing") != NULL,
            "S-121: %s", text);

    unit_int(draft_edit("{}", &d, &err), RFL_OK, "read");
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
            unit_int(draft_edit(change, &d, &err), RFL_OK, "read %s", err.text);

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
        unit_int(draft_edit(change, &d, &err), RFL_OK, "read %s", err.text);

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

    unit_int(draft_edit("{}", &d, &err), RFL_OK, "read");

    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_ok(n == 1 && strstr(text, "not signed") != NULL, "%s", text);

    entry_name(draft_pool, &d);

    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_ok(n == 1 && strstr(text, "0 of 2") != NULL, "%s", text);

    unit_int(rfl_entry_encode(draft_pool, &d.e, &err), RFL_OK, "encoded");
    (void) entry_sign(&d.e, 0, KEY_A, ENTRY_TODAY);

    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_ok(n == 1 && strstr(text, "another moderator") != NULL, "%s", text);
    (void) faults(&d, 0, &n);
    unit_int(n, 0, "which the first moderator need not care about");

    (void) entry_sign(&d.e, 1, KEY_A, ENTRY_TODAY);
    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_ok(n == 1 && strstr(text, "same moderator") != NULL, "%s", text);

    (void) entry_sign(&d.e, 1, KEY_OLD, ENTRY_TODAY);
    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_ok(n == 1 && strstr(text, "not valid") != NULL, "%s", text);

    (void) entry_sign(&d.e, 1, KEY_SOUTH, ENTRY_TODAY);
    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_ok(n == 1 && strstr(text, "does not have") != NULL, "%s", text);

    (void) entry_sign(&d.e, 1, KEY_B, ENTRY_TODAY);
    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_int(n, 0, "approved by two %s", text);

    /* changed afterwards: a name, a fact */

    d.e.names[0].full.len--;
    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_ok(n == 1 && strstr(text, "changed after signing") != NULL, "%s",
            text);
    d.e.names[0].full.len++;

    d.facts.birth_year--;
    text = faults(&d, RFL_DRAFT_APPROVALS, &n);
    unit_ok(n == 1 && strstr(text, "second facts") != NULL, "%s", text);
    text = faults(&d, 0, &n);
    unit_ok(n == 1 && strstr(text, "second facts") != NULL, "%s", text);
}
