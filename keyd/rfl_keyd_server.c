
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_server.c: the event loop of libevent, signals, and the two
 * listeners.
 */


#include "rfl_keyd_server.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>


#define RFL_KEYD_QUERY_CLIENTS  1024
#define RFL_KEYD_ADMIN_CLIENTS  8

/* descriptors besides those of clients */
#define RFL_KEYD_FILES          32

/* to wait when no descriptor is free */
#define RFL_KEYD_ACCEPT_PAUSE   1
/* between looks at the life of epochs */
#define RFL_KEYD_TICK           5


static void rfl_keyd_files(rfl_keyd_server_t *server);
static int rfl_keyd_listen(rfl_keyd_listener_t *listener, rfl_err_t *err);
static void rfl_keyd_accept(evutil_socket_t fd, short what, void *data);
static int rfl_keyd_accept_refused(rfl_keyd_listener_t *listener, int fd);
static void rfl_keyd_accept_resume(evutil_socket_t fd, short what,
    void *data);
static void rfl_keyd_stop(evutil_socket_t fd, short what, void *data);
static void rfl_keyd_hangup(evutil_socket_t fd, short what, void *data);
static void rfl_keyd_tick(evutil_socket_t fd, short what, void *data);


static const struct timeval  rfl_keyd_pause = { RFL_KEYD_ACCEPT_PAUSE, 0 };
static const struct timeval  rfl_keyd_tick_time = { RFL_KEYD_TICK, 0 };


