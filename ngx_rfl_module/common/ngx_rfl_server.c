
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_server.c: the servers of a configuration: addresses, users and
 * passwords, which are read and checked when the configuration is, and the
 * start and end of a worker.  Called by the module.
 */


#include "ngx_rfl_conn_int.h"

#include <sodium.h>
#include <sys/un.h>


#define NGX_RFL_PASSWORD_MAX  512


static ngx_int_t ngx_rfl_server_path(ngx_conf_t *cf,
    ngx_rfl_server_t *server);
static ngx_int_t ngx_rfl_server_password(ngx_conf_t *cf,
    ngx_rfl_server_t *server);
static void ngx_rfl_server_forget(void *data);


ngx_rfl_server_t *
ngx_rfl_server_add(ngx_conf_t *cf, ngx_array_t *servers, ngx_str_t *path,
    ngx_str_t *user, ngx_str_t *password_file)
{
    ngx_uint_t          i;
    ngx_rfl_server_t  **sp, *server;

    server = ngx_pcalloc(cf->pool, sizeof(ngx_rfl_server_t));
    if (server == NULL) {
        return NULL;
    }

    server->path = *path;
    server->user = *user;
    server->password_file = *password_file;
    server->stats = &server->local;
    server->fd = (ngx_socket_t) -1;

    ngx_queue_init(&server->ops);

    server->retry.data = server;
    server->retry.handler = ngx_rfl_retry_handler;
    server->retry.cancelable = 1;

    server->watchdog.data = server;
    server->watchdog.handler = ngx_rfl_watchdog_handler;
    server->watchdog.cancelable = 1;

    if (ngx_rfl_server_path(cf, server) != NGX_OK) {
        return NULL;
    }

    if (password_file->len != 0
        && ngx_conf_full_name(cf->cycle, &server->password_file, 1)
           != NGX_OK)
    {
        return NULL;
    }

    sp = servers->elts;

    for (i = 0; i < servers->nelts; i++) {

        if (sp[i]->path.len == server->path.len
            && sp[i]->user.len == server->user.len
            && sp[i]->password_file.len == server->password_file.len
            && ngx_strncmp(sp[i]->path.data, server->path.data,
                           server->path.len) == 0
            && ngx_strncmp(sp[i]->user.data, server->user.data,
                           server->user.len) == 0
            && ngx_strncmp(sp[i]->password_file.data,
                           server->password_file.data,
                           server->password_file.len) == 0)
        {
            return sp[i];
        }
    }

    if (ngx_rfl_server_password(cf, server) != NGX_OK) {
        return NULL;
    }

    sp = ngx_array_push(servers);
    if (sp == NULL) {
        return NULL;
    }

    *sp = server;

    return server;
}


static ngx_int_t
ngx_rfl_server_path(ngx_conf_t *cf, ngx_rfl_server_t *server)
{
    ngx_str_t           *path;
    struct sockaddr_un   sa;

    path = &server->path;

    if (path->len >= 5 && ngx_strncmp(path->data, "unix:", 5) == 0) {
        path->data += 5;
        path->len -= 5;
    }

    if (path->len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the address of a server is empty, "
                           "write \"unix:/run/...\"");
        return NGX_ERROR;
    }

    if (ngx_conf_full_name(cf->cycle, path, 0) != NGX_OK) {
        return NGX_ERROR;
    }

    if (path->len >= sizeof(sa.sun_path)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the path of the socket \"%V\" is too long, "
                           "the limit is %uz bytes",
                           path, sizeof(sa.sun_path) - 1);
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_rfl_server_password(ngx_conf_t *cf, ngx_rfl_server_t *server)
{
    ngx_int_t            rc;
    rfl_err_t            err;
    rfl_str_t            text;
    rfl_pool_t          *pool;
    ngx_pool_cleanup_t  *cln;

    if (server->password_file.len == 0) {

        if (server->user.len != 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "the user \"%V\" has no password file",
                               &server->user);
            return NGX_ERROR;
        }

        return NGX_OK;
    }

    pool = rfl_pool_create(NGX_RFL_PASSWORD_MAX + 1);
    if (pool == NULL) {
        return NGX_ERROR;
    }

    rc = NGX_ERROR;

    if (rfl_file_read(pool, (char *) server->password_file.data,
                      NGX_RFL_PASSWORD_MAX, 1, &text, &err)
        != RFL_OK)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%s", err.text);
        goto done;
    }

    while (text.len != 0 && (text.data[text.len - 1] == LF
                             || text.data[text.len - 1] == CR))
    {
        text.len--;
    }

    if (text.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the password file \"%V\" is empty",
                           &server->password_file);
        goto done;
    }

    cln = ngx_pool_cleanup_add(cf->pool, 0);

    if (cln == NULL || sodium_init() == -1) {
        goto done;
    }

    server->password.data = sodium_malloc(text.len);
    if (server->password.data == NULL) {
        goto done;
    }

    cln->handler = ngx_rfl_server_forget;
    cln->data = server;

    ngx_memcpy(server->password.data, text.data, text.len);
    server->password.len = text.len;

    (void) sodium_mprotect_readonly(server->password.data);

    rc = NGX_OK;

done:

    rfl_pool_destroy(pool);

    return rc;
}


static void
ngx_rfl_server_forget(void *data)
{
    ngx_rfl_server_t *server = data;

    sodium_free(server->password.data);
    rfl_str_null(&server->password);
}


ngx_int_t
ngx_rfl_servers_init(ngx_cycle_t *cycle, ngx_array_t *servers)
{
    ngx_uint_t          i;
    ngx_rfl_server_t  **sp;

    /* cache manager and loader have no visitors */

    if (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE)
    {
        return NGX_OK;
    }

    sp = servers->elts;

    for (i = 0; i < servers->nelts; i++) {
        ngx_rfl_connect(sp[i]);
    }

    return NGX_OK;
}


void
ngx_rfl_servers_exit(ngx_array_t *servers)
{
    ngx_uint_t          i;
    ngx_queue_t        *q;
    ngx_rfl_server_t  **sp, *server;

    sp = servers->elts;

    for (i = 0; i < servers->nelts; i++) {

        server = sp[i];

        ngx_rfl_disconnect(server);

        if (server->retry.timer_set) {
            ngx_del_timer(&server->retry);
        }

        /* after TERM requests may be unfinished: nobody answers them now */

        while (!ngx_queue_empty(&server->ops)) {
            q = ngx_queue_head(&server->ops);
            ngx_queue_remove(q);
            ngx_rfl_op_free(ngx_queue_data(q, ngx_rfl_op_t, queue));
        }

        rfl_buf_free(&server->out);
    }
}
