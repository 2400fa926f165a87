
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_slip.c: how likely one spelling is a slip of the finger away from
 * another in the same script: an edit distance over letters in which the
 * slips that happen cost less than those that make another name.  A key next
 * to the right one, one of them hit besides, a letter doubled or two swapped
 * are slips; any other letter is more likely somebody else.
 *
 * Keyboards as they are sold: QWERTY (of which AZERTY and QWERTZ move few
 * letters), Russian and Ukrainian, Arabic, Persian, Hebrew.
 */


#include "rfl_name_int.h"

#include "rfl_text.h"


/* costs in tenths of a letter */

#define RFL_SLIP_OTHER     12      /* any letter for any other */
#define RFL_SLIP_KEY       7       /* the key beside it */
#define RFL_SLIP_SWAP      5       /* few names of two people differ so */
#define RFL_SLIP_GAP       10      /* one left out, or one more */
#define RFL_SLIP_BESIDE    7       /* the same, of two keys hit at once */
#define RFL_SLIP_TWICE     6
#define RFL_SLIP_ONE       12      /* the most, in words of up to six */
#define RFL_SLIP_TWO       20

#define RFL_SLIP_LONG      7       /* letters; a word that two slips leave */

#define RFL_SLIP_BOARDS    5
#define RFL_SLIP_ROW       (RFL_LETTERS_MAX + 1)


typedef struct {
    unsigned     script;
    const char  *row[3];           /* a space: no letter that we keep */
} rfl_slip_board_t;


static int rfl_slip_keys(unsigned script, unsigned a, unsigned b);
static int rfl_slip_beside(unsigned script, unsigned a, unsigned b);
static void rfl_slip_gaps(const rfl_part_t *p, uint8_t *gap);


static const rfl_slip_board_t  rfl_slip_boards[RFL_SLIP_BOARDS] = {
    { RFL_SCRIPT_LATN, { "qwertyuiop", "asdfghjkl", "zxcvbnm" } },
    { RFL_SCRIPT_CYRL, {
        "\xd0\xb9\xd1\x86\xd1\x83\xd0\xba\xd0\xb5\xd0\xbd\xd0\xb3\xd1\x88"
        "\xd1\x89\xd0\xb7\xd1\x85\xd1\x97",
        "\xd1\x84\xd1\x96\xd0\xb2\xd0\xb0\xd0\xbf\xd1\x80\xd0\xbe\xd0\xbb"
        "\xd0\xb4\xd0\xb6\xd1\x94",
        "\xd1\x8f\xd1\x87\xd1\x81\xd0\xbc\xd0\xb8\xd1\x82\xd1\x8c\xd0\xb1"
        "\xd1\x8e"
    } },
    { RFL_SCRIPT_ARAB, {
        "\xd8\xb6\xd8\xb5\xd8\xab\xd9\x82\xd9\x81\xd8\xba\xd8\xb9\xd9\x87"
        "\xd8\xae\xd8\xad\xd8\xac\xd8\xaf",
        "\xd8\xb4\xd8\xb3\xd9\x8a\xd8\xa8\xd9\x84\xd8\xa7\xd8\xaa\xd9\x86"
        "\xd9\x85\xd9\x83\xd8\xb7",
        "\xd8\xa6\xd8\xa1\xd8\xa4\xd8\xb1 \xd9\x89\xd8\xa9\xd9\x88"
        "\xd8\xb2\xd8\xb8"
    } },
    { RFL_SCRIPT_ARAB, {
        "\xd8\xb6\xd8\xb5\xd8\xab\xd9\x82\xd9\x81\xd8\xba\xd8\xb9\xd9\x87"
        "\xd8\xae\xd8\xad\xd8\xac\xda\x86",
        "\xd8\xb4\xd8\xb3\xd9\x8a\xd8\xa8\xd9\x84\xd8\xa7\xd8\xaa\xd9\x86"
        "\xd9\x85\xd9\x83\xda\xaf",
        "\xd8\xb8\xd8\xb7\xd8\xb2\xd8\xb1\xd8\xb0\xd8\xaf\xd9\xbe\xd9\x88"
    } },
    { RFL_SCRIPT_HEBR, {
        "  \xd7\xa7\xd7\xa8\xd7\x90\xd7\x98\xd7\x95  \xd7\xa4",
        "\xd7\xa9\xd7\x93\xd7\x92\xd7\x9b\xd7\xa2\xd7\x99\xd7\x97\xd7\x9c",
        "\xd7\x96\xd7\xa1\xd7\x91\xd7\x94\xd7\xa0\xd7\x9e\xd7\xa6\xd7\xaa"
    } }
};

