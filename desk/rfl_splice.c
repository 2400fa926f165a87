
/*
 * Copyright (C) The RFL authors
 *
 * rfl_splice.c: members of a society in the text of a trust file.  Called by
 * "rflctl keys publish" and "rflctl staff add".
 */


#include "rfl_splice.h"


/* where something stands in the text: an offset, and the one behind it */

typedef struct {
    size_t  first;
    size_t  end;
} rfl_span_t;

typedef struct {
    rfl_span_t  name;              /* with its quotes */
    rfl_span_t  value;
} rfl_splice_member_t;

typedef struct {
    rfl_str_t   indent;            /* from the line's end to a member */
    rfl_span_t  last;              /* value of the last member */
    rfl_span_t  root;              /* 0, 0: there is none */
    rfl_span_t  keys;
    rfl_span_t  trusted;           /* "keys", those of moderators */
} rfl_splice_place_t;


static int rfl_splice_find(const rfl_str_t *text, const rfl_str_t *society,
    rfl_splice_place_t *place);
static int rfl_splice_society(const rfl_str_t *text, size_t first,
    const rfl_str_t *society, rfl_splice_place_t *place);
static int rfl_splice_member(const rfl_str_t *text, size_t *pos,
    rfl_splice_member_t *member);
static size_t rfl_splice_space(const rfl_str_t *text, size_t pos);
static size_t rfl_splice_skip(const rfl_str_t *text, size_t pos);
static size_t rfl_splice_string(const rfl_str_t *text, size_t pos);
static int rfl_splice_is(const rfl_str_t *text, const rfl_span_t *span,
    const u_char *data, size_t len);
static void rfl_splice_keys(const rfl_str_t *indent, const rfl_str_t *keys,
    unsigned n, rfl_buf_t *out);


#define rfl_splice_at(text, pos)                                             \
    ((pos) < (text)->len ? (text)->data[pos] : '\0')


int
rfl_splice(const rfl_str_t *text, const rfl_str_t *society,
    const rfl_str_t *root, const rfl_str_t *keys, unsigned n, rfl_buf_t *out)
{
    size_t               pos;
    unsigned             i;
    rfl_span_t          *spans[3], *span;
    rfl_splice_place_t   place;

    if (rfl_splice_find(text, society, &place) != RFL_OK) {
        return RFL_DECLINED;
    }

    /* what is there is replaced; what is not comes behind the last member */

    spans[0] = &place.root;
    spans[1] = &place.keys;
    spans[2] = &place.last;

    if (place.keys.end != 0 && place.keys.first < place.root.first) {
        spans[0] = &place.keys;
        spans[1] = &place.root;
    }

    pos = 0;

    for (i = 0; i < 3; i++) {
        span = spans[i];

        if (span->end == 0) {
            continue;
        }

        if (span != &place.last) {
            rfl_buf_append(out, text->data + pos, span->first - pos);

            if (span == &place.root) {
                rfl_buf_append(out, root->data, root->len);

            } else {
                rfl_splice_keys(&place.indent, keys, n, out);
            }

            pos = span->end;
            continue;
        }

        if (pos < span->end) {
            rfl_buf_append(out, text->data + pos, span->end - pos);
            pos = span->end;
        }

        if (place.root.end == 0) {
            rfl_buf_byte(out, ',');
            rfl_buf_append(out, place.indent.data, place.indent.len);
            rfl_buf_literal(out, "\"root\": ");
            rfl_buf_append(out, root->data, root->len);
        }

        if (place.keys.end == 0) {
            rfl_buf_byte(out, ',');
            rfl_buf_append(out, place.indent.data, place.indent.len);
            rfl_buf_literal(out, "\"inbox_keys\": ");
            rfl_splice_keys(&place.indent, keys, n, out);
        }
    }

    rfl_buf_append(out, text->data + pos, text->len - pos);

    return out->failed ? RFL_ERROR : RFL_OK;
}


