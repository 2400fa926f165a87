
/*
 * Copyright (C) The RFL authors
 *
 * web_pages_test.c: the pages of the moderators' site, each with all there
 * may be on it and with nothing, in each language, with text that tries to
 * become markup in every value that people write; and the page of an item as
 * a submission makes it.
 *
 * With WEB_OUT=folder the pages are also written there, to be looked at in a
 * browser.
 */


#include "web.h"


#define EVIL     "\"><script>alert(1)</script><b title='\xe2\x80\xae x & "    \
                 "{{csrf}}"
#define ESCAPED  "&lt;script&gt;"

#define MAX      (60 * 1024)


static void test_all(void);
static void test_ids(const char *what);
static void test_item(void);
static void test_closed(void);
static void test_message(void);
static void fill(rfl_pool_t *pool, const rfl_tpl_field_t *fields,
    rfl_tpl_value_t *values);
static unsigned count(const char *text);
static void show(rfl_item_t *item, int who, unsigned lang,
    const rfl_action_t *action, const rfl_outcome_t *outcome);
static void keep(const char *name, const char *lang);


static rfl_pool_t  *pool;


int
main(void)
{
    web_open();

    pool = rfl_pool_create(256 * 1024);

    test_all();
    test_item();
    test_closed();
    test_message();

    rfl_pool_destroy(pool);
    web_close();

    return unit_done();
}


/* every section is there, every user's text is hostile */

static void
test_all(void)
{
    char              name[64];
    unsigned          page, lang, full;
    rfl_tpl_value_t  *values;

    for (page = 0; page < RFL_WEB_PAGES_N; page++) {

        for (full = 0; full < 2; full++) {

            values = rfl_pcalloc(pool, rfl_web_pages[page].nvalues
                                       * sizeof(rfl_tpl_value_t));

            if (full) {
                fill(pool, rfl_web_pages[page].fields, values);
            }

            for (lang = 0; lang < web->nlangs; lang++) {

                (void) snprintf(name, sizeof(name), "%s%s",
                                (char *) rfl_web_pages[page].name.data,
                                full ? "-full" : "-empty");

                rfl_buf_reset(&web_html);
                rfl_tpl_render(web->tpl[page], values, web->catalogs[lang],
                               &web_html);

                unit_ok(!web_html.failed && web_html.len < MAX,
                        "%s, %s: %zu bytes", name, web->langs[lang].data,
                        web_html.len);
                unit_ok(!web_has("<script") && !web_has("<b title")
                        && !web_has("{{t."),
                        "%s, %s: nothing becomes markup", name,
                        web->langs[lang].data);
                unit_ok(count(" autofocus") <= 1, "%s: one focus at most",
                        name);
                unit_int(count("<h1"), 1, "%s: one heading of all", name);
                test_ids(name);
            }
        }
    }
}


static void
fill(rfl_pool_t *p, const rfl_tpl_field_t *fields, rfl_tpl_value_t *values)
{
    unsigned         i, k, n;
    rfl_tpl_value_t  *v;

    for (i = 0; fields[i].name != NULL; i++) {
        v = &values[i];

        switch (fields[i].type) {

        case RFL_TPL_TEXT:
            rfl_str_set(&v->text, "text");
            break;

        case RFL_TPL_USER:
            rfl_str_set(&v->text, EVIL);
            break;

        case RFL_TPL_URL:
            rfl_str_set(&v->text, "/desk/en/");
            break;

        case RFL_TPL_PART:
            rfl_str_set(&v->text, "<p>part</p>");
            break;

        case RFL_TPL_NUMBER:
        case RFL_TPL_FLAG:
            v->number = 1;
            break;

        case RFL_TPL_LIST:
            for (n = 0; fields[i].fields[n].name != NULL; n++) { /* void */ }

            if (rfl_page_list(p, v, 2, n) != RFL_OK) {
                abort();
            }

            for (k = 0; k < 2; k++) {
                fill(p, fields[i].fields, v->items[k]);
            }

            /* numbers make ids, and one of a list has the focus */

            for (n = 0; fields[i].fields[n].name != NULL; n++) {

                if (fields[i].fields[n].type == RFL_TPL_NUMBER) {
                    v->items[1][n].number = 2;
                }

                if (strcmp(fields[i].fields[n].name, "focus") == 0) {
                    v->items[0][n].number = 0;
                    v->items[1][n].number = 0;
                }
            }
        }
    }
}


