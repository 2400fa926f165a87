
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_int.h: what the files of rfl_web share: the pages and the values
 * their templates may use, the site as it was loaded, and the request under
 * way.
 *
 * rfl_web.c           who asks, which route, the answer's frame
 * rfl_web_load.c      templates, words, stylesheet; at configuration load
 * rfl_web_values.c    tables of pages, values and words
 * rfl_web_common.c    what all pages show
 * rfl_web_words.c     words, ages, days, names
 * rfl_web_unlock.c    unlocking, and what was under way before
 * rfl_web_queue.c     the queues, one queue
 * rfl_web_way.c       the next item, and back to where one came from
 * rfl_web_item.c      one item: as sent, as published, kept private
 * rfl_web_preview.c   the public site's own template, in each language
 * rfl_web_edit.c      the form of the draft, and both sides of a conflict
 * rfl_web_decide.c    what may be done to it now
 * rfl_web_likely.c    who it may be, and whom it may meet
 * rfl_web_country.c   countries to choose from
 * rfl_web_act.c       what the buttons do
 * rfl_web_find.c      published entries by reference or name
 * rfl_web_spool.c     hand-over and import; the journal
 */


#ifndef _RFL_WEB_INT_H_INCLUDED_
#define _RFL_WEB_INT_H_INCLUDED_


#include "rfl.h"
#include "rfl_guard.h"
#include "rfl_item.h"
#include "rfl_journal.h"
#include "rfl_match.h"
#include "rfl_pages_form.h"
#include "rfl_pairs.h"
#include "rfl_review.h"
#include "rfl_session.h"
#include "rfl_spool.h"
#include "rfl_web.h"
#include "rfl_work.h"

#include <pthread.h>


typedef enum {
    RFL_WEB_DOOR = 0,              /* 403: whom we do not know */
    RFL_WEB_HOME,                  /* queues; the passphrase, if locked */
    RFL_WEB_QUEUE,
    RFL_WEB_ITEM,
    RFL_WEB_FIND,
    RFL_WEB_ENTRY,                 /* of the register, by its reference */
    RFL_WEB_JOURNAL,
    RFL_WEB_SPOOL,
    RFL_WEB_ERROR,                 /* 400, 404, 405, 503 ... */
    RFL_WEB_PAGES_N
} rfl_web_page_e;


/* values of all pages */

typedef enum {
    RFL_W_LANG = 0,
    RFL_W_DIR,
    RFL_W_RTL,                     /* flag */
    RFL_W_CSS_URL,
    RFL_W_HOME_URL,
    RFL_W_FIND_URL,
    RFL_W_JOURNAL_URL,
    RFL_W_SPOOL_URL,
    RFL_W_UNLOCK_URL,
    RFL_W_LOCK_URL,
    RFL_W_LANGS,                   /* list of RFL_WL_* */
    RFL_W_UNREVIEWED,              /* flag */
    RFL_W_SOCIETY,
    RFL_W_WHO,                     /* user text: who is asking */
    RFL_W_ROLE,
    RFL_W_CHANGES,                 /* flag: not an auditor */
    RFL_W_COORDINATOR,             /* flag */
    RFL_W_UNLOCKED,                /* flag */
    RFL_W_MINUTES,                 /* number: until locked */
    RFL_W_CSRF,
    RFL_W_ONE,                     /* flag: one approver publishes; banner */
    RFL_W_SAID,                    /* what was just done, a sentence */
    RFL_W_REFUSED,                 /* why it was not, a sentence */
    RFL_W_FAULTS,                  /* list of one value: "fault" */
    RFL_W_QUEUES,                  /* list of RFL_WQ_* */
    RFL_W_IDLE,                    /* flag: nothing waits in any of them */
    RFL_W_AS_OF,                   /* date and time of this page, UTC */
    RFL_W_FROM,                    /* the item that one came from, or empty */
    RFL_W_FROM_URL,
    RFL_W_FROM_NAME,
    RFL_W_COMMON_N
} rfl_web_value_e;

