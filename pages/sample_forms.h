
/*
 * Copyright (C) The RFL authors
 *
 * sample_forms.h: every page of the forms, one after the other, as a visitor
 * may meet it: empty, with faults, filled in.  For check-pages and for the
 * tests of the pages.  Included once by a program, after sample_site.h.
 */


#ifndef _RFL_SAMPLE_FORMS_H_INCLUDED_
#define _RFL_SAMPLE_FORMS_H_INCLUDED_


#include "sample_site.h"
#include "rfl_pages_form.h"

#include <stdio.h>


#define SAMPLE_EMPTY      0
#define SAMPLE_FAULTS     1
#define SAMPLE_FILLED     2

typedef struct {
    rfl_page_e        page;
    rfl_form_e        form;
    unsigned          step;
    unsigned          how;         /* SAMPLE_* */
    char              name[64];    /* "step-alive-name-faults" */
} sample_form_t;


static const struct {
    rfl_ask_field_e  ask;
    const char      *text;
} sample_answers[] = {
    { RFL_ASK_NAME, "أمينة حداد" },
    { RFL_ASK_NAME_OTHER, "Amina Haddad" },
    { RFL_ASK_FATHER, "Yusuf" },
    { RFL_ASK_MOTHER, "فاطمة" },
    { RFL_ASK_BIRTH_YEAR, "1987" },
    { RFL_ASK_AGE, "39" },
    { RFL_ASK_COUNTRY, "SY" },
    { RFL_ASK_PLACE, "Port Arcadia, حي الميناء" },
    { RFL_ASK_PHONE, "+00 555 01 23" },
    { RFL_ASK_EMAIL, "amina@example.org" },
    { RFL_ASK_REACH, "My neighbour Layla, in the evening:\n+00 555 04 56" },
    { RFL_ASK_TALK, "العربية, English" },
    { RFL_ASK_EVENT, "flood-2025" },
    { RFL_ASK_TIE, "We lived in the same house." },
    { RFL_ASK_LAST_WHEN, "Spring 2024" },
    { RFL_ASK_LAST_WHERE, "At the station" },
    { RFL_ASK_SENDER, "Yusuf Haddad" },
    { RFL_ASK_MESSAGE, "We are well.\nأخبرونا كيف حالك." },
    { RFL_ASK_CODE, "7ZK2-9QHM-4T1B-XW8C-R" },
    { RFL_ASK_WORDS, "He speaks softly." }
};

#define SAMPLE_ANSWERS  (sizeof(sample_answers) / sizeof(sample_answers[0]))


/* the pages of forms that are no steps; "any" form that reaches them */

static const struct {
    rfl_page_e   page;
    const char  *name;
    unsigned     forms;            /* bits of rfl_form_e */
} sample_ends[] = {
    { RFL_PAGE_CHECK, "check", 0x3e },
    { RFL_PAGE_SENT, "sent", 0x3e },
    { RFL_PAGE_LATE, "late", 1 << RFL_FORM_ALIVE | 1 << RFL_FORM_MESSAGE },
    { RFL_PAGE_HIDDEN, "hidden", 1 << RFL_FORM_WITHDRAW },
    { RFL_PAGE_MINOR, "minor", 1 << RFL_FORM_ALIVE },
    { RFL_PAGE_NOT_SENT, "notsent", 1 << RFL_FORM_ALIVE }
};

#define SAMPLE_ENDS  (sizeof(sample_ends) / sizeof(sample_ends[0]))


/*
 * As long as a real one with many answers; beside a fault of every field, which
 * nobody has at once, with as many as most people have.
 */

#define SAMPLE_STATE_FAULTS  2880

static u_char  sample_state[4096];


/* the one with this number, 0 past the last */

static inline int
sample_form(unsigned i, sample_form_t *sample)
{
    unsigned           form, end;
    const rfl_form_t  *f;

    static const char *const  hows[] = { "", "-faults", "-filled" };

    memset(sample, 0, sizeof(sample_form_t));

    for (form = RFL_FORM_NONE + 1; form < RFL_FORMS_N; form++) {
        f = &rfl_forms[form];
        sample->form = (rfl_form_e) form;

        if (i < f->nsteps * 3) {
            sample->page = RFL_PAGE_STEP;
            sample->step = i / 3;
            sample->how = i % 3;

            (void) snprintf(sample->name, sizeof(sample->name),
                            "step-%s-%s%s", (char *) f->name.data,
                            (char *) f->steps[sample->step].name.data,
                            hows[sample->how]);
            return 1;
        }

        i -= f->nsteps * 3;

        for (end = 0; end < SAMPLE_ENDS; end++) {

            if (!(sample_ends[end].forms >> form & 1)) {
                continue;
            }

            if (i-- == 0) {
                sample->page = sample_ends[end].page;
                sample->how = SAMPLE_FILLED;

                (void) snprintf(sample->name, sizeof(sample->name), "%s-%s",
                                sample_ends[end].name, (char *) f->name.data);
                return 1;
            }
        }
    }

    return 0;
}