/* row * 16 + column + 1 of a letter, by its last byte; 0: not there */

static uint8_t  rfl_slip_at[RFL_SLIP_BOARDS][256];

/* the same of a to z, ready: bits of the letters beside each */

static uint32_t  rfl_slip_latin[26];


void
rfl_slip_init(void)
{
    unsigned       i, row, column;
    uint32_t       c;
    const u_char  *p, *last;

    for (i = 0; i < RFL_SLIP_BOARDS; i++) {
        for (row = 0; row < 3; row++) {
            p = (const u_char *) rfl_slip_boards[i].row[row];
            last = p + strlen((const char *) p);

            for (column = 0; p < last; column++) {
                c = rfl_utf8_decode(&p, last);

                if (c != ' ') {
                    rfl_slip_at[i][c & 0xff] = (uint8_t) (row * 16 + column
                                                          + 1);
                }
            }
        }
    }

    for (i = 0; i < 26 * 26; i++) {
        if (rfl_slip_keys(RFL_SCRIPT_LATN, 'a' + i / 26, 'a' + i % 26)) {
            rfl_slip_latin[i / 26] |= 1U << (i % 26);
        }
    }
}


static int
rfl_slip_beside(unsigned script, unsigned a, unsigned b)
{
    if (script == RFL_SCRIPT_LATN) {
        return a >= 'a' && a <= 'z' && b >= 'a' && b <= 'z'
               && ((rfl_slip_latin[a - 'a'] >> (b - 'a')) & 1);
    }

    return rfl_slip_keys(script, a, b);
}


static int
rfl_slip_keys(unsigned script, unsigned a, unsigned b)
{
    int       rows, columns;
    unsigned  i, x, y, t;

    for (i = 0; i < RFL_SLIP_BOARDS; i++) {

        if (rfl_slip_boards[i].script != script) {
            continue;
        }

        x = rfl_slip_at[i][a & 0xff];
        y = rfl_slip_at[i][b & 0xff];

        if (x == 0 || y == 0 || (a >> 8) != (b >> 8)) {
            continue;
        }

        if (x > y) {
            t = x;
            x = y;
            y = t;
        }

        rows = (int) (y >> 4) - (int) (x >> 4);
        columns = (int) (y & 0xf) - (int) (x & 0xf);

        /* a row lies half a key to the right of the one above */

        if ((rows == 0 && columns == 1)
            || (rows == 1 && (columns == 0 || columns == -1)))
        {
            return 1;
        }
    }

    return 0;
}


/* what a letter costs that the other spelling does not have */

static void
rfl_slip_gaps(const rfl_part_t *p, uint8_t *gap)
{
    unsigned  i, k;

    for (i = 0; i < p->nletters; i++) {
        gap[i] = RFL_SLIP_GAP;

        for (k = (i == 0) ? 0 : i - 1; k <= i + 1 && k < p->nletters; k++) {

            if (k == i) {
                continue;
            }

            if (p->letters[k] == p->letters[i]) {
                gap[i] = RFL_SLIP_TWICE;
                break;
            }

            if (rfl_slip_beside(p->script, p->letters[i], p->letters[k])) {
                gap[i] = RFL_SLIP_BESIDE;
            }
        }
    }
}


