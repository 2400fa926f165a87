
/*
 * Copyright (C) The RFL authors
 *
 * rfl_item_int.h: what the files of rfl_item, rfl_review, rfl_match and
 * rfl_spool share: items as bytes, and how they are written.
 */


#ifndef _RFL_ITEM_INT_H_INCLUDED_
#define _RFL_ITEM_INT_H_INCLUDED_


#include "rfl_item.h"


/* hashes of desk Redis; the field is a token of the item's id */
#define RFL_ITEM_HEADS       "item"
#define RFL_ITEM_BODIES      "item:body"


/* rfl_item_code.c: as bytes; parsers return RFL_DECLINED for others */

int rfl_item_head_print(const rfl_head_t *head, rfl_buf_t *out)
    rfl_must_check;
int rfl_item_head_parse(rfl_pool_t *pool, const rfl_str_t *data,
    rfl_head_t *head) rfl_must_check;
int rfl_item_body_print(rfl_pool_t *pool, const rfl_item_t *item,
    rfl_buf_t *out) rfl_must_check;
int rfl_item_body_parse(rfl_pool_t *pool, const rfl_str_t *data,
    rfl_item_t *item) rfl_must_check;


/* rfl_item.c */

/* the lock of all who change items; *fd is closed to give it back */
int rfl_item_lock(rfl_desk_t *desk, int *fd, rfl_err_t *err) rfl_must_check;
/* RFL_DENIED without keys */
int rfl_item_keys(const rfl_work_t *work, rfl_err_t *err) rfl_must_check;

/* queues head and body in the open transaction of desk Redis */
int rfl_item_send(rfl_work_t *work, rfl_pool_t *pool, const rfl_item_t *item,
    rfl_err_t *err) rfl_must_check;
/* the same in a transaction of its own */
int rfl_item_write(rfl_work_t *work, rfl_pool_t *pool,
    const rfl_item_t *item, rfl_err_t *err) rfl_must_check;
/* head and body are gone for good */
int rfl_item_erase(rfl_work_t *work,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err) rfl_must_check;

/* rfl_item_over.c: parts of the open transaction of desk Redis */

/* notes when the item was over, or that it is not */
int rfl_item_send_over(rfl_desk_t *desk, const rfl_head_t *head,
    const u_char token[RFL_TOKEN_SIZE], rfl_err_t *err) rfl_must_check;
/* all of an item */
int rfl_item_send_erase(rfl_desk_t *desk, const u_char token[RFL_TOKEN_SIZE],
    rfl_err_t *err) rfl_must_check;

/* rfl_item.c */

/* calls visit for every head, in no order; the pool is of one call */
typedef int (*rfl_item_visit_pt)(void *data, rfl_pool_t *pool,
    const rfl_head_t *head, rfl_err_t *err);

int rfl_item_walk(rfl_work_t *work, rfl_item_visit_pt visit, void *data,
    rfl_err_t *err) rfl_must_check;

/* strings into the pool */
int rfl_head_copy(rfl_pool_t *pool, const rfl_head_t *head, rfl_head_t *copy)
    rfl_must_check;
int rfl_str_copy(rfl_pool_t *pool, const rfl_str_t *s, rfl_str_t *copy)
    rfl_must_check;

/* one more line of history; the oldest but the first goes when it is full */
int rfl_item_history(rfl_pool_t *pool, rfl_item_t *item,
    const rfl_history_t *line) rfl_must_check;


#endif /* _RFL_ITEM_INT_H_INCLUDED_ */
