
/*
 * Copyright (C) The RFL authors
 *
 * rfl_match.c: questions to the index in memory: who is likely the same
 * person, and where somebody looked for meets somebody alive.  Called by
 * rfl_web_likely.c.
 */


#include "rfl_match.h"
#include "rfl_match_int.h"
#include "rfl_prep.h"

#include <stdlib.h>


#define RFL_MATCH_LOOK       200   /* candidates that are opened */
#define RFL_MATCH_LIST       20000 /* longest list of a key that is read */
#define RFL_MATCH_YEARS      6     /* years of birth farther apart: another */


typedef struct {
    uint32_t            entry;
    uint32_t            n;         /* keys that it shares */
} rfl_match_hit_t;

typedef struct {
    rfl_match_t        *match;
    rfl_work_t         *work;
    rfl_pool_t         *pool;
    const rfl_item_t   *item;
    rfl_entry_t         names;     /* what is asked for */
    rfl_facts_t         facts;
    unsigned            kind;
    unsigned            nnames;
    rfl_name_t         *name[RFL_NAMES_MAX];
    uint32_t            reach;
    rfl_match_hit_t    *hits;
    size_t              nhits;
    size_t              size;
    rfl_match_entry_t   look[RFL_MATCH_LOOK];
    unsigned            nlook;
} rfl_match_ask_t;


static int rfl_match_question(rfl_match_ask_t *ask, rfl_err_t *err);
static int rfl_match_ask(rfl_match_ask_t *ask, rfl_ask_e how);
static int rfl_match_name(rfl_match_ask_t *ask, const rfl_name_t *name,
    const rfl_facts_t *facts, rfl_ask_e how);
static int rfl_match_key(rfl_match_ask_t *ask, uint32_t hash);
static int rfl_match_by_entry(const void *a, const void *b);
static int rfl_match_by_number(const void *a, const void *b);
static void rfl_match_choose(rfl_match_ask_t *ask);
static int rfl_match_open(rfl_match_ask_t *ask,
    const rfl_match_entry_t *entry, rfl_matches_t *matches, rfl_err_t *err);
static int rfl_match_fetch(rfl_match_ask_t *ask,
    const rfl_match_entry_t *entry, rfl_likely_t *likely, rfl_err_t *err);
static unsigned rfl_match_put(rfl_likely_t *list, unsigned *n,
    const rfl_likely_t *likely);


const rfl_facts_t  rfl_match_alone = {
    0,
    rfl_string("-"),
    rfl_null_string,
    rfl_null_string,
    rfl_null_string
};