typedef enum {
    RFL_WL_URL = 0,
    RFL_WL_LANG,
    RFL_WL_DIR,
    RFL_WL_NAME,
    RFL_WL_CURRENT,                /* flag */
    RFL_WL_N
} rfl_web_lang_e;

typedef enum {
    RFL_WQ_URL = 0,
    RFL_WQ_NAME,
    RFL_WQ_COUNT,                  /* number */
    RFL_WQ_OLDEST,                 /* "3 days", or empty */
    RFL_WQ_TO_DO,                  /* flag */
    RFL_WQ_CURRENT,                /* flag */
    RFL_WQ_WAITS,                  /* flag: count is not 0 */
    RFL_WQ_URGENT,                 /* flag: somebody wants to be taken down */
    RFL_WQ_FOCUS,                  /* flag: of one on the page */
    RFL_WQ_N
} rfl_web_queue_e;


/* home: what goes on once keys are unlocked */

typedef enum {
    RFL_WK_PATH = RFL_W_COMMON_N,  /* "/en/item/4f0c...", or empty */
    RFL_WK_QUERY,                  /* as it came, of a page */
    RFL_WK_FORM,                   /* as it came, of a form that was sent */
    RFL_WK_N
} rfl_web_kept_e;


/* door and error: which words, and what may be tried again */

typedef enum {
    RFL_WD_TITLE = RFL_W_COMMON_N,
    RFL_WD_TEXT,
    RFL_WD_STATUS,                 /* number */
    RFL_WD_HERE_URL,               /* the page itself, or empty */
    RFL_WD_AGAIN_URL,              /* takes a form that was kept */
    RFL_WD_PATH,                   /* as in rfl_web_kept_e */
    RFL_WD_FORM,
    RFL_WD_N
} rfl_web_door_e;


/* queue */

typedef enum {
    RFL_WU_NAME = RFL_W_COMMON_N,
    RFL_WU_URL,
    RFL_WU_NEXT_URL,               /* opens the first that is free */
    RFL_WU_TOTAL,                  /* numbers: all that there are, */
    RFL_WU_FIRST,                  /* and those of this page, from 1 */
    RFL_WU_LAST,
    RFL_WU_FILES,                  /* what else is published, a sentence */
    RFL_WU_FILTERED,               /* flag: not all that there are */
    RFL_WU_HEADS,                  /* list of RFL_WH_* */
    RFL_WU_EVENTS,                 /* lists of RFL_WO_*: filters */
    RFL_WU_KINDS,
    RFL_WU_TONGUES,
    RFL_WU_BACK_URL,               /* pages; empty: none */
    RFL_WU_MORE_URL,
    RFL_WU_N
} rfl_web_list_e;

typedef enum {
    RFL_WH_URL = 0,
    RFL_WH_ID,                     /* receipt, to be read aloud */
    RFL_WH_KIND,
    RFL_WH_STATE,
    RFL_WH_EVENT,
    RFL_WH_TONGUE,                 /* the sender's, by its own name */
    RFL_WH_AGE,                    /* "2 days" */
    RFL_WH_UNTIL,                  /* ends on, or empty */
    RFL_WH_CLAIM,                  /* "Amina is looking at this", or empty */
    RFL_WH_HIDDEN,                 /* flag */
    RFL_WH_N
} rfl_web_head_e;

typedef enum {
    RFL_WO_VALUE = 0,
    RFL_WO_NAME,
    RFL_WO_SELECTED,               /* flag */
    RFL_WO_N
} rfl_web_option_e;


/* item; the entry page has the same values, without what was sent */

