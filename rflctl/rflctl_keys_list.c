
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_keys_list.c: "rflctl keys list" and "keys publish": the inbox keys
 * of this desk beside what the trust file says of them.
 */


#include "rfl_file.h"
#include "rfl_json.h"
#include "rfl_splice.h"
#include "rfl_text.h"
#include "rfl_vault.h"
#include "rflctl.h"
#include "rflctl_keys.h"

#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>


/* a gap that begins sooner is told */
#define RFLCTL_NOTICE_DAYS   14


/* an element of "inbox_keys" as it stands in the trust file */

typedef struct {
    u_char       pk[RFL_BOX_PUBLIC_SIZE];
    u_char       id[RFL_KEY_ID_SIZE];
    int32_t      not_before;
    int32_t      not_after;
    unsigned     retired;
    unsigned     good;             /* rightly signed by the root beside it */
    unsigned     held;             /* this desk has its secret half */
} rflctl_trusted_t;

typedef struct {
    rfl_str_t           society;
    int32_t             today;
    u_char              root[RFL_SIGN_PUBLIC_SIZE];      /* root.pub */
    rfl_inbox_files_t   files;     /* of this society */

    rfl_str_t           text;      /* the trust file */
    unsigned            has_root;
    u_char              trust_root[RFL_SIGN_PUBLIC_SIZE];
    unsigned            n;
    rflctl_trusted_t   *trusted;
} rflctl_keys_t;


static int rflctl_keys_read(rflctl_t *ctl, rflctl_keys_t *k, unsigned change);
static int rflctl_keys_trust(rflctl_t *ctl, rflctl_keys_t *k,
    rfl_err_t *err);
static void rflctl_keys_trusted(rflctl_keys_t *k, json_t *key,
    rflctl_trusted_t *t);
static int rflctl_keys_published(const rflctl_keys_t *k,
    const rfl_inbox_file_t *file);
static const char *rflctl_keys_state(const rflctl_keys_t *k,
    const rfl_inbox_file_t *file);
static json_t *rflctl_keys_row(const rflctl_keys_t *k,
    const rfl_inbox_file_t *file);
static void rflctl_keys_problems(rflctl_t *ctl, const rflctl_keys_t *k);
static void rflctl_keys_gap(rflctl_t *ctl, const rflctl_keys_t *k);
static int rflctl_keys_print(rflctl_t *ctl, rflctl_keys_t *k,
    rfl_str_t *root, rfl_str_t *keys, unsigned *n, rfl_err_t *err);
static int rflctl_keys_write(rflctl_t *ctl, rflctl_keys_t *k,
    const rfl_str_t *root, const rfl_str_t *keys, unsigned n,
    rfl_err_t *err);


int
rflctl_keys_list(rflctl_t *ctl)
{
    int                      rc;
    char                     hex[2 * RFL_KEY_ID_SIZE + 1];
    json_t                  *rows;
    u_char                   first[RFL_DAY_TEXT_SIZE];
    u_char                   last[RFL_DAY_TEXT_SIZE];
    unsigned                 i;
    rflctl_keys_t            k;
    const rfl_inbox_file_t  *file;

    rc = rflctl_keys_read(ctl, &k, 0);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rows = ctl->opts->json ? json_array() : NULL;
    ctl->problems = ctl->opts->json ? json_array() : NULL;

    for (i = 0; i < k.files.n; i++) {
        file = &k.files.keys[i];

        if (rows != NULL) {
            (void) json_array_append_new(rows, rflctl_keys_row(&k, file));
            continue;
        }

        (void) sodium_bin2hex(hex, sizeof(hex), file->id, RFL_KEY_ID_SIZE);
        rfl_day_format(file->not_before, first);
        rfl_day_format(file->not_after, last);

        rflctl_say("%s  %.*s to %.*s  %s, %s", hex, RFL_DAY_TEXT_SIZE, first,
                   RFL_DAY_TEXT_SIZE, last, rflctl_keys_state(&k, file),
                   rflctl_keys_published(&k, file) ? "published"
                                                   : "not published");
    }

    rflctl_keys_problems(ctl, &k);

    rc = (ctl->nproblems == 0) ? RFLCTL_OK : RFLCTL_PROBLEMS;

    if (rows == NULL) {
        return rc;
    }

    return rflctl_json(json_pack("{s:o, s:o, s:o}", "society",
                                 rflctl_json_str(&k.society), "keys", rows,
                                 "problems", ctl->problems),
                       rc);
}


