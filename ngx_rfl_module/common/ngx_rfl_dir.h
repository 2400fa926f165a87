
/*
 * Copyright (C) The RFL authors
 *
 * ngx_rfl_dir.h: a directive that names a directory.
 *
 * Both modules need this and share no object file, so it is inline.
 */


#ifndef _NGX_RFL_DIR_H_INCLUDED_
#define _NGX_RFL_DIR_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


/*
 * A slot of ngx_str_t at cmd->offset: the full name, without a slash at its
 * end.  cmd->post, if any, is a word that stands for none, such as "off".
 */

static ngx_inline char *
ngx_rfl_set_dir(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    char  *p = conf;

    ngx_str_t        *value, *dir;
    ngx_file_info_t   fi;

    dir = (ngx_str_t *) (p + cmd->offset);

    if (dir->data) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (cmd->post && ngx_strcmp(value[1].data, cmd->post) == 0) {
        ngx_str_set(dir, "");
        return NGX_CONF_OK;
    }

    while (value[1].len > 1 && value[1].data[value[1].len - 1] == '/') {
        value[1].data[--value[1].len] = '\0';
    }

    if (ngx_conf_full_name(cf->cycle, &value[1], 1) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    if (ngx_file_info(value[1].data, &fi) == NGX_FILE_ERROR) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           "the directory \"%V\" of \"%V\" cannot be read",
                           &value[1], &cmd->name);
        return NGX_CONF_ERROR;
    }

    if (!ngx_is_dir(&fi)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" of \"%V\" is not a directory, name the "
                           "directory that holds the files",
                           &value[1], &cmd->name);
        return NGX_CONF_ERROR;
    }

    *dir = value[1];

    return NGX_CONF_OK;
}


#endif /* _NGX_RFL_DIR_H_INCLUDED_ */
