'use strict';

/*
 * Copyright (C) The RFL authors
 *
 * What moderators do all day: without JavaScript, with the keyboard alone, in
 * English at a desk and in Arabic on a telephone, by two people who do not
 * see each other's screen.
 */

const assert = require('node:assert');

const desk = require('./lib/desk');
const { shows } = require('./lib/forms');
const site = require('./lib/site');
const { test } = require('./lib/tap');
const { visit } = require('./lib/visitor');

const { td } = site;

/* keys after reading: to a first approval, and to a withdrawal */
const APPROVAL = 3;
const WITHDRAWAL = 4;

/* from a request in words to an entry taken down, and back */
const REQUEST = 3;

/* the hours of a moderator: who, in which language, on what */
const shifts = [
    { lang: 'en', width: 1280, family: 'Karvolein', script: 'Karwoleyn',
      query: 'Zubin Karwolein' },
    { lang: 'ar', width: 320, family: 'Tirandoli', script: 'طراندولي',
      query: 'Zubin Tirandoly' },
];

const alive = {
    adult: 'yes', birth_year: '1985', sex: 'm', event: 'river-flood',
    phone: '+00 98 765 43 21', consent: 'searchable', status: 'safe',
    show: ['age_band', 'status'],
};


/* what a page says of the last press */

async function said(v, key) {
    assert.equal(await v.page.locator('.said').first().innerText(),
                 td(v.lang, key));
}

async function refused(v, key) {
    assert.equal(await v.page.locator('.refused p').first().innerText(),
                 td(v.lang, key));
}


/* another item, or the queue when it was the last one */

