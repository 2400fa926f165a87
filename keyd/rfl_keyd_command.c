
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_command.c: the commands of both sockets, as schema/layout.md has
 * them.  Replies go to the caller's buffer; texts of errors are constant or
 * made of numbers.
 */


#include "rfl_keyd.h"

#include <sodium.h>
#include <unistd.h>


#define RFL_KEYD_ADMIN   1
#define RFL_KEYD_QUERY   2


typedef void (*rfl_keyd_command_pt)(rfl_keyd_t *keyd, unsigned n,
    const rfl_str_t *args, rfl_buf_t *out);

typedef struct {
    rfl_str_t            name;
    unsigned             where;
    unsigned             min;          /* arguments with the name */
    unsigned             max;
    rfl_keyd_command_pt  run;
} rfl_keyd_command_t;


static void rfl_keyd_keys(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out);
static void rfl_keyd_finer(rfl_keyd_t *keyd, unsigned n,
    const rfl_str_t *args, rfl_buf_t *out);
static void rfl_keyd_question(rfl_keyd_t *keyd, unsigned n,
    const rfl_str_t *args, const rfl_str_t *finer, rfl_buf_t *out);
static void rfl_keyd_keys_answer(rfl_keyd_t *keyd, const rfl_epoch_t *epoch,
    const rfl_query_t *query, rfl_ask_e ask,
    const u_char ticket[RFL_TICKET_SIZE], rfl_buf_t *out);
static void rfl_keyd_finer_answer(rfl_keyd_t *keyd, const rfl_epoch_t *epoch,
    const rfl_query_t *query, rfl_ask_e ask, const rfl_str_t *which,
    const u_char ticket[RFL_TICKET_SIZE], rfl_buf_t *out);
static void rfl_keyd_print(rfl_keyd_t *keyd, const rfl_epoch_t *epoch,
    const u_char ticket[RFL_TICKET_SIZE], const rfl_keys_t *keys,
    rfl_buf_t *out);
static unsigned rfl_keyd_exhausted(rfl_keyd_t *keyd, rfl_buf_t *out);
static void rfl_keyd_add(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out);
static void rfl_keyd_use(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out);
static void rfl_keyd_status(rfl_keyd_t *keyd, unsigned n,
    const rfl_str_t *args, rfl_buf_t *out);
static void rfl_keyd_status_json(rfl_keyd_t *keyd, rfl_buf_t *b);
static void rfl_keyd_ping(rfl_keyd_t *keyd, unsigned n,
    const rfl_str_t *args, rfl_buf_t *out);
static void rfl_keyd_done(int rc, const rfl_err_t *err, const char *what,
    uint64_t id, rfl_buf_t *out);
static int rfl_keyd_number(const rfl_str_t *arg, int64_t *value);


static const rfl_keyd_command_t  rfl_keyd_commands[] = {
    { rfl_string("KEYS"), RFL_KEYD_QUERY, 3, RFL_ASK_ARGS - 2, rfl_keyd_keys },
    { rfl_string("FINER"), RFL_KEYD_QUERY, 5, RFL_ASK_ARGS, rfl_keyd_finer },
    { rfl_string("PING"), RFL_KEYD_QUERY|RFL_KEYD_ADMIN, 1, 1,
      rfl_keyd_ping },
    { rfl_string("EPOCH.ADD"), RFL_KEYD_ADMIN, 5, 5, rfl_keyd_add },
    { rfl_string("EPOCH.USE"), RFL_KEYD_ADMIN, 2, 2, rfl_keyd_use },
    { rfl_string("EPOCH.DROP"), RFL_KEYD_ADMIN, 2, 2, rfl_keyd_use },
    { rfl_string("STATUS"), RFL_KEYD_ADMIN, 1, 1, rfl_keyd_status }
};

#define RFL_KEYD_COMMANDS                                                    \
    (sizeof(rfl_keyd_commands) / sizeof(rfl_keyd_commands[0]))


void
rfl_keyd_command(rfl_keyd_t *keyd, unsigned admin, unsigned n,
    const rfl_str_t *args, rfl_buf_t *out)
{
    unsigned                   i, where;
    const rfl_keyd_command_t  *command;

    where = admin ? RFL_KEYD_ADMIN : RFL_KEYD_QUERY;

    for (i = 0; i < RFL_KEYD_COMMANDS; i++) {

        command = &rfl_keyd_commands[i];

        if (!(command->where & where)
            || !rfl_str_eq(&command->name, &args[0]))
        {
            continue;
        }

        if (n < command->min || n > command->max) {
            break;
        }

        command->run(keyd, n, args, out);

        rfl_pool_reset(keyd->pool);

        return;
    }

    keyd->counters.malformed++;

    if (i == RFL_KEYD_COMMANDS) {
        rfl_buf_literal(out, "-ERR unknown command on this socket\r\n");

    } else {
        rfl_buf_literal(out, "-ERR wrong number of arguments\r\n");
    }
}


