
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_api.c: the JSON API, schema/openapi.yaml.  One operation,
 * POST of a search; errors are problems of RFC 9457.
 */


#include "ngx_http_rfl.h"


static ngx_int_t ngx_http_rfl_api_search(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_api_answer(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static ngx_int_t ngx_http_rfl_api_print(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx);
static void ngx_http_rfl_api_hit(rfl_buf_t *b,
    const ngx_http_rfl_hit_t *hit, const rfl_policy_t *policy);
static void ngx_http_rfl_api_match(rfl_buf_t *b,
    const ngx_http_rfl_hit_t *hit);
static void ngx_http_rfl_api_refine(rfl_buf_t *b, const rfl_query_t *query);
static void ngx_http_rfl_api_string(rfl_buf_t *b, const rfl_str_t *value);
static ngx_int_t ngx_http_rfl_api_invalid(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, const rfl_query_t *query);
static ngx_int_t ngx_http_rfl_api_failed(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t status);
static ngx_int_t ngx_http_rfl_api_problem(ngx_http_request_t *r,
    ngx_http_rfl_ctx_t *ctx, ngx_uint_t which, const rfl_query_t *query);


/* what stands behind the results, and more */
#define NGX_HTTP_RFL_API_TAIL  128


/* nothing if the value is empty */

#define ngx_http_rfl_api_member(b, name, value)                              \
    if ((value)->len != 0) {                                                 \
        rfl_buf_literal(b, ",\"" name "\":");                                \
        ngx_http_rfl_api_string(b, value);                                   \
    }


/* by enum below; the last one is for any status that has no own line */

enum {
    NGX_HTTP_RFL_PROBLEM_BODY = 0,
    NGX_HTTP_RFL_PROBLEM_FIELD,
    NGX_HTTP_RFL_PROBLEM_NOT_FOUND,
    NGX_HTTP_RFL_PROBLEM_METHOD,
    NGX_HTTP_RFL_PROBLEM_TIMEOUT,
    NGX_HTTP_RFL_PROBLEM_LARGE,
    NGX_HTTP_RFL_PROBLEM_TYPE,
    NGX_HTTP_RFL_PROBLEM_BUSY,
    NGX_HTTP_RFL_PROBLEM_UNAVAILABLE,
    NGX_HTTP_RFL_PROBLEM_BUDGET,
    NGX_HTTP_RFL_PROBLEM_INTERNAL
};

static const struct {
    ngx_uint_t   status;
    const char  *name;
    const char  *title;
    const char  *detail;
} ngx_http_rfl_problems[] = {
    { NGX_HTTP_BAD_REQUEST, "invalid-body", "The body cannot be read",
      "Send one JSON object with \\\"name\\\" and, if you like, birth_year, "
      "country, father, mother, grandfather, kind and event. Other members, "
      "and the same member twice, are refused." },
    { NGX_HTTP_BAD_REQUEST, "invalid-field", "A field cannot be used",
      "See invalid_params: each names a member and what is wrong with it." },
    { NGX_HTTP_NOT_FOUND, "not-found", "There is nothing at this address",
      "The one operation of this API is POST to .../search." },
    { NGX_HTTP_NOT_ALLOWED, "method-not-allowed",
      "This address takes POST only",
      "A name never belongs into a URL: send it in the body of a POST." },
    { NGX_HTTP_REQUEST_TIME_OUT, "timeout", "The body took too long",
      "Send the whole body within a few seconds." },
    { NGX_HTTP_REQUEST_ENTITY_TOO_LARGE, "body-too-large",
      "The body is too large", "A body may have at most 8192 bytes." },
    { NGX_HTTP_UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type",
      "The body must be JSON",
      "Send the header \\\"Content-Type: application/json\\\"." },
    { NGX_HTTP_TOO_MANY_REQUESTS, "busy", "Too many requests",
      "Wait as long as Retry-After says and send the request again." },
    { NGX_HTTP_SERVICE_UNAVAILABLE, "unavailable",
      "Searching is not possible at the moment",
      "This says nothing about the person. Try again later, or ask the "
      "office." },
    { NGX_HTTP_SERVICE_UNAVAILABLE, "budget",
      "No more searches can be answered for now",
      "The number of searches is limited to protect the people in the list. "
      "This says nothing about the person. Try again later, or ask the "
      "office." },
    { NGX_HTTP_INTERNAL_SERVER_ERROR, "internal", "Something went wrong",
      "This says nothing about the person. Try again later, or ask the "
      "office." },
    { 0, NULL, NULL, NULL }
};


static const char  *ngx_http_rfl_faults[] = {
    "", "empty", "too-long", "bad-characters", "bad-value", "too-short"
};


static const ngx_str_t  ngx_http_rfl_json = ngx_string("application/json");
static const ngx_str_t  ngx_http_rfl_problem_json =
    ngx_string("application/problem+json");


ngx_int_t
ngx_http_rfl_api_handler(ngx_http_request_t *r)
{
    size_t                    len;
    ngx_uint_t                status;
    ngx_http_rfl_ctx_t       *ctx;
    ngx_http_rfl_loc_conf_t  *lcf;

    static const ngx_str_t  post = ngx_string("POST");

    lcf = ngx_http_get_module_loc_conf(r, ngx_http_rfl_module);

    ctx = ngx_http_rfl_ctx_create(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->route = NGX_HTTP_RFL_ROUTE_API;

    status = ngx_http_rfl_error_status(r);

    if (status) {
        return ngx_http_rfl_api_failed(r, ctx, status);
    }

    /* "location = /x/search" is the operation, "location /x/" has it below */

    len = lcf->prefix.len;

    if (len == 0 || lcf->prefix.data[len - 1] != '/'
        ? r->uri.len != len
        : (r->uri.len != len + sizeof("search") - 1
           || ngx_strncmp(r->uri.data + len, "search", sizeof("search") - 1)
              != 0))
    {
        status = NGX_HTTP_NOT_FOUND;

    } else if (r->method != NGX_HTTP_POST) {
        status = NGX_HTTP_NOT_ALLOWED;

        if (ngx_http_rfl_header(r, "Allow", &post) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    if (status) {
        return ngx_http_rfl_api_failed(r, ctx, status);
    }

    return ngx_http_rfl_body(r, ctx, "application/json", RFL_QUERY_BODY_MAX,
                             ngx_http_rfl_api_search, ngx_http_rfl_api_failed);
}


static ngx_int_t
ngx_http_rfl_api_search(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    rfl_query_t  *query;

    switch (ngx_http_rfl_ask(r, ctx, rfl_query_json)) {

    case NGX_OK:
        break;

    case NGX_DECLINED:
        return ngx_http_rfl_api_problem(r, ctx, NGX_HTTP_RFL_PROBLEM_BODY,
                                        NULL);

    default:
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    query = ctx->search->query;

    if (query->nfaults) {
        return ngx_http_rfl_api_invalid(r, ctx, query);
    }

    return ngx_http_rfl_wait(r, ctx, ngx_http_rfl_api_answer);
}


static ngx_int_t
ngx_http_rfl_api_answer(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    rfl_query_t            *query;
    ngx_http_rfl_search_t  *s;

    s = ctx->search;
    query = s->query;

    switch (s->outcome) {

    case NGX_HTTP_RFL_BUDGET:
        ctx->out = NGX_HTTP_RFL_OUT_BUDGET;
        return ngx_http_rfl_api_problem(r, ctx, NGX_HTTP_RFL_PROBLEM_BUDGET,
                                        NULL);

    case NGX_HTTP_RFL_AWAY:
        ctx->out = NGX_HTTP_RFL_OUT_AWAY;
        return ngx_http_rfl_api_problem(r, ctx,
                                        NGX_HTTP_RFL_PROBLEM_UNAVAILABLE,
                                        NULL);

    case NGX_HTTP_RFL_BAD_NAME:
        query->faults[0].field = RFL_FIELD_NAME;
        query->faults[0].fault = RFL_FAULT_SHORT;
        query->nfaults = 1;

        return ngx_http_rfl_api_invalid(r, ctx, query);

    case NGX_HTTP_RFL_REFINE:
        ctx->out = NGX_HTTP_RFL_OUT_REFINE;
        break;

    default: /* NGX_HTTP_RFL_FOUND */
        ctx->results = s->nhits;
        ctx->out = s->nhits ? NGX_HTTP_RFL_OUT_FOUND
                            : NGX_HTTP_RFL_OUT_NORESULT;
    }

    return ngx_http_rfl_api_print(r, ctx);
}


static ngx_int_t
ngx_http_rfl_api_print(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx)
{
    size_t                  end;
    u_char                  time[RFL_TIME_TEXT_SIZE];
    rfl_buf_t              *b;
    rfl_str_t               as_of;
    ngx_uint_t              i;
    ngx_http_rfl_search_t  *s;

    s = ctx->search;
    b = &ctx->answer;

    /* it will be padded to this at least, and need not move until then */

    (void) rfl_buf_room(b, NGX_HTTP_RFL_API_BUCKET);

    rfl_buf_literal(b, "{\"results\":[");

    for (i = 0; s->outcome == NGX_HTTP_RFL_FOUND && i < s->nhits; i++) {

        end = b->len;

        if (i) {
            rfl_buf_byte(b, ',');
        }

        ngx_http_rfl_api_hit(b, &s->hits[i], s->conf->policy);

        /* names so long that their size would tell: without the last */

        if (i && b->len > NGX_HTTP_RFL_API_BUCKET - NGX_HTTP_RFL_API_TAIL) {
            b->len = end;
            break;
        }
    }

    rfl_buf_literal(b, "],\"refine\":");

    if (s->outcome == NGX_HTTP_RFL_REFINE) {
        ngx_http_rfl_api_refine(b, s->query);

    } else {
        rfl_buf_literal(b, "null");
    }

    /* it may have been read out of the name */

    if (s->query->facts.birth_year) {
        rfl_buf_printf(b, ",\"birth_year\":%d", s->query->facts.birth_year);

    } else {
        rfl_buf_literal(b, ",\"birth_year\":null");
    }

    rfl_buf_literal(b, ",\"index_as_of\":");

    if (s->as_of) {
        rfl_time_format(s->as_of, time);
        as_of.data = time;
        as_of.len = RFL_TIME_TEXT_SIZE;
        ngx_http_rfl_api_string(b, &as_of);

    } else {
        rfl_buf_literal(b, "null");
    }

    rfl_buf_literal(b, "}\n");

    return ngx_http_rfl_send(r, ctx, NGX_HTTP_OK, &ngx_http_rfl_json, 0,
                             NGX_HTTP_RFL_API_BUCKET);
}


static void
ngx_http_rfl_api_hit(rfl_buf_t *b, const ngx_http_rfl_hit_t *hit,
    const rfl_policy_t *policy)
{
    u_char              ref[RFL_REF_TEXT_SIZE], day[RFL_DAY_TEXT_SIZE],
                        time[RFL_TIME_TEXT_SIZE];
    unsigned            i, show;
    rfl_str_t           text;
    const rfl_entry_t  *e;
    const rfl_event_t  *event;

    e = hit->entry;

    event = rfl_policy_event(policy, &e->event);
    show = event ? event->show : 0;

    rfl_ref_format(e->ref, ref);

    rfl_buf_literal(b, "{\"ref\":");
    text.data = ref;
    text.len = RFL_REF_TEXT_SIZE;
    ngx_http_rfl_api_string(b, &text);

    ngx_http_rfl_api_member(b, "kind", &rfl_kinds[e->kind]);

    rfl_buf_literal(b, ",\"names\":[");

    for (i = 0; i < e->nnames; i++) {
        if (i) {
            rfl_buf_byte(b, ',');
        }

        ngx_http_rfl_api_string(b, &e->names[i].full);
    }

    rfl_buf_byte(b, ']');

    if (show & RFL_SHOW_AGE_BAND) {
        ngx_http_rfl_api_member(b, "age_band", &rfl_age_bands[e->age_band]);
    }

    if (show & RFL_SHOW_SEX) {
        ngx_http_rfl_api_member(b, "sex", &rfl_sexes[e->sex]);
    }

    if (show & RFL_SHOW_ORIGIN) {
        ngx_http_rfl_api_member(b, "origin", &e->origin);
    }

    if (show & RFL_SHOW_RELATION) {
        ngx_http_rfl_api_member(b, "relation", &rfl_relations[e->relation]);
    }

    if (show & RFL_SHOW_STATUS) {
        ngx_http_rfl_api_member(b, "status", &rfl_statuses[e->status]);
    }

    ngx_http_rfl_api_member(b, "society", &e->society);
    ngx_http_rfl_api_member(b, "event", &e->event);

    rfl_day_format(e->confirmed_on, day);
    text.data = day;
    text.len = RFL_DAY_TEXT_SIZE;
    ngx_http_rfl_api_member(b, "confirmed_on", &text);

    rfl_time_format(e->not_after, time);
    text.data = time;
    text.len = RFL_TIME_TEXT_SIZE;
    ngx_http_rfl_api_member(b, "until", &text);

    ngx_http_rfl_api_match(b, hit);

    rfl_buf_byte(b, '}');
}


static void
ngx_http_rfl_api_match(rfl_buf_t *b, const ngx_http_rfl_hit_t *hit)
{
    unsigned  i, n;

    rfl_buf_printf(b, ",\"match\":{\"score\":%u.%03u,\"reasons\":[",
                   (unsigned) (hit->score / 1000),
                   (unsigned) (hit->score % 1000));

    for (i = 0, n = 0; i < RFL_WHY_N; i++) {

        if ((hit->why & ((ngx_uint_t) 1 << i)) == 0) {
            continue;
        }

        if (n++) {
            rfl_buf_byte(b, ',');
        }

        ngx_http_rfl_api_string(b, &rfl_why_names[i]);
    }

    rfl_buf_literal(b, "]}");
}


/* the members that would narrow the search and were not given */

static void
ngx_http_rfl_api_refine(rfl_buf_t *b, const rfl_query_t *query)
{
    unsigned  i, n;

    const struct {
        rfl_field_e  field;
        int          given;
    } facts[] = {
        { RFL_FIELD_BIRTH_YEAR, query->facts.birth_year != 0 },
        { RFL_FIELD_COUNTRY, query->facts.country.len != 0 },
        { RFL_FIELD_FATHER, query->facts.father.len != 0 },
        { RFL_FIELD_MOTHER, query->facts.mother.len != 0 },
        { RFL_FIELD_GRANDFATHER, query->facts.grandfather.len != 0 }
    };

    rfl_buf_byte(b, '[');

    for (i = 0, n = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {

        if (facts[i].given) {
            continue;
        }

        if (n++) {
            rfl_buf_byte(b, ',');
        }

        ngx_http_rfl_api_string(b, &rfl_field_names[facts[i].field]);
    }

    rfl_buf_byte(b, ']');
}


static void
ngx_http_rfl_api_string(rfl_buf_t *b, const rfl_str_t *value)
{
    rfl_buf_byte(b, '"');
    rfl_json_escape(b, value->data, value->len);
    rfl_buf_byte(b, '"');
}


static ngx_int_t
ngx_http_rfl_api_invalid(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    const rfl_query_t *query)
{
    ctx->out = NGX_HTTP_RFL_OUT_FAULT;

    return ngx_http_rfl_api_problem(r, ctx, NGX_HTTP_RFL_PROBLEM_FIELD, query);
}


static ngx_int_t
ngx_http_rfl_api_failed(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t status)
{
    ngx_uint_t  i, which;

    which = (status >= NGX_HTTP_INTERNAL_SERVER_ERROR)
            ? NGX_HTTP_RFL_PROBLEM_INTERNAL : NGX_HTTP_RFL_PROBLEM_BODY;

    if (status == NGX_HTTP_FORBIDDEN) {
        status = NGX_HTTP_NOT_FOUND;
    }

    for (i = 0; ngx_http_rfl_problems[i].name; i++) {
        if (ngx_http_rfl_problems[i].status == status) {
            which = i;
            break;
        }
    }

    return ngx_http_rfl_api_problem(r, ctx, which, NULL);
}


/* query: whose faults are listed, or NULL */

static ngx_int_t
ngx_http_rfl_api_problem(ngx_http_request_t *r, ngx_http_rfl_ctx_t *ctx,
    ngx_uint_t which, const rfl_query_t *query)
{
    unsigned          i;
    rfl_buf_t        *b;
    ngx_uint_t        status;
    const rfl_str_t  *field;

    static const ngx_str_t  english = ngx_string("en");

    status = ngx_http_rfl_problems[which].status;

    if (ctx->out == NGX_HTTP_RFL_OUT_NONE) {
        ctx->out = NGX_HTTP_RFL_OUT_ERROR;
    }

    b = &ctx->answer;

    rfl_buf_reset(b);

    rfl_buf_printf(b, "{\"type\":\"/problems/%s\",\"title\":\"%s\","
                   "\"status\":%u,\"detail\":\"%s\"",
                   ngx_http_rfl_problems[which].name,
                   ngx_http_rfl_problems[which].title, (unsigned) status,
                   ngx_http_rfl_problems[which].detail);

    if (query) {
        rfl_buf_literal(b, ",\"invalid_params\":[");

        for (i = 0; i < query->nfaults; i++) {
            field = &rfl_field_names[query->faults[i].field];

            rfl_buf_printf(b, "%s{\"name\":\"%.*s\",\"reason\":\"%s\"}",
                           i ? "," : "", (int) field->len,
                           (char *) field->data,
                           ngx_http_rfl_faults[query->faults[i].fault]);
        }

        rfl_buf_byte(b, ']');
    }

    rfl_buf_literal(b, "}\n");

    if (ngx_http_rfl_retry(r, status) == NGX_ERROR
        || ngx_http_rfl_header(r, "Content-Language", &english) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_rfl_send(r, ctx, status, &ngx_http_rfl_problem_json, 0,
                             NGX_HTTP_RFL_API_BUCKET);
}
