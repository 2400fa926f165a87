
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web.c: a request of the moderators' site from the certificate to the
 * page: who asks, which language, which route, and the answer when there is
 * none.  Called by ngx_http_rfl_desk_module, from a thread.
 *
 * Every POST needs the token of a form that this person was given; every
 * change answers with 303, so that Back and Reload do nothing twice.
 */


#include "rfl_web_int.h"

#include <time.h>
#include <unistd.h>


/* of an address between slashes: an item's id is the longest */
#define RFL_WEB_PART_MAX     64

/*
 * Seconds for a reply that somebody waits for, from a server that has just
 * answered: what is being written then is not to be left half-way.
 */
#define RFL_WEB_PATIENCE     20

/* the register is tried to be read as often, microseconds */
#define RFL_WEB_AGAIN        500000


typedef struct {
    rfl_str_t         name;
    unsigned          post;
    unsigned          arg;         /* "/item/4f0c..." */
    unsigned          keys;        /* for those who have unlocked theirs */
    rfl_web_route_pt  handler;
} rfl_web_route_t;


static void rfl_web_asked(rfl_web_ask_t *ask);
static int rfl_web_serve(rfl_web_ask_t *ask);
static int rfl_web_hold(rfl_web_ask_t *ask, rfl_err_t *err);
static int rfl_web_aside(void *data, rfl_err_t *err);
static const rfl_web_route_t *rfl_web_route(rfl_web_ask_t *ask);
static int rfl_web_door(rfl_web_ask_t *ask, rfl_staff_why_e why);
static int rfl_web_begin(rfl_web_ask_t *ask);
static void *rfl_web_read_all(void *data);
static void rfl_web_path(rfl_web_ask_t *ask);
static void rfl_web_part(rfl_str_t *path, rfl_str_t *part);
static unsigned rfl_web_language(const rfl_web_t *web, const rfl_str_t *tag);
static int rfl_web_token(rfl_web_ask_t *ask);
static void rfl_web_done(rfl_web_ask_t *ask);
static void rfl_web_end(rfl_web_ask_t *ask);


/* what there is to see, and to do */

static const rfl_web_route_t  rfl_web_routes[] = {
    { rfl_string(""),        0, 0, 0, rfl_web_home },
    { rfl_string("unlock"),  1, 0, 0, rfl_web_unlock },
    { rfl_string("lock"),    1, 0, 0, rfl_web_lock },
    { rfl_string("again"),   1, 0, 0, rfl_web_again },
    { rfl_string("queue"),   0, 1, 1, rfl_web_queue },
    { rfl_string("next"),    0, 1, 1, rfl_web_next },
    { rfl_string("item"),    0, 1, 1, rfl_web_item },
    { rfl_string("item"),    1, 1, 1, rfl_web_item },
    { rfl_string("find"),    0, 0, 1, rfl_web_find },
    { rfl_string("find"),    1, 0, 1, rfl_web_find },
    { rfl_string("entry"),   0, 1, 1, rfl_web_entry },
    { rfl_string("entry"),   1, 1, 1, rfl_web_entry_act },
    { rfl_string("journal"), 0, 0, 0, rfl_web_journal },
    { rfl_string("spool"),   0, 0, 1, rfl_web_spool },
    { rfl_string("spool"),   1, 0, 1, rfl_web_spool_act }
};

#define RFL_WEB_ROUTES  (sizeof(rfl_web_routes) / sizeof(rfl_web_routes[0]))


int
rfl_web_init(rfl_err_t *err)
{
    rfl_json_init();

    return (rfl_seal_init(err) == RFL_OK && rfl_po_init(err) == RFL_OK
            && rfl_name_init(err) == RFL_OK)
           ? RFL_OK : RFL_ERROR;
}


int
rfl_web_create(const rfl_web_conf_t *conf, rfl_web_t **out, rfl_err_t *err)
{
    int          rc;
    rfl_web_t   *web;
    rfl_pool_t  *pool;

    *out = NULL;

    pool = rfl_pool_create(64 * 1024);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    web = rfl_pcalloc(pool, sizeof(rfl_web_t));

    if (web == NULL || pthread_mutex_init(&web->mutex, NULL) != 0) {
        rfl_pool_destroy(pool);
        return rfl_err(err, 0, "out of memory");
    }

    web->pool = pool;
    web->conf = *conf;

    rc = rfl_web_load(web, err);

    if (rc != RFL_OK) {
        rfl_web_destroy(web);
        return RFL_ERROR;
    }

    *out = web;

    return RFL_OK;
}


