
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hint.h: the layout of a hint, which rfl_name_hint.c writes and
 * rfl_name_hint_sound.c reads, for rfl_name_hint_match.c to judge.
 *
 *     0       kind (bits 0-1), sex (bits 2-3), bit 7: some part or reading
 *             is not in it
 *     1       birth year - 1880, 0: unknown
 *     2..63   readings: script + 0x80 (+ 0x40: short vowels are not written),
 *             then the phones; as many as fit, zeros behind them
 */


#ifndef _RFL_NAME_HINT_H_INCLUDED_
#define _RFL_NAME_HINT_H_INCLUDED_


#include "rfl_name_int.h"


#define RFL_HINT_PARTIAL   0x80
#define RFL_HINT_YEAR0     1880
#define RFL_HINT_READINGS  20      /* of what an element may be typed as */
#define RFL_HINT_SOUND     2       /* offset of the readings */
#define RFL_HINT_HEAD      0x80
#define RFL_HINT_BARE      0x40

#define RFL_HINT_MAYBE     700     /* what may be like anything */
#define RFL_HINT_TWINS     900     /* parts that one reading may stand for */
#define RFL_HINT_HANI      2       /* characters of a name, not of Europe */
#define RFL_HINT_JOINED    3       /* sounds more or less of two as one */
/*
 * Parts of a query that are looked at, and whose likeness is kept.  Of a name
 * of more parts nearly all have to fit, so these tell who does not, and fifty
 * words that nobody is called by cost no more than twelve.
 */
#define RFL_HINT_PARTS     12
#define RFL_HINT_NOWHERE   0xff    /* no reading: two are joined, or none */


/*
 * A reading of hints, and how like it the first parts of the query are.  What
 * it is looked up by comes first: it is read from memory again and again.
 */

typedef struct rfl_hint_sound_s  rfl_hint_sound_t;

struct rfl_hint_sound_s {
    rfl_hint_sound_t  *next;
    uint8_t            head;
    uint8_t            script;
    rfl_reading_t      r;
    uint16_t           like[RFL_HINT_PARTS];
    uint16_t           both[RFL_HINT_PARTS];     /* with the next part */
};


/* the readings of one hint; own[] is for those that are not kept */

typedef struct {
    unsigned           n;
    unsigned           nown;
    unsigned           partial;    /* there are parts that it does not tell */
    unsigned           hani;       /* some are of Chinese characters */
    rfl_hint_sound_t  *s[RFL_HINT_READINGS];
    rfl_hint_sound_t   own[RFL_HINT_READINGS];
} rfl_hint_sounds_t;


/* what is in own[] is to be wiped */
void rfl_hint_sounds(const u_char *hint, rfl_hint_memo_t *memo,
    rfl_hint_sounds_t *sounds);
/* 0..1000; number is that of the part among all of the query */
unsigned rfl_hint_heard(const rfl_part_t *part, unsigned number,
    rfl_hint_sound_t *s);
/* the same of two typed parts as one; 0: not above RFL_HINT_MAYBE */
unsigned rfl_hint_both(const rfl_part_t *a, const rfl_part_t *b,
    unsigned number, rfl_hint_sound_t *s);
/* the best of all but one, and which it is, or RFL_HINT_NOWHERE */
unsigned rfl_hint_best(const rfl_part_t *part, unsigned number,
    const rfl_hint_sounds_t *sounds, unsigned but, uint8_t *at);
/* 1: the letters, unlike the sounds, may be nearly the same */
int rfl_hint_slip(const rfl_part_t *part, const rfl_hint_sound_t *s);


#endif /* _RFL_NAME_HINT_H_INCLUDED_ */
