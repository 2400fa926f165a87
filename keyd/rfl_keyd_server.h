
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_server.h: what rfl_keyd_server.c, the listeners, and
 * rfl_keyd_client.c, their clients, share.
 */


#ifndef _RFL_KEYD_SERVER_H_INCLUDED_
#define _RFL_KEYD_SERVER_H_INCLUDED_


#include "rfl_keyd.h"

#include <event2/event_struct.h>
#include <sys/queue.h>


typedef struct rfl_keyd_client_s    rfl_keyd_client_t;
typedef struct rfl_keyd_listener_s  rfl_keyd_listener_t;

LIST_HEAD(rfl_keyd_clients_s, rfl_keyd_client_s);

struct rfl_keyd_client_s {
    LIST_ENTRY(rfl_keyd_client_s)  link;
    rfl_keyd_listener_t           *listener;
    int                            fd;
    unsigned                       stalled;   /* output waits */
    rfl_keyd_input_t              *input;     /* or NULL */
    rfl_buf_t                      out;
    size_t                         sent;      /* of out */
    struct event                   read;
    struct event                   write;
    struct event                   timer;
};

struct rfl_keyd_listener_s {
    rfl_keyd_t                    *keyd;
    rfl_keyd_socket_t              socket;
    unsigned                       admin;
    unsigned                       clients;
    unsigned                       max;
    struct event                   accept;
    struct event                   pause;
    struct rfl_keyd_clients_s      list;
};

struct rfl_keyd_server_s {
    struct event_base             *base;
    rfl_keyd_listener_t            query;
    rfl_keyd_listener_t            admin;
    rfl_keyd_input_t              *spare;     /* empty and wiped, or NULL */
    struct event                   term;
    struct event                   interrupt;
    struct event                   hangup;
    struct event                   tick;
    u_char                         feed[RFL_KEYD_FEED_SIZE];
};


/* takes the descriptor */
void rfl_keyd_client_open(rfl_keyd_listener_t *listener, int fd);
void rfl_keyd_client_close(rfl_keyd_client_t *client);


#endif /* _RFL_KEYD_SERVER_H_INCLUDED_ */
