
/*
 * Copyright (C) The RFL authors
 *
 * form.h: for tests about forms: a body goes through the reader of a step,
 * and a form gets an answer to everything it asks.  After unit.h.
 */


#ifndef _UNIT_FORM_H_INCLUDED_
#define _UNIT_FORM_H_INCLUDED_


#include "entry.h"
#include "rfl_form.h"
#include "rfl_box.h"


static rfl_pool_t       *pool;
static rfl_policy_t     *policy;

static rfl_form_body_t   body;
static rfl_submission_t  s;
static rfl_ask_fault_e   faults[RFL_STEP_FIELDS];


/* what the readers need; 0: bail out */

static inline int
form_init(void)
{
    rfl_err_t  err;
    rfl_str_t  text;

    pool = rfl_pool_create(65536);
    entry_init();
    text = entry_str(entry_policy);

    if (rfl_name_init(&err) != RFL_OK
        || rfl_policy_parse(pool, &text, &policy, &err) != RFL_OK)
    {
        printf("Bail out! %s\n", err.text);
        return 0;
    }

    return 1;
}


/* from memory of exactly that size, so that ASan sees what reads beyond */

static inline int
split(const char *text, size_t len)
{
    int      rc;
    u_char  *copy;

    copy = malloc(len);

    if (len != 0) {
        memcpy(copy, text, len);
    }

    rc = rfl_form_body(pool, copy, len, &body);

    free(copy);

    return rc;
}


/* one step of a form; -10 if the body is refused */

static inline int
take(rfl_form_e form, unsigned step, const char *text)
{
    if (split(text, strlen(text)) != RFL_OK) {
        return -10;
    }

    return rfl_form_step(pool, &body, form, step, policy, ENTRY_NOW, &s,
                         faults);
}


static inline void
fresh(rfl_form_e form)
{
    memset(&s, 0, sizeof(s));
    s.form = form;
}


/* an answer to everything that the form asks */

static inline void
fill(rfl_form_e form)
{
    unsigned          i;
    static const char *const  all[RFL_FORMS_N][RFL_STEPS_MAX] = {
        [RFL_FORM_ALIVE] = {
            "adult=yes",
            "name=%D8%A3%D9%85%D9%8A%D9%86%D8%A9&name_other=Amina&father=F"
            "&mother=M",
            "birth_year=1990&age=36&sex=f&country=SY&place=a+town"
            "&event=flood-2026",
            "phone=0912345&email=a@b.example&reach=one%0Atwo&talk=ar",
            "consent=searchable&status=safe&show=age_band&show=status"
        },
        [RFL_FORM_LOOKING] = {
            "name=Amina&name_other=B&father=F&mother=M",
            "birth_year=1990&age=36&sex=x&country=SY&place=P&event=quake",
            "relation=mother&tie=T",
            "last_when=May&last_where=W&words=one%0A%0Atwo",
            "sender=S&phone=0912345&email=a@b.example&reach=R&talk=en",
            "consent=match_only"
        },
        [RFL_FORM_MESSAGE] = {
            "message=one%0Atwo",
            "sender=S&relation=friend&phone=0912345&email=a@b.example"
            "&reach=R&talk=fr"
        },
        [RFL_FORM_WITHDRAW] = {
            "wish=renew&code=0000-0000-0000-0000-0&name=N&words=W"
            "&phone=0912345&email=a@b.example&reach=R"
        },
        [RFL_FORM_REPORT] = {
            "why=danger&words=W",
            "sender=S&phone=0912345&email=a@b.example&reach=R&talk=fr"
        }
    };

    fresh(form);

    for (i = 0; i < rfl_forms[form].nsteps; i++) {
        unit_int(take(form, i, all[form][i]), 0, "step %s",
                 (char *) rfl_forms[form].steps[i].name.data);
    }

    memset(s.id, 0xa5, sizeof(s.id));
    s.day = ENTRY_TODAY;
    rfl_str_set(&s.lang, "ar");
    rfl_str_set(&s.society, "northland");
    s.has_ref = rfl_forms[form].entry;
    s.has_hide = rfl_forms[form].code;

    if (s.has_ref) {
        memset(s.ref, 0x11, sizeof(s.ref));
    }

    if (s.has_hide) {
        memset(s.hide, 0x22, sizeof(s.hide));
    }
}


#endif /* _UNIT_FORM_H_INCLUDED_ */
