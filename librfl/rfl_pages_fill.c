
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages_fill.c: fills the values of a page.  Everything that is made
 * here lives in the caller's pool and is wiped with it; words of the catalog
 * and of the policy are pointed to.
 */


#include "rfl_pages_int.h"


static int rfl_fill_tel(rfl_pool_t *pool, const rfl_str_t *phone,
    rfl_tpl_value_t *value);
static int rfl_fill_countries(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_query_t *query, rfl_tpl_value_t *list);
static int rfl_fill_events(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_query_t *query, rfl_tpl_value_t *list);
static int rfl_fill_faults(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, const rfl_query_t *query, rfl_tpl_value_t *values);
static int rfl_fill_shown(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, unsigned show, const rfl_entry_t *entry,
    rfl_tpl_value_t *hit);
static int rfl_fill_office(rfl_pool_t *pool, const rfl_site_t *site,
    const rfl_str_t *tag, const rfl_str_t *id, rfl_tpl_value_t *hit);
static int rfl_fill_reasons(rfl_pool_t *pool, const rfl_site_t *site,
    unsigned lang, unsigned why, rfl_tpl_value_t *list);


/* where the value and the fault of a field of the form are */

static const struct {
    unsigned  value;
    unsigned  fault;
} rfl_fill_fields[] = {
    [RFL_FIELD_NAME] = { RFL_V_NAME, RFL_V_NAME_FAULT },
    [RFL_FIELD_BIRTH_YEAR] = { RFL_V_BIRTH_YEAR, RFL_V_BIRTH_YEAR_FAULT },
    [RFL_FIELD_COUNTRY] = { RFL_V_COUNTRY, RFL_V_COUNTRY_FAULT },
    [RFL_FIELD_FATHER] = { RFL_V_FATHER, RFL_V_FATHER_FAULT },
    [RFL_FIELD_MOTHER] = { RFL_V_MOTHER, RFL_V_MOTHER_FAULT },
    [RFL_FIELD_GRANDFATHER] = { RFL_V_GRANDFATHER, RFL_V_GRANDFATHER_FAULT },
    [RFL_FIELD_KIND] = { RFL_V_KIND, 0 },
    [RFL_FIELD_EVENT] = { RFL_V_EVENT, 0 }
};

#define RFL_FILL_FIELDS                                                      \
    (sizeof(rfl_fill_fields) / sizeof(rfl_fill_fields[0]))


rfl_tpl_value_t *
rfl_page_values(rfl_pool_t *pool, rfl_page_e page)
{
    return rfl_pcalloc(pool, rfl_pages[page].nvalues
                             * sizeof(rfl_tpl_value_t));
}


int
rfl_page_list(rfl_pool_t *pool, rfl_tpl_value_t *list, unsigned n,
    unsigned nfields)
{
    unsigned          i;
    rfl_tpl_value_t  *values;

    list->items = rfl_palloc(pool, n * sizeof(rfl_tpl_value_t *));
    values = rfl_pcalloc(pool, (size_t) n * nfields
                               * sizeof(rfl_tpl_value_t));

    if (list->items == NULL || values == NULL) {
        list->number = 0;
        return RFL_ERROR;
    }

    for (i = 0; i < n; i++) {
        list->items[i] = values + (size_t) i * nfields;
    }

    list->number = n;

    return RFL_OK;
}