int
rfl_splice_key(const rfl_str_t *text, const rfl_str_t *society,
    const rfl_str_t *key, rfl_buf_t *out)
{
    size_t              first, end;
    rfl_splice_place_t  place;

    if (rfl_splice_find(text, society, &place) != RFL_OK) {
        return RFL_DECLINED;
    }

    if (place.trusted.end == 0) {
        end = place.last.end;
        rfl_buf_append(out, text->data, end);
        rfl_buf_byte(out, ',');
        rfl_buf_append(out, place.indent.data, place.indent.len);
        rfl_buf_literal(out, "\"keys\": ");
        rfl_splice_keys(&place.indent, key, 1, out);
        rfl_buf_append(out, text->data + end, text->len - end);

        return out->failed ? RFL_ERROR : RFL_OK;
    }

    if (rfl_splice_at(text, place.trusted.first) != '['
        || rfl_splice_at(text, place.trusted.end - 1) != ']')
    {
        return RFL_DECLINED;
    }

    /* behind the last element, with the space that is before the first */

    first = rfl_splice_space(text, place.trusted.first + 1);
    end = place.trusted.end - 1;

    if (first == end) {
        rfl_buf_append(out, text->data, place.trusted.first);
        rfl_splice_keys(&place.indent, key, 1, out);
        rfl_buf_append(out, text->data + end + 1, text->len - end - 1);

        return out->failed ? RFL_ERROR : RFL_OK;
    }

    while (end > first && strchr(" \t\r\n", text->data[end - 1]) != NULL) {
        end--;
    }

    rfl_buf_append(out, text->data, end);
    rfl_buf_byte(out, ',');
    rfl_buf_append(out, text->data + place.trusted.first + 1,
                   first - place.trusted.first - 1);
    rfl_buf_append(out, key->data, key->len);
    rfl_buf_append(out, text->data + end, text->len - end);

    return out->failed ? RFL_ERROR : RFL_OK;
}


void
rfl_splice_print(const rfl_str_t *indent, const rfl_str_t *root,
    const rfl_str_t *keys, unsigned n, rfl_buf_t *out)
{
    rfl_buf_literal(out, "\"root\": ");
    rfl_buf_append(out, root->data, root->len);
    rfl_buf_byte(out, ',');
    rfl_buf_append(out, indent->data, indent->len);
    rfl_buf_literal(out, "\"inbox_keys\": ");
    rfl_splice_keys(indent, keys, n, out);
}


static void
rfl_splice_keys(const rfl_str_t *indent, const rfl_str_t *keys, unsigned n,
    rfl_buf_t *out)
{
    unsigned  i;

    rfl_buf_byte(out, '[');

    for (i = 0; i < n; i++) {
        rfl_buf_append(out, indent->data, indent->len);
        rfl_buf_literal(out, "    ");
        rfl_buf_append(out, keys[i].data, keys[i].len);

        if (i + 1 < n) {
            rfl_buf_byte(out, ',');
        }
    }

    if (n != 0) {
        rfl_buf_append(out, indent->data, indent->len);
    }

    rfl_buf_byte(out, ']');
}


static int
rfl_splice_find(const rfl_str_t *text, const rfl_str_t *society,
    rfl_splice_place_t *place)
{
    size_t               pos;
    rfl_splice_member_t  member;

    memset(place, 0, sizeof(rfl_splice_place_t));

    pos = rfl_splice_space(text, 0);

    if (rfl_splice_at(text, pos) != '{') {
        return RFL_DECLINED;
    }

    do {
        if (rfl_splice_member(text, &pos, &member) != RFL_OK) {
            return RFL_DECLINED;
        }
    } while (!rfl_splice_is(text, &member.name, (u_char *) "societies", 9));

    pos = member.value.first;

    if (rfl_splice_at(text, pos) != '[') {
        return RFL_DECLINED;
    }

    do {
        pos = rfl_splice_space(text, pos + 1);

        if (rfl_splice_society(text, pos, society, place) == RFL_OK) {
            return RFL_OK;
        }

        pos = rfl_splice_space(text, rfl_splice_skip(text, pos));
    } while (rfl_splice_at(text, pos) == ',');

    return RFL_DECLINED;
}


