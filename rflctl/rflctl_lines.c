
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_lines.c: NDJSON line by line, and what is wrong with the lines.
 * Called by check, sign, publish and renew.
 */


#include "rflctl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>


int
rflctl_lines_open(rflctl_lines_t *lines, const char *path, rfl_err_t *err)
{
    memset(lines, 0, sizeof(rflctl_lines_t));

    if (strcmp(path, "-") == 0) {
        lines->name = "standard input";
        lines->file = stdin;
        return RFL_OK;
    }

    lines->name = path;
    lines->file = fopen(path, "re");

    if (lines->file == NULL) {
        (void) rfl_err(err, 0, "cannot open \"%s\": %s", path,
                       strerror(errno));
        return (errno == EACCES) ? RFL_DENIED : RFL_DECLINED;
    }

    return RFL_OK;
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
