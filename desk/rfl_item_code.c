
/*
 * Copyright (C) The RFL authors
 *
 * rfl_item_code.c: items as bytes, and back.  One text for both ways, as in
 * rfl_store_state.c.  Called by rfl_item.c, which seals them.
 */


#include "rfl_item.h"
#include "rfl_box.h"
#include "rfl_item_int.h"
#include "rfl_store_int.h"


#define RFL_ITEM_VERSION     1
#define RFL_ITEM_TEXT_MAX    16384


typedef struct {
    rfl_code_t   c;
    rfl_pool_t  *pool;             /* of what is read */
} rfl_item_code_t;


static void rfl_code_version(rfl_item_code_t *c);
static void rfl_code_head(rfl_item_code_t *c, rfl_head_t *head);
static void rfl_code_submission(rfl_item_code_t *c, rfl_item_t *item);
static void rfl_code_draft(rfl_item_code_t *c, rfl_draft_t *draft);
static void rfl_code_entry(rfl_item_code_t *c, rfl_entry_t *e);
static void rfl_code_history(rfl_item_code_t *c, rfl_item_t *item);
static void rfl_code_text(rfl_item_code_t *c, rfl_str_t *text);
static void rfl_code_day(rfl_item_code_t *c, int32_t *day);
static void rfl_code_enum(rfl_item_code_t *c, unsigned *value, unsigned n);


int
rfl_item_head_print(const rfl_head_t *head, rfl_buf_t *out)
{
    rfl_head_t       copy;
    rfl_item_code_t  c;

    memset(&c, 0, sizeof(rfl_item_code_t));
    c.c.out = out;
    copy = *head;

    rfl_code_version(&c);
    rfl_code_head(&c, &copy);

    return (c.c.failed || out->failed) ? RFL_ERROR : RFL_OK;
}


int
rfl_item_head_parse(rfl_pool_t *pool, const rfl_str_t *data, rfl_head_t *head)
{
    rfl_item_code_t  c;

    memset(head, 0, sizeof(rfl_head_t));
    memset(&c, 0, sizeof(rfl_item_code_t));

    c.pool = pool;
    c.c.p = data->data;
    c.c.last = data->data + data->len;

    rfl_code_version(&c);
    rfl_code_head(&c, head);

    return (c.c.failed || c.c.p != c.c.last) ? RFL_DECLINED : RFL_OK;
}


int
rfl_item_body_print(rfl_pool_t *pool, const rfl_item_t *item, rfl_buf_t *out)
{
    rfl_item_t       copy;
    rfl_item_code_t  c;

    memset(&c, 0, sizeof(rfl_item_code_t));
    c.pool = pool;
    c.c.out = out;
    copy = *item;

    rfl_code_version(&c);
    rfl_code_submission(&c, &copy);

    rfl_code_uint(&c.c, &copy.show);
    rfl_code_uint(&c.c, &copy.has_draft);
    rfl_code_draft(&c, &copy.draft);

    rfl_code_uint(&c.c, &copy.has_live);
    rfl_code_draft(&c, &copy.live);

    rfl_code_history(&c, &copy);

    rfl_memzero(&copy, sizeof(rfl_item_t));

    return (c.c.failed || out->failed) ? RFL_ERROR : RFL_OK;
}


int
rfl_item_body_parse(rfl_pool_t *pool, const rfl_str_t *data, rfl_item_t *item)
{
    rfl_item_code_t  c;

    memset(&c, 0, sizeof(rfl_item_code_t));
    c.pool = pool;
    c.c.p = data->data;
    c.c.last = data->data + data->len;

    rfl_code_version(&c);
    rfl_code_submission(&c, item);

    rfl_code_uint(&c.c, &item->show);
    rfl_code_uint(&c.c, &item->has_draft);
    rfl_code_draft(&c, &item->draft);

    rfl_code_uint(&c.c, &item->has_live);
    rfl_code_draft(&c, &item->live);

    rfl_code_history(&c, item);

    return (c.c.failed || c.c.p != c.c.last) ? RFL_DECLINED : RFL_OK;
}


