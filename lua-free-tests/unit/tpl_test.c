
/*
 * Copyright (C) The RFL authors
 *
 * tpl_test.c: the template engine: what it renders, what it refuses, and
 * where it says the fault is.
 */


#include "unit.h"
#include "rfl_tpl.h"


static const char  tpl_po[] =
    "msgid \"\"\nmsgstr \"Language: en\\n"
    "Content-Type: text/plain; charset=UTF-8\\nX-RFL-Reviewed: yes\\n\"\n"
    "msgctxt \"plain\"\nmsgid \"A & B\"\nmsgstr \"\"\n"
    "msgctxt \"of\"\nmsgid \"{0} of {1}\"\nmsgstr \"\"\n"
    "msgctxt \"n\"\nmsgid \"{0,plural,one{one} other{# of them}}\"\n"
    "msgstr \"\"\n";

static const char  tpl_po_ar[] =
    "msgid \"\"\nmsgstr \"Language: ar\\n"
    "Content-Type: text/plain; charset=UTF-8\\nX-RFL-Reviewed: no\\n\"\n";


static const rfl_tpl_field_t  tpl_inner[] = {
    { "word", RFL_TPL_USER, NULL },
    { NULL, RFL_TPL_TEXT, NULL }
};

static const rfl_tpl_field_t  tpl_items[] = {
    { "label", RFL_TPL_TEXT, NULL },
    { "on", RFL_TPL_FLAG, NULL },
    { "words", RFL_TPL_LIST, tpl_inner },
    { NULL, RFL_TPL_TEXT, NULL }
};

enum {
    TPL_TITLE = 0,
    TPL_USER,
    TPL_URL,
    TPL_NUMBER,
    TPL_YES,
    TPL_NO,
    TPL_ITEMS,
    TPL_NONE,
    TPL_EMPTY,
    TPL_PIECE,
    TPL_N
};

static const rfl_tpl_field_t  tpl_fields[] = {
    [TPL_TITLE] = { "title", RFL_TPL_TEXT, NULL },
    [TPL_USER] = { "user", RFL_TPL_USER, NULL },
    [TPL_URL] = { "url", RFL_TPL_URL, NULL },
    [TPL_NUMBER] = { "number", RFL_TPL_NUMBER, NULL },
    [TPL_YES] = { "yes", RFL_TPL_FLAG, NULL },
    [TPL_NO] = { "no", RFL_TPL_FLAG, NULL },
    [TPL_ITEMS] = { "items", RFL_TPL_LIST, tpl_items },
    [TPL_NONE] = { "none", RFL_TPL_LIST, tpl_items },
    [TPL_EMPTY] = { "empty", RFL_TPL_TEXT, NULL },
    [TPL_PIECE] = { "piece", RFL_TPL_PART, NULL },
    [TPL_N] = { NULL, RFL_TPL_TEXT, NULL }
};


/* the partials there are */

static const struct {
    const char  *name;
    const char  *text;
} tpl_partials[] = {
    { "part", "<i>{{title}}</i>" },
    { "open", "<ul>\n<li>" },
    { "close", "</li>\n</ul>" },
    { "loop", "{{>loop}}" },
    { "bad", "ok\n\n  {{nope}}" },
    { "half", "{{#yes}}" },
    { "bytes", "\xff" }
};

#define TPL_PARTIALS  (sizeof(tpl_partials) / sizeof(tpl_partials[0]))


