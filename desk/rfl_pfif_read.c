
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pfif_read.c: PFIF 1.4 as somebody else wrote it, by libxml2's reader
 * with everything off that reaches beyond the text itself.  Called by what
 * the desk imports.
 */


#include "rfl_pfif.h"
#include "rfl_text.h"

#include <libxml/parser.h>
#include <libxml/tree.h>


#define RFL_PFIF_OPTIONS                                                     \
    (XML_PARSE_NONET|XML_PARSE_NOERROR|XML_PARSE_NOWARNING|XML_PARSE_NOCDATA \
     |XML_PARSE_COMPACT|XML_PARSE_BIG_LINES)

/* what may stand in a person, in a note, and how long it may be */

#define RFL_PFIF_IN_PERSON   0x1
#define RFL_PFIF_IN_NOTE     0x2
#define RFL_PFIF_IN_BOTH     0x3


typedef struct {
    const char   *name;
    unsigned      where;
    rfl_pfif_e    value;           /* RFL_PFIF_N: known, and left out */
    size_t        max;
} rfl_pfif_element_t;

typedef struct {
    rfl_pool_t         *pool;      /* of one person */
    rfl_pfif_visit_pt   visit;
    void               *data;
    rfl_err_t          *err;
} rfl_pfif_in_t;


static int rfl_pfif_plain(const rfl_str_t *text, rfl_err_t *err);
static int rfl_pfif_root(rfl_pfif_in_t *in, xmlDocPtr doc);
static int rfl_pfif_read_person(rfl_pfif_in_t *in, xmlNodePtr node);
static int rfl_pfif_record(rfl_pfif_in_t *in, xmlNodePtr node,
    unsigned where, rfl_pfif_record_t *record);
static int rfl_pfif_value(rfl_pfif_in_t *in, xmlNodePtr node,
    const rfl_pfif_element_t *e, rfl_pfif_record_t *record);
static const rfl_pfif_element_t *rfl_pfif_known(const char *name,
    unsigned where);
static int rfl_pfif_is(xmlNodePtr node, const char *name);
static int rfl_pfif_fault(rfl_pfif_in_t *in, xmlNodePtr node,
    const char *what);