int
rfl_keyd_server_open(rfl_keyd_t *keyd, rfl_err_t *err)
{
    rfl_keyd_server_t         *server;
    const rfl_keyd_options_t  *options;

    server = calloc(1, sizeof(rfl_keyd_server_t));
    if (server == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    keyd->server = server;

    server->query.keyd = keyd;
    server->query.max = RFL_KEYD_QUERY_CLIENTS;
    server->query.socket.fd = -1;

    server->admin.keyd = keyd;
    server->admin.admin = 1;
    server->admin.max = RFL_KEYD_ADMIN_CLIENTS;
    server->admin.socket.fd = -1;

    rfl_keyd_files(server);

    options = &keyd->options;

    if (rfl_keyd_socket_open(&server->admin.socket, options->admin, 0600,
                             (gid_t) -1, err)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    return rfl_keyd_socket_open(&server->query.socket, options->query, 0660,
                                options->query_gid, err);
}


static void
rfl_keyd_files(rfl_keyd_server_t *server)
{
    rlim_t         need;
    struct rlimit  limit;

    need = RFL_KEYD_QUERY_CLIENTS + RFL_KEYD_ADMIN_CLIENTS + RFL_KEYD_FILES;

    if (getrlimit(RLIMIT_NOFILE, &limit) == -1 || limit.rlim_cur >= need) {
        return;
    }

    limit.rlim_cur = (limit.rlim_max < need) ? limit.rlim_max : need;

    (void) setrlimit(RLIMIT_NOFILE, &limit);

    if (limit.rlim_cur < need) {

        server->query.max = (limit.rlim_cur > need - RFL_KEYD_QUERY_CLIENTS)
                            ? (unsigned) (limit.rlim_cur
                                          - (need - RFL_KEYD_QUERY_CLIENTS))
                            : 1;

        rfl_keyd_log(RFL_KEYD_WARN, "only %u clients at once, allow more "
                     "files by \"ulimit -n\" or LimitNOFILE=",
                     server->query.max);
    }
}


int
rfl_keyd_server_start(rfl_keyd_t *keyd, rfl_err_t *err)
{
    rfl_keyd_server_t    *server;
    struct event_base    *base;
    struct event_config  *config;

    server = keyd->server;

    config = event_config_new();
    if (config == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    (void) event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK
                                         |EVENT_BASE_FLAG_IGNORE_ENV);
    base = event_base_new_with_config(config);
    event_config_free(config);

    if (base == NULL) {
        return rfl_err(err, 0, "the event loop cannot be made");
    }

    server->base = base;

    (void) signal(SIGPIPE, SIG_IGN);

    (void) evsignal_assign(&server->term, base, SIGTERM, rfl_keyd_stop, keyd);
    (void) evsignal_assign(&server->interrupt, base, SIGINT, rfl_keyd_stop,
                           keyd);
    (void) evsignal_assign(&server->hangup, base, SIGHUP, rfl_keyd_hangup,
                           keyd);
    (void) event_assign(&server->tick, base, -1, EV_PERSIST, rfl_keyd_tick,
                        keyd);

    if (evsignal_add(&server->term, NULL) == -1
        || evsignal_add(&server->interrupt, NULL) == -1
        || evsignal_add(&server->hangup, NULL) == -1
        || event_add(&server->tick, &rfl_keyd_tick_time) == -1)
    {
        return rfl_err(err, 0, "signals cannot be handled");
    }

    if (rfl_keyd_listen(&server->query, err) != RFL_OK) {
        return RFL_ERROR;
    }

    return rfl_keyd_listen(&server->admin, err);
}


static int
rfl_keyd_listen(rfl_keyd_listener_t *listener, rfl_err_t *err)
{
    struct event_base  *base;

    base = listener->keyd->server->base;

    LIST_INIT(&listener->list);

    (void) event_assign(&listener->accept, base, listener->socket.fd,
                        EV_READ|EV_PERSIST, rfl_keyd_accept, listener);
    (void) evtimer_assign(&listener->pause, base, rfl_keyd_accept_resume,
                          listener);

    if (event_add(&listener->accept, NULL) == -1) {
        return rfl_err(err, 0, "cannot wait for clients");
    }

    return RFL_OK;
}


int
rfl_keyd_server_run(rfl_keyd_t *keyd)
{
    return (event_base_dispatch(keyd->server->base) == -1) ? RFL_ERROR
                                                           : RFL_OK;
}


void
rfl_keyd_server_close(rfl_keyd_t *keyd)
{
    rfl_keyd_client_t  *client;
    rfl_keyd_server_t  *server;

    server = keyd->server;

    if (server == NULL) {
        return;
    }

    while ((client = LIST_FIRST(&server->query.list)) != NULL
           || (client = LIST_FIRST(&server->admin.list)) != NULL)
    {
        rfl_keyd_client_close(client);
    }

    rfl_keyd_input_free(server->spare);

    rfl_keyd_socket_close(&server->query.socket);
    rfl_keyd_socket_close(&server->admin.socket);

    if (server->base != NULL) {
        (void) event_del(&server->query.accept);
        (void) event_del(&server->query.pause);
        (void) event_del(&server->admin.accept);
        (void) event_del(&server->admin.pause);
        (void) event_del(&server->term);
        (void) event_del(&server->interrupt);
        (void) event_del(&server->hangup);
        (void) event_del(&server->tick);
        event_base_free(server->base);
    }

    rfl_memzero(server->feed, sizeof(server->feed));
    free(server);
    keyd->server = NULL;
}


unsigned
rfl_keyd_server_clients(const rfl_keyd_t *keyd)
{
    return keyd->server->query.clients;
}


static void
rfl_keyd_accept(evutil_socket_t fd, short what, void *data)
{
    int                   s;
    rfl_keyd_listener_t  *listener = data;

    s = accept4(fd, NULL, NULL, SOCK_NONBLOCK|SOCK_CLOEXEC);

    if (s != -1) {

        if (rfl_keyd_accept_refused(listener, s)) {
            (void) close(s);
            return;
        }

        rfl_keyd_client_open(listener, s);
        return;
    }

    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS
        || errno == ENOMEM)
    {
        rfl_keyd_log(RFL_KEYD_WARN, "a client cannot be accepted: %s",
                     strerror(errno));

        (void) event_del(&listener->accept);
        (void) event_add(&listener->pause, &rfl_keyd_pause);
    }
}


static int
rfl_keyd_accept_refused(rfl_keyd_listener_t *listener, int fd)
{
    rfl_keyd_t    *keyd;
    socklen_t      len;
    struct ucred   peer;

    static const char  many[] = "-ERR too many clients\r\n";

    keyd = listener->keyd;

    if (listener->clients == listener->max) {
        keyd->counters.refused++;
        (void) send(fd, many, sizeof(many) - 1, MSG_NOSIGNAL);
        return 1;
    }

    if (!listener->admin) {
        return 0;
    }

    len = sizeof(peer);

    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0
        && (peer.uid == 0 || peer.uid == keyd->options.starter))
    {
        return 0;
    }

    keyd->counters.refused++;
    rfl_keyd_log(RFL_KEYD_WARN, "a client of another user on the admin "
                 "socket was refused");
    return 1;
}


static void
rfl_keyd_accept_resume(evutil_socket_t fd, short what, void *data)
{
    rfl_keyd_listener_t  *listener = data;

    (void) event_add(&listener->accept, NULL);
}


static void
rfl_keyd_stop(evutil_socket_t fd, short what, void *data)
{
    rfl_keyd_t  *keyd = data;

    (void) event_base_loopbreak(keyd->server->base);
}


static void
rfl_keyd_hangup(evutil_socket_t fd, short what, void *data)
{
    rfl_keyd_log_reopen();
    rfl_keyd_log(RFL_KEYD_NOTICE, "log opened again");
}


static void
rfl_keyd_tick(evutil_socket_t fd, short what, void *data)
{
    rfl_keyd_t  *keyd = data;

    rfl_keyd_epochs_expire(&keyd->epochs);
}