/* counted, and answered with the ticket for what may be asked next */

static void
rfl_keyd_keys(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out)
{
    rfl_keyd_question(keyd, n - 1, args + 1, NULL, out);
}


/* not counted: the ticket says that the question was */

static void
rfl_keyd_finer(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out)
{
    if (args[1].len != RFL_TICKET_SIZE || args[2].len == 0
        || args[2].len > RFL_WHICH_SIZE)
    {
        keyd->counters.malformed++;
        rfl_buf_literal(out, "-ERR malformed question\r\n");
        return;
    }

    rfl_keyd_question(keyd, n - 3, args + 3, args + 1, out);
}


/* args from "fine" or "wide" on; finer: NULL, or ticket and which */

static void
rfl_keyd_question(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    const rfl_str_t *finer, rfl_buf_t *out)
{
    u_char              ticket[RFL_TICKET_SIZE];
    rfl_ask_e           ask;
    rfl_query_t         query;
    const rfl_epoch_t  *epoch;

    switch (rfl_ask_parse(keyd->pool, n, args, &query, &ask)) {

    case RFL_OK:
        break;

    case RFL_DECLINED:
        keyd->counters.malformed++;
        rfl_buf_literal(out, "-ERR malformed question\r\n");
        return;

    default:
        rfl_buf_literal(out, "-ERR out of memory\r\n");
        return;
    }

    epoch = rfl_keyd_epoch_current(&keyd->epochs);

    if (epoch == NULL) {
        keyd->counters.noepoch++;
        rfl_buf_literal(out, "-NOEPOCH no usable epoch\r\n");
        return;
    }

    rfl_ask_ticket(epoch, n, args, ticket);

    if (finer == NULL) {

        if (!rfl_keyd_exhausted(keyd, out)) {
            rfl_keyd_keys_answer(keyd, epoch, &query, ask, ticket, out);
        }

    } else if (sodium_memcmp(finer[0].data, ticket, RFL_TICKET_SIZE) == 0) {
        rfl_keyd_finer_answer(keyd, epoch, &query, ask, &finer[1], ticket,
                              out);

    } else {
        keyd->counters.stale++;
        rfl_buf_literal(out, "-STALE ask for the keys of this question "
                        "first\r\n");
    }

    /* what it points to is wiped with the pool */

    rfl_memzero(&query, sizeof(query));
    rfl_memzero(ticket, sizeof(ticket));
}


static void
rfl_keyd_keys_answer(rfl_keyd_t *keyd, const rfl_epoch_t *epoch,
    const rfl_query_t *query, rfl_ask_e ask,
    const u_char ticket[RFL_TICKET_SIZE], rfl_buf_t *out)
{
    int          rc;
    unsigned     cost;
    rfl_keys_t   keys;
    rfl_name_t  *name;

    cost = 0;

    rc = rfl_name_parse_typed(keyd->pool, &query->name, &name);

    if (rc == RFL_DECLINED) {
        keyd->counters.badname++;
        rfl_buf_literal(out, "-BADNAME nothing searchable in the name\r\n");
        return;
    }

    if (rc == RFL_OK) {
        cost = rfl_name_cost(keyd->pool, name, &query->facts);
        memset(&keys, 0, sizeof(keys));
        rc = rfl_name_query_keys(keyd->pool, name, &query->facts, ask, &keys);
    }

    if (rc == RFL_DECLINED) {
        keyd->counters.refine++;
        rfl_keyd_budget_take(&keyd->budget, cost);
        rfl_buf_literal(out, "-REFINE a second fact is needed\r\n");
        return;
    }

    if (rc != RFL_OK) {
        rfl_buf_literal(out, "-ERR out of memory\r\n");
        return;
    }

    keyd->counters.answered++;
    rfl_keyd_budget_take(&keyd->budget, cost);

    rfl_keyd_print(keyd, epoch, ticket, &keys, out);
}


