
/*
 * Copyright (C) The RFL authors
 *
 * staff_test.c: staff.json and its faults, who a certificate belongs to
 * (S-85), unlocked keys and how long they last, and the token of forms.
 */


#include "unit.h"
#include "rfl_session.h"
#include "rfl_staff.h"

#include <sodium.h>


#define PRINT_A  "0101010101010101010101010101010101010101010101010101010101" \
                 "010101"
#define PRINT_B  "0202020202020202020202020202020202020202020202020202020202" \
                 "020202"
#define PRINT_R  "0303030303030303030303030303030303030303030303030303030303" \
                 "030303"

#define TODAY    20779             /* 2026-11-22 */
#define NOW      (TODAY * 86400LL + 43200)


static void test_staff(void);
static void test_faults(void);
static void test_session(void);
static void test_guess(void);
static void test_csrf(void);


static rfl_pool_t  *pool;
static char         key_a[64], key_b[64];


static int
parse(const char *text, rfl_staff_t **staff, rfl_err_t *err)
{
    rfl_str_t  s;

    s.data = (u_char *) text;
    s.len = strlen(text);
    memset(err, 0, sizeof(rfl_err_t));

    return rfl_staff_parse(pool, &s, staff, err);
}


static const char *
file(const char *top, const char *second)
{
    static char  text[4096];

    (void) snprintf(text, sizeof(text),
        "{\"societies\": [\"northland\"],\n %s\n"
        " \"revoked\": [\"" PRINT_R "\"],\n"
        " \"moderators\": [\n"
        "  {\"id\": \"amina\", \"name\": \"Amina\", \"role\": \"moderator\","
        " \"not_before\": \"2026-01-01\", \"not_after\": \"2026-12-31\","
        " \"certificates\": [\"" PRINT_A "\"], \"public\": \"%s\"},\n"
        "  %s\n ]}", top, key_a, second);

    return text;
}


static const char *
second(const char *id, const char *role, const char *print, const char *key)
{
    static char  text[1024];

    (void) snprintf(text, sizeof(text),
        "{\"id\": \"%s\", \"name\": \"X\", \"role\": \"%s\","
        " \"not_before\": \"2026-11-01\", \"not_after\": \"2026-11-10\","
        " \"certificates\": [\"%s\"]%s%s%s}", id, role, print,
        key[0] != '\0' ? ", \"public\": \"" : "", key,
        key[0] != '\0' ? "\"" : "");

    return text;
}


int
main(void)
{
    u_char     pk[RFL_SIGN_PUBLIC_SIZE], sk[RFL_SIGN_SECRET_SIZE];
    rfl_err_t  err;

    unit_int(rfl_seal_init(&err), RFL_OK, "libsodium starts");

    pool = rfl_pool_create(4096);

    (void) crypto_sign_keypair(pk, sk);
    (void) sodium_bin2base64(key_a, sizeof(key_a), pk, sizeof(pk),
                             sodium_base64_VARIANT_ORIGINAL);
    (void) crypto_sign_keypair(pk, sk);
    (void) sodium_bin2base64(key_b, sizeof(key_b), pk, sizeof(pk),
                             sodium_base64_VARIANT_ORIGINAL);

    test_staff();
    test_faults();
    test_session();
    test_guess();
    test_csrf();

    rfl_pool_destroy(pool);

    return unit_done();
}


