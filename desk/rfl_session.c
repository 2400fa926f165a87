
/*
 * Copyright (C) The RFL authors
 *
 * rfl_session.c: unlocked keys for a limited time, and the token of forms.
 * Owns every copy of a moderator's keys in the process.  Called by the
 * desk's nginx module from its event loop and its threads.
 */


#include "rfl_session.h"

#include <pthread.h>
#include <sodium.h>


#define RFL_SESSION_WHO      33    /* id of a moderator, with a NUL */
#define RFL_CSRF_RAW         32
#define RFL_SESSION_GUESSERS 64    /* certificates with wrong passphrases */


typedef struct {
    u_char                  print[RFL_PRINT_SIZE];
    rfl_vault_t            *keys;  /* NULL: free */
    int64_t                 since;
    int64_t                 used;
} rfl_session_t;

typedef struct {
    u_char                  print[RFL_PRINT_SIZE];
    unsigned                n;     /* 0: free */
    int64_t                 last;
} rfl_session_guess_t;

struct rfl_sessions_s {
    pthread_mutex_t         mutex;
    int64_t                 idle;
    int64_t                 life;
    u_char                  csrf[RFL_CSRF_KEY_SIZE];
    rfl_session_t           session[RFL_SESSION_MAX];
    rfl_session_guess_t     guess[RFL_SESSION_GUESSERS];
};


static rfl_session_t *rfl_session_find(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], int64_t now);
static unsigned rfl_session_over(const rfl_sessions_t *sessions,
    const rfl_session_t *session, int64_t now);
static void rfl_session_forget(rfl_session_t *session);
static rfl_vault_t *rfl_session_copy(const rfl_vault_t *keys);
static int rfl_session_ask(void *data, rfl_pool_t *pool,
    rfl_str_t *passphrase, rfl_err_t *err);
static int rfl_session_try(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], int64_t now);
static void rfl_session_tried(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], unsigned good, int64_t now);
static rfl_session_guess_t *rfl_session_guess(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE]);


rfl_sessions_t *
rfl_sessions_create(int64_t idle, int64_t life)
{
    rfl_sessions_t  *sessions;

    sessions = sodium_malloc(sizeof(rfl_sessions_t));
    if (sessions == NULL) {
        return NULL;
    }

    memset(sessions, 0, sizeof(rfl_sessions_t));

    if (pthread_mutex_init(&sessions->mutex, NULL) != 0) {
        sodium_free(sessions);
        return NULL;
    }

    sessions->life = (life > 0 && life < RFL_SESSION_LIFE) ? life
                                                           : RFL_SESSION_LIFE;
    sessions->idle = (idle > 0) ? idle : RFL_SESSION_IDLE;

    if (sessions->idle > sessions->life) {
        sessions->idle = sessions->life;
    }

    randombytes_buf(sessions->csrf, sizeof(sessions->csrf));

    return sessions;
}


void
rfl_sessions_destroy(rfl_sessions_t *sessions)
{
    unsigned  i;

    if (sessions == NULL) {
        return;
    }

    for (i = 0; i < RFL_SESSION_MAX; i++) {
        rfl_session_forget(&sessions->session[i]);
    }

    (void) pthread_mutex_destroy(&sessions->mutex);
    sodium_free(sessions);
}


int
rfl_session_unlock(rfl_sessions_t *sessions, const char *dir,
    const rfl_moderator_t *who, const u_char print[RFL_PRINT_SIZE],
    const rfl_str_t *passphrase, int64_t now, rfl_err_t *err)
{
    int           rc;
    char          holder[RFL_SESSION_WHO];
    rfl_pool_t   *pool;
    rfl_vault_t  *vault;

    if (rfl_session_try(sessions, print, now) != RFL_OK) {
        (void) rfl_err(err, 0, "too many wrong passphrases: wait %d minutes",
                       RFL_SESSION_WAIT / 60);
        return RFL_BUSY;
    }

    pool = rfl_pool_create(4096);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    memcpy(holder, who->id.data, who->id.len);
    holder[who->id.len] = '\0';

    /* the mutex is not held: this takes a second */

    rc = rfl_vault_open(pool, dir, holder, rfl_session_ask,
                        (void *) passphrase, &vault, err);

    if (rc == RFL_DECLINED) {
        (void) rfl_err(err, 0, "the vault has no key of \"%s\": make one with "
                       "\"rflctl vault add %s\"", holder, holder);
        rc = RFL_DENIED;
    }

    if (rc == RFL_OK) {

        if (who->has_key
            && (!vault->has_sign
                || memcmp(vault->sign.id, who->key, RFL_KEY_ID_SIZE) != 0))
        {
            (void) rfl_err(err, 0, "the signing key of \"%s\" in the vault is "
                           "not the one of staff.json: correct one of them",
                           holder);
            rc = RFL_DENIED;

        } else {
            rc = rfl_session_put(sessions, print, vault, now);

            if (rc == RFL_BUSY) {
                (void) rfl_err(err, 0, "%d people have unlocked their keys "
                               "already: try again later", RFL_SESSION_MAX);

            } else if (rc != RFL_OK) {
                rc = rfl_err(err, 0, "out of memory");
            }

            rfl_session_tried(sessions, print, 1, now);
        }

        rfl_vault_close(vault);

    } else if (rc == RFL_DENIED) {
        rfl_session_tried(sessions, print, 0, now);
    }

    rfl_pool_destroy(pool);
    rfl_stack_wipe();

    return rc;
}


