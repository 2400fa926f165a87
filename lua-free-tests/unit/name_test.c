
/*
 * Copyright (C) The RFL authors
 *
 * name_test.c: the parts of the name search one by one: readings of every
 * script's table, keys that meet, the hint that never drops what would be
 * shown, years of five calendars, and input nobody should send.
 */


#include "unit.h"

#include "rfl_name_key.h"
#include "rfl_text.h"


/* a hint with which the worker reads a record, at least */
#define NAME_HINT_READ  185

#define NAMES_FILE  "lua-free-tests/names/cases.tsv"
#define NAMES_MAX   1024


typedef struct {
    const char  *text;
    const char  *sounds;           /* of the parts: first readings */
} sound_t;

typedef struct {
    const char  *text;
    int          year;             /* 0: refused */
} year_t;


static rfl_pool_t  *pool;


/* readings, one or two words for every table */

static const sound_t  sounds[] = {
    { "Müller", "muler" },
    { "Schtscherba", "SCerba" },
    { "Khadija", "xadija" },
    { "Çiğdem", "CiGdem" },
    { "Phyo", "Pyo" },
    { "خالد", "xald" },
    { "چنگیزی", "Cngyzy" },
    { "شكري", "Skry" },
    { "ئازاد", "azad" },
    { "יעקב", "y'kv" },
    { "ג'ורג'", "JwrJ" },
    { "Щербак", "SCerbak" },
    { "Ђорђе", "JorJe" },
    { "Γιώργος", "giorgos" },
    { "Μπάμπης", "bambis" },
    { "Սարգսյան", "sargsyan" },
    { "ბერიძე", "beridze" },
    { "ተስፋዬ", "tes@faye" },
    { "ሐይለ", "hay@le" },
    { "ராமன்", "ram@n" },
    { "राम", "ram" },
    { "रमा", "r@ma" },
    { "প্রদীপ", "pr@dip" },
    { "ප්‍රියන්ත", "priy@nT" },
    { "အောင်", "awN" },
    { "ချို", "Co" },
    { "김", "gim" },
    { "はなこ", "hanako" },
    { "สมชาย", "s@mCay" },
    { "ສົມ", "som" },
    { "សុខ", "sok" },
    { "𞤃𞤢𞤥𞤢𞤣𞤵", "mamadu" },
    { "ⵎⵓⵃⴰ", "muha" },
    { "སྒྲོལ་མ", "d%olma" },
    { "བསོད་ནམས", "sonam" },
    { "དབང་ཕྱུག", "waNCuk" },
    { "ཟླ་བ", "dawa" },
    { "པདྨ", "pema" },
    { "ཀརྨ", "ka%ma" },
    { "스미스 존", "H@miH@" },
    { "알베르트 존", "aRBeR@t@" },
    { "马丁·施密特", "ma%din" },
    { "シュミット・ヤン", "S@mit@" },
    { "ヴォルフガング", "voR@F@gaN" },
    { "しょうこ", "Souko" },
    { "Љубица", "lyubica" },
    { "Ѓорѓи", "gyorgyi" },
    { "Ντίνος", "dinos" },
    { "Ευάγγελος", "evaNgelos" },
    { "Tatjana", "tatyana" },
    { "จันทร์เพ็ญ", "Canpen" },
    { "ศักดิ์", "sak" },
    { "อนงค์", "@n@N" },
    { "คำพร", "xamp@%n" },
    { "ຄຳພອນ", "xampon" },
    { "ពិសិដ្ឋ", "peset" },
    { "ထွဋ်", "tut" },
    { "မာ", "ma%" },
    { "ज्ञान", "Jnyan" },
    { "Schukowskij", "Sukovski" },
    { "ߡߊߡߊߘߎ", "mamadu" }
};


static const year_t  years[] = {
    { "1987", 1987 },
    { "\xd9\xa1\xd9\xa9\xd9\xa8\xd9\xa7", 1987 },     /* Arabic digits */
    { "\xdb\xb1\xdb\xb3\xdb\xb6\xdb\xb6", 1987 },     /* 1366, Persian */
    { "1366", 1987 },
    { "1407", 1986 },              /* Hijri */
    { "2530", 1987 },              /* Buddhist */
    { "2044", 1987 },              /* Nepali */
    { "1880", 0 },
    { "1200", 0 },
    { "3000", 0 },
    { "19", 0 },
    { "", 0 },
    { "abcd", 0 }
};