static const struct {
    const char  *text;
    const char  *expected;
} tpl_renders[] = {
    { "\xef\xbb\xbf" "mark", "mark" },
    { "<img alt=\"\" src=\"/a/https://b.png\">",
      "<img alt=\"\" src=\"/a/https://b.png\">" },
    { "plain", "plain" },
    { "a {{title}} b", "a T&lt;1&gt;&amp;&#39;&quot; b" },
    { "{{bdi user}}", "<bdi>U&lt;b&gt;</bdi>" },
    { "{{bdi title}}", "<bdi>T&lt;1&gt;&amp;&#39;&quot;</bdi>" },
    { "<input value=\"{{user}}\">", "<input value=\"U&lt;b&gt;\">" },
    { "<a href=\"{{url}}\">x</a>", "<a href=\"/a?b=1&amp;c=2\">x</a>" },
    { "<a href=\"{{url}}#x\">x</a>", "<a href=\"/a?b=1&amp;c=2#x\">x</a>" },
    { "{{number}}", "-12" },
    { "<div>{{piece}}</div>", "<div><b>&lt;</b></div>" },
    { "{{#piece}}p{{/piece}}{{^piece}}P{{/piece}}", "p" },
    { "{{t.plain}}", "A &amp; B" },
    { "<p title=\"{{t.plain}}\">x</p>", "<p title=\"A &amp; B\">x</p>" },
    { "{{t.of title user}}",
      "\u2068T&lt;1&gt;&amp;&#39;&quot;\u2069 of \u2068U&lt;b&gt;\u2069" },
    { "{{t.of number number}}", "-12 of -12" },
    { "{{t.n number}}", "-12 of them" },
    { "{{#yes}}y{{/yes}}{{#no}}n{{/no}}", "y" },
    { "{{^yes}}y{{/yes}}{{^no}}n{{/no}}", "n" },
    { "{{#title}}t{{/title}}{{#empty}}e{{/empty}}{{^empty}}E{{/empty}}",
      "tE" },
    { "{{#number}}n{{/number}}{{#url}}u{{/url}}{{#user}}s{{/user}}", "nus" },
    { "{{#items}}[{{label}}{{#on}}!{{/on}}]{{/items}}", "[a!][b]" },
    { "{{#items}}{{title}}{{#words}}({{bdi word}}{{label}}){{/words}}"
      "{{/items}}",
      "T&lt;1&gt;&amp;&#39;&quot;(<bdi>w</bdi>a)(<bdi>&lt;</bdi>a)"
      "T&lt;1&gt;&amp;&#39;&quot;" },
    { "{{?items}}<ul>{{#items}}<li>{{label}}</li>{{/items}}</ul>{{/items}}",
      "<ul><li>a</li><li>b</li></ul>" },
    { "{{?none}}<ul>{{#none}}<li></li>{{/none}}</ul>{{/none}}"
      "{{^none}}none{{/none}}{{#none}}x{{/none}}", "none" },
    { "{{>part}}|{{>part}}",
      "<i>T&lt;1&gt;&amp;&#39;&quot;</i>|<i>T&lt;1&gt;&amp;&#39;&quot;</i>" },
    { "{{>open}}x{{>close}}", "<ul>\n<li>x</li>\n</ul>" },
    { "a{{! nothing\n at all }}b", "ab" },
    { "<!-- no -->a<!---->b<!-- -- > -->c", "abc" },
    { "<!doctype html><p>x</p>", "<!doctype html><p>x</p>" },
    { "<p>\n    a\n\n   b  c</p>", "<p>\na\nb c</p>" },
    { "<pre>\n    a\n  b</pre>", "<pre>\n    a\n  b</pre>" },
    { "<input{{#yes}} checked{{/yes}}{{#no}} disabled{{/no}}>",
      "<input checked>" },
    { "<input {{#yes}}checked{{/yes}}>", "<input checked>" },
    { "<p class=\"a{{#yes}} b{{/yes}}{{#no}} c{{/no}}\">x</p>",
      "<p class=\"a b\">x</p>" },
    { "<p id='x' lang=en hidden title = \"{{title}}\">x</p>",
      "<p id='x' lang=en hidden title = "
      "\"T&lt;1&gt;&amp;&#39;&quot;\">x</p>" },
    { "<title>{{bdi user}} {{title}}</title>",
      "<title>\u2068U&lt;b&gt;\u2069 T&lt;1&gt;&amp;&#39;&quot;</title>" },
    { "<textarea>\n {{user}}</textarea>",
      "<textarea>\n U&lt;b&gt;</textarea>" },
    { "<select><option>{{bdi title}}</option></select>",
      "<select><option>\u2068T&lt;1&gt;&amp;&#39;&quot;\u2069</option>"
      "</select>" },
    { "<svg><path d=\"M0\"/></svg><br><br/>",
      "<svg><path d=\"M0\"/></svg><br><br/>" },
    { "<P CLASS=x>y</p>", "<P CLASS=x>y</p>" },
    { "{{ title }}{{\ttitle}}",
      "T&lt;1&gt;&amp;&#39;&quot;T&lt;1&gt;&amp;&#39;&quot;" },
    { "A\n{{#no}}\nB\n{{/no}}\nC", "A\nC" },
    { "A{{#no}} B\n{{/no}}\nC", "A\nC" },
    { "{{#items}}\n{{label}}\n{{/items}}", "\na\nb\n" },
    { "A\n{{#no}}B{{/no}}\n{{#no}}C{{/no}}\nD", "A\nD" }
};

