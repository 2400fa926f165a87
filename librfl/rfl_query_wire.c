
/*
 * Copyright (C) The RFL authors
 *
 * rfl_query_wire.c: both ends of the protocol between the worker and rfl-keyd:
 * the question and the answer of schema/layout.md.  Knows neither forms nor
 * JSON, so that rfl-keyd carries no parser of them.
 */


#include "rfl_query.h"

#include <sodium.h>
#include <stdio.h>


#define RFL_ANSWER_VERSION   3


static int rfl_ask_fact(rfl_query_t *query, rfl_field_e field,
    const rfl_str_t *text);


const rfl_str_t  rfl_field_names[RFL_QUERY_FIELDS] = {
    rfl_string(""),
    rfl_string("name"),
    rfl_string("birth_year"),
    rfl_string("country"),
    rfl_string("father"),
    rfl_string("mother"),
    rfl_string("grandfather"),
    rfl_string("kind"),
    rfl_string("event")
};

static const rfl_str_t  rfl_ask_names[] = {
    [RFL_ASK_FINE] = rfl_string("fine"),
    [RFL_ASK_WIDE] = rfl_string("wide")
};


rfl_field_e
rfl_field_find(const u_char *name, size_t len)
{
    rfl_field_e  field;

    for (field = RFL_FIELD_NAME; field < RFL_QUERY_FIELDS; field++) {

        if (rfl_field_names[field].len == len
            && memcmp(rfl_field_names[field].data, name, len) == 0)
        {
            return field;
        }
    }

    return RFL_FIELD_NONE;
}


int
rfl_ask_argv(rfl_pool_t *pool, const rfl_query_t *query, rfl_ask_e ask,
    const rfl_finer_t *finer, const char *argv[RFL_ASK_ARGS],
    size_t lens[RFL_ASK_ARGS])
{
    int           n, size;
    u_char       *year;
    rfl_str_t     texts[RFL_QUERY_FIELDS];
    rfl_field_e   field;

    memset(texts, 0, sizeof(texts));

    texts[RFL_FIELD_COUNTRY] = query->facts.country;
    texts[RFL_FIELD_FATHER] = query->facts.father;
    texts[RFL_FIELD_MOTHER] = query->facts.mother;
    texts[RFL_FIELD_GRANDFATHER] = query->facts.grandfather;

    if (query->facts.birth_year != 0) {

        year = rfl_palloc(pool, 16);
        if (year == NULL) {
            return RFL_ERROR;
        }

        size = snprintf((char *) year, 16, "%d", query->facts.birth_year);

        texts[RFL_FIELD_BIRTH_YEAR].data = year;
        texts[RFL_FIELD_BIRTH_YEAR].len = (size_t) size;
    }

    if (finer == NULL) {
        argv[0] = "KEYS";
        lens[0] = 4;

        n = 1;

    } else {
        argv[0] = "FINER";
        lens[0] = 5;

        argv[1] = (const char *) finer->ticket;
        lens[1] = RFL_TICKET_SIZE;

        argv[2] = (const char *) finer->which;
        lens[2] = finer->size;

        n = 3;
    }

    argv[n] = (const char *) rfl_ask_names[ask].data;
    lens[n] = rfl_ask_names[ask].len;
    n++;

    argv[n] = (const char *) query->name.data;
    lens[n] = query->name.len;
    n++;

    for (field = RFL_FIELD_BIRTH_YEAR;
         field <= RFL_FIELD_GRANDFATHER;
         field++)
    {
        if (texts[field].len == 0) {
            continue;
        }

        argv[n] = (const char *) rfl_field_names[field].data;
        lens[n] = rfl_field_names[field].len;
        n++;

        argv[n] = (const char *) texts[field].data;
        lens[n] = texts[field].len;
        n++;
    }

    return n;
}


int
rfl_ask_parse(rfl_pool_t *pool, unsigned n, const rfl_str_t *args,
    rfl_query_t *query, rfl_ask_e *ask)
{
    int          rc;
    unsigned     i;
    rfl_str_t    text;
    rfl_field_e  field, previous;

    memset(query, 0, sizeof(rfl_query_t));

    if (n < 2 || n % 2 != 0) {
        return RFL_DECLINED;
    }

    if (rfl_str_eq(&args[0], &rfl_ask_names[RFL_ASK_FINE])) {
        *ask = RFL_ASK_FINE;

    } else if (rfl_str_eq(&args[0], &rfl_ask_names[RFL_ASK_WIDE])) {
        *ask = RFL_ASK_WIDE;

    } else {
        return RFL_DECLINED;
    }

    rc = rfl_text_line(pool, &args[1], RFL_NAME_CHARS, &query->name);
    if (rc != RFL_OK) {
        return (rc == RFL_ERROR) ? RFL_ERROR : RFL_DECLINED;
    }

    previous = RFL_FIELD_NAME;

    for (i = 2; i < n; i += 2) {

        field = rfl_field_find(args[i].data, args[i].len);

        if (field <= previous || field > RFL_FIELD_GRANDFATHER) {
            return RFL_DECLINED;
        }

        previous = field;

        rc = rfl_text_line(pool, &args[i + 1], RFL_NAME_CHARS, &text);
        if (rc != RFL_OK) {
            return (rc == RFL_ERROR) ? RFL_ERROR : RFL_DECLINED;
        }

        if (rfl_ask_fact(query, field, &text) != RFL_OK) {
            return RFL_DECLINED;
        }
    }

    return RFL_OK;
}