typedef enum {
    RFL_WI_URL = RFL_W_COMMON_N,   /* action of its forms */
    RFL_WI_QUEUE,                  /* where "next" goes on, with filters */
    RFL_WI_QUEUE_NAME,
    RFL_WI_QUEUE_URL,
    RFL_WI_ID,
    RFL_WI_VERSION,                /* number */
    RFL_WI_OPENED,                 /* number: when the page was made */
    RFL_WI_KIND,
    RFL_WI_STATE,
    RFL_WI_EVENT,
    RFL_WI_TONGUE,
    RFL_WI_ARRIVED,
    RFL_WI_CLAIM,                  /* somebody else's, a sentence */
    RFL_WI_APPROVER,               /* who gave the first one, or empty */
    RFL_WI_HIDDEN,                 /* flag: its owner hid it by the code */
    RFL_WI_LIVE,                   /* flag: visitors can find it */
    RFL_WI_REF,                    /* of the entry */
    RFL_WI_NEVER,                  /* flag: a draft that is not public */
    RFL_WI_CLOSED,                 /* flag: nobody agreed to publish it */
    RFL_WI_OF_ENTRY,               /* flag: about an entry, shown if public */
    RFL_WI_ENTRY_URL,              /* its page, empty if it is not public */
    RFL_WI_SEEK_URL,               /* finds an entry for a request in words */
    RFL_WI_PROOF,                  /* "searched 2 s ago: not there" */

    RFL_WI_SENT,                   /* list of RFL_WS_*: as sent */
    RFL_WI_PRIVATE,                /* list of RFL_WS_*: kept private */
    RFL_WI_PUBLIC,                 /* what the previews are of, now */
    RFL_WI_PREVIEWS,               /* list of RFL_WP_*: as it will be public */
    RFL_WI_STANDS,                 /* list "fault": what stands against it */

    RFL_WI_SIDES,                  /* list of RFL_WC_*: both sides */

    RFL_WI_ACTS,                   /* list of RFL_WB_*: the decision */
    RFL_WI_CAN_EDIT,               /* flags: forms that do something */
    RFL_WI_CAN_REJECT,
    RFL_WI_CAN_WITHDRAW,
    RFL_WI_CAN_RENEW,
    RFL_WI_CAN_CLOSE,
    RFL_WI_URGENT,                 /* flag: to be taken down, before all */
    RFL_WI_WHY_NOT,                /* a sentence: no approval by this person */
    RFL_WI_NOTE,                   /* user text: typed and refused */
    RFL_WI_REJECTS,                /* lists of RFL_WO_*: closed lists */
    RFL_WI_REASONS,
    RFL_WI_CLOSES,

    RFL_WI_EDITING,                /* flag: the form is open */
    RFL_WI_NAMES,                  /* list of RFL_WN_*: those of the draft */
    RFL_WI_OTHER,                  /* user text: proposed other alphabet */
    RFL_WI_EVENTS,                 /* lists of RFL_WO_* */
    RFL_WI_AGE_BANDS,
    RFL_WI_SEXES,
    RFL_WI_RELATIONS,
    RFL_WI_STATUSES,
    RFL_WI_COUNTRIES,
    RFL_WI_LOOKING,                /* flag: relation, else status */
    RFL_WI_YEAR,                   /* user texts: for labels only */
    RFL_WI_FATHER,
    RFL_WI_MOTHER,
    RFL_WI_END,                    /* "2027-05-01" */
    RFL_WI_TODAY,                  /* the same form: of a fresh consent */

    RFL_WI_STALE,                  /* flag: the register is being read yet */
    RFL_WI_SAME,                   /* lists of RFL_WM_* */
    RFL_WI_MATCHES,
    RFL_WI_MEANT,                  /* what a request without a code may mean */
    RFL_WI_ABOUT,                  /* list of RFL_WH_*: messages, reports */
    RFL_WI_HISTORY,                /* list of RFL_WT_* */
    RFL_WI_N
} rfl_web_item_e;

/* a decision to choose; what is chosen already is one that Enter sends */

typedef enum {
    RFL_WB_VALUE = 0,
    RFL_WB_NAME,
    RFL_WB_CHOSEN,                 /* flag */
    RFL_WB_FOCUS,                  /* flag: of one on the page */
    RFL_WB_N
} rfl_web_button_e;

