
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages.h: the public pages: which there are, which values their
 * templates may use, and the filling of those values from a query, from
 * entries and from the site's settings.  The module that serves pages and
 * the desk that previews an entry fill them by the same functions.
 */


#ifndef _RFL_PAGES_H_INCLUDED_
#define _RFL_PAGES_H_INCLUDED_


#include "rfl.h"
#include "rfl_po.h"
#include "rfl_tpl.h"
#include "rfl_entry.h"
#include "rfl_query.h"
#include "rfl_form.h"


typedef enum {
    RFL_PAGE_HOME = 0,
    RFL_PAGE_LOOKING,
    RFL_PAGE_ALIVE,
    RFL_PAGE_PRIVACY,
    RFL_PAGE_SEARCH,               /* the form, empty or with faults */
    RFL_PAGE_RESULTS,              /* one hit or more */
    RFL_PAGE_REFINE,               /* too broad: one more detail, please */
    RFL_PAGE_NORESULT,
    RFL_PAGE_STEP,                 /* a step of a form: rfl_pages_form.h */
    RFL_PAGE_CHECK,                /* all answers, before they are sent */
    RFL_PAGE_SENT,                 /* stored: reference, code, what is next */
    RFL_PAGE_HIDDEN,               /* a code was given: what that does */
    RFL_PAGE_MINOR,                /* under age: through an office, please */
    RFL_PAGE_LATE,                 /* the form was open too long: once more */
    RFL_PAGE_NOT_SENT,             /* 503: nothing is stored, whom to call */
    RFL_PAGE_400,
    RFL_PAGE_404,
    RFL_PAGE_405,
    RFL_PAGE_413,
    RFL_PAGE_429,
    RFL_PAGE_503,
    RFL_PAGES_N
} rfl_page_e;


/*
 * The values of a page, in the order of its field table.  The tables are
 * prefixes of one another: every page has the common values, the search and
 * refine pages have the form's besides, and the results page the hits too.
 * The pages of the forms that are handed in have RFL_VS_* after the common
 * ones: see rfl_value_form_e.
 */

typedef enum {

    /* common */

    RFL_V_LANG = 0,                /* "fa-AF" */
    RFL_V_DIR,                     /* "ltr" or "rtl" */
    RFL_V_RTL,                     /* flag */
    RFL_V_SITE_NAME,
    RFL_V_CSS_URL,
    RFL_V_LOGO_URL,                /* empty: the neutral mark */
    RFL_V_HOME_URL,
    RFL_V_SEARCH_URL,
    RFL_V_LOOKING_URL,
    RFL_V_ALIVE_URL,
    RFL_V_PRIVACY_URL,
    RFL_V_FORMS,                   /* flag: something can be handed in */
    RFL_V_MESSAGE_URL,
    RFL_V_REPORT_URL,
    RFL_V_WITHDRAW_URL,
    RFL_V_EXIT_URL,                /* empty: no button that leaves at once */
    RFL_V_LANGS,                   /* list of RFL_VL_*; this page elsewhere */
    RFL_V_UNREVIEWED,              /* flag: no native speaker has read it */
    RFL_V_CONTACT_NAME,            /* the society's own name */
    RFL_V_CONTACT_PHONE,
    RFL_V_CONTACT_TEL_URL,         /* "tel:+41..." */
    RFL_V_CONTACT_ADDRESS,
    RFL_V_CONTACT_HOURS,
    RFL_V_CONTACT_URL,
    RFL_V_RETRY,                   /* number: minutes, 0 unknown; 429, 503 */
    RFL_V_BUDGET,                  /* flag: 503 because of the day's limit */
    RFL_V_COMMON_N,

    /* form: what was typed, as it was typed */

    RFL_V_NAME = RFL_V_COMMON_N,
    RFL_V_BIRTH_YEAR,
    RFL_V_FATHER,
    RFL_V_MOTHER,
    RFL_V_GRANDFATHER,
    RFL_V_COUNTRY,                 /* "SY" */
    RFL_V_EVENT,                   /* id */
    RFL_V_KIND,                    /* "any", "looking", "alive" */
    RFL_V_KIND_ANY,                /* flags */
    RFL_V_KIND_LOOKING,
    RFL_V_KIND_ALIVE,
    RFL_V_COUNTRIES,               /* list of RFL_VO_* */
    RFL_V_EVENTS,                  /* list of RFL_VO_*; empty if only one */
    RFL_V_OPEN,                    /* flag: the details are unfolded */
    RFL_V_FAULTS,                  /* list of RFL_VF_* */
    RFL_V_NAME_FAULT,              /* the same sentence beside the field */
    RFL_V_BIRTH_YEAR_FAULT,
    RFL_V_COUNTRY_FAULT,
    RFL_V_FATHER_FAULT,
    RFL_V_MOTHER_FAULT,
    RFL_V_GRANDFATHER_FAULT,
    RFL_V_FORM_N,

    /* results */

    RFL_V_HITS = RFL_V_FORM_N,     /* list of RFL_VH_* */
    RFL_V_COUNT,                   /* number of hits on this page */
    RFL_V_AS_OF,                   /* when the index was made */
    RFL_V_RESULTS_N
} rfl_value_e;