static const rfl_pfif_element_t  rfl_pfif_elements[] = {
    { "person_record_id", RFL_PFIF_IN_PERSON, RFL_PFIF_ID,
      RFL_PFIF_LINE_MAX },
    { "note_record_id", RFL_PFIF_IN_NOTE, RFL_PFIF_ID, RFL_PFIF_LINE_MAX },
    { "person_record_id", RFL_PFIF_IN_NOTE, RFL_PFIF_PERSON,
      RFL_PFIF_LINE_MAX },
    { "entry_date", RFL_PFIF_IN_BOTH, RFL_PFIF_ENTRY_DATE, 32 },
    { "expiry_date", RFL_PFIF_IN_PERSON, RFL_PFIF_EXPIRY_DATE, 32 },
    { "author_name", RFL_PFIF_IN_BOTH, RFL_PFIF_AUTHOR_NAME,
      RFL_PFIF_LINE_MAX },
    { "author_email", RFL_PFIF_IN_BOTH, RFL_PFIF_AUTHOR_EMAIL,
      RFL_PFIF_LINE_MAX },
    { "author_phone", RFL_PFIF_IN_BOTH, RFL_PFIF_AUTHOR_PHONE,
      RFL_PFIF_LINE_MAX },
    { "source_name", RFL_PFIF_IN_PERSON, RFL_PFIF_SOURCE_NAME,
      RFL_PFIF_LINE_MAX },
    { "source_date", RFL_PFIF_IN_BOTH, RFL_PFIF_SOURCE_DATE, 32 },
    { "source_url", RFL_PFIF_IN_PERSON, RFL_PFIF_N, RFL_PFIF_TEXT_MAX },
    { "full_name", RFL_PFIF_IN_PERSON, RFL_PFIF_FULL_NAME,
      RFL_PFIF_LINE_MAX },
    { "given_name", RFL_PFIF_IN_PERSON, RFL_PFIF_GIVEN_NAME,
      RFL_PFIF_LINE_MAX },
    { "family_name", RFL_PFIF_IN_PERSON, RFL_PFIF_FAMILY_NAME,
      RFL_PFIF_LINE_MAX },
    { "alternate_names", RFL_PFIF_IN_PERSON, RFL_PFIF_ALTERNATE_NAMES,
      RFL_PFIF_TEXT_MAX },
    { "description", RFL_PFIF_IN_PERSON, RFL_PFIF_DESCRIPTION,
      RFL_PFIF_TEXT_MAX },
    { "sex", RFL_PFIF_IN_PERSON, RFL_PFIF_SEX, 16 },
    { "date_of_birth", RFL_PFIF_IN_PERSON, RFL_PFIF_DATE_OF_BIRTH, 16 },
    { "age", RFL_PFIF_IN_PERSON, RFL_PFIF_AGE, 16 },
    { "home_street", RFL_PFIF_IN_PERSON, RFL_PFIF_N, RFL_PFIF_TEXT_MAX },
    { "home_neighborhood", RFL_PFIF_IN_PERSON, RFL_PFIF_N,
      RFL_PFIF_TEXT_MAX },
    { "home_city", RFL_PFIF_IN_PERSON, RFL_PFIF_HOME_CITY,
      RFL_PFIF_LINE_MAX },
    { "home_state", RFL_PFIF_IN_PERSON, RFL_PFIF_HOME_STATE,
      RFL_PFIF_LINE_MAX },
    { "home_postal_code", RFL_PFIF_IN_PERSON, RFL_PFIF_N,
      RFL_PFIF_TEXT_MAX },
    { "home_country", RFL_PFIF_IN_PERSON, RFL_PFIF_HOME_COUNTRY, 2 },
    { "photo_url", RFL_PFIF_IN_BOTH, RFL_PFIF_N, RFL_PFIF_TEXT_MAX },
    { "profile_urls", RFL_PFIF_IN_PERSON, RFL_PFIF_N, RFL_PFIF_TEXT_MAX },
    { "linked_person_record_id", RFL_PFIF_IN_NOTE, RFL_PFIF_N,
      RFL_PFIF_LINE_MAX },
    { "author_made_contact", RFL_PFIF_IN_NOTE, RFL_PFIF_N, 16 },
    { "status", RFL_PFIF_IN_NOTE, RFL_PFIF_STATUS, 32 },
    { "email_of_found_person", RFL_PFIF_IN_NOTE, RFL_PFIF_N,
      RFL_PFIF_LINE_MAX },
    { "phone_of_found_person", RFL_PFIF_IN_NOTE, RFL_PFIF_N,
      RFL_PFIF_LINE_MAX },
    { "last_known_location", RFL_PFIF_IN_NOTE, RFL_PFIF_N,
      RFL_PFIF_TEXT_MAX },
    { "text", RFL_PFIF_IN_NOTE, RFL_PFIF_TEXT, RFL_PFIF_TEXT_MAX },
    { NULL, 0, RFL_PFIF_N, 0 }
};


