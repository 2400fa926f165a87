
/*
 * Copyright (C) The RFL authors
 *
 * rfl_tpl_html.c: the HTML tokenizer of the template engine.  It knows of
 * HTML what is needed to say where a tag stands and whether elements are
 * closed; whether a page is valid is the business of the checkers in the
 * test suite.  Runs at configuration load only.
 */


#include "rfl_tpl_int.h"


static int rfl_html_char(rfl_html_t *h, u_char c, rfl_err_t *err);
static int rfl_html_char_tag(rfl_html_t *h, u_char c, rfl_err_t *err);
static int rfl_html_char_close(rfl_html_t *h, u_char c, unsigned space,
    rfl_err_t *err);
static int rfl_html_char_attr(rfl_html_t *h, u_char c, unsigned space,
    rfl_err_t *err);
static int rfl_html_char_between(rfl_html_t *h, u_char c, unsigned space,
    rfl_err_t *err);
static int rfl_html_char_value(rfl_html_t *h, u_char c, rfl_err_t *err);
static int rfl_html_opened(rfl_html_t *h, unsigned closed, rfl_err_t *err);
static int rfl_html_closed(rfl_html_t *h, rfl_err_t *err);
static int rfl_html_element(rfl_html_t *h, rfl_err_t *err);
static int rfl_html_attr(rfl_html_t *h, rfl_err_t *err);
static int rfl_html_char_src(rfl_html_t *h, u_char c, rfl_err_t *err);
static int rfl_html_append(char *name, u_char c);
static int rfl_html_inside(const rfl_html_t *h, const char *name);


/* blocked by the content security policy, or a way around the other rules */

static const char *const  rfl_html_refused[] = {
    "script", "style", "iframe", "frame", "object", "embed", "base", "applet",
    "noscript", "template", "xmp", "plaintext", "noembed", "noframes", NULL
};

static const char *const  rfl_html_void[] = {
    "area", "br", "col", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr", NULL
};

static const char *const  rfl_html_rcdata[] = { "title", "textarea", NULL };


int
rfl_html_feed(rfl_html_t *h, const u_char *p, size_t len, rfl_buf_t *out,
    rfl_err_t *err)
{
    u_char            c;
    unsigned          lines, before;
    const u_char     *last, *end;

    last = p + len;

    while (p < last) {
        c = *p;

        /* white space with a line break in it is one line break */

        if ((c == ' ' || c == '\n' || c == '\t' || c == '\r')
            && (h->state == RFL_HTML_TEXT || h->state == RFL_HTML_TAG
                || h->state == RFL_HTML_TAG_GLUED)
            && !rfl_html_inside(h, "pre"))
        {
            lines = 0;

            for (end = p; end < last && (*end == ' ' || *end == '\n'
                                         || *end == '\t' || *end == '\r');
                 end++)
            {
                lines += (*end == '\n');
            }

            if (rfl_html_char(h, ' ', err) != RFL_OK) {
                return RFL_ERROR;
            }

            if (!h->newline) {
                rfl_buf_byte(out, lines ? '\n' : ' ');
                h->newline = (lines != 0);
            }

            h->line += lines;
            p = end;

            continue;
        }

        /* comments stay at home; their "<" is held back until it is known */

        before = h->state;

        if (rfl_html_char(h, c, err) != RFL_OK) {
            return RFL_ERROR;
        }

        h->line += (c == '\n');
        p++;

        if (h->state == RFL_HTML_LT) {
            continue;
        }

        if (before == RFL_HTML_LT) {

            if (h->state == RFL_HTML_DECLARATION && last - p >= 2
                && p[0] == '-' && p[1] == '-')
            {
                h->state = RFL_HTML_COMMENT;
                h->dashes = 0;
                p += 2;
                continue;
            }

            rfl_buf_byte(out, '<');
        }

        if (before != RFL_HTML_COMMENT) {
            rfl_buf_byte(out, c);
            h->newline = 0;
        }
    }

    return RFL_OK;
}


