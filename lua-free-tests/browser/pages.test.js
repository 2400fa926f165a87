'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * Every page that a visitor can see, in every language: see lib/check.js.
 */

const assert = require('node:assert');
const fs = require('node:fs');

const check = require('./lib/check');
const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');


/* how to come to a page, an address or a form that is sent, and the message
 * that is its heading */

const search = (title, fields) => ({ path: 'search', title, fields });

const pages = {
    'home': { path: '', title: 'home.title' },
    'the way to the search': { path: 'looking', title: 'looking.title' },
    'I am alive': { path: 'alive', title: 'alive.title' },
    'privacy': { path: 'privacy', title: 'privacy.title' },
    'search': { path: 'search', title: 'search.title' },
    'search with faults': search('search.title',
        { name: '', birth_year: '12' }),
    'search, faults in the details': search('search.title',
        { name: 'Anna Lind', birth_year: 'x', father: '\u0007',
          mother: 'x'.repeat(300) }),
    'results': search('results.title', { name: 'Layla Hadad' }),
    'results, a long name': search('results.title',
        { name: 'Maria Josefina Buenaventura y Villanueva de Santos' }),
    'no result': search('noresult.title', { name: 'Anna Nowhere Tobefound' }),
    'no result, a long name': search('noresult.title',
        { name: 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternx Zed' }),
    'refine': search('refine.title', { name: 'Suhartono' }),
    'not found': { path: 'nothing/here', status: 404, title: 'e404.title' },
    'method': { path: 'privacy', method: 'DELETE', status: 405,
                title: 'e405.title' },
    'too much': { ...search('e413.title', { name: 'x'.repeat(40000) }),
                  status: 413 },
};


/* check.everything() looks at them in two */

test('no colour depends on the language', () => {
    const rule = new RegExp(/[:[](?:lang|dir)\b[^{}]*/.source
        + /\{[^}]*(?:color|background|border|outline|--)/.source);

    for (const name of ['rfl.css', 'dark.css', 'desk/desk.css']) {
        const css = fs.readFileSync(`${site.top}/pages/${name}`, 'utf8');

        assert.doesNotMatch(css, rule, name);
    }

    assert.match(':lang(ar),.mark{margin:0;color:#999}', rule);
});


/* one window per language, as of somebody who reads on */

for (const lang of site.walked) {
    let v;

    test(`${lang}: a window`, async () => {
        v = await visit({ lang, script: true });
    });

    for (const [name, page] of Object.entries(pages)) {
        test(`${lang}: ${name}`, async () => {
            await open(v, lang, page);
            assert.equal(v.status(), page.status || 200);
            assert.equal(await v.page.locator('h1').innerText(),
                         site.t(lang, page.title));
            await check.everything(v, name);
        });
    }

    test(`${lang}: nothing left the site, nothing stays`, () => v.leave());
}


async function open(v, lang, { path, fields, method }) {
    const address = `/${lang}/${path}`;

    if (!fields && !method) {
        await v.go(address);
        return;
    }

    await v.page.route('**' + address, (route) => route.continue({
        method: method || 'POST',
        postData: fields && new URLSearchParams(fields).toString(),
        headers: { ...route.request().headers(),
                   'content-type': 'application/x-www-form-urlencoded' },
    }));

    await v.go(address);
    await v.page.unroute('**' + address);
}
