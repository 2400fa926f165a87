
/*
 * Copyright (C) The RFL authors
 *
 * rfl_json.c: reading of closed JSON by tables, on top of jansson.  Owns the
 * parsed tree between rfl_json_open() and rfl_json_close().  Called by the
 * readers of entries, searches, and the files of a society and its desk.
 */


#include "rfl_json.h"
#include "rfl_text.h"

#include <stdio.h>


#define RFL_JSON_PATH_SIZE  128
#define RFL_JSON_NAME_SIZE  40     /* of a foreign member name in an error */


static void *rfl_json_malloc(size_t size);
static const char *rfl_json_syntax(enum json_error_code code);
static int rfl_json_push(rfl_json_t *j, const char *name, size_t index);
static void rfl_json_path(const rfl_json_t *j, char *out, size_t size);
static int rfl_json_unknown(rfl_json_t *j, const char *name,
    const rfl_json_member_t *members);
static unsigned rfl_json_locate(const rfl_json_t *j);
static const u_char *rfl_json_space(const u_char *p, const u_char *last);
static const u_char *rfl_json_skip(const u_char *p, const u_char *last);
static const u_char *rfl_json_step(const u_char *p, const u_char *last,
    const rfl_json_step_t *step);


/* jansson's own words quote the input: these do not */

static const struct {
    enum json_error_code   code;
    const char            *text;
} rfl_json_errors[] = {
    { json_error_out_of_memory, "out of memory" },
    { json_error_stack_overflow, "nested too deeply" },
    { json_error_invalid_utf8, "not UTF-8, save the file as UTF-8" },
    { json_error_premature_end_of_input,
      "the JSON ends too early, look for a missing bracket, brace or quote" },
    { json_error_end_of_input_expected,
      "something follows the end of the JSON, remove it" },
    { json_error_null_character, "\\u0000 in a text, remove it" },
    { json_error_null_byte_in_key, "\\u0000 in a member name, remove it" },
    { json_error_duplicate_key,
      "a member is there twice in one object, remove one" },
    { json_error_numeric_overflow, "a number is too large" }
};


static json_malloc_t      rfl_json_next_malloc;
static __thread unsigned  rfl_json_exhausted;


/*
 * jansson 2.14 does not look whether the buffer of a text could grow, and
 * leaves out a letter if it could not.  A name with a letter less is worse
 * than an error, so failed allocations are counted here.  The first parse
 * puts this in place, for good: rflctl parses in several threads later.
 */

json_t *
rfl_json_parse(const u_char *data, size_t len, json_error_t *error)
{
    json_t         *root;
    json_free_t     used_free;
    json_malloc_t   used_malloc;

    json_get_alloc_funcs(&used_malloc, &used_free);

    if (used_malloc != rfl_json_malloc) {
        rfl_json_next_malloc = used_malloc;
        json_set_alloc_funcs(rfl_json_malloc, used_free);
    }

    rfl_json_exhausted = 0;

    root = json_loadb((const char *) data, len, JSON_REJECT_DUPLICATES,
                      error);

    if (rfl_json_exhausted) {
        json_decref(root);
        root = NULL;

        if (error != NULL) {
            error->text[JSON_ERROR_TEXT_LENGTH - 1] =
                                                     json_error_out_of_memory;
        }
    }

    return root;
}


static void *
rfl_json_malloc(size_t size)
{
    void  *p;

    p = rfl_json_next_malloc(size);

    if (p == NULL) {
        rfl_json_exhausted = 1;
    }

    return p;
}


int
rfl_json_open(rfl_json_t *j, rfl_pool_t *pool, const rfl_str_t *text,
    unsigned line, rfl_err_t *err)
{
    json_error_t  error;

    j->pool = pool;
    j->err = err;
    j->text = text;
    j->line = line;
    j->depth = 0;

    j->root = rfl_json_parse(text->data, text->len, &error);

    if (j->root != NULL) {
        return RFL_OK;
    }

    /* as some editors of Windows save a file */

    if (rfl_text_bom(text->data, text->len) != 0) {
        rfl_memzero(&error, sizeof(json_error_t));
        return rfl_err(err, (line != 0) ? line : 1,
                       "begins with a byte order mark: save it as UTF-8 "
                       "without one");
    }

    (void) rfl_err(err, 0, "%s", rfl_json_syntax(json_error_code(&error)));

    if (err != NULL && json_error_code(&error) != json_error_out_of_memory) {
        err->line = (line != 0) ? line : (unsigned) error.line;
        err->column = (unsigned) error.column;
    }

    rfl_memzero(&error, sizeof(json_error_t));

    return RFL_ERROR;
}


