
/*
 * Copyright (C) The RFL authors
 *
 * rfl_edit.c: works out what an addition or a withdrawal changes in the
 * lists of the index, and queues it as one transaction.  Called by
 * rfl_change.c, and by withdrawal once more to prove that nothing is left.
 */


#include "rfl_edit.h"

#include <sodium.h>
#include <stdlib.h>


#define RFL_EDIT_PAIRS       65536 /* more are written by a rebuild */


static void rfl_edit_take(rfl_edit_t *edit, rfl_edit_entry_t *entry);
static int rfl_edit_put(rfl_edit_t *edit, rfl_edit_entry_t *entry);
static int rfl_edit_write(rfl_edit_t *edit, rfl_live_t *after,
    int64_t as_of);
static int rfl_edit_write_list(rfl_edit_t *edit, rfl_edit_list_t *list);
static int rfl_edit_write_blocks(rfl_edit_t *edit, rfl_edit_entry_t *entry);
static int rfl_edit_write_dummies(rfl_edit_t *edit, const rfl_live_t *after,
    rfl_size_e size);
static rfl_edit_pair_t *rfl_edit_pair(rfl_edit_t *edit);


int
rfl_edit_init(rfl_edit_t *edit, rfl_desk_t *desk, const rfl_live_t *live,
    rfl_err_t *err)
{
    memset(edit, 0, sizeof(rfl_edit_t));

    edit->desk = desk;
    edit->live = live;

    edit->pool = rfl_pool_create(65536);
    if (edit->pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    return RFL_OK;
}


void
rfl_edit_free(rfl_edit_t *edit)
{
    unsigned  i;

    for (i = 0; i < edit->nlists; i++) {
        rfl_memzero(edit->lists[i].elements,
                    edit->lists[i].size * sizeof(rfl_element_t));
        free(edit->lists[i].elements);
        free(edit->lists[i].dirty);
    }

    rfl_memzero(edit->lists, edit->nlists * sizeof(rfl_edit_list_t));
    rfl_memzero(edit->entries, edit->nentries * sizeof(rfl_edit_entry_t));

    free(edit->lists);
    free(edit->entries);
    free(edit->table);
    free(edit->pairs);
    rfl_labels_free(&edit->unlink);
    rfl_pool_destroy(edit->pool);

    memset(edit, 0, sizeof(rfl_edit_t));
}


int
rfl_edit_entry(rfl_edit_t *edit, const rfl_stored_t *stored, unsigned remove,
    rfl_err_t *err)
{
    int                rc;
    rfl_str_t          line;
    rfl_draft_t        draft;
    rfl_edit_entry_t  *entry;

    entry = rfl_grow(edit->entries, edit->nentries, &edit->entries_size,
                     sizeof(rfl_edit_entry_t));
    if (entry == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    edit->entries = entry;
    entry = &edit->entries[edit->nentries];
    memset(entry, 0, sizeof(rfl_edit_entry_t));

    entry->remove = remove;

    /* parsed anew so that everything lives in the edit's own pool */

    line.len = stored->line.len;
    line.data = rfl_pstrdup(edit->pool, stored->line.data, line.len);
    if (line.data == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_draft_parse(edit->pool, &line, 0, &draft, err);

    if (rc == RFL_OK) {
        rc = rfl_prep(edit->pool, &draft, &entry->prep, err);
    }

    if (rc == RFL_OK) {
        rc = rfl_record_id(edit->live->epoch.secret, entry->prep.record.data,
                           entry->prep.record.len, &entry->rid);
    }

    if (rc != RFL_OK) {
        return RFL_ERROR;
    }

    edit->nentries++;

    return RFL_OK;
}


int
rfl_edit_plan(rfl_edit_t *edit, rfl_live_t *after, int64_t as_of,
    rfl_err_t *err)
{
    int              rc;
    unsigned         i, adds;
    rfl_manifest_t   manifest;

    rc = rfl_index_manifest(&edit->desk->index, edit->live, &manifest, err);
    if (rc != RFL_OK && rc != RFL_DECLINED) {
        return rc;
    }

    edit->manifest = (rc == RFL_OK && manifest.complete);

    for (adds = 0, i = 0; i < edit->nentries; i++) {
        adds += !edit->entries[i].remove;
    }

    if (adds != 0 && !edit->manifest) {
        return RFL_DECLINED;
    }

    rc = rfl_edit_read(edit, err);
    if (rc != RFL_OK) {
        return (rc == RFL_MISFIT) ? RFL_DECLINED : rc;
    }

    for (i = 0; i < edit->nentries; i++) {
        if (edit->entries[i].remove) {
            rfl_edit_take(edit, &edit->entries[i]);
        }
    }

    for (i = 0; i < edit->nentries; i++) {

        if (edit->entries[i].remove) {
            continue;
        }

        rc = rfl_edit_put(edit, &edit->entries[i]);

        if (rc == RFL_DECLINED) {
            return rc;
        }

        if (rc != RFL_OK) {
            return rfl_err(err, 0, "out of memory");
        }
    }

    if (rfl_edit_write(edit, after, as_of) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    return (adds != 0 && edit->npairs > RFL_EDIT_PAIRS) ? RFL_DECLINED
                                                        : RFL_OK;
}


int
rfl_edit_send(rfl_edit_t *edit, rfl_err_t *err)
{
    int               rc;
    size_t            i, j;
    rfl_args_t        args;
    rfl_edit_pair_t   pair;
    rfl_epoch_name_t  name;

    rc = RFL_OK;
    rfl_args_init(&args);

    if (edit->npairs != 0) {

        for (i = edit->npairs; i > 1; i--) {
            j = randombytes_uniform((uint32_t) i);
            pair = edit->pairs[i - 1];
            edit->pairs[i - 1] = edit->pairs[j];
            edit->pairs[j] = pair;
        }

        rfl_index_args(&args, "HSET", edit->live, &name);

        for (i = 0; i < edit->npairs; i++) {
            rfl_args_add(&args, edit->pairs[i].label, RFL_LABEL_SIZE);
            rfl_args_add(&args, edit->pairs[i].value, edit->pairs[i].len);
        }

        rc = rfl_redis_send_argv(&edit->desk->index, err, &args);
    }

    if (rc == RFL_OK && edit->unlink.n != 0) {

        rfl_index_args(&args, "HDEL", edit->live, &name);

        for (i = 0; i < edit->unlink.n; i++) {
            rfl_args_add(&args, edit->unlink.data + i * RFL_LABEL_SIZE,
                         RFL_LABEL_SIZE);
        }

        rc = rfl_redis_send_argv(&edit->desk->index, err, &args);
    }

    rfl_args_free(&args);

    return rc;
}


int
rfl_edit_done(rfl_edit_t *edit, rfl_err_t *err)
{
    int                rc;
    unsigned           i;
    redisReply        *reply;
    rfl_edit_entry_t  *entry;
    rfl_epoch_name_t   name;

    if (edit->nentries == 0) {
        return 1;
    }

    entry = &edit->entries[0];

    for (i = 0; i < edit->nentries; i++) {
        if (!edit->entries[i].remove) {
            entry = &edit->entries[i];
            break;
        }
    }

    rfl_epoch_name(edit->live->epoch.id, &name);

    rc = rfl_redis_call(&edit->desk->index, &reply, err, "HGET %s %b",
                        name.data, entry->rid.id[0],
                        (size_t) RFL_LABEL_SIZE);
    if (rc != RFL_OK) {
        return (rc == RFL_MISFIT) ? 0 : rc;
    }

    rc = (reply->type == REDIS_REPLY_STRING) != (entry->remove != 0);

    freeReplyObject(reply);

    return rc;
}


/* takes an entry out of its lists: the last slot moves into the gap */

static void
rfl_edit_take(rfl_edit_t *edit, rfl_edit_entry_t *entry)
{
    unsigned          i, slot;
    rfl_edit_list_t  *list;

    for (i = 0; i < entry->nlists; i++) {

        list = &edit->lists[entry->lists[i]];

        for (slot = 0; !list->overflow && slot < list->n; slot++) {

            if (memcmp(list->elements[slot].key, entry->rid.key,
                       RFL_RECORD_KEY_SIZE)
                != 0)
            {
                continue;
            }

            edit->found++;
            list->n--;

            if (slot != list->n) {
                list->elements[slot] = list->elements[list->n];
                list->dirty[slot] = 1;
            }

            break;
        }
    }
}


static int
rfl_edit_put(rfl_edit_t *edit, rfl_edit_entry_t *entry)
{
    unsigned          i;
    rfl_element_t    *element;
    rfl_edit_list_t  *list;

    for (i = 0; i < entry->nlists; i++) {

        list = &edit->lists[entry->lists[i]];

        if (list->overflow) {
            continue;
        }

        if (list->n >= edit->live->cap) {
            return RFL_DECLINED;
        }

        if (rfl_edit_room(list, list->n + 1) != RFL_OK) {
            return RFL_ERROR;
        }

        element = &list->elements[list->n];

        memcpy(element->key, entry->rid.key, RFL_RECORD_KEY_SIZE);
        memcpy(element->hint, entry->prep.hint, RFL_HINT_SIZE);
        element->blocks = (uint8_t) entry->rid.blocks;
        element->flags = 0;

        list->dirty[list->n++] = 1;
    }

    return RFL_OK;
}


static int
rfl_edit_write(rfl_edit_t *edit, rfl_live_t *after, int64_t as_of)
{
    int64_t            elements, blocks, entries;
    unsigned           i;
    rfl_edit_pair_t   *pair;
    rfl_edit_entry_t  *entry;

    *after = *edit->live;

    elements = (int64_t) after->real[RFL_SIZE_ELEMENT];
    blocks = (int64_t) after->real[RFL_SIZE_BLOCK];
    entries = (int64_t) after->entries;

    for (i = 0; i < edit->nlists; i++) {

        elements += (int64_t) edit->lists[i].n - (int64_t) edit->lists[i].was;

        if (rfl_edit_write_list(edit, &edit->lists[i]) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    for (i = 0; i < edit->nentries; i++) {

        entry = &edit->entries[i];

        if (entry->remove) {
            entries--;
            blocks -= entry->rid.blocks;
            after->removed++;

        } else {
            entries++;
            blocks += entry->rid.blocks;
        }

        if (rfl_edit_write_blocks(edit, entry) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    after->entries = (uint64_t) (entries < 0 ? 0 : entries);

    rfl_index_recount(after, RFL_SIZE_ELEMENT,
                      (uint64_t) (elements < 0 ? 0 : elements));
    rfl_index_recount(after, RFL_SIZE_BLOCK,
                      (uint64_t) (blocks < 0 ? 0 : blocks));

    if (!edit->manifest) {
        return RFL_OK;
    }

    if (rfl_edit_write_dummies(edit, after, RFL_SIZE_ELEMENT) != RFL_OK
        || rfl_edit_write_dummies(edit, after, RFL_SIZE_BLOCK) != RFL_OK)
    {
        return RFL_ERROR;
    }

    pair = rfl_edit_pair(edit);
    if (pair == NULL) {
        return RFL_ERROR;
    }

    rfl_index_manifest_print(after, as_of, pair->label, pair->value);
    pair->len = RFL_ELEMENT_SIZE;

    return RFL_OK;
}


static int
rfl_edit_write_list(rfl_edit_t *edit, rfl_edit_list_t *list)
{
    u_char            label[RFL_LABEL_SIZE];
    unsigned          slot;
    rfl_element_t    *element;
    rfl_edit_pair_t  *pair;

    if (list->overflow) {
        return RFL_OK;
    }

    if (list->n != list->was && list->n != 0) {
        list->dirty[0] = 1;
    }

    for (slot = 0; slot < list->n; slot++) {

        if (!list->dirty[slot]) {
            continue;
        }

        element = &list->elements[slot];
        element->count = (uint16_t) (slot == 0 ? list->n : 0);

        pair = rfl_edit_pair(edit);
        if (pair == NULL) {
            return RFL_ERROR;
        }

        rfl_label(list->t, slot, pair->label);
        rfl_element_seal(list->t, edit->live->epoch.id, slot, element,
                         pair->value);
        pair->len = RFL_ELEMENT_SIZE;
    }

    for (slot = list->n; slot < list->was; slot++) {

        rfl_label(list->t, slot, label);

        if (rfl_labels_add(&edit->unlink, label) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


static int
rfl_edit_write_blocks(rfl_edit_t *edit, rfl_edit_entry_t *entry)
{
    u_char            blocks[RFL_BLOCKS_MAX * RFL_BLOCK_SIZE];
    unsigned          i;
    rfl_edit_pair_t  *pair;

    if (!entry->remove) {
        rfl_record_seal(&entry->rid, edit->live->epoch.id,
                        entry->prep.record.data, entry->prep.record.len,
                        blocks);
    }

    for (i = 0; i < entry->rid.blocks; i++) {

        if (entry->remove) {

            if (rfl_labels_add(&edit->unlink, entry->rid.id[i]) != RFL_OK) {
                return RFL_ERROR;
            }

            continue;
        }

        pair = rfl_edit_pair(edit);
        if (pair == NULL) {
            return RFL_ERROR;
        }

        memcpy(pair->label, entry->rid.id[i], RFL_LABEL_SIZE);
        memcpy(pair->value, blocks + i * RFL_BLOCK_SIZE, RFL_BLOCK_SIZE);
        pair->len = RFL_BLOCK_SIZE;
    }

    return RFL_OK;
}


/* the range of dummies moves: its old end goes, its new end comes */

static int
rfl_edit_write_dummies(rfl_edit_t *edit, const rfl_live_t *after,
    rfl_size_e size)
{
    u_char            label[RFL_LABEL_SIZE];
    uint64_t          n;
    rfl_edit_pair_t  *pair;

    for (n = edit->live->dummy[size]; n < after->dummy[size]; n++) {

        rfl_index_dummy(after, size, n, label);

        if (rfl_labels_add(&edit->unlink, label) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    for (n = edit->live->dummy_last[size]; n < after->dummy_last[size]; n++) {

        pair = rfl_edit_pair(edit);
        if (pair == NULL) {
            return RFL_ERROR;
        }

        rfl_index_dummy(after, size, n, pair->label);
        pair->len = rfl_index_sizes[size];
        randombytes_buf(pair->value, pair->len);
    }

    return RFL_OK;
}


static rfl_edit_pair_t *
rfl_edit_pair(rfl_edit_t *edit)
{
    rfl_edit_pair_t  *pairs;

    pairs = rfl_grow(edit->pairs, edit->npairs, &edit->pairs_size,
                     sizeof(rfl_edit_pair_t));
    if (pairs == NULL) {
        return NULL;
    }

    edit->pairs = pairs;

    return &pairs[edit->npairs++];
}
