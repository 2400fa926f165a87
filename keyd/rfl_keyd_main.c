
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_main.c: options, the way into the background, and the order in which
 * the daemon takes what it needs and gives up the rest.
 */


#include "rfl_keyd.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>


/* the pool of a fine question fits; it grows for a wide one */
#define RFL_KEYD_POOL_SIZE   (64 * 1024)

/* bounds that keep the arithmetic of rfl_keyd_budget.c in 64 bits */
#define RFL_KEYD_RATE_MAX    1000000
#define RFL_KEYD_DAILY_MAX   1000000000000

#define RFL_KEYD_USER        "rfl-keyd"


enum {
    RFL_KEYD_OPT_QUERY = 256,
    RFL_KEYD_OPT_ADMIN,
    RFL_KEYD_OPT_UID,
    RFL_KEYD_OPT_GROUP,
    RFL_KEYD_OPT_RATE,
    RFL_KEYD_OPT_BURST,
    RFL_KEYD_OPT_DAILY,
    RFL_KEYD_OPT_PID,
    RFL_KEYD_OPT_LOG,
    RFL_KEYD_OPT_FOREGROUND,
    RFL_KEYD_OPT_DAEMON,
    RFL_KEYD_OPT_VERSION,
    RFL_KEYD_OPT_HELP
};


static int rfl_keyd_options(rfl_keyd_options_t *options, int argc,
    char **argv, rfl_err_t *err);
static int rfl_keyd_option(rfl_keyd_options_t *options, int opt,
    const char *value, const char **uid, rfl_err_t *err);
static int rfl_keyd_option_number(const char *name, const char *value,
    const char *tail, int64_t max, int64_t *number, rfl_err_t *err);
static int rfl_keyd_option_uid(rfl_keyd_options_t *options, const char *uid,
    rfl_err_t *err);
static int rfl_keyd_option_group(const char *value, gid_t *gid,
    rfl_err_t *err);
static int rfl_keyd_id(const char *value, unsigned long *id);
static void rfl_keyd_help(void);
static int rfl_keyd_main(rfl_keyd_t *keyd);
static int rfl_keyd_start(rfl_keyd_t *keyd, int *ready, int *pid,
    rfl_err_t *err);
static int rfl_keyd_background(int *ready, rfl_err_t *err);
static int rfl_keyd_detach(const rfl_keyd_options_t *options,
    rfl_err_t *err);
static void rfl_keyd_background_done(int ready);
static int rfl_keyd_pid_open(const char *path, int *fd, rfl_err_t *err);


static const struct option  rfl_keyd_long[] = {
    { "query", required_argument, NULL, RFL_KEYD_OPT_QUERY },
    { "admin", required_argument, NULL, RFL_KEYD_OPT_ADMIN },
    { "uid", required_argument, NULL, RFL_KEYD_OPT_UID },
    { "query-group", required_argument, NULL, RFL_KEYD_OPT_GROUP },
    { "rate", required_argument, NULL, RFL_KEYD_OPT_RATE },
    { "burst", required_argument, NULL, RFL_KEYD_OPT_BURST },
    { "daily", required_argument, NULL, RFL_KEYD_OPT_DAILY },
    { "pid", required_argument, NULL, RFL_KEYD_OPT_PID },
    { "log", required_argument, NULL, RFL_KEYD_OPT_LOG },
    { "foreground", no_argument, NULL, RFL_KEYD_OPT_FOREGROUND },
    { "daemon", no_argument, NULL, RFL_KEYD_OPT_DAEMON },
    { "version", no_argument, NULL, RFL_KEYD_OPT_VERSION },
    { "help", no_argument, NULL, RFL_KEYD_OPT_HELP },
    { NULL, 0, NULL, 0 }
};


int
main(int argc, char **argv)
{
    rfl_err_t   err;
    rfl_keyd_t  keyd;

    memset(&keyd, 0, sizeof(keyd));

    switch (rfl_keyd_options(&keyd.options, argc, argv, &err)) {

    case RFL_OK:
        return rfl_keyd_main(&keyd);

    case RFL_DECLINED:
        return RFL_KEYD_EXIT_OK;

    default:
        (void) fprintf(stderr, "rfl-keyd: %s\n"
                       "Try \"rfl-keyd --help\".\n", err.text);
        return RFL_KEYD_EXIT_USAGE;
    }
}


/* RFL_DECLINED: nothing to run, --help or --version was answered */

