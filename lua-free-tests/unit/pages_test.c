
/*
 * Copyright (C) The RFL authors
 *
 * pages_test.c: the packaged pages in every language: they compile, are
 * small, fill what they should and nothing else, keep hostile names harmless
 * (S-62), and speak as people under stress should be spoken to.
 */


#include "unit.h"
#include "../../pages/sample_site.h"
#include "rfl_po_int.h"
#include "rfl_text.h"


#define PAGES_LANGS   3
#define PAGES_SHAPE   (256 * 1024)
#define PAGES_WORDS   20           /* of a sentence, at most */


/* bytes; none of them is compressed on the way */

static const size_t  pages_max[RFL_PAGES_N] = {
    [RFL_PAGE_HOME] = 6144, [RFL_PAGE_LOOKING] = 6144,
    [RFL_PAGE_ALIVE] = 6144, [RFL_PAGE_PRIVACY] = 6144,
    [RFL_PAGE_SEARCH] = 6144, [RFL_PAGE_RESULTS] = 12288,
    [RFL_PAGE_REFINE] = 6144, [RFL_PAGE_NORESULT] = 6144,
    [RFL_PAGE_400] = 4096, [RFL_PAGE_404] = 4096, [RFL_PAGE_405] = 4096,
    [RFL_PAGE_413] = 4096, [RFL_PAGE_429] = 4096, [RFL_PAGE_503] = 4096
};


/* markup, attribute ends, entities, comments, encodings, direction */

static const char  *pages_hostile[] = {
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example>",
    "<img src=x onerror=alert(1)>", "\"><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)", "\" autofocus onfocus=alert(1) x=\"",
    "</title><script>alert(1)</script>", "</textarea><script>x</script>",
    "</bdi><b>", "</p></li></ol>", "</h2><h1>", "<bdi>", "<bdi dir=rtl>",
    "<!--", "-->", "--!>", "<!", "<![CDATA[", "]]>", "<?php x ?>", "<%x%>",
    "&lt;script&gt;", "&#60;script&#62;", "&#x3c;b&#x3e;", "&amp;", "&", "&&",
    "&quot;", "&#34;", "&nbsp", "&notin;", "&#0;", "&#xD800;",
    "<svg/onload=alert(1)>", "<svg><script>x</script></svg>",
    "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
    "<iframe src=javascript:alert(1)>", "<a href=javascript:alert(1)>x</a>",
    "<form action=//evil.example>", "<input name=name value=x>",
    "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//evil.example>", "<style>*{}</style>",
    "<object data=x>", "<embed src=x>", "<template><b>", "<noscript><b>",
    "<details open ontoggle=alert(1)>", "<x onclick=alert(1)>y</x>",
    "<b/onclick=alert(1)>", "<b\tonclick=alert(1)>", "<b\nonclick=alert(1)>",
    "<", ">", "\"", "'", "`", "=", "/", "\\", "{{name}}", "{{{name}}}",
    "{{#hits}}", "{{t.home.title}}", "${7*7}", "#{7*7}", "%3Cscript%3E",
    "\\u003cscript\\u003e", "\\x3cscript\\x3e", "+ADw-script+AD4-",
    "javascript:alert(1)", "data:text/html,<b>", "//evil.example/",
    "{0}", "{0,plural,other{#}}", "'{'", "%s%n%d", "$1", "\r\nSet-Cookie: x",
    "\xc0\xbcscript\xc0\xbe", "\xe0\x80\xbc", "\xf0\x80\x80\xbc",
    "\xff\xfe<b>", "\xed\xa0\x80", "abc\xc3", "\xf4\x90\x80\x80", "\x80",
    "\xef\xbc\x9c" "script" "\xef\xbc\x9e", "\u2039script\u203a",
    "\u202e<b>", "\u202d\u202e\u202a\u202b\u202c", "\u2066\u2067\u2068",
    "\u2069\u2069\u2069", "\u200e\u200f\u061c", "\u2028\u2029", "\ufeff<b>",
    "\u200b<\u200bb>", "a\u0338<b>", "<\u0338b>", "=\u0338\"",
    "أمينة <b>حداد</b>", "Аміна\" x=\"", "အမီနာ'>", "አሚና&lt;", "李<b>明",
    "O'Brien & <Sons>", "Zo\u0308e \"Zo\" D'Arcy", "\"\"\"\"\"", "<<<<<",
    ">>>>>", "&&&&&", "''''''", "<<script>>", "<script", "script>",
    "<scr<script>ipt>", "x\" y='z' <w> &v;", "<a\"b'c>d&e", "\001\002\037",
    "<\177b>", "\t\t", " "
};

