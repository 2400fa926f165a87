
/*
 * Copyright (C) The RFL authors
 *
 * check_pages.h: what the files of check-pages share.
 */


#ifndef _RFL_CHECK_PAGES_H_INCLUDED_
#define _RFL_CHECK_PAGES_H_INCLUDED_


#include "rfl.h"


#define CHECK_FILE_MAX  (1024 * 1024)

/*
 * A page on the wire, not compressed; and ten notices with all there can be,
 * which leaves 3 KB of what an answer is filled up to for longer names.
 */
#define CHECK_PAGE_MAX     12288
#define CHECK_RESULTS_MAX  17408
/* of the moderators' desk, with all that may be on it */
#define CHECK_DESK_MAX     61440


/*
 * Makes en-XA.po and ar-XB.po in the folder out from the en.po of the pages.
 */
int check_pseudo(rfl_pool_t *pool, const char *pages, const char *out,
    rfl_err_t *err) rfl_must_check;


/*
 * The moderators' desk: words and templates of the folder desk/ of the pages,
 * each page rendered with all that may be on it, in every language; written
 * to out/LANG/desk-PAGE.html unless out is NULL.  pseudo, if not NULL: the
 * folder with en-XA.po and ar-XB.po of the desk.  fault is told of each fault.
 * RFL_ERROR: out of memory.
 */
typedef void (*check_fault_pt)(void *data, const char *text);

int check_desk(rfl_pool_t *pool, const char *pages, const char *pseudo,
    const char *out, check_fault_pt fault, void *data) rfl_must_check;


#endif /* _RFL_CHECK_PAGES_H_INCLUDED_ */
