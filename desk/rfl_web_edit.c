
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_edit.c: the form with which a moderator mends a draft: its values,
 * its reading, and both sides when somebody else was quicker.
 */


#include "rfl_web_int.h"


/* an empty line for one more name */
#define RFL_WEB_NAME_SPARE   1


/* a value of a closed list: "edit.sex", field "sex", words "sex.f" */

typedef struct {
    const char       *label;
    const char       *name;
    const rfl_str_t  *list;
    const unsigned   *n;
    size_t            offset;      /* of rfl_changes_t */
    rfl_web_item_e    value;       /* of the page */
} rfl_web_choice_t;


static int rfl_web_edit_names(rfl_web_ask_t *ask,
    const rfl_changes_t *changes, rfl_tpl_value_t *values);
static int rfl_web_edit_lists(rfl_web_ask_t *ask,
    const rfl_changes_t *changes, rfl_tpl_value_t *values);
static rfl_str_t rfl_web_date(rfl_web_ask_t *ask, int64_t time);
static rfl_str_t rfl_web_country(rfl_web_ask_t *ask, const rfl_str_t *code);
static rfl_str_t rfl_web_number(rfl_web_ask_t *ask, int number);
static int rfl_web_choice(rfl_web_ask_t *ask, const rfl_web_choice_t *choice,
    rfl_changes_t *changes);
static const void *rfl_web_member(const rfl_changes_t *changes,
    size_t offset);
static void rfl_web_side(rfl_web_ask_t *ask, rfl_tpl_value_t *list,
    const char *label, rfl_str_t ours, rfl_str_t theirs);
static rfl_str_t rfl_web_names(rfl_web_ask_t *ask,
    const rfl_changes_t *changes);


static const rfl_web_choice_t  rfl_web_choices[] = {
    { "edit.age_band", "age_band", rfl_age_bands, &rfl_nage_bands,
      offsetof(rfl_changes_t, age_band), RFL_WI_AGE_BANDS },
    { "edit.sex", "sex", rfl_sexes, &rfl_nsexes,
      offsetof(rfl_changes_t, sex), RFL_WI_SEXES },
    { "edit.relation", "relation", rfl_relations, &rfl_nrelations,
      offsetof(rfl_changes_t, relation), RFL_WI_RELATIONS },
    { "edit.status", "status", rfl_statuses, &rfl_nstatuses,
      offsetof(rfl_changes_t, status), RFL_WI_STATUSES }
};

#define RFL_WEB_CHOICES  (sizeof(rfl_web_choices) / sizeof(rfl_web_choices[0]))


int
rfl_web_edit(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, rfl_tpl_value_t *values)
{
    rfl_str_t      edit;
    rfl_changes_t  changes;

    values[RFL_WI_TODAY].text = (action != NULL
                                 && action->act == RFL_ACT_RENEW)
                                ? rfl_web_field(ask, "consent_day")
                                : rfl_web_date(ask,
                                    (int64_t) rfl_work_day(ask->in->now)
                                    * RFL_DAY_SECONDS);

    if (!item->has_draft) {
        return RFL_OK;
    }

    edit = rfl_web_field(ask, "edit");
    values[RFL_WI_EDITING].number = (edit.len != 0
                                     || (action != NULL
                                         && (action->act == RFL_ACT_EDIT
                                             || action->act
                                                == RFL_ACT_NAME)));

    if (action != NULL && action->act == RFL_ACT_EDIT) {
        changes = action->changes;

    } else {
        rfl_changes_of(&item->draft, &changes);
    }

    values[RFL_WI_LOOKING].number = (item->draft.e.kind == RFL_KIND_LOOKING);
    values[RFL_WI_FATHER].text = changes.father;
    values[RFL_WI_MOTHER].text = changes.mother;
    values[RFL_WI_YEAR].text = rfl_web_number(ask, changes.birth_year);
    values[RFL_WI_END].text = rfl_web_date(ask, changes.not_after - 1);

    if (rfl_web_edit_names(ask, &changes, values) != RFL_OK) {
        return RFL_ERROR;
    }

    /* what was typed and refused is not lost, whatever it is */

    if (action != NULL && action->act == RFL_ACT_EDIT) {
        values[RFL_WI_YEAR].text = rfl_web_field(ask, "year");
        values[RFL_WI_END].text = rfl_web_field(ask, "end");

    } else if (action != NULL && action->act == RFL_ACT_NAME) {
        values[RFL_WI_OTHER].text = action->name;
    }

    return rfl_web_edit_lists(ask, &changes, values);
}


