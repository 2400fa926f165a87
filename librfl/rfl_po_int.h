
/*
 * Copyright (C) The RFL authors
 *
 * rfl_po_int.h: what the rfl_po*.c files share and nobody else needs: the
 * catalog's insides and the reader of PO files.
 */


#ifndef _RFL_PO_INT_H_INCLUDED_
#define _RFL_PO_INT_H_INCLUDED_


#include "rfl_po.h"
#include "rfl_po_pattern.h"

#include <unicode/udat.h>


#define RFL_PO_DAYS       64       /* remembered days, a power of two */
#define RFL_PO_DAY_SIZE   64
#define RFL_PO_COUNTRIES  (26 * 26)
#define RFL_PO_LOCALE     64


typedef struct {
    rfl_str_t      key;
    rfl_str_t      id;             /* the English text, as first read */
    rfl_str_t      text;           /* of a message without arguments */
    rfl_str_t      html;           /* the same, escaped */
    rfl_pattern_t  pattern;
    unsigned       there;
    unsigned       file;           /* the file it came from last */
} rfl_msg_t;


typedef struct {
    int32_t  day;
    uint8_t  len;                  /* 0: empty slot */
    char     text[RFL_PO_DAY_SIZE - 5];
} rfl_po_day_t;


struct rfl_catalog_s {
    rfl_pool_t            *pool;
    rfl_str_t              lang;
    char                   locale[RFL_PO_LOCALE];
    unsigned               rtl;
    unsigned               reviewed;

    unsigned               n;
    unsigned               size;
    rfl_msg_t             *msgs;   /* heap; indexes as in the reference */
    unsigned               files;

    unsigned              *hash;   /* of keys: index + 1; heap */
    unsigned               hash_size;

    const rfl_catalog_t   *reference;   /* NULL: this is one */

    rfl_str_t              endonym;
    rfl_pattern_locale_t   icu;
    UDateFormat           *date;
    UDateFormat           *clock;
    rfl_po_day_t           days[RFL_PO_DAYS];
    rfl_str_t              countries[RFL_PO_COUNTRIES];
};


/* opens and closes what ICU gives for catalog->locale */
int rfl_po_icu_open(rfl_catalog_t *catalog);
void rfl_po_icu_close(rfl_catalog_t *catalog);

/* the index + 1 of a key, 0 if there is none */
unsigned rfl_po_find(const rfl_catalog_t *catalog, const rfl_str_t *key);


/* one entry of a PO file, with the lines its parts begin on */

typedef struct {
    rfl_str_t  key;                /* msgctxt */
    rfl_str_t  id;
    rfl_str_t  str;
    unsigned   key_line;
    unsigned   id_line;
    unsigned   str_line;
    unsigned   fuzzy;
    unsigned   header;
} rfl_po_entry_t;

/*
 * Reads a file entry by entry; strings live until the handler returns.  Stops
 * at the first fault of the file or of the handler.
 */
typedef int (*rfl_po_entry_pt)(void *data, const rfl_po_entry_t *entry,
    rfl_err_t *err);

int rfl_po_read(const rfl_str_t *text, rfl_po_entry_pt handler, void *data,
    rfl_err_t *err) rfl_must_check;


#endif /* _RFL_PO_INT_H_INCLUDED_ */