static void
test_staff(void)
{
    u_char                  print[RFL_PRINT_SIZE];
    rfl_err_t               err;
    rfl_staff_t            *staff;
    const rfl_moderator_t  *who;

    unit_int(parse(file("\"one_approver\": true,",
                        second("boris", "auditor", PRINT_B, "")), &staff,
                   &err),
             RFL_OK, "a good file is read");
    unit_int(staff->one_approver, 1, "one approver");

    memset(print, 1, sizeof(print));
    unit_int(rfl_staff_find(staff, print, TODAY, &who), RFL_STAFF_WELCOME,
             "a certificate opens the desk");
    unit_str(who->id, "amina", "for its owner");

    unit_int(rfl_staff_find(staff, print, TODAY + 365, &who), RFL_STAFF_OVER,
             "not after the last day");
    unit_ok(who == NULL, "and is nobody's then");
    unit_int(rfl_staff_find(staff, print, TODAY - 365, &who),
             RFL_STAFF_EARLY, "nor before the first");

    memset(print, 2, sizeof(print));
    unit_int(rfl_staff_find(staff, print, TODAY, &who), RFL_STAFF_OVER,
             "an auditor whose days are over");
    memset(print, 3, sizeof(print));
    unit_int(rfl_staff_find(staff, print, TODAY, &who), RFL_STAFF_REVOKED,
             "a revoked certificate");
    memset(print, 4, sizeof(print));
    unit_int(rfl_staff_find(staff, print, TODAY, &who), RFL_STAFF_UNKNOWN,
             "a stranger's");

    unit_int(rfl_print_parse((u_char *) "AB:CD", 5, print), RFL_DECLINED,
             "a short fingerprint is none");
}


static void
test_faults(void)
{
    size_t        i;
    rfl_err_t     err;
    rfl_staff_t  *staff;

    const struct {
        const char  *id;
        const char  *role;
        const char  *print;
        const char  *key;
        const char  *text;
    } cases[] = {
        { "amina", "auditor", PRINT_B, "", "the same id" },
        { "boris", "auditor", PRINT_A, "", "the same certificate" },
        { "boris", "moderator", PRINT_B, key_a, "the same signing key" },
        { "boris", "moderator", PRINT_B, "", "lacks \"public\"" },
        { "boris", "auditor", PRINT_B, key_b, "signs nothing" },
        { "boris", "king", PRINT_B, key_b, "must be one of" },
        { "desk", "moderator", PRINT_B, key_b, "means something else" },
        { "boris", "moderator", "zz", key_b, "fingerprint" },
        { "boris", "moderator", PRINT_B, "AAAA", "base64" }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        unit_ok(parse(file("", second(cases[i].id, cases[i].role,
                                      cases[i].print, cases[i].key)),
                      &staff, &err)
                == RFL_ERROR
                && strstr(err.text, cases[i].text) != NULL,
                "a fault: %s (line %u: %s)", cases[i].text, err.line,
                err.text);
    }

    unit_int(parse(file("\"king\": 1,", second("b", "auditor", PRINT_B, "")),
                   &staff, &err),
             RFL_ERROR, "an unknown member is a fault");
    unit_int(err.line, 2, "on its line");
}


static void
test_session(void)
{
    u_char           a[RFL_PRINT_SIZE], b[RFL_PRINT_SIZE];
    rfl_vault_t      keys, *copy;
    rfl_sessions_t  *sessions;

    memset(a, 1, sizeof(a));
    memset(b, 2, sizeof(b));
    memset(&keys, 0x5a, sizeof(keys));

    sessions = rfl_sessions_create(0, 0);

    unit_int(rfl_session_use(sessions, a, NOW, &copy), RFL_DECLINED,
             "locked at first");
    unit_int(rfl_session_put(sessions, a, &keys, NOW), RFL_OK, "unlocked");
    unit_int(rfl_session_use(sessions, a, NOW + 60, &copy), RFL_OK, "used");
    unit_ok(copy != NULL && memcmp(copy, &keys, sizeof(keys)) == 0,
            "the keys are the same");
    rfl_session_done(copy);

    unit_int(rfl_session_use(sessions, b, NOW, &copy), RFL_DECLINED,
             "but not for another certificate");
    unit_int(rfl_session_left(sessions, a, NOW + 60), RFL_SESSION_IDLE,
             "each use begins the time anew");
    unit_int(rfl_session_use(sessions, a, NOW + 60 + RFL_SESSION_IDLE,
                             &copy),
             RFL_DECLINED, "without use they are forgotten");

    unit_int(rfl_session_put(sessions, a, &keys, NOW), RFL_OK, "again");
    unit_int(rfl_session_use(sessions, a, NOW - 1, &copy), RFL_DECLINED,
             "a clock set back ends a session");

    sodium_memzero(&keys, sizeof(keys));
    unit_int(rfl_session_put(sessions, a, &keys, NOW), RFL_OK, "again");
    rfl_session_lock(sessions, a);
    unit_int(rfl_session_left(sessions, a, NOW), 0, "locked by hand");

    rfl_sessions_destroy(sessions);

    sessions = rfl_sessions_create(1000000, 1000000);
    unit_int(rfl_session_put(sessions, a, &keys, NOW), RFL_OK,
             "a session that should never end");
    unit_int(rfl_session_left(sessions, a, NOW), RFL_SESSION_LIFE,
             "ends in ten hours");
    rfl_sessions_destroy(sessions);
}


