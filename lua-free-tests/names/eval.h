
/*
 * Copyright (C) The RFL authors
 *
 * eval.h: what eval.c (a file of questions), eval_index.c (the set and its
 * index), eval_ask.c (one question) and eval_cand.c (whom it meets) share.
 */


#ifndef _EVAL_H_INCLUDED_
#define _EVAL_H_INCLUDED_


#include "rfl_name.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>


#define EVAL_KEEP     10           /* shown at most */
#define EVAL_HITS     4096
#define EVAL_WATCH    8


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

typedef struct {
    uint32_t     entry;
    unsigned     rank;
} eval_cand_t;

typedef struct {
    uint32_t     entry;
    unsigned     score;
    unsigned     why;
} eval_hit_t;

typedef struct {
    size_t       at;
    size_t       count;
    size_t       weight;
} eval_list_t;

/* one that should be found, and how far it came */

typedef struct {
    uint32_t     entry;
    unsigned     rank;
    unsigned     score;
    char         met;              /* 'f', 'w', 'a': by which question; '-' */
} eval_watch_t;

/* what the fine and the wide question cost: of one search, and of all */

typedef struct {
    size_t       asked;
    size_t       keys;             /* made by rfl-keyd, ... */
    size_t       finer;            /* ... and finer ones */
    size_t       elements;         /* opened */
    size_t       cands;            /* whose hints were compared */
    size_t       records;
    size_t       trips;            /* to rfl-keyd and Redis */
    size_t       overflows;        /* lists longer than the cap */
    double       keyd;             /* ms */
    double       worker;
} eval_cost_t;

typedef struct {
    rfl_name_t       *name;        /* that is asked for */
    unsigned          parts;       /* typed */
    unsigned          lack;        /* of the score, beside what was typed */
    int               again;       /* by the name of who was found */
    rfl_facts_t       facts;
    rfl_hint_memo_t  *memo;
    rfl_name_memo_t  *names;
    unsigned          over;        /* what was passed over */
    eval_cost_t       cost[2];
    eval_list_t       lists[2 * RFL_KEYS_MAX];
    size_t            nlists;
    rfl_keys_t        finer;       /* of the lists that overflowed */
    int               scripts;     /* namesakes in other scripts are read */
    size_t            list;        /* where reading stands */
    size_t            slot;
    size_t            budget;      /* further slots that may be read */
    eval_cand_t      *cands;       /* not read yet */
    size_t            ncands;
    size_t            scands;
    eval_hit_t        hits[EVAL_HITS];     /* best first */
    unsigned          nhits;
    eval_watch_t      watch[EVAL_WATCH];
    unsigned          nwatch;
} eval_search_t;


/* eval.c */

extern unsigned       cap;

double eval_clock(void);
/* a member of an object, to be freed; empty if it is not there */
char *eval_string(json_t *o, const char *name);


/* eval_index.c */

extern eval_entry_t  *entries;
extern size_t         nentries;
extern eval_post_t   *posts;          /* sorted by hash */
extern size_t         nposts;

void eval_load(const char *path);
/* lists of all entries, and finer ones where they are longer than the cap */
void eval_build(void);
/* the number of an entry by its id; UINT32_MAX: there is none */
uint32_t eval_entry(const char *id);
uint64_t eval_hash(const rfl_key_t *key);
/* where the list of a key begins among the first n, and how long it is */
size_t eval_find(uint64_t hash, size_t n, size_t *count);
/* memo: of the question, or NULL */
unsigned eval_parse(rfl_pool_t *pool, const eval_entry_t *e,
    rfl_name_memo_t *memo, rfl_name_t **names);


/* eval_cand.c */

/* everybody may be met again, but who is a result */
void eval_forget(const eval_search_t *s);
/* an element of a list was opened */
void eval_take(eval_search_t *s, const eval_list_t *list, size_t slot,
    rfl_ask_e ask);
/* candidates and results, best first */
void eval_order(eval_search_t *s);
void eval_rank(eval_search_t *s);
/* is there one, not read yet, who by the hint may reach the score? */
int eval_hope(const eval_search_t *s, unsigned score);
/* where the shortest list of the best is; of those read now, or SIZE_MAX */
size_t eval_shortest(const eval_search_t *s);
/* of the lightest list that led to this one */
size_t eval_weight(uint32_t entry);
/* one of those that should be found, or NULL */
eval_watch_t *eval_watched(eval_search_t *s, uint32_t entry);


/* eval_ask.c: as the worker searches; 1: one more detail is asked for */

int eval_search(rfl_pool_t *pool, eval_search_t *s, const rfl_str_t *text);


#endif /* _EVAL_H_INCLUDED_ */
