
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_verdict.c: whether the moderators' signatures of a record are
 * right, computed once for its exact bytes and remembered by each worker.
 * Only the arithmetic is remembered: dates, keys and policy are judged each
 * time.
 */


#include "ngx_http_rfl_search.h"

#include <sodium.h>


/* places where a verdict may be, from the one its digest names */
#define NGX_HTTP_RFL_PROBES        8
#define NGX_HTTP_RFL_VERDICTS_MAX  (16 * 1024 * 1024)


/* the last bit is the verdict, the others name the exact bytes judged */

typedef struct {
    u_char                        digest[16];
} ngx_http_rfl_verdict_t;


static void ngx_http_rfl_verdict_digest(ngx_http_rfl_search_t *s,
    const rfl_str_t *record, u_char digest[16]);
static ngx_int_t ngx_http_rfl_verdict_get(const u_char digest[16]);
static void ngx_http_rfl_verdict_set(const u_char digest[16],
    ngx_uint_t good);


static ngx_http_rfl_verdict_t  *ngx_http_rfl_verdicts;
static size_t                   ngx_http_rfl_nverdicts;
static size_t                   ngx_http_rfl_victim;
static u_char                   ngx_http_rfl_verdict_key[32];


ngx_int_t
ngx_http_rfl_verdict_init(ngx_cycle_t *cycle, ngx_uint_t verdicts)
{
    size_t  n;

    if (verdicts == 0) {
        return NGX_OK;
    }

    if (verdicts > NGX_HTTP_RFL_VERDICTS_MAX) {
        verdicts = NGX_HTTP_RFL_VERDICTS_MAX;
    }

    n = NGX_HTTP_RFL_PROBES;

    while (n < verdicts) {
        n *= 2;
    }

    ngx_http_rfl_verdicts = ngx_calloc(n * sizeof(ngx_http_rfl_verdict_t),
                                       cycle->log);
    if (ngx_http_rfl_verdicts == NULL) {
        return NGX_ERROR;
    }

    ngx_http_rfl_nverdicts = n;

    /* so that nobody outside can prepare two records of one digest */

    randombytes_buf(ngx_http_rfl_verdict_key,
                    sizeof(ngx_http_rfl_verdict_key));

    return NGX_OK;
}


void
ngx_http_rfl_verdict_exit(void)
{
    if (ngx_http_rfl_verdicts != NULL) {
        ngx_free(ngx_http_rfl_verdicts);
        ngx_http_rfl_verdicts = NULL;
    }

    ngx_http_rfl_nverdicts = 0;
}


ngx_uint_t
ngx_http_rfl_verdict(ngx_http_rfl_search_t *s,
    ngx_http_rfl_result_t *result)
{
    u_char     digest[16];
    ngx_int_t  verdict;

    if (result->verified) {
        return 1;
    }

    ngx_http_rfl_verdict_digest(s, &result->record, digest);

    verdict = ngx_http_rfl_verdict_get(digest);

    if (verdict == NGX_OK) {
        result->verified = 1;
        return 1;
    }

    if (verdict == NGX_ABORT) {
        return 0;
    }

    result->verified = (rfl_entry_verify(result->hit.entry, s->conf->policy,
                                         s->conf->trust, ngx_time(), 1, NULL)
                        == RFL_OK);

    (void) ngx_atomic_fetch_add(&ngx_http_rfl_search_stats->verified, 1);

    ngx_http_rfl_verdict_set(digest, result->verified);

    return result->verified;
}


/* a verdict holds for exact bytes, one epoch and one trust file */

static void
ngx_http_rfl_verdict_digest(ngx_http_rfl_search_t *s,
    const rfl_str_t *record, u_char digest[16])
{
    ngx_http_rfl_state_t        *st;
    crypto_generichash_state     state;

    if (ngx_http_rfl_nverdicts == 0) {
        return;
    }

    st = s->state;

    crypto_generichash_init(&state, ngx_http_rfl_verdict_key,
                            sizeof(ngx_http_rfl_verdict_key), 16);
    crypto_generichash_update(&state, (u_char *) &s->conf->trust,
                              sizeof(rfl_trust_t *));
    crypto_generichash_update(&state, (u_char *) &s->conf->policy,
                              sizeof(rfl_policy_t *));
    crypto_generichash_update(&state, (u_char *) &st->answer.epoch,
                              sizeof(uint64_t));
    crypto_generichash_update(&state, record->data, record->len);
    crypto_generichash_final(&state, digest, 16);
}


/* NGX_OK: good, NGX_ABORT: bad, NGX_DECLINED: not known */

static ngx_int_t
ngx_http_rfl_verdict_get(const u_char digest[16])
{
    size_t                   i, at;
    ngx_http_rfl_verdict_t  *v;

    if (ngx_http_rfl_nverdicts == 0) {
        return NGX_DECLINED;
    }

    ngx_memcpy(&at, digest, sizeof(size_t));

    for (i = 0; i < NGX_HTTP_RFL_PROBES; i++) {

        v = &ngx_http_rfl_verdicts[(at + i) & (ngx_http_rfl_nverdicts - 1)];

        if (ngx_memcmp(v->digest, digest, 15) == 0
            && ((v->digest[15] ^ digest[15]) & 0xfe) == 0)
        {
            return (v->digest[15] & 1) ? NGX_OK : NGX_ABORT;
        }
    }

    return NGX_DECLINED;
}


static void
ngx_http_rfl_verdict_set(const u_char digest[16], ngx_uint_t good)
{
    size_t                   i, at;
    ngx_http_rfl_verdict_t  *v;

    if (ngx_http_rfl_nverdicts == 0) {
        return;
    }

    ngx_memcpy(&at, digest, sizeof(size_t));

    v = NULL;

    for (i = 0; i < NGX_HTTP_RFL_PROBES; i++) {

        v = &ngx_http_rfl_verdicts[(at + i) & (ngx_http_rfl_nverdicts - 1)];

        if (sodium_is_zero(v->digest, sizeof(v->digest))) {
            break;
        }
    }

    if (i == NGX_HTTP_RFL_PROBES) {
        i = ngx_http_rfl_victim++ % NGX_HTTP_RFL_PROBES;
        v = &ngx_http_rfl_verdicts[(at + i) & (ngx_http_rfl_nverdicts - 1)];
    }

    ngx_memcpy(v->digest, digest, 15);
    v->digest[15] = (u_char) ((digest[15] & 0xfe) | (good ? 1 : 0));
}
