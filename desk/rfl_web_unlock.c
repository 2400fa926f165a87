
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_unlock.c: a moderator's keys: unlocked with the passphrase, locked
 * again, and asked for by a page that needs them.  Who was in the middle of
 * something when they ran out goes on there: the page that was asked for, or
 * the form that was sent, is kept in the one that asks for the passphrase.
 */


#include "rfl_web_int.h"


static int rfl_web_unlocked(rfl_web_ask_t *ask);
static int rfl_web_passphrase(rfl_web_ask_t *ask);


/* POST unlock: a passphrase for ten hours at most */

int
rfl_web_unlock(rfl_web_ask_t *ask)
{
    int        rc;
    rfl_str_t  passphrase;

    passphrase = rfl_web_field(ask, "passphrase");

    ask->kept_path = rfl_web_field(ask, "path");
    ask->kept_query = rfl_web_field(ask, "query");
    ask->kept_form = rfl_web_field(ask, "form");

    if (!rfl_web_query_plain(&ask->kept_query)) {
        ask->kept_query.len = 0;
    }

    rc = rfl_session_unlock(ask->web->sessions, ask->web->conf.state,
                            ask->who, ask->in->fingerprint, &passphrase,
                            ask->in->now, ask->notice);

    switch (rc) {

    case RFL_OK:
        return rfl_web_unlocked(ask);

    case RFL_DENIED:
        ask->notice->text[0] = '\0';
        ask->refused = "unlock.wrong";
        return rfl_web_home(ask);

    case RFL_BUSY:
        ask->notice->text[0] = '\0';
        ask->refused = "unlock.wait";
        return rfl_web_home(ask);

    default:
        return rfl_web_error(ask, 500, "broken");
    }
}


static int
rfl_web_unlocked(rfl_web_ask_t *ask)
{
    int        rc;
    unsigned   n;
    rfl_err_t  err;

    /* with the keys at hand: what a crash or an outage left */

    rfl_session_done(ask->keys);

    rc = rfl_session_use(ask->web->sessions, ask->in->fingerprint,
                         ask->in->now, &ask->keys);

    if (rc == RFL_OK) {
        ask->work->keys = ask->keys;

        /* what cannot be ended now is later: nobody loses a form by it */

        if (rfl_review_resume(ask->work, &n, &err) != RFL_OK) {
            *ask->notice = err;
        }
    }

    rc = (ask->kept_path.len == 0 || ask->work->keys == NULL)
             ? RFL_DECLINED : rfl_web_resume(ask);

    return (rc == RFL_DECLINED) ? rfl_web_redirect(ask, "%s", "") : rc;
}


int
rfl_web_lock(rfl_web_ask_t *ask)
{
    rfl_session_lock(ask->web->sessions, ask->in->fingerprint);

    return rfl_web_redirect(ask, "%s", "");
}


/* POST again: with keys that may have been locked while one waited */

int
rfl_web_again(rfl_web_ask_t *ask)
{
    int  rc;

    ask->kept_path = rfl_web_field(ask, "path");
    ask->kept_form = rfl_web_field(ask, "form");

    if (ask->keys == NULL) {
        return rfl_web_passphrase(ask);
    }

    rc = rfl_web_resume(ask);

    return (rc == RFL_DECLINED) ? rfl_web_redirect(ask, "%s", "") : rc;
}


/* GET or POST of what needs keys, without them */

int
rfl_web_locked(rfl_web_ask_t *ask)
{
    const rfl_web_request_t  *in;

    in = ask->in;

    ask->kept_path = in->path;

    if (in->post && rfl_utf8_valid(in->body.data, in->body.len)) {
        ask->kept_form = in->body;

    } else if (!in->post && rfl_web_query_plain(&in->query)) {
        ask->kept_query = in->query;
    }

    return rfl_web_passphrase(ask);
}


static int
rfl_web_passphrase(rfl_web_ask_t *ask)
{
    if (rfl_web_home(ask) != RFL_OK) {
        return RFL_ERROR;
    }

    ask->out->status = 403;

    return RFL_OK;
}