int
rfl_page_common(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_page_e page, rfl_tpl_value_t *values)
{
    const rfl_str_t      *tag;
    const rfl_catalog_t  *catalog;
    const rfl_society_t  *society;

    catalog = site->catalogs[lang];
    society = site->society;
    tag = rfl_catalog_lang(catalog);

    values[RFL_V_LANG].text = *tag;
    values[RFL_V_RTL].number = rfl_catalog_rtl(catalog);
    values[RFL_V_UNREVIEWED].number = !rfl_catalog_reviewed(catalog);
    values[RFL_V_SITE_NAME].text = site->name;
    values[RFL_V_CSS_URL].text = site->css_url;
    values[RFL_V_LOGO_URL].text = site->logo_url;
    values[RFL_V_EXIT_URL].text = site->exit_url;
    values[RFL_V_FORMS].number = site->forms;

    if (values[RFL_V_RTL].number) {
        rfl_str_set(&values[RFL_V_DIR].text, "rtl");

    } else {
        rfl_str_set(&values[RFL_V_DIR].text, "ltr");
    }

    if (rfl_fill_url(pool, site, lang, "", &values[RFL_V_HOME_URL])
        != RFL_OK
        || rfl_fill_url(pool, site, lang, "search",
                        &values[RFL_V_SEARCH_URL]) != RFL_OK
        || rfl_fill_url(pool, site, lang, "looking",
                        &values[RFL_V_LOOKING_URL]) != RFL_OK
        || rfl_fill_url(pool, site, lang, "alive", &values[RFL_V_ALIVE_URL])
           != RFL_OK
        || rfl_fill_url(pool, site, lang, "privacy",
                        &values[RFL_V_PRIVACY_URL]) != RFL_OK
        || rfl_fill_url(pool, site, lang, "message",
                        &values[RFL_V_MESSAGE_URL]) != RFL_OK
        || rfl_fill_url(pool, site, lang, "report",
                        &values[RFL_V_REPORT_URL]) != RFL_OK
        || rfl_fill_url(pool, site, lang, "withdraw",
                        &values[RFL_V_WITHDRAW_URL]) != RFL_OK
        || rfl_fill_langs(pool, site, lang, (char *) rfl_pages[page].path.data,
                          &values[RFL_V_LANGS]) != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (society == NULL) {
        return RFL_OK;
    }

    rfl_fill_texts(&society->names, tag, &values[RFL_V_CONTACT_NAME]);
    rfl_fill_texts(&society->address, tag, &values[RFL_V_CONTACT_ADDRESS]);
    rfl_fill_texts(&society->hours, tag, &values[RFL_V_CONTACT_HOURS]);

    values[RFL_V_CONTACT_PHONE].text = society->phone;
    values[RFL_V_CONTACT_URL].text = society->url;

    return rfl_fill_tel(pool, &society->phone,
                        &values[RFL_V_CONTACT_TEL_URL]);
}


/* this page in the site's other languages; none if there is only one */

int
rfl_fill_langs(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const char *path, rfl_tpl_value_t *list)
{
    unsigned              i;
    rfl_buf_t             b;
    rfl_tpl_value_t      *item;
    const rfl_catalog_t  *catalog;

    if (site->nlangs < 2) {
        return RFL_OK;
    }

    if (rfl_page_list(pool, list, site->nlangs, RFL_VL_N) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < site->nlangs; i++) {

        catalog = site->catalogs[i];
        item = list->items[i];

        item[RFL_VL_LANG].text = *rfl_catalog_lang(catalog);
        item[RFL_VL_CURRENT].number = (i == lang);

        if (rfl_catalog_rtl(catalog)) {
            rfl_str_set(&item[RFL_VL_DIR].text, "rtl");

        } else {
            rfl_str_set(&item[RFL_VL_DIR].text, "ltr");
        }

        rfl_buf_init(&b, 0);
        rfl_catalog_endonym(catalog, &b);

        if (rfl_fill_buf(pool, &b, &item[RFL_VL_NAME]) != RFL_OK
            || rfl_fill_url(pool, site, i, path,
                            &item[RFL_VL_URL]) != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


int
rfl_fill_url(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const char *path, rfl_tpl_value_t *value)
{
    rfl_buf_t         b;
    const rfl_str_t  *tag;

    tag = rfl_catalog_lang(site->catalogs[lang]);

    rfl_buf_init(&b, 0);
    rfl_buf_append(&b, site->prefix.data, site->prefix.len);
    rfl_buf_byte(&b, '/');
    rfl_buf_append(&b, tag->data, tag->len);
    rfl_buf_byte(&b, '/');
    rfl_buf_append(&b, path, strlen(path));

    return rfl_fill_buf(pool, &b, value);
}


/* what can be dialled of "+00 (0) 555 01 23": the "(0)" of habit cannot */

static int
rfl_fill_tel(rfl_pool_t *pool, const rfl_str_t *phone, rfl_tpl_value_t *value)
{
    size_t     i;
    u_char     c;
    rfl_buf_t  b;

    if (phone->len == 0) {
        return RFL_OK;
    }

    rfl_buf_init(&b, 0);
    rfl_buf_literal(&b, "tel:");

    for (i = 0; i < phone->len; i++) {
        c = phone->data[i];

        if (c == '(' && phone->len - i >= 3 && phone->data[i + 1] == '0'
            && phone->data[i + 2] == ')')
        {
            i += 2;

        } else if ((c >= '0' && c <= '9') || (c == '+' && b.len == 4)) {
            rfl_buf_byte(&b, c);
        }
    }

    return rfl_fill_buf(pool, &b, value);
}


int
rfl_page_form(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_page_e page, const rfl_query_t *query, rfl_tpl_value_t *values)
{
    unsigned  i, field, kind;

    kind = (query == NULL || query->kind >= rfl_nkinds) ? RFL_KIND_ANY
                                                        : query->kind;

    values[RFL_V_KIND].text = rfl_kinds[kind];
    values[RFL_V_KIND_ANY].number = (kind == RFL_KIND_ANY);
    values[RFL_V_KIND_LOOKING].number = (kind == RFL_KIND_LOOKING);
    values[RFL_V_KIND_ALIVE].number = (kind == RFL_KIND_ALIVE);
    values[RFL_V_OPEN].number = (page == RFL_PAGE_REFINE
                                 || kind != RFL_KIND_ANY);

    if (query != NULL) {
        values[RFL_V_NAME].text = query->name;
        values[RFL_V_BIRTH_YEAR].text = query->birth_year;
        values[RFL_V_FATHER].text = query->facts.father;
        values[RFL_V_MOTHER].text = query->facts.mother;
        values[RFL_V_GRANDFATHER].text = query->facts.grandfather;
        values[RFL_V_COUNTRY].text = query->facts.country;
        values[RFL_V_EVENT].text = query->event;

        for (i = RFL_V_BIRTH_YEAR; i <= RFL_V_EVENT; i++) {
            values[RFL_V_OPEN].number |= (values[i].text.len != 0);
        }

        for (i = 0; i < query->nfaults; i++) {
            field = query->faults[i].field;

            values[RFL_V_OPEN].number |= (field > RFL_FIELD_NAME
                                          && field < RFL_FIELD_KIND);
        }
    }

    if (rfl_fill_countries(pool, site, lang, query, &values[RFL_V_COUNTRIES])
        != RFL_OK
        || rfl_fill_events(pool, site, lang, query, &values[RFL_V_EVENTS])
           != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (query == NULL || query->nfaults == 0) {
        return RFL_OK;
    }

    return rfl_fill_faults(pool, site, lang, query, values);
}


static int
rfl_fill_countries(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_query_t *query, rfl_tpl_value_t *list)
{
    unsigned          i;
    rfl_buf_t         b;
    rfl_tpl_value_t  *item;

    if (site->ncountries == 0) {
        return RFL_OK;
    }

    if (rfl_page_list(pool, list, site->ncountries, RFL_VO_N) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < site->ncountries; i++) {
        item = list->items[i];

        item[RFL_VO_VALUE].text = site->countries[i];
        item[RFL_VO_SELECTED].number =
            query != NULL
            && rfl_str_eq(&query->facts.country, &site->countries[i]);

        rfl_buf_init(&b, 0);
        rfl_catalog_country(site->catalogs[lang], &site->countries[i], &b);

        if (rfl_fill_buf(pool, &b, &item[RFL_VO_NAME]) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


/* the events that can be searched; one alone leaves nothing to choose */

static int
rfl_fill_events(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_query_t *query, rfl_tpl_value_t *list)
{
    unsigned            i, n;
    rfl_tpl_value_t    *item;
    const rfl_str_t    *tag;
    const rfl_event_t  *event;

    if (site->policy == NULL) {
        return RFL_OK;
    }

    n = 0;

    for (i = 0; i < site->policy->nevents; i++) {
        n += (site->policy->events[i].gate != RFL_GATE_CLOSED);
    }

    if (n < 2) {
        return RFL_OK;
    }

    if (rfl_page_list(pool, list, n, RFL_VO_N) != RFL_OK) {
        return RFL_ERROR;
    }

    tag = rfl_catalog_lang(site->catalogs[lang]);
    n = 0;

    for (i = 0; i < site->policy->nevents; i++) {
        event = &site->policy->events[i];

        if (event->gate == RFL_GATE_CLOSED) {
            continue;
        }

        item = list->items[n++];

        item[RFL_VO_VALUE].text = event->id;
        rfl_fill_texts(&event->names, tag, &item[RFL_VO_NAME]);
        item[RFL_VO_SELECTED].number = (query != NULL
                                        && rfl_str_eq(&query->event,
                                                      &event->id));
    }

    return RFL_OK;
}


static int
rfl_fill_faults(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const rfl_query_t *query, rfl_tpl_value_t *values)
{
    unsigned          i, field;
    rfl_buf_t         b;
    rfl_tpl_value_t  *item, *list;

    list = &values[RFL_V_FAULTS];

    if (rfl_page_list(pool, list, query->nfaults, RFL_VF_N) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < query->nfaults; i++) {
        field = query->faults[i].field;
        item = list->items[i];

        if (field == RFL_FIELD_NONE || field >= RFL_FILL_FIELDS
            || query->faults[i].fault > RFL_FAULT_SHORT)
        {
            continue;
        }

        rfl_fill_word(site, lang,
                      site->words.faults[field][query->faults[i].fault],
                      &item[RFL_VF_TEXT]);

        if (rfl_fill_fields[field].fault != 0) {
            values[rfl_fill_fields[field].fault] = item[RFL_VF_TEXT];
        }

        rfl_buf_init(&b, 0);
        rfl_buf_byte(&b, '#');
        rfl_buf_append(&b, rfl_field_names[field].data,
                       rfl_field_names[field].len);

        if (rfl_fill_buf(pool, &b, &item[RFL_VF_URL]) != RFL_OK) {
            return RFL_ERROR;
        }
    }

    return RFL_OK;
}


int
rfl_page_hits(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    unsigned n, int64_t as_of, rfl_tpl_value_t *values)
{
    rfl_buf_t  b;

    values[RFL_V_COUNT].number = n;

    rfl_buf_init(&b, 0);
    rfl_catalog_time(site->catalogs[lang], as_of, &b);

    if (rfl_fill_buf(pool, &b, &values[RFL_V_AS_OF]) != RFL_OK) {
        return RFL_ERROR;
    }

    return rfl_page_list(pool, &values[RFL_V_HITS], n, RFL_VH_N);
}


int
rfl_page_hit(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    unsigned i, const rfl_entry_t *entry, unsigned why,
    rfl_tpl_value_t *values)
{
    u_char                *ref;
    unsigned               n;
    rfl_buf_t              b;
    rfl_tpl_value_t       *hit;
    const rfl_str_t       *tag;
    const rfl_event_t     *event;
    const rfl_catalog_t   *catalog;

    hit = values[RFL_V_HITS].items[i];
    catalog = site->catalogs[lang];
    tag = rfl_catalog_lang(catalog);
    event = rfl_policy_event(site->policy, &entry->event);

    hit[RFL_VH_NUMBER].number = i + 1;

    if (rfl_page_list(pool, &hit[RFL_VH_NAMES], entry->nnames, 1) != RFL_OK) {
        return RFL_ERROR;
    }

    for (n = 0; n < entry->nnames; n++) {
        hit[RFL_VH_NAMES].items[n][0].text = entry->names[n].full;
    }

    ref = rfl_palloc(pool, RFL_REF_TEXT_SIZE);
    if (ref == NULL) {
        return RFL_ERROR;
    }

    rfl_ref_format(entry->ref, ref);

    hit[RFL_VH_REF].text.data = ref;
    hit[RFL_VH_REF].text.len = RFL_REF_TEXT_SIZE;

    hit[RFL_VH_LOOKING].number = (entry->kind == RFL_KIND_LOOKING);
    hit[RFL_VH_ALIVE].number = (entry->kind == RFL_KIND_ALIVE);

    if (entry->kind < rfl_nkinds) {
        rfl_fill_word(site, lang, site->words.kinds[entry->kind],
                      &hit[RFL_VH_KIND]);
    }

    if (rfl_fill_shown(pool, site, lang, (event == NULL) ? 0 : event->show,
                       entry, hit)
        != RFL_OK
        || rfl_fill_office(pool, site, tag, &entry->society, hit) != RFL_OK)
    {
        return RFL_ERROR;
    }

    if (event != NULL) {
        rfl_fill_texts(&event->names, tag, &hit[RFL_VH_EVENT]);
    }

    rfl_buf_init(&b, 0);
    rfl_catalog_day(catalog, entry->confirmed_on, &b);

    if (rfl_fill_buf(pool, &b, &hit[RFL_VH_CONFIRMED_ON]) != RFL_OK) {
        return RFL_ERROR;
    }

    /* the last day on which it can be seen: the end itself is excluded */

    rfl_buf_init(&b, 0);
    rfl_catalog_day(catalog, rfl_time_day(entry->not_after - 1), &b);

    if (rfl_fill_buf(pool, &b, &hit[RFL_VH_UNTIL]) != RFL_OK) {
        return RFL_ERROR;
    }

    return rfl_fill_reasons(pool, site, lang, why, &hit[RFL_VH_REASONS]);
}


/* what the event lets be shown of a person, beside the name */

static int
rfl_fill_shown(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    unsigned show, const rfl_entry_t *entry, rfl_tpl_value_t *hit)
{
    rfl_buf_t           b;
    const rfl_words_t  *words;

    words = &site->words;

    if ((show & RFL_SHOW_AGE_BAND) && entry->age_band < rfl_nage_bands) {
        rfl_fill_word(site, lang, words->age_bands[entry->age_band],
                      &hit[RFL_VH_AGE_BAND]);
    }

    if ((show & RFL_SHOW_SEX) && entry->sex < rfl_nsexes) {
        rfl_fill_word(site, lang, words->sexes[entry->sex],
                      &hit[RFL_VH_SEX]);
    }

    if ((show & RFL_SHOW_RELATION) && entry->relation < rfl_nrelations) {
        rfl_fill_word(site, lang, words->relations[entry->relation],
                      &hit[RFL_VH_RELATION]);
    }

    if ((show & RFL_SHOW_STATUS) && entry->status < rfl_nstatuses) {
        rfl_fill_word(site, lang, words->statuses[entry->status],
                      &hit[RFL_VH_STATUS]);
    }

    if (!(show & RFL_SHOW_ORIGIN) || entry->origin.len == 0) {
        return RFL_OK;
    }

    rfl_buf_init(&b, 0);
    rfl_catalog_country(site->catalogs[lang], &entry->origin, &b);

    return rfl_fill_buf(pool, &b, &hit[RFL_VH_ORIGIN]);
}


static int
rfl_fill_office(rfl_pool_t *pool, const rfl_site_t *site,
    const rfl_str_t *tag, const rfl_str_t *id, rfl_tpl_value_t *hit)
{
    const rfl_society_t  *society;

    society = rfl_trust_society(site->trust, id);

    if (society == NULL) {
        return RFL_OK;
    }

    rfl_fill_texts(&society->names, tag, &hit[RFL_VH_SOCIETY]);
    hit[RFL_VH_SOCIETY_PHONE].text = society->phone;
    hit[RFL_VH_SOCIETY_URL].text = society->url;

    return rfl_fill_tel(pool, &society->phone, &hit[RFL_VH_SOCIETY_TEL_URL]);
}


static int
rfl_fill_reasons(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    unsigned why, rfl_tpl_value_t *list)
{
    unsigned  i, n;

    n = 0;

    for (i = 0; i < RFL_WHY_N; i++) {
        n += (why >> i) & 1;
    }

    if (n == 0) {
        return RFL_OK;
    }

    if (rfl_page_list(pool, list, n, 1) != RFL_OK) {
        return RFL_ERROR;
    }

    n = 0;

    for (i = 0; i < RFL_WHY_N; i++) {

        if ((why >> i) & 1) {
            rfl_fill_word(site, lang, site->words.why[i], list->items[n++]);
        }
    }

    return RFL_OK;
}


void
rfl_fill_word(const rfl_site_t *site, unsigned lang, int word,
    rfl_tpl_value_t *value)
{
    const rfl_str_t  *text;

    text = rfl_catalog_text(site->catalogs[lang], word);

    if (text != NULL) {
        value->text = *text;
    }
}


void
rfl_fill_texts(const rfl_texts_t *texts, const rfl_str_t *tag,
    rfl_tpl_value_t *value)
{
    const rfl_str_t  *text;

    text = rfl_texts_get(texts, tag);

    if (text != NULL) {
        value->text = *text;
    }
}


/* the buffer's text into the pool; the buffer is freed in any case */

int
rfl_fill_buf(rfl_pool_t *pool, rfl_buf_t *b, rfl_tpl_value_t *value)
{
    int  rc;

    rc = RFL_ERROR;

    value->text.len = 0;
    value->text.data = b->failed ? NULL : rfl_pstrdup(pool, b->data, b->len);

    if (value->text.data != NULL) {
        value->text.len = b->len;
        rc = RFL_OK;
    }

    rfl_buf_free(b);

    return rc;
}
