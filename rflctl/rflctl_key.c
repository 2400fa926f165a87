
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_key.c: "rflctl keygen", and passphrases.
 */


#include "rfl_keyfile.h"
#include "rflctl.h"
#include "rflctl_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>


#define RFLCTL_PASS_MAX      1024
#define RFLCTL_PASS_MIN      10


static int rflctl_passphrase_tty(rfl_pool_t *pool, const char *prompt,
    rfl_str_t *passphrase, rfl_err_t *err);


int
rflctl_keygen(rflctl_t *ctl)
{
    int            rc;
    rfl_buf_t      out;
    rfl_err_t      err;
    rfl_str_t      passphrase;
    rflctl_ask_t   ask;
    rfl_keyfile_t  key;

    ask.prompt = "Passphrase: ";
    ask.file = ctl->opts->passphrase;

    rc = rflctl_passphrase_new(ctl, &ask, &passphrase, &err);
    if (rc != RFL_OK) {
        return rflctl_fail(rc, &err);
    }

    rfl_keyfile_generate(&key);

    rc = rfl_keyfile_write(ctl->pool, ctl->argv[0], &key, &passphrase, &err);

    if (rc == RFL_OK) {
        rfl_buf_init(&out, 0);
        rfl_keyfile_trust(&key, &out);

        (void) printf("%.*s\n", (int) out.len, out.data);
        rfl_buf_free(&out);

        rflctl_note("the secret is in \"%s\": keep it with its moderator; "
                    "add the line above to \"keys\" of the society in the "
                    "trust file", ctl->argv[0]);
    }

    rfl_memzero(&key, sizeof(key));

    return rflctl_fail(rc, &err);
}


int
rflctl_passphrase_new(rflctl_t *ctl, rflctl_ask_t *ask,
    rfl_str_t *passphrase, rfl_err_t *err)
{
    int        rc;
    rfl_str_t  again;

    rfl_str_null(passphrase);

    if (ctl->opts->no_passphrase) {
        return RFL_OK;
    }

    rc = rflctl_passphrase_ask(ask, ctl->pool, passphrase, err);
    if (rc != RFL_OK) {
        return rc;
    }

    if (passphrase->len < RFLCTL_PASS_MIN) {
        (void) rfl_err(err, 0, "a passphrase needs %d characters or more: "
                       "five random words do well", RFLCTL_PASS_MIN);
        return RFL_DECLINED;
    }

    if (ask->file != NULL) {
        return RFL_OK;
    }

    rc = rflctl_passphrase_tty(ctl->pool, "The same again: ", &again, err);

    if (rc == RFL_OK && !rfl_str_eq(passphrase, &again)) {
        (void) rfl_err(err, 0, "the passphrases differ, no key was made");
        rc = RFL_DECLINED;
    }

    return rc;
}


int
rflctl_passphrase(void *data, rfl_pool_t *pool, rfl_str_t *passphrase,
    rfl_err_t *err)
{
    rflctl_t      *ctl = data;
    rflctl_ask_t   ask;

    ask.prompt = "Passphrase: ";
    ask.file = ctl->opts->passphrase;

    return rflctl_passphrase_ask(&ask, pool, passphrase, err);
}


int
rflctl_passphrase_ask(void *data, rfl_pool_t *pool, rfl_str_t *passphrase,
    rfl_err_t *err)
{
    int            rc;
    rflctl_ask_t  *ask = data;

    if (ask->file == NULL) {
        return rflctl_passphrase_tty(pool, ask->prompt, passphrase, err);
    }

    rc = rfl_file_read(pool, ask->file, RFLCTL_PASS_MAX, 1, passphrase, err);
    if (rc != RFL_OK) {
        return RFL_DENIED;
    }

    while (passphrase->len > 0
           && (passphrase->data[passphrase->len - 1] == '\n'
               || passphrase->data[passphrase->len - 1] == '\r'))
    {
        passphrase->len--;
    }

    return RFL_OK;
}


static int
rflctl_passphrase_tty(rfl_pool_t *pool, const char *prompt,
    rfl_str_t *passphrase, rfl_err_t *err)
{
    int             fd;
    size_t          n;
    u_char         *p;
    struct termios  tty, silent;

    fd = open("/dev/tty", O_RDWR|O_CLOEXEC|O_NOCTTY);

    if (fd == -1 || tcgetattr(fd, &tty) == -1) {

        if (fd != -1) {
            (void) close(fd);
        }

        (void) rfl_err(err, 0, "there is no terminal to ask for a "
                       "passphrase: use --passphrase-file");
        return RFL_DENIED;
    }

    p = rfl_palloc(pool, RFLCTL_PASS_MAX);
    if (p == NULL) {
        (void) close(fd);
        return rfl_err(err, 0, "out of memory");
    }

    silent = tty;
    silent.c_lflag &= ~(tcflag_t) ECHO;
    silent.c_lflag |= ECHONL;

    (void) tcsetattr(fd, TCSAFLUSH, &silent);

    /* a line is ended by newline, end of file, or a signal */

    n = 0;

    if (write(fd, prompt, strlen(prompt)) != -1) {

        while (n < RFLCTL_PASS_MAX - 1 && read(fd, p + n, 1) == 1
               && p[n] != '\n')
        {
            n++;
        }
    }

    (void) tcsetattr(fd, TCSAFLUSH, &tty);
    (void) close(fd);

    p[n] = '\0';

    passphrase->data = p;
    passphrase->len = n;

    if (rflctl_stop) {
        return RFL_STOPPED;
    }

    return RFL_OK;
}
