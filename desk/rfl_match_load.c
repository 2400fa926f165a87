
/*
 * Copyright (C) The RFL authors
 *
 * rfl_match_load.c: the name keys of register and items in memory, kept up
 * to date.  Owns the memory of rfl_match_t.  Called at start and before a
 * question.
 */


#include "rfl_match.h"
#include "rfl_item_int.h"
#include "rfl_match_int.h"
#include "rfl_prep.h"

#include <sodium.h>
#include <stdlib.h>
#include <unicode/uchar.h>


/* seconds between two looks at the whole list of the register */
#define RFL_MATCH_EACH       60


typedef struct {
    rfl_match_t        *match;
    rfl_work_t         *work;
} rfl_match_load_t;


static int rfl_match_register(rfl_match_load_t *load, rfl_err_t *err);
static int rfl_match_fresh(rfl_match_load_t *load, rfl_tokens_t *tokens);
static int rfl_match_visit(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err);
static int rfl_match_item(void *data, rfl_pool_t *pool,
    const rfl_head_t *head, rfl_err_t *err);
static void rfl_match_sweep(rfl_match_t *match, unsigned items);
static int rfl_match_add(rfl_match_t *match, rfl_pool_t *pool,
    const rfl_match_entry_t *entry, const rfl_draft_t *draft);
static int rfl_match_keys(rfl_pool_t *pool, const rfl_draft_t *draft,
    rfl_keys_t *keys);
static rfl_match_entry_t *rfl_match_token(rfl_match_t *match,
    const u_char token[RFL_TOKEN_SIZE]);
static int rfl_match_room(rfl_match_t *match, size_t keys);
static int rfl_match_table(rfl_match_t *match);
static void rfl_match_place(rfl_match_t *match, uint32_t i);
static int rfl_match_sort(rfl_match_t *match);
static int rfl_match_compare(const void *a, const void *b);


rfl_match_t *
rfl_match_create(void)
{
    rfl_match_t  *match;

    match = calloc(1, sizeof(rfl_match_t));
    if (match == NULL) {
        return NULL;
    }

    if (pthread_mutex_init(&match->mutex, NULL) != 0) {
        free(match);
        return NULL;
    }

    randombytes_buf(match->seed, sizeof(match->seed));

    return match;
}


void
rfl_match_destroy(rfl_match_t *match)
{
    if (match == NULL) {
        return;
    }

    (void) pthread_mutex_destroy(&match->mutex);

    if (match->entries != NULL) {
        rfl_memzero(match->entries, match->n * sizeof(rfl_match_entry_t));
    }

    free(match->entries);
    free(match->table);
    free(match->pairs);

    rfl_memzero(match, sizeof(rfl_match_t));
    free(match);
}


int
rfl_match_refresh(rfl_match_t *match, rfl_work_t *work, rfl_err_t *err)
{
    int               rc;
    unsigned          list;
    rfl_match_load_t  load;

    load.match = match;
    load.work = work;

    (void) pthread_mutex_lock(&match->mutex);

    if (match->refreshing) {
        (void) pthread_mutex_unlock(&match->mutex);
        return RFL_OK;
    }

    match->refreshing = 1;
    match->round++;
    list = (!match->loaded || work->now < match->register_at
            || work->now - match->register_at >= RFL_MATCH_EACH);

    (void) pthread_mutex_unlock(&match->mutex);

    rc = list ? rfl_match_register(&load, err) : RFL_OK;

    if (rc == RFL_OK && work->keys != NULL) {
        rc = rfl_item_walk(work, rfl_match_item, &load, err);
    }

    (void) pthread_mutex_lock(&match->mutex);

    if (rc == RFL_OK) {

        if (work->keys != NULL) {
            rfl_match_sweep(match, 1);
        }

        if (list) {
            rfl_match_sweep(match, 0);
            match->register_at = work->now;
        }

        rc = rfl_match_sort(match);

        if (rc != RFL_OK) {
            rc = rfl_err(err, 0, "out of memory");
        }

        match->loaded |= (rc == RFL_OK);
    }

    match->refreshing = 0;

    (void) pthread_mutex_unlock(&match->mutex);

    return rc;
}


