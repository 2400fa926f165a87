
/*
 * Copyright (C) The RFL authors
 *
 * rfl_name_heard.c: a Latin word as the language pronounces it that the whole
 * name looks like (rfl_name_look.c).  A clerk who writes Cyrillic, Arabic or
 * Hebrew writes what is heard: of Jacques Dupont neither the s nor the t, of
 * Lajos a sh.  Also Serbian without its marks, and what Latvia and Lithuania
 * add to every man's name.  Called by rfl_name_latin.c.
 *
 * The rules are common knowledge of the orthographies concerned.
 */


#include "rfl_name_int.h"

#include "rfl_text.h"


#define RFL_HEARD_SHORT    3       /* letters; shorter words are left alone */


typedef struct {
    unsigned     flag;             /* RFL_PART_* */
    const char  *from;             /* base letters; "^" start, "$" end */
    const char  *to;               /* letters, UTF-8 */
} rfl_heard_rule_t;


static void rfl_heard_as(const rfl_token_t *t, unsigned flag,
    rfl_readings_t *rs);
static unsigned rfl_heard_match(const rfl_token_t *t, unsigned at,
    const char *from);


/*
 * Of one language the first that fits counts.  A j with a hacek is the sound
 * of John, a t with a cedilla is ts.
 */

static const rfl_heard_rule_t  rfl_heard_rules[] = {

    { RFL_PART_FRENCH, "cques$", "k" }, { RFL_PART_FRENCH, "ques$", "k" },
    { RFL_PART_FRENCH, "que$", "k" }, { RFL_PART_FRENCH, "eaux$", "o" },
    { RFL_PART_FRENCH, "eault$", "o" }, { RFL_PART_FRENCH, "eau", "o" },
    { RFL_PART_FRENCH, "ault$", "o" }, { RFL_PART_FRENCH, "aud$", "o" },
    { RFL_PART_FRENCH, "aut$", "o" }, { RFL_PART_FRENCH, "aux$", "o" },
    { RFL_PART_FRENCH, "aume$", "om" }, { RFL_PART_FRENCH, "au", "o" },
    { RFL_PART_FRENCH, "oix$", "ua" }, { RFL_PART_FRENCH, "ois$", "ua" },
    { RFL_PART_FRENCH, "oit$", "ua" }, { RFL_PART_FRENCH, "oy$", "ua" },
    { RFL_PART_FRENCH, "oi", "ua" }, { RFL_PART_FRENCH, "oux$", "u" },
    { RFL_PART_FRENCH, "eux$", "e" }, { RFL_PART_FRENCH, "ot$", "o" },
    { RFL_PART_FRENCH, "et$", "e" }, { RFL_PART_FRENCH, "ert$", "er" },
    { RFL_PART_FRENCH, "ard$", "ar" }, { RFL_PART_FRENCH, "ort$", "or" },
    { RFL_PART_FRENCH, "ont$", "on" }, { RFL_PART_FRENCH, "ond$", "on" },
    { RFL_PART_FRENCH, "ent$", "an" }, { RFL_PART_FRENCH, "ant$", "an" },
    { RFL_PART_FRENCH, "and$", "an" }, { RFL_PART_FRENCH, "anc$", "an" },
    { RFL_PART_FRENCH, "amp$", "an" }, { RFL_PART_FRENCH, "ier$", "ie" },
    { RFL_PART_FRENCH, "er$", "e" }, { RFL_PART_FRENCH, "bv", "v" },
    { RFL_PART_FRENCH, "uill", "iy" }, { RFL_PART_FRENCH, "gn", "ny" },
    { RFL_PART_FRENCH, "geo", "\xc5\xbe" "o" },
    { RFL_PART_FRENCH, "ges$", "\xc5\xbe" },
    { RFL_PART_FRENCH, "es$", "" }, { RFL_PART_FRENCH, "is$", "i" },
    { RFL_PART_FRENCH, "as$", "a" }, { RFL_PART_FRENCH, "^h", "" },
    { RFL_PART_FRENCH, "ch", "\xc5\xa1" },

    { RFL_PART_HUNGARIAN, "zs", "\xc5\xbe" }, { RFL_PART_HUNGARIAN, "sz", "s" },
    { RFL_PART_HUNGARIAN, "cs", "\xc4\x8d" },
    { RFL_PART_HUNGARIAN, "gy", "dy" },
    { RFL_PART_HUNGARIAN, "ly", "y" }, { RFL_PART_HUNGARIAN, "s", "\xc5\xa1" },
    { RFL_PART_HUNGARIAN, "j", "y" }, { RFL_PART_HUNGARIAN, "c", "\xc5\xa3" },

    { RFL_PART_BALTIC, "as$", "" }, { RFL_PART_BALTIC, "us$", "" },
    { RFL_PART_BALTIC, "s$", "" }, { RFL_PART_BALTIC, "c", "\xc5\xa3" },
    { RFL_PART_BALTIC, "j", "y" },

    { RFL_PART_SERBIAN, "dz", "\xc7\xb0" },
    { RFL_PART_SERBIAN, "dj", "\xc7\xb0" },
    { RFL_PART_SERBIAN, "^do", "\xc7\xb0o" },
    { RFL_PART_SERBIAN, "^du", "\xc7\xb0u" },
    { RFL_PART_SERBIAN, "rd", "r\xc7\xb0" },
    { RFL_PART_SERBIAN, "cv", "\xc5\xa3v" },
    { RFL_PART_SERBIAN, "ch", "ch" }, { RFL_PART_SERBIAN, "c", "\xc4\x8d" },
    { RFL_PART_SERBIAN, "z", "\xc5\xbe" }
};


