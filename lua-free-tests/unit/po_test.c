
/*
 * Copyright (C) The RFL authors
 *
 * po_test.c: PO files, their faults, and messages.
 */


#include "unit.h"
#include "rfl_po_int.h"


#define PO_HEADER                                                            \
    "msgid \"\"\n"                                                           \
    "msgstr \"\"\n"                                                          \
    "\"Language: %s\\n\"\n"                                                  \
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"                       \
    "\"X-RFL-Reviewed: no\\n\"\n"                                            \
    "\n"

#define PO_EN                                                                \
    "msgctxt \"hello\"\nmsgid \"Hello & < all >\"\nmsgstr \"\"\n\n"        \
    "msgctxt \"count\"\n"                                                    \
    "msgid \"{0,plural,one{One notice} other{# notices}}\"\nmsgstr \"\"\n\n" \
    "msgctxt \"until\"\nmsgid \"It ends on {0}.\"\nmsgstr \"\"\n\n"          \
    "msgctxt \"two\"\nmsgid \"{0} and {1}\"\nmsgstr \"\"\n"


typedef struct {
    const char  *what;
    const char  *text;             /* after the header; "!": instead of it */
    unsigned     line;
    const char  *part;             /* of the error */
} po_fault_t;


#define po_entry(key, id, str)                                               \
    "msgctxt \"" key "\"\nmsgid \"" id "\"\nmsgstr \"" str "\"\n"

#define po_count(str)                                                        \
    po_entry("count", "{0,plural,one{One notice} other{# notices}}", str)


/* the header has 6 lines: the text begins on line 7 */

