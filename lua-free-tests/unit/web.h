
/*
 * Copyright (C) The RFL authors
 *
 * web.h: a moderators' site on a folder of its own, with an invented staff
 * and a desk Redis in which there is nothing: for the tests that look at its
 * pages.  Included once by a test program, which prove starts in the
 * project's folder.
 */


#ifndef _WEB_H_INCLUDED_
#define _WEB_H_INCLUDED_


#include "unit.h"
#include "entry.h"
#include "rfl_web_int.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>


#define WEB_AMINA    1             /* first byte of all of the fingerprint */
#define WEB_BORIS    2             /* coordinator */
#define WEB_CHEN     3             /* auditor */
#define WEB_EARLY    4
#define WEB_OVER     5
#define WEB_REVOKED  6
#define WEB_NOBODY   7


static char           web_dir[] = "/tmp/web-test-XXXXXX";
static int            web_listening;
static pthread_t      web_redis;
static unsigned       web_walks;   /* how often all items were asked for */
static rfl_web_t     *web;
static rfl_vault_t    web_keys;
static rfl_buf_t      web_html;


static inline void web_file(const char *name, const char *text);
static inline void web_staff(char *text, size_t size);
static inline void *web_pong(void *data);


static inline void
web_open(void)
{
    char                text[8192];
    rfl_err_t           err;
    rfl_web_conf_t      conf;
    struct sockaddr_un  addr;

    if (mkdtemp(web_dir) == NULL || rfl_web_init(&err) != RFL_OK) {
        printf("Bail out! no folder or no libraries\n");
        exit(1);
    }

    entry_init();

    (void) snprintf(text, sizeof(text),
        "{\"index\": {\"socket\": \"none.sock\", \"user\": \"desk\","
        " \"password_file\": \"secret\"},\n"
        " \"desk\": {\"socket\": \"desk.sock\", \"user\": \"desk\","
        " \"password_file\": \"secret\"},\n"
        " \"keyd\": {\"socket\": \"none.sock\"},\n"
        " \"policy\": \"policy.json\", \"trust\": \"trust.json\","
        " \"key\": \"desk.key\"}\n");

    web_file("rflctl.conf", text);
    web_file("secret", "invented\n");
    web_file("policy.json", entry_policy);
    web_file("trust.json", entry_trust());

    web_staff(text, sizeof(text));
    web_file("staff.json", text);

    web_listening = socket(AF_UNIX, SOCK_STREAM, 0);

    memset(&addr, 0, sizeof(addr));
    addr.sun_family = AF_UNIX;
    (void) snprintf(addr.sun_path, sizeof(addr.sun_path), "%s/desk.sock",
                    web_dir);

    if (bind(web_listening, (struct sockaddr *) &addr, sizeof(addr)) != 0
        || listen(web_listening, 8) != 0
        || pthread_create(&web_redis, NULL, web_pong, NULL) != 0)
    {
        printf("Bail out! no socket\n");
        exit(1);
    }

    memset(&conf, 0, sizeof(rfl_web_conf_t));
    conf.state = web_dir;
    conf.pages = "pages";
    rfl_str_set(&conf.prefix, "/desk");
    conf.idle = 900;

    err.text[0] = '\0';

    if (rfl_web_create(&conf, &web, &err) != RFL_OK
        || rfl_web_start(web, &err) != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }

    /* what the first request would do, without a register to be read */

    if (rfl_desk_init(&web->work.desk, web_dir, &err) != RFL_OK
        || rfl_desk_rules(&web->work.desk, &err) != RFL_OK
        || rfl_staff_read(web->work.desk.pool, web_dir, &web->work.staff,
                          &err)
           != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }

    web->opened = 1;

    memset(&web_keys, 0, sizeof(rfl_vault_t));
    memset(web_keys.key, 9, sizeof(web_keys.key));
    web_keys.has_sign = 1;
    rfl_buf_init(&web_html, 0);
}


