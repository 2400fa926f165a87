
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_conf.c: the setters of those directives that nginx has no
 * stock setter for.  Each refuses what cannot work with a remedy.
 */


#include <math.h>


#include "ngx_http_rfl.h"


/* WCAG 2.2, 1.4.3 */
#define NGX_HTTP_RFL_CONTRAST  4.5


static ngx_int_t ngx_http_rfl_address(ngx_conf_t *cf, ngx_command_t *cmd,
    ngx_str_t *value);
static double ngx_http_rfl_luminance(ngx_str_t *colour);


ngx_http_handler_pt  ngx_http_rfl_handlers[] = {
    NULL,
    ngx_http_rfl_site_handler,
    ngx_http_rfl_api_handler,
    ngx_http_rfl_status_handler
};


/* the page of rfl.css, darker than the white of its forms and buttons */
static ngx_str_t  ngx_http_rfl_paper = ngx_string("#f7f5f0");
/* the forms and buttons of dark.css, lighter than its page */
static ngx_str_t  ngx_http_rfl_card = ngx_string("#1c252b");


char *
ngx_http_rfl_set_redis(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    char  *p = conf;

    ngx_str_t                 *value, user, file;
    ngx_uint_t                 i;
    ngx_rfl_server_t         **server;
    ngx_http_rfl_main_conf_t  *mcf;

    server = (ngx_rfl_server_t **) (p + cmd->offset);

    if (*server != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (cf->args->nelts == 2 && ngx_strcmp(value[1].data, "off") == 0) {
        *server = NULL;
        return NGX_CONF_OK;
    }

    ngx_str_null(&user);
    ngx_str_null(&file);

    for (i = 2; i < cf->args->nelts; i++) {

        if (ngx_strncmp(value[i].data, "user=", 5) == 0
            && value[i].len > 5)
        {
            user.data = value[i].data + 5;
            user.len = value[i].len - 5;
            continue;
        }

        if (ngx_strncmp(value[i].data, "password_file=", 14) == 0
            && value[i].len > 14)
        {
            file.data = value[i].data + 14;
            file.len = value[i].len - 14;
            continue;
        }

        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\" in \"%V\", "
                           "it takes \"user=NAME\" and "
                           "\"password_file=FILE\"", &value[i], &cmd->name);
        return NGX_CONF_ERROR;
    }

    if (user.len == 0 || file.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" needs the Redis user that may only "
                           "%s: add \"user=NAME password_file=FILE\"",
                           &cmd->name, (char *) cmd->post);
        return NGX_CONF_ERROR;
    }

    if (ngx_http_rfl_address(cf, cmd, &value[1]) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_module);

    *server = ngx_rfl_server_add(cf, &mcf->servers, &value[1], &user, &file);

    return *server ? NGX_CONF_OK : NGX_CONF_ERROR;
}


char *
ngx_http_rfl_set_keyd(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    ngx_str_t                 *value, none;
    ngx_http_rfl_main_conf_t  *mcf;

    if (lcf->search.keyd != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0) {
        lcf->search.keyd = NULL;
        return NGX_CONF_OK;
    }

    if (ngx_http_rfl_address(cf, cmd, &value[1]) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_module);

    ngx_str_null(&none);

    lcf->search.keyd = ngx_rfl_server_add(cf, &mcf->servers, &value[1], &none,
                                          &none);

    return lcf->search.keyd ? NGX_CONF_OK : NGX_CONF_ERROR;
}


/* nothing that can be reached from another machine */

static ngx_int_t
ngx_http_rfl_address(ngx_conf_t *cf, ngx_command_t *cmd, ngx_str_t *value)
{
    if (ngx_strncmp(value->data, "unix:/", sizeof("unix:/") - 1) == 0) {
        return NGX_OK;
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "invalid address \"%V\" in \"%V\", it must be a Unix "
                       "socket with its whole path, such as "
                       "\"unix:/run/rfl/...\"", value, &cmd->name);

    return NGX_ERROR;
}