static const po_fault_t  po_faults[] = {
    { "no header", "!" po_entry("hello", "Hello & < all >", "Salut"), 1,
      "no header" },
    { "header without a language",
      "!msgid \"\"\nmsgstr \"\"\n"
      "\"Content-Type: text/plain; charset=UTF-8\\n\"\n", 2, "Language: fr" },
    { "header of another language",
      "!msgid \"\"\nmsgstr \"Language: de\\n\"\n", 2, "Language: de" },
    { "header without a charset",
      "!msgid \"\"\nmsgstr \"Language: fr\\n\"\n", 2, "Content-Type" },
    { "header with another charset",
      "!msgid \"\"\nmsgstr \"Language: fr\\n\"\n"
      "\"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n", 2, "UTF-8" },
    { "a mark of review that is neither",
      "!msgid \"\"\nmsgstr \"Language: fr\\nX-RFL-Reviewed: maybe\\n\"\n", 2,
      "X-RFL-Reviewed" },
    { "a second header", "msgid \"\"\nmsgstr \"\"\n", 7, "header" },
    { "unknown key", po_entry("nope", "Hello", "Salut"), 7, "unknown key" },
    { "repeated key",
      po_entry("hello", "Hello & < all >", "Salut") "\n"
      po_entry("hello", "Hello & < all >", "Salut"), 11, "twice" },
    { "no key", "msgid \"Hello\"\nmsgstr \"Salut\"\n", 7, "msgctxt" },
    { "a key of other characters", po_entry("Hello!", "x", "y"), 7,
      "a-z 0-9" },
    { "English text of yesterday", po_entry("hello", "Hello", "Salut"), 8,
      "another one now" },
    { "line of nothing known", "hello\n", 7, "begins with none" },
    { "string without a word", "\"hello\"\n", 7, "a string without" },
    { "open string", "msgctxt \"hello\n", 7, "begin and end with a quote" },
    { "escaped end", "msgctxt \"hello\\\"\n", 7,
      "begin and end with a quote" },
    { "quote within", "msgctxt \"hel\"lo\"\n", 7, "a quote inside" },
    { "unknown escape", "msgctxt \"hel\\tlo\"\n", 7, "unknown escape" },
    { "control character", "msgctxt \"hel\001lo\"\n", 7,
      "control character" },
    { "not UTF-8", "msgctxt \"h\xe9llo\"\n", 7, "UTF-8" },
    { "overlong UTF-8", "# \xc0\xaf\n", 7, "UTF-8" },
    { "out of order", "msgid \"x\"\nmsgctxt \"hello\"\nmsgstr \"\"\n", 8,
      "out of order" },
    { "no msgid", "msgctxt \"hello\"\nmsgstr \"x\"\n", 8,
      "without a msgid" },
    { "no msgstr", "msgctxt \"hello\"\nmsgid \"Hello & < all >\"\n\n", 8,
      "without a msgstr" },
    { "gettext plural",
      "msgctxt \"count\"\nmsgid \"x\"\nmsgid_plural \"y\"\n", 9,
      "gettext plurals" },
    { "comment within", "msgctxt \"hello\"\n# why\nmsgid \"x\"\n", 8,
      "comment inside" },
    { "named argument",
      po_entry("until", "It ends on {0}.", "Fin le {date}."), 9,
      "numbered" },
    { "argument too high",
      po_entry("until", "It ends on {0}.", "Fin le {7}."), 9, "numbered" },
    { "argument left out",
      po_entry("until", "It ends on {0}.", "Fin."), 9,
      "{0} is in the English text" },
    { "argument too many",
      po_entry("until", "It ends on {0}.", "Fin le {0} {1}."), 9,
      "{1} is not in the English text" },
    { "a text counted with",
      po_entry("until", "It ends on {0}.", "{0,plural,other{#}}"), 9,
      "not a number" },
    { "open brace", po_entry("until", "It ends on {0}.", "Fin le {0"), 9,
      "not closed" },
    { "stray brace", po_entry("until", "It ends on {0}.", "Fin le {0}}."), 9,
      "without its \"{\"" },
    { "other is missing", po_count("{0,plural,one{Un avis}}"), 9,
      "\"other\" of argument {0} is missing" },
    { "category of another language",
      po_count("{0,plural,few{#} other{# avis}}"), 9,
      "no plural category \"few\"" },
    { "category that is missing",
      po_count("{0,plural,many{# d'avis} other{# avis}}"), 9,
      "branch \"one\" of argument {0} is missing, which this language has for "
      "1: add one{...}" },
    { "branch twice",
      po_count("{0,plural,one{#} one{#} other{# avis}}"), 9, "twice" },
    { "branch without text", po_count("{0,plural,one other{#}}"), 9,
      "has no text" },
    { "no branches", po_count("{0,plural}"), 9, "no branches" },
    { "unknown type", po_count("{0,date}"), 9, "the types are" },
    { "offset", po_count("{0,plural,offset:1 other{#}}"), 9, "no plural" },
    { "equals nothing", po_count("{0,plural,= {#} other{#}}"), 9,
      "whole number" },
    { "too deep",
      po_count("{0,plural,other{{0,plural,other{{0,plural,other{{0,plural,"
               "other{{0,plural,other{#}}}}}}}}}}"), 9, "nested" },
    { "HTML",
      po_entry("hello", "Hello & < all >", "<b>Salut</b>"), 9,
      "plain text" },
    { "entity",
      po_entry("hello", "Hello & < all >", "Salut&nbsp;toi"), 9,
      "&nbsp;" },
    { "white space at the end",
      po_entry("hello", "Hello & < all >", "Salut "), 9, "white space" },
    { "white space at the beginning",
      po_entry("hello", "Hello & < all >", "\\nSalut"), 9, "white space" }
};

#define PO_FAULTS  (sizeof(po_faults) / sizeof(po_faults[0]))


static rfl_catalog_t *po_english(void);
static void po_test_faults(const rfl_catalog_t *en);
static void po_test_categories(const rfl_catalog_t *en);
static void po_test_messages(const rfl_catalog_t *en);
static void po_test_override(const rfl_catalog_t *en);
static void po_test_files(void);
static int po_add(rfl_catalog_t *catalog, const char *lang, const char *text,
    const rfl_catalog_t *reference, int override, rfl_err_t *err);
static int po_key(const rfl_catalog_t *catalog, const char *key);
static rfl_str_t po_format(const rfl_catalog_t *catalog, const char *key,
    const rfl_po_arg_t *args, unsigned n, rfl_buf_t *b);
static rfl_str_t po_text(rfl_buf_t *b);


int
main(void)
{
    rfl_err_t       err;
    rfl_catalog_t  *en;

    unit_int(rfl_po_init(&err), RFL_OK, "ICU starts");

    en = po_english();

    po_test_faults(en);
    po_test_categories(en);
    po_test_messages(en);
    po_test_override(en);
    po_test_files();

    rfl_catalog_destroy(en);

    return unit_done();
}


