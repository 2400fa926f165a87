
/*
 * Copyright (C) The RFL authors
 *
 * rfl_keyd_socket.c: listening Unix sockets.  A socket gets its mode and group
 * under another name and is then renamed, so that nobody connects before.
 */


#include "rfl_keyd.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>


#define RFL_KEYD_NEW     ".new"


static int rfl_keyd_socket_free(const char *path, rfl_err_t *err);
static int rfl_keyd_socket_bind(int fd, const char *name, const char *path,
    mode_t mode, gid_t gid, rfl_err_t *err);
static void rfl_keyd_socket_address(struct sockaddr_un *sun,
    const char *path);


int
rfl_keyd_socket_open(rfl_keyd_socket_t *s, const char *path, mode_t mode,
    gid_t gid, rfl_err_t *err)
{
    int          fd;
    char         name[sizeof(((struct sockaddr_un *) 0)->sun_path)];
    struct stat  st;

    s->fd = -1;
    s->path = path;

    if (strlen(path) + sizeof(RFL_KEYD_NEW) > sizeof(name)) {
        return rfl_err(err, 0, "the socket path \"%s\" is longer than %zu "
                       "bytes", path, sizeof(name) - sizeof(RFL_KEYD_NEW));
    }

    if (rfl_keyd_socket_free(path, err) != RFL_OK) {
        return RFL_ERROR;
    }

    (void) snprintf(name, sizeof(name), "%s" RFL_KEYD_NEW, path);
    (void) unlink(name);

    fd = socket(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC, 0);
    if (fd == -1) {
        return rfl_err(err, 0, "socket() failed: %s", strerror(errno));
    }

    if (rfl_keyd_socket_bind(fd, name, path, mode, gid, err) != RFL_OK) {
        (void) close(fd);
        return RFL_ERROR;
    }

    if (stat(path, &st) == 0) {
        s->dev = st.st_dev;
        s->ino = st.st_ino;
    }

    s->fd = fd;

    return RFL_OK;
}


void
rfl_keyd_socket_close(rfl_keyd_socket_t *s)
{
    struct stat  st;

    if (s->fd == -1) {
        return;
    }

    (void) close(s->fd);
    s->fd = -1;

    /*
     * After a change of uid the folder may not allow it; then the next start
     * finds a socket nobody listens on, and takes its place.
     */

    if (lstat(s->path, &st) == 0
        && st.st_dev == s->dev && st.st_ino == s->ino)
    {
        (void) unlink(s->path);
    }
}


/* may this path be taken? */

static int
rfl_keyd_socket_free(const char *path, rfl_err_t *err)
{
    int                 fd, rc, errnum;
    struct stat         st;
    struct sockaddr_un  sun;

    if (lstat(path, &st) == -1) {

        if (errno == ENOENT) {
            return RFL_OK;
        }

        return rfl_err(err, 0, "cannot use \"%s\": %s", path,
                       strerror(errno));
    }

    if (!S_ISSOCK(st.st_mode)) {
        return rfl_err(err, 0, "\"%s\" is there and is no socket, remove it "
                       "or choose another path", path);
    }

    fd = socket(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC, 0);
    if (fd == -1) {
        return rfl_err(err, 0, "socket() failed: %s", strerror(errno));
    }

    rfl_keyd_socket_address(&sun, path);

    rc = connect(fd, (struct sockaddr *) &sun, sizeof(sun));
    errnum = errno;

    (void) close(fd);

    if (rc == -1 && errnum == ECONNREFUSED) {
        return RFL_OK;
    }

    return rfl_err(err, 0, "somebody listens on \"%s\" already, stop that "
                   "rfl-keyd first", path);
}


static int
rfl_keyd_socket_bind(int fd, const char *name, const char *path, mode_t mode,
    gid_t gid, rfl_err_t *err)
{
    int                 rc;
    mode_t              mask;
    struct sockaddr_un  sun;

    rfl_keyd_socket_address(&sun, name);

    mask = umask(0177);
    rc = bind(fd, (struct sockaddr *) &sun, sizeof(sun));
    (void) umask(mask);

    if (rc == -1) {
        return rfl_err(err, 0, "cannot make the socket \"%s\": %s", path,
                       strerror(errno));
    }

    if (gid != (gid_t) -1 && chown(name, (uid_t) -1, gid) == -1) {
        (void) rfl_err(err, 0, "cannot give \"%s\" to group %u: %s", path,
                       (unsigned) gid, strerror(errno));
        goto failed;
    }

    if (chmod(name, mode) == -1 || listen(fd, SOMAXCONN) == -1
        || rename(name, path) == -1)
    {
        (void) rfl_err(err, 0, "cannot listen on \"%s\": %s", path,
                       strerror(errno));
        goto failed;
    }

    return RFL_OK;

failed:

    (void) unlink(name);

    return RFL_ERROR;
}


static void
rfl_keyd_socket_address(struct sockaddr_un *sun, const char *path)
{
    memset(sun, 0, sizeof(struct sockaddr_un));

    sun->sun_family = AF_UNIX;
    (void) snprintf(sun->sun_path, sizeof(sun->sun_path), "%s", path);
}
