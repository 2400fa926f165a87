
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
#include <unistd.h>


static void rflctl_check_trust(const rfl_trust_t *trust);
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
    unsigned          n, to_sign;
    rfl_err_t         err;
    rflctl_line_t    *line;
    rflctl_batch_t   *batch;
    rflctl_faults_t   faults;

    rc = rflctl_rules(ctl);
    if (rc != RFLCTL_OK) {
        return rc;
    }

    batch = rfl_palloc(ctl->pool, sizeof(rflctl_batch_t));
    if (batch == NULL) {
        return rflctl_fail(rfl_err(&err, 0, "out of memory"), &err);
    }

    rc = rflctl_batch_open(batch, ctl, ctl->argv[0], RFLCTL_AS_SIGNED, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rflctl_faults_init(&faults, batch->lines.name);
    faults.json = ctl->opts->json ? json_array() : NULL;

    n = 0;
    to_sign = 0;

    while ((rc = rflctl_batch_next(batch, &line, &err)) == RFL_OK) {

        n++;

        if (line->rc == RFL_OK) {
            to_sign += (line->draft.e.napprovals
                        < ctl->desk.policy->approvals);

        } else {
            rflctl_faults_add(&faults, line->number, line->faults.data,
                              line->faults.len);
        }
    }

    rflctl_batch_close(batch);

    if (rc != RFL_DECLINED) {
        json_decref(faults.json);
        return rflctl_fail(rc, &err);
    }

    rflctl_check_trust(ctl->desk.trust);

    rc = (faults.lines != 0) ? RFLCTL_PROBLEMS : RFLCTL_OK;

    if (ctl->opts->json) {
        return rflctl_json(json_pack("{s:i, s:i, s:i, s:o}", "entries",
                                     (int) n, "faulty", (int) faults.lines,
                                     "to_sign", (int) to_sign, "faults",
                                     faults.json),
                           rc);
    }

    rflctl_say("%u entries: %u without a fault (%u of them still to be "
               "signed), %u with %u faults", n, n - faults.lines, to_sign,
               faults.lines, faults.count);

    return rc;
}


/* inbox keys of the trust file that no web server will use */

static void
rflctl_check_trust(const rfl_trust_t *trust)
{
    unsigned              i;
    const rfl_society_t  *society;

    for (i = 0; i < trust->nsocieties; i++) {
        society = &trust->societies[i];

        if (society->nunsigned != 0) {
            rflctl_error("trust.json: %u inbox keys of the society \"%.*s\" "
                         "are not signed by its root and are not used: "
                         "\"rflctl keys list\" names them",
                         society->nunsigned, (int) society->id.len,
                         (char *) society->id.data);
        }
    }
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
    int               rc;
    rflctl_line_t    *line;
    rflctl_batch_t   *batch;

    *n = 0;

    batch = rfl_palloc(ctl->pool, sizeof(rflctl_batch_t));
    if (batch == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rflctl_batch_open(batch, ctl, ctl->argv[0], RFLCTL_UNSIGNED, err);
    if (rc != RFL_OK) {
        return rc;
    }

    rflctl_faults_init(faults, batch->lines.name);

    while ((rc = rflctl_batch_next(batch, &line, err)) == RFL_OK) {

        (*n)++;

        if (line->rc != RFL_OK) {
            rflctl_faults_add(faults, line->number, line->faults.data,
                              line->faults.len);
            continue;
        }

        rc = rflctl_sign_draft(line->pool, key, ctl->desk.trust,
                               &line->draft, err);

        if (rc == RFL_DECLINED) {
            rflctl_faults_add(faults, line->number, (u_char *) err->text,
                              strlen(err->text));
            continue;
        }

        if (rc != RFL_OK) {
            break;
        }

        rfl_draft_print(&line->draft, out);
        rfl_buf_byte(out, '\n');

        if (out->failed) {
            rc = rfl_err(err, 0, "out of memory");
            break;
        }
    }

    rflctl_batch_close(batch);

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
    approval->day = rfl_today();

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
