
/*
 * Copyright (C) The RFL authors
 *
 * rfl_edit_read.c: finds the lists that entries are in, or shall be in, and
 * reads them from the index.  Called by rfl_edit_plan().
 */


#include "rfl_edit.h"

#include <stdlib.h>


#define RFL_EDIT_BATCH       512   /* labels of one HMGET */
#define RFL_EDIT_TABLE       1024


/* which slots of which lists one HMGET asks for */

typedef struct {
    unsigned  list;
    unsigned  slot;
} rfl_edit_ask_t;


static int rfl_edit_lists(rfl_edit_t *edit, rfl_edit_entry_t *entry,
    const rfl_keys_t *keys);
static int rfl_edit_finer(rfl_edit_t *edit);
static int rfl_edit_intern(rfl_edit_t *edit, const rfl_key_t *key,
    unsigned *index);
static int rfl_edit_list(rfl_edit_t *edit, const rfl_key_t *key,
    const u_char t[RFL_PRF_SIZE]);
static int rfl_edit_rehash(rfl_edit_t *edit, unsigned size);
static unsigned rfl_edit_slot(const rfl_edit_t *edit,
    const u_char t[RFL_PRF_SIZE]);
static int rfl_edit_heads(rfl_edit_t *edit, unsigned first, rfl_err_t *err);
static int rfl_edit_tails(rfl_edit_t *edit, rfl_err_t *err);
static int rfl_edit_fetch(rfl_edit_t *edit, const rfl_edit_ask_t *asks,
    unsigned n, rfl_err_t *err);
static int rfl_edit_blocks(rfl_edit_t *edit, rfl_err_t *err);


