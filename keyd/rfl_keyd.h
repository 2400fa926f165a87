
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd.h: what the files of rfl-keyd share.  The daemon holds the secrets
 * of at most two epochs and answers one question: the labels and opening keys
 * of one name's neighbourhood, against one budget.  One process, one thread,
 * one event loop.
 *
 * A name exists here from the last byte of a question to the last byte of
 * its answer: in the input of a client, in the pool of the question, nowhere
 * else.  All of it is wiped, and nothing of it is logged.
 */


#ifndef _RFL_KEYD_H_INCLUDED_
#define _RFL_KEYD_H_INCLUDED_


#include "rfl.h"
#include "rfl_text.h"
#include "rfl_name.h"
#include "rfl_seal.h"
#include "rfl_query.h"

#include <event2/event.h>


/* exit codes; rfl-keyd.8 documents them */

#define RFL_KEYD_EXIT_OK      0
#define RFL_KEYD_EXIT_FAILED  1
#define RFL_KEYD_EXIT_USAGE   2

/* a request: RFL_ASK_ARGS would do; layout.md promises these */

#define RFL_KEYD_ARGS         16
#define RFL_KEYD_ARG_SIZE     2048
#define RFL_KEYD_REQUEST_SIZE 8192

#define RFL_KEYD_EPOCHS       2

/* an epoch may be handed over this much before it starts, seconds */
#define RFL_KEYD_EPOCH_AHEAD  RFL_DAY_SECONDS


typedef struct {
    const char  *query;                /* path of the query socket */
    const char  *admin;
    const char  *pid;                  /* or NULL */
    const char  *log;                  /* or NULL: stderr */
    unsigned     daemon;
    unsigned     change_uid;
    uid_t        uid;
    gid_t        gid;
    gid_t        query_gid;            /* (gid_t) -1: leave */
    uid_t        starter;              /* who may use the admin socket */
    int64_t      rate;                 /* questions a second */
    int64_t      burst;
    int64_t      daily;
} rfl_keyd_options_t;


/* log, to stderr or a file; never given anything that a client sent */

typedef enum {
    RFL_KEYD_ERROR = 0,
    RFL_KEYD_WARN,
    RFL_KEYD_NOTICE
} rfl_keyd_level_e;

int rfl_keyd_log_open(const char *path, uid_t owner, rfl_err_t *err)
    rfl_must_check;
void rfl_keyd_log_reopen(void);
void rfl_keyd_log(rfl_keyd_level_e level, const char *fmt, ...)
    rfl_printf(2, 3);


/* clocks: seconds of UTC, of time since boot with sleep; and nanoseconds */

int64_t rfl_keyd_now(void);
int64_t rfl_keyd_uptime(void);
int64_t rfl_keyd_monotonic(void);


/*
 * The epoch store.  Secrets live in memory of sodium_malloc(): guarded,
 * locked, not dumped, read-only but while they change.  An epoch is wiped
 * when it is dropped, when the daemon ends, and when its life is over as
 * measured by the time since boot, whatever the wall clock is made to say.
 */

typedef struct {
    rfl_epoch_t  *epoch;
    unsigned      held;
    int64_t       gone;                /* rfl_keyd_uptime() of its end */
} rfl_keyd_slot_t;

typedef struct {
    rfl_keyd_slot_t  slot[RFL_KEYD_EPOCHS];
    uint64_t         newest;           /* ever added, 0: none */
    uint64_t         used;             /* in use, also when dropped */
} rfl_keyd_epochs_t;

/* after the last fork(): a lock is not inherited */
int rfl_keyd_epochs_init(rfl_keyd_epochs_t *epochs, rfl_err_t *err)
    rfl_must_check;
void rfl_keyd_epochs_wipe(rfl_keyd_epochs_t *epochs);
/* wipes those whose life is over */
void rfl_keyd_epochs_expire(rfl_keyd_epochs_t *epochs);
/* all: RFL_OK, or RFL_ERROR with the reason in err */
int rfl_keyd_epoch_add(rfl_keyd_epochs_t *epochs, const rfl_epoch_t *epoch,
    rfl_err_t *err) rfl_must_check;
int rfl_keyd_epoch_use(rfl_keyd_epochs_t *epochs, uint64_t id, rfl_err_t *err)
    rfl_must_check;
int rfl_keyd_epoch_drop(rfl_keyd_epochs_t *epochs, uint64_t id,
    rfl_err_t *err) rfl_must_check;
/* the epoch to answer with now, or NULL */
const rfl_epoch_t *rfl_keyd_epoch_current(const rfl_keyd_epochs_t *epochs);


/*
 * The budget: a token bucket on the monotonic clock, and a cap for each UTC
 * day.  A day that has begun does not begin again when the clock is set back.
 */

