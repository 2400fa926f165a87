
/*
 * Copyright (C) The RFL authors
 *
 * rfl_spool.h: the confidential case system is never connected: files go to
 * and come from a spool folder (in the state folder, or a mount).
 *
 *     spool/out/<id>.ndjson       submission and draft, one line
 *     spool/out/<id>.xml          the same as PFIF 1.4
 *     spool/out/<id>.sig          names, sizes and hashes of both, signed by
 *                                 the moderator who handed over
 *     spool/out/<id>.receipt      made by the case system: what is handed
 *                                 over is purged at the desk
 *     spool/in/<name>.ndjson      drafts from the case system; read, they
 *                                 become spool/in/<name>.ndjson.done
 *     spool/in/<name>.xml         the same of PFIF 1.4: to match, to keep or
 *                                 to close, since PFIF knows of no consent
 *
 * Files appear whole or not at all.  <id> is that of the item.
 */


#ifndef _RFL_SPOOL_H_INCLUDED_
#define _RFL_SPOOL_H_INCLUDED_


#include "rfl.h"
#include "rfl_item.h"
#include "rfl_work.h"


#define RFL_SPOOL_DIR        "spool"


/* writes the three files of an item; may be repeated.  By rfl_review_do() */
int rfl_spool_out(rfl_work_t *work, rfl_pool_t *pool,
    const rfl_item_t *item, rfl_err_t *err) rfl_must_check;

/*
 * Looks for receipts: items that wait for one are purged (of what is
 * published the draft stays, the submission goes), files are removed.  A
 * receipt whose first line is not the hash of the .sig file in hexadecimal
 * is left alone and counted.
 */
int rfl_spool_receipts(rfl_work_t *work, unsigned *purged, unsigned *wrong,
    rfl_err_t *err) rfl_must_check;

/*
 * Drafts and persons of spool/in become items of kind import, never public by
 * themselves.  A file with a fault is left alone; faults are appended as
 * "file:line: fault", one a line.
 */
int rfl_spool_import(rfl_work_t *work, unsigned *n, rfl_buf_t *faults,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFL_SPOOL_H_INCLUDED_ */
