
/*
 * Copyright (C) The RFL authors
 *
 * rfl_item.h: items, what a moderator has before them: a submission that
 * came in or an imported draft, with its state, version, claim, draft and
 * history.
 *
 * Kept in desk Redis, sealed under the vault key: a disk that is
 * stolen opens none.  A head of some 200 bytes is all that lists need and
 * holds no name; the body has the rest.  Everything here needs unlocked keys
 * (work->keys), else RFL_DENIED.
 *
 * One writer at a time: every change is made under the items' lock (a file
 * lock held for milliseconds, never while the index is written), by a
 * transaction that writes head and body.  The version is one higher with each
 * change but claim and release, which void nobody's form.
 */


#ifndef _RFL_ITEM_H_INCLUDED_
#define _RFL_ITEM_H_INCLUDED_


#include "rfl.h"
#include "rfl_entry.h"
#include "rfl_form.h"
#include "rfl_work.h"


typedef enum {
    RFL_ITEM_NONE = 0,
    RFL_ITEM_ALIVE,                /* as RFL_FORM_* */
    RFL_ITEM_LOOKING,
    RFL_ITEM_MESSAGE,
    RFL_ITEM_WITHDRAW,
    RFL_ITEM_REPORT,
    RFL_ITEM_IMPORT,               /* a draft from the case system */
    RFL_ITEM_KINDS_N
} rfl_item_kind_e;

/* "", "alive", "looking", ..., "import": "item.kind.<text>" */
extern const rfl_str_t  rfl_item_kinds[RFL_ITEM_KINDS_N];


typedef enum {
    RFL_ITEM_NEW = 0,              /* nobody has decided */
    RFL_ITEM_SECOND,               /* approved by one person */
    RFL_ITEM_PUBLISHING,           /* approved; on its way into the index */
    RFL_ITEM_PUBLISHED,
    RFL_ITEM_CHANGE,               /* published; its draft was changed */
    RFL_ITEM_CHANGE_SECOND,        /* the change has one approval */
    RFL_ITEM_KEPT,                 /* for matching at the desk only */
    RFL_ITEM_REJECTED,
    RFL_ITEM_WITHDRAWING,          /* decided; on its way out of the index */
    RFL_ITEM_WITHDRAWN,
    RFL_ITEM_HANDED,               /* to the case system; receipt awaited */
    RFL_ITEM_CLOSED,
    RFL_ITEM_STATES_N
} rfl_item_state_e;

/* "new", "second", ...: "item.state.<text>" */
extern const rfl_str_t  rfl_item_states[RFL_ITEM_STATES_N];


/* queues, in the order of the page: withdrawals are on top */

typedef enum {
    RFL_QUEUE_WITHDRAW = 0,        /* requests, and who used a hide code */
    RFL_QUEUE_NEW,
    RFL_QUEUE_SECOND,
    RFL_QUEUE_CHANGES,
    RFL_QUEUE_MESSAGES,
    RFL_QUEUE_REPORTS,
    RFL_QUEUE_ENDING,              /* published or kept, over in 14 days */
    RFL_QUEUE_UNCONFIRMED,         /* handed over 14 days ago, no receipt */
    RFL_QUEUE_KEPT,                /* below here: to find again, not to do */
    RFL_QUEUE_PUBLISHED,
    RFL_QUEUE_DONE,
    RFL_QUEUES_N
} rfl_queue_e;

#define RFL_QUEUES_TO_DO     RFL_QUEUE_KEPT    /* those before it */
#define RFL_QUEUE_END_DAYS   14

/* "withdraw", "new", ...: part of the URL, "queue.<text>" */
extern const rfl_str_t  rfl_queues[RFL_QUEUES_N];
/* RFL_QUEUES_N if there is none of that name */
rfl_queue_e rfl_queue_find(const u_char *name, size_t len);


/* what may be done to an item; the table of when is in rfl_review.c */

typedef enum {
    RFL_ACT_NONE = 0,
    RFL_ACT_ARRIVE,                /* by the desk itself */
    RFL_ACT_CLAIM,
    RFL_ACT_RELEASE,
    RFL_ACT_EDIT,
    RFL_ACT_NAME,                  /* the name in another alphabet */
    RFL_ACT_APPROVE,
    RFL_ACT_REJECT,
    RFL_ACT_WITHDRAW,
    RFL_ACT_RENEW,
    RFL_ACT_KEEP,
    RFL_ACT_HAND,                  /* over to the case system */
    RFL_ACT_CLOSE,
    RFL_ACT_PUBLISHED,             /* by the desk itself: it is in the index */
    RFL_ACT_WITHDRAWN,             /* it is not any more */
    RFL_ACT_RECEIPT,               /* the case system has it */
    RFL_ACT_FAILED,                /* publishing was refused */
    RFL_ACTS_N
} rfl_act_e;