char *
ngx_http_rfl_set_policy(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    ngx_str_t                 *value;
    ngx_http_rfl_main_conf_t  *mcf;

    if (lcf->search.policy != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0) {
        lcf->search.policy = NULL;
        return NGX_CONF_OK;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_module);

    lcf->search.policy = ngx_http_rfl_load_policy(cf, mcf, &value[1]);

    return lcf->search.policy ? NGX_CONF_OK : NGX_CONF_ERROR;
}


char *
ngx_http_rfl_set_trust(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    ngx_str_t                 *value;
    ngx_http_rfl_main_conf_t  *mcf;

    if (lcf->search.trust != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0) {
        lcf->search.trust = NULL;
        return NGX_CONF_OK;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_module);

    lcf->trust_file = value[1];
    lcf->search.trust = ngx_http_rfl_load_trust(cf, mcf, &lcf->trust_file);

    return lcf->search.trust ? NGX_CONF_OK : NGX_CONF_ERROR;
}


char *
ngx_http_rfl_set_languages(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    u_char      *p, c;
    ngx_str_t   *value, *lang;
    ngx_uint_t   i, k;

    if (lcf->languages) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (cf->args->nelts - 1 > NGX_HTTP_RFL_LANGS_MAX) {
        return "has too many languages";
    }

    lcf->languages = ngx_array_create(cf->pool, cf->args->nelts - 1,
                                      sizeof(ngx_str_t));
    if (lcf->languages == NULL) {
        return NGX_CONF_ERROR;
    }

    for (i = 1; i < cf->args->nelts; i++) {

        /* a tag names a file and a part of the URL */

        for (p = value[i].data; *p; p++) {
            c = (u_char) (*p | 0x20);

            if ((c < 'a' || c > 'z') && (*p < '0' || *p > '9') && *p != '-') {
                break;
            }
        }

        if (*p || value[i].len < 2 || value[i].len > 15
            || value[i].data[0] == '-')
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid language \"%V\" in \"rfl_languages\", "
                               "it must be a tag such as \"en\", \"fa-AF\" or "
                               "\"zh-Hans\"", &value[i]);
            return NGX_CONF_ERROR;
        }

        lang = lcf->languages->elts;

        for (k = 0; k < lcf->languages->nelts; k++) {
            if (lang[k].len == value[i].len
                && ngx_strncasecmp(lang[k].data, value[i].data, lang[k].len)
                   == 0)
            {
                ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                                   "language \"%V\" is given twice in "
                                   "\"rfl_languages\"", &value[i]);
                return NGX_CONF_ERROR;
            }
        }

        lang = ngx_array_push(lcf->languages);
        *lang = value[i];
    }

    return NGX_CONF_OK;
}


/* what the form offers to choose from; the codes are those of ISO 3166-1 */

char *
ngx_http_rfl_set_countries(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    ngx_str_t   *value;
    rfl_str_t   *country;
    ngx_uint_t   i, k;

    if (lcf->countries) {
        return "is duplicate";
    }

    value = cf->args->elts;

    lcf->countries = ngx_array_create(cf->pool, cf->args->nelts - 1,
                                      sizeof(rfl_str_t));
    if (lcf->countries == NULL) {
        return NGX_CONF_ERROR;
    }

    if (cf->args->nelts == 2 && ngx_strcmp(value[1].data, "off") == 0) {
        return NGX_CONF_OK;
    }

    for (i = 1; i < cf->args->nelts; i++) {

        if (!rfl_country_known(value[i].data, value[i].len)) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid country \"%V\" in "
                               "\"rfl_countries\", it must be a code of ISO "
                               "3166-1 with two capital letters, such as "
                               "\"SY\"", &value[i]);
            return NGX_CONF_ERROR;
        }

        for (k = 1; k < i; k++) {
            if (ngx_strcmp(value[k].data, value[i].data) == 0) {
                ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                                   "country \"%V\" is given twice in "
                                   "\"rfl_countries\"", &value[i]);
                return NGX_CONF_ERROR;
            }
        }

        country = ngx_array_push(lcf->countries);
        country->len = value[i].len;
        country->data = value[i].data;
    }

    return NGX_CONF_OK;
}