static void
test_ids(const char *what)
{
    char         id[128];
    size_t       n;
    const char  *p, *html, *end;

    rfl_buf_byte(&web_html, '\0');
    html = (char *) web_html.data;

    for (p = strstr(html, " id=\""); p != NULL; p = strstr(p + 1, " id=\"")) {
        end = strchr(p + 5, '"');
        n = (size_t) (end + 1 - p);

        if (n >= sizeof(id)) {
            unit_ok(0, "%s: an id without end", what);
            return;
        }

        memcpy(id, p, n);
        id[n] = '\0';

        if (strstr(p + 1, id) != NULL) {
            unit_ok(0, "%s: twice%s", what, id);
            return;
        }
    }

    unit_ok(1, "%s: each id once", what);
}


static unsigned
count(const char *text)
{
    size_t         len;
    unsigned       n;
    const u_char  *p, *end;

    len = strlen(text);
    end = web_html.data + web_html.len;

    for (n = 0, p = web_html.data;
         (p = memmem(p, (size_t) (end - p), text, len)) != NULL; p += len)
    {
        n++;
    }

    return n;
}


/* as a person sent it who agreed to some of it */

static void
item_of(rfl_item_t *item, const char *name)
{
    rfl_submission_t  *s;

    web_sent(item, name);

    s = &item->submission;

    memset(s->id, 7, sizeof(s->id));
    s->values[RFL_ASK_FATHER].text = entry_str("\xd8\xad\xd8\xb3\xd9\x86");
    s->values[RFL_ASK_BIRTH_YEAR].text = entry_str("1988");
    s->values[RFL_ASK_SEX].choice = RFL_SEX_FEMALE;
    s->values[RFL_ASK_COUNTRY].text = entry_str("SO");
    s->values[RFL_ASK_PLACE].text = entry_str("Lake camp, tent 4");
    s->values[RFL_ASK_SHOW].several = 0x1e & ~(1u << RFL_SHOW_SEX);
    s->values[RFL_ASK_STATUS].choice = 1;
    s->values[RFL_ASK_PHONE].text = entry_str("+00 123 456 789");
    s->values[RFL_ASK_REACH].text = entry_str("My uncle, or +00 555 0123");

    item->head.arrived = ENTRY_NOW - 3 * 86400;
    memcpy(item->head.id, s->id, sizeof(item->head.id));

    web_draft(pool, item);

    item->nhistory = 2;
    item->history = rfl_pcalloc(pool, 2 * sizeof(rfl_history_t));
    item->history[0].when = item->head.arrived;
    item->history[0].who = entry_str("desk");
    item->history[0].act = RFL_ACT_ARRIVE;
    item->history[1].when = ENTRY_NOW - 3600;
    item->history[1].who = entry_str("boris");
    item->history[1].act = RFL_ACT_RELEASE;
    item->history[1].note = entry_str(EVIL);
}


static void
show(rfl_item_t *item, int who, unsigned lang, const rfl_action_t *action,
    const rfl_outcome_t *outcome)
{
    u_char              id[RFL_ITEM_ID_TEXT];
    rfl_err_t           notice;
    rfl_web_ask_t       ask;
    rfl_web_request_t   in;
    rfl_web_response_t  out;

    memset(&ask, 0, sizeof(rfl_web_ask_t));
    memset(&in, 0, sizeof(rfl_web_request_t));
    memset(&out, 0, sizeof(rfl_web_response_t));

    in.now = ENTRY_NOW;
    in.query = entry_str("queue=new");
    memset(in.fingerprint, who, sizeof(in.fingerprint));

    rfl_item_id_format(item->head.id, id);

    ask.web = web;
    ask.in = &in;
    ask.out = &out;
    ask.notice = &notice;
    ask.pool = pool;
    ask.work = &web->work;
    ask.lang = lang;
    ask.keys = &web_keys;
    ask.route = entry_str("item");
    ask.arg.data = id;
    ask.arg.len = sizeof(id);

    rfl_buf_init(&out.body, 0);
    rfl_buf_init(&ask.faults, 0);

    if (rfl_staff_find(web->work.staff, in.fingerprint, ENTRY_TODAY,
                       &ask.who)
        != RFL_STAFF_WELCOME)
    {
        abort();
    }

    web_sign(who);

    unit_int(rfl_work_begin(&web->work, ask.who, ask.keys, in.now, &notice),
             RFL_OK, "desk Redis is there");

    /* queues that were counted already */

    ask.listed = 1;
    ask.list.counts[RFL_QUEUE_WITHDRAW].n = 1;
    ask.list.counts[RFL_QUEUE_WITHDRAW].oldest = ENTRY_NOW - 600;
    ask.list.counts[RFL_QUEUE_NEW].n = 12;
    ask.list.counts[RFL_QUEUE_NEW].oldest = ENTRY_NOW - 3 * 86400;

    if (outcome != NULL) {
        ask.refused = "refused.version";
    }

    unit_int(rfl_web_show(&ask, item, action, outcome, 200), RFL_OK,
             "the page of an item");

    rfl_buf_reset(&web_html);
    rfl_buf_append(&web_html, out.body.data, out.body.len);
    rfl_buf_free(&out.body);

    rfl_work_end(&web->work);
}


