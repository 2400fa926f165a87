
/*
 * Copyright (C) The RFL authors
 *
 * rfl_form_body.c: what came with the press of a button: the body of a form,
 * split into answers, hidden fields and the button.  Called by the worker,
 * which owns the pool.
 */


#include "rfl_form.h"
#include "rfl_pairs.h"

#include <stddef.h>


/* answers, check boxes, hidden fields, button and trap */
#define RFL_FORM_PAIRS   40

#define RFL_FORM_CHANGE  "change-"


typedef struct {
    rfl_str_t  name;
    unsigned   once;
    int      (*set)(rfl_form_body_t *out, const rfl_str_t *value);
} rfl_form_part_t;


static int rfl_form_pair(rfl_form_body_t *out, const rfl_str_t *name,
    const rfl_str_t *value, unsigned *parts, uint32_t *seen);
static int rfl_form_set_state(rfl_form_body_t *out, const rfl_str_t *value);
static int rfl_form_set_entry(rfl_form_body_t *out, const rfl_str_t *value);
static int rfl_form_set_trap(rfl_form_body_t *out, const rfl_str_t *value);
static int rfl_form_set_go(rfl_form_body_t *out, const rfl_str_t *value);
static int rfl_form_set_none(rfl_form_body_t *out, const rfl_str_t *value);


static const rfl_form_part_t  rfl_form_parts[] = {
    { rfl_string("state"), 0x01, rfl_form_set_state },
    { rfl_string("entry"), 0x02, rfl_form_set_entry },
    { rfl_string("go"), 0x04, rfl_form_set_go },
    { rfl_string(RFL_FORM_TRAP), 0x08, rfl_form_set_trap },
    /* of a search, where no form asks for it */
    { rfl_string("grandfather"), 0x10, rfl_form_set_none },
    { rfl_string("kind"), 0x20, rfl_form_set_none },
    { rfl_null_string, 0, NULL }
};

static const rfl_str_t  rfl_form_buttons[] = {
    [RFL_GO_NEXT] = rfl_string("next"),
    [RFL_GO_BACK] = rfl_string("back"),
    [RFL_GO_CHANGE] = rfl_null_string,
    [RFL_GO_SEND] = rfl_string("send"),
    [RFL_GO_LANG] = rfl_string("lang"),
    [RFL_GO_TEXT] = rfl_string("text")
};


int
rfl_form_body(rfl_pool_t *pool, const u_char *body, size_t len,
    rfl_form_body_t *out)
{
    int          rc;
    uint32_t     seen;
    unsigned     parts;
    rfl_str_t    name, value;
    rfl_pairs_t  pairs;

    memset(out, 0, sizeof(rfl_form_body_t));

    if (len > RFL_FORM_BODY_MAX) {
        return RFL_DECLINED;
    }

    seen = 0;
    parts = 0;
    rfl_pairs_init(&pairs, body, len, RFL_FORM_PAIRS);

    for ( ;; ) {
        rc = rfl_pairs_next(&pairs, pool, &name, &value);

        if (rc == RFL_PAIRS_END) {
            return RFL_OK;
        }

        if (rc == RFL_OK) {
            rc = rfl_form_pair(out, &name, &value, &parts, &seen);
        }

        if (rc != RFL_OK) {
            memset(out, 0, sizeof(rfl_form_body_t));
            return rc;
        }
    }
}


static int
rfl_form_pair(rfl_form_body_t *out, const rfl_str_t *name,
    const rfl_str_t *value, unsigned *parts, uint32_t *seen)
{
    uint32_t                bit;
    rfl_ask_field_e         field;
    const rfl_form_part_t  *part;

    for (part = rfl_form_parts; part->set != NULL; part++) {

        if (rfl_str_eq(&part->name, name)) {

            if (*parts & part->once) {
                return RFL_DECLINED;
            }

            *parts |= part->once;

            return part->set(out, value);
        }
    }

    field = rfl_ask_find(name->data, name->len);
    bit = (uint32_t) 1 << field;

    if (field == RFL_ASK_NONE
        || out->nvalues == sizeof(out->values) / sizeof(out->values[0])
        || ((*seen & bit) && rfl_ask_fields[field].type != RFL_ASK_SEVERAL))
    {
        return RFL_DECLINED;
    }

    *seen |= bit;

    out->values[out->nvalues].field = field;
    out->values[out->nvalues].value = *value;
    out->nvalues++;

    return RFL_OK;
}


static int
rfl_form_set_state(rfl_form_body_t *out, const rfl_str_t *value)
{
    out->state = *value;

    return RFL_OK;
}


static int
rfl_form_set_entry(rfl_form_body_t *out, const rfl_str_t *value)
{
    out->entry = *value;

    return RFL_OK;
}


static int
rfl_form_set_trap(rfl_form_body_t *out, const rfl_str_t *value)
{
    out->trapped = (value->len != 0);

    return RFL_OK;
}


static int
rfl_form_set_go(rfl_form_body_t *out, const rfl_str_t *value)
{
    size_t    len;
    rfl_go_e  go;

    if (value->len == 0) {
        return RFL_OK;
    }

    for (go = RFL_GO_NEXT; go <= RFL_GO_TEXT; go++) {
        if (rfl_str_eq(&rfl_form_buttons[go], value)) {
            out->go = go;
            return RFL_OK;
        }
    }

    len = sizeof(RFL_FORM_CHANGE) - 1;

    if (value->len != len + 1
        || memcmp(value->data, RFL_FORM_CHANGE, len) != 0
        || value->data[len] < '0'
        || value->data[len] >= '0' + RFL_STEPS_MAX)
    {
        return RFL_DECLINED;
    }

    out->go = RFL_GO_CHANGE;
    out->step = (unsigned) (value->data[len] - '0');

    return RFL_OK;
}


static int
rfl_form_set_none(rfl_form_body_t *out, const rfl_str_t *value)
{
    return RFL_OK;
}
