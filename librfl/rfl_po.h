
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po.h: the words of the pages: PO files whose messages are ICU
 * MessageFormat with numbered arguments, read and compiled at configuration
 * load; and the choice of a language for a visitor.
 */


#ifndef _RFL_PO_H_INCLUDED_
#define _RFL_PO_H_INCLUDED_


#include "rfl.h"


#define RFL_PO_ARGS_MAX  6
#define RFL_PO_FILE_MAX  (1024 * 1024)


/*
 * Once per process, before any catalog: makes ICU independent of the
 * process's locale and loads what is shared.
 */
int rfl_po_init(rfl_err_t *err) rfl_must_check;


/*
 * The messages of one language.  A catalog belongs to one thread: formatting
 * uses and fills its caches.  Digits are Latin and dates Gregorian in every
 * language, so that a date, a reference and a telephone number on one page
 * are written alike.
 */

typedef struct rfl_catalog_s  rfl_catalog_t;

/*
 * lang is a BCP 47 tag: "fr", "fa-AF", "zh-Hans"; NULL: out of memory or
 * a tag ICU cannot make sense of
 */
rfl_catalog_t *rfl_catalog_create(const char *lang);
void rfl_catalog_destroy(rfl_catalog_t *catalog);

/*
 * Adds a PO file: msgctxt is the key, msgid the English text, msgstr the
 * translation.  The English catalog is its own reference: it is read first,
 * whole, with reference NULL, and its empty msgstr stand for the msgid.  It
 * must outlive the others, which show its words where they lack one.
 *
 * override != 0 is for a later file with some keys only, whose messages
 * replace those there are; its msgid need not be up to date.
 *
 * err has the line of: bad syntax, an unknown or repeated key, a msgid that
 * is not the reference's any more, a bad pattern, named arguments, other
 * arguments than in the reference, a missing "other", plural keywords that the
 * language does not have, or has and are missing, HTML.
 */
int rfl_catalog_add(rfl_catalog_t *catalog, const rfl_str_t *text,
    const rfl_catalog_t *reference, int override, rfl_err_t *err)
    rfl_must_check;

/* Number of keys of reference that catalog lacks; first one in *missing. */
unsigned rfl_catalog_missing(const rfl_catalog_t *catalog,
    const rfl_catalog_t *reference, rfl_str_t *missing);

/* 1 if the file header says that a native speaker reviewed it */
int rfl_catalog_reviewed(const rfl_catalog_t *catalog);
const rfl_str_t *rfl_catalog_lang(const rfl_catalog_t *catalog);
int rfl_catalog_rtl(const rfl_catalog_t *catalog);

/*
 * Index of a key for rfl_catalog_format(), -1 if there is none; indexes are
 * equal in all catalogs that were added with the same reference.
 */
int rfl_catalog_key(const rfl_catalog_t *catalog, const rfl_str_t *key);
unsigned rfl_catalog_args(const rfl_catalog_t *catalog, int index);

/* bit i: argument i must be a number, since the message counts with it */
unsigned rfl_catalog_numbers(const rfl_catalog_t *catalog, int index);

/*
 * A message without arguments, as plain text and escaped for HTML at load;
 * NULL if it has arguments or is nowhere.  *foreign is set to 1 if the words
 * are the reference's because this catalog lacks them.
 */
const rfl_str_t *rfl_catalog_text(const rfl_catalog_t *catalog, int index);
const rfl_str_t *rfl_catalog_html(const rfl_catalog_t *catalog, int index,
    int *foreign);

/*
 * A message with arguments as plain UTF-8 (not escaped).  An argument is a
 * text or an integer.
 */
typedef struct {
    rfl_str_t  text;
    int64_t    number;
    unsigned   is_number;
    unsigned   isolate;            /* a text: put it between FSI and PDI */
} rfl_po_arg_t;

void rfl_catalog_format(const rfl_catalog_t *catalog, int index,
    const rfl_po_arg_t *args, unsigned nargs, rfl_buf_t *out);

/* "22 November 2026" in the Gregorian calendar of that language */
void rfl_catalog_day(const rfl_catalog_t *catalog, int32_t day,
    rfl_buf_t *out);
/* the same with hour and minute, UTC */
void rfl_catalog_time(const rfl_catalog_t *catalog, int64_t time,
    rfl_buf_t *out);
/*
 * the name of a country ("SY", or that of "SY-HL") in that language, from
 * ICU; the code if unknown
 */
void rfl_catalog_country(const rfl_catalog_t *catalog, const rfl_str_t *code,
    rfl_buf_t *out);
/* the language's own name, "Français" */
void rfl_catalog_endonym(const rfl_catalog_t *catalog, rfl_buf_t *out);


/*
 * The best of the offered languages for an Accept-Language header (any
 * bytes, at most 1 KB looked at); -1 if none fits.  Aliases prs, iw, in,
 * tl, no ... are understood.
 */
int rfl_lang_choose(const u_char *header, size_t len,
    const rfl_str_t *offered, unsigned n);


#endif /* _RFL_PO_H_INCLUDED_ */
