
/*
 * Copyright (C) The RFL authors
 *
 * rfl_inbox_seen.c: which boxes were here before, remembered for a year at
 * least and two at most.  Called by what brings and what opens boxes.
 *
 * A year's hash goes as a whole when the year after the next begins, so
 * nothing has to be looked through.
 */


#include "rfl_inbox_int.h"
#include "rfl_text.h"

#include <stdio.h>


/* hashes that may have been left by a desk that was not in use */
#define RFL_INBOX_YEARS_LEFT  6


void
rfl_inbox_seen_key(const char *hash, unsigned ago,
    char key[RFL_INBOX_SEEN_SIZE])
{
    unsigned  year;

    year = (unsigned) rfl_day_year(rfl_today()) - ago;

    (void) snprintf(key, RFL_INBOX_SEEN_SIZE, "%s:%04u", hash, year % 10000);
}


int
rfl_inbox_forget(rfl_desk_t *desk, rfl_err_t *err)
{
    int          rc;
    char         keys[2 * RFL_INBOX_YEARS_LEFT][RFL_INBOX_SEEN_SIZE];
    unsigned     i;
    rfl_args_t   args;
    redisReply  *reply;

    rfl_args_init(&args);
    rfl_args_literal(&args, "UNLINK");

    for (i = 0; i < 2 * RFL_INBOX_YEARS_LEFT; i++) {
        rfl_inbox_seen_key((i & 1) ? RFL_INBOX_IDS : RFL_INBOX_DONE,
                           RFL_INBOX_YEARS + i / 2, keys[i]);
        rfl_args_add(&args, keys[i], strlen(keys[i]));
    }

    rc = rfl_redis_argv(&desk->desk, &reply, err, &args);

    if (rc == RFL_OK) {
        freeReplyObject(reply);
    }

    rfl_args_free(&args);

    return rc;
}


int
rfl_inbox_known(rfl_desk_t *desk, size_t n,
    u_char fields[RFL_INBOX_CHUNK][RFL_INBOX_FIELD_SIZE],
    unsigned known[RFL_INBOX_CHUNK], rfl_err_t *err)
{
    int          rc;
    char         key[RFL_INBOX_SEEN_SIZE];
    size_t       i, sent;
    unsigned     ago;
    redisReply  *reply;

    memset(known, 0, n * sizeof(unsigned));

    sent = 0;
    rc = RFL_OK;

    for (ago = 0; ago < RFL_INBOX_YEARS; ago++) {
        rfl_inbox_seen_key(RFL_INBOX_DONE, ago, key);

        for (i = 0; rc == RFL_OK && i < n; i++, sent++) {
            rc = rfl_redis_send(&desk->desk, err, "HEXISTS %s %b", key,
                                fields[i] + 4, (size_t) RFL_INBOX_HASH_SIZE);
        }
    }

    for (i = 0; rc == RFL_OK && i < n; i++, sent++) {
        rc = rfl_redis_send(&desk->desk, err, "HEXISTS %s %b",
                            RFL_INBOX_ASIDE, fields[i],
                            (size_t) RFL_INBOX_FIELD_SIZE);
    }

    for (i = 0; rc == RFL_OK && i < sent; i++) {
        rc = rfl_redis_next(&desk->desk, &reply, err);

        if (rc == RFL_OK) {
            known[i % n] |= (reply->type == REDIS_REPLY_INTEGER
                             && reply->integer == 1);
            freeReplyObject(reply);
        }
    }

    desk->desk.queued = 0;

    return rc;
}
