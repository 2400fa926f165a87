
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_memo.c: words of records that have been read before.  The people
 * whom one question leads to share most of their names: of a million entries
 * over half of the words that are read are repeats.
 *
 * Owns nothing; what is remembered is in the pool of the question.
 */


#include "rfl_name_int.h"


#define RFL_MEMO_LISTS     256     /* of parts, a power of two */
#define RFL_MEMO_KEPT      1024    /* parts in them */
#define RFL_MEMO_PAIRS     6       /* typed parts that one was compared with */


struct rfl_kept_s {
    rfl_kept_t        *next;
    rfl_part_t         part;
    unsigned           npairs;
    const rfl_part_t  *typed[RFL_MEMO_PAIRS];
    rfl_pair_t         pair[RFL_MEMO_PAIRS];
    rfl_token_t        word;       /* the last: only as long as it is */
};

struct rfl_name_memo_s {
    rfl_pool_t        *pool;
    unsigned           n;
    rfl_kept_t        *list[RFL_MEMO_LISTS];
};


static unsigned rfl_memo_list(const rfl_token_t *t);
static int rfl_memo_same(const rfl_token_t *a, const rfl_token_t *b);


rfl_name_memo_t *
rfl_name_memo(rfl_pool_t *pool)
{
    rfl_name_memo_t  *memo;

    memo = rfl_pcalloc(pool, sizeof(rfl_name_memo_t));
    if (memo != NULL) {
        memo->pool = pool;
    }

    return memo;
}


int
rfl_memo_find(const rfl_name_memo_t *memo, const rfl_token_t *t,
    unsigned type, rfl_part_t *part)
{
    const rfl_kept_t  *kept;

    if (memo == NULL) {
        return 0;
    }

    for (kept = memo->list[rfl_memo_list(t)]; kept != NULL; kept = kept->next) {

        if (kept->part.type == type && rfl_memo_same(&kept->word, t)) {
            *part = kept->part;
            return 1;
        }
    }

    return 0;
}


void
rfl_memo_keep(rfl_name_memo_t *memo, const rfl_token_t *t, rfl_part_t *part)
{
    size_t       word, readings, letters;
    rfl_kept_t  *kept, **list;

    if (memo == NULL || memo->n == RFL_MEMO_KEPT) {
        return;
    }

    word = offsetof(rfl_token_t, cp) + t->n * sizeof(uint32_t);
    readings = part->nreadings * sizeof(rfl_reading_t);
    letters = part->nletters * sizeof(uint16_t);

    kept = rfl_palloc(memo->pool, offsetof(rfl_kept_t, word) + word);
    if (kept == NULL) {
        return;
    }

    kept->part = *part;
    kept->part.kept = kept;
    kept->part.readings = rfl_palloc(memo->pool, readings + letters);

    if (kept->part.readings == NULL) {
        return;
    }

    kept->part.letters = (uint16_t *) (void *)
                                     &kept->part.readings[part->nreadings];

    memcpy(kept->part.readings, part->readings, readings);
    memcpy(kept->part.letters, part->letters, letters);
    memcpy(&kept->word, t, word);

    kept->npairs = 0;

    list = &memo->list[rfl_memo_list(t)];

    kept->next = *list;
    *list = kept;
    memo->n++;

    *part = kept->part;
}


const rfl_pair_t *
rfl_memo_pair(const rfl_part_t *q, const rfl_part_t *e)
{
    unsigned  i;

    for (i = 0; e->kept != NULL && i < e->kept->npairs; i++) {
        if (e->kept->typed[i] == q) {
            return &e->kept->pair[i];
        }
    }

    return NULL;
}


void
rfl_memo_add_pair(const rfl_part_t *q, const rfl_part_t *e,
    const rfl_pair_t *pair)
{
    rfl_kept_t  *kept;

    kept = e->kept;

    if (kept != NULL && kept->npairs < RFL_MEMO_PAIRS) {
        kept->typed[kept->npairs] = q;
        kept->pair[kept->npairs++] = *pair;
    }
}


static unsigned
rfl_memo_list(const rfl_token_t *t)
{
    uint32_t  h;

    h = rfl_fnv1a((const u_char *) t->cp, t->n * sizeof(uint32_t));

    return (h ^ (h >> 16)) & (RFL_MEMO_LISTS - 1);
}


/* all that the reading of a word depends on */

static int
rfl_memo_same(const rfl_token_t *a, const rfl_token_t *b)
{
    return a->n == b->n && a->script == b->script && a->flags == b->flags
           && a->dot == b->dot && a->word == b->word
           && memcmp(a->cp, b->cp, a->n * sizeof(uint32_t)) == 0;
}