static int
rfl_splice_society(const rfl_str_t *text, size_t first,
    const rfl_str_t *society, rfl_splice_place_t *place)
{
    size_t               pos;
    unsigned             found;
    rfl_splice_member_t  member;

    if (rfl_splice_at(text, first) != '{') {
        return RFL_DECLINED;
    }

    memset(place, 0, sizeof(rfl_splice_place_t));

    place->indent.data = text->data + first + 1;
    place->indent.len = rfl_splice_space(text, first + 1) - first - 1;

    if (place->indent.len == 0) {
        rfl_str_set(&place->indent, " ");
    }

    pos = first;
    found = 0;

    while (rfl_splice_member(text, &pos, &member) == RFL_OK) {

        if (rfl_splice_is(text, &member.name, (u_char *) "id", 2)
            && rfl_splice_is(text, &member.value, society->data,
                             society->len))
        {
            found = 1;
        }

        if (rfl_splice_is(text, &member.name, (u_char *) "root", 4)) {
            place->root = member.value;
        }

        if (rfl_splice_is(text, &member.name, (u_char *) "inbox_keys", 10)) {
            place->keys = member.value;
        }

        if (rfl_splice_is(text, &member.name, (u_char *) "keys", 4)) {
            place->trusted = member.value;
        }

        place->last = member.value;
    }

    return found ? RFL_OK : RFL_DECLINED;
}


/*
 * The next member of an object; *pos is at the bracket or comma in front of
 * it, and afterwards at what follows it.
 */

static int
rfl_splice_member(const rfl_str_t *text, size_t *pos,
    rfl_splice_member_t *member)
{
    size_t  p;

    p = *pos;

    if (rfl_splice_at(text, p) != '{' && rfl_splice_at(text, p) != ',') {
        return RFL_DECLINED;
    }

    member->name.first = rfl_splice_space(text, p + 1);

    if (rfl_splice_at(text, member->name.first) != '"') {
        return RFL_DECLINED;
    }

    member->name.end = rfl_splice_string(text, member->name.first);

    p = rfl_splice_space(text, member->name.end);

    if (rfl_splice_at(text, p) != ':') {
        return RFL_DECLINED;
    }

    member->value.first = rfl_splice_space(text, p + 1);
    member->value.end = rfl_splice_skip(text, member->value.first);

    *pos = rfl_splice_space(text, member->value.end);

    return RFL_OK;
}


static size_t
rfl_splice_space(const rfl_str_t *text, size_t pos)
{
    while (pos < text->len && strchr(" \t\r\n", text->data[pos]) != NULL
           && text->data[pos] != '\0')
    {
        pos++;
    }

    return pos;
}


/* the end of any value */

static size_t
rfl_splice_skip(const rfl_str_t *text, size_t pos)
{
    u_char    c;
    unsigned  depth;

    depth = 0;

    while (pos < text->len) {
        c = text->data[pos];

        if (c == '"') {
            pos = rfl_splice_string(text, pos);

            if (depth == 0) {
                break;
            }

            continue;
        }

        if (c == '{' || c == '[') {
            depth++;

        } else if (c == '}' || c == ']') {

            if (depth == 0) {
                break;
            }

            if (--depth == 0) {
                return pos + 1;
            }

        } else if (depth == 0
                   && (c == ',' || rfl_splice_space(text, pos) != pos))
        {
            break;
        }

        pos++;
    }

    return pos;
}


static size_t
rfl_splice_string(const rfl_str_t *text, size_t pos)
{
    for (pos++; pos < text->len && text->data[pos] != '"'; pos++) {
        if (text->data[pos] == '\\') {
            pos++;
        }
    }

    return (pos < text->len) ? pos + 1 : text->len;
}


/* 1 if the span is this text in quotes */

static int
rfl_splice_is(const rfl_str_t *text, const rfl_span_t *span,
    const u_char *data, size_t len)
{
    return span->end - span->first == len + 2
           && rfl_splice_at(text, span->first) == '"'
           && memcmp(text->data + span->first + 1, data, len) == 0;
}
