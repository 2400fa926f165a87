'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * S-64.  The public pages on paper, in forced colours, without a stylesheet and at
 * 400 %: that nothing is lost there.
 */

const assert = require('node:assert');

const { forms, walk } = require('./lib/forms');
const modes = require('./lib/modes');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');


for (const lang of ['en', 'ar']) {
    let v;

    test(`${lang}: all of it at 400 %`, async () => {
        v = await visit({ lang, width: 320, height: 256 });
        await v.go(`/${lang}/search`);
        await v.write('#name', 'Layla Hadad');
        await v.send('Enter');
        await modes.fits(v);
        await modes.coloured(v);
        assert.equal(await v.page.evaluate(modes.lines, '[href^="tel:"]'), 1,
                     'a telephone number stays on one line');
        assert.ok(await v.page.evaluate(modes.apart, '.hits dd, .hits dt') > 4,
                  'a label is nearer to its own value than to the one before');
        await v.leave();
    });

    test(`${lang}: a form`, async () => {
        v = await visit({ lang, width: 700 });

        await walk(v, lang, 'alive', async (place) => {
            await modes.coloured(v);

            if (place === 'check') {
                const { phone } = forms.alive.steps[3].answers;
                const starts = await v.page.evaluate(modes.starts,
                                                     '.group:nth-of-type(4) dd');

                assert.equal(starts.length > 2, true);
                assert.equal(new Set(starts).size, 1,
                             'numbers begin where words do');
                await modes.printed(v, [phone, forms.alive.steps[1].answers
                                                    .name]);
                await modes.plain(v, async () => {
                    const words = await v.page.locator('.group dd').last()
                                              .innerText();

                    assert.equal(words.trim().split('\n').length, 2,
                                 'each of several answers has a line');
                });
            }

            if (place === 'sent') {
                const code = await v.page.locator('.slip dd').last()
                                         .innerText();

                await modes.printed(v, [code]);
            }
        });
        await v.leave();
    });
}
