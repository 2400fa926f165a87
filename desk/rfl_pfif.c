
/*
 * Copyright (C) The RFL authors
 *
 * rfl_pfif.c: submissions written as PFIF 1.4, by libxml2's writer, which
 * escapes.  Called by "rflctl inbox export" and the hand-over of the desk.
 */


#include "rfl_pfif.h"
#include "rfl_text.h"

#include <libxml/xmlwriter.h>
#include <sodium.h>
#include <stdlib.h>


#define RFL_PFIF_ID_SIZE     320


struct rfl_pfif_out_s {
    xmlBufferPtr      buffer;
    xmlTextWriterPtr  writer;
    unsigned          failed;
    char              date[RFL_TIME_TEXT_SIZE + 1];
};


/* an answer that becomes words: label, field */

typedef struct {
    const char       *label;
    rfl_ask_field_e   field;
} rfl_pfif_words_t;


static int rfl_pfif_person(rfl_pfif_out_t *out, const rfl_submission_t *s,
    const char *id);
static int rfl_pfif_note(rfl_pfif_out_t *out, const rfl_submission_t *s,
    const char *domain, const char *person);
static void rfl_pfif_author(rfl_pfif_out_t *out, const rfl_submission_t *s);
static void rfl_pfif_born(rfl_pfif_out_t *out, const rfl_submission_t *s,
    rfl_buf_t *words);
static void rfl_pfif_words(const rfl_submission_t *s,
    const rfl_pfif_words_t *list, rfl_buf_t *words);
static void rfl_pfif_open(rfl_pfif_out_t *out, const char *name);
static void rfl_pfif_close(rfl_pfif_out_t *out);
static void rfl_pfif_element(rfl_pfif_out_t *out, const char *name,
    const void *data, size_t len);
static void rfl_pfif_answer(rfl_pfif_out_t *out, const char *name,
    const rfl_submission_t *s, rfl_ask_field_e field);
static int rfl_pfif_digits(const rfl_str_t *text, size_t min, size_t max);


#define rfl_pfif_text(out, name, text)                                       \
    rfl_pfif_element(out, name, text, strlen(text))


static const rfl_pfif_words_t  rfl_pfif_of_person[] = {
    { "Father", RFL_ASK_FATHER },
    { "Mother", RFL_ASK_MOTHER },
    { "From", RFL_ASK_PLACE },
    { NULL, RFL_ASK_NONE }
};

static const rfl_pfif_words_t  rfl_pfif_of_note[] = {
    { "Status", RFL_ASK_STATUS },
    { "Relation", RFL_ASK_RELATION },
    { "Tie", RFL_ASK_TIE },
    { "Last contact", RFL_ASK_LAST_WHEN },
    { "Place of last contact", RFL_ASK_LAST_WHERE },
    { "Message", RFL_ASK_MESSAGE },
    { "Also", RFL_ASK_WORDS },
    { "How to reach the sender", RFL_ASK_REACH },
    { "The sender speaks", RFL_ASK_TALK },
    { NULL, RFL_ASK_NONE }
};


int
rfl_pfif_begin(rfl_pfif_out_t **out, rfl_err_t *err)
{
    rfl_pfif_out_t  *o;

    o = calloc(1, sizeof(rfl_pfif_out_t));
    if (o == NULL) {
        return rfl_err(err, 0, "out of memory");
    }

    *out = o;

    o->buffer = xmlBufferCreate();

    if (o->buffer != NULL) {
        o->writer = xmlNewTextWriterMemory(o->buffer, 0);
    }

    if (o->writer == NULL
        || xmlTextWriterSetIndent(o->writer, 1) < 0
        || xmlTextWriterStartDocument(o->writer, NULL, "UTF-8", NULL) < 0
        || xmlTextWriterStartElementNS(o->writer, BAD_CAST "pfif",
                                       BAD_CAST "pfif", BAD_CAST RFL_PFIF_NS)
           < 0)
    {
        return rfl_err(err, 0, "out of memory");
    }

    return RFL_OK;
}


