
/*
 * Copyright (C) The RFL authors
 *
 * rfl_match.h: who among the items and the register is likely the same
 * person, and where somebody looked for meets somebody alive.
 *
 * Kept in memory: for each entry and draft the hashes (keyed, random key) of
 * its name keys, about 0.3 KB each; the entries themselves stay sealed in
 * desk Redis and are opened when they are candidates.  Brought up to date by
 * what was added or removed since.  One per process; all functions may be
 * called from any thread.
 */


#ifndef _RFL_MATCH_H_INCLUDED_
#define _RFL_MATCH_H_INCLUDED_


#include "rfl.h"
#include "rfl_item.h"
#include "rfl_work.h"


#define RFL_MATCH_MAX        5


typedef struct rfl_match_s  rfl_match_t;

rfl_match_t *rfl_match_create(void);
void rfl_match_destroy(rfl_match_t *match);

/*
 * Reads what is new in register (once a minute) and items (each time).  The
 * first time takes 10 seconds for 200,000 entries, later ones 0.1 seconds and
 * less: call it at start, in the background, and before each question.  The
 * register needs no unlocked keys; items do.
 */
int rfl_match_refresh(rfl_match_t *match, rfl_work_t *work, rfl_err_t *err)
    rfl_must_check;


typedef struct {
    unsigned            score;     /* RFL_SCORE_CUT .. 1000 */
    unsigned            why;       /* RFL_WHY_* */
    unsigned            is_item;   /* id is set, else an entry of rflctl's */
    u_char              id[RFL_SUBMISSION_ID_SIZE];
    unsigned            has_ref;
    u_char              ref[RFL_REF_SIZE];
    unsigned            published;
    unsigned            same_year; /* years of birth are known and near */
    unsigned            same_reach;            /* phone or e-mail is the same */
    rfl_draft_t         draft;     /* names, facts, event: to show beside */
} rfl_likely_t;

typedef struct {
    unsigned            nsame;     /* same kind: likely the same person, or */
    rfl_likely_t        same[RFL_MATCH_MAX];   /* sent twice */
    unsigned            nmatch;    /* looking meets alive */
    rfl_likely_t        match[RFL_MATCH_MAX];
    unsigned            stale;     /* not refreshed yet: ask again */
    unsigned            few;       /* by one part, and no year: longer names */
                                   /* were not looked through */
    unsigned            more;      /* others fit, too, but not into a list */
} rfl_matches_t;

/*
 * Best first.  Both kinds look at all events.  Whatever was rejected or
 * withdrawn is left out; what is kept for matching only is in.
 */
int rfl_match_find(rfl_match_t *match, rfl_work_t *work, rfl_pool_t *pool,
    const rfl_item_t *item, rfl_matches_t *matches, rfl_err_t *err)
    rfl_must_check;


#endif /* _RFL_MATCH_H_INCLUDED_ */