#define PAGES_HOSTILE  (sizeof(pages_hostile) / sizeof(pages_hostile[0]))


/* what no page says, in lower case; why is in docs/web-teams.md */

static const char  *pages_banned[] = {
    "victim", "dead", "death", "died", "deceased", "missing person",
    "missing people", "not found", "no match", "killed", "body", "corpse",
    "detain", "prison", "hospital", "casualt", "case", "target", "suspect",
    "invalid", "illegal", "wrong", "incorrect", "failed", "failure", "must",
    "mandatory", "required", "forbidden", "denied", "bad request",
    "oops", "unfortunately", "guarantee", "promise", "will find", "deadline",
    "expired", "deleted", "maintenance", "refugee", "alien", "!"
};

#define PAGES_BANNED  (sizeof(pages_banned) / sizeof(pages_banned[0]))


typedef struct {
    unsigned  messages;
    unsigned  long_sentences;
    unsigned  banned;
} pages_lint_t;


static void pages_load(void);
static void pages_test_compile(void);
static void pages_test_size(void);
static void pages_test_values(void);
static void pages_test_policy(void);
static void pages_test_faults(void);
static void pages_test_hostile(void);
static void pages_hostile_name(rfl_tpl_value_t *values,
    const rfl_str_t *name, rfl_page_e page);
static void pages_test_words(void);
static int pages_lint(void *data, const rfl_po_entry_t *entry,
    rfl_err_t *err);
static void pages_test_speed(void);
static int pages_file(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file);
static void pages_render(unsigned lang, rfl_page_e page,
    const rfl_tpl_value_t *values, rfl_buf_t *out);
static void pages_shape(const rfl_buf_t *html, char *shape);
static int pages_has(const rfl_buf_t *html, const char *text);


static const char      *pages_langs[PAGES_LANGS] = { "en", "fr", "ar" };

static rfl_pool_t      *pages_pool;
static rfl_catalog_t   *pages_catalogs[PAGES_LANGS];
static rfl_tpl_t       *pages_tpls[RFL_PAGES_N];
static rfl_site_t       pages_site;


int
main(void)
{
    unsigned   i;
    rfl_err_t  err;

    pages_pool = rfl_pool_create(1024 * 1024);

    unit_int(rfl_po_init(&err), RFL_OK, "ICU starts");

    pages_load();
    pages_test_compile();
    pages_test_size();
    pages_test_values();
    pages_test_policy();
    pages_test_faults();
    pages_test_hostile();
    pages_test_words();
    pages_test_speed();

    for (i = 0; i < PAGES_LANGS; i++) {
        rfl_catalog_destroy(pages_catalogs[i]);
    }

    rfl_pool_destroy(pages_pool);

    return unit_done();
}


static void
pages_load(void)
{
    char            path[64];
    unsigned        i;
    rfl_err_t       err;
    rfl_str_t       text;

    for (i = 0; i < PAGES_LANGS; i++) {

        (void) snprintf(path, sizeof(path), "pages/po/%s.po", pages_langs[i]);
        pages_catalogs[i] = rfl_catalog_create(pages_langs[i]);

        if (rfl_file_read(pages_pool, path, RFL_PO_FILE_MAX, 0, &text, &err)
            != RFL_OK
            || rfl_catalog_add(pages_catalogs[i], &text,
                               i == 0 ? NULL : pages_catalogs[0], 0, &err)
               != RFL_OK)
        {
            printf("Bail out! %s: %s\n", path, err.text);
            exit(1);
        }
    }

    sample_site(&pages_site, PAGES_LANGS, pages_catalogs);

    err.text[0] = '\0';
    unit_int(rfl_words_init(&pages_site.words, pages_catalogs[0], &err),
             RFL_OK, "every value of the closed lists has a message %s",
             err.text);
}


