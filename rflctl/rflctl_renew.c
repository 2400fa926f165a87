
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_renew.c: "rflctl renew": later dates and fresh consent for an
 * entry that keeps its reference.
 */


#include "rfl_change.h"
#include "rfl_hidden.h"
#include "rflctl.h"


static int rflctl_renew_read(rflctl_t *ctl, rfl_draft_t *draft,
    rfl_err_t *err);
static int rflctl_renew_line(rflctl_t *ctl, const u_char ref[RFL_REF_SIZE],
    rfl_draft_t *draft, unsigned *canary, rfl_err_t *err);
static int rflctl_renew_hidden(rflctl_t *ctl, const rfl_draft_t *draft,
    rfl_err_t *err);
static int rflctl_renew_compare(rflctl_t *ctl, rfl_draft_t *draft,
    const rfl_draft_t *old, rfl_err_t *err);


int
rflctl_renew(rflctl_t *ctl)
{
    int          rc, status;
    char         text[RFL_REF_TEXT_SIZE + 1];
    u_char       ref[RFL_REF_SIZE];
    unsigned     canary;
    rfl_err_t    err;
    rfl_draft_t  draft;

    if (rflctl_ref_parse(ctl->argv[0], ref) != RFLCTL_OK) {
        return RFLCTL_USAGE;
    }

    status = rflctl_open(ctl);

    if (status == RFLCTL_OK) {
        status = rflctl_fail(rflctl_renew_read(ctl, &draft, &err), &err);
    }

    if (status == RFLCTL_OK) {
        status = rflctl_relock(ctl);
    }

    if (status != RFLCTL_OK) {
        return status;
    }

    canary = 0;

    rc = rflctl_renew_line(ctl, ref, &draft, &canary, &err);

    if (rc == RFL_OK && !ctl->opts->dry_run) {

        rc = rfl_change_begin(&ctl->desk, &err);

        if (rc == RFL_OK) {
            rc = rfl_change_add(&ctl->desk, &draft, canary, &err);
        }

        if (rc == RFL_OK) {
            rc = rfl_change_flush(&ctl->desk, &err);
        }

        if (rc == RFL_OK) {
            rc = rflctl_publish_ready(ctl, 1, &err);
        }

        if (rc == RFL_OK) {
            rc = rfl_change_decide(&ctl->desk, 1, &err);
        }
    }

    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rflctl_ref(ref, text);

    if (ctl->opts->json) {
        return rflctl_json(json_pack("{s:s, s:b}", "renewed", text,
                                     "dry_run", (int) ctl->opts->dry_run),
                           RFLCTL_OK);
    }

    rflctl_say("%s: %s", text, ctl->opts->dry_run ? "would be renewed"
                                                  : "renewed");
    return RFLCTL_OK;
}


/* the one line of the file */

static int
rflctl_renew_read(rflctl_t *ctl, rfl_draft_t *draft, rfl_err_t *err)
{
    int             rc;
    rfl_str_t       line;
    rflctl_lines_t  lines;

    rc = rflctl_lines_open(&lines, ctl->argc > 1 ? ctl->argv[1] : "-", err);
    if (rc != RFL_OK) {
        return rc;
    }

    rc = rflctl_lines_next(&lines, err);

    if (rc == RFL_OK) {
        line.len = lines.text.len;
        line.data = rfl_pstrdup(ctl->pool, lines.text.data, line.len);

        if (line.data == NULL) {
            rc = rfl_err(err, 0, "out of memory");

        } else if (rflctl_lines_next(&lines, err) == RFL_OK) {
            rc = RFL_DECLINED;
        }
    }

    rflctl_lines_close(&lines);

    if (rc == RFL_DECLINED) {
        (void) rfl_err(err, 0, "exactly one line is expected: the entry with "
                       "its new dates, signed");
    }

    if (rc != RFL_OK) {
        return rc;
    }

    return (rfl_draft_parse(ctl->pool, &line, 1, draft, err) == RFL_OK)
           ? RFL_OK : RFL_DECLINED;
}


/* that line checked, and of this reference */