/* "", "arrive", "claim", ...: of the journal, "act.<text>" */
extern const rfl_str_t  rfl_acts[RFL_ACTS_N];


#define RFL_NOTE_CHARS       500

typedef struct {
    u_char              id[RFL_SUBMISSION_ID_SIZE];
    rfl_item_kind_e     kind;
    rfl_item_state_e    state;
    unsigned            version;   /* from 1; who has the item is not in it */
    unsigned            live;      /* an entry of it is in the register */
    unsigned            hidden;    /* its hide code was used */
    unsigned            handed;    /* 1: receipt awaited, 2: confirmed */
    unsigned            wish;      /* of a withdrawal, RFL_WISH_* */
    int64_t             arrived;   /* seconds; the oldest of a queue is by it */
    int64_t             changed;
    int64_t             not_after; /* of what is published or kept, or 0 */
    int64_t             claim_until;
    rfl_str_t           claim;     /* id of the moderator, or empty */
    rfl_str_t           approver;  /* who gave the first approval, or empty */
    rfl_str_t           event;     /* id, or empty */
    rfl_str_t           society;
    rfl_str_t           lang;      /* of the sender's page */
    unsigned            has_ref;   /* of its entry, or the one it is about */
    u_char              ref[RFL_REF_SIZE];
    unsigned            has_hide;  /* of its code */
    u_char              hide[RFL_HIDE_SIZE];
} rfl_head_t;

typedef struct {
    int64_t             when;
    rfl_str_t           who;       /* id; "desk" for the desk itself */
    rfl_act_e           act;
    rfl_item_state_e    from;
    rfl_item_state_e    to;
    unsigned            reason;    /* of the act's list, 0: none */
    rfl_str_t           note;      /* internal, or empty */
} rfl_history_t;

#define RFL_HISTORY_MAX      64    /* the journal has all of them */

typedef struct {
    rfl_head_t          head;
    unsigned            has_submission;        /* not purged, not imported */
    rfl_submission_t    submission;
    unsigned            show;      /* RFL_SHOW_*: what consent covers */
    unsigned            has_draft;             /* alive, looking, import */
    rfl_draft_t         draft;                 /* signed as far as it is */
    unsigned            has_live;              /* what visitors see now */
    rfl_draft_t         live;
    unsigned            nhistory;
    rfl_history_t      *history;               /* newest last */
} rfl_item_t;


/*
 * Takes over what waits in desk Redis: opens the boxes (rfl_inbox_walk()) and
 * makes an item of each, box and item in one transaction, so that neither is
 * lost or doubled whatever dies.  Called whenever a queue is shown with
 * unlocked keys; costs little if nothing came.
 */

typedef struct {
    uint64_t            items;     /* new */
    uint64_t            again;     /* the same submission once more */
    uint64_t            aside;     /* did not open or parse; see rflctl */
} rfl_taken_t;

int rfl_item_take(rfl_work_t *work, rfl_taken_t *taken, rfl_err_t *err)
    rfl_must_check;

/*
 * An item of a submission that came in another way than by an inbox: of kind
 * import, or of its form's.  RFL_DECLINED: one of this id is here.
 */
int rfl_item_add(rfl_work_t *work, const rfl_submission_t *s,
    rfl_item_kind_e kind, rfl_err_t *err) rfl_must_check;
/* an item of kind import; approvals of the draft are thrown away */
int rfl_item_import(rfl_work_t *work, const rfl_draft_t *draft,
    rfl_err_t *err) rfl_must_check;
/*
 * Marks the items whose hide codes were used (rfl_hidden.h): they cannot be
 * published any more and go on top of the queues, with a line of the journal.
 * RFL_AWAY: inbox Redis does not answer.
 */
int rfl_item_hidden(rfl_work_t *work, uint64_t *n, rfl_err_t *err)
    rfl_must_check;

/*
 * What is over is kept for desk->conf.keep_days, then forgotten, with a line
 * of the journal: rejected, withdrawn and closed items, and those published
 * or kept for matching from their last day on, which is announced in
 * RFL_QUEUE_ENDING; not what the case system has not confirmed yet, which is
 * in RFL_QUEUE_UNCONFIRMED.
 * Tombstones stay, and so does what tells that a box came before.  Needs no
 * unlocked keys: by "rflctl rotate".
 */
int rfl_item_forget(rfl_desk_t *desk, int64_t now, uint64_t *n,
    rfl_err_t *err) rfl_must_check;


