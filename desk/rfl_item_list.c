
/*
 * Copyright (C) The RFL authors
 *
 * rfl_item_list.c: queues: what is in them, how many, how old, and what
 * comes next.  Called for each page of the desk that has a list.
 */


#include "rfl_item.h"
#include "rfl_item_int.h"

#include <stdlib.h>


#define RFL_LIST_MAX         200


typedef struct {
    rfl_work_t          *work;
    rfl_pool_t          *pool;
    const rfl_filter_t  *filter;
    rfl_list_t          *list;
    rfl_head_t          *heads;
    size_t               n;
    size_t               size;
    uint64_t             live;     /* items of which visitors see an entry */
} rfl_lister_t;


static int rfl_list_visit(void *data, rfl_pool_t *pool,
    const rfl_head_t *head, rfl_err_t *err);
static int rfl_list_add(rfl_lister_t *lister, const rfl_head_t *head);
static void rfl_list_sort(rfl_lister_t *lister);
static int rfl_list_oldest(const void *a, const void *b);
static int rfl_list_newest(const void *a, const void *b);
static int rfl_list_soonest(const void *a, const void *b);


const rfl_str_t  rfl_queues[RFL_QUEUES_N] = {
    rfl_string("withdraw"),
    rfl_string("new"),
    rfl_string("second"),
    rfl_string("changes"),
    rfl_string("messages"),
    rfl_string("reports"),
    rfl_string("ending"),
    rfl_string("unconfirmed"),
    rfl_string("kept"),
    rfl_string("published"),
    rfl_string("done")
};


/* where a new item of a kind waits */

static const rfl_queue_e  rfl_queue_of_kind[RFL_ITEM_KINDS_N] = {
    RFL_QUEUE_NEW,
    RFL_QUEUE_NEW,                 /* alive */
    RFL_QUEUE_NEW,                 /* looking */
    RFL_QUEUE_MESSAGES,
    RFL_QUEUE_WITHDRAW,
    RFL_QUEUE_REPORTS,
    RFL_QUEUE_NEW                  /* import */
};

static const rfl_queue_e  rfl_queue_of_state[RFL_ITEM_STATES_N] = {
    RFL_QUEUE_NEW,                 /* by its kind */
    RFL_QUEUE_SECOND,
    RFL_QUEUE_SECOND,              /* publishing */
    RFL_QUEUE_PUBLISHED,
    RFL_QUEUE_CHANGES,
    RFL_QUEUE_SECOND,              /* change, one approval */
    RFL_QUEUE_KEPT,
    RFL_QUEUE_DONE,                /* rejected */
    RFL_QUEUE_WITHDRAW,            /* withdrawing */
    RFL_QUEUE_DONE,
    RFL_QUEUE_DONE,                /* handed */
    RFL_QUEUE_DONE
};


rfl_queue_e
rfl_queue_find(const u_char *name, size_t len)
{
    rfl_str_t    text;
    rfl_queue_e  queue;

    text.data = (u_char *) name;
    text.len = len;

    for (queue = 0; queue < RFL_QUEUES_N; queue++) {
        if (rfl_str_eq(&rfl_queues[queue], &text)) {
            break;
        }
    }

    return queue;
}


rfl_queue_e
rfl_item_queue(const rfl_head_t *head, int64_t now)
{
    rfl_queue_e  queue;

    queue = rfl_queue_of_state[head->state];

    if (queue == RFL_QUEUE_DONE) {
        return (head->handed == 1
                && head->changed <= now - RFL_QUEUE_END_DAYS
                                          * RFL_DAY_SECONDS)
               ? RFL_QUEUE_UNCONFIRMED : queue;
    }

    /* who hid their entry wants it gone, whatever is under way */

    if (head->hidden) {
        return RFL_QUEUE_WITHDRAW;
    }

    if (head->state == RFL_ITEM_NEW) {
        queue = rfl_queue_of_kind[head->kind];

        return (head->kind == RFL_ITEM_WITHDRAW
                && head->wish == RFL_WISH_RENEW) ? RFL_QUEUE_CHANGES : queue;
    }

    if ((head->state == RFL_ITEM_PUBLISHED
         || (head->state == RFL_ITEM_KEPT && head->not_after != 0))
        && head->not_after <= now + RFL_QUEUE_END_DAYS * RFL_DAY_SECONDS)
    {
        return RFL_QUEUE_ENDING;
    }

    return queue;
}


int
rfl_item_list(rfl_work_t *work, rfl_pool_t *pool, const rfl_filter_t *filter,
    rfl_list_t *list, rfl_err_t *err)
{
    int           rc;
    size_t        i, max;
    rfl_lister_t  lister;

    memset(list, 0, sizeof(rfl_list_t));
    memset(&lister, 0, sizeof(rfl_lister_t));

    lister.work = work;
    lister.pool = pool;
    lister.filter = filter;
    lister.list = list;

    rc = rfl_item_walk(work, rfl_list_visit, &lister, err);

    if (rc == RFL_OK) {
        rc = rfl_redis_count(&work->desk.desk, "HLEN", RFL_STORE_REGISTER,
                             &list->files, err);

        list->files -= (lister.live < list->files) ? lister.live
                                                   : list->files;
    }

    if (rc == RFL_OK && lister.n != 0) {
        rfl_list_sort(&lister);

        max = (filter->max < RFL_LIST_MAX) ? filter->max : RFL_LIST_MAX;

        list->heads = rfl_pcalloc(pool, (max + 1) * sizeof(rfl_head_t));

        if (list->heads == NULL) {
            rc = rfl_err(err, 0, "out of memory");
        }

        for (i = filter->skip; rc == RFL_OK && i < lister.n && list->n < max;
             i++)
        {
            list->heads[list->n++] = lister.heads[i];
        }
    }

    list->total = lister.n;

    free(lister.heads);

    return rc;
}


