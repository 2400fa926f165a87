
/*
 * Copyright (C) The RFL authors
 *
 * query_fuzz.h: what the fuzzers of questions have in common: those of both
 * kinds of body, and that of what a worker sends to rfl-keyd.
 */


#ifndef _QUERY_FUZZ_H_INCLUDED_
#define _QUERY_FUZZ_H_INCLUDED_


#include "fuzz.h"
#include "rfl_query.h"


#define FUZZ_NOW  1795334400


typedef int (*rfl_query_fuzz_pt)(rfl_pool_t *pool, const u_char *body,
    size_t len, int64_t now, rfl_query_t *query);


static inline void
rfl_query_fuzz_line(const rfl_str_t *s)
{
    fuzz_assert(s->len <= RFL_NAME_BYTES);
    fuzz_assert(rfl_utf8_valid(s->data, s->len));
    fuzz_assert(memchr(s->len ? s->data : (u_char *) "", '\0', s->len)
               == NULL);
}


/* a question is read as it was written; how many arguments it has */

static inline unsigned
rfl_query_fuzz_ask(rfl_pool_t *pool, const rfl_query_t *query, rfl_ask_e ask)
{
    int          i, n;
    size_t       lens[RFL_ASK_ARGS];
    rfl_ask_e    again;
    rfl_str_t    args[RFL_ASK_ARGS];
    const char  *argv[RFL_ASK_ARGS];
    rfl_query_t  back;

    n = rfl_ask_argv(pool, query, ask, NULL, argv, lens);
    fuzz_assert(n >= 3 && n <= RFL_ASK_ARGS);

    /* the command is not read */

    for (i = 1; i < n; i++) {
        args[i - 1].data = (u_char *) argv[i];
        args[i - 1].len = lens[i];
    }

    fuzz_assert(rfl_ask_parse(pool, (unsigned) n - 1, args, &back, &again)
               == RFL_OK);
    fuzz_assert(ask == again);
    fuzz_assert(rfl_str_eq(&query->name, &back.name));
    fuzz_assert(query->facts.birth_year == back.facts.birth_year);
    fuzz_assert(rfl_str_eq(&query->facts.country, &back.facts.country));
    fuzz_assert(rfl_str_eq(&query->facts.father, &back.facts.father));
    fuzz_assert(rfl_str_eq(&query->facts.mother, &back.facts.mother));
    fuzz_assert(rfl_str_eq(&query->facts.grandfather,
                          &back.facts.grandfather));

    return (unsigned) n - 1;
}


static inline int
rfl_query_fuzz(rfl_query_fuzz_pt read, const uint8_t *data, size_t size)
{
    int          rc;
    rfl_str_t    body;
    rfl_pool_t  *pool;
    rfl_query_t  query;

    static int   ready;

    if (!ready) {
        rfl_json_init();
        ready = 1;
    }

    pool = rfl_pool_create(0);
    fuzz_assert(pool != NULL);

    body = fuzz_copy(data, size);
    rc = read(pool, body.data, body.len, FUZZ_NOW, &query);
    free(body.data);

    fuzz_assert(rc == RFL_OK || rc == RFL_DECLINED);

    if (rc == RFL_OK) {

        rfl_query_fuzz_line(&query.name);
        rfl_query_fuzz_line(&query.birth_year);
        rfl_query_fuzz_line(&query.event);
        rfl_query_fuzz_line(&query.facts.father);
        rfl_query_fuzz_line(&query.facts.mother);
        rfl_query_fuzz_line(&query.facts.grandfather);

        fuzz_assert(query.nfaults < RFL_QUERY_FIELDS);
        fuzz_assert(query.kind < rfl_nkinds);
        fuzz_assert(query.facts.country.len == 0
                   || query.facts.country.len == 2);

        if (query.nfaults == 0) {
            fuzz_assert(query.name.len != 0);
            (void) rfl_query_fuzz_ask(pool, &query, RFL_ASK_WIDE);
        }
    }

    rfl_pool_destroy(pool);

    return 0;
}


#endif /* _QUERY_FUZZ_H_INCLUDED_ */
