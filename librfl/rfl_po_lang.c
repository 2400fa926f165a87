
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po_lang.c: which of the offered languages a visitor reads, from
 * Accept-Language (RFC 9110, 12.5.4; the lookup of RFC 4647, 3.4).
 *
 * ICU's uloc_acceptLanguageFromHTTP() is not used: one odd weight makes it
 * refuse the whole header, and it knows nothing of Dari.  Here whatever
 * cannot be understood is passed over.  Pure function, no allocation.
 */


#include "rfl_po.h"


#define RFL_LANG_HEADER  1024      /* bytes of the header looked at */
#define RFL_LANG_RANGES  32
#define RFL_LANG_TAG     24


typedef struct {
    char      tag[RFL_LANG_TAG];   /* lower case, canonical */
    unsigned  q;                   /* 0..1000 */
} rfl_lang_range_t;


static unsigned rfl_lang_parse(const u_char *p, const u_char *last,
    rfl_lang_range_t *ranges);
static int rfl_lang_range(const u_char *p, const u_char *last,
    rfl_lang_range_t *range);
static unsigned rfl_lang_weight(const u_char *p, const u_char *last);
static int rfl_lang_canonical(const u_char *p, size_t len,
    char tag[RFL_LANG_TAG]);
static int rfl_lang_lookup(const char *tag, const rfl_str_t *offered,
    unsigned n);
static int rfl_lang_near(const char *tag, const rfl_str_t *offered,
    unsigned n);


/*
 * Other names of the same language: withdrawn codes, parts of a
 * macrolanguage, and countries that decide the script.  The longest entry
 * that is the tag or begins it up to a hyphen counts.
 */

static const struct {
    const char  *from;
    const char  *to;
} rfl_lang_aliases[] = {
    { "prs", "fa-af" },
    { "pes", "fa" },
    { "iw", "he" },
    { "in", "id" },
    { "ji", "yi" },
    { "tl", "fil" },
    { "mo", "ro" },
    { "nb", "no" },
    { "nn", "no" },
    { "arb", "ar" },
    { "arz", "ar" },
    { "apc", "ar" },
    { "ajp", "ar" },
    { "acm", "ar" },
    { "ary", "ar" },
    { "aeb", "ar" },
    { "apd", "ar" },
    { "swh", "sw" },
    { "pbt", "ps" },
    { "pbu", "ps" },
    { "pst", "ps" },
    { "cmn", "zh" },
    { "yue", "zh-hant" },
    { "zh-tw", "zh-hant" },
    { "zh-hk", "zh-hant" },
    { "zh-mo", "zh-hant" },
    { "zh-cn", "zh-hans" },
    { "zh-sg", "zh-hans" },
    { "zh-my", "zh-hans" }
};

#define RFL_LANG_ALIASES                                                     \
    (sizeof(rfl_lang_aliases) / sizeof(rfl_lang_aliases[0]))


int
rfl_lang_choose(const u_char *header, size_t len, const rfl_str_t *offered,
    unsigned n)
{
    int                best;
    unsigned           i, nranges;
    rfl_lang_range_t   ranges[RFL_LANG_RANGES];

    if (len > RFL_LANG_HEADER) {
        len = RFL_LANG_HEADER;
    }

    if (len == 0) {
        return -1;
    }

    nranges = rfl_lang_parse(header, header + len, ranges);

    for (i = 0; i < nranges; i++) {

        if (ranges[i].q == 0) {
            break;
        }

        best = rfl_lang_lookup(ranges[i].tag, offered, n);
        if (best != -1) {
            return best;
        }
    }

    /* nothing fits exactly: a sister, "pt-BR" for one who reads "pt" */

    for (i = 0; i < nranges; i++) {

        if (ranges[i].q == 0) {
            break;
        }

        best = rfl_lang_near(ranges[i].tag, offered, n);
        if (best != -1) {
            return best;
        }
    }

    return -1;
}


/* the ranges of the header, best first; equal ones in the header's order */

