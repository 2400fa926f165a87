
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_words.c: words of the moderators' pages: messages by their keys,
 * ages, days and names.  Called by all files of rfl_web.
 */


#include "rfl_web_int.h"

#include <stdio.h>


rfl_str_t
rfl_web_word(rfl_web_ask_t *ask, const char *prefix, const rfl_str_t *name)
{
    int        n;
    char       key[RFL_WEB_KEY_MAX];
    rfl_str_t  text;

    n = snprintf(key, sizeof(key), "%s.%.*s", prefix, (int) name->len,
                 (char *) name->data);

    if (n < 0 || (size_t) n >= sizeof(key)) {
        return *name;
    }

    text.data = (u_char *) key;
    text.len = (size_t) n;

    return (rfl_catalog_key(ask->web->catalogs[ask->lang], &text) == -1)
           ? *name : rfl_web_say(ask, key, NULL, 0);
}


/* a key that is missing shows itself: every one of ours is in a test */

rfl_str_t
rfl_web_say(rfl_web_ask_t *ask, const char *key, const rfl_po_arg_t *args,
    unsigned nargs)
{
    int                   index;
    rfl_buf_t             b;
    rfl_str_t             name;
    const rfl_catalog_t  *catalog;

    catalog = ask->web->catalogs[ask->lang];

    name.data = (u_char *) key;
    name.len = strlen(key);

    rfl_buf_init(&b, 0);

    index = rfl_catalog_key(catalog, &name);

    if (index == -1 || rfl_catalog_args(catalog, index) != nargs) {
        rfl_buf_append(&b, name.data, name.len);

    } else if (nargs == 0) {
        name = *rfl_catalog_text(catalog, index);
        rfl_buf_append(&b, name.data, name.len);

    } else {
        rfl_catalog_format(catalog, index, args, nargs, &b);
    }

    return rfl_web_str(ask, &b);
}


rfl_str_t
rfl_web_age(rfl_web_ask_t *ask, int64_t seconds)
{
    size_t        i;
    rfl_po_arg_t  arg;

    static const struct {
        int64_t      unit;
        const char  *key;
    } units[] = {
        { 86400, "age.days" },
        { 3600, "age.hours" },
        { 60, "age.minutes" },
        { 1, "age.seconds" }
    };

    seconds = (seconds < 0) ? 0 : seconds;

    /* "36 hours", but "2 days" */

    for (i = 0; i < 3; i++) {
        if (seconds >= 2 * units[i].unit) {
            break;
        }
    }

    memset(&arg, 0, sizeof(rfl_po_arg_t));
    arg.is_number = 1;
    arg.number = seconds / units[i].unit;

    return rfl_web_say(ask, units[i].key, &arg, 1);
}


rfl_str_t
rfl_web_proof(rfl_web_ask_t *ask)
{
    int64_t       when;
    rfl_str_t     none;
    rfl_po_arg_t  arg;

    rfl_str_null(&none);

    if (rfl_web_count(ask, "at", &when) != RFL_OK || when > ask->in->now) {
        return none;
    }

    memset(&arg, 0, sizeof(rfl_po_arg_t));
    arg.text = rfl_web_age(ask, ask->in->now - when);

    return rfl_web_say(ask, "item.proof", &arg, 1);
}


rfl_str_t
rfl_web_day(rfl_web_ask_t *ask, int32_t day)
{
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);
    rfl_catalog_day(ask->web->catalogs[ask->lang], day, &b);

    return rfl_web_str(ask, &b);
}


rfl_str_t
rfl_web_time(rfl_web_ask_t *ask, int64_t time)
{
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);
    rfl_catalog_time(ask->web->catalogs[ask->lang], time, &b);

    return rfl_web_str(ask, &b);
}


rfl_str_t
rfl_web_who(rfl_web_ask_t *ask, const rfl_str_t *id)
{
    const rfl_moderator_t  *who;

    if (id->len == 0) {
        return *id;
    }

    who = rfl_staff_id(ask->work->staff, id);

    return (who == NULL) ? rfl_web_word(ask, "who", id) : who->name;
}


rfl_str_t
rfl_web_chosen(rfl_web_ask_t *ask, const char *prefix, const rfl_str_t *list,
    unsigned i)
{
    return (i == 0) ? list[0] : rfl_web_word(ask, prefix, &list[i]);
}


rfl_str_t
rfl_web_draft_names(rfl_web_ask_t *ask, const rfl_draft_t *draft)
{
    unsigned   i;
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);

    for (i = 0; i < draft->e.nnames; i++) {
        if (i != 0) {
            rfl_buf_literal(&b, " · ");
        }

        rfl_buf_append(&b, draft->e.names[i].full.data,
                       draft->e.names[i].full.len);
    }

    return rfl_web_str(ask, &b);
}


rfl_str_t
rfl_web_endonym(rfl_web_ask_t *ask, unsigned lang)
{
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);
    rfl_catalog_endonym(ask->web->catalogs[lang], &b);

    return rfl_web_str(ask, &b);
}


rfl_str_t
rfl_web_tongue(rfl_web_ask_t *ask, const rfl_str_t *tag)
{
    unsigned  i;

    for (i = 0; i < ask->web->nlangs; i++) {
        if (rfl_str_eq(&ask->web->langs[i], tag)) {
            return rfl_web_endonym(ask, i);
        }
    }

    return *tag;
}


rfl_str_t
rfl_web_event(rfl_web_ask_t *ask, const rfl_str_t *id)
{
    const rfl_event_t  *event;

    event = rfl_policy_event(ask->web->site.policy, id);

    return (event == NULL)
               ? *id : *rfl_texts_get(&event->names,
                                      &ask->web->langs[ask->lang]);
}
