
/*
 * Copyright (C) The RFL authors
 *
 * eval.h: what eval.c (the set and its index) and eval_ask.c (the questions)
 * share.
 */


#ifndef _EVAL_H_INCLUDED_
#define _EVAL_H_INCLUDED_


#include "rfl_name.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>


typedef struct {
    uint64_t     hash;
    uint32_t     entry;
} eval_post_t;

typedef struct {
    char        *id;
    unsigned     n;
    rfl_str_t    full[RFL_NAMES_MAX];
    int          year;
    char         country[4];
    int          kind;
    int          sex;
    u_char       hint[RFL_HINT_SIZE];
} eval_entry_t;


/* eval.c */

extern eval_entry_t  *entries;
extern size_t         nentries;
extern eval_post_t   *posts;          /* sorted by hash */
extern size_t         nposts;
extern unsigned       cap;

double eval_clock(void);
uint64_t eval_hash(const rfl_key_t *key);
/* where the list of a key begins among the first n, and how long it is */
size_t eval_find(uint64_t hash, size_t n, size_t *count);
/* a member of an object, to be freed; empty if it is not there */
char *eval_string(json_t *o, const char *name);
unsigned eval_parse(rfl_pool_t *pool, const eval_entry_t *e,
    rfl_name_t **names);


/* eval_ask.c: asks every n-th question of a file; writes the answers */

int eval_queries(const char *path, const char *out, unsigned every);


#endif /* _EVAL_H_INCLUDED_ */
