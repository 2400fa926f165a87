
/*
 * Copyright (C) The RFL authors
 *
 * rfl_form.c: the tables of fields, forms and steps that everything about
 * submissions goes by.  Constant; owns nothing.
 *
 * The longest texts are such that each form fits into a box in any script of
 * three bytes a letter; rfl_form_step() watches over those of four.
 */


#include "rfl_form.h"


/* of a text in code points */
#define RFL_ASK_SHORT    60
#define RFL_ASK_PERSON   120       /* a name with all its forefathers */
#define RFL_ASK_PLACE_MAX  150
#define RFL_ASK_MAIL_MAX   160
#define RFL_ASK_SOME     300
#define RFL_ASK_MORE     500
#define RFL_ASK_MOST     1200


/* the numbers of values are in boxes: append only, to submission.cddl, too */

static const rfl_str_t  rfl_ask_adults[] = {
    rfl_string(""),
    [RFL_ASK_ADULT_YES] = rfl_string("yes"),
    [RFL_ASK_ADULT_NO] = rfl_string("no"),
    rfl_string("unknown")
};

static const rfl_str_t  rfl_ask_consents[] = {
    rfl_string(""),
    [RFL_ASK_MATCH_ONLY] = rfl_string("match_only"),
    [RFL_ASK_SEARCHABLE] = rfl_string("searchable")
};

static const rfl_str_t  rfl_ask_shows[] = {
    rfl_string(""),
    rfl_string("age_band"),
    rfl_string("sex"),
    rfl_string("origin"),
    rfl_string("status")
};

static const rfl_str_t  rfl_ask_wishes[] = {
    rfl_string(""),
    [RFL_WISH_HIDE] = rfl_string("hide"),
    [RFL_WISH_RENEW] = rfl_string("renew")
};

static const rfl_str_t  rfl_ask_whys[] = {
    rfl_string(""),
    rfl_string("me"),
    rfl_string("danger"),
    rfl_string("child"),
    rfl_string("false"),
    rfl_string("other")
};

static const unsigned  rfl_ask_nadults = rfl_nelts(rfl_ask_adults);
static const unsigned  rfl_ask_nconsents = rfl_nelts(rfl_ask_consents);
static const unsigned  rfl_ask_nshows = rfl_nelts(rfl_ask_shows);
static const unsigned  rfl_ask_nwishes = rfl_nelts(rfl_ask_wishes);
static const unsigned  rfl_ask_nwhys = rfl_nelts(rfl_ask_whys);


/*
 * autocomplete is for what people say of themselves (WCAG 1.3.5): a browser
 * that fills in its owner's name for the person they miss does harm.
 */

