
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_lines.c: NDJSON line by line, and what is wrong with the lines.
 * Called by check, sign, publish and renew.
 */


#include "rflctl.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>


#define RFLCTL_LINES_READ    65536
#define RFLCTL_LINES_LOOK    1000  /* ms from look to look for a signal */


static int rflctl_lines_whole(rflctl_lines_t *lines, rfl_err_t *err);
static int rflctl_lines_fill(rfl_buf_t *whole, int fd, const char *name,
    rfl_err_t *err);


int
rflctl_lines_open(rflctl_lines_t *lines, const char *path, rfl_err_t *err)
{
    int          rc;
    struct stat  st;

    memset(lines, 0, sizeof(rflctl_lines_t));

    if (strcmp(path, "-") == 0) {
        lines->name = "standard input";
        lines->file = stdin;

    } else {
        lines->name = path;
        lines->file = fopen(path, "re");
    }

    if (lines->file == NULL) {
        (void) rfl_err(err, 0, "cannot open \"%s\": %s", path,
                       strerror(errno));
        return (errno == EACCES) ? RFL_DENIED : RFL_DECLINED;
    }

    if (fstat(fileno(lines->file), &st) == 0 && S_ISREG(st.st_mode)) {
        return RFL_OK;
    }

    rc = rflctl_lines_whole(lines, err);

    if (rc != RFL_OK) {
        rflctl_lines_close(lines);
    }

    return rc;
}


static int
rflctl_lines_whole(rflctl_lines_t *lines, rfl_err_t *err)
{
    int    rc;
    FILE  *file;

    rfl_buf_init(&lines->whole, RFLCTL_LINES_MOST);

    rc = rflctl_lines_fill(&lines->whole, fileno(lines->file), lines->name,
                           err);
    if (rc != RFL_OK) {
        return rc;
    }

    file = fmemopen(lines->whole.data, lines->whole.len, "r");
    if (file == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    if (lines->file != stdin) {
        (void) fclose(lines->file);
    }

    lines->file = file;

    return RFL_OK;
}


static int
rflctl_lines_fill(rfl_buf_t *whole, int fd, const char *name, rfl_err_t *err)
{
    u_char         *room;
    ssize_t         n;
    struct pollfd   in;

    in.fd = fd;
    in.events = POLLIN;

    for ( ;; ) {

        /* a read() would go on after a signal */

        n = poll(&in, 1, RFLCTL_LINES_LOOK);

        if (rflctl_stop) {
            return RFL_STOPPED;
        }

        if (n == 0 || (n == -1 && errno == EINTR)) {
            continue;
        }

        room = rfl_buf_room(whole, RFLCTL_LINES_READ);

        if (room == NULL) {

            if (whole->len <= whole->max - RFLCTL_LINES_READ) {
                return rfl_err(err, 0, "out of memory");
            }

            (void) rfl_err(err, 0, "%s has more than %zu MB: write it to a "
                           "file and name that", name,
                           whole->max / (1024 * 1024));
            return RFL_DECLINED;
        }

        n = read(fd, room, RFLCTL_LINES_READ);

        if (n == -1 && errno != EINTR && errno != EAGAIN) {
            return rfl_err(err, 0, "cannot read %s: %s", name,
                           strerror(errno));
        }

        if (n == 0) {
            return RFL_OK;
        }

        if (n > 0) {
            whole->len += (size_t) n;
        }
    }
}


int
rflctl_lines_next(rflctl_lines_t *lines, rfl_err_t *err)
{
    ssize_t  n;

    do {
        errno = 0;
        n = getline(&lines->line, &lines->size, lines->file);

        if (n == -1) {

            if (ferror(lines->file) || errno == ENOMEM) {
                return rfl_err(err, 0, "cannot read %s: %s", lines->name,
                               strerror(errno));
            }

            return RFL_DECLINED;
        }

        lines->number++;

        while (n > 0 && (lines->line[n - 1] == '\n'
                         || lines->line[n - 1] == '\r'
                         || lines->line[n - 1] == ' '))
        {
            n--;
        }

    } while (n == 0);

    lines->line[n] = '\0';
    lines->text.data = (u_char *) lines->line;
    lines->text.len = (size_t) n;

    return RFL_OK;
}


void
rflctl_lines_close(rflctl_lines_t *lines)
{
    if (lines->file != NULL && lines->file != stdin) {
        (void) fclose(lines->file);
    }

    rfl_buf_free(&lines->whole);
    rfl_memzero(lines->line, lines->size);
    free(lines->line);

    lines->file = NULL;
    lines->line = NULL;
    lines->size = 0;
}


void
rflctl_faults_init(rflctl_faults_t *faults, const char *file)
{
    memset(faults, 0, sizeof(rflctl_faults_t));
    faults->file = file;
}


void
rflctl_faults_add(rflctl_faults_t *faults, unsigned line, const u_char *text,
    size_t len)
{
    size_t         n;
    const u_char  *p, *end, *last;

    last = text + len;
    faults->lines++;

    for (p = text; p < last; p = end + 1) {

        end = memchr(p, '\n', (size_t) (last - p));
        if (end == NULL) {
            end = last;
        }

        n = (size_t) (end - p);

        if (n == 0) {
            continue;
        }

        faults->count++;

        if (faults->json != NULL) {
            (void) json_array_append_new(faults->json,
                json_pack("{s:i, s:s%}", "line", (int) line, "fault", p, n));

        } else {
            rflctl_progress_end();
            (void) fprintf(stderr, "%s:%u: %.*s\n", faults->file, line,
                           (int) n, p);
        }
    }
}
