
/*
 * Copyright (C) The RFL authors
 *
 * rflctl.h: the command line of the desk: options, exit statuses, messages.
 * The work is done by desk/.
 */


#ifndef _RFLCTL_H_INCLUDED_
#define _RFLCTL_H_INCLUDED_


#include "rfl.h"
#include "rfl_desk.h"

#include <jansson.h>


/* exit statuses, those above 2 as in sysexits.h */

#define RFLCTL_OK            0
#define RFLCTL_PROBLEMS      1
#define RFLCTL_USAGE         2
#define RFLCTL_UNAVAILABLE   69
#define RFLCTL_INTERNAL      70
#define RFLCTL_CREATE        73
#define RFLCTL_AGAIN         75
#define RFLCTL_DENIED        77


typedef struct {
    const char  *state;
    const char  *key;
    const char  *out;
    const char  *passphrase;       /* file */
    const char  *refs;
    const char  *reason;
    const char  *source;           /* file */
    const char  *society;
    const char  *name;
    const char  *phone;
    const char  *event;
    const char  *run;
    const char  *role;
    const char  *certificate;      /* file */
    const char  *languages;
    const char  *until;
    const char  *office_passphrase;            /* file */
    const char  *root;             /* file */
    const char  *root_passphrase;  /* file */
    const char  *why;
    unsigned     json;
    unsigned     quiet;
    unsigned     verbose;
    unsigned     dry_run;
    unsigned     skip_faulty;
    unsigned     canary;
    unsigned     resume;
    unsigned     full;
    unsigned     sample_keys;
    unsigned     no_passphrase;
    unsigned     print;
    unsigned     pfif;
    unsigned     purge;
    unsigned     aside;
} rflctl_opts_t;


typedef struct {
    const rflctl_opts_t   *opts;
    const char            *command;
    int                    argc;   /* operands after the command */
    char                 **argv;
    rfl_pool_t            *pool;
    rfl_desk_t             desk;
    unsigned               open;   /* desk is initialised */
    int                    files;  /* rflctl_files_lock(), or -1 */
    unsigned               nproblems;          /* rflctl_problem() */
    json_t                *problems;           /* array, or NULL: said */
} rflctl_t;


/* each returns an exit status */
int rflctl_init(rflctl_t *ctl);
int rflctl_keygen(rflctl_t *ctl);
int rflctl_check(rflctl_t *ctl);
int rflctl_sign(rflctl_t *ctl);
int rflctl_publish(rflctl_t *ctl);
int rflctl_renew(rflctl_t *ctl);
int rflctl_withdraw(rflctl_t *ctl);
int rflctl_rotate(rflctl_t *ctl);
int rflctl_handover(rflctl_t *ctl);
int rflctl_status(rflctl_t *ctl);
int rflctl_verify(rflctl_t *ctl);
int rflctl_list(rflctl_t *ctl);
int rflctl_show(rflctl_t *ctl);
int rflctl_staff_add(rflctl_t *ctl);
int rflctl_staff_list(rflctl_t *ctl);
int rflctl_staff_revoke(rflctl_t *ctl);
int rflctl_journal_verify(rflctl_t *ctl);
int rflctl_journal_show(rflctl_t *ctl);
int rflctl_journal_restart(rflctl_t *ctl);
int rflctl_keys_init(rflctl_t *ctl);
int rflctl_keys_new(rflctl_t *ctl);
int rflctl_keys_list(rflctl_t *ctl);
int rflctl_keys_publish(rflctl_t *ctl);
int rflctl_keys_retire(rflctl_t *ctl);
int rflctl_inbox_pull(rflctl_t *ctl);
int rflctl_inbox_open(rflctl_t *ctl);
int rflctl_inbox_stats(rflctl_t *ctl);
int rflctl_inbox_export(rflctl_t *ctl);


/* rflctl_out.c */

/* set by SIGINT and SIGTERM */
extern volatile sig_atomic_t  rflctl_stop;

void rflctl_out_init(const rflctl_opts_t *opts);
/* "rflctl: ..." on standard error; note() not with -q */
void rflctl_error(const char *fmt, ...) rfl_printf(1, 2);
void rflctl_note(const char *fmt, ...) rfl_printf(1, 2);
/* counts what a command found wrong; says it as an error, or collects it */
void rflctl_problem(rflctl_t *ctl, const char *fmt, ...) rfl_printf(2, 3);
/* standard output, unless --json or -q; without "rflctl: " */
void rflctl_say(const char *fmt, ...) rfl_printf(1, 2);
void rflctl_progress(const char *what, uint64_t done, uint64_t total);
void rflctl_progress_end(void);
void rflctl_notice(const char *text);
void rflctl_waiting(void);

/* prints err and gives the exit status that goes with a return code */
int rflctl_fail(int rc, const rfl_err_t *err);
/* prints one line of JSON and releases it; returns status, or 70 or 73 */
int rflctl_json(json_t *json, int status);
/* a counted string as a JSON value */
json_t *rflctl_json_str(const rfl_str_t *str);