static int
rfl_match_register(rfl_match_load_t *load, rfl_err_t *err)
{
    int            rc;
    rfl_tokens_t   tokens;

    rc = rfl_store_tokens(&load->work->desk.desk, RFL_STORE_REGISTER,
                          &tokens, err);
    if (rc != RFL_OK) {
        return rc;
    }

    if (rfl_match_fresh(load, &tokens) != RFL_OK) {
        rc = rfl_err(err, 0, "out of memory");
    }

    if (rc == RFL_OK) {
        rc = rfl_store_walk(&load->work->desk.desk, &load->work->desk.keys,
                            RFL_STORE_REGISTER, &tokens, 0, 1,
                            rfl_match_visit, load, err);
    }

    rfl_tokens_free(&tokens);

    return rc;
}


/* leaves only those that are new in the list */

static int
rfl_match_fresh(rfl_match_load_t *load, rfl_tokens_t *tokens)
{
    int                 rc;
    size_t              i, n;
    u_char             *token;
    rfl_match_t        *match;
    rfl_match_entry_t  *entry;

    match = load->match;

    (void) pthread_mutex_lock(&match->mutex);

    rc = rfl_match_table(match);

    for (n = 0, i = 0; rc == RFL_OK && i < tokens->n; i++) {
        token = tokens->tokens + i * RFL_TOKEN_SIZE;
        entry = rfl_match_token(match, token);

        if (entry != NULL && !entry->gone) {
            entry->seen = match->round;
            continue;
        }

        memmove(tokens->tokens + n * RFL_TOKEN_SIZE, token, RFL_TOKEN_SIZE);
        n++;
    }

    (void) pthread_mutex_unlock(&match->mutex);

    tokens->n = n;

    return rc;
}


static int
rfl_match_visit(void *data, rfl_pool_t *pool,
    const u_char token[RFL_TOKEN_SIZE], const rfl_stored_t *stored,
    rfl_err_t *err)
{
    rfl_match_load_t   *load = data;
    rfl_match_entry_t   entry;

    memset(&entry, 0, sizeof(rfl_match_entry_t));

    memcpy(entry.token, token, RFL_TOKEN_SIZE);
    memcpy(entry.ref, stored->draft.e.ref, RFL_REF_SIZE);

    /* canaries are nobody */

    entry.gone = (stored->canary != 0);

    return (rfl_match_add(load->match, pool, &entry, &stored->draft)
            == RFL_OK) ? RFL_OK : rfl_err(err, 0, "out of memory");
}


