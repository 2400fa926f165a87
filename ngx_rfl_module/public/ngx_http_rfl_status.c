
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_status.c: counters of all workers in shared memory, and the
 * page that shows them as JSON, or in the text format of Prometheus by
 * ngx_http_rfl_status_text.c.  Labels come from closed lists of the
 * configuration: no name, no query, no address of a visitor can become one.
 */


#include "ngx_http_rfl_status.h"


#define NGX_HTTP_RFL_ZONE_SIZE    (8 * ngx_pagesize)


static ngx_int_t ngx_http_rfl_status_init(ngx_shm_zone_t *zone, void *data);
static ngx_uint_t ngx_http_rfl_status_lang(ngx_http_rfl_status_t *st,
    rfl_str_t *tag);
static void ngx_http_rfl_status_server(ngx_http_rfl_status_t *st,
    ngx_rfl_server_t *server);
static ngx_uint_t ngx_http_rfl_status_format(ngx_http_request_t *r);
static void ngx_http_rfl_status_json(rfl_buf_t *b, ngx_http_rfl_status_t *st);
static void ngx_http_rfl_status_json_server(rfl_buf_t *b,
    ngx_http_rfl_status_server_t *server);


const ngx_uint_t  ngx_http_rfl_times[NGX_HTTP_RFL_TIMES] = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000
};


const ngx_http_rfl_status_item_t  ngx_http_rfl_search_items[] = {
    { "wide", offsetof(ngx_http_rfl_search_stats_t, wide), "counter",
      "Second, wider questions." },
    { "restarts", offsetof(ngx_http_rfl_search_stats_t, restarts), "counter",
      "Searches begun again because the epoch changed." },
    { "elements", offsetof(ngx_http_rfl_search_stats_t, elements), "counter",
      "Elements opened." },
    { "records", offsetof(ngx_http_rfl_search_stats_t, records), "counter",
      "Records opened." },
    { "broken", offsetof(ngx_http_rfl_search_stats_t, broken), "counter",
      "Values of the index that did not open." },
    { "verified", offsetof(ngx_http_rfl_search_stats_t, verified), "counter",
      "Signature checks computed, not remembered." },
    { NULL, 0, NULL, NULL }
};

const ngx_http_rfl_status_item_t  ngx_http_rfl_server_items[] = {
    { "connects", offsetof(ngx_rfl_stats_t, connects), "counter",
      "Connections made." },
    { "failures", offsetof(ngx_rfl_stats_t, failures), "counter",
      "Connections that failed or broke." },
    { "in_flight", offsetof(ngx_rfl_stats_t, in_flight), "gauge",
      "Operations under way." },
    { "connected", offsetof(ngx_rfl_stats_t, connected), "gauge",
      "Workers that are connected." },
    { NULL, 0, NULL, NULL }
};

static const ngx_str_t  ngx_http_rfl_status_types[] = {
    ngx_string("application/json"),
    ngx_string("text/plain; version=0.0.4")
};


ngx_int_t
ngx_http_rfl_status_zone(ngx_conf_t *cf, ngx_http_rfl_main_conf_t *mcf)
{
    size_t     size;
    ngx_str_t  name;

    ngx_str_set(&name, "ngx_http_rfl_status");

    size = sizeof(ngx_http_rfl_status_t) + NGX_HTTP_RFL_ZONE_SIZE;

    mcf->zone = ngx_shared_memory_add(cf, &name, size, &ngx_http_rfl_module);
    if (mcf->zone == NULL) {
        return NGX_ERROR;
    }

    mcf->lang_slots = ngx_pcalloc(cf->pool, (mcf->langs.nelts + 1)
                                            * sizeof(ngx_uint_t));
    if (mcf->lang_slots == NULL) {
        return NGX_ERROR;
    }

    mcf->zone->init = ngx_http_rfl_status_init;
    mcf->zone->data = mcf;

    return NGX_OK;
}


/*
 * Finds or adds the languages and servers of this configuration.  What does
 * not fit is counted in the memory of each worker, where nobody sees it.
 */