static int
name_parse(const char *text, size_t len, rfl_name_t **name)
{
    int        rc;
    rfl_str_t  in, line;

    in.data = (u_char *) (uintptr_t) text;
    in.len = len;

    rc = rfl_text_line(pool, &in, RFL_NAME_CHARS, &line);

    return (rc != RFL_OK) ? rc : rfl_name_parse(pool, &line, name);
}


static void
name_sounds(void)
{
    size_t       i;
    char         got[256];
    unsigned     n;
    rfl_name_t  *name;
    rfl_str_t    s;

    for (i = 0; i < sizeof(sounds) / sizeof(sounds[0]); i++) {

        got[0] = '\0';
        n = 0;

        if (name_parse(sounds[i].text, strlen(sounds[i].text), &name)
            == RFL_OK)
        {
            n = name->parts[0].readings[0].len;
            memcpy(got, name->parts[0].readings[0].ph, n);
        }

        s.data = (u_char *) got;
        s.len = n;

        unit_str(s, sounds[i].sounds, "%s sounds like %s", sounds[i].text,
                 sounds[i].sounds);
        rfl_pool_reset(pool);
    }
}


static void
name_years(void)
{
    int          rc, year;
    size_t       i;
    rfl_str_t    text;

    for (i = 0; i < sizeof(years) / sizeof(years[0]); i++) {
        text.data = (u_char *) (uintptr_t) years[i].text;
        text.len = strlen(years[i].text);
        year = 0;

        /* 2026-11-22 */

        rc = rfl_name_year(&text, 1795305600, &year);

        unit_int(rc == RFL_OK ? year : 0, years[i].year, "year \"%s\"",
                 years[i].text);
    }
}


/* every name of the cases, in the pool */

static unsigned
name_list(rfl_name_t **names)
{
    char       *p, *end, *tab;
    unsigned    n, field;
    rfl_err_t   err;
    rfl_str_t   file;

    if (rfl_file_read(pool, NAMES_FILE, 1 << 20, 0, &file, &err) != RFL_OK) {
        return 0;
    }

    n = 0;

    for (p = (char *) file.data; *p != '\0' && n < NAMES_MAX - 2; p = end + 1) {
        end = strchr(p, '\n');

        if (end == NULL) {
            break;
        }

        for (field = 0; *p != '#' && field < 5; field++, p = tab + 1) {
            tab = memchr(p, '\t', (size_t) (end - p));

            if (tab == NULL) {
                break;
            }

            if ((field == 2 || field == 4)
                && name_parse(p, (size_t) (tab - p), &names[n]) == RFL_OK)
            {
                n++;
            }
        }
    }

    return n;
}


/* each against each: what the hint drops is not shown */

static void
name_hints(rfl_name_t **names, unsigned n)
{
    u_char            hint[RFL_HINT_SIZE];
    unsigned          i, j, dropped, wrong, found, idle, odd;
    unsigned          score, match, why;
    rfl_facts_t       facts;
    rfl_hint_extra_t  extra;

    memset(&facts, 0, sizeof(rfl_facts_t));
    extra.kind = 2;
    extra.sex = 1;
    dropped = wrong = found = idle = odd = 0;

    for (i = 0; i < n; i++) {
        rfl_name_hint(&names[i], 1, &facts, &extra, hint);

        for (j = 0; j < n; j++) {
            score = rfl_name_score(pool, names[j], &facts, &names[i], 1, 0,
                                   &why);

            match = rfl_name_hint_match(names[j], &facts, 0, hint, NULL);

            if (match == 0) {
                dropped++;
                wrong += (score >= RFL_SCORE_CUT);

            } else {
                found += (score >= RFL_SCORE_CUT);
                idle += (match >= NAME_HINT_READ && score < RFL_SCORE_CUT);
            }

            odd += (score > 1000);
        }

        rfl_pool_reset(pool);
    }

    unit_ok(dropped > n, "the hint drops something: %u", dropped);
    unit_ok(found > n / 2, "and something is found: %u", found);
    unit_int(wrong, 0, "what the hint drops scores under the cut");
    unit_ok(idle < found, "more records than not are read for something: "
            "%u are not", idle);
    unit_int(odd, 0, "no score is above 1000");
}


/* the desk's keys and rfl-keyd's meet for a name typed as stored */

