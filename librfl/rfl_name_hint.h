
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_hint.h: the layout of a hint, which rfl_name_hint.c writes and
 * rfl_name_hint_match.c reads.
 *
 *     0       kind (bits 0-1), sex (bits 2-3), bit 7: signature incomplete
 *     1       birth year - 1880, 0: unknown
 *     2..15   up to seven part signatures of 16 bits, 0: none
 *     16..63  readings: script + 0x80 (+ 0x40: short vowels are not written),
 *             then the phones; as many as fit, zeros behind them
 *
 * A part signature: bits 0-3 the first consonant class, 4-7 the last, 8-9
 * how many, 10-11 the first vowel, 12-13 the last, 14 whether it begins with
 * a weak sound, 15 always set.  What is 0 is not known.
 */


#ifndef _RFL_NAME_HINT_H_INCLUDED_
#define _RFL_NAME_HINT_H_INCLUDED_


#include "rfl_name_int.h"


#define RFL_HINT_SLOTS     7
#define RFL_HINT_PARTIAL   0x80
#define RFL_HINT_YEAR0     1880
#define RFL_HINT_READINGS  16      /* of what an element may be typed as */
#define RFL_HINT_SOUND     16      /* offset of the readings */
#define RFL_HINT_HEAD      0x80
#define RFL_HINT_BARE      0x40


#endif /* _RFL_NAME_HINT_H_INCLUDED_ */
