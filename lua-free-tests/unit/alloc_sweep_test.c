
/*
 * Copyright (C) The RFL authors
 *
 * alloc_sweep_test.c, S-103: what happens when memory runs out.  Each is run
 * with its first allocation failing, then with its second, and so on until
 * it gets through: no crash, nothing left behind, and never a success that
 * is none.  Twice: with that one allocation failing, and with all from
 * there on.
 *
 * The allocator is replaced for the whole process, so that jansson and ICU
 * fail as well.  A case is a function in the table.
 */


#include "unit.h"
#include "entry.h"
#include "rfl_query.h"
#include "rfl_tpl.h"

#include <unistd.h>


#define SWEEP_MAX  20000           /* allocations of one case */


typedef struct {
    const char  *name;
    int        (*run)(rfl_pool_t *pool);   /* RFL_OK: all of it is right */
} sweep_case_t;


#ifndef __SANITIZE_ADDRESS__

#include "alloc.h"


static const char  *policy_text = entry_policy;
static const char  *trust_text;
static char         path[] = "/tmp/rfl_sweep.XXXXXX";

static rfl_pool_t   *keep;         /* of what cases start from */
static rfl_policy_t  *policy;
static rfl_trust_t   *trust;
static rfl_draft_t    draft;       /* signed by two */
static rfl_str_t      record;


static int
run_pool(rfl_pool_t *pool)
{
    int          i, rc;

    rc = RFL_OK;

    for (i = 0; i < 20; i++) {
        if (rfl_pcalloc(pool, (size_t) i * 300) == NULL) {
            rc = RFL_ERROR;
        }
    }

    return rc;
}


static int
run_buf(rfl_pool_t *pool)
{
    int        i, rc;
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);

    for (i = 0; i < 2000; i++) {
        rfl_buf_literal(&b, "a text ");
    }

    rc = (!b.failed && b.len == 2000 * 7) ? RFL_OK : RFL_ERROR;

    rfl_buf_free(&b);

    return rc;
}


static int
run_file(rfl_pool_t *pool)
{
    int          rc;
    rfl_str_t    text;

    rc = rfl_file_read(pool, path, 100000, 1, &text, NULL);

    if (rc == RFL_OK && text.len != 5000) {
        rc = RFL_ERROR - 1;
    }

    return rc;
}


static int
run_policy(rfl_pool_t *pool)
{
    int            rc;
    rfl_err_t      err;
    rfl_str_t      text;
    rfl_policy_t  *p;

    text = entry_str(policy_text);
    rc = rfl_policy_parse(pool, &text, &p, &err);

    if (rc == RFL_OK && (p->nevents != 3 || p->events[2].names.n != 1)) {
        rc = RFL_ERROR - 1;
    }

    return rc;
}


static int
run_trust(rfl_pool_t *pool)
{
    int           rc;
    rfl_err_t     err;
    rfl_str_t     text;
    rfl_trust_t  *t;

    text = entry_str(trust_text);
    rc = rfl_trust_parse(pool, &text, &t, &err);

    if (rc == RFL_OK && (t->nsocieties != 3 || t->societies[0].nkeys != 5)) {
        rc = RFL_ERROR - 1;
    }

    return rc;
}


static int
run_draft(rfl_pool_t *pool)
{
    int           rc;
    rfl_err_t     err;
    rfl_str_t     text;
    rfl_draft_t  *d;

    d = rfl_palloc(pool, sizeof(rfl_draft_t));
    if (d == NULL) {
        return RFL_ERROR;
    }

    text = entry_str(entry_line);
    rc = rfl_draft_parse(pool, &text, 1, d, &err);

    if (rc == RFL_OK && (d->e.nnames != 2 || d->facts.father.len == 0)) {
        rc = RFL_ERROR - 1;
    }

    return rc;
}


static int
run_print(rfl_pool_t *pool)
{
    int        rc;
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);

    rfl_draft_print(&draft, &b);
    rc = (!b.failed && b.data[b.len - 1] == '}') ? RFL_OK : RFL_ERROR;

    rfl_buf_free(&b);

    return rc;
}


