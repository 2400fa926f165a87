
/*
 * Copyright (C) The RFL authors
 *
 * rflctl_staff.h: what the commands of "rflctl staff" share: staff.json.
 */


#ifndef _RFLCTL_STAFF_H_INCLUDED_
#define _RFLCTL_STAFF_H_INCLUDED_


#include "rfl_staff.h"
#include "rflctl.h"


typedef struct {
    char           *path;          /* staff.json */
    json_t         *root;
    rfl_staff_t    *staff;         /* NULL: there is no such file yet */
} rflctl_staff_t;


/* the caller releases root, whatever is returned; RFL_DECLINED: no such file */
int rflctl_staff_open(rflctl_t *ctl, rflctl_staff_t *s, rfl_err_t *err);
/* what is to be written; RFL_DECLINED: it would not be read again */
int rflctl_staff_text(rflctl_t *ctl, rflctl_staff_t *s, rfl_str_t *text,
    rfl_err_t *err);
/* 1 if a key of the trust file counts today */
int rflctl_staff_trusted(const rfl_trust_t *trust,
    const u_char id[RFL_KEY_ID_SIZE], int32_t today);
/* "2026-11-22"; NULL: out of memory */
json_t *rflctl_staff_day(int32_t day);


#endif /* _RFLCTL_STAFF_H_INCLUDED_ */
