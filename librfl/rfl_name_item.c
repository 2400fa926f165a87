
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_item.c: what of a name takes part in pairs: parts with all their
 * skeletons, two neighbours written as one, and initials.  Called for what is
 * stored by rfl_name_key.c, for what is asked by rfl_name_ask.c.
 */


#include "rfl_name_key.h"


static void rfl_items_parts(rfl_items_t *items, const rfl_name_t *name,
    const rfl_part_t *const *list, int query);
static void rfl_items_joined(rfl_items_t *items, const rfl_part_t *const *list,
    int query);
static void rfl_items_initial(rfl_items_t *items, const rfl_part_t *part);
static void rfl_item_part(rfl_item_t *it, const rfl_part_t *part, int query,
    unsigned max);
static void rfl_item_nicks(rfl_item_t *it);
static void rfl_item_particle(rfl_item_t *it, const rfl_part_t *before);
static void rfl_item_joined(rfl_item_t *it, const rfl_part_t *a, const
    rfl_part_t *b, int query);
static void rfl_item_sounds(rfl_item_t *it, const rfl_part_t *part,
    int query);
static int rfl_items_custom(const rfl_items_t *items, const rfl_part_t *a,
    const rfl_part_t *b);
static int rfl_part_syllable(const rfl_part_t *part);
static int rfl_part_faith(const rfl_part_t *part);
static unsigned rfl_part_stored(const rfl_part_t *part, const rfl_item_t *it);


void
rfl_items_make(const rfl_name_t *name, int query, rfl_items_t *items)
{
    unsigned           i;
    const rfl_part_t  *list[RFL_PARTS_MAX];

    items->n = 0;
    items->nnames = 0;
    items->ninitials = 0;

    for (i = 0; i < name->nparts; i++) {

        if (name->parts[i].type == RFL_PART_NAME) {
            list[items->nnames++] = &name->parts[i];

        } else if (name->parts[i].type == RFL_PART_INITIAL) {
            rfl_items_initial(items, &name->parts[i]);
        }
    }

    /* Asia Bibi has no other half; it is neither compared nor asked alone */

    for (i = 0; i < name->nparts && items->nnames == 1; i++) {
        if ((name->parts[i].flags & RFL_PART_CALLED)
            && items->ninitials < RFL_INITIALS_MAX)
        {
            items->ninitials += rfl_part_skels(&name->parts[i], query,
                                    &items->initial[items->ninitials],
                                    RFL_INITIALS_MAX - items->ninitials);
        }
    }

    rfl_items_parts(items, name, list, query);

    if (items->nnames >= 3 && items->nnames <= RFL_JOINS_MAX) {
        rfl_items_joined(items, list, query);
    }
}


static void
rfl_items_parts(rfl_items_t *items, const rfl_name_t *name,
    const rfl_part_t *const *list, int query)
{
    unsigned     i, max;
    rfl_item_t  *it;

    /* all of what is stored; of what is asked, less of a long name */

    max = !query ? RFL_READINGS_MAX
          : (items->nnames > 5) ? 2 : (items->nnames > 3) ? 4 : RFL_SKELS_MAX;

    for (i = 0; i < items->nnames; i++) {
        it = &items->item[items->n++];
        it->first = it->last = (uint8_t) i;

        rfl_item_part(it, list[i], query, max);

        if (query && list[i]->nick[0] != 0) {
            rfl_item_nicks(it);
        }

        if (query && list[i] > name->parts) {
            rfl_item_particle(it, list[i] - 1);
        }
    }
}


/* neighbours that the other side may write as one */

static void
rfl_items_joined(rfl_items_t *items, const rfl_part_t *const *list,
    int query)
{
    unsigned     i;
    rfl_item_t  *it;

    for (i = 0; i + 1 < items->nnames; i++) {

        if (query || rfl_items_custom(items, list[i], list[i + 1])) {
            it = &items->item[items->n++];
            it->first = (uint8_t) i;
            it->last = (uint8_t) (i + 1);

            rfl_item_joined(it, list[i], list[i + 1], query);
        }
    }
}


static void
rfl_items_initial(rfl_items_t *items, const rfl_part_t *part)
{
    char         buf[RFL_INITIAL_PHONES];
    const char  *p;

    for (p = rfl_initial_phones(part, buf);
         *p != '\0' && items->ninitials < RFL_INITIALS_MAX; p++)
    {
        rfl_skel_initial((u_char) *p, &items->initial[items->ninitials++]);
    }
}


static void
rfl_item_part(rfl_item_t *it, const rfl_part_t *part, int query, unsigned max)
{
    if (max == RFL_SKELS_MAX
        && ((part->readings[0].flags & RFL_READ_LOOSE)
            || part->script == RFL_SCRIPT_HANI))
    {
        max = RFL_SKELS_LOOSE;
    }

    it->part = part;
    it->nskels = (uint8_t) rfl_part_skels(part, query, it->skels, max);
    it->nstored = (uint8_t) (query ? rfl_part_stored(part, it) : it->nskels);

    rfl_item_sounds(it, part, query);
}