static inline void
web_close(void)
{
    char  command[64];

    rfl_buf_free(&web_html);
    rfl_web_destroy(web);

    (void) shutdown(web_listening, SHUT_RDWR);
    (void) pthread_join(web_redis, NULL);
    (void) close(web_listening);

    (void) snprintf(command, sizeof(command), "rm -r %s", web_dir);
    unit_int(system(command), 0, "tidied up");
}


static inline void
web_file(const char *name, const char *text)
{
    int    rc;
    char   path[256];
    FILE  *file;

    (void) snprintf(path, sizeof(path), "%s/%s", web_dir, name);

    file = fopen(path, "w");
    rc = (file == NULL || fputs(text, file) < 0) ? -1 : fclose(file);

    if (rc != 0 || chmod(path, 0600) != 0) {
        printf("Bail out! cannot write %s\n", path);
        exit(1);
    }
}


static inline void
web_staff(char *text, size_t size)
{
    int       n;
    char      key[64];
    size_t    i, k;

    static const struct {
        const char  *id;
        const char  *name;
        const char  *role;
        const char  *from;
        const char  *until;
        int          key;
        int          print;
    } staff[] = {
        { "amina", "Amina <b>Warsame</b>", "moderator", "2026-01-01",
          "2026-12-31", KEY_A, WEB_AMINA },
        { "boris", "Boris", "coordinator", "2026-01-01", "2026-12-31",
          KEY_B, WEB_BORIS },
        { "chen", "Chen", "auditor", "2026-01-01", "2026-12-31", -1,
          WEB_CHEN },
        { "early", "Early", "auditor", "2026-12-01", "2026-12-31", -1,
          WEB_EARLY },
        { "over", "Over", "auditor", "2026-01-01", "2026-11-21", -1,
          WEB_OVER }
    };

    n = snprintf(text, size, "{\"societies\": [\"northland\"],\n"
                 " \"revoked\": [\"%0*d\"],\n \"moderators\": [\n", 64, 0);

    /* the revoked one is 0606...06 */

    for (k = 0; k < 32; k++) {
        memcpy(strstr(text, "[\"0") + 2 + 2 * k, "06", 2);
    }

    for (i = 0; i < sizeof(staff) / sizeof(staff[0]); i++) {

        n += snprintf(text + n, size - (size_t) n,
                      "  {\"id\": \"%s\", \"name\": \"%s\", \"role\": \"%s\","
                      " \"not_before\": \"%s\", \"not_after\": \"%s\","
                      " \"certificates\": [\"", staff[i].id, staff[i].name,
                      staff[i].role, staff[i].from, staff[i].until);

        for (k = 0; k < 32; k++) {
            n += snprintf(text + n, size - (size_t) n, "%02x",
                          (unsigned) staff[i].print);
        }

        n += snprintf(text + n, size - (size_t) n, "\"]");

        if (staff[i].key != -1) {
            (void) sodium_bin2base64(key, sizeof(key),
                                     entry_pk[staff[i].key],
                                     RFL_SIGN_PUBLIC_SIZE,
                                     sodium_base64_VARIANT_ORIGINAL);
            n += snprintf(text + n, size - (size_t) n, ", \"public\": \"%s\"",
                          key);
        }

        n += snprintf(text + n, size - (size_t) n, "}%s\n",
                      i + 1 < sizeof(staff) / sizeof(staff[0]) ? "," : "");
    }

    (void) snprintf(text + n, size - (size_t) n, " ]}\n");
}


/* enough of Redis to be there: it knows who asks, and has nothing */