/* hostile: in the place of every text; or NULL */

static inline void
sample_submission(const sample_form_t *sample, const char *hostile,
    rfl_submission_t *s)
{
    unsigned     i;
    const char  *text;

    memset(s, 0, sizeof(rfl_submission_t));
    memset(s->id, 0x5a, sizeof(s->id));

    s->form = sample->form;

    if (sample->how == SAMPLE_EMPTY) {
        return;
    }

    for (i = 0; i < SAMPLE_ANSWERS; i++) {
        text = hostile ? hostile : sample_answers[i].text;
        s->values[sample_answers[i].ask].text.data = (u_char *) text;
        s->values[sample_answers[i].ask].text.len = strlen(text);
    }

    s->values[RFL_ASK_ADULT].choice = 1;
    s->values[RFL_ASK_SEX].choice = 2;
    s->values[RFL_ASK_CONSENT].choice = 2;
    s->values[RFL_ASK_SHOW].several = 0x16;
    s->values[RFL_ASK_STATUS].choice = 1;
    s->values[RFL_ASK_RELATION].choice = 4;
    s->values[RFL_ASK_WISH].choice = 2;
    s->values[RFL_ASK_WHY].choice = 2;
}


static inline rfl_tpl_value_t *
sample_form_values(rfl_pool_t *pool, const rfl_site_t *site, unsigned lang,
    const sample_form_t *sample, const char *hostile)
{
    int                 rc;
    unsigned            i;
    rfl_str_t           state, entry;
    rfl_tpl_value_t    *values;
    rfl_ask_fault_e     faults[RFL_STEP_FIELDS];
    rfl_submission_t   *s;
    rfl_entry_token_t   about, *token;

    static const u_char  code[RFL_HIDE_CODE_SIZE] = "arcadian!";

    values = rfl_page_values(pool, sample->page);
    s = rfl_palloc(pool, sizeof(rfl_submission_t));

    if (values == NULL || s == NULL
        || rfl_page_common(pool, site, lang, sample->page, values) != RFL_OK)
    {
        return NULL;
    }

    sample_submission(sample, hostile, s);

    memset(sample_state, 'k', sizeof(sample_state));
    state.data = sample_state;
    state.len = (sample->how == SAMPLE_FAULTS) ? SAMPLE_STATE_FAULTS
                                               : sizeof(sample_state);
    entry.data = sample_state;
    entry.len = 180;

    memset(&about, 0, sizeof(rfl_entry_token_t));
    about.name.data = (u_char *) (hostile ? hostile : "أمينة حداد");
    about.name.len = strlen((char *) about.name.data);
    token = rfl_forms[sample->form].entry ? &about : NULL;

    if (token == NULL) {
        rfl_str_null(&entry);
    }

    switch (sample->page) {

    case RFL_PAGE_STEP:

        for (i = 0; i < RFL_STEP_FIELDS; i++) {
            faults[i] = (rfl_ask_fault_e) (RFL_ASK_FAULT_EMPTY + i % 4);
        }

        rc = rfl_page_step(pool, site, lang, s, sample->step,
                           sample->how == SAMPLE_FAULTS ? faults : NULL,
                           &state, &entry, token, values);
        break;

    case RFL_PAGE_CHECK:
        rc = rfl_page_check(pool, site, lang, s, &state, &entry, token,
                            values);
        break;

    case RFL_PAGE_SENT:
        rc = rfl_page_sent(pool, site, lang, s,
                           rfl_forms[s->form].code ? code : NULL, &state,
                           values);
        break;

    default:
        rc = rfl_page_of_form(pool, site, lang, s->form,
                              sample->page == RFL_PAGE_NOT_SENT ? &state
                                                                : NULL,
                              NULL, NULL, values);
        break;
    }

    return (rc == RFL_OK) ? values : NULL;
}


#endif /* _RFL_SAMPLE_FORMS_H_INCLUDED_ */
