
/*
 * Copyright (C) The RFL authors
 *
 * sample_site.h: an invented society with invented people, for check-pages
 * and for the tests of the pages: every page can be filled from it.  Included
 * once by a program.
 */


#ifndef _RFL_SAMPLE_SITE_H_INCLUDED_
#define _RFL_SAMPLE_SITE_H_INCLUDED_


#include "rfl_pages.h"


#define RFL_SAMPLE_HITS   10
#define RFL_SAMPLE_LANGS  24


static rfl_str_t  sample_langs[] = {
    rfl_string("en"), rfl_string("fr"), rfl_string("ar")
};

#define sample_texts(name, en, fr, ar)                                       \
    static rfl_str_t  name[] = {                                             \
        rfl_string(en), rfl_string(fr), rfl_string(ar)                       \
    }

sample_texts(sample_name, "Family Links Office of Arcadia",
             "Bureau des liens familiaux d’Arcadie",
             "مكتب الروابط العائلية في أركاديا");
sample_texts(sample_address, "12 Harbour Street, Port Arcadia",
             "12, rue du Port, Port-Arcadie", "12 شارع الميناء، بورت أركاديا");
sample_texts(sample_hours, "Monday to Friday, 9:00 to 17:00",
             "Du lundi au vendredi, de 9 h à 17 h",
             "من الاثنين إلى الجمعة، من 9:00 إلى 17:00");
sample_texts(sample_quake, "Earthquake in Arcadia, 2026",
             "Séisme en Arcadie, 2026", "زلزال أركاديا، 2026");
sample_texts(sample_flood, "Floods on the Ladon, 2025",
             "Crues du Ladon, 2025", "فيضانات نهر اللادون، 2025");

#define sample_in_3(texts)  { 3, sample_langs, texts }


static rfl_event_t  sample_events[] = {
    { rfl_string("quake-2026"), sample_in_3(sample_quake), 0x1f,
      RFL_GATE_NAME, 365 },
    { rfl_string("flood-2025"), sample_in_3(sample_flood), 0x1f,
      RFL_GATE_NAME, 365 }
};

static rfl_policy_t  sample_policy = {
    .version = 1, .adult_age = 18, .approvals = 2, .cap = 256,
    .epoch_days = 1, .nevents = 2, .events = sample_events
};

static rfl_society_t  sample_society = {
    .id = rfl_string("arcadia"),
    .names = sample_in_3(sample_name),
    .address = sample_in_3(sample_address),
    .hours = sample_in_3(sample_hours),
    .phone = rfl_string("+00 (0)555 01 23 45"),
    .url = rfl_string("https://arcadia.example/")
};

static rfl_trust_t  sample_trust = { 1, &sample_society };

static const rfl_str_t  sample_countries[] = {
    rfl_string("AF"), rfl_string("ET"), rfl_string("MM"), rfl_string("SD"),
    rfl_string("SY"), rfl_string("UA")
};


/* up to three names of a person, and why the notice is shown */

static const struct {
    const char  *names[3];
    unsigned     kind;
    unsigned     sex;
    unsigned     age_band;
    unsigned     relation;
    unsigned     status;
    const char  *origin;
    unsigned     why;
} sample_people[RFL_SAMPLE_HITS] = {
    { { "Amina Haddad", "أمينة حداد", NULL }, RFL_KIND_ALIVE, 2, 2, 0, 1,
      "SY", RFL_WHY_SAME },
    { { "أمينة الحدّاد", NULL, NULL }, RFL_KIND_LOOKING, 2, 3, 3, 0, "SY",
      RFL_WHY_OTHER_SCRIPT },
    { { "Amina al-Hadad", NULL, NULL }, RFL_KIND_ALIVE, 2, 0, 0, 4, "",
      RFL_WHY_SPELLING|RFL_WHY_PART_ADDED },
    { { "Аміна Хаддад", "Amina Khaddad", NULL }, RFL_KIND_ALIVE, 2, 1, 0, 2,
      "UA", RFL_WHY_OTHER_SCRIPT|RFL_WHY_SPELLING },
    { { "Haddad, A.", NULL, NULL }, RFL_KIND_LOOKING, 0, 4, 6, 0, "SD",
      RFL_WHY_ORDER|RFL_WHY_INITIAL },
    { { "အမီနာ ဟဒ္ဒဒ်", "Amina Hadded", NULL }, RFL_KIND_LOOKING, 2, 5, 1, 0,
      "MM", RFL_WHY_OTHER_SCRIPT },
    { { "አሚና ሃዳድ", NULL, NULL }, RFL_KIND_ALIVE, 2, 6, 0, 3, "ET",
      RFL_WHY_OTHER_SCRIPT|RFL_WHY_YEAR_NEAR },
    { { "Ameena Mohamad Hussein Haddad", NULL, NULL }, RFL_KIND_LOOKING, 2, 7,
      9, 0, "AF", RFL_WHY_SPELLING|RFL_WHY_PART_ADDED },
    { { "Mina Haddad", NULL, NULL }, RFL_KIND_ALIVE, 3, 2, 0, 5, "SY",
      RFL_WHY_NICKNAME },
    { { "Amina", "أمينة", "Amina H." }, RFL_KIND_LOOKING, 2, 2, 15, 0, "SY",
      RFL_WHY_PART_MISSING }
};


