
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_batch.c: lines of entries, parsed and checked by all threads: the
 * signatures of a file take most of the time of publishing it.  Called by
 * check, sign and publish.
 */


#include "rfl_index.h"
#include "rflctl.h"


#define RFLCTL_BATCH_POOL    8192


static int rflctl_batch_fill(rflctl_batch_t *batch, rfl_err_t *err);
static int rflctl_batch_part(void *data, unsigned part, rfl_err_t *err);
static void rflctl_batch_check(rflctl_batch_t *batch, rflctl_line_t *line);


int
rflctl_batch_open(rflctl_batch_t *batch, rflctl_t *ctl, const char *path,
    rflctl_signed_e approvals, rfl_err_t *err)
{
    int       rc;
    unsigned  i;

    memset(batch, 0, sizeof(rflctl_batch_t));

    batch->ctl = ctl;
    batch->approvals = approvals;
    batch->now = (int64_t) time(NULL);

    rc = rflctl_lines_open(&batch->lines, path, err);
    if (rc != RFL_OK) {
        return rc;
    }

    for (i = 0; i < RFLCTL_BATCH; i++) {

        rfl_buf_init(&batch->line[i].faults, 0);

        batch->line[i].pool = rfl_pool_create(RFLCTL_BATCH_POOL);

        if (batch->line[i].pool == NULL) {
            rflctl_batch_close(batch);
            return rfl_err(err, 0, "out of memory");
        }
    }

    return RFL_OK;
}


void
rflctl_batch_close(rflctl_batch_t *batch)
{
    unsigned  i;

    for (i = 0; i < RFLCTL_BATCH; i++) {
        rfl_pool_destroy(batch->line[i].pool);
        rfl_buf_free(&batch->line[i].faults);
    }

    rflctl_lines_close(&batch->lines);

    memset(batch, 0, sizeof(rflctl_batch_t));
}


int
rflctl_batch_next(rflctl_batch_t *batch, rflctl_line_t **line,
    rfl_err_t *err)
{
    int  rc;

    if (rflctl_stop) {
        return RFL_STOPPED;
    }

    if (batch->next == batch->n) {

        rc = rflctl_batch_fill(batch, err);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    *line = &batch->line[batch->next++];

    if ((*line)->rc == RFL_ERROR) {
        return rfl_err(err, 0, "out of memory");
    }

    rflctl_progress("reading entries", (*line)->number, 0);

    return RFL_OK;
}


static int
rflctl_batch_fill(rflctl_batch_t *batch, rfl_err_t *err)
{
    int             rc;
    rfl_str_t      *text;
    rflctl_line_t  *line;

    batch->n = 0;
    batch->next = 0;

    for (rc = RFL_OK; batch->n < RFLCTL_BATCH && !batch->end; /* void */ ) {

        rc = rflctl_lines_next(&batch->lines, err);

        if (rc == RFL_DECLINED) {
            batch->end = 1;
            break;
        }

        if (rc != RFL_OK) {
            return rc;
        }

        line = &batch->line[batch->n++];
        text = &batch->lines.text;

        rfl_pool_reset(line->pool);
        rfl_buf_reset(&line->faults);

        line->number = batch->lines.number;
        line->text.len = text->len;
        line->text.data = rfl_pstrdup(line->pool, text->data, text->len);

        if (line->text.data == NULL) {
            return rfl_err(err, 0, "out of memory");
        }
    }

    if (batch->n == 0) {
        return RFL_DECLINED;
    }

    return rfl_parallel(batch->ctl->desk.threads, rflctl_batch_part, batch,
                        err);
}


static int
rflctl_batch_part(void *data, unsigned part, rfl_err_t *err)
{
    unsigned         i;
    rflctl_batch_t  *batch = data;

    for (i = part; i < batch->n; i += batch->ctl->desk.threads) {
        rflctl_batch_check(batch, &batch->line[i]);
    }

    return RFL_OK;
}


static void
rflctl_batch_check(rflctl_batch_t *batch, rflctl_line_t *line)
{
    int          n;
    unsigned     what;
    rfl_err_t    err;
    rfl_desk_t  *desk;

    desk = &batch->ctl->desk;
    line->rc = RFL_DECLINED;

    if (rfl_draft_parse(line->pool, &line->text, line->number, &line->draft,
                        &err)
        != RFL_OK)
    {
        rfl_buf_append(&line->faults, err.text, strlen(err.text));
        return;
    }

    /* what is still to be signed is not a fault of an entry by itself */

    what = (batch->approvals == RFLCTL_SIGNED
            || (batch->approvals == RFLCTL_AS_SIGNED
                && line->draft.e.napprovals == desk->policy->approvals))
           ? RFL_DRAFT_APPROVALS : 0;

    n = rfl_draft_check(line->pool, &line->draft, desk->policy, desk->trust,
                        batch->now, what, &line->faults);

    line->rc = (n == 0) ? RFL_OK : (n > 0) ? RFL_DECLINED : RFL_ERROR;
}