static int
rfl_web_edit_names(rfl_web_ask_t *ask, const rfl_changes_t *changes,
    rfl_tpl_value_t *values)
{
    unsigned          i, n;
    rfl_tpl_value_t  *name;

    n = changes->nnames + RFL_WEB_NAME_SPARE;
    n = (n > RFL_NAMES_MAX) ? RFL_NAMES_MAX : n;

    if (rfl_web_list(ask, &values[RFL_WI_NAMES], n, RFL_WN_N) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 0; i < n; i++) {
        name = values[RFL_WI_NAMES].items[i];
        name[RFL_WN_NUMBER].number = i + 1;

        if (i < changes->nnames) {
            name[RFL_WN_FULL].text = changes->names[i].full;
            name[RFL_WN_GIVEN].text = changes->names[i].given;
            name[RFL_WN_FAMILY].text = changes->names[i].family;
        }
    }

    /* one script only: a proposal for the other, if there is one to make */

    if (changes->nnames == 1
        && rfl_draft_latin(ask->pool, &changes->names[0].full,
                           &values[RFL_WI_OTHER].text)
           == RFL_ERROR)
    {
        return RFL_ERROR;
    }

    return RFL_OK;
}


static int
rfl_web_edit_lists(rfl_web_ask_t *ask, const rfl_changes_t *changes,
    rfl_tpl_value_t *values)
{
    unsigned                 i;
    const unsigned          *chosen;
    rfl_tpl_value_t         *option;
    const rfl_policy_t      *policy;
    const rfl_web_choice_t  *choice;

    policy = ask->work->desk.policy;

    if (rfl_web_list(ask, &values[RFL_WI_EVENTS], policy->nevents, RFL_WO_N)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    for (i = 0; i < policy->nevents; i++) {
        option = values[RFL_WI_EVENTS].items[i];
        option[RFL_WO_VALUE].text = policy->events[i].id;
        option[RFL_WO_NAME].text = rfl_web_event(ask, &policy->events[i].id);
        option[RFL_WO_SELECTED].number = rfl_str_eq(&policy->events[i].id,
                                                    &changes->event);
    }

    for (i = 0; i < RFL_WEB_CHOICES; i++) {
        choice = &rfl_web_choices[i];
        chosen = rfl_web_member(changes, choice->offset);

        if (rfl_web_options(ask, choice->name, choice->list, *choice->n,
                            *chosen, &values[choice->value])
            != RFL_OK)
        {
            return RFL_ERROR;
        }
    }

    return rfl_web_countries(ask, &changes->origin,
                             &values[RFL_WI_COUNTRIES]);
}


int
rfl_web_options(rfl_web_ask_t *ask, const char *prefix,
    const rfl_str_t *list, unsigned n, unsigned selected,
    rfl_tpl_value_t *values)
{
    unsigned          i;
    rfl_tpl_value_t  *option;

    if (rfl_web_list(ask, values, n - 1, RFL_WO_N) != RFL_OK) {
        return RFL_ERROR;
    }

    for (i = 1; i < n; i++) {
        option = values->items[i - 1];
        option[RFL_WO_VALUE].text = list[i];
        option[RFL_WO_NAME].text = rfl_web_word(ask, prefix, &list[i]);
        option[RFL_WO_SELECTED].number = (i == selected);
    }

    return RFL_OK;
}


/* "2027-05-01" */

static rfl_str_t
rfl_web_date(rfl_web_ask_t *ask, int64_t time)
{
    rfl_buf_t  b;
    u_char     text[RFL_DAY_TEXT_SIZE];

    rfl_buf_init(&b, 0);

    if (time > 0) {
        rfl_day_format(rfl_time_day(time), text);
        rfl_buf_append(&b, text, sizeof(text));
    }

    return rfl_web_str(ask, &b);
}


static rfl_str_t
rfl_web_country(rfl_web_ask_t *ask, const rfl_str_t *code)
{
    rfl_buf_t  b;

    if (code->len != 2) {
        return *code;
    }

    rfl_buf_init(&b, 0);
    rfl_catalog_country(ask->web->catalogs[ask->lang], code, &b);

    return rfl_web_str(ask, &b);
}


static rfl_str_t
rfl_web_number(rfl_web_ask_t *ask, int number)
{
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);

    if (number != 0) {
        rfl_buf_printf(&b, "%d", number);
    }

    return rfl_web_str(ask, &b);
}


