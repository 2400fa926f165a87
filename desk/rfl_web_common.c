
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_common.c: what the pages of the moderators' site have in common:
 * the values of their frame, addresses, fields of forms, rendering and
 * redirection.  Called by all files of rfl_web.
 */


#include "rfl_web_int.h"

#include <stdarg.h>
#include <stdio.h>


#define RFL_WEB_FIELDS_MAX   128

/* of a page; ours are shorter */
#define RFL_WEB_QUERY_MAX    200

/* of a number: fits into 64 bits, and a time in seconds into it */
#define RFL_WEB_DIGITS_MAX   18

/* what rfl_draft_check() finds is a key of the catalog */
#define RFL_WEB_FAULT        "fault."


static int rfl_web_links(rfl_web_ask_t *ask, rfl_tpl_value_t *values);
static int rfl_web_person(rfl_web_ask_t *ask, rfl_tpl_value_t *values);
static int rfl_web_langs(rfl_web_ask_t *ask, rfl_tpl_value_t *values);
static int rfl_web_queues(rfl_web_ask_t *ask, rfl_tpl_value_t *values);
static rfl_str_t rfl_web_line(rfl_web_ask_t *ask, const rfl_str_t *line);


rfl_tpl_value_t *
rfl_web_values(rfl_web_ask_t *ask, rfl_web_page_e page)
{
    rfl_tpl_value_t      *values;
    const rfl_catalog_t  *catalog;

    values = rfl_pcalloc(ask->pool, rfl_web_pages[page].nvalues
                                    * sizeof(rfl_tpl_value_t));
    if (values == NULL) {
        return NULL;
    }

    catalog = ask->web->catalogs[ask->lang];

    values[RFL_W_LANG].text = *rfl_catalog_lang(catalog);
    values[RFL_W_RTL].number = rfl_catalog_rtl(catalog);

    if (rfl_catalog_rtl(catalog)) {
        rfl_str_set(&values[RFL_W_DIR].text, "rtl");

    } else {
        rfl_str_set(&values[RFL_W_DIR].text, "ltr");
    }

    values[RFL_W_CSS_URL].text = ask->web->css_url;
    values[RFL_W_UNREVIEWED].number = !rfl_catalog_reviewed(catalog);
    values[RFL_W_AS_OF].text = rfl_web_time(ask, ask->in->now);

    values[RFL_W_SAID].text = ask->said_word;

    if (ask->said != NULL) {
        values[RFL_W_SAID].text = rfl_web_say(ask, ask->said, NULL, 0);
    }

    if (ask->refused != NULL) {
        values[RFL_W_REFUSED].text = rfl_web_say(ask, ask->refused, NULL, 0);
    }

    if (rfl_web_lines(ask, &values[RFL_W_FAULTS], &ask->faults) != RFL_OK
        || rfl_web_links(ask, values) != RFL_OK
        || rfl_web_langs(ask, values) != RFL_OK
        || (ask->who != NULL && rfl_web_person(ask, values) != RFL_OK)
        || (ask->keys != NULL && rfl_web_queues(ask, values) != RFL_OK))
    {
        return NULL;
    }

    if (ask->keys != NULL && ask->work != NULL
        && ask->work->desk.desk.c != NULL
        && rfl_web_back(ask, values) != RFL_OK)
    {
        return NULL;
    }

    return values;
}