/* change: until the end of the command nobody else changes these files */

static int
rflctl_keys_read(rflctl_t *ctl, rflctl_keys_t *k, unsigned change)
{
    int        rc;
    unsigned   i, n;
    rfl_err_t  err;

    memset(k, 0, sizeof(rflctl_keys_t));

    k->today = rfl_today();

    rc = rflctl_rules(ctl);

    if (rc == RFLCTL_OK) {
        rc = rflctl_keys_society(ctl, &k->society);
    }

    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = change ? rflctl_files_lock(ctl, &err) : RFL_OK;

    if (rc == RFL_OK) {
        rc = rfl_vault_root(ctl->pool, ctl->opts->state, k->root, &err);
    }

    if (rc == RFL_OK) {
        rc = rfl_inbox_files(ctl->pool, ctl->opts->state, &k->files, &err);
    }

    if (rc == RFL_OK) {
        rc = rflctl_keys_trust(ctl, k, &err);
    }

    for (i = 0, n = 0; i < k->files.n; i++) {
        if (rfl_str_eq(&k->files.keys[i].society, &k->society)) {
            k->files.keys[n++] = k->files.keys[i];
        }
    }

    k->files.n = n;

    for (i = 0; i < k->n; i++) {
        for (n = 0; n < k->files.n; n++) {
            if (memcmp(k->files.keys[n].pk, k->trusted[i].pk,
                       RFL_BOX_PUBLIC_SIZE)
                == 0)
            {
                k->trusted[i].held = 1;
            }
        }
    }

    return rflctl_fail(rc, &err);
}


/*
 * As it stands there, wrong signatures and all: what rfl_trust_parse() gives
 * has only what may be used.
 */