static int
rfl_match_item(void *data, rfl_pool_t *pool, const rfl_head_t *head,
    rfl_err_t *err)
{
    int                 rc;
    rfl_item_t          item;
    rfl_pool_t         *own;
    rfl_match_t        *match;
    rfl_match_load_t   *load = data;
    rfl_match_entry_t   entry, *known;

    match = load->match;

    switch (head->state) {

    case RFL_ITEM_REJECTED:
    case RFL_ITEM_WITHDRAWING:
    case RFL_ITEM_WITHDRAWN:
    case RFL_ITEM_CLOSED:
        return RFL_OK;             /* swept, if it was there */

    default:
        break;
    }

    if (head->hidden || (head->kind != RFL_ITEM_ALIVE
                         && head->kind != RFL_ITEM_LOOKING
                         && head->kind != RFL_ITEM_IMPORT))
    {
        return RFL_OK;
    }

    memset(&entry, 0, sizeof(rfl_match_entry_t));

    rfl_vault_token(load->work->keys, "match", head->id,
                    RFL_SUBMISSION_ID_SIZE, entry.token);

    (void) pthread_mutex_lock(&match->mutex);

    rc = rfl_match_table(match);
    known = (rc == RFL_OK) ? rfl_match_token(match, entry.token) : NULL;

    if (known != NULL && known->version == head->version && !known->gone) {
        known->seen = match->round;
        (void) pthread_mutex_unlock(&match->mutex);
        return RFL_OK;
    }

    (void) pthread_mutex_unlock(&match->mutex);

    if (rc != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    own = rfl_pool_create(16384);
    if (own == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rc = rfl_item_get(load->work, own, head->id, &item, err);

    if (rc == RFL_OK && item.has_draft) {

        memcpy(entry.id, head->id, RFL_SUBMISSION_ID_SIZE);
        memcpy(entry.ref, head->ref, RFL_REF_SIZE);
        entry.version = item.head.version;

        if (item.has_submission) {
            entry.reach = rfl_match_reach(match, &item.submission);
        }

        if (rfl_match_add(match, own, &entry, &item.draft) != RFL_OK) {
            rc = rfl_err(err, 0, "out of memory");
        }
    }

    rfl_pool_destroy(own);

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}


/* what this round has not seen is no more */

static void
rfl_match_sweep(rfl_match_t *match, unsigned items)
{
    size_t              i;
    rfl_match_entry_t  *entry;

    for (i = 0; i < match->n; i++) {
        entry = &match->entries[i];

        if ((entry->version != 0) == items && entry->seen != match->round) {
            entry->gone = 1;
        }
    }
}


static int
rfl_match_add(rfl_match_t *match, rfl_pool_t *pool,
    const rfl_match_entry_t *entry, const rfl_draft_t *draft)
{
    int                 rc;
    uint32_t            i, place;
    rfl_keys_t          keys;
    rfl_match_pair_t   *pair;
    rfl_match_entry_t  *known, *e;

    if (rfl_match_keys(pool, draft, &keys) != RFL_OK) {
        return RFL_ERROR;
    }

    (void) pthread_mutex_lock(&match->mutex);

    rc = rfl_match_room(match, keys.n);

    if (rc == RFL_OK) {

        /* of an item that changed the old keys stay, and point nowhere */

        known = rfl_match_token(match, entry->token);

        if (known != NULL) {
            known->gone = 1;
        }

        place = (uint32_t) match->n++;
        e = &match->entries[place];

        *e = *entry;
        e->seen = match->round;
        e->year = (int16_t) draft->facts.birth_year;

        rfl_match_place(match, place);

        for (i = 0; i < keys.n; i++) {
            pair = &match->pairs[match->npairs + match->nnew++];
            pair->hash = rfl_match_hash(match, keys.key[i].data,
                                        keys.key[i].len);
            pair->entry = place;
        }
    }

    (void) pthread_mutex_unlock(&match->mutex);

    return rc;
}


static int
rfl_match_keys(rfl_pool_t *pool, const rfl_draft_t *draft, rfl_keys_t *keys)
{
    unsigned     i, n, alone;
    rfl_name_t  *names[RFL_NAMES_MAX];

    memset(keys, 0, sizeof(rfl_keys_t));

    if (rfl_prep_names(pool, &draft->e, names, &n) != RFL_OK) {
        return RFL_ERROR;
    }

    if (n != 0
        && rfl_name_entry_keys(pool, names, n, &draft->facts, keys) != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (alone = 0, i = 0; i < n; i++) {
        if (rfl_name_parts(names[i]) == 1) {
            names[alone++] = names[i];
        }
    }

    if (alone == 0) {
        return RFL_OK;
    }

    return rfl_name_entry_keys(pool, names, alone, &rfl_match_alone, keys);
}


uint32_t
rfl_match_hash(const rfl_match_t *match, const void *data, size_t len)
{
    u_char  out[crypto_shorthash_BYTES];

    (void) crypto_shorthash(out, data, len, match->seed);

    return (uint32_t) rfl_le_get(out, 4);
}


uint32_t
rfl_match_reach(const rfl_match_t *match, const rfl_submission_t *s)
{
    int               digit;
    size_t            n;
    u_char            text[64];
    uint32_t          c;
    const u_char     *p, *last;
    const rfl_str_t  *phone;

    phone = &s->values[RFL_ASK_PHONE].text;

    if (phone->len == 0) {
        return (s->values[RFL_ASK_EMAIL].text.len == 0) ? 0
               : rfl_match_hash(match, s->values[RFL_ASK_EMAIL].text.data,
                                s->values[RFL_ASK_EMAIL].text.len) | 1;
    }

    /* the last nine digits: with or without the country's code */

    n = 0;
    p = phone->data;
    last = p + phone->len;

    while (p < last && n < sizeof(text)) {
        c = rfl_utf8_decode(&p, last);
        digit = (c <= 0x10ffff) ? u_charDigitValue((UChar32) c) : -1;

        if (digit >= 0) {
            text[n++] = (u_char) ('0' + digit);
        }
    }

    if (n < 6) {
        return 0;
    }

    return (n > 9) ? rfl_match_hash(match, text + n - 9, 9) | 1
                   : rfl_match_hash(match, text, n) | 1;
}


static rfl_match_entry_t *
rfl_match_token(rfl_match_t *match, const u_char token[RFL_TOKEN_SIZE])
{
    size_t  i;

    if (match->table == NULL) {
        return NULL;
    }

    for (i = rfl_le_get(token, 8) & match->mask; match->table[i] != 0;
         i = (i + 1) & match->mask)
    {
        if (memcmp(match->entries[match->table[i] - 1].token, token,
                   RFL_TOKEN_SIZE)
            == 0)
        {
            return &match->entries[match->table[i] - 1];
        }
    }

    return NULL;
}


/* that of a token already there is replaced */

static void
rfl_match_place(rfl_match_t *match, uint32_t place)
{
    size_t         i;
    const u_char  *token;

    token = match->entries[place].token;

    for (i = rfl_le_get(token, 8) & match->mask; match->table[i] != 0;
         i = (i + 1) & match->mask)
    {
        if (memcmp(match->entries[match->table[i] - 1].token, token,
                   RFL_TOKEN_SIZE)
            == 0)
        {
            break;
        }
    }

    match->table[i] = place + 1;
}


static int
rfl_match_room(rfl_match_t *match, size_t keys)
{
    void    *p;
    size_t   size;

    p = rfl_grow(match->entries, match->n, &match->size,
                 sizeof(rfl_match_entry_t));
    if (p == NULL) {
        return RFL_ERROR;
    }

    match->entries = p;

    size = match->npairs + match->nnew + keys;

    if (size > match->pairs_size) {
        size += size / 2 + 4096;

        p = realloc(match->pairs, size * sizeof(rfl_match_pair_t));
        if (p == NULL) {
            return RFL_ERROR;
        }

        match->pairs = p;
        match->pairs_size = size;
    }

    return rfl_match_table(match);
}


/* half of it stays free */

static int
rfl_match_table(rfl_match_t *match)
{
    size_t     i, size;
    uint32_t  *table;

    if (match->table != NULL && match->n * 2 < match->mask) {
        return RFL_OK;
    }

    for (size = 4096; size < match->n * 4; size *= 2) { /* void */ }

    table = calloc(size, sizeof(uint32_t));
    if (table == NULL) {
        return RFL_ERROR;
    }

    free(match->table);
    match->table = table;
    match->mask = size - 1;

    for (i = 0; i < match->n; i++) {
        rfl_match_place(match, (uint32_t) i);
    }

    return RFL_OK;
}


/* the new pairs are sorted and merged with the old ones, from the end */

static int
rfl_match_sort(rfl_match_t *match)
{
    size_t             a, b, to;
    rfl_match_pair_t  *fresh, *pairs;

    if (match->nnew == 0) {
        return RFL_OK;
    }

    pairs = match->pairs;

    qsort(pairs + match->npairs, match->nnew, sizeof(rfl_match_pair_t),
          rfl_match_compare);

    fresh = malloc(match->nnew * sizeof(rfl_match_pair_t));
    if (fresh == NULL) {
        return RFL_ERROR;
    }

    memcpy(fresh, pairs + match->npairs,
           match->nnew * sizeof(rfl_match_pair_t));

    a = match->npairs;
    b = match->nnew;

    for (to = a + b; b > 0; /* void */ ) {
        if (a > 0 && pairs[a - 1].hash > fresh[b - 1].hash) {
            pairs[--to] = pairs[--a];
        } else {
            pairs[--to] = fresh[--b];
        }
    }

    match->npairs += match->nnew;
    match->nnew = 0;

    free(fresh);

    return RFL_OK;
}


static int
rfl_match_compare(const void *a, const void *b)
{
    const rfl_match_pair_t  *x = a, *y = b;

    return (x->hash < y->hash) ? -1 : (x->hash > y->hash);
}
