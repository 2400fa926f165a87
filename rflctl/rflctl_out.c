
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_out.c: everything rflctl says: results on standard output,
 * everything else on standard error, progress only to a terminal.
 */


#include "rflctl.h"

#include <stdio.h>
#include <unistd.h>


#define RFLCTL_PROGRESS_MS   100


typedef struct {
    int          rc;
    int          status;
} rflctl_status_t;


static void rflctl_print(const char *fmt, va_list args) rfl_printf(1, 0);


volatile sig_atomic_t  rflctl_stop;


static const rflctl_status_t  rflctl_statuses[] = {
    { RFL_OK,       RFLCTL_OK },
    { RFL_DECLINED, RFLCTL_PROBLEMS },
    { RFL_AWAY,     RFLCTL_UNAVAILABLE },
    { RFL_BUSY,     RFLCTL_AGAIN },
    { RFL_DENIED,   RFLCTL_DENIED },
    { RFL_CREATE,   RFLCTL_CREATE },
    { RFL_STOPPED,  RFLCTL_AGAIN },
    { RFL_MISFIT,   RFLCTL_PROBLEMS },
    { RFL_ERROR,    RFLCTL_INTERNAL }
};

static const rflctl_opts_t  *rflctl_out;
static unsigned              rflctl_terminal;
static unsigned              rflctl_shown;     /* progress is on the line */
static struct timespec       rflctl_last;


void
rflctl_out_init(const rflctl_opts_t *opts)
{
    rflctl_out = opts;
    rflctl_terminal = !opts->quiet && isatty(STDERR_FILENO);
}


static void
rflctl_print(const char *fmt, va_list args)
{
    rflctl_progress_end();

    (void) fprintf(stderr, "rflctl: ");
    (void) vfprintf(stderr, fmt, args);
    (void) fprintf(stderr, "\n");
}


void
rflctl_error(const char *fmt, ...)
{
    va_list  args;

    va_start(args, fmt);
    rflctl_print(fmt, args);
    va_end(args);
}


void
rflctl_problem(rflctl_t *ctl, const char *fmt, ...)
{
    char     text[RFL_ERR_SIZE * 2];
    va_list  args;

    va_start(args, fmt);
    (void) vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    ctl->nproblems++;

    if (ctl->problems != NULL) {
        (void) json_array_append_new(ctl->problems, json_string(text));

    } else {
        rflctl_error("%s", text);
    }
}


void
rflctl_note(const char *fmt, ...)
{
    va_list  args;

    if (rflctl_out->quiet) {
        return;
    }

    va_start(args, fmt);
    rflctl_print(fmt, args);
    va_end(args);
}


void
rflctl_say(const char *fmt, ...)
{
    va_list  args;

    if (rflctl_out->json || rflctl_out->quiet) {
        return;
    }

    rflctl_progress_end();

    va_start(args, fmt);
    (void) vprintf(fmt, args);
    va_end(args);

    (void) printf("\n");
}


void
rflctl_notice(const char *text)
{
    rflctl_note("%s", text);
}


void
rflctl_waiting(void)
{
    rflctl_note("another command is at work, waiting for it");
}


void
rflctl_progress(const char *what, uint64_t done, uint64_t total)
{
    int64_t          ms;
    struct timespec  now;

    if (!rflctl_terminal) {
        return;
    }

    (void) clock_gettime(CLOCK_MONOTONIC, &now);

    ms = (now.tv_sec - rflctl_last.tv_sec) * 1000
         + (now.tv_nsec - rflctl_last.tv_nsec) / 1000000;

    if (rflctl_shown && ms < RFLCTL_PROGRESS_MS && done != total) {
        return;
    }

    rflctl_last = now;
    rflctl_shown = 1;

    if (total != 0) {
        (void) fprintf(stderr, "\r\033[K%s: %3u%% of %llu", what,
                       (unsigned) (done * 100 / total),
                       (unsigned long long) total);
    } else {
        (void) fprintf(stderr, "\r\033[K%s: %llu", what,
                       (unsigned long long) done);
    }

    (void) fflush(stderr);
}


void
rflctl_progress_end(void)
{
    if (rflctl_shown) {
        (void) fprintf(stderr, "\r\033[K");
        rflctl_shown = 0;
    }
}


int
rflctl_fail(int rc, const rfl_err_t *err)
{
    size_t  i;

    if (rc == RFL_STOPPED) {
        rflctl_error("stopped by a signal, everything is as it was before");

    } else if (rc != RFL_OK) {
        rflctl_error("%s", err->text);
    }

    for (i = 0; i < sizeof(rflctl_statuses) / sizeof(rflctl_status_t); i++) {
        if (rflctl_statuses[i].rc == rc) {
            return rflctl_statuses[i].status;
        }
    }

    return RFLCTL_INTERNAL;
}


int
rflctl_json(json_t *json, int status)
{
    int  rc;

    rflctl_progress_end();

    if (json == NULL) {
        rflctl_error("out of memory");
        return RFLCTL_INTERNAL;
    }

    rc = json_dumpf(json, stdout, JSON_COMPACT);
    json_decref(json);

    if (rc != 0 || printf("\n") < 0) {
        rflctl_error("cannot write to standard output");
        return RFLCTL_CREATE;
    }

    return status;
}


json_t *
rflctl_json_str(const rfl_str_t *str)
{
    return json_stringn((char *) str->data, str->len);
}


int
rflctl_ref_parse(const char *text, u_char ref[RFL_REF_SIZE])
{
    if (rfl_ref_parse((u_char *) text, strlen(text), ref) != RFL_OK) {
        rflctl_error("\"%s\" is not a public reference", text);
        return RFLCTL_USAGE;
    }

    return RFLCTL_OK;
}


void
rflctl_ref(const u_char ref[RFL_REF_SIZE], char text[RFL_REF_TEXT_SIZE + 1])
{
    rfl_ref_format(ref, (u_char *) text);
    text[RFL_REF_TEXT_SIZE] = '\0';
}


void
rflctl_time(int64_t when, char text[RFL_TIME_TEXT_SIZE + 1])
{
    rfl_time_format(when, (u_char *) text);
    text[RFL_TIME_TEXT_SIZE] = '\0';
}