int
rfl_edit_read(rfl_edit_t *edit, rfl_err_t *err)
{
    int       rc;
    unsigned  i, first;

    if (rfl_edit_rehash(edit, RFL_EDIT_TABLE) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    for (i = 0; i < edit->nentries; i++) {

        if (rfl_edit_lists(edit, &edit->entries[i],
                           &edit->entries[i].prep.keys)
            != RFL_OK)
        {
            return rfl_err(err, 0, "out of memory");
        }
    }

    rc = rfl_edit_heads(edit, 0, err);
    if (rc != RFL_OK) {
        return rc;
    }

    first = edit->nlists;

    if (rfl_edit_finer(edit) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_edit_heads(edit, first, err);

    if (rc == RFL_OK) {
        rc = rfl_edit_tails(edit, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_edit_blocks(edit, err);
    }

    return rc;
}


/* the lists of these keys, appended to those of an entry */

static int
rfl_edit_lists(rfl_edit_t *edit, rfl_edit_entry_t *entry,
    const rfl_keys_t *keys)
{
    unsigned   i, *lists;

    lists = rfl_palloc(edit->pool,
                       ((size_t) entry->nlists + keys->n) * sizeof(unsigned));
    if (lists == NULL) {
        return RFL_ERROR;
    }

    if (entry->nlists != 0) {
        memcpy(lists, entry->lists, entry->nlists * sizeof(unsigned));
    }

    entry->lists = lists;

    for (i = 0; i < keys->n; i++) {

        if (rfl_edit_intern(edit, &keys->key[i], &lists[entry->nlists])
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        if (entry->remove) {
            edit->lists[lists[entry->nlists]].whole = 1;
        }

        entry->nlists++;
    }

    return RFL_OK;
}


/* entries under an overflowing list are also under its finer keys */

static int
rfl_edit_finer(rfl_edit_t *edit)
{
    unsigned           i, k;
    rfl_keys_t         keys;
    rfl_edit_list_t   *list;
    rfl_edit_entry_t  *entry;

    for (i = 0; i < edit->nentries; i++) {

        entry = &edit->entries[i];
        memset(&keys, 0, sizeof(rfl_keys_t));

        for (k = 0; k < entry->nlists; k++) {

            list = &edit->lists[entry->lists[k]];

            if (list->overflow
                && rfl_name_finer_keys(edit->pool, entry->prep.names,
                                       entry->prep.nnames,
                                       &entry->prep.facts, &list->key, &keys)
                   != RFL_OK)
            {
                return RFL_ERROR;
            }
        }

        if (keys.n != 0 && rfl_edit_lists(edit, entry, &keys) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_edit_intern(rfl_edit_t *edit, const rfl_key_t *key, unsigned *index)
{
    int       rc;
    u_char    t[RFL_PRF_SIZE];
    unsigned  slot;

    rfl_prf(edit->live->epoch.secret, key, t);

    rc = RFL_OK;
    slot = rfl_edit_slot(edit, t);

    if (edit->table[slot] != 0) {
        *index = edit->table[slot] - 1;

    } else {
        *index = edit->nlists;
        rc = rfl_edit_list(edit, key, t);
    }

    rfl_memzero(t, sizeof(t));

    return rc;
}


static int
rfl_edit_list(rfl_edit_t *edit, const rfl_key_t *key,
    const u_char t[RFL_PRF_SIZE])
{
    rfl_edit_list_t  *lists;

    lists = rfl_grow(edit->lists, edit->nlists, &edit->lists_size,
                     sizeof(rfl_edit_list_t));
    if (lists == NULL) {
        return RFL_ERROR;
    }

    edit->lists = lists;

    memset(&lists[edit->nlists], 0, sizeof(rfl_edit_list_t));
    lists[edit->nlists].key = *key;
    memcpy(lists[edit->nlists].t, t, RFL_PRF_SIZE);

    /* half of the table stays free */

    if (edit->nlists > edit->mask / 2) {
        edit->nlists++;
        return rfl_edit_rehash(edit, (edit->mask + 1) * 2);
    }

    edit->table[rfl_edit_slot(edit, t)] = ++edit->nlists;

    return RFL_OK;
}


static int
rfl_edit_rehash(rfl_edit_t *edit, unsigned size)
{
    unsigned  i;

    free(edit->table);

    edit->table = calloc(size, sizeof(unsigned));
    if (edit->table == NULL) {
        return RFL_ERROR;
    }

    edit->mask = size - 1;

    for (i = 0; i < edit->nlists; i++) {
        edit->table[rfl_edit_slot(edit, edit->lists[i].t)] = i + 1;
    }

    return RFL_OK;
}


/* T is as good as random: its first bytes are the hash */

static unsigned
rfl_edit_slot(const rfl_edit_t *edit, const u_char t[RFL_PRF_SIZE])
{
    unsigned  i;

    memcpy(&i, t, sizeof(i));

    for (i &= edit->mask; edit->table[i] != 0; i = (i + 1) & edit->mask) {

        if (memcmp(edit->lists[edit->table[i] - 1].t, t, RFL_PRF_SIZE) == 0) {
            break;
        }
    }

    return i;
}


int
rfl_edit_room(rfl_edit_list_t *list, unsigned n)
{
    unsigned        size;
    u_char         *dirty;
    rfl_element_t  *elements;

    if (n <= list->size) {
        return RFL_OK;
    }

    for (size = (list->size == 0) ? 4 : list->size; size < n; size *= 2) {
        /* void */
    }

    elements = calloc(size, sizeof(rfl_element_t));
    dirty = calloc(size, 1);

    if (elements == NULL || dirty == NULL) {
        free(elements);
        free(dirty);
        return RFL_ERROR;
    }

    if (list->size != 0) {
        memcpy(elements, list->elements, list->size * sizeof(rfl_element_t));
        memcpy(dirty, list->dirty, list->size);
        rfl_memzero(list->elements, list->size * sizeof(rfl_element_t));
    }

    free(list->elements);
    free(list->dirty);

    list->elements = elements;
    list->dirty = dirty;
    list->size = size;

    return RFL_OK;
}


/* slot 0 of the lists from first on */

static int
rfl_edit_heads(rfl_edit_t *edit, unsigned first, rfl_err_t *err)
{
    int              rc;
    unsigned         i, n;
    rfl_edit_ask_t   asks[RFL_EDIT_BATCH];

    rc = RFL_OK;

    for (n = 0, i = first; rc == RFL_OK && i < edit->nlists; i++) {

        if (rfl_edit_room(&edit->lists[i], 1) != RFL_OK) {
            return rfl_err(err, 0, "out of memory");
        }

        asks[n].list = i;
        asks[n++].slot = 0;

        if (n == RFL_EDIT_BATCH || i + 1 == edit->nlists) {
            rc = rfl_edit_fetch(edit, asks, n, err);
            n = 0;
        }
    }

    return rc;
}


/* the other slots of lists from which something is taken */

static int
rfl_edit_tails(rfl_edit_t *edit, rfl_err_t *err)
{
    int               rc;
    unsigned          i, n, slot;
    rfl_edit_ask_t    asks[RFL_EDIT_BATCH];
    rfl_edit_list_t  *list;

    rc = RFL_OK;

    for (n = 0, i = 0; i < edit->nlists; i++) {

        list = &edit->lists[i];

        if (rfl_edit_room(list, list->was) != RFL_OK) {
            return rfl_err(err, 0, "out of memory");
        }

        if (!list->whole) {
            continue;
        }

        for (slot = 1; rc == RFL_OK && slot < list->was; slot++) {

            asks[n].list = i;
            asks[n++].slot = slot;

            if (n == RFL_EDIT_BATCH) {
                rc = rfl_edit_fetch(edit, asks, n, err);
                n = 0;
            }
        }
    }

    if (rc == RFL_OK && n > 0) {
        rc = rfl_edit_fetch(edit, asks, n, err);
    }

    return rc;
}


static int
rfl_edit_fetch(rfl_edit_t *edit, const rfl_edit_ask_t *asks, unsigned n,
    rfl_err_t *err)
{
    int               rc;
    u_char            labels[RFL_EDIT_BATCH][RFL_LABEL_SIZE];
    unsigned          i;
    rfl_args_t        args;
    redisReply       *reply, *value;
    rfl_element_t     element;
    rfl_edit_list_t  *list;
    rfl_epoch_name_t  name;

    rfl_args_init(&args);
    rfl_index_args(&args, "HMGET", edit->live, &name);

    for (i = 0; i < n; i++) {
        rfl_label(edit->lists[asks[i].list].t, asks[i].slot, labels[i]);
        rfl_args_add(&args, labels[i], RFL_LABEL_SIZE);
    }

    rc = rfl_redis_argv(&edit->desk->index, &reply, err, &args);
    rfl_args_free(&args);

    if (rc != RFL_OK) {
        return rc;
    }

    for (i = 0; i < n && i < reply->elements; i++) {

        value = reply->element[i];
        list = &edit->lists[asks[i].list];

        /* what is absent or does not open stays zero: a hole */

        if (value->type != REDIS_REPLY_STRING
            || rfl_element_open(list->t, edit->live->epoch.id, asks[i].slot,
                                (u_char *) value->str, value->len, &element)
               != RFL_OK)
        {
            continue;
        }

        list->elements[asks[i].slot] = element;

        if (asks[i].slot == 0) {
            list->overflow = (element.flags & RFL_ELEMENT_OVERFLOW) != 0;
            list->was = list->overflow ? 1 : element.count;
            list->n = list->was;
        }
    }

    freeReplyObject(reply);
    rfl_memzero(&element, sizeof(element));

    return RFL_OK;
}


/* how many blocks of the entries to remove are there */

static int
rfl_edit_blocks(rfl_edit_t *edit, rfl_err_t *err)
{
    int                rc;
    unsigned           i, k;
    rfl_args_t         args;
    redisReply        *reply;
    rfl_edit_entry_t  *entry;
    rfl_epoch_name_t   name;

    rc = RFL_OK;

    rfl_args_init(&args);
    rfl_index_args(&args, "HMGET", edit->live, &name);

    for (i = 0; i < edit->nentries; i++) {
        entry = &edit->entries[i];

        for (k = 0; entry->remove && k < entry->rid.blocks; k++) {
            rfl_args_add(&args, entry->rid.id[k], RFL_LABEL_SIZE);
        }
    }

    if (args.n > 2) {
        rc = rfl_redis_argv(&edit->desk->index, &reply, err, &args);

        if (rc == RFL_OK) {
            edit->blocks = rfl_index_found(reply);
            freeReplyObject(reply);
        }
    }

    rfl_args_free(&args);

    return rc;
}
