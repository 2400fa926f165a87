
/*
 * Copyright (C) The RFL authors
 *
 * ask_test.c: the question and the answer between the worker and rfl-keyd.
 */


#include "rfl_query.h"
#include "unit.h"


#define NOW  1795334400            /* 2026-11-22 */


static rfl_pool_t  *pool;


static void test_ask(void);
static void test_ask_strange(void);
static void test_ask_finer(void);
static void test_answer(void);


int
main(void)
{
    rfl_err_t  err;

    pool = rfl_pool_create(4096);

    unit_int(rfl_seal_init(&err), RFL_OK, "libsodium starts");

    test_ask();
    test_ask_strange();
    test_ask_finer();
    test_answer();

    rfl_pool_destroy(pool);

    return unit_done();
}


static void
question(rfl_query_t *q, const char *form)
{
    unit_int(rfl_query_form(pool, (const u_char *) form, strlen(form), NOW,
                            q),
             RFL_OK, "a question");
}


static unsigned
argv_of(const rfl_query_t *q, rfl_ask_e ask, rfl_str_t args[RFL_ASK_ARGS])
{
    int          i, n;
    size_t       lens[RFL_ASK_ARGS];
    const char  *argv[RFL_ASK_ARGS];

    n = rfl_ask_argv(pool, q, ask, NULL, argv, lens);

    for (i = 0; i < n; i++) {
        args[i].data = (u_char *) argv[i];
        args[i].len = lens[i];
    }

    return (unsigned) n;
}


static void
test_ask(void)
{
    unsigned     n;
    rfl_ask_e    ask;
    rfl_str_t    args[RFL_ASK_ARGS];
    rfl_query_t  q, r;

    question(&q, "name=Amina+Halabi");
    n = argv_of(&q, RFL_ASK_FINE, args);

    unit_int(n, 3, "ask: a name alone");
    unit_str(args[0], "KEYS", "ask: the command");
    unit_str(args[1], "fine", "ask: fine");
    unit_str(args[2], "Amina Halabi", "ask: the name");
    unit_int(rfl_ask_parse(pool, n - 1, args + 1, &r, &ask), RFL_OK,
             "ask: read");
    unit_int(ask, RFL_ASK_FINE, "ask: fine it is");

    question(&q, "grandfather=Yusuf&mother=Layla&country=SY&father=Omar"
             "&birth_year=1987&name=Amina+Halabi&kind=alive");
    n = argv_of(&q, RFL_ASK_WIDE, args);

    unit_int(n, RFL_ASK_ARGS - 2, "ask: all facts");
    unit_str(args[3], "birth_year", "ask: the year first");
    unit_str(args[4], "1987", "ask: in our calendar");
    unit_str(args[11], "grandfather", "ask: the grandfather last");

    unit_int(rfl_ask_parse(pool, n - 1, args + 1, &r, &ask), RFL_OK,
             "ask: all facts read");
    unit_int(ask, RFL_ASK_WIDE, "ask: wide it is");
    unit_ok(rfl_str_eq(&q.name, &r.name)
            && q.facts.birth_year == r.facts.birth_year
            && rfl_str_eq(&q.facts.country, &r.facts.country)
            && rfl_str_eq(&q.facts.father, &r.facts.father)
            && rfl_str_eq(&q.facts.mother, &r.facts.mother)
            && rfl_str_eq(&q.facts.grandfather, &r.facts.grandfather),
            "ask: the same facts");

    for (n = 0; n < RFL_ASK_ARGS - 2; n++) {

        if (n >= 2 && n % 2 == 0) {
            unit_int(rfl_ask_parse(pool, n, args + 1, &r, &ask), RFL_OK,
                     "ask: %u arguments", n);
            continue;
        }

        unit_int(rfl_ask_parse(pool, n, args + 1, &r, &ask), RFL_DECLINED,
                 "ask: %u arguments refused", n);
    }
}