static void
test_guess(void)
{
    int               i, rc;
    char              dir[] = "/tmp/rfl-unit-XXXXXX";
    u_char            a[RFL_PRINT_SIZE];
    rfl_err_t         err;
    rfl_str_t         pass;
    rfl_sessions_t   *sessions;
    rfl_moderator_t   who;

    memset(a, 1, sizeof(a));
    memset(&who, 0, sizeof(who));
    rfl_str_set(&who.id, "amina");
    rfl_str_set(&pass, "not the right one");

    if (mkdtemp(dir) == NULL) {
        return;
    }

    sessions = rfl_sessions_create(0, 0);
    rc = RFL_OK;

    for (i = 0; i < RFL_SESSION_TRIES; i++) {
        rc = rfl_session_unlock(sessions, dir, &who, a, &pass, NOW, &err);
    }

    unit_int(rc, RFL_DENIED, "who has no key opens nothing");
    unit_int(rfl_session_unlock(sessions, dir, &who, a, &pass, NOW, &err),
             RFL_BUSY, "after %d times they wait", RFL_SESSION_TRIES);
    unit_int(rfl_session_unlock(sessions, dir, &who, a, &pass,
                                NOW + RFL_SESSION_WAIT, &err),
             RFL_DENIED, "and may try again later");

    rfl_sessions_destroy(sessions);
    (void) remove(dir);
}


static void
test_csrf(void)
{
    u_char           a[RFL_PRINT_SIZE], b[RFL_PRINT_SIZE];
    u_char           token[RFL_CSRF_SIZE], key[RFL_CSRF_KEY_SIZE];
    rfl_str_t        s;
    rfl_sessions_t  *sessions, *other;

    memset(a, 1, sizeof(a));
    memset(b, 2, sizeof(b));

    sessions = rfl_sessions_create(0, 0);
    other = rfl_sessions_create(0, 0);

    rfl_session_csrf(sessions, a, TODAY, token);
    s.data = token;
    s.len = sizeof(token);

    unit_int(rfl_session_csrf_check(sessions, a, TODAY, &s), RFL_OK,
             "a form's token is good");
    unit_int(rfl_session_csrf_check(sessions, a, TODAY + 1, &s), RFL_OK,
             "also after midnight");
    unit_int(rfl_session_csrf_check(sessions, a, TODAY + 2, &s),
             RFL_DECLINED, "but not for days");
    unit_int(rfl_session_csrf_check(sessions, b, TODAY, &s), RFL_DECLINED,
             "nor with another certificate");
    unit_int(rfl_session_csrf_check(other, a, TODAY, &s), RFL_DECLINED,
             "nor of another process");

    memset(key, 7, sizeof(key));
    rfl_session_csrf_key(sessions, key);
    rfl_session_csrf_key(other, key);
    rfl_session_csrf(sessions, a, TODAY, token);
    unit_int(rfl_session_csrf_check(other, a, TODAY, &s), RFL_OK,
             "but of the same desk");

    token[5] ^= 1;
    unit_int(rfl_session_csrf_check(sessions, a, TODAY, &s), RFL_DECLINED,
             "nor changed");
    s.len--;
    unit_int(rfl_session_csrf_check(sessions, a, TODAY, &s), RFL_DECLINED,
             "nor cut");

    rfl_sessions_destroy(sessions);
    rfl_sessions_destroy(other);
}