void
rfl_json_close(rfl_json_t *j)
{
    json_decref(j->root);
    j->root = NULL;
}


static const char *
rfl_json_syntax(enum json_error_code code)
{
    size_t  i;

    for (i = 0; i < sizeof(rfl_json_errors) / sizeof(rfl_json_errors[0]); i++)
    {
        if (rfl_json_errors[i].code == code) {
            return rfl_json_errors[i].text;
        }
    }

    return "not JSON, look for a missing or extra comma, colon or quote "
           "before this place";
}


int
rfl_json_fault(rfl_json_t *j, const char *fmt, ...)
{
    int      n;
    char     text[RFL_ERR_SIZE], path[RFL_JSON_PATH_SIZE];
    va_list  args;

    va_start(args, fmt);
    n = vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);

    if (n < 0) {
        text[0] = '\0';
    }

    rfl_json_path(j, path, sizeof(path));

    return rfl_err(j->err, rfl_json_locate(j), "%s%s%s", path,
                   path[0] != '\0' ? " " : "", text);
}


int
rfl_json_no_memory(rfl_json_t *j)
{
    return rfl_err(j->err, 0, "out of memory");
}


int
rfl_json_object(rfl_json_t *j, json_t *value,
    const rfl_json_member_t *members, void *data)
{
    json_t                   *child;
    const char               *name;
    const rfl_json_member_t  *m;

    if (!json_is_object(value)) {
        return rfl_json_fault(j, "must be an object in braces");
    }

    json_object_foreach(value, name, child) {

        for (m = members; m->name != NULL; m++) {
            if (strcmp(m->name, name) == 0) {
                break;
            }
        }

        if (m->name == NULL) {
            return rfl_json_unknown(j, name, members);
        }

        if (rfl_json_push(j, m->name, 0) != RFL_OK
            || m->read(j, child, m, data) != RFL_OK)
        {
            return RFL_ERROR;
        }

        j->depth--;
    }

    for (m = members; m->name != NULL; m++) {

        if (m->missing != NULL && json_object_get(value, m->name) == NULL) {
            return rfl_json_fault(j, "lacks \"%s\": %s", m->name, m->missing);
        }
    }

    return RFL_OK;
}


int
rfl_json_array(rfl_json_t *j, json_t *value, size_t min, size_t max,
    size_t size, rfl_json_read_pt read, void **elements, unsigned *n)
{
    size_t  i, len;
    u_char  *p;

    if (!json_is_array(value)) {
        return rfl_json_fault(j, "must be a list in brackets");
    }

    len = json_array_size(value);

    if (len < min || len > max) {
        return rfl_json_fault(j, "must have %zu to %zu elements, not %zu",
                              min, max, len);
    }

    p = rfl_pcalloc(j->pool, len * size);
    if (p == NULL) {
        return rfl_json_no_memory(j);
    }

    for (i = 0; i < len; i++) {

        if (rfl_json_push(j, NULL, i) != RFL_OK
            || read(j, json_array_get(value, i), NULL, p + i * size) != RFL_OK)
        {
            return RFL_ERROR;
        }

        j->depth--;
    }

    *elements = p;
    *n = (unsigned) len;

    return RFL_OK;
}


static int
rfl_json_push(rfl_json_t *j, const char *name, size_t index)
{
    if (j->depth == RFL_JSON_DEPTH) {
        return rfl_json_fault(j, "is nested too deeply");
    }

    j->path[j->depth].name = name;
    j->path[j->depth].index = index;
    j->depth++;

    return RFL_OK;
}


static void
rfl_json_path(const rfl_json_t *j, char *out, size_t size)
{
    int                     n;
    size_t                  len;
    unsigned                i;
    const rfl_json_step_t  *step;

    len = 0;
    out[0] = '\0';

    for (i = 0; i < j->depth; i++) {
        step = &j->path[i];

        n = (step->name != NULL)
            ? snprintf(out + len, size - len, "%s%s",
                       (i != 0) ? "." : "\"", step->name)
            : snprintf(out + len, size - len, "%s[%zu]",
                       (i != 0) ? "" : "\"", step->index);

        if (n < 0 || (size_t) n >= size - len - 1) {
            out[len] = '\0';
            break;
        }

        len += (size_t) n;
    }

    if (len != 0) {
        out[len] = '"';
        out[len + 1] = '\0';
    }
}


