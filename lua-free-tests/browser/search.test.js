'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * Somebody looks for somebody, from the first page to the answer: at 320
 * pixels, without JavaScript, with the keyboard alone.
 */

const assert = require('node:assert');

const check = require('./lib/check');
const inpage = require('./lib/inpage');
const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');

const { t } = site;


for (const lang of ['en', 'ar']) {

    const home = `/${lang}/`;
    const search = `/${lang}/search`;

    const heading = async (v, key) => assert.equal(
        await v.page.locator('h1').innerText(), t(lang, key));


    test(`${lang}: from the first page to a notice`, async () => {
        const v = await visit({ lang });

        await v.go(home);
        await v.press(`main a[href="/${lang}/looking"]`);
        await v.press(`a.go[href="${search}"]`);
        await heading(v, 'search.title');

        await v.write('#name', 'Layla Hadad');
        await v.send('Enter');

        await heading(v, 'results.title');
        assert.equal(await v.page.locator('[role=status]').count(), 1);
        assert.match(await v.page.locator('.hits h2').first().innerText(),
                     /ليلى حدّاد/);
        assert.equal(v.page.url(), site.url + search, 'no name in the URL');

        /* a list of buttons alone tells whom each is about */

        const names = (await v.page.locator('.hits').ariaSnapshot())
            .match(/(?<=button ").*(?=")/g);

        assert.equal(new Set(names).size,
                     await v.page.locator('.hits button').count(),
                     'no two buttons have one name');

        for (const name of names) {
            assert.match(name, /ليلى حدّاد|Lay?la|Leila/, `whom "${name}"`);
        }

        /* from the notice to the telephone and on to another search */

        await v.focus('.hits a[href^="tel:"]');
        await v.press('main [value="edit"]');
        await heading(v, 'search.title');
        assert.equal(await v.page.locator('#name').inputValue(),
                     'Layla Hadad', 'nothing has to be typed twice');

        await v.leave();
    });


    test(`${lang}: the skip link comes first and leads to the content`,
         async () =>
    {
        const v = await visit({ lang });

        await v.go(search);
        await v.focus('.skip');
        await v.page.keyboard.press('Enter');
        await v.page.keyboard.press('Tab');
        assert.ok(await v.page.evaluate(inpage.focused, '#name'));
        await v.leave();
    });


    test(`${lang}: every page can be walked through with Tab`, async () => {
        const v = await visit({ lang });

        for (const path of ['', 'looking', 'alive', 'privacy', 'search',
                            'nothing'])
        {
            let stops = 0;

            await v.go(home + path);

            while (await v.tab()) {
                stops++;
                assert.ok(stops < 80, 'it comes to an end');
            }

            assert.equal(stops, await v.page.evaluate(inpage.controls), path);
        }

        await v.leave();
    });


    test(`${lang}: the details, with arrows and the space bar`, async () => {
        const v = await visit({ lang });

        await v.go(search);
        await v.write('#name', 'Wulandari');
        await v.focus('summary');
        await v.page.keyboard.press('Space');
        await v.write('#birth_year', '1990');
        await v.write('#mother', 'Sulastri');
        await v.choose('kind', 'alive');
        await v.press('main form .go');

        await heading(v, 'results.title');
        assert.match(await v.page.locator('.hits h2').innerText(),
                     /Wulandari/);
        await v.leave();
    });


    test(`${lang}: too little is asked for, not guessed at`, async () => {
        const v = await visit({ lang });

        await v.go(search);
        await v.write('#name', 'Suhartono');
        await v.send('Enter');

        await heading(v, 'refine.title');
        assert.equal(await v.page.locator('#name').inputValue(), 'Suhartono');
        await v.write('#birth_year', String(new Date().getUTCFullYear() - 49));
        await v.send('Enter');
        await heading(v, 'results.title');
        await v.leave();
    });


    test(`${lang}: faults stand first, and lead to their fields`, async () => {
        const v = await visit({ lang });

        await v.go(search);
        await v.focus('summary');
        await v.page.keyboard.press('Space');
        await v.write('#birth_year', '12');
        await v.write('#mother', 'Maryam');
        await v.send('Enter');

        const title = await v.title();

        assert.ok(title.replace(/^\u200f/, '')
                       .startsWith(t(lang, 'form.title_fault')), title);
        assert.equal(await v.page.evaluate(
            () => document.querySelector('main').firstElementChild.className),
            'faults', 'the summary is the first thing of the page');
        await v.opensAt('.faults');

        assert.deepEqual(
            await v.page.locator('.faults a').evaluateAll(
                (links) => links.map((a) => a.getAttribute('href'))),
            ['#name', '#birth_year']);

        for (const id of ['name', 'birth_year']) {
            await v.go(search);
            await v.focus('summary');
            await v.page.keyboard.press('Space');
            await v.write('#birth_year', '12');
            await v.send('Enter');

            const words = await v.page.locator(`.faults a[href="#${id}"]`)
                                      .innerText();

            await v.focus(`.faults a[href="#${id}"]`);
            await v.page.keyboard.press('Enter');
            await v.opensAt(`#${id}`);
            assert.ok((await v.page.evaluate(inpage.described, `#${id}`))
                      .includes(words), 'the same words beside the field');
        }

        assert.equal(await v.page.locator('#birth_year').inputValue(), '12',
                     'what was typed is still there');
        await v.leave();
    });


    test(`${lang}: another language in the middle, the words stay`,
         async () =>
    {
        const other = lang === 'en' ? 'ar' : 'en';
        const v = await visit({ lang });

        await v.go(search);
        await v.write('#name', 'Anna Nowhere Tobefound');
        await v.send('Enter');
        await heading(v, 'noresult.title');

        await v.press(`.langs [lang="${other}"]`);
        assert.equal(await v.page.locator('h1').innerText(),
                     t(other, 'noresult.title'));
        assert.equal(await v.page.locator('#name').inputValue(),
                     'Anna Nowhere Tobefound');
        assert.equal(await v.page.locator('html').getAttribute('dir'),
                     other === 'ar' ? 'rtl' : 'ltr');
        await v.leave();
    });


    test(`${lang}: back from an answer is the form`, async () => {
        const v = await visit({ lang });

        await v.go(search);
        await v.write('#name', 'Layla Hadad');
        await v.send('Enter');
        await heading(v, 'results.title');
        await v.page.goBack();
        await heading(v, 'search.title');
        await v.write('#name', 'Olena Shevchuk');
        await v.send('Enter');
        await heading(v, 'results.title');
        await v.leave();
    });


    test(`${lang}: without the stylesheet`, async () => {
        const v = await visit({ lang, css: false });

        await v.go(search);
        await v.page.locator('#name').focus();
        await v.page.keyboard.insertText('Layla Hadad');
        await v.send('Enter');
        await heading(v, 'results.title');
        assert.deepEqual(await check.layouts(v), []);
        await v.leave();
    });


    test(`${lang}: with forced colours the focus is seen`, async () => {
        const v = await visit({ lang });

        await v.page.emulateMedia({ forcedColors: 'active' });
        await v.go(search);
        await v.write('#name', 'Layla Hadad');
        await v.press('main form .go');
        await heading(v, 'results.title');
        await v.leave();
    });


    /* the figures are the budget: a page and its stylesheet in one flight of
     * ten segments, an answer in its bucket, and its head */

    test(`${lang}: what the pages weigh`, async () => {
        let css = 0;

        for (const path of ['', 'looking', 'alive', 'privacy', 'search']) {
            const { bytes, text } = await site.weigh(home + path);

            css ||= (await site.weigh(text.match(/href="(\/rfl-\w+\.css)"/)[1]))
                    .bytes;

            assert.ok(bytes + css <= 14_000, `${path}: ${bytes} + ${css}`);
        }

        const answers = [];

        for (const name of ['', 'Layla Hadad', 'Anna Nowhere Tobefound',
                            'Suhartono'])
        {
            const body = new URLSearchParams({ name }).toString();

            answers.push((await site.weigh(search, { method: 'POST', body }))
                         .bytes);
        }

        assert.ok(Math.max(...answers) <= 21_300, answers.join(' '));
        assert.ok(Math.max(...answers) - Math.min(...answers) < 64,
                  `one size, whatever was found: ${answers}`);
    });
}