/* one slip in four letters, two in seven, none in three */

unsigned
rfl_slip_like(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned   i, j, n, best, cost, like;
    uint8_t    ga[RFL_LETTERS_MAX], gb[RFL_LETTERS_MAX];
    uint16_t   row[3][RFL_SLIP_ROW], *prev2, *prev, *cur, *t;

    n = (a->nletters > b->nletters) ? a->nletters : b->nletters;

    if (n < 4 || (n == 4 && a->script > RFL_SCRIPT_N)
        || a->nletters + 2 < b->nletters || b->nletters + 2 < a->nletters)
    {
        return 0;
    }

    rfl_slip_gaps(a, ga);
    rfl_slip_gaps(b, gb);

    prev2 = row[0];
    prev = row[1];
    cur = row[2];

    prev[0] = 0;

    for (j = 0; j < b->nletters; j++) {
        prev[j + 1] = (uint16_t) (prev[j] + gb[j]);
    }

    for (i = 0; i < a->nletters; i++) {
        cur[0] = (uint16_t) (prev[0] + ga[i]);

        for (j = 0; j < b->nletters; j++) {
            best = prev[j];

            if (a->letters[i] != b->letters[j]) {
                best += rfl_slip_beside(a->script, a->letters[i],
                                        b->letters[j])
                        ? RFL_SLIP_KEY : RFL_SLIP_OTHER;
            }

            cost = prev[j + 1] + (unsigned) ga[i];
            best = (cost < best) ? cost : best;

            cost = cur[j] + (unsigned) gb[j];
            best = (cost < best) ? cost : best;

            if (i > 0 && j > 0 && a->letters[i] == b->letters[j - 1]
                && a->letters[i - 1] == b->letters[j])
            {
                cost = prev2[j - 1] + (unsigned) RFL_SLIP_SWAP;
                best = (cost < best) ? cost : best;
            }

            cur[j + 1] = (uint16_t) best;
        }

        t = prev2;
        prev2 = prev;
        prev = cur;
        cur = t;
    }

    cost = prev[b->nletters];
    like = (cost > (n < 7 ? RFL_SLIP_ONE : RFL_SLIP_TWO) || cost * 7 > n * 20)
           ? 0 : 1000 - cost * 100 / n;

    rfl_memzero(row, sizeof(row));

    return like;
}


int
rfl_slip_may(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned  i;
    uint32_t  x, y;

    if (a->script != b->script || a->nletters < RFL_SLIP_LONG
        || b->nletters < RFL_SLIP_LONG)
    {
        return 0;
    }

    for (i = 0, x = 0; i < a->nletters; i++) {
        x |= 1U << (a->letters[i] & 31);
    }

    for (i = 0, y = 0; i < b->nletters; i++) {
        y |= 1U << (b->letters[i] & 31);
    }

    return __builtin_popcount(x ^ y) <= 4;
}


int
rfl_slip_one(const rfl_part_t *a, const rfl_part_t *b)
{
    unsigned           i, n, more;
    const uint16_t    *x, *y;
    const rfl_part_t  *t;

    if (a->nletters < b->nletters) {
        t = a;
        a = b;
        b = t;
    }

    x = a->letters;
    y = b->letters;
    n = b->nletters;
    more = a->nletters - n;

    if (a->script != b->script || more > 1) {
        return 0;
    }

    for (i = 0; i < n && x[i] == y[i]; i++) {
        /* void */
    }

    if (more) {
        return memcmp(&x[i + 1], &y[i], (n - i) * sizeof(uint16_t)) == 0;
    }

    return i + 1 < n && x[i] == y[i + 1] && x[i + 1] == y[i]
           && memcmp(&x[i + 2], &y[i + 2], (n - i - 2) * sizeof(uint16_t)) == 0;
}
