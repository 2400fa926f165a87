'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * The five forms, each from its first page to what was sent: at 320 pixels,
 * without JavaScript, with the keyboard alone.
 */

const assert = require('node:assert');
const fs = require('node:fs');

const { forms, start, answer, walk, slip, typed, shows }
    = require('./lib/forms');
const inpage = require('./lib/inpage');
const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');

const { t } = site;

/* Crockford's letters and digits, and a check symbol at the end */
const RECEIPT = /^[0-9A-HJKMNP-TV-Z -]+[0-9A-HJKMNP-Z*~$=]$/;


/* what the server fills every answer up to, and the budget of a page */
const BUCKET = 12288;


function faultless(title, lang) {
    return !title.replace(/^\u200f/, '')
                 .startsWith(t(lang, 'form.title_fault'));
}


/* what is true of every page of a form */

async function step(v, lang, place) {
    const { responseHeadersSize, responseBodySize }
        = await v.answer.request().sizes();

    assert.equal(v.answer.headers()['cache-control'], 'no-store');
    assert.equal(responseBodySize, BUCKET, `${place}: one size of all answers`);
    assert.ok(responseHeadersSize < 1024);

    if (!place.endsWith('faults')) {
        assert.ok(faultless(await v.title(), lang), await v.title());
        return;
    }

    assert.ok(!faultless(await v.title(), lang),
              `${place}: "${await v.title()}"`);
    assert.equal(await v.page.evaluate(
        () => document.querySelector('main').firstElementChild.className),
        'faults', 'the summary comes first');
    await v.opensAt('.faults');

    /* each of its links leads to its field, which says the same */

    const links = await v.page.locator('.faults a').evaluateAll(
        (all) => all.map((a) => [a.getAttribute('href'), a.innerText]));

    assert.ok(links.length > 0);

    const first = links[0][0];

    await v.focus(`.faults a[href="${first}"]`);
    await v.page.keyboard.press('Enter');
    await v.opensAt(first);

    for (const [href, words] of links) {
        assert.ok((await v.page.evaluate(inpage.described, href))
                  .includes(words), `"${words}" beside ${href}`);
    }
}