static int
rfl_session_ask(void *data, rfl_pool_t *pool, rfl_str_t *passphrase,
    rfl_err_t *err)
{
    const rfl_str_t  *given = data;

    passphrase->len = given->len;
    passphrase->data = rfl_pstrdup(pool, given->data, given->len);

    return (passphrase->data != NULL) ? RFL_OK
                                      : rfl_err(err, 0, "out of memory");
}


int
rfl_session_put(rfl_sessions_t *sessions, const u_char print[RFL_PRINT_SIZE],
    const rfl_vault_t *keys, int64_t now)
{
    int             rc;
    unsigned        i;
    rfl_vault_t    *copy;
    rfl_session_t  *session;

    copy = rfl_session_copy(keys);
    if (copy == NULL) {
        return RFL_ERROR;
    }

    (void) pthread_mutex_lock(&sessions->mutex);

    session = rfl_session_find(sessions, print, now);

    for (i = 0; session == NULL && i < RFL_SESSION_MAX; i++) {

        if (rfl_session_over(sessions, &sessions->session[i], now)) {
            rfl_session_forget(&sessions->session[i]);
            session = &sessions->session[i];
        }
    }

    rc = RFL_BUSY;

    if (session != NULL) {
        rfl_session_forget(session);

        memcpy(session->print, print, RFL_PRINT_SIZE);
        session->keys = copy;
        session->since = now;
        session->used = now;

        copy = NULL;
        rc = RFL_OK;
    }

    (void) pthread_mutex_unlock(&sessions->mutex);

    rfl_session_done(copy);

    return rc;
}


int
rfl_session_use(rfl_sessions_t *sessions, const u_char print[RFL_PRINT_SIZE],
    int64_t now, rfl_vault_t **keys)
{
    int             rc;
    rfl_session_t  *session;

    *keys = NULL;
    rc = RFL_DECLINED;

    (void) pthread_mutex_lock(&sessions->mutex);

    session = rfl_session_find(sessions, print, now);

    if (session != NULL) {
        *keys = rfl_session_copy(session->keys);

        if (*keys == NULL) {
            rc = RFL_ERROR;

        } else {
            session->used = now;
            rc = RFL_OK;
        }
    }

    (void) pthread_mutex_unlock(&sessions->mutex);

    return rc;
}


void
rfl_session_done(rfl_vault_t *keys)
{
    /* wipes */

    sodium_free(keys);
}


int64_t
rfl_session_left(rfl_sessions_t *sessions, const u_char print[RFL_PRINT_SIZE],
    int64_t now)
{
    int64_t         idle, life, left;
    rfl_session_t  *session;

    left = 0;

    (void) pthread_mutex_lock(&sessions->mutex);

    session = rfl_session_find(sessions, print, now);

    if (session != NULL) {
        idle = session->used + sessions->idle - now;
        life = session->since + sessions->life - now;
        left = (idle < life) ? idle : life;
    }

    (void) pthread_mutex_unlock(&sessions->mutex);

    return left;
}


void
rfl_session_lock(rfl_sessions_t *sessions, const u_char print[RFL_PRINT_SIZE])
{
    unsigned        i;
    rfl_session_t  *session;

    (void) pthread_mutex_lock(&sessions->mutex);

    for (i = 0; i < RFL_SESSION_MAX; i++) {
        session = &sessions->session[i];

        if (session->keys != NULL
            && memcmp(session->print, print, RFL_PRINT_SIZE) == 0)
        {
            rfl_session_forget(session);
        }
    }

    (void) pthread_mutex_unlock(&sessions->mutex);
}


void
rfl_session_expire(rfl_sessions_t *sessions, int64_t now)
{
    unsigned  i;

    (void) pthread_mutex_lock(&sessions->mutex);

    for (i = 0; i < RFL_SESSION_MAX; i++) {
        if (rfl_session_over(sessions, &sessions->session[i], now)) {
            rfl_session_forget(&sessions->session[i]);
        }
    }

    (void) pthread_mutex_unlock(&sessions->mutex);
}


static rfl_session_t *
rfl_session_find(rfl_sessions_t *sessions, const u_char print[RFL_PRINT_SIZE],
    int64_t now)
{
    unsigned        i;
    rfl_session_t  *session;

    for (i = 0; i < RFL_SESSION_MAX; i++) {
        session = &sessions->session[i];

        if (session->keys == NULL
            || memcmp(session->print, print, RFL_PRINT_SIZE) != 0)
        {
            continue;
        }

        if (!rfl_session_over(sessions, session, now)) {
            return session;
        }

        rfl_session_forget(session);
    }

    return NULL;
}


