
/*
 * Copyright (C) The RFL authors
 *
 * rfl_spool_pfif.c: persons of a PFIF 1.4 file as drafts.  PFIF knows of no
 * consent, so what comes this way is for the eyes of the desk: it is matched,
 * kept, handed over or closed, and cannot be published.  Called by
 * rfl_spool_import().
 */


#include "rfl_spool_int.h"
#include "rfl_file.h"
#include "rfl_pfif.h"
#include "rfl_text.h"

#include <sodium.h>


#define RFL_PFIF_PERSON_ID   "rfl.v1.pfif-----"


typedef struct {
    rfl_spool_walk_t  *walk;
    const char        *path;
    unsigned           pass;       /* 0: look for faults, 1: import */
} rfl_spool_pfif_t;


static int rfl_spool_person(void *data, rfl_pool_t *pool,
    const rfl_pfif_person_t *person, rfl_err_t *err);
static const char *rfl_spool_submission(rfl_work_t *work, rfl_pool_t *pool,
    const rfl_pfif_person_t *person, rfl_submission_t *s);
static const char *rfl_spool_form(const rfl_pfif_person_t *person,
    rfl_form_e *form);
static void rfl_spool_name(rfl_pool_t *pool, const rfl_pfif_person_t *person,
    rfl_submission_t *s);
static void rfl_spool_words(rfl_pool_t *pool, const rfl_pfif_person_t *person,
    rfl_submission_t *s);
static unsigned rfl_spool_sex(const rfl_str_t *sex);
static void rfl_spool_put(rfl_work_t *work, rfl_pool_t *pool,
    rfl_submission_t *s, rfl_ask_field_e field, const rfl_str_t *text);
static int rfl_spool_over(const rfl_pfif_person_t *person, int64_t now);
static int rfl_spool_is(const rfl_str_t *s, const char *text);


/* what goes into an answer as it is */

static const struct {
    rfl_pfif_e        from;
    rfl_ask_field_e   to;
} rfl_spool_fields[] = {
    { RFL_PFIF_ALTERNATE_NAMES, RFL_ASK_NAME_OTHER },
    { RFL_PFIF_AGE, RFL_ASK_AGE },
    { RFL_PFIF_HOME_COUNTRY, RFL_ASK_COUNTRY },
    { RFL_PFIF_HOME_CITY, RFL_ASK_PLACE },
    { RFL_PFIF_AUTHOR_PHONE, RFL_ASK_PHONE },
    { RFL_PFIF_AUTHOR_EMAIL, RFL_ASK_EMAIL },
    { RFL_PFIF_AUTHOR_NAME, RFL_ASK_SENDER }
};


int
rfl_spool_pfif(rfl_spool_walk_t *walk, const char *path, rfl_err_t *err)
{
    int                rc;
    size_t             before;
    rfl_err_t          why;
    rfl_str_t          text;
    rfl_spool_pfif_t   in;

    rc = rfl_file_read(walk->pool, path, RFL_PFIF_FILE_MAX, 0, &text, err);
    if (rc != RFL_OK) {
        return rc;
    }

    in.walk = walk;
    in.path = path;

    before = walk->faults->len;

    for (in.pass = 0; in.pass < 2 && walk->faults->len == before; in.pass++)
    {

        memset(&why, 0, sizeof(rfl_err_t));

        rc = rfl_pfif_read(&text, rfl_spool_person, &in, &why);

        if (rc != RFL_OK && in.pass == 1) {
            *err = why;
            return rc;
        }

        if (rc != RFL_OK) {
            rfl_buf_printf(walk->faults, "%s:%u: %s\n", path, why.line,
                           why.text);
        }
    }

    return RFL_OK;
}