/*
 * The pages STEP, CHECK, SENT, HIDDEN, MINOR, LATE and NOT_SENT, after the
 * common values; all of them have all of these.
 */

typedef enum {

    /* of the form */

    RFL_VS_URL = RFL_V_COMMON_N,   /* "/fr/alive" */
    RFL_VS_TITLE,
    RFL_VS_STATE,                  /* hidden fields, may be empty */
    RFL_VS_ENTRY,
    RFL_VS_OF_ENTRY,               /* flag: it begins at a result only */
    RFL_VS_ABOUT,                  /* name in the entry it is about */
    RFL_VS_ABOUT_REF,

    /* a step */

    RFL_VS_STEP,                   /* its heading */
    RFL_VS_WHY,                    /* why this is asked */
    RFL_VS_NUMBER,                 /* of this step, from 1 */
    RFL_VS_OF,                     /* how many there are; 0: only one */
    RFL_VS_BACK,                   /* flag: there is a step before */
    RFL_VS_FIELDS,                 /* list of RFL_VA_* */
    RFL_VS_FAULTS,                 /* list of RFL_VF_* */

    /* the check page */

    RFL_VS_GROUPS,                 /* list of RFL_VG_*, one per step */
    RFL_VS_AGAIN,                  /* flag, the caller's: sent too fast, once
                                      more please */
    RFL_VS_SEND,                   /* the button names the act */
    RFL_VS_NOTE,                   /* what sending does */

    /* the sent page */

    RFL_VS_RECEIPT,                /* "7ZK29-QHM4R" */
    RFL_VS_DIGITS,                 /* "1234 5678 9012 3456" */
    RFL_VS_CODE,                   /* empty: the form has none */
    RFL_VS_DONE,                   /* heading */
    RFL_VS_NEXT,                   /* list of one value: sentences */
    RFL_VS_N
} rfl_value_form_e;


/* a language of the switcher */

typedef enum {
    RFL_VL_URL = 0,
    RFL_VL_LANG,
    RFL_VL_DIR,
    RFL_VL_NAME,                   /* endonym */
    RFL_VL_CURRENT,                /* flag */
    RFL_VL_N
} rfl_value_lang_e;

/* an option of a list to choose from */

typedef enum {
    RFL_VO_VALUE = 0,
    RFL_VO_NAME,
    RFL_VO_SELECTED,               /* flag */
    RFL_VO_N
} rfl_value_option_e;

/* a fault in the form */

typedef enum {
    RFL_VF_URL = 0,                /* "#name" */
    RFL_VF_TEXT,
    RFL_VF_N
} rfl_value_fault_e;

/* a field of a step: one of the flags says what it looks like */