int
rfl_pfif_read(const rfl_str_t *text, rfl_pfif_visit_pt visit, void *data,
    rfl_err_t *err)
{
    int                 rc;
    xmlDocPtr           doc;
    xmlErrorPtr         fault;
    rfl_pfif_in_t       in;
    xmlParserCtxtPtr    ctxt;

    rc = rfl_pfif_plain(text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    in.visit = visit;
    in.data = data;
    in.err = err;
    in.pool = rfl_pool_create(16384);

    ctxt = xmlNewParserCtxt();

    if (ctxt == NULL || in.pool == NULL) {
        xmlFreeParserCtxt(ctxt);
        rfl_pool_destroy(in.pool);
        return rfl_err(err, 0, "out of memory");
    }

    doc = xmlCtxtReadMemory(ctxt, (char *) text->data, (int) text->len, NULL,
                            "UTF-8", RFL_PFIF_OPTIONS);

    if (doc != NULL) {
        rc = rfl_pfif_root(&in, doc);

    } else {
        fault = xmlCtxtGetLastError(ctxt);

        /* libxml2's own words quote the input, which has names in it */

        rc = rfl_err(err, fault != NULL && fault->line > 0
                          ? (unsigned) fault->line : 0,
                     "is not well-formed XML");
    }

    xmlFreeDoc(doc);
    xmlFreeParserCtxt(ctxt);
    rfl_pool_destroy(in.pool);

    return rc;
}


/*
 * A document type is where entities, and so bombs and other people's files,
 * come from: with none of it the parser has nothing to expand.  UTF-8 only,
 * so that these letters are these bytes.
 */

static int
rfl_pfif_plain(const rfl_str_t *text, rfl_err_t *err)
{
    if (text->len > RFL_PFIF_FILE_MAX) {
        return rfl_err(err, 0, "is longer than %d bytes: split it",
                       RFL_PFIF_FILE_MAX);
    }

    if (text->len == 0 || !rfl_utf8_valid(text->data, text->len)
        || memchr(text->data, '\0', text->len) != NULL)
    {
        return rfl_err(err, 0, "is not UTF-8 text");
    }

    if (memmem(text->data, text->len, "<!DOCTYPE", 9) != NULL
        || memmem(text->data, text->len, "<!ENTITY", 8) != NULL)
    {
        return rfl_err(err, 0, "has a document type or entities: PFIF has "
                       "neither");
    }

    return RFL_OK;
}


static int
rfl_pfif_root(rfl_pfif_in_t *in, xmlDocPtr doc)
{
    int         rc;
    unsigned    n;
    xmlNodePtr  root, node;

    root = xmlDocGetRootElement(doc);

    if (doc->intSubset != NULL || doc->extSubset != NULL) {
        return rfl_err(in->err, 0, "has a document type");
    }

    if (root == NULL || !rfl_pfif_is(root, "pfif")) {
        return rfl_err(in->err, 1, "is not PFIF 1.4: its root must be "
                       "\"pfif\" of " RFL_PFIF_NS);
    }

    n = 0;

    for (node = root->children; node != NULL; node = node->next) {

        if (node->type == XML_COMMENT_NODE || xmlIsBlankNode(node)) {
            continue;
        }

        if (!rfl_pfif_is(node, "person")) {
            return rfl_pfif_fault(in, node, "only \"person\" may stand here");
        }

        if (++n > RFL_PFIF_PERSONS_MAX) {
            return rfl_pfif_fault(in, node, "there are too many persons");
        }

        rc = rfl_pfif_read_person(in, node);

        rfl_pool_reset(in->pool);

        if (rc != RFL_OK) {
            return rc;
        }
    }

    return RFL_OK;
}


static int
rfl_pfif_read_person(rfl_pfif_in_t *in, xmlNodePtr node)
{
    int                 rc;
    xmlNodePtr          note;
    rfl_pfif_person_t  *person;

    person = rfl_pcalloc(in->pool, sizeof(rfl_pfif_person_t));
    if (person == NULL) {
        return rfl_err(in->err, 0, "out of memory");
    }

    person->line = (unsigned) xmlGetLineNo(node);

    rc = rfl_pfif_record(in, node, RFL_PFIF_IN_PERSON, &person->record);
    if (rc != RFL_OK) {
        return rc;
    }

    if (person->record.values[RFL_PFIF_ID].len == 0
        || person->record.values[RFL_PFIF_FULL_NAME].len == 0)
    {
        return rfl_pfif_fault(in, node, "a person needs person_record_id and "
                              "full_name");
    }

    person->notes = rfl_pcalloc(in->pool, RFL_PFIF_NOTES_MAX
                                          * sizeof(rfl_pfif_record_t));
    if (person->notes == NULL) {
        return rfl_err(in->err, 0, "out of memory");
    }

    for (note = node->children; note != NULL; note = note->next) {

        if (!rfl_pfif_is(note, "note")) {
            continue;
        }

        if (person->nnotes == RFL_PFIF_NOTES_MAX) {
            return rfl_pfif_fault(in, note, "a person has too many notes");
        }

        rc = rfl_pfif_record(in, note, RFL_PFIF_IN_NOTE,
                             &person->notes[person->nnotes]);
        if (rc != RFL_OK) {
            return rc;
        }

        if (person->notes[person->nnotes].values[RFL_PFIF_ID].len == 0) {
            return rfl_pfif_fault(in, note, "a note needs note_record_id");
        }

        person->nnotes++;
    }

    return in->visit(in->data, in->pool, person, in->err);
}


static int
rfl_pfif_record(rfl_pfif_in_t *in, xmlNodePtr node, unsigned where,
    rfl_pfif_record_t *record)
{
    int                        rc;
    uint64_t                   seen, bit;
    xmlNodePtr                 child;
    const rfl_pfif_element_t  *e;

    seen = 0;

    for (child = node->children; child != NULL; child = child->next) {

        if (child->type == XML_COMMENT_NODE || xmlIsBlankNode(child)
            || (where == RFL_PFIF_IN_PERSON && rfl_pfif_is(child, "note")))
        {
            continue;
        }

        e = (child->type == XML_ELEMENT_NODE
             && rfl_pfif_is(child, (const char *) child->name))
            ? rfl_pfif_known((const char *) child->name, where) : NULL;

        if (e == NULL) {
            return rfl_pfif_fault(in, child, "is not known here");
        }

        bit = (uint64_t) 1 << (e - rfl_pfif_elements);

        if (seen & bit) {
            return rfl_pfif_fault(in, child, "is there twice");
        }

        seen |= bit;

        rc = rfl_pfif_value(in, child, e, record);
        if (rc != RFL_OK) {
            return rc;
        }
    }

    return RFL_OK;
}


static int
rfl_pfif_value(rfl_pfif_in_t *in, xmlNodePtr node,
    const rfl_pfif_element_t *e, rfl_pfif_record_t *record)
{
    int         rc;
    rfl_str_t   s, out;
    xmlNodePtr  text;

    text = node->children;

    if (text == NULL) {
        return RFL_OK;
    }

    if (text->type != XML_TEXT_NODE || text->next != NULL
        || text->content == NULL || node->properties != NULL)
    {
        return rfl_pfif_fault(in, node, "must be plain text");
    }

    s.data = text->content;
    s.len = strlen((char *) text->content);

    rc = (e->max == RFL_PFIF_TEXT_MAX)
         ? rfl_text_lines(in->pool, &s, e->max, &out)
         : rfl_text_line(in->pool, &s, e->max, &out);

    switch (rc) {

    case RFL_OK:
        break;

    case RFL_TEXT_EMPTY:
        return RFL_OK;

    case RFL_TEXT_LONG:
        return rfl_pfif_fault(in, node, "is too long");

    case RFL_ERROR:
        return rfl_err(in->err, 0, "out of memory");

    default:
        return rfl_pfif_fault(in, node, "has control characters");
    }

    if (e->value != RFL_PFIF_N) {
        record->values[e->value] = out;
    }

    return RFL_OK;
}


static const rfl_pfif_element_t *
rfl_pfif_known(const char *name, unsigned where)
{
    const rfl_pfif_element_t  *e;

    for (e = rfl_pfif_elements; e->name != NULL; e++) {
        if ((e->where & where) && strcmp(e->name, name) == 0) {
            return e;
        }
    }

    return NULL;
}


static int
rfl_pfif_is(xmlNodePtr node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL
           && strcmp((const char *) node->ns->href, RFL_PFIF_NS) == 0
           && strcmp((const char *) node->name, name) == 0;
}


/* names of elements are ours to tell only if they are known */

static int
rfl_pfif_fault(rfl_pfif_in_t *in, xmlNodePtr node, const char *what)
{
    long         line;
    const char  *name;

    line = xmlGetLineNo(node);
    name = (const char *) node->name;

    if (node->type != XML_ELEMENT_NODE
        || (rfl_pfif_known(name, RFL_PFIF_IN_BOTH) == NULL
            && strcmp(name, "note") != 0 && strcmp(name, "person") != 0))
    {
        name = "something";
    }

    return rfl_err(in->err, line > 0 ? (unsigned) line : 0, "%s: %s", name,
                   what);
}
