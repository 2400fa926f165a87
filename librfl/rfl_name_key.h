
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_key.h: what rfl_name_skel.c, _item.c, _key.c, _finer.c, _ask.c and
 * _wide.c share.
 */


#ifndef _RFL_NAME_KEY_H_INCLUDED_
#define _RFL_NAME_KEY_H_INCLUDED_


#include "rfl_name_int.h"


#define RFL_PAIRS_NEAR     8       /* up to so many parts: every pair */
#define RFL_NEAR           3       /* beyond: neighbours this far, and ends */
#define RFL_JOINS_MAX      8       /* up to so many parts: neighbours joined */
#define RFL_SYLLABLES_MAX  4       /* of one name, to be stored joined */
#define RFL_INITIALS_MAX   12
#define RFL_NICK_MAX       10      /* skeletons of short forms */
#define RFL_YEAR_SPAN      2
#define RFL_SOUNDS         2       /* readings of a part in finer keys */
#define RFL_SOUNDS_ASKED   3
#define RFL_EDITS_MAX      240


typedef struct {
    rfl_skel_t         skel;
    uint8_t            cost;       /* tenths of a natural logarithm */
    uint8_t            front;      /* it begins with something else */
} rfl_edit_t;

typedef struct {
    const rfl_part_t  *part;       /* NULL: two joined */
    uint8_t            first;      /* name parts it spans */
    uint8_t            last;
    uint8_t            nskels;
    uint8_t            nstored;    /* of them as stored, first */
    uint8_t            nsounds;
    uint64_t           sound[RFL_SOUNDS_ASKED];    /* vowels included */
    rfl_skel_t         skels[RFL_SKELS_LOOSE + RFL_NICK_MAX];
} rfl_item_t;

/* what takes part in pairs: parts first, then neighbours joined */

typedef struct {
    unsigned           n;
    unsigned           nnames;
    unsigned           ninitials;
    rfl_item_t         item[RFL_PARTS_MAX + RFL_JOINS_MAX];
    rfl_skel_t         initial[RFL_INITIALS_MAX];
} rfl_items_t;


/* rfl_name_skel.c */

void rfl_skel_expand(const rfl_reading_t *r, int query, rfl_skel_t *skels,
    unsigned *n, unsigned max);
int rfl_skel_same(const rfl_skel_t *a, const rfl_skel_t *b);
void rfl_skel_initial(unsigned c, rfl_skel_t *s);
/*
 * Skeletons one edit away, the likeliest first; none that costs more than
 * most.  script: what it was typed in.
 */
unsigned rfl_skel_edits(const rfl_skel_t *s, unsigned script, unsigned most,
    rfl_edit_t edits[RFL_EDITS_MAX]);

/* rfl_name_retype.c */

/* in how many ways one slip may be taken back; some do not apply */
unsigned rfl_retype_ways(const rfl_reading_t *r);
int rfl_retype(const rfl_reading_t *r, unsigned way, rfl_reading_t *meant,
    rfl_skel_t *skel);

/* rfl_name_item.c */

/* query: more spellings than are stored, for somebody who asks */
void rfl_items_make(const rfl_name_t *name, int query, rfl_items_t *items);
/* no part is in both, and they are near enough for a pair */
int rfl_items_apart(const rfl_items_t *items, const rfl_item_t *a,
    const rfl_item_t *b);

/* rfl_name_key.c */

int rfl_keys_pairs(rfl_pool_t *pool, const rfl_items_t *items, rfl_keys_t
    *keys);
int rfl_keys_facts(rfl_pool_t *pool, const rfl_items_t *items, const
    rfl_facts_t *facts, int query, rfl_keys_t *keys);
/* pairs of the halves of one part */
int rfl_keys_halves(rfl_pool_t *pool, const rfl_part_t *part,
    rfl_keys_t *keys);
/* of two readings, 0 the likeliest of its part: rfl_key_t's unlikely */
uint8_t rfl_pair_unlikely(unsigned a, unsigned b);
void rfl_key_pair(rfl_key_t *key, const rfl_skel_t *a, const rfl_skel_t *b);
/* adds a key; of one that is there already the likelier remains */
int rfl_keys_add(rfl_pool_t *pool, rfl_keys_t *keys, const rfl_key_t *key);
/* its number; -1: it is not there */
int rfl_keys_find(const rfl_keys_t *keys, const rfl_key_t *key);

/* rfl_name_finer.c */

int rfl_keys_finer_facts(rfl_pool_t *pool, const rfl_key_t *key, const
    rfl_facts_t *facts, int query, rfl_keys_t *keys);
/* a pair of which this part is spelled right, or thought to be */
int rfl_keys_finer_part(rfl_pool_t *pool, const rfl_key_t *key, const
    rfl_item_t *part, rfl_keys_t *keys);
/* the same with a sound: 's' of both parts, added up, 'h' of one */
int rfl_keys_finer_sound(rfl_pool_t *pool, const rfl_key_t *key, char kind,
    uint64_t sound, rfl_keys_t *keys);
int rfl_keys_finer_names(rfl_pool_t *pool, const rfl_items_t *items, const
    rfl_key_t *key, rfl_keys_t *keys);
int rfl_keys_finer_scripts(rfl_pool_t *pool, const rfl_items_t *items, const
    rfl_key_t *key, int query, rfl_keys_t *keys);


#endif /* _RFL_NAME_KEY_H_INCLUDED_ */