/* a public reference that was typed; RFLCTL_USAGE: it is none, and said so */
int rflctl_ref_parse(const char *text, u_char ref[RFL_REF_SIZE]);
/* "7ZK2-9QHM-4T1B-XW8C" with a NUL */
void rflctl_ref(const u_char ref[RFL_REF_SIZE],
    char text[RFL_REF_TEXT_SIZE + 1]);
/* "2026-11-22T08:00:00Z" with a NUL */
void rflctl_time(int64_t when, char text[RFL_TIME_TEXT_SIZE + 1]);


/* rflctl_open.c */

/* the desk with policy and trust; prints what is wrong; an exit status */
int rflctl_rules(rflctl_t *ctl);
/* the same with desk key and desk Redis */
int rflctl_open(rflctl_t *ctl);
/* the same with the lock, and earlier work finished; see rfl_change_heal() */
int rflctl_lock(rflctl_t *ctl);
/* what rflctl_lock() does after rflctl_open() */
int rflctl_relock(rflctl_t *ctl);
/*
 * Before staff.json or the trust file is read to be written again; held until
 * the command ends.
 */
int rflctl_files_lock(rflctl_t *ctl, rfl_err_t *err) rfl_must_check;


/* rflctl_publish.c: rfl_change_ready(), or what was staged is cleared away */
int rflctl_publish_ready(rflctl_t *ctl, uint64_t n, rfl_err_t *err)
    rfl_must_check;


/*
 * rflctl_lines.c: NDJSON from a file or standard input.  What is no file, a
 * pipe or somebody who types, is read to its end when it is opened, and may
 * take its time: a command opens it before it takes the desk's lock.
 */

#define RFLCTL_LINES_MOST    ((size_t) 1024 * 1024 * 1024)

typedef struct {
    FILE        *file;
    const char  *name;             /* "-" is "standard input" */
    rfl_buf_t    whole;            /* of what is no file */
    char        *line;
    size_t       size;
    rfl_str_t    text;             /* the line without its end */
    unsigned     number;
} rflctl_lines_t;

/*
 * RFL_OK, RFL_DENIED, RFL_DECLINED: it cannot be opened, or has more than
 * RFLCTL_LINES_MOST bytes; RFL_STOPPED, RFL_ERROR.  To be closed after RFL_OK.
 */
int rflctl_lines_open(rflctl_lines_t *lines, const char *path,
    rfl_err_t *err) rfl_must_check;
/*
 * The next line that is not empty: RFL_OK, RFL_DECLINED at the end,
 * RFL_ERROR.  What it points to lives until the next call.
 */
int rflctl_lines_next(rflctl_lines_t *lines, rfl_err_t *err) rfl_must_check;
void rflctl_lines_close(rflctl_lines_t *lines);

/*
 * rflctl_batch.c: lines parsed and checked by all threads, and given one by
 * one in their order.
 */

typedef enum {
    RFLCTL_UNSIGNED = 0,           /* approvals are not looked at */
    RFLCTL_AS_SIGNED,              /* only if there are enough of them */
    RFLCTL_SIGNED                  /* there must be enough, and right */
} rflctl_signed_e;

typedef struct {
    unsigned         number;
    int              rc;           /* RFL_OK, RFL_DECLINED: has faults */
    rfl_pool_t      *pool;         /* of this line */
    rfl_str_t        text;
    rfl_draft_t      draft;        /* if it could be parsed */
    rfl_buf_t        faults;       /* one a line of text */
} rflctl_line_t;

#define RFLCTL_BATCH         256

typedef struct {
    rflctl_t        *ctl;
    rflctl_lines_t   lines;
    rflctl_signed_e  approvals;
    int64_t          now;
    unsigned         end;          /* of the file */
    unsigned         n;
    unsigned         next;
    rflctl_line_t    line[RFLCTL_BATCH];
} rflctl_batch_t;

int rflctl_batch_open(rflctl_batch_t *batch, rflctl_t *ctl, const char *path,
    rflctl_signed_e approvals, rfl_err_t *err) rfl_must_check;
/*
 * RFL_OK with *line, which lives until RFLCTL_BATCH calls later;
 * RFL_DECLINED at the end; RFL_STOPPED; RFL_ERROR.
 */
int rflctl_batch_next(rflctl_batch_t *batch, rflctl_line_t **line,
    rfl_err_t *err) rfl_must_check;
void rflctl_batch_close(rflctl_batch_t *batch);


/* faults of one line, each as "FILE:LINE: fault", or collected as JSON */

typedef struct {
    const char  *file;
    unsigned     count;            /* faults */
    unsigned     lines;            /* lines with any */
    json_t      *json;             /* array, or NULL */
} rflctl_faults_t;

void rflctl_faults_init(rflctl_faults_t *faults, const char *file);
/* text: one or more lines */
void rflctl_faults_add(rflctl_faults_t *faults, unsigned line,
    const u_char *text, size_t len);


#endif /* _RFLCTL_H_INCLUDED_ */
