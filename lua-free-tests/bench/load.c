
/*
 * Copyright (C) The RFL authors
 *
 * load.c: the load client of the benchmarks: N threads, each with one
 * blocking keep-alive connection, send the lines of a file as HTTP POST
 * bodies (or GET one page, or send Redis commands) and keep the latencies.
 * Prints one line of JSON.  Loopback and Unix sockets only.
 *
 * Without a rate each client asks again at once, and latency is what the
 * queue of all others costs.  With one, requests have their time, and
 * latency counts from there, so that a late answer delays nobody unseen.
 *
 * --clocks=PID,... adds the processor time that these processes took for all
 * requests, and, if there is but one client, what single requests took.
 */


#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <hiredis/hiredis.h>

#include "clocks.h"


#define LOAD_BUF        (256 * 1024)
#define LOAD_THREADS    256
#define LOAD_ARGS       32


typedef struct {
    const char  *data;
    size_t       len;
} load_line_t;


typedef struct {
    pthread_t    id;
    uint32_t    *usec;
    uint32_t    *cpu;              /* nanoseconds of all clocks, or NULL */
    size_t       n;
    size_t       failed;
    size_t       status[6];
    uint64_t     bytes;
} load_thread_t;


typedef struct {
    const char  *path;
    const char  *socket;           /* Redis */
    const char  *get;
    int          port;
    unsigned     clients;
    unsigned     rate;             /* requests a second; 0: at once */
    size_t       requests;
    size_t       stride;           /* every which line is sent */
    load_line_t *lines;
    size_t       nlines;
} load_conf_t;


static int load_options(int argc, char **argv);
static int load_read(const char *path);
static void *load_http(void *data);
static void *load_redis(void *data);
static int load_connect(void);
static int load_exchange(int fd, char *buf, const char *req, size_t len,
    load_thread_t *t);
static uint64_t load_due(size_t i);
static uint64_t load_now(void);
static int load_compare(const void *a, const void *b);
static int load_report(load_thread_t *threads, double seconds,
    uint64_t cpu);


static load_conf_t            conf;
static atomic_size_t          load_next;
static uint64_t               load_start;


int
main(int argc, char **argv)
{
    double          seconds;
    unsigned        i;
    uint64_t        cpu;
    load_thread_t  *threads;

    if (load_options(argc, argv) != 0) {
        fprintf(stderr, "usage: load --port=N [--path=/api/v1/search | "
                "--get=/page] | --redis=SOCKET\n"
                "            [--clients=N] [--requests=N] [--rate=N] "
                "[--stride=N]\n"
                "            [--clocks=PID,...] [FILE]\n");
        return 2;
    }

    if (conf.get == NULL && load_read(argv[optind]) != 0) {
        return 1;
    }

    threads = calloc(conf.clients, sizeof(load_thread_t));
    if (threads == NULL) {
        return 1;
    }

    cpu = load_still();
    load_start = load_now();

    for (i = 0; i < conf.clients; i++) {

        threads[i].usec = malloc(conf.requests * sizeof(uint32_t));

        if (load_nclocks && conf.clients == 1) {
            threads[i].cpu = malloc(conf.requests * sizeof(uint32_t));
        }

        if (threads[i].usec == NULL
            || pthread_create(&threads[i].id, NULL,
                              conf.socket ? load_redis : load_http,
                              &threads[i])
               != 0)
        {
            fprintf(stderr, "load: cannot start thread %u\n", i);
            return 1;
        }
    }

    for (i = 0; i < conf.clients; i++) {
        (void) pthread_join(threads[i].id, NULL);
    }

    seconds = (double) (load_now() - load_start) / 1e6;

    return load_report(threads, seconds, load_still() - cpu);
}


static int
load_options(int argc, char **argv)
{
    int  c;

    static const struct option  options[] = {
        { "port", required_argument, NULL, 'p' },
        { "path", required_argument, NULL, 'u' },
        { "get", required_argument, NULL, 'g' },
        { "redis", required_argument, NULL, 'r' },
        { "clients", required_argument, NULL, 'c' },
        { "requests", required_argument, NULL, 'n' },
        { "rate", required_argument, NULL, 'R' },
        { "stride", required_argument, NULL, 's' },
        { "clocks", required_argument, NULL, 'k' },
        { NULL, 0, NULL, 0 }
    };

    conf.path = "/api/v1/search";
    conf.clients = 1;
    conf.requests = 1000;
    conf.stride = 1;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {

        switch (c) {

        case 'p':
            conf.port = atoi(optarg);
            break;

        case 'u':
            conf.path = optarg;
            break;

        case 'g':
            conf.get = optarg;
            break;

        case 'r':
            conf.socket = optarg;
            break;

        case 'c':
            conf.clients = (unsigned) atoi(optarg);
            break;

        case 'n':
            conf.requests = (size_t) atol(optarg);
            break;

        case 'R':
            conf.rate = (unsigned) atoi(optarg);
            break;

        case 's':
            conf.stride = (size_t) atol(optarg);
            break;

        case 'k':
            if (load_clocks(optarg) != 0) {
                return -1;
            }

            break;

        default:
            return -1;
        }
    }

    return (conf.clients == 0 || conf.clients > LOAD_THREADS
            || (conf.get == NULL && optind >= argc))
           ? -1 : 0;
}


