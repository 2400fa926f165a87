
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_values.c: the pages of the moderators' site and the names by which
 * their templates know the values of rfl_web_int.h.  Read when templates
 * are compiled.
 */


#include "rfl_web_int.h"


static const rfl_tpl_field_t  rfl_web_fields_faults[] = {
    { "fault", RFL_TPL_TEXT, NULL },
    { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_hints[] = {
    { "hint", RFL_TPL_TEXT, NULL },
    { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_langs[] = {
    [RFL_WL_URL] = { "url", RFL_TPL_URL, NULL },
    [RFL_WL_LANG] = { "tag", RFL_TPL_TEXT, NULL },
    [RFL_WL_DIR] = { "tag_dir", RFL_TPL_TEXT, NULL },
    [RFL_WL_NAME] = { "endonym", RFL_TPL_TEXT, NULL },
    [RFL_WL_CURRENT] = { "current", RFL_TPL_FLAG, NULL },
    [RFL_WL_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_queues[] = {
    [RFL_WQ_URL] = { "queue_url", RFL_TPL_URL, NULL },
    [RFL_WQ_NAME] = { "queue_name", RFL_TPL_TEXT, NULL },
    [RFL_WQ_COUNT] = { "queue_count", RFL_TPL_NUMBER, NULL },
    [RFL_WQ_OLDEST] = { "queue_oldest", RFL_TPL_TEXT, NULL },
    [RFL_WQ_TO_DO] = { "queue_to_do", RFL_TPL_FLAG, NULL },
    [RFL_WQ_CURRENT] = { "queue_current", RFL_TPL_FLAG, NULL },
    [RFL_WQ_WAITS] = { "queue_waits", RFL_TPL_FLAG, NULL },
    [RFL_WQ_URGENT] = { "queue_urgent", RFL_TPL_FLAG, NULL },
    [RFL_WQ_FOCUS] = { "focus", RFL_TPL_FLAG, NULL },
    [RFL_WQ_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_heads[] = {
    [RFL_WH_URL] = { "head_url", RFL_TPL_URL, NULL },
    [RFL_WH_ID] = { "head_id", RFL_TPL_TEXT, NULL },
    [RFL_WH_KIND] = { "head_kind", RFL_TPL_TEXT, NULL },
    [RFL_WH_STATE] = { "head_state", RFL_TPL_TEXT, NULL },
    [RFL_WH_EVENT] = { "head_event", RFL_TPL_TEXT, NULL },
    [RFL_WH_TONGUE] = { "head_tongue", RFL_TPL_TEXT, NULL },
    [RFL_WH_AGE] = { "head_age", RFL_TPL_TEXT, NULL },
    [RFL_WH_UNTIL] = { "head_until", RFL_TPL_TEXT, NULL },
    [RFL_WH_CLAIM] = { "head_claim", RFL_TPL_TEXT, NULL },
    [RFL_WH_HIDDEN] = { "head_hidden", RFL_TPL_FLAG, NULL },
    [RFL_WH_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_options[] = {
    [RFL_WO_VALUE] = { "value", RFL_TPL_TEXT, NULL },
    [RFL_WO_NAME] = { "label", RFL_TPL_TEXT, NULL },
    [RFL_WO_SELECTED] = { "selected", RFL_TPL_FLAG, NULL },
    [RFL_WO_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_buttons[] = {
    [RFL_WB_VALUE] = { "value", RFL_TPL_TEXT, NULL },
    [RFL_WB_NAME] = { "label", RFL_TPL_TEXT, NULL },
    [RFL_WB_CHOSEN] = { "chosen", RFL_TPL_FLAG, NULL },
    [RFL_WB_FOCUS] = { "focus", RFL_TPL_FLAG, NULL },
    [RFL_WB_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_previews[] = {
    [RFL_WP_LANG] = { "preview_lang", RFL_TPL_TEXT, NULL },
    [RFL_WP_DIR] = { "preview_dir", RFL_TPL_TEXT, NULL },
    [RFL_WP_NAME] = { "preview_name", RFL_TPL_TEXT, NULL },
    [RFL_WP_PART] = { "preview_part", RFL_TPL_PART, NULL },
    [RFL_WP_OPEN] = { "preview_open", RFL_TPL_FLAG, NULL },
    [RFL_WP_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_sides[] = {
    [RFL_WC_LABEL] = { "label", RFL_TPL_TEXT, NULL },
    [RFL_WC_OURS] = { "ours", RFL_TPL_USER, NULL },
    [RFL_WC_THEIRS] = { "theirs", RFL_TPL_USER, NULL },
    [RFL_WC_OTHER] = { "differs", RFL_TPL_FLAG, NULL },
    [RFL_WC_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_names[] = {
    [RFL_WN_FULL] = { "full", RFL_TPL_USER, NULL },
    [RFL_WN_GIVEN] = { "given", RFL_TPL_USER, NULL },
    [RFL_WN_FAMILY] = { "family", RFL_TPL_USER, NULL },
    [RFL_WN_NUMBER] = { "number", RFL_TPL_NUMBER, NULL },
    [RFL_WN_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_matches[] = {
    [RFL_WM_URL] = { "match_url", RFL_TPL_URL, NULL },
    [RFL_WM_NAMES] = { "match_names", RFL_TPL_USER, NULL },
    [RFL_WM_SCORE] = { "match_score", RFL_TPL_NUMBER, NULL },
    [RFL_WM_WHY] = { "match_why", RFL_TPL_TEXT, NULL },
    [RFL_WM_STATE] = { "match_state", RFL_TPL_TEXT, NULL },
    [RFL_WM_EVENT] = { "match_event", RFL_TPL_TEXT, NULL },
    [RFL_WM_YEAR] = { "match_year", RFL_TPL_USER, NULL },
    [RFL_WM_SAME_REACH] = { "match_reach", RFL_TPL_FLAG, NULL },
    [RFL_WM_FOCUS] = { "focus", RFL_TPL_FLAG, NULL },
    [RFL_WM_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_acts[] = {
    [RFL_WT_WHEN] = { "act_when", RFL_TPL_TEXT, NULL },
    [RFL_WT_WHO] = { "act_who", RFL_TPL_USER, NULL },
    [RFL_WT_ACT] = { "act_name", RFL_TPL_TEXT, NULL },
    [RFL_WT_REASON] = { "act_reason", RFL_TPL_TEXT, NULL },
    [RFL_WT_NOTE] = { "act_note", RFL_TPL_USER, NULL },
    [RFL_WT_REF] = { "act_ref", RFL_TPL_TEXT, NULL },
    [RFL_WT_URL] = { "act_url", RFL_TPL_URL, NULL },
    [RFL_WT_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_sent[] = {
    [RFL_WS_LABEL] = { "label", RFL_TPL_TEXT, NULL },
    [RFL_WS_TEXT] = { "value", RFL_TPL_USER, NULL },
    [RFL_WS_SHOWN] = { "shown", RFL_TPL_FLAG, NULL },
    [RFL_WS_BAND] = { "as_band", RFL_TPL_FLAG, NULL },
    [RFL_WS_NOT_SHOWN] = { "not_shown", RFL_TPL_FLAG, NULL },
    [RFL_WS_HINTS] = { "hints", RFL_TPL_LIST, rfl_web_fields_hints },
    [RFL_WS_N] = { NULL, RFL_TPL_TEXT, NULL }
};


#define RFL_WEB_FIELDS_COMMON                                                \
    [RFL_W_LANG] = { "lang", RFL_TPL_TEXT, NULL },                           \
    [RFL_W_DIR] = { "dir", RFL_TPL_TEXT, NULL },                             \
    [RFL_W_RTL] = { "rtl", RFL_TPL_FLAG, NULL },                             \
    [RFL_W_CSS_URL] = { "css_url", RFL_TPL_URL, NULL },                      \
    [RFL_W_HOME_URL] = { "home_url", RFL_TPL_URL, NULL },                    \
    [RFL_W_FIND_URL] = { "find_url", RFL_TPL_URL, NULL },                    \
    [RFL_W_JOURNAL_URL] = { "journal_url", RFL_TPL_URL, NULL },              \
    [RFL_W_SPOOL_URL] = { "spool_url", RFL_TPL_URL, NULL },                  \
    [RFL_W_UNLOCK_URL] = { "unlock_url", RFL_TPL_URL, NULL },                \
    [RFL_W_LOCK_URL] = { "lock_url", RFL_TPL_URL, NULL },                    \
    [RFL_W_LANGS] = { "langs", RFL_TPL_LIST, rfl_web_fields_langs },         \
    [RFL_W_UNREVIEWED] = { "unreviewed", RFL_TPL_FLAG, NULL },               \
    [RFL_W_SOCIETY] = { "society", RFL_TPL_TEXT, NULL },                     \
    [RFL_W_WHO] = { "who", RFL_TPL_USER, NULL },                             \
    [RFL_W_ROLE] = { "role", RFL_TPL_TEXT, NULL },                           \
    [RFL_W_CHANGES] = { "changes", RFL_TPL_FLAG, NULL },                     \
    [RFL_W_COORDINATOR] = { "coordinator", RFL_TPL_FLAG, NULL },             \
    [RFL_W_UNLOCKED] = { "unlocked", RFL_TPL_FLAG, NULL },                   \
    [RFL_W_MINUTES] = { "minutes", RFL_TPL_NUMBER, NULL },                   \
    [RFL_W_CSRF] = { "csrf", RFL_TPL_TEXT, NULL },                           \
    [RFL_W_ONE] = { "one", RFL_TPL_FLAG, NULL },                             \
    [RFL_W_SAID] = { "said", RFL_TPL_TEXT, NULL },                           \
    [RFL_W_REFUSED] = { "refused", RFL_TPL_TEXT, NULL },                     \
    [RFL_W_FAULTS] = { "faults", RFL_TPL_LIST, rfl_web_fields_faults },      \
    [RFL_W_QUEUES] = { "queues", RFL_TPL_LIST, rfl_web_fields_queues },      \
    [RFL_W_IDLE] = { "idle", RFL_TPL_FLAG, NULL },                           \
    [RFL_W_AS_OF] = { "as_of", RFL_TPL_TEXT, NULL },                         \
    [RFL_W_FROM] = { "from", RFL_TPL_TEXT, NULL },                           \
    [RFL_W_FROM_URL] = { "from_url", RFL_TPL_URL, NULL },                    \
    [RFL_W_FROM_NAME] = { "from_name", RFL_TPL_TEXT, NULL }


static const rfl_tpl_field_t  rfl_web_fields_home[] = {
    RFL_WEB_FIELDS_COMMON,
    [RFL_WK_PATH] = { "kept_path", RFL_TPL_TEXT, NULL },
    [RFL_WK_QUERY] = { "kept_query", RFL_TPL_TEXT, NULL },
    [RFL_WK_FORM] = { "kept_form", RFL_TPL_USER, NULL },
    [RFL_WK_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_door[] = {
    RFL_WEB_FIELDS_COMMON,
    [RFL_WD_TITLE] = { "title", RFL_TPL_TEXT, NULL },
    [RFL_WD_TEXT] = { "text", RFL_TPL_TEXT, NULL },
    [RFL_WD_STATUS] = { "status", RFL_TPL_NUMBER, NULL },
    [RFL_WD_HERE_URL] = { "here_url", RFL_TPL_URL, NULL },
    [RFL_WD_AGAIN_URL] = { "again_url", RFL_TPL_URL, NULL },
    [RFL_WD_PATH] = { "kept_path", RFL_TPL_TEXT, NULL },
    [RFL_WD_FORM] = { "kept_form", RFL_TPL_USER, NULL },
    [RFL_WD_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_queue[] = {
    RFL_WEB_FIELDS_COMMON,
    [RFL_WU_NAME] = { "list_name", RFL_TPL_TEXT, NULL },
    [RFL_WU_URL] = { "list_url", RFL_TPL_URL, NULL },
    [RFL_WU_NEXT_URL] = { "next_url", RFL_TPL_URL, NULL },
    [RFL_WU_TOTAL] = { "total", RFL_TPL_NUMBER, NULL },
    [RFL_WU_FIRST] = { "first", RFL_TPL_NUMBER, NULL },
    [RFL_WU_LAST] = { "last", RFL_TPL_NUMBER, NULL },
    [RFL_WU_FILES] = { "list_files", RFL_TPL_TEXT, NULL },
    [RFL_WU_FILTERED] = { "filtered", RFL_TPL_FLAG, NULL },
    [RFL_WU_HEADS] = { "heads", RFL_TPL_LIST, rfl_web_fields_heads },
    [RFL_WU_EVENTS] = { "events", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WU_KINDS] = { "kinds", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WU_TONGUES] = { "tongues", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WU_BACK_URL] = { "back_url", RFL_TPL_URL, NULL },
    [RFL_WU_MORE_URL] = { "more_url", RFL_TPL_URL, NULL },
    [RFL_WU_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_item[] = {
    RFL_WEB_FIELDS_COMMON,
    [RFL_WI_URL] = { "item_url", RFL_TPL_URL, NULL },
    [RFL_WI_QUEUE] = { "item_queue", RFL_TPL_TEXT, NULL },
    [RFL_WI_QUEUE_NAME] = { "item_queue_name", RFL_TPL_TEXT, NULL },
    [RFL_WI_QUEUE_URL] = { "item_queue_url", RFL_TPL_URL, NULL },
    [RFL_WI_ID] = { "item_id", RFL_TPL_TEXT, NULL },
    [RFL_WI_VERSION] = { "item_version", RFL_TPL_NUMBER, NULL },
    [RFL_WI_OPENED] = { "item_opened", RFL_TPL_NUMBER, NULL },
    [RFL_WI_KIND] = { "item_kind", RFL_TPL_TEXT, NULL },
    [RFL_WI_STATE] = { "item_state", RFL_TPL_TEXT, NULL },
    [RFL_WI_EVENT] = { "item_event", RFL_TPL_TEXT, NULL },
    [RFL_WI_TONGUE] = { "item_tongue", RFL_TPL_TEXT, NULL },
    [RFL_WI_ARRIVED] = { "item_arrived", RFL_TPL_TEXT, NULL },
    [RFL_WI_CLAIM] = { "item_claim", RFL_TPL_TEXT, NULL },
    [RFL_WI_APPROVER] = { "item_approver", RFL_TPL_TEXT, NULL },
    [RFL_WI_HIDDEN] = { "item_hidden", RFL_TPL_FLAG, NULL },
    [RFL_WI_LIVE] = { "item_live", RFL_TPL_FLAG, NULL },
    [RFL_WI_REF] = { "item_ref", RFL_TPL_TEXT, NULL },
    [RFL_WI_NEVER] = { "item_never", RFL_TPL_FLAG, NULL },
    [RFL_WI_CLOSED] = { "item_closed", RFL_TPL_FLAG, NULL },
    [RFL_WI_OF_ENTRY] = { "item_of_entry", RFL_TPL_FLAG, NULL },
    [RFL_WI_ENTRY_URL] = { "item_entry_url", RFL_TPL_URL, NULL },
    [RFL_WI_SEEK_URL] = { "item_seek_url", RFL_TPL_URL, NULL },
    [RFL_WI_PROOF] = { "item_proof", RFL_TPL_TEXT, NULL },
    [RFL_WI_SENT] = { "item_sent", RFL_TPL_LIST, rfl_web_fields_sent },
    [RFL_WI_PRIVATE] = { "item_private", RFL_TPL_LIST, rfl_web_fields_sent },
    [RFL_WI_PUBLIC] = { "item_public", RFL_TPL_TEXT, NULL },
    [RFL_WI_PREVIEWS] =
        { "item_previews", RFL_TPL_LIST, rfl_web_fields_previews },
    [RFL_WI_STANDS] = { "item_stands", RFL_TPL_LIST, rfl_web_fields_faults },
    [RFL_WI_SIDES] = { "item_sides", RFL_TPL_LIST, rfl_web_fields_sides },
    [RFL_WI_ACTS] = { "item_acts", RFL_TPL_LIST, rfl_web_fields_buttons },
    [RFL_WI_CAN_EDIT] = { "item_can_edit", RFL_TPL_FLAG, NULL },
    [RFL_WI_CAN_REJECT] = { "item_can_reject", RFL_TPL_FLAG, NULL },
    [RFL_WI_CAN_WITHDRAW] = { "item_can_withdraw", RFL_TPL_FLAG, NULL },
    [RFL_WI_CAN_RENEW] = { "item_can_renew", RFL_TPL_FLAG, NULL },
    [RFL_WI_CAN_CLOSE] = { "item_can_close", RFL_TPL_FLAG, NULL },
    [RFL_WI_URGENT] = { "item_urgent", RFL_TPL_FLAG, NULL },
    [RFL_WI_WHY_NOT] = { "item_why_not", RFL_TPL_TEXT, NULL },
    [RFL_WI_NOTE] = { "item_note", RFL_TPL_USER, NULL },
    [RFL_WI_REJECTS] = { "item_rejects", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_REASONS] = { "item_reasons", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_CLOSES] = { "item_closes", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_EDITING] = { "item_editing", RFL_TPL_FLAG, NULL },
    [RFL_WI_NAMES] = { "item_names", RFL_TPL_LIST, rfl_web_fields_names },
    [RFL_WI_OTHER] = { "item_other", RFL_TPL_USER, NULL },
    [RFL_WI_EVENTS] = { "item_events", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_AGE_BANDS] =
        { "item_age_bands", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_SEXES] = { "item_sexes", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_RELATIONS] =
        { "item_relations", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_STATUSES] =
        { "item_statuses", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_COUNTRIES] =
        { "item_countries", RFL_TPL_LIST, rfl_web_fields_options },
    [RFL_WI_LOOKING] = { "item_looking", RFL_TPL_FLAG, NULL },
    [RFL_WI_YEAR] = { "item_year", RFL_TPL_USER, NULL },
    [RFL_WI_FATHER] = { "item_father", RFL_TPL_USER, NULL },
    [RFL_WI_MOTHER] = { "item_mother", RFL_TPL_USER, NULL },
    [RFL_WI_END] = { "item_end", RFL_TPL_USER, NULL },
    [RFL_WI_TODAY] = { "item_today", RFL_TPL_TEXT, NULL },
    [RFL_WI_STALE] = { "item_stale", RFL_TPL_FLAG, NULL },
    [RFL_WI_SAME] = { "item_same", RFL_TPL_LIST, rfl_web_fields_matches },
    [RFL_WI_MATCHES] = { "item_matches", RFL_TPL_LIST, rfl_web_fields_matches },
    [RFL_WI_MEANT] = { "item_meant", RFL_TPL_LIST, rfl_web_fields_matches },
    [RFL_WI_ABOUT] = { "item_about", RFL_TPL_LIST, rfl_web_fields_heads },
    [RFL_WI_HISTORY] = { "item_history", RFL_TPL_LIST, rfl_web_fields_acts },
    [RFL_WI_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_find[] = {
    RFL_WEB_FIELDS_COMMON,
    [RFL_WF_TEXT] = { "query", RFL_TPL_USER, NULL },
    [RFL_WF_ASKED] = { "asked", RFL_TPL_FLAG, NULL },
    [RFL_WF_FOUND] = { "found", RFL_TPL_LIST, rfl_web_fields_matches },
    [RFL_WF_N] = { NULL, RFL_TPL_TEXT, NULL }
};


static const rfl_tpl_field_t  rfl_web_fields_journal[] = {
    RFL_WEB_FIELDS_COMMON,
    [RFL_WJ_ACTS] = { "acts", RFL_TPL_LIST, rfl_web_fields_acts },
    [RFL_WJ_WHOLE] = { "whole", RFL_TPL_FLAG, NULL },
    [RFL_WJ_LINES] = { "lines", RFL_TPL_NUMBER, NULL },
    [RFL_WJ_MORE_URL] = { "more_url", RFL_TPL_URL, NULL },
    [RFL_WJ_FOLDER] = { "folder", RFL_TPL_TEXT, NULL },
    [RFL_WJ_N] = { NULL, RFL_TPL_TEXT, NULL }
};


#define rfl_web_page(name, fields, n)                                        \
    { rfl_string(name), rfl_web_fields_##fields, n }

const rfl_web_template_t  rfl_web_pages[RFL_WEB_PAGES_N] = {
    [RFL_WEB_DOOR] = rfl_web_page("door", door, RFL_WD_N),
    [RFL_WEB_HOME] = rfl_web_page("home", home, RFL_WK_N),
    [RFL_WEB_QUEUE] = rfl_web_page("queue", queue, RFL_WU_N),
    [RFL_WEB_ITEM] = rfl_web_page("item", item, RFL_WI_N),
    [RFL_WEB_FIND] = rfl_web_page("find", find, RFL_WF_N),
    [RFL_WEB_ENTRY] = rfl_web_page("entry", item, RFL_WI_N),
    [RFL_WEB_JOURNAL] = rfl_web_page("journal", journal, RFL_WJ_N),
    [RFL_WEB_SPOOL] = rfl_web_page("spool", journal, RFL_WJ_N),
    [RFL_WEB_ERROR] = rfl_web_page("error", door, RFL_WD_N)
};
