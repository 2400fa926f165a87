
/*
 * Copyright (C) The RFL authors
 *
 * guard_test.c: what the hints find, where, and what they leave alone.
 */


#include "unit.h"
#include "rfl_guard.h"


#define NOW  1795348800LL          /* 2026-11-22 */


int
main(void)
{
    size_t       i, k;
    unsigned     n;
    rfl_str_t    text;
    rfl_hint_t   hints[RFL_GUARD_MAX];

    static const struct {
        const char   *text;
        rfl_guard_e   kind;        /* RFL_GUARD_NONE: nothing at all */
        const char   *what;
    } cases[] = {
        { "Camila Streeter, Winston Churchill Mensah", RFL_GUARD_NONE, "" },
        { "Rosa Barrios Callejas, Julio Iglesias", RFL_GUARD_NONE, "" },
        { "سارة المخيمري", RFL_GUARD_NONE, "" },
        { "Больницын, Улицкая, Адресова, Детков", RFL_GUARD_NONE, "" },
        { "Мы не знаем деталей.", RFL_GUARD_NONE, "" },
        { "Mi hermano menor se llama Luis.", RFL_GUARD_NONE, "" },
        { "We are 4 and remember our childhood.", RFL_GUARD_NONE, "" },
        { "Tuliondoka kijijini pamoja, tangu mafuriko.", RFL_GUARD_NONE, "" },
        { "Ми загубили зв'язок навесні.", RFL_GUARD_NONE, "" },
        { "من با خانواده‌ام در امان هستم.", RFL_GUARD_NONE, "" },
        { "улица Мира", RFL_GUARD_PLACE, "улица" },
        { "у нас дети", RFL_GUARD_CHILD, "дети" },
        { "call me at +33 6 12 34 56 78 please", RFL_GUARD_PHONE,
          "+33 6 12 34 56 78" },
        { "\331\240\331\241\331\242\331\243\331\244\331\245\331\246\331\247",
          RFL_GUARD_PHONE,
          "\331\240\331\241\331\242\331\243\331\244\331\245\331\246\331\247" },
        { "write to a.b@example.org today", RFL_GUARD_MAIL,
          "a.b@example.org" },
        { "see https://example.net/x now", RFL_GUARD_URL,
          "https://example.net/x" },
        { "I am at 33.5138, 36.2765", RFL_GUARD_COORDINATES,
          "33.5138, 36.2765" },
        { "48\302\26051 north", RFL_GUARD_COORDINATES, "48\302\260" },
        { "we live in the Shelter", RFL_GUARD_PLACE, "Shelter" },
        { "12 rue du Phare", RFL_GUARD_PLACE, "rue" },
        { "\331\201\331\212 \330\247\331\204\331\205\330\256\331\212\331\205",
          RFL_GUARD_PLACE, "\331\205\330\256\331\212\331\205" },
        { "en el hospital central", RFL_GUARD_PLACE, "hospital" },
        { "he was wounded", RFL_GUARD_HEALTH, "wounded" },
        { "elle est enceinte", RFL_GUARD_HEALTH, "enceinte" },
        { "est\303\241 enferma", RFL_GUARD_HEALTH, "enferma" },
        { "with two children", RFL_GUARD_CHILD, "children" },
        { "la ni\303\261a", RFL_GUARD_CHILD, "ni\303\261a" },
        { "\330\267\331\201\331\204\330\251", RFL_GUARD_CHILD,
          "\330\267\331\201\331\204\330\251" },
        { "she is 9 years old", RFL_GUARD_CHILD, "9" },
        { "il a 12 ans", RFL_GUARD_CHILD, "12" },
        { "born in 2015", RFL_GUARD_CHILD, "2015" },

        { "Amina Hassan Warsame", RFL_GUARD_NONE, NULL },
        { "born in 1980", RFL_GUARD_NONE, NULL },
        { "she is 45 years old", RFL_GUARD_NONE, NULL },
        { "Campbell Rueda Illarion", RFL_GUARD_NONE, NULL },
        { "", RFL_GUARD_NONE, NULL }
    };

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {

        text.data = (u_char *) cases[i].text;
        text.len = strlen(cases[i].text);

        n = rfl_guard(&text, 18, NOW, hints);

        if (cases[i].kind == RFL_GUARD_NONE) {
            unit_int(n, 0, "nothing in \"%s\"", cases[i].text);
            continue;
        }

        for (k = 0; k < n && hints[k].kind != cases[i].kind; k++) {
            /* void */
        }

        unit_ok(k < n && hints[k].len == strlen(cases[i].what)
                && memcmp(text.data + hints[k].start, cases[i].what,
                          hints[k].len) == 0,
                "%s: \"%s\"", (char *) rfl_guards[cases[i].kind].data,
                cases[i].text);

        if (k < n) {
            printf("# found \"%.*s\"\n", (int) hints[k].len,
                   (char *) text.data + hints[k].start);
        }
    }

    return unit_done();
}
