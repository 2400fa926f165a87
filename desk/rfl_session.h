
/*
 * Copyright (C) The RFL authors
 *
 * rfl_session.h: the keys that moderators have unlocked, for a limited time,
 * and the token that binds a form to the certificate that asked for it.
 *
 * There is no cookie: a session is found by the certificate's fingerprint.
 * It lives in one process, in memory that is locked, guarded and wiped
 * (sodium_malloc), so the desk's nginx has one worker with a thread pool.
 * All functions may be called from any thread.
 */


#ifndef _RFL_SESSION_H_INCLUDED_
#define _RFL_SESSION_H_INCLUDED_


#include "rfl.h"
#include "rfl_staff.h"
#include "rfl_vault.h"


#define RFL_SESSION_IDLE     (15 * 60)         /* default, since last use */
#define RFL_SESSION_LIFE     (10 * 3600)       /* at most, since unlocking */
#define RFL_SESSION_MAX      64    /* people at once */

/* after so many wrong passphrases the certificate waits so long */
#define RFL_SESSION_TRIES    5
#define RFL_SESSION_WAIT     (15 * 60)

#define RFL_CSRF_KEY_SIZE    32
#define RFL_CSRF_SIZE        43    /* base64url, without NUL */


typedef struct rfl_sessions_s  rfl_sessions_t;


/* NULL without memory; idle 0: the default; both in seconds */
rfl_sessions_t *rfl_sessions_create(int64_t idle, int64_t life);
/* wipes all */
void rfl_sessions_destroy(rfl_sessions_t *sessions);

/*
 * Opens the vault in dir with the passphrase of this person and keeps the
 * keys.  Takes about a second (Argon2id) without holding up others.
 * RFL_OK; RFL_DENIED: wrong passphrase, or the signing key is not the one of
 * staff.json; RFL_BUSY: too many wrong ones, or too many people; RFL_ERROR.
 * now: seconds UTC.  The passphrase stays the caller's, who wipes it.
 */
int rfl_session_unlock(rfl_sessions_t *sessions, const char *dir,
    const rfl_moderator_t *who, const u_char print[RFL_PRINT_SIZE],
    const rfl_str_t *passphrase, int64_t now, rfl_err_t *err)
    rfl_must_check;
/* the same with keys at hand: for tests and for rfl_session_unlock() */
int rfl_session_put(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], const rfl_vault_t *keys,
    int64_t now) rfl_must_check;

/*
 * A copy of the keys, made with sodium_malloc(), for one request; this use
 * makes the session last longer.  RFL_DECLINED: locked, or run out.  The
 * copy is given back with rfl_session_done().
 */
int rfl_session_use(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], int64_t now, rfl_vault_t **keys)
    rfl_must_check;
void rfl_session_done(rfl_vault_t *keys);

/* seconds left without use, 0: locked; no use of it */
int64_t rfl_session_left(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], int64_t now);
/* forgets the keys of one; "lock" on the page */
void rfl_session_lock(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE]);
/* forgets what has run out: from a timer, each minute */
void rfl_session_expire(rfl_sessions_t *sessions, int64_t now);


/*
 * The token of forms: keyed hash of fingerprint and day.  Checked in constant
 * time; that of the day before is good too, so that midnight loses no work.
 * The key is random and of this process until the one of the desk is known,
 * so that a restart loses none either.
 */
void rfl_session_csrf_key(rfl_sessions_t *sessions,
    const u_char key[RFL_CSRF_KEY_SIZE]);
void rfl_session_csrf(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], int32_t day,
    u_char token[RFL_CSRF_SIZE]);
/* RFL_OK or RFL_DECLINED */
int rfl_session_csrf_check(rfl_sessions_t *sessions,
    const u_char print[RFL_PRINT_SIZE], int32_t day, const rfl_str_t *token)
    rfl_must_check;


#endif /* _RFL_SESSION_H_INCLUDED_ */