#define TPL_RENDERS  (sizeof(tpl_renders) / sizeof(tpl_renders[0]))


/* the text, the beginning of the error, a part of it */

static const struct {
    const char  *text;
    const char  *where;
    const char  *part;
} tpl_faults[] = {
    { "\n{{nope}}", "t.html:2: ", "unknown name \"nope\"" },
    { "{{label}}", "t.html:1: ", "unknown name \"label\"" },
    { "{{#items}}\n{{nope}}{{/items}}", "t.html:2: ", "label on words" },
    { "a\nb {{title", "t.html:2: ", "without \"}}\"" },
    { "{{title\n}}", "t.html:1: ", "on the same line" },
    { "{{}}", "t.html:1: ", "empty" },
    { "{{  }}", "t.html:1: ", "empty" },
    { "{{{title}}}", "t.html:1: ", "unescaped" },
    { "{{&title}}", "t.html:1: ", "unescaped" },
    { "{{title user}}", "t.html:1: ", "a tag is" },
    { "{{# }}", "t.html:1: ", "wants one name" },
    { "{{#yes no}}", "t.html:1: ", "wants one name" },
    { "x\n{{#yes}}\ny", "t.html:2: ", "\"yes\" is not closed" },
    { "{{/yes}}", "t.html:1: ", "closes nothing" },
    { "{{#yes}}\n{{/no}}", "t.html:2: ", "opened on line 1" },
    { "{{yes}}", "t.html:1: ", "is a flag" },
    { "{{items}}", "t.html:1: ", "is a list" },
    { "{{user}}", "t.html:1: ", "{{bdi user}}" },
    { "{{bdi number}}", "t.html:1: ", "for texts" },
    { "{{bdi url}}", "t.html:1: ", "for texts" },
    { "{{url}}", "t.html:1: ", "is a URL" },
    { "<p title=\"{{piece}}\">x</p>", "t.html:1: ", "piece of a page" },
    { "<title>{{piece}}</title>", "t.html:1: ", "piece of a page" },
    { "<textarea>{{piece}}</textarea>", "t.html:1: ", "piece of a page" },
    { "{{bdi piece}}", "t.html:1: ", "for texts" },
    { "{{t.of piece title}}", "t.html:1: ", "neither text" },
    { "<p title=\"{{url}}\">x</p>", "t.html:1: ", "is a URL" },
    { "<a href=\"{{title}}\">x</a>", "t.html:1: ", "is none" },
    { "<a href=\"{{user}}\">x</a>", "t.html:1: ", "is none" },
    { "<a href=\"{{t.plain}}\">x</a>", "t.html:1: ", "is none" },
    { "<a href=\"javascript:{{url}}\">x</a>", "t.html:1: ", "comes later" },
    { "<a href=\"{{url}}{{url}}\">x</a>", "t.html:1: ", "comes later" },
    { "<img srcset=\"{{url}}\">", "t.html:1: ", "srcset" },
    { "<p class=\"{{user}}\">x</p>", "t.html:1: ", "cannot stand" },
    { "<p title=\"{{bdi user}}\">x</p>", "t.html:1: ", "attribute" },
    { "<p title={{title}}>x</p>", "t.html:1: ", "double quotes" },
    { "<p title=a{{title}}>x</p>", "t.html:1: ", "double quotes" },
    { "<p title='{{title}}'>x</p>", "t.html:1: ", "double quotes" },
    { "<p {{title}}>x</p>", "t.html:1: ", "not here" },
    { "<{{title}}>", "t.html:1: ", "not here" },
    { "</p{{title}}>", "t.html:1: ", "not here" },
    { "<p>\n<script>alert(1)</script></p>", "t.html:2: ", "<script>" },
    { "<SCRIPT>", "t.html:1: ", "<script>" },
    { "<style>p{}</style>", "t.html:1: ", "<style>" },
    { "<iframe></iframe>", "t.html:1: ", "<iframe>" },
    { "<base>", "t.html:1: ", "<base>" },
    { "<script{{#yes}} x{{/yes}}>", "t.html:1: ", "<script>" },
    { "<p onclick=\"x\">y</p>", "t.html:1: ", "\"onclick\"" },
    { "<p ONCLICK>y</p>", "t.html:1: ", "\"onclick\"" },
    { "<p onclick{{#yes}}{{/yes}}=\"x\">y</p>", "t.html:1: ", "\"onclick\"" },
    { "<p style=\"x\">y</p>", "t.html:1: ", "\"style\"" },
    { "", "t.html:1: ", "the page is empty" },
    { "<img src=\"https://b.example/a.png\">", "t.html:1: ", "\"src\"" },
    { "<img SRC = 'HTTP://b.example/a.png'>", "t.html:1: ", "\"src\"" },
    { "<img src=//b.example/a.png>", "t.html:1: ", "\"src\"" },
    { "<img src=\"data:image/png;base64,AA\">", "t.html:1: ", "\"src\"" },
    { "<meta http-equiv=\"refresh\" content=\"0\">", "t.html:1: ",
      "http-equiv" },
    { "<p o{{#yes}}x{{/yes}}nclick=\"\">y</p>", "t.html:1: ", "space" },
    { "<p a=\"b\"c=\"d\">y</p>", "t.html:1: ", "space is missing" },
    { "<!-- {{title}} -->", "t.html:1: ", "HTML comment" },
    { "<!-- {{#yes}}{{/yes}} -->", "t.html:1: ", "HTML comment" },
    { "\n\n<p>x", "t.html:3: ", "<p> is not closed" },
    { "<p>x</div>", "t.html:1: ", "</p> is due" },
    { "</div>", "t.html:1: ", "closes nothing" },
    { "<div/>", "t.html:1: ", "does not close" },
    { "a < b", "t.html:1: ", "&lt;" },
    { "<p", "t.html:1: ", "ends inside" },
    { "<!-- x", "t.html:1: ", "ends inside" },
    { "<title><b>x</b></title>", "t.html:1: ", "inside <title>" },
    { "<textarea>{{bdi user}}</textarea>", "t.html:1: ", "textarea" },
    { "<div>\n{{#yes}}\n<p>\n{{/yes}}</div>", "t.html:4: ",
      "<p> of line 3 is not closed" },
    { "<div>{{#yes}}</div>{{/yes}}", "t.html:1: ", "before this section" },
    { "<p {{#yes}}title=\"{{/yes}}x\">y</p>", "t.html:1: ",
      "begins and ends" },
    { "<p title=\"{{#yes}}x\">{{/yes}}</p>", "t.html:1: ",
      "not closed before" },
    { "{{>nope}}", "t.html:1: ", "no partial \"nope\"" },
    { "\n{{>bad}}", "bad.html:3: ", "unknown name" },
    { "{{>half}}{{/yes}}", "half.html:1: ", "not closed in this file" },
    { "{{>bytes}}", "bytes.html:1: ", "UTF-8" },
    { "{{>loop}}", "loop.html:1: ", "deeper" },
    { "{{>open}}x", "open.html:2: ", "<li> is not closed" },
    { "{{t.nope}}", "t.html:1: ", "no message \"nope\"" },
    { "{{t.of title}}", "t.html:1: ", "has 2 arguments, 1 are given" },
    { "{{t.plain title}}", "t.html:1: ", "has 0 arguments, 1 are given" },
    { "{{t.n title}}", "t.html:1: ", "must be a number" },
    { "{{t.of url title}}", "t.html:1: ", "neither text nor number" },
    { "{{#items}}{{#items}}{{#items}}{{#items}}{{#items}}", "t.html:1: ",
      "lists inside" }
};

