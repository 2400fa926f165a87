
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pages.c: the public pages and their tables of values.  The fillers are
 * in rfl_pages_fill.c and, for what is handed in, in rfl_pages_form.c.
 * Constant; owns nothing.
 */


#include "rfl_pages.h"


static const rfl_tpl_field_t  rfl_fields_langs[] = {
    [RFL_VL_URL] = { "url", RFL_TPL_URL, NULL },
    [RFL_VL_LANG] = { "tag", RFL_TPL_TEXT, NULL },
    [RFL_VL_DIR] = { "tag_dir", RFL_TPL_TEXT, NULL },
    [RFL_VL_NAME] = { "endonym", RFL_TPL_TEXT, NULL },
    [RFL_VL_CURRENT] = { "current", RFL_TPL_FLAG, NULL },
    [RFL_VL_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_options[] = {
    [RFL_VO_VALUE] = { "value", RFL_TPL_TEXT, NULL },
    [RFL_VO_NAME] = { "label", RFL_TPL_TEXT, NULL },
    [RFL_VO_SELECTED] = { "selected", RFL_TPL_FLAG, NULL },
    [RFL_VO_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_faults[] = {
    [RFL_VF_URL] = { "url", RFL_TPL_URL, NULL },
    [RFL_VF_TEXT] = { "fault", RFL_TPL_TEXT, NULL },
    [RFL_VF_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_names[] = {
    { "full", RFL_TPL_USER, NULL },
    { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_reasons[] = {
    { "reason", RFL_TPL_TEXT, NULL },
    { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_hits[] = {
    [RFL_VH_NUMBER] = { "hit_number", RFL_TPL_NUMBER, NULL },
    [RFL_VH_NAMES] = { "names", RFL_TPL_LIST, rfl_fields_names },
    [RFL_VH_REF] = { "ref", RFL_TPL_TEXT, NULL },
    [RFL_VH_KIND] = { "hit_kind", RFL_TPL_TEXT, NULL },
    [RFL_VH_LOOKING] = { "looking", RFL_TPL_FLAG, NULL },
    [RFL_VH_ALIVE] = { "alive", RFL_TPL_FLAG, NULL },
    [RFL_VH_AGE_BAND] = { "age_band", RFL_TPL_TEXT, NULL },
    [RFL_VH_SEX] = { "sex", RFL_TPL_TEXT, NULL },
    [RFL_VH_ORIGIN] = { "origin", RFL_TPL_TEXT, NULL },
    [RFL_VH_RELATION] = { "relation", RFL_TPL_TEXT, NULL },
    [RFL_VH_STATUS] = { "status", RFL_TPL_TEXT, NULL },
    [RFL_VH_EVENT] = { "hit_event", RFL_TPL_TEXT, NULL },
    [RFL_VH_SOCIETY] = { "society", RFL_TPL_TEXT, NULL },
    [RFL_VH_SOCIETY_PHONE] = { "society_phone", RFL_TPL_TEXT, NULL },
    [RFL_VH_SOCIETY_TEL_URL] = { "society_tel_url", RFL_TPL_URL, NULL },
    [RFL_VH_SOCIETY_URL] = { "society_url", RFL_TPL_URL, NULL },
    [RFL_VH_CONFIRMED_ON] = { "confirmed_on", RFL_TPL_TEXT, NULL },
    [RFL_VH_UNTIL] = { "until", RFL_TPL_TEXT, NULL },
    [RFL_VH_REASONS] = { "reasons", RFL_TPL_LIST, rfl_fields_reasons },
    [RFL_VH_TOKEN] = { "token", RFL_TPL_TEXT, NULL },
    [RFL_VH_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_choices[] = {
    [RFL_VC_VALUE] = { "value", RFL_TPL_TEXT, NULL },
    [RFL_VC_LABEL] = { "choice", RFL_TPL_TEXT, NULL },
    [RFL_VC_HINT] = { "choice_hint", RFL_TPL_TEXT, NULL },
    [RFL_VC_SELECTED] = { "selected", RFL_TPL_FLAG, NULL },
    [RFL_VC_FIRST] = { "first", RFL_TPL_FLAG, NULL },
    [RFL_VC_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_asks[] = {
    [RFL_VA_NAME] = { "ask", RFL_TPL_TEXT, NULL },
    [RFL_VA_LABEL] = { "label", RFL_TPL_TEXT, NULL },
    [RFL_VA_HINT] = { "hint", RFL_TPL_TEXT, NULL },
    [RFL_VA_FAULT] = { "ask_fault", RFL_TPL_TEXT, NULL },
    [RFL_VA_OPTIONAL] = { "optional", RFL_TPL_FLAG, NULL },
    [RFL_VA_LINE] = { "is_line", RFL_TPL_FLAG, NULL },
    [RFL_VA_TEXT] = { "is_text", RFL_TPL_FLAG, NULL },
    [RFL_VA_CHOICE] = { "is_choice", RFL_TPL_FLAG, NULL },
    [RFL_VA_SEVERAL] = { "is_several", RFL_TPL_FLAG, NULL },
    [RFL_VA_SELECT] = { "is_select", RFL_TPL_FLAG, NULL },
    [RFL_VA_SHORT] = { "short", RFL_TPL_FLAG, NULL },
    [RFL_VA_LTR] = { "ltr", RFL_TPL_FLAG, NULL },
    [RFL_VA_TYPE] = { "type", RFL_TPL_TEXT, NULL },
    [RFL_VA_DESCRIBED] = { "described", RFL_TPL_TEXT, NULL },
    [RFL_VA_MODE] = { "mode", RFL_TPL_TEXT, NULL },
    [RFL_VA_AUTO] = { "auto", RFL_TPL_TEXT, NULL },
    [RFL_VA_VALUE] = { "typed", RFL_TPL_USER, NULL },
    [RFL_VA_OPTIONS] = { "options", RFL_TPL_LIST, rfl_fields_choices },
    [RFL_VA_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_words[] = {
    { "word", RFL_TPL_TEXT, NULL },
    { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_rows[] = {
    [RFL_VR_LABEL] = { "label", RFL_TPL_TEXT, NULL },
    [RFL_VR_VALUE] = { "typed", RFL_TPL_USER, NULL },
    [RFL_VR_LTR] = { "ltr", RFL_TPL_FLAG, NULL },
    [RFL_VR_WORDS] = { "words", RFL_TPL_LIST, rfl_fields_words },
    [RFL_VR_NONE] = { "none", RFL_TPL_FLAG, NULL },
    [RFL_VR_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_groups[] = {
    [RFL_VG_TITLE] = { "group", RFL_TPL_TEXT, NULL },
    [RFL_VG_GO] = { "go", RFL_TPL_TEXT, NULL },
    [RFL_VG_ROWS] = { "rows", RFL_TPL_LIST, rfl_fields_rows },
    [RFL_VG_N] = { NULL, RFL_TPL_TEXT, NULL }
};


#define RFL_FIELDS_COMMON                                                    \
    [RFL_V_LANG] = { "lang", RFL_TPL_TEXT, NULL },                           \
    [RFL_V_DIR] = { "dir", RFL_TPL_TEXT, NULL },                             \
    [RFL_V_RTL] = { "rtl", RFL_TPL_FLAG, NULL },                             \
    [RFL_V_SITE_NAME] = { "site_name", RFL_TPL_TEXT, NULL },                 \
    [RFL_V_CSS_URL] = { "css_url", RFL_TPL_URL, NULL },                      \
    [RFL_V_LOGO_URL] = { "logo_url", RFL_TPL_URL, NULL },                    \
    [RFL_V_HOME_URL] = { "home_url", RFL_TPL_URL, NULL },                    \
    [RFL_V_SEARCH_URL] = { "search_url", RFL_TPL_URL, NULL },                \
    [RFL_V_LOOKING_URL] = { "looking_url", RFL_TPL_URL, NULL },              \
    [RFL_V_ALIVE_URL] = { "alive_url", RFL_TPL_URL, NULL },                  \
    [RFL_V_PRIVACY_URL] = { "privacy_url", RFL_TPL_URL, NULL },              \
    [RFL_V_FORMS] = { "forms", RFL_TPL_FLAG, NULL },                         \
    [RFL_V_MESSAGE_URL] = { "message_url", RFL_TPL_URL, NULL },              \
    [RFL_V_REPORT_URL] = { "report_url", RFL_TPL_URL, NULL },                \
    [RFL_V_WITHDRAW_URL] = { "withdraw_url", RFL_TPL_URL, NULL },            \
    [RFL_V_EXIT_URL] = { "exit_url", RFL_TPL_URL, NULL },                    \
    [RFL_V_LANGS] = { "langs", RFL_TPL_LIST, rfl_fields_langs },             \
    [RFL_V_UNREVIEWED] = { "unreviewed", RFL_TPL_FLAG, NULL },               \
    [RFL_V_CONTACT_NAME] = { "contact_name", RFL_TPL_TEXT, NULL },           \
    [RFL_V_CONTACT_PHONE] = { "contact_phone", RFL_TPL_TEXT, NULL },         \
    [RFL_V_CONTACT_TEL_URL] = { "contact_tel_url", RFL_TPL_URL, NULL },      \
    [RFL_V_CONTACT_ADDRESS] = { "contact_address", RFL_TPL_TEXT, NULL },     \
    [RFL_V_CONTACT_HOURS] = { "contact_hours", RFL_TPL_TEXT, NULL },         \
    [RFL_V_CONTACT_URL] = { "contact_url", RFL_TPL_URL, NULL },              \
    [RFL_V_RETRY] = { "retry", RFL_TPL_NUMBER, NULL },                       \
    [RFL_V_BUDGET] = { "budget", RFL_TPL_FLAG, NULL }

#define RFL_FIELDS_FORM                                                      \
    [RFL_V_NAME] = { "name", RFL_TPL_USER, NULL },                           \
    [RFL_V_BIRTH_YEAR] = { "birth_year", RFL_TPL_USER, NULL },               \
    [RFL_V_FATHER] = { "father", RFL_TPL_USER, NULL },                       \
    [RFL_V_MOTHER] = { "mother", RFL_TPL_USER, NULL },                       \
    [RFL_V_GRANDFATHER] = { "grandfather", RFL_TPL_USER, NULL },             \
    [RFL_V_COUNTRY] = { "country", RFL_TPL_USER, NULL },                     \
    [RFL_V_EVENT] = { "event", RFL_TPL_USER, NULL },                         \
    [RFL_V_KIND] = { "kind", RFL_TPL_TEXT, NULL },                           \
    [RFL_V_KIND_ANY] = { "kind_any", RFL_TPL_FLAG, NULL },                   \
    [RFL_V_KIND_LOOKING] = { "kind_looking", RFL_TPL_FLAG, NULL },           \
    [RFL_V_KIND_ALIVE] = { "kind_alive", RFL_TPL_FLAG, NULL },               \
    [RFL_V_COUNTRIES] = { "countries", RFL_TPL_LIST, rfl_fields_options },   \
    [RFL_V_EVENTS] = { "events", RFL_TPL_LIST, rfl_fields_options },         \
    [RFL_V_OPEN] = { "open", RFL_TPL_FLAG, NULL },                           \
    [RFL_V_FAULTS] = { "faults", RFL_TPL_LIST, rfl_fields_faults },          \
    [RFL_V_NAME_FAULT] = { "name_fault", RFL_TPL_TEXT, NULL },               \
    [RFL_V_BIRTH_YEAR_FAULT] = { "birth_year_fault", RFL_TPL_TEXT, NULL },   \
    [RFL_V_COUNTRY_FAULT] = { "country_fault", RFL_TPL_TEXT, NULL },         \
    [RFL_V_FATHER_FAULT] = { "father_fault", RFL_TPL_TEXT, NULL },           \
    [RFL_V_MOTHER_FAULT] = { "mother_fault", RFL_TPL_TEXT, NULL },           \
    [RFL_V_GRANDFATHER_FAULT] = { "grandfather_fault", RFL_TPL_TEXT, NULL }


static const rfl_tpl_field_t  rfl_fields_common[] = {
    RFL_FIELDS_COMMON,
    [RFL_V_COMMON_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_form[] = {
    RFL_FIELDS_COMMON,
    RFL_FIELDS_FORM,
    [RFL_V_FORM_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_results[] = {
    RFL_FIELDS_COMMON,
    RFL_FIELDS_FORM,
    [RFL_V_HITS] = { "hits", RFL_TPL_LIST, rfl_fields_hits },
    [RFL_V_COUNT] = { "count", RFL_TPL_NUMBER, NULL },
    [RFL_V_AS_OF] = { "as_of", RFL_TPL_TEXT, NULL },
    [RFL_V_RESULTS_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_fields_steps[] = {
    RFL_FIELDS_COMMON,
    [RFL_VS_URL] = { "form_url", RFL_TPL_URL, NULL },
    [RFL_VS_TITLE] = { "form_title", RFL_TPL_TEXT, NULL },
    [RFL_VS_STATE] = { "state", RFL_TPL_TEXT, NULL },
    [RFL_VS_ENTRY] = { "entry", RFL_TPL_TEXT, NULL },
    [RFL_VS_OF_ENTRY] = { "of_entry", RFL_TPL_FLAG, NULL },
    [RFL_VS_ABOUT] = { "about", RFL_TPL_USER, NULL },
    [RFL_VS_ABOUT_REF] = { "about_ref", RFL_TPL_TEXT, NULL },
    [RFL_VS_STEP] = { "step", RFL_TPL_TEXT, NULL },
    [RFL_VS_WHY] = { "why", RFL_TPL_TEXT, NULL },
    [RFL_VS_NUMBER] = { "number", RFL_TPL_NUMBER, NULL },
    [RFL_VS_OF] = { "of", RFL_TPL_NUMBER, NULL },
    [RFL_VS_BACK] = { "back", RFL_TPL_FLAG, NULL },
    [RFL_VS_FIELDS] = { "fields", RFL_TPL_LIST, rfl_fields_asks },
    [RFL_VS_FAULTS] = { "faults", RFL_TPL_LIST, rfl_fields_faults },
    [RFL_VS_GROUPS] = { "groups", RFL_TPL_LIST, rfl_fields_groups },
    [RFL_VS_AGAIN] = { "again", RFL_TPL_FLAG, NULL },
    [RFL_VS_SEND] = { "send", RFL_TPL_TEXT, NULL },
    [RFL_VS_NOTE] = { "note", RFL_TPL_TEXT, NULL },
    [RFL_VS_RECEIPT] = { "receipt", RFL_TPL_TEXT, NULL },
    [RFL_VS_DIGITS] = { "digits", RFL_TPL_TEXT, NULL },
    [RFL_VS_CODE] = { "code", RFL_TPL_TEXT, NULL },
    [RFL_VS_DONE] = { "done", RFL_TPL_TEXT, NULL },
    [RFL_VS_NEXT] = { "next", RFL_TPL_LIST, rfl_fields_words },
    [RFL_VS_N] = { NULL, RFL_TPL_TEXT, NULL }
};


#define rfl_page(name, path, status)                                         \
    { rfl_string(name), rfl_string(path), status, rfl_fields_common,         \
      RFL_V_COMMON_N }
#define rfl_page_with_form(name)                                             \
    { rfl_string(name), rfl_string("search"), 200, rfl_fields_form,          \
      RFL_V_FORM_N }
#define rfl_page_handed(name, path, status)                                  \
    { rfl_string(name), rfl_string(path), status, rfl_fields_steps,          \
      RFL_VS_N }

const rfl_page_t  rfl_pages[RFL_PAGES_N] = {
    [RFL_PAGE_HOME] = rfl_page("home", "", 200),
    [RFL_PAGE_LOOKING] = rfl_page("looking", "looking", 200),
    [RFL_PAGE_ALIVE] = rfl_page("alive", "alive", 200),
    [RFL_PAGE_PRIVACY] = rfl_page("privacy", "privacy", 200),
    [RFL_PAGE_SEARCH] = rfl_page_with_form("search"),
    [RFL_PAGE_RESULTS] = {
        rfl_string("results"), rfl_string("search"), 200, rfl_fields_results,
        RFL_V_RESULTS_N
    },
    [RFL_PAGE_REFINE] = rfl_page_with_form("refine"),
    [RFL_PAGE_NORESULT] = rfl_page_with_form("noresult"),
    [RFL_PAGE_STEP] = rfl_page_handed("step", "", 200),
    [RFL_PAGE_CHECK] = rfl_page_handed("check", "", 200),
    [RFL_PAGE_SENT] = rfl_page_handed("sent", "", 200),
    [RFL_PAGE_HIDDEN] = rfl_page_handed("hidden", "withdraw", 200),
    [RFL_PAGE_MINOR] = rfl_page_handed("minor", "alive", 200),
    [RFL_PAGE_LATE] = rfl_page_handed("late", "", 400),
    [RFL_PAGE_NOT_SENT] = rfl_page_handed("notsent", "", 503),
    [RFL_PAGE_400] = rfl_page("400", "", 400),
    [RFL_PAGE_404] = rfl_page("404", "", 404),
    [RFL_PAGE_405] = rfl_page("405", "", 405),
    [RFL_PAGE_413] = rfl_page("413", "", 413),
    [RFL_PAGE_429] = rfl_page("429", "", 429),
    [RFL_PAGE_503] = rfl_page("503", "", 503)
};