static int
rfl_keyd_options(rfl_keyd_options_t *options, int argc, char **argv,
    rfl_err_t *err)
{
    int          opt, rc;
    const char  *uid;

    uid = NULL;

    options->starter = getuid();
    options->query_gid = (gid_t) -1;
    options->rate = 10;
    options->burst = 100;
    options->daily = 50000;

    opterr = 0;

    for ( ;; ) {

        opt = getopt_long(argc, argv, ":", rfl_keyd_long, NULL);

        if (opt == -1) {
            break;
        }

        if (opt == '?' || opt == ':') {
            return rfl_err(err, 0, opt == '?' ? "unknown option \"%s\""
                                              : "\"%s\" needs a value",
                           argv[optind - 1]);
        }

        rc = rfl_keyd_option(options, opt, optarg, &uid, err);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    if (optind != argc) {
        return rfl_err(err, 0, "unexpected argument \"%s\"", argv[optind]);
    }

    if (options->query == NULL || options->admin == NULL) {
        return rfl_err(err, 0, "--query=PATH and --admin=PATH are needed");
    }

    if (strcmp(options->query, options->admin) == 0) {
        return rfl_err(err, 0, "--query and --admin must be two sockets");
    }

    return rfl_keyd_option_uid(options, uid, err);
}


static int
rfl_keyd_option(rfl_keyd_options_t *options, int opt, const char *value,
    const char **uid, rfl_err_t *err)
{
    switch (opt) {

    case RFL_KEYD_OPT_QUERY:
        options->query = value;
        return RFL_OK;

    case RFL_KEYD_OPT_ADMIN:
        options->admin = value;
        return RFL_OK;

    case RFL_KEYD_OPT_UID:
        *uid = value;
        return RFL_OK;

    case RFL_KEYD_OPT_GROUP:
        return rfl_keyd_option_group(value, &options->query_gid, err);

    case RFL_KEYD_OPT_RATE:
        return rfl_keyd_option_number("rate", value, "/s", RFL_KEYD_RATE_MAX,
                                      &options->rate, err);

    case RFL_KEYD_OPT_BURST:
        return rfl_keyd_option_number("burst", value, "", RFL_KEYD_RATE_MAX,
                                      &options->burst, err);

    case RFL_KEYD_OPT_DAILY:
        return rfl_keyd_option_number("daily", value, "", RFL_KEYD_DAILY_MAX,
                                      &options->daily, err);

    case RFL_KEYD_OPT_PID:
        options->pid = value;
        return RFL_OK;

    case RFL_KEYD_OPT_LOG:
        options->log = (strcmp(value, "stderr") == 0) ? NULL : value;
        return RFL_OK;

    case RFL_KEYD_OPT_FOREGROUND:
        options->daemon = 0;
        return RFL_OK;

    case RFL_KEYD_OPT_DAEMON:
        options->daemon = 1;
        return RFL_OK;

    case RFL_KEYD_OPT_VERSION:
        (void) printf("rfl-keyd %s\n", RFL_VERSION);
        return RFL_DECLINED;

    default: /* RFL_KEYD_OPT_HELP */
        rfl_keyd_help();
        return RFL_DECLINED;
    }
}


static int
rfl_keyd_option_number(const char *name, const char *value, const char *tail,
    int64_t max, int64_t *number, rfl_err_t *err)
{
    char       *end;
    long long   n;

    errno = 0;
    n = strtoll(value, &end, 10);

    if (value[0] < '0' || value[0] > '9' || errno != 0
        || (*end != '\0' && strcmp(end, tail) != 0) || n < 1 || n > max)
    {
        return rfl_err(err, 0, "--%s takes a number from 1 to %lld%s, not "
                       "\"%s\"", name, (long long) max, tail, value);
    }

    *number = n;

    return RFL_OK;
}


static int
rfl_keyd_option_uid(rfl_keyd_options_t *options, const char *uid,
    rfl_err_t *err)
{
    unsigned long   id;
    struct passwd  *pw;

    if (uid == NULL && geteuid() == 0) {
        uid = RFL_KEYD_USER;
    }

    if (uid == NULL) {
        options->uid = geteuid();
        return RFL_OK;
    }

    pw = getpwnam(uid);

    if (pw == NULL && rfl_keyd_id(uid, &id) == RFL_OK) {

        pw = getpwuid((uid_t) id);

        options->uid = (uid_t) id;
        options->gid = (gid_t) id;

    } else if (pw == NULL) {
        return rfl_err(err, 0, "there is no user \"%s\", make one or name "
                       "another with --uid=USER", uid);
    }

    if (pw != NULL) {
        options->uid = pw->pw_uid;
        options->gid = pw->pw_gid;
    }

    if (options->uid == 0) {
        return rfl_err(err, 0, "rfl-keyd does not stay root, name another "
                       "user with --uid=USER");
    }

    if (geteuid() == 0) {
        options->change_uid = 1;
        return RFL_OK;
    }

    if (options->uid != geteuid()) {
        return rfl_err(err, 0, "only root can change to --uid=%s", uid);
    }

    return RFL_OK;
}


static int
rfl_keyd_option_group(const char *value, gid_t *gid, rfl_err_t *err)
{
    unsigned long  id;
    struct group  *gr;

    gr = getgrnam(value);

    if (gr != NULL) {
        *gid = gr->gr_gid;
        return RFL_OK;
    }

    if (rfl_keyd_id(value, &id) == RFL_OK) {
        *gid = (gid_t) id;
        return RFL_OK;
    }

    return rfl_err(err, 0, "there is no group \"%s\"", value);
}


static int
rfl_keyd_id(const char *value, unsigned long *id)
{
    char  *end;

    errno = 0;
    *id = strtoul(value, &end, 10);

    return (value[0] >= '0' && value[0] <= '9' && *end == '\0' && errno == 0
            && *id < UINT32_MAX)
           ? RFL_OK : RFL_DECLINED;
}


static void
rfl_keyd_help(void)
{
    (void) printf(
"Usage: rfl-keyd --query=PATH --admin=PATH [OPTION]...\n"
"\n"
"Holds the secret of the current epoch and answers questions for the keys of\n"
"a name, against one budget.\n"
"\n"
"  --query=PATH         Unix socket for nginx workers, mode 0660\n"
"  --query-group=GROUP  group of that socket, by name or number\n"
"  --admin=PATH         Unix socket for the desk, mode 0600\n"
"  --uid=USER           run as this user, by name or number; as root the\n"
"                       default is \"" RFL_KEYD_USER "\"\n"
"  --rate=N/s           questions a second in the long run (10/s)\n"
"  --burst=N            questions at once after a quiet time (100)\n"
"  --daily=N            questions a day, UTC (50000)\n"
"  --pid=FILE           write the process id there\n"
"  --log=FILE           append to this file, opened again at SIGHUP;\n"
"                       \"stderr\" is the default\n"
"  --foreground         stay in the foreground (default)\n"
"  --daemon             go to the background when ready\n"
"  --version            print the version\n"
"  --help               print this\n"
"\n"
"Exit status: 0 after SIGTERM or SIGINT, 1 if it could not start or go on,\n"
"2 for wrong options.  See rfl-keyd(8).\n");
}


static int
rfl_keyd_main(rfl_keyd_t *keyd)
{
    int        rc, ready, pid;
    rfl_err_t  err;

    ready = -1;
    pid = -1;

    rc = rfl_keyd_start(keyd, &ready, &pid, &err);

    if (rc == RFL_OK) {

        rfl_keyd_log(RFL_KEYD_NOTICE, "version %s is ready", RFL_VERSION);
        rfl_keyd_background_done(ready);

        rc = rfl_keyd_server_run(keyd);

        if (rc == RFL_OK) {
            rfl_keyd_log(RFL_KEYD_NOTICE, "stopped after %llu answers, "
                         "secrets are wiped",
                         (unsigned long long) keyd->counters.answered);

        } else {
            rfl_keyd_log(RFL_KEYD_ERROR, "the event loop failed");
        }

    } else if (rc == RFL_ERROR) {

        rfl_keyd_log(RFL_KEYD_ERROR, "%s", err.text);

        if (keyd->options.log != NULL) {
            (void) fprintf(stderr, "rfl-keyd: %s\n", err.text);
        }
    }

    rfl_keyd_epochs_wipe(&keyd->epochs);
    rfl_keyd_server_close(keyd);
    rfl_pool_destroy(keyd->pool);

    if (pid != -1) {

        /* the folder may be closed to us by now: an empty file harms nobody */

        if (unlink(keyd->options.pid) == -1 && ftruncate(pid, 0) == -1) {
            rfl_keyd_log(RFL_KEYD_WARN, "the file of --pid stays");
        }
    }

    return (rc == RFL_ERROR) ? RFL_KEYD_EXIT_FAILED : RFL_KEYD_EXIT_OK;
}


/* RFL_DECLINED: this is the parent, the daemon runs */

static int
rfl_keyd_start(rfl_keyd_t *keyd, int *ready, int *pid, rfl_err_t *err)
{
    int                        rc;
    const rfl_keyd_options_t  *options;

    options = &keyd->options;

    if (rfl_keyd_log_open(options->log, options->uid, err) != RFL_OK
        || rfl_seal_init(err) != RFL_OK
        || rfl_name_init(err) != RFL_OK
        || rfl_keyd_server_open(keyd, err) != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (options->daemon) {

        rc = rfl_keyd_background(ready, err);

        if (rc == RFL_DECLINED) {

            /* the sockets belong to the daemon now */

            free(keyd->server);
            keyd->server = NULL;
        }

        if (rc != RFL_OK) {
            return rc;
        }
    }

    keyd->started = rfl_keyd_uptime();
    keyd->pool = rfl_pool_create(RFL_KEYD_POOL_SIZE);

    if (keyd->pool == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    rfl_keyd_budget_init(&keyd->budget, options);

    if (rfl_keyd_pid_open(options->pid, pid, err) != RFL_OK
        || rfl_keyd_sandbox_lock(err) != RFL_OK
        || rfl_keyd_epochs_init(&keyd->epochs, err) != RFL_OK
        || rfl_keyd_server_start(keyd, err) != RFL_OK
        || rfl_keyd_detach(options, err) != RFL_OK
        || rfl_keyd_sandbox_uid(options, err) != RFL_OK
        || rfl_keyd_sandbox_seal(options, err) != RFL_OK)
    {
        return RFL_ERROR;
    }

    return RFL_OK;
}


/*
 * The parent ends when the daemon answers questions, or with its failure, so
 * that whoever started it knows.
 */

static int
rfl_keyd_background(int *ready, rfl_err_t *err)
{
    int      fds[2];
    char     byte;
    pid_t    pid;
    ssize_t  n;

    if (pipe2(fds, O_CLOEXEC) == -1) {
        return rfl_err(err, 0, "pipe2() failed: %s", strerror(errno));
    }

    pid = fork();

    if (pid == -1) {
        return rfl_err(err, 0, "fork() failed: %s", strerror(errno));
    }

    if (pid == 0) {
        (void) close(fds[0]);
        *ready = fds[1];

        if (setsid() == -1) {
            return rfl_err(err, 0, "setsid() failed: %s", strerror(errno));
        }

        return RFL_OK;
    }

    (void) close(fds[1]);

    do {
        n = read(fds[0], &byte, 1);
    } while (n == -1 && errno == EINTR);

    if (n != 1) {

        /* the daemon has said why */

        _exit(RFL_KEYD_EXIT_FAILED);
    }

    return RFL_DECLINED;
}


/* a daemon keeps nothing of the terminal but its log, if that is there */

static int
rfl_keyd_detach(const rfl_keyd_options_t *options, rfl_err_t *err)
{
    int  fd, rc;

    if (!options->daemon) {
        return RFL_OK;
    }

    fd = open("/dev/null", O_RDWR|O_CLOEXEC);
    if (fd == -1) {
        return rfl_err(err, 0, "cannot open /dev/null: %s", strerror(errno));
    }

    rc = dup2(fd, STDIN_FILENO);

    if (rc != -1) {
        rc = dup2(fd, STDOUT_FILENO);
    }

    if (rc != -1 && options->log != NULL) {
        rc = dup2(fd, STDERR_FILENO);
    }

    if (rc == -1) {
        (void) rfl_err(err, 0, "dup2() failed: %s", strerror(errno));
    }

    (void) close(fd);

    return (rc == -1) ? RFL_ERROR : RFL_OK;
}


static void
rfl_keyd_background_done(int ready)
{
    if (ready == -1) {
        return;
    }

    if (write(ready, "+", 1) != 1) {
        rfl_keyd_log(RFL_KEYD_WARN, "nobody waits for the start");
    }

    (void) close(ready);
}


static int
rfl_keyd_pid_open(const char *path, int *fd, rfl_err_t *err)
{
    if (path == NULL) {
        return RFL_OK;
    }

    *fd = open(path, O_RDWR|O_CREAT|O_CLOEXEC|O_NOFOLLOW, 0644);

    if (*fd == -1) {
        return rfl_err(err, 0, "cannot open \"%s\": %s", path,
                       strerror(errno));
    }

    if (flock(*fd, LOCK_EX|LOCK_NB) == -1) {
        (void) rfl_err(err, 0, "the rfl-keyd of \"%s\" is running", path);
        (void) close(*fd);
        *fd = -1;
        return RFL_ERROR;
    }

    if (ftruncate(*fd, 0) == -1 || dprintf(*fd, "%ld\n", (long) getpid()) < 0)
    {
        return rfl_err(err, 0, "cannot write \"%s\": %s", path,
                       strerror(errno));
    }

    return RFL_OK;
}