#define TPL_FAULTS  (sizeof(tpl_faults) / sizeof(tpl_faults[0]))


/* what a url value must not become */

static const char  *tpl_bad_urls[] = {
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)",
    "data:text/html,x", "vbscript:x", "//evil.example/", "/\\evil.example",
    "\\\\evil", "file:///etc/passwd", "blob:x", "x", "\tjavascript:x", "?a"
};

static const char  *tpl_good_urls[] = {
    "/", "/fr/search", "#name", "https://a.example/?b=1", "http://a.example/",
    "tel:+0055501", "mailto:a@b.example", "sms:+0055501"
};

#define tpl_n(list)  (sizeof(list) / sizeof(list[0]))


static void tpl_test_renders(const rfl_tpl_value_t *values);
static void tpl_test_faults(void);
static void tpl_test_urls(rfl_tpl_value_t *values);
static void tpl_test_english(const rfl_tpl_value_t *values);
static rfl_str_t tpl_rendered(const rfl_tpl_t *tpl,
    const rfl_tpl_value_t *values, const rfl_catalog_t *catalog,
    rfl_buf_t *out);
static void tpl_values(rfl_tpl_value_t *values);
static int tpl_compile(const char *text, rfl_tpl_t **tpl, rfl_err_t *err);
static const char *tpl_line(const char *text);
static int tpl_load(void *data, const rfl_str_t *name, rfl_str_t *text,
    rfl_str_t *file);


