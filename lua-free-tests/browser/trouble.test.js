'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * What a visitor sees when something is broken or too much is asked: pages
 * as good as all others, with the office's telephone on them.  On a stack of
 * its own.
 */

const assert = require('node:assert');

const check = require('./lib/check');
const { forms, answer } = require('./lib/forms');
const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');

const { t } = site;

/* a worker that lost a server asks for it again after two seconds at most */
const MENDED = 20_000;

let broken;


/* as somebody does who tries again */

async function again(attempt, mended) {
    const until = Date.now() + MENDED;

    do {
        await attempt();
    } while (!await mended() && Date.now() < until);
}


test('a stack to break', async () => {
    broken = await site.second();

    await broken.lines(`
        map $uri $busy { default 1; ~[.]css$ ""; }
        limit_req_zone $busy zone=busy:64k rate=1r/m;`, `
        location /busy/ {
            rfl_site;
            limit_req zone=busy;
            limit_req_status 429;
        }`);
});


for (const lang of site.walked) {

    test(`${lang}: too many questions`, async () => {
        const v = await visit({ lang, script: true, url: broken.url });

        await v.go(`/busy/${lang}/search`);
        await v.go(`/busy/${lang}/search`);
        assert.equal(v.status(), 429);
        await check.everything(v, 'too many questions');
        await v.leave();
    });
}


test('rfl-keyd does not answer', () => broken.freeze('keyd'));

for (const lang of site.walked) {

    test(`${lang}: out of order, and who to call`, async () => {
        const v = await visit({ lang, url: broken.url });

        await v.go(`/${lang}/search`);
        await v.write('#name', 'Layla Hadad');
        await v.send('Enter');
        assert.equal(v.status(), 503);
        assert.equal(await v.page.locator('h1').innerText(),
                     t(lang, 'e503.title'));
        await v.focus(`main a[href="/${lang}/search"]`);
        await v.focus('.contact a[href^="tel:"]');
        await v.leave();

        const reader = await visit({ lang, script: true, url: broken.url });

        await reader.go(`/${lang}/search`);
        await reader.write('#name', 'Layla Hadad');
        await reader.send('Enter');
        await check.everything(reader, 'out of order');
        await reader.leave();
    });
}


test('and is mended', async () => {
    broken.thaw('keyd');

    const v = await visit({ url: broken.url });

    await again(async () => {
        await v.go('/en/search');
        await v.write('#name', 'Layla Hadad');
        await v.send('Enter');
    }, () => v.status() === 200);

    assert.equal(v.status(), 200);
    await v.leave();
});


test('the inbox does not answer', () => broken.freeze('inbox'));

for (const lang of site.walked) {

    test(`${lang}: nothing is lost that could not be sent`, async () => {
        const v = await visit({ lang, script: true, url: broken.url });

        await v.go(`/${lang}/withdraw`);
        await answer(v, forms.withdraw.steps[0].answers);
        await v.press('main .go');
        await new Promise((done) => setTimeout(done, 2500));
        await v.press('[value=send]');

        assert.equal(v.status(), 503);
        assert.equal(await v.page.locator('h1').innerText(),
                     t(lang, 'notsent.title'));
        await check.everything(v, 'not sent');
        await v.focus('.contact a[href^="tel:"]');

        /* the same button again, when it is mended */

        broken.thaw('inbox');
        await again(() => v.press('[value=send]'),
                    () => v.page.locator('.slip').count());
        assert.equal(await v.page.locator('.slip').count(), 1);
        broken.freeze('inbox');
        await v.leave();
    });
}


test('the stack is stopped', () => broken.stop());
