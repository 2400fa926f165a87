
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_way.c: the way through the desk's pages: the next item of a queue
 * with its filters, and back to the item that somebody came from.  Queue and
 * filters travel as one word, "new" or "new,river-flood,alive,ar"; where one
 * came from by its id.  None of it is anything that people wrote.
 */


#include "rfl_web_int.h"
#include "rfl_json.h"


static void rfl_web_place_part(rfl_str_t *rest, rfl_str_t *part);
static void rfl_web_place_filter(rfl_filter_t *filter,
    const rfl_str_t *event, const rfl_str_t *kind, const rfl_str_t *lang);


/* GET next: opens the oldest that is free, or the queue if there is none */

int
rfl_web_next(rfl_web_ask_t *ask)
{
    int           rc;
    char          said[RFL_ID_MAX + sizeof("done=")];
    u_char        id[RFL_SUBMISSION_ID_SIZE], text[RFL_ITEM_ID_TEXT];
    rfl_str_t     done, to;
    rfl_filter_t  filter;

    if (rfl_web_filter(ask, &filter) != RFL_OK) {
        return rfl_web_error(ask, 404, "not_found");
    }

    /* what was done is said on the page that follows */

    done = rfl_web_field(ask, "done");
    said[0] = '\0';

    if (rfl_id_valid(done.data, done.len)) {
        (void) snprintf(said, sizeof(said), "done=%.*s", (int) done.len,
                        (char *) done.data);
    }

    rc = rfl_item_next(ask->work, &filter, NULL, id, ask->notice);

    if (rc == RFL_OK) {
        rfl_item_id_format(id, text);
        to = rfl_web_place_text(ask, &filter);

        return rfl_web_redirect(ask, "item/%.*s?queue=%.*s%s%s",
                                RFL_ITEM_ID_TEXT, (char *) text,
                                (int) to.len, (char *) to.data,
                                said[0] != '\0' ? "&" : "", said);
    }

    if (rc != RFL_DECLINED) {
        return rfl_web_away(ask);
    }

    ask->notice->text[0] = '\0';
    to = rfl_web_place_path(ask, "queue", &filter, said);

    return rfl_web_redirect(ask, "%.*s", (int) to.len, (char *) to.data);
}


int
rfl_web_filter(rfl_web_ask_t *ask, rfl_filter_t *filter)
{
    int64_t    skip;
    rfl_str_t  event, kind, lang;

    memset(filter, 0, sizeof(rfl_filter_t));

    filter->queue = rfl_queue_find(ask->arg.data, ask->arg.len);

    if (filter->queue == RFL_QUEUES_N) {
        return RFL_DECLINED;
    }

    event = rfl_web_field(ask, "event");
    kind = rfl_web_field(ask, "kind");
    lang = rfl_web_field(ask, "lang");

    rfl_web_place_filter(filter, &event, &kind, &lang);

    if (rfl_web_count(ask, "skip", &skip) == RFL_OK
        && skip > 0 && skip < 10000000)
    {
        filter->skip = (unsigned) skip;
    }

    return RFL_OK;
}


int
rfl_web_place(rfl_web_ask_t *ask, rfl_filter_t *filter)
{
    rfl_str_t  rest, queue, event, kind, lang;

    memset(filter, 0, sizeof(rfl_filter_t));

    rest = rfl_web_field(ask, "queue");

    rfl_web_place_part(&rest, &queue);
    rfl_web_place_part(&rest, &event);
    rfl_web_place_part(&rest, &kind);
    rfl_web_place_part(&rest, &lang);

    filter->queue = rfl_queue_find(queue.data, queue.len);
    rfl_web_place_filter(filter, &event, &kind, &lang);

    return (filter->queue == RFL_QUEUES_N) ? RFL_DECLINED : RFL_OK;
}


/* up to the next comma */

static void
rfl_web_place_part(rfl_str_t *rest, rfl_str_t *part)
{
    u_char  *comma;

    *part = *rest;
    comma = memchr(rest->data, ',', rest->len);

    if (comma == NULL) {
        rest->data += rest->len;
        rest->len = 0;
        return;
    }

    part->len = (size_t) (comma - rest->data);
    rest->data += part->len + 1;
    rest->len -= part->len + 1;
}


/* what is no id may not come back in an address */

static void
rfl_web_place_filter(rfl_filter_t *filter, const rfl_str_t *event,
    const rfl_str_t *kind, const rfl_str_t *lang)
{
    unsigned  i;

    if (rfl_id_valid(event->data, event->len)) {
        filter->event = *event;
    }

    if (rfl_id_valid(lang->data, lang->len)) {
        filter->lang = *lang;
    }

    for (i = RFL_ITEM_NONE + 1; i < RFL_ITEM_KINDS_N; i++) {
        if (rfl_str_eq(&rfl_item_kinds[i], kind)) {
            filter->kind = (rfl_item_kind_e) i;
        }
    }
}