typedef enum {
    RFL_WS_LABEL = 0,
    RFL_WS_TEXT,                   /* user text */
    RFL_WS_SHOWN,                  /* flags: consent to show it, or none; */
    RFL_WS_BAND,                   /* or as an age group only; all 0 if */
    RFL_WS_NOT_SHOWN,              /* nothing can become public */
    RFL_WS_HINTS,                  /* list of one value: "hint" */
    RFL_WS_N
} rfl_web_sent_e;

typedef enum {
    RFL_WP_LANG = 0,
    RFL_WP_DIR,
    RFL_WP_NAME,
    RFL_WP_PART,                   /* rendered by the public template */
    RFL_WP_OPEN,                   /* flag: the moderator's own language */
    RFL_WP_N
} rfl_web_preview_e;

typedef enum {
    RFL_WC_LABEL = 0,
    RFL_WC_OURS,                   /* user texts */
    RFL_WC_THEIRS,
    RFL_WC_OTHER,                  /* flag: they differ */
    RFL_WC_N
} rfl_web_side_e;

typedef enum {
    RFL_WN_FULL = 0,               /* user texts */
    RFL_WN_GIVEN,
    RFL_WN_FAMILY,
    RFL_WN_NUMBER,                 /* number, from 1 */
    RFL_WN_N
} rfl_web_name_e;

typedef enum {
    RFL_WM_URL = 0,                /* empty: no item is of it */
    RFL_WM_NAMES,                  /* user text */
    RFL_WM_SCORE,                  /* number: per cent */
    RFL_WM_WHY,                    /* a sentence */
    RFL_WM_STATE,
    RFL_WM_EVENT,
    RFL_WM_YEAR,                   /* user text */
    RFL_WM_SAME_REACH,             /* flag */
    RFL_WM_FOCUS,                  /* flag: of one on the page */
    RFL_WM_N
} rfl_web_match_e;

typedef enum {
    RFL_WT_WHEN = 0,
    RFL_WT_WHO,                    /* user text */
    RFL_WT_ACT,
    RFL_WT_REASON,
    RFL_WT_NOTE,                   /* user text */
    RFL_WT_REF,                    /* journal: receipt of the item */
    RFL_WT_URL,
    RFL_WT_N
} rfl_web_act_e;


/* find */

typedef enum {
    RFL_WF_TEXT = RFL_W_COMMON_N,  /* user text: what was typed */
    RFL_WF_ASKED,                  /* flag */
    RFL_WF_FOUND,                  /* list of RFL_WM_* */
    RFL_WF_N
} rfl_web_find_e;


/* journal and spool */

typedef enum {
    RFL_WJ_ACTS = RFL_W_COMMON_N,  /* list of RFL_WT_* */
    RFL_WJ_WHOLE,                  /* flag: no cut, no edit */
    RFL_WJ_LINES,                  /* number */
    RFL_WJ_MORE_URL,
    RFL_WJ_FOLDER,
    RFL_WJ_N
} rfl_web_journal_e;


typedef struct {
    rfl_str_t                name;     /* of the template: "item" */
    const rfl_tpl_field_t   *fields;
    unsigned                 nvalues;
} rfl_web_template_t;

extern const rfl_web_template_t  rfl_web_pages[RFL_WEB_PAGES_N];


#define RFL_WEB_LANGS_MAX    8

struct rfl_web_s {
    rfl_pool_t              *pool;
    rfl_web_conf_t           conf;

    unsigned                 nlangs;
    rfl_str_t                langs[RFL_WEB_LANGS_MAX];
    rfl_catalog_t           *catalogs[RFL_WEB_LANGS_MAX];
    rfl_tpl_t               *tpl[RFL_WEB_PAGES_N];
    rfl_str_t                css;
    rfl_str_t                css_url;

    /* the public site, for previews */
    rfl_site_t               site;
    rfl_tpl_t               *preview;