/* one line of text that pages show */

char *
ngx_http_rfl_set_text(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    char  *p = conf;

    u_char     *q;
    ngx_str_t  *value, *text;

    text = (ngx_str_t *) (p + cmd->offset);

    if (text->data) {
        return "is duplicate";
    }

    value = cf->args->elts;

    for (q = value[1].data; *q; q++) {
        if (*q < 0x20 || *q == 0x7f) {
            break;
        }
    }

    if (value[1].len == 0 || *q
        || !rfl_utf8_valid(value[1].data, value[1].len))
    {
        return "must be one line of UTF-8 text";
    }

    *text = value[1];

    return NGX_CONF_OK;
}


/*
 * The colour of links and buttons: WCAG 2.2, 1.4.3 wants a contrast of 4.5
 * to 1 between text and what is behind it.
 */

char *
ngx_http_rfl_set_accent(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    double      accent, contrast;
    ngx_str_t  *value;

    if (lcf->accent.data) {
        return "is duplicate";
    }

    value = cf->args->elts;

    /* the colour was a comment, and what follows on the next line a value */

    if (cf->args->nelts != 2) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"rfl_accent\" takes one colour, in quotes: nginx "
                           "takes #0b5c7a without them for a comment, up to "
                           "the end of the line");
        return NGX_CONF_ERROR;
    }

    accent = ngx_http_rfl_luminance(&value[1]);

    if (accent < 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid colour \"%V\" in \"rfl_accent\", it must "
                           "be written \"#rrggbb\", in quotes", &value[1]);
        return NGX_CONF_ERROR;
    }

    contrast = (ngx_http_rfl_luminance(&ngx_http_rfl_paper) + 0.05)
               / (accent + 0.05);

    if (contrast < NGX_HTTP_RFL_CONTRAST) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the colour \"%V\" in \"rfl_accent\" has a "
                           "contrast of %.1f to 1 on the pages, people with "
                           "weak sight need %.1f to 1: choose a darker one",
                           &value[1], contrast, NGX_HTTP_RFL_CONTRAST);
        return NGX_CONF_ERROR;
    }

    lcf->accent = value[1];

    return NGX_CONF_OK;
}


/* the same colour with so much white that it can be read on a dark page */

void
ngx_http_rfl_accent_dark(const ngx_str_t *accent,
    u_char dark[NGX_HTTP_RFL_COLOUR + 1])
{
    double      card;
    ngx_int_t   c[3];
    ngx_str_t   colour;
    ngx_uint_t  i, white;

    for (i = 0; i < 3; i++) {
        c[i] = ngx_hextoi(accent->data + 1 + 2 * i, 2);
    }

    card = ngx_http_rfl_luminance(&ngx_http_rfl_card);

    colour.len = NGX_HTTP_RFL_COLOUR;
    colour.data = dark;

    for (white = 0; white <= 16; white++) {
        (void) ngx_snprintf(dark, NGX_HTTP_RFL_COLOUR + 1,
                            "#%02xi%02xi%02xi%Z",
                            c[0] + (255 - c[0]) * (ngx_int_t) white / 16,
                            c[1] + (255 - c[1]) * (ngx_int_t) white / 16,
                            c[2] + (255 - c[2]) * (ngx_int_t) white / 16);

        if ((ngx_http_rfl_luminance(&colour) + 0.05) / (card + 0.05)
            >= NGX_HTTP_RFL_CONTRAST)
        {
            break;
        }
    }
}


/* as WCAG 2.2 defines it, 0 .. 1; negative: not "#rrggbb" */