static int
rfl_html_char(rfl_html_t *h, u_char c, rfl_err_t *err)
{
    switch (h->state) {

    case RFL_HTML_TEXT:
    case RFL_HTML_RCDATA:
        if (c == '<') {
            h->state = RFL_HTML_LT;
            h->name[0] = '\0';
        }

        return RFL_OK;

    case RFL_HTML_LT:
        if (c == '/') {
            h->state = RFL_HTML_NAME_CLOSE;
            return RFL_OK;
        }

        if (c == '!' && !rfl_html_in(h, "title")
            && !rfl_html_in(h, "textarea"))
        {
            h->state = RFL_HTML_DECLARATION;
            return RFL_OK;
        }

        if ((c | 0x20) < 'a' || (c | 0x20) > 'z') {
            return rfl_err(err, h->line, "a \"<\" that begins no element, "
                           "write &lt;");
        }

        if (rfl_html_in(h, "title") || rfl_html_in(h, "textarea")) {
            return rfl_err(err, h->line, "no element can be inside <%s>",
                           h->open[h->n - 1].name);
        }

        h->state = RFL_HTML_NAME_OPEN;

        if (rfl_html_append(h->name, c) == RFL_OK) {
            return RFL_OK;
        }

        return rfl_err(err, h->line, "the name of the element is too long");

    case RFL_HTML_DECLARATION:
        if (c == '>') {
            h->state = RFL_HTML_TEXT;
        }

        return RFL_OK;

    case RFL_HTML_COMMENT:
        if (c == '-') {
            h->dashes++;

        } else {

            if (c == '>' && h->dashes >= 2) {
                h->state = RFL_HTML_TEXT;
            }

            h->dashes = 0;
        }

        return RFL_OK;

    case RFL_HTML_EQUALS:
    case RFL_HTML_DOUBLE:
    case RFL_HTML_SINGLE:
    case RFL_HTML_UNQUOTED:
        return rfl_html_char_value(h, c, err);

    default:
        return rfl_html_char_tag(h, c, err);
    }
}


static int
rfl_html_char_tag(rfl_html_t *h, u_char c, rfl_err_t *err)
{
    unsigned  space;

    space = (c == ' ' || c == '\n' || c == '\t' || c == '\r');

    switch (h->state) {

    case RFL_HTML_NAME_OPEN:
        if (!space && c != '>' && c != '/') {

            if (rfl_html_append(h->name, c) == RFL_OK) {
                return RFL_OK;
            }

            return rfl_err(err, h->line, "\"<%s\" is no name of an element",
                           h->name);
        }

        if (rfl_html_element(h, err) != RFL_OK) {
            return RFL_ERROR;
        }

        break;

    case RFL_HTML_NAME_CLOSE:
    case RFL_HTML_TAG_CLOSE:
        return rfl_html_char_close(h, c, space, err);

    case RFL_HTML_TAG_SLASH:
        if (c == '>') {
            return rfl_html_opened(h, 1, err);
        }

        return rfl_err(err, h->line, "a \"/\" inside <%s> that does not end "
                       "it", h->name);

    case RFL_HTML_TAG_GLUED:
        if (!space && c != '>' && c != '/') {
            return rfl_err(err, h->line, "a space is missing before the next "
                           "attribute of <%s>", h->name);
        }

        break;

    case RFL_HTML_ATTR:
    case RFL_HTML_ATTR_AFTER:
        return rfl_html_char_attr(h, c, space, err);

    default: /* RFL_HTML_TAG */
        break;
    }

    return rfl_html_char_between(h, c, space, err);
}


static int
rfl_html_char_close(rfl_html_t *h, u_char c, unsigned space, rfl_err_t *err)
{
    if (h->state == RFL_HTML_NAME_CLOSE && !space && c != '>') {

        if (rfl_html_append(h->name, c) == RFL_OK) {
            return RFL_OK;
        }

        return rfl_err(err, h->line, "\"</%s\" is no name of an element",
                       h->name);
    }

    h->state = RFL_HTML_TAG_CLOSE;

    if (c == '>') {
        return rfl_html_closed(h, err);
    }

    return space ? RFL_OK
                 : rfl_err(err, h->line, "\"</%s\" is not closed by \">\"",
                           h->name);
}


