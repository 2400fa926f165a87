
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_preview.c: an entry as visitors will see it: the public site's own
 * template with its own words, once in each language.  Called for the middle
 * column of an item.
 */


#include "rfl_web_int.h"


static int rfl_web_preview_one(rfl_web_ask_t *ask, const rfl_entry_t *entry,
    unsigned lang, rfl_tpl_value_t *item);


int
rfl_web_previews(rfl_web_ask_t *ask, const rfl_entry_t *entry,
    rfl_tpl_value_t *list)
{
    unsigned  i, n, lang;

    n = ask->web->site.nlangs;

    if (rfl_web_list(ask, list, n, RFL_WP_N) != RFL_OK) {
        return RFL_ERROR;
    }

    /* the moderator's own language first */

    for (i = 0; i < n; i++) {

        lang = (i == 0) ? ask->lang : (i <= ask->lang) ? i - 1 : i;

        if (rfl_web_preview_one(ask, entry, lang, list->items[i])
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        list->items[i][RFL_WP_OPEN].number = (i == 0);
    }

    return RFL_OK;
}


static int
rfl_web_preview_one(rfl_web_ask_t *ask, const rfl_entry_t *entry,
    unsigned lang, rfl_tpl_value_t *item)
{
    rfl_buf_t         b;
    rfl_site_t       *site;
    rfl_tpl_value_t  *values;

    site = &ask->web->site;

    values = rfl_page_values(ask->pool, RFL_PAGE_RESULTS);

    if (values == NULL
        || rfl_page_hits(ask->pool, site, lang, 1, ask->in->now, values)
           != RFL_OK
        || rfl_page_hit(ask->pool, site, lang, 0, entry, 0, values)
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    /* nobody has searched for it: there is no reason why it was found */

    values[RFL_V_HITS].items[0][RFL_VH_REASONS].number = 0;

    rfl_buf_init(&b, 0);
    rfl_tpl_render(ask->web->preview, values, site->catalogs[lang], &b);

    item[RFL_WP_PART].text = rfl_web_str(ask, &b);
    item[RFL_WP_LANG].text = *rfl_catalog_lang(site->catalogs[lang]);
    item[RFL_WP_NAME].text = rfl_web_endonym(ask, lang);

    if (rfl_catalog_rtl(site->catalogs[lang])) {
        rfl_str_set(&item[RFL_WP_DIR].text, "rtl");

    } else {
        rfl_str_set(&item[RFL_WP_DIR].text, "ltr");
    }

    return (item[RFL_WP_PART].text.len == 0) ? RFL_ERROR : RFL_OK;
}
