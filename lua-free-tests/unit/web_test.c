
/*
 * Copyright (C) The RFL authors
 *
 * web_test.c: the moderators' site from the request to the page: who comes
 * in, what an address may be, tokens of forms, and that no page lacks a word
 * in any language.
 */


#include "web.h"


static void test_words(void);
static void test_words_of(rfl_web_ask_t *ask, const char *prefix,
    const rfl_str_t *list, unsigned first, unsigned n);
static void test_door(void);
static void test_path(void);
static void test_token(void);
static void test_locked(void);
static void test_pages(void);


/* what C code asks for by a whole key */

static const char *const  keys[] = {
    "door.title",
    "error.away.text", "error.away.title",
    "error.broken.text", "error.broken.title",
    "error.gone.text", "error.gone.title",
    "error.no_entry.text", "error.no_entry.title",
    "error.not_found.text", "error.not_found.title",
    "error.token.text", "error.token.title",
    "fault.hidden", "fault.withdrawn",
    "find.away", "find.few", "find.stale",
    "home.aside", "home.not_taken",
    "match.desk", "match.published",
    "refused.act", "refused.reason", "refused.role", "refused.state",
    "refused.value",
    "spool.away", "spool.imported", "spool.nothing", "spool.purged",
    "spool.wrong",
    "unlock.wait", "unlock.wrong",
    "who.desk", "who.rflctl"
};


int
main(void)
{
    web_open();

    test_words();
    test_door();
    test_path();
    test_token();
    test_locked();
    test_pages();

    web_close();

    return unit_done();
}


static void
test_words(void)
{
    size_t         i;
    unsigned       lang;
    rfl_str_t      text, key;
    rfl_web_ask_t  ask;

    memset(&ask, 0, sizeof(rfl_web_ask_t));
    ask.web = web;
    ask.pool = rfl_pool_create(65536);

    for (lang = 0; lang < web->nlangs; lang++) {

        ask.lang = lang;

        unit_int(lang ? rfl_catalog_missing(web->catalogs[lang],
                                            web->catalogs[0], &key) : 0, 0,
                 "%s: nothing is without translation",
                 web->langs[lang].data);

        for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
            text = rfl_web_say(&ask, keys[i], NULL, 0);
            unit_ok(text.len != 0 && !rfl_str_is(&text, keys[i]), "%s: %s",
                    web->langs[lang].data, keys[i]);
        }

        test_words_of(&ask, "staff", rfl_staff_whys, 0, RFL_STAFF_WHYS_N);
        test_words_of(&ask, "role", rfl_roles, 1, RFL_ROLES_N);
        test_words_of(&ask, "queue", rfl_queues, 0, RFL_QUEUES_N);
        test_words_of(&ask, "item.kind", rfl_item_kinds, 1,
                      RFL_ITEM_KINDS_N);
        test_words_of(&ask, "item.state", rfl_item_states, 0,
                      RFL_ITEM_STATES_N);
        test_words_of(&ask, "act", rfl_acts, 1, RFL_ACTS_N);
        test_words_of(&ask, "done", rfl_acts, RFL_ACT_CLAIM,
                      RFL_ACT_PUBLISHED);
        test_words_of(&ask, "refused", rfl_refuseds, 1, RFL_REFUSEDS_N);
        test_words_of(&ask, "reject", rfl_rejects, 1, rfl_nrejects);
        test_words_of(&ask, "reason", rfl_reasons, 1, rfl_nreasons);
        test_words_of(&ask, "close", rfl_closes, 1, rfl_ncloses);
        test_words_of(&ask, "why", rfl_why_names, 0, RFL_WHY_N);
        test_words_of(&ask, "sex", rfl_sexes, 1, rfl_nsexes);
        test_words_of(&ask, "age_band", rfl_age_bands, 1, rfl_nage_bands);
        test_words_of(&ask, "relation", rfl_relations, 1, rfl_nrelations);
        test_words_of(&ask, "status", rfl_statuses, 1, rfl_nstatuses);
    }

    rfl_pool_destroy(ask.pool);
}


static void
test_words_of(rfl_web_ask_t *ask, const char *prefix, const rfl_str_t *list,
    unsigned first, unsigned n)
{
    char       key[96];
    unsigned   i;
    rfl_str_t  name;

    for (i = first; i < n; i++) {
        (void) snprintf(key, sizeof(key), "%s.%s", prefix, list[i].data);
        name = entry_str(key);

        unit_ok(rfl_catalog_key(web->catalogs[ask->lang], &name) != -1
                && rfl_catalog_text(web->catalogs[ask->lang],
                                    rfl_catalog_key(web->catalogs[ask->lang],
                                                    &name))->len != 0,
                "%s: %s", web->langs[ask->lang].data, key);
    }
}