static inline void *
web_pong(void *data)
{
    int      fd;
    char     buf[4096];
    ssize_t  n;

    for ( ;; ) {
        fd = accept(web_listening, NULL, NULL);

        if (fd == -1) {
            return data;
        }

        while ((n = read(fd, buf, sizeof(buf))) > 0) {
            const char  *answer;

            if (memmem(buf, (size_t) n, "HKEYS\r\n$4\r\nitem\r\n", 17)) {
                web_walks++;
            }

            answer = memmem(buf, (size_t) n, "AUTH", 4) ? "+OK\r\n"
                     : memmem(buf, (size_t) n, "HKEYS", 5) ? "*0\r\n"
                     : memmem(buf, (size_t) n, "HLEN", 4) ? ":0\r\n"
                     : memmem(buf, (size_t) n, "PING", 4) ? "+PONG\r\n"
                     : "-ERR nothing else\r\n";

            if (write(fd, answer, strlen(answer)) < 0) {
                break;
            }
        }

        (void) close(fd);
    }
}


/* one request; the page is in web_html */

static inline unsigned
web_ask(int who, const char *path, const char *query, const char *body,
    rfl_web_response_t *out)
{
    rfl_err_t          notice;
    rfl_web_request_t  in;

    memset(&in, 0, sizeof(rfl_web_request_t));
    memset(out, 0, sizeof(rfl_web_response_t));

    in.identified = (who != 0);
    memset(in.fingerprint, who, sizeof(in.fingerprint));
    in.path = entry_str(path);
    in.query = entry_str(query);
    in.post = (body != NULL);
    in.body = entry_str(body == NULL ? "" : body);
    in.now = ENTRY_NOW;

    rfl_buf_init(&out->body, 0);
    rfl_web_answer(web, &in, out, &notice);

    rfl_buf_reset(&web_html);
    rfl_buf_append(&web_html, out->body.data, out->body.len);
    rfl_buf_free(&out->body);

    return out->status;
}


static inline int
web_has(const char *text)
{
    return memmem(web_html.data, web_html.len, text, strlen(text)) != NULL;
}


/* an item as somebody sent it who may be searched for, without its draft */

static inline void
web_sent(rfl_item_t *item, const char *name)
{
    rfl_submission_t  *s;

    memset(item, 0, sizeof(rfl_item_t));

    s = &item->submission;
    item->has_submission = 1;

    s->form = RFL_FORM_ALIVE;
    s->day = ENTRY_TODAY;
    s->lang = entry_str("ar");
    s->society = entry_str("northland");
    s->values[RFL_ASK_ADULT].choice = 1;
    s->values[RFL_ASK_NAME].text = entry_str(name);
    s->values[RFL_ASK_CONSENT].choice = 2;
    s->values[RFL_ASK_EVENT].text = entry_str("flood-2026");

    item->head.kind = RFL_ITEM_ALIVE;
    item->head.version = 3;
    item->head.event = s->values[RFL_ASK_EVENT].text;
    item->head.society = s->society;
    item->head.lang = s->lang;
}


/* the draft of all that was sent by then */

static inline void
web_draft(rfl_pool_t *pool, rfl_item_t *item)
{
    rfl_err_t  err;

    item->has_draft = 1;
    item->show = rfl_draft_consented(&item->submission);

    if (rfl_draft_from(pool, &item->submission, web->site.policy, ENTRY_NOW,
                       &item->draft, &err)
        != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        exit(1);
    }
}


/* the keys of somebody, unlocked */

static inline void
web_sign(int who)
{
    int  key;

    key = (who == WEB_BORIS) ? KEY_B : KEY_A;

    memcpy(web_keys.sign.pk, entry_pk[key], RFL_SIGN_PUBLIC_SIZE);
    memcpy(web_keys.sign.sk, entry_sk[key], RFL_SIGN_SECRET_SIZE);
    rfl_key_id(web_keys.sign.pk, web_keys.sign.id);
}


static inline void
web_unlock(int who)
{
    u_char  print[RFL_PRINT_SIZE];

    web_sign(who);
    memset(print, who, sizeof(print));
    unit_int(rfl_session_put(web->sessions, print, &web_keys, ENTRY_NOW),
             RFL_OK, "keys are unlocked");
}


#endif /* _WEB_H_INCLUDED_ */