int
rfl_web_start(rfl_web_t *web, rfl_err_t *err)
{
    web->sessions = rfl_sessions_create(web->conf.idle, RFL_SESSION_LIFE);
    web->match = rfl_match_create();

    return (web->sessions == NULL || web->match == NULL)
           ? rfl_err(err, 0, "out of memory, or of memory that may be locked: "
                     "raise \"ulimit -l\"")
           : RFL_OK;
}


void
rfl_web_tick(rfl_web_t *web, int64_t now)
{
    if (web->sessions != NULL) {
        rfl_session_expire(web->sessions, now);
    }
}


void
rfl_web_destroy(rfl_web_t *web)
{
    unsigned     i;
    rfl_pool_t  *pool;

    if (web == NULL) {
        return;
    }

    if (web->reading) {
        web->stop = 1;
        (void) pthread_join(web->reader, NULL);
    }

    if (web->opened) {
        rfl_work_close(&web->work);
    }

    rfl_sessions_destroy(web->sessions);
    rfl_match_destroy(web->match);

    for (i = 0; i < web->nlangs; i++) {
        rfl_catalog_destroy(web->catalogs[i]);
    }

    for (i = 0; i < web->site.nlangs; i++) {
        rfl_catalog_destroy(web->site.catalogs[i]);
    }

    (void) pthread_mutex_destroy(&web->mutex);

    pool = web->pool;
    rfl_pool_destroy(pool);
}


void
rfl_web_answer(rfl_web_t *web, const rfl_web_request_t *request,
    rfl_web_response_t *response, rfl_err_t *notice)
{
    rfl_web_ask_t  ask;

    memset(&ask, 0, sizeof(rfl_web_ask_t));

    notice->text[0] = '\0';

    ask.web = web;
    ask.in = request;
    ask.out = response;
    ask.notice = notice;

    rfl_buf_init(&ask.faults, 0);

    ask.pool = rfl_pool_create(64 * 1024);

    (void) pthread_mutex_lock(&web->mutex);

    if (ask.pool != NULL) {
        rfl_web_asked(&ask);
    }

    rfl_web_end(&ask);

    (void) pthread_mutex_unlock(&web->mutex);

    if (response->status == 0 || response->body.failed) {
        rfl_buf_free(&response->body);
        rfl_buf_init(&response->body, 0);

        response->status = 500;
        response->type = "text/plain; charset=utf-8";
        rfl_buf_literal(&response->body, "500\n");
    }
}


static void
rfl_web_asked(rfl_web_ask_t *ask)
{
    if (rfl_web_stylesheet(ask) == RFL_OK) {
        return;
    }

    if (rfl_web_serve(ask) != RFL_OK && ask->notice->text[0] == '\0') {
        (void) rfl_err(ask->notice, 0, "out of memory");
    }
}


static int
rfl_web_serve(rfl_web_ask_t *ask)
{
    int                     rc;
    rfl_web_t              *web;
    rfl_staff_why_e         why;
    const rfl_web_route_t  *route;

    web = ask->web;

    rfl_web_path(ask);

    if (rfl_web_begin(ask) != RFL_OK) {
        return rfl_web_error(ask, 500, "broken");
    }

    why = RFL_STAFF_UNKNOWN;

    if (ask->in->identified) {
        why = rfl_staff_find(web->work.staff, ask->in->fingerprint,
                             rfl_time_day(ask->in->now), &ask->who);
    }

    if (why != RFL_STAFF_WELCOME) {
        return rfl_web_door(ask, why);
    }

    /* without a language in the URL that of the person */

    if (ask->lang == web->nlangs) {
        ask->lang = ask->who->nlangs
                        ? rfl_web_language(web, &ask->who->langs[0]) : 0;
        ask->lang = (ask->lang == web->nlangs) ? 0 : ask->lang;

        return ask->route.len == 0 ? rfl_web_redirect(ask, "%s", "")
                                   : rfl_web_error(ask, 404, "not_found");
    }

    rc = rfl_session_use(web->sessions, ask->in->fingerprint, ask->in->now,
                         &ask->keys);

    if (rc == RFL_ERROR) {
        return RFL_ERROR;
    }

    if (rfl_web_hold(ask, ask->notice) != RFL_OK) {
        return rfl_web_away(ask);
    }

    if (ask->in->post && rfl_web_token(ask) != RFL_OK) {
        return rfl_web_error(ask, 400, "token");
    }

    rfl_web_done(ask);

    route = rfl_web_route(ask);

    if (route == NULL) {
        return rfl_web_error(ask, 404, "not_found");
    }

    return (route->keys && ask->keys == NULL) ? rfl_web_locked(ask)
                                              : route->handler(ask);
}


static int
rfl_web_hold(rfl_web_ask_t *ask, rfl_err_t *err)
{
    int  rc;

    rc = rfl_work_begin(ask->work, ask->who, ask->keys, ask->in->now, err);

    ask->work->aside = rfl_web_aside;
    ask->work->data = ask;

    return rc;
}