static int
run_check(rfl_pool_t *pool)
{
    int          n;
    rfl_buf_t    faults;

    rfl_buf_init(&faults, 0);

    n = rfl_draft_check(pool, &draft, policy, trust, ENTRY_NOW,
                        RFL_DRAFT_APPROVALS, &faults);

    rfl_buf_free(&faults);
    return (n == 0) ? RFL_OK : RFL_ERROR;
}


/* a bad draft must not get through because its faults cannot be told */

static int
run_check_bad(rfl_pool_t *pool)
{
    int           n;
    rfl_buf_t     faults;
    rfl_draft_t   bad;

    bad = draft;
    bad.age_class = RFL_MINOR;

    rfl_buf_init(&faults, 0);

    n = rfl_draft_check(pool, &bad, policy, trust, ENTRY_NOW,
                        RFL_DRAFT_APPROVALS, &faults);

    rfl_buf_free(&faults);
    return (n == 1) ? RFL_OK : (n == 0) ? RFL_ERROR - 1 : RFL_ERROR;
}


static int
run_encode(rfl_pool_t *pool)
{
    int          rc;
    rfl_err_t    err;
    rfl_str_t    out;
    rfl_entry_t  e;

    e = draft.e;
    rc = rfl_entry_encode(pool, &e, &err);

    if (rc == RFL_OK) {
        rc = rfl_record_encode(pool, &e, &out, &err);
    }

    if (rc == RFL_OK && !rfl_str_eq(&out, &record)) {
        rc = RFL_ERROR - 1;
    }

    return rc;
}


static int
run_decode(rfl_pool_t *pool)
{
    int          rc;
    rfl_entry_t  e;

    rc = rfl_record_decode(pool, record.data, record.len, &e);

    if (rc == RFL_OK) {
        rc = rfl_entry_verify(&e, policy, trust, ENTRY_NOW, 1, NULL);
    }

    return rc;
}


static int
run_query_form(rfl_pool_t *pool)
{
    int          rc;
    rfl_query_t  q;

    static const char  body[] = "name=Amina+Hassan&birth_year=1990&country=SO"
                                "&father=Yusuf+Warsame&kind=looking";

    rc = rfl_query_form(pool, (const u_char *) body, sizeof(body) - 1,
                        ENTRY_NOW, &q);

    if (rc == RFL_OK
        && (q.nfaults != 0 || q.name.len != 12
            || q.facts.birth_year != 1990 || q.facts.father.len != 13))
    {
        rc = RFL_ERROR - 1;
    }

    return rc;
}


static int
run_query_json(rfl_pool_t *pool)
{
    int          rc;
    rfl_query_t  q;

    static const char  body[] = "{\"name\": \"Amina Hassan Yusuf Warsame\","
                                "\"birth_year\": 1990,"
                                "\"father\": \"Yusuf Warsame\"}";

    rc = rfl_query_json(pool, (const u_char *) body, sizeof(body) - 1,
                        ENTRY_NOW, &q);

    if (rc == RFL_OK
        && (q.nfaults != 0 || q.name.len != 26
            || q.facts.birth_year != 1990 || q.facts.father.len != 13))
    {
        rc = RFL_ERROR - 1;
    }

    return rc;
}


/* fewer keys than there are would be a person nobody finds */

