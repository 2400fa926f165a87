
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_client.c: one client of a socket, from accept() to close().
 *
 * A client is read only while all that it was sent has gone out, so that no
 * more than one batch of answers waits for it.  It may be idle for ever, but
 * a request begun, or answers not fetched, have a deadline that bytes one by
 * one do not move.  Names never enter libevent's buffers.
 */


#include "rfl_keyd_server.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>


/* no further request is answered while so much waits to be sent */
#define RFL_KEYD_OUT_SIZE  (256 * 1024)
#define RFL_KEYD_OUT_MAX   (512 * 1024)

/* seconds: for the rest of a request, and to fetch the answers */
#define RFL_KEYD_DEADLINE  5

#define RFL_KEYD_AGAIN     1


static void rfl_keyd_client_read(evutil_socket_t fd, short what, void *data);
static void rfl_keyd_client_write(evutil_socket_t fd, short what,
    void *data);
static void rfl_keyd_client_feed(rfl_keyd_client_t *client);
static void rfl_keyd_client_resume(rfl_keyd_client_t *client);
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


static const struct timeval  rfl_keyd_deadline = { RFL_KEYD_DEADLINE, 0 };


void
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


void
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
    rfl_keyd_client_feed(data);
    rfl_stack_wipe();
}


static void
rfl_keyd_client_feed(rfl_keyd_client_t *client)
{
    int                 rc;
    ssize_t             n;
    rfl_keyd_t         *keyd;
    rfl_keyd_server_t  *server;

    keyd = client->listener->keyd;
    server = keyd->server;

    n = recv(client->fd, server->feed, RFL_KEYD_FEED_SIZE, 0);

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
    rfl_keyd_client_resume(data);
    rfl_stack_wipe();
}


static void
rfl_keyd_client_resume(rfl_keyd_client_t *client)
{
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