int
rfl_match_find(rfl_match_t *match, rfl_work_t *work, rfl_pool_t *pool,
    const rfl_item_t *item, rfl_matches_t *matches, rfl_err_t *err)
{
    int               rc;
    unsigned          i, how;
    rfl_match_ask_t  *ask;

    memset(matches, 0, sizeof(rfl_matches_t));

    ask = calloc(1, sizeof(rfl_match_ask_t));
    if (ask == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    ask->match = match;
    ask->work = work;
    ask->pool = pool;
    ask->item = item;

    rc = rfl_match_question(ask, err);

    matches->stale = !match->loaded;

    /* a wider question only if the narrow one found nobody */

    for (how = RFL_ASK_FINE; rc == RFL_OK && how <= RFL_ASK_WIDE; how++) {

        (void) pthread_mutex_lock(&match->mutex);

        rc = rfl_match_ask(ask, (rfl_ask_e) how);

        if (rc == RFL_OK) {
            rfl_match_choose(ask);
        }

        (void) pthread_mutex_unlock(&match->mutex);

        if (rc != RFL_OK) {
            rc = rfl_err(err, 0, "out of memory");
        }

        for (i = 0; rc == RFL_OK && i < ask->nlook; i++) {
            rc = rfl_match_open(ask, &ask->look[i], matches, err);
        }

        if (matches->nsame + matches->nmatch != 0) {
            break;
        }
    }

    /* by one part and no more, longer names are not looked through */

    matches->few = (ask->facts.birth_year == 0);

    for (i = 0; i < ask->nnames; i++) {
        if (rfl_name_parts(ask->name[i]) > 1) {
            matches->few = 0;
        }
    }

    free(ask->hits);
    rfl_memzero(ask, sizeof(rfl_match_ask_t));
    free(ask);

    return rc;
}


/* the names of the draft, or those that the sender of a request gave */

static int
rfl_match_question(rfl_match_ask_t *ask, rfl_err_t *err)
{
    unsigned           i;
    const rfl_str_t   *text;
    const rfl_item_t  *item;

    static const rfl_ask_field_e  fields[] = {
        RFL_ASK_NAME, RFL_ASK_NAME_OTHER
    };

    item = ask->item;

    if (item->has_draft) {
        ask->names = item->draft.e;
        ask->facts = item->draft.facts;
        ask->kind = item->draft.e.kind;

    } else if (item->has_submission) {

        for (i = 0; i < 2; i++) {
            text = &item->submission.values[fields[i]].text;

            if (text->len != 0) {
                ask->names.names[ask->names.nnames++].full = *text;
            }
        }
    }

    if (item->has_submission) {
        ask->reach = rfl_match_reach(ask->match, &item->submission);
    }

    return (rfl_prep_names(ask->pool, &ask->names, ask->name, &ask->nnames)
            == RFL_OK) ? RFL_OK : rfl_err(err, 0, "out of memory");
}


static int
rfl_match_ask(rfl_match_ask_t *ask, rfl_ask_e how)
{
    int       rc;
    unsigned  i;

    ask->nhits = 0;
    ask->nlook = 0;

    for (rc = RFL_OK, i = 0; rc == RFL_OK && i < ask->nnames; i++) {

        rc = rfl_match_name(ask, ask->name[i], &ask->facts, how);

        if (rc == RFL_OK && how == RFL_ASK_FINE
            && rfl_name_parts(ask->name[i]) == 1)
        {
            rc = rfl_match_name(ask, ask->name[i], &rfl_match_alone, how);
        }
    }

    return rc;
}


static int
rfl_match_name(rfl_match_ask_t *ask, const rfl_name_t *name,
    const rfl_facts_t *facts, rfl_ask_e how)
{
    int         rc;
    unsigned    k;
    rfl_keys_t  keys;

    memset(&keys, 0, sizeof(rfl_keys_t));

    rc = rfl_name_query_keys(ask->pool, name, facts, how, &keys);

    if (rc == RFL_DECLINED) {
        return RFL_OK;
    }

    for (k = 0; rc == RFL_OK && k < keys.n; k++) {
        rc = rfl_match_key(ask, rfl_match_hash(ask->match, keys.key[k].data,
                                               keys.key[k].len));
    }

    return rc;
}


static int
rfl_match_key(rfl_match_ask_t *ask, uint32_t hash)
{
    size_t            low, high, mid, n;
    rfl_match_t      *match;
    rfl_match_hit_t  *hits;

    match = ask->match;

    for (low = 0, high = match->npairs; low < high; /* void */ ) {
        mid = low + (high - low) / 2;

        if (match->pairs[mid].hash < hash) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }

    for (n = 0; low < match->npairs && match->pairs[low].hash == hash
                && n < RFL_MATCH_LIST; low++, n++)
    {
        hits = rfl_grow(ask->hits, ask->nhits, &ask->size,
                        sizeof(rfl_match_hit_t));
        if (hits == NULL) {
            return RFL_ERROR;
        }

        hits[ask->nhits].entry = match->pairs[low].entry;
        hits[ask->nhits].n = 1;

        ask->hits = hits;
        ask->nhits++;
    }

    return RFL_OK;
}


static int
rfl_match_by_entry(const void *a, const void *b)
{
    const rfl_match_hit_t  *x = a, *y = b;

    return (x->entry < y->entry) ? -1 : (x->entry > y->entry);
}


static int
rfl_match_by_number(const void *a, const void *b)
{
    const rfl_match_hit_t  *x = a, *y = b;

    if (x->n != y->n) {
        return (x->n > y->n) ? -1 : 1;
    }

    return (x->entry < y->entry) ? -1 : (x->entry > y->entry);
}


/* those that share most keys, copied: the index may move afterwards */

static void
rfl_match_choose(rfl_match_ask_t *ask)
{
    size_t                    i, n;
    rfl_match_entry_t        *entry;
    const rfl_item_t         *item;

    if (ask->nhits == 0) {
        return;
    }

    item = ask->item;

    qsort(ask->hits, ask->nhits, sizeof(rfl_match_hit_t),
          rfl_match_by_entry);

    for (n = 0, i = 1; i < ask->nhits; i++) {

        if (ask->hits[i].entry == ask->hits[n].entry) {
            ask->hits[n].n++;
        } else {
            ask->hits[++n] = ask->hits[i];
        }
    }

    ask->nhits = n + 1;

    qsort(ask->hits, ask->nhits, sizeof(rfl_match_hit_t),
          rfl_match_by_number);

    for (i = 0; i < ask->nhits && ask->nlook < RFL_MATCH_LOOK; i++) {
        entry = &ask->match->entries[ask->hits[i].entry];

        if (entry->gone
            || (entry->version != 0
                && memcmp(entry->id, item->head.id, RFL_SUBMISSION_ID_SIZE)
                   == 0)
            || (item->has_draft
                && memcmp(entry->ref, item->head.ref, RFL_REF_SIZE) == 0)
            || (entry->year != 0 && ask->facts.birth_year != 0
                && abs(entry->year - ask->facts.birth_year)
                   > RFL_MATCH_YEARS))
        {
            continue;
        }

        ask->look[ask->nlook++] = *entry;
    }
}


static int
rfl_match_open(rfl_match_ask_t *ask, const rfl_match_entry_t *entry,
    rfl_matches_t *matches, rfl_err_t *err)
{
    int            rc;
    unsigned       i, n, score, why;
    rfl_name_t    *names[RFL_NAMES_MAX];
    rfl_likely_t   likely;

    rc = rfl_match_fetch(ask, entry, &likely, err);

    if (rc != RFL_OK) {
        return (rc == RFL_DECLINED) ? RFL_OK : rc;
    }

    if (rfl_prep_names(ask->pool, &likely.draft.e, names, &n) != RFL_OK) {
        return rfl_err(err, 0, "out of memory");
    }

    for (i = 0; i < ask->nnames && n != 0; i++) {
        score = rfl_name_score(ask->pool, ask->name[i], &ask->facts, names, n,
                               likely.draft.facts.birth_year, &why);

        if (score > likely.score) {
            likely.score = score;
            likely.why = why;
        }
    }

    if (likely.score < RFL_SCORE_CUT) {
        return RFL_OK;
    }

    likely.has_ref = likely.draft.has_ref;
    memcpy(likely.ref, likely.draft.e.ref, RFL_REF_SIZE);

    likely.same_year = (ask->facts.birth_year != 0
                        && likely.draft.facts.birth_year != 0
                        && abs(ask->facts.birth_year
                               - likely.draft.facts.birth_year) <= 1);
    likely.same_reach = (ask->reach != 0 && ask->reach == entry->reach);

    if (ask->kind == RFL_KIND_ANY || likely.draft.e.kind == ask->kind) {
        matches->more |= rfl_match_put(matches->same, &matches->nsame,
                                       &likely);
    } else {
        matches->more |= rfl_match_put(matches->match, &matches->nmatch,
                                       &likely);
    }

    return RFL_OK;
}


/* its draft, and where it is from; RFL_DECLINED: nothing is there to be read */

static int
rfl_match_fetch(rfl_match_ask_t *ask, const rfl_match_entry_t *entry,
    rfl_likely_t *likely, rfl_err_t *err)
{
    int           rc;
    rfl_item_t    item;
    rfl_stored_t  stored;

    memset(likely, 0, sizeof(rfl_likely_t));

    if (entry->version == 0) {
        rc = rfl_store_get(&ask->work->desk.desk, ask->pool,
                           &ask->work->desk.keys, RFL_STORE_REGISTER,
                           entry->token, &stored, err);
        if (rc == RFL_OK) {
            likely->draft = stored.draft;
            likely->published = 1;
        }

        return rc;
    }

    if (ask->work->keys == NULL) {
        return RFL_DECLINED;
    }

    rc = rfl_item_get(ask->work, ask->pool, entry->id, &item, err);

    if (rc == RFL_OK && item.has_draft) {
        likely->draft = item.draft;
        likely->is_item = 1;
        likely->published = item.head.live;
        memcpy(likely->id, entry->id, RFL_SUBMISSION_ID_SIZE);
    }

    return rc;
}


/*
 * Best first; an entry that is there as its item is not put in again.  1: the
 * list was full.
 */

static unsigned
rfl_match_put(rfl_likely_t *list, unsigned *n, const rfl_likely_t *likely)
{
    unsigned  i, rank;

    for (i = 0; i < *n; i++) {

        if (list[i].has_ref && likely->has_ref
            && memcmp(list[i].ref, likely->ref, RFL_REF_SIZE) == 0)
        {
            if (likely->is_item) {
                list[i] = *likely;
            }

            return 0;
        }
    }

    rank = likely->score + (likely->same_year ? 5 : 0)
           + (likely->same_reach ? 10 : 0);

    for (i = *n; i > 0
                 && list[i - 1].score + (list[i - 1].same_year ? 5 : 0)
                    + (list[i - 1].same_reach ? 10 : 0) < rank; i--)
    {
        if (i < RFL_MATCH_MAX) {
            list[i] = list[i - 1];
        }
    }

    if (i < RFL_MATCH_MAX) {
        list[i] = *likely;
    }

    if (*n == RFL_MATCH_MAX) {
        return 1;
    }

    (*n)++;

    return 0;
}