/* the name is foreign text: only what is harmless is repeated */

static int
rfl_json_unknown(rfl_json_t *j, const char *name,
    const rfl_json_member_t *members)
{
    char                      list[RFL_ERR_SIZE / 2];
    char                      safe[RFL_JSON_NAME_SIZE];
    size_t                    i, len;
    const rfl_json_member_t  *m;

    for (i = 0; i < sizeof(safe) - 1 && name[i] != '\0'; i++) {
        safe[i] = '?';

        if (name[i] == '_' || name[i] == '-'
            || (name[i] >= 'a' && name[i] <= 'z')
            || (name[i] >= 'A' && name[i] <= 'Z')
            || (name[i] >= '0' && name[i] <= '9'))
        {
            safe[i] = name[i];
        }
    }

    safe[i] = '\0';

    len = 0;
    list[0] = '\0';

    for (m = members; m->name != NULL; m++) {

        if (len + strlen(m->name) + 3 < sizeof(list)) {
            len += (size_t) snprintf(list + len, sizeof(list) - len, "%s%s",
                                     (len != 0) ? ", " : "", m->name);
        }
    }

    (void) rfl_json_fault(j, "has a member \"%s\" that is not allowed: remove "
                          "it; allowed are %s", safe, list);

    if (j->err != NULL && rfl_json_push(j, name, 0) == RFL_OK) {
        j->err->line = rfl_json_locate(j);
        j->depth--;
    }

    return RFL_ERROR;
}


/*
 * jansson keeps no positions, so the line of a member is looked up again in
 * the text, which is known to be well-formed here.
 */

static unsigned
rfl_json_locate(const rfl_json_t *j)
{
    unsigned       i, line;
    const u_char  *p, *next, *last;

    if (j->line != 0) {
        return j->line;
    }

    last = j->text->data + j->text->len;
    p = rfl_json_space(j->text->data, last);

    for (i = 0; i < j->depth; i++) {

        next = rfl_json_step(p, last, &j->path[i]);
        if (next == NULL) {
            break;
        }

        p = next;
    }

    line = 1;

    while (p > j->text->data) {
        if (*--p == '\n') {
            line++;
        }
    }

    return line;
}


static const u_char *
rfl_json_space(const u_char *p, const u_char *last)
{
    while (p < last
           && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
    {
        p++;
    }

    return p;
}


/* one value: a string, a number or word, or all between matching brackets */

static const u_char *
rfl_json_skip(const u_char *p, const u_char *last)
{
    unsigned  depth, string;

    depth = 0;
    string = 0;

    for ( /* void */ ; p < last; p++) {

        if (string) {

            if (*p == '\\') {
                p++;

            } else if (*p == '"') {
                string = 0;

                if (depth == 0) {
                    return p + 1;
                }
            }

            continue;
        }

        switch (*p) {

        case '"':
            string = 1;
            break;

        case '{':
        case '[':
            depth++;
            break;

        case '}':
        case ']':
            if (depth == 0) {
                return p;
            }

            if (--depth == 0) {
                return p + 1;
            }

            break;

        case ',':
        case ':':
        case ' ':
        case '\t':
        case '\r':
        case '\n':
            if (depth == 0) {
                return p;
            }

            break;

        default:
            break;
        }
    }

    return last;
}


/* the child of the object or list at p; NULL if it is not found */

static const u_char *
rfl_json_step(const u_char *p, const u_char *last, const rfl_json_step_t *step)
{
    size_t         i, len;
    const u_char  *key;

    if (p == last || *p != ((step->name != NULL) ? '{' : '[')) {
        return NULL;
    }

    len = (step->name != NULL) ? strlen(step->name) : 0;

    for (i = 0; p < last && *p != '}' && *p != ']'; i++) {

        p = rfl_json_space(p + 1, last);

        if (step->name == NULL) {

            if (i == step->index) {
                return p;
            }

        } else {

            key = p + 1;
            p = rfl_json_skip(p, last);

            if (p > key && (size_t) (p - 1 - key) == len
                && memcmp(key, step->name, len) == 0)
            {
                p = rfl_json_space(p, last);
                return (p < last) ? rfl_json_space(p + 1, last) : NULL;
            }

            p = rfl_json_space(p, last);

            if (p < last) {
                p = rfl_json_space(p + 1, last);
            }
        }

        p = rfl_json_space(rfl_json_skip(p, last), last);
    }

    return NULL;
}
