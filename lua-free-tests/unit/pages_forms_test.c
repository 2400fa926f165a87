
/*
 * Copyright (C) The RFL authors
 *
 * pages_forms_test.c: the pages of the forms: every step of every form in
 * every language, empty, with faults, filled in and filled with markup; each
 * question has its label, each choice its words; and what the check page,
 * the sent page and the text to be kept say.
 */


#include "unit.h"
#include "pages.h"
#include "../../pages/sample_forms.h"


#define FORMS_PAGE_MAX   12288
#define FORMS_DEPTH      64


static const char  *forms_hostile[] = {
    "\"><script>alert(1)</script>", "</textarea><b>", "' onfocus='x",
    "</bdi></dd></dl><form action=//evil.example>", "{{state}}{{t.x}}",
    "&lt;b&gt;&quot;", "\u202e<b>\u2069", "\xff\xfe<i>\xc0\xbc", "<!--", "-->"
};

#define FORMS_HOSTILE  (sizeof(forms_hostile) / sizeof(forms_hostile[0]))


static void forms_test_every(void);
static void forms_test_hostile(void);
static void forms_test_step(void);
static void forms_test_choices(void);
static void forms_test_check(void);
static void forms_test_sent(void);
static void forms_test_text(void);
static void forms_test_without(void);
static void forms_make(rfl_form_e form, rfl_page_e page, unsigned step,
    unsigned how, sample_form_t *sample);
static void forms_render(rfl_pool_t *pool, unsigned lang,
    const sample_form_t *sample, const char *hostile, rfl_buf_t *out);
static unsigned forms_count(const rfl_buf_t *html, const char *text);
static int forms_balanced(const rfl_buf_t *html);


int
main(void)
{
    pages_load();

    forms_test_every();
    forms_test_hostile();
    forms_test_step();
    forms_test_choices();
    forms_test_check();
    forms_test_sent();
    forms_test_text();
    forms_test_without();

    pages_done();

    return unit_done();
}