/* lists */

typedef struct {
    uint64_t            n;
    int64_t             oldest;    /* arrived, 0: queue is empty */
} rfl_queue_count_t;

typedef struct {
    rfl_queue_e         queue;
    rfl_str_t           event;     /* empty: any */
    rfl_str_t           lang;
    rfl_item_kind_e     kind;      /* RFL_ITEM_NONE: any */
    unsigned            skip;      /* for pages */
    unsigned            max;       /* heads wanted, up to 200 */
} rfl_filter_t;

typedef struct {
    rfl_queue_count_t   counts[RFL_QUEUES_N];  /* unfiltered */
    uint64_t            files;     /* published by rflctl: no item is of them */
    uint64_t            total;     /* of the filtered queue */
    unsigned            n;
    rfl_head_t         *heads;     /* oldest first (ending: soonest first;
                                      published, done: newest first) */
} rfl_list_t;

/*
 * One walk over all heads gives counts and one page of one queue.  About
 * 5 us an item.
 */
int rfl_item_list(rfl_work_t *work, rfl_pool_t *pool,
    const rfl_filter_t *filter, rfl_list_t *list, rfl_err_t *err)
    rfl_must_check;
/* the queue in which a head is at a time */
rfl_queue_e rfl_item_queue(const rfl_head_t *head, int64_t now);
/*
 * The oldest of the filtered queue after this one that nobody else has
 * claimed, for "next item opens"; RFL_DECLINED: there is none.  after NULL:
 * the first.
 */
int rfl_item_next(rfl_work_t *work, const rfl_filter_t *filter,
    const u_char *after, u_char id[RFL_SUBMISSION_ID_SIZE], rfl_err_t *err)
    rfl_must_check;

/*
 * One item; strings in the pool.  RFL_DECLINED: there is none of this id.
 * Looking needs no claim.
 */
int rfl_item_get(rfl_work_t *work, rfl_pool_t *pool,
    const u_char id[RFL_SUBMISSION_ID_SIZE], rfl_item_t *item,
    rfl_err_t *err) rfl_must_check;
/* the item of which this entry is, RFL_DECLINED: none (or by rflctl) */
int rfl_item_by_ref(rfl_work_t *work, rfl_pool_t *pool,
    const u_char ref[RFL_REF_SIZE], rfl_item_t *item, rfl_err_t *err)
    rfl_must_check;
/* the item of this receipt (rfl_receipt_parse()), RFL_DECLINED: none */
int rfl_item_by_receipt(rfl_work_t *work, rfl_pool_t *pool,
    const u_char receipt[RFL_RECEIPT_SIZE], rfl_item_t *item, rfl_err_t *err)
    rfl_must_check;
/* items about the same entry: messages, reports, withdrawals; at most max */
int rfl_item_about(rfl_work_t *work, rfl_pool_t *pool,
    const u_char ref[RFL_REF_SIZE], rfl_head_t *heads, unsigned max,
    unsigned *n, rfl_err_t *err) rfl_must_check;

/* the id in URLs and forms: 32 hexadecimal digits */
#define RFL_ITEM_ID_TEXT     32

void rfl_item_id_format(const u_char id[RFL_SUBMISSION_ID_SIZE],
    u_char text[RFL_ITEM_ID_TEXT]);
int rfl_item_id_parse(const u_char *text, size_t len,
    u_char id[RFL_SUBMISSION_ID_SIZE]) rfl_must_check;


/*
 * Drafts.  What the person allowed to be shown, and nothing else, is taken
 * from the submission; the facts (year, country, parents) are for labels
 * only.  The age class is an adult's only if the person said so and neither
 * year nor age says otherwise.  The end is the latest one of the event.
 */
int rfl_draft_from(rfl_pool_t *pool, const rfl_submission_t *s,
    const rfl_policy_t *policy, int64_t now, rfl_draft_t *draft,
    rfl_err_t *err) rfl_must_check;

/*
 * The fields that the person allowed to be shown, RFL_SHOW_* of rfl_policy.h;
 * 0: none, or for matching only.  A relation is the sender's own word and
 * goes with a searchable "looking".
 */
unsigned rfl_draft_consented(const rfl_submission_t *s);

/*
 * The name in Latin letters, as far as rules can tell, for a moderator to
 * correct; RFL_DECLINED: it is in Latin letters already, or nothing came out.
 */
int rfl_draft_latin(rfl_pool_t *pool, const rfl_str_t *name, rfl_str_t *latin)
    rfl_must_check;


#endif /* _RFL_ITEM_H_INCLUDED_ */
