
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_nick.c: short forms and forms of one name in sister languages.  A
 * group is a line of words; who asks for one is shown the others.  Lines
 * that begin with "=" are one name in spellings that no rule joins (Ukrainian
 * and Russian); who is in one such line and not in another is somebody else
 * (Hassan, Hussein).  Lines with "~" are one name as well, but a clerk's or a
 * family's choice, and tell nobody apart.  The rest are short forms.  Own
 * writing.
 *
 * Owns the index of the words, built once and read only from then on.
 */


#include "rfl_name_int.h"

#include <stdlib.h>


#define RFL_NICK_WORDS     6000
#define RFL_NICK_PLACES    32768   /* a power of two, above 2 * WORDS */


typedef struct {
    uint64_t       form;           /* of the letters, or of the phones */
    uint16_t       group;
} rfl_nick_form_t;

typedef struct {
    uint64_t       form;
    uint64_t       sound;
    uint16_t       group;
    uint8_t        script;
    rfl_skel_t     skel;
    rfl_reading_t  reading;
} rfl_nick_word_t;


static int rfl_nick_add(rfl_pool_t *pool, const char *word, size_t len,
    unsigned group, rfl_err_t *err);
static int rfl_nick_cmp(const void *a, const void *b);
static uint16_t *rfl_nick_place(uint64_t form);
static unsigned rfl_nick_one(const rfl_nick_word_t *w, const rfl_reading_t *r,
    unsigned floor);


#include "tables/rfl_nick_table.h"
#include "tables/rfl_nick_more_table.h"
#include "tables/rfl_nick_africa_table.h"

#define rfl_nick_one_name(group)  ((group)[0] == '=' || (group)[0] == '~')

#define RFL_NICK_HALF    (sizeof(rfl_nick_first_half) / sizeof(char *))
#define RFL_NICK_BOTH                                                         \
    (RFL_NICK_HALF + sizeof(rfl_nick_second_half) / sizeof(char *))
#define RFL_NICK_GROUPS                                                       \
    (RFL_NICK_BOTH + sizeof(rfl_nick_africa) / sizeof(char *))


static const char      *rfl_nick_groups[RFL_NICK_GROUPS];
static rfl_nick_form_t  rfl_nick_words[2 * RFL_NICK_WORDS];   /* by form */
static rfl_nick_word_t  rfl_nick_members[RFL_NICK_WORDS];   /* by group */
static unsigned         rfl_nick_nwords;
static unsigned         rfl_nick_nforms;
static uint16_t         rfl_nick_places[RFL_NICK_PLACES];   /* 1 + number */
static uint16_t         rfl_nick_first[RFL_NICK_GROUPS + 2];


