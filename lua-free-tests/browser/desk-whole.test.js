'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * The whole way, in one browser: somebody says in Arabic that she is alive;
 * two people at the desk read it; somebody else finds her in Latin letters;
 * she takes herself out with her code, and the desk ends it.
 */

const assert = require('node:assert');

const desk = require('./lib/desk');
const { start, answer, send, slip, shows } = require('./lib/forms');
const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');

const { t, td } = site;

/* as she writes it, as her brother does on another telephone, and as he
 * would read it */
const people = {
    hidden: ['نادية سليم القرشي', 'Nadia Saleem Qureshi'],
    withdrawn: ['رشيد طاهر الدوسري', 'Rashid Taher Al Dosari'],
};

const steps = (name) => [
    { adult: 'yes' },
    { name },
    { birth_year: '1985', sex: 'f', event: 'river-flood' },
    { phone: '+00 98 765 43 21' },
    { consent: 'searchable', status: 'safe', show: ['age_band', 'status'] },
];

const slips = {};


async function finds(name) {
    const v = await visit({ lang: 'en' });

    await v.go('/en/search');
    await v.write('#name', name);
    await v.send('Enter');

    const titles = await v.page.locator('.hits h2').allInnerTexts();

    await v.leave();

    return titles.join('\n');
}


for (const [who, [arabic, latin]] of Object.entries(people)) {

    test(`${who}: "I am alive", in Arabic, on a telephone`, async () => {
        const v = await visit({ lang: 'ar' });

        await start(v, 'ar', 'alive');

        for (const answers of steps(arabic)) {
            await answer(v, answers);
            await v.press('main .go');
        }

        await shows(v, [arabic]);
        await send(v);
        slips[who] = await slip(v);
        assert.equal(await finds(latin), '', 'nothing of it is public');
        await v.leave();
    });


    test(`${who}: two people at the desk`, async () => {
        for (const [id, lang, queue] of [['amina', 'ar', 'new'],
                                         ['boris', 'en', 'second']])
        {
            const v = await desk.enter(id, { lang });

            await desk.open(v, queue, slips[who].receipt);
            await shows(v, [arabic, '+00 98 765 43 21']);
            await desk.approve(v);
            assert.equal(await v.page.locator('.said').first().innerText(),
                         td(lang, queue === 'new' ? 'done.approve'
                                                  : 'done.published'));
            await v.leave();
        }
    });


    test(`${who}: found in Latin letters`, async () => {
        const found = await finds(latin);

        assert.ok(found.includes(arabic), found);
    });
}


test('hidden: with the code of what was sent, at once', async () => {
    const [arabic, latin] = people.hidden;
    const v = await visit({ lang: 'ar' });

    await v.go('/ar/withdraw');
    await answer(v, { wish: 'hide', code: slips.hidden.code });
    await v.press('main .go');
    assert.equal(await v.page.locator('h1').innerText(),
                 t('ar', 'hidden.title'));

    assert.ok(!(await finds(latin)).includes(arabic), 'nobody finds it');
    await v.leave();
});


test('hidden: on top at the desk, and taken down', async () => {
    const v = await desk.enter('boris');

    await v.go(await desk.find(v, 'withdraw', slips.hidden.receipt));
    await shows(v, [td('en', 'item.hidden')]);

    /* the first of all queues, by its place on the page */

    await v.go('/en/');
    assert.ok((await v.page.locator('.queues a').first().getAttribute('href'))
              .endsWith('/queue/withdraw'));
    await desk.open(v, 'withdraw', slips.hidden.receipt);
    await v.press('.stop');
    await shows(v, [td('en', 'item.state.withdrawn')]);
    assert.ok(!(await finds(people.hidden[1])).includes(people.hidden[0]));
    await v.leave();
});


test('withdrawn: by a moderator, gone for visitors', async () => {
    const [arabic, latin] = people.withdrawn;
    const v = await desk.enter('amina', { lang: 'ar', width: 320 });

    assert.ok((await finds(latin)).includes(arabic));
    await desk.open(v, 'published', slips.withdrawn.receipt);
    await v.press('.stop');
    await shows(v, [td('ar', 'item.state.withdrawn')]);
    assert.ok(!(await finds(latin)).includes(arabic));
    await v.leave();
});