typedef enum {
    RFL_VA_NAME = 0,               /* of the form field, and its id */
    RFL_VA_LABEL,
    RFL_VA_HINT,
    RFL_VA_FAULT,
    RFL_VA_OPTIONAL,               /* flag */
    RFL_VA_LINE,                   /* flags */
    RFL_VA_TEXT,
    RFL_VA_CHOICE,
    RFL_VA_SEVERAL,
    RFL_VA_SELECT,
    RFL_VA_SHORT,
    RFL_VA_LTR,                    /* numbers, codes, addresses of mail */
    RFL_VA_DESCRIBED,              /* "name-h name-f": hint and fault */
    RFL_VA_TYPE,                   /* "text", "tel", "email" */
    RFL_VA_MODE,                   /* "text", "numeric", ...: of keyboards */
    RFL_VA_AUTO,                   /* autocomplete */
    RFL_VA_VALUE,                  /* what was typed */
    RFL_VA_OPTIONS,                /* list of RFL_VC_* */
    RFL_VA_N
} rfl_value_ask_e;

/* a value to choose */

typedef enum {
    RFL_VC_VALUE = 0,
    RFL_VC_LABEL,
    RFL_VC_HINT,
    RFL_VC_SELECTED,               /* flags */
    RFL_VC_FIRST,
    RFL_VC_N
} rfl_value_choice_e;

/* the answers of a step, to be checked */

typedef enum {
    RFL_VG_TITLE = 0,
    RFL_VG_GO,                     /* "change-1" */
    RFL_VG_ROWS,                   /* list of RFL_VR_* */
    RFL_VG_N
} rfl_value_group_e;

typedef enum {
    RFL_VR_LABEL = 0,
    RFL_VR_VALUE,                  /* what was typed */
    RFL_VR_LTR,                    /* flag: of it */
    RFL_VR_WORDS,                  /* list of one value: what was chosen */
    RFL_VR_NONE,                   /* flag: not answered */
    RFL_VR_N
} rfl_value_row_e;

/* a hit; texts are whole words or sentences in the page's language */

typedef enum {
    RFL_VH_NUMBER = 0,             /* from 1: what its buttons are named by */
    RFL_VH_NAMES,                  /* list of one value: user text */
    RFL_VH_REF,                    /* "7ZK2-9QHM-4T1B-XW8C" */
    RFL_VH_KIND,
    RFL_VH_LOOKING,                /* flags */
    RFL_VH_ALIVE,
    RFL_VH_AGE_BAND,               /* empty: not given or not shown */
    RFL_VH_SEX,
    RFL_VH_ORIGIN,
    RFL_VH_RELATION,
    RFL_VH_STATUS,
    RFL_VH_EVENT,
    RFL_VH_SOCIETY,
    RFL_VH_SOCIETY_PHONE,
    RFL_VH_SOCIETY_TEL_URL,
    RFL_VH_SOCIETY_URL,
    RFL_VH_CONFIRMED_ON,           /* days, in words */
    RFL_VH_UNTIL,
    RFL_VH_REASONS,                /* list of one value: a sentence */
    RFL_VH_TOKEN,                  /* the caller's, if there are forms */
    RFL_VH_N
} rfl_value_hit_e;


typedef struct {
    rfl_str_t               name;      /* of the template: "noresult" */
    rfl_str_t               path;      /* after "/fr/": "search", "" */
    unsigned                status;    /* HTTP */
    const rfl_tpl_field_t  *fields;
    unsigned                nvalues;
} rfl_page_t;

extern const rfl_page_t  rfl_pages[RFL_PAGES_N];


/* the messages that are chosen by a value: indexes of the catalogs */

#define RFL_CLOSED_MAX  24         /* longest closed list */

typedef enum {
    RFL_FORM_TITLE = 0,            /* "form.<form>" */
    RFL_FORM_SEND,                 /* "send.<form>": the button */
    RFL_FORM_NOTE,                 /* "send.<form>.note" */
    RFL_FORM_DONE,                 /* "sent.<form>" */
    RFL_FORM_NEXT,                 /* "sent.<form>.next", ".next2", ".next3" */
    RFL_FORM_NEXT2,
    RFL_FORM_NEXT3,
    RFL_FORM_WORDS_N
} rfl_form_words_e;

/* of pages that are made here, and of the text to be kept */

typedef enum {
    RFL_TEXT_ANY = 0,              /* first of a list: nothing chosen */
    RFL_TEXT_CHOOSE,               /* the same, if something must be */
    RFL_TEXT_RECEIPT,
    RFL_TEXT_DIGITS,
    RFL_TEXT_CODE,
    RFL_TEXT_CODE_WHY,
    RFL_TEXT_NEXT,
    RFL_TEXT_CONTACT,
    RFL_TEXT_PHONE,
    RFL_TEXT_WORDS_N
} rfl_text_words_e;