static void
test_ask_strange(void)
{
    size_t       i, k;
    unsigned     n;
    rfl_ask_e    ask;
    rfl_str_t    args[8];
    rfl_query_t  q;

    static const struct {
        const char  *what;
        const char  *args[8];
        int          rc;
    } cases[] = {
        { "control", { "fine", "Amina", "birth_year", "1987" },
          RFL_OK },
        { "another question", { "FINE", "Amina" }, RFL_DECLINED },
        { "no question", { "", "Amina" }, RFL_DECLINED },
        { "an empty name", { "fine", "" }, RFL_DECLINED },
        { "no UTF-8", { "fine", "Am\xffina" }, RFL_DECLINED },
        { "an unknown fact", { "fine", "Amina", "kind", "any" },
          RFL_DECLINED },
        { "a wrong order", { "fine", "Amina", "mother", "Layla",
          "father", "Omar" }, RFL_DECLINED },
        { "a fact twice", { "fine", "Amina", "mother", "Layla",
          "mother", "Layla" }, RFL_DECLINED },
        { "an empty fact", { "fine", "Amina", "mother", " " },
          RFL_DECLINED },
        { "year 0", { "fine", "Amina", "birth_year", "0000" },
          RFL_DECLINED },
        { "a year with a sign", { "fine", "Amina", "birth_year",
          "+987" }, RFL_DECLINED },
        { "five digits", { "fine", "Amina", "birth_year", "19870" },
          RFL_DECLINED },
        { "a country of one letter", { "fine", "Amina", "country",
          "S" }, RFL_DECLINED },
        { "a country of digits", { "fine", "Amina", "country",
          "12" }, RFL_DECLINED }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        for (n = 0, k = 0; k < 8 && cases[i].args[k] != NULL; k++) {
            args[n].data = (u_char *) cases[i].args[k];
            args[n].len = strlen(cases[i].args[k]);
            n++;
        }

        unit_int(rfl_ask_parse(pool, n, args, &q, &ask), cases[i].rc,
                 "ask: %s", cases[i].what);
    }
}


/* the same question, behind what it was given and what it wants */

static void
test_ask_finer(void)
{
    int          i, n, m;
    size_t       lens[RFL_ASK_ARGS];
    u_char       which[RFL_WHICH_SIZE], ticket[RFL_TICKET_SIZE];
    u_char       other[RFL_TICKET_SIZE];
    unsigned     wrong, k;
    rfl_str_t    plain[RFL_ASK_ARGS], args[RFL_ASK_ARGS], *arg;
    const char  *argv[RFL_ASK_ARGS];
    rfl_query_t  q;
    rfl_epoch_t  epoch;
    rfl_finer_t  finer;

    memset(&epoch, 7, sizeof(epoch));
    memset(which, 0xff, sizeof(which));

    question(&q, "name=Amina+Halabi&birth_year=1987&country=SY&father=Omar"
             "&mother=Layla&grandfather=Yusuf");

    n = (int) argv_of(&q, RFL_ASK_WIDE, plain);

    rfl_ask_ticket(&epoch, (unsigned) n - 1, plain + 1, ticket);

    finer.ticket = ticket;
    finer.which = which;
    finer.size = sizeof(which);

    m = rfl_ask_argv(pool, &q, RFL_ASK_WIDE, &finer, argv, lens);

    unit_int(m, RFL_ASK_ARGS, "finer: with all facts, all arguments");

    for (i = 0; i < m; i++) {
        args[i].data = (u_char *) argv[i];
        args[i].len = lens[i];
    }

    unit_str(args[0], "FINER", "finer: the command");
    unit_ok(lens[1] == RFL_TICKET_SIZE
            && memcmp(argv[1], ticket, RFL_TICKET_SIZE) == 0
            && lens[2] == sizeof(which)
            && memcmp(argv[2], which, sizeof(which)) == 0,
            "finer: ticket and which");

    for (wrong = 0, i = 1; i < n; i++) {
        wrong += !rfl_str_eq(&plain[i], &args[i + 2]);
    }

    unit_int(wrong, 0, "finer: and the question, word for word");

    rfl_ask_ticket(&epoch, (unsigned) m - 3, args + 3, other);
    unit_ok(memcmp(ticket, other, RFL_TICKET_SIZE) == 0,
            "ticket: the same question has the same");

    /* any other bit of it, any part less, anything moved, any other epoch */

    for (wrong = 0, i = 3; i < m; i++) {
        arg = &args[i];
        arg->data = rfl_pstrdup(pool, arg->data, arg->len);

        for (k = 0; k < arg->len * 8; k++) {
            arg->data[k / 8] ^= (u_char) (1 << (k % 8));
            rfl_ask_ticket(&epoch, (unsigned) m - 3, args + 3, other);
            wrong += (memcmp(ticket, other, RFL_TICKET_SIZE) == 0);
            arg->data[k / 8] ^= (u_char) (1 << (k % 8));
        }

        arg->len--;
        rfl_ask_ticket(&epoch, (unsigned) m - 3, args + 3, other);
        wrong += (memcmp(ticket, other, RFL_TICKET_SIZE) == 0);
        arg->len++;

        rfl_ask_ticket(&epoch, (unsigned) (i - 3), args + 3, other);
        wrong += (memcmp(ticket, other, RFL_TICKET_SIZE) == 0);
    }

    unit_int(wrong, 0, "ticket: no other question has it");

    for (wrong = 0, k = 0; k < RFL_SECRET_SIZE * 8; k++) {
        epoch.secret[k / 8] ^= (u_char) (1 << (k % 8));
        rfl_ask_ticket(&epoch, (unsigned) m - 3, args + 3, other);
        wrong += (memcmp(ticket, other, RFL_TICKET_SIZE) == 0);
        epoch.secret[k / 8] ^= (u_char) (1 << (k % 8));
    }

    unit_int(wrong, 0, "ticket: in no other epoch");

    args[0].data = (u_char *) "ab";
    args[0].len = 2;
    args[1].data = (u_char *) "c";
    args[1].len = 1;
    rfl_ask_ticket(&epoch, 2, args, ticket);

    args[0].len = 1;
    args[1].data = (u_char *) "bc";
    args[1].len = 2;
    rfl_ask_ticket(&epoch, 2, args, other);

    unit_ok(memcmp(ticket, other, RFL_TICKET_SIZE) != 0,
            "ticket: where one argument ends and the next begins counts");
}