static int
rfl_html_char_attr(rfl_html_t *h, u_char c, unsigned space, rfl_err_t *err)
{
    if (h->state == RFL_HTML_ATTR && !space && c != '=' && c != '>'
        && c != '/')
    {
        if (c != '"' && c != '\'' && c != '<'
            && rfl_html_append(h->attr, c) == RFL_OK)
        {
            return RFL_OK;
        }

        return rfl_err(err, h->line, "\"%s\" is no name of an attribute",
                       h->attr);
    }

    if (rfl_html_attr(h, err) != RFL_OK) {
        return RFL_ERROR;
    }

    if (c == '=') {
        h->state = RFL_HTML_EQUALS;
        return RFL_OK;
    }

    if (space) {
        h->state = RFL_HTML_ATTR_AFTER;
        return RFL_OK;
    }

    return rfl_html_char_between(h, c, space, err);
}


/* between attributes */

static int
rfl_html_char_between(rfl_html_t *h, u_char c, unsigned space,
    rfl_err_t *err)
{
    if (space) {
        h->state = RFL_HTML_TAG;
        return RFL_OK;
    }

    if (c == '>') {
        return rfl_html_opened(h, 0, err);
    }

    if (c == '/') {
        h->state = RFL_HTML_TAG_SLASH;
        return RFL_OK;
    }

    h->attr[0] = '\0';
    h->state = RFL_HTML_ATTR;

    if (c == '"' || c == '\'' || c == '<' || c == '='
        || rfl_html_append(h->attr, c) != RFL_OK)
    {
        return rfl_err(err, h->line, "a stray \"%c\" inside <%s>",
                       (c > 0x20 && c < 0x7f) ? c : '?', h->name);
    }

    return RFL_OK;
}


static int
rfl_html_char_value(rfl_html_t *h, u_char c, rfl_err_t *err)
{
    if (strcmp(h->attr, "src") == 0
        && rfl_html_char_src(h, c, err) != RFL_OK)
    {
        return RFL_ERROR;
    }

    switch (h->state) {

    case RFL_HTML_EQUALS:
        h->begun = 0;

        if (c == '"') {
            h->state = RFL_HTML_DOUBLE;

        } else if (c == '\'') {
            h->state = RFL_HTML_SINGLE;

        } else if (c == '>' || c == '<') {
            return rfl_err(err, h->line, "attribute \"%s\" has no value after "
                           "its \"=\"", h->attr);

        } else if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
            h->state = RFL_HTML_UNQUOTED;
        }

        return RFL_OK;

    case RFL_HTML_DOUBLE:
        if (c == '"') {
            h->state = RFL_HTML_TAG_GLUED;
        }

        h->begun = 1;
        return RFL_OK;

    case RFL_HTML_SINGLE:
        if (c == '\'') {
            h->state = RFL_HTML_TAG_GLUED;
        }

        return RFL_OK;

    default: /* RFL_HTML_UNQUOTED */

        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            h->state = RFL_HTML_TAG;

        } else if (c == '>') {
            return rfl_html_opened(h, 0, err);
        }

        return RFL_OK;
    }
}


/* the ">" of a start tag; closed: it was "/>" */

static int
rfl_html_opened(rfl_html_t *h, unsigned closed, rfl_err_t *err)
{
    rfl_html_element_t  *element;

    h->state = RFL_HTML_TEXT;

    if (rfl_html_listed(rfl_html_void, h->name)) {
        return RFL_OK;
    }

    if (closed) {

        if (rfl_html_inside(h, "svg")) {
            return RFL_OK;
        }

        return rfl_err(err, h->line, "\"/>\" does not close <%s>, write "
                       "</%s>", h->name, h->name);
    }

    if (h->n == RFL_HTML_DEPTH) {
        return rfl_err(err, h->line, "more than %d elements inside one "
                       "another", RFL_HTML_DEPTH);
    }

    element = &h->open[h->n++];

    memcpy(element->name, h->name, RFL_HTML_NAME);
    element->file = h->file;
    element->line = h->line;

    if (rfl_html_listed(rfl_html_rcdata, h->name)) {
        h->state = RFL_HTML_RCDATA;
    }

    return RFL_OK;
}


