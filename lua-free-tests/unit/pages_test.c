
/*
 * Copyright (C) The RFL authors
 *
 * pages_test.c: the packaged pages in every language: they compile, are
 * small and fast, and show what they should and nothing else.
 */


#include "unit.h"
#include "pages.h"


/* bytes, not compressed; the pages of forms are in pages_forms_test.c */

static const size_t  pages_max[RFL_PAGES_N] = {
    [RFL_PAGE_HOME] = 6144, [RFL_PAGE_LOOKING] = 6144,
    [RFL_PAGE_ALIVE] = 6144, [RFL_PAGE_PRIVACY] = 7168,
    [RFL_PAGE_SEARCH] = 7168, [RFL_PAGE_RESULTS] = 17408,
    [RFL_PAGE_REFINE] = 7168, [RFL_PAGE_NORESULT] = 7168,
    [RFL_PAGE_400] = 4096, [RFL_PAGE_404] = 4096, [RFL_PAGE_405] = 4096,
    [RFL_PAGE_413] = 4096, [RFL_PAGE_429] = 4096, [RFL_PAGE_503] = 4096
};


static void pages_test_size(void);
static void pages_test_values(void);
static void pages_test_counts(void);
static void pages_test_policy(void);
static void pages_test_faults(void);
static void pages_test_never(void);
static int pages_compiles(const char *text, rfl_err_t *err);
static int pages_text(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file);
static void pages_test_speed(void);


int
main(void)
{
    pages_load();

    pages_test_size();
    pages_test_values();
    pages_test_counts();
    pages_test_policy();
    pages_test_faults();
    pages_test_never();
    pages_test_speed();

    pages_done();

    return unit_done();
}