static int
load_read(const char *path)
{
    FILE     *f;
    char     *line;
    size_t    size, alloc;
    ssize_t   n;

    f = fopen(path, "r");
    if (f == NULL) {
        fprintf(stderr, "load: cannot open %s: %s\n", path, strerror(errno));
        return -1;
    }

    alloc = 0;

    for ( ;; ) {
        line = NULL;
        size = 0;

        n = getline(&line, &size, f);
        if (n <= 0) {
            free(line);
            break;
        }

        if (conf.nlines == alloc) {
            alloc = alloc ? alloc * 2 : 1024;

            conf.lines = realloc(conf.lines, alloc * sizeof(load_line_t));
            if (conf.lines == NULL) {
                return -1;
            }
        }

        conf.lines[conf.nlines].data = line;
        conf.lines[conf.nlines].len = (size_t) n - (line[n - 1] == '\n');
        conf.nlines++;
    }

    (void) fclose(f);

    if (conf.nlines == 0) {
        fprintf(stderr, "load: %s is empty\n", path);
        return -1;
    }

    return 0;
}


static void *
load_http(void *data)
{
    load_thread_t  *t = data;

    int             fd;
    char           *buf, *req;
    size_t          i, len;
    uint64_t        start, cpu, before;
    load_line_t    *line;

    buf = malloc(LOAD_BUF);
    req = malloc(LOAD_BUF);
    fd = -1;
    before = load_still();

    if (buf == NULL || req == NULL) {
        t->failed = conf.requests;
        return NULL;
    }

    for ( ;; ) {

        i = atomic_fetch_add(&load_next, 1);
        if (i >= conf.requests) {
            break;
        }

        if (conf.get) {
            len = (size_t) snprintf(req, LOAD_BUF,
                                    "GET %s HTTP/1.1\r\nHost: rfl\r\n\r\n",
                                    conf.get);
        } else {
            line = &conf.lines[i * conf.stride % conf.nlines];

            len = (size_t) snprintf(req, LOAD_BUF,
                                    "POST %s HTTP/1.1\r\nHost: rfl\r\n"
                                    "Content-Type: application/json\r\n"
                                    "Content-Length: %zu\r\n\r\n%s",
                                    conf.path, line->len, line->data);
            len -= strlen(line->data) - line->len;
        }

        if (fd == -1) {
            fd = load_connect();
        }

        start = load_due(i);

        if (fd == -1 || load_exchange(fd, buf, req, len, t) != 0) {
            t->failed++;

            if (fd != -1) {
                (void) close(fd);
                fd = -1;
            }

            continue;
        }

        t->usec[t->n] = (uint32_t) (load_now() - start);

        if (t->cpu) {
            cpu = load_still();
            t->cpu[t->n] = (uint32_t) (cpu - before);
            before = cpu;
        }

        t->n++;
    }

    if (fd != -1) {
        (void) close(fd);
    }

    free(buf);
    free(req);

    return NULL;
}


static int
load_connect(void)
{
    int                 fd, on;
    struct sockaddr_in  sin;

    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd == -1) {
        return -1;
    }

    on = 1;
    (void) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));

    memset(&sin, 0, sizeof(sin));
    sin.sin_family = AF_INET;
    sin.sin_port = htons((uint16_t) conf.port);
    sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    if (connect(fd, (struct sockaddr *) &sin, sizeof(sin)) == -1) {
        (void) close(fd);
        return -1;
    }

    return fd;
}


/* one request and one answer with Content-Length */

static int
load_exchange(int fd, char *buf, const char *req, size_t len,
    load_thread_t *t)
{
    int       status, closing;
    char     *end, *p;
    size_t    got, want;
    ssize_t   n;

    while (len != 0) {

        n = send(fd, req, len, MSG_NOSIGNAL);
        if (n <= 0) {
            return -1;
        }

        req += n;
        len -= (size_t) n;
    }

    got = 0;
    want = 0;

    for ( ;; ) {

        n = recv(fd, buf + got, LOAD_BUF - 1 - got, 0);
        if (n <= 0) {
            return -1;
        }

        got += (size_t) n;
        buf[got] = '\0';

        if (want == 0) {
            end = strstr(buf, "\r\n\r\n");
            if (end == NULL) {
                continue;
            }

            p = strcasestr(buf, "\r\nContent-Length:");
            if (p == NULL || p > end) {
                return -1;
            }

            want = (size_t) (end + 4 - buf) + (size_t) atol(p + 17);
            if (want >= LOAD_BUF) {
                return -1;
            }
        }

        if (got >= want) {
            break;
        }
    }

    status = atoi(buf + sizeof("HTTP/1.1 ") - 1);
    t->status[status / 100 < 6 ? status / 100 : 0]++;
    t->bytes += got;

    p = strcasestr(buf, "\r\nConnection: close");
    end = strstr(buf, "\r\n\r\n");
    closing = (p != NULL && p < end);

    /* the caller connects again at the next request's failure otherwise */

    if (closing) {
        (void) shutdown(fd, SHUT_WR);
    }

    return 0;
}