rfl_str_t
rfl_web_place_text(rfl_web_ask_t *ask, const rfl_filter_t *filter)
{
    rfl_buf_t  b;

    rfl_buf_init(&b, 0);
    rfl_buf_append(&b, rfl_queues[filter->queue].data,
                   rfl_queues[filter->queue].len);

    if (filter->event.len != 0 || filter->lang.len != 0
        || filter->kind != RFL_ITEM_NONE)
    {
        rfl_buf_printf(&b, ",%.*s,%s,%.*s",
                       (int) filter->event.len, (char *) filter->event.data,
                       (char *) rfl_item_kinds[filter->kind].data,
                       (int) filter->lang.len, (char *) filter->lang.data);
    }

    return rfl_web_str(ask, &b);
}


rfl_str_t
rfl_web_place_path(rfl_web_ask_t *ask, const char *route,
    const rfl_filter_t *filter, const char *more)
{
    char       mark;
    size_t     i;
    rfl_buf_t  b;

    const struct {
        const char       *name;
        const rfl_str_t  *value;
    } fields[] = {
        { "event", &filter->event },
        { "kind", &rfl_item_kinds[filter->kind] },
        { "lang", &filter->lang }
    };

    rfl_buf_init(&b, 0);
    rfl_buf_printf(&b, "%s/%s", route,
                   (char *) rfl_queues[filter->queue].data);

    mark = '?';

    for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {

        if (fields[i].value->len != 0) {
            rfl_buf_printf(&b, "%c%s=%.*s", mark, fields[i].name,
                           (int) fields[i].value->len,
                           (char *) fields[i].value->data);
            mark = '&';
        }
    }

    if (more[0] != '\0') {
        rfl_buf_printf(&b, "%c%s", mark, more);
    }

    return rfl_web_str(ask, &b);
}


unsigned
rfl_web_came(rfl_web_ask_t *ask, u_char id[RFL_SUBMISSION_ID_SIZE],
    rfl_head_t *head)
{
    rfl_err_t   err;
    rfl_str_t   from;
    rfl_item_t  item;

    from = rfl_web_field(ask, "from");

    if (rfl_item_id_parse(from.data, from.len, id) != RFL_OK
        || rfl_str_eq(&from, &ask->arg)
        || rfl_item_get(ask->work, ask->pool, id, &item, &err) != RFL_OK)
    {
        return 0;
    }

    *head = item.head;

    return 1;
}


rfl_str_t
rfl_web_from(rfl_web_ask_t *ask)
{
    u_char      id[RFL_SUBMISSION_ID_SIZE], text[RFL_ITEM_ID_TEXT];
    rfl_buf_t   b;
    rfl_head_t  head;

    rfl_buf_init(&b, 0);

    if (rfl_web_came(ask, id, &head)) {
        rfl_item_id_format(id, text);
        rfl_buf_printf(&b, "?from=%.*s", RFL_ITEM_ID_TEXT, (char *) text);
    }

    return rfl_web_str(ask, &b);
}


int
rfl_web_back(rfl_web_ask_t *ask, rfl_tpl_value_t *values)
{
    u_char           id[RFL_SUBMISSION_ID_SIZE], *text;
    rfl_head_t       head;
    rfl_queue_e      queue;
    rfl_po_arg_t     args[2];
    rfl_tpl_value_t  line[RFL_WH_N];

    if (!rfl_web_came(ask, id, &head)) {
        return RFL_OK;
    }

    text = rfl_palloc(ask->pool, RFL_ITEM_ID_TEXT);
    if (text == NULL) {
        return RFL_ERROR;
    }

    rfl_item_id_format(id, text);

    values[RFL_W_FROM].text.data = text;
    values[RFL_W_FROM].text.len = RFL_ITEM_ID_TEXT;

    /* the same words as in its line of a list */

    memset(line, 0, sizeof(line));
    memset(args, 0, sizeof(args));

    queue = rfl_item_queue(&head, ask->in->now);
    rfl_web_head(ask, &head, &rfl_queues[queue], line);

    args[0].text = line[RFL_WH_KIND].text;
    args[1].text = line[RFL_WH_ID].text;
    args[1].isolate = 1;

    values[RFL_W_FROM_URL].text = line[RFL_WH_URL].text;
    values[RFL_W_FROM_NAME].text = rfl_web_say(ask, "item.back", args, 2);

    return RFL_OK;
}