int
rfl_nick_init(rfl_err_t *err)
{
    size_t       g;
    const char  *p, *e;
    rfl_pool_t  *pool;

    if (rfl_nick_nwords != 0) {
        return RFL_OK;
    }

    pool = rfl_pool_create(4096);
    if (pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    memcpy(rfl_nick_groups, rfl_nick_first_half, sizeof(rfl_nick_first_half));
    memcpy(&rfl_nick_groups[RFL_NICK_HALF], rfl_nick_second_half,
           sizeof(rfl_nick_second_half));
    memcpy(&rfl_nick_groups[RFL_NICK_BOTH], rfl_nick_africa,
           sizeof(rfl_nick_africa));

    for (g = 0; g < RFL_NICK_GROUPS; g++) {
        rfl_nick_first[g + 1] = (uint16_t) rfl_nick_nwords;

        p = rfl_nick_groups[g];
        p += rfl_nick_one_name(p);

        for ( /* void */ ; *p != '\0'; p = e + (*e == ' ')) {

            for (e = p; *e != '\0' && *e != ' '; e++) {
                /* void */
            }

            if (rfl_nick_add(pool, p, (size_t) (e - p), (unsigned) g + 1, err)
                != RFL_OK)
            {
                rfl_pool_destroy(pool);
                rfl_nick_nwords = 0;
                return RFL_ERROR;
            }

            rfl_pool_reset(pool);
        }
    }

    rfl_nick_first[RFL_NICK_GROUPS + 1] = (uint16_t) rfl_nick_nwords;

    rfl_pool_destroy(pool);

    for (g = 0; g < rfl_nick_nwords; g++) {
        rfl_nick_words[2 * g].form = rfl_nick_members[g].form;
        rfl_nick_words[2 * g].group = rfl_nick_members[g].group;
        rfl_nick_words[2 * g + 1].form = rfl_nick_members[g].sound;
        rfl_nick_words[2 * g + 1].group = rfl_nick_members[g].group;
    }

    rfl_nick_nforms = 2 * rfl_nick_nwords;

    qsort(rfl_nick_words, rfl_nick_nforms, sizeof(rfl_nick_form_t),
          rfl_nick_cmp);

    for (g = 0; g < rfl_nick_nforms; g++) {
        if (g == 0 || rfl_nick_words[g].form != rfl_nick_words[g - 1].form) {
            *rfl_nick_place(rfl_nick_words[g].form) = (uint16_t) (g + 1);
        }
    }

    return RFL_OK;
}


/* where the first word of a form stands, or is to stand */

static uint16_t *
rfl_nick_place(uint64_t form)
{
    size_t  i;

    for (i = (size_t) (form ^ form >> 32) & (RFL_NICK_PLACES - 1);
         rfl_nick_places[i] != 0
         && rfl_nick_words[rfl_nick_places[i] - 1].form != form;
         i = (i + 1) & (RFL_NICK_PLACES - 1))
    {
        /* void */
    }

    return &rfl_nick_places[i];
}


static int
rfl_nick_add(rfl_pool_t *pool, const char *word, size_t len, unsigned group,
    rfl_err_t *err)
{
    int               rc;
    rfl_str_t         text;
    rfl_name_t       *name;
    rfl_nick_word_t  *w;

    if (rfl_nick_nwords == RFL_NICK_WORDS) {
        return rfl_err(err, 0, "too many words in rfl_nick_table.h");
    }

    text.data = (u_char *) (uintptr_t) word;
    text.len = len;

    rc = rfl_name_parse(pool, &text, &name);
    if (rc != RFL_OK) {
        return (rc == RFL_DECLINED) ? RFL_OK
                                    : rfl_err(err, 0, "out of memory");
    }

    w = &rfl_nick_members[rfl_nick_nwords];

    w->form = name->parts[0].form;
    w->group = (uint16_t) group;
    w->script = name->parts[0].script;
    w->reading = name->parts[0].readings[0];
    w->sound = rfl_reading_sound(&w->reading);

    if (rfl_part_skels(&name->parts[0], 0, &w->skel, 1) == 1) {
        rfl_nick_nwords++;
    }

    return RFL_OK;
}


static int
rfl_nick_cmp(const void *a, const void *b)
{
    const rfl_nick_form_t  *x, *y;

    x = a;
    y = b;

    if (x->form != y->form) {
        return (x->form < y->form) ? -1 : 1;
    }

    return (x->group > y->group) - (x->group < y->group);
}


int
rfl_nick_find(uint64_t form, const rfl_reading_t *r,
    uint16_t groups[RFL_NICKS])
{
    unsigned  at, n, pass;

    memset(groups, 0, RFL_NICKS * sizeof(uint16_t));

    for (pass = 0, n = 0; pass < 2 && n == 0; pass++) {
        at = *rfl_nick_place(form);

        for ( /* void */ ; at != 0 && n < RFL_NICKS && at <= rfl_nick_nforms
             && rfl_nick_words[at - 1].form == form; at++)
        {
            if (n == 0 || groups[n - 1] != rfl_nick_words[at - 1].group) {
                groups[n++] = rfl_nick_words[at - 1].group;
            }
        }

        if (pass == 0 && n > 0) {
            return 1;
        }

        if (r->len < 3 || (r->flags & RFL_READ_BARE)) {
            break;
        }

        form = rfl_reading_sound(r);
    }

    return 0;
}


unsigned
rfl_nick_like(const rfl_part_t *of, const rfl_part_t *part)
{
    unsigned                i, k, best, like;
    const uint16_t         *groups;
    const rfl_nick_word_t  *w;

    best = 0;
    groups = of->nick;

    for (i = 0; i < RFL_NICKS && groups[i] != 0; i++) {

        if (rfl_nick_one_name(rfl_nick_groups[groups[i] - 1])) {
            continue;
        }

        for (k = rfl_nick_first[groups[i]];
             k < rfl_nick_first[groups[i] + 1]; k++)
        {
            w = &rfl_nick_members[k];

            if (w->script != part->script || w->form == of->form) {
                continue;
            }

            like = rfl_nick_one(w, &part->readings[0], best);

            if (like > best) {
                best = like;
            }
        }
    }

    return best;
}


unsigned
rfl_nick_heard(const uint16_t groups[RFL_NICKS], const rfl_reading_t *r,
    unsigned script)
{
    unsigned                i, k, best, like;
    uint64_t                sound;
    const rfl_nick_word_t  *w;

    best = 0;
    sound = rfl_reading_sound(r);

    for (i = 0; i < RFL_NICKS && groups[i] != 0; i++) {

        for (k = rfl_nick_first[groups[i]];
             k < rfl_nick_first[groups[i] + 1]; k++)
        {
            w = &rfl_nick_members[k];

            if (w->sound == sound) {
                return 1000;
            }

            if (w->script == script) {
                like = rfl_nick_one(w, r, best);
                best = (like > best) ? like : best;
            }
        }
    }

    return (best < RFL_NICK_LEAST) ? 0 : best;
}


static unsigned
rfl_nick_one(const rfl_nick_word_t *w, const rfl_reading_t *r, unsigned floor)
{
    const rfl_reading_t  *x;

    x = &w->reading;

    /*
     * The beginnings decide; most members are of another sound.  A vowel at
     * the end only makes it a woman's name.
     */

    if (rfl_phone_swap(x->ph[0], r->ph[0]) > 30
        || (x->ph[x->len - 1] == 'a') != (r->ph[r->len - 1] == 'a'))
    {
        return 0;
    }

    return rfl_reading_like(x, r, (w->script == RFL_SCRIPT_LATN)
                                  ? RFL_LIKE_LATIN : RFL_LIKE_NATIVE,
                            rfl_max(floor, RFL_NICK_LEAST - 1));
}


unsigned
rfl_nick_skels(const uint16_t groups[RFL_NICKS], rfl_skel_t *skels,
    unsigned max)
{
    unsigned  i, k, m, n;

    n = 0;

    for (i = 0; i < RFL_NICKS && groups[i] != 0; i++) {

        for (k = rfl_nick_first[groups[i]];
             k < rfl_nick_first[groups[i] + 1] && n < max; k++)
        {
            for (m = 0; m < n; m++) {
                if (memcmp(&skels[m], &rfl_nick_members[k].skel,
                           sizeof(rfl_skel_t))
                    == 0)
                {
                    break;
                }
            }

            if (m == n) {
                skels[n++] = rfl_nick_members[k].skel;
            }
        }
    }

    return n;
}


int
rfl_nick_same(const uint16_t a[RFL_NICKS],
    const uint16_t b[RFL_NICKS], int *same)
{
    unsigned  i, k;

    for (i = 0; i < RFL_NICKS && a[i] != 0; i++) {
        for (k = 0; k < RFL_NICKS && b[k] != 0; k++) {

            if (a[i] == b[k]) {
                *same = rfl_nick_one_name(rfl_nick_groups[a[i] - 1]);
                return 1;
            }
        }
    }

    return 0;
}


int
rfl_nick_apart(const rfl_part_t *a, const rfl_part_t *b)
{
    int       same;
    unsigned  i, one, other;

    if (!a->known || !b->known) {
        return 0;
    }

    one = 0;
    other = 0;

    for (i = 0; i < RFL_NICKS; i++) {
        one |= (a->nick[i] != 0 && rfl_nick_groups[a->nick[i] - 1][0] == '=');
        other |= (b->nick[i] != 0
                  && rfl_nick_groups[b->nick[i] - 1][0] == '=');
    }

    return one && other && !rfl_nick_same(a->nick, b->nick, &same);
}