/* S-85: nobody without a certificate of ours sees anything of the desk */

static void
test_door(void)
{
    size_t              i;
    rfl_web_response_t  out;

    static const struct {
        int          who;
        const char  *text;
    } doors[] = {
        { 0, "not in the list" },
        { WEB_NOBODY, "not in the list" },
        { WEB_REVOKED, "was revoked" },
        { WEB_EARLY, "has not begun" },
        { WEB_OVER, "is over" }
    };

    for (i = 0; i < sizeof(doors) / sizeof(doors[0]); i++) {
        unit_int(web_ask(doors[i].who, "/en/", "", NULL, &out), 403,
                 "the door is shut to %d", doors[i].who);
        unit_ok(web_has(doors[i].text), "and says why: %s", doors[i].text);
        unit_ok(!web_has("Northland") && !web_has("csrf")
                && !web_has("/journal"),
                "and says nothing of the desk");

        unit_int(web_ask(doors[i].who, "/en/unlock", "", "passphrase=x",
                         &out),
                 403, "nor does a form open it");
        unit_int(web_ask(doors[i].who, "/en/item/"
                         "00000000000000000000000000000000", "", NULL, &out),
                 403, "nor an address");
    }

    unit_int(web_ask(0, "/", "", NULL, &out), 403, "without a language");
    unit_int(web_ask(0, "/ar/", "", NULL, &out), 403, "in Arabic");
    unit_ok(web_has("dir=\"rtl\"") && web_has("lang=\"ar\""),
            "from the right to the left");
}


static void
test_path(void)
{
    char                long_path[5000];
    size_t              i;
    rfl_web_response_t  out;

    static const char *const  wrong[] = {
        "", "//", "/x/", "/EN/", "/en/queue", "/en/queue/nothing",
        "/en/item", "/en/item/", "/en/item/x", "/en/item/..",
        "/en/item/../../staff.json", "/en/item/0000000000000000000000000000"
        "0000/more", "/en/unlock", "/en/lock", "/en/next", "/en/entry/x",
        "/en/desk-0000000000000000.css", "/en/\xff\xfe", "/en/ITEM/0",
        "/en/%2e%2e", "/en/queue/\r\nX: y", "/en/?", "/en/<b>",
        "/en/queue/new/", "/en/?/x", "/..", "/en/item/"
        "0000000000000000000000000000000g"
    };

    unit_int(web_ask(WEB_AMINA, "/", "", NULL, &out), 303, "no language");
    unit_ok(strcmp(out.location, "/desk/en/") == 0,
            "leads to that of the person, or to the first");

    unit_int(web_ask(WEB_AMINA, "/en/", "", NULL, &out), 200, "first page");
    unit_ok(web_has("name=\"passphrase\"")
            && web_has("Amina &lt;b&gt;Warsame&lt;/b&gt;"),
            "asks for the passphrase, and escapes the name");
    unit_int(web_ask(WEB_AMINA, "/en/queue/new", "lang=ar&skip=50", NULL,
                     &out), 403, "a queue is for unlocked keys");
    unit_ok(web_has("name=\"passphrase\"")
            && web_has("name=\"path\" value=\"/en/queue/new\"")
            && web_has("name=\"query\" value=\"lang=ar&amp;skip=50\""),
            "and will open once they are");
    unit_int(web_ask(WEB_AMINA, "/en/queue/new", "lang=\r\nX:", NULL, &out),
             403, "with no more in its address");
    unit_ok(!web_has("name=\"query\""), "than our own links have");

    web_unlock(WEB_AMINA);

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        (void) web_ask(WEB_AMINA, wrong[i], "", NULL, &out);
        unit_ok(out.status == 404 || out.status == 303,
                "%zu: %u", i, out.status);
        unit_ok(strpbrk(out.location, "\r\n<>") == NULL
                && !web_has("<b>") && !web_has("\r"),
                "%zu: nothing of it comes back", i);
    }

    memset(long_path, 'a', sizeof(long_path) - 1);
    memcpy(long_path, "/en/item/", 9);
    long_path[sizeof(long_path) - 1] = '\0';

    unit_int(web_ask(WEB_AMINA, long_path, "", NULL, &out), 404,
             "a long one");

    /* the stylesheet is for the door, too */

    (void) snprintf(long_path, sizeof(long_path), "%.*s",
                    (int) (web->css_url.len - 5),
                    (char *) web->css_url.data + 5);
    unit_int(web_ask(0, long_path, "", NULL, &out), 200, "stylesheet");
    unit_ok(out.cache && strcmp(out.type, "text/css; charset=utf-8") == 0,
            "which may be kept");
}


/* S-86: what was not pressed on a page of ours does nothing */

