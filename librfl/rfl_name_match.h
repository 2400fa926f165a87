
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_match.h: which part of what was typed is which part of a name.
 * rfl_name_match.c pairs them, rfl_name_score.c makes the score of it.
 */


#ifndef _RFL_NAME_MATCH_H_INCLUDED_
#define _RFL_NAME_MATCH_H_INCLUDED_


#include "rfl_name_int.h"


#define RFL_LIKE_SURE      880     /* the same part, for certain */


typedef struct {
    unsigned           n;
    const rfl_part_t  *part[RFL_PARTS_MAX];
} rfl_list_t;

typedef struct {
    unsigned           sum;
    unsigned           spared;     /* of what slips lack */
    unsigned           weight;
    unsigned           least;      /* worst pair */
    unsigned           nmatch;
    unsigned           ninitial;
    unsigned           why;
    uint8_t            q[RFL_PARTS_MAX];   /* used */
    uint8_t            e[RFL_PARTS_MAX];
    uint8_t            at[RFL_PARTS_MAX];  /* partner of a typed part */
} rfl_match_t;


/*
 * Every typed part gets the partner it is most alike; first: what is written
 * as one on the other side comes before all.  Nothing is allocated.
 */
void rfl_match(rfl_match_t *m, const rfl_list_t *q, const rfl_list_t *e,
    int first);


#endif /* _RFL_NAME_MATCH_H_INCLUDED_ */
