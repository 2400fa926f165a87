
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_once.c: memory that all workers share and that outlives a
 * reload, but not the master process:
 *
 *     the key of hidden fields and tokens, made when the zone is
 *     the key of clients' names, made anew each day (UTC)
 *     ids of submissions that were stored in the last two hours
 *     how many each society was sent in this hour
 *
 * All of it is of a fixed size.  An id is random and says nothing; when its
 * set is full the oldest is forgotten, and a second copy of a submission that
 * slips through is known by its id at the desk.
 *
 * The lock is that of the zone's slab pool: nginx frees it should a worker
 * die with it.
 */


#include <sodium.h>

#include "ngx_http_rfl_once.h"
#include "rfl_json.h"


/* ids are random: their first bytes choose the set */
#define NGX_HTTP_RFL_ONCE_SETS    8192
#define NGX_HTTP_RFL_ONCE_WAYS    8

/* as long as a hidden field opens */
#define NGX_HTTP_RFL_ONCE_LIFE    RFL_FORM_LIFE

/* societies; those beyond share the last counter */
#define NGX_HTTP_RFL_QUOTAS       256
#define NGX_HTTP_RFL_QUOTA_NAME   (RFL_ID_MAX + 1)

#define NGX_HTTP_RFL_CLIENT_KEY   crypto_generichash_KEYBYTES


typedef struct {
    u_char                   id[RFL_SUBMISSION_ID_SIZE];
    int64_t                  until;     /* ngx_current_msec; 0: free */
    ngx_uint_t               stored;    /* 0: somebody is at it */
} ngx_http_rfl_once_id_t;


typedef struct {
    u_char                   society[NGX_HTTP_RFL_QUOTA_NAME];
    time_t                   hour;
    ngx_uint_t               count;
} ngx_http_rfl_quota_t;


typedef struct {
    u_char                   form_key[RFL_FORM_KEY_SIZE];
    u_char                   client_key[NGX_HTTP_RFL_CLIENT_KEY];
    time_t                   client_day;
    ngx_http_rfl_quota_t     quotas[NGX_HTTP_RFL_QUOTAS];
    ngx_http_rfl_once_id_t   ids[NGX_HTTP_RFL_ONCE_SETS]
                                [NGX_HTTP_RFL_ONCE_WAYS];
} ngx_http_rfl_once_t;


static ngx_int_t ngx_http_rfl_once_init(ngx_shm_zone_t *zone, void *data);
static ngx_http_rfl_once_id_t *ngx_http_rfl_once_find(const u_char *id);
static ngx_http_rfl_quota_t *ngx_http_rfl_quota_find(
    const rfl_str_t *society);
static size_t ngx_http_rfl_client_address(struct sockaddr *sa,
    const u_char **data);


static ngx_http_rfl_once_t  *ngx_http_rfl_once;
static ngx_shmtx_t          *ngx_http_rfl_once_mutex;


ngx_int_t
ngx_http_rfl_once_zone(ngx_conf_t *cf)
{
    size_t           size;
    ngx_str_t        name;
    ngx_shm_zone_t  *zone;

    ngx_str_set(&name, "ngx_http_rfl_once");

    /* the slab pool keeps a few words for each page */

    size = sizeof(ngx_http_rfl_once_t);
    size += size / 64 + 8 * ngx_pagesize;

    zone = ngx_shared_memory_add(cf, &name, size, &ngx_http_rfl_module);
    if (zone == NULL) {
        return NGX_ERROR;
    }

    zone->init = ngx_http_rfl_once_init;

    return NGX_OK;
}


static ngx_int_t
ngx_http_rfl_once_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_slab_pool_t      *pool;
    ngx_http_rfl_once_t  *once;

    pool = (ngx_slab_pool_t *) zone->shm.addr;

    once = pool->data;

    if (once == NULL) {
        once = ngx_slab_calloc(pool, sizeof(ngx_http_rfl_once_t));
        if (once == NULL) {
            return NGX_ERROR;
        }

        randombytes_buf(once->form_key, RFL_FORM_KEY_SIZE);

        pool->data = once;
    }

    ngx_http_rfl_once = once;
    ngx_http_rfl_once_mutex = &pool->mutex;

    return NGX_OK;
}


const u_char *
ngx_http_rfl_form_key(ngx_http_request_t *r)
{
    ngx_http_rfl_loc_conf_t  *lcf;

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    return lcf->inbox ? ngx_http_rfl_once->form_key : NULL;
}


ngx_int_t
ngx_http_rfl_once_begin(const u_char id[RFL_SUBMISSION_ID_SIZE],
    ngx_msec_t msec)
{
    int64_t                  now;
    ngx_int_t                rc;
    ngx_http_rfl_once_id_t  *known;

    ngx_shmtx_lock(ngx_http_rfl_once_mutex);

    /* since boot: a claim must not last longer because a clock was set */

    now = (int64_t) ngx_current_msec;
    known = ngx_http_rfl_once_find(id);

    if (known->until > now
        && ngx_memcmp(known->id, id, RFL_SUBMISSION_ID_SIZE) == 0)
    {
        rc = known->stored ? NGX_OK : NGX_AGAIN;

    } else {
        ngx_memcpy(known->id, id, RFL_SUBMISSION_ID_SIZE);
        known->until = now + (int64_t) msec;
        known->stored = 0;

        rc = NGX_DECLINED;
    }

    ngx_shmtx_unlock(ngx_http_rfl_once_mutex);

    return rc;
}