/* a clock that was set back ends a session rather than making it last */

static unsigned
rfl_session_over(const rfl_sessions_t *sessions, const rfl_session_t *session,
    int64_t now)
{
    return session->keys == NULL
           || now < session->since
           || now - session->used >= sessions->idle
           || now - session->since >= sessions->life;
}


static void
rfl_session_forget(rfl_session_t *session)
{
    sodium_free(session->keys);
    rfl_memzero(session, sizeof(rfl_session_t));
}


static rfl_vault_t *
rfl_session_copy(const rfl_vault_t *keys)
{
    rfl_vault_t  *copy;

    copy = sodium_malloc(sizeof(rfl_vault_t));

    if (copy != NULL) {
        *copy = *keys;
    }

    return copy;
}


/* each wrong passphrase is counted before the next one is looked at */

static int
rfl_session_try(rfl_sessions_t *sessions, const u_char print[RFL_PRINT_SIZE],
    int64_t now)
{
    int                   rc;
    rfl_session_guess_t  *guess;

    rc = RFL_OK;

    (void) pthread_mutex_lock(&sessions->mutex);

    guess = rfl_session_guess(sessions, print);

    if (guess->n >= RFL_SESSION_TRIES) {

        if (now - guess->last < RFL_SESSION_WAIT) {
            rc = RFL_DECLINED;

        } else {
            guess->n = 0;
        }
    }

    if (rc == RFL_OK) {
        memcpy(guess->print, print, RFL_PRINT_SIZE);
        guess->n++;
        guess->last = now;
    }

    (void) pthread_mutex_unlock(&sessions->mutex);

    return rc;
}


static void
rfl_session_tried(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], unsigned good, int64_t now)
{
    rfl_session_guess_t  *guess;

    (void) pthread_mutex_lock(&sessions->mutex);

    guess = rfl_session_guess(sessions, print);
    guess->last = now;

    if (good) {
        guess->n = 0;
    }

    (void) pthread_mutex_unlock(&sessions->mutex);
}


/* that of the certificate, else a free one, else the oldest */

static rfl_session_guess_t *
rfl_session_guess(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE])
{
    unsigned              i;
    rfl_session_guess_t  *guess, *best;

    best = &sessions->guess[0];

    for (i = 0; i < RFL_SESSION_GUESSERS; i++) {
        guess = &sessions->guess[i];

        if (guess->n != 0
            && memcmp(guess->print, print, RFL_PRINT_SIZE) == 0)
        {
            return guess;
        }

        if (best->n != 0 && (guess->n == 0 || guess->last < best->last)) {
            best = guess;
        }
    }

    rfl_memzero(best, sizeof(rfl_session_guess_t));

    return best;
}


void
rfl_session_csrf_key(rfl_sessions_t *sessions,
    const u_char key[RFL_CSRF_KEY_SIZE])
{
    memcpy(sessions->csrf, key, RFL_CSRF_KEY_SIZE);
}


void
rfl_session_csrf(rfl_sessions_t *sessions, const u_char print[RFL_PRINT_SIZE],
    int32_t day, u_char token[RFL_CSRF_SIZE])
{
    char                      text[RFL_CSRF_SIZE + 1];
    u_char                    raw[RFL_CSRF_RAW], bytes[4];
    crypto_generichash_state  st;

    /* the key is set before any token is made or looked at: no lock */

    (void) rfl_le_put(bytes, (uint32_t) day, 4);

    (void) crypto_generichash_init(&st, sessions->csrf, RFL_CSRF_KEY_SIZE,
                                   RFL_CSRF_RAW);
    (void) crypto_generichash_update(&st, print, RFL_PRINT_SIZE);
    (void) crypto_generichash_update(&st, bytes, sizeof(bytes));
    (void) crypto_generichash_final(&st, raw, RFL_CSRF_RAW);

    (void) sodium_bin2base64(text, sizeof(text), raw, RFL_CSRF_RAW,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    memcpy(token, text, RFL_CSRF_SIZE);

    rfl_memzero(&st, sizeof(st));
    rfl_memzero(raw, sizeof(raw));
    rfl_memzero(text, sizeof(text));
}


int
rfl_session_csrf_check(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], int32_t day, const rfl_str_t *token)
{
    int     today, before;
    u_char  good[RFL_CSRF_SIZE];

    if (token->len != RFL_CSRF_SIZE) {
        return RFL_DECLINED;
    }

    rfl_session_csrf(sessions, print, day, good);
    today = sodium_memcmp(good, token->data, RFL_CSRF_SIZE);

    rfl_session_csrf(sessions, print, day - 1, good);
    before = sodium_memcmp(good, token->data, RFL_CSRF_SIZE);

    rfl_memzero(good, sizeof(good));

    return (today == 0 || before == 0) ? RFL_OK : RFL_DECLINED;
}
