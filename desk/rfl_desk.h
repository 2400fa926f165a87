
/*
 * Copyright (C) The RFL authors
 *
 * rfl_desk.h: the desk: its state folder and configuration, its keys,
 * policy and trust, its connections, and the one writer's lock.  Everything
 * that publishes, withdraws or rotates works on an rfl_desk_t.
 */


#ifndef _RFL_DESK_H_INCLUDED_
#define _RFL_DESK_H_INCLUDED_


#include "rfl.h"
#include "rfl_policy.h"
#include "rfl_redis.h"
#include "rfl_store.h"

#include <signal.h>


#define RFL_DESK_DIR         "/var/lib/rfl"
#define RFL_DESK_CONF        "rflctl.conf"

#define RFL_DESK_KEEP_DAYS   90    /* default; up to */
#define RFL_DESK_KEEP_MAX    3650
#define RFL_DESK_THREADS     8     /* at most */
#define RFL_DESK_LOCK_WAIT   600   /* seconds a withdrawal waits for others */


typedef struct {
    char               *dir;
    rfl_server_conf_t   index;
    rfl_server_conf_t   desk;
    rfl_server_conf_t   keyd;      /* admin socket */
    rfl_server_conf_t   inbox;     /* socket NULL: there is none */
    char               *policy;
    char               *trust;
    char               *key;
    char               *lock;
    unsigned            keep_days; /* items that are over */
} rfl_desk_conf_t;


/* "what" is a few words such as "writing the index" */
typedef void (*rfl_progress_pt)(const char *what, uint64_t done,
    uint64_t total);


typedef struct {
    rfl_pool_t        *pool;       /* of the desk's life */
    rfl_desk_conf_t    conf;
    rfl_policy_t      *policy;
    rfl_trust_t       *trust;
    rfl_store_keys_t   keys;

    rfl_redis_t        index;      /* each opened when first needed */
    rfl_redis_t        desk;
    rfl_redis_t        keyd;
    rfl_redis_t        inbox;

    int                lock;       /* descriptor, -1: not held */
    rfl_state_t        state;      /* as read under the lock */
    rfl_op_t           op;

    const char        *opener;     /* rfl-open; NULL: see rfl_open_init() */
    unsigned           threads;
    rfl_progress_pt    progress;   /* may be NULL */
    void             (*notice)(const char *text);   /* may be NULL */

    /* set by a signal: stop where nothing is lost by it */
    volatile sig_atomic_t  *stop;
} rfl_desk_t;


/* Reads dir/rflctl.conf; strict JSON; paths in it are relative to dir. */
int rfl_desk_conf(rfl_pool_t *pool, const char *dir, rfl_desk_conf_t *conf,
    rfl_err_t *err) rfl_must_check;

/*
 * Policy and trust of that configuration: enough to check and to sign.
 * Both fill desk->policy and desk->trust.
 */
int rfl_desk_rules(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;

/* a zeroed desk with a pool; rfl_desk_close() undoes all */
int rfl_desk_init(rfl_desk_t *desk, const char *dir, rfl_err_t *err)
    rfl_must_check;
void rfl_desk_close(rfl_desk_t *desk);

/* desk key; and the connection to desk Redis */
int rfl_desk_key(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
int rfl_desk_open(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
/* of all connections: see rfl_redis_patience() */
void rfl_desk_patience(rfl_desk_t *desk, unsigned seconds);
/* the lock, then state and op */
int rfl_desk_lock(rfl_desk_t *desk, unsigned seconds, void (*waiting)(void),
    rfl_err_t *err) rfl_must_check;
/* gives the lock back; nothing if it is not held */
void rfl_desk_unlock(rfl_desk_t *desk);
/* state and op without the lock: for looking only */
int rfl_desk_read(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;

/* connect if not connected */
int rfl_desk_index(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
int rfl_desk_keyd(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;
/* RFL_DECLINED: none is configured */
int rfl_desk_inbox(rfl_desk_t *desk, rfl_err_t *err) rfl_must_check;

/* 1 if a signal asks to stop */
#define rfl_desk_stopped(d)  ((d)->stop != NULL && *(d)->stop)

void rfl_desk_progress(const rfl_desk_t *desk, const char *what,
    uint64_t done, uint64_t total);
void rfl_desk_notice(const rfl_desk_t *desk, const char *fmt, ...)
    rfl_printf(2, 3);


#endif /* _RFL_DESK_H_INCLUDED_ */
