
/*
 * Copyright (C) The RFL authors
 *
 * keyd_server.c: the event loop of libevent, the two listeners and their
 * clients.
 *
 * A client is read only while all that it was sent has gone out, so that no
 * more than one batch of answers waits for it.  It may be idle for ever, but
 * a request begun, or answers not fetched, have a deadline that bytes one by
 * one do not move.  Names never enter libevent's buffers.
 */


#include "rfl_keyd.h"

#include <errno.h>
#include <event2/event_struct.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>


#define RFL_KEYD_QUERY_CLIENTS  1024
#define RFL_KEYD_ADMIN_CLIENTS  8

/* descriptors besides those of clients */
#define RFL_KEYD_FILES          32

/* no further request is answered while so much waits to be sent */
#define RFL_KEYD_OUT_SIZE       (256 * 1024)
#define RFL_KEYD_OUT_MAX        (512 * 1024)

/* seconds: for the rest of a request, and to fetch the answers */
#define RFL_KEYD_DEADLINE       5
/* to wait when no descriptor is free */
#define RFL_KEYD_ACCEPT_PAUSE   1
/* between looks at the life of epochs */
#define RFL_KEYD_TICK           5

#define RFL_KEYD_AGAIN          1


typedef struct rfl_keyd_client_s    rfl_keyd_client_t;
typedef struct rfl_keyd_listener_s  rfl_keyd_listener_t;

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
    LIST_HEAD(, rfl_keyd_client_s)  list;
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


static void rfl_keyd_files(rfl_keyd_server_t *server);
static int rfl_keyd_listen(rfl_keyd_listener_t *listener, rfl_err_t *err);
static void rfl_keyd_accept(evutil_socket_t fd, short what, void *data);
static int rfl_keyd_accept_refused(rfl_keyd_listener_t *listener, int fd);
static void rfl_keyd_accept_resume(evutil_socket_t fd, short what,
    void *data);
static void rfl_keyd_client_open(rfl_keyd_listener_t *listener, int fd);
static void rfl_keyd_client_close(rfl_keyd_client_t *client);
static void rfl_keyd_client_read(evutil_socket_t fd, short what, void *data);
static void rfl_keyd_client_write(evutil_socket_t fd, short what,
    void *data);
static void rfl_keyd_client_late(evutil_socket_t fd, short what, void *data);
static void rfl_keyd_client_run(rfl_keyd_client_t *client,
    unsigned progress);
static int rfl_keyd_client_answer(rfl_keyd_client_t *client,
    unsigned *progress);
static int rfl_keyd_client_flush(rfl_keyd_client_t *client);
static int rfl_keyd_client_wait(rfl_keyd_client_t *client, size_t left,
    unsigned progress);
static rfl_keyd_input_t *rfl_keyd_input_get(rfl_keyd_server_t *server);
static void rfl_keyd_input_put(rfl_keyd_server_t *server,
    rfl_keyd_input_t *input);
static void rfl_keyd_stop(evutil_socket_t fd, short what, void *data);
static void rfl_keyd_hangup(evutil_socket_t fd, short what, void *data);
static void rfl_keyd_tick(evutil_socket_t fd, short what, void *data);


static const struct timeval  rfl_keyd_deadline = { RFL_KEYD_DEADLINE, 0 };
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
rfl_keyd_client_open(rfl_keyd_listener_t *listener, int fd)
{
    rfl_keyd_client_t  *client;
    struct event_base  *base;

    client = calloc(1, sizeof(rfl_keyd_client_t));
    if (client == NULL) {
        (void) close(fd);
        return;
    }

    base = listener->keyd->server->base;

    client->fd = fd;
    client->listener = listener;

    rfl_buf_init(&client->out, RFL_KEYD_OUT_MAX);

    (void) event_assign(&client->read, base, fd, EV_READ|EV_PERSIST,
                        rfl_keyd_client_read, client);
    (void) event_assign(&client->write, base, fd, EV_WRITE|EV_PERSIST,
                        rfl_keyd_client_write, client);
    (void) evtimer_assign(&client->timer, base, rfl_keyd_client_late, client);

    LIST_INSERT_HEAD(&listener->list, client, link);

    listener->clients++;
    listener->keyd->counters.clients++;

    if (event_add(&client->read, NULL) == -1) {
        rfl_keyd_client_close(client);
    }
}


static void
rfl_keyd_client_close(rfl_keyd_client_t *client)
{
    (void) event_del(&client->read);
    (void) event_del(&client->write);
    (void) event_del(&client->timer);

    (void) close(client->fd);

    rfl_keyd_input_free(client->input);
    rfl_buf_free(&client->out);

    LIST_REMOVE(client, link);
    client->listener->clients--;

    free(client);
}


static void
rfl_keyd_client_read(evutil_socket_t fd, short what, void *data)
{
    int                 rc;
    ssize_t             n;
    rfl_keyd_t         *keyd;
    rfl_keyd_client_t  *client = data;
    rfl_keyd_server_t  *server;

    keyd = client->listener->keyd;
    server = keyd->server;

    n = recv(fd, server->feed, RFL_KEYD_FEED_SIZE, 0);

    if (n == -1 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }

    if (n <= 0) {
        rfl_keyd_client_close(client);
        return;
    }

    if (client->input == NULL) {
        client->input = rfl_keyd_input_get(server);
    }

    rc = (client->input == NULL)
         ? RFL_ERROR
         : rfl_keyd_input_feed(client->input, server->feed, (size_t) n);

    rfl_memzero(server->feed, (size_t) n);

    if (rc != RFL_OK) {
        keyd->counters.broken++;
        rfl_keyd_client_close(client);
        return;
    }

    rfl_keyd_client_run(client, 0);
}