static rfl_catalog_t *
po_english(void)
{
    rfl_err_t       err;
    rfl_catalog_t  *en;

    en = rfl_catalog_create("en");
    err.text[0] = '\0';

    unit_ok(en != NULL && po_add(en, "en", PO_EN, NULL, 0, &err) == RFL_OK,
            "the English file is read %s", err.text);

    return en;
}


static void
po_test_faults(const rfl_catalog_t *en)
{
    int                rc;
    unsigned           i;
    rfl_err_t          err;
    rfl_catalog_t     *fr;
    const po_fault_t  *fault;

    for (i = 0; i < PO_FAULTS; i++) {
        fault = &po_faults[i];

        fr = rfl_catalog_create("fr");
        memset(&err, 0, sizeof(err));

        rc = po_add(fr, "fr", fault->text, en, 0, &err);

        unit_ok(rc == RFL_ERROR && err.line == fault->line
                && strstr(err.text, fault->part) != NULL,
                "fault: %s", fault->what);

        if (err.line != fault->line
            || strstr(err.text, fault->part) == NULL)
        {
            printf("#   got line %u \"%s\", expected line %u \"%s\"\n",
                   err.line, err.text, fault->line, fault->part);
        }

        rfl_catalog_destroy(fr);
    }

    unit_ok(rfl_catalog_create("") == NULL, "an empty tag is no language");
    unit_ok(rfl_catalog_create("this-is-no-tag-at-all") == NULL,
            "a long tag is no language");
}


/* what a language must have, if it is counted in it at all */

static void
po_test_categories(const rfl_catalog_t *en)
{
    int             rc;
    char            want[64];
    size_t          i;
    rfl_err_t       err;
    rfl_catalog_t  *catalog;

    static const struct {
        const char  *lang;
        const char  *text;
        const char  *missing;      /* NULL: nothing */
    } cases[] = {
        { "ru", po_count("{0,plural,one{#a} few{#b} many{#c} other{#d}}"),
          NULL },
        { "ru", po_count("{0,plural,one{#a} other{#d}}"), "few" },
        { "ru", po_count("{0,plural,one{#a} few{#b} other{#d}}"), "many" },
        { "ru", po_count("{0,plural,=1{a} few{#b} many{#c} other{#d}}"),
          "one" },
        { "ru", po_count("{0,plural,=1{a} other{of them: #}}"), NULL },
        { "ru", po_count("{0,plural,other{of them: #}}"), NULL },
        { "ar", po_count("{0,plural,one{a} two{b} few{#} many{#} other{#}}"),
          NULL },
        { "ar", po_count("{0,plural,=1{a} =2{b} few{#} many{#} other{#}}"),
          NULL },
        { "ar", po_count("{0,plural,one{a} few{#} many{#} other{#}}"),
          "two" },
        { "cy", po_count("{0,plural,one{a} two{b} few{c} other{#}}"),
          "many" },
        { "lv", po_count("{0,plural,one{#} other{#}}"), "zero" },
        { "fr", po_count("{0,plural,one{#} other{#}}"), NULL },
        { "my", po_count("{0,plural,other{#}}"), NULL },
        { "ru", po_count("{0,plural,=1{{0,plural,one{#} other{#}}} "
                         "other{#}}"), "few" },
        { "it", po_count("{0,selectordinal,many{#} other{#}}"), NULL },
        { "sv", po_count("{0,selectordinal,one{#} other{#}}"), NULL },
        { "en", po_count("{0,selectordinal,one{#st} two{#nd} other{#th}}"),
          "few" }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        catalog = rfl_catalog_create(cases[i].lang);
        memset(&err, 0, sizeof(err));

        rc = po_add(catalog, cases[i].lang, cases[i].text, en, 0, &err);

        (void) snprintf(want, sizeof(want), "add %s{...}",
                        cases[i].missing ? cases[i].missing : "");

        unit_ok(cases[i].missing == NULL
                ? rc == RFL_OK
                : rc == RFL_ERROR && err.line == 9
                  && strstr(err.text, want) != NULL,
                "%s: \"%s\" is missing", cases[i].lang,
                cases[i].missing ? cases[i].missing : "nothing");

        if (err.text[0] != '\0') {
            printf("#   line %u: %s\n", err.line, err.text);
        }

        rfl_catalog_destroy(catalog);
    }
}