static void
rfl_code_version(rfl_item_code_t *c)
{
    unsigned  version;

    version = RFL_ITEM_VERSION;
    rfl_code_uint(&c->c, &version);

    if (version != RFL_ITEM_VERSION) {
        c->c.failed = 1;
    }
}


static void
rfl_code_head(rfl_item_code_t *c, rfl_head_t *head)
{
    unsigned  kind, state;

    kind = head->kind;
    state = head->state;

    rfl_code_bytes(&c->c, head->id, RFL_SUBMISSION_ID_SIZE);
    rfl_code_enum(c, &kind, RFL_ITEM_KINDS_N);
    rfl_code_enum(c, &state, RFL_ITEM_STATES_N);
    rfl_code_uint(&c->c, &head->version);
    rfl_code_uint(&c->c, &head->live);
    rfl_code_uint(&c->c, &head->hidden);
    rfl_code_uint(&c->c, &head->handed);
    rfl_code_uint(&c->c, &head->wish);
    rfl_code_i64(&c->c, &head->arrived);
    rfl_code_i64(&c->c, &head->changed);
    rfl_code_i64(&c->c, &head->not_after);
    rfl_code_i64(&c->c, &head->claim_until);
    rfl_code_text(c, &head->claim);
    rfl_code_text(c, &head->approver);
    rfl_code_text(c, &head->event);
    rfl_code_text(c, &head->society);
    rfl_code_text(c, &head->lang);
    rfl_code_uint(&c->c, &head->has_ref);
    rfl_code_bytes(&c->c, head->ref, RFL_REF_SIZE);
    rfl_code_uint(&c->c, &head->has_hide);
    rfl_code_bytes(&c->c, head->hide, RFL_HIDE_SIZE);

    head->kind = (rfl_item_kind_e) kind;
    head->state = (rfl_item_state_e) state;
}


static void
rfl_code_submission(rfl_item_code_t *c, rfl_item_t *item)
{
    rfl_str_t  cbor;

    rfl_str_null(&cbor);

    if (c->c.out != NULL && item->has_submission
        && rfl_submission_encode(c->pool, &item->submission,
                                 RFL_BOX_CBOR_MAX, &cbor)
           != RFL_OK)
    {
        c->c.failed = 1;
        return;
    }

    rfl_code_text(c, &cbor);

    if (c->c.out != NULL || c->c.failed) {
        return;
    }

    item->has_submission = (cbor.len != 0);

    if (item->has_submission
        && rfl_submission_decode(c->pool, cbor.data, cbor.len,
                                 &item->submission)
           != RFL_OK)
    {
        c->c.failed = 1;
    }
}


/* a draft may lack what a line of JSON must have */

static void
rfl_code_draft(rfl_item_code_t *c, rfl_draft_t *draft)
{
    uint64_t  year;

    year = (uint64_t) draft->facts.birth_year;

    rfl_code_entry(c, &draft->e);
    rfl_code_text(c, &draft->id);
    rfl_code_uint(&c->c, &draft->has_ref);
    rfl_code_uint(&c->c, &draft->age_class);
    rfl_code_u64(&c->c, &year);
    rfl_code_text(c, &draft->facts.country);
    rfl_code_text(c, &draft->facts.father);
    rfl_code_text(c, &draft->facts.mother);
    rfl_code_text(c, &draft->facts.grandfather);
    rfl_code_bytes(&c->c, draft->salt, RFL_SALT_SIZE);

    if (year > 9999) {
        c->c.failed = 1;
        return;
    }

    draft->facts.birth_year = (int) year;
}


