'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * The checks themselves: each finds what is planted for it.
 */

const assert = require('node:assert');

const check = require('./lib/check');
const inpage = require('./lib/inpage');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');


/* a page that the checks find in order, with something put into it */

const page = (body, head = '') => `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page</title>
<style>:focus-visible{outline:3px solid #000}${head}</style>
</head>
<body>
<main>
<h1>A page</h1>
${body}
</main>
</body>
</html>
`;


async function show(v, body, head) {
    const text = page(body, head);

    await v.page.route('**/planted', (route) => route.fulfill({
        contentType: 'text/html', body: text }));
    await v.go('/planted');
    await v.page.unroute('**/planted');
}


async function found(body, head) {
    const v = await visit({ script: true });

    await show(v, body, head);

    const wrong = [...await check.markup(v), ...await check.layouts(v),
                   ...await check.accessible(v)].join('\n');

    await v.leave();

    return wrong;
}


const planted = [
    ['nothing', '<p>Words.</p>', '', /^$/],
    ['a field without label', '<input name="x">', '', /axe label/],
    ['pale words', '<p>Words.</p>', 'p{color:#999}', /axe color-contrast/],
    ['words that are pale at night', '<p>Words.</p>',
     '@media (prefers-color-scheme:dark){body{background:#111}}',
     /^dark axe color-contrast/],
    ['a small target',
     '<p><a class="s" href="#a">a</a><a class="s" href="#b">b</a></p>',
     '.s{display:inline-block;width:9px}', /axe target-size/],
    ['a tag that is not closed', '<div><p>Words.</div>', '', /html .*close/],
    ['one id twice', '<p id="a">One</p><p id="a">Two</p>', '',
     /html .*no-dup-id/],
    ['a number from the wrong end',
     '<p lang="ar" dir="rtl">مثلا +00 555 0123.</p>', '',
     /backwards: "\+00 555 0123"/],
    ['a number that is isolated',
     '<p lang="ar" dir="rtl">مثلا \u2066+00 555 0123\u2069.</p>', '', /^$/],
    ['something wide', '<p>Words.</p>', 'p{width:400px}', /sticks out: p/],
    ['something wide with large text', '<p>Words.</p>', 'p{width:12rem}',
     /^large text sticks out: p/],
    ['words that do not wrap', '<p>Words that are long enough to stay.</p>',
     'p{white-space:nowrap;font-size:16px}', /^wide spacing scrolls/],
    ['words that are cut off', '<p>Overlyextraordinarilylongword.</p>',
     'p{overflow:hidden;width:5rem}', /cut off: p/],
];

for (const [name, body, head, what] of planted) {
    test(`the checks find ${name}`, async () => {
        assert.match(await found(body, head), what);
    });
}


const stops = [
    ['a focus that does not show', '<p><a href="#a">one</a></p>',
     'a:focus{outline:0}', /nothing shows it/],
    ['a focus that is covered',
     '<p><a href="#a">one</a></p><div class="c">over</div>',
     '.c{position:fixed;inset:0;background:#fff}', /it is covered/],
    ['a focus that goes back',
     '<p class="p"><a href="#a">one</a><a href="#b">two</a></p>',
     '.p{display:flex;flex-direction:column-reverse;gap:2rem}',
     /comes after/],
    ['a focus that goes to the wrong side',
     '<p class="p"><a href="#a">one</a><a href="#b">two</a></p>',
     '.p{display:flex;flex-direction:row-reverse}', /comes after/],
];

for (const [name, body, head, what] of stops) {
    test(`the keyboard finds ${name}`, async () => {
        const v = await visit();

        await show(v, body, head);
        await assert.rejects(v.focus('[href="#none"]'), what);
        await v.leave();
    });
}


test('what comes from elsewhere, or stays, is found', async () => {
    const v = await visit({ script: true });

    await show(v, '<img alt="" src="http://127.0.0.2:1/x.png">');
    await v.context.addCookies([{ name: 'a', value: 'b', url: v.url }]);
    await v.page.evaluate(() => localStorage.setItem('c', 'd'));

    assert.deepEqual(await v.page.evaluate(inpage.stored), ['c']);
    await assert.rejects(v.leave(), /leave the site/);
});