typedef struct {
    int64_t  rate;
    int64_t  burst;
    int64_t  daily;
    int64_t  tokens;                   /* 10^-9 of a question */
    int64_t  at;                       /* rfl_keyd_monotonic() */
    int64_t  day;
    int64_t  used;                     /* on that day */
} rfl_keyd_budget_t;

void rfl_keyd_budget_init(rfl_keyd_budget_t *budget,
    const rfl_keyd_options_t *options);
/* 0: there is budget for a question; else seconds to wait */
int64_t rfl_keyd_budget_wait(rfl_keyd_budget_t *budget);
/* one that counts for so many, even if there are not as many left */
void rfl_keyd_budget_take(rfl_keyd_budget_t *budget, unsigned questions);


typedef struct {
    uint64_t  clients;
    uint64_t  refused;                 /* too many clients, wrong user */
    uint64_t  broken;                  /* not RESP, or over a limit */
    uint64_t  late;                    /* cut by a timer */
    uint64_t  answered;
    uint64_t  finer;
    uint64_t  keys;
    uint64_t  refine;
    uint64_t  badname;
    uint64_t  budget;
    uint64_t  stale;
    uint64_t  noepoch;
    uint64_t  malformed;
} rfl_keyd_counters_t;


typedef struct rfl_keyd_server_s  rfl_keyd_server_t;

typedef struct {
    rfl_keyd_options_t    options;
    rfl_keyd_epochs_t     epochs;
    rfl_keyd_budget_t     budget;
    rfl_keyd_counters_t   counters;
    int64_t               started;
    unsigned              exhausted;   /* the last question found no budget */
    rfl_pool_t           *pool;        /* of the question being answered */
    rfl_keyd_server_t    *server;
} rfl_keyd_t;


/* Answers one request; the reply is appended to out. */
void rfl_keyd_command(rfl_keyd_t *keyd, unsigned admin, unsigned n,
    const rfl_str_t *args, rfl_buf_t *out);


/*
 * The input of a client: bytes in, requests out, by hiredis' reader with
 * bounds.  It exists only while a client has sent something that is not yet
 * answered.
 */

typedef struct rfl_keyd_input_s  rfl_keyd_input_t;

/* as much as one rfl_keyd_input_feed() may bring */
#define RFL_KEYD_FEED_SIZE    16384

rfl_keyd_input_t *rfl_keyd_input_create(void);
/* wipes */
void rfl_keyd_input_free(rfl_keyd_input_t *input);
int rfl_keyd_input_feed(rfl_keyd_input_t *input, const u_char *data,
    size_t len) rfl_must_check;
/*
 * RFL_OK: a request, valid until the next call; RFL_DECLINED: not whole yet;
 * RFL_ERROR: not a request at all, or over a limit.
 */
int rfl_keyd_input_next(rfl_keyd_input_t *input, unsigned *n,
    const rfl_str_t **args) rfl_must_check;
/*
 * After an answer, and when nothing is whole: wipes what is not needed any
 * more.  Returns 0 if nothing is left: the input is as new then.
 */
size_t rfl_keyd_input_done(rfl_keyd_input_t *input);


/* listens, so that a fault shows before the daemon goes to the background */
int rfl_keyd_server_open(rfl_keyd_t *keyd, rfl_err_t *err) rfl_must_check;
/* makes the event loop, after the last fork() */
int rfl_keyd_server_start(rfl_keyd_t *keyd, rfl_err_t *err) rfl_must_check;
/* until SIGTERM or SIGINT; RFL_ERROR if the event loop fails */
int rfl_keyd_server_run(rfl_keyd_t *keyd) rfl_must_check;
/* closes all, removes the sockets */
void rfl_keyd_server_close(rfl_keyd_t *keyd);
unsigned rfl_keyd_server_clients(const rfl_keyd_t *keyd);


/* a listening socket that is its owner's until its mode and group are set */

typedef struct {
    const char  *path;
    dev_t        dev;
    ino_t        ino;
    int          fd;
} rfl_keyd_socket_t;

int rfl_keyd_socket_open(rfl_keyd_socket_t *s, const char *path, mode_t mode,
    gid_t gid, rfl_err_t *err) rfl_must_check;
/* removes the path if it is still this socket */
void rfl_keyd_socket_close(rfl_keyd_socket_t *s);


/* in this order: lock, uid, seal; the last lets nothing new be opened */

int rfl_keyd_sandbox_lock(rfl_err_t *err) rfl_must_check;
int rfl_keyd_sandbox_uid(const rfl_keyd_options_t *options, rfl_err_t *err)
    rfl_must_check;
int rfl_keyd_sandbox_seal(const rfl_keyd_options_t *options, rfl_err_t *err)
    rfl_must_check;


#endif /* _RFL_KEYD_H_INCLUDED_ */
