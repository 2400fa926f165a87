
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_inbox.h: what the files of "rflctl inbox" share.
 */


#ifndef _RFLCTL_INBOX_H_INCLUDED_
#define _RFLCTL_INBOX_H_INCLUDED_


#include "rfl.h"
#include "rfl_form.h"
#include "rflctl.h"


/*
 * A submission for people, on standard output.  What could move the cursor,
 * reorder the line or hide is printed as "\u202e".
 */
void rflctl_inbox_show(const rfl_submission_t *s);


#endif /* _RFLCTL_INBOX_H_INCLUDED_ */
