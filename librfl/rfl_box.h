
/*
 * Copyright (C) The RFL authors
 *
 * rfl_box.h: what the public host seals and cannot open: the box with a
 * submission, to a key of the receiving society; what it seals for itself
 * for an hour: the hidden field between two pages and the token of a result;
 * and the code with which a person hides their own entry.
 *
 * schema/layout.md, "Inbox", describes the same for a second implementation.
 * All primitives are libsodium's; nothing here keeps state.
 */


#ifndef _RFL_BOX_H_INCLUDED_
#define _RFL_BOX_H_INCLUDED_


#include "rfl.h"
#include "rfl_form.h"
#include "rfl_policy.h"
#include "rfl_seal.h"


/*
 * A society's inbox key: X25519, good for a month or so, signed by the
 * society's root key (Ed25519, kept off line): signature over
 * "rfl.v1.inboxkey" | length of id 1 | society id | public 32 |
 * not_before 4 | not_after 4 (days, little-endian).
 */

#define RFL_BOX_PUBLIC_SIZE  32
#define RFL_BOX_SECRET_SIZE  32
/* a key is good for this long at most: not_after - not_before */
#define RFL_BOX_KEY_DAYS     62

/* RFL_DECLINED: no society id, or days that no key may have */
int rfl_box_key_sign(const u_char root[RFL_SIGN_SECRET_SIZE],
    const rfl_str_t *society, const u_char pk[RFL_BOX_PUBLIC_SIZE],
    int32_t not_before, int32_t not_after, u_char sig[RFL_SIGN_SIZE])
    rfl_must_check;
/* RFL_DECLINED: the signature is not right, or the root no good key */
int rfl_box_key_verify(const u_char root[RFL_SIGN_PUBLIC_SIZE],
    const rfl_str_t *society, const u_char pk[RFL_BOX_PUBLIC_SIZE],
    int32_t not_before, int32_t not_after, const u_char sig[RFL_SIGN_SIZE])
    rfl_must_check;

/* the start of BLAKE2b-128 of the key, "rfl.v1.boxkeyid-" */
void rfl_box_key_id(const u_char pk[RFL_BOX_PUBLIC_SIZE],
    u_char id[RFL_KEY_ID_SIZE]);

/*
 * The key of this society to seal to on a day: the one of those valid, not
 * retired and rightly signed that began last.  NULL: there is none, and
 * nothing may be stored.  Signatures were checked when the trust file was
 * read; dates are checked here.
 */
const rfl_inbox_key_t *rfl_box_key(const rfl_society_t *society, int32_t day);


/*
 * The box: version 1 | key id 8 | crypto_box_seal(length 4 | CBOR of the
 * submission | zeros).  One size for all.
 */

#define RFL_BOX_VERSION      1
#define RFL_BOX_PLAIN        8192
#define RFL_BOX_SIZE         (1 + RFL_KEY_ID_SIZE + RFL_BOX_PLAIN + 48)
#define RFL_BOX_CBOR_MAX     (RFL_BOX_PLAIN - 4)

/* RFL_ERROR: sealing failed; out is wiped then and must not be stored */
int rfl_box_seal(const u_char pk[RFL_BOX_PUBLIC_SIZE], const u_char *cbor,
    size_t len, u_char out[RFL_BOX_SIZE]) rfl_must_check;
/* the id of the key it is sealed to; RFL_DECLINED: not a box at all */
int rfl_box_id(const u_char *data, size_t len, u_char id[RFL_KEY_ID_SIZE])
    rfl_must_check;
/*
 * cbor points into plain, RFL_BOX_PLAIN bytes; RFL_DECLINED: does not open,
 * or is padded otherwise than rfl_box_seal() does
 */
int rfl_box_open(const u_char pk[RFL_BOX_PUBLIC_SIZE],
    const u_char sk[RFL_BOX_SECRET_SIZE], const u_char *data, size_t len,
    u_char plain[RFL_BOX_PLAIN], rfl_str_t *cbor) rfl_must_check;

/* "in:<society>:<yyyymmdd>", with a NUL that is not counted */

#define RFL_BOX_LIST_SIZE    64

size_t rfl_box_list(const rfl_str_t *society, int32_t day,
    u_char name[RFL_BOX_LIST_SIZE]);


/*
 * What the web server seals for itself: XChaCha20-Poly1305 under a key that
 * is made when it starts and lives in shared memory.  Base64url without
 * padding.
 */

#define RFL_FORM_KEY_SIZE    32

/* seconds */
#define RFL_FORM_LIFE        7200
#define RFL_FORM_YOUNG       2       /* nobody reads and writes that fast */
#define RFL_ENTRY_LIFE       3600

typedef struct {
    int64_t               first;     /* the form's first page was given out */
    int64_t               given;     /* this page was */
    unsigned              step;      /* it asks */
    unsigned              whole;     /* it came from the check page */
    unsigned              sent;      /* it was stored: for the text download */
    u_char                code[RFL_HIDE_CODE_SIZE];   /* if the form has one */
    rfl_submission_t      s;         /* with id; day and hide unset */
} rfl_form_state_t;