static void
po_test_messages(const rfl_catalog_t *en)
{
    int               foreign, hello;
    rfl_str_t         missing;
    rfl_buf_t         b;
    rfl_err_t         err;
    rfl_po_arg_t      args[2];
    rfl_catalog_t    *fr;
    const rfl_str_t  *text;

    fr = rfl_catalog_create("fr");
    rfl_buf_init(&b, 0);
    memset(args, 0, sizeof(args));

    unit_int(po_add(fr, "fr",
                    "# first\r\n\r\n#, icu-message-format\r\n"
                    "msgctxt \"count\"\r\n"
                    "msgid \"\"\r\n"
                    "\"{0,plural,one{One notice} \"\r\n"
                    "\"other{# notices}}\"\r\n"
                    "msgstr \"{0,plural,one{# avis} other{# avis}}\"\r\n"
                    po_entry("until", "It ends on {0}.",
                             "Jusqu’au \\\"{0}\\\"\\\\.")
                    "#~ msgid \"old\"\n"
                    "#, fuzzy\n"
                    po_entry("two", "{0} and {1}", "{0} ou {1}"),
                    en, 0, &err),
             RFL_OK, "a file with comments, CRLF, wrapped strings");

    unit_int(rfl_catalog_missing(fr, en, &missing), 2,
             "what is not there or fuzzy is missing");
    unit_str(missing, "hello", "the first of them is named");

    hello = po_key(fr, "hello");

    unit_int(hello, po_key(en, "hello"), "indexes are those of English");
    unit_int(po_key(fr, "nope"), -1, "an unknown key has none");
    unit_int((int) rfl_catalog_args(fr, po_key(fr, "two")), 2,
             "a message knows its arguments");
    unit_int((int) rfl_catalog_numbers(fr, po_key(fr, "count")), 1,
             "and which are numbers");

    text = rfl_catalog_html(en, hello, &foreign);
    unit_str(*text, "Hello &amp; &lt; all &gt;", "HTML is escaped at load");
    unit_int(foreign, 0, "in its own language");

    text = rfl_catalog_html(fr, hello, &foreign);
    unit_str(*text, "Hello &amp; &lt; all &gt;",
             "what is missing is in English");
    unit_int(foreign, 1, "and said to be");

    unit_str(*rfl_catalog_text(en, hello), "Hello & < all >",
             "plain text is plain");
    unit_ok(rfl_catalog_text(en, po_key(en, "two")) == NULL,
            "a message with arguments has no plain text");
    unit_ok(rfl_catalog_html(en, -1, &foreign) == NULL
            && rfl_catalog_html(en, 1000, &foreign) == NULL,
            "nor has one that does not exist");

    args[0].number = 3;
    args[0].is_number = 1;
    unit_str(po_format(fr, "count", args, 1, &b), "3 avis", "a plural");

    args[0].number = 1234567;
    unit_str(po_format(en, "count", args, 1, &b), "1,234,567 notices",
             "a large number is grouped");

    args[0].is_number = 0;
    rfl_str_set(&args[0].text, "<b>{0}");
    unit_str(po_format(fr, "until", args, 1, &b), "Jusqu’au \"<b>{0}\"\\.",
             "a text is put in as it is");

    args[0].isolate = 1;
    args[1].number = -5;
    args[1].is_number = 1;
    unit_str(po_format(fr, "two", args, 2, &b),
             "\u2068<b>{0}\u2069 and -5", "an isolated one between isolates");
    unit_str(po_format(en, "two", args, 1, &b), "\u2068<b>{0}\u2069 and ",
             "an argument that is not given is nothing");

    unit_int(rfl_catalog_reviewed(fr), 0, "not reviewed");
    unit_int(rfl_catalog_rtl(fr), 0, "French is written from left to right");

    rfl_buf_free(&b);
    rfl_catalog_destroy(fr);
}