int
rfl_web_changes(rfl_web_ask_t *ask, rfl_changes_t *changes)
{
    char               field[16];
    int32_t            day;
    unsigned           i, nameless;
    rfl_str_t          text;
    rfl_entry_name_t  *name;

    changes->nnames = 0;
    nameless = 0;

    for (i = 1; i <= RFL_NAMES_MAX; i++) {

        (void) snprintf(field, sizeof(field), "name_%u", i);
        text = rfl_web_field(ask, field);

        if (text.len == 0) {
            continue;
        }

        name = &changes->names[changes->nnames++];
        memset(name, 0, sizeof(rfl_entry_name_t));

        name->full = text;
        (void) snprintf(field, sizeof(field), "given_%u", i);
        name->given = rfl_web_field(ask, field);
        (void) snprintf(field, sizeof(field), "family_%u", i);
        name->family = rfl_web_field(ask, field);

        nameless |= rfl_web_nameless(&name->full)
                    | rfl_web_nameless(&name->given)
                    | rfl_web_nameless(&name->family);
    }

    changes->event = rfl_web_field(ask, "event");
    changes->origin = rfl_web_field(ask, "origin");
    changes->father = rfl_web_field(ask, "father");
    changes->mother = rfl_web_field(ask, "mother");

    nameless |= rfl_web_nameless(&changes->father)
                | rfl_web_nameless(&changes->mother);

    if (changes->nnames == 0) {
        rfl_buf_literal(&ask->faults, "fault.names\n");
    }

    if (nameless) {
        rfl_buf_literal(&ask->faults, "fault.no_name\n");
    }

    text = rfl_web_field(ask, "year");
    changes->birth_year = 0;

    if (text.len != 0
        && rfl_name_year(&text, ask->in->now, &changes->birth_year)
           != RFL_OK)
    {
        rfl_buf_literal(&ask->faults, "fault.birth_year\n");
    }

    /* the day is included, what follows it is not */

    if (rfl_web_day_typed(ask, "end", &day) == RFL_OK) {
        changes->not_after = ((int64_t) day + 1) * RFL_DAY_SECONDS;
    }

    for (i = 0; i < RFL_WEB_CHOICES; i++) {
        if (rfl_web_choice(ask, &rfl_web_choices[i], changes) != RFL_OK) {
            return RFL_DECLINED;
        }
    }

    return (ask->faults.len == 0) ? RFL_OK : RFL_DECLINED;
}


unsigned
rfl_web_nameless(const rfl_str_t *name)
{
    return name->len != 0 && !rfl_form_is_name(name);
}


int
rfl_web_day_typed(rfl_web_ask_t *ask, const char *field, int32_t *day)
{
    rfl_str_t  text;

    text = rfl_web_field(ask, field);

    if (rfl_day_typed(text.data, text.len, day) == RFL_OK) {
        return RFL_OK;
    }

    rfl_buf_literal(&ask->faults, "fault.day\n");

    return RFL_DECLINED;
}


/* an absent field is an absent value: relation and status exclude each other */

static int
rfl_web_choice(rfl_web_ask_t *ask, const rfl_web_choice_t *choice,
    rfl_changes_t *changes)
{
    unsigned   i, *value;
    rfl_str_t  text;

    text = rfl_web_field(ask, choice->name);

    for (i = 0; i < *choice->n; i++) {

        if (rfl_str_eq(&choice->list[i], &text)) {
            value = (unsigned *) (void *) ((u_char *) changes
                                           + choice->offset);
            *value = i;
            return RFL_OK;
        }
    }

    return RFL_DECLINED;
}