/* 23 November 2026, 08:00 UTC */
#define RFL_SAMPLE_NOW  1795420800


static inline void
sample_site(rfl_site_t *site, unsigned n, rfl_catalog_t **catalogs)
{
    memset(site, 0, sizeof(rfl_site_t));

    rfl_str_set(&site->name, "Arcadia Family Links");
    rfl_str_set(&site->css_url, "/rfl.css");
    rfl_str_set(&site->exit_url, "/exit");
    site->forms = 1;

    site->nlangs = n;
    site->catalogs = catalogs;
    site->policy = &sample_policy;
    site->trust = &sample_trust;
    site->society = &sample_society;
    site->countries = sample_countries;
    site->ncountries = sizeof(sample_countries) / sizeof(rfl_str_t);
}


static inline void
sample_entry(unsigned i, rfl_entry_t *entry)
{
    unsigned  n;

    memset(entry, 0, sizeof(rfl_entry_t));
    memset(entry->ref, (int) (i * 37 + 11), RFL_REF_SIZE);

    for (n = 0; n < 3 && sample_people[i].names[n] != NULL; n++) {
        entry->names[n].full.data = (u_char *) sample_people[i].names[n];
        entry->names[n].full.len = strlen(sample_people[i].names[n]);
    }

    entry->nnames = n;
    entry->kind = sample_people[i].kind;
    entry->sex = sample_people[i].sex;
    entry->age_band = sample_people[i].age_band;
    entry->relation = sample_people[i].relation;
    entry->status = sample_people[i].status;
    entry->origin.data = (u_char *) sample_people[i].origin;
    entry->origin.len = strlen(sample_people[i].origin);
    entry->event = sample_events[i & 1].id;
    entry->society = sample_society.id;
    entry->confirmed_on = RFL_SAMPLE_NOW / RFL_DAY_SECONDS - (int32_t) i * 3;
    entry->not_after = RFL_SAMPLE_NOW + (180 - (int64_t) i) * RFL_DAY_SECONDS;
}


/* a query as a visitor would have sent it; faulty != 0: with faults */

static inline void
sample_query(rfl_query_t *query, int faulty)
{
    memset(query, 0, sizeof(rfl_query_t));

    rfl_str_set(&query->name, "Amina Haddad");
    query->kind = RFL_KIND_ANY;

    if (!faulty) {
        return;
    }

    rfl_str_set(&query->birth_year, "19 hundred");
    rfl_str_set(&query->facts.mother, "Fatima");

    query->nfaults = 2;
    query->faults[0].field = RFL_FIELD_NAME;
    query->faults[0].fault = RFL_FAULT_SHORT;
    query->faults[1].field = RFL_FIELD_BIRTH_YEAR;
    query->faults[1].fault = RFL_FAULT_VALUE;
}


/* all values of a page; faulty is for the search page */

static inline rfl_tpl_value_t *
sample_values(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_page_e page, int faulty, unsigned hits)
{
    unsigned          i;
    rfl_entry_t      *entry;
    rfl_query_t      *query;
    rfl_tpl_value_t  *values;

    values = rfl_page_values(pool, page);

    if (values == NULL
        || rfl_page_common(pool, site, lang, page, values) != RFL_OK)
    {
        return NULL;
    }

    values[RFL_V_RETRY].number = 5;

    if (rfl_pages[page].nvalues == RFL_V_COMMON_N
        || (page >= RFL_PAGE_STEP && page <= RFL_PAGE_NOT_SENT))
    {
        return values;
    }

    query = rfl_palloc(pool, sizeof(rfl_query_t));
    if (query == NULL) {
        return NULL;
    }

    sample_query(query, faulty);

    if (rfl_page_form(pool, site, lang, page,
                      (page == RFL_PAGE_SEARCH && !faulty) ? NULL : query,
                      values)
        != RFL_OK)
    {
        return NULL;
    }

    if (page != RFL_PAGE_RESULTS) {
        return values;
    }

    if (rfl_page_hits(pool, site, lang, hits, RFL_SAMPLE_NOW, values)
        != RFL_OK)
    {
        return NULL;
    }

    for (i = 0; i < hits; i++) {

        entry = rfl_palloc(pool, sizeof(rfl_entry_t));
        if (entry == NULL) {
            return NULL;
        }

        sample_entry(i, entry);

        if (rfl_page_hit(pool, site, lang, i, entry, sample_people[i].why,
                         values)
            != RFL_OK)
        {
            return NULL;
        }

        /* as long as a real one */

        rfl_str_set(&values[RFL_V_HITS].items[i][RFL_VH_TOKEN].text,
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    }

    return values;
}


#endif /* _RFL_SAMPLE_SITE_H_INCLUDED_ */