static void
rfl_keyd_finer_answer(rfl_keyd_t *keyd, const rfl_epoch_t *epoch,
    const rfl_query_t *query, rfl_ask_e ask, const rfl_str_t *which,
    const u_char ticket[RFL_TICKET_SIZE], rfl_buf_t *out)
{
    rfl_keys_t   keys;
    rfl_name_t  *name;

    memset(&keys, 0, sizeof(keys));

    /* the question was answered before, so nothing but memory may lack */

    if (rfl_name_parse_typed(keyd->pool, &query->name, &name) != RFL_OK
        || rfl_name_query_finer(keyd->pool, name, &query->facts, ask,
                                which->data, which->len, &keys)
           != RFL_OK)
    {
        rfl_buf_literal(out, "-ERR out of memory\r\n");
        return;
    }

    keyd->counters.finer++;

    rfl_keyd_print(keyd, epoch, ticket, &keys, out);
}


static void
rfl_keyd_print(rfl_keyd_t *keyd, const rfl_epoch_t *epoch,
    const u_char ticket[RFL_TICKET_SIZE], const rfl_keys_t *keys,
    rfl_buf_t *out)
{
    keyd->counters.keys += keys->n;

    rfl_buf_printf(out, "$%zu\r\n",
                   (size_t) RFL_ANSWER_HEAD + keys->n * RFL_ANSWER_KEY);
    rfl_answer_print(epoch, ticket, keys, out);
    rfl_buf_literal(out, "\r\n");
}


static unsigned
rfl_keyd_exhausted(rfl_keyd_t *keyd, rfl_buf_t *out)
{
    int64_t  wait;

    wait = rfl_keyd_budget_wait(&keyd->budget);

    if (wait == 0) {

        if (keyd->exhausted) {
            keyd->exhausted = 0;
            rfl_keyd_log(RFL_KEYD_NOTICE, "there is budget again, %llu "
                         "questions were refused so far",
                         (unsigned long long) keyd->counters.budget);
        }

        return 0;
    }

    keyd->counters.budget++;

    if (!keyd->exhausted) {
        keyd->exhausted = 1;
        rfl_keyd_log(RFL_KEYD_WARN, "the budget is used up, %lld of %lld "
                     "questions today, %lld s to wait",
                     (long long) keyd->budget.used,
                     (long long) keyd->budget.daily, (long long) wait);
    }

    rfl_buf_printf(out, "-BUDGET %lld seconds to wait\r\n", (long long) wait);

    return 1;
}


static void
rfl_keyd_add(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out)
{
    int          rc;
    int64_t      id;
    rfl_err_t    err;
    rfl_epoch_t  epoch;

    if (rfl_keyd_number(&args[1], &id) != RFL_OK
        || rfl_keyd_number(&args[2], &epoch.start) != RFL_OK
        || rfl_keyd_number(&args[3], &epoch.end) != RFL_OK
        || args[4].len != RFL_SECRET_SIZE)
    {
        rfl_buf_literal(out, "-ERR EPOCH.ADD takes an id, a start, an end and "
                        "a secret of 32 bytes\r\n");
        return;
    }

    epoch.id = (uint64_t) id;
    memcpy(epoch.secret, args[4].data, RFL_SECRET_SIZE);

    rc = rfl_keyd_epoch_add(&keyd->epochs, &epoch, &err);

    rfl_memzero(&epoch, sizeof(epoch));

    rfl_keyd_done(rc, &err, "added", (uint64_t) id, out);
}


/* EPOCH.USE and EPOCH.DROP */

static void
rfl_keyd_use(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out)
{
    int        rc;
    int64_t    id;
    unsigned   drop;
    rfl_err_t  err;

    drop = rfl_str_is(&args[0], "EPOCH.DROP");

    if (rfl_keyd_number(&args[1], &id) != RFL_OK) {
        rfl_buf_printf(out, "-ERR EPOCH.%s takes an id\r\n",
                       drop ? "DROP" : "USE");
        return;
    }

    rc = drop ? rfl_keyd_epoch_drop(&keyd->epochs, (uint64_t) id, &err)
              : rfl_keyd_epoch_use(&keyd->epochs, (uint64_t) id, &err);

    rfl_keyd_done(rc, &err, drop ? "wiped" : "in use", (uint64_t) id, out);
}