static int
rflctl_keys_trust(rflctl_t *ctl, rflctl_keys_t *k, rfl_err_t *err)
{
    int          rc;
    json_t      *root, *society, *id, *keys, *value;
    size_t       i, m;
    const char  *text;

    rc = rfl_file_read(ctl->pool, ctl->desk.conf.trust, RFLCTL_TRUST_MAX, 0,
                       &k->text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    root = rfl_json_parse(k->text.data, k->text.len, NULL);

    json_array_foreach(json_object_get(root, "societies"), i, society) {
        id = json_object_get(society, "id");

        if (id == NULL || json_string_length(id) != k->society.len
            || memcmp(json_string_value(id), k->society.data, k->society.len)
               != 0)
        {
            continue;
        }

        text = json_string_value(json_object_get(society, "root"));

        k->has_root = (text != NULL
                       && rfl_pass_bytes(text, k->trust_root,
                                         sizeof(k->trust_root))
                          == RFL_OK);

        keys = json_object_get(society, "inbox_keys");

        k->trusted = rfl_pcalloc(ctl->pool, sizeof(rflctl_trusted_t)
                                            * (json_array_size(keys) + 1));
        if (k->trusted == NULL) {
            json_decref(root);
            return rfl_err(err, 0, "out of memory");
        }

        json_array_foreach(keys, m, value) {
            rflctl_keys_trusted(k, value, &k->trusted[k->n]);
            k->n++;
        }
    }

    json_decref(root);

    return RFL_OK;
}


static void
rflctl_keys_trusted(rflctl_keys_t *k, json_t *key, rflctl_trusted_t *t)
{
    int          retired;
    u_char       signature[RFL_SIGN_SIZE];
    const char  *pk, *first, *last, *sig;

    retired = 0;

    if (json_unpack(key, "{s:s, s:s, s:s, s:s, s?b}", "public", &pk,
                    "not_before", &first, "not_after", &last, "signature",
                    &sig, "retired", &retired)
        != 0
        || rfl_pass_bytes(pk, t->pk, sizeof(t->pk)) != RFL_OK)
    {
        return;
    }

    rfl_box_key_id(t->pk, t->id);
    t->retired = (retired != 0);

    t->good = k->has_root
              && rfl_day_parse((const u_char *) first, strlen(first),
                               &t->not_before)
                 == RFL_OK
              && rfl_day_parse((const u_char *) last, strlen(last),
                               &t->not_after)
                 == RFL_OK
              && rfl_pass_bytes(sig, signature, sizeof(signature)) == RFL_OK
              && rfl_box_key_verify(k->trust_root, &k->society, t->pk,
                                    t->not_before, t->not_after, signature)
                 == RFL_OK;
}


/* the trust file says of it what the desk does */

static int
rflctl_keys_published(const rflctl_keys_t *k, const rfl_inbox_file_t *file)
{
    unsigned                 i;
    const rflctl_trusted_t  *t;

    for (i = 0; i < k->n; i++) {
        t = &k->trusted[i];

        if (t->good && memcmp(t->pk, file->pk, sizeof(t->pk)) == 0
            && t->not_before == file->not_before
            && t->not_after == file->not_after
            && t->retired == file->retired)
        {
            return 1;
        }
    }

    return 0;
}


static const char *
rflctl_keys_state(const rflctl_keys_t *k, const rfl_inbox_file_t *file)
{
    if (file->retired) {
        return "retired";
    }

    if (file->not_after < k->today) {
        return "over";
    }

    return (file->not_before > k->today) ? "later" : "good now";
}


static json_t *
rflctl_keys_row(const rflctl_keys_t *k, const rfl_inbox_file_t *file)
{
    char    hex[2 * RFL_KEY_ID_SIZE + 1];
    u_char  first[RFL_DAY_TEXT_SIZE], last[RFL_DAY_TEXT_SIZE];

    (void) sodium_bin2hex(hex, sizeof(hex), file->id, RFL_KEY_ID_SIZE);
    rfl_day_format(file->not_before, first);
    rfl_day_format(file->not_after, last);

    return json_pack("{s:s, s:s#, s:s#, s:s, s:b}", "key", hex, "not_before",
                     first, (int) RFL_DAY_TEXT_SIZE, "not_after", last,
                     (int) RFL_DAY_TEXT_SIZE, "state",
                     rflctl_keys_state(k, file), "published",
                     rflctl_keys_published(k, file));
}


static void
rflctl_keys_problems(rflctl_t *ctl, const rflctl_keys_t *k)
{
    char                     hex[2 * RFL_KEY_ID_SIZE + 1];
    unsigned                 i;
    const rflctl_trusted_t  *t;
    const rfl_inbox_file_t  *file;

    if (k->has_root
        && memcmp(k->root, k->trust_root, sizeof(k->root)) != 0)
    {
        rflctl_problem(ctl, "the trust file has another root key than "
                       "this desk: find out who wrote it there");
    }

    for (i = 0; i < k->n; i++) {
        t = &k->trusted[i];
        (void) sodium_bin2hex(hex, sizeof(hex), t->id, RFL_KEY_ID_SIZE);

        if (!t->good) {
            rflctl_problem(ctl, "inbox_keys[%u] of the trust file, %s, is "
                           "wrongly signed: the web server does not use "
                           "it; run \"rflctl keys publish\"", i, hex);

        } else if (!t->held && !t->retired && t->not_after >= k->today) {
            rflctl_problem(ctl, "inbox_keys[%u] of the trust file, %s, is "
                           "not a key of this desk: what is sealed to "
                           "it cannot be opened here", i, hex);
        }
    }

    for (i = 0; i < k->files.n; i++) {
        file = &k->files.keys[i];

        if (file->not_after >= k->today && !rflctl_keys_published(k, file)) {
            (void) sodium_bin2hex(hex, sizeof(hex), file->id,
                                  RFL_KEY_ID_SIZE);
            rflctl_problem(ctl, "the trust file does not have %s as it "
                           "is here: run \"rflctl keys publish\"", hex);
        }
    }

    rflctl_keys_gap(ctl, k);
}


/* the first day from today on which no key is good */

static void
rflctl_keys_gap(rflctl_t *ctl, const rflctl_keys_t *k)
{
    int32_t                  day, before;
    u_char                   text[RFL_DAY_TEXT_SIZE];
    unsigned                 i;
    const rfl_inbox_file_t  *file;

    day = k->today;

    do {
        before = day;

        for (i = 0; i < k->files.n; i++) {
            file = &k->files.keys[i];

            if (!file->retired && file->not_before <= day
                && file->not_after >= day)
            {
                day = file->not_after + 1;
            }
        }
    } while (day != before);

    if (day - k->today > RFLCTL_NOTICE_DAYS) {
        return;
    }

    rfl_day_format(day, text);

    rflctl_problem(ctl, "no key is good on %.*s: nothing can be sent then; "
                   "run \"rflctl keys new\"", RFL_DAY_TEXT_SIZE, text);
}


int
rflctl_keys_publish(rflctl_t *ctl)
{
    int             rc;
    unsigned        n;
    rfl_buf_t       out;
    rfl_err_t       err;
    rfl_str_t       root, *keys, indent;
    rflctl_keys_t   k;

    rc = rflctl_keys_read(ctl, &k,
                          !ctl->opts->print && !ctl->opts->dry_run);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    if (k.has_root && memcmp(k.root, k.trust_root, sizeof(k.root)) != 0) {
        rflctl_error("\"%s\" has another root key for this society: nothing "
                     "was changed; if the root was replaced, remove the "
                     "member \"root\" by hand first", ctl->desk.conf.trust);
        return RFLCTL_PROBLEMS;
    }

    keys = rfl_pcalloc(ctl->pool, (k.files.n + 1) * sizeof(rfl_str_t));

    rc = (keys == NULL) ? rfl_err(&err, 0, "out of memory")
                        : rflctl_keys_print(ctl, &k, &root, keys, &n, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    if (ctl->opts->print) {
        rfl_buf_init(&out, 0);
        rfl_str_set(&indent, "\n");

        rfl_splice_print(&indent, &root, keys, n, &out);
        (void) printf("%.*s\n", (int) out.len, (char *) out.data);
        rfl_buf_free(&out);

        return RFLCTL_OK;
    }

    if (n == 0) {
        rflctl_error("there is no key to publish: run \"rflctl keys new\"");
        return RFLCTL_PROBLEMS;
    }

    rc = rflctl_keys_write(ctl, &k, &root, keys, n, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rflctl_note("the inbox keys of %.*s, %u, %s in \"%s\": bring the file to "
                "the public host and reload nginx", (int) k.society.len,
                (char *) k.society.data, n,
                ctl->opts->dry_run ? "would be" : "are now",
                ctl->desk.conf.trust);

    return ctl->opts->json
           ? rflctl_json(json_pack("{s:I, s:s}", "keys", (json_int_t) n,
                                   "file", ctl->desk.conf.trust),
                         RFLCTL_OK)
           : RFLCTL_OK;
}


/* what goes into the file; keys that are over are of no use there */

static int
rflctl_keys_print(rflctl_t *ctl, rflctl_keys_t *k, rfl_str_t *root,
    rfl_str_t *keys, unsigned *n, rfl_err_t *err)
{
    u_char                   first[RFL_DAY_TEXT_SIZE];
    u_char                   last[RFL_DAY_TEXT_SIZE];
    unsigned                 i;
    rfl_buf_t                b;
    const rfl_inbox_file_t  *file;

    *n = 0;

    rfl_buf_init(&b, 0);
    rfl_pass_base64(&b, "root", k->root, sizeof(k->root));

    /* the value alone: behind ", "root": " */

    root->len = b.len - sizeof(", \"root\": ") + 1;
    root->data = b.failed ? NULL
                          : rfl_pstrdup(ctl->pool, b.data + sizeof(
                                        ", \"root\": ") - 1, root->len);

    for (i = 0; i < k->files.n && root->data != NULL; i++) {
        file = &k->files.keys[i];

        if (file->not_after < k->today) {
            continue;
        }

        if (rfl_box_key_verify(k->root, &k->society, file->pk,
                               file->not_before, file->not_after,
                               file->signature)
            != RFL_OK)
        {
            rfl_buf_free(&b);
            return rfl_err(err, 0, "\"%s\" is not signed by the root key of "
                           "this desk: move it away", file->path);
        }

        rfl_day_format(file->not_before, first);
        rfl_day_format(file->not_after, last);

        rfl_buf_reset(&b);
        rfl_pass_base64(&b, "public", file->pk, sizeof(file->pk));
        rfl_buf_printf(&b, ", \"not_before\": \"%.*s\", "
                       "\"not_after\": \"%.*s\"", RFL_DAY_TEXT_SIZE, first,
                       RFL_DAY_TEXT_SIZE, last);
        rfl_pass_base64(&b, "signature", file->signature,
                        sizeof(file->signature));
        rfl_buf_printf(&b, "%s}", file->retired ? ", \"retired\": true" : "");

        /* "{" for the comma and space in front */

        if (!b.failed) {
            b.data[1] = '{';
            keys[*n].len = b.len - 1;
            keys[*n].data = rfl_pstrdup(ctl->pool, b.data + 1, b.len - 1);
        }

        if (keys[*n].data == NULL) {
            break;
        }

        (*n)++;
    }

    i = (i < k->files.n || root->data == NULL);

    rfl_buf_free(&b);

    return i ? rfl_err(err, 0, "out of memory") : RFL_OK;
}


static int
rflctl_keys_write(rflctl_t *ctl, rflctl_keys_t *k, const rfl_str_t *root,
    const rfl_str_t *keys, unsigned n, rfl_err_t *err)
{
    int                   rc;
    rfl_buf_t             out;
    rfl_err_t             why;
    rfl_str_t             text;
    rfl_trust_t          *trust;
    const rfl_society_t  *society;

    rfl_buf_init(&out, 0);

    rc = rfl_splice(&k->text, &k->society, root, keys, n, &out);

    if (rc == RFL_DECLINED) {
        (void) rfl_err(err, 0, "\"%s\" is written in a way that cannot be "
                       "changed safely: add what \"rflctl keys publish "
                       "--print\" prints by hand", ctl->desk.conf.trust);
        goto done;
    }

    if (rc != RFL_OK) {
        (void) rfl_err(err, 0, "out of memory");
        goto done;
    }

    /* it is read back before it takes the place of the other */

    text.data = out.data;
    text.len = out.len;

    rc = rfl_trust_parse(ctl->pool, &text, &trust, &why);

    society = (rc == RFL_OK) ? rfl_trust_society(trust, &k->society) : NULL;

    if (society == NULL || society->ninbox != n) {
        rc = rfl_err(err, 0, "the trust file would not be right afterwards, "
                     "nothing was changed: %s",
                     rc == RFL_OK ? "keys are missing" : why.text);
        goto done;
    }

    if (ctl->opts->dry_run
        || (out.len == k->text.len
            && memcmp(out.data, k->text.data, out.len) == 0))
    {
        goto done;
    }

    rc = rflctl_trust_write(ctl, &out, err);

done:

    rfl_buf_free(&out);

    return rc;
}


int
rflctl_trust_write(rflctl_t *ctl, const rfl_buf_t *text, rfl_err_t *err)
{
    int          rc;
    rfl_out_t    file;
    struct stat  st;

    rc = rfl_out_open(ctl->pool, &file, ctl->desk.conf.trust, 0600, err);

    /* nginx, of another user, may have to read it as it did before */

    if (rc == RFL_OK
        && (stat(ctl->desk.conf.trust, &st) == -1
            || fchmod(file.fd, st.st_mode & 0777) == -1))
    {
        rc = rfl_err(err, 0, "cannot give \"%s\" its mode again",
                     ctl->desk.conf.trust);
    }

    if (rc == RFL_OK) {
        rc = rfl_out_write(&file, text->data, text->len, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_out_commit(&file, 1, err);
    }

    rfl_out_close(&file);

    return rc;
}
