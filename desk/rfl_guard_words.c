
/*
 * Copyright (C) The RFL authors
 *
 * rfl_guard_words.c: words that a moderator should look at twice, in English,
 * French, Spanish, Arabic, Ukrainian, Russian, Persian and Swahili.  Constant;
 * used by rfl_guard.c.  A word too many costs a look, one too few a person's
 * safety: when in doubt it is here.
 */


#include "rfl_guard_int.h"
#include "rfl_text.h"


const rfl_guard_word_t  rfl_guard_list[] = {

    /* places where somebody can be found */

    { RFL_GUARD_PLACE, "street" }, { RFL_GUARD_PLACE, "avenue*" },
    { RFL_GUARD_PLACE, "road" }, { RFL_GUARD_PLACE, "address*" },
    { RFL_GUARD_PLACE, "camp" }, { RFL_GUARD_PLACE, "camps" },
    { RFL_GUARD_PLACE, "shelter*" }, { RFL_GUARD_PLACE, "hospital" },
    { RFL_GUARD_PLACE, "hospitals" }, { RFL_GUARD_PLACE, "streets" },
    { RFL_GUARD_PLACE, "clinic*" }, { RFL_GUARD_PLACE, "hotel*" },
    { RFL_GUARD_PLACE, "hostel*" }, { RFL_GUARD_PLACE, "church" },
    { RFL_GUARD_PLACE, "mosque*" }, { RFL_GUARD_PLACE, "school*" },
    { RFL_GUARD_PLACE, "prison*" }, { RFL_GUARD_PLACE, "detention*" },
    { RFL_GUARD_PLACE, "apartment*" }, { RFL_GUARD_PLACE, "barracks" },

    { RFL_GUARD_PLACE, "rue" }, { RFL_GUARD_PLACE, "adresse*" },
    { RFL_GUARD_PLACE, "abri" }, { RFL_GUARD_PLACE, "abris" },
    { RFL_GUARD_PLACE, "h\303\264pita*" }, { RFL_GUARD_PLACE, "hopita*" },
    { RFL_GUARD_PLACE, "clinique*" }, { RFL_GUARD_PLACE, "h\303\264tel*" },
    { RFL_GUARD_PLACE, "\303\251glise*" },
    { RFL_GUARD_PLACE, "mosqu\303\251e*" },
    { RFL_GUARD_PLACE, "\303\251cole*" }, { RFL_GUARD_PLACE, "quartier*" },
    { RFL_GUARD_PLACE, "appartement*" }, { RFL_GUARD_PLACE, "foyer*" },

    { RFL_GUARD_PLACE, "calle" }, { RFL_GUARD_PLACE, "avenida*" },
    { RFL_GUARD_PLACE, "direcci\303\263n*" }, { RFL_GUARD_PLACE, "direccion*" },
    { RFL_GUARD_PLACE, "campamento*" }, { RFL_GUARD_PLACE, "albergue*" },
    { RFL_GUARD_PLACE, "refugio*" }, { RFL_GUARD_PLACE, "cl\303\255nica*" },
    { RFL_GUARD_PLACE, "iglesia" }, { RFL_GUARD_PLACE, "escuela*" },
    { RFL_GUARD_PLACE, "barrio" }, { RFL_GUARD_PLACE, "c\303\241rcel*" },

    { RFL_GUARD_PLACE, "\330\264\330\247\330\261\330\271*" },  /* street */
    { RFL_GUARD_PLACE, "\331\205\330\256\331\212\331\205" },    /* camp */
    { RFL_GUARD_PLACE, "\331\205\330\256\331\212\331\205\330\247\330\252" },
    { RFL_GUARD_PLACE, "\331\205\331\204\330\254\330\243*" },  /* shelter */
    { RFL_GUARD_PLACE,                             /* hospital */
      "\331\205\330\263\330\252\330\264\331\201\331\211*" },
    { RFL_GUARD_PLACE, "\330\271\331\206\331\210\330\247\331\206*" },
    { RFL_GUARD_PLACE, "\331\201\331\206\330\257\331\202*" },  /* hotel */
    { RFL_GUARD_PLACE, "\331\205\330\263\330\254\330\257*" },  /* mosque */
    { RFL_GUARD_PLACE,                             /* school */
      "\331\205\330\257\330\261\330\263\330\251*" },
    { RFL_GUARD_PLACE, "\330\263\330\254\331\206*" },          /* prison */
    { RFL_GUARD_PLACE, "\330\255\331\212" },                   /* quarter */

    { RFL_GUARD_PLACE,                             /* hospital, uk */
      "\320\273\321\226\320\272\320\260\321\200\320\275*" },
    { RFL_GUARD_PLACE,                             /* street, uk */
      "\320\262\321\203\320\273\320\270\321\206*" },
    /* address, uk and ru; hospital and street, ru: not the surnames */
    { RFL_GUARD_PLACE, "\320\260\320\264\321\200\320\265\321\201" },
    { RFL_GUARD_PLACE, "\320\260\320\264\321\200\320\265\321\201\320\260" },
    { RFL_GUARD_PLACE, "\320\260\320\264\321\200\320\265\321\201\321\203" },
    { RFL_GUARD_PLACE, "\320\260\320\264\321\200\320\265\321\201\320\265" },
    { RFL_GUARD_PLACE,
      "\320\261\320\276\320\273\321\214\320\275\320\270\321\206\320\260" },
    { RFL_GUARD_PLACE,
      "\320\261\320\276\320\273\321\214\320\275\320\270\321\206\320\265" },
    { RFL_GUARD_PLACE,
      "\320\261\320\276\320\273\321\214\320\275\320\270\321\206\321\203" },
    { RFL_GUARD_PLACE, "\321\203\320\273\320\270\321\206\320\260" },
    { RFL_GUARD_PLACE, "\321\203\320\273\320\270\321\206\320\265" },
    { RFL_GUARD_PLACE, "\321\203\320\273\320\270\321\206\321\203" },
    { RFL_GUARD_PLACE,                             /* camp */
      "\320\273\320\260\320\263\320\265\321\200*" },
    { RFL_GUARD_PLACE,                             /* hospital, fa */
      "\330\250\333\214\331\205\330\247\330\261\330\263\330\252\330\247\331"
      "\206*" },
    { RFL_GUARD_PLACE, "hospitali" }, { RFL_GUARD_PLACE, "kambi*" },
    { RFL_GUARD_PLACE, "mtaa*" },

    /* health */

    { RFL_GUARD_HEALTH, "injur*" }, { RFL_GUARD_HEALTH, "wound*" },
    { RFL_GUARD_HEALTH, "sick*" }, { RFL_GUARD_HEALTH, "ill" },
    { RFL_GUARD_HEALTH, "illness*" }, { RFL_GUARD_HEALTH, "disease*" },
    { RFL_GUARD_HEALTH, "diabet*" }, { RFL_GUARD_HEALTH, "cancer*" },
    { RFL_GUARD_HEALTH, "hiv" }, { RFL_GUARD_HEALTH, "pregnan*" },
    { RFL_GUARD_HEALTH, "disab*" }, { RFL_GUARD_HEALTH, "wheelchair*" },
    { RFL_GUARD_HEALTH, "medicin*" }, { RFL_GUARD_HEALTH, "surgery" },

    { RFL_GUARD_HEALTH, "bless\303\251*" }, { RFL_GUARD_HEALTH, "malad*" },
    { RFL_GUARD_HEALTH, "diab\303\250t*" }, { RFL_GUARD_HEALTH, "enceinte*" },
    { RFL_GUARD_HEALTH, "handicap*" }, { RFL_GUARD_HEALTH, "m\303\251dica*" },
    { RFL_GUARD_HEALTH, "herid*" }, { RFL_GUARD_HEALTH, "enferm*" },
    { RFL_GUARD_HEALTH, "c\303\241ncer*" },
    { RFL_GUARD_HEALTH, "embarazad*" }, { RFL_GUARD_HEALTH, "discapaci*" },

    { RFL_GUARD_HEALTH, "\331\205\330\261\331\212\330\266*" }, /* ill */
    { RFL_GUARD_HEALTH, "\331\205\330\261\330\266*" },         /* illness */
    { RFL_GUARD_HEALTH, "\330\254\330\261\331\212\330\255*" }, /* wounded */
    { RFL_GUARD_HEALTH,                            /* injured */
      "\331\205\330\265\330\247\330\250*" },
    { RFL_GUARD_HEALTH, "\330\255\330\247\331\205\331\204*" }, /* pregnant */
    { RFL_GUARD_HEALTH, "\330\263\331\203\330\261\331\212*" }, /* diabetes */
    { RFL_GUARD_HEALTH,                            /* wounded, uk and ru */
      "\320\277\320\276\321\200\320\260\320\275*" },
    { RFL_GUARD_HEALTH, "\321\200\320\260\320\275\320\265\320\275*" },
    { RFL_GUARD_HEALTH, "\321\205\320\262\320\276\321\200*" },
    { RFL_GUARD_HEALTH, "mgonjwa*" }, { RFL_GUARD_HEALTH, "majeruhi*" },

    /* children */

    { RFL_GUARD_CHILD, "child" }, { RFL_GUARD_CHILD, "children" },
    { RFL_GUARD_CHILD, "kid" },
    { RFL_GUARD_CHILD, "kids" }, { RFL_GUARD_CHILD, "baby" },
    { RFL_GUARD_CHILD, "babies" }, { RFL_GUARD_CHILD, "infant*" },
    { RFL_GUARD_CHILD, "toddler*" }, { RFL_GUARD_CHILD, "newborn*" },
    { RFL_GUARD_CHILD, "teenage*" }, { RFL_GUARD_CHILD, "pupil*" },
    { RFL_GUARD_CHILD, "schoolboy*" }, { RFL_GUARD_CHILD, "schoolgirl*" },

    { RFL_GUARD_CHILD, "enfant*" }, { RFL_GUARD_CHILD, "b\303\251b\303\251*" },
    { RFL_GUARD_CHILD, "nourrisson*" }, { RFL_GUARD_CHILD, "mineur*" },
    { RFL_GUARD_CHILD, "ni\303\261*" }, { RFL_GUARD_CHILD, "beb\303\251*" },
    { RFL_GUARD_CHILD, "menores" },            /* "menor" is younger */

    { RFL_GUARD_CHILD, "\330\267\331\201\331\204*" },          /* child */
    { RFL_GUARD_CHILD, "\330\243\330\267\331\201\330\247\331\204*" },
    { RFL_GUARD_CHILD, "\330\261\330\266\331\212\330\271*" },  /* infant */
    { RFL_GUARD_CHILD, "\331\202\330\247\330\265\330\261*" },  /* minor */
    { RFL_GUARD_CHILD, "\332\251\331\210\330\257\332\251*" },  /* fa */
    { RFL_GUARD_CHILD, "\320\264\320\270\321\202\320\270\320\275*" },
    { RFL_GUARD_CHILD, "\320\264\321\226\321\202\320\270" },
    { RFL_GUARD_CHILD, "\320\264\321\226\321\202\320\265\320\271" },
    { RFL_GUARD_CHILD, "\320\264\321\226\321\202\321\214\320\274\320\270" },
    { RFL_GUARD_CHILD, "\320\264\320\265\321\202\320\270" },
    { RFL_GUARD_CHILD, "\320\264\320\265\321\202\320\265\320\271" },
    { RFL_GUARD_CHILD, "\320\264\320\265\321\202\321\214\320\274\320\270" },
    { RFL_GUARD_CHILD, "\320\264\320\265\321\202\321\201\320\272*" },
    { RFL_GUARD_CHILD, "\321\200\320\265\320\261\320\265\320\275*" },
    { RFL_GUARD_CHILD, "mtoto*" }, { RFL_GUARD_CHILD, "watoto*" }
};