static int
rfl_web_aside(void *data, rfl_err_t *err)
{
    rfl_web_ask_t  *ask = data;

    rfl_work_end(ask->work);

    (void) pthread_mutex_unlock(&ask->web->mutex);

    (void) usleep(RFL_WORK_ASIDE);

    (void) pthread_mutex_lock(&ask->web->mutex);

    return rfl_web_hold(ask, err);
}


static const rfl_web_route_t *
rfl_web_route(rfl_web_ask_t *ask)
{
    size_t  i;

    for (i = 0; i < RFL_WEB_ROUTES; i++) {

        if (rfl_web_routes[i].post == ask->in->post
            && rfl_web_routes[i].arg == (ask->arg.len != 0)
            && rfl_str_eq(&rfl_web_routes[i].name, &ask->route))
        {
            return &rfl_web_routes[i];
        }
    }

    return NULL;
}


int
rfl_web_resume(rfl_web_ask_t *ask)
{
    int                       rc;
    unsigned                  lang;
    rfl_web_request_t         kept;
    const rfl_web_route_t    *route;
    const rfl_web_request_t  *in;

    in = ask->in;
    lang = ask->lang;

    kept = *in;
    kept.path = ask->kept_path;
    kept.query = ask->kept_query;
    kept.body = ask->kept_form;
    kept.post = (ask->kept_form.len != 0);

    ask->in = &kept;

    rfl_web_path(ask);
    route = rfl_web_route(ask);

    if (route == NULL || !route->keys) {
        ask->lang = lang;
        rc = RFL_DECLINED;

    } else if (!kept.post) {
        rc = rfl_web_redirect(ask, "%.*s%s%.*s%s%.*s",
                              (int) ask->route.len,
                              (char *) ask->route.data,
                              ask->arg.len ? "/" : "",
                              (int) ask->arg.len, (char *) ask->arg.data,
                              kept.query.len ? "?" : "",
                              (int) kept.query.len,
                              (char *) kept.query.data);

    } else if (rfl_web_token(ask) != RFL_OK) {
        rc = rfl_web_error(ask, 400, "token");

    } else {
        rc = route->handler(ask);
    }

    ask->in = in;

    return rc;
}


int
rfl_web_away(rfl_web_ask_t *ask)
{
    unsigned                 kept;
    rfl_str_t                here;
    rfl_tpl_value_t         *values;
    const rfl_web_route_t   *route;
    const rfl_web_request_t *in;

    in = ask->in;
    route = rfl_web_route(ask);

    /* a passphrase is in no form that needs keys */

    kept = (in->post && route != NULL && route->keys
            && rfl_utf8_valid(in->body.data, in->body.len));

    values = rfl_web_fault(ask, 503, kept ? "away_sent" : "away");
    if (values == NULL) {
        return RFL_ERROR;
    }

    if (kept) {
        values[RFL_WD_AGAIN_URL].text = rfl_web_url(ask, "again");
        values[RFL_WD_PATH].text = in->path;
        values[RFL_WD_FORM].text = in->body;

    } else if (!in->post) {
        here = rfl_web_here(ask);
        values[RFL_WD_HERE_URL].text = rfl_web_url(ask, "%.*s",
                                                   (int) here.len,
                                                   (char *) here.data);
    }

    return rfl_web_render(ask, RFL_WEB_ERROR, values, 503);
}


/* who has no certificate of ours sees nothing of the desk */

static int
rfl_web_door(rfl_web_ask_t *ask, rfl_staff_why_e why)
{
    rfl_tpl_value_t  *values;

    if (ask->lang == ask->web->nlangs) {
        ask->lang = 0;
    }

    values = rfl_web_values(ask, RFL_WEB_DOOR);
    if (values == NULL) {
        return RFL_ERROR;
    }

    values[RFL_WD_TITLE].text = rfl_web_say(ask, "door.title", NULL, 0);
    values[RFL_WD_TEXT].text = rfl_web_word(ask, "staff",
                                            &rfl_staff_whys[why]);
    values[RFL_WD_STATUS].number = 403;

    return rfl_web_render(ask, RFL_WEB_DOOR, values, 403);
}


/* what the desk works with is read for the first request and kept */

static int
rfl_web_begin(rfl_web_ask_t *ask)
{
    int         rc;
    rfl_web_t  *web;

    web = ask->web;

    if (!web->opened) {

        rc = rfl_work_open(&web->work, web->conf.state, ask->notice);
        if (rc != RFL_OK) {
            return rc;
        }

        web->opened = 1;

        rfl_desk_patience(&web->work.desk, RFL_WEB_PATIENCE);

        rfl_session_csrf_key(web->sessions, web->work.desk.keys.form);

        /* without it nothing is said about who it may be, and that is said */

        web->reading = (pthread_create(&web->reader, NULL, rfl_web_read_all,
                                       web)
                        == 0);
    }

    ask->work = &web->work;

    return RFL_OK;
}


