'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * Every page with the longest words it may have to hold, as check-pages writes
 * them with sample values: in the two pseudo languages, one that stretches
 * English and one that reads from right to left, and in the languages in which
 * no visitor walks through the site.
 */

const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');

const check = require('./lib/check');
const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');

const dir = fs.mkdtempSync('/tmp/rfl-browser.');

process.once('exit', () => fs.rmSync(dir, { recursive: true }));


/* the packaged pages with two languages more, whose stretched words make
 * some pages longer than a real language may: check-pages tells that, too */

const tool = `${site.top}/build/release/check-pages`;

fs.cpSync(`${site.top}/pages`, `${dir}/pages`, { recursive: true });
execFileSync(tool, ['-x', `${dir}/pages/po`, `${site.top}/pages`]);
fs.mkdirSync(`${dir}/out`);
spawnSync(tool, ['-o', `${dir}/out`, `${dir}/pages`]);


const others = site.langs.filter((lang) => !site.walked.includes(lang));

for (const lang of ['en-XA', 'ar-XB', ...others]) {
    let v;

    test(`${lang}: a window`, async () => {
        v = await visit({ lang, script: true });

        await v.page.route('**/written/**', (route) => route.fulfill({
            contentType: 'text/html; charset=utf-8',
            path: dir + '/out' + new URL(route.request().url()).pathname
                                     .replace('/written', ''),
        }));

        await v.page.route('**/rfl.css', (route) => route.fulfill({
            contentType: 'text/css', path: `${dir}/pages/rfl.css` }));
    });

    /* a form that is filled in has no other words than an empty one */

    const names = fs.readdirSync(`${dir}/out/${lang}`)
        .filter((name) => !others.includes(lang) || !/-filled/.test(name));

    for (const name of names.sort()) {
        test(`${lang}: ${name}`, async () => {
            await v.go(`/written/${lang}/${name}`);
            await check.everything(v, name);
        });
    }

    test(`${lang}: the window is closed`, () => v.leave());
}
