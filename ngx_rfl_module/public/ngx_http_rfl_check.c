
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_check.c: do the directives of a location fit each other, and
 * is everything there that its handler needs?  Called when a location's
 * settings are merged, before anything of it is loaded.
 */


#include "ngx_http_rfl.h"


static char *ngx_http_rfl_check_forms(ngx_conf_t *cf,
    ngx_http_rfl_loc_conf_t *lcf);


/* by role; the remedy of an error names them */

static const char  *ngx_http_rfl_roles[] = {
    "", "rfl_site", "rfl_api", "rfl_status"
};


char *
ngx_http_rfl_check(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf)
{
    rfl_str_t                  id;
    ngx_uint_t                 i;
    ngx_http_core_loc_conf_t  *clcf;

    struct {
        const void  *value;
        const char  *remedy;
    } needs[] = {
        { lcf->search.index,
          "rfl_index unix:/run/... user=... password_file=...;" },
        { lcf->search.keyd, "rfl_keyd unix:/run/...;" },
        { lcf->search.policy, "rfl_policy /etc/rfl/policy.json;" },
        { lcf->search.trust, "rfl_trust /etc/rfl/trust.json;" }
    };

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->handler != ngx_http_rfl_handlers[lcf->role]) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "another directive of this location, such as "
                                "\"proxy_pass\", answers in place of \"%s\": "
                                "give it a location of its own",
                                ngx_http_rfl_roles[lcf->role]);
        return NGX_CONF_ERROR;
    }

    for (i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
        if (needs[i].value == NULL) {
            ngx_http_rfl_conf_fault(cf, lcf,
                                    "\"%s\" cannot work without another "
                                    "directive, add \"%s\" here or above",
                                    ngx_http_rfl_roles[lcf->role],
                                    needs[i].remedy);
            return NGX_CONF_ERROR;
        }
    }

    if ((lcf->inbox == NULL) != (lcf->hide == NULL)) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "forms need both \"rfl_inbox\" and "
                                "\"rfl_hide\", add \"%s unix:/run/... "
                                "user=... password_file=...;\" here or above",
                                lcf->inbox ? "rfl_hide" : "rfl_inbox");
        return NGX_CONF_ERROR;
    }

    if (lcf->hide != NULL
        && (!ngx_http_rfl_is(&lcf->hide->path, &lcf->search.index->path)
            || ngx_http_rfl_is(&lcf->hide->user, &lcf->search.index->user)))
    {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "\"rfl_hide\" must name the socket of "
                                "\"rfl_index\" and another user than that");
        return NGX_CONF_ERROR;
    }

    if (lcf->search.deadline < lcf->search.timeout) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "\"rfl_deadline\" (%Mms, the whole search) is "
                                "shorter than \"rfl_timeout\" (%Mms, one "
                                "operation of it): swap or change them",
                                lcf->search.deadline, lcf->search.timeout);
        return NGX_CONF_ERROR;
    }

    if (lcf->role != NGX_HTTP_RFL_ROLE_SITE) {
        return NGX_CONF_OK;
    }

    if (lcf->society_id.len == 0) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "\"rfl_site\" does not know whose address the "
                                "pages show, add \"rfl_society ID;\" with an "
                                "id of %V", &lcf->trust_file);
        return NGX_CONF_ERROR;
    }

    id.len = lcf->society_id.len;
    id.data = lcf->society_id.data;

    lcf->society = rfl_trust_society(lcf->search.trust, &id);

    if (lcf->society == NULL) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "the society \"%V\" of \"rfl_society\" is not "
                                "in %V: correct the id or add the society "
                                "there", &lcf->society_id, &lcf->trust_file);
        return NGX_CONF_ERROR;
    }

    return lcf->inbox ? ngx_http_rfl_check_forms(cf, lcf) : NGX_CONF_OK;
}


/*
 * Can what visitors hand in be sealed and stored?  A key that is missing
 * today may come by a reload tomorrow, so that is a warning.
 */

static char *
ngx_http_rfl_check_forms(ngx_conf_t *cf, ngx_http_rfl_loc_conf_t *lcf)
{
    unsigned                   i;
    int32_t                    today;
    const rfl_society_t       *society;
    ngx_http_core_loc_conf_t  *clcf;

    if (!lcf->society->has_root) {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "\"rfl_inbox\" needs keys to seal to, but the "
                                "society \"%V\" has no \"root\" in %V: make "
                                "both with \"rflctl keys\", or write "
                                "\"rfl_inbox off;\" and have no forms",
                                &lcf->society_id, &lcf->trust_file);
        return NGX_CONF_ERROR;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->client_max_body_size
        && clcf->client_max_body_size < RFL_FORM_BODY_MAX)
    {
        ngx_http_rfl_conf_fault(cf, lcf,
                                "a form that is filled in has up to %uz "
                                "bytes, which \"client_max_body_size\" (%O) "
                                "would refuse: raise it to 32k, or leave it "
                                "away", (size_t) RFL_FORM_BODY_MAX,
                                clcf->client_max_body_size);
        return NGX_CONF_ERROR;
    }

    today = rfl_time_day(ngx_time());

    for (i = 0; i < lcf->search.trust->nsocieties; i++) {
        society = &lcf->search.trust->societies[i];

        if (society->nunsigned) {
            ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                          "%V: %ui inbox keys of the society \"%*s\" are not "
                          "signed by its root and are not used, \"rflctl keys "
                          "list\" names them", &lcf->trust_file,
                          (ngx_uint_t) society->nunsigned, society->id.len,
                          society->id.data);
        }
    }

    if (rfl_box_key(lcf->society, today) == NULL) {
        ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                      "%V: the society \"%V\" has no inbox key that is valid "
                      "today, nothing can be handed in until there is one: "
                      "see \"rflctl keys\"", &lcf->trust_file,
                      &lcf->society_id);
    }

    return NGX_CONF_OK;
}