static void
name_keys_meet(rfl_name_t **names, unsigned n)
{
    unsigned     i, j, common, odd, lost;
    rfl_keys_t   stored, asked;
    rfl_facts_t  facts;

    memset(&facts, 0, sizeof(rfl_facts_t));
    rfl_str_set(&facts.country, "SY");
    facts.birth_year = 1990;
    odd = 0;
    lost = 0;

    for (i = 0; i < n; i++) {

        if (rfl_name_entry_keys(pool, &names[i], 1, &facts, &stored) != RFL_OK
            || rfl_name_query_keys(pool, names[i], &facts, RFL_ASK_FINE,
                                   &asked)
               != RFL_OK)
        {
            odd++;
            continue;
        }

        for (j = 0, common = 0; j < asked.n; j++) {
            common += (rfl_keys_find(&stored, &asked.key[j]) != -1);
        }

        lost += (common == 0);
        rfl_pool_reset(pool);
    }

    unit_int(odd, 0, "every name makes keys");
    unit_int(lost, 0, "a name typed as stored has a key in common");
}


/* the names stay; what is made of them goes after each */

static void
name_pairs(void)
{
    unsigned     n;
    rfl_pool_t  *kept, *scratch;
    rfl_name_t  *names[NAMES_MAX];

    kept = rfl_pool_create(65536);

    if (kept == NULL) {
        unit_ok(0, "there is memory");
        return;
    }

    scratch = pool;
    pool = kept;
    n = name_list(names);
    pool = scratch;

    unit_ok(n > 500, "there are names to compare: %u", n);

    name_hints(names, n);
    name_keys_meet(names, n);

    rfl_pool_destroy(kept);
}


static void
name_refused(void)
{
    int           rc;
    unsigned      why;
    rfl_str_t     raw;
    rfl_keys_t    keys;
    rfl_name_t   *name;
    rfl_facts_t   facts;

    memset(&facts, 0, sizeof(rfl_facts_t));

    unit_ok(name_parse("a", 1, &name) != RFL_OK, "one letter is refused");
    unit_ok(name_parse("\xd0\xb0.", 3, &name) != RFL_OK,
            "one Cyrillic letter is refused");
    unit_int(name_parse("\xe7\x8e\x8b", 3, &name), RFL_OK,
             "one Chinese character is a name");
    unit_ok(name_parse("...", 3, &name) != RFL_OK,
            "punctuation alone is refused");
    unit_ok(name_parse("\xf0\x9f\x98\x80", 4, &name) != RFL_OK,
            "emoji alone is refused");
    unit_ok(name_parse("12345", 5, &name) != RFL_OK || name->nnames > 0,
            "digits alone do not crash");

    /* invalid text does not get past the parser either */

    raw.data = (u_char *) (uintptr_t) "Ahmed \xff\xfe";
    raw.len = 8;
    unit_int(rfl_name_parse(pool, &raw, &name), RFL_DECLINED,
             "invalid UTF-8 is refused");

    raw.data = (u_char *) (uintptr_t) "Ahmed\0Ali";
    raw.len = 9;
    rc = rfl_name_parse(pool, &raw, &name);
    unit_ok(rc == RFL_DECLINED || (rc == RFL_OK && name->nnames > 0),
            "a zero byte does no harm");

    /* single parts without a fact make no question */

    (void) name_parse("Wu", 2, &name);
    unit_int(rfl_name_query_keys(pool, name, &facts, RFL_ASK_FINE, &keys),
             RFL_DECLINED, "one short part alone asks for a second fact");

    (void) name_parse("Ahmed Ali", 9, &name);
    unit_int(rfl_name_score(pool, name, &facts, NULL, 0, 0, &why), 0,
             "an entry without a name scores nothing");

    rfl_pool_reset(pool);
}