static void
test_item(void)
{
    unsigned       lang;
    rfl_item_t     item;
    rfl_action_t   action;
    rfl_outcome_t  outcome;

    item_of(&item, EVIL);

    for (lang = 0; lang < web->nlangs; lang++) {
        show(&item, WEB_AMINA, lang, NULL, NULL);
        unit_ok(!web_has("<script") && !web_has("<b title")
                && web_has(ESCAPED), "a hostile name stays a name");
        unit_ok(web_html.len < MAX, "%zu bytes", web_html.len);
        test_ids("item");
    }

    item_of(&item, "\xd8\xa3\xd9\x85\xd9\x8a\xd9\x86\xd8\xa9 "
                   "\xd8\xad\xd8\xb3\xd9\x86");

    for (lang = 0; lang < web->nlangs; lang++) {
        show(&item, WEB_AMINA, lang, NULL, NULL);
        keep("item", (char *) web->langs[lang].data);
        test_ids("item");

        unit_int(count("class=\"hit\""), 4,
                 "as it will be published, in each language");
        unit_int(count(" autofocus"), 1, "one thing has the focus");
        unit_ok(web_has("value=\"approve\" checked autofocus"),
                "which is the decision that Enter sends");
    }

    show(&item, WEB_AMINA, 0, NULL, NULL);

    unit_ok(web_has("May be a telephone number: \xe2\x81\xa8+00 555 0123"),
            "a number is hinted at beside the words");
    unit_ok(web_has("May say where somebody is"), "and a place");
    unit_int(count("not shown to visitors"), 8,
             "what consent does not cover says so");
    unit_int(count("agreed to be shown"), 4, "and what it covers");
    unit_int(count("agreed, as an age group"), 1, "not the year itself");
    unit_int(count("May be a telephone number"), 1,
             "where a number was asked for there is no hint");
    unit_ok(web_has("name=\"name\" value=\"A") || web_has("id=\"other\""),
            "the name in Latin letters is proposed");
    unit_ok(web_has("Boris"), "who did what");
    unit_ok(web_has("<option value=\"replaced\"") == 0,
            "no reason that is the desk's own");

    /* who has approved it cannot approve again: the page does not offer it */

    item.head.state = RFL_ITEM_SECOND;
    item.head.approver = entry_str("amina");
    show(&item, WEB_AMINA, 0, NULL, NULL);
    unit_ok(!web_has("value=\"approve\""), "no second approval by the same");
    unit_ok(web_has("must be another person"), "and why");
    unit_int(count(" checked"), 0, "and nothing else is chosen by itself");
    unit_int(count(" autofocus"), 1, "but has the focus");

    show(&item, WEB_BORIS, 0, NULL, NULL);
    unit_ok(web_has("Approve and publish")
            && web_has("value=\"approve\" checked autofocus"),
            "another person's publishes");
    keep("second", "en");

    show(&item, WEB_CHEN, 0, NULL, NULL);
    unit_ok(!web_has("name=\"act\"") && !web_has(" autofocus"),
            "an auditor decides nothing");

    /* claimed by somebody else */

    item.head.claim = entry_str("boris");
    item.head.claim_until = ENTRY_NOW + 60;
    show(&item, WEB_AMINA, 0, NULL, NULL);
    unit_ok(web_has("Boris") && web_has("is looking at this")
            && !web_has("value=\"reject\"") && web_has("value=\"withdraw\""),
            "somebody else's: it can be taken down and no more");
    item.head.claim_until = ENTRY_NOW - 1;

    /* somebody else was quicker: both sides, and what was typed */

    memset(&action, 0, sizeof(rfl_action_t));
    memset(&outcome, 0, sizeof(rfl_outcome_t));

    action.act = RFL_ACT_EDIT;
    rfl_changes_of(&item.draft, &action.changes);
    action.changes.father = entry_str("Typed by Amina");
    action.note = entry_str("a note that was typed");
    outcome.refused = RFL_REFUSED_VERSION;

    for (lang = 0; lang < web->nlangs; lang++) {
        show(&item, WEB_AMINA, lang, &action, &outcome);
        keep("conflict", (char *) web->langs[lang].data);
        test_ids("conflict");
        unit_int(count("class=\"differs\""), 1, "one field differs");
        unit_int(count("Typed by Amina"), 2,
                 "what was typed is in the table and in the form");
        unit_ok(web_has("a note that was typed"), "and so is the note");
    }
}


