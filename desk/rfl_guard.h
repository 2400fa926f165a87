
/*
 * Copyright (C) The RFL authors
 *
 * rfl_guard.h: hints at what does not belong into a public entry: numbers to
 * call, addresses, places of refuge, health, children.  Shown beside the
 * words, never used to decide: people write in more ways than a table knows.
 */


#ifndef _RFL_GUARD_H_INCLUDED_
#define _RFL_GUARD_H_INCLUDED_


#include "rfl.h"


typedef enum {
    RFL_GUARD_NONE = 0,
    RFL_GUARD_PHONE,               /* seven digits or more, of any script */
    RFL_GUARD_MAIL,
    RFL_GUARD_URL,
    RFL_GUARD_COORDINATES,
    RFL_GUARD_PLACE,               /* street, camp, shelter, hospital ... */
    RFL_GUARD_HEALTH,
    RFL_GUARD_CHILD,               /* words, an age or a year under age */
    RFL_GUARDS_N
} rfl_guard_e;

/* "", "phone", "mail", ...: "guard.<text>" */
extern const rfl_str_t  rfl_guards[RFL_GUARDS_N];

#define RFL_GUARD_MAX        16    /* hints of one text */

typedef struct {
    rfl_guard_e  kind;
    size_t       start;            /* bytes of the text, at characters' */
    size_t       len;              /* borders */
} rfl_hint_t;


/*
 * Looks at a text (valid UTF-8): hints in order of their place, none within
 * another of the same kind.  adult_age and now are for ages and years.  The
 * words are those of all languages at once: people mix them.
 */
unsigned rfl_guard(const rfl_str_t *text, unsigned adult_age, int64_t now,
    rfl_hint_t hints[RFL_GUARD_MAX]);


#endif /* _RFL_GUARD_H_INCLUDED_ */
