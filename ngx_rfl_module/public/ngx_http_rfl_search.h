
/*
 * Copyright (C) The RFL authors
 *
 * ngx_http_rfl_search.h: what the files of a search share:
 *
 * ngx_http_rfl_search.c   starts it, asks rfl-keyd, ends it
 * ngx_http_rfl_read.c     reads the lists of the index
 * ngx_http_rfl_cand.c     keeps whom they lead to, each once
 * ngx_http_rfl_records.c  reads their records, best first
 * ngx_http_rfl_match.c    judges and ranks what was read
 * ngx_http_rfl_again.c    asks once more by the name of who was meant
 * ngx_http_rfl_verdict.c  remembers which signatures are right
 * ngx_http_rfl_hidden.c   leaves out what people have hidden
 *
 * Everything is in the search's own pool and ends with it.
 */


#ifndef _NGX_HTTP_RFL_SEARCH_H_INCLUDED_
#define _NGX_HTTP_RFL_SEARCH_H_INCLUDED_


#include "ngx_http_rfl.h"


/* slots read for one question, those of the lightest lists first */
#define NGX_HTTP_RFL_SLOTS_MAX    1536
/*
 * Slots in one HMGET, so that others' commands get their turn.  The first has
 * fewer, and each GROWTH times as many as the one before: often it has somebody
 * beside whom the heavier lists need not be read.
 */
#define NGX_HTTP_RFL_SLOTS        1024
#define NGX_HTTP_RFL_SLOTS_FIRST  64
#define NGX_HTTP_RFL_SLOTS_GROWTH 4

/* a value of another size is passed over, a much larger one is not RESP */
#define NGX_HTTP_RFL_VALUE_MAX    1024

/* records in one HMGET, and such HMGETs for one question */
#define NGX_HTTP_RFL_RECORDS      16
#define NGX_HTTP_RFL_BATCHES      16

/*
 * Candidates with a poorer hint are not read: hardly any of them would pass
 * the score, as lua-free-tests/names/eval.c measures it.  STRONG is for when
 * there is a strong result, or one to be hoped for because of its hint.
 */
#define NGX_HTTP_RFL_HINT_FINE    140
#define NGX_HTTP_RFL_HINT_WIDE    185
#define NGX_HTTP_RFL_HINT_STRONG  200
#define NGX_HTTP_RFL_HINT_HOPE    235

/* results kept until signatures are checked, best first */
#define NGX_HTTP_RFL_RESULTS      64


/* a key of the answer whose slot 0 opened; slots 1 .. count - 1 follow */

typedef struct {
    const u_char                 *t;
    ngx_uint_t                    class;
    ngx_uint_t                    unlikely;
    ngx_uint_t                    count;
    size_t                        weight;    /* RFL_WEIGHT() of the two */
} ngx_http_rfl_list_t;


/* a slot that is asked for */

typedef struct {
    ngx_http_rfl_list_t          *list;
    ngx_uint_t                    number;
} ngx_http_rfl_slot_t;


/* a record that some element leads to */

typedef struct {
    rfl_element_t                 element;
    u_char                        match;     /* rfl_name_hint_match(), 0: no */
    u_char                        lists;     /* in how many it was found, */
    ngx_uint_t                    count;     /* the shortest has so many, */
    const u_char                 *t;         /* and this T */
    size_t                        weight;    /* of the lightest */
    unsigned                      score;     /* 0: it did not reach the cut */
    unsigned                      read:1;
    unsigned                      proved:1;  /* by a second fact */
    unsigned                      gated:1;   /* not shown for lack of it */
} ngx_http_rfl_cand_t;


typedef struct {
    ngx_http_rfl_hit_t            hit;
    u_char                        key[RFL_RECORD_KEY_SIZE];
    rfl_str_t                     record;    /* exact bytes */
    ngx_uint_t                    verified;
    ngx_uint_t                    asked;     /* whether it is hidden */
} ngx_http_rfl_result_t;


typedef void (*ngx_http_rfl_step_pt)(ngx_http_rfl_search_t *s,
    ngx_rfl_op_t *op);


/* the first four members are laid out as those of ngx_connection_t */