static void
rfl_keyd_client_write(evutil_socket_t fd, short what, void *data)
{
    rfl_keyd_client_t  *client = data;

    switch (rfl_keyd_client_flush(client)) {

    case RFL_OK:
        client->stalled = 0;
        (void) event_del(&client->write);

        if (event_add(&client->read, NULL) == -1) {
            rfl_keyd_client_close(client);
            return;
        }

        rfl_keyd_client_run(client, 1);
        return;

    case RFL_KEYD_AGAIN:
        return;

    default:
        rfl_keyd_client_close(client);
    }
}


static void
rfl_keyd_client_late(evutil_socket_t fd, short what, void *data)
{
    rfl_keyd_client_t  *client = data;

    client->listener->keyd->counters.late++;

    rfl_keyd_client_close(client);
}


/* answers what there is, sends what goes, and sees to the rest later */

static void
rfl_keyd_client_run(rfl_keyd_client_t *client, unsigned progress)
{
    int     rc, sent;
    size_t  left;

    left = 0;

    do {
        rc = RFL_DECLINED;

        if (client->input != NULL) {
            rc = rfl_keyd_client_answer(client, &progress);
        }

        sent = rfl_keyd_client_flush(client);

        if (rc == RFL_ERROR || sent == RFL_ERROR) {
            rfl_keyd_client_close(client);
            return;
        }

    } while (rc == RFL_KEYD_AGAIN && sent == RFL_OK);

    if (client->input != NULL) {

        left = rfl_keyd_input_done(client->input);

        if (left == 0) {
            rfl_keyd_input_put(client->listener->keyd->server, client->input);
            client->input = NULL;
        }
    }

    client->stalled = (sent == RFL_KEYD_AGAIN);

    if (rfl_keyd_client_wait(client, left, progress) != RFL_OK) {
        rfl_keyd_client_close(client);
    }
}


/*
 * RFL_DECLINED: nothing more is whole; RFL_KEYD_AGAIN: enough output for now;
 * RFL_ERROR: no client of ours.
 */

static int
rfl_keyd_client_answer(rfl_keyd_client_t *client, unsigned *progress)
{
    int               rc;
    unsigned          n;
    rfl_keyd_t       *keyd;
    const rfl_str_t  *args;

    keyd = client->listener->keyd;

    while (client->out.len < RFL_KEYD_OUT_SIZE) {

        rc = rfl_keyd_input_next(client->input, &n, &args);

        if (rc == RFL_DECLINED) {
            return RFL_DECLINED;
        }

        if (rc != RFL_OK) {
            keyd->counters.broken++;
            return RFL_ERROR;
        }

        rfl_keyd_command(keyd, client->listener->admin, n, args,
                         &client->out);

        if (client->out.failed) {
            return RFL_ERROR;
        }

        *progress = 1;

        if (rfl_keyd_input_done(client->input) == 0) {
            return RFL_DECLINED;
        }
    }

    return RFL_KEYD_AGAIN;
}


static int
rfl_keyd_client_flush(rfl_keyd_client_t *client)
{
    ssize_t     n;
    rfl_buf_t  *out;

    out = &client->out;

    while (client->sent < out->len) {

        n = send(client->fd, out->data + client->sent,
                 out->len - client->sent, MSG_NOSIGNAL);

        if (n >= 0) {
            client->sent += (size_t) n;
            continue;
        }

        if (errno == EAGAIN) {
            return RFL_KEYD_AGAIN;
        }

        if (errno != EINTR) {
            return RFL_ERROR;
        }
    }

    /* an idle client holds no memory */

    if (out->len != 0) {
        rfl_buf_free(out);
    }

    client->sent = 0;

    return RFL_OK;
}


static int
rfl_keyd_client_wait(rfl_keyd_client_t *client, size_t left,
    unsigned progress)
{
    if (client->stalled) {

        (void) event_del(&client->read);

        if (event_add(&client->write, NULL) == -1) {
            return RFL_ERROR;
        }
    }

    if (left == 0 && !client->stalled) {
        (void) event_del(&client->timer);
        return RFL_OK;
    }

    if (!progress && evtimer_pending(&client->timer, NULL)) {
        return RFL_OK;
    }

    return (event_add(&client->timer, &rfl_keyd_deadline) == -1) ? RFL_ERROR
                                                                 : RFL_OK;
}


static rfl_keyd_input_t *
rfl_keyd_input_get(rfl_keyd_server_t *server)
{
    rfl_keyd_input_t  *input;

    input = server->spare;

    if (input == NULL) {
        return rfl_keyd_input_create();
    }

    server->spare = NULL;

    return input;
}


static void
rfl_keyd_input_put(rfl_keyd_server_t *server, rfl_keyd_input_t *input)
{
    if (server->spare == NULL) {
        server->spare = input;
        return;
    }

    rfl_keyd_input_free(input);
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
