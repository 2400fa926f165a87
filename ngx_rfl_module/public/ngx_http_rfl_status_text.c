
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_status_text.c: the counters in the text format of Prometheus.
 * Called by the status page.
 */


#include "ngx_http_rfl_status.h"


static void ngx_http_rfl_status_text_servers(rfl_buf_t *b,
    ngx_http_rfl_status_t *st);
static void ngx_http_rfl_status_head(rfl_buf_t *b, const char *name,
    const char *type, const char *help);
static void ngx_http_rfl_status_labels(rfl_buf_t *b,
    const ngx_http_rfl_status_server_t *server);
static void ngx_http_rfl_status_label(rfl_buf_t *b, const u_char *text);


void
ngx_http_rfl_status_text(rfl_buf_t *b, ngx_http_rfl_status_t *st)
{
    char                               name[64];
    ngx_uint_t                         i, k;
    unsigned long                      sum;
    const ngx_http_rfl_status_item_t  *item;

    ngx_http_rfl_status_head(b, "requests_total", "counter",
                             "Requests, by route and outcome.");

    for (i = 0; i < NGX_HTTP_RFL_ROUTES_N; i++) {
        for (k = 0; k < NGX_HTTP_RFL_OUTS_N; k++) {
            rfl_buf_printf(b, "nginx_rfl_requests_total{route=\"%s\","
                           "outcome=\"%s\"} %lu\n",
                           (char *) ngx_http_rfl_routes[i].data,
                           (char *) ngx_http_rfl_outs[k].data,
                           st->requests[i][k]);
        }
    }

    ngx_http_rfl_status_head(b, "submissions_total", "counter",
                             "Submissions, by what became of them.");

    for (k = NGX_HTTP_RFL_OUT_AWAY; k < NGX_HTTP_RFL_OUTS_N; k++) {
        rfl_buf_printf(b, "nginx_rfl_submissions_total{outcome=\"%s\"} "
                       "%lu\n", (char *) ngx_http_rfl_outs[k].data,
                       ngx_http_rfl_status_submissions(st, k));
    }

    ngx_http_rfl_status_head(b, "pages_total", "counter",
                             "Requests for pages, by language.");

    for (i = 0; i < st->nlangs; i++) {
        rfl_buf_printf(b, "nginx_rfl_pages_total{lang=\"%s\"} %lu\n",
                       (char *) st->tags[i], st->langs[i]);
    }

    ngx_http_rfl_status_head(b, "searches_total", "counter",
                             "Searches, by outcome.");

    for (i = 0; i < NGX_HTTP_RFL_OUTCOMES; i++) {
        rfl_buf_printf(b, "nginx_rfl_searches_total{outcome=\"%s\"} %lu\n",
                       (char *) ngx_http_rfl_outcomes[i].data,
                       st->search.outcomes[i]);
    }

    for (item = ngx_http_rfl_search_items; item->name; item++) {
        (void) snprintf(name, sizeof(name), "search_%s_total", item->name);
        ngx_http_rfl_status_head(b, name, item->type, item->help);
        rfl_buf_printf(b, "nginx_rfl_%s %lu\n", name,
                       ngx_http_rfl_status_value(&st->search, item));
    }

    ngx_http_rfl_status_head(b, "index_as_of_seconds", "gauge",
                             "Unix time of the index that was read last.");
    rfl_buf_printf(b, "nginx_rfl_index_as_of_seconds %lu\n",
                   st->search.as_of);

    ngx_http_rfl_status_head(b, "search_seconds", "histogram",
                             "From the first byte of a search to the last "
                             "byte of its answer.");

    for (i = 0, sum = 0; i < NGX_HTTP_RFL_TIMES; i++) {
        sum += st->times[i];
        rfl_buf_printf(b, "nginx_rfl_search_seconds_bucket{le=\"%g\"} %lu\n",
                       (double) ngx_http_rfl_times[i] / 1e3, sum);
    }

    sum += st->times[i];

    rfl_buf_printf(b, "nginx_rfl_search_seconds_bucket{le=\"+Inf\"} %lu\n"
                   "nginx_rfl_search_seconds_sum %g\n"
                   "nginx_rfl_search_seconds_count %lu\n",
                   sum, (double) st->time_sum / 1e3, sum);

    ngx_http_rfl_status_text_servers(b, st);
}