    rfl_sessions_t          *sessions;

    /* a thread reads the register once, which may take a minute */
    rfl_match_t             *match;
    pthread_t                reader;
    unsigned                 reading;  /* there is such a thread */
    unsigned                 ready;    /* atomic: it has ended */
    volatile sig_atomic_t    stop;

    /* one request at a time; opened by the first one */
    pthread_mutex_t          mutex;
    rfl_work_t               work;
    unsigned                 opened;
};


/* the request under way */

typedef struct {
    rfl_web_t               *web;
    const rfl_web_request_t *in;
    rfl_web_response_t      *out;
    rfl_pool_t              *pool;     /* of this request; wiped */
    rfl_work_t              *work;
    rfl_vault_t             *keys;     /* NULL: locked */
    const rfl_moderator_t   *who;
    unsigned                 lang;     /* index of web->langs */
    rfl_str_t                route;    /* "item" */
    rfl_str_t                arg;      /* "4f0c..." */
    rfl_str_t                from;     /* what links to items say of it */
    rfl_str_t                kept_path;    /* goes on after unlocking */
    rfl_str_t                kept_query;
    rfl_str_t                kept_form;
    rfl_list_t               list;     /* counts for all pages */
    unsigned                 listed;
    rfl_str_t                said_word;
    const char              *said;     /* message keys, or NULL */
    const char              *refused;
    rfl_buf_t                faults;   /* one a line */
    rfl_err_t               *notice;
} rfl_web_ask_t;


/* the routes: each fills the response; RFL_ERROR: out of memory */

typedef int (*rfl_web_route_pt)(rfl_web_ask_t *ask);

