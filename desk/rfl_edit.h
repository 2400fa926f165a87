
/*
 * Copyright (C) The RFL authors
 *
 * rfl_edit.h: adding and removing entries in an index that is in use, in
 * one transaction.
 */


#ifndef _RFL_EDIT_H_INCLUDED_
#define _RFL_EDIT_H_INCLUDED_


#include "rfl.h"
#include "rfl_desk.h"
#include "rfl_index.h"
#include "rfl_prep.h"


/* an entry to add or to remove */

typedef struct {
    rfl_prep_t        prep;
    rfl_record_id_t   rid;
    unsigned          remove;
    unsigned         *lists;       /* indexes into edit->lists */
    unsigned          nlists;
} rfl_edit_entry_t;


typedef struct {
    rfl_key_t         key;
    u_char            t[RFL_PRF_SIZE];
    unsigned          overflow;
    unsigned          whole;       /* all slots are wanted, not only the 0th */
    unsigned          was;         /* slots in use in the index */
    unsigned          n;           /* slots in use after the edit */
    unsigned          size;
    rfl_element_t    *elements;
    u_char           *dirty;       /* per slot: to be written */
} rfl_edit_list_t;


/* a key and its value */

typedef struct {
    u_char            label[RFL_LABEL_SIZE];
    u_char            value[RFL_BLOCK_SIZE];
    size_t            len;
} rfl_edit_pair_t;


typedef struct {
    rfl_desk_t        *desk;
    rfl_pool_t        *pool;
    const rfl_live_t  *live;

    rfl_edit_entry_t  *entries;
    unsigned           nentries;
    size_t             entries_size;

    rfl_edit_list_t   *lists;
    unsigned           nlists;
    size_t             lists_size;
    unsigned          *table;      /* list + 1 by T; 0: free */
    unsigned           mask;

    unsigned           manifest;   /* 0: there is none; none is written */
    unsigned           found;      /* elements of entries to remove */
    unsigned           blocks;     /* and blocks of theirs that are there */

    rfl_edit_pair_t   *pairs;      /* to write */
    size_t             npairs;
    size_t             pairs_size;
    rfl_labels_t       unlink;
} rfl_edit_t;


int rfl_edit_init(rfl_edit_t *edit, rfl_desk_t *desk, const rfl_live_t *live,
    rfl_err_t *err) rfl_must_check;
void rfl_edit_free(rfl_edit_t *edit);

/* takes a copy of the draft's strings; all are gathered before the plan */
int rfl_edit_entry(rfl_edit_t *edit, const rfl_stored_t *stored,
    unsigned remove, rfl_err_t *err) rfl_must_check;

/*
 * Reads the lists concerned and works out what to write; *after is live as
 * it will be.  RFL_DECLINED: a list would become longer than the cap, or
 * entries are to be added to an index that is not there: rebuild.
 */
int rfl_edit_plan(rfl_edit_t *edit, rfl_live_t *after, int64_t as_of,
    rfl_err_t *err) rfl_must_check;

/* queues the plan in the open transaction of index Redis */
int rfl_edit_send(rfl_edit_t *edit, rfl_err_t *err) rfl_must_check;

/*
 * 1 if the transaction of an earlier run took place: the first entry added
 * is there, or the first one removed is not.  Negative on error.
 */
int rfl_edit_done(rfl_edit_t *edit, rfl_err_t *err) rfl_must_check;


/* parts of the above, in rfl_edit_read.c */

int rfl_edit_read(rfl_edit_t *edit, rfl_err_t *err) rfl_must_check;
/* makes room for n elements of a list */
int rfl_edit_room(rfl_edit_list_t *list, unsigned n) rfl_must_check;


#endif /* _RFL_EDIT_H_INCLUDED_ */