for (const lang of ['en', 'ar']) {
    const other = lang === 'en' ? 'ar' : 'en';

    for (const form of Object.keys(forms)) {
        test(`${lang}: ${form}, from its first page to the reference`,
             async () =>
        {
            const v = await visit({ lang });

            await walk(v, lang, form, async (place) => {
                await step(v, lang, place);

                if (place === 'check') {
                    await shows(v, typed(form));
                }
            });

            const { receipt, digits, code } = await slip(v);

            assert.match(receipt, RECEIPT);
            assert.match(digits, /^[0-9 -]+$/);
            assert.equal(code !== undefined, forms[form].code === true,
                         'a code is given out where it hides something');
            await shows(v, [t(lang, 'sent.next')]);
            assert.ok(v.page.url().endsWith(`/${lang}/${form}`),
                      'nothing in the URL');
            await v.leave();
        });
    }


    test(`${lang}: an answer is changed from the check page`, async () => {
        const v = await visit({ lang });
        let done = false;

        await walk(v, lang, 'looking', async (place) => {
            if (place !== 'check' || done) {
                return;
            }

            done = true;
            await v.press('[value="change-0"]');
            assert.equal(await v.page.locator('#name').inputValue(),
                         'Qwenzor Tulvik', 'what was typed is there');
            await v.write('#name', 'Qwenzor Zed');
            await v.press('main .go');
            assert.equal(await v.page.locator('[value=send]').count(), 1,
                         'and it goes straight back');
            await shows(v, ['Qwenzor Zed', 'Anna Qwenzor']);
        });

        await v.leave();
    });


    test(`${lang}: Enter goes on, "back" goes back, nothing is lost`,
         async () =>
    {
        const v = await visit({ lang });

        await start(v, lang, 'looking');
        await v.write('#name', 'Qwenzor Tulvik');
        await v.send('Enter');
        assert.equal(await v.page.locator('#birth_year').count(), 1);
        await v.write('#birth_year', '1990');
        await v.press('[value=back]');
        assert.equal(await v.page.locator('#name').inputValue(),
                     'Qwenzor Tulvik');
        await v.press('main .go');
        assert.equal(await v.page.locator('#birth_year').inputValue(), '1990',
                     'also what was typed before going back');
        await v.leave();
    });


    test(`${lang}: another language in the middle`, async () => {
        const v = await visit({ lang });

        await start(v, lang, 'looking');
        await v.write('#name', 'Qwenzor Tulvik');
        await v.press('main .go');
        await v.write('#birth_year', '1990');

        await v.page.evaluate(() => document.activeElement.blur());
        await v.focus(`.langs [lang="${other}"]`, 'Shift+Tab');
        await v.send('Enter');

        assert.equal(await v.page.locator('html').getAttribute('lang'), other);
        assert.equal(await v.page.locator('#birth_year').inputValue(), '1990',
                     'what stood in the fields is there');
        await v.press('[value=back]');
        assert.equal(await v.page.locator('#name').inputValue(),
                     'Qwenzor Tulvik', 'and so is the step before');
        await v.leave();
    });


    test(`${lang}: a search that found nothing hands the name over`,
         async () =>
    {
        const v = await visit({ lang });

        await v.go(`/${lang}/search`);
        await v.write('#name', 'Qwenzor Tulvik');
        await v.send('Enter');
        assert.equal(await v.page.locator('h1').innerText(),
                     t(lang, 'noresult.title'));
        await v.press(`main [formaction="/${lang}/looking"]`);
        assert.equal(await v.page.locator('#name').inputValue(),
                     'Qwenzor Tulvik');
        await v.leave();
    });


    test(`${lang}: who was found is somebody else: the name goes on`,
         async () =>
    {
        const v = await visit({ lang });

        await v.go(`/${lang}/search`);
        await v.write('#name', 'Layla Hadad');
        await v.send('Enter');
        await v.press(`main [formaction="/${lang}/looking"]`);
        assert.equal(await v.page.locator('#name').inputValue(),
                     'Layla Hadad');
        await v.leave();
    });


    test(`${lang}: somebody who is under age is led to an office`,
         async () =>
    {
        const v = await visit({ lang });

        await start(v, lang, 'alive');
        await v.choose('adult', 'no');
        await v.press('main .go');
        assert.equal(v.status(), 200);
        assert.ok(faultless(await v.title(), lang), 'which is no error');
        assert.equal(await v.page.locator('h1').innerText(),
                     t(lang, 'minor.title'));
        await v.focus('.contact a[href^="tel:"]');
        await v.leave();
    });


    test(`${lang}: what was sent can be printed, kept, and sent once only`,
         async () =>
    {
        const v = await visit({ lang });

        await walk(v, lang, 'alive');

        const { receipt, digits, code } = await slip(v);

        await v.page.emulateMedia({ media: 'print' });

        for (const words of [receipt, digits, code]) {
            assert.ok(await v.page.getByText(words).isVisible(),
                      `${words} is on paper`);
        }

        assert.ok(!await v.page.locator('[value=text]').isVisible(),
                  'buttons are not');
        assert.ok(await v.page.locator('.contact a[href^="tel:"]').isVisible());
        await v.page.emulateMedia({ media: null });

        /* the file: what a person needs, in lines that any telephone reads */

        await v.focus('[value=text]');

        const [download] = await Promise.all([
            v.page.waitForEvent('download'),
            v.page.keyboard.press('Enter'),
        ]);
        const text = fs.readFileSync(await download.path(), 'utf8');

        assert.match(download.suggestedFilename(), /\.txt$/);

        for (const words of [receipt, digits, code]) {
            assert.ok(text.includes(words), `${words} is in the file`);
        }

        for (const words of typed('alive')) {
            assert.ok(!text.includes(words), `"${words}" is not in the file`);
        }

        /* impatience */

        await v.again();
        assert.equal((await slip(v)).receipt, receipt);
        await v.leave();
    });


    test(`${lang}: a code is taken at once, and a slip in it is told`,
         async () =>
    {
        const v = await visit({ lang });

        await walk(v, lang, 'alive');

        const { code } = await slip(v);
        const slipped = code.slice(0, -3) + (code.at(-3) === '7' ? '8' : '7')
                        + code.slice(-2);

        await v.press(`main a[href="/${lang}/withdraw"]`);
        await answer(v, { wish: 'hide', code: slipped });
        await v.press('main .go');
        assert.ok(!faultless(await v.title(), lang), await v.title());
        assert.equal(await v.page.locator('#code').inputValue(), slipped);

        /* as somebody types it who copies it from paper */

        await v.write('#code', code.toLowerCase().replaceAll('-', ' '));
        await v.press('main .go');
        assert.equal(await v.page.locator('h1').innerText(),
                     t(lang, 'hidden.title'));
        await v.leave();
    });


    test(`${lang}: a form without the stylesheet`, async () => {
        const v = await visit({ lang, css: false });

        await v.go(`/${lang}/looking`);
        await v.page.locator('main form button').focus();
        await v.send('Enter');
        await v.page.locator('#name').focus();
        await v.page.keyboard.insertText('Qwenzor Tulvik');
        await v.send('Enter');
        assert.equal(await v.page.locator('#birth_year').count(), 1);
        await v.leave();
    });


    test(`${lang}: the browser's own "back"`, async () => {
        const v = await visit({ lang });

        await start(v, lang, 'looking');
        await v.write('#name', 'Qwenzor Tulvik');
        await v.press('main .go');
        await v.write('#birth_year', '1990');
        await v.press('main .go');

        /* a page that came by POST and is not kept: the browser asks whether
         * to send again, and then shows the step; which is why the page says
         * what to press instead */

        await shows(v, [t(lang, 'step.back_hint')]);

        await assert.rejects(v.page.goBack(), /ERR_CACHE_MISS/);
        await v.again();

        /* what came may be the browser's own page, once more */

        await v.page.locator('#birth_year').waitFor();
        await v.write('#birth_year', '1991');
        await v.press('main .go');
        assert.equal(await v.page.locator('[name=relation]').count(), 1);
        await v.leave();
    });


    test(`${lang}: an address that was typed or kept leads on`, async () => {
        const v = await visit({ lang });

        for (const form of ['message', 'report']) {
            await v.go(`/${lang}/${form}`);
            assert.equal(v.status(), 200);
            await v.write('#name', 'Layla Hadad');
            await v.send('Enter');
            assert.equal(await v.page.locator('h1').innerText(),
                         t(lang, 'results.title'));
        }

        await v.leave();
    });
}
