'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * Every page of the desk in every language, locked and unlocked, empty and
 * with something on it, refused and in conflict, on a telephone and at a
 * desk: see lib/check.js; on paper and in forced colours: see lib/modes.js.
 */

const assert = require('node:assert');

const check = require('./lib/check');
const desk = require('./lib/desk');
const modes = require('./lib/modes');
const site = require('./lib/site');
const { test } = require('./lib/tap');

const langs = (process.env.RFL_DESK_LANGS || 'en fr ar es').split(' ');
const WIDE = 1280;

/* a submission may say all that is hinted at, in letters of three scripts,
 * and much of it */
const items = {};

const samples = {
    'new': ['alive', {
        adult: 'yes', name: 'كريمة ناصر الزبيري', name_other: 'Karima Zubairi',
        father: 'ناصر', birth_year: '1979', sex: 'f', event: 'river-flood',
        country: 'SY', place: 'Al-Qwenzoriya, 12 River Street',
        phone: '+00 98 765 43 21', email: 'a-very-long-address.of.somebody'
            + '@an-even-longer-name-of-a-host.mail.example',
        reach: 'Room 12, she is ill; her son is 9 years old', talk: 'العربية',
        consent: 'searchable', status: 'safe',
        show: ['age_band', 'sex', 'origin', 'status'] }],
    'faulty': ['alive', {
        adult: 'yes', name: 'Wolfeschlegelsteinhausenbergerdorff Zed',
        phone: '+00 98 765 43 21', consent: 'searchable', status: 'safe' }],
    'looking': ['looking', {
        name: 'Karima Subeiri', birth_year: '1979', relation: 'sister',
        event: 'river-flood', sender: 'Q', phone: '+00 98 765 43 21',
        consent: 'searchable' }],
    'second': ['alive', {
        adult: 'yes', name: 'Bohdan Tkachuk', birth_year: '1980', sex: 'm',
        event: 'river-flood', phone: '+00 98 765 43 21',
        consent: 'searchable', status: 'safe' }],
    'live': ['alive', {
        adult: 'yes', name: 'Bohdana Tkatchouk', birth_year: '1981',
        event: 'river-flood', phone: '+00 98 765 43 21',
        consent: 'searchable', status: 'family_safe' }],
    'hidden': ['alive', {
        adult: 'yes', name: 'Ignatz Ferenczi', birth_year: '1981',
        event: 'river-flood', phone: '+00 98 765 43 21',
        consent: 'searchable', status: 'safe' }],
    'withdraw': ['withdraw', {
        wish: 'hide', name: 'Bohdana', words: 'Please.',
        phone: '+00 98 765 43 21' }],
    'message': ['message', {
        message: 'We are at Port Amber.\nCall +00 98 765 43 20.',
        sender: 'Q', relation: 'cousin', email: 'q@mail.example' }],
    'report': ['report', { why: 'danger', words: 'He must not read this.' }],
};


test('something of everything', async () => {
    const entry = await desk.entry('Layla Hadad');

    await Promise.all(Object.entries(samples).map(
        async ([name, [form, answers]]) => {
            const about = ['message', 'report'].includes(form) ? { entry } : {};

            items[name] = await desk.hand('en', form,
                                          { ...answers, ...about });
        }));

    const carla = await desk.enter('carla');
    const boris = await desk.enter('boris');

    for (const name of ['second', 'live', 'hidden']) {
        await desk.look(carla, 'new', items[name].receipt);
        await desk.approve(carla);
    }

    for (const name of ['live', 'hidden']) {
        await desk.look(boris, 'second', items[name].receipt);
        await desk.approve(boris);
    }

    await desk.hide(items.hidden.code);

    items.address = {};

    for (const [name, queue] of [
        ['new', 'new'], ['faulty', 'new'], ['looking', 'new'],
        ['second', 'second'], ['live', 'published'], ['hidden', 'withdraw'],
        ['withdraw', 'withdraw'], ['message', 'messages'],
        ['report', 'reports'],
    ]) {
        items.address[name] = (await desk.find(carla, queue,
                                               items[name].receipt))
                              .replace(/^\/en/, '');
    }

    /* what a form of an older version says; nobody gives this one back */

    await desk.look(boris, 'new', items.looking.receipt);
    await desk.decide(boris, 'claim');

    await carla.leave();
    await boris.leave();
});


/* a page that comes by POST, as a browser would ask for it */

async function press(v, address, fields) {
    const pattern = '**' + address.split('?')[0];
    const csrf = await v.page.locator('[name=csrf]').first()
                        .getAttribute('value');

    await v.page.route(pattern, (route) => route.continue({
        method: 'POST',
        postData: new URLSearchParams({ csrf, ...fields }).toString(),
        headers: { ...route.request().headers(), origin: v.url,
                   'content-type': 'application/x-www-form-urlencoded' },
    }));
    await v.go(address.split('?')[0]);
    await v.page.unroute(pattern);
}