const rfl_ask_field_t  rfl_ask_fields[RFL_ASK_N] = {

    [RFL_ASK_NONE] =
        { rfl_string(""), RFL_ASK_LINE, 0, NULL, NULL, "off" },

    [RFL_ASK_ADULT] =
        { rfl_string("adult"), RFL_ASK_CHOICE, 0, rfl_ask_adults,
          &rfl_ask_nadults, "off" },

    [RFL_ASK_NAME] =
        { rfl_string("name"), RFL_ASK_LINE, RFL_ASK_PERSON, NULL, NULL,
          "off" },

    [RFL_ASK_NAME_OTHER] =
        { rfl_string("name_other"), RFL_ASK_LINE, RFL_ASK_PERSON, NULL, NULL,
          "off" },

    [RFL_ASK_FATHER] =
        { rfl_string("father"), RFL_ASK_LINE, RFL_ASK_PERSON, NULL, NULL,
          "off" },

    [RFL_ASK_MOTHER] =
        { rfl_string("mother"), RFL_ASK_LINE, RFL_ASK_PERSON, NULL, NULL,
          "off" },

    [RFL_ASK_BIRTH_YEAR] =
        { rfl_string("birth_year"), RFL_ASK_DIGITS, RFL_ASK_SHORT, NULL, NULL,
          "off" },

    [RFL_ASK_AGE] =
        { rfl_string("age"), RFL_ASK_DIGITS, RFL_ASK_SHORT, NULL, NULL,
          "off" },

    [RFL_ASK_SEX] =
        { rfl_string("sex"), RFL_ASK_CHOICE, 0, rfl_sexes, &rfl_nsexes,
          "off" },

    [RFL_ASK_COUNTRY] =
        { rfl_string("country"), RFL_ASK_SELECT, 2, NULL, NULL, "off" },

    [RFL_ASK_PLACE] =
        { rfl_string("place"), RFL_ASK_LINE, RFL_ASK_PLACE_MAX, NULL, NULL,
          "off" },

    [RFL_ASK_PHONE] =
        { rfl_string("phone"), RFL_ASK_TEL, RFL_ASK_SHORT, NULL, NULL,
          "tel" },

    [RFL_ASK_EMAIL] =
        { rfl_string("email"), RFL_ASK_MAIL, RFL_ASK_MAIL_MAX, NULL, NULL,
          "email" },

    [RFL_ASK_REACH] =
        { rfl_string("reach"), RFL_ASK_TEXT, RFL_ASK_SOME, NULL, NULL,
          "off" },

    [RFL_ASK_TALK] =
        { rfl_string("talk"), RFL_ASK_LINE, RFL_ASK_PERSON, NULL, NULL,
          "off" },

    [RFL_ASK_CONSENT] =
        { rfl_string("consent"), RFL_ASK_CHOICE, 0, rfl_ask_consents,
          &rfl_ask_nconsents, "off" },

    [RFL_ASK_SHOW] =
        { rfl_string("show"), RFL_ASK_SEVERAL, 0, rfl_ask_shows,
          &rfl_ask_nshows, "off" },

    [RFL_ASK_STATUS] =
        { rfl_string("status"), RFL_ASK_CHOICE, 0, rfl_statuses,
          &rfl_nstatuses, "off" },

    [RFL_ASK_EVENT] =
        { rfl_string("event"), RFL_ASK_SELECT, 32, NULL, NULL, "off" },

    [RFL_ASK_RELATION] =
        { rfl_string("relation"), RFL_ASK_SELECT, 0, rfl_relations,
          &rfl_nrelations, "off" },

    [RFL_ASK_TIE] =
        { rfl_string("tie"), RFL_ASK_TEXT, RFL_ASK_SOME, NULL, NULL, "off" },

    [RFL_ASK_LAST_WHEN] =
        { rfl_string("last_when"), RFL_ASK_LINE, RFL_ASK_PERSON, NULL, NULL,
          "off" },

    [RFL_ASK_LAST_WHERE] =
        { rfl_string("last_where"), RFL_ASK_TEXT, RFL_ASK_SOME, NULL, NULL,
          "off" },

    [RFL_ASK_SENDER] =
        { rfl_string("sender"), RFL_ASK_LINE, RFL_ASK_PERSON, NULL, NULL,
          "name" },

    [RFL_ASK_MESSAGE] =
        { rfl_string("message"), RFL_ASK_TEXT, RFL_ASK_MOST, NULL, NULL,
          "off" },

    [RFL_ASK_WISH] =
        { rfl_string("wish"), RFL_ASK_CHOICE, 0, rfl_ask_wishes,
          &rfl_ask_nwishes, "off" },

    [RFL_ASK_CODE] =
        { rfl_string("code"), RFL_ASK_LINE, RFL_ASK_SHORT, NULL, NULL,
          "off" },

    [RFL_ASK_WHY] =
        { rfl_string("why"), RFL_ASK_CHOICE, 0, rfl_ask_whys, &rfl_ask_nwhys,
          "off" },

    [RFL_ASK_WORDS] =
        { rfl_string("words"), RFL_ASK_TEXT, RFL_ASK_MORE, NULL, NULL, "off" }
};


/* bit i of required is fields[i] */