static int
run_names(rfl_pool_t *pool)
{
    int              rc;
    unsigned         i, why;
    rfl_keys_t       keys, ask;
    rfl_name_t      *names[2];
    static unsigned  nkeys, nask, score;

    memset(&keys, 0, sizeof(keys));
    memset(&ask, 0, sizeof(ask));

    rc = RFL_OK;

    for (i = 0; i < 2 && rc == RFL_OK; i++) {
        rc = rfl_name_parse(pool, &draft.e.names[i].full, &names[i]);
    }

    if (rc == RFL_OK) {
        rc = rfl_name_entry_keys(pool, names, 2, &draft.facts, &keys);
    }

    if (rc == RFL_OK) {
        rc = rfl_name_query_keys(pool, names[0], &draft.facts, RFL_ASK_WIDE,
                                 &ask);
    }

    if (rc == RFL_OK) {
        why = rfl_name_score(pool, names[0], &draft.facts, names, 2, 1990,
                             &i);

        if (score == 0) {
            nkeys = keys.n;
            nask = ask.n;
            score = why;
        }

        if (why == 0) {
            rc = RFL_ERROR;

        } else if (keys.n != nkeys || ask.n != nask || why != score) {
            rc = RFL_ERROR - 1;
        }
    }

    return rc;
}


static int
load_page(void *data, const rfl_str_t *name, rfl_str_t *text, rfl_str_t *file)
{
    rfl_str_set(text, "<p>{{t.count n}} {{bdi who}}</p>{{#list}}<b>{{item}}"
                "</b>{{/list}}");
    rfl_str_set(file, "page.html");

    return RFL_OK;
}


/* a PO file, a template with its messages, and the page made of them */

static int
run_page(rfl_pool_t *pool)
{
    int                            rc;
    rfl_buf_t                      out;
    rfl_err_t                      err;
    rfl_str_t                      text, name = rfl_string("page");
    rfl_tpl_t                     *tpl;
    rfl_catalog_t                 *catalog;
    rfl_tpl_value_t                item = { rfl_string("x<"), 0, NULL };
    rfl_tpl_value_t               *items[2] = { &item, &item };
    rfl_tpl_value_t                values[3] = {
        { rfl_null_string, 2, NULL },
        { rfl_string("Amina"), 0, NULL },
        { rfl_null_string, 2, items }
    };

    static const rfl_tpl_field_t   item_fields[] = {
        { "item", RFL_TPL_TEXT, NULL },
        { NULL, 0, NULL }
    };

    static const rfl_tpl_field_t   fields[] = {
        { "n", RFL_TPL_NUMBER, NULL },
        { "who", RFL_TPL_USER, NULL },
        { "list", RFL_TPL_LIST, item_fields },
        { NULL, 0, NULL }
    };

    static const char              po[] =
        "msgid \"\"\n"
        "msgstr \"\"\n"
        "\"Language: en\\n\"\n"
        "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
        "\"X-RFL-Reviewed: no\\n\"\n\n"
        "msgctxt \"count\"\n"
        "msgid \"{0,plural,one{One notice} other{# notices}}\"\n"
        "msgstr \"\"\n";

    static const char              page[] =
        "<p>2 notices <bdi>Amina</bdi></p><b>x&lt;</b><b>x&lt;</b>";

    catalog = rfl_catalog_create("en");
    if (catalog == NULL) {
        return RFL_ERROR;
    }

    rfl_buf_init(&out, 0);

    text = entry_str(po);
    rc = rfl_catalog_add(catalog, &text, NULL, 0, &err);

    if (rc == RFL_OK) {
        rc = rfl_tpl_compile(pool, &name, fields, catalog, load_page, NULL,
                             &tpl, &err);
    }

    if (rc == RFL_OK) {
        rfl_tpl_render(tpl, values, catalog, &out);

        if (out.failed) {
            rc = RFL_ERROR;

        } else if (out.len != sizeof(page) - 1
                   || memcmp(out.data, page, out.len) != 0)
        {
            rc = RFL_ERROR - 1;
        }
    }

    rfl_buf_free(&out);
    rfl_catalog_destroy(catalog);

    return rc;
}


#include "sweep_form.h"


static const sweep_case_t  cases[] = {
    { "pool", run_pool },
    { "buffer", run_buf },
    { "secret file", run_file },
    { "policy", run_policy },
    { "trust", run_trust },
    { "trust with inbox", run_trust_inbox },
    { "draft", run_draft },
    { "draft printed", run_print },
    { "draft checked", run_check },
    { "bad draft checked", run_check_bad },
    { "record encoded", run_encode },
    { "record decoded", run_decode },
    { "query of a form", run_query_form },
    { "query in JSON", run_query_json },
    { "page of a form", run_form },
    { "submission", run_submission },
    { "token", run_token },
    { "names", run_names },
    { "page", run_page }
};


