
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hint_sound.c: the readings in a hint, and how like one of them a
 * typed part is: what rfl_name_hint_match.c judges by.
 *
 * Owns nothing; what is remembered from one hint to the next is in the pool
 * of the question.
 */


#include "rfl_name_hint.h"


#define RFL_HINT_SPELLED   800     /* sounds so near say enough */
#define RFL_HINT_NICKNAME  900     /* as the score has it for a short form */
#define RFL_HINT_TWO       4       /* sounds of a word that may be two */
#define RFL_HINT_LONG      7       /* sounds: two slips, not one */
#define RFL_HINT_HEARD     256     /* lists of readings, a power of two */
#define RFL_HINT_KEPT      2048    /* readings in them */
#define RFL_HINT_UNKNOWN   0xffff
#define RFL_HINT_ANY       (1U << (RFL_SIGN_CLASS - 1))


struct rfl_hint_memo_s {
    rfl_pool_t        *pool;
    unsigned           n;
    rfl_hint_sound_t  *sound[RFL_HINT_HEARD];
};


static rfl_hint_sound_t *rfl_hint_sound(rfl_hint_memo_t *memo,
    rfl_hint_sounds_t *sounds, uint32_t hash, u_char head, const u_char *ph,
    size_t len);
static unsigned rfl_hint_spelled(const rfl_part_t *part, const rfl_reading_t
    *r);
static int rfl_hint_same(const rfl_reading_t *a, const rfl_reading_t *b);
static unsigned rfl_hint_joined(const rfl_part_t *part,
    const rfl_hint_sounds_t *sounds, unsigned floor);
static int rfl_hint_near(unsigned a, unsigned b);
static unsigned rfl_hint_mode(unsigned a, unsigned b);
static uint64_t rfl_hint_phones(const rfl_reading_t *r);


rfl_hint_memo_t *
rfl_name_hint_memo(rfl_pool_t *pool)
{
    rfl_hint_memo_t  *memo;

    memo = rfl_pcalloc(pool, sizeof(rfl_hint_memo_t));
    if (memo != NULL) {
        memo->pool = pool;
    }

    return memo;
}


/* what an element says is not trusted: it may be anything */

void
rfl_hint_sounds(const u_char *hint, rfl_hint_memo_t *memo,
    rfl_hint_sounds_t *sounds)
{
    size_t         len;
    u_char         head;
    uint32_t       hash;
    const u_char  *p, *last;

    sounds->n = 0;
    sounds->nown = 0;
    sounds->partial = hint[0] & RFL_HINT_PARTIAL;
    sounds->hani = 0;
    last = hint + RFL_HINT_SIZE;

    for (p = hint + RFL_HINT_SOUND;
         p < last && *p != 0 && sounds->n < RFL_HINT_READINGS;
         p += len)
    {
        head = *p++;
        hash = head;

        for (len = 0; p + len < last && p[len] != 0; len++) {

            if (p[len] & RFL_HINT_HEAD) {
                break;
            }

            hash = hash * 31 + p[len];
        }

        if (head & RFL_HINT_HEAD) {
            sounds->s[sounds->n++] = rfl_hint_sound(memo, sounds, hash, head,
                                     p, len < RFL_PHONES_MAX ? len
                                                             : RFL_PHONES_MAX);
            sounds->hani |= ((head & (RFL_HINT_BARE - 1)) == RFL_SCRIPT_HANI);
        }
    }
}


/*
 * Entries in the lists of one question share most of their names, so the
 * same readings come again and again.
 */

static rfl_hint_sound_t *
rfl_hint_sound(rfl_hint_memo_t *memo, rfl_hint_sounds_t *sounds,
    uint32_t hash, u_char head, const u_char *ph, size_t len)
{
    unsigned            k;
    rfl_hint_sound_t   *s, **list;

    s = NULL;
    list = NULL;

    if (memo != NULL) {
        list = &memo->sound[(hash ^ (hash >> 9)) & (RFL_HINT_HEARD - 1)];

        for (s = *list; s != NULL; s = s->next) {
            if (s->head == head && s->r.len == len
                && memcmp(s->r.ph, ph, len) == 0)
            {
                return s;
            }
        }

        if (memo->n < RFL_HINT_KEPT) {
            s = rfl_palloc(memo->pool, sizeof(rfl_hint_sound_t));
        }
    }

    if (s != NULL) {
        s->next = *list;
        *list = s;
        memo->n++;

    } else {
        s = &sounds->own[sounds->nown++];
        s->next = NULL;
    }

    s->head = head;
    s->script = head & (RFL_HINT_BARE - 1);
    s->r.flags = (head & RFL_HINT_BARE) ? RFL_READ_BARE : 0;
    s->r.len = (uint8_t) len;
    memcpy(s->r.ph, ph, len);
    rfl_reading_weigh(&s->r);

    for (k = 0; k < RFL_HINT_PARTS; k++) {
        s->like[k] = RFL_HINT_UNKNOWN;
        s->both[k] = RFL_HINT_UNKNOWN;
    }

    return s;
}