static void
test_answer(void)
{
    size_t        i;
    unsigned      odd;
    rfl_buf_t     b;
    rfl_key_t     key[3];
    rfl_keys_t    keys;
    rfl_epoch_t   epoch;
    rfl_answer_t  a;

    static const u_char  ticket[RFL_TICKET_SIZE] = "a ticket of ours";

    memset(&epoch, 7, sizeof(epoch));
    memset(key, 0, sizeof(key));

    key[0].data[0] = RFL_KEY_PAIR;
    key[1].data[0] = RFL_KEY_FACT;
    key[2].data[0] = RFL_KEY_PAIRFACT;
    key[0].len = key[1].len = key[2].len = 9;
    key[1].unlikely = RFL_UNLIKELY_MAX;

    keys.n = 3;
    keys.size = 3;
    keys.key = key;

    rfl_buf_init(&b, 0);
    rfl_answer_print(&epoch, ticket, &keys, &b);

    unit_int(b.len, RFL_ANSWER_HEAD + 3 * RFL_ANSWER_KEY, "answer: length");
    unit_int(rfl_answer_parse(b.data, b.len, &a), RFL_OK, "answer: read");
    unit_int(a.nkeys, 3, "answer: keys");

    unit_ok(memcmp(a.ticket, ticket, RFL_TICKET_SIZE) == 0,
            "answer: the ticket");

    odd = 0;

    for (i = 0; i < b.len; i++) {
        odd += (rfl_answer_parse(b.data, i, &a) == RFL_OK);
    }

    unit_int(odd, 0, "answer: cut short, never read");

    rfl_buf_byte(&b, 0);
    unit_int(rfl_answer_parse(b.data, b.len, &a), RFL_DECLINED,
             "answer: with one byte more");
    b.len--;

    unit_ok(a.keys[1] == 0 && a.keys[RFL_ANSWER_KEY + 1] == RFL_UNLIKELY_MAX
            && memcmp(a.keys + RFL_ANSWER_T, a.keys, RFL_PRF_SIZE) != 0,
            "answer: how unlikely, and T behind it");

    /* the version, the flags, the number, the classes, how unlikely */

    static const size_t  at[] = {
        0, 1, 2, 3, RFL_ANSWER_HEAD, RFL_ANSWER_HEAD + RFL_ANSWER_KEY,
        RFL_ANSWER_HEAD + 1, RFL_ANSWER_HEAD + RFL_ANSWER_KEY + 1
    };

    for (i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        b.data[at[i]] ^= 0x80;
        unit_int(rfl_answer_parse(b.data, b.len, &a), RFL_DECLINED,
                 "answer: byte %zu changed", at[i]);
        b.data[at[i]] ^= 0x80;
    }

    rfl_buf_free(&b);

    rfl_buf_init(&b, 100);
    rfl_answer_print(&epoch, ticket, &keys, &b);
    unit_int(b.failed, 1, "answer: no room");
    rfl_buf_free(&b);
}