int
rfl_pfif_write(rfl_pfif_out_t *out, const rfl_submission_t *s,
    const char *domain, rfl_err_t *err)
{
    int     rc;
    char    id[RFL_PFIF_ID_SIZE], hex[2 * RFL_SUBMISSION_ID_SIZE + 1];
    u_char  ref[RFL_REF_TEXT_SIZE];

    if (s->form == RFL_FORM_ALIVE || s->form == RFL_FORM_LOOKING) {
        (void) sodium_bin2hex(hex, sizeof(hex), s->id, sizeof(s->id));
        (void) snprintf(id, sizeof(id), "%s/%s", domain, hex);

    } else if (s->form == RFL_FORM_MESSAGE && s->has_ref) {
        rfl_ref_format(s->ref, ref);
        (void) snprintf(id, sizeof(id), "%s/entry-%.*s", domain,
                        RFL_REF_TEXT_SIZE, ref);

    } else {
        return RFL_DECLINED;
    }

    /* the day is all that is known of the time */

    rfl_time_format((int64_t) s->day * RFL_DAY_SECONDS, (u_char *) out->date);

    if (s->form == RFL_FORM_MESSAGE) {
        rc = rfl_pfif_note(out, s, domain, id);

    } else {
        rfl_pfif_open(out, "person");
        rc = rfl_pfif_person(out, s, id);

        if (rc == RFL_OK) {
            rc = rfl_pfif_note(out, s, domain, id);
        }

        rfl_pfif_close(out);
    }

    return (rc != RFL_OK || out->failed) ? rfl_err(err, 0, "out of memory")
                                         : RFL_OK;
}


static int
rfl_pfif_person(rfl_pfif_out_t *out, const rfl_submission_t *s,
    const char *id)
{
    int         rc;
    unsigned    sex;
    rfl_buf_t   words;

    rfl_buf_init(&words, 0);

    rfl_pfif_text(out, "person_record_id", id);
    rfl_pfif_text(out, "entry_date", out->date);
    rfl_pfif_author(out, s);
    rfl_pfif_element(out, "source_name", s->society.data, s->society.len);
    rfl_pfif_text(out, "source_date", out->date);
    rfl_pfif_answer(out, "full_name", s, RFL_ASK_NAME);
    rfl_pfif_answer(out, "alternate_names", s, RFL_ASK_NAME_OTHER);

    sex = s->values[RFL_ASK_SEX].choice;

    if (sex != 0 && sex < rfl_nsexes
        && (rfl_str_is(&rfl_sexes[sex], "female")
            || rfl_str_is(&rfl_sexes[sex], "male")
            || rfl_str_is(&rfl_sexes[sex], "other")))
    {
        rfl_pfif_element(out, "sex", rfl_sexes[sex].data,
                         rfl_sexes[sex].len);
    }

    rfl_pfif_words(s, rfl_pfif_of_person, &words);
    rfl_pfif_born(out, s, &words);

    rfl_pfif_answer(out, "home_country", s, RFL_ASK_COUNTRY);

    if (words.len != 0) {
        rfl_pfif_element(out, "description", words.data, words.len);
    }

    rc = words.failed ? RFL_ERROR : RFL_OK;

    rfl_buf_free(&words);

    return rc;
}


static int
rfl_pfif_note(rfl_pfif_out_t *out, const rfl_submission_t *s,
    const char *domain, const char *person)
{
    int         rc;
    char        id[RFL_PFIF_ID_SIZE], hex[2 * RFL_SUBMISSION_ID_SIZE + 1];
    rfl_buf_t   words;

    (void) sodium_bin2hex(hex, sizeof(hex), s->id, sizeof(s->id));
    (void) snprintf(id, sizeof(id), "%s/note-%s", domain, hex);

    rfl_buf_init(&words, 0);

    rfl_pfif_open(out, "note");
    rfl_pfif_text(out, "note_record_id", id);
    rfl_pfif_text(out, "person_record_id", person);
    rfl_pfif_text(out, "entry_date", out->date);
    rfl_pfif_author(out, s);
    rfl_pfif_text(out, "source_date", out->date);

    if (s->form != RFL_FORM_MESSAGE) {
        rfl_pfif_text(out, "status", s->form == RFL_FORM_ALIVE
                                     ? "is_note_author"
                                     : "information_sought");
    }

    rfl_pfif_words(s, rfl_pfif_of_note, &words);

    rfl_pfif_element(out, "text", words.len ? (char *) words.data : "-",
                     words.len ? words.len : 1);
    rfl_pfif_close(out);

    rc = words.failed ? RFL_ERROR : RFL_OK;

    rfl_buf_free(&words);

    return rc;
}


/* on the form "alive" the sender is the person */