static void
ngx_http_rfl_status_text_servers(rfl_buf_t *b, ngx_http_rfl_status_t *st)
{
    char                               name[64];
    ngx_uint_t                         i, k;
    unsigned long                      sum;
    ngx_http_rfl_status_server_t      *server;
    const ngx_http_rfl_status_item_t  *item;

    ngx_http_rfl_status_head(b, "server_operations_total", "counter",
                             "Operations of a server, by result.");

    for (i = 0; i < st->nservers; i++) {
        server = &st->servers[i];

        for (k = 0; k < NGX_RFL_OP_STATUSES; k++) {
            rfl_buf_literal(b, "nginx_rfl_server_operations_total{");
            ngx_http_rfl_status_labels(b, server);
            rfl_buf_printf(b, ",result=\"%s\"} %lu\n",
                           (char *) ngx_rfl_op_statuses[k].data,
                           server->stats.ops[k]);
        }
    }

    for (item = ngx_http_rfl_server_items; item->name; item++) {
        (void) snprintf(name, sizeof(name), "server_%s%s", item->name,
                        item->type[0] == 'c' ? "_total" : "");
        ngx_http_rfl_status_head(b, name, item->type, item->help);

        for (i = 0; i < st->nservers; i++) {
            rfl_buf_printf(b, "nginx_rfl_%s{", name);
            ngx_http_rfl_status_labels(b, &st->servers[i]);
            rfl_buf_printf(b, "} %lu\n",
                           ngx_http_rfl_status_value(&st->servers[i].stats,
                                                     item));
        }
    }

    ngx_http_rfl_status_head(b, "server_seconds", "histogram",
                             "Time of an answered operation.");

    for (i = 0; i < st->nservers; i++) {
        server = &st->servers[i];

        for (k = 0, sum = 0; k <= NGX_RFL_BUCKETS; k++) {
            sum += server->stats.latency[k];

            rfl_buf_literal(b, "nginx_rfl_server_seconds_bucket{");
            ngx_http_rfl_status_labels(b, server);

            if (k < NGX_RFL_BUCKETS) {
                rfl_buf_printf(b, ",le=\"%g\"} %lu\n",
                               (double) ngx_rfl_buckets[k] / 1e6, sum);

            } else {
                rfl_buf_printf(b, ",le=\"+Inf\"} %lu\n", sum);
            }
        }

        rfl_buf_literal(b, "nginx_rfl_server_seconds_sum{");
        ngx_http_rfl_status_labels(b, server);
        rfl_buf_printf(b, "} %g\n",
                       (double) server->stats.latency_sum / 1e6);

        rfl_buf_literal(b, "nginx_rfl_server_seconds_count{");
        ngx_http_rfl_status_labels(b, server);
        rfl_buf_printf(b, "} %lu\n", sum);
    }
}


static void
ngx_http_rfl_status_head(rfl_buf_t *b, const char *name, const char *type,
    const char *help)
{
    rfl_buf_printf(b, "# HELP nginx_rfl_%s %s\n# TYPE nginx_rfl_%s %s\n",
                   name, help, name, type);
}


/* two users of one Redis are two servers */

static void
ngx_http_rfl_status_labels(rfl_buf_t *b,
    const ngx_http_rfl_status_server_t *server)
{
    rfl_buf_literal(b, "server=\"");
    ngx_http_rfl_status_label(b, server->path);
    rfl_buf_literal(b, "\",user=\"");
    ngx_http_rfl_status_label(b, server->user);
    rfl_buf_byte(b, '"');
}


static void
ngx_http_rfl_status_label(rfl_buf_t *b, const u_char *text)
{
    for ( /* void */ ; *text; text++) {

        if (*text == '\\' || *text == '"') {
            rfl_buf_byte(b, '\\');
        }

        rfl_buf_byte(b, *text);
    }
}
