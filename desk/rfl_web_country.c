
/*
 * Copyright (C) The RFL authors
 *
 * rfl_web_country.c: all countries to choose from, by the names and in the
 * order of the page's language.  Called for the form of a draft.
 */


#include "rfl_web_int.h"

#include <stdlib.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>


typedef struct {
    rfl_str_t         code;
    rfl_str_t         name;
    const UCollator  *order;       /* NULL: by bytes */
} rfl_web_country_t;


static int rfl_web_country_cmp(const void *one, const void *two);


int
rfl_web_countries(rfl_web_ask_t *ask, const rfl_str_t *selected,
    rfl_tpl_value_t *list)
{
    int                 rc;
    unsigned            i, n;
    rfl_buf_t           b;
    UErrorCode          status;
    UCollator          *order;
    rfl_tpl_value_t    *option;
    const char *const  *codes;
    rfl_web_country_t  *countries;

    codes = uloc_getISOCountries();

    for (n = 0; codes[n] != NULL; n++) { /* void */ }

    /* a region such as "SY-HL" stays what it is */

    countries = rfl_pcalloc(ask->pool, (n + 1) * sizeof(rfl_web_country_t));
    if (countries == NULL) {
        return RFL_ERROR;
    }

    status = U_ZERO_ERROR;
    order = ucol_open((char *) ask->web->langs[ask->lang].data, &status);

    for (i = 0; i < n; i++) {
        countries[i].code.data = (u_char *) codes[i];
        countries[i].code.len = strlen(codes[i]);
        countries[i].order = U_SUCCESS(status) ? order : NULL;

        rfl_buf_init(&b, 0);
        rfl_catalog_country(ask->web->catalogs[ask->lang],
                            &countries[i].code, &b);
        countries[i].name = rfl_web_str(ask, &b);
    }

    qsort(countries, n, sizeof(rfl_web_country_t), rfl_web_country_cmp);

    if (order != NULL) {
        ucol_close(order);
    }

    if (selected->len > 2) {
        countries[n].code = *selected;
        countries[n].name = *selected;
        n++;
    }

    rc = rfl_web_list(ask, list, n, RFL_WO_N);

    for (i = 0; rc == RFL_OK && i < n; i++) {
        option = list->items[i];
        option[RFL_WO_VALUE].text = countries[i].code;
        option[RFL_WO_NAME].text = countries[i].name;
        option[RFL_WO_SELECTED].number = rfl_str_eq(&countries[i].code,
                                                    selected);
    }

    return rc;
}


static int
rfl_web_country_cmp(const void *one, const void *two)
{
    UErrorCode                status;
    const rfl_web_country_t  *a = one;
    const rfl_web_country_t  *b = two;

    status = U_ZERO_ERROR;

    if (a->order == NULL) {
        return strcmp((char *) a->name.data, (char *) b->name.data);
    }

    return (int) ucol_strcollUTF8(a->order, (char *) a->name.data,
                                  (int32_t) a->name.len,
                                  (char *) b->name.data,
                                  (int32_t) b->name.len, &status);
}