void
rfl_heard(const rfl_token_t *t, rfl_readings_t *rs)
{
    unsigned  flags, flag;

    flags = t->flags & (RFL_PART_FRENCH|RFL_PART_HUNGARIAN|RFL_PART_BALTIC
                        |RFL_PART_SERBIAN);

    if (t->n <= RFL_HEARD_SHORT) {
        return;
    }

    for ( /* void */ ; flags != 0; flags &= flags - 1) {
        flag = flags & (~flags + 1);
        rfl_heard_as(t, flag, rs);
    }
}


static void
rfl_heard_as(const rfl_token_t *t, unsigned flag, rfl_readings_t *rs)
{
    size_t                   k;
    unsigned                 i, len, other;
    rfl_token_t              alt;
    const u_char            *p, *last;
    const rfl_heard_rule_t  *rule;

    other = 0;
    alt.n = 0;

    for (i = 0; i < t->n; i += len) {
        len = 0;

        for (k = 0; k < sizeof(rfl_heard_rules) / sizeof(rfl_heard_rule_t);
             k++)
        {
            rule = &rfl_heard_rules[k];

            if (rule->flag != flag) {
                continue;
            }

            len = rfl_heard_match(t, i, rule->from);

            if (len == 0) {
                continue;
            }

            p = (const u_char *) rule->to;
            last = p + strlen(rule->to);

            while (p < last && alt.n < RFL_TOKEN_MAX) {
                alt.cp[alt.n++] = rfl_utf8_decode(&p, last);
            }

            other = 1;
            break;
        }

        if (len == 0) {
            len = 1;

            if (alt.n < RFL_TOKEN_MAX) {
                alt.cp[alt.n++] = t->cp[i];
            }
        }
    }

    if (other && alt.n > 1) {
        rfl_latin_phones(alt.cp, alt.n, rs, 0);
    }

    rfl_memzero(alt.cp, sizeof(alt.cp));
}


/* how many letters from "at" the rule takes; 0: it does not fit */

static unsigned
rfl_heard_match(const rfl_token_t *t, unsigned at, const char *from)
{
    unsigned  i;

    if (*from == '^') {

        if (at != 0) {
            return 0;
        }

        from++;
    }

    for (i = 0; from[i] != '\0' && from[i] != '$'; i++) {

        if (at + i >= t->n || rfl_fold_base(t->cp[at + i]) != (u_char) from[i])
        {
            return 0;
        }
    }

    return (from[i] == '$' && at + i != t->n) ? 0 : i;
}