static void
rfl_item_nicks(rfl_item_t *it)
{
    unsigned  n;

    n = it->nskels;
    n += rfl_nick_skels(it->part->nick, &it->skels[n],
                        RFL_SKELS_LOOSE + RFL_NICK_MAX - n);
    it->nskels = (uint8_t) n;
}


/* De Smet may be Desmet; an Arabic article is cut off its name instead */

static void
rfl_item_particle(rfl_item_t *it, const rfl_part_t *before)
{
    unsigned       n;
    rfl_reading_t  joined;

    if (before->type != RFL_PART_PARTICLE
        || before->script != RFL_SCRIPT_LATN
        || it->part->script != RFL_SCRIPT_LATN
        || strchr("dlv", before->readings[0].ph[0]) == NULL)
    {
        return;
    }

    rfl_reading_join(&before->readings[0], &it->part->readings[0], &joined);

    n = it->nskels;
    rfl_skel_expand(&joined, 0, it->skels, &n,
                    RFL_SKELS_LOOSE + RFL_NICK_MAX);
    it->nskels = (uint8_t) n;

    rfl_memzero(&joined, sizeof(rfl_reading_t));
}


static void
rfl_item_joined(rfl_item_t *it, const rfl_part_t *a, const rfl_part_t *b,
    int query)
{
    rfl_part_t     joined;
    rfl_reading_t  r;

    joined = *a;
    joined.readings = &r;
    joined.nreadings = 1;
    rfl_reading_join(&a->readings[0], &b->readings[0], &r);

    it->part = NULL;
    it->nskels = (uint8_t) rfl_part_skels(&joined, query, it->skels,
                                          query ? 3 : 1);
    it->nstored = 1;

    rfl_item_sounds(it, &joined, query);

    rfl_memzero(&r, sizeof(rfl_reading_t));
}


static void
rfl_item_sounds(rfl_item_t *it, const rfl_part_t *part, int query)
{
    unsigned  i, n;

    n = query ? RFL_SOUNDS_ASKED : RFL_SOUNDS;

    if (part->nreadings < n) {
        n = part->nreadings;
    }

    for (i = 0; i < n; i++) {
        it->sound[i] = rfl_reading_sound(&part->readings[i]);
    }

    it->nsounds = (uint8_t) n;
}


/*
 * Neighbours are stored as one only where that is the custom: syllables of
 * Chinese, Korean and Burmese names, and what is of the faith.
 */

static int
rfl_items_custom(const rfl_items_t *items, const rfl_part_t *a,
    const rfl_part_t *b)
{
    return rfl_part_faith(b)
           || (items->nnames <= RFL_SYLLABLES_MAX && rfl_part_syllable(a)
               && rfl_part_syllable(b));
}


static int
rfl_part_syllable(const rfl_part_t *part)
{
    unsigned              i, n;
    const rfl_reading_t  *r;

    r = &part->readings[0];

    for (i = 0, n = 0; i < r->len; i++) {
        n += (rfl_phone_vowel(r->ph[i])
              && (i == 0 || !rfl_phone_vowel(r->ph[i - 1])));
    }

    return n == 1 && !(r->flags & RFL_READ_BARE);
}


/*
 * Arabic writes Shihab al-Din in two words, Latin Chehabeddine in one; Zia ur
 * Rahman is one word in Persian.
 */

static int
rfl_part_faith(const rfl_part_t *part)
{
    unsigned              i;
    const rfl_part_t     *before;
    const rfl_reading_t  *r;

    if (part->script == RFL_SCRIPT_LATN) {
        before = part - 1;
        r = &part->readings[0];

        return before->type == RFL_PART_PARTICLE && before->nletters == 2
               && strchr("aeu", before->letters[0]) != NULL
               && rfl_word_faith((const char *) r->ph, r->len);
    }

    for (i = 0; i < part->nreadings && part->script == RFL_SCRIPT_ARAB; i++) {
        r = &part->readings[i];

        if ((r->flags & RFL_READ_SHORN)
            && rfl_word_faith((const char *) r->ph, r->len))
        {
            return 1;
        }
    }

    return 0;
}


/* how many of the skeletons asked for are the stored ones: they come first */

static unsigned
rfl_part_stored(const rfl_part_t *part, const rfl_item_t *it)
{
    unsigned    n;
    rfl_skel_t  skels[RFL_SKELS_LOOSE];

    n = rfl_part_skels(part, 0, skels, RFL_SKELS_LOOSE);

    return (n < it->nskels) ? n : it->nskels;
}


/* parts of which none is in both items */

int
rfl_items_apart(const rfl_items_t *items, const rfl_item_t *a,
    const rfl_item_t *b)
{
    if (a->last >= b->first) {
        return 0;
    }

    return items->nnames <= RFL_PAIRS_NEAR
           || b->first - a->last <= RFL_NEAR || a->first == 0
           || (unsigned) b->last == items->nnames - 1;
}