static void
rfl_code_entry(rfl_item_code_t *c, rfl_entry_t *e)
{
    unsigned  i;

    rfl_code_bytes(&c->c, e->ref, RFL_REF_SIZE);
    rfl_code_uint(&c->c, &e->kind);
    rfl_code_enum(c, &e->nnames, RFL_NAMES_MAX + 1);

    for (i = 0; i < e->nnames && !c->c.failed; i++) {
        rfl_code_text(c, &e->names[i].full);
        rfl_code_text(c, &e->names[i].given);
        rfl_code_text(c, &e->names[i].family);
    }

    rfl_code_text(c, &e->event);
    rfl_code_text(c, &e->society);
    rfl_code_enum(c, &e->age_band, rfl_nage_bands);
    rfl_code_enum(c, &e->sex, rfl_nsexes);
    rfl_code_text(c, &e->origin);
    rfl_code_enum(c, &e->relation, rfl_nrelations);
    rfl_code_enum(c, &e->status, rfl_nstatuses);
    rfl_code_day(c, &e->confirmed_on);
    rfl_code_i64(&c->c, &e->not_before);
    rfl_code_i64(&c->c, &e->not_after);
    rfl_code_uint(&c->c, &e->consent);
    rfl_code_day(c, &e->consent_day);
    rfl_code_uint(&c->c, &e->consent_policy);
    rfl_code_bytes(&c->c, e->commit, RFL_COMMIT_SIZE);
    rfl_code_uint(&c->c, &e->has_hide);
    rfl_code_bytes(&c->c, e->hide, RFL_HIDE_SIZE);
    rfl_code_enum(c, &e->napprovals, RFL_APPROVALS_MAX + 1);

    for (i = 0; i < e->napprovals && !c->c.failed; i++) {
        rfl_code_bytes(&c->c, e->approvals[i].key, RFL_KEY_ID_SIZE);
        rfl_code_day(c, &e->approvals[i].day);
        rfl_code_bytes(&c->c, e->approvals[i].sig, RFL_SIGN_SIZE);
    }

    /* encoded anew whenever they are needed */

    if (c->c.out == NULL) {
        rfl_str_null(&e->fields);
    }
}


static void
rfl_code_history(rfl_item_code_t *c, rfl_item_t *item)
{
    unsigned        i, act, from, to;
    rfl_history_t  *line;

    rfl_code_enum(c, &item->nhistory, RFL_HISTORY_MAX + 1);

    if (c->c.failed || item->nhistory == 0) {
        return;
    }

    if (c->c.out == NULL) {
        item->history = rfl_pcalloc(c->pool, (size_t) item->nhistory
                                             * sizeof(rfl_history_t));
        if (item->history == NULL) {
            c->c.failed = 1;
            return;
        }
    }

    for (i = 0; i < item->nhistory; i++) {
        line = &item->history[i];

        act = line->act;
        from = line->from;
        to = line->to;

        rfl_code_i64(&c->c, &line->when);
        rfl_code_text(c, &line->who);
        rfl_code_enum(c, &act, RFL_ACTS_N);
        rfl_code_enum(c, &from, RFL_ITEM_STATES_N);
        rfl_code_enum(c, &to, RFL_ITEM_STATES_N);
        rfl_code_uint(&c->c, &line->reason);
        rfl_code_text(c, &line->note);

        line->act = (rfl_act_e) act;
        line->from = (rfl_item_state_e) from;
        line->to = (rfl_item_state_e) to;
    }
}


static void
rfl_code_text(rfl_item_code_t *c, rfl_str_t *text)
{
    uint64_t  len;

    len = text->len;
    rfl_code_u64(&c->c, &len);

    if (c->c.out != NULL) {
        rfl_code_bytes(&c->c, text->data, text->len);
        return;
    }

    rfl_str_null(text);

    if (c->c.failed || len > RFL_ITEM_TEXT_MAX
        || len > (uint64_t) (c->c.last - c->c.p))
    {
        c->c.failed = 1;
        return;
    }

    if (len == 0) {
        return;
    }

    text->data = rfl_pstrdup(c->pool, c->c.p, (size_t) len);

    if (text->data == NULL) {
        c->c.failed = 1;
        return;
    }

    text->len = (size_t) len;
    c->c.p += len;
}


static void
rfl_code_day(rfl_item_code_t *c, int32_t *day)
{
    int64_t  value;

    value = *day;
    rfl_code_i64(&c->c, &value);

    if (value < INT32_MIN || value > INT32_MAX) {
        c->c.failed = 1;
        return;
    }

    *day = (int32_t) value;
}


/* a value below n */

static void
rfl_code_enum(rfl_item_code_t *c, unsigned *value, unsigned n)
{
    rfl_code_uint(&c->c, value);

    if (*value >= n) {
        c->c.failed = 1;
        *value = 0;
    }
}