const size_t  rfl_guard_nwords = sizeof(rfl_guard_list)
                                 / sizeof(rfl_guard_word_t);


/* beginnings are enough */

static const char  *const  rfl_guard_ages[] = {
    "year", "yo", "y.o", "y/o", "month",
    "ans", "mois",
    "a\303\261o", "mes",
    "\330\263\331\206",                /* Arabic: year, years */
    "\330\271\330\247\331\205",
    "\330\264\331\207\330\261",        /* month */
    "\330\263\330\247\331\204",        /* Persian */
    "\321\200\320\276\320\272",        /* uk */
    "\320\273\320\265\321\202",        /* ru */
    "\320\263\320\276\320\264"
};


unsigned
rfl_guard_years(const uint32_t *c, unsigned n)
{
    size_t         i;
    unsigned       k;
    const u_char  *p, *last;

    for (i = 0; i < sizeof(rfl_guard_ages) / sizeof(rfl_guard_ages[0]); i++) {

        p = (const u_char *) rfl_guard_ages[i];
        last = p + strlen(rfl_guard_ages[i]);

        for (k = 0; p < last; k++) {
            if (k == n || rfl_utf8_decode(&p, last) != c[k]) {
                break;
            }

            if (p == last) {
                return 1;
            }
        }
    }

    return 0;
}