static void
name_long(void)
{
    int           rc;
    unsigned      i, why;
    rfl_str_t     raw;
    rfl_keys_t    keys;
    rfl_name_t   *name;
    rfl_facts_t   facts;

    static char  big[10240];

    memset(&facts, 0, sizeof(rfl_facts_t));
    memset(big, 'x', sizeof(big));
    raw.data = (u_char *) big;
    raw.len = sizeof(big);

    unit_int(rfl_name_parse(pool, &raw, &name), RFL_DECLINED,
             "10 kB are refused");

    raw.len = 255;
    unit_int(rfl_name_parse(pool, &raw, &name), RFL_OK,
             "255 letters in one word are a name");

    /* thirty parts of seven letters */

    for (i = 0; i < 30; i++) {
        snprintf(&big[i * 8], 10, "%c%cramla%c", "bdfgklmnprst"[i % 12],
                 "aeiou"[i % 5], i == 29 ? '\0' : ' ');
    }

    raw.len = 30 * 8 - 1;
    rc = rfl_name_parse(pool, &raw, &name);
    unit_int(rc, RFL_OK, "thirty parts are a name");

    if (rc == RFL_OK) {
        unit_int(rfl_name_parts(name), 30, "and all thirty count");

        rc = rfl_name_entry_keys(pool, &name, 1, &facts, &keys);
        unit_ok(rc == RFL_OK && keys.n > 30 && keys.n <= RFL_KEYS_MAX,
                "with keys within the limit: %u", keys.n);

        rc = rfl_name_query_keys(pool, name, &facts, RFL_ASK_WIDE, &keys);
        unit_int(rc, RFL_DECLINED, "there is nothing wider to ask");

        unit_int(rfl_name_score(pool, name, &facts, &name, 1, 0, &why), 1000,
                 "and it is itself");
    }

    /* one character that normalises to many */

    for (i = 0; i < 85; i++) {
        memcpy(&big[i * 3], "\xef\xb7\xba", 3);
    }

    raw.len = 255;
    rc = rfl_name_parse(pool, &raw, &name);
    unit_ok(rc == RFL_OK || rc == RFL_DECLINED,
            "ligatures that grow are refused or cut");

    rfl_pool_reset(pool);
}


static unsigned
name_score(const char *typed, int born, const char *entry, int year)
{
    unsigned      score, why;
    rfl_name_t   *query, *name;
    rfl_facts_t   facts;

    memset(&facts, 0, sizeof(facts));
    facts.birth_year = born;

    (void) name_parse(typed, strlen(typed), &query);
    (void) name_parse(entry, strlen(entry), &name);

    score = rfl_name_score(pool, query, &facts, &name, 1, year, &why);

    rfl_pool_reset(pool);

    return score;
}


/* in what order records of this name and year are read */

static unsigned
name_hinted(const char *typed, int born, const char *entry, int year)
{
    u_char             hint[RFL_HINT_SIZE];
    unsigned           match;
    rfl_name_t        *query, *name;
    rfl_facts_t        facts;
    rfl_hint_extra_t   extra;

    memset(&facts, 0, sizeof(facts));
    extra.kind = 2;
    extra.sex = 1;

    (void) name_parse(typed, strlen(typed), &query);
    (void) name_parse(entry, strlen(entry), &name);

    facts.birth_year = year;
    rfl_name_hint(&name, 1, &facts, &extra, hint);

    facts.birth_year = born;
    match = rfl_name_hint_match(query, &facts, 0, hint, NULL);

    rfl_pool_reset(pool);

    return match;
}


static void
name_hint_years(void)
{
    unsigned  same, near, none, far;

    same = name_hinted("Sutrisno", 1968, "Sutrisno", 1968);
    near = name_hinted("Sutrisno", 1968, "Sutrisno", 1970);
    none = name_hinted("Sutrisno", 1968, "Sutrisno", 0);
    far = name_hinted("Sutrisno", 1968, "Sutrisno", 1972);

    unit_ok(same > near && near > none && none > far && far > 0
            && name_hinted("Sutrisno", 1968, "Sutrisno", 1974) == 0,
            "of a thousand of one name those of the year are read first: "
            "%u, %u, %u, %u", same, near, none, far);

    unit_int(name_hinted("Sutrisno", 0, "Sutrisno", 1968), same,
             "a year that was not typed orders nobody");
}


/* two syllables of one name, which one side writes as one word */

static void
name_hint_syllables(void)
{
    size_t    i;
    unsigned  least, match;

    static const char  *pairs[][2] = {
        { "陈俊豪", "Chen Jun-hao" },
        { "王晓明", "Xiao Ming Wang" },
        { "박수호", "Park Su-ho" },
        { "김유리", "Kim Yu-ri" },
        { "Chen Junhao", "Chen Jun-hao" },
        { "Kim Yu-ri", "김유리" },
    };

    least = rfl_name_hint_least(RFL_SCORE_STRONG);

    for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        match = name_hinted(pairs[i][0], 0, pairs[i][1], 0);

        unit_ok(match >= least, "%s is promised to fit %s well: %u",
                pairs[i][1], pairs[i][0], match);
    }

    unit_ok(name_hinted("陈俊豪", 0, "Chen Jun-feng", 0) < least,
            "another given name is not");
    unit_ok(name_hinted("Jeanpiererdo Ubis", 0, "Jean-Pierre Dubois", 0) != 0,
            "whoever reaches the cut though two parts run into a third is not "
            "ruled out");
}


