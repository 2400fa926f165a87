
/*
 * Copyright (C) The RFL authors
 *
 * pages_hostile_test.c: S-62 at the level of pages: whatever a name is, it is
 * text, byte for byte escaped, and the page keeps its shape.
 */


#include "unit.h"
#include "pages.h"
#include "rfl_text.h"


#define PAGES_SHAPE   (256 * 1024)


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


static void pages_test_hostile(void);
static void pages_hostile_name(rfl_tpl_value_t *values,
    const rfl_str_t *name, rfl_page_e page);
static void pages_shape(const rfl_buf_t *html, char *shape);


int
main(void)
{
    pages_load();

    pages_test_hostile();

    pages_done();

    return unit_done();
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
