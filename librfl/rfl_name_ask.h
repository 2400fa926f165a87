
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_ask.h: a question while its keys are made, which rfl_name_ask.c and
 * rfl_name_wide.c share.
 */


#ifndef _RFL_NAME_ASK_H_INCLUDED_
#define _RFL_NAME_ASK_H_INCLUDED_


#include "rfl_name_key.h"


/* a question, and what has been asked for so far */

typedef struct {
    rfl_pool_t         *pool;
    const rfl_facts_t  *facts;
    rfl_keys_t          keys;
    const u_char       *which;     /* bits: of these keys ... */
    size_t              size;      /* 0: of none */
    rfl_keys_t         *finer;     /* ... the finer ones go here */
} rfl_asking_t;


/* what became of a key */

typedef enum {
    RFL_ASKED_NOT = 0,
    RFL_ASKED_READ,
    RFL_ASKED_OVERFLOWED           /* its finer keys are wanted */
} rfl_asked_e;


/*
 * rfl_name_ask.c.  Asks for a pair, as unlikely as rfl_key_t has it; if its
 * list overflows, for finer ones with the sound of this part (or NULL), and
 * with facts.
 */
int rfl_ask_add(rfl_asking_t *q, const rfl_skel_t *a, const rfl_skel_t *b,
    unsigned unlikely, const rfl_item_t *part, int facts);
rfl_asked_e rfl_ask_which(const rfl_asking_t *q, const rfl_key_t *key);

/* rfl_name_wide.c */

int rfl_ask_wide(rfl_asking_t *q, const rfl_items_t *items);


#endif /* _RFL_NAME_ASK_H_INCLUDED_ */