static double
ngx_http_rfl_luminance(ngx_str_t *colour)
{
    double      c, luminance;
    ngx_int_t   n;
    ngx_uint_t  i;

    static const double  weights[] = { 0.2126, 0.7152, 0.0722 };

    if (colour->len != 7 || colour->data[0] != '#') {
        return -1;
    }

    luminance = 0;

    for (i = 0; i < 3; i++) {
        n = ngx_hextoi(colour->data + 1 + 2 * i, 2);

        if (n == NGX_ERROR) {
            return -1;
        }

        c = (double) n / 255;
        c = (c <= 0.04045) ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
        luminance += weights[i] * c;
    }

    return luminance;
}


/* A page that tells nothing of this one; "off" ends inheritance. */

char *
ngx_http_rfl_set_exit(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    u_char     *p;
    ngx_str_t  *value;

    if (lcf->exit.data) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0) {
        ngx_str_set(&lcf->exit, "");
        return NGX_CONF_OK;
    }

    for (p = value[1].data; *p > 0x20 && *p < 0x7f; p++) { /* void */ }

    if (*p || value[1].len <= sizeof("https://") - 1
        || ngx_strncmp(value[1].data, "https://", sizeof("https://") - 1)
           != 0)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid URL \"%V\" in \"rfl_exit\", it must be "
                           "\"off\" or begin with \"https://\" and name a page "
                           "that everybody reads, such as a weather report",
                           &value[1]);
        return NGX_CONF_ERROR;
    }

    lcf->exit = value[1];

    return NGX_CONF_OK;
}


/* rfl_site and rfl_api, and the common part of rfl_status */

char *
ngx_http_rfl_set_role(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    ngx_http_conf_ctx_t       **ctx;
    ngx_http_core_loc_conf_t   *clcf;
    ngx_http_rfl_main_conf_t   *mcf;

    if (lcf->role == (ngx_http_rfl_role_e) cmd->offset) {
        return "is duplicate";
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (lcf->role != NGX_HTTP_RFL_ROLE_NONE || clcf->handler) {
        return "cannot stand beside another content handler, "
               "give it a location of its own";
    }

    if (clcf->named || clcf->noname
#if (NGX_PCRE)
        || clcf->regex
#endif
       )
    {
        return "needs a location with a plain path";
    }

    if (cmd->offset == NGX_HTTP_RFL_ROLE_SITE
        && (clcf->exact_match || clcf->name.len == 0
            || clcf->name.data[clcf->name.len - 1] != '/'))
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"rfl_site\" serves a whole tree of pages: the "
                           "path of its location must end with a slash, as in "
                           "\"location / {\" or \"location /rfl/ {\"");
        return NGX_CONF_ERROR;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_rfl_module);

    ctx = ngx_array_push(&mcf->contexts);
    if (ctx == NULL) {
        return NGX_CONF_ERROR;
    }

    *ctx = cf->ctx;

    mcf->used = 1;

    lcf->role = (ngx_http_rfl_role_e) cmd->offset;
    lcf->prefix = clcf->name;
    lcf->file = cf->conf_file->file.name.data;
    lcf->line = cf->conf_file->line;

    clcf->handler = ngx_http_rfl_handlers[lcf->role];

    return NGX_CONF_OK;
}


char *
ngx_http_rfl_set_status(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_rfl_loc_conf_t *lcf = conf;

    ngx_str_t  *value;

    if (lcf->role == NGX_HTTP_RFL_ROLE_STATUS) {
        return "is duplicate";
    }

    value = cf->args->elts;

    lcf->format = NGX_HTTP_RFL_STATUS_JSON;

    if (cf->args->nelts == 2) {

        if (ngx_strcmp(value[1].data, "prometheus") == 0) {
            lcf->format = NGX_HTTP_RFL_STATUS_PROMETHEUS;

        } else if (ngx_strcmp(value[1].data, "json") != 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid format \"%V\" in \"rfl_status\", "
                               "it must be \"json\" or \"prometheus\"",
                               &value[1]);
            return NGX_CONF_ERROR;
        }
    }

    return ngx_http_rfl_set_role(cf, cmd, conf);
}