static rfl_pool_t       *tpl_pool;
static rfl_catalog_t    *tpl_catalog;
static rfl_tpl_value_t   tpl_word[2][1], tpl_item[2][3];
static rfl_tpl_value_t  *tpl_word_items[] = { tpl_word[0], tpl_word[1] };
static rfl_tpl_value_t  *tpl_item_items[] = { tpl_item[0], tpl_item[1] };


int
main(void)
{
    rfl_err_t        err;
    rfl_str_t        text;
    rfl_tpl_value_t  values[TPL_N];

    tpl_pool = rfl_pool_create(65536);
    tpl_values(values);

    unit_int(rfl_po_init(&err), RFL_OK, "ICU starts");

    tpl_catalog = rfl_catalog_create("en");
    text.data = (u_char *) tpl_po;
    text.len = sizeof(tpl_po) - 1;
    unit_int(rfl_catalog_add(tpl_catalog, &text, NULL, 0, &err), RFL_OK,
             "the catalog is read");

    tpl_test_renders(values);
    tpl_test_faults();
    tpl_test_urls(values);
    tpl_test_english(values);

    rfl_catalog_destroy(tpl_catalog);
    rfl_pool_destroy(tpl_pool);

    return unit_done();
}


static void
tpl_test_renders(const rfl_tpl_value_t *values)
{
    size_t      i;
    rfl_buf_t   out;
    rfl_err_t   err;
    rfl_tpl_t  *tpl;

    rfl_buf_init(&out, 0);

    for (i = 0; i < TPL_RENDERS; i++) {

        err.text[0] = '\0';

        if (tpl_compile(tpl_renders[i].text, &tpl, &err) != RFL_OK) {
            unit_ok(0, "%s compiles: %s", tpl_renders[i].text, err.text);
            continue;
        }

        unit_str(tpl_rendered(tpl, values, tpl_catalog, &out),
                 tpl_renders[i].expected, "renders \"%s\"",
                 tpl_line(tpl_renders[i].text));
    }

    rfl_buf_free(&out);
}


static void
tpl_test_faults(void)
{
    int         said;
    size_t      i;
    rfl_err_t   err;
    rfl_tpl_t  *tpl;

    for (i = 0; i < TPL_FAULTS; i++) {

        memset(&err, 0, sizeof(err));

        said = (tpl_compile(tpl_faults[i].text, &tpl, &err) == RFL_ERROR
                && strncmp(err.text, tpl_faults[i].where,
                           strlen(tpl_faults[i].where)) == 0
                && strstr(err.text, tpl_faults[i].part) != NULL);

        unit_ok(said, "refuses \"%s\"", tpl_line(tpl_faults[i].text));

        if (!said) {
            printf("#   said \"%s\"\n", err.text);
        }
    }
}


static void
tpl_test_urls(rfl_tpl_value_t *values)
{
    size_t      i;
    rfl_buf_t   out;
    rfl_err_t   err;
    rfl_tpl_t  *tpl;

    rfl_buf_init(&out, 0);

    unit_int(tpl_compile("<a href=\"{{url}}\">x</a>", &tpl, &err), RFL_OK,
             "a link");

    for (i = 0; i < tpl_n(tpl_bad_urls); i++) {
        values[TPL_URL].text.data = (u_char *) tpl_bad_urls[i];
        values[TPL_URL].text.len = strlen(tpl_bad_urls[i]);

        unit_str(tpl_rendered(tpl, values, tpl_catalog, &out),
                 "<a href=\"\">x</a>", "left out: %s", tpl_bad_urls[i]);
    }

    for (i = 0; i < tpl_n(tpl_good_urls); i++) {
        values[TPL_URL].text.data = (u_char *) tpl_good_urls[i];
        values[TPL_URL].text.len = strlen(tpl_good_urls[i]);

        unit_ok(tpl_rendered(tpl, values, tpl_catalog, &out).len
                == strlen("<a href=\"\">x</a>") + strlen(tpl_good_urls[i]),
                "written: %s", tpl_good_urls[i]);
    }

    rfl_buf_free(&out);
}


