
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_sign.c: "rflctl check" and "rflctl sign": what a moderator does
 * with a file of entries before it is published.
 */


#include "rfl_entry.h"
#include "rfl_file.h"
#include "rfl_keyfile.h"
#include "rflctl.h"
#include "rflctl_key.h"

#include <sodium.h>
#include <stdio.h>
#include <unistd.h>


static int rflctl_check_line(rflctl_t *ctl, rfl_pool_t *pool,
    const rflctl_lines_t *lines, unsigned approvals, rflctl_faults_t *faults,
    rfl_draft_t *draft, unsigned *good);
static int rflctl_sign_lines(rflctl_t *ctl, const rfl_keyfile_t *key,
    rfl_buf_t *out, unsigned *n, rflctl_faults_t *faults, rfl_err_t *err);
static int rflctl_sign_draft(rfl_pool_t *pool, const rfl_keyfile_t *key,
    const rfl_trust_t *trust, rfl_draft_t *draft, rfl_err_t *err);
static int rflctl_sign_olds(rfl_draft_t *draft, const rfl_keyfile_t *key,
    const rfl_trust_t *trust, rfl_err_t *err);


int
rflctl_check(rflctl_t *ctl)
{
    int               rc;
    unsigned          n, unsigned_n, good;
    rfl_err_t         err;
    rfl_pool_t       *pool;
    rfl_draft_t       draft;
    rflctl_lines_t    lines;
    rflctl_faults_t   faults;

    rc = rflctl_rules(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rflctl_lines_open(&lines, ctl->argv[0], &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        rflctl_lines_close(&lines);
        return rflctl_fail(rfl_err(&err, 0, "out of memory"), &err);
    }

    rflctl_faults_init(&faults, lines.name);
    faults.json = ctl->opts->json ? json_array() : NULL;

    n = 0;
    unsigned_n = 0;

    while ((rc = rflctl_lines_next(&lines, &err)) == RFL_OK) {

        rc = rflctl_check_line(ctl, pool, &lines, 1, &faults, &draft, &good);
        if (rc != RFL_OK) {
            (void) rfl_err(&err, 0, "out of memory");
            break;
        }

        n++;

        if (good && draft.e.napprovals < ctl->desk.policy->approvals) {
            unsigned_n++;
        }

        rfl_pool_reset(pool);
    }

    rfl_pool_destroy(pool);
    rflctl_lines_close(&lines);

    if (rc != RFL_DECLINED) {
        json_decref(faults.json);
        return rflctl_fail(rc, &err);
    }

    rc = (faults.lines != 0) ? RFLCTL_PROBLEMS : RFLCTL_OK;

    if (ctl->opts->json) {
        return rflctl_json(json_pack("{s:i, s:i, s:i, s:o}", "entries",
                                     (int) n, "faulty", (int) faults.lines,
                                     "to_sign", (int) unsigned_n, "faults",
                                     faults.json),
                           rc);
    }

    rflctl_say("%u entries: %u without a fault (%u of them still to be "
               "signed), %u with %u faults", n, n - faults.lines, unsigned_n,
               faults.lines, faults.count);

    return rc;
}


/*
 * Parses and checks one line; *good if there is no fault.  Approvals are
 * looked at if asked for and as far as there are any.
 */

static int
rflctl_check_line(rflctl_t *ctl, rfl_pool_t *pool,
    const rflctl_lines_t *lines, unsigned approvals, rflctl_faults_t *faults,
    rfl_draft_t *draft, unsigned *good)
{
    int        n;
    rfl_err_t  err;
    rfl_buf_t  text;

    *good = 0;

    if (rfl_draft_parse(pool, &lines->text, lines->number, draft, &err)
        != RFL_OK)
    {
        rflctl_faults_add(faults, lines->number, (u_char *) err.text,
                          strlen(err.text));
        return RFL_OK;
    }

    rfl_buf_init(&text, 0);

    /* what is not signed at all yet is not a fault here */

    approvals = approvals && draft->e.napprovals == ctl->desk.policy->approvals;

    n = rfl_draft_check(pool, draft, ctl->desk.policy, ctl->desk.trust,
                        (int64_t) time(NULL), (int) approvals, &text);

    if (n > 0) {
        rflctl_faults_add(faults, lines->number, text.data, text.len);
    }

    *good = (n == 0);

    rfl_buf_free(&text);

    return (n < 0) ? RFL_ERROR : RFL_OK;
}


int
rflctl_sign(rflctl_t *ctl)
{
    int              rc;
    unsigned         n;
    rfl_buf_t        out;
    rfl_err_t        err;
    rfl_keyfile_t    key;
    rflctl_faults_t  faults;

    if (ctl->opts->key == NULL) {
        rflctl_error("with which key? Give --key=FILE, made by \"rflctl "
                     "keygen\"");
        return RFLCTL_USAGE;
    }

    rc = rflctl_rules(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    rc = rfl_keyfile_read(ctl->pool, ctl->opts->key, rflctl_passphrase, ctl,
                          &key, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rfl_buf_init(&out, (size_t) 4 * 1024 * 1024 * 1024);

    rc = rflctl_sign_lines(ctl, &key, &out, &n, &faults, &err);

    rfl_memzero(&key, sizeof(key));

    if (rc != RFL_OK) {
        rc = rflctl_fail(rc, &err);

    } else if (faults.lines != 0) {
        rflctl_error("nothing was signed: %u of %u entries have faults",
                     faults.lines, n);
        rc = RFLCTL_PROBLEMS;

    } else if (ctl->opts->out != NULL) {
        rc = rflctl_fail(rfl_file_write(ctl->pool, ctl->opts->out, 0600, 1,
                                        out.data, out.len, &err), &err);

    } else if (rfl_fd_write(STDOUT_FILENO, out.data, out.len) != RFL_OK) {
        rflctl_error("cannot write to standard output");
        rc = RFLCTL_CREATE;
    }

    rfl_buf_free(&out);

    if (rc == RFLCTL_OK) {
        rflctl_note("%u entries signed", n);
    }

    return rc;
}


static int
rflctl_sign_lines(rflctl_t *ctl, const rfl_keyfile_t *key, rfl_buf_t *out,
    unsigned *n, rflctl_faults_t *faults, rfl_err_t *err)
{
    int              rc;
    unsigned         good;
    rfl_pool_t      *pool;
    rfl_draft_t      draft;
    rflctl_lines_t   lines;

    *n = 0;

    rc = rflctl_lines_open(&lines, ctl->argv[0], err);
    if (rc != RFL_OK) {
        return rc;
    }

    rflctl_faults_init(faults, lines.name);

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        rflctl_lines_close(&lines);
        return rfl_err(err, 0, "out of memory");
    }

    while ((rc = rflctl_lines_next(&lines, err)) == RFL_OK) {

        if (rflctl_stop) {
            rc = RFL_STOPPED;
            break;
        }

        (*n)++;
        rflctl_progress("signing", *n, 0);

        rc = rflctl_check_line(ctl, pool, &lines, 0, faults, &draft, &good);

        if (rc != RFL_OK) {
            rc = rfl_err(err, 0, "out of memory");
            break;
        }

        if (!good) {
            rfl_pool_reset(pool);
            continue;
        }

        rc = rflctl_sign_draft(pool, key, ctl->desk.trust, &draft, err);

        if (rc == RFL_DECLINED) {
            rflctl_faults_add(faults, lines.number, (u_char *) err->text,
                              strlen(err->text));

        } else if (rc != RFL_OK) {
            break;

        } else {
            rfl_draft_print(&draft, out);
            rfl_buf_byte(out, '\n');

            if (out->failed) {
                rc = rfl_err(err, 0, "out of memory");
                break;
            }
        }

        rfl_pool_reset(pool);
    }

    rfl_pool_destroy(pool);
    rflctl_lines_close(&lines);

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}


/* RFL_DECLINED with the fault in err */

static int
rflctl_sign_draft(rfl_pool_t *pool, const rfl_keyfile_t *key,
    const rfl_trust_t *trust, rfl_draft_t *draft, rfl_err_t *err)
{
    int              rc;
    rfl_approval_t  *approval;

    if (!draft->has_ref) {
        randombytes_buf(draft->e.ref, RFL_REF_SIZE);
        randombytes_buf(draft->salt, RFL_SALT_SIZE);
        draft->has_ref = 1;

        if (rfl_facts_commit(pool, &draft->facts, draft->salt,
                             draft->e.commit)
            != RFL_OK)
        {
            return rfl_err(err, 0, "out of memory");
        }
    }

    rc = rfl_entry_encode(pool, &draft->e, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rflctl_sign_olds(draft, key, trust, err);
    if (rc != RFL_OK) {
        return rc;
    }

    approval = &draft->e.approvals[draft->e.napprovals];

    memcpy(approval->key, key->id, RFL_KEY_ID_SIZE);
    approval->day = (int32_t) (time(NULL) / 86400);

    if (rfl_approval_sign(key->sk, approval->day, draft->e.fields.data,
                          draft->e.fields.len, approval->sig)
        != RFL_OK)
    {
        (void) rfl_err(err, 0, "it is too long to be signed: shorten it");
        return RFL_DECLINED;
    }

    draft->e.napprovals++;

    return RFL_OK;
}


/* the key must be one of the society's, and what is signed already must fit */

static int
rflctl_sign_olds(rfl_draft_t *draft, const rfl_keyfile_t *key,
    const rfl_trust_t *trust, rfl_err_t *err)
{
    unsigned                i;
    rfl_entry_t            *e;
    const rfl_society_t    *society;
    const rfl_trust_key_t  *other;

    e = &draft->e;
    society = rfl_trust_society(trust, &e->society);

    if (society == NULL || rfl_trust_key(society, key->id) == NULL) {
        (void) rfl_err(err, 0, "this key is not one of \"%.*s\" in the trust "
                       "file: add it there, or use another key",
                       (int) e->society.len, e->society.data);
        return RFL_DECLINED;
    }

    if (e->napprovals == RFL_APPROVALS_MAX) {
        (void) rfl_err(err, 0, "it has %d signatures already: publish it",
                       RFL_APPROVALS_MAX);
        return RFL_DECLINED;
    }

    for (i = 0; i < e->napprovals; i++) {

        if (memcmp(e->approvals[i].key, key->id, RFL_KEY_ID_SIZE) == 0) {
            (void) rfl_err(err, 0, "this key has signed it already: another "
                           "moderator must sign now");
            return RFL_DECLINED;
        }

        other = rfl_trust_key(society, e->approvals[i].key);

        if (other == NULL
            || rfl_approval_verify(other->pk, e->approvals[i].day,
                                   e->fields.data, e->fields.len,
                                   e->approvals[i].sig)
               != RFL_OK)
        {
            (void) rfl_err(err, 0, "signature %u does not fit: it was made "
                           "over another text, or by a key that is not "
                           "trusted; remove \"approvals\" and sign anew",
                           i + 1);
            return RFL_DECLINED;
        }
    }

    return RFL_OK;
}