static void
pages_test_compile(void)
{
    unsigned   page;
    rfl_err_t  err;

    for (page = 0; page < RFL_PAGES_N; page++) {

        err.text[0] = '\0';

        if (rfl_tpl_compile(pages_pool, &rfl_pages[page].name,
                            rfl_pages[page].fields, pages_catalogs[0],
                            pages_file, NULL, &pages_tpls[page], &err)
            != RFL_OK)
        {
            printf("Bail out! %s\n", err.text);
            exit(1);
        }

        unit_ok(1, "page %s compiles", rfl_pages[page].name.data);
    }
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
 * The shape of a page, its elements with their attributes in order, is the
 * same with any name in it.
 */

static void
pages_test_hostile(void)
{
    char             *benign, *shape;
    size_t            i;
    unsigned          page, lang, bad, escaped;
    rfl_buf_t         out, expected;
    rfl_str_t         name;
    rfl_pool_t       *pool;
    rfl_tpl_value_t  *values;

    static const rfl_page_e  pages[] = {
        RFL_PAGE_SEARCH, RFL_PAGE_RESULTS, RFL_PAGE_REFINE, RFL_PAGE_NORESULT
    };

    rfl_buf_init(&out, 0);
    rfl_buf_init(&expected, 0);
    pool = rfl_pool_create(65536);
    benign = malloc(PAGES_SHAPE);
    shape = malloc(PAGES_SHAPE);

    for (page = 0; page < 4; page++) {

        for (lang = 0; lang < PAGES_LANGS; lang++) {

            values = sample_values(pool, &pages_site, lang, pages[page], 1, 2);
            rfl_str_set(&name, "Amina");
            pages_hostile_name(values, &name, pages[page]);
            pages_render(lang, pages[page], values, &out);
            pages_shape(&out, benign);

            bad = 0;
            escaped = 0;

            for (i = 0; i < PAGES_HOSTILE; i++) {

                name.data = (u_char *) pages_hostile[i];
                name.len = strlen(pages_hostile[i]);

                pages_hostile_name(values, &name, pages[page]);
                pages_render(lang, pages[page], values, &out);
                pages_shape(&out, shape);

                if (strcmp(benign, shape) != 0) {
                    bad++;
                    printf("#   string %zu changed the page\n", i);
                }

                /* the whole name, escaped as text, is in the field */

                rfl_buf_reset(&expected);
                rfl_buf_literal(&expected, "name=\"name\" value=\"");
                rfl_html_escape(&expected, name.data, name.len);
                rfl_buf_literal(&expected, "\"");
                rfl_buf_byte(&expected, '\0');

                escaped += pages_has(&out, (char *) expected.data)
                           && rfl_utf8_valid(out.data, out.len);
            }

            unit_int(bad, 0, "%s, %s: %zu hostile names make no element",
                     rfl_pages[pages[page]].name.data, pages_langs[lang],
                     PAGES_HOSTILE);
            unit_int(escaped, PAGES_HOSTILE, "and are there, escaped");

            rfl_pool_reset(pool);
        }
    }

    unit_ok(PAGES_HOSTILE >= 100, "%zu strings", PAGES_HOSTILE);

    /* the control: a page where one is let through has another shape */

    rfl_buf_reset(&out);
    rfl_buf_literal(&out, "<p>Amina</p>");
    pages_shape(&out, benign);
    rfl_buf_reset(&out);
    rfl_buf_literal(&out, "<p>Amina<b x=\">\"></p>");
    pages_shape(&out, shape);
    unit_ok(strcmp(shape, "p;b x;/p;") == 0 && strcmp(benign, shape) != 0,
            "the comparison sees an element: %s", shape);

    free(shape);
    free(benign);
    rfl_buf_free(&expected);
    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


static void
pages_hostile_name(rfl_tpl_value_t *values, const rfl_str_t *name,
    rfl_page_e page)
{
    int64_t           i, n;
    rfl_tpl_value_t  *item;

    values[RFL_V_NAME].text = *name;
    values[RFL_V_FATHER].text = *name;
    values[RFL_V_MOTHER].text = *name;
    values[RFL_V_BIRTH_YEAR].text = *name;
    values[RFL_V_COUNTRY].text = *name;
    values[RFL_V_EVENT].text = *name;
    values[RFL_V_SITE_NAME].text = *name;
    values[RFL_V_CONTACT_NAME].text = *name;
    values[RFL_V_CONTACT_ADDRESS].text = *name;
    values[RFL_V_CONTACT_PHONE].text = *name;
    values[RFL_V_CONTACT_URL].text = *name;
    values[RFL_V_NAME_FAULT].text = *name;

    item = values[RFL_V_LANGS].items[0];
    item[RFL_VL_NAME].text = *name;
    item[RFL_VL_URL].text = *name;

    item = values[RFL_V_COUNTRIES].items[0];
    item[RFL_VO_NAME].text = *name;
    item = values[RFL_V_EVENTS].items[0];
    item[RFL_VO_VALUE].text = *name;

    if (page != RFL_PAGE_RESULTS) {
        return;
    }

    for (i = 0; i < values[RFL_V_HITS].number; i++) {
        item = values[RFL_V_HITS].items[i];

        item[RFL_VH_SOCIETY].text = *name;
        item[RFL_VH_SOCIETY_TEL_URL].text = *name;
        item[RFL_VH_EVENT].text = *name;
        item[RFL_VH_REF].text = *name;

        for (n = 0; n < item[RFL_VH_NAMES].number; n++) {
            item[RFL_VH_NAMES].items[n][0].text = *name;
        }
    }
}


/* a message of en.po is short, calm and blames nobody */

static void
pages_test_words(void)
{
    rfl_err_t       err;
    rfl_str_t       text;
    rfl_po_entry_t  entry;
    pages_lint_t    lint;

    memset(&lint, 0, sizeof(pages_lint_t));

    unit_ok(rfl_file_read(pages_pool, "pages/po/en.po", RFL_PO_FILE_MAX, 0,
                          &text, &err) == RFL_OK
            && rfl_po_read(&text, pages_lint, &lint, &err) == RFL_OK,
            "the English words are read");

    unit_ok(lint.messages > 100, "%u messages", lint.messages);
    unit_int(lint.banned, 0, "none says a word that no page says");
    unit_int(lint.long_sentences, 0, "no sentence has more than %d words",
             PAGES_WORDS);

    /* the control */

    memset(&lint, 0, sizeof(pages_lint_t));
    memset(&entry, 0, sizeof(rfl_po_entry_t));

    rfl_str_set(&entry.key, "control");
    rfl_str_set(&entry.id, "Person NOT found in a list of one two three four "
                "five six seven eight nine ten eleven twelve thirteen now");

    printf("# two faults that must be found:\n");
    (void) pages_lint(&lint, &entry, &err);

    unit_ok(lint.banned == 1 && lint.long_sentences == 1,
            "both checks find what they are for");
}


static int
pages_lint(void *data, const rfl_po_entry_t *entry, rfl_err_t *err)
{
    pages_lint_t  *lint = data;

    char         low[RFL_PATTERN_MAX + 2];
    size_t       i, len;
    unsigned     words;
    const char  *at;

    if (entry->header) {
        return RFL_OK;
    }

    lint->messages++;
    words = 1;
    len = entry->id.len < RFL_PATTERN_MAX ? entry->id.len : RFL_PATTERN_MAX;

    for (i = 0; i < len; i++) {
        low[i] = (char) entry->id.data[i];

        if (low[i] >= 'A' && low[i] <= 'Z') {
            low[i] = (char) (low[i] | 0x20);
        }

        if (low[i] == '.' || low[i] == '?' || low[i] == '{') {
            words = 0;
        }

        if (low[i] == ' ' && ++words > PAGES_WORDS) {
            printf("#   %.*s: a sentence is too long\n",
                   (int) entry->key.len, (char *) entry->key.data);
            lint->long_sentences++;
            words = 0;
        }
    }

    low[len] = '\0';

    for (i = 0; i < PAGES_BANNED; i++) {

        at = strstr(low, pages_banned[i]);

        /* "nobody" is not a "body" */

        if (at != NULL && (at == low || at[-1] < 'a' || at[-1] > 'z'
                           || at[0] == '!'))
        {
            printf("#   %.*s says \"%s\"\n", (int) entry->key.len,
                   (char *) entry->key.data, pages_banned[i]);
            lint->banned++;
        }
    }

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


static int
pages_file(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file)
{
    char       *path;
    rfl_err_t   err;

    path = rfl_palloc(pages_pool, 256);

    (void) snprintf(path, 256, "pages/templates/%.*s.html", (int) name->len,
                    (char *) name->data);

    file->data = (u_char *) path;
    file->len = strlen(path);

    return rfl_file_read(pages_pool, path, 65536, 0, text, &err);
}


static void
pages_render(unsigned lang, rfl_page_e page, const rfl_tpl_value_t *values,
    rfl_buf_t *out)
{
    rfl_buf_reset(out);
    rfl_tpl_render(pages_tpls[page], values, pages_catalogs[lang], out);
}


/* "html lang dir;head;/head;": written without the engine's own tokenizer */

static void
pages_shape(const rfl_buf_t *html, char *shape)
{
    char           quote;
    const u_char  *p, *last;

    p = html->data;
    last = p + html->len;

    while (p < last) {

        if (*p++ != '<') {
            continue;
        }

        while (p < last && *p != '>') {

            if (*p == '"' || *p == '\'') {
                quote = (char) *p++;

                while (p < last && *p != quote) {
                    p++;
                }

                p++;
                continue;
            }

            if (*p != '=') {
                *shape++ = (char) (*p == '\n' ? ' ' : *p);
            }

            p++;
        }

        *shape++ = ';';
        p++;
    }

    *shape = '\0';
}


static int
pages_has(const rfl_buf_t *html, const char *text)
{
    return memmem(html->data, html->len, text, strlen(text)) != NULL;
}