unsigned
rfl_hint_best(const rfl_part_t *part, unsigned number,
    const rfl_hint_sounds_t *sounds, unsigned but, uint8_t *at)
{
    unsigned  j, best, like;

    best = 0;
    *at = RFL_HINT_NOWHERE;

    for (j = 0; j < sounds->n; j++) {

        if (j == but) {
            continue;
        }

        like = rfl_hint_heard(part, number, sounds->s[j]);

        if (like > best) {
            best = like;
            *at = (uint8_t) j;

            if (like == 1000) {
                return like;
            }
        }
    }

    if (best < RFL_HINT_TWINS) {
        like = rfl_hint_joined(part, sounds, rfl_max(best, RFL_HINT_MAYBE));

        if (like > best) {
            best = like;
            *at = RFL_HINT_NOWHERE;
        }
    }

    return best;
}


unsigned
rfl_hint_heard(const rfl_part_t *part, unsigned number, rfl_hint_sound_t *s)
{
    unsigned  i, n, best, like, mode;

    if (number < RFL_HINT_PARTS && s->like[number] != RFL_HINT_UNKNOWN) {
        return s->like[number];
    }

    best = 0;
    mode = rfl_hint_mode(part->script, s->script);
    n = part->nreadings;

    for (i = 0; i < n; i++) {
        if (rfl_hint_same(&part->readings[i], &s->r)) {
            best = 1000;
            n = 0;
        }
    }

    /* characters beside characters: they are the same or they are not */

    if (s->script == RFL_SCRIPT_HANI && part->script == RFL_SCRIPT_HANI
        && part->nletters <= RFL_HINT_HANI)
    {
        n = 0;
    }

    for (i = 0; i < n; i++) {

        if (rfl_hint_apart(part->readings[i].sign, s->r.sign)) {
            continue;
        }

        like = rfl_reading_like(&part->readings[i], &s->r, mode, best);

        best = (like > best) ? like : best;
    }

    /* a short form, or another form of the name */

    if (part->nick[0] != 0 && best < RFL_HINT_NICKNAME && s->r.len != 0) {
        like = rfl_nick_heard(part->nick, &s->r, s->script);
        like = like * RFL_HINT_NICKNAME / 1000;
        best = (like > best) ? like : best;
    }

    if (part->script == RFL_SCRIPT_LATN && s->script == RFL_SCRIPT_LATN
        && best < RFL_HINT_SPELLED && s->r.len <= part->nletters + 2U
        && rfl_hint_near(part->readings[0].classes, s->r.classes))
    {
        like = rfl_hint_spelled(part, &s->r);
        best = (like > best) ? like : best;
    }

    if (number < RFL_HINT_PARTS) {
        s->like[number] = (uint16_t) best;
    }

    return best;
}


unsigned
rfl_hint_both(const rfl_part_t *a, const rfl_part_t *b, unsigned number,
    rfl_hint_sound_t *s)
{
    unsigned       best, len, set, more;
    rfl_reading_t  joined;

    if (number < RFL_HINT_PARTS && s->both[number] != RFL_HINT_UNKNOWN) {
        return s->both[number];
    }

    best = 0;
    len = (unsigned) a->readings[0].len + b->readings[0].len;

    /* two words without their short vowels lack twice as many */

    more = (a->readings[0].flags & RFL_READ_BARE) ? 2 * RFL_HINT_JOINED
                                                  : RFL_HINT_JOINED;

    if ((unsigned) s->r.len + RFL_HINT_JOINED >= len
        && s->r.len <= len + more)
    {
        set = (unsigned) a->readings[0].classes | b->readings[0].classes;

        if (rfl_hint_near(set, s->r.classes)) {
            rfl_reading_join(&a->readings[0], &b->readings[0], &joined);

            best = rfl_reading_like(&joined, &s->r,
                                    rfl_hint_mode(a->script, s->script),
                                    RFL_HINT_MAYBE);

            best = (best > RFL_HINT_MAYBE) ? best : 0;

            rfl_memzero(&joined, sizeof(rfl_reading_t));
        }
    }

    if (number < RFL_HINT_PARTS) {
        s->both[number] = (uint16_t) best;
    }

    return best;
}