typedef struct {
    ngx_http_rfl_search_t        *search;
    ngx_rfl_op_t                 *op;        /* the one in flight */
    ngx_http_rfl_step_pt          step;      /* what to do with its reply */
    ngx_socket_t                  fd;

    ngx_event_t                   deadline;
    rfl_name_t                   *typed;
    rfl_query_t                   query;     /* what is asked for now: */
    rfl_name_t                   *name;      /* its name */
    rfl_hint_memo_t              *memo;      /* of its hints, or NULL */
    rfl_name_memo_t              *names;     /* of its records, or NULL */
    unsigned                      lack;      /* of the score, beside typed */
    ngx_uint_t                    parts;     /* typed */
    ngx_uint_t                    facts;     /* 1: there are some */

    rfl_ask_e                     ask;
    rfl_answer_t                  answer;    /* the last one */
    uint64_t                      epoch;     /* of the first answer */
    rfl_epoch_name_t              hash;      /* of that of the last */
    ngx_uint_t                    cap;

    const char                  **argv;      /* of the current command */
    size_t                       *lens;
    ngx_uint_t                    argc;
    ngx_uint_t                    argmax;
    size_t                        drop;      /* of its shape; once */

    ngx_http_rfl_list_t          *lists;     /* and room for all keys */
    ngx_uint_t                    nlists;
    ngx_uint_t                    last;      /* of them are read for now */
    ngx_uint_t                    list;      /* where reading stands */
    ngx_uint_t                    slot;
    ngx_uint_t                    budget;    /* slots that may be read */
    ngx_uint_t                    portion;   /* of them at once */

    ngx_http_rfl_slot_t          *slots;     /* of the current command */
    ngx_uint_t                    nslots;

    ngx_http_rfl_cand_t          *cands;
    ngx_uint_t                    ncands;
    ngx_uint_t                    candmax;   /* a power of two */
    uint32_t                     *index;     /* 2 * candmax, 1 + number */

    ngx_http_rfl_cand_t         **order;     /* unread ones, best first */
    ngx_uint_t                    norder;
    ngx_uint_t                    next;      /* where reading stands */
    ngx_uint_t                    batch;     /* records of this HMGET */
    ngx_uint_t                    batches;

    ngx_http_rfl_result_t        *results;
    ngx_uint_t                    nresults;

    unsigned                      over;      /* RFL_OVER_*, passed over */
    unsigned                      gated:1;   /* some candidate is */
    unsigned                      deeper:1;  /* the answer has finer keys */
    unsigned                      scripts:1; /* of them those of a script */
    unsigned                      again:1;   /* by the name of who was found */
    unsigned                      restarted:1;
} ngx_http_rfl_state_t;


/*
 * ngx_http_rfl_search.c.  After any of these but args() the search may be
 * over and its memory gone.
 */

/* room for a command of n words */
ngx_int_t ngx_http_rfl_search_args(ngx_http_rfl_search_t *s, ngx_uint_t n);
/* sends the command; step() gets the reply */
void ngx_http_rfl_search_send(ngx_http_rfl_search_t *s,
    ngx_rfl_server_t *server, ngx_uint_t elements, size_t bulk,
    ngx_http_rfl_step_pt step);
/*
 * Lists overflowed: asks for finer keys, which have lists only there.  which:
 * bits, as in rfl_finer_t.
 */
void ngx_http_rfl_search_finer(ngx_http_rfl_search_t *s, const u_char *which,
    size_t size);
/* everything that this question led to was read */
void ngx_http_rfl_search_judge(ngx_http_rfl_search_t *s);
/* the epoch was replaced under way: once more from the beginning */
void ngx_http_rfl_search_restart(ngx_http_rfl_search_t *s);
void ngx_http_rfl_search_done(ngx_http_rfl_search_t *s,
    ngx_http_rfl_outcome_e outcome);


/*
 * ngx_http_rfl_read.c.  Reads slot 0 of all keys of the answer, with the
 * manifest, and what follows from it.
 */
void ngx_http_rfl_read_keys(ngx_http_rfl_search_t *s);

/*
 * Reads on in the lists, unless somebody was found beside whom heavier ones
 * need not be read, and one of his was to its end.  NGX_OK: there is nothing to
 * read; NGX_DONE: it is being read, or the search is over.
 */