static int
rfl_ask_fact(rfl_query_t *query, rfl_field_e field, const rfl_str_t *text)
{
    size_t        i;
    rfl_facts_t  *facts;

    facts = &query->facts;

    switch (field) {

    case RFL_FIELD_BIRTH_YEAR:

        if (text->len != 4) {
            return RFL_DECLINED;
        }

        for (i = 0; i < 4; i++) {

            if (text->data[i] < '0' || text->data[i] > '9') {
                return RFL_DECLINED;
            }

            facts->birth_year = facts->birth_year * 10
                                + (text->data[i] - '0');
        }

        return (facts->birth_year >= 1000) ? RFL_OK : RFL_DECLINED;

    case RFL_FIELD_COUNTRY:

        facts->country = *text;

        return (text->len == 2
                && text->data[0] >= 'A' && text->data[0] <= 'Z'
                && text->data[1] >= 'A' && text->data[1] <= 'Z')
               ? RFL_OK : RFL_DECLINED;

    case RFL_FIELD_FATHER:
        facts->father = *text;
        return RFL_OK;

    case RFL_FIELD_MOTHER:
        facts->mother = *text;
        return RFL_OK;

    case RFL_FIELD_GRANDFATHER:
        facts->grandfather = *text;
        return RFL_OK;

    default:
        return RFL_DECLINED;
    }
}


void
rfl_ask_ticket(const rfl_epoch_t *epoch, unsigned n, const rfl_str_t *args,
    u_char ticket[RFL_TICKET_SIZE])
{
    u_char                            len[2];
    unsigned                          i;
    crypto_generichash_blake2b_state  state;

    (void) crypto_generichash_blake2b_init_salt_personal(&state,
                           epoch->secret, RFL_SECRET_SIZE, RFL_TICKET_SIZE,
                           NULL, (const u_char *) "rfl.v2.ticket---");

    for (i = 0; i < n; i++) {
        (void) rfl_le_put(len, args[i].len, 2);

        (void) crypto_generichash_blake2b_update(&state, len, 2);
        (void) crypto_generichash_blake2b_update(&state, args[i].data,
                                                 args[i].len);
    }

    (void) crypto_generichash_blake2b_final(&state, ticket, RFL_TICKET_SIZE);

    rfl_memzero(&state, sizeof(state));
}


int
rfl_answer_parse(const u_char *data, size_t len, rfl_answer_t *answer)
{
    unsigned       i;
    const u_char  *p;

    if (len < RFL_ANSWER_HEAD || data[0] != RFL_ANSWER_VERSION
        || data[1] != 0)
    {
        return RFL_DECLINED;
    }

    answer->nkeys = (unsigned) rfl_le_get(data + 2, 2);
    answer->epoch = rfl_le_get(data + 4, 8);
    answer->start = (int64_t) rfl_le_get(data + 12, 8);
    answer->end = (int64_t) rfl_le_get(data + 20, 8);
    answer->ticket = data + 28;
    answer->manifest = answer->ticket + RFL_TICKET_SIZE;
    answer->keys = data + RFL_ANSWER_HEAD;

    if (answer->nkeys > RFL_KEYS_MAX
        || len != RFL_ANSWER_HEAD + (size_t) answer->nkeys * RFL_ANSWER_KEY)
    {
        return RFL_DECLINED;
    }

    p = answer->keys;

    for (i = 0; i < answer->nkeys; i++) {

        if ((p[0] != RFL_KEY_PAIR && p[0] != RFL_KEY_FACT
             && p[0] != RFL_KEY_PAIRFACT && p[0] != RFL_KEY_SCRIPT)
            || p[1] > RFL_UNLIKELY_MAX)
        {
            return RFL_DECLINED;
        }

        p += RFL_ANSWER_KEY;
    }

    return RFL_OK;
}


void
rfl_answer_print(const rfl_epoch_t *epoch,
    const u_char ticket[RFL_TICKET_SIZE], const rfl_keys_t *keys,
    rfl_buf_t *out)
{
    u_char    *p;
    u_char     head[RFL_ANSWER_HEAD];
    u_char     item[RFL_ANSWER_KEY];
    unsigned   i;

    static const rfl_key_t  manifest = { 1, { RFL_KEY_MANIFEST }, 0 };

    if (keys->n > RFL_KEYS_MAX) {
        out->failed = 1;
        return;
    }

    p = head;
    *p++ = RFL_ANSWER_VERSION;
    *p++ = 0;
    p = rfl_le_put(p, keys->n, 2);
    p = rfl_le_put(p, epoch->id, 8);
    p = rfl_le_put(p, (uint64_t) epoch->start, 8);
    p = rfl_le_put(p, (uint64_t) epoch->end, 8);
    memcpy(p, ticket, RFL_TICKET_SIZE);
    rfl_prf(epoch->secret, &manifest, p + RFL_TICKET_SIZE);

    rfl_buf_append(out, head, RFL_ANSWER_HEAD);

    for (i = 0; i < keys->n; i++) {
        item[0] = keys->key[i].data[0];
        item[1] = keys->key[i].unlikely;
        rfl_prf(epoch->secret, &keys->key[i], item + RFL_ANSWER_T);
        rfl_buf_append(out, item, RFL_ANSWER_KEY);
    }

    rfl_memzero(head, sizeof(head));
    rfl_memzero(item, sizeof(item));
}