static unsigned
rfl_lang_parse(const u_char *p, const u_char *last, rfl_lang_range_t *ranges)
{
    unsigned           n, i;
    const u_char      *end;
    rfl_lang_range_t   range;

    n = 0;

    while (p < last && n < RFL_LANG_RANGES) {

        end = memchr(p, ',', (size_t) (last - p));
        if (end == NULL) {
            end = last;
        }

        if (rfl_lang_range(p, end, &range) == RFL_OK) {

            for (i = n++; i > 0 && ranges[i - 1].q < range.q; i--) {
                ranges[i] = ranges[i - 1];
            }

            ranges[i] = range;
        }

        p = end + (end < last);
    }

    return n;
}


static int
rfl_lang_range(const u_char *p, const u_char *last, rfl_lang_range_t *range)
{
    const u_char  *end;

    while (p < last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    for (end = p; end < last && *end != ';' && *end != ' ' && *end != '\t';
         end++)
    {
        /* void */
    }

    if (rfl_lang_canonical(p, (size_t) (end - p), range->tag) != RFL_OK) {
        return RFL_DECLINED;
    }

    range->q = rfl_lang_weight(end, last);

    return RFL_OK;
}


/* ";q=0.8" in thousandths; 1 where there is none that makes sense */

static unsigned
rfl_lang_weight(const u_char *p, const u_char *last)
{
    unsigned  q, unit;

    while (p < last && *p != 'q' && *p != 'Q') {
        p++;
    }

    for (p += (p < last); p < last && (*p == ' ' || *p == '='); p++) {
        /* void */
    }

    if (p == last || ((*p < '0' || *p > '9') && *p != '.')) {
        return 1000;
    }

    q = 0;

    if (*p != '.') {

        if (*p != '0') {
            return 1000;
        }

        p++;
    }

    if (p < last && *p == '.') {

        for (p++, unit = 100;
             p < last && *p >= '0' && *p <= '9' && unit > 0;
             p++, unit /= 10)
        {
            q += unit * (unsigned) (*p - '0');
        }
    }

    return q;
}


static int
rfl_lang_canonical(const u_char *p, size_t len, char tag[RFL_LANG_TAG])
{
    char    c;
    size_t  i, from, to;

    if (len < 2 || len >= RFL_LANG_TAG) {
        return RFL_DECLINED;
    }

    for (i = 0; i < len; i++) {
        c = (char) p[i];

        if (c >= 'A' && c <= 'Z') {
            c = (char) (c | 0x20);

        } else if (c == '_') {
            c = '-';

        } else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')
                   && c != '-')
        {
            return RFL_DECLINED;
        }

        tag[i] = c;
    }

    tag[len] = '\0';

    for (i = 0; i < RFL_LANG_ALIASES; i++) {

        from = strlen(rfl_lang_aliases[i].from);

        if (strncmp(tag, rfl_lang_aliases[i].from, from) != 0
            || (tag[from] != '\0' && tag[from] != '-'))
        {
            continue;
        }

        /* the rest, "-hk" of "yue-hk", says nothing more */

        to = strlen(rfl_lang_aliases[i].to);
        memcpy(tag, rfl_lang_aliases[i].to, to + 1);

        break;
    }

    return RFL_OK;
}


/* the tag, then without its last subtag, and so on */

static int
rfl_lang_lookup(const char *tag, const rfl_str_t *offered, unsigned n)
{
    char      one[RFL_LANG_TAG];
    size_t    len;
    unsigned  i;

    for (len = strlen(tag); len > 0; /* void */ ) {

        for (i = 0; i < n; i++) {

            if (rfl_lang_canonical(offered[i].data, offered[i].len, one)
                == RFL_OK
                && strlen(one) == len && strncmp(one, tag, len) == 0)
            {
                return (int) i;
            }
        }

        while (len > 0 && tag[--len] != '-') {
            /* void */
        }
    }

    return -1;
}


/* the first offered one with the same language */

static int
rfl_lang_near(const char *tag, const rfl_str_t *offered, unsigned n)
{
    char      one[RFL_LANG_TAG];
    size_t    len;
    unsigned  i;

    len = strcspn(tag, "-");

    for (i = 0; i < n; i++) {

        if (rfl_lang_canonical(offered[i].data, offered[i].len, one) == RFL_OK
            && strcspn(one, "-") == len && strncmp(one, tag, len) == 0)
        {
            return (int) i;
        }
    }

    return -1;
}