/* each line: the arguments of one command, separated by tabs */

static void *
load_redis(void *data)
{
    load_thread_t  *t = data;

    int             argc;
    size_t          i, left, lens[LOAD_ARGS];
    uint64_t        start;
    const char     *p, *tab, *argv[LOAD_ARGS];
    redisReply     *reply;
    redisContext   *c;

    c = redisConnectUnix(conf.socket);

    if (c == NULL || c->err) {
        t->failed = conf.requests;
        return NULL;
    }

    for ( ;; ) {

        i = atomic_fetch_add(&load_next, 1);
        if (i >= conf.requests) {
            break;
        }

        p = conf.lines[i % conf.nlines].data;
        left = conf.lines[i % conf.nlines].len;
        argc = 0;

        while (argc < LOAD_ARGS) {
            tab = memchr(p, '\t', left);
            argv[argc] = p;
            lens[argc] = tab ? (size_t) (tab - p) : left;
            argc++;

            if (tab == NULL) {
                break;
            }

            left -= (size_t) (tab - p) + 1;
            p = tab + 1;
        }

        start = load_due(i);

        reply = redisCommandArgv(c, argc, argv, lens);

        if (reply == NULL || reply->type == REDIS_REPLY_ERROR) {
            t->failed++;

        } else {
            t->usec[t->n++] = (uint32_t) (load_now() - start);
            t->status[2]++;
        }

        if (reply) {
            freeReplyObject(reply);
        }

        if (c->err) {
            t->failed += conf.requests - i;
            break;
        }
    }

    redisFree(c);

    return NULL;
}


/* waits until request i is due; returns when it was, in microseconds */

static uint64_t
load_due(size_t i)
{
    uint64_t         due;
    struct timespec  ts;

    if (conf.rate == 0) {
        return load_now();
    }

    due = load_start + (uint64_t) i * 1000000 / conf.rate;

    ts.tv_sec = (time_t) (due / 1000000);
    ts.tv_nsec = (long) (due % 1000000) * 1000;

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL)
           == EINTR)
    {
        /* again */
    }

    return due;
}


static uint64_t
load_now(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000 + (uint64_t) ts.tv_nsec / 1000;
}


static int
load_compare(const void *a, const void *b)
{
    uint32_t  x = *(const uint32_t *) a, y = *(const uint32_t *) b;

    return (x > y) - (x < y);
}


static int
load_report(load_thread_t *threads, double seconds, uint64_t cpu)
{
    size_t     n, failed, status[6];
    uint32_t  *all;
    uint64_t   bytes;
    unsigned   i, k;

    all = malloc((conf.requests + 1) * sizeof(uint32_t));
    if (all == NULL) {
        return 1;
    }

    n = 0;
    failed = 0;
    bytes = 0;
    memset(status, 0, sizeof(status));

    for (i = 0; i < conf.clients; i++) {
        memcpy(all + n, threads[i].usec, threads[i].n * sizeof(uint32_t));
        n += threads[i].n;
        failed += threads[i].failed;
        bytes += threads[i].bytes;

        for (k = 0; k < 6; k++) {
            status[k] += threads[i].status[k];
        }
    }

    qsort(all, n, sizeof(uint32_t), load_compare);

    printf("{\"clients\":%u,\"rate\":%u,\"answers\":%zu,\"failed\":%zu,"
           "\"2xx\":%zu,\"4xx\":%zu,\"5xx\":%zu,"
           "\"seconds\":%.3f,\"per_second\":%.0f,"
           "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
           "\"bytes\":%.0f",
           conf.clients, conf.rate, n, failed, status[2], status[4], status[5],
           seconds, (double) n / seconds,
           n ? all[n / 2] / 1000.0 : 0.0,
           n ? all[n - 1 - n / 100] / 1000.0 : 0.0,
           n ? all[n - 1] / 1000.0 : 0.0,
           n ? (double) bytes / (double) n : 0.0);

    if (n && load_nclocks) {
        printf(",\"cpu_ms\":%.4f", (double) cpu / 1e6 / (double) n);
    }

    if (n && threads[0].cpu) {
        qsort(threads[0].cpu, n, sizeof(uint32_t), load_compare);

        printf(",\"cpu_p50_ms\":%.4f,\"cpu_p99_ms\":%.4f,"
               "\"cpu_max_ms\":%.4f",
               threads[0].cpu[n / 2] / 1e6,
               threads[0].cpu[n - 1 - n / 100] / 1e6,
               threads[0].cpu[n - 1] / 1e6);
    }

    printf("}\n");

    free(all);

    return failed != 0;
}