static int
rflctl_renew_line(rflctl_t *ctl, const u_char ref[RFL_REF_SIZE],
    rfl_draft_t *draft, unsigned *canary, rfl_err_t *err)
{
    int            rc, n;
    u_char         token[RFL_TOKEN_SIZE];
    rfl_buf_t      text;
    rfl_desk_t    *desk;
    rfl_stored_t   stored;

    desk = &ctl->desk;

    if (!draft->has_ref || memcmp(draft->e.ref, ref, RFL_REF_SIZE) != 0) {
        (void) rfl_err(err, 0, "the line has another \"ref\": take what "
                       "\"rflctl show\" prints, change its dates, sign it");
        return RFL_DECLINED;
    }

    rfl_buf_init(&text, 0);

    n = rfl_draft_check(ctl->pool, draft, desk->policy, desk->trust,
                        (int64_t) time(NULL), RFL_DRAFT_APPROVALS, &text);
    if (n > 0) {
        (void) rfl_err(err, 0, "%.*s", (int) text.len - 1, text.data);
    }

    rfl_buf_free(&text);

    if (n != 0) {
        return (n > 0) ? RFL_DECLINED : rfl_err(err, 0, "out of memory");
    }

    rfl_store_ref_token(&desk->keys, ref, token);

    rc = rfl_store_get(&desk->desk, ctl->pool, &desk->keys,
                       RFL_STORE_REGISTER, token, &stored, err);

    if (rc == RFL_DECLINED) {
        (void) rfl_err(err, 0, "the register has no entry of this reference");
    }

    if (rc == RFL_OK) {
        *canary = stored.canary;
        rc = rflctl_renew_compare(ctl, draft, &stored.draft, err);
    }

    return (rc == RFL_OK) ? rflctl_renew_hidden(ctl, draft, err) : rc;
}


static int
rflctl_renew_hidden(rflctl_t *ctl, const rfl_draft_t *draft, rfl_err_t *err)
{
    int           rc;
    rfl_hidden_t  hidden;

    if (!draft->e.has_hide) {
        return RFL_OK;
    }

    rc = rfl_hidden_all(&ctl->desk, &hidden, err);

    if (rc == RFL_OK && rfl_hidden_find(&hidden, draft->e.hide)) {
        (void) rfl_err(err, 0, "the person has hidden this entry with the "
                       "code: it will be withdrawn by the next rotation");
        rc = RFL_DECLINED;
    }

    rfl_hidden_free(&hidden);

    return rc;
}


/* nothing but dates and consent may differ, and these must be later */

static int
rflctl_renew_compare(rflctl_t *ctl, rfl_draft_t *draft,
    const rfl_draft_t *old, rfl_err_t *err)
{
    rfl_entry_t  same;

    same = old->e;
    same.confirmed_on = draft->e.confirmed_on;
    same.not_before = draft->e.not_before;
    same.not_after = draft->e.not_after;
    same.consent_day = draft->e.consent_day;
    same.consent_policy = draft->e.consent_policy;
    same.age_band = draft->e.age_band;

    if (rfl_entry_encode(ctl->pool, &same, err) != RFL_OK
        || rfl_entry_encode(ctl->pool, &draft->e, err) != RFL_OK)
    {
        return RFL_DECLINED;
    }

    if (!rfl_str_eq(&same.fields, &draft->e.fields)
        || !rfl_str_eq(&draft->id, &old->id))
    {
        (void) rfl_err(err, 0, "more than the dates, the consent and the age "
                       "band differs from what is published: publish it as a "
                       "new entry, without \"ref\" and \"salt\"");
        return RFL_DECLINED;
    }

    if (draft->e.not_after <= old->e.not_after) {
        (void) rfl_err(err, 0, "\"not_after\" is not later than before: give "
                       "the new end");
        return RFL_DECLINED;
    }

    if (draft->e.confirmed_on < old->e.confirmed_on
        || draft->e.consent_day <= old->e.consent_day)
    {
        (void) rfl_err(err, 0, "the consent is not a fresh one: ask the "
                       "person again and give the day of it");
        return RFL_DECLINED;
    }

    return RFL_OK;
}