/* a word that a language lacks is marked as English */

static void
tpl_test_english(const rfl_tpl_value_t *values)
{
    rfl_buf_t       out;
    rfl_err_t       err;
    rfl_str_t       text;
    rfl_tpl_t      *tpl;
    rfl_catalog_t  *ar;

    rfl_buf_init(&out, 0);

    ar = rfl_catalog_create("ar");
    text.data = (u_char *) tpl_po_ar;
    text.len = sizeof(tpl_po_ar) - 1;
    unit_int(rfl_catalog_add(ar, &text, tpl_catalog, 0, &err), RFL_OK,
             "a catalog with nothing in it");

    unit_int(tpl_compile("{{t.plain}}<title>{{t.plain}}</title>", &tpl, &err),
             RFL_OK, "a message twice");
    unit_str(tpl_rendered(tpl, values, ar, &out),
             "<span lang=\"en\" dir=\"ltr\">A &amp; B</span>"
             "<title>A &amp; B</title>",
             "English is marked where it can be");

    rfl_buf_free(&out);
    rfl_buf_init(&out, 20);
    rfl_tpl_render(tpl, values, ar, &out);
    unit_ok(out.failed, "a full buffer is told of");

    rfl_buf_free(&out);
    rfl_catalog_destroy(ar);
}


/* valid until the buffer is used again */

static rfl_str_t
tpl_rendered(const rfl_tpl_t *tpl, const rfl_tpl_value_t *values,
    const rfl_catalog_t *catalog, rfl_buf_t *out)
{
    rfl_str_t  text;

    rfl_buf_reset(out);
    rfl_tpl_render(tpl, values, catalog, out);

    text.data = out->data;
    text.len = out->len;

    return text;
}


static void
tpl_values(rfl_tpl_value_t *values)
{
    memset(values, 0, TPL_N * sizeof(rfl_tpl_value_t));

    rfl_str_set(&values[TPL_TITLE].text, "T<1>&'\"");
    rfl_str_set(&values[TPL_USER].text, "U<b>");
    rfl_str_set(&values[TPL_URL].text, "/a?b=1&c=2");
    rfl_str_set(&values[TPL_PIECE].text, "<b>&lt;</b>");
    values[TPL_NUMBER].number = -12;
    values[TPL_YES].number = 1;

    rfl_str_set(&tpl_word[0][0].text, "w");
    rfl_str_set(&tpl_word[1][0].text, "<");
    rfl_str_set(&tpl_item[0][0].text, "a");
    tpl_item[0][1].number = 1;
    tpl_item[0][2].number = 2;
    tpl_item[0][2].items = tpl_word_items;
    rfl_str_set(&tpl_item[1][0].text, "b");

    values[TPL_ITEMS].number = 2;
    values[TPL_ITEMS].items = tpl_item_items;
}


static int
tpl_compile(const char *text, rfl_tpl_t **tpl, rfl_err_t *err)
{
    rfl_str_t  name;

    rfl_str_set(&name, "t");

    return rfl_tpl_compile(tpl_pool, &name, tpl_fields, tpl_catalog, tpl_load,
                           (void *) text, tpl, err);
}


/* the text on one line, for TAP */

static const char *
tpl_line(const char *text)
{
    size_t       i;
    static char  line[128];

    for (i = 0; i < sizeof(line) - 1 && text[i] != '\0'; i++) {
        line[i] = ((u_char) text[i] < ' ') ? ' ' : text[i];
    }

    line[i] = '\0';

    return line;
}


static int
tpl_load(void *data, const rfl_str_t *name, rfl_str_t *text, rfl_str_t *file)
{
    size_t  i;
    char   *path;

    text->data = NULL;

    if (rfl_str_is(name, "t")) {
        text->data = data;
    }

    for (i = 0; i < TPL_PARTIALS; i++) {
        if (strlen(tpl_partials[i].name) == name->len
            && memcmp(tpl_partials[i].name, name->data, name->len) == 0)
        {
            text->data = (u_char *) tpl_partials[i].text;
        }
    }

    if (text->data == NULL) {
        return RFL_DECLINED;
    }

    text->len = strlen((char *) text->data);

    path = rfl_palloc(tpl_pool, name->len + 6);
    memcpy(path, name->data, name->len);
    memcpy(path + name->len, ".html", 6);

    file->data = (u_char *) path;
    file->len = strlen(path);

    return RFL_OK;
}