static int
rfl_spool_person(void *data, rfl_pool_t *pool,
    const rfl_pfif_person_t *person, rfl_err_t *err)
{
    int                rc;
    const char        *fault;
    rfl_submission_t   s;
    rfl_spool_walk_t  *walk;
    rfl_spool_pfif_t  *in = data;

    walk = in->walk;

    /* of what has expired nothing is to be kept */

    if (rfl_spool_over(person, walk->work->now)) {
        return RFL_OK;
    }

    fault = rfl_spool_submission(walk->work, pool, person, &s);

    if (fault != NULL) {
        rfl_buf_printf(walk->faults, "%s:%u: %s\n", in->path, person->line,
                       fault);
        return RFL_OK;
    }

    if (in->pass == 0) {
        return RFL_OK;
    }

    rc = rfl_item_add(walk->work, &s, RFL_ITEM_IMPORT, err);

    walk->n += (rc == RFL_OK);

    return (rc == RFL_DECLINED) ? RFL_OK : rc;
}


/* NULL, or what is wrong */

static const char *
rfl_spool_submission(rfl_work_t *work, rfl_pool_t *pool,
    const rfl_pfif_person_t *person, rfl_submission_t *s)
{
    size_t                     i;
    rfl_str_t                  year;
    const char                *fault;
    const rfl_str_t           *id, *born;
    crypto_generichash_state   st;

    memset(s, 0, sizeof(rfl_submission_t));

    id = &person->record.values[RFL_PFIF_ID];

    if (id->len == 0) {
        return "a person without \"person_record_id\": give it one";
    }

    /* the same record read again makes nothing twice */

    (void) crypto_generichash_init(&st, work->keys->key, RFL_VAULT_KEY_SIZE,
                                   RFL_SUBMISSION_ID_SIZE);
    (void) crypto_generichash_update(&st, (u_char *) RFL_PFIF_PERSON_ID, 16);
    (void) crypto_generichash_update(&st, id->data, id->len);
    (void) crypto_generichash_final(&st, s->id, RFL_SUBMISSION_ID_SIZE);

    fault = rfl_spool_form(person, &s->form);
    if (fault != NULL) {
        return fault;
    }

    s->day = rfl_time_day(work->now);
    s->society = work->staff->societies[0];
    rfl_str_set(&s->lang, "en");

    rfl_spool_name(pool, person, s);

    if (s->values[RFL_ASK_NAME].text.len == 0) {
        return "a person without a name: give \"full_name\"";
    }

    for (i = 0; i < sizeof(rfl_spool_fields) / sizeof(rfl_spool_fields[0]);
         i++)
    {
        rfl_spool_put(work, pool, s, rfl_spool_fields[i].to,
                      &person->record.values[rfl_spool_fields[i].from]);
    }

    born = &person->record.values[RFL_PFIF_DATE_OF_BIRTH];

    if (born->len >= 4) {
        year.data = born->data;
        year.len = 4;
        rfl_spool_put(work, pool, s, RFL_ASK_BIRTH_YEAR, &year);
    }

    s->values[RFL_ASK_SEX].choice =
        rfl_spool_sex(&person->record.values[RFL_PFIF_SEX]);

    rfl_spool_words(pool, person, s);

    return NULL;
}


/* by what the notes say: alive, or somebody is looking for them */

static const char *
rfl_spool_form(const rfl_pfif_person_t *person, rfl_form_e *form)
{
    unsigned          i;
    const rfl_str_t  *status;

    *form = RFL_FORM_LOOKING;

    for (i = 0; i < person->nnotes; i++) {
        status = &person->notes[i].values[RFL_PFIF_STATUS];

        if (rfl_spool_is(status, "believed_dead")) {
            return "a note says that this person is dead: leave them out, "
                   "and tell the family in person";
        }

        if (rfl_spool_is(status, "is_note_author")
            || rfl_spool_is(status, "believed_alive"))
        {
            *form = RFL_FORM_ALIVE;
        }
    }

    return NULL;
}