static ngx_int_t
ngx_http_rfl_status_init(ngx_shm_zone_t *zone, void *data)
{
    rfl_str_t                  *lang;
    ngx_uint_t                  i;
    ngx_slab_pool_t            *pool;
    ngx_rfl_server_t          **server;
    ngx_http_rfl_status_t      *st;
    ngx_http_rfl_main_conf_t   *mcf;

    mcf = zone->data;
    pool = (ngx_slab_pool_t *) zone->shm.addr;

    st = pool->data;

    if (st == NULL) {
        st = ngx_slab_calloc(pool, sizeof(ngx_http_rfl_status_t));
        if (st == NULL) {
            return NGX_ERROR;
        }

        pool->data = st;
    }

    lang = mcf->langs.elts;

    for (i = 0; i < mcf->langs.nelts; i++) {
        mcf->lang_slots[i] = ngx_http_rfl_status_lang(st, &lang[i]);
    }

    server = mcf->servers.elts;

    for (i = 0; i < mcf->servers.nelts; i++) {
        ngx_http_rfl_status_server(st, server[i]);
    }

    ngx_http_rfl_search_stats = &st->search;

    return NGX_OK;
}


static ngx_uint_t
ngx_http_rfl_status_lang(ngx_http_rfl_status_t *st, rfl_str_t *tag)
{
    ngx_uint_t  i;

    for (i = 0; i < st->nlangs; i++) {
        if (ngx_strlen(st->tags[i]) == tag->len
            && ngx_memcmp(st->tags[i], tag->data, tag->len) == 0)
        {
            return i;
        }
    }

    if (i < NGX_HTTP_RFL_LANGS_MAX && tag->len < NGX_HTTP_RFL_LANG_SIZE) {
        ngx_memcpy(st->tags[i], tag->data, tag->len);
        st->nlangs++;

        return i;
    }

    return NGX_HTTP_RFL_LANGS_MAX;
}


static void
ngx_http_rfl_status_server(ngx_http_rfl_status_t *st,
    ngx_rfl_server_t *server)
{
    ngx_uint_t                     i;
    ngx_http_rfl_status_server_t  *slot;

    if (server->path.len >= sizeof(slot->path)
        || server->user.len >= sizeof(slot->user))
    {
        return;
    }

    for (i = 0; i < st->nservers; i++) {
        slot = &st->servers[i];

        if (ngx_strlen(slot->path) == server->path.len
            && ngx_memcmp(slot->path, server->path.data, server->path.len)
               == 0
            && ngx_strlen(slot->user) == server->user.len
            && ngx_memcmp(slot->user, server->user.data, server->user.len)
               == 0)
        {
            server->stats = &slot->stats;
            return;
        }
    }

    if (i == NGX_HTTP_RFL_SERVERS_MAX) {
        return;
    }

    slot = &st->servers[i];

    ngx_memcpy(slot->path, server->path.data, server->path.len);
    ngx_memcpy(slot->user, server->user.data, server->user.len);

    server->stats = &slot->stats;
    st->nservers++;
}


unsigned long
ngx_http_rfl_status_submissions(ngx_http_rfl_status_t *st,
    ngx_http_rfl_out_e out)
{
    return st->requests[NGX_HTTP_RFL_ROUTE_ALIVE][out]
           + st->requests[NGX_HTTP_RFL_ROUTE_LOOKING][out]
           + st->requests[NGX_HTTP_RFL_ROUTE_MESSAGE][out]
           + st->requests[NGX_HTTP_RFL_ROUTE_WITHDRAW][out]
           + st->requests[NGX_HTTP_RFL_ROUTE_REPORT][out];
}


static ngx_http_rfl_status_t *
ngx_http_rfl_status_get(ngx_http_request_t *r)
{
    ngx_slab_pool_t           *pool;
    ngx_http_rfl_main_conf_t  *mcf;

    mcf = ngx_http_get_module_main_conf(r, ngx_http_rfl_module);
    pool = (ngx_slab_pool_t *) mcf->zone->shm.addr;

    return pool->data;
}