/* what cannot be published is not offered for it, nor chosen by itself */

static void
test_closed(void)
{
    rfl_item_t  item;

    item_of(&item, "Amina");
    item.draft.e.event = entry_str("no-such-event");

    show(&item, WEB_AMINA, 0, NULL, NULL);
    unit_ok(web_has("This stands against publishing it")
            && web_has("value=\"approve\""), "something stands against it");
    unit_int(count(" checked"), 0, "so that Enter does not ask for it");
    unit_int(count(" autofocus"), 1, "though the decision has the focus");
    unit_ok(web_has("Never publish it") && !web_has("Take it down now"),
            "what visitors never saw is not taken down");

    item.draft.e.consent = RFL_CONSENT_MATCH_ONLY;

    show(&item, WEB_AMINA, 0, NULL, NULL);
    unit_ok(web_has("Nobody agreed to a public notice")
            && !web_has("class=\"hit\"")
            && !web_has("This stands against publishing it"),
            "nobody agreed: that is said, and no notice is shown");
    unit_ok(!web_has("value=\"approve\"") && web_has("value=\"keep\""),
            "it can be kept, and not approved");

    (void) setenv("TZ", "EAST-14", 1);
    tzset();

    item_of(&item, "Amina");
    item.head.state = RFL_ITEM_KEPT;
    show(&item, WEB_AMINA, 0, NULL, NULL);
    unit_ok(web_has("name=\"consent_day\" value=\"2026-11-23\""),
            "the day of a renewal is that of the desk's calendar");

    (void) unsetenv("TZ");
    tzset();
}


/* what is about an entry: nothing is chosen, danger comes first */

static void
test_message(void)
{
    unsigned    lang;
    rfl_item_t  item;

    item_of(&item, "Amina");

    item.has_draft = 0;
    item.submission.form = RFL_FORM_MESSAGE;
    item.submission.values[RFL_ASK_MESSAGE].text = entry_str(EVIL);
    item.head.kind = RFL_ITEM_MESSAGE;

    for (lang = 0; lang < web->nlangs; lang++) {
        show(&item, WEB_AMINA, lang, NULL, NULL);
        keep("message", (char *) web->langs[lang].data);
        unit_ok(!web_has("<script") && web_has(ESCAPED), "a hostile message");
        unit_int(count(" checked"), 0, "Enter alone does nothing to it");
        unit_int(count("class=\"tag\""), 0, "consent has no say in it");
    }

    item.submission.form = RFL_FORM_WITHDRAW;
    item.head.kind = RFL_ITEM_WITHDRAW;
    item.head.wish = RFL_WISH_HIDE;
    item.head.has_ref = 1;

    show(&item, WEB_AMINA, 0, NULL, NULL);
    keep("withdraw", "en");
    test_ids("withdraw");
    unit_ok(web_has("name=\"reason\" autofocus")
            && count(" autofocus") == 1,
            "who wants to be taken down comes first");
}


static void
keep(const char *name, const char *lang)
{
    char         path[512];
    FILE        *file;
    const char  *dir;

    dir = getenv("WEB_OUT");

    if (dir == NULL) {
        return;
    }

    (void) snprintf(path, sizeof(path), "%s/%s.%s.html", dir, name, lang);
    file = fopen(path, "w");

    if (file != NULL) {
        (void) fwrite(web_html.data, 1, web_html.len, file);
        (void) fclose(file);
    }
}