static void
pages_test_size(void)
{
    unsigned          page, lang;
    rfl_buf_t         out;
    rfl_err_t         err;
    rfl_str_t         css;
    rfl_pool_t       *pool;
    rfl_tpl_value_t  *values;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    for (page = 0; page < RFL_PAGES_N; page++) {

        if (pages_max[page] == 0) {
            continue;
        }

        for (lang = 0; lang < PAGES_LANGS; lang++) {

            values = sample_values(pool, &pages_site, lang,
                                   (rfl_page_e) page,
                                   page == RFL_PAGE_SEARCH, RFL_SAMPLE_HITS);

            pages_render(lang, (rfl_page_e) page, values, &out);

            unit_ok(out.len > 1000 && out.len <= pages_max[page],
                    "%s, %s: %zu of %zu bytes", rfl_pages[page].name.data,
                    pages_langs[lang], out.len, pages_max[page]);

            rfl_pool_reset(pool);
        }
    }

    unit_ok(rfl_file_read(pool, "pages/rfl.css", 65536, 0, &css, &err)
            == RFL_OK && css.len <= 4096,
            "the stylesheet: %zu of 4096 bytes", css.len);
    unit_ok(memmem(css.data, css.len, "url(", 4) == NULL
            && memmem(css.data, css.len, "@import", 7) == NULL,
            "it loads nothing else");
    unit_ok(memmem(css.data, css.len, "left:", 5) == NULL
            && memmem(css.data, css.len, "right:", 6) == NULL
            && memmem(css.data, css.len, "direction:", 10) == NULL,
            "it knows no left and right");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


static void
pages_test_values(void)
{
    rfl_buf_t         out;
    rfl_pool_t       *pool;
    rfl_tpl_value_t  *values;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    values = sample_values(pool, &pages_site, 2, RFL_PAGE_RESULTS, 0, 3);
    pages_render(2, RFL_PAGE_RESULTS, values, &out);

    unit_ok(pages_has(&out, "<html lang=\"ar\" dir=\"rtl\">"),
            "Arabic has its language and direction");
    unit_ok(pages_has(&out, "<title>&rlm;"),
            "its title begins with a mark of direction");
    unit_ok(pages_has(&out, "قد تكون 3 إعلانات"), "a plural of few");
    unit_ok(pages_has(&out, "<bdi>Amina Haddad</bdi><br><bdi>أمينة حداد"),
            "all names of a person, each isolated");
    unit_ok(pages_has(&out, "<dd>سوريا</dd>"), "a country in words");
    unit_ok(pages_has(&out, "<dd>23 نوفمبر 2026</dd>"), "a day in words");
    unit_ok(pages_has(&out, "<dd>22 مايو 2027</dd>"),
            "the last day is the one before the end");
    unit_ok(pages_has(&out, "<bdi dir=\"ltr\">1C5G-P2RB-1C5G-P2RB</bdi>"),
            "the reference, from left to right");
    unit_ok(pages_has(&out, "href=\"tel:+00555012345\""),
            "the number is one that can be dialled");
    unit_ok(pages_has(&out, "formaction=\"/fr/search\" lang=\"fr\""),
            "the search goes along to another language");
    unit_ok(pages_has(&out, "هذه الترجمة مسودة"),
            "an unreviewed translation says so");
    unit_ok(!pages_has(&out, "<title>Amina")
            && !pages_has(&out, "?name="),
            "no name in the title or in a link");

    values = sample_values(pool, &pages_site, 0, RFL_PAGE_RESULTS, 0, 1);
    pages_render(0, RFL_PAGE_RESULTS, values, &out);

    unit_ok(pages_has(&out, "One notice may be"), "a plural of one");
    unit_ok(!pages_has(&out, "translation is a draft"),
            "English does not say that it is a draft");
    unit_ok(pages_has(&out, "lang=\"ar\" dir=\"rtl\">العربية"),
            "languages are named in themselves");

    values = sample_values(pool, &pages_site, 0, RFL_PAGE_SEARCH, 0, 0);
    pages_render(0, RFL_PAGE_SEARCH, values, &out);

    unit_ok(pages_has(&out, "<details>") && !pages_has(&out, "aria-invalid"),
            "the empty form is folded and without faults");
    unit_ok(pages_has(&out, "value=\"any\" checked"),
            "all notices are searched unless one says otherwise");

    values = sample_values(pool, &pages_site, 0, RFL_PAGE_REFINE, 0, 0);
    pages_render(0, RFL_PAGE_REFINE, values, &out);

    unit_ok(pages_has(&out, "<details open>"),
            "the refine page has the details open");
    unit_ok(pages_has(&out, "name=\"name\" value=\"Amina Haddad\""),
            "and keeps the name");
    unit_ok(!pages_has(&out, "class=\"hits\""), "and lists nobody");

    values = sample_values(pool, &pages_site, 0, RFL_PAGE_NORESULT, 0, 0);
    pages_render(0, RFL_PAGE_NORESULT, values, &out);

    unit_ok(pages_has(&out, "No result yet")
            && pages_has(&out, "It says nothing about how the person is"),
            "no result yet, and what it does not mean");

    values = sample_values(pool, &pages_site, 0, RFL_PAGE_503, 0, 0);
    pages_render(0, RFL_PAGE_503, values, &out);
    unit_ok(pages_has(&out, "in 5 minutes")
            && pages_has(&out, "tel:+00555012345"),
            "503 says when to try again, and whom to call");

    values[RFL_V_BUDGET].number = 1;
    pages_render(0, RFL_PAGE_503, values, &out);
    unit_ok(pages_has(&out, "come back tomorrow")
            && !pages_has(&out, "in 5 minutes"),
            "the day's limit is told as what it is");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


/* a number of notices, as the grammar of each language has it */

static void
pages_test_counts(void)
{
    unsigned          i;
    rfl_buf_t         out;
    rfl_pool_t       *pool;
    rfl_tpl_value_t  *values;

    static const struct {
        unsigned      lang;
        unsigned      hits;
        const char   *text;
    } cases[] = {
        { 2, 2, ">قد يكون إعلانان عن" },
        { 2, 3, ">قد تكون 3 إعلانات عن" },
        { 4, 1, ">Одне оголошення може " },
        { 4, 3, ">3 оголошення можуть " },
        { 4, 5, ">5 оголошень можуть " },
        { 5, 1, ">Одно объявление может " },
        { 5, 4, ">4 объявления могут " },
        { 5, 10, ">10 объявлений могут " },
        { 6, 1, ">یک آگهی شاید " },
        { 6, 10, ">10 آگهی شاید " }
    };

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        values = sample_values(pool, &pages_site, cases[i].lang,
                               RFL_PAGE_RESULTS, 0, cases[i].hits);
        pages_render(cases[i].lang, RFL_PAGE_RESULTS, values, &out);

        unit_ok(pages_has(&out, cases[i].text), "%s: %u notices",
                pages_langs[cases[i].lang], cases[i].hits);
    }

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


/* what the event's policy hides is nowhere; a site without much works */

static void
pages_test_policy(void)
{
    rfl_buf_t         out;
    rfl_pool_t       *pool;
    rfl_site_t        site;
    rfl_entry_t       entry;
    rfl_policy_t      policy;
    rfl_event_t       event;
    rfl_tpl_value_t  *values;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    event = sample_events[0];
    event.show = 0;
    policy = sample_policy;
    policy.nevents = 1;
    policy.events = &event;

    site = pages_site;
    site.policy = &policy;
    site.nlangs = 1;
    site.ncountries = 0;
    site.society = NULL;
    site.forms = 0;

    sample_entry(0, &entry);

    values = rfl_page_values(pool, RFL_PAGE_RESULTS);

    unit_ok(rfl_page_common(pool, &site, 0, RFL_PAGE_RESULTS, values)
            == RFL_OK
            && rfl_page_form(pool, &site, 0, RFL_PAGE_RESULTS, NULL, values)
               == RFL_OK
            && rfl_page_hits(pool, &site, 0, 1, RFL_SAMPLE_NOW, values)
               == RFL_OK
            && rfl_page_hit(pool, &site, 0, 0, &entry, 0, values) == RFL_OK,
            "a site with one language, no office, no countries");

    pages_render(0, RFL_PAGE_RESULTS, values, &out);

    unit_ok(!pages_has(&out, "Female") && !pages_has(&out, "30 to 39")
            && !pages_has(&out, "Syria") && !pages_has(&out, "I am safe"),
            "what the policy hides is not on the page");
    unit_ok(!pages_has(&out, "<address>") && !pages_has(&out, "formaction")
            && !pages_has(&out, "class=\"langs\""),
            "nor what the site does not have");
    unit_ok(pages_has(&out, "<form id=\"asked\""), "but what was asked");

    /* an event or society the site does not know any more */

    rfl_str_set(&entry.event, "gone");
    rfl_str_set(&entry.society, "gone");

    unit_ok(rfl_page_hits(pool, &site, 0, 1, RFL_SAMPLE_NOW, values)
            == RFL_OK
            && rfl_page_hit(pool, &site, 0, 0, &entry, 0x1ff, values)
               == RFL_OK,
            "an entry of an unknown event");
    pages_render(0, RFL_PAGE_RESULTS, values, &out);
    unit_ok(!pages_has(&out, "Arcadia, 2026"), "shows no event");

    values = rfl_page_values(pool, RFL_PAGE_SEARCH);
    unit_int(rfl_page_form(pool, &site, 0, RFL_PAGE_SEARCH, NULL, values),
             RFL_OK, "a form for one event");
    unit_int(values[RFL_V_EVENTS].number, 0, "has no events to choose from");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


/* each fault of each field has a sentence, beside the field and above */

static void
pages_test_faults(void)
{
    int               field, fault;
    unsigned          lang, bad;
    rfl_buf_t         out;
    rfl_pool_t       *pool;
    rfl_query_t       query;
    rfl_tpl_value_t  *values;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);
    bad = 0;

    for (field = RFL_FIELD_NAME; field <= RFL_FIELD_EVENT; field++) {

        for (fault = RFL_FAULT_EMPTY; fault <= RFL_FAULT_SHORT; fault++) {

            for (lang = 0; lang < PAGES_LANGS; lang++) {

                memset(&query, 0, sizeof(rfl_query_t));
                query.nfaults = 1;
                query.faults[0].field = (rfl_field_e) field;
                query.faults[0].fault = (rfl_fault_e) fault;

                values = rfl_page_values(pool, RFL_PAGE_SEARCH);

                bad += (rfl_page_form(pool, &pages_site, lang,
                                      RFL_PAGE_SEARCH, &query, values)
                        != RFL_OK
                        || values[RFL_V_FAULTS].number != 1
                        || values[RFL_V_FAULTS].items[0][RFL_VF_TEXT].text.len
                           < 10);

                rfl_pool_reset(pool);
            }
        }
    }

    unit_int(bad, 0, "every fault has a sentence in every language");

    values = sample_values(pool, &pages_site, 0, RFL_PAGE_SEARCH, 1, 0);
    pages_render(0, RFL_PAGE_SEARCH, values, &out);

    unit_ok(pages_has(&out, "<title>Error: Search for a person"),
            "the title says it first");
    unit_ok(pages_has(&out, "<li><a href=\"#birth_year\">Write the year"),
            "the summary links to the field");
    unit_ok(pages_has(&out, "id=\"year-f\">Write the year")
            && pages_has(&out, "aria-describedby=\"year-h year-f\" "
                         "aria-invalid=\"true\""),
            "the field has the same words");
    unit_ok(pages_has(&out, "value=\"19 hundred\"")
            && pages_has(&out, "name=\"mother\" value=\"Fatima\""),
            "what was typed is still there");
    unit_ok(pages_has(&out, "<details open>"), "and can be seen");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


/*
 * S-120: a template, of the package or of a theme, can show of an entry what
 * is published and has no word for anything else
 */

static void
pages_test_never(void)
{
    char                    text[128];
    size_t                  i, n;
    rfl_err_t               err;
    const rfl_tpl_field_t  *f;

    static const char *const  shown[] = {
        "hit_number", "names", "ref", "hit_kind", "looking", "alive",
        "age_band", "sex", "origin", "relation", "status", "hit_event",
        "society", "society_phone", "society_tel_url", "society_url",
        "confirmed_on", "until", "reasons", "token"
    };

    static const char *const  never[] = {
        "phone", "email", "address", "shelter", "camp", "location", "place",
        "gps", "lat", "lon", "birth_date", "birthdate", "age",
        "document", "passport", "case_number", "note", "notes", "message",
        "description", "comment", "health", "injury", "detained", "dead",
        "ethnicity", "religion", "language", "nationality", "rank", "unit",
        "photo", "photo_url", "seeker", "sender", "author", "staff",
        "moderator", "approvals", "consent", "id"
    };

    for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
        (void) snprintf(text, sizeof(text),
                        "{{#hits}}{{#%s}}x{{/%s}}{{/hits}}", shown[i],
                        shown[i]);
        unit_int(pages_compiles(text, &err), RFL_OK,
                 "S-120 control: %s may be shown", shown[i]);
    }

    for (i = 0; i < sizeof(never) / sizeof(never[0]); i++) {

        (void) snprintf(text, sizeof(text), "{{#hits}}{{%s}}{{/hits}}",
                        never[i]);
        unit_int(pages_compiles(text, &err), RFL_ERROR,
                 "S-120: %s has no word", never[i]);
        unit_ok(strstr(err.text, "unknown name") != NULL,
                "S-120: and that is why: %s", err.text);
    }

    /* nor anything that is not in the first list */

    for (f = rfl_pages[RFL_PAGE_RESULTS].fields; f->name != NULL; f++) {
        if (strcmp(f->name, "hits") == 0) {
            break;
        }
    }

    unit_ok(f->name != NULL, "S-120: a page of results has results");

    for (n = 0, f = f->fields; f != NULL && f->name != NULL; f++, n++) {

        for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
            if (strcmp(f->name, shown[i]) == 0) {
                break;
            }
        }

        unit_ok(i < sizeof(shown) / sizeof(shown[0]),
                "S-120: %s is published", f->name);
    }

    unit_int(n, sizeof(shown) / sizeof(shown[0]),
             "S-120: each of them once");
}


static int
pages_compiles(const char *text, rfl_err_t *err)
{
    rfl_tpl_t        *tpl;
    const rfl_str_t   name = rfl_string("results");

    return rfl_tpl_compile(pages_pool, &name,
                           rfl_pages[RFL_PAGE_RESULTS].fields,
                           pages_catalogs[0], pages_text, (void *) text, &tpl,
                           err);
}


static int
pages_text(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file)
{
    (void) name;

    text->data = data;
    text->len = strlen(data);
    *file = (rfl_str_t) rfl_string("t.html");

    return RFL_OK;
}


/* measured, and far from what would be a fault in the making */

static void
pages_test_speed(void)
{
    int                i;
    double             us;
    unsigned           n;
    rfl_buf_t          out;
    rfl_pool_t        *pool;
    struct timespec    from, to;
    rfl_tpl_value_t   *values;

    static const rfl_page_e  pages[] = {
        RFL_PAGE_404, RFL_PAGE_SEARCH, RFL_PAGE_RESULTS
    };

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    for (n = 0; n < 3; n++) {

        values = sample_values(pool, &pages_site, 2, pages[n], 0,
                               RFL_SAMPLE_HITS);

        (void) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);

        for (i = 0; i < 1000; i++) {
            pages_render(2, pages[n], values, &out);
        }

        (void) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);

        us = ((double) (to.tv_sec - from.tv_sec) * 1e9
              + (double) (to.tv_nsec - from.tv_nsec)) / 1e6;

        unit_ok(us < 2000, "%s in Arabic: %.1f us, %zu bytes",
                rfl_pages[pages[n]].name.data, us, out.len);
    }

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}