void
ngx_http_rfl_status_count(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    ngx_uint_t                 i, slot;
    ngx_msec_t                 ms;
    ngx_http_rfl_status_t     *st;
    ngx_http_rfl_main_conf_t  *mcf;

    /* after an internal redirect the context of the error page counts */

    if (ngx_http_get_module_ctx(r, ngx_http_rfl_module) != ctx) {
        return;
    }

    mcf = ngx_http_get_module_main_conf(r, ngx_http_rfl_module);
    st = ngx_http_rfl_status_get(r);

    (void) ngx_atomic_fetch_add(&st->requests[ctx->route][ctx->out], 1);

    if (ctx->site) {
        slot = mcf->lang_slots[ctx->site->stat_lang[ctx->lang]];

        if (slot < NGX_HTTP_RFL_LANGS_MAX) {
            (void) ngx_atomic_fetch_add(&st->langs[slot], 1);
        }
    }

    if (ctx->answered == NULL || ctx->status == 0) {
        return;
    }

    ms = ngx_current_msec - ctx->start;

    for (i = 0; i < NGX_HTTP_RFL_TIMES && ms > ngx_http_rfl_times[i]; i++) {
        /* void */
    }

    (void) ngx_atomic_fetch_add(&st->times[i], 1);
    (void) ngx_atomic_fetch_add(&st->time_sum, (ngx_atomic_int_t) ms);
}