for (const lang of langs) {
    let v;

    const whole = async (what) => {
        await check.everything(v, what);
        await v.page.setViewportSize({ width: WIDE, height: 800 });
        assert.deepEqual(await check.layouts(v), [], `${what}, wide`);
        await modes.coloured(v);
        await modes.printed(v, []);
        await v.page.setViewportSize({ width: 320, height: 640 });
    };

    const page = (what, path, status = 200) => {
        test(`${lang}: ${what}`, async () => {
            await v.go(`/${lang}` + (path in items.address
                                     ? items.address[path] : path));
            assert.equal(v.status(), status);
            await whole(what);
        });
    };

    const refusal = (what, path, status, fields) => {
        test(`${lang}: ${what}`, async () => {
            await press(v, `/${lang}` + (path in items.address
                                         ? items.address[path] : path),
                        fields);
            assert.ok([status].flat().includes(v.status()), v.status());
            await whole(what);
        });
    };

    test(`${lang}: the door`, async () => {
        v = await desk.sit(null, { lang, width: 320, script: true });
        await v.go(`/${lang}/`);
        assert.equal(v.status(), 403);
        await whole('the door');
        await v.leave();
    });

    test(`${lang}: locked`, async () => {
        v = await desk.sit('carla', { lang, width: 320, script: true });
        await v.go(`/${lang}/`);

        if (await v.page.locator('.who form').count()) {
            await v.press('.who button');
        }

        await whole('locked');
        await desk.unlock(v, 'not this one');
        assert.equal(await v.page.locator('.refused').count(), 1);
        await whole('a wrong passphrase');
        await desk.unlock(v, desk.passphrase('carla'));
        await whole('queues');
    });

    test(`${lang}: an item at 400 %, on paper, without a stylesheet`,
         async () =>
    {
        const { name, phone } = samples.new[1];

        await v.go(`/${lang}` + items.address.new);
        await v.page.setViewportSize({ width: 320, height: 256 });
        await modes.fits(v);
        await v.page.setViewportSize({ width: WIDE, height: 800 });
        await modes.printed(v, [name, phone]);
        assert.equal(new Set(await v.page.evaluate(modes.starts,
                                                   '.sent div:not(.none) dd'))
                         .size, 1,
                     'answers in any alphabet begin where the page begins');

        await modes.plain(v, async () => {
            const tops = await v.page.locator('.decide [type=radio]')
                .evaluateAll((all) => all.map(
                    (e) => Math.round(e.getBoundingClientRect().top)));

            assert.equal(new Set(tops).size, tops.length,
                         'each decision has a line');
            assert.match(await v.page.locator('.sent dd', { hasText: name })
                                     .innerText(), / – /,
                         'what is said of an answer is not part of it');
        });
        await v.page.setViewportSize({ width: 320, height: 640 });
    });

    page('a queue', '/queue/new');
    page('an empty queue', '/queue/ending');
    page('something new', 'new');
    page('something that cannot be public', 'faulty');
    page('somebody else is at it', 'looking');
    page('approved once, by oneself', 'second');
    page('public', 'live');
    page('hidden by its code', 'hidden');
    page('a request', 'withdraw');
    page('a message', 'message');
    page('a report', 'report');
    page('find', '/find');
    page('journal', '/journal');
    page('case system', '/spool');
    page('no such page', '/nothing', 404);
    page('no such item', `/item/${'0'.repeat(32)}`, 404);
    page('no such entry', '/entry/0000-0000-0000-0000', 404);

    const edit = { act: 'edit', queue: 'new', age_band: '', sex: '',
                   relation: '', status: '', name_1: 'Karima Zubairi-Qwenzor',
                   origin: '', year: '1979', father: 'ناصر', mother: '',
                   event: 'river-flood', end: '2027-01-01' };

    test(`${lang}: a page with a token`, () => v.go(`/${lang}/find`));
    refusal('found by name', '/find', 200, { find: 'Layla Hadad' });
    refusal('nobody is found', '/find', 200, { find: 'Qwenzor Tulvik' });
    refusal('a conflict', 'new', 409, { ...edit, version: '999' });
    refusal('a value that is none', 'new', [400, 409],
            { ...edit, version: '1', end: 'soon' });
    refusal('faults', 'faulty', 409, { act: 'approve', version: '1' });
    refusal('no reason', 'new', [400, 409], { act: 'reject', version: '1' });
    refusal('the same person twice', 'second', 403,
            { act: 'approve', version: '2' });
    refusal('taken over', '/spool', 200, {});
    refusal('an old token', '/find', 400, { csrf: 'x' });

    test(`${lang}: an entry that came from a file`, async () => {
        const found = v.page.locator('.likely a[href*="/entry/"]');

        /* the desk may still be reading the register */

        for (let i = 0; i < 20 && await found.count() === 0; i++) {
            await v.go(`/${lang}/find`);
            await v.write('#find', 'Layla Hadad');
            await v.send('Enter');
        }

        await v.press('.likely a[href*="/entry/"]');
        await whole('an entry');
    });

    test(`${lang}: nothing left the desk, nothing stays`, () => v.leave());
}