static void
po_test_override(const rfl_catalog_t *en)
{
    rfl_buf_t       b;
    rfl_err_t       err;
    rfl_po_arg_t    arg;
    rfl_catalog_t  *fr, *own;

    rfl_buf_init(&b, 0);
    memset(&arg, 0, sizeof(arg));
    rfl_str_set(&arg.text, "mardi");

    fr = rfl_catalog_create("fr");

    unit_int(po_add(fr, "fr", po_entry("until", "It ends on {0}.",
                                       "Fin : {0}."), en, 0, &err),
             RFL_OK, "a translation");

    unit_int(po_add(fr, NULL, po_entry("until", "An older text {0}",
                                       "Jusqu’au {0}."), en, 1, &err),
             RFL_OK, "a file with one message only takes its place");
    unit_str(po_format(fr, "until", &arg, 1, &b), "Jusqu’au mardi.",
             "and is what is shown");

    unit_int(po_add(fr, NULL, po_entry("until", "It ends on {0}.", "Fin."),
                    en, 1, &err),
             RFL_ERROR, "its arguments are checked");
    unit_int(po_add(fr, NULL, po_entry("until", "It ends on {0}.", ""), en, 1,
                    &err),
             RFL_ERROR, "an empty one is refused");
    unit_int(po_add(fr, NULL, po_entry("nope", "x", "y"), en, 1, &err),
             RFL_ERROR, "an unknown key is refused");

    own = po_english();

    unit_int(po_add(own, NULL, po_entry("hello", "Hello & < all >",
                                        "Good day"), own, 1, &err),
             RFL_OK, "English words can be replaced too");
    unit_str(po_format(own, "hello", NULL, 0, &b), "Good day",
             "and are shown");
    unit_int(po_add(own, NULL, po_entry("until", "It ends on {0}.", "{1}"),
                    NULL, 1, &err),
             RFL_ERROR, "with the arguments there were");
    unit_int(po_add(own, NULL, po_entry("new", "x", "y"), NULL, 1, &err),
             RFL_ERROR, "and no new keys");

    rfl_buf_free(&b);
    rfl_catalog_destroy(own);
    rfl_catalog_destroy(fr);
}


/* the packaged translations */

static void
po_test_files(void)
{
    char            path[64];
    unsigned        i;
    rfl_err_t       err;
    rfl_str_t       text, missing;
    rfl_pool_t     *pool;
    rfl_catalog_t  *en, *catalog;

    static const char  *langs[] = {
        "en", "fr", "ar", "es", "uk", "ru", "fa"
    };

    pool = rfl_pool_create(4096);
    en = NULL;

    for (i = 0; i < sizeof(langs) / sizeof(langs[0]); i++) {

        (void) snprintf(path, sizeof(path), "pages/po/%s.po", langs[i]);
        memset(&err, 0, sizeof(err));

        catalog = rfl_catalog_create(langs[i]);

        unit_ok(rfl_file_read(pool, path, RFL_PO_FILE_MAX, 0, &text, &err)
                == RFL_OK
                && rfl_catalog_add(catalog, &text, en, 0, &err) == RFL_OK,
                "%s has no fault %s", path, err.text);

        if (en == NULL) {
            en = catalog;
            unit_int(rfl_catalog_reviewed(en), 1, "English is reviewed");
            continue;
        }

        unit_int(rfl_catalog_missing(catalog, en, &missing), 0,
                 "%s is complete", path);

        rfl_catalog_destroy(catalog);
    }

    rfl_catalog_destroy(en);
    rfl_pool_destroy(pool);
}


/* lang is for the header, NULL is without one */

static int
po_add(rfl_catalog_t *catalog, const char *lang, const char *text,
    const rfl_catalog_t *reference, int override, rfl_err_t *err)
{
    int        rc;
    rfl_buf_t  b;
    rfl_str_t  copy;

    rfl_buf_init(&b, 0);

    if (text[0] == '!') {
        text++;

    } else if (lang != NULL) {
        rfl_buf_printf(&b, PO_HEADER, lang);
    }

    rfl_buf_append(&b, text, strlen(text));

    /* exactly as long as it is, for AddressSanitizer */

    copy.len = b.len;
    copy.data = malloc(b.len);
    memcpy(copy.data, b.data, b.len);

    rc = rfl_catalog_add(catalog, &copy, reference, override, err);

    free(copy.data);
    rfl_buf_free(&b);

    return rc;
}


static int
po_key(const rfl_catalog_t *catalog, const char *key)
{
    rfl_str_t  name;

    name.data = (u_char *) key;
    name.len = strlen(key);

    return rfl_catalog_key(catalog, &name);
}


static rfl_str_t
po_format(const rfl_catalog_t *catalog, const char *key,
    const rfl_po_arg_t *args, unsigned n, rfl_buf_t *b)
{
    rfl_buf_reset(b);
    rfl_catalog_format(catalog, po_key(catalog, key), args, n, b);

    return po_text(b);
}


static rfl_str_t
po_text(rfl_buf_t *b)
{
    rfl_str_t  text;

    text.data = b->data;
    text.len = b->len;

    return text;
}