ngx_int_t ngx_http_rfl_read_rest(ngx_http_rfl_search_t *s);

/*
 * Somebody was found whose pair overflowed: reads his namesakes in other
 * scripts, whose sounds, and so finer keys, differ.  Returns as read_rest().
 */
ngx_int_t ngx_http_rfl_read_scripts(ngx_http_rfl_search_t *s);

/* begins an HMGET of n labels, each of which is added by arg() */
ngx_int_t ngx_http_rfl_read_args(ngx_http_rfl_search_t *s, ngx_uint_t n);
void ngx_http_rfl_read_arg(ngx_http_rfl_search_t *s, const u_char *label);


/*
 * ngx_http_rfl_records.c.  Reads the next candidates that are worth it, or
 * judges what there is.
 */
void ngx_http_rfl_records(ngx_http_rfl_search_t *s);


/*
 * ngx_http_rfl_hidden.c.  NGX_OK: no result is hidden; NGX_DONE: this is
 * being asked for, or the search is over.
 */
ngx_int_t ngx_http_rfl_hidden(ngx_http_rfl_search_t *s);


/* ngx_http_rfl_cand.c */

/* Adds a candidate unless it is known already. */
ngx_int_t ngx_http_rfl_cand_add(ngx_http_rfl_search_t *s,
    const ngx_http_rfl_list_t *list, const rfl_element_t *element);

/* Is there one, not read yet, who by the hint may reach the score? */
ngx_uint_t ngx_http_rfl_cand_hope(ngx_http_rfl_search_t *s, unsigned score);

/* Leaves only those that fit; the others may do so beside another name. */
void ngx_http_rfl_cand_forget(ngx_http_rfl_search_t *s);

/* Puts the candidates that were not read in order, best first. */
ngx_int_t ngx_http_rfl_cand_order(ngx_http_rfl_search_t *s);

/* Weight of the lightest list that led to a result. */
size_t ngx_http_rfl_cand_weight(ngx_http_rfl_search_t *s,
    const ngx_http_rfl_result_t *result);

/* T of the shortest list of the best result, or NULL if none is strong. */
const u_char *ngx_http_rfl_cand_shortest(ngx_http_rfl_search_t *s);


/* ngx_http_rfl_match.c */

/*
 * Opens the element of a slot.  NGX_OK: *element is filled; NGX_DECLINED:
 * there is nothing usable.
 */
ngx_int_t ngx_http_rfl_match_open(ngx_http_rfl_search_t *s,
    const ngx_http_rfl_slot_t *slot, const ngx_rfl_reply_t *reply,
    rfl_element_t *element);

/*
 * Opens, judges and scores the record of a candidate; keeps it if it may be
 * shown.  NGX_ERROR is lack of memory only.
 */
ngx_int_t ngx_http_rfl_match_record(ngx_http_rfl_search_t *s,
    ngx_http_rfl_cand_t *cand, const ngx_rfl_reply_t *blocks);

/* Has a result with good signatures reached the score? */
ngx_uint_t ngx_http_rfl_match_reached(ngx_http_rfl_search_t *s,
    unsigned score);

/* Fills s->hits with the best that have good signatures. */
void ngx_http_rfl_match_hits(ngx_http_rfl_search_t *s);


/*
 * ngx_http_rfl_again.c.  NGX_OK: somebody was meant whose name was typed with
 * slips, and his name is to be asked for next, as a fine question;
 * NGX_DECLINED: nobody was.
 */
ngx_int_t ngx_http_rfl_again(ngx_http_rfl_search_t *s);


/* ngx_http_rfl_verdict.c */

ngx_int_t ngx_http_rfl_verdict_init(ngx_cycle_t *cycle, ngx_uint_t verdicts);
void ngx_http_rfl_verdict_exit(void);

/* Are the signatures of the result right?  Computed once. */
ngx_uint_t ngx_http_rfl_verdict(ngx_http_rfl_search_t *s,
    ngx_http_rfl_result_t *result);


#endif /* _NGX_HTTP_RFL_SEARCH_H_INCLUDED_ */