/* on connections of its own, beside the requests that need nothing of it */

static void *
rfl_web_read_all(void *data)
{
    int         rc;
    rfl_err_t   err;
    rfl_work_t  work;
    rfl_web_t  *web = data;

    if (rfl_work_open(&work, web->conf.state, &err) != RFL_OK) {
        return NULL;
    }

    work.desk.stop = &web->stop;

    /* desk Redis may be away, or be reading its own file yet */

    while (!web->stop) {

        rc = rfl_work_begin(&work, NULL, NULL, (int64_t) time(NULL), &err);

        if (rc == RFL_OK) {
            rc = rfl_match_refresh(web->match, &work, &err);
        }

        rfl_work_end(&work);

        if (rc == RFL_OK) {
            __atomic_store_n(&web->ready, 1, __ATOMIC_RELEASE);
            break;
        }

        if (rc != RFL_AWAY) {
            break;
        }

        (void) usleep(RFL_WEB_AGAIN);
    }

    rfl_work_close(&work);

    return NULL;
}


unsigned
rfl_web_ready(rfl_web_t *web)
{
    return __atomic_load_n(&web->ready, __ATOMIC_ACQUIRE);
}


/* "/ar/item/4f0c..." */

static void
rfl_web_path(rfl_web_ask_t *ask)
{
    rfl_str_t  path, lang;

    path = ask->in->path;

    rfl_web_part(&path, &lang);
    rfl_web_part(&path, &ask->route);
    rfl_web_part(&path, &ask->arg);

    ask->lang = rfl_web_language(ask->web, &lang);

    /*
     * more than there is, no language where one should be, or what none of
     * our addresses has: none of it may come back in a link
     */

    if (path.len != 0 || (ask->lang == ask->web->nlangs && lang.len != 0)
        || !rfl_web_plain(&ask->route, "-", RFL_WEB_PART_MAX)
        || !rfl_web_plain(&ask->arg, "-", RFL_WEB_PART_MAX))
    {
        ask->route.data = (u_char *) "?";
        ask->route.len = 1;
        ask->arg.len = 0;
    }
}


static void
rfl_web_part(rfl_str_t *path, rfl_str_t *part)
{
    size_t  n;

    if (path->len != 0 && path->data[0] == '/') {
        path->data++;
        path->len--;
    }

    for (n = 0; n < path->len && path->data[n] != '/'; n++) { /* void */ }

    part->data = path->data;
    part->len = n;

    path->data += n;
    path->len -= n;
}


unsigned
rfl_web_plain(const rfl_str_t *text, const char *others, size_t max)
{
    size_t  i;
    u_char  c;

    for (i = 0; i < text->len; i++) {
        c = text->data[i];

        if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
            && (c < '0' || c > '9') && (c == '\0' || strchr(others, c) == NULL))
        {
            return 0;
        }
    }

    return text->len <= max;
}


static unsigned
rfl_web_language(const rfl_web_t *web, const rfl_str_t *tag)
{
    unsigned  i;

    for (i = 0; i < web->nlangs; i++) {
        if (rfl_str_eq(&web->langs[i], tag)) {
            break;
        }
    }

    return i;
}


static int
rfl_web_token(rfl_web_ask_t *ask)
{
    rfl_str_t  token;

    token = rfl_web_field(ask, "csrf");

    return rfl_session_csrf_check(ask->web->sessions, ask->in->fingerprint,
                                  rfl_time_day(ask->in->now), &token);
}


/* what the last press did: only words of ours are understood */

static void
rfl_web_done(rfl_web_ask_t *ask)
{
    unsigned   i;
    rfl_str_t  done;

    if (ask->in->post) {
        return;
    }

    done = rfl_web_field(ask, "done");

    if (rfl_str_is(&done, "back")) {
        ask->said_word = rfl_web_say(ask, "done.back", NULL, 0);
    }

    for (i = 1; i < RFL_ACTS_N; i++) {
        if (rfl_str_eq(&rfl_acts[i], &done)) {
            ask->said_word = rfl_web_word(ask, "done", &rfl_acts[i]);
        }
    }
}


static void
rfl_web_end(rfl_web_ask_t *ask)
{
    if (ask->work != NULL) {
        rfl_work_end(ask->work);
    }

    rfl_session_done(ask->keys);
    rfl_buf_free(&ask->faults);
    rfl_pool_destroy(ask->pool);
    rfl_stack_wipe();
}