static void
forms_test_every(void)
{
    size_t          longest;
    unsigned        i, lang, n, unbalanced, labels, hidden;
    rfl_buf_t       out;
    rfl_pool_t     *pool;
    sample_form_t   sample;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    n = 0;
    longest = 0;
    unbalanced = 0;
    labels = 0;
    hidden = 0;

    for (i = 0; sample_form(i, &sample); i++) {

        for (lang = 0; lang < PAGES_LANGS; lang++) {

            forms_render(pool, lang, &sample, NULL, &out);
            n++;

            if (out.len > longest) {
                longest = out.len;
            }

            if (!forms_balanced(&out)) {
                unbalanced++;
                printf("#   %s, %s\n", sample.name, pages_langs[lang]);
            }

            if (sample.page == RFL_PAGE_STEP) {

                /* each control has a label, as each choice does */

                labels += (forms_count(&out, "<label")
                           != forms_count(&out, "<input")
                              - forms_count(&out, "type=\"hidden\"")
                              + forms_count(&out, "<textarea")
                              + forms_count(&out, "<select"));
                hidden += (forms_count(&out, "name=\"state\" value=\"k") != 1);
            }

            rfl_pool_reset(pool);
        }
    }

    unit_ok(n > 150, "%u pages", n);
    unit_ok(longest <= FORMS_PAGE_MAX, "the longest has %zu of %d bytes",
            longest, FORMS_PAGE_MAX);
    unit_int(unbalanced, 0, "each element is closed, in order");
    unit_int(labels, 0, "every control of every step has a label");
    unit_int(hidden, 0, "every step carries its answers once");

    rfl_buf_reset(&out);
    rfl_buf_literal(&out, "<p><b></p></b>");
    unit_ok(!forms_balanced(&out), "the check sees what is out of order");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


/* nothing that was typed makes an element or ends a value */

static void
forms_test_hostile(void)
{
    size_t          k;
    unsigned        i, lang, open, quotes, bad;
    rfl_buf_t       out;
    rfl_pool_t     *pool;
    sample_form_t   sample;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);
    bad = 0;

    for (i = 0; sample_form(i, &sample); i++) {

        if (sample.how != SAMPLE_FILLED) {
            continue;
        }

        for (lang = 0; lang < PAGES_LANGS; lang++) {

            forms_render(pool, lang, &sample, "Amina", &out);
            open = forms_count(&out, "<");
            quotes = forms_count(&out, "\"");

            for (k = 0; k < FORMS_HOSTILE; k++) {

                forms_render(pool, lang, &sample, forms_hostile[k], &out);

                if (forms_count(&out, "<") != open
                    || forms_count(&out, "\"") != quotes
                    || !forms_balanced(&out)
                    || !rfl_utf8_valid(out.data, out.len))
                {
                    bad++;
                    printf("#   %s: %s\n", sample.name, forms_hostile[k]);
                }

                rfl_pool_reset(pool);
            }
        }
    }

    unit_int(bad, 0, "hostile answers are text on every page");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


static void
forms_test_step(void)
{
    rfl_buf_t       out;
    rfl_pool_t     *pool;
    sample_form_t   sample;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    forms_make(RFL_FORM_ALIVE, RFL_PAGE_STEP, 1, SAMPLE_FAULTS, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    unit_ok(pages_has(&out, "<title>Error: Your name – I am alive – "),
            "a fault is in the title first");
    unit_ok(pages_has(&out, "<a href=\"#name\">Write the full name.</a>")
            && pages_has(&out, "id=\"name-f\">Write the full name."),
            "above with a link, and beside the field");
    unit_ok(pages_has(&out, "id=\"name\" name=\"name\" value=\"أمينة حداد\" "
                      "dir=\"auto\" inputmode=\"text\" autocomplete=\"name\"")
            && pages_has(&out, "aria-describedby=\"name-h name-f\" "
                         "aria-invalid=\"true\""),
            "with what was typed, and tied to its hint and fault");
    unit_ok(pages_has(&out, "Step 2 of 5") && pages_has(&out, "(optional)")
            && pages_has(&out, "value=\"back\""),
            "where one is, what may be left out, a way back");
    unit_ok(pages_has(&out, "<p hidden aria-hidden=\"true\">")
            && pages_has(&out, "name=\"" RFL_FORM_TRAP "\" tabindex=\"-1\""),
            "the field for programs is hidden from people");
    unit_ok(pages_has(&out, "<button form=\"f\" formaction=\"/ar/alive\" "
                      "name=\"go\" value=\"lang\" lang=\"ar\""),
            "answers go along to another language");

    /* Enter presses the first button of a form */

    unit_ok((u_char *) memmem(out.data, out.len, "value=\"next\"", 12)
            < (u_char *) memmem(out.data, out.len, "value=\"lang\"", 12),
            "the first button continues");

    forms_make(RFL_FORM_LOOKING, RFL_PAGE_STEP, 0, SAMPLE_EMPTY, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    unit_ok(pages_has(&out, "Full name of the person")
            && !pages_has(&out, "autocomplete=\"name\"")
            && !pages_has(&out, "value=\"back\""),
            "another form has words of its own for the same field");

    forms_make(RFL_FORM_LOOKING, RFL_PAGE_STEP, 4, SAMPLE_EMPTY, &sample);
    forms_render(pool, 2, &sample, NULL, &out);

    unit_ok(pages_has(&out, "type=\"tel\" id=\"phone\" name=\"phone\" "
                      "value=\"\" dir=\"ltr\" inputmode=\"tel\" "
                      "autocomplete=\"tel\""),
            "a number is written from left to right, in Arabic too");

    forms_make(RFL_FORM_MESSAGE, RFL_PAGE_STEP, 0, SAMPLE_EMPTY, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    unit_ok(pages_has(&out, "About this notice: <strong><bdi>أمينة حداد")
            && pages_has(&out, "name=\"entry\" value=\"k"),
            "a message says what it is about");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


static void
forms_test_choices(void)
{
    const char     *first;
    rfl_buf_t       out;
    rfl_pool_t     *pool;
    sample_form_t   sample;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    forms_make(RFL_FORM_ALIVE, RFL_PAGE_STEP, 4, SAMPLE_EMPTY, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    first = memmem(out.data, out.len, "value=\"match_only\"", 18);

    unit_ok(first != NULL
            && first < (char *) memmem(out.data, out.len,
                                       "value=\"searchable\"", 18),
            "for matching only is offered first");
    unit_ok(!pages_has(&out, "value=\"searchable\" checked")
            && !pages_has(&out, "value=\"match_only\" checked"),
            "and nothing is chosen beforehand");
    unit_int(forms_count(&out, "type=\"checkbox\""), 4,
             "what may be shown is four consents");

    forms_make(RFL_FORM_ALIVE, RFL_PAGE_STEP, 4, SAMPLE_FILLED, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    unit_ok(pages_has(&out, "value=\"searchable\" checked")
            && pages_has(&out, "value=\"age_band\" checked")
            && pages_has(&out, "value=\"sex\" checked")
            && !pages_has(&out, "value=\"origin\" checked")
            && pages_has(&out, "value=\"status\" checked"),
            "what was chosen is chosen");

    forms_make(RFL_FORM_ALIVE, RFL_PAGE_STEP, 2, SAMPLE_FILLED, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    unit_ok(pages_has(&out, "<option value=\"SY\" selected>Syria</option>")
            && pages_has(&out, "value=\"flood-2025\" selected>Floods"),
            "as are country and event");

    forms_make(RFL_FORM_LOOKING, RFL_PAGE_STEP, 2, SAMPLE_EMPTY, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    unit_ok(pages_has(&out, "<option value=\"\">Please choose</option>")
            && !pages_has(&out, "No answer"),
            "no answer is none where one is needed");

    forms_make(RFL_FORM_ALIVE, RFL_PAGE_STEP, 2, SAMPLE_EMPTY, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    unit_ok(pages_has(&out, "<option value=\"\">No answer</option>")
            && !pages_has(&out, "Please choose"),
            "and is one elsewhere");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


static void
forms_test_check(void)
{
    rfl_buf_t         out;
    rfl_pool_t       *pool;
    sample_form_t     sample;
    rfl_tpl_value_t  *values;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    forms_make(RFL_FORM_ALIVE, RFL_PAGE_CHECK, 0, SAMPLE_FILLED, &sample);
    forms_render(pool, 0, &sample, NULL, &out);

    unit_ok(pages_has(&out, "Nothing has been sent yet"),
            "nothing is sent before it was checked");
    unit_ok(pages_has(&out, "<dd><bdi>أمينة حداد</bdi></dd>")
            && pages_has(&out, "<span dir=\"ltr\"><bdi>+00 555 01 23</bdi>")
            && pages_has(&out, "<dd>Syria<br></dd>")
            && pages_has(&out, "<dd>Female<br></dd>")
            && pages_has(&out, "<dd>I am safe.<br>"),
            "answers as words, a line each");
    unit_int(forms_count(&out, "value=\"change-"), 5,
             "each step can be changed");
    unit_ok(pages_has(&out, "value=\"change-4\">Change<span class=\"skip\">: "
                      "What others may see"),
            "the button says which, to those who do not see it");
    unit_ok(pages_has(&out, "value=\"send\">Send to the office"),
            "the last button names the act");
    unit_ok(!pages_has(&out, "That was very fast"), "no hurry, no reproach");

    values = sample_form_values(pool, &pages_site, 0, &sample, NULL);
    values[RFL_VS_AGAIN].number = 1;
    pages_render(0, RFL_PAGE_CHECK, values, &out);
    unit_ok(pages_has(&out, "That was very fast"), "sent too fast: once more");

    sample.how = SAMPLE_EMPTY;
    forms_render(pool, 0, &sample, NULL, &out);
    unit_int(forms_count(&out, "No answer"), 18, "what is empty says so");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


static void
forms_test_sent(void)
{
    unsigned        form;
    rfl_buf_t       out;
    rfl_pool_t     *pool;
    sample_form_t   sample;

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    for (form = RFL_FORM_NONE + 1; form < RFL_FORMS_N; form++) {

        forms_make((rfl_form_e) form, RFL_PAGE_SENT, 0, SAMPLE_FILLED,
                   &sample);
        forms_render(pool, 2, &sample, NULL, &out);

        unit_int(forms_count(&out, "<bdi dir=\"ltr\">"),
                 rfl_forms[form].code ? 3 : 2,
                 "%s: reference, digits and code from left to right",
                 rfl_forms[form].name.data);
        unit_ok(forms_count(&out, "<li>") >= 2
                && pages_has(&out, "value=\"text\""),
                "what is next, and a file to keep");
    }

    forms_make(RFL_FORM_WITHDRAW, RFL_PAGE_HIDDEN, 0, SAMPLE_FILLED, &sample);
    forms_render(pool, 0, &sample, NULL, &out);
    unit_ok(pages_has(&out, "If a notice belongs to this code"),
            "a code tells nothing about itself");

    forms_make(RFL_FORM_MESSAGE, RFL_PAGE_LATE, 0, SAMPLE_FILLED, &sample);
    forms_render(pool, 0, &sample, NULL, &out);
    unit_ok(pages_has(&out, "class=\"go\" href=\"/en/search\""),
            "a message begins at a notice");

    forms_make(RFL_FORM_ALIVE, RFL_PAGE_NOT_SENT, 0, SAMPLE_FILLED, &sample);
    forms_render(pool, 0, &sample, NULL, &out);
    unit_ok(pages_has(&out, "name=\"state\"") && pages_has(&out, "tel:+")
            && pages_has(&out, "value=\"send\""),
            "what was not sent can be, and there is a number to call");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


static void
forms_test_text(void)
{
    size_t             i;
    unsigned           lines, open, closed;
    rfl_buf_t          out;
    rfl_pool_t        *pool;
    sample_form_t      sample;
    rfl_submission_t   s;

    static const u_char  code[RFL_HIDE_CODE_SIZE] = "arcadian!";

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    forms_make(RFL_FORM_ALIVE, RFL_PAGE_SENT, 0, SAMPLE_FILLED, &sample);
    sample_submission(&sample, NULL, &s);

    unit_int(rfl_page_sent_text(pool, &pages_site, 2, &s, code, &out), RFL_OK,
             "a text to keep");

    lines = 0;

    for (i = 0; i < out.len; i++) {
        lines += (out.data[i] == '\n' && i > 0 && out.data[i - 1] != '\r');
    }

    unit_int(lines, 0, "its lines end as files on any phone do");

    open = forms_count(&out, "\u2066") + forms_count(&out, "\u2068");
    closed = forms_count(&out, "\u2069");

    unit_ok(open == 5 && closed == open,
            "reference, digits, code, name and number are isolated");
    unit_ok(pages_has(&out, "\u2066+00 (0)555 01 23 45\u2069"),
            "the number of the office is in it");
    unit_ok(!pages_has(&out, "أمينة") && !pages_has(&out, "Haddad"),
            "and nothing that was answered");
    unit_ok(rfl_utf8_valid(out.data, out.len) && !pages_has(&out, "<"),
            "it is plain text");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


/* without an inbox nothing can be handed in, and nothing says so */

static void
forms_test_without(void)
{
    unsigned          i, page;
    rfl_buf_t         out;
    rfl_pool_t       *pool;
    rfl_site_t        site;
    rfl_tpl_value_t  *values;

    static const rfl_page_e  pages[] = {
        RFL_PAGE_HOME, RFL_PAGE_ALIVE, RFL_PAGE_LOOKING, RFL_PAGE_PRIVACY
    };

    rfl_buf_init(&out, 0);
    pool = rfl_pool_create(65536);

    site = pages_site;
    site.forms = 0;
    rfl_str_null(&site.exit_url);

    for (i = 0; i < 4; i++) {
        page = pages[i];

        values = sample_values(pool, &site, 0, (rfl_page_e) page, 0, 0);
        pages_render(0, (rfl_page_e) page, values, &out);

        unit_ok(!pages_has(&out, "<form") && !pages_has(&out, "/withdraw")
                && !pages_has(&out, "class=\"exit\""),
                "%s has no form without an inbox", rfl_pages[page].name.data);

        values = sample_values(pool, &pages_site, 0, (rfl_page_e) page, 0, 0);
        pages_render(0, (rfl_page_e) page, values, &out);

        unit_ok(pages_has(&out, "href=\"/en/withdraw\"")
                && pages_has(&out, "class=\"exit\" href=\"/exit\""),
                "with one, each page leads to taking a notice down");
    }

    values = sample_values(pool, &pages_site, 0, RFL_PAGE_NORESULT, 0, 0);
    pages_render(0, RFL_PAGE_NORESULT, values, &out);

    unit_ok(pages_has(&out, "<button class=\"go\" form=\"asked\" "
                      "formaction=\"/en/looking\">")
            && pages_has(&out, "<form id=\"asked\"")
            && pages_has(&out, "<input type=\"hidden\" name=\"name\" "
                         "value=\"Amina Haddad\">"),
            "a search without result carries its name to the office's form");

    values = sample_values(pool, &pages_site, 0, RFL_PAGE_RESULTS, 0, 2);
    pages_render(0, RFL_PAGE_RESULTS, values, &out);

    unit_ok(forms_count(&out, "action=\"/en/message\"") == 2
            && forms_count(&out, "formaction=\"/en/report\"") == 2,
            "each notice can be written about and reported");

    rfl_buf_free(&out);
    rfl_pool_destroy(pool);
}


static void
forms_make(rfl_form_e form, rfl_page_e page, unsigned step, unsigned how,
    sample_form_t *sample)
{
    memset(sample, 0, sizeof(sample_form_t));

    sample->form = form;
    sample->page = page;
    sample->step = step;
    sample->how = how;
}


/* for faults the fields keep what was typed */

static void
forms_render(rfl_pool_t *pool, unsigned lang, const sample_form_t *sample,
    const char *hostile, rfl_buf_t *out)
{
    rfl_tpl_value_t  *values;

    values = sample_form_values(pool, &pages_site, lang, sample, hostile);

    if (values == NULL) {
        printf("Bail out! no values for %s\n", sample->name);
        exit(1);
    }

    pages_render(lang, sample->page, values, out);
}


static unsigned
forms_count(const rfl_buf_t *html, const char *text)
{
    size_t         len;
    unsigned       n;
    const u_char  *p, *last;

    n = 0;
    len = strlen(text);
    p = html->data;
    last = p + html->len;

    while ((p = memmem(p, (size_t) (last - p), text, len)) != NULL) {
        p += len;
        n++;
    }

    return n;
}


/* of one that is written as ours are: attributes quoted, names in lower case */

static int
forms_balanced(const rfl_buf_t *html)
{
    size_t         len;
    unsigned       depth, i;
    rfl_str_t      open[FORMS_DEPTH];
    const u_char  *p, *name, *last;

    static const char *const  empty[] = {
        "!doctype", "meta", "link", "img", "input", "br", "rect"
    };

    depth = 0;
    p = html->data;
    last = p + html->len;

    while ((p = memchr(p, '<', (size_t) (last - p))) != NULL) {

        name = ++p;

        while (p < last && *p != ' ' && *p != '>') {
            p++;
        }

        len = (size_t) (p - name);

        if (len > 1 && *name == '/') {

            if (depth == 0 || open[--depth].len != len - 1
                || memcmp(open[depth].data, name + 1, len - 1) != 0)
            {
                return 0;
            }

            continue;
        }

        for (i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {

            if (strlen(empty[i]) == len && memcmp(empty[i], name, len) == 0) {
                break;
            }
        }

        if (i < sizeof(empty) / sizeof(empty[0])) {
            continue;
        }

        if (depth == FORMS_DEPTH) {
            return 0;
        }

        open[depth].data = (u_char *) name;
        open[depth++].len = len;
    }

    return depth == 0;
}
