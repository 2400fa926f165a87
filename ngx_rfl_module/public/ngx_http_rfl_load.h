
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_load.h: what the files that load a site share, all at
 * configuration time.
 */


#ifndef _NGX_HTTP_RFL_LOAD_H_INCLUDED_
#define _NGX_HTTP_RFL_LOAD_H_INCLUDED_


#include "ngx_http_rfl.h"


/* the language of the sources, whose catalog has the keys of all others */
#define NGX_HTTP_RFL_REFERENCE  "en"


/* what is under way while a site is loaded */

typedef struct {
    ngx_conf_t                *cf;
    ngx_http_rfl_loc_conf_t   *lcf;
    rfl_pool_t                *pool;
    ngx_http_rfl_site_t       *site;
    rfl_catalog_t             *reference;
    ngx_array_t                used;         /* names of the theme's files */
} ngx_http_rfl_load_t;


/* languages and their catalogs */
ngx_int_t ngx_http_rfl_load_words(ngx_http_rfl_load_t *ld);
/* stylesheet, logo and templates; after the words */
ngx_int_t ngx_http_rfl_load_theme(ngx_http_rfl_load_t *ld);

/*
 * Reads DIR SUB / NAME EXT.  NGX_DECLINED: there is no such file.  file is
 * its whole path in any case, with a NUL that is not counted.
 */
ngx_int_t ngx_http_rfl_read(ngx_http_rfl_load_t *ld, ngx_str_t *dir,
    const char *sub, const char *name, size_t len, const char *ext,
    rfl_str_t *text, rfl_str_t *file);

/*
 * Calls handler for each file of a directory whose name ends so, until it
 * returns something else than NGX_OK.  name is the whole name, len its length
 * without the ending; directive is the one that names the directory.
 */
typedef ngx_int_t (*ngx_http_rfl_listed_pt)(ngx_http_rfl_load_t *ld,
    u_char *name, size_t len);

ngx_int_t ngx_http_rfl_list(ngx_http_rfl_load_t *ld, ngx_str_t *dir,
    const char *directive, const char *ext, ngx_http_rfl_listed_pt handler);


#endif /* _NGX_HTTP_RFL_LOAD_H_INCLUDED_ */