static void
rfl_spool_name(rfl_pool_t *pool, const rfl_pfif_person_t *person,
    rfl_submission_t *s)
{
    rfl_str_t         name;
    const rfl_str_t  *full, *given, *family;

    full = &person->record.values[RFL_PFIF_FULL_NAME];
    given = &person->record.values[RFL_PFIF_GIVEN_NAME];
    family = &person->record.values[RFL_PFIF_FAMILY_NAME];

    name = *full;

    if (name.len == 0 && given->len + family->len != 0) {
        name.data = (u_char *) rfl_psprintf(pool, "%.*s %.*s",
                                            (int) given->len,
                                            (char *) given->data,
                                            (int) family->len,
                                            (char *) family->data);
        name.len = (name.data != NULL) ? given->len + family->len + 1 : 0;
    }

    rfl_spool_put(NULL, pool, s, RFL_ASK_NAME, &name);
}


/* description and notes, for people to read */

static void
rfl_spool_words(rfl_pool_t *pool, const rfl_pfif_person_t *person,
    rfl_submission_t *s)
{
    unsigned          i;
    rfl_buf_t         words;
    rfl_str_t         text;
    const rfl_str_t  *part;

    rfl_buf_init(&words, 0);

    for (i = 0; i <= person->nnotes; i++) {
        part = (i == 0) ? &person->record.values[RFL_PFIF_DESCRIPTION]
                        : &person->notes[i - 1].values[RFL_PFIF_TEXT];

        if (part->len != 0) {
            rfl_buf_append(&words, part->data, part->len);
            rfl_buf_byte(&words, '\n');
        }
    }

    if (!words.failed) {
        text.data = words.data;
        text.len = words.len;

        rfl_spool_put(NULL, pool, s,
                      rfl_form_asks(s->form, RFL_ASK_WORDS) ? RFL_ASK_WORDS
                                                            : RFL_ASK_REACH,
                      &text);
    }

    rfl_buf_free(&words);
}


static unsigned
rfl_spool_sex(const rfl_str_t *sex)
{
    if (rfl_spool_is(sex, "female")) {
        return RFL_SEX_FEMALE;
    }

    if (rfl_spool_is(sex, "male")) {
        return RFL_SEX_MALE;
    }

    return rfl_spool_is(sex, "other") ? RFL_SEX_OTHER : 0;
}


/*
 * An answer as a form would have it, cut where it is too long.  What is none
 * is left out: it stays in the file.
 */

static void
rfl_spool_put(rfl_work_t *work, rfl_pool_t *pool, rfl_submission_t *s,
    rfl_ask_field_e field, const rfl_str_t *text)
{
    int                     rc;
    size_t                  n;
    rfl_str_t               cut, clean;
    const u_char           *p, *last;
    const rfl_ask_field_t  *f;

    f = &rfl_ask_fields[field];

    if (text->len == 0 || !rfl_form_asks(s->form, field)) {
        return;
    }

    p = text->data;
    last = text->data + text->len;

    for (n = 0; p < last && (f->max == 0 || n < f->max); n++) {
        (void) rfl_utf8_decode(&p, last);
    }

    cut.data = text->data;
    cut.len = (size_t) (p - text->data);

    rc = (f->type == RFL_ASK_TEXT)
         ? rfl_text_lines(pool, &cut, cut.len, &clean)
         : rfl_text_line(pool, &cut, cut.len, &clean);

    if (rc == RFL_OK
        && (work == NULL
            || rfl_form_check(field, &clean, work->desk.policy, work->now)
               == RFL_ASK_FAULT_NONE))
    {
        s->values[field].text = clean;
    }
}


/* "2026-11-22T08:00:00Z", as the reader has checked it */

static int
rfl_spool_over(const rfl_pfif_person_t *person, int64_t now)
{
    u_char            today[RFL_TIME_TEXT_SIZE];
    const rfl_str_t  *over;

    over = &person->record.values[RFL_PFIF_EXPIRY_DATE];

    if (over->len < 10) {
        return 0;
    }

    rfl_time_format(now, today);

    return memcmp(over->data, today, 10) < 0;
}


static int
rfl_spool_is(const rfl_str_t *s, const char *text)
{
    return s->len == strlen(text) && memcmp(s->data, text, s->len) == 0;
}