static void
test_token(void)
{
    char                body[256];
    size_t              i, n;
    u_char              token[RFL_CSRF_SIZE];
    u_char              print[RFL_PRINT_SIZE];
    rfl_web_response_t  out;

    static const char *const  wrong[] = {
        "", "csrf=", "csrf=x", "csrf", "&&&&", "=", "csrf=%00", "csrf=%zz",
        "csrf=a&csrf=a", "\xff\xff=\xff", "csrf[]=a", "CSRF=a",
        "csrf=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    };

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        unit_int(web_ask(WEB_AMINA, "/en/lock", "", wrong[i], &out), 400,
                 "%zu: no token", i);
    }

    memset(print, WEB_BORIS, sizeof(print));
    rfl_session_csrf(web->sessions, print, ENTRY_TODAY, token);
    n = (size_t) snprintf(body, sizeof(body), "csrf=%.*s", RFL_CSRF_SIZE,
                          (char *) token);

    unit_int(web_ask(WEB_AMINA, "/en/lock", "", body, &out), 400,
             "a colleague's token");
    unit_int(web_ask(WEB_BORIS, "/en/lock", "", body, &out), 303,
             "is good for them");

    (void) snprintf(body + n, sizeof(body) - n, "&csrf=%.*s", RFL_CSRF_SIZE,
                    (char *) token);
    unit_int(web_ask(WEB_BORIS, "/en/lock", "", body, &out), 400,
             "but not twice");
    unit_int(web_ask(WEB_AMINA, "/en/lock", body, NULL, &out), 404,
             "nor in an address");

    web_unlock(WEB_AMINA);
}


/* keys ran out while somebody wrote: it is there still, and is only text */

static void
test_locked(void)
{
    char                body[512];
    u_char              token[RFL_CSRF_SIZE];
    u_char              print[RFL_PRINT_SIZE];
    rfl_web_response_t  out;

    memset(print, WEB_BORIS, sizeof(print));
    rfl_session_lock(web->sessions, print);
    rfl_session_csrf(web->sessions, print, ENTRY_TODAY, token);

    (void) snprintf(body, sizeof(body), "csrf=%.*s&find=%%22Zo%%C3%%A9\"<b>",
                    RFL_CSRF_SIZE, (char *) token);
    unit_int(web_ask(WEB_BORIS, "/en/find", "", body, &out), 403, "locked");
    unit_ok(web_has("name=\"path\" value=\"/en/find\"")
            && web_has("find=%22Zo%C3%A9&quot;&lt;b&gt;\""),
            "what was typed is kept");

    (void) snprintf(body, sizeof(body), "csrf=%.*s&passphrase=no&path=/en/find"
                    "&form=find%%3DZo%%25C3%%25A9%%22%%3Cb%%3E",
                    RFL_CSRF_SIZE, (char *) token);
    unit_int(web_ask(WEB_BORIS, "/en/unlock", "", body, &out), 200,
             "a wrong passphrase");
    unit_ok(web_has("form\" value=\"find=Zo%C3%A9&quot;&lt;b&gt;\""),
            "loses nothing of it");

    (void) snprintf(body, sizeof(body), "csrf=%.*s&find=%%22\xff",
                    RFL_CSRF_SIZE, (char *) token);
    unit_int(web_ask(WEB_BORIS, "/en/find", "", body, &out), 403, "locked");
    unit_ok(!web_has("name=\"form\""), "what is no text is not kept");
    unit_int(web_ask(WEB_BORIS, "/en/find", "", "csrf=x&find=Zo", &out), 400,
             "nor is what was pressed on no page of ours");
}


/* the frame of each page, when desk Redis has nothing to say */

static void
test_pages(void)
{
    char                path[64];
    size_t              i;
    unsigned            lang, before;
    rfl_web_response_t  out;

    static const char *const  pages[] = {
        "", "find", "spool", "queue/new", "journal", "nothing"
    };

    for (lang = 0; lang < web->nlangs; lang++) {

        for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {

            (void) snprintf(path, sizeof(path), "/%s/%s",
                            (char *) web->langs[lang].data, pages[i]);
            before = web_walks;
            (void) web_ask(WEB_AMINA, path, "", NULL, &out);
            unit_ok(web_walks <= before + 1,
                    "%s: all items are read once, also if there are none",
                    path);

            unit_ok(out.status == 200 || out.status == 503
                    || out.status == 404, "%s: %u", path, out.status);
            unit_ok(web_html.len > 500 && web_html.len < 60 * 1024,
                    "%s: %zu bytes", path, web_html.len);
            unit_ok(web_has("<h1>") && web_has("</html>")
                    && !web_has("{{") && !web_has("<script")
                    && !web_has("style="),
                    "%s: a whole page", path);
        }
    }
}