static void
rfl_pfif_author(rfl_pfif_out_t *out, const rfl_submission_t *s)
{
    rfl_pfif_answer(out, "author_name", s, s->form == RFL_FORM_ALIVE
                                           ? RFL_ASK_NAME : RFL_ASK_SENDER);
    rfl_pfif_answer(out, "author_email", s, RFL_ASK_EMAIL);
    rfl_pfif_answer(out, "author_phone", s, RFL_ASK_PHONE);
}


static void
rfl_pfif_born(rfl_pfif_out_t *out, const rfl_submission_t *s,
    rfl_buf_t *words)
{
    const rfl_str_t  *year, *age;

    year = &s->values[RFL_ASK_BIRTH_YEAR].text;
    age = &s->values[RFL_ASK_AGE].text;

    if (rfl_pfif_digits(year, 4, 4)
        && (year->data[0] == '1' || year->data[0] == '2'))
    {
        rfl_pfif_element(out, "date_of_birth", year->data, year->len);

    } else if (year->len != 0) {
        rfl_buf_printf(words, "Born: %.*s\n", (int) year->len,
                       (char *) year->data);
    }

    if (rfl_pfif_digits(age, 1, 3)) {
        rfl_pfif_element(out, "age", age->data, age->len);

    } else if (age->len != 0) {
        rfl_buf_printf(words, "Age: %.*s\n", (int) age->len,
                       (char *) age->data);
    }
}


static void
rfl_pfif_words(const rfl_submission_t *s, const rfl_pfif_words_t *list,
    rfl_buf_t *words)
{
    const rfl_str_t           *text;
    const rfl_ask_field_t     *field;
    const rfl_answer_value_t  *v;

    for ( /* void */ ; list->label != NULL; list++) {
        v = &s->values[list->field];
        field = &rfl_ask_fields[list->field];

        text = (field->list == NULL) ? &v->text : &field->list[v->choice];

        if (text->len != 0) {
            rfl_buf_printf(words, "%s: %.*s\n", list->label,
                           (int) text->len, (char *) text->data);
        }
    }
}


int
rfl_pfif_end(rfl_pfif_out_t *out, rfl_str_t *text, rfl_err_t *err)
{
    if (out->failed || xmlTextWriterEndDocument(out->writer) < 0
        || xmlTextWriterFlush(out->writer) < 0)
    {
        return rfl_err(err, 0, "out of memory");
    }

    text->data = (u_char *) xmlBufferContent(out->buffer);
    text->len = (size_t) xmlBufferLength(out->buffer);

    return RFL_OK;
}


void
rfl_pfif_free(rfl_pfif_out_t *out)
{
    if (out == NULL) {
        return;
    }

    xmlFreeTextWriter(out->writer);

    if (out->buffer != NULL) {
        rfl_memzero((void *) (uintptr_t) xmlBufferContent(out->buffer),
                    (size_t) xmlBufferLength(out->buffer));
        xmlBufferFree(out->buffer);
    }

    free(out);
}


static void
rfl_pfif_open(rfl_pfif_out_t *out, const char *name)
{
    if (xmlTextWriterStartElementNS(out->writer, BAD_CAST "pfif",
                                    BAD_CAST name, NULL)
        < 0)
    {
        out->failed = 1;
    }
}


static void
rfl_pfif_close(rfl_pfif_out_t *out)
{
    if (xmlTextWriterEndElement(out->writer) < 0) {
        out->failed = 1;
    }
}


static void
rfl_pfif_element(rfl_pfif_out_t *out, const char *name, const void *data,
    size_t len)
{
    xmlChar  *copy;

    copy = xmlStrndup(data, (int) len);

    if (copy == NULL
        || xmlTextWriterWriteElementNS(out->writer, BAD_CAST "pfif",
                                       BAD_CAST name, NULL, copy)
           < 0)
    {
        out->failed = 1;
    }

    if (copy != NULL) {
        rfl_memzero(copy, len);
        xmlFree(copy);
    }
}


static void
rfl_pfif_answer(rfl_pfif_out_t *out, const char *name,
    const rfl_submission_t *s, rfl_ask_field_e field)
{
    const rfl_str_t  *text;

    text = &s->values[field].text;

    if (text->len != 0) {
        rfl_pfif_element(out, name, text->data, text->len);
    }
}


static int
rfl_pfif_digits(const rfl_str_t *text, size_t min, size_t max)
{
    size_t  i;

    if (text->len < min || text->len > max) {
        return 0;
    }

    for (i = 0; i < text->len; i++) {
        if (text->data[i] < '0' || text->data[i] > '9') {
            return 0;
        }
    }

    return 1;
}