static void
rfl_keyd_done(int rc, const rfl_err_t *err, const char *what, uint64_t id,
    rfl_buf_t *out)
{
    if (rc == RFL_OK) {
        rfl_keyd_log(RFL_KEYD_NOTICE, "epoch %llu: %s",
                     (unsigned long long) id, what);
        rfl_buf_literal(out, "+OK\r\n");
        return;
    }

    rfl_keyd_log(RFL_KEYD_WARN, "epoch %llu refused: %s",
                 (unsigned long long) id, err->text);
    rfl_buf_printf(out, "-ERR %s\r\n", err->text);
}


static void
rfl_keyd_status(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out)
{
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);
    rfl_keyd_status_json(keyd, &b);

    if (b.failed) {
        rfl_buf_literal(out, "-ERR out of memory\r\n");

    } else {
        rfl_buf_printf(out, "$%zu\r\n", b.len);
        rfl_buf_append(out, b.data, b.len);
        rfl_buf_literal(out, "\r\n");
    }

    rfl_buf_free(&b);
}


static void
rfl_keyd_status_json(rfl_keyd_t *keyd, rfl_buf_t *b)
{
    int64_t                     wait;
    unsigned                    i, n;
    const rfl_epoch_t          *epoch, *current;
    const rfl_keyd_counters_t  *c;

    /* before the rest: a new day may have begun */

    wait = rfl_keyd_budget_wait(&keyd->budget);

    rfl_buf_printf(b, "{\"version\": \"%s\", \"pid\": %ld, \"uptime\": %lld, "
                   "\"epochs\": [", RFL_VERSION, (long) getpid(),
                   (long long) (rfl_keyd_uptime() - keyd->started));

    n = 0;
    current = rfl_keyd_epoch_current(&keyd->epochs);

    for (i = 0; i < RFL_KEYD_EPOCHS; i++) {

        if (!keyd->epochs.slot[i].held) {
            continue;
        }

        epoch = keyd->epochs.slot[i].epoch;

        rfl_buf_printf(b, "%s{\"id\": %llu, \"start\": %lld, \"end\": %lld, "
                       "\"in_use\": %s, \"usable\": %s}", n++ ? ", " : "",
                       (unsigned long long) epoch->id,
                       (long long) epoch->start, (long long) epoch->end,
                       epoch->id == keyd->epochs.used ? "true" : "false",
                       epoch == current ? "true" : "false");
    }

    rfl_buf_printf(b, "], \"newest\": %llu",
                   (unsigned long long) keyd->epochs.newest);

    rfl_buf_printf(b, ", \"budget\": {\"rate\": %lld, \"burst\": %lld, "
                   "\"daily\": %lld, \"used_today\": %lld, \"wait\": %lld}",
                   (long long) keyd->budget.rate,
                   (long long) keyd->budget.burst,
                   (long long) keyd->budget.daily,
                   (long long) keyd->budget.used,
                   (long long) wait);

    c = &keyd->counters;

    rfl_buf_printf(b, ", \"clients\": %u, \"counters\": {\"clients\": %llu, "
                   "\"refused\": %llu, \"broken\": %llu, \"late\": %llu, "
                   "\"answered\": %llu, \"finer\": %llu, \"keys\": %llu, "
                   "\"refine\": %llu, \"badname\": %llu, \"budget\": %llu, "
                   "\"stale\": %llu, \"noepoch\": %llu, "
                   "\"malformed\": %llu}}",
                   rfl_keyd_server_clients(keyd),
                   (unsigned long long) c->clients,
                   (unsigned long long) c->refused,
                   (unsigned long long) c->broken,
                   (unsigned long long) c->late,
                   (unsigned long long) c->answered,
                   (unsigned long long) c->finer,
                   (unsigned long long) c->keys,
                   (unsigned long long) c->refine,
                   (unsigned long long) c->badname,
                   (unsigned long long) c->budget,
                   (unsigned long long) c->stale,
                   (unsigned long long) c->noepoch,
                   (unsigned long long) c->malformed);
}


static void
rfl_keyd_ping(rfl_keyd_t *keyd, unsigned n, const rfl_str_t *args,
    rfl_buf_t *out)
{
    rfl_buf_literal(out, "+PONG\r\n");
}


static int
rfl_keyd_number(const rfl_str_t *arg, int64_t *value)
{
    size_t  i;

    /* 18 digits do not overflow */

    if (arg->len == 0 || arg->len > 18) {
        return RFL_DECLINED;
    }

    *value = 0;

    for (i = 0; i < arg->len; i++) {

        if (arg->data[i] < '0' || arg->data[i] > '9') {
            return RFL_DECLINED;
        }

        *value = *value * 10 + (arg->data[i] - '0');
    }

    return RFL_OK;
}
