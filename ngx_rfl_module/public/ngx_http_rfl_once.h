
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_once.h: what the workers of a house remember together about
 * its forms: three keys' worth of randomness and numbers, never a word.
 */


#ifndef _NGX_HTTP_RFL_ONCE_H_INCLUDED_
#define _NGX_HTTP_RFL_ONCE_H_INCLUDED_


#include "ngx_http_rfl.h"


/* adds the zone, at the end of the configuration */
ngx_int_t ngx_http_rfl_once_zone(ngx_conf_t *cf);

/*
 * Has this submission been stored?  NGX_DECLINED: no, it is the caller's to
 * store, who has to say how it went by ngx_http_rfl_once_end() within msec
 * milliseconds; NGX_OK: yes, in the last two hours; NGX_AGAIN: somebody is
 * storing it just now, ask again in a while.
 */
ngx_int_t ngx_http_rfl_once_begin(const u_char id[RFL_SUBMISSION_ID_SIZE],
    ngx_msec_t msec);
void ngx_http_rfl_once_end(const u_char id[RFL_SUBMISSION_ID_SIZE],
    ngx_uint_t stored);

/*
 * Takes one of the society's quota of this hour; NGX_DECLINED: it is used
 * up.  What was not stored after all is given back.
 */
ngx_int_t ngx_http_rfl_quota_take(const rfl_str_t *society,
    ngx_uint_t quota);
void ngx_http_rfl_quota_give(const rfl_str_t *society);

/*
 * A name for the client of this request that is good for a day (UTC): 16
 * hexadecimal digits.  Those of one IPv6 /64 are one client.
 */

#define NGX_HTTP_RFL_CLIENT_SIZE  16

void ngx_http_rfl_client(ngx_http_request_t *r,
    u_char text[NGX_HTTP_RFL_CLIENT_SIZE]);


#endif /* _NGX_HTTP_RFL_ONCE_H_INCLUDED_ */