ngx_int_t
ngx_http_rfl_status_handler(ngx_http_request_t *r)
{
    ngx_int_t               rc;
    ngx_buf_t              *buf;
    rfl_buf_t               b;
    ngx_uint_t              format;
    ngx_chain_t             out;
    ngx_http_rfl_status_t  *st;

    static const ngx_str_t  no_store = ngx_string("no-store");

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return NGX_HTTP_NOT_ALLOWED;
    }

    rc = ngx_http_discard_request_body(r);
    if (rc != NGX_OK) {
        return rc;
    }

    st = ngx_http_rfl_status_get(r);
    format = ngx_http_rfl_status_format(r);

    rfl_buf_init(&b, 0);

    if (format == NGX_HTTP_RFL_STATUS_PROMETHEUS) {
        ngx_http_rfl_status_text(&b, st);

    } else {
        ngx_http_rfl_status_json(&b, st);
    }

    buf = b.failed ? NULL : ngx_create_temp_buf(r->pool, b.len);

    if (buf == NULL) {
        rfl_buf_free(&b);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    buf->last = ngx_cpymem(buf->pos, b.data, b.len);
    buf->last_buf = (r == r->main) ? 1 : 0;
    buf->last_in_chain = 1;

    rfl_buf_free(&b);

    r->headers_out.status = NGX_HTTP_OK;
    r->headers_out.content_length_n = buf->last - buf->pos;
    r->headers_out.content_type = ngx_http_rfl_status_types[format];
    r->headers_out.content_type_len = r->headers_out.content_type.len;

    if (ngx_http_rfl_header(r, "Cache-Control", &no_store) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    out.buf = buf;
    out.next = NULL;

    return ngx_http_output_filter(r, &out);
}


/* the directive's, unless "?format=" says otherwise */

static ngx_uint_t
ngx_http_rfl_status_format(ngx_http_request_t *r)
{
    ngx_str_t                 value;
    ngx_http_rfl_loc_conf_t  *lcf;

    static ngx_str_t  json = ngx_string("json");
    static ngx_str_t  prometheus = ngx_string("prometheus");

    if (ngx_http_arg(r, (u_char *) "format", 6, &value) == NGX_OK) {

        if (ngx_http_rfl_is(&value, &prometheus)) {
            return NGX_HTTP_RFL_STATUS_PROMETHEUS;
        }

        if (ngx_http_rfl_is(&value, &json)) {
            return NGX_HTTP_RFL_STATUS_JSON;
        }
    }

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    return lcf->format;
}


static void
ngx_http_rfl_status_json(rfl_buf_t *b, ngx_http_rfl_status_t *st)
{
    u_char                             time[RFL_TIME_TEXT_SIZE];
    ngx_uint_t                         i, k;
    const ngx_http_rfl_status_item_t  *item;

    rfl_buf_literal(b, "{\"version\":\"" RFL_VERSION "\",\"index_as_of\":");

    if (st->search.as_of) {
        rfl_time_format((int64_t) st->search.as_of, time);
        rfl_buf_printf(b, "\"%.*s\"", RFL_TIME_TEXT_SIZE, time);

    } else {
        rfl_buf_literal(b, "null");
    }

    rfl_buf_literal(b, ",\"requests\":{");

    for (i = 0; i < NGX_HTTP_RFL_ROUTES_N; i++) {
        rfl_buf_printf(b, "%s\"%s\":{", i ? "," : "",
                       (char *) ngx_http_rfl_routes[i].data);

        for (k = 0; k < NGX_HTTP_RFL_OUTS_N; k++) {
            rfl_buf_printf(b, "%s\"%s\":%lu", k ? "," : "",
                           (char *) ngx_http_rfl_outs[k].data,
                           st->requests[i][k]);
        }

        rfl_buf_byte(b, '}');
    }

    rfl_buf_literal(b, "},\"submissions\":{");

    for (k = NGX_HTTP_RFL_OUT_AWAY; k < NGX_HTTP_RFL_OUTS_N; k++) {
        rfl_buf_printf(b, "%s\"%s\":%lu",
                       k > NGX_HTTP_RFL_OUT_AWAY ? "," : "",
                       (char *) ngx_http_rfl_outs[k].data,
                       ngx_http_rfl_status_submissions(st, k));
    }

    rfl_buf_literal(b, "},\"languages\":{");

    for (i = 0; i < st->nlangs; i++) {
        rfl_buf_printf(b, "%s\"%s\":%lu", i ? "," : "",
                       (char *) st->tags[i], st->langs[i]);
    }

    rfl_buf_literal(b, "},\"searches\":{");

    for (i = 0; i < NGX_HTTP_RFL_OUTCOMES; i++) {
        rfl_buf_printf(b, "\"%s\":%lu,",
                       (char *) ngx_http_rfl_outcomes[i].data,
                       st->search.outcomes[i]);
    }

    for (item = ngx_http_rfl_search_items; item->name; item++) {
        rfl_buf_printf(b, "\"%s\":%lu,", item->name,
                       ngx_http_rfl_status_value(&st->search, item));
    }

    rfl_buf_literal(b, "\"milliseconds\":{");

    for (i = 0; i < NGX_HTTP_RFL_TIMES; i++) {
        rfl_buf_printf(b, "\"%lu\":%lu,", ngx_http_rfl_times[i],
                       st->times[i]);
    }

    rfl_buf_printf(b, "\"more\":%lu,\"sum\":%lu}},\"servers\":[",
                   st->times[i], st->time_sum);

    for (i = 0; i < st->nservers; i++) {
        if (i) {
            rfl_buf_byte(b, ',');
        }

        ngx_http_rfl_status_json_server(b, &st->servers[i]);
    }

    rfl_buf_literal(b, "]}\n");
}


static void
ngx_http_rfl_status_json_server(rfl_buf_t *b,
    ngx_http_rfl_status_server_t *server)
{
    ngx_uint_t                         i;
    ngx_rfl_stats_t                   *stats;
    const ngx_http_rfl_status_item_t  *item;

    stats = &server->stats;

    rfl_buf_literal(b, "{\"path\":\"");
    rfl_json_escape(b, server->path, ngx_strlen(server->path));
    rfl_buf_literal(b, "\",\"user\":\"");
    rfl_json_escape(b, server->user, ngx_strlen(server->user));
    rfl_buf_literal(b, "\",\"operations\":{");

    for (i = 0; i < NGX_RFL_OP_STATUSES; i++) {
        rfl_buf_printf(b, "%s\"%s\":%lu", i ? "," : "",
                       (char *) ngx_rfl_op_statuses[i].data, stats->ops[i]);
    }

    rfl_buf_byte(b, '}');

    for (item = ngx_http_rfl_server_items; item->name; item++) {
        rfl_buf_printf(b, ",\"%s\":%lu", item->name,
                       ngx_http_rfl_status_value(stats, item));
    }

    rfl_buf_literal(b, ",\"microseconds\":{");

    for (i = 0; i < NGX_RFL_BUCKETS; i++) {
        rfl_buf_printf(b, "\"%lu\":%lu,", ngx_rfl_buckets[i],
                       stats->latency[i]);
    }

    rfl_buf_printf(b, "\"more\":%lu,\"sum\":%lu}}", stats->latency[i],
                   stats->latency_sum);
}
