
/*
 * Copyright (C) The RFL authors
 *
 * rfl_journal_int.h: what the files of rfl_journal share.
 */


#ifndef _RFL_JOURNAL_INT_H_INCLUDED_
#define _RFL_JOURNAL_INT_H_INCLUDED_


#include "rfl_journal.h"
#include "rfl_keyfile.h"


/* the act of the line with which a new file begins */
#define RFL_JOURNAL_RESTART  "restart"

/* what desk Redis knows */

typedef struct {
    uint64_t           n;
    u_char             hash[RFL_JOURNAL_HASH];
} rfl_journal_head_t;

/* a line as read; strings in the pool */

typedef struct {
    rfl_journal_act_t  act;
    u_char             prev[RFL_JOURNAL_HASH];
    u_char             hash[RFL_JOURNAL_HASH];
} rfl_journal_read_t;


/* make: if there is none; under the journal's lock */
int rfl_journal_key(rfl_pool_t *pool, const char *dir, unsigned make,
    rfl_keyfile_t *key, rfl_err_t *err) rfl_must_check;
int rfl_journal_head(rfl_desk_t *desk, rfl_pool_t *pool,
    rfl_journal_head_t *head, rfl_err_t *err) rfl_must_check;

/* BLAKE2b-256 of a line without its newline */
void rfl_journal_hash(const u_char *line, size_t len,
    u_char hash[RFL_JOURNAL_HASH]);
/* ends a line with its signature and the brace */
void rfl_journal_sign(const rfl_keyfile_t *key, rfl_buf_t *line);
/* RFL_DECLINED: not a line, or not signed by this key */
int rfl_journal_read(rfl_pool_t *pool, const u_char *line, size_t len,
    const u_char pk[RFL_SIGN_PUBLIC_SIZE], rfl_journal_read_t *read)
    rfl_must_check;


#endif /* _RFL_JOURNAL_INT_H_INCLUDED_ */