/*
 * Somebody else was quicker: what they made of it and what was typed here,
 * field by field, so that nobody's work is lost.
 */

int
rfl_web_sides(rfl_web_ask_t *ask, const rfl_item_t *item,
    const rfl_action_t *action, rfl_tpl_value_t *values)
{
    size_t                   i, n;
    rfl_changes_t            theirs;
    rfl_tpl_value_t         *list;
    const unsigned          *a, *b;
    const rfl_changes_t     *ours;
    const rfl_web_choice_t  *choice;

    static const struct {
        const char  *label;
        size_t       offset;
        rfl_str_t  (*words)(rfl_web_ask_t *ask, const rfl_str_t *text);
    } texts[] = {
        { "edit.event", offsetof(rfl_changes_t, event), rfl_web_event },
        { "edit.origin", offsetof(rfl_changes_t, origin), rfl_web_country },
        { "edit.father", offsetof(rfl_changes_t, father), rfl_web_copy },
        { "edit.mother", offsetof(rfl_changes_t, mother), rfl_web_copy }
    };

    if (!item->has_draft || action->act != RFL_ACT_EDIT) {
        return RFL_OK;
    }

    rfl_changes_of(&item->draft, &theirs);

    n = 3 + sizeof(texts) / sizeof(texts[0]) + RFL_WEB_CHOICES;

    if (rfl_web_list(ask, &values[RFL_WI_SIDES], (unsigned) n, RFL_WC_N)
        != RFL_OK)
    {
        return RFL_ERROR;
    }

    ours = &action->changes;
    list = &values[RFL_WI_SIDES];
    list->number = 0;

    rfl_web_side(ask, list, "edit.names", rfl_web_names(ask, ours),
                 rfl_web_names(ask, &theirs));
    rfl_web_side(ask, list, "edit.year",
                 rfl_web_number(ask, ours->birth_year),
                 rfl_web_number(ask, theirs.birth_year));
    rfl_web_side(ask, list, "edit.end",
                 rfl_web_date(ask, ours->not_after - 1),
                 rfl_web_date(ask, theirs.not_after - 1));

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        rfl_web_side(ask, list, texts[i].label,
            texts[i].words(ask, rfl_web_member(ours, texts[i].offset)),
            texts[i].words(ask, rfl_web_member(&theirs, texts[i].offset)));
    }

    for (i = 0; i < RFL_WEB_CHOICES; i++) {
        choice = &rfl_web_choices[i];
        a = rfl_web_member(ours, choice->offset);
        b = rfl_web_member(&theirs, choice->offset);

        rfl_web_side(ask, list, choice->label,
            rfl_web_chosen(ask, choice->name, choice->list, *a),
            rfl_web_chosen(ask, choice->name, choice->list, *b));
    }

    return RFL_OK;
}


static const void *
rfl_web_member(const rfl_changes_t *changes, size_t offset)
{
    return (const u_char *) changes + offset;
}


static void
rfl_web_side(rfl_web_ask_t *ask, rfl_tpl_value_t *list, const char *label,
    rfl_str_t ours, rfl_str_t theirs)
{
    rfl_tpl_value_t  *side;

    side = list->items[list->number++];

    side[RFL_WC_LABEL].text = rfl_web_say(ask, label, NULL, 0);
    side[RFL_WC_OURS].text = ours;
    side[RFL_WC_THEIRS].text = theirs;
    side[RFL_WC_OTHER].number = !rfl_str_eq(&ours, &theirs);
}


static rfl_str_t
rfl_web_names(rfl_web_ask_t *ask, const rfl_changes_t *changes)
{
    unsigned   i;
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);

    for (i = 0; i < changes->nnames; i++) {
        if (i != 0) {
            rfl_buf_literal(&b, " · ");
        }

        rfl_buf_append(&b, changes->names[i].full.data,
                       changes->names[i].full.len);
    }

    return rfl_web_str(ask, &b);
}