static int
rfl_html_closed(rfl_html_t *h, rfl_err_t *err)
{
    rfl_html_element_t  *element;

    if (h->n == 0) {
        return rfl_err(err, h->line, "</%s> closes nothing", h->name);
    }

    element = &h->open[h->n - 1];

    if (strcmp(element->name, h->name) != 0) {
        return rfl_err(err, h->line, "</%s> where </%s> is due, which was "
                       "opened at %.*s:%u", h->name, element->name,
                       (int) element->file->len, (char *) element->file->data,
                       element->line);
    }

    if (h->n == h->base) {
        return rfl_err(err, h->line, "</%s> closes an element that was opened "
                       "before this section, at %.*s:%u", h->name,
                       (int) element->file->len, (char *) element->file->data,
                       element->line);
    }

    h->n--;
    h->state = RFL_HTML_TEXT;

    return RFL_OK;
}


static int
rfl_html_element(rfl_html_t *h, rfl_err_t *err)
{
    if (rfl_html_listed(rfl_html_refused, h->name)) {
        return rfl_err(err, h->line, "<%s> is refused: the content security "
                       "policy of the pages allows no scripts, frames or "
                       "inline styles", h->name);
    }

    h->state = RFL_HTML_TAG;

    return RFL_OK;
}


static int
rfl_html_attr(rfl_html_t *h, rfl_err_t *err)
{
    if (strncmp(h->attr, "on", 2) == 0) {
        return rfl_err(err, h->line, "event handler \"%s\" is refused: the "
                       "content security policy of the pages allows no "
                       "scripts", h->attr);
    }

    if (strcmp(h->attr, "style") == 0 || strcmp(h->attr, "srcdoc") == 0
        || strcmp(h->attr, "http-equiv") == 0)
    {
        return rfl_err(err, h->line, "attribute \"%s\" is refused: put "
                       "styles into the stylesheet, headers into nginx",
                       h->attr);
    }

    return RFL_OK;
}


/* a picture from elsewhere would not be shown, or tell who looks at it */

static int
rfl_html_char_src(rfl_html_t *h, u_char c, rfl_err_t *err)
{
    static const char *const  refused[] = { "http:", "https:", "//", "data:",
                                            NULL };

    if (h->state == RFL_HTML_EQUALS) {
        h->nsrc = 0;

        if (strchr("\"' \n\t\r", c) != NULL) {
            return RFL_OK;
        }
    }

    if (h->nsrc == RFL_HTML_SRC - 1) {
        return RFL_OK;
    }

    h->src[h->nsrc++] = (char) ((c >= 'A' && c <= 'Z') ? c | 0x20 : c);
    h->src[h->nsrc] = '\0';

    if (rfl_html_listed(refused, h->src)) {
        return rfl_err(err, h->line, "attribute \"src\" is refused: the "
                       "content security policy of the pages allows pictures "
                       "of this site only, begin it with its path");
    }

    return RFL_OK;
}


int
rfl_html_section(rfl_html_t *h, rfl_err_t *err)
{
    int  rc;

    rc = RFL_OK;

    if (h->state == RFL_HTML_ATTR || h->state == RFL_HTML_ATTR_AFTER) {
        rc = rfl_html_attr(h, err);
        h->state = RFL_HTML_TAG_GLUED;

    } else if (h->state == RFL_HTML_NAME_OPEN) {
        rc = rfl_html_element(h, err);
        h->state = RFL_HTML_TAG_GLUED;
    }

    return rc;
}


void
rfl_html_written(rfl_html_t *h)
{
    h->begun = 1;
    h->newline = 0;
}


/* some open element is this one */

static int
rfl_html_inside(const rfl_html_t *h, const char *name)
{
    unsigned  i;

    for (i = h->n; i > 0; i--) {
        if (strcmp(h->open[i - 1].name, name) == 0) {
            return 1;
        }
    }

    return 0;
}


int
rfl_html_in(const rfl_html_t *h, const char *name)
{
    return h->n != 0 && strcmp(h->open[h->n - 1].name, name) == 0;
}


/* names are kept in lower case */

static int
rfl_html_append(char *name, u_char c)
{
    size_t  len;

    len = strlen(name);

    if (len + 1 >= RFL_HTML_NAME || c <= 0x20 || c >= 0x7f) {
        return RFL_ERROR;
    }

    name[len] = (char) ((c >= 'A' && c <= 'Z') ? (c | 0x20) : c);
    name[len + 1] = '\0';

    return RFL_OK;
}


int
rfl_html_listed(const char *const *list, const char *name)
{
    for ( /* void */ ; *list != NULL; list++) {
        if (strcmp(*list, name) == 0) {
            return 1;
        }
    }

    return 0;
}
