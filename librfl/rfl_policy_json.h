
/*
 * Copyright (C) The RFL authors
 *
 * rfl_policy_json.h: what the readers of policy and trust files share.
 */


#ifndef _RFL_POLICY_JSON_H_INCLUDED_
#define _RFL_POLICY_JSON_H_INCLUDED_


#include "rfl_json.h"


#define RFL_LINE_MAX  200          /* code points of a name, an address, ... */

/* rfl_texts_t; arg: const size_t, the longest text in code points */
int rfl_json_read_texts(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *m, void *data);


#endif /* _RFL_POLICY_JSON_H_INCLUDED_ */