/* what speaks for the person who was meant, and what for a stranger */

static void
name_evidence(void)
{
    unsigned  first, middle, last, same, near, none, far;
    rfl_str_t  typed, region, other, unknown;

    first = name_score("Edith Margaret Lawson", 0, "Margaret Lawson", 0);
    middle = name_score("Margaret Edith Lawson", 0, "Margaret Lawson", 0);
    last = name_score("Margaret Lawson Edith", 0, "Margaret Lawson", 0);

    unit_ok(middle > last && last > first && first >= RFL_SCORE_CUT
            && first < RFL_SCORE_FAIR,
            "a part too much is one in the middle, not the given name: "
            "%u, %u, %u", middle, last, first);

    unit_ok(name_score("Edith Margaret Rose Lawson", 0,
                       "Margaret Rose Lawson", 0)
            > RFL_SCORE_ENOUGH,
            "beside three parts that agree it may be any");

    same = name_score("Margaret Lawson", 1968, "Margaret Lawson", 1968);
    near = name_score("Margaret Lawson", 1968, "Margaret Lawson", 1970);
    none = name_score("Margaret Lawson", 1968, "Margaret Lawson", 0);
    far = name_score("Margaret Lawson", 1968, "Margaret Lawson", 1972);

    unit_ok(same == 1000 && same > near && near > none && none > far
            && name_score("Margaret Lawson", 1968, "Margaret Lawson", 1974)
               == 0,
            "a year that agrees, that is near, none, another: %u, %u, %u, %u",
            same, near, none, far);

    unit_int(name_score("Margaret Lawson", 0, "Margaret Lawson", 1968), 1000,
             "a year that was not typed says nothing");
    unit_ok(name_score("Sutrisno", 1968, "Sutrisno", 1968)
            > name_score("Sutrisno", 1968, "Sutrisno", 1970)
            && name_score("Sutrisno", 1968, "Sutrisno", 1970)
               > name_score("Sutrisno", 1968, "Sutrisno", 0),
            "of one part, too, who has the year comes before who has none");
    unit_ok(name_score("Shirazi", 1984, "Sherazi", 1986)
            > name_score("Shirazi", 1984, "Shirazi", 0),
            "and so does who has it nearly, in another spelling");

    rfl_str_set(&typed, "SY");
    rfl_str_set(&region, "SY-HL");
    rfl_str_set(&other, "LY");
    rfl_str_set(&unknown, "");

    unit_ok(rfl_name_score_country(950, 1, &typed, &typed) == 950
            && rfl_name_score_country(950, 1, &typed, &region) == 950
            && rfl_name_score_country(950, 1, &typed, &unknown) == 950
            && rfl_name_score_country(950, 1, &unknown, &other) == 950,
            "a country that agrees, or is not known, takes nothing off");
    unit_ok(rfl_name_score_country(950, 1, &typed, &other)
            < rfl_name_score_country(950, 2, &typed, &other)
            && rfl_name_score_country(950, 2, &typed, &other) < 950,
            "another one does, most beside one part");
    unit_int(rfl_name_score_country(10, 1, &typed, &other), 0,
             "... and never more than there is");

    unit_ok(name_score("Margaret Laqson", 0, "Margaret Lawson", 0)
            > name_score("Margaret Larson", 0, "Margaret Lawson", 0),
            "the key beside the right one is a slip, another is a name");
}


int
main(void)
{
    rfl_err_t  err;

    pool = rfl_pool_create(65536);

    if (pool == NULL || rfl_name_init(&err) != RFL_OK) {
        printf("Bail out! cannot start\n");
        return 1;
    }

    name_sounds();
    name_years();
    name_pairs();
    name_refused();
    name_long();
    name_evidence();
    name_hint_years();
    name_hint_syllables();

    rfl_pool_destroy(pool);

    return unit_done();
}
