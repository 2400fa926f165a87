
/*
 * Copyright (C) The RFL authors
 *
 * desk_web_fuzz.c: what somebody with a certificate may send to the desk:
 * addresses, queries, forms with and without their token, and a press of a
 * button on an item's page.  The first byte says which and by whom; a line
 * is the path; the rest is query or body.  Whatever it is, the answer is a
 * page or a redirection of ours, and nothing in it becomes markup.
 */


#include "fuzz.h"
#include "../unit/web.h"


#define FUZZ_QUERY   0
#define FUZZ_BODY    1             /* without a token of ours */
#define FUZZ_FORM    2
#define FUZZ_PRESS   3


static void fuzz_init(void);
static void fuzz_exit(void);
static void fuzz_press(int who, const rfl_str_t *body,
    rfl_web_response_t *out);
static void fuzz_answer(const rfl_web_response_t *out);


static rfl_pool_t  *lasting;


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int                 who, what;
    u_char              token[RFL_CSRF_SIZE], print[RFL_PRINT_SIZE];
    rfl_err_t           notice;
    rfl_str_t           text;
    rfl_buf_t           body;
    const u_char       *line;
    rfl_web_request_t   in;
    rfl_web_response_t  out;

    if (web == NULL) {
        fuzz_init();
    }

    if (size == 0) {
        return 0;
    }

    what = data[0] % 4;
    who = WEB_AMINA + data[0] / 4 % 3;

    text = fuzz_copy(data + 1, size - 1);

    memset(&in, 0, sizeof(rfl_web_request_t));
    memset(&out, 0, sizeof(rfl_web_response_t));
    rfl_buf_init(&out.body, 0);
    rfl_buf_init(&body, 0);

    if (what == FUZZ_PRESS) {
        fuzz_press(who, &text, &out);
        goto done;
    }

    line = text.len ? memchr(text.data, '\n', text.len) : NULL;

    in.identified = 1;
    memset(in.fingerprint, who, sizeof(in.fingerprint));
    in.path.data = text.data;
    in.path.len = (line != NULL) ? (size_t) (line - text.data) : text.len;
    in.now = ENTRY_NOW;
    in.post = (what != FUZZ_QUERY);

    if (what == FUZZ_FORM) {
        memset(print, who, sizeof(print));
        rfl_session_csrf(web->sessions, print, ENTRY_TODAY, token);
        rfl_buf_literal(&body, "csrf=");
        rfl_buf_append(&body, token, sizeof(token));
        rfl_buf_byte(&body, '&');
    }

    if (line != NULL) {
        rfl_buf_append(&body, line + 1, text.len - in.path.len - 1);
    }

    in.query.data = body.data;
    in.query.len = in.post ? 0 : body.len;
    in.body.data = body.data;
    in.body.len = in.post ? body.len : 0;

    rfl_web_answer(web, &in, &out, &notice);

    /* nobody has a token by chance; without a language in the address there
     * is nothing to be done */

    fuzz_assert(what != FUZZ_BODY || out.status == 400 || out.status == 404
                || strlen(out.location) == sizeof("/desk/en/") - 1);

done:

    fuzz_answer(&out);

    rfl_buf_free(&out.body);
    rfl_buf_free(&body);
    free(text.data);

    return 0;
}


static void
fuzz_init(void)
{
    int     who;
    u_char  print[RFL_PRINT_SIZE];

    web_open();
    fuzz_assert(atexit(fuzz_exit) == 0);

    lasting = rfl_pool_create(65536);
    fuzz_assert(lasting != NULL);

    for (who = WEB_AMINA; who <= WEB_CHEN; who++) {
        web_sign(who);
        memset(print, who, sizeof(print));
        fuzz_assert(rfl_session_put(web->sessions, print, &web_keys,
                                    ENTRY_NOW)
                    == RFL_OK);
    }
}


static void
fuzz_exit(void)
{
    char  command[64];

    (void) snprintf(command, sizeof(command), "rm -r %s", web_dir);
    fuzz_assert(system(command) == 0);
}


/* without desk Redis, which has no item: read, and judged as far as that */

static void
fuzz_press(int who, const rfl_str_t *body, rfl_web_response_t *out)
{
    rfl_err_t           notice;
    rfl_item_t         *item;
    rfl_web_ask_t       ask;
    rfl_web_request_t   in;

    memset(&ask, 0, sizeof(rfl_web_ask_t));
    memset(&in, 0, sizeof(rfl_web_request_t));
    notice.text[0] = '\0';

    in.now = ENTRY_NOW;
    in.post = 1;
    in.body = *body;
    memset(in.fingerprint, who, sizeof(in.fingerprint));

    ask.web = web;
    ask.in = &in;
    ask.out = out;
    ask.notice = &notice;
    ask.pool = rfl_pool_create(65536);
    ask.work = &web->work;
    ask.keys = &web_keys;
    ask.listed = 1;
    ask.route = entry_str("item");
    ask.arg = entry_str("00000000000000000000000000000000");

    rfl_buf_init(&ask.faults, 0);

    fuzz_assert(ask.pool != NULL
                && rfl_staff_find(web->work.staff, in.fingerprint,
                                  ENTRY_TODAY, &ask.who)
                   == RFL_STAFF_WELCOME
                && rfl_work_begin(&web->work, ask.who, ask.keys, in.now,
                                  &notice)
                   == RFL_OK);

    item = rfl_pcalloc(ask.pool, sizeof(rfl_item_t));
    fuzz_assert(item != NULL);
    web_sent(item, "Amina Warsame");
    web_draft(lasting, item);

    fuzz_assert(rfl_web_act(&ask, item) == RFL_OK);

    rfl_pool_reset(lasting);
    rfl_buf_free(&ask.faults);
    rfl_work_end(&web->work);
    rfl_pool_destroy(ask.pool);
}


static void
fuzz_answer(const rfl_web_response_t *out)
{
    size_t  i, n;

    static const char  *const  never[] = {
        "<script", "<img", "<svg", "<iframe", "<style", "<base"
    };

    fuzz_assert(out->status == 200 || out->status == 303
                || out->status == 400 || out->status == 403
                || out->status == 404 || out->status == 409
                || out->status == 500 || out->status == 503);
    fuzz_assert(rfl_utf8_valid(out->body.data, out->body.len));

    /* where it leads is made of our own words and of identifiers */

    n = strlen(out->location);

    fuzz_assert((out->status == 303) == (n != 0));
    fuzz_assert(n == 0 || strncmp(out->location, "/desk/", 6) == 0);
    fuzz_assert(n < sizeof(out->location)
                && strpbrk(out->location, "\r\n <>\"'\\") == NULL);

    /* what was typed comes back as text or not at all */

    for (i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
        fuzz_assert(out->body.len == 0
                    || memmem(out->body.data, out->body.len, never[i],
                              strlen(never[i]))
                       == NULL);
    }
}