static int
rfl_web_links(rfl_web_ask_t *ask, rfl_tpl_value_t *values)
{
    size_t  i;

    static const struct {
        rfl_web_value_e  value;
        const char      *path;
    } links[] = {
        { RFL_W_HOME_URL, "" },
        { RFL_W_FIND_URL, "find" },
        { RFL_W_JOURNAL_URL, "journal" },
        { RFL_W_SPOOL_URL, "spool" },
        { RFL_W_UNLOCK_URL, "unlock" },
        { RFL_W_LOCK_URL, "lock" }
    };

    for (i = 0; i < sizeof(links) / sizeof(links[0]); i++) {

        values[links[i].value].text = rfl_web_url(ask, "%s", links[i].path);

        if (values[links[i].value].text.len == 0) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_web_person(rfl_web_ask_t *ask, rfl_tpl_value_t *values)
{
    u_char               *token;
    int64_t               left;
    const rfl_staff_t    *staff;
    const rfl_society_t  *society;

    values[RFL_W_WHO].text = ask->who->name;
    values[RFL_W_ROLE].text = rfl_web_word(ask, "role",
                                           &rfl_roles[ask->who->role]);
    values[RFL_W_CHANGES].number = (ask->who->role != RFL_ROLE_AUDITOR);
    values[RFL_W_COORDINATOR].number =
                                   (ask->who->role == RFL_ROLE_COORDINATOR);
    values[RFL_W_UNLOCKED].number = (ask->keys != NULL);
    values[RFL_W_ONE].number = (rfl_work_approvals(ask->work) == 1);

    left = rfl_session_left(ask->web->sessions, ask->in->fingerprint,
                            ask->in->now);
    values[RFL_W_MINUTES].number = (left + 59) / 60;

    staff = ask->work->staff;

    if (staff->nsocieties != 0) {
        society = rfl_trust_society(ask->work->desk.trust,
                                    &staff->societies[0]);
        if (society != NULL) {
            values[RFL_W_SOCIETY].text =
                *rfl_texts_get(&society->names,
                               &ask->web->langs[ask->lang]);
        }
    }

    token = rfl_palloc(ask->pool, RFL_CSRF_SIZE);
    if (token == NULL) {
        return RFL_ERROR;
    }

    rfl_session_csrf(ask->web->sessions, ask->in->fingerprint,
                     rfl_time_day(ask->in->now), token);

    values[RFL_W_CSRF].text.data = token;
    values[RFL_W_CSRF].text.len = RFL_CSRF_SIZE;

    return RFL_OK;
}


/* this page in the other languages; a form that was sent leads to its page */

static int
rfl_web_langs(rfl_web_ask_t *ask, rfl_tpl_value_t *values)
{
    unsigned          i;
    rfl_buf_t         b;
    rfl_str_t         here;
    rfl_web_t        *web;
    rfl_tpl_value_t  *item;

    web = ask->web;
    here = rfl_web_here(ask);

    if (rfl_web_list(ask, &values[RFL_W_LANGS], web->nlangs, RFL_WL_N)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 0; i < web->nlangs; i++) {
        item = values[RFL_W_LANGS].items[i];

        rfl_buf_init(&b, 0);
        rfl_buf_append(&b, web->conf.prefix.data, web->conf.prefix.len);
        rfl_buf_byte(&b, '/');
        rfl_buf_append(&b, web->langs[i].data, web->langs[i].len);
        rfl_buf_byte(&b, '/');

        rfl_buf_append(&b, here.data, here.len);

        item[RFL_WL_URL].text = rfl_web_str(ask, &b);
        item[RFL_WL_LANG].text = web->langs[i];
        item[RFL_WL_CURRENT].number = (i == ask->lang);

        if (rfl_catalog_rtl(web->catalogs[i])) {
            rfl_str_set(&item[RFL_WL_DIR].text, "rtl");

        } else {
            rfl_str_set(&item[RFL_WL_DIR].text, "ltr");
        }

        item[RFL_WL_NAME].text = rfl_web_endonym(ask, i);
    }

    return RFL_OK;
}


rfl_str_t
rfl_web_here(rfl_web_ask_t *ask)
{
    rfl_buf_t         b;
    const rfl_str_t  *query;

    query = &ask->in->query;

    rfl_buf_init(&b, 0);

    if (ask->route.len != 0 && ask->route.data[0] != '?') {
        rfl_buf_append(&b, ask->route.data, ask->route.len);

        if (ask->arg.len != 0) {
            rfl_buf_byte(&b, '/');
            rfl_buf_append(&b, ask->arg.data, ask->arg.len);
        }

        if (!ask->in->post && query->len != 0 && rfl_web_query_plain(query)) {
            rfl_buf_byte(&b, '?');
            rfl_buf_append(&b, query->data, query->len);
        }
    }

    return rfl_web_str(ask, &b);
}


unsigned
rfl_web_query_plain(const rfl_str_t *query)
{
    return rfl_web_plain(query, "-=&,%", RFL_WEB_QUERY_MAX);
}


static int
rfl_web_queues(rfl_web_ask_t *ask, rfl_tpl_value_t *values)
{
    uint64_t            waiting;
    unsigned            i;
    rfl_err_t           err;
    rfl_filter_t        filter;
    rfl_queue_count_t  *count;
    rfl_tpl_value_t    *item;

    /* an error page is shown because desk Redis went away */

    if (ask->work == NULL || ask->work->desk.desk.c == NULL) {
        return RFL_OK;
    }

    /* pages of a queue have listed already */

    if (!ask->listed) {

        memset(&filter, 0, sizeof(rfl_filter_t));
        filter.queue = RFL_QUEUE_NEW;

        if (rfl_item_list(ask->work, ask->pool, &filter, &ask->list, &err)
            != RFL_OK)
        {
            *ask->notice = err;
            return RFL_OK;
        }
    }

    if (rfl_web_list(ask, &values[RFL_W_QUEUES], RFL_QUEUES_N, RFL_WQ_N)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (waiting = 0, i = 0; i < RFL_QUEUES_N; i++) {
        item = values[RFL_W_QUEUES].items[i];
        count = &ask->list.counts[i];

        item[RFL_WQ_URL].text = rfl_web_url(ask, "queue/%s",
                                            (char *) rfl_queues[i].data);
        item[RFL_WQ_NAME].text = rfl_web_word(ask, "queue", &rfl_queues[i]);
        item[RFL_WQ_COUNT].number =
            (int64_t) (count->n + (i == RFL_QUEUE_PUBLISHED ? ask->list.files
                                                            : 0));
        item[RFL_WQ_TO_DO].number = (i < RFL_QUEUES_TO_DO);
        item[RFL_WQ_WAITS].number = (count->n != 0);
        item[RFL_WQ_URGENT].number = (i == RFL_QUEUE_WITHDRAW
                                      && count->n != 0);
        item[RFL_WQ_CURRENT].number =
            (rfl_str_is(&ask->route, "queue")
             && rfl_str_eq(&ask->arg, &rfl_queues[i]));

        item[RFL_WQ_FOCUS].number = (i < RFL_QUEUES_TO_DO && waiting == 0
                                     && count->n != 0);

        waiting += (i < RFL_QUEUES_TO_DO) ? count->n : 0;

        if (count->oldest != 0) {
            item[RFL_WQ_OLDEST].text = rfl_web_age(ask, ask->in->now
                                                        - count->oldest);
        }
    }

    values[RFL_W_IDLE].number = (waiting == 0);

    return RFL_OK;
}


int
rfl_web_list(rfl_web_ask_t *ask, rfl_tpl_value_t *list, unsigned n,
    unsigned nfields)
{
    return rfl_page_list(ask->pool, list, n, nfields);
}


int
rfl_web_lines(rfl_web_ask_t *ask, rfl_tpl_value_t *list,
    const rfl_buf_t *lines)
{
    size_t         i, start;
    unsigned       n;
    rfl_str_t      text;
    const u_char  *p;

    p = lines->data;

    for (n = 0, i = 0; i < lines->len; i++) {
        n += (p[i] == '\n' || i == lines->len - 1);
    }

    if (rfl_web_list(ask, list, n, 1) != RFL_OK) {
        return RFL_ERROR;
    }

    for (n = 0, start = 0, i = 0; i < lines->len; i++) {

        if (p[i] != '\n' && i != lines->len - 1) {
            continue;
        }

        text.len = i + (p[i] != '\n') - start;
        text.data = rfl_pstrdup(ask->pool, p + start, text.len);

        if (text.data == NULL) {
            return RFL_ERROR;
        }

        list->items[n++][0].text = rfl_web_line(ask, &text);

        start = i + 1;
    }

    return RFL_OK;
}


/* what stands against an entry is a key, text is what it is; NUL ends both */

static rfl_str_t
rfl_web_line(rfl_web_ask_t *ask, const rfl_str_t *line)
{
    const char  *key = (const char *) line->data;

    return (strncmp(key, RFL_WEB_FAULT, sizeof(RFL_WEB_FAULT) - 1) == 0)
           ? rfl_web_say(ask, key, NULL, 0) : *line;
}


int
rfl_web_render(rfl_web_ask_t *ask, rfl_web_page_e page,
    const rfl_tpl_value_t *values, unsigned status)
{
    ask->out->status = status;
    ask->out->type = "text/html; charset=utf-8";

    rfl_tpl_render(ask->web->tpl[page], values,
                   ask->web->catalogs[ask->lang], &ask->out->body);

    return ask->out->body.failed ? RFL_ERROR : RFL_OK;
}


/* it holds nothing, so whoever asks may have it: the door needs it, too */

int
rfl_web_stylesheet(rfl_web_ask_t *ask)
{
    size_t      n;
    rfl_web_t  *web;

    web = ask->web;
    n = web->conf.prefix.len;

    if (ask->in->post || ask->in->path.len != web->css_url.len - n
        || memcmp(ask->in->path.data, web->css_url.data + n,
                  ask->in->path.len)
           != 0)
    {
        return RFL_DECLINED;
    }

    ask->out->status = 200;
    ask->out->type = "text/css; charset=utf-8";
    ask->out->cache = 1;
    rfl_buf_append(&ask->out->body, web->css.data, web->css.len);

    return RFL_OK;
}


int
rfl_web_redirect(rfl_web_ask_t *ask, const char *fmt, ...)
{
    int      n;
    size_t   len;
    va_list  args;

    /* made of our own words and identifiers only */

    n = snprintf(ask->out->location, sizeof(ask->out->location), "%.*s/%s/",
                 (int) ask->web->conf.prefix.len,
                 (char *) ask->web->conf.prefix.data,
                 (char *) ask->web->langs[ask->lang].data);

    if (n < 0 || (size_t) n >= sizeof(ask->out->location)) {
        return RFL_ERROR;
    }

    len = (size_t) n;

    va_start(args, fmt);
    n = vsnprintf(ask->out->location + len,
                  sizeof(ask->out->location) - len, fmt, args);
    va_end(args);

    if (n < 0 || (size_t) n >= sizeof(ask->out->location) - len) {
        return RFL_ERROR;
    }

    ask->out->status = 303;
    ask->out->type = "text/plain; charset=utf-8";

    return RFL_OK;
}


int
rfl_web_error(rfl_web_ask_t *ask, unsigned status, const char *what)
{
    rfl_tpl_value_t  *values;

    values = rfl_web_fault(ask, status, what);

    return (values != NULL)
           ? rfl_web_render(ask, RFL_WEB_ERROR, values, status) : RFL_ERROR;
}


rfl_tpl_value_t *
rfl_web_fault(rfl_web_ask_t *ask, unsigned status, const char *what)
{
    char              key[RFL_WEB_KEY_MAX];
    rfl_tpl_value_t  *values;

    if (ask->lang == ask->web->nlangs) {
        ask->lang = 0;
    }

    values = rfl_web_values(ask, RFL_WEB_ERROR);
    if (values == NULL) {
        return NULL;
    }

    (void) snprintf(key, sizeof(key), "error.%s.title", what);
    values[RFL_WD_TITLE].text = rfl_web_say(ask, key, NULL, 0);

    (void) snprintf(key, sizeof(key), "error.%s.text", what);
    values[RFL_WD_TEXT].text = rfl_web_say(ask, key, NULL, 0);

    values[RFL_WD_STATUS].number = status;

    return values;
}


/* empty without memory */

rfl_str_t
rfl_web_url(rfl_web_ask_t *ask, const char *fmt, ...)
{
    int        n;
    char       text[256];
    va_list    args;
    rfl_buf_t  b;

    va_start(args, fmt);
    n = vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    rfl_buf_init(&b, 0);
    rfl_buf_append(&b, ask->web->conf.prefix.data,
                   ask->web->conf.prefix.len);
    rfl_buf_printf(&b, "/%s/", (char *) ask->web->langs[ask->lang].data);

    if (n < 0 || (size_t) n >= sizeof(text)) {
        b.failed = 1;

    } else {
        rfl_buf_append(&b, text, (size_t) n);
    }

    return rfl_web_str(ask, &b);
}


rfl_str_t
rfl_web_copy(rfl_web_ask_t *ask, const rfl_str_t *text)
{
    rfl_str_t  s;

    s.data = rfl_pstrdup(ask->pool, text->data, text->len);
    s.len = (s.data == NULL) ? 0 : text->len;

    return s;
}


rfl_str_t
rfl_web_str(rfl_web_ask_t *ask, rfl_buf_t *b)
{
    rfl_str_t  s;

    s.len = b->failed ? 0 : b->len;
    s.data = rfl_pstrdup(ask->pool, b->data, s.len);

    if (s.data == NULL) {
        s.len = 0;
    }

    rfl_buf_free(b);

    return s;
}


rfl_str_t
rfl_web_field(rfl_web_ask_t *ask, const char *name)
{
    unsigned          n;
    rfl_str_t         key, value, found;
    rfl_pairs_t       pairs;
    const rfl_str_t  *from;

    from = ask->in->post ? &ask->in->body : &ask->in->query;

    rfl_pairs_init(&pairs, from->data, from->len, RFL_WEB_FIELDS_MAX);

    found.data = (u_char *) "";
    found.len = 0;

    for (n = 0;
         rfl_pairs_next(&pairs, ask->pool, &key, &value) == RFL_OK; /* void */)
    {
        if (key.len == strlen(name) && memcmp(key.data, name, key.len) == 0) {
            found = value;
            n++;
        }
    }

    if (n > 1 || !rfl_utf8_valid(found.data, found.len)) {
        found.len = 0;
    }

    return found;
}


int
rfl_web_count(rfl_web_ask_t *ask, const char *name, int64_t *number)
{
    size_t     i;
    rfl_str_t  text;

    text = rfl_web_field(ask, name);

    if (text.len == 0 || text.len > RFL_WEB_DIGITS_MAX) {
        return RFL_DECLINED;
    }

    *number = 0;

    for (i = 0; i < text.len; i++) {

        if (text.data[i] < '0' || text.data[i] > '9') {
            return RFL_DECLINED;
        }

        *number = *number * 10 + (text.data[i] - '0');
    }

    return RFL_OK;
}