async function next(v, receipt) {
    assert.match(v.page.url(), /\/(item|queue)\//);
    assert.ok(!(await v.page.locator('h1').innerText()).includes(receipt),
              'the next one opens');
}


for (const { lang, width, family, script, query } of shifts) {
    const items = {};
    let amina;
    let boris;


    test(`${lang}: visitors hand in`, async () => {
        const layla = await desk.entry('Layla Hadad');
        const hand = async (name, form, answers) => {
            items[name] = await desk.hand('en', form, answers);
        };

        await Promise.all([
            hand('first', 'alive', { ...alive, name: `Zubin ${family}` }),
            hand('mended', 'alive', { ...alive, name: `Orla ${family}` }),
            hand('declined', 'alive', { ...alive, name: `Pavel ${family}` }),
            hand('message', 'message', {
                entry: layla, sender: 'Karim', relation: 'cousin',
                phone: '+00 98 765 43 22', message: `We are well. ${family}` }),
            hand('report', 'report', {
                entry: layla, why: 'false', words: `This is not her. ${family}`,
                sender: 'A neighbour' }),
        ]);
    });


    test(`${lang}: in with the passphrase, and with no other`, async () => {
        const v = await desk.sit('amina', { lang, width });

        v.lang = lang;
        await v.go(`/${lang}/`);

        if (await v.page.locator('.who form').count()) {
            await v.press('.who button');
        }

        await v.opensAt('#passphrase');
        await desk.unlock(v, 'not this one');
        await refused(v, 'unlock.wrong');
        assert.equal(await v.page.locator('.queues').count(), 0);

        await desk.unlock(v, desk.passphrase('amina'));
        assert.ok(await v.page.locator('.queues').count() > 0);
        assert.match(v.page.url(), new RegExp(`/${lang}/$`));
        await v.opensAt('.queues .waits a');
        await v.leave();

        amina = await desk.enter('amina', { lang, width });
        boris = await desk.enter('boris', { lang, width });
    });


    test(`${lang}: two people read it and it is public`, async () => {
        const { receipt } = items.first;

        await desk.open(amina, 'new', receipt);
        await shows(amina, [`Zubin ${family}`, '+00 98 765 43 21']);
        assert.ok(!(await amina.page.locator('.public').innerText())
                  .includes('98 765'), 'the telephone will not be public');

        amina.keys = 0;
        await desk.approve(amina);
        assert.ok(amina.keys <= APPROVAL, `${amina.keys} keys`);
        await said(amina, 'done.approve');
        await next(amina, receipt);

        /* she cannot give the second one */

        await desk.look(amina, 'second', receipt);
        assert.equal(await amina.page.locator('[value=approve]').count(), 0);

        await desk.open(boris, 'second', receipt);
        await shows(boris, [`Zubin ${family}`]);

        boris.keys = 0;
        await desk.approve(boris);
        assert.ok(boris.keys <= APPROVAL, `${boris.keys} keys`);
        await said(boris, 'done.published');
        await next(boris, receipt);

        const visitor = await visit({ lang });

        await visitor.go(`/${lang}/search`);
        await visitor.write('#name', query);
        await visitor.send('Enter');
        assert.match(await visitor.page.locator('.hits h2').first()
                                  .innerText(), new RegExp(family));
        await visitor.leave();
    });


    test(`${lang}: two people mend it at the same time`, async () => {
        const { receipt } = items.mended;
        const edit = async (v, name) => {
            if (!await v.page.locator('#name_1').isVisible()) {
                await v.focus('details summary:has(~ form #name_1)');
                await v.key('Enter');
            }

            await v.write('#name_1', name);
            await v.press('form:has(#name_1) button');
        };

        await desk.look(amina, 'new', receipt);
        await desk.look(boris, 'new', receipt);

        await edit(amina, `Orla May ${family}`);
        await said(amina, 'done.edit');
        await shows(amina, [`Orla May ${family}`]);

        await edit(boris, `Orla ${script}`);
        assert.equal(boris.status(), 409);
        await refused(boris, 'refused.conflict');

        const [ours, theirs] = await boris.page.locator('.differs td')
                                                .allInnerTexts();

        assert.equal(ours, `Orla ${script}`, 'what he typed is shown');
        assert.equal(theirs, `Orla May ${family}`, 'beside what it is now');
        assert.equal(await boris.page.locator('#name_1').inputValue(),
                     `Orla ${script}`, 'and stands in the form');

        /* she has it for now, and gives it back */

        await edit(boris, `Orla ${script}`);
        await refused(boris, 'refused.claim');
        assert.equal(await boris.page.locator('#name_1').inputValue(),
                     `Orla ${script}`);

        await desk.decide(amina, 'release');
        await edit(boris, `Orla ${script}`);
        await said(boris, 'done.edit');
        await shows(boris, [`Orla ${script}`]);
    });


    test(`${lang}: it is declined, with a reason`, async () => {
        const { receipt } = items.declined;

        await desk.open(amina, 'new', receipt);
        await desk.decide(amina, 'reject');
        assert.ok((await amina.page.locator('h1').innerText())
                  .includes(receipt), 'not without one');
        assert.equal(await amina.page.locator('.refused').count() > 0, true);

        await desk.decide(amina, 'reject', 'cannot_verify');
        await said(amina, 'done.reject');
        await next(amina, receipt);

        await desk.look(amina, 'done', receipt);
        await shows(amina, [td(lang, 'reject.cannot_verify')]);
    });


    test(`${lang}: a message is handed over, a report is closed`,
         async () =>
    {
        await desk.open(boris, 'messages', items.message.receipt);
        await shows(boris, [`We are well. ${family}`, 'Karim']);
        await desk.decide(boris, 'hand');
        await said(boris, 'done.hand');
        await next(boris, items.message.receipt);

        await desk.open(amina, 'reports', items.report.receipt);
        await shows(amina, [`This is not her. ${family}`]);
        await desk.decide(amina, 'close', 'no_action');
        await said(amina, 'done.close');
        await next(amina, items.report.receipt);
    });


    test(`${lang}: drafts of the case system are drafts`, async () => {
        const carla = await desk.enter('carla', { lang, width });

        desk.draft(`case-${lang}`, [`Ivana ${family}`]);
        await carla.press(`.places a[href="/${lang}/spool"]`);
        await carla.press('main form button');
        await said(carla, 'spool.imported');
        await carla.go(`/${lang}/queue/new?kind=import`);
        items.imported = {
            receipt: await carla.page.locator('tbody th').first().innerText(),
        };
        await carla.leave();

        for (const [v, queue] of [[amina, 'new'], [boris, 'second']]) {
            await desk.open(v, queue, items.imported.receipt);
            await shows(v, [`Ivana ${family}`]);
            await desk.approve(v);
            await said(v, v === amina ? 'done.approve' : 'done.published');
        }
    });


    test(`${lang}: an entry is found and renewed`, async () => {
        await amina.press(`.places a[href="/${lang}/find"]`);
        await amina.write('#find', `Iwana ${family}`);
        await amina.send('Enter');
        assert.ok(!amina.page.url().includes('?'), 'no name in the URL');
        await amina.press('.likely a');
        await shows(amina, [`Ivana ${family}`, items.imported.receipt]);

        await amina.press('form:has(#consent_day) button');
        await said(amina, 'done.renew');

        for (const [v, queue] of [[amina, 'changes'], [boris, 'second']]) {
            await desk.open(v, queue, items.imported.receipt);
            await desk.approve(v);
            await said(v, v === amina ? 'done.approve' : 'done.published');
        }

        await desk.look(amina, 'published', items.imported.receipt);
        assert.equal(await amina.page.locator('[value=approve]').count(), 0);
    });


    test(`${lang}: one person takes it down, and it is proved`, async () => {
        const { receipt } = items.first;

        await desk.open(boris, 'published', receipt);
        boris.keys = 0;
        await boris.press('.stop');
        await shows(boris, [td(lang, 'item.state.withdrawn'),
                            td(lang, 'done.withdraw')]);
        assert.ok(boris.keys <= WITHDRAWAL, `${boris.keys} keys`);
        assert.match(
            await boris.page.locator('.said').allInnerTexts()
                       .then((all) => all.join('\n')),
            new RegExp(td(lang, 'item.proof').split('{0}')[1].trim()));

        const visitor = await visit({ lang });

        await visitor.go(`/${lang}/search`);
        await visitor.write('#name', query);
        await visitor.send('Enter');
        assert.equal(await visitor.page.locator('h1').innerText(),
                     site.t(lang, 'noresult.title'));
        await visitor.leave();
    });


    test(`${lang}: a request in words, and what it means`, async () => {
        const { receipt } = await desk.hand('en', 'withdraw', {
            wish: 'hide', name: `Ivana ${family}`, words: 'Please.',
            phone: '+00 98 765 43 21' });

        await desk.open(amina, 'withdraw', receipt);
        amina.keys = 0;
        await amina.opensAt('.meet .likely a');
        await amina.send('Enter');
        await shows(amina, [`Ivana ${family}`, items.imported.receipt]);
        await amina.press('.stop');
        assert.ok(amina.keys <= REQUEST, `${amina.keys} keys`);
        await said(amina, 'done.back');
        await shows(amina, [receipt]);
        assert.ok((await amina.page.locator('.said').allInnerTexts())
            .join('\n').includes(td(lang, 'item.proof').split('{0}')[1]
                                                       .trim()));

        await desk.decide(amina, 'close', 'done');
        await said(amina, 'done.close');
        await next(amina, receipt);
    });


    test(`${lang}: journal and case system`, async () => {
        await boris.press(`.places a[href="/${lang}/journal"]`);
        assert.equal(await boris.page.locator('.refused').count(), 0,
                     'no line is missing');
        await shows(boris, [items.first.receipt, td(lang, 'act.withdraw')]);
        assert.ok(!(await boris.page.locator('main').innerText())
                  .includes(family), 'it has no name');

        await boris.press(`.places a[href="/${lang}/spool"]`);
        assert.equal(await boris.page.locator('h1').innerText(),
                     td(lang, 'desk.spool'));
        assert.equal(await boris.page.locator('main form').count(), 0,
                     'drafts are taken over by coordinators');
    });


    test(`${lang}: locked again`, async () => {
        const href = await desk.find(amina, 'done', items.first.receipt);

        await amina.press('.who button');
        await amina.opensAt('#passphrase');
        await amina.go(href);
        assert.equal(await amina.page.locator('#passphrase').count(), 1,
                     'an address that was kept leads nowhere');
        assert.ok(!(await amina.source()).includes(family));

        await amina.leave();
        await boris.leave();
    });
}


for (const { lang, width } of shifts) {

    test(`${lang}: whom the desk does not know`, async () => {
        const id = `stranger-${lang}`;

        desk.certificate(id);

        for (const who of [null, id]) {
            const v = await desk.sit(who, { lang, width });

            await v.go(`/${lang}/`);
            assert.equal(v.status(), 403);
            assert.equal(await v.page.locator('h1').innerText(),
                         td(lang, 'door.title'));
            await shows(v, [td(lang, 'staff.unknown')]);
            assert.equal(await v.page.locator('form, .places').count(), 0);

            await v.go(`/${lang}/journal`);
            assert.equal(v.status(), 403);
            await v.leave();
        }
    });


    test(`${lang}: who was at the desk until today`, async () => {
        const id = `leaver-${lang}`;

        desk.certificate(id);
        await desk.staff('add', id, `--name=${id}`, '--role=auditor',
                   `--certificate=${desk.people}/${id}.pem`,
                   '--society=northland', `--languages=${lang}`,
                   `--passphrase-file=${desk.people}/dana.passphrase`);

        const v = await desk.sit(id, { lang, width });

        await v.go(`/${lang}/`);
        assert.equal(v.status(), 200);
        assert.equal(await v.page.locator('#passphrase').count(), 1);

        await desk.staff('revoke', id);
        await v.go(`/${lang}/`);
        assert.equal(v.status(), 403);
        await shows(v, [td(lang, 'staff.revoked')]);
        await v.leave();
    });


    test(`${lang}: an auditor looks, and no more`, async () => {
        const { receipt } = await desk.hand('en', 'alive',
            { ...alive, name: 'Sunniva Thorsrud' });
        const dana = await desk.enter('dana', { lang, width });

        await desk.open(dana, 'new', receipt);
        await shows(dana, ['Sunniva Thorsrud']);
        assert.equal(await dana.page.locator('main form').count(), 0);

        await dana.press(`.places a[href="/${lang}/journal"]`);
        assert.equal(await dana.page.locator('main form').count(), 0);
        await dana.leave();
    });
}