const rfl_form_t  rfl_forms[RFL_FORMS_N] = {

    [RFL_FORM_NONE] = { rfl_string(""), 0, 0, 0, { { .n = 0 } } },

    [RFL_FORM_ALIVE] = { rfl_string("alive"), 0, 1, 5, {

        { rfl_string("adult"), 1, { RFL_ASK_ADULT }, 0x01 },

        { rfl_string("name"), 4,
          { RFL_ASK_NAME, RFL_ASK_NAME_OTHER, RFL_ASK_FATHER,
            RFL_ASK_MOTHER }, 0x01 },

        { rfl_string("about"), 6,
          { RFL_ASK_BIRTH_YEAR, RFL_ASK_AGE, RFL_ASK_SEX, RFL_ASK_COUNTRY,
            RFL_ASK_PLACE, RFL_ASK_EVENT }, 0 },

        { rfl_string("reach"), 4,
          { RFL_ASK_PHONE, RFL_ASK_EMAIL, RFL_ASK_REACH, RFL_ASK_TALK },
          0x04 },

        { rfl_string("publish"), 3,
          { RFL_ASK_CONSENT, RFL_ASK_STATUS, RFL_ASK_SHOW }, 0x01 }
    } },

    [RFL_FORM_LOOKING] = { rfl_string("looking"), 0, 1, 6, {

        { rfl_string("who"), 4,
          { RFL_ASK_NAME, RFL_ASK_NAME_OTHER, RFL_ASK_FATHER,
            RFL_ASK_MOTHER }, 0x01 },

        { rfl_string("about"), 6,
          { RFL_ASK_BIRTH_YEAR, RFL_ASK_AGE, RFL_ASK_SEX, RFL_ASK_COUNTRY,
            RFL_ASK_PLACE, RFL_ASK_EVENT }, 0 },

        { rfl_string("tie"), 2, { RFL_ASK_RELATION, RFL_ASK_TIE }, 0x01 },

        { rfl_string("last"), 3,
          { RFL_ASK_LAST_WHEN, RFL_ASK_LAST_WHERE, RFL_ASK_WORDS }, 0 },

        { rfl_string("you"), 5,
          { RFL_ASK_SENDER, RFL_ASK_PHONE, RFL_ASK_EMAIL, RFL_ASK_REACH,
            RFL_ASK_TALK }, 0x09 },

        { rfl_string("publish"), 1, { RFL_ASK_CONSENT }, 0x01 }
    } },

    [RFL_FORM_MESSAGE] = { rfl_string("message"), 1, 0, 2, {

        { rfl_string("message"), 1, { RFL_ASK_MESSAGE }, 0x01 },

        { rfl_string("you"), 6,
          { RFL_ASK_SENDER, RFL_ASK_RELATION, RFL_ASK_PHONE, RFL_ASK_EMAIL,
            RFL_ASK_REACH, RFL_ASK_TALK }, 0x11 }
    } },

    /* one page: what must go fast is done with the code alone */

    [RFL_FORM_WITHDRAW] = { rfl_string("withdraw"), 0, 0, 1, {

        { rfl_string("which"), 7,
          { RFL_ASK_WISH, RFL_ASK_CODE, RFL_ASK_NAME, RFL_ASK_WORDS,
            RFL_ASK_PHONE, RFL_ASK_EMAIL, RFL_ASK_REACH }, 0 }
    } },

    [RFL_FORM_REPORT] = { rfl_string("report"), 1, 0, 2, {

        { rfl_string("why"), 2, { RFL_ASK_WHY, RFL_ASK_WORDS }, 0x01 },

        { rfl_string("you"), 5,
          { RFL_ASK_SENDER, RFL_ASK_PHONE, RFL_ASK_EMAIL, RFL_ASK_REACH,
            RFL_ASK_TALK }, 0 }
    } }
};


const rfl_str_t  rfl_ask_faults[RFL_ASK_FAULTS_N] = {
    [RFL_ASK_FAULT_NONE] = rfl_string(""),
    [RFL_ASK_FAULT_EMPTY] = rfl_string("empty"),
    [RFL_ASK_FAULT_LONG] = rfl_string("long"),
    [RFL_ASK_FAULT_CHARS] = rfl_string("chars"),
    [RFL_ASK_FAULT_VALUE] = rfl_string("value")
};


rfl_ask_field_e
rfl_ask_find(const u_char *name, size_t len)
{
    rfl_str_t        text;
    rfl_ask_field_e  field;

    text.data = (u_char *) name;
    text.len = len;

    for (field = RFL_ASK_NONE + 1; field < RFL_ASK_N; field++) {
        if (rfl_str_eq(&rfl_ask_fields[field].name, &text)) {
            return field;
        }
    }

    return RFL_ASK_NONE;
}


int
rfl_form_asks(rfl_form_e form, rfl_ask_field_e field)
{
    unsigned           i, k;
    const rfl_step_t  *step;

    for (i = 0; i < rfl_forms[form].nsteps; i++) {
        step = &rfl_forms[form].steps[i];

        for (k = 0; k < step->n; k++) {
            if (step->fields[k] == field) {
                return 1;
            }
        }
    }

    return 0;
}
