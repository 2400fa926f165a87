
/*
 * Copyright (C) The RFL authors
 *
 * rfl_inbox_int.h: how boxes are kept in desk Redis; shared by what brings
 * them there and what opens them.
 */


#ifndef _RFL_INBOX_INT_H_INCLUDED_
#define _RFL_INBOX_INT_H_INCLUDED_


#include "rfl_inbox.h"


/* day, big-endian, so that a sort goes by day; hash of the box */
#define RFL_INBOX_FIELD_SIZE  (4 + RFL_INBOX_HASH_SIZE)

/* boxes in one command */
#define RFL_INBOX_CHUNK       32

/* a larger one is nothing that any version could open */
#define RFL_INBOX_BOX_MAX     65536


void rfl_inbox_field(int32_t day, const u_char hash[RFL_INBOX_HASH_SIZE],
    u_char field[RFL_INBOX_FIELD_SIZE]);

/*
 * What was dealt with is remembered in two hashes a calendar year, by the
 * desk's clock: this year's is written to, last year's is read as well.
 */

#define RFL_INBOX_YEARS       2

/* "box:done:2026" */
#define RFL_INBOX_SEEN_SIZE   sizeof(RFL_INBOX_DONE ":2026")

void rfl_inbox_seen_key(const char *hash, unsigned ago,
    char key[RFL_INBOX_SEEN_SIZE]);
/* removes those of earlier years */
int rfl_inbox_forget(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
/* known[i]: box i was here before and is done with, or put aside */
int rfl_inbox_known(rfl_desk_t *desk, size_t n,
    u_char fields[RFL_INBOX_CHUNK][RFL_INBOX_FIELD_SIZE],
    unsigned known[RFL_INBOX_CHUNK], rfl_err_t *err) rfl_must_check;


#endif /* _RFL_INBOX_INT_H_INCLUDED_ */