void
ngx_http_rfl_once_end(const u_char id[RFL_SUBMISSION_ID_SIZE],
    ngx_uint_t stored)
{
    ngx_http_rfl_once_id_t  *known;

    ngx_shmtx_lock(ngx_http_rfl_once_mutex);

    known = ngx_http_rfl_once_find(id);

    if (stored) {
        ngx_memcpy(known->id, id, RFL_SUBMISSION_ID_SIZE);
        known->until = (int64_t) ngx_current_msec
                       + NGX_HTTP_RFL_ONCE_LIFE * 1000;
        known->stored = 1;

    } else if (ngx_memcmp(known->id, id, RFL_SUBMISSION_ID_SIZE) == 0) {
        ngx_memzero(known, sizeof(ngx_http_rfl_once_id_t));
    }

    ngx_shmtx_unlock(ngx_http_rfl_once_mutex);
}


/* where the id is, or the place that it may have: the one to end first */

static ngx_http_rfl_once_id_t *
ngx_http_rfl_once_find(const u_char *id)
{
    ngx_uint_t               i, set;
    ngx_http_rfl_once_id_t  *way, *first;

    set = (ngx_uint_t) rfl_le_get(id, 4) % NGX_HTTP_RFL_ONCE_SETS;
    way = ngx_http_rfl_once->ids[set];
    first = way;

    for (i = 0; i < NGX_HTTP_RFL_ONCE_WAYS; i++) {

        if (way[i].until
            && ngx_memcmp(way[i].id, id, RFL_SUBMISSION_ID_SIZE) == 0)
        {
            return &way[i];
        }

        if (way[i].until < first->until) {
            first = &way[i];
        }
    }

    return first;
}


ngx_int_t
ngx_http_rfl_quota_take(const rfl_str_t *society, ngx_uint_t quota)
{
    ngx_int_t              rc;
    ngx_http_rfl_quota_t  *q;

    ngx_shmtx_lock(ngx_http_rfl_once_mutex);

    q = ngx_http_rfl_quota_find(society);

    if (q->hour != ngx_time() / 3600) {
        q->hour = ngx_time() / 3600;
        q->count = 0;
    }

    rc = NGX_DECLINED;

    if (q->count < quota) {
        q->count++;
        rc = NGX_OK;
    }

    ngx_shmtx_unlock(ngx_http_rfl_once_mutex);

    return rc;
}


void
ngx_http_rfl_quota_give(const rfl_str_t *society)
{
    ngx_http_rfl_quota_t  *q;

    ngx_shmtx_lock(ngx_http_rfl_once_mutex);

    q = ngx_http_rfl_quota_find(society);

    if (q->hour == ngx_time() / 3600 && q->count) {
        q->count--;
    }

    ngx_shmtx_unlock(ngx_http_rfl_once_mutex);
}


static ngx_http_rfl_quota_t *
ngx_http_rfl_quota_find(const rfl_str_t *society)
{
    ngx_uint_t             i;
    ngx_http_rfl_quota_t  *q;

    q = ngx_http_rfl_once->quotas;

    for (i = 0; i < NGX_HTTP_RFL_QUOTAS - 1; i++) {

        if (q[i].society[0] == '\0') {

            if (society->len < NGX_HTTP_RFL_QUOTA_NAME) {
                ngx_memcpy(q[i].society, society->data, society->len);
            }

            break;
        }

        if (ngx_strlen(q[i].society) == society->len
            && ngx_memcmp(q[i].society, society->data, society->len) == 0)
        {
            break;
        }
    }

    return &q[i];
}


/*
 * Keyed, so that nobody can tell the address by trying all there are, and
 * tomorrow nobody can at all: the key of today will not be anywhere.
 */

void
ngx_http_rfl_client(ngx_http_request_t *r,
    u_char text[NGX_HTTP_RFL_CLIENT_SIZE])
{
    size_t         len;
    time_t         day;
    u_char         key[NGX_HTTP_RFL_CLIENT_KEY];
    u_char         hash[crypto_generichash_BYTES_MIN];
    const u_char  *data;

    day = ngx_time() / RFL_DAY_SECONDS;

    ngx_shmtx_lock(ngx_http_rfl_once_mutex);

    if (ngx_http_rfl_once->client_day != day) {
        ngx_http_rfl_once->client_day = day;
        randombytes_buf(ngx_http_rfl_once->client_key,
                        NGX_HTTP_RFL_CLIENT_KEY);
    }

    ngx_memcpy(key, ngx_http_rfl_once->client_key, NGX_HTTP_RFL_CLIENT_KEY);

    ngx_shmtx_unlock(ngx_http_rfl_once_mutex);

    len = ngx_http_rfl_client_address(r->connection->sockaddr, &data);

    (void) crypto_generichash(hash, sizeof(hash), data, len, key,
                              sizeof(key));

    (void) ngx_hex_dump(text, hash, NGX_HTTP_RFL_CLIENT_SIZE / 2);

    ngx_explicit_memzero(key, sizeof(key));
}


static size_t
ngx_http_rfl_client_address(struct sockaddr *sa, const u_char **data)
{
#if (NGX_HAVE_INET6)
    struct in6_addr  *addr;
#endif

    switch (sa->sa_family) {

#if (NGX_HAVE_INET6)
    case AF_INET6:
        addr = &((struct sockaddr_in6 *) sa)->sin6_addr;

        if (IN6_IS_ADDR_V4MAPPED(addr)) {
            *data = &addr->s6_addr[12];
            return 4;
        }

        *data = addr->s6_addr;
        return 8;
#endif

    case AF_INET:
        *data = (u_char *) &((struct sockaddr_in *) sa)->sin_addr;
        return 4;

    default: /* a Unix socket: whoever is behind it is one client */
        *data = (u_char *) "unix";
        return 4;
    }
}