/* in a small pool, so that much is allocated */

static int
run(const sweep_case_t *c)
{
    int          rc;
    rfl_pool_t  *pool;

    pool = rfl_pool_create(1);
    if (pool == NULL) {
        return RFL_ERROR;
    }

    rc = c->run(pool);

    rfl_pool_destroy(pool);

    return rc;
}


static void
sweep(const sweep_case_t *c, unsigned all)
{
    int            rc;
    unsigned       wrong, leaks, failed;
    unsigned long  n;

    wrong = 0;
    leaks = 0;
    rc = RFL_ERROR;

    for (n = 1; n < SWEEP_MAX; n++) {

        alloc_n = n;
        alloc_all = all;
        alloc_count = 0;
        alloc_failed = 0;
        alloc_live = 0;

        alloc_armed = 1;
        rc = run(c);
        alloc_armed = 0;

        failed = alloc_failed;
        leaks += (alloc_live != 0);

        if (!failed) {
            break;
        }

        /* a short answer is worse than none */

        wrong += (rc == RFL_OK || rc == RFL_ERROR - 1);
    }

    unit_int(rc, RFL_OK, "%s: gets through after %lu failures of %s", c->name,
             n - 1, all ? "all" : "one");
    unit_int(wrong, 0, "%s: no success that is none", c->name);
    unit_int(leaks, 0, "%s: nothing left behind", c->name);
}


/* the cases' own start: everything unarmed */

static int
start(void)
{
    int          fd;
    char         data[5000];
    rfl_err_t    err;
    rfl_str_t    text;

    entry_init();
    rfl_json_init();
    trust_text = entry_trust();

    keep = rfl_pool_create(65536);
    text = entry_str(policy_text);

    if (rfl_name_init(&err) != RFL_OK
        || rfl_po_init(&err) != RFL_OK
        || rfl_policy_parse(keep, &text, &policy, &err) != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        return RFL_ERROR;
    }

    text = entry_str(trust_text);

    if (rfl_trust_parse(keep, &text, &trust, &err) != RFL_OK) {
        printf("Bail out! %s\n", err.text);
        return RFL_ERROR;
    }

    text = entry_str(entry_line);

    if (rfl_draft_parse(keep, &text, 1, &draft, &err) != RFL_OK) {
        printf("Bail out! %s\n", err.text);
        return RFL_ERROR;
    }

    entry_name(keep, &draft);

    if (rfl_entry_encode(keep, &draft.e, &err) != RFL_OK
        || entry_sign(&draft.e, 0, KEY_A, ENTRY_TODAY) != RFL_OK
        || entry_sign(&draft.e, 1, KEY_B, ENTRY_TODAY) != RFL_OK
        || rfl_record_encode(keep, &draft.e, &record, &err) != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        return RFL_ERROR;
    }

    memset(data, 'x', sizeof(data));
    fd = mkstemp(path);

    if (fd == -1 || write(fd, data, sizeof(data)) != sizeof(data)) {
        printf("Bail out! %s\n", path);
        return RFL_ERROR;
    }

    (void) close(fd);

    return RFL_OK;
}


int
main(void)
{
    size_t  i;

    if (start() != RFL_OK) {
        return 1;
    }

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        /* what is made once and kept is made here */

        unit_int(run(&cases[i]), RFL_OK, "%s: control", cases[i].name);

        sweep(&cases[i], 0);
        sweep(&cases[i], 1);
    }

    (void) unlink(path);
    rfl_pool_destroy(keep);

    return unit_done();
}


#else /* AddressSanitizer has an allocator of its own */


int
main(void)
{
    printf("1..0 # SKIP the allocator cannot be replaced\n");

    return 0;
}


#endif