/*
 * A slip of the finger makes another sound: Dasn for Dash.  What the hint does
 * not tell is how the sound is spelled; most often it is like this.
 */

static unsigned
rfl_hint_spelled(const rfl_part_t *part, const rfl_reading_t *r)
{
    unsigned     i, n, like;
    uint32_t     set, typed;
    uint16_t     letters[RFL_LETTERS_MAX];
    rfl_part_t   heard;
    const char  *p;

    static const char  two[] = "SshCchQchTthPphDdhGghZzhNngxkhcts";

    for (i = 0, n = 0; i < r->len && n + 2 <= RFL_LETTERS_MAX; i++) {

        if (r->ph[i] >= 'a' && r->ph[i] <= 'z' && r->ph[i] != 'x'
            && r->ph[i] != 'c')
        {
            letters[n++] = r->ph[i];
            continue;
        }

        for (p = two; *p != '\0'; p += 3) {
            if ((u_char) *p == r->ph[i]) {
                letters[n++] = (u_char) p[1];
                letters[n++] = (u_char) p[2];
                break;
            }
        }
    }

    for (i = 0, set = 0; i < n; i++) {
        set |= 1U << (letters[i] & 31);
    }

    for (i = 0, typed = 0; i < part->nletters; i++) {
        typed |= 1U << (part->letters[i] & 31);
    }

    /* two slips bring in two letters at most, and take out as many */

    if (__builtin_popcount(set & ~typed) > 2
        || __builtin_popcount(typed & ~set) > 2)
    {
        return 0;
    }

    heard.script = part->script;
    heard.nletters = (uint8_t) n;
    heard.letters = letters;

    like = rfl_slip_like(part, &heard) * 985 / 1000;

    rfl_memzero(letters, sizeof(letters));

    return like;
}


static int
rfl_hint_same(const rfl_reading_t *a, const rfl_reading_t *b)
{
    return a->set == b->set && a->len == b->len
           && memcmp(a->ph, b->ph, a->len) == 0;
}


/* a part typed as one that may be two in the entry; 0: not above floor */

static unsigned
rfl_hint_joined(const rfl_part_t *part, const rfl_hint_sounds_t *sounds,
    unsigned floor)
{
    unsigned              j, best, like, len, set;
    rfl_reading_t         joined;
    const rfl_reading_t  *a, *b;

    best = floor;
    len = part->readings[0].len;
    set = part->readings[0].classes;

    for (j = 0; j + 1 < sounds->n && len >= RFL_HINT_TWO; j++) {
        a = &sounds->s[j]->r;
        b = &sounds->s[j + 1]->r;

        if (sounds->s[j]->script != sounds->s[j + 1]->script
            || (unsigned) a->len + b->len + RFL_HINT_JOINED < len
            || (unsigned) a->len + b->len > len + RFL_HINT_JOINED
            || !rfl_hint_near(set, (unsigned) a->classes | b->classes))
        {
            continue;
        }

        rfl_reading_join(a, b, &joined);

        like = rfl_reading_like(&part->readings[0], &joined,
                                rfl_hint_mode(part->script,
                                              sounds->s[j]->script), best);

        best = (like > best) ? like : best;

        rfl_memzero(&joined, sizeof(rfl_reading_t));
    }

    return (best > floor) ? best : 0;
}


/*
 * 0: two sets differ by more than one in the place of another, and nothing in
 * them stands for several
 */

static int
rfl_hint_near(unsigned a, unsigned b)
{
    return ((a | b) & RFL_HINT_ANY) != 0
           || __builtin_popcount(a ^ b) <= 2;
}


static unsigned
rfl_hint_mode(unsigned a, unsigned b)
{
    return (a != b) ? RFL_LIKE_CROSS
           : (a == RFL_SCRIPT_LATN) ? RFL_LIKE_LATIN : RFL_LIKE_NATIVE;
}


int
rfl_hint_slip(const rfl_part_t *part, const rfl_hint_sound_t *s)
{
    uint64_t              x;
    const rfl_reading_t  *r;

    if (part->script != s->script) {
        return 0;
    }

    r = &part->readings[0];
    x = rfl_hint_phones(r) ^ rfl_hint_phones(&s->r);

    return __builtin_popcountll(x) <= (r->len < RFL_HINT_LONG ? 3 : 4);
}


static uint64_t
rfl_hint_phones(const rfl_reading_t *r)
{
    unsigned  i;
    uint64_t  set;

    for (i = 0, set = 0; i < r->len; i++) {
        set |= 1ULL << (r->ph[i] & 63);
    }

    return set;
}