static int
rfl_list_visit(void *data, rfl_pool_t *pool, const rfl_head_t *head,
    rfl_err_t *err)
{
    rfl_queue_e          queue;
    rfl_lister_t        *lister = data;
    rfl_queue_count_t   *count;
    const rfl_filter_t  *filter;

    filter = lister->filter;

    queue = rfl_item_queue(head, lister->work->now);
    count = &lister->list->counts[queue];

    if (count->n == 0 || head->arrived < count->oldest) {
        count->oldest = head->arrived;
    }

    count->n++;
    lister->live += head->live;

    if (queue != filter->queue
        || (filter->event.len != 0 && !rfl_str_eq(&filter->event,
                                                  &head->event))
        || (filter->lang.len != 0 && !rfl_str_eq(&filter->lang, &head->lang))
        || (filter->kind != RFL_ITEM_NONE && filter->kind != head->kind))
    {
        return RFL_OK;
    }

    return (rfl_list_add(lister, head) == RFL_OK)
           ? RFL_OK : rfl_err(err, 0, "out of memory");
}


static int
rfl_list_add(rfl_lister_t *lister, const rfl_head_t *head)
{
    rfl_head_t  *heads;

    heads = rfl_grow(lister->heads, lister->n, &lister->size,
                     sizeof(rfl_head_t));
    if (heads == NULL) {
        return RFL_ERROR;
    }

    lister->heads = heads;

    if (rfl_head_copy(lister->pool, head, &heads[lister->n]) != RFL_OK) {
        return RFL_ERROR;
    }

    lister->n++;

    return RFL_OK;
}


static void
rfl_list_sort(rfl_lister_t *lister)
{
    int  (*compare)(const void *a, const void *b);

    switch (lister->filter->queue) {

    case RFL_QUEUE_ENDING:
        compare = rfl_list_soonest;
        break;

    case RFL_QUEUE_PUBLISHED:
    case RFL_QUEUE_DONE:
        compare = rfl_list_newest;
        break;

    default:
        compare = rfl_list_oldest;
    }

    qsort(lister->heads, lister->n, sizeof(rfl_head_t), compare);
}


static int
rfl_list_oldest(const void *a, const void *b)
{
    const rfl_head_t  *x = a, *y = b;

    if (x->arrived != y->arrived) {
        return (x->arrived < y->arrived) ? -1 : 1;
    }

    return memcmp(x->id, y->id, RFL_SUBMISSION_ID_SIZE);
}


static int
rfl_list_newest(const void *a, const void *b)
{
    const rfl_head_t  *x = a, *y = b;

    if (x->changed != y->changed) {
        return (x->changed > y->changed) ? -1 : 1;
    }

    return memcmp(x->id, y->id, RFL_SUBMISSION_ID_SIZE);
}


static int
rfl_list_soonest(const void *a, const void *b)
{
    const rfl_head_t  *x = a, *y = b;

    if (x->not_after != y->not_after) {
        return (x->not_after < y->not_after) ? -1 : 1;
    }

    return memcmp(x->id, y->id, RFL_SUBMISSION_ID_SIZE);
}


int
rfl_item_next(rfl_work_t *work, const rfl_filter_t *filter,
    const u_char *after, u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err)
{
    int                 rc;
    unsigned            i, first;
    rfl_list_t          list;
    rfl_pool_t         *pool;
    rfl_filter_t        all;
    const rfl_head_t   *head;

    pool = rfl_pool_create(16384);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    all = *filter;
    all.skip = 0;
    all.max = RFL_LIST_MAX;

    rc = rfl_item_list(work, pool, &all, &list, err);

    /* after a decision the item is no longer in the queue: begin anew */

    first = 0;

    for (i = 0; rc == RFL_OK && after != NULL && i < list.n; i++) {
        if (memcmp(list.heads[i].id, after, RFL_SUBMISSION_ID_SIZE) == 0) {
            first = i + 1;
        }
    }

    for (i = first; rc == RFL_OK && i < list.n; i++) {
        head = &list.heads[i];

        if (head->claim.len == 0 || head->claim_until <= work->now
            || (work->who != NULL && rfl_str_eq(&head->claim,
                                                &work->who->id)))
        {
            /* the second look is another's */

            if (work->who != NULL && rfl_str_eq(&head->approver,
                                                &work->who->id))
            {
                continue;
            }

            memcpy(id, head->id, RFL_SUBMISSION_ID_SIZE);
            break;
        }
    }

    if (rc == RFL_OK && i >= list.n) {
        rc = RFL_DECLINED;
    }

    rfl_pool_destroy(pool);

    return rc;
}
