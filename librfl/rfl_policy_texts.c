
/*
 * Copyright (C) The RFL authors
 *
 * rfl_policy_texts.c: a text in several languages, as policy and trust files
 * hold it: {"en": "...", "fr": "..."}.
 */


#include "rfl_policy.h"
#include "rfl_json.h"
#include "rfl_policy_json.h"

#include <strings.h>


#define RFL_TEXTS_MAX  128         /* languages */
#define RFL_TAG_MAX    35          /* bytes of a language tag, RFC 5646 4.4 */


static const rfl_str_t *rfl_texts_find(const rfl_texts_t *texts,
    const u_char *lang, size_t len);
static int rfl_lang_valid(const char *lang);


const rfl_str_t *
rfl_texts_get(const rfl_texts_t *texts, const rfl_str_t *lang)
{
    size_t            len;
    const rfl_str_t  *text;

    if (texts->n == 0) {
        return NULL;
    }

    /* "fr-CA-x", "fr-CA", "fr" */

    for (len = lang->len; len != 0; len--) {

        if (len != lang->len && lang->data[len] != '-') {
            continue;
        }

        text = rfl_texts_find(texts, lang->data, len);
        if (text != NULL) {
            return text;
        }
    }

    text = rfl_texts_find(texts, (const u_char *) "en", 2);

    return (text != NULL) ? text : &texts->text[0];
}


static const rfl_str_t *
rfl_texts_find(const rfl_texts_t *texts, const u_char *lang, size_t len)
{
    unsigned  i;

    for (i = 0; i < texts->n; i++) {
        if (texts->lang[i].len == len
            && strncasecmp((const char *) texts->lang[i].data,
                           (const char *) lang, len)
               == 0)
        {
            return &texts->text[i];
        }
    }

    return NULL;
}


int
rfl_json_read_texts(rfl_json_t *j, json_t *value, const rfl_json_member_t *m,
    void *data)
{
    size_t        n;
    json_t       *child;
    rfl_texts_t  *texts = (rfl_texts_t *) ((u_char *) data + m->offset);
    const char   *lang;

    n = json_object_size(value);

    if (!json_is_object(value) || n == 0 || n > RFL_TEXTS_MAX) {
        return rfl_json_fault(j, "must give the text by language, such as "
                              "{\"en\": \"...\", \"fr\": \"...\"}");
    }

    texts->lang = rfl_palloc(j->pool, n * sizeof(rfl_str_t));
    texts->text = rfl_palloc(j->pool, n * sizeof(rfl_str_t));

    if (texts->lang == NULL || texts->text == NULL) {
        return rfl_json_no_memory(j);
    }

    texts->n = 0;

    json_object_foreach(value, lang, child) {

        if (!rfl_lang_valid(lang)) {
            return rfl_json_fault(j, "has a member that is not a language "
                                  "tag such as \"en\" or \"zh-Hans\"");
        }

        texts->lang[texts->n].len = strlen(lang);
        texts->lang[texts->n].data = rfl_pstrdup(j->pool,
                                                 (const u_char *) lang,
                                                 strlen(lang));
        if (texts->lang[texts->n].data == NULL) {
            return rfl_json_no_memory(j);
        }

        if (rfl_json_line(j, child, *(const size_t *) m->arg,
                          &texts->text[texts->n])
            != RFL_OK)
        {
            return RFL_ERROR;
        }

        texts->n++;
    }

    return RFL_OK;
}


/* two or three letters, then subtags of two to eight letters or digits */

static int
rfl_lang_valid(const char *lang)
{
    size_t    n;
    u_char    c;
    unsigned  first;

    if (strlen(lang) > RFL_TAG_MAX) {
        return 0;
    }

    n = 0;
    first = 1;

    for ( ;; ) {
        c = (u_char) *lang++;

        if (c == '-' || c == '\0') {

            if (n < 2 || n > (first ? 3 : 8)) {
                return 0;
            }

            if (c == '\0') {
                return 1;
            }

            n = 0;
            first = 0;
            continue;
        }

        if (!((c >= 'a' && c <= 'z')
              || (!first && ((c >= 'A' && c <= 'Z')
                             || (c >= '0' && c <= '9')))))
        {
            return 0;
        }

        n++;
    }
}
