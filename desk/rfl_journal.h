
/*
 * Copyright (C) The RFL authors
 *
 * rfl_journal.h: who did what and when: journal.ndjson in the state folder,
 * one line of JSON an act, appended only, on the disk before the act takes
 * effect.  Each line holds the hash of the one before and the signature of
 * the desk's journal key (journal.key, made when first needed); the number of
 * lines and the hash of the last one are also in desk Redis, sealed, so that
 * a tail that was cut off is missed.
 *
 * A line names moderators by id and items by reference, and holds no value of
 * anybody's.
 */


#ifndef _RFL_JOURNAL_H_INCLUDED_
#define _RFL_JOURNAL_H_INCLUDED_


#include "rfl.h"
#include "rfl_desk.h"
#include "rfl_seal.h"


#define RFL_JOURNAL_FILE     "journal.ndjson"
#define RFL_JOURNAL_KEY      "journal.key"
#define RFL_JOURNAL_PUB      "journal.pub"     /* to verify elsewhere */
#define RFL_JOURNAL_HASH     32
#define RFL_JOURNAL_LINE     1024  /* longest line */
#define RFL_JOURNAL_WHY      64    /* of rflctl, characters */


/* what a caller writes; all are short words of our own or ids */

typedef struct {
    rfl_str_t   who;               /* id of a moderator; "desk"; "rflctl" */
    rfl_str_t   act;               /* of rfl_acts, or a command's name */
    rfl_str_t   item;              /* reference of item or entry, or empty */
    rfl_str_t   from;              /* states, or empty */
    rfl_str_t   to;
    unsigned    version;           /* of the item, 0: none */
    rfl_str_t   why;               /* of a closed list, or empty */
} rfl_journal_line_t;


/*
 * Appends, with fsync: RFL_OK means that it is on the disk.  What a crash
 * left of a line that nobody was told of is removed first.  Any thread or
 * process; needs desk Redis and the desk key.
 */
int rfl_journal_add(rfl_desk_t *desk, const rfl_journal_line_t *line,
    int64_t now, rfl_err_t *err) rfl_must_check;

/*
 * After the file was lost or spoilt: what is left of it is renamed to
 * journal.ndjson.<time>, and a new one begins with a line "restart" that has
 * the number and hash of the last line that desk Redis knows; who and why are
 * in line.  A file that is ahead of desk Redis (which is from a backup) goes
 * on as it is.  The gap stays visible in rfl_journal_verify().
 * RFL_DECLINED: acts can be written, nothing was done.
 */
int rfl_journal_restart(rfl_desk_t *desk, const rfl_journal_line_t *line,
    int64_t now, rfl_err_t *err) rfl_must_check;


/* reading: newest first or all, for pages and rflctl */

typedef struct {
    uint64_t            n;         /* from 1 */
    int64_t             when;
    rfl_journal_line_t  line;
} rfl_journal_act_t;

typedef struct {
    uint64_t            lines;     /* good ones, from the start */
    uint64_t            faults;
    unsigned            cut;       /* desk Redis knows of more lines */
    unsigned            torn;      /* a crash left part of a line: no fault */
    uint64_t            missing;   /* lines before a restart; 0: all here */
} rfl_journal_check_t;

/* one fault as "path:line: what is wrong" */
typedef void (*rfl_journal_fault_pt)(void *data, const char *text);
/* another return code than RFL_OK ends the walk and is returned */
typedef int (*rfl_journal_visit_pt)(void *data,
    const rfl_journal_act_t *act);

/*
 * The whole file: any cut, edit, reordering or insertion is a fault.
 * RFL_OK: none; RFL_DECLINED: check says what.  desk Redis must be open,
 * else the tail is not checked: pass desk->desk.c == NULL to do without.
 */
int rfl_journal_verify(rfl_desk_t *desk, rfl_journal_check_t *check,
    rfl_journal_fault_pt fault, void *data, rfl_err_t *err) rfl_must_check;
/* the acts, oldest first; item empty: all */
int rfl_journal_walk(rfl_desk_t *desk, const rfl_str_t *item,
    rfl_journal_visit_pt visit, void *data, rfl_err_t *err) rfl_must_check;


#endif /* _RFL_JOURNAL_H_INCLUDED_ */