int rfl_web_home(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_unlock(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_lock(rfl_web_ask_t *ask) rfl_must_check;
/* what was kept goes on, now that the servers answer again */
int rfl_web_again(rfl_web_ask_t *ask) rfl_must_check;
/* asks for the passphrase, and keeps what was asked for until then */
int rfl_web_locked(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_queue(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_next(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_item(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_find(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_entry(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_entry_act(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_journal(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_spool(rfl_web_ask_t *ask) rfl_must_check;
int rfl_web_spool_act(rfl_web_ask_t *ask) rfl_must_check;


/* rfl_web.c */

/*
 * What the form that was kept asks for, now that keys are unlocked;
 * RFL_DECLINED: nothing that needs them
 */
int rfl_web_resume(rfl_web_ask_t *ask) rfl_must_check;
/*
 * 503: a server does not answer.  A page has a link to itself; a form that was
 * sent is kept, to be sent once more.
 */
int rfl_web_away(rfl_web_ask_t *ask) rfl_must_check;
/* 1 if the register was read for rfl_match_t */
unsigned rfl_web_ready(rfl_web_t *web);
/* 1: it has ASCII letters, digits and these others only, and is no longer */
unsigned rfl_web_plain(const rfl_str_t *text, const char *others, size_t max);


/* rfl_web_load.c */

int rfl_web_load(rfl_web_t *web, rfl_err_t *err) rfl_must_check;


/* rfl_web_common.c */

/* values of a page, the common ones set; NULL: no memory */
rfl_tpl_value_t *rfl_web_values(rfl_web_ask_t *ask, rfl_web_page_e page);
int rfl_web_list(rfl_web_ask_t *ask, rfl_tpl_value_t *list, unsigned n,
    unsigned nfields) rfl_must_check;
/* a list of one value each from lines: of text, or "fault." keys of it */
int rfl_web_lines(rfl_web_ask_t *ask, rfl_tpl_value_t *list,
    const rfl_buf_t *lines) rfl_must_check;
/* renders the page; status is HTTP's */
int rfl_web_render(rfl_web_ask_t *ask, rfl_web_page_e page,
    const rfl_tpl_value_t *values, unsigned status) rfl_must_check;
/* RFL_DECLINED: something else was asked for */
int rfl_web_stylesheet(rfl_web_ask_t *ask) rfl_must_check;
/* 303 to prefix/lang/..., so that Back and Reload do nothing twice */
int rfl_web_redirect(rfl_web_ask_t *ask, const char *fmt, ...)
    rfl_printf(2, 3) rfl_must_check;
/* the values of the page of an HTTP error; the page; what: "error.<what>" */
rfl_tpl_value_t *rfl_web_fault(rfl_web_ask_t *ask, unsigned status,
    const char *what);
int rfl_web_error(rfl_web_ask_t *ask, unsigned status, const char *what)
    rfl_must_check;
/* what comes back in an address: that of our own links */
unsigned rfl_web_query_plain(const rfl_str_t *query);
/* the page asked for without its language, "queue/new?lang=ar" */
rfl_str_t rfl_web_here(rfl_web_ask_t *ask);
/* prefix/lang/ and the rest, in the pool */
rfl_str_t rfl_web_url(rfl_web_ask_t *ask, const char *fmt, ...)
    rfl_printf(2, 3);
/* a copy in the pool, empty without memory */
rfl_str_t rfl_web_copy(rfl_web_ask_t *ask, const rfl_str_t *text);
/* moves a buffer into the pool; empty if anything failed */
rfl_str_t rfl_web_str(rfl_web_ask_t *ask, rfl_buf_t *b);
/* the form: one value of a body or query, empty if absent or double */
rfl_str_t rfl_web_field(rfl_web_ask_t *ask, const char *name);
/* one that is a number of ours, in ASCII digits; RFL_DECLINED: it is none */
int rfl_web_count(rfl_web_ask_t *ask, const char *name, int64_t *number)
    rfl_must_check;


/* rfl_web_words.c */

#define RFL_WEB_KEY_MAX      96    /* of a message; ours are shorter */

/*
 * The message "<prefix>.<name>" in the language of the page; the name itself
 * if there is none.  In the pool.
 */
rfl_str_t rfl_web_word(rfl_web_ask_t *ask, const char *prefix,
    const rfl_str_t *name);
/* a message with arguments by its key */
rfl_str_t rfl_web_say(rfl_web_ask_t *ask, const char *key,
    const rfl_po_arg_t *args, unsigned nargs);
/* "3 days", "2 hours"; a day; a day and time */
rfl_str_t rfl_web_age(rfl_web_ask_t *ask, int64_t seconds);
rfl_str_t rfl_web_day(rfl_web_ask_t *ask, int32_t day);
rfl_str_t rfl_web_time(rfl_web_ask_t *ask, int64_t time);
/* how long ago the index was searched for what was taken down; or empty */
rfl_str_t rfl_web_proof(rfl_web_ask_t *ask);
/* somebody's name by their id, or "desk" in words; empty for an empty id */
rfl_str_t rfl_web_who(rfl_web_ask_t *ask, const rfl_str_t *id);
/* the word for value i of a closed list; empty for 0 */
rfl_str_t rfl_web_chosen(rfl_web_ask_t *ask, const char *prefix,
    const rfl_str_t *list, unsigned i);
/* the names of a draft, one after the other */
rfl_str_t rfl_web_draft_names(rfl_web_ask_t *ask, const rfl_draft_t *draft);
/* a language by its own name, or its tag; an event by its name */
rfl_str_t rfl_web_endonym(rfl_web_ask_t *ask, unsigned lang);
rfl_str_t rfl_web_tongue(rfl_web_ask_t *ask, const rfl_str_t *tag);
rfl_str_t rfl_web_event(rfl_web_ask_t *ask, const rfl_str_t *id);


/* rfl_web_queue.c */

/* one line of a list; queue: where its page goes on */
void rfl_web_head(rfl_web_ask_t *ask, const rfl_head_t *head,
    const rfl_str_t *queue, rfl_tpl_value_t *item);


/* rfl_web_way.c */

/* the queue of an address, and its filters; RFL_DECLINED: there is none */
int rfl_web_filter(rfl_web_ask_t *ask, rfl_filter_t *filter) rfl_must_check;
/*
 * the same from the field "queue"; in one word for that field; and as
 * "queue/new?lang=ar", route/queue with filters and more, "" or "a=b"
 */
int rfl_web_place(rfl_web_ask_t *ask, rfl_filter_t *filter) rfl_must_check;
rfl_str_t rfl_web_place_text(rfl_web_ask_t *ask, const rfl_filter_t *filter);
rfl_str_t rfl_web_place_path(rfl_web_ask_t *ask, const char *route,
    const rfl_filter_t *filter, const char *more);
/* 1: the request says which item somebody came from, and it is there */
unsigned rfl_web_came(rfl_web_ask_t *ask, u_char id[RFL_SUBMISSION_ID_SIZE],
    rfl_head_t *head);
/* "?from=...", or empty; the link back to it */
rfl_str_t rfl_web_from(rfl_web_ask_t *ask);
int rfl_web_back(rfl_web_ask_t *ask, rfl_tpl_value_t *values)
    rfl_must_check;


/* rfl_web_item.c */

/* the page; action and outcome: of a press that was refused, or NULL */
int rfl_web_show(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, const rfl_outcome_t *outcome,
    unsigned status) rfl_must_check;


/* rfl_web_preview.c */

int rfl_web_previews(rfl_web_ask_t *ask, const rfl_entry_t *entry,
    rfl_tpl_value_t *list) rfl_must_check;


/* rfl_web_edit.c */

/* the form of the draft; both sides of a conflict */
int rfl_web_edit(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, rfl_tpl_value_t *values) rfl_must_check;
int rfl_web_sides(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, rfl_tpl_value_t *values) rfl_must_check;
/* a closed list without its "absent", which the template offers */
int rfl_web_options(rfl_web_ask_t *ask, const char *prefix,
    const rfl_str_t *list, unsigned n, unsigned selected,
    rfl_tpl_value_t *values) rfl_must_check;
/*
 * What was typed into that form; RFL_DECLINED: not all of it can be used,
 * ask->faults has what.  All that can is in changes then, too.
 */
int rfl_web_changes(rfl_web_ask_t *ask, rfl_changes_t *changes)
    rfl_must_check;
/* a day that was typed, or a fault more; 1: a name without a letter */
int rfl_web_day_typed(rfl_web_ask_t *ask, const char *field, int32_t *day)
    rfl_must_check;
unsigned rfl_web_nameless(const rfl_str_t *name);


/* rfl_web_decide.c */

/* what may be done to the item by this person now */
int rfl_web_decide(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, rfl_tpl_value_t *values) rfl_must_check;
/* why something was done, in words; empty if there is no reason */
rfl_str_t rfl_web_reason(rfl_web_ask_t *ask, rfl_act_e act,
    const rfl_str_t *reason);


/* rfl_web_likely.c */

/* likely the same person, likely a match */
int rfl_web_likely(rfl_web_ask_t *ask, const rfl_item_t *item,
    rfl_tpl_value_t *values) rfl_must_check;
/*
 * Entries and items of a name, which may have a year of birth behind it;
 * RFL_AWAY: they cannot be read now.  What was found is in the pool.
 */
int rfl_web_likely_name(rfl_web_ask_t *ask, const rfl_str_t *name,
    rfl_tpl_value_t *list, rfl_matches_t **matches) rfl_must_check;


/* rfl_web_country.c */

/* all countries by their names, in the order of the page's language */
int rfl_web_countries(rfl_web_ask_t *ask, const rfl_str_t *selected,
    rfl_tpl_value_t *list) rfl_must_check;


/* rfl_web_act.c */

/* does what the form that was sent asks for */
int rfl_web_act(rfl_web_ask_t *ask, const rfl_item_t *item) rfl_must_check;


#endif /* _RFL_WEB_INT_H_INCLUDED_ */
