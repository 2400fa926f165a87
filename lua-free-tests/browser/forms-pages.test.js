'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * Every page of every form in every language, empty, with faults and with
 * answers: see lib/check.js.
 */

const check = require('./lib/check');
const { forms, walk } = require('./lib/forms');
const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');


for (const lang of site.walked) {
    for (const form of Object.keys(forms)) {
        test(`${lang}: pages of ${form}`, async () => {
            const v = await visit({ lang, script: true });

            await walk(v, lang, form,
                       (place) => check.everything(v, place));
            await v.leave();
        });
    }
}