/* the answers are padded to a multiple of it before they are sealed */
#define RFL_FORM_PAD         1024

/*
 * RFL_DECLINED of the sealer: more answers than a box holds.  The opener
 * returns RFL_FORM_OLD for a page that is ours but was given out more than
 * RFL_FORM_LIFE ago, or from now, and RFL_DECLINED for anything forged or of
 * another form; state is wiped then.  Where the clock was set back by less,
 * the times in state are moved as if it had always been so.
 */

#define RFL_FORM_OLD         1

int rfl_form_seal(rfl_pool_t *pool, const u_char key[RFL_FORM_KEY_SIZE],
    const rfl_form_state_t *state, rfl_buf_t *out) rfl_must_check;
int rfl_form_open(rfl_pool_t *pool, const u_char key[RFL_FORM_KEY_SIZE],
    rfl_form_e form, int64_t now, const rfl_str_t *text,
    rfl_form_state_t *state) rfl_must_check;

/*
 * The id under which a submission is sent: made of the form's own and of all
 * answers, so that sending twice is one submission, in whatever language,
 * and sending a corrected one, after going back, is another: neither is lost.
 * RFL_DECLINED: more answers than a box holds.
 */
int rfl_form_id(rfl_pool_t *pool, const u_char key[RFL_FORM_KEY_SIZE],
    const rfl_submission_t *s, u_char id[RFL_SUBMISSION_ID_SIZE])
    rfl_must_check;

/* what a result's token says of its entry; strings in the pool */

typedef struct {
    u_char                ref[RFL_REF_SIZE];
    rfl_str_t             society;
    rfl_str_t             name;      /* the first one, to be shown again */
    int64_t               given;
} rfl_entry_token_t;

/* the opener as that of the hidden field; RFL_FORM_OLD by RFL_ENTRY_LIFE */
int rfl_entry_token_seal(const u_char key[RFL_FORM_KEY_SIZE],
    const rfl_entry_token_t *token, rfl_buf_t *out) rfl_must_check;
int rfl_entry_token_open(rfl_pool_t *pool,
    const u_char key[RFL_FORM_KEY_SIZE], int64_t now, const rfl_str_t *text,
    rfl_entry_token_t *token) rfl_must_check;


/*
 * The code that hides: 80 random bits, 16 digits of Crockford base32 and a
 * check symbol: "7ZK2-9QHM-4T1B-XW8C-R".  The record has
 * hide = BLAKE2b-256(; code; "rfl.v1.hidecode-"); the worker that is given
 * the code sets h:<BLAKE2b-128(; hide; "rfl.v1.hidelabel")> = code in index
 * Redis and appends it to "in:hide:<yyyymmdd>" of inbox Redis for the desk.
 */

#define RFL_HIDE_TEXT_SIZE   21
#define RFL_HIDE_LABEL_SIZE  (2 + RFL_LABEL_SIZE)     /* with "h:" */

void rfl_hide_format(const u_char code[RFL_HIDE_CODE_SIZE],
    u_char text[RFL_HIDE_TEXT_SIZE]);
/*
 * lower case, other separators, O I L U as typed by hand; RFL_DECLINED: not
 * a code, or the check symbol does not fit
 */
int rfl_hide_parse(const u_char *text, size_t len,
    u_char code[RFL_HIDE_CODE_SIZE]) rfl_must_check;
void rfl_hide_hash(const u_char code[RFL_HIDE_CODE_SIZE],
    u_char hide[RFL_HIDE_SIZE]);
void rfl_hide_label(const u_char hide[RFL_HIDE_SIZE],
    u_char label[RFL_HIDE_LABEL_SIZE]);
/* RFL_OK: data is the code of this hash; compared in constant time */
int rfl_hide_matches(const u_char hide[RFL_HIDE_SIZE], const u_char *data,
    size_t len) rfl_must_check;


/*
 * The reference of a submission, to be read aloud: the first 45 bits of its
 * id.  As letters: 9 digits of Crockford base32 and the check symbol modulo
 * 37 ("7ZK29-QHM4R").  As digits only: 14 digits and two check digits of
 * ISO 7064 MOD 97-10 ("1234 5678 9012 3456").
 */

#define RFL_RECEIPT_TEXT_SIZE    11
#define RFL_RECEIPT_DIGITS_SIZE  19
#define RFL_RECEIPT_SIZE         6     /* as bytes */
#define RFL_RECEIPT_LAST         0xf8  /* bits of the last one that count */

void rfl_receipt_format(const u_char id[RFL_SUBMISSION_ID_SIZE],
    u_char text[RFL_RECEIPT_TEXT_SIZE],
    u_char digits[RFL_RECEIPT_DIGITS_SIZE]);
/*
 * either form, however it was written down; the first 6 bytes of the id,
 * the last 3 bits zero; RFL_DECLINED: not one, or a check that does not fit
 */
int rfl_receipt_parse(const u_char *text, size_t len,
    u_char id[RFL_RECEIPT_SIZE]) rfl_must_check;


#endif /* _RFL_BOX_H_INCLUDED_ */