typedef struct {
    int  why[RFL_WHY_N];
    int  kinds[RFL_CLOSED_MAX];
    int  sexes[RFL_CLOSED_MAX];
    int  age_bands[RFL_CLOSED_MAX];
    int  relations[RFL_CLOSED_MAX];
    int  statuses[RFL_CLOSED_MAX];
    int  faults[RFL_FIELD_EVENT + 1][RFL_FAULT_SHORT + 1];

    /*
     * Of the forms.  What a field says may differ from form to form:
     * "ask_<form>.<field>" comes before "ask.<field>".
     */
    int  forms[RFL_FORMS_N][RFL_FORM_WORDS_N];
    int  steps[RFL_FORMS_N][RFL_STEPS_MAX][2];     /* heading, and why */
    int  asks[RFL_FORMS_N][RFL_ASK_N][2];          /* label and hint */
    int  values[RFL_FORMS_N][RFL_ASK_N][RFL_CLOSED_MAX];
    int  ask_faults[RFL_ASK_N][RFL_ASK_FAULTS_N];
    int  texts[RFL_TEXT_WORDS_N];
} rfl_words_t;

/* Finds them all; a message that is missing is an error that names its key. */
int rfl_words_init(rfl_words_t *words, const rfl_catalog_t *reference,
    rfl_err_t *err) rfl_must_check;


/* what a site is, as far as its pages show it; set at configuration load */

typedef struct {
    rfl_str_t                    name;
    rfl_str_t                    css_url;
    rfl_str_t                    logo_url;   /* may be empty */
    rfl_str_t                    prefix;     /* before "/fr/...": "" */
    rfl_str_t                    exit_url;   /* may be empty */
    unsigned                     forms;      /* flag: there is an inbox */
    unsigned                     nlangs;
    rfl_catalog_t              **catalogs;   /* in the switcher's order */
    rfl_words_t                  words;
    const rfl_policy_t          *policy;
    const rfl_trust_t           *trust;
    const rfl_society_t         *society;    /* the contact; may be NULL */
    unsigned                     ncountries;
    const rfl_str_t             *countries;  /* ISO 3166-1; to choose from */
} rfl_site_t;


/*
 * The values of a page, all empty, from the pool; NULL without memory.  A
 * list gets its items by rfl_page_list(): n arrays of nfields empty values.
 */
rfl_tpl_value_t *rfl_page_values(rfl_pool_t *pool, rfl_page_e page);
int rfl_page_list(rfl_pool_t *pool, rfl_tpl_value_t *list, unsigned n,
    unsigned nfields) rfl_must_check;

/*
 * The fillers.  lang is an index of site->catalogs.  Texts are made in the
 * pool or point into what was passed in; RFL_ERROR: out of memory.
 *
 * rfl_page_common() sets all common values but RETRY and BUDGET.  Its result
 * may be made once at configuration load, kept, and copied (RFL_V_COMMON_N
 * values) into the values of each request.
 *
 * rfl_page_form() sets the form's values from a query with its faults; NULL
 * is an empty form.  The details are unfolded if one of them was given, has
 * a fault, or the page is the refine page.
 */
int rfl_page_common(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_page_e page, rfl_tpl_value_t *values) rfl_must_check;
int rfl_page_form(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    rfl_page_e page, const rfl_query_t *query, rfl_tpl_value_t *values)
    rfl_must_check;

/*
 * RESULTS only: rfl_page_hits() allocates the list, rfl_page_hit() fills item
 * i of it from an entry; what the event's policy hides stays empty.  why:
 * RFL_WHY_*.
 */
int rfl_page_hits(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    unsigned n, int64_t as_of, rfl_tpl_value_t *values) rfl_must_check;
int rfl_page_hit(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    unsigned i, const rfl_entry_t *entry, unsigned why,
    rfl_tpl_value_t *values) rfl_must_check;


#endif /* _RFL_PAGES_H_INCLUDED_ */
